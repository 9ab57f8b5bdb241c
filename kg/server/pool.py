"""Some processes that run queries side by side, each of which can be killed."""

from __future__ import annotations

import threading
from collections import deque
from concurrent.futures import Future
from typing import TYPE_CHECKING

from kg.errors import QueryError
from kg.processes import command
from kg.store.guard import refuse_what_is_not_reading
from kg.store.timelimit import Worker

if TYPE_CHECKING:
    from pathlib import Path

    from kg.server.settings import Settings


class BusyError(QueryError):
    """All workers were busy for as long as a query may wait."""


class TooSlowError(QueryError):
    """A query ran out of time."""


class ForbiddenError(QueryError):
    """A query would do something else than read this graph."""


class LimitedWorker(Worker):
    """A worker with limits on memory and on the size of an answer."""

    def __init__(self, folder: Path, union: bool, settings: Settings) -> None:
        super().__init__(folder, union)
        limits = [str(settings.answer_bytes), str(settings.memory)]
        how = "union" if union else "default"
        self._command = command("kg.server.worker", str(folder), how, *limits)


class Pool:
    """Workers on one store, of which each query takes one; who has waited longest is next."""

    def __init__(self, folder: Path, union: bool, prefixes: dict[str, str], settings: Settings) -> None:
        self.settings = settings
        self._prefixes = prefixes
        self._workers = [LimitedWorker(folder, union, settings) for _ in range(settings.workers)]
        self._free = list(self._workers)
        self._waiting: deque[Future[LimitedWorker]] = deque()
        self._lock = threading.Lock()

    def run(self, sparql: str) -> bytes:
        """The packed answer of a query (see ``kg.store.evaluation``).

        Raises ForbiddenError before a query runs that would do more than read, BusyError when no worker is free in
        time, TooSlowError, or QueryError when its process ends without an answer.
        """
        try:
            refuse_what_is_not_reading(sparql)
        except QueryError as error:
            raise ForbiddenError(str(error)) from None
        worker = self._take()
        try:
            return worker.run(sparql, self._prefixes, self.settings.seconds)
        except QueryError as error:
            raise TooSlowError(str(error)) from None
        finally:
            self._give(worker)

    def stop(self) -> None:
        """End all workers, at once."""
        for worker in self._workers:
            worker.stop()

    def _take(self) -> LimitedWorker:
        turn: Future[LimitedWorker] = Future()
        with self._lock:
            if self._free:
                return self._free.pop()
            self._waiting.append(turn)
        try:
            return turn.result(self.settings.waiting)
        except TimeoutError:
            with self._lock:
                if turn in self._waiting:
                    self._waiting.remove(turn)
                    raise BusyError("all workers are busy; try again in a moment") from None
            return turn.result()  # its turn came at the last moment

    def _give(self, worker: LimitedWorker) -> None:
        with self._lock:
            if self._waiting:
                self._waiting.popleft().set_result(worker)
            else:
                self._free.append(worker)
