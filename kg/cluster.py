"""Articles read on a cluster of Dask, by many machines at once: the same facts as :mod:`kg.workers` gives on one.

The machine that runs the build sends batches of articles to the scheduler and takes their packed facts back in order. A
process of the cluster hands its batches on to reading processes of its own, one for each of its threads, so that an
article that kills the process that reads it does no harm to the cluster. When a process or machine of the cluster is
lost, Dask gives its batches to another one.
"""

from __future__ import annotations

import logging
import re
import tempfile
import threading
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from kg import kernels
from kg.errors import KgError, how_to_install
from kg.records import decode, encode
from kg.store.formats import one_line
from kg.workers import Answer, Reading, WorkerPool, in_order, packed_answers, unpacked_answers

if TYPE_CHECKING:
    from distributed import Client, Future

    from kg.facts import Article

SECONDS_TO_CONNECT: Final = 15
SECONDS_WITHOUT_WORKERS: Final = 60.0
"""How long a build waits for a cluster that has lost all of its workers."""

SECONDS_BETWEEN_LOOKS: Final = 2.0
SECONDS_UNTIL_REST: Final = 60.0
"""After so long without an article a worker gives the memory of its reading processes back."""

TRIES: Final = 5
"""How often a batch is given to a cluster whose workers keep dying (Dask tries four of them each time)."""


class ClusterError(KgError):
    """A cluster cannot be reached, is lost, or would not read as this machine does."""


@dataclass(frozen=True, slots=True)
class Setup:
    """What decides how an article is read: the same everywhere, or the facts could differ.

    ``programs`` names what reads, with versions; ``cues`` is the content of a user's list of further words of saying;
    ``kind`` is the kind of :mod:`kg.kernels`.
    """

    model: str
    programs: tuple[tuple[str, str], ...]
    cues: bytes | None = None
    kind: str | None = None

    @classmethod
    def here(cls, model: str, cues: bytes | None = None, kind: str | None = None) -> Setup:
        """The setup of this machine, with that kind of kernels if it has it. Raises ModelError without the model."""
        from kg.language.pipeline import model_version

        used = kernels.in_use()
        if used and not (kind and kernels.available(kind)):
            kind = used[1]
        return cls(
            model,
            (
                ("kg", f"{version('newskg')} ({_digest_of_the_package()})"),
                ("spaCy", version("spacy")),
                ("the language model", model_version(model)),
                ("the library of matrix products", f"OpenBLAS {used[0]} for {kind}" if used else "not OpenBLAS"),
            ),
            cues,
            kind if used else None,
        )

    def check(self) -> None:
        """Raise ClusterError where this machine has another version of anything."""
        try:
            own = Setup.here(self.model, kind=self.kind).programs
        except KgError as error:
            raise ClusterError(str(error)) from None
        for (name, wanted), (_, found) in zip(self.programs, own, strict=True):
            if wanted != found:
                raise ClusterError(f"{name} is {found} there, but {wanted} here")


@cache
def _digest_of_the_package() -> str:
    """Eight hexadecimal digits of the code and word lists: two states of one version are not the same."""
    folder = Path(__file__).parent
    files = [path for path in folder.rglob("*") if path.suffix in (".py", ".tsv", ".txt") and path.is_file()]
    digest = sha256()
    for path in sorted(files):
        digest.update(f"{path.relative_to(folder).as_posix()}\0".encode())
        digest.update(sha256(path.read_bytes()).digest())
    return digest.hexdigest()[:8]


def read_facts_on_cluster(
    articles: Iterable[Article], model: str, address: str, cues: Path | None = None
) -> Iterator[Reading]:
    """The facts of each article, packed, in the order of the articles; as ``kg.workers.read_facts``.

    Args:
        articles: what to read; consumed lazily.
        model: the name of a pipeline that is installed on every machine.
        address: that of a Dask scheduler, such as ``tcp://10.0.0.5:8786``.
        cues: a user's list of further words of saying, on this machine.

    Raises:
        ClusterError: there is no such cluster, it is lost, or it has other versions of what reads.
    """
    setup = Setup.here(model, cues.read_bytes() if cues is not None else None)
    with _connected(address) as client:
        cluster = _Cluster(client, address, setup)
        cluster.check()
        yield from in_order(articles, cluster.submit, cluster.ahead)


