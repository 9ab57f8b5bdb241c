"""Entities, topics, events, roles, participation and relations."""

from __future__ import annotations

from pyoxigraph import Literal, NamedNode

from kg.facts import ArticleFacts, Entity, EntityKind, Event, Mention, Role, TextSpan, Topic
from kg.identity import Identities, Node
from kg.mapping.provenance import DATE, ArticleTriples
from kg.vocabulary import NK, ORG, OWL, RDF, RDFS, SCHEMA, SKOS

_CLASSES = {
    EntityKind.PERSON: NK.Person,
    EntityKind.ORGANISATION: NK.Organisation,
    EntityKind.PLACE: NK.Place,
    EntityKind.EVENT: NK.Event,
}

_RELATIONS = {
    "memberOf": ORG.memberOf,
    "subOrganisationOf": ORG.subOrganizationOf,
    "founded": SCHEMA.founder,
    "locatedIn": SCHEMA.containedInPlace,
    "spouse": SCHEMA.spouse,
    "child": SCHEMA.children,
    "parent": SCHEMA.parent,
    "sibling": SCHEMA.sibling,
    "bornIn": SCHEMA.birthPlace,
    "livesIn": SCHEMA.homeLocation,
}

_LINKS = {
    "sameAs": OWL.sameAs,
    "differentFrom": OWL.differentFrom,
    "closeMatch": SKOS.closeMatch,
    "exactMatch": SKOS.exactMatch,
}

FULL_NAME = "full name"


