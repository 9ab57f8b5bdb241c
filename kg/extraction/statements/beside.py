"""The cue beside a quotation, found by position.

The parser is unreliable across quotation marks, so a quotation finds its cue in the words after it in its sentence
(``"...," said X``), or in the words before it (``X said: "..."``); the tree only says who is the subject there.
"""

from __future__ import annotations

from kg.extraction.statements.content import verb_group
from kg.extraction.statements.cues import Lexicon, cue_at, cue_forms
from kg.extraction.statements.draft import Draft
from kg.extraction.statements.phrases import according_phrase
from kg.extraction.statements.quotation import ends_like_speech
from kg.extraction.statements.quotes import Quotes
from kg.extraction.statements.quoting import describes, source_of
from kg.extraction.statements.sources import any_subject, extent
from kg.extraction.statements.syntax import CLAUSE_VERBS, Syntax

_NAME_LENGTH = 5  # tokens of a speaker between a quotation and a cue


def takes_quotation(syntax: Syntax, lexicon: Lexicon, verb: int) -> bool:
    """Whether the token, read as a verb, is a cue of quotations."""
    cue = lexicon.get((syntax.lemma[verb], "verb"))
    return cue is not None and "quote" in cue.frames


def cue_after(syntax: Syntax, lexicon: Lexicon, quotes: Quotes, q: int) -> Draft | None:
    """The draft of a quotation whose cue follows it in its sentence."""
    gap = quotes.after(q)
    if not gap or not (ends_like_speech(syntax.text, quotes.list[q]) or _is_tagged(syntax, lexicon, quotes, q, gap)):
        return None
    phrase = _according(syntax, quotes, q, gap[:2])
    if phrase is not None:
        return phrase
    verbs = [i for i in gap if syntax.pos[i] in CLAUSE_VERBS or syntax.tag[i].startswith("VB")]
    if not verbs:
        verbs = _read_as_noun(syntax, lexicon, gap)
    for i in sorted(verbs, key=lambda i: describes(syntax, i, gap)):
        if _has_own_content(syntax, quotes, q, i):
            return None
        draft = _with_verb(syntax, lexicon, quotes, q, i, gap)
        if draft is not None:
            return draft
        if syntax.dep[i] in ("ROOT", "conj") and syntax.pos[i] == "VERB":
            return _inverted(syntax, quotes, q, i) if i == gap[0] else None
    return None


def _is_tagged(syntax: Syntax, lexicon: Lexicon, quotes: Quotes, q: int, gap: list[int]) -> bool:
    """Whether a quoted clause without a final comma has only a cue and its subject behind it: "We lost" he said."""
    clause = any(syntax.pos[i] in CLAUSE_VERBS for i in range(quotes.first[q], quotes.last[q] + 1))
    verb = next((i for i in gap if syntax.pos[i] in CLAUSE_VERBS), None)
    if not clause or quotes.list[q].single or verb is None or not takes_quotation(syntax, lexicon, verb):
        return False
    own = any(syntax.dep[c] in ("ccomp", "xcomp", "dobj") and quotes.inside[c] < 0 for c in syntax.children[verb])
    return not own and verb - gap[0] <= _NAME_LENGTH


def _read_as_noun(syntax: Syntax, lexicon: Lexicon, gap: list[int]) -> list[int]:
    """The cue that ends a sentence without any verb, taken for a noun by the tagger: ``"...," the sign read.``"""
    words = [i for i in gap if not syntax.is_blank(i)]
    verb = words[-1] if words else -1
    return [verb] if len(words) > 1 and syntax.pos[verb] == "NOUN" and takes_quotation(syntax, lexicon, verb) else []


def _has_own_content(syntax: Syntax, quotes: Quotes, q: int, verb: int) -> bool:
    """Whether the quotation is a sentence by itself and the cue after it has its own content (She added that ...)."""
    final = syntax.text[quotes.list[q].inner.end - 1]
    if final not in ".?!":
        return False
    later = [c for c in syntax.children[verb] if c > verb]
    next_word = quotes.last[q] + 1
    begins = final == "." or (syntax.word[next_word][:1].isupper() and syntax.pos[next_word] != "PROPN")
    own = ("ccomp", "xcomp", "dobj") if begins else ("ccomp", "xcomp")
    return any(syntax.dep[c] in own and quotes.inside[c] < 0 for c in later) or any(
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


def cue_before(syntax: Syntax, lexicon: Lexicon, quotes: Quotes, q: int) -> Draft | None:
    """The draft of a quotation whose cue precedes it in its sentence, or before a colon in the paragraph above."""
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
    if quotes.is_dash(quotes.first[q] - 1):
        return False
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
    adjective = syntax.dep[verb] == "amod" and quotes.inside[syntax.head[verb]] < 0  # "in a written statement"
    if cue is None or "quote" not in cue.frames or adjective:
        return None
    group = verb_group(syntax, verb)
    group = (max(group[0], gap[0]) if group[0] < gap[0] <= verb else group[0], group[1])
    source, who = source_of(syntax, quotes, q, verb, gap, group)
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


def _with_colon(syntax: Syntax, quotes: Quotes, q: int, gap: list[int]) -> Draft | None:
    """``Smith: "..."`` and ``his message was clear: "..."``: whoever the sentence before the colon is about."""
    dashes = [k for k, i in enumerate(gap) if quotes.is_dash(i)]
    if dashes and all(syntax.pos[i] not in CLAUSE_VERBS for i in gap[dashes[-1] :]):
        gap = gap[dashes[-1] + 1 :]  # "The samples are small - Porto Institute: "...""
    nouns = [i for i in gap if syntax.pos[i] in ("PROPN", "PRON", "NOUN")]
    verbs = [i for i in gap if syntax.pos[i] in CLAUSE_VERBS]
    if not nouns:
        return None
    if verbs:
        root = next((i for i in verbs if syntax.dep[i] == "ROOT"), verbs[0])
        who = any_subject(syntax, root)
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
        extent(syntax, who, set(range(quotes.last[q] + 1)) - set(gap[:-1])),
        who,
        doubts=doubts,
    )
    draft.quote_type, draft.quoted = "direct", [q]
    return draft
