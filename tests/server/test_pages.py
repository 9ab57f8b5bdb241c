"""The pages in a real browser."""

from __future__ import annotations

import json
import os
import re
import shutil
import time
from html import unescape
from urllib.parse import quote

import pytest
from pyoxigraph import Literal, NamedNode, Triple
from running import Server

import kg
from kg.server import Settings
from kg.server.pages import MENTIONED_MOST
from kg.server.pool import BusyError
from kg.server.run import application
from kg.server.search import Index
from kg.vocabulary import NIF, NK, RDF

ARTICLE = "[id^=c]"


@pytest.fixture(scope="module")
def browser(tmp_path_factory):
    binary, driver = shutil.which("chromium"), shutil.which("chromedriver")
    if not binary or not driver:
        pytest.skip("Chromium and its driver are not installed")
    from selenium import webdriver
    from selenium.webdriver.chrome.service import Service

    options = webdriver.ChromeOptions()
    options.binary_location = binary
    for flag in (
        "headless=new",
        "no-sandbox",
        "disable-gpu",
        "disable-background-networking",
        "disable-sync",
        "disable-component-update",
        f"user-data-dir={tmp_path_factory.mktemp('profile')}",
    ):
        options.add_argument("--" + flag)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    running = webdriver.Chrome(options=options, service=Service(driver, env={**os.environ}))
    running.implicitly_wait(5)
    yield running
    running.quit()


def complaints(browser):
    return [entry["message"] for entry in browser.get_log("browser") if entry["level"] == "SEVERE"]


def wait_for(condition, seconds=10):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if found := condition():
            return found
        time.sleep(0.05)
    raise AssertionError("it did not happen in time")


def css(browser, selector):
    from selenium.webdriver.common.by import By

    return browser.find_element(By.CSS_SELECTOR, selector)


def test_from_the_first_page_by_search_to_a_person_and_its_sentence_in_the_article(server, browser):
    browser.get(server.address)
    box = css(browser, "input[name=q]")
    box.send_keys("daren")
    box.submit()
    css(browser, "ul.hits a").click()
    assert css(browser, "h1").text == "Daren Tang"
    assert css(browser, "blockquote mark").text in css(browser, "blockquote").text
    assert "Director General" in css(browser, "main").text
    css(browser, "blockquote footer a").click()
    assert "/id/article/" in browser.current_url and "#c" in browser.current_url
    target = css(browser, ":target")
    assert "Daren Tang" in css(browser, ".text").text and target.text
    assert css(browser, ".text .statement").value_of_css_property("background-color") != "rgba(0, 0, 0, 0)"
    assert complaints(browser) == []


def test_the_editor_runs_a_query_and_its_answers_lead_to_pages(server, browser):
    browser.get(server.address + "query")
    css(browser, ".CodeMirror")
    query = "SELECT ?p ?name { ?p a nk:Person ; rdfs:label ?name } ORDER BY ?name"
    browser.execute_script("document.querySelector('.CodeMirror').CodeMirror.setValue(arguments[0])", query)
    css(browser, "#run").click()
    css(browser, "#answer table")
    assert "rows in" in css(browser, "#said").text
    css(browser, "#answer td a").click()
    assert "/id/person/" in browser.current_url
    assert complaints(browser) == []


def test_the_editor_completes_properties_of_the_graph(server, browser):
    browser.get(server.address + "query")
    css(browser, ".CodeMirror")
    browser.execute_script(
        "const c = document.querySelector('.CodeMirror').CodeMirror;"
        "c.setValue('PREFIX nk: <https://w3id.org/newskg/ontology#>\\nSELECT * { ?p nk:holds }');"
        "c.focus(); c.setCursor(1, 22); c.showHint ? c.autocomplete() : 0;"
    )
    hints = wait_for(
        lambda: (
            browser.execute_script("return [...document.querySelectorAll('.CodeMirror-hint')].map(e => e.textContent)")
            or browser.execute_script(
                "const v = document.querySelector('.CodeMirror').CodeMirror.getValue();"
                "return v.includes('nk:holdsRole') ? ['nk:holdsRole'] : null"
            )
        )
    )
    assert any("holdsRole" in hint for hint in hints)


