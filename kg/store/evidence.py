"""Why the graph says something: every fact about a thing, with the sentence it was read from."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import islice
from operator import itemgetter
from typing import TYPE_CHECKING, Final

from pyoxigraph import Literal, NamedNode

from kg.errors import QueryError
from kg.sentences import between, sentence_ends
from kg.store.names import find
from kg.store.terms import number_of
from kg.vocabulary import DCTERMS, NIF, NK, RDF, SCHEMA

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kg.store.graph import KnowledgeGraph
    from kg.store.terms import Subject, Term

STATEMENT_LINKS: Final = (NK.speaker, NK.madeAt, NK.about, NK.nestedIn, NK.quantity, NK.asRole)
"""The properties by which a statement has to do with a thing, the closest first."""


@dataclass(frozen=True, slots=True)
class Citation:
    """Words of an article: ``[begin, end)`` in its text, and the sentence (or sentences) around them.

    ``mark`` gives the words' place in ``sentence``. ``reason`` says why these words name the thing, where recorded.
    ``repeats`` is the title of the article that this one is near-duplicate of: the two are one source.
    """

    article: str
    title: str
    url: str | None
    date: str | None
    begin: int
    end: int
    words: str
    sentence: str
    mark: tuple[int, int]
    reason: str | None = None
    repeats: str | None = None


@dataclass(frozen=True, slots=True)
class Explanation:
    """One thing that the graph says, why, and how sure the reading is.

    ``kind`` is fact, statement or mention. ``subject``, ``predicate`` and ``value`` are words for people, ``triple``
    their IRIs (or the text of a literal). ``roles`` names the roles in which the subject acted or spoke. ``details``
    holds what else is recorded of a statement. ``confidence`` runs from 0 to 1; None where none is recorded.
    """

    kind: str
    subject: str
    predicate: str
    value: str
    triple: tuple[str, str, str]
    citations: tuple[Citation, ...]
    confidence: float | None = None
    reason: str | None = None
    roles: tuple[str, ...] = ()
    details: tuple[tuple[str, str], ...] = ()


def why(graph: KnowledgeGraph, term: str | NamedNode) -> list[Explanation]:
    """Every fact about a thing, the statements by and about it, and its mentions; facts first, in a stable order.

    ``term`` is an IRI (bare or in angle brackets), a prefixed name, a label or alternative name, or the URL of an
    article. Of a property, all its facts are given; of an article, all that was read from it; of a reprint, what was
    read from the article whose text it has. Raises QueryError where the graph knows no such thing.
    """
    things = told_by(graph, [term] if isinstance(term, NamedNode) else find(graph, term))
    reader = Reader(graph)
    found: dict[Explanation, None] = {}
    for thing in things:
        found.update(dict.fromkeys(reader.facts(thing)))
        found.update(dict.fromkeys(reader.statements(thing)))
        found.update(dict.fromkeys(reader.mentions(thing)))
    if not found:
        raise QueryError(f"the graph says nothing about {term if isinstance(term, str) else term.value}")
    return list(found)


def told_by(graph: KnowledgeGraph, things: Iterable[NamedNode]) -> list[NamedNode]:
    """What tells of some things, in order: of an address the articles there, of a reprint that which has its text."""
    found: dict[NamedNode, None] = {}
    for thing in things:
        there = sorted((triple.subject for triple in graph.triples(None, DCTERMS.source, thing)), key=str)
        for one in there or [thing]:
            text = graph.value(one, SCHEMA.sha256)
            of_text = [t.subject for t in graph.triples(None, SCHEMA.sha256, text)] if text is not None else []
            standing = [article for article in of_text if graph.value(article, NIF.isString) is not None]
            found |= dict.fromkeys(node for node in standing or [one] if isinstance(node, NamedNode))
    return list(found)


@dataclass(frozen=True, slots=True)
class _Source:
    """An article that words are cited from."""

    iri: str = ""
    title: str = ""
    url: str | None = None
    date: str | None = None
    repeats: str | None = None
    text: str = ""
    ends: tuple[int, ...] = ()


class _Node:
    """What the graph says of a fact, statement, span or article, read in one go."""

    def __init__(self, graph: KnowledgeGraph, node: Subject) -> None:
        self.graph = graph
        self._said: dict[NamedNode, list[Term]] = {}
        for triple in graph.triples(node):
            self._said.setdefault(triple.predicate, []).append(triple.object)

    def values(self, predicate: NamedNode) -> list[Term]:
        """The objects of a property, sorted."""
        found = self._said.get(predicate, [])
        return sorted(found, key=str) if len(found) > 1 else found

    def value(self, predicate: NamedNode) -> Term | None:
        """The object of a property (the first in order where there are several), or None."""
        found = self._said.get(predicate)
        return None if found is None else found[0] if len(found) == 1 else min(found, key=str)

    def confidence(self) -> float | None:
        return number_of(self.value(NK.confidence))

    def reason(self) -> str | None:
        return "; ".join(map(self.graph.label, self.values(NK.reason))) or None

    def roles(self) -> tuple[str, ...]:
        return tuple(sorted(map(self.graph.label, self.values(NK.asRole))))

    def words(self) -> tuple[str, str, str] | None:
        """Of a fact: predicate, subject and value for people; None where the record is not whole."""
        subject, predicate, value = (self.value(p) for p in (RDF.subject, RDF.predicate, RDF.object))
        if subject is None or not isinstance(predicate, NamedNode) or value is None:
            return None
        return in_words(predicate.value), self.graph.label(subject), self.graph.label(value)


class Reader:
    """Reads facts and statements out of a graph, each article and each citation once."""

    def __init__(self, graph: KnowledgeGraph) -> None:
        self.graph = graph
        self._sources: dict[Subject, _Source] = {}
        self._citations: dict[NamedNode, Citation] = {}

    def facts(self, thing: NamedNode) -> list[Explanation]:
        """Every fact about a thing, in order."""
        return self.first_facts(thing, None)[0]

    def first_facts(self, thing: NamedNode, most: int | None) -> tuple[list[Explanation], int]:
        """The first ``most`` facts about a thing (None: all), in order, and the number there are.

        Sentences are read of these alone.
        """
        graph = self.graph
        facts = {t.subject for t in graph.triples(None, RDF.subject, thing)}
        facts |= {t.subject for t in graph.triples(None, RDF.object, thing)}
        facts |= {t.subject for t in graph.triples(None, RDF.predicate, thing)}
        for role in graph.triples(None, NK.organisation, thing):
            facts |= {t.subject for t in graph.triples(None, RDF.object, role.subject)}
        for role in graph.triples(thing, NK.holdsRole):
            facts |= {t.subject for t in graph.triples(None, RDF.subject, role.object)}
        if self._is(thing, NK.Fact):
            facts.add(thing)
        facts |= self._read_from(thing, NK.Fact)
        read = (_Node(graph, fact) for fact in sorted(facts, key=str))
        told = sorted(((words, node) for node in read if (words := node.words())), key=itemgetter(0))
        last = told[most - 1][0] if most and most < len(told) else None
        found = (self._fact(node) for words, node in told if last is None or words <= last)
        return sorted((fact for fact in found if fact is not None), key=_order)[:most], len(told)

    def fact(self, fact: Subject) -> Explanation | None:
        """The fact of a record; None where the record is not whole."""
        return self._fact(_Node(self.graph, fact))

    def _fact(self, told: _Node) -> Explanation | None:
        words = told.words()
        if words is None:
            return None
        triple = (told.value(p) for p in (RDF.subject, RDF.predicate, RDF.object))
        subject, predicate, value = (_text(term) for term in triple if term is not None)
        return Explanation(
            kind="fact",
            subject=words[1],
            predicate=words[0],
            value=words[2],
            triple=(subject, predicate, value),
            citations=self.citations(told.values(NK.evidence)),
            confidence=told.confidence(),
            reason=told.reason(),
            roles=told.roles(),
        )

    def statements(self, thing: NamedNode) -> list[Explanation]:
        """The statements by and about a thing, the closest first."""
        return self.first_statements(thing, None)[0]

    def first_statements(self, thing: NamedNode, most: int | None) -> tuple[list[Explanation], int]:
        """The ``most`` closest statements by and about a thing (None: all), and the number there are."""
        graph = self.graph
        linked = {
            (rank, triple.subject)
            for rank, predicate in enumerate(STATEMENT_LINKS)
            for triple in graph.triples(None, predicate, thing)
            if self._is(triple.subject, NK.Statement)
        }
        if self._is(thing, NK.Statement):
            linked.add((0, thing))
        linked |= {(0, node) for node in self._read_from(thing, NK.Statement)}
        nodes = dict.fromkeys(node for _, node in sorted(linked, key=lambda pair: (pair[0], _natural(str(pair[1])))))
        return [self.statement(node) for node in islice(nodes, most)], len(nodes)

    def _read_from(self, article: NamedNode, kind: NamedNode) -> set[Subject]:
        """The facts or statements whose evidence stands in an article; none of what is no article."""
        spans = (triple.subject for triple in self.graph.triples(None, NIF.referenceContext, article))
        cited = {t.subject for span in spans for t in self.graph.triples(None, NK.evidence, span)}
        return {node for node in cited if self._is(node, kind)}

    def _is(self, node: Subject, kind: NamedNode) -> bool:
        return next(self.graph.triples(node, RDF.type, kind), None) is not None

    def statement(self, node: Subject) -> Explanation:
        """What a statement says, and how."""
        graph, told = self.graph, _Node(self.graph, node)
        speakers = told.values(NK.speaker)
        described = told.value(NK.speakerText)
        who = " and ".join(map(graph.label, speakers)) or (graph.label(described) if described else "unnamed source")
        cues = self.citations(told.values(NK.cueSpan))
        content = told.value(NK.content)
        details = [(p, told.value(NK[p])) for p in ("quoteType", "speechAct", "polarity", "modality", "madeAt")]
        details += [("about", topic) for topic in told.values(NK.about)]
        details += [("quantity", quantity) for quantity in told.values(NK.quantity)]
        details += [("nestedIn", outer) for outer in told.values(NK.nestedIn)]
        return Explanation(
            kind="statement",
            subject=who,
            predicate=cues[0].words if cues else "continued" if not told.value(NK.cue) else "said",
            value=graph.label(content) if content else "",
            triple=(_text(speakers[0]) if speakers else "", NK.speaker.value, _text(node)),
            citations=self.citations(told.values(NK.contentSpan) or told.values(NK.evidence)),
            confidence=told.confidence(),
            reason=told.reason(),
            roles=told.roles(),
            details=tuple((in_words(NK[name].value), graph.label(value)) for name, value in details if value),
        )

    def mentions(self, thing: NamedNode) -> list[Explanation]:
        """Where a thing is named; at most one explanation with all citations."""
        return self.first_mentions(thing, None)[0]

    def first_mentions(self, thing: NamedNode, most: int | None) -> tuple[list[Explanation], int]:
        """Where a thing is named first, with ``most`` citations (None: all) in one explanation, and how often it is."""
        graph = self.graph
        types = graph.values(thing, RDF.type)
        if NK.Fact in types or NK.Statement in types or NK.Quantity in types:
            return [], 0
        spans = graph.values(thing, NK.evidence)
        if not spans:
            return [], 0
        kinds = " and ".join(in_words(_text(kind)) for kind in types)
        citations = self.citations(spans if most is None else self._earliest(spans, most))[:most]
        triple = (thing.value, NK.evidence.value, "")
        return [Explanation("mention", graph.label(thing), "is named as", kinds, triple, citations)], len(spans)

    def _earliest(self, spans: Iterable[Term], most: int) -> list[Term]:
        """Those among the spans that stand in the earliest articles, at least ``most`` where there are so many."""
        graph = self.graph
        within: dict[Subject, list[Term]] = {}
        for span in spans:
            article = graph.value(span, NIF.referenceContext) if isinstance(span, NamedNode) else None
            if article is not None and not isinstance(article, Literal):
                within.setdefault(article, []).append(span)
        days = {a: graph.value(a, SCHEMA.datePublished) or graph.value(a, DCTERMS.created) for a in within}
        found: list[Term] = []
        for article in sorted(within, key=lambda a: (_text(day) if (day := days[a]) else "", _text(a))):
            if len(found) >= most:
                break
            found += within[article]
        return found

    def citations(self, spans: Iterable[Term]) -> tuple[Citation, ...]:
        """The words at these spans, in the order of their articles' dates and of the text."""
        found = [self._citation(span) for span in spans if isinstance(span, NamedNode)]
        return tuple(sorted(found, key=lambda c: (c.date or "", c.article, c.begin, c.end)))

    def _citation(self, span: NamedNode) -> Citation:
        if span not in self._citations:  # several facts may rest on the same words
            self._citations[span] = self._read_citation(span)
        return self._citations[span]

    def _read_citation(self, span: NamedNode) -> Citation:
        told = _Node(self.graph, span)
        article, words = told.value(NIF.referenceContext), told.value(NIF.anchorOf)
        begin, end = (_number(told.value(p)) for p in (NIF.beginIndex, NIF.endIndex))
        cited = self.graph.label(words) if words else ""
        source = self._source(article) if article is not None and not isinstance(article, Literal) else _Source()
        sentence, mark = between(source.text, source.ends, begin, end) if source.text else (cited, (0, len(cited)))
        return Citation(
            source.iri,
            source.title,
            source.url,
            source.date,
            begin,
            end,
            cited,
            sentence,
            mark,
            told.reason(),
            source.repeats,
        )

    def _source(self, article: Subject) -> _Source:
        if article not in self._sources:
            graph, told = self.graph, _Node(self.graph, article)
            said, fuller = told.value(NIF.isString), told.value(NK.nearDuplicateOf)
            text = said.value if isinstance(said, Literal) else ""
            values = [told.value(p) for p in (DCTERMS.source, SCHEMA.datePublished, DCTERMS.created)]
            url, published, created = (None if value is None else _text(value) for value in values)
            self._sources[article] = _Source(
                _text(article),
                graph.label(article),
                url,
                published or created,
                graph.label(fuller) if fuller else None,
                text,
                tuple(sentence_ends(text)),
            )
        return self._sources[article]


def in_words(iri: str) -> str:
    """The last part of an IRI as words: ``.../ontology#spokeAt`` as "spoke at"."""
    name = re.split(r"[/#]", iri)[-1]
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", " ", name).lower()


def _order(fact: Explanation) -> tuple[str, str, str, list[tuple[str, int]]]:
    return fact.predicate, fact.subject, fact.value, [(citation.article, citation.begin) for citation in fact.citations]


def _natural(text: str) -> list[tuple[int, str]]:
    """A key that sorts numbers in a text by value."""
    return [(int(part), "") if part.isdecimal() else (0, part) for part in re.split(r"(\d+)", text)]


def _number(term: Term | None) -> int:
    return int(term.value) if isinstance(term, Literal) and term.value.isdecimal() else 0


def _text(term: Term) -> str:
    return term.value if isinstance(term, (NamedNode, Literal)) else str(term)
