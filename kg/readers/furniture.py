"""What stands around the prose of an article: headers, datelines, bylines, addresses, captions, boilerplate."""

from __future__ import annotations

import re

from kg.facts import BlockKind, TextSpan
from kg.readers.dates import CLOCK, DATE, DAY, MONTH, WEEKDAY

HEAD_ZONE = 12
"""Lines before the running text, and at most this many, may be headers and bylines."""
TAIL_ZONE = 8
"""The last lines, where credits and addresses stand."""

URL = re.compile(r"(?:https?://|www\.)[^\s<>\"]+", re.IGNORECASE)
_URL_LINE = re.compile(
    r"[(<\[]?(?:(?:source|url|link|web ?page|available at|original(?: article)?|permalink|read (?:more|the original)(?: at)?)\s*:?\s+)?"
    r"(?:(?:https?://|www\.)[^\s<>\"]+[)>\]]?\s*)+",
    re.IGNORECASE,
)
_UPPER = r"A-Z\u00c0-\u00d6\u00d8-\u00de"
_LOWER = r"a-z\u00df-\u00f6\u00f8-\u00ff\u0100-\u017f"
_DASH = r"(?:--?-?|[\u2010-\u2015])"

_DATE_KEYS = (
    r"(?:date(?: of (?:publication|issue|release))?|publi(?:shed|cation)(?: date| time| on| at)?|(?:first|last) published|posted(?: on| at)?"
    r"|(?:last )?(?:updated?|modified|revised|reviewed)(?: on| at)?|released?(?: date| time| on)?|issued(?: on)?|created(?: on)?|time|datetime|pubdate)"
)
_WHEN = rf"(?:(?:{WEEKDAY},?\s+)?(?:{CLOCK}\s*[,|-]?\s*)?(?:{WEEKDAY},?\s+)?{DATE}(?:\s*(?:[,|/-]|{_DASH}|at)?\s*\(?{CLOCK}\)?)*)"
# " date 2025-04-23 On March 27, ..." and "2025-04-23 On March 27, ...": the prose begins with a capital or a quotation mark.
_GLUED_HEADER = re.compile(
    rf"(?:{_DATE_KEYS}\s*[:=\uff1a-]?\s*{_WHEN}|(?:19|20)\d\d([-/.])\d\d?\1\d\d?(?:[ T]\d\d:\d\d(?::\d\d)?)?)"
    rf"\s*(?:[|:,;]|{_DASH})?\s+(?=[\"'\u201c\u2018(]?[A-Z\u00c0-\u00de0-9])",
    re.IGNORECASE,
)
_DATE_LINE = re.compile(
    rf"[(\[]?(?:{_DATE_KEYS}\s*[:=\uff1a|]?\s*)?{_WHEN}(?:\s*(?:[|,;/]|{_DASH})+\s*(?:{_DATE_KEYS}\s*:?\s*)?(?:{_WHEN}|{CLOCK}|\d+ min(?:ute)?s?(?: read)?))*[)\].]?",
    re.IGNORECASE,
)
# A line that is one or more "Key: value"; keys whose value says nothing in sentences.
_KEYED_LINE = re.compile(
    r"(?:source|sources|author|authors|editors?|edited by|written by|published by|publisher|publication|reporters?|category|categories|section|tags?|topics?|keywords?"
    r"|location|language|doc(?:ument)? id|article id|id|contacts?|media contacts?|press contacts?|media enquiries|e-?mail|tel|telephone|phone|fax"
    r"|views?|share|font size|byline|dateline|copyright|website)\s*[:\uff1a]\s*(?=\S)",
    re.IGNORECASE,
)
_TITLE_KEY = re.compile(r"(?:title|headline|subject|subtitle|heading)\s*[:=\uff1a]\s*(?=\S)", re.IGNORECASE)
_RELEASE_LINE = re.compile(
    r"(?:for immediate release|(?:press|news|media) (?:release|statement)|press (?:note|notice)|embargoed? .{0,60}|(?:press|news) release (?:no\.?|number) ?\S+)[:.]?",
    re.IGNORECASE,
)
_SOURCE_TAIL = re.compile(
    r"(?:SOURCE|Source)\s+(?:[A-Z0-9][\w&.,'\u2019-]*|of|the|for|and|in|&)(?:\s+(?:[A-Z0-9][\w&.,'\u2019-]*|of|the|for|and|in|&))*"
)

