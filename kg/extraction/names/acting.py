"""Places that act: "Vice Mayor of Beijing", "Canada said", "Germany vetoed": such a place is an organisation, too."""

from __future__ import annotations

from kg.extraction.columns import Columns
from kg.extraction.names.lexicon import known_place, title_length
from kg.extraction.names.nodes import Node
from kg.facts import EntityKind
from kg.words import words


def acts(node: Node, c: Columns) -> bool:
    """Whether the text shows the place speaking, deciding or employing somebody."""
    if node.kind is not EntityKind.PLACE:
        return False
    if not any(
        (place := known_place(mention.folded)) is None or place.size < 9 or place.kind == "country"
        for mention, _ in node.mentions
    ):
        return False
    return any(_employs(m.start, m.end, c) or _decides(m.end - 1, c) for m, _ in node.mentions)


def _decides(last: int, c: Columns) -> bool:
    """Whether the name is the subject of a verb that only people and bodies do."""
    verb = c.heads[last]
    if c.deps[last] == "conj" and c.deps[verb] == "nsubj":  # "Canada and Mexico agreed"
        last, verb = verb, c.heads[verb]
    return c.deps[last] == "nsubj" and c.pos[verb] == "VERB" and c.lemmas[verb] in words("names_deciding_verbs")


def _employs(start: int, end: int, c: Columns) -> bool:
    """Whether an office of the place is named: "mayor of X", "X's foreign minister", "X Mayor Ann Lee"."""
    last = end - 1
    if c.deps[last] == "pobj" and c.lower[c.heads[last]] in {"of", "for"}:
        return _office(c.heads[c.heads[last]], c)
    if c.deps[last] == "poss":
        return _office(c.heads[last], c)
    return (
        end < len(c.words)
        and c.deps[last] in {"compound", "nmod"}
        and (_office(end, c) or title_length(c.lower, end, min(end + 3, len(c.words))) > 0)
    )


def _office(i: int, c: Columns) -> bool:
    return c.lower[i] in words("names_offices") and c.pos[i] in {"NOUN", "PROPN"}
