"""Parties by their short names: "Labour said", "the Conservatives", "ruling Social Democrats"."""

from __future__ import annotations

from collections.abc import Iterator

from kg.extraction.names.lexicon import comparable, gender_of_noun, is_title_word, known_parties, organisation_noun
from kg.extraction.names.mentions import Piece
from kg.extraction.names.page import Page

_PEOPLE_FOLLOW = frozenset({"on", "in", "from", "at"})
_BEFORE = frozenset({"the", "ruling", "governing", "opposition"})
_NOUN_PLACES = frozenset({"nsubj", "nsubjpass", "pobj", "dobj", "poss", "conj", "appos", "dative", "agent"})


def parties(p: Page) -> Iterator[Piece]:
    """The short names of parties, not in headlines, where they mean neither followers nor labour itself."""
    c = p.c
    for i, word in enumerate(c.words):
        if not word[0].isupper() or word.isupper() or not p.free[i] or p.headline[i]:
            continue
        for length in (2, 1):
            short = " ".join(map(comparable, c.words[i : i + length]))
            party = known_parties().get(short) if i + length <= len(c.words) else None
            if party and c.words[i + length - 1][0].isupper() and _means_party(p, i, i + length, party.articled):
                yield Piece(i, i + length, "PARTY")
                break


def _means_party(p: Page, start: int, end: int, articled: bool) -> bool:
    c = p.c
    before = c.lower[start - 1] if start else ""
    after = end if end < len(c.words) else start
    if (
        c.words[after][0].isupper()
        and after != start
        and (organisation_noun(c.lower[after]) or c.heads[end - 1] == after)
    ):
        return False  # "Labour Day", "Greens Party"
    if articled:
        followers = c.lower[after] == "who" or (c.lower[after] in _PEOPLE_FOLLOW and c.heads[after] == end - 1)
        return before in _BEFORE and c.deps[end - 1] in _NOUN_PLACES and not followers
    if before in {"of", "for", "and", "&"} and start > 1 and c.words[start - 2][0].isupper():
        return False  # "Ministry of Labour"
    if c.deps[end - 1] in _NOUN_PLACES:
        return True
    held = gender_of_noun(c.lower[after]) is not None or is_title_word(c.lower[after]) or c.lower[after] == "government"
    return c.heads[end - 1] == after and after != start and held  # "Labour leader"
