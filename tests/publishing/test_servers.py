"""Every command that reads a graph says the same of one on a server, whether Oxigraph or Virtuoso keeps it."""

from __future__ import annotations

import shutil

import pytest
from click.testing import CliRunner
from pyoxigraph import RdfFormat

import kg
from kg.cli import cli
from kg.errors import GraphError
from kg.publishing import publish
from kg.queries import questions
from kg.store.http import Server


@pytest.fixture(scope="module")
def seed(root, tmp_path_factory):
    path = tmp_path_factory.mktemp("seed") / "graph.ttl"
    shutil.copy(root / "tests/gold/seed/graph.ttl", path)
    return path


@pytest.fixture
def published(seed, place):
    publish(kg.open(seed), Server(place.store), name=place.name)
    return place


def run(*arguments):
    return CliRunner().invoke(cli, list(map(str, arguments)))


def on_the_server(place):
    return set(kg.open(place.query))


@pytest.mark.parametrize("way", ["store", "update"])
def test_every_triple_arrives_and_replacing_leaves_no_other(seed, place, way, tmp_path):
    name = ("--graph-name", place.name) if place.name else ()
    (tmp_path / "a.ttl").write_text("<https://a.example/> <https://a.example/> 1, 2.5, 'three'@en, 'four' .\n")
    assert run("publish", tmp_path / "a.ttl", getattr(place, way), *name).exit_code == 0
    assert len(kg.open(place.query)) == 4
    assert run("publish", seed, getattr(place, way), "--replace", *name).exit_code == 0
    assert on_the_server(place) == set(kg.open(seed))


def test_a_large_batch_of_updates_arrives(place):
    graph = kg.KnowledgeGraph.create()
    lines = "".join(
        f'<https://a.example/{n}> <https://a.example/says> "no more than {n} words" .\n' for n in range(9000)
    )
    graph.store.bulk_load(lines.encode(), RdfFormat.N_TRIPLES)
    publish(graph, Server(place.update), name=place.name, batch=9000)
    assert len(kg.open(place.query)) == 9000


@pytest.mark.parametrize("way", ["store", "update"])
def test_a_publication_that_is_broken_off_goes_on_where_it_stopped(seed, place, way):
    server = Server(getattr(place, way))

    def stop(arrived):
        if arrived == 300:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        publish(kg.open(seed), server, name=place.name, batch=100, progress=stop)
    assert len(kg.open(place.query)) == 300
    done = publish(kg.open(seed), server, name=place.name, batch=100)
    assert (done.triples, done.before) == (len(kg.open(seed)), 300)
    assert on_the_server(place) == set(kg.open(seed))


def test_a_wrong_password_is_told(seed, virtuoso_server, monkeypatch):
    monkeypatch.setenv("KG_USER", "dba")
    monkeypatch.setenv("KG_PASSWORD", "wrong")
    for path in ("sparql-auth", "sparql-graph-crud-auth"):
        done = run("publish", seed, f"{virtuoso_server}/{path}", "--graph-name", "https://news.example/")
        assert (done.exit_code, done.stderr.count("\n")) == (2, 1)
        assert ": 401 " in done.stderr and ": set KG_USER and KG_PASSWORD" in done.stderr


def test_a_server_without_a_default_graph_wants_a_name(seed, virtuoso_server, monkeypatch):
    monkeypatch.setattr("kg.publishing.PAUSES", ())
    monkeypatch.setenv("KG_USER", "dba")
    monkeypatch.setenv("KG_PASSWORD", "dba")
    for path in ("sparql-auth", "sparql-graph-crud-auth"):
        done = run("publish", seed, f"{virtuoso_server}/{path}")
        assert (done.exit_code, done.stderr.count("\n")) == (2, 1)
        assert done.stderr.endswith("; has the server a default graph? --graph-name names another\n")


