"""What speaks for and against two figures being one: points, and the reasons in words.

Rough weights, set by hand: a post shared counts 3, a person or body named with both 2 and 1.5, a place 1. What many
articles name counts less. What is compared are the tokens of :mod:`kg.identity.claims`; an acronym that one of the two
sides spells out is read as what it stands for.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from typing import Final, NamedTuple, Protocol

from kg.identity.bodies import expected_elsewhere, local, of_towns
from kg.identity.claims import Claim, Context
from kg.identity.collective import (
    IN_PART,
    acronym_of,
    country,
    is_region,
    lands_of_token,
    plain_words,
    with_unions,
    with_wholes,
)
from kg.identity.editions import event_of, is_storm, kinds_of, of_one_that_happened_once
from kg.identity.figures import Figure
from kg.identity.iris import norm
from kg.identity.personal import common, frequent_part, person_of, personal_name, rare
from kg.identity.spelling import fold
from kg.identity.titles import (
    LIFELONG,
    OF_DISTRICTS,
    OF_GOVERNMENT,
    PASSING,
    far_apart,
    office_of_state,
    sports_of,
    title_fields,
    title_head,
)
from kg.words import words as words_of

ATTACKS: Final = frozenset({"attack"})
"""Types of event of which there may be several on one day that one body has to do with."""

LIFETIME: Final = 75
"""Years between two articles' days after which one person is not meant by both."""

TOO_WIDE: Final = frozenset({"labour"})
"""Walks of life of so many trades that having one in common says nothing."""

GENERATION: Final = 20
"""Years after which a "Jr." that one of two names leaves out speaks for father and son."""

CAREER: Final = 35
"""Years after which another title speaks for another person."""

LONGEST_OFFICE: Final = 25
"""Years after which one office is more often a namesake's, a son's or a nephew's than held still or again."""

TRANSFER: Final = 1
"""Years within which nobody plays for two clubs."""

TERM: Final = 3
"""Years within which one office is not held in two places."""

DEPUTY: Final = frozenset({"deputy", "vice", "assistant", "associate", "former", "junior", "acting"})
"""Words that make another post of a title."""

FEW: Final = 16
"""A thing that more articles name is no rare company. Not a part of all articles: else each would change the rest."""

NOTHING_IN_COMMON: Final = "the name is frequent, and the articles have nothing in common"
"""No contradiction, but reason enough to leave two bearers of a frequent name apart."""

LITTLE: Final = 0.5
"""No more points than these are nothing in common: a country, a city that many articles name, a frequent title."""

ONE_TOWN: Final = 1.0
"""No more than a town that both are told of in is little for two of a frequent name with other posts elsewhere."""

STRANGERS: Final = "the articles have nothing in common but a name, half of which is frequent, and give other titles"
LOCAL: Final = "bodies of many towns have such names, and the articles have nothing in common"

HEIRS: Final = "one office, a generation apart, and no company in common"

UNSURE: Final = frozenset({NOTHING_IN_COMMON, STRANGERS, LOCAL, HEIRS})
"""Reasons that leave two bearers of a name apart as candidates."""

COMPANY: Final = (("people", 2.0, 4.0), ("bodies", 1.5, 3.0), ("places", 1.0, 2.0), ("countries", 0.5, 0.5))
"""Points for each thing that both are told of with, by its kind, and the most that the kind can give."""

OFTEN_NAMED: Final = 0.4
"""What company that many articles name counts, as a part of rare company."""


GREAT_CITIES: Final = frozenset(words_of("identity_cities"))
"""Great cities, as tokens of places write them: much of the news is told of with one of them."""

MOST_PROFILES: Final = 4000
"""So many profiles are kept at hand."""


