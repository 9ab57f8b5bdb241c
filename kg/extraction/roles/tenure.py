"""Since when and until when a role is held: "since 2019", "from 2010 to 2014", "who stepped down in May"."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from kg.extraction.dates import Ranges, find_dates, find_ranges
from kg.extraction.dates.direction import direction
from kg.extraction.roles.flat import Flat
from kg.extraction.roles.links import Link
from kg.facts import DateInterval

if TYPE_CHECKING:
    from spacy.tokens import Token

SINCE = frozenset(("since",))
UNTIL = frozenset(("until", "till"))
RANGE = frozenset(("from", "between"))
BEFORE_DATE = frozenset(
    ("in", "on", "at", "the", "end", "start", "beginning", "of", "with", "effect", "from", "as", "effective", "earlier")
)
"""What may stand between a title and the day on which it is given or lost."""
LEFT = re.compile(r"(?:, )?who (?:has |had )?(?:stepped down|resigned|retired|quit|left office)(?: as \w+)? ")
TOOK = re.compile(
    r"(?:, )?who (?:has |had )?(?:took office|took over|was (?:elected|appointed|named|sworn in))(?: as \w+)? "
)
LONGEST = 8


class Tenure(NamedTuple):
    """The start and the end of a role, where the text tells them, and whether it tells the end as past."""

    start: DateInterval | None = None
    end: DateInterval | None = None
    was_held: bool = False

    def is_over(self, today: date | None) -> bool:
        """Whether the role had ended before a day, or by it: "was chair until May", told in May."""
        if today is None or self.end is None:
            return False
        return self.end.end < today or (self.was_held and self.end.start <= today)

    def is_ahead(self, today: date | None) -> bool:
        """Whether the role begins after a day."""
        return bool(today and self.start and self.start.start > today)


class Calendar:
    """Reads tenures; the dates of an article are looked for only when a role has words of time beside it."""

    def __init__(self, flat: Flat) -> None:
        self.flat = flat

    @cached_property
    def _dates(self) -> Sequence[DateInterval]:
        return find_dates(self.flat.reading.doc, self.flat.reading.article.reference_date)

    @cached_property
    def _ranges(self) -> Ranges:
        return find_ranges(self.flat.reading.doc, self.flat.reading.article.reference_date)

    def tenure(self, link: Link) -> Tenure:
        """When the role of a link began and ended, by the words after it."""
        if link.when:
            return Tenure(end=link.when) if link.event == "end" else Tenure(start=link.when)
        i = max(link.phrase.right, link.at[1])
        i += self.flat.word(i) == ","
        word = self.flat.word(i)
        if word in SINCE:
            return Tenure(start=self._date_after(i))
        if word in UNTIL:
            return self._told(None, self._date_after(i))
        if word in RANGE:
            return self._range(i)
        if link.event:
            when = self.after(i)
            return Tenure(end=when) if link.event == "end" else Tenure(start=when)
        if word == "who":
            following = " ".join(self.flat.words[i : i + LONGEST]) + " "
            for pattern, ends in ((LEFT, True), (TOOK, False)):
                match = pattern.match(following)
                if match:
                    when = self._date_after(i + match.group().count(" "))
                    return Tenure(end=when) if ends else Tenure(start=when)
        return Tenure()

    def beside(self, verb: Token) -> DateInterval | None:
        """The date that belongs to a verb: "resigned on Monday"."""
        c = self.flat.columns
        for found in self._dates:
            i = bisect_left(c.begins, found.span.begin)
            if any(c.pos[k] == "VERB" for k in range(verb.i + 1, i)):
                continue
            for _ in range(4):
                if c.heads[i] == verb.i:
                    return found
                if c.pos[i] in {"VERB", "AUX"}:
                    break
                i = c.heads[i]
        return None

    def between(self, verb: Token, stop: int) -> DateInterval | None:
        """The date of a verb that stands before ``stop``: "resigned on Monday as", "On Monday X resigned as"."""
        first = self.flat.position.get(verb.i, stop) + 1
        found = next((found for i in range(first, stop) if (found := self._date_at(i))), None) or self.beside(verb)
        return found if found and found.span.begin < self.flat.tokens[stop].idx else None

    def after(self, i: int) -> DateInterval | None:
        """The date that begins at a position or after a few small words."""
        while self.flat.word(i) in BEFORE_DATE:
            found = self._date_at(i)
            if found:
                return found
            i += 1
        return self._date_at(i)

    def _date_at(self, i: int) -> DateInterval | None:
        if i >= len(self.flat.tokens):
            return None
        begin = self.flat.columns.begins[self.flat.tokens.at[i]]
        return next((found for found in self._dates if found.span.begin == begin), None)

    def _date_after(self, i: int) -> DateInterval | None:
        """The date that begins within the two words after ``i``, or at ``i``."""
        if i + 1 >= len(self.flat.tokens):
            return None
        begin = self.flat.tokens[i].idx
        last = self.flat.tokens[min(i + 2, len(self.flat.tokens) - 1)].idx
        return next((found for found in self._dates if begin <= found.span.begin <= last), None)

    def _range(self, i: int) -> Tenure:
        found = self._date_after(i)
        return self._told(*self._ranges.get(found.span, (found, None))) if found else Tenure()

    def _told(self, start: DateInterval | None, end: DateInterval | None) -> Tenure:
        c = self.flat.columns
        return Tenure(start, end, end is not None and direction(c, bisect_left(c.begins, end.span.begin)) < 0)
