"""Facts to triples, by the terms of the ontology."""

from __future__ import annotations

from collections.abc import Collection
from functools import lru_cache
from typing import Final

from kg.facts import ArticleFacts, TextSpan
from kg.identity import Identities, IriPolicy
from kg.mapping.articles import add_article, add_counts, add_reprints
from kg.mapping.entities import EntityMapping
from kg.mapping.evidence import check_evidence
from kg.mapping.provenance import ArticleTriples, Triples
from kg.mapping.spans import certain_spans, span_triples
from kg.mapping.statements import add_statements
from kg.mapping.terms import PROV, RDF, RDFS, Line, Term, iri, literal

VERSION: Final = 5
"""Counts the changes of what is said of equal facts: a graph that was mapped by another version is made anew."""

__all__ = ["VERSION", "Triples", "article_triples", "certain_spans", "check_evidence", "run_triples", "span_triples"]


@lru_cache(maxsize=64)
def run_triples(policy: IriPolicy, program: str, model: str) -> tuple[Term, tuple[Line, ...]]:
    """The node for the way the graph was made (program and model with versions), and its description."""
    run = iri(policy.run(program, model))
    return run, (
        f"{run} {RDF.type} {PROV.Activity}",
        f"{run} {RDFS.label} {literal(f'Reading by {program} with the language model {model}')}",
    )


def article_triples(
    facts: ArticleFacts, identities: Identities, policy: IriPolicy, run: Term, told: Collection[TextSpan] = ()
) -> Triples:
    """All triples that one article gives rise to, its citations checked against its text.

    Spans in ``told`` are described (and checked) already.

    Raises:
        EvidenceError: a citation does not hold.
    """
    graph = ArticleTriples(facts.article, policy, run, told)
    things = EntityMapping(graph, facts, identities)
    add_article(graph, facts, identities)
    add_reprints(graph, facts, identities)
    things.add_all()
    add_counts(graph, add_statements(things))
    check_evidence(facts.article, graph.triples, graph.cited_told)
    return graph.triples
