"""Precision, recall and F of a graph against annotated articles.

    entity          a node with evidence in the article; right if an annotated entity of its class has a mention at the
                    same place (edges trimmed of articles, titles and possessives) or the same name
    alias           annotated short mentions whose node bears the entity's full name (recall only)
    one node        nodes whose mentions belong to one annotated entity only (precision only)
    role            person, title and organisation are all right; the lenient score leaves the organisation out
    participation   agent, event and kind are all right; the lenient score leaves the kind out
    event date, event place   of the annotated events that a node matches
    statement       contents share at least half of their words (F of tokens >= 0.5); with the speaker: and so does who

The calibration compares this with the confidence that the graph gives: of the facts of a kind whose confidence lies
in a band, how many are right. A statement is right there if its content is and, where one is annotated, its speaker.

Facts annotated as optional are neither missed nor wrong.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from kg.evaluation.annotations import AnnotatedArticle, Line
from kg.evaluation.found import PARTICIPATIONS, FoundArticle, FoundGraph, read_graph
from kg.facts import TextSpan

if TYPE_CHECKING:
    from kg.store import KnowledgeGraph

_LEADING = re.compile(r"(?:the|a|an|mr|mrs|ms|dr|president|sen|rep|gov)\.?\s+", re.I)
_POSSESSIVE = re.compile(r"[’']s?$")
_TOKEN = re.compile(r"\w+(?:[.,:]\w+)*")
SAME_CONTENT = 0.5
BANDS = (("0.90 and more", 0.9, 2.0), ("0.75 to 0.89", 0.75, 0.9), ("under 0.75", 0.0, 0.75))
"""The bands of confidence: name, the lowest in it, and the first above it."""


@dataclass(frozen=True, slots=True)
class Score:
    """Precision, recall and F in per cent; ``n`` is how many facts the annotation asks for."""

    precision: float
    recall: float
    f: float
    n: int


@dataclass(slots=True)
class Evaluation:
    """Right, wrong and missed facts by kind, with a line for each error: (article, what, annotated or found)."""

    right: Counter[str] = field(default_factory=Counter)
    wrong: Counter[str] = field(default_factory=Counter)
    missed: Counter[str] = field(default_factory=Counter)
    errors: list[tuple[str, str, str]] = field(default_factory=list)
    judged: dict[str, list[tuple[float, bool]]] = field(default_factory=dict)

    @property
    def calibration(self) -> dict[str, dict[str, tuple[int, int]]]:
        """By kind and band of confidence ("0.90 and more" ...): how many facts are right, and how many there are."""
        table: dict[str, dict[str, tuple[int, int]]] = {}
        for kind, judged in sorted(self.judged.items()):
            bands = table[kind] = {}
            for band, low, high in BANDS:
                within = [right for confidence, right in judged if low <= confidence < high]
                if within:
                    bands[band] = sum(within), len(within)
        return table

    @property
    def scores(self) -> dict[str, Score]:
        """The score of each kind of fact, by name."""
        kinds = sorted({*self.right, *self.wrong, *self.missed})
        return {kind: self._score(kind) for kind in kinds}

    def _score(self, kind: str) -> Score:
        right, wrong, missed = self.right[kind], self.wrong[kind], self.missed[kind]
        precision = right / (right + wrong) if right + wrong else 0.0
        recall = right / (right + missed) if right + missed else 0.0
        f = 2 * precision * recall / (precision + recall) if right else 0.0
        return Score(100 * precision, 100 * recall, 100 * f, right + missed)


def evaluate(graph: KnowledgeGraph, articles: Iterable[AnnotatedArticle]) -> Evaluation:
    """Score what the graph says of the annotated articles; an article that the graph lacks is missed wholly."""
    found = read_graph(graph)
    evaluation = Evaluation()
    for article in articles:
        if article.sha256 not in found.articles:
            evaluation.errors.append((article.name, "article missing", ""))
        _Comparison(article, found, found.articles[article.sha256], evaluation).compare()
    return evaluation


def _name_key(name: str | None) -> str:
    key = _POSSESSIVE.sub("", " ".join((name or "").split()))
    while match := _LEADING.match(key):
        key = key[match.end() :]
    return key.casefold().strip(' .,;:"“”')


def _token_f(one: frozenset[int], other: frozenset[int]) -> float:
    return 2 * len(one & other) / (len(one) + len(other)) if one and other else 0.0


class _Comparison:
    """One article: which node stands for which annotated entity, and what is right of the rest."""

    def __init__(self, article: AnnotatedArticle, graph: FoundGraph, found: FoundArticle, result: Evaluation) -> None:
        self.article = article
        self.graph = graph
        self.found = found
        self.result = result
        self.entities = {line["name"]: line for line in article.of_type("entity")}
        self.spans = {
            name: {self._trimmed(TextSpan(*span)) for span in line.get("mentions", [])}
            for name, line in self.entities.items()
        }
        self.named: dict[str, str] = {}

    def compare(self) -> None:
        self._entities()
        self._aliases()
        self._roles()
        self._participations()
        self._events()
        self._statements()

    def _right(self, kind: str) -> None:
        self.result.right[kind] += 1

    def _wrong(self, kind: str, what: object) -> None:
        self.result.wrong[kind] += 1
        self.result.errors.append((self.article.name, f"{kind} wrong", str(what)))

    def _missed(self, kind: str, what: object) -> None:
        self.result.missed[kind] += 1
        self.result.errors.append((self.article.name, f"{kind} missed", str(what)))

    def _judged(self, kind: str, confidence: float, right: bool) -> None:
        self.result.judged.setdefault(kind, []).append((confidence, right))

    def _trimmed(self, span: TextSpan) -> TextSpan:
        begin, end = span
        text = self.article.text
        while (match := _LEADING.match(text[begin:end])) and begin + match.end() < end:
            begin += match.end()
        return TextSpan(begin, begin + len(_POSSESSIVE.sub("", text[begin:end])))

    def _name_of(self, iri: str) -> str:
        return self.named.get(iri) or self.graph.label.get(iri, iri)

    def _likeness(self, iri: str, name: str) -> int:
        """How much speaks for the node being the annotated entity; 0 where nothing does."""
        line = self.entities[name]
        classes = {line["class"]} if isinstance(line["class"], str) else set(line["class"])
        if not self.graph.classes[iri] & classes:
            return 0
        spans = {self._trimmed(span) for span in self.found.mentions[iri]}
        shared = len(spans & self.spans[name])
        if classes == {"Event"} and not shared:  # the name of an event may be cut differently
            shared = int(any(a.overlaps(b) for a in spans for b in self.spans[name]))
        keys = {_name_key(n) for n in (name, *line.get("aliases", []))}
        return shared + 2 * (_name_key(self.graph.label.get(iri)) in keys)

    def _entities(self) -> None:
        likely = [
            (-likeness, iri, name)
            for iri in sorted(self.found.mentions)
            for name in self.entities
            if (likeness := self._likeness(iri, name))
        ]
        taken: set[str] = set()
        for _, iri, name in sorted(likely):
            if iri in self.named:
                continue
            self.named[iri] = name
            optional = self.entities[name].get("optional", False)
            if name not in taken:
                taken.add(name)
                if not optional:
                    self._right("entity")
            elif not optional:
                self._wrong("entity", f"{name} split: {self.graph.label.get(iri)}")
        for iri in sorted(set(self.found.mentions) - set(self.named)):
            self._wrong("entity", f"{self.graph.label.get(iri)} {sorted(self.graph.classes[iri])}")
        for name, line in self.entities.items():
            if name not in taken and not line.get("optional"):
                self._missed("entity", f"{name} {line['class']}")
        for iri, spans in sorted(self.found.mentions.items()):
            held = [n for n in self.entities if {self._trimmed(s) for s in spans} & self.spans[n]]
            if len(held) > 1:
                self._wrong("one node", f"{self.graph.label.get(iri)} joins {held}")
            elif held:
                self._right("one node")

    def _aliases(self) -> None:
        node_at = {self._trimmed(s): iri for iri, spans in sorted(self.found.mentions.items()) for s in spans}
        for name, line in self.entities.items():
            if line["class"] == "Event" or line.get("optional"):
                continue
            for span in sorted(self.spans[name]):
                if _name_key(self.article.text[span.begin : span.end]) == _name_key(name):
                    continue
                iri = node_at.get(span)
                if iri and _name_key(self.graph.label.get(iri)) == _name_key(name):
                    self._right("alias")
                else:
                    self._missed("alias", f"{self.article.text[span.begin : span.end]} for {name}")

    def _sets(
        self,
        kind: str,
        annotated: Mapping[Hashable, bool],
        found: Iterable[Hashable],
        key: Callable[[tuple[str, ...]], Hashable] = lambda k: k,
    ) -> None:
        """Compare keys; ``annotated`` maps each to whether it is optional."""
        optional = {key(k) for k, o in annotated.items() if o}  # type: ignore[arg-type]
        needed = {key(k) for k, o in annotated.items() if not o}  # type: ignore[arg-type]
        got = {key(k) for k in found}  # type: ignore[arg-type]
        for _ in got & needed:
            self._right(kind)
        for k in sorted(got - needed - optional, key=str):
            self._wrong(kind, k)
        for k in sorted(needed - got, key=str):
            self._missed(kind, k)

    def _judge(self, kind: str, annotated: Mapping[Hashable, bool], found: Mapping[Hashable, float]) -> None:
        """Note how sure each of the found keys is and whether it is right; optional ones say nothing."""
        for key, confidence in found.items():
            if not annotated.get(key, False):
                self._judged(kind, confidence, key in annotated)

    def _roles(self) -> None:
        annotated: dict[Hashable, bool] = {
            (r["person"], _name_key(r["title"]), r.get("organisation")): r.get("optional", False)
            for r in self.article.of_type("role")
        }
        found: dict[Hashable, float] = {}
        for (person, predicate, role), confidence in sorted(self.found.facts.items()):
            if predicate == "holdsRole" and role in self.graph.role:
                title, employer = self.graph.role[role]
                key = (self._name_of(person), _name_key(title), self._name_of(employer) if employer else None)
                found[key] = max(confidence, found.get(key, 0))
        self._judge("role", annotated, found)
        self._sets("role", annotated, found)
        self._sets("role, lenient", annotated, found, lambda k: k[:2])

    def _participations(self) -> None:
        annotated: dict[Hashable, bool] = {
            (p["agent"], p["event"], p["kind"]): p.get("optional", False) for p in self.article.of_type("participation")
        }
        found: dict[Hashable, float] = {}
        for (agent, predicate, event), confidence in sorted(self.found.facts.items()):
            if predicate in PARTICIPATIONS:
                key = (self._name_of(agent), self._name_of(event), predicate)
                found[key] = max(confidence, found.get(key, 0))
        self._judge("participation", annotated, found)
        self._sets("participation", annotated, found)
        self._sets("participation, lenient", annotated, found, lambda k: k[:2])

    def _events(self) -> None:
        node_of: dict[str, str] = {}
        for iri, name in self.named.items():
            node_of.setdefault(name, iri)
        for line in self.article.of_type("event"):
            node = node_of.get(line["event"])
            if node is None or line.get("optional"):
                continue
            if line.get("date"):
                day = self.graph.start.get(node)
                self._attribute("event date", line["event"], line["date"], {day} if day else set())
                if day:
                    sure = self.found.facts.get((node, "startDate", day), 1.0)
                    self._judged("event date", sure, day == line["date"])
            if line.get("place"):
                places = {self._name_of(place) for place in self.graph.places.get(node, ())}
                self._attribute("event place", line["event"], line["place"], places)
                for place in sorted(self.graph.places.get(node, ())):
                    if (right := self._name_of(place) == line["place"]) or line["place"] not in places:
                        self._judged("event place", self.found.facts.get((node, "place", place), 1.0), right)

    def _attribute(self, kind: str, event: str, wanted: str, found: set[str]) -> None:
        if wanted in found:
            self._right(kind)
            return
        self._missed(kind, f"{event}: {wanted}")
        if found:
            self._wrong(kind, f"{event}: {sorted(found)}")

    def _words(self, spans: Iterable[TextSpan], tokens: list[TextSpan]) -> frozenset[int]:
        spans = list(spans)
        return frozenset(i for i, token in enumerate(tokens) if any(token.overlaps(span) for span in spans))

    def _statements(self) -> None:
        tokens = [TextSpan(*match.span()) for match in _TOKEN.finditer(self.article.text)]
        annotated = self.article.of_type("statement")
        wanted = [self._words(_content(line), tokens) for line in annotated]
        found = sorted(self.found.contents)
        got = [self._words(self.found.contents[iri], tokens) for iri in found]
        pairs = sorted(
            (-f, i, j) for i, one in enumerate(got) for j, other in enumerate(wanted) if (f := _token_f(one, other)) > 0
        )
        of_found: dict[int, int] = {}
        for negative_f, i, j in pairs:
            if -negative_f >= SAME_CONTENT and i not in of_found and j not in of_found.values():
                of_found[i] = j
        for i, iri in enumerate(found):
            if i not in of_found:
                self._wrong("statement", self.graph.label.get(iri))
                self.result.wrong["statement, speaker"] += 1
                self._judged("statement", self.graph.confidence.get(iri, 1.0), False)
        node_of = {j: found[i] for i, j in of_found.items()}
        for j, line in enumerate(annotated):
            if not line.get("optional"):
                self._statement(line, node_of.get(j))

    def _statement(self, line: Line, iri: str | None) -> None:
        begin, end = _content(line)[0]
        words = f"{line['speaker'] or line.get('speakerText')}: {self.article.text[begin:end][:70]}"
        if iri is None:
            self._missed("statement", words)
            self.result.missed["statement, speaker"] += bool(line["speaker"])
            return
        self._right("statement")
        speakers = {self._name_of(speaker) for speaker in self.graph.speakers.get(iri, ())}
        known = not line["speaker"] or line["speaker"] in speakers
        self._judged("statement", self.graph.confidence.get(iri, 1.0), known)
        if not line["speaker"]:
            return
        if known:
            self._right("statement, speaker")
        else:
            self._missed("statement, speaker", words)
            self._wrong("statement, speaker", f"{sorted(speakers)} for {line['speaker']}")


def _content(line: Line) -> list[TextSpan]:
    spans = line["content_span"]
    return [TextSpan(*span) for span in (spans if isinstance(spans[0], list) else [spans])]
