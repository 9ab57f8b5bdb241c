"""What is known of words and names before the article is read: given and family names, places, titles, heads of names.

Names are compared folded: without diacritics, in lower case, with plain apostrophes and hyphens.
"""

from __future__ import annotations

import unicodedata
from functools import cache, lru_cache
from typing import NamedTuple

from kg.texts import without_invisible
from kg.words import classes, table, words

_LETTERS = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ß": "ss", "æ": "ae", "œ": "oe", "ı": "i"}
    | {"’": "'", "‘": "'", "`": "'", "‐": "-", "‑": "-", "–": "-"}
)


@lru_cache(maxsize=65536)
def fold(name: str) -> str:
    """The form in which names are compared: "Sørensen" and "SORENSEN" are one."""
    lower = without_invisible(name).casefold()
    if lower.isascii():
        return lower
    plain = unicodedata.normalize("NFKD", lower.translate(_LETTERS))
    return "".join(c for c in plain if not unicodedata.combining(c))


@lru_cache(maxsize=65536)
def comparable(word: str) -> str:
    """A word of a name as names are compared: folded, without quotation marks, end punctuation and possessive."""
    folded = fold(word.strip(".,\"“”'’") or word)
    return folded.removesuffix("'s") if len(folded) > 3 else folded


def _key(name: str) -> str:
    return " ".join(map(comparable, name.split()))


_SMALL = frozenset({"of", "the", "and", "for", "&", "on", "in"})


def content(parts: tuple[str, ...]) -> tuple[str, ...]:
    """The words of a name that say something: those of "Bank for Trade and Industry" and "Bank of Trade & Industry"."""
    return tuple(part for part in parts if part not in _SMALL)


@cache
def word_class(name: str) -> frozenset[str]:
    """The words of one class of ``words/names_classes.tsv``."""
    return frozenset(classes("names_classes")[name])


class KnownPlace(NamedTuple):
    """What the gazetteer says of a name: country, region or city, and the power of ten of its size."""

    kind: str
    size: int


@cache
def _places() -> dict[str, KnownPlace]:
    return {_key(name): KnownPlace(kind, int(size)) for name, kind, size in table("names_places")}


@cache
def _given() -> dict[str, str]:
    return {row[0]: row[1] for row in table("names_given")}


@cache
def _titles() -> dict[tuple[str, ...], str]:
    return {tuple(title.split()): gender for title, gender in table("names_titles")}


@cache
def _times() -> frozenset[str]:
    named = [name for row in table("dates_names") for name in row[2].split("|")] + [
        row[0] for row in table("dates_holidays")
    ]
    return frozenset(word for name in named for word in name.lower().split()) | word_class("seasons and feasts")


def names_a_time(word: str) -> bool:
    """Whether the lower-case word names a month, a day, a season or a holiday, alone or with others."""
    return word in _times() or (len(word) > 5 and word.endswith("s") and word[:-1] in _times())


@cache
def _calendar(kind: str) -> frozenset[str]:
    names = (row[2] for row in table("dates_names") if row[0] == kind)
    return frozenset(name.lower() for forms in names for name in forms.split("|"))


def names_a_day(word: str) -> bool:
    """Whether the lower-case word is the name of a day of the week, in full."""
    return len(word) > 5 and word in _calendar("weekday")


def names_a_month(word: str) -> bool:
    """Whether the lower-case word is a month's name."""
    return word in _calendar("month")


@cache
def _people() -> dict[str, str]:
    return {row[0]: row[1] for row in table("names_people")}


def known_place(name: str) -> KnownPlace | None:
    """The gazetteer's entry for a folded name, or for the country whose official name it is ("Republic of Serbia")."""
    found = _places().get(name)
    if found is None:
        short = short_name_of_country(name) if " of " in name else country_variants().get(name)
        found = _places().get(short) if short else None
    return found


def short_name_of_country(name: str) -> str | None:
    """ "vietnam" for the folded official name "socialist republic of viet nam"; None for other names."""
    form, of, short = name.partition(" of ")
    if not of or form.rsplit(" ", 1)[-1] not in word_class("forms of state"):
        return None
    short = short.removeprefix("the ")
    short = country_variants().get(short, short)
    place = _places().get(short)
    return short if place is not None and place.kind == "country" else None


