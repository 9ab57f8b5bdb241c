"""Reconciliation: a graph is matched with a service of the W3C Reconciliation API 0.2, here a real one of this machine.

The service is written after the specification: a manifest for GET without a query, and for a POST of ``queries`` one
result for each, with id, name, type, score and match.
"""

import csv
import json
import socket
import threading
import time

import pytest
from click.testing import CliRunner

import kg
from kg.cli import cli
from kg.errors import GraphError
from kg.identity.authority import read_authority
from kg.reconciliation import ReconciliationError, Service, reconcile
from kg.review import candidates

starlette = pytest.importorskip("starlette")
uvicorn = pytest.importorskip("uvicorn")

SPACE = "https://authority.example/entity/"
ENTITIES = {
    "A1": ("Amal Haddad", "person", "director of a port"),
    "A2": ("Kari Solberg", "person", "minister of trade"),
    "A3": ("Kari Solberg", "person", "handball player"),
    "A4": ("Northern Port Office", "body", ""),
    "A5": ("Oslo", "city", "capital"),
    "A6": ("Oslo", "city", "town in Minnesota"),
    "A7": ("Bergen Fish Market Hall", "building", ""),
}
TEXT = (
    "OSLO, May 13, 2025 - Amal Haddad, director of the Northern Port Office, opened a dock in Oslo on Monday. "
    "Kari Solberg, the minister of trade, met Amal Haddad in Drammen. Jonas Lindqvist attended the opening.\n"
)


class Reconciler:
    """The service, with a record of what it was asked."""

    def __init__(self):
        from starlette.applications import Starlette
        from starlette.responses import JSONResponse, PlainTextResponse, Response
        from starlette.routing import Route

        self.asked, self.busy, self.batch = [], 0, 3

        async def endpoint(request):
            if request.method == "GET":
                return JSONResponse(
                    {
                        "versions": ["0.1", "0.2"],
                        "name": "Test Authority",
                        "identifierSpace": SPACE,
                        "schemaSpace": "https://authority.example/type/",
                        "view": {"url": "https://authority.example/page/{{id}}"},
                        "batchSize": self.batch,
                    }
                )
            if self.busy:
                self.busy -= 1
                return PlainTextResponse("later", 503, {"Retry-After": "1"})
            queries = json.loads((await request.form())["queries"])
            assert len(queries) <= self.batch
            self.asked.append(queries)
            return JSONResponse({key: {"result": self.find(query)} for key, query in queries.items()})

        async def wrong(request):
            return PlainTextResponse("<html>hello</html>")

        async def elsewhere(request):
            return Response(status_code=302, headers={"Location": request.query_params["to"]})

        app = Starlette(
            routes=[
                Route("/api", endpoint, methods=["GET", "POST"]),
                Route("/page", wrong),
                Route("/elsewhere", elsewhere),
            ]
        )
        listener = socket.socket()
        listener.bind(("127.0.0.1", 0))
        self.server = uvicorn.Server(uvicorn.Config(app, log_level="error"))
        self.root = f"http://127.0.0.1:{listener.getsockname()[1]}"
        self.url = f"{self.root}/api"
        threading.Thread(target=self.server.run, kwargs={"sockets": [listener]}, daemon=True).start()
        while not self.server.started:
            time.sleep(0.01)

    def find(self, query):
        from rapidfuzz.fuzz import ratio

        found = [
            (ratio(query["query"], name), id_)
            for id_, (name, type_, _) in ENTITIES.items()
            if query.get("type", type_) == type_
        ]
        good = sorted((pair for pair in found if pair[0] > 60), key=lambda pair: (-pair[0], pair[1]))
        perfect = [id_ for score, id_ in good if score == 100]
        return [
            {
                "id": id_,
                "name": ENTITIES[id_][0],
                "description": ENTITIES[id_][2],
                "type": [{"id": ENTITIES[id_][1], "name": ENTITIES[id_][1].title()}],
                "score": score,
                "match": perfect == [id_],
            }
            for score, id_ in good[: query["limit"]]
        ]

    def names(self):
        return [query["query"] for queries in self.asked for query in queries.values()]


@pytest.fixture
def service():
    service = Reconciler()
    yield service
    service.server.should_exit = True


@pytest.fixture(scope="module")
def source(tmp_path_factory):
    path = tmp_path_factory.mktemp("reconciled") / "port.txt"
    path.write_text(TEXT)
    return path


@pytest.fixture(scope="module")
def graph(source):
    return kg.build([source], workers=1).graph


def rows(path):
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def links(graph, kind):
    query = f"SELECT ?name ?to {{ ?x skos:{kind} ?to ; rdfs:label ?name }} ORDER BY ?name ?to"
    return [(name, str(to).removeprefix(SPACE)) for name, to in graph.query(query).rows]


