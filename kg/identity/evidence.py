"""What speaks for and against two figures being one: points, and the reasons in words.

Rough weights, set by hand: a post shared counts 3, a person or body named with both 2 and 1.5, a place 1. What many
articles name counts less.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

from kg.identity.claims import Brief, Claim
from kg.identity.collective import acronym_of, country, generic, plain_words
from kg.identity.figures import Figure
from kg.identity.iris import norm
from kg.identity.personal import common
from kg.identity.titles import far_apart, title_fields, title_head

MOST_CLAIMS = 100
"""So many claims of a figure are looked at (the first by hash): a figure of thousands of articles shows who it is."""

LIFETIME = 75
"""Years between two articles' days after which one person is not meant by both."""

TERM = 3
"""Years within which one office is not held in two places."""


NOTHING_IN_COMMON = "the name is frequent, and the articles have nothing in common"
"""No contradiction, but reason enough to leave two bearers of a frequent name apart."""

PART_OF = dict.fromkeys(("england", "scotland", "wales", "northern ireland"), "united kingdom")

COMPANY = (("people", 2.0, 4.0), ("bodies", 1.5, 3.0), ("places", 1.0, 2.0), ("countries", 0.5, 0.5))
"""Points for each thing that both are told of with, by its kind, and the most that the kind can give."""


@dataclass(slots=True)
class Profile:
    """What the articles of a figure say of it and name with it; the sets hold IRIs of things, or folded words."""

    posts: set[tuple[str, str]] = field(default_factory=set)
    former: set[tuple[str, str]] = field(default_factory=set)
    employers: set[str] = field(default_factory=set)
    titles: set[str] = field(default_factory=set)
    heads: set[str] = field(default_factory=set)
    fields: set[str] = field(default_factory=set)
    people: set[str] = field(default_factory=set)
    bodies: set[str] = field(default_factory=set)
    places: set[str] = field(default_factory=set)
    countries: set[str] = field(default_factory=set)
    homes: set[str] = field(default_factory=set)
    within: set[str] = field(default_factory=set)
    parties: set[str] = field(default_factory=set)
    days: set[str] = field(default_factory=set)


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


_Context = tuple[list[str], list[str], list[str], list[str]]


