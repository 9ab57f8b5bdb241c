"""Turtle and TriG as a person would write them: a block for each subject, by IRI; ``a`` first, then the label.

The engine's own writer is not used because it writes the prefixes in random order.
"""

from __future__ import annotations

import re
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING, Final

from kg.store.lines import Held, Row, by_graph, rows
from kg.store.terms import LOCAL_NAME
from kg.vocabulary import RDF, RDFS, XSD, prefixes

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pyoxigraph import Quad

_TYPE: Final = str(RDF.type)
_LABEL: Final = str(RDFS.label)
_SHORT: Final = {str(XSD.integer): re.compile(r"-?\d+"), str(XSD.decimal): re.compile(r"-?\d+\.\d+")}
"""The types of numbers that Turtle writes bare, with the form that they must have."""

_ESCAPE: Final = re.compile(r"\\.")


def turtle(quads: Iterable[Quad] | Held, base: str) -> Iterator[str]:
    """The text of a Turtle file, with the prefixes that it uses; the graphs of quads are not told apart."""
    names = _Names(base)
    blocks = list(_blocks(rows(quads), names))
    yield names.declarations()
    yield from blocks


def trig(quads: Iterable[Quad] | Held, base: str) -> Iterator[str]:
    """The text of a TriG file: the default graph as in Turtle, then the named graphs."""
    names = _Names(base)
    blocks: list[str] = []
    for graph, of_graph in by_graph(quads).items():
        inside = _blocks(rows(of_graph), names)
        blocks += [f"\nGRAPH {names.term(graph)} {{\n", *inside, "}\n"] if graph else inside
    yield names.declarations()
    yield from blocks


def _blocks(found: list[Row], names: _Names) -> Iterator[str]:
    for subject, of_subject in groupby(found, key=itemgetter(0)):
        lines: dict[str, str] = {_TYPE: "", _LABEL: ""}  # which stand first
        for _, predicate, value in of_subject:
            before = lines.get(predicate)
            if before:
                lines[predicate] = f"{before},\n        {names.term(value)}"
            else:
                lines[predicate] = f"{names.predicate(predicate)} {names.term(value)}"
        yield f"\n{names.term(subject)} " + " ;\n    ".join(filter(None, lines.values())) + " .\n"


class _Names:
    """Terms of N-Triples as Turtle writes them, with prefixes, each IRI worked out once."""

    def __init__(self, base: str) -> None:
        self._prefixes = prefixes(base)
        self._by_namespace = {iri: prefix for prefix, iri in self._prefixes.items()}
        self._used: set[str] = set()
        self._iris: dict[str, str] = {}

    def declarations(self) -> str:
        """The prefixes of the names given so far."""
        return "".join(f"@prefix {name}: <{iri}> .\n" for name, iri in self._prefixes.items() if name in self._used)

    def predicate(self, predicate: str) -> str:
        return "a" if predicate == _TYPE else self._iri(predicate)

    def term(self, term: str) -> str:
        if term[0] == '"':
            return term if term[-1] == '"' and "\\n" not in term else self._literal(term)
        return self._iri(term) if term[0] == "<" and term[1] != "<" else term

    def _iri(self, term: str) -> str:
        known = self._iris.get(term)
        if known is None:
            iri = term[1:-1]
            cut = max(iri.rfind("/"), iri.rfind("#")) + 1
            prefix = self._by_namespace.get(iri[:cut])
            known = term
            if prefix and LOCAL_NAME.fullmatch(iri, cut):
                known = f"{prefix}:{iri[cut:]}"
                self._used.add(prefix)
            self._iris[term] = known
        return known

    def _literal(self, term: str) -> str:
        end = term.rindex('"') + 1
        quoted, rest = term[:end], term[end:]
        if rest.startswith("^^"):
            short = _SHORT.get(rest[2:])
            if short and short.fullmatch(quoted, 1, end - 1):
                return quoted[1:-1]
            rest = "^^" + self._iri(rest[2:])
        return (_on_several_lines(quoted) if "\\n" in quoted else quoted) + rest


def _on_several_lines(quoted: str) -> str:
    r"""A text in quotation marks with its line feeds as they are, between triple quotation marks.

    All other escapes stay as they are, carriage returns (``\r``) above all.
    """
    text = _ESCAPE.sub(lambda match: "\n" if match[0] == r"\n" else match[0], quoted)
    return f'""{text}""'
