"""Whether the tables of a store are as they were written.

The engine never changes a table once it is written, so a list beside them (``tables.json``) says how each of them was.
The engine itself refuses a block that is damaged; but a query that counts or sorts meets the same block over and over
and never ends, so that what takes long is watched from outside.
"""

from __future__ import annotations

import json
import os
import threading
import zlib
from errno import EACCES
from typing import TYPE_CHECKING, Final, NamedTuple, Self

from pyoxigraph import Store

from kg.errors import GraphError
from kg.store.formats import one_line

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

TABLES: Final = "tables.json"
"""The file in a store that says how its tables were written."""

PATIENCE: Final = 2.0
"""Seconds that a query takes before the tables are looked at: few queries take longer, and to look is to read them."""

CHUNK: Final = 1 << 20


class Table(NamedTuple):
    """What a table was when it was written: bytes, CRC-32 of them, and the time of its file in ns."""

    size: int
    sum: int
    time: int


def fault(path: str | os.PathLike[str] | None, error: BaseException, done: str) -> GraphError:
    """What the engine complains of, in words; ``done`` is what could not be done to the store: read, written, changed.

    The engine names damage, of whichever file, with the word Corruption.
    """
    what = "the store is damaged" if "Corruption" in str(error) else f"cannot be {done}"
    return GraphError(f"{path or 'the graph'}: {what}: {one_line(error)}")


def is_refusal(found: str) -> bool:
    """Whether it is the system that keeps from reading a store, which may be sound."""
    return os.strerror(EACCES) in found


def note_tables(folder: Path, former: Path | None = None) -> None:
    """Note how the tables of a store are, which nobody has open; those shared with ``former`` are as noted there.

    Raises OSError.
    """
    known = (_noted(former) if former else None) or {}
    tables = {file.name: known.get(file.name) or _table(file) for file in sorted(folder.glob("*.sst"))}
    with (folder / TABLES).open("w", encoding="utf-8") as listed:
        listed.write(json.dumps(tables, sort_keys=True) + "\n")
        listed.flush()
        os.fsync(listed.fileno())


def damage(folder: Path, stopped: Callable[[], bool] = lambda: False, trusting: bool = False) -> str | None:
    """What is wrong with the tables of a store, in words; None where nothing is, or ``stopped`` says to stop looking.

    All of them are read; if ``trusting``, only those whose files have another size or time than when they were written.
    A store of another program, which has no list, is read by the engine.
    """
    noted = _noted(folder)
    if noted is None:
        return _damage_by_reading(folder, stopped)
    for name, table in noted.items():
        try:
            status = (folder / name).stat()
            if trusting and (status.st_size, status.st_mtime_ns) == (table.size, table.time):
                continue
            if status.st_size != table.size or _sum(folder / name, stopped) not in (table.sum, None):
                return f"{name} is not as it was written"
        except FileNotFoundError:
            continue  # another program has merged it with others; where it has not, the engine refuses the store
        except OSError as error:
            return f"{name}: {error.strerror or one_line(error)}"
    return None


def _noted(folder: Path) -> dict[str, Table] | None:
    """What the list says; None where there is none that can be read."""
    try:
        listed = json.loads((folder / TABLES).read_text("utf-8"))
        return {str(name): Table(*map(int, table)) for name, table in listed.items()}
    except (OSError, ValueError, TypeError, AttributeError):
        return None


def _table(file: Path) -> Table:
    status, found = file.stat(), _sum(file, lambda: False)
    assert found is not None
    return Table(status.st_size, found, status.st_mtime_ns)


def _sum(file: Path, stopped: Callable[[], bool]) -> int | None:
    """The CRC-32 of a file, which is many times faster than a hash; None when stopped."""
    found = 0
    with file.open("rb") as content:
        while chunk := content.read(CHUNK):
            if stopped():
                return None
            found = zlib.crc32(chunk, found)
    return found


def _damage_by_reading(folder: Path, stopped: Callable[[], bool]) -> str | None:
    """What the engine finds when it reads the terms, and the triples in each of the orders in which it has them."""
    try:
        store = Store.read_only(str(folder))
        len(store)
        seen = set[int]()
        for quad in store:
            for pattern in ((None, quad.predicate, None), (None, None, quad.object)):
                mark = hash(pattern)
                if mark not in seen:
                    seen.add(mark)
                    for _ in store.quads_for_pattern(*pattern):
                        if stopped():
                            return None
    except (OSError, RuntimeError) as error:
        return one_line(error)
    return None


class Watch:
    """Looks for damage in a store while a query on it takes long (with ``with``), and calls ``stop`` if there is some.

    Then ``found`` says what; ``sound`` is true if everything was looked at and nothing found.
    """

    def __init__(self, folder: Path, stop: Callable[[], None]) -> None:
        self.found: str | None = None
        self.sound = False
        self._folder = folder
        self._stop = stop
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._look, name="kg-watch", daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *exception: object) -> None:
        self._over.set()
        self._thread.join()

    def _look(self) -> None:
        if self._over.wait(PATIENCE):
            return
        self.found = damage(self._folder, self._over.is_set)
        if self.found:
            self._stop()
        else:
            self.sound = not self._over.is_set()
