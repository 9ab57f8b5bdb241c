"""The questions that come with kg: their parameters, their answers in every format, and the help when they go wrong."""

from __future__ import annotations

import json
import re

import pandas
import pytest
from click.testing import CliRunner
from pyoxigraph import Literal, NamedNode, Triple

import kg
from kg.cli import cli
from kg.errors import QueryError
from kg.queries import question, questions
from kg.queries.advice import ask, explain, why_empty
from kg.queries.parameters import PARAMETERS, day, left_out, terms, things
from kg.store.names import find
from kg.vocabulary import DCTERMS, NK, RDF, RDFS, SCHEMA, SKOS, XSD

TANG = "person:daren-tang"
SAMPLE = {
    "person": "Daren Tang",
    "organisation": "WIPO",
    "event": "Global Forum on Intellectual Property Protection and Innovation",
    "place": "Beijing",
    "about": "intellectual property",
    "thing": "WIPO",
    "since": "2025",
    "until": "2025-12",
    "at": "2025-12-31",
    "act": "assertion",
    "type": "gathering",
    "class": "Person",
    "title": "director",
    "words": "the",
    "short": "IP",
    "unit": "CNY",
}


@pytest.fixture(scope="module")
def seed(root):
    return str(root / "tests/gold/seed/graph.ttl")


@pytest.fixture(scope="module")
def graph(seed):
    return kg.open(seed)


@pytest.fixture(scope="module")
def articles(data_graph):
    """The graph of the articles in data/, of which one is made to be near-duplicate of another."""
    graph = kg.open(data_graph)
    one, other = sorted((t.subject for t in graph.triples(None, RDF.type, NK.Article)), key=str)[:2]
    same = Literal("nk:nearDuplicateOf: 71% of its runs of 5 words stand there")
    graph.add([Triple(one, NK.nearDuplicateOf, other), Triple(one, NK.metadataOrigin, same)])
    return graph


def run(*arguments, status=0):
    result = CliRunner().invoke(cli, ["query", *map(str, arguments)])
    assert result.exit_code == status, (result.output, result.exception)
    return result


def values(graph, parameter):
    if parameter == "article":
        table = graph.query("SELECT ?a { ?a a nk:Article }")
        return table.rows[0][0]
    if parameter == "publisher":
        return graph.label(next(graph.triples(None, DCTERMS.publisher)).object)
    return SAMPLE[parameter]


GENERAL = [asked for asked in questions() if not asked.name.startswith("CQ")]


def test_there_are_many_questions_each_of_which_says_what_it_answers():
    assert len(GENERAL) >= 30
    assert all(asked.text.endswith("?") for asked in GENERAL)
    assert len({asked.text for asked in GENERAL}) == len(GENERAL)
    assert sum(1 for asked in GENERAL if asked.parameters) >= 30


@pytest.mark.parametrize("asked", GENERAL, ids=[asked.name for asked in GENERAL])
def test_a_question_can_be_asked_with_each_of_its_parameters(asked, articles):
    graph = articles
    required = {name: values(graph, name) for name in asked.required}
    everything = graph.query(asked.bound(graph, required))
    assert len(everything) > 0
    for name in asked.parameters:
        assert name in PARAMETERS
        narrower = graph.query(asked.bound(graph, {**required, name: values(graph, name)}))
        assert narrower.columns == everything.columns
        if name not in required and "(COUNT" not in asked.sparql:
            assert set(narrower.terms) <= set(everything.terms), f"--{name} adds rows"


def test_articles_of_one_title_and_day_are_as_many_rows():
    graph = kg.KnowledgeGraph.create()
    day = Literal("2025-06-12", datatype=XSD.date)
    for article in (NamedNode(f"{graph.base}article/a{number}") for number in range(3)):
        told = ((RDF.type, NK.Article), (RDFS.label, Literal("Weather")), (SCHEMA.datePublished, day))
        graph.add([Triple(article, predicate, value) for predicate, value in told])
    assert len(graph.query(question("articles").bound(graph, {}))) == 3


def test_every_parameter_is_of_use():
    assert {name for asked in GENERAL for name in asked.parameters} == set(PARAMETERS)


