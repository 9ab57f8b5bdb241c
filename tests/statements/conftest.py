"""Statements as people read them: who, with which words, said what."""

from __future__ import annotations

from dataclasses import dataclass

import pytest


@dataclass(frozen=True)
class Said:
    """One attribution in words."""

    source: str
    cue: str
    content: tuple[str, ...]
    lemma: str | None
    quote_type: str
    act: str
    polarity: str
    modality: str
    nested_in: int | None
    continues: int | None
    confidence: float


@pytest.fixture(scope="session")
def said(nlp):
    """A function from a text to its attributions in words, in text order."""
    from kg.extraction.statements import find_attributions
    from kg.language.pipeline import parse
    from kg.readers import article_from_text

    def attributions(text, cues=None):
        ((article, doc),) = parse(nlp, [article_from_text(text, "test.txt")])

        def words(span):
            return article.text[span.begin : span.end] if span else ""

        return [
            Said(
                words(a.source),
                words(a.cue),
                tuple(map(words, a.content)),
                a.cue_lemma,
                a.quote_type,
                a.speech_act,
                a.polarity,
                a.modality,
                a.nested_in,
                a.continues,
                a.confidence,
            )
            for a in find_attributions(article, doc, cues)
        ]

    return attributions
