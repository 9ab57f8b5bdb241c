"""Which names are one person's: the surname, first name or initials join the one longer name that holds their words.

"Shen" is Shen Changyu's and "Tang" Daren Tang's, whichever end the surname stands. Where two people share a name,
title, gender and nearness decide, or nothing does: a wrong merge is worse than a split.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict

from kg.extraction.columns import Columns
from kg.extraction.names.groups import NameGroup
from kg.extraction.names.lexicon import (
    gender_of_given_name,
    gender_of_noun,
    is_family_name,
    nicknames,
    title_gender,
    word_class,
)
from kg.extraction.names.mentions import Candidate
from kg.extraction.names.nodes import Node
from kg.facts import EntityKind

_GENERATIONS = frozenset({"jr", "sr", "ii", "iii", "iv"})
_SYLLABLES = re.compile(r" [A-Z][a-z]{1,4}-[a-z]{1,5}$")  # "Ha-yun" of "Kim Ha-yun"
_CONSORTS = frozenset({"first lady", "first gentleman"})
_PRONOUNS = {"he": "m", "him": "m", "his": "m", "she": "f", "her": "f", "hers": "f"}
_ONLY_FORM = "the only form in the article"
_NEAR = 90  # tokens within which a full name decides whose surname it is


def same_person(longer: tuple[str, ...], shorter: tuple[str, ...]) -> bool:
    """Whether two names of two or more words can be one person's by their words alone."""
    if (set(longer) ^ set(shorter)) & _GENERATIONS:
        return False
    if _squashed(longer) == _squashed(shorter):
        return True  # "Abdel-Fattah", "Abdel Fattah"
    if sorted(longer) == sorted(shorter):
        return True  # "Farid Sayed", "Sayed Farid"
    if len(shorter) > len(longer):
        longer, shorter = shorter, longer
    if longer[-1] == shorter[-1]:
        return _in_order(shorter[:-1], longer[:-1])
    if shorter[0] in word_class("particles"):
        return any(longer[i : i + len(shorter)] == shorter for i in range(1, len(longer)))  # "de la Cruz"
    return (
        longer[0] == shorter[0] and len(shorter) < len(longer) and _in_order(shorter[1:], longer[1:], spelled_out=True)
    )


def _in_order(short: tuple[str, ...], long: tuple[str, ...], spelled_out: bool = False) -> bool:
    """Whether each word of ``short`` matches one of ``long``, in order; an initial matches a word."""
    position = 0
    for word in short:
        while position < len(long) and not _matches(word, long[position], spelled_out):
            position += 1
        if position == len(long):
            return False
        position += 1
    return True


def _matches(one: str, other: str, spelled_out: bool) -> bool:
    if one == other:
        return True
    one, other = one.replace(".", ""), other.replace(".", "")
    if spelled_out:
        return False
    if min(len(one), len(other)) == 1:
        return one[0] == other[0]
    return same_given_name(one, other) or _respelled(one, other)


def same_given_name(one: str, other: str) -> bool:
    """Whether two given names are one, or one is short for the other: "Robert", "Bob"."""
    return one == other or one in nicknames().get(other, ()) or other in nicknames().get(one, ())


def _respelled(one: str, other: str) -> bool:
    """Whether two given names of one gender differ in a single inner letter: "Kristin", "Kristen"."""
    if len(one) != len(other) or len(one) < 6 or one[0] != other[0] or one[-1] != other[-1]:
        return False
    if sum(a != b for a, b in zip(one, other, strict=True)) != 1:
        return False
    genders = {gender_of_given_name(one) or "u", gender_of_given_name(other) or "u"}
    return len(genders - {"u"}) <= 1


