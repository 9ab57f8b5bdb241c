"""Counting how many articles say a triple, for all triples of a large graph, in bounded memory."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from hashlib import blake2b
from pathlib import Path
from tempfile import TemporaryFile
from typing import Final

PARTS: Final = 64
"""The digests are counted part by part, by their first bits."""

SIZE: Final = 16


def digest(line: str) -> bytes:
    """What stands for a triple, given as a line of N-Triples without the full stop (BLAKE2b, 128 bits)."""
    return blake2b(line.encode("utf-8"), digest_size=SIZE).digest()


class SupportCount:
    """Takes the triples of one article after the other, and counts them at the end.

    They wait in temporary files in ``folder``, which have no names and go with this object or the process.
    """

    def __init__(self, folder: Path) -> None:
        with ExitStack() as files:
            self._parts = [files.enter_context(TemporaryFile(dir=folder)) for _ in range(PARTS)]
            self._files = files.pop_all()

    def add(self, lines: Iterable[str]) -> None:
        """An article says these triples; each must be given once. Raises OSError."""
        parts = self._parts
        for line in lines:
            key = digest(line)
            parts[key[0] >> 2].write(key)

    def counts(self) -> Iterator[Counter[bytes]]:
        """How often each triple was added, by its digest; those of each part, in the order of their digests."""
        for part in self._parts:
            part.seek(0)
            keys = part.read()
            yield Counter(sorted(keys[place : place + SIZE] for place in range(0, len(keys), SIZE)))

    def close(self) -> None:
        """Remove the files."""
        self._files.close()
