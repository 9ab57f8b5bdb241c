"""The pages for people. Everything that comes from articles or requests is escaped."""

from __future__ import annotations

import re
from html import escape
from http import HTTPStatus
from typing import TYPE_CHECKING, Final
from urllib.parse import quote

from kg.errors import QueryError
from kg.server.pool import BusyError
from kg.server.search import KINDS

if TYPE_CHECKING:
    from kg.server.app import Site
    from kg.server.search import Hit
    from kg.store import ResultTable

MENTIONED_MOST: Final = """SELECT ?thing ?name (SUM(?most) AS ?mentions) WHERE {
  { SELECT ?thing ?source (MAX(?spans) AS ?most) WHERE {  # of near-duplicates the fullest counts
      { SELECT ?thing ?article (COUNT(DISTINCT ?span) AS ?spans) WHERE {
          VALUES ?class { nk:Person nk:Organisation nk:Place nk:Event nk:Topic }
          ?thing a ?class ; nk:evidence ?span . ?span nif:referenceContext ?article
        } GROUP BY ?thing ?article }
      OPTIONAL { ?article nk:nearDuplicateOf ?fuller } BIND ( COALESCE(?fuller, ?article) AS ?source )
    } GROUP BY ?thing ?source }
  ?thing rdfs:label ?name
} GROUP BY ?thing ?name ORDER BY DESC(?mentions) ?name LIMIT 40"""
NEWEST: Final = """SELECT DISTINCT ?article ?title (COALESCE(?published, ?created) AS ?day) WHERE {
  ?article a nk:Article ; rdfs:label ?title .
  OPTIONAL { ?article schema:datePublished ?published } OPTIONAL { ?article dcterms:created ?created }
} ORDER BY DESC(?day) ?title LIMIT 50"""

EXAMPLE: Final = """SELECT ?name ?title ?organisation WHERE {
  ?person nk:holdsRole ?role ; rdfs:label ?name .
  ?role nk:roleTitle ?title .
  OPTIONAL { ?role nk:organisation/rdfs:label ?organisation }
} ORDER BY ?name LIMIT 50
"""
WRITTEN: Final = ("nk", "rdf", "rdfs", "skos", "schema", "nif", "dcterms", "xsd")
"""The prefixes that stand above a query in the editor, so that completion shortens with them."""


def page(title: str, body: str, scripts: tuple[str, ...] = (), styles: tuple[str, ...] = ()) -> str:
    """A page of the server around ``body`` (which is HTML); ``title`` is text."""
    links = "".join(f'<link rel="stylesheet" href="/static/{name}">' for name in (*styles, "site.css"))
    code = "".join(f'<script src="/static/{name}" defer></script>' for name in scripts)
    return (
        f'<!doctype html>\n<html lang="en"><head><meta charset="utf-8"><title>{escape(title)}</title>'
        f'<meta name="viewport" content="width=device-width"><link rel="icon" href="data:,">'
        f"{links}{code}</head>\n<body>"
        '<header><nav><a href="/">newskg</a> <a href="/query">Query</a> <a href="/picture">Picture</a> '
        '<a href="/ontology">Ontology</a></nav>'
        '<form action="/search" role="search"><input name="q" type="search" aria-label="Search" '
        'placeholder="Search names, statements, articles"><button>Search</button></form></header>\n'
        f"<main><h1>{escape(title)}</h1>\n{body}</main></body></html>\n"
    )


def link(site: Site, iri: str, text: str, kind: str = "") -> str:
    """A link to the page of an IRI; ``kind`` is a class of the style sheet."""
    style = f' class="{kind}"' if kind else ""
    return f'<a{style} href="{escape(site.href(iri))}">{escape(text)}</a>'


def data_links(site: Site, iri: str) -> str:
    """Links to what the graph says of an IRI as data."""
    path, hash_, fragment = site.href(iri).partition("#")
    mark = "&" if "?" in path else "?"
    links = " ".join(
        f'<a href="{escape(f"{path}{mark}format={name}{hash_}{fragment}")}">{title}</a>'
        for name, title in (("turtle", "Turtle"), ("jsonld", "JSON-LD"), ("nt", "N-Triples"))
    )
    return f'<p class="data">{links}</p>'


