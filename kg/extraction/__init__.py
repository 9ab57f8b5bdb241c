"""From a parsed article to its facts. Knows nothing of RDF."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable
from typing import TYPE_CHECKING

from kg.extraction.columns import columns
from kg.extraction.dates import find_dates
from kg.extraction.events import find_events
from kg.extraction.events.named import event_name_spans
from kg.extraction.events.participation import find_participations
from kg.extraction.names import find_entities
from kg.extraction.quantities import find_quantities
from kg.extraction.quotation import Quotation
from kg.extraction.reading import Reading
from kg.extraction.roles import find_relations, find_roles
from kg.extraction.statements import find_attributions, resolve_statements
from kg.extraction.topics import events_about, find_topics
from kg.facts import Article, ArticleFacts, Attribution, Entity, Event, TextSpan, Topic

if TYPE_CHECKING:
    from pathlib import Path

    from spacy.tokens import Doc

__all__ = ["extract"]

NAMING = frozenset({"title before name", "apposition", "title, name"})
"""The constructions that give a role in passing, as part of a name, rather than claim it."""

EDGE = 2
"""Characters that may stand around a content: a quotation mark and a full stop."""


def extract(article: Article, doc: Doc, extra_cues: Path | None = None) -> ArticleFacts:
    """Everything that an article says, each fact with its characters. ``doc`` has the article's offsets.

    ``extra_cues`` is a user's list of further words of saying; see :func:`kg.extraction.statements.load_cues`.
    """
    entities, references = find_entities(article, doc)
    reading = Reading(article, doc, entities, references)
    attributions = find_attributions(article, doc, extra_cues)
    said = _Said(attributions, columns(doc).quotations)
    roles = tuple(role for role in find_roles(reading) if role.reason in NAMING or not said.holds(role.span))
    continued = tuple(span for a in attributions if a.quote_type == "continued" for span in a.content)
    events, event_references = find_events(reading, continued)
    found = find_participations(reading, events, event_references, roles, continued)
    participations = tuple(part for part in found if not said.holds(part.span))
    topics = find_topics(reading, exclude=event_name_spans(doc))
    statements = resolve_statements(
        reading,
        attributions,
        roles=roles,
        events=events,
        participations=participations,
        event_references=event_references,
        topics_in=_index(topics),
        quantities=find_quantities(doc),
        dates=find_dates(doc, article.reference_date),
    )
    return ArticleFacts(
        article=article,
        entities=entities,
        topics=topics,
        events=events_about(events, topics, doc.text),
        roles=roles,
        participations=participations,
        relations=tuple(relation for relation in find_relations(reading) if not said.holds(relation.span)),
        statements=statements,
        about=_main_event(events),
    )


class _Said:
    """The words of speakers; not those in which the article reports ("X was appointed, the ministry announced").

    Of a content that is quoted in part, only what begins or ends in quotation marks is the speaker's own: not the
    post of "had named X, a “proven leader”, as director", but that of "made X “a one-term mayor”".
    """

    def __init__(self, attributions: tuple[Attribution, ...], quotations: list[Quotation]) -> None:
        contents = [(span, said.quote_type) for said in attributions for span in said.content]
        self._own = [span for span, kind in contents if kind in {"direct", "continued"}]
        self._in_part = [span for span, kind in contents if kind == "mixed"]
        self._quoted = [quotation.span for quotation in quotations]

    def holds(self, span: TextSpan) -> bool:
        """Whether a span lies in a content, but for the marks and the stop around it."""
        if any(_within(span, content) for content in self._own):
            return True
        at_edge = (True for q in self._quoted for edge in (span.begin, span.end - 1) if q.begin <= edge < q.end)
        return any(_within(span, content) for content in self._in_part) and any(at_edge)


def _within(span: TextSpan, content: TextSpan) -> bool:
    return content.begin - EDGE <= span.begin and span.end <= content.end + EDGE


def _main_event(events: tuple[Event, ...]) -> tuple[tuple[str, TextSpan], ...]:
    """What the article is about: the event that is told with most detail, the first among equals."""
    told = [e for e in events if e.status != "denied"]
    main = max(told, key=lambda e: (len(e.evidence) + len(e.mentions), -e.mentions[0].span.begin), default=None)
    return ((main.key, main.mentions[0].span),) if main else ()


def _index(records: tuple[Entity | Topic, ...]) -> Callable[[TextSpan], tuple[str, ...]]:
    """A look-up of the keys of the records that are mentioned inside a span, in text order."""
    mentions = sorted((mention.span, record.key) for record in records for mention in record.mentions)
    begins = [span.begin for span, _ in mentions]

    def within(span: TextSpan) -> tuple[str, ...]:
        found = mentions[bisect_left(begins, span.begin) : bisect_left(begins, span.end)]
        return tuple(dict.fromkeys(key for mention, key in found if mention.end <= span.end))

    return within
