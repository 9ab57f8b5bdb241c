"""Whether two articles tell of one described event: the verdict, and which verdicts cannot stand together.

The day alone says little, for much happens on one day: the two must be of one kind and day, nothing may contradict, and
place, those who took part, names beside and kind of site must say enough together. Articles that tell of it in the same
words, as copies of one agency's story do, need nothing else.
"""

from __future__ import annotations

from collections import ChainMap, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from typing import Final

from kg.identity.claims import Claim
from kg.identity.evidence import Evidence
from kg.identity.figures import Figure
from kg.identity.happenings import WIDE, Happening, is_country, one_kind
from kg.identity.matching import NEARLY, SIDE_BY_SIDE, Verdict
from kg.identity.spelling import fold

NEEDS: Final = {"life": 2.0, "meeting": 4.0} | dict.fromkeys(
    ["disaster", "election", "festival", "justice", "personnel", "competition", "agreement", "business"], 3.0
)
"""The points that retellings of a type of event need; the others need 3.5."""

OF_SIDES: Final = frozenset({"meeting", "competition", "agreement", "business"})
"""Types of event that are told apart by their sides: two of one place and day are one only if both sides are."""

OF_ONE: Final = frozenset({"justice", "life", "personnel", "award", "visit", "speech"})
"""Types of event that are told apart by the person to whom, or by whom, they are done."""

SAME_WORDS: Final = 0.5
"""The part of the runs of words around two mentions that is common where one is a copy of the other."""

FEWEST_RUNS: Final = 15

DAYS_OF_A_COPY: Final = 3
"""Days between two articles within which the same words about an event without a date tell of one."""

_APART: Final = 9.0
"""What the names of two events need that contradict one another: no reader takes them for one."""


def is_retelling(one: Figure, other: Figure) -> bool:
    """Whether two figures are described events of an article each."""
    return one.kind == "event" == other.kind and not one.summary.named and not other.summary.named


def judge_retelling(one: Figure, other: Figure, evidence: Evidence) -> Verdict | None:
    """The verdict on two described events that share a key (``one.iri < other.iri``); None for events of two days."""
    (a,), (b,) = evidence.claims(one), evidence.claims(other)
    told, other_told = a.told, b.told
    assert told and other_told
    if a.sha == b.sha:
        return Verdict(one, other, "different", -9.0, _APART, SIDE_BY_SIDE)
    if told.days != other_told.days and told.days and other_told.days:
        return None
    contexts = evidence.context(a.sha), evidence.context(b.sha)
    names = ChainMap(*(known for c in contexts for known in (c.people, c.bodies, c.places, c.countries)))
    pair = _Pair(a, b, told, other_told, names, evidence)
    if not pair.copied and not (told.days and other_told.days):
        return None
    if contradiction := pair.contradiction():
        return Verdict(one, other, "different", -9.0, _APART, contradiction)
    points, why, why_not, telling = pair.weigh()
    needs = NEEDS.get(told.type, 3.5) + NEARLY * (told.rivals or other_told.rivals)
    day = "" if told.days is None or told.days != other_told.days else f" on {'/'.join(dict.fromkeys(told.days))}"
    way = f"'{one.name}' and '{other.name}': one kind of event{day}"
    reason = "; ".join((way, *why, *(f"but {reason}" for reason in why_not)))
    margin = points - needs
    if margin >= 0 and telling:
        return Verdict(one, other, "same", margin, 1.0, reason)
    if margin >= -NEARLY and points > 0:
        return Verdict(one, other, "candidate", min(margin, -0.25), 1.0, reason)
    return Verdict(one, other, "none", margin, _APART, "")


