"""``kg why`` of a thing of which very much is told: the first of it, and how much more there is."""

from __future__ import annotations

import pytest
from click.testing import CliRunner
from pyoxigraph import Literal, NamedNode, Triple

import kg
from kg.cli import cli
from kg.cli.why import FEW, MOST
from kg.store.evidence import Reader
from kg.vocabulary import NIF, NK, RDF, RDFS, SCHEMA, XSD

ARTICLES = 130
TEXT = "Ada Moss attended a fair. Ada Moss said that rain fell. Ada Moss left."


def article(base: str, number: int):
    """An article that names a person three times, tells of a fair that others tell of too, and quotes her."""
    iri = f"{base}article/{number}"
    person, fair = NamedNode(f"{base}person/ada-moss"), NamedNode(f"{base}event/{number % 7}")
    fact, said, text = (
        NamedNode(f"{base}fact/{number * 7919 % 1000}"),
        NamedNode(f"{base}said/{number}"),
        NamedNode(iri),
    )
    day = Literal(f"2024-{number % 12 + 1:02}-01", datatype=XSD.date)
    spans = {place: NamedNode(f"{iri}#char={place[0]},{place[1]}") for place in ((0, 8), (26, 34), (56, 64), (0, 25))}
    for (begin, end), span in spans.items():
        yield Triple(span, NIF.referenceContext, text)
        yield Triple(span, NIF.beginIndex, Literal(begin))
        yield Triple(span, NIF.endIndex, Literal(end))
        yield Triple(span, NIF.anchorOf, Literal(TEXT[begin:end]))
        if end - begin == len("Ada Moss"):
            yield Triple(person, NK.evidence, span)
    yield from (
        Triple(person, RDF.type, NK.Person),
        Triple(person, RDFS.label, Literal("Ada Moss")),
        Triple(fair, RDFS.label, Literal(f"Fair {number % 7}")),
        Triple(text, RDFS.label, Literal(f"Article {number}")),
        Triple(text, NIF.isString, Literal(TEXT)),
        Triple(fact, RDF.type, NK.Fact),
        Triple(fact, RDF.subject, person),
        Triple(fact, RDF.predicate, NK.attended),
        Triple(fact, RDF.object, fair),
        Triple(fact, NK.evidence, spans[0, 25]),
        Triple(said, RDF.type, NK.Statement),
        Triple(said, NK.speaker, person),
        Triple(said, NK.content, Literal(f"rain fell {number}")),
        Triple(said, NK.contentSpan, spans[0, 25]),
    )
    if number % 5:  # some articles have no day
        yield Triple(text, SCHEMA.datePublished, day)


@pytest.fixture(scope="module")
def graph():
    made = kg.KnowledgeGraph.create()
    made.add(triple for number in range(ARTICLES) for triple in article(made.base, number))
    return made


@pytest.mark.parametrize("most", [1, 2, 20, 99, ARTICLES, ARTICLES + 1])
def test_the_first_of_all_is_what_all_begins_with(graph, most):
    reader, thing = Reader(graph), NamedNode(f"{graph.base}person/ada-moss")
    assert len(reader.facts(thing)) == len(reader.statements(thing)) == ARTICLES
    assert reader.first_facts(thing, most) == (reader.facts(thing)[:most], ARTICLES)
    assert reader.first_statements(thing, most) == (reader.statements(thing)[:most], ARTICLES)
    (every,), (some,) = reader.mentions(thing), reader.first_mentions(thing, most)[0]
    assert some.citations == every.citations[:most]
    assert reader.first_mentions(thing, most)[1] == len(every.citations) == 3 * ARTICLES


def test_how_much_more_there_is_is_told_and_shown_when_asked_for(graph, tmp_path):
    graph.save(tmp_path / "graph.nt")
    run = CliRunner().invoke
    short = run(cli, ["why", str(tmp_path / "graph.nt"), "Ada Moss"])
    assert short.exit_code == 0
    assert short.stdout.count("Ada Moss - attended - ") == MOST
    assert f"  and {3 * ARTICLES - FEW} more (--all shows them)\n" in short.stdout
    more = ARTICLES - MOST
    assert short.stdout.endswith(f"\n\nand {more} more facts and {more} more statements (--all shows them)\n")
    whole = run(cli, ["why", str(tmp_path / "graph.nt"), "Ada Moss", "--all"])
    assert whole.stdout.count("Ada Moss - attended - ") == ARTICLES
    assert "--all" not in whole.stdout
    assert whole.stdout.startswith(short.stdout[: short.stdout.index("Ada Moss (continued)")])
