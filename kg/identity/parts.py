"""What several articles say of one role, or of one event's date: written once for each node, and kept up to date."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import lru_cache
from typing import Final

import msgspec

from kg.facts import DateInterval, TextSpan
from kg.identity.figures import CORE, number_of
from kg.identity.index import Index, Record, record_of
from kg.identity.iris import IriPolicy
from kg.identity.nodes import Node, narrowest
from kg.identity.staging import Rows, Staging

_encode: Final = msgspec.msgpack.Encoder().encode
_part: Final = msgspec.msgpack.Decoder(tuple[str, str | None])
_role: Final = msgspec.msgpack.Decoder(tuple[str, str | None, str])
_date: Final = msgspec.msgpack.Decoder(DateInterval)

NodeIri = Callable[[bytes, str, Record], str | None]
"""Gives the IRI of a thing of an article (SHA-256, key of the thing, what is kept of the article)."""


class Parts:
    """The titles and employers that articles give roles, and the dates that they give events."""

    def __init__(self, index: Index, policy: IriPolicy, label_of: Callable[[str], str]) -> None:
        self._index = index
        self._policy = policy
        self._label_of = label_of
        self._roles = f"{policy.base}role/"

    def remove(self, sha: bytes) -> set[bytes]:
        """Forget what an article says; gives the articles that this changes something for."""
        wholes = {row[0] for row in self._index.rows("SELECT whole FROM identity_parts WHERE sha = ?", sha)}
        self._index.run("DELETE FROM identity_parts WHERE sha = ?", sha)
        return {article for number in sorted(wholes) for article in self._refresh_whole(number, self._iri(number))}

    def fill(self, articles: Iterable[tuple[bytes, bytes]], node_iri: NodeIri) -> None:
        """Write what all articles (by SHA-256, packed) say, where nothing is written yet."""
        database = self._index.database
        staging = Staging(database, "parts", ("whole", "sha", "key", "content", "iri"))
        for sha, content in articles:
            for iri, number, key, part in set(self._parts(sha, record_of(content), node_iri)):
                staging.add((number, sha, key, part, iri))
        staging.put_into("identity_parts", "whole, sha, key", "SELECT whole, sha, key, content")
        wholes = Rows(database, "identity_wholes", 3)
        for number, iri in staging.rows("whole", "SELECT DISTINCT whole, iri"):
            wholes.add((number, iri, self._whole(iri, self._said(number, iri))))
        wholes.flush()
        staging.close()

    def refresh(
        self, articles: Iterable[bytes], record: Callable[[bytes], Record | None], node_iri: NodeIri
    ) -> set[bytes]:
        """Write anew what some articles say; gives the articles that this changes something for."""
        index = self._index
        touched: dict[int, str] = {}
        for sha in sorted(articles):
            query = """SELECT p.whole, p.key, p.content, w.iri FROM identity_parts p
                       JOIN identity_wholes w ON w.number = p.whole WHERE p.sha = ?"""
            before = {(iri, key, content): number for number, key, content, iri in index.rows(query, sha)}
            known = record(sha)
            said = self._parts(sha, known, node_iri) if known else ()
            after = {(iri, key, content): number for iri, number, key, content in said}
            for part in sorted(before.keys() - after.keys()):
                query = "DELETE FROM identity_parts WHERE whole = ? AND sha = ? AND key = ?"
                index.run(query, before[part], sha, part[1])
            new = sorted(after.keys() - before.keys())
            index.put_all("parts", [(after[part], sha, part[1], part[2]) for part in new], 4)
            touched.update((number, iri) for (iri, *_), number in (before | after).items())
        return {article for number in sorted(touched) for article in self._refresh_whole(number, touched[number])}

    def _parts(self, sha: bytes, record: Record, node_iri: NodeIri) -> Iterable[tuple[str, int, str, bytes]]:
        """What an article says: IRI and number of each role or event, key and content."""
        for holding in record.holdings:
            employer = node_iri(sha, holding.organisation, record) if holding.organisation else None
            person = node_iri(sha, holding.person, record)
            assert person
            local = _local(employer) if employer else None
            role = _role_iri(self._policy, _local(person), holding.title, local, holding.status)
            yield *role, holding.key, _encode((holding.title, employer))
        for key, date in record.dated:
            event = node_iri(sha, key, record)
            assert event
            yield event, number_of(event), key, _encode(date)

    def _iri(self, number: int) -> str:
        iri: str = self._index.rows("SELECT iri FROM identity_wholes WHERE number = ?", number)[0][0]
        return iri

    def _refresh_whole(self, number: int, iri: str) -> set[bytes]:
        """Decide anew about a role or a date; gives the articles that tell of it if the outcome is another."""
        index = self._index
        said = self._said(number, iri)
        old = index.rows("SELECT content FROM identity_wholes WHERE number = ?", number)
        if not said:
            index.run("DELETE FROM identity_wholes WHERE number = ?", number)
            return set()
        new = self._whole(iri, said)
        if old and old[0][0] == new:
            return set()
        index.run("INSERT OR REPLACE INTO identity_wholes VALUES (?, ?, ?)", number, iri, new)
        return {row[0] for row in index.rows("SELECT sha FROM identity_parts WHERE whole = ?", number)}

    def _said(self, number: int, iri: str) -> list[bytes]:
        """What decides about a role or a date, in the order of the articles' hashes."""
        limit = CORE if iri.startswith(self._roles) else -1
        query = "SELECT content FROM identity_parts WHERE whole = ? ORDER BY sha, key LIMIT ?"
        return [row[0] for row in self._index.database.execute(query, (number, limit))]

    def _whole(self, iri: str, said: list[bytes]) -> bytes:
        """What is true of a role or a date by what articles say of it, in the order of their hashes."""
        if iri.startswith(self._roles):
            return self._role(said)
        return _nowhere(narrowest([_date.decode(content) for content in said]))

    def _role(self, said: Iterable[bytes]) -> bytes:
        titles: Counter[str] = Counter()
        employers: Counter[str] = Counter()
        for content in said:
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
        query = """SELECT w.iri, p.key, w.content FROM identity_parts p
                   JOIN identity_wholes w ON w.number = p.whole WHERE p.sha = ?"""
        for iri, key, content in self._index.rows(query, sha):
            if iri.startswith(self._roles):
                roles[key] = _role_node(iri, content)
            else:
                dates[iri] = _date.decode(content)
        return roles, dates


def _nowhere(date: DateInterval) -> bytes:
    """A date that several articles give, packed: where it stands in one of them matters to none of the others."""
    return _encode(replace(date, span=TextSpan(0, 0)))


def _local(iri: str) -> str:
    return iri.rsplit("/", 1)[-1]


@lru_cache(maxsize=1 << 13)
def _role_iri(
    policy: IriPolicy, person: str, title: str, organisation: str | None, status: str | None
) -> tuple[str, int]:
    iri = policy.role(person, title, organisation, status)
    return iri, number_of(iri)


@lru_cache(maxsize=1 << 13)
def _role_node(iri: str, content: bytes) -> Node:
    title, employer, label = _role.decode(content)
    return Node(iri, title, employer=Node(employer, label) if employer else None)
