"""The picture as a file: whole, the same every time, asking nothing of anybody."""

from __future__ import annotations

import base64
import hashlib
import html.parser
import json
import re
import subprocess
import sys
from importlib.resources import files

import newsroom
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, Triple

from kg.errors import GraphError
from kg.picture import Picture, packing, render
from kg.picture.communities import communities
from kg.picture.layout import first_layout, label_box
from kg.picture.packing import utf16
from kg.picture.page import SCRIPTS, STYLES, json_for_page
from kg.picture.reading import read_contents
from kg.store import KnowledgeGraph


class Parts(html.parser.HTMLParser):
    """The elements of a page, as a browser would take them apart."""

    def __init__(self, page):
        super().__init__()
        self.scripts, self.styles, self.policy, self.addresses = [], [], "", []
        self._into = None
        self.feed(page)

    def handle_starttag(self, tag, attributes):
        values = dict(attributes)
        if tag == "meta" and values.get("http-equiv") == "Content-Security-Policy":
            self.policy = values["content"]
        self.addresses += [values[name] for name in ("src", "href") if name in values]
        self._into = {"script": self.scripts, "style": self.styles}.get(tag)
        if self._into is not None:
            self._into.append([values, ""])

    def handle_data(self, data):
        if self._into is not None:
            self._into[-1][1] += data

    def handle_endtag(self, tag):
        self._into = None


@pytest.fixture(scope="module")
def page():
    return render(KnowledgeGraph.open(newsroom.SEED))


def test_the_policy_lets_only_the_scripts_and_styles_of_the_page_run(page):
    parts = Parts(page)
    runnable = [text for values, text in parts.scripts if "type" not in values]
    assert len(runnable) == 2
    for text in runnable + [text for _, text in parts.styles]:
        digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
        assert f"'sha256-{digest}'" in parts.policy
    assert parts.policy.startswith("default-src 'none'")
    assert "unsafe" not in parts.policy and "http" not in parts.policy


def test_the_page_names_no_other_file(page):
    assert [address for address in Parts(page).addresses if not address.startswith("#")] == []


def test_every_file_of_the_page_is_in_it_and_no_script_makes_markup_of_text():
    folder = files("kg.picture") / "page"
    names = {file.name for file in folder.iterdir() if file.is_file()}
    assert names == {*SCRIPTS, *STYLES, "page.html"}
    for name in SCRIPTS:
        script = (folder / name).read_text(encoding="utf-8")
        assert "'use strict';" in script, name
        assert not re.search(
            r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function|https?://(?!www\.w3|graphml)",
            script,
        ), name


def test_the_licence_of_vis_network_is_in_the_page(page):
    assert "vis.js is dual licensed under both" in page


def test_the_same_graph_gives_the_same_bytes_whatever_the_hash_seed():
    program = (
        "import hashlib, newsroom; from kg.picture import render; from kg.store import KnowledgeGraph;"
        "print(hashlib.sha256(render(KnowledgeGraph.open(newsroom.SEED)).encode()).hexdigest())"
    )
    digests = set()
    for number in ("1", "2"):
        done = subprocess.run(
            [sys.executable, "-c", program],
            capture_output=True,
            text=True,
            check=True,
            cwd=newsroom.SEED.parents[2] / "picture",
            env={"PYTHONHASHSEED": number, "PATH": "", "LC_ALL": "C"},
        )
        digests.add(done.stdout)
    assert len(digests) == 1


def test_the_order_of_the_triples_does_not_matter():
    triples = list(newsroom.two_articles())
    graphs = []
    for order in (triples, triples[::-1]):
        graph = KnowledgeGraph.create()
        graph.add(order)
        graphs.append(render(graph))
    assert graphs[0] == graphs[1]


def test_the_file_holds_the_page_in_utf_8(tmp_path):
    path = tmp_path / "naïve.html"
    page = render(newsroom.hostile(), path)
    assert path.read_bytes() == page.encode("utf-8")
    assert list(tmp_path.iterdir()) == [path]


def test_a_place_that_cannot_be_written_is_one_clear_line(tmp_path):
    with pytest.raises(GraphError, match=r"nowhere/graph.html: cannot be written"):
        render(newsroom.two_articles(), tmp_path / "nowhere" / "graph.html")


def test_the_title_is_that_of_the_article_or_the_one_given():
    graph = KnowledgeGraph.open(newsroom.SEED)
    assert "<title>CNIPA news item on the Global Forum" in render(graph)
    assert "<title>A &lt;b&gt;forum&lt;/b&gt;</title>" in render(graph, title="A <b>forum</b>")


