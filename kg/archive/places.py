"""Which articles of an archive a build replaces.

An article is told by its URL (however that is written), or by its file where one of the two has no URL. Records of a
file with several (JSON Lines, feeds, WARC) and standard input have no place of their own: their numbers change, so
without a URL they only ever add.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable
from pathlib import Path

from kg.addresses import address_of
from kg.archive.incoming import Incoming
from kg.archive.ledger import Ledger, Place
from kg.facts import Article
from kg.texts import in_utf8, out_of_utf8

STANDARD_INPUT = "standard input"
_RECORD = re.compile(r"\.(?:json|jsonl|ndjson|rss|atom|xml|warc)(?:\.gz)?#\d+$")
"""How a source ends that is a record of a file with several."""


def place_of(article: Article, fingerprint: str) -> Place:
    """Where an article stands, independent of the folder that the program runs in."""
    url = article.first("url")
    return Place(absolute(article.source), fingerprint, address_of(url.value) if url else None)


def absolute(source: str) -> str:
    """The name of a source from the root of the file system, in UTF-8."""
    if not source or source.startswith(STANDARD_INPUT):
        return source
    return in_utf8(os.path.realpath(source).replace(os.sep, "/"))


def outdated(ledger: Ledger, incoming: Incoming, places: Iterable[Place]) -> list[Place]:
    """The places of the archive that articles read now take, which come at these places."""
    found: dict[Place, None] = {}
    for place in places:
        for other in ledger.places("source", place.source) if _is_file(place.source) else ():
            if not incoming.has_at(other.source, other.fingerprint) and not (
                place.url and other.url and place.url != other.url
            ):
                found[other] = None
        for other in ledger.places("url", place.url) if place.url else ():
            if not incoming.has(other.fingerprint):
                found[other] = None
        for other in ledger.places("fingerprint", place.fingerprint):
            if other.source != place.source and _is_file(other.source) and not _is_there(other.source):
                found[other] = None  # it has been moved
    return list(found)


def _is_there(source: str) -> bool:
    """Whether the file of a source, which may have a name that is not UTF-8, still exists."""
    return Path(source).exists() or Path(out_of_utf8(source)).exists()


def _is_file(source: str) -> bool:
    return bool(source) and not _RECORD.search(source) and not source.startswith(STANDARD_INPUT)