def test_statements_by_gives_what_a_person_said_with_its_day(graph):
    table = graph.query(question("statements-by").bound(graph, {"person": "Daren Tang", "since": "2025-01"}))
    assert {row["name"] for row in table} == {"Daren Tang"}
    assert len(table) == 7
    later = graph.query(question("statements-by").bound(graph, {"person": "Daren Tang", "since": "2026"}))
    assert len(later) == 0


def test_posts_at_a_day_before_the_article_are_not_known(graph):
    asked = question("posts-at")
    assert len(graph.query(asked.bound(graph, {"at": "2025-12-31", "person": "Daren Tang"}))) == 1
    assert len(graph.query(asked.bound(graph, {"at": "2001", "person": "Daren Tang"}))) == 0


def test_who_is_tells_what_an_editor_asks_of_a_person_and_of_a_body(graph):
    def told(name):
        table = graph.query(question("who-is").bound(graph, {"thing": name}))
        return {(row["what"], row["value"]) for row in table}

    tang = told("Daren Tang")
    assert {("class", "Person"), ("post", "Director General, WIPO"), ("statements by it", "7")} <= tang
    assert any(what == "event" and value.startswith("spoke at Global Forum") for what, value in tang)
    assert ("has as", "Director General: Daren Tang") in told("WIPO")


def test_who_is_tells_two_of_one_name_one_after_the_other_also_by_their_labels(tmp_path):
    graph = kg.KnowledgeGraph.create()
    surgeon, rower = (NamedNode(f"{graph.base}person/peter-lang{more}") for more in ("", "--ormsby-rowing-club"))
    for person, other_name in ((rower, "Pete Lang"), (surgeon, "P. Lang")):
        told = ((RDF.type, NK.Person), (RDFS.label, Literal("Peter Lang")), (SKOS.altLabel, Literal(other_name)))
        graph.add([Triple(person, predicate, value) for predicate, value in told])
    rows = graph.query(question("who-is").bound(graph, {"thing": "Peter Lang"})).rows
    assert [(row["thing"], row["value"]) for row in rows] == [
        (surgeon.value, "Person"),
        (surgeon.value, "P. Lang"),
        (rower.value, "Person"),
        (rower.value, "Pete Lang"),
    ]
    graph.save(tmp_path / "graph.ttl")
    asked = ["query", str(tmp_path / "graph.ttl"), "--name", "who-is", "--thing", "Peter Lang", "--labels"]
    lines = CliRunner().invoke(cli, [*asked, "--format", "csv"]).output.splitlines()
    assert lines[2] == "Peter Lang (person:peter-lang),other name,P. Lang"
    assert lines[4] == "Peter Lang (person:peter-lang--ormsby-rowing-club),other name,Pete Lang"


def test_who_is_told_to_have_left_a_post_does_not_hold_it_any_more(tmp_path):
    texts = {
        "march": "Amara Osei, director of the Port Office of Selby, opened a dock.",
        "june": "Amara Osei, former director of the Port Office of Selby, opened a museum.",
    }
    for month, number in (("march", "03"), ("june", "06")):
        (tmp_path / f"{month}.md").write_text(
            f"---\ntitle: {month}\ndate: 2025-{number}-05\n---\n{texts[month]}\n", "utf-8"
        )
    told = kg.build([tmp_path]).graph

    def holders(day):
        return [row["name"] for row in told.query(question("posts-at").bound(told, {"at": day}))]

    assert holders("2025-04") == ["Amara Osei"] and holders("2025-07") == [] and holders("2025-02") == []


def test_articles_are_found_by_the_publisher_that_their_data_name(tmp_path):
    (tmp_path / "dock.md").write_text(
        "---\ntitle: Dock\npublisher: The Selby Post\n---\nAmara Osei opened a dock.\n", "utf-8"
    )
    told = kg.build([tmp_path]).graph
    asked = question("articles")
    assert [row["publisher"] for row in told.query(asked.bound(told, {"publisher": "the selby post"}))] == [
        "The Selby Post"
    ]
    with pytest.raises(QueryError, match="did you mean The Selby Post"):
        asked.bound(told, {"publisher": "The Selby Past"})


