"""How surely something was said, and how: confidence, speech act, polarity and modality of a draft (docs/statements.md)."""

from __future__ import annotations

from kg.extraction.statements.draft import Draft
from kg.extraction.statements.syntax import CLAUSE_VERBS, Syntax

_GRADE = {"utterance": 0.95, "report": 0.92, "evidence": 0.85, "stance": 0.8, "weak": 0.6}
_AT_MOST = {"that": 1.0, "quote": 1.0, "to": 0.92, "obj-to": 0.9}
_OTHER_FRAMES = 0.85  # objects and phrases: "criticised the plan", "called for calm"
_NO_SOURCE = 0.1
CONTINUED = 0.8

_UNREALISED_ACTS = frozenset({"hope", "commitment", "directive"})
_POSSIBLE = frozenset({"may", "might", "could", "perhaps", "possibly", "maybe"})
_PROBABLE = frozenset({"probably", "likely", "presumably"})
_DEMANDED = frozenset({"should", "must", "ought"})
_AGENTS = frozenset({"i", "we", "he", "she", "they"})
_PURSUE = frozenset(
    {
        "continue",
        "work",
        "strive",
        "keep",
        "seek",
        "promote",
        "support",
        "help",
        "build",
        "strengthen",
        "invest",
        "launch",
        "provide",
        "make",
        "take",
        "increase",
        "expand",
        "improve",
    }
)


def confidence(draft: Draft) -> float:
    """The trust in a draft: its cue's grade, at most that of its frame, less for what made the reading doubtful."""
    sure = min(_GRADE[draft.grade], _AT_MOST.get(draft.frame, _OTHER_FRAMES))
    return round(max(0.3, sure - draft.doubts - (_NO_SOURCE if draft.source is None else 0.0)), 2)


def polarity(syntax: Syntax, draft: Draft) -> str:
    """negative where the speaker denies, or where the main verb of the content is negated."""
    if draft.act == "denial":
        return "negative"
    clause = draft.clause
    if clause is not None and any(syntax.dep[c] == "neg" for c in syntax.children[clause]):
        return "negative"
    return "positive"


def modality(syntax: Syntax, clause: int | None, act: str) -> str:
    """certain, probable, possible or unrealised."""
    if act in _UNREALISED_ACTS:
        return "unrealised"
    if clause is None:
        return "certain"
    words = {syntax.word[c].lower() for c in syntax.children[clause] if syntax.dep[c] in ("aux", "advmod", "acomp")}
    words.add(syntax.word[clause].lower())
    if words & _DEMANDED or ("would" in words and _has_if(syntax, clause)):
        return "unrealised"
    if words & _POSSIBLE:
        return "possible"
    if words & _PROBABLE or (syntax.lemma[clause] == "expect" and syntax.child(clause, "auxpass") is not None):
        return "probable"
    return "certain"


def _has_if(syntax: Syntax, clause: int) -> bool:
    return any(
        syntax.dep[c] == "advcl" and any(syntax.word[k].lower() == "if" for k in syntax.children[c])
        for c in syntax.children[clause]
    )


def is_commitment(syntax: Syntax, clause: int | None) -> bool:
    """Whether a plain clause commits: an agent who ``will`` do something ("Beijing will continue to promote ...")."""
    if clause is None or syntax.pos[clause] not in CLAUSE_VERBS:
        return False
    if not any(
        syntax.dep[c] == "aux" and syntax.word[c].lower() in ("will", "'ll", "’ll", "shall")
        for c in syntax.children[clause]
    ):
        return False
    subject = syntax.child(clause, "nsubj")
    if subject is None or syntax.lemma[clause] in ("be", "have", "become", "remain", "need", "see", "face"):
        return False
    return syntax.word[subject].lower() in ("i", "we") or (
        syntax.pos[subject] == "PROPN" and syntax.lemma[clause] in _PURSUE
    )


_ = _AGENTS
