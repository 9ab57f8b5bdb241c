"""What is needed of a clause's grammar: its subject, and whether it states a fact."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from kg.facts import EntityKind

if TYPE_CHECKING:
    from spacy.tokens import Token

    from kg.extraction.roles.flat import Flat

DOUBTFUL = frozenset(
    (
        "would",
        "could",
        "may",
        "might",
        "should",
        "can",
        "if",
        "unless",
        "whether",
        "not",
        "n't",
        "n’t",
        "never",
        "cannot",
    )
)
WILL = frozenset(("will", "'ll", "’ll", "shall"))
EARLIER = frozenset(("before", "earlier", "formerly", "once", "originally", "previously", "prior", "then"))
"""Words that tell that something was over before what is told."""
SUBJECTS = frozenset(("nsubj", "nsubjpass"))


def helpers(children: Sequence[Token]) -> set[str]:
    """The auxiliaries, negations and conjunctions among a verb's children."""
    return {child.lower_ for child in children if child.dep_ in {"aux", "neg", "mark"}}


def is_doubtful(children: Sequence[Token]) -> bool:
    """Whether a verb with these children is denied, only possible or under a condition."""
    return not helpers(children).isdisjoint(DOUBTFUL)


def is_passive(verb: Token, children: Sequence[Token]) -> bool:
    """Whether a verb with these children is in the passive: "was named", "a man named director"."""
    return any(child.dep_ == "auxpass" for child in children) or (verb.tag_ == "VBN" and verb.dep_ == "acl")


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