def test_an_empty_graph_has_a_picture_too():
    assert "<title>No articles</title>" in render(KnowledgeGraph.create())


def test_a_limit_keeps_what_is_in_most_facts():
    graph = newsroom.two_articles()
    labels = data(render(graph, limit=3))["labels"]
    assert len(labels) == 3
    assert "Ines Brandt" in labels
    assert data(render(graph, limit=3))["leftOut"] == [4, 0]


def test_a_limit_does_not_change_the_graph_or_a_later_picture():
    graph = newsroom.two_articles()
    before = render(graph)
    render(graph, limit=2)
    assert render(graph) == before


def test_the_text_of_an_article_stands_in_the_page_once(page):
    assert page.count("Shen noted that President Xi Jinping has profoundly pointed out") == 1


@pytest.mark.parametrize("budget", [10, 300])
def test_of_texts_too_long_for_a_page_the_cited_sentences_stay(monkeypatch, budget):
    monkeypatch.setattr(packing, "TEXT_BUDGET", budget)
    contents = read_contents(newsroom.pairs(newsroom.two_articles()))
    for article, kept in zip(contents.articles, packing.texts(contents), strict=True):
        passages = dict(zip(kept[::2], map("".join, kept[1::2]), strict=True))
        assert 0 < sum(map(len, passages.values())) < len(article.text)
        assert all(article.text[begin:].startswith(words) for begin, words in passages.items())
        for statement in contents.statements:
            for begin, end in [
                span[1:] for spans in statement.spans for span in spans if contents.articles[span[0]] is article
            ]:
                assert any(start <= begin and end <= start + len(words) for start, words in passages.items())


def test_plain_triples_without_evidence_are_drawn_too():
    graph = KnowledgeGraph.create()
    person, event = "https://example.org/id/person/a", "https://example.org/id/event/b"
    graph.add(
        [
            Triple(NamedNode(person), NamedNode(newsroom.RDF + "type"), NamedNode(newsroom.NK + "Person")),
            Triple(NamedNode(event), NamedNode(newsroom.RDF + "type"), NamedNode(newsroom.NK + "Event")),
            Triple(NamedNode(person), NamedNode(newsroom.RDFS + "label"), Literal("Ada")),
            Triple(NamedNode(person), NamedNode(newsroom.NK + "attended"), NamedNode(event)),
        ]
    )
    found = data(render(graph))
    assert [found["predicates"][fact[1]][1] for fact in found["facts"]] == ["attended"]


def test_in_a_notebook_the_picture_is_a_frame_with_nothing_of_its_text_outside():
    frame = Picture('<p title="x">& </p>')._repr_html_()
    assert 'srcdoc="&lt;p title=&quot;x&quot;&gt;&amp; &lt;/p&gt;"' in frame
    assert "allow-same-origin" not in frame


@given(st.text())
def test_text_in_the_data_cannot_leave_it(text):
    packed = json_for_page([text])
    assert not re.search("[<>&\u2028\u2029]", packed)
    packed.encode("utf-8")
    assert json.loads(packed) == [text]


@given(st.text(), st.data())
def test_offsets_count_as_the_browser_counts(text, data):
    offset = data.draw(st.integers(0, len(text)))
    assert utf16(text)(offset) == len(text[:offset].encode("utf-16-le", "surrogatepass")) // 2


@settings(deadline=None)
@given(st.integers(1, 40), st.data())
def test_no_two_labels_of_a_first_view_overlap(count, data):
    ties = [{} for _ in range(count)]
    pairs = data.draw(st.lists(st.tuples(st.integers(0, count - 1), st.integers(0, count - 1)), max_size=60))
    for one, other in pairs:
        if one != other:
            ties[one][other] = ties[other][one] = 1
    labels = ["A name of some length"[: 4 + number % 17] for number in range(count)]
    places = first_layout(ties, labels, [9.0] * count)
    boxes = [label_box(label, 9.0) for label in labels]
    for one in range(count):
        for other in range(one):
            apart = abs(places[one] - places[other])
            room = [(boxes[one][axis] + boxes[other][axis]) / 2 for axis in (0, 1)]
            assert apart[0] > room[0] - 2 or apart[1] > room[1] - 2


def test_communities_are_those_a_person_would_draw():
    two = [{} for _ in range(10)]
    for group in (range(5), range(5, 10)):
        for one in group:
            for other in group:
                if one != other:
                    two[one][other] = 1
    two[0][5] = two[5][0] = 1
    assert communities(two) == [0] * 5 + [1] * 5


def data(page):
    """The data of a page that is small enough not to be compressed."""
    return json.loads(next(text for values, text in Parts(page).scripts if values.get("id") == "graph-data"))
