"""Which clauses tell of another edition of an occasion that recurs: "last year the fair took place in Turin"."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date as day
from typing import TYPE_CHECKING

from kg.extraction.columns import Columns
from kg.extraction.dates.calendar import PRECISIONS
from kg.extraction.dates.direction import word_class as date_words
from kg.extraction.events.clauses import polarity, verb_over
from kg.extraction.events.mentions import EventMention
from kg.extraction.events.words import word_class
from kg.facts import DateInterval, TextSpan

if TYPE_CHECKING:
    from kg.extraction.events.circumstances import Circumstances

_RECURRING = frozenset({"gathering", "festival", "competition", "ceremony", "meeting", "award"})
_PRESENT = frozenset({"VBZ", "VBP"})

Clause = tuple[int, int | None]
"""An event and the verb of a clause that tells of it."""


class Editions:
    """Tells the clauses of one article that speak of an event at another time than its own.

    A clause does so that gives what recurs another year, or a time that is over ("last month") where the event has a
    date outside it or is told to take place now.
    """

    def __init__(
        self,
        c: Columns,
        event_at: Mapping[int, int],
        mentions: Mapping[int, EventMention],
        said: frozenset[int],
        today: day | None,
    ):
        self.c, self.event_at, self.said, self.today = c, event_at, said, today
        self.recurring = {event for head, event in event_at.items() if mentions[head].type in _RECURRING}
        self.verbs = {head: head if m.form == "verb" else verb_over(c, c.heads[head]) for head, m in mentions.items()}
        self.days: dict[Clause, list[DateInterval]] = {}
        self.places: dict[Clause, set[str]] = {}
        self.dated: dict[int, list[DateInterval]] = {}  # by the verbs on which the dates hang themselves

    def add_date(self, head: int, date: DateInterval) -> None:
        """Note a date whose first word is at ``head``, if a verb has it: "attended the fair last year", "in 2019"."""
        c = self.c
        above = c.heads[c.heads[head]] if c.deps[head] == "pobj" else c.heads[head]
        if c.pos[above] in {"VERB", "AUX"}:
            self.dated.setdefault(above, []).append(date)

    def others(self, found: Mapping[int, Circumstances]) -> frozenset[Clause]:
        """The clauses that tell the date of another edition than that of which the circumstances are found."""
        told = self.days.items()
        return frozenset(clause for clause, dates in told if self._is_other(clause, dates, found[clause[0]]))

    def other_mentions(self, found: Mapping[int, Circumstances]) -> Iterator[int]:
        """The mentions in clauses that have the date of another edition, whatever they tell of it."""
        for head, verb in self.verbs.items():
            event = self.event_at[head]
            if verb is None or head in self.said:
                continue
            dates = [*self.days.get((event, verb), ()), *self.dated.get(verb, ())]
            if dates and self._is_other((event, verb), dates, found[event]):
                yield head

    def _is_other(self, clause: Clause, dates: list[DateInterval], known: Circumstances) -> bool:
        event, verb = clause
        if event not in self.recurring:
            return False
        now = self._of_this_year(known.dates) or self._of_this_year(known.attended_on)
        first = min(now, key=lambda date: PRECISIONS.index(date.precision), default=None)
        if all(map(self._is_over, dates)) and not (verb is not None and self.c.lemmas[verb] in word_class("beginning")):
            if first is not None:
                return all(date.end < first.start or date.start > first.end for date in dates)
            if verb is not None and self._takes_place_now(event, verb, dates[0]):
                return True
        told = known.date()
        first = first or (told[0] if told else None)
        if first is None:
            return False
        last = known.last_day()
        years = {year for date in dates for year in range(date.start.year, date.end.year + 1)}
        return years.isdisjoint(range(first.start.year, (last[0] if last else first).end.year + 1))

    def _of_this_year(self, told: list[tuple[DateInterval, TextSpan]]) -> list[DateInterval]:
        """The dates in the article's year, without times that are over."""
        year = self.today.year if self.today else 0
        return [date for date, _ in told if date.start.year <= year <= date.end.year and not self._is_over(date)]

    def _is_over(self, date: DateInterval) -> bool:
        """Whether a date is a time that has passed: "last month", "two years ago", "in 2019"."""
        if date.precision == "year" and self.today and date.end < self.today:
            return True
        return date.precision in {"month", "year"} and not word_class("times_over").isdisjoint(
            date.text.lower().split()
        )

    def _takes_place_now(self, event: int, verb: int, date: DateInterval) -> bool:
        """Whether a clause without a date tells that the event takes place, and not at the time that ``verb`` tells."""
        c = self.c
        ahead = date.span.begin < c.begins[verb] and not any(
            c.deps[j].startswith("nsubj") and c.begins[j] < date.span.begin for j in c.children[verb]
        )  # "Last year the fair was held in Turin"
        for head, other in self.verbs.items():
            if self.event_at[head] != event or other is None or other == verb or not self._takes_place(head, other):
                continue
            here, there = self.places.get((event, other), set()), self.places.get((event, verb), set())
            apart = bool(here and there) and here.isdisjoint(there)
            if ahead or apart or _is_present(c, other) or (c.deps[verb] == "relcl" and c.heads[verb] == head):
                return True
        return False

    def _takes_place(self, head: int, verb: int) -> bool:
        """Whether a verb tells, without a date, that the event takes place: "the fair opens", "hosts the fair"."""
        c = self.c
        if c.lemmas[verb] not in word_class("staging") or head in self.said or verb in self.dated:
            return False
        if (self.event_at[head], verb) in self.days or polarity(c, verb) in {"denied", "hypothetical"}:
            return False
        if c.deps[head] == "nsubj":
            return not any(c.deps[j] == "dobj" and c.lower[j] != "place" for j in c.children[verb])
        return c.deps[head] in {"nsubjpass", "dobj"}


def _is_present(c: Columns, verb: int) -> bool:
    """Whether a clause is told in the present or the future: "opens", "has opened", "will be held"."""
    finite = [verb, *(j for j in c.children[verb] if c.deps[j] in {"aux", "auxpass"})]
    return any(c.tags[j] in _PRESENT or c.lower[j] in date_words("future") for j in finite)
