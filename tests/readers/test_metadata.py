"""What an article says about itself: each value with the words that say it."""

from datetime import date

import pytest

from kg.errors import ArticleError
from kg.readers import article_from_text
from kg.readers.dates import date_in_address, dates_in, day_of

SENTENCE = "The harbour board approved the new ferry terminal on Monday, its chairwoman Ines Duarte said."


def known(text, source="", **metadata):
    """name -> (value, words in the text or origin, confidence) of the most trusted metadatum of each name."""
    article = article_from_text(text, source, **metadata)
    best = {m.name: article.first(m.name) for m in article.metadata}
    return {name: (m.value, text[slice(*m.span)] if m.span else m.origin, m.confidence) for name, m in best.items()}


def test_gold_article(root):
    text = (root / "tests/gold/seed/article.txt").read_bytes().decode("utf-8")
    article = article_from_text(text)
    found = {(m.name, m.value, tuple(m.span), m.confidence) for m in article.metadata}
    assert found == {
        ("date", "2025-04-23", (1, 16), 1.0),
        ("url", "https://english.cnipa.gov.cn/art/2025/4/14/art_1340_198764.html", (3498, 3561), 1.0),
        ("created", "2025-04-14", (3531, 3540), 0.8),
        ("publisher", "CNIPA", (3506, 3526), 0.8),
    }
    assert article.reference_date == date(2025, 4, 23)
    assert [tuple(block.span) for block in article.blocks][:2] == [(1, 16), (17, 435)]


def test_headline_byline_and_date_line():
    header = "Ferry terminal approved\nBy Ana Reis and Tomás Vale, Harbour News\nSaturday, September 12, 2015"
    text = f"{header}\n\n{SENTENCE}"
    article = article_from_text(text)
    assert known(text)["title"] == ("Ferry terminal approved", "Ferry terminal approved", 1.0)
    assert [m.value for m in article.metadata if m.name == "author"] == ["Ana Reis", "Tom\u00e1s Vale"]
    assert known(text)["date"] == ("2015-09-12", "Saturday, September 12, 2015", 1.0)


@pytest.mark.parametrize(
    ("byline", "publisher"), [("By Reuters", "Reuters"), ("By The Associated Press", "The Associated Press")]
)
def test_a_byline_of_an_agency_names_no_author_but_who_published_it(byline, publisher):
    text = f"Ferry terminal approved\n\n{byline}\n\n{SENTENCE}"
    assert known(text)["publisher"] == (publisher, publisher, 0.6)
    assert "author" not in known(text)
    assert known(text)["title"][0] == "Ferry terminal approved"
    named = known(f"Ferry terminal approved\nSource: Harbour Daily\n{byline}\n\n{SENTENCE}")
    assert named["publisher"][0] == "Harbour Daily"


def test_a_title_has_no_characters_that_nobody_sees():
    written = "Ferry ter\u00admi\u00adnal approved\u200e"
    assert known(f"{written}\n\n{SENTENCE}")["title"] == ("Ferry terminal approved", written, 1.0)
    assert article_from_text(SENTENCE, title=written).first("title").value == "Ferry terminal approved"


@pytest.mark.parametrize("place", ["NEW DELHI", "LAHORE"])
def test_a_place_before_a_colon_is_where_the_article_comes_from(place):
    text = f"Ferry terminal approved\n\n{place}: {SENTENCE}"
    assert known(text)["place"] == (place.title(), place, 0.95)


@pytest.mark.parametrize("mark", ["", "*", "_", "**"])
def test_a_byline_with_the_day_of_publication(mark):
    text = f"Ferry terminal approved\n\n{mark}By Ana Reis, 12 May 2026{mark}\n\n{SENTENCE}"
    assert known(text)["author"][0] == "Ana Reis"
    assert known(text)["date"] == ("2026-05-12", "12 May 2026", 1.0)


@pytest.mark.parametrize("line", ["July 1, 2024 (Harbour Echo)", "Monday, 1 July 2024 (The St. Anne Gazette & Post)"])
def test_a_date_line_with_the_paper_in_brackets(line):
    for head in ("", "Ferry terminal approved\n\n"):
        assert known(f"{head}{line}\n\n{SENTENCE}")["date"][0] == "2024-07-01"


