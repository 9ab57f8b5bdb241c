"""Feeds: RSS and Atom files whose items become articles."""

import gzip
import logging

import pytest

from kg.construction import build
from kg.errors import ArticleError
from kg.readers import read_sources

RSS = """<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel><title>Harbour Post</title><link>https://post.example/</link><language>en-gb</language>
<item><title>A line to Lund &amp; back</title><link>https://post.example/lund</link><dc:creator>Jo Bore</dc:creator>
<pubDate>Tue, 03 Jun 2025 23:30:00 -0500</pubDate><description>A short word on Lund.</description>
<content:encoded><![CDATA[<p>The port opened a line to Lund on Monday, said Maja Berg, director of the port.</p>
<script>alert(1)</script><p>It cost four million kronor, she said.</p>]]></content:encoded></item>
<item><title>The fair</title><guid isPermaLink="false">17</guid>
<description>&lt;p&gt;Mayor Ines Duarte opened the &lt;b&gt;fair&lt;/b&gt; in Lisbon.&lt;/p&gt;</description></item>
</channel></rss>"""

ATOM = """<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en"><title>Valley News</title>
<entry><title type="html">&lt;i&gt;Bridge&lt;/i&gt; closed</title><link href="https://valley.example/bridge"/><id>urn:x</id>
<published>2025-06-04T08:00:00Z</published><updated>2025-06-05T08:00:00Z</updated><author><name>Tom Vale</name></author>
<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>Engineers closed the old bridge in Fernau.</p>
<p>Work will take a month, said the engineer Pia Roth.</p></div></content></entry></feed>"""


def read(tmp_path, content, name="feed.xml"):
    (tmp_path / name).write_bytes(content.encode() if isinstance(content, str) else content)
    return list(read_sources([tmp_path / name]))


def metadata(article):
    return {m.name: m.value for m in article.metadata}


def test_items_of_rss_with_content_and_with_a_summary_only(tmp_path, caplog):
    with caplog.at_level(logging.WARNING):
        whole, short = read(tmp_path, RSS)
    assert whole.text.splitlines() == [
        "The port opened a line to Lund on Monday, said Maja Berg, director of the port.",
        "It cost four million kronor, she said.",
    ]
    assert metadata(whole) == {
        "title": "A line to Lund & back",
        "date": "2025-06-03",  # the day where it was published
        "url": "https://post.example/lund",
        "publisher": "Harbour Post",
        "language": "en",
        "author": "Jo Bore",
        "text": "content",
    }
    assert short.text == "Mayor Ines Duarte opened the fair in Lisbon."
    assert metadata(short)["text"] == "summary"
    assert "url" not in metadata(short)
    assert "1 of 2 items have only a summary" in caplog.text


@pytest.mark.parametrize(
    "content", ['<img src="x.png"/>', "<figure><img src='x.png'/><figcaption>The port</figcaption></figure>"]
)
def test_an_item_whose_content_is_only_a_picture_is_read_by_its_summary(tmp_path, content, caplog):
    item = (
        "<description>Maja Berg opened a line to Lund.</description><content:encoded><![CDATA[{}]]></content:encoded>"
    )
    head = '<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>'
    (article,) = read(tmp_path, f"{head}<item>{item.format(content)}</item></channel></rss>")
    assert article.text == "Maja Berg opened a line to Lund." and article.is_summary
    assert "1 of 1 items have only a summary" in caplog.text


def test_atom_with_content_in_xhtml(tmp_path):
    (article,) = read(tmp_path, ATOM, "news.atom")
    assert article.text.startswith("Engineers closed the old bridge in Fernau.\n")
    known = metadata(article)
    assert (known["title"], known["date"], known["author"]) == ("Bridge closed", "2025-06-04", "Tom Vale")


@pytest.mark.parametrize(
    "written, day",
    [
        ("Fri, 05 Dec 25 08:00:00 GMT", "2025-12-05"),
        ("5 Dec 25 08:00 +0100", "2025-12-05"),
        ("Wed, 31 Dec 97 23:30:00 EST", "1997-12-31"),
        ("Mon, 31 Feb 25 08:00:00 GMT", None),
        ("05 Dec 25", None),  # may be the 25th of 2005
    ],
)
def test_years_of_two_digits_in_the_dates_of_rss(tmp_path, written, day):
    (whole, _) = read(tmp_path, RSS.replace("Tue, 03 Jun 2025 23:30:00 -0500", written))
    assert metadata(whole).get("date") == day


