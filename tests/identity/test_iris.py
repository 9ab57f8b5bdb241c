"""The policy of IRIs."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.identity.iris import IriPolicy, norm, slug, span_iri


@given(st.text(min_size=1))
def test_every_local_name_can_be_written_in_turtle_as_prefix_and_local(name):
    assert re.fullmatch(r"[a-z_][a-z0-9-]*", slug(name)), name
    assert "--" not in slug(name)
    assert len(slug(name)) <= 65


@given(st.text(min_size=1), st.text(min_size=1))
def test_names_that_differ_only_in_norm_share_a_node(name, other):
    if norm(name) == norm(other):
        assert slug(name) == slug(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [("C++", "C"), ("AT&T", "ATT"), ("A" * 90, "A" * 91), ("3M", "N 3M"), ("华为", "小米"), ("Москва", "Минск")],
)
def test_different_names_have_different_nodes(one, other):
    assert slug(one) != slug(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("O'Brien", "O’Brien"),
        ("Al\u2011Jazeera", "Al-Jazeera"),
        ("IKEA\u00a0Group", "IKEA Group"),
        ("ACME CORP", "Acme Corp"),
    ],
)
def test_typography_does_not_split_a_node(one, other):
    assert slug(one) == slug(other)


def test_readable_names_stay_readable():
    policy = IriPolicy()
    assert policy.entity("person", "Sune Stampe Sørensen").endswith("/person/sune-stampe-sorensen")
    assert policy.entity("organisation", "the WIPO") == policy.entity("organisation", "WIPO")
    assert policy.event("Harbour Summit", "2025-03-27").endswith("/event/harbour-summit-2025-03-27")
    assert policy.role("sun-shuo", "Vice Mayor", "beijing").endswith("/role/sun-shuo--vice-mayor--beijing")


def test_the_base_is_the_users():
    assert IriPolicy("https://example.org/kg#").entity("place", "Oslo") == "https://example.org/kg#place/oslo"


def test_parts_of_a_fact_cannot_run_into_one_another():
    policy = IriPolicy()
    assert policy.fact("a", "1", "23", "x") != policy.fact("a", "12", "3", "x")


def test_span_iri_is_an_rfc_5147_fragment():
    assert span_iri("https://example.org/a", 3, 9) == "https://example.org/a#char=3,9"
