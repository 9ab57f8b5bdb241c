"""A graph on disk: a folder with an Oxigraph store, made whole beside its place and moved there, read-only ever after.

``newskg.json`` in the folder says how many statements it holds and which base its IRIs have, so that a damaged store is
not taken for an empty one. In the folder of an archive (:mod:`kg.archive`) it also names the folder of the present
generation of the graph, which readers hold while they use it.
"""

from __future__ import annotations

import json
import os
import shutil
from contextlib import suppress
from pathlib import Path
from tempfile import mkdtemp, mkstemp
from typing import TYPE_CHECKING, Any, Final, NamedTuple
from weakref import finalize

from pyoxigraph import Store

from kg.errors import GraphError
from kg.store.formats import one_line
from kg.store.soundness import is_refusal, note_tables
from kg.store.writing import hindrance
from kg.texts import in_utf8

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pyoxigraph import Quad

LABEL: Final = "newskg.json"
"""The file in a store that describes it."""

LEDGER: Final = "articles.sqlite"
"""The file in an archive that holds the facts of its articles."""

VERSION: Final = 1
VERSION_OF_ARCHIVES: Final = 2
BATCH: Final = 100_000
"""Statements written to a store at once."""


def is_store(path: Path) -> bool:
    """Whether the folder holds a store (RocksDB keeps the name of its manifest in CURRENT).

    Raises GraphError for a folder that may not be looked into.
    """
    return _has(path, "CURRENT") or _has(path, LABEL)


def is_archive(path: Path) -> bool:
    """Whether the folder holds an archive, or the beginnings of one. Raises GraphError as ``is_store`` does."""
    return _has(path, LEDGER)


def _has(path: Path, name: str) -> bool:
    try:
        return (path / name).is_file()
    except OSError as error:
        raise GraphError(f"{path}: cannot be read: {error.strerror or error}") from None


def unfinished(path: Path) -> GraphError:
    """What is to be said of an archive that has no graph yet."""
    return GraphError(f"{path}: the first build of this store is not finished; kg build goes on with it")


class OpenStore(NamedTuple):
    """A store opened for reading, what its label says (nothing where another program made it), and its folder.

    ``hold`` keeps the folder from being removed for as long as it lives.
    """

    store: Store
    label: dict[str, Any]
    folder: Path
    hold: Hold


class Hold:
    """Keeps ``remove_unless_held`` from removing a folder, until it is forgotten or its process ends."""

    def __init__(self, folder: Path) -> None:
        if _can_lock():
            import fcntl

            handle = os.open(folder, os.O_RDONLY)
            finalize(self, os.close, handle)
            with suppress(OSError):  # a file system without locks
                fcntl.flock(handle, fcntl.LOCK_SH)


def remove_unless_held(folder: Path) -> None:
    """Remove a folder that no reader uses; one that is in use stays."""
    if not _can_lock():
        shutil.rmtree(folder, ignore_errors=True)
        return
    import fcntl

    try:
        handle = os.open(folder, os.O_RDONLY)
    except PermissionError:  # nor could it be removed
        return
    try:
        with suppress(OSError):
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            shutil.rmtree(folder, ignore_errors=True)
    finally:
        os.close(handle)


def _can_lock() -> bool:
    return os.name == "posix"


def open_store(path: Path) -> OpenStore:
    """Open a store read-only.

    Raises GraphError for a folder that is no store, a store that is damaged, or one that a process is writing.
    """
    if not is_store(path):
        if is_archive(path):
            raise unfinished(path)
        raise GraphError(f"{path}: the folder is not a graph store (kg build -o {path} would make one)")
    writer = process_writing(path)
    if writer:
        raise GraphError(f"{path}: process {writer} is writing this store; try again when it is done")
    for _ in range(100):
        label = read_label(path)
        folder = path / str(label.get("graph", "."))
        try:
            hold = Hold(folder)
            store = Store.read_only(str(folder))
            found = next(iter(store), None)
        except UnicodeEncodeError:
            raise GraphError(
                f"{path}: cannot be read: the engine takes only names in UTF-8; rename the store"
            ) from None
        except (OSError, RuntimeError, ValueError) as error:
            if read_label(path) != label:
                continue  # the next generation has taken its place in between
            what = "cannot be read" if is_refusal(str(error)) else "the store is damaged"
            raise GraphError(f"{path}: {what}: {one_line(error)}") from None
        if found is None and label.get("statements"):
            raise GraphError(
                f"{path}: the store is damaged: it should hold {label['statements']} statements, and holds none"
            )
        return OpenStore(store, label, folder, hold)
    raise GraphError(f"{path}: the store changes too fast to be read")