_NAME = rf"(?:[{_UPPER}][\w'\u2019.-]*|(?:de|del|della|di|da|van|von|der|den|la|le|el|al|bin|ibn|ter|du|dos)(?=\s))"
_NAMES = rf"{_NAME}(?:\s+{_NAME}){{1,4}}"
_BYLINE = re.compile(
    rf"(?:(?i:(?:written |reported |posted |story |text |report |article |words )?by|author:)\s+{_NAMES}(?:(?:\s*,\s*|\s+(?i:and)\s+|\s*&\s*){_NAMES})*"
    rf"(?P<rest>\s*(?:[,|/\u2022\u00b7-]|{_DASH}|\b(?i:for|in|at|of)\b|\().{{0,90}})?)"
)
_CREDIT_LINE = re.compile(
    r"\(?(?:(?:additional )?(?:reporting|writing|editing|photography|graphics?|compiled|production|research|translated|edited|written) (?:and \w+ )?by\b|\(?Reporting by\b).{0,300}",
    re.IGNORECASE,
)
_STAFF_LINE = re.compile(
    rf"{_NAMES}(?:\s*(?:,|\||{_DASH}|and)\s*{_NAMES})*\s*(?:,|\||{_DASH}|/)?\s+(?i:(?:staff|senior|special|political|health|science|business|chief|foreign)?\s*"
    r"(?:staff|writer|reporter|correspondent|contributor|columnist|editor))"
)

_SEPARATOR = re.compile(r"[\W_]+|[-\s]*(?:30|ENDS?|End|ends|more|END)[-\s.]*|\(END\)|# ?# ?#|x{3,}|o0o")
_BOILERPLATE_LINE = re.compile(
    r"(?:"
    r"read (?:more|also|next|the (?:full|whole|rest|entire|original|complete)\b.{0,40}|more (?:here|about|at|on|from)\b.{0,60}|full (?:story|article))"
    r"|(?:also |must |related )?read(?: more| also)?\s?:.{0,200}|more:.{0,160}|related(?: (?:articles?|stor(?:y|ies)|links?|news|content|topics|coverage))?(?::.{0,160})?|see also:.{0,160}|watch(?: now| live)?:.{0,160}"
    r"|recommended|trending(?: now)?|most (?:read|popular|viewed)|more (?:on this story|stories|news|from [A-Z].{0,30}|coverage)|don't miss:?.{0,100}|editor'?s'? picks?"
    r"|(?:please )?(?:share|tweet|pin|email|print|save|like|comment|comments|reply|facebook|twitter|linkedin|whatsapp|reddit|pinterest|copy link)"
    r"|share (?:this|on|via|or comment)\b.{0,60}|\d+ (?:shares?|comments?|views?|likes?)|click (?:here|to|on|the)\b.{0,100}|scroll down\b.{0,60}"
    r"|(?:please )?(?:follow|like|join|find|visit) (?:us|@\w+|our|the [A-Z]\w+) ?.{0,80}(?:twitter|facebook|instagram|linkedin|youtube|telegram|whatsapp|online|newsletter|page|@\w+).{0,40}"
    r"|follow .{1,80} on (?:twitter|facebook|instagram|x|linkedin|google\+?).{0,60}"
    r"|(?:sign up|subscribe|register)\b.{0,120}|(?:download|get|install) (?:the|our) .{0,40}app\b.{0,60}|(?:log|sign) in\b.{0,60}"
    r"|advertisements?|advertising|sponsored(?: content)?|promoted(?: stories)?|story continues(?: below.{0,30})?|article continues(?: below.{0,40})?|continue reading.{0,60}"
    r"|(?:\u00a9|\(c\) |copyright\b).{0,200}|all rights reserved.{0,60}|.{0,120}\ball rights reserved\.?"
    r"|this material may not be published, broadcast.{0,80}|skip to (?:main )?content|back to top|next (?:article|story).{0,80}|previous (?:article|story).{0,80}"
    r"|(?:photos?|image|picture|video)?\s?gallery|loading\.*|video|photos?|audio|listen(?: to (?:this )?article)?|cookie (?:policy|settings)|privacy policy|terms (?:of use|and conditions|of service)"
    r")[.!:>\u00bb\u2192\s]*",
    re.IGNORECASE,
)

