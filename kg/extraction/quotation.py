"""Stretches of text between quotation marks: where they open and close, and whether they can be speech."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass

from kg.facts import TextSpan
from kg.paragraphs import lines_of, paragraphs_of
from kg.words import words

_DOUBLE = re.compile(r"[“”„«»\"]|``|''")
_SINGLE = re.compile(r"[‘’']")
_OPENERS = {"“", "„", "«", "``"}
_CLOSERS = {"”", "»", "''"}
_KINDS = {"“": 0, "”": 0, "„": 0, "«": 1, "»": 1, '"': 2, "``": 3, "''": 3}
_BEFORE_OPENING = " \t\n([{—–-/\u00a0"
_WORD = re.compile(r"[^\W\d_]+")
_SMALL_WORD = 4  # letters: of, with, from
_FINAL = ".?!…,"


@dataclass(frozen=True, slots=True)
class Quotation:
    """``span`` holds the marks, ``inner`` only what stands between them, without spaces at its edges.

    ``closed`` is False where the paragraph ends before a closing mark, as when a quotation runs on into the next one.
    ``single`` tells single marks, which also stand for titles and quotations within quotations.
    """

    span: TextSpan
    inner: TextSpan
    closed: bool = True
    single: bool = False


def quotations(text: str) -> list[Quotation]:
    """The outermost quotations of each paragraph, in text order.

    Straight marks open after a space or bracket and close before one; where that does not tell, they alternate.
    """
    found: list[Quotation] = []
    for lines in paragraphs_of(text, lines_of(text)):
        paragraph = TextSpan(lines[0].span.begin, lines[-1].span.end)
        doubles = _doubles(text, paragraph)
        singles = _singles(text, paragraph, [q.span for q in doubles])
        starts = [single.span.begin for single in singles]
        outer = [q for q in doubles if not _is_within(q, singles, starts)]
        found.extend(sorted([*outer, *singles], key=lambda q: q.span))
    return found


def _is_within(quotation: Quotation, others: list[Quotation], starts: list[int]) -> bool:
    """Whether one of the other quotations, which begin at ``starts``, holds this one."""
    k = bisect_right(starts, quotation.span.begin) - 1
    return k >= 0 and others[k].span.covers(quotation.span)


def _doubles(text: str, paragraph: TextSpan) -> list[Quotation]:
    found: list[Quotation] = []
    opened: re.Match[str] | None = None
    within: int | None = None  # the kind of the quotation within that is open
    marks = list(_DOUBLE.finditer(text, *paragraph))
    for k, match in enumerate(marks):
        opens = _opens(text, match, paragraph, opened is not None)
        if opened is None:
            opened, within = match if opens else None, None
        elif opens:
            within = _KINDS[match.group()] if _KINDS[match.group()] != _KINDS[opened.group()] else within
        elif within == _KINDS[match.group()]:
            within = None
        elif within is None or _closes(opened, match, marks[k + 1 :]):
            found.append(_quotation(text, opened.start(), opened.end(), match.start(), match.end()))
            opened = None
    if opened is not None and paragraph.end - opened.end() > 1:
        found.append(_quotation(text, opened.start(), opened.end(), paragraph.end, paragraph.end, closed=False))
    return found


def _closes(opened: re.Match[str], mark: re.Match[str], later: list[re.Match[str]]) -> bool:
    """Marks of another kind than the opening one belong to a quotation within, if one of its own is still to come.

    Where none within was opened, a mark closes all the same, as in a text that mixes curly and straight marks.
    """
    own = _KINDS[opened.group()]
    return _KINDS[mark.group()] == own or not any(_KINDS[m.group()] == own for m in later)


def _opens(text: str, mark: re.Match[str], paragraph: TextSpan, inside: bool) -> bool:
    if mark.group() in _OPENERS and not (inside and _stands_after(text, mark, paragraph)):
        return True
    if mark.group() in _CLOSERS and not (mark.group() == "''" and not inside):
        return False
    before = text[mark.start() - 1] if mark.start() > paragraph.begin else " "
    after = text[mark.end()] if mark.end() < paragraph.end else " "
    if before in _BEFORE_OPENING and not after.isspace():
        return True
    if _stands_after(text, mark, paragraph):
        return False
    return not inside


def _stands_after(text: str, mark: re.Match[str], paragraph: TextSpan) -> bool:
    """Whether a mark stands where a quotation closes, whatever way it looks: "Do you?“ he asked."""
    before = text[mark.start() - 1] if mark.start() > paragraph.begin else " "
    after = text[mark.end()] if mark.end() < paragraph.end else " "
    return not before.isspace() and (after.isspace() or after in ".,;:?!)")


