"""Matching the things of a graph with a reconciliation service, and keeping its answers as an authority list.

The protocol is the Reconciliation Service API 0.2 of the W3C Entity Reconciliation Community Group, which Wikidata, the
GND, VIAF and many others speak. It is used when it is asked for, and at no other time: what comes of it is a file that
``kg build --authority`` reads without a network.
"""

from __future__ import annotations

import json
import re
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from http.client import HTTPException, HTTPMessage
from importlib.metadata import version
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, Final
from urllib.error import HTTPError, URLError
from urllib.parse import urlencode, urlsplit
from urllib.request import HTTPRedirectHandler, Request, build_opener

from kg.addresses import normalised
from kg.errors import KgError
from kg.identity.authority import MATCHES
from kg.identity.iris import is_iri
from kg.spreadsheet import read_table, with_rows
from kg.store.http import address, is_url
from kg.store.writing import check_writable, written_whole
from kg.texts import visible
from kg.vocabulary import NK, RDF, SKOS

if TYPE_CHECKING:
    from kg.store import KnowledgeGraph

KINDS: Final = {"person": NK.Person, "organisation": NK.Organisation, "place": NK.Place}
COLUMNS: Final = ("id", "name", "aliases", "kind", "match", "score", "description")
"""The columns of the file: those of an authority list, and what the service says of each of its answers."""

BATCH: Final = 25
"""Names that are asked for at once, unless the service wants fewer."""
MOST_BYTES: Final = 16_000_000
TRIES: Final = 4
_SECONDS: Final = 60.0


class ReconciliationError(KgError):
    """A reconciliation service cannot be reached, or does not answer as it should; or its file cannot be read."""


@dataclass(frozen=True, slots=True)
class Answer:
    """A line of the file: what the service has for a name. ``match`` is yes, no (a candidate) or none (nothing)."""

    asked: str
    kind: str
    match: str
    iri: str = ""
    name: str = ""
    score: str = ""
    description: str = ""

    @property
    def row(self) -> tuple[str, ...]:
        """The line, by COLUMNS."""
        name, other = (self.name, self.asked) if self.name else (self.asked, "")
        return self.iri, name, other if other != name else "", self.kind, self.match, self.score, self.description

    @property
    def order(self) -> tuple[str, str, float, str]:
        """By name, the best first."""
        return self.kind, self.asked, -float(self.score or 0), self.iri


@dataclass(frozen=True, slots=True)
class Outcome:
    """How many names were asked for, and what came of them."""

    asked: int
    matched: int
    candidates: int
    nothing: int


