"""Names of organisations, places and events: their plain words, countries, acronyms; and when two are one place's."""

from __future__ import annotations

import re
from collections.abc import Collection
from functools import cache, lru_cache
from typing import Final

from kg.identity.relation import Relation
from kg.identity.spelling import fold, sounds_alike
from kg.words import classes, table, words

_CLASSES: Final = classes("identity_classes")
LEGAL_FORMS: Final = frozenset(_CLASSES["legal forms"])
PREFIXED_FORMS: Final = frozenset(_CLASSES["legal forms before a name"])
SMALL_WORDS: Final = frozenset(_CLASSES["small words"])
_LAWS: Final = {form: kind for kind, forms in _CLASSES.items() if kind.startswith("legal forms of ") for form in forms}
STATE_OFFICES: Final = frozenset(_CLASSES["offices of state"])
LOCAL_BODIES: Final = frozenset(_CLASSES["local bodies"])
KINDS_OF_PLACE: Final = frozenset(_CLASSES["kinds of place"])
ASSIMILATED: Final = frozenset(_CLASSES["assimilated articles"])
DEDICATED: Final = frozenset(_CLASSES["dedications"])

IN_PART: Final = re.compile(r"(?:north|south)?-?(?:north|south|east|west)ern ?", re.IGNORECASE)
"""How the part of a country is told of."""

FEWEST_LETTERS: Final = 5
"""So many letters has a name at least that tells as much without the Arabic article."""

PART_OF: Final = {
    **dict.fromkeys(("england", "scotland", "wales", "northern ireland"), "united kingdom"),
    **dict.fromkeys(("east germany", "west germany"), "germany"),
}
"""Countries, folded, with those that they are part of by now."""


def _flat(name: str) -> str:
    """A name folded, its parts divided by blanks alone: "Timor-Leste" and "Timor Leste" are one name."""
    return fold(name).replace("-", " ")


@cache
def _variants() -> dict[str, str]:
    """Each folded name of a country, union or city that goes by several, with the one that stands for it."""
    rows = (*table("names_country_variants"), *table("identity_places"))
    return {_flat(name): _flat(row[0]) for row in rows for name in row}


@cache
def _countries() -> dict[str, str]:
    """Each folded name of a country with the one it goes by."""
    names = {_flat(row[0]) for row in table("names_places") if row[1] == "country"}
    lands = {_variants().get(name, name) for name in names}
    variants = {name: land for name, land in _variants().items() if land in lands}
    return {name: name for name in names} | variants


@cache
def _gazetteer() -> dict[str, str]:
    """Each folded name of a place with what it is: country, region or city."""
    return {fold(row[0]): row[1] for row in table("names_places")}


@cache
def _regions() -> frozenset[str]:
    return frozenset(f"place:{''.join(plain_words(name))}" for name, kind in _gazetteer().items() if kind == "region")


def is_region(token: str) -> bool:
    """Whether a token is that of a state, province or county."""
    return token in _regions()


def is_place_word(word: str) -> bool:
    """Whether a folded word is the name of a place."""
    return word in _gazetteer() or land_of(word) is not None


@cache
def _spellings() -> dict[str, str]:
    return {fold(variant): plain for plain, variant in table("identity_spellings")}


@cache
def place_words() -> dict[str, str]:
    """Each folded word that is a name of a place which goes by several, with the one word that stands for it."""
    known = ((fold(name), fold(row[0])) for row in table("identity_places") for name in row[1:])
    return {name: plain for name, plain in known if " " not in name + plain}


@cache
def _lands() -> dict[str, str]:
    """Each folded name of a city or region, and the same without blanks, with the country it is in."""
    known = {name: land for name, told in table("identity_lands") if (land := country(told))}
    for head, *others in table("identity_places"):
        lands = {known[form] for form in map(fold, others) if form in known}
        if len(lands) == 1:
            known.setdefault(fold(head), lands.pop())
    return {form: land for name, land in known.items() for form in (name, name.replace(" ", ""))}


@cache
def adjectives() -> dict[str, str]:
    """Adjectives of countries with the country, folded."""
    known = {}
    for adjective, *names in table("titles_demonyms"):
        land = country(names[0].split("|")[0]) if names and names[0] else None
        if land:
            known[adjective] = land
    return known


