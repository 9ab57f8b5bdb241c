"""Quotations whose sentence names the source without a verb of saying: colons, documents, any verb after the marks."""

from __future__ import annotations

from kg.extraction.statements.content import verb_group
from kg.extraction.statements.draft import Draft
from kg.extraction.statements.phrases import according_phrase
from kg.extraction.statements.quotes import Quotes
from kg.extraction.statements.quoting import source_of
from kg.extraction.statements.sources import any_subject, extent, subject
from kg.extraction.statements.syntax import CLAUSE_VERBS, Syntax
from kg.words import words

_IN_NAMES = frozenset({"DET", "ADJ", "NOUN", "PROPN", "PRON"})
_NO_VERB_OF_SAYING = 0.1  # off the confidence
_SENTENCE_BEFORE_COLON = 0.2


def quoted_draft(
    quotes: Quotes,
    q: int,
    cue: tuple[int, int],
    head: int,
    lemma: str,
    reason: str,
    source: tuple[int, int] | None,
    who: int | None,
    *,
    act: str = "assertion",
    grade: str = "report",
    doubts: float = 0.0,
) -> Draft:
    """The draft whose content is the quotation ``q``."""
    inner = quotes.list[q].inner
    draft = Draft([inner], cue, head, lemma, "quote", act, grade, reason, source, who, doubts=doubts)
    draft.quote_type, draft.quoted = "direct", [q]
    return draft


def according(syntax: Syntax, quotes: Quotes, q: int, gap: list[int]) -> Draft | None:
    """``"...," according to the report`` and ``according to the report, "..."``."""
    for i in gap:
        phrase = according_phrase(syntax, i)
        if phrase is not None:
            last, noun = phrase
            inner = {k for k, inside in enumerate(quotes.inside) if inside >= 0} - {noun}
            source = extent(syntax, noun, inner)
            reason = "quotation, according to"
            return quoted_draft(quotes, q, (i, last), i, "according to", reason, source, noun, grade="utterance")
    return None


def inverted(syntax: Syntax, quotes: Quotes, q: int, verb: int) -> Draft | None:
    """``"This is fantastic!" beamed Ann Hartley``: any verb directly after a quotation, with its subject behind it."""
    who = syntax.child(verb, "nsubj")
    if who is None and verb + 1 < len(syntax) and syntax.pos[verb + 1] == "PROPN":
        who = syntax.child(verb, "dobj")
    if who is None or who < verb or syntax.pos[who] not in ("PROPN", "NOUN", "PRON"):
        return None
    if syntax.tag[verb] not in ("VBD", "VBZ", "VBP"):
        return None
    group, lemma = verb_group(syntax, verb), syntax.lemma[verb]
    source = extent(syntax, who)
    return quoted_draft(quotes, q, group, verb, lemma, "inverted verb", source, who, doubts=_NO_VERB_OF_SAYING)


def closed_by(syntax: Syntax, quotes: Quotes, q: int, verb: int, gap: list[int]) -> Draft | None:
    """``"It never ends," an angry Ruiz retorted.``: any verb that ends the sentence, with its subject before it."""
    tokens = [i for i in gap if not syntax.is_blank(i)]
    rest = [i for i in tokens if i > verb and syntax.pos[i] != "ADV"]
    subject_first = all(syntax.pos[i] in _IN_NAMES for i in tokens if i < verb)
    comma = syntax.text[quotes.list[q].inner.end - 1] in ",?!"
    if rest or not subject_first or not comma or syntax.tag[verb] not in ("VBD", "VBZ"):
        return None
    source, who = source_of(syntax, quotes, q, verb, gap, (verb, verb))
    if source is None:
        return None
    reason, lemma = "verb after a quotation", syntax.lemma[verb]
    return quoted_draft(quotes, q, (verb, verb), verb, lemma, reason, source, who, doubts=_NO_VERB_OF_SAYING)


def issued(syntax: Syntax, quotes: Quotes, q: int, gap: list[int]) -> Draft | None:
    """``Ruiz issued a statement, "...``: the quotation is the document that somebody issued."""
    noun = gap[-2] if len(gap) > 1 else gap[-1]
    verb = syntax.head[noun]
    issues = syntax.lemma[verb] in words("speech_issuing") and verb in gap
    if not issues or syntax.dep[noun] != "dobj" or syntax.lemma[noun] not in words("speech_documents"):
        return None
    who = subject(syntax, verb)
    if who is None:
        return None
    cue, reason = (verb_group(syntax, verb)[0], noun), "quotation after a document"
    return quoted_draft(quotes, q, cue, noun, syntax.lemma[noun], reason, extent(syntax, who), who)


def after_colon(syntax: Syntax, quotes: Quotes, q: int, gap: list[int]) -> Draft | None:
    """``Smith: "..."`` and ``his message was clear: "..."``: whoever the sentence before the colon is about."""
    dashes = [k for k, i in enumerate(gap) if quotes.is_dash(i)]
    if dashes and all(syntax.pos[i] not in CLAUSE_VERBS for i in gap[dashes[-1] :]):
        gap = gap[dashes[-1] + 1 :]  # "The samples are small - Porto Institute: "...""
    nouns = [i for i in gap if syntax.pos[i] in ("PROPN", "PRON", "NOUN")]
    verbs = [i for i in gap if syntax.pos[i] in CLAUSE_VERBS]
    if not nouns:
        return None
    colon = gap[-1]
    cue, head, lemma, doubts = (colon, colon), colon, ":", _NO_VERB_OF_SAYING
    document, owner = _document_of(syntax, gap)
    if owner is not None:
        who: int | None = owner
        cue, head, lemma, doubts = (document, document), document, syntax.lemma[document], _SENTENCE_BEFORE_COLON
    elif verbs:
        full = [i for i in verbs if syntax.dep[i] not in ("aux", "auxpass")] or verbs
        root = next((i for i in full if syntax.head[i] == i or syntax.head[i] not in gap), full[0])
        who, last, doubts = any_subject(syntax, root), gap[-2] if len(gap) > 1 else colon, _SENTENCE_BEFORE_COLON
        if syntax.pos[last] == "PROPN" and (who is None or syntax.pos[who] not in ("PROPN", "PRON")):
            who = last  # "no surprise to pollster Ann Ruiz: "...""
        else:
            cue, head, lemma = verb_group(syntax, root), root, syntax.lemma[root]
    else:
        who = next((i for i in nouns if syntax.dep[i] in ("ROOT", "nsubj", "dep", "nmod")), nouns[-1])
    if who is None or who not in gap:
        return None
    elsewhere = set(range(quotes.last[q] + 1)) - set(gap[:-1])
    source = extent(syntax, who, elsewhere)
    return quoted_draft(quotes, q, cue, head, lemma, "quotation after a colon", source, who, doubts=doubts)


def _document_of(syntax: Syntax, gap: list[int]) -> tuple[int, int | None]:
    """The last document of a sentence, and who wrote it: ``how they rated this statement by Ruiz: "..."``."""
    for i in reversed(gap):
        if syntax.lemma[i] in words("speech_documents") and syntax.pos[i] == "NOUN":
            by = i + 1 if syntax.word[i + 1].lower() in ("by", "from") else None
            owner = syntax.child(by, "pobj") if by is not None else syntax.child(i, "poss")
            known = owner in gap and owner is not None and syntax.pos[owner] != "PRON"
            return i, owner if known else None
    return -1, None
