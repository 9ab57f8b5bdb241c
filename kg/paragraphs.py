"""The lines of a text and the paragraphs they form: one a line, or several where the text was wrapped by hand."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

from kg.facts import TextSpan

_LINE = re.compile(r"[^\n\r\x0b\x0c\x85\u2028\u2029]+")
_BREAK = re.compile(r"\r\n|[\n\r\x0b\x0c\x85\u2028\u2029]")
_BULLET = re.compile(r"(?:[-*\u2022\u2023\u25aa\u25cf\u25e6\u00b7>]|\(?\d{1,2}[.)]|\(?[a-z]\))\s")
_ADDRESS = re.compile(r"https?://\S+")

# No heading, item or paragraph ends so; prepositions that may end a question or a heading are not among them.
_RUNS_ON = re.compile(
    r"(?:,|(?<!\w)(?:an?|and|are|as|but|had|has|have|her|his|is|its|my|nor|of|or|our|than|the|their|was|were|whose"
    r"|will|would|your))$"
)

WIDEST_WRAP = 100
"""No text is taken to be wrapped at more characters than this."""

_NARROW, _NARROWEST = 30, 16
"""Characters: short lines may be verses or a list, and are wrapped only where most go on with a small letter."""


@dataclass(frozen=True, slots=True)
class Line:
    """The ink of a line, and whether white space of a line or more stands before it."""

    span: TextSpan
    after_blank: bool

    @property
    def length(self) -> int:
        """The number of characters from the first ink to the last."""
        return self.span.end - self.span.begin


def lines_of(text: str) -> list[Line]:
    """The lines of a text that have any ink, without the white space around it."""
    lines: list[Line] = []
    end = 0
    for match in _LINE.finditer(text):
        raw = match.group()
        ink = raw.strip()
        if ink:
            begin = match.start() + len(raw) - len(raw.lstrip())
            gap = text[end:begin]
            after_blank = not lines or (gap.count("\n") > 1 if "\n" in gap else len(_BREAK.findall(gap)) > 1)
            lines.append(Line(TextSpan(begin, begin + len(ink)), after_blank))
            end = begin + len(ink)
    return lines


def ink_of(text: str, span: TextSpan) -> TextSpan:
    """The span without the white space at its ends."""
    stretch = text[span.begin : span.end]
    return TextSpan(span.end - len(stretch.lstrip()), span.begin + len(stretch.rstrip()))


def runs_on(text: str, line: Line, following: Line) -> bool:
    """Whether a sentence surely goes on from one line to the next, by the letters on either side of the break."""
    last_words = text[max(line.span.begin, line.span.end - 10) : line.span.end]
    return text[following.span.begin].islower() or bool(_RUNS_ON.search(last_words))


def _is_address(text: str, line: Line) -> bool:
    return _ADDRESS.fullmatch(text, line.span.begin, line.span.end) is not None


def paragraphs_of(text: str, lines: list[Line]) -> list[list[Line]]:
    """The lines, those of one hand-wrapped paragraph together.

    A text counts as hand-wrapped if most of the lines that another follows directly are *full*: the first word of the
    next would not have fitted on it. Only full lines are joined to the next: a short line still ends its paragraph.
    """
    beside = (pair for pair in pairwise(lines) if not pair[1].after_blank)
    pairs = [(line, following) for line, following in beside if not _is_address(text, following)]
    width = max((line.length for line, _ in pairs if " " in text[line.span.begin : line.span.end]), default=0)
    if not _NARROWEST <= width <= WIDEST_WRAP:
        return [[line] for line in lines]

    def is_full(line: Line, following: Line) -> bool:
        word = text[following.span.begin : following.span.end].split(None, 1)[0]
        return line.length + 1 + len(word) > width

    full = {line.span for line, following in pairs if is_full(line, following)}
    broken = sum(runs_on(text, line, following) for line, following in pairs if line.span in full)
    lower = sum(text[following.span.begin].islower() for line, following in pairs if line.span in full)
    in_sentence = sum(
        1
        for line, following in pairs
        if text[following.span.begin].islower() or text[line.span.end - 1] in ",;" or text[line.span.end - 1].islower()
    )
    is_few = len(full) < 3 and broken < len(full)
    is_list = width < _NARROW and lower < 0.5 * len(full)
    if is_few or is_list or len(full) < 0.6 * len(pairs) or in_sentence < 0.5 * len(pairs):
        return [[line] for line in lines]
    paragraphs: list[list[Line]] = []
    for line in lines:
        goes_on = (
            paragraphs
            and not line.after_blank
            and paragraphs[-1][-1].span in full
            and not _BULLET.match(text, line.span.begin)
        )
        if goes_on:
            paragraphs[-1].append(line)
        else:
            paragraphs.append([line])
    return paragraphs
