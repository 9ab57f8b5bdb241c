"""Nouns that mean something the article names: "the minister", "the company", "the museum".

A noun means what the article has called by it (a title, an apposition, "X is the ..."), what is described alike, or
what bears the noun in its name; a noun for companies and the like also the body that the text is about just there.
"""

from __future__ import annotations

from kg.extraction.names.discourse import SUBJECTS, Discourse, calling
from kg.extraction.names.lexicon import gender_of_noun, is_title_word, word_class
from kg.extraction.names.nodes import Node
from kg.facts import EntityKind
from kg.words import words

_DEFINITE = frozenset({"the", "this", "that"})
_LESSER = frozenset({"vice", "deputy", "assistant", "associate", "press"})
_WINDOW = 3  # sentences back in which an antecedent is looked for
_SALIENCE = {"nsubj": 2.0, "nsubjpass": 1.8, "poss": 0.9, "dobj": 0.8, "agent": 0.8}
_LEAD = 0.8  # by how much a body must lead where several are mentioned nearby


def resolve_noun(d: Discourse, i: int) -> None:
    """Resolves the noun at token ``i`` if it is definite and well supported; notes unnamed people and bodies."""
    c = d.c
    word = c.lower[i]
    gender = gender_of_noun(word)
    body = word in word_class("bodies meant by their noun")
    if (gender is None and not body) or c.deps[i] in {"compound", "appos", "attr", "nmod", "amod"}:
        return
    if c.tags[i] in {"NNS", "NNPS"}:
        return
    definite = any(c.lower[child] in _DEFINITE and c.deps[child] == "det" for child in c.children[i])
    if definite and not _specified(d, i) and (found := _meant(d, i, body)):
        node, reason, confidence = found
        d.resolve(i, node, reason, confidence)
    elif gender is not None and not any(c.deps[child] == "appos" and child in d.named for child in c.children[i]):
        d.see(i, None, gender)
    elif body:
        d.unnamed_bodies[word] = i


def _specified(d: Discourse, i: int) -> bool:
    """Whether the noun has its own description after it or of another ("the minister of France", "its company")."""
    c = d.c
    told = (k for k in c.children[i] if not (c.deps[k] == "appos" and c.words[k].isdigit()))  # "the suspect, 34,"
    return any(c.deps[child] in {"prep", "relcl", "acl", "poss", "appos", "nummod"} for child in told)


def _meant(d: Discourse, i: int, body: bool) -> tuple[Node, str, float] | None:
    """What the definite noun means, by which rule, how surely."""
    c = d.c
    word = c.lower[i]
    said = set(d.modifiers(i))
    nations: set[str] = set()
    if body:
        said = set(d.capitals(i))
        nations = {modifier for modifier in said if modifier.title() in words("names_demonyms")}
        if said - nations:
            return None  # "the Liberal party"
        if word in word_class("bodies of any kind"):
            nations = set()  # "the Swedish company"
    ages = _ages(d, i)
    lasting = word not in word_class("bodies of many kinds") if body else is_title_word(word)
    fitting = [
        node
        for node, described in d.called.get(calling(word), {}).values()
        if (node.kind is EntityKind.PERSON) != body
        and (nations <= set(node.parts) if body else _described_alike(said, described))
        and (lasting or ages.get(id(node), _WINDOW) < _WINDOW)
        and not _subject_of(d, i, node)
    ]
    if not fitting:
        return (_about(d, i) if word in word_class("bodies of any kind") else None) if body else _described(d, i)
    if len(fitting) == 1:
        return fitting[0], f"'the {word}', the only {word} named", 0.85
    first, second, *_ = sorted(fitting, key=lambda node: ages.get(id(node), _WINDOW + 1))
    age = ages.get(id(first), _WINDOW + 1)
    if age > 2 or ages.get(id(second), _WINDOW + 1) == age:
        return None
    return first, f"'the {word}', the last {word} mentioned", 0.7


def _described_alike(said: set[str], described: set[str]) -> bool:
    """Whether the words before the noun fit what was said of somebody: "the president" is no vice president."""
    return said <= described and bool(said & _LESSER) == bool(described & _LESSER)


