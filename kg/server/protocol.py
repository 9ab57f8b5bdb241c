"""The SPARQL 1.1 Protocol: queries by GET and both ways of POST, answers in the format that the client accepts."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Final
from urllib.parse import parse_qsl

from pyoxigraph import QueryResultsFormat, QuerySolutions, RdfFormat, parse, parse_query_results
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.responses import PlainTextResponse, RedirectResponse, Response

from kg.errors import GraphError, QueryError
from kg.queries.advice import check_terms, prefix_hint, why_empty
from kg.server.negotiation import preferred
from kg.server.pool import BusyError, ForbiddenError, TooSlowError
from kg.store.evaluation import ASKED, FAILED, SELECTED
from kg.store.guard import refuse_what_is_not_reading
from kg.store.writing import rdf_text

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pyoxigraph import Quad
    from starlette.requests import Request

    from kg.server.app import Site

RESULTS: Final = {
    "application/sparql-results+json": QueryResultsFormat.JSON,
    "application/json": QueryResultsFormat.JSON,
    "application/sparql-results+xml": QueryResultsFormat.XML,
    "application/xml": QueryResultsFormat.XML,
    "text/csv": QueryResultsFormat.CSV,
    "text/tab-separated-values": QueryResultsFormat.TSV,
}
GRAPHS: Final = {
    "text/turtle": ".ttl",
    "application/n-triples": ".nt",
    "application/rdf+xml": ".rdf",
    "application/ld+json": ".jsonld",
}
SHORT: Final = {
    "json": "application/sparql-results+json, application/ld+json;q=0.5",
    "xml": "application/sparql-results+xml, application/rdf+xml;q=0.5",
    "rdf+xml": "application/rdf+xml, application/sparql-results+xml;q=0.5",
    "json-ld": "application/ld+json",
    "n3": "text/turtle",
    "csv": "text/csv",
    "tsv": "text/tab-separated-values",
    "turtle": "text/turtle",
    "ttl": "text/turtle",
    "nt": "application/n-triples",
    "rdf": "application/rdf+xml",
    "jsonld": "application/ld+json",
    "html": "text/html",
}
"""What ``format=`` may say in place of an Accept header."""

DESCRIPTION: Final = """@prefix sd: <http://www.w3.org/ns/sparql-service-description#> .
@prefix formats: <http://www.w3.org/ns/formats/> .

[] a sd:Service ;
    sd:endpoint <{endpoint}> ;
    sd:supportedLanguage sd:SPARQL11Query ;
    sd:feature sd:DereferencesURIs ;
    sd:resultFormat formats:SPARQL_Results_JSON , formats:SPARQL_Results_XML , formats:SPARQL_Results_CSV ,
        formats:SPARQL_Results_TSV , formats:Turtle , formats:N-Triples , formats:RDF_XML , formats:JSON-LD ;
    sd:defaultDataset [ a sd:Dataset ; sd:defaultGraph [ a sd:Graph ] ] .
