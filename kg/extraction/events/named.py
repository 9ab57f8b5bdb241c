"""The names of events: "Global Forum on Trade", "2008 Summer Olympics", "Hurricane Katrina", "the Hajj".

A name is a capitalised noun group headed by an event word (``words/events_named.tsv``), with the year or ordinal before
it and the "on/of/for ..." or year after it. Words that also name standing bodies ("Forum", "Congress") count only where
the document uses the name like an event.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from kg.extraction.columns import Columns, columns
from kg.extraction.events.words import word_class
from kg.words import table, words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.tokens import Doc

_YEAR = re.compile(r"(?:1[5-9]|20)\d\d$|['’]\d\d$")
_ORDINAL = re.compile(r"\d+(?:st|nd|rd|th)$")
_ROMAN = re.compile(r"[IVXL]+$")
_LINKS = frozenset({"and", "&", "of", "the", "for", "-", "–", "'s", "’s", "'", "’", "in", ",", "to", "/", "on"})
_TAIL = frozenset({"on", "of", "for", "against"})
_FUNCTION_POS = frozenset({"DET", "PRON", "VERB", "AUX", "ADP", "ADV", "SCONJ", "CCONJ", "PART", "INTJ"})
_PROSE_CASED = frozenset({"attack", "disaster", "accident", "business", "election", "ceremony", "protest", "justice"})


class EventName(NamedTuple):
    """The tokens ``[start, end)`` of an event's name, the head word's index and the type that it gives."""

    start: int
    end: int
    head: int
    type: str


@cache
def _heads() -> dict[str, tuple[str, str]]:
    return {row[0]: (row[1], row[2]) for row in table("events_named")}


@cache
def _last_words() -> dict[str, tuple[tuple[str, ...], ...]]:
    """Entries of several words by their last word, longest first."""
    last: dict[str, list[tuple[str, ...]]] = {}
    for entry in _heads():
        parts = tuple(entry.replace("-", " - ").replace("'s", " 's").replace("d'", "d'").split())
        last.setdefault(parts[-1], []).append(parts)
    return {word: tuple(sorted(parts, key=len, reverse=True)) for word, parts in last.items()}


def _head_at(c: Columns, i: int) -> tuple[int, str, str] | None:
    """The event word that ends at token ``i``: its first token, its type, and what must speak for it."""
    for parts in _last_words().get(c.lower[i], ()):
        first = i - len(parts) + 1
        if first >= 0 and c.words[first][0].isupper() and tuple(c.lower[first : i + 1]) == parts:
            kind, needs = _heads()[" ".join(parts).replace(" - ", "-")]
            return first, kind, needs
    return None


def _capital(c: Columns, i: int) -> bool:
    word = c.words[i]
    return word[0].isupper() and (word[0].isalpha())


def _names(c: Columns, i: int, sentence_start: int) -> bool:
    """Whether the capitalised token ``i`` can be part of a name (and is not capitalised for its place alone)."""
    shouted = len(c.words[i]) > 1 and c.words[i].isupper()
    if c.lower[i] in word_class("unnaming") and not (shouted and c.lower[i] not in {"the", "a", "an"}):
        return False
    if c.pos[i] in _FUNCTION_POS and not (c.ents[i] or shouted):
        return False
    if c.pos[i] == "VERB" and c.deps[i] == "ROOT":
        return False  # "Office Holds Press Conference"
    return i > sentence_start or c.pos[i] == "PROPN" or bool(c.ents[i]) or c.tags[i] in {"JJ", "NN", "NNS", "CD"}


def _left(c: Columns, first: int, floor: int) -> int:
    """The first token of the name whose event word begins at ``first``."""
    start = first
    i = first - 1
    while i >= floor:
        if _capital(c, i) and _names(c, i, floor) and c.ents[i] != "PERSON":
            start = i
        elif not (i > floor and start == i + 1 and _capital(c, i - 1) and _links(c, i)):
            break
        i -= 1
    before = start - 1
    if before >= floor and (_YEAR.match(c.words[before]) or _ORDINAL.match(c.words[before])):
        start = before
    return start


def _links(c: Columns, i: int) -> bool:
    """Whether the token ``i`` between two capitalised words joins them to one name."""
    if c.lower[i] == "and":
        return _joined(c, i)
    if c.tags[i] == "POS":
        return c.tags[i - 1] in {"NNS", "NNPS"}
    if c.lower[i] == "of":
        return c.tags[i - 1] in {"NNS", "NNPS"} and c.lower[i - 1] in _officers()  # "Heads of Office Meeting"
    plain_noun = c.tags[i] == "NN" and c.deps[i] == "compound" and c.heads[i] > i  # "FIFA football World Cup"
    return c.words[i] in {"-", "–", "&"} or (plain_noun and c.pos[i - 1] == "PROPN")


@cache
def _officers() -> frozenset[str]:
    """Nouns for people in the plural."""
    return frozenset(f"{row[0]}s" for row in table("names_people"))


def _joined(c: Columns, i: int) -> bool:
    """Whether "and" at ``i`` joins words of one name, not two names."""
    kinds = {c.ents[i - 1], c.ents[i + 1]}
    if len(kinds) == 1 and "" not in kinds:
        alone = i + 2 >= len(c.words) or c.ents[i + 2] == "" or c.ent_starts[i + 2]
        common = c.deps[i + 1] == "conj" and alone and not c.words[i + 1].isupper()  # "Technology and Patents"
        return not c.ent_starts[i + 1] or common
    return not kinds & {"PERSON", "GPE", "NORP"}


def _right(c: Columns, end: int, ceiling: int, kind: str) -> int:
    """The end of a name whose event word ends before ``end``: "... on Climate Change", "... Canada 2016"."""
    if end < ceiling and (_YEAR.match(c.words[end]) or _ROMAN.match(c.words[end])):
        return end + 1
    run = end
    while run < ceiling and run - end < 3 and _capital(c, run) and c.pos[run] == "PROPN":
        run += 1
    if end < run < ceiling and _YEAR.match(c.words[run]):
        return run + 1
    if end < ceiling and c.ents[end] in {"GPE", "EVENT"} and _capital(c, end) and c.pos[end] == "PROPN":
        after = end + 1
        while after < ceiling and c.ents[after] == c.ents[end] and not c.ent_starts[after] and _capital(c, after):
            after += 1
        if not c.ent_starts[end] or (c.deps[end - 1] == "compound" and end <= c.heads[end - 1] < after):
            return after
        return end
    if end + 1 < ceiling and c.lower[end] in _TAIL and kind in {"gathering", "conflict", "festival", "meeting"}:
        i = end + 1
        while i < ceiling and c.lower[i] in {"the", "all"}:
            i += 1
        if i < ceiling and _capital(c, i) and c.pos[i] not in {"DET", "PRON"} and c.ents[i] not in {"DATE", "TIME"}:
            if c.lower[end] == "of" and _has_head(c, i, ceiling):
                return end
            return _tail(c, i, ceiling)
        if i < ceiling and c.lower[end] == "of" and _YEAR.match(c.words[i]) and kind == "conflict":
            return i + 1
    return end


def _has_head(c: Columns, i: int, ceiling: int) -> bool:
    """Whether the capitalised run that begins at ``i`` holds an event word: then it is a name of its own."""
    while i < ceiling and (_capital(c, i) or c.words[i] in {"-", "–", "&"}):
        if _head_at(c, i):
            return True
        i += 1
    return False


def _tail(c: Columns, i: int, ceiling: int) -> int:
    end = i
    while i < ceiling:
        if _capital(c, i):
            i += 1
            end = i
            continue
        ahead = i + 1
        while ahead < ceiling and c.lower[ahead] in _LINKS and ahead - i < 3:
            ahead += 1
        if c.lower[i] not in _LINKS or ahead >= ceiling or not _capital(c, ahead):
            break
        if c.lower[i] in {"in", "to"}:
            break
        if c.lower[i] == "," and not _lists_on(c, ahead, ceiling):
            break
        if c.lower[i] == "of" and _has_head(c, ahead, ceiling):
            break
        if c.lower[i] == "and" and not _joined(c, i):
            break
        i = ahead
    return end


def _lists_on(c: Columns, i: int, ceiling: int) -> bool:
    """Whether a capitalised list goes on to an "and" without a verb between: "Trade, Investment and Technology"."""
    for j in range(i, min(ceiling, i + 6)):
        if c.lower[j] in {"and", "&"}:
            return j + 1 < ceiling and _capital(c, j + 1) and c.deps[j + 1] == "conj"
        if not _capital(c, j) and c.words[j] != ",":
            return False
    return False


def _used_as_event(c: Columns, head: int) -> int:
    """How a name is used at one place: 1 like an event, -1 like a body that acts, 0 open."""
    governor = c.heads[head]
    if c.deps[head] == "pobj":
        if c.lower[governor] in word_class("occasion"):
            return 1
        if c.lower[governor] == "of" and c.lower[c.heads[governor]] in word_class("inner"):
            return 1  # "on the sidelines of the ..."
        return -1 if c.lower[governor] in {"by", "of", "from"} else 0
    if c.deps[head] in {"nsubjpass", "nsubj", "dobj"}:
        if c.lemmas[governor] in word_class("happening") or c.lemmas[governor] == "be":
            return 1
        return -1 if c.deps[head] == "nsubj" else 0
    return 0


def _speaks_for_event(c: Columns, start: int, end: int) -> bool:
    """Whether the words of the name themselves say that it is an occasion: a year, a number, "annual", "on ..."."""
    return any(_dated(c, i) or c.lower[i] in {"annual", "on"} for i in range(start, end))


def event_names(doc: Doc) -> tuple[EventName, ...]:
    """The names of events in text order, none inside another."""
    c = columns(doc)
    found: list[EventName] = []
    unsure: dict[str, list[tuple[EventName, int]]] = {}
    for i, (name, sure) in _candidates(c):
        if sure:
            found.append(name)
        else:
            key = " ".join(c.lower[name.start : name.end])
            unsure.setdefault(key, []).append((name, _used_as_event(c, i)))
    ends = {name.end for name in found}
    for uses in unsure.values():
        part_of_it = any(name.start - k in ends and c.lower[name.start - k] == "of" for name, _ in uses for k in (1, 2))
        if part_of_it or sum(vote for _, vote in uses) > 0:
            found.extend(name for name, _ in uses)
    found.extend(_echoes(c, found))
    found.sort(key=lambda name: (name.start, -name.end))
    return tuple(name for n, name in enumerate(found) if n == 0 or name.start >= max(f.end for f in found[:n]))


def _candidates(c: Columns) -> Iterator[tuple[int, tuple[EventName, bool]]]:
    heads, storms = _last_words(), words("events_storms")
    floor = 0
    for i, lower in enumerate(c.lower):
        if (lower not in heads and lower not in storms) or not _capital(c, i):
            continue
        candidate = _storm(c, i) if lower in storms else _name_headed_by(c, i, floor)
        if candidate:
            yield i, candidate
            floor = candidate[0].end


def _name_headed_by(c: Columns, i: int, floor: int) -> tuple[EventName, bool] | None:
    """The name whose event word ends at token ``i``, and whether nothing more need speak for it."""
    head = _head_at(c, i)
    if head is None:
        return None
    first, kind, needs = head
    sentence, ceiling = c.sentences[c.sentence_of[i]]
    if first < floor or _extends(c, i + 1, ceiling) or _body_ahead(c, i + 1, ceiling):
        return None
    start = _left(c, first, max(sentence, floor))
    end = _right(c, i + 1, ceiling, kind)
    if _body_ahead(c, end, ceiling):
        return None
    runs_on = end == i + 1 and end < ceiling and _capital(c, end) and c.pos[end] == "PROPN" and c.deps[i] == "compound"
    if needs != "alone":
        about = end > i + 1 and c.lower[i + 1] == "on" and i > sentence and c.lower[first - 1] == "the"
        bare = start == first and not about and (end == i + 1 or (kind != "conflict" and needs != "use"))
        if runs_on or bare or (needs == "modified" and not _modified(c, start, first)):
            return None
        if kind in _PROSE_CASED and _title_cased(c, sentence, ceiling):
            return None
    if end == i + 1 and end < ceiling and c.lower[end] in word_class("rounds"):
        return EventName(start, end + 1, end, kind), True  # "Stanley Cup final"
    return EventName(start, end, i, kind), needs != "use" or _speaks_for_event(c, start, end)


def _title_cased(c: Columns, start: int, end: int) -> bool:
    """Whether a sentence is set in capitals or title case, so that a capital says nothing."""
    content = [c.words[i] for i in range(start, end) if c.words[i].isalpha() and len(c.words[i]) > 3]
    return sum(word[0].isupper() for word in content) > 0.8 * len(content)


def _echoes(c: Columns, names: list[EventName]) -> list[EventName]:
    """Further places of the same names without year or ordinal, and of a storm's own name ("Katrina")."""
    cores: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for name in names:
        start, end = name.start, name.end
        if c.lower[name.head] in words("events_storms") and name.type == "disaster":
            start = name.head + 1
        elif not _YEAR.match(c.words[end - 1]) and not _dated(c, start):
            continue
        start += _dated(c, start)
        end -= bool(_YEAR.match(c.words[end - 1]))
        core = tuple(c.words[start:end])
        if core and core not in [known for known, _ in cores.get(core[0], ())]:
            cores.setdefault(core[0], []).append((core, name.type))
    if not cores:
        return []
    taken = {i for name in names for i in range(name.start, name.end)}
    found: list[EventName] = []
    for i, word in enumerate(c.words):
        for core, kind in cores.get(word, ()):
            end = i + len(core)
            if tuple(c.words[i:end]) == core and taken.isdisjoint(range(i, end)):
                start = i - _dated(c, i - 1) if i else i
                found.append(EventName(start, end, end - 1, kind))
    return found