def _subject_of(d: Discourse, i: int, node: Node) -> bool:
    """Whether the node is the subject of the clause that the noun stands in: "Biden praised the president's plan"."""
    c = d.c
    j = c.heads[i]
    while c.heads[j] != j and c.pos[j] not in {"VERB", "AUX"}:
        j = c.heads[j]
    return any(d.named.get(k) is node for k in c.children[j] if c.deps[k] in SUBJECTS and k != i)


def _ages(d: Discourse, i: int) -> dict[int, int]:
    """For each node mentioned nearby the number of sentences since its last mention."""
    ages: dict[int, int] = {}
    for seen in reversed(d.seen):
        age = d.c.sentence_of[i] - d.c.sentence_of[seen.token]
        if age > _WINDOW:
            break
        if seen.node is not None:
            ages.setdefault(id(seen.node), age)
    return ages


def _about(d: Discourse, i: int) -> tuple[Node, str, float] | None:
    """The body that the text is about at a "the company": the only one nearby, or the one that leads clearly."""
    c = d.c
    word = c.lower[i]
    scores: dict[int, tuple[float, Node]] = {}
    for seen in reversed(d.seen):
        age = c.sentence_of[i] - c.sentence_of[seen.token]
        if age > _WINDOW:
            break
        node = seen.node
        if node is None or node.kind is not EntityKind.ORGANISATION or not _can_be(node, word):
            continue
        role = d.role(seen.token)
        if age > 1 and role not in SUBJECTS:
            continue
        score = _SALIENCE.get(role, 0.3) - 1.2 * age + 0.3 * min(d.counts[id(node)], 3)
        scores[id(node)] = max(scores.get(id(node), (score, node)), (score, node), key=lambda pair: pair[0])
    if not scores:
        return None
    ranked = sorted(scores.values(), key=lambda pair: -pair[0])
    best = ranked[0][1]
    if d.unnamed_bodies.get(word, -1) > max(seen.token for seen in d.seen if seen.node is best):
        return None
    if len(ranked) == 1:
        return best, f"'the {word}', the only organisation mentioned nearby", 0.65
    if ranked[0][0] - ranked[1][0] < _LEAD:
        return None
    return best, f"'the {word}', the organisation that the text is about there", 0.6


def _described(d: Discourse, i: int) -> tuple[Node, str, float] | None:
    """Whom "The retired surgeon" at a sentence's beginning means: the one person of the sentence before.

    Only a subject with words that describe it, by a noun that nobody has been called by and that is no office.
    """
    c = d.c
    word, sentence = c.lower[i], c.sentence_of[i]
    described = [k for k in c.children[i] if k < i and c.deps[k] in {"amod", "compound"} and c.words[k].islower()]
    first = next(k for k in range(c.sentences[sentence][0], i + 1) if c.words[k].isalnum())
    begins = c.subtree(i)[0] == first and c.deps[i] in SUBJECTS
    if not begins or not described or word in words("names_offices") or d.called.get(calling(word)) or d.quoted[i]:
        return None
    before = [seen for seen in d.seen if c.sentence_of[seen.token] == sentence - 1 and not seen.quoted]
    people = [seen for seen in before if seen.node is None or seen.node.kind is EntityKind.PERSON]
    nodes = {id(seen.node): seen.node for seen in people}
    if len(nodes) != 1 or people[0].node is None:
        return None
    node = people[0].node
    gender = gender_of_noun(word)
    if gender in {"m", "f"} and node.gender not in {gender, "u"}:
        return None
    return node, f"'the {word}', '{node.name}' of the sentence before", 0.6


def _can_be(node: Node, noun: str) -> bool:
    """Whether the name allows the noun: no ministry or university is "the company", no company "the charity"."""
    head = next((k for k, part in enumerate(node.parts) if part in {"of", "for", "on"}), len(node.parts)) - 1
    kind = node.parts[head]
    company = kind in words("names_company_endings")
    if noun in word_class("nouns for companies"):
        return company or kind not in word_class("heads of no company")
    return not company and kind not in word_class("heads of companies") and kind not in word_class("newspapers")
