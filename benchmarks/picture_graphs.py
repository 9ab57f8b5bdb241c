"""Generated news graphs of any size, for measuring the picture: posts, events, statements, articles.

Things are drawn from neighbourhoods ("beats") that move through the articles, and sometimes from the famous few, so
that the graph has hubs and communities as an archive has. The same size and seed give the same graph.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, field

from pyoxigraph import Literal, NamedNode, Triple

from kg.store import KnowledgeGraph

BASE = "https://w3id.org/newskg/id/"
NK = "https://w3id.org/newskg/ontology#"
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
LABEL = NamedNode("http://www.w3.org/2000/01/rdf-schema#label")
TYPE = NamedNode(RDF + "type")
TEXT = NamedNode("http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#isString")
DATE = NamedNode("http://www.w3.org/2001/XMLSchema#date")
DECIMAL = NamedNode("http://www.w3.org/2001/XMLSchema#decimal")

GIVEN = [
    "Ada",
    "Bruno",
    "Chen",
    "Dana",
    "Emeka",
    "Farah",
    "Goran",
    "Hana",
    "Ivo",
    "Jana",
    "Kofi",
    "Lena",
    "Milan",
    "Nadia",
    "Omar",
    "Petra",
    "Quinn",
    "Rosa",
    "Sami",
    "Tara",
]
FAMILY = [
    "Abara",
    "Boland",
    "Castell",
    "Dvorak",
    "Ekberg",
    "Farkas",
    "Gomes",
    "Holm",
    "Ibrahim",
    "Jansen",
    "Kovac",
    "Lindqvist",
    "Moreau",
    "Novak",
    "Okafor",
]
FIRST = [
    "Northern",
    "Federal",
    "Royal",
    "Central",
    "United",
    "Global",
    "Coastal",
    "Danube",
    "Alpine",
    "Baltic",
    "Civic",
    "National",
]
SECOND = [
    "Bank",
    "Institute",
    "Council",
    "Ministry",
    "University",
    "Agency",
    "Union",
    "Railway",
    "Observatory",
    "Hospital",
]
OCCASIONS = [
    "Summit",
    "Forum",
    "Congress",
    "Hearing",
    "Conference",
    "Festival",
    "Assembly",
    "Exhibition",
    "Vote",
    "Visit",
]
SUBJECTS = [
    "energy",
    "housing",
    "water",
    "trade",
    "health",
    "data",
    "transport",
    "patents",
    "forests",
    "schools",
    "wages",
    "harbours",
]
TITLES = ["director", "minister", "president", "spokesperson", "chief economist", "mayor", "secretary general", "chair"]
SHARES = {"person": 0.45, "organisation": 0.17, "event": 0.13, "place": 0.1, "topic": 0.15}


@dataclass
class _Writer:
    """Collects the triples of one graph."""

    triples: list[Triple] = field(default_factory=list)
    facts: int = 0

    def add(self, subject: str, predicate: str, value: NamedNode | Literal) -> None:
        self.triples.append(Triple(NamedNode(subject), NamedNode(predicate), value))

    def node(self, iri: str, kind: str, label: str) -> None:
        self.triples.append(Triple(NamedNode(iri), TYPE, NamedNode(NK + kind)))
        self.triples.append(Triple(NamedNode(iri), LABEL, Literal(label)))

    def fact(self, subject: str, name: str, value: str, span: str) -> None:
        self.facts += 1
        iri = f"{BASE}fact/f{self.facts}"
        self.add(subject, NK + name, NamedNode(value))
        self.add(iri, RDF + "type", NamedNode(NK + "Fact"))
        for part, node in (("subject", subject), ("predicate", NK + name), ("object", value)):
            self.add(iri, RDF + part, NamedNode(node))
        self.add(iri, NK + "confidence", Literal("0.95", datatype=DECIMAL))
        self.add(iri, NK + "evidence", NamedNode(span))


def _names(kind: str, count: int, choice: random.Random) -> Iterator[str]:
    for number in range(count):
        if kind == "person":
            yield f"{choice.choice(GIVEN)} {choice.choice(FAMILY)} {_roman(number)}"
        elif kind == "organisation":
            yield f"{choice.choice(FIRST)} {choice.choice(SECOND)} {number}"
        elif kind == "event":
            yield f"{choice.choice(FIRST)} {choice.choice(OCCASIONS)} {number}"
        elif kind == "place":
            yield f"{choice.choice(FAMILY)}burg {number}"
        else:
            yield f"{choice.choice(SUBJECTS)} policy {number}"


def _roman(number: int) -> str:
    """A short distinct family name: letters for digits."""
    return "".join("ABCDEFGHIK"[int(digit)].lower() for digit in str(number)).capitalize()


def generated(things: int, seed: int = 1) -> KnowledgeGraph:
    """A graph with that many people, organisations, events, places and topics."""
    choice = random.Random(seed)
    writer = _Writer()
    pools: dict[str, list[tuple[str, str]]] = {}
    for kind, share in SHARES.items():
        names = _names(kind, max(2, round(things * share)), choice)
        pools[kind] = [(f"{BASE}{kind}/{kind[0]}{number}", name) for number, name in enumerate(names)]
        for iri, name in pools[kind]:
            writer.node(iri, kind.capitalize(), name)
    for number, (event, _) in enumerate(pools["event"]):
        day = Literal(f"20{15 + number % 10}-{1 + number % 12:02}-{1 + number % 28:02}", datatype=DATE)
        writer.add(event, NK + "startDate", day)
        writer.add(event, NK + "endDate", day)
    articles = max(3, things // 7)
    for number in range(articles):
        _article(writer, pools, number, number / articles, choice)
    graph = KnowledgeGraph.create()
    graph.add(writer.triples)
    return graph


def _pick(pool: list[tuple[str, str]], at: float, choice: random.Random) -> tuple[str, str]:
    """One of a pool: mostly from the beat around ``at``, sometimes one of the famous few."""
    if choice.random() < 0.12:
        return pool[int(len(pool) * choice.random() ** 4)]
    width = max(3, len(pool) // 40)
    return pool[int(at * len(pool) + width * choice.random() ** 1.5) % len(pool)]


def _article(
    writer: _Writer, pools: dict[str, list[tuple[str, str]]], number: int, at: float, choice: random.Random
) -> None:
    iri = f"{BASE}article/a{number}"
    event, place = _pick(pools["event"], at, choice), _pick(pools["place"], at, choice)
    text = f"{event[1]} opened in {place[1]}."
    cited: list[tuple[str, ...]] = [("fact", event[0], "place", place[0], 0, len(text))]
    for _ in range(choice.randint(3, 6)):
        person, body, topic = (_pick(pools[kind], at, choice) for kind in ("person", "organisation", "topic"))
        title = choice.choice(TITLES)
        begin = len(text) + 1
        text += f" {person[1]}, {title} of {body[1]}, attended {event[1]}."
        cited.append(("role", person[0], title, body[0], begin, len(text)))
        cited.append(("fact", person[0], choice.choice(["attended", "spokeAt"]), event[0], begin, len(text)))
        begin = len(text) + 1
        words = f"{topic[1]} needs {choice.randint(2, 90)} more years and the patience of everybody who lives with it"
        text += f" {person[1].split()[1]} said that {words}."
        cited.append(("said", person[0], topic[0], event[0], begin, len(text), words))
    writer.node(iri, "Article", f"{event[1]}: report {number}")
    writer.add(iri, TEXT.value, Literal(text))
    writer.add(
        iri, "https://schema.org/datePublished", Literal(f"20{15 + number % 10}-06-{1 + number % 28:02}", datatype=DATE)
    )
    for count, (kind, subject, second, value, begin, end, *rest) in enumerate(cited):
        span = f"{iri}#char={begin},{end}"
        if kind == "fact":
            writer.fact(subject, second, value, span)
        elif kind == "role":
            role = f"{BASE}role/r{number}-{count}"
            writer.node(role, "Role", second)
            writer.add(role, NK + "roleTitle", Literal(second))
            writer.add(role, NK + "organisation", NamedNode(value))
            writer.fact(subject, "holdsRole", role, span)
        else:
            _statement(writer, f"{BASE}statement/s{number}-{count}", subject, second, value, span, rest[0], end)


def _statement(
    writer: _Writer, iri: str, speaker: str, topic: str, event: str, span: str, words: str, end: int
) -> None:
    article = span.split("#")[0]
    writer.node(iri, "Statement", words[:40])
    for name, node in (("speaker", speaker), ("about", topic), ("madeAt", event), ("evidence", span)):
        writer.add(iri, NK + name, NamedNode(node))
    writer.add(iri, NK + "contentSpan", NamedNode(f"{article}#char={end - 1 - len(words)},{end - 1}"))
    for name, value in (("content", words), ("cue", "say"), ("speechAct", "assertion"), ("quoteType", "indirect")):
        writer.add(iri, NK + name, Literal(value))
    writer.add(iri, NK + "confidence", Literal("0.9", datatype=DECIMAL))
