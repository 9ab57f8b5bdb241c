"""Figures: what articles tell of under one name; and the groups of figures that are one thing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from kg.identity.claims import Claim
from kg.identity.collective import is_acronym
from kg.identity.iris import IriPolicy, norm
from kg.identity.personal import PersonalName, personal_name


@dataclass(slots=True, eq=False)
class Figure:
    """One thing under one name: the claims of all articles that call it so, and the IRI that it has by that name.

    ``qualifier`` keeps it apart from others of its name: the article it is known from, or what tells it from them.
    """

    kind: str
    iri: str
    claims: list[Claim]
    when: str | None = None
    qualifier: str | None = None
    _articles: frozenset[str] | None = field(init=False, default=None)
    _name: str = field(init=False, default="")
    _personal: PersonalName | None = field(init=False, default=None)

    @property
    def articles(self) -> frozenset[str]:
        """The SHA-256 of every article that tells of it."""
        if self._articles is None:
            self._articles = frozenset(claim.sha for claim in self.claims)
        return self._articles

    @property
    def name(self) -> str:
        """The name as most claims write it; the first in code point order among equals."""
        if not self._name:
            names = Counter(claim.name for claim in self.claims)
            self._name = min(names, key=lambda name: (-names[name], name))
        return self._name

    @property
    def personal(self) -> PersonalName:
        """The name taken apart as a person's."""
        if self._personal is None:
            self._personal = personal_name(self.name)
        return self._personal

    @property
    def weak(self) -> bool:
        """Whether the name is one that only a fuller one explains: a family name, initials, an acronym."""
        if self.kind == "person":
            return self.personal.single or len(self.personal.words[0]) == 1
        return self.kind in ("organisation", "topic") and is_acronym(self.name)


def figures(
    claims: Iterable[Claim], policy: IriPolicy, apart: frozenset[tuple[str, str]] = frozenset()
) -> list[Figure]:
    """The claims by their names, sorted by IRI.

    A person's single name and a described event are kept to their article; so are the claims that ``apart`` names by
    (IRI, SHA-256).
    """
    by_iri: dict[str, list[Claim]] = {}
    known: dict[tuple[str, str, str | None, str | None], str] = {}
    details: dict[str, tuple[str | None, str | None]] = {}
    for claim in claims:
        qualifier = _qualifier(claim)
        block = (claim.kind, claim.name, claim.when, qualifier)
        iri = known.get(block)
        if iri is None:
            iri = known[block] = own_iri(policy, *block)
        if apart and (iri, claim.sha) in apart:
            qualifier = f"a{claim.sha[:16]}"
            iri = own_iri(policy, claim.kind, claim.name, claim.when, qualifier)
        found = by_iri.get(iri)
        if found is None:
            by_iri[iri] = [claim]
            details[iri] = (claim.when, qualifier)
        else:
            found.append(claim)
    return [
        Figure(found[0].kind, iri, sorted(found, key=lambda c: c.place), *details[iri])
        for iri, found in sorted(by_iri.items())
    ]


def _qualifier(claim: Claim) -> str | None:
    if claim.kind == "person" and (" " not in claim.name.strip() or personal_name(claim.name).single):
        return f"a{claim.sha[:16]}"
    if claim.kind == "event" and not (claim.named and claim.when):
        return f"a{claim.sha[:16]}"
    return None


def own_iri(policy: IriPolicy, kind: str, name: str, when: str | None, qualifier: str | None) -> str:
    """The IRI that a thing has by its name alone."""
    if kind == "event":
        return policy.event(name, when, qualifier)
    return policy.entity(kind, name, qualifier)


class Groups:
    """Disjoint sets of figures (union-find). Figures that must not be one, and groups that hold them, never join."""

    def __init__(self) -> None:
        self._root: dict[str, str] = {}
        self._members: dict[str, list[Figure]] = {}
        self._enemies: dict[str, set[str]] = {}

    def root(self, figure: Figure) -> str:
        """The IRI of the figure that stands for the group: the smallest one, whatever the order of joins."""
        return self._root.get(figure.iri, figure.iri)

    def members(self, figure: Figure) -> list[Figure]:
        """All figures of the group."""
        return self._members.get(self.root(figure), [figure])

    def joined(self, kind: str) -> Iterator[list[Figure]]:
        """The groups of more than one figure of a kind."""
        return (members for members in self._members.values() if any(m.kind == kind for m in members))

    def separate(self, one: Figure, other: Figure) -> None:
        """Never join the two from now on."""
        self._enemies.setdefault(one.iri, set()).add(other.iri)
        self._enemies.setdefault(other.iri, set()).add(one.iri)

    def separated(self, one: Figure, other: Figure) -> bool:
        """Whether members of the two groups must not be one."""
        others = {member.iri for member in self.members(other)}
        return any(not others.isdisjoint(self._enemies.get(member.iri, ())) for member in self.members(one))

    def join(self, one: Figure, other: Figure) -> bool:
        """Make the two groups one, unless that is forbidden; whether they are one now."""
        a, b = sorted((self.root(one), self.root(other)))
        if a == b:
            return True
        if self.separated(one, other):
            return False
        found = self.members(one) + self.members(other)
        self._members.pop(b, None)
        self._members[a] = found
        for member in found:
            self._root[member.iri] = a
        return True


def best_name(members: Iterable[Figure]) -> tuple[str, Figure]:
    """The name of a group for people, and the figure it is of.

    A name that explains itself comes before acronyms, initials and family names, an event's exact day before its year;
    then the name of most articles, the longest, the first in code point order.
    """
    names: Counter[str] = Counter()
    spelt: dict[str, Counter[str]] = {}
    chosen: dict[str, Figure] = {}
    for figure in sorted(members, key=lambda f: (-len(f.when or ""), f.when or "", f.qualifier or "", f.iri)):
        mentions: Counter[str] = Counter()
        for claim in figure.claims:
            mentions[claim.name] += claim.mentions
        for name, count in Counter(claim.name for claim in figure.claims).items():
            key = norm(name, strip_article=figure.kind != "person")
            names[key] += count
            spelt.setdefault(key, Counter())[name] += mentions[name]
            chosen.setdefault(key, figure)
    best = min(names, key=lambda key: (chosen[key].weak, -len(chosen[key].when or ""), -names[key], -len(key), key))
    return min(spelt[best], key=lambda name: (-spelt[best][name], name)), chosen[best]
