"""Articles as JSON and JSON Lines."""

import gzip
import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg.facts import Article
from kg.readers import read_sources

SENTENCE = "The harbour board approved the new ferry terminal on Monday, its chairwoman Ines Duarte said."


def read(path, data, **fields):
    path.write_bytes(data if isinstance(data, bytes) else data.encode("utf-8"))
    return list(read_sources([path], fields=fields))


def test_text_in_html_is_read_without_its_markup(tmp_path):
    more = "&quot;It&#8217;s R&amp;D,&quot;&nbsp;she said of the plan.<br>Work begins in the spring."
    record = {"headline": "Port &amp; ferry", "content": f"<p>{SENTENCE}</p>\n<p>{more}</p>"}
    (article,) = read(tmp_path / "a.json", json.dumps(record))
    assert article.text.replace("\u00a0", " ").splitlines() == [
        SENTENCE,
        '"It\u2019s R&D," she said of the plan.',
        "Work begins in the spring.",
    ]
    assert metadata(article)["title"][0] == "Port & ferry"


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("<p>Fares rose.</p><p>Ferries\n stayed.</p>", ["Fares rose.", "Ferries stayed."]),
        ("<h2>Fares rose in Faro</h2><script>run()</script>", ["Fares rose in Faro"]),
        ("Fares rose.<br>", ["Fares rose."]),
        (f"&lt;p&gt;{SENTENCE}&lt;/p&gt;", [SENTENCE]),
    ],
)
def test_a_short_text_in_html_is_read_and_one_whose_tags_are_spelled_out(tmp_path, text, lines):
    (article,) = read(tmp_path / "a.json", json.dumps({"text": text}))
    assert article.text.splitlines() == lines


def test_a_text_in_html_without_words_is_none(tmp_path):
    (error,) = read(tmp_path / "a.json", json.dumps({"text": "<p><img src='a.png'></p><button>Share</button>"}))
    assert "no main text" in str(error)


def test_character_references_in_a_plain_text_are_read(tmp_path):
    text = "&quot;We won,&quot; Ines Duarte of AT&amp;T said &#8211; and left AT&T; a < b."
    (article,) = read(tmp_path / "a.json", json.dumps({"text": text}))
    assert article.text == '"We won," Ines Duarte of AT&T said \u2013 and left AT&T; a < b.'


@pytest.mark.parametrize("text", ["The sign <p> is no tag here, said Duarte.", "If a <b and c> d, Ines Duarte said."])
def test_signs_that_are_no_markup_are_kept(tmp_path, text):
    (article,) = read(tmp_path / "a.json", json.dumps({"text": text}))
    assert article.text == text


def test_broken_line_names_its_number_and_the_others_are_read(tmp_path):
    good = json.dumps({"text": SENTENCE})
    lines = [good, '{"text": "cut', "", good, '{"title": "no text"}', "[1]", good]
    found = read(tmp_path / "a.jsonl", "\n".join(lines))
    assert [article.source.rpartition("#")[2] for article in found if isinstance(article, Article)] == ["1", "4", "7"]
    errors = [str(error).removeprefix(f"{tmp_path}/") for error in found if not isinstance(error, Article)]
    assert errors == [
        "a.jsonl#2: line 2 is not JSON: column 10: Unterminated string starting at",
        "a.jsonl#5: has no text: there is no field 'text' (or name yours); it has 'title'",
        "a.jsonl#6: is no JSON object but a list",
    ]


def test_line_that_is_not_utf_8(tmp_path):
    bad, good = read(tmp_path / "a.jsonl", b'{"text": "caf\xe9"}\n' + json.dumps({"text": SENTENCE}).encode())
    assert str(bad).endswith("a.jsonl#1: line 1 is not UTF-8: byte E9 at its position 13")
    assert good.text == SENTENCE


def test_line_that_is_too_long_is_passed_over(tmp_path):
    data = b'{"text": "' + b"a" * 17_000_000 + b'"}\n' + json.dumps({"text": SENTENCE}).encode()
    bad, good = read(tmp_path / "a.jsonl", data)
    assert "line 1 is too long" in str(bad)
    assert good.text == SENTENCE


def metadata(article):
    return {m.name: (m.value, m.origin) for m in article.metadata}


