"""A graph to a SPARQL 1.1 server, in batches, by the Graph Store Protocol or by updates.

Triples form a set, so a batch that arrives twice does no harm; a small file beside the graph notes how far a broken-off
publication has come, and the next one of the same graph to the same place goes on from there if the server still has
what had arrived. Else it begins anew.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from hashlib import sha256
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Final
from urllib.parse import quote, urlencode, urlsplit, urlunsplit

from pyoxigraph import NamedNode, RdfFormat, Triple, serialize

from kg.errors import GraphError
from kg.store.directory import LABEL, is_archive
from kg.store.endpoint import FORM, JSON
from kg.store.http import Server, ServerError
from kg.store.results import ResultTable
from kg.store.terms import as_written

if TYPE_CHECKING:
    from kg.store import KnowledgeGraph
    from kg.store.http import Answer

BATCH: Final = 10_000
"""Triples in a request of the Graph Store Protocol."""

BATCH_OF_UPDATES: Final = 2_000
"""Triples in an update, which a server has to parse as a query: Virtuoso 7 takes no more than some 5,000."""

PAUSES: Final = (0.5, 2.0, 8.0)
"""Seconds to wait before a batch that failed for a passing reason is tried again."""

TOO_LARGE: Final = (400, 413)
"""How servers refuse a request that is too large for them, among other reasons."""


SAMPLE: Final = 20
"""Triples of those that had arrived for which the server is asked, beside their number."""


@dataclass(frozen=True, slots=True)
class Publication:
    """What was sent: triples in all, and how many of them had arrived before.

    ``lost`` had arrived before, but the server does not show them any more, so that all were sent again.
    """

    triples: int
    before: int
    lost: int = 0


def publish(
    graph: KnowledgeGraph,
    server: Server,
    *,
    name: str | None = None,
    by_update: bool | None = None,
    replace: bool = False,
    batch: int | None = None,
    progress: Callable[[int], None] | None = None,
) -> Publication:
    """Send every triple of a graph to a server.

    Args:
        graph: what to send.
        server: where to; the address of its graph store, or of its update endpoint.
        name: the IRI of the graph on the server; None for its default graph.
        by_update: whether by SPARQL updates or by the Graph Store Protocol; None decides by the address (``/update``
            and ``/sparql`` take updates).
        replace: whether the graph on the server is emptied first.
        batch: triples in a request; None takes what servers are known to take.
        progress: called with the number of triples that have arrived.

    Raises:
        GraphError: the graph has blank nodes.
        ServerError: the server cannot be reached or refuses; what has arrived is noted.
    """
    _refuse_blank_nodes(graph)
    if by_update is None:
        by_update = urlsplit(server.url).path.rstrip("/").endswith(("/update", "/sparql", "/sparql-auth"))
    send = _updater(server, name) if by_update else _storer(server, name)
    batch = batch or (BATCH_OF_UPDATES if by_update else BATCH)
    note = _Note(graph, server.url, name, replace, batch)
    done = 0
    before = note.sent if _has_arrived(graph, note.sent, server, name) else 0
    lost = note.sent - before
    for number, triples in enumerate(_batches(_ordered(graph), batch)):
        if done + len(triples) > before:
            try:
                _in_parts(send, triples, replace and number == 0)
            except ServerError as error:
                raise ServerError(f"{error}{_advice(error, name, done)}", error.status) from None
            note.keep(done + len(triples))
        done += len(triples)
        if progress:
            progress(done)
    if not done and replace:
        send((), True)
    note.remove()
    return Publication(done, before, lost)


def _refuse_blank_nodes(graph: KnowledgeGraph) -> None:
    """A blank node is another one in every request: a batch would tear it from the rest of what is said of it."""
    if graph.path is not None and graph.path.is_dir() and is_archive(graph.path):
        return  # no build makes any
    if graph.query("ASK { ?s ?p ?o FILTER ( ISBLANK(?s) || ISBLANK(?o) ) }", timeout=None):
        place = graph.path or "the graph"
        raise GraphError(f"{place}: has blank nodes, which do not stay whole on their way; give them IRIs")


def _ordered(graph: KnowledgeGraph) -> Iterable[Triple]:
    """The triples in an order that is the same next time: that of a store on disk, else by their text."""
    on_disk = graph.path is not None and graph.path.is_dir()
    return graph.triples() if on_disk else sorted(graph.triples(), key=str)


def _has_arrived(graph: KnowledgeGraph, sent: int, server: Server, name: str | None) -> bool:
    """Whether the server shows as many triples as were sent, and some of these; false where it cannot be asked."""
    if not sent:
        return False
    shown = _pattern(filter(_is_of_iris, islice(_ordered(graph), 0, sent, max(1, sent // SAMPLE))))
    return any(
        _count(server, url, "?s ?p ?o", name) >= sent and (not shown or _count(server, url, shown, name) > 0)
        for url in _query_addresses(server.url)
    )


def _are_there(triples: Iterable[Triple], server: Server, name: str | None) -> bool:
    """Whether the server shows some triples; false where it cannot be asked, true where there is nothing to ask for."""
    shown = _pattern(islice(filter(_is_of_iris, triples), SAMPLE))
    return not shown or any(_count(server, url, shown, name) > 0 for url in _query_addresses(server.url))


def _pattern(triples: Iterable[Triple]) -> str:
    return " ".join(f"{triple} ." for triple in triples)


def _is_of_iris(triple: Triple) -> bool:
    """Whether a triple has no numbers and texts, which servers keep in forms of their own."""
    return all(isinstance(term, NamedNode) for term in triple)


def _count(server: Server, url: str, pattern: str, name: str | None) -> int:
    """How many solutions a pattern has in the graph on the server; 0 where that cannot be asked."""
    inside = pattern if name is None else f"GRAPH <{name}> {{ {pattern} }}"
    query = urlencode({"query": f"SELECT (COUNT(*) AS ?n) {{ {inside} }}"}).encode("ascii")
    try:
        with server.ask(query, {**FORM, "Accept": JSON}, url=url) as answer:
            return int(ResultTable.from_json(answer.read()).rows[0][0])
    except (ServerError, OSError, SyntaxError, ValueError, KeyError, TypeError, IndexError):
        return 0


def _query_addresses(url: str) -> list[str]:
    """Where a server may answer queries about what is sent to ``url``: there, or at the usual places beside it."""
    parts = urlsplit(url)
    folder, _, last = parts.path.rstrip("/").rpartition("/")
    beside = {"sparql": ["sparql"], "sparql-auth": ["sparql-auth"], "sparql-graph-crud-auth": ["sparql-auth"]}
    names = beside.get(last, ["query", "sparql"])
    return [urlunsplit(parts._replace(path=f"{folder}/{name}")) for name in names]


def _batches(triples: Iterable[Triple], size: int) -> Iterator[list[Triple]]:
    waiting = iter(triples)
    while found := list(islice(waiting, size)):
        yield found


def _lines(triples: Iterable[Triple]) -> bytes:
    written = [Triple(t.subject, t.predicate, as_written(t.predicate, t.object)) for t in triples]
    return serialize(written, format=RdfFormat.N_TRIPLES) or b""


Send = Callable[[Iterable[Triple], bool], None]


def _storer(server: Server, name: str | None) -> Send:
    """The Graph Store Protocol: PUT replaces a graph, POST adds to it."""
    separator = "&" if "?" in server.url else "?"
    url = server.url + separator + ("default" if name is None else "graph=" + quote(name, safe=""))

    def send(triples: Iterable[Triple], replacing: bool) -> None:
        method = "PUT" if replacing else "POST"
        headers = {"Content-Type": "application/n-triples"}
        with server.ask(_lines(triples), headers, method, url) as answer:
            _check(answer, url, triples, server, name)

    return send


def _updater(server: Server, name: str | None) -> Send:
    """SPARQL 1.1 Update."""

    def send(triples: Iterable[Triple], replacing: bool) -> None:
        lines = _lines(triples).decode("utf-8")
        data = lines if name is None else f"GRAPH <{name}> {{\n{lines}}}"
        where = "DEFAULT" if name is None else f"GRAPH <{name}>"
        text = f"CLEAR SILENT {where} ;\n" if replacing else ""
        headers = {"Content-Type": "application/sparql-update; charset=utf-8"}
        with server.ask((text + f"INSERT DATA {{\n{data}}}").encode("utf-8"), headers) as answer:
            _check(answer, server.url, triples, server, name)

    return send


def _check(answer: Answer, url: str, triples: Iterable[Triple], server: Server, name: str | None) -> None:
    """Raise ServerError for a page for people, unless the triples are there: a login or a proxy gives it as well, with
    status 200, as servers that answer an update so.
    """
    content = answer.read()
    is_page = answer.headers.get_content_type() == "text/html" and content.strip()  # Virtuoso calls nothing HTML
    if is_page and not _are_there(triples, server, name):
        raise ServerError(f"{url}: answers with a web page, so it takes no triples", 200)


def _in_parts(send: Send, triples: list[Triple], replacing: bool) -> None:
    """Send a batch; one that the server refuses in two halves, and so on: it may have been too large."""
    try:
        _patiently(send, triples, replacing)
    except ServerError as error:
        if error.status not in TOO_LARGE or len(triples) == 1:
            raise
        half = len(triples) // 2
        _in_parts(send, triples[:half], replacing)
        _in_parts(send, triples[half:], False)


def _patiently(send: Send, triples: list[Triple], replacing: bool) -> None:
    for pause in (*PAUSES, None):
        try:
            send(triples, replacing)
            return
        except ServerError as error:
            if pause is None or not error.passing:
                raise
            time.sleep(pause)


def _advice(error: ServerError, name: str | None, arrived: int) -> str:
    if arrived:
        return f"; {arrived} triples have arrived, the same command goes on from there"
    refused = error.status is not None and error.status >= 400
    return "; has the server a default graph? --graph-name names another" if name is None and refused else ""


class _Note:
    """How many triples of this graph have arrived at a place; kept in a file beside the graph."""

    def __init__(self, graph: KnowledgeGraph, url: str, name: str | None, replace: bool, batch: int) -> None:
        self._path: Path | None = None
        self.sent = 0
        state = _state(graph)
        if graph.path is None or state is None:
            return
        place = sha256(repr((url, name)).encode("utf-8")).hexdigest()[:16]
        path = graph.path.resolve()
        self._path = path.with_name(f".{path.name}.published-{place}.json")
        self._known = {"graph": state, "url": url, "name": name, "replace": replace, "batch": batch}
        with suppress(OSError, ValueError, TypeError, KeyError):
            known = json.loads(self._path.read_text("utf-8"))
            sent = int(known.pop("sent"))
            self.sent = sent if known == self._known else 0

    def keep(self, sent: int) -> None:
        """Note that so many triples have arrived. A place that cannot be written goes without."""
        if self._path is not None:
            part = self._path.with_suffix(".part")
            with suppress(OSError):
                part.write_text(json.dumps({**self._known, "sent": sent}), "utf-8")
                part.replace(self._path)

    def remove(self) -> None:
        """Everything has arrived."""
        if self._path is not None:
            with suppress(OSError):
                self._path.unlink(missing_ok=True)


def _state(graph: KnowledgeGraph) -> str | None:
    """What changes when the graph does."""
    if graph.path is None:
        return None
    path = graph.path / LABEL if graph.path.is_dir() else graph.path
    try:
        status = path.stat()
    except OSError as error:
        raise GraphError(f"{graph.path}: cannot be read: {error.strerror or error}") from None
    return f"{status.st_size} {status.st_mtime_ns}"
