"""Speech that carries on without a cue: quotations that stand alone, and reported speech through a paragraph."""

from __future__ import annotations

from kg.extraction.statements.draft import Draft
from kg.extraction.statements.quotes import Quotes
from kg.extraction.statements.syntax import CLAUSE_VERBS, Syntax, tense
from kg.facts import TextSpan
from kg.words import words

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
        touches = draft.content[-1].end >= position - 2 or (
            draft.cue is not None and sentence.begin <= syntax.begin[draft.cue[0]] < sentence.end
        )
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
    """The drafts with one more for each sentence that carries on the reported speech which opens its paragraph.

    Institutions report a speech as "the minister noted that there is ...", and go on in the same tense without a cue.
    Newspapers shift the tense under a past cue ("said there was ...") and follow with narrative in the past. So a
    paragraph carries on if its first words are the speaker and a cue in the past, and the clause is not shifted. It
    ends at a sentence that narrates in the past, quotes, or reports another speaker.
    """
    found = list(drafts)
    by_sentence: dict[int, list[Draft]] = {}
    for draft in drafts:
        if draft.cue is not None:
            by_sentence.setdefault(syntax.sentence[draft.cue[0]], []).append(draft)
    for numbers in _paragraphs(syntax):
        opening = [d for d in by_sentence.get(numbers[0][0], []) if _opens_speech(syntax, d, numbers[0][1])]
        if not opening or any(quotes.inside[i] >= 0 and quotes.is_speech(i) for _, tokens in numbers for i in tokens):
            continue
        origin = opening[0]
        for number, tokens in numbers[1:]:
            reported = by_sentence.get(number, [])
            if all(quotes.inside[i] >= 0 for i in tokens):
                break
            if any(_same_source(syntax, origin, d) for d in reported):
                continue
            root = next((i for i in tokens if syntax.dep[i] == "ROOT"), None)
            if root is None or tense(syntax, root) == "past" or any(_reports(d) for d in reported):
                break
            found.append(
                _continued(syntax, origin, syntax.sentences[number], "reported speech that goes on in its paragraph")
            )
    return found


def _paragraphs(syntax: Syntax) -> list[list[tuple[int, list[int]]]]:
    """The sentences of each paragraph of more than one: their numbers, and their tokens without spaces."""
    grouped: dict[int, dict[int, list[int]]] = {}
    for i, word in enumerate(syntax.word):
        if not word.isspace():
            grouped.setdefault(syntax.paragraph[i], {}).setdefault(syntax.sentence[i], []).append(i)
    return [list(sentences.items()) for sentences in grouped.values() if len(sentences) > 1]


def _opens_speech(syntax: Syntax, draft: Draft, sentence: list[int]) -> bool:
    return (
        draft.source_head is not None
        and draft.source is not None
        and syntax.lemma[draft.source_head] not in words("speech_documents")
        and draft.frame == "that"
        and draft.grade == "utterance"
        and draft.clause is not None
        and draft.source[0] == sentence[0]
        and draft.content[0].begin > syntax.begin[draft.cue_head]
        and syntax.tag[draft.cue_head] == "VBD"
        and tense(syntax, draft.clause) == "present"
    )


def _same_source(syntax: Syntax, origin: Draft, draft: Draft) -> bool:
    if origin.source_head is None or draft.source_head is None:
        return False
    word = syntax.word[draft.source_head]
    return word == syntax.word[origin.source_head] or word.lower() in ("he", "she")


def _reports(draft: Draft) -> bool:
    return draft.grade == "utterance" and draft.frame in ("that", "quote") and draft.act != "hope"
