"""A graph on disk: a folder with an Oxigraph store, made whole beside its place and moved there, read-only ever after.

``newskg.json`` in the folder says how many statements it holds and which base its IRIs have, so that a damaged store is
not taken for an empty one.
"""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path
from tempfile import mkdtemp
from typing import TYPE_CHECKING, Any, Final
from weakref import finalize

from pyoxigraph import Store

from kg.errors import GraphError
from kg.store.formats import one_line

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pyoxigraph import Quad

LABEL: Final = "newskg.json"
"""The file in a store that describes it."""

VERSION: Final = 1
BATCH: Final = 100_000
"""Statements written to a store at once."""


def is_store(path: Path) -> bool:
    """Whether the folder holds a store (RocksDB keeps the name of its manifest in CURRENT)."""
    return (path / "CURRENT").is_file() or (path / LABEL).is_file()


def open_store(path: Path) -> tuple[Store, dict[str, Any]]:
    """Open a store read-only; with it what its label says (nothing for a store that another program made).

    Raises GraphError for a folder that is no store, a store that is damaged, or one that a process is writing.
    """
    if not is_store(path):
        raise GraphError(f"{path}: the folder is not a graph store (kg build -o {path} would make one)")
    writer = process_writing(path)
    if writer:
        raise GraphError(f"{path}: process {writer} is writing this store; try again when it is done")
    try:
        label = json.loads((path / LABEL).read_text("utf-8")) if (path / LABEL).is_file() else {}
        store = Store.read_only(str(path))
        found = next(iter(store), None)
    except (OSError, RuntimeError, ValueError) as error:
        raise GraphError(f"{path}: the store is damaged: {one_line(error)}") from None
    if label.get("version", VERSION) != VERSION:
        raise GraphError(f"{path}: the store was written by a newer version of kg")
    if found is None and label.get("statements"):
        raise GraphError(
            f"{path}: the store is damaged: it should hold {label['statements']} statements, and holds none"
        )
    return store, label


def process_writing(path: Path) -> int | None:
    """The id of another process that has the store open for writing, where the system tells (Linux)."""
    try:
        status = (path / "LOCK").stat()
        locks = Path("/proc/locks").read_text("ascii").splitlines()
    except (OSError, ValueError):
        return None
    for line in locks:
        words = line.split()
        if len(words) > 5 and words[5].rpartition(":")[2] == str(status.st_ino) and words[3] == "WRITE":
            return int(words[4])
    return None


class StoreUnderWay:
    """A store being made in a temporary folder beside its place.

    ``publish`` moves it there, ``discard`` removes it; so does the end of the program or of this object.
    """

    def __init__(self, path: Path) -> None:
        check_place(path)
        self.path = path
        try:
            self._folder = Path(mkdtemp(dir=path.parent, prefix=f".{path.name[:80]}.", suffix=".part"))
            self._remove = finalize(self, shutil.rmtree, self._folder, ignore_errors=True)
            self.store = Store(str(self._folder))
        except OSError as error:
            raise GraphError(f"{path}: cannot be written: {error.strerror or one_line(error)}") from None

    def publish(self, base: str) -> Path:
        """Finish the store, and put it where it belongs in place of what was there. Gives its path."""
        try:
            statements = len(self.store)
            self.store.flush()
            self.store.optimize()
            del self.store  # closes it
            label = {"base": base, "statements": statements, "version": VERSION}
            (self._folder / LABEL).write_text(json.dumps(label, sort_keys=True) + "\n", "utf-8")
            self._folder.chmod(0o755)
            if self.path.exists():
                old = Path(mkdtemp(dir=self.path.parent, prefix=f".{self.path.name[:80]}.", suffix=".old"))
                self.path.rename(old / "store")
                self._folder.rename(self.path)
                shutil.rmtree(old, ignore_errors=True)
            else:
                self._folder.rename(self.path)
            self._remove.detach()
        except OSError as error:
            self.discard()
            raise GraphError(f"{self.path}: cannot be written: {error.strerror or one_line(error)}") from None
        return self.path

    def discard(self) -> None:
        """Remove what has been written."""
        if hasattr(self, "store"):
            del self.store
        self._remove()


def check_place(path: Path) -> None:
    """Raise GraphError now if a store could not be put at ``path``: only a store or an empty folder is replaced."""
    if path.exists() and not path.is_dir():
        raise GraphError(f"{path}: cannot be written: a file is in the way of the store")
    if path.is_dir() and not is_store(path) and any(path.iterdir()):
        raise GraphError(f"{path}: cannot be written: the folder holds other things than a graph store")
    if not path.parent.is_dir():
        raise GraphError(f"{path}: cannot be written: there is no folder {path.parent}")
    if not os.access(path.parent, os.W_OK | os.X_OK):
        raise GraphError(f"{path}: cannot be written: permission denied")


def save_store(path: Path, quads: Iterable[Quad], base: str) -> None:
    """Write a graph into a new store at ``path``, whole or not at all."""
    making = StoreUnderWay(path)
    try:
        making.store.bulk_extend(quads)
    except BaseException as error:
        making.discard()
        if isinstance(error, (OSError, RuntimeError)):
            raise GraphError(f"{path}: cannot be written: {one_line(error)}") from None
        raise
    making.publish(base)
