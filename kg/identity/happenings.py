"""Described events ("the fire"): what one article says of such a happening, and the keys by which retellings are found.

A happening has no name of its own. What tells it from others is its kind, its day, where it was, who took part, what is
told beside it, at what kind of site it was, and the very words of the article.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from functools import cache
from hashlib import blake2b
from itertools import pairwise
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from kg.facts import Article, ArticleFacts, Entity, EntityKind, Event, TextSpan
from kg.identity.collective import country
from kg.identity.editions import ORDINAL, YEAR
from kg.identity.spelling import fold
from kg.words import classes, table, words

AROUND: Final = 20
"""Words on each side of a mention that are looked at."""
TOLD: Final = 3
"""The first mentions of an event that are looked at."""
RUN: Final = 4
"""Words of a run."""
MOST_RUNS: Final = 24
"""So many runs of the words around an event are kept: those of the smallest numbers, a sample by chance."""
MARKS: Final = 4
"""So many of them are keys."""
_LONGEST_BEFORE: Final = 20
"""So many characters before a number are looked at."""
MOST_BESIDE: Final = 8
"""So many names beside an event are kept."""

WIDE: Final = frozenset({"election", "disaster"})
"""Types of event of which a whole country has one on one day."""

_WORD: Final = re.compile(r"\w+(?:['’-]\w+)*")
_NUMBERS: Final = frozenset(
    "first second third fourth fifth sixth seventh eighth ninth tenth another further next previous earlier".split()  # noqa: SIM905
)
_CARDINALS: Final = {
    word: str(number)
    for number, word in enumerate(
        ["two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"], 2
    )
}
_COUNTED: Final = classes("identity_counted")
_COUNT: Final = re.compile(
    rf"""(?<![^\s("“‘])(\d{{1,3}}(?:,\d{{3}})+|\d+|{"|".join(_CARDINALS)})\s+([^\W\d]+)""", re.IGNORECASE
)
"""A number and a word with nothing but blanks between them, unlike those of "Berg, 34, neighbours said"."""

_PRONOUNS: Final = frozenset({"he", "i", "it", "she", "they", "we", "which", "who", "you"})
_COMPLEMENT: Final = frozenset({"of", "for", "with", "between", "to", "in", "at", "on", "from", "by"})


class Happening(Struct, frozen=True, array_like=True):
    """A described event as one article tells of it.

    ``heads`` are the rows of its words in ``identity_happenings.tsv`` (or the word itself), none where its words could
    take up any event of its type; ``numbers`` the ordinals of the descriptions, ``modifiers`` the other words of these
    that tell which it is. ``days`` are the first and the last day where the article tells the day. ``wholes`` holds
    tokens of what its places are in, ``beside`` those of names around its mentions, ``sites`` kinds of site there (rows
    of ``identity_sites.tsv``), ``counts`` what is counted there ("2 firefighter"), ``runs`` numbers of runs of words.
    ``rivals`` tells whether the article has another event of this kind on that day.
    """

    type: str
    heads: tuple[str, ...]
    numbers: tuple[str, ...]
    days: tuple[str, str] | None
    wholes: tuple[str, ...] = ()
    beside: tuple[str, ...] = ()
    sites: tuple[str, ...] = ()
    theme: str | None = None
    whole: str | None = None
    runs: tuple[int, ...] = ()
    rivals: bool = False
    modifiers: tuple[str, ...] = ()
    counts: tuple[str, ...] = ()


def happenings(facts: ArticleFacts, token_of: Mapping[str, str | None]) -> dict[str, Happening]:
    """The described events of an article that it reports as fact or as planned, by their keys.

    ``token_of`` gives the token of each entity by its key.
    """
    described = [
        event for event in facts.events if not event.named and event.type and event.status in (None, "planned")
    ]
    if not described:
        return {}
    within: dict[str, set[str]] = defaultdict(set)
    for relation in facts.relations:
        if relation.kind == "locatedIn":
            within[relation.subject].add(relation.object)
    names = {event.key: event for event in facts.events}
    found = {event.key: _happening(event, facts, names, within, token_of) for event in described}
    crowded = [key for key in found if any(_rival(found[key], found[other]) for other in found if other != key)]
    return found | {key: replace(found[key], rivals=True) for key in crowded}


def _happening(
    event: Event,
    facts: ArticleFacts,
    events: Mapping[str, Event],
    within: Mapping[str, set[str]],
    token_of: Mapping[str, str | None],
) -> Happening:
    article = facts.article
    told = [mention.span for mention in event.mentions[:TOLD]]
    windows = [_window(article, span) for span in told]
    around = [_WORD.findall(fold(article.text[window.begin : window.end])) for window in windows]
    descriptions = [event.name, *(article.text[span.begin : span.end] for span in told)]
    places = [key for key in (event.place, *(place for place, _ in event.other_places)) if key]
    date = event.date
    whole = events.get(event.part_of or "")
    assert event.type
    heads = _heads(event.type, descriptions)
    beside = _beside(facts.entities, windows)
    named = [entity for entity in facts.entities if entity.key in beside]
    names, people = _words_of(named), _words_of(entity for entity in named if EntityKind.PERSON in entity.kinds)
    return Happening(
        event.type,
        heads,
        tuple(sorted({word for text in descriptions for word in _WORD.findall(fold(text)) if _counts(word)})),
        (date.start.isoformat(), date.end.isoformat()) if date and date.precision == "day" else None,
        _tokens(sorted(_wholes(places, within)), token_of),
        _tokens(beside, token_of)[:MOST_BESIDE],
        _sites_in(around, names, people),
        fold(event.theme) if event.theme else None,
        fold(whole.name) if whole and whole.named else None,
        _runs(around),
        modifiers=_modifiers(event.type, descriptions, heads),
        counts=_counted(article.text, windows),
    )


def _words_of(entities: Iterable[Entity]) -> set[str]:
    return {word for entity in entities for word in _WORD.findall(fold(entity.name))}


def _tokens(keys: Iterable[str], token_of: Mapping[str, str | None]) -> tuple[str, ...]:
    found = (token_of.get(key) for key in keys)
    return tuple(dict.fromkeys(token for token in found if token))


def _wholes(places: Collection[str], within: Mapping[str, set[str]]) -> set[str]:
    """Everything that the article says some places are in."""
    found: set[str] = set()
    waiting = list(places)
    while waiting:
        new = within.get(waiting.pop(), set()) - found
        found |= new
        waiting += new
    return found - set(places)


def _window(article: Article, span: TextSpan) -> TextSpan:
    """Some words on each side of a mention, within its paragraph."""
    begin, end = next(
        ((b.span.begin, b.span.end) for b in article.blocks if b.span.begin <= span.begin < b.span.end),
        (0, len(article.text)),
    )
    before = [match.start() for match in _WORD.finditer(article.text, max(begin, span.begin - 20 * AROUND), span.begin)]
    after = [match.end() for match in _WORD.finditer(article.text, span.end, min(end, span.end + 20 * AROUND))]
    return TextSpan((before[-AROUND:] or [span.begin])[0], (after[:AROUND] or [span.end])[-1])


def _beside(entities: Iterable[Entity], windows: list[TextSpan]) -> list[str]:
    """The keys of what is named in some windows, in the order of the text."""
    found: dict[str, int] = {}
    for entity in entities:
        for mention in entity.mentions:
            if any(window.begin <= mention.span.begin < window.end for window in windows):
                found[entity.key] = min(found.get(entity.key, mention.span.begin), mention.span.begin)
    return sorted(found, key=lambda key: (found[key], key))


def _runs(stretches: Iterable[list[str]]) -> tuple[int, ...]:
    """The smallest numbers of the runs of some stretches of words."""
    runs = {" ".join(found[at : at + RUN]) for found in stretches for at in range(len(found) - RUN + 1)}
    numbers = {
        int.from_bytes(blake2b(run.encode("utf-8", "surrogatepass"), digest_size=4).digest(), "big") for run in runs
    }
    return tuple(sorted(numbers)[:MOST_RUNS])


def _counted(text: str, windows: Iterable[TextSpan]) -> tuple[str, ...]:
    """Numbers with the plural after them, "two firefighters", but for years, days, times, ages, amounts and labels."""
    found = {
        f"{_CARDINALS.get(number, number)} {_singular(noun)}"
        for window in windows
        for match in _COUNT.finditer(text, window.begin, window.end)
        if _is_plural(noun := fold(match[2]))
        and ((number := match[1].casefold().replace(",", "")) in _CARDINALS or _is_count(number, text, match.start()))
    }
    return tuple(sorted(found))[:MOST_BESIDE]


def _is_count(figures: str, text: str, begin: int) -> bool:
    """Whether a number in figures, by itself and by the word before it, is one of things counted."""
    before = _WORD.findall(text, max(0, begin - _LONGEST_BEFORE), begin)[-1:]
    return (
        figures.lstrip("0") not in ("", "1")
        and not YEAR.fullmatch(figures)
        and fold("".join(before)) not in _before_labels()
    )


def _is_plural(noun: str) -> bool:
    """Whether a word is the plural of something that can be counted where an event was."""
    if noun in _COUNTED["plural"]:
        return True
    return _singular(noun) != noun and noun not in _COUNTED["other"] and noun not in _amounts()


@cache
def _amounts() -> frozenset[str]:
    """Words for times, measures and money."""
    return frozenset(
        {*_COUNTED["amounts"], *(row[0] for name in ("units_measures", "currencies") for row in table(name))}
    )


@cache
def _before_labels() -> frozenset[str]:
    """Words after which a number in figures is a day, the time of day, an age or a label."""
    months = (word for kind, _, names in table("dates_names") if kind == "month" for word in names.split("|"))
    return frozenset({*_COUNTED["times"], *map(fold, months), *map(fold, words("units_labels"))})


# Kinds


@cache
def _kinds() -> dict[tuple[str, str], tuple[str, ...]]:
    """The rows in which a word of a type of event stands."""
    found: dict[tuple[str, str], list[str]] = defaultdict(list)
    for kind, *cells in table("identity_happenings"):
        row = " ".join(cells).split()
        for word in row if row[0] != "-" else ():
            found[kind, word].append(row[0])
    return {key: tuple(rows) for key, rows in found.items()}


@cache
def _any_kind() -> frozenset[tuple[str, str]]:
    """The words that take up any event of a type."""
    rows = ((kind, " ".join(cells).split()) for kind, *cells in table("identity_happenings"))
    return frozenset((kind, word) for kind, row in rows if row[0] == "-" for word in row)


@cache
def _sites() -> dict[str, tuple[str, ...]]:
    """The rows in which a kind of site stands."""
    found: dict[str, list[str]] = defaultdict(list)
    for cells in table("identity_sites"):
        row = " ".join(cells).split()
        for word in row:
            found[word].append(row[0])
    return {word: tuple(rows) for word, rows in found.items()}


def _sites_in(stretches: Iterable[list[str]], names: Collection[str], people: Collection[str]) -> tuple[str, ...]:
    """The kinds of site in some stretches of words; a hospital that speaks is none, nor where somebody "works"."""
    found = {
        row
        for stretch in stretches
        for before, word in pairwise(["", *stretch])
        if word not in names and before not in people and before not in _PRONOUNS
        for row in _sites().get(word) or _sites().get(_singular(word)) or ()
    }
    return tuple(sorted(found))


def _heads(kind: str, descriptions: Iterable[str]) -> tuple[str, ...]:
    found: set[str] = set()
    for text in descriptions:
        told = _WORD.findall(fold(text))
        told = told[: next((at for at, word in enumerate(told) if at and word in _COMPLEMENT), None)]
        known = [rows for word in told if (rows := _rows(kind, word))]
        if known:
            found.update(known[-1])
        elif told and not any(_takes_up(kind, word) for word in told):
            found.add(_singular(told[-1]))
    return tuple(sorted(found))


def _modifiers(kind: str, descriptions: Iterable[str], heads: Collection[str]) -> tuple[str, ...]:
    """The words of some descriptions that tell which event of its kind is meant."""
    found = {_singular(word.removesuffix("'s")) for text in descriptions for word in _WORD.findall(fold(text))}
    plain = words("identity_modifiers")
    kept = (
        w
        for w in found - plain
        if not YEAR.fullmatch(w) and not _counts(w) and not _rows(kind, w) and not _takes_up(kind, w)
    )
    return tuple(sorted(set(kept) - set(heads)))[:MOST_BESIDE]


def _rows(kind: str, word: str) -> tuple[str, ...]:
    return _kinds().get((kind, word)) or _kinds().get((kind, _singular(word))) or ()


def _takes_up(kind: str, word: str) -> bool:
    return (kind, word) in _any_kind() or (kind, _singular(word)) in _any_kind()


def _singular(word: str) -> str:
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("ches", "shes", "sses")):
        return word[:-2]
    return word[:-1] if word.endswith("s") and not word.endswith(("ss", "us")) and len(word) > 3 else word


def _counts(word: str) -> bool:
    return word in _NUMBERS or ORDINAL.match(word) is not None


def one_kind(one: Happening, other: Happening) -> bool:
    """Whether two happenings may be of one kind: of one type, told in words that can stand for one another."""
    if one.type != other.type:
        return False
    return not one.heads or not other.heads or not set(one.heads).isdisjoint(other.heads)


def _rival(one: Happening, other: Happening) -> bool:
    return one_kind(one, other) and one.days == other.days


# Keys


def is_country(token: str) -> bool:
    """Whether a token stands for a country."""
    return token.startswith("place:") and country(token.removeprefix("place:")) is not None


def keys_of_happening(told: Happening, places: Iterable[str], parties: Iterable[str]) -> set[str]:
    """Blocking keys: two articles' happenings that may be one share at least one."""
    keys = {f"~{told.type} {number}" for number in told.runs[:MARKS]} if len(told.runs) > MARKS else set()
    if told.days:
        day = f"{told.type} {'/'.join(told.days)}"
        wide = told.type in WIDE
        tokens = {*places, *parties, *told.beside, *told.wholes}
        keys |= {f"{day} {token}" for token in tokens if wide or not is_country(token)}
        keys |= {f"{day} ={name}" for name in (told.theme, told.whole) if name}
    return keys
