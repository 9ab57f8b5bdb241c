"""The contents of a picture as small JSON: columns, numbers for repeated words, and article text only once.

All evidence is offsets into the article texts, counted in UTF-16 units as the browser counts them.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from itertools import pairwise
from typing import Any

from kg.picture.contents import KINDS, Article, Contents, Span, Statement
from kg.sentences import sentence_ends

TEXT_BUDGET = 3_000_000
"""Characters of article text in a page; beyond it only the cited sentences are kept."""

MENTION_BUDGET = 30_000
"""Name mentions in a page; beyond it names are not marked in the article view."""

PREDICATE_WORDS = {
    "attended": "attended",
    "spokeAt": "spoke at",
    "organised": "organised",
    "hosted": "hosted",
    "participatedIn": "took part in",
    "place": "place",
    "partOf": "part of",
    "about": "about",
    "holdsRole": "role",
    "theme": "theme",
    "startDate": "from",
    "endDate": "until",
    "altLabel": "also called",
    "sameAs": "same as",
    "roleStatus": "status",
    "eventStatus": "status",
    "headline": "title",
    "datePublished": "published",
    "created": "written",
    "source": "address",
}

Convert = Callable[[int], int]


def predicate_words(predicate: str) -> str:
    """The words for a predicate: ``spokeAt`` is "spoke at", an unknown ``worksFor`` is "works for"."""
    name = re.split(r"[#/]", predicate)[-1]
    return PREDICATE_WORDS.get(name) or re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name).lower()


class Strings:
    """Numbers for strings that repeat; 0 is the empty one."""

    def __init__(self) -> None:
        self.all: list[str] = [""]
        self._number: dict[str, int] = {"": 0}

    def __call__(self, text: str) -> int:
        """The number of a string, a new one for one not seen before."""
        number = self._number.get(text)
        if number is None:
            number = self._number[text] = len(self.all)
            self.all.append(text)
        return number


def utf16(text: str) -> Convert:
    """A function from code point offsets of a text to UTF-16 offsets."""
    astral = [position for position, character in enumerate(text) if character > "\uffff"] if not text.isascii() else []
    if not astral:
        return lambda offset: offset
    return lambda offset: offset + bisect_left(astral, offset)


def pack(contents: Contents) -> tuple[dict[str, Any], list[list[Any]]]:
    """The page's data without places, and the texts: for each article a list of begin, passage, begin, passage ..."""
    strings = Strings()
    convert = [utf16(article.text) for article in contents.articles]
    predicates = Strings()

    def flat(spans: Iterable[Span]) -> list[int]:
        return [n for a, b, e in spans for n in (a, convert[a](b), convert[a](e) - convert[a](b))]

    things = contents.things
    number = {article.iri: n for n, article in enumerate(contents.articles)}
    mentions = sum(len(thing.mentions) for thing in things)
    bases = _bases([(thing.kind, thing.iri) for thing in things])
    packed = {
        "kinds": KINDS,
        "bases": bases,
        "ids": [thing.iri.removeprefix(bases.get(thing.kind, "")) for thing in things],
        "labels": [thing.label for thing in things],
        "kind": [KINDS.index(thing.kind) for thing in things],
        "aliases": {n: thing.aliases for n, thing in enumerate(things) if thing.aliases},
        "dates": {
            n: [t.start, t.end, t.date_text, t.inferred, t.precision] for n, t in enumerate(things) if t.start or t.end
        },
        "mentions": {n: flat(t.mentions) for n, t in enumerate(things) if t.mentions}
        if mentions <= MENTION_BUDGET
        else {},
        "roles": [
            [role.person, role.title, role.organisation, strings(role.status), role.start, role.end]
            for role in contents.roles
        ],
        "facts": [
            [
                fact.subject,
                predicates(fact.predicate),
                fact.target,
                fact.literal or 0,
                fact.role,
                fact.as_roles or 0,
                round(fact.confidence * 100),
                flat(fact.spans),
            ]
            for fact in contents.facts
        ],
        "statements": [_statement(statement, strings, convert) for statement in contents.statements],
        "articles": [
            [a.iri, a.title, a.date, a.url, a.publisher, a.author, number.get(a.copy_of, -1)] for a in contents.articles
        ],
        "predicates": [[name, predicate_words(name)] for name in predicates.all],
        "strings": strings.all,
    }
    return packed, texts(contents)


