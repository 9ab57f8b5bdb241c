"""Periods of whole days (day, week, month, quarter, year, decade), and which one a name means from a given day.

A week runs from Monday to Sunday (ISO 8601).
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable, Iterable
from datetime import date, timedelta
from typing import NamedTuple

PRECISIONS = ("day", "week", "month", "quarter", "year", "decade")
ALL = ("year", "month", "day")


class Period(NamedTuple):
    """The days from ``start`` to ``end``, both included, and what the words that name it leave out (``inferred``)."""

    start: date
    end: date
    precision: str
    inferred: tuple[str, ...] = ()


def day(when: date, *inferred: str) -> Period:
    """That day."""
    return Period(when, when, "day", inferred)


def week_of(when: date, *inferred: str) -> Period:
    """The week in which the day lies."""
    monday = when - timedelta(days=when.weekday())
    return Period(monday, monday + timedelta(days=6), "week", inferred)


def weekend_of(when: date, *inferred: str) -> Period:
    """Saturday and Sunday of the week in which the day lies."""
    saturday = when - timedelta(days=when.weekday() - 5)
    return Period(saturday, saturday + timedelta(days=1), "day", inferred)


def months(year: int, first: int, count: int, precision: str, *inferred: str) -> Period:
    """``count`` months from month ``first`` (1 is January; may lie outside 1-12) of ``year`` on."""
    year, first = year + (first - 1) // 12, (first - 1) % 12 + 1
    last_year, last = year + (first + count - 2) // 12, (first + count - 2) % 12 + 1
    return Period(date(year, first, 1), date(last_year, last, monthrange(last_year, last)[1]), precision, inferred)


def month_of(year: int, month: int, *inferred: str) -> Period:
    """That month."""
    return months(year, month, 1, "month", *inferred)


def quarter_of(year: int, quarter: int, *inferred: str) -> Period:
    """That quarter of the calendar year (1-4; may lie outside)."""
    return months(year, 3 * quarter - 2, 3, "quarter", *inferred)


def year_of(year: int, *inferred: str) -> Period:
    """That year."""
    return months(year, 1, 12, "year", *inferred)


def decade_of(year: int, *inferred: str) -> Period:
    """The ten years that begin with the last year before or at ``year`` that ends in 0."""
    return months(year - year % 10, 1, 120, "decade", *inferred)


def nearest(candidates: Iterable[Period], reference: date, direction: int) -> Period | None:
    """Which period is meant, seen from the day ``reference``.

    ``direction`` is -1 for the last that has begun by then, +1 for the first that has not ended, 0 for the closest.
    """
    known = list(candidates)
    if direction < 0:
        return max((p for p in known if p.start <= reference), default=None, key=lambda p: p.start)
    if direction > 0:
        return min((p for p in known if p.end >= reference), default=None, key=lambda p: p.start)

    def distance(period: Period) -> tuple[int, date]:
        if period.start <= reference <= period.end:
            return 0, period.start
        return min(abs((period.start - reference).days), abs((period.end - reference).days)), period.start

    return min(known, default=None, key=distance)


def about(reference: date, make: Callable[[int], Period | None]) -> list[Period]:
    """``make(year)`` for the year of ``reference``, the one before and the one after, where it exists."""
    made = (make(year) for year in (reference.year - 1, reference.year, reference.year + 1))
    return [period for period in made if period]


def day_in(year: int, month: int, number: int, *inferred: str) -> Period | None:
    """That day, or None where the month has no such day."""
    if not 1 <= year <= 9998 or not 1 <= month <= 12 or not 1 <= number <= monthrange(year, month)[1]:
        return None
    return day(date(year, month, number), *inferred)