"""


LATER: Final = {"Retry-After": "5"}
"""The header of an answer that there is none now."""

MOST_FIELDS: Final = 100
"""Fields of a request, in its address and in its body."""


async def endpoint(request: Request) -> Response:
    """Answer a request to the SPARQL endpoint."""
    site: Site = request.app.state.site
    values: defaultdict[str, list[str]] = defaultdict(list)
    _take(values, request.url.query)
    query = None
    if request.method == "POST":
        kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
        body = await body_of(request, site.settings.query_bytes)
        if kind == "application/sparql-query":
            query = body
        elif kind == "application/x-www-form-urlencoded":
            _take(values, body)
        elif kind == "application/sparql-update":
            raise HTTPException(403, "this endpoint is read-only; updates are refused")
        else:
            raise HTTPException(415, "POST a form with query=..., or application/sparql-query")
    if "update" in values:
        raise HTTPException(403, "this endpoint is read-only; updates are refused")
    if any(name in values for name in ("default-graph-uri", "named-graph-uri")):
        raise HTTPException(403, "there is one graph here; default-graph-uri and named-graph-uri are refused")
    queries = values["query"] + ([] if query is None else [query])
    if not queries and request.method != "POST":
        return _without_query(request, site)
    if len(queries) != 1:
        raise HTTPException(400, f"one query is needed; there are {len(queries)}")
    if len(queries[0].encode("utf-8", "replace")) > site.settings.query_bytes:
        raise HTTPException(413, f"a query may have {site.settings.query_bytes} bytes at most")
    return await answer(site, queries[0], accepted(request, values.get("format", [""])[0]))


def _take(values: defaultdict[str, list[str]], form: str) -> None:
    """Put the fields of a form to those that are known. Raises HTTPException (400) where there are too many."""
    try:
        pairs = parse_qsl(form, keep_blank_values=True, max_num_fields=MOST_FIELDS)
    except ValueError:
        raise HTTPException(400, f"a request may have {MOST_FIELDS} fields at most") from None
    for name, value in pairs:
        values[name].append(value)


def accepted(request: Request, short: str = "") -> str | None:
    """What the client accepts: what ``format=`` stands for, or its header where that says nothing we know."""
    return SHORT.get(short.lower().replace(" ", "+")) or request.headers.get("accept")


async def body_of(request: Request, most: int) -> str:
    """The body of a request as text. Raises HTTPException where it is too long (413) or not UTF-8 (400)."""
    content = bytearray()
    async for chunk in request.stream():
        content += chunk
        if len(content) > most:
            raise HTTPException(413, f"a request may have {most} bytes at most")
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        raise HTTPException(400, "the request is not UTF-8") from None


async def answer(site: Site, query: str, accept: str | None) -> Response:
    """The answer to a query, or the reason why there is none."""
    try:
        content = await run_in_threadpool(site.pool.run, query)
        return await run_in_threadpool(_response, site, content, accept)
    except ForbiddenError as error:
        return PlainTextResponse(f"{error}\n", 403)
    except (BusyError, TooSlowError) as error:
        return PlainTextResponse(f"{error}\n", 503, LATER)
    except QueryError as error:
        return PlainTextResponse(f"{error}{prefix_hint(site.graph, str(error))}\n", 400)
    except GraphError:  # what it says names folders of this machine
        return PlainTextResponse("the store is damaged; kg validate says where\n", 500)


async def hint(request: Request) -> Response:
    """Why a query (the body) found nothing: a line, or nothing where that cannot be told."""
    site: Site = request.app.state.site
    query = await body_of(request, site.settings.query_bytes)

    def reason() -> str:
        try:
            refuse_what_is_not_reading(query)
            check_terms(site.graph, query)
        except QueryError as error:
            return str(error)
        return why_empty(site.graph, query, site.settings.seconds) or ""

    if not site.hinting.acquire(blocking=False):
        return PlainTextResponse("")  # somebody else is being told; a hint is not worth a queue
    try:
        return PlainTextResponse(await run_in_threadpool(reason))
    finally:
        site.hinting.release()


def _response(site: Site, content: bytes, accept: str | None) -> Response:
    kind, body = content[:1], content[1:]
    if kind == FAILED:
        raise QueryError(body.decode("utf-8", "replace"))
    if not kind:
        raise QueryError("the query ended without an answer: it needs too much memory")
    if kind in (SELECTED, ASKED):
        media = preferred(accept, list(RESULTS))
        if media is None:
            raise HTTPException(406, f"answers come as {', '.join(RESULTS)}")
        return _typed(_results(kind, body, RESULTS[media]), media)
    media = preferred(accept, list(GRAPHS))
    if media is None:
        raise HTTPException(406, f"graphs come as {', '.join(GRAPHS)}")
    return graph_response(site, parse(body, RdfFormat.N_TRIPLES), media)


def _results(kind: bytes, body: bytes, form: QueryResultsFormat) -> bytes:
    if kind == ASKED:
        truth = "true" if body == b"1" else "false"
        if form == QueryResultsFormat.JSON:
            return f'{{"head":{{}},"boolean":{truth}}}'.encode()
        if form == QueryResultsFormat.XML:
            space = "http://www.w3.org/2005/sparql-results#"
            return f'<?xml version="1.0"?><sparql xmlns="{space}"><head/><boolean>{truth}</boolean></sparql>'.encode()
        return truth.encode()
    if form == QueryResultsFormat.JSON:
        return body
    solutions = parse_query_results(body, QueryResultsFormat.JSON)
    assert isinstance(solutions, QuerySolutions)
    return solutions.serialize(format=form) or b""


def graph_response(site: Site, quads: Iterable[Quad], media: str) -> Response:
    """A graph in one of GRAPHS. Raises HTTPException (406) where that cannot carry it."""
    try:
        text = rdf_text(quads, GRAPHS[media], site.graph.base)
    except GraphError as error:
        raise HTTPException(406, str(error)) from None
    return _typed(text.encode(), media)


def _typed(content: bytes, media: str) -> Response:
    """A response whose type is exactly this one, in UTF-8, and which caches keep apart by what clients accept."""
    response = Response(content, media_type=media)
    response.headers["content-type"] = f"{media}; charset=utf-8"
    response.headers["vary"] = "Accept"
    return response


def _without_query(request: Request, site: Site) -> Response:
    kinds = ["text/turtle", "text/html", "application/rdf+xml", "application/ld+json", "application/n-triples"]
    media = preferred(request.headers.get("accept"), kinds)
    if media == "text/html":
        return RedirectResponse("query", 303)
    if media is None:
        raise HTTPException(406, f"the description of this service comes as {', '.join(kinds)}")
    text = DESCRIPTION.format(endpoint=str(request.url.replace(query="")).replace(">", "%3E"))
    if media == "text/turtle":
        return _typed(text.encode(), media)
    return graph_response(site, parse(text, RdfFormat.TURTLE), media)
