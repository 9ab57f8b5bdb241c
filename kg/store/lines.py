"""Graphs as sorted lines: N-Triples and N-Quads, and the rows of terms from which Turtle is written.

The engine writes the terms, which is several times faster than to look at each of them in Python.
"""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING, Final

from pyoxigraph import DefaultGraph, Quad, RdfFormat, Store, serialize

from kg.vocabulary import NIF, XSD

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping


class Held(list[str]):
    """The triples of a graph without a name that are in no store yet, as lines without the full stop at the end."""


def document(lines: Iterable[str]) -> bytes:
    """An N-Triples document of these lines, which are without the full stop at the end."""
    return " .\n".join(chain(lines, ("",))).encode()


Row = tuple[str, str, str]
"""Subject, predicate and object of a triple, as N-Triples writes them."""

_OFFSETS: Final = frozenset({str(NIF.beginIndex), str(NIF.endIndex)})
_INTEGER: Final = f"^^{XSD.integer}"
_OFFSET: Final = f"^^{XSD.nonNegativeInteger}"
_DECIMAL: Final = f"^^{XSD.decimal}"


def rows(quads: Iterable[Quad] | Held) -> list[Row]:
    """The triples of quads, each once, in order, with numbers in the form of ``kg.store.terms.as_written``.

    A store without named graphs may stand for its quads; it and held triples are read fastest.
    """
    if isinstance(quads, Store):
        text = (quads.dump(format=RdfFormat.N_TRIPLES, from_graph=DefaultGraph()) or b"").decode("utf-8")
    elif isinstance(quads, Held):
        return [_row(line) for line in sorted(set(quads))]
    else:
        unnamed = (quad if isinstance(quad.graph_name, DefaultGraph) else Quad(*quad.triple) for quad in quads)
        text = (serialize(unnamed, format=RdfFormat.N_QUADS) or b"").decode("utf-8")
    return [_row(line[:-2]) for line in sorted(set(text.split("\n"))) if line]


def _row(line: str) -> Row:
    subject, predicate, value = line.split(" ", 2)
    return subject, predicate, _as_written(predicate, value) if value[0] == '"' and value[-1] == ">" else value


def _as_written(predicate: str, value: str) -> str:
    """A literal with a type as files carry it."""
    if value.endswith(_INTEGER):
        if predicate in _OFFSETS and value[1].isdigit():
            return value.removesuffix(_INTEGER) + _OFFSET
    elif value.endswith(_DECIMAL) and "." not in value[: -len(_DECIMAL)]:
        return f'{value[: -len(_DECIMAL) - 1]}.0"{_DECIMAL}'
    return value


def by_graph(quads: Iterable[Quad] | Held) -> Mapping[str, Iterable[Quad] | Held]:
    """The quads of each graph, by its name as N-Quads writes it, in order; the default graph has no name."""
    if isinstance(quads, (Store, Held)):
        return {"": quads}
    found: dict[str, list[Quad]] = {}
    for quad in quads:
        name = "" if isinstance(quad.graph_name, DefaultGraph) else str(quad.graph_name)
        found.setdefault(name, []).append(quad)
    return {name: found[name] for name in sorted(found)}


def n_triples(quads: Iterable[Quad] | Held, base: str) -> Iterator[str]:
    """The lines of N-Triples, sorted."""
    yield from sorted(f"{s} {p} {o} .\n" for s, p, o in rows(quads))


def n_quads(quads: Iterable[Quad] | Held, base: str) -> Iterator[str]:
    """The lines of N-Quads, sorted."""
    lines = []
    for name, inside in by_graph(quads).items():
        end = f" {name} .\n" if name else " .\n"
        lines += [f"{s} {p} {o}{end}" for s, p, o in rows(inside)]
    yield from sorted(lines)
