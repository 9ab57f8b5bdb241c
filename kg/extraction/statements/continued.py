"""Speech that carries on without a cue of its own: quotations that stand alone, and reported speech through a paragraph."""

from __future__ import annotations

from kg.extraction.statements.draft import Draft
from kg.extraction.statements.quotation import ends_like_speech
from kg.extraction.statements.quotes import Quotes
from kg.extraction.statements.syntax import CLAUSE_VERBS, Syntax
from kg.facts import TextSpan

_SPOKEN = frozenset({"utterance", "report"})


def carried_on_quotations(syntax: Syntax, quotes: Quotes, drafts: list[Draft]) -> list[Draft]:
    """The drafts with one more for each quotation that stands alone directly after the sentence of a statement.

    ``The mayor said the bridge was safe. "We tested it twice."`` - and the same where the quotation opens the next
    paragraph.
    """
    taken = {q for draft in drafts for q in draft.quoted}
    found = list(drafts)
    for q, quotation in enumerate(quotes.list):
        if q in taken or not quotes.starts_sentence(q) or not _is_sentence(syntax, quotes, q):
            continue
        before = quotes.previous(quotes.first[q])
        origin = _said_in(syntax, found, before) if before is not None else None
        if origin is None:
            continue
        found.append(_continued(syntax, origin, quotation.inner, "quotation that stands alone after a statement"))
    return found


def _is_sentence(syntax: Syntax, quotes: Quotes, q: int) -> bool:
    """Whether the quotation is a whole sentence, with nothing after it in its own."""
    after = [i for i in quotes.after(q) if not syntax.is_blank(i)]
    verbs = any(syntax.pos[i] in CLAUSE_VERBS for i in range(quotes.first[q], quotes.last[q] + 1))
    text = syntax.text[slice(*quotes.list[q].inner)].rstrip("'’ ")
    ends = text[-1:] in (".", "?", "!", "…", "]") or not quotes.list[q].closed
    return verbs and ends and not quotes.list[q].single and (not after or syntax.word[after[0]][:1].isupper())


def _said_in(syntax: Syntax, drafts: list[Draft], token: int) -> Draft | None:
    """The outermost statement of the sentence in which the token stands, if it is an utterance with a source."""
    position = syntax.begin[token]
    sentence = syntax.sentences[syntax.sentence[token]]
    best: Draft | None = None
    for draft in drafts:
        if draft.source is None or draft.grade not in _SPOKEN or draft.frame not in ("that", "quote"):
            continue
        touches = draft.content[-1].end >= position - 2 or (draft.cue is not None and sentence.begin <= syntax.begin[draft.cue[0]] < sentence.end)
        if touches and draft.content[0].begin <= position and (best is None or _length(draft) > _length(best)):
            best = draft
    return best


def _length(draft: Draft) -> int:
    return sum(span.end - span.begin for span in draft.content)


def _continued(syntax: Syntax, origin: Draft, span: TextSpan, reason: str) -> Draft:
    first = origin.origin or origin
    return Draft(
        content=[span],
        cue=None,
        cue_head=syntax.token_at.get(span.begin, origin.cue_head),
        lemma="",
        frame="quote",
        act="assertion",
        grade="utterance",
        reason=reason,
        source=origin.source,
        source_head=origin.source_head,
        clause=_root(syntax, span),
        quote_type="continued",
        origin=first,
    )


def _root(syntax: Syntax, span: TextSpan) -> int | None:
    inside = [i for i in range(len(syntax)) if span.begin <= syntax.begin[i] and syntax.end[i] <= span.end + 1]
    return next((i for i in inside if syntax.dep[i] == "ROOT"), inside[0] if inside else None)


def carried_on_speech(syntax: Syntax, quotes: Quotes, drafts: list[Draft]) -> list[Draft]:
    """The drafts with one more for each sentence that carries on the reported speech which opens its paragraph."""
    return drafts
