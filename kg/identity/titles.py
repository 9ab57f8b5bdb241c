"""Titles of people: their heads, and the walks of life that they belong to."""

from __future__ import annotations

from functools import cache, lru_cache

from kg.identity.spelling import fold
from kg.words import table


@cache
def _fields() -> dict[str, frozenset[str]]:
    return {row[0]: frozenset(row[1].split()) for row in table("identity_fields")}


@cache
def _near() -> frozenset[tuple[str, str]]:
    return frozenset((row[0], row[1]) for row in table("identity_fields_near"))


@lru_cache(maxsize=1 << 16)
def title_fields(title: str) -> frozenset[str]:
    """The walks of life that the words of a title belong to; none where they may belong to any."""
    words = fold(title).replace("-", " ").split()
    known = [_fields()[form] for word in words for form in (word, word.removesuffix("s")) if form in _fields()]
    return frozenset().union(*known[-1:])


@lru_cache(maxsize=1 << 16)
def title_head(title: str) -> str:
    """The head of a title: "minister" of "Deputy Minister for Trade"."""
    words = fold(title).replace("-", " ").split()
    for stop in ("of", "for", "in", "at"):
        if stop in words[1:]:
            words = words[: words.index(stop, 1)]
    return words[-1] if words else ""


def far_apart(one: set[str], other: set[str]) -> bool:
    """Whether two sets of walks of life have nothing in common and none that often go together."""
    return bool(one and other) and not any(a == b or (min(a, b), max(a, b)) in _near() for a in one for b in other)
