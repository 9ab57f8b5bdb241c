"""What identity keeps of an archive, in tables of an SQLite database: claims by name, figures, keys, verdicts, links.

Names and figures are numbered by their IRIs (:func:`kg.identity.figures.number_of`), so equal archives have equal rows.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Final, NamedTuple, TypeVar

import msgspec
from msgspec import Struct
from msgspec.structs import force_setattr

from kg.facts import DateInterval
from kg.identity.claims import Claim, Context, Holding
from kg.identity.figures import CORE, Figure, Summary
from kg.identity.matching import Verdict

SCHEMA: Final = """
CREATE TABLE IF NOT EXISTS identity_articles(sha BLOB PRIMARY KEY, context BLOB NOT NULL, content BLOB NOT NULL);
CREATE TABLE IF NOT EXISTS identity_addresses(address TEXT, sha BLOB, PRIMARY KEY (address, sha)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS identity_names(
    number INTEGER PRIMARY KEY, iri TEXT NOT NULL, kind TEXT NOT NULL, token TEXT, size INTEGER NOT NULL,
    state INTEGER NOT NULL DEFAULT 0);
CREATE TABLE IF NOT EXISTS identity_claims(
    name INTEGER, sha BLOB, key TEXT, figure INTEGER NOT NULL, content BLOB NOT NULL, PRIMARY KEY (name, sha, key)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS identity_figures(
    number INTEGER PRIMARY KEY, name INTEGER NOT NULL, kind TEXT NOT NULL, iri TEXT NOT NULL, size INTEGER NOT NULL,
    content BLOB NOT NULL, leaf INTEGER NOT NULL, node INTEGER, label TEXT, reason TEXT, score REAL);
CREATE TABLE IF NOT EXISTS identity_keys(key TEXT, figure INTEGER, PRIMARY KEY (key, figure)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS identity_edges(
    one INTEGER, other INTEGER, source INTEGER, outcome TEXT NOT NULL, margin REAL, needs REAL, reason TEXT,
    PRIMARY KEY (one, other, source)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS identity_hints(
    leaf INTEGER, other INTEGER, source INTEGER, outcome TEXT NOT NULL, margin REAL, needs REAL, reason TEXT,
    PRIMARY KEY (leaf, other, source)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS identity_links(owner INTEGER, sha BLOB, key TEXT, content BLOB);
CREATE TABLE IF NOT EXISTS identity_parts(
    whole INTEGER, sha BLOB, key TEXT, content BLOB NOT NULL, PRIMARY KEY (whole, sha, key)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS identity_wholes(number INTEGER PRIMARY KEY, iri TEXT NOT NULL, content BLOB NOT NULL);
"""

INDICES: Final = {
    "names_by_token": "names(token) WHERE token IS NOT NULL",
    "figures_by_name": "figures(name)",
    "figures_by_node": "figures(node)",
    "keys_by_figure": "keys(figure)",
    "edges_by_other": "edges(other)",
    "hints_by_other": "hints(other)",
    "links_by_owner": "links(owner)",
    "links_by_article": "links(sha)",
    "parts_by_article": "parts(sha)",
}
"""Further orders of the tables, made after their rows where these come all at once."""

TABLES: Final = (
    "articles",
    "addresses",
    "names",
    "claims",
    "figures",
    "keys",
    "edges",
    "hints",
    "links",
    "parts",
    "wholes",
)

WHOLE, MAY_DIFFER, SPLIT, ALONE = 0, 1, 2, 3
"""The state of a name: one figure of which nothing could differ, or something could; one for each bearer; or one for
each claim."""

PAIR, HOMONYM, SPELLING_OUT, OF_ANOTHER_KIND = 0, 1, 2, 3
"""Where the verdict of an edge is from: two names compared, one name told apart, an acronym and its words, a name
that articles take for things of two kinds."""

MEANT: Final = "f.kind, f.label, n.iri, CASE WHEN f.leaf AND n.kind <> f.kind THEN n.kind END"
"""What is known of a figure f and its node n."""

AT_HAND: Final = 20_000
"""So many rows of a kind are kept in memory."""

CONTEXTS_AT_HAND: Final = 8_000
"""What an article names takes more memory than other rows."""

Key = TypeVar("Key")
Kept = TypeVar("Kept")

Place = tuple[bytes, str]

Edge = tuple[int, int, int, str, float, float, str]
"""A row of edges or hints: the two figures, the source, and outcome, margin, needs and reason of the verdict."""


class Record(Struct, frozen=True, array_like=True):
    """An article: its things by their keys, its roles and the dates of its events.

    Of each thing it holds the number of its name, and in order all names by which a person would know it.
    """

    things: dict[str, tuple[int, tuple[str, ...]]]
    holdings: tuple[Holding, ...]
    dated: tuple[tuple[str, DateInterval], ...]


class Name(NamedTuple):
    """A row of names."""

    number: int
    iri: str
    kind: str
    token: str | None
    size: int
    state: int


class Meant(NamedTuple):
    """Kind and label of a figure, the IRI of its node, and the kind that this is of where the figure is of no kind."""

    kind: str
    label: str
    iri: str
    known_as: str | None


_encode: Final = msgspec.msgpack.Encoder().encode
_context: Final = msgspec.msgpack.Decoder(Context)
_record: Final = msgspec.msgpack.Decoder(Record)
_claim: Final = msgspec.msgpack.Decoder(Claim)
_summary: Final = msgspec.msgpack.Decoder(Summary)


def record_of(content: bytes) -> Record:
    """What is kept of an article, from its row."""
    return _record.decode(content)


def claim_of(sha: bytes, key: str, content: bytes) -> Claim:
    """A claim from its row."""
    claim = _claim.decode(content)
    force_setattr(claim, "sha", sha.hex())
    force_setattr(claim, "key", key)
    return claim


def content_of(claim: Claim) -> bytes:
    """What a row of claims keeps of a claim beside its place."""
    return _encode(msgspec.structs.replace(claim, sha="", key=""))


def drop_tables(database: sqlite3.Connection) -> None:
    """Remove the tables, which may be of an earlier form, with all that they hold."""
    query = "SELECT name FROM sqlite_master WHERE type = 'table' AND name GLOB 'identity_*'"
    for (name,) in database.execute(query).fetchall():
        database.execute(f'DROP TABLE "{name}"')


class Index:
    """The tables, and what of them is at hand."""

    def __init__(self, database: sqlite3.Connection) -> None:
        self.database = database
        for statement in SCHEMA.split(";"):
            database.execute(statement)
        self.order()
        self._contexts: dict[str, Context] = {}
        self._figures: dict[int, Figure] = {}
        self._cores: dict[int, list[Claim]] = {}
        self._split: set[int] = set()
        self._meant_by_name: dict[int, Meant] = {}
        self._meant_by_figure: dict[int, Meant] = {}

    def clear(self) -> None:
        """Forget everything."""
        for table in TABLES:
            self.database.execute(f"DELETE FROM identity_{table}")
        self.forget()

    def let_go_of_order(self) -> None:
        """Drop the indices of the tables, which are empty: it is faster to make them of rows that are there."""
        for name in INDICES:
            self.database.execute(f"DROP INDEX IF EXISTS identity_{name}")

    def order(self, *tables: str) -> None:
        """Make the indices of some tables, or of all."""
        for name, columns in INDICES.items():
            if not tables or columns.startswith(tuple(f"{table}(" for table in tables)):
                self.database.execute(f"CREATE INDEX IF NOT EXISTS identity_{name} ON identity_{columns}")

    def forget(self) -> None:
        """Keep nothing at hand."""
        self._contexts.clear()
        self._figures.clear()
        self._cores.clear()
        self._split.clear()
        self._meant_by_name.clear()
        self._meant_by_figure.clear()

    def rows(self, query: str, *values: object) -> list[Any]:
        """The rows of a query."""
        return self.database.execute(query, values).fetchall()

    def run(self, query: str, *values: object) -> None:
        """Run a statement."""
        self.database.execute(query, values)

    def has_article(self, sha: bytes) -> bool:
        """Whether an article is known."""
        return bool(self.rows("SELECT 1 FROM identity_articles WHERE sha = ?", sha))

    def is_empty(self) -> bool:
        """Whether there is no article."""
        return not self.rows("SELECT 1 FROM identity_articles LIMIT 1")

    # Articles

    def record(self, sha: bytes) -> Record | None:
        """What is kept of an article."""
        row = self.database.execute("SELECT content FROM identity_articles WHERE sha = ?", (sha,)).fetchone()
        return None if row is None else record_of(row[0])

    def context(self, sha: str) -> Context:
        """What an article names."""
        found = self._contexts.get(sha)
        if found is None:
            query = "SELECT context FROM identity_articles WHERE sha = ?"
            row = self.database.execute(query, (bytes.fromhex(sha),)).fetchone()
            if row is None:
                raise KeyError(sha)
            if len(self._contexts) >= CONTEXTS_AT_HAND:
                self._contexts.clear()
            found = self._contexts[sha] = _context.decode(row[0])
        return found

    def claims_naming(self, token: str) -> int:
        """How many claims bear a name of that token."""
        return self.rows("SELECT SUM(size) FROM identity_names WHERE token = ?", token)[0][0] or 0

    # Names and their claims

    def name(self, number: int) -> Name | None:
        """A row of names."""
        query = "SELECT number, iri, kind, token, size, state FROM identity_names WHERE number = ?"
        row = self.database.execute(query, (number,)).fetchone()
        return None if row is None else Name(*row)

    def core_of_name(self, number: int) -> list[tuple[Claim, int]]:
        """The claims that decide about a name, each with the number of its figure."""
        query = "SELECT sha, key, content, figure FROM identity_claims WHERE name = ? ORDER BY sha, key LIMIT ?"
        return [(claim_of(*row[:3]), row[3]) for row in self.database.execute(query, (number, CORE))]

    def first_claim(self, number: int) -> Claim | None:
        """The first claim of a name, by the hash of its article."""
        query = "SELECT sha, key, content FROM identity_claims WHERE name = ? ORDER BY sha, key LIMIT 1"
        row = self.database.execute(query, (number,)).fetchone()
        return None if row is None else claim_of(*row)

    def end_of_core(self, number: int) -> Place | None:
        """The last place of a core; None where the name has fewer claims."""
        query = "SELECT sha, key FROM identity_claims WHERE name = ? ORDER BY sha, key LIMIT 1 OFFSET ?"
        row = self.database.execute(query, (number, CORE - 1)).fetchone()
        return None if row is None else (row[0], row[1])

    def claim(self, name: int, sha: bytes, key: str) -> Claim | None:
        """One claim."""
        query = "SELECT sha, key, content FROM identity_claims WHERE name = ? AND sha = ? AND key = ?"
        row = self.database.execute(query, (name, sha, key)).fetchone()
        return None if row is None else claim_of(*row)

    # Figures

    def put_figure(self, figure: Figure, name: int) -> None:
        """Write a figure; what node it is of stays."""
        self.run(
            """INSERT INTO identity_figures(number, name, kind, iri, size, content, leaf) VALUES (?, ?, ?, ?, ?, ?, ?)
               ON CONFLICT(number)
               DO UPDATE SET size = excluded.size, content = excluded.content, leaf = excluded.leaf""",
            *_columns(figure, name),
        )
        self._figures.pop(figure.number, None)
        self._cores.pop(figure.number, None)

    def forget_figure(self, number: int) -> None:
        """Read a figure again when it is asked for."""
        self._figures.pop(number, None)
        self._cores.pop(number, None)

    def figure(self, number: int) -> Figure | None:
        """A figure."""
        found = self._figures.get(number)
        if found is None:
            query = "SELECT kind, iri, size, content, leaf FROM identity_figures WHERE number = ?"
            row = self.database.execute(query, (number,)).fetchone()
            if row is None:
                return None
            if len(self._figures) >= AT_HAND:
                self._figures.clear()
            found = self._figures[number] = Figure(row[0], row[1], row[2], _summary.decode(row[3]), bool(row[4]))
        return found

    def core(self, figure: Figure) -> Sequence[Claim]:
        """The claims that decide about a figure."""
        found = self._cores.get(figure.number)
        if found is None:
            if len(self._cores) >= AT_HAND // 10:
                self._cores.clear()
            name = self.rows("SELECT name FROM identity_figures WHERE number = ?", figure.number)[0][0]
            if figure.summary.alone:
                _, sha, key = figure.summary.first
                claim = self.claim(name, bytes.fromhex(sha), key)
                found = [claim] if claim else []
            else:
                found = [claim for claim, number in self.core_of_name(name) if number == figure.number]
            self._cores[figure.number] = found
        return found

    def tells_of(self, figure: Figure, sha: str) -> bool:
        """Whether an article tells of a figure."""
        query = """SELECT 1 FROM identity_claims
                   WHERE name = (SELECT name FROM identity_figures WHERE number = ?) AND sha = ? AND figure = ?"""
        return bool(self.rows(query, figure.number, bytes.fromhex(sha), figure.number))

    def articles_of(self, number: int) -> list[bytes]:
        """The articles that tell of a figure."""
        query = """SELECT DISTINCT sha FROM identity_claims
                   WHERE name = (SELECT name FROM identity_figures WHERE number = ?) AND figure = ?"""
        return [row[0] for row in self.rows(query, number, number)]

    # Keys

    def keys(self, figure: int) -> set[str]:
        """The keys of a figure."""
        return {row[0] for row in self.rows("SELECT key FROM identity_keys WHERE figure = ?", figure)}

    def block(self, key: str, most: int = -1) -> list[int]:
        """The figures that have a key, in order; at most so many."""
        query = "SELECT figure FROM identity_keys WHERE key = ? ORDER BY figure LIMIT ?"
        return [row[0] for row in self.database.execute(query, (key, most))]

    # Nodes

    def meant_by(self, name: int, sha: bytes, key: str) -> Meant:
        """What is known of the figure, and its node, that a claim of an article is of, by the claim's name."""
        if (found := self._meant_by_name.get(name)) is not None:
            return found
        if name not in self._split:
            query = f"""SELECT {MEANT} FROM identity_names one
                       JOIN identity_figures f ON f.number = one.number
                       JOIN identity_figures n ON n.number = f.node WHERE one.number = ? AND one.state < ?"""
            if row := self.database.execute(query, (name, SPLIT)).fetchone():
                return _keep(self._meant_by_name, name, Meant(*row))
            if len(self._split) >= AT_HAND:
                self._split.clear()
            self._split.add(name)
        query = "SELECT figure FROM identity_claims WHERE name = ? AND sha = ? AND key = ?"
        (figure,) = self.database.execute(query, (name, sha, key)).fetchone()
        found = self._meant_by_figure.get(figure)
        return found if found is not None else _keep(self._meant_by_figure, figure, self._meant(figure))

    def _meant(self, figure: int) -> Meant:
        query = f"""SELECT {MEANT} FROM identity_figures f
                   JOIN identity_figures n ON n.number = f.node WHERE f.number = ?"""
        return Meant(*self.database.execute(query, (figure,)).fetchone())

    # Edges

    def put_edge(self, verdict: Verdict, source: int) -> None:
        """Write a verdict: as an edge, or as a hint for a leaf (of two leaves, for the one of the greater number)."""
        table, row = edge_of(verdict, source)
        self.run(f"INSERT OR REPLACE INTO {table} VALUES (?, ?, ?, ?, ?, ?, ?)", *row)

    def edges(self, figure: int) -> list[Edge]:
        """The verdicts on a figure and others, leaves apart."""
        return self.rows(
            "SELECT * FROM identity_edges WHERE one = ? UNION ALL SELECT * FROM identity_edges WHERE other = ?",
            figure,
            figure,
        )

    def verdicts_on(self, figure: int) -> list[Edge]:
        """All verdicts on a figure and others, those on leaves included."""
        queries = (f"SELECT * FROM identity_hints WHERE {column} = ?" for column in ("leaf", "other"))
        return self.edges(figure) + [row for query in queries for row in self.rows(query, figure)]

    def hints(self, leaf: int) -> list[Edge]:
        """The verdicts on a leaf and what it may be a name of."""
        return self.rows("SELECT * FROM identity_hints WHERE leaf = ?", leaf)

    def leaves_of(self, figure: int) -> set[int]:
        """The leaves that have a hint of a figure."""
        return {row[0] for row in self.rows("SELECT leaf FROM identity_hints WHERE other = ?", figure)}

    def remove_edge(self, row: Edge) -> None:
        """Remove a verdict."""
        for table, first in (("edges", "one"), ("hints", "leaf")):
            self.run(f"DELETE FROM identity_{table} WHERE {first} = ? AND other = ? AND source = ?", *row[:3])

    def remove_edges(self, figure: int, source: int | None = None) -> set[int]:
        """Remove the verdicts on a figure; gives the others that they were on."""
        found = set()
        for table, first in (("edges", "one"), ("hints", "leaf")):
            query = f"SELECT {first}, other, source FROM identity_{table} WHERE {{}} = ?"
            rows = self.rows(query.format(first), figure) + self.rows(query.format("other"), figure)
            for one, other, of in rows:
                if source is None or of == source:
                    self.run(
                        f"DELETE FROM identity_{table} WHERE {first} = ? AND other = ? AND source = ?", one, other, of
                    )
                    found.add(other if one == figure else one)
        return found

    def remove_links(self, owner: int) -> set[bytes]:
        """Remove the links of a figure; gives the articles from which they are cited."""
        articles = {row[0] for row in self.rows("SELECT sha FROM identity_links WHERE owner = ?", owner)}
        self.run("DELETE FROM identity_links WHERE owner = ?", owner)
        return articles

    def verdict(self, row: Sequence[Any]) -> Verdict | None:
        """The verdict of a row of edges or hints; None where a figure of it is gone."""
        one, other = self.figure(row[0]), self.figure(row[1])
        if one is None or other is None:
            return None
        return Verdict(one, other, *row[3:]) if one.iri < other.iri else Verdict(other, one, *row[3:])

    def every(self, query: str, *values: object) -> Iterator[Any]:
        """The rows of a query, one by one; the tables that it reads must not change meanwhile."""
        yield from self.database.execute(query, values)

    def put_all(self, table: str, rows: Iterable[Sequence[object]], columns: int) -> None:
        """Insert whole rows."""
        marks = ", ".join("?" * columns)
        self.database.executemany(f"INSERT INTO identity_{table} VALUES ({marks})", rows)


def packed(context: Context, record: Record) -> tuple[bytes, bytes]:
    """What a row of articles keeps beside the SHA-256."""
    return _encode(context), _encode(record)


def new_figure(figure: Figure, name: int, label: str) -> tuple[object, ...]:
    """The row of a new figure, which is a node of its own for a start."""
    return *_columns(figure, name), figure.number, label, None, None


def _columns(figure: Figure, name: int) -> tuple[object, ...]:
    """A figure as it stands in the first columns of its table."""
    return figure.number, name, figure.kind, figure.iri, figure.size, _encode(figure.summary), figure.leaf


def edge_of(verdict: Verdict, source: int) -> tuple[str, Edge]:
    """The table and the row of a verdict."""
    one, other = verdict.one, verdict.other
    table = "identity_edges"
    if one.leaf or other.leaf:
        table = "identity_hints"
        if not one.leaf or (other.leaf and other.number > one.number):
            one, other = other, one
    row = (one.number, other.number, source, verdict.outcome, verdict.margin, verdict.needs, verdict.reason)
    return table, row


def _keep(known: dict[Key, Kept], key: Key, value: Kept) -> Kept:
    """Keep a value at hand, with a limited number of others."""
    if len(known) >= AT_HAND:
        known.clear()
    known[key] = value
    return value
