"""The layout of plain text: which stretches are prose, and which are headers, datelines, bylines or furniture.

Every character that is not white space lies in exactly one block. Only what is surely no prose is taken out of it: a
line that could be a sentence of the article is a paragraph.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.facts import PROSE, Block, BlockKind, TextSpan
from kg.paragraphs import ink_of, lines_of, paragraphs_of
from kg.readers.datelines import dateline, dateline_alone
from kg.readers.furniture import glued_header, is_caption, kind_of_line, notices_apart, trailing_date

_HEAD = 12  # paragraphs: before the running text, and at most so many, headers may stand
_FOOT = 8  # paragraphs at the end, where credits and addresses stand
_LONGEST_HEADLINE = 170  # characters
_LONGEST_SUBHEADING = 14  # words
_SHORTEST_RUNNING_TEXT = 60  # characters

_TERMINAL = re.compile(r"[.!?:;,\u2026][\"'\u2019\u201d)\]]*$")
_SENTENCE_BREAK = re.compile(r"[a-z\d\u2019\u201d)][.!?][\"'\u201d\u2019]?\s+[A-Z\u201c\"]")
_QUOTATION = re.compile(r"[\"'\u201c\u2018]")
_WORD = re.compile(r"[^\W\d_][\w'\u2019.-]*")
_SMALL_WORDS = re.compile(
    r"(?:an?|and|as|at|but|by|for|from|in|into|nor|off?|on|onto|or|out|over|per|so|than|that|the|to|up|upon|v|via|vs|with|yet)"
)


def blocks_of(text: str) -> tuple[Block, ...]:
    """The blocks of a text, in order, without overlaps; their spans begin and end with ink."""
    whole = [TextSpan(lines[0].span.begin, lines[-1].span.end) for lines in paragraphs_of(text, lines_of(text))]
    paragraphs = [ink_of(text, part) for span in whole for part in notices_apart(text, span, len(whole) == 1)]
    blocks: list[Block] = []
    running = 0  # paragraphs of running text so far
    for number, span in enumerate(paragraphs):
        in_head = running == 0 and number < _HEAD
        in_foot = len(paragraphs) - number <= _FOOT
        kind = kind_of_line(text, span, in_head or in_foot)
        if kind is None and in_head and dateline_alone(text, span):
            kind = BlockKind.DATELINE
        if kind is not None:
            blocks.append(Block(span, kind))
            continue
        following = text[slice(*paragraphs[number + 1])] if number + 1 < len(paragraphs) else ""
        found = list(_glued(text, span, in_head, running))
        prose = TextSpan(found[-1].span.end if found else span.begin, span.end)
        first = in_head and not any(block.kind in PROSE for block in blocks)
        below_byline = bool(blocks) and blocks[-1].kind is BlockKind.BYLINE
        found += _prose(text, ink_of(text, prose), "" if below_byline else following, first)
        running += any(block.kind is BlockKind.PARAGRAPH and _is_running_text(text, block.span) for block in found)
        blocks += found
    return tuple(blocks)


def _glued(text: str, span: TextSpan, in_head: bool, running: int) -> Iterator[Block]:
    """The header and the dateline that a paragraph begins with."""
    begin = span.begin
    header = glued_header(text, span) if in_head else None
    if header:
        yield Block(ink_of(text, TextSpan(begin, header.end())), BlockKind.HEADER)
        begin = header.end()
    line = dateline(text, TextSpan(begin, span.end)) if running < 2 else None
    if line:
        yield Block(ink_of(text, TextSpan(begin, line.end())), BlockKind.DATELINE)


def _prose(text: str, span: TextSpan, following: str, first: bool) -> Iterator[Block]:
    kind = _kind_of_prose(text[span.begin : span.end], following, first)
    when = trailing_date(text, span) if first and kind is BlockKind.HEADLINE else None
    if when:
        yield Block(ink_of(text, TextSpan(span.begin, when.begin)), kind)
        yield Block(when, BlockKind.HEADER)
    else:
        yield Block(span, kind)


def _kind_of_prose(line: str, following: str, first: bool) -> BlockKind:
    if is_caption(line):
        return BlockKind.CAPTION
    if len(line) > _LONGEST_HEADLINE or not following:
        return BlockKind.PARAGRAPH
    title_case = _is_title_case(line)
    if _SENTENCE_BREAK.search(line) and not title_case:
        return BlockKind.PARAGRAPH
    ends = _TERMINAL.search(line)
    if first:
        is_headline = not ends or title_case or (line[ends.start()] in "?!" and len(following) > len(line))
    else:
        is_headline = (
            not ends
            and not _QUOTATION.match(line)
            and not line[0].islower()
            and len(line.split()) <= _LONGEST_SUBHEADING
            and len(following) >= max(len(line), _SHORTEST_RUNNING_TEXT)
        )
    return BlockKind.HEADLINE if is_headline else BlockKind.PARAGRAPH


def _is_running_text(text: str, span: TextSpan) -> bool:
    length = span.end - span.begin
    if length > _LONGEST_HEADLINE:
        return True
    return length > _SHORTEST_RUNNING_TEXT and bool(_TERMINAL.search(text, span.end - 4, span.end))


def _is_title_case(line: str) -> bool:
    words = [word for word in _WORD.findall(line) if not _SMALL_WORDS.fullmatch(word.lower())]
    return len(words) > 2 and sum(word[0].isupper() for word in words) >= 0.75 * len(words)
