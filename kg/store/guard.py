"""What a query may do: read this graph, nothing else. Decided from the query's words before it runs.

The text is split into the tokens of the SPARQL grammar, so that a keyword in a literal, a comment, an IRI or a name
is not taken for one. One thing in the grammar depends on the context: ``<`` opens an IRI or compares. An IRI token
that could hide a quotation mark or comment sign of a comparison is therefore refused where SERVICE occurs.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING, Final, NamedTuple

from kg.errors import QueryError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

TOKEN: Final = re.compile(
    r"""
    (?P<comment>\#[^\n\r]*+)
  | (?P<iri><[^<>"{}|^`\\\x00-\x20]*+>)
  | (?P<string>"{3}(?:[^"\\]|\\.|"(?!""))*+"{3} | '{3}(?:[^'\\]|\\.|'(?!''))*+'{3}
             | "(?!"")(?:[^"\\\n\r]|\\.)*+" | '(?!'')(?:[^'\\\n\r]|\\.)*+')
  | (?P<unclosed>"{3}(?:[^"\\]|\\.|"(?!""))*+ | '{3}(?:[^'\\]|\\.|'(?!''))*+
               | "(?:[^"\\\n\r]|\\.)*+ | '(?:[^'\\\n\r]|\\.)*+)
  | (?P<variable>[?$]\w+)
  | (?: (?P<words>[^\W\d_][\w.\-]*+) | (?=:) ) (?P<name>:(?:[\w:.\-%]|\\.)*+)?
  | (?P<word>\w+)
  | (?P<other>.)
    """,
    re.VERBOSE | re.DOTALL,
)
"""No character is looked at again for each token before it, so that no query takes long: what begins like a name and is
none (``words``), or like a text that is not closed, is one match, which ``PIECE`` then takes apart."""

PIECE: Final = re.compile(r"(?P<word>\w+)|(?P<other>\S)")
HIERARCHICAL: Final = re.compile(r"<[A-Za-z][A-Za-z0-9+.-]*://")
UPDATES: Final = frozenset({"INSERT", "DELETE", "LOAD", "CLEAR", "DROP", "CREATE", "ADD", "MOVE", "COPY", "WITH"})
FORMS: Final = frozenset({"SELECT", "ASK", "CONSTRUCT", "DESCRIBE"})


class Token(NamedTuple):
    """A token of a query: its kind (a group of TOKEN), its characters, and where it begins."""

    kind: str
    text: str
    begin: int


def tokens(query: str) -> Iterator[Token]:
    """The tokens of a query, without white space and comments."""
    for match in TOKEN.finditer(query):
        kind = match.lastgroup or "other"
        if kind in ("words", "unclosed"):
            for piece in PIECE.finditer(query, *match.span()):
                yield Token(piece.lastgroup or "other", piece[0], piece.start())
        elif kind != "comment" and not (kind == "other" and match[0].isspace()):
            yield Token(kind, match[0], match.start())


def refuse_what_is_not_reading(query: str, graph_names: Iterable[str] = ()) -> None:
    """Raise QueryError where a query would change something or reach outside of the graph.

    Refused are updates (INSERT, LOAD ...), SERVICE, and FROM or FROM NAMED of a graph not among ``graph_names``.
    """
    for text in dict.fromkeys((query, _unescaped(query))):
        _refuse_updates(text)
        if "service" in text.lower():
            _refuse_service(text)
        _refuse_other_graphs(text, frozenset(graph_names))


def form_of(query: str) -> str | None:
    """What a query is: SELECT, ASK, CONSTRUCT or DESCRIBE; None where no such word is in it."""
    words = (token.text.upper() for token in tokens(query) if token.kind == "word")
    return next((word for word in words if word in FORMS), None)


def _unescaped(query: str) -> str:
    r"""The query with ``\u0041`` escapes resolved, as an engine that resolves them before all else would see it."""
    return re.sub(
        r"\\u([0-9A-Fa-f]{4})|\\U(00[01][0-9A-Fa-f]{5})",
        lambda match: chr(int(match[1] or match[2], 16)) if int(match[1] or match[2], 16) < 0x110000 else match[0],
        query,
    )


def _refuse_updates(query: str) -> None:
    """The first word after the prologue says what the request is."""
    words = tokens(query)
    for token in words:
        word = token.text.upper()
        if token.kind == "word" and word in ("PREFIX", "BASE"):
            if next(words, token).kind == "name":
                next(words, None)
        elif token.kind == "word" and word in UPDATES:
            raise QueryError(f"{where(query, token.begin)}: {word} would change the graph; queries can only read it")
        elif token.kind == "word" and word in FORMS:
            return


def _refuse_service(query: str) -> None:
    for token in tokens(query):
        if token.kind == "iri" and ("#" in token.text or "'" in token.text) and not HIERARCHICAL.match(token.text):
            raise QueryError(
                f"{where(query, token.begin)}: {token.text} can be read in two ways; write it as an absolute IRI"
            )
        prefix, _, local = token.text.partition(":") if token.kind == "name" else (token.text, "", "")
        named = token.kind == "name" and re.search(r"[.:]service", local, re.IGNORECASE)
        if (token.kind in ("name", "word") and "service" in prefix.lower()) or named:
            raise QueryError(f"{where(query, token.begin)}: SERVICE is not allowed; queries read this graph only")


def _refuse_other_graphs(query: str, graph_names: frozenset[str]) -> None:
    if "from" not in query.lower():
        return
    for token, following in pairwise(tokens(query)):
        if token.kind != "word" or not token.text.upper().endswith(("FROM", "NAMED")):  # also of ASKFROM<...>
            continue
        known = following.kind == "iri" and following.text[1:-1] in graph_names
        if following.kind in ("iri", "name") and not known:
            raise QueryError(f"{where(query, token.begin)}: FROM {following.text} names a graph outside of this one")


def where(query: str, position: int) -> str:
    """A place in a query in words for people: ``line 3, column 7``."""
    before = query[:position]
    return f"line {before.count(chr(10)) + 1}, column {position - before.rfind(chr(10))}"