def test_what_to_check_shows_each_doubtful_fact_with_the_words_it_rests_on(articles):
    table = articles.query(question("what-to-check").sparql)
    doubtful = articles.query("""SELECT DISTINCT ?x ?article {
        { ?x a nk:Fact ; nk:evidence ?span } UNION { ?x a nk:Statement ; nk:contentSpan ?span }
        ?x nk:confidence ?n . ?span nif:referenceContext ?article FILTER ( ?n < 0.9 )
        FILTER NOT EXISTS { ?article nk:nearDuplicateOf ?fuller } }""")  # what copies repeat is checked once
    assert len(set(table.rows)) == len(table) >= len(doubtful) > 0  # of two speakers, a row each
    assert [row["confidence"] for row in table] == sorted(row["confidence"] for row in table)
    texts = [row["text"] for row in articles.query("SELECT ?text { ?a a nk:Article ; nif:isString ?text }")]
    for row in table:
        assert all(any(words in text for text in texts) for words in row["cited"].split(" … "))


def test_an_event_is_one_row_however_much_of_its_date_was_worked_out(articles):
    events = articles.query(
        "SELECT ?e ?place ?whole { ?e a nk:Event OPTIONAL { ?e nk:place ?place } OPTIONAL { ?e nk:partOf ?whole } }"
    )
    table = articles.query(question("what-happened").sparql)
    assert len(table) == len(events)
    assert any(row["inferred"] for row in table)


def test_who_spoke_is_about_the_event_that_was_asked_for(graph):
    table = graph.query(question("who-spoke").bound(graph, {"person": "Sun Shuo"}))
    assert [row["name"] for row in table] == ["Sun Shuo"]


def test_a_value_is_bound_as_a_term_whatever_it_says(graph):
    evil = '" } SERVICE <http://example.org/> { ?a ?b ?c } #\\'
    bound = question("statements-by").bound(graph, {"words": evil})
    assert len(graph.query(bound)) == 0
    with pytest.raises(QueryError, match="no person in the graph is called"):
        question("statements-by").bound(graph, {"person": evil})


def test_a_part_of_a_name_is_enough_when_only_one_thing_has_it(graph):
    assert [graph.shortened(thing.value) for thing in things(graph, "tang", ["Person"])] == [TANG]
    with pytest.raises(QueryError, match=r"several are called 'international'|no organisation"):
        things(graph, "international", ["Organisation"])


@pytest.mark.parametrize(
    "text", ["Vera McIntyre", "vera mcintyre", "VERA MCINTYRE", "McIntyre", "mcinty", "VMC", "vmc"]
)
def test_a_name_is_found_in_any_case_of_letters(text):
    graph = kg.KnowledgeGraph.create()
    vera, body = (NamedNode(f"{graph.base}{path}") for path in ("person/vera", "organisation/mcintyre-and-sons"))
    said = NamedNode(f"{graph.base}statement/1")
    labels = {vera: "Vera McIntyre", body: "McIntyre and Sons", said: "Vera McIntyre: it rains"}
    graph.add(Triple(thing, RDFS.label, Literal(label)) for thing, label in labels.items())
    graph.add([Triple(vera, SKOS.altLabel, Literal("VMC")), Triple(said, RDF.type, NK.Statement)])
    graph.add([Triple(vera, RDF.type, NK.Person), Triple(body, RDF.type, NK.Organisation)])
    assert things(graph, text, ["Person"]) == [vera]
    if len(text) < 6 or " " in text:
        assert things(graph, text) == find(graph, text) == [vera]
    with pytest.raises(QueryError, match="did you mean Vera McIntyre"):
        find(graph, "Vera McIntire")


