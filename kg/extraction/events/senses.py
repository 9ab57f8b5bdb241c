"""Whether a word that can tell of an event does so here: "executed the spy", not "executed the plan"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.extraction.columns import Columns
from kg.extraction.events.clauses import helpers, polarity, subject, verb_over
from kg.extraction.events.words import nouns_for_people, word_class
from kg.facts import EntityKind

if TYPE_CHECKING:
    from kg.extraction.reading import Reading

_SOMEBODY = {EntityKind.PERSON, EntityKind.ORGANISATION}
_OTHERWISE = {
    "attack": "verbal",
    "battle": "bloodless",
    "fire": "firearms",
    "rally": "priced",
    "takeover": "seizing",
    "war": "bloodless",
}
"""Nouns, and the class of words before them with which they tell of no event of their type."""
_DEFINITE = frozenset({"the", "this", "that"})


def verb_tells(reading: Reading, c: Columns, verb: int) -> bool:
    """Whether a verb that tells of an event only with a certain object ("won the prize", "fired the coach") has it."""
    lemma = c.lemmas[verb]
    if lemma in word_class("needing_prize"):
        return any(c.deps[j] in {"dobj", "oprd"} and c.lower[j] in word_class("prizes") for j in c.children[verb])
    if lemma in word_class("needing_clause"):
        return any(c.deps[j] == "ccomp" for j in c.children[verb])
    if lemma in word_class("evaluating") and any(c.lower[j] == "as" and not _is_post(c, j) for j in c.children[verb]):
        return False
    if lemma == "die":
        told = subject(c, verb)
        return told is None or c.pos[told[0]] != "NOUN" or c.lemmas[told[0]] not in word_class("lifeless")
    if lemma == "open" and any(c.deps[j] == "dobj" and c.lower[j] == "fire" for j in c.children[verb]):
        return False
    if lemma in word_class("showing") and any(c.deps[j] in {"dobj", "ccomp"} for j in c.children[verb]):
        return False
    if lemma in word_class("needing_person"):
        patients = _patients(c, verb)
        if not patients:
            return lemma in word_class("reciprocal") or c.tags[verb] == "VBN"
        return any(_can_be_somebody(reading, c, j) for j in patients)
    return True


def _is_post(c: Columns, preposition: int) -> bool:
    """Whether "as" is followed by a post: "dismissed as director", not "as a clown" or "as being a clown"."""
    posts = [j for j in c.children[preposition] if c.deps[j] == "pobj"]
    return bool(posts) and not any(c.lower[k] in {"a", "an"} for j in posts for k in c.children[j])


def _patients(c: Columns, verb: int) -> list[int]:
    """What the verb is done to: its object, or the subject of its passive."""
    own = [j for j in c.children[verb] if c.deps[j] in {"dobj", "nsubjpass"}]
    told = subject(c, verb) if c.tags[verb] == "VBN" and not own else None
    patients = own or ([told[0]] if told and told[1] == "nsubjpass" else [])
    clause = c.heads[verb]  # "the plan, which was executed"
    return [clause if c.lower[j] in {"that", "which"} and c.deps[verb] == "relcl" else j for j in patients]


def _can_be_somebody(reading: Reading, c: Columns, i: int) -> bool:
    """Whether a noun phrase can mean a person or a body of people."""
    reference = reading.references.get(i)
    entity = reading.entity(reference.key) if reference else None
    if entity:
        return bool(entity.kinds & _SOMEBODY)
    if c.pos[i] == "NOUN":
        return c.lemmas[i].lower() in nouns_for_people()
    return c.lower[i] not in word_class("things")


def noun_tells(c: Columns, i: int) -> bool:
    """Whether a noun has the sense in which it tells of an event: "a trial", not "a clinical trial"."""
    children = c.children[i]
    complements = {c.lower[j] for j in children if c.deps[j] == "prep" and j > i}
    owned = any(c.tags[j] == "PRP$" for j in children)
    if c.deps[i] == "pobj" and c.lower[c.heads[i]] == "under":
        return any(c.deps[j] in {"det", "poss"} for j in children)  # "under fire", "under house arrest" are states
    before = {c.lower[j] for j in children if j < i}
    if c.lemmas[i] in _OTHERWISE and before & word_class(_OTHERWISE[c.lemmas[i]]):
        return False
    if c.lemmas[i] == "nomination" and c.deps[i] == "dobj" and c.lemmas[c.heads[i]] in word_class("winning"):
        return False  # "won the nomination"
    if c.lemmas[i] == "campaign" and _is_staff(c, i):
        return False
    if c.lemmas[i] == "fire" and c.deps[i] == "dobj" and c.lemmas[c.heads[i]] in word_class("exchanging"):
        return False
    if c.lemmas[i] == "opening" and not before and "of" not in complements:
        return False  # "rivals see opening"
    if c.lemmas[i] == "trial" and any(c.lower[j] in word_class("tested") for j in children):
        return False
    if c.lemmas[i] in word_class("aims") and owned:
        return bool(complements & {"to", "in"})  # "our mission", but "its mission to Mars"
    return not (c.lemmas[i] in word_class("shows_and_heaps") and _shows(c, i))


def _is_staff(c: Columns, i: int) -> bool:
    """Whether a campaign is those who run it: "the campaign said", "a statement released by the campaign"."""
    above = c.heads[i]
    if c.deps[i] == "pobj" and c.lower[above] == "by":
        return c.lemmas[c.heads[above]] in word_class("of_staff")
    return c.deps[i] == "nsubj" and c.lemmas[above] in word_class("of_staff")


def _shows(c: Columns, i: int) -> bool:
    """Whether a show or a heap is "of" something: not the flood "of 1953", nor the demonstration "of 5,000 farmers"."""
    told = [k for j in c.children[i] if c.lower[j] == "of" and j > i for k in c.children[j] if c.deps[k] == "pobj"]
    return bool(told) and not any(c.pos[k] == "NUM" or any(c.pos[n] == "NUM" for n in c.children[k]) for k in told)


def is_particular(c: Columns, i: int, headline: bool) -> bool:
    """Whether the words at a mention tell of one happening: "the fire", "a fire broke out", not "a close election"."""
    verb = verb_over(c, i)
    if verb is not None and polarity(c, verb) not in {None, "planned"}:
        return False
    past = verb is not None and (_is_past(c, verb) or (headline and c.tags[verb] in {"VBZ", "VBP"}))
    if c.pos[i] == "VERB":
        return past
    if c.tags[i] in {"NNS", "NNPS"}:
        return False
    if any(c.lower[j] in _DEFINITE or (c.deps[j] == "poss" and c.ents[j] == "DATE") for j in c.children[i]):
        return True  # "the vote", "Thursday's vote"
    return past and c.deps[i] in {"nsubj", "nsubjpass", "dobj", "attr"}


def _is_past(c: Columns, verb: int) -> bool:
    tags = {c.tags[verb]} | {c.tags[j] for j in helpers(c, verb)}
    had = {c.lower[j] for j in helpers(c, verb)} & {"has", "have", "had"}
    return "VBD" in tags or bool(had)
