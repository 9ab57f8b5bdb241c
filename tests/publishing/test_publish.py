"""A graph goes to a real SPARQL server whole, whatever happens on the way, and is asked there as it is here."""

from __future__ import annotations

import shutil
import time
from contextlib import suppress
from itertools import count

import pytest
from click.testing import CliRunner
from conftest import PASSWORD, TOKEN, USER

import kg
from kg.cli import cli
from kg.errors import GraphError, KgError, QueryError
from kg.publishing import publish
from kg.store.http import Server

NAME = "https://news.example/graph"


@pytest.fixture(scope="module")
def seed(root, tmp_path_factory):
    path = tmp_path_factory.mktemp("seed") / "graph.ttl"
    shutil.copy(root / "tests/gold/seed/graph.ttl", path)
    return path


def run(*arguments):
    return CliRunner().invoke(cli, list(map(str, arguments)))


def on_the_server(server, name=None):
    graph = kg.open(f"{server}/query")
    if name is None:
        return set(graph)
    return set(graph.query(f"CONSTRUCT {{ ?s ?p ?o }} {{ GRAPH <{name}> {{ ?s ?p ?o }} }}"))


@pytest.mark.parametrize("way", ["store", "update"])
@pytest.mark.parametrize("name", [None, NAME])
@pytest.mark.parametrize("batch", [7, 1_000_000])
def test_every_triple_arrives(seed, server, way, name, batch):
    graph = kg.open(seed)
    done = publish(graph, Server(f"{server}/{way}"), name=name, batch=batch)
    assert done.triples == len(graph)
    assert on_the_server(server, name) == set(graph)


@pytest.mark.parametrize("way", ["store", "update"])
def test_replacing_leaves_nothing_of_what_was_there(seed, root, server, way, tmp_path):
    (tmp_path / "a.txt").write_text("Amal Haddad opened a dock in Oslo, Jonas Lindqvist said.")
    kg.build([tmp_path / "a.txt"], tmp_path / "a.ttl")
    assert run("publish", tmp_path / "a.ttl", f"{server}/{way}").exit_code == 0
    assert run("publish", seed, f"{server}/{way}", "--replace").exit_code == 0
    assert on_the_server(server) == set(kg.open(seed))


def test_a_store_directory_is_published(seed, server, tmp_path):
    kg.open(seed).save(tmp_path / "store")
    done = run("publish", tmp_path / "store", f"{server}/store", "--graph-name", NAME)
    assert done.exit_code == 0
    assert f"{len(kg.open(seed))} triples -> {server}/store" in done.stderr
    assert on_the_server(server, NAME) == set(kg.open(seed))


def test_a_store_is_published_from_inside_of_it(seed, server, tmp_path, monkeypatch):
    kg.open(seed).save(tmp_path / "store")
    monkeypatch.chdir(tmp_path / "store")
    assert run("publish", ".", f"{server}/store").exit_code == 0
    assert on_the_server(server) == set(kg.open(seed))


def test_a_graph_with_blank_nodes_is_refused_before_anything_is_sent(server, guarded, tmp_path):
    url, guard = guarded("none")
    (tmp_path / "a.ttl").write_text('<https://a.example/> <https://a.example/at> [ <https://a.example/in> "Oslo" ] .\n')
    done = run("publish", tmp_path / "a.ttl", f"{url}/store", "--replace")
    assert (done.exit_code, done.stderr.count("\n")) == (2, 1)
    assert f"{tmp_path / 'a.ttl'}: has blank nodes" in done.stderr
    assert not guard.asked