def _bases(iris: Iterable[tuple[str, str]]) -> dict[str, str]:
    """For each kind, what the IRIs of its things start with, where it is the same for all up to the last slash."""
    starts: dict[str, set[str]] = defaultdict(set)
    for kind, iri in iris:
        starts[kind].add(iri[: iri.rfind("/") + 1])
    return {kind: found.pop() for kind, found in sorted(starts.items()) if len(found) == 1}


def _statement(statement: Statement, strings: Strings, convert: Sequence[Convert]) -> list[Any]:
    article = next((span.article for spans in statement.spans for span in spans), -1)

    def flat(spans: Iterable[Span]) -> list[int]:
        at = convert[article]
        return [n for a, b, e in spans if a == article for n in (at(b), at(e) - at(b))]

    evidence, content, cue, source = (flat(spans) for spans in statement.spans)
    return [
        statement.speakers or 0,
        statement.speaker_text or 0,
        0 if content else statement.content,
        strings(statement.cue),
        strings(statement.act),
        strings(statement.quote),
        strings(statement.polarity),
        strings(statement.modality),
        round(statement.confidence * 100),
        statement.made_at,
        statement.roles or 0,
        statement.about or 0,
        statement.quantities or 0,
        [statement.start, statement.end] if statement.start else 0,
        statement.nested_in,
        article,
        evidence,
        content,
        cue,
        source,
    ]


def texts(contents: Contents) -> list[list[Any]]:
    """Each article's text whole; or its cited sentences, or those of statements, where the texts are too long.

    Of each article a list: UTF-16 offset, list of neighbouring sentences, offset, sentences ...
    """
    if sum(len(article.text) for article in contents.articles) <= TEXT_BUDGET:
        return [[0, _sentences(a.text, sentence_ends(a.text), 0, len(a.text))] for a in contents.articles]
    said = [span for statement in contents.statements for spans in statement.spans for span in spans]
    kept = _cited(contents, [*said, *(span for fact in contents.facts for span in fact.spans)])
    if sum(len(sentence) for article in kept for sentences in article[1::2] for sentence in sentences) <= TEXT_BUDGET:
        return kept
    return _cited(contents, said)


def _cited(contents: Contents, spans: Iterable[Span]) -> list[list[Any]]:
    """The sentences around spans, article by article."""
    cited: list[list[tuple[int, int]]] = [[] for _ in contents.articles]
    for span in spans:
        cited[span.article].append((span.begin, span.end))
    return [_passages(article, sorted(found)) for article, found in zip(contents.articles, cited, strict=True)]


def _passages(article: Article, spans: Sequence[tuple[int, int]]) -> list[Any]:
    """The sentences around the spans, neighbouring ones in one list, each list after its UTF-16 offset."""
    ends = [0, *sentence_ends(article.text), len(article.text)]
    kept: list[list[int]] = []
    for begin, end in spans:
        first = ends[max(0, bisect_left(ends, begin + 1) - 1)]
        last = ends[min(bisect_left(ends, end), len(ends) - 1)]
        if kept and first <= kept[-1][1]:
            kept[-1][1] = max(kept[-1][1], last)
        else:
            kept.append([first, last])
    at = utf16(article.text)
    return [each for first, last in kept for each in (at(first), _sentences(article.text, ends, first, last))]


def _sentences(text: str, ends: Sequence[int], first: int, last: int) -> list[str]:
    """The characters ``[first, last)`` of a text, cut behind its sentences."""
    inside = [first, *ends[bisect_right(ends, first) : bisect_left(ends, last)], last]
    return [text[begin:end] for begin, end in pairwise(inside)]
