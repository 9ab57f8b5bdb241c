"""The articles of one build: where they stand, in a temporary table, so that any number of them takes no memory."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Set
from heapq import merge
from itertools import groupby
from typing import Any, Final

from kg.archive.ledger import Ledger, Place
from kg.facts import Article
from kg.repetition import newest

SCHEMA: Final = """
DROP TABLE IF EXISTS temp.incoming;
CREATE TEMP TABLE incoming(
    number INTEGER PRIMARY KEY, source TEXT NOT NULL, fingerprint TEXT NOT NULL, url TEXT, summary INTEGER NOT NULL);
CREATE INDEX temp.incoming_by_fingerprint ON incoming(fingerprint);
CREATE INDEX temp.incoming_by_url ON incoming(url) WHERE url IS NOT NULL;
DROP TABLE IF EXISTS temp.present;
CREATE TEMP TABLE present(fingerprint TEXT PRIMARY KEY) WITHOUT ROWID;
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

    def has_at(self, source: str, fingerprint: str) -> bool:
        """Whether this article has come there."""
        query = "SELECT 1 FROM incoming WHERE fingerprint = ? AND source = ? LIMIT 1"
        return bool(self._rows(query, fingerprint, source))

    def __iter__(self) -> Iterator[Place]:
        """The places, each once."""
        return self._places("")

    def whole(self) -> Iterator[Place]:
        """The places of those that are no summaries, each once."""
        return self._places("WHERE NOT summary")

    def _places(self, where: str) -> Iterator[Place]:
        query = f"""SELECT source, fingerprint, url FROM incoming {where}
                    GROUP BY source, fingerprint, url ORDER BY MIN(number)"""
        yield from map(Place._make, self._database.execute(query))

    def drop_unread(self) -> None:
        """Forget the articles that could not be read."""
        self._database.execute("DELETE FROM incoming WHERE fingerprint NOT IN (SELECT fingerprint FROM articles)")

    def waive(self, is_summary: Callable[[str], bool], going: Set[Place]) -> tuple[int, list[tuple[str, str]]]:
        """Forget summaries whose article itself is in the archive, or comes with them, under the same URL.

        ``is_summary`` tells it of an article of the archive, by its fingerprint; what is at the places ``going`` is
        there no longer. Gives the number of URLs of those whose article does not come with them, and the fingerprints
        of all that went, with their URLs.
        """
        query = "SELECT DISTINCT url FROM incoming WHERE summary AND url IS NOT NULL"
        urls = [url for (url,) in self._rows(query)]
        come = {url for url in urls if self._comes_whole(url)}
        waived = [url for url in urls if url in come or self._is_whole(url, is_summary, going)]
        gone = "DELETE FROM incoming WHERE summary AND url = ? RETURNING fingerprint, url"
        found = {(mark, url) for named in waived for mark, url in self._rows(gone, named)}
        return len(waived) - len(come), sorted(found)

    def supersede(self, article: Callable[[str], Article]) -> list[tuple[str, str]]:
        """Forget the versions of articles that give way to another one that comes with them, under the same URL.

        ``article`` gives one by its fingerprint. Gives the fingerprints of those that went, with their URLs.
        """
        found = []
        query = "SELECT url FROM incoming WHERE url IS NOT NULL GROUP BY url HAVING COUNT(DISTINCT fingerprint) > 1"
        versions = "SELECT fingerprint FROM incoming WHERE url = ? GROUP BY fingerprint ORDER BY MAX(number)"
        for (url,) in self._rows(query):
            told = {mark: article(mark) for (mark,) in self._rows(versions, url)}
            kept = newest(list(told), told.__getitem__)
            found += [(mark, url) for mark in told if mark != kept]
        self._database.executemany("DELETE FROM incoming WHERE fingerprint = ? AND url = ?", found)
        return found

    def _comes_whole(self, url: str) -> bool:
        return bool(self._rows("SELECT 1 FROM incoming WHERE url = ? AND NOT summary LIMIT 1", url))

    def _is_whole(self, url: str, is_summary: Callable[[str], bool], going: Set[Place]) -> bool:
        staying = (place for place in self._ledger.places("url", url) if place not in going)
        return any(not is_summary(place.fingerprint) for place in staying)

    def is_empty(self) -> bool:
        """Whether nothing is left."""
        return not self._rows("SELECT 1 FROM incoming LIMIT 1")

    def count(self) -> int:
        """How many articles have come, one that stands in several places as often."""
        query = "SELECT COUNT(*) FROM (SELECT DISTINCT source, fingerprint FROM incoming)"
        return int(self._rows(query)[0][0])

    def note_present(self) -> None:
        """Remember which of them the archive has as articles of its own by now."""
        self._database.execute(f"INSERT INTO temp.present {_PRESENT}")

    def count_present(self) -> tuple[int, int]:
        """How many of them the archive has as articles of its own, and how many of these were noted before."""
        query = (
            f"SELECT COUNT(*), COUNT(*) FILTER (WHERE fingerprint IN (SELECT * FROM temp.present)) FROM ({_PRESENT})"
        )
        present, noted = self._rows(query)[0]
        return int(present), int(noted)

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


_PRESENT: Final = """SELECT DISTINCT fingerprint FROM incoming CROSS JOIN articles USING (fingerprint)
                     CROSS JOIN standing USING (sha, fingerprint)"""
_NEW: Final = "fingerprint NOT IN (SELECT fingerprint FROM places)"
