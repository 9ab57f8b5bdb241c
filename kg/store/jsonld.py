"""JSON-LD with the context of the ontology inside, so that a file opens without a network and reads like plain JSON."""

from __future__ import annotations

import json
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING, Any

from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Quad

from kg.store.terms import LOCAL_NAME, as_written
from kg.vocabulary import RDF, XSD, ontology_file, prefixes

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kg.store.terms import Term


def json_ld(quads: Iterable[Quad], base: str) -> Iterator[str]:
    """The text of a JSON-LD document, one node a line, sorted by IRI.

    Raises ValueError for triple terms, which JSON-LD cannot carry.
    """
    context: dict[str, Any] = json.loads(ontology_file("context.jsonld").read_text("utf-8"))["@context"]
    context.update(prefixes(base))
    compact = _Compact(context)
    graphs: dict[str, list[Quad]] = {}
    for quad in quads:
        name = "" if isinstance(quad.graph_name, DefaultGraph) else compact.node(quad.graph_name)
        graphs.setdefault(name, []).append(quad)
    items = list(compact.nodes(graphs.pop("", [])))
    items += [{"@id": name, "@graph": list(compact.nodes(graphs[name]))} for name in sorted(graphs)]
    yield '{"@context": ' + json.dumps(context, ensure_ascii=False, sort_keys=True) + ',\n"@graph": [\n'
    yield ",\n".join(json.dumps(item, ensure_ascii=False) for item in items)
    yield "\n]}\n"


class _Compact:
    """Terms as JSON-LD with our context writes them."""

    def __init__(self, context: dict[str, Any]) -> None:
        self._terms: dict[str, tuple[str, str | None]] = {}
        self._namespaces = {iri: name for name, iri in context.items() if isinstance(iri, str) and iri[-1:] in "/#"}
        for name, definition in sorted(context.items()):
            iri = definition["@id"] if isinstance(definition, dict) else definition
            if not isinstance(iri, str) or iri[-1:] in "/#" or name.startswith("@"):
                continue
            coercion = definition.get("@type") if isinstance(definition, dict) else None
            self._terms[self._expand(iri, context)] = (name, self._expand(coercion, context) if coercion else None)

    @staticmethod
    def _expand(name: str, context: dict[str, Any]) -> str:
        prefix, colon, local = name.partition(":")
        return context[prefix] + local if colon and isinstance(context.get(prefix), str) else name

    def iri(self, iri: str) -> str:
        cut = max(iri.rfind("/"), iri.rfind("#")) + 1
        prefix = self._namespaces.get(iri[:cut])
        return f"{prefix}:{iri[cut:]}" if prefix and LOCAL_NAME.fullmatch(iri[cut:]) else iri

    def node(self, term: Term) -> str:
        if isinstance(term, NamedNode):
            return self.iri(term.value)
        if isinstance(term, BlankNode):
            return str(term)
        raise ValueError("JSON-LD cannot carry a triple about a triple; choose another format")

    def value(self, term: Term, coercion: str | None) -> Any:
        if not isinstance(term, Literal):
            return self.node(term) if coercion == "@id" else {"@id": self.node(term)}
        if term.language:
            return {"@language": term.language, "@value": term.value}
        if term.datatype.value == (coercion or XSD.string.value):
            return term.value
        if term.datatype == XSD.string:
            return {"@value": term.value}
        return {"@type": self.iri(term.datatype.value), "@value": term.value}

    def nodes(self, quads: Iterable[Quad]) -> Iterator[dict[str, Any]]:
        rows = [(str(quad.subject), quad.predicate.value, str(quad.object), quad) for quad in quads]
        rows.sort(key=itemgetter(0, 1, 2))
        for _, group in groupby(rows, key=itemgetter(0)):
            yield self._node_object([row[3] for row in group])

    def _node_object(self, quads: list[Quad]) -> dict[str, Any]:
        """One subject; values of the same property stand in a list where there are several."""
        values: dict[str, list[Any]] = {"@type": []}
        for quad in quads:
            if quad.predicate == RDF.type and isinstance(quad.object, NamedNode):
                values["@type"].append(self._terms.get(quad.object.value, (self.iri(quad.object.value), None))[0])
                continue
            name, coercion = self._terms.get(quad.predicate.value, (self.iri(quad.predicate.value), None))
            values.setdefault(name, []).append(self.value(as_written(quad.predicate, quad.object), coercion))
        found = {name: listed[0] if len(listed) == 1 else listed for name, listed in values.items() if listed}
        return {"@id": self.node(quads[0].subject), **found}