class EntityMapping:
    """Adds what an article says of things to its triples; ``identities`` knows the node of each."""

    def __init__(self, graph: ArticleTriples, facts: ArticleFacts, identities: Identities) -> None:
        self.graph = graph
        self.facts = facts
        self.identities = identities
        employers = {role.organisation for role in facts.roles}
        agents = {part.agent for part in facts.participations}
        speakers = {statement.speaker for statement in facts.statements}
        self.acting = employers | agents | speakers
        """What employs, takes part or speaks: a place that does is an organisation, too."""

    def node(self, key: str) -> Node:
        """The node of a record of this article.

        Raises KeyError where a record refers to a key that no record has.
        """
        return self.identities.nodes[self.graph.sha, key]

    def iri(self, key: str) -> NamedNode:
        """The IRI of a record of this article."""
        return NamedNode(self.node(key).iri)

    def add_all(self) -> None:
        """Everything but the statements and the article itself."""
        for entity in self.facts.entities:
            self._add_entity(entity)
        for topic in self.facts.topics:
            self._describe(topic, NK.Topic)
        for event in self.facts.events:
            self._add_event(event)
        for role in self.facts.roles:
            self._add_role(role)
        for part in self.facts.participations:
            roles = [self.iri(key) for key in part.roles]
            agent, event_iri = self.iri(part.agent), self.iri(part.event)
            self.graph.fact(
                agent, NK[part.kind], event_iri, part.span, part.confidence, roles=roles, reason=part.reason
            )
        for relation in self.facts.relations:
            subject, object_ = self.iri(relation.subject), self.iri(relation.object)
            if relation.kind == "founded":  # schema.org has only the inverse
                subject, object_ = object_, subject
            predicate = _RELATIONS[relation.kind]
            self.graph.fact(subject, predicate, object_, relation.span, relation.confidence, reason=relation.reason)

    def _describe(self, record: Entity | Topic | Event, *classes: NamedNode) -> NamedNode:
        """Types, label, other names and mentions."""
        graph = self.graph
        node = self.node(record.key)
        iri = NamedNode(node.iri)
        for class_ in classes:
            graph.add(iri, RDF.type, class_)
        graph.add(iri, RDFS.label, Literal(node.label))
        for alias in node.aliases:
            if alias in (record.name, *record.aliases):
                evidence = _first_mention_of(alias, record.mentions, graph.article.text)
                graph.fact(iri, SKOS.altLabel, Literal(alias), evidence, 0.95)
        for mention in record.mentions:
            span = graph.span(mention.span)
            graph.add(iri, NK.evidence, span)
            if mention.reason and mention.reason != FULL_NAME and graph.text(mention.span) != record.name:
                graph.add(span, NK.reason, Literal(mention.reason))
        for link in self.identities.links.get((graph.sha, record.key), ()):
            subject, object_ = NamedNode(link.subject), NamedNode(link.object)
            evidence = record.mentions[0].span
            graph.fact(subject, _LINKS[link.kind], object_, evidence, link.confidence, reason=link.reason)
        return iri

    def _add_entity(self, entity: Entity) -> None:
        kinds = set(entity.kinds)
        if EntityKind.PLACE in kinds and entity.key in self.acting:
            kinds.add(EntityKind.ORGANISATION)
        self._describe(entity, *(_CLASSES[kind] for kind in sorted(kinds)))

    def _add_event(self, event: Event) -> None:
        graph = self.graph
        iri = self._describe(event, NK.Event)
        if event.type:
            graph.add(iri, NK.eventType, Literal(event.type))
        if event.status:
            graph.fact(iri, NK.eventStatus, Literal(event.status), event.evidence_of("status"), event.confidence)
        if event.date:
            self._add_date(iri, event)
        if event.place:
            graph.fact(iri, NK.place, self.iri(event.place), event.evidence_of("place"), event.confidence)
        for place, evidence in event.other_places:
            graph.fact(iri, NK.place, self.iri(place), evidence, event.confidence)
        if event.part_of:
            graph.fact(iri, NK.partOf, self.iri(event.part_of), event.evidence_of("part_of"), event.confidence)
        if event.theme:
            graph.fact(iri, NK.theme, Literal(event.theme), event.evidence_of("theme"), event.confidence)
        for key, evidence in event.about:
            graph.fact(iri, NK.about, self.iri(key), evidence, event.confidence)

    def _add_date(self, iri: NamedNode, event: Event) -> None:
        """The one interval of the event; an article that gives another is not evidence for it."""
        chosen, confidence = self.identities.dates[iri.value], event.confidence
        if event.date is None or (chosen.start, chosen.end) != (event.date.start, event.date.end):
            return
        first = event.evidence_of("date")
        last = dict(event.evidence).get("end", first)
        self.graph.fact(iri, NK.startDate, Literal(chosen.start.isoformat(), datatype=DATE), first, confidence)
        self.graph.fact(iri, NK.endDate, Literal(chosen.end.isoformat(), datatype=DATE), last, confidence)
        self.graph.add(iri, NK.datePrecision, Literal(chosen.precision))
        self.graph.add(iri, NK.dateText, Literal(chosen.text))
        for component in chosen.inferred:
            self.graph.add(iri, NK.dateInferred, Literal(component))

    def _add_role(self, role: Role) -> None:
        graph = self.graph
        node = self.node(role.key)
        iri = NamedNode(node.iri)
        person = self.node(role.person)
        employer = node.employer
        held_in = f"{node.label}, {employer.label}" if employer else node.label
        graph.add(iri, RDF.type, NK.Role)
        graph.add(iri, RDFS.label, Literal(f"{held_in} ({person.label})"))
        graph.add(iri, NK.roleTitle, Literal(node.label))
        if employer:
            graph.add(iri, NK.organisation, NamedNode(employer.iri))
        graph.fact(NamedNode(person.iri), NK.holdsRole, iri, role.span, role.confidence, reason=role.reason)
        if role.status:
            graph.fact(iri, NK.roleStatus, Literal(role.status), role.span, role.confidence)
        for predicate, date in ((NK.startDate, role.start), (NK.endDate, role.end)):
            if date:
                day = date.start if predicate == NK.startDate else date.end
                graph.fact(iri, predicate, Literal(day.isoformat(), datatype=DATE), date.span, role.confidence)


def _first_mention_of(name: str, mentions: tuple[Mention, ...], text: str) -> TextSpan:
    spans = [mention.span for mention in mentions]
    return next((span for span in spans if text[span.begin : span.end] == name), spans[0])
