"""Acronyms and the names they stand for: "World Intellectual Property Organization (WIPO)", or the initials alone."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from kg.extraction.columns import Columns
from kg.extraction.names.lexicon import country_variants, fold, known_place
from kg.extraction.names.mentions import Candidate

_SMALL = frozenset(
    {"of", "the", "and", "for", "on", "in", "to", "at", "de", "la", "a", "an", "&", "by", "with", "du", "des", "del"}
)
_OPEN = frozenset({"(", "["})
_CLOSE = frozenset({")", "]", ",", ";"})


class Expansion(NamedTuple):
    """An acronym with its long form, both folded; ``long`` is empty where small words spell it out (a concept)."""

    short: str
    long: str


def is_acronym(word: str) -> bool:
    """Whether a word is written like an acronym: "WIPO", "U.N.", "MoD", "BRICs"."""
    letters = word.replace(".", "")
    return (
        2 <= len(letters) <= 8 and letters.isalpha() and sum(ch.isupper() for ch in letters) >= max(2, len(letters) - 1)
    )


def stands_for(short: str, parts: Iterable[str]) -> bool:
    """Whether the letters of ``short`` are the initials of the words, with or without the small words between.

    A country at the beginning and one word at the end may be left out: "CDC" of "U.S. Centers for Disease Control and
    Prevention".
    """
    letters = short.replace(".", "").replace("-", "")
    pieces = [piece for part in parts for piece in part.replace("'s", "").split("-") if piece]
    if len(letters) < 2 or not pieces:
        return False
    content = [piece for piece in pieces if piece not in _SMALL]
    full, initials = ("".join(piece[0] for piece in some) for some in (pieces, content))
    if letters in {full, initials}:
        return True
    inland = initials[1:] if (known_place(pieces[0]) or pieces[0] in country_variants()) else initials
    return len(letters) >= 3 and len(content) > 3 and letters in {inland, inland[:-1]}


def _loosely(short: str, parts: tuple[str, ...]) -> bool:
    """Whether the letters stand in the words in order, the first at a word's beginning: "Interpol", "KIIS", "MoD"."""
    if sorted(short) == sorted(part[0] for part in parts if part not in _SMALL):
        return True  # "Intellectual Property Office of Korea (KIPO)"
    text = " ".join(parts)
    position = 0
    for letter in short.replace(".", ""):
        position = text.find(letter, position)
        if position < 0:
            return False
        position += 1
    return text[0] == short[0]


def expansions(candidates: list[Candidate], c: Columns) -> Iterator[Expansion]:
    """The acronyms that the article itself explains in brackets, in text order."""
    by_end = {candidate.end: candidate for candidate in candidates}
    by_start = {candidate.start: candidate for candidate in candidates}
    for i in range(1, len(c.words) - 2):
        if c.words[i] not in _OPEN or c.words[i + 2] not in _CLOSE:
            if c.words[i] in _OPEN and i - 1 >= 0 and is_acronym(c.words[i - 1]):
                inside, before = by_start.get(i + 1), by_end.get(i)
                if inside and before and stands_for(before.folded, inside.parts):
                    yield Expansion(before.folded, inside.folded)
            continue
        word = c.words[i + 1]
        if not is_acronym(word) and not (word[0].isupper() and by_end.get(i)):
            continue
        short = fold(word)
        before = by_end.get(i)
        if (
            before
            and len(before.parts) > 1
            and (stands_for(short, before.parts) or (is_acronym(word) and _loosely(short, before.parts)))
        ):
            yield Expansion(short.strip("."), before.folded)
        elif is_acronym(word) and _spelled_small(short, c, i):
            yield Expansion(short, "")


def _spelled_small(short: str, c: Columns, bracket: int) -> bool:
    """Whether the words before the bracket spell the acronym out: "intellectual property (IP)"."""
    letters = short.rstrip("s").replace(".", "")
    for width in range(len(letters), len(letters) + 3):
        span = [word for word in c.lower[max(0, bracket - width) : bracket] if word[0].isalpha()]
        small = sum(word.islower() for word in c.words[max(0, bracket - width) : bracket])
        if stands_for(letters, span) and small:
            return True
    return False