@dataclass(slots=True)
class Profile:
    """What the articles of a figure say of it and name with it; the sets hold tokens, or folded words.

    ``offices`` are such as states have, with the token of the state or body. ``heads`` are those of all titles,
    ``lasting`` of those that are more than what somebody is called for the moment. ``names`` gives a name for each
    token, ``called`` the token that a further name stands for.
    """

    posts: set[tuple[str, str]] = field(default_factory=set)
    former: set[tuple[str, str]] = field(default_factory=set)
    offices: set[tuple[str, str]] = field(default_factory=set)
    employers: set[str] = field(default_factory=set)
    titles: set[str] = field(default_factory=set)
    heads: set[str] = field(default_factory=set)
    lasting: set[str] = field(default_factory=set)
    fields: set[str] = field(default_factory=set)
    sports: set[str] = field(default_factory=set)
    people: set[str] = field(default_factory=set)
    bodies: set[str] = field(default_factory=set)
    places: set[str] = field(default_factory=set)
    countries: set[str] = field(default_factory=set)
    homes: set[str] = field(default_factory=set)
    within: set[str] = field(default_factory=set)
    parties: set[str] = field(default_factory=set)
    days: set[str] = field(default_factory=set)
    own: set[str] = field(default_factory=set)
    names: dict[str, str] = field(default_factory=dict)
    called: dict[str, str] = field(default_factory=dict)

    @property
    def company(self) -> set[str]:
        """Everything that is told of with it."""
        return self.people | self.bodies | self.places | self.countries

    def leave_out_itself(self) -> None:
        """What is told of is not told of with itself."""
        for company in (self.people, self.bodies, self.places, self.countries):
            company -= self.own


_PARTS: Final = tuple(part.name for part in fields(Profile))


@dataclass(frozen=True, slots=True)
class Weight:
    """``points`` for, ``against``, and the reasons for each."""

    points: float
    against: float
    why: tuple[str, ...]
    why_not: tuple[str, ...]

    @property
    def net(self) -> float:
        """What remains of the points."""
        return self.points - self.against


def is_great_city(token: str) -> bool:
    """Whether a token is that of a city of which so much is told that two people of one name may well be there."""
    kind, _, name = token.partition(":")
    return kind == "place" and name in GREAT_CITIES


class Lookup(Protocol):
    """What evidence needs to look up."""

    def context(self, sha: str) -> Context:
        """What an article names."""

    def core(self, figure: Figure) -> Sequence[Claim]:
        """The claims that decide about a figure."""

    def claims_naming(self, token: str) -> int:
        """How many claims bear a name of that token."""


