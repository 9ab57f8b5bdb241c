"""What the text of an article says about the article as a whole: its date, address, publisher, author, title, place."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import PurePath

from kg.facts import Block, BlockKind, Metadatum, TextSpan
from kg.readers.dates import date_in_address, dates_in, day_and_month
from kg.readers.furniture import URL, dateline_match

_FROM_ADDRESS = 0.8
_FROM_FILE_NAME = 0.6

_HOST = re.compile(r"(?:https?://)?(?:[^/\s@]*@)?(?P<host>[A-Za-z0-9.-]+\.[A-Za-z]{2,})(?=[:/?#]|$)")
_CREATION = re.compile(r"\s*created\b", re.IGNORECASE)
_UPDATE = re.compile(r"(?:last\s+)?(?:updated?|modified|revised|reviewed)\b", re.IGNORECASE)
_BY = re.compile(r"(?i:(?:\w+ )?by|author:)\s+")
_KEYED = re.compile(
    r"(?P<key>source|publisher|published by|authors?|written by)\s*[:\uff1a]\s*(?P<value>[^|\n:]{2,80}?)\s*(?=$|\||\s{2,}|\d)",
    re.IGNORECASE,
)
_AUTHOR_SEPARATOR = re.compile(r"\s*,\s*|\s+(?i:and)\s+|\s*&\s*")
_AFTER_NAMES = re.compile(
    r"\s*[|/\u2022\u00b7(]|\s+[-\u2010-\u2015]+\s|,\s+(?=[A-Z]{2,}\b|[a-z])|\s+(?:for|in|at|of)\s"
)
_NAME = re.compile(r"[^\W\d_][\w'\u2019.-]*(?:\s+[^\W\d_][\w'\u2019.-]*){1,4}")

# Names below a top-level domain under which anybody registers ("gov.cn", "co.uk").
_SECOND_LEVEL = frozenset(["ac", "co", "com", "edu", "go", "gob", "gouv", "gov", "govt", "gv", "int", "mil", "ne", "net", "nom", "or", "org"])


def metadata_of(text: str, blocks: Sequence[Block], source: str = "") -> tuple[Metadatum, ...]:
    """What the blocks other than prose, the headline and (failing all else) the file's name say."""
    found: list[Metadatum] = []
    for block in blocks:
        if block.kind is BlockKind.HEADER:
            found += _in_header(text, block.span)
        elif block.kind is BlockKind.BYLINE:
            found += _in_byline(text, block.span)
    found += _addresses(text, blocks)
    found += _headline(text, blocks)
    found += _in_dateline(text, blocks, found)
    if not any(m.name in ("date", "created") for m in found):
        found += _in_file_name(source)
    return tuple(_without_repetition(found))


def _value(name: str, text: str, span: TextSpan, confidence: float = 1.0) -> Metadatum:
    return Metadatum(name, text[span.begin : span.end], span, confidence=confidence)


def _in_header(text: str, span: TextSpan) -> Iterator[Metadatum]:
    """Dates keep the key before them in their span ("date 2025-04-23"): both words together say it."""
    begin = span.begin
    for found in dates_in(text, *span):
        key = text[begin : found.span.begin]
        name = "created" if _CREATION.match(key) else "date"
        whole = (
            TextSpan(begin, found.span.end)
            if re.fullmatch(r"[^\W\d_][^\W\d_ ]*(?: [^\W\d_]+){0,3}\s*[:=\uff1a-]?\s*", key)
            else found.span
        )
        yield Metadatum(name, found.day.isoformat(), whole, confidence=0.9 if _UPDATE.search(key) else 1.0)
        begin = found.span.end
    for match in _KEYED.finditer(text, *span):
        value = TextSpan(*match.span("value"))
        if URL.match(text, *value):
            continue
        if match["key"].lower() in ("source", "publisher", "published by"):
            yield _value("publisher", text, value, 0.9)
        else:
            yield from _names(text, value)


def _in_byline(text: str, span: TextSpan) -> Iterator[Metadatum]:
    by = _BY.match(text, *span)
    if by:
        yield from _names(text, TextSpan(by.end(), span.end))


def _names(text: str, span: TextSpan) -> Iterator[Metadatum]:
    after = _AFTER_NAMES.search(text, *span)
    begin, end = span.begin, after.start() if after else span.end
    for separator in [*_AUTHOR_SEPARATOR.finditer(text, begin, end), None]:
        stop = separator.start() if separator else end
        if _NAME.fullmatch(text, begin, stop):
            yield _value("author", text, TextSpan(begin, stop))
        begin = separator.end() if separator else end


