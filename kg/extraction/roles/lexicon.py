"""The words that titles are made of, as look-ups."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from kg.words import table, words

ARTICLES = ("the", "a", "an", "this", "that", "one", "some", "several", "two", "three", "four", "both")
DETERMINERS = frozenset((*ARTICLES, "its", "his", "her", "their", "our", "my", "whose"))
POSSESSIVES = frozenset(("'s", "’s", "'", "’"))
PREPOSITIONS = frozenset(("of", "for", "at", "to", "with", "from", "in", "on", "within"))
PARTS = frozenset(("subsidiary", "unit", "division", "arm", "branch", "affiliate", "department", "chapter"))
"""What a body may be of another one."""
ACCREDITED = frozenset(("ambassador", "envoy", "representative", "consul", "delegate", "observer", "attaché"))
"""Heads whose "to" or "for" names where they are sent, which is part of the title, not whom they serve."""
PLACE_NOUNS = frozenset(("city", "town", "state", "village", "county", "province", "country", "region", "island"))
COMPANY_NOUNS = frozenset(("company", "firm", "group", "corporation", "business"))
GIVEN_NAMES = frozenset(("dean", "earl", "duke", "baron", "marshal", "major", "judge"))
"""Titles that are first names, too: "Dean Kamen"."""


@cache
def heads() -> Mapping[str, tuple[str, str]]:
    """Each head word of a title, singular and plural, with its singular and its class."""
    found: dict[str, tuple[str, str]] = {}
    for word, kind in table("titles"):
        found[_plural(word)] = (word, kind)
        if word.endswith("."):  # "Sens." is two words to the tokenizer
            found[f"{word[:-1]}s"] = (word, kind)
    for word, kind in table("titles"):
        found[word] = (word, kind)
    return found


def is_abbreviation(word: str) -> bool:
    """Whether a full stop belongs to the word ("col", "sens")."""
    return f"{word}." in heads()


@cache
def not_names() -> frozenset[str]:
    """Words that alone are a title or what it is about, even where something took them for a name."""
    return head_words() | (words("titles_portfolios") - words("titles_bodies"))


@cache
def title_words() -> frozenset[str]:
    """Heads and modifiers: what a title can consist of."""
    return head_words() | words("titles_modifiers")


def _plural(word: str) -> str:
    if word.endswith("man"):
        return word[:-3] + "men"
    if word.endswith("."):
        return word[:-1] + "s."
    if word.endswith("y") and word[-2] not in "aeiou":
        return word[:-1] + "ies"
    if word.endswith(("s", "x", "ch", "sh")):
        return word + "es"
    return word + "s"


@cache
def head_words() -> frozenset[str]:
    """The head words of titles, singular and plural."""
    return frozenset(heads())


@cache
def singular_heads() -> frozenset[str]:
    """The head words of titles in the singular."""
    return frozenset(singular for singular, _ in heads().values())


@cache
def statuses() -> Mapping[str, str]:
    """Words that tell whether a position is held now, with the status they give."""
    return {row[0]: row[1] for row in table("titles_status")}


@cache
def kin() -> Mapping[str, str]:
    """Words of kinship with the relation in which the second person stands to the first."""
    return dict(table("roles_kin"))  # type: ignore[arg-type]


@cache
def demonyms() -> Mapping[str, tuple[str, ...]]:
    """Each adjective of a country, region or party with the names of what it means, in lower case."""
    return {row[0]: tuple(row[1].casefold().split("|")) if len(row) > 1 else () for row in table("titles_demonyms")}


@cache
def suffixes() -> Mapping[str, tuple[tuple[str, ...], ...]]:
    """What may follow a head as part of the title, by its first word, the longest first."""
    found: dict[str, list[tuple[str, ...]]] = {}
    for entry in words("titles_suffixes"):
        parts = tuple(entry.split())
        found.setdefault(parts[0], []).append(parts)
    return {first: tuple(sorted(entries, key=len, reverse=True)) for first, entries in found.items()}