@cache
def generic_words() -> frozenset[str]:
    """Words of which every country makes names of its bodies."""
    return words("identity_generic") | SMALL_WORDS


@lru_cache(maxsize=1 << 15)
def country(name: str) -> str | None:
    """The country that a name stands for, folded, whichever of its names it is."""
    key = _flat(name).removeprefix("the ")
    return _countries().get(key) or _countries().get(key.replace(" ", ""))


@lru_cache(maxsize=1 << 15)
def land_of(name: str) -> str | None:
    """The country, folded, that a place is, or is in; None where that is not known or its name may mean several."""
    known = country(name) or _lands().get(fold(name)) or _lands().get(_variants().get(_flat(name), ""))
    if known:
        return known
    if (part := IN_PART.match(name)) and (whole := country(name[part.end() :])) and not holders_of_namesakes(whole):
        return whole  # northern Mali, but not southern Georgia
    return land_of(name.rpartition(",")[2].strip()) if "," in name else None  # Rahway, New Jersey


def without_blanks(name: str) -> str:
    """A folded name in one word, which it is at times: George Town, Georgetown."""
    return name.replace(" ", "").replace("-", "")


@cache
def namesakes(kind: str) -> dict[str, tuple[str, ...]]:
    """Names, folded, that things of that kind bear in several countries or regions, with the names of these."""
    known = (row for row in table("identity_namesakes") if row[0] == kind)
    return {without_blanks(name) if kind == "place" else name: tuple(holders) for _, name, *holders in known}


@lru_cache(maxsize=1 << 15)
def holders_of_namesakes(name: str) -> tuple[str, ...]:
    """The names of the countries and regions in which places of that name are; none where it has no namesakes."""
    return namesakes("place").get(without_blanks(_flat(name)), ())


@lru_cache(maxsize=1 << 15)
def lands_of(name: str) -> frozenset[str]:
    """The countries, folded, that a place may be, or be in: several where places of several countries bear the name."""
    return frozenset(land for holder in holders_of_namesakes(name) or (name,) if (land := land_of(holder)))


def land_token(land: str) -> str:
    """What stands for a country, folded, where it holds a place: as for other places, unless its name is theirs too."""
    return f"land:{land}" if holders_of_namesakes(land) else f"place:{land}"


def lands_of_token(token: str) -> frozenset[str]:
    """The countries that what a token stands for may be, or be in."""
    kind, _, name = token.partition(":")
    return frozenset({name}) if kind == "land" else lands_of(name)


@cache
def wider_regions() -> frozenset[str]:
    """The tokens of continents and other regions of several countries: they tell no two places apart."""
    return frozenset(f"place:{name}" for name in _CLASSES["wider regions"])


def with_wholes(lands: Collection[str]) -> set[str]:
    """Countries, folded, and those that they are part of."""
    return {*lands, *(PART_OF[land] for land in lands if land in PART_OF)}


def standing_for(name: str) -> str | None:
    """The name, folded, that stands for all names of a country, union or city known by several; None for others."""
    known = _variants()
    forms = (_flat(name), _flat(name).removeprefix("the "), " ".join(plain_words(name)))
    return country(name) or next((known[form] for form in forms if form in known), None)


@lru_cache(maxsize=1 << 15)
def plain_words(name: str) -> tuple[str, ...]:
    """The words of a name without article, in one spelling, short forms of countries and unions written out."""
    text = fold(re.sub(r"\b((?:[A-Z]\.){2,})", lambda m: m[0].replace(".", ""), name).replace("&", " and "))
    text = " ".join(_spellings().get(word, word) for word in text.split())  # hyphened words as a whole
    text = re.sub(r"\s+", " ", re.sub(r"[^\w' ]+", " ", text)).strip().removeprefix("the ")
    found: list[str] = []
    for word in text.split():
        spelt = _spellings().get(word, word)
        if word in ("us", "uk", "un", "eu", "usa", "uae"):
            spelt = _variants().get(word, word)
        found += spelt.split()
    return tuple(found)


def articleless_words(plain: tuple[str, ...]) -> tuple[str, ...]:
    """Plain words without the Arabic article before them: "Al-Qamishli", "Qamishli"."""
    return plain[1:] if len(plain) == 2 and plain[0] == "al" and len(plain[1]) >= FEWEST_LETTERS else plain