def _dated(c: Columns, i: int) -> bool:
    return bool(_YEAR.match(c.words[i]) or _ORDINAL.match(c.words[i]))


def _extends(c: Columns, i: int, ceiling: int) -> bool:
    """Whether the capitalised run goes on from ``i`` to another event word ("... Forum Annual Conference")."""
    while i < ceiling and _capital(c, i) and c.pos[i] in {"PROPN", "ADJ", "NOUN"}:
        if _head_at(c, i):
            return True
        i += 1
    return False


def _body_ahead(c: Columns, i: int, ceiling: int) -> bool:
    """Whether the capitalised run from ``i`` on ends in the word of a body or building ("... Games Committee")."""
    while i < ceiling and _capital(c, i):
        if c.lower[i] in word_class("body"):
            return True
        i += 1
    return False


def _modified(c: Columns, start: int, first: int) -> bool:
    return any(
        _dated(c, i) or c.ents[i] in {"GPE", "NORP", "ORDINAL"} or c.lower[i] in word_class("naming")
        for i in range(start, first)
    )


def _storm(c: Columns, i: int) -> tuple[EventName, bool] | None:
    """A storm or operation whose own name follows token ``i``."""
    military = c.lower[i] == "operation"
    start = i - 1 if i and c.lower[i - 1] == "tropical" and c.lower[i] == "storm" else i
    ceiling = c.sentences[c.sentence_of[i]][1]
    end = i + 1
    while end < min(ceiling, i + 3) and _capital(c, end) and c.pos[end] == "PROPN":
        end += 1
    if (
        end == i + 1
        or c.lower[i + 1] in word_class("body")
        or (i > 0 and _capital(c, i - 1) and start == i and c.pos[i - 1] == "PROPN")
    ):
        return None
    return EventName(start, end, i, "conflict" if military else "disaster"), not military


def event_name_spans(doc: Doc) -> tuple[tuple[int, int], ...]:
    """The tokens ``[start, end)`` of each event name, in text order; no other name begins inside one."""
    return tuple((name.start, name.end) for name in event_names(doc))