class Evidence:
    """Knows what every article names, and compares figures by it; ``rare`` says which things are taken to be rare."""

    def __init__(self, archive: Lookup, rare: Mapping[str, bool] | None = None) -> None:
        self._archive = archive
        self._profiles: dict[int, Profile] = {}
        self._rare = dict(rare or {})

    def claims(self, figure: Figure) -> Sequence[Claim]:
        """The claims that decide about a figure."""
        return self._archive.core(figure)

    def context(self, sha: str) -> Context:
        """What an article names."""
        return self._archive.context(sha)

    def profile(self, figure: Figure) -> Profile:
        """The profile of a figure, made on first use."""
        found = self._profiles.get(figure.number)
        if found is None:
            if len(self._profiles) >= MOST_PROFILES:
                self._profiles.clear()
            found = self._profiles[figure.number] = self.profile_of(self._archive.core(figure))
        return found

    def profile_of(self, claims: Iterable[Claim]) -> Profile:
        """The profile of some claims."""
        profile = Profile()
        for claim in claims:
            self._add(profile, claim)
        profile.leave_out_itself()
        return profile

    def joined(self, one: Profile, other: Profile, claims: Iterable[Claim]) -> Profile:
        """The profile of the claims of two profiles, made of these unless they name a thing in two ways."""
        for names, known in ((other.names, one.names), (other.called, one.called)):
            if any(known.get(token, name) != name for token, name in names.items()):
                return self.profile_of(claims)
        profile = Profile(*(getattr(one, part) | getattr(other, part) for part in _PARTS))
        profile.leave_out_itself()
        return profile

    def _add(self, profile: Profile, claim: Claim) -> None:
        context = self._archive.context(claim.sha)
        for post in claim.posts:
            head, title = title_head(post.title), norm(post.title)
            profile.titles.add(title)
            profile.heads.add(head)
            if post.employer or head not in PASSING:
                profile.lasting.add(head)
            profile.fields |= title_fields(post.title)
            profile.sports |= sports_of(post.title)
            if post.employer:
                profile.employers.add(post.employer)
                (profile.former if post.status == "former" else profile.posts).add((head, post.employer))
            if office := office_of_state(post.title):
                name, land = office
                if post.employer or land:
                    profile.offices.add((name, post.employer or f"place:{land}"))
        for names, known in (
            (context.people, profile.people),
            (context.bodies, profile.bodies),
            (context.places, profile.places),
            (context.countries, profile.countries),
        ):
            known.update(names)
            profile.names.update(names)
        profile.called.update(context.called)
        profile.within.update(claim.within)
        profile.parties.update(claim.parties)
        if token := claim.token:
            profile.own.add(token)
        if claim.home:
            profile.homes.add(claim.home)
        if claim.day:
            profile.days.add(claim.day)

    def rare(self, token: str) -> bool:
        """Whether few articles name a thing."""
        known = self._rare.get(token)
        if known is None:
            known = self._rare[token] = self._archive.claims_naming(token) <= FEW
        return known

    def _rarity(self, token: str, frequent: bool) -> float:
        return OFTEN_NAMED if (frequent and is_great_city(token)) or not self.rare(token) else 1.0

    def weigh(self, one: Figure, other: Figure) -> Weight:
        """Compare two figures of one kind."""
        sure = _surely_one(one, other)
        return self.compare(one, self.profile(one), self.profile(other), also=other.name, sure=sure)

    def compare(
        self, figure: Figure, a: Profile, b: Profile, told: bool = True, also: str | None = None, sure: bool = False
    ) -> Weight:
        """Compare two profiles; ``figure`` tells kind and name, and the second may ``also`` have another one.

        Only where it is ``told``, the reasons give names. Where the names alone are ``sure`` to be one's, that counts
        as company.
        """
        a, b = _spelt_out(a, b), _spelt_out(b, a)
        names = _Names(a.names, b.names, told)
        themselves = a.own | b.own
        why: list[str] = []
        frequent = figure.kind == "person" and common(figure.personal)
        single = figure.kind == "person" and figure.personal.single
        points = _posts(a, b, names, why, frequent, single)
        for kind, each, most in COMPANY:
            shared = getattr(a, kind) & getattr(b, kind)
            if shared and (shared := shared - themselves - a.employers - b.employers):
                points += min(most, sum(each * self._rarity(token, frequent) for token in sorted(shared)))
                why.append(f"both are told of with {_listed(names, shared)}")
        homes = set() if a.countries & b.countries else with_wholes(a.homes) & with_wholes(b.homes)
        if homes and figure.kind == "organisation":
            points += 0.5
            why.append(f"both are told of in {min(homes).title()}")
        if a.within & b.within:
            points += 1.0
            why.append(f"both are at {_listed(names, a.within & b.within)}")
        if a.parties & b.parties:
            points += 2.0
            why.append(f"both have {_listed(names, a.parties & b.parties)} taking part")
        why_not: list[str] = []
        bodies, other_bodies = a.bodies | a.employers, b.bodies | b.employers
        called = (figure.name,) if also is None else (figure.name, also)
        shared = (bodies & other_bodies) - a.countries - b.countries
        if figure.kind == "event" and _are_attacks(called):
            shared = set()  # one body may claim, or look into, two attacks of one day
        elif figure.kind == "person" and common(figure.personal):
            shared = {token for token in shared if not country(_plain(token))}
        company = bool(((a.people & b.people) | shared) - themselves) or sure
        against = _against(figure, called, a, b, points, company, names, why_not)
        if homes and figure.kind == "person" and not a.places & b.places and not against:
            points += 0.5
            why.append(f"both are told of in {min(homes).title()}")
        return Weight(points, against, tuple(why), tuple(why_not))


