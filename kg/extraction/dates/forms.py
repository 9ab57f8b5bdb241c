"""The written forms of dates: each a pattern in readable notation, the words that call for it, and what it means.

In a pattern ``{MONTH}`` and the like stand for the words of ``words/dates_names.tsv``; a blank for any white space.
A form is tried only in sentences that hold one of its trigger kinds, and earlier forms take precedence.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from kg.extraction.dates.calendar import (
    ALL,
    Period,
    about,
    day,
    day_in,
    decade_of,
    month_of,
    months,
    nearest,
    quarter_of,
    week_of,
    weekend_of,
    year_of,
)
from kg.words import table


@dataclass(frozen=True, slots=True)
class Seen:
    """From where a date is read: the article's day, the day last told of, and whether the verb looks back or ahead."""

    reference: date | None
    anchor: date | None
    direction: int


Reader = Callable[[dict[str, str], Seen], Period | None]


@cache
def numbers(kind: str) -> dict[str, int]:
    """The words of one kind of ``words/dates_names.tsv`` in lower case, each with its number."""
    return {
        word.lower(): int(number)
        for name, number, forms in table("dates_names")
        if name == kind
        for word in forms.split("|")
    }


@cache
def holidays() -> dict[str, tuple[int, int]]:
    """Feasts of a fixed day: the name in lower case, with month and day."""
    return {name.lower(): (int(month), int(number)) for name, month, number in table("dates_holidays")}


def _words_of(kind: str, capital: bool) -> str:
    forms = [word for name, _, row in table("dates_names") if name == kind for word in row.split("|")]
    if capital:
        forms += [word.upper() for word in forms]
    return "|".join(
        re.escape(word) + ("" if word.endswith(".") else r"\b") for word in sorted(forms, key=len, reverse=True)
    )


# --- what the forms mean --------------------------------------------------------------------------------------------


def _month(groups: dict[str, str]) -> int:
    return numbers("month")[groups["month"].lower()]


def _year(groups: dict[str, str], seen: Seen) -> int | None:
    """The year that is written, as digits or as "this year" and "last year"."""
    if groups.get("year"):
        return int(groups["year"])
    if groups.get("of_year") and seen.reference:
        word = groups["of_year"].split()[0].lower()
        return seen.reference.year + {"last": -1, "next": 1, "this": 0}[word]
    return None


def _left_out(groups: dict[str, str]) -> tuple[str, ...]:
    return () if groups.get("year") else ("year",)


def _day_of_month(groups: dict[str, str], seen: Seen) -> Period | None:
    month, number = _month(groups), int(groups["day"])
    year = _year(groups, seen)
    if year:
        return day_in(year, month, number, *_left_out(groups))
    if not seen.reference:
        return None
    candidates = about(seen.reference, lambda y: day_in(y, month, number, "year"))
    weekday = groups.get("weekday")
    if weekday:
        told = numbers("weekday")[weekday.lower()]
        candidates = [p for p in candidates if p.start.weekday() == told] or candidates
    return nearest(candidates, seen.reference, seen.direction)


def _day_range(groups: dict[str, str], seen: Seen) -> Period | None:
    first = _day_of_month(groups, seen)
    if not first:
        return None
    last = day_in(first.start.year, first.start.month, int(groups["to_day"]))
    if not last or last.start < first.start:
        return None
    return Period(first.start, last.end, "day", first.inferred)


def _plain_month(groups: dict[str, str], seen: Seen) -> Period | None:
    month, year = _month(groups), _year(groups, seen)
    if year:
        return month_of(year, month, *_left_out(groups))
    if not seen.reference:
        return None
    return nearest(about(seen.reference, lambda y: month_of(y, month, "year")), seen.reference, seen.direction)


def _shifted_month(groups: dict[str, str], seen: Seen) -> Period | None:
    """ "Last March" has begun before the article, "next March" has not; "this March" is in the article's year."""
    if not seen.reference:
        return None
    month, year = _month(groups), seen.reference.year
    which = groups["which"].lower()
    if which == "this":
        return month_of(year, month, "year")
    past = which in {"last", "past"}
    candidates = [month_of(y, month, "year") for y in (year - 1, year, year + 1)]
    fitting = [p for p in candidates if (p.end < seen.reference if past else p.start > seen.reference)]
    return (fitting[-1] if past else fitting[0]) if fitting else None


def _plain_year(groups: dict[str, str], seen: Seen) -> Period:
    return year_of(int(groups["year"]))


def _season_years(groups: dict[str, str], seen: Seen) -> Period | None:
    """ "the 2018-19 season", "2018/2019", "from 1998-2006": both years."""
    start = int(groups["year"])
    end = int(groups["year"][: 4 - len(groups["to_year"])] + groups["to_year"])
    if not start < end <= start + 100:
        return None
    return Period(year_of(start).start, year_of(end).end, "year")