class Service:
    """A reconciliation service at an address. Raises ReconciliationError where there is none."""

    def __init__(self, url: str) -> None:
        if not is_url(url):
            raise ReconciliationError(f"{url}: is not an address that begins with http:// or https://")
        address(url)
        self.url = url
        manifest = self._ask(None)
        space = manifest.get("identifierSpace")
        if not isinstance(space, str) or not isinstance(manifest.get("name"), str):
            raise ReconciliationError(f"{url}: is no reconciliation service: its manifest has no identifierSpace")
        self.name: str = manifest["name"]
        self._space = space
        view = manifest.get("view")
        self._view = str(view.get("url") or "") if isinstance(view, dict) else ""
        size = manifest.get("batchSize")
        self.batch = min(BATCH, size) if isinstance(size, int) and size > 0 else BATCH

    def candidates(self, queries: Sequence[Mapping[str, object]]) -> list[list[Mapping[str, Any]]]:
        """What the service has for each query of a batch, the best first."""
        named = {f"q{number}": query for number, query in enumerate(queries)}
        answers = self._ask({"queries": json.dumps(named, ensure_ascii=False)})
        found = []
        for name in named:
            answer = answers.get(name)
            result = answer.get("result") if isinstance(answer, dict) else None
            if not isinstance(result, list):
                raise ReconciliationError(f"{self.url}: the answer has no result for one of the names")
            usable: list[Mapping[str, Any]] = [i for i in result if isinstance(i, dict) and self.iri(i.get("id"))]
            found.append(sorted(usable, key=lambda item: (-_score(item), str(item["id"]))))
        return found

    def iri(self, id_: object) -> str | None:
        """The IRI of an entity: its id if that is one, or in the service's space of identifiers, or of its page."""
        text = str(id_ or "")
        for iri in (
            text if re.match(r"https?://|urn:", text) else "",
            self._space + text if self._space.endswith(("/", "#", ":", "=")) else "",
            self._view.replace("{{id}}", text) if "{{id}}" in self._view else "",
        ):
            if text and is_iri(iri):
                return iri
        return None

    def _ask(self, form: Mapping[str, str] | None) -> Mapping[str, Any]:
        """The answer to a GET (for the manifest) or POST request, tried again where that may help."""
        for number in range(1, TRIES + 1):
            try:
                return self._once(form)
            except _PassingError as error:
                if number == TRIES:
                    raise ReconciliationError(f"{self.url}: {error}") from None
                time.sleep(min(error.wait or 0.5 * 2**number, 30.0))
        raise AssertionError

    def _once(self, form: Mapping[str, str] | None) -> Mapping[str, Any]:
        headers = {"Accept": "application/json", "User-Agent": f"newskg/{version('newskg')}"}
        body = urlencode(form).encode("ascii") if form is not None else None
        try:
            with build_opener(_Redirections).open(Request(self.url, body, headers), timeout=_SECONDS) as answer:
                content = answer.read(MOST_BYTES + 1)
        except HTTPError as error:
            with error:
                wait = error.headers.get("Retry-After") or ""
            said = f"the server answers {error.code} {visible(str(error.reason))}"
            if error.code in (408, 425, 429) or error.code >= 500:
                raise _PassingError(said, float(wait) if wait.isdecimal() else None) from None
            raise ReconciliationError(f"{self.url}: {said}") from None
        except (URLError, TimeoutError, OSError, HTTPException) as error:
            cause = getattr(error, "reason", None) or error
            raise _PassingError(f"the server cannot be reached: {visible(' '.join(str(cause).split()))}") from None
        except ValueError as error:
            raise ReconciliationError(f"{self.url}: it, or what it sends on to, is no address: {error}") from None
        try:
            found = json.loads(content) if len(content) <= MOST_BYTES else None
        except ValueError:
            found = None
        if not isinstance(found, dict):
            raise ReconciliationError(f"{self.url}: is no reconciliation service: it does not answer with JSON")
        return found


class _Redirections(HTTPRedirectHandler):
    """Redirections, which do not lead out of the web."""

    def redirect_request(
        self, req: Request, fp: IO[bytes], code: int, msg: str, headers: HTTPMessage, newurl: str
    ) -> Request | None:
        """The request for the address that a server sends on to. Raises HTTPError for one that is not of the web."""
        if urlsplit(newurl).scheme not in ("http", "https"):
            raise HTTPError(newurl, code, f"{msg}, and sends on to {newurl[:200]!r}", headers, fp)
        return super().redirect_request(req, fp, code, msg, headers, newurl)


class _PassingError(Exception):
    """A fault that may pass. ``wait`` is how many seconds the server asks for."""

    def __init__(self, message: str, wait: float | None = None) -> None:
        super().__init__(message)
        self.wait = wait


def reconcile(
    graph: KnowledgeGraph,
    url: str,
    path: str | Path,
    *,
    kinds: Iterable[str] = tuple(KINDS),
    types: Mapping[str, str] | None = None,
    threshold: float | None = None,
    most: int = 3,
    progress: Any = None,
) -> Outcome:
    """Ask a service for the people, organisations and places of a graph, and keep its answers in a file.

    What stands in the file already is not asked for again, and what people wrote into it stays. Things that the graph
    links to an authority (skos:exactMatch) and people with one name alone are not asked for.

    Args:
        graph: the graph.
        url: the address of the service.
        path: the file, a CSV authority list; made if it is missing.
        kinds: of the things, out of person, organisation and place.
        types: the service's identifiers of the types that things must have, by kind: {"person": "Q5"}.
        threshold: a score from which on the best answer is a match, if it alone has it. Else only what the service
            itself calls a match is one.
        most: candidates that are kept of each name.
        progress: called with the number of names done, and the last.

    Raises:
        ReconciliationError: the service does not answer as it should. What was had until then is kept.
        GraphError: the file cannot be written; nothing is asked then.
    """
    path = Path(path)
    check_writable(path)
    known = _read(path)
    service = Service(normalised(url))
    done = {(kind, _folded(name)) for kind, *names in map(_named, known) for name in names if name}
    asked = [(kind, name) for kind in kinds for name in _names(graph, kind) if (kind, _folded(name)) not in done]
    answers: list[Answer] = []
    try:
        for begin in range(0, len(asked), service.batch):
            batch = asked[begin : begin + service.batch]
            queries = [_query(name, (types or {}).get(kind), most) for kind, name in batch]
            for (kind, name), found in zip(batch, service.candidates(queries), strict=True):
                answers += _answers(service, kind, name, found, threshold, most)
            if progress:
                progress(begin + len(batch), batch[-1][1])
    finally:
        if answers:
            _write(path, answers)
    count = {match: len({(a.kind, a.asked) for a in answers if a.match == match}) for match in MATCHES}
    return Outcome(len(asked), count["yes"], count["no"], count["none"])