@pytest.mark.parametrize(("scheme", "way"), [("basic", "store"), ("digest", "store"), ("digest", "update")])
def test_a_server_that_asks_for_a_password_gets_it(seed, server, guarded, scheme, way, monkeypatch):
    url, _ = guarded(scheme)
    refused = run("publish", seed, f"{url}/{way}")
    assert refused.exit_code == 2
    assert "401" in refused.stderr and "KG_PASSWORD" in refused.stderr
    monkeypatch.setenv("KG_USER", USER)
    monkeypatch.setenv("KG_PASSWORD", "wrong")
    assert run("publish", seed, f"{url}/{way}").exit_code == 2
    monkeypatch.setenv("KG_PASSWORD", PASSWORD)
    assert run("publish", seed, f"{url}/{way}").exit_code == 0
    assert on_the_server(server) == set(kg.open(seed))
    assert kg.open(f"{url}/query").query("ASK { ?a a nk:Article }") is True


def test_a_token_is_sent(seed, server, guarded, monkeypatch):
    url, _ = guarded("bearer")
    assert run("publish", seed, f"{url}/store").exit_code == 2
    monkeypatch.setenv("KG_TOKEN", TOKEN)
    assert run("publish", seed, f"{url}/store").exit_code == 0
    assert on_the_server(server) == set(kg.open(seed))


def test_a_server_that_forbids_is_quoted_and_credentials_are_asked_for_where_none_are_given(seed, guarded, monkeypatch):
    url, guard = guarded("none")
    monkeypatch.setattr(guard, "do_POST", lambda self: self.answer(403, b"this dataset is read-only"))
    without = run("publish", seed, f"{url}/store")
    assert ": 403 Forbidden: set KG_USER and KG_PASSWORD, or KG_TOKEN; this dataset is read-only" in without.stderr
    monkeypatch.setenv("KG_TOKEN", TOKEN)
    given = run("publish", seed, f"{url}/store")
    assert ": 403 Forbidden: this dataset is read-only" in given.stderr
    assert (without.exit_code, given.exit_code) == (2, 2)


def test_the_password_is_asked_for(seed, guarded):
    url, _ = guarded("basic")
    done = CliRunner().invoke(cli, ["publish", str(seed), f"{url}/store", "--user", USER], input=PASSWORD + "\n")
    assert done.exit_code == 0
    assert PASSWORD not in done.output


