"""What the text of an article says about the article as a whole: its date, address, publisher, author, title, place."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import PurePath

from kg.addresses import normalised
from kg.facts import PROSE, Block, BlockKind, Metadatum, TextSpan
from kg.readers.addresses import article_address, host_in, publisher_name
from kg.readers.datelines import dateline, dateline_alone
from kg.readers.dates import date_in_address, dates_in, day_and_month
from kg.readers.furniture import AGENCY, is_release_line
from kg.texts import without_invisible

# How sure each kind of place is that a value can come from.
_UPDATED = 0.9
_DATELINE = 0.95
_YEAR_INFERRED = 0.8
_ADDRESS = 0.8
_SOURCE_LINE = 0.7  # the agency that a report was taken from, perhaps, rather than who published it
_LETTERHEAD = 0.8
_AGENCY = 0.6
_HOST_ALONE = 0.5  # a host whose owner the text does not name
_FILE_NAME = 0.6

_KEY = re.compile(r"[\s|/;,(\[]*(?P<key>[^\W\d_][^\W\d_ ]*(?: [^\W\d_]+){0,3})\s*[:=\uff1a|-]?\s*")
_CREATED = re.compile(r"created\b", re.IGNORECASE)
_CHANGED = re.compile(r"(?:last\s+)?(?:updated?|modified|revised|reviewed)\b", re.IGNORECASE)
_FIELD = re.compile(
    r"(?P<key>source|publisher|published by|authors?|written by)\s*(?:[:\uff1a]|(?<=SOURCE)\s)\s*"
    r"(?P<value>[^|\n:\uff1a]{2,80}?)\s*(?:(?<!Corp)(?<!Inc)(?<!Ltd)(?<!Co)\.)?"
    r"(?=$|\||\s{2,}|\s(?:\w+ ?){1,2}[:\uff1a]|\s\d)",
    re.IGNORECASE,
)
_BY_AFTER = re.compile(r"(?<=\s)by\s+", re.IGNORECASE)
_BY = re.compile(r"[*_]*(?i:(?:\w+ )?by|author:)\s+")
_NAME = r"\b(?!(?:and|for|in|at|of|by)\b)[^\W\d_][\w'\u2019.-]*"
_AUTHOR = re.compile(rf"{_NAME}(?:\s+{_NAME}){{1,4}}", re.IGNORECASE)
_AUTHORS = re.compile(rf"{_AUTHOR.pattern}(?:,\s+{_AUTHOR.pattern})*,?\s+(?:and|&)\s+{_AUTHOR.pattern}", re.IGNORECASE)
_PLACE_PART = re.compile(r"[^,\s][^,]*")


def metadata_of(text: str, blocks: Sequence[Block], source: str = "") -> tuple[Metadatum, ...]:
    """What headers, bylines, dateline, headline and address say; failing a date, what the file's name says."""
    found: list[Metadatum] = []
    for block in blocks:
        if block.kind is BlockKind.HEADER:
            found += _in_header(text, block.span)
        elif block.kind is BlockKind.BYLINE:
            found += _in_byline(text, block.span)
    found += _in_address(text, blocks)
    found += _in_headline(text, blocks)
    found += _in_dateline(text, blocks, found)
    if not any(known.name == "publisher" for known in found):
        found += _agency_in_byline(text, blocks)
    if not any(known.name in ("date", "created") for known in found):
        found += _in_file_name(source)
    best: dict[tuple[str, str], Metadatum] = {}
    for known in sorted(found, key=lambda known: -known.confidence):
        best.setdefault((known.name, known.value), known)
    return tuple(known for known in found if best[known.name, known.value] is known)


def _words(name: str, text: str, span: TextSpan, confidence: float = 1.0) -> Metadatum:
    said = without_invisible(text[span.begin : span.end])
    return Metadatum(name, " ".join(said.split()), span, confidence=confidence)


def _in_header(text: str, span: TextSpan) -> Iterator[Metadatum]:
    """Dates, with the key before them in their span ("date 2025-04-23"): together they say it; and named fields."""
    begin = span.begin
    for found in dates_in(text, *span):
        key = _KEY.fullmatch(text, begin, found.span.begin)
        said = TextSpan(key.start("key"), found.span.end) if key else found.span
        created = bool(key and _CREATED.match(key["key"]))
        confidence = _UPDATED if key and _CHANGED.match(key["key"]) else 1.0
        yield Metadatum("created" if created else "date", found.day.isoformat(), said, confidence=confidence)
        begin = found.span.end
    for field in _FIELD.finditer(text, *span):
        value = TextSpan(*field.span("value"))
        if host_in(text, value):
            continue
        key_word = field["key"].lower()
        if key_word == "source":
            yield _words("publisher", text, value, _SOURCE_LINE)
        elif key_word.startswith("publish"):
            yield _words("publisher", text, value)
        else:
            yield from _authors(text, value)
    by = _BY_AFTER.search(text, begin, span.end)
    if by:
        yield from _authors(text, TextSpan(by.end(), span.end))


