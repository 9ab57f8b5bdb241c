"""What identity and a new graph need of each of many articles, found by several processes at once.

The process that decides about identity prepares what the others are too busy for, and what one leaves undone; so what
comes out does not depend on how many there are, nor on whether they live.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Generator, Iterable
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Final, NamedTuple

import msgspec

from kg.errors import EvidenceError
from kg.facts import Metadatum
from kg.identity import IriPolicy
from kg.identity.briefs import brief
from kg.identity.claims import Brief
from kg.identity.duplicates import Worded, worded
from kg.processes import receive, send, start, widen
from kg.records import decode_facts
from kg.store.lines import document

MEMORY: Final = 200_000_000
"""Bytes that a process which prepares should find free."""

AT_ONCE: Final = 100
"""Articles that are prepared at once."""

AHEAD: Final = 5
"""Batches that another process may have before it: enough for the time in which this one has none for it."""

MOST: Final = 4
"""Processes; the one that decides about identity has no work for more."""

PENDING: Final = 2 * AHEAD * MOST
"""Batches that are held before the first of them is waited for."""

Packed = tuple[bytes, list[tuple[Metadatum, ...]]]
"""The packed facts of an article, and what is known of each of its reprints where identity heeds it."""


class Batch(NamedTuple):
    """Articles, and the file that is to get the N-Triples of their certain spans."""

    file: str
    articles: list[Packed]


class Prepared(NamedTuple):
    """What identity needs of an article; how it is worded, where that was asked for; and how many certain spans it has,
    of which the file of its batch tells, or None where one does not lie in the text.
    """

    brief: Brief
    worded: Worded | None
    spans: int | None


pack: Final = msgspec.msgpack.Encoder(decimal_format="string").encode
unpack_batch: Final = msgspec.msgpack.Decoder(Batch).decode
unpack_prepared: Final = msgspec.msgpack.Decoder(list[Prepared]).decode


@dataclass(frozen=True, slots=True)
class Preparation:
    """How articles are prepared: by which policy of IRIs, and whether they are compared with others by their words."""

    policy: IriPolicy
    compared: bool

    def of(self, batch: Batch) -> list[Prepared]:
        """Prepare some articles.

        Raises:
            GraphError: the facts of an article are damaged.
            OSError: the file cannot be written.
        """
        from kg.mapping import span_triples

        found, lines = list[Prepared](), list[str]()
        for content, reprints in batch.articles:
            facts = decode_facts(content)
            spans: list[str] | None = None
            with suppress(EvidenceError):  # it is reported when the article is mapped
                spans = span_triples(facts, self.policy)
                lines += spans
            told = worded(facts.article) if self.compared else None
            found.append(Prepared(brief(facts, reprints), told, None if spans is None else len(spans)))
        Path(batch.file).write_bytes(document(lines))
        return found

    def of_all(
        self, articles: Iterable[Packed], room: Callable[[], Path], processes: int
    ) -> Generator[tuple[Path, list[Prepared]], None, None]:
        """Prepare articles batch by batch, in their order, in so many processes, of which this is one.

        The others end with the generator: close it.

        Args:
            articles: consumed lazily.
            room: gives a file for each batch.
            processes: so many are used, if that is not more than :data:`MOST`, and if they can be started.

        Raises:
            GraphError, OSError: as for one batch.
        """
        articles = iter(articles)
        pending = deque[tuple[Batch, Future[bytes | None] | list[Prepared]]]()
        with ExitStack() as stack:
            others = list[_Other]()
            with suppress(OSError):  # of no memory, or too many processes
                others += (stack.enter_context(_Other(self)) for _ in range(min(processes, MOST) - 1))
            while some := list(islice(articles, AT_ONCE)):
                batch = Batch(str(room()), some)
                free = [other for other in others if other.is_alive and other.unanswered() < AHEAD]
                pending.append((batch, min(free, key=_Other.unanswered).ask(batch) if free else self.of(batch)))
                while pending and (_is_done(pending[0][1]) or len(pending) >= PENDING):
                    yield self._answer(*pending.popleft())
            while pending:
                yield self._answer(*pending.popleft())

    def _answer(self, batch: Batch, found: Future[bytes | None] | list[Prepared]) -> tuple[Path, list[Prepared]]:
        if not isinstance(found, list):
            content = found.result()
            found = unpack_prepared(content) if content else self.of(batch)
        return Path(batch.file), found


def _is_done(found: Future[bytes | None] | list[Prepared]) -> bool:
    return isinstance(found, list) or found.done()


class _Other:
    """Another process that prepares. A question waits in its pipe, so that it need not wait for this process."""

    def __init__(self, preparation: Preparation) -> None:
        how = ["compared"] if preparation.compared else []
        self._process = start("kg.archive.worker", preparation.policy.base, *how)
        self._sending = ThreadPoolExecutor(1, thread_name_prefix="kg-asking")
        self._receiving = ThreadPoolExecutor(1, thread_name_prefix="kg-hearing")
        self._asked = deque[Future[bytes | None]]()
        self.is_alive = True
        widen(self._process.stdin)
        widen(self._process.stdout)

    def __enter__(self) -> _Other:
        return self

    def ask(self, batch: Batch) -> Future[bytes | None]:
        """What it makes of some articles, packed; None or nothing where it does not."""
        answer = self._receiving.submit(self._hear, self._sending.submit(self._send, pack(batch)))
        self._asked.append(answer)
        return answer

    def unanswered(self) -> int:
        """The batches that it still has before it."""
        while self._asked and self._asked[0].done():
            self._asked.popleft()
        return len(self._asked)

    def _send(self, question: bytes) -> None:
        assert self._process.stdin is not None
        send(self._process.stdin, question)

    def _hear(self, sent: Future[None]) -> bytes | None:
        assert self._process.stdout is not None
        content = None
        with suppress(OSError):  # it has ended
            sent.result()
            content = receive(self._process.stdout)
        self.is_alive = content is not None
        return content

    def __exit__(self, *exception: object) -> None:
        self._process.kill()
        for threads in (self._sending, self._receiving):
            threads.shutdown(wait=True, cancel_futures=True)
        for pipe in (self._process.stdin, self._process.stdout):
            with suppress(OSError):
                if pipe is not None:
                    pipe.close()
        self._process.wait()
