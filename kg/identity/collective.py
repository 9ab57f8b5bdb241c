"""Names of organisations, places and events: in what way two of them may be one thing's."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from kg.identity.personal import Relation
from kg.identity.spelling import fold, skeleton, sounds_alike
from kg.words import table, words

LEGAL_FORMS = frozenset(
    """ab ag as asa bhd bv co company corp corporation cv gmbh inc incorporated jsc kk kgaa limited llc llp lp ltd nv
    oao ooo oy oyj pjsc plc pte pty sa sab sarl sas sdn se spa srl""".split()  # noqa: SIM905
)
SMALL_WORDS = frozenset({"of", "for", "the", "and", "on", "in", "de", "at", "affairs"})
OFFICES = frozenset({"ministry", "department", "university", "embassy", "bureau"})
YEAR = re.compile(r"(?:19|20)\d\d")
ORDINAL = re.compile(r"\d+(?:st|nd|rd|th)$")


@cache
def _variants() -> dict[str, str]:
    """Each folded name of a country, union or city that goes by several, with the one that stands for it."""
    return {fold(name): fold(row[0]) for row in table("names_country_variants") for name in row}


@cache
def _countries() -> dict[str, str]:
    """Each folded name of a country with the one it goes by."""
    names = {fold(row[0]) for row in table("names_places") if row[1] == "country"}
    lands = {_variants().get(name, name) for name in names}
    variants = {name: land for name, land in _variants().items() if land in lands}
    return {name: name for name in names} | variants


@cache
def _gazetteer() -> dict[str, str]:
    """Each folded name of a place with what it is: country, region or city."""
    return {fold(row[0]): row[1] for row in table("names_places")}


@cache
def _spellings() -> dict[str, str]:
    return {variant: plain for plain, variant in table("identity_spellings")}


@cache
def generic_words() -> frozenset[str]:
    """Words of which every country makes names of its bodies."""
    return words("identity_generic") | SMALL_WORDS


@lru_cache(maxsize=1 << 15)
def country(name: str) -> str | None:
    """The country that a name stands for, folded, whichever of its names it is."""
    key = fold(name).removeprefix("the ")
    return _countries().get(key) or _countries().get(key.replace(" ", ""))


def standing_for(name: str) -> str | None:
    """The name, folded, that stands for all names of a country, union or city known by several; None for others."""
    return country(name) or _variants().get(fold(name).removeprefix("the "))


@lru_cache(maxsize=1 << 15)
def plain_words(name: str) -> tuple[str, ...]:
    """The words of a name without article, in one spelling, short forms of countries and unions written out."""
    text = fold(re.sub(r"\b((?:[A-Z]\.){2,})", lambda m: m[0].replace(".", ""), name).replace("&", " and "))
    text = re.sub(r"\s+", " ", re.sub(r"[^\w' ]+", " ", text)).strip().removeprefix("the ")
    found: list[str] = []
    for word in text.split():
        spelt = _spellings().get(word, word)
        if word in ("us", "uk", "un", "eu", "usa", "uae"):
            spelt = _variants().get(word, word)
        found += spelt.split()
    return tuple(found)


@lru_cache(maxsize=1 << 15)
def without_legal_form(name: str) -> tuple[str, ...]:
    """The plain words without "Inc.", "Company" and the like at the end."""
    name = name.replace("S.A.B. de C.V.", "SAB")
    found = plain_words(re.sub(r"\b([A-Z])[./]\s?([A-Z])[./]?\s?(?:([A-Z])[./]?)?$", r"\1\2\3", name))
    while len(found) > 1 and (found[-1] in LEGAL_FORMS or (found[-1] in ("and", "de") and len(found) > 2)):
        found = found[:-1]
    return found


@lru_cache(maxsize=1 << 15)
def generic(name: str) -> bool:
    """Whether another body of that name is to be expected in every country."""
    return all(word in generic_words() for word in plain_words(name))


def acronym_of(name: str) -> str:
    """The initials of a name's words of weight: "World Intellectual Property Organization" gives "wipo"."""
    return "".join(word[0] for word in plain_words(name) if word not in SMALL_WORDS)


