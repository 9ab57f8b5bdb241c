"""Homonyms: one name that several people, bodies, places or events bear, told apart by what articles say of them."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from kg.identity.bodies import expected_elsewhere, local, of_towns
from kg.identity.claims import Claim
from kg.identity.evidence import LIFETIME, LONGEST_OFFICE, UNSURE, Evidence, Profile, closest_holders
from kg.identity.figures import Figure, own_iri
from kg.identity.happenings import is_country
from kg.identity.iris import IriPolicy, digest, slug
from kg.identity.personal import common, frequent_part, personal_name
from kg.identity.titles import sports_of, title_fields, title_head

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
    links: set[str] | None = None  # of all claims, once a claim beyond the core has been compared

    @property
    def order(self) -> tuple[bool, int, str, str]:
        return not self.telling, -len(self.claims), min(self.profile.days, default="9999"), self.claims[0].sha


@dataclass(frozen=True, slots=True)
class Bearer:
    """One of those who bear a name; ``alone`` for a claim that nobody can tell the bearer of.

    The one who has the plain IRI has no qualifier; ``told_by`` is what would be it.
    """

    iri: str
    qualifier: str | None
    claims: tuple[Claim, ...]
    alone: bool = False
    told_by: str | None = None


@dataclass(frozen=True, slots=True)
class Bearers:
    """The outcome for one name: who bear it; pairs of them with the reason why they are two; and pairs that may be
    one after all, such as a bare mention and what it may mean.
    """

    figure: Figure
    named: tuple[Bearer, ...]
    alone: tuple[Bearer, ...] = ()
    different: tuple[tuple[Bearer, Bearer, str], ...] = ()
    open: tuple[tuple[Bearer, Bearer, str], ...] = ()
    circles: tuple[_Circle, ...] = ()
    prominent: int | None = None

    def bearer_of(self, claim: Claim, evidence: Evidence, policy: IriPolicy) -> Bearer:
        """Who is meant by a claim beyond the core: one of the named, or one by itself."""
        if len(self.named) == 1:
            return self.named[0]
        links = _links(claim, evidence)
        profile = evidence.profile_of([claim])
        points: dict[int, float] = {}
        for i, circle in enumerate(self.circles):
            if claim.kind == "place" and profile.within and not circle.profile.within:
                continue  # those that say where it is are not of those that do not
            weight = evidence.compare(self.figure, circle.profile, profile, told=False)
            if weight.net > CONTRADICTION:
                points[i] = weight.points
        for i in points:
            circle = self.circles[i]
            if circle.links is None:
                circle.links = {link for known in circle.claims for link in _links(known, evidence)}
            if not links.isdisjoint(circle.links):
                return self.named[i]
        sure = len(points) == 1 and (_telling(claim.kind, profile) or min(points.values()) > 0)
        if sure:
            return self.named[min(points)]
        if claim.kind == "place" and (meant := _place_meant(profile, self.circles)) is not None:
            return self.named[meant]
        if points and self.prominent is not None:
            return self.named[self.prominent]
        if points and claim.kind == "place" and not self.circles[-1].profile.within:
            return self.named[-1]
        return _alone(self.figure, claim, policy)


def tell_apart(figure: Figure, core: Sequence[Claim], evidence: Evidence, policy: IriPolicy) -> Bearers:
    """Split a name whose core contradicts itself; others come back whole."""
    whole = Bearers(figure, (Bearer(figure.iri, figure.qualifier, tuple(core)),))
    if len(core) < 2 or not may_differ(figure, core):
        return whole
    circles = sorted(_circles(figure, core, evidence), key=lambda circle: circle.order)
    found, bare, why = _bearers(figure, core, circles, evidence)
    if len(found) == 1:
        return whole
    if figure.kind == "place":
        bare = _given_to_places(found, bare, evidence)
    prominent = _most_prominent(found)
    rest = None
    if prominent is not None:
        most = found[prominent]
        most.claims = sorted([*most.claims, *bare], key=lambda claim: claim.place)
        bare = []
    elif figure.kind == "place" and bare:
        rest = _Circle(bare, evidence.profile_of(bare), False)
        found.append(rest)
        bare = []
    named = _named(figure, found, policy, rest)
    pairs = [(named[i], named[j], reason) for (i, j), reason in sorted(why.items())]
    different = [pair for pair in pairs if pair[2] not in UNSURE]
    unknown = [pair for pair in pairs if pair[2] in UNSURE]
    alone = [_alone(figure, claim, policy) for claim in bare]
    reason = (
        f"{len(found) - (rest is not None)} are called {figure.name!r}, and the article does not say which is meant"
    )
    unclear = [named[-1]] if rest else alone[:MOST_BEARERS]
    left = [(one, bearer, reason) for one in unclear for bearer in named[:3] if one is not bearer]
    return Bearers(figure, tuple(named), tuple(alone), tuple(different), (*unknown, *left), tuple(found), prominent)


def each_alone(figure: Figure, core: Sequence[Claim], policy: IriPolicy) -> Bearers:
    """Every claim of a name by itself."""
    return Bearers(figure, (), tuple(_alone(figure, claim, policy) for claim in core))


def may_differ(figure: Figure, core: Sequence[Claim]) -> bool:
    """A quick look at whether anything could contradict."""
    if figure.kind == "person":
        name = figure.personal
        return not name.single and (common(name) or _posts_may_differ(core, frequent_part(name)))
    if figure.kind == "organisation":
        elsewhere = expected_elsewhere(figure.name) or local(figure.name)
        return of_towns(figure.name) or (elsewhere and len({claim.home for claim in core} - {None}) > 1)
    if figure.kind in ("place", "event"):
        return len({at for claim in core for at in claim.within}) > 1
    return False


def _posts_may_differ(core: Sequence[Claim], frequent: bool) -> bool:
    """Whether the posts told of may be those of two people; ``frequent`` tells that half of the name is."""
    titles = {post.title for claim in core for post in claim.posts}
    if frequent and len(set(map(title_head, titles))) > 1:
        return True
    if any(len({kind(title) for title in titles} - {frozenset()}) > 1 for kind in (title_fields, sports_of)):
        return True
    employers = {post.employer for claim in core for post in claim.posts if post.employer}
    years = {day[:4] for claim in core if (day := claim.day)}
    return len(employers) > 1 or (bool(years) and int(max(years)) - int(min(years)) > LONGEST_OFFICE)


def _circles(figure: Figure, claims: Sequence[Claim], evidence: Evidence) -> Iterator[_Circle]:
    """The claims joined wherever two name one employer, companion or home."""
    parent = list(range(len(claims)))

    def find(i: int) -> int:
        while parent[i] != i:
            parent[i] = parent[parent[i]]
            i = parent[i]
        return i

    first: dict[tuple[int, str], int] = {}
    days = [claim.day for claim in claims]
    lives, terms = _eras(days, LIFETIME), _eras(days, LONGEST_OFFICE)
    for i, claim in enumerate(claims):
        year = int(claim.day[:4]) if claim.day else 0
        employment = _employment(claim, evidence)
        links = {(bisect_right(terms, year), name) for name in employment}
        links |= {(bisect_right(lives, year), name) for name in _links(claim, evidence) - employment}
        for link in links:
            one, other = find(first.setdefault(link, i)), find(i)
            parent[max(one, other)] = min(one, other)
    groups: dict[int, list[Claim]] = defaultdict(list)
    for i, claim in enumerate(claims):
        groups[find(i)].append(claim)
    for group in groups.values():
        profile = evidence.profile_of(group)
        yield _Circle(group, profile, _telling(figure.kind, profile))


def _telling(kind: str, profile: Profile) -> bool:
    """Whether a profile says anything that tells the bearer of a name from others."""
    if kind == "person":
        return bool(profile.fields or profile.employers)
    return bool(profile.homes if kind == "organisation" else profile.within)


def _eras(days: Iterable[str | None], gap: int) -> list[int]:
    """The years with which a time begins that is more than ``gap`` years after the articles before."""
    years = sorted({int(day[:4]) for day in days if day})
    return [year for before, year in pairwise(years) if year - before > gap]


def _links(claim: Claim, evidence: Evidence) -> set[str]:
    if claim.kind == "organisation":
        places = set(evidence.context(claim.sha).places) if of_towns(claim.name) else set[str]()
        return places or ({claim.home} if claim.home else set())
    if claim.kind == "place":
        return closest_holders(set(claim.within))
    context = evidence.context(claim.sha)
    if claim.kind == "event":
        return {*claim.within, *claim.parties, *context.people}
    company = context.people.keys() - {claim.token} | context.bodies.keys()
    return {token for token in company if evidence.rare(token)} | _employment(claim, evidence)


def _employment(claim: Claim, evidence: Evidence) -> set[str]:
    """The employers of a person that few articles name, no country for a frequent name, and the posts that are held."""
    posts = [post for post in claim.posts if post.employer]
    employers = {post.employer for post in posts if post.employer and evidence.rare(post.employer)}
    name = personal_name(claim.name)
    if common(name) and not name.single:
        employers = {employer for employer in employers if not is_country(employer)}
    return employers | {f"{title_head(post.title)} {post.employer}" for post in posts if post.status != "former"}


def _bearers(
    figure: Figure, core: Sequence[Claim], circles: list[_Circle], evidence: Evidence
) -> tuple[list[_Circle], list[Claim], dict[tuple[int, int], str]]:
    """The circles put together where nothing speaks against it; claims that may be of several; why which are two."""
    found: list[_Circle] = []
    bare: list[Claim] = []
    why: dict[tuple[int, int], str] = {}
    for number, circle in enumerate(circles):
        against: dict[int, str] = {}
        points: dict[int, float] = {}
        for i, bearer in enumerate(found):
            weight = evidence.compare(figure, bearer.profile, circle.profile)
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
            bearer = found[fitting[0]]
            joined = sorted(bearer.claims + circle.claims, key=lambda claim: claim.place)
            found[fitting[0]] = _Circle(joined, evidence.joined(bearer.profile, circle.profile, joined), True)
        else:
            bare += circle.claims
    if bare and len(found) == 1:
        found = [_Circle(list(core), found[0].profile, True)]
        bare = []
    return found, sorted(bare, key=lambda claim: claim.place), why


def _given_to_places(found: list[_Circle], bare: list[Claim], evidence: Evidence) -> list[Claim]:
    """Give mentions of a place to those of several of its name that their articles mean; gives the others."""
    left: list[Claim] = []
    given: dict[int, list[Claim]] = defaultdict(list)
    for claim in bare:
        meant = _place_meant(evidence.profile_of([claim]), found)
        (left if meant is None else given[meant]).append(claim)
    for i, claims in given.items():
        found[i].claims = sorted([*found[i].claims, *claims], key=lambda claim: claim.place)
    return left


def _place_meant(profile: Profile, circles: Sequence[_Circle]) -> int | None:
    """Of several places of one name the one whose region or country an article names, or whose people and bodies."""
    named, company = profile.places | profile.countries, profile.people | profile.bodies
    held = [i for i, circle in enumerate(circles) if closest_holders(circle.profile.within) & named]
    told = [i for i, circle in enumerate(circles) if circle.telling and company & circle.profile.company]
    return next((fitting[0] for fitting in (held, told) if len(fitting) == 1), None)


def _most_prominent(found: list[_Circle]) -> int | None:
    """The bearer whom a bare mention means because it stands out, if one does."""
    sizes = sorted((len(circle.claims) for circle in found), reverse=True)
    if sizes[0] < PROMINENCE * sum(sizes[1:]):
        return None
    return max(range(len(found)), key=lambda i: len(found[i].claims))


def _named(figure: Figure, found: list[_Circle], policy: IriPolicy, plain: _Circle | None = None) -> list[Bearer]:
    """A bearer for each circle. The one told of first keeps the plain IRI, so that later articles do not move it.

    That is ``plain`` where it is given.
    """
    first = plain or min(found, key=lambda circle: (min(circle.profile.days, default="9999"), circle.claims[0].sha))
    taken: set[str] = set()
    named = []
    for circle in found:
        told_by = _qualifier(circle.profile, circle.claims)
        if told_by in taken:
            told_by = f"{told_by}-{digest(circle.claims[0].sha, length=8)}"
        taken.add(told_by)
        qualifier = None if circle is first else told_by
        iri = own_iri(policy, figure.kind, figure.name, figure.summary.when, qualifier)
        claims = tuple(circle.claims)
        named.append(Bearer(iri, qualifier, claims, told_by=told_by if circle is first else None))
    return named


def _alone(figure: Figure, claim: Claim, policy: IriPolicy) -> Bearer:
    qualifier = f"a{claim.sha[:16]}"
    iri = own_iri(policy, figure.kind, figure.name, figure.summary.when, qualifier)
    return Bearer(iri, qualifier, (claim,), alone=True)


def _qualifier(profile: Profile, claims: list[Claim]) -> str:
    """What tells a bearer best: employer, title, home or place."""
    kind = claims[0].kind
    if kind == "organisation":
        return min(profile.homes, default=f"a{claims[0].sha[:16]}")
    for tokens in (profile.employers, profile.within):
        if tokens:
            return profile.names.get(min(tokens), min(tokens).partition(":")[2])
    words = [title for title in sorted(profile.titles) if title_fields(title)] if kind == "person" else []
    return slug(words[0]) if words else f"a{claims[0].sha[:16]}"


def qualifiers(kind: str, profile: Profile) -> set[str]:
    """All that may tell a thing from others of its name, as it stands in IRIs; :func:`tell_apart` takes one of them."""
    if kind == "organisation":
        return set(map(slug, profile.homes))
    tokens = profile.employers | profile.within
    names = {profile.names.get(token, token.partition(":")[2]) for token in tokens}
    titles = {title for title in profile.titles if title_fields(title)} if kind == "person" else set()
    return {slug(name) for name in names | titles if name}