def test_day_of_publication_is_trusted_more_than_that_of_a_change():
    text = f"Ferry terminal approved\nUpdated: 25 April 2025\nPublished: 23 April 2025\n\n{SENTENCE}"
    assert known(text)["date"] == ("2025-04-23", "Published: 23 April 2025", 1.0)


def test_header_with_two_dates():
    article = article_from_text(f"Published 2025-04-22 | Updated 2025-04-23 {SENTENCE}")
    assert [(m.value, tuple(m.span), m.confidence) for m in article.metadata] == [
        ("2025-04-22", (0, 20), 1.0),
        ("2025-04-23", (23, 41), 0.9),
    ]


def test_letterhead_of_a_press_release():
    text = f"Port of Porto\nPress release, 23 April 2025\n\nFerry terminal approved\n\n{SENTENCE}"
    assert known(text)["title"][0] == "Ferry terminal approved"
    assert known(text)["publisher"] == ("Port of Porto", "Port of Porto", 0.8)
    assert known(text)["date"][0] == "2025-04-23"
    alone = known(f"Ferry terminal approved\nFOR IMMEDIATE RELEASE\n\n{SENTENCE}")
    assert alone == {"title": ("Ferry terminal approved", "Ferry terminal approved", 1.0)}


def test_dateline_gives_place_and_full_date():
    found = known(f"Ferry approved\n\nPORTO, Portugal, March 3, 2021 (Harbour News) -- {SENTENCE}")
    assert found["place"] == ("Porto", "PORTO", 0.95)
    assert found["date"] == ("2021-03-03", "March 3, 2021", 0.95)
    assert found["publisher"] == ("Harbour News", "Harbour News", 0.6)


def test_dateline_without_year_takes_it_from_the_address_only():
    dateline = f"PORTO, April 2 (Harbour News) -- {SENTENCE}"
    assert "date" not in known(dateline)
    found = known(f"{dateline}\n\nhttps://news.example/2021/04/03/ferry-terminal")
    assert found["date"] == ("2021-04-02", "April 2", 0.8)
    assert found["created"] == ("2021-04-03", "2021/04/03", 0.8)


def test_dateline_at_the_turn_of_the_year():
    text = f"PORTO, Dec. 31 (Harbour News) -- {SENTENCE}\n\nhttps://news.example/2021/01/01/ferry-terminal"
    assert known(text)["date"][0] == "2020-12-31"


@pytest.mark.parametrize(
    ("address", "publisher"),
    [
        ("https://english.portauthority.gov.xx/a/b.html", ("Port Authority", 0.8)),
        ("https://www.hbd.example/a/b.html", ("HBD", 0.8)),
        ("https://www.bbc.co.uk/news/1", ("BBC", 0.8)),
        ("https://www.hbdnet.com/a/b.html", ("HBD", 0.8)),
        ("https://www.elsewhere.org/a/b.html", ("www.elsewhere.org", 0.5)),
    ],
)
def test_publisher_from_the_host_as_the_text_writes_it(address, publisher):
    text = f"{SENTENCE} The Port Authority and the HBD told the BBC so.\n\n{address}"
    value, words, confidence = known(text)["publisher"]
    assert (value, confidence) == publisher
    assert words == address.split("/")[2]


@pytest.mark.parametrize(
    "line", ["URL: {}", "Source: {}", "{}", "URL: {}\nDate: 2026-03-03\nPublisher: Northland Wire"]
)
@pytest.mark.parametrize("above", ["", "Ferry terminal approved\n\n", "Ferry terminal approved\n"])
def test_the_address_of_an_article_may_stand_below_its_headline(line, above):
    address = "https://wire.example/2026/ferry"
    assert known(f"{above}{line.format(address)}\n\n{SENTENCE} {SENTENCE}")["url"] == (address, address, 1.0)


def test_addresses_that_are_not_the_articles():
    assert "url" not in known(f"Ferry\n\n{SENTENCE}\n\nhttps://port.example/plan/a.pdf\n\n{SENTENCE}")
    assert "url" not in known(f"Ferry\n\nhttps://port.example/a.pdf\nhttps://port.example/b.pdf\n\n{SENTENCE}")
    assert "url" not in known(f"{SENTENCE}\n\nhttps://port.example")
    assert "url" not in known(f"{SENTENCE}\n\nThe plan:\nhttps://port.example/plan/terminal.pdf")
    assert "url" not in known(f"{SENTENCE}\n\nhttps://port.example/plan/a.pdf\nhttps://port.example/plan/b.pdf")
    assert "url" not in known(f"{SENTENCE}\n\nhttps://port.example/plan/a.pdf\n\n{SENTENCE}")


