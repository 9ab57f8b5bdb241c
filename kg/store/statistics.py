"""How much of what a graph holds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.store.evidence import in_words
from kg.store.results import ResultTable

if TYPE_CHECKING:
    from kg.store.graph import KnowledgeGraph

CLASSES = ("Article", "Person", "Organisation", "Place", "Event", "Topic", "Role", "Statement", "Quantity", "Fact")


@dataclass(frozen=True, slots=True)
class Statistics:
    """Counts of what is in a graph, each a mapping in a stable order.

    ``things`` counts nodes by class, ``facts`` recorded facts by property, ``statements`` by quote type. A place that
    acts or employs is an organisation, too, and counted as both: ``acting_places`` says how many are.
    ``near_duplicates`` are the articles that repeat another one; with it they are one source. ``doubtful`` is the
    number of facts and statements whose confidence is under 0.9; ``first`` and ``last`` are the dates of articles.
    """

    triples: int
    things: dict[str, int]
    facts: dict[str, int]
    statements: dict[str, int]
    doubtful: int
    first: str | None
    last: str | None
    near_duplicates: int = 0
    acting_places: int = 0


def statistics(graph: KnowledgeGraph) -> Statistics:
    """Count a graph."""

    def table(sparql: str) -> ResultTable:
        answer = graph.evaluated(sparql)
        assert isinstance(answer, ResultTable)
        return answer

    def counts(sparql: str) -> dict[str, int]:
        return {in_words(name): number for name, number in table(sparql).rows}

    classes = " ".join(f"nk:{name}" for name in CLASSES)
    things = counts(f"SELECT ?c (COUNT(*) AS ?n) {{ VALUES ?c {{ {classes} }} ?x a ?c }} GROUP BY ?c")
    dates = table("SELECT (MIN(?d) AS ?first) (MAX(?d) AS ?last) { ?a schema:datePublished|dcterms:created ?d }").rows[
        0
    ]
    doubtful = table("SELECT (COUNT(*) AS ?n) { ?x nk:confidence ?c FILTER (?c < 0.9) }").rows[0]
    return Statistics(
        triples=len(graph),
        things={in_words(name): things.get(in_words(name), 0) for name in CLASSES},
        facts=counts("SELECT ?p (COUNT(*) AS ?n) { ?f a nk:Fact ; rdf:predicate ?p } GROUP BY ?p ORDER BY DESC(?n) ?p"),
        statements=counts("SELECT ?q (COUNT(*) AS ?n) { ?s nk:quoteType ?q } GROUP BY ?q ORDER BY DESC(?n) ?q"),
        doubtful=doubtful[0],
        first=str(dates[0]) if dates[0] else None,
        last=str(dates[1]) if dates[1] else None,
        near_duplicates=table("SELECT (COUNT(DISTINCT ?a) AS ?n) { ?a nk:nearDuplicateOf ?of }").rows[0][0],
        acting_places=table("SELECT (COUNT(*) AS ?n) { ?x a nk:Place, nk:Organisation }").rows[0][0],
    )
