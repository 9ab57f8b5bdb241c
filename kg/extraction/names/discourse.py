"""What an article has mentioned so far, in order: named things, unnamed people, and what it has called each."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass

from kg.extraction.events.columns import Columns
from kg.extraction.names.lexicon import gender_of_noun, word_class
from kg.extraction.names.mentions import Candidate
from kg.extraction.names.nodes import Node

SUBJECTS = frozenset({"nsubj", "nsubjpass"})
_REFLEXIVE = frozenset({"himself", "herself", "itself"})


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


class Discourse:
    """The state of reading one Doc: ``seen`` lists antecedents in text order, ``meaning`` what resolved tokens mean.

    ``named`` maps each token of a name to its node, ``heads`` the head token of each mention; ``called`` the nodes that
    the article has called by a noun (a title, an apposition, "X is the chairman").
    """

    def __init__(self, nodes: list[Node], c: Columns):
        self.c = c
        self.nodes = nodes
        self.quoted = quoted_tokens(c)
        self.named: dict[int, Node] = {}
        self.heads: dict[int, tuple[Node, Candidate]] = {}
        self.called: defaultdict[str, list[Node]] = defaultdict(list)
        for node in nodes:
            for mention, _ in node.mentions:
                for i in range(mention.start, mention.end):
                    self.named[i] = node
                self.heads[self.head(mention.start, mention.end)] = (node, mention)
        self.seen: list[Antecedent] = []
        self.counts: Counter[int] = Counter()
        self.found: list[Resolved] = []
        self.meaning: dict[int, Node] = {}

    def head(self, start: int, end: int) -> int:
        """The token of the range on which the others depend."""
        return next((i for i in range(start, end) if not start <= self.c.heads[i] < end), end - 1)

    def see(self, i: int, node: Node | None, gender: str) -> None:
        """Notes that something was mentioned at token ``i``."""
        self.seen.append(Antecedent(i, node, gender, self.quoted[i]))
        if node is not None:
            self.counts[id(node)] += 1

    def resolve(self, i: int, node: Node, reason: str, confidence: float) -> None:
        """Notes what token ``i`` means, by which rule, how surely."""
        self.found.append(Resolved(i, node, reason, round(confidence, 2)))
        self.meaning[i] = node
        self.see(i, node, node.gender)

    def role(self, i: int) -> str:
        """The grammatical role, that of the first conjunct for the others."""
        c = self.c
        while c.deps[i] in {"conj", "appos"} and c.heads[i] < i:
            i = c.heads[i]
        return c.deps[i]

    def learn_callings(self, head: int, node: Node) -> None:
        """Remembers the nouns that the article gives to a named thing: titles, appositions, "X is the chairman"."""
        c = self.c
        _, mention = self.heads[head]
        before = c.lower[mention.start - 1] if mention.start else ""
        if mention.title < mention.start:
            for j in range(mention.title, mention.start):
                self.call(c.lower[j], node)
        elif gender_of_noun(before) or before in word_class("bodies meant by their noun"):
            self.call(before, node)
        for part in mention.parts:
            if part in word_class("bodies meant by their noun"):
                self.call(part, node)
        for child in c.children[head]:
            if c.deps[child] == "appos" and child not in self.named:
                self.call(c.lower[child], node)
                for sibling in c.children[child]:
                    if c.deps[sibling] == "conj" and sibling not in self.named:
                        self.call(c.lower[sibling], node)
        if c.deps[head] == "appos" and c.heads[head] not in self.named:
            self.call(c.lower[c.heads[head]], node)
        verb = c.heads[head]
        if c.deps[head] == "nsubj" and c.lemmas[verb] == "be" and not any(c.deps[k] == "neg" for k in c.children[verb]):
            for child in c.children[verb]:
                if c.deps[child] == "attr" and child not in self.named:
                    self.call(c.lower[child], node)

    def call(self, noun: str, node: Node) -> None:
        """Remembers that the article calls the node by the noun."""
        if not any(node is known for known in self.called[noun]):
            self.called[noun].append(node)

    def subjects_above(self, i: int) -> set[int]:
        """The subjects of the clauses that hold the clause of token ``i``."""
        c = self.c
        subjects = set()
        j = i
        for _ in range(12):
            head = c.heads[j]
            if head == j:
                break
            j = head
            subjects |= {child for child in c.children[j] if c.deps[child] in SUBJECTS and child < i}
        return subjects

    def may_corefer(self, i: int, antecedent: int) -> bool:
        """Not "X saw him" for X and him, nor "X and he"."""
        c = self.c
        if c.lower[i] in _REFLEXIVE or c.deps[i] == "poss":
            return not (c.deps[i] == "poss" and c.heads[i] == antecedent)
        clause = c.heads[i] if c.deps[i] != "pobj" else c.heads[c.heads[i]]
        if c.deps[i] in SUBJECTS and c.heads[i] == c.heads[antecedent] and c.deps[antecedent] in SUBJECTS:
            return False
        return not (c.deps[i] not in SUBJECTS and c.deps[antecedent] in SUBJECTS and c.heads[antecedent] == clause)

    def says(self, i: int) -> bool:
        """Whether the token is the subject of a verb of speech."""
        c = self.c
        return c.deps[i] == "nsubj" and c.lemmas[c.heads[i]] in word_class("speaking")
