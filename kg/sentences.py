"""Where the sentences of a text end, roughly: enough to show words in their surroundings, without a language model."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final

from kg.abbreviations import abbreviates
from kg.paragraphs import lines_of, paragraphs_of, runs_on

SENTENCE_END: Final = re.compile(
    r"[.!?][\"\u201d\u2019\')\]*_]*\s+(?=[\"\u201c\u2018\'(\[*_]*[A-Z0-9])|\n---+[ \t]*\r?\n"
)
"""Where a sentence ends. Marks of emphasis may stand around."""

_LAST_WORD: Final = re.compile(r"[^\W\d_][^\W\d_.]*(?:\.[^\W\d_]+)*\.\Z")
_LONGEST_WORD: Final = 40  # characters looked at before a stop
_HEADING: Final = re.compile(r"#{1,6}[ \t]+")


def surroundings(text: str, begin: int, end: int) -> tuple[str, tuple[int, int]]:
    """The sentences of ``text`` that the characters ``[begin, end)`` lie in, and the characters' place in them.

    The marks of a Markdown heading are left out before its words.

    >>> surroundings("She came. He left early. It rained.", 13, 17)
    ('He left early.', (3, 7))
    """
    return between(text, sentence_ends(text), begin, end)


def between(text: str, ends: Sequence[int], begin: int, end: int) -> tuple[str, tuple[int, int]]:
    """The same as :func:`surroundings`, where the ends of the sentences are known."""
    before, behind = bisect_right(ends, begin), bisect_left(ends, end)
    first = ends[before - 1] if before else 0
    last = ends[behind] if behind < len(ends) else len(text)
    piece = text[first:last]
    first += len(piece) - len(piece.lstrip())
    heading = _HEADING.match(text, first)
    first = heading.end() if heading and heading.end() <= begin else first
    first = min(first, begin)
    last = max(end, first + len(text[first:last].rstrip()))
    return text[first:last], (begin - first, end - first)


def sentence_ends(text: str) -> list[int]:
    """The places (in characters) behind which another sentence begins, roughly, in order.

    >>> sentence_ends("She came on Sept. 3. He left.")
    [21]
    """
    stops = (match.end() for match in SENTENCE_END.finditer(text) if not _abbreviates(text, match))
    return sorted({*stops, *_later_paragraphs(text)})


def _later_paragraphs(text: str) -> Iterator[int]:
    """Where the paragraphs behind the first begin; a sentence that goes on on the next line is of the same."""
    for (*_, last), (first, *_) in pairwise(paragraphs_of(text, lines_of(text))):
        if first.after_blank or not runs_on(text, last, first):
            yield first.span.begin


def _abbreviates(text: str, end: re.Match[str]) -> bool:
    """Whether the stop shortens a word ("Sept. 12"), so that the sentence goes on."""
    stop = end.start() + 1
    if text[end.start()] != "." or not text[stop].isspace():
        return False
    word = _LAST_WORD.search(text[max(0, stop - _LONGEST_WORD) : stop])
    return word is not None and abbreviates(word.group(), text[end.end() : end.end() + 1])