def test_the_editor_says_what_is_wrong_with_a_query(server, browser):
    browser.get(server.address + "query?query=SELECT")
    css(browser, ".CodeMirror")
    css(browser, "#run").click()
    wait_for(lambda: "malformed" in css(browser, "#said").text)


def test_the_editor_says_which_part_of_a_query_found_nothing(server, browser):
    browser.get(server.address + "query")
    css(browser, ".CodeMirror")
    query = 'SELECT ?p { ?p a nk:Person ; rdfs:label "Daren Tan" }'
    browser.execute_script("document.querySelector('.CodeMirror').CodeMirror.setValue(arguments[0])", query)
    css(browser, "#run").click()
    wait_for(lambda: "did you mean Daren Tang?" in css(browser, "#said").text)


def test_a_shipped_question_can_be_begun_from(server, browser):
    from selenium.webdriver.support.select import Select

    browser.get(server.address + "query")
    css(browser, ".CodeMirror")
    select = Select(css(browser, "#questions"))
    number = next(i for i, option in enumerate(select.options) if option.text.startswith("who-spoke:"))
    select.select_by_index(number)
    css(browser, "#run").click()
    assert "Daren Tang" in css(browser, "#answer table").text


def test_the_picture_is_drawn(server, browser):
    complaints(browser)
    browser.get(server.address + "picture")
    css(browser, "canvas")
    assert complaints(browser) == []


@pytest.mark.parametrize(
    "path",
    [
        "",
        "id/person/x",
        "id/article/a",
        "search?q=script",
        "picture",
        "query?query=</textarea><script>window.hacked=1</script>",
    ],
)
def test_hostile_articles_run_nothing(hostile, browser, path):
    browser.get(hostile.address + path)
    time.sleep(0.3)
    assert browser.execute_script("return window.hacked === undefined")


def test_every_iri_of_the_graph_has_a_page(server, root):
    import kg

    graph = kg.open(root / "tests/gold/seed/graph.ttl")
    iris = sorted({t.subject.value for t in graph if "#" not in t.subject.value})
    assert len(iris) > 50
    for iri in iris[::7]:
        path = iri.replace(graph.base, "/id/")
        assert server.get(path, "text/html").status_code == 200, iri
        assert f"<{iri}>" in server.get(path, "application/n-triples").text
    assert server.get("/id/person/nobody", "text/html").status_code == 404


def test_the_pages_of_things_and_articles_lead_to_their_data(server):
    article = server.ask("SELECT ?a { ?a a nk:Article }").json()["results"]["bindings"][0]["a"]["value"]
    for address in ("/id/person/daren-tang", "/resource?iri=" + quote(article, safe="")):
        links = re.findall(r'href="([^"]*format=[a-z]+)"', server.get(address, "text/html").text)
        assert len(links) == 3
        for link in links:
            answer = server.get(unescape(link))
            assert answer.status_code == 200 and "html" not in answer.headers["content-type"], link


def test_the_page_of_a_reprint_leads_to_its_text(tmp_path):
    text = "Amal Haddad opened a new dock in Oslo on Monday. She thanked the union of the dockers for its patience."
    papers = {"Herald": "2025-05-14", "Capital <b>Post": "2025-05-28"}
    records = [
        {"text": text, "title": f"As in the {paper}", "publisher": paper, "date": papers[paper]} for paper in papers
    ]
    (tmp_path / "wire.json").write_text(json.dumps(records), encoding="utf-8")
    graph = kg.build([tmp_path / "wire.json"], tmp_path / "graph.ttl", workers=1).graph
    ((reprint, of),) = graph.query("SELECT ?a ?of { ?a nk:nearDuplicateOf ?of }").rows
    server = Server(tmp_path / "graph.ttl", "--workers", "1")
    try:
        page = server.get("/resource?iri=" + quote(str(reprint), safe=""), "text/html").text
        (link,) = re.findall(r'word by word as <a href="([^"]*)">As in the Herald</a>', page)
        assert "Capital &lt;b&gt;Post" in page and "Haddad" not in page
        assert "Haddad" in server.get(unescape(link), "text/html").text
        assert quote(str(of), safe="") in link or str(of).rpartition("/")[2] in link
    finally:
        server.stop()


