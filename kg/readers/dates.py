"""Full calendar dates in running text, addresses and fields, as far as they can be read without guessing.

"03/04/2025" is left alone: whether it is a day in March or in April cannot be known. Nothing here looks at the clock.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from email.utils import parsedate
from typing import NamedTuple

from kg.facts import TextSpan

MONTHS: tuple[str, ...] = ("january", "february", "march", "april", "may", "june")
MONTHS += ("july", "august", "september", "october", "november", "december")
_MONTH_NUMBER = {name[:length]: n for n, name in enumerate(MONTHS, 1) for length in (3, 4, len(name))}

WEEKDAY = r"(?:Mon|Tues?|Wed(?:nes)?|Thu(?:rs?)?|Fri|Sat(?:ur)?|Sun)(?:day)?\.?"
MONTH = (
    r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?"
    r"|Nov(?:ember)?|Dec(?:ember)?)(?![A-Za-z])\.?"
)
YEAR = r"(?:1[89]|20)\d\d"
DAY = r"(?:3[01]|[12]\d|0?[1-9])"
CLOCK = (
    r"(?:(?:at\s+)?(?:[01]?\d|2[0-3])(?:[:.][0-5]\d){1,2}(?:\.\d+)?|[01]?\d(?=\s*[ap]\.?m))"
    r"(?:\s*[ap]\.?m\b\.?)?(?:\s*(?:Z|[A-Z]{2,5}T|UTC|[+-]\d\d:?\d\d)\b)?"
)

# Each pattern names its parts: y, m (a number or a word) and d; or a and b where only the numbers tell which is which.
# The first that matches at a place wins.
_FORMS = (
    rf"(?P<y>{YEAR})(?P<s>[-/.])(?P<m>1[0-2]|0?[1-9])(?P=s)(?P<d>{DAY})(?!\d)",
    rf"(?:(?P<w>{WEEKDAY}),?\s+)?(?P<m>{MONTH})\s*(?P<d>{DAY})(?:st|nd|rd|th)?(?:\s*,\s*|\s+)(?P<y>{YEAR})\b",
    rf"(?:(?P<w>{WEEKDAY}),?\s+)?(?:the\s+)?(?P<d>{DAY})(?:st|nd|rd|th)?(?:\s+of)?[\s-]+(?P<m>{MONTH}),?[\s-]+(?P<y>{YEAR})\b",
    rf"(?P<a>\d\d?)(?P<s>[-/.])(?P<b>\d\d?)(?P=s)(?P<y>{YEAR})\b",
)


def _unnamed(pattern: str, tag: str) -> str:
    return re.sub(r"\(\?P<([a-z])>", rf"(?P<\g<1>{tag}>", pattern).replace("(?P=s)", f"(?P=s{tag})")


_FULL = re.compile(
    r"(?<![\w/])(?:" + "|".join(_unnamed(form, str(n)) for n, form in enumerate(_FORMS)) + ")", re.IGNORECASE
)
DATE = "(?:" + "|".join(re.sub(r"\(\?P<[a-z]>", "(?:", form).replace("(?P=s)", "[-/.]") for form in _FORMS) + ")"
"""A regular expression (to be used ignoring case) without groups for any full date."""

_DAY_AND_MONTH = re.compile(
    rf"(?P<m0>{MONTH})\s*(?P<d0>{DAY})(?:st|nd|rd|th)?(?!\d)|(?P<d1>{DAY})(?:st|nd|rd|th)?\s+(?P<m1>{MONTH})",
    re.IGNORECASE,
)
# "/2025/4/14/", "/2016/09/12/", "/2018-09/05/", "/202504/t20250414_", "-20250414-"
_IN_ADDRESS = re.compile(
    rf"(?<!\d)(?:(?P<y0>{YEAR})(?P<s>[-/_.])(?P<m0>1[0-2]|0?[1-9])[-/_.](?P<d0>{DAY})"
    rf"|(?P<y1>{YEAR})(?P<m1>1[0-2]|0[1-9])/?(?P<d1>3[01]|[12]\d|0[1-9])"
    rf"|(?P<y2>{YEAR})/(?P<m2>1[0-2]|0[1-9])(?P<d2>3[01]|[12]\d|0[1-9]))(?!\d)"
)
_MONTH_IN_ADDRESS = re.compile(rf"/(?P<y>{YEAR})/?(?P<m>{MONTH})/(?P<d>{DAY})(?!\d)", re.IGNORECASE)


_RFC_822 = re.compile(
    rf"(?:{WEEKDAY},\s*)?{DAY}\s+{MONTH}\s+\d\d\s+\d\d:\d\d(?::\d\d)?(?:\s+(?:[A-Z]{{1,5}}|[+-]\d{{4}}))?",
    re.IGNORECASE,
)
"""A time with two digits of the year, as feeds may still write it."""


class FoundDate(NamedTuple):
    """A day and the characters that say it."""

    span: TextSpan
    day: date


def month_number(word: str) -> int:
    """The number of a month by its name or abbreviation, or its digits."""
    return int(word) if word.isdigit() else _MONTH_NUMBER[word.rstrip(".").lower()]


def _day(year: str, month: str, day: str) -> date | None:
    try:
        return date(int(year), month_number(month), int(day))
    except ValueError:
        return None


def _day_of_numbers(year: str, first: int, second: int) -> date | None:
    """23/04/2025 and 04/23/2025 are certain; 03/04/2025 is not."""
    if first == second or second <= 12 < first:
        return _day(year, str(second), str(first))
    return _day(year, str(first), str(second)) if first <= 12 < second else None


def dates_in(text: str, begin: int = 0, end: int | None = None) -> Iterator[FoundDate]:
    """Every full date of ``text[begin:end]``, in order; days that do not exist (31 February) are passed over."""
    for match in _FULL.finditer(text, begin, len(text) if end is None else end):
        parts = match.groupdict()
        tag = next(str(n) for n in range(len(_FORMS)) if parts[f"y{n}"])
        if f"a{tag}" in parts:
            day = _day_of_numbers(parts["y" + tag], int(parts["a" + tag]), int(parts["b" + tag]))
        else:
            day = _day(parts["y" + tag], parts["m" + tag], parts["d" + tag])
        if day:
            yield FoundDate(TextSpan(match.start(), match.end()), day)


def day_and_month(text: str, begin: int, end: int, near: date) -> FoundDate | None:
    """The first "April 2" of ``text[begin:end]``, in the year that puts it nearest to the day ``near``."""
    for match in _DAY_AND_MONTH.finditer(text, begin, end):
        month, day = (match["m0"], match["d0"]) if match["m0"] else (match["m1"], match["d1"])
        years = (_day(str(year), month, day) for year in (near.year, near.year - 1, near.year + 1))
        found = [known for known in years if known]
        if found:
            nearest = min(found, key=lambda known: abs((known - near).days))
            return FoundDate(TextSpan(match.start(), match.end()), nearest)
    return None


def date_in_address(text: str, begin: int = 0, end: int | None = None) -> FoundDate | None:
    """The day that the path of a web address (or a file's name) carries, if it carries exactly one."""
    end = len(text) if end is None else end
    found: list[FoundDate] = []
    for pattern in (_IN_ADDRESS, _MONTH_IN_ADDRESS):
        for match in pattern.finditer(text, begin, end):
            parts = {name[0]: value for name, value in match.groupdict().items() if value and name != "s"}
            day = _day(parts["y"], parts["m"], parts["d"])
            if day:
                first = match.start() + (1 if pattern is _MONTH_IN_ADDRESS else 0)
                found.append(FoundDate(TextSpan(first, match.end()), day))
    return found[0] if len({day for _, day in found}) == 1 else None


def day_of(value: str) -> date | None:
    """The day that a field's value names ("2025-04-23T09:00:00Z", "12 September 2015"), as it is written there."""
    value = value.strip()
    compact = re.match(rf"({YEAR})(\d\d)(\d\d)(?:T?\d{{4,6}}Z?)?$", value)
    if compact:
        return _day(*compact.groups())
    if _RFC_822.fullmatch(value) and (told := parsedate(value)):
        return _day(*map(str, told[:3]))
    if re.match(r"[A-Za-z]{3}\b", value):  # "Wed, 23 Apr 2025 09:00:00 GMT", "Wed Apr 23 09:00:00 2025"
        value = re.sub(rf"\b({MONTH}\s+{DAY})\s+{CLOCK}\s+({YEAR})", r"\1, \2", value)
    days = {found.day for found in dates_in(value)}
    return days.pop() if len(days) == 1 else None
