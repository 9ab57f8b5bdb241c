"""Direct speech: each quotation, the cue beside it, and whose words they are.

The parser is unreliable across quotation marks, so a quotation finds its cue by position: the words after it in its
sentence (``"...," said X``), or the words before it (``X said: "..."``); the tree only says who is the subject there.
"""

from __future__ import annotations

from kg.extraction.statements.content import verb_group
from kg.extraction.statements.cues import Lexicon, cue_at, cue_forms
from kg.extraction.statements.draft import Draft
from kg.extraction.statements.labels import named_after_dash
from kg.extraction.statements.phrases import according_phrase
from kg.extraction.statements.quotation import ends_like_speech
from kg.extraction.statements.quotes import GAP, STOPS, Quotes
from kg.extraction.statements.sources import agent, extent, is_passive, subject
from kg.extraction.statements.syntax import CLAUSE_VERBS, Syntax
from kg.facts import TextSpan

_WEEKDAYS = frozenset(
    ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "today", "yesterday", "tomorrow"]
)


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
                or _cue_after(syntax, lexicon, quotes, q)
                or _cue_before(syntax, lexicon, quotes, q)
            )
            joins = draft is None and last is not None and _carries_on(syntax, quotes, last, q)
        else:
            joins = last is not None and _resumes(syntax, lexicon, quotes, last, q, owner[last])
            draft = None if joins else _cue_before(syntax, lexicon, quotes, q)
        if joins and last is not None:
            owner[q] = owner[last]
            owner[q].content.append(quotation.inner)
            owner[q].quoted.append(q)
            last = q
        elif draft is not None:
            last = q
            drafts.append(draft)
            owner[q] = draft
    return drafts


def _carries_on(syntax: Syntax, quotes: Quotes, last: int, q: int) -> bool:
    """Whether the quotation goes on with the last one's speech.

    Either it follows that one's sentence directly in the same paragraph and ends as speech does; or it opens the next
    paragraph and the last one was left open at the end of its own, as is the custom for speech over several paragraphs.
    """
    if not ends_like_speech(syntax.text, quotes.list[q]):
        return False
    between = range(quotes.last[last] + 1, quotes.first[q])
    if syntax.paragraph[quotes.last[last]] != syntax.paragraph[quotes.first[q]]:
        return not quotes.list[last].closed and all(syntax.word[i].isspace() for i in between)
    stops = sum(syntax.word[i] in STOPS and quotes.inside[i] < 0 for i in between)
    return stops <= 1 and len(between) <= GAP


def _takes_quotation(syntax: Syntax, lexicon: Lexicon, verb: int) -> bool:
    cue = lexicon.get((syntax.lemma[verb], "verb"))
    return cue is not None and "quote" in cue.frames


def _resumes(syntax: Syntax, lexicon: Lexicon, quotes: Quotes, last: int, q: int, draft: Draft) -> bool:
    """``"...," she said, "..."``: the cue stands between the two, and nothing else that could introduce the second."""
    between = range(quotes.last[last] + 1, quotes.first[q])
    if (
        draft.cue is None
        or draft.cue[0] not in between
        or syntax.paragraph[quotes.first[q]] != syntax.paragraph[quotes.first[last]]
    ):
        return False
    if any(syntax.word[i] in STOPS for i in between):
        return False
    others = [i for i in between if not draft.cue[0] <= i <= draft.cue[1] and syntax.tag[i].startswith("VB")]
    if any(
        syntax.tag[i] in ("VBD", "VBZ", "VBP") or (syntax.tag[i] == "VBG" and _takes_quotation(syntax, lexicon, i))
        for i in others
    ):
        return False
    before = quotes.previous(quotes.first[q])
    if before is not None and syntax.word[before].lower() in ("and", "but") and syntax.word[before - 1] == ",":
        return True
    return before is not None and (
        syntax.word[before] in (",", "—", "–", "-", "--", "…", ":") or before == draft.cue[1]
    )


def _cue_after(syntax: Syntax, lexicon: Lexicon, quotes: Quotes, q: int) -> Draft | None:
    gap = quotes.after(q)
    if not gap or not (ends_like_speech(syntax.text, quotes.list[q])):
        return None
    phrase = _according(syntax, quotes, q, gap[:2])
    if phrase is not None:
        return phrase
    for i in gap:
        if syntax.pos[i] in CLAUSE_VERBS or syntax.tag[i].startswith("VB"):
            if _has_own_content(syntax, quotes, q, i):
                return None
            draft = _with_verb(syntax, lexicon, quotes, q, i, gap)
            if draft is not None:
                return draft
            if syntax.dep[i] in ("ROOT", "conj") and syntax.pos[i] == "VERB":
                return _inverted(syntax, quotes, q, i) if i == gap[0] else None
    return None


