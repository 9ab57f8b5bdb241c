"""Writing a graph: sorted, with prefixes, byte for byte the same for equal graphs, whole or not at all."""

from __future__ import annotations

import gzip
import os
import re
from contextlib import contextmanager
from errno import EACCES, EROFS
from pathlib import Path
from tempfile import mkstemp
from typing import IO, TYPE_CHECKING, Any, Final, Protocol

from pyoxigraph import Literal, Quad, RdfFormat, Triple, serialize

from kg.errors import GraphError
from kg.store.formats import is_compressed, one_line, rdf_ending
from kg.store.jsonld import json_ld
from kg.store.lines import Held, n_quads, n_triples
from kg.store.terms import as_written
from kg.store.turtle import trig, turtle
from kg.vocabulary import prefixes

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

NOT_XML: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
"""Characters that XML 1.0 cannot carry in any form."""


class BinaryWriter(Protocol):
    """What bytes can be written to."""

    def write(self, content: bytes, /) -> int:
        """Write all of the bytes."""

    def flush(self) -> None:
        """Hand all that was written to the system."""


@contextmanager
def written_whole(path: Path, packed: bool | None = None) -> Iterator[BinaryWriter]:
    """A binary file that takes its place at ``path`` only when everything is written.

    It is gzipped where the path ends in .gz, unless ``packed`` says otherwise. Links are followed, and a device or pipe
    is written to as it is. Raises GraphError where the place cannot be written.
    """
    try:
        with _draft(path) as raw:
            if is_compressed(path) if packed is None else packed:
                with gzip.GzipFile(filename="", mode="wb", fileobj=raw, mtime=0, compresslevel=6) as file:
                    yield file
            else:
                yield raw
    except OSError as error:
        raise GraphError(f"{path}: cannot be written: {error.strerror or error}") from None


@contextmanager
def _draft(path: Path) -> Iterator[IO[bytes]]:
    place = place_of(path)
    if place.exists() and not place.is_file():
        with place.open("wb") as stream:
            yield stream
        return
    handle, name = mkstemp(dir=place.parent, prefix=f".{place.name[:80]}.", suffix=".part")
    try:
        with os.fdopen(handle, "wb") as raw:
            yield raw
            raw.flush()
            os.fsync(raw.fileno())
        Path(name).chmod(0o666 & ~_umask())
        Path(name).replace(place)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def place_of(path: Path) -> Path:
    """Where a file or folder is written that is to be at ``path``: the place that it leads to, if it is a link.

    A link to a device or pipe is that itself: /dev/stdout has no other place.
    """
    is_stream = path.exists() and not path.is_file() and not path.is_dir()
    return Path(os.path.realpath(path)) if path.is_symlink() and not is_stream else path


def _umask() -> int:
    mask = os.umask(0o077)
    os.umask(mask)
    return mask


def check_writable(path: Path) -> None:
    """Raise GraphError now if a file could not be written at ``path`` later."""
    if path.is_dir():
        raise GraphError(f"{path}: cannot be written: it is a folder")
    place = place_of(path)
    is_stream = place.exists() and not place.is_file()  # which is written to as it is
    folder = place.parent
    if not folder.is_dir():
        raise GraphError(f"{path}: cannot be written: there is no folder {folder}")
    if refused := (not is_stream and hindrance(folder)) or (place.exists() and hindrance(place)):
        raise GraphError(f"{path}: cannot be written: {refused}")


def hindrance(path: Path) -> str | None:
    """What the system says against writing a file or into a folder; None where nothing."""
    if os.access(path, os.W_OK | (os.X_OK if path.is_dir() else 0)):
        return None
    read_only = hasattr(os, "statvfs") and os.statvfs(path).f_flag & os.ST_RDONLY
    return os.strerror(EROFS if read_only else EACCES).lower()


def write_file(path: Path, quads: Iterable[Quad] | Held, base: str) -> None:
    """Write a graph into a file in the RDF format that its ending names.

    Formats that cannot name graphs get each triple once, from whichever graph; held triples only go to the formats of
    ``OF_LINES``. Raises GraphError where the place cannot be written, or the format cannot carry a character (control
    characters in RDF/XML).
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
    """The text that ``write_file`` would write to a file with that ending.

    Raises GraphError where the format cannot carry a character.
    """
    try:
        return "".join(WRITERS[ending](quads, base))
    except ValueError as error:
        raise GraphError(one_line(error)) from None


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


WRITERS: Final[dict[str, Callable[[Any, str], Iterator[str]]]] = {
    ".ttl": turtle,
    ".trig": trig,
    ".nt": n_triples,
    ".nq": n_quads,
    ".jsonld": json_ld,
    ".rdf": _rdf_xml,
    ".xml": _rdf_xml,
    ".owl": _rdf_xml,
}
