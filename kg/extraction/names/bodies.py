"""Which names are one organisation's: acronyms, short forms ("Nissan" of "Nissan Motor Co"), "the Ministry"."""

from __future__ import annotations

from kg.extraction.names.acronyms import is_acronym, stands_for
from kg.extraction.names.groups import NameGroup
from kg.extraction.names.lexicon import (
    content,
    country_variants,
    gender_of_given_name,
    is_family_name,
    is_known_organisation,
    known_parties,
    known_place,
    noun_kind,
    organisation_noun,
    word_class,
)
from kg.extraction.names.mentions import Candidate
from kg.extraction.names.nodes import Node
from kg.facts import EntityKind
from kg.words import words


def bodies_of(groups: dict[str, NameGroup], kinds: dict[str, EntityKind | None], pairs: dict[str, str]) -> list[Node]:
    """The organisations; ``pairs`` are acronyms that the article explains, with their long forms."""
    bodies = [group for folded, group in groups.items() if kinds[folded] is EntityKind.ORGANISATION]
    nodes: dict[str, Node] = {}
    generic = [group for folded, group in groups.items() if kinds[folded] is None and _is_the_body(group)]
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
            _add_to_main_one_of_that_kind(group.folded, candidate, bodies_found)
    return bodies_found


def _is_the_body(group: NameGroup) -> bool:
    """Whether the lone word is a capitalised noun for a body with its article: "The Ministry"."""
    articled = group.observed["the before"] or group.observed["The before"]
    return len(group.parts) == 1 and organisation_noun(group.folded) and bool(articled)


def _is_common(group: NameGroup, long_names: list[NameGroup]) -> bool:
    """Whether the lone word is only what a body is called: "the Ministry", "the Agency", "the Times"."""
    if group.folded in word_class("names of one body") or "short name of a party" in group.observed:
        return False
    if not (organisation_noun(group.folded) or "not a name" in group.observed):
        return False
    return "known organisation" not in group.observed or any(long.parts[-1] == group.folded for long in long_names)


def _add_to_main_one_of_that_kind(noun: str, candidate: Candidate, nodes: list[Node]) -> None:
    """Adds "the Ministry" to the ministry mentioned most before it, the last of equals, if there is one."""
    named = {
        (len(before), max(before)): node
        for node in nodes
        if noun in node.parts and (before := [m.start for m, _ in node.mentions if m.start < candidate.start])
    }
    if named:
        node = named[max(named)]
        node.add([candidate], f"'the {candidate.name}', the {noun} named most before: '{node.name}'")


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
    party = known_parties().get(group.folded)
    if party:
        for folded, node in nodes.items():
            known = known_parties().get(folded)
            if folded == party.name or (known and known.name == party.name):
                return node, f"another name of '{node.name}'", group.folded.split()[0] != party.name.split()[0]
        return None
    alike = [node for node in nodes.values() if len(group.parts) > 2 and content(node.parts) == content(group.parts)]
    if alike:
        return alike[0], f"the same words as '{alike[0].name}'", False
    spelled = [node for folded, node in nodes.items() if _squashed(folded) == _squashed(group.folded)]
    if spelled:
        return spelled[0], f"another spelling of '{spelled[0].name}'", False
    turned = [node for node in nodes.values() if _turned(node.parts, group.parts)]
    if turned:
        return turned[0], f"'{turned[0].name}' with its words turned round", False
    if len(group.parts) == 1 and is_acronym(group.name):
        meant = [g for g in long_names if stands_for(group.folded, g.parts) and g.folded in nodes]
        if len(meant) == 1:
            return nodes[meant[0].folded], f"acronym of '{meant[0].name}'", True
    for other in long_names:
        if other.folded in nodes and _begins_with_acronym(group, other.parts):
            return nodes[other.folded], f"'{other.name}' with its first words as an acronym", True
        if other.folded in nodes and _ends_with_acronym(group, other.parts):
            return nodes[other.folded], f"'{other.name}' with its last words as an acronym", True
    shortened = {
        id(nodes[g.folded]): nodes[g.folded]
        for g in long_names
        if g.folded in nodes and g is not group and (_shortens(group.parts, g.parts) or _only_one(group, g))
    }
    if len(shortened) == 1:
        node = next(iter(shortened.values()))
        return node, f"short form of '{node.name}'", False
    return None


