"""What a person should look at: pairs that may be one thing, and facts whose reading is doubtful.

Each question comes with its sentences, and as a line of a decisions file (see ``kg.identity.decisions``) that only
lacks its answer.
"""

from __future__ import annotations

import csv
import io
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from pyoxigraph import Literal, NamedNode

from kg.identity.decisions import Decisions, DecisionsError, short_iri
from kg.identity.iris import IriPolicy, slug
from kg.sentences import surroundings
from kg.spreadsheet import harmless, with_rows
from kg.store.evidence import in_words
from kg.store.terms import number_of
from kg.store.writing import written_whole
from kg.vocabulary import DCTERMS, NIF, NK, OWL, RDF, SCHEMA, SKOS

if TYPE_CHECKING:
    from pathlib import Path

    from kg.store import KnowledgeGraph
    from kg.store.terms import Subject, Term

DOUBTFUL: Final = 0.9
"""A fact or statement of less confidence is doubtful."""

MOST_LOOKED_AT: Final = 30
"""Mentions of a thing that are looked at for one that has its name as it is written."""

COLUMNS: Final = (
    "decision",
    "first",
    "second",
    "why",
    "first_article",
    "second_article",
    "score",
    "because",
    "first_name",
    "first_sentence",
    "second_name",
    "second_sentence",
)
"""The columns of the CSV; the first six are those of a decisions file."""


UNDECIDED: Final = ("", "undecided", "?")
"""What stands in the place of a decision in a line that waits for one."""


@dataclass(frozen=True, slots=True)
class Side:
    """A thing or fact in question: its IRI, its name in words, and the sentence that it stands in, with its article.

    ``told_in`` is the address of this article, or its IRI, if it tells of the thing by the name that its IRI has.
    """

    iri: str
    name: str
    sentence: str = ""
    article: str = ""
    told_in: str = ""


@dataclass(frozen=True, slots=True)
class Question:
    """One thing to decide. ``kind`` is candidate, different (kept apart for a contradiction), fact or statement.

    ``score`` is how likely the two are one, or how sure the reading is, from 0 to 1. ``second`` is None for facts.
    """

    kind: str
    score: float
    because: str
    first: Side
    second: Side | None = None


def candidates(graph: KnowledgeGraph, decisions: Decisions | None = None, different: bool = False) -> list[Question]:
    """The pairs that may be one thing, the most uncertain first; those already decided are left out.

    ``different`` asks for the pairs of one name that were kept apart instead.
    """
    decided = {frozenset((d.first, d.second)) for d in decisions.items} if decisions else set()
    predicate = OWL.differentFrom if different else SKOS.closeMatch
    facts: dict[tuple[str, str], list[Subject]] = defaultdict(list)
    for triple in graph.triples(None, RDF.predicate, predicate):
        subject, value = graph.value(triple.subject, RDF.subject), graph.value(triple.subject, RDF.object)
        if isinstance(subject, NamedNode) and isinstance(value, NamedNode):
            facts[subject.value, value.value].append(triple.subject)
    found = [
        _pair(graph, NamedNode(a), NamedNode(b), records, "different" if different else "candidate")
        for (a, b), records in facts.items()
        if frozenset((a, b)) not in decided
    ]
    return sorted(found, key=lambda q: (abs(q.score - 0.5), q.first.iri, q.second.iri if q.second else ""))


def doubtful(graph: KnowledgeGraph, limit: int | None = None, decisions: Decisions | None = None) -> list[Question]:
    """The facts and statements of which the reading is doubtful, the least sure first; decided ones are left out.

    What near-duplicates say alike is asked once: of the fullest of them that says so.
    """
    decided = {decision.first for decision in decisions.items} if decisions else set()
    identity = {SKOS.closeMatch, SKOS.exactMatch, OWL.sameAs, OWL.differentFrom}
    unsure: list[tuple[float, str, NamedNode]] = []
    for node, _, value in graph.triples(None, NK.confidence):
        confidence = number_of(value)
        if confidence is None or confidence >= DOUBTFUL or not isinstance(node, NamedNode) or node.value in decided:
            continue
        if graph.value(node, RDF.predicate) not in identity and not _is_end_of_a_day(graph, node):
            unsure.append((confidence, node.value, node))
    asked: set[tuple[Term | None, ...]] = set()
    found: list[Question] = []
    for confidence, _, node in sorted(unsure):
        if len(found) == limit:
            break
        article, fuller = _telling(graph, node)
        said = _said(graph, node, article, fuller)
        if said in asked or (fuller is not None and _says(graph, fuller, said)):
            continue
        if fuller is not None:
            asked.add(said)
        found.append(_reading(graph, node, confidence))
    return found


