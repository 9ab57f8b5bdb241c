"""Running a query to its end and packing the answer, so that it can come from another process.

A table is packed in the SPARQL 1.1 JSON results format, triples as N-Triples.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from pyoxigraph import QueryBoolean, QueryResultsFormat, QuerySolutions, RdfFormat, Store, parse, serialize

from kg.errors import QueryError
from kg.store.formats import one_line
from kg.store.guard import tokens, where
from kg.store.results import ResultTable

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pyoxigraph import Triple

SELECTED: Final = b"S"
ASKED: Final = b"A"
CONSTRUCTED: Final = b"C"
FAILED: Final = b"F"
DAMAGED: Final = b"D"
"""What follows says what is wrong with the store: ``kg.store.timelimit.Worker`` raises it."""


def evaluate(store: Store, query: str, prefixes: Mapping[str, str], union: bool = False) -> bytes:
    """Run a query to its end; one byte that says the kind of answer, then the answer.

    ``union`` makes the triples of all named graphs visible, for stores that have nothing in the default graph. What
    stands for a store on a server (:mod:`kg.store.endpoint`) evaluates itself.
    """
    if not isinstance(store, Store):
        return bytes(store.evaluate(query, prefixes, None))
    try:
        found = store.query(query, prefixes=dict(prefixes), use_default_graph_as_union=union)
        if isinstance(found, QueryBoolean):
            return ASKED + (b"1" if found else b"0")
        if isinstance(found, QuerySolutions):
            return SELECTED + (found.serialize(format=QueryResultsFormat.JSON) or b"")
        return CONSTRUCTED + (serialize(found, format=RdfFormat.N_TRIPLES) or b"")
    except SyntaxError as error:
        return FAILED + syntax_message(query, str(error)).encode()
    except (OSError, RuntimeError, ValueError) as error:
        if "Corruption" in str(error):
            return DAMAGED + one_line(error).encode()
        return FAILED + b"the query failed: " + one_line(error).encode()


def unpack(content: bytes) -> ResultTable | bool | list[Triple]:
    """The answer that ``evaluate`` packed. Raises QueryError where the query failed, or this is no answer."""
    kind, body = content[:1], content[1:]
    try:
        if kind == SELECTED:
            return ResultTable.from_json(body)
        if kind == CONSTRUCTED:
            return [quad.triple for quad in parse(body, RdfFormat.N_TRIPLES)]
    except (SyntaxError, ValueError) as error:  # a server may have sent anything
        raise QueryError(f"the answer cannot be read: {one_line(error)}") from None
    if kind == ASKED:
        return body == b"1"
    if kind == FAILED:
        raise QueryError(body.decode("utf-8", "replace"))
    raise QueryError("the query ended without an answer: its process died, perhaps for want of memory")


def syntax_message(query: str, message: str) -> str:
    """The engine's complaint about a malformed query, in words: the place, what stands there, what could."""
    found = re.search(r"error at (\d+):(\d+): expected (?:one of )?(.*)", message, re.DOTALL)
    if not found:
        return f"not a SPARQL query: {' '.join(message.split())}"
    line, column, expected = int(found[1]), int(found[2]), " ".join(found[3].split())
    lines = query.split("\n")
    position = sum(len(text) + 1 for text in lines[: line - 1]) + column - 1
    if "Prefix not found" in expected:
        names = [token for token in tokens(query) if token.kind == "name" and token.begin < position]
        if names:
            name = names[-1]
            return f"{where(query, name.begin)}: the prefix of {name.text} is not known; declare it with PREFIX"
    if "contains a variable that is unbound" in expected:
        return f"{where(query, position)}: SELECT names a variable that is neither grouped by nor an aggregate"
    words = expected.split(", ")
    if all(re.fullmatch(r"[A-Za-z_]+|\[_\]", word) for word in words):  # it stopped behind a keyword's length
        position -= max(len(word) for word in words)
    unclosed = next((token for token in tokens(query) if token.kind == "other" and token.text in "\"'"), None)
    if unclosed:
        return f"{where(query, unclosed.begin)}: the text that begins here is not closed"
    following = next((token for token in tokens(query) if token.begin + len(token.text) > position), None)
    if following is None:
        return f"{where(query, len(query))}: the SPARQL is malformed at the end of the query"
    return f"{where(query, following.begin)}: the SPARQL is malformed at {following.text!r}"
