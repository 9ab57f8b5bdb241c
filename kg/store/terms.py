"""Terms of the graph: as files carry them, and as Python values."""

from __future__ import annotations

import re
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from math import isfinite, nan
from typing import Final

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from kg.vocabulary import NIF, XSD

Subject = NamedNode | BlankNode | Triple
Term = NamedNode | BlankNode | Literal | Triple

LOCAL_NAME: Final = re.compile(r"[A-Za-z_][A-Za-z0-9_-]*")
"""The local names that are written with a prefix: a safe part of what Turtle allows."""

_XSD: Final = XSD.iri
_INTEGERS: Final = frozenset({XSD.integer.value, XSD.nonNegativeInteger.value})


def as_written(predicate: NamedNode, term: Term) -> Term:
    """The object as files carry it.

    The store keeps the value of a number, not its form: ``1.0`` becomes ``1`` and every integer type ``xsd:integer``.
    Files get the decimal point and the ``xsd:nonNegativeInteger`` of the offsets back.
    """
    if not isinstance(term, Literal):
        return term
    if term.datatype == XSD.integer and predicate in (NIF.beginIndex, NIF.endIndex) and term.value.isdigit():
        return Literal(term.value, datatype=XSD.nonNegativeInteger)
    return with_point(term)


def with_point(term: Term) -> Term:
    """A decimal number with a decimal point, as Turtle needs it; any other term as it is."""
    if isinstance(term, Literal) and term.datatype == XSD.decimal and "." not in term.value:
        return Literal(term.value + ".0", datatype=XSD.decimal)
    return term


def with_plain_integer(term: Term) -> Term:
    """An integer as xsd:integer, as the store keeps it; any other term as it is. A server may keep the type."""
    if isinstance(term, Literal) and term.datatype == XSD.nonNegativeInteger and term.value.isdigit():
        return Literal(term.value, datatype=XSD.integer)
    return term


def python_value(term: Term | None) -> object:
    """A term as a plain Python value.

    str for IRIs, blank nodes and texts; int, Decimal, float, bool, date and datetime for literals of these types; None
    for an unbound variable. A literal whose form does not fit its type stays a str.
    """
    if not isinstance(term, Literal):
        return None if term is None else term.value if isinstance(term, NamedNode) else str(term)
    text = term.value
    datatype = term.datatype.value
    try:
        if datatype in _INTEGERS:
            return int(text)
        if datatype == XSD.decimal.value:
            return Decimal(text)
        if datatype in (_XSD + "double", _XSD + "float"):
            return float(text)
        if datatype == XSD.boolean.value:
            return text in ("true", "1")
        if datatype == XSD.date.value:
            return date.fromisoformat(text)
        if datatype == XSD.dateTime.value:
            return datetime.fromisoformat(text)
    except (ValueError, InvalidOperation):
        pass
    return text


def number_of(term: Term | str | None) -> float | None:
    """The number that a literal (or its text) holds; None for anything else, as graphs of others may have there."""
    text = term.value if isinstance(term, Literal) else term
    try:
        number = float(text) if isinstance(text, str) else nan
    except ValueError:
        return None
    return number if isfinite(number) else None


def base_of_article(iri: str) -> str | None:
    """What the IRIs of the data start with, by the IRI of an article."""
    base, article, _ = iri.rpartition("article/")
    return base if article else None
