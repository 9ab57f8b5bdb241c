"""What an article has mentioned so far, in order: named things, unnamed people, and what it has called each."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from kg.extraction.columns import Columns
from kg.extraction.names.lexicon import gender_of_noun, other_callings, titles_written_out, word_class
from kg.extraction.names.mentions import Candidate
from kg.extraction.names.nodes import Node
from kg.extraction.negation import is_denied
from kg.facts import EntityKind, TextSpan

SUBJECTS = frozenset({"nsubj", "nsubjpass"})
_FATES = {"taken to court": ("suspect", "defendant", "accused"), "done violence": ("victim",)}
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


def _quoted_tokens(c: Columns) -> list[bool]:
    """For each token, whether it stands between quotation marks."""
    quoted = [False] * len(c.words)
    for quotation in c.quotations:
        start, end = c.tokens(TextSpan(quotation.span.begin, quotation.inner.end))
        quoted[start:end] = [True] * (end - start)
    return quoted


def calling(noun: str) -> str:
    """The form under which a noun for a person is remembered: "chairman" and "chair", "Sen." and "senator" are one."""
    noun = titles_written_out().get(noun, noun)
    for ending in ("man", "woman", "person"):
        if noun.endswith(ending) and noun[: -len(ending)] in {"chair", "spokes"}:
            return noun[: -len(ending)]
    return noun


class Discourse:
    """The state of reading one Doc: ``seen`` lists antecedents in text order, ``meaning`` what resolved tokens mean.

    ``named`` maps each token of a name to its node, ``heads`` the head token of each mention; ``called`` the nodes that
    the article has called by a noun (a title, an apposition, "X is the chairman"), ``aged`` people by the age that it
    gives them, ``unnamed_bodies`` the last "a company" of each noun.
    """

    def __init__(self, nodes: list[Node], c: Columns):
        self.c = c
        self.nodes = nodes
        self.quoted = _quoted_tokens(c)
        self.named: dict[int, Node] = {}
        self.heads: dict[int, tuple[Node, Candidate]] = {}
        self.called: defaultdict[str, dict[int, tuple[Node, set[str]]]] = defaultdict(dict)
        for node in nodes:
            for mention, _ in node.mentions:
                for i in range(mention.start, mention.end):
                    self.named[i] = node
                self.heads[self.head(mention.start, mention.end)] = (node, mention)
        self.seen: list[Antecedent] = []
        self.aged: dict[str, Node] = {}
        self.unnamed_bodies: dict[str, int] = {}
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
        if mention.title < mention.start:
            for i in range(mention.title, mention.start):
                self._call(node, i, c.lower[max(0, mention.title - 3) : mention.start])
        elif mention.start and (gender_of_noun(c.lower[mention.start - 1]) or self._body(mention.start - 1)):
            self._call(node, mention.start - 1)
        if node.kind is EntityKind.PERSON and mention.end + 1 < len(c.words) and c.words[mention.end] in {",", "("}:
            age = c.words[mention.end + 1]
            if age.isdigit() and len(age) < 3:
                self.aged[age] = node
        if node.kind is EntityKind.PERSON:
            self._learn_fate(head, node)
        else:
            self._learn_own_nouns(mention, node)
        appositions = [child for child in c.children[head] if c.deps[child] == "appos"]
        appositions += [k for child in appositions for k in c.children[child] if c.deps[k] == "conj"]
        if c.deps[head] == "appos":
            appositions.append(c.heads[head])
        verb = c.heads[head]
        if c.deps[head] == "nsubj" and c.lemmas[verb] == "be" and not is_denied(c, verb):
            appositions += [child for child in c.children[verb] if c.deps[child] == "attr"]
        for noun in appositions:
            if noun not in self.named:
                self._call(node, noun)

    def _learn_own_nouns(self, mention: Candidate, node: Node) -> None:
        """Remembers what a body is called for the words of its name: "the bank" and "the lender" for "Selby Bank"."""
        nouns = {part for part in mention.parts if part in word_class("bodies meant by their noun")}
        if node.kind is EntityKind.ORGANISATION:
            nouns |= other_callings().get(mention.parts[-1], frozenset())
        for noun in sorted(nouns):
            self.called[noun].setdefault(id(node), (node, set()))

    def _learn_fate(self, head: int, node: Node) -> None:
        """Remembers that who is arrested or charged is "the suspect", who is killed or attacked "the victim"."""
        c = self.c
        if c.deps[head] not in {"dobj", "nsubjpass"}:
            return
        verb = c.lemmas[c.heads[head]]
        for fate, nouns in _FATES.items():
            for noun in nouns if verb in word_class(fate) else ():
                self.called[noun].setdefault(id(node), (node, set()))

    def _body(self, i: int) -> bool:
        return self.c.lower[i] in word_class("bodies meant by their noun")

    def _call(self, node: Node, i: int, described: Iterable[str] = ()) -> None:
        """Remembers that the article calls the node by the noun at token ``i``, and how it describes it."""
        noun = calling(self.c.lower[i])
        _, words_said = self.called[noun].setdefault(id(node), (node, set()))
        words_said.update(described)
        words_said.update(self.modifiers(i))
        others = set(other_callings().get(noun, ()))
        if noun == "minister" and "prime" in words_said:
            others.add("premier")
        for other in sorted(others):
            self.called[other].setdefault(id(node), (node, words_said))

    def modifiers(self, i: int) -> list[str]:
        """The words that describe the noun at token ``i`` from before: "prime" of "the prime minister"."""
        c = self.c
        return [c.lower[k] for k in c.children[i] if k < i and c.deps[k] in {"compound", "amod", "nmod"}]

    def capitals(self, i: int) -> list[str]:
        """Those of them that are written with a capital letter: "liberal" of "the Liberal party"."""
        c = self.c
        return [c.lower[k] for k in c.children[i] if c.words[k][0].isupper() and c.deps[k] in {"compound", "amod"}]

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
