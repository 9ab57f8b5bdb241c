"""Which RDF format a file has, by its ending, and reading one whole or refusing it."""

from __future__ import annotations

import gzip
import zlib
from pathlib import Path
from typing import TYPE_CHECKING, Final

from kg.errors import GraphError
from kg.texts import visible

if TYPE_CHECKING:
    from pyoxigraph import RdfFormat, Store

FORMATS: Final = {
    ".ttl": "TURTLE",
    ".trig": "TRIG",
    ".nt": "N_TRIPLES",
    ".nq": "N_QUADS",
    ".jsonld": "JSON_LD",
    ".rdf": "RDF_XML",
    ".xml": "RDF_XML",
    ".owl": "RDF_XML",
}
"""The RDF formats by file ending; each may be followed by .gz."""

WITH_GRAPH_NAMES: Final = frozenset({".trig", ".nq", ".jsonld"})
"""The endings of formats that can name graphs."""

OF_LINES: Final = frozenset({".ttl", ".trig", ".nt", ".nq"})
"""The endings of formats that are written from sorted lines (see :mod:`kg.store.lines`)."""

ENDINGS: Final = (".ttl", ".trig", ".nt", ".nq", ".jsonld", ".rdf (each also with .gz)")
"""The endings to name in messages."""


def rdf_ending(path: Path) -> str | None:
    """The ending that names the RDF format of a path, without .gz; None where there is none.

    >>> rdf_ending(Path("news.ttl.gz"))
    '.ttl'
    """
    suffixes = [suffix.lower() for suffix in path.suffixes]
    if suffixes and suffixes[-1] == ".gz":
        suffixes.pop()
    return suffixes[-1] if suffixes and suffixes[-1] in FORMATS else None


def is_compressed(path: Path) -> bool:
    """Whether the path ends in .gz."""
    return path.suffix.lower() == ".gz"


def rdf_format(ending: str) -> RdfFormat:
    """The pyoxigraph format for an ending of FORMATS."""
    import pyoxigraph

    found: RdfFormat = getattr(pyoxigraph.RdfFormat, FORMATS[ending])
    return found


def read_file(path: Path, store: Store) -> None:
    """Load a graph file into an empty store, whole.

    Raises GraphError for a file that is missing, unreadable, empty, truncated, or not RDF of the format its ending
    names.
    """
    ending = rdf_ending(path)
    if ending is None:
        raise GraphError(f"{path}: the file ending names no RDF format; known are {', '.join(ENDINGS)}")
    try:
        content = path.read_bytes()
        if is_compressed(path):
            content = gzip.decompress(content)
    except FileNotFoundError:
        raise GraphError(f"{path}: no such file or store") from None
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        raise GraphError(f"{path}: the compressed file is damaged: {error}") from None
    except OSError as error:
        raise GraphError(f"{path}: cannot be read: {error.strerror or error}") from None
    if not content.strip(b"\xef\xbb\xbf \t\r\n"):
        raise GraphError(f"{path}: the file is empty, so it is not a graph")
    try:
        store.bulk_load(content.removeprefix(b"\xef\xbb\xbf"), rdf_format(ending), base_iri=path.absolute().as_uri())
    except (SyntaxError, ValueError, OSError) as error:
        raise GraphError(f"{path}: not well-formed {FORMATS[ending].replace('_', '-')}: {one_line(error)}") from None


def one_line(error: BaseException, limit: int = 200) -> str:
    """The message of a foreign error on one line, its control characters made visible, cut to ``limit`` characters."""
    text = visible(" ".join(str(error).split()))
    return text if len(text) <= limit else text[: limit - 3] + "..."
