"""Writing a graph: sorted, with prefixes, byte for byte the same for equal graphs, whole or not at all.

Turtle and TriG put one subject after another by IRI, ``a`` first, then predicates and objects in order; N-Triples and
N-Quads are sorted lines. pyoxigraph's own Turtle writer is not used because it writes the prefixes in random order.
"""

from __future__ import annotations

import gzip
import os
import re
from contextlib import contextmanager
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from tempfile import mkstemp
from typing import TYPE_CHECKING, Final, Protocol

from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad, RdfFormat, Triple, serialize

from kg.errors import GraphError
from kg.store.formats import is_compressed, one_line, rdf_ending
from kg.store.jsonld import json_ld
from kg.store.terms import LOCAL_NAME, as_written
from kg.vocabulary import RDF, XSD, prefixes

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from kg.store.terms import Term

NOT_XML: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
"""Characters that XML 1.0 cannot carry in any form."""

Row = tuple[str, str, str]
"""A triple as three strings in the syntax to be written."""


class BinaryWriter(Protocol):
    """What bytes can be written to."""

    def write(self, content: bytes, /) -> int:
        """Write all of the bytes."""


@contextmanager
def written_whole(path: Path) -> Iterator[BinaryWriter]:
    """A binary file that takes its place at ``path`` only when everything is written; gzipped where that ends in .gz.

    Raises GraphError where the place cannot be written.
    """
    try:
        handle, name = mkstemp(dir=path.parent, prefix=f".{path.name[:80]}.", suffix=".part")
    except OSError as error:
        raise GraphError(f"{path}: cannot be written: {error.strerror or error}") from None
    try:
        with os.fdopen(handle, "wb") as raw:
            if is_compressed(path):
                with gzip.GzipFile(filename="", mode="wb", fileobj=raw, mtime=0, compresslevel=6) as packed:
                    yield packed
            else:
                yield raw
            raw.flush()
            os.fsync(raw.fileno())
        Path(name).chmod(0o666 & ~_umask())
        Path(name).replace(path)
    except BaseException as error:
        Path(name).unlink(missing_ok=True)
        if isinstance(error, OSError):
            raise GraphError(f"{path}: cannot be written: {error.strerror or error}") from None
        raise


def _umask() -> int:
    mask = os.umask(0o077)
    os.umask(mask)
    return mask


def check_writable(path: Path) -> None:
    """Raise GraphError now if a file could not be written at ``path`` later."""
    if path.is_dir():
        raise GraphError(f"{path}: cannot be written: it is a folder")
    folder = path.parent
    if not folder.is_dir():
        raise GraphError(f"{path}: cannot be written: there is no folder {folder}")
    if not os.access(folder, os.W_OK | os.X_OK) or (path.exists() and not os.access(path, os.W_OK)):
        raise GraphError(f"{path}: cannot be written: permission denied")


def write_file(path: Path, quads: Iterable[Quad], base: str) -> None:
    """Write a graph into a file in the RDF format that its ending names.

    Formats that cannot name graphs get each triple once, from whichever graph. Raises GraphError where the place cannot
    be written, or the format cannot carry a character (control characters in RDF/XML).
    """
    ending = rdf_ending(path)
    if ending is None:
        raise GraphError(f"{path}: the file ending names no RDF format")
    write = WRITERS[ending]
    try:
        with written_whole(path) as file:
            for chunk in write(quads, base):
                file.write(chunk.encode("utf-8"))
    except ValueError as error:
        raise GraphError(f"{path}: cannot be written: {one_line(error)}") from None


def rdf_text(quads: Iterable[Quad], ending: str, base: str) -> str:
    """The text that ``write_file`` would write to a file with that ending."""
    return "".join(WRITERS[ending](quads, base))


class _Terms:
    """Terms as Turtle writes them, with prefixes, each IRI worked out once."""

    def __init__(self, base: str) -> None:
        self.prefixes = prefixes(base)
        self.used: set[str] = set()
        self._by_namespace = {iri: prefix for prefix, iri in self.prefixes.items()}
        self._iris: dict[str, str] = {}

    def iri(self, iri: str) -> str:
        known = self._iris.get(iri)
        if known is None:
            cut = max(iri.rfind("/"), iri.rfind("#")) + 1
            prefix = self._by_namespace.get(iri[:cut])
            local = iri[cut:]
            known = f"<{iri}>"
            if prefix and LOCAL_NAME.fullmatch(local):
                known = f"{prefix}:{local}"
                self.used.add(prefix)
            self._iris[iri] = known
        return known

    def predicate(self, predicate: NamedNode) -> str:
        return "a" if predicate == RDF.type else self.iri(predicate.value)

    def term(self, term: Term) -> str:
        if isinstance(term, NamedNode):
            return self.iri(term.value)
        return self.literal(term) if isinstance(term, Literal) else str(term)

    def literal(self, literal: Literal) -> str:
        value = literal.value
        datatype = literal.datatype.value
        if datatype == XSD.decimal.value and re.fullmatch(r"-?\d+\.\d+", value):
            return value
        if datatype == XSD.integer.value and re.fullmatch(r"-?\d+", value):
            return value
        quoted = _long(value) if "\n" in value else str(Literal(value))
        if literal.language:
            return f"{quoted}@{literal.language}"
        return quoted if datatype == XSD.string.value else f"{quoted}^^{self.iri(datatype)}"


