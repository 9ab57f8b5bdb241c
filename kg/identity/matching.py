"""The verdict on two figures that may be one thing: same, candidate or different."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date
from itertools import combinations
from typing import Final

from kg.identity.bodies import body_relation, national, translated
from kg.identity.collective import PART_OF, generic, place_relation, plain_words
from kg.identity.editions import event_relation, kinds_of, of_one_kind, same_edition
from kg.identity.evidence import (
    GENERATION,
    LONGEST_OFFICE,
    Evidence,
    Profile,
    Weight,
    named_after,
    of_other_work,
    years_between,
)
from kg.identity.figures import Figure
from kg.identity.homonyms import CONTRADICTION
from kg.identity.personal import common, person_of, personal_name
from kg.identity.personal_relation import FAMILY_ALONE, INITIAL, SINGLE, relation
from kg.identity.relation import Relation
from kg.identity.spelling import fold
from kg.identity.titles import OF_MANY

NEARLY = 1.5
"""So many points short of what is needed, with some evidence, a pair is a candidate."""

CLOSE: Final = 0.5
"""Two names of a body that need no more than this differ in little."""

OFTEN_BESIDE: Final = 5
"""Of so many articles that tell of a person by an initial, more than one names another whom it fits."""

LONG: Final = 3
"""So many days that two events at one place have in common are no chance."""

DISASTERS: Final = frozenset({"disaster"})
"""Types of event of each kind of which a country has one a day."""

BLOWS: Final = frozenset({"accident", "attack", "disaster"})
"""Types of event of which two that are each named after where the other is are one."""

OF_OTHER_WORK: Final = 3.0
"""What a family name alone needs at least if another walk of life is told of with it: it may be a relative's."""

LONGEST_ALONE: Final = 8
"""So many years apart who has one post and goes by the family name alone is taken for one person at most."""

SIDE_BY_SIDE = "one article tells of both"

WEAK: Final = 2.0
"""A relation that needs so much, or is eased, is weak: a name that fits several by such ones is none of them."""

