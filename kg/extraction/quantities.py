"""Numbers that say how much or how many: amounts of money, shares, measures and things counted.

A quantity reaches from its comparator ("more than", "exceeded") over number and unit to what it is a part of ("of
global patent applications"). Dates, years, times, scores, labels ("Article 5") and small number words ("two engines")
are none.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from kg.extraction.columns import columns
from kg.extraction.numerals import HYPHENS, SIX_PLACES, Numeral, figures, numeral_at, starting_words
from kg.facts import Quantity, TextSpan
from kg.words import table, words

if TYPE_CHECKING:
    from spacy.tokens import Doc

BEFORE_NOUN = frozenset(("JJ", "JJR", "JJS", "VBG", "VBN", "NN", "NNP", "HYPH", "NNS"))
IN_PHRASE = BEFORE_NOUN | {"NNPS", "DT", "PRP$", "POS", "CD"}
TIMES = frozenset(("second", "minute", "hour", "day", "week", "month", "year", "decade", "century"))
_PLACING = frozenset(("in", "at", "on", "near", "across", "around"))
RANGE_WORDS = frozenset(("to", "and", "or")) | HYPHENS


class _Unit(NamedTuple):
    name: str
    end: int
    measured: bool


def find_quantities(doc: Doc) -> tuple[Quantity, ...]:
    """The quantities of a text, in text order. A range gives two: its lower bound (ge) and its upper one (le)."""
    row = columns(doc).lower
    starters = starting_words()
    found: list[Quantity] = []
    done = 0
    for i, word in enumerate(row):
        if i >= done and (word in starters or word[0].isdigit()):
            quantities, done = _quantity_at(doc, row, i, done)
            found.extend(quantities)
    return tuple(found)


def _quantity_at(doc: Doc, row: list[str], i: int, floor: int) -> tuple[list[Quantity], int]:
    number = numeral_at(row, i)
    if number is None or (i > 0 and row[i - 1] in HYPHENS and doc[i - 1].whitespace_ == ""):
        return [], i + 1
    if number.fraction and _is_glued(doc, row, number.end):
        return [], number.end  # "one third-party app"
    odds = _odds(doc, row, number)
    if odds:
        return [odds[0]], odds[1]
    upper = _range_end(row, number)
    last = upper or number
    prefix = _currency_before(row, i)
    unit = _unit(doc, row, last, number, prefix)
    if unit is None:
        return [], last.end
    begin, comparator = _comparator_before(row, prefix[1] if prefix else i, floor)
    if upper and begin > floor and row[begin - 1] in {"between", "from"}:
        begin -= 1
    if not unit.measured and not _counts(doc, row, number, last, comparator):
        return [], last.end
    end, comparator = _comparator_after(row, unit.end, comparator)
    end = _complement_end(doc, row, end, begin, unit)
    first, final = doc[begin], doc[end - 1]
    span = TextSpan(first.idx, final.idx + len(final))
    if upper is None:
        return [Quantity(_plain(number.value), unit.name, comparator or "eq", span)], end
    low = number.value
    if upper.scaled and not number.scaled and low < 1000:
        low *= upper.value / _unscaled(row, upper)
    bounds = [Quantity(_plain(low), unit.name, "ge", span), Quantity(_plain(upper.value), unit.name, "le", span)]
    return (bounds if low < upper.value else []), end


def _is_glued(doc: Doc, row: list[str], end: int) -> bool:
    """Whether a hyphen ties the word before ``end`` to the one behind it."""
    return end < len(row) and row[end] in HYPHENS and not doc[end - 1].whitespace_


def _odds(doc: Doc, row: list[str], number: Numeral) -> tuple[Quantity, int] | None:
    """ "one in five patients" as a ratio."""
    if row[number.end : number.end + 1] != ["in"] or number.end + 1 >= len(row):
        return None
    whole = numeral_at(row, number.end + 1)
    if whole is None or whole.value <= number.value or number.value == 0:
        return None
    counted = _counted(doc, whole.end)
    if counted is None or counted.name in TIMES:
        return None
    begin, comparator = _comparator_before(row, number.start, 0)
    first, final = doc[begin], doc[counted.end - 1]
    share = (number.value / whole.value).quantize(SIX_PLACES)
    return Quantity(
        _plain(share), "ratio", comparator or "eq", TextSpan(first.idx, final.idx + len(final))
    ), counted.end


def _plain(value: Decimal) -> Decimal:
    """The value without trailing zeros and without an exponent."""
    value = value.normalize()
    return value.quantize(Decimal(1)) if value == value.to_integral_value() else value


def _unscaled(row: list[str], number: Numeral) -> Decimal:
    bare = figures(row[number.start])
    first = bare[0] if bare and not bare[1] else (numeral_at(row[: number.start + 1], number.start) or number).value
    return first or Decimal(1)


def _range_end(row: list[str], number: Numeral) -> Numeral | None:
    """The upper number of "10 to 15", "5-10", "10% to 15%" and "between 5 and 10"; not of "rose 10% to 15"."""
    i = number.end
    unit_between = i < len(row) and (row[i] in _measures() or row[i] in _currencies())
    i += unit_between
    before = row[number.start - 1] if number.start else ""
    joint = row[i] if i < len(row) else ""
    if number.fraction or joint not in RANGE_WORDS or (joint == "and" and before != "between"):
        return None
    if unit_between and joint == "to" and _changes(row, number.start):
        return None
    i += 1
    if i < len(row) and row[i] in _currencies():
        i += 1
    upper = numeral_at(row, i) if i < len(row) else None
    if upper is None or upper.fraction or (upper.value <= number.value and not upper.scaled):
        return None
    return upper


@cache
def _measures() -> Mapping[str, str]:
    return {row[0]: row[1] for row in table("units_measures")}


@cache
def _currencies() -> Mapping[str, str]:
    return dict(table("currencies"))  # type: ignore[arg-type]


@cache
def _signs() -> frozenset[str]:
    """Currencies that stand before the number."""
    return frozenset(name for name in _currencies() if not name.isalpha() or len(name) <= 3) - {"won", "yen"}


def _currency_before(row: list[str], i: int) -> tuple[str, int] | None:
    if i > 0 and row[i - 1] in _signs():
        return _currencies()[row[i - 1]], i - 1
    if i > 1 and row[i - 1] == "$" and f"{row[i - 2]}$" in _currencies():
        return _currencies()[f"{row[i - 2]}$"], i - 2
    return None


def _currency_at(row: list[str], i: int) -> tuple[str, int] | None:
    for length in (3, 2, 1):
        name = " ".join(row[i : i + length])
        if i + length <= len(row) and name in _currencies():
            return _currencies()[name], i + length
    return None


def _unit(doc: Doc, row: list[str], last: Numeral, first: Numeral, prefix: tuple[str, int] | None) -> _Unit | None:
    i = last.end
    if prefix:
        code, _ = prefix
        if code == "JPY" and not {"yuan", "renminbi", "rmb"}.isdisjoint(row):
            code = "CNY"  # both countries write ¥
        named = _currency_at(row, i)
        return _Unit(code, named[1] if named and named[0] == code else i, True)
    if first.fraction:
        return _Unit("ratio", i, True)
    word = row[i] if i < len(row) else ""
    if word in {"percentage", "basis"} and row[i + 1 : i + 2] in (["point"], ["points"]):
        return _Unit(f"{word} point", i + 2, True)
    if word == "per" and row[i + 1 : i + 2] == ["cent"]:
        return _Unit("%", i + 2, True)
    if word in {"year", "years"} and row[i + 1 : i + 2] == ["old"]:
        return _Unit("years old", i + 2, True)
    if word in {"square", "cubic"} and row[i + 1 : i + 2] and row[i + 1] in _measures():
        return _Unit(f"{word} {_measures()[row[i + 1]]}", i + 2, True)
    money = _currency_at(row, i)
    if money and not (money[0] == "GBP" and row[money[1] : money[1] + 1] == ["of"]):
        return _Unit(*money, True)
    if word in _measures():
        return _Unit(_measures()[word], i + 1, True)
    return _counted(doc, i)


def _counted(doc: Doc, i: int) -> _Unit | None:
    """The plural noun that is counted: "1,200 new jobs"; none in "20 minute walk"."""
    noun = None
    for j in range(i, min(i + 5, len(doc))):
        tag = doc[j].tag_
        if tag == "NNS":
            noun = j
        elif noun is not None or tag not in BEFORE_NOUN or doc[j].lower_ in TIMES:
            break
    return None if noun is None else _Unit(doc[noun].lemma_.lower(), noun + 1, False)


def _counts(doc: Doc, row: list[str], number: Numeral, last: Numeral, comparator: str | None) -> bool:
    """Whether a number before a plain noun is a figure worth keeping, not a date, label, score or small number word."""
    before = row[number.start - 1] if number.start else ""
    if number.spelled and not number.scaled and (comparator is None or number.value == 1):
        return False
    if before == "#" or (
        before in words("units_labels") and (doc[number.start - 1].text[0].isupper() or before[-1] == ".")
    ):
        return False
    year = not number.scaled and "," not in row[number.start] and 1500 <= number.value <= 2100
    if year and not number.spelled and number.end == number.start + 1 and comparator in {None, "gt", "approx", "lt"}:
        return comparator is not None and doc[last.end].tag_ == "NNS" and before not in {"over", "about", "around"}
    return row[last.end] not in HYPHENS and not _is_in_name(doc, number)


def _is_in_name(doc: Doc, number: Numeral) -> bool:
    """Whether a number is part of a name before it: "Boeing 737 jets", "Group of 20 leaders"."""
    if number.start == 0:
        return False
    before = doc[number.start - 1]
    if before.lower_ == "of" and before.i > 1 and not doc[before.i - 1].is_sent_start:
        return doc[before.i - 1].lower_ in words("units_labels") and doc[before.i - 1].text[0].isupper()
    if before.tag_ != "NNP" or before.dep_ not in {"compound", "nmod"} or before.text.isupper():
        return False
    first = before.i
    while first > 0 and doc[first - 1].tag_ == "NNP" and doc[first - 1].head in {before, before.head}:
        first -= 1
    placed = first > 0 and doc[first - 1].lower_ in _PLACING and before.head.dep_ != "pobj"
    return not placed  # "In New York 25 people were hurt", but "in Boeing 737 jets"


@cache
def _comparators(where: str) -> Mapping[str, tuple[tuple[tuple[str, ...], str], ...]]:
    """Comparing phrases by their last word (before a number) or their first (after it), the longest first."""
    found: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for phrase, place, sign in table("units_comparators"):
        if place == where:
            parts = tuple(phrase.split())
            found.setdefault(parts[-1 if where == "before" else 0], []).append((parts, sign))
    return {word: tuple(sorted(entries, key=lambda e: -len(e[0]))) for word, entries in found.items()}


def _comparator_before(row: list[str], i: int, floor: int) -> tuple[int, str | None]:
    if i > 0:
        for parts, sign in _comparators("before").get(row[i - 1], ()):
            start = i - len(parts)
            if start >= floor and tuple(row[start:i]) == parts:
                if parts[-1].startswith("exceed") and start > 0 and row[start - 1] in {"not", "n't", "n’t", "never"}:
                    return start - 1, "le"
                return start, sign
    return i, None


def _comparator_after(row: list[str], end: int, comparator: str | None) -> tuple[int, str | None]:
    for parts, sign in _comparators("after").get(row[end] if end < len(row) else "", ()):
        follows = row[end + len(parts)] if end + len(parts) < len(row) else ""
        if tuple(row[end : end + len(parts)]) == parts and comparator is None and follows not in {"or", "a", "the"}:
            return end + len(parts), sign
    return end, comparator


def _changes(row: list[str], i: int) -> bool:
    """Whether a verb of change stands shortly before: "rose 5% to ..."."""
    return any(_stem(word) in _rates() for word in row[max(0, i - 5) : i])


@cache
def _rates() -> frozenset[str]:
    irregular = ("rose", "risen", "fell", "fallen", "grew", "grown", "shrank", "shrunk", "dropped", "slipped", "dipped")
    return words("units_rate") | {_stem(word) for word in (*words("units_rate"), *irregular)}


def _stem(word: str) -> str:
    for ending in ("ing", "ed", "es", "s", "e", "d"):
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            return word[: -len(ending)]
    return word


def _complement_end(doc: Doc, row: list[str], end: int, begin: int, unit: _Unit) -> int:
    """The end of "of global patent applications" or "to GDP" after a quantity; ``end`` where nothing such follows."""
    preposition = row[end] if end < len(row) else ""
    if preposition != "of" and not (preposition == "to" and unit.name in {"%", "ratio"} and not _changes(row, begin)):
        return end
    j = end + 1
    noun = end
    while j < len(doc) and j < end + 9 and doc[j].tag_ in IN_PHRASE:
        if doc[j].tag_[:2] == "NN":
            noun = j + 1
        j += 1
    return noun if noun > end and not (preposition == "to" and row[end + 1][0].isdigit()) else end
