"""The cue beside a quotation, found by position.

The parser is unreliable across quotation marks, so a quotation finds its cue in the words after it in its sentence
(``"...," said X``), or in the words before it (``X said: "..."``); the tree only says who is the subject there.
"""

from __future__ import annotations

from kg.extraction.quotation import ends_like_speech, looks_like_title
from kg.extraction.roles.grammar import cue_forms
from kg.extraction.statements.content import verb_group
from kg.extraction.statements.cues import Lexicon, cue_at
from kg.extraction.statements.draft import Draft
from kg.extraction.statements.quotes import Quotes
from kg.extraction.statements.quoting import describes, source_of
from kg.extraction.statements.syntax import CLAUSE_VERBS, Syntax
from kg.extraction.statements.uncued import according, after_colon, closed_by, inverted, issued, quoted_draft

_NAME_LENGTH = 5  # tokens of a speaker between a quotation and a cue


def takes_quotation(syntax: Syntax, lexicon: Lexicon, verb: int) -> bool:
    """Whether the token, read as a verb, is a cue of quotations."""
    cue = lexicon.get((syntax.lemma[verb], "verb"))
    return cue is not None and "quote" in cue.frames


def cue_after(syntax: Syntax, lexicon: Lexicon, quotes: Quotes, q: int) -> Draft | None:
    """The draft of a quotation whose cue follows it in its sentence."""
    gap = quotes.after(q)
    if gap and syntax.word[gap[0]].lower() in ("which", "where"):
        return None  # a remark on the quotation: "...," which she thinks is true
    if not gap or not (ends_like_speech(syntax.text, quotes.list[q]) or _is_tagged(syntax, lexicon, quotes, q, gap)):
        return None
    phrase = according(syntax, quotes, q, gap[:2])
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
            return inverted(syntax, quotes, q, i) if i == gap[0] else closed_by(syntax, quotes, q, i, gap)
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


def cue_before(syntax: Syntax, lexicon: Lexicon, quotes: Quotes, q: int) -> Draft | None:
    """The draft of a quotation whose cue precedes it in its sentence, or before a colon in the paragraph above."""
    gap = quotes.before(q)
    if not gap:
        return None
    verbs = [i for i in gap if syntax.tag[i] in ("VBD", "VBZ", "VBP", "MD")]
    phrase = according(syntax, quotes, q, gap if not verbs else [i for i in gap if i > verbs[-1]])
    if phrase is not None and syntax.word[gap[-1]] == ",":
        return phrase
    colon = syntax.word[gap[-1]] == ":"
    comma = syntax.word[gap[-1]] == ","
    later = 0
    order = list(reversed(gap))
    if colon:
        order.sort(key=lambda i: i != gap[-1] - 1 and describes(syntax, i, gap, restrictively=True))
    for i in order:
        if (syntax.pos[i] in CLAUSE_VERBS and syntax.dep[i] not in ("aux", "auxpass")) or _is_initial_cue(syntax, i):
            draft = _with_verb(syntax, lexicon, quotes, q, i, gap)
            if draft is not None and _is_parenthetical(syntax, quotes, q, i, gap):
                return None
            if (
                draft is not None
                and not _is_reduced(syntax, i)
                and (colon or comma or later <= 4)
                and _is_complement(
                    syntax,
                    quotes,
                    q,
                    i,
                    colon,
                    comma,
                    draft is not None and "np" not in lexicon[(draft.lemma, "verb")].frames,
                )
            ):
                return draft
            if _is_reduced(syntax, i):
                draft = None  # "who told us when asked about it: ..."
            if draft is None and colon and later == 0:
                return after_colon(syntax, quotes, q, gap)
            if colon and draft is None and _is_main(syntax, i):
                return after_colon(syntax, quotes, q, gap)
            aside = syntax.dep[i] in ("relcl", "acl") or syntax.tag[i] in ("VBG", "VBN")
            if not colon and not (comma and aside):
                return issued(syntax, quotes, q, gap) if comma and draft is None else None
        if not syntax.is_blank(i):
            later += 1
    if comma and (document := issued(syntax, quotes, q, gap)) is not None:
        return document
    return after_colon(syntax, quotes, q, gap) if colon else None


