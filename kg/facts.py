"""The records that pass between the stages: an article as read, and the facts read out of it.

Offsets count Unicode code points of ``Article.text`` exactly as stored, ``[begin, end)``, zero-based. Records refer
to one another by key: a string that is unique within one article and says what the thing is (``person:daren
tang``). Nothing here knows of spaCy or RDF.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from functools import lru_cache
from hashlib import sha256
from typing import Final, NamedTuple


class TextSpan(NamedTuple):
    """Characters ``[begin, end)`` of an article's text."""

    begin: int
    end: int

    def covers(self, other: TextSpan) -> bool:
        """Whether ``other`` lies wholly inside this span."""
        return self.begin <= other.begin and other.end <= self.end

    def overlaps(self, other: TextSpan) -> bool:
        """Whether the two spans share at least one character."""
        return self.begin < other.end and other.begin < self.end


class BlockKind(StrEnum):
    """What a stretch of an article is, typographically."""

    HEADLINE = "headline"
    PARAGRAPH = "paragraph"
    CAPTION = "caption"
    HEADER = "header"  # metadata glued before the text: "date 2025-04-23"
    DATELINE = "dateline"  # "BEIJING, April 2 (Agency) -"
    BYLINE = "byline"  # "By Jane Doe"
    URL = "url"
    BOILERPLATE = "boilerplate"  # "Share this", "###", "Read more", "Correction: ..."


PROSE = frozenset({BlockKind.HEADLINE, BlockKind.PARAGRAPH, BlockKind.CAPTION})
"""The kinds of block that the language pipeline reads; the characters of all others are masked with spaces."""


@dataclass(frozen=True, slots=True)
class Block:
    """A stretch of an article of one kind; blocks do not overlap and stand in text order."""

    span: TextSpan
    kind: BlockKind


@dataclass(frozen=True, slots=True)
class Metadatum:
    """One thing known about an article as a whole.

    ``name`` is one of title, url, publisher, author, date, created, place, language, or text (where the text itself was
    taken from, if not from the article as it was published). ``value`` is plain text, a date as
    ``YYYY-MM-DD``. ``span`` says where the article's own text has it; otherwise ``origin`` names the field it came from
    ("JSON-LD datePublished", "og:title", "field 'date'", "file name"). ``confidence`` runs from 0 to 1.
    """

    name: str
    value: str
    span: TextSpan | None = None
    origin: str = "text"
    confidence: float = 1.0


@lru_cache(maxsize=8)
def _sha256(text: str) -> str:
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


@dataclass(frozen=True, slots=True)
class Article:
    """One article as read: its text, untouched, and what is known about it.

    ``source`` names it in messages (a path relative to what the user gave, with ``#n`` for a record of a JSON Lines
    file); it never enters the graph.
    """

    text: str
    source: str = ""
    metadata: tuple[Metadatum, ...] = ()
    blocks: tuple[Block, ...] = ()

    @property
    def sha256(self) -> str:
        """The SHA-256 of the UTF-8 bytes of the text, as 64 hexadecimal digits."""
        return _sha256(self.text)

    def first(self, name: str) -> Metadatum | None:
        """The most trusted metadatum of that name (the first listed among equals), or None."""
        best = None
        for known in self.metadata:
            if known.name == name and (best is None or known.confidence > best.confidence):
                best = known
        return best

    @property
    def is_summary(self) -> bool:
        """Whether the text is a summary of the article alone, as feeds have it; it gives way to the article itself."""
        return any(m.name == "text" and m.value == "summary" for m in self.metadata)

    @property
    def reference_date(self) -> date | None:
        """The day from which relative dates in the text count: its date of publication, or else of creation."""
        known = self.first("date") or self.first("created")
        return date.fromisoformat(known.value) if known else None


class EntityKind(StrEnum):
    """The kinds of thing that names stand for."""

    PERSON = "person"
    ORGANISATION = "organisation"
    PLACE = "place"
    EVENT = "event"


SURE: Final = 10.0
"""The lead of a kind that is beyond doubt."""


@dataclass(frozen=True, slots=True)
class Mention:
    """A name in the text (without title, article or possessive) and the rule that says whose name it is.

    ``reason`` is a short phrase for people: "full name", "surname of 'Daren Tang'", "acronym expanded at 'X (Y)'".
    """

    span: TextSpan
    reason: str = "full name"


@dataclass(frozen=True, slots=True)
class DateInterval:
    """The tightest interval of whole days that a date expression allows, both ends included.

    ``precision`` is one of day, week, month, quarter, year, decade; ``text`` the words as written; ``inferred`` the
    components (year, month, day) that the words leave out and the article's own date supplied; ``span`` the words.
    """

    start: date
    end: date
    precision: str
    text: str
    span: TextSpan
    inferred: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Entity:
    """A named person, organisation or place. ``kinds`` has two members for a place that acts or employs.

    ``name`` is the fullest form that the article uses; ``aliases`` are other names worth finding it by (acronym,
    alternative name), not surnames or title forms. ``mentions`` holds every name mention in text order. ``lead`` says
    by how many votes more speaks for its kind than for any other; :data:`SURE` where nothing else is thought of.
    """

    key: str
    name: str
    kinds: frozenset[EntityKind]
    mentions: tuple[Mention, ...]
    aliases: tuple[str, ...] = ()
    lead: float = SURE


