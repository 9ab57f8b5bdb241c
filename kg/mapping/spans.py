"""The spans that the graph of an article has whatever identity decides about its things."""

from __future__ import annotations

from collections.abc import Iterator

from kg.facts import ArticleFacts, Entity, Event, TextSpan, Topic
from kg.identity import IriPolicy
from kg.mapping.evidence import check_spans
from kg.mapping.provenance import described, span_term
from kg.mapping.statements import statement_iris
from kg.mapping.terms import iri


def certain_spans(facts: ArticleFacts, policy: IriPolicy) -> list[TextSpan]:
    """The spans of all mentions and statements of an article, each once."""
    return list(dict.fromkeys(_spans(facts, policy)))


def span_triples(facts: ArticleFacts, policy: IriPolicy) -> list[str]:
    """The descriptions of the :func:`certain spans <certain_spans>` of an article, several lines of N-Triples each.

    Raises:
        EvidenceError: a span does not lie in the text.
    """
    article = policy.article(facts.article.sha256)
    term, text = iri(article), facts.article.text
    found = [described(span_term(article, span), span, text, term) for span in certain_spans(facts, policy)]
    check_spans(facts.article, found)
    return found


def _spans(facts: ArticleFacts, policy: IriPolicy) -> Iterator[TextSpan]:
    records: tuple[Entity | Topic | Event, ...] = (*facts.entities, *facts.topics, *facts.events)
    for record in records:
        for mention in record.mentions:
            yield mention.span
    seen = set()
    for statement, name in zip(facts.statements, statement_iris(facts, policy), strict=True):
        if name in seen:
            continue
        seen.add(name)
        attribution = statement.attribution
        yield from attribution.content
        yield attribution.evidence
        if attribution.cue and attribution.cue_lemma:
            yield attribution.cue
        if attribution.source:
            yield attribution.source
        for quantity in statement.quantities:
            yield quantity.span
