"""Help with queries: the nearest right word for a wrong one, which part found nothing, and what takes long."""

from __future__ import annotations

import re
import time
from dataclasses import dataclass
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any, Final

from kg.errors import QueryError
from kg.vocabulary import NK, RDF

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pyoxigraph import Triple

    from kg.store import KnowledgeGraph, ResultTable

MOMENT: Final = 5.0
"""Seconds that each look at a part of a query may take."""


def ask(graph: KnowledgeGraph, sparql: str, timeout: float | None = 30.0) -> ResultTable | bool | list[Triple]:
    """``graph.query``, whose errors also name the nearest right prefix, class or property."""
    check_terms(graph, sparql)
    try:
        return graph.query(sparql, timeout=timeout)
    except QueryError as error:
        raise QueryError(f"{error}{prefix_hint(graph, str(error))}") from None


def prefix_hint(graph: KnowledgeGraph, message: str) -> str:
    """What to add to the message that a prefix is not known: the nearest that is."""
    found = re.search(r"the prefix of ([^\s:]*):(\S*) is not known", message)
    if not found:
        return ""
    near = get_close_matches(found[1].lower(), graph.prefixes, n=1)
    if not near and found[2] in NK:
        near = ["nk"]
    return f"; did you mean {near[0]}:{found[2]}?" if near else ""


def check_terms(graph: KnowledgeGraph, sparql: str) -> None:
    """Raise QueryError for a word of the ontology that is neither there nor in the graph, but close to one that is."""
    from pyoxigraph import NamedNode

    from kg.store.guard import tokens, where

    if re.search(r"\bconstruct\b", sparql, re.IGNORECASE):
        return  # it may make words of its own
    declared = dict(re.findall(r"(?i)\bprefix\s+([^\s:]*):\s*<([^>]*)>", sparql))
    known = {**graph.prefixes, **declared}
    for token in tokens(sparql):
        if token.kind == "name":
            prefix, _, local = token.text.partition(":")
            iri = known.get(prefix, "") + re.sub(r"\\(.)", r"\1", local.rstrip("."))
        elif token.kind == "iri":
            iri = token.text[1:-1]
        else:
            continue
        name = iri.removeprefix(NK.iri)
        if name == iri or name in NK or not name:
            continue
        try:
            term = NamedNode(iri)
        except ValueError:
            continue  # the engine says what is wrong with it
        if any(next(graph.triples(*pattern), None) for pattern in ((None, term), (None, RDF.type, term), (term,))):
            continue
        near = get_close_matches(name.lower(), [word.lower() for word in NK], n=2, cutoff=0.7)
        meant = dict.fromkeys(f"nk:{word}" for low in near for word in NK if word.lower() == low)
        if meant:
            hint = f"did you mean {' or '.join(meant)}?"
            raise QueryError(f"{where(sparql, token.begin)}: nk:{name} is not a word of the ontology; {hint}")


@dataclass(frozen=True, slots=True)
class Step:
    """One pattern of a query: how many matches it has alone, and how many are left after joining it to those before.

    None stands for a count that took too long. ``seconds`` is how long the joining took.
    """

    pattern: str
    alone: int | None
    joined: int | None
    seconds: float


def explain(graph: KnowledgeGraph, sparql: str, timeout: float = MOMENT) -> list[Step]:
    """The patterns that every answer of a query has to fit, one joined after the other.

    Raises QueryError for a query that is malformed or forbidden.
    """
    from kg.store.guard import refuse_what_is_not_reading

    refuse_what_is_not_reading(sparql, graph.graph_names)
    steps, before = [], ""
    for pattern in _patterns(graph, sparql):
        alone, _ = _count(graph, pattern.sparql, timeout)
        before += pattern.sparql
        joined, seconds = _count(graph, before, timeout)
        steps.append(Step(pattern.text, alone, joined, seconds))
        if joined is None:
            break
    return steps


def why_empty(graph: KnowledgeGraph, sparql: str, seconds: float = 3 * MOMENT) -> str | None:
    """Which part of a query matches nothing, in a sentence; None where that cannot be told in so many seconds."""
    patterns = list(_patterns(graph, sparql))
    end = time.monotonic() + seconds
    try:
        if not _holds(graph, "?s ?p ?o", end):
            return "the graph is empty"
        for pattern in patterns:
            if not _holds(graph, pattern.sparql, end):
                return f"nothing in the graph fits {pattern.text}{_hint(graph, pattern.triple)}"
        for size in range(2, len(patterns) + 1):
            if not _holds(graph, "".join(pattern.sparql for pattern in patterns[:size]), end):
                before = " . ".join(pattern.text for pattern in patterns[: size - 1])
                return f"each part has matches, but nothing that fits {before} fits {patterns[size - 1].text} too"
    except QueryError:
        return None
    return "all patterns have matches together; a FILTER, VALUES or MINUS, or a part in braces, leaves nothing over"


