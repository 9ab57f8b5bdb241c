"""What the user names - files, folders, standard input - to articles, one at a time, whatever is wrong with some."""

from __future__ import annotations

import gzip
import io
import logging
import os
import re
import sys
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache
from importlib.metadata import EntryPoint, entry_points
from pathlib import Path
from typing import BinaryIO, Protocol, cast

from kg.addresses import normalised
from kg.errors import ArticleError
from kg.facts import Article

STANDARD_INPUT = "-"
_GZIP_MAGIC = b"\x1f\x8b"

_log = logging.getLogger(__name__)


class Reader(Protocol):
    """Reads the articles of one file.

    ``stream`` gives its bytes, unpacked (but packed to the reader of an ending that itself ends in .gz); ``source`` is
    its name for messages; ``fields`` names the fields of records.
    An article that cannot be read is given as an ArticleError, and the reader goes on with the next. The entry points
    of the group ``kg.readers`` are readers too: the name of each is the file ending that it reads, without the dot.
    """

    def __call__(self, stream: BinaryIO, source: str, fields: Mapping[str, str]) -> Iterator[Article | ArticleError]:
        """The articles of the stream."""
        ...


def _lazily(module: str, function: str) -> Reader:
    def read(stream: BinaryIO, source: str, fields: Mapping[str, str]) -> Iterator[Article | ArticleError]:
        from importlib import import_module

        reader: Callable[..., Iterator[Article | ArticleError]] = getattr(import_module(module), function)
        return reader(stream, source, fields)

    return read


PLAIN = _lazily("kg.readers.plain", "read_plain")
MARKDOWN = _lazily("kg.readers.markdown", "read_markdown")
HTML = _lazily("kg.readers.html", "read_html")
JSON = _lazily("kg.readers.records", "read_json")
JSON_LINES = _lazily("kg.readers.records", "read_lines")
FEED = _lazily("kg.readers.feeds", "read_feed")
WARC = _lazily("kg.readers.warc", "read_warc")

_BUILT_IN: Mapping[str, Reader] = {
    "txt": PLAIN,
    "text": PLAIN,
    "md": MARKDOWN,
    "markdown": MARKDOWN,
    "html": HTML,
    "htm": HTML,
    "xhtml": HTML,
    "json": JSON,
    "jsonl": JSON_LINES,
    "ndjson": JSON_LINES,
    "rss": FEED,
    "atom": FEED,
    "xml": FEED,
    "warc": WARC,
    "warc.gz": WARC,  # each record is packed by itself, so that a broken one does not break the next
}


@cache
def readers() -> Mapping[str, Reader]:
    """The reader of each file ending: those of this package, and those that installed packages add."""
    added = {point.name.lower().lstrip("."): point for point in entry_points(group="kg.readers")}
    return {**_BUILT_IN, **{ending: _from_entry_point(point) for ending, point in sorted(added.items())}}


def _from_entry_point(point: EntryPoint) -> Reader:
    def read(stream: BinaryIO, source: str, fields: Mapping[str, str]) -> Iterator[Article | ArticleError]:
        return cast(Reader, point.load())(stream, source, fields)

    return read


def read_sources(
    sources: Iterable[str | Path],
    fields: Mapping[str, str] | None = None,
    passed_over: Callable[[Path], bool] | None = None,
) -> Iterator[Article | ArticleError]:
    """The articles of files, folders and standard input ("-"), in the order given, folders sorted by path.

    Lazy: one article is in memory at a time (of a .json list, the list). What cannot be read - a missing file, a folder
    without articles, a broken record - is given as an ArticleError in its place, and the rest goes on. ``fields`` names
    the fields of JSON records that have the text and the metadata, {"text": "body"}. Folders that are ``passed_over``,
    because they hold a graph, are not looked into.
    """
    fields = fields or {}
    passed_over = passed_over or (lambda folder: False)
    for source in [sources] if isinstance(sources, str | Path) else sources:
        path = Path(source)
        if source == STANDARD_INPUT:
            yield from _guarded("standard input", _of_standard_input(fields))
        elif normalised(str(source)).startswith(("http://", "https://")):
            yield ArticleError(str(source), "is an address, and nothing is fetched here: get it with kg fetch")
        elif _is_folder(path) and passed_over(path):
            yield ArticleError(_name(path), "holds a graph, not articles")
        elif _is_folder(path):
            empty = True
            for found in _walk(path, set(), passed_over):
                empty = False
                if isinstance(found, ArticleError):
                    yield found
                else:
                    yield from _guarded(_name(found), _of_file(found, fields))
            if empty:
                yield ArticleError(_name(path), f"is a folder without articles ({_endings()})")
        else:
            yield from _guarded(_name(path), _of_file(path, fields))


