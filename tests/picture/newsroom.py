"""Small graphs for the tests of the picture, said in the terms of a newsroom: quotations stand for character spans."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

from pyoxigraph import Literal, NamedNode, Triple

from kg.store import KnowledgeGraph

BASE = "https://example.org/id/"
NK = "https://w3id.org/newskg/ontology#"
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RDFS = "http://www.w3.org/2000/01/rdf-schema#"
XSD = "http://www.w3.org/2001/XMLSchema#"
SKOS = "http://www.w3.org/2004/02/skos/core#"
NIF = "http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#"

SEED = Path(__file__).parents[1] / "gold" / "seed" / "graph.ttl"


class Newsroom:
    """Collects triples; every method that cites takes the words cited, found in the article's text."""

    def __init__(self) -> None:
        self.triples: list[Triple] = []
        self.texts: dict[str, str] = {}
        self._count = 0

    def graph(self) -> KnowledgeGraph:
        graph = KnowledgeGraph.create()
        graph.add(self.triples)
        return graph

    def add(self, subject: str, predicate: str, value: NamedNode | Literal | str) -> None:
        node = NamedNode(value) if isinstance(value, str) else value
        self.triples.append(Triple(NamedNode(subject), NamedNode(predicate), node))

    def article(self, text: str, title: str, date: str = "", url: str = "") -> str:
        self._count += 1
        iri = f"{BASE}article/a{self._count}"
        self.texts[iri] = text
        self.add(iri, RDF + "type", NK + "Article")
        self.add(iri, NIF + "isString", Literal(text))
        self.add(iri, RDFS + "label", Literal(title))
        if date:
            self.add(iri, "https://schema.org/datePublished", Literal(date, datatype=NamedNode(XSD + "date")))
        if url:
            self.add(iri, "http://purl.org/dc/terms/source", Literal(url))
        return iri

    def thing(self, kind: str, label: str, aliases: Iterable[str] = (), date: str = "") -> str:
        self._count += 1
        iri = f"{BASE}{kind}/{kind}-{self._count}"
        self.add(iri, RDF + "type", NK + kind.capitalize())
        self.add(iri, RDFS + "label", Literal(label))
        for alias in aliases:
            self.add(iri, SKOS + "altLabel", Literal(alias))
        if date:
            for bound in ("startDate", "endDate"):
                self.add(iri, NK + bound, Literal(date, datatype=NamedNode(XSD + "date")))
        return iri

    def span(self, article: str, words: str) -> str:
        begin = self.texts[article].index(words)
        iri = f"{article}#char={begin},{begin + len(words)}"
        self.add(iri, NIF + "referenceContext", article)
        return iri

    def fact(
        self, subject: str, name: str, value: Literal | str, article: str, words: str, confidence: float = 1.0
    ) -> None:
        self._count += 1
        iri = f"{BASE}fact/f{self._count}"
        self.add(subject, NK + name, value)
        self.add(iri, RDF + "type", NK + "Fact")
        self.add(iri, RDF + "subject", subject)
        self.add(iri, RDF + "predicate", NK + name)
        self.add(iri, RDF + "object", value)
        self.add(iri, NK + "confidence", Literal(str(confidence), datatype=NamedNode(XSD + "decimal")))
        self.add(iri, NK + "evidence", self.span(article, words))

    def role(
        self, person: str, title: str, organisation: str | None, article: str, words: str, status: str = ""
    ) -> str:
        self._count += 1
        iri = f"{BASE}role/r{self._count}"
        self.add(iri, RDF + "type", NK + "Role")
        self.add(iri, NK + "roleTitle", Literal(title))
        if organisation:
            self.add(iri, NK + "organisation", organisation)
        if status:
            self.add(iri, NK + "roleStatus", Literal(status))
        self.fact(person, "holdsRole", iri, article, words)
        return iri

    def said(
        self,
        speaker: str | None,
        article: str,
        sentence: str,
        content: str,
        cue: str,
        about: Iterable[str] = (),
        confidence: float = 1.0,
        speaker_text: str = "",
    ) -> str:
        self._count += 1
        iri = f"{BASE}statement/s{self._count}"
        self.add(iri, RDF + "type", NK + "Statement")
        self.add(iri, NK + "content", Literal(content))
        self.add(iri, NK + "cue", Literal(cue))
        self.add(iri, NK + "confidence", Literal(str(confidence), datatype=NamedNode(XSD + "decimal")))
        for name, words in (("evidence", sentence), ("contentSpan", content), ("cueSpan", cue)):
            self.add(iri, NK + name, self.span(article, words))
        if speaker:
            self.add(iri, NK + "speaker", speaker)
        if speaker_text:
            self.add(iri, NK + "speakerText", Literal(speaker_text))
        for thing in about:
            self.add(iri, NK + "about", thing)
        return iri


