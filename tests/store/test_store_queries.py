"""Asking a graph: what is allowed, what is refused and how that is said, and that time limits hold."""

from __future__ import annotations

import http.server
import json
import os
import threading
import time
from contextlib import suppress
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, QueryResultsFormat, Triple, parse_query_results

import kg
from kg.errors import QueryError
from kg.queries import question, questions
from kg.queries.advice import ask
from kg.store.guard import refuse_what_is_not_reading, tokens
from kg.store.results import to_csv, to_json, to_tsv
from kg.store.timelimit import CAN_FORK
from kg.vocabulary import NK, RDFS, XSD

ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"


@pytest.fixture(scope="module")
def seed(root):
    return kg.open(root / "tests/gold/seed/graph.ttl")


@pytest.fixture(scope="module")
def stored(seed, tmp_path_factory):
    path = tmp_path_factory.mktemp("stored") / "store"
    seed.save(path)
    graph = kg.open(path)
    yield graph
    graph.close()


@pytest.fixture(params=["memory", "disk"])
def graph(request, seed, stored):
    return seed if request.param == "memory" else stored


def refusal(graph, sparql, **options):
    with pytest.raises(QueryError) as refused:
        graph.query(sparql, **options)
    assert "\n" not in str(refused.value)
    return str(refused.value)


def test_the_prefixes_of_ontology_and_data_need_no_declaration(graph):
    table = graph.query("SELECT ?title { person:daren-tang nk:holdsRole/nk:roleTitle ?title }")
    assert table.to_dicts() == [{"title": "Director General"}]


def test_values_come_as_python_values(graph):
    table = graph.query(
        "SELECT ?i ?d ?day ?yes ?text ?none { VALUES (?i ?d ?day ?yes ?text ?none) "
        '{ (7 1.50 "2025-03-27"^^xsd:date true "x"@en UNDEF) } }'
    )
    assert tuple(table.rows[0]) == (7, Decimal("1.5"), date(2025, 3, 27), True, "x", None)
    assert table.rows[0]["day"] == date(2025, 3, 27)
    assert [row["text"] for row in table] == ["x"]


def test_ask_gives_a_bool_and_construct_gives_triples(graph):
    assert graph.query("ASK { ?p a nk:Person }") is True
    assert graph.query('ASK { ?p rdfs:label "Nobody" }') is False
    (triple,) = graph.query("CONSTRUCT { ?p nk:cue ?l } { ?p a nk:Person ; rdfs:label ?l FILTER(?l = 'Sun Shuo') }")
    assert triple == Triple(NamedNode(graph.base + "person/sun-shuo"), NK.cue, Literal("Sun Shuo"))
    assert graph.query("DESCRIBE person:sun-shuo")


def test_a_table_becomes_a_data_frame(graph):
    pandas = pytest.importorskip("pandas")
    frame = graph.query("SELECT ?name { ?p a nk:Person ; rdfs:label ?name } ORDER BY ?name").to_dataframe()
    assert isinstance(frame, pandas.DataFrame)
    assert list(frame["name"])[:2] == ["Daren Tang", "Jiang Peixue"]


def test_the_competency_questions_have_exactly_the_expected_rows(graph, root):
    for record in json.loads((root / "ontology/competency_questions.json").read_text()):
        table = graph.query(question(record["id"].lower()).sparql)
        rows = [["" if value is None else str(value) for value in row] for row in table]
        assert sorted(rows) == sorted(record["expected"]), record["question"]


def test_every_question_with_a_name_runs(graph):
    assert len([asked for asked in questions() if not asked.name.startswith("CQ")]) >= 30
    found = [len(graph.query(asked.sparql)) for asked in questions()]
    assert sum(map(bool, found)) > 40


