"""The names of an article found again where the model passed over them: in headlines, captions, at sentence starts."""

from __future__ import annotations

from collections import defaultdict

from kg.extraction.columns import Columns
from kg.extraction.names.lexicon import comparable, is_title_word, names_a_month
from kg.extraction.names.mentions import is_capital
from kg.extraction.names.nodes import Node
from kg.extraction.names.page import Page
from kg.extraction.names.segmentation import candidate_at
from kg.facts import EntityKind
from kg.words import words

_SHORTEST = 3


def add_echoes(nodes: list[Node], p: Page) -> None:
    """Adds to each node the free capitalised words that spell one of its names."""
    c = p.c
    names = _spellings(nodes, c)
    if not names:
        return
    taken = [not free for free in p.free]
    for node in nodes:
        for mention, _ in node.mentions:
            taken[mention.start : mention.end] = [True] * (mention.end - mention.start)
    i = 0
    while i < len(c.words):
        word = c.words[i]
        if taken[i] or not is_capital(word) or comparable(word) not in names:
            i += 1
            continue
        for spelled, node in names[comparable(word)]:
            end = i + len(spelled)
            if end > len(c.words) or any(taken[i:end]) or tuple(map(comparable, c.words[i:end])) != spelled:
                continue
            found = candidate_at(p, i, end) if len(spelled) > 1 or _stands_as_name(i, c) else None
            if found:
                node.mentions.append((found, "the same name"))
                i = end - 1
                break
        i += 1
    for node in nodes:
        node.mentions.sort(key=lambda mention: mention[0].start)


def _spellings(nodes: list[Node], c: Columns) -> dict[str, list[tuple[tuple[str, ...], Node]]]:
    """The token sequences by which each node goes, by first word, longest first; none that two nodes share."""
    owners: defaultdict[tuple[str, ...], list[Node]] = defaultdict(list)
    for node in nodes:
        for mention, _ in node.mentions:
            spelled = tuple(map(comparable, c.words[mention.start : mention.end]))
            if node not in owners[spelled]:
                owners[spelled].append(node)
    names: defaultdict[str, list[tuple[tuple[str, ...], Node]]] = defaultdict(list)
    for node in nodes:
        surname = node.parts[-1:] if node.kind is EntityKind.PERSON and len(node.parts) > 1 else ()
        if not surname or is_title_word(surname[0]) or surname[0] in words("names_not"):
            continue
        if len(surname[0]) > _SHORTEST and node not in owners[surname]:
            owners[surname].append(node)
    for spelled in sorted(owners, key=len, reverse=True):
        if len(owners[spelled]) == 1 and len(" ".join(spelled)) >= _SHORTEST:
            names[spelled[0]].append((spelled, owners[spelled][0]))
    return names


def _stands_as_name(i: int, c: Columns) -> bool:
    """Whether the lone capitalised word is used like a name, not as an everyday word or part of a longer name."""
    if c.pos[i] in {"DET", "PRON", "ADP", "CCONJ", "AUX"} and not c.words[i].isupper():
        return False
    if names_a_month(c.lower[i]) and c.ents[i] == "DATE" and c.deps[i] != "nsubj":
        return False  # "in May", where Olive May is named
    neighbours = [j for j in (i - 1, i + 1) if 0 <= j < len(c.words)]
    lone = not any(
        is_capital(c.words[j])
        and c.pos[j] == "PROPN"
        and c.lower[j] != "the"
        and not is_title_word(comparable(c.words[j]))
        for j in neighbours
    )
    return lone or c.words[i].isupper()