def test_a_publication_that_is_broken_off_goes_on_where_it_stopped(seed, server, guarded, monkeypatch):
    monkeypatch.setattr("kg.publishing.BATCH", 50)
    url, guard = guarded("none", {4: 403})
    graph = kg.open(seed)
    with pytest.raises(GraphError, match=r"403.*; 150 triples have arrived, the same command goes on from there"):
        publish(graph, Server(f"{url}/store"), batch=50)
    guard.fail = {}
    guard.asked.clear()
    done = publish(kg.open(seed), Server(f"{url}/store"), batch=50)
    assert (done.triples, done.before, done.lost) == (len(graph), 150, 0)
    sent = [path for path in guard.asked if path.startswith("/store")]
    assert len(sent) == -(-len(graph) // 50) - 3
    assert on_the_server(server) == set(graph)
    assert [path.name for path in seed.parent.iterdir()] == ["graph.ttl"]


def lose(server, name, what):
    where = "DEFAULT" if name is None else f"GRAPH <{name}>"
    other = " ".join(f"<https://a.example/{number}> <https://a.example/p> {number} ." for number in range(400))
    inside = other if name is None else f"GRAPH <{name}> {{ {other} }}"
    text = {
        "cleared": f"CLEAR {where}",
        "replaced": f"CLEAR {where} ; INSERT DATA {{ {inside} }}",
        "cut": "DELETE WHERE { ?s a ?o }" if name is None else f"DELETE WHERE {{ GRAPH <{name}> {{ ?s a ?o }} }}",
    }[what]
    with Server(f"{server}/update").ask(text.encode(), {"Content-Type": "application/sparql-update"}) as answer:
        answer.read()


@pytest.mark.parametrize("what", ["cleared", "replaced", "cut"])
@pytest.mark.parametrize("name", [None, NAME])
@pytest.mark.parametrize("way", ["store", "update"])
def test_a_publication_does_not_go_on_where_the_server_has_lost_what_had_arrived(
    seed, server, guarded, way, name, what
):
    url, guard = guarded("none", {4: 403})
    command = ["publish", seed, f"{url}/{way}", *(["--graph-name", name] if name else [])]
    with pytest.raises(GraphError):
        publish(kg.open(seed), Server(f"{url}/{way}"), name=name, batch=50)
    lose(server, name, what)
    guard.fail = {}
    done = publish(kg.open(seed), Server(f"{url}/{way}"), name=name, batch=50)
    assert (done.before, done.lost) == (0, 150)
    assert set(kg.open(seed)) <= on_the_server(server, name)
    assert run(*command).exit_code == 0


def test_a_publication_begins_anew_where_the_server_cannot_be_asked_and_says_so(seed, server, guarded, monkeypatch):
    monkeypatch.setattr("kg.publishing.BATCH", 50)
    monkeypatch.setattr("kg.publishing._query_addresses", lambda url: [f"{url}/nowhere"])
    url, guard = guarded("none", {4: 403})
    assert run("publish", seed, f"{url}/store").exit_code == 2
    guard.fail = {}
    done = run("publish", seed, f"{url}/store")
    assert done.exit_code == 0
    assert "(begun anew: the server does not show the 150 that had arrived earlier)" in done.output
    assert on_the_server(server) == set(kg.open(seed))


def test_a_changed_graph_is_sent_from_the_beginning(seed, server, guarded, tmp_path):
    shutil.copy(seed, tmp_path / "g.ttl")
    url, guard = guarded("none", {3: 403})
    with pytest.raises(GraphError):
        publish(kg.open(tmp_path / "g.ttl"), Server(f"{url}/store"), batch=50)
    with (tmp_path / "g.ttl").open("a") as file:
        file.write("<https://a.example/> <https://a.example/> 1 .\n")
    guard.fail = {}
    done = publish(kg.open(tmp_path / "g.ttl"), Server(f"{url}/store"), batch=50)
    assert done.before == 0
    assert on_the_server(server) == set(kg.open(tmp_path / "g.ttl"))


@pytest.mark.parametrize(("scheme", "way"), [("none", "store"), ("none", "update"), ("digest", "store")])
def test_a_batch_that_a_server_finds_too_large_goes_in_halves(seed, server, guarded, monkeypatch, scheme, way):
    monkeypatch.setenv("KG_USER", USER)
    monkeypatch.setenv("KG_PASSWORD", PASSWORD)
    url, guard = guarded(scheme)
    guard.most = 20_000
    publish(kg.open(seed), Server(f"{url}/{way}"))
    assert on_the_server(server) == set(kg.open(seed))
    guard.most = 100
    with pytest.raises(GraphError, match="413"):
        publish(kg.open(seed), Server(f"{url}/{way}"))


def test_what_passes_is_tried_again(seed, server, guarded, monkeypatch):
    monkeypatch.setattr("kg.publishing.PAUSES", (0.0, 0.0, 0.0))
    url, _ = guarded("none", {2: 503, 3: 500, 6: 429})
    publish(kg.open(seed), Server(f"{url}/store"), batch=50)
    assert on_the_server(server) == set(kg.open(seed))


BROKEN = {"length": b"Content-Length: 5000\r\n\r\n{", "chunk": b"Transfer-Encoding: chunked\r\n\r\nzz\r\n{"}


def breaking(guard, monkeypatch, how, first, last):
    """The guard breaks off its answers from the first of these numbers to the last, behind their heads."""
    whole, numbers = guard.answer, count(1)

    def answer(self, *arguments):
        if not first <= next(numbers) <= last:
            whole(self, *arguments)
            return
        self.wfile.write(b"HTTP/1.1 200 OK\r\n" + BROKEN[how])
        self.close_connection = True

    monkeypatch.setattr(guard, "answer", answer)


@pytest.mark.parametrize("how", BROKEN)
@pytest.mark.parametrize("way", ["store", "update"])
def test_a_connection_that_breaks_within_an_answer_is_a_passing_fault(seed, server, guarded, monkeypatch, way, how):
    monkeypatch.setattr("kg.publishing.PAUSES", (0.0, 0.0, 0.0))
    url, guard = guarded("none")
    breaking(guard, monkeypatch, how, 1, 2)
    assert run("publish", seed, f"{url}/{way}").exit_code == 0
    assert on_the_server(server) == set(kg.open(seed))


@pytest.mark.parametrize("how", BROKEN)
@pytest.mark.parametrize("first", [1, 2])
@pytest.mark.parametrize("arguments", [["query", "{}", "ASK {{ ?s ?p ?o }}"], ["export", "{}", "-o", "{out}"]])
def test_a_connection_that_breaks_within_an_answer_is_one_line(
    server, guarded, monkeypatch, tmp_path, arguments, first, how
):
    url, guard = guarded("none")
    breaking(guard, monkeypatch, how, first, 100)
    done = run(*(a.format(f"{url}/query", out=tmp_path / "out.ttl") for a in arguments))
    assert (done.exit_code, done.stderr.count("\n")) == (2, 1)
    assert f"{url}/query: the connection broke: " in done.stderr
    assert not list(tmp_path.iterdir())


def dripping(self, content, pause):
    self.wfile.write(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
    with suppress(OSError):
        while True:
            self.wfile.write(b"%x\r\n%s\r\n" % (len(content), content))
            time.sleep(pause)


@pytest.mark.parametrize("first", [1, 2])
def test_the_time_limit_of_a_query_holds_however_a_server_answers(server, guarded, monkeypatch, first):
    monkeypatch.setattr("kg.store.endpoint.GRACE", 0.0)
    url, guard = guarded("none")
    whole, numbers = guard.answer, count(1)
    monkeypatch.setattr(
        guard, "answer", lambda self, *rest: whole(self, *rest) if next(numbers) < first else dripping(self, b" ", 0.02)
    )
    begin = time.monotonic()
    done = run("query", f"{url}/query", "ASK { ?s ?p ?o }", "--timeout", "0.3")
    assert (done.exit_code, done.stderr.count("\n")) == (2, 1)
    assert "takes too long" in done.stderr or "was stopped after 0.3 s" in done.stderr
    assert time.monotonic() - begin < 3


def test_an_answer_has_a_limit_of_size(server, guarded, monkeypatch):
    monkeypatch.setattr("kg.store.http.MOST_BYTES", 1_000_000)
    url, guard = guarded("none")
    monkeypatch.setattr(guard, "answer", lambda self, *rest: dripping(self, b" " * 10_000, 0.0))
    done = run("query", f"{url}/query", "ASK { ?s ?p ?o }")
    assert (done.exit_code, done.stderr.count("\n")) == (2, 1)
    assert "the answer is too long: more than 1,000,000 bytes" in done.stderr


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("http://127.0.0.1:9/store", "cannot be reached"),
        ("http://user:secret@127.0.0.1:9/store", "not in the address"),
        ("http:///store", "is not the address of a server"),
        ("ftp://news.example/store", "it starts with http:// or https://"),
        ("http://[bad/store", "is not the address of a server: Invalid IPv6 URL"),
        ("http://a..b/store", "is not the address of a server: "),
        ("http://news.example:none/store", "is not the address of a server: "),
        ("http://news.example/a b", "is not the address of a server: ' ' has to be written as %20"),
        ("http://news.example/caf\u00e9", "is not the address of a server: '\u00e9' has to be written as %C3%A9"),
    ],
)
def test_an_address_without_a_server_is_named(seed, url, said, monkeypatch):
    monkeypatch.setattr("kg.publishing.PAUSES", (0.0,))
    done = run("publish", seed, url)
    assert (done.exit_code, done.stderr.count("\n")) == (2, 1)
    assert said in done.stderr
    assert "secret" not in done.stderr


