"""Pronouns and nouns that mean something the article names: "she", "who", "the minister", "the company".

Only what is well supported is resolved: the gender or number must fit, an unnamed person in a better place blocks a
named one further off, and where two antecedents are nearly equal the pronoun is left open.
"""

from __future__ import annotations

from math import log2

from kg.extraction.columns import Columns
from kg.extraction.names.discourse import SUBJECTS, Antecedent, Discourse, Resolved
from kg.extraction.names.lexicon import word_class
from kg.extraction.names.nodes import Node
from kg.extraction.names.nominals import resolve_noun
from kg.facts import EntityKind
from kg.words import words

_HE = frozenset({"he", "him", "his", "himself"})
_SHE = frozenset({"she", "her", "hers", "herself"})
_IT = frozenset({"it", "its", "itself"})
_WHO = frozenset({"who", "whom", "whose"})
_ROLE_SALIENCE = {"nsubj": 2.0, "nsubjpass": 1.8, "dobj": 0.8, "dative": 0.7, "agent": 0.8, "pobj": 0.3, "poss": 0.3}
_WINDOW = 3  # sentences back in which an antecedent is looked for
_WEATHER = frozenset({"be", "seem", "appear", "rain", "snow", "remain", "happen", "matter"})  # "it is unclear"
_PROTAGONIST = 5  # mentions that make somebody the one whom the article is about
_MARGIN = 0.45  # by how much the best antecedent must lead


def resolve_anaphora(nodes: list[Node], c: Columns) -> list[Resolved]:
    """The pronouns and definite nouns of a Doc that can be resolved, in text order."""
    return _walk(Discourse(nodes, c))


def _walk(d: Discourse) -> list[Resolved]:
    c = d.c
    for i, word in enumerate(c.lower):
        if i in d.named:
            if i in d.heads:
                node, _ = d.heads[i]
                d.learn_callings(i, node)
                d.see(i, node, node.gender)
        elif word in _HE:
            _person(d, i, "m")
        elif word in _SHE:
            _person(d, i, "f")
        elif word in _IT:
            _thing(d, i)
        elif word in _WHO:
            _relative(d, i)
        elif c.pos[i] in {"NOUN", "PROPN"}:
            resolve_noun(d, i)
        elif word == "old":
            _aged(d, i)
    return d.found


def _person(d: Discourse, i: int, gender: str) -> None:
    best = _best(d, i, gender)
    if best is None:
        return
    node, margin = best
    if node.gender == "u":
        node.gender = gender
    confidence = min(0.95, 0.62 + 0.12 * margin) - (0.15 if d.quoted[i] else 0.0)
    d.resolve(i, node, f"pronoun '{d.c.lower[i]}', '{node.name}' is the nearest that fits", confidence)


def _aged(d: Discourse, i: int) -> None:
    """ "The 45-year-old said ...": whose age the article gave as 45."""
    c = d.c
    if i < 5 or c.lower[i - 2] != "year" or c.lower[i - 5] != "the" or c.pos[c.heads[i]] in {"NOUN", "PROPN"}:
        return
    age = c.words[i - 4]
    if age in d.aged:
        d.resolve(i, d.aged[age], f"'the {age}-year-old': '{d.aged[age].name}' is {age}", 0.85)


def _best(d: Discourse, i: int, gender: str) -> tuple[Node, float] | None:
    """The best antecedent of a personal pronoun and its lead over the second, None where none leads clearly."""
    c = d.c
    sentence = c.sentence_of[i]
    scores: dict[int, tuple[float, Node | None]] = {}
    subjects_above = d.subjects_above(i)
    others = _speakers(d, i) if d.quoted[i] else _called_in_own_words(d, i)
    for seen in reversed(d.seen):
        distance = sentence - c.sentence_of[seen.token]
        if distance > _WINDOW:
            break
        if seen.node is not None and seen.node.kind is not EntityKind.PERSON:
            continue
        if seen.gender not in {gender, "u"} or not d.may_corefer(i, seen.token):
            continue
        if seen.node is not None and seen.node in others:
            continue
        score = _salience(d, i, seen, distance, gender, subjects_above)
        key = id(seen.node) if seen.node is not None else -seen.token - 1
        if key not in scores or score > scores[key][0]:
            scores[key] = (score, seen.node)
    ranked = sorted(scores.values(), key=lambda pair: -pair[0])
    if not any(node is not None for _, node in ranked):
        return _ahead(d, i, gender) or _protagonist(d, i, gender)
    if ranked[0][1] is None:
        return None
    margin = ranked[0][0] - ranked[1][0] if len(ranked) > 1 else 2.5
    return (ranked[0][1], margin) if margin >= _MARGIN else None


