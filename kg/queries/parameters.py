"""The parameters that questions take, and how the words of a person become terms of the graph."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any, Final

from kg.errors import QueryError
from kg.texts import in_utf8

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg.store import KnowledgeGraph
    from kg.store.terms import Term


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter: what kind of value it takes, and what it means.

    ``kind`` is thing (of one of ``classes``; any where there are none), first or last (a day, month or year, taken by
    its first or last day), word (one of those that the graph has for ``property``), class, or text.
    """

    kind: str
    metavar: str
    text: str
    classes: tuple[str, ...] = ()
    property: str = ""


PARAMETERS: Final = {
    "person": Parameter("thing", "NAME", "a person, by name, other name or IRI", ("Person",)),
    "organisation": Parameter("thing", "NAME", "an organisation (or a place that acts)", ("Organisation",)),
    "event": Parameter("thing", "NAME", "an event", ("Event",)),
    "place": Parameter("thing", "NAME", "a place, with the places in it", ("Place",)),
    "about": Parameter("thing", "NAME", "a topic or any other thing that is spoken about"),
    "thing": Parameter("thing", "NAME", "anything in the graph"),
    "article": Parameter("thing", "TITLE", "an article, by its title or IRI", ("Article",)),
    "publisher": Parameter(
        "publisher", "NAME", "who publishes articles: an organisation, or as the articles' data name it"
    ),
    "since": Parameter("first", "DATE", "the first day: 2025-03-27, 2025-03 or 2025"),
    "until": Parameter("last", "DATE", "the last day, month or year"),
    "at": Parameter("last", "DATE", "a day (of a month or year, the last)"),
    "act": Parameter("word", "ACT", "a speech act: assertion, denial, hope, commitment ...", property="speechAct"),
    "type": Parameter("word", "TYPE", "a type of event: gathering, visit, election ...", property="eventType"),
    "class": Parameter("class", "CLASS", "a class of the ontology: Person, Place ..."),
    "title": Parameter("text", "WORDS", "words of the title of a post"),
    "words": Parameter("text", "WORDS", "words that what was said contains"),
    "short": Parameter("text", "NAME", "a short name exactly as it is written: IP, AUT"),
    "unit": Parameter("text", "UNIT", "a unit as the graph writes it: EUR, percent ..."),
}
"""Every parameter by its name."""

MOST_LABELS: Final = 50_000
"""Labels of a graph in which further bearers of a name are looked for."""

BEGINNING: Final = 4
"""Letters of a word that are enough for the whole word."""


def terms(graph: KnowledgeGraph, name: str, value: str) -> list[Term]:
    """The terms that a value of a parameter stands for; several where several things bear a name.

    Raises QueryError, with the nearest values, where it stands for nothing.
    """
    from pyoxigraph import Literal

    from kg.vocabulary import NK, XSD

    parameter, value = PARAMETERS[name], in_utf8(value)
    if parameter.kind == "thing":
        return list(things(graph, value, parameter.classes, f"--{name}"))
    if parameter.kind == "publisher":
        return _publishers(graph, value, f"--{name}")
    if parameter.kind in ("first", "last"):
        return [Literal(day(value, parameter.kind == "last").isoformat(), datatype=XSD.date)]
    if parameter.kind == "word":
        known = sorted({t.object.value for t in graph.triples(None, NK[parameter.property])})  # type: ignore[union-attr]
        return [Literal(_one_of(value, known, f"--{name}"))]
    if parameter.kind == "class":
        from kg.store.names import NAMED_CLASSES

        local = value.rpartition(":")[2]
        return [NK[_one_of(local, NAMED_CLASSES, f"--{name}")]]
    return [Literal(value)]


def _publishers(graph: KnowledgeGraph, value: str, where: str) -> list[Term]:
    """The organisation of that name, and the name itself where the data of articles give it."""
    from kg.vocabulary import DC

    given = {t.object for t in graph.triples(None, DC.publisher)}
    named = sorted((term for term in given if term.value.casefold() == value.strip().casefold()), key=str)  # type: ignore[union-attr]
    try:
        return [*things(graph, value, ("Organisation",), where), *named]
    except QueryError as error:
        if named:
            return list(named)
        known = {term.value.casefold(): term.value for term in given}  # type: ignore[union-attr]
        near = get_close_matches(value.casefold(), sorted(known), n=1)
        if near and "did you mean" not in str(error):
            raise QueryError(f"{error}; did you mean {known[near[0]]}?") from None
        raise