def test_rss_of_the_first_version_is_rdf(tmp_path):
    content = """<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
    xmlns:dc="http://purl.org/dc/elements/1.1/"><channel rdf:about="https://post.example/"><title>Harbour Post</title>
    <link>https://post.example/</link></channel><item rdf:about="https://post.example/lund"><title>To Lund</title>
    <link>https://post.example/lund</link><dc:date>2025-06-03</dc:date>
    <description>Maja Berg opened a line to Lund.</description></item></rdf:RDF>"""
    (item,) = read(tmp_path, content)
    assert item.text == "Maja Berg opened a line to Lund."
    known = metadata(item)
    assert (known["title"], known["url"], known["date"]) == ("To Lund", "https://post.example/lund", "2025-06-03")


def test_relative_links_are_of_the_site_and_titles_without_entities(tmp_path):
    channel = "<title>Selby &amp;amp; Lund Post</title><link>https://post.example/</link>"
    item = "<title>Oil &amp;amp; gas</title><link>/news/7?a=1&amp;b=2</link>"
    item += "<description>Mayor Ines Duarte opened a port.</description>"
    (article,) = read(tmp_path, f'<rss version="2.0"><channel>{channel}<item>{item}</item></channel></rss>')
    known = metadata(article)
    assert known["url"] == "https://post.example/news/7?a=1&b=2"
    assert (known["title"], known["publisher"]) == ("Oil & gas", "Selby & Lund Post")


def test_a_link_in_capitals_is_an_address(tmp_path, caplog):
    (whole, _) = read(tmp_path, RSS.replace("https://post.example/lund", "HTTPS://Post.Example/Lund"))
    assert metadata(whole)["url"] == "https://post.example/Lund"
    assert "no address" not in caplog.text


def test_feeds_are_found_in_folders_packed_and_on_their_own(tmp_path):
    (tmp_path / "day.rss.gz").write_bytes(gzip.compress(RSS.encode()))
    (tmp_path / "saved").write_text(ATOM)  # no ending
    assert len(list(read_sources([tmp_path]))) == 2
    (article,) = read_sources([tmp_path / "saved"])
    assert metadata(article)["title"] == "Bridge closed"


@pytest.mark.parametrize(
    "content, cause",
    [
        ("", "is empty"),
        ("<urlset><url><loc>https://post.example/</loc></url></urlset>", "is neither an RSS nor an Atom feed"),
        ("{}", "is neither an RSS nor an Atom feed"),
        ('<rss version="2.0"><channel><title>Empty</title></channel></rss>', "is a feed without items"),
        ("<rss version='2.0'><channel><item><title>Nothing told</title></item></channel></rss>", "neither content nor"),
    ],
)
def test_what_is_no_feed_is_said(tmp_path, content, cause):
    (error,) = read(tmp_path, content)
    assert isinstance(error, ArticleError) and cause in str(error) and "feed.xml" in str(error)


def test_items_before_a_fault_are_read_and_the_fault_is_told(tmp_path):
    article, _, *errors = read(tmp_path, RSS.replace("</channel></rss>", "<item><title>Cut"))
    assert metadata(article)["title"] == "A line to Lund & back"
    assert "is broken XML" in str(errors[-1])


def test_entities_of_a_hostile_feed_neither_grow_nor_read_files(tmp_path):
    (tmp_path / "secret").write_text("SECRET WORDS THAT NOBODY MAY READ")
    grow = '<!ENTITY a "aaaaaaaaaaaaaaaaaaaa">' + "".join(
        f'<!ENTITY {chr(c + 1)} "{f"&{chr(c)};" * 20}">' for c in range(ord("a"), ord("j"))
    )
    outside = f'<!ENTITY s SYSTEM "{(tmp_path / "secret").as_uri()}">'
    for declared, used in ((grow, "&j;"), (outside, "&s;")):
        body = f"<p>Mayor Ines Duarte opened the fair. {used}</p>".replace("<", "&lt;")
        item = f"<item><title>t</title><description>{body}</description></item>"
        feed = f'<!DOCTYPE rss [{declared}]><rss version="2.0"><channel>{item}</channel></rss>'
        for found in read(tmp_path, feed):
            assert "SECRET" not in str(found) and len(str(found)) < 2000


def test_the_graph_says_that_a_text_is_a_summary(tmp_path):
    (tmp_path / "feed.xml").write_text(RSS)
    graph = build([tmp_path / "feed.xml"], workers=1).graph
    rows = graph.query(
        "SELECT ?title ?o { ?a schema:headline ?title ; nk:metadataOrigin ?o FILTER(STRSTARTS(?o, 'nif')) }"
    )
    assert sorted(rows.rows) == [
        ("A line to Lund & back", "nif:isString: the content of an item in a feed"),
        ("The fair", "nif:isString: the summary of an item in a feed"),
    ]
