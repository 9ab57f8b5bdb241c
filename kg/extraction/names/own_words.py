"""What the words of a name say of its kind: endings, head nouns, given names, capitals, and lists of known names."""

from __future__ import annotations

import re
from collections.abc import Iterable

from kg.extraction.names.groups import NameGroup
from kg.extraction.names.lexicon import (
    gender_of_given_name,
    gender_of_noun,
    is_family_name,
    is_known_organisation,
    is_title_word,
    known_place,
    noun_kind,
    organisation_noun,
    place_noun,
    word_class,
)
from kg.words import words

_INITIAL = re.compile(r"(?:[A-Z]\.)+$")
_QUARTER_OR_SEAT = re.compile(r"(?:[qh][1-4]|[rdi]-[a-z.]{2,})$")  # "Q3", "R-Ohio", "D-N.Y."
_GLUED = re.compile(r"(?:[a-z]+[A-Z]){3}")  # what a page's markup left together: "ReedShareLikeReply"
_SMALL = frozenset(["On", "In", "To", "By", "With", "At", "From", "About", "After", "Over", "Is", "Are", "As", "A"])
_CASE_OR_SEAT = re.compile(r"\bv\. |^[RDI]-[A-Z]")
_POINTS = frozenset({"north", "south", "east", "west"})
_FIRST_OF_PLACES = frozenset({"mount", "lake", "cape", "port", "fort", "gulf", "bay", "isle", "camp"})
_CAMEL_SURNAMES = ("Mc", "Mac", "De", "Di")


def own_words(group: NameGroup, small: set[str]) -> Iterable[str]:
    """What the words of the name itself say; ``small`` are the words that the article writes in small letters."""
    known = _knows(group)
    if any(candidate.label == "PARTY" for candidate in group.candidates):
        yield "short name of a party"
    if known:
        yield "known organisation"
    elif _GLUED.search(group.name):
        yield "not a name"
    yield from _place(group)
    yield from _page(group)
    if len(group.parts) == 1:
        yield from _single_word(group, small, known)
    else:
        yield from _heads(group.parts)
        yield from _person(group)
        yield from _several_words(group)


def _knows(group: NameGroup) -> bool:
    articled = group.observed["the before"] or group.observed["The before"]
    return is_known_organisation(group.folded) or bool(articled and is_known_organisation("the " + group.folded))


def _place(group: NameGroup) -> Iterable[str]:
    place = known_place(group.folded)
    if place is not None:
        if place.kind == "city":
            yield "large city" if place.size >= 6 else "city"
        else:
            yield place.kind
    if group.folded in _POINTS and group.observed["the before"] and not group.observed["noun after"]:
        yield "a point of the compass"


def _page(group: NameGroup) -> Iterable[str]:
    if all(candidate.headline for candidate in group.candidates):
        yield "in headlines only"
        if len(group.parts) > 2 and not _SMALL.isdisjoint(w for w in group.candidates[0].name.split() if w.istitle()):
            yield "in shouted headlines only"
            return
        if len(group.folded) > 3 and group.candidates[0].name.isupper():
            yield "in shouted headlines only"


def _heads(parts: tuple[str, ...]) -> Iterable[str]:
    """What the noun at the head of the name makes of it."""
    if parts[-1] in words("names_company_endings"):
        yield "company ending"
        return
    head = next((i for i, part in enumerate(parts) if part in {"of", "for", "on", "at", "in"}), len(parts)) - 1
    noun = parts[head]
    if head < 0:
        return
    if noun in word_class("works of one author") and gender_of_given_name(parts[min(head + 2, len(parts) - 1)]):
        yield "works of a person"  # "Collected Works of Ann Lee"
    elif noun in words("names_event_heads"):
        yield "event noun"
    elif noun in words("names_thing_heads") and organisation_noun(noun):
        return  # "Evening Standard", "ISO Standard"
    elif noun in words("names_thing_heads"):
        yield "noun for a thing"
    elif noun in word_class("buildings or bodies"):
        yield "noun for a building or its body"
    elif place_noun(noun) and organisation_noun(parts[-1]) and len(set(parts[head + 2 :]) - {"the"}) > 1:
        yield "organisation noun"  # "Port of Selby Authority"
    elif (noun, parts[head - 1]) == ("general", "directorate") or (noun == "district" and "school" in parts[:head]):
        yield "organisation noun"
    elif noun == "state":
        if known_place(" ".join(parts[:-1])):
            yield "university of a state"
    elif organisation_noun(noun) or (0 < head == len(parts) - 1 and noun in word_class("last words of companies")):
        yield "organisation noun"
    elif place_noun(noun) or parts[0] in _FIRST_OF_PLACES:
        yield "place noun"
    elif _is_product(parts):
        yield "noun for a thing"
    elif head == len(parts) - 1 and _is_team(parts):
        yield "plural after a place"  # "Oslo Herons", a team
    elif kind := noun_kind(noun):
        yield f"headed by a noun for a {kind}"


def _is_team(parts: tuple[str, ...]) -> bool:
    """Whether the name is a place's with a plural after it."""
    return parts[-1].endswith("s") and not is_family_name(parts[-1]) and known_place(" ".join(parts[:-1])) is not None


def _is_product(parts: tuple[str, ...]) -> bool:
    """Whether the name is a maker's with the name or number of what it makes: "Mozilla Firefox", "Airbus A320"."""
    things, last = words("names_things"), parts[-1]
    if " ".join(parts[1:]) in things or parts[0] in things:
        return True
    return any(ch.isdigit() for ch in last) and len(parts) == 2 and is_known_organisation(parts[0])