def test_what_xml_cannot_carry_is_not_acceptable_and_comes_in_other_formats(tmp_path):
    graph = kg.KnowledgeGraph.create()
    article = NamedNode(graph.base + "article/a1")
    graph.add([Triple(article, RDF.type, NK.Article), Triple(article, NIF.isString, Literal("page\fpage"))])
    graph.save(tmp_path / "g.ttl")
    server = Server(tmp_path / "g.ttl", "--workers", "1")
    construct = {"query": "CONSTRUCT { ?s ?p ?o } { ?s ?p ?o }"}
    try:
        for path, options in (("/id/article/a1", {}), ("/sparql", {"params": construct})):
            refused = server.get(path, "application/rdf+xml", **options)
            assert refused.status_code == 406 and "RDF/XML cannot carry" in refused.text
            assert server.get(path, "text/turtle", **options).status_code == 200
    finally:
        server.stop()


def test_a_first_page_that_found_all_workers_busy_is_not_kept(root, tmp_path):
    graph = kg.open(root / "tests/gold/seed/graph.ttl")
    graph.save(tmp_path / "store")
    app = application(tmp_path / "store", Settings(workers=1, waiting=0.01))
    site = app.state.site
    worker = site.pool._take()
    with pytest.raises(BusyError):
        site.home  # noqa: B018
    site.pool._give(worker)
    assert "Daren Tang" in site.home
    site.close()


def test_the_things_mentioned_most_count_near_duplicates_once(tmp_path):
    told = "Amal Haddad opened a new dock in Oslo on Monday. She thanked the union of the dockers for its patience."
    records = [{"text": told, "title": f"Copy {n}", "publisher": f"Paper {n}"} for n in range(3)]
    twice = (
        "Kari Solberg spoke in Bergen on Friday about the price of salt. Kari Solberg praised the salters of Bergen."
    )
    records.append({"text": twice, "title": "Salt", "publisher": "Paper 9"})
    (tmp_path / "wire.json").write_text(json.dumps(records), encoding="utf-8")
    graph = kg.build([tmp_path / "wire.json"], workers=1).graph
    counted = {row["name"]: int(row["mentions"]) for row in graph.query(MENTIONED_MOST)}
    assert counted["Amal Haddad"] == 1 and counted["Kari Solberg"] == 2


def test_search_finds_names_words_of_statements_and_of_articles(root):
    index = Index(kg.open(root / "tests/gold/seed/graph.ttl"))
    assert index.search("sorensen")[0].name == "Sune Stampe Sørensen"
    assert index.search("WIPO", "Organisation")[0].name == "WIPO"
    assert {hit.kind for hit in index.search("deep science", "Statement")} == {"Statement"}
    (article,) = index.search("deep science", "Article")
    assert "science" in "".join(article.pieces[1::2])
    assert index.search('"') == index.search("") == [] == index.search("nothinglikethis")
    assert index.search("NEAR( AND OR * ^ daren") == []
    assert index.nearest("Daren Tagn") == "Daren Tang" and index.nearest("nothinglikethis") is None
    index.close()


def test_a_search_for_a_misspelt_name_offers_the_nearest(server):
    page = server.get("/search?q=Daren+Tagn", "text/html").text
    assert 'Did you mean <a href="/search?q=Daren%20Tang">Daren Tang</a>?' in page
    assert "Did you mean" not in server.get("/search?q=Tang", "text/html").text
