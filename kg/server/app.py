"""The routes of the server, and what every response carries."""

from __future__ import annotations

import contextlib
import json
import threading
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import quote

from pyoxigraph import NamedNode, RdfFormat, Store
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import MutableHeaders
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.responses import HTMLResponse, JSONResponse, PlainTextResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from kg.queries.advice import words_in_use
from kg.server import pages, protocol
from kg.server.article import article_page
from kg.server.negotiation import preferred
from kg.server.pool import BusyError, Pool
from kg.server.search import KINDS, Index
from kg.server.things import rdf_of, thing_page
from kg.vocabulary import NK, RDF, ontology_file

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from tempfile import TemporaryDirectory

    from starlette.requests import Request
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

    from kg.server.settings import Settings
    from kg.store import KnowledgeGraph
    from kg.store.directory import OpenStore

POLICY: Final = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self' data:; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
PICTURE_POLICY: Final = (
    "default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; img-src data: blob:; "
    "sandbox allow-scripts allow-downloads allow-popups allow-modals; base-uri 'none'; frame-ancestors 'none'"
)
"""The picture brings its own scripts (and a policy that names their hashes); it runs as a site of its own."""


class Site:
    """What is served: a graph in a store, workers that query it, a search index, the picture."""

    def __init__(
        self, graph: KnowledgeGraph, opened: OpenStore, name: str, scratch: TemporaryDirectory[str], settings: Settings
    ) -> None:
        self.graph = graph
        self.name = name
        self.settings = settings
        self._opened = opened
        self._scratch = scratch
        self._drawing = threading.Lock()
        self.hinting = threading.Semaphore(1)
        self.pool = Pool(opened.folder, graph.union, graph.prefixes, settings)
        self.index = Index(graph, Path(scratch.name) / "search.sqlite")
        self.ontology = Store()
        self.ontology.load(ontology_file("ontology.ttl").read_bytes(), format=RdfFormat.TURTLE)

    def picture(self) -> str:
        """The page of the picture, drawn once even when many ask at the same time."""
        with self._drawing:
            return self._picture

    @cached_property
    def _picture(self) -> str:
        from kg.picture import render

        return str(render(self.graph, title=self.name))

    @cached_property
    def home(self) -> str:
        """The first page. Raises BusyError; one that lacks something for that is not kept."""
        return pages.home_page(self)

    @cached_property
    def statistics(self) -> dict[str, int]:
        """How many things of each kind there are."""
        return self.graph.statistics().things

    @cached_property
    def vocabulary(self) -> dict[str, Any]:
        """The prefixes, and the classes and properties in use, for completion in the editor."""
        classes, properties = words_in_use(self.graph)
        return {"prefixes": self.graph.prefixes, "classes": classes, "properties": properties}

    def href(self, iri: str) -> str:
        """The path of the page of an IRI."""
        base, fragment = self.graph.base, ""
        if iri.startswith(base):
            local, hash_, fragment = iri[len(base) :].partition("#")
            return "/id/" + quote(local, safe="/") + (hash_ + quote(fragment, safe="=,") if hash_ else "")
        return "/resource?iri=" + quote(iri, safe="")

    def close(self) -> None:
        """Stop the workers and remove what was made for serving."""
        self.pool.stop()
        self.index.close()
        self.graph.close()
        self._scratch.cleanup()


def make_app(site: Site) -> Starlette:
    """The application that serves a site."""

    @contextlib.asynccontextmanager
    async def life(app: Starlette) -> AsyncIterator[None]:
        yield
        site.close()

    middleware = [Middleware(SafeHeaders)]
    if site.settings.hosts:
        middleware.append(Middleware(TrustedHostMiddleware, allowed_hosts=[*site.settings.hosts], www_redirect=False))
    if site.settings.origins:
        middleware.append(
            Middleware(
                CORSMiddleware,
                allow_origins=[*site.settings.origins],
                allow_methods=["GET", "POST", "HEAD"],
                allow_headers=["accept", "content-type"],
            )
        )
    app = Starlette(
        routes=[
            Route("/", home),
            Route("/sparql", protocol.endpoint, methods=["GET", "POST"]),
            Route("/hint", protocol.hint, methods=["POST"]),
            Route("/query", editor),
            Route("/search", search),
            Route("/picture", picture),
            Route("/vocabulary.json", vocabulary),
            Route("/ontology", ontology),
            Route("/resource", resource),
            Route("/id/{local:path}", thing),
            Mount("/static", StaticFiles(directory=Path(__file__).parent / "static")),
        ],
        middleware=middleware,
        exception_handlers={HTTPException: refused, Exception: failed},  # type: ignore[dict-item]
        lifespan=life,
    )
    app.state.site = site
    return app