def _has_own_content(syntax: Syntax, quotes: Quotes, q: int, verb: int) -> bool:
    """Whether the quotation is a sentence by itself and the cue after it has its own content (She added that ...)."""
    if syntax.text[quotes.list[q].inner.end - 1] not in ".?!":
        return False
    later = [c for c in syntax.children[verb] if c > verb]
    return any(syntax.dep[c] in ("ccomp", "xcomp") and quotes.inside[c] < 0 for c in later) or any(
        syntax.word[c] == ":" for c in later
    )


def _according(syntax: Syntax, quotes: Quotes, q: int, gap: list[int]) -> Draft | None:
    """``"...," according to the report`` and ``according to the report, "..."``."""
    for i in gap:
        phrase = according_phrase(syntax, i)
        if phrase is not None:
            last, noun = phrase
            inner = {k for k, inside in enumerate(quotes.inside) if inside >= 0} - {noun}
            source = extent(syntax, noun, inner)
            draft = Draft(
                [quotes.list[q].inner],
                (i, last),
                i,
                "according to",
                "quote",
                "assertion",
                "utterance",
                "quotation, according to",
                source,
                noun,
            )
            draft.quote_type, draft.quoted = "direct", [q]
            return draft
    return None


def _inverted(syntax: Syntax, quotes: Quotes, q: int, verb: int) -> Draft | None:
    """``"This is fantastic!" beamed Ann Hartley``: any verb directly after a quotation, with its subject behind it."""
    who = syntax.child(verb, "nsubj")
    if (
        who is None
        or who < verb
        or syntax.pos[who] not in ("PROPN", "NOUN", "PRON")
        or syntax.tag[verb] not in ("VBD", "VBZ", "VBP")
    ):
        return None
    draft = Draft(
        [quotes.list[q].inner],
        verb_group(syntax, verb),
        verb,
        syntax.lemma[verb],
        "quote",
        "assertion",
        "report",
        "inverted verb",
        extent(syntax, who),
        who,
        doubts=0.1,
    )
    draft.quote_type, draft.quoted = "direct", [q]
    return draft


def _cue_before(syntax: Syntax, lexicon: Lexicon, quotes: Quotes, q: int) -> Draft | None:
    gap = quotes.before(q)
    if not gap:
        return None
    verbs = [i for i in gap if syntax.tag[i] in ("VBD", "VBZ", "VBP", "MD")]
    phrase = _according(syntax, quotes, q, gap if not verbs else [i for i in gap if i > verbs[-1]])
    if phrase is not None and syntax.word[gap[-1]] == ",":
        return phrase
    colon = syntax.word[gap[-1]] == ":"
    comma = syntax.word[gap[-1]] == ","
    later = 0
    for i in reversed(gap):
        if (syntax.pos[i] in CLAUSE_VERBS and syntax.dep[i] not in ("aux", "auxpass")) or _is_initial_cue(syntax, i):
            draft = _with_verb(syntax, lexicon, quotes, q, i, gap)
            if (
                draft is not None
                and (colon or comma or later <= 4)
                and _is_complement(syntax, quotes, q, i, colon, comma)
            ):
                return draft
            if draft is None and colon and later == 0:
                return _with_colon(syntax, quotes, q, gap)
            aside = syntax.dep[i] in ("relcl", "acl") or syntax.tag[i] in ("VBG", "VBN")
            if not colon and not (comma and aside):
                return None
        if not syntax.is_blank(i):
            later += 1
    return _with_colon(syntax, quotes, q, gap) if colon else None


def _is_initial_cue(syntax: Syntax, i: int) -> bool:
    """``Said Ann Ruiz, who ..., "It is safe."``: the capitalised verb is often taken for a part of the name."""
    opens = i == 0 or syntax.sentence[i - 1] != syntax.sentence[i]
    return opens and syntax.pos[i] == "PROPN" and syntax.word[i].lower() in cue_forms()


def _is_complement(syntax: Syntax, quotes: Quotes, q: int, verb: int, colon: bool, comma: bool) -> bool:
    """Whether the quotation as a whole is what the verb introduces, not a part of its clause ("said it was "over"")."""
    between = [i for i in range(verb + 1, quotes.first[q]) if not syntax.is_blank(i)]
    if colon or (comma and all(syntax.pos[i] != "AUX" for i in between)):
        return True
    words = [syntax.word[i].lower() for i in between if syntax.dep[i] not in ("prt", "advmod", "npadvmod")]
    if words and words != ["that"]:
        return False
    after = quotes.after(q)
    rest = [i for i in after if not syntax.is_blank(i)]
    return not rest or ends_like_speech(syntax.text, quotes.list[q]) or len(rest) <= 1


