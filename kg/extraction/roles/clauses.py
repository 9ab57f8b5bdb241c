"""Titles that a verb gives: "She became director of X", "the board named Y chair", "Z stepped down as mayor"."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

from kg.extraction.roles.flat import Flat, Name
from kg.extraction.roles.grammar import helpers, is_doubtful, subject_of
from kg.extraction.roles.links import Link, runs
from kg.extraction.roles.relations import leading_verbs, ties
from kg.extraction.roles.title import TitlePhrase
from kg.facts import EntityKind
from kg.words import table

if TYPE_CHECKING:
    from spacy.tokens import Token

APPOINTED_AS: tuple[tuple[str, ...], ...] = ((), ("as",), ("to", "be"), ("to", "become"), ("to", "serve", "as"))
LASTING = frozenset(("be", "remain", "stay", "serve", "work", "act", "continue"))
JUDGEMENTS = frozenset(
    ("only", "best", "worst", "greatest", "next", "real", "proven", "potential", "possible", "perfect", "good", "great")
)


@cache
def _verbs() -> Mapping[str, tuple[str, str | None]]:
    return {verb: (whose, None if status == "-" else status) for verb, whose, status in table("roles_verbs")}


def clause_links(flat: Flat, phrases: list[TitlePhrase]) -> Iterator[Link]:
    """The titles that clauses give, of phrases that no name stands beside."""
    for run in runs(flat, phrases):
        appointed = _appointed(flat, run[0])
        if appointed:
            name, status = appointed
            for phrase in run:
                said = replace(phrase, status=phrase.status or status)
                yield Link(said, name.key, (name.start, name.end), "appointment", 0.9, _event(status))
            continue
        for verb, person, status, reason in _clause(flat, run[0], any(phrase.employed for phrase in run)):
            at = flat.position[person.i]
            named = flat.within.get(at)
            where = (named.start, named.end) if named else (at, at + 1)
            for i, phrase in enumerate(run):
                key = flat.referent(at)
                if key and (i == 0 or not phrase.before):
                    said = replace(phrase, status=phrase.status or status)
                    event = _event(status) if verb.lemma_ not in LASTING else None
                    sure = 0.9 if named else 0.8
                    yield Link(_with_object(flat, said, verb), key, where, reason, sure, event)


def _appointed(flat: Flat, phrase: TitlePhrase) -> tuple[Name, str | None] | None:
    """The Y of "named Y chief executive", "appointed Y as director", "elected Y to be chair"."""
    name = _name_appointed(flat, phrase)
    if name is None:
        return None
    for i in range(name.start - 1, max(name.start - 9, -1), -1):
        token = flat.tokens[i]
        if token.tag_[:2] == "VB":
            whose, status = _verbs().get(token.lemma_.lower(), ("", None))
            active = whose == "object" and not any(child.dep_ == "auxpass" for child in token.children)
            return (name, status) if active else None
    return None


def _name_appointed(flat: Flat, phrase: TitlePhrase) -> Name | None:
    for gap in APPOINTED_AS:
        name = flat.name_before.get(phrase.left - len(gap))
        if name and name.is_person and tuple(flat.words[name.end : phrase.left]) == gap:
            return name
    return None


def _event(status: str | None) -> str:
    return "end" if status == "former" else "start"


def _with_object(flat: Flat, phrase: TitlePhrase, verb: Token) -> TitlePhrase:
    """ "joined X as director", "X, where she is director": X is what the title serves."""
    if phrase.employed:
        return phrase
    bodies = [child for child in verb.children if child.dep_ == "dobj"] if verb.lemma_ == "join" else []
    if verb.dep_ == "relcl" and any(child.lower_ == "where" for child in verb.children):
        bodies.append(verb.head)
    for body in bodies:
        name = flat.within.get(flat.position.get(body.i, -1))
        if name and name.is_organisation:
            return replace(phrase, organisations=(name,))
    return phrase


def _clause(flat: Flat, phrase: TitlePhrase, employed: bool) -> Iterator[tuple[Token, Token, str | None, str]]:
    head = flat.tokens[phrase.head]
    verb = _governor(head)
    if verb is None or verb.lemma_.lower() not in _verbs():
        return
    whose, status = _verbs()[verb.lemma_.lower()]
    children = list(verb.children)
    words = helpers(children)
    if is_doubtful(children) or _only_comparable(flat, phrase, verb, employed) or (verb.tag_ == "VBG" and not words):
        return
    if "will" in words or "'ll" in words or "’ll" in words:
        status = "designate" if verb.lemma_ in {"become", "be", "take", "serve"} else None
    subject = subject_of(verb, children)
    passive = any(child.dep_ == "auxpass" for child in children) or (verb.tag_ == "VBN" and verb.dep_ == "acl")
    dobj = next((child for child in children if child.dep_ == "dobj" and child.i != head.i), None)
    if whose == "subject" or (whose == "object" and passive):
        persons = [(subject, status)]
    elif whose == "object":
        persons = [(dobj or _small_subject(head), status)]
    else:
        persons = [(subject, status), (dobj, "former")] if not passive else [(subject, "former")]
    reason = "is" if verb.lemma_ == "be" else f"verb '{verb.lemma_.lower()}'"
    for person, as_what in persons:
        if person is not None and _is_person(flat, person):
            yield verb, person, as_what, reason


def _only_comparable(flat: Flat, phrase: TitlePhrase, verb: Token, employed: bool) -> bool:
    """Whether the title is said as a judgement: "the best president", "a businessman"."""
    head = flat.tokens[phrase.head]
    judged = any(child.lower_ in JUDGEMENTS for child in head.children)
    judged = judged or (not employed and any(child.lower_ == "first" for child in head.children))
    indefinite = flat.word(phrase.left) in {"a", "an"} and verb.lemma_ in {"be", "become", "remain"}
    return judged or (indefinite and not (phrase.office or employed))


def _governor(head: Token) -> Token | None:
    """The verb that gives the title: directly, over "as", or over "to be"."""
    verb = head.head
    if verb is head:
        return None
    if verb.lower_ == "as" and head.dep_ in {"pobj", "pcomp"}:
        verb = verb.head
        while verb.pos_ not in {"VERB", "AUX"} and verb.dep_ in {"prt", "prep", "dobj", "advmod"}:
            verb = verb.head
        return verb if verb.lemma_.lower() not in {"be", "become", "remain", "make", "choose"} else None
    if head.dep_ not in {"attr", "oprd", "xcomp", "dobj", "ccomp", "nsubj", "appos"}:
        return None
    if head.dep_ in {"dobj", "appos"} and verb.lemma_.lower() in {
        "take",
        "serve",
        "work",
        "act",
        "replace",
        "succeed",
        "join",
        "be",
    }:
        return None
    if verb.lemma_ == "be" and verb.dep_ == "xcomp" and verb.head.lemma_.lower() in _verbs():
        return verb.head
    return verb


def _small_subject(head: Token) -> Token | None:
    """The Y of "named Y chief executive", which the parser may make the subject of a small clause or a compound."""
    return next((child for child in head.children if child.dep_ in {"nsubj", "compound"} and child.i < head.i), None)


def _is_person(flat: Flat, token: Token) -> bool:
    position = flat.position.get(token.i)
    key = flat.referent(position) if position is not None else None
    entity = flat.reading.entity(key) if key else None
    return entity is not None and EntityKind.PERSON in entity.kinds


def leading_links(flat: Flat) -> Iterator[Link]:
    """Who leads what: "who heads X", "X, chaired by Y"; "led" not of games and polls, but only in descriptions."""
    for tie in ties(flat, frozenset(leading_verbs())):
        at = flat.position[tie.verb.i]
        body = flat.within.get(tie.object)
        described = tie.verb.dep_ in {"relcl", "acl"} or tie.verb.tag_ == "VBZ"
        if body is None or not body.is_organisation or (tie.verb.lemma_ == "lead" and not described):
            continue
        person = flat.referent(tie.subject)
        if person and EntityKind.PERSON in flat.kinds_at(tie.subject):
            title = leading_verbs()[flat.word(at)]
            phrase = TitlePhrase(at, at, at + 1, at + 1, at, organisations=(body,), title=title)
            yield Link(phrase, person, flat.extent(tie.subject), f"verb '{tie.verb.lemma_}'", 0.85)
