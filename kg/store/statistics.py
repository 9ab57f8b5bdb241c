"""How much of what a graph holds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.store.evidence import in_words
from kg.store.results import ResultTable

if TYPE_CHECKING:
    from kg.store.graph import KnowledgeGraph

CLASSES = ("Article", "Person", "Organisation", "Place", "Event", "Topic", "Role", "Statement", "Quantity", "Fact")
READINGS = ("Statement", "Quantity", "Fact")
"""The classes of what is read from one article alone."""
OF_COPIES = """{ SELECT DISTINCT ?x {
  ?copy nk:nearDuplicateOf ?fuller . ?span nif:referenceContext ?copy . ?x nk:evidence ?span } }"""
"""What rests on near-duplicates, found before anything else is asked of it."""


@dataclass(frozen=True, slots=True)
class Statistics:
    """Counts of what is in a graph, each a mapping in a stable order.

    ``things`` counts nodes by class, ``facts`` recorded facts by property, ``statements`` by quote type. A place that
    acts or employs is an organisation, too, and counted as both: ``acting_places`` says how many are.
    ``near_duplicates`` are the articles that repeat another one; with it they are one source, so their facts,
    statements and quantities are left out of every number but that of ``triples``. ``doubtful`` is the number of facts
    and statements whose confidence is under 0.9; ``first`` and ``last`` are the dates of articles.
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
    triples = len(graph)

    def table(sparql: str) -> ResultTable:
        answer = graph.evaluated(sparql)
        assert isinstance(answer, ResultTable)
        return answer

    def counts(sparql: str) -> dict[str, int]:
        return {in_words(name): number for name, number in table(sparql).rows}

    def counted_once(pattern: str) -> dict[str, int]:
        """How many ?x of each ?kind fit a pattern, without those of near-duplicates; the most frequent first."""
        found = counts(f"SELECT ?kind (COUNT(*) AS ?n) {{ {pattern} }} GROUP BY ?kind ORDER BY ?kind")
        copied = counts(f"SELECT ?kind (COUNT(*) AS ?n) {{ {OF_COPIES} {pattern} }} GROUP BY ?kind")
        left = [(kind, number - copied.get(kind, 0)) for kind, number in found.items()]
        return {kind: number for kind, number in sorted(left, key=lambda pair: -pair[1]) if number}

    shared = " ".join(f"nk:{name}" for name in CLASSES if name not in READINGS)
    things = counts(f"SELECT ?c (COUNT(*) AS ?n) {{ VALUES ?c {{ {shared} }} ?x a ?c }} GROUP BY ?c")
    things |= counted_once(f"VALUES ?kind {{ {' '.join(f'nk:{name}' for name in READINGS)} }} ?x a ?kind")
    dates = table("SELECT (MIN(?d) AS ?first) (MAX(?d) AS ?last) { ?a schema:datePublished|dcterms:created ?d }").rows[
        0
    ]
    return Statistics(
        triples=triples,
        things={in_words(name): things.get(in_words(name), 0) for name in CLASSES},
        facts=counted_once("?x a nk:Fact ; rdf:predicate ?kind"),
        statements=counted_once("?x nk:quoteType ?kind"),
        doubtful=counted_once('?x nk:confidence ?c FILTER (?c < 0.9) BIND ("doubtful" AS ?kind)').get("doubtful", 0),
        first=str(dates[0]) if dates[0] else None,
        last=str(dates[1]) if dates[1] else None,
        near_duplicates=table("SELECT (COUNT(DISTINCT ?a) AS ?n) { ?a nk:nearDuplicateOf ?of }").rows[0][0],
        acting_places=table("SELECT (COUNT(*) AS ?n) { ?x a nk:Place, nk:Organisation }").rows[0][0],
    )
