"""Homonyms: one name that several people, bodies, places or events bear, told apart by what articles say of them."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from kg.identity.claims import Claim
from kg.identity.collective import generic
from kg.identity.evidence import LIFETIME, NOTHING_IN_COMMON, Evidence, Profile
from kg.identity.figures import Figure, own_iri
from kg.identity.iris import IriPolicy, digest, slug
from kg.identity.personal import common
from kg.identity.titles import title_fields

CONTRADICTION = -2.0
"""Evidence against, less evidence for, from which two bearers of one name are taken for two."""

PROMINENCE = 5
"""So many times the articles of all others together must tell of a bearer for a bare mention to mean that one."""

MOST_BEARERS = 30
"""So many circles of articles of one name are compared with one another; the smallest beyond are left by themselves."""


@dataclass(slots=True)
class _Circle:
    """Claims that are linked by what they name."""

    claims: list[Claim]
    profile: Profile
    telling: bool  # whether it says anything that tells the bearer from others

    @property
    def order(self) -> tuple[bool, int, str, str]:
        return not self.telling, -len(self.claims), min(self.profile.days, default="9999"), self.claims[0].sha


@dataclass(frozen=True, slots=True)
class Bearers:
    """The outcome for one name: its figures; pairs of them with the reason why they are two; and pairs that may be
    one after all, such as a bare mention and what it may mean.
    """

    figures: tuple[Figure, ...]
    different: tuple[tuple[Figure, Figure, str], ...] = ()
    open: tuple[tuple[Figure, Figure, str], ...] = ()


def tell_apart(figure: Figure, evidence: Evidence, policy: IriPolicy) -> Bearers:
    """Split a figure whose claims contradict one another; others come back whole."""
    if len(figure.claims) < 2 or not _may_differ(figure, evidence):
        return Bearers((figure,))
    circles = sorted(_circles(figure, evidence), key=lambda circle: circle.order)
    found, bare, why = _bearers(figure, circles, evidence)
    if len(found) == 1:
        return Bearers((figure,))
    bare = _of_the_most_prominent(found, bare)
    named = _named(figure, found, policy)
    pairs = [(named[i], named[j], reason) for (i, j), reason in sorted(why.items())]
    different = [pair for pair in pairs if pair[2] != NOTHING_IN_COMMON]
    unknown = [pair for pair in pairs if pair[2] == NOTHING_IN_COMMON]
    alone = [_alone(figure, claim, policy) for claim in bare]
    reason = f"{len(found)} are called {figure.name!r}, and the article does not say which is meant"
    left = [(one, bearer, reason) for one in alone[:MOST_BEARERS] for bearer in named[:3]]
    return Bearers((*named, *alone), tuple(different), (*unknown, *left))


def _may_differ(figure: Figure, evidence: Evidence) -> bool:
    """A quick look at whether anything could contradict."""
    if figure.kind == "person":
        name = figure.personal
        return not name.single and (common(name) or _posts_may_differ(figure, evidence))
    if figure.kind == "organisation":
        return generic(figure.name) and len({c.land or evidence.home(c.sha) for c in figure.claims} - {None}) > 1
    if figure.kind in ("place", "event"):
        return len({evidence.iri(c.sha, key) for c in figure.claims for key in c.within} - {None}) > 1
    return False


def _posts_may_differ(figure: Figure, evidence: Evidence) -> bool:
    fields = {title_fields(post.title) for claim in figure.claims for post in claim.posts} - {frozenset()}
    if len(fields) > 1:
        return True
    employers = {evidence.iri(c.sha, post.organisation) for c in figure.claims for post in c.posts if post.organisation}
    years = {day[:4] for claim in figure.claims if (day := evidence.day(claim.sha))}
    return len(employers) > 1 or (bool(years) and int(max(years)) - int(min(years)) > LIFETIME)


def _circles(figure: Figure, evidence: Evidence) -> Iterator[_Circle]:
    """The claims joined wherever two name one employer, companion or home."""
    claims = figure.claims
    parent = list(range(len(claims)))

    def find(i: int) -> int:
        while parent[i] != i:
            parent[i] = parent[parent[i]]
            i = parent[i]
        return i

    first: dict[tuple[int, str], int] = {}
    eras = _eras(evidence.day(claim.sha) for claim in claims)
    for i, claim in enumerate(claims):
        day = evidence.day(claim.sha)
        era = bisect_right(eras, int(day[:4])) if day else 0
        for link in ((era, name) for name in _links(claim, evidence)):
            one, other = find(first.setdefault(link, i)), find(i)
            parent[max(one, other)] = min(one, other)
    groups: dict[int, list[Claim]] = defaultdict(list)
    for i, claim in enumerate(claims):
        groups[find(i)].append(claim)
    for group in groups.values():
        profile = evidence.profile_of(group)
        if figure.kind == "person":
            telling = bool(profile.fields or profile.employers)
        elif figure.kind == "organisation":
            telling = bool(profile.homes)
        else:
            telling = bool(profile.within)
        yield _Circle(group, profile, telling)


def _eras(days: Iterable[str | None]) -> list[int]:
    """The years with which a time begins that is more than a lifetime after the articles before."""
    years = sorted({int(day[:4]) for day in days if day})
    return [year for before, year in pairwise(years) if year - before > LIFETIME]


def _links(claim: Claim, evidence: Evidence) -> set[str]:
    if claim.kind == "organisation":
        home = claim.land or evidence.home(claim.sha)
        return {home} if home else set()
    profile = evidence.profile_of([claim])
    if claim.kind == "place":
        return profile.within
    if claim.kind == "event":
        return profile.within | profile.parties | profile.people
    rare = {iri for iri in profile.people | profile.bodies if evidence.rare(iri)}
    return (
        rare
        | {f"{head} {employer}" for head, employer in profile.posts}
        | {e for e in profile.employers if evidence.rare(e)}
    )


def _bearers(
    figure: Figure, circles: list[_Circle], evidence: Evidence
) -> tuple[list[_Circle], list[Claim], dict[tuple[int, int], str]]:
    """The circles put together where nothing speaks against it; claims that may be of several; why which are two."""
    found: list[_Circle] = []
    bare: list[Claim] = []
    why: dict[tuple[int, int], str] = {}
    for number, circle in enumerate(circles):
        against: dict[int, str] = {}
        points: dict[int, float] = {}
        for i, bearer in enumerate(found):
            weight = evidence.compare(figure, bearer.profile, circle.profile, {figure.iri})
            if weight.net <= CONTRADICTION:
                against[i] = "; ".join(weight.why_not)
            else:
                points[i] = weight.points
        fitting = sorted(points)
        sure = len(fitting) == 1 and (circle.telling or len(found) == 1 or points[fitting[0]] > 0)
        if not fitting and number < MOST_BEARERS:
            why |= {(i, len(found)): reason for i, reason in against.items()}
            found.append(circle)
        elif sure and number < MOST_BEARERS:
            joined = found[fitting[0]].claims + circle.claims
            joined.sort(key=lambda claim: claim.place)
            found[fitting[0]] = _Circle(joined, evidence.profile_of(joined), True)
        else:
            bare += circle.claims
    if bare and len(found) == 1:
        found = [_Circle(figure.claims, found[0].profile, True)]
        bare = []
    return found, sorted(bare, key=lambda claim: claim.place), why


def _of_the_most_prominent(found: list[_Circle], bare: list[Claim]) -> list[Claim]:
    """Give bare mentions to a bearer that stands out; what is left otherwise."""
    sizes = sorted((len(circle.claims) for circle in found), reverse=True)
    if sizes[0] < PROMINENCE * sum(sizes[1:]):
        return bare
    most = max(found, key=lambda circle: len(circle.claims))
    most.claims = sorted([*most.claims, *bare], key=lambda claim: claim.place)
    return []


def _named(figure: Figure, found: list[_Circle], policy: IriPolicy) -> list[Figure]:
    """A figure for each bearer. The one told of first keeps the plain IRI, so that later articles do not move it."""
    first = min(found, key=lambda circle: (min(circle.profile.days, default="9999"), circle.claims[0].sha))
    taken: set[str] = set()
    named = []
    for circle in found:
        qualifier = None if circle is first else _qualifier(circle.profile, circle.claims)
        if qualifier in taken:
            qualifier = f"{qualifier}-{digest(circle.claims[0].sha, length=8)}"
        if qualifier:
            taken.add(qualifier)
        named.append(_figure(figure, circle.claims, qualifier, policy))
    return named


def _figure(figure: Figure, claims: Iterable[Claim], qualifier: str | None, policy: IriPolicy) -> Figure:
    iri = own_iri(policy, figure.kind, figure.name, figure.when, qualifier)
    return Figure(figure.kind, iri, list(claims), figure.when, qualifier)


def _alone(figure: Figure, claim: Claim, policy: IriPolicy) -> Figure:
    return _figure(figure, [claim], f"a{claim.sha[:16]}", policy)


def _qualifier(profile: Profile, claims: list[Claim]) -> str:
    """What tells a bearer best: employer, title, home or place."""
    kind = claims[0].kind
    if kind == "organisation":
        return min(profile.homes)
    for iris in (profile.employers, profile.within):
        if iris:
            return min(iris).rsplit("/", 1)[-1]
    words = [title for title in sorted(profile.titles) if title_fields(title)] if kind == "person" else []
    return slug(words[0]) if words else f"a{claims[0].sha[:16]}"
