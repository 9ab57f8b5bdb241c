"""The graph in the words of Python: statements, roles, events, people as dataclasses with the sentence they stand in.

    import kg

    graph = kg.open("graph.ttl")
    for said in graph.statements(speaker="Daren Tang", since="2025-01"):
        print(said.day, said.content, said.citation.sentence)
    graph.roles(organisation="WIPO", at="2025-03-27").to_dataframe()

``KnowledgeGraph`` has each function here as a method. A thing is given by a label, another name, a prefixed name, an
IRI, or a part of a name that only one thing has; a day as a date or as "2025-03-27", "2025-03" or "2025". Each raises
QueryError, with the nearest names, for a thing that the graph does not know. The order of what they give is stable.
"""

from __future__ import annotations

import dataclasses
from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, Final, Generic, TypeVar

from pyoxigraph import Literal, NamedNode

from kg.queries.parameters import day as parsed_day
from kg.queries.parameters import things
from kg.store.terms import number_of
from kg.vocabulary import DCTERMS, NIF, NK, PARTICIPATIONS, RDF, SCHEMA, SKOS

if TYPE_CHECKING:
    from collections.abc import Iterable

    import pandas  # type: ignore[import-untyped,unused-ignore]

    from kg.store import KnowledgeGraph
    from kg.store.evidence import Citation
    from kg.store.terms import Subject, Term

_Record = TypeVar("_Record")
Day = str | date
"""A day: a date, or a text like 2025-03-27, 2025-03 or 2025."""

CITATION_COLUMNS: Final = {
    "sentence": "sentence",
    "article": "article",
    "article_title": "title",
    "article_url": "url",
    "cited_begin": "begin",
    "cited_end": "end",
}
"""The columns of a data frame that hold a citation, and what of it."""


class Records(tuple[_Record, ...], Generic[_Record]):
    """Some records of one kind: a tuple that can also become a data frame."""

    def to_dataframe(self) -> pandas.DataFrame:
        """One row a record, its citation spread over CITATION_COLUMNS (needs pandas)."""
        import pandas  # type: ignore[import-untyped,unused-ignore]

        return pandas.DataFrame([_row(record) for record in self])


@dataclass(frozen=True, slots=True)
class Thing:
    """A person, organisation, place, event or topic: its IRI, name, other names, and how often it is mentioned.

    Both numbers count an article and its near-duplicates once.
    """

    iri: str
    name: str
    classes: tuple[str, ...]
    other_names: tuple[str, ...]
    mentions: int
    articles: int
    citation: Citation | None


@dataclass(frozen=True, slots=True)
class Said:
    """A statement: who (``speakers``; or ``described`` in the article's words) said what, on which day, at which event.

    ``day`` is when it was made where the article tells, otherwise the day of the article. ``via`` is the speaker
    through whom a second-hand statement reaches us.
    """

    iri: str
    speakers: tuple[str, ...]
    described: str | None
    content: str
    cue: str | None
    day: date | None
    about: tuple[str, ...]
    at_event: str | None
    as_role: tuple[str, ...]
    quote_type: str | None
    speech_act: str | None
    polarity: str | None
    modality: str | None
    via: tuple[str, ...]
    confidence: float | None
    citation: Citation | None


@dataclass(frozen=True, slots=True)
class Post:
    """A role: who holds which title, in which organisation; ``status`` is former, acting, designate or None."""

    iri: str
    person: str
    title: str
    organisation: str | None
    status: str | None
    start: date | None
    end: date | None
    confidence: float | None
    citation: Citation | None


@dataclass(frozen=True, slots=True)
class Happening:
    """An event: name, the tightest days around it, places, and those who took part, each with the way it did."""

    iri: str
    name: str
    type: str | None
    start: date | None
    end: date | None
    precision: str | None
    places: tuple[str, ...]
    part_of: tuple[str, ...]
    participants: tuple[tuple[str, str], ...]
    status: str | None
    citation: Citation | None


