"""Web archives: the pages in a WARC file (ISO 28500), packed record by record or not, by warcio."""

from __future__ import annotations

import io
import re
import zlib
from collections.abc import Generator, Iterator, Mapping
from contextlib import redirect_stderr
from typing import Any, BinaryIO, Final, cast
from urllib.parse import urlsplit

from kg.addresses import normalised
from kg.errors import ArticleError
from kg.facts import Article, Metadatum
from kg.readers.articles import as_metadatum
from kg.readers.decoding import UnreadableError
from kg.readers.html import article_of_page
from kg.readers.plain import Unpacked, all_bytes

PAGES: Final = ("text/html", "application/xhtml+xml")
"""The media types of what is read; pictures, styles, feeds and so on are passed over."""

PACKINGS: Final = frozenset({"br", "zstd", "compress", "x-compress", "dcb", "dcz"})
"""Content codings (the register of IANA) that warcio may not know; servers call other things codings as well."""

_BLOCK: Final = 1 << 20
_BEGINNING: Final = re.compile(rb"\x1f\x8b\x08|WARC/[01]\.\d\r?\n")
"""How a record begins: the mark of a packed one, or its version, at the end of a line."""

_AFTER_RECORD: Final = re.compile(rb"(?:\r?\n){2}|\r?\n(?:WARC/|\Z)|\Z")
"""What follows a whole record: two line ends (some programs write one), or the end of the file or packed part."""

Record = Any  # warcio's own, which has no types


def read_warc(stream: BinaryIO, source: str, fields: Mapping[str, str]) -> Iterator[Article | ArticleError]:
    """The articles of a web archive: the pages that servers answered with status 200, or that were kept without the
    answer, each with its address and day.

    The day of the answer counts as the article's where the page gives none. A broken record is an error that names
    its place; reading goes on with the next that is whole.
    """
    found = 0
    for number, record in enumerate(records(stream), 1):
        if isinstance(record, UnreadableError):
            found += 1
            yield ArticleError(source, str(record))
        elif is_page(record):
            found += 1
            yield _article(record, f"{source}#{number}")
    if not found:
        yield ArticleError(source, "has no records of web pages")


def records(stream: BinaryIO) -> Generator[Record | UnreadableError, None, bool]:
    """Every record of a web archive, and where one is broken an error that says so, once for each broken stretch.

    A record is to be used before the next is asked for: its content is read from the stream. Returns whether the last
    one is whole.
    """
    from warcio.archiveiterator import ArchiveIterator
    from warcio.exceptions import ArchiveLoadFailed

    failures = (ArchiveLoadFailed, zlib.error, EOFError, ValueError, AttributeError, TypeError)
    start, sound = 0, True
    while True:
        record: Record | None = None
        stream.seek(start)
        iterator = ArchiveIterator(stream, check_digests=True)
        try:
            while True:
                if record is not None and not _is_whole(record):
                    sound = sound and not is_page(record)  # of a page, its reader tells
                    raise ArchiveLoadFailed("the record is shorter than its head says")
                record = None
                with redirect_stderr(io.StringIO()):  # where warcio remarks on what shows as an error here
                    record = next(iterator, None)
                if record is None:
                    if _is_left(stream, iterator.offset):
                        raise ArchiveLoadFailed("the file ends within the head of a record")
                    return True
                if not (record.rec_headers.get_header("Content-Length") or "").isdigit():
                    raise ArchiveLoadFailed("a record without its length would swallow the rest")
                sound = True
                yield record
        except failures as error:
            if "non-chunked gzip" in str(error) and start == 0:  # packed as a whole, of which the first record is read
                stream.seek(0)
                unpacked = _Unpacked(fileobj=stream)
                rest = records(cast(BinaryIO, io.BufferedReader(unpacked)))
                next(rest, None)
                is_whole = yield from rest
                if is_whole and unpacked.is_broken:
                    yield UnreadableError("is cut off or broken after the last record that can be unpacked")
                return is_whole
            if sound:
                yield UnreadableError(f"has a broken record at byte {iterator.offset:,}{_in_brackets(record)}")
            following = _next_beginning(stream, max(start, iterator.offset) + 1)
            if following is None:
                return False
            start, sound = following, False


def _is_whole(record: Record) -> bool:
    """Whether a record, which is read to its end, is as long as its head says: what is cut short takes in the next."""
    from warcio.limitreader import LimitReader

    while record.raw_stream.read(_BLOCK):
        pass
    if getattr(record.raw_stream, "limit", 0):
        return False
    reader = record.raw_stream
    while isinstance(reader, LimitReader):
        reader = reader.stream
    following = reader.read(8)
    rest = following + (reader.buff.read() if reader.buff else b"")
    reader.buff, reader.buff_size = io.BytesIO(rest), len(rest)  # put back for warcio to go on from
    return bool(_AFTER_RECORD.match(following))


