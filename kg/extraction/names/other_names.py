"""Other names that the article itself gives: "Free Hills Front, also known as FHF", "Masjid Nur (Harbour Mosque)",
"Ana Ruiz, née Park", "Ana Ruiz, formerly Ana Park", "Edwin Falk, known to all as Ned"."""

from __future__ import annotations

import re

from kg.extraction.columns import Columns
from kg.extraction.names.lexicon import known_place, organisation_noun, place_noun
from kg.extraction.names.mentions import Candidate
from kg.extraction.names.nodes import Node
from kg.extraction.names.people import same_given_name
from kg.facts import EntityKind

_ALSO = (("also", "known", "as"), ("better", "known", "as"), ("also", "called"), ("formerly", "known", "as"))
_BORN = frozenset({"née", "nee", "né", "born"})
_BIRTH_NAME = "name at birth"
_FORMER_NAME = "former name"
_CALLED = "name by which others know"
# "who was then called", "formerly", "who as", "known to everyone as"
_BORNE = re.compile(
    r"(?:(?:who (?:is|was|had been) )?(?:(?:then|once|still|\w+ly) )?"
    r"(?P<called>called|known(?: \w+ly)?(?: (?:to|by|among)(?: \w+){1,3}?)? as)"
    r"|who as|who was then|formerly|previously)(?= )"
)
_LONGEST_BORNE = 12  # words
_FIRST = frozenset(phrase[0] for phrase in _ALSO) | (_BORN - {"born"})
_BETWEEN = frozenset({"the", "(", '"', "“", "'", "‘", ","})


def with_other_names(nodes: list[Node], c: Columns) -> list[Node]:
    """The nodes, those joined that the article says are one thing under two names."""
    starts = {mention.start: (node, mention) for node in nodes for mention, _ in node.mentions}
    gone: dict[int, Node] = {}
    for node in nodes:
        for mention, _ in tuple(node.mentions):
            for start, reason in _second_names(mention, c):
                if start not in starts:
                    continue
                other, second = starts[start]
                whole, part = (_joined(node, gone), _joined(other, gone))
                if whole is part or whole.kind is not part.kind:
                    continue
                if reason == "in brackets" and not _bracketed(part, mention, second, c):
                    continue
                if reason == _BIRTH_NAME and part.kind is not EntityKind.PERSON:
                    continue
                if reason in {_FORMER_NAME, _CALLED} and not _borne_by(whole, part, second, reason, c):
                    continue
                names = (_at_birth(mention, part.name) if reason == _BIRTH_NAME else part.name, *part.aliases)
                whole.add([candidate for candidate, _ in part.mentions], f"{reason} after '{whole.name}'")
                whole.aliases += [name for name in names if name not in whole.aliases]
                gone[id(part)] = whole
    return [node for node in nodes if id(node) not in gone]


def _joined(node: Node, gone: dict[int, Node]) -> Node:
    while id(node) in gone:
        node = gone[id(node)]
    return node


def _at_birth(mention: Candidate, name: str) -> str:
    """The full name at birth: "Ana Park" for "Ana Ruiz, née Park"."""
    given = mention.name.split()[0]
    return name if " " in name else f"{given} {name}"


def _second_names(mention: Candidate, c: Columns) -> list[tuple[int, str]]:
    """Where the other names begin that the article gives right after a name, and how it gives them."""
    i = mention.end
    if i + 2 >= len(c.words) or (c.words[i] not in {",", "("} and c.lower[i] not in _FIRST):
        return []
    if c.words[i] == "(" and c.words[i + 1][0].isupper():
        return [(i + 1, "in brackets")]
    if c.words[i] in {",", "("}:
        i += 1
    if i + 1 < len(c.words) and c.lower[i] in _BORN and c.words[i + 1][0].isupper():
        return [(i + 1, _BIRTH_NAME)]
    phrase = next((words for words in _ALSO if tuple(c.lower[i : i + len(words)]) == words), None)
    if phrase is None:
        borne = _BORNE.match(" ".join(c.lower[i : i + _LONGEST_BORNE]))
        return [(i + len(borne[0].split()), _CALLED if borne["called"] else _FORMER_NAME)] if borne else []
    found = []
    i += len(phrase)
    stop = min(i + 14, len(c.words))
    while i < stop:
        if c.words[i][0].isupper():
            found.append((i, "another name given"))
            while i < stop and (c.words[i][0].isupper() or c.lower[i] in {"of", "-"}):
                i += 1
        elif c.lower[i] in _BETWEEN or c.lower[i] in {"or", "and", '"', "”"}:
            i += 1
        else:
            break
    return found


def _borne_by(whole: Node, part: Node, second: Candidate, reason: str, c: Columns) -> bool:
    """Whether a name is another of the person before it: of the same given name, or what people call her or him."""
    owns = second.end < len(c.words) and c.words[second.end] in {"'s", "’s"}
    taunt = c.lower[second.start - 1] != "as" and c.lower[second.end : second.end + 1] == ["by"]  # "called X by Y"
    if owns or taunt or part.kind is not EntityKind.PERSON or len(whole.parts) < 2:
        return False
    if len(second.parts) > 1 and whole.parts[-1] != second.parts[-1]:
        return same_given_name(whole.parts[0], second.parts[0])
    return reason == _CALLED and (len(part.parts) == 1 or whole.parts[-1] == part.parts[-1])


def _bracketed(part: Node, first: Candidate, second: Candidate, c: Columns) -> bool:
    """Whether a name in brackets is another name of the thing before it, not where it lies or belongs."""
    if second.end >= len(c.words) or c.words[second.end] != ")" or part.kind is EntityKind.PERSON:
        return False
    last = second.parts[-1]
    told = place_noun(last) if part.kind is EntityKind.PLACE else organisation_noun(last)
    return told and len(second.parts) > 1 and len(first.parts) > 1 and known_place(second.folded) is None
