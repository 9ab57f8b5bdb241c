"""The order of an answer's rows, made from the terms of the answer instead of by the engine.

The engine sorts what is not decoded yet: it looks texts up at each comparison, which for thousands of rows takes longer
than finding them. Where a query ends in ORDER BY and the variables that this names, it is asked without, and the rows
are sorted here.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from pyoxigraph import BlankNode, Literal, NamedNode

from kg.store.guard import tokens
from kg.store.results import ResultTable
from kg.store.terms import python_value
from kg.vocabulary import XSD

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg.store.guard import Token
    from kg.store.terms import Term

UNBOUND, BLANK, IRI, NUMBER, TEXT = range(5)
"""Kinds of terms in the order of SPARQL 1.1, section 15.1; between literals of different types it leaves it open."""

_OPENING: Final = {"{": 1, "}": -1, "(": 1, ")": -1}


class Key(NamedTuple):
    """A variable of ORDER BY."""

    variable: str
    descending: bool


@dataclass(frozen=True, slots=True)
class Ordering:
    """A query without its ORDER BY, and the variables that this names."""

    query: str
    keys: tuple[Key, ...]

    def applied(self, table: ResultTable) -> ResultTable | None:
        """The rows in order; None where only the engine knows that: of terms that it compares in ways of its own."""
        if not {key.variable for key in self.keys} <= set(table.columns):
            return None
        rows = list(table.terms)
        try:
            for key in reversed(self.keys):
                place = table.columns.index(key.variable)
                rows.sort(key=lambda row: _rank(row[place]), reverse=key.descending)
        except _NotComparableError:
            return None
        return ResultTable(table.columns, tuple(rows))


def ordering(query: str) -> Ordering | None:
    """How the rows of a query are ordered; None where that is left to the engine, or there is no order.

    It is left to the engine where ORDER BY names something else than variables that are selected, or LIMIT follows.
    """
    if "\\u" in query.lower():
        return None  # the engine may read an escape as a brace or a quotation mark
    listed = list(tokens(query))
    top = _top_level(listed)
    words = [listed[place].text.upper() if listed[place].kind == "word" else listed[place].text for place in top]
    if "SELECT" not in words or words.count("{") != 1 or "}" not in words:
        return None
    end = words.index("}")
    order = next((at for at in range(end, len(words) - 1) if words[at : at + 2] == ["ORDER", "BY"]), None)
    if order is None or {"LIMIT", "OFFSET"} & set(words[end:order]):
        return None
    keys = _keys(listed[top[order] + 2 :])
    clause = listed[top[words.index("SELECT")] + 1 : top[words.index("{")]]
    selected = _selected([token.text for token in clause])
    if not keys or not ({"*"} & selected or {key.variable for key in keys} <= selected):
        return None
    first, last = listed[top[order]], listed[-1]
    return Ordering(query[: first.begin] + query[last.begin + len(last.text) :], keys)


def _top_level(listed: Sequence[Token]) -> list[int]:
    """The places of the tokens that no brace or bracket encloses; of those that enclose, too."""
    places, depth = [], 0
    for place, token in enumerate(listed):
        step = _OPENING.get(token.text, 0) if token.kind == "other" else 0
        if depth + min(step, 0) == 0:
            places.append(place)
        depth += step
    return places if depth == 0 else []


def _keys(listed: Sequence[Token]) -> tuple[Key, ...]:
    """The variables of ``?a DESC(?b) ...``; none where there is anything else."""
    keys = []
    rest = [(token.kind, token.text) for token in listed]
    while rest:
        (kind, text), *following = rest
        if kind == "variable":
            keys.append(Key(text[1:], descending=False))
            rest = following
            continue
        kinds, texts = [kind for kind, _ in following[:3]], [text for _, text in following[:3]]
        bracketed = kinds == ["other", "variable", "other"] and (texts[0], texts[2]) == ("(", ")")
        if text.upper() not in ("ASC", "DESC") or not bracketed:
            return ()
        keys.append(Key(texts[1][1:], text.upper() == "DESC"))
        rest = following[3:]
    return tuple(keys)


def _selected(clause: Sequence[str]) -> set[str]:
    """The variables that SELECT names, those of ``(... AS ?name)`` among them, or ``*``."""
    found, depth = set(), 0
    for before, word in zip(["", *clause], clause, strict=False):
        depth += _OPENING.get(word, 0)
        if word == "*" and not depth:
            found.add(word)
        elif word[0] in "?$" and (depth == 0 or (depth == 1 and before.upper() == "AS")):
            found.add(word[1:])
    return found


class _NotComparableError(Exception):
    """A term is of a type whose order is left to the engine."""


def _rank(term: Term | None) -> tuple[Any, ...]:
    """The place of a term among others. Raises _NotComparableError for what is not a plain text, number or date."""
    if term is None:
        return (UNBOUND,)
    if isinstance(term, NamedNode):
        return IRI, term.value
    if isinstance(term, BlankNode):
        return BLANK, term.value
    if not isinstance(term, Literal):
        raise _NotComparableError
    if term.language or term.datatype == XSD.string:
        return TEXT, term.value, term.datatype.value, term.language or ""
    value = python_value(term)
    if isinstance(value, bool) or value != value:  # NaN
        raise _NotComparableError
    if isinstance(value, (int, float, Decimal)):
        return NUMBER, value
    if isinstance(value, datetime) and value.tzinfo and date.min.year < value.year < date.max.year:
        return TEXT, value.astimezone(UTC).isoformat(), term.datatype.value, ""
    if isinstance(value, date):
        return TEXT, term.value, term.datatype.value, ""
    raise _NotComparableError