SIDE_BY_SIDE_NEEDS: Final = {"person": 0.0, "organisation": 0.5}
"""What names must need more than for one article's telling of both to speak for two; of other kinds more than 1."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """The outcome for a pair (``one.iri < other.iri``). ``margin`` is the evidence beyond what the names need."""

    one: Figure
    other: Figure
    outcome: str  # same, candidate, different, or none
    margin: float
    needs: float
    reason: str

    @property
    def order(self) -> tuple[float, float, str, str]:
        """The surest first."""
        return self.needs, -self.margin, self.one.iri, self.other.iri

    @property
    def score(self) -> float:
        """How sure it is that the two are one, from 0 to 1."""
        if self.outcome == "same":
            return round(min(0.99, 0.9 + 0.03 * self.margin), 2)
        return round(max(0.1, min(0.85, 0.7 + 0.2 * self.margin)), 2)


def judge(
    one: Figure, other: Figure, evidence: Evidence, side_by_side: Callable[[Figure, Figure], bool]
) -> Verdict | None:
    """The verdict on two figures of one kind (``one.iri < other.iri``); None where nothing in their names speaks for
    one. ``side_by_side`` tells whether articles tell of both as two.
    """
    names = name_relation(one, other) or _at_one_place(one, other, evidence) or _married(one, other, evidence)
    if names is None:
        return None
    if names.needs > SIDE_BY_SIDE_NEEDS.get(one.kind, 1.0) and side_by_side(one, other):
        return Verdict(one, other, "different", -9.0, names.needs, SIDE_BY_SIDE)
    by_full_name = one.kind == "person" and one.personal.single  # which tells how frequent the name is
    weight = evidence.weigh(other, one) if by_full_name else evidence.weigh(one, other)
    if against := _father_and_son(one, other, evidence):
        return Verdict(one, other, "different", -9.0, names.needs, against)
    if names.home and (against := _not_at_home(one, other, names.home, evidence)):
        return Verdict(one, other, "none", -9.0, names.needs, against)
    if names.way == INITIAL and (another := _another_beside(one, other, evidence)):
        return Verdict(one, other, "candidate", -NEARLY, names.needs, f"the initial may be that of {another!r}")
    if not _in_office(names, evidence.profile(one), evidence.profile(other)):
        return Verdict(one, other, "none", -9.0, names.needs, "")
    if names.way == FAMILY_ALONE and of_other_work(evidence.profile(one), evidence.profile(other)):
        names = replace(names, needs=max(names.needs, OF_OTHER_WORK))
    if years := _years_of_heirs(names, evidence.profile(one), evidence.profile(other)):
        why = f"a family name alone, told of {years} years apart"
        return Verdict(one, other, "candidate", -NEARLY, names.needs, why)
    if beside := _two_beside(names, one, other, evidence):
        return Verdict(one, other, "candidate", -NEARLY, names.needs, f"a family name alone, beside {beside}")
    if names.of_heirs and _a_generation_apart(evidence.profile(one), evidence.profile(other)):
        names = replace(names, eased=0.0)
    margin = weight.net - names.asks
    reason = _reason(one, other, names, weight)
    if weight.net <= CONTRADICTION and weight.against:
        return Verdict(one, other, "different", margin, names.needs, "; ".join(weight.why_not))
    if margin >= 0:
        return Verdict(one, other, "same", margin, max(names.needs, WEAK) if names.eased else names.needs, reason)
    if margin >= -NEARLY and weight.points > 0:
        return Verdict(one, other, "candidate", margin, names.needs, reason)
    return Verdict(one, other, "none", margin, names.needs, "")


def _at_one_place(one: Figure, other: Figure, evidence: Evidence) -> Relation | None:
    """Whether two named events of the same days at one place are one, by their kind or by how many days they last."""
    if one.kind != "event" or not (one.summary.named and other.summary.named):
        return None
    days = set(one.summary.days) & set(other.summary.days)
    profile, other_profile = evidence.profile(one), evidence.profile(other)
    ats, other_ats = profile.within | profile.places, other_profile.within | other_profile.places
    at_one_place = profile.within & other_ats or other_profile.within & ats
    crossed = named_after(one.name, other_profile) and named_after(other.name, profile)
    crossed = crossed and bool(kinds_of(one.name, BLOWS) & kinds_of(other.name, BLOWS))
    one_disaster = kinds_of(one.name, DISASTERS) & kinds_of(other.name, DISASTERS)
    disaster = bool(one_disaster and profile.countries & other_profile.countries)
    if not days or not (at_one_place or crossed or disaster):
        return None
    places = {
        word
        for known in (profile, other_profile)
        for token in known.within | known.places | known.countries
        for word in plain_words(known.names.get(token, ""))
    }
    if of_one_kind(one.name, other.name, places, crossed):
        if at_one_place:
            return Relation("one kind of event, at one place on one day", 1.0)
        if crossed:
            return Relation("one kind of event on one day, each named after where the other is", 0.0)
        return Relation("one kind of disaster in one country on one day", 0.5)
    lasted = max((date.fromisoformat(last) - date.fromisoformat(first)).days + 1 for first, last in days)
    return Relation(f"at one place on the same {lasted} days", 2.0) if at_one_place and lasted >= LONG else None


def _married(one: Figure, other: Figure, evidence: Evidence) -> Relation | None:
    """Whether two people of one given name may be one, who has taken the family name of somebody told of with both."""
    if one.kind != "person" or one.personal.single or other.personal.single:
        return None
    given, family, other_family = one.personal.given, one.personal.family, other.personal.family
    if given != other.personal.given or family == other_family or len(given[0]) == 1:
        return None
    beside = evidence.profile(one).people & evidence.profile(other).people
    compact = [token.partition(":")[2] for token in beside]
    if any(name.endswith("".join(taken)) for name in compact for taken in (family, other_family)):
        return Relation("another family name, that of somebody told of with both", 4.5)
    return None


def _father_and_son(one: Figure, other: Figure, evidence: Evidence) -> str:
    """Why two people of one name, one of them with a suffix, are taken for two; "" where they are not."""
    if one.kind != "person" or one.personal.suffix == other.personal.suffix:
        return ""
    years = years_between(evidence.profile(one).days, evidence.profile(other).days)
    if years <= GENERATION:
        return ""
    return f"one is called '{one.personal.suffix or other.personal.suffix}', and they are told of {years} years apart"


def _years_of_heirs(names: Relation, one: Profile, other: Profile) -> int:
    """By how many years two people are told of apart of whom one goes by the family name alone, where that is so long
    that a relative may have come after; 0 where somebody is told of with both, or the later is called former.
    """
    if names.way not in (FAMILY_ALONE, SINGLE):
        return 0
    years = years_between(one.days, other.days)
    earlier, later = (one, other) if min(one.days, default="") < min(other.days, default="") else (other, one)
    held = earlier.posts | earlier.former
    most = LONGEST_ALONE if held & later.posts else LONGEST_OFFICE
    return 0 if years <= most or one.people & other.people or held & later.former else years


def _two_beside(names: Relation, one: Figure, other: Figure, evidence: Evidence) -> str:
    """Two people of one family name, named in full beside somebody who goes by that name alone; "" where not two are.

    Who reads those articles alone does not know which of them is meant.
    """
    if names.way not in (FAMILY_ALONE, SINGLE) or one.personal.single == other.personal.single:
        return ""
    alone, full = (one, other) if one.personal.single else (other, one)
    profile = evidence.profile(alone)
    named = sorted(profile.names[token] for token in profile.people if token in profile.names)
    beside = [name for name in named if personal_name(name).family == full.personal.family]
    beside = [name for name in beside if not personal_name(name).single]
    return " and ".join(map(repr, beside[:2])) if len(beside) > 1 else ""


def _a_generation_apart(one: Profile, other: Profile) -> bool:
    """Whether two people are told of so far apart, with nobody in common, that one may be the other's child."""
    return years_between(one.days, other.days) >= GENERATION and one.people.isdisjoint(other.people)


