"""Statements with their spans, and the quantities in them."""

from __future__ import annotations

from kg.facts import ArticleFacts, Quantity, Statement, TextSpan
from kg.identity import IriPolicy
from kg.mapping.articles import opening
from kg.mapping.entities import EntityMapping
from kg.mapping.terms import NK, PROV, RDF, RDFS, SCHEMA, XSD, Term, decimal, literal

LABEL_WORDS = 10
UNNAMED = "unnamed source"
BETWEEN_PARTS = " … "
"""Stands in the content of a split quotation for what the article has between its parts."""


def statement_places(facts: ArticleFacts) -> list[tuple[int, ...]]:
    """What tells each statement of the article from the others: where its content begins and ends, and where its cue
    does as well if there is another with that content. Coordinated speakers of one content speak one statement.
    """
    cues: dict[tuple[int, int], TextSpan | None] = {}
    places: list[tuple[int, ...]] = []
    for statement in facts.statements:
        content, cue = statement.attribution.content, statement.attribution.cue
        whole = content[0] if len(content) == 1 else (min(s.begin for s in content), max(s.end for s in content))
        known = cues.setdefault(whole, cue)
        places.append((*whole,) if cue is None or cue == known else (*whole, cue.begin))
    return places


def statement_iris(facts: ArticleFacts, policy: IriPolicy) -> list[Term]:
    """The IRI of each statement of the article, by its :func:`place <statement_places>`."""
    sha = facts.article.sha256
    return [f"<{policy.statement(sha, *place)}>" for place in statement_places(facts)]


def add_statements(things: EntityMapping) -> int:
    """Every statement of the article; gives their number. Coordinated speakers of one content speak one statement."""
    iris = statement_iris(things.facts, things.graph.policy)
    seen: set[Term] = set()
    for statement, iri in zip(things.facts.statements, iris, strict=True):
        if iri in seen:
            _add_speaker(things, statement, iri)
        else:
            seen.add(iri)
            _add_statement(things, statement, iri, iris)
    return len(seen)


def _add_speaker(things: EntityMapping, statement: Statement, iri: Term) -> None:
    if statement.speaker:
        things.graph.add(iri, NK.speaker, things.iri(statement.speaker))
        if statement.role:
            things.graph.add(iri, NK.asRole, things.iri(statement.role))


def _add_statement(things: EntityMapping, statement: Statement, iri: Term, iris: list[Term]) -> None:
    graph, attribution = things.graph, statement.attribution
    text = graph.article.text
    content = BETWEEN_PARTS.join(text[s.begin : s.end] for s in attribution.content)
    who = things.node(statement.speaker).label if statement.speaker else statement.speaker_text or UNNAMED
    graph.add(iri, RDF.type, NK.Statement)
    graph.add(iri, RDFS.label, literal(f"{' '.join(who.split())}: {opening(content, LABEL_WORDS)}"))
    graph.add(iri, PROV.wasGeneratedBy, graph.run)
    graph.add(iri, PROV.wasQuotedFrom, graph.iri)
    _add_speaker(things, statement, iri)
    if not statement.speaker and statement.speaker_text:
        graph.add(iri, NK.speakerText, literal(statement.speaker_text))
    graph.add(iri, NK.content, literal(content))
    for span in attribution.content:
        graph.add(iri, NK.contentSpan, graph.span(span))
    if attribution.cue and attribution.cue_lemma:
        graph.add(iri, NK.cue, literal(attribution.cue_lemma))
        graph.add(iri, NK.cueSpan, graph.span(attribution.cue))
    if attribution.source:
        graph.add(iri, NK.sourceSpan, graph.span(attribution.source))
    graph.add(iri, NK.evidence, graph.span(attribution.evidence))
    graph.add(iri, NK.quoteType, literal(attribution.quote_type))
    graph.add(iri, NK.speechAct, literal(attribution.speech_act))
    graph.add(iri, NK.polarity, literal(attribution.polarity))
    graph.add(iri, NK.modality, literal(attribution.modality))
    graph.add(iri, NK.confidence, decimal(statement.confidence))
    for reason in (attribution.reason, statement.speaker_reason):
        if reason:
            graph.add(iri, NK.reason, literal(reason))
    if statement.nested_in is not None:
        graph.add(iri, NK.nestedIn, iris[statement.nested_in])
    if statement.made_at:
        graph.add(iri, NK.madeAt, things.iri(statement.made_at))
    if statement.date:
        graph.add(iri, NK.startDate, literal(statement.date.start.isoformat(), XSD.date))
        graph.add(iri, NK.endDate, literal(statement.date.end.isoformat(), XSD.date))
        graph.add(iri, NK.datePrecision, literal(statement.date.precision))
        graph.add(iri, NK.dateText, literal(statement.date.text))
    for key in statement.about:
        graph.add(iri, NK.about, things.iri(key))
    for quantity in statement.quantities:
        _add_quantity(things, quantity, iri)


def _add_quantity(things: EntityMapping, quantity: Quantity, statement: Term) -> None:
    graph = things.graph
    begin, end = quantity.span
    bounds = (q.comparator for s in things.facts.statements for q in s.quantities if q.span == quantity.span)
    name = graph.policy.quantity(graph.sha, begin, end)
    ranged = len(set(bounds)) > 1  # "10 to 15 ships" is at least 10 and at most 15
    iri = f"<{name}-{quantity.comparator}>" if ranged else f"<{name}>"
    graph.add(statement, NK.quantity, iri)
    graph.add(iri, RDF.type, NK.Quantity)
    graph.add(iri, RDFS.label, literal(" ".join(graph.article.text[begin:end].split())))
    graph.add(iri, SCHEMA.value, decimal(quantity.value))
    graph.add(iri, SCHEMA.unitText, literal(quantity.unit))
    graph.add(iri, NK.comparator, literal(quantity.comparator))
    graph.add(iri, NK.evidence, graph.span(quantity.span))
