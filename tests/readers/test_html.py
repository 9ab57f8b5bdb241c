"""Web pages: the main text, and what the page says about itself with the tag that says it."""

import pytest

from kg.readers import read_sources

TEXT = (
    "<p>The harbour board approved the new ferry terminal on Monday, its chairwoman Ines Duarte said.</p>"
    "<p>Work is to begin in the spring and will cost the port 14 million euros, according to the plan.</p>"
)
LINES = [
    "The harbour board approved the new ferry terminal on Monday, its chairwoman Ines Duarte said.",
    "Work is to begin in the spring and will cost the port 14 million euros, according to the plan.",
]


def read(tmp_path, head="", body=TEXT, encoding="utf-8", root="<html>"):
    page = f"<!DOCTYPE html>{root}<head>{head}</head><body><nav><a href='/'>Home</a></nav><article>{body}</article>"
    (tmp_path / "a.html").write_bytes(f"{page}<footer>Cookie settings</footer></body></html>".encode(encoding))
    (article,) = read_sources([tmp_path / "a.html"])
    return article


def metadata(article):
    return {m.name: (m.value, m.origin) for m in article.metadata}


def test_main_text_without_navigation(tmp_path):
    assert read(tmp_path).text.splitlines() == LINES


def test_a_short_article_with_a_date_below_its_headline_keeps_its_paragraphs(tmp_path):
    body = "<h1>Ferry Terminal Approved</h1><time datetime='2025-04-23'>Wednesday</time>" + TEXT
    assert read(tmp_path, body=body).text.splitlines() == ["Ferry Terminal Approved", "Wednesday", *LINES]


def test_a_short_article_of_one_paragraph_is_one_line(tmp_path):
    assert read(tmp_path, body=f"<p>{' '.join(LINES)}</p>").text == " ".join(LINES)


@pytest.mark.parametrize("title", ["", "<h2>On Monday</h2>"])
@pytest.mark.parametrize("tag", ["p", "div"])
def test_each_of_several_short_articles_of_a_page_keeps_its_paragraphs(tmp_path, title, tag):
    lines = [
        ["The harbour board approved the terminal on Monday.", "Work is to begin in the spring, it said on Tuesday."],
        ["Divers looked for the anchor until dark on Friday.", "They go on at dawn, a spokeswoman of the port said."],
    ]
    articles = (title + "".join(f"<{tag}>{line}</{tag}>" for line in those) for those in lines)
    found = read(tmp_path, body="</article><article>".join(articles)).text.splitlines()
    assert [line for line in found if line != "On Monday"] == lines[0] + lines[1]


def test_json_ld_is_trusted_most(tmp_path):
    head = """<title>Ferry | Harbour Daily</title><meta property="og:title" content="Ferry!">
    <script type="application/ld+json">{"@graph": [{"@type": "WebSite", "name": "x"}, {"@type": ["NewsArticle"],
    "headline": "Ferry terminal approved", "datePublished": "2025-04-23T23:10:00+02:00", "inLanguage": "en-GB",
    "author": [{"@type": "Person", "name": "Ana Reis"}, {"name": "Tom Vale"}], "publisher": {"name": "Harbour Daily"},
    "mainEntityOfPage": {"@id": "https://port.example/2025/ferry"}}]}</script>"""
    article = read(tmp_path, head)
    assert metadata(article) == {
        "title": ("Ferry terminal approved", "JSON-LD headline"),
        "date": ("2025-04-23", "JSON-LD datePublished"),
        "url": ("https://port.example/2025/ferry", "JSON-LD mainEntityOfPage"),
        "publisher": ("Harbour Daily", "JSON-LD publisher"),
        "author": ("Tom Vale", "JSON-LD author"),
        "language": ("en", "JSON-LD inLanguage"),
    }
    assert [m.value for m in article.metadata if m.name == "author"] == ["Ana Reis", "Tom Vale"]


ARTICLE = """<script type="application/ld+json">{"@graph": [{"@type": "NewsArticle", "headline": "Ferry approved",
"author": [{"@id": "#reis"}, {"@id": "#vale"}], "publisher": {"@id": "https://port.example/#us"},
"mainEntityOfPage": {"@id": "https://port.example/2025/ferry/#webpage"}}%s]}</script>"""
NODES = """{"@type": "Organization", "@id": "https://port.example/#us", "name": "Harbour Daily"},
{"@type": "WebPage", "@id": "https://port.example/2025/ferry/#webpage", "url": "https://port.example/2025/ferry/",
"name": "Ferry approved - Harbour Daily", "reviewedBy": [{"@type": "Person", "@id": "#reis", "name": "Ana Reis"}]}"""


