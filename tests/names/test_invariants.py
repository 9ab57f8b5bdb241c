"""What holds for the names of any text."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

WORDS = "Lindt President the The Nairobi U.S. al-Masri Kwok-hing Inc. said and of Academy (ABC) ABC who she his"
MARKS = ", . \" ’s 's - OFFICE iPhone 2019 http://a.b/C “ ” é Ł Jr. ' & / 3-1"
PHRASES = ["Mr. Ivo Lindt", "European Bank for Trade", "LONDON (Reuters) -", "\n", "\n\n", "\u00a0"]
PIECES = st.sampled_from([*WORDS.split(), *MARKS.split(), *PHRASES])


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(PIECES, max_size=40))
def test_mentions_lie_in_the_text_are_disjoint_and_references_point_to_entities(names, pieces):
    found = names(" ".join(pieces))
    spans = sorted(mention.span for entity in found.entities for mention in entity.mentions)
    assert all(0 <= begin < end <= len(found.text) for begin, end in spans)
    assert all(one.end <= other.begin for one, other in pairwise(spans))
    assert all(found.text[begin:end] == found.text[begin:end].strip() for begin, end in spans)
    assert len(found.by_key) == len(found.entities)
    assert all(entity.mentions for entity in found.entities)
    assert all(reference.key in found.by_key for reference in found.references.values())
    assert all(0 < reference.confidence <= 1 for reference in found.references.values())
    assert all(0 <= token < len(found.doc) for token in found.references)


@pytest.mark.parametrize("text", ["", "\n\n", "   ", "!!!", "a", "The"])
def test_texts_without_names_have_none(names, text):
    assert names(text).entities == ()


def test_the_same_text_gives_the_same_names(names):
    text = "Ana Ruiz of Ruiz & Sons met Bo Ruiz. Ruiz left. The U.S. and US firms stayed. UNESCO came."
    assert names(text).entities == names(text).entities
