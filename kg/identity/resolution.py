"""Identity across articles: which things that several articles tell of are one node, and why.

A wrong merge is worse than a split, so two things become one only for a stated reason:

1. they are of one kind and their names have the same norm (a person known by a single word only is kept to its
article);
2. an article spells out the acronym that others use alone, and no article spells it out otherwise;
3. a named event without a date bears the name of exactly one dated event of that year.

The outcome depends on the set of articles alone, not on their order.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from kg.facts import ArticleFacts, DateInterval, Entity, EntityKind, Event, Role, Topic
from kg.identity.iris import IriPolicy, norm


@dataclass(frozen=True, slots=True)
class Node:
    """One thing of the graph: its IRI, its one label, and its other names in order."""

    iri: str
    label: str
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Identities:
    """The outcome: the node of each thing by article and key, and one date for each event that has any.

    ``nodes`` is keyed by (SHA-256 of the article, key of the record); ``dates`` by IRI; ``reasons`` holds
    a line in words for each name that joined another's node, by (SHA-256, key).
    """

    nodes: Mapping[tuple[str, str], Node]
    dates: Mapping[str, DateInterval]
    reasons: Mapping[tuple[str, str], str]

    def node(self, sha: str, key: str) -> Node | None:
        """The node of a record, if there is one of that key."""
        return self.nodes.get((sha, key))


@dataclass(frozen=True, slots=True)
class _Record:
    sha: str
    key: str
    kind: str
    name: str
    aliases: tuple[str, ...]
    mentions: int
    when: str | None = None
    qualifier: str | None = None

    @property
    def block(self) -> tuple[str, str, str | None, str | None]:
        """Records with equal blocks are one thing by name alone."""
        return self.kind, norm(self.name, strip_article=self.kind != "person"), self.when, self.qualifier


def _kind(entity: Entity) -> str:
    for kind in (EntityKind.PLACE, EntityKind.PERSON, EntityKind.ORGANISATION):
        if kind in entity.kinds:
            return kind.value
    return EntityKind.EVENT.value


def _entity_record(sha: str, entity: Entity) -> _Record:
    kind = _kind(entity)
    mononym = kind == "person" and " " not in entity.name.strip()
    qualifier = f"a{sha[:16]}" if mononym else None
    return _Record(sha, entity.key, kind, entity.name, entity.aliases, len(entity.mentions), qualifier=qualifier)


def _event_record(sha: str, event: Event, year: str | None) -> _Record:
    when = event.date.start.isoformat() if event.date else year
    qualifier = None if event.named and when else f"a{sha[:16]}"
    return _Record(sha, event.key, "event", event.name, event.aliases, len(event.mentions), when, qualifier)


def _topic_record(sha: str, topic: Topic) -> _Record:
    return _Record(sha, topic.key, "topic", topic.name, topic.aliases, len(topic.mentions))


def _records(facts: ArticleFacts) -> Iterable[_Record]:
    sha = facts.article.sha256
    reference = facts.article.reference_date
    year = f"{reference.year:04d}" if reference else None
    yield from (_entity_record(sha, entity) for entity in facts.entities)
    yield from (_event_record(sha, event, year) for event in facts.events)
    yield from (_topic_record(sha, topic) for topic in facts.topics)


class _Groups:
    """Disjoint sets of blocks (union-find); the representative is the smallest block, whatever the order of joins."""

    def __init__(self) -> None:
        self._parent: dict[tuple[str, ...], tuple[str, ...]] = {}

    def find(self, block: tuple[str, ...]) -> tuple[str, ...]:
        while (parent := self._parent.get(block, block)) != block:
            block = parent
        return block

    def join(self, one: tuple[str, ...], other: tuple[str, ...]) -> None:
        one, other = sorted((self.find(one), self.find(other)))
        self._parent[other] = one


def _expansions(
    by_block: Mapping[tuple[str, ...], list[_Record]],
) -> Iterable[tuple[tuple[str, ...], tuple[str, ...], str]]:
    """Pairs (block of a bare acronym, block of its one expansion, reason)."""
    expanded: dict[tuple[str, str], set[tuple[str, ...]]] = defaultdict(set)
    for block, records in by_block.items():
        for record in records:
            for alias in record.aliases:
                if record.kind in ("organisation", "topic") and alias.isupper() and norm(alias) != block[1]:
                    expanded[record.kind, norm(alias)].add(block)
    for (kind, acronym), blocks in sorted(expanded.items()):
        bare = (kind, acronym, "", "")
        if len(blocks) == 1 and bare in by_block:
            (whole,) = blocks
            name = by_block[whole][0].name
            yield bare, whole, f"'{by_block[bare][0].name}' is spelt out as '{name}' in another article"


def _dated(by_block: Mapping[tuple[str, ...], list[_Record]]) -> Iterable[tuple[tuple[str, ...], tuple[str, ...], str]]:
    """Pairs (block of a named event known by its year, block of its one dated namesake, reason)."""
    dated: dict[tuple[str, str], list[tuple[str, ...]]] = defaultdict(list)
    for block in by_block:
        if block[0] == "event" and len(block[2]) == len("YYYY-MM-DD") and not block[3]:
            dated[block[1], block[2][:4]].append(block)
    for block in sorted(by_block):
        namesakes = dated.get((block[1], block[2]), [])
        if block[0] == "event" and not block[3] and len(namesakes) == 1:
            yield block, namesakes[0], f"the only event of that name in {block[2]}"


def _best(names: Counter[str]) -> str:
    """The most frequent name; the first in code point order among equals."""
    return min(names, key=lambda name: (-names[name], name))


def _node(policy: IriPolicy, records: list[_Record]) -> Node:
    by_norm: dict[str, Counter[str]] = defaultdict(Counter)
    for record in records:
        by_norm[norm(record.name, strip_article=record.kind != "person")][record.name] += record.mentions
    fullest = min(by_norm, key=lambda key: (-len(key), key))
    label = _best(by_norm[fullest])
    others = Counter(name for key, names in by_norm.items() if key != fullest for name in names.elements())
    others.update(alias for record in records for alias in record.aliases)
    aliases = tuple(sorted(name for name in others if norm(name) != norm(label)))
    chosen = min(
        (r for r in records if r.name == label), key=lambda r: (-len(r.when or ""), r.when or "", r.qualifier or "")
    )
    if chosen.kind == "event":
        when = max((r.when or "" for r in records), key=lambda w: (len(w), w)) or None
        iri = policy.event(label, when, chosen.qualifier)
    else:
        iri = policy.entity(chosen.kind, label, chosen.qualifier)
    return Node(iri, label, tuple(dict.fromkeys(aliases)))


def _narrowest(dates: list[DateInterval]) -> DateInterval:
    """One date for an event that several articles or sentences date: the tightest, then the most often given."""
    count = Counter((d.start, d.end) for d in dates)
    return min(dates, key=lambda d: (d.end - d.start, -count[d.start, d.end], d.start, d.text, d.inferred))


def identify(all_facts: Iterable[ArticleFacts], policy: IriPolicy) -> Identities:
    """The node of every entity, event, topic and role of the articles."""
    by_block: dict[tuple[str, ...], list[_Record]] = defaultdict(list)
    all_facts = list(all_facts)
    for facts in all_facts:
        for record in _records(facts):
            by_block[tuple(part or "" for part in record.block)].append(record)
    groups = _Groups()
    reasons: dict[tuple[str, str], str] = {}
    for one, other, reason in [*_expansions(by_block), *_dated(by_block)]:
        groups.join(one, other)
        reasons |= {(record.sha, record.key): reason for record in by_block[one]}
    members: dict[tuple[str, ...], list[_Record]] = defaultdict(list)
    for block, records in by_block.items():
        members[groups.find(block)].extend(records)
    nodes = {}
    for records in members.values():
        node = _node(policy, sorted(records, key=lambda r: (r.name, r.sha, r.key)))
        nodes.update({(record.sha, record.key): node for record in records})
    dates: dict[str, list[DateInterval]] = defaultdict(list)
    for facts in all_facts:
        for event in facts.events:
            if event.date:
                dates[nodes[facts.article.sha256, event.key].iri].append(event.date)
    nodes.update(_role_nodes(all_facts, nodes, policy))
    return Identities(nodes, {iri: _narrowest(found) for iri, found in dates.items()}, reasons)


def _role_nodes(
    all_facts: list[ArticleFacts], nodes: Mapping[tuple[str, str], Node], policy: IriPolicy
) -> dict[tuple[str, str], Node]:
    """A node for each role; its label is its title, written as most often."""
    titles: dict[str, Counter[str]] = defaultdict(Counter)
    found: list[tuple[tuple[str, str], str, Node, Node | None]] = []
    for facts in all_facts:
        sha = facts.article.sha256
        for role in facts.roles:
            person, organisation = nodes[sha, role.person], nodes.get((sha, role.organisation or ""))
            iri = _role_iri(policy, role, person, organisation)
            titles[iri][role.title] += 1
            found.append(((sha, role.key), iri, person, organisation))
    return {key: Node(iri, _best(titles[iri])) for key, iri, _, _ in found}


def _local(iri: str) -> str:
    return iri.rsplit("/", 1)[-1]


def _role_iri(policy: IriPolicy, role: Role, person: Node, organisation: Node | None) -> str:
    employer = _local(organisation.iri) if organisation else None
    return policy.role(_local(person.iri), role.title, employer, role.status)