def people_of(groups: dict[str, NameGroup], kinds: dict[str, EntityKind | None], c: Columns) -> list[Node]:
    """The people: full names first, the longest first, then lone words, each place for itself."""
    people = [group for folded, group in groups.items() if kinds[folded] is EntityKind.PERSON]
    full = sorted((g for g in people if len(g.parts) > 1), key=lambda g: (-len(g.parts), -len(g.folded)))
    nodes = _full_names(full)
    for node in nodes:
        _characterise(node, c)
    holders: defaultdict[str, list[Node]] = defaultdict(list)
    for node in nodes:
        for word in dict.fromkeys([*node.parts, *node.parts[-1].split("-")]):
            holders[word].append(node)
    alone = [_lone(group, holders[group.folded], nodes, c) for group in people if len(group.parts) == 1]
    for node in nodes:
        _characterise(node, c)  # "Mr Tang" tells of Daren Tang
    return nodes + [node for node in alone if node is not None]


def _full_names(groups: list[NameGroup]) -> list[Node]:
    """A node for each person named by several words; a shorter name joins a longer one if it fits no other."""
    nodes: list[Node] = []
    by_end: defaultdict[str, list[Node]] = defaultdict(list)
    for group in groups:
        ends = {group.parts[0], group.parts[-1], _squashed(group.parts)}
        ends.update(part for part in group.parts if part in word_class("particles"))
        near = {id(node): node for end in sorted(ends) for node in by_end[end]}
        fitting = [node for node in near.values() if same_person(node.parts, group.parts)]
        if len(fitting) == 1:
            fitting[0].add(group.candidates, f"shorter form of '{fitting[0].name}'")
            continue
        node = Node(EntityKind.PERSON, group.name, group.parts)
        node.add(group.candidates, "full name")
        nodes.append(node)
        for end in sorted(ends):
            by_end[end].append(node)
    return nodes


def _misspelled(group: NameGroup, people: list[Node]) -> Node | None:
    """The one person introduced before whose surname a lone unknown surname after a title spells with a slip."""
    word = group.folded
    titled = all(candidate.title < candidate.start for candidate in group.candidates)
    if len(word) < 7 or is_family_name(word) or not titled:
        return None
    first = min(candidate.start for candidate in group.candidates)
    near = [
        node
        for node in people
        if node.parts[-1][0] == word[0]
        and abs(len(node.parts[-1]) - len(word)) < 2
        and 0 < _slips(word, node.parts[-1]) <= 2
        and any(m.start < first for m, _ in node.mentions)
    ]
    return near[0] if len(near) == 1 else None


def _slips(one: str, other: str) -> int:
    """How many letters must be put in, taken out or changed to turn one word into the other."""
    row = list(range(len(other) + 1))
    for i, a in enumerate(one, 1):
        diagonal, row[0] = row[0], i
        for j, b in enumerate(other, 1):
            diagonal, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, diagonal + (a != b))
    return row[-1]


def _lone(group: NameGroup, holders: list[Node], people: list[Node], c: Columns) -> Node | None:
    """Gives each place of a lone word to the person who holds it; the node of those that are nobody's, if any."""
    namesake = Node(EntityKind.PERSON, group.name, group.parts)
    named_apart = [candidate for candidate in group.candidates if _is_namesake(candidate, holders, c)]
    if named_apart:
        namesake.add(named_apart, _ONLY_FORM)
        _characterise(namesake, c)
    unclear = []
    apart = {candidate.start for candidate in named_apart}
    bearers = [*holders, namesake] if apart else holders
    for candidate in group.candidates:
        if candidate.start in apart:
            continue
        found = _whose(group.folded, candidate, bearers, c)
        if found:
            found[0].add([candidate], _ONLY_FORM if found[0] is namesake else found[1])
        else:
            unclear.append(candidate)
    meant = None if named_apart else _misspelled(group, people)
    if meant is not None:
        meant.add(unclear, f"misspelled surname of '{meant.name}'")
        return None
    for candidate in unclear:
        established = None if named_apart else _established_later(group.folded, candidate, holders)
        if established:
            established.add([candidate], f"surname of '{established.name}'")
        else:
            namesake.add([candidate], _ONLY_FORM)
    if not namesake.mentions:
        return None
    _characterise(namesake, c)
    return namesake


