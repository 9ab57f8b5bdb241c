"""The outcome of identity: nodes, links between IRIs, dates of events, and nodes of roles."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

from msgspec import Struct

from kg.facts import DateInterval, Metadatum
from kg.identity.duplicates import Copy


class Node(Struct, frozen=True):
    """One thing of the graph: its IRI, its one label, its other names in order; of a role, who employs in it.

    ``kind`` is that which other articles show it to be of, where its own takes it for one of another kind.
    """

    iri: str
    label: str
    aliases: tuple[str, ...] = ()
    employer: Node | None = None
    kind: str | None = None


class Link(Struct, frozen=True):
    """What is known of the identity of two IRIs: ``kind`` is sameAs, differentFrom, closeMatch or exactMatch.

    ``confidence`` of a closeMatch is the score of the candidate.
    """

    subject: str
    kind: str
    object: str
    reason: str
    confidence: float


@dataclass(frozen=True, slots=True)
class Identities:
    """The outcome: the node of each thing by article and key, and one date for each event that has any.

    ``nodes`` is keyed by (SHA-256 of the article, key of the record), ``dates`` by IRI. ``links`` holds, by
    (SHA-256, key), the links that this mention of a thing is evidence for. ``notes`` says in words which decisions
    could not be followed. ``copies`` holds the near-duplicates among the articles, by SHA-256, ``reprints`` what is
    known of the further articles with a text, by its SHA-256. ``former`` gives, where there are decisions about facts,
    the other IRIs that a node has by its names.
    """

    nodes: Mapping[tuple[str, str], Node]
    dates: Mapping[str, DateInterval]
    links: Mapping[tuple[str, str], tuple[Link, ...]] = field(default_factory=dict)
    notes: tuple[str, ...] = ()
    copies: Mapping[str, Copy] = field(default_factory=dict)
    former: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    reprints: Mapping[str, tuple[tuple[Metadatum, ...], ...]] = field(default_factory=dict)

    def node(self, sha: str, key: str) -> Node | None:
        """The node of a record, if there is one of that key."""
        return self.nodes.get((sha, key))


def narrowest(dates: list[DateInterval]) -> DateInterval:
    """One date for an event that several articles or sentences date: the tightest, then the most often given.

    Where that is the first day of days told one by one, all of these: who tells only of the opening denies no end.
    """
    count = Counter((d.start, d.end) for d in dates)
    order = sorted(dates, key=lambda d: (d.end - d.start, -count[d.start, d.end], d.start, d.text, d.inferred))
    first = order[0]
    longer = (d for d in order if d.precision == first.precision == "day" and d.start == first.start)
    return next((d for d in longer if d.end > first.end), first) if first.start == first.end else first
