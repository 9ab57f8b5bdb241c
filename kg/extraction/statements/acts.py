"""How surely and how something was said: confidence, polarity and modality of a draft (see docs/statements.md)."""

from __future__ import annotations

from bisect import bisect_left
from functools import cache

from kg.extraction.negation import is_denied
from kg.extraction.roles.grammar import CONDITIONS, supposing
from kg.extraction.statements.draft import Draft
from kg.extraction.statements.syntax import CLAUSE_VERBS, Syntax
from kg.words import table, words

_GRADE = {"utterance": 0.95, "report": 0.88, "evidence": 0.85, "stance": 0.8, "weak": 0.6}
_AT_MOST = {"that": 1.0, "quote": 1.0, "to": 0.92, "obj-to": 0.88}
_OTHER_FRAMES = 0.85  # objects and phrases: "criticised the plan", "called for calm"
_NO_SOURCE = 0.1
_UNSAID = 0.3
CONTINUED = 0.8

_UNREALISED_ACTS = frozenset({"hope", "commitment", "directive"})
_POSSIBLE = frozenset({"may", "might", "could", "perhaps", "possibly", "maybe"})
_PROBABLE = frozenset({"probably", "likely", "presumably"})
_DEMANDED = frozenset({"should", "must", "ought"})
_UNREAL_AUXILIARIES = frozenset({"would", "could", "might", "may", "should", "can", "must"})
_PARTIES = frozenset({"i", "we", "he", "she", "it", "they"})
_HARDLY_ANYBODY = frozenset({"few", "nobody", "none", "no-one"})
_COUNTED = frozenset(
    ["a", "quite", "the", "these", "those", "first", "last", "only", "my", "your", "his", "her", "its", "our", "their"]
)
_WILL = frozenset({"will", "shall", "'ll", "’ll"})


def confidence(syntax: Syntax, draft: Draft) -> float:
    """The trust in a draft: its cue's grade, at most that of its frame, less for what made the reading doubtful."""
    sure = min(_GRADE[draft.grade], _AT_MOST.get(draft.frame, _OTHER_FRAMES))
    sure -= (
        draft.doubts + (_NO_SOURCE if draft.source is None else 0.0) + (_UNSAID if is_unsaid(syntax, draft) else 0.0)
    )
    return round(max(0.3, sure), 2)


def is_unsaid(syntax: Syntax, draft: Draft) -> bool:
    """Whether the cue itself is negated or only imagined: "has not said why", "would argue", "if she says"."""
    cue = draft.cue_head
    if draft.cue is None or draft.act == "denial":
        return False
    if draft.source_head is not None and (
        is_neither(syntax, draft.source_head) or _is_hardly_anybody(syntax, draft.source_head)
    ):
        return True
    if syntax.pos[cue] == "ADJ":
        cue = syntax.head[cue]  # "if she is sure that ..."
    if is_denied(syntax.columns, cue):
        return True
    if any(syntax.dep[c] == "aux" and syntax.word[c].lower() in _UNREAL_AUXILIARIES for c in syntax.children[cue]):
        return True
    if syntax.dep[cue] == "xcomp" and syntax.lemma[syntax.head[cue]] in ("decline", "refuse", "fail"):
        return True
    return _is_supposed(syntax, cue) or (draft.frame != "quote" and _is_asked(syntax, cue))


def _is_supposed(syntax: Syntax, verb: int) -> bool:
    """Whether a verb is under a condition, itself or with what it is joined to, or what somebody hopes or imagines."""
    while True:
        if any(syntax.dep[c] == "mark" and syntax.word[c].lower() in CONDITIONS for c in syntax.children[verb]):
            return True
        if syntax.dep[verb] != "conj" or syntax.pos[syntax.head[verb]] not in CLAUSE_VERBS:
            break
        verb = syntax.head[verb]
    above = syntax.head[verb]
    return syntax.dep[verb] == "ccomp" and "verb" in supposing(syntax.word[above].lower(), syntax.lemma[above])


def _is_asked(syntax: Syntax, verb: int) -> bool:
    """Whether one asks if it is said or thought at all: "Does anyone believe that ...?"."""
    begun = [c for c in syntax.children[verb] if c < verb and syntax.dep[c] in ("aux", "nsubj", "advmod", "dobj")]
    asked = [syntax.dep[c] for c in begun][:2] == ["aux", "nsubj"]
    sentence = syntax.sentences[syntax.sentence[verb]]
    return asked and syntax.text[slice(*sentence)].rstrip("\"'”’) ").endswith("?")