def _with_verb(syntax: Syntax, lexicon: Lexicon, quotes: Quotes, q: int, verb: int, gap: list[int]) -> Draft | None:
    cue = cue_at(syntax, lexicon, verb, "verb")
    if cue is None or "quote" not in cue.frames:
        return None
    who = agent(syntax, verb) if is_passive(syntax, verb) else subject(syntax, verb)
    if who is None or not (quotes.inside[who] < 0) or syntax.lemma[who] in _WEEKDAYS:
        who = _beside(syntax, verb, gap, gap[0] > quotes.last[q])
    if who is not None and who not in gap and syntax.paragraph[who] != syntax.paragraph[verb]:
        who = None
    group = verb_group(syntax, verb)
    group = (max(group[0], gap[0]) if group[0] < gap[0] <= verb else group[0], group[1])
    source = None
    if who is not None:
        near = range(max(0, who - GAP), min(len(syntax), who + GAP))
        elsewhere = {i for i in near if quotes.inside[i] >= 0 and quotes.inside[i] != quotes.inside[who]}
        source = extent(syntax, who, elsewhere.union(range(group[0], group[1] + 1)))
    draft = Draft(
        [quotes.list[q].inner],
        group,
        verb,
        cue.lemma,
        "quote",
        cue.act("quote"),
        cue.grade("quote"),
        "quotation beside a cue",
        source,
        who,
    )
    draft.quote_type, draft.quoted = "direct", [q]
    return draft


def _beside(syntax: Syntax, verb: int, gap: list[int], after_quotation: bool) -> int | None:
    """The noun beside a cue whose subject the parser missed.

    After a quotation the source comes first (``"...," Smith, the chairman, said``); before one it is the nearest
    noun before the cue (``On Monday Smith (D) said "..."``), or else the first one after it.
    """
    open_brackets, nouns = 0, []
    for i in gap:
        open_brackets += syntax.word[i] in ("(", "[")
        if (
            not open_brackets
            and syntax.pos[i] in ("NOUN", "PROPN", "PRON")
            and syntax.dep[i] not in ("npadvmod", "poss")
        ):
            nouns.append(i)
        open_brackets -= syntax.word[i] in (")", "]")
    before, after = [i for i in nouns if i < verb], [i for i in nouns if i > verb]
    if before and not after_quotation:
        last = before[-1]
        return syntax.head[last] if syntax.dep[last] == "appos" and syntax.head[last] in before else last
    run = before or after
    if not run:
        return None
    last = run[0]
    while last + 1 in run:
        last += 1
    return last


def _with_colon(syntax: Syntax, quotes: Quotes, q: int, gap: list[int]) -> Draft | None:
    """``Smith: "..."`` and ``his message was clear: "..."``: whoever the sentence before the colon is about."""
    nouns = [i for i in gap if syntax.pos[i] in ("PROPN", "PRON", "NOUN")]
    verbs = [i for i in gap if syntax.pos[i] in CLAUSE_VERBS]
    if not nouns:
        return None
    if verbs:
        root = next((i for i in verbs if syntax.dep[i] == "ROOT"), verbs[0])
        who = subject(syntax, root)
        cue, head, lemma, doubts = verb_group(syntax, root), root, syntax.lemma[root], 0.2
        last = gap[-2] if len(gap) > 1 else gap[-1]
        if syntax.pos[last] == "PROPN" and (who is None or syntax.pos[who] not in ("PROPN", "PRON")):
            who, cue, head, lemma = last, (gap[-1], gap[-1]), gap[-1], ":"  # "no surprise to pollster Ann Ruiz: "...""
    else:
        who = next((i for i in nouns if syntax.dep[i] in ("ROOT", "nsubj", "dep", "nmod")), nouns[-1])
        cue, head, lemma, doubts = (gap[-1], gap[-1]), gap[-1], ":", 0.1
    if who is None or who not in gap:
        return None
    draft = Draft(
        [quotes.list[q].inner],
        cue,
        head,
        lemma,
        "quote",
        "assertion",
        "report",
        "quotation after a colon",
        extent(syntax, who, set(range(gap[-1], quotes.last[q] + 1))),
        who,
        doubts=doubts,
    )
    draft.quote_type, draft.quoted = "direct", [q]
    return draft


def is_direct(quotes: Quotes, spans: list[TextSpan]) -> str:
    """direct, indirect or mixed: how much of the content stands within (double) quotation marks."""
    total = quoted = 0
    double = [q.span for q in quotes.list if not q.single]
    for span in spans:
        total += span.end - span.begin
        quoted += sum(max(0, min(span.end, d.end) - max(span.begin, d.begin)) for d in double)
    share = quoted / total if total else 0.0
    return "direct" if share >= 0.9 else "mixed" if share >= 0.02 else "indirect"
