"""What a picture is made of: the things, facts, statements and articles of a graph, numbered."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple, TypeAlias

KINDS = ("person", "organisation", "event", "place", "topic")
"""The kinds of thing that are drawn, in the order of the legend."""

Ties: TypeAlias = Sequence[dict[int, int]]
"""For each thing, the things it is tied to and by how many facts and statements; symmetric."""


class Span(NamedTuple):
    """Characters ``[begin, end)`` (code points) of the article with the number ``article``."""

    article: int
    begin: int
    end: int


@dataclass(slots=True)
class Thing:
    """A node of the picture.

    ``start`` and ``end`` are dates as YYYY-MM-DD or empty; ``precision`` is day, week, month, quarter, year or decade.
    """

    iri: str
    label: str
    kind: str
    aliases: list[str] = field(default_factory=list)
    start: str = ""
    end: str = ""
    precision: str = ""
    date_text: str = ""
    inferred: str = ""
    mentions: list[Span] = field(default_factory=list)


@dataclass(slots=True)
class Role:
    """A post: who holds it, its title, where, whether it is former, acting or designate; from when until when."""

    person: int
    title: str
    organisation: int = -1
    status: str = ""
    start: str = ""
    end: str = ""


@dataclass(slots=True)
class Fact:
    """A triple with its evidence.

    ``subject`` is -1 for a fact about the article, ``target`` is -1 for a literal. ``role`` is the post that is held;
    of a fact about the post itself (since when, or that it is a former one) the holder is the subject.
    """

    subject: int
    predicate: str
    target: int
    literal: str
    role: int
    as_roles: list[int]
    confidence: float
    spans: list[Span]


@dataclass(slots=True)
class Statement:
    """Who said what, several people together too; ``roles`` are the posts in which they do.

    The four lists of spans are evidence, content, cue and source.
    """

    iri: str
    speakers: list[int]
    speaker_text: str
    content: str
    cue: str
    act: str
    quote: str
    polarity: str
    modality: str
    confidence: float
    made_at: int
    roles: list[int]
    about: list[int]
    quantities: list[str]
    start: str
    end: str
    nested_in: int = -1
    spans: tuple[list[Span], list[Span], list[Span], list[Span]] = field(default_factory=lambda: ([], [], [], []))


@dataclass(slots=True)
class Article:
    """An article: its text and what is known about it; dates as YYYY-MM-DD or empty.

    ``copy_of`` is the IRI of the fuller article that it is a near-duplicate of, or empty.
    """

    iri: str
    title: str
    text: str = ""
    date: str = ""
    url: str = ""
    publisher: str = ""
    author: str = ""
    copy_of: str = ""


@dataclass(slots=True)
class Contents:
    """Everything of one picture; numbers are positions in these lists."""

    things: list[Thing]
    roles: list[Role]
    facts: list[Fact]
    statements: list[Statement]
    articles: list[Article]

    def neighbours(self) -> Ties:
        """For each thing, the things it is tied to by facts or statements, and by how many."""
        ties: list[dict[int, int]] = [defaultdict(int) for _ in self.things]

        def tie(one: int, other: int) -> None:
            if one >= 0 and other >= 0 and one != other:
                ties[one][other] += 1
                ties[other][one] += 1

        for fact in self.facts:
            if fact.predicate == "holdsRole":
                tie(fact.subject, self.roles[fact.role].organisation)
            else:
                tie(fact.subject, fact.target)
        for statement in self.statements:
            reporters = self.statements[statement.nested_in].speakers if statement.nested_in >= 0 else []
            for speaker in statement.speakers:
                for thing in (*statement.about, statement.made_at, *reporters):
                    tie(speaker, thing)
        return ties