def _long(value: str) -> str:
    """A text of several lines between triple quotation marks."""
    escaped = value.replace("\\", "\\\\").replace('"', '\\"').replace("\r", "\\r")
    return '"""' + re.sub("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]", lambda m: f"\\u{ord(m[0]):04X}", escaped) + '"""'


def _turtle(quads: Iterable[Quad], base: str) -> Iterator[str]:
    terms = _Terms(base)
    blocks = list(_subjects(_unique_triples(quads), terms))
    yield _prefix_lines(terms)
    yield from blocks


def _trig(quads: Iterable[Quad], base: str) -> Iterator[str]:
    terms = _Terms(base)
    graphs: dict[str, list[Quad]] = {}
    for quad in quads:
        name = "" if isinstance(quad.graph_name, DefaultGraph) else terms.term(quad.graph_name)
        graphs.setdefault(name, []).append(quad)
    blocks: list[str] = []
    for name in sorted(graphs):
        inside = _subjects((quad.triple for quad in graphs[name]), terms)
        blocks += [f"\nGRAPH {name} {{\n", *inside, "}\n"] if name else inside
    yield _prefix_lines(terms)
    yield from blocks


def _prefix_lines(terms: _Terms) -> str:
    return "".join(f"@prefix {name}: <{iri}> .\n" for name, iri in terms.prefixes.items() if name in terms.used)


def _unique_triples(quads: Iterable[Quad]) -> Iterable[Triple]:
    return {quad.triple: None for quad in quads}


def _subjects(triples: Iterable[Triple], terms: _Terms) -> Iterator[str]:
    """One block a subject, in the order of the subjects' IRIs."""
    rows: list[tuple[str, str, str]] = []
    for triple in triples:
        predicate = triple.predicate
        written = as_written(predicate, triple.object)
        rows.append((str(triple.subject), terms.predicate(predicate), terms.term(written)))
    rows.sort(key=_reading_order)
    for subject, statements in groupby(rows, key=itemgetter(0)):
        name = terms.iri(subject[1:-1]) if subject.startswith("<") and not subject.startswith("<<") else subject
        lines = []
        for predicate_name, group in groupby(statements, key=itemgetter(1)):
            objects = ",\n        ".join(row[2] for row in group)
            lines.append(f"{predicate_name} {objects}")
        yield f"\n{name} " + " ;\n    ".join(lines) + " .\n"


def _reading_order(row: Row) -> Row:
    """By subject; then the type, the label and the other properties by name; then by object."""
    subject, predicate, value = row
    rank = "" if predicate == "a" else " " if predicate == "rdfs:label" else predicate
    return subject, rank, value


def _n_triples(quads: Iterable[Quad], base: str) -> Iterator[str]:
    lines = {f"{q.subject} {q.predicate} {as_written(q.predicate, q.object)} .\n" for q in quads}
    yield from sorted(lines)


def _n_quads(quads: Iterable[Quad], base: str) -> Iterator[str]:
    lines = []
    for quad in quads:
        graph = "" if isinstance(quad.graph_name, DefaultGraph) else f" {quad.graph_name}"
        lines.append(f"{quad.subject} {quad.predicate} {as_written(quad.predicate, quad.object)}{graph} .\n")
    yield from sorted(lines)


def _rdf_xml(quads: Iterable[Quad], base: str) -> Iterator[str]:
    triples = set()
    for quad in quads:
        value = as_written(quad.predicate, quad.object)
        if isinstance(value, Literal) and NOT_XML.search(value.value):
            raise ValueError(f"RDF/XML cannot carry a control character of {quad.subject}; choose another format")
        triples.add(Triple(quad.subject, quad.predicate, value))
    ordered = sorted(triples, key=lambda t: (str(t.subject), str(t.predicate), str(t.object)))
    text = (serialize(ordered, format=RdfFormat.RDF_XML, prefixes=prefixes(base)) or b"").decode("utf-8")
    yield text.replace("\r", "&#13;") + "\n"  # a bare carriage return would be read as a line feed


WRITERS: Final[dict[str, Callable[[Iterable[Quad], str], Iterator[str]]]] = {
    ".ttl": _turtle,
    ".trig": _trig,
    ".nt": _n_triples,
    ".nq": _n_quads,
    ".jsonld": json_ld,
    ".rdf": _rdf_xml,
    ".xml": _rdf_xml,
    ".owl": _rdf_xml,
}
