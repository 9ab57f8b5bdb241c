"""One thing that an article names, while its mentions are gathered."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from kg.extraction.names.mentions import Candidate
from kg.facts import SURE, EntityKind, TextSpan


@dataclass(slots=True)
class Node:
    """One thing that the article names: its kind, its name forms and every place, each with the rule that joined it.

    ``unread`` are places in what the parser does not read (datelines), as characters; ``lead`` says by how many votes
    more speaks for the kind than for any other.
    """

    kind: EntityKind
    name: str
    parts: tuple[str, ...]
    mentions: list[tuple[Candidate, str]] = field(default_factory=list)
    unread: list[tuple[TextSpan, str]] = field(default_factory=list)
    aliases: list[str] = field(default_factory=list)
    titles: Counter[str] = field(default_factory=Counter)
    gender: str = "u"
    lead: float = SURE

    def add(self, candidates: Iterable[Candidate], reason: str) -> None:
        """Adds places with the rule that says so."""
        self.mentions += [(candidate, reason) for candidate in candidates]