class _Pair:
    """Two claims on described events of one kind, told by two articles."""

    def __init__(
        self, a: Claim, b: Claim, told: Happening, other: Happening, names: Mapping[str, str], evidence: Evidence
    ) -> None:
        self._a, self._b = a, b
        self._told, self._other = told, other
        self._names = names
        self._evidence = evidence
        called, other_called = evidence.context(a.sha).called, evidence.context(b.sha).called
        self._parties = {other_called.get(token, token) for token in a.parties}
        self._other_parties = {called.get(token, token) for token in b.parties}
        self.copied = self._in_the_same_words()

    # Against

    def contradiction(self) -> str | None:
        """Why the two cannot be one; None where nothing says so."""
        told, other = self._told, self._other
        if not one_kind(told, other):
            return "two kinds of event"
        if told.numbers != other.numbers and not self.copied:
            return "they are numbered or counted differently"
        if told.whole and other.whole and told.whole != other.whole:
            return f"one is part of {told.whole}, the other of {other.whole}"
        return self._places_contradict() or self._parties_contradict()

    def _places_contradict(self) -> str | None:
        fine, other_fine = _fine(self._a.within), _fine(self._b.within)
        reach, other_reach = {*fine, *_fine(self._told.wholes)}, {*other_fine, *_fine(self._other.wholes)}
        near = {*self._told.beside, *self._evidence.context(self._a.sha).places}
        other_near = {*self._other.beside, *self._evidence.context(self._b.sha).places}
        if fine and other_fine and not reach & other_reach and not fine & other_near and not other_fine & near:
            return f"one is at {self._listed(fine)}, the other at {self._listed(other_fine)}"
        lands, other_lands = (
            _lands((*c.within, *t.wholes)) for c, t in ((self._a, self._told), (self._b, self._other))
        )
        if lands and other_lands and not lands & other_lands and not fine & other_fine:
            return f"one is in {self._listed(lands)}, the other in {self._listed(other_lands)}"
        return None

    def _parties_contradict(self) -> str | None:
        mine, yours = self._parties, self._other_parties
        if self._told.type in OF_ONE:
            people, other_people = _people(mine), _people(yours)
            if people and other_people and not people & other_people:
                return f"one is of {self._listed(people)}, the other of {self._listed(other_people)}"
        elif self._told.type in OF_SIDES and mine and yours and not mine & yours:
            return f"one has {self._listed(mine)} taking part, the other {self._listed(yours)}"
        return None

    # For

    def weigh(self) -> tuple[float, list[str], list[str], bool]:
        """The points, the reasons for and against, and whether they are of the sort that decides."""
        why: list[str] = []
        why_not: list[str] = []
        told, other = self._told, self._other
        dated = bool(told.days and other.days)
        place = self._place(why)
        parties, sides = self._shared_parties(why)
        beside = self._beside(why)
        points = place + parties + beside
        linked = False
        if told.theme and told.theme == other.theme:
            points, linked = points + 2.0, True
            why.append(f"both have the theme '{told.theme}'")
        if told.whole and told.whole == other.whole:
            points, linked = points + 2.0, True
            why.append(f"both are part of '{told.whole}'")
        if told.sites and other.sites:
            if set(told.sites) & set(other.sites):
                points += 1.5
                why.append(f"both are told of one kind of site ({min(set(told.sites) & set(other.sites))})")
            else:
                points -= 2.0
                why_not.append(f"one is told of a {told.sites[0]}, the other of a {other.sites[0]}")
        only, only_other = self._only()
        if only and only_other:
            points -= 2.0
            why_not.append(f"one is called '{only[0]}', the other '{only_other[0]}'")
        elif shared := sorted(set(told.modifiers) & set(other.modifiers)):
            points += 1.5
            why.append(f"both are called '{shared[0]}'")
        if counted := sorted(set(told.counts) & set(other.counts)):
            points += 1.5
            why.append(f"both tell of '{counted[0]}'")
        if self.copied:
            why.append("both articles tell of it in the same words")
            return points + 5.0, why, why_not, not why_not and (dated or self._copied_at_once())
        strangers = self._parties - self._other_parties - set(other.beside)
        others = self._other_parties - self._parties - set(told.beside)
        if told.type in OF_ONE:
            strangers, others = _people(strangers), _people(others)
        if told.type in OF_SIDES | OF_ONE and strangers and others:
            points -= 4.0 if told.type in OF_ONE else 2.5
            why_not.append("each has somebody taking part whom the other does not name")
        if told.type in OF_ONE:
            decides = bool(_people(self._parties & self._other_parties)) or sides > 1
        elif told.type in OF_SIDES:
            decides = sides > 1 or linked
        else:
            decides = place >= 1 or sides > 0 or linked
        return points, why, why_not, dated and decides and not why_not

    def _place(self, why: list[str]) -> float:
        mine, yours = set(self._a.within), set(self._b.within)
        shared = mine & yours
        if fine := _fine(shared):
            why.append(f"both are at {self._listed(fine)}")
            return 2.0
        inner = _fine((mine & set(self._other.wholes)) | (yours & set(self._told.wholes)))
        if inner:
            why.append(f"one is in {self._listed(inner)}, where the other is")
            return 1.5
        near = _fine((mine & set(self._other.beside)) | (yours & set(self._told.beside)))
        if near:
            why.append(f"one is at {self._listed(near)}, beside which the other is told")
            return 1.5
        named = _fine(set(self._told.beside) & set(self._other.beside))
        if named:
            why.append(f"both are told beside {self._listed(named)}")
            return 1.0
        lands = shared or (mine | set(self._told.wholes)) & (yours | set(self._other.wholes))
        if lands:
            why.append(f"both are in {self._listed(lands)}")
            return 1.0 if shared and self._told.type in WIDE else 0.5
        return 0.0

    def _shared_parties(self, why: list[str]) -> tuple[float, int]:
        shared = self._parties & self._other_parties
        if shared:
            why.append(f"both have {self._listed(shared)} taking part")
        points = sum({"person": 2.0, "organisation": 1.5}.get(token.partition(":")[0], 0.5) for token in shared)
        return min(4.0, points), len(shared)

    def _beside(self, why: list[str]) -> float:
        mine = {*self._told.beside, *self._parties}
        yours = {*self._other.beside, *self._other_parties}
        shared = {t for t in mine & yours if not t.startswith("place:")} - (self._parties & self._other_parties)
        if not shared:
            return 0.0
        why.append(f"both are told beside {self._listed(shared)}")
        most = 2.0 if self._told.type in OF_ONE | OF_SIDES | WIDE else 1.0  # an official and the office speak for one
        return min(most, sum(1.0 if self._evidence.rare(token) else 0.5 for token in sorted(shared)))

    def _only(self) -> tuple[list[str], list[str]]:
        """The words that tell which event it is, of each, that nothing near the other contains."""
        mine = self._near(self._told, self._a.within, self._parties)
        yours = self._near(self._other, self._b.within, self._other_parties)
        return sorted(set(self._told.modifiers) - yours), sorted(set(self._other.modifiers) - mine)

    def _near(self, told: Happening, *tokens: Iterable[str]) -> set[str]:
        names = (self._names.get(token, "") for group in (told.beside, *tokens) for token in group)
        return {*told.modifiers, *(word for name in names for word in fold(name).split())}

    def _in_the_same_words(self) -> bool:
        one, other = self._told.runs, self._other.runs
        if min(len(one), len(other)) < FEWEST_RUNS:
            return False
        smallest = sorted({*one, *other})[: min(len(one), len(other))]
        common = sum(run in one and run in other for run in smallest)
        if common < SAME_WORDS * len(smallest):
            return False
        a, b = self._evidence.context(self._a.sha), self._evidence.context(self._b.sha)
        known, other_known = ({*c.people, *c.bodies, *c.places, *c.countries, *c.called} for c in (a, b))
        return not (set(self._told.beside) - other_known and set(self._other.beside) - known)

    def _copied_at_once(self) -> bool:
        """Whether neither gives a day, and the two articles are of about one day."""
        if self._told.days or self._other.days or not self._a.day or not self._b.day:
            return False
        return abs((date.fromisoformat(self._a.day) - date.fromisoformat(self._b.day)).days) <= DAYS_OF_A_COPY

    def _listed(self, tokens: Collection[str]) -> str:
        return ", ".join(f"'{self._names.get(token, token.partition(':')[2])}'" for token in sorted(tokens)[:3])


