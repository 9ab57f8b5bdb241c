"""What is needed of a clause's grammar: its subject, and whether it states a fact."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING

from kg.extraction.columns import columns
from kg.extraction.negation import has_ended, is_denied
from kg.facts import EntityKind
from kg.words import table

if TYPE_CHECKING:
    from spacy.tokens import Token

    from kg.extraction.roles.flat import Flat

DOUBTFUL = frozenset(("would", "could", "may", "might", "should", "must", "ought", "can", "if", "unless", "whether"))
UNREAL = frozenset(("would", "could", "might", "if", "unless", "whether"))
"""Words beside a verb that make its complement unreal, too: "I would say that", "if they think that"."""
CONDITIONS = frozenset(("if", "unless", "whether"))
WILL = frozenset(("will", "'ll", "’ll", "shall"))
EARLIER = frozenset(("before", "earlier", "formerly", "once", "originally", "previously", "prior", "then"))
"""Words that tell that something was over before what is told."""
PRESENT = frozenset(("VBZ", "VBP"))
SUBJECTS = frozenset(("nsubj", "nsubjpass"))


def helpers(children: Sequence[Token]) -> set[str]:
    """The auxiliaries and conjunctions among a verb's children."""
    return {child.lower_ for child in children if child.dep_ in {"aux", "mark"}}


def is_doubtful(verb: Token, children: Sequence[Token]) -> bool:
    """Whether a verb with these children is denied, only possible, under a condition or within what is no fact."""
    return is_denied(columns(verb.doc), verb.i) or is_unreal(verb, children)


def is_unreal(verb: Token, children: Sequence[Token]) -> bool:
    """Whether a verb with these children, denied or not, is possible, under a condition or within what is no fact."""
    return not helpers(children).isdisjoint(DOUBTFUL) or _is_supposed(verb)


def is_over(verb: Token) -> bool:
    """Whether what a verb tells was so and is no more: "is no longer mayor"."""
    return has_ended(columns(verb.doc), verb.i)


def _is_supposed(verb: Token) -> bool:
    """Whether what a clause stands under is supposed, wished for or asked: "a world where she is mayor"."""
    known: dict[int, bool] = verb.doc.user_data.setdefault("kg.supposed", {})
    passed = []
    while verb.i not in known:
        passed.append(verb.i)
        supposed = _is_supposed_here(verb)
        if supposed is None:
            verb = verb.head
        else:
            known[verb.i] = supposed
    known.update(dict.fromkeys(passed, known[verb.i]))
    return known[verb.i]


def _is_supposed_here(verb: Token) -> bool | None:
    """What a verb and the word it stands under tell of that; None where it is as the clause above."""
    above, how = verb.head, verb.dep_
    if any(child.lower_ == "?" for child in verb.children):
        return True
    if above == verb:
        return False
    beside = helpers(list(above.children))
    if how in {"relcl", "acl"}:
        return ("where" if how == "relcl" else "that") in supposing(above.lower_, above.lemma_.lower())
    if how == "advcl":
        return verb.tag_ == "VB" and "verb" in supposing(above.lower_, above.lemma_.lower())
    if how == "conj":
        shared = DOUBTFUL if verb.tag_ == "VB" else CONDITIONS  # "could resign and become", "if X wins and Y is"
        denied = verb.tag_ == "VB" and is_denied(columns(verb.doc), above.i)  # "did not resign and become"
        return True if denied or not beside.isdisjoint(shared) or _goes_on_with_condition(verb) else None
    if how == "ccomp" and any(child.lower_ == "why" for child in verb.children):
        return False  # "demanded to know why she was named mayor"
    if how in {"ccomp", "xcomp"}:
        unreal = "verb" in supposing(above.lower_, above.lemma_.lower()) or not beside.isdisjoint(UNREAL)
        return True if unreal else None
    return False


def _goes_on_with_condition(verb: Token) -> bool:
    """Whether the clause right before "and" is a condition in the same tense: the parser may join another."""
    begins = columns(verb.doc).sentence_starts
    joint = verb.left_edge.i - 1
    if joint < 0 or verb.doc[joint].dep_ != "cc":
        return False
    for i in range(joint, 0, -1):
        before = verb.doc[i - 1]
        if begins[i] or before.is_punct:
            return False
        if before.pos_ in {"VERB", "AUX"}:
            alike = before.tag_ == verb.tag_ or {before.tag_, verb.tag_} == PRESENT
            return alike and not helpers(list(before.children)).isdisjoint(CONDITIONS)
    return False


def supposing(word: str, lemma: str) -> frozenset[str]:
    """How a clause stands under a word to be no fact; nothing for most words (see ``roles_supposing.tsv``)."""
    return _supposing().get(cue_forms().get(word, lemma), frozenset())


@cache
def cue_forms() -> dict[str, str]:
    """Word forms whose lemma or part of speech the tagger often gets wrong, with their lemma."""
    return {form: lemma for form, lemma, *_ in table("cue_forms")}


@cache
def _supposing() -> dict[str, frozenset[str]]:
    rows = table("roles_supposing")
    return {lemma: frozenset(how for word, how in rows if word == lemma) for lemma, _ in rows}


def is_passive(verb: Token, children: Sequence[Token]) -> bool:
    """Whether a verb with these children is in the passive: "was named", "a man named director"."""
    return any(child.dep_ == "auxpass" for child in children) or (verb.tag_ == "VBN" and verb.dep_ == "acl")


def clause_of(verb: Token) -> Token:
    """The verb that holds the subject: that of an auxiliary before it, or the verb itself."""
    return verb.head if verb.dep_ in {"aux", "auxpass"} else verb


def subject_of(verb: Token, children: Sequence[Token]) -> Token | None:
    """The subject of a verb; of a relative or participle clause what it describes, of a conjunct the first verb's."""
    found = next((child for child in children if child.dep_ in SUBJECTS), None)
    if found is not None and found.tag_ in {"WP", "WDT"} and verb.dep_ == "relcl":
        return verb.head
    if found is None and verb.dep_ in {"acl", "relcl"}:
        return verb.head
    if found is None and verb.dep_ in {"conj", "advcl"} and verb.head.pos_ in {"VERB", "AUX"}:
        return next((child for child in verb.head.children if child.dep_ in SUBJECTS), None)
    return found


def bearer(flat: Flat, token: Token) -> Token | None:
    """The person whom a subject names, itself or by what stands in apposition: "X, a former teacher who was ..."."""
    tried = token
    for _ in range(4):
        if _is_person(flat, tried):
            return tried
        if tried.dep_ not in {"appos", "conj"} or tried.head is tried:
            break
        tried = tried.head
    return next((child for child in token.children if child.dep_ == "appos" and _is_person(flat, child)), None)


def _is_person(flat: Flat, token: Token) -> bool:
    position = flat.position.get(token.i)
    key = flat.referent(position) if position is not None else None
    entity = flat.reading.entity(key) if key else None
    return entity is not None and EntityKind.PERSON in entity.kinds