@pytest.mark.parametrize(
    "name, value, message",
    [
        ("person", "Darren Tang", "--person: no person in the graph is called 'Darren Tang'; did you mean Daren Tang"),
        ("person", "Tagn", "--person: no person in the graph is called 'Tagn'; did you mean Daren Tang"),
        ("organisation", "Daren Tang", "no organisation in the graph is called 'Daren Tang'"),
        ("act", "assertoin", "did you mean assertion"),
        ("class", "Persons", "did you mean Person"),
        ("since", "27 March", "'27 March' is not a date"),
        ("since", "2025-02-30", "'2025-02-30' is not a date"),
    ],
)
def test_a_wrong_value_is_answered_with_the_nearest_right_one(graph, name, value, message):
    with pytest.raises(QueryError, match=re.escape(message)):
        terms(graph, name, value)


def test_a_name_that_stands_in_other_names_too_is_noted(seed):
    assert "note" not in run(seed, "--name", "statements-about", "--about", "WIPO").stderr
    graph = kg.open(seed)
    label = next(t.object.value for t in graph.triples(None, RDFS.label) if t.object.value.startswith("Zhongguancun F"))
    topic = NamedNode(graph.base + "topic/zhongguancun")
    graph.add([Triple(topic, RDF.type, NK.Topic), Triple(topic, RDFS.label, Literal("Zhongguancun"))])
    assert label in left_out(graph, "about", "zhongguancun")
    assert left_out(graph, "since", "2025") == []


def test_a_wrong_or_missing_parameter_is_explained(seed):
    wrong = run(seed, "--name", "statements-by", "--place", "Beijing", status=2).stderr
    assert "the question statements-by has no --place; it takes --person, --organisation" in wrong
    missing = run(seed, "--name", "statements-about", status=2).stderr
    assert "needs --about NAME (a topic or any other thing" in missing
    alone = run(seed, "--person", "Daren Tang", status=2).stderr
    assert "--person belongs to a question" in alone
    unknown = run(seed, "--name", "statement-by", status=2).stderr
    assert "did you mean statements-by" in unknown


def test_the_last_day_of_a_month_or_year_ends_a_period():
    assert day("2025-02", last=True).isoformat() == "2025-02-28"
    assert day("2025", last=True).isoformat() == "2025-12-31"
    assert day("2025").isoformat() == "2025-01-01"


def test_the_list_shows_parameters():
    lines = run("--list").stdout.splitlines()
    number = next(i for i, line in enumerate(lines) if line.startswith("statements-about"))
    assert "--about NAME [--person]" in lines[number + 1]


def test_show_prints_the_sparql_with_the_parameters_bound(seed):
    shown = run(seed, "--name", "who-spoke", "--person", "Daren Tang", "--show").stdout
    assert "VALUES ?who { <https://w3id.org/newskg/id/person/daren-tang> }" in shown
    assert run(seed, shown).stdout == run(seed, "--name", "who-spoke", "--person", "Daren Tang").stdout


# formats --------------------------------------------------------------------------------------------------------------

PEOPLE = "SELECT ?p ?name { ?p a nk:Person ; rdfs:label ?name } ORDER BY ?name"


def test_labels_stand_for_iris(seed):
    table = json.loads(run(seed, PEOPLE, "--labels", "--format", "json").stdout)
    assert {row["p"]["value"] == row["name"]["value"] for row in table["results"]["bindings"]} == {True}
    assert "person:" not in run(seed, PEOPLE, "--labels").stdout


def test_html_escapes_what_articles_say_and_links_addresses(seed):
    query = 'SELECT ?x ?y { VALUES (?x ?y) { ("<script>alert(1)</script>" <https://example.org/?a=1&b="2>) } }'
    query = query.replace('"2', "2")
    page = run(seed, query, "--format", "html").stdout
    assert "<script>" not in page and "&lt;script&gt;" in page
    assert '<a href="https://example.org/?a=1&amp;b=2">' in page


def test_parquet_keeps_numbers_and_dates(seed, tmp_path):
    path = tmp_path / "events.parquet"
    run(seed, "--name", "timeline", "-o", path)
    frame = pandas.read_parquet(path).drop(columns="type")
    expected = kg.open(seed).query(question("timeline").sparql).to_dicts()
    expected = [{name: value for name, value in row.items() if name != "type"} for row in expected]
    assert frame.to_dict("records") == expected
    assert str(frame["people"].dtype) == "int64"


