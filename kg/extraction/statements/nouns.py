"""Nouns and adjectives as cues: "expressed hope that ...", "his claim that ...", "she is sure that ..."."""

from __future__ import annotations

from functools import cache

from kg.extraction.statements.content import draft_of, is_infinitive, verb_group
from kg.extraction.statements.cues import Cue
from kg.extraction.statements.draft import Draft
from kg.extraction.statements.sources import any_subject, subject
from kg.extraction.statements.syntax import CLAUSE_VERBS, Syntax
from kg.words import table

_PREPOSITIONS = frozenset({"of", "about", "on", "over", "for", "against", "with", "at", "to"})
_LINKS = frozenset({"be", "feel", "remain", "become", "seem", "sound", "'s"})
_NOBODY = frozenset({"it", "that", "this", "there", "what", "which"})


def voiced_noun(syntax: Syntax, noun: int, cue: Cue) -> Draft | None:
    """``expressed hope that ...``, ``made the claim that ...``, ``voiced concern over ...``."""
    verb = syntax.head[noun]
    voiced = syntax.lemma[verb] in _verbs_of_class("voice")
    given = syntax.lemma[verb] in _verbs_of_class("give")  # "gave support to the plan" may be no words at all
    if syntax.dep[noun] != "dobj" or syntax.pos[verb] not in CLAUSE_VERBS or not (voiced or given):
        return None
    found = _noun_content(syntax, noun, cue, loose=voiced, beside=verb)
    if found is None:
        return None
    frame, tokens, clause = found
    first, _ = verb_group(syntax, verb)
    draft = draft_of(
        syntax,
        cue,
        noun,
        (first, noun),
        frame,
        tokens,
        subject(syntax, verb),
        clause,
        "noun with a verb of voicing",
        f"{syntax.lemma[verb]} {syntax.lemma[noun]}",
    )
    if frame == "that" and draft.grade == "report":
        draft.grade = "utterance"  # "voiced hope that" says it as plainly as "said"
    return draft


@cache
def _verbs_of_class(cue_class: str) -> frozenset[str]:
    return frozenset(row[0] for row in table("cues") if row[2] == cue_class)


def possessed_noun(syntax: Syntax, noun: int, cue: Cue) -> Draft | None:
    """``his claim that the vote was rigged``; without a source, or without a clause ("her criticism"), only a noun."""
    if "voiced" in cue.frames:
        return None
    who = syntax.child(noun, "poss")
    if who is None:
        who = next(
            (
                syntax.child(c, "pobj")
                for c in syntax.children[noun]
                if syntax.dep[c] == "prep" and syntax.word[c].lower() in ("by", "from")
            ),
            None,
        )
    if who is None and syntax.child(noun, "compound") is not None:
        compound = syntax.child(noun, "compound")
        assert compound is not None
        who = compound if syntax.pos[compound] == "PROPN" and compound == noun - 1 else None
    found = _noun_content(syntax, noun, cue, loose=False) if who is not None else None
    if found is None:
        return None
    frame, tokens, clause = found
    return draft_of(syntax, cue, noun, (noun, noun), frame, tokens, who, clause, "noun and its clause")


def _noun_content(
    syntax: Syntax, noun: int, cue: Cue, loose: bool, beside: int | None = None
) -> tuple[str, list[int], int] | None:
    siblings = [
        c
        for c in (syntax.children[beside] if beside is not None else [])
        if c > noun and syntax.dep[c] in ("ccomp", "prep", "advcl")
    ]
    for child in [*syntax.children[noun], *siblings]:
        if child < noun:
            continue
        that = any(syntax.dep[c] == "mark" and syntax.word[c].lower() == "that" for c in syntax.children[child])
        if "that" in cue.frames and syntax.dep[child] in ("acl", "ccomp", "relcl") and that:
            return "that", syntax.subtree(child), child
        if loose and "to" in cue.frames and syntax.dep[child] in ("acl", "xcomp") and is_infinitive(syntax, child):
            return "to", syntax.subtree(child), child
        if (
            loose
            and "of-noun" in cue.frames
            and syntax.dep[child] == "prep"
            and syntax.word[child].lower() in _PREPOSITIONS
        ):
            inner = syntax.child(child, "pobj", "pcomp")
            if inner is not None:
                return "of-noun", syntax.subtree(inner), inner
    return None


def noun_is_clause(syntax: Syntax, noun: int, cue: Cue) -> Draft | None:
    """``their message is that ...``."""
    verb = syntax.head[noun]
    if syntax.dep[noun] != "nsubj" or syntax.lemma[verb] != "be" or "that" not in cue.frames:
        return None
    clause, who = syntax.child(verb, "ccomp"), syntax.child(noun, "poss")
    if clause is None or who is None:
        return None  # "the theory is that ...": nobody's
    return draft_of(
        syntax,
        cue,
        noun,
        (noun, verb),
        "that",
        syntax.subtree(clause),
        who,
        clause,
        "noun that is a clause",
    )


def feeling(syntax: Syntax, adjective: int, cue: Cue) -> Draft | None:
    """``she is confident that ...``, ``he was worried about ...``."""
    verb = syntax.head[adjective]
    if syntax.dep[adjective] not in ("acomp", "ROOT") or syntax.lemma[verb] not in _LINKS:
        return None
    who = any_subject(syntax, verb)
    if who is None or syntax.word[who].lower() in _NOBODY:
        return None
    for child in syntax.children[adjective]:
        if child < adjective:
            continue
        inner: int | None = None
        frame = ""
        if syntax.dep[child] == "ccomp" and not is_infinitive(syntax, child):
            frame, inner = "that", child
        elif syntax.dep[child] == "prep" and f"pp-{syntax.word[child].lower()}" in cue.frames:
            frame, inner = f"pp-{syntax.word[child].lower()}", syntax.child(child, "pobj", "pcomp")
        if inner is not None and frame in cue.frames:
            return draft_of(
                syntax,
                cue,
                adjective,
                (verb, adjective),
                frame,
                syntax.subtree(inner),
                who,
                inner,
                "adjective and its clause",
                f"be {cue.lemma}",
            )
    return None