def _headline(text: str, blocks: Sequence[Block]) -> Iterator[Metadatum]:
    for block in blocks:
        if block.kind is BlockKind.HEADLINE:
            yield _value("title", text, block.span)
        if block.kind in (BlockKind.HEADLINE, BlockKind.PARAGRAPH, BlockKind.CAPTION):
            return


def _addresses(text: str, blocks: Sequence[Block]) -> Iterator[Metadatum]:
    """The article's own address, if exactly one stands on a line (or in a header) of its own, before or after the prose."""
    prose = [n for n, block in enumerate(blocks) if block.kind in (BlockKind.PARAGRAPH, BlockKind.HEADLINE)]
    outside = [
        block
        for n, block in enumerate(blocks)
        if block.kind in (BlockKind.URL, BlockKind.HEADER) and (not prose or not prose[0] < n < prose[-1])
    ]
    matches = [match for block in outside for match in URL.finditer(text, *block.span)]
    if len({match.group().rstrip(".,;:)>]") for match in matches}) != 1:
        return
    begin = matches[-1].start()
    url = TextSpan(begin, begin + len(matches[-1].group().rstrip(".,;:)>]")))
    yield _value("url", text, url)
    created = date_in_address(text, *url)
    if created:
        yield Metadatum("created", created.day.isoformat(), created.span, confidence=_FROM_ADDRESS)
    host = _HOST.match(text, *url)
    if host:
        span = TextSpan(*host.span("host"))
        yield Metadatum("publisher", publisher_name(host["host"], text), span, confidence=_FROM_ADDRESS)


def publisher_name(host: str, text: str) -> str:
    """The publisher behind a host name, as the text writes it ("english.cnipa.gov.cn": "CNIPA"), else the host itself.

    The label that its owner registered is looked for in the text: in capitals, or as a name of one or several words.
    """
    labels = host.lower().split(".")
    labels = labels[:-1]
    if len(labels) > 1 and labels[-1] in _SECOND_LEVEL:
        labels = labels[:-1]
    label = labels[-1] if labels else ""
    if len(label) < 2:
        return host
    if re.search(rf"(?<!\w){re.escape(label.upper())}(?!\w)", text):
        return label.upper()
    spaced = r"[\s'\u2019.-]{0,2}".join(map(re.escape, label.replace("-", "")))
    for match in re.finditer(rf"(?<![\w./@-]){spaced}(?![\w@-]|\.\w)", text, re.IGNORECASE):
        if match.group()[0].isupper():
            return match.group()
    return host


def _in_dateline(text: str, blocks: Sequence[Block], known: Sequence[Metadatum]) -> Iterator[Metadatum]:
    block = next((block for block in blocks if block.kind is BlockKind.DATELINE), None)
    if block is None:
        return
    match = dateline_match(text, TextSpan(block.span.begin, len(text)))
    if match is None:
        return
    groups = match.groupdict()
    if groups.get("place"):
        yield _value("place", text, TextSpan(*match.span("place")), 0.95)
    if groups.get("day"):
        begin, end = match.span("day")
        full = next(dates_in(text, begin, end), None)
        if full:
            yield Metadatum("date", full.day.isoformat(), full.span, confidence=0.95)
            return
        reference = next((m for m in known if m.name == "date"), None) or next(
            (m for m in known if m.name == "created"), None
        )
        if reference:
            year, month, day = map(int, reference.value.split("-"))
            from datetime import date

            found = day_and_month(text, begin, end, date(year, month, day))
            if found:
                yield Metadatum("date", found.day.isoformat(), found.span, confidence=0.8)


def _in_file_name(source: str) -> Iterator[Metadatum]:
    found = date_in_address(PurePath(source.split("#")[0]).name)
    if found:
        yield Metadatum("date", found.day.isoformat(), origin="file name", confidence=_FROM_FILE_NAME)


def _without_repetition(found: Sequence[Metadatum]) -> Iterator[Metadatum]:
    seen: set[tuple[str, str]] = set()
    for metadatum in found:
        if (metadatum.name, metadatum.value) not in seen:
            seen.add((metadatum.name, metadatum.value))
            yield metadatum