def _surely_one(one: Figure, other: Figure) -> bool:
    """Whether two names are one's beyond what the articles tell: of two people each is also called by the other's name,
    or one is and a list knows them as one; two events are a well-known one of one day.
    """
    if one.kind == "event":
        known = event_of(one.name)
        one_day = not set(one.summary.days).isdisjoint(other.summary.days)
        return one_day and known is not None and known == event_of(other.name)
    if one.kind != "person" or fold(one.name) == fold(other.name):
        return False
    called = [fold(named.name) in map(fold, figure.summary.aliases) for figure, named in ((one, other), (other, one))]
    known = person_of(one.personal)
    return all(called) or (any(called) and known is not None and known == person_of(other.personal))


class _Names(NamedTuple):
    """The names of two profiles, and whether reasons are to give them."""

    one: Mapping[str, str]
    other: Mapping[str, str]
    told: bool


def _named(names: _Names, token: str, otherwise: str) -> str:
    return names.one.get(token) or names.other.get(token, otherwise)


def _listed(names: _Names, tokens: set[str]) -> str:
    if not names.told:
        return ""
    return ", ".join(repr(_named(names, token, _plain(token))) for token in sorted(tokens)[:3])


def _plain(token: str) -> str:
    """A token that no article gives a name for, to a reader: a country's gives its own."""
    return token.partition(":")[2].title()


def _spelt_out(a: Profile, b: Profile) -> Profile:
    """The profile ``a`` with the further names that only ``b`` explains read as what they stand for."""
    known = {
        token: meant
        for token, meant in b.called.items()
        if token not in a.called
        and (
            token in a.people or token in a.bodies or token in a.places or token in a.countries or token in a.employers
        )
    }
    if not known:
        return a
    read = known.get
    return replace(
        a,
        posts={(head, read(employer, employer)) for head, employer in a.posts},
        former={(head, read(employer, employer)) for head, employer in a.former},
        employers={read(token, token) for token in a.employers},
        people={read(token, token) for token in a.people},
        bodies={read(token, token) for token in a.bodies},
        places={read(token, token) for token in a.places},
        names=a.names | {other: a.names.get(token, token) for token, other in known.items()},
    )


def _posts(a: Profile, b: Profile, names: _Names, why: list[str], frequent: bool, single: bool) -> float:
    posts = (a.posts | a.former) & (b.posts | b.former)
    if offices := a.offices & b.offices:
        office, employer = min(offices)
        why.append(f"both are {office} of {_listed(names, {employer})}")
        return 3.0
    if posts:
        head, employer = min(posts)
        why.append(f"both are {head} of {_listed(names, {employer})}")
        one_title = a.titles & b.titles or head in a.titles | b.titles
        if one_title or _fits(a.titles, b.titles, head):
            return 3.0
        return LITTLE if single else 2.0  # two ministers of one government
    points = 0.0
    if a.employers & b.employers:
        of_teams = (
            frequent and "sport" in a.fields | b.fields and a.employers & b.employers <= a.countries | b.countries
        )
        of_states = single and all(country(_plain(token)) for token in a.employers & b.employers)
        points = LITTLE if of_teams or of_states else 2.0
        why.append(f"both hold a post in {_listed(names, a.employers & b.employers)}")
    elif shared := (a.employers & b.bodies) | (b.employers & a.bodies):
        points = 1.5
        why.append(f"one holds a post in {_listed(names, shared)}, with which the other is told of")
    elif shared := (a.employers & (b.places | b.countries)) | (b.employers & (a.places | a.countries)):
        points = 0.5 if frequent and shared <= a.countries | b.countries else 1.0
        why.append(f"one holds a post in {_listed(names, shared)}, with which the other is told of")
    if a.titles & b.titles:
        points += 1.0
        why.append(f"both are called {min(a.titles & b.titles)}")
    elif a.heads & b.heads:
        points += 0.5
        why.append(f"both are called {min(a.heads & b.heads)}")
    elif (a.fields & b.fields) - TOO_WIDE and not _of_two_sports(a, b):
        points += 0.5
        why.append(f"{min(a.titles)} and {min(b.titles)} are of one walk of life")
    return points