def test_the_general_questions_contain_the_answers_to_the_particular_ones(graph):
    attended = graph.query(question("who-attended").sparql)
    forum = "Global Forum on Intellectual Property Protection and Innovation"
    assert {tuple(row)[1:] for row in attended if row["event"] == forum} == {
        tuple(row) for row in graph.query(question("CQ1").sparql)
    }
    posts = graph.query(question("who-holds-which-post").sparql)
    assert {("Daren Tang", "Director General"), ("Wang Binying", "Deputy Director General")} == {
        (row["name"], row["title"]) for row in posts if row["org"] == "WIPO"
    }


def test_an_unknown_question_is_answered_with_the_nearest_names():
    with pytest.raises(QueryError, match=r"no question named 'who-atended'; did you mean who-attended"):
        question("who-atended")
    with pytest.raises(QueryError, match="kg query --list"):
        question("zzzzzz")


# what is refused, in words ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("sparql", "message"),
    [
        ("SELECT * {\n  ?s rdfs:label ?o .\n  ?s ]\n}", "line 3, column 3: the SPARQL is malformed at '?s'"),
        ("SELECT * { ?s ?p ?o", "line 1, column 20: the SPARQL is malformed at the end of the query"),
        ("SELECT * {\n ?s ?p ?o\n FILTERR(?o) }", "line 3, column 2: the SPARQL is malformed at 'FILTERR'"),
        ("SELECT * {\n ?s ?p 'unclosed\n}", "line 2, column 8: the text that begins here is not closed"),
        ("SELECT ?s {\n ?s ?p ?o }\nORDER BYE ?s", "line 3, column"),
        ("SELECT *\n{ ?s schemo:value ?o }", "line 2, column 6: the prefix of schemo:value is not known"),
        ("SELECT ?p (COUNT(*) AS ?n) { ?s ?p ?o }", "neither grouped by nor an aggregate"),
        ("", "the SPARQL is malformed at the end of the query"),
        ("Who attended?", "line 1, column 1: the SPARQL is malformed at 'Who'"),
    ],
)
def test_a_malformed_query_is_located(graph, sparql, message):
    assert message in refusal(graph, sparql)


@pytest.mark.parametrize(
    "sparql",
    [
        "SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }",
        "SELECT * { service silent <http://127.0.0.1:9/> { ?s ?p ?o } }",
        "SELECT*{SERVICESILENT<http://127.0.0.1:9/>{?s ?p ?o}}",
        "PREFIX : <http://127.0.0.1:9/> SELECT*{SERVICE:x{?s ?p ?o}}",
        "PREFIX e: <http://127.0.0.1:9/> SELECT * { ?s ?p e:a.SERVICE e:x {} }",
        "SELECT * { ?s ?p ?o . FILTER EXISTS { SERVICE ?s { ?a ?b ?c } } }",
        "SELECT * { { SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } } } }",
        'SELECT * { ?s ?p "a \\" b" . SERVICE <http://127.0.0.1:9/> { ?s ?p "c" } }',
        "SELECT * { ?s ?p '''it's''' . # a comment with ' in it\n SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }",
        "ASK { SERVICE <http://127.0.0.1:9/> {} }",
        "CONSTRUCT { ?s ?p ?o } WHERE { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }",
        'SELECT * { ?a ?b ?c FILTER(?a<?b#>"""\n) SERVICE <http://127.0.0.1:9/> { ?s ?p "x" } } #"""',
        "SELECT * { ?a ?b ?c FILTER(?a<?b&&'>') SERVICE <http://127.0.0.1:9/> { ?s ?p '...' } }",
        "SELECT * { ?a ?b ?c FILTER(?a<e:b&&'>') SERVICE <http://127.0.0.1:9/> { ?s ?p '...' } }",
        "SELECT * { \\u0053ERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }",
    ],
)
def test_a_query_cannot_ask_another_server(graph, sparql):
    message = refusal(graph, sparql)
    assert "SERVICE is not allowed" in message or "can be read in two ways" in message or "malformed" in message


