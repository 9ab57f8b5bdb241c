"""Entities, topics, events, roles, participation and relations."""

from __future__ import annotations

from kg.facts import ArticleFacts, Entity, EntityKind, Event, Mention, Role, TextSpan, Topic
from kg.identity import Identities, Node
from kg.mapping.provenance import ArticleTriples
from kg.mapping.terms import NK, ORG, OWL, RDF, RDFS, SCHEMA, SKOS, XSD, Term, iri, iri_of, literal

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

    def iri(self, key: str) -> Term:
        """The IRI of a record of this article."""
        return iri(self.node(key).iri)

    def add_all(self) -> None:
        """Everything but the statements and the article itself."""
        for entity in self.facts.entities:
            self._add_entity(entity)
        for topic in self.facts.topics:
            known_as = self.node(topic.key).kind
            self._describe(topic, _CLASSES[EntityKind(known_as)] if known_as else NK.Topic)
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

    def _describe(self, record: Entity | Topic | Event, *classes: Term) -> Term:
        """Types, label, other names, that the article mentions it, and where."""
        graph = self.graph
        node = self.node(record.key)
        thing = iri(node.iri)
        for class_ in classes:
            graph.share(thing, RDF.type, class_)
        graph.share(thing, RDFS.label, literal(node.label))
        graph.add(graph.iri, SCHEMA.mentions, thing)
        for alias in node.aliases:
            if alias in (record.name, *record.aliases):
                evidence = _first_mention_of(alias, record.mentions, graph.article.text)
                graph.fact(thing, SKOS.altLabel, literal(alias), evidence, 0.95)
        for mention in record.mentions:
            span = graph.span(mention.span)
            graph.add(thing, NK.evidence, span)
            if mention.reason and mention.reason != FULL_NAME and graph.text(mention.span) != record.name:
                graph.add(span, NK.reason, literal(mention.reason))
        for link in self.identities.links.get((graph.sha, record.key), ()):
            subject, object_ = iri(link.subject), iri(link.object)
            evidence = record.mentions[0].span
            graph.fact(subject, _LINKS[link.kind], object_, evidence, link.confidence, reason=link.reason)
        return thing

    def _add_entity(self, entity: Entity) -> None:
        known_as = self.node(entity.key).kind
        kinds = {EntityKind(known_as)} if known_as else set(entity.kinds)
        if EntityKind.PLACE in kinds and entity.key in self.acting:
            kinds.add(EntityKind.ORGANISATION)
        self._describe(entity, *(_CLASSES[kind] for kind in sorted(kinds)))

    def _add_event(self, event: Event) -> None:
        graph = self.graph
        thing = self._describe(event, NK.Event)
        if event.type:
            graph.share(thing, NK.eventType, literal(event.type))
        if event.status:
            graph.fact(thing, NK.eventStatus, literal(event.status), event.evidence_of("status"), event.confidence)
        if event.date:
            self._add_date(thing, event)
        if event.place:
            graph.fact(thing, NK.place, self.iri(event.place), event.evidence_of("place"), event.confidence)
        for place, evidence in event.other_places:
            graph.fact(thing, NK.place, self.iri(place), evidence, event.confidence)
        if event.part_of:
            graph.fact(thing, NK.partOf, self.iri(event.part_of), event.evidence_of("part_of"), event.confidence)
        if event.theme:
            graph.fact(thing, NK.theme, literal(event.theme), event.evidence_of("theme"), event.confidence)
        for key, evidence in event.about:
            graph.fact(thing, NK.about, self.iri(key), evidence, event.confidence)

    def _add_date(self, thing: Term, event: Event) -> None:
        """The one interval of the event; an article that gives another is not evidence for it."""
        chosen, confidence = self.identities.dates[iri_of(thing)], event.confidence
        if event.date is None or (chosen.start, chosen.end) != (event.date.start, event.date.end):
            return
        first = event.evidence_of("date")
        last = dict(event.evidence).get("end", first)
        self.graph.fact(thing, NK.startDate, literal(chosen.start.isoformat(), XSD.date), first, confidence)
        self.graph.fact(thing, NK.endDate, literal(chosen.end.isoformat(), XSD.date), last, confidence)
        self.graph.share(thing, NK.datePrecision, literal(chosen.precision))
        self.graph.share(thing, NK.dateText, literal(chosen.text))
        for component in chosen.inferred:
            self.graph.share(thing, NK.dateInferred, literal(component))

    def _add_role(self, role: Role) -> None:
        graph = self.graph
        node = self.node(role.key)
        thing = iri(node.iri)
        person = self.node(role.person)
        employer = node.employer
        held_in = f"{node.label}, {employer.label}" if employer else node.label
        graph.share(thing, RDF.type, NK.Role)
        graph.share(thing, RDFS.label, literal(f"{held_in} ({person.label})"))
        graph.share(thing, NK.roleTitle, literal(node.label))
        if employer:
            graph.share(thing, NK.organisation, iri(employer.iri))
        graph.fact(iri(person.iri), NK.holdsRole, thing, role.span, role.confidence, reason=role.reason)
        if role.status:
            graph.fact(thing, NK.roleStatus, literal(role.status), role.span, role.confidence)
        for predicate, date in ((NK.startDate, role.start), (NK.endDate, role.end)):
            if date:
                day = date.start if predicate == NK.startDate else date.end
                graph.fact(thing, predicate, literal(day.isoformat(), XSD.date), date.span, role.confidence)


def _first_mention_of(name: str, mentions: tuple[Mention, ...], text: str) -> TextSpan:
    spans = [mention.span for mention in mentions]
    return next((span for span in spans if text[span.begin : span.end] == name), spans[0])
