"""All places of one article that are written alike, taken together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final

from kg.extraction.names.mentions import Candidate
from kg.extraction.names.weights import NO_VOTES, Votes
from kg.facts import SURE, EntityKind

KINDS: Final = (EntityKind.PERSON, EntityKind.ORGANISATION, EntityKind.PLACE)
"""In the order of votes."""


@dataclass(slots=True)
class NameGroup:
    """All candidates of one Doc that are written alike, and what speaks for each kind."""

    folded: str
    parts: tuple[str, ...]
    candidates: list[Candidate] = field(default_factory=list)
    votes: Votes = NO_VOTES
    observed: Counter[str] = field(default_factory=Counter)
    opening: bool = False

    @property
    def name(self) -> str:
        """The most frequent spelling, not one in capitals only where there is another; the first among equals."""
        spelled = Counter(candidate.name for candidate in self.candidates)
        mixed = {name: n for name, n in spelled.items() if not (name.isupper() and len(name) > 5)} or spelled
        return max(mixed, key=lambda name: mixed[name])

    def kind(self, threshold: float = 1.0) -> EntityKind | None:
        """The kind with most votes, None where "nothing" has more or no kind reaches the threshold."""
        person, organisation, place, nothing = self.votes
        best = max(person, organisation, place)
        if best < threshold or best <= nothing:
            return None
        if best == place:
            return EntityKind.PLACE
        return EntityKind.PERSON if best == person else EntityKind.ORGANISATION

    def lead_of(self, kind: EntityKind) -> float:
        """How many votes more there are for a kind than for any other; at most as many as leave no doubt."""
        votes = dict(zip(KINDS, self.votes[:3], strict=True))
        return min(SURE, round(votes.pop(kind) - max(votes.values()), 2))


def grouped(candidates: Iterable[Candidate]) -> dict[str, NameGroup]:
    """The candidates by folded name, in the order of their first places."""
    groups: dict[str, NameGroup] = {}
    for candidate in candidates:
        folded = candidate.folded
        group = groups.get(folded)
        if group is None:
            group = groups[folded] = NameGroup(folded, candidate.parts)
        group.candidates.append(candidate)
    return groups