def test_no_spelling_of_service_reaches_a_server(seed):
    """Whatever mix of tokens is put before it: either the query is refused, or nothing is sent."""
    reached = []

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_POST(self):
            reached.append(self.path)
            self.send_error(500)

        def log_message(self, *args):
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    address = f"<http://127.0.0.1:{server.server_port}/>"
    pieces = [
        "?a",
        "<",
        ">",
        "'",
        '"',
        '"""',
        "'''",
        "#",
        "\n",
        "\\",
        "e:b",
        "<e:#>",
        "&&",
        "||",
        "FILTER(",
        ")",
        "{",
        "}",
    ]

    @settings(max_examples=300, deadline=None)
    @given(st.lists(st.sampled_from([*pieces, ".", " ", "e:", "<?b#>", "<?b&&'>", ";", "1"]), max_size=9))
    def attempt(before):
        text = "".join(before)
        for sparql in (
            f"PREFIX e: {address} SELECT * {{ ?a ?b ?c {text} SERVICE {address} {{ ?s ?p ?o }} }}",
            f"PREFIX e: {address} SELECT * {{ ?a ?b ?c {text} SERVICE {address} {{ ?s ?p '' }} }} #'\"\"\"'''",
        ):
            try:
                refuse_what_is_not_reading(sparql)
                list(seed.store.query(sparql))
            except (QueryError, SyntaxError, OSError, RuntimeError):
                pass
            assert not reached, sparql

    try:
        attempt()
        assert list_or_error(seed, f"SELECT * {{ SERVICE {address} {{ ?s ?p ?o }} }}") is OSError
        assert reached, "without the guard the engine would have sent a request"
    finally:
        server.shutdown()


def list_or_error(graph, sparql):
    try:
        return list(graph.store.query(sparql))
    except OSError:
        return OSError


@pytest.mark.parametrize(
    "sparql",
    [
        'SELECT ?s { ?s rdfs:label "ask SERVICE <http://x/>, LOAD, INSERT DATA, FROM" }',
        "SELECT ?s { ?s ?p ?o } # SERVICE <http://x/> { }",
        "PREFIX e: <http://example.org/service#> SELECT ?s { ?s e:customerService ?service ; e:from e:load }",
        "SELECT ?load { ?load <http://example.org/SERVICE> ?o }",
        'PREFIX insert: <http://example.org/> SELECT ?s { ?s insert:data \'delete\', """SERVICE " """ }',
        "BASE <http://example.org/> SELECT ?s { ?s <service> ?o FILTER(?o<?s) }",
        "CONSTRUCT { ?s nk:from <http://example.org/> } { ?s nk:about ?o } # FROM <http://example.org/>",
        'SELECT ?from { ?from rdfs:label ?named FILTER(?named != "FROM <http://example.org/>") }',
    ],
)
def test_words_that_only_look_forbidden_are_allowed(graph, sparql):
    assert len(graph.query(sparql)) >= 0