def _another_beside(one: Figure, other: Figure, evidence: Evidence) -> str:
    """The full name of another person that a name cut to its initial fits, told of beside it in more than a fifth of
    its articles; "" for none.
    """
    short, full = (one, other) if len(one.personal.words[0]) == 1 else (other, one)
    claims = evidence.claims(short)
    beside = Counter(name for claim in claims for name in evidence.context(claim.sha).people.values())
    for name, articles in sorted(beside.items()):
        found = personal_name(name)
        alike = found.family == short.personal.family and len(found.words[0]) > 1
        alike = alike and found.words[0][0] == short.personal.words[0]
        if alike and OFTEN_BESIDE * articles > len(claims) and relation(found, full.personal) is None:
            return name
    return ""


def _in_office(names: Relation, one: Profile, other: Profile) -> bool:
    """Whether two people have the post, or the employer, in common that their names ask for."""
    if names.one_post:
        shared = (one.posts | one.former) & (other.posts | other.former)
        return any(head not in OF_MANY for head, _ in shared)
    employed = one.employers & (other.employers | other.bodies) | other.employers & (one.employers | one.bodies)
    return not names.one_body or bool(employed)


def _not_at_home(one: Figure, other: Figure, home: str, evidence: Evidence) -> str:
    """Why a name that leaves out its country is not known to be that of the country; "" where it is."""
    bare = other if national(one.name)[1] else one
    homes = evidence.profile(bare).homes
    land = PART_OF.get(home, home)
    return "" if homes and all(PART_OF.get(known, known) == land for known in homes) else f"not told of in {home}"


