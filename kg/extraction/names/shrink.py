"""Names cut back to what the article itself writes alone elsewhere: "Brandt Etchings" to "Brandt"."""

from __future__ import annotations

from kg.extraction.columns import Columns
from kg.extraction.names.lexicon import (
    comparable,
    content,
    gender_of_given_name,
    gender_of_noun,
    is_family_name,
    is_known_organisation,
    is_title_word,
    known_place,
    noun_kind,
    organisation_noun,
    word_class,
)
from kg.extraction.names.mentions import Candidate
from kg.extraction.names.page import Page
from kg.extraction.names.segmentation import candidate_at
from kg.words import words

_GENERATIONS = frozenset({"jr", "jr.", "sr", "sr.", "ii", "iii", "iv"})
_PARTICIPLES = frozenset({"VBG", "VBN"})
_FUNCTION_TAGS = frozenset({"DT", "PDT", "IN", "CC", "PRP$", "WDT", "WRB", "MD"})
_SIDES = ("pro-", "anti-", "ex-", "non-", "post-", "pre-")


def shrunk(candidates: list[Candidate], p: Page) -> list[Candidate]:
    """The candidates, those of several words that hold a person's name written alone elsewhere cut back to it."""
    c = p.c
    candidates = _joined_as_elsewhere(candidates, p)
    people = {m.folded for m in candidates if m.label == "PERSON"}
    small = {word for word in c.words if word.islower()}
    alone = {m.folded for m in candidates}
    result: list[Candidate] = []
    body = {m.parts for m in candidates if not m.headline}
    surnames = {parts[-1:] for parts in body if " ".join(parts) in people} | {
        parts for parts in body if len(parts) == 1
    }
    full = {m.parts for m in candidates if len(m.parts) == 2}
    full_names = {m.parts for m in candidates if m.label == "PERSON" and len(m.parts) > 1}
    for candidate in candidates:
        before = candidate.start - 1
        alone_before = before >= 0 and (not result or result[-1].end <= before)
        if alone_before and (comparable(c.words[before]), candidate.folded) in full:
            candidate = candidate_at(p, before, candidate.end, "PERSON") or candidate  # "He Lifeng"
        if candidate.headline and candidate.parts not in body:
            candidate = _as_in_body(candidate, body, surnames, p)
        if len(candidate.parts) > 1 and candidate.label in {"PERSON", "", "ORG", "GPE"}:
            candidate = _past_common_word(candidate, full_names, p, small)
        if len(candidate.parts) > 1 and candidate.label in {"PERSON", "", "ORG"}:
            candidate = _cut_back(candidate, people, alone, p, c, small)
        result.append(candidate)
    return result


def _joined_as_elsewhere(candidates: list[Candidate], p: Page) -> list[Candidate]:
    """The candidates, two with "and" between joined where the article has a body of just their words elsewhere.

    "Port Authority of Norway and Sweden" is "Port Authority Norway Sweden".
    """
    bodies = {content(m.parts) for m in candidates if len(m.parts) > 2}
    result: list[Candidate] = []
    for candidate in candidates:
        last = result[-1] if result else None
        if (
            last is not None
            and last.end + 1 == candidate.start
            and p.c.lower[last.end] in {"and", "&"}
            and content((*last.parts, *candidate.parts)) in bodies
            and (whole := candidate_at(p, last.start, candidate.end, "ORG")) is not None
        ):
            result[-1] = whole
        else:
            result.append(candidate)
    return result


def _past_common_word(candidate: Candidate, full_names: set[tuple[str, ...]], p: Page, small: set[str]) -> Candidate:
    """The candidate without the common word before somebody's name: "Marsh" of "Among Marsh" where Paul Marsh is named.

    A common word that could be a given name ("Rock Hudson") stays: another full name must have the same surname.
    """
    parts, first = candidate.parts, candidate.start
    rest = parts[1:]
    others = {name for name in full_names if not _holds(name, parts) and name[0] != parts[0]}
    if candidate.end - first != len(parts) or not any(_holds(name, rest) for name in others | {_given_first(rest)}):
        return candidate
    if not _is_common(first, p.c, small, p.c.opens_sentence(first)):
        return candidate
    return candidate_at(p, first + 1, candidate.end, "PERSON") or candidate


def _holds(name: tuple[str, ...], part: tuple[str, ...]) -> bool:
    """Whether the words stand side by side in the name."""
    return any(name[i : i + len(part)] == part for i in range(len(name) - len(part) + 1))


def _given_first(parts: tuple[str, ...]) -> tuple[str, ...]:
    """The words if they are a full name by themselves, given name first; else none."""
    named = len(parts) > 1 and gender_of_given_name(parts[0]) is not None and is_family_name(parts[-1])
    return parts if named else ()


