"""Validation by pySHACL, the reference implementation of SHACL in Python."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.errors import GraphError
from kg.store.formats import one_line
from kg.validation.report import Problem
from kg.vocabulary import ontology_file

if TYPE_CHECKING:
    from kg.store import KnowledgeGraph


def check(graph: KnowledgeGraph) -> list[Problem]:
    """The problems that pySHACL reports.

    Without inference, so that nothing is judged but what is asserted; the ontology is known to it beside the graph.
    Raises GraphError where it cannot finish.
    """
    import pyshacl
    from rdflib import RDF, Graph
    from rdflib.namespace import SH

    shapes = Graph().parse(ontology_file("shapes.ttl"), format="turtle")
    ontology = Graph().parse(ontology_file("ontology.ttl"), format="turtle")
    data = graph.to_rdflib()
    try:
        _, results, _ = pyshacl.validate(
            data, shacl_graph=shapes, ont_graph=ontology, advanced=True, inference="none", allow_warnings=True
        )
    except Exception as error:  # rdflib's functions fail in many ways on values of a wrong kind
        raise GraphError(f"pySHACL cannot finish: {type(error).__name__}: {one_line(error)}") from error
    problems = []
    for result in results.subjects(RDF.type, SH.ValidationResult):
        by_query = results.value(result, SH.sourceConstraintComponent) == SH.SPARQLConstraintComponent
        value = results.value(result, SH.value) if by_query else None
        node = results.value(result, SH.focusNode) if value is None else value
        severity = str(results.value(result, SH.resultSeverity)).rpartition("#")[2].lower()
        for message in results.objects(result, SH.resultMessage):
            problems.append(Problem(str(node), str(message), severity))
    return problems
