"""The statements of the seed article are those of its gold graph, span for span."""

from __future__ import annotations

import json

import pytest

SEED = "tests/gold/seed"


@pytest.fixture(scope="module")
def gold(root):
    lines = (root / SEED / "article.facts.jsonl").read_text(encoding="utf-8").splitlines()
    return list(map(json.loads, lines))


@pytest.fixture(scope="module")
def found(root, nlp):
    from kg.extraction.statements import find_attributions
    from kg.language.pipeline import parse
    from kg.readers import article_from_text

    text = (root / SEED / "article.txt").read_bytes().decode("utf-8")
    ((article, doc),) = parse(nlp, [article_from_text(text, "article.txt")])
    return find_attributions(article, doc)


def test_every_statement_cue_source_and_kind_is_that_of_the_gold(gold, found):
    def spans(value):
        return [tuple(s) for s in value] if value and isinstance(value[0], list) else [tuple(value)] if value else []

    expected = {
        (tuple(spans(f["content_span"])), tuple(f["cue_span"] or ()), tuple(f["speaker_span"]), f["quoteType"])
        for f in gold
        if f["type"] == "statement"
    }
    got = {(tuple(tuple(c) for c in a.content), tuple(a.cue or ()), tuple(a.source or ()), a.quote_type) for a in found}
    assert got == expected


def test_nesting_is_that_of_the_gold(gold, found):
    def first(value):
        return tuple(value[0]) if isinstance(value[0], list) else tuple(value)

    expected = {
        (first(f["content_span"]), first(gold[f["nested_in"]]["content_span"]))
        for f in gold
        if f["type"] == "statement" and f.get("nested_in") is not None
    }
    got = {(tuple(a.content[0]), tuple(found[a.nested_in].content[0])) for a in found if a.nested_in is not None}
    assert got == expected


def test_confidence_tells_the_editor_what_to_check_first(found):
    weak = sorted((a.confidence, a.quote_type) for a in found if a.confidence < 0.9)
    assert weak == [(0.6, "indirect"), *[(0.8, "continued")] * 10]


def test_hopes_and_commitments_are_what_is_not_presented_as_fact(found):
    assert sorted(a.speech_act for a in found if a.modality == "unrealised") == ["commitment", "hope", "hope"]
