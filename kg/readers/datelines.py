"""Datelines: "BEIJING, April 2 (Agency) --" and what else a report begins with before its first sentence."""

from __future__ import annotations

import re
from functools import cache

from kg.facts import TextSpan
from kg.readers.dates import DATE, DAY, MONTH, WEEKDAY
from kg.readers.phrases import alternatives
from kg.words import table, words

_REACH = 110  # characters: the longest dateline
_LEAD = 60  # characters: a headline may begin with a place and a colon too, and is shorter than most leads

_UPPER = r"A-Z\u00c0-\u00d6\u00d8-\u00de"
_LOWER = r"a-z\u00df-\u00f6\u00f8-\u00ff\u0100-\u017f"
_DASH = r"(?:---?|--?|[\u2010-\u2015])"
_WORD = rf"(?:[{_UPPER}][\w'\u2019.-]*[\w.]|de|del|la|of|al|the|da|do|upon|sur|and)"
_WORDS = rf"{_WORD}(?:[\s/]{_WORD}){{0,3}}"
_CAPITALS = rf"(?:[{_UPPER}][{_UPPER}'\u2019.-]*[{_UPPER}]\.?|ST\.)"
_NAME = rf"[{_UPPER}][{_LOWER}]+(?:\s[{_UPPER}][{_LOWER}]+)?"

_PLACE = rf"(?P<place>{_WORDS}(?:,\s{_WORDS}){{0,2}})"
_PLACE_IN_CAPITALS = rf"(?P<place>{_CAPITALS}(?:[\s/]{_CAPITALS}){{0,3}}(?:,\s{_WORDS}){{0,2}})"
_PLACE_IN_REGION = rf"(?P<place>{_NAME},\s{_NAME}\.?)"
_DAY = rf"(?P<day>(?i:(?:{WEEKDAY},?\s)?(?:{DATE}|{MONTH}\s*{DAY}|{DAY}\s+{MONTH})))"
_AGENCY = r"(?P<agency>\(\s?[A-Z][\w .,&/'\u2019-]{1,40}\)|/\s?[A-Z][\w .-]{1,40}\s?/)"
_SENTENCE = rf"(?=[\"'\u201c\u2018\[(]*[{_UPPER}0-9])"

_FORMS = tuple(
    re.compile(form)
    for form in (
        # "GENEVA, 3 March 2025 -", "BEIJING, April 2 (Xinhua) --", "OSLO, May 3, 2024 /PRNewswire/ --"
        rf"{_PLACE},?\s+[(\[]?{_DAY}[)\]]?,?\s*(?:{_AGENCY}\s*)?(?:{_DASH}|[_:])\s*{_SENTENCE}",
        # "(OSLO, May 3, 2024) -"
        rf"\({_PLACE},?\s+{_DAY}\)\s*(?:{_DASH}|:)?\s+{_SENTENCE}",
        # "12 April 2024, Rome -", "Berlin, 23 April 2025. The"
        rf"(?P<day>(?i:{DATE})),?\s+{_PLACE}\s*(?:{_DASH}|:)\s+{_SENTENCE}",
        rf"{_PLACE},\s+(?P<day>(?i:{DATE}))\.\s+{_SENTENCE}",
        # "BEIJING (Xinhua) --", "New York (AFP) -", "HOUSTON--(BUSINESS WIRE)--"
        rf"{_PLACE},?\s*(?:{_DASH}\s*)?{_AGENCY}\s*(?:{_DASH}|_)\s*{_SENTENCE}",
        rf"{_PLACE_IN_CAPITALS},?\s*{_AGENCY}\s*:\s*{_SENTENCE}",
        # "WASHINGTON -", "NEW YORK, N.Y. -"
        rf"{_PLACE_IN_CAPITALS}\s+{_DASH}\s+{_SENTENCE}",
        rf"{_PLACE_IN_CAPITALS}\s*[\u2013\u2014\u2015]\s*{_SENTENCE}",
        # "Taipei, Taiwan -"
        rf"{_PLACE_IN_REGION}\s+[\u2013\u2014\u2015]\s+{_SENTENCE}",
        # "(Reuters) -", "April 2 (UPI) --"
        rf"(?:{_DAY},?\s+)?{_AGENCY}\s*(?:{_DASH}|:)\s*{_SENTENCE}",
    )
)
# "NEW DELHI: The", as papers from the Gulf to Malaysia have it; elsewhere so begin the turns of an interview
_BEFORE_COLON = re.compile(rf"{_PLACE_IN_CAPITALS}\s?:\s+{_SENTENCE}")
_LABEL = re.compile(rf"^[\"\u201c*_ ]*{_CAPITALS}(?:[\s/]{_CAPITALS}){{0,3}}\s?:\s", re.MULTILINE)
_ALONE = re.compile(rf"\(?{_PLACE},\s+(?P<day>(?i:(?:{WEEKDAY},?\s)?{DATE}))\)?[.:]?")  # "Geneva, April 23, 2025"
_NOT_PLACE = re.compile(alternatives("not_places"), re.IGNORECASE)
_NOT_FIRST = re.compile(
    rf"(?:on|in|at|by|since|from|after|before|until|during|for|published|posted|{WEEKDAY}|{MONTH})(?!\w)", re.IGNORECASE
)


def dateline_alone(text: str, span: TextSpan) -> re.Match[str] | None:
    """The dateline that a line consists of, with the groups ``place`` and ``day``."""
    return _ALONE.fullmatch(text, *span) if span.end - span.begin < _REACH else None


def dateline(text: str, span: TextSpan) -> re.Match[str] | None:
    """The dateline that a paragraph begins with, up to its first sentence.

    The match has the groups ``place``, ``day`` and ``agency`` where the form has them; a sentence always follows it.
    """
    end = min(span.end, span.begin + _REACH)
    for form in _FORMS:
        match = form.match(text, span.begin, end)
        if match:
            return match if _is_place(text, match) else None
    match = _BEFORE_COLON.match(text, span.begin, end)
    return match if match and span.end - match.end() > _LEAD and _is_known(text, match) else None


def _is_known(text: str, match: re.Match[str]) -> bool:
    """Whether a place that is nobody's name stands before the colon, and no later paragraph begins like it."""
    return re.split("[/,]", match["place"])[0] in _places_in_capitals() and not _LABEL.search(text, match.end())


@cache
def _places_in_capitals() -> frozenset[str]:
    people = {name.upper() for name in (*words("names_family"), *(row[0] for row in table("names_given")))}
    return frozenset(name.upper() for name, *_ in table("names_places")) - people


def _is_place(text: str, match: re.Match[str]) -> bool:
    """Whether what stands there is a place; an acronym before a dash, which the text goes on to use, is none."""
    groups = match.groupdict()
    place = groups.get("place")
    if place is None:
        return True
    if _NOT_PLACE.fullmatch(place) or _NOT_FIRST.match(place):
        return False
    if groups.get("day") or groups.get("agency") or not place.isupper() or " " in place:
        return True
    return not re.search(rf"(?<!\w){re.escape(place)}(?!\w)", text[match.end() :])