def pairs(graph: KnowledgeGraph) -> Callable[[str], Iterable[tuple[object, object]]]:
    """A graph as the picture reads it: for a predicate its subjects and objects."""
    return lambda name: [(triple.subject, triple.object) for triple in graph.triples(None, NamedNode(name))]


def two_articles() -> KnowledgeGraph:
    """A harbour that is opened in May and quarrelled about in September."""
    room = Newsroom()
    spring = room.article(
        "VELDEN, May 4 - The new harbour of Velden was opened on Sunday. Mayor Ines Brandt cut the ribbon. "
        "Brandt said the quay will bring three hundred jobs to the town.",
        "Velden opens its harbour",
        "2024-05-05",
        "https://news.example.org/velden?a=1&b=2",
    )
    autumn = room.article(
        "The harbour board met in Velden on September 9. Former mayor Ines Brandt attended, as did Pavel Orr. "
        "Orr warned that the quay might sink. Two officials said the quay was sound.",
        "Harbour board meets over sinking quay",
        "2024-09-10",
    )
    brandt, orr = room.thing("person", "Ines Brandt"), room.thing("person", "Pavel Orr")
    board = room.thing("organisation", "Velden Harbour Board", ["VHB"])
    town = room.thing("place", "Velden")
    opening = room.thing("event", "Opening of the harbour", date="2024-05-04")
    meeting = room.thing("event", "Meeting of the harbour board", date="2024-09-09")
    quay = room.thing("topic", "the quay")
    room.role(brandt, "Mayor", town, spring, "Mayor Ines Brandt")
    room.role(brandt, "mayor", None, autumn, "Former mayor Ines Brandt", "former")
    room.role(orr, "engineer", board, autumn, "Pavel Orr")
    room.fact(brandt, "hosted", opening, spring, "Mayor Ines Brandt cut the ribbon")
    room.fact(opening, "place", town, spring, "The new harbour of Velden was opened on Sunday")
    room.fact(brandt, "attended", meeting, autumn, "Former mayor Ines Brandt attended")
    room.fact(orr, "attended", meeting, autumn, "as did Pavel Orr", confidence=0.6)
    room.fact(meeting, "place", town, autumn, "met in Velden")
    room.said(
        brandt,
        spring,
        "Brandt said the quay will bring three hundred jobs to the town.",
        "the quay will bring three hundred jobs to the town",
        "said",
        [quay],
    )
    room.said(orr, autumn, "Orr warned that the quay might sink.", "the quay might sink", "warned", [quay], 0.7)
    room.said(
        None,
        autumn,
        "Two officials said the quay was sound.",
        "the quay was sound",
        "said",
        [quay],
        speaker_text="Two officials",
    )
    return room.graph()