@cache
def _unions() -> dict[str, str]:
    rows = [[country(name) or name for name in row] for row in table("identity_unions")]
    return {heir: row[0] for row in rows for heir in row[1:]}


def unassimilated(plain: tuple[str, ...]) -> tuple[str, ...]:
    """Plain words with the Arabic article in one form within a name: Deir ez-Zor, Deir al-Zor."""
    return (*plain[:1], *("al" if word in ASSIMILATED else word for word in plain[1:]))


def with_unions(lands: Collection[str]) -> set[str]:
    """Countries, folded, and those that they came of: what was in the Soviet Union may be in Russia now."""
    return {*lands, *(_unions()[land] for land in lands if land in _unions())}


@lru_cache(maxsize=1 << 15)
def without_legal_form(name: str) -> tuple[str, ...]:
    """The plain words without "Inc.", "Company" and the like at the end."""
    name = name.replace("S.A.B. de C.V.", "SAB")
    found = plain_words(re.sub(r"\b([A-Za-z])[./]\s?([A-Za-z])[./]?\s?(?:([A-Za-z])[./]?)?$", r"\1\2\3", name))
    whole = found
    while len(found) > 1 and (found[-1] in LEGAL_FORMS or (found[-1] in ("and", "de") and len(found) > 2)):
        found = found[:-1]
    if found[-1:] in (("public",), ("private",)) and 1 < len(found) < len(whole):  # Public Company Limited
        found = found[:-1]
    while len(found) > 1 and found[0] in PREFIXED_FORMS:
        found = found[1:]
    places = place_words()
    return tuple(places.get(word, word) for word in found)


def of_two_laws(one: str, other: str) -> bool:
    """Whether the legal forms at the ends of two companies' names tell of the laws of two countries.

    >>> of_two_laws("Alphatec PLC", "Alphatec Inc."), of_two_laws("Alphatec PLC", "Alphatec Ltd")
    (True, False)
    """
    laws = [_LAWS.get(plain_words(name)[-1]) for name in (one, other)]
    return None not in laws and laws[0] != laws[1]


@lru_cache(maxsize=1 << 15)
def generic(name: str) -> bool:
    """Whether another body of that name is to be expected in every country."""
    plain = plain_words(name)
    dedicated = len(plain) > 1 and plain[0] in DEDICATED and plain[-1] in LOCAL_BODIES
    known = generic_words() | words("titles_portfolios") if STATE_OFFICES & set(plain) else generic_words()
    return dedicated or all(word in known for word in plain)


def acronym_of(name: str) -> str:
    """The initials of a name's words of weight: "World Intellectual Property Organization" gives "wipo"."""
    return "".join(word[0] for word in plain_words(name) if word not in SMALL_WORDS)


def letters_of(acronym: str) -> str:
    """The letters of an acronym, folded."""
    return fold(acronym).replace(" ", "").replace("-", "")


def is_acronym(name: str) -> bool:
    """Whether a name is written like an acronym."""
    letters = name.replace(".", "")
    return 2 <= len(letters) <= 8 and letters.isupper() and all(map(str.isalpha, letters.split("-")))


def place_relation(one: str, other: str) -> Relation | None:
    """In what way two names may be one place's."""
    known, known_other = standing_for(one), standing_for(other)
    if known and known_other:
        return Relation("two names of one place", 0.0) if known == known_other else None
    a, b = plain_words(one), plain_words(other)
    if not a or not b:
        return None  # signs only
    if "".join(a) == "".join(b):
        return Relation("one name but for typography", 0.0)
    a, b = articleless_words(a), articleless_words(b)
    if a == b:
        return Relation("the Arabic article left out", 0.0)
    a, b = unassimilated(a), unassimilated(b)
    for longer, shorter, name in ((a, b, other), (b, a, one)):
        kind = next((word for word in (longer[0], longer[-1]) if word in KINDS_OF_PLACE), None)
        if kind and longer in ((kind, *shorter), (*shorter, kind)) and not land_of(name):
            return Relation(f"the word {kind!r} left out", 1.0)
    if known or known_other:
        return None  # a list has all names of one of them
    if _gazetteer().get(fold(one), "") == _gazetteer().get(fold(other), "?"):
        return None  # a list of places has both
    if len(a) == len(b) and all(map(sounds_alike, a, b)):
        return Relation("two spellings of one name", 0.25)
    return None