@dataclass(frozen=True, slots=True)
class Topic:
    """A subject, programme or work that statements and events are about."""

    key: str
    name: str
    mentions: tuple[Mention, ...]
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happens, named ("Global Forum on ...") or described ("the arrest").

    ``evidence`` maps the name of a property (date, end, place, part_of, theme) to what says it; ``about`` holds
    keys of topics or entities with their evidence. ``status`` is None for what is reported as fact, else planned,
    denied or hypothetical. ``other_places`` are further places that the text gives (the hall beside the city).
    """

    key: str
    name: str
    named: bool
    mentions: tuple[Mention, ...]
    aliases: tuple[str, ...] = ()
    type: str | None = None
    date: DateInterval | None = None
    place: str | None = None
    part_of: str | None = None
    theme: str | None = None
    status: str | None = None
    about: tuple[tuple[str, TextSpan], ...] = ()
    evidence: tuple[tuple[str, TextSpan], ...] = ()
    confidence: float = 0.9
    other_places: tuple[tuple[str, TextSpan], ...] = ()

    def evidence_of(self, name: str) -> TextSpan:
        """The words that say the property ``name``; the first mention where none are recorded."""
        return dict(self.evidence).get(name, self.mentions[0].span)


@dataclass(frozen=True, slots=True)
class Role:
    """A person holding a titled position, in an organisation where the text names one.

    ``title`` is as written, without article and organisation; ``status`` is None, former, acting or designate;
    ``span`` the words that say it; ``reason`` the construction ("apposition", "title before name").
    """

    key: str
    person: str
    title: str
    organisation: str | None
    span: TextSpan
    status: str | None = None
    start: DateInterval | None = None
    end: DateInterval | None = None
    reason: str = ""
    confidence: float = 0.95


@dataclass(frozen=True, slots=True)
class Participation:
    """An agent's part in an event. ``kind`` is attended, spokeAt, organised, hosted or participatedIn."""

    agent: str
    kind: str
    event: str
    span: TextSpan
    roles: tuple[str, ...] = ()
    reason: str = ""
    confidence: float = 0.95


@dataclass(frozen=True, slots=True)
class Relation:
    """Any other relation between two entities that the text says in words. ``kind`` is a name from the ontology."""

    subject: str
    kind: str
    object: str
    span: TextSpan
    reason: str = ""
    confidence: float = 0.9


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with unit and comparator (eq, gt, ge, lt, le, approx).

    ``unit`` is an ISO 4217 code, "%", "ratio", or the counted noun as written ("jobs"); ``span`` covers comparator,
    number, unit and the complement that says of what.
    """

    value: Decimal
    unit: str
    comparator: str
    span: TextSpan


@dataclass(frozen=True, slots=True)
class Attribution:
    """A cue with the content it introduces and the source it names, as spans, before the speaker is known.

    ``source`` is empty where the text names none (a passive, a bare quotation); ``cue`` is None for a continued
    statement. ``nested_in`` is an index into the list this one stands in, of the attribution whose content holds
    this one. ``continues`` is the index of the attribution whose speech a continued one carries on.
    """

    content: tuple[TextSpan, ...]
    source: TextSpan | None
    cue: TextSpan | None
    cue_lemma: str | None
    quote_type: str  # direct, indirect, mixed, continued
    speech_act: str
    evidence: TextSpan
    polarity: str = "positive"
    modality: str = "certain"
    nested_in: int | None = None
    continues: int | None = None
    reason: str = ""
    confidence: float = 0.95


@dataclass(frozen=True, slots=True)
class Statement:
    """An attribution whose speaker is resolved.

    ``speaker`` is an entity's key, or None where the source is unnamed; then ``speaker_text`` holds its words ("two
    officials"), or is empty where the text gives none. ``nested_in`` is an index into ``ArticleFacts.statements``.
    """

    attribution: Attribution
    speaker: str | None
    speaker_text: str = ""
    nested_in: int | None = None
    made_at: str | None = None
    role: str | None = None
    date: DateInterval | None = None
    about: tuple[str, ...] = ()
    quantities: tuple[Quantity, ...] = ()
    confidence: float = 0.95
    speaker_reason: str = ""


@dataclass(frozen=True, slots=True)
class ArticleFacts:
    """Everything read out of one article, in text order. Picklable and small: this is what worker processes return."""

    article: Article
    entities: tuple[Entity, ...] = ()
    topics: tuple[Topic, ...] = ()
    events: tuple[Event, ...] = ()
    roles: tuple[Role, ...] = ()
    participations: tuple[Participation, ...] = ()
    relations: tuple[Relation, ...] = ()
    statements: tuple[Statement, ...] = ()
    about: tuple[tuple[str, TextSpan], ...] = field(default=())
    """What the article as a whole is about: keys of events, topics or entities, each with its evidence."""
