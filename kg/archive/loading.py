"""The loading of a graph that is made anew, beside the thread that makes its triples.

The engine reads what it loads from a pipe, as one long document: it writes each of its tables once, and merges them
all at the end, not again and again. Before the pipe triples wait in files, so that neither side waits for the other.
"""

from __future__ import annotations

import os
import sys
import threading
from collections import deque
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO, Final

from pyoxigraph import RdfFormat, Store

from kg.processes import free_memory

FILLED: Final = 8 * 2**20
"""Bytes of N-Triples in each file that waits."""

WAITING: Final = 4 * 2**30
"""Bytes of files that may wait: what is sent while other processes need the cores is loaded when they do not."""

SENT: Final = 2**20
"""Bytes that are sent to the engine at once."""

MOST_LOADED: Final = 16 * 2**30
"""Bytes of a document: the engine has a table for every few hundred megabytes of it, all of them open at the end."""

LEAST_LOADED: Final = 32 * 2**20
"""Bytes of a document where memory is short: the engine holds that much at once."""

MEMORY: Final = 4 * 2**30
"""Bytes of free memory without which it is short."""

NO_TRIPLE: Final = b"!\n"
"""What makes the engine drop a document."""

YIELDING: Final = 15
"""How nice the engine's threads are, so that the thread that feeds them never waits for them."""


class Loading:
    """Loads triples into a store that is being made; they wait in files beside the store's ``folder``."""

    def __init__(self, store: Store, folder: Path) -> None:
        self._store = store
        self._folder = folder
        self._sender = ThreadPoolExecutor(1, thread_name_prefix="kg-sending")
        self._most = MOST_LOADED if (free_memory() or 0) >= MEMORY else LEAST_LOADED
        self._waiting: deque[tuple[Future[None], int]] = deque()
        self._waits = 0
        self._count = 0
        self._file: BinaryIO | None = None
        self._size = 0
        self._pipe: BinaryIO | None = None
        self._loaded: Future[None] | None = None
        self._sent = 0
        self._is_broken = False

    def add(self, triples: bytes) -> None:
        """Load this N-Triples document, soon. Raises OSError or RuntimeError if it or one before cannot be."""
        if self._file is None:
            self._file = self.room().open("wb")
        self._file.write(triples)
        self._size += len(triples)
        if self._size >= FILLED:
            self._hand_on()

    def room(self) -> Path:
        """A file for triples, which is removed at the end. It need not be written, nor added."""
        self._count += 1
        return self._file_of(self._count)

    def add_file(self, triples: Path) -> None:
        """Load this file of N-Triples, soon, and remove it. Raises as ``add``."""
        size = triples.stat().st_size
        while self._waiting and (self._waits + size > WAITING or self._waiting[0][0].done()):
            loaded, its_size = self._waiting.popleft()
            self._waits -= its_size
            loaded.result()
        self._waiting.append((self._sender.submit(self._send, triples), size))
        self._waits += size

    def settle(self) -> Future[None]:
        """See to it that all is loaded and in the order in which it is read fastest; the outcome raises as ``add``."""
        self._hand_on()
        return self._sender.submit(self._settle)

    def stop(self) -> None:
        """Let nothing more be loaded; of a document that has not ended nothing is."""
        self._sender.shutdown(wait=True, cancel_futures=True)
        if self._pipe is not None:
            with suppress(OSError):
                self._pipe.write(NO_TRIPLE)
            with suppress(OSError, RuntimeError, SyntaxError):
                self._end()
        with suppress(OSError):  # of a full disk
            if self._file is not None:
                self._file.close()
        for count in range(1, self._count + 1):
            self._file_of(count).unlink(missing_ok=True)

    def _file_of(self, number: int) -> Path:
        """One of the files: of this process alone, as what another one has left may still be written."""
        return self._folder.with_name(f"{self._folder.name}-{os.getpid()}-{number}.part")

    def _hand_on(self) -> None:
        """Let what has been added since the last time be sent."""
        if (file := self._file) is not None:
            file.close()
            self._file, self._size = None, 0
            self.add_file(Path(file.name))

    def _send(self, file: Path) -> None:
        """Send a file to the engine. Raises OSError or RuntimeError for what the engine has met with."""
        if self._is_broken:
            return
        self._is_broken = True
        pipe = self._pipe or self._begin()
        try:
            with file.open("rb") as triples:
                while piece := triples.read(SENT):
                    while piece:
                        piece = piece[pipe.write(piece) or 0 :]
                self._sent += triples.tell()
        except BrokenPipeError:
            self._end()
            raise
        file.unlink()
        if self._sent >= self._most:
            self._end()
        self._is_broken = False

    def _begin(self) -> BinaryIO:
        """Begin a document; gives the end of the pipe for it. Its thread keeps no program from ending."""
        reading, writing = os.pipe()
        self._pipe = os.fdopen(writing, "wb", buffering=0)
        self._loaded = Future()
        threading.Thread(target=self._run, args=(reading, self._loaded), name="kg-loading", daemon=True).start()
        return self._pipe

    def _run(self, pipe: int, loaded: Future[None]) -> None:
        _yield_to_others()
        try:
            self._load(pipe)
        except BaseException as error:  # whatever it is, somebody waits for it
            loaded.set_exception(error)
        else:
            loaded.set_result(None)

    def _end(self) -> None:
        """End the document, and wait until it is loaded."""
        if self._pipe is not None and self._loaded is not None:
            self._pipe.close()
            self._pipe, self._sent = None, 0
            self._loaded.result()

    def _load(self, pipe: int) -> None:
        """Load what comes out of a pipe."""
        with os.fdopen(pipe, "rb", buffering=0) as document:
            path = Path(f"/dev/fd/{pipe}")
            # That IRIs are well formed is known: they have been checked when they were made.
            if path.exists():
                self._store.bulk_load(path=path, format=RdfFormat.N_TRIPLES, lenient=True)
            else:
                self._store.bulk_load(document, format=RdfFormat.N_TRIPLES, lenient=True)

    def _settle(self) -> None:
        for loaded, _ in self._waiting:
            loaded.result()
        self._end()
        self._store.optimize()


def _yield_to_others() -> None:
    """Let others of this program go before this thread and those that it starts, where threads have a niceness."""
    if sys.platform == "linux":
        with suppress(OSError):
            os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), YIELDING)