COMMANDS = [
    ["why", "{}", "Daren Tang"],
    ["why", "{}", "WIPO", "--format", "json"],
    ["stats", "{}"],
    ["validate", "{}"],
    ["validate", "{}", "--reference"],
    ["review", "{}"],
    ["review", "{}", "--format", "csv"],
    ["diff", "{}", "{here}"],
    ["diff", "{other}", "{}"],
    ["diff", "{}", "{other}", "--format", "update"],
    ["evaluate", "{}", "{gold}"],
    ["query", "{}", "SELECT ?name { ?p a nk:Person ; rdfs:label ?name } ORDER BY ?name"],
    ["query", "{}", "ASK { ?p rdfs:label 'Nobody' }"],
    ["query", "{}", "ASK { ?p rdfs:label 'Daren Tang' }"],
]


@pytest.mark.parametrize("arguments", COMMANDS, ids=" ".join)
def test_a_command_says_the_same_of_a_server(seed, published, root, arguments, tmp_path):
    other = tmp_path / "other.nt"
    triples = sorted(map(str, kg.open(seed)))
    other.write_text("".join(f"{triple} .\n" for triple in triples if "#Fact>" not in triple))
    names = {"here": seed, "other": other, "gold": root / "tests/gold/seed"}
    here, there = (run(*(a.format(graph, **names) if "{" in a[:1] and "}" in a[-1:] else a for a in arguments))
                   for graph in (seed, published.query))  # fmt: skip
    assert here.output and here.exit_code in (0, 1)
    assert (there.exit_code, there.output) == (here.exit_code, here.output.replace(str(seed), published.query))


def test_every_question_gets_the_same_answer(seed, published):
    names = [question.name for question in questions() if not question.required]
    assert len(names) > 30
    for name in names:
        here, there = (run("query", graph, "--name", name, "--format", "csv") for graph in (seed, published.query))
        assert (there.exit_code, there.stdout) == (here.exit_code, here.stdout), name


def test_every_question_about_a_thing_gets_the_same_answer(seed, published):
    names = {"person": "Daren Tang", "organisation": "WIPO", "place": "Beijing", "thing": "WIPO", "about": "WIPO"}
    asked = [
        (q.name, name) for q in questions() for name in names if name in q.parameters and set(q.required) <= {name}
    ]
    assert len(asked) > 60
    for name, parameter in asked:
        about = ("--name", name, f"--{parameter}", names[parameter], "--format", "csv")
        here, there = (run("query", graph, *about) for graph in (seed, published.query))
        assert (there.exit_code, there.stdout) == (here.exit_code, here.stdout), about


@pytest.mark.parametrize("ending", [".ttl", ".trig", ".nq", ".jsonld", ".rdf", ".graphml", ".gexf", ".cyjs", ".sqlite"])
def test_a_server_is_exported_to_the_same_bytes(seed, published, tmp_path, ending):
    for graph, name in ((seed, "here"), (published.query, "there")):
        assert run("export", graph, "-o", tmp_path / f"{name}{ending}").exit_code == 0
    assert (tmp_path / f"here{ending}").read_bytes() == (tmp_path / f"there{ending}").read_bytes()


def test_the_picture_of_a_server_is_the_same(seed, published, tmp_path):
    for graph, name in ((seed, "here.html"), (published.query, "there.html")):
        assert run("render", graph, "-o", tmp_path / name, "--title", "News").exit_code == 0
    assert (tmp_path / "here.html").read_bytes() == (tmp_path / "there.html").read_bytes()


def test_a_server_is_served(published):
    testclient = pytest.importorskip("starlette.testclient")
    from kg.server.run import application

    with testclient.TestClient(application(published.query), base_url="http://localhost") as client:
        answer = client.get("/sparql", params={"query": "SELECT (COUNT(*) AS ?n) { ?p a nk:Person }"})
        assert answer.json()["results"]["bindings"][0]["n"]["value"] == "7"


def test_an_assistant_is_told_the_same_of_a_server(seed, published):
    from kg.mcp import Tools

    here, there = Tools(kg.open(seed)), Tools(kg.open(published.query))
    assert here.show_evidence("Daren Tang") and here.list_roles()["total"] > 0
    for ask in (
        lambda tools: tools.search_entities("Tang"),
        lambda tools: tools.list_roles(),
        lambda tools: tools.list_statements(speaker="Daren Tang"),
        lambda tools: tools.show_evidence("Daren Tang"),
    ):
        assert ask(there) == ask(here)