def _person(group: NameGroup) -> Iterable[str]:
    parts, spelled = group.parts, group.candidates[0].name.split()
    if gender_of_given_name(parts[0]) is not None and not _is_team(parts):
        yield "given name first"
    if is_family_name(parts[-1]) or (is_family_name(parts[0]) and len(parts) == 2):
        yield "family name last"
    if any(_INITIAL.match(word) for word in spelled[:-1]) or _bare_initials(group, spelled):
        yield "initials"
    if parts[-1] in {"jr", "sr", "iii", "ii", "iv"}:
        yield "junior"
    if len(parts) == 3 and parts[0] in word_class("noble titles") and parts[1] == "of":
        yield "noble title of a place"


def _bare_initials(group: NameGroup, spelled: list[str]) -> bool:
    """Whether the first word is initials without full stops: "JK Rowling"."""
    first = spelled[0]
    if not (first.isalpha() and first.isupper() and len(first) <= 2) or known_place(group.parts[0]) is not None:
        return False
    return bool(group.observed["by it"]) or any(candidate.label == "PERSON" for candidate in group.candidates)


def _several_words(group: NameGroup) -> Iterable[str]:
    parts = group.parts
    labelled_body = any(candidate.label == "ORG" for candidate in group.candidates)
    office = is_title_word(parts[-1]) and gender_of_given_name(parts[0]) is None and not labelled_body
    if (
        group.folded in words("names_not")
        or group.folded in words("names_things")
        or all(is_title_word(word) or word in words("titles_modifiers") for word in parts)
        or office
        or _CASE_OR_SEAT.search(group.name)
    ):
        yield "not a name"  # "Financial Officer", "Roe v. Wade"
    if gender_of_given_name(parts[0]) is None and all(_names_a_people(word) for word in parts):
        yield "a people"
    if "&" in parts:
        yield "ampersand"
    labelled = any(candidate.label == "GPE" for candidate in group.candidates)
    if labelled and known_place(group.folded) is None and not place_noun(parts[-1]):
        yield "no place of the gazetteer"


def _names_a_people(word: str) -> bool:
    """Whether the folded word is an adjective or noun of a country, a faith or a party: "roman", "catholics"."""
    return word.title() in words("names_demonyms") or word in word_class("faiths")


def _single_word(group: NameGroup, small: set[str], known: bool) -> Iterable[str]:
    word, folded = group.candidates[0].name, group.folded
    if word in words("names_demonyms") or word.title() in words("names_demonyms"):
        yield "demonym or given name" if gender_of_given_name(folded) else "demonym"
    elif _names_nothing(group, small, known):
        yield "not a name"
    if folded in small:
        yield "written small elsewhere"
        if group.opening:
            yield "capital for its place only"
    elif organisation_noun(folded) or place_noun(folded):
        yield "written small elsewhere"
    if kind := noun_kind(folded):
        yield f"a noun for a {kind}"
    if gender_of_given_name(folded) is not None:
        yield "given name alone"
    if is_family_name(folded):
        yield "family name alone"
    elif gender_of_given_name(folded) is None and word.isascii():
        yield "no name of a person"
    new = gender_of_given_name(folded) is None and not is_family_name(folded) and known_place(folded) is None
    if new and group.observed["speaks"] and folded not in small and noun_kind(folded) is None and len(folded) > 3:
        yield "an unknown word that speaks"
    yield from _letters(group, word)


def _names_nothing(group: NameGroup, small: set[str], known: bool) -> bool:
    word, folded = group.candidates[0].name, group.folded
    if folded in words("names_company_endings"):
        return True
    if folded in words("names_not") or folded in words("names_things"):
        return not (known and word.isupper())
    if is_title_word(folded) and not known and not (is_family_name(folded) and group.observed["title before"]):
        return True
    if _QUARTER_OR_SEAT.match(folded) or ("-" in folded and all(map(is_title_word, folded.split("-")))):
        return True
    people = (
        (gender_of_noun(folded) or noun_kind(folded) == "person")
        and folded.endswith("s")
        and not is_family_name(folded)
    )
    if people and not group.observed["the before"] and not group.observed["plays as a team"]:
        return True  # "Heads"
    return gender_of_noun(folded) is not None and (
        folded in small or (group.opening and bool(group.observed["noun after"]))
    )


def _letters(group: NameGroup, word: str) -> Iterable[str]:
    """How a lone word is written: like a web address, an acronym, with capitals inside."""
    if "." in word.strip(".") and len(word) > 5 and word.rsplit(".", 1)[-1].islower():
        yield "web address"
    if any(ch.isdigit() for ch in word[1:]):
        yield "letters and digits"
    headline = any(candidate.headline for candidate in group.candidates)
    if word.isupper() and len(word) > 2 and known_place(group.folded) is None and not group.observed["in it"]:
        yield "capitals of no known place"
    if word.isupper() and 1 < len(word) <= 6 and known_place(group.folded) is None and not headline:
        yield "capitals only"
    elif any(ch.isupper() for ch in word[1:]) and not {"-", "'"} & set(word) and not word.startswith(_CAMEL_SURNAMES):
        yield "capitals inside"
    if (
        "-" in word
        and all(piece[:1].isupper() for piece in word.split("-"))
        and group.observed["noun after"] == len(group.candidates)
    ):
        yield "hyphenated before a noun"