def assembly() -> KnowledgeGraph:
    """A river assembly: three people spoke, two only came, one of whom speaks elsewhere; the ferry is talked about."""
    room = Newsroom()
    report = room.article(
        "ORLO, June 3 - The River Assembly met in Orlo on Tuesday. Mira Kovel, Olu Danjuma and Tess Arden attended and "
        "spoke. Also present were Bo Lindh and Ana Reis. Kovel said the ferry loses money every winter. "
        "Danjuma asked that the ferry stay free of charge. Arden thanked the hosts.",
        "River Assembly quarrels about the ferry",
        "2024-06-04",
        "https://news.example.org/assembly",
    )
    interview = room.article(
        "Ana Reis, pilot of the Orlo ferry since 2019, told our reporter that the ferry needs a new engine.",
        "The pilot of Orlo",
        "2024-06-20",
    )
    people = {name: room.thing("person", name) for name in ("Mira Kovel", "Olu Danjuma", "Tess Arden", "Bo Lindh")}
    reis = people["Ana Reis"] = room.thing("person", "Ana Reis")
    line = room.thing("organisation", "Orlo Ferry Line", ["OFL"])
    event, ferry = room.thing("event", "River Assembly", date="2024-06-03"), room.thing("topic", "the ferry")
    town = room.thing("place", "Orlo")
    room.fact(event, "place", town, report, "met in Orlo")
    for name in ("Mira Kovel", "Olu Danjuma", "Tess Arden"):
        room.fact(people[name], "attended", event, report, name)
    room.fact(people["Tess Arden"], "spokeAt", event, report, "attended and spoke")
    for name, words in (("Bo Lindh", "Also present were Bo Lindh"), ("Ana Reis", "and Ana Reis")):
        room.fact(people[name], "attended", event, report, words)
    pilot = room.role(reis, "pilot", line, interview, "Ana Reis, pilot of the Orlo ferry")
    room.fact(reis, "holdsRole", pilot, report, "Ana Reis")
    room.fact(pilot, "startDate", Literal("2019-01-01", datatype=NamedNode(XSD + "date")), interview, "since 2019")
    for speaker, sentence, content, cue in (
        ("Mira Kovel", "Kovel said the ferry loses money every winter.", "the ferry loses money every winter", "said"),
        ("Olu Danjuma", "Danjuma asked that the ferry stay free of charge.", "the ferry stay free of charge", "asked"),
    ):
        said = room.said(people[speaker], report, sentence, content, cue, [ferry])
        room.add(said, NK + "madeAt", event)
    room.said(
        reis,
        interview,
        "Ana Reis, pilot of the Orlo ferry since 2019, told our reporter that the ferry needs a new engine.",
        "the ferry needs a new engine",
        "told",
        [ferry],
    )
    return room.graph()


def regatta() -> KnowledgeGraph:
    """A regatta in two papers, one of which repeats the other: one who came and took part, with two posts, one who
    only came, a speaker; the event has another address, too. A quarrel has no date, and a trainer no tie."""
    room = Newsroom()
    text = (
        "HAVNA, July 6 - The Havna Regatta began on Saturday. Lise Holt and Per Moen attended. Holt took part as "
        "umpire. Umpire Holt came early. Rector Ada Brun spoke. Brun said the lock must be widened. A quarrel "
        "followed. Trainer Ole Dahl sailed home."
    )
    first = room.article(text, "Regatta opens at Havna", "2024-07-07")
    copy = room.article(text.replace(" Trainer Ole Dahl sailed home.", ""), "Sails over Havna", "2024-07-08")
    room.add(copy, NK + "nearDuplicateOf", first)
    room.add(first, "http://purl.org/dc/elements/1.1/publisher", Literal("Fjord Press"))
    holt, moen, brun = (room.thing("person", name) for name in ("Lise Holt", "Per Moen", "Ada Brun"))
    dahl = room.thing("person", "Ole Dahl")
    event, lock = room.thing("event", "Havna Regatta", date="2024-07-06"), room.thing("topic", "the lock")
    quarrel = room.thing("event", "quarrel")
    umpire = room.role(holt, "umpire", None, first, "Umpire Holt")
    for article in (first, copy):
        room.fact(holt, "attended", event, article, "Lise Holt")
        room.add(f"{BASE}fact/f{room._count}", NK + "asRole", umpire)
        room.fact(holt, "participatedIn", event, article, "Holt took part as umpire")
        room.fact(moen, "attended", event, article, "Per Moen")
        room.said(brun, article, "Brun said the lock must be widened.", "the lock must be widened", "said", [lock])
    room.fact(holt, "attended", event, first, "Umpire Holt came early")
    room.fact(brun, "spokeAt", event, first, "Rector Ada Brun spoke")
    room.fact(moen, "attended", quarrel, first, "A quarrel followed")
    room.role(dahl, "trainer", None, first, "Trainer Ole Dahl")
    room._count += 1
    former = f"{BASE}fact/f{room._count}"
    for name, value in (("subject", event), ("object", f"{BASE}event/havna-2024")):
        room.add(former, RDF + name, value)
    room.add(former, RDF + "predicate", "http://www.w3.org/2002/07/owl#sameAs")
    room.add(former, RDF + "type", NK + "Fact")
    return room.graph()


