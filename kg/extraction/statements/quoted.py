"""Direct speech: one draft for each quotation with a cue beside it, joined with what carries on from it."""

from __future__ import annotations

from bisect import bisect_left

from kg.extraction.quotation import ends_like_speech
from kg.extraction.statements.beside import cue_after, cue_before, takes_quotation
from kg.extraction.statements.cues import Lexicon
from kg.extraction.statements.draft import Draft
from kg.extraction.statements.labels import named_after_dash
from kg.extraction.statements.quotes import GAP, Quotes
from kg.extraction.statements.quoting import describes
from kg.extraction.statements.syntax import Syntax
from kg.facts import TextSpan

_SET_OFF = frozenset({":", ";"})


def read_quotations(syntax: Syntax, lexicon: Lexicon, quotes: Quotes) -> list[Draft]:
    """One draft for every quotation with a cue beside it; what carries on in the same paragraph joins its content."""
    drafts: list[Draft] = []
    owner: dict[int, Draft] = {}
    last: int | None = None  # the last quotation that has an owner
    for q, quotation in enumerate(quotes.list):
        if quotation.inner.end <= quotation.inner.begin:
            continue
        draft = None
        if quotes.starts_sentence(q):
            draft = (
                named_after_dash(syntax, quotes, q)
                or cue_after(syntax, lexicon, quotes, q)
                or cue_before(syntax, lexicon, quotes, q)
            )
            joins = draft is None and last is not None and carries_on(syntax, quotes, last, q)
        else:
            joins = last is not None and _resumes(syntax, lexicon, quotes, last, q, owner[last])
            if not joins and _is_set_off(syntax, quotes, q):
                draft = cue_after(syntax, lexicon, quotes, q)
            if not joins and draft is None:
                draft = cue_before(syntax, lexicon, quotes, q)
        if joins and last is not None:
            owner[q] = owner[last]
            owner[q].content.append(quotation.inner)
            owner[q].quoted.append(q)
            last = q
        elif draft is not None:
            if last is not None and _opens_it(syntax, quotes, last, q, draft, owner[last]):
                _take_over(quotes, owner, last, draft)
            last = q
            drafts.append(draft)
            owner[q] = draft
    return drafts


def _opens_it(syntax: Syntax, quotes: Quotes, last: int, q: int, draft: Draft, before: Draft) -> bool:
    """Whether the quotation before was left open and had joined, and this one, with its cue behind it, is its end.

    ``"We tried," said Ruiz. "We lost.¶ "And we cried," she said.``: the second statement begins with "We lost".
    """
    follows = draft.cue is not None and draft.cue[0] > quotes.last[q]
    joined = len(before.quoted) > 1 and before.quoted[-1] == last == q - 1
    between = range(quotes.last[last] + 1, quotes.first[q])
    alike = syntax.word[quotes.first[last]] == syntax.word[quotes.first[q]]
    open_ = alike and not quotes.list[last].closed
    return follows and joined and open_ and all(syntax.word[i].isspace() for i in between)


def _take_over(quotes: Quotes, owner: dict[int, Draft], last: int, draft: Draft) -> None:
    """Gives the open quotations at the end of a statement to the one that ends them."""
    before = owner[last]
    while len(before.quoted) > 1 and not quotes.list[before.quoted[-1]].closed:
        q = before.quoted.pop()
        before.content.remove(quotes.list[q].inner)
        draft.content.insert(0, quotes.list[q].inner)
        draft.quoted.insert(0, q)
        owner[q] = draft


def _is_set_off(syntax: Syntax, quotes: Quotes, q: int) -> bool:
    """Whether a colon, semicolon or dash parts the quotation from the words before it."""
    before = quotes.previous(quotes.first[q])
    return before is not None and (syntax.word[before] in _SET_OFF or quotes.is_dash(before))


def carries_on(syntax: Syntax, quotes: Quotes, last: int, q: int) -> bool:
    """Whether the quotation goes on with the last one's speech.

    Either it follows that one's sentence directly in the same paragraph and ends as speech does; or it opens the next
    paragraph and the last one was left open at the end of its own, as is the custom for speech over several paragraphs.
    """
    if not ends_like_speech(syntax.text, quotes.list[q]):
        return False
    between = range(quotes.last[last] + 1, quotes.first[q])
    if syntax.paragraph[quotes.last[last]] != syntax.paragraph[quotes.first[q]]:
        return not quotes.list[last].closed and all(syntax.word[i].isspace() for i in between)
    stops = sum(quotes.is_stop(i) and quotes.inside[i] < 0 for i in between)
    stops += sum(quotes.ends_sentence(k) for k in range(last + 1, q))
    if stops == 2 and len(between) <= GAP:
        return _tells_of_speaker(syntax, quotes, between)
    return stops <= 1 and len(between) <= GAP


def _tells_of_speaker(syntax: Syntax, quotes: Quotes, between: range) -> bool:
    """Whether the last sentence between two quotations has "he" or "she" for its subject: "He paused."."""
    stop = next(i for i in between if quotes.is_stop(i))
    first = next((i for i in range(stop + 1, between.stop) if not syntax.is_blank(i)), None)
    return first is not None and syntax.word[first] in ("He", "She") and all(quotes.inside[i] < 0 for i in between)