def test_usual_names_of_fields(tmp_path):
    record = {
        "body": SENTENCE,
        "headline": "Ferry terminal approved",
        "publishedAt": "2025-04-23T10:00:00Z",
        "link": "https://port.example/ferry",
        "source": {"id": 7, "name": "Harbour Daily"},
        "authors": ["Ana Reis", {"name": "Tom\u00e1s Vale"}],
        "lang": "en",
    }
    (article,) = read(tmp_path / "a.json", json.dumps(record))
    assert metadata(article) == {
        "title": ("Ferry terminal approved", "field 'headline'"),
        "date": ("2025-04-23", "field 'publishedAt'"),
        "url": ("https://port.example/ferry", "field 'link'"),
        "publisher": ("Harbour Daily", "field 'source'"),
        "author": ("Tom\u00e1s Vale", "field 'authors'"),
        "language": ("en", "field 'lang'"),
    }
    assert [m.value for m in article.metadata if m.name == "author"] == ["Ana Reis", "Tom\u00e1s Vale"]


def test_names_of_fields_given_by_the_user(tmp_path):
    record = {"text": "not this", "inhalt": SENTENCE, "meta": {"day": "12 September 2015"}, "a.b": "Harbour Daily"}
    (article,) = read(tmp_path / "a.json", json.dumps(record), text="inhalt", date="meta.day", publisher="a.b")
    assert article.text == SENTENCE
    assert metadata(article) == {
        "date": ("2015-09-12", "field 'meta.day'"),
        "publisher": ("Harbour Daily", "field 'a.b'"),
    }


def test_named_field_that_is_missing(tmp_path):
    (error,) = read(tmp_path / "a.json", json.dumps({"text": SENTENCE}), text="inhalt")
    assert str(error).endswith("has no text: there is no field 'inhalt'; it has 'text'")


def test_date_that_cannot_be_read_is_left_out_and_said(tmp_path, caplog):
    (article,) = read(tmp_path / "a.json", json.dumps({"text": SENTENCE, "date": "03/04/2025"}))
    assert metadata(article) == {}
    assert "a.json: the date '03/04/2025' of field 'date' cannot be read and is left out" in caplog.text


@pytest.mark.parametrize(
    "date",
    [
        {"$date": "2025-03-04T09:30:00Z"},
        {"$date": {"$numberLong": "1741080600000"}},
        {"$date": 1741080600000},
    ],
)
def test_dates_of_mongodb(tmp_path, date, caplog):
    (article,) = read(tmp_path / "a.json", json.dumps({"text": SENTENCE, "date": date}))
    assert metadata(article) == {"date": ("2025-03-04", "field 'date'")}
    assert caplog.text == ""


@pytest.mark.parametrize(
    "name, value, called, kind",
    [
        ("date", {"$date": {"$numberLong": "9" * 30}}, "date", "an object"),
        ("date", 1741046400.5, "date", "a number"),
        ("date", True, "date", "true or false"),
        ("created", [["2025-03-04"]], "date", "a list"),
        ("url", {"rendered": "https://x.example/1"}, "URL", "an object"),
        ("title", {"rendered": "Ferry terminal approved"}, "title", "an object"),
    ],
)
def test_what_is_known_of_an_article_in_a_form_that_is_not_known_is_said(tmp_path, caplog, name, value, called, kind):
    (article,) = read(tmp_path / "a.json", json.dumps({"text": SENTENCE, name: value}))
    assert metadata(article) == {}
    assert f"a.json: the {called} of field '{name}' is {kind} and is left out" in caplog.text


def test_what_is_empty_is_not_worth_a_word(tmp_path, caplog):
    record = {"text": SENTENCE, "date": None, "url": "", "author": [], "title": {}, "source": {"id": 7, "name": None}}
    (article,) = read(tmp_path / "a.json", json.dumps(record))
    assert (metadata(article), caplog.text) == ({}, "")


@pytest.mark.parametrize("url", ["https://x.example/a b", "x.example/2", "//x.example/3", "https://"])
def test_url_that_cannot_be_used_is_said(tmp_path, caplog, url):
    data = "\n".join(json.dumps({"text": SENTENCE, "link": link}) for link in (url, "https://x.example/1"))
    without, _ = read(tmp_path / "a.jsonl", data)
    assert "url" not in metadata(without)
    assert [record.getMessage().removeprefix(f"{tmp_path}/") for record in caplog.records] == [
        f"a.jsonl#1: the URL {url!r} of field 'link' is no address and is left out"
    ]