def values_clause(variable: str, found: Sequence[Term]) -> str:
    """The SPARQL that binds a variable to terms, as the engine writes them."""
    return f"VALUES ?{variable} {{ {' '.join(map(str, found))} }}"


def things(graph: KnowledgeGraph, text: str, classes: Sequence[str] = (), where: str = "") -> list[Term]:
    """The things of these classes (any, where none are given) that a text names.

    The text is an IRI, a prefixed name, a label or another name, all also in other case, or else a whole part of a name
    that only one such thing has ("Tang" for Daren Tang). Raises QueryError, with the nearest names, for anything else.
    """
    from kg.store.names import is_one_of, like, names, spelled

    text = in_utf8(text.strip())
    found = [thing for thing in spelled(graph, text) if not classes or is_one_of(graph, thing, classes)]
    if found:
        return list(found)
    words = text.casefold()
    known = names(graph, classes, text)
    partly = {thing for name, thing in known if name == words}
    if partly:
        return sorted(partly, key=str)
    partly = {thing for name, thing in known if re.search(rf"(?<!\w){re.escape(words)}(?!\w)", name)}
    if not partly and len(words) >= BEGINNING:
        partly = {thing for name, thing in known if re.search(rf"(?<!\w){re.escape(words)}", name)}
    if len(partly) > 1 and not classes:
        partly = {thing for thing in partly if not is_one_of(graph, thing, ["Article"])} or partly
    if len(partly) == 1:
        return list(partly)
    labels = sorted({graph.label(thing) for thing in partly})
    kind = " or ".join(name.lower() for name in classes)
    at = f"{where}: " if where else ""
    if labels:
        raise QueryError(f"{at}several are called {text!r}: {', '.join(labels[:6])}")
    meant = list(dict.fromkeys(graph.label(thing) for thing in like(text, names(graph, classes))))
    hint = f"; did you mean {' or '.join(meant)}?" if meant else ""
    if not hint and where == "--about":
        hint = "; --words of the question statements-by searches what was said"
    nothing = (
        f"no {kind} in the graph is called {text!r}" if classes else f"there is nothing called {text!r} in the graph"
    )
    raise QueryError(f"{at}{nothing}{hint}")


def left_out(graph: KnowledgeGraph, name: str, value: str) -> list[str]:
    """The labels of further things in whose names a value stands whole, where it was taken as the name of others.

    None are looked for in a graph of more than :data:`MOST_LABELS` labels, where that takes longer than the answer.
    """
    from kg.store.names import NAMED_CLASSES, names
    from kg.vocabulary import RDFS

    parameter = PARAMETERS[name]
    if parameter.kind != "thing" or not value.strip():
        return []
    some = f"SELECT ?label {{ ?thing {RDFS.label} ?label }} LIMIT {MOST_LABELS + 1}"
    table: Any = graph.query(f"SELECT (COUNT(?label) AS ?labels) {{ {some} }}", timeout=None)
    if table.rows[0]["labels"] > MOST_LABELS:
        return []
    taken = set(terms(graph, name, value))
    pattern = re.compile(rf"(?<!\w){re.escape(value.strip().casefold())}(?!\w)")
    classes = parameter.classes or tuple(c for c in NAMED_CLASSES if c != "Article")
    others = {thing for known, thing in names(graph, classes, value.strip()) if pattern.search(known)} - taken
    return sorted({graph.label(thing) for thing in others})


def day(text: str, last: bool = False) -> date:
    """The day that a text like 2025-03-27, 2025-03 or 2025 means: of a month or year the first, or the last.

    >>> day("2024-02", last=True).isoformat()
    '2024-02-29'

    Raises QueryError for anything else.
    """
    found = re.fullmatch(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?", text.strip())
    try:
        if not found:
            raise ValueError
        year, month = int(found[1]), int(found[2] or (12 if last else 1))
        return date(year, month, int(found[3] or (calendar.monthrange(year, month)[1] if last else 1)))
    except (ValueError, IndexError):
        raise QueryError(f"{text!r} is not a date; write 2025-03-27, 2025-03 or 2025") from None


def _one_of(value: str, known: Sequence[str], where: str) -> str:
    """The one of the known words that is meant, in any case of letters."""
    for word in known:
        if word.casefold() == value.strip().casefold():
            return word
    near = get_close_matches(value.casefold(), [word.casefold() for word in known], n=1)
    hint = f"did you mean {next(w for w in known if w.casefold() == near[0])}? " if near else ""
    listed = ", ".join(known) or "none"
    raise QueryError(f"{where}: {value!r} is none of those in the graph; {hint}there are: {listed}")
