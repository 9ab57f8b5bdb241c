"""Dates in all the ways in which newspapers write them, read from the article's own day (Wednesday, 23 April 2025)."""

from __future__ import annotations

from datetime import date

import pytest

from kg.extraction.dates import find_dates
from kg.language.pipeline import parse
from kg.readers import article_from_text

WEDNESDAY = date(2025, 4, 23)


@pytest.fixture(scope="session")
def dates_in(nlp):
    def found(sentence, reference=WEDNESDAY):
        return find_dates(nlp(sentence), reference)

    return found


def short(interval):
    start, end = interval.start.isoformat(), interval.end.isoformat()
    return start if start == end else f"{start}..{end}"


@pytest.mark.parametrize(
    ("sentence", "text", "days", "precision"),
    [
        ("The bridge opened on March 27, 2019.", "March 27, 2019", "2019-03-27", "day"),
        ("He was born on 4 July 1976.", "4 July 1976", "1976-07-04", "day"),
        ("It began on the 5th of May, 2021.", "the 5th of May, 2021", "2021-05-05", "day"),
        ("It closed on Tuesday, Sept. 9, 2014.", "Tuesday, Sept. 9, 2014", "2014-09-09", "day"),
        ("The file is dated 2025-03-27.", "2025-03-27", "2025-03-27", "day"),
        ("The file is dated 27.03.2025.", "27.03.2025", "2025-03-27", "day"),
        ("The committee met on March 3-5, 2020.", "March 3-5, 2020", "2020-03-03..2020-03-05", "day"),
        (
            "The fair ran from 30 March to 2 April 2019.",
            "from 30 March to 2 April 2019",
            "2019-03-30..2019-04-02",
            "day",
        ),
        ("In June 2016 the office moved.", "June 2016", "2016-06-01..2016-06-30", "month"),
        (
            "It was done between July 2003 and May 2004.",
            "between July 2003 and May 2004",
            "2003-07-01..2004-05-31",
            "month",
        ),
        ("She led the agency from 2010 to 2014.", "from 2010 to 2014", "2010-01-01..2014-12-31", "year"),
        ("She led the agency from 2010-2014.", "2010-2014", "2010-01-01..2014-12-31", "year"),
        ("The office was founded in 1990.", "1990", "1990-01-01..1990-12-31", "year"),
        ("Sales fell in the late 1990s.", "the late 1990s", "1990-01-01..1999-12-31", "decade"),
        (
            "Profits rose in the second quarter of 2019.",
            "the second quarter of 2019",
            "2019-04-01..2019-06-30",
            "quarter",
        ),
        ("The trial began in spring 2019.", "spring 2019", "2019-03-01..2019-05-31", "quarter"),
        ("The shop shut on Christmas Eve 2018.", "Christmas Eve 2018", "2018-12-24", "day"),
    ],
)
def test_a_complete_date_needs_no_article_date(dates_in, sentence, text, days, precision):
    (found,) = dates_in(sentence, None)
    assert (found.text, short(found), found.precision) == (text, days, precision)
    assert sentence[found.span.begin : found.span.end] == text


@pytest.mark.parametrize(
    ("sentence", "days", "precision", "inferred"),
    [
        ("The forum was held on March 27.", "2025-03-27", "day", ("year",)),
        ("The shooting happened on Dec. 30, police said.", "2024-12-30", "day", ("year",)),
        ("The trial is scheduled for January 12.", "2026-01-12", "day", ("year",)),
        ("The two sides met on March 3 and 4.", "2025-03-03..2025-03-04", "day", ("year",)),
        ("They met in March.", "2025-03-01..2025-03-31", "month", ("year",)),
        ("In March last year prices fell.", "2024-03-01..2024-03-31", "month", ("year",)),
        ("A storm hit the coast yesterday afternoon.", "2025-04-22", "day", ("year", "month", "day")),
        ("The minister spoke today.", "2025-04-23", "day", ("year", "month", "day")),
        ("The court ruled on Tuesday.", "2025-04-22", "day", ("year", "month", "day")),
        ("The court ruled on Wednesday.", "2025-04-23", "day", ("year", "month", "day")),
        ("The court will rule on Tuesday.", "2025-04-29", "day", ("year", "month", "day")),
        ("Tickets went on sale last Friday.", "2025-04-18", "day", ("year", "month", "day")),
        ("The show opens next Friday.", "2025-04-25", "day", ("year", "month", "day")),
        ("He was arrested two days ago.", "2025-04-21", "day", ("year", "month", "day")),
        ("Three weeks ago the mine was closed.", "2025-03-31..2025-04-06", "week", ("year", "month", "day")),
        ("The vote was held last week.", "2025-04-14..2025-04-20", "week", ("year", "month", "day")),
        ("Thousands came to the fair this weekend.", "2025-04-19..2025-04-20", "day", ("year", "month", "day")),
        ("Earlier this month the plant reopened.", "2025-04-01..2025-04-30", "month", ("year", "month")),
        ("Next year's summit is to be held in Oslo.", "2026-01-01..2026-12-31", "year", ("year",)),
        ("The exhibition is open through March 11 this year.", "2025-03-11", "day", ("year",)),
        ("The rain on Sunday night (April 20) flooded streets.", "2025-04-20", "day", ("year",)),
    ],
)
def test_an_incomplete_date_is_completed_from_the_articles_day(dates_in, sentence, days, precision, inferred):
    (found,) = dates_in(sentence)
    assert (short(found), found.precision, found.inferred) == (days, precision, inferred)


