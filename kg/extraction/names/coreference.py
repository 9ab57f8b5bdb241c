"""Which names are one thing within an article, by what rule. A wrong merge is worse than a split.

People: a shorter form joins the one longer name that holds its words ("Shen" - "Shen Changyu", "Tang" - "Daren Tang",
"G. W. Bush" - "George W. Bush"); where two people share it, title, gender and nearness decide, or nothing does.
Organisations: acronyms join what they stand for, short forms the name that adds only a legal form or a kind of body.
Places: other names of one country.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from kg.extraction.events.columns import Columns
from kg.extraction.names.acronyms import Expansion, is_acronym, stands_for
from kg.extraction.names.evidence import WEIGHTS, NameGroup
from kg.extraction.names.lexicon import (
    country_variants,
    gender_of_given_name,
    gender_of_noun,
    known_place,
    nicknames,
    title_gender,
)
from kg.extraction.names.mentions import Candidate, organisation_noun
from kg.extraction.words import words
from kg.facts import EntityKind, TextSpan

_OWN_NAMES = frozenset({"parliament", "senate", "congress", "treasury", "knesset", "bundestag", "duma"})
_GENERATIONS = frozenset({"jr", "sr", "ii", "iii", "iv"})
_NEAR = 90  # tokens within which a full name decides whose surname it is


@dataclass(slots=True)
class Node:
    """One thing that the article names: its kind, its name forms and every place, each with the rule that joined it.

    ``unread`` are places in what the parser does not read (datelines), as characters.
    """

    kind: EntityKind
    name: str
    parts: tuple[str, ...]
    mentions: list[tuple[Candidate, str]] = field(default_factory=list)
    unread: list[tuple[TextSpan, str]] = field(default_factory=list)
    aliases: list[str] = field(default_factory=list)
    titles: Counter[str] = field(default_factory=Counter)
    gender: str = "u"

    def add(self, candidates: Iterable[Candidate], reason: str) -> None:
        """Adds places with the rule that says so."""
        self.mentions += [(candidate, reason) for candidate in candidates]


def resolve(groups: dict[str, NameGroup], explained: Iterable[Expansion], c: Columns) -> list[Node]:
    """The nodes of a Doc, in the order of their first places."""
    pairs = {pair.short: pair.long for pair in explained}
    _lend_to_short_names(groups, pairs)
    kinds = {folded: group.kind() for folded, group in groups.items()}
    nodes = _people(groups, kinds, c) + _bodies(groups, kinds, pairs) + _place_nodes(groups, kinds, pairs)
    for node in nodes:
        node.mentions.sort(key=lambda mention: mention[0].start)
    return sorted(nodes, key=lambda node: node.mentions[0][0].start)


def _lend_to_short_names(groups: dict[str, NameGroup], pairs: dict[str, str]) -> None:
    """Gives a lone surname or first name the vote of the person's full name; and an acronym those of its long form."""
    holders: dict[str, int] = Counter()
    for group in groups.values():
        if len(group.parts) > 1 and group.kind() is EntityKind.PERSON:
            holders.update(set(group.parts))
    for group in groups.values():
        if len(group.parts) == 1 and holders.get(group.folded) and "not a name" not in group.observed:
            known = known_place(group.folded) is not None or "known organisation" in group.observed
            group.votes += WEIGHTS["name inside a person's"].scaled(0.7 if known else 1.0)
    for short, long in pairs.items():
        if short in groups:
            if not long:
                groups[short].votes += WEIGHTS["expanded by small words"]
            elif long in groups:
                groups[short].votes = groups[long].votes = groups[short].votes + groups[long].votes


# -- people ------------------------------------------------------------------------------------------------------------------


def same_person(longer: tuple[str, ...], shorter: tuple[str, ...]) -> bool:
    """Whether two names of two or more words can be one person's by their words alone."""
    if (set(longer) ^ set(shorter)) & _GENERATIONS:
        return False
    if len(shorter) > len(longer):
        longer, shorter = shorter, longer
    if longer[-1] == shorter[-1]:
        return _in_order(shorter[:-1], longer[:-1])
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
    return one in nicknames().get(other, ()) or other in nicknames().get(one, ()) or _respelled(one, other)


def _respelled(one: str, other: str) -> bool:
    """Whether two given names of one gender differ in a single inner letter: "Kristin", "Kristen"."""
    if len(one) != len(other) or len(one) < 6 or one[0] != other[0] or one[-1] != other[-1]:
        return False
    if sum(a != b for a, b in zip(one, other, strict=True)) != 1:
        return False
    genders = {gender_of_given_name(one) or "u", gender_of_given_name(other) or "u"}
    return len(genders - {"u"}) <= 1


