"""The SPARQL endpoint as real clients use it; names in brackets are those of the W3C SPARQL 1.1 protocol tests."""

from __future__ import annotations

import io
import json
import shutil
import subprocess
from concurrent.futures import ThreadPoolExecutor

import pytest
import rdflib

from kg.server.negotiation import preferred

SELECT = "SELECT ?name { ?p a nk:Person ; rdfs:label ?name } ORDER BY ?name"
CONSTRUCT = "CONSTRUCT { ?p rdfs:label ?name } WHERE { ?p a nk:Person ; rdfs:label ?name }"
FORM = {"content-type": "application/x-www-form-urlencoded"}
DIRECT = {"content-type": "application/sparql-query"}


def names(response):
    assert response.status_code == 200, response.text
    return [row["name"]["value"] for row in response.json()["results"]["bindings"]]


def test_query_get(server):
    found = names(server.ask(SELECT))
    assert "Daren Tang" in found and found == sorted(found)


def test_query_post_form_and_query_post_direct(server):
    form = server.client.post("/sparql", data={"query": SELECT})
    direct = server.client.post("/sparql", content=SELECT, headers=DIRECT)
    assert names(form) == names(direct) == names(server.ask(SELECT))


@pytest.mark.parametrize(
    "accept, media",
    [
        ("application/sparql-results+json", "application/sparql-results+json"),
        ("application/sparql-results+xml", "application/sparql-results+xml"),
        ("text/csv", "text/csv"),
        ("text/tab-separated-values", "text/tab-separated-values"),
        ("text/html;q=0.3, text/csv;q=0.2, application/json;q=0.1", "text/csv"),
        (None, "application/sparql-results+json"),
        ("*/*", "application/sparql-results+json"),
    ],
)
def test_query_content_type_select(server, accept, media):
    response = server.ask(SELECT, accept)
    assert response.headers["content-type"].partition(";")[0] == media
    assert "Daren Tang" in response.text and "Stampe Sørensen" in response.text


@pytest.mark.parametrize("accept", ["application/sparql-results+xml", "application/sparql-results+json", "text/csv"])
def test_query_content_type_ask(server, accept):
    assert "true" in server.ask("ASK { ?p a nk:Person }", accept).text
    assert "false" in server.ask("ASK { ?p a nk:Person ; nk:endDate ?x }", accept).text


@pytest.mark.parametrize(
    "accept, form",
    [
        ("text/turtle", "turtle"),
        ("application/n-triples", "nt"),
        ("application/rdf+xml", "xml"),
        ("application/ld+json", "json-ld"),
    ],
)
def test_query_content_type_construct_and_describe(server, accept, form):
    for query in (CONSTRUCT, "DESCRIBE person:daren-tang"):
        response = server.ask(query, accept)
        assert response.headers["content-type"].partition(";")[0] == accept
        graph = rdflib.Graph().parse(io.BytesIO(response.content), format=form)
        assert (None, rdflib.RDFS.label, rdflib.Literal("Daren Tang")) in graph


@pytest.mark.parametrize("accept", ["image/png", "text/turtle;q=0"])
def test_what_cannot_be_served_is_not_acceptable(server, accept):
    assert server.ask(SELECT, accept).status_code == 406


@pytest.mark.parametrize(
    "method, options, status",
    [
        ("GET", {"params": [("query", SELECT), ("query", "ASK {}")]}, 400),  # bad_multiple_queries
        ("PUT", {"params": {"query": SELECT}}, 405),  # bad_query_method
        ("DELETE", {}, 405),
        ("POST", {"content": "query=ASK%20%7B%7D", "headers": {"content-type": "text/plain"}}, 415),  # wrong_media_type
        ("POST", {"content": "query=ASK%20%7B%7D"}, 415),  # bad_query_missing_form_type
        ("POST", {"content": SELECT}, 415),  # bad_query_missing_direct_type
        ("POST", {"content": "ASK { ?s ?p 'é' }".encode("utf-16"), "headers": DIRECT}, 400),  # bad_query_non_utf8
        ("GET", {"params": {"query": "SELECT WHERE {"}}, 400),  # bad_query_syntax
        ("POST", {"data": {}, "headers": FORM}, 400),
        ("POST", {"content": "CLEAR ALL", "headers": {"content-type": "application/sparql-update"}}, 403),
        ("POST", {"data": {"update": "CLEAR ALL"}}, 403),
        ("POST", {"content": "a=1&" * 200, "headers": FORM}, 400),
        ("GET", {"params": [("x", str(n)) for n in range(200)]}, 400),
        ("GET", {"params": {"query": "CONSTRUCT { ?s ?p ?o } FROM <http://x.example/> { ?s ?p ?o }"}}, 403),
        ("GET", {"params": {"query": SELECT, "default-graph-uri": "http://example.org/g"}}, 403),
        ("POST", {"data": {"query": SELECT, "named-graph-uri": "http://example.org/g"}}, 403),
    ],
)
def test_bad_requests_are_refused_with_their_status(server, method, options, status):
    response = server.client.request(method, "/sparql", **options)
    assert response.status_code == status, response.text


