"""The facts of an article as a few kilobytes, to be sent between processes and kept beside a store.

A record is MessagePack, compressed: dataclasses as maps by field name, so that a field added later with a default
value does not make older records unreadable.
"""

from __future__ import annotations

import zlib
from collections.abc import Hashable
from functools import cache
from hashlib import sha256
from typing import TYPE_CHECKING, Any, Final, TypeVar, cast

from kg.errors import GraphError
from kg.facts import Article, ArticleFacts

if TYPE_CHECKING:
    import msgspec

Record = TypeVar("Record")

VERSION: Final = 1
"""Of the form of records. Raise it when a field changes its meaning or goes; kept records are then read anew."""


def encode(record: object) -> bytes:
    """A dataclass of ``kg.facts`` (or ``kg.identity``), or a container of some, as bytes."""
    return zlib.compress(_encoder().encode(record), 1)


def decode(content: bytes, kind: type[Record]) -> Record:
    """What ``encode`` made of a ``kind``.

    Raises:
        GraphError: the bytes are damaged, or of another kind.
    """
    import msgspec

    try:
        found: Record = _decoder(cast(Hashable, kind)).decode(zlib.decompress(content))
    except (zlib.error, msgspec.MsgspecError, ValueError) as error:
        raise GraphError(f"the record of an article is damaged: {error}") from None
    return found


def decode_facts(content: bytes) -> ArticleFacts:
    """The facts that ``encode`` packed."""
    return decode(content, ArticleFacts)


def fingerprint(article: Article, made_with: str) -> str:
    """What tells one reading of an article from another: its text, metadata and layout, and what it is read with.

    The name of its file is not part of it, so an article that has only been moved is the same. 32 hexadecimal digits.
    """
    told = repr((VERSION, made_with, article.text, article.metadata, article.blocks))
    return sha256(told.encode("utf-8", "surrogatepass")).hexdigest()[:32]


@cache
def _encoder() -> msgspec.msgpack.Encoder:
    from msgspec import msgpack

    return msgpack.Encoder(decimal_format="string")


@cache
def _decoder(kind: Any) -> msgspec.msgpack.Decoder[Any]:
    from msgspec import msgpack

    return msgpack.Decoder(kind)