_CREDIT_END = re.compile(
    r"(?:\(|\b|/ ?)(?:Image|Photo|Picture|Photograph|Photography|Pic|Credit|Courtesy|Photo credit|Image credit|Photo by|File photo|Illustration|Graphic|Source)s?(?: by| of| courtesy of| credit)?\s?[:/]\s?[^.]{2,60}[.)]*$"
    r"|(?:/|\||\(|via |, )\s?(?:AP|AFP|Reuters|REUTERS|Getty(?: Images)?|EPA|PA|Shutterstock|iStock|Bloomberg|Xinhua|Alamy|PA Wire|WireImage|AP Photo)(?:/[\w .]+)*\)?\.?$"
    r"|\((?:AP )?(?:Photo|Image|Picture|File|PRNewsFoto|Courtesy)[^()]{0,80}\)\.?$",
)
_CAPTION_START = re.compile(
    r"(?:File (?:photo|picture|image)|Pictured|Photo(?:graph)?|Image|Caption|In this (?:\w+ )?(?:file )?(?:photo|picture|image))\b\s?[:(\u2014-]|File (?:photo|picture|image) of\b|FILE\s?[-\u2013\u2014]"
)

_AGENCY = r"\(\s?[A-Z][\w .,&/'\u2019-]{1,40}\)|/\s?[A-Z][\w .-]{1,40}\s?/"
_CAPS_WORD = rf"(?:[{_UPPER}][{_UPPER}'\u2019.-]*[{_UPPER}]\.?|St\.|D\.C\.|U\.[A-Z]\.)"
_PLACE_WORD = rf"(?:[{_UPPER}][\w'\u2019.-]*[\w.]|de|del|la|of|al|the|da|do|upon|sur|and)"
_PLACE = rf"{_PLACE_WORD}(?:\s{_PLACE_WORD}){{0,3}}(?:,\s{_PLACE_WORD}(?:\s{_PLACE_WORD}){{0,3}}){{0,2}}"
_CAPS_PLACE = rf"{_CAPS_WORD}(?:[\s/]{_CAPS_WORD}){{0,3}}(?:,\s(?:{_PLACE_WORD})(?:\s{_PLACE_WORD}){{0,3}}){{0,2}}"
_DATELINE_DAY = rf"(?:{DATE}|{MONTH}\s*{DAY}|{DAY}\s+{MONTH}|{WEEKDAY}(?:day)?)"
_SEPARATES = rf"\s*(?:{_DASH}|:)\s*"
_DATELINES = tuple(
    re.compile(form)
    for form in (
        # "BEIJING, April 2 (Xinhua) --", "LONDON (AP) -", "HOUSTON, Feb. 27, 2014 /PRNewswire/ --", "GENEVA, 3 March 2025 -"
        rf"(?P<place>{_PLACE})(?:,?\s+\(?(?P<day>(?i:{_DATELINE_DAY}))\)?)?,?\s*(?P<agency>{_AGENCY}){_SEPARATES}(?=\S)",
        rf"(?P<place>{_PLACE}),?\s+[(\[]?(?P<day>(?i:{_DATELINE_DAY}))[)\]]?\s*(?:{_DASH}|:)\s+(?=\S)",
        # "WASHINGTON -", "NEW YORK, N.Y. -": capitals, then a dash
        rf"(?P<place>{_CAPS_PLACE})\s*(?:{_DASH})\s+(?=[\"'\u201c\u2018]?[{_UPPER}0-9])",
        # "(Reuters) -", "April 2 (UPI) --"
        rf"(?:(?P<day>(?i:{_DATELINE_DAY})),?\s+)?(?P<agency>{_AGENCY})\s*(?:{_DASH}|:)\s*(?=[\"'\u201c\u2018]?[{_UPPER}0-9])",
        # "Taipei, Taiwan - The": a place and the region it is in
        rf"(?P<place>[{_UPPER}][{_LOWER}]+(?:\s[{_UPPER}][{_LOWER}]+)?,\s[{_UPPER}][{_LOWER}]+\.?(?:\s[{_UPPER}][{_LOWER}]+)?)\s+[\u2013\u2014\u2015]\s+(?=[\"'\u201c\u2018]?[{_UPPER}])",
    )
)
_DATELINE_REACH = 110


