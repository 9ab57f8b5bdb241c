"""Staging tables: rows wait in the order in which they come, and are read or inserted in another.

A row put at a random place of a large table costs the more the larger the table is, as soon as it does not fit into
memory. Sorted first (by SQLite, on the disk where they are many), any number of rows costs the same each.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Final

AT_ONCE: Final = 2_000
"""So many rows are written at once."""


class Rows:
    """Writes rows to the table ``into`` (with so many ``columns``), many at once; ``otherwise`` what to do about a row
    that is there ("OR IGNORE").
    """

    def __init__(self, database: sqlite3.Connection, into: str, columns: int, otherwise: str = "") -> None:
        self._database = database
        self._statement = f"INSERT {otherwise} INTO {into} VALUES ({', '.join('?' * columns)})"
        self._waiting: list[Sequence[object]] = []

    def add(self, row: Sequence[object]) -> None:
        """Write a row, soon."""
        self._waiting.append(row)
        if len(self._waiting) >= AT_ONCE:
            self.flush()

    def add_all(self, rows: Iterable[Sequence[object]]) -> None:
        """Write some rows, soon."""
        self._waiting.extend(rows)
        if len(self._waiting) >= AT_ONCE:
            self.flush()

    def flush(self) -> None:
        """Write what waits."""
        self._database.executemany(self._statement, self._waiting)
        self._waiting = []


class Staging(Rows):
    """A temporary table of that name; ``columns`` are the names of its columns. What was left in it is forgotten."""

    def __init__(self, database: sqlite3.Connection, name: str, columns: Sequence[str]) -> None:
        self._table = f"temp.staging_{name}"
        self._columns = ", ".join(columns)
        database.execute(f"DROP TABLE IF EXISTS {self._table}")
        database.execute(f"CREATE TEMP TABLE staging_{name}({self._columns})")
        super().__init__(database, self._table, len(columns))

    def rows(self, order: str, query: str = "SELECT *", group: str = "") -> Iterator[Any]:
        """All rows, ordered by these columns; or what the beginning of a query says of them, or of groups."""
        self.flush()
        yield from self._database.execute(f"{query} {self._from(group)} ORDER BY {order}")

    def put_into(self, table: str, order: str, query: str = "SELECT *", group: str = "") -> None:
        """Insert all rows into a table, in an order; or what the beginning of a query says of them, or of groups."""
        self.flush()
        self._database.execute(f"INSERT INTO {table} {query} {self._from(group)} ORDER BY {order}")

    def _from(self, group: str) -> str:
        return f"FROM {self._table}" + (f" GROUP BY {group}" if group else "")

    def disagreeing(self, column: str, other: str) -> list[Any]:
        """The values of a column whose rows have several values of another column."""
        self.flush()
        query = f"""SELECT {column} FROM {self._table}
                    GROUP BY {column} HAVING COUNT(DISTINCT COALESCE({other}, '')) > 1"""
        return [row[0] for row in self._database.execute(query)]

    def close(self) -> None:
        """Remove the table."""
        self._waiting = []
        self._database.execute(f"DROP TABLE {self._table}")
