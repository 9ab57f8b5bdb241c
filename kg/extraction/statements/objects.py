"""Cues with a noun phrase: "called the plan a mistake", "accused them of fraud", "called for calm"."""

from __future__ import annotations

from kg.extraction.statements.content import draft_of, first_of, opens_quotation, verb_group
from kg.extraction.statements.cues import Cue
from kg.extraction.statements.draft import Draft
from kg.extraction.statements.sources import agent, is_passive, subject
from kg.extraction.statements.syntax import CLAUSE_VERBS, Syntax
from kg.words import words

_PRONOUNS = frozenset(
    {"it", "this", "that", "so", "them", "him", "her", "me", "us", "you"}
    | {"himself", "herself", "themselves", "what", "which"}
)


def object_and_predicate(syntax: Syntax, verb: int, cue: Cue) -> Draft | None:
    """``called the plan a mistake``, ``identified deep science as an engine``, ``accused them of fraud``."""
    passive = is_passive(syntax, verb)
    who = agent(syntax, verb) if passive else subject(syntax, verb)
    patient = syntax.child(verb, "nsubjpass") if passive else syntax.child(verb, "dobj")
    if passive and patient is None and who is not None and syntax.dep[verb] in ("acl", "relcl"):
        patient = syntax.head[
            verb
        ]  # "a plan called reckless by Smith"; without agent, "a drink called Sunrise" only names
    found = _predicate(syntax, verb, cue, patient)
    if found is None:
        return None
    frame, predicate = found
    if who is None and cue.grade(frame) == "report":
        return None  # "is called Sunrise", "are accused of fraud": what one is called, not who calls one so
    tokens = syntax.subtree(predicate)
    if patient is not None:
        tokens = sorted({*tokens, *syntax.subtree(patient, {verb})})
    group = verb_group(syntax, verb)
    return draft_of(syntax, cue, verb, group, frame, tokens, who, predicate, "object and what is said of it")


def _predicate(syntax: Syntax, verb: int, cue: Cue, patient: int | None) -> tuple[str, int] | None:
    """What is said of the object, and its frame: a phrase with the preposition of the cue, or a complement."""
    after = [c for c in syntax.children[verb] if c > verb]
    within = syntax.children[patient] if patient is not None else []
    for child in (*after, *within):
        frame = f"np-{syntax.word[child].lower()}"
        if syntax.dep[child] == "prep" and frame in cue.frames and patient is not None and syntax.children[child]:
            return frame, child
    for place in after if "np-as" in cue.frames and patient is not None else ():
        quoted_as = next(
            (t for t in syntax.subtree(place) if syntax.word[t] == "as" and opens_quotation(syntax, t + 1)), 0
        )
        if quoted_as and syntax.dep[place] == "prep" and syntax.children[quoted_as]:
            return "np-as", quoted_as  # "praised it in a statement as "a comedy that ...""
    if "oprd" not in cue.frames:
        return None
    for child in within:
        if syntax.dep[child] == "appos" and opens_quotation(syntax, first_of(syntax, child)):
            return "oprd", child  # "called the project "a waste""
    for child in after:
        second = syntax.dep[child] == "dobj" and child != patient  # "branded it an "outlaw nation""
        if (second or syntax.dep[child] in ("oprd", "acomp", "attr")) and patient is not None:
            return "oprd", child
        small_clause = syntax.dep[child] in ("ccomp", "xcomp") and syntax.pos[child] not in CLAUSE_VERBS
        if small_clause and (patient is not None or syntax.child(child, "nsubj") is not None):
            return "oprd", child
    return None


def noun_object(syntax: Syntax, verb: int, cue: Cue) -> Draft | None:
    """``announced a deal``, ``dismissed the claim``; passive: ``the deal was announced by the firm``."""
    if "np" not in cue.frames:
        return None
    passive = is_passive(syntax, verb)
    noun = syntax.child(verb, "nsubjpass") if passive else syntax.child(verb, "dobj")
    who = agent(syntax, verb) if passive else subject(syntax, verb)
    if noun is None or who is None or (noun < verb and not passive):
        return None
    if passive and cue.act("np") == "question":
        return None  # the captain was questioned by the police
    asides = {
        c for c in syntax.children[noun] if syntax.dep[c] == "relcl" and _after_comma(syntax, first_of(syntax, c))
    }
    tokens = syntax.subtree(noun, asides)
    if len(tokens) == 1 and syntax.word[noun].lower() in _PRONOUNS:
        return None
    if cue.act("np") == "commitment" and not passive:  # "promised 140 jobs by next spring"
        later = [c for c in syntax.children[verb] if c > noun and syntax.dep[c] == "prep"]
        tokens += [t for c in later for t in syntax.subtree(c)]
    return draft_of(syntax, cue, verb, verb_group(syntax, verb), "np", tokens, who, noun, "noun object")


def prepositional_object(syntax: Syntax, verb: int, cue: Cue) -> Draft | None:
    """``complained about the delay``, ``called for calm so that talks could begin``; not ``testified on Monday``."""
    who = subject(syntax, verb)
    if who is None:
        return None
    addressee = syntax.child(verb, "dobj") if "whom" in cue.frames else None
    about = [c for c in syntax.children[addressee] if c > addressee] if addressee is not None else []
    for child in [*syntax.children[verb], *about]:  # "complained about it"; "reminded the staff about it"
        frame = f"pp-{syntax.word[child].lower()}"
        inner = syntax.child(child, "pobj", "pcomp")
        if child < verb or syntax.dep[child] != "prep" or frame not in cue.frames or inner is None:
            continue
        if syntax.lemma[inner] in words("speech_times"):
            continue
        tokens = syntax.subtree(inner)
        if frame == "pp-to":  # "referred to her as "a friend""
            called = [c for c in syntax.children[verb] if c > inner and syntax.word[c].lower() == "as"]
            tokens += [t for c in called if syntax.dep[c] == "prep" for t in syntax.subtree(c)]
        for clause in (c for c in syntax.children[verb] if c > inner and syntax.dep[c] == "advcl"):
            if syntax.tag[clause] != "VBG" and not _after_comma(syntax, first_of(syntax, clause)):
                tokens += syntax.subtree(clause)
        first, last = verb_group(syntax, verb)
        group = (first, child) if child - last == 1 else (first, last)
        lemma = f"{cue.lemma} {syntax.word[child].lower()}"
        return draft_of(syntax, cue, verb, group, frame, tokens, who, inner, "object of a preposition", lemma)
    return None


def _after_comma(syntax: Syntax, i: int) -> bool:
    before = syntax.before_marks(i)
    return before >= 0 and syntax.word[before] == ","
