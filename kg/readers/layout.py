"""The typographic layout of plain text: which stretches are prose, and which are headers, datelines, bylines or furniture.

Every character that is not white space lies in exactly one block. Only what is surely not prose is taken out of it: a line
that could be a sentence of the article is a paragraph.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.facts import PROSE, Block, BlockKind, TextSpan
from kg.readers import furniture
from kg.readers.furniture import HEAD_ZONE, TAIL_ZONE
from kg.readers.lines import lines_of, paragraphs_of

_LONGEST_HEADLINE = 170
_TERMINAL = re.compile(r"[.!?:;,\u2026][\"'\u2019\u201d)\]]*$")
_SENTENCE_BREAK = re.compile(r"[a-z\d\u2019\u201d)][.!?][\"'\u201d\u2019]?\s+[A-Z\u201c\"]")
_SMALL_WORDS = frozenset(
    ["a", "an", "and", "as", "at", "but", "by", "for", "from", "in", "into", "nor", "of", "off", "on", "onto", "or", "out", "over", "per", "s", "so", "than", "that", "the", "to", "up", "upon", "v", "via", "vs", "with", "yet"]
)
_WORD = re.compile(r"[^\W\d_][\w'\u2019.-]*")
_QUOTE_START = re.compile(r"[\"'\u201c\u2018]")


def blocks_of(text: str) -> tuple[Block, ...]:
    """The blocks of a text, in order, without overlaps; their spans begin and end with ink."""
    paragraphs = [TextSpan(lines[0].span.begin, lines[-1].span.end) for lines in paragraphs_of(text, lines_of(text))]
    last = len(paragraphs) - 1
    blocks: list[Block] = []
    body_seen = 0  # paragraphs of running text so far
    for number, span in enumerate(paragraphs):
        in_head = body_seen == 0 and number < HEAD_ZONE
        in_tail = last - number < TAIL_ZONE
        found = list(_parts(text, span, in_head, in_tail, body_seen))
        if len(found) == 1 and found[0].kind is BlockKind.PARAGRAPH:
            following = text[slice(*paragraphs[number + 1])] if number < last else ""
            kind = _prose_kind(
                text[span.begin : span.end], following, first=not any(b.kind in PROSE for b in blocks), in_head=in_head
            )
            found = [Block(span, kind)]
        blocks += found
        body_seen += any(b.kind is BlockKind.PARAGRAPH and _is_running_text(text, b.span) for b in found)
    return tuple(blocks)


def _parts(text: str, span: TextSpan, in_head: bool, in_tail: bool, body_seen: int) -> Iterator[Block]:
    """The blocks of one paragraph: a single one, or what is glued to its beginning and then the prose."""
    kind = furniture.kind_of_line(text, span, in_head, in_tail)
    if kind is not None:
        yield Block(span, kind)
        return
    begin = span.begin
    if in_head:
        glued = furniture.glued_header(text, span)
        if glued is not None:
            header, begin = glued
            yield Block(header, BlockKind.HEADER)
    if body_seen < 2:
        glued = furniture.dateline(text, TextSpan(begin, span.end))
        if glued is not None:
            dateline, begin = glued
            yield Block(dateline, BlockKind.DATELINE)
    if begin < span.end:
        yield Block(TextSpan(begin, span.end), BlockKind.PARAGRAPH)


def _is_running_text(text: str, span: TextSpan) -> bool:
    return span.end - span.begin > _LONGEST_HEADLINE or bool(
        span.end - span.begin > 60 and _TERMINAL.search(text, max(span.begin, span.end - 4), span.end)
    )


def _prose_kind(line: str, following: str, first: bool, in_head: bool) -> BlockKind:
    if furniture.is_caption(line):
        return BlockKind.CAPTION
    if len(line) > _LONGEST_HEADLINE or not following:
        return BlockKind.PARAGRAPH
    ends = _TERMINAL.search(line)
    if _SENTENCE_BREAK.search(line) and not _is_title_case(line):
        return BlockKind.PARAGRAPH
    if first and in_head:
        return BlockKind.HEADLINE if not ends or _is_title_case(line) else BlockKind.PARAGRAPH
    if ends or _QUOTE_START.match(line) or len(line.split()) > 14 or len(following) < len(line):
        return BlockKind.PARAGRAPH
    return BlockKind.HEADLINE if line[0].isupper() or line[0].isdigit() else BlockKind.PARAGRAPH


def _is_title_case(line: str) -> bool:
    words = [word for word in _WORD.findall(line) if word.lower() not in _SMALL_WORDS]
    return len(words) > 2 and sum(word[0].isupper() for word in words) >= 0.75 * len(words)