@pytest.mark.parametrize("url", ["http://[bad/query", "http://a..b/query", "http://news.example/caf\u00e9"])
def test_an_address_that_cannot_be_asked_is_named(url):
    done = run("query", url, "ASK { ?s ?p ?o }")
    assert (done.exit_code, done.stderr.count("\n")) == (2, 1)
    assert f"kg: {url}: is not the address of a server: " in done.stderr


@pytest.mark.parametrize(
    ("name", "value"), [("KG_TOKEN", "s3cret\n"), ("KG_TOKEN", "s\u00e9cret"), ("KG_USER", "a\nb")]
)
def test_a_credential_that_cannot_be_sent_is_named_and_not_shown(seed, monkeypatch, name, value):
    monkeypatch.setenv(name, value)
    done = run("publish", seed, "http://127.0.0.1:9/store")
    assert (done.exit_code, done.stderr.count("\n")) == (2, 1)
    assert done.stderr.startswith(f"kg: {name}: has ")
    assert "cret" not in done.stderr


@pytest.mark.parametrize("way", ["store", "update"])
def test_a_web_page_as_the_answer_is_no_success(seed, guarded, monkeypatch, way):
    url, guard = guarded("none")
    page = b"<html>Welcome to the portal</html>", [("Content-Type", "text/html; charset=utf-8")]
    monkeypatch.setattr(guard, "do_POST", lambda self: self.answer(200, *page))
    done = run("publish", seed, f"{url}/{way}")
    assert (done.exit_code, done.stderr.count("\n")) == (2, 1)
    assert done.stderr.endswith("answers with a web page, so it takes no triples\n")


