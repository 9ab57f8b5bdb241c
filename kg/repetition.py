"""Articles that come more than once: several versions at one address, and one text in several places.

Which of them counts depends on the articles alone, and of versions of one day on which of them is read last.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from typing import TypeVar

from kg.addresses import address_of
from kg.facts import Article
from kg.identity.iris import norm

Record = TypeVar("Record")
"""An article, or what stands for one."""

NO_DAY = "9999"
"""The day of an article without one, in the order of days."""


def newest(versions: Sequence[Record], article: Callable[[Record], Article]) -> Record:
    """Of the articles at one address, in the order in which they are read, the one that counts.

    The text of the latest day counts, of one day (or none) the one that is read last; of several articles with that
    text the one of the latest day, then that with most metadata.
    """
    days = [_published(article(version)) for version in versions]
    last = max(range(len(versions)), key=lambda number: (days[number], number))
    text = article(versions[last]).text
    same = [number for number, version in enumerate(versions) if article(version).text == text]
    return versions[max(same, key=lambda number: (days[number], *_fullness(article(versions[number]))))]


def printings(told: Iterable[Record], article: Callable[[Record], Article]) -> list[Record]:
    """Of the articles with one text its printings: the one that stands for the text, then its reprints.

    The first is the one published first, of one day that with most metadata; reprints are of another URL or, without
    one, of another publisher. What says no such thing of itself lies in another file only: it stands for
    the text where it is alone, or of an earlier day than all others, and else is none.
    """
    told = list(told)
    if len(told) == 1:
        return told
    by_address = {publisher for one in told if _value(article(one), "url") and (publisher := _publisher(article(one)))}
    places: dict[tuple[str, str], list[Record]] = defaultdict(list)
    elsewhere: list[Record] = []
    for one in told:
        url, publisher = _value(article(one), "url"), _publisher(article(one))
        if url:
            places["url", address_of(url)].append(one)
        elif publisher and publisher not in by_address:
            places["publisher", publisher].append(one)
        else:
            elsewhere.append(one)

    def order(one: Record) -> tuple[str, int, str, str]:
        known = article(one)
        size, metadata, blocks = _fullness(known)
        return _published(known) or NO_DAY, -size, metadata, blocks

    found = sorted((min(ones, key=order) for ones in places.values()), key=order)
    for one in sorted(elsewhere, key=order)[:1]:
        if not found or order(one)[0] < order(found[0])[0]:
            found.insert(0, one)
    return found


def printed_at(article: Article) -> tuple[str, ...]:
    """What tells a reprint from others of its text: its URL, or else its publisher."""
    url = _value(article, "url")
    return ("url", url) if url else ("publisher", _publisher(article))


def _value(article: Article, name: str) -> str:
    known = article.first(name)
    return known.value if known else ""


def _publisher(article: Article) -> str:
    return norm(_value(article, "publisher"), strip_article=True)


def _published(article: Article) -> str:
    """The day of an article (ISO); empty where it has none."""
    day = article.reference_date
    return day.isoformat() if day else ""


def _fullness(article: Article) -> tuple[int, str, str]:
    """How much is known of an article, and what tells it from another of which as much is known."""
    return len(article.metadata), repr(article.metadata), repr(article.blocks)