def _fine(tokens: Iterable[str]) -> set[str]:
    """Places smaller than a country."""
    return {token for token in tokens if token.startswith("place:") and not is_country(token)}


def _lands(tokens: Iterable[str]) -> set[str]:
    return {token for token in tokens if is_country(token)}


def _people(tokens: Iterable[str]) -> set[str]:
    return {token for token in tokens if token.startswith("person:")}


# Verdicts that cannot stand together


def unclear(verdicts: Iterable[Verdict]) -> set[tuple[str, str]]:
    """The pairs of an event and one of two in another article that fit about as well: nobody can tell which it is."""
    fits: dict[tuple[str, str], list[Verdict]] = defaultdict(list)
    for verdict in verdicts:
        if verdict.outcome == "same" and is_retelling(verdict.one, verdict.other):
            for figure, partner in ((verdict.one, verdict.other), (verdict.other, verdict.one)):
                fits[figure.iri, article_of(partner)].append(verdict)
    refused: set[tuple[str, str]] = set()
    for found in fits.values():
        found.sort(key=lambda verdict: verdict.order)
        clear = len(found) == 1 or found[0].margin - found[1].margin >= NEARLY
        refused |= {(verdict.one.iri, verdict.other.iri) for verdict in found[clear:]}
    return refused


def article_of(figure: Figure) -> str:
    """The article (SHA-256) of a described event."""
    return figure.summary.first[1]


def may_be_retold(members: Sequence[Figure], others: Sequence[Figure]) -> bool:
    """Whether two groups of described events can be one: no article tells of two of them."""
    return {article_of(figure) for figure in members}.isdisjoint(map(article_of, others))