def _ahead(d: Discourse, i: int, gender: str) -> tuple[Node, float] | None:
    """The subject after the clause in which a pronoun opens a sentence, where nobody who fits was named before:
    "When she was a student, Ann Lee ...".
    """
    c = d.c
    clause = c.heads[i]
    start, end = c.subtree(clause)
    if d.role(i) not in SUBJECTS or c.deps[clause] != "advcl" or not c.opens_sentence(start) or d.quoted[i]:
        return None
    subject = next((k for k in c.children[c.heads[clause]] if c.deps[k] in SUBJECTS and k >= end), None)
    node = d.named.get(subject) if subject is not None else None
    if node is None or node.kind is not EntityKind.PERSON or node.gender != gender:
        return None
    return node, _MARGIN


def _protagonist(d: Discourse, i: int, gender: str) -> tuple[Node, float] | None:
    """Whom the article is about, where nobody named is near and no unnamed person acts: mentioned most by far."""
    c = d.c
    for seen in reversed(d.seen):
        if c.sentence_of[i] - c.sentence_of[seen.token] > 1:
            break
        if seen.node is None and seen.gender in {gender, "u"} and d.role(seen.token) in SUBJECTS:
            return None
    people = [node for node in d.nodes if node.kind is EntityKind.PERSON and node.gender in {gender, "u"}]
    people.sort(key=lambda node: -d.counts[id(node)])
    most, next_most = (d.counts[id(people[k])] if k < len(people) else 0 for k in (0, 1))
    if most < _PROTAGONIST or most < 3 * next_most or people[0].gender != gender:
        return None
    return people[0], _MARGIN


def _speakers(d: Discourse, i: int) -> list[Node]:
    """Who speaks the quotation around token ``i``: the subject of a verb of speech in its sentence, or the last."""
    c = d.c
    start, end = c.sentences[c.sentence_of[i]]
    inside = [j for j in range(start, end) if d.says(j) and not d.quoted[j]]
    if not inside:
        inside = [s.token for s in reversed(d.seen) if s.node is not None and not s.quoted and d.says(s.token)][:1]
    return [node for j in inside if (node := d.named.get(j) or d.meaning.get(j)) is not None]


def _called_in_own_words(d: Discourse, i: int) -> list[Node]:
    """Whom the quotation before "she said" calls he or she, and who so is not the one who says it."""
    c = d.c
    alike = _HE if c.lower[i] in _HE else _SHE
    j = i - 1
    while j > 0 and c.pos[j] == "PUNCT" and not d.quoted[j]:
        j -= 1
    if d.role(i) not in SUBJECTS or j < 0 or not d.quoted[j]:
        return []
    called: list[Node] = []
    while j >= 0 and (d.quoted[j] or c.pos[j] == "PUNCT"):
        node = d.meaning.get(j) if d.quoted[j] and c.lower[j] in alike else None
        called += [node] if node is not None else []
        j -= 1
    return called


