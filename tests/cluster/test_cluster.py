"""A cluster of real processes reads the same as this machine, also when a worker is killed, and says what is wrong."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest
from click.testing import CliRunner

import kg
from kg import kernels
from kg.cli import cli
from kg.cluster import ClusterError, Setup, read_facts_on_cluster
from kg.language.pipeline import DEFAULT_MODEL
from kg.readers import article_from_text
from kg.records import decode_facts
from kg.workers import read_facts

pytest.importorskip("distributed", reason="needs the extra [cluster]")


def articles(number):
    return [
        article_from_text(
            f"Port Office Opens Dock {n}\n\nOSLO, May 13, 2025 - Amal Haddad, director of the Port Office, opened dock "
            f'{n} on Monday. "Trade grew by {n} percent," Haddad said.\n',
            f"{n}.txt",
        )
        for n in range(number)
    ]


class Cluster:
    """A scheduler and workers, each a process of its own."""

    def __init__(self, folder):
        from distributed import Client

        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        self._folder = folder
        self.workers = []
        self.address = f"tcp://127.0.0.1:{port}"
        self.scheduler = self._start("scheduler", "--host", "127.0.0.1", "--port", port)
        self._client = Client(self.address, timeout=60, set_as_default=False)

    def _start(self, *arguments, path=""):
        known = [path, *(str(Path(folder).resolve()) for folder in sys.path if folder)]
        environment = os.environ | {"PYTHONPATH": os.pathsep.join(folder for folder in known if folder)}
        command = [sys.executable, "-P", "-m", "dask", *map(str, arguments), "--no-dashboard"]
        with (self._folder / "log").open("ab") as log:
            return subprocess.Popen(command, cwd=self._folder, env=environment, stdout=log, stderr=log)

    def start_worker(self, path="", threads=1):
        """Start a worker (whose Python looks for packages in ``path`` first), and wait until it is there."""
        scratch = self._folder / f"worker-{len(self.workers)}"
        arguments = ("--nthreads", threads, "--no-nanny", "--local-directory", scratch)
        worker = self._start("worker", self.address, *arguments, path=str(path))
        self.workers.append(worker)
        wait_until(lambda: self.connected() == sum(process.poll() is None for process in self.workers))
        return worker

    def connected(self):
        return len(self._client.nthreads())

    def end(self):
        self._client.close()
        for process in (*self.workers, self.scheduler):
            process.kill()
            process.wait()


def wait_until(true, seconds=60):
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end
        time.sleep(0.1)


@pytest.fixture
def cluster(tmp_path):
    (tmp_path / "cluster").mkdir()
    running = Cluster(tmp_path / "cluster")
    yield running
    running.end()


def readers_of(process):
    """The reading processes of a worker."""
    found = []
    for task in Path(f"/proc/{process.pid}/task").iterdir():
        found += (task / "children").read_text().split()
    return [int(child) for child in found if b"kg.workers" in Path(f"/proc/{child}/cmdline").read_bytes()]


@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="looks for processes in /proc")
def test_a_cluster_reads_the_same_as_one_process_even_when_a_worker_is_killed(cluster):
    doomed, _ = cluster.start_worker(), cluster.start_worker()
    found, orphans = [], []
    for reading in read_facts_on_cluster(articles(70), DEFAULT_MODEL, cluster.address):
        if len(found) == 10:
            orphans = readers_of(doomed)
            doomed.send_signal(signal.SIGKILL)
            doomed.wait()
            assert cluster.connected() == 1
        found.append(reading)
    assert [article for article, _ in found] == articles(70)
    alone = list(read_facts(articles(70), DEFAULT_MODEL, 1))
    assert [decode_facts(facts) for _, facts in found] == [decode_facts(facts) for _, facts in alone]
    wait_until(lambda: not any(Path(f"/proc/{orphan}").exists() for orphan in orphans), seconds=10)


def test_the_graph_of_a_cluster_has_the_same_bytes(cluster, tmp_path):
    (tmp_path / "articles").mkdir()
    for article in articles(20):
        (tmp_path / "articles" / article.source).write_text(article.text)
    (tmp_path / "cues.tsv").write_text("open\tv\tsay\n")
    cluster.start_worker(threads=2)
    for name, cues in (("g.ttl", ()), ("store", ("--cues", tmp_path / "cues.tsv"))):
        for place, more in (("here", ()), ("there", ("--cluster", cluster.address))):
            output = tmp_path / f"{place}-{name}"
            done = run("build", tmp_path / "articles", "-o", output, *cues, *more)
            assert (done.exit_code, done.exception) == (0, None), done.stderr
            assert done.stderr.startswith("20 articles in ")
            kg.open(output).save(tmp_path / f"{place}-{name}.nq")
        assert (tmp_path / f"here-{name}.nq").read_bytes() == (tmp_path / f"there-{name}.nq").read_bytes()
    assert (tmp_path / "here-g.ttl").read_bytes() == (tmp_path / "there-g.ttl").read_bytes()


def run(*arguments):
    return CliRunner().invoke(cli, list(map(str, arguments)))


def refusal(tmp_path, address):
    """The line that a build prints which cannot use a cluster."""
    (tmp_path / "a.txt").write_text("Amal Haddad opened a dock in Oslo, Jonas Lindqvist said.")
    done = run("build", tmp_path / "a.txt", "-o", tmp_path / "g.ttl", "--cluster", address)
    assert (done.exit_code, done.stderr.count("\n"), done.stderr[:4]) == (2, 1, "kg: ")
    assert not (tmp_path / "g.ttl").exists()
    return done.stderr


@pytest.mark.parametrize("address", ["tcp://127.0.0.1:9", "ws://127.0.0.1:9", "127.0.0.1:9"])
def test_an_address_without_a_scheduler_is_named(tmp_path, address, monkeypatch):
    monkeypatch.setattr("kg.cluster.SECONDS_TO_CONNECT", 1)
    assert f"kg: {address}: no Dask scheduler answers there: " in refusal(tmp_path, address)


@pytest.mark.parametrize("address", ["tls://127.0.0.1:9", "wss://127.0.0.1:9"])
def test_an_encrypted_address_without_a_tls_configuration_is_refused_at_once(tmp_path, address):
    assert f"kg: {address}: Dask has no TLS configuration here" in refusal(tmp_path, address)


@pytest.mark.parametrize(
    ("address", "options", "said"),
    [
        (
            "tls://127.0.0.1:9",
            {"tls.ca-file": "none", "tls.client.cert": "none"},
            "configuration of Dask cannot be used: ",
        ),
        (
            "tcp://127.0.0.1:9",
            {"require-encryption": True},
            "the configuration of Dask asks for encryption, as with tls://",
        ),
        ("127.0.0.1:9", {"require-encryption": True}, "Dask has no TLS configuration here"),
    ],
)
def test_what_the_configuration_of_encryption_does_not_allow_is_named(tmp_path, address, options, said):
    import dask

    with dask.config.set({f"distributed.comm.{name}": value for name, value in options.items()}):
        line = refusal(tmp_path, address)
    assert line.startswith(f"kg: {address}: ") and said in line


@pytest.mark.parametrize("address", ["", "somewhere", "tcp://a b:8786", "http://127.0.0.1:8786", "carrier://pigeon:1"])
def test_what_is_no_address_is_refused(tmp_path, address):
    assert f"kg: {address!r} is not the address of a Dask scheduler" in refusal(tmp_path, address)


def test_a_cluster_without_workers_is_named(cluster, tmp_path):
    assert f"kg: {cluster.address}: the cluster has no workers" in refusal(tmp_path, cluster.address)


def test_a_worker_with_other_code_is_refused(cluster, tmp_path):
    shutil.copytree(Path(kg.__file__).parent, tmp_path / "other" / "kg", ignore=shutil.ignore_patterns("__pycache__"))
    with (tmp_path / "other/kg/facts.py").open("a") as code:
        code.write("\n# another state of the code\n")
    cluster.start_worker()
    cluster.start_worker(path=tmp_path / "other")
    said = refusal(tmp_path, cluster.address)
    assert "the worker tcp://127.0.0.1:" in said
    assert "cannot be used: kg is 0." in said and " there, but 0." in said


def test_a_worker_that_comes_later_with_other_code_is_refused_too(cluster, tmp_path):
    (tmp_path / "other").mkdir()
    shutil.copytree(Path(kg.__file__).parent, tmp_path / "other" / "kg", ignore=shutil.ignore_patterns("__pycache__"))
    (tmp_path / "other/kg/facts.py").open("a").write("\n# another state of the code\n")
    first = cluster.start_worker()
    readings = read_facts_on_cluster(articles(300), DEFAULT_MODEL, cluster.address)
    next(readings)
    cluster.start_worker(path=tmp_path / "other")
    first.kill()
    with pytest.raises(ClusterError, match=r"kg is .* there, but .* here"):
        list(readings)


def test_a_worker_without_kg_is_named(cluster, tmp_path):
    (tmp_path / "none" / "kg").mkdir(parents=True)
    (tmp_path / "none/kg/__init__.py").write_text("raise ModuleNotFoundError(\"No module named 'kg'\")\n")
    cluster.start_worker(path=tmp_path / "none")
    assert "has no kg (install it there, too)" in refusal(tmp_path, cluster.address)


def test_a_scheduler_that_is_lost_is_named(cluster):
    cluster.start_worker()
    readings = read_facts_on_cluster(articles(300), DEFAULT_MODEL, cluster.address)
    next(readings)
    cluster.scheduler.kill()
    with pytest.raises(ClusterError, match=f"^{cluster.address}: the connection to the scheduler was lost"):
        list(readings)


def test_a_cluster_that_loses_all_workers_is_given_up(cluster, monkeypatch):
    monkeypatch.setattr("kg.cluster.SECONDS_WITHOUT_WORKERS", 1.0)
    worker = cluster.start_worker()
    readings = read_facts_on_cluster(articles(300), DEFAULT_MODEL, cluster.address)
    next(readings)
    worker.kill()
    with pytest.raises(ClusterError, match="the cluster has had no workers for 1 s"):
        list(readings)


def test_the_missing_extra_is_named(tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "distributed", None)
    assert refusal(tmp_path, "tcp://127.0.0.1:9").startswith(
        "kg: a cluster needs distributed: pip install '.[cluster]'"
    )


def test_a_cluster_has_its_own_workers(tmp_path):
    (tmp_path / "a.txt").write_text("Amal Haddad opened a dock in Oslo.")
    arguments = (
        "build",
        tmp_path / "a.txt",
        "-o",
        tmp_path / "g.ttl",
        "--workers",
        2,
        "--cluster",
        "tcp://127.0.0.1:9",
    )
    assert run(*arguments).stderr == (
        "kg: a cluster has the workers that it has: give --cluster or --workers, not both\n"
    )


def test_another_model_is_another_setup():
    here = Setup.here(DEFAULT_MODEL)
    here.check()
    with pytest.raises(ClusterError, match=r"the language model is .* there, but another here"):
        Setup(DEFAULT_MODEL, (*here.programs[:2], ("the language model", "another"))).check()
    with pytest.raises(ClusterError, match="no_such_model"):
        Setup("no_such_model", here.programs).check()


def test_a_worker_reads_with_the_kernels_of_the_build_or_is_refused():
    here = Setup.here(DEFAULT_MODEL)
    for kind in ("Haswell", "SkylakeX"):
        if kernels.available(kind):
            setup = Setup.here(DEFAULT_MODEL, kind=kind)
            assert setup.kind == kind
            setup.check()  # though this process may multiply with others, those that it starts can have these
    name, library = here.programs[-1]
    wanted = library.replace(str(here.kind), "another kind")
    other = Setup(DEFAULT_MODEL, (*here.programs[:-1], (name, wanted)), kind="another kind")
    with pytest.raises(ClusterError, match=f"{name} is {library} there, but {wanted} here"):
        other.check()
