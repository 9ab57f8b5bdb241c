"""Facts to triples, by the terms of the ontology."""

from __future__ import annotations

from pyoxigraph import Literal, NamedNode, Triple

from kg.facts import ArticleFacts
from kg.identity import Identities, IriPolicy
from kg.mapping.articles import add_article
from kg.mapping.entities import EntityMapping
from kg.mapping.evidence import check_evidence
from kg.mapping.provenance import ArticleTriples
from kg.mapping.statements import add_statements
from kg.vocabulary import PROV, RDF, RDFS

__all__ = ["article_triples", "check_evidence", "run_triples"]


def run_triples(policy: IriPolicy, program: str, model: str) -> tuple[NamedNode, list[Triple]]:
    """The node for the way the graph was made (program and model with versions), and its description."""
    run = NamedNode(policy.run(program, model))
    return run, [
        Triple(run, RDF.type, PROV.Activity),
        Triple(run, RDFS.label, Literal(f"Reading by {program} with the language model {model}")),
    ]


def article_triples(facts: ArticleFacts, identities: Identities, policy: IriPolicy, run: NamedNode) -> list[Triple]:
    """All triples that one article gives rise to, its citations checked against its text.

    Raises:
        EvidenceError: a citation does not hold.
    """
    graph = ArticleTriples(facts.article, policy, run)
    things = EntityMapping(graph, facts, identities)
    add_article(graph, facts, identities)
    things.add_all()
    add_statements(things)
    check_evidence(facts.article, graph.triples)
    return graph.triples