class Questions:
    """What a KnowledgeGraph can be asked without SPARQL; a part of that class."""

    def _reader(self) -> _Asking:
        return _Asking(self)  # type: ignore[arg-type]

    def people(self, name: str | None = None) -> Records[Thing]:
        """All people, or those that a name stands for, by name."""
        return self._reader().members("Person", name)

    def organisations(self, name: str | None = None) -> Records[Thing]:
        """All organisations, or those that a name stands for, by name."""
        return self._reader().members("Organisation", name)

    def places(self, name: str | None = None) -> Records[Thing]:
        """All places, or those that a name stands for, by name."""
        return self._reader().members("Place", name)

    def topics(self, name: str | None = None) -> Records[Thing]:
        """All topics, or those that a name stands for, by name."""
        return self._reader().members("Topic", name)

    def statements(
        self,
        speaker: str | None = None,
        about: str | None = None,
        since: Day | None = None,
        until: Day | None = None,
        *,
        speech_act: str | None = None,
        event: str | None = None,
        article: str | None = None,
    ) -> Records[Said]:
        """Statements, by day: of a speaker, about a thing, in a period (whole days, both ends included)."""
        return self._reader().statements(speaker, about, _first(since), _last(until), speech_act, event, article)

    def roles(
        self,
        person: str | None = None,
        organisation: str | None = None,
        at: Day | None = None,
        *,
        title: str | None = None,
    ) -> Records[Post]:
        """Roles, by person: of a person, in an organisation, with words in the title.

        With ``at`` those that the articles give reason to think were held on that day: a role begins on its start day,
        or else with the first article that tells of it; it ends on its end day, or else with the first article that
        calls its holder the former one. Former roles without an end, and designate ones without a start, are left out.
        """
        return self._reader().roles(person, organisation, _last(at), title)

    def events(
        self,
        place: str | None = None,
        between: tuple[Day, Day] | None = None,
        type: str | None = None,
        *,
        participant: str | None = None,
    ) -> Records[Happening]:
        """Events, by day: in a place or a place within it, overlapping a period, of a type, with a participant."""
        period = None if between is None else (_first(between[0]), _last(between[1]))
        return self._reader().events(place, period, type, participant)