@pytest.mark.parametrize("ending, start", [("csv", "p,name"), ("tsv", "?p\t?name"), ("json", "{"), ("html", "<!doc")])
def test_the_ending_of_the_output_names_the_format(seed, tmp_path, ending, start):
    path = tmp_path / f"a.{ending}"
    assert run(seed, PEOPLE, "-o", path).stdout == ""
    assert path.read_text(encoding="utf-8").startswith(start)


# help with queries ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "query, message",
    [
        (
            "SELECT ?x { ?x a nk:Persn }",
            "line 1, column 18: nk:Persn is not a word of the ontology; did you mean nk:Person",
        ),
        ("SELECT ?x { ?x nk:holdRole ?r }", "did you mean nk:holdsRole"),
        ("SELECT ?x { ?x a kn:Person }", "did you mean nk:Person"),
        ("SELECT ?x { ?x skoss:altLabel ?y }", "did you mean skos:altLabel"),
    ],
)
def test_a_wrong_word_in_a_query_is_answered_with_the_nearest_right_one(graph, query, message):
    with pytest.raises(QueryError, match=re.escape(message)):
        ask(graph, query)


@pytest.mark.parametrize(
    "query",
    [
        'SELECT ?x { ?x rdfs:label "nk:Persn" }',
        "SELECT ?x { ?x a nk:Person } # nk:Persn",
        "PREFIX nk: <https://example.org/> SELECT ?x { ?x a nk:Persn }",
        "SELECT ?x { ?x a <https://example.org/Persn> }",
        "CONSTRUCT { ?x nk:speaks ?y } WHERE { ?s nk:speaker ?x ; nk:about ?y }",
    ],
)
def test_words_of_others_and_words_in_texts_are_let_be(graph, query):
    ask(graph, query)


@pytest.mark.parametrize(
    "query, reason",
    [
        ('SELECT ?x { ?x a nk:Person ; rdfs:label "Daren Tan" }', 'rdfs:label "Daren Tan"; did you mean Daren Tang?'),
        ("SELECT ?x { ?x schema:datePublishd ?d }", "did you mean schema:datePublished"),
        ("SELECT ?x { ?x a nk:Person ; nk:quoteType ?d }", "each part has matches"),
        ("SELECT ?x { ?x a nk:Person FILTER (false) }", "a FILTER, VALUES or MINUS"),
        ("SELECT ?x { ?x a schema:Person }", "nothing in the graph fits ?x a schema:Person"),
    ],
)
def test_an_empty_answer_says_which_part_matched_nothing(graph, seed, query, reason):
    assert reason in why_empty(graph, query)
    assert reason in run(seed, query).stderr


@pytest.mark.parametrize(
    "triples, reason",
    [
        ("", "the graph is empty"),
        ("<https://a.example/1> <http://schema.org/name> 'Ana' .", "nothing of that class"),
    ],
)
def test_of_a_class_that_nothing_is_of_it_is_not_said_that_it_is_a_property(tmp_path, triples, reason):
    (tmp_path / "g.ttl").write_text(f"# a graph\n{triples}\n")
    said = run(tmp_path / "g.ttl", "SELECT ?x { ?x a nk:Article }").stderr
    assert reason in said and "property" not in said


def test_explain_counts_what_each_part_matches(graph, seed):
    steps = explain(graph, "SELECT ?x { ?x a nk:Person ; nk:attended ?e . OPTIONAL { ?e nk:theme ?t } }")
    assert [step.alone for step in steps] and steps[-1].joined == len(
        graph.query("SELECT ?x { ?x a nk:Person ; nk:attended ?e }")
    )
    assert "?x nk:attended ?e" in run(seed, "SELECT ?x { ?x nk:attended ?e }", "--explain").stdout


def test_explain_refuses_what_a_query_may_not_do(graph):
    with pytest.raises(QueryError, match="SERVICE"):
        explain(graph, "SELECT ?x { SERVICE <http://127.0.0.1:9/> { ?x ?y ?z } }")


def test_a_query_that_was_stopped_is_sent_to_explain(seed):
    endless = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
    assert "--explain counts" in run(seed, endless, "--timeout", "0.5", status=2).stderr
