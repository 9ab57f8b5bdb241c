"""Any day, written in any form, is read as the same day; every interval is in order and stands where it says."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg.extraction.dates import find_dates
from kg.extraction.dates.calendar import PRECISIONS, month_of, nearest, quarter_of, week_of, year_of

DAYS = st.dates(date(1600, 1, 1), date(2099, 12, 31))
MONTHS = [date(2000, month, 1).strftime("%B") for month in range(1, 13)]
WEEKDAYS = [date(2024, 1, day).strftime("%A") for day in range(1, 8)]
WORDS = (
    "the of last next this week year ago two from to 3 17 2019 1990s quarter first yesterday - , ( ) spring between "
    "and weekend"
)
FORMS = (
    "{month} {day}, {year}",
    "{month} {day}th, {year}",
    "{day} {month} {year}",
    "the {day}th of {month}, {year}",
    "{weekday}, {month} {day}, {year}",
    "{weekday} {day} {month} {year}",
    "{year}-{m:02}-{day:02}",
    "{year}/{m:02}/{day:02}",
)
FEW = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.fixture(scope="session")
def tokens_of(nlp):
    """Tokens alone, without a parse, as fast as hypothesis likes it."""
    return nlp.make_doc


def written(day, form):
    return form.format(
        year=day.year, m=day.month, month=MONTHS[day.month - 1], day=day.day, weekday=WEEKDAYS[day.weekday()]
    )


@FEW
@given(day=DAYS, form=st.sampled_from(FORMS), reference=st.none() | DAYS)
def test_a_full_date_in_any_form_is_read_as_the_same_day(tokens_of, day, form, reference):
    text = f"It was signed on {written(day, form)} in Oslo."
    (found,) = find_dates(tokens_of(text), reference)
    assert (found.start, found.end, found.precision, found.inferred) == (day, day, "day", ())
    assert text[found.span.begin : found.span.end] == found.text


@FEW
@given(day=DAYS, reference=DAYS)
def test_a_day_without_a_year_keeps_month_and_day(tokens_of, day, reference):
    if (day.month, day.day) == (2, 29):
        return
    (found,) = find_dates(tokens_of(f"It was signed on {MONTHS[day.month - 1]} {day.day} in Oslo."), reference)
    assert (found.start.month, found.start.day) == (day.month, day.day)
    assert abs((found.start - reference).days) <= 366


@FEW
@given(
    words=st.lists(st.sampled_from([*MONTHS, *WEEKDAYS, *WORDS.split(" ")]), max_size=14),
    reference=st.none() | DAYS,
)
def test_whatever_the_words_intervals_are_in_order_and_in_the_text(tokens_of, words, reference):
    text = " ".join(words)
    end = 0
    for found in find_dates(tokens_of(text), reference):
        assert found.start <= found.end
        assert found.precision in PRECISIONS
        assert end <= found.span.begin < found.span.end <= len(text)
        assert text[found.span.begin : found.span.end] == found.text
        assert reference is not None or not found.inferred
        end = found.span.end


@given(day=DAYS)
def test_each_period_of_a_day_holds_that_day(day):
    for period in (
        week_of(day),
        month_of(day.year, day.month),
        quarter_of(day.year, (day.month + 2) // 3),
        year_of(day.year),
    ):
        assert period.start <= day <= period.end


@given(days=st.lists(DAYS, min_size=1), reference=DAYS)
def test_looking_back_never_finds_the_future_and_looking_ahead_never_the_past(days, reference):
    periods = [month_of(day.year, day.month) for day in days]
    back, ahead = nearest(periods, reference, -1), nearest(periods, reference, 1)
    assert back is None or back.start <= reference
    assert ahead is None or ahead.end >= reference
    assert nearest(periods, reference, 0) in periods