def _against(
    figure: Figure,
    called: Sequence[str],
    a: Profile,
    b: Profile,
    points: float,
    company: bool,
    names: _Names,
    why_not: list[str],
) -> float:
    against = 0.0
    if figure.kind == "person":
        if a.days and b.days and years_between(a.days, b.days) > LIFETIME:
            against += 10.0
            why_not.append(f"told of {years_between(a.days, b.days)} years apart")
        elif _heirs(a, b):
            against += points + 2.5
            why_not.append(HEIRS)
        elif figure.personal.single and (portfolios := _two_portfolios(a, b)):
            against += points + 0.5
            why_not.append(f"one is {portfolios[0]}, the other {portfolios[1]}")
        if not company:
            later = years_between(a.days, b.days) > CAREER and not _listed_as_one(called)
            if later and a.titles and b.titles and not a.heads & b.heads:
                against += 2.5
                why_not.append(f"told of {years_between(a.days, b.days)} years apart with other titles")
            against += _other_life(figure, called, a, b, points, names, why_not)
    elif figure.kind == "organisation":
        against += _elsewhere(called, a, b, points <= LITTLE and not company, why_not)
    elif figure.kind == "place" and held_apart(a.within, b.within, bool(points)):
        against += 4.0
        why_not.append(f"one is in {_listed(names, a.within)}, the other in {_listed(names, b.within)}")
    elif figure.kind == "event" and not company and _at_two_places(called, a, b):
        against += 5.0 if _are_attacks(called) and _in_two_lands(_lands(a.within), _lands(b.within)) else 3.0
        why_not.append(f"one is at {_listed(names, a.within)}, the other at {_listed(names, b.within)}")
    return against


def _listed_as_one(called: Sequence[str]) -> bool:
    """Whether a list knows a person by two names, neither of which is frequent."""
    names = [personal_name(name) for name in called]
    known = {person_of(name) for name in names}
    return called[0] != called[-1] and len(known) == 1 and None not in known and not any(map(common, names))


def _elsewhere(called: Sequence[str], a: Profile, b: Profile, strangers: bool, why_not: list[str]) -> float:
    """What the countries in which two bodies of such names, one or two, are told of say against their being one."""
    abroad = _in_two_lands(with_wholes(a.homes), with_wholes(b.homes))
    if abroad and all(map(expected_elsewhere, called)):
        why_not.append(f"one is told of in {min(a.homes).title()}, the other in {min(b.homes).title()}")
        return 4.0
    if strangers and ((abroad and all(map(local, called))) or (all(map(of_towns, called)) and _in_two_towns(a, b))):
        why_not.append(LOCAL)
        return 2.5
    return 0.0


def _other_life(
    figure: Figure,
    called: Sequence[str],
    a: Profile,
    b: Profile,
    points: float,
    names: _Names,
    why_not: list[str],
) -> float:
    """What the posts of two people who are not told of in the same company say against their being one."""
    if far_apart(a.fields, b.fields) or _of_two_sports(a, b):
        why_not.append(f"one is {min(a.titles)}, the other {min(b.titles)}")
        return 4.0
    if common(figure.personal) and (held := _office_of_two_states(a, b)):
        office, states, others = held
        why_not.append(f"one is {office} of {_listed(names, states)}, the other of {_listed(names, others)}")
        return points + 3.0
    employed = bool(a.employers and b.employers)
    one_union = employed and not common(figure.personal) and _of_one_union(a.employers, b.employers)
    akin = one_union or (employed and _akin(a.employers, b.employers, names))
    if employed and not akin:
        one, other = _listed(names, a.employers), _listed(names, b.employers)
        heads = {head for head, _ in a.posts} & {head for head, _ in b.posts}
        moves = "sport" in a.fields & b.fields and not common(figure.personal)
        term = TRANSFER if moves else TERM
        if heads and years_between(a.days, b.days) <= term:
            why_not.append(f"one is {min(heads)} of {one}, the other of {other}")
            return 3.0
        if (local_heads := heads & OF_DISTRICTS) and common(figure.personal):
            why_not.append(f"one is {min(local_heads)} of {one}, the other of {other}, and the name is frequent")
            return points + 3.0
        places, others = a.places | a.countries, b.places | b.countries
        told_there = places & (others | b.employers) or others & a.employers
        if not told_there and not a.fields & b.fields and common(figure.personal):
            why_not.append(f"one holds a post in {one}, the other in {other}, and the name is frequent")
            return 3.0
    if common(figure.personal) and a.heads & b.heads & OF_DISTRICTS and _in_two_regions(a, b):
        why_not.append(NOTHING_IN_COMMON)
        return points + 2.5
    heads, other_heads = (a.heads, b.heads) if common(figure.personal) else (a.lasting, b.lasting)
    told_apart = bool(heads and other_heads) and not a.heads & b.heads
    told_apart = told_apart and not akin
    at_work = a.employers & (b.places | b.countries) or b.employers & (a.places | a.countries)
    most = ONE_TOWN if told_apart and employed and not at_work else LITTLE if told_apart else 0.0
    if points <= most and _has_company(a) and _has_company(b) and common(figure.personal):
        why_not.append(NOTHING_IN_COMMON)
        return points + 2.5
    abroad = _in_two_lands(with_wholes(a.homes), with_wholes(b.homes))
    several = abroad or not all(rare(personal_name(name)) for name in called)
    if told_apart and not points and not a.fields & b.fields and several and frequent_part(figure.personal):
        why_not.append(STRANGERS)
        return 2.5
    return 0.0


