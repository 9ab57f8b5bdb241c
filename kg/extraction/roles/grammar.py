"""What is needed of a clause's grammar: its subject, and whether it states a fact."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Token

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
SUBJECTS = frozenset(("nsubj", "nsubjpass"))


def helpers(children: Sequence[Token]) -> set[str]:
    """The auxiliaries, negations and conjunctions among a verb's children."""
    return {child.lower_ for child in children if child.dep_ in {"aux", "neg", "mark"}}


def is_doubtful(children: Sequence[Token]) -> bool:
    """Whether a verb with these children is denied, only possible or under a condition."""
    return not helpers(children).isdisjoint(DOUBTFUL)


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