def home_page(site: Site) -> str:
    """What there is, and the newest articles."""
    counts = "".join(
        f'<span class="tag">{number:,} {escape(_plural(kind, number))}</span> '
        for kind, number in site.statistics.items()
        if number
    )
    names = " ".join(link(site, row["thing"], row["name"], "tag") for row in _rows(site, MENTIONED_MOST))
    articles = "".join(
        f"<li><time>{escape(str(row['day'] or ''))}</time> {link(site, row['article'], row['title'])}</li>"
        for row in _rows(site, NEWEST)
    )
    return page(
        site.name,
        f'<p class="tags">{counts}</p><h2>Mentioned most</h2><p class="tags">{names}</p>'
        f'<h2>Articles</h2><ul class="articles">{articles}</ul>'
        "<p>Programs ask at <code>/sparql</code> (SPARQL 1.1 Protocol); pages also come as Turtle or JSON-LD.</p>",
    )


def _rows(site: Site, sparql: str) -> ResultTable | tuple[()]:
    """The rows of a query of ours; none where the graph is too large for it. Raises BusyError."""
    from kg.store.evaluation import unpack

    try:
        found = unpack(site.pool.run(sparql))
    except BusyError:
        raise
    except QueryError:
        return ()
    return () if isinstance(found, (bool, list)) else found


def _plural(kind: str, number: int) -> str:
    return kind if number == 1 else "people" if kind == "person" else re.sub("y$", "ie", kind) + "s"


def search_page(site: Site, words: str, kind: str | None, hits: list[Hit], near: str | None = None) -> str:
    """What was found for some words, or the name nearest to them."""
    chosen = "".join(
        f'<a class="tag{" on" if known == kind else ""}" href="/search?q={quote(words)}&amp;kind={known}">{known}</a> '
        for known in KINDS
    )
    found = "".join(
        f"<li><b>{link(site, hit.iri, hit.name)}</b> <small>{escape(hit.kind)}</small><br>{_marked(hit)}</li>"
        for hit in hits
    )
    body = f'<p class="tags">{chosen}</p>' + (f'<ul class="hits">{found}</ul>' if hits else "<p>Nothing was found.</p>")
    if near:
        body += f'<p>Did you mean <a href="/search?q={quote(near)}">{escape(near)}</a>?</p>'
    return page(f"Search: {words}" if words else "Search", body)


def _marked(hit: Hit) -> str:
    return "".join(
        f"<mark>{escape(piece)}</mark>" if number % 2 else escape(piece) for number, piece in enumerate(hit.pieces)
    )


def editor_page(site: Site, query: str) -> str:
    """The query editor, with the shipped questions to begin from."""
    from kg.queries import questions

    prefixes = "".join(f"PREFIX {name}: <{site.graph.prefixes[name]}>\n" for name in WRITTEN)
    options = "".join(
        f'<option value="{escape(asked.sparql)}">{escape(asked.name)}: {escape(asked.text)}</option>'
        for asked in questions()
        if not asked.name.startswith("CQ")
    )
    body = (
        f'<p><select id="questions" aria-label="Questions"><option value="">Begin with a question …</option>{options}'
        '</select> <button id="run">Run (Ctrl-Enter)</button> <span id="said" role="status"></span></p>'
        f'<textarea id="query" spellcheck="false" rows="14" data-prefixes="{escape(prefixes)}">'
        f"{escape(query or prefixes + EXAMPLE)}</textarea>"
        f'<div id="answer" data-base="{escape(site.graph.base)}"></div>'
    )
    return page("Query", body, ("yasqe/yasqe.min.js", "editor.js"), ("yasqe/yasqe.min.css",))


def message_page(status: int, detail: str) -> str:
    """A page that says why there is no other."""
    return page(HTTPStatus(status).phrase, f"<p>{escape(detail)}</p>")
