"""Plain text files, and what all readers share: bytes up to a limit, one article out of a file."""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Iterator, Mapping
from typing import BinaryIO

from kg.errors import ArticleError
from kg.facts import Article
from kg.readers.articles import LONGEST_TEXT, make_article
from kg.readers.decoding import UnreadableError, decode

MOST_BYTES = 16_000_000
"""Bytes (unpacked) that the file of one article, or one line of JSON Lines, may have: room for markup and escapes."""


class Unpacked(gzip.GzipFile):
    """The content of a packed file, given as far as it is sound: a fault is raised only where it stands."""

    def read(self, size: int | None = -1) -> bytes:
        """Some bytes, none at the end."""
        return self.read1(-1 if size is None else size)


def read_plain(stream: BinaryIO, source: str, fields: Mapping[str, str]) -> Iterator[Article | ArticleError]:
    """The one article of a plain text file."""
    from kg.readers.markdown import article_after_front_matter

    try:
        # Four bytes a character are the most of any encoding, and four more for a byte order mark.
        text = decode(all_bytes(stream, 4 * LONGEST_TEXT + 4))
        yield article_after_front_matter(text, source) or make_article(text, source)
    except UnreadableError as error:
        yield ArticleError(source, str(error))
    except ArticleError as error:
        yield error


def all_bytes(stream: BinaryIO, most: int = MOST_BYTES) -> bytes:
    """All bytes of a stream, which is read no further than the limit: a packed file may unpack to anything.

    Raises:
        UnreadableError: there are more, or the packed data is broken.
    """
    try:
        data = stream.read(most + 1)
    except (zlib.error, EOFError) as error:
        raise UnreadableError(f"has broken gzip data ({error})") from error
    if len(data) > most:
        raise UnreadableError(
            f"is too long: more than {most:,} bytes, where an article may have {LONGEST_TEXT:,} characters; split it"
        )
    return data
