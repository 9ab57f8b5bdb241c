"""Who bears a name, by the claims of its core; and the figures that these are."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from kg.identity.blocking import SPELT_OUT
from kg.identity.claims import Claim
from kg.identity.collective import letters_of
from kg.identity.evidence import Evidence
from kg.identity.figures import Figure, number_of, qualifier_of, summary
from kg.identity.homonyms import Bearer, Bearers, each_alone, tell_apart
from kg.identity.index import HOMONYM, Index, Name, Place, claim_of
from kg.identity.iris import IriPolicy
from kg.identity.matching import Verdict
from kg.identity.pairing import prominent

WITH_ACRONYMS: Final = ("organisation", "topic")
"""The kinds of thing whose names are cut to acronyms. Who bears one depends on the names that spell it out."""


class Bearing:
    """Tells who bear a name."""

    def __init__(self, index: Index, policy: IriPolicy, evidence: Evidence) -> None:
        self._index = index
        self._policy = policy
        self._evidence = evidence

    def of(self, name: Name, whole: Figure, core: Sequence[Claim]) -> Bearers:
        """The bearers of a name (``whole`` is the one figure that it is of if nothing contradicts)."""
        if whole.qualifier is None and name.size > 1:
            acronym = whole.weak and name.kind in WITH_ACRONYMS
            if acronym and stands_for_several(self._index, f"{name.kind} {SPELT_OUT}{letters_of(whole.name)}"):
                return each_alone(whole, core, self._policy)
            return tell_apart(whole, core, self._evidence, self._policy)
        return Bearers(whole, (Bearer(name.iri, whole.qualifier, tuple(core)),))

    def bearer_of(self, bearers: Bearers, claim: Claim) -> Bearer:
        """Who is meant by a claim beyond the core."""
        return bearers.bearer_of(claim, self._evidence, self._policy)


def whole_of(name: Name, core: Sequence[Claim]) -> Figure:
    """The figure of a name that one thing bears."""
    claim = core[0]
    qualifier = qualifier_of(claim)
    if "--" in name.iri and qualifier is None:
        qualifier = f"a{claim.sha[:16]}"
    return Figure(name.kind, name.iri, name.size, summary(core, claim.when, qualifier))


def figure_of(whole: Figure, bearer: Bearer, claims: Sequence[Claim], size: int) -> Figure:
    """The figure of one bearer of a name, by the claims that decide about it."""
    about = summary(claims, whole.summary.when, bearer.qualifier, bearer.alone, bearer.told_by)
    return Figure(whole.kind, bearer.iri, size, about)


class Assignment:
    """Gives each claim of a name to its bearer.

    ``known`` has the bearers of the core with their claims, by IRI; ``beyond`` those that only claims beyond it have.
    """

    def __init__(self, bearing: Bearing, bearers: Bearers) -> None:
        self._bearing = bearing
        self._bearers = bearers
        self._figures: dict[Place, int] = {}
        self.known: dict[str, tuple[Bearer, list[Claim]]] = {}
        self.beyond: dict[str, tuple[Bearer, list[Claim]]] = {}
        for bearer in (*bearers.named, *bearers.alone):
            claims, number = self.known.setdefault(bearer.iri, (bearer, []))[1], number_of(bearer.iri)
            for claim in bearer.claims:
                claims.append(claim)
                self._figures[bytes.fromhex(claim.sha), claim.key] = number

    def figure_of(self, sha: bytes, key: str, content: bytes) -> int:
        """The number of the figure of the bearer that a claim is of."""
        figure = self._figures.get((sha, key))
        if figure is None:
            claim = claim_of(sha, key, content)
            bearer = self._bearing.bearer_of(self._bearers, claim)
            figure = number_of(bearer.iri)
            if bearer.iri not in self.known:
                self.beyond.setdefault(bearer.iri, (bearer, []))[1].append(claim)
        return figure


def stands_for_several(index: Index, key: str) -> bool:
    """Whether an acronym (by its key) is spelt out in several ways, none of which nearly all articles mean."""
    ways = index.block(key)
    return len(ways) > 1 and prominent(index, ways) is None


def tell_homonyms(index: Index, bearers: Bearers) -> None:
    """Note which bearers of a name are two, and which may be one after all."""
    for outcome, margin, pairs in (("different", -9.0, bearers.different), ("candidate", -2.0, bearers.open)):
        for one, other, reason in pairs:
            a, b = index.figure(number_of(one.iri)), index.figure(number_of(other.iri))
            if a and b and a is not b:
                pair = (a, b) if a.iri < b.iri else (b, a)
                index.put_edge(Verdict(*pair, outcome, margin, 0.0, reason), HOMONYM)
