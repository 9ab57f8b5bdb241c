"""Sentences side by side have the names that spaCy's own recogniser finds token by token."""

from __future__ import annotations

import warnings

import pytest
import spacy
from spacy.tokens import Span

from kg.language.named_entities import NAME, recognise_side_by_side
from kg.language.pipeline import DEFAULT_MODEL
from kg.language.products import multiply_with_numpy, one_thread

TEXTS = [
    "",
    "  \n \n",
    "Oslo",
    "Oslo\n",
    "Amal Haddad, Jonas Lindqvist and the Port Office of Oslo\n\nmet on Monday, May 13, 2025\nin Bergen for $ 4.",
    "The Second World War. The\nUnited  Nations General\n Assembly of New York City, Inc. paid 4 percent.",
]


def names(doc):
    return [(entity.start, entity.end, entity.label_) for entity in doc.ents]


@pytest.fixture(scope="module")
def own():
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the model is older than the library
        pipeline = spacy.load(DEFAULT_MODEL)
    multiply_with_numpy(pipeline)
    return pipeline


def test_the_same_names_as_spacy_itself_finds(nlp, own, root):
    places = (*(root / "tests/gold/articles").glob("*.txt"), *(root / "docs").glob("*.md"))
    texts = [*TEXTS, *(path.read_text(encoding="utf-8") for path in sorted(places))]
    assert NAME in nlp.pipe_names and "ner" not in nlp.pipe_names
    with one_thread():
        found = list(nlp.pipe(texts, batch_size=8))
        expected = list(own.pipe(texts))
    assert sum(len(doc.ents) for doc in expected) > 500
    for ours, theirs in zip(found, expected, strict=True):
        assert names(ours) == names(theirs)
        assert ours.to_array(["ENT_IOB", "ENT_TYPE"]).tolist() == theirs.to_array(["ENT_IOB", "ENT_TYPE"]).tolist()


def test_names_set_before_are_kept_as_spacy_keeps_them(nlp, own):
    found = []
    for pipeline, recogniser in ((nlp, NAME), (own, "ner")):
        doc = pipeline.make_doc("Jonas Lindqvist of the Port Office met Amal Haddad in Oslo on Monday.")
        doc.set_ents([Span(doc, 4, 6, "EVENT")], default="missing")
        with one_thread():
            found.append(names(pipeline.get_pipe(recogniser)(doc)))
    assert found[0] == found[1]
    assert (4, 6, "EVENT") in found[0]


def test_what_works_otherwise_is_left_alone():
    blank = spacy.blank("en")
    blank.add_pipe("ner").add_label("PERSON")
    blank.initialize()
    blank.get_pipe("ner").model.attrs["has_upper"] = False
    recognise_side_by_side(blank)
    assert blank.pipe_names == ["ner"]
