"""What an article keeps coming back to: a few subjects, programmes and works, each with all its mentions.

Topics come from four constructions, the surest first: an expansion with its acronym ("intellectual property (IP)"), a
list that the text itself calls topics ("topics such as ..."), the capitalised name of a programme, law or work, and a
noun phrase that recurs (ranked by length and frequency, nested phrases only where they stand alone often enough, after
the C-value of Frantzi, Ananiadou and Mima 2000). Names of entities and events are never topics.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import cache
from typing import NamedTuple

from kg.extraction.columns import Columns, columns
from kg.extraction.events.words import event_nouns
from kg.extraction.reading import Reading
from kg.extraction.roles.lexicon import demonyms, head_words
from kg.facts import Event, Mention, TextSpan, Topic
from kg.texts import without_invisible
from kg.words import table, words

MOST = 12
MOST_LISTED = 6
MOST_SINGLE = 3
LONGEST = 5
LONGEST_TITLE = 24
"""Tokens of a title in quotation marks."""
NOUN_TAGS = frozenset(("NN", "NNS", "NNP", "NNPS"))
MODIFIER_TAGS = NOUN_TAGS | {"JJ", "HYPH", "VBN"}
LISTED_AS = frozenset(("topics", "themes", "subjects", "issues"))
JOINTS = frozenset((",", ";"))
SPECIFIC_COUNT = 2
SINGLE_COUNT = 4
ON = re.compile(r"[^\S\n](?:on|about|over|concerning)[^\S\n](?:[\w-]+[^\S\n]){0,3}")
"""What may stand between an event and what it is about."""
FINITE = frozenset(("VBD", "VBZ", "VBP", "MD"))


class _Found(NamedTuple):
    name: str
    aliases: tuple[str, ...]
    ranges: tuple[tuple[int, int], ...]
    reason: str
    weight: float


class _Row:
    """The tokens of an article as lists, and which of them a name, an event or a topic has taken."""

    def __init__(self, reading: Reading, exclude: Iterable[tuple[int, int]]) -> None:
        doc = reading.doc
        self.article_text = reading.article.text
        self.columns = c = columns(doc)
        self.texts = c.words
        self.lower = c.lower
        self.tags = c.tags
        self.begins = list(c.sentence_starts)
        for i in range(1, len(self.begins)):  # a sentence may be marked at the space before it
            self.begins[i] = self.begins[i] or (self.begins[i - 1] and self.texts[i - 1].isspace())
        self.taken = bytearray(len(self.texts))
        starts = {begin: i for i, begin in enumerate(c.begins)}
        for entity in reading.entities:
            for mention in entity.mentions:
                i = starts.get(mention.span.begin, len(self.texts))
                while i < len(self.texts) and c.begins[i] < mention.span.end:
                    self.taken[i] = 1
                    i += 1
        for start, end in (*exclude, *_quoted_titles(c)):
            self.take(start, end)

    def take(self, start: int, end: int) -> None:
        """Marks tokens as part of a name or topic."""
        self.taken[start:end] = bytes([1]) * (end - start)

    def free(self, start: int, end: int) -> bool:
        """Whether no name or topic has any of the tokens."""
        return not any(self.taken[start:end])

    def span(self, start: int, end: int) -> TextSpan:
        """The characters of tokens."""
        return self.columns.span(start, end)

    def text(self, start: int, end: int) -> str:
        """The words of tokens as the article shows them, with single spaces."""
        return " ".join(without_invisible(self.article_text[slice(*self.span(start, end))]).split())


def find_topics(reading: Reading, exclude: tuple[tuple[int, int], ...] = ()) -> tuple[Topic, ...]:
    """The topics of an article, in text order. ``exclude`` holds token ranges ``[start, end)`` that name events."""
    row = _Row(reading, exclude)
    found: list[_Found] = []
    for extract in (_listed, _works, _abbreviated, _recurring):
        found.extend(extract(row))
    best: dict[str, _Found] = {}
    for topic in sorted(found, key=lambda topic: (-topic.weight, topic.ranges)):
        if len(best) < MOST:
            best.setdefault(topic.name.casefold(), topic)
    chosen = sorted(best.items(), key=lambda item: (item[1].ranges, item[0]))
    return tuple(
        Topic(
            key=f"topic:{key}",
            name=topic.name,
            mentions=tuple(Mention(row.span(*place), topic.reason) for place in topic.ranges),
            aliases=topic.aliases,
        )
        for key, topic in chosen
    )


def events_about(events: tuple[Event, ...], topics: tuple[Topic, ...], text: str) -> tuple[Event, ...]:
    """The events with the topics that their names hold or that an "on" after them gives ("talks on fish quotas")."""
    return tuple(replace(event, about=tuple(_about(event, topics, text))) for event in events)


def _about(event: Event, topics: tuple[Topic, ...], text: str) -> Iterator[tuple[str, TextSpan]]:
    names = {name.casefold() for name in (event.name, *event.aliases)}
    for topic in topics:
        words = [re.compile(rf"(?<!\w){re.escape(name.casefold())}(?!\w)") for name in (topic.name, *topic.aliases)]
        if any(word.search(name) for word in words for name in names):
            yield topic.key, event.mentions[0].span
            continue
        for said in event.mentions:
            named = next((m.span for m in topic.mentions if ON.fullmatch(text, said.span.end, m.span.begin)), None)
            if named:
                yield topic.key, TextSpan(said.span.begin, named.end)
                break


def _quoted_titles(c: Columns) -> Iterator[tuple[int, int]]:
    """The titles of works, slogans and themes in quotation marks, told by their capitals.

    Not those in single marks, in which headlines quote what somebody said.
    """
    for quotation in (q for q in c.quotations if not q.single):
        start, end = c.tokens(quotation.inner)
        content = [word for word in c.words[start:end] if word.isalpha() and len(word) > 3]
        capitals = sum(word[0].isupper() for word in content)
        if end - start <= LONGEST_TITLE and len(content) > 1 and capitals >= 0.8 * len(content):
            yield start, end


def _listed(row: _Row) -> Iterator[_Found]:
    """The items of "topics such as A, B and C"."""
    count = 0
    for i, word in enumerate(row.lower):
        if word not in LISTED_AS:
            continue
        if row.lower[i + 1 : i + 3] == ["such", "as"]:
            start = i + 3
        elif row.lower[i + 1 : i + 2] == ["including"]:
            start = i + 2
        else:
            continue
        for begin, end in _items(row, start):
            if count < MOST_LISTED:
                count += 1
                row.take(begin, end)
                yield _Found(row.text(begin, end), (), ((begin, end),), f"listed as one of the {word}", 2.0)


def _items(row: _Row, start: int) -> list[tuple[int, int]]:
    end = start
    while end < len(row.lower) and not row.begins[end] and row.tags[end] not in FINITE:
        if row.lower[end] in {".", ";", ":", "\n", "(", "—", "–", '"', "”"}:
            break
        end += 1
    items, begin = [], start
    commas = [i for i in range(start, end) if row.lower[i] in JOINTS]
    last = next((i for i in range((commas[-1] if commas else start) + 1, end) if row.lower[i] == "and"), None)
    for cut in [*commas, *([last] if last else []), end]:
        first = begin + (begin < cut and row.lower[begin] in {"and", "the", "a", "an"})
        if 0 < cut - first <= 14 and any(tag in NOUN_TAGS for tag in row.tags[first:cut]) and row.free(first, cut):
            items.append((first, cut))
        begin = cut + 1
    return items


def _works(row: _Row) -> Iterator[_Found]:
    """Capitalised names of programmes, laws, treaties and works: "IP Powerhouse Country Project"."""
    places: dict[str, list[tuple[int, int]]] = defaultdict(list)
    done = 0
    for i, word in enumerate(row.lower):
        if word in words("topics_works") and row.texts[i][0].isupper() and not row.taken[i] and i >= done:
            start = i
            while start > 0 and row.texts[start - 1][0].isupper() and row.tags[start - 1] in MODIFIER_TAGS:
                if row.taken[start - 1]:
                    break
                start -= 1
            start = max(start, done)
            if start < i and not row.begins[start] and not row.texts[i].isupper():
                places[row.text(start, i + 1)].append((start, i + 1))
                done = i + 1
    for name, ranges in places.items():
        for place in ranges:
            row.take(*place)
        yield _Found(name, (), tuple(ranges), "name of a programme or work", 2.5 + len(ranges))


def _abbreviated(row: _Row) -> Iterator[_Found]:
    """Expansions with their acronyms: "intellectual property (IP)", and every later mention of either."""
    pairs: dict[str, tuple[int, int]] = {}
    for i, text in enumerate(row.texts):
        acronym = row.texts[i + 1] if i + 2 < len(row.texts) else ""
        if text == "(" and row.texts[i + 2 : i + 3] == [")"] and 2 <= len(acronym) <= 7 and acronym[:2].isupper():
            start = _expansion_start(row, i, acronym.rstrip("s"))
            if start is not None and row.free(start, i) and not row.taken[i + 1]:
                pairs.setdefault(acronym, (start, i))
    for acronym, (start, end) in pairs.items():
        expansion = tuple(row.lower[start:end])
        ranges = [(start, end + 3)]
        for i, text in enumerate(row.texts):
            if start <= i < end + 3 or row.taken[i]:
                continue
            if text in (acronym, acronym.rstrip("s"), f"{acronym}s"):
                ranges.append((i, i + 1))
            elif row.lower[i] == expansion[0] and tuple(row.lower[i : i + len(expansion)]) == expansion:
                stop = i + len(expansion)
                if row.free(i, stop):
                    ranges.append((i, stop))
        for place in ranges:
            row.take(*place)
        yield _Found(
            _as_label(row, start, end),
            (acronym,),
            tuple(sorted(ranges)),
            f"acronym expanded at '{row.text(start, end + 3)}'",
            10.0 + len(ranges),
        )


def _expansion_start(row: _Row, end: int, acronym: str) -> int | None:
    """Where the words begin whose initials make the acronym; small words may be passed over."""
    i, letters = end, list(acronym.casefold())
    while letters and i > 0 and end - i <= 2 * len(acronym) + 2:
        i -= 1
        word = row.lower[i]
        if word[0] == letters[-1] and (word[0].isalpha() or word[0].isdigit()):
            letters.pop()
        elif word not in {"of", "and", "the", "for", "in", "on", "to", "-", "&"}:
            return None
    return i if not letters and i < end - 1 else None


def _as_label(row: _Row, start: int, end: int) -> str:
    """The words as written, without the capital that only begins a sentence."""
    text = row.text(start, end)
    first = row.texts[start]
    if row.begins[start] and first[1:].islower() and row.tags[start] not in {"NNP", "NNPS"}:
        return text[0].lower() + text[1:]
    return text


def _recurring(row: _Row) -> Iterator[_Found]:
    """Noun phrases that stand in the text at least twice (single nouns: four times)."""
    places: dict[tuple[str, ...], list[tuple[int, int]]] = defaultdict(list)
    for start, end in _noun_runs(row):
        lemma = row.columns.lemmas[end - 1].lower()
        shortest = end - 1 if row.tags[end - 1] in {"NN", "NNS"} else end - 2  # a proper noun alone is a name
        for begin in range(max(start, end - LONGEST), shortest + 1):
            places[(*row.lower[begin : end - 1], lemma)].append((begin, end))
    kept = [key for key, found in places.items() if len(found) >= (SPECIFIC_COUNT if len(key) > 1 else SINGLE_COUNT)]
    alone = {key: len(places[key]) for key in kept}
    chosen: list[tuple[str, ...]] = []
    singles = 0
    for key in sorted(kept, key=lambda key: (-len(key), places[key][0])):
        if alone[key] < (SPECIFIC_COUNT if len(key) > 1 else SINGLE_COUNT) or not _specific(key):
            continue
        chosen.append(key)
        for begin in range(1, len(key)):
            if key[begin:] in alone:
                alone[key[begin:]] -= len(places[key])
    chosen.sort(key=lambda key: (-alone[key] * len(key), places[key][0]))
    for key in chosen:
        if len(key) == 1:
            singles += 1
            if singles > MOST_SINGLE:
                continue
        ranges = [place for place in places[key] if row.free(*place)]
        if len(ranges) < SPECIFIC_COUNT:
            continue
        for place in ranges:
            row.take(*place)
        # headlines and sentence beginnings have capitals that the phrase itself does not need
        first = min(ranges, key=lambda place: sum(text[0].isupper() for text in row.texts[place[0] : place[1]]))
        weight = len(ranges) * (1.0 + 0.5 * (len(key) - 1))
        yield _Found(_as_label(row, *first), (), tuple(ranges), "recurring phrase", weight)


def _noun_runs(row: _Row) -> Iterator[tuple[int, int]]:
    """The stretches of modifiers and nouns that end in a noun, without names."""
    start: int | None = None
    last_noun = 0
    for i, tag in enumerate((*row.tags, "")):
        inside = tag in MODIFIER_TAGS and not row.taken[i]
        if inside:
            if start is None:
                if tag == "HYPH":
                    continue
                start, last_noun = i, 0
            if tag in NOUN_TAGS:
                last_noun = i + 1
        elif start is not None:
            if last_noun > start:
                yield start, last_noun
            start = None


@cache
def _no_subjects() -> frozenset[str]:
    """Nouns that alone name an event or an amount, not what it is about: "festival", "euros"."""
    amounts = {row[0] for name in ("currencies", "units_measures") for row in table(name)}
    return frozenset({*event_nouns(), *amounts})


def _specific(key: tuple[str, ...]) -> bool:
    """Whether a phrase says what an article is about, and not only who, when or how many."""
    head, modifiers = key[-1], key[:-1]
    if (
        (head in words("topics_general") and len(key) < 3)
        or head in head_words()
        or not head.replace("-", "").isalnum()
    ):
        return False
    if head in words("topics_general_modifiers") or (not modifiers and head in _no_subjects()):
        return False
    if modifiers and not all(word[0].isalpha() or word == "-" for word in modifiers):
        return False
    if modifiers and (modifiers[0] == "-" or all(word in words("topics_general_modifiers") for word in modifiers)):
        return False
    return len(head) > 2 and not (head in demonyms() and not modifiers)
