"""Whatever the text, a statement's spans hold: in range, in order, inner within outer."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg.facts import Article

PIECES = [
    "Ruiz said ",
    "that the river is clean",
    '"',
    "“",
    "”",
    "'",
    ", according to Novak",
    ", he added, ",
    "The report warned that ",
    "two officials hope to leave",
    ". ",
    "\n\n",
    ": ",
    "who claimed ",
    "(",
    ")",
    " — ",
    "HOLT: ",
    "expressed concern that ",
    "?",
]


@given(st.lists(st.sampled_from(PIECES), max_size=14).map("".join))
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_spans_hold_on_any_text(nlp, text):
    from kg.extraction.statements import find_attributions
    from kg.language.pipeline import parse

    ((article, doc),) = parse(nlp, [Article(text)])
    found = find_attributions(article, doc)
    assert found == find_attributions(article, doc)
    for a in found:
        assert a.content
        for span in [*a.content, *(s for s in (a.source, a.cue) if s is not None)]:
            assert 0 <= span.begin < span.end <= len(article.text)
            assert a.evidence.covers(span) or a.continues is not None
        assert all(x.end <= y.begin for x, y in zip(a.content, a.content[1:], strict=False))
        if a.nested_in is not None:
            outer = found[a.nested_in]
            assert all(any(o.covers(c) for o in outer.content) for c in a.content)
        assert (a.cue is None) == (a.quote_type == "continued")
        assert 0 < a.confidence <= 1


@pytest.mark.parametrize("text", ["", "\n", '"', "“", "said", ":", "According to", "In the words of", "— said"])
def test_fragments_are_no_trouble(nlp, text):
    from kg.extraction.statements import find_attributions
    from kg.language.pipeline import parse

    ((article, doc),) = parse(nlp, [Article(text)])
    assert find_attributions(article, doc) == ()