@pytest.mark.parametrize(
    ("sentence", "days"),
    [
        ("He was treasurer until June.", "2024-06-01..2024-06-30"),
        ("He was treasurer until the end of June.", "2024-06-01..2024-06-30"),
        ("He served as treasurer till Friday.", "2025-04-18"),
        ("The exhibition ran through Sunday.", "2025-04-20"),
        ("Until February, the museum charged a fee.", "2025-02-01..2025-02-28"),
        ("The mill had been idle until June.", "2024-06-01..2024-06-30"),
        ("By June the town had recovered.", "2024-06-01..2024-06-30"),
        ("Jo Park, treasurer until March, sells maps.", "2025-03-01..2025-03-31"),
        ("Jo Park, treasurer until May, sells maps.", "2025-05-01..2025-05-31"),
        ("He is treasurer until June.", "2025-06-01..2025-06-30"),
        ("He will be treasurer until June.", "2025-06-01..2025-06-30"),
        ("He was elected treasurer until June.", "2025-06-01..2025-06-30"),
        ("The court adjourned the trial until Friday.", "2025-04-25"),
        ("Workers had to finish by Friday.", "2025-04-25"),
    ],
)
def test_until_looks_back_from_a_state_that_is_over_and_ahead_otherwise(dates_in, sentence, days):
    (found,) = dates_in(sentence)
    assert short(found) == days


@pytest.mark.parametrize(
    ("sentence", "days"),
    [
        ("The April 20 meeting was long.", "2025-04-20"),
        ("He spoke at the March 14 meeting.", "2025-03-14"),
        ("The Feb. 6 storm hurt 25 people.", "2025-02-06"),
        ("The Nov. 5 mayoral election will be close.", "2025-11-05"),
        ("Ana Ruiz will attend the Sept. 20 summit in Oslo.", "2025-09-20"),
        ("Ana Ruiz faces a Sept. 12 hearing.", "2025-09-12"),
        ("He spoke at the vote on Jan. 6.", "2025-01-06"),
        ("The Jan. 6, 2021, riot was discussed.", "2021-01-06"),
        ("The vote of Sept. 11 was close.", "2024-09-11"),
    ],
)
def test_a_day_that_names_a_meeting_is_not_long_ago(dates_in, sentence, days):
    (found,) = dates_in(sentence)
    assert short(found) == days


@pytest.mark.parametrize(
    ("sentence", "days"),
    [
        ("In March 25 people were killed.", "2025-03-01..2025-03-31"),
        ("On March 25 people were killed.", "2025-03-25"),
        ("In March 25, 2019, he left.", "2019-03-25"),
    ],
)
def test_a_number_of_people_is_no_day(dates_in, sentence, days):
    (found,) = dates_in(sentence)
    assert short(found) == days


def test_the_following_day_counts_from_the_day_last_told_of(dates_in):
    resigned, following = dates_in("She resigned on Monday. The following day, her deputy took over.")
    assert short(resigned) == "2025-04-21"
    assert short(following) == "2025-04-22"


@pytest.mark.parametrize(
    "sentence",
    [
        "In recent years, sales have grown.",
        "Over the past month they fell.",
        "He left nearly two years ago.",
        "The Sunday Times reported on Super Tuesday.",
        "The plan may fail, and they will march on.",
        "The letter is dated 3/4/2025.",
        "Nearly 2000 pilgrims came, and 1,990 of them stayed.",
        "A 2000-year-old tradition goes on.",
        "We hold a conference on a Monday.",
        "Theresa May spoke.",
        "He was tried for the Jan. 6 riot.",
        "The Sept. 11 attacks changed the town.",
        "He had spoken before the Nov. 8 election.",
        "They prepared for the May 6 vote.",
    ],
)
def test_what_is_no_date_or_none_for_sure_is_left_alone(dates_in, sentence):
    assert dates_in(sentence) == ()


@pytest.mark.parametrize("sentence", ["It was held on March 27.", "It was held yesterday.", "They met last week."])
def test_without_an_article_date_an_incomplete_date_is_none(dates_in, sentence):
    assert dates_in(sentence, None) == ()


def test_a_date_at_the_end_of_a_line_is_no_range_with_the_first_of_the_next(nlp):
    text = "The fair closes on 30 April\n- May 2 brings a market to the town, the mayor said."
    ((_, doc),) = parse(nlp, [article_from_text(text)])
    assert [found.text for found in find_dates(doc, WEDNESDAY)] == ["30 April", "May 2"]


@pytest.mark.parametrize(
    ("sentence", "days"),
    [
        ("In contrast to the mayor, Will had nothing but praise for Reed's March 14 speech.", "2025-03-14"),
        (
            "The votes are set for May, with Ruiz and Reed expected to win "
            "and face each other in the November election.",
            "2025-11-01..2025-11-30",
        ),
    ],
)
def test_a_man_called_will_does_not_look_ahead_and_what_somebody_is_expected_to_do_does(dates_in, sentence, days):
    assert short(dates_in(sentence)[-1]) == days
