"""Which names are one thing within an article: people, organisations and places, each by rules of their own."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable

from kg.extraction.columns import Columns
from kg.extraction.names.acronyms import Expansion, is_acronym, stands_for
from kg.extraction.names.bodies import bodies_of
from kg.extraction.names.groups import NameGroup
from kg.extraction.names.lexicon import (
    country_variants,
    known_place,
    organisation_noun,
    short_name_of_country,
)
from kg.extraction.names.nodes import Node
from kg.extraction.names.other_names import with_other_names
from kg.extraction.names.people import people_of
from kg.extraction.names.weights import WEIGHTS
from kg.facts import SURE, EntityKind


def resolve(groups: dict[str, NameGroup], explained: Iterable[Expansion], c: Columns) -> list[Node]:
    """The nodes of a Doc, in the order of their first places."""
    pairs = {pair.short: pair.long for pair in explained}
    _lend_to_short_names(groups, pairs)
    kinds = {folded: group.kind() for folded, group in groups.items()}
    nodes = people_of(groups, kinds, c) + bodies_of(groups, kinds, pairs) + _place_nodes(groups, kinds, pairs)
    nodes = with_other_names(nodes, c)
    for node in nodes:
        node.mentions.sort(key=lambda mention: mention[0].start)
        written = {mention.folded for mention, _ in node.mentions} & groups.keys()
        node.lead = max((groups[folded].lead_of(node.kind) for folded in written), default=SURE)
    return sorted(nodes, key=lambda node: node.mentions[0][0].start)


def _lend_to_short_names(groups: dict[str, NameGroup], pairs: dict[str, str]) -> None:
    """Gives a lone surname or first name the vote of the person's full name; and an acronym those of its long form."""
    holders: Counter[str] = Counter()
    for group in groups.values():
        if len(group.parts) > 1 and group.kind() is EntityKind.PERSON:
            holders.update(set(group.parts))
    for group in groups.values():
        articled = group.observed["the before"] or group.observed["The before"]
        if articled and len(group.parts) == 1 and group.folded.endswith("s") and holders.get(group.folded[:-1]):
            group.votes += WEIGHTS["family of somebody named"]  # "the Clintons"
    full_names = [g.parts for g in groups.values() if len(g.parts) > 2 and g.kind() is EntityKind.PERSON]
    surnames = {parts[start:] for parts in full_names for start in range(1, len(parts) - 1)}
    for group in groups.values():
        if group.parts in surnames:
            group.votes += WEIGHTS["name inside a person's"]
        if len(group.parts) == 1 and holders.get(group.folded) and "not a name" not in group.observed:
            known = known_place(group.folded) is not None or "known organisation" in group.observed
            group.votes += WEIGHTS["name inside a person's"].scaled(0.7 if known else 1.0)
            if group.observed.pop("no name of a person", 0):
                group.votes += WEIGHTS["no name of a person"].scaled(-1.0)
    for group in list(groups.values()):
        state = next((part for part in ("republic", "kingdom", "government") if part in group.parts), None)
        governed = group.parts[group.parts.index(state) + 1 :] if state else ()
        if governed[:1] == ("of",) and (land := groups.get(" ".join(governed[1:]))):
            land.votes += WEIGHTS["has a people"]  # "Ministry of Justice of the Republic of Valmora"
    first_words = Counter(
        g.parts[0] for g in groups.values() if len(g.parts) > 1 and g.kind() is EntityKind.ORGANISATION
    )
    for group in groups.values():
        lone = "no name of a person" in group.observed and not {"in it", "at it", "governed"} & group.observed.keys()
        if (
            lone
            and first_words[group.folded]
            and known_place(group.folded) is None
            and group.votes.place < 1 > group.votes.nothing
        ):
            group.votes += WEIGHTS["short form of a company's"].scaled(0.7)
    last_words = {g.parts[-1] for g in groups.values() if len(g.parts) > 1 and g.kind() is EntityKind.ORGANISATION}
    for group in groups.values():
        if len(group.parts) == 1 and group.folded in last_words and organisation_noun(group.folded):
            group.votes += WEIGHTS["last word of a body's"]
    for group in list(groups.values()):
        if "company ending" in group.observed:
            for length in sorted({1, len(group.parts) - 1}):
                plain = groups.get(" ".join(group.parts[:length]))
                if plain is not None and known_place(plain.folded) is None and plain.folded not in holders:
                    plain.votes += WEIGHTS["short form of a company's"]
    _share_with_acronyms(groups, pairs)
    for short, long in pairs.items():
        if short in groups:
            if not long:
                groups[short].votes += WEIGHTS["expanded by small words"]
            elif long in groups:
                _share(groups[short], groups[long])


def _share_with_acronyms(groups: dict[str, NameGroup], pairs: dict[str, str]) -> None:
    """Acronyms that only one name has the initials of are of its kind, though the article does not explain them."""
    long_names = [group for group in groups.values() if len(group.parts) > 1]
    for group in groups.values():
        known = known_place(group.folded) is not None or group.folded in country_variants()
        if len(group.parts) > 1 or group.folded in pairs or known or not is_acronym(group.name):
            continue
        long = [other for other in long_names if stands_for(group.folded, other.parts)]
        if len(long) == 1 and long[0].kind() is not EntityKind.PERSON:
            _share(group, long[0])


def _share(short: NameGroup, long: NameGroup) -> None:
    """Gives an acronym and its long form their votes together; a long form that names a thing decides alone."""
    told = long.votes
    if told.nothing > 0 and told.nothing >= max(told.person, told.organisation, told.place):
        short.votes = told
    else:
        short.votes = long.votes = short.votes + told


def _city(folded: str) -> str:
    """ "taipei" for "taipei city" and "city of taipei"; "mexico city" stays, for Mexico is no city."""
    short = folded.removeprefix("city of ").removesuffix(" city")
    if short == folded:
        return folded
    place = known_place(short)
    return short if place is not None and place.kind == "city" else folded


def _is_country(folded: str) -> bool:
    place = known_place(folded)
    return place is not None and place.kind == "country"


def _join_halves(by_place: dict[str, list[NameGroup]]) -> None:
    """ "The North" and "the South" are North and South Korea in an article that names both."""
    for one, other in (("north", "south"), ("east", "west")):
        lands = {name.partition(" ")[2] for name in by_place if name.startswith(one + " ")}
        both = [land for land in lands if f"{other} {land}" in by_place and _is_country(f"{one} {land}")]
        if len(both) == 1:
            for half in (one, other):
                by_place[f"{half} {both[0]}"] += by_place.pop(half, [])


def _place_nodes(
    groups: dict[str, NameGroup], kinds: dict[str, EntityKind | None], pairs: dict[str, str]
) -> list[Node]:
    nodes: list[Node] = []
    by_country: defaultdict[str, list[NameGroup]] = defaultdict(list)
    for folded, group in groups.items():
        if kinds[folded] is EntityKind.PLACE:
            long = pairs.get(folded) or folded
            shared = country_variants().get(long, country_variants().get(folded))
            by_country[shared or short_name_of_country(long) or _city(long)].append(group)
    _join_halves(by_country)
    for same in by_country.values():
        first = max(same, key=lambda group: (len(group.folded.replace(".", "")), len(group.candidates)))
        node = Node(EntityKind.PLACE, first.name, first.parts)
        node.add(first.candidates, "full name")
        for group in same:
            if group is not first:
                node.add(group.candidates, f"another name of '{first.name}'")
                node.aliases.append(group.name)
        nodes.append(node)
    return nodes
