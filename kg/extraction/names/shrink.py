"""Names cut back to what the article itself writes alone elsewhere: "Warhol Polaroids" to "Warhol", "Singer Ann Lee" to "Ann Lee"."""

from __future__ import annotations

from collections.abc import Callable

from kg.extraction.events.columns import Columns
from kg.extraction.names.lexicon import gender_of_given_name, gender_of_noun, is_family_name
from kg.extraction.names.mentions import Candidate, Segmentation, organisation_noun
from kg.extraction.words import words

_SIDES = ("pro-", "anti-", "ex-", "non-", "post-", "pre-")


def shrunk(candidates: list[Candidate], segmentation: Segmentation, c: Columns) -> list[Candidate]:
    """The candidates, those of several words that hold a person's name written alone elsewhere cut back to it."""
    people = {m.folded for m in candidates if m.label == "PERSON"}
    small = {word for word in c.words if word.islower()}
    alone = {m.folded for m in candidates}
    result = []
    for candidate in candidates:
        if len(candidate.parts) > 1 and candidate.label in {"PERSON", "", "ORG"}:
            candidate = _cut_back(candidate, people, alone, segmentation.candidate, c, small)
        result.append(candidate)
    return result


def _cut_back(
    candidate: Candidate,
    people: set[str],
    alone: set[str],
    make: Callable[[int, int, str], Candidate | None],
    c: Columns,
    small: set[str],
) -> Candidate:
    parts = candidate.parts
    tokens = candidate.end - candidate.start
    if tokens == len(parts) and candidate.label != "ORG":
        for kept in range(len(parts) - 1, 0, -1):
            rest = range(candidate.start + kept, candidate.end)
            if " ".join(parts[:kept]) in people and all(_plain(i, c, small) for i in rest):
                return make(candidate.start, candidate.start + kept, "PERSON") or candidate
        for dropped in range(1, len(parts)):
            rest = range(candidate.start, candidate.start + dropped)
            if " ".join(parts[dropped:]) in people and all(_describes(i, c) for i in rest):
                return make(candidate.start + dropped, candidate.end, "PERSON") or candidate
    if parts[0].startswith(_SIDES) and " ".join(parts[1:]) in alone:
        return make(candidate.end - (len(parts) - 1), candidate.end, candidate.label) or candidate
    return candidate


def _plain(i: int, c: Columns, small: set[str]) -> bool:
    """Whether the token is a word for things, not part of a name: a plural or a word that dictionaries have."""
    word = c.lower[i]
    if gender_of_given_name(word) or is_family_name(word) or organisation_noun(word):
        return False
    return word in small or word in words("names_thing_heads") or (word.endswith("s") and c.tags[i] in {"NNS", "NNPS"})


def _describes(i: int, c: Columns) -> bool:
    """Whether the token says what somebody is ("Scientologist", "Swedish") or is an everyday word in small letters."""
    word = c.lower[i]
    return (
        word.endswith("ist")
        or gender_of_noun(word) is not None
        or c.words[i] in words("names_demonyms")
        or c.words[i].islower()
    )
