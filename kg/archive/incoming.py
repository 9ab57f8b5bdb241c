"""The articles of one build: where they stand, in a temporary table, so that any number of them takes no memory."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from heapq import merge
from itertools import groupby
from typing import Any, Final

from kg.archive.ledger import Ledger, Place

SCHEMA: Final = """
DROP TABLE IF EXISTS temp.incoming;
CREATE TEMP TABLE incoming(
    number INTEGER PRIMARY KEY, source TEXT NOT NULL, fingerprint TEXT NOT NULL, url TEXT, summary INTEGER NOT NULL);
CREATE INDEX temp.incoming_by_fingerprint ON incoming(fingerprint);
CREATE INDEX temp.incoming_by_url ON incoming(url) WHERE url IS NOT NULL;
"""


class Incoming:
    """The places of the articles that a build is given, in their order."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger
        self._database = ledger.database
        for statement in SCHEMA.split(";"):
            self._database.execute(statement)

    def add(self, place: Place, is_summary: bool) -> None:
        """An article stands there; it is one, or a summary."""
        query = "INSERT INTO incoming(source, fingerprint, url, summary) VALUES (?, ?, ?, ?)"
        self._database.execute(query, (*place, is_summary))

    def has(self, fingerprint: str) -> bool:
        """Whether this article has come already."""
        return bool(self._rows("SELECT 1 FROM incoming WHERE fingerprint = ? LIMIT 1", fingerprint))

    def __iter__(self) -> Iterator[Place]:
        """The places, each once."""
        query = """SELECT source, fingerprint, url FROM incoming
                   GROUP BY source, fingerprint, url ORDER BY MIN(number)"""
        yield from map(Place._make, self._database.execute(query))

    def drop_unread(self) -> None:
        """Forget the articles that could not be read."""
        self._database.execute("DELETE FROM incoming WHERE fingerprint NOT IN (SELECT fingerprint FROM articles)")

    def waive(self, is_summary: Callable[[str], bool]) -> int:
        """Forget summaries whose article itself is in the archive, or comes with them, under the same URL.

        ``is_summary`` tells it of an article of the archive, by its fingerprint. Gives the number of these URLs.
        """
        query = "SELECT DISTINCT url FROM incoming WHERE summary AND url IS NOT NULL"
        waived = [url for (url,) in self._rows(query) if self._comes_whole(url) or self._is_whole(url, is_summary)]
        self._database.executemany("DELETE FROM incoming WHERE summary AND url = ?", ((url,) for url in waived))
        return len(waived)

    def _comes_whole(self, url: str) -> bool:
        return bool(self._rows("SELECT 1 FROM incoming WHERE url = ? AND NOT summary LIMIT 1", url))

    def _is_whole(self, url: str, is_summary: Callable[[str], bool]) -> bool:
        return any(not is_summary(place.fingerprint) for place in self._ledger.places("url", url))

    def is_empty(self) -> bool:
        """Whether nothing is left."""
        return not self._rows("SELECT 1 FROM incoming LIMIT 1")

    def known(self) -> int:
        """How many of the articles are in the archive already."""
        query = f"SELECT COUNT(DISTINCT fingerprint) FROM incoming WHERE NOT {_NEW}"
        return int(self._rows(query)[0][0])

    def new(self) -> int:
        """How many are not."""
        return int(self._rows(f"SELECT COUNT(DISTINCT fingerprint) FROM incoming WHERE {_NEW}")[0][0])

    def replacing(self, old: Iterable[Place]) -> int:
        """How many new ones stand where one of the ``old`` places is, by file or by URL."""
        gone = {name for place in old for name in (place.source, place.url) if name}
        if not gone:
            return 0
        query = f"SELECT fingerprint, source, url FROM incoming WHERE {_NEW}"
        return len({row[0] for row in self._database.execute(query) if not gone.isdisjoint(row[1:])})

    def first_new(self, most: int) -> tuple[str, ...]:
        """The URLs (or else files) of new articles, in order: the first ones."""
        query = f"SELECT DISTINCT COALESCE(NULLIF(url, ''), source) FROM incoming WHERE {_NEW} ORDER BY 1 LIMIT ?"
        return tuple(row[0] for row in self._rows(query, most))

    def texts(self, others: Iterable[str] = ()) -> Iterator[str]:
        """The texts of the articles (by SHA-256) and ``others``, sorted, each once."""
        query = "SELECT sha FROM articles WHERE fingerprint IN (SELECT fingerprint FROM incoming) ORDER BY sha"
        own = (row[0] for row in self._database.execute(query))
        for sha, _ in groupby(merge(own, sorted(others))):
            yield sha

    def put(self) -> None:
        """Let the archive have its articles there."""
        query = "INSERT OR REPLACE INTO places SELECT source, fingerprint, url FROM incoming ORDER BY number"
        self._database.execute(query)

    def _rows(self, query: str, *values: object) -> list[Any]:
        return self._database.execute(query, values).fetchall()


_NEW: Final = "fingerprint NOT IN (SELECT fingerprint FROM places)"
