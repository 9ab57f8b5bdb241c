"""Cues with a noun phrase: "called the plan a mistake", "accused them of fraud", "called for calm"."""

from __future__ import annotations

from kg.extraction.statements.content import draft_of, first_of, verb_group
from kg.extraction.statements.cues import Cue
from kg.extraction.statements.draft import Draft
from kg.extraction.statements.sources import agent, is_passive, subject
from kg.extraction.statements.syntax import CLAUSE_VERBS, Syntax

_PRONOUNS = frozenset(
    {"it", "this", "that", "so", "them", "him", "her", "me", "us", "you"}
    | {"himself", "herself", "themselves", "what", "which"}
)


def object_and_predicate(syntax: Syntax, verb: int, cue: Cue) -> Draft | None:
    """``called the plan a mistake``, ``identified deep science as an engine``, ``accused them of fraud``."""
    names = [f for f in cue.frames if f == "oprd" or f.startswith("np-")]
    if not names:
        return None
    passive = is_passive(syntax, verb)
    patient = syntax.child(verb, "nsubjpass") if passive else syntax.child(verb, "dobj")
    who = agent(syntax, verb) if passive else subject(syntax, verb)
    group = verb_group(syntax, verb)
    if passive and patient is None and syntax.dep[verb] in ("acl", "relcl"):
        patient = syntax.head[verb] if who is not None else None  # "a drink called ..." only names
    for child in syntax.children[verb]:
        if child < verb and not passive:
            continue
        if syntax.dep[child] in ("prep", "agent"):
            frame = f"np-{syntax.word[child].lower()}"
            if frame in cue.frames and patient is not None and syntax.children[child]:
                tokens = syntax.subtree(patient, {verb}) + syntax.subtree(child)
                return draft_of(syntax, cue, verb, group, frame, tokens, who, child, "object and what is said of it")
        if "oprd" in cue.frames:
            if syntax.dep[child] in ("oprd", "acomp", "attr") and (patient is not None):
                tokens = syntax.subtree(patient, {verb}) + syntax.subtree(child)
                return draft_of(syntax, cue, verb, group, "oprd", tokens, who, child, "object and what it is called")
            if (
                syntax.dep[child] in ("ccomp", "xcomp")
                and syntax.pos[child] not in CLAUSE_VERBS
                and (syntax.child(child, "nsubj") is not None or patient is not None)
            ):
                tokens = syntax.subtree(child) + (syntax.subtree(patient) if patient is not None else [])
                return draft_of(syntax, cue, verb, group, "oprd", tokens, who, child, "object and what it is called")
    return None


def noun_object(syntax: Syntax, verb: int, cue: Cue) -> Draft | None:
    """``announced a deal``, ``dismissed the claim``; passive: ``the deal was announced by the firm``."""
    if "np" not in cue.frames:
        return None
    passive = is_passive(syntax, verb)
    noun = (
        syntax.child(verb, "nsubjpass")
        if passive
        else next((c for c in syntax.children[verb] if c > verb and syntax.dep[c] == "dobj"), None)
    )
    who = agent(syntax, verb) if passive else subject(syntax, verb)
    if noun is None or who is None:
        return None
    tokens = syntax.subtree(
        noun,
        {c for c in syntax.children[noun] if syntax.dep[c] == "relcl" and syntax.word[first_of(syntax, c) - 1] == ","},
    )
    draft = draft_of(syntax, cue, verb, verb_group(syntax, verb), "np", tokens, who, noun, "noun object")
    if len(tokens) == 1 and syntax.word[noun].lower() in _PRONOUNS:
        return None
    return draft


def prepositional_object(syntax: Syntax, verb: int, cue: Cue) -> Draft | None:
    """``complained about the delay``, ``called for calm``."""
    for child in syntax.children[verb]:
        frame = f"pp-{syntax.word[child].lower()}"
        if child > verb and syntax.dep[child] == "prep" and frame in cue.frames:
            inner = syntax.child(child, "pobj", "pcomp")
            who = subject(syntax, verb)
            if inner is None or who is None:
                continue
            first, last = verb_group(syntax, verb)
            group = (first, child) if child - last == 1 else (first, last)
            return draft_of(
                syntax,
                cue,
                verb,
                group,
                frame,
                syntax.subtree(inner),
                who,
                inner,
                "object of a preposition",
                f"{cue.lemma} {syntax.word[child].lower()}",
            )
    return None