@pytest.mark.parametrize("way", ["store", "update"])
def test_a_web_page_as_the_answer_does_no_harm_where_the_triples_are_there(seed, guarded, tmp_path, monkeypatch, way):
    url, guard = guarded("none")
    answer = guard.answer

    def with_page(self, status, content=b"", headers=()):
        taken = self.path.startswith(f"/{way}") and status < 300
        answer(
            self,
            *((200, b"<html>done</html>", [("Content-Type", "text/html")]) if taken else (status, content, headers)),
        )

    monkeypatch.setattr(guard, "answer", with_page)
    (texts := tmp_path / "texts.nt").write_text('<http://e.example/a> <http://e.example/p> "1" .\n')
    for graph in (seed, texts):
        done = run("publish", graph, f"{url}/{way}")
        assert done.exit_code == 0, done.stderr


def test_a_graph_without_triples_is_not_said_to_be_published(tmp_path):
    kg.KnowledgeGraph.create(tmp_path / "store").close()
    done = run("publish", tmp_path / "store", "http://127.0.0.1:9/store")
    assert (done.exit_code, done.stderr.count("\n")) == (0, 1)
    assert "has no triples, so there was nothing to publish" in done.stderr


def test_credentials_do_not_follow_to_another_server(seed, server, guarded):
    url, guard = guarded("none")

    def elsewhere(self):
        self.rfile.read(int(self.headers.get("Content-Length") or 0))
        self.answer(307, b"", [("Location", "http://evil.example/store")])

    guard.do_POST = elsewhere
    with pytest.raises(KgError, match=r"sends on to http://evil\.example/store"):
        publish(kg.open(seed), Server(f"{url}/store", token=TOKEN))


# Asking a server


@pytest.fixture
def published(seed, server):
    publish(kg.open(seed), Server(f"{server}/store"))
    return f"{server}/query"


@pytest.mark.parametrize(
    "query",
    [
        "SELECT ?name { ?p a nk:Person ; rdfs:label ?name } ORDER BY ?name",
        "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }",
        'ASK { ?p rdfs:label "Daren Tang" }',
        'ASK { ?p rdfs:label "Nobody" }',
    ],
)
def test_a_query_gives_the_same_from_a_server(seed, published, query):
    here, there = kg.open(seed).query(query), kg.open(published).query(query)
    assert there == here if isinstance(here, bool) else there.rows == here.rows