def _in_two_towns(a: Profile, b: Profile) -> bool:
    """Whether the articles name towns or counties, and no place that both do; villages tell no school from another."""
    return bool(a.places and b.places) and a.places.isdisjoint(b.places)


def _office_of_two_states(a: Profile, b: Profile) -> tuple[str, set[str], set[str]] | None:
    """An office that each has of another state, of which neither came of the other, and the tokens of these states."""
    for office in sorted({name for name, _ in a.offices} & {name for name, _ in b.offices}):
        one, other = (
            {state for name, state in held if name == office and country(_plain(state))}
            for held in (a.offices, b.offices)
        )
        lands, other_lands = ({country(_plain(state)) for state in states} for states in (one, other))
        if one and other and lands.isdisjoint(other_lands) and not _of_one_union(one, other):
            return office, one, other
    return None


def _in_two_regions(a: Profile, b: Profile) -> bool:
    """Whether the articles name states, provinces or counties, and none that both do."""
    regions, others = ({token for token in profile.places if is_region(token)} for profile in (a, b))
    return bool(regions and others) and a.places.isdisjoint(b.places)


def _in_two_lands(lands: set[str], others: set[str]) -> bool:
    """Whether the countries of two things are both known, and have none in common."""
    return bool(lands and others) and lands.isdisjoint(others)


def _are_attacks(called: Sequence[str]) -> bool:
    """Whether the names of two events, or one that both bear, are those of attacks."""
    return all(kinds_of(name, ATTACKS) for name in called)


def _two_portfolios(a: Profile, b: Profile) -> tuple[str, str] | None:
    """The titles of two ministers of one government at one time."""
    one, other = (
        {title for title in profile.titles if not OF_GOVERNMENT.isdisjoint(title.split())} for profile in (a, b)
    )
    heads = {head for head, _ in a.posts & b.posts}
    at_once = bool(one and other and heads) and years_between(a.days, b.days) <= TERM
    return (min(one), min(other)) if at_once and not any(_fits(one, other, head) for head in heads) else None


def _heirs(a: Profile, b: Profile) -> bool:
    """Whether one office is held at times so far apart, beside other people and bodies, that two may have held it."""
    if years_between(a.days, b.days) <= LONGEST_OFFICE or a.people & b.people:
        return False
    return bool(_offices(a) & _offices(b)) and not (a.bodies & b.bodies) - a.employers - b.employers


def _offices(profile: Profile) -> set[tuple[str, str]]:
    """The posts that somebody holds, but for those that people keep for life."""
    return {(head, employer) for head, employer in profile.posts if head not in LIFELONG}


def of_other_work(a: Profile, b: Profile) -> bool:
    """Whether two people have titles, none alike and none of one walk of life."""
    return bool(a.lasting and b.lasting) and not a.heads & b.heads and not a.fields & b.fields


def _of_two_sports(a: Profile, b: Profile) -> bool:
    return bool(a.sports and b.sports) and a.sports.isdisjoint(b.sports)