def _is_namesake(candidate: Candidate, holders: list[Node], c: Columns) -> bool:
    """Whether a title tells that somebody else is meant than those named in full: "Mr. Lowe" beside "Ana Lowe"."""
    if candidate.title == candidate.start or not holders:
        return False
    gender = _gender_of_titles(candidate, c)
    return all(
        ({gender, node.gender} == {"m", "f"} and _is_told_gender(node, c))
        or _reigns_otherwise(candidate, node, c)
        or _speaks_as_another(candidate, node, c)
        for node in holders
    )


def _is_told_gender(node: Node, c: Columns) -> bool:
    """Whether the article tells the person's gender: given names are a man's here and a woman's there ("Andrea")."""
    if any(title in _CONSORTS for title in node.titles):
        return True
    return any(
        node.gender
        in {
            _gender_of_titles(m, c),
            gender_of_noun(c.lower[m.start - 1] if m.start else ""),
            _gender_of_next_pronoun(m, c),
        }
        for m, _ in node.mentions
    )


def _gender_of_next_pronoun(candidate: Candidate, c: Columns) -> str | None:
    """What the first "he" or "she" after a name tells, in its sentence or the next."""
    last = c.sentence_of[candidate.start] + 1
    stop = c.sentences[min(last, len(c.sentences) - 1)][1]
    return next((_PRONOUNS[word] for word in c.lower[candidate.end : stop] if word in _PRONOUNS), None)


def _speaks_as_another(candidate: Candidate, node: Node, c: Columns) -> bool:
    """Whether a head of state says something of "him", and a woman of the name is brought in only later."""
    if not _reigns(candidate, c) or any(m.start < candidate.start for m, _ in node.mentions):
        return False
    verb = c.heads[candidate.end - 1]
    if c.deps[candidate.end - 1] != "nsubj" or c.lemmas[verb] not in word_class("speaking"):
        return False
    said = [clause for clause in c.children[verb] if c.deps[clause] == "ccomp"]
    subjects = {c.lower[k] for clause in said for k in c.children[clause] if c.deps[k] == "nsubj"}
    return (node.gender == "f" and "he" in subjects) or (node.gender == "m" and "she" in subjects)


def _squashed(parts: tuple[str, ...]) -> str:
    return "".join(parts).replace("-", "")


def _characterise(node: Node, c: Columns) -> None:
    """Sets the titles seen before the name, and the gender that titles or the given name tell."""
    genders: Counter[str] = Counter()
    node.titles.clear()
    for candidate, _ in node.mentions:
        if candidate.title < candidate.start:
            title = " ".join(c.lower[candidate.title : candidate.start]).rstrip(".")
            node.titles[title] += 1
            genders[_gender_of_titles(candidate, c)] += 3
        elif candidate.start and (noun := gender_of_noun(c.lower[candidate.start - 1])):
            genders[noun] += 2
        elif consort := _consort(candidate, c):
            node.titles[consort] += 1
    surname_first = _SYLLABLES.search(node.name) is not None
    for part in node.parts[surname_first:2] if len(node.parts) > 1 else ():
        given = gender_of_given_name(part)
        if given and given != "u":
            genders[given] += 1
            break
    male, female = genders["m"], genders["f"]
    node.gender = "m" if male > female else "f" if female > male else "u"


def _consort(candidate: Candidate, c: Columns) -> str | None:
    """The title of a head of state's spouse beside the name: "the first lady, Ana Lowe", "Ana Lowe, the first lady"."""
    head = candidate.end - 1
    nouns = [k for k in c.children[head] if c.deps[k] == "appos"] + [c.heads[head]] * (c.deps[head] == "appos")
    titles = (" ".join(c.lower[noun - 1 : noun + 1]) for noun in nouns if noun)
    return next((title for title in titles if title in _CONSORTS), None)


def _gender_of_titles(candidate: Candidate, c: Columns) -> str:
    """What the titles before a name tell: "H.E. Ms." that it is a woman's."""
    titles = range(candidate.title, candidate.start)
    told = {title_gender(c.lower, i, length) for i in titles for length in (1, candidate.start - i)} - {"u"}
    return told.pop() if len(told) == 1 else "u"