def read_label(path: Path) -> dict[str, Any]:
    """What the label of a store says; nothing where there is none. Raises GraphError."""
    try:
        label = json.loads((path / LABEL).read_text("utf-8")) if (path / LABEL).is_file() else {}
        version = label.get("version", VERSION)
    except OSError as error:
        raise GraphError(f"{path}: cannot be read: {LABEL}: {error.strerror or error}") from None
    except (ValueError, AttributeError) as error:
        raise GraphError(f"{path}: the store is damaged: {one_line(error)}") from None
    if version not in (VERSION, VERSION_OF_ARCHIVES):
        raise GraphError(f"{path}: the store was written by a newer version of kg")
    return dict(label)


def write_label(path: Path, label: dict[str, Any]) -> None:
    """Put a label on a store, in one step, safe on the disk when this returns. Raises OSError."""
    handle, name = mkstemp(dir=path, prefix=".label.", suffix=".part")
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write(json.dumps(label, sort_keys=True) + "\n")
        file.flush()
        os.fsync(file.fileno())
    Path(name).chmod(0o644)
    Path(name).replace(path / LABEL)
    sync_folder(path)


def sync_folder(path: Path) -> None:
    """See to it that the names in a folder are on the disk, where the system can."""
    if os.name == "posix":
        handle = os.open(path, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


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
            note_tables(self._folder)
            write_label(self._folder, {"base": base, "statements": statements, "version": VERSION})
            self._folder.chmod(0o755)
            if self.path.exists():
                _put_in_place(self._folder, self.path)
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


def _put_in_place(new: Path, old: Path) -> None:
    """Let a folder take the place of another, which goes: in one step where the system can (Linux), else in two.

    Where it takes two and the program ends between them, the old folder is left beside its place, in ``.NAME...old``.
    """
    if _exchange(new, old):
        shutil.rmtree(new, ignore_errors=True)
        return
    aside = Path(mkdtemp(dir=old.parent, prefix=f".{old.name[:80]}.", suffix=".old"))
    old.rename(aside / "store")
    try:
        new.rename(old)
    except OSError:
        (aside / "store").rename(old)  # where that fails, it stays where it is
        aside.rmdir()
        raise
    shutil.rmtree(aside, ignore_errors=True)


def _exchange(one: Path, other: Path) -> bool:
    """Let two folders change places in one step; whether the system could."""
    import ctypes

    here, exchange = -100, 2  # AT_FDCWD and RENAME_EXCHANGE of Linux
    try:
        rename = ctypes.CDLL(None).renameat2
    except (AttributeError, OSError, TypeError):
        return False
    return bool(rename(here, os.fsencode(one), here, os.fsencode(other), exchange) == 0)


def check_place(path: Path) -> None:
    """Raise GraphError now if a store could not be put at ``path``: only a store or an empty folder is replaced."""
    if path.exists() and not path.is_dir():
        raise GraphError(f"{path}: cannot be written: a file is in the way of the store")
    if is_archive(path):
        raise GraphError(
            f"{path}: cannot be written: the folder holds an archive, which only kg build and kg remove change"
        )
    if path.is_dir() and not is_store(path) and any(path.iterdir()):
        raise GraphError(f"{path}: cannot be written: the folder holds other things than a graph store")
    if in_utf8(str(path)) != str(path):
        raise GraphError(f"{path}: cannot be written: the engine takes only names in UTF-8; choose another one")
    if not path.parent.is_dir():
        raise GraphError(f"{path}: cannot be written: there is no folder {path.parent}")
    if refused := hindrance(path.parent):
        raise GraphError(f"{path}: cannot be written: {refused}")


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
