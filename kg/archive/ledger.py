"""What an archive knows of its articles, in one SQLite file; whoever has it open for writing is the one writer.

Tables: ``articles`` holds the facts of every article read so far, also by a build that was broken off; ``places`` the
files (or records) in which the archive has them; ``mapped`` what of them the present generation of the graph shows,
with the identities it was mapped with; ``support`` how many articles say each triple that several can say; ``builds``
what was done; ``meta`` the state of the whole.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final, NamedTuple

from kg.errors import GraphError
from kg.identity.duplicates import Duplicates
from kg.store.directory import LEDGER

FORM: Final = "1"

SCHEMA: Final = """
CREATE TABLE IF NOT EXISTS meta(name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS articles(
    fingerprint TEXT PRIMARY KEY, sha TEXT NOT NULL, made_with TEXT NOT NULL, title TEXT NOT NULL, facts BLOB NOT NULL);
CREATE INDEX IF NOT EXISTS articles_by_sha ON articles(sha);
CREATE TABLE IF NOT EXISTS places(
    source TEXT NOT NULL, fingerprint TEXT NOT NULL, url TEXT, PRIMARY KEY (source, fingerprint)) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS places_by_url ON places(url) WHERE url IS NOT NULL;
CREATE INDEX IF NOT EXISTS places_by_fingerprint ON places(fingerprint);
CREATE TABLE IF NOT EXISTS mapped(
    sha TEXT PRIMARY KEY, fingerprint TEXT NOT NULL, identities BLOB NOT NULL, failure TEXT) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS support(triple BLOB PRIMARY KEY, articles INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS builds(number INTEGER PRIMARY KEY, content TEXT NOT NULL);
"""


class Place(NamedTuple):
    """Where an article stands: the file or record, the article's fingerprint, and its URL where it has one."""

    source: str
    fingerprint: str
    url: str | None


class Ledger:
    """The ledger of the archive in the folder ``path``, which must exist. Locked until it is closed.

    Raises:
        GraphError: another process has it, it is damaged, or it cannot be written.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        with self.reporting():
            self._database = sqlite3.connect(path / LEDGER, timeout=0, isolation_level=None, check_same_thread=False)
        try:
            with self.reporting():
                self._database.execute("PRAGMA locking_mode = EXCLUSIVE")
                self._database.execute("PRAGMA journal_mode = WAL")
                self._database.execute("PRAGMA synchronous = FULL")
                self._database.execute("PRAGMA cache_size = -65536")
                with self.transaction():
                    for statement in SCHEMA.split(";"):
                        self._database.execute(statement)
                    form = self.get("form")
                    if form is None:
                        self.set("form", FORM)
            if form not in (None, FORM):
                raise GraphError(f"{path}: the store was written by another version of kg")
        except BaseException:
            self._database.close()
            raise

    def close(self) -> None:
        """Let go of the lock. What was not committed is undone."""
        with self.reporting():
            self._database.close()

    @contextmanager
    def reporting(self) -> Iterator[None]:
        """Turns the faults of the database into a GraphError of one line."""
        try:
            yield
        except sqlite3.Error as error:
            words = str(error)
            if "locked" in words:
                words = "another process is writing this store; try again when it is done"
            elif "full" in words or "unable to open" in words or "disk I/O" in words or "readonly" in words:
                words = f"cannot be written: {words}"
            else:
                words = f"the store is damaged: {LEDGER}: {words}"
            raise GraphError(f"{self._path}: {words}") from None

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All of what is done inside, or nothing."""
        with self.reporting():
            self._database.execute("BEGIN IMMEDIATE")
            try:
                yield
            except BaseException:
                self._database.execute("ROLLBACK")
                raise
            self._database.execute("COMMIT")

    def get(self, name: str) -> str | None:
        """A value of ``meta``."""
        row = self._database.execute("SELECT value FROM meta WHERE name = ?", (name,)).fetchone()
        return None if row is None else str(row[0])

    def set(self, name: str, value: str) -> None:
        """Set a value of ``meta``."""
        self._database.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (name, value))

    # Articles

    def has(self, fingerprint: str) -> bool:
        """Whether the facts of this article are here."""
        query = "SELECT 1 FROM articles WHERE fingerprint = ?"
        return self._database.execute(query, (fingerprint,)).fetchone() is not None

    def keep(self, fingerprint: str, sha: str, made_with: str, title: str, facts: bytes) -> None:
        """Keep the facts of an article."""
        row = (fingerprint, sha, made_with, title, facts)
        self._database.execute("INSERT OR REPLACE INTO articles VALUES (?, ?, ?, ?, ?)", row)

    def facts(self, fingerprint: str) -> tuple[str, bytes]:
        """What an article was read with, and its packed facts."""
        query = "SELECT made_with, facts FROM articles WHERE fingerprint = ?"
        row = self._database.execute(query, (fingerprint,)).fetchone()
        if row is None:
            raise GraphError(f"{self._path}: the store is damaged: {LEDGER}: the facts of an article are missing")
        return row[0], row[1]

    def shas(self) -> list[tuple[str, list[str]]]:
        """The texts of the archive, sorted, each with the fingerprints of its articles, sorted."""
        query = """SELECT DISTINCT sha, fingerprint FROM places JOIN articles USING (fingerprint)
                   ORDER BY sha, fingerprint"""
        found: dict[str, list[str]] = {}
        for sha, fingerprint in self._database.execute(query):
            found.setdefault(sha, []).append(fingerprint)
        return list(found.items())

    def titled(self, title: str) -> list[str]:
        """The fingerprints of the articles of that title."""
        query = "SELECT DISTINCT fingerprint FROM places JOIN articles USING (fingerprint) WHERE title = ?"
        return sorted(row[0] for row in self._database.execute(query, (title,)))

    def beginning(self, sha: str) -> list[str]:
        """The fingerprints of the articles whose text's hash begins with these 16 hexadecimal digits."""
        query = "SELECT DISTINCT fingerprint FROM places JOIN articles USING (fingerprint) WHERE substr(sha, 1, 16) = ?"
        return sorted(row[0] for row in self._database.execute(query, (sha,)))

    def keeps_anything(self) -> bool:
        """Whether there are facts of any article, or there ever was a graph."""
        kept = self._database.execute("SELECT 1 FROM articles LIMIT 1").fetchone()
        return kept is not None or self.get("graph") is not None

    def forget_unplaced(self) -> None:
        """Drop the facts of articles that are in no place (any more)."""
        self._database.execute("DELETE FROM articles WHERE fingerprint NOT IN (SELECT fingerprint FROM places)")

    # Places

    def places(self, column: str, value: str) -> list[Place]:
        """The places with that source, fingerprint or url, sorted."""
        if column not in Place._fields:
            raise ValueError(column)
        query = f"SELECT source, fingerprint, url FROM places WHERE {column} = ? ORDER BY source, fingerprint"
        return [Place(*row) for row in self._database.execute(query, (value,))]

    def put(self, places: Iterable[Place]) -> None:
        """Add places."""
        self._database.executemany("INSERT OR REPLACE INTO places VALUES (?, ?, ?)", places)

    def take_away(self, places: Iterable[Place]) -> None:
        """Remove places."""
        rows = [(place.source, place.fingerprint) for place in places]
        self._database.executemany("DELETE FROM places WHERE source = ? AND fingerprint = ?", rows)

    # Near-duplicates

    def duplicates(self) -> Duplicates:
        """The near-duplicates among the articles, in tables of their own and within the present transaction."""
        return Duplicates(self._database)

    # What the graph shows

    def mapped(self) -> Iterator[tuple[str, str, bytes, str | None]]:
        """Text, fingerprint, packed identities and failure of every article in the graph, by text."""
        yield from self._database.execute("SELECT sha, fingerprint, identities, failure FROM mapped ORDER BY sha")

    def set_mapped(self, sha: str, fingerprint: str, identities: bytes, failure: str | None) -> None:
        """Note what the graph now shows of a text."""
        self._database.execute(
            "INSERT OR REPLACE INTO mapped VALUES (?, ?, ?, ?)", (sha, fingerprint, identities, failure)
        )

    def unset_mapped(self, sha: str) -> None:
        """Note that the graph shows nothing of a text any more."""
        self._database.execute("DELETE FROM mapped WHERE sha = ?", (sha,))

    def forget_graph(self) -> None:
        """Forget what the graph shows, because it is made anew."""
        self._database.execute("DELETE FROM mapped")
        self._database.execute("DELETE FROM support")

    def count(self, triple: bytes, change: int) -> int:
        """Change the number of articles that say a triple, by its digest. Gives the number from now on."""
        if change > 0:
            query = """INSERT INTO support VALUES (?, ?)
                       ON CONFLICT DO UPDATE SET articles = articles + excluded.articles RETURNING articles"""
            return int(self._database.execute(query, (triple, change)).fetchone()[0])
        query = "UPDATE support SET articles = articles + ? WHERE triple = ? RETURNING articles"
        row = self._database.execute(query, (change, triple)).fetchone()
        if row is None or row[0] < 0:
            raise GraphError(f"{self._path}: the store is damaged: {LEDGER}: the counts of triples are wrong")
        if row[0] == 0:
            self._database.execute("DELETE FROM support WHERE triple = ?", (triple,))
        return int(row[0])

    def count_all(self, triples: Iterable[bytes]) -> None:
        """Count one article more for each of the triples, by their digests."""
        query = "INSERT INTO support VALUES (?, 1) ON CONFLICT DO UPDATE SET articles = articles + 1"
        self._database.executemany(query, ((triple,) for triple in triples))

    # Builds

    def add_build(self, content: str) -> None:
        """Note what a build did (JSON)."""
        self._database.execute("INSERT INTO builds(content) VALUES (?)", (content,))

    def builds(self) -> list[str]:
        """What the builds did, the oldest first."""
        return [row[0] for row in self._database.execute("SELECT content FROM builds ORDER BY number")]
