"""Indirect statements: every cue is tried against the constructions of its part of speech; the first that fits wins."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from kg.extraction.statements.clauses import clause_object
from kg.extraction.statements.cues import Cue, Lexicon, cue_at
from kg.extraction.statements.draft import Draft
from kg.extraction.statements.fragments import fragment_object, verbs_read_as_nouns
from kg.extraction.statements.infinitives import gerund, infinitive
from kg.extraction.statements.nouns import feeling, noun_is_clause, possessed_noun, voiced_noun
from kg.extraction.statements.objects import noun_object, object_and_predicate, prepositional_object
from kg.extraction.statements.parentheticals import parenthetical
from kg.extraction.statements.phrases import according_to
from kg.extraction.statements.syntax import Syntax

Construction = Callable[[Syntax, int, Cue], Draft | None]

_BY_PART: dict[str, tuple[Construction, ...]] = {
    "verb": (
        clause_object,
        infinitive,
        object_and_predicate,
        parenthetical,
        gerund,
        prepositional_object,
        noun_object,
        fragment_object,
    ),
    "noun": (voiced_noun, possessed_noun, noun_is_clause),
    "adjective": (feeling,),
}
_PARTS = {"VERB": "verb", "AUX": "verb", "NOUN": "noun", "PROPN": "noun", "ADJ": "adjective"}


def read_constructions(syntax: Syntax, lexicon: Lexicon) -> list[Draft]:
    """One draft for every cue of the text that has content of its own, in text order."""
    found = []
    for i, cue in _cues_in(syntax, lexicon):
        drafts = (construct(syntax, i, cue) for construct in _BY_PART[cue.part])
        draft = next((d for d in drafts if d is not None and d.content), None)
        if draft is not None and not ("own" in cue.frames and not _is_own(syntax, draft)):
            found.append(draft)
    found.extend(according_to(syntax))
    found.extend(verbs_read_as_nouns(syntax, lexicon))
    found.sort(key=lambda d: d.cue_head)
    return found


def _is_own(syntax: Syntax, draft: Draft) -> bool:
    """Whether the source is the one who speaks: "I mean it works", not "this means it works"."""
    return draft.source_head is not None and syntax.word[draft.source_head].lower() in ("i", "we")


def _cues_in(syntax: Syntax, lexicon: Lexicon) -> Iterator[tuple[int, Cue]]:
    for i, pos in enumerate(syntax.pos):
        part = _PARTS.get(pos)
        cue = cue_at(syntax, lexicon, i, part) if part is not None else None
        if cue is not None:
            yield i, cue
