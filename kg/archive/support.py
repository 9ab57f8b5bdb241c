"""Counting how many articles say a triple, for all triples of a large graph, in bounded memory."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, suppress
from hashlib import blake2b
from pathlib import Path
from struct import Struct
from tempfile import TemporaryFile
from typing import Final

PARTS: Final = 64
"""The digests are counted part by part, by their first bits."""

SIZE: Final = 16
_COUNTED: Final = Struct(f"<{SIZE}sI")

HELD: Final = 100_000
"""Triples that are counted in memory before they go to the files: most of what articles share comes again soon."""


def digest(line: str) -> bytes:
    """What stands for a triple, given as a line of N-Triples without the full stop (BLAKE2b, 128 bits)."""
    return blake2b(line.encode("utf-8"), digest_size=SIZE).digest()


class SupportCount:
    """Takes the triples of one article after the other, and counts them at the end.

    They wait in temporary files in ``folder``, which have no names and go with this object or the process.
    """

    def __init__(self, folder: Path) -> None:
        self._held: dict[str, int] = {}
        with ExitStack() as files:
            self._parts = [files.enter_context(TemporaryFile(dir=folder)) for _ in range(PARTS)]
            self._files = files.pop_all()

    def add(self, lines: Iterable[str]) -> list[str]:
        """An article says these triples; each must be given once. Raises OSError.

        Gives those that may not have been added before; of these, some may have been.
        """
        held, new = self._held, []
        for line in lines:
            known = held.get(line)
            if known is None:
                new.append(line)
                held[line] = 1
            else:
                held[line] = known + 1
        if len(held) >= HELD:
            self._put()
        return new

    def _put(self) -> None:
        parts = self._parts
        for line, count in self._held.items():
            key = digest(line)
            parts[key[0] >> 2].write(_COUNTED.pack(key, count))
        self._held = {}

    def counts(self) -> Iterator[list[tuple[bytes, int]]]:
        """How often each triple was added, by its digest; those of each part, in the order of their digests."""
        self._put()
        for part in self._parts:
            part.seek(0)
            counts: Counter[bytes] = Counter()
            for key, count in _COUNTED.iter_unpack(part.read()):
                counts[key] += count
            yield sorted(counts.items())

    def close(self) -> None:
        """Remove the files; that what waits in them no longer fits on the disk is no matter then."""
        with suppress(OSError):
            self._files.close()
