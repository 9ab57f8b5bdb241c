"""What an archive knows of its articles, in one SQLite file; whoever has it open for writing is the one writer.

Tables: ``articles`` holds the facts of every article read so far, also by a build that was broken off; ``places`` the
files (or records) in which the archive has them (``unplaced``: those that may have none; ``superseded``: those that
gave way to another version at the same URL); ``standing`` the one that stands for each text, as identity and
near-duplicates know it (their tables are beside these), and after it its reprints; ``mapped`` what the present
generation of the graph shows of it, with the identities it was mapped with; ``support`` how many articles say a triple
that several say; ``builds`` what was done; ``meta`` the state of the whole.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import groupby
from pathlib import Path
from typing import Final, NamedTuple

from kg.addresses import address_of
from kg.errors import GraphError
from kg.identity.duplicates import Duplicates
from kg.identity.index import drop_tables
from kg.store.directory import LEDGER
from kg.store.writing import hindrance

FORM: Final = "6"
EARLIER_FORMS: Final = ("1", "2", "3", "4", "5")
"""The last took encoded letters in URLs as they were written, those before it all of a URL. The first three knew of no
reprints, and the first two kept identity in other tables: it is decided anew at the next change. The first counted
every triple, so that its graph is made anew as well.
"""

SCHEMA: Final = """
CREATE TABLE IF NOT EXISTS meta(name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS articles(
    fingerprint TEXT PRIMARY KEY, sha TEXT NOT NULL, made_with TEXT NOT NULL, title TEXT NOT NULL, facts BLOB NOT NULL);
CREATE INDEX IF NOT EXISTS articles_by_sha ON articles(sha);
CREATE INDEX IF NOT EXISTS articles_by_title ON articles(title);
CREATE TABLE IF NOT EXISTS unplaced(fingerprint TEXT PRIMARY KEY) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS superseded(fingerprint TEXT PRIMARY KEY, url TEXT NOT NULL) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS superseded_by_url ON superseded(url);
CREATE TABLE IF NOT EXISTS standing(
    sha TEXT NOT NULL, number INTEGER NOT NULL, fingerprint TEXT NOT NULL, PRIMARY KEY (sha, number)) WITHOUT ROWID;
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
    """Where an article stands: the file or record, the article's fingerprint, and what stands for its URL, if any."""

    source: str
    fingerprint: str
    url: str | None


class Shown(NamedTuple):
    """What the graph shows of a text: an article, by the identities that were known; or why it shows nothing of it."""

    fingerprint: str
    identities: bytes
    failure: str | None


class Ledger:
    """The ledger of the archive in the folder ``path``, which must exist. Locked until it is closed.

    Raises:
        GraphError: another process has it, it is damaged, or it cannot be written.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        for place in (path, path / LEDGER):  # of a folder that cannot be written the database says "disk I/O error"
            if place.exists() and (refused := hindrance(place)):
                raise GraphError(f"{path}: cannot be written: {refused}")
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
                    if form == EARLIER_FORMS[0]:
                        self.forget_graph()
                        self.set("mapped_with", "")
                    if form in EARLIER_FORMS:
                        self._take_over()
                        self.set("identified_with", "")
                    if form in (None, *EARLIER_FORMS):
                        self.set("form", FORM)
            if form not in (None, *EARLIER_FORMS, FORM):
                raise GraphError(f"{path}: the store was written by another version of kg")
        except BaseException:
            self._database.close()
            raise

    def _take_over(self) -> None:
        """Keep what earlier forms knew of the articles that count."""
        drop_tables(self._database)
        if self._database.execute("SELECT 1 FROM sqlite_master WHERE name = 'known'").fetchone():
            self._database.execute("INSERT INTO standing SELECT sha, 0, fingerprint FROM known")
            self._database.execute("DROP TABLE known")
        self._database.create_function("address_of", 1, address_of, deterministic=True)
        for table in ("places", "superseded"):
            self._database.execute(f"UPDATE {table} SET url = address_of(url) WHERE url IS NOT NULL")

    @property
    def database(self) -> sqlite3.Connection:
        """The connection, for the tables that identity keeps in the same transaction."""
        return self._database

    def close(self) -> None:
        """Let go of the lock. What was not committed is undone."""
        with self.reporting():
            self._database.close()

    @contextmanager
    def reporting(self) -> Iterator[None]:
        """Turns the faults of the database into a GraphError of one line."""
        try:
            yield
        except (sqlite3.Error, UnicodeDecodeError) as error:  # the latter where a damaged file spoils even the message
            words = str(error)
            if "locked" in words:
                words = "another process is writing this store; try again when it is done"
            elif "readonly" in words:
                words = f"cannot be written: {hindrance(self._path) or 'permission denied'}"
            elif "full" in words or "unable to open" in words or "disk I/O" in words:
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
                if self._database.in_transaction:  # a full disk may have undone everything already
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
        self._database.execute("INSERT OR IGNORE INTO unplaced VALUES (?)", (fingerprint,))

    def sha(self, fingerprint: str) -> str:
        """The text of an article, by its SHA-256."""
        query = "SELECT sha FROM articles WHERE fingerprint = ?"
        row = self._database.execute(query, (fingerprint,)).fetchone()
        if row is None:
            raise GraphError(f"{self._path}: the store is damaged: {LEDGER}: the facts of an article are missing")
        return str(row[0])

    def marks(self, sha: str) -> list[str]:
        """The fingerprints of the articles of a text that are in some place, sorted."""
        query = """SELECT fingerprint FROM articles WHERE sha = ?
                   AND EXISTS (SELECT 1 FROM places WHERE places.fingerprint = articles.fingerprint) ORDER BY 1"""
        return [row[0] for row in self._database.execute(query, (sha,))]

    def facts(self, fingerprint: str) -> tuple[str, bytes]:
        """What an article was read with, and its packed facts."""
        query = "SELECT made_with, facts FROM articles WHERE fingerprint = ?"
        row = self._database.execute(query, (fingerprint,)).fetchone()
        if row is None:
            raise GraphError(f"{self._path}: the store is damaged: {LEDGER}: the facts of an article are missing")
        return row[0], row[1]

    def facts_of_text(self, sha: str) -> bytes:
        """The packed facts of an article with that text, whether it is in some place or not."""
        row = self._database.execute("SELECT facts FROM articles WHERE sha = ? LIMIT 1", (sha,)).fetchone()
        if row is None:
            raise GraphError(f"{self._path}: the store is damaged: {LEDGER}: the facts of an article are missing")
        return bytes(row[0])

    def all_facts(self) -> Iterator[tuple[str, bytes]]:
        """The packed facts of the article that stands for each text that identity knows, in the order they came."""
        query = """SELECT sha, facts FROM articles WHERE EXISTS (
                     SELECT 1 FROM standing
                     WHERE standing.sha = articles.sha AND number = 0 AND standing.fingerprint = articles.fingerprint
                   ) ORDER BY articles.rowid"""
        yield from self._database.execute(query)

    def shas(self) -> Iterator[tuple[str, list[str]]]:
        """The texts of the archive, sorted, each with the fingerprints of its articles, sorted."""
        query = """SELECT sha, fingerprint FROM articles
                   WHERE EXISTS (SELECT 1 FROM places WHERE places.fingerprint = articles.fingerprint)
                   ORDER BY sha, fingerprint"""
        for sha, rows in groupby(self._database.execute(query), key=lambda row: row[0]):
            yield sha, [row[1] for row in rows]

    def titled(self, title: str) -> list[str]:
        """The fingerprints of the articles of that title."""
        query = "SELECT DISTINCT fingerprint FROM places JOIN articles USING (fingerprint) WHERE title = ?"
        return sorted(row[0] for row in self._database.execute(query, (title,)))

    def names(self) -> Iterator[tuple[str, str, str]]:
        """Source, URL and title of every article ("" where there is none), for hints after a wrong name."""
        query = "SELECT source, COALESCE(url, ''), title FROM places JOIN articles USING (fingerprint)"
        yield from self._database.execute(query)

    def beginning(self, sha: str) -> list[str]:
        """The fingerprints of the articles whose text's hash begins with these 16 hexadecimal digits."""
        if len(sha) != 16:
            return []
        query = """SELECT DISTINCT fingerprint FROM places JOIN articles USING (fingerprint)
                   WHERE sha >= ? AND sha < ? AND substr(sha, 1, 16) = ?"""
        return sorted(row[0] for row in self._database.execute(query, (sha, sha + "g", sha)))

    def keeps_anything(self) -> bool:
        """Whether there are facts of any article, or there ever was a graph."""
        kept = self._database.execute("SELECT 1 FROM articles LIMIT 1").fetchone()
        return kept is not None or self.get("graph") is not None

    def forget_unplaced(self) -> None:
        """Drop the facts of articles that are in no place (any more)."""
        self._database.execute(
            """DELETE FROM articles WHERE fingerprint IN
               (SELECT fingerprint FROM unplaced EXCEPT SELECT fingerprint FROM places
                WHERE fingerprint IN (SELECT fingerprint FROM unplaced) EXCEPT SELECT fingerprint FROM superseded)"""
        )
        self._database.execute("DELETE FROM unplaced")

    # Places

    def places(self, column: str, value: str) -> list[Place]:
        """The places with that source, fingerprint or url, sorted."""
        if column not in Place._fields:
            raise ValueError(column)
        query = f"SELECT source, fingerprint, url FROM places WHERE {column} = ? ORDER BY source, fingerprint"
        return [Place(*row) for row in self._database.execute(query, (value,))]

    def within(self, source: str) -> list[Place]:
        """The places that are records of a file, or lie in a folder, sorted; ``source`` is its name from the root."""
        query = "SELECT source, fingerprint, url FROM places WHERE source >= ? AND source < ? ORDER BY 1, 2"
        ranges = ((source + first, source + chr(ord(first) + 1)) for first in "#/")
        return [Place(*row) for bounds in ranges for row in self._database.execute(query, bounds)]

    def take_away(self, places: Sequence[Place]) -> None:
        """Remove places."""
        rows = [(place.source, place.fingerprint) for place in places]
        self._database.executemany("DELETE FROM places WHERE source = ? AND fingerprint = ?", rows)
        self._database.executemany("INSERT OR IGNORE INTO unplaced VALUES (?)", ((row[1],) for row in rows))
        urls = [(place.url,) for place in places if place.url]
        kept = "INSERT OR IGNORE INTO unplaced SELECT fingerprint FROM superseded WHERE url = ?"
        self._database.executemany(kept, urls)
        self._database.executemany("DELETE FROM superseded WHERE url = ?", urls)

    def supersede(self, fingerprint: str, url: str) -> None:
        """Keep the facts of an article that gave way to another version at a URL, for as long as there is one."""
        self._database.execute("INSERT OR REPLACE INTO superseded VALUES (?, ?)", (fingerprint, url))

    # What identity knows

    def standing(self, sha: str) -> list[str]:
        """The fingerprints of the article that stands for a text, as identity knows it, then those of its reprints."""
        query = "SELECT fingerprint FROM standing WHERE sha = ? ORDER BY number"
        return [row[0] for row in self._database.execute(query, (sha,))]

    def all_standing(self) -> Iterator[str]:
        """The texts that identity knows, sorted."""
        for (sha,) in self._database.execute("SELECT sha FROM standing WHERE number = 0 ORDER BY sha"):
            yield sha

    def set_all_standing(self, standing: Iterable[tuple[str, Sequence[str]]]) -> None:
        """Note what stands for each text from now on, with its reprints, of all texts that there are."""
        self._database.execute("DELETE FROM standing")
        rows = ((sha, number, mark) for sha, marks in standing for number, mark in enumerate(marks))
        self._database.executemany("INSERT INTO standing VALUES (?, ?, ?)", rows)

    def set_standing(self, sha: str, fingerprints: Sequence[str]) -> None:
        """Note what stands for a text from now on, with its reprints; nothing where there is none."""
        self._database.execute("DELETE FROM standing WHERE sha = ?", (sha,))
        rows = ((sha, number, mark) for number, mark in enumerate(fingerprints))
        self._database.executemany("INSERT INTO standing VALUES (?, ?, ?)", rows)

    def count_standing(self) -> tuple[int, int]:
        """How many texts identity knows, and how many reprints of them there are."""
        query = "SELECT COUNT(*) FILTER (WHERE number = 0), COUNT(*) FILTER (WHERE number > 0) FROM standing"
        texts, reprints = self._database.execute(query).fetchone()
        return int(texts), int(reprints)

    # Near-duplicates

    def duplicates(self) -> Duplicates:
        """The near-duplicates among the articles, in tables of their own and within the present transaction."""
        return Duplicates(self._database)

    # What the graph shows

    def shown(self, sha: str) -> Shown | None:
        """What the graph shows of a text."""
        query = "SELECT fingerprint, identities, failure FROM mapped WHERE sha = ?"
        row = self._database.execute(query, (sha,)).fetchone()
        return None if row is None else Shown(*row)

    def set_shown(self, sha: str, shown: Shown) -> None:
        """Note what the graph now shows of a text."""
        self._database.execute("INSERT OR REPLACE INTO mapped VALUES (?, ?, ?, ?)", (sha, *shown))

    def unset_shown(self, sha: str) -> None:
        """Note that the graph shows nothing of a text any more."""
        self._database.execute("DELETE FROM mapped WHERE sha = ?", (sha,))

    def forget_graph(self) -> None:
        """Forget what the graph shows, because it is made anew."""
        self._database.execute("DELETE FROM mapped")
        self._database.execute("DELETE FROM support")

    def support(self, triple: bytes) -> int:
        """How many articles say a triple, by its digest, if several do; 0 if one does, or none."""
        row = self._database.execute("SELECT articles FROM support WHERE triple = ?", (triple,)).fetchone()
        return 0 if row is None else int(row[0])

    def set_support(self, triple: bytes, articles: int) -> None:
        """Note how many articles say a triple; fewer than two are not noted."""
        if articles < 2:
            self._database.execute("DELETE FROM support WHERE triple = ?", (triple,))
        else:
            self._database.execute("INSERT OR REPLACE INTO support VALUES (?, ?)", (triple, articles))

    def add_support(self, counts: Iterable[tuple[bytes, int]]) -> None:
        """Note how many articles say each of these triples, of which nothing is noted yet."""
        self._database.executemany("INSERT INTO support VALUES (?, ?)", counts)

    # Builds

    def add_build(self, content: str) -> None:
        """Note what a build did (JSON)."""
        self._database.execute("INSERT INTO builds(content) VALUES (?)", (content,))

    def builds(self) -> list[str]:
        """What the builds did, the oldest first."""
        return [row[0] for row in self._database.execute("SELECT content FROM builds ORDER BY number")]