def test_matches_and_candidates_are_kept_and_built_from_without_the_service(service, graph, source, tmp_path):
    path = tmp_path / "authority.csv"
    outcome = reconcile(graph, service.url, path)
    assert set(service.names()) == {
        *("Amal Haddad", "Kari Solberg", "Jonas Lindqvist", "Northern Port Office", "Oslo", "Drammen")
    }
    assert (outcome.matched, outcome.candidates, outcome.nothing) == (2, 2, 2)
    lines = {(row["name"], row["id"].removeprefix(SPACE)): row for row in rows(path)}
    assert lines["Amal Haddad", "A1"]["match"] == "yes" and lines["Amal Haddad", "A1"]["score"] == "100"
    assert lines["Kari Solberg", "A3"]["description"] == "handball player"
    assert lines["Jonas Lindqvist", ""]["match"] == "none"
    service.server.should_exit = True  # from here on there is no network
    again = kg.build([source], workers=1, authority=path).graph
    assert links(again, "exactMatch") == [("Amal Haddad", "A1"), ("Northern Port Office", "A4")]
    assert links(again, "closeMatch") == [
        *(("Kari Solberg", "A2"), ("Kari Solberg", "A3"), ("Oslo", "A5"), ("Oslo", "A6"))
    ]
    assert {q.second.iri for q in candidates(again)} == {SPACE + id_ for id_ in ("A2", "A3", "A5", "A6")}
    assert again.validate().conforms


def test_nothing_is_asked_twice_and_what_people_wrote_stays(service, graph, tmp_path):
    path = tmp_path / "authority.csv"
    reconcile(graph, service.url, path)
    text = path.read_text().replace(f"{SPACE}A2,Kari Solberg,,person,no", f"{SPACE}A2,Kari Solberg,,person,yes")
    text = text.replace(f"{SPACE}A3,Kari Solberg,,person,no", f"{SPACE}A3,Kari Solberg,,person,none")
    path.write_text(text)
    service.asked.clear()
    assert reconcile(graph, service.url, path).asked == 0
    assert service.asked == [] and path.read_text() == text


@pytest.mark.parametrize("separator", [";", "\t"])
def test_a_spreadsheet_may_have_saved_the_file_otherwise(service, graph, source, tmp_path, separator):
    path = tmp_path / "authority.csv"
    reconcile(graph, service.url, path, kinds=["person"])
    path.write_text("# checked in May\n" + path.read_text().replace(",", separator))
    service.asked.clear()
    reconcile(graph, service.url, path)
    assert set(service.names()) == {"Northern Port Office", "Oslo", "Drammen"}
    comment, columns, *_ = path.read_text().splitlines()
    assert comment == "# checked in May" and columns.split(separator)[:2] == ["id", "name"]
    assert ("Amal Haddad", "A1") in links(kg.build([source], workers=1, authority=path).graph, "exactMatch")


def test_a_decision_in_the_file_is_followed(service, graph, source, tmp_path):
    path = tmp_path / "authority.csv"
    reconcile(graph, service.url, path, kinds=["person"])
    lines = path.read_text().replace("A2,Kari Solberg,,person,no", "A2,Kari Solberg,,person,yes")
    path.write_text(lines.replace("A3,Kari Solberg,,person,no", "A3,Kari Solberg,,person,none"))
    again = kg.build([source], workers=1, authority=path).graph
    assert links(again, "exactMatch") == [("Amal Haddad", "A1"), ("Kari Solberg", "A2")]
    assert links(again, "closeMatch") == []


def test_a_lone_candidate_is_no_match(service, graph, source, tmp_path, monkeypatch):
    monkeypatch.setitem(ENTITIES, "A8", ("Jonas Lindquist", "person", ""))
    path = tmp_path / "authority.csv"
    reconcile(graph, service.url, path, kinds=["person"])
    again = kg.build([source], workers=1, authority=path).graph
    assert ("Jonas Lindqvist", "A8") in links(again, "closeMatch")
    reconcile(graph, service.url, tmp_path / "other.csv", kinds=["person"], threshold=90)
    again = kg.build([source], workers=1, authority=tmp_path / "other.csv").graph
    assert ("Jonas Lindqvist", "A8") in links(again, "exactMatch")


def test_types_are_asked_for(service, graph, tmp_path):
    reconcile(graph, service.url, tmp_path / "a.csv", kinds=["place"], types={"place": "building"})
    assert {row["match"] for row in rows(tmp_path / "a.csv")} == {"none"}
    assert all(query["type"] == "building" for queries in service.asked for query in queries.values())


def test_a_busy_service_is_asked_again_and_what_was_had_is_kept(service, graph, tmp_path, monkeypatch):
    service.busy = 1
    assert reconcile(graph, service.url, tmp_path / "a.csv").asked == 6
    monkeypatch.setattr("kg.reconciliation.TRIES", 1)
    once = service.find

    def failing(query):
        if len(service.asked) > 1:
            raise RuntimeError
        return once(query)

    service.asked.clear()
    service.find = failing
    with pytest.raises(ReconciliationError, match="answers 500"):
        reconcile(graph, service.url, tmp_path / "b.csv")
    had = {row["name"] for row in rows(tmp_path / "b.csv")}
    assert had and len(had) <= 3
    service.find = once
    service.asked.clear()
    reconcile(graph, service.url, tmp_path / "b.csv")
    assert not had & set(service.names())


