"""The rules of the ontology: what breaks them is found, by the reference and by the queries alike."""

from __future__ import annotations

import random
import time

import pytest
from pyoxigraph import Literal, NamedNode, Quad, Triple

import kg
from kg.errors import GraphError
from kg.validation import validate
from kg.validation.checks import checks
from kg.vocabulary import NIF, NK, RDF, RDFS, XSD

ID = "https://w3id.org/newskg/id/"
ARTICLE = ID + "article/a93aaeae312ee29e0"
FORUM = NamedNode(ID + "event/global-forum-on-intellectual-property-protection-and-innovation-2025-03-27")
TANG = NamedNode(ID + "person/daren-tang")


@pytest.fixture
def graph(root):
    return kg.open(root / "tests/gold/seed/graph.ttl")


def change(graph, subject, predicate, value):
    """Replace the values of a property."""
    for triple in list(graph.triples(subject, predicate)):
        graph.store.remove(Quad(*triple))
    if value is not None:
        graph.add([Triple(subject, predicate, value)])


def day(text):
    return Literal(text, datatype=XSD.date)


def problems(graph):
    report = validate(graph)
    assert not report.conforms
    return {(problem.node.removeprefix(ID), problem.message) for problem in report.problems}


@pytest.mark.parametrize("engine", ["queries", "pyshacl"])
def test_the_hand_made_graph_conforms(graph, engine):
    report = validate(graph, engine)
    assert report.problems == ()
    assert report.conforms


def test_a_person_that_is_also_a_place_has_been_merged_wrongly(graph):
    graph.add([Triple(TANG, RDF.type, NK.Place)])
    message = "A Person is also typed as an Organisation, Place, Topic or Event: two entities have been merged."
    assert ("person/daren-tang", message) in problems(graph)


def test_an_event_that_ends_before_it_starts(graph):
    change(graph, FORUM, NK.endDate, day("2025-03-26"))
    assert (FORUM.value.removeprefix(ID), "The event ends before it starts.") in problems(graph)


def test_a_fact_without_a_record_of_where_it_was_read(graph):
    zhang = NamedNode(ID + "person/sun-shuo")
    graph.add([Triple(zhang, NK.hosted, FORUM)])
    (found,) = problems(graph)
    assert found[0] == "person/sun-shuo"
    assert found[1].endswith("is asserted without a nk:Fact that says where it was read.")


def test_characters_that_are_not_those_of_the_article(graph):
    span = NamedNode(ARTICLE + "#char=1291,1295")
    change(graph, span, NIF.anchorOf, Literal("Tong"))
    found = problems(graph)
    assert (
        f"{span.value.removeprefix(ID)}",
        f"The characters of {span.value} are not those of its article at its offsets.",
    ) in found


def test_a_span_whose_name_does_not_fit_its_offsets(graph):
    span = NamedNode(ARTICLE + "#char=1291,1295")
    change(graph, span, NIF.endIndex, Literal("1296", datatype=XSD.nonNegativeInteger))
    assert any("does not match its article and offsets" in message for _, message in problems(graph))


def test_an_offset_that_is_no_whole_number_is_reported_though_the_reference_fails_on_it(graph):
    span = NamedNode(ARTICLE + "#char=1291,1295")
    change(graph, span, NIF.beginIndex, Literal("1291.5", datatype=XSD.decimal))
    assert "A span needs one nif:beginIndex, smaller than its nif:endIndex." in {m for _, m in problems(graph)}
    with pytest.raises(GraphError, match="pySHACL cannot finish"):
        validate(graph, "pyshacl")


def test_statements_nested_in_a_circle(graph):
    inner, outer = next((t.subject, t.object) for t in graph.triples(None, NK.nestedIn))
    change(graph, outer, NK.nestedIn, inner)
    assert any("is nested in itself" in message for _, message in problems(graph))


def test_a_warning_does_not_fail(graph):
    change(graph, TANG, NamedNode("http://www.w3.org/2004/02/skos/core#altLabel"), Literal("Daren Tang"))
    for engine in ("queries", "pyshacl"):
        report = validate(graph, engine)
        assert report.conforms
        assert (report.violations, report.warnings) == (0, 1)
        assert report.problems[0].message == "skos:altLabel repeats rdfs:label."


def mutated(graph, seed, changes=60):
    """A graph with statements removed and nonsense added."""
    chance = random.Random(seed)
    triples = sorted((t for t in graph.triples() if not t.predicate.value.endswith("Index")), key=str)
    classes = [NK.Person, NK.Place, NK.Event, NK.Role, NK.Organisation, NK.Statement, NK.Fact]
    for triple in chance.sample(triples, changes):
        other = chance.choice(triples)
        match chance.randrange(6):
            case 0 | 1:
                graph.store.remove(Quad(*triple))
            case 2:
                graph.add([Triple(triple.subject, triple.predicate, Literal("oops"))])
            case 3:
                graph.add([Triple(triple.subject, triple.predicate, other.subject)])
            case 4:
                graph.add([Triple(triple.subject, RDF.type, chance.choice(classes))])
            case _:
                graph.add([Triple(triple.subject, triple.predicate, other.object)])
    return graph


@pytest.mark.parametrize("seed", range(4))
def test_the_queries_find_exactly_what_the_reference_finds(graph, seed):
    spoilt = mutated(graph, seed)
    expected = validate(spoilt, "pyshacl")
    assert len(expected.problems) > 30
    assert validate(spoilt, "queries") == expected


def test_every_rule_of_the_shapes_is_checked(root):
    messages = {check.message for check in checks()}
    text = (root / "ontology/shapes.ttl").read_text()
    for line in text.splitlines():
        if 'sh:message "' in line:
            assert line.split('sh:message "')[1].split('"')[0] in messages


def test_a_hundred_articles_are_checked_in_seconds(graph):
    copies = kg.KnowledgeGraph.create()
    lines = "".join(f"{t.subject} {t.predicate} {t.object} .\n" for t in graph.triples())
    for number in range(100):
        text = lines.replace("a93aaeae312ee29e0", f"a{number:016x}").replace("id/fact/f", f"id/fact/f{number:03}")
        copies.store.bulk_load(text.encode(), kg.store.formats.rdf_format(".nt"))
    begin = time.monotonic()
    assert validate(copies).conforms
    assert time.monotonic() - begin < 10


def test_an_empty_graph_conforms():
    assert validate(kg.KnowledgeGraph.create()).conforms


def test_problems_stand_in_a_stable_order_violations_first(graph):
    graph.add(
        [
            Triple(TANG, RDFS.label, Literal("D. Tang")),
            Triple(TANG, NamedNode("http://www.w3.org/2004/02/skos/core#altLabel"), Literal("D. Tang")),
        ]
    )
    severities = [problem.severity for problem in validate(graph).problems]
    assert severities == ["violation", "warning"]