def test_a_malformed_query_is_answered_with_line_and_column(server):
    response = server.ask("SELECT ?x {\n ?x foo:bar ?y }")
    assert (response.status_code, response.text) == (
        400,
        "line 2, column 5: the prefix of foo:bar is not known; declare it with PREFIX\n",
    )


def test_an_unknown_prefix_or_word_is_answered_with_the_nearest(server):
    assert "did you mean skos:altLabel?" in server.ask("SELECT ?x { ?x skoss:altLabel ?y }").text
    hint = server.client.post("/hint", content="SELECT ?x { ?x a nk:Persn }")
    assert "did you mean nk:Person" in hint.text
    assert (
        "SERVICE" in server.client.post("/hint", content="SELECT * { SERVICE <http://x.example/> { ?s ?p ?o } }").text
    )


def test_hints_are_worked_out_one_at_a_time_so_that_they_cannot_take_the_server(server):
    empty = 'SELECT * { ?a nk:attended ?b . ?b rdfs:label "nobody calls it this" }'
    with ThreadPoolExecutor(50) as many:
        hints = list(many.map(lambda _: server.client.post("/hint", content=empty), range(50)))
        assert server.ask("ASK { ?s ?p ?o }").json()["boolean"]
    assert {hint.status_code for hint in hints} == {200}
    told = {hint.text for hint in hints}
    assert told <= {"", server.client.post("/hint", content=empty).text} and told != {""}


def test_without_a_query_programs_get_the_service_description_and_people_the_editor(server):
    graph = rdflib.Graph().parse(data=server.get("/sparql", "text/turtle").text)
    service = rdflib.Namespace("http://www.w3.org/ns/sparql-service-description#")
    assert set(graph.objects(None, service.endpoint)) == {rdflib.URIRef(server.address + "sparql")}
    xml = server.get("/sparql", "application/rdf+xml").text
    assert len(rdflib.Graph().parse(data=xml, format="xml")) == len(graph)
    browser = server.get("/sparql", "text/html,application/xhtml+xml,*/*;q=0.8")
    assert browser.status_code == 303 and browser.headers["location"] == "query"
    assert server.client.head("/sparql").status_code == 200


def test_sparqlwrapper_asks_it(server):
    wrapper = pytest.importorskip("SPARQLWrapper")
    for method in (wrapper.GET, wrapper.POST):
        for how in (wrapper.URLENCODED, wrapper.POSTDIRECTLY):
            if method == wrapper.GET and how == wrapper.POSTDIRECTLY:
                continue
            client = wrapper.SPARQLWrapper(server.address + "sparql")
            client.setMethod(method)
            client.setRequestMethod(how)
            client.setQuery(SELECT)
            client.setReturnFormat(wrapper.JSON)
            found = client.queryAndConvert()["results"]["bindings"]
            assert "Daren Tang" in [row["name"]["value"] for row in found]
    for form in (wrapper.XML, wrapper.CSV, wrapper.TSV, wrapper.JSON):
        client.setReturnFormat(form)
        found = client.queryAndConvert()
        assert "Daren Tang" in (found.toxml() if form == wrapper.XML else str(found)), form
    client.setQuery(CONSTRUCT)
    for form in (wrapper.TURTLE, wrapper.N3, wrapper.RDFXML, wrapper.XML, wrapper.JSONLD):
        client.setReturnFormat(form)
        found = client.queryAndConvert()
        text = found.decode() if isinstance(found, bytes) else found.serialize(format="turtle")
        assert "Daren Tang" in text, form


@pytest.mark.skipif(shutil.which("curl") is None, reason="curl is not installed")
def test_curl_asks_it(server):
    command = [
        "curl",
        "-sS",
        "-H",
        "Accept: text/csv",
        "--data-urlencode",
        f"query={SELECT}",
        server.address + "sparql",
    ]
    assert "Daren Tang" in subprocess.run(command, capture_output=True, text=True, check=True).stdout.splitlines()


def test_rdflib_reads_the_pages_of_the_graph_as_data(server):
    graph = rdflib.Graph().parse(server.address + "id/person/daren-tang", format="turtle")
    assert (None, rdflib.RDFS.label, rdflib.Literal("Daren Tang")) in graph


@pytest.mark.parametrize(
    "accept, best",
    [
        ("text/html", "text/html"),
        ("text/*;q=0.1, application/json", "application/json"),
        ("text/html;q=0, */*", "text/turtle"),
        ("image/png", None),
        ("", "text/html"),
        ("application/json;q=x, text/turtle;q=0.1", "text/turtle"),
    ],
)
def test_the_best_of_the_accepted_types_is_taken(accept, best):
    assert preferred(accept, ["text/html", "text/turtle", "application/json"]) == best


def test_a_json_search_gives_programs_the_same_as_the_page(server):
    found = json.loads(server.get("/search", params={"q": "tang", "format": "json"}).text)
    assert found["hits"][0]["name"] == "Daren Tang"
    assert found["hits"][0]["iri"] in server.get("/search", "text/html", params={"q": "tang"}).text.replace(
        "/id/", "https://w3id.org/newskg/id/"
    )
