"""The shapes of the ontology as queries on the store: one for each constraint, over the whole graph.

Covered is the part of SHACL that shapes.ttl uses; a constraint of another kind raises, it is never passed over. The
store keeps every integer as xsd:integer, so that xsd:nonNegativeInteger is checked by value.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from pyoxigraph import DefaultGraph, Literal, NamedNode, Store

from kg.store.results import ResultTable
from kg.store.terms import Subject, Term
from kg.validation.report import Problem
from kg.vocabulary import RDF, XSD, ontology_file

if TYPE_CHECKING:
    from kg.store import KnowledgeGraph

SH: Final = "http://www.w3.org/ns/shacl#"
_DESCRIPTIVE: Final = frozenset({"path", "message", "severity", "name", "description", "prefixes"})
_TARGETS: Final = frozenset({"targetClass", "targetSubjectsOf", "targetObjectsOf", "targetNode"})


@dataclass(frozen=True, slots=True)
class Check:
    """A query that finds what breaks a rule: the offender as ``?value``; further variables fill the message."""

    query: str
    message: str
    severity: str


def check(graph: KnowledgeGraph) -> list[Problem]:
    """The problems that the checks find."""
    problems = []
    for rule in checks():
        found = graph.evaluated(rule.query)
        assert isinstance(found, ResultTable)
        for row in found.to_dicts():
            problems.append(Problem(str(row["value"]), _filled(rule.message, row), rule.severity))
    return problems


def _filled(message: str, row: dict[str, object]) -> str:
    """A message with its variables, ``{?value}``, replaced by what the query found."""
    return re.sub(r"\{[?$](\w+)\}", lambda match: str(row.get(match[1], match[0])), message)


def checks() -> list[Check]:
    """The checks that the shapes ask for, in a stable order."""
    store = Store()
    store.bulk_load(path=str(ontology_file("shapes.ttl")))
    shapes = _Shapes(store)
    nodes = {q.subject for q in store.quads_for_pattern(None, RDF.type, NamedNode(SH + "NodeShape"), DefaultGraph())}
    found = [rule for shape in sorted(nodes, key=str) for rule in shapes.of_node_shape(shape)]
    return sorted(found, key=lambda rule: (rule.message, rule.query))


class _Shapes:
    """Reads a shapes graph and writes SPARQL."""

    def __init__(self, store: Store) -> None:
        self.store = store

    def get(self, shape: Subject, name: str) -> list[Term]:
        return [quad.object for quad in self.store.quads_for_pattern(shape, NamedNode(SH + name), None)]

    def one(self, shape: Subject, name: str) -> Term | None:
        return next(iter(self.get(shape, name)), None)

    def constraints(self, shape: Subject) -> Iterator[tuple[str, Term]]:
        """The constraints of a shape: the local name of each, and its value."""
        for quad in self.store.quads_for_pattern(shape, None, None):
            name = quad.predicate.value.removeprefix(SH)
            if quad.predicate.value.startswith(SH) and name not in _DESCRIPTIVE | _TARGETS:
                yield name, quad.object

    def of_node_shape(self, shape: Subject) -> Iterator[Check]:
        target = self._target(shape)
        for name, value in self.constraints(shape):
            if name == "property":
                assert not isinstance(value, (Literal, NamedNode))
                yield from self._of_property(target, value)
            elif name == "sparql":
                assert not isinstance(value, (Literal, NamedNode))
                select = self.one(value, "select")
                assert isinstance(select, Literal)
                query = select.value.replace("$this", "?value") if "?value" not in select.value else select.value
                yield self._check(value, query, self.one(shape, "severity"))
            else:
                condition = self._condition(name, value, "?value")
                yield self._check(shape, f"SELECT DISTINCT ?value {{ {target} FILTER ( !{condition} ) }}")

    def _target(self, shape: Subject) -> str:
        """A pattern that binds ``?value`` to every node that the shape is about."""
        patterns = []
        for name, pattern in (
            ("targetClass", "?value a {}"),
            ("targetSubjectsOf", "?value {} ?object_"),
            ("targetObjectsOf", "?subject_ {} ?value"),
            ("targetNode", "VALUES ?value {{ {} }}"),
        ):
            patterns += [f"{{ {pattern.format(target)} }}" for target in sorted(map(str, self.get(shape, name)))]
        return f"{{ SELECT DISTINCT ?value {{ {' UNION '.join(patterns)} }} }}"

    def _of_property(self, target: str, shape: Subject) -> Iterator[Check]:
        path = self._path(shape)
        for name, value in self.constraints(shape):
            match name:
                case "minCount" if isinstance(value, Literal) and value.value == "1":
                    body = f"{target} FILTER NOT EXISTS {{ ?value {path} ?v }}"
                case "minCount":
                    counted = f"{target} OPTIONAL {{ ?value {path} ?v }}"
                    body = _by_count(counted, f"< {_plain(value)}")
                case "maxCount":
                    body = _by_count(f"{target} ?value {path} ?v", f"> {_plain(value)}")
                case "disjoint":
                    body = f"{target} ?value {path} ?v ; {value} ?v"
                case "lessThan" | "lessThanOrEquals":
                    sign = "<" if name == "lessThan" else "<="
                    body = f"{target} ?value {path} ?v ; {value} ?w FILTER ( !COALESCE(?v {sign} ?w, false) )"
                case _:
                    body = f"{target} ?value {path} ?v FILTER ( !{self._condition(name, value, '?v')} )"
            yield self._check(shape, f"SELECT DISTINCT ?value {{ {body} }}")

    def _path(self, shape: Subject) -> str:
        path = self.one(shape, "path")
        if isinstance(path, NamedNode):
            return str(path)
        inverse = None if path is None or isinstance(path, Literal) else self.one(path, "inversePath")
        if inverse is None:
            raise NotImplementedError(f"the path of {shape} is of a kind that is not checked by queries")
        return f"^{inverse}"

    def _condition(self, name: str, value: Term, variable: str) -> str:
        """A SPARQL expression that is true when the variable keeps the constraint."""
        match name:
            case "class":
                return f"EXISTS {{ {variable} a {value} }}"
            case "nodeKind":
                kind = str(value).removesuffix(">").rpartition("#")[2]
                return {"IRI": f"isIRI({variable})", "Literal": f"isLiteral({variable})"}[kind]
            case "datatype" if value == XSD.nonNegativeInteger:
                return f"COALESCE(DATATYPE({variable}) = {XSD.integer} && {variable} >= 0, false)"
            case "datatype":
                return f"COALESCE(DATATYPE({variable}) = {value}, false)"
            case "minLength":
                return f"COALESCE(STRLEN(STR({variable})) >= {_plain(value)}, false)"
            case "minInclusive":
                return f"COALESCE({variable} >= {_plain(value)}, false)"
            case "maxInclusive":
                return f"COALESCE({variable} <= {_plain(value)}, false)"
            case "pattern":
                return f"COALESCE(REGEX(STR({variable}), {value}), false)"
            case "in":
                return f"COALESCE({variable} IN ( {', '.join(map(str, self._list(value)))} ), false)"
            case "or":
                return f"( {' || '.join(self._all(member, variable) for member in self._list(value))} )"
            case "not":
                return f"( !{self._all(value, variable)} )"
        raise NotImplementedError(f"sh:{name} is not checked by queries")

    def _all(self, shape: Term, variable: str) -> str:
        """A SPARQL expression that is true when the variable keeps all constraints of a shape without a path."""
        assert not isinstance(shape, Literal)
        conditions = [self._condition(name, value, variable) for name, value in self.constraints(shape)]
        return f"( {' && '.join(sorted(conditions))} )"

    def _list(self, head: Term) -> list[Term]:
        members = []
        while head != NamedNode(RDF.iri + "nil"):
            assert not isinstance(head, Literal)
            first, rest = (
                next(iter(self.store.quads_for_pattern(head, NamedNode(RDF.iri + name), None))).object
                for name in ("first", "rest")
            )
            members.append(first)
            head = rest
        return members

    def _check(self, shape: Subject, query: str, severity: Term | None = None) -> Check:
        message, severity = self.one(shape, "message"), severity or self.one(shape, "severity")
        level = "violation" if severity is None else str(severity).removesuffix(">").rpartition("#")[2].lower()
        return Check(query, message.value if isinstance(message, Literal) else "breaks a rule of the ontology", level)


def _by_count(pattern: str, condition: str) -> str:
    return f"{{ SELECT ?value {{ {pattern} }} GROUP BY ?value HAVING (COUNT(DISTINCT ?v) {condition}) }}"


def _plain(term: Term) -> str:
    """A number as SPARQL writes it."""
    return term.value if isinstance(term, Literal) else str(term)
