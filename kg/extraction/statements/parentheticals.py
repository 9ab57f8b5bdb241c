"""Cues within or behind a clause: "the plan, he said, would fail", "as Okafor told reporters, prices have dropped"."""

from __future__ import annotations

from kg.extraction.statements.content import draft_of, verb_group
from kg.extraction.statements.cues import Cue
from kg.extraction.statements.draft import Draft
from kg.extraction.statements.sources import subject
from kg.extraction.statements.syntax import CLAUSE_VERBS, Syntax


def parenthetical(syntax: Syntax, verb: int, cue: Cue) -> Draft | None:
    """``the plan, he said, would fail``; ``as Okafor told reporters, prices have dropped``."""
    if "that" not in cue.frames or syntax.head[verb] == verb:
        return None
    head, dep = syntax.head[verb], syntax.dep[verb]
    as_clause = dep == "advcl" and any(
        syntax.dep[c] == "mark" and syntax.word[c].lower() == "as" for c in syntax.children[verb]
    )
    taken = ("mark", "ccomp", "xcomp") if "whom" in cue.frames else ("mark", "ccomp", "xcomp", "dobj")
    beside = dep in ("parataxis", "ccomp", "dep") and syntax.child(verb, *taken) is None
    if dep == "ccomp" and beside:
        beside = syntax.lemma[head] not in ("say", "tell") and _comma_between(syntax, verb, head)
    if not (as_clause or beside) or syntax.pos[head] not in CLAUSE_VERBS:
        return None
    if as_clause and _has_object(syntax, verb, cue):
        return None  # "fell as it reported losses"
    who = subject(syntax, verb)
    if who is None or (beside and syntax.child(verb, "nsubj") is None):
        return None
    tokens = syntax.subtree(head, {verb, *_next_clauses(syntax, head, verb)})
    parted = parted_subjects(syntax, verb)
    if parted is not None:
        tokens, who = tokens + syntax.subtree(parted[0]), parted[1]
    if goes_ahead(syntax, verb, who):
        tokens = [t for t in tokens if t > verb]
    return draft_of(syntax, cue, verb, verb_group(syntax, verb), "that", tokens, who, head, "parenthetical cue")


def goes_ahead(syntax: Syntax, verb: int, who: int) -> bool:
    """``It is hard to know, I think these things are unclear``: a comma before the speaker but none behind the cue."""
    first, last = syntax.subtree(who)[0], verb_group(syntax, verb)[1]
    ends = last + 1 == len(syntax) or syntax.is_blank(last + 1)
    return who < verb and syntax.word[first - 1] in (",", ";", "—", "–", "-") and not ends


def _next_clauses(syntax: Syntax, head: int, verb: int) -> list[int]:
    """``This, I think, was wise, but few agreed``: the clauses after the one in which the cue stands."""
    after = [c for c in syntax.children[head] if c > verb and syntax.dep[c] == "conj"]
    return [c for c in after if syntax.child(c, "nsubj", "nsubjpass", "expl") is not None]


def parted_subjects(syntax: Syntax, verb: int) -> tuple[int, int] | None:
    """``The boats, said Ruiz, are lost``: two subjects of the cue, the first that of the clause, before a comma."""
    subjects = [c for c in syntax.children[verb] if syntax.dep[c] == "nsubj"]
    if len(subjects) != 2 or not subjects[0] < verb < subjects[1] or syntax.word[verb - 1] != ",":
        return None
    return (subjects[0], subjects[1]) if syntax.subtree(subjects[1])[0] == verb + 1 else None


def _has_object(syntax: Syntax, verb: int, cue: Cue) -> bool:
    """Whether the cue has content of its own, a noun or a phrase with a preposition that it takes."""
    for child in syntax.children[verb]:
        if child > verb and syntax.dep[child] in ("dobj", "ccomp", "xcomp") and "whom" not in cue.frames:
            return True
        if syntax.dep[child] == "prep" and f"pp-{syntax.word[child].lower()}" in cue.frames:
            return True
    return False


def _comma_between(syntax: Syntax, a: int, b: int) -> bool:
    low, high = min(a, b), max(a, b)
    return any(syntax.word[i] in (",", "—", "–", "-") for i in range(low, high))