@pytest.mark.parametrize("where", ["/page", "/none", ":1"])
def test_what_is_no_service_is_said(service, graph, tmp_path, where, monkeypatch):
    monkeypatch.setattr("kg.reconciliation.TRIES", 1)
    url = "http://127.0.0.1:1/" if where == ":1" else service.root + where
    with pytest.raises(ReconciliationError) as error:
        reconcile(graph, url, tmp_path / "a.csv")
    assert url in str(error.value) and "\n" not in str(error.value)
    assert not (tmp_path / "a.csv").exists()
    with pytest.raises(ReconciliationError, match="http://"):
        Service("file:///etc/passwd")


@pytest.mark.parametrize("to", ["ftp://127.0.0.1:1/x", "file:///etc/passwd", "http://[bad"])
def test_a_service_cannot_send_on_to_what_is_not_the_web(service, to):
    with pytest.raises(ReconciliationError, match=r"sends on|Redirection|no address") as error:
        Service(f"{service.root}/elsewhere?to={to}")
    assert "\n" not in str(error.value)


def test_what_a_service_says_is_no_formula_and_is_read_back_as_it_was_said(
    service, graph, source, tmp_path, monkeypatch
):
    path = tmp_path / "authority.csv"
    name = '=HYPERLINK("https://x.example")'
    found = [{"id": "A1", "name": name, "description": "+1", "match": True}]
    monkeypatch.setattr(service, "find", lambda query: found)
    reconcile(graph, service.url, path, kinds=["person"])
    assert {(row["name"], row["description"]) for row in rows(path)} == {("'" + name, "'+1")}
    assert {entry.names[0] for entry in read_authority(path).entries} == {name}
    monkeypatch.undo()
    reconcile(graph, service.url, path)
    assert {row["name"] for row in rows(path) if row["kind"] == "person"} == {"'" + name}
    assert not any(cell.startswith(("=", "+", "-", "@")) for row in rows(path) for cell in row.values())


@pytest.mark.parametrize(
    "url", ["http://[bad/api", "http://a..b/api", "http://news.example/caf\u00e9", "http://a:b/api"]
)
def test_an_address_that_cannot_be_asked_is_named(graph, tmp_path, url):
    graph.save(tmp_path / "g.ttl")
    done = CliRunner().invoke(cli, ["reconcile", str(tmp_path / "g.ttl"), url, "-o", str(tmp_path / "a.csv")])
    assert (done.exit_code, done.stderr.count("\n")) == (2, 1)
    assert f"kg: {url}: is not the address of a server: " in done.stderr


def test_ids_become_iris(service):
    api = Service(service.url)
    assert api.iri("A1") == SPACE + "A1"
    assert api.iri("https://other.example/x") == "https://other.example/x"
    assert api.iri("a b") is None and api.iri(None) is None and api.iri('x"><script>') is None


def test_the_command(service, graph, tmp_path):
    graph.save(tmp_path / "g.ttl")
    url = service.url.replace("http", "HTTP")  # in which capitals make no difference
    arguments = ["reconcile", str(tmp_path / "g.ttl"), url, "-o", str(tmp_path / "a.csv"), "--kind", "person"]
    done = CliRunner().invoke(cli, arguments)
    assert done.exit_code == 0, done.output
    assert "3 names asked for: 1 matched, 1 with candidates, 1 without" in done.output
    assert CliRunner().invoke(cli, [*arguments, "--type", "person"]).exit_code != 0


def test_a_file_that_cannot_be_written_is_named_before_anybody_is_asked(service, graph, tmp_path):
    with pytest.raises(GraphError, match="there is no folder"):
        reconcile(graph, service.url, tmp_path / "missing" / "names.csv")
    assert service.asked == []


def test_columns_that_people_added_stay(service, graph, tmp_path):
    path = tmp_path / "names.csv"
    path.write_text(
        "# ours\nid;name;Kind;Notes;\nhttps://p.example/1;Amal Haddad;person;ask Lena, twice;;over\n", encoding="utf-8"
    )
    reconcile(graph, service.url, path, kinds=["person"])
    comment, head, mine, *new = path.read_text(encoding="utf-8").splitlines()
    assert (comment, head) == ("# ours", "id;name;Kind;Notes;;;aliases;match;score;description")
    assert mine == "https://p.example/1;Amal Haddad;person;ask Lena, twice;;over;;;;"
    assert "Amal Haddad" not in service.names() and len(new) == 3
    assert f"{SPACE}A2;Kari Solberg;person;;;;;no;100;minister of trade" in new
    assert read_authority(path).entries[0].names[0] == "Amal Haddad"
