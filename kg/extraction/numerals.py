"""Numbers as articles write them: figures, number words, scales and fractions, read from a row of lower-case words."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal
from functools import cache
from typing import NamedTuple

from kg.words import table

HYPHENS = frozenset(("-", "–", "‑"))
SIX_PLACES = Decimal("0.000001")
# "1,200,000"; "12,00,000" as in India
_FIGURES = re.compile(r"(\d{1,3}(?:,\d{3})+|\d{1,2}(?:,\d\d)+,\d{3}|\d+)(\.\d+)?(k|m|mn|mln|bn|b|bln|tn|trn)?")
_LONGEST = 24


class Numeral(NamedTuple):
    """A number at the words ``[start, end)``.

    ``fraction`` tells "a third" from an amount, ``scaled`` "5 million" from "5", ``spelled`` "five" from "5".
    """

    value: Decimal
    start: int
    end: int
    fraction: bool = False
    scaled: bool = False
    spelled: bool = False


@cache
def _kind(kind: str) -> Mapping[str, int]:
    values = {word: int(value) for word, what, value in table("units_numbers") if what == kind}
    if kind == "scale":  # "5m." at the end of a sentence
        values |= {f"{word}." if len(word) <= 3 else f"{word}s": value for word, value in values.items()}
    return values


@cache
def starting_words() -> frozenset[str]:
    """The words other than figures that a number can begin with."""
    return frozenset((*_kind("cardinal"), "half", "a", "an", "quarter", "quarters"))


def figures(word: str) -> tuple[Decimal, bool] | None:
    """The value of figures ("1,200", "3.2bn") and whether a scale is part of them; None for anything else."""
    match = _FIGURES.fullmatch(word)
    if match is None:
        return None
    whole, part, scale = match.groups()
    if len(whole) > 24:
        return None
    value = Decimal(whole.replace(",", "") + (part or ""))
    return value * _kind("scale")[scale] if scale else value, bool(scale)


def numeral_at(words: Sequence[str], i: int) -> Numeral | None:
    """The number that begins at word ``i``, with its scales and fractions."""
    first = figures(words[i])
    if first is not None:
        value, scaled = first
        end, is_scaled = _scales(words, i + 1)
        return Numeral(value * end[1], i, end[0], False, scaled or is_scaled) if end else None
    return _spelled(words, i)


def _scales(words: Sequence[str], i: int) -> tuple[tuple[int, Decimal], bool]:
    factor, start = Decimal(1), i
    while i < len(words) and words[i] in _kind("scale"):
        factor *= _kind("scale")[words[i]]
        i += 1
    return (i, factor), i > start


def _word(words: Sequence[str], i: int) -> str:
    return words[i] if i < len(words) else ""


def _spelled(words: Sequence[str], i: int) -> Numeral | None:
    cardinals, scales, fractions = _kind("cardinal"), _kind("scale"), _kind("fraction")
    start, word = i, words[i]
    if word == "half":
        return _half(words, i)
    if word in {"a", "an"}:
        follower = _word(words, i + 1)
        if follower in scales and len(follower) > 3:
            (end, factor), _ = _scales(words, i + 1)
            return Numeral(factor, i, end, scaled=True, spelled=True)
        if follower in fractions and follower != "half" and _word(words, i + 2) == "of":
            return Numeral(
                (1 / Decimal(fractions[follower])).quantize(SIX_PLACES), i, i + 2, fraction=True, spelled=True
            )
        return None
    if word not in cardinals:
        return None
    total = group = Decimal(0)
    scaled = False
    while i - start < _LONGEST:
        word = _word(words, i)
        if word in cardinals:
            if (
                i > start
                and words[i - 1] in cardinals
                and not (cardinals[words[i - 1]] >= 20 and 0 < cardinals[word] < 10)
            ):
                break
            group += cardinals[word]
            i += 1
            numerator = int(group)
            dashed = _word(words, i) in HYPHENS
            follower = _word(words, i + 1) if dashed else _word(words, i)
            is_share = dashed or numerator == 1 or follower[-1:] == "s"  # not "two third-party apps"
            if follower in fractions and numerator and not scaled and is_share and (dashed or follower != "second"):
                share = (Decimal(numerator) / fractions[follower]).quantize(SIX_PLACES)
                return Numeral(share, start, i + 1 + dashed, fraction=True, spelled=True)
            if dashed and _word(words, i + 1) in cardinals:
                i += 1
        elif word in scales and i > start:
            scaled = True
            scale = scales[word]
            if scale == 100:
                group *= 100
            else:
                total += group * scale
                group = Decimal(0)
            i += 1
        elif word == "and" and scaled and _word(words, i + 1) in cardinals and words[i - 1] == "hundred":
            i += 1
        else:
            break
    return Numeral(total + group, start, i, scaled=scaled, spelled=True)


def _half(words: Sequence[str], i: int) -> Numeral | None:
    """ "half of", "half a million", "half the", but not "the second half" or "half - time"."""
    if _word(words, i + 1) in {"a", "an"} and _word(words, i + 2) in _kind("scale"):
        return Numeral(Decimal(_kind("scale")[words[i + 2]]) / 2, i, i + 3, scaled=True, spelled=True)
    if _word(words, i + 1) == "of" and _word(words, i - 1 if i else i) not in {"first", "second", "last"}:
        return Numeral(Decimal("0.5"), i, i + 1, fraction=True, spelled=True)
    return None
