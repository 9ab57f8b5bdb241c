"""The links between IRIs that the graph keeps of their identity: what was joined, what may be one, what is not.

Each node keeps the likeliest of its candidates; a pair is listed if it is among those of both. A link is cited from
where either side is told of first.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import islice
from typing import Final

import msgspec

from kg.identity.entries import Entries
from kg.identity.figures import Figure, number_of
from kg.identity.index import AT_HAND, HOMONYM, Index
from kg.identity.matching import SIDE_BY_SIDE, Verdict
from kg.identity.nodes import Link
from kg.identity.settings import Settings
from kg.identity.staging import Rows

CANDIDATES: Final = 5
"""So many candidates of one thing are kept, the likeliest."""

NEAR_NAMES: Final = 1.5
"""Two figures are recorded as different only if their names are so near that they could be taken for one."""

_encode: Final = msgspec.msgpack.Encoder().encode
_link: Final = msgspec.msgpack.Decoder(tuple[str, str, str, str, float])


def link_of(content: bytes) -> Link:
    """A link from its row."""
    return Link(*_link.decode(content))


@dataclass(slots=True)
class _Between:
    """What is known of two nodes: the verdict that counts, the figure on this side, and whether they must stay two."""

    verdict: Verdict
    own: Figure
    separated: bool

    @property
    def rank(self) -> tuple[bool, tuple[float, float, str, str]]:
        return _rank(self.verdict)


class Linking:
    """Brings the links of nodes up to date, once the figures know their nodes."""

    def __init__(self, index: Index, settings: Settings, entries: Entries, fresh: bool = False) -> None:
        self._index = index
        self._settings = settings
        self._entries = entries
        self._fresh = fresh
        self._rows = Rows(index.database, "identity_links", 4)
        self._known: dict[int, dict[int, _Between]] = {}
        self._iris: dict[int, str] = {}
        self._nodes: dict[int, int | None] = {}

    def flush(self) -> None:
        """Write what has been noted."""
        self._rows.flush()

    def neighbours(self, node: int) -> set[int]:
        """The nodes that may be one with a node, or are not although they could be taken for it."""
        return set(self._others(node))

    def refresh(self, nodes: Iterable[int]) -> set[bytes]:
        """Write the links of some nodes anew, and of those at their other ends; gives the articles whose links changed.

        A node that gets a likelier candidate may no longer be among the candidates of an earlier one.
        """
        changed: set[bytes] = set()
        waiting, done = set(nodes), set[int]()
        while waiting:
            differing = [link for node in sorted(waiting) for link in self._write(node, set(self._links(node)))]
            changed |= {sha for sha, *_ in differing}
            done |= waiting
            waiting = {node for *_, content in differing for node in self._ends(link_of(content))} - done
        return changed

    def _ends(self, link: Link) -> Iterable[int]:
        """The nodes that a link between candidates concerns."""
        for number in map(number_of, (link.subject, link.object)) if link.kind == "closeMatch" else ():
            figure = self._index.figure(number)
            if figure and not figure.leaf:
                yield number

    def refresh_leaf(self, leaf: Figure, node: int, reason: str | None, score: float | None) -> set[bytes]:
        """Write the links of a leaf that is joined to a node (or its own) anew; gives the articles that changed."""
        links = []
        if node != leaf.number:
            links.append(Link(self._iri(node), "sameAs", leaf.iri, reason or "one name", score or 1.0))
        for at, verdict in self._likeliest_of_leaf(leaf, node):
            a, b = sorted((self._iri(at), self._iri(node)))
            kind, sure = ("differentFrom", 0.9) if verdict.outcome == "different" else ("closeMatch", verdict.score)
            links.append(Link(a, kind, b, verdict.reason, sure if kind == "differentFrom" else min(sure, 0.85)))
        return {sha for sha, *_ in self._write(leaf.number, {_row(leaf, link) for link in links})}

    def _likeliest_of_leaf(self, leaf: Figure, node: int) -> list[tuple[int, Verdict]]:
        best: dict[int, Verdict] = {}
        apart: set[int] = set()
        for row in self._index.hints(leaf.number):
            verdict, at = self._index.verdict(row), self._node_of(row[1])
            if verdict is None or at is None or at == node or verdict.outcome == "none":
                continue
            if verdict.outcome == "different":
                apart.add(at)
                if verdict.needs > NEAR_NAMES or verdict.reason == SIDE_BY_SIDE:
                    continue
            if at not in best or _rank(verdict) < _rank(best[at]):
                best[at] = verdict
        different = [(at, verdict) for at, verdict in best.items() if verdict.outcome == "different"]
        others = [(at, verdict) for at, verdict in best.items() if at not in apart]
        others.sort(key=lambda item: (-item[1].score, self._iri(item[0])))
        return different + others[:CANDIDATES]

    def _write(self, owner: int, after: set[tuple[bytes, str, bytes]]) -> list[tuple[bytes, str, bytes]]:
        """Write the links of an owner; gives those that went and those that are new."""
        if self._fresh:
            self._rows.add_all((owner, *link) for link in sorted(after))
            return []
        query = "SELECT sha, key, content, rowid FROM identity_links WHERE owner = ?"
        before = {tuple(row[:3]): row[3] for row in self._index.rows(query, owner)}
        gone, new = sorted(before.keys() - after), sorted(after - before.keys())
        for link in gone:
            self._index.run("DELETE FROM identity_links WHERE rowid = ?", before[link])
        self._rows.add_all((owner, *link) for link in new)
        return [*gone, *new]

    def _links(self, node: int) -> Iterable[tuple[bytes, str, bytes]]:
        members = self._members(node)
        if not members:
            return
        iri = self._iri(node)
        for figure, reason, score in members:
            if figure.number != node:
                yield _row(figure, Link(iri, "sameAs", figure.iri, reason or "one name", score or 1.0))
        for figure, link in self._to_authority(iri, [figure for figure, *_ in members]):
            yield _row(figure, link)
        for other, between in self._others(node).items():
            a, b = sorted((iri, self._iri(other)))
            verdict = between.verdict
            if verdict.outcome == "different":
                yield _row(between.own, Link(a, "differentFrom", b, verdict.reason, 0.9))
            elif other in self._likeliest(node) and node in self._likeliest(other):
                yield _row(between.own, Link(a, "closeMatch", b, verdict.reason, min(verdict.score, 0.85)))

    def _to_authority(self, iri: str, members: list[Figure]) -> Iterable[tuple[Figure, Link]]:
        entries = {figure.iri: self._entries.of(figure) for figure in members}
        certain = any(entries.values())
        refused = self._settings.refused
        for figure in members:
            for entry, reason in entries[figure.iri].items():
                yield figure, Link(iri, "exactMatch", entry, reason, 0.95)
            for entry, reason in islice(self._entries.candidates(figure).items(), 0 if certain else CANDIDATES):
                if (iri, entry) not in refused:
                    yield figure, Link(iri, "closeMatch", entry, reason, 0.5)

    def _likeliest(self, node: int) -> list[int]:
        found = [
            (-between.verdict.score, self._iri(other), other)
            for other, between in self._others(node).items()
            if between.verdict.outcome != "different"
        ]
        return [other for *_, other in sorted(found)[:CANDIDATES]]

    def _others(self, node: int) -> dict[int, _Between]:
        """What is known of the node and others, by the other; those that are only kept apart are left out."""
        known = self._known.get(node)
        if known is not None:
            return known
        if len(self._known) >= AT_HAND:
            self._known.clear()
        found: dict[int, _Between] = {}
        for figure, *_ in self._members(node):
            for verdict, source in self._verdicts(figure):
                other = verdict.other if verdict.one.number == figure.number else verdict.one
                at = self._node_of(other.number)
                if at == node or at is None:
                    continue
                apart = verdict.outcome == "different"
                if apart and self._said_same(verdict):
                    continue
                between = found.get(at)
                near = source != 0 or (verdict.needs <= NEAR_NAMES and verdict.reason != SIDE_BY_SIDE)
                told = verdict if near or not apart else None
                if between is None:
                    shown = told or Verdict(verdict.one, verdict.other, "none", -9.0, 99.0, "")
                    found[at] = _Between(shown, figure, apart)
                    continue
                between.separated = between.separated or apart
                if told and _Between(told, figure, apart).rank < between.rank:
                    between.verdict, between.own = told, figure
        kept = {
            at: between
            for at, between in found.items()
            if between.verdict.outcome == "different" or (between.verdict.outcome != "none" and not between.separated)
        }
        self._known[node] = kept
        return kept

    def _said_same(self, verdict: Verdict) -> bool:
        return frozenset((verdict.one.iri, verdict.other.iri)) in self._settings.said_same

    def _verdicts(self, figure: Figure) -> Iterable[tuple[Verdict, int]]:
        for row in self._index.edges(figure.number):
            if row[3] != "none" and (verdict := self._index.verdict(row)):
                yield verdict, row[2]
        for decision in self._settings.different:
            if figure.iri in (decision.first, decision.second):
                other = self._settings_figure(decision.second if figure.iri == decision.first else decision.first)
                if other and (other.kind == figure.kind or {other.kind, figure.kind} == {"place", "organisation"}):
                    one, two = (figure, other) if figure.iri < other.iri else (other, figure)
                    yield Verdict(one, two, "different", -9.0, 0.0, decision.reason), HOMONYM

    def _settings_figure(self, iri: str) -> Figure | None:
        return self._index.figure(number_of(iri))

    def _members(self, node: int) -> list[tuple[Figure, str | None, float | None]]:
        query = "SELECT number, reason, score FROM identity_figures WHERE node = ? AND leaf = 0 ORDER BY iri"
        found = ((self._index.figure(row[0]), row[1], row[2]) for row in self._index.rows(query, node))
        return [(figure, reason, score) for figure, reason, score in found if figure]

    def _node_of(self, figure: int) -> int | None:
        if figure not in self._nodes:
            if len(self._nodes) >= AT_HAND:
                self._nodes.clear()
            rows = self._index.rows("SELECT node FROM identity_figures WHERE number = ?", figure)
            self._nodes[figure] = rows[0][0] if rows else None
        return self._nodes[figure]

    def _iri(self, node: int) -> str:
        found = self._iris.get(node)
        if found is None:
            if len(self._iris) >= AT_HAND:
                self._iris.clear()
            figure = self._index.figure(node)
            found = self._iris[node] = figure.iri if figure else ""
        return found


def _rank(verdict: Verdict) -> tuple[bool, tuple[float, float, str, str]]:
    return verdict.outcome != "different", verdict.order


def _row(figure: Figure, link: Link) -> tuple[bytes, str, bytes]:
    _, sha, key = figure.summary.first
    content = _encode((link.subject, link.kind, link.object, link.reason, link.confidence))
    return bytes.fromhex(sha), key, content
