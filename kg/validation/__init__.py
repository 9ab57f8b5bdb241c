"""Does a graph keep the rules of the ontology? Its shapes (ontology/shapes.ttl) are the one source of the rules.

pySHACL is the reference. The same shapes, turned into queries on the store, find the same problems some twenty
times faster and survive graphs on which the reference fails (an offset that is no number); tests hold the two
against each other.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from kg.validation.report import Problem, ValidationReport

if TYPE_CHECKING:
    from kg.store import KnowledgeGraph

__all__ = ["Problem", "ValidationReport", "validate"]


def validate(graph: KnowledgeGraph, engine: Literal["queries", "pyshacl"] = "queries") -> ValidationReport:
    """Check a graph against the shapes of the ontology. Warnings are reported, but the graph still conforms.

    ``engine`` is queries, or pyshacl for the reference. Raises GraphError where pySHACL cannot finish, or a store is
    damaged, of which all is read.
    """
    graph.check_tables()
    if engine == "pyshacl":
        from kg.validation.reference import check
    else:
        from kg.validation.checks import check
    return ValidationReport.of(check(graph.here()))
