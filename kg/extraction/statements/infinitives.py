"""Cues with an infinitive or a gerund: "hopes to win", "urged them to wait", "denied taking money"."""

from __future__ import annotations

from kg.extraction.statements.content import draft_of, is_infinitive, verb_group
from kg.extraction.statements.cues import Cue
from kg.extraction.statements.draft import Draft
from kg.extraction.statements.sources import agent, is_passive, subject
from kg.extraction.statements.syntax import Syntax


def infinitive(syntax: Syntax, verb: int, cue: Cue) -> Draft | None:
    """``WIPO hopes to promote ...``, ``urged them to resign``, ``wants them to resign``, ``is expected to resign``."""
    clause = _clause(syntax, verb)
    if clause is None:
        return None
    addressees = [c for c in syntax.children[verb] if syntax.dep[c] in ("dobj", "dative", "prep") and verb < c < clause]
    if syntax.dep[clause] == "advcl" and not _has_for(syntax, clause) and not (addressees and "obj-to" in cue.frames):
        return None  # "he called to say goodbye": a purpose, not what was said
    if is_passive(syntax, verb):
        return _of_passive(syntax, verb, cue, clause)
    own = syntax.child(clause, "nsubj", "nsubjpass")
    if own is not None:
        return _with_subject(syntax, verb, cue, clause, own)
    if addressees:
        found = _with_addressee(syntax, verb, cue, clause, addressees[0])
        if found is not None:
            return found
    return _finish(syntax, verb, cue, "to", syntax.subtree(clause), clause, "infinitive")


def _clause(syntax: Syntax, verb: int) -> int | None:
    later = (c for c in syntax.children[verb] if c > verb and syntax.dep[c] in ("xcomp", "ccomp", "advcl"))
    return next((c for c in later if is_infinitive(syntax, c)), None)


def _has_for(syntax: Syntax, clause: int) -> bool:
    return any(syntax.word[c].lower() == "for" for c in syntax.children[clause])


def _finish(
    syntax: Syntax, verb: int, cue: Cue, frame: str, tokens: list[int], clause: int, reason: str
) -> Draft | None:
    if frame not in cue.frames:
        return None
    who = agent(syntax, verb) if is_passive(syntax, verb) else subject(syntax, verb)
    tokens = tokens + _second_infinitive(syntax, verb, clause)
    return draft_of(syntax, cue, verb, verb_group(syntax, verb), frame, tokens, who, clause, reason)


def _second_infinitive(syntax: Syntax, verb: int, clause: int) -> list[int]:
    """``is vowing to repair and in most places widen the road``, where "widen" is joined to the cue."""
    found: list[int] = []
    for child in syntax.children[verb] if syntax.tag[verb] in ("VBD", "VBZ", "VBG", "VBN") else []:
        bare = syntax.tag[child] in ("VB", "VBP") and syntax.child(child, "nsubj", "aux") is None
        if child > clause and syntax.dep[child] == "conj" and bare:
            words = syntax.subtree(child)
            found += [c for c in syntax.children[verb] if syntax.dep[c] == "cc" and c == words[0] - 1] + words
    return found


def _of_passive(syntax: Syntax, verb: int, cue: Cue, clause: int) -> Draft | None:
    """``they were urged by Ruiz to wait`` (an addressee), ``it is expected to fall`` (the subject of what is said)."""
    frame = next((f for f in ("obj-to", "acc-to", "that", "to") if f in cue.frames), "")
    if frame == "obj-to" and agent(syntax, verb) is None:
        return None  # "they were urged to wait": what they were told, not by whom
    if frame == "that" and (cue.grade(frame) == "stance" or cue.act(frame) == "question"):
        return None  # "is supposed to close", "was pressed to close"
    tokens, patient = syntax.subtree(clause), syntax.child(verb, "nsubjpass", "nsubj")
    if frame != "obj-to" and patient is not None:
        tokens += syntax.subtree(patient)
    return _finish(syntax, verb, cue, frame, tokens, clause, "infinitive of a passive cue")


def _with_subject(syntax: Syntax, verb: int, cue: Cue, clause: int, own: int) -> Draft | None:
    """``urged them to wait``, ``called for them to wait``, where "them" is parsed as subject of the infinitive."""
    tokens = syntax.subtree(clause)
    if "obj-to" in cue.frames and "acc-to" not in cue.frames and syntax.dep[clause] != "advcl" and own < clause:
        return _finish(syntax, verb, cue, "obj-to", tokens, clause, "addressee and infinitive")
    frame = next((f for f in ("acc-to", "pp-for", "that") if f in cue.frames), "")
    conjunctions = {c for c in syntax.children[clause] if syntax.dep[c] == "mark" and syntax.word[c].lower() == "for"}
    tokens = [t for t in tokens if t not in conjunctions]
    return _finish(syntax, verb, cue, frame, tokens, clause, "subject and infinitive")


def _with_addressee(syntax: Syntax, verb: int, cue: Cue, clause: int, addressee: int) -> Draft | None:
    """``urged them to wait``, ``wants them to wait`` (content: them to wait), ``called on them to wait`` (to wait)."""
    tokens = syntax.subtree(clause)
    if "obj-to" in cue.frames:
        if syntax.dep[addressee] == "dobj" and syntax.subtree(addressee)[-1] == tokens[0] - 1:
            tokens += syntax.subtree(addressee)
        if syntax.dep[addressee] == "prep" and f"pp-{syntax.word[addressee].lower()}" in cue.frames:
            noun = syntax.child(addressee, "pobj")
            tokens += syntax.subtree(noun) if noun is not None else []
        return _finish(syntax, verb, cue, "obj-to", tokens, clause, "addressee and infinitive")
    if syntax.dep[addressee] != "dobj":
        return None
    return _finish(syntax, verb, cue, "acc-to", tokens + syntax.subtree(addressee), clause, "subject and infinitive")


def gerund(syntax: Syntax, verb: int, cue: Cue) -> Draft | None:
    """``denied taking money``."""
    clause = next(
        (
            c
            for c in syntax.children[verb]
            if syntax.dep[c] in ("xcomp", "ccomp") and c > verb and syntax.tag[c] == "VBG"
        ),
        None,
    )
    if clause is None or "ing" not in cue.frames:
        return None
    return draft_of(
        syntax,
        cue,
        verb,
        verb_group(syntax, verb),
        "ing",
        syntax.subtree(clause),
        subject(syntax, verb),
        clause,
        "gerund",
    )
