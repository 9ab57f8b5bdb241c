"""From a parsed article to its attributions: quotations and constructions read, reconciled, carried on and nested."""

from __future__ import annotations

from bisect import bisect_left
from pathlib import Path
from typing import TYPE_CHECKING

from kg.extraction.columns import columns
from kg.extraction.quotation import Quotation
from kg.extraction.statements import acts
from kg.extraction.statements.constructions import read_constructions
from kg.extraction.statements.continued import carried_on_quotations, carried_on_speech
from kg.extraction.statements.cues import load_cues
from kg.extraction.statements.draft import Draft
from kg.extraction.statements.labels import read_labels
from kg.extraction.statements.nesting import nest
from kg.extraction.statements.quoted import is_direct, join_quotations, read_quotations
from kg.extraction.statements.quotes import Quotes
from kg.extraction.statements.syntax import Syntax, read_syntax
from kg.facts import Article, Attribution, TextSpan

if TYPE_CHECKING:
    from spacy.tokens import Doc

_WH_WORDS = frozenset({"what", "why", "where", "how", "when", "who", "which", "so", "if", "whether"})
_NONE = frozenset({"neither", "none", "nobody", "no-one"})
_FIRST_AND_SECOND = frozenset({"i", "we", "you", "me", "us", "my", "our", "your"})


def find_attributions(article: Article, doc: Doc, extra_cues: Path | None = None) -> tuple[Attribution, ...]:
    """Every attribution of content to a source, in text order of the content.

    Needs grammar and quotation marks only, no entities: sources are spans.

    Raises:
        KgError: the list ``extra_cues`` cannot be read.
    """
    lexicon = load_cues(extra_cues)
    syntax = read_syntax(article, doc)
    labels = read_labels(article, syntax)
    quotes = Quotes(syntax, _not_around_labels(syntax, labels, columns(doc).quotations))
    direct = read_quotations(syntax, lexicon, quotes)
    direct += labelled(direct, labels)
    indirect = reconcile(syntax, quotes, direct, read_constructions(syntax, lexicon))
    drafts = without_hedges(syntax, quotes, sorted([*direct, *indirect], key=_begin))
    join_quotations(syntax, quotes, drafts)
    drafts = carried_on_quotations(syntax, quotes, drafts)
    drafts = sorted(carried_on_speech(syntax, quotes, drafts), key=_begin)
    return _finished(syntax, quotes, _with_words(article.text, drafts))


def _with_words(text: str, drafts: list[Draft]) -> list[Draft]:
    """The drafts whose content has words, in spans without spaces and final stops at their edges."""
    for draft in drafts:
        spans = (trimmed(text, span) for span in draft.content)
        draft.content = [span for span in spans if any(c.isalnum() for c in text[span.begin : span.end])]
    return [d for d in drafts if d.content and (d.origin is None or d.origin.content)]


def _begin(draft: Draft) -> tuple[int, int]:
    return draft.content[0].begin, -draft.content[-1].end


def _not_around_labels(syntax: Syntax, labels: list[Draft], found: list[Quotation]) -> list[Quotation]:
    """The quotations without those that a printed transcript opens before each label: \"HOLT: The line ..."""
    names = [syntax.characters(*draft.source) for draft in labels if draft.source is not None]
    return [q for q in found if not any(q.span.covers(name) for name in names)]


def labelled(direct: list[Draft], labels: list[Draft]) -> list[Draft]:
    """The labels whose words are not already a quotation with its own cue."""
    taken = {span.begin for draft in direct for span in draft.content}
    return [draft for draft in labels if draft.content[0].begin not in taken]


def reconcile(syntax: Syntax, quotes: Quotes, direct: list[Draft], indirect: list[Draft]) -> list[Draft]:
    """The indirect drafts that are no second reading of a quotation, with contents that respect quotation marks."""
    used = {draft.cue_head for draft in direct}
    voiced = {draft.cue_head for draft in indirect if draft.frame != "np"}
    owned = [quotes.list[q].inner for draft in direct for q in draft.quoted]
    kept: list[Draft] = []
    for draft in indirect:
        if all(any(q.covers(span) for q in owned) for span in draft.content) and quotes.inside[draft.cue_head] < 0:
            continue  # the quotation is somebody else's: "discussed quotas, on which, one said, "fish are flexible""
        if draft.cue_head in used or (draft.frame == "np" and draft.clause in voiced) or _is_chat(syntax, draft):
            continue
        if draft.source is None and syntax.tag[draft.cue_head] in ("VB", "VBG"):
            continue  # "tell them that ...", "without saying that ...": nobody is reported to have said it
        if draft.source is None and _is_adjective(syntax, draft.cue_head):
            continue
        if draft.frame not in ("that", "quote") and _is_nobody(syntax, draft.source_head):
            continue
        if _is_said_by_none(syntax, draft):
            continue
        home = quotes.inside[draft.cue_head]
        if home >= 0 and not any(s.overlaps(quotes.list[home].span) for s in draft.content):
            continue
        draft.content = [
            s for s in (_within_marks(syntax, quotes, draft, span) for span in draft.content) if s is not None
        ]
        if not draft.content or not _says_something(syntax, draft):
            continue
        kept.append(draft)
    return kept