@pytest.mark.parametrize(
    "piece", ["a-", "a.", "a:", '"\\', "'\\", '"""x" \\', "'''x' \\", "<a", "<a\\", "a-1 ", "_", "?a-b", '"\n']
)
def test_no_query_takes_long_to_be_looked_through(piece):
    begin = time.monotonic()
    with suppress(QueryError):
        refuse_what_is_not_reading("ASK from service " + piece * (100_000 // len(piece)))
    assert time.monotonic() - begin < 3


@pytest.mark.parametrize(
    "query, parts",
    [
        ("a-b.c", ["a", "-", "b", ".", "c"]),
        ("?x-a-1b:c.d", ["?x", "-", "a-1b:c.d"]),
        ("_a-b:c :d", ["_a", "-", "b:c", ":d"]),
        ("e:speech\\-act", ["e:speech\\-act"]),
        ("""'it\\'s' "" '''a'b''' 'SERVICE""", ["""'it\\'s'""", '""', "'''a'b'''", "'", "SERVICE"]),
    ],
)
def test_a_query_is_taken_apart_as_the_grammar_does(query, parts):
    assert [token.text for token in tokens(query)] == parts


@pytest.mark.parametrize("sparql", ["SELECT ?s { ?s nk:speech\\-act ?o }", "SELECT ?s { ?s nk:100% ?o }"])
def test_a_name_that_is_no_word_of_the_ontology_is_an_error_in_words(graph, sparql):
    with pytest.raises(QueryError, match=r"did you mean nk:speechAct|malformed"):
        ask(graph, sparql)


@pytest.mark.parametrize(
    "sparql",
    [
        "INSERT DATA { <a:a> <a:b> <a:c> }",
        "PREFIX a: <http://a/> DELETE WHERE { ?s ?p ?o }",
        "# harmless\nLOAD <http://127.0.0.1:9/graph.ttl>",
        "CLEAR ALL",
        "DROP GRAPH <http://a/>",
        "BASE <http://a/> prefix b: <c> with <d> delete { ?s ?p ?o } where { ?s ?p ?o }",
        "COPY DEFAULT TO <http://a/>",
    ],
)
def test_a_query_cannot_change_the_graph(graph, sparql):
    size = len(graph)
    assert "would change the graph; queries can only read it" in refusal(graph, sparql)
    assert len(graph) == size


@pytest.mark.parametrize("clause", ["FROM <http://127.0.0.1:9/g>", "FROM NAMED <file:///etc/passwd>", "from person:a"])
@pytest.mark.parametrize(
    "query",
    [
        "SELECT * {} {{ ?s ?p ?o }}",
        "CONSTRUCT {{ ?s ?p ?o }} {} WHERE {{ ?s ?p ?o }}",
        "CONSTRUCT {} WHERE {{ ?s ?p ?o }}",
        "DESCRIBE ?s {} WHERE {{ ?s ?p ?o }}",
        "DESCRIBE person:daren-tang {}",
        "ASK {} {{ ?s ?p ?o }}",
        "ASK{} {{ ?s ?p ?o }}",
        "SELECT * # {{ }}\n {} {{ ?s ?p ?o }}",
        "PREFIX where: <http://127.0.0.1:9/{{> SELECT ('{{' AS ?x) {} {{ ?s ?p ?o }}",
    ],
)
def test_a_query_cannot_name_graphs_outside(graph, query, clause):
    assert "names a graph outside of this one" in refusal(graph, query.format(clause))


def test_a_query_can_name_the_graphs_inside(tmp_path):
    (tmp_path / "g.nq").write_text("<a:a> <a:b> <a:c> <a:g> .\n<a:a> <a:b> <a:d> <a:h> .\n")
    graph = kg.open(tmp_path / "g.nq")
    assert len(graph.query("SELECT * FROM <a:g> { ?s ?p ?o }")) == 1
    assert len(graph.query("SELECT * { GRAPH ?g { ?s ?p ?o } }")) == 2


# time ----------------------------------------------------------------------------------------------------------------


def test_a_query_that_takes_too_long_is_stopped_and_the_graph_is_still_there(graph):
    begin = time.monotonic()
    assert "stopped after 0.5 s" in refusal(graph, ENDLESS, timeout=0.5)
    assert time.monotonic() - begin < 5
    assert graph.query("ASK { ?p a nk:Person }") is True


def children():
    """The processes that this one has started and that are still there, dead or alive."""
    tasks = Path("/proc/self/task")
    if not tasks.is_dir():
        pytest.skip("the system does not list the children of a process")
    return {child for task in tasks.iterdir() for child in (task / "children").read_text().split()}


@pytest.mark.skipif(not CAN_FORK, reason="needs fork")
def test_a_query_does_not_wait_for_another_that_began_beside_it(seed, monkeypatch):
    fork, begun = os.fork, threading.Event()

    def late():
        if threading.current_thread() is asking:
            begun.set()
            time.sleep(0.5)
        return fork()

    monkeypatch.setattr("os.fork", late)
    answers = []
    asking = threading.Thread(target=lambda: answers.append(seed.query("ASK { ?s ?p ?o }", timeout=2)))
    asking.start()
    begun.wait(10)
    refusal(seed, ENDLESS, timeout=3)
    asking.join()
    assert answers == [True]


def test_a_stopped_query_leaves_no_process_behind(seed):
    before = children()
    refusal(seed, ENDLESS, timeout=0.3)
    assert children() == before


def test_a_limit_that_leaves_no_time_is_refused(seed):
    assert "leaves no time" in refusal(seed, "ASK { ?s ?p ?o }", timeout=0)


def test_a_question_of_no_cost_is_answered_at_once(graph):
    graph.query("ASK { ?s ?p ?o }")
    seconds = []
    for _ in range(10):
        begin = time.monotonic()
        graph.query("ASK { ?s ?p ?o }")
        seconds.append(time.monotonic() - begin)
    assert min(seconds) < 2, "a graph is not copied for each question"


def test_where_the_system_cannot_fork_a_copy_of_the_graph_answers(monkeypatch):
    monkeypatch.setattr("kg.store.graph.CAN_FORK", False)
    graph = kg.KnowledgeGraph.create()
    for number in range(200):
        graph.add([Triple(NK.Person, RDFS.label, Literal(number))])
    assert [row["n"] for row in graph.query("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }")] == [200]
    assert "stopped after 0.5 s" in refusal(graph, ENDLESS, timeout=0.5)
    graph.add([Triple(NK.Person, RDFS.label, Literal("one more"))])
    assert [row["n"] for row in graph.query("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }")] == [201]
    graph.close()


def test_a_large_answer_comes_whole(graph):
    assert len(graph.query("SELECT * { ?a ?b ?c . ?d nk:holdsRole ?f }")) == len(graph) * 9


def test_a_query_process_that_dies_is_reported(stored):
    stored.query("ASK { ?s ?p ?o }")
    stored._worker._process.kill()
    stored._worker._process.wait()
    assert stored.query("ASK { ?s ?p ?o }") is True, "the next query has a new process"


def test_queries_from_several_threads_at_once(graph):
    answers = []
    threads = [threading.Thread(target=lambda: answers.append(graph.query("ASK { ?s ?p ?o }"))) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert answers == [True] * 8


# formats -------------------------------------------------------------------------------------------------------------


def test_csv_tsv_and_json_follow_the_sparql_formats():
    graph = kg.KnowledgeGraph.create()
    table = graph.query(
        "SELECT ?iri ?text ?tagged ?number ?none { VALUES (?iri ?text ?tagged ?number ?none) "
        '{ (<http://a/b> "a, \\"b\\"\\n\\tc" "d"@en 1.5 UNDEF) } }'
    )
    assert to_csv(table) == 'iri,text,tagged,number,none\r\nhttp://a/b,"a, ""b""\n\tc",d,1.5,\r\n'
    for text, form in ((to_json(table), QueryResultsFormat.JSON), (to_tsv(table), QueryResultsFormat.TSV)):
        (solution,) = parse_query_results(text, form)
        assert tuple(solution) == table.terms[0]


def test_a_decimal_is_shown_with_its_point(seed):
    assert [str(v) for v in seed.query(question("CQ10").sparql).rows[1]][2] == "40.0"


def test_labels_and_values_of_things(seed):
    person = NamedNode(seed.base + "person/daren-tang")
    assert seed.label(person) == "Daren Tang"
    assert seed.label(NK.attended) == "nk:attended"
    assert seed.label(NamedNode("http://nowhere.example/x")) == "http://nowhere.example/x"
    assert seed.value(person, RDFS.label) == Literal("Daren Tang")
    assert seed.value(person, NK.cue) is None
    assert len(seed.values(person, NK.evidence)) == 2
    assert seed.label(Literal("40", datatype=XSD.integer)) == "40"


def test_a_question_that_nobody_takes_in_does_not_last_longer_than_its_limit():
    import sys

    from kg.store.timelimit import Worker

    worker = Worker(Path("anywhere"), union=False)
    worker._command = [sys.executable, "-c", "import time; time.sleep(60)"]
    with pytest.raises(QueryError, match=r"stopped after 0\.5 s"):
        worker.run("x" * 2_000_000, {}, 0.5)
