"""The rows of an answer come in the order that ORDER BY asks for, which kg itself sees to where it can."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode

import kg
from kg.errors import QueryError
from kg.store.evaluation import evaluate, unpack
from kg.store.ordering import ordering
from kg.vocabulary import XSD

DOUBLE = NamedNode("http://www.w3.org/2001/XMLSchema#double")
TEXTS = st.text(st.characters(exclude_categories=["Cs", "Cc", "Cn"]), max_size=20)
ZONES = st.sampled_from([None, *(timezone(timedelta(hours=hours)) for hours in (-11, 0, 2, 14))])
COLUMNS = (
    TEXTS.map(Literal),
    st.builds(Literal, TEXTS, language=st.sampled_from(["en", "de"])),
    st.integers(0, 999).map(lambda number: NamedNode(f"https://example.org/{number}")),
    st.dates(date(1900, 1, 1)).map(lambda day: Literal(day.isoformat(), datatype=XSD.date)),
    st.one_of(
        st.integers(-99, 99).map(lambda number: Literal(str(number), datatype=XSD.integer)),
        st.decimals(-99, 99, places=2).map(lambda number: Literal(f"{number:f}", datatype=XSD.decimal)),
        st.floats(-99, 99).map(lambda number: Literal(str(number), datatype=DOUBLE)),
    ),
    st.one_of(
        st.integers(0, 9).map(lambda number: NamedNode(f"https://example.org/{number}")),
        st.integers(0, 9).map(lambda number: Literal(str(number), datatype=XSD.integer)),
    ),
)


@st.composite
def tables(draw):
    columns = [st.none() | column for column in draw(st.lists(st.sampled_from(COLUMNS), min_size=1, max_size=3))]
    rows = draw(st.lists(st.tuples(*columns), max_size=12))
    keys = draw(st.permutations(range(len(columns))))
    return len(columns), rows, [(key, draw(st.sampled_from(["?{}", "DESC(?{})", "asc ( ?{} )"]))) for key in keys]


@pytest.fixture(scope="module")
def nothing():
    return kg.KnowledgeGraph.create()


@settings(max_examples=200, deadline=None)
@given(tables())
def test_rows_come_in_the_order_that_the_engine_gives_them(nothing, table):
    count, rows, keys = table
    names = [f"v{number}" for number in range(count)]
    written = "\n".join(f"({' '.join('UNDEF' if term is None else str(term) for term in row)})" for row in rows)
    order = " ".join(way.format(names[key]) for key, way in keys)
    query = f"SELECT * {{ VALUES ({' '.join('?' + name for name in names)}) {{ {written} }} }} ORDER BY {order}"
    assert ordering(query) or "\\u" in query.lower()
    expected = unpack(evaluate(nothing.store, query, nothing.prefixes))
    found = nothing.query(query, timeout=None)
    assert found.columns == expected.columns
    assert list(map(tuple, found.rows)) == list(map(tuple, expected.rows))


def test_moments_of_several_time_zones_come_by_the_hour_that_they_mean(nothing):
    noon = datetime(2025, 3, 1, 12, tzinfo=timezone(timedelta(hours=5)))
    later = datetime(2025, 3, 1, 9, tzinfo=timezone(timedelta(hours=1)))
    values = " ".join(str(Literal(moment.isoformat(), datatype=XSD.dateTime)) for moment in (later, noon))
    table = nothing.query(f"SELECT ?m {{ VALUES ?m {{ {values} }} }} ORDER BY ?m")
    assert [row["m"] for row in table] == [noon, later]


@pytest.mark.parametrize(
    ("query", "keys"),
    [
        ("SELECT ?a { ?a ?b ?c } ORDER BY ?a", ["a"]),
        ("SELECT DISTINCT ?a $b WHERE { ?a ?b '}' } order by desc($b) ASC(?a) # ?c", ["b", "a"]),
        ("PREFIX e: <https://example.org/> SELECT * { ?a e:b ?c FILTER(?a<?c && ?c>?a) }\nORDER BY ?c", ["c"]),
        ("SELECT ?a (COUNT(*) AS ?n) { ?a ?b ?c } GROUP BY ?a HAVING (COUNT(*) > 1) ORDER BY DESC(?n)", ["n"]),
        ("SELECT ?a { { SELECT ?a { ?a ?b ?c } ORDER BY ?c LIMIT 3 } } ORDER BY ?a", ["a"]),
    ],
)
def test_what_orders_a_query_is_found(query, keys):
    found = ordering(query)
    assert [key.variable for key in found.keys] == keys
    assert "ORDER" not in found.query.upper().rpartition("}")[2]


@pytest.mark.parametrize(
    "query",
    [
        "SELECT ?a { ?a ?b ?c }",
        "SELECT ?a { ?a ?b ?c } # ORDER BY ?a",
        "SELECT ?a { ?a ?b ?c } ORDER BY ?a LIMIT 3",
        "SELECT ?a { ?a ?b ?c } ORDER BY ?c",
        "SELECT ?a { ?a ?b ?c } ORDER BY LCASE(?a)",
        "SELECT ?a { ?a ?b ?c } ORDER BY ?a VALUES ?c { 1 }",
        "SELECT (MAX(?c) AS ?most) { ?a ?b ?c } ORDER BY ?c",
        "SELECT ?a { { SELECT ?a { ?a ?b ?c } ORDER BY ?a } }",
        "SELECT ?a { ?a ?b '\\u0027 } ORDER BY ?a #' }",
        "CONSTRUCT { ?a ?b ?c } WHERE { ?a ?b ?c } ORDER BY ?a",
        "ASK { ?a ?b ?c }",
        "} ORDER BY ?a",
        "SELECT ?a { ?a ?b ?c )",
        "SELECT ?a { VALUES ?a { 3 2 1 } } LIMIT 1 ORDER BY ?a",
        "SELECT * { } ORDER BY ?",
        "SELECT ?a·b { ?a ?a·b ?c } ORDER BY ?a·b",
        "SELECT ?a } ORDER BY ?a {",
        "",
    ],
)
def test_other_queries_are_left_to_the_engine(query):
    assert ordering(query) is None


def test_numbers_come_by_value(nothing):
    table = nothing.query('SELECT ?n { VALUES ?n { 10 9.5 "x" 2 } } ORDER BY DESC(?n)')
    assert [row["n"] for row in table] == ["x", 10, Decimal("9.5"), 2]


@pytest.mark.parametrize(
    "rows",
    [
        '"P10D"^^xsd:duration "P2D"^^xsd:duration',
        '"-0500"^^xsd:gYear "-0044"^^xsd:gYear',
        '"11:00:00+05:00"^^xsd:time "10:00:00Z"^^xsd:time',
        '"12025-01-01T00:00:00Z"^^xsd:dateTime "2025-01-01T00:00:00Z"^^xsd:dateTime',
        '"2025-01-01+14:00"^^xsd:date "2025-01-01Z"^^xsd:date "2025-01-01-05:00"^^xsd:date',
        '"9999-12-31T23:00:00-10:00"^^xsd:dateTime "0001-01-01T00:00:00+10:00"^^xsd:dateTime',
        "true false",
    ],
)
def test_what_only_the_engine_can_compare_comes_in_its_order(nothing, rows):
    prefix = "PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>"
    query = f"{prefix} SELECT ?a {{ VALUES ?a {{ {rows} }} }} ORDER BY ?a"
    assert nothing.query(query).terms == unpack(evaluate(nothing.store, query, nothing.prefixes)).terms


def test_a_number_of_any_length_has_its_place(nothing):
    table = nothing.query(f"SELECT ?a {{ VALUES ?a {{ 1{'0' * 400} 2 }} }} ORDER BY ?a")
    assert [row["a"] for row in table] == [2, 10**400]


def test_a_variable_that_is_nowhere_orders_nothing(nothing):
    assert len(nothing.query("SELECT * { VALUES ?a { 1 2 } } ORDER BY ?zzz")) == 2
    assert len(nothing.query("SELECT * { VALUES ?a { 1 2 } MINUS { ?a ?b ?d } } ORDER BY ?d ?a")) == 2
    assert [
        row["c"] for row in nothing.query("SELECT ?a·b ?c { VALUES (?a ?a·b ?c) { (2 3 4) (1 5 6) } } ORDER BY ?a")
    ] == [6, 4]


@pytest.mark.parametrize(
    "query", ["SELECT ?a { ?a ?b ?c )", "SELECT * { } ORDER BY ?", "SELECT ?a { ?a ?b ?c } ORDER BY"]
)
def test_a_malformed_query_is_refused(nothing, query):
    with pytest.raises(QueryError):
        nothing.query(query)
