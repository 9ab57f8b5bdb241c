"""The outcome of identity: nodes, links between IRIs, dates of events, and nodes of roles."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from kg.facts import DateInterval, Role
from kg.identity.duplicates import Copy
from kg.identity.iris import IriPolicy


@dataclass(frozen=True, slots=True)
class Node:
    """One thing of the graph: its IRI, its one label, its other names in order; of a role, who employs in it."""

    iri: str
    label: str
    aliases: tuple[str, ...] = ()
    employer: Node | None = None


@dataclass(frozen=True, slots=True)
class Link:
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
    could not be followed. ``copies`` holds the near-duplicates among the articles, by SHA-256.
    """

    nodes: Mapping[tuple[str, str], Node]
    dates: Mapping[str, DateInterval]
    links: Mapping[tuple[str, str], tuple[Link, ...]] = field(default_factory=dict)
    notes: tuple[str, ...] = ()
    copies: Mapping[str, Copy] = field(default_factory=dict)

    def node(self, sha: str, key: str) -> Node | None:
        """The node of a record, if there is one of that key."""
        return self.nodes.get((sha, key))


def _best(names: Counter[str]) -> str:
    """The most frequent name; the first in code point order among equals."""
    return min(names, key=lambda name: (-names[name], name))


def narrowest(dates: list[DateInterval]) -> DateInterval:
    """One date for an event that several articles or sentences date: the tightest, then the most often given."""
    count = Counter((d.start, d.end) for d in dates)
    return min(dates, key=lambda d: (d.end - d.start, -count[d.start, d.end], d.start, d.text, d.inferred))


def role_nodes(
    roles: Iterable[tuple[str, Role]], nodes: Mapping[tuple[str, str], Node], policy: IriPolicy
) -> dict[tuple[str, str], Node]:
    """A node for each role, given with the SHA-256 of its article; its label is its title, written as most often."""
    titles: dict[str, Counter[str]] = defaultdict(Counter)
    employers: dict[str, Counter[Node]] = defaultdict(Counter)
    found: list[tuple[tuple[str, str], str]] = []
    for sha, role in roles:
        employer = nodes.get((sha, role.organisation or ""))
        iri = _role_iri(policy, role, nodes[sha, role.person], employer)
        titles[iri][role.title] += 1
        if employer:
            employers[iri][employer] += 1
        found.append(((sha, role.key), iri))
    return {key: Node(iri, _best(titles[iri]), employer=_employer(employers[iri])) for key, iri in found}


def _employer(employers: Counter[Node]) -> Node | None:
    """The one employer of a role, where articles take its name now for a place and now for an organisation."""
    return min(employers, key=lambda node: (-employers[node], node.iri), default=None)


def _local(iri: str) -> str:
    return iri.rsplit("/", 1)[-1]


def _role_iri(policy: IriPolicy, role: Role, person: Node, organisation: Node | None) -> str:
    employer = _local(organisation.iri) if organisation else None
    return policy.role(_local(person.iri), role.title, employer, role.status)