def _resumes(syntax: Syntax, lexicon: Lexicon, quotes: Quotes, last: int, q: int, draft: Draft) -> bool:
    """``"...," she said, "..."``: the cue stands between the two, and nothing else that could introduce the second."""
    between = range(quotes.last[last] + 1, quotes.first[q])
    if (
        draft.cue is None
        or draft.cue[0] not in between
        or syntax.paragraph[quotes.first[q]] != syntax.paragraph[quotes.first[last]]
    ):
        return False
    if any(quotes.is_stop(i) for i in between):
        return False
    others = [i for i in between if not draft.cue[0] <= i <= draft.cue[1] and syntax.tag[i].startswith("VB")]
    others = [i for i in others if not describes(syntax, i, between)]
    goes_on = syntax.text[quotes.list[q].inner.begin].islower()
    goes_on = goes_on and not any(syntax.dep[i] == "ccomp" and i > draft.cue[1] for i in others)
    if any(
        syntax.tag[i] in ("VBD", "VBZ", "VBP")
        or (not goes_on and syntax.tag[i] == "VBG" and takes_quotation(syntax, lexicon, i))
        for i in others
    ):
        return False
    before = quotes.previous(quotes.first[q])
    if before is not None and syntax.word[before].lower() in ("and", "but") and syntax.word[before - 1] == ",":
        return True
    return before is not None and (
        syntax.word[before] in (",", "…", ":") or quotes.is_dash(before) or before == draft.cue[1]
    )


def join_quotations(syntax: Syntax, quotes: Quotes, drafts: list[Draft]) -> None:
    """Lets quotations without a cue join the statement whose sentence ends before them with a quotation and its cue.

    ``It was "a bad day," she said. "We lost."`` is one statement, as it is where all of it stands in quotation marks.
    Changes the drafts.
    """
    _report_all(syntax, drafts)
    taken = {q for draft in drafts for q in draft.quoted}
    owner: dict[int, Draft] = {}
    for draft in drafts:
        if draft.quoted or draft.cue is None or quotes.inside[draft.cue_head] >= 0:
            continue
        q = bisect_left(quotes.ends, draft.content[-1].end)
        if q == len(quotes.list) or quotes.list[q].inner.begin >= draft.content[-1].end:
            continue  # it does not end within a quotation
        _from_its_beginning(syntax, quotes, q, draft)
        if q not in taken and (q not in owner or _begin(draft) < _begin(owner[q])):
            owner[q] = draft
    for q in range(1, len(quotes.list)):
        before = owner.get(q - 1)
        if q in taken or before is None or not quotes.starts_sentence(q) or not carries_on(syntax, quotes, q - 1, q):
            continue
        follows = before.cue is not None and quotes.last[q - 1] < before.cue[0] < quotes.first[q]
        if follows or not quotes.list[q - 1].closed or q - 1 in before.quoted:
            before.content.append(quotes.list[q].inner)
            before.quoted.append(q)
            owner[q] = before
            taken.add(q)


def _report_all(syntax: Syntax, drafts: list[Draft]) -> None:
    """Gives ``"A. B," said Ruiz, according to the paper. "C."`` as a whole to the paper, where the parser cut it."""
    direct = {draft.cue_head: draft for draft in drafts if draft.quoted and draft.cue is not None}
    for draft in drafts:
        said = direct.get(draft.clause) if draft.lemma == "according to" and draft.clause is not None else None
        if said is None or said is draft or said.cue is None:
            continue
        last = syntax.characters(*said.cue).end
        if said.content[0].begin < last <= draft.content[-1].end:
            later = [span for span in said.content if span.begin > draft.content[-1].end]
            draft.content = [TextSpan(said.content[0].begin, draft.content[-1].end), *later]


def _from_its_beginning(syntax: Syntax, quotes: Quotes, q: int, draft: Draft) -> None:
    """Grows the last sentence of a quotation before a cue, which is all that the parser gives, to the whole of it.

    ``The pier "was old. It fell," she said``: with the words before the quotation in its sentence.
    """
    inner = quotes.list[q].inner
    if not (inner.begin + 1 < _begin(draft) < inner.end) or draft.cue is None or draft.cue_head not in quotes.after(q):
        return
    begin = inner.begin
    if not quotes.starts_sentence(q):
        begin = syntax.sentences[syntax.sentence[quotes.first[q]]].begin
    draft.content = [TextSpan(begin, draft.content[-1].end)]


def _begin(draft: Draft) -> int:
    return draft.content[0].begin


def is_direct(quotes: Quotes, draft: Draft) -> str:
    """direct, indirect or mixed: how much of the content stands within quotation marks.

    Single marks count where they were read as speech; elsewhere they stand for titles and words held at a distance.
    """
    total = quoted = 0
    spans, speech = draft.content, set(draft.quoted)
    marked = [quotation.span for q, quotation in enumerate(quotes.list) if not quotation.single or q in speech]
    for span in spans:
        total += span.end - span.begin
        quoted += sum(max(0, min(span.end, m.end) - max(span.begin, m.begin)) for m in marked)
    share = quoted / total if total else 0.0
    return "direct" if share >= 0.9 else "mixed" if share >= 0.02 else "indirect"