def _whose(word: str, candidate: Candidate, holders: list[Node], c: Columns) -> tuple[Node, str] | None:
    """The person whose surname or first name stands at ``candidate``."""
    if len(holders) > 1:
        holders = _narrowed(candidate, word, holders, c)
    if len(holders) != 1 or _reigns_otherwise(candidate, holders[0], c):
        return None
    node = holders[0]
    places = {node.parts[0]: "first word", node.parts[-1]: "surname"}
    return node, f"{places.get(word, 'middle name')} of '{node.name}'"


def _reigns_otherwise(candidate: Candidate, node: Node, c: Columns) -> bool:
    """Whether a head of state is meant, not this bearer of the name: "President Obama" beside "First lady ..."."""
    if not _reigns(candidate, c) or not node.titles:
        return False
    title = c.lower[candidate.start - 1].rstrip(".")
    return not any(title in known.split() for known in node.titles)


def _reigns(candidate: Candidate, c: Columns) -> bool:
    """Whether the title of a head of state stands before the name."""
    title = c.lower[candidate.start - 1].rstrip(".")
    return candidate.title < candidate.start and title in word_class("heads of state")


def _narrowed(candidate: Candidate, word: str, holders: list[Node], c: Columns) -> list[Node]:
    """Of several people with the name, those whom title, gender, place in the name, and nearness leave."""
    if candidate.title < candidate.start:
        title = " ".join(c.lower[candidate.title : candidate.start]).rstrip(".")
        with_title = [node for node in holders if title in node.titles]
        if len(with_title) == 1:
            return with_title
        gender = _gender_of_titles(candidate, c)
        if gender != "u":
            fitting = [node for node in holders if node.gender == gender]
            if len(fitting) == 1:
                return fitting
            holders = fitting or holders
    by_surname = [node for node in holders if node.parts[-1] == word]
    if len(by_surname) == 1 and not candidate.title < candidate.start:
        others = [node for node in holders if node not in by_surname]
        if all(node.parts[0] == word and gender_of_given_name(word) for node in others) and _latest(
            by_surname[0], candidate
        ) > _latest(others[0], candidate):
            return by_surname
    established = [node for node in holders if _established(node, word, holders, candidate)]
    if len(established) == 1:
        return established
    introduced = [
        node for node in holders if node.mentions and min(m.start for m, _ in node.mentions) < candidate.start
    ]
    if len(introduced) == 1:
        return introduced
    recent = sorted(introduced, key=lambda node: -_latest(node, candidate))
    if len(recent) > 1:
        first, second = _latest(recent[0], candidate), _latest(recent[1], candidate)
        if candidate.start - first <= _NEAR and first - second >= 2 * _NEAR:
            return recent[:1]
    return holders


def _established(node: Node, word: str, holders: list[Node], candidate: Candidate) -> bool:
    """Whether the article called this one by the bare word already before it brought in anybody else of that name."""
    first_use = min((m.start for m, _ in node.mentions if m.folded == word), default=None)
    if first_use is None or first_use > candidate.start:
        return False
    others = [m.start for other in holders if other is not node for m, _ in other.mentions if len(m.parts) > 1]
    return all(first_use < start for start in others)


def _established_later(word: str, candidate: Candidate, holders: list[Node]) -> Node | None:
    """Whom a headline means by a bare word that the article then uses for one person before it names another."""
    starts = {id(node): min(m.start for m, _ in node.mentions) for node in holders}
    if candidate.title < candidate.start or any(start < candidate.start for start in starts.values()):
        return None
    fitting = [node for node in holders if any(m.folded == word for m, _ in node.mentions)]
    if not fitting:
        return None
    first = min(fitting, key=lambda node: starts[id(node)])
    bare = min(m.start for m, _ in first.mentions if m.folded == word)
    return first if all(bare < starts[id(other)] for other in holders if other is not first) else None


def _latest(node: Node, candidate: Candidate) -> int:
    """The last token before ``candidate`` at which the node is mentioned; -1 for none."""
    return max((m.start for m, _ in node.mentions if m.start < candidate.start), default=-1)