class Evidence:
    """Knows what every article names, and compares figures by it.

    ``identity`` maps (SHA-256, key) to the IRI that stands for the thing at this stage of the resolution, ``names``
    that IRI to a name.
    """

    def __init__(
        self, briefs: Mapping[str, Brief], identity: Mapping[tuple[str, str], str], names: Mapping[str, str]
    ) -> None:
        self._briefs = briefs
        self._identity = identity
        self._names = names
        self._contexts: dict[str, _Context] = {}
        self._homes: dict[str, str | None] = {}
        self._profiles: dict[int, Profile] = {}
        self._frequency = Counter(identity.values())
        self._usual = max(3, len(briefs) // 100)

    def profile(self, figure: Figure) -> Profile:
        """The profile of a figure, made on first use."""
        found = self._profiles.get(id(figure))
        if found is None:
            found = self._profiles[id(figure)] = self.profile_of(figure.claims)
        return found

    def profile_of(self, claims: list[Claim]) -> Profile:
        """The profile of some claims."""
        profile = Profile()
        for claim in claims[:MOST_CLAIMS]:
            self._add(profile, claim)
        own = {self._identity[claim.place] for claim in claims[:MOST_CLAIMS]}
        for company in (profile.people, profile.bodies, profile.places, profile.countries):
            company -= own
        return profile

    def _add(self, profile: Profile, claim: Claim) -> None:
        brief, name = self._briefs[claim.sha], self._identity
        for post in claim.posts:
            head, title = title_head(post.title), norm(post.title)
            profile.titles.add(title)
            profile.heads.add(head)
            profile.fields |= title_fields(post.title)
            if post.organisation and (employer := name.get((claim.sha, post.organisation))):
                profile.employers.add(employer)
                (profile.former if post.status == "former" else profile.posts).add((head, employer))
        people, bodies, places, countries = self._context(claim.sha)
        profile.people.update(people)
        profile.bodies.update(bodies)
        profile.places.update(places)
        profile.countries.update(countries)
        profile.within |= {at for key in claim.within if (at := name.get((claim.sha, key)))}
        profile.parties |= {agent for key in claim.parties if (agent := name.get((claim.sha, key)))}
        if home := claim.land or self.home(claim.sha):
            profile.homes.add(home)
        if brief.day:
            profile.days.add(brief.day)

    def _context(self, sha: str) -> _Context:
        """The people, organisations, places and countries that an article names."""
        found = self._contexts.get(sha)
        if found is None:
            found = self._contexts[sha] = ([], [], [], [])
            for claim in self._briefs[sha].claims.values():
                iri = self._identity.get(claim.place)
                if iri is None:
                    continue
                if claim.kind == "person":
                    found[0].append(iri)
                elif claim.kind == "organisation":
                    found[1].append(iri)
                elif claim.kind == "place":
                    found[3 if country(claim.name) else 2].append(iri)
        return found

    def home(self, sha: str) -> str | None:
        """The one country that an article names at least twice as often as any other, folded."""
        if sha not in self._homes:
            count: Counter[str] = Counter()
            for claim in self._briefs[sha].claims.values():
                if claim.kind == "place" and (land := country(claim.name)):
                    count[land] += claim.mentions
            (first, most), (_, next_most) = (*count.most_common(2), ("", 0), ("", 0))[:2]
            self._homes[sha] = first if most >= 2 * next_most and first else None
        return self._homes[sha]

    def iri(self, sha: str, key: str) -> str | None:
        """What stands for the thing of that key in that article."""
        return self._identity.get((sha, key))

    def day(self, sha: str) -> str | None:
        """The day of an article."""
        return self._briefs[sha].day

    def rare(self, iri: str) -> bool:
        """Whether few articles name a thing."""
        return self._frequency[iri] <= self._usual

    def _listed(self, iris: set[str]) -> str:
        return ", ".join(repr(self._names.get(iri, iri)) for iri in sorted(iris)[:3])

    def _rarity(self, iri: str) -> float:
        frequency = self._frequency[iri]
        return 1.0 if frequency <= self._usual else 0.5 if frequency <= 10 * self._usual else 0.25

    def weigh(self, one: Figure, other: Figure) -> Weight:
        """Compare two figures of one kind."""
        return self.compare(one, self.profile(one), self.profile(other), {one.iri, other.iri})

    def compare(self, figure: Figure, a: Profile, b: Profile, themselves: set[str]) -> Weight:
        """Compare two profiles; ``figure`` tells kind and name, ``themselves`` are no evidence for one another."""
        why: list[str] = []
        points = self._posts(a, b, why)
        for kind, each, most in COMPANY:
            shared = (getattr(a, kind) & getattr(b, kind)) - themselves - (a.employers | b.employers)
            if shared:
                points += min(most, sum(each * self._rarity(iri) for iri in sorted(shared)))
                why.append(f"both are told of with {self._listed(shared)}")
        if a.within & b.within:
            points += 1.0
            why.append(f"both are at {self._listed(a.within & b.within)}")
        if a.parties & b.parties:
            points += 2.0
            why.append(f"both have {self._listed(a.parties & b.parties)} taking part")
        why_not: list[str] = []
        bodies, other_bodies = a.bodies | a.employers, b.bodies | b.employers
        shared = (a.people & b.people) | (bodies & other_bodies) - a.countries - b.countries
        company = bool(shared - themselves)
        against = self._against(figure, a, b, points, company, why_not)
        return Weight(points, against, tuple(why), tuple(why_not))

    def _posts(self, a: Profile, b: Profile, why: list[str]) -> float:
        posts = (a.posts | a.former) & (b.posts | b.former)
        if posts:
            head, employer = min(posts)
            why.append(f"both are {head} of {self._listed({employer})}")
            return 3.0
        points = 0.0
        if a.employers & b.employers:
            points = 2.0
            why.append(f"both hold a post in {self._listed(a.employers & b.employers)}")
        elif shared := (a.employers & b.bodies) | (b.employers & a.bodies):
            points = 1.5
            why.append(f"one holds a post in {self._listed(shared)}, with which the other is told of")
        elif shared := (a.employers & (b.places | b.countries)) | (b.employers & (a.places | a.countries)):
            points = 1.0
            why.append(f"one holds a post in {self._listed(shared)}, with which the other is told of")
        if a.titles & b.titles:
            points += 1.0
            why.append(f"both are called {min(a.titles & b.titles)}")
        elif a.heads & b.heads:
            points += 0.5
            why.append(f"both are called {min(a.heads & b.heads)}")
        elif a.fields & b.fields:
            points += 0.5
            why.append(f"{min(a.titles)} and {min(b.titles)} are of one walk of life")
        return points

    def _against(
        self, figure: Figure, a: Profile, b: Profile, points: float, company: bool, why_not: list[str]
    ) -> float:
        against = 0.0
        if figure.kind == "person":
            if a.days and b.days and _years_between(a.days, b.days) > LIFETIME:
                against += 10.0
                why_not.append(f"told of {_years_between(a.days, b.days)} years apart")
            if not company:
                against += self._other_life(figure, a, b, points, why_not)
        elif figure.kind == "organisation" and generic(figure.name):
            if a.homes and b.homes and not _with_wholes(a.homes) & _with_wholes(b.homes):
                against += 4.0
                why_not.append(f"one is told of in {min(a.homes).title()}, the other in {min(b.homes).title()}")
        elif figure.kind == "place" and a.within and b.within and not a.within & b.within:
            against += 4.0
            why_not.append(f"one is in {self._listed(a.within)}, the other in {self._listed(b.within)}")
        elif figure.kind == "event" and a.within and b.within and not a.within & b.within and not company:
            against += 3.0
            why_not.append(f"one is at {self._listed(a.within)}, the other at {self._listed(b.within)}")
        return against

    def _other_life(self, figure: Figure, a: Profile, b: Profile, points: float, why_not: list[str]) -> float:
        """What the posts of two people who are not told of in the same company say against their being one."""
        if far_apart(a.fields, b.fields):
            why_not.append(f"one is {min(a.titles)}, the other {min(b.titles)}")
            return 4.0
        if a.employers and b.employers and not self._akin(a.employers, b.employers):
            one, other = self._listed(a.employers), self._listed(b.employers)
            heads = {head for head, _ in a.posts} & {head for head, _ in b.posts}
            if heads and _years_between(a.days, b.days) <= TERM:
                why_not.append(f"one is {min(heads)} of {one}, the other of {other}")
                return 3.0
            if not (a.places & b.places or a.countries & b.countries) and common(figure.personal):
                why_not.append(f"one holds a post in {one}, the other in {other}, and the name is frequent")
                return 3.0
        if not points and _has_company(a) and _has_company(b) and common(figure.personal):
            why_not.append(NOTHING_IN_COMMON)
            return 2.5
        return 0.0

    def _akin(self, some: set[str], others: set[str]) -> bool:
        """Whether two sets of bodies share one, or the words of one's name are among the other's, or its acronym."""
        if some & others:
            return True
        for one in (self._names.get(iri, "") for iri in some):
            for other in (self._names.get(iri, "") for iri in others):
                words, other_words = plain_words(one), plain_words(other)
                if set(words) <= set(other_words) or set(other_words) <= set(words):
                    return True
                if acronym_of(one) == "".join(other_words) or acronym_of(other) == "".join(words):
                    return True
        return False


def _has_company(profile: Profile) -> bool:
    return bool(profile.titles or profile.people or profile.bodies or profile.places or profile.countries)


def _with_wholes(homes: set[str]) -> set[str]:
    """Countries, and those that they are part of."""
    return homes | {PART_OF[home] for home in homes if home in PART_OF}


def _years_between(one: set[str], other: set[str]) -> int:
    """The years between two sets of days; 0 where they overlap or one is not known."""
    if not one or not other:
        return 0
    gap = max(int(min(one)[:4]) - int(max(other)[:4]), int(min(other)[:4]) - int(max(one)[:4]))
    return max(0, gap)
