"""Summaries from feeds give way to the articles themselves, in whatever order they come."""

import json

import pytest

import kg
from kg.archive import Archive

PAGE = {
    "text": "Mayor Ines Duarte opened the fair in Lisbon on Monday. She thanked the builder Tom Vale for his work.",
    "url": "https://post.example/fair",
    "date": "2025-06-03",
}
FEED = """<rss version="2.0"><channel><title>Post</title><item><title>The fair</title>
<link>https://post.example/fair</link><pubDate>Tue, 03 Jun 2025 08:00:00 GMT</pubDate>
<description>Mayor Ines Duarte opened the fair.</description></item></channel></rss>"""


@pytest.fixture
def sources(tmp_path):
    (tmp_path / "feed.xml").write_text(FEED)
    (tmp_path / "page.json").write_text(json.dumps(PAGE))
    return tmp_path / "feed.xml", tmp_path / "page.json"


def texts(graph):
    return [row[0] for row in graph.query("SELECT ?t { ?a nif:isString ?t }").rows]


def test_in_a_graph_that_is_built_at_once(sources):
    for order in (sources, sources[::-1]):
        assert texts(kg.build(order, workers=1).graph) == [PAGE["text"]]
    assert texts(kg.build(sources[:1], workers=1).graph) == ["Mayor Ines Duarte opened the fair."]


def test_a_summary_stays_where_the_article_is_taken_away_by_the_same_build(sources, tmp_path):
    feed, _ = sources
    story, archive = tmp_path / "story.txt", tmp_path / "archive"
    story.write_text(f"{PAGE['url']}\n\n{PAGE['text']}")
    kg.build([story], archive, workers=1)
    story.write_text("It rained in Lisbon.")
    for _ in range(2):
        assert kg.build([story, feed], archive, workers=1).changes.articles == 2
    assert sorted(texts(kg.open(archive))) == ["It rained in Lisbon.", "Mayor Ines Duarte opened the fair."]


@pytest.mark.parametrize("batches", [(0, 1), (1, 0), None])
def test_in_an_archive(sources, tmp_path, batches):
    archive = tmp_path / "archive"
    for batch in [[sources[n]] for n in batches] if batches else [list(sources)]:
        report = kg.build(batch, archive, workers=1)
        assert report.changes.articles == 1
    assert texts(kg.open(archive)) == [PAGE["text"]]


def test_a_summary_that_gave_way_is_not_read_again(sources, tmp_path, monkeypatch):
    kg.build(sources, tmp_path / "archive", workers=1)
    monkeypatch.setattr("kg.archive.archive._Keeper.keep", lambda *_: pytest.fail("read again"))
    assert kg.build(sources[:1], tmp_path / "archive", workers=1).changes.unchanged == 1


def test_a_summary_that_gave_way_leaves_the_store_with_its_article(sources, tmp_path):
    kg.build(sources, tmp_path / "archive", workers=1)
    with Archive(tmp_path / "archive") as archive:
        archive.remove([PAGE["url"]])
        assert archive._ledger.database.execute("SELECT COUNT(*) FROM articles").fetchone() == (0,)
