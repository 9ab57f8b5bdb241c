"""Pronouns and nouns that mean something the article names: "she", "who", "the minister", "the company".

Only what is well supported is resolved: the gender or number must fit, an unnamed person in a better place blocks a
named one further off, and where two antecedents are nearly equal the pronoun is left open.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from math import log2

from kg.extraction.events.columns import Columns
from kg.extraction.names.lexicon import gender_of_noun, word_class
from kg.extraction.names.nodes import Node
from kg.facts import EntityKind

_HE = frozenset({"he", "him", "his", "himself"})
_SHE = frozenset({"she", "her", "hers", "herself"})
_IT = frozenset({"it", "its", "itself"})
_WHO = frozenset({"who", "whom", "whose"})
_REFLEXIVE = frozenset({"himself", "herself", "itself"})
_POSSESSIVE = frozenset({"his", "her", "its"})
_SUBJECTS = frozenset({"nsubj", "nsubjpass"})
_DEFINITE = frozenset({"the", "this", "that"})
_ROLE_SALIENCE = {"nsubj": 2.0, "nsubjpass": 1.8, "dobj": 0.8, "dative": 0.7, "agent": 0.8, "pobj": 0.3, "poss": 0.3}
_WINDOW = 3  # sentences back in which an antecedent is looked for
_MARGIN = 0.45  # by how much the best antecedent must lead


@dataclass(slots=True)
class Antecedent:
    """Something that a pronoun may mean: the head token of a mention; ``node`` is None for people without a name."""

    token: int
    node: Node | None
    gender: str
    quoted: bool


@dataclass(frozen=True, slots=True)
class Resolved:
    """The head token of a pronoun or noun, what it means, by which rule, how surely."""

    token: int
    node: Node
    reason: str
    confidence: float


def resolve_anaphora(nodes: list[Node], c: Columns) -> list[Resolved]:
    """The pronouns and definite nouns of a Doc that can be resolved, in text order."""
    return _Discourse(nodes, c).run()


def quoted_tokens(c: Columns) -> list[bool]:
    """For each token, whether it stands between double quotation marks of its paragraph."""
    quoted, inside = [], False
    for word in c.words:
        if word in {"“", "``"}:
            inside = True
        elif word in {"”", "''"}:
            inside = False
        elif word == '"':
            inside = not inside
        elif "\n" in word:
            inside = False
        quoted.append(inside)
    return quoted


class _Discourse:
    def __init__(self, nodes: list[Node], c: Columns):
        self.c = c
        self.nodes = nodes
        self.quoted = quoted_tokens(c)
        self.named: dict[int, Node] = {}
        self.heads: dict[int, Node] = {}
        self.called: defaultdict[str, list[Node]] = defaultdict(list)
        for node in nodes:
            for mention, _ in node.mentions:
                for i in range(mention.start, mention.end):
                    self.named[i] = node
                self.heads[self._head(mention.start, mention.end)] = node
        self.seen: list[Antecedent] = []
        self.counts: Counter[int] = Counter()
        self.found: list[Resolved] = []
        self.meaning: dict[int, Node] = {}

    def run(self) -> list[Resolved]:
        c = self.c
        for i, word in enumerate(c.lower):
            if i in self.named:
                node = self.heads.get(i)
                if node is not None:
                    self._learn_callings(i, node)
                    self._see(i, node, node.gender)
            elif word in _HE:
                self._person(i, "m")
            elif word in _SHE:
                self._person(i, "f")
            elif word in _IT:
                self._thing(i)
            elif word in _WHO:
                self._relative(i)
            elif c.pos[i] in {"NOUN", "PROPN"}:
                self._noun(i, word)
        return self.found

    # bookkeeping

    def _head(self, start: int, end: int) -> int:
        return next((i for i in range(start, end) if not start <= self.c.heads[i] < end), end - 1)

    def _see(self, i: int, node: Node | None, gender: str) -> None:
        self.seen.append(Antecedent(i, node, gender, self.quoted[i]))
        if node is not None:
            self.counts[id(node)] += 1

    def _resolve(self, i: int, node: Node, reason: str, confidence: float) -> None:
        self.found.append(Resolved(i, node, reason, round(confidence, 2)))
        self.meaning[i] = node
        self._see(i, node, node.gender)

    def _role(self, i: int) -> str:
        """The grammatical role, that of the first conjunct for the others."""
        c = self.c
        while c.deps[i] in {"conj", "appos"} and c.heads[i] < i:
            i = c.heads[i]
        return c.deps[i]

    def _learn_callings(self, head: int, node: Node) -> None:
        """Remembers the nouns that the article gives to a named thing: titles, appositions, "X is the chairman"."""
        c = self.c
        for mention, _ in node.mentions:
            if not mention.start <= head < mention.end:
                continue
            if mention.title < mention.start:
                for j in range(mention.title, mention.start):
                    self._call(c.lower[j], node)
            elif mention.start and (
                gender_of_noun(c.lower[mention.start - 1])
                or c.lower[mention.start - 1] in word_class("bodies meant by their noun")
            ):
                self._call(c.lower[mention.start - 1], node)
            for part in mention.parts:
                if part in word_class("bodies meant by their noun"):
                    self._call(part, node)
        for child in c.children[head]:
            if c.deps[child] == "appos" and child not in self.named:
                self._call(c.lower[child], node)
                for sibling in c.children[child]:
                    if c.deps[sibling] == "conj" and sibling not in self.named:
                        self._call(c.lower[sibling], node)
        if c.deps[head] == "appos" and c.heads[head] not in self.named:
            self._call(c.lower[c.heads[head]], node)
        verb = c.heads[head]
        if c.deps[head] == "nsubj" and c.lemmas[verb] == "be":
            for child in c.children[verb]:
                if c.deps[child] == "attr" and child not in self.named:
                    self._call(c.lower[child], node)

    def _call(self, noun: str, node: Node) -> None:
        if not any(node is known for known in self.called[noun]):
            self.called[noun].append(node)

    # he and she

    def _person(self, i: int, gender: str) -> None:
        best = self._best(i, gender)
        if best is None:
            return
        node, margin = best
        if node.gender == "u":
            node.gender = gender
        confidence = min(0.95, 0.62 + 0.12 * margin) - (0.15 if self.quoted[i] else 0.0)
        self._resolve(i, node, f"pronoun '{self.c.lower[i]}', '{node.name}' is the nearest that fits", confidence)

    def _best(self, i: int, gender: str) -> tuple[Node, float] | None:
        """The best antecedent of a personal pronoun and its lead over the second, None where none leads clearly."""
        c = self.c
        sentence = c.sentence_of[i]
        scores: dict[int, tuple[float, Node | None]] = {}
        subjects_above = self._subjects_above(i)
        speakers = self._speakers(i) if self.quoted[i] else []
        for seen in reversed(self.seen):
            distance = sentence - c.sentence_of[seen.token]
            if distance > _WINDOW:
                break
            if seen.node is not None and seen.node.kind is not EntityKind.PERSON:
                continue
            if seen.gender not in {gender, "u"} or not self._may_corefer(i, seen.token):
                continue
            if self.quoted[i] and seen.node is not None and seen.node in speakers:
                continue
            score = self._salience(i, seen, distance, gender, subjects_above)
            key = id(seen.node) if seen.node is not None else -seen.token - 1
            if key not in scores or score > scores[key][0]:
                scores[key] = (score, seen.node)
        ranked = sorted(scores.values(), key=lambda pair: -pair[0])
        if not ranked or ranked[0][1] is None:
            return None
        margin = ranked[0][0] - ranked[1][0] if len(ranked) > 1 else 2.5
        return (ranked[0][1], margin) if margin >= _MARGIN else None

    def _speakers(self, i: int) -> list[Node]:
        """Who speaks the quotation around token ``i``: the subject of a verb of speech in its sentence, or the last."""
        c = self.c
        start, end = c.sentences[c.sentence_of[i]]
        inside = [j for j in range(start, end) if self._says(j) and not self.quoted[j]]
        if not inside:
            inside = [
                s.token for s in reversed(self.seen) if s.node is not None and not s.quoted and self._says(s.token)
            ][:1]
        return [node for j in inside if (node := self.named.get(j) or self.meaning.get(j)) is not None]

    def _says(self, i: int) -> bool:
        c = self.c
        return c.deps[i] == "nsubj" and c.lemmas[c.heads[i]] in word_class("speaking")

    def _subjects_above(self, i: int) -> set[int]:
        """The subjects of the clauses that hold the clause of token ``i``."""
        c = self.c
        subjects = set()
        j = i
        for _ in range(12):
            head = c.heads[j]
            if head == j:
                break
            j = head
            subjects |= {child for child in c.children[j] if c.deps[child] in _SUBJECTS and child < i}
        return subjects

    def _may_corefer(self, i: int, antecedent: int) -> bool:
        """Not "X saw him" for X and him, nor "X and he"."""
        c = self.c
        if c.lower[i] in _REFLEXIVE or c.deps[i] == "poss":
            return not (c.deps[i] == "poss" and c.heads[i] == antecedent)
        clause = c.heads[i] if c.deps[i] != "pobj" else c.heads[c.heads[i]]
        if c.deps[i] in _SUBJECTS and c.heads[i] == c.heads[antecedent] and c.deps[antecedent] in _SUBJECTS:
            return False
        return not (c.deps[i] not in _SUBJECTS and c.deps[antecedent] in _SUBJECTS and c.heads[antecedent] == clause)

    def _salience(self, i: int, seen: Antecedent, distance: int, gender: str, subjects_above: set[int]) -> float:
        c = self.c
        score = -1.6 * distance + _ROLE_SALIENCE.get(self._role(seen.token), 0.2)
        if seen.gender == gender:
            score += 0.8
        if seen.token in subjects_above:
            score += 1.5
        if distance == 0:
            score += 0.3
        if self._role(i) in _SUBJECTS and self._role(seen.token) in _SUBJECTS:
            score += 0.5
        if self._says(i) and (
            self._says(seen.token) or (c.lower[seen.token - 1] == "to" and c.lower[seen.token - 2] == "according")
        ):
            score += 1.0
        if seen.quoted and not self.quoted[i]:
            score -= 1.5
        if seen.node is not None:
            score += min(1.0, 0.25 * log2(1 + self.counts[id(seen.node)]))
        return score

    # it

    def _thing(self, i: int) -> None:
        """ "WIPO said it ...", "Beijing promotes its ...": only a subject of the clauses that hold the pronoun."""
        c = self.c
        for subject in sorted(self._subjects_above(i), reverse=True):
            node = self.named.get(subject) or self.meaning.get(subject)
            if node is None:
                if c.pos[subject] in {"NOUN", "PROPN"} and c.deps[i] == "poss":
                    return
                continue
            if node.kind is EntityKind.PERSON or not self._may_corefer(i, subject):
                continue
            if any(other.token > subject and other.node is not node for other in self._bodies_since(subject)):
                return
            self._resolve(i, node, f"pronoun '{c.lower[i]}', subject '{node.name}' of its sentence", 0.8)
            return

    def _bodies_since(self, token: int) -> list[Antecedent]:
        return [
            seen for seen in self.seen if seen.token > token and seen.node and seen.node.kind is not EntityKind.PERSON
        ]

    # who

    def _relative(self, i: int) -> None:
        c = self.c
        verb = i
        for _ in range(6):
            if c.deps[verb] == "relcl" or c.heads[verb] == verb:
                break
            verb = c.heads[verb]
        if c.deps[verb] != "relcl":
            return
        head = c.heads[verb]
        node = self.named.get(head) or self.meaning.get(head)
        if node is None and c.deps[head] == "appos":
            node = self.named.get(c.heads[head])
        if node is not None and head < i and node.kind is not EntityKind.PLACE:
            self._resolve(i, node, f"relative pronoun after '{node.name}'", 0.95)

    # nouns

    def _noun(self, i: int, word: str) -> None:
        c = self.c
        gender = gender_of_noun(word)
        body = word in word_class("bodies meant by their noun")
        if (gender is None and not body) or c.deps[i] in {"compound", "appos", "attr", "nmod", "amod"}:
            return
        if c.tags[i] in {"NNS", "NNPS"}:
            return
        definite = any(c.lower[child] in _DEFINITE and c.deps[child] == "det" for child in c.children[i])
        if definite and not self._specified(i):
            node = self._called(i, word, body)
            if node is not None:
                return
        if gender is not None and not any(c.deps[child] == "appos" and child in self.named for child in c.children[i]):
            self._see(i, None, gender)

    def _specified(self, i: int) -> bool:
        """Whether the noun has its own description ("the minister of France", "the man who ...")."""
        c = self.c
        return any(
            c.deps[child] in {"prep", "relcl", "acl", "poss", "appos", "nummod"}
            or (c.deps[child] in {"compound", "amod"} and c.words[child][0].isupper())
            for child in c.children[i]
        )

    def _called(self, i: int, word: str, body: bool) -> Node | None:
        c = self.c
        fitting = [node for node in self.called.get(word, ()) if (node.kind is EntityKind.PERSON) != body]
        last = {id(seen.node): seen.token for seen in self.seen if seen.node is not None}
        if not fitting and word in word_class("bodies of any kind"):
            near = {
                id(seen.node): seen.node
                for seen in self.seen
                if seen.node
                and seen.node.kind is EntityKind.ORGANISATION
                and c.sentence_of[i] - c.sentence_of[seen.token] <= 1
            }
            fitting = list(near.values()) if len(near) == 1 else []
        if len(fitting) > 1:
            recent = sorted(fitting, key=lambda node: -last.get(id(node), -1))
            gap = c.sentence_of[last.get(id(recent[0]), 0)] - c.sentence_of[last.get(id(recent[1]), 0)]
            if gap < 1 or c.sentence_of[i] - c.sentence_of[last.get(id(recent[0]), 0)] > 2:
                return None
            self._resolve(i, recent[0], f"'the {word}', the last {word} mentioned", 0.7)
            return recent[0]
        if not fitting:
            return None
        self._resolve(i, fitting[0], f"'the {word}', the only {word} named", 0.85)
        return fitting[0]