def _goes_on(syntax: Syntax, quotes: Quotes, q: int) -> bool:
    """Whether another quotation of the same sentence follows, as a part of the same clause: said that "A" and "B"."""
    after = [i for i in range(quotes.last[q] + 1, min(len(syntax), quotes.last[q] + 4)) if not syntax.is_blank(i)]
    begins = quotes.last[q] + 1 < len(syntax) and quotes.inside[quotes.last[q] + 1] >= 0
    return begins or (bool(after) and syntax.word[after[0]].lower() in ("and", "or", "but"))


def _is_main(syntax: Syntax, verb: int) -> bool:
    """Whether it is the finite verb of a main clause."""
    finite = [verb, *(c for c in syntax.children[verb] if syntax.dep[c] in ("aux", "auxpass"))]
    return syntax.dep[verb] == "ROOT" and any(syntax.tag[i] in ("VBD", "VBZ", "VBP", "MD") for i in finite)


def _is_parenthetical(syntax: Syntax, quotes: Quotes, q: int, verb: int, gap: list[int]) -> bool:
    """Whether the quotation only goes on with the clause that the cue interrupts: ``Porto, he said, "is lost"``."""
    first = min(syntax.subtree(verb)[0], verb)
    before = [i for i in gap if i < first]
    named = any(syntax.pos[i] in ("NOUN", "PROPN", "PRON") for i in before)
    small = syntax.text[quotes.list[q].inner.begin].islower()
    cut = named and ({syntax.word[before[-1]], syntax.word[first]} & {",", "—", "–"})
    goes_on = syntax.dep[verb] == "parataxis" and quotes.inside[syntax.head[verb]] == q
    return small and bool(cut) and goes_on


def _is_reduced(syntax: Syntax, verb: int) -> bool:
    """Whether the verb is a passive participle without auxiliary in an adverbial clause: "when asked"."""
    auxiliary = any(syntax.dep[c] in ("aux", "auxpass") for c in syntax.children[verb])
    return syntax.tag[verb] == "VBN" and syntax.dep[verb] == "advcl" and not auxiliary


def _is_initial_cue(syntax: Syntax, i: int) -> bool:
    """``Said Ann Ruiz, who ..., "It is safe."``: the capitalised verb is often taken for a part of the name."""
    opens = i == 0 or syntax.sentence[i - 1] != syntax.sentence[i]
    return opens and syntax.pos[i] == "PROPN" and syntax.word[i].lower() in cue_forms()


def _is_complement(
    syntax: Syntax, quotes: Quotes, q: int, verb: int, colon: bool, comma: bool, only_quotes: bool
) -> bool:
    """Whether the quotation as a whole is what the verb introduces, not a part of its clause ("said it was "over"")."""
    between = [i for i in range(verb + 1, quotes.first[q]) if not syntax.is_blank(i)]
    if quotes.is_dash(quotes.first[q] - 1):
        return False
    if comma and between and syntax.pos[between[-1]] == "NOUN" and looks_like_title(syntax.text, quotes.list[q]):
        return False  # "wrote a book, "The Long Way," about it"
    if colon or (comma and all(syntax.pos[i] != "AUX" for i in between)):
        return True
    words = [syntax.word[i].lower() for i in between if syntax.dep[i] not in ("prt", "advmod", "npadvmod")]
    if words and words != ["that"]:
        return False
    if words and _goes_on(syntax, quotes, q):
        return False
    if not between and only_quotes and syntax.text[quotes.list[q].inner.begin].isupper():
        return True
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
    if source is None and group[0] == gap[0] < verb and syntax.word[gap[0]][0].isupper() and gap[0] > quotes.last[q]:
        source, who, group = (gap[0], gap[0]), gap[0], (gap[0] + 1, group[1])  # "...," Will said: no auxiliary
    reason, act, grade = "quotation beside a cue", cue.act("quote"), cue.grade("quote")
    return quoted_draft(quotes, q, group, verb, cue.lemma, reason, source, who, act=act, grade=grade)