def _telling(graph: KnowledgeGraph, node: Subject) -> tuple[Term | None, NamedNode | None]:
    """The article of a fact or statement, and the one of which that is a near-duplicate, if it is one."""
    spans = graph.values(node, NK.contentSpan) or graph.values(node, NK.evidence)
    article = graph.value(spans[0], NIF.referenceContext) if spans and isinstance(spans[0], NamedNode) else None
    fuller = graph.value(article, NK.nearDuplicateOf) if isinstance(article, NamedNode) else None
    return article, fuller if isinstance(fuller, NamedNode) else None


def _said(
    graph: KnowledgeGraph, node: NamedNode, article: Term | None, fuller: NamedNode | None
) -> tuple[Term | None, ...]:
    """What a fact or statement says, whichever of the near-duplicates it is in: of the fullest, what that would say."""
    if graph.value(node, NK.content) is not None:
        return fuller, graph.value(node, NK.speaker), graph.value(node, NK.content)
    subject, predicate, value = (graph.value(node, p) for p in (RDF.subject, RDF.predicate, RDF.object))
    return fuller, fuller if fuller and subject == article else subject, predicate, value


def _says(graph: KnowledgeGraph, article: NamedNode, said: tuple[Term | None, ...]) -> bool:
    """Whether an article has a fact or statement that says so."""
    _, *parts = said
    if len(parts) == 2:
        speaker, content = parts
        same = (triple.subject for triple in graph.triples(None, NK.content, content))
        return any(graph.value(s, NK.speaker) == speaker and _telling(graph, s)[0] == article for s in same)
    record = IriPolicy(graph.base).fact(f"<{article.value}>", *map(str, parts))
    return next(graph.triples(NamedNode(record), RDF.predicate), None) is not None


def _is_end_of_a_day(graph: KnowledgeGraph, fact: NamedNode) -> bool:
    """Whether a fact is the end of an event that begins on the same day, which is asked about once."""
    if graph.value(fact, RDF.predicate) != NK.endDate:
        return False
    event = graph.value(fact, RDF.subject)
    return isinstance(event, NamedNode) and graph.value(fact, RDF.object) in graph.values(event, NK.startDate)


def as_csv(graph: KnowledgeGraph, questions: Iterable[Question]) -> str:
    """Questions as lines of a decisions file, with "undecided" where the answer is to be put."""
    text = io.StringIO()
    rows = csv.writer(text, lineterminator="\n")
    rows.writerow(COLUMNS)
    rows.writerows(map(harmless, _line(graph, question)) for question in questions)
    return text.getvalue()


def write_decisions(graph: KnowledgeGraph, questions: Iterable[Question], path: Path) -> int:
    """Put questions into a decisions file, whole or not at all; gives how many of its lines stay as they are.

    These are the lines that somebody has written into (a decision, why, or in a column of their own), which are not
    asked again; undecided ones give way. Raises DecisionsError for a file that cannot be read, GraphError where it
    cannot be written.
    """
    asked: set[tuple[str, ...]] = set()

    def stays(row: Mapping[str, str]) -> bool:
        own = any(cell for name, cell in row.items() if name not in COLUMNS)
        if row.get("decision", "").lower() in UNDECIDED and not row.get("why") and not own:
            return False
        asked.add((row.get("first", ""), row.get("second", "")))
        return True

    lines = (dict(zip(COLUMNS, _line(graph, question), strict=True)) for question in questions)
    new = (line for line in lines if (line["first"], line["second"]) not in asked)  # taken when the lines that stay are
    text = with_rows(path, COLUMNS, new, DecisionsError, stays)
    with written_whole(path) as file:
        file.write(text.encode("utf-8"))
    return len(asked)


def _line(graph: KnowledgeGraph, q: Question) -> tuple[str, ...]:
    """A question by COLUMNS, text from articles on one line."""
    first, second = (short_iri(side.iri, graph.base) if side else "" for side in (q.first, q.second))
    other = (q.second.name, q.second.sentence) if q.second else ("", "")
    words = (q.because, q.first.name, q.first.sentence, *other)
    articles = (short_iri(side.told_in, graph.base) if side and side.told_in else "" for side in (q.first, q.second))
    score = f"{q.score:.2f}"
    return ("undecided", first, second, "", *articles, score, *(" ".join(text.split()) for text in words))


