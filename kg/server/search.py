"""Full-text search over the names of things, what was said, and the text of articles, with SQLite's FTS5."""

from __future__ import annotations

import re
import sqlite3
import threading
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from pyoxigraph import Literal, NamedNode

from kg.vocabulary import NIF, NK, RDF, RDFS, SKOS

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from kg.store import KnowledgeGraph

KINDS: Final = ("Person", "Organisation", "Place", "Event", "Topic", "Statement", "Article")
WEIGHTS: Final = "0, 0, 8.0, 1.0"
"""How much a word counts in each column: iri and kind not at all, names most."""

MOST_NAMES: Final = 50_000
"""Names that are looked through for the nearest to what found nothing."""

LIKE: Final = 70
"""Per cent of letters in common (a ratio of edits) that make a name near."""

PLAIN: Final = str.maketrans(
    {"ø": "o", "Ø": "O", "ł": "l", "Ł": "L", "đ": "d", "Đ": "D", "ß": "ss", "æ": "ae", "ı": "i"}
)
"""Letters that have no accent to take away but are typed without it."""


@dataclass(frozen=True, slots=True)
class Hit:
    """Something found: ``before``, ``words`` and ``after`` alternate in ``pieces``, the words at odd places."""

    iri: str
    kind: str
    name: str
    pieces: tuple[str, ...]


class Index:
    """A search index of a graph, in a file or in memory. Threads wait for one another."""

    def __init__(self, graph: KnowledgeGraph, path: Path | None = None) -> None:
        self._lock = threading.Lock()
        self._database = sqlite3.connect(str(path or ":memory:"), check_same_thread=False)
        self._database.execute(
            "CREATE VIRTUAL TABLE found USING fts5(iri UNINDEXED, kind UNINDEXED, name, text, "
            "tokenize = 'unicode61 remove_diacritics 2')"
        )
        with self._database:
            self._database.executemany("INSERT INTO found VALUES (?, ?, ?, ?)", _documents(graph))

    def search(self, words: str, kind: str | None = None, limit: int = 30) -> list[Hit]:
        """What has all the words (the last may be the beginning of one), best first; nothing for no words."""
        terms = re.findall(r"\w+", words)[:20]
        if not terms:
            return []
        match = " ".join(f'"{term}"' for term in terms) + "*"
        sql = (
            f"SELECT iri, kind, name, snippet(found, 3, char(1), char(2), ' … ', 24) FROM found WHERE found MATCH ? "
            f"AND (? IS NULL OR kind = ?) ORDER BY bm25(found, {WEIGHTS}), iri LIMIT ?"
        )
        with self._lock:
            rows = self._database.execute(sql, (match, kind, kind, limit)).fetchall()
        return [Hit(iri, known, name, _pieces(text)) for iri, known, name, text in rows]

    def nearest(self, words: str) -> str | None:
        """The name that is written most like these words, for a search that found nothing."""
        from rapidfuzz import fuzz, process

        sql = "SELECT DISTINCT name FROM found WHERE kind NOT IN ('Statement', 'Article') ORDER BY name LIMIT ?"
        with self._lock:
            names = [name for (name,) in self._database.execute(sql, (MOST_NAMES,))]
        near = process.extractOne(words, names, scorer=fuzz.ratio, processor=str.casefold, score_cutoff=LIKE)
        return near[0] if near else None

    def close(self) -> None:
        """Close the index."""
        self._database.close()


def _pieces(text: str) -> tuple[str, ...]:
    return tuple(re.split("[\x01\x02]", text))


def _documents(graph: KnowledgeGraph) -> Iterator[tuple[str, str, str, str]]:
    def first(subject: NamedNode, predicate: NamedNode) -> str:
        value = graph.value(subject, predicate)
        return _plain(value.value) if isinstance(value, Literal) else ""

    for kind in KINDS:
        for triple in graph.triples(None, RDF.type, NK[kind]):
            node = triple.subject
            if not isinstance(node, NamedNode):
                continue
            name = first(node, RDFS.label)
            if kind == "Statement":
                yield node.value, kind, name.partition(":")[0], first(node, NK.content)
            elif kind == "Article":
                yield node.value, kind, name, first(node, NIF.isString)
            else:
                others = [name] + [_plain(v.value) for v in graph.values(node, SKOS.altLabel) if isinstance(v, Literal)]
                yield (
                    node.value,
                    kind,
                    name,
                    " · ".join(dict.fromkeys([*others, *(n.translate(PLAIN) for n in others)])),
                )


def _plain(text: str) -> str:
    """The text without the two characters that mark found words."""
    return text.replace("\x01", " ").replace("\x02", " ")