def is_acronym(name: str) -> bool:
    """Whether a name is written like an acronym."""
    letters = name.replace(".", "")
    return 2 <= len(letters) <= 8 and letters.isalpha() and letters.isupper()


def collective_keys(kind: str, name: str) -> set[str]:
    """Blocking keys: names that may be one thing's share at least one."""
    plain = without_legal_form(name) if kind == "organisation" else plain_words(name)
    keys = {" ".join(sorted(word for word in plain if word not in SMALL_WORDS))}
    compact = "".join(plain)
    if len(compact) > 3:
        keys.add("~" + skeleton(compact))
    if kind == "place" and (known := standing_for(name)):
        keys.add("@" + known)
    if kind == "event":
        keys.add(" ".join(sorted(_event_words(plain))))
    return keys


def _event_words(plain: tuple[str, ...]) -> list[str]:
    return [word for word in plain if word not in SMALL_WORDS and not YEAR.fullmatch(word) and not ORDINAL.match(word)]


def body_relation(one: str, other: str) -> Relation | None:
    """In what way two names may be one organisation's."""
    a, b = plain_words(one), plain_words(other)
    if not a or not b:
        return None  # signs only
    if "".join(a) == "".join(b):
        return Relation("one name but for typography", 0.0)
    short, short_other = without_legal_form(one), without_legal_form(other)
    if "".join(short) == "".join(short_other):
        return Relation("one name but for the legal form", 0.0 if len(short) > 1 or len(short[0]) > 2 else 0.5)
    heavy, heavy_other = (sorted(w for w in names if w not in SMALL_WORDS) for names in (a, b))
    if heavy == heavy_other:
        if OFFICES & set(heavy) and ("of" in a) != ("of" in b) and abs(len(a) - len(b)) <= 2:
            return Relation("one name in another order of words", 0.5 if "university" not in heavy else 1.0)
        return None
    bones, bones_other = [skeleton(word) for word in a], [skeleton(word) for word in b]
    spelt = bones == bones_other and sum(map(len, bones)) > 3 and a[0][0] == b[0][0]
    if spelt and not generic(one) and not generic(other) and sounds_alike("".join(a), "".join(b)):
        return Relation("two spellings of one name", 1.5)
    return None


def place_relation(one: str, other: str) -> Relation | None:
    """In what way two names may be one place's."""
    known, known_other = standing_for(one), standing_for(other)
    if known or known_other:
        return Relation("two names of one place", 0.0) if known == known_other else None
    a, b = plain_words(one), plain_words(other)
    if not a or not b:
        return None  # signs only
    if "".join(a) == "".join(b):
        return Relation("one name but for typography", 0.0)
    if _gazetteer().get(fold(one), "") == _gazetteer().get(fold(other), "?"):
        return None  # a list of places has both
    if len(a) == len(b) and all(map(sounds_alike, a, b)):
        return Relation("two spellings of one name", 0.25)
    return None


def event_relation(one: str, other: str) -> Relation | None:
    """In what way two names may be one event's, told on one day."""
    a, b = plain_words(one), plain_words(other)
    if not a or not b:
        return None  # signs only
    if _numbers(a) and _numbers(b) and _numbers(a) != _numbers(b):
        return None
    if {w for w in a if YEAR.fullmatch(w)} ^ {w for w in b if YEAR.fullmatch(w)} and _years_differ(a, b):
        return None
    if sorted(_event_words(a)) == sorted(_event_words(b)):
        way = "one name but for the year or number" if len(a) != len(b) else "one name in another order of words"
        return Relation("one name" if a == b else way, 0.0 if a == b else 1.0)
    return None


def _years_differ(a: tuple[str, ...], b: tuple[str, ...]) -> bool:
    return all(any(YEAR.fullmatch(word) for word in names) for names in (a, b))


def _numbers(plain: tuple[str, ...]) -> list[str]:
    return [word for word in plain if any(c.isdigit() for c in word) and not YEAR.fullmatch(word)]
