"""The page of an article: its text with what was read from it marked, and the list of that beside it."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from pyoxigraph import Literal, NamedNode

from kg.server.pages import data_links, link, page
from kg.store.evidence import in_words
from kg.vocabulary import DC, DCTERMS, NIF, NK, RDF, SCHEMA

if TYPE_CHECKING:
    from kg.server.app import Site
    from kg.store.terms import Subject

MOST_MARKS: Final = 5_000
"""Marked places in one article."""


@dataclass(frozen=True, slots=True)
class Mark:
    """Characters ``[begin, end)`` of an article that say something: kind is mention, fact or statement."""

    begin: int
    end: int
    kind: str
    said: str
    iri: str


def article_page(site: Site, node: NamedNode) -> str:
    """The page of an article."""
    graph = site.graph
    stored = graph.value(node, NIF.isString)
    text = stored.value if isinstance(stored, Literal) else ""
    marks = _marks(site, node, len(text))
    source = graph.value(node, DCTERMS.source)
    day = graph.value(node, SCHEMA.datePublished) or graph.value(node, DCTERMS.created)
    publisher = graph.value(node, DCTERMS.publisher) or graph.value(node, DC.publisher)
    about = [graph.label(term) for term in (publisher, day) if term is not None]
    head = escape(", ".join(about))
    address = source.value if isinstance(source, (NamedNode, Literal)) else ""
    if address.startswith(("https://", "http://")):
        head += f' <a href="{escape(address)}" rel="noreferrer">{escape(address)}</a>'
    if stored is None:
        head += "".join(
            f" word by word as {link(site, other.value, graph.label(other))}" for other in _with_text(site, node)
        )
    listed = "".join(
        f'<li class="{mark.kind}"><a href="#c{mark.begin}">{escape(mark.said)}</a></li>'
        for mark in marks
        if mark.kind != "mention"
    )
    body = (
        f"<p><small>{head}</small></p><p><small>Marked: <span class='mention'>mentions</span>, "
        "<span class='fact'>facts</span>, <span class='statement'>statements</span></small></p>"
        f'<div class="article"><div class="text">{marked(site, text, marks)}</div>'
        f'<ol class="listed">{listed}</ol></div>'
    )
    return page(graph.label(node), body + data_links(site, node.value))


def _with_text(site: Site, reprint: NamedNode) -> list[NamedNode]:
    """The article that has the text of a reprint."""
    graph = site.graph
    same = [t.subject for sha in graph.values(reprint, SCHEMA.sha256) for t in graph.triples(None, SCHEMA.sha256, sha)]
    return [node for node in same if isinstance(node, NamedNode) and graph.value(node, NIF.isString) is not None]


def marked(site: Site, text: str, marks: list[Mark]) -> str:
    """The text in pieces, each with what all the marks over it say; the innermost mention is a link."""
    opening: dict[int, list[Mark]] = {}
    for mark in marks:
        opening.setdefault(mark.begin, []).append(mark)
    places = sorted({0, len(text), *opening, *(mark.end for mark in marks)})
    active: list[Mark] = []
    pieces = []
    for begin, end in pairwise(places):
        active = [mark for mark in active if mark.end > begin] + opening.get(begin, [])
        words = escape(text[begin:end])
        if not active:
            pieces.append(words)
            continue
        kinds = " ".join(dict.fromkeys(mark.kind for mark in active))
        said = escape(" | ".join(dict.fromkeys(mark.said for mark in active))[:1000])
        place = f' id="c{begin}"' if begin in opening else ""
        mentions = [mark for mark in active if mark.kind == "mention"]
        if mentions:
            inner = min(mentions, key=lambda mark: mark.end - mark.begin)
            words = f'<a href="{escape(site.href(inner.iri))}">{words}</a>'
        pieces.append(f'<span class="{kinds}" title="{said}"{place}>{words}</span>')
    return "".join(pieces)


def _marks(site: Site, node: NamedNode, length: int) -> list[Mark]:
    graph = site.graph
    found = set()
    spans = [triple.subject for triple in graph.triples(None, NIF.referenceContext, node)]
    places = [(_offset(site, span, NIF.beginIndex), _offset(site, span, NIF.endIndex), span) for span in spans]
    for begin, end, span in sorted(places, key=lambda place: (place[0], place[1], str(place[2])))[:MOST_MARKS]:
        if not 0 <= begin < end <= length:
            continue
        for citing in graph.triples(None, None, span):
            mark = _mark(site, citing.subject, citing.predicate, begin, end)
            if mark is not None:
                found.add(mark)
    return sorted(found, key=lambda mark: (mark.begin, -mark.end, mark.kind, mark.said))


def _mark(site: Site, subject: Subject, predicate: NamedNode, begin: int, end: int) -> Mark | None:
    graph = site.graph
    if not isinstance(subject, NamedNode):
        return None
    if predicate == NK.contentSpan:
        return Mark(begin, end, "statement", graph.label(subject), subject.value)
    if predicate != NK.evidence:
        return None
    kinds = graph.values(subject, RDF.type)
    if NK.Fact in kinds:
        s, p, o = (graph.value(subject, part) for part in (RDF.subject, RDF.predicate, RDF.object))
        if s is None or isinstance(s, Literal) or o is None or not isinstance(p, NamedNode):
            return None
        who = "this article:" if NK.Article in graph.values(s, RDF.type) else graph.label(s)
        return Mark(begin, end, "fact", f"{who} {in_words(p.value)} {graph.label(o)}", subject.value)
    if NK.Statement in kinds or NK.Article in kinds:
        return None
    return Mark(begin, end, "mention", graph.label(subject), subject.value)


def _offset(site: Site, span: Subject, predicate: NamedNode) -> int:
    value = site.graph.value(span, predicate)
    return int(value.value) if isinstance(value, Literal) and value.value.isdecimal() else -1