def _people(groups: dict[str, NameGroup], kinds: dict[str, EntityKind | None], c: Columns) -> list[Node]:
    people = [group for folded, group in groups.items() if kinds[folded] is EntityKind.PERSON]
    full = sorted((g for g in people if len(g.parts) > 1), key=lambda g: (-len(g.parts), -len(g.folded)))
    nodes: list[Node] = []
    for group in full:
        fitting = [node for node in nodes if same_person(node.parts, group.parts)]
        if len(fitting) == 1:
            fitting[0].add(group.candidates, f"shorter form of '{fitting[0].name}'")
        else:
            node = Node(EntityKind.PERSON, group.name, group.parts)
            node.add(group.candidates, "full name")
            nodes.append(node)
    for node in nodes:
        _characterise(node, c)
    lone: dict[str, Node] = {}
    for group in people:
        if len(group.parts) > 1:
            continue
        open_cases = []
        for candidate in group.candidates:
            node_and_reason = _whose(group.folded, candidate, nodes, c)
            if node_and_reason:
                node_and_reason[0].mentions.append((candidate, node_and_reason[1]))
            else:
                open_cases.append(candidate)
        for candidate in open_cases:
            established = _established_later(group.folded, candidate, nodes)
            if established:
                established.add([candidate], f"surname of '{established.name}'")
                continue
            if group.folded not in lone:
                lone[group.folded] = Node(EntityKind.PERSON, group.name, group.parts)
            lone[group.folded].add([candidate], "the only form in the article")
    for node in lone.values():
        _characterise(node, c)
    return nodes + list(lone.values())


def _characterise(node: Node, c: Columns) -> None:
    """Sets the titles seen before the name, and the gender that titles or the given name tell."""
    genders: Counter[str] = Counter()
    for candidate, _ in node.mentions:
        if candidate.title < candidate.start:
            title = " ".join(c.lower[candidate.title : candidate.start]).rstrip(".")
            node.titles[title] += 1
            genders[title_gender(c.lower, candidate.title, candidate.start - candidate.title)] += 3
        elif candidate.start and (noun := gender_of_noun(c.lower[candidate.start - 1])):
            genders[noun] += 2
    for part in node.parts[:2] if len(node.parts) > 1 else ():
        given = gender_of_given_name(part)
        if given and given != "u":
            genders[given] += 1
            break
    male, female = genders["m"], genders["f"]
    node.gender = "m" if male > female else "f" if female > male else "u"


def _whose(word: str, candidate: Candidate, nodes: list[Node], c: Columns) -> tuple[Node, str] | None:
    """The person whose surname or first name stands at ``candidate``."""
    holders = [node for node in nodes if word in node.parts or word in node.parts[-1].split("-")]
    if not holders:
        return None
    if len(holders) > 1:
        holders = _narrowed(candidate, word, holders, c)
    if len(holders) != 1:
        return None
    node = holders[0]
    if node.parts[-1] == word:
        kind = "surname"
    else:
        kind = "first word" if node.parts[0] == word else "middle name"
    return node, f"{kind} of '{node.name}'"


def _narrowed(candidate: Candidate, word: str, holders: list[Node], c: Columns) -> list[Node]:
    """Of several people with the name, those whom title, gender, place in the name, and nearness leave."""
    if candidate.title < candidate.start:
        title = " ".join(c.lower[candidate.title : candidate.start]).rstrip(".")
        with_title = [node for node in holders if title in node.titles]
        if len(with_title) == 1:
            return with_title
        gender = title_gender(c.lower, candidate.title, candidate.start - candidate.title)
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


def _established_later(word: str, candidate: Candidate, nodes: list[Node]) -> Node | None:
    """Whom a headline means by a bare word that the article then uses for one person before it names another."""
    holders = [node for node in nodes if word in node.parts]
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


# -- organisations -----------------------------------------------------------------------------------------------------------


def _bodies(groups: dict[str, NameGroup], kinds: dict[str, EntityKind | None], pairs: dict[str, str]) -> list[Node]:
    bodies = [group for folded, group in groups.items() if kinds[folded] is EntityKind.ORGANISATION]
    nodes: dict[str, Node] = {}
    generic: list[NameGroup] = []
    long_names = [group for group in bodies if len(group.parts) > 1]
    for group in sorted(bodies, key=lambda g: (-len(g.parts), -len(g.folded))):
        if len(group.parts) == 1 and _is_common(group, long_names):
            generic.append(group)
            continue
        home = _home(group, nodes, long_names, pairs)
        if home:
            node, reason, alias = home
            node.add(group.candidates, reason)
            if alias and group.name != node.name and group.name not in node.aliases:
                node.aliases.append(group.name)
            nodes[group.folded] = node
        else:
            node = nodes[group.folded] = Node(EntityKind.ORGANISATION, group.name, group.parts)
            node.add(group.candidates, "full name" if len(group.parts) > 1 else "the only form in the article")
    bodies_found = list({id(node): node for node in nodes.values()}.values())
    for group in generic:
        for candidate in group.candidates:
            _add_to_last_of_that_kind(group.folded, candidate, bodies_found)
    return bodies_found


