"""A graph on a SPARQL 1.1 server, read through its query endpoint as if it were a store here."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Final, cast
from urllib.parse import urlencode

from pyoxigraph import BlankNode, DefaultGraph, NamedNode, Quad, RdfFormat, parse

from kg.errors import GraphError, QueryError
from kg.store.evaluation import ASKED, CONSTRUCTED, FAILED, SELECTED
from kg.store.formats import one_line
from kg.store.guard import FORMS, tokens
from kg.store.http import NoAnswerError, Server, ServerError
from kg.store.results import ResultTable
from kg.store.terms import base_of_article, with_plain_integer
from kg.vocabulary import NK

if TYPE_CHECKING:
    from email.message import Message
    from typing import IO

    from kg.store.terms import Subject, Term

FORM: Final = {"Content-Type": "application/x-www-form-urlencoded"}
"""Queries go as a form: of the ways that the protocol knows, the one that every server takes."""

JSON: Final = "application/sparql-results+json"
N_TRIPLES: Final = "application/n-triples"
GRACE: Final = 5.0
"""Seconds that the way to the server and back may take beyond the time of a query."""

SECONDS: Final = 600.0
"""Seconds that the server may take for an answer unless told otherwise."""

SECONDS_OF_ALL: Final = 86_400.0
"""Seconds that it may take for the whole graph, as long as it goes on giving."""


class Endpoint:
    """What of a pyoxigraph store is needed to read a graph, asked of a server."""

    def __init__(self, url: str, seconds: float = SECONDS) -> None:
        self.url = url
        self._seconds = seconds
        self._server = Server(url)
        self._is_virtuoso = False

    def evaluate(self, query: str, prefixes: Mapping[str, str], seconds: float | None) -> bytes:
        """Run a query on the server. Gives what ``kg.store.evaluation.evaluate`` packs."""
        form = _form(query)
        declared = "".join(f"PREFIX {name}: <{iri}>\n" for name, iri in prefixes.items())
        accepted = N_TRIPLES if form in ("CONSTRUCT", "DESCRIBE") else JSON
        try:
            content = self._ask(declared + query, accepted, seconds)
            if form == "CONSTRUCT" and self._is_virtuoso:
                self._refuse_part_of_triples(content, seconds)
        except ServerError as error:
            if error.status == 400:
                return FAILED + str(error).encode("utf-8")
            if isinstance(error, NoAnswerError):
                limit = self._seconds if seconds is None else seconds
                return FAILED + f"the query was stopped after {limit:g} s; narrow it, or allow more time".encode()
            raise QueryError(str(error)) from None
        if form in ("CONSTRUCT", "DESCRIBE"):
            return CONSTRUCTED + content
        if form == "ASK":
            return ASKED + (b"1" if self._is_true(content) else b"0")
        if not content.lstrip().startswith(b"{"):
            raise QueryError(f"{self.url}: the answer of the server is not SPARQL results in JSON")
        return SELECTED + content

    def _ask(self, query: str, accepted: str, seconds: float | None = None) -> bytes:
        headers = {**FORM, "Accept": accepted}
        limit = min(max(0.0, self._seconds if seconds is None else seconds), SECONDS_OF_ALL) + GRACE
        with self._server.ask(_body(query), headers, seconds=limit, in_all=limit) as answer:
            self._is_virtuoso = (answer.headers["Server"] or "").startswith("Virtuoso")
            self._refuse_part(answer.headers)
            return answer.read()

    def _refuse_part_of_triples(self, content: bytes, seconds: float | None) -> None:
        """Raise GraphError where Virtuoso has cut triples short, which it says of tables alone.

        It gives one triple more than it gives rows, so that a table of one row less than there are triples is cut, too.
        """
        given = sum(line.startswith((b"<", b"_")) for line in content.splitlines())
        if given > 1:
            self._ask(f"SELECT (1 AS ?row) {{ ?s ?p ?o }} LIMIT {given - 1}", JSON, seconds)

    def _refuse_part(self, headers: Message) -> None:
        """Raise GraphError where the server, as Virtuoso does, says that its answer may be a part of the whole."""
        if most := headers["X-SPARQL-MaxRows"]:
            limit = one_line(ValueError(most))
            raise GraphError(
                f"{self.url}: the server gave only {limit} rows (it has a limit); ask for fewer with LIMIT"
            )
        if headers["X-SQL-State"]:
            cause = one_line(ValueError(headers["X-SQL-Message"] or headers["X-SQL-State"]))
            raise GraphError(f"{self.url}: the server gave only a part of its answer: {cause}")

    def _is_true(self, content: bytes) -> bool:
        """The answer to ASK. Virtuoso 7 gives a table with one number, and an empty one for false."""
        try:
            answer = json.loads(content)
            if "boolean" in answer:
                return bool(answer["boolean"])
            return any(cell["value"] in ("1", "true") for row in answer["results"]["bindings"] for cell in row.values())
        except (ValueError, KeyError, TypeError, AttributeError):
            raise QueryError(f"{self.url}: the answer of the server is not SPARQL results in JSON") from None

    def _select(self, query: str) -> ResultTable:
        try:
            return ResultTable.from_json(self._ask(query, JSON))
        except (SyntaxError, ValueError, KeyError) as error:
            raise GraphError(f"{self.url}: the answer of the server cannot be read: {one_line(error)}") from None

    def base(self) -> str | None:
        """What the IRIs of the data start with, where the graph has an article."""
        rows = self._select(f"SELECT ?article {{ ?article a {NK.Article} }} LIMIT 1").rows
        return base_of_article(str(rows[0][0])) if rows and rows[0] else None

    def quads_for_pattern(
        self, subject: Subject | None, predicate: NamedNode | None, value: Term | None, graph: object = None
    ) -> Iterator[Quad]:
        """The triples that fit; None fits everything. A blank node of the server fits nothing."""
        pattern = (subject, predicate, value)
        if any(isinstance(term, BlankNode) for term in pattern):
            return
        words = [str(term) if term is not None else f"?{name}" for term, name in zip(pattern, "spo", strict=True)]
        free = [word for word in words if word.startswith("?")]
        if not free:
            if self._is_true(self._ask(f"ASK {{ {' '.join(words)} }}", JSON)):
                yield Quad(subject, predicate, value)  # type: ignore[arg-type]
            return
        if len(free) == 3:
            yield from self
            return
        table = self._select(f"SELECT {' '.join(free)} {{ {' '.join(words)} }}")
        for row in table.terms:
            found = dict(zip(table.columns, row, strict=True))
            terms = [term if term is not None else found.get(name) for term, name in zip(pattern, "spo", strict=True)]
            yield Quad(terms[0], terms[1], with_plain_integer(terms[2]))  # type: ignore[arg-type]

    def __iter__(self) -> Iterator[Quad]:
        """Every triple. Raises GraphError where the server gives fewer than it has."""
        body, headers = _body("CONSTRUCT { ?s ?p ?o } { ?s ?p ?o }"), {**FORM, "Accept": N_TRIPLES}
        with self._server.ask(body, headers, seconds=SECONDS, in_all=SECONDS_OF_ALL) as answer:
            given = 0
            try:
                for quad in parse(cast("IO[bytes]", answer), RdfFormat.N_TRIPLES):
                    given += 1
                    yield Quad(quad.subject, quad.predicate, with_plain_integer(quad.object))
            except SyntaxError as error:
                raise GraphError(f"{self.url}: the answer of the server cannot be read: {one_line(error)}") from None
        if given < len(self):
            raise GraphError(f"{self.url}: the server gave only {given} of {len(self)} triples (it has a limit)")

    def __len__(self) -> int:
        table = self._select("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }")
        try:
            return int(str(table.rows[0][0]))
        except (IndexError, ValueError):
            raise GraphError(f"{self.url}: the server does not count its triples") from None

    def named_graphs(self) -> list[NamedNode]:
        """None: what the server shows without a graph being named is the graph."""
        return []

    def __contains__(self, quad: Quad) -> bool:
        return next(self.quads_for_pattern(quad.subject, quad.predicate, quad.object, DefaultGraph()), None) is not None


def _body(query: str) -> bytes:
    return urlencode({"query": query}).encode("ascii")


def _form(query: str) -> str:
    """SELECT, ASK, CONSTRUCT or DESCRIBE: the first word of that kind after the prologue."""
    return next((t.text.upper() for t in tokens(query) if t.kind == "word" and t.text.upper() in FORMS), "SELECT")
