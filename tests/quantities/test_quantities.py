"""Figures in the words of articles, with their units, comparators and the words that say of what."""

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.extraction.numerals import figures, numeral_at
from kg.extraction.quantities import find_quantities


@pytest.fixture(scope="module")
def quantities(nlp):
    """A function from a text to its quantities as (words, comparator, value, unit)."""

    def found(text):
        return [(text[slice(*q.span)], q.comparator, str(q.value), q.unit) for q in find_quantities(nlp(text))]

    return found


@pytest.mark.parametrize(
    ("text", "words", "comparator", "value", "unit"),
    [
        # money
        ("The economy exceeded 50 trillion yuan.", "exceeded 50 trillion yuan", "gt", "50000000000000", "CNY"),
        ("Sales topped £1.5m last year.", "topped £1.5m", "gt", "1500000", "GBP"),
        ("It cost US$450 million.", "US$450 million", "eq", "450000000", "USD"),
        ("It cost RMB 1.5 billion.", "RMB 1.5 billion", "eq", "1500000000", "CNY"),
        ("The deal is worth 300 million Hong Kong dollars.", "300 million Hong Kong dollars", "eq", "300000000", "HKD"),
        ("Prices did not exceed 300 euros.", "not exceed 300 euros", "le", "300", "EUR"),
        ("They lost half a million dollars.", "half a million dollars", "eq", "500000", "USD"),
        # shares
        ("It contributes more than 40% to GDP.", "more than 40% to GDP", "gt", "40", "%"),
        ("Output rose 12% to a record.", "12%", "eq", "12", "%"),
        ("About 10 per cent of the workforce left.", "About 10 per cent of the workforce", "approx", "10", "%"),
        ("It gained 2.8 percentage points.", "2.8 percentage points", "eq", "2.8", "percentage point"),
        ("It holds one-third of global patents.", "one-third of global patents", "eq", "0.333333", "ratio"),
        ("Nearly two-thirds of voters stayed away.", "Nearly two-thirds of voters", "approx", "0.666667", "ratio"),
        ("Half of the members voted no.", "Half of the members", "eq", "0.5", "ratio"),
        ("A quarter of the votes were void.", "A quarter of the votes", "eq", "0.25", "ratio"),
        ("One in five patients waited.", "One in five patients", "eq", "0.2", "ratio"),
        # measures and counts
        ("The site covers 12 square kilometres.", "12 square kilometres", "eq", "12", "square km"),
        ("It is about 500 miles away.", "about 500 miles", "approx", "500", "mile"),
        ("It will create up to 2,500 new jobs.", "up to 2,500 new jobs", "le", "2500", "job"),
        ("At least three people were hurt.", "At least three people", "ge", "3", "people"),
        ("Delegates from 80 countries or more came.", "80 countries or more", "ge", "80", "country"),
        ("Twenty-five thousand soldiers left.", "Twenty-five thousand soldiers", "eq", "25000", "soldier"),
        (
            "Fewer than 100 students of the school came.",
            "Fewer than 100 students of the school",
            "lt",
            "100",
            "student",
        ),
        ("He is 45 years old.", "45 years old", "eq", "45", "years old"),
        ("In Faro 300 people were hurt.", "300 people", "eq", "300", "people"),
        ("In New York 25 people were hurt.", "25 people", "eq", "25", "people"),
        ("At Goldman Sachs 300 bankers lost their jobs.", "300 bankers", "eq", "300", "banker"),
        ("The union said Amazon 300 workers struck.", "300 workers", "eq", "300", "worker"),
        ("Group of 20 tourists rescued in Faro", "20 tourists", "eq", "20", "tourist"),
        ("The scheme covers 1,20,000 farmers.", "1,20,000 farmers", "eq", "120000", "farmer"),
        ("It cost Rs 12,34,567.", "Rs 12,34,567", "eq", "1234567", "INR"),
        ("At least two-thirds of voters stayed away.", "At least two-thirds of voters", "ge", "0.666667", "ratio"),
    ],
)
def test_a_figure(quantities, text, words, comparator, value, unit):
    assert quantities(text) == [(words, comparator, value, unit)]


def test_a_range_has_two_bounds(quantities):
    assert quantities("The bank lent between 5 and 10 million euros.") == [
        ("between 5 and 10 million euros", "ge", "5000000", "EUR"),
        ("between 5 and 10 million euros", "le", "10000000", "EUR"),
    ]
    assert quantities("It takes $2-3 billion.") == [
        ("$2-3 billion", "ge", "2000000000", "USD"),
        ("$2-3 billion", "le", "3000000000", "USD"),
    ]
    assert [q[1:] for q in quantities("Some 20 to 25 percent of members agree.")] == [
        ("ge", "20", "%"),
        ("le", "25", "%"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "The two major engines drive growth.",
        "Three people came.",
        "On March 27, the forum opened.",
        "It began in 1998 and ended in 2004.",
        "The meeting starts at 11:30 a.m. on 5 March 2019.",
        "Article 5 was amended, as was Section 12.",
        "He lives at 12 Main Street.",
        "Rovers won 3-2.",
        "Flight 370 vanished.",
        "The six-member team came third.",
        "It was the 27th session.",
        "Call 555-1234-567 today.",
        "One of the members left.",
        "The second half of the match was better.",
        "Reed had two fourth-quarter touchdowns.",
        "It blocked two third-party apps.",
        "It blocked one third-party app.",
        "They ordered Boeing 737 jets.",
        "They ordered Airbus A320 jets.",
        "They flew in Boeing 737 jets.",
        "The Group of 20 leaders met in Faro.",
        "Formula 1 drivers complained.",
    ],
)
def test_numbers_that_are_no_quantity(quantities, text):
    assert quantities(text) == []


def test_the_yen_sign_is_yuan_where_the_article_speaks_of_yuan(quantities):
    assert quantities("It cost ¥500.")[0][3] == "JPY"
    assert quantities("It cost ¥500. The yuan fell.")[0][3] == "CNY"


@given(st.integers(0, 10**15), st.integers(0, 99))
def test_figures_mean_what_they_say(whole, hundredths):
    for text in (f"{whole}.{hundredths:02}", f"{whole:,}.{hundredths:02}"):
        value, scaled = figures(text)
        assert value == Decimal(whole) + Decimal(hundredths) / 100
        assert not scaled


ONES = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"]
ONES += ["thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"]
TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]


def spelled(n):
    if n < 20:
        return [ONES[n]]
    if n < 100:
        return [TENS[n // 10 - 2], *(["-", ONES[n % 10]] if n % 10 else [])]
    if n < 1000:
        return [ONES[n // 100], "hundred", *(["and", *spelled(n % 100)] if n % 100 else [])]
    if n < 1_000_000:
        return [*spelled(n // 1000), "thousand", *(spelled(n % 1000) if n % 1000 else [])]
    return [*spelled(n // 1_000_000), "million", *(spelled(n % 1_000_000) if n % 1_000_000 else [])]


@given(st.integers(0, 999_999_999))
def test_a_number_in_words_is_read_back(n):
    row = spelled(n)
    number = numeral_at(row, 0)
    assert (number.value, number.end) == (n, len(row))


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet=st.sampled_from("0123456789 .,-%$€mk()\nabto halfofone"), max_size=60))
def test_any_text_gives_spans_within_it(nlp, text):
    for quantity in find_quantities(nlp(text)):
        assert 0 <= quantity.span.begin < quantity.span.end <= len(text)
        assert quantity.value.is_finite()
