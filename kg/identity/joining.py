"""Joining the figures of one component: those that verdicts, decisions or an authority hold to be one, directly or not.

Nothing outside of a component has a say in what becomes of its figures, but for things of other kinds that are called
like an entry of the authority.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from itertools import product
from typing import Final

from kg.identity.decisions import Decision
from kg.identity.entries import Entries
from kg.identity.figures import Figure, Groups
from kg.identity.matching import Verdict, ambiguous, by_looser, is_loose, name_relation
from kg.identity.retelling import is_retelling, may_be_retold, unclear
from kg.identity.settings import Settings

STAGES: Final = ("place", "organisation", "topic", "person", "event")

DECIDED: Final = 3.0
"""The margin of what a person has decided."""

MOST_NAMES: Final = 8
"""So many names of a group are compared with those of another before the two are joined."""


class Joining:
    """Makes ``groups`` of some figures; ``reasons`` has the verdict that joined each, ``notes`` what was ignored."""

    def __init__(self, settings: Settings, entries: Entries) -> None:
        self.groups = Groups()
        self._by_name = Groups()
        self.reasons: dict[str, Verdict] = {}
        self.notes: list[str] = []
        self._settings = settings
        self._entries = entries

    def run(
        self, figures: Iterable[Figure], pairs: Iterable[Verdict], homonyms: Iterable[Verdict], late: Iterable[Verdict]
    ) -> None:
        """Join what is to be joined.

        ``pairs`` are the verdicts on names compared, ``homonyms`` on bearers of one name, ``late`` on acronyms.
        """
        by_kind: dict[str, list[Figure]] = {kind: [] for kind in STAGES}
        for figure in sorted(figures, key=lambda figure: figure.iri):
            by_kind[figure.kind].append(figure)
        judged: dict[str, list[Verdict]] = defaultdict(list)
        for verdict in sorted(pairs, key=lambda verdict: verdict.order):
            judged[verdict.one.kind].append(verdict)
        for verdict in homonyms:
            if verdict.outcome == "different" and not self._said_same(verdict):
                self.groups.separate(verdict.one, verdict.other)
        spelt = sorted(late, key=lambda verdict: (verdict.one.iri, verdict.other.iri))
        known: dict[str, Figure] = {}
        for kind in STAGES:
            if not by_kind[kind]:
                continue
            fresh = {figure.iri: figure for figure in by_kind[kind]}
            known |= fresh
            self._decide(known, fresh)
            self._match_authority(kind, by_kind[kind])
            self._join(kind, judged[kind])
            for verdict in spelt:
                if verdict.one.kind == kind and verdict.outcome == "same":
                    self._unite(verdict)

    def _said_same(self, verdict: Verdict) -> bool:
        return frozenset((verdict.one.iri, verdict.other.iri)) in self._settings.said_same

    def _join(self, kind: str, judged: list[Verdict]) -> None:
        refused = ambiguous(judged) | (unclear(judged) if kind == "event" else set())
        for verdict in judged:
            if verdict.outcome == "different" and not self._said_same(verdict):
                self.groups.separate(verdict.one, verdict.other)
        late = []
        for verdict in judged:
            if verdict.outcome != "same":
                continue
            if kind == "event" and is_loose(verdict):
                late.append(verdict)
            elif (verdict.one.iri, verdict.other.iri) not in refused:
                self._unite(verdict, strict=kind in ("person", "event"))
        for figure, fits in by_looser(late):
            roots = {self.groups.root(finer) for _, finer in fits} - {self.groups.root(figure)}
            if len(roots) == 1:
                for verdict, _ in fits:
                    self._unite(verdict)

    def _unite(self, verdict: Verdict, strict: bool = False, told: bool = False) -> None:
        """Join the two groups. ``strict``: only if every name of the one may be one with every name of the other, but
        for those that a person or an authority list has ``told`` to be one, whatever their names.
        """
        one, other = verdict.one, verdict.other
        if strict and not self._all_fit(one, other):
            return
        if self.groups.join(one, other):
            if not told:
                self._by_name.join(one, other)
            for figure in (one, other):
                known = self.reasons.get(figure.iri)
                if known is None or verdict.order < known.order:
                    self.reasons[figure.iri] = verdict

    def _all_fit(self, one: Figure, other: Figure) -> bool:
        if self.groups.root(one) == self.groups.root(other):
            return True
        if one.kind == "event":
            return not is_retelling(one, other) or may_be_retold(self.groups.members(one), self.groups.members(other))
        names = ({member.personal: member for member in self._by_name.members(figure)} for figure in (one, other))
        pairs = product(*(list(members.values())[:MOST_NAMES] for members in names))
        judged = {one.iri, other.iri}
        return all({a.iri, b.iri} == judged or name_relation(a, b) is not None for a, b in pairs)

    def _decide(self, known: Mapping[str, Figure], fresh: Mapping[str, Figure]) -> None:
        """Follow the decisions on figures of this kind (and of earlier ones, for a place and an organisation)."""
        for decision in self._settings.different:
            pair = _pair(decision, known, fresh)
            if pair:
                self.groups.separate(*pair)
        for decision in self._settings.same:
            pair = _pair(decision, known, fresh)
            if pair and self.groups.separated(*pair):
                self.notes.append(f"{decision.place}: contradicts {self._contrary(*pair, known)}; ignored")
            elif pair:
                self._unite(Verdict(*pair, "same", DECIDED, 0.0, decision.reason), told=True)

    def _contrary(self, one: Figure, other: Figure, known: Mapping[str, Figure]) -> str:
        """What keeps two groups apart: a decision, or else the articles."""
        roots = {self.groups.root(one), self.groups.root(other)}
        for decision in self._settings.different:
            pair = known.get(decision.first), known.get(decision.second)
            if None not in pair and {self.groups.root(figure) for figure in pair if figure} == roots:
                return f"{decision.place}, by which they are two"
        return "what the articles say of others that it would join"

    def _match_authority(self, kind: str, found: list[Figure]) -> None:
        if (authority := self._settings.authority) is None or kind == "topic":
            return
        by_entry: dict[str, list[Figure]] = defaultdict(list)
        for figure in found:
            for iri in self._entries.of(figure):
                by_entry[iri].append(figure)
        for iri, named in sorted(by_entry.items()):
            for figure in named[1:]:
                decided = not self._settings.said_to_be(iri).isdisjoint((named[0].iri, figure.iri))
                names = "" if decided else "names of "
                reason = f"'{named[0].name}' and '{figure.name}' are both {names}{iri} in {authority.name}"
                self._unite(Verdict(named[0], figure, "same", 1.0, 0.0, reason), told=True)


def _pair(decision: Decision, known: Mapping[str, Figure], fresh: Mapping[str, Figure]) -> tuple[Figure, Figure] | None:
    """The figures that a decision is about, if this stage is the first to know both and their kinds can be one."""
    one, other = known.get(decision.first), known.get(decision.second)
    if one is None or other is None or not (one.iri in fresh or other.iri in fresh):
        return None
    if one.kind != other.kind and {one.kind, other.kind} != {"place", "organisation"}:
        return None
    return (one, other) if one.iri < other.iri else (other, one)
