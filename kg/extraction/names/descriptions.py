"""What the article calls a name tells its kind: "the ferry X", "X is a bank", "bands such as X", "a fund called X"."""

from __future__ import annotations

from collections.abc import Iterable

from kg.extraction.columns import Columns
from kg.extraction.names.lexicon import gender_of_noun, noun_kind, word_class
from kg.extraction.names.mentions import Candidate
from kg.extraction.negation import has_ended, is_denied

_DESCRIBED = {
    "nouns for bodies": "described as a body",
    "nouns for places": "described as a place",
    "nouns for works": "described as a thing",
}


def description(noun: str) -> str | None:
    """What a noun that describes a name says of its kind."""
    if gender_of_noun(noun) is not None:
        return "described as a person"
    for kind, described in _DESCRIBED.items():
        if noun in word_class(kind):
            return described
    kind_of_noun = noun_kind(noun)
    return f"called a {kind_of_noun}" if kind_of_noun else None


def called(candidate: Candidate, c: Columns) -> Iterable[str]:
    """What "a team known as X" and "the man named X" say."""
    i = candidate.start - 1
    if i > 1 and c.lower[i] == "the":
        i -= 1
    if i > 1 and c.lower[i] == "as" and c.lower[i - 1] == "known":
        i -= 1
    elif i < 1 or c.lower[i] not in {"called", "named", "dubbed"}:
        return
    noun = c.heads[i] if c.deps[i] == "acl" else i - 1 - (c.words[i - 1] == ",")
    told = description(c.lower[noun]) if c.pos[noun] == "NOUN" else None
    if told:
        yield told


def identified(verb: int, c: Columns) -> str | None:
    """What "X is a ferry" says."""
    if c.lemmas[verb] != "be" or (is_denied(c, verb) and not has_ended(c, verb)):
        return None
    nouns = [k for k in c.children[verb] if c.deps[k] == "attr" and c.pos[k] == "NOUN"]
    return description(c.lower[nouns[0]]) if nouns else None


def listed_under(last: int, c: Columns) -> str | None:
    """What "bands such as X and Y" says of X and Y."""
    while c.deps[last] == "conj":
        last = c.heads[last]
    link = c.heads[last]
    if c.deps[last] != "pobj" or c.lower[link] not in {"as", "including", "like"} or c.tags[c.heads[link]] != "NNS":
        return None
    if c.lower[link] == "as" and c.lower[link - 1] != "such":
        return None
    return description(c.lemmas[c.heads[link]])


def among_bodies(last: int, c: Columns) -> bool:
    """Whether a noun for bodies stands before the list that the name is in: "the firms X, Y and Z"."""
    while c.deps[last] == "conj":
        last = c.heads[last]
    nouns = [k for k in c.children[last] if k < last]
    if c.deps[last] == "appos":
        nouns.append(c.heads[last])
    return any(c.lemmas[k] in word_class("nouns for bodies") for k in nouns)
