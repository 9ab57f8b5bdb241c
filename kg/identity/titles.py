"""Titles of people: their heads, and the walks of life that they belong to."""

from __future__ import annotations

from functools import cache, lru_cache
from typing import Final

from kg.identity.collective import adjectives, country
from kg.identity.spelling import fold
from kg.words import classes, table
from kg.words import words as words_of

OF_GOVERNMENT: Final = words_of("titles_portfolios") | {"prime"}
"""Words that make a minister one of a government."""

_CLASSES: Final = classes("identity_classes")
LIFELONG: Final = frozenset(_CLASSES["heads of lifelong posts"])
OF_MANY: Final = frozenset(_CLASSES["heads of posts of many"])
OF_DISTRICTS: Final = frozenset(_CLASSES["heads of posts of districts"])
OF_STATE: Final = frozenset(_CLASSES["heads of states' offices"])
OF_NO_PORTFOLIO: Final = frozenset(_CLASSES["words of ministers without portfolio"])
BEFORE_OFFICES: Final = frozenset(_CLASSES["words of states' offices"])
PASSING: Final = frozenset(_CLASSES["heads of passing titles"])


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
    if words[-1:] == ["player"] and len(known) > 1:
        known.pop()  # of a sitar
    found = frozenset[str]().union(*known[-1:])
    return found - {"religion"} if OF_GOVERNMENT & set(words) else found  # a minister is of a church as well


@cache
def _sports() -> dict[str, str]:
    return {word: sport for sport, words in table("identity_sports") for word in words.split()}


@lru_cache(maxsize=1 << 16)
def sports_of(title: str) -> frozenset[str]:
    """The sports that the words of a title tell of."""
    words = fold(title).replace("-", " ").replace("table tennis", "table-tennis").split()
    return frozenset(_sports()[word] for word in words if word in _sports())


@lru_cache(maxsize=1 << 16)
def title_head(title: str) -> str:
    """The head of a title: "minister" of "Deputy Minister for Trade"."""
    words = fold(title).replace("-", " ").split()
    for stop in ("of", "for", "in", "at"):
        if stop in words[1:]:
            words = words[: words.index(stop, 1)]
    return words[-1] if words else ""


@lru_cache(maxsize=1 << 14)
def office_of_state(title: str) -> tuple[str, str | None] | None:
    """An office that a state has once, and the country (folded) that its title begins with; None for other titles.

    That is "prime minister" of "Iraqi prime minister", "health minister"; not "club president", "cabinet minister".
    """
    words = [word for word in fold(title).replace("-", " ").split() if word not in BEFORE_OFFICES]
    land, rest = None, words
    for length in (2, 1):
        begins = " ".join(words[:length])
        if land is None and len(words) > length and (land := adjectives().get(begins) or country(begins)):
            rest = words[length:]
    if rest[-1:] == ["minister"]:
        known = len(rest) > 1 and OF_GOVERNMENT.issuperset(rest[:-1]) and OF_NO_PORTFOLIO.isdisjoint(rest)
    else:
        known = len(rest) == 1 and rest[0] in OF_STATE
    return (" ".join(rest), land) if known else None


def far_apart(one: set[str], other: set[str]) -> bool:
    """Whether two sets of walks of life have nothing in common and none that often go together."""
    return bool(one and other) and not any(a == b or (min(a, b), max(a, b)) in _near() for a in one for b in other)
