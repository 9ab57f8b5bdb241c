"""What a graph says of one article, in the shape of an annotation."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from kg.facts import TextSpan
from kg.store.results import ResultTable
from kg.store.terms import number_of

if TYPE_CHECKING:
    from kg.store import KnowledgeGraph

CLASSES = ("Person", "Organisation", "Place", "Event")
PARTICIPATIONS = ("attended", "spokeAt", "organised", "hosted", "participatedIn")


@dataclass(slots=True)
class FoundArticle:
    """The nodes that one article mentions, and the facts (with their confidence) and statements; nodes by IRI."""

    mentions: dict[str, set[TextSpan]] = field(default_factory=lambda: defaultdict(set))
    facts: dict[tuple[str, str, str], float] = field(default_factory=dict)
    contents: dict[str, list[TextSpan]] = field(default_factory=lambda: defaultdict(list))


@dataclass(slots=True)
class FoundGraph:
    """All of a graph that annotations speak of. ``articles`` is keyed by the SHA-256 of the text."""

    articles: dict[str, FoundArticle] = field(default_factory=lambda: defaultdict(FoundArticle))
    label: dict[str, str] = field(default_factory=dict)
    classes: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    role: dict[str, tuple[str, str | None]] = field(default_factory=dict)
    start: dict[str, str] = field(default_factory=dict)
    places: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    speakers: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    confidence: dict[str, float] = field(default_factory=dict)


def read_graph(graph: KnowledgeGraph) -> FoundGraph:
    """Everything that the scores need, by one query each."""

    def rows(query: str) -> list[list[str | None]]:
        table = graph.query(f"SELECT DISTINCT {query}", timeout=None)
        assert isinstance(table, ResultTable)
        return [[None if term is None else str(term) for term in row] for row in table.rows]

    found = FoundGraph()
    for iri, label in rows("?x ?l { ?x rdfs:label ?l }"):
        found.label[str(iri)] = str(label)
    for name in CLASSES:
        for (iri,) in rows(f"?x {{ ?x a nk:{name} }}"):
            found.classes[str(iri)].add(name)
    spans = "?s nif:referenceContext/schema:sha256 ?h ; nif:beginIndex ?b ; nif:endIndex ?e"
    for iri, sha, begin, end in rows(f"?x ?h ?b ?e {{ ?x nk:evidence ?s . {spans} }}"):
        if str(iri) in found.classes:
            found.articles[str(sha)].mentions[str(iri)].add(TextSpan(int(str(begin)), int(str(end))))
    for iri, sha, begin, end in rows(f"?x ?h ?b ?e {{ ?x nk:contentSpan ?s . {spans} }}"):
        found.articles[str(sha)].contents[str(iri)].append(TextSpan(int(str(begin)), int(str(end))))
    context = "nk:evidence/nif:referenceContext/schema:sha256 ?h"
    triple = "rdf:subject ?x ; rdf:predicate ?p ; rdf:object ?y"
    known = "OPTIONAL { ?f nk:confidence ?c }"
    for sha, x, p, y, confidence in rows(f"?h ?x ?p ?y ?c {{ ?f a nk:Fact ; {triple} ; {context} {known} }}"):
        fact = (str(x), str(p).rsplit("#", 1)[-1], str(y))
        sure = number_of(confidence)
        found.articles[str(sha)].facts[fact] = 1.0 if sure is None else sure
    for iri, confidence in rows("?f ?c { ?f a nk:Statement ; nk:confidence ?c }"):
        if (sure := number_of(confidence)) is not None:
            found.confidence[str(iri)] = sure
    for iri, title, employer in rows("?r ?t ?o { ?r nk:roleTitle ?t OPTIONAL { ?r nk:organisation ?o } }"):
        found.role[str(iri)] = (str(title), employer)
    for iri, day in rows("?e ?d { ?e a nk:Event ; nk:startDate ?d }"):
        found.start[str(iri)] = str(day)
    for iri, place in rows("?e ?p { ?e nk:place ?p }"):
        found.places[str(iri)].add(str(place))
    for iri, speaker in rows("?s ?p { ?s nk:speaker ?p }"):
        found.speakers[str(iri)].add(str(speaker))
    return found