def name_relation(one: Figure, other: Figure) -> Relation | None:
    """In what way the names of two figures may be one thing's, further names included."""
    kind = one.kind
    if told_apart(one, other):
        return None
    if kind == "person":
        found = relation(one.personal, other.personal)
    elif kind == "organisation":
        found = body_relation(one.name, other.name)
    elif kind == "place":
        found = place_relation(one.name, other.name)
    elif kind == "event":
        dates = _dates(one, other)
        if dates is None and not (one.summary.days and other.summary.days) and same_edition(one.name, other.name):
            dates = ""
        found = (
            None
            if dates is None
            else event_relation(one.name, other.name, _year_of_days(one, other)) or _also_called(one, other)
        )
        if found and dates:
            found = Relation(f"{found.way}, {dates}", found.needs)
        elif found and found.needs <= 1.0 and set(one.summary.days) & set(other.summary.days):
            found = Relation(f"{found.way}, on the same days", 0.0)
    else:
        found = Relation("one name but for typography", 0.0) if fold(one.name) == fold(other.name) else None
    if (found is None or found.needs > 0) and kind in ("person", "organisation", "place"):
        told = _also_called(one, other) or (_translated(one, other) if kind == "organisation" else None)
        return told if told and (found is None or told.needs < found.asks) else found
    return found


def told_apart(one: Figure, other: Figure) -> bool:
    """Whether the two bear one name that had to be told apart: then the name is no reason to join them again."""
    if one.kind == "person" and one.personal.single:
        return False
    qualified = one.qualifier is not None or other.qualifier is not None
    return qualified and one.iri.split("--")[0] == other.iri.split("--")[0]


def _also_called(one: Figure, other: Figure) -> Relation | None:
    """Whether one has the other's name as a further name.

    A frequent name of a person, and a short form made of the name's own words, need more.
    """
    if one.kind == "person" and all(_is_called(figure, named) for figure, named in ((one, other), (other, one))):
        return Relation("each article gives both names", 0.0)
    for figure, named in ((one, other), (other, one)):
        wanted = fold(named.name)
        if any(fold(alias) == wanted for alias in figure.summary.aliases):
            own = set(wanted.split()) <= set(fold(figure.name).split())
            if figure.kind == "person":
                single = named.personal.single
                if single and own:
                    continue  # the family name alone
                known = person_of(figure.personal)
                listed = known is not None and known == person_of(named.personal)
                frequent = not single and common(named.personal) and not listed
                return Relation("one article gives both names", 1.0 if single or frequent else 0.0)
            if " " in wanted:
                return Relation("one article gives both names", 1.0 if own or generic(named.name) else 0.0)
            if not named.weak:
                return Relation("one article gives both names", 1.5 if own or generic(named.name) else 0.5)
        if figure.kind == "organisation":
            ways = [way for alias in figure.summary.aliases if (way := body_relation(alias, named.name))]
            if any(way.needs <= CLOSE and not way.home for way in ways):
                return Relation("one article gives both names but for little", 1.0)
    return _by_further_names(one, other)


def _is_called(figure: Figure, named: Figure) -> bool:
    """Whether an article calls one by the full name of the other."""
    return not named.personal.single and fold(named.name) in map(fold, figure.summary.aliases)


def _by_further_names(one: Figure, other: Figure) -> Relation | None:
    """In what way a further name of a person, in full, or of an event may be the other's name or further name."""
    pairs = [(alias, named) for figure, named in ((one, other), (other, one)) for alias in figure.summary.aliases]
    if one.kind == "event" and any(event_relation(alias, named.name) for alias, named in pairs):
        return Relation("one article gives another name as well", 0.5)
    if one.kind != "person" or one.personal.single or other.personal.single:
        return None
    full = [(alias, named) for alias, named in pairs if not personal_name(alias).single]
    if any(fold(alias) in map(fold, named.summary.aliases) for alias, named in full):
        return Relation("two articles give one further name", 0.5)
    ways = [way for alias, named in full if (way := relation(personal_name(alias), named.personal))]
    best = min(ways, key=lambda way: (way.needs, way.way), default=None)
    return best and Relation(f"one article gives another name as well: {best.way}", best.needs + 0.5)


