"""Terms written as text are those that the engine writes."""

import doctest
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, RdfFormat, parse

from kg.mapping import terms
from kg.mapping.terms import NK, XSD, decimal, iri, literal
from kg.vocabulary import NK as NAMES

texts = st.text(st.characters(exclude_categories=["Cs"]))


@given(texts)
def test_a_text_is_written_as_the_engine_writes_it(text):
    assert literal(text) == str(Literal(text))
    assert literal(text, XSD.date) == str(Literal(text, datatype=NamedNode(XSD.date[1:-1])))


@given(texts, texts)
def test_no_text_can_become_another_triple(one, other):
    lines = [f"<https://example.org/{n}> {NK.content} {literal(text)} .\n" for n, text in enumerate((one, other))]
    found = [quad.object.value for quad in parse("".join(lines).encode(), format=RdfFormat.N_TRIPLES)]
    assert found == [one, other]


@pytest.mark.parametrize("value", ["", "a", "https://example.org/a> <b", "https://example.org/a b", "http://a:port/"])
def test_what_is_no_iri_is_refused(value):
    with pytest.raises(ValueError):
        iri(value)


def test_an_unknown_term_is_refused():
    assert str(NAMES.Person) == NK.Person == NK["Person"]
    with pytest.raises(AttributeError):
        _ = NK.Persn
    with pytest.raises(KeyError):
        _ = NK["Persn"]


@given(st.decimals(-(10**9), 10**9, allow_nan=False, places=4))
def test_a_number_has_one_written_form(value):
    written = decimal(value)
    assert written == decimal(value * Decimal("1.000"))
    assert Decimal(written.split('"')[1]) == value
    assert "E" not in written.split('"')[1]


def test_the_examples_hold():
    assert doctest.testmod(terms).failed == 0