def _begins_with_acronym(group: NameGroup, long: tuple[str, ...]) -> bool:
    """Whether the first words of ``long`` are an acronym in the name: "IP High Court", "UN Environment Programme"."""
    first, width = group.name.split()[0], len(long) - len(group.parts) + 1
    if len(group.parts) < 2 or width < 2 or not is_acronym(first):
        return False
    return long[width:] == group.parts[1:] and stands_for(group.parts[0], long[:width])


def _ends_with_acronym(group: NameGroup, long: tuple[str, ...]) -> bool:
    """Whether the last words of ``long`` are an acronym in the name: "Harrow FC", "Harrow Football Club"."""
    first = len(group.parts) - 1
    if not first or len(long) <= first + 1 or not is_acronym(group.name.split()[-1]):
        return False
    return long[:first] == group.parts[:-1] and stands_for(group.parts[-1], long[first:])


def _turned(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Whether one name is the other with a department's word at the other end: "Justice Department"."""
    if not (len(one) > 1 < len(other)) or ("of" in one) == ("of" in other) or set(content(one)) != set(content(other)):
        return False
    turned, plain = (one, other) if "of" in one else (other, one)
    return turned[0] == plain[-1] and turned[0] in word_class("bodies told either way round")


def _squashed(folded: str) -> str:
    """The name without what spellings differ in: "Wal-Tech" and "WalTech"."""
    return folded.replace("-", "").replace(" ", "")


def _only_one(short: NameGroup, long: NameGroup) -> bool:
    """Whether "Parliament" comes after a country's parliament, which is its full name."""
    if len(short.parts) > 1 or short.folded not in word_class("names of one body") or long.parts[-1] != short.folded:
        return False
    before = long.candidates[0].start < short.candidates[0].start
    whose = " ".join(long.parts[:-1])
    place = known_place(whose)
    region = place is not None and place.kind != "country"  # "Ohio Senate" is not "the Senate"
    return before and not region and _of_a_country(whose)


def _shortens(short: tuple[str, ...], long: tuple[str, ...]) -> bool:
    """Whether ``long`` is ``short`` plus a legal form or a noun for a body."""
    if long[-len(short) :] == short and len(short) > 1 and len(long) > len(short):
        return _of_a_country(" ".join(long[: -len(short)])) or _is_rank(short)  # "Supreme Court", "City Council"
    rest = long[len(short) :]
    if long[-len(short) - 1 :] == ("of", *short) and len(long) == len(short) + 2:
        return organisation_noun(long[0]) and known_place(" ".join(short)) is None
    if not rest or long[: len(short)] != short:
        return False
    if len(short) == 1 and len(long) == 2 and len(short[0]) > 4 and not _everyday(short[0]):
        return True  # "Norvik", "Norvik Cells"
    own = len(short) == 1 and len(short[0]) > 4 and not _everyday(short[0]) and noun_kind(short[0]) is None
    if own and organisation_noun(rest[-1]):
        return True  # "Norvik", "Norvik Motor Company"
    if short[-1] == "police" and rest[-1] in word_class("forces"):
        return True  # "Selby Police", "Selby Police Department"
    on = rest[0] == "on" and short[-1] != "council"  # a council "on foreign relations" is another than the council
    if (on or rest[0] in {"for", "of"}) and len(short) > 1 and organisation_noun(short[-1]):
        return True
    if rest[-1] in words("names_company_endings") and not (len(short) == 1 and known_place(short[0])):
        return True
    if len(short) == 1 and (known_place(short[0]) or organisation_noun(short[0])):
        return False
    if organisation_noun(short[-1]) and not set(rest) & words("names_company_endings"):
        return False  # "African Union", "African Union Commission"
    return all(organisation_noun(word) or word in words("names_company_endings") for word in rest)


def _is_rank(parts: tuple[str, ...]) -> bool:
    """Whether the words say of a body only what it is, not whose: "City Council", "Supreme Court"."""
    ranks = word_class("rank of a body")
    return organisation_noun(parts[-1]) and all(word in ranks or organisation_noun(word) for word in parts[:-1])


def _everyday(word: str) -> bool:
    """Whether the word names too many things to stand for one body."""
    known = known_place(word) is not None or is_known_organisation(word) or organisation_noun(word)
    return known or gender_of_given_name(word) is not None or is_family_name(word)


def _of_a_country(words_before: str) -> bool:
    place = known_place(words_before)
    return (place is not None and place.kind != "city") or words_before.title() in words("names_demonyms")
