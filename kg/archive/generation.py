"""The graph of an archive, one generation after the other.

A new generation starts as a copy of the present one that shares its tables (hard links; a store never changes a table
once it is written), takes the changes, and is put in force by the ledger's commit and then the label. Until then the
present one is untouched, and whatever is left of a generation that was never put in force is removed.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Final

from pyoxigraph import Quad, RdfFormat, Store, parse

from kg.archive.ledger import Ledger
from kg.archive.loading import Loading
from kg.archive.support import SupportCount, digest
from kg.errors import GraphError
from kg.mapping.provenance import DESCRIPTION
from kg.store.directory import remove_unless_held, sync_folder
from kg.store.lines import document
from kg.store.soundness import damage, fault, is_refusal, note_tables

if TYPE_CHECKING:
    from kg.mapping import Triples

PREFIX: Final = "graph-"
PENDING: Final = 50_000
"""Changes that wait to be written."""


class Generation:
    """The next generation of the graph in the archive ``path``: a copy of the one in the folder ``old``, or empty.

    Triples are lines of N-Triples, without the full stop.
    """

    def __init__(self, path: Path, ledger: Ledger, base: str, number: int, old: Path | None) -> None:
        self._path = path
        self._ledger = ledger
        self._own = tuple(f"<{base}{kind}/" for kind in ("article", "fact", "statement", "quantity"))
        self._spans = f"<{base}article/"
        self._pending: dict[str, bool] = {}
        self._taken_back: list[str] = []
        self._count: SupportCount | None = None
        self._loading: Loading | None = None
        self.folder: Final = path / f"{PREFIX}{number:06d}"
        self.statements = 0
        self._old = old
        found = damage(old, trusting=True) if old is not None else None
        if old is not None and found and is_refusal(found):
            raise GraphError(f"{path}: cannot be read: {old.name}: {found}")
        if old is not None and found:
            raise GraphError(
                f"{path}: the store is damaged: {old.name}/{found}; without {old.name} the next build makes it anew"
            )
        try:
            if self.folder.exists():
                shutil.rmtree(self.folder)
            if old is not None:
                _copy(old, self.folder)
            self._store = Store(str(self.folder))
            if old is None:
                self._count = SupportCount(self.folder)
                self._loading = Loading(self._store, self.folder)
        except (OSError, RuntimeError) as error:
            self.discard()
            raise self._failure(error) from None
        if old is not None and next(iter(self._store), None) is None and int(ledger.get("statements") or 0):
            self.discard()
            raise GraphError(
                f"{path}: the store is damaged: {old.name} is empty; without it the next build makes it anew"
            )

    def _failure(self, error: Exception) -> GraphError:
        return fault(self._path, error, "written")

    @contextmanager
    def reporting(self, *faults: type[Exception]) -> Iterator[None]:
        """Turns faults, those of the engine and of files unless given, into a GraphError of one line."""
        reported = faults or (OSError, RuntimeError)
        try:
            yield
        except reported as error:
            raise self._failure(error) from None

    def room(self) -> Path:
        """A file for the descriptions of spans (see ``describe``), of a graph that is made anew."""
        assert self._loading is not None
        return self._loading.room()

    def describe(self, spans: Path, number: int) -> None:
        """Articles have so many spans, described in this file of N-Triples, of a graph that is made anew."""
        assert self._loading is not None
        self.statements += DESCRIPTION * number
        with self.reporting():
            self._loading.add_file(spans)

    def say(self, lines: Iterable[str]) -> None:
        """One article more says these triples, each given once, of a graph that there was before."""
        for line in lines:
            if self._is_own(line):
                self._change(line, True)
                continue
            key = digest(line)
            known = self._ledger.support(key) or int(self._is_said(line))
            self._ledger.set_support(key, known + 1)
            if not known:
                self._change(line, True)

    def say_first(self, triples: Triples) -> None:
        """One article says these triples, of a graph that is made anew."""
        own, shared = dict.fromkeys(triples.own), dict.fromkeys(triples.shared)
        assert self._count is not None and self._loading is not None
        with self.reporting():
            new = self._count.add(shared)
            self._loading.add(document(chain(triples.spans, own, new)))
        self.statements += DESCRIPTION * len(triples.spans) + len(own)  # those of ``new`` are counted at the end

    def unsay(self, lines: Iterable[str]) -> None:
        """One article less says these triples; those that no article says any more go."""
        for line in lines:
            if not self._is_own(line):
                key = digest(line)
                known = self._ledger.support(key)
                if known:
                    self._ledger.set_support(key, known - 1)
                    continue
            self._change(line, False)

    def take_back(self, spans: Iterable[str]) -> None:
        """These spans, described before, are of an article of which there is nothing to show."""
        self._taken_back += spans

    def _is_own(self, line: str) -> bool:
        """Whether only one article can say the triple: its subject belongs to that article, or it is a citation."""
        return line.startswith(self._own) or line.split(" ", 2)[2].startswith(self._spans)

    def _is_said(self, line: str) -> bool:
        pending = self._pending.get(line)
        with self.reporting():
            return next(_quads([line])) in self._store if pending is None else pending

    def _change(self, line: str, said: bool) -> None:
        self._pending[line] = said
        self.statements += 1 if said else -1
        if len(self._pending) >= PENDING:
            self._write()

    def _write(self) -> None:
        with self.reporting():
            for quad in _quads([line for line, is_said in self._pending.items() if not is_said]):
                self._store.remove(quad)
            self._store.extend(list(_quads([line for line, is_said in self._pending.items() if is_said])))
        self._pending = {}

    def finish(self) -> None:
        """See to it that the whole generation is on the disk."""
        if self._loading is None:
            self._write()
        with self.reporting():
            if self._loading is not None and self._count is not None:
                settled = self._loading.settle()
                for counts in self._count.counts():
                    self.statements += len(counts)
                    self._ledger.add_support((key, count) for key, count in counts if count > 1)
                self._count.close()
                settled.result()
                self._loading.stop()
                for quad in _quads(self._taken_back):
                    self._store.remove(quad)
                    self.statements -= 1
            self._store.flush()
            self._close()
            note_tables(self.folder, self._old)
            sync_folder(self.folder)
            sync_folder(self._path)

    def _close(self) -> None:
        self._loading = None
        del self._store  # closes it

    def discard(self) -> None:
        """Remove what was written."""
        if self._loading is not None:
            self._loading.stop()
        if self._count is not None:
            self._count.close()
        if hasattr(self, "_store"):
            self._close()
        shutil.rmtree(self.folder, ignore_errors=True)


def _quads(lines: Iterable[str]) -> Iterator[Quad]:
    yield from parse(document(lines), format=RdfFormat.N_TRIPLES, lenient=True)


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