def _query(name: str, type_: str | None, most: int) -> dict[str, object]:
    query: dict[str, object] = {"query": name, "limit": most}
    return query | {"type": type_, "type_strict": "any"} if type_ else query


def _answers(
    service: Service, kind: str, name: str, found: list[Mapping[str, Any]], threshold: float | None, most: int
) -> Iterator[Answer]:
    """The lines of a name: the match, or else the candidates, or else that there is nothing."""
    certain = [item for item in found if item.get("match") is True]
    if len(certain) != 1 and threshold is not None:
        certain = [item for item in found if _score(item) >= threshold]
    if len(certain) == 1:
        yield _answer(service, kind, name, certain[0], "yes")
    else:
        for item in found[:most]:
            yield _answer(service, kind, name, item, "no")
    if not found:
        yield Answer(name, kind, "none")


def _answer(service: Service, kind: str, name: str, item: Mapping[str, Any], match: str) -> Answer:
    said = " ".join(str(item.get("description") or _types(item.get("type"))).split())
    called = " ".join(str(item.get("name") or name).split())
    return Answer(name, kind, match, service.iri(item["id"]) or "", called, f"{_score(item):g}", said[:200])


def _types(types: object) -> str:
    named = [kind.get("name") or kind.get("id") if isinstance(kind, dict) else kind for kind in _list(types)]
    return ", ".join(str(name) for name in named if name)


def _list(value: object) -> list[Any]:
    return value if isinstance(value, list) else [] if value is None else [value]


def _score(item: Mapping[str, Any]) -> float:
    score = item.get("score")
    return float(score) if isinstance(score, int | float) and not isinstance(score, bool) else 0.0


def _names(graph: KnowledgeGraph, kind: str) -> list[str]:
    """The labels of the things of a kind that are to be asked for, sorted. A place that acts is a place."""
    found = set()
    for triple in graph.triples(None, RDF.type, KINDS[kind]):
        thing = triple.subject
        place = kind == "organisation" and NK.Place in graph.values(thing, RDF.type)
        if place or graph.value(thing, SKOS.exactMatch) is not None:
            continue
        name = " ".join(graph.label(thing).split())
        if (kind != "person" or " " in name) and "|" not in name:  # which separates names in the file
            found.add(name)
    return sorted(found)


# The file

Row = dict[str, str]


def _named(row: Row) -> tuple[str, ...]:
    return row["kind"], row["name"], *row["aliases"].split("|")


def _folded(name: str) -> str:
    return " ".join(name.casefold().split())


def _read(path: Path) -> list[Row]:
    """The lines that are there already, whoever wrote them."""
    if not path.exists() or not path.stat().st_size:
        return []
    rows = read_table(path, ("id", "name"), ReconciliationError)
    return [{column: row.get(column, "") for column in COLUMNS} for _, row in rows]


def _write(path: Path, answers: list[Answer]) -> None:
    """Put answers behind what stands in the file, whole or not at all."""
    rows = (dict(zip(COLUMNS, answer.row, strict=True)) for answer in sorted(answers, key=lambda answer: answer.order))
    text = with_rows(path, COLUMNS, rows, ReconciliationError)
    with written_whole(path) as file:
        file.write(text.encode("utf-8"))
