"""Figures: what articles tell of under one name; and the groups of figures that are one thing.

A name may be told of by any number of articles. The claims that decide what becomes of it are its *core*: the first
so many in the order of their articles' hashes, which is a sample by chance that does not depend on when they came.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Final

from msgspec import Struct

from kg.facts import SURE
from kg.identity.claims import Claim
from kg.identity.collective import is_acronym, letters_of
from kg.identity.iris import IriPolicy, norm
from kg.identity.personal import PersonalName, personal_name

CORE: Final = 64
"""So many claims of a name decide about it: a name of thousands of articles shows in a few dozen whose it is."""


class Summary(Struct, frozen=True, array_like=True):
    """What the core of a figure says of its name.

    ``spelt`` gives for each spelling the numbers of claims and of mentions; ``aliases`` are its further names;
    ``first`` is where it was told of first (day or "9999", SHA-256, key); ``days`` are the intervals of an event.
    ``alone`` is true for a figure that is kept to its article because nobody can tell who is meant. ``told_by`` is what
    tells the one of several who bears the plain IRI from the others. ``lead`` is the greatest by which more speaks
    for the kind than for any other in an article.
    """

    name: str
    spelt: dict[str, tuple[int, int]]
    aliases: tuple[str, ...]
    first: tuple[str, str, str]
    days: tuple[tuple[str, str], ...] = ()
    named: bool = True
    when: str | None = None
    qualifier: str | None = None
    alone: bool = False
    told_by: str | None = None
    lead: float = SURE


def magnitude(size: int) -> int:
    """A number of claims as far as verdicts depend on it: itself up to CORE, then by powers of two."""
    return size if size <= CORE else CORE + size.bit_length()


def number_of(iri: str) -> int:
    """A number that stands for an IRI: 63 bits of its hash."""
    return int.from_bytes(sha256(iri.encode("utf-8", "surrogatepass")).digest()[:8], "big") >> 1


def summary(
    claims: Sequence[Claim],
    when: str | None = None,
    qualifier: str | None = None,
    alone: bool = False,
    told_by: str | None = None,
) -> Summary:
    """The summary of a core."""
    count: Counter[str] = Counter()
    mentions: Counter[str] = Counter()
    for claim in claims:
        count[claim.name] += 1
        mentions[claim.name] += claim.mentions
    name = min(count, key=lambda spelling: (-count[spelling], spelling))
    day, first = min((claim.day or "9999", claim.place) for claim in claims)
    return Summary(
        name,
        {spelling: (count[spelling], mentions[spelling]) for spelling in sorted(count)},
        tuple(sorted({alias for claim in claims for alias in claim.aliases})),
        (day, *first),
        tuple(sorted({claim.days for claim in claims if claim.days})),
        claims[0].named,
        when,
        qualifier,
        alone,
        told_by,
        max(claim.lead for claim in claims),
    )


@dataclass(slots=True, eq=False)
class Figure:
    """One thing under one name: the claims of all articles that call it so, and the IRI that it has by that name.

    ``size`` is the number of its claims. A ``leaf`` bears a name that only another explains (a family name, an
    acronym); it is joined to what explains it, and never joins others with one another. The qualifier of its summary
    keeps it apart from others of its name: the article it is known from, or what tells it from them.
    """

    kind: str
    iri: str
    size: int
    summary: Summary
    leaf: bool = False
    _number: int = field(init=False, default=-1)
    _personal: PersonalName | None = field(init=False, default=None)

    @property
    def number(self) -> int:
        """The number that stands for its IRI."""
        if self._number < 0:
            self._number = number_of(self.iri)
        return self._number

    @property
    def name(self) -> str:
        """The name as most claims write it; the first in code point order among equals."""
        return self.summary.name

    @property
    def qualifier(self) -> str | None:
        """What keeps it apart from others of its name."""
        return self.summary.qualifier

    @property
    def personal(self) -> PersonalName:
        """The name taken apart as a person's."""
        if self._personal is None:
            self._personal = personal_name(self.name)
        return self._personal

    @property
    def acronyms(self) -> frozenset[str]:
        """The letters of the acronyms that it bears as further names."""
        return frozenset(letters_of(alias) for alias in self.summary.aliases if is_acronym(alias))

    @property
    def weak(self) -> bool:
        """Whether the name is one that only a fuller one explains: a family name, initials, an acronym."""
        if self.kind == "person":
            return self.personal.single or len(self.personal.words[0]) == 1
        return self.kind in ("organisation", "topic") and is_acronym(self.name)

    @property
    def surname(self) -> bool:
        """Whether the name is a person's family name, or given one, alone."""
        return self.kind == "person" and self.personal.single


def qualifier_of(claim: Claim) -> str | None:
    """What keeps a person's single name and a described event to their article."""
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

    def joined(self) -> Iterator[list[Figure]]:
        """The groups of more than one figure."""
        yield from self._members.values()

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
    then the name of most articles, the longest, the first in code point order. Names of many articles are weighed by
    the next power of two, so that the name changes a few times in the life of a thing, not with every article.
    """
    members = list(members)
    if len(members) == 1 and len(members[0].summary.spelt) == 1:
        return members[0].name, members[0]
    names: Counter[str] = Counter()
    spelt: dict[str, Counter[str]] = {}
    chosen: dict[str, Figure] = {}
    for figure in sorted(
        members, key=lambda f: (-len(f.summary.when or ""), f.summary.when or "", f.qualifier or "", f.iri)
    ):
        scale = 1 if figure.size <= CORE else (1 << figure.size.bit_length()) // CORE
        for name, (count, mentions) in figure.summary.spelt.items():
            key = norm(name, strip_article=figure.kind != "person")
            names[key] += count * scale
            spelt.setdefault(key, Counter())[name] += mentions * scale
            chosen.setdefault(key, figure)
    best = min(
        names, key=lambda key: (chosen[key].weak, -len(chosen[key].summary.when or ""), -names[key], -len(key), key)
    )
    return min(spelt[best], key=lambda name: (-spelt[best][name], name)), chosen[best]