def test_construct_gives_the_same_from_a_server(seed, published):
    query = "CONSTRUCT WHERE { ?p a nk:Person ; rdfs:label ?name }"
    assert set(kg.open(published).query(query)) == set(kg.open(seed).query(query))


@pytest.mark.parametrize("arguments", [["why", "{}", "Daren Tang"], ["stats", "{}"]])
def test_a_command_says_the_same_of_a_server(seed, published, arguments):
    here, there = (run(*(a.format(graph) for a in arguments)) for graph in (seed, published))
    assert here.exit_code == 0 and here.stdout
    assert there.stdout == here.stdout


def test_a_server_is_exported_to_the_same_bytes(seed, published, tmp_path):
    for graph, name in ((seed, "here.ttl"), (published, "there.ttl")):
        assert run("export", graph, "-o", tmp_path / name).exit_code == 0
    assert (tmp_path / "here.ttl").read_bytes() == (tmp_path / "there.ttl").read_bytes()


def test_a_query_to_a_server_can_only_read(published):
    graph = kg.open(published)
    with pytest.raises(QueryError, match="would change the graph"):
        graph.query("INSERT DATA { <a:a> <a:b> <a:c> }")
    with pytest.raises(QueryError, match="SERVICE"):
        graph.query("SELECT * { SERVICE <http://other.example/> { ?s ?p ?o } }")


def test_a_malformed_query_is_the_users_error(published):
    with pytest.raises(QueryError, match="400"):
        kg.open(published).query("SELECT ?s { ?s ?p }")


@pytest.mark.parametrize("sent", [b'{"head": {"vars": ["x"]}, "results": {"bind', b'{"head": {}, "boolean": true}'])
@pytest.mark.parametrize("first", [1, 2])
def test_an_answer_that_is_no_table_is_one_line(guarded, monkeypatch, first, sent):
    url, guard = guarded("none")
    empty, numbers = b'{"head": {"vars": []}, "results": {"bindings": []}}', count(1)
    monkeypatch.setattr(guard, "do_POST", lambda self: self.answer(200, empty if next(numbers) < first else sent))
    done = run("query", f"{url}/query", "SELECT ?x { ?x ?p ?o }")
    assert (done.exit_code, done.stderr.count("\n")) == (2, 1)
    assert "cannot be read: " in done.stderr


def test_a_server_that_counts_without_a_row_is_one_line(server, guarded, monkeypatch):
    url, guard = guarded("none")
    empty = b'{"head": {"vars": []}, "results": {"bindings": []}}'
    monkeypatch.setattr(guard, "do_POST", lambda self: self.answer(200, empty))
    done = run("stats", f"{url}/query")
    assert (done.exit_code, done.stderr.count("\n")) == (2, 1)
    assert f"kg: {url}/query: the server does not count its triples" in done.stderr


@pytest.mark.parametrize("status", [400, 405])
def test_control_characters_of_a_server_do_not_reach_the_terminal(guarded, monkeypatch, status):
    url, guard = guarded("none")

    def refuse(self):
        self.send_response(status, "no\x1b[31m")
        self.end_headers()
        self.wfile.write(b"\x1b[31mred\x1b]0;title\x07\xc2\x9b")

    monkeypatch.setattr(guard, "do_POST", refuse)
    done = run("query", f"{url}/query", "ASK { ?s ?p ?o }")
    assert done.exit_code == 2
    assert done.stderr == (f"kg: {url}/query: {status} no\\u001b[31m: \\u001b[31mred\\u001b]0;title\\u0007\\u009b\n")


def test_a_server_that_is_not_one_is_named(server):
    with pytest.raises(GraphError, match="404"):
        kg.open(f"{server}/nowhere")
    with pytest.raises(GraphError, match="cannot be reached"):
        kg.open("http://127.0.0.1:9/query")
