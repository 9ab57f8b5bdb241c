"""Things by their names: as written, in other case, by a part of a name, and the names most like a wrong one.

The engine looks through the names, for an archive of 50,000 articles has hundreds of thousands of labels.
"""

from __future__ import annotations

import re
from contextlib import suppress
from itertools import chain
from typing import TYPE_CHECKING, Any, Final

from pyoxigraph import Literal, NamedNode

from kg.addresses import address_of, other_forms
from kg.errors import QueryError
from kg.vocabulary import DCTERMS, NK, RDF, RDFS, SKOS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from kg.store.graph import KnowledgeGraph

NAMED_CLASSES: Final = ("Article", "Event", "Organisation", "Person", "Place", "Topic")
"""The classes of things that bear names (the label of a statement or a post is none)."""

MOST_NAMES: Final = 50_000
"""Names among which those most like a wrong one are looked for."""

LIKE: Final = 75
LIKE_IN_PART: Final = 60
"""Per cent of letters in common (a ratio of edits) that make a name like another, as a whole or in one of its words."""


def find(graph: KnowledgeGraph, text: str) -> list[NamedNode]:
    """The things that a text names: by IRI, prefixed name, label, other name, or one of these in other case.

    Raises QueryError, with the nearest names, where there is none.
    """
    text = text.strip()
    found = spelled(graph, text)
    found = found or sorted({t for name, t in names(graph, part=text) if name == text.casefold()}, key=str)
    if found:
        return found
    labels = [graph.label(thing) for thing in like(text, names(graph))]
    hint = f"; did you mean {' or '.join(labels)}?" if labels else ""
    raise QueryError(f"there is nothing called {text!r} in the graph{hint}")


def spelled(graph: KnowledgeGraph, text: str) -> list[NamedNode]:
    """The things of exactly this IRI, prefixed name, label or else other name, in order.

    Where there is none, those called so in small letters, in capitals, or with capital initials.
    """
    iri = text[1:-1] if text.startswith("<") and text.endswith(">") else text
    prefix, colon, local = iri.partition(":")
    if colon and prefix in graph.prefixes and not local.startswith("//"):
        iri = graph.prefixes[prefix] + local
    if re.fullmatch(r"[A-Za-z][A-Za-z0-9+.-]*:[^\s<>\"{}|\\^`]+", iri):
        for node in chain(_nodes((iri, *other_forms(iri))), _addresses_alike(graph, iri)):
            if any(next(graph.triples(*pattern), None) for pattern in ((node,), (None, None, node), (None, node))):
                return [node]
    forms = [text.lower(), text.upper(), text.title(), text.capitalize()]
    return (
        _called(graph, (RDFS.label,), [text])
        or _called(graph, (SKOS.altLabel,), [text])
        or _called(graph, (RDFS.label, SKOS.altLabel), forms)
    )


def _nodes(iris: Iterable[str]) -> Iterator[NamedNode]:
    """The nodes of those that are IRIs."""
    for iri in iris:
        with suppress(ValueError):
            yield NamedNode(iri)


def _addresses_alike(graph: KnowledgeGraph, url: str) -> Iterator[NamedNode]:
    """The addresses of articles that are those of the same page but for capitals in the codes of their letters."""
    forms = dict.fromkeys(node.value.lower() for node in _nodes(other_forms(url)))
    if not forms:
        return
    small = ", ".join(str(Literal(form)) for form in forms)
    alike = f"{{ ?article {DCTERMS.source} ?address FILTER ( LCASE(STR(?address)) IN ({small}) ) }}"
    table: Any = graph.evaluated(f"SELECT DISTINCT ?address {alike}")
    found = (address for (address,) in table.terms if isinstance(address, NamedNode))
    yield from sorted((one for one in found if address_of(one.value) == address_of(url)), key=str)


def _called(graph: KnowledgeGraph, properties: Sequence[NamedNode], forms: Iterable[str]) -> list[NamedNode]:
    found = {t.subject for form in forms for p in properties for t in graph.triples(None, p, Literal(form))}
    return sorted((thing for thing in found if isinstance(thing, NamedNode)), key=str)


def names(graph: KnowledgeGraph, classes: Sequence[str] = (), part: str = "") -> list[tuple[str, NamedNode]]:
    """The names in lower case, in order, of things of these classes, with the thing.

    With ``part``: the names that contain it, in any case. Without: :data:`MOST_NAMES` at most. Without ``classes`` all
    of :data:`NAMED_CLASSES` are meant; the titles of articles among them only with ``part``.
    """
    kinds = classes or (NAMED_CLASSES if part else [name for name in NAMED_CLASSES if name != "Article"])
    called = "{ ?thing rdfs:label ?name } UNION { ?thing skos:altLabel ?name }"
    if part and not classes:  # of few matches the class is soon seen; of all things it is not
        typed = ""
    else:
        typed = f"VALUES ?class {{ {' '.join(str(NK[name]) for name in kinds)} }} ?thing a ?class ."
    within = f"FILTER ( CONTAINS(LCASE(STR(?name)), LCASE({Literal(part)})) )" if part else ""
    limit = "" if part else f"LIMIT {MOST_NAMES}"
    table: Any = graph.query(f"SELECT DISTINCT ?thing ?name {{ {typed} {called} {within} }} {limit}", timeout=None)
    found = ((name.value.casefold(), thing) for thing, name in table.terms if isinstance(thing, NamedNode))
    known = (pair for pair in found if typed or is_one_of(graph, pair[1], kinds))
    return sorted(known, key=lambda pair: (pair[0], pair[1].value))


def is_one_of(graph: KnowledgeGraph, thing: NamedNode, classes: Iterable[str]) -> bool:
    """Whether the thing is of one of the classes."""
    return any(next(graph.triples(thing, RDF.type, NK[name]), None) for name in classes)


def like(text: str, known: Iterable[tuple[str, NamedNode]], most: int = 3) -> list[NamedNode]:
    """The things whose names are written most like a text, whole or else in one word, the nearest first."""
    from rapidfuzz import fuzz, process

    things: dict[str, list[NamedNode]] = {}
    for name, thing in known:
        things.setdefault(name, []).append(thing)
    near = process.extract(text.casefold(), list(things), scorer=fuzz.ratio, limit=most, score_cutoff=LIKE)
    if near:
        return [things[name][0] for name, _, _ in near]
    words: dict[str, list[str]] = {}
    for name in things:
        for word in dict.fromkeys([name, *re.findall(r"\w+", name)]):
            words.setdefault(word, []).append(name)
    near = process.extract(text.casefold(), list(words), scorer=fuzz.ratio, limit=most, score_cutoff=LIKE_IN_PART)
    found = dict.fromkeys(things[name][0] for word, _, _ in near for name in words[word])
    return list(found)[:most]