def test_capitals_in_the_scheme_and_host_of_a_url_make_no_difference(tmp_path, caplog):
    (article,) = read(tmp_path / "a.json", json.dumps({"text": SENTENCE, "url": "HTTPS://Me@J.Example:80/Up?A#B"}))
    assert metadata(article)["url"] == ("https://Me@j.example:80/Up?A#B", "field 'url'")
    assert caplog.text == ""


@pytest.mark.parametrize("name", ["url", "title", "author", "publisher", "language", "place"])
def test_half_a_character_in_what_is_known_of_an_article_is_an_error_of_that_record_only(tmp_path, name):
    scheme = "https://" if name == "url" else ""
    data = "\n".join(
        json.dumps({"text": SENTENCE, name: f"{scheme}post.example/lund/{end}"}) for end in ("\ud800", "1")
    )
    bad, good = read(tmp_path / "a.jsonl", data)
    assert str(bad).endswith(
        f"a.jsonl#1: has half a character (the lone surrogate U+D800) at position {18 + len(scheme)} of its {name}"
    )
    assert good.text == SENTENCE


def harmed(packed, where):
    """Packed lines with a fault: after their end, in their checksum, or cut off."""
    return {
        "garbage": packed + b"garbage",
        "checksum": packed[:-8] + b"\1\2\3\4" + packed[-4:],
        "cut": packed[:-9],
        "second part": packed + packed[:15],
    }[where]


@pytest.mark.parametrize("where", ["garbage", "checksum", "cut", "second part"])
def test_lines_before_a_fault_in_packed_data_are_read(tmp_path, where):
    lines = "".join(json.dumps({"text": f"{SENTENCE} Vote {number}."}) + "\n" for number in range(500))
    for count in (2, 500):
        packed = gzip.compress("".join(lines.splitlines(keepends=True)[:count]).encode())
        *articles, error = read(tmp_path / "a.jsonl.gz", harmed(packed, where))
        assert all(isinstance(article, Article) for article in articles)
        assert len(articles) == count or (where == "cut" and len(articles) > 0.9 * count - 1)
        assert str(error).startswith(f"{tmp_path}/a.jsonl.gz: cannot be read on after line {len(articles)}: ")


@pytest.mark.parametrize(
    "data",
    [
        [{"text": SENTENCE}, {"text": SENTENCE}],
        {"status": "ok", "articles": [{"content": SENTENCE}, {"content": SENTENCE}]},
    ],
)
def test_lists_of_articles(tmp_path, data):
    found = read(tmp_path / "a.json", json.dumps(data))
    assert [(article.source.rpartition("#")[2], article.text) for article in found] == [
        ("1", SENTENCE),
        ("2", SENTENCE),
    ]


def test_json_lines_in_a_json_file(tmp_path):
    found = read(tmp_path / "a.json", f'{json.dumps({"text": SENTENCE})}\n{{"text": 3}}\n')
    assert found[0].text == SENTENCE
    assert str(found[1]).endswith("a.json#2: the field 'text' is no text but a number")


def test_byte_order_mark_before_the_first_line(tmp_path):
    (article,) = read(tmp_path / "a.jsonl", b"\xef\xbb\xbf" + json.dumps({"text": SENTENCE}).encode())
    assert article.text == SENTENCE


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0")).map(lambda text: text + " word"),
        min_size=1,
    )
)
def test_texts_come_back_from_json_lines(tmp_path, texts):
    found = read(tmp_path / "a.jsonl", "\n".join(json.dumps({"text": text}) for text in texts))
    assert [article.text for article in found] == texts


@pytest.mark.parametrize("options", [{}, {"fields": {"text": "text"}}])
@pytest.mark.parametrize("text", ["null", '""', '" "'])
def test_a_text_that_is_empty_is_said_to_be(tmp_path, text, options):
    path = tmp_path / "a.json"
    path.write_text(f'{{"title": "Ferry", "text": {text}}}', encoding="utf-8")
    (error,) = read_sources([path], **options)
    assert str(error).endswith("a.json: has no text: the field 'text' is empty")