def _decade(groups: dict[str, str], seen: Seen) -> Period | None:
    if groups.get("decade"):
        return decade_of(int(groups["decade"]))
    if not seen.reference:
        return None
    year = int(groups["short"])
    century = seen.reference.year - seen.reference.year % 100
    return decade_of(century + year if century + year <= seen.reference.year else century - 100 + year, "year")


def _iso(groups: dict[str, str], seen: Seen) -> Period | None:
    return day_in(int(groups["year"]), int(groups["m"]), int(groups["day"]))


def _slashed(groups: dict[str, str], seen: Seen) -> Period | None:
    """ "3/27/2025", "27.3.2025": only where one number cannot be a month; "3/4/2025" says nothing sure."""
    a, b = int(groups["a"]), int(groups["b"])
    if (a > 12) == (b > 12) and a != b:
        return None
    return day_in(int(groups["year"]), *((b, a) if a > 12 else (a, b)))


_DAY_SHIFTS = {"yesterday": -1, "today": 0, "tonight": 0, "tomorrow": 1}


def _relative_day(groups: dict[str, str], seen: Seen) -> Period | None:
    if not seen.reference:
        return None
    word = groups["word"].lower()
    if word.startswith("the day"):
        shift = -2 if word.endswith("yesterday") else 2
    elif word.startswith("last"):
        shift = -1
    else:
        shift = _DAY_SHIFTS.get(word.split()[-1], 0)
    return day(seen.reference + timedelta(days=shift), *ALL)


def _weekday(groups: dict[str, str], seen: Seen) -> Period | None:
    if not seen.reference:
        return None
    number = numbers("weekday")[groups["weekday"].lower()]
    if groups.get("which", "").lower() in {"the next", "the following"}:
        return (
            day(seen.anchor + timedelta(days=(number - seen.anchor.weekday() - 1) % 7 + 1), *ALL)
            if seen.anchor
            else None
        )
    which = (groups.get("which") or "").lower().split()[-1:]
    back = (seen.reference.weekday() - number) % 7
    if which in (["last"], ["past"]):
        return day(seen.reference - timedelta(days=back or 7), *ALL)
    if which in (["next"], ["coming"]) or seen.direction > 0:
        ahead = (7 - back) % 7
        return day(seen.reference + timedelta(days=ahead or (7 if which else 0)), *ALL)
    return day(seen.reference - timedelta(days=back), *ALL)


_WHICH = {
    "last": -1,
    "past": -1,
    "previous": -1,
    "this": 0,
    "current": 0,
    "the": 0,
    "next": 1,
    "coming": 1,
    "following": 1,
}


