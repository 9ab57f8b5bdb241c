"""What stands around the prose of an article: headers, bylines, addresses, captions, boilerplate."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.abbreviations import abbreviates
from kg.facts import BlockKind, TextSpan
from kg.readers.datelines import dateline_alone
from kg.readers.dates import CLOCK, DATE, WEEKDAY
from kg.readers.phrases import alternatives

URL = re.compile(r"(?:https?://|www\.)[^\s<>\"]+", re.IGNORECASE)
_URL_LINE = re.compile(
    r"[(<\[]?(?:(?:source|url|link|web ?page|available at|original(?: article)?|permalink"
    r"|read (?:more|the original)(?: at)?)\s*[:\uff1a]?\s+)?(?:(?:https?://|www\.)[^\s<>\"]+[)>\]]?\s*)+",
    re.IGNORECASE,
)

_DASH = r"(?:--?-?|[\u2010-\u2015])"
_DATE_KEY = alternatives("date_keys")
# A date with its weekday and time of day before or after it, in any of the usual orders.
_WHEN = (
    rf"(?:(?:{WEEKDAY},?\s+)?(?:{CLOCK}\s*[,|-]?\s*)?(?:{WEEKDAY},?\s+)?{DATE}"
    rf"(?:\s*(?:[,|/-]|{_DASH}|at)?\s*\(?{CLOCK}\)?)*)"
)
_MORE = rf"(?:{_DATE_KEY}\s*:?\s*)?(?:{_WHEN}|{CLOCK}|\d+ min(?:ute)?s?(?: read)?)"
_KEYED_NUMBERS = rf"{_DATE_KEY}\s*[:=\uff1a|]?\s*\d\d?([-/.])\d\d?\1(?:\d\d){{1,2}}\b(?:[\s,]+{CLOCK})?"
_DATE_LINE = re.compile(
    rf"[(\[]?(?:(?:{_DATE_KEY}\s*[:=\uff1a|]?\s*)?(?:\([A-Z][\w. ]+\)\s*)?{_WHEN}|{_KEYED_NUMBERS})"
    rf"(?:\s*(?:[|,;/]|{_DASH})+\s*{_MORE})*(?:\s+\([^\W\d_][^()!?]{{1,60}}\))?"
    rf"(?:\s*[|,]?\s*by\s+\S+(?:\s\S+){{0,3}})?[)\].]?",
    re.IGNORECASE,
)
# "Ministry of Culture | 22 September 2025", "Media summary, 19 August 2025", "News - Posted on May 2, 2025"
_WORDS = r"[^.!?|]{2,90}"
_STAMP = rf"(?:{_DATE_KEY}(?:\s+on)?\s*:?\s*)?{_WHEN}[)\]]?"
_ORIGIN_LINE = re.compile(
    rf"{_WORDS}[|\u00b7\u2022]\s*{_STAMP}"
    rf"|(?:[^\s.!?,]+\s+){{0,3}}[^\s.!?,]+,\s+{_STAMP}"
    rf"|{_WORDS}\s{_DASH}\s+(?={_DATE_KEY}){_STAMP}"
    rf"|{_STAMP}\s*\|\s*{_WORDS}",
    re.IGNORECASE,
)
# " date 2025-04-23 On March 27, ...", "[2025-04-23] On March 27, ...", "Thursday, March 15, 2012 The Senate ..."
_KEYED_DATES = rf"(?:[(\[]?{_DATE_KEY}\s*[:=\uff1a-]?\s*{_WHEN}[)\]]?(?:\s*[|/;]\s*(?={_DATE_KEY}))?){{1,3}}"
_GLUED_HEADER = re.compile(
    rf"(?:{_KEYED_DATES}|[(\[]?(?:19|20)\d\d([-/.])\d\d?\1\d\d?(?:[ T]\d\d:\d\d(?::\d\d)?)?[)\]]?"
    rf"|{WEEKDAY},?\s+{DATE}|(?P<bare>{DATE}))\s*(?:[|:,;]|{_DASH})?\s+(?=[\"'\u201c\u2018(]?[^\W\d_])",
    re.IGNORECASE,
)
# "Council elects first woman mayor Tuesday, September 1, 2015"
_TRAILING_DATE = re.compile(rf"(?<=[^\s,;:]) +(?P<when>{WEEKDAY},?\s+{DATE})$", re.IGNORECASE)
_KEYED_LINE = re.compile(rf"{alternatives('header_keys')}\s*[:\uff1a]\s*(?=\S)", re.IGNORECASE)
_SENTENCE_VALUE = re.compile(r"(?:\S+\s+){6,}\S+[.!?][\"'\u2019\u201d)]*")
_TITLE_KEY = re.compile(r"(?:title|headline|subject|subtitle|heading)\s*[:=\uff1a]\s*(?=\S)", re.IGNORECASE)
_RELEASE_LINE = re.compile(
    r"(?:for (?:immediate )?release|(?:press|news|media) (?:release|statement)|press (?:note|notice)|embargoed? .{0,60}"
    r"|(?:press|news) release (?:no\.?|number) ?\S+|[A-Z]{1,8}[/-](?:[A-Z]+[/-])?\d[\w/.-]*)"
    rf"(?:\s*(?:[,:|]|{_DASH})?\s*{_WHEN})?[:.]?",
    re.IGNORECASE,
)
_CONTACT_LINE = re.compile(r"(?:\S+\s+){0,6}(?:[\w.+-]+@[\w-]+(?:\.[\w-]+)+|\+\d[\d\s()/.-]{7,}\d)[^!?]{0,60}")
_SOURCE_WORD = r"(?:[A-Z0-9][\w&.,'\u2019-]*|of|the|for|and|in|&)"
_SOURCE_LINE = re.compile(rf"(?:SOURCE|Source)\s+{_SOURCE_WORD}(?:\s+{_SOURCE_WORD})*")

_NAME = (
    r"(?:[A-Z\u00c0-\u00d6\u00d8-\u00de][\w'\u2019.-]*"
    r"|(?:de|del|della|di|da|van|von|der|den|la|le|el|al|bin|ibn|ter|du|dos)(?=\s))"
)
_NAMES = rf"{_NAME}(?:\s+{_NAME}){{1,4}}"
AGENCY = re.compile(alternatives("agencies") + r"(?![\w-]|\s+[A-Z])")
_BYLINE = re.compile(
    rf"(?i:(?:written |reported |posted |story |text |report |article |words )?by|author:)\s+"
    rf"(?:{AGENCY.pattern}|{_NAMES})(?:(?:\s*,\s*|\s+(?i:and)\s+|\s*&\s*){_NAMES})*"
    rf"(?:\s*(?:[,|/\u2022\u00b7-]|{_DASH}|\b(?i:for|in|at|of)\b|\().{{0,90}})?"
)
_STAFF_LINE = re.compile(
    rf"{_NAMES}(?:\s*(?:,|\||{_DASH}|and)\s*{_NAMES})*\s*(?:,|\||{_DASH}|/)?\s+(?i:(?:staff|senior|special|political|health"
    r"|science|business|chief|foreign)?\s*(?:staff|writer|reporter|correspondent|contributor|columnist|editor))"
)
# "Reporting by Ana Reis in Faro; editing by Tom Reed"; no credits if the first sentence tells something of somebody.
_CREDIT_LINE = re.compile(
    r"\(?(?:additional )?(?:reporting|writing|editing|photography|graphics?|compiled|production|research|translated"
    r"|edited|written) (?:and \w+ )?by\b(?P<who>.{0,300})",
    re.IGNORECASE,
)
_NEWS_VERB = re.compile(rf"(?<!\S)(?<!\bwho ){alternatives('news_verbs')}(?=[,.:]?(?:\s|$))")

_SEPARATOR = re.compile(r"[\W_]+")
_BOILERPLATE_LINE = re.compile(alternatives("boilerplate") + r"[.!:>\u00bb\u2192\s]*", re.IGNORECASE)
# What officials ask of people; what asks something for "us" is the site's.
_ATTRIBUTED = re.compile(
    rf"(?![^:]*\b(?-i:us|our)\b)[^:]*,\s+(?:[^\s,:]+\s+){{1,8}}{alternatives('saying')}[.!]?", re.IGNORECASE
)

_LONGEST_NOTICE = 900  # characters
_NOTICE_BEGINS = rf"[\"'\u2018\u201c(\[*_ ]*{alternatives('notices')}".replace(" ", r"\s+")
_NOTICE = re.compile(_NOTICE_BEGINS, re.IGNORECASE | re.DOTALL)
_LATER_NOTICE = re.compile(rf"[.!?][\"'\u2019\u201d)\]]*\s+(?P<notice>{_NOTICE_BEGINS})", re.IGNORECASE | re.DOTALL)
_STOP = re.compile(r"(?P<word>[^\s.!?]*[.!?])[\"'\u2019\u201d)\]*_]*(?=\s|$)")

_CREDIT_WORD = r"(?:Image|Photo|Picture|Photograph|Photography|Pic|Credit|Courtesy|Illustration|Graphic|Source)s?"
_PICTURE_AGENCY = (
    r"(?:AP Photo|AP|AFP|Reuters|REUTERS|Getty(?: Images)?|EPA|PA Wire|PA|Shutterstock|iStock|Bloomberg|Xinhua|Alamy"
    r"|WireImage)"
)
_CAPTION_END = re.compile(
    rf"(?:\(|\b|/ ?){_CREDIT_WORD}(?: credit)?(?: by| of| courtesy of)?\s?[:/]\s?[^.]{{2,60}}[.)]*$"
    rf"|(?:/|\||\(|via |, )\s?{_PICTURE_AGENCY}(?:/[\w .]+)*\)?\.?$"
    r"|\((?:AP )?(?:Photo|Image|Picture|File|PRNewsFoto|Courtesy)[^()]{0,80}\)\.?$"
)
_CAPTION_START = re.compile(
    r"(?:File (?:photo|picture|image)|Pictured|Photo(?:graph)?|Image|Caption"
    r"|In this (?:\w+ )?(?:file )?(?:photo|picture|image))"
    r"\b\s?[:(\u2014-]|File (?:photo|picture|image) of\b|Image (?:copyright|caption|source)\b|FILE\s?[-\u2013\u2014]"
)


def kind_of_line(text: str, span: TextSpan, at_edge: bool) -> BlockKind | None:
    """What a line is, if it is surely no prose. ``at_edge``: it stands before the running text, or near the end."""
    begin, end = span
    while end - begin > 2 and text[begin] in "*_" and text[end - 1] == text[begin]:
        begin, end = begin + 1, end - 1  # emphasis: "*By Jane Doe, 12 May 2026*"
    if _URL_LINE.fullmatch(text, begin, end):
        return BlockKind.URL
    if _NOTICE.match(text, begin, end) and text[end - 1] in ".!?\"'\u2019\u201d)]":
        return BlockKind.BOILERPLATE
    if end - begin > 320:
        return None
    if _SEPARATOR.fullmatch(text, begin, end):
        return BlockKind.BOILERPLATE
    if _BOILERPLATE_LINE.fullmatch(text, begin, end) and not _ATTRIBUTED.fullmatch(text, begin, end):
        return BlockKind.BOILERPLATE
    if end - begin < 120 and _DATE_LINE.fullmatch(text, begin, end):
        return BlockKind.HEADER
    if text[end - 1] != "." and _BYLINE.fullmatch(text, begin, end):
        return BlockKind.BYLINE
    return _kind_at_edge(text, span) if at_edge else None


def _kind_at_edge(text: str, span: TextSpan) -> BlockKind | None:
    begin, end = span
    if _RELEASE_LINE.fullmatch(text, begin, end) or _SOURCE_LINE.fullmatch(text, begin, end):
        return BlockKind.HEADER
    if end - begin < 200:
        dated = _GLUED_HEADER.match(text, begin, end)
        keyed = _KEYED_LINE.match(text, dated.end() if dated else begin, end)
        if keyed and not _SENTENCE_VALUE.fullmatch(text, keyed.end(), end):
            return BlockKind.HEADER
    if end - begin < 140 and text[:begin].strip() and _ORIGIN_LINE.fullmatch(text, begin, end):
        if dateline_alone(text, span):
            return BlockKind.DATELINE
        return BlockKind.HEADER
    if end - begin < 120 and _CONTACT_LINE.fullmatch(text, begin, end):
        return BlockKind.HEADER
    if _STAFF_LINE.fullmatch(text, begin, end) or (text[:begin].strip() and _is_credits(text, begin, end)):
        return BlockKind.BYLINE
    return None


def _is_credits(text: str, begin: int, end: int) -> bool:
    credit = _CREDIT_LINE.fullmatch(text, begin, end)
    if credit is None:
        return False
    first = text[credit.start("who") : _sentence_end(text, credit.start("who"), end)].partition(";")[0]
    return not _NEWS_VERB.search(first)


def notices_apart(text: str, span: TextSpan, alone: bool) -> Iterator[TextSpan]:
    """The parts of a paragraph, each notice about the article itself ("An earlier version of this story ...") apart.

    A notice goes on to the end of the paragraph, but only to that of its sentence where that is far, or where the
    paragraph begins with it and is all that there is (``alone``).
    """
    begin = span.begin
    while first := _NOTICE.match(text, begin, span.end) or _LATER_NOTICE.search(text, begin, span.end):
        at = first.start("notice") if first.re is _LATER_NOTICE else begin
        if at > begin:
            yield TextSpan(begin, at)
        goes_on = span.end - at <= _LONGEST_NOTICE and not (alone and at == begin)
        end = span.end if goes_on else _sentence_end(text, first.end(), span.end)
        yield TextSpan(at, end)
        begin = next((i for i in range(end, span.end) if not text[i].isspace()), span.end)
    if begin < span.end:
        yield TextSpan(begin, span.end)


def _sentence_end(text: str, begin: int, end: int) -> int:
    for stop in _STOP.finditer(text, begin, end):
        if not abbreviates(stop["word"], text[stop.end() : stop.end() + 2].lstrip()):
            return stop.end()
    return end


def is_release_line(text: str, span: TextSpan) -> bool:
    """Whether a line says that this is a press release, or numbers it."""
    return bool(_RELEASE_LINE.fullmatch(text, *span))


def glued_header(text: str, span: TextSpan) -> re.Match[str] | None:
    """The header that a paragraph of prose begins with: a date (with its key, perhaps), or the key of a title.

    A bare "April 23, 2025" counts if a sentence follows that could not go on from it.
    """
    match = _TITLE_KEY.match(text, *span) or _GLUED_HEADER.match(text, *span)
    if match is None or text[match.end()].islower():
        return None
    if match.groupdict().get("bare"):
        follows = text[match.end() : span.end]
        if text[match.end("bare")] == "," or len(follows) < 60 or follows[-1] not in '.!?"\u201d':
            return None
    return match


def trailing_date(text: str, span: TextSpan) -> TextSpan | None:
    """The date that a headline ends with."""
    match = _TRAILING_DATE.search(text, max(span.begin, span.end - 40), span.end)
    return TextSpan(*match.span("when")) if match else None


def is_caption(line: str) -> bool:
    """Whether a line describes a picture: it names its photographer or agency, or says that it is a picture."""
    return len(line) < 500 and bool(_CAPTION_END.search(line) or _CAPTION_START.match(line))