class _Asking:
    """Reads records out of one graph."""

    def __init__(self, graph: KnowledgeGraph) -> None:
        from kg.store.evidence import Reader  # kg.store itself needs this module

        self.graph = graph
        self.cite: Final = Reader(graph)

    def things(self, name: str | None, *classes: str) -> set[Term] | None:
        return None if name is None else set(things(self.graph, name, classes))

    def members(self, class_: str, name: str | None) -> Records[Thing]:
        nodes = self.things(name, class_) or {t.subject for t in self.graph.triples(None, RDF.type, NK[class_])}
        return _sorted((self.thing(node) for node in nodes if isinstance(node, NamedNode)), lambda t: (t.name, t.iri))

    def thing(self, node: NamedNode) -> Thing:
        graph = self.graph
        spans = graph.values(node, NK.evidence)
        sources = self.sources(spans)
        classes = [_local(kind) for kind in graph.values(node, RDF.type)]
        return Thing(
            iri=node.value,
            name=graph.label(node),
            classes=tuple(classes),
            other_names=self.labels(node, SKOS.altLabel),
            mentions=sources.total(),
            articles=len(sources),
            citation=self.first(spans),
        )

    def statements(
        self,
        speaker: str | None,
        about: str | None,
        since: date | None,
        until: date | None,
        act: str | None,
        event: str | None,
        article: str | None,
    ) -> Records[Said]:
        graph = self.graph
        wanted = [
            (NK.speaker, self.things(speaker, "Person", "Organisation")),
            (NK.about, self.things(about)),
            (NK.madeAt, self.things(event, "Event")),
            (NK.speechAct, None if act is None else {Literal(act)}),
        ]
        nodes: set[Any] | None = None
        for predicate, values in wanted:
            if values is not None:
                these = {t.subject for value in values for t in graph.triples(None, predicate, value)}
                nodes = these if nodes is None else nodes & these
        if nodes is None:
            nodes = {t.subject for t in graph.triples(None, RDF.type, NK.Statement)}
        else:
            nodes = {node for node in nodes if next(graph.triples(node, RDF.type, NK.Statement), None)}
        articles = self.things(article, "Article")
        found = [
            said
            for node in nodes
            if isinstance(node, NamedNode)
            if (said := self.said(node))
            and (since is None or (said.day is not None and said.day >= since))
            and (until is None or (said.day is not None and said.day <= until))
            and (articles is None or (said.citation and NamedNode(said.citation.article) in articles))
        ]
        return _sorted(found, lambda said: (said.day or date.min, *_place(said.citation), said.iri))

    def said(self, node: NamedNode) -> Said:
        graph = self.graph
        spans = graph.values(node, NK.contentSpan) or graph.values(node, NK.evidence)
        citation = self.first(spans)
        via = graph.value(node, NK.nestedIn)
        made = as_date(graph.value(node, NK.startDate))
        return Said(
            iri=node.value,
            speakers=self.labels(node, NK.speaker),
            described=self.text(node, NK.speakerText),
            content=self.text(node, NK.content) or "",
            cue=self.text(node, NK.cue),
            day=made or (self.published(NamedNode(citation.article)) if citation and citation.article else None),
            about=self.labels(node, NK.about),
            at_event=next(iter(self.labels(node, NK.madeAt)), None),
            as_role=self.labels(node, NK.asRole),
            quote_type=self.text(node, NK.quoteType),
            speech_act=self.text(node, NK.speechAct),
            polarity=self.text(node, NK.polarity),
            modality=self.text(node, NK.modality),
            via=self.labels(via, NK.speaker) if isinstance(via, NamedNode) else (),
            confidence=number_of(graph.value(node, NK.confidence)),
            citation=citation,
        )

    def roles(self, person: str | None, organisation: str | None, at: date | None, title: str | None) -> Records[Post]:
        graph = self.graph
        people, bodies = self.things(person, "Person"), self.things(organisation, "Organisation")
        found = []
        for triple in graph.triples(None, NK.holdsRole):
            who, role = triple.subject, triple.object
            if isinstance(role, Literal) or (people is not None and who not in people):
                continue
            body = graph.value(role, NK.organisation)
            if bodies is not None and body not in bodies:
                continue
            post, first = self.post(who, role, body)
            if title is not None and title.casefold() not in post.title.casefold():
                continue
            if at is None or (_held(post, first, at) and not self.left(who, post.title, body, at)):
                found.append(post)
        return _sorted(found, lambda post: (post.person, post.title, post.organisation or "", post.iri))

    def left(self, who: Subject, title: str, body: Term | None, at: date) -> bool:
        """Whether an article up to a day calls somebody the former holder of a post (as the question posts-at asks)."""
        graph = self.graph
        for role in graph.values(who, NK.holdsRole):
            if isinstance(role, Literal) or self.text(role, NK.roleStatus) != "former":
                continue
            if graph.value(role, NK.organisation) == body:
                former, first = self.post(who, role, body)
                same = former.title.casefold() == title.casefold()
                if same and first and first <= at and (former.end is None or former.end < at):
                    return True
        return False

    def post(self, who: Subject, role: Subject, body: Term | None) -> tuple[Post, date | None]:
        """A role, and the day of the first article that tells of it."""
        graph = self.graph
        facts = [t.subject for t in graph.triples(None, RDF.object, role)]
        facts = [fact for fact in facts if graph.value(fact, RDF.subject) == who]
        spans = [span for fact in facts for span in graph.values(fact, NK.evidence)]
        articles = [graph.value(span, NIF.referenceContext) for span in spans if isinstance(span, NamedNode)]
        days = [day for article in articles if isinstance(article, NamedNode) and (day := self.published(article))]
        confidences = [c for fact in facts if (c := number_of(graph.value(fact, NK.confidence))) is not None]
        post = Post(
            iri=_text(role),
            person=graph.label(who),
            title=self.text(role, NK.roleTitle) or "",
            organisation=None if body is None else graph.label(body),
            status=self.text(role, NK.roleStatus),
            start=as_date(graph.value(role, NK.startDate)),
            end=as_date(graph.value(role, NK.endDate)),
            confidence=max(confidences, default=None),
            citation=self.first(spans),
        )
        return post, min(days, default=None)

    def events(
        self,
        place: str | None,
        period: tuple[date | None, date | None] | None,
        type_: str | None,
        participant: str | None,
    ) -> Records[Happening]:
        graph = self.graph
        places = self.things(place, "Place")
        inside = None if places is None else self.within(places)
        agents = self.things(participant, "Person", "Organisation")
        found = []
        for triple in graph.triples(None, RDF.type, NK.Event):
            node = triple.subject
            if not isinstance(node, NamedNode):
                continue
            if inside is not None and not inside & set(graph.values(node, NK.place)):
                continue
            took_part = {(t.subject, name) for name in PARTICIPATIONS for t in graph.triples(None, NK[name], node)}
            if agents is not None and not agents & {agent for agent, _ in took_part}:
                continue
            event = self.happening(node, took_part)
            if (type_ is None or event.type == type_) and (period is None or _overlaps(event, *period)):
                found.append(event)
        return _sorted(found, lambda event: (event.start or date.max, event.name, event.iri))

    def within(self, places: set[Term]) -> set[Term]:
        """Places with all places in them."""
        found, new = set(places), list(places)
        while new:
            inner = [t.subject for t in self.graph.triples(None, SCHEMA.containedInPlace, new.pop())]
            new += [place for place in inner if place not in found]
            found.update(inner)
        return found

    def happening(self, node: NamedNode, took_part: set[tuple[Any, str]]) -> Happening:
        graph = self.graph
        return Happening(
            iri=node.value,
            name=graph.label(node),
            type=self.text(node, NK.eventType),
            start=as_date(graph.value(node, NK.startDate)),
            end=as_date(graph.value(node, NK.endDate)),
            precision=self.text(node, NK.datePrecision),
            places=self.labels(node, NK.place),
            part_of=self.labels(node, NK.partOf),
            participants=tuple(sorted((graph.label(agent), name) for agent, name in took_part)),
            status=self.text(node, NK.eventStatus),
            citation=self.first(graph.values(node, NK.evidence)),
        )

    def first(self, spans: Iterable[Term]) -> Citation | None:
        """The first place, in the earliest article, where something is written."""
        return next(iter(self.cite.citations(spans)), None)

    def sources(self, spans: Iterable[Term]) -> Counter[Term]:
        """How often each source writes something: of an article and its near-duplicates the most often counts."""
        graph = self.graph
        articles = Counter(graph.value(span, NIF.referenceContext) for span in spans if isinstance(span, NamedNode))
        most: Counter[Term] = Counter()
        for article, number in articles.items():
            if isinstance(article, NamedNode):
                source = graph.value(article, NK.nearDuplicateOf) or article
                most[source] = max(most[source], number)
        return most

    def published(self, article: NamedNode) -> date | None:
        """The day of an article."""
        return as_date(self.graph.value(article, SCHEMA.datePublished) or self.graph.value(article, DCTERMS.created))

    def labels(self, node: Subject, predicate: NamedNode) -> tuple[str, ...]:
        return tuple(sorted(map(self.graph.label, self.graph.values(node, predicate))))

    def text(self, node: Subject, predicate: NamedNode) -> str | None:
        value = self.graph.value(node, predicate)
        return None if value is None else _text(value)