def _is_hardly_anybody(syntax: Syntax, noun: int) -> bool:
    """Whether a noun or pronoun denies that many think so: "few believe", "no one", "none of them", not "a few"."""
    near = [
        noun,
        *(c for c in syntax.children[noun] if c < noun and syntax.dep[c] in ("amod", "det", "nummod", "poss")),
    ]
    words_before = {syntax.word[i].lower() for i in near}
    if words_before & _COUNTED:
        return False
    return bool(words_before & _HARDLY_ANYBODY) or (
        syntax.word[noun].lower() == "one" and syntax.word[max(0, noun - 1)].lower() == "no"
    )


def is_neither(syntax: Syntax, noun: int) -> bool:
    """Whether a noun stands with "neither": "neither man", "neither Holt nor Ruiz"."""
    return any(syntax.word[c].lower() == "neither" for c in syntax.children[noun])


def speech_act(syntax: Syntax, draft: Draft, clause: int | None) -> str:
    """The act of the cue's class, seen together with the content: questions, undertakings, what was never said."""
    if draft.cue is not None and (is_unsaid(syntax, draft) or _is_silence(syntax, draft)):
        return "other"
    if draft.act == "assertion" and draft.frame == "quote" and syntax.text[draft.content[-1].end - 1] == "?":
        return "question"
    if draft.act == "assertion" and draft.grade == "utterance" and is_commitment(syntax, clause):
        return "commitment"
    return draft.act


def _is_silence(syntax: Syntax, draft: Draft) -> bool:
    """Whether somebody would not speak, which denies nothing: "declined to comment", "refused to answer"."""
    if draft.lemma not in ("decline", "refuse") or draft.frame != "to" or draft.clause is None:
        return False
    return syntax.lemma[draft.clause] in _telling_verbs()


@cache
def _telling_verbs() -> frozenset[str]:
    """The verbs with which one makes known: "comment", "answer", "explain", not "endorse" or "threaten"."""
    telling = {
        name
        for name, _, act, grade, *_ in table("cue_classes")
        if act == "assertion" and grade in ("utterance", "report")
    }
    return frozenset(lemma for lemma, part, cue_class in table("cues") if part == "v" and cue_class in telling)


def polarity(syntax: Syntax, clause: int | None, act: str) -> str:
    """negative where the speaker denies, or where the main verb of the content is negated."""
    if act == "denial":
        return "negative"
    if clause is not None and is_denied(syntax.columns, clause):
        return "negative"
    return "positive"


def modality(syntax: Syntax, clause: int | None, act: str) -> str:
    """certain, probable, possible or unrealised."""
    if act in _UNREALISED_ACTS:
        return "unrealised"
    if clause is None:
        return "certain"
    found = {syntax.word[c].lower() for c in syntax.children[clause] if syntax.dep[c] in ("aux", "advmod", "acomp")}
    found.add(syntax.word[clause].lower())
    if found & _DEMANDED or ("would" in found and _has_if(syntax, clause)):
        return "unrealised"
    if found & _POSSIBLE:
        return "possible"
    if found & _PROBABLE or (syntax.lemma[clause] == "expect" and syntax.child(clause, "auxpass") is not None):
        return "probable"
    return "certain"


def _has_if(syntax: Syntax, clause: int) -> bool:
    return any(
        syntax.dep[c] == "advcl" and any(syntax.word[k].lower() == "if" for k in syntax.children[c])
        for c in syntax.children[clause]
    )


def is_commitment(syntax: Syntax, clause: int | None) -> bool:
    """Whether a clause undertakes something: a party "will" do what one can resolve to do ("we will build ...")."""
    if clause is None or syntax.lemma[clause] not in words("speech_undertakings"):
        return False
    if not any(syntax.dep[c] == "aux" and syntax.word[c].lower() in _WILL for c in syntax.children[clause]):
        return False
    subject = syntax.child(clause, "nsubj")
    return subject is not None and (syntax.pos[subject] == "PROPN" or syntax.word[subject].lower() in _PARTIES)


def main_verb(syntax: Syntax, draft: Draft) -> int | None:
    """The verb that the content is about: its clause, or the topmost verb of its first span."""
    if draft.clause is not None:
        return draft.clause
    first = draft.content[0]
    inside = range(bisect_left(syntax.begin, first.begin), bisect_left(syntax.begin, first.end))
    verbs = (i for i in inside if syntax.pos[i] in CLAUSE_VERBS)
    return next((i for i in verbs if syntax.head[i] not in inside or syntax.head[i] == i), None)