def test_date_in_the_name_of_the_file_if_there_is_no_other():
    assert known(SENTENCE, "archive/harbour_2016-09-12_ferry.txt")["date"] == ("2016-09-12", "file name", 0.6)
    assert known(f"date 2016-09-14 {SENTENCE}", "harbour_2016-09-12.txt")["date"][0] == "2016-09-14"
    assert known(SENTENCE, "harbour_2016-09-12.txt", date="2016-09-15")["date"][0] == "2016-09-15"
    assert "date" not in known(SENTENCE, "report-123456789.txt")


def test_what_is_given_and_what_the_text_says():
    text = f"Ferry terminal approved\n\n{SENTENCE}"
    assert known(text, title="Ferry terminal approved")["title"][1] == "Ferry terminal approved"
    assert known(text, title="Another title")["title"][:2] == ("Another title", "field 'title'")
    assert known(text, date="12 September 2015")["date"][:2] == ("2015-09-12", "field 'date'")


def test_a_given_date_that_is_none_is_refused():
    with pytest.raises(ArticleError, match="date 'last week' is not a date"):
        article_from_text(SENTENCE, "a.txt", date="last week")
    with pytest.raises(ArticleError, match="'datum' is not one of title, date"):
        article_from_text(SENTENCE, "a.txt", datum="2015-09-12")


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("2025-04-23", (2025, 4, 23)),
        ("2025/4/3", (2025, 4, 3)),
        ("12 September 2015", (2015, 9, 12)),
        ("the 12th of September 2015", (2015, 9, 12)),
        ("Sept. 12, 2015", (2015, 9, 12)),
        ("Saturday, September 12, 2015", (2015, 9, 12)),
        ("SEPTEMBER 12, 2015", (2015, 9, 12)),
        ("12-Sep-2015", (2015, 9, 12)),
        ("23/04/2025", (2025, 4, 23)),
        ("04/23/2025", (2025, 4, 23)),
        ("4.4.2025", (2025, 4, 4)),
        ("29 February 2024", (2024, 2, 29)),
    ],
)
def test_dates(words, day):
    ((span, found),) = dates_in(f"It was on {words} that it opened.")
    assert found == date(*day)
    assert f"It was on {words} that it opened."[slice(*span)] == words


@pytest.mark.parametrize(
    "words", ["03/04/2025", "31 February 2024", "2025-13-01", "May 2015", "1.2.3", "version 2025.4", "12/9"]
)
def test_no_dates(words):
    assert not list(dates_in(f"It was on {words} that it opened."))


@pytest.mark.parametrize(
    ("value", "day"),
    [
        ("2025-04-23T23:30:00-05:00", date(2025, 4, 23)),
        ("20250423", date(2025, 4, 23)),
        ("20250423T101500Z", date(2025, 4, 23)),
        ("Wed, 23 Apr 2025 09:00:00 GMT", date(2025, 4, 23)),
        ("Wed Apr 23 09:00:00 2025", date(2025, 4, 23)),
        ("April 23, 2025 at 9 p.m.", date(2025, 4, 23)),
        ("yesterday", None),
        ("03/04/2025", None),
        ("2025-04-23 - 2025-04-25", None),
    ],
)
def test_values_of_date_fields(value, day):
    assert day_of(value) == day


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("https://a.example/art/2025/4/14/art_1340_198764.html", "2025/4/14"),
        ("https://a.example/2016/09/12/x", "2016/09/12"),
        ("https://a.example/english/2018-03/05/c_137.htm", "2018-03/05"),
        ("https://a.example/202504/t20250414_7.html", "20250414"),
        ("https://a.example/2018/mar/05/x", "2018/mar/05"),
        ("https://a.example/x-20250414-y", "20250414"),
        ("https://a.example/198764/13402025", None),
        ("https://a.example/2016/09/12/2017/10/13", None),
    ],
)
def test_date_in_an_address(address, words):
    found = date_in_address(address)
    assert (found and address[slice(*found.span)]) == words
