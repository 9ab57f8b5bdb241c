"""Names of events: their numbers and years, and in what way two of them may be one event's."""

from __future__ import annotations

import re
from collections.abc import Collection, Set
from functools import cache, lru_cache
from typing import Final

from kg.identity.collective import SMALL_WORDS, acronym_of, country, is_place_word, place_words, plain_words
from kg.identity.relation import Relation
from kg.words import classes, table

YEAR = re.compile(r"(?:19|20)\d\d")
ORDINAL = re.compile(r"\d+(?:st|nd|rd|th)$")
_CLASSES: Final = classes("identity_classes")
ORDINALS: Final = _CLASSES["ordinals"]
STORMS: Final = frozenset(_CLASSES["storms"])
NAMED_STORMS: Final = STORMS - {"super", "tropical"}
"""Words for storms that stand before the name of one; the others tell of no storm by themselves (Super Bowl)."""

DIRECTIONS: Final = frozenset(_CLASSES["directions"])
ANY_SITE: Final = frozenset(_CLASSES["any site"])
EVENT_EXTRAS: Final = frozenset(_CLASSES["event extras"])
KINDS_OF_EVENT: Final = frozenset(_CLASSES["kinds of named events"])


FLIGHT: Final = re.compile(r"[a-z]{2}(\d{2,4})")
"""The code of a flight: QZ8501 is Flight 8501."""

FEWEST_SPELT_OUT: Final = 3
"""So many words of weight an acronym of an event has at least."""

MOST_SPELT_OUT: Final = 12
"""So many words at most, small ones too, has the name of an acronym."""


def acronym_alone(words: tuple[str, ...]) -> bool:
    """Whether the words of an event's name, numbers left out, may be an acronym: MWC 2023."""
    return len(words) == 1 and FEWEST_SPELT_OUT <= len(words[0]) <= 6


def acronym_keys(name: str) -> set[str]:
    """Blocking keys that bring the acronym of an event, with its number, and the name that it is of together."""
    words, _, _ = _edition(name)
    letters = words[0] if acronym_alone(words) else acronym_of(_without_numbers(name))
    return {f"^{letters}"} if acronym_alone(words) or len(words) >= FEWEST_SPELT_OUT else set()


def _abbreviates(letters: str, name: str) -> bool:
    """Whether letters are the first ones of a name's words, one or more of each, of small words none or more: AFCON."""
    words = plain_words(name)
    beginnings = (
        f"(?:{'|'.join(word[:length] for length in range(3, 0, -1))}){'?' if word in SMALL_WORDS else ''}"
        for word in words
    )
    return len(words) <= MOST_SPELT_OUT and re.fullmatch("".join(beginnings), letters) is not None


def _without_numbers(name: str) -> str:
    return " ".join(
        word for word in plain_words(name) if not any(sign.isdigit() for sign in word) and word not in ORDINALS
    )


def edition_keys(name: str) -> set[str]:
    """Blocking keys: names that may be one event's share one."""
    words, _, _ = _edition(name)
    plain = [word for word in words if word not in EVENT_EXTRAS | STORMS and not word.isdigit()]
    telling = " ".join(word for word in plain if word not in KINDS_OF_EVENT)
    named = " ".join(word for word in plain if not _kinds_of(word))
    return {" ".join(plain), *(f"%{words}" for words in (telling, named) if words)}


@lru_cache(maxsize=1 << 15)
def _edition(name: str) -> tuple[tuple[str, ...], frozenset[str], frozenset[str]]:
    """The words of an event's name, sorted, without numbers and small words; its numbers; and its years."""
    name = re.sub(r"\b(?=[IVXL]{2,}\b|[IVXL]$)(XL|L?X{0,3})(IX|IV|V?I{0,3})\b", lambda m: f"{_roman(m[0])}th", name)
    found: list[str] = []
    numbers: set[str] = set()
    years: set[str] = set()
    places = place_words()
    for word in plain_words(name):
        if YEAR.fullmatch(word):
            years.add(word)
        elif word in ORDINALS or ORDINAL.match(word):
            numbers.add(str(ORDINALS.index(word) + 1) if word in ORDINALS else re.sub(r"\D", "", word))
        elif flight := FLIGHT.fullmatch(word):
            found.append(flight[1])
        elif word not in SMALL_WORDS:
            found.append(places.get(word, word))
    if "flight" in found and any(map(str.isdigit, found)):
        found.remove("flight")
    return tuple(sorted(found)), frozenset(numbers), frozenset(years)