@contextmanager
def _quiet() -> Iterator[None]:
    """What goes wrong is told in an error of ours, not in the log of Dask."""
    logs = [
        logging.getLogger(name) for name in sorted(logging.root.manager.loggerDict) if name.startswith("distributed")
    ]
    levels = [log.level for log in logs]
    for log in logs:
        log.setLevel(logging.CRITICAL + 1)
    try:
        yield
    finally:
        for log, level in zip(logs, levels, strict=True):
            log.setLevel(level)


@contextmanager
def _connected(address: str) -> Iterator[Client]:
    try:
        from distributed import Client
    except ModuleNotFoundError as error:
        raise ClusterError(f"a cluster needs {error.name}: {how_to_install('cluster')}") from None
    # Of less Dask would make a cluster of its own.
    if not re.fullmatch(r"((tcp|tls|wss?|ucx)://)?[^\s/]+:\d+", address):
        raise ClusterError(f"{address!r} is not the address of a Dask scheduler, such as tcp://10.0.0.5:8786")
    _check_encryption(address)
    with _quiet():
        try:
            client = Client(address, timeout=SECONDS_TO_CONNECT, set_as_default=False, name="newskg")
        except Exception as error:
            raise ClusterError(f"{address}: no Dask scheduler answers there: {_cause(error)}") from None
        try:
            yield client
        finally:
            with suppress(Exception):
                client.close(timeout=2)


def _check_encryption(address: str) -> None:
    """Raise ClusterError where Dask cannot encrypt as an address wants: a client of it would leave a thread behind."""
    from distributed import Security

    try:
        known = Security().get_connection_args("client")
    except Exception as error:
        raise ClusterError(f"{address}: the TLS configuration of Dask cannot be used: {_cause(error)}") from None
    required, protocol = known["require_encryption"], address.rpartition("://")[0]
    encrypted = protocol in ("tls", "wss") or (required and not protocol)
    if required and not encrypted:
        raise ClusterError(f"{address}: the configuration of Dask asks for encryption, as with tls://")
    if encrypted and known["ssl_context"] is None:
        names = "distributed.comm.tls.ca-file, client.cert and client.key"
        raise ClusterError(f"{address}: Dask has no TLS configuration here ({names})")