def kind_of_line(text: str, span: TextSpan, in_head: bool, in_tail: bool) -> BlockKind | None:
    """What a line is, if it is surely no prose."""
    begin, end = span
    if _URL_LINE.fullmatch(text, begin, end):
        return BlockKind.URL
    if end - begin > 320:
        return None
    if _SEPARATOR.fullmatch(text, begin, end):
        return BlockKind.BOILERPLATE
    if end - begin < 120 and _DATE_LINE.fullmatch(text, begin, end):
        return BlockKind.HEADER
    if _BOILERPLATE_LINE.fullmatch(text, begin, end):
        return BlockKind.BOILERPLATE
    if in_head or in_tail:
        if _RELEASE_LINE.fullmatch(text, begin, end):
            return BlockKind.HEADER
        if end - begin < 200 and _KEYED_LINE.match(text, begin, end):
            return BlockKind.HEADER
        byline = _BYLINE.fullmatch(text, begin, end)
        if (byline and text[end - 1] != ".") or _STAFF_LINE.fullmatch(text, begin, end):
            return BlockKind.BYLINE
    if in_tail and _CREDIT_LINE.fullmatch(text, begin, end):
        return BlockKind.BYLINE
    if in_tail and _SOURCE_TAIL.fullmatch(text, begin, end):
        return BlockKind.HEADER
    return None


def glued_header(text: str, span: TextSpan) -> tuple[TextSpan, int] | None:
    """A header at the beginning of a paragraph: its characters, and where what follows begins."""
    match = _TITLE_KEY.match(text, *span) or _GLUED_HEADER.match(text, *span)
    if match is None or (match.re is _GLUED_HEADER and not _starts_prose(text, match.end())):
        return None
    return TextSpan(span.begin, span.begin + len(match.group().rstrip())), match.end()


def dateline(text: str, span: TextSpan) -> tuple[TextSpan, int] | None:
    """A dateline at the beginning of a paragraph: its characters, and where the first sentence begins."""
    match = dateline_match(text, span)
    return (TextSpan(span.begin, span.begin + len(match.group().rstrip())), match.end()) if match else None


def dateline_match(text: str, span: TextSpan) -> re.Match[str] | None:
    """The match of a dateline with its groups ``place``, ``day`` and ``agency``, where the form has them."""
    end = min(span.end, span.begin + _DATELINE_REACH)
    for form in _DATELINES:
        match = form.match(text, span.begin, end)
        if match and match.end() < span.end:
            return match
    return None


def is_caption(line: str) -> bool:
    """Whether a line describes a picture: it names its photographer or agency, or says that it is a picture."""
    return len(line) < 500 and bool(_CREDIT_END.search(line) or _CAPTION_START.match(line))


def _starts_prose(text: str, at: int) -> bool:
    return not text[at].islower()