def _roman(numeral: str) -> int:
    values = [{"I": 1, "V": 5, "X": 10, "L": 50}[letter] for letter in numeral]
    return sum(-one if one < after else one for one, after in zip(values, (*values[1:], 0), strict=True))


def same_edition(one: str, other: str) -> bool:
    """Whether two names of events have one number or year in them, so that the years of their articles tell nothing."""
    words, numbers, years = _edition(one)
    other_words, other_numbers, other_years = _edition(other)
    told = {word for word in words if any(c.isdigit() for c in word) and len(word) > 3} & set(other_words)
    return bool(numbers & other_numbers or years & other_years or told or of_one_that_happened_once(one, other))


def of_one_that_happened_once(one: str, other: str) -> bool:
    """Whether two names, or one, are those of a well-known event that there was once."""
    known = event_of(one)
    return known is not None and known == event_of(other) and known in _events_that_happened_once()


@cache
def _events() -> dict[str, str]:
    """Each name of a well-known event, by its words, with the one that stands for all."""
    return {_in_order(name): _in_order(row[1]) for row in table("identity_events") for name in row[1:]}


@cache
def _events_that_happened_once() -> frozenset[str]:
    return frozenset(_in_order(row[1]) for row in table("identity_events") if row[0] == "once")


def _in_order(name: str) -> str:
    """The words of weight of an event's name, sorted: "attack on Charlie Hebdo" is the Charlie Hebdo attack."""
    plain = [word for word in plain_words(name) if word not in SMALL_WORDS]
    return " ".join([*sorted(word for word in plain if not word.isdigit()), *filter(str.isdigit, plain)])


def event_of(name: str) -> str | None:
    """What stands for all names of a well-known event, of whatever year where it comes again; None for others."""
    if known := _events().get(_in_order(name)):
        return known
    known = _events().get(_in_order(_without_numbers(name)))
    return None if known in _events_that_happened_once() else known


def of_one_kind(one: str, other: str, places: Set[str], at_one: bool = False) -> bool:
    """Whether two names tell of one kind of event, and not each of another one by words of its own.

    Where they are (``places``, folded words) tells nothing, unless it is two towns: "Beirut port explosion" and "the
    blast", but not "Tory rally" and "Labour rally", nor "Lyon attack" and "Paris attack"; two places in their names are
    known to be ``at_one``.
    """
    words, numbers, years = _edition(one)
    other_words, other_numbers, other_years = _edition(other)
    if (numbers and other_numbers and numbers != other_numbers) or (years and other_years and years != other_years):
        return False
    everything = set(words) ^ set(other_words)
    where = {word for word in everything if word in places or is_place_word(word)}
    if not at_one and where & set(words) and where & set(other_words) and not any(map(country, where)):
        return False  # each at a place of its own, neither of which is the country of the other
    passed_over = DIRECTIONS | ANY_SITE | where | places
    telling, other_telling = set(words) - passed_over, set(other_words) - passed_over
    heads = {_head(name, passed_over) for name in (one, other)}
    if not _kinds(telling) & _kinds(other_telling) and (len(heads) > 1 or "" in heads):
        return False
    apart, other_apart = (
        {word for word in some if not _kinds_of(word)} for some in (telling - other_telling, other_telling - telling)
    )
    return not (apart and other_apart)


def _head(name: str, passed_over: Set[str]) -> str:
    """The last word of an event's name but for places, numbers and small words: "cup" of "World Cup in Qatar"."""
    words = [word for word in _without_numbers(name).split() if word not in SMALL_WORDS and word not in passed_over]
    return words[-1] if words else ""


