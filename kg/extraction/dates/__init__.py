"""Dates in the text as intervals of whole days, incomplete ones completed from the article's own date.

Only what the words and the article's date determine becomes a date: "in recent years", "over the past month" and
"3/4/2025" do not. Nothing here looks at the clock.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import replace
from datetime import date
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from kg.extraction.columns import Columns, columns
from kg.extraction.dates.calendar import PRECISIONS, Period, year_of
from kg.extraction.dates.direction import direction, moving_verb, word_class
from kg.extraction.dates.forms import Form, Seen, forms, holidays, numbers
from kg.facts import DateInterval, TextSpan

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.tokens import Doc

__all__ = ["find_dates", "find_ranges"]

_NOT_DATED = frozenset({"ORG", "PERSON", "WORK_OF_ART", "FAC", "PRODUCT", "LAW", "MONEY", "PERCENT", "QUANTITY"})
_LONG_AGO = 100
"""Days after which a day that names a thing ("the Jan. 6 riot") may be one of any year."""

_VAGUE = re.compile(
    r"(?:\b(?:the|over|nearly|almost|about|around|roughly|than|some|every|each|least|most|within|under)|~)\s*$",
    re.IGNORECASE,
)
_FROM = re.compile(r"\b(?:from|between)[^\S\n]+$", re.IGNORECASE)
_LINKED = re.compile(r"[^\S\n]*(?:to|through|until|till|and|-|–|—)[^\S\n]*", re.IGNORECASE)
_TO = re.compile(r"\s*(?:to|through|until|till|-|–|—)\s*$", re.IGNORECASE)
_ADDED = re.compile(r"\s*[(,]\s*")
_YEAR_WORD = re.compile(r"[12]\d\d\d(?!\d)")


Ranges = dict[TextSpan, tuple[DateInterval, DateInterval]]


class _Found(NamedTuple):
    dates: tuple[DateInterval, ...]
    ranges: Ranges


class _Match(NamedTuple):
    begin: int
    end: int
    form: Form
    groups: dict[str, str]
    token: int


def find_dates(doc: Doc, reference_date: date | None) -> tuple[DateInterval, ...]:
    """The dates that the text tells, in text order and without overlap; found once and kept with the Doc.

    ``reference_date`` is the article's own day; without it only complete dates are found. A range ("from 2010 to 2014")
    is one interval. ``inferred`` names the components that the words leave out.
    """
    return _found(doc, reference_date).dates


def find_ranges(doc: Doc, reference_date: date | None) -> Ranges:
    """The first and the last date of each range among the dates of the text, under the characters of the range."""
    return _found(doc, reference_date).ranges


def _found(doc: Doc, reference_date: date | None) -> _Found:
    kept: dict[date | None, _Found] = doc.user_data.setdefault("kg.dates", {})
    if reference_date not in kept:
        kept[reference_date] = _dates(columns(doc), reference_date)
    return kept[reference_date]


def _dates(c: Columns, reference_date: date | None) -> _Found:
    text = c.all_text
    found: list[DateInterval] = []
    ranges: Ranges = {}
    anchor: date | None = None
    matches = list(_matches(c, text))
    for n, match in enumerate(matches):
        left = bool(found) and _is_left(c, found[-1])
        looks = direction(c, match.token) if reference_date else 0
        if (
            left
            and reference_date
            and found[-1].start > reference_date
            and _TO.fullmatch(text, found[-1].span.end, match.begin)
        ):
            looks = 1  # what is still to come is not moved to a day that is over
        period = match.form.read(match.groups, Seen(reference_date, anchor, looks))
        if period is None and n + 1 < len(matches):
            period = _start_of_range(match, matches[n + 1], text)
        if period is None:
            continue
        if reference_date and (reference_date - period.start).days > _LONG_AGO and _names_a_thing(c, match):
            continue  # by such a name ("the Jan. 6 riot") a thing is known for years
        span = TextSpan(match.begin, match.end)
        dated = DateInterval(period.start, period.end, period.precision, text[slice(*span)], span, period.inferred)
        if match.groups.keys() & {"to_day", "to_year"}:
            ranges[span] = _ends(dated)
        linked = _linked(found[-1], dated, text) if found and not left else None
        specified = _specified(found[-1], dated, text) if found else None
        if linked:
            found[-1] = _range(*linked, text)
            ranges[found[-1].span] = linked
        elif specified:
            found[-1] = specified
        else:
            found.append(dated)
        if period.precision == "day":
            anchor = period.start
    return _Found(tuple(found), ranges)


def _names_a_thing(c: Columns, match: _Match) -> bool:
    """Whether a day without a year stands before what it names: "the Jan. 6 riot", "her May 3 speech"."""
    if "month" not in match.groups or "day" not in match.groups or match.groups.keys() & {"year", "of_year"}:
        return False
    return c.deps[match.token] in {"compound", "nmod"} and c.begins[c.heads[match.token]] >= match.end


def _ends(interval: DateInterval) -> tuple[DateInterval, DateInterval]:
    """The first and the last day, or year, of a range that is written as one date ("3-5 March", "1998-2006")."""
    if interval.precision == "year":
        first, last = year_of(interval.start.year), year_of(interval.end.year)
        return replace(interval, end=first.end), replace(interval, start=last.start)
    return replace(interval, end=interval.start), replace(interval, start=interval.end)


def _start_of_range(first: _Match, second: _Match, text: str) -> Period | None:
    """The first date of "from 30 March to 2 April 2019", which has its year from the second."""
    if not _LINKED.fullmatch(text, first.end, second.begin):
        return None
    end = second.form.read(second.groups, Seen(None, None, 0))
    start = first.form.read(first.groups, Seen(end.end, None, -1)) if end else None
    return start._replace(inferred=()) if start else None


@cache
def _triggers() -> dict[str, str]:
    kinds = {word: kind for kind in ("month", "weekday", "season") for word in numbers(kind)}
    kinds |= {word.rstrip("."): kind for word, kind in kinds.items()}
    kinds |= dict.fromkeys(
        ("yesterday", "today", "tomorrow", "tonight", "night", "morning", "afternoon", "evening"), "day"
    )
    kinds |= dict.fromkeys(("week", "weekend", "month", "quarter", "year", "decade"), "period")
    kinds |= {"ago": "ago", "day": "anaphor", "half": "quarter"}
    return kinds | {name.split()[-1]: "holiday" for name in holidays() if not name.endswith("day")}


def _matches(c: Columns, text: str) -> Iterator[_Match]:
    """The places of date forms in text order; where two overlap, the form that comes first in precedence."""
    triggers = _triggers()
    called: dict[int, set[str]] = {}
    for i, word in enumerate(c.lower):
        kind = triggers.get(word)
        if kind is None:
            if not word[0].isdigit() and word[-1:] != "s":
                continue
            kind = _number_kind(word)
            if kind is None:
                continue
        kinds = called.setdefault(c.sentence_of[i], set())
        kinds.add(kind)
        if word == "quarter":
            kinds.add("quarter")
        elif word == "day":
            kinds.add("holiday")
        elif kind == "month":
            kinds.add("digits")
    for sentence in sorted(called):
        start, end = c.sentences[sentence]
        yield from _in_sentence(c, text, c.begins[start], c.end(end - 1), called[sentence])


def _number_kind(word: str) -> str | None:
    if word[-1] == "s":
        return "decade" if word.rstrip("s’'")[-1:] == "0" else None
    if "/" in word or word.count(".") == 2:
        return "slash" if len(word) > 7 else None
    return "digits" if len(word) >= 4 and word[:4].isdigit() else None


def _in_sentence(c: Columns, text: str, begin: int, end: int, kinds: set[str]) -> list[_Match]:
    matches: list[_Match] = []
    for form in forms():
        if not form.triggers & kinds:
            continue
        for found in form.pattern.finditer(text, begin, end):
            b, e = found.span()
            if any(b < m.end and m.begin < e for m in matches):
                continue
            groups = form.groups(found)
            token = _head_token(c, found)
            if _is_date(c, text, found, form, token):
                matches.append(_Match(b, e, form, groups, token))
    return sorted(matches, key=lambda m: m.begin)


def _head_token(c: Columns, found: re.Match[str]) -> int:
    """The token on which the date hangs: the month, the weekday, the unit, or else its last word."""
    at = {name.split("__")[0]: found.start(name) for name, value in found.groupdict().items() if value}
    heads = (at[name] for name in ("month", "weekday", "unit", "season", "year", "part") if name in at)
    return bisect_right(c.begins, next(heads, found.end() - 1)) - 1


def _is_date(c: Columns, text: str, found: re.Match[str], form: Form, token: int) -> bool:
    """Whether the words at this place speak of a day, not of a name ("Sunday Times", "May") or a length of time."""
    before = text[max(0, found.start() - 12) : found.start()]
    if form.name in {"period from now", "ago"}:
        return not _VAGUE.search(before)
    if form.name == "weekday":
        previous = c.lower[token - 1] if token else ""
        if previous in word_class("generic") or previous in word_class("naming"):
            return False
        return c.ents[token] not in _NOT_DATED or previous == "on"
    if not form.doubtful:
        return not _counts_people(c, found, token)
    if c.ents[token] in _NOT_DATED:
        return False
    first = bisect_right(c.begins, found.start()) - 1
    previous = c.lower[first - 1] if first else ""
    introduced = previous in word_class("dating") or first < token
    if form.name == "month":
        return introduced if c.lower[token] in {"may", "march", "august"} else introduced or c.ents[token] == "DATE"
    return _is_year(c, token, previous)


def _counts_people(c: Columns, found: re.Match[str], month: int) -> bool:
    """Whether the number after a month counts what follows: "In March 25 people were killed"; of a day it is "on"."""
    last = bisect_right(c.begins, found.end() - 1) - 1
    plain = c.pos[last] == "NUM" and last == month + 1 and month > 0 and c.lower[month - 1] == "in"
    return plain and c.deps[month] == "pobj" and c.tags[last + 1 : last + 2] == ["NNS"]


def _is_year(c: Columns, token: int, previous: str) -> bool:
    """Whether the number at ``token`` is a year: "in 1990", "(1990)", "2008 Olympics"; not "2008 pilgrims"."""
    if not _YEAR_WORD.fullmatch(c.words[token]):
        return c.ents[token] == "DATE"
    counted = c.heads[token]
    if c.deps[token] == "nummod" and c.tags[counted] in {"NNS"} and c.words[counted].islower():
        return False
    known = c.ents[token] in {"DATE", "EVENT"}
    return known or previous in word_class("dating") or (c.pos[counted] == "PROPN" and token < counted)


def _is_left(c: Columns, interval: DateInterval) -> bool:
    """Whether something is moved away from a date; "postponed from 5 May to 12 October" names no range."""
    before = bisect_right(c.begins, interval.span.begin) - 2
    return before >= 0 and c.lower[before] == "from" and moving_verb(c, before) is not None


def _between(first: DateInterval, second: DateInterval, text: str) -> str:
    """The few characters between two neighbouring dates of a paragraph."""
    between = text[first.span.end : second.span.begin]
    return "" if len(between) > 12 or "\n" in between else between


def _linked(first: DateInterval, second: DateInterval, text: str) -> tuple[DateInterval, DateInterval] | None:
    """Two neighbouring dates that name a range ("from May to June 2019", "between ... and ..."), the first complete."""
    between = _between(first, second, text)
    opened = _FROM.search(text, max(0, first.span.begin - 10), first.span.begin)
    linked = _TO.fullmatch(between) or (
        opened and opened[0].lower().startswith("between") and between.strip().lower() == "and"
    )
    if not linked:
        return None
    start = first.start
    if "year" in first.inferred and "year" not in second.inferred:
        year = second.end.year - (1 if (start.month, start.day) > (second.end.month, second.end.day) else 0)
        first = _in_year(first, year, tuple(x for x in first.inferred if x != "year"))
    elif "year" in first.inferred and start > second.end:
        first = _in_year(first, second.end.year, first.inferred)
    return (first, second) if first.start <= second.end else None


def _range(first: DateInterval, second: DateInterval, text: str) -> DateInterval:
    """All days from the first of one date to the last of another."""
    opened = _FROM.search(text, max(0, first.span.begin - 10), first.span.begin)
    span = TextSpan(opened.start() if opened else first.span.begin, second.span.end)
    precision = max(first.precision, second.precision, key=PRECISIONS.index)
    inferred = tuple(dict.fromkeys((*first.inferred, *second.inferred)))
    return DateInterval(first.start, second.end, precision, text[slice(*span)], span, inferred)


def _specified(first: DateInterval, second: DateInterval, text: str) -> DateInterval | None:
    """ "Friday evening (May 9)": a weekday with its date; the date counts, where it falls on that weekday."""
    if not _ADDED.fullmatch(_between(first, second, text)) or not first.precision == second.precision == "day":
        return None
    if first.start.weekday() != second.start.weekday() or len(first.inferred) < 3 or first.start != first.end:
        return None
    closed = text[second.span.end : second.span.end + 1] == ")"
    span = TextSpan(first.span.begin, second.span.end + closed)
    return DateInterval(second.start, second.end, "day", text[slice(*span)], span, second.inferred)


def _in_year(interval: DateInterval, year: int, inferred: tuple[str, ...]) -> DateInterval:
    """The same days of another year."""
    later = year - interval.start.year
    start, end = _years_later(interval.start, later), _years_later(interval.end, later)
    return replace(interval, start=start, end=end, inferred=inferred)


def _years_later(day: date, years: int) -> date:
    year = day.year + years
    return day.replace(year=year, day=min(day.day, 28)) if (day.month, day.day) == (2, 29) else day.replace(year=year)
