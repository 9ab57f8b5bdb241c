"""Markdown files: the text exactly as read; front matter and markup are masked, so that only prose is parsed."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import BinaryIO

from kg.errors import ArticleError
from kg.facts import PROSE, Article, Block, BlockKind, Metadatum, TextSpan
from kg.paragraphs import ink_of, lines_of, paragraphs_of
from kg.readers.articles import LONGEST_TEXT, NAMES, as_metadatum, check, merged
from kg.readers.decoding import UnreadableError, decode
from kg.readers.front_matter import fields_of
from kg.readers.layout import blocks_of
from kg.readers.metadata import metadata_of
from kg.readers.plain import all_bytes
from kg.readers.records import SYNONYMS

_FRONT_MATTER = re.compile(
    r"\s*(?P<fence>---|\+\+\+)[ \t]*\r?\n(?P<fields>.*?)^(?P=fence)[ \t]*(?:\r?\n|$)", re.DOTALL | re.MULTILINE
)
_CODE = re.compile(r"^(?P<fence>```|~~~).*?^(?P=fence)[^\n]*$", re.DOTALL | re.MULTILINE)
_COMMENT = re.compile(r"<!--.{0,5000}?-->", re.DOTALL)

_HEADING = re.compile(r"^[ ]{0,3}#{1,6}[ \t]+\S.*$", re.MULTILINE)

# A line end inside a sentence; where a heading or an item of a list ends, nothing goes on.
_SOFT_BREAK = re.compile(r"(?<=[^\n]{40}[^\s.!?:])[ \t]?\r?\n(?=[^\W\d_])|(?<=[^\n]{40}\S)[ \t]?\r?\n(?=[a-z])")

# Groups named m0, m1 are the markup; the words between them stay.
_WORDS = r"(?:[^\n]|\n(?!\s*(?:\n|[*#>+-]\s))){1,300}?"  # of one paragraph
_INLINE = (
    re.compile(r"(?P<m0>(?<!\\)\\)(?=[!-/:-@\[-`{-~])(?!(?<=\w\\).\w)"),  # \$5, but not inside a word
    re.compile(r"(?P<m0>(?<!\\)!\[)[^\]\n]{0,500}(?P<m1>\]\([^)\n]{0,500}\))"),  # ![caption](address)
    re.compile(
        r"(?P<m0>(?<![!\\])\[)[^\]]{1,300}?(?P<m1>\](?:\([^)\n]{0,500}\)|\[[^\]\n]{0,100}\]))"
    ),  # [words](address)
    re.compile(r"(?P<m0>(?<=\S[ ])<(?:https?://|mailto:)[^>\n]+>)"),
    re.compile(
        r"(?P<m0>(?<!\\)(?P<mark>\*{1,3}|__)(?=[^\s*_]))" + _WORDS + r"(?P<m1>(?<=[^\s*_\\])(?P=mark))(?![\w*])"
    ),
    re.compile(r"(?<![\w\\])(?P<m0>_(?=[^\s_]))[^\n_]*?(?P<m1>(?<=[^\s_\\])_)(?!\w)"),
    re.compile(
        r"(?P<m0></?(?:a|b|i|em|strong|p|br|span|div|sup|sub|u|center|figure|figcaption|img)(?:\s[^<>\n]*)?/?>)",
        re.IGNORECASE,
    ),
)
_LINE_START = re.compile(
    r"^[ \t]*(?P<m0>#{1,6}(?=[ \t]+\S)|(?:>[ \t]?)+|[-*+](?=[ \t]\S)|\d{1,2}[.)](?=[ \t]\S))", re.MULTILINE
)
_HEADING_END = re.compile(r"^[ ]{0,3}#{1,6}[ \t]+\S.*?[ \t](?P<m0>#+)[ \t]*$", re.MULTILINE)


def read_markdown(stream: BinaryIO, source: str, fields: Mapping[str, str]) -> Iterator[Article | ArticleError]:
    """The one article of a Markdown file."""
    try:
        yield article_of_markdown(decode(all_bytes(stream, 4 * LONGEST_TEXT + 4)), source)
    except UnreadableError as error:
        yield ArticleError(source, str(error))
    except ArticleError as error:
        yield error


def article_after_front_matter(text: str, source: str) -> Article | None:
    """The article of a plain text that opens with front matter, which is no prose; None for any other text.

    Raises:
        ArticleError: as for any text.
    """
    front = _FRONT_MATTER.match(text)
    known = list(_fields(front)) if front else []
    if front is None or not known:
        return None
    check(text, source)
    header = Block(ink_of(text, TextSpan(*front.span())), BlockKind.HEADER)
    shown = _blanked(text, [header])
    if not shown.strip():
        raise ArticleError(source, "has no text: it is all front matter")
    title = _letters(next((field.value for field in known if field.name == "title"), ""))
    blocks = [
        _as_heading(block) if title and _letters(shown[slice(*block.span)]) == title else block
        for block in blocks_of(shown)
    ]
    return Article(text, source, merged(known, metadata_of(shown, blocks, source)), (header, *blocks))


def _letters(text: str) -> str:
    """The letters and figures of a title, by which it is known again."""
    return "".join(character for character in text.casefold() if character.isalnum())


def article_of_markdown(text: str, source: str) -> Article:
    """The article of a Markdown text; offsets count the characters of the text as it is, markup included.

    Raises:
        ArticleError: as for any text.
    """
    check(text, source)
    masked = list(_markup(text))
    shown = _blanked(text, masked)
    if not shown.strip():
        raise ArticleError(source, "has no text: it is all markup")
    headings = [TextSpan(*match.span()) for match in _HEADING.finditer(text)]
    ends = {heading.end for heading in headings}
    shown = _flowing(shown, headings)
    shown = _SOFT_BREAK.sub(lambda found: found[0] if found.start() in ends else " " * len(found[0]), shown)
    blocks = [_as_heading(block) if _inside(block.span, headings) else block for block in blocks_of(shown)]
    front = _FRONT_MATTER.match(text)
    known = list(_fields(front)) if front else []
    metadata = merged(known, metadata_of(shown, blocks, source))
    return Article(text, source, metadata, tuple(_cut(text, blocks, masked)))


def _markup(text: str) -> Iterator[Block]:
    """What is markup in the text, in order, without overlaps."""
    taken = [False] * len(text)
    found: list[Block] = []

    def take(span: TextSpan, kind: BlockKind) -> None:
        if not any(taken[span.begin : span.end]):
            taken[span.begin : span.end] = [True] * (span.end - span.begin)
            found.append(Block(ink_of(text, span), kind))

    front = _FRONT_MATTER.match(text)
    if front:
        take(TextSpan(*front.span()), BlockKind.HEADER)
    for pattern in (_CODE, _COMMENT):
        for match in pattern.finditer(text):
            take(TextSpan(*match.span()), BlockKind.BOILERPLATE)
    for pattern in (*_INLINE, _LINE_START, _HEADING_END):
        for match in pattern.finditer(text):
            for name, group in match.groupdict().items():
                if group and name[0] == "m" and name[1].isdigit():
                    take(TextSpan(*match.span(name)), BlockKind.BOILERPLATE)
    yield from sorted(found, key=lambda block: block.span)


def _blanked(text: str, masked: Sequence[Block]) -> str:
    parts: list[str] = []
    end = 0
    for block in masked:
        parts += (text[end : block.span.begin], re.sub(r"[^\r\n]", " ", text[block.span.begin : block.span.end]))
        end = block.span.end
    return "".join((*parts, text[end:]))


def _flowing(shown: str, headings: Sequence[TextSpan]) -> str:
    """The text with white space for the line ends inside of wrapped paragraphs; markup before a line sets it off."""
    parts: list[str] = []
    end = 0
    for paragraph in paragraphs_of(shown, lines_of(shown)):
        for line, following in pairwise(paragraph):
            begin = following.span.begin
            if shown[begin - 1] in "\r\n" and not _inside(line.span, headings):
                parts += (shown[end : line.span.end], " " * (begin - line.span.end))
                end = begin
    return "".join((*parts, shown[end:]))


def _cut(text: str, blocks: Sequence[Block], masked: Sequence[Block]) -> Iterator[Block]:
    """The blocks with the markup cut out of them, and the markup, in order."""
    pieces: list[Block] = list(masked)
    starts = [markup.span.begin for markup in masked]
    for block in blocks:
        begin = block.span.begin
        for markup in masked[bisect_left(starts, begin) : bisect_left(starts, block.span.end)]:
            pieces.append(Block(TextSpan(begin, markup.span.begin), block.kind))
            begin = markup.span.end
        pieces.append(Block(TextSpan(begin, block.span.end), block.kind))
    # White space at the edges of the pieces stays: a line end there belongs to the paragraph.
    for piece in sorted(pieces, key=lambda piece: piece.span):
        if text[piece.span.begin : piece.span.end].strip():
            yield piece


def _fields(front: re.Match[str]) -> Iterator[Metadatum]:
    for field, value in fields_of(front["fields"]):
        for name in NAMES:
            if field in SYNONYMS[name] and value.strip():
                metadatum = as_metadatum(name, value, f"front matter '{field}'")
                if metadatum:
                    yield metadatum


def _as_heading(block: Block) -> Block:
    return Block(block.span, BlockKind.HEADLINE) if block.kind in PROSE else block


def _inside(span: TextSpan, spans: Sequence[TextSpan]) -> bool:
    at = bisect_right(spans, (span.begin, float("inf"))) - 1
    return at >= 0 and spans[at].covers(span)