@dataclass(frozen=True, slots=True)
class _Pattern:
    triple: tuple[Any, Any, Any]
    sparql: str
    text: str


def _patterns(graph: KnowledgeGraph, sparql: str) -> Iterator[_Pattern]:
    """The triple patterns outside of OPTIONAL, UNION, MINUS and sub-queries, as rdflib's parser finds them."""
    import logging

    from rdflib import BNode, Namespace, URIRef
    from rdflib.plugins.sparql import prepareQuery
    from rdflib.plugins.sparql.parserutils import CompValue

    logging.getLogger("rdflib").setLevel(logging.ERROR)
    try:
        algebra = prepareQuery(sparql, initNs={p: Namespace(iri) for p, iri in graph.prefixes.items()}).algebra
    except Exception:  # rdflib's parser has many ways to fail on what the engine accepts
        return

    def walk(node: Any) -> Iterator[tuple[Any, Any, Any]]:
        if not isinstance(node, CompValue):
            return
        if node.name == "BGP":
            yield from node.triples
        elif node.name in ("LeftJoin", "Minus"):
            yield from walk(node.p1)
        elif node.name == "Join":
            yield from walk(node.p1)
            yield from walk(node.p2)
        elif node.name != "Union":
            yield from walk(node.get("p"))

    def written(term: Any, short: bool) -> str:
        if isinstance(term, BNode):
            return f"?b_{term}"
        if short and isinstance(term, URIRef):
            return "a" if term == URIRef(RDF.type.value) else graph.shortened(str(term))
        text = str(term.n3())
        if short:
            return re.sub(r"<([^<>\s]*)>", lambda match: graph.shortened(match[1]), text)
        return f"({text})" if not isinstance(term, URIRef) and hasattr(term, "args") else text

    for triple in walk(algebra.p):
        whole = " ".join(written(term, False) for term in triple)
        yield _Pattern(triple, f"{whole} . ", " ".join(written(term, True) for term in triple))


def _holds(graph: KnowledgeGraph, pattern: str, end: float) -> bool:
    """Whether a pattern has a match. Raises QueryError when there is no time left."""
    return graph.query(f"ASK {{ {pattern} }}", timeout=min(MOMENT, end - time.monotonic())) is True


def _count(graph: KnowledgeGraph, pattern: str, timeout: float) -> tuple[int | None, float]:
    begin = time.perf_counter()
    try:
        table: Any = graph.query(f"SELECT (COUNT(*) AS ?n) {{ {pattern} }}", timeout=timeout)
        return table.rows[0][0], time.perf_counter() - begin
    except QueryError:
        return None, time.perf_counter() - begin


def _hint(graph: KnowledgeGraph, triple: tuple[Any, Any, Any]) -> str:
    """The nearest property, class or value that the graph has, for a pattern that matches nothing."""
    from pyoxigraph import Literal, NamedNode
    from rdflib import Literal as Text
    from rdflib import URIRef

    _, predicate, value = triple
    if not isinstance(predicate, URIRef):
        return ""
    of_property = NamedNode(str(predicate))
    if of_property == RDF.type and isinstance(value, URIRef):
        classes = {
            graph.shortened(t.object.value) for t in graph.triples(None, RDF.type) if isinstance(t.object, NamedNode)
        }
        return _near(graph.shortened(str(value)), classes, "the graph has nothing of that class")
    if next(graph.triples(None, of_property), None) is None:
        used = {graph.shortened(term.value) for term in _used_properties(graph)}
        return _near(graph.shortened(str(predicate)), used, "the graph does not use that property")
    if isinstance(value, Text):
        values = {t.object.value for t in graph.triples(None, of_property) if isinstance(t.object, Literal)}
        if str(value) in values:
            return f"; the graph has {str(value)!r} with another language or type"
        return _near(str(value), values, "the graph has no such value")
    return ""


def words_in_use(graph: KnowledgeGraph) -> tuple[list[str], list[str]]:
    """The IRIs of the classes and properties of the known vocabularies that the graph uses, sorted."""
    from kg.vocabulary import NAMESPACES

    known = [namespace[name] for namespace in NAMESPACES for name in namespace]
    classes = sorted(term.value for term in known if next(graph.triples(None, RDF.type, term), None))
    return classes, sorted(term.value for term in known if next(graph.triples(None, term), None))


def _used_properties(graph: KnowledgeGraph) -> list[Any]:
    table: Any = graph.query("SELECT DISTINCT ?p { ?s ?p ?o }", timeout=MOMENT)
    return [row[0] for row in table.terms]


def _near(wanted: str, known: set[str], otherwise: str) -> str:
    lowered = {word.lower(): word for word in sorted(known)}
    near = get_close_matches(wanted.lower(), lowered, n=2, cutoff=0.6)
    return f"; did you mean {' or '.join(lowered[word] for word in near)}?" if near else f"; {otherwise}"
