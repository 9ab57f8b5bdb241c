"""The page of a thing: its properties, and every fact and statement about it with its sentence."""

from __future__ import annotations

from html import escape
from itertools import islice
from typing import TYPE_CHECKING, Final

from pyoxigraph import Literal, NamedNode, Quad

from kg.server.pages import data_links, link, page
from kg.store.evidence import STATEMENT_LINKS, Citation, Explanation, Reader, in_words
from kg.vocabulary import NIF, NK, RDF, RDFS, SKOS

if TYPE_CHECKING:
    from kg.server.app import Site
    from kg.store.terms import Term

SHOWN: Final = 100
"""Facts, statements and mentions of each kind on a page."""

MOST_TRIPLES: Final = 20_000
"""Triples of one thing in its data."""

HIDDEN: Final = (RDF.type, RDFS.label, SKOS.altLabel, NK.evidence)


def rdf_of(site: Site, node: NamedNode) -> list[Quad]:
    """What the graph (or the ontology) says of an IRI: triples from it and to it, and of an article its spans."""
    graph = site.graph
    triples = list(islice(graph.triples(node), MOST_TRIPLES))
    triples += islice(graph.triples(None, None, node), MOST_TRIPLES - len(triples))
    for span in list(islice(graph.triples(None, NIF.referenceContext, node), MOST_TRIPLES)):
        if len(triples) >= MOST_TRIPLES:
            break
        triples += graph.triples(span.subject)
    quads = [Quad(*triple) for triple in dict.fromkeys(triples)]
    return quads + list(site.ontology.quads_for_pattern(node, None, None))


def thing_page(site: Site, node: NamedNode) -> str:
    """The page of a thing that is not an article."""
    graph = site.graph
    label = graph.label(node)
    others = [graph.label(name) for name in graph.values(node, SKOS.altLabel)]
    kinds = ", ".join(in_words(kind.value) for kind in graph.values(node, RDF.type) if isinstance(kind, NamedNode))
    head = f"<p><small>{escape(kinds)} · {escape(graph.shortened(node.value))}</small>"
    head += f"<br>Also: {escape(', '.join(others))}</p>" if others else "</p>"
    comments = [t.object for t in site.ontology.quads_for_pattern(node, RDFS.comment, None)]
    head += "".join(f"<p>{escape(comment.value)}</p>" for comment in comments if isinstance(comment, Literal))
    rows = "".join(
        f"<tr><th>{link(site, triple.predicate.value, in_words(triple.predicate.value))}</th>"
        f"<td>{_value(site, triple.object)}</td></tr>"
        for triple in sorted(islice(graph.triples(node), 5 * SHOWN), key=str)
        if triple.predicate not in HIDDEN
    )
    body = head + (f'<table class="properties">{rows}</table>' if rows else "")
    for title, found in _explanations(site, node):
        if found:
            items = "".join(map(lambda item: _item(site, item), found[:SHOWN]))  # noqa: C417
            more = "<p>There are more; ask for them in a query.</p>" if len(found) > SHOWN else ""
            body += f'<h2>{title}</h2><ul class="facts">{items}</ul>{more}'
    return page(label, body + data_links(site, node.value))


def _explanations(site: Site, node: NamedNode) -> list[tuple[str, list[Explanation]]]:
    """The facts, statements and mentions of a thing, a few more of each than are shown."""
    graph, reader, most = site.graph, Reader(site.graph), SHOWN + 1
    nodes = {t.subject for p in (RDF.subject, RDF.object) for t in islice(graph.triples(None, p, node), 10 * most)}
    for role in islice(graph.triples(None, NK.organisation, node), most):
        nodes |= {t.subject for t in graph.triples(None, RDF.object, role.subject)}
    for role in islice(graph.triples(node, NK.holdsRole), most):
        nodes |= {t.subject for t in graph.triples(None, RDF.subject, role.object)}
    if next(graph.triples(node, RDF.type, NK.Fact), None):
        nodes.add(node)
    facts = [fact for n in sorted(nodes, key=str)[:most] if (fact := reader.fact(n)) is not None]
    linked = {
        t.subject: None
        for p in STATEMENT_LINKS
        for t in islice(graph.triples(None, p, node), 10 * most)
        if next(graph.triples(t.subject, RDF.type, NK.Statement), None)
    }
    if next(graph.triples(node, RDF.type, NK.Statement), None):
        linked[node] = None
    statements = [reader.statement(n) for n in sorted(linked, key=str)[:most]]
    spans = sorted((t.object for t in islice(graph.triples(node, NK.evidence), most)), key=str)
    cited = reader.citations(spans)
    mentions = [Explanation("mention", "", "", c.words, ("", "", ""), (c,)) for c in cited]
    is_record = facts[:1] == [node] or node in linked or next(graph.triples(node, RDF.type, NK.Fact), None)
    return [("Facts", facts), ("Statements", statements), ("Mentions", [] if is_record else mentions)]


def _item(site: Site, item: Explanation) -> str:
    if item.kind == "statement":
        said = f"<b>{escape(item.subject)}</b> ({escape(item.predicate)})"
        said = link(site, item.triple[2], "¶") + f" {said}: {escape(item.value)}"
    elif item.kind == "fact":
        said = f"<b>{escape(item.subject)}</b> {escape(item.predicate)} <b>{escape(item.value)}</b>"
    else:
        said = ""
    details = "; ".join(f"{name}: {value}" for name, value in item.details)
    if item.roles:
        said += f" <small>as {escape('; '.join(item.roles))}</small>"
    if item.confidence is not None:
        said += f" <small>confidence {item.confidence:.2f}</small>"
    if details:
        said += f"<br><small>{escape(details)}</small>"
    return f"<li>{said}{''.join(_cited(site, citation) for citation in item.citations[:3])}</li>"


def _cited(site: Site, citation: Citation) -> str:
    begin, end = citation.mark
    sentence = citation.sentence
    words = f"{escape(sentence[:begin])}<mark>{escape(sentence[begin:end])}</mark>{escape(sentence[end:])}"
    place = f"{site.href(citation.article)}#c{citation.begin}" if citation.article else ""
    about = ", ".join(part for part in (citation.title, citation.date) if part)
    where = f'<a href="{escape(place)}">{escape(about or "the article")}</a>' if place else escape(about)
    return f"<blockquote>{words}<footer>{where}</footer></blockquote>"


def _value(site: Site, term: Term) -> str:
    if isinstance(term, NamedNode):
        return link(site, term.value, site.graph.label(term))
    return escape(term.value if isinstance(term, Literal) else str(term))