def _is_adjective(syntax: Syntax, cue: int) -> bool:
    """Whether a participle before its noun was taken for a verb: "deeply reported features can draw readers"."""
    if syntax.tag[cue] != "VBD" or cue == 0 or cue + 1 == len(syntax):
        return False
    return syntax.tag[cue - 1] == "RB" and syntax.pos[cue + 1] in ("NOUN", "ADJ") and syntax.head[cue - 1] == cue


def _is_nobody(syntax: Syntax, source: int | None) -> bool:
    """Whether a source is denied to exist: "no member praised the plan"."""
    return source is not None and any(syntax.word[c].lower() == "no" for c in syntax.children[source])


def _is_said_by_none(syntax: Syntax, draft: Draft) -> bool:
    """Whether a pronoun denies that anybody said it: "neither would say what they saw", "none of them said why"."""
    head = draft.source_head
    if head is None or draft.frame == "quote" or draft.grade != "utterance":
        return False
    return _is_none(syntax, head) or (syntax.pos[head] != "PROPN" and acts.is_neither(syntax, head))


def _is_none(syntax: Syntax, i: int) -> bool:
    if syntax.word[i].lower() == "one":
        return i > 0 and syntax.word[i - 1].lower() == "no"
    return syntax.word[i].lower() in _NONE


def _is_chat(syntax: Syntax, draft: Draft) -> bool:
    """Whether it is a speaker's "I ask for references", "you mention it": no second voice, unless it has a clause."""
    head = draft.source_head
    return head is not None and draft.frame not in ("that", "quote") and syntax.word[head].lower() in _FIRST_AND_SECOND


def _within_marks(syntax: Syntax, quotes: Quotes, draft: Draft, span: TextSpan) -> TextSpan | None:
    """The span grown to the end of a quotation that it opens, and cut at one that its cue does not share."""
    begin, end = span
    home = quotes.inside[draft.cue_head]
    for q, quotation in enumerate(quotes.list):
        outer, inner = quotation.span, quotation.inner
        if outer.begin >= end or outer.end <= begin:
            continue
        if q == home:
            begin, end = max(begin, inner.begin), min(end, inner.end)
        elif outer.begin <= begin and end <= outer.end:
            begin, end = max(begin, inner.begin), min(end, inner.end)
            if begin - inner.begin <= 1 and not quotation.single and quotation.closed:
                end = inner.end
        elif begin <= outer.begin < end < outer.end:
            end = inner.end if quotation.closed else end
        elif outer.begin < begin < outer.end < end and quotes.inside[draft.cue_head] < 0:
            begin = inner.begin
    while begin < end and syntax.text[begin] in "“\"'‘` ":
        begin += 1
    while end > begin and (syntax.text[end - 1].isspace() or syntax.text[end - 1] in ",;:"):
        end -= 1
    return TextSpan(begin, end) if begin < end else None


def _says_something(syntax: Syntax, draft: Draft) -> bool:
    """Not only a "why" or "what"; and not the idiom "that said, ..."."""
    words = " ".join(syntax.text[slice(*span)] for span in draft.content).lower()
    head = draft.source_head
    idiom = head is not None and head + 1 == draft.cue_head and syntax.word[head].lower() == "that"
    return words not in _WH_WORDS and not (idiom and syntax.dep[draft.cue_head] != "relcl")


def without_hedges(syntax: Syntax, quotes: Quotes, drafts: list[Draft]) -> list[Draft]:
    """The drafts without those inside another's content that are no report of a second voice.

    "I think" and "we hope" within somebody's words are the speaker's own hedges, and a stance ("she believes") is no
    utterance. What somebody said, told or noted is kept at any depth; of other complements, those of a named source.
    Within quotation marks, where every "he says" is the speaker's rhetoric, the source must be named.
    """
    contents = [draft.content for draft in drafts]
    kept = []
    for draft in drafts:
        at = syntax.begin[draft.cue_head]
        quoted = quotes.is_speech(draft.cue_head) and quotes.inside[draft.cue_head] not in draft.quoted
        nested = quoted or any(
            other is not draft.content and any(s.begin <= at < s.end for s in other) for other in contents
        )
        if not nested or _is_second_voice(syntax, draft, quoted):
            kept.append(draft)
    return kept