def _shift_period(unit: str, shift: int, reference: date) -> Period | None:
    if unit == "weekend":
        return weekend_of(reference + timedelta(days=7 * shift), *ALL)
    if unit == "week":
        return week_of(reference + timedelta(days=7 * shift), *ALL)
    if unit == "month":
        return month_of(reference.year, reference.month + shift, "year", "month")
    if unit == "quarter":
        return quarter_of(reference.year, (reference.month + 2) // 3 + shift, "year", "month")
    if unit == "year":
        return year_of(reference.year + shift, "year")
    return decade_of(reference.year + 10 * shift, "year") if unit == "decade" else None


def _relative_period(groups: dict[str, str], seen: Seen) -> Period | None:
    if not seen.reference:
        return None
    unit, which = groups["unit"].lower(), groups["which"].lower().split()[-1]
    shift = _WHICH[which]
    if unit == "weekend" and shift == 0:
        friday_on = seen.reference.weekday() >= (3 if which == "this" and seen.direction >= 0 else 5)
        shift = 0 if friday_on or seen.direction > 0 else -1
    elif unit == "weekend" and shift < 0 and seen.reference.weekday() == 6:
        shift = -1
    return _shift_period(unit, shift, seen.reference)


def _ago(groups: dict[str, str], seen: Seen) -> Period | None:
    if not seen.reference:
        return None
    word, unit = groups["number"].lower(), groups["unit"].lower()
    count = int(word) if word.isdigit() else numbers("number").get(" ".join(word.split()))
    if count is None or count > 500:
        return None
    if unit == "day":
        return day(seen.reference - timedelta(days=count), *ALL)
    if unit == "decade":
        return year_of(seen.reference.year - 10 * count, "year") if count == 0 else None
    return _shift_period(unit, -count, seen.reference)


def _anaphoric_day(groups: dict[str, str], seen: Seen) -> Period | None:
    """ "The following day", "the day before": from the day last told of."""
    if not seen.anchor:
        return None
    which = groups["which"].lower()
    shift = {"same": 0, "following": 1, "next": 1, "after": 1, "previous": -1, "before": -1, "preceding": -1}[which]
    return day(seen.anchor + timedelta(days=shift), *ALL)


def _quarter(groups: dict[str, str], seen: Seen) -> Period | None:
    word = groups["ordinal"].lower()
    number = int(word) if word.isdigit() else numbers("ordinal")[word]
    year = _year(groups, seen)
    half = (groups.get("part") or "").lower() == "half"
    if half and number > 2:
        return None
    inferred = ("year",)
    if year is None:
        if not seen.reference or half:
            return None
        return nearest(
            about(seen.reference, lambda y: quarter_of(y, number, *inferred)), seen.reference, seen.direction
        )
    left_out = _left_out(groups)
    return months(year, 6 * number - 5, 6, "quarter", *left_out) if half else quarter_of(year, number, *left_out)


def _season(groups: dict[str, str], seen: Seen) -> Period | None:
    first = numbers("season")[groups["season"].lower()]
    year = _year(groups, seen)
    if year:
        return (
            year_of(year, *_left_out(groups)) if first == 12 else months(year, first, 3, "quarter", *_left_out(groups))
        )
    if not seen.reference or not groups.get("which"):
        return None
    which = groups["which"].lower()
    candidates = about(seen.reference, lambda y: months(y, first, 3, "quarter", "year"))
    if which == "this" and first != 12:
        return candidates[1]
    if which in {"last", "past"}:
        return nearest([p for p in candidates if p.end < seen.reference], seen.reference, -1)
    return nearest([p for p in candidates if p.start > seen.reference], seen.reference, 1)


def _holiday(groups: dict[str, str], seen: Seen) -> Period | None:
    month, number = holidays()[re.sub(r"\s+", " ", groups["holiday"]).lower()]
    if groups.get("year"):
        return day_in(int(groups["year"]), month, number, "month", "day")
    if not seen.reference:
        return None
    return nearest(about(seen.reference, lambda y: day_in(y, month, number, *ALL)), seen.reference, seen.direction)


# --- the forms ------------------------------------------------------------------------------------------------------

_RELATIVE_DAYS = (
    "the day before yesterday|the day after tomorrow|(?:earlier |later )?(?:yesterday|today|tonight|tomorrow)"
    "|last (?:night|evening)|(?:earlier |later )?this (?:morning|afternoon|evening)"
)
_MACROS = {
    "DAY": r"(?P<day>3[01]|[12][0-9]|0?[1-9])(?:st|nd|rd|th)?(?![0-9])",
    "TO_DAY": r"(?P<to_day>3[01]|[12][0-9]|0?[1-9])(?:st|nd|rd|th)?(?![0-9])",
    "YEAR": r"(?P<year>(?:1[5-9]|20)[0-9][0-9])(?![0-9]|,[0-9]{3}|\.[0-9]|[-‑ ]{UNIT})",
    "OF_YEAR": r"(?:(?:of )?(?P<of_year>(?:this|last|next) year\b))",
    "UNIT": r"(?:year|day|mile|foot|feet|metre|meter|km|people)s?\b",
    "TO": r"(?:\s*[-–—]\s*| to | through | and )",
    "NEAR": "(?:last|past|this|next|coming)",
    "TERM": "(?:season|academic|school|fiscal|campaign|budget)",
    "CLOCK": r"(?: (?:morning|afternoon|evening|night|Night|noon)\b)?",
    "WHICH": r"(?P<which>(?i:last|past|previous|this|next|coming|following))",
    "EARLY": r"(?:(?i:early|late|mid|beginning|end|middle|start|later|earlier)(?:-| in | of | ))?",
}


@dataclass(frozen=True, slots=True)
class Form:
    """One written form: what calls for it (kinds of trigger word), its pattern, what it means.

    ``doubtful`` forms (a bare month, a bare year) need a sign that a date is meant.
    """

    name: str
    triggers: frozenset[str]
    pattern: re.Pattern[str]
    read: Reader
    doubtful: bool = False

    def groups(self, found: re.Match[str]) -> dict[str, str]:
        """The named parts of a match that are there; of alternatives the one that matched."""
        return {name.split("__")[0]: value for name, value in found.groupdict().items() if value}


def _form(name: str, triggers: str, pattern: str, read: Reader, doubtful: bool = False) -> Form:
    macros = _MACROS | {
        "MONTH": f"(?P<month>{_words_of('month', True)})",
        "WEEKDAY": f"(?P<weekday>{_words_of('weekday', True)})",
        "NUMBER": rf"(?P<number>(?i:{_words_of('number', False)})|[0-9]+\b)",
        "ORDINAL": f"(?P<ordinal>(?i:{_words_of('ordinal', False)}))",
        "SEASON": f"(?P<season>(?i:{_words_of('season', False)}))",
        "HOLIDAY": "(?P<holiday>" + "|".join(re.escape(name) for name, _, _ in table("dates_holidays")) + ")",
    }
    for macro, meaning in macros.items():
        pattern = pattern.replace("{" + macro + "}", meaning)
    pattern = pattern.replace(r"\ ", " ").replace(" ", r"\s+")
    counts: Counter[str] = Counter()

    def numbered(group: re.Match[str]) -> str:
        counts[group[1]] += 1
        return f"(?P<{group[1]}>" if counts[group[1]] == 1 else f"(?P<{group[1]}__{counts[group[1]]}>"

    pattern = re.sub(r"\(\?P<(\w+)>", numbered, pattern)
    return Form(name, frozenset(triggers.split()), re.compile(rf"(?<![\w/$£€.-])(?:{pattern})"), read, doubtful)


@cache
def forms() -> tuple[Form, ...]:
    """All forms, in order of precedence."""
    on = r"(?:{WEEKDAY},? )?"
    year = r"(?:,? {YEAR}|,? {OF_YEAR}|)"
    of_year = r"(?: of {YEAR}| {OF_YEAR}| {YEAR}|)"
    return (
        _form("ISO", "digits slash", r"{YEAR}[-/](?P<m>1[0-2]|0?[1-9])[-/]{DAY}", _iso),
        _form("slashes", "slash", r"(?P<a>[0-3]?[0-9])(?P<s>[/.])(?P<b>[0-3]?[0-9])(?P=s){YEAR}", _slashed),
        _form("days of a month", "month", r"{MONTH} {DAY}{TO}{TO_DAY}(?! [ap]\.?m)" + year, _day_range),
        _form("days of a month", "month", r"{DAY}{TO}{TO_DAY} (?:of )?{MONTH}" + year, _day_range),
        _form("month and day", "month", on + r"{MONTH} {DAY}(?![:%]|[.,][0-9])" + year, _day_of_month),
        _form("day and month", "month", on + r"(?:(?i:the) )?{DAY} (?:of )?{MONTH}" + year, _day_of_month),
        _form("month and year", "month", r"{EARLY}{MONTH},? (?:of )?(?:{YEAR}|{OF_YEAR})", _plain_month),
        _form("month from now", "month", r"{WHICH} {MONTH}", _shifted_month),
        _form("month", "month", r"{EARLY}{MONTH}", _plain_month, doubtful=True),
        _form("quarter", "quarter", r"(?:(?i:the) )?{ORDINAL}[ -](?P<part>quarter|half)" + of_year, _quarter),
        _form("quarter", "digits", r"Q(?P<ordinal>[1-4]),? (?:of )?{YEAR}", _quarter),
        _form("season from now", "season", r"{WHICH} {SEASON}", _season),
        _form("season", "season", r"{EARLY}{SEASON},? (?:of )?(?:{YEAR}|{OF_YEAR})", _season),
        _form("decade", "decade digits", r"(?:(?i:the) )?{EARLY}(?P<decade>(?:1[5-9]|20)[0-9]0)['’]?s\b", _decade),
        _form("decade", "decade", r"(?:(?i:the) )?{EARLY}['’](?P<short>[1-9]0)['’]?s\b", _decade),
        _form("relative day", "day", rf"(?P<word>(?i:{_RELATIVE_DAYS}))\b{{CLOCK}}", _relative_day),
        _form(
            "weekday", "weekday", r"(?:(?P<which>(?i:(?:the |this )?{NEAR}|the following)) )?{WEEKDAY}{CLOCK}", _weekday
        ),
        _form(
            "day told of", "anaphor", r"(?i:the) (?P<which>following|next|previous|same) day\b(?! of)", _anaphoric_day
        ),
        _form("day told of", "anaphor", r"(?i:the) day (?P<which>before|after)(?=\s*[,.;])", _anaphoric_day),
        _form("ago", "ago", r"{NUMBER} (?P<unit>day|week|month|year)s? ago\b", _ago),
        _form("weekend", "period", r"(?P<which>(?i:the)) (?P<unit>weekend)\b(?! of)", _relative_period),
        _form(
            "period from now",
            "period",
            r"{EARLY}{WHICH} (?P<unit>weekend|week|month|quarter|year|decade)\b",
            _relative_period,
        ),
        _form("holiday", "holiday", r"{HOLIDAY}(?:,? {YEAR})?", _holiday),
        _form("years", "digits", r"{YEAR}[-–/](?P<to_year>[0-9]{2}|(?:1[5-9]|20)[0-9]{2})(?= {TERM})", _season_years),
        _form(
            "years",
            "digits",
            r"{YEAR}-(?P<to_year>1[3-9]|[2-9][0-9]|(?:1[5-9]|20)[0-9]{2})(?![\w-])",
            _season_years,
            doubtful=True,
        ),
        _form("year", "digits", r"{EARLY}{YEAR}", _plain_year, doubtful=True),
    )
