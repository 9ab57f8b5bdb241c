"""The spans that the graph of an article has whatever identity decides about its things."""

from __future__ import annotations

from collections.abc import Iterator

from kg.errors import EvidenceError
from kg.facts import ArticleFacts, Entity, Event, TextSpan, Topic
from kg.identity import IriPolicy
from kg.mapping.provenance import described, span_term
from kg.mapping.statements import statement_places
from kg.mapping.terms import iri


def certain_spans(facts: ArticleFacts) -> list[TextSpan]:
    """The spans of all mentions and statements of an article, each once."""
    return list(dict.fromkeys(_spans(facts)))


def span_triples(facts: ArticleFacts, policy: IriPolicy) -> list[str]:
    """The descriptions of the :func:`certain spans <certain_spans>` of an article, several lines of N-Triples each.

    They say what stands in the text there, so that they hold where the text has such characters at all.

    Raises:
        EvidenceError: a span does not lie in the text.
    """
    article, text = facts.article, facts.article.text
    spans = certain_spans(facts)
    for begin, end in spans:
        if not 0 <= begin < end <= len(text):
            raise EvidenceError(f"{article.source}: the text has no characters {begin} to {end}")
    name = policy.article(article.sha256)
    term = iri(name)
    return [described(span_term(name, span), span, text, term) for span in spans]


def _spans(facts: ArticleFacts) -> Iterator[TextSpan]:
    records: tuple[Entity | Topic | Event, ...] = (*facts.entities, *facts.topics, *facts.events)
    for record in records:
        for mention in record.mentions:
            yield mention.span
    seen = set()
    for statement, place in zip(facts.statements, statement_places(facts), strict=True):
        if place in seen:
            continue
        seen.add(place)
        attribution = statement.attribution
        yield from attribution.content
        yield attribution.evidence
        if attribution.cue and attribution.cue_lemma:
            yield attribution.cue
        if attribution.source:
            yield attribution.source
        for quantity in statement.quantities:
            yield quantity.span
