"""What changed between two graphs, in words and as RDF that carries one into the other."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, RdfFormat, Store, Triple, parse

import kg
from kg.cli import cli
from kg.comparison import CHANGES, change_set, compare, update
from kg.store.turtle import turtle
from kg.vocabulary import DEFAULT_BASE, NK, OWL, RDF, RDFS

DIRECTOR = (
    "Port Office Opens New Dock\n\nOSLO, May 13, 2025 - Amal Haddad, director of the Port Office, opened a new dock in "
    'Oslo on Monday. "Trade grew by more than 40 percent," Haddad said.\n'
)
DEPUTY = (
    "May 20, 2025\n\nThe Port Office appointed Jonas Lindqvist as deputy director. Lindqvist said the dock would "
    "create 200 jobs.\n"
)


@pytest.fixture(scope="module")
def graphs(tmp_path_factory):
    folder = tmp_path_factory.mktemp("diff")
    (folder / "one.txt").write_text(DIRECTOR)
    (folder / "two.txt").write_text(DEPUTY)
    kg.build([folder / "one.txt"], folder / "old.ttl")
    kg.build([folder / "one.txt", folder / "two.txt"], folder / "new.ttl")
    return folder / "old.ttl", folder / "new.ttl"


def run(*arguments):
    return CliRunner().invoke(cli, ["diff", *map(str, arguments)])


def test_a_new_article_brings_its_people_facts_and_statements(graphs):
    done = run(*graphs)
    assert done.exit_code == 1
    assert "  + person Jonas Lindqvist\n" in done.stdout
    assert "  + Jonas Lindqvist - holds role - deputy director" in done.stdout
    assert "  + Jonas Lindqvist (say): the dock would create 200 jobs\n" in done.stdout
    assert "Amal Haddad - holds role" not in done.stdout
    back = run(*reversed(graphs))
    assert "  - person Jonas Lindqvist\n" in back.stdout
    assert "  + " not in back.stdout


def test_equal_graphs_have_no_difference(graphs):
    done = run(graphs[0], graphs[0])
    assert (done.exit_code, done.stdout) == (0, "")
    assert done.stderr == "the graphs are equal\n"


def test_blank_nodes_are_compared_by_what_is_said_of_them(tmp_path):
    one, same, other = (tmp_path / f"{name}.ttl" for name in ("one", "same", "other"))
    one.write_text('[] <http://a.example/p> [ <http://a.example/q> "x" ] .')
    same.write_text('_:b <http://a.example/q> "x" . _:a <http://a.example/p> _:b .')
    other.write_text('[] <http://a.example/p> [ <http://a.example/q> "y" ] .')
    for new, status in ((one, 0), (same, 0), (other, 1)):
        assert run(one, new).exit_code == status
    assert '"y"' in run(one, other, "--format", "nt").stdout


def versions(tmp_path, texts, **options):
    """The graph of each of some sets of articles: {name: text}, or a record with metadata."""
    paths = []
    for number, articles in enumerate(texts):
        file = tmp_path / f"{number}.jsonl"
        records = [text if isinstance(text, dict) else {"text": text, **options} for text in articles]
        file.write_text("".join(json.dumps(record) + "\n" for record in records))
        kg.build([file], tmp_path / f"{number}.ttl", workers=1)
        paths.append(tmp_path / f"{number}.ttl")
    return paths


MORE = (
    "\nLorries had queued along the quay for twelve kilometres, and in the villages behind it neither flour nor fuel "
    "was to be had since the second weekend of the month, until the navy brought some of both to the islands.\n"
)
REVISED = DIRECTOR.replace("Oslo on Monday", "Drammen on Monday").replace("than 40", "than 45")


def test_a_changed_article_is_told_by_what_it_says_otherwise(tmp_path):
    other = {"text": DEPUTY}
    done = run(*versions(tmp_path, [[DIRECTOR, other], [REVISED, other]], url="https://paper.example/dock"))
    assert done.exit_code == 1
    lines = done.stdout.splitlines()
    assert lines[:2] == ["articles", "  ~ Port Office Opens New Dock (https://paper.example/dock): another text"]
    told = [line for line in lines if line.startswith("      ")]
    assert "      + Amal Haddad (say): Trade grew by more than 45 percent" in told
    assert "      - Amal Haddad (say): Trade grew by more than 40 percent" in told
    assert any("Drammen" in line and line.strip().startswith("+") for line in told)
    assert not any("holds role" in line for line in lines)  # both versions say so
    assert len([line for line in lines if "40 percent" in line]) == 1  # each change is told once


ARREST = (
    "Harbour Police Arrest Four\n\nVELDEN, Sept 23, 2025 - Four men were arrested in Velden on Monday after a fire "
    'at the harbour. "The fire cost 40 jobs," Mayor Ines Brandt said.\n'
)


def test_what_reads_the_same_with_both_signs_is_counted_and_stays_in_the_rdf(tmp_path):
    paths = versions(tmp_path, [[ARREST], [ARREST.replace("40 jobs", "45 jobs")]])
    done = run(*paths)
    told = [line.strip() for line in done.stdout.splitlines() if line.strip()[:2] in ("+ ", "- ")]
    assert sorted(told) == ["+ Ines Brandt (say): The fire cost 45 jobs", "- Ines Brandt (say): The fire cost 40 jobs"]
    found = compare(*map(kg.open, paths))
    assert found.alike >= 2  # the event, which has another IRI, and its day
    assert f"left out: {found.alike} pairs of changes that read the same" in done.stderr
    assert any(t.predicate == RDF.type and t.object == NK.Event for t in found.added)
    store = kg.open(paths[0]).store
    store.update(update(found))
    assert {quad.triple for quad in store} == set(kg.open(paths[1]))


def test_two_of_a_name_that_became_one_are_told():
    old, new = kg.KnowledgeGraph.create(), kg.KnowledgeGraph.create()
    for graph, names in ((old, "ab"), (new, "c")):
        for name in names:
            event = NamedNode(f"{DEFAULT_BASE}event/{name}")
            graph.add([Triple(event, RDF.type, NK.Event), Triple(event, RDFS.label, Literal("fire"))])
    found = compare(old, new)
    assert [(c.sign, c.text) for c in found.changes] == [("-", "event fire")]
    assert found.alike == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (DIRECTOR, REVISED),  # one title
        (DIRECTOR + MORE, (REVISED + MORE).replace("Port Office Opens New Dock", "Dock Opened")),  # most of the words
    ],
)
def test_versions_are_known_without_an_address(tmp_path, one, other):
    old, new = versions(tmp_path, [[one], [other]])
    (change,) = (change for change in compare(kg.open(old), kg.open(new)).changes if change.kind == "article")
    assert change.sign == "~"


def test_other_articles_are_no_versions(tmp_path):
    old, new = versions(tmp_path, [[DIRECTOR], [DEPUTY]])
    changes = compare(kg.open(old), kg.open(new)).changes
    assert sorted(change.sign for change in changes if change.kind == "article") == ["+", "-"]
    assert not any(change.within for change in changes)


def test_metadata_that_changed_is_told_of_the_article(tmp_path):
    records = [[{"text": DEPUTY, "title": "Deputy", "date": day}] for day in ("2025-05-20", "2025-05-21")]
    lines = run(*versions(tmp_path, records)).stdout.splitlines()
    assert lines[1] == "  ~ Deputy: the same text"
    assert {"      + date published: 2025-05-21", "      - date published: 2025-05-20"} <= set(lines)


def test_a_changed_article_in_rdf(tmp_path):
    old, new = versions(tmp_path, [[DIRECTOR], [REVISED]])
    store = Store()
    store.extend(parse(run(old, new, "--format", "nt").stdout.encode(), RdfFormat.N_TRIPLES))
    ((revision,),) = store.query("SELECT ?new { ?new <http://www.w3.org/ns/prov#wasRevisionOf> ?old }")
    of_article = next(store.quads_for_pattern(None, NamedNode(CHANGES + "subjectOfChange"), revision)).subject
    query = f"""SELECT ?content {{ {of_article} <{CHANGES}addition> ?a . ?a
        <{RDF.predicate.value}> <{NK.content.value}> ; <{RDF.object.value}> ?content }}"""
    assert [row[0].value for row in store.query(query)] == ["Trade grew by more than 45 percent"]
    store = kg.open(old).store
    store.update(run(old, new, "--format", "update").stdout)
    assert {quad.triple for quad in store} == set(kg.open(new))


def test_json_lists_triples_and_words(graphs):
    found = json.loads(run(*graphs, "--format", "json").stdout)
    assert not found["removed"]
    assert len(kg.open(graphs[1])) - len(kg.open(graphs[0])) == len(found["added"])
    assert ["+", "thing", "person Jonas Lindqvist"] in [list(change.values())[:3] for change in found["changes"]]


@pytest.mark.parametrize(("form", "kind"), [("ttl", RdfFormat.TURTLE), ("nt", RdfFormat.N_TRIPLES)])
def test_the_change_set_in_rdf_has_every_triple(graphs, form, kind):
    store = Store()
    store.extend(parse(run(*graphs, "--format", form).stdout.encode(), kind))
    additions = list(store.quads_for_pattern(None, NamedNode(CHANGES + "addition"), None))
    assert len(additions) == len(kg.open(graphs[1])) - len(kg.open(graphs[0]))


def test_the_update_makes_the_new_graph_of_the_old(graphs):
    store = kg.open(graphs[0]).store
    store.update(run(*graphs, "--format", "update").stdout)
    assert {quad.triple for quad in store} == set(kg.open(graphs[1]))


def test_a_new_name_and_a_merge_are_told_as_such():
    person = NamedNode(DEFAULT_BASE + "person/a")
    old, new = kg.KnowledgeGraph.create(), kg.KnowledgeGraph.create()
    old.add([Triple(person, RDF.type, NK.Person), Triple(person, RDFS.label, Literal("A. Haddad"))])
    new.add([Triple(person, RDF.type, NK.Person), Triple(person, RDFS.label, Literal("Amal Haddad"))])
    new.add([Triple(person, OWL.sameAs, NamedNode(DEFAULT_BASE + "person/b"))])
    assert [(c.sign, c.text) for c in compare(old, new).changes] == [
        ("~", "A. Haddad is now called Amal Haddad"),
        ("+", "Amal Haddad is the same as person:b"),
    ]


def test_a_thing_that_is_known_under_another_iri_is_the_same_thing():
    short, full, place = (NamedNode(DEFAULT_BASE + name) for name in ("person/haddad", "person/amal-haddad", "place/x"))
    fact = NamedNode(DEFAULT_BASE + "fact/f1")

    def graph(person, name, *more):
        made = kg.KnowledgeGraph.create()
        parts = ((RDF.subject, person), (RDF.predicate, NK.attended), (RDF.object, place), (RDF.type, NK.Fact))
        made.add([Triple(fact, predicate, value) for predicate, value in parts])
        made.add([Triple(person, RDF.type, NK.Person), Triple(person, RDFS.label, Literal(name))])
        made.add([Triple(person, NK.attended, place), *more])
        return made

    old = graph(short, "Haddad")
    new = graph(full, "Amal Haddad", Triple(full, OWL.sameAs, short))
    told = [(c.sign, c.kind, c.text) for c in compare(old, new).changes]
    assert told == [
        ("~", "name", "Haddad is now Amal Haddad"),
        ("+", "identity", "Amal Haddad is the same as person:haddad"),
    ]


terms = st.sampled_from([NamedNode(f"https://e.example/{name}") for name in "abcd"])
values = terms | st.text(st.characters(exclude_categories=["Cs"]), max_size=8).map(Literal)
triples = st.frozensets(st.builds(Triple, terms, terms, values), max_size=8)


@settings(deadline=None)
@given(triples, triples)
def test_any_update_carries_one_graph_into_the_other(one, other):
    old, new = kg.KnowledgeGraph.create(), kg.KnowledgeGraph.create()
    old.add(one)
    new.add(other)
    difference = compare(old, new)
    assert bool(difference) == (one != other)
    assert "".join(turtle(change_set(difference), DEFAULT_BASE))
    if difference:
        old.store.update(update(difference))
    assert set(old) == set(other)