class _Unpacked(Unpacked):
    """The content of a packed file up to where it is cut off or broken, as ``is_broken`` then says."""

    is_broken = False

    def read(self, size: int | None = -1) -> bytes:
        """Some bytes, none at the end."""
        try:
            return super().read(size)
        except (EOFError, OSError, zlib.error):
            self.is_broken = True
            return b""


def _is_left(stream: BinaryIO, begin: int) -> bool:
    """Whether anything stands after the last record that could be read: warcio takes a beginning of one for the end."""
    stream.seek(begin)
    return bool(stream.read(_BLOCK).strip(b"\r\n"))


def _next_beginning(stream: BinaryIO, begin: int) -> int | None:
    """Where the next record seems to begin, at ``begin`` or after it."""
    stream.seek(begin - 1)
    tail, place = b"", begin - 1
    while block := stream.read(_BLOCK):
        data = tail + block
        mark = _BEGINNING.search(data, 1)
        if mark:
            return place + mark.start()
        tail = data[-10:]
        place += len(data) - len(tail)
    return None


def is_page(record: Record) -> bool:
    """Whether a record is a server's answer with a web page, or a page kept without the answer ("resource")."""
    http = record.http_headers
    if record.rec_type == "response":
        if http is None or http.get_statuscode() != "200":
            return False
    elif record.rec_type != "resource":
        return False
    return _content_type(record)[0] in PAGES


def _content_type(record: Record) -> tuple[str, str | None]:
    """The media type and the encoding of what a record holds."""
    return media_type((record.http_headers or record.rec_headers).get_header("Content-Type"))


def media_type(header: str | None) -> tuple[str, str | None]:
    """The media type and the encoding that a Content-Type header names: ("text/html", "utf-8")."""
    kind, _, parameters = (header or "").partition(";")
    charset = re.search(r"charset\s*=\s*[\"']?\s*([\w.:-]+)", parameters, re.IGNORECASE)
    return kind.strip().lower(), charset[1] if charset else None


def content_of(record: Record) -> bytes:
    """What the server sent, unpacked.

    Raises:
        UnreadableError: it is too long, cut off, or not what it was when it was recorded.
    """
    packing = record.http_headers.get_header("Content-Encoding") if record.http_headers else None
    try:
        data = all_bytes(record.content_stream())
    except (ValueError, OSError) as error:
        raise UnreadableError(f"has content that cannot be unpacked ({error})") from None
    if not _is_whole(record):
        raise UnreadableError("is cut off")
    checker = getattr(record, "digest_checker", None)
    if checker and any(str(problem).startswith("block digest failed") for problem in checker.problems):
        raise UnreadableError("is broken: it is not what its digest was made of")
    if packing and not _is_unpacked(packing, data):
        raise UnreadableError(f"is packed as {packing[:40]!r}, which cannot be unpacked")
    return data


def _is_unpacked(packing: str, data: bytes) -> bool:
    """Whether content is packed in a way that warcio knows, or begins as pages do: some archives keep it unpacked."""
    from warcio.bufferedreaders import BufferedReader

    unknown = PACKINGS.difference(BufferedReader.get_supported_decompressors())
    return packing.strip().lower() not in unknown or data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<")


def _article(record: Record, name: str) -> Article | ArticleError:
    address = _address(record)
    shown = name + _in_brackets(record)
    try:
        data = content_of(record)
        came = [as_metadatum("url", address, "WARC-Target-URI")] if address.startswith(("http://", "https://")) else []
        came.append(as_metadatum("created", record.rec_headers.get_header("WARC-Date") or "", "WARC-Date", 0.7))
        known = [metadatum for metadatum in came if metadatum]
        charset = _content_type(record)[1]
        return _at_its_address(article_of_page(data, name, charset, known), address, known)
    except UnreadableError as error:
        return ArticleError(shown, str(error))
    except ArticleError as error:
        return ArticleError(shown, error.cause)


def _address(record: Record) -> str:
    return normalised((record.rec_headers.get_header("WARC-Target-URI") or "").strip("<> "))


def _in_brackets(record: Record | None) -> str:
    """The address of a record, to be said after its place; empty where none is known."""
    address = _address(record) if record is not None else ""
    return f" ({address[:200]})" if address else ""


def _at_its_address(article: Article, address: str, known: list[Metadatum]) -> Article:
    """The article, under the address it was found at unless the page names another one on the same server.

    Some sites give their front page as the canonical address of every page. A server that is not believed to have the
    page is not its publisher either.
    """
    from dataclasses import replace

    told, found = article.first("url"), next((m for m in known if m.name == "url"), None)
    if told is None or found is None or told == found:
        return article
    here, there = _server(address), _server(told.value)
    if here == there and len(urlsplit(told.value).path) > 1:
        return article
    rest = [m for m in article.metadata if m.name != "url" and not (m.name == "publisher" and m.value == there != here)]
    return replace(article, metadata=(*rest, found))


def _server(url: str) -> str:
    try:
        return urlsplit(url).netloc.lower().removeprefix("www.")
    except ValueError:
        return ""