def _at_two_places(called: Sequence[str], a: Profile, b: Profile) -> bool:
    """Whether two events are at places of which neither is named where the other is told of; a storm with a name passes
    over many, and a well-known event that there was once may be told of at any of its places, by articles of one year
    and the next. Two that are each named after where the other is are at one.
    """
    if not a.within or not b.within:
        return False
    if of_one_that_happened_once(called[0], called[-1]) and years_between(a.days, b.days) <= 1:
        return False
    if any(map(is_storm, called)) or (named_after(called[0], b) and named_after(called[-1], a)):
        return False
    return not (a.within & (b.within | b.places | b.countries) or b.within & (a.places | a.countries))


def named_after(event: str, other: Profile) -> bool:
    """Whether an event has in its name the place, smaller than a country, at which another one is."""
    called = set(plain_words(event))
    fine = [token for token in other.within if not country(_plain(token))]
    places = [plain_words(other.names.get(token, _plain(token))) for token in fine]
    return any(place and called.issuperset(place) for place in places)


def _akin(some: set[str], others: set[str], names: _Names) -> bool:
    """Whether two sets of bodies share one, or the words of one's name are among the other's, or its acronym."""
    if some & others:
        return True
    for one in (_named(names, token, "") for token in some):
        for other in (_named(names, token, "") for token in others):
            words, other_words = plain_words(one), plain_words(other)
            if set(words) <= set(other_words) or set(other_words) <= set(words):
                return True
            if acronym_of(one) == "".join(other_words) or acronym_of(other) == "".join(words):
                return True
    return False


def _of_one_union(some: set[str], others: set[str]) -> bool:
    """Whether one is a state that came of the other: Ukraine, and the Soviet Union."""
    states, other_states = (set(filter(None, map(country, map(_plain, tokens)))) for tokens in (some, others))
    return bool(with_unions(states) & other_states or states & with_unions(other_states)) and states != other_states


def _has_company(profile: Profile) -> bool:
    return bool(profile.titles or profile.people or profile.bodies or profile.places or profile.countries)


def _fits(titles: set[str], others: set[str], head: str) -> bool:
    """Whether two titles of one head are one but for words that one of them leaves out."""
    ways = (
        (set(one.split()), set(other.split())) for one in titles for other in others if head in one and head in other
    )
    return any((one <= other or other <= one) and not (one ^ other) & DEPUTY for one, other in ways)


def held_apart(one: set[str], other: set[str], related: bool = False) -> bool:
    """Whether the tokens of what holds two places tell of two countries or regions, or of nothing that both are in.

    Of places that are ``related`` a region of no known country may be in the country that holds the other one.
    """
    if not one or not other:
        return False
    regions, other_regions = _regions(one), _regions(other)
    two_regions = bool(regions and other_regions and not regions & other_regions)
    lands, other_lands = _lands(one), _lands(other)
    one_land = lands & other_lands or lands & with_unions(other_lands) or with_unions(lands) & other_lands
    unknown = related and not (lands and other_lands) and not any(map(_is_part, one | other))
    return two_regions or not (one_land or unknown or regions & other_regions)


def _is_part(token: str) -> bool:
    """Whether a token is that of a part of a country: southern Georgia, of which there are two."""
    return bool(IN_PART.match(_plain(token)))


def closest_holders(within: set[str]) -> set[str]:
    """The regions among tokens of what holds a place, or else the countries."""
    return _regions(within) or within


def _regions(within: set[str]) -> set[str]:
    return {holder for holder in within if not country(holder.partition(":")[2])}


def _lands(within: set[str]) -> set[str]:
    """The countries that are, or that have, what holds a place."""
    return with_wholes({land for holder in within for land in lands_of_token(holder)})


def years_between(one: set[str], other: set[str]) -> int:
    """The years between two sets of days; 0 where they overlap or one is not known."""
    if not one or not other:
        return 0
    gap = max(int(min(one)[:4]) - int(max(other)[:4]), int(min(other)[:4]) - int(max(one)[:4]))
    return max(0, gap)