def _is_second_voice(syntax: Syntax, draft: Draft, quoted: bool) -> bool:
    head = draft.source_head
    if head is None or syntax.word[head].lower() in _FIRST_AND_SECOND:
        return False
    finite = syntax.tag[draft.cue_head] in ("VBD", "VBZ", "VBP", "VBN")
    if not quoted and finite and syntax.pos[head] == "NOUN" and draft.frame in ("that", "oprd"):
        return not acts.is_unsaid(syntax, draft)  # "... that analysts believe it", "which a spokesman called absurd"
    if draft.grade == "stance":
        return False
    said = draft.grade == "utterance" and draft.frame in ("that", "quote")
    named = syntax.pos[head] == "PROPN"
    if quoted:
        return named and said and finite
    return named or said


def _finished(syntax: Syntax, quotes: Quotes, drafts: list[Draft]) -> tuple[Attribution, ...]:
    order = {id(draft): k for k, draft in enumerate(drafts)}
    contents = [_with_closing_marks(quotes, draft.content) for draft in drafts]
    whole = [_whole(syntax, draft, content) for draft, content in zip(drafts, contents, strict=True)]
    outer = nest(contents, [_parts(syntax, draft, content) for draft, content in zip(drafts, contents, strict=True)])
    found = []
    for k, draft in enumerate(drafts):
        continued = draft.origin is not None
        verb = acts.main_verb(syntax, draft)
        act = acts.speech_act(syntax, draft, verb)
        found.append(
            Attribution(
                content=contents[k],
                source=syntax.characters(*draft.source) if draft.source else None,
                cue=syntax.characters(*draft.cue) if draft.cue else None,
                cue_lemma=draft.lemma if draft.cue else None,
                quote_type=_quote_type(quotes, draft),
                speech_act=act,
                evidence=syntax.evidence(list(contents[k]) if continued else [*contents[k], whole[k]]),
                polarity=acts.polarity(syntax, verb, act),
                modality=acts.modality(syntax, verb, act),
                nested_in=outer[k],
                continues=order[id(draft.origin)] if draft.origin is not None else None,
                reason=draft.reason,
                confidence=acts.CONTINUED if continued else acts.confidence(syntax, draft),
            )
        )
    return tuple(found)


def _with_closing_marks(quotes: Quotes, content: list[TextSpan]) -> tuple[TextSpan, ...]:
    """The content with the closing mark of a quotation that opens within it and ends with it: ``it was "a gift."``."""
    closed = []
    for k, (begin, end) in enumerate(content):
        room = content[k + 1].begin if k + 1 < len(content) else len(quotes.syntax.text)
        q = bisect_left(quotes.ends, end)
        if q < len(quotes.list) and quotes.list[q].closed and begin <= quotes.list[q].span.begin < end:
            mark = quotes.list[q].span.end
            if mark <= room and not any(c.isalnum() for c in quotes.syntax.text[end:mark]):
                end = mark
        closed.append(TextSpan(begin, end))
    return tuple(closed)


def _quote_type(quotes: Quotes, draft: Draft) -> str:
    if draft.origin is not None:
        return "continued"
    verbatim = draft.quote_type == "direct" and not draft.quoted  # a transcript has no quotation marks
    return "direct" if verbatim else is_direct(quotes, draft)


def _whole(syntax: Syntax, draft: Draft, content: tuple[TextSpan, ...]) -> TextSpan:
    """The extent of a statement, from its first to its last part."""
    parts = _parts(syntax, draft, content)
    return TextSpan(min(p.begin for p in parts), max(p.end for p in parts))


def _parts(syntax: Syntax, draft: Draft, content: tuple[TextSpan, ...]) -> tuple[TextSpan, ...]:
    """The spans of a statement: content, cue and source; a continued one has only content of its own."""
    if draft.origin is not None:
        return content
    return (*content, *(syntax.characters(*tokens) for tokens in (draft.cue, draft.source) if tokens is not None))


def trimmed(text: str, span: TextSpan) -> TextSpan:
    """The span without spaces at its edges and without a final stop or comma."""
    begin, end = span
    while begin < end and text[begin].isspace():
        begin += 1
    while end > begin and (text[end - 1].isspace() or text[end - 1] in ".,;:"):
        if text[end - 1] == "." and _abbreviates(text, begin, end):
            break
        end -= 1
    return TextSpan(begin, end)


def _abbreviates(text: str, begin: int, end: int) -> bool:
    """Whether the final stop belongs to an abbreviation ("U.S."), or is part of an ellipsis."""
    word = text[begin:end].rsplit(None, 1)[-1]
    return word.count(".") > 1
