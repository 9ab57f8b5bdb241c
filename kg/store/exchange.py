"""The graph for other Python libraries."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pyoxigraph import BlankNode, Literal, NamedNode

from kg.store.terms import Term, as_written

if TYPE_CHECKING:
    import rdflib
    from rdflib.term import Node

    from kg.store.graph import KnowledgeGraph


def to_rdflib(graph: KnowledgeGraph) -> rdflib.Graph:
    """The triples as an rdflib graph, with the prefixes bound and numbers in the form that files have."""
    import rdflib

    converted = rdflib.Graph(bind_namespaces="none")
    for prefix, namespace in graph.prefixes.items():
        converted.bind(prefix, namespace)
    known: dict[Term, Node] = {}

    def node(term: Term) -> Node:
        found = known.get(term)
        if found is None:
            found = known[term] = _node(term)
        return found

    for triple in graph.triples():
        value = as_written(triple.predicate, triple.object)
        converted.add((node(triple.subject), node(triple.predicate), node(value)))
    return converted


def _node(term: Term) -> Node:
    import rdflib

    if isinstance(term, NamedNode):
        return rdflib.URIRef(term.value)
    if isinstance(term, BlankNode):
        return rdflib.BNode(term.value)
    if isinstance(term, Literal):
        if term.language:
            return rdflib.Literal(term.value, lang=term.language)
        plain = term.datatype.value == str(rdflib.XSD.string)
        return rdflib.Literal(term.value, datatype=None if plain else rdflib.URIRef(term.datatype.value))
    raise ValueError("rdflib cannot carry a triple about a triple")
