"""Cues whose content is no clause to the parser: headlines and fragments, verbs in -s taken for nouns."""

from __future__ import annotations

from collections.abc import Iterator

from kg.extraction.statements.content import draft_of, spans_of, verb_group
from kg.extraction.statements.cues import Cue, Lexicon
from kg.extraction.statements.draft import Draft
from kg.extraction.statements.syntax import Syntax

_FRAGMENTS = frozenset({"dep", "dobj", "nsubj", "ccomp", "parataxis", "appos", "attr", "acomp", "nmod", "oprd"})


def fragment_object(syntax: Syntax, verb: int, cue: Cue) -> Draft | None:
    """``Rules unclear for single mothers, experts say.``: a headline or fragment, not a clause, before the cue."""
    if cue.frames.get("that", ("", ""))[1] != "utterance" or syntax.tag[verb] not in ("VBD", "VBZ", "VBP"):
        return None
    who = syntax.child(verb, "nsubj")
    own = [c for c in syntax.children[verb] if who is not None and syntax.dep[c] == "nsubj" and c < verb]
    if not own or any(not syntax.is_blank(c) for c in syntax.children[verb] if c > verb):
        return None
    who = own[-1]
    first = syntax.subtree(who)[0]
    before = [c for c in syntax.children[verb] if c < first and not syntax.is_blank(c)]
    if not before or syntax.word[first - 1] != "," or any(syntax.dep[c] not in _FRAGMENTS for c in before):
        return None
    tokens = [t for c in before for t in syntax.subtree(c)]
    return draft_of(syntax, cue, verb, verb_group(syntax, verb), "that", tokens, who, None, "fragment before a cue")


def verbs_read_as_nouns(syntax: Syntax, lexicon: Lexicon) -> Iterator[Draft]:
    """``WIPO hopes to promote ...``: a cue in -s that the tagger took for a plural noun.

    Only where the sentence begins with the name before it, has no finite verb at all, and goes on with "to" and a
    verb, or with "that".
    """
    for i, tag in enumerate(syntax.tag):
        if tag != "NNS" or i == 0 or i + 2 >= len(syntax) or (syntax.lemma[i], "verb") not in lexicon:
            continue
        cue, sentence = lexicon[syntax.lemma[i], "verb"], syntax.sentence[i]
        frame = (
            "to"
            if syntax.tag[i + 1] == "TO" and syntax.tag[i + 2] == "VB"
            else "that"
            if syntax.word[i + 1] == "that"
            else ""
        )
        if frame not in cue.frames:
            continue
        first = i
        while first > 0 and syntax.sentence[first - 1] == sentence:
            first -= 1
        last = i
        while last + 1 < len(syntax) and syntax.sentence[last + 1] == sentence:
            last += 1
        subject_only = all(syntax.pos[k] in ("PROPN", "X", "NOUN", "DET", "ADJ") for k in range(first, i)) and first < i
        finite = any(
            syntax.tag[k] in ("VBZ", "VBP", "VBD", "MD") and syntax.dep[k] not in ("relcl",)
            for k in range(first, last + 1)
            if frame == "to"
        )
        if subject_only and not finite:
            content = spans_of(syntax, range(i + 1, last + 1), set())
            yield Draft(
                content,
                (i, i),
                i,
                cue.lemma,
                frame,
                cue.act(frame),
                cue.grade(frame),
                "verb that looks like a noun",
                (first, i - 1),
                i - 1,
                i + 2,
            )