def _in_byline(text: str, span: TextSpan) -> Iterator[Metadatum]:
    by = _BY.match(text, *span)
    if by:
        yield from _authors(text, TextSpan(by.end(), span.end))
    end = span.begin + len(text[slice(*span)].rstrip("*_"))
    for found in dates_in(text, span.begin, end):
        yield Metadatum("date", found.day.isoformat(), found.span)


def _agency_in_byline(text: str, blocks: Sequence[Block]) -> Iterator[Metadatum]:
    """The agency that stands where a reporter's name would: "By Reuters"."""
    for block in blocks:
        by = _BY.match(text, *block.span) if block.kind is BlockKind.BYLINE else None
        agency = AGENCY.match(text, by.end(), block.span.end) if by else None
        if agency:
            yield _words("publisher", text, TextSpan(*agency.span()), _AGENCY)
            return


def _authors(text: str, span: TextSpan) -> Iterator[Metadatum]:
    """One name, or several with "and" before the last: what a comma parts from them is whom they write for.

    An agency is nobody's name.
    """
    if AGENCY.match(text, *span):
        return
    names = _AUTHORS.match(text, *span) or _AUTHOR.match(text, *span)
    if names:
        for name in _AUTHOR.finditer(text, *names.span()):
            yield _words("author", text, TextSpan(*name.span()))


def _in_address(text: str, blocks: Sequence[Block]) -> Iterator[Metadatum]:
    address = article_address(text, blocks)
    if address is None:
        return
    yield Metadatum("url", normalised(text[slice(*address)]), address)
    created = date_in_address(text, *address)
    if created:
        yield Metadatum("created", created.day.isoformat(), created.span, confidence=_ADDRESS)
    host = host_in(text, address)
    if host:
        name = publisher_name(text[host.begin : host.end], text)
        known = name != text[host.begin : host.end]
        yield Metadatum("publisher", name, host, confidence=_ADDRESS if known else _HOST_ALONE)


def _in_headline(text: str, blocks: Sequence[Block]) -> Iterator[Metadatum]:
    """The title: the first headline; if "Press release" stands between two, the lower: the upper is who issues it."""
    above: TextSpan | None = None
    title: TextSpan | None = None
    for block in blocks:
        if block.kind is BlockKind.HEADLINE:
            title = title or block.span
        elif block.kind in PROSE:
            break
        elif block.kind is BlockKind.HEADER and title and is_release_line(text, block.span):
            above, title = title, None
    if above and title:
        yield _words("publisher", text, above, _LETTERHEAD)
    if headline := title or above:
        yield _words("title", text, headline)


def _in_dateline(text: str, blocks: Sequence[Block], known: Sequence[Metadatum]) -> Iterator[Metadatum]:
    """The places, day and agency of the first dateline; its year may come from what is known, never from the clock."""
    block = next((block for block in blocks if block.kind is BlockKind.DATELINE), None)
    if block is None:
        return
    match = dateline_alone(text, block.span) or dateline(text, TextSpan(block.span.begin, len(text)))
    if match is None:
        return
    groups = match.groupdict()
    if groups.get("place"):
        for part in _PLACE_PART.finditer(text, *match.span("place")):
            yield Metadatum("place", _in_small_letters(part.group()), TextSpan(*part.span()), confidence=_DATELINE)
    if groups.get("day"):
        full = next(dates_in(text, *match.span("day")), None)
        near = next(
            (known_date for name in ("date", "created") for known_date in known if known_date.name == name), None
        )
        if full:
            yield Metadatum("date", full.day.isoformat(), full.span, confidence=_DATELINE)
        elif near and (found := day_and_month(text, *match.span("day"), near=date.fromisoformat(near.value))):
            yield Metadatum("date", found.day.isoformat(), found.span, confidence=_YEAR_INFERRED)
    if groups.get("agency") and not any(metadatum.name == "publisher" for metadatum in known):
        begin, end = match.span("agency")
        agency = text[begin + 1 : end - 1]
        span = TextSpan(end - 1 - len(agency.lstrip()), begin + 1 + len(agency.rstrip()))
        yield _words("publisher", text, span, _AGENCY)


def _in_small_letters(place: str) -> str:
    """ "NEW YORK" as "New York"; "N.Y." and "UK" as they are."""
    if not place.isupper() or len(place) < 4 or "." in place:
        return place
    return re.sub(r"(?<=[^\W\d_])[^\W\d_]+", lambda rest: rest.group().lower(), place)


def _in_file_name(source: str) -> Iterator[Metadatum]:
    found = date_in_address(PurePath(source.partition("#")[0]).name)
    if found:
        yield Metadatum("date", found.day.isoformat(), origin="file name", confidence=_FILE_NAME)