def _singles(text: str, paragraph: TextSpan, taken: list[TextSpan]) -> list[Quotation]:
    """The quotations in single marks; ``taken`` are those in double ones, which only curly single marks can hold."""
    found: list[Quotation] = []
    opened: int | None = None
    starts = [s.begin for s in taken]
    marks = list(_SINGLE.finditer(text, *paragraph))
    for n, mark in enumerate(marks):
        at = mark.start()
        k = bisect_right(starts, at) - 1
        if k >= 0 and at < taken[k].end:
            opened = opened if opened is not None and text[opened] == "‘" else None
        elif opened is None:
            opened = at if _opens_single(text, mark, paragraph) else None
        elif _closes_single(text, mark, paragraph) and not _is_possessive(text, mark, marks[n + 1 :], paragraph):
            if text[opened] == "‘" or k < 0 or taken[k].end <= opened:
                found.append(_quotation(text, opened, opened + 1, at, at + 1, single=True))
            opened = None
    return found


def _opens_single(text: str, mark: re.Match[str], paragraph: TextSpan) -> bool:
    """Whether a single mark stands before a word and after none, and is no apostrophe: not "get 'em"."""
    before = text[mark.start() - 1] if mark.start() > paragraph.begin else " "
    after = _WORD.match(text, mark.end(), paragraph.end)
    return mark.group() != "’" and before in _BEFORE_OPENING and after is not None and after[0] not in words("elisions")


def _closes_single(text: str, mark: re.Match[str], paragraph: TextSpan) -> bool:
    before = text[mark.start() - 1] if mark.start() > paragraph.begin else " "
    after = text[mark.end()] if mark.end() < paragraph.end else " "
    return mark.group() != "‘" and not before.isspace() and not after.isalnum()


def _is_possessive(text: str, mark: re.Match[str], later: list[re.Match[str]], paragraph: TextSpan) -> bool:
    """Whether a mark that could close is a plural's apostrophe, as a surer one comes before the next quotation opens.

    ``‘The workers’ rights are gone,’ she said``, but not ``‘Three Sisters’ shows the workers’ rights``.
    """
    if not _ends_plural(text, mark):
        return False
    for other in later:
        if _opens_single(text, other, paragraph):
            return False
        if _closes_single(text, other, paragraph) and not _ends_plural(text, other):
            return True
    return False


def _ends_plural(text: str, mark: re.Match[str]) -> bool:
    """Whether a mark stands right after an "s" and before a space, as in "the workers' rights"."""
    return text[mark.start() - 1] == "s" and text[mark.end() : mark.end() + 1].isspace()


def _quotation(
    text: str, begin: int, inner_begin: int, inner_end: int, end: int, closed: bool = True, single: bool = False
) -> Quotation:
    while inner_begin < inner_end and text[inner_begin].isspace():
        inner_begin += 1
    while inner_end > inner_begin and text[inner_end - 1].isspace():
        inner_end -= 1
    return Quotation(TextSpan(begin, end), TextSpan(inner_begin, inner_end), closed, single)


def ends_like_speech(text: str, quotation: Quotation) -> bool:
    """Whether the words end as a quoted sentence does: with a stop or comma, or with one just after the marks."""
    words, after = text[slice(*quotation.inner)].rstrip("'’\"” "), text[quotation.span.end : quotation.span.end + 1]
    return bool(words) and (words[-1] in _FINAL or after in (",", ".") or not quotation.closed)


def looks_like_title(text: str, quotation: Quotation) -> bool:
    """Whether all words but the small ones are capitalised, and no sentence ends within: "The Long Way Home"."""
    inner = text[slice(*quotation.inner)]
    big = [w for w in _WORD.findall(inner) if len(w) > _SMALL_WORD]
    return len(big) > 1 and all(w[0].isupper() for w in big) and not inner.rstrip(",").endswith((".", "?", "!"))
