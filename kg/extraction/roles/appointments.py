"""Appointments and departures, by verb or noun: "named Y chief executive", "the appointment of Y as director"."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from kg.extraction.roles.flat import HYPHENS, Flat, Name
from kg.extraction.roles.grammar import WILL, bearer, helpers, is_doubtful, is_passive, subject_of
from kg.extraction.roles.lexicon import POSSESSIVES, heads, title_words
from kg.extraction.roles.title import TitlePhrase
from kg.facts import EntityKind
from kg.words import classes, table, words

if TYPE_CHECKING:
    from spacy.tokens import Token

AS_WHAT: tuple[tuple[str, ...], ...] = ((), ("as",), ("to", "be"), ("to", "become"), ("to", "serve", "as"))
AFTER = frozenset(("after", "since", "following", "upon", "on", "with", "before", "despite", "by"))
SUBJECTS = frozenset(("nsubj", "nsubjpass"))
FURTHEST = 9
POSTS = frozenset(("office", "post"))


class Verb(NamedTuple):
    """Whose title a verb's complement is, the status it gives, and whether its subject gives a place of its own.

    ``never`` are the ways in which it gives no title: "never object", "never as".
    """

    whose: str
    status: str | None
    own: bool = False
    never: frozenset[str] = frozenset()


class Appointment(NamedTuple):
    """Who is given or loses a title, the positions of the words that name them, the status, and by whose word.

    ``again`` is true where the title may have been held before, so that no start is told.
    """

    person: str
    at: tuple[int, int]
    status: str | None
    body: Token | None
    again: bool = False


@cache
def verbs() -> Mapping[str, Verb]:
    """The verbs whose complement is a title, by their lemma."""
    return {
        verb: Verb(whose, None if status == "-" else status, "own" in more, frozenset(more) - {"own"})
        for verb, whose, status, *more in table("roles_verbs")
    }


@cache
def _nouns() -> Mapping[str, str | None]:
    return {noun: None if status == "-" else status for noun, status in table("roles_nouns")}


@cache
def _accepting() -> frozenset[str]:
    """Lemmas of verbs that tell of an appointment or departure as done."""
    return words("roles_accepting")


def appointment(flat: Flat, phrase: TitlePhrase) -> Appointment | None:
    """The appointment or departure that gives a title phrase its person; None where there is none."""
    return _by_verb(flat, phrase) or _by_noun(flat, phrase) or _by_winning(flat, phrase)


def _by_verb(flat: Flat, phrase: TitlePhrase) -> Appointment | None:
    """The Y of "named Y chief executive", "appointed Y as director", "elected Y to be chair"."""
    name = _name_appointed(flat, phrase)
    if name is None:
        return None
    at = (name.start, name.end)
    body = flat.name_before.get(name.start - 1)
    if body and body.is_organisation and flat.word(name.start - 1) in words("roles_headline_verbs"):
        return Appointment(name.key, at, None, flat.tokens[body.end - 1])  # whatever a parser makes of a headline
    for i in range(name.start - 1, max(name.start - FURTHEST, -1), -1):
        token = flat.tokens[i]
        if token.tag_[:2] == "VB":
            verb = verbs().get(token.lemma_.lower())
            children = list(token.children)
            if verb is None or verb.whose != "object" or is_passive(token, children):
                return None
            return Appointment(name.key, at, verb.status, subject_of(token, children) if verb.own else None)
    return None


def _name_appointed(flat: Flat, phrase: TitlePhrase) -> Name | None:
    for gap in AS_WHAT:
        name = flat.name_before.get(phrase.left - len(gap))
        if name and name.is_person and tuple(flat.words[name.end : phrase.left]) == gap:
            return name
    return None


def _by_noun(flat: Flat, phrase: TitlePhrase) -> Appointment | None:
    """The Y of "the appointment of Y as director", "Y's resignation as mayor", "his dismissal as head"."""
    i = phrase.left - 1
    if flat.word(i) != "as":
        return None
    if flat.word(i - 1) in _nouns():
        noun, found = i - 1, _owner(flat, i - 1)
    else:
        name = flat.name_before.get(i)
        if name is None or not name.is_person:
            return None
        found = name.key, (name.start, name.end)
        noun = name.start - 1
        while flat.word(noun) in words("titles_honorifics") or flat.word(noun) in title_words():
            noun -= 1
        noun -= 1
        if flat.word(noun + 1) != "of":
            return None
    if found is None or flat.word(noun) not in _nouns():
        return None
    told = _told(flat.tokens[noun])
    if told is None:
        return None
    body = subject_of(told, list(told.children)) if told.pos_ == "VERB" else None
    return Appointment(*found, _nouns()[flat.word(noun)], body)


def _by_winning(flat: Flat, phrase: TitlePhrase) -> Appointment | None:
    """The Y of "Y won election as mayor", "Y secured a second term as mayor"; not "won the election as the leader"."""
    i = phrase.left - 2
    lists = classes("roles_winning")
    if flat.word(i + 1) != "as" or flat.word(i) not in {*lists["won"], *lists["won_again"]}:
        return None
    noun, verb = flat.tokens[i], flat.tokens[i].head
    children = list(verb.children)
    definite = any(child.lower_ == "the" for child in noun.children)
    wins = verb.lemma_.lower() in lists["winning"] and helpers(children).isdisjoint(WILL)
    if noun.dep_ != "dobj" or definite or not wins or is_doubtful(verb, children):
        return None
    subject = subject_of(verb, children)
    person = bearer(flat, subject) if subject is not None else None
    if person is None:
        return None
    at = flat.position[person.i]
    key = flat.referent(at)
    again = flat.word(i) in lists["won_again"] or flat.word(i - 1) in HYPHENS  # "re-election"
    return Appointment(key, flat.extent(at), None, None, again) if key else None


def _owner(flat: Flat, noun: int) -> tuple[str, tuple[int, int]] | None:
    """The person whose appointment or departure it is: "Y's surprise resignation", "her appointment"."""
    i = noun - 1
    while flat.tag(i) in {"JJ", "NN"} and i not in flat.within and noun - i < 3:
        i -= 1
    if flat.word(i) in POSSESSIVES:
        name = flat.name_before.get(i)
        return (name.key, (name.start, name.end)) if name and name.is_person else None
    key = flat.referent(i) if flat.word(i) in {"his", "her"} else None
    return (key, (i, i + 1)) if key and EntityKind.PERSON in flat.kinds_at(i) else None


def _told(noun: Token) -> Token | None:
    """What tells of an appointment as done: its verb, or the preposition it stands under; None where it is not told."""
    above = noun.head
    if noun.dep_ == "pobj":
        return above if above.lower_ in AFTER else None
    if above.pos_ not in {"VERB", "AUX"} or is_doubtful(above, list(above.children)):
        return None
    happens = noun.dep_ in SUBJECTS and not is_passive(above, list(above.children))
    return above if happens or above.lemma_.lower() in _accepting() else None


def represented(flat: Flat, phrase: TitlePhrase) -> TitlePhrase:
    """ "the bank, represented by vice presidents X and Y": the bank employs them."""
    i = phrase.left - 1
    if flat.word(i) != "by":
        return phrase
    before = range(i - 1, max(i - FURTHEST, -1), -1)
    verb = next((flat.tokens[k] for k in before if flat.word(k) == "represented"), None)
    return serving(flat, phrase, subject_of(verb, list(verb.children))) if verb is not None else phrase


def is_post(flat: Flat, phrase: TitlePhrase) -> bool:
    """Whether a title names an office or a post, which one holds, not a rank or work that needs no employer."""
    kinds = {heads()[word][1] for word in flat.words[phrase.start : phrase.end] if word in heads()}
    return not kinds.isdisjoint(POSTS)


def departure_told(flat: Flat, i: int) -> bool:
    """Whether the word at a position is a noun of departure that is told as done: "accepted the resignation of"."""
    return _nouns().get(flat.word(i)) == "former" and _told(flat.tokens[i]) is not None


def announced_by(verb: Token) -> Token | None:
    """The subject of the verb of announcing whose content the clause of ``verb`` is."""
    if verb.dep_ != "ccomp" or verb.head.lemma_.lower() not in {"announce", "confirm"}:
        return None
    return subject_of(verb.head, list(verb.head.children))


def serving(flat: Flat, phrase: TitlePhrase, body: Token | None) -> TitlePhrase:
    """The phrase with the body that gives the place or announces it as its employer, where it names none.

    Bodies that choose people for others ("parliament elected", "the board named") and work that needs no employer are
    left alone.
    """
    position = flat.position.get(body.i) if body is not None else None
    if position is None or phrase.employed or not is_post(flat, phrase):
        return phrase
    kinds = flat.kinds_at(position)
    key = flat.referent(position)
    if key is None or EntityKind.ORGANISATION not in kinds or EntityKind.PLACE in kinds:
        return phrase
    entity = flat.reading.entity(key)
    if entity is None or entity.name.split()[-1].casefold() in words("roles_electors"):
        return phrase
    name = flat.within.get(position)
    return replace(phrase, organisations=(name,)) if name else replace(phrase, employer=key)