def kinds_of(name: str, types: Collection[str] | None = None) -> set[int]:
    """The rows of words for the kinds of event that a name tells of, of some ``types`` alone where they are given."""
    found = _kinds(_edition(name)[0])
    return found if types is None else {row for row in found if table("identity_happenings")[row][0] in types}


def is_storm(name: str) -> bool:
    """Whether a name is that of a storm with a name of its own, which passes over many places: Hurricane Ida."""
    *kinds, own = plain_words(name) or ("",)
    return bool(own) and own not in STORMS and set(kinds) <= STORMS and not NAMED_STORMS.isdisjoint(kinds)


@lru_cache(maxsize=1 << 12)
def _kinds_of(word: str) -> frozenset[int]:
    rows = list(enumerate(table("identity_happenings")))
    told = {i for i, row in rows if {word, word.removesuffix("s")} & set(row[-1].split())}
    any_of = {row[0] for i, row in rows if i in told and row[1] == "-"}
    return frozenset(told | {i for i, row in rows if row[0] in any_of})


def _kinds(words: Collection[str]) -> set[int]:
    """The rows of words for one kind of event in which some words are."""
    return {row for word in words for row in _kinds_of(word)}


def event_relation(one: str, other: str, year: str | None = None) -> Relation | None:
    """In what way two names may be one event's, told on one day; ``year`` is that of the days of both, where known."""
    a, b = plain_words(one), plain_words(other)
    if not a or not b:
        return None  # signs only
    words, numbers, years = _edition(one)
    other_words, other_numbers, other_years = _edition(other)
    if (numbers and other_numbers and numbers != other_numbers) or (years and other_years and years != other_years):
        return None
    if (known := event_of(one)) and known == event_of(other) and a != b:
        return Relation("two names of one event", 0.0)
    plain = {word for word in (*words, *other_words) if word.isdigit()}
    if plain and plain <= numbers | other_numbers:  # Super Bowl 58, Super Bowl LVIII
        words, other_words = (tuple(word for word in some if word not in plain) for some in (words, other_words))
    if words == other_words:
        way = "one name but for the year or number" if len(a) != len(b) else "one name in another order of words"
        sure = a == b or (numbers and numbers == other_numbers) or (years | other_years == {year} and not numbers)
        return Relation("one name" if a == b else way, 0.0 if sure else 1.0)
    for short, long, name in ((words, other_words, other), (other_words, words, one)):
        if acronym_alone(short) and len(long) >= FEWEST_SPELT_OUT and _abbreviates(short[0], _without_numbers(name)):
            return Relation(f"{short[0].upper()!r} fits the words of the other name", 1.0)
    apart = set(words) ^ set(other_words)
    shared = set(words) & set(other_words)
    if shared - STORMS and apart <= STORMS and STORMS & (set(words) | set(other_words)):
        return Relation("two words for one storm, or one left out", 0.5)
    if len(shared) > 1 and apart <= EVENT_EXTRAS and _last_word(one) == _last_word(other):
        return Relation(f"{', '.join(map(repr, sorted(apart)))} left out", 1.0)
    if _of_one_happening(set(words) - shared, set(other_words) - shared):
        named = {word for word in shared if not _kinds_of(word)}
        if named:
            return Relation("two words for one kind of event", 1.5 if all(map(is_place_word, named)) else 1.0)
    edition, other_edition = numbers | years, other_numbers | other_years
    one_edition = bool(edition & other_edition or ((edition or other_edition) and not (edition and other_edition)))
    one_sided = shared in (set(words), set(other_words))
    telling = {word for word in shared - KINDS_OF_EVENT if not is_place_word(word)}
    if one_edition and one_sided and apart <= KINDS_OF_EVENT | EVENT_EXTRAS and telling:
        return Relation(f"{', '.join(map(repr, sorted(apart)))} left out", 1.0)
    return None


def _of_one_happening(one: Set[str], other: Set[str]) -> bool:
    """Whether what each of two names has of its own is one word, both for one kind of event: fire, blaze."""
    return len(one) == len(other) == 1 and bool(_kinds(one) & _kinds(other))


def _last_word(name: str) -> str:
    return _without_numbers(name).rpartition(" ")[2]