def _is_common(group: NameGroup, long_names: list[NameGroup]) -> bool:
    """Whether the lone word is only what a body is called: "the Ministry", "the Agency", "the Times"."""
    if group.folded in _OWN_NAMES or not (organisation_noun(group.folded) or "not a name" in group.observed):
        return False
    return "known organisation" not in group.observed or any(long.parts[-1] == group.folded for long in long_names)


def _add_to_last_of_that_kind(noun: str, candidate: Candidate, nodes: list[Node]) -> None:
    """Adds "the Ministry" to the ministry mentioned last before it, if there is one."""
    last = {
        max((m.start for m, _ in node.mentions if m.start < candidate.start), default=-1): node
        for node in nodes
        if noun in node.parts
    }
    if last and max(last) >= 0:
        node = last[max(last)]
        node.add([candidate], f"'the {candidate.name}', the last {noun} named: '{node.name}'")


def _home(
    group: NameGroup, nodes: dict[str, Node], long_names: list[NameGroup], pairs: dict[str, str]
) -> tuple[Node, str, bool] | None:
    """The node that a shorter form belongs to, the rule, and whether the form is a name of its own."""
    long = pairs.get(group.folded)
    if long and long in nodes:
        return nodes[long], f"acronym expanded at '{nodes[long].name}'", True
    variant = country_variants().get(group.folded)
    if variant:
        for folded, node in nodes.items():
            if country_variants().get(folded) == variant:
                return node, f"another name of '{node.name}'", True
    if len(group.parts) == 1 and is_acronym(group.name):
        meant = [g for g in long_names if stands_for(group.folded, g.parts) and g.folded in nodes]
        if len(meant) == 1:
            return nodes[meant[0].folded], f"acronym of '{meant[0].name}'", True
    shortened = {
        id(nodes[g.folded]): nodes[g.folded]
        for g in long_names
        if g.folded in nodes and g is not group and _shortens(group.parts, g.parts)
    }
    if len(shortened) == 1:
        node = next(iter(shortened.values()))
        return node, f"short form of '{node.name}'", False
    return None


def _shortens(short: tuple[str, ...], long: tuple[str, ...]) -> bool:
    """Whether ``long`` is ``short`` plus a legal form or a noun for a body."""
    if long[-len(short) :] == short and len(short) > 1 and len(long) > len(short):
        return _of_a_country(" ".join(long[: -len(short)]))  # "Supreme Court", "U.S. Supreme Court"
    rest = long[len(short) :]
    if long[-len(short) - 1 :] == ("of", *short) and len(long) == len(short) + 2:
        return organisation_noun(long[0]) and known_place(" ".join(short)) is None
    if not rest or long[: len(short)] != short:
        return False
    if rest[0] in {"for", "of", "on"} and len(short) > 1 and organisation_noun(short[-1]):
        return True
    if rest[-1] in words("names_company_endings") and not (len(short) == 1 and known_place(short[0])):
        return True
    if len(short) == 1 and (known_place(short[0]) or organisation_noun(short[0])):
        return False
    return all(organisation_noun(word) or word in words("names_company_endings") for word in rest)


def _of_a_country(words_before: str) -> bool:
    place = known_place(words_before)
    return (place is not None and place.kind != "city") or words_before.title() in words("names_demonyms")


# -- places ------------------------------------------------------------------------------------------------------------------


def _place_nodes(
    groups: dict[str, NameGroup], kinds: dict[str, EntityKind | None], pairs: dict[str, str]
) -> list[Node]:
    nodes: list[Node] = []
    by_country: defaultdict[str, list[NameGroup]] = defaultdict(list)
    for folded, group in groups.items():
        if kinds[folded] is EntityKind.PLACE:
            long = pairs.get(folded) or folded
            by_country[country_variants().get(long, country_variants().get(folded, long))].append(group)
    for same in by_country.values():
        first = max(same, key=lambda group: len(group.folded))
        node = Node(EntityKind.PLACE, first.name, first.parts)
        node.add(first.candidates, "full name")
        for group in same:
            if group is not first:
                node.add(group.candidates, f"another name of '{first.name}'")
                node.aliases.append(group.name)
        nodes.append(node)
    return nodes
