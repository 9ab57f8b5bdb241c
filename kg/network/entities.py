"""The graph as a network: people, organisations, places, events and topics, and what the articles say links them.

A direct projection of the triples, made for analysis: the statements, roles and records of evidence become edges
with plain attributes. Everything is in a stable order, so that equal graphs give equal files.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from typing import TYPE_CHECKING, Any, Final

from pyoxigraph import Literal, NamedNode

from kg.store.terms import Subject, Term, number_of
from kg.vocabulary import DCTERMS, NIF, NK, ORG, PARTICIPATIONS, RDF, SCHEMA, SKOS

if TYPE_CHECKING:
    from collections.abc import Iterable

    import networkx

    from kg.store import KnowledgeGraph

KINDS: Final = {
    NK.Person: "person",
    NK.Place: "place",
    NK.Organisation: "organisation",
    NK.Event: "event",
    NK.Topic: "topic",
}
"""The classes whose members are nodes, with the value of their attribute ``kind``; the first that holds, counts."""

EVENT_ATTRIBUTES: Final = ("startDate", "endDate", "datePrecision", "theme", "eventType", "eventStatus")
STATEMENT_ATTRIBUTES: Final = ("content", "cue", "quoteType", "speechAct", "polarity", "modality")
_Edge = tuple[Term, Term, str, dict[str, Any]]
NOT_PRINTABLE: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]")

RELATIONS: Final = (
    *(NK[name] for name in PARTICIPATIONS),
    NK.place,
    NK.partOf,
    ORG.memberOf,
    ORG.subOrganizationOf,
    SCHEMA.founder,
    SCHEMA.containedInPlace,
    SCHEMA.spouse,
    SCHEMA.children,
    SCHEMA.parent,
    SCHEMA.sibling,
    SCHEMA.birthPlace,
    SCHEMA.homeLocation,
)
"""The properties that link two nodes directly."""


def entity_network(graph: KnowledgeGraph) -> networkx.MultiDiGraph:
    """The network of a graph.

    Nodes are IRIs, with ``label``, ``kind`` (person, organisation, place, event, topic), ``aliases`` (joined by " | "),
    ``mentions`` and ``articles`` (counts), and for events their dates, theme, type and status.

    Edges have a ``key`` unique between their ends, an ``id`` (a running number), a ``kind`` and a ``label``,
    ``evidence`` (how often it is written), ``articles`` (in how many), ``first`` and ``last`` (their days, where known)
    and ``confidence`` (the highest). An article and its near-duplicates are one article here (the one that writes
    something most often counts), and what one of these repeats of a statement is no edge of its own. The kinds: the
    participations of the ontology, place, partOf and other relations; ``holdsRole`` from a person to an organisation,
    with title and status; ``about`` from an event to a topic; ``said`` from a speaker to what a statement is about,
    with its content, cue and speech act, or to the event it was made at where it is about nothing. All values are str,
    int or float; texts are on one line and without control characters.
    """
    import networkx

    network = networkx.MultiDiGraph(name="newskg")
    projection = _Projection(graph)
    for node, attributes in projection.nodes():
        network.add_node(node, **attributes)
    for source, target, key, attributes in projection.edges():
        network.add_edge(source, target, key=key, **attributes)
    return network


class _Projection:
    """Reads nodes and edges out of a graph, by one pass over each property."""

    def __init__(self, graph: KnowledgeGraph) -> None:
        self.graph = graph
        self.kinds: dict[Term, str] = {}
        for class_, kind in KINDS.items():
            for triple in graph.triples(None, RDF.type, class_):
                if isinstance(triple.subject, NamedNode):
                    self.kinds.setdefault(triple.subject, kind)
        self.spans = self._all(NK.evidence)
        self.article = {s: values[0] for s, values in self._all(NIF.referenceContext).items()}
        self.day = {s: values[0] for p in (DCTERMS.created, SCHEMA.datePublished) for s, values in self._all(p).items()}
        self.fuller = {copy: values[0] for copy, values in self._all(NK.nearDuplicateOf).items()}
        self.facts = self._facts()

    def _all(self, predicate: NamedNode) -> dict[Term, list[Term]]:
        """Every value of a property, by subject, in order."""
        found: dict[Term, list[Term]] = defaultdict(list)
        for triple in self.graph.triples(None, predicate):
            found[triple.subject].append(triple.object)
        return {subject: sorted(values, key=str) for subject, values in sorted(found.items(), key=_first)}

    def _facts(self) -> dict[tuple[Term, Term, Term], list[Term]]:
        """The records of each triple."""
        subjects, predicates, values = (self._all(p) for p in (RDF.subject, RDF.predicate, RDF.object))
        found: dict[tuple[Term, Term, Term], list[Term]] = defaultdict(list)
        for fact, subject in subjects.items():
            if fact in predicates and fact in values:
                found[subject[0], predicates[fact][0], values[fact][0]].append(fact)
        return found

    def nodes(self) -> list[tuple[str, dict[str, Any]]]:
        """The nodes with their attributes, by IRI."""
        aliases = self._all(SKOS.altLabel)
        of_events = {name: self._all(NK[name]) for name in EVENT_ATTRIBUTES}
        found = []
        for node, kind in sorted(self.kinds.items(), key=_first):
            spans = self.spans.get(node, [])
            attributes: dict[str, Any] = {"label": self.graph.label(node), "kind": kind}
            attributes["mentions"] = self._written(spans)
            attributes["articles"] = len({self._source(self.article.get(span)) for span in spans})
            if node in aliases:
                attributes["aliases"] = " | ".join(map(_text, aliases[node]))
            for name, values in of_events.items():
                if kind == "event" and node in values:
                    attributes[name] = _text(values[node][0])
            found.append((_text(node), {name: _clean(value) for name, value in attributes.items()}))
        return found

    def edges(self) -> list[tuple[str, str, str, dict[str, Any]]]:
        """The edges as (source, target, key, attributes), in order."""
        found = sorted(
            (_text(source), _text(target), key, attributes)
            for source, target, key, attributes in [*self._relations(), *self._roles(), *self._statements()]
            if source in self.kinds and target in self.kinds
        )
        return [
            (source, target, key, {"id": str(number), **{name: _clean(value) for name, value in attributes.items()}})
            for number, (source, target, key, attributes) in enumerate(found)
        ]

    def _relations(self) -> list[_Edge]:
        found: list[_Edge] = []
        abouts = [t for t in self.graph.triples(None, NK.about) if self.kinds.get(t.subject) == "event"]
        for triple in [t for p in RELATIONS for t in self.graph.triples(None, p)] + abouts:
            kind = re.split(r"[/#]", triple.predicate.value)[-1]
            facts = self.facts.get((triple.subject, triple.predicate, triple.object), [])
            attributes = {"kind": kind, "label": _in_words(kind), **self._support(facts)}
            found.append((triple.subject, triple.object, kind, attributes))
        return found

    def _roles(self) -> list[_Edge]:
        """A person\'s posts in organisations. A post without a named organisation has no second end, so no edge."""
        found: list[_Edge] = []
        organisations = self._all(NK.organisation)
        for triple in self.graph.triples(None, NK.holdsRole):
            for organisation in organisations.get(triple.object, []):
                title = self._value(triple.object, NK.roleTitle)
                support = self._support(self.facts.get((triple.subject, triple.predicate, triple.object), []))
                attributes: dict[str, Any] = {"kind": "holdsRole", "label": title, "title": title, **support}
                for name in ("roleStatus", "startDate", "endDate"):
                    if value := self._value(triple.object, NK[name]):
                        attributes["status" if name == "roleStatus" else name] = value
                found.append((triple.subject, organisation, _local(triple.object), attributes))
        return found

    def _statements(self) -> list[_Edge]:
        found: list[_Edge] = []
        abouts, occasions, contents = self._all(NK.about), self._all(NK.madeAt), self._all(NK.content)
        originals = {
            (self.article.get(span), tuple(contents.get(statement, [])), tuple(speakers))
            for statement, speakers in self._all(NK.speaker).items()
            for span in self.spans.get(statement, [])
        }
        for statement, speakers in self._all(NK.speaker).items():
            articles = {self.article.get(span) for span in self.spans.get(statement, [])} & self.fuller.keys()
            said = tuple(contents.get(statement, [])), tuple(speakers)
            if any((self._source(article), *said) in originals for article in articles):
                continue  # a near-duplicate repeats it
            attributes: dict[str, Any] = {"kind": "said", **self._support([statement])}
            for name in STATEMENT_ATTRIBUTES:
                if value := self._value(statement, NK[name]):
                    attributes[name] = value
            attributes["label"] = attributes.get("cue", "said")
            subjects = [topic for topic in abouts.get(statement, []) if topic in self.kinds]
            for target in subjects or occasions.get(statement, []):
                found += [(speaker, target, _local(statement), attributes) for speaker in speakers]
        return found

    def _support(self, records: list[Term]) -> dict[str, Any]:
        """How often something is written, in how many articles, and the highest confidence."""
        spans = {span for record in records for span in self.spans.get(record, [])}
        confidences = [c for record in records if (c := number_of(self._value(record, NK.confidence))) is not None]
        articles = {self.article.get(span) for span in spans}
        support: dict[str, Any] = {"evidence": self._written(spans), "articles": len(set(map(self._source, articles)))}
        if days := sorted(_text(self.day[article])[:10] for article in articles if article in self.day):
            support |= {"first": days[0], "last": days[-1]}
        return {**support, "confidence": max(confidences)} if confidences else support

    def _written(self, spans: Iterable[Term]) -> int:
        """How often something is written at some spans: of an article and its near-duplicates the most often counts."""
        most: Counter[Term | None] = Counter()
        for article, number in Counter(map(self.article.get, spans)).items():
            source = self._source(article)
            most[source] = max(most[source], number)
        return most.total()

    def _source(self, article: Term | None) -> Term | None:
        """An article, or the one that it is near-duplicate of: several papers with one wire story are one source."""
        return None if article is None else self.fuller.get(article, article)

    def _value(self, node: Term, predicate: NamedNode) -> str:
        value = None if isinstance(node, Literal) else self.graph.value(node, predicate)
        return "" if value is None else _text(value)


def _clean(value: str | int | float) -> str | int | float:
    """A value that XML and every reader can carry: texts on one line, without control characters."""
    return NOT_PRINTABLE.sub("\ufffd", " ".join(value.split())) if isinstance(value, str) else value


def _text(term: Term) -> str:
    return term.value if isinstance(term, (NamedNode, Literal)) else str(term)


def _local(term: Term) -> str:
    return re.split(r"[/#]", _text(term))[-1]


def _in_words(name: str) -> str:
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", " ", name).lower()


def _first(pair: tuple[Subject | Term, object]) -> str:
    return str(pair[0])