@pytest.mark.parametrize(
    "head",
    [ARTICLE % f", {NODES}", f'{ARTICLE % ""}<script type="application/ld+json">[{NODES}]</script>'],
    ids=["in one graph", "in another script"],
)
def test_who_is_named_by_reference_is_looked_up_in_the_page(tmp_path, head):
    found = metadata(read(tmp_path, head))
    assert found["publisher"] == ("Harbour Daily", "JSON-LD publisher")
    assert found["author"] == ("Ana Reis", "JSON-LD author")
    assert found["url"] == ("https://port.example/2025/ferry/", "JSON-LD mainEntityOfPage")


@pytest.mark.parametrize("publisher", ['{"@id": "#p"}', '"#p"', '"https://port.example/"', '{"@id": ["#p"]}'])
def test_an_address_is_no_name_of_a_publisher(tmp_path, publisher):
    head = ARTICLE.replace('{"@id": "https://port.example/#us"}', publisher) % ""
    assert {"publisher", "author"}.isdisjoint(metadata(read(tmp_path, head)))


@pytest.mark.parametrize(
    "deep", ["[" * 3000 + "]" * 3000, '{"@graph":' * 3000 + "1" + "}" * 3000], ids=["lists", "graphs"]
)
def test_data_in_data_without_end_does_not_stop_a_page(tmp_path, deep):
    head = f'<title>Ferry</title><script type="application/ld+json">{deep}</script>{ARTICLE % ""}'
    assert read(tmp_path, head).text.splitlines() == LINES


def test_open_graph_and_meta_tags(tmp_path):
    head = """<link rel="canonical" href="https://port.example/ferry">
    <meta property="og:title" content="Ferry approved">
    <meta property="og:site_name" content="Harbour Daily"><meta property="article:published_time" content="2025-04-23">
    <meta name="author" content="Ana Reis"><script type="application/ld+json">{broken</script>"""
    assert metadata(read(tmp_path, head, root="<html lang='en-US'>")) == {
        "title": ("Ferry approved", "og:title"),
        "date": ("2025-04-23", "article:published_time"),
        "url": ("https://port.example/ferry", "link rel=canonical"),
        "publisher": ("Harbour Daily", "og:site_name"),
        "author": ("Ana Reis", "meta author"),
        "language": ("en", "html lang"),
    }


def test_the_address_of_a_whole_site_is_not_that_of_an_article(tmp_path):
    head = (
        """<link rel="canonical" href="https://port.example/"><meta property="og:url" content="HTTPS://port.example">"""
    )
    assert "url" not in metadata(read(tmp_path, head))
    head = """<link rel="canonical" href="https://port.example/"><meta property="og:url" content="https://port.example/2">"""
    assert metadata(read(tmp_path, head))["url"] == ("https://port.example/2", "og:url")


def test_page_that_says_nothing_about_itself(tmp_path):
    article = read(tmp_path, body=f"<h1>Ferry approved</h1><time datetime='2025-04-23'>yesterday</time>{TEXT}")
    assert metadata(article)["title"][0] == "Ferry approved"
    assert metadata(article)["date"] == ("2025-04-23", "time datetime")


def test_dates_after_today_do_not_depend_on_today(tmp_path):
    head = "<meta name='date' content='2099-01-02'>"
    assert metadata(read(tmp_path, head))["date"] == ("2099-01-02", "meta date")


@pytest.mark.parametrize("encoding", ["utf-8", "windows-1252", "utf-16", "shift_jis", "iso-8859-1"])
def test_declared_encoding(tmp_path, encoding):
    word = "\u30c6\u30b9\u30c8" if encoding == "shift_jis" else "caf\u00e9"
    article = read(tmp_path, f'<meta charset="{encoding}">', TEXT.replace("ferry", word), encoding)
    assert article.text.splitlines()[0] == LINES[0].replace("ferry", word)


def test_unclosed_tags(tmp_path):
    (tmp_path / "a.html").write_text(TEXT.replace("</p>", "") + "<b><div>", encoding="utf-8")
    (article,) = read_sources([tmp_path / "a.html"])
    assert article.text.splitlines() == LINES


def test_script_in_a_page_is_no_text(tmp_path):
    article = read(tmp_path, body=f"<script>alert(1)</script>{TEXT}<style>p {{}}</style>")
    assert article.text.splitlines() == LINES
