"""Whether the verb over a date looks back or ahead: "met on Tuesday" against "will meet on Tuesday"."""

from __future__ import annotations

from functools import cache

from kg.extraction.columns import Columns
from kg.words import classes


@cache
def word_class(name: str) -> frozenset[str]:
    """The words of one class of ``words/dates_classes.tsv``."""
    return frozenset(classes("dates_classes")[name])


def direction(c: Columns, i: int) -> int:
    """-1 where the words around token ``i`` tell of what has been, +1 of what is to come, 0 where they say neither."""
    first = i - 1
    while first > 0 and (c.lower[first][0].isdigit() or c.lower[first] in word_class("leading")):
        first -= 1  # "until the end of May", "effective 1 May"
    before = c.lower[first] if i else ""
    moving = moving_verb(c, first)
    if moving is not None:
        return max(0, _tense(c, moving))
    if before in word_class("limiting"):
        return _limit(c, first)
    if before in word_class("ahead"):
        return 1
    if before in word_class("back"):
        return -1
    seen = 0
    verb = i
    while seen < 8:
        if c.pos[verb] in {"VERB", "AUX"}:
            told = _tense(c, verb)
            if told:
                return told
        elif c.pos[verb] == "NOUN" and any(c.lemmas[j] in word_class("planning") and j < i for j in c.children[verb]):
            return 1
        if c.heads[verb] == verb:
            return 0
        verb = c.heads[verb]
        seen += 1
    return 0


def moving_verb(c: Columns, preposition: int) -> int | None:
    """The verb that gives something another date: "postponed from May to June", "moved the fair to Sunday"."""
    if preposition < 0 or c.lower[preposition] not in {"from", "to", "until", "till"}:
        return None
    above = c.heads[preposition]
    while c.deps[above] in {"prep", "advmod", "dobj"} and c.pos[above] != "VERB":
        above = c.heads[above]
    return above if c.lemmas[above] in word_class("moving") else None


def _limit(c: Columns, preposition: int) -> int:
    """Where a state ends: behind if told as past ("was mayor until June"), else ahead ("is closed until Friday")."""
    above = c.heads[preposition]
    while above != c.heads[above] and c.pos[above] not in {"VERB", "AUX"}:
        if c.deps[above] == "appos" or any(c.deps[j] == "appos" and j < preposition for j in c.children[above]):
            return 0  # "Jo Park, mayor until June, ..."
        above = c.heads[above]
    helpers = {c.lower[j] for j in c.children[above] if c.deps[j] in {"aux", "auxpass"}}
    if "had" in helpers and c.tags[above] == "VBN":
        return -1
    if c.lower[preposition] in word_class("deadline") or _tense(c, above) >= 0:
        return 1
    was = c.lemmas[above] == "be" and not any(c.deps[j] == "acomp" for j in c.children[above])
    return -1 if was or preposition < above or c.lemmas[above] in word_class("lasting") else 1


def _is_no_name(c: Columns, auxiliary: int) -> bool:
    """Whether "will" is the auxiliary, not a columnist: "in contrast, Will had only praise for the May 3 speech"."""
    starts = auxiliary == c.sentences[c.sentence_of[auxiliary]][0]
    return starts or not c.words[auxiliary].istitle() or c.tags[c.heads[auxiliary]] == "VB"


def _tense(c: Columns, verb: int) -> int:
    tag, lemma = c.tags[verb], c.lemmas[verb]
    helpers = [j for j in c.children[verb] if c.deps[j] in {"aux", "auxpass"}]
    if lemma in word_class("planning") and (tag != "VBD" or c.deps[verb] in {"pcomp", "acl"}):
        return 1  # also "with Ruiz expected to win in June"
    if lemma in word_class("planning") and any(c.lower[j] in {"is", "are", "was", "were"} for j in helpers):
        return 1
    if any(c.lower[j] in word_class("future") and _is_no_name(c, j) for j in helpers):
        return 1
    if tag == "VBD" or any(
        c.tags[j] in {"VBD", "VBN"} or c.lower[j] in {"has", "have", "had", "'ve", "’ve"} for j in helpers
    ):
        return -1
    if tag == "VBG" and any(c.tags[j] in {"VBZ", "VBP"} for j in helpers):
        return 1
    if tag in {"VBZ", "VBP"} and not helpers:
        return 1 if lemma in word_class("scheduled") or (lemma == "be" and c.pos[verb] == "AUX") else 0
    return 0