def _salience(d: Discourse, i: int, seen: Antecedent, distance: int, gender: str, subjects_above: set[int]) -> float:
    c = d.c
    score = -1.6 * distance + _ROLE_SALIENCE.get(d.role(seen.token), 0.2)
    if seen.gender == gender:
        score += 0.8
    if seen.token in subjects_above:
        score += 1.5
    if distance == 0:
        score += 0.3
    if d.role(i) in SUBJECTS and d.role(seen.token) in SUBJECTS:
        score += 0.5
    if d.says(i) and (
        d.says(seen.token) or (c.lower[seen.token - 1] == "to" and c.lower[seen.token - 2] == "according")
    ):
        score += 1.0
    if seen.quoted and not d.quoted[i]:
        score -= 1.5
    if seen.node is not None:
        score += min(1.0, 0.25 * log2(1 + d.counts[id(seen.node)]))
    return score


def _described_by(d: Discourse, i: int) -> Node | None:
    """Whom an apposition around token ``i`` describes: Ann Lee for X in "Ann Lee, an analyst at X, who ..."."""
    c = d.c
    for _ in range(4):
        if c.deps[i] == "appos":
            node = d.named.get(c.heads[i])
            if node is not None and node.kind is EntityKind.PERSON:
                return node
        if c.deps[i] not in {"pobj", "prep", "appos"}:
            return None
        i = c.heads[i]
    return None


def _thing(d: Discourse, i: int) -> None:
    """ "WIPO said it ...", "Beijing promotes its ...": only a subject of the clauses that hold the pronoun."""
    c = d.c
    for subject in sorted(d.subjects_above(i), reverse=True):
        node = d.named.get(subject) or d.meaning.get(subject)
        if node is None:
            if c.pos[subject] in {"NOUN", "PROPN"} and c.deps[i] == "poss":
                return
            continue
        if node.kind is EntityKind.PERSON or not d.may_corefer(i, subject):
            continue
        if any(other.token > subject and other.node is not node for other in _bodies_since(d, subject)):
            return
        d.resolve(i, node, f"pronoun '{c.lower[i]}', subject '{node.name}' of its sentence", 0.8)
        return
    _goes_on(d, i)


def _goes_on(d: Discourse, i: int) -> None:
    """ "It expects ..." at a sentence's beginning: the body that was the subject of the sentence before."""
    c = d.c
    sentence, verb = c.sentence_of[i], c.lemmas[c.heads[i]]
    if c.deps[i] != "nsubj" or verb in _WEATHER or not sentence:
        return
    if any(c.words[k].isalnum() for k in range(c.sentences[sentence][0], i)):
        return
    start, end = c.sentences[sentence - 1]
    subjects = [k for k in range(start, end) if c.deps[k] == "nsubj" and c.deps[c.heads[k]] == "ROOT"]
    if not any(
        lemma in word_class("speaking") or lemma in words("names_deciding_verbs")
        for lemma in (verb, *(c.lemmas[c.heads[k]] for k in subjects))
    ):
        return
    nodes = [node for k in subjects if (node := d.named.get(k) or d.meaning.get(k)) is not None]
    if len(nodes) == 1 and nodes[0].kind is EntityKind.ORGANISATION:
        d.resolve(i, nodes[0], f"pronoun '{c.lower[i]}', subject '{nodes[0].name}' of the sentence before", 0.7)


def _bodies_since(d: Discourse, token: int) -> list[Antecedent]:
    return [seen for seen in d.seen if seen.token > token and seen.node and seen.node.kind is not EntityKind.PERSON]


def _relative(d: Discourse, i: int) -> None:
    c = d.c
    verb = i
    for _ in range(6):
        if c.deps[verb] == "relcl" or c.heads[verb] == verb:
            break
        verb = c.heads[verb]
    if c.deps[verb] != "relcl":
        return
    head = c.heads[verb]
    node = d.named.get(head) or d.meaning.get(head)
    if node is None and c.deps[head] == "appos":
        node = d.named.get(c.heads[head])
    if node is not None and node.kind is not EntityKind.PERSON and c.lower[i] != "whose":
        node = _described_by(d, head) or node
    if node is not None and head < i and node.kind is not EntityKind.PLACE:
        d.resolve(i, node, f"relative pronoun after '{node.name}'", 0.95)