class SafeHeaders:
    """Gives every response the headers that keep a browser from doing more than it should."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on."""

        async def send_safely(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers.setdefault("content-security-policy", POLICY)
                headers["x-content-type-options"] = "nosniff"
                headers["referrer-policy"] = "no-referrer"
                headers["cross-origin-opener-policy"] = "same-origin"
            await send(message)

        await self.app(scope, receive, send_safely)


async def refused(request: Request, error: HTTPException) -> Response:
    """An error of the request: a page for people, a line for programs."""
    headers = dict(error.headers or {})
    if preferred(request.headers.get("accept"), ["text/plain", "text/html"]) == "text/html":
        return HTMLResponse(pages.message_page(error.status_code, error.detail), error.status_code, headers)
    return PlainTextResponse(f"{error.detail}\n", error.status_code, headers)


async def failed(request: Request, error: Exception) -> Response:
    """An error of ours: no details go out."""
    return PlainTextResponse("the server failed on this request\n", 500)


async def home(request: Request) -> Response:
    """The first page."""
    site: Site = request.app.state.site
    try:
        return HTMLResponse(await run_in_threadpool(lambda: site.home))
    except BusyError as error:
        raise HTTPException(503, str(error), protocol.LATER) from None


async def editor(request: Request) -> Response:
    """The page with the query editor."""
    site: Site = request.app.state.site
    return HTMLResponse(pages.editor_page(site, request.query_params.get("query", "")))


async def search(request: Request) -> Response:
    """Full-text search: a page, or JSON."""
    site: Site = request.app.state.site
    words, kind = request.query_params.get("q", "")[:500], request.query_params.get("kind") or None
    if kind is not None and kind not in KINDS:
        raise HTTPException(400, f"kind is one of {', '.join(KINDS)}")
    hits = await run_in_threadpool(site.index.search, words, kind)
    wanted = protocol.accepted(request, request.query_params.get("format", ""))
    if preferred(wanted, ["text/html", "application/json", "application/sparql-results+json"]) in (None, "text/html"):
        near = await run_in_threadpool(site.index.nearest, words) if words and not hits else None
        return HTMLResponse(pages.search_page(site, words, kind, hits, near))
    found = [{"iri": h.iri, "kind": h.kind, "name": h.name, "text": "".join(h.pieces)} for h in hits]
    return JSONResponse({"query": words, "hits": found})


async def picture(request: Request) -> Response:
    """The picture of the graph."""
    site: Site = request.app.state.site
    content = await run_in_threadpool(site.picture)
    return HTMLResponse(content, headers={"content-security-policy": PICTURE_POLICY})


async def vocabulary(request: Request) -> Response:
    """The words for completion."""
    site: Site = request.app.state.site
    return Response(json.dumps(await run_in_threadpool(lambda: site.vocabulary)), media_type="application/json")


async def ontology(request: Request) -> Response:
    """The ontology in Turtle."""
    return Response(ontology_file("ontology.ttl").read_bytes(), media_type="text/turtle; charset=utf-8")


async def resource(request: Request) -> Response:
    """The page or data of any IRI, given as a parameter."""
    return await _about(request, request.query_params.get("iri", ""))


async def thing(request: Request) -> Response:
    """The page or data of an IRI of the graph, by its path."""
    site: Site = request.app.state.site
    return await _about(request, site.graph.base + request.path_params["local"])


async def _about(request: Request, iri: str) -> Response:
    site: Site = request.app.state.site
    try:
        node = NamedNode(iri)
    except ValueError:
        raise HTTPException(400, "that is not an IRI") from None
    kinds = ["text/html", *protocol.GRAPHS]
    media = preferred(protocol.accepted(request, request.query_params.get("format", "")), kinds)
    if media is None:
        raise HTTPException(406, f"there are {', '.join(kinds)}")
    quads = await run_in_threadpool(rdf_of, site, node)
    if not quads:
        raise HTTPException(404, "the graph says nothing about that IRI")
    if media != "text/html":
        return await run_in_threadpool(protocol.graph_response, site, quads, media)
    is_article = next(site.graph.triples(node, RDF.type, NK.Article), None) is not None
    page = await run_in_threadpool(article_page if is_article else thing_page, site, node)
    return HTMLResponse(page, headers={"vary": "Accept"})