def quay() -> KnowledgeGraph:
    """A diver and the mayor say one thing together, he as mayor; what they pass on two others said."""
    room = Newsroom()
    said, passed = "the quay is safe", "the piles would hold"
    report = room.article(
        f"Mayor Bob Aske and Anna Adler said {said}. They added that Kim Dahl and Ole Brun wrote {passed}.", "The quay"
    )
    adler, aske = room.thing("person", "Anna Adler"), room.thing("person", "Bob Aske")
    dahl, brun = room.thing("person", "Kim Dahl"), room.thing("person", "Ole Brun")
    topic = room.thing("topic", "the quay")
    mayor = room.role(aske, "mayor", None, report, "Mayor Bob Aske")
    together = room.said(adler, report, f"Mayor Bob Aske and Anna Adler said {said}", said, "said", [topic])
    room.add(together, NK + "speaker", aske)
    room.add(together, NK + "asRole", mayor)
    written = room.said(dahl, report, f"Kim Dahl and Ole Brun wrote {passed}", passed, "wrote")
    room.add(written, NK + "speaker", brun)
    room.add(written, NK + "nestedIn", together)
    return room.graph()


HOSTILE = {
    "script": "<script>window.hacked = 1</script>",
    "closing": "</script><script>window.hacked = 2</script><!--",
    "image": '<img src=x onerror="window.hacked=3">',
    "quotes": 'O\'Neill "the" `Sly` & Sons \\u0022 ${window.hacked=4} {{ title }}',
    "long": "Interminable " * 770,
    "emoji": "👩‍👩‍👧‍👦 Family Forum 𝕬 🇪🇺",
    "hebrew": "בנימין נתניהו",
    "arabic": "منظمة الأمم المتحدة (UN) 2025",
    "control": "tab\tand\u2028line\u2029paragraph\u0000nul".replace("\u0000", "\u0007"),
    "formula": '=HYPERLINK("http://evil.example","click")',
}
"""Labels as an attacker or a careless newsroom would write them."""


def hostile() -> KnowledgeGraph:
    """A graph in which every label, title, address and sentence is hostile."""
    room = Newsroom()
    text = "𝕬 " + " met ".join(HOSTILE.values()) + " and <b>said</b> that </script> ends </textarea> it."
    article = room.article(text, HOSTILE["script"], "2024-01-01", "javascript:window.hacked=5")
    event = room.thing("event", HOSTILE["closing"], date="2024-01-01")
    for name, label in HOSTILE.items():
        person = room.thing("person", label, [f"alias of {name}"])
        room.fact(person, "attended", event, article, label)
        room.role(person, HOSTILE["image"], None, article, label)
    room.said(person, article, "<b>said</b> that </script> ends", "</script> ends", "<b>said</b>", [event])
    return room.graph()
