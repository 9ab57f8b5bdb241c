"""The graph of an archive, one generation after the other.

A new generation starts as a copy of the present one that shares its tables (hard links; a store never changes a table
once it is written), takes the changes, and is put in force by the ledger's commit and then the label. Until then the
present one is untouched, and whatever is left of a generation that was never put in force is removed.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Iterable
from contextlib import suppress
from hashlib import blake2b
from pathlib import Path
from typing import Final

from pyoxigraph import NamedNode, Quad, Store, Triple

from kg.archive.ledger import Ledger
from kg.errors import GraphError
from kg.store.directory import remove_unless_held, sync_folder
from kg.store.formats import one_line

PREFIX: Final = "graph-"
PENDING: Final = 50_000
"""Triples that wait to be written."""


class Generation:
    """The next generation of the graph in the archive ``path``: a copy of the one in the folder ``old``, or empty."""

    def __init__(self, path: Path, ledger: Ledger, base: str, number: int, old: Path | None) -> None:
        self._path = path
        self._ledger = ledger
        self._own = tuple(f"{base}{kind}/" for kind in ("article", "fact", "statement", "quantity"))
        self._spans = f"{base}article/"
        self._pending: dict[Triple, bool] = {}
        self._counted: list[bytes] = []
        self._said: list[Quad] = []
        self._fresh = old is None
        self.folder: Final = path / f"{PREFIX}{number:06d}"
        self.statements = 0
        try:
            if self.folder.exists():
                shutil.rmtree(self.folder)
            if old is not None:
                _copy(old, self.folder)
            self._store = Store(str(self.folder))
        except (OSError, RuntimeError) as error:
            self.discard()
            raise self._failure(error) from None
        if old is not None and next(iter(self._store), None) is None and int(ledger.get("statements") or 0):
            self.discard()
            raise GraphError(
                f"{path}: the store is damaged: {old.name} is empty; without it the next build makes it anew"
            )

    def _failure(self, error: Exception) -> GraphError:
        return GraphError(f"{self._path}: cannot be written: {one_line(error)}")

    def say(self, triples: Iterable[Triple]) -> None:
        """One article more says these triples."""
        if self._fresh:
            self._say_first(triples)
            return
        for triple in dict.fromkeys(triples):
            if self._is_own(triple):
                self._change(triple, True)
                continue
            digest = _digest(triple)
            known = self._ledger.support(digest) or int(self._is_said(triple))
            self._ledger.set_support(digest, known + 1)
            if not known:
                self._change(triple, True)

    def _say_first(self, triples: Iterable[Triple]) -> None:
        """As ``say``, where there is nothing yet; a triple may be given more than once."""
        own, spans, said = self._own, self._spans, self._said
        shared: dict[Triple, None] = {}
        for triple in triples:
            subject, predicate, value = triple
            said.append(Quad(subject, predicate, value))
            if isinstance(subject, NamedNode) and subject.value.startswith(own):
                continue
            if not isinstance(value, NamedNode) or not value.value.startswith(spans):
                shared[triple] = None
        self._counted += map(_digest, shared)
        if len(said) >= PENDING:
            self._write()

    def unsay(self, triples: Iterable[Triple]) -> None:
        """One article less says these triples; those that no article says any more go."""
        for triple in triples:
            if not self._is_own(triple):
                digest = _digest(triple)
                known = self._ledger.support(digest)
                if known:
                    self._ledger.set_support(digest, known - 1)
                    continue
            self._change(triple, False)

    def _is_own(self, triple: Triple) -> bool:
        """Whether only one article can say the triple: its subject belongs to that article, or it is a citation."""
        subject, _, value = triple
        if isinstance(subject, NamedNode) and subject.value.startswith(self._own):
            return True
        return isinstance(value, NamedNode) and value.value.startswith(self._spans)

    def _is_said(self, triple: Triple) -> bool:
        pending = self._pending.get(triple)
        return Quad(*triple) in self._store if pending is None else pending

    def _change(self, triple: Triple, said: bool) -> None:
        self._pending[triple] = said
        self.statements += 1 if said else -1
        if len(self._pending) >= PENDING:
            self._write()

    def _write(self) -> None:
        try:
            if self._fresh:
                self._ledger.collect(self._counted)
                self._store.bulk_extend(self._said)  # half the time of extend, and a fifth of its memory
                self._counted, self._said = [], []
                return
            for triple, is_said in self._pending.items():
                if not is_said:
                    self._store.remove(Quad(*triple))
            self._store.extend([Quad(*triple) for triple, is_said in self._pending.items() if is_said])
        except (OSError, RuntimeError) as error:
            raise self._failure(error) from None
        self._pending = {}

    def finish(self) -> None:
        """See to it that the whole generation is on the disk."""
        self._write()
        try:
            if self._fresh:
                self._ledger.count_collected()
                self.statements = len(self._store)
                self._store.optimize()
            self._store.flush()
            del self._store  # closes it
            sync_folder(self.folder)
            sync_folder(self._path)
        except (OSError, RuntimeError) as error:
            raise self._failure(error) from None

    def discard(self) -> None:
        """Remove what was written."""
        if hasattr(self, "_store"):
            del self._store
        with suppress(sqlite3.Error):
            self._ledger.forget_collected()
        shutil.rmtree(self.folder, ignore_errors=True)


def _digest(triple: Triple) -> bytes:
    return blake2b(str(triple).encode("utf-8"), digest_size=16).digest()


def _copy(old: Path, new: Path) -> None:
    """A copy of a store that nobody writes; its tables are shared where the file system can."""
    new.mkdir()
    for file in sorted(old.iterdir()):
        if file.suffix == ".sst":
            try:
                os.link(file, new / file.name)
            except OSError:
                shutil.copy2(file, new / file.name)
        elif file.name != "LOCK" and not file.name.startswith("LOG"):
            shutil.copy2(file, new / file.name)


def clear_others(path: Path, present: str | None) -> None:
    """Remove the generations that are not in force and that no reader uses, and what broken-off builds left."""
    for entry in sorted(path.iterdir()):
        if entry.name.startswith(PREFIX) and entry.is_dir() and entry.name != present:
            remove_unless_held(entry)
        elif entry.name.endswith(".part") and entry.is_file():
            entry.unlink(missing_ok=True)