def _walk(
    folder: Path, entered: set[tuple[int, int]], passed_over: Callable[[Path], bool]
) -> Iterator[Path | ArticleError]:
    """The article files below a folder, sorted; each folder is entered once, by whatever links it is reached."""
    try:
        status = folder.stat()
        if (status.st_dev, status.st_ino) in entered:
            return
        entered.add((status.st_dev, status.st_ino))
        entries = sorted(folder.iterdir(), key=lambda path: path.name)
        links = {entry for entry in entries if entry.is_symlink()}  # fails where the folder may only be listed
    except OSError as error:
        yield ArticleError(_name(folder), f"cannot be read: {error.strerror}")
        return
    for entry in entries:
        if entry.name.startswith("."):
            continue
        if _is_folder(entry):
            if not passed_over(entry):
                yield from _walk(entry, entered, passed_over)
        elif _ending(entry.name) in readers() and (entry in links or entry.is_file()):
            yield entry


def _is_folder(path: Path) -> bool:
    """Whether a folder is there; what lies in one that may not be entered is none that can be told."""
    try:
        return path.is_dir()
    except OSError:
        return False


def _guarded(name: str, articles: Iterator[Article | ArticleError]) -> Iterator[Article | ArticleError]:
    """The articles; what stops their reading becomes an error in their place."""
    try:
        yield from articles
    except ArticleError as error:
        yield error
    except FileNotFoundError:
        yield ArticleError(name, "does not exist")
    except gzip.BadGzipFile:
        yield ArticleError(name, "is not a gzip file, though its name says so")
    except (zlib.error, EOFError) as error:
        yield ArticleError(name, f"has broken gzip data ({error})")
    except OSError as error:
        yield ArticleError(name, f"cannot be read: {error.strerror or error}")
    except Exception as error:  # a reader's fault with one file must not stop the others
        _log.debug("%s", name, exc_info=True)
        yield ArticleError(name, f"cannot be read: {type(error).__name__} {' '.join(str(error).split())[:200]}")


def _of_file(path: Path, fields: Mapping[str, str]) -> Iterator[Article | ArticleError]:
    name = _name(path)
    ending = _ending(path.name)
    with path.open("rb") as file:
        if ending and ending not in readers():
            raise ArticleError(name, f"is no kind of article file that is known ({_endings()})")
        reader = readers()[ending] if ending else _by_content
        if path.name.lower().endswith(".gz") and not ending.endswith(".gz"):
            yield from reader(_unpacked(file), name, fields)
        else:
            yield from reader(file, name, fields)


def _of_standard_input(fields: Mapping[str, str]) -> Iterator[Article | ArticleError]:
    stream = cast(BinaryIO, io.BufferedReader(cast(io.RawIOBase, sys.stdin.buffer)))
    if cast(io.BufferedReader, stream).peek(2)[:2] == _GZIP_MAGIC:
        yield from _by_content(_unpacked(stream), "standard input", fields)
    else:
        yield from _by_content(stream, "standard input", fields)


def _unpacked(stream: BinaryIO) -> BinaryIO:
    from kg.readers.plain import Unpacked

    return cast(BinaryIO, io.BufferedReader(Unpacked(fileobj=stream)))


def _by_content(stream: BinaryIO, source: str, fields: Mapping[str, str]) -> Iterator[Article | ArticleError]:
    """Read a stream without a telling name: what it begins with says whether it is JSON, HTML, a feed ... or text."""
    start = cast(io.BufferedReader, stream).peek(4096)[:4096]
    begins = start.removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    if begins.startswith(b"{"):
        first, newline, _ = begins.partition(b"\n")
        reader = JSON if newline and not first.rstrip().endswith(b"}") else JSON_LINES
    elif begins.startswith((b"[{", b"[\n", b"[ ", b"[\r", b"[]")):
        reader = JSON
    elif begins.startswith(b"warc/"):
        reader = WARC
    elif begins.startswith(b"<") and any(tag in begins for tag in (b"<rss", b"<feed", b"<rdf:rdf")):
        reader = FEED
    elif begins.startswith(b"<") and any(
        tag in begins for tag in (b"<html", b"<!doctype html", b"<head", b"<body", b"<article", b"<p>")
    ):
        reader = HTML
    else:
        reader = PLAIN
    yield from reader(stream, source, fields)


def _ending(name: str) -> str:
    """The ending of a file's name in small letters, without dot and .gz; empty where it has none.

    Of packed files whose reader unpacks them itself, ``.gz`` is part of it: "warc.gz".
    """
    packed = ".".join(name.lower().rsplit(".", 2)[-2:])
    if packed.endswith(".gz") and packed in readers():
        return packed
    ending = re.search(r"\.([a-z\d]{1,12})$", name.lower().removesuffix(".gz"))
    return ending[1] if ending else ""


def _endings() -> str:
    return (
        "files ending in "
        + ", ".join(f".{ending}" for ending in readers() if not ending.endswith(".gz"))
        + ", each also with .gz"
    )


def _name(path: Path) -> str:
    return os.fsencode(path.as_posix()).decode("utf-8", "backslashreplace")
