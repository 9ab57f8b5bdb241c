"""Products by numpy are those of spaCy but for rounding; what is read in an article depends on that article alone."""

from __future__ import annotations

import numpy as np
import pytest
from thinc.api import Model, NumpyOps

from kg.language.pipeline import parse
from kg.language.products import ROWS, NumpyProducts, multiply_with_numpy
from kg.readers import article_from_text

COUNTS = (*range(1, 70), 100, ROWS - 1, ROWS, ROWS + 1, 1000, 2047)


def shapes_of(nlp):
    """The shapes of the matrices that the models of a pipeline multiply with."""
    found = set()
    for _, pipe in nlp.pipeline:
        if isinstance(getattr(pipe, "model", None), Model):
            for node in pipe.model.walk():
                for name in node.param_names:
                    if name == "W" and node.has_param(name):
                        shape = node.get_param(name).shape
                        found.add((int(np.prod(shape[:-1])), shape[-1]))
    return sorted(found)


def test_a_row_of_a_product_does_not_depend_on_the_others(nlp):
    products, numbers = NumpyProducts(), np.random.default_rng(1)
    shapes = shapes_of(nlp)
    assert len(shapes) > 5
    for width, depth in shapes:
        weights = numbers.standard_normal((width, depth)).astype("f")
        rows = numbers.standard_normal((3000, depth)).astype("f")
        whole = products.gemm(rows, weights, trans2=True)
        for begin, count in [(begin, count) for begin in (0, 7, 500) for count in COUNTS]:
            part = products.gemm(rows[begin : begin + count].copy(), weights, trans2=True)
            assert np.array_equal(part, whole[begin : begin + count]), (width, depth, begin, count)


@pytest.mark.parametrize("turned", [(False, False), (True, False), (False, True), (True, True)])
def test_products_are_those_of_spacy(turned):
    numbers = np.random.default_rng(2)
    left, right = numbers.standard_normal((40, 30)).astype("f"), numbers.standard_normal((30, 20)).astype("f")
    left, right = (np.ascontiguousarray(m.T) if turn else m for m, turn in zip((left, right), turned, strict=True))
    ours, theirs = NumpyProducts(), NumpyOps()
    expected = theirs.gemm(left, right, trans1=turned[0], trans2=turned[1])
    assert np.allclose(ours.gemm(left, right, trans1=turned[0], trans2=turned[1]), expected, atol=1e-5)
    room = np.ones((40, 20), "f")
    assert ours.gemm(left, right, out=room, trans1=turned[0], trans2=turned[1]) is room
    assert np.allclose(room, expected, atol=1e-5)


def test_what_is_read_in_an_article_does_not_depend_on_those_beside_it(nlp):
    texts = [
        "Yes.",
        "Oslo opened.",
        "Amal Haddad opened a dock in Oslo, Jonas Lindqvist said.",
        "The Port Office of Oslo, which Amal Haddad has led since 2019, will build a second dock. " * 12,
    ]
    articles = [article_from_text(text, f"{number}.txt") for number, text in enumerate(texts)]
    assert any(isinstance(node.ops, NumpyProducts) for node in nlp.get_pipe("ner").model.walk())
    together = {article.source: doc for article, doc in parse(nlp, articles)}
    for article in articles:
        ((_, alone),) = parse(nlp, [article])
        assert np.array_equal(alone.tensor, together[article.source].tensor)
        assert alone.to_bytes(exclude=["user_data"]) == together[article.source].to_bytes(exclude=["user_data"])


def test_models_on_other_operations_keep_them():
    class Others(NumpyOps):
        pass

    class Pipeline:
        pipeline = (
            ("one", type("Pipe", (), {"model": Model("own", lambda *_: None, ops=Others())})),
            ("two", object()),
        )

    multiply_with_numpy(Pipeline)
    assert type(Pipeline.pipeline[0][1].model.ops) is Others