def _held(post: Post, first: date | None, at: date) -> bool:
    begin = post.start or first
    if begin is None or begin > at or (post.end is not None and post.end < at):
        return False
    if post.status == "former":
        return post.end is not None
    return post.status != "designate" or post.start is not None


def _overlaps(event: Happening, first: date | None, last: date | None) -> bool:
    begin, end = event.start, event.end or event.start
    return begin is not None and end is not None and (first or date.min) <= end and begin <= (last or date.max)


def _first(day: Day | None) -> date | None:
    return parsed_day(day) if isinstance(day, str) else day


def _last(day: Day | None) -> date | None:
    return parsed_day(day, last=True) if isinstance(day, str) else day


def as_date(term: Term | None) -> date | None:
    """The day of a date or time in the graph; None for anything else."""
    try:
        return date.fromisoformat(term.value[:10]) if isinstance(term, Literal) else None
    except ValueError:
        return None


def _text(term: Term) -> str:
    return term.value if isinstance(term, (NamedNode, Literal)) else str(term)


def _local(term: Term) -> str:
    return _text(term).rpartition("#")[2].rpartition("/")[2]


def _place(citation: Citation | None) -> tuple[str, int]:
    return (citation.article, citation.begin) if citation else ("", 0)


def _sorted(records: Iterable[_Record], key: Any) -> Records[_Record]:
    return Records(sorted(records, key=key))


def _row(record: Any) -> dict[str, Any]:
    """A record as a row: lists of names joined by "; ", the citation spread over columns of its own."""
    row: dict[str, Any] = {}
    for field in dataclasses.fields(record):
        value = getattr(record, field.name)
        if field.name == "citation":
            for column, name in CITATION_COLUMNS.items():
                row[column] = None if value is None else getattr(value, name)
        elif isinstance(value, tuple):
            row[field.name] = "; ".join(" ".join(reversed(v)) if isinstance(v, tuple) else v for v in value)
        else:
            row[field.name] = value
    return row
