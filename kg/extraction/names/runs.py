"""Runs of capitalised words that the language model passed over."""

from __future__ import annotations

from kg.extraction.names.lexicon import (
    fold,
    gender_of_given_name,
    is_known_organisation,
    noun_kind,
    word_class,
)
from kg.extraction.names.mentions import is_capital
from kg.extraction.names.page import Page

_FUNCTION_POS = frozenset(
    ["DET", "PRON", "ADP", "CCONJ", "SCONJ", "AUX", "PART", "INTJ", "PUNCT", "SPACE", "SYM", "NUM"]
)


def continues(p: Page, i: int) -> int:
    """How many tokens from ``i`` carry a run of names on: a word, or a hyphen or particle with its word; 0 for none."""
    c = p.c
    if i >= len(c.words):
        return 0
    if in_run(p, i, False):
        return 1
    ahead = i + 1
    if c.words[i] in {"-", "&"} and ahead < len(c.words) and (p.attached(i) or c.words[i] == "&"):
        return 2 if in_run(p, ahead, False) else 0
    if c.lower[i] in word_class("particles") and p.owner[i] is None and p.free[i] and ahead < len(c.words):
        hyphen = c.words[ahead] == "-" and p.attached(ahead)
        word = ahead + hyphen
        if word < len(c.words) and in_run(p, word, False) and (hyphen or c.pos[i] in {"PROPN", "X"}):
            return 2 + hyphen
    return 0


def in_run(p: Page, i: int, first: bool) -> bool:
    """Whether the token is written and used like a name; ``first`` in its sentence, its capital tells nothing."""
    c = p.c
    if p.owner[i] is not None or not p.free[i] or p.headline[i]:
        return False
    if c.ents[i] in {"DATE", "TIME", "MONEY", "CARDINAL"} and not p.no_date(i):
        return False
    word = c.words[i]
    if not word[0].isalpha() or not is_capital(word) or c.lower[i] in word_class("layout words") or "//" in word:
        return False
    if c.pos[i] in _FUNCTION_POS:
        return len(word) > 2 and word.isupper() and is_known_organisation(word.lower())
    inner_capital = any(ch.isupper() for ch in word[1:])
    tagged = c.tags[i] in {"NNP", "NNPS", "NN", "NNS", "JJ"} or _is_given_name(c.lower[i])
    return c.pos[i] == "PROPN" or inner_capital or (not first and tagged)


def _is_given_name(word: str) -> bool:
    """Whether the word is known as a given name only: "Witold", which the tagger takes for a verb."""
    given = gender_of_given_name(fold(word)) is not None
    return given and word not in word_class("given names that are words") and noun_kind(word) is None
