"""Whom a title serves where no name says it: a pronoun, a noun ("the company"), an adjective ("French")."""

from __future__ import annotations

from collections import Counter

from kg.extraction.roles.flat import Flat, Name
from kg.extraction.roles.lexicon import COMPANY_NOUNS, PLACE_NOUNS, demonyms
from kg.facts import EntityKind
from kg.words import words

EMPLOYERS = frozenset((EntityKind.ORGANISATION, EntityKind.PLACE))


def employer(flat: Flat, i: int) -> str | None:
    """The key of the organisation or place that a noun or pronoun stands for."""
    key = flat.referent(i)
    entity = flat.reading.entity(key) if key else None
    return entity.key if entity and entity.kinds & EMPLOYERS else None


def meant_by_noun(flat: Flat, i: int) -> str | None:
    """The employer that "the office" or "the festival" means: the one named before with that word."""
    found = employer(flat, i) or _named_with(flat, i)
    if found is None and flat.word(i) in COMPANY_NOUNS:
        found = _most_told_of(flat, i)
    return found or (place_near(flat, i) if flat.word(i) in PLACE_NOUNS else None)


def _most_told_of(flat: Flat, i: int) -> str | None:
    """The organisation named most often before a word, if it is named twice and no other as often."""
    named = Counter(name.key for name in flat.names if name.end <= i and name.is_organisation)
    (first, most), (_, next_most) = [*named.most_common(2), ("", 0), ("", 0)][:2]
    return first if most > max(1, next_most) else None


def meant_by_pronoun(flat: Flat, i: int) -> str | None:
    """The employer that "its" or "their" means: what is known of it, or the only body named in the sentence.

    Where "Its ..." opens a sentence, that is the only body named in the sentence before, if no person is.
    """
    known = employer(flat, i)
    if known:
        return known
    first = sentence_start(flat, i)
    if first == i and i and flat.word(i) == "its":
        first = sentence_start(flat, i - 1)
        if any(name.is_person for name in flat.names if first <= name.start < i):
            return None
    bodies = {name.key for name in flat.names if first <= name.start < i and name.is_organisation}
    spoken = {employer(flat, k) or _named_with(flat, k) for k in range(first + 1, i) if flat.word(k - 1) == "the"}
    bodies.update(key for key in spoken if key)
    return bodies.pop() if len(bodies) == 1 else None


def sentence_start(flat: Flat, i: int) -> int:
    """The position where the sentence of a word begins."""
    return next((start for start in range(i, -1, -1) if flat.begins[start]), 0)


def _named_with(flat: Flat, i: int) -> str | None:
    """The organisation named last before a word with that word for its head; a word for places means none."""
    noun = flat.word(i)
    if noun in PLACE_NOUNS:
        return None  # "the state" is not the Northern State
    for name in reversed(flat.names):
        if name.end <= i and name.is_organisation and name.end > name.start + 1 and noun in _heads(flat, name):
            return name.key
    return None


def _heads(flat: Flat, name: Name) -> set[str]:
    """The nouns that can head a name: its last word, and the one before "of" ("Museum of Glass")."""
    found = {flat.word(name.end - 1)}
    found.update(flat.word(i - 1) for i in range(name.start + 1, name.end) if flat.word(i) == "of")
    return found


def meant_by_adjective(flat: Flat, i: int) -> str | None:
    """The country or party that an adjective names, where the article names it, too."""
    known = employer(flat, i)
    if known:
        return known
    names = demonyms()[flat.word(i)]
    for entity in flat.reading.entities:
        if entity.kinds & EMPLOYERS:
            spoken = {entity.name.casefold(), *(alias.casefold() for alias in entity.aliases)}
            if not spoken.isdisjoint(names):
                return entity.key
    return None


def meant_within_title(flat: Flat, i: int) -> str | None:
    """The employer that a noun within the title means: "city mayor" of the city just named, "team member"."""
    if flat.capital(i) or (flat.word(i) in words("titles_modifiers") and flat.word(i) not in PLACE_NOUNS):
        return None
    return employer(flat, i) or (place_near(flat, i) if flat.word(i) in PLACE_NOUNS else None)


def place_near(flat: Flat, i: int) -> str | None:
    """The place last named before, in the same sentence."""
    first = sentence_start(flat, i)
    for name in reversed(flat.names):
        if name.end <= i:
            if name.start < first:
                return None
            if EntityKind.PLACE in name.kinds:
                return name.key
    return None


def is_seat(flat: Flat, i: int) -> bool:
    """Whether "- based" follows: "head of London-based X", "head of Little Rock, Arkansas-based X"."""
    return "based" in flat.words[i : i + 4]


def can_employ(name: Name, preposition: str, office: bool) -> bool:
    """Whether a name after a title and a preposition is whom it serves; a place only with "of", or in an office."""
    if name.is_place:
        return preposition in {"of", "at"} or (preposition in {"for", "from"} and office)
    return name.employs