def _is_common(i: int, c: Columns, small: set[str], opens: bool) -> bool:
    """Whether the token is a common word with a capital: a small word, a plural, a participle, an opening adjective."""
    word, tag = c.lower[i], c.tags[i]
    if _part_of_name(word) or is_title_word(word) or word in word_class("particles") or known_place(word) is not None:
        return False
    if is_known_organisation(word) or c.words[i].isupper():
        return False
    if tag in _FUNCTION_TAGS or word in small or (opens and tag in _PARTICIPLES and gender_of_given_name(word) is None):
        return True
    noun = noun_kind(word) is not None or gender_of_noun(word) is not None
    return (noun and word.endswith("s")) or (opens and tag == "JJ")


def _cut_back(
    candidate: Candidate,
    people: set[str],
    alone: set[str],
    p: Page,
    c: Columns,
    small: set[str],
) -> Candidate:
    parts = candidate.parts
    tokens = candidate.end - candidate.start
    if tokens == len(parts) and candidate.label != "ORG":
        for kept in range(len(parts) - 1, 0, -1):
            rest = range(candidate.start + kept, candidate.end)
            whole = kept > 1 or gender_of_given_name(parts[0]) is None
            land = known_place(" ".join(parts[kept:])) if whole else None
            plain = land is not None and land.kind != "city"  # "Ann Lee" of "Ann Lee South Carolina"
            if " ".join(parts[:kept]) in people and (plain or all(_plain(i, c, small) for i in rest)):
                return candidate_at(p, candidate.start, candidate.start + kept, "PERSON") or candidate
        for dropped in range(1, len(parts)):
            rest = range(candidate.start, candidate.start + dropped)
            if " ".join(parts[dropped:]) in people and all(_describes(i, c) for i in rest):
                return candidate_at(p, candidate.start + dropped, candidate.end, "PERSON") or candidate
    if tokens == len(parts) and candidate.label == "ORG":
        kept = len(parts)
        while kept > 1 and _holds_office(parts[kept - 1]):
            kept -= 1
        short = " ".join(parts[:kept])
        if kept < len(parts) and (short in alone or is_known_organisation(short)):
            return candidate_at(p, candidate.start, candidate.start + kept, "ORG") or candidate
    if parts[0].startswith(_SIDES) and " ".join(parts[1:]) in alone:
        return candidate_at(p, candidate.end - (len(parts) - 1), candidate.end, candidate.label) or candidate
    return candidate


def _as_in_body(candidate: Candidate, body: set[tuple[str, ...]], surnames: set[tuple[str, ...]], p: Page) -> Candidate:
    """The part of a headline's candidate that is a name in the running text: "Ann Lee" of "That Ann Lee Is"."""
    parts = candidate.parts
    if candidate.end - candidate.start != len(parts) or (
        candidate.label == "ORG" and any(map(organisation_noun, parts))
    ):
        return candidate
    for length in range(len(parts) - 1, 0, -1):
        for first in range(len(parts) - length, -1, -1):
            piece = parts[first : first + length]
            others = parts[:first] + parts[first + length :]
            if any(gender_of_given_name(word) or len(word) == 1 for word in others):
                continue
            if piece in body if length > 1 else piece in surnames:
                start = candidate.start + first
                return candidate_at(p, start, start + length, candidate.label) or candidate
    return candidate


def _holds_office(word: str) -> bool:
    """Whether the word is a title or a noun for people, and names no body ("party")."""
    return (gender_of_noun(word) is not None or is_title_word(word)) and not organisation_noun(word)


def _part_of_name(word: str) -> bool:
    """Whether the word, or what its hyphens join, is known as a given or family name, or is an initial."""
    return gender_of_given_name(word) is not None or is_family_name(word) or len(word) == 1 or organisation_noun(word)


def _plain(i: int, c: Columns, small: set[str]) -> bool:
    """Whether the token is a word for things, not part of a name: a plural or a word that dictionaries have."""
    word = c.lower[i]
    if _part_of_name(word) or word in _GENERATIONS:
        return False
    everyday = word in small or any(word in words(f"names_{known}") for known in ("thing_heads", "things", "not"))
    return everyday or (word.endswith("s") and c.tags[i] in {"NNS", "NNPS"})


def _describes(i: int, c: Columns) -> bool:
    """Whether the token says what somebody is ("Violinist", "Swedish") or is an everyday word in small letters."""
    word = c.lower[i]
    return (
        word.endswith("ist")
        or gender_of_noun(word) is not None
        or c.words[i] in words("names_demonyms")
        or c.words[i].islower()
    )
