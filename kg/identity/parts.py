"""What several articles say of one role, or of one event's date: written once for each node, and kept up to date."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from typing import Final

import msgspec

from kg.facts import DateInterval
from kg.identity.figures import CORE
from kg.identity.index import Index, Record
from kg.identity.iris import IriPolicy
from kg.identity.nodes import Node, narrowest

_encode: Final = msgspec.msgpack.Encoder().encode
_part: Final = msgspec.msgpack.Decoder(tuple[str, str | None])
_role: Final = msgspec.msgpack.Decoder(tuple[str, str | None, str])
_date: Final = msgspec.msgpack.Decoder(DateInterval)

NodeIris = Callable[[bytes], tuple[Record, dict[str, str]] | None]


class Parts:
    """The titles and employers that articles give roles, and the dates that they give events."""

    def __init__(self, index: Index, policy: IriPolicy, label_of: Callable[[str], str]) -> None:
        self._index = index
        self._policy = policy
        self._label_of = label_of
        self._roles = f"{policy.base}role/"

    def remove(self, sha: bytes) -> set[bytes]:
        """Forget what an article says; gives the articles that this changes something for."""
        iris = {row[0] for row in self._index.rows("SELECT iri FROM identity_parts WHERE sha = ?", sha)}
        self._index.run("DELETE FROM identity_parts WHERE sha = ?", sha)
        return {article for iri in sorted(iris) for article in self._refresh_whole(iri)}

    def refresh(self, articles: Iterable[bytes], node_iris: NodeIris) -> set[bytes]:
        """Write anew what some articles say; gives the articles that this changes something for."""
        index = self._index
        touched: set[str] = set()
        for sha in sorted(articles):
            before = {
                (iri, key, content)
                for iri, key, content in index.rows("SELECT iri, key, content FROM identity_parts WHERE sha = ?", sha)
            }
            known = node_iris(sha)
            after = set(self._parts(*known)) if known else set()
            for iri, key, _ in sorted(before - after):
                index.run("DELETE FROM identity_parts WHERE iri = ? AND sha = ? AND key = ?", iri, sha, key)
            index.put_all("parts", [(iri, sha, key, content) for iri, key, content in sorted(after - before)], 4)
            touched |= {iri for iri, *_ in before | after}
        return {article for iri in sorted(touched) for article in self._refresh_whole(iri)}

    def _parts(self, record: Record, iris: dict[str, str]) -> Iterable[tuple[str, str, bytes]]:
        for holding in record.holdings:
            employer = iris.get(holding.organisation or "")
            local = _local(employer) if employer else None
            iri = self._policy.role(_local(iris[holding.person]), holding.title, local, holding.status)
            yield iri, holding.key, _encode((holding.title, employer))
        for key, date in record.dated:
            yield iris[key], key, _encode(date)

    def _refresh_whole(self, iri: str) -> set[bytes]:
        """Decide anew about a role or a date; gives the articles that tell of it if the outcome is another."""
        index = self._index
        limit = CORE if iri.startswith(self._roles) else -1
        query = "SELECT sha, content FROM identity_parts WHERE iri = ? ORDER BY sha, key LIMIT ?"
        rows = index.rows(query, iri, limit)
        old = index.rows("SELECT content FROM identity_wholes WHERE iri = ?", iri)
        if not rows:
            index.run("DELETE FROM identity_wholes WHERE iri = ?", iri)
            return set()
        new = self._role(rows) if limit == CORE else _encode(narrowest([_date.decode(row[1]) for row in rows]))
        if old and old[0][0] == new:
            return set()
        index.run("INSERT OR REPLACE INTO identity_wholes VALUES (?, ?)", iri, new)
        return {row[0] for row in index.rows("SELECT sha FROM identity_parts WHERE iri = ?", iri)}

    def _role(self, rows: Iterable[tuple[bytes, bytes]]) -> bytes:
        titles: Counter[str] = Counter()
        employers: Counter[str] = Counter()
        for _, content in rows:
            title, employer = _part.decode(content)
            titles[title] += 1
            if employer:
                employers[employer] += 1
        title = min(titles, key=lambda name: (-titles[name], name))
        best = min(employers, key=lambda iri: (-employers[iri], iri), default=None)
        return _encode((title, best, self._label_of(best) if best else ""))

    def of_article(self, sha: bytes) -> tuple[dict[str, Node], dict[str, DateInterval]]:
        """The nodes of an article's roles by their keys, and the dates of its events by their IRIs."""
        roles: dict[str, Node] = {}
        dates: dict[str, DateInterval] = {}
        query = """SELECT p.iri, p.key, w.content FROM identity_parts p JOIN identity_wholes w ON w.iri = p.iri
                   WHERE p.sha = ?"""
        for iri, key, content in self._index.rows(query, sha):
            if iri.startswith(self._roles):
                title, employer, label = _role.decode(content)
                roles[key] = Node(iri, title, employer=Node(employer, label) if employer else None)
            else:
                dates[iri] = _date.decode(content)
        return roles, dates


def _local(iri: str) -> str:
    return iri.rsplit("/", 1)[-1]