def _pair(graph: KnowledgeGraph, a: NamedNode, b: NamedNode, records: list[Subject], kind: str) -> Question:
    spans = [span for record in sorted(records, key=str) for span in graph.values(record, NK.evidence)]
    score = max((_number(graph.value(record, NK.confidence)) for record in records), default=0.0)
    reasons = sorted({graph.label(reason) for record in records for reason in graph.values(record, NK.reason)})
    return Question(kind, score, "; ".join(reasons), _side(graph, a, spans), _side(graph, b, spans))


def _side(graph: KnowledgeGraph, thing: NamedNode, spans: list[Term]) -> Side:
    """A thing with the sentence that the record cites for it, or else one that names it; best by its own name."""
    own = sorted((span for span in graph.values(thing, NK.evidence) if isinstance(span, NamedNode)), key=str)
    known = [*(span for span in own if span in spans), *(span for span in own if span not in spans)][:MOST_LOOKED_AT]
    name = graph.label(thing)
    cited = next((span for span in known if _anchor(graph, span) == name), known[0] if known else None)
    return (
        Side(thing.value, name, *_sentence(graph, cited), _told_in(graph, thing, cited))
        if cited
        else Side(thing.value, name)
    )


def _told_in(graph: KnowledgeGraph, thing: NamedNode, span: NamedNode) -> str:
    """The address or IRI of the article of a span, if that has the name by which the thing has its IRI."""
    kind, _, local = thing.value.removeprefix(graph.base).partition("/")
    own = slug(_anchor(graph, span), strip_article=kind != "person")
    article = graph.value(span, NIF.referenceContext)
    if not isinstance(article, NamedNode) or not (local == own or local.startswith(f"{own}-")):
        return ""
    address = graph.value(article, DCTERMS.source)
    return address.value if isinstance(address, NamedNode) else article.value


def _anchor(graph: KnowledgeGraph, span: NamedNode) -> str:
    words = graph.value(span, NIF.anchorOf)
    return " ".join(words.value.split()) if isinstance(words, Literal) else ""


def _reading(graph: KnowledgeGraph, node: NamedNode, confidence: float) -> Question:
    statement = graph.value(node, NK.content) is not None
    spans = graph.values(node, NK.contentSpan if statement else NK.evidence)
    if statement:
        speaker, content = graph.value(node, NK.speaker), graph.value(node, NK.content)
        who = graph.label(speaker) if speaker else "unnamed source"
        name = f"{who}: {graph.label(content) if content else ''}"
    else:
        parts = [graph.value(node, p) for p in (RDF.subject, RDF.predicate, RDF.object)]
        subject, predicate, value = parts
        says = in_words(predicate.value) if isinstance(predicate, NamedNode) else "?"
        name = f"{graph.label(subject) if subject else '?'} - {says} - {graph.label(value) if value else '?'}"
    cited = next((span for span in spans if isinstance(span, NamedNode)), None)
    place = _sentence(graph, cited) if cited else ("", "")
    reason = "; ".join(map(graph.label, graph.values(node, NK.reason)))
    return Question("statement" if statement else "fact", confidence, reason, Side(node.value, name, *place))


def _sentence(graph: KnowledgeGraph, span: NamedNode) -> tuple[str, str]:
    """The sentence around a span, the cited words between ``**``, and the name and day of its article."""
    article = graph.value(span, NIF.referenceContext)
    text = graph.value(article, NIF.isString) if isinstance(article, NamedNode) else None
    begin, end = (int(_number(graph.value(span, p))) for p in (NIF.beginIndex, NIF.endIndex))
    if not isinstance(article, NamedNode) or not isinstance(text, Literal):
        words = graph.value(span, NIF.anchorOf)
        return (graph.label(words) if words else ""), ""
    sentence, (first, last) = surroundings(text.value, begin, end)
    marked = f"{sentence[:first]}**{sentence[first:last]}**{sentence[last:]}"
    day = graph.value(article, SCHEMA.datePublished) or graph.value(article, DCTERMS.created)
    known = [graph.label(article), graph.label(day) if day else ""]
    return " ".join(marked.split()), ", ".join(part for part in known if part)


def _number(term: Term | None) -> float:
    return number_of(term) or 0.0