def gender_of_given_name(word: str) -> str | None:
    """m, f or u for a folded given name, None for other words; "jean-claude" and "tsz-wai" by their first part."""
    return _given().get(word) or (_given().get(word.split("-")[0]) if word.find("-") > 2 else None)


def is_family_name(word: str) -> bool:
    """Whether the folded word is known as a family name."""
    return word in words("names_family")


def organisation_noun(word: str) -> bool:
    """Whether the lower-case noun makes what it heads an organisation's name."""
    return word in words("names_organisation_heads")


def place_noun(word: str) -> bool:
    """Whether the lower-case noun makes what it heads a place's name."""
    return word in words("names_place_heads")


def title_length(lower: list[str], start: int, end: int) -> int:
    """How many tokens from ``start`` make a title: 2 for "Vice President", 0 for none."""
    for length in (3, 2, 1):
        if start + length <= end and tuple(w.rstrip(".") for w in lower[start : start + length]) in _titles():
            return length
    return 0


def is_title_word(word: str) -> bool:
    """Whether the folded word is a title, or part of one ("prime", "vice")."""
    return word in _title_words()


@cache
def _title_words() -> frozenset[str]:
    return frozenset(word for title in _titles() for word in title)


def title_gender(lower: list[str], start: int, length: int) -> str:
    """m, f or u for the title of ``length`` tokens at ``start``."""
    return _titles().get(tuple(w.rstrip(".") for w in lower[start : start + length]), "u")


@lru_cache(maxsize=65536)
def gender_of_noun(word: str) -> str | None:
    """m, f or u for a noun that names people ("actress", "minister"), None for other nouns; singular or plural."""
    people = _people()
    found = people.get(word)
    if found is None and word.endswith("s"):
        found = people.get(word[:-1])
    if found is None and "-" in word:
        found = people.get(word.rsplit("-", 1)[1])
    return found


@cache
def _nouns() -> dict[str, str]:
    return {row[0]: row[1] for row in table("names_nouns")}


def noun_kind(word: str) -> str | None:
    """What an everyday noun, singular or plural, is a word for: body, place, happening or thing; None for others."""
    nouns = _nouns()
    found = nouns.get(word)
    if found is None and word.endswith("s"):
        found = nouns.get(word[:-1]) or (nouns.get(word[:-3] + "y") if word.endswith("ies") else None)
    return found


class KnownParty(NamedTuple):
    """A party's name, folded, for one of its short names, and whether the short name needs an article before it."""

    name: str
    articled: bool


@cache
def known_parties() -> dict[str, KnownParty]:
    """The parties by their folded short names: "tories" is the conservative party."""
    return {short: KnownParty(name, where == "the") for short, name, where in table("names_parties")}


def is_known_organisation(name: str) -> bool:
    """Whether newspapers name it, so folded, without explaining what it is."""
    return name in _organisations()


@cache
def _organisations() -> frozenset[str]:
    named = (words(f"names_{known}") for known in ("organisations", "bodies", "companies"))
    return frozenset(_key(name) for names in named for name in names)


@cache
def country_variants() -> dict[str, str]:
    """Folded names of countries that are other names of one country, each with the folded name they share."""
    return {_key(name): _key(row[0]) for row in table("names_country_variants") for name in row}


@cache
def other_callings() -> dict[str, frozenset[str]]:
    """Other nouns for what is called by a noun or a word of its name: "senator" has "lawmaker", "airways" "carrier"."""
    return {word: frozenset(nouns.split()) for word, nouns in table("names_callings")}


@cache
def titles_written_out() -> dict[str, str]:
    """Abbreviated titles with the words they stand for: "sen" has "senator"."""
    return {row[0]: row[1] for row in table("titles_abbreviations")}


@cache
def nicknames() -> dict[str, tuple[str, ...]]:
    """Short and pet forms of folded given names: "william" has "bill", "will", "billy"."""
    return {row[0]: row[1:] for row in table("names_nicknames")}