def _translated(one: Figure, other: Figure) -> Relation | None:
    letters = one.acronyms & other.acronyms
    if any(translated(one.name, other.name, acronym) for acronym in letters):
        return Relation("one acronym in two languages", 0.5)
    return None


def _dates(one: Figure, other: Figure) -> str | None:
    """Why the dates of two events agree; None where they do not."""
    days, other_days = one.summary.days, other.summary.days
    if days and other_days:
        fits = any(_within(a, b) or _within(b, a) for a in days for b in other_days)
        return "" if fits else None
    when, other_when = sorted((one.summary.when or "", other.summary.when or ""), key=len)
    if not when or not other_when.startswith(when):
        return None
    return f"the only one of that name in {when}" if len(when) < len(other_when) else ""


def _year_of_days(one: Figure, other: Figure) -> str | None:
    """The year in which two events are, where the days of both are known."""
    years = {day[:4] for figure in (one, other) for interval in figure.summary.days for day in interval}
    return years.pop() if len(years) == 1 and one.summary.days and other.summary.days else None


def _within(days: tuple[str, str], others: tuple[str, str]) -> bool:
    return others[0] <= days[0] and days[1] <= others[1]


def _reason(one: Figure, other: Figure, names: Relation, weight: Weight) -> str:
    parts = [f"'{one.name}' and '{other.name}': {names.way}", *weight.why]
    if weight.why_not:
        parts.append("but " + "; ".join(weight.why_not))
    return "; ".join(parts)


def ambiguous(found: Iterable[Verdict]) -> set[tuple[str, str]]:
    """The pairs that rest on a weak relation of names while another figure fits the same name about as well.

    An initial or family name stands for one person: where two of unrelated names fit, it is joined to neither.
    """
    by_figure: dict[str, list[tuple[Verdict, Figure]]] = defaultdict(list)
    for verdict in found:
        if verdict.outcome == "same" and verdict.needs >= WEAK:
            by_figure[verdict.one.iri].append((verdict, verdict.other))
            by_figure[verdict.other.iri].append((verdict, verdict.one))
    refused = set()
    for fits in by_figure.values():
        for (verdict, partner), (rival, other) in combinations(fits, 2):
            close = abs(verdict.margin - rival.margin) < NEARLY
            if name_relation(partner, other) is None and (close or verdict.needs >= 4):
                refused |= {(v.one.iri, v.other.iri) for v in (verdict, rival)}
    return refused


def is_loose(verdict: Verdict) -> bool:
    """Whether two events are held to be one although one is dated less exactly (by its year, or a longer interval)."""
    return verdict.outcome == "same" and _width(verdict.one) != _width(verdict.other)


def by_looser(found: Iterable[Verdict]) -> list[tuple[Figure, list[tuple[Verdict, Figure]]]]:
    """Each event that is dated less exactly than others of its name, with the verdicts on these and the others.

    Where the others are several, nobody can tell which is meant.
    """
    fits: dict[str, list[tuple[Verdict, Figure]]] = defaultdict(list)
    looser: dict[str, Figure] = {}
    for verdict in found:
        finer, loose = sorted((verdict.one, verdict.other), key=_width)
        looser[loose.iri] = loose
        fits[loose.iri].append((verdict, finer))
    return [(loose, fits[iri]) for iri, loose in sorted(looser.items(), key=lambda item: (_width(item[1]), item[0]))]


def _width(figure: Figure) -> int:
    """The days of the interval within which an event is known to lie."""
    days = figure.summary.days
    if not days:
        return 366
    return min((date.fromisoformat(last) - date.fromisoformat(first)).days for first, last in days)