def test_a_graph_goes_from_one_server_to_another(seed, published, server):
    with kg.open(published.query) as graph:
        publish(graph, Server(f"{server}/store"), name="https://news.example/copy")
    copied = f"{server}/query?default-graph-uri=https%3A%2F%2Fnews.example%2Fcopy"
    assert set(kg.open(copied)) == set(kg.open(seed))


@pytest.mark.parametrize(
    "arguments",
    [
        ["remove", "{}", "Daren Tang"],
        ["history", "{}"],
        ["build", "{gold}", "-o", "{}"],
        ["export", "{here}", "-o", "{}"],
    ],
    ids=" ".join,
)
def test_a_command_that_needs_a_file_or_folder_says_so(seed, root, arguments):
    url = "https://sparql.example/query"
    done = run(*(a.format(url, here=seed, gold=root / "tests/gold/seed/article.txt") for a in arguments))
    assert (done.exit_code, done.stderr.count("\n")) == (2, 1)
    assert done.stderr.startswith(f"kg: {url}: is a server; ")


def test_an_answer_that_is_none_is_told(guarded, monkeypatch):
    url, guard = guarded("none")
    monkeypatch.setattr(guard, "do_POST", lambda self: self.answer(200, b"<html>"))
    with pytest.raises(GraphError, match="the answer of the server cannot be read"):
        kg.open(f"{url}/query")


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [("X-SPARQL-MaxRows", "2", "gave only 2 rows"), ("X-SQL-State", "S1TAT", "gave only a part of its answer: S1TAT")],
)
def test_an_answer_that_a_server_cuts_short_is_not_taken_as_whole(
    seed, server, guarded, monkeypatch, tmp_path, name, value, said
):
    publish(kg.open(seed), Server(f"{server}/store"))
    url, guard = guarded("none")
    whole = guard.answer

    def cut(self, status, content=b"", headers=()):
        rows = content.count(b'"value":') > 2
        whole(self, status, content, [*headers, (name, value)] if rows else headers)

    monkeypatch.setattr(guard, "answer", cut)
    for arguments in (
        ["query", f"{url}/query", "SELECT * { ?s ?p ?o }"],
        ["export", f"{url}/query", "-o", tmp_path / "out.graphml"],
        ["render", f"{url}/query", "-o", tmp_path / "out.html"],
    ):
        done = run(*arguments)
        assert (done.exit_code, done.stdout, done.stderr.count("\n")) == (2, "", 1), arguments
        assert f"kg: {url}/query: the server {said}" in done.stderr
    assert not list(tmp_path.iterdir())


def test_triples_that_virtuoso_cuts_short_without_a_word_are_not_taken_as_whole(seed, server, guarded, monkeypatch):
    publish(kg.open(seed), Server(f"{server}/store"))
    url, guard = guarded("none")
    whole = guard.answer

    def cut(self, status, content=b"", headers=()):
        rows = content.count(b'"value":') >= 3  # of tables alone
        whole(self, status, content, [*headers, ("X-SPARQL-MaxRows", "3")] if rows else headers)

    monkeypatch.setattr(guard, "answer", cut)
    construct = "CONSTRUCT {{ ?s ?p ?o }} {{ ?s ?p ?o }} LIMIT {}"
    assert run("query", f"{url}/query", construct.format(4)).exit_code == 0, "of another server"
    monkeypatch.setattr(guard, "server_version", "Virtuoso/07.20.3229 (Linux)")
    for number in (1, 3):
        assert run("query", f"{url}/query", construct.format(number)).exit_code == 0
    done = run("query", f"{url}/query", construct.format(4))
    assert (done.exit_code, done.stdout) == (2, "")
    assert done.stderr == f"kg: {url}/query: the server gave only 3 rows (it has a limit); ask for fewer with LIMIT\n"
