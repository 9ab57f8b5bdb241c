"""Plain text files, and what all readers share: bytes up to a limit, one article out of a file."""

from __future__ import annotations

import zlib
from collections.abc import Iterator, Mapping
from typing import BinaryIO

from kg.errors import ArticleError
from kg.facts import Article
from kg.readers.articles import LONGEST_TEXT, make_article
from kg.readers.decoding import UnreadableText, decode

MOST_BYTES = 16 * LONGEST_TEXT
"""Bytes (unpacked) that the file of one article, or one line of JSON Lines, may have: room for markup and escapes."""


def read_plain(stream: BinaryIO, source: str, fields: Mapping[str, str]) -> Iterator[Article | ArticleError]:
    """The one article of a plain text file."""
    try:
        # Four bytes a character are the most of any encoding, and four more for a byte order mark.
        yield make_article(decode(all_bytes(stream, 4 * LONGEST_TEXT + 4)), source)
    except UnreadableText as error:
        yield ArticleError(source, str(error))
    except ArticleError as error:
        yield error


def all_bytes(stream: BinaryIO, most: int = MOST_BYTES) -> bytes:
    """All bytes of a stream, which is read no further than the limit: a packed file may unpack to anything.

    Raises:
        UnreadableText: there are more, or the packed data is broken.
    """
    try:
        data = stream.read(most + 1)
    except (zlib.error, EOFError) as error:
        raise UnreadableText(f"its gzip data is broken ({error})") from error
    if len(data) > most:
        raise UnreadableText(
            f"is too long: more than {most / 1e6:.0f} MB; the limit for one article is {LONGEST_TEXT:,} characters; split it into articles"
        )
    return data