class _Cluster:
    """A cluster that is connected: gives batches to it, and waits for what comes back."""

    def __init__(self, client: Client, address: str, setup: Setup) -> None:
        self._client = client
        self._address = address
        self._setup = setup
        self._looked = 0.0
        self._threads = 0

    def check(self) -> None:
        """Raise ClusterError where there is no worker, or one that reads in another way."""
        if not self._look():
            raise ClusterError(f"{self._address}: the cluster has no workers (start some: dask worker {self._address})")
        with self._reporting():
            found = self._client.run(check, self._setup, on_error="return")
        for worker, fault in sorted(found.items()):
            if isinstance(fault, Exception) and "No module named 'kg" in str(fault):
                raise ClusterError(f"the worker {worker} has no kg (install it there, too)")
            if isinstance(fault, Exception):
                raise ClusterError(f"the worker {worker} cannot be used: {_cause(fault)}")

    def ahead(self) -> int:
        """How many batches to give out before the first is asked for: enough for all threads, also for new ones."""
        return 2 * max(1, self._look()) + 1

    def submit(self, batch: list[Article]) -> _Promise:
        """Give out a batch."""
        return _Promise(self, encode(batch))

    def start(self, batch: bytes) -> Future[Any]:
        """Let some worker read a batch."""
        with self._reporting():
            return self._client.submit(read_batch, self._setup, batch, pure=False)

    def wait(self, future: Future[Any]) -> bytes | None:
        """What a worker found; None where the workers that tried died.

        Raises ClusterError when the cluster is lost, or a worker that has come meanwhile has other versions.
        """
        from distributed import KilledWorker

        alone = time.monotonic()
        while True:
            with self._reporting():
                try:
                    found: bytes = future.result(timeout=SECONDS_BETWEEN_LOOKS)
                    return found
                except KilledWorker:
                    return None
                except TimeoutError:
                    if self._look():
                        alone = time.monotonic()
            if time.monotonic() - alone > SECONDS_WITHOUT_WORKERS:
                raise ClusterError(f"{self._address}: the cluster has had no workers for {SECONDS_WITHOUT_WORKERS:g} s")

    def _look(self) -> int:
        """The threads of all workers, as of a short while ago."""
        if not self._threads or time.monotonic() - self._looked > SECONDS_BETWEEN_LOOKS:
            with self._reporting():
                self._threads = sum(self._client.nthreads().values())
            self._looked = time.monotonic()
        return self._threads

    @contextmanager
    def _reporting(self) -> Iterator[None]:
        """Turns the faults of the connection into an error of one line."""
        import asyncio
        import concurrent.futures

        try:
            yield
        except KgError:
            raise
        except (asyncio.CancelledError, concurrent.futures.CancelledError):
            raise ClusterError(f"{self._address}: the connection to the scheduler was lost") from None
        except Exception as error:
            raise ClusterError(f"{self._address}: the cluster failed: {_cause(error)}") from None


class _Promise:
    """A batch that some worker is reading."""

    def __init__(self, cluster: _Cluster, batch: bytes) -> None:
        self._cluster = cluster
        self._batch = batch
        self._future = cluster.start(batch)

    def result(self) -> list[Answer]:
        """The packed facts of the batch. Raises ClusterError."""
        for _ in range(TRIES):
            found = self._cluster.wait(self._future)
            if found is not None:
                self._future.release()
                return unpacked_answers(found)
            self._future = self._cluster.start(self._batch)
        raise ClusterError("the workers of the cluster die again and again; look at their logs")


def _cause(error: BaseException) -> str:
    return one_line(error) or type(error).__name__


# What runs on the workers


def check(setup: Setup) -> None:
    """Raise ClusterError where this worker would read in another way."""
    setup.check()


def read_batch(setup: Setup, batch: bytes) -> bytes:
    """The packed facts of a packed batch of articles."""
    from kg.facts import Article

    return packed_answers(_readers_of(setup).read(decode(batch, list[Article])))


class _Readers:
    """The reading processes of this worker, one for each of its threads; they end when there is nothing to read."""

    def __init__(self, setup: Setup) -> None:
        from distributed import get_worker

        setup.check()
        cues = None
        if setup.cues is not None:
            cues = Path(tempfile.mkdtemp(dir=get_worker().local_directory)) / "cues.tsv"
            cues.write_bytes(setup.cues)
        self._pool = WorkerPool(setup.model, get_worker().state.nthreads, cues, setup.kind)
        self._lock = threading.Lock()
        self._resting: threading.Timer | None = None

    def read(self, batch: list[Article]) -> list[Answer]:
        """The packed facts of a batch."""
        try:
            return self._pool.read(batch)
        finally:
            with self._lock:
                if self._resting is not None:
                    self._resting.cancel()
                self._resting = threading.Timer(SECONDS_UNTIL_REST, self._pool.rest)
                self._resting.daemon = True
                self._resting.start()


_readers: dict[Setup, _Readers] = {}
_making = threading.Lock()


def _readers_of(setup: Setup) -> _Readers:
    with _making:
        if setup not in _readers:
            _readers[setup] = _Readers(setup)
        return _readers[setup]
