"""Queries with a time limit.

The engine cannot be interrupted, so a query with a limit runs in a process that can be killed: for a graph in memory a
fork, which shares the graph and costs a few milliseconds; for a store on disk a worker that opens it read-only and
stays for further queries.
"""

from __future__ import annotations

import contextlib
import json
import os
import selectors
import signal
import subprocess
import threading
import time
import warnings
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Final, NoReturn

from kg.errors import GraphError, QueryError
from kg.processes import command, environment
from kg.store.evaluation import DAMAGED, evaluate
from kg.store.soundness import Watch, damage

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pyoxigraph import Store


CAN_FORK: Final = hasattr(os, "fork")

_forking: Final = threading.Lock()
"""Held while a process is forked, so that it gets no end of another query's pipe, which would stay open with it."""


class Deadline:
    """The end of the time that a query has, in seconds from now; None for as long as it takes."""

    def __init__(self, seconds: float | None) -> None:
        self.seconds = seconds
        self._end = None if seconds is None else time.monotonic() + seconds

    def write(self, pipe: int, content: bytes) -> None:
        """Write to a pipe.

        Raises QueryError when the time is up, BrokenPipeError when nobody reads.
        """
        os.set_blocking(pipe, False)
        left = memoryview(content)
        with selectors.DefaultSelector() as selector:
            selector.register(pipe, selectors.EVENT_WRITE)
            while left:
                self._wait(selector)
                left = left[os.write(pipe, left) :]

    def _wait(self, selector: selectors.BaseSelector) -> None:
        if not selector.select(None if self._end is None else max(0.0, self._end - time.monotonic())):
            raise QueryError(f"the query was stopped after {self.seconds:g} s; narrow it, or allow more time")

    def read(self, pipe: int, size: int | None = None) -> bytes:
        """Read ``size`` bytes from a pipe, or all until it is closed; fewer when it closes early.

        Raises QueryError when the time is up.
        """
        content = bytearray()
        with selectors.DefaultSelector() as selector:
            selector.register(pipe, selectors.EVENT_READ)
            while size is None or len(content) < size:
                self._wait(selector)
                chunk = os.read(pipe, 1 << 20 if size is None else min(1 << 20, size - len(content)))
                if not chunk:
                    break
                content += chunk
        return bytes(content)


def run_in_fork(store: Store, query: str, prefixes: Mapping[str, str], union: bool, timeout: float) -> bytes:
    """Run a query on a store in memory, in a forked process that is killed after ``timeout`` seconds.

    Gives what ``evaluate`` packs. Raises QueryError when the time is up.
    """
    deadline = Deadline(timeout)
    with _forking, warnings.catch_warnings():
        # fork beside threads: the child touches nothing but the graph
        warnings.simplefilter("ignore", DeprecationWarning)
        reading, writing = os.pipe()
        process = os.fork()
        if not process:
            os.close(reading)  # or it would wait for ever for a reader that has been killed
            _answer_and_exit(store, query, prefixes, union, writing)
        os.close(writing)
    try:
        return deadline.read(reading)
    finally:
        os.close(reading)
        with contextlib.suppress(ProcessLookupError):
            os.kill(process, signal.SIGKILL)
        os.waitpid(process, 0)


def _answer_and_exit(store: Store, query: str, prefixes: Mapping[str, str], union: bool, writing: int) -> NoReturn:
    """The life of the forked process: it can open no further file or connection, answers, and ends without clean-up."""
    try:
        import resource

        resource.setrlimit(resource.RLIMIT_NOFILE, (0, resource.getrlimit(resource.RLIMIT_NOFILE)[1]))
        content = memoryview(evaluate(store, query, prefixes, union))
        while content:
            content = content[os.write(writing, content) :]
    finally:
        os._exit(0)


class Worker:
    """A process that answers queries on a store directory or a graph file.

    It is killed when a query takes too long, or runs in circles on a damaged store, and started again for the next.
    Threads wait for one another. ``name`` is what the user calls the graph.
    """

    def __init__(self, path: Path, union: bool, name: Path | None = None) -> None:
        self._path = path
        self._name = name or path
        self._sound = not path.is_dir()  # there are no tables beside a file
        self._lock = threading.Lock()
        self._command = command("kg.store.worker", str(path), "union" if union else "default")
        self._process: subprocess.Popen[bytes] | None = None

    def run(self, query: str, prefixes: Mapping[str, str], timeout: float | None) -> bytes:
        """Run a query. Gives what ``evaluate`` packs.

        Raises QueryError when it takes more than ``timeout`` seconds, GraphError when the store proves to be damaged.
        """
        with self._lock:
            question = json.dumps([query, dict(prefixes)]).encode() + b"\n"
            content = self._watched(question, Deadline(timeout))
        if content[:1] == DAMAGED:
            raise GraphError(f"{self._name}: the store is damaged: {content[1:].decode('utf-8', 'replace')}")
        return content

    def _watched(self, question: bytes, deadline: Deadline) -> bytes:
        """The answer to a question; where there is none, what is wrong with the store, if anything is."""
        if self._sound:
            return self._run(question, deadline)
        with Watch(self._path, self._kill) as watch:
            content = self._run(question, deadline)
        self._sound = watch.sound
        found = None if content or self._sound else watch.found or damage(self._path)
        return content or (DAMAGED + found.encode() if found else b"")

    def _run(self, question: bytes, deadline: Deadline) -> bytes:
        if self._process is None or self._process.poll() is not None:
            pipe = subprocess.PIPE
            self._process = subprocess.Popen(self._command, stdin=pipe, stdout=pipe, bufsize=0, env=environment())
        asking, answering = self._process.stdin, self._process.stdout
        assert asking is not None and answering is not None
        answered = False
        try:
            deadline.write(asking.fileno(), question)
            size = int.from_bytes(deadline.read(answering.fileno(), 8), "big")
            content = deadline.read(answering.fileno(), size)
            answered = bool(size) and len(content) == size
            return content if answered else b""
        except BrokenPipeError:
            return b""
        finally:
            if not answered:
                self.stop()

    def _kill(self) -> None:
        """Let the process end, whose question then has no answer."""
        process = self._process
        if process is not None:
            process.kill()

    def stop(self) -> None:
        """End the process, at once."""
        if self._process is not None:
            self._process.kill()
            self._process.communicate()
            self._process = None

    def __del__(self) -> None:
        self.stop()


class Snapshot(Worker):
    """A worker on a copy of a graph in memory, for systems that cannot fork; the copy goes when the worker does."""

    def __init__(self, store: Store, union: bool) -> None:
        self._folder = TemporaryDirectory(prefix="kg-")
        path = Path(self._folder.name) / "graph.nq"
        store.dump(str(path))
        super().__init__(path, union)
