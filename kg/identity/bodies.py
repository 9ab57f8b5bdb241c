"""Names of organisations: in what way two of them may be one body's."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache, lru_cache
from typing import Final

from kg.identity.collective import (
    SMALL_WORDS,
    acronym_of,
    adjectives,
    articleless_words,
    country,
    generic,
    generic_words,
    is_acronym,
    is_place_word,
    land_of,
    namesakes,
    of_two_laws,
    plain_words,
    without_legal_form,
)
from kg.identity.relation import Relation
from kg.identity.spelling import fold, skeleton, sounds_alike
from kg.words import classes, table

_CLASSES: Final = classes("identity_classes")
CLUB_FORMS: Final = frozenset(_CLASSES["club forms"])
SPORTS: Final = frozenset(_CLASSES["sports of clubs"])
FIRST_OF_CLUBS: Final = tuple(tuple(words.split("-")) for words in _CLASSES["first words of clubs"])
COMPANY_WORDS: Final = frozenset(_CLASSES["words of companies"])
SCHOOLS: Final = frozenset(_CLASSES["kinds of school"])
TOWN_BODIES: Final = frozenset((word,) for word in _CLASSES["town bodies"])
SOLE: Final = frozenset(_CLASSES["sole bodies"])
OFFICES: Final = frozenset(_CLASSES["turned bodies"])

KIND_WORDS: Final = {
    **dict.fromkeys(("newspaper", "magazine", "broadcaster", "club", "party"), 0.5),
    "group": 1.0,
    **dict.fromkeys(("motor", "motors", "airlines", "airways", "industries", "pharmaceuticals", "automobile"), 2.0),
}
"""Words after a name for what bears it, which are left out as well ("the Guardian newspaper"), and what that needs."""

MOST_LETTERS: Final = 4
"""Letters of an acronym at most that several bodies of the world are likely to have."""

COGNATE: Final = 5
"""So many first letters two words of two languages have in common."""

_TURNED: Final = Relation("one name in another order of words", 0.0)


@cache
def _bodies() -> dict[str, str]:
    """Each name of a well-known body, by its plain words, with the one that stands for all."""
    return {_compact(name): _compact(row[0]) for row in table("identity_bodies") for name in row}


def body_of(name: str) -> str | None:
    """What stands for all names of a well-known body; None for others."""
    return _bodies().get(_compact(name))


@cache
def _words_of_bodies() -> dict[str, frozenset[str]]:
    rows = (
        (_compact(row[0]), {word for name in row for word in plain_words(name)}) for row in table("identity_bodies")
    )
    return {body: frozenset(words) - SMALL_WORDS for body, words in rows}


def is_of_another(acronym: str, name: str) -> bool:
    """Whether an acronym is that of a well-known body whose names have no word in common with a name."""
    known = body_of(acronym)
    return known is not None and known != body_of(name) and _words_of_bodies()[known].isdisjoint(plain_words(name))


def _compact(name: str) -> str:
    return "".join(without_legal_form(name))


def _without_club_form(plain: tuple[str, ...]) -> tuple[tuple[str, ...], frozenset[str]]:
    """The plain words of a name without "FC" and the like, and the forms that it had."""
    if plain[-1:] == ("club",) and plain[-2:-1] and plain[-2] in SPORTS and len(plain) > 2:
        return plain[:-2], frozenset({"club"})
    for words in FIRST_OF_CLUBS:
        if plain[: len(words)] == words and len(plain) > len(words):
            return plain[len(words) :], frozenset({" ".join(words)})
    rest = tuple(word for word in plain if word not in CLUB_FORMS)
    return (rest, frozenset(plain) & CLUB_FORMS) if rest else (plain, frozenset())


@cache
def _translations() -> dict[str, str]:
    """Words of names of bodies in other languages, with the English one."""
    return {foreign: english for english, *rest in table("identity_translations") for foreign in rest[0].split()}


@lru_cache(maxsize=1 << 15)
def in_english(name: str) -> tuple[str, ...]:
    """The words of weight of a body's name, sorted, each in English where that is known.

    >>> in_english("Partido dos Trabalhadores")
    ('party', 'workers')
    """
    known = _translations()
    plain = (word.removesuffix("'s").strip("'") for word in without_legal_form(name) if word not in SMALL_WORDS)
    english = (known.get(word, word) for word in plain)
    return tuple(sorted(word for word in english if word not in SMALL_WORDS))


@lru_cache(maxsize=1 << 15)
def lands_of_namesakes(name: str) -> frozenset[str]:
    """The countries, folded, that have a well-known body, club or newspaper of that name; none but where several do."""
    return _namesakes().get("".join(_without_club_form(plain_words(name))[0]), frozenset())


@cache
def _namesakes() -> dict[str, frozenset[str]]:
    known = ((name, map(country, lands)) for name, lands in namesakes("organisation").items())
    return {"".join(plain_words(name)): frozenset(filter(None, lands)) for name, lands in known}


def expected_elsewhere(name: str) -> bool:
    """Whether another body of that name is to be expected in another country."""
    return generic(name) or generic(" ".join(in_english(name))) or bool(lands_of_namesakes(name))


def of_towns(name: str) -> bool:
    """Whether many towns of one country have a body of that name: St Mary's Hospital."""
    return without_legal_form(name)[-1:] in TOWN_BODIES and expected_elsewhere(name)


def local(name: str) -> bool:
    """Whether bodies of other towns may well have that name: of a hospital, of common words, or a short acronym that is
    not a well-known body's.
    """
    words = without_legal_form(name)
    short = is_acronym(name) and len(name.replace(".", "")) <= MOST_LETTERS and body_of(name) is None
    return short or words[-1:] in TOWN_BODIES or all(word in COMPANY_WORDS or word in generic_words() for word in words)


@lru_cache(maxsize=1 << 15)
def national(name: str) -> tuple[tuple[str, ...], str | None]:
    """The plain words of a body's name without its country, sorted, small words left out; and the country, folded.

    >>> national("Kenyan Ministry of Health") == national("Ministry of Health of Kenya")
    True
    """
    plain = plain_words(re.sub(r"['’]s\b", "", name))
    land, rest = adjectives().get(plain[0]) if plain else None, plain[1:]
    for length in (1, 2, 3):
        if land is None and len(plain) > length:
            land, rest = country(" ".join(plain[:length])), plain[length:]
    for length in (1, 2, 3):
        if land is None and len(plain) > length + 1 and plain[-length - 1] == "of":
            land, rest = country(" ".join(plain[-length:])), plain[: -length - 1]
    words = rest if land and rest else plain
    return tuple(sorted(word for word in words if word not in SMALL_WORDS)), land if rest else None


def body_keys(name: str, plain: tuple[str, ...]) -> set[str]:
    """Blocking keys of a body, given with its plain words."""
    keys = set()
    if body := body_of(name):
        keys.add("@" + body)
    base, land = national(name)
    if land:
        keys.add(f"@{land} {' '.join(base)}")
    rest, forms = _without_club_form(plain)
    if forms:
        keys.add(" ".join(sorted(word for word in rest if word not in SMALL_WORDS)))
    if len(plain) > 1 and (plain[-1] in KIND_WORDS or plain[-1] == "school"):
        keys.add(" ".join(sorted(word for word in plain[:-1] if word not in SMALL_WORDS)))
    keys.add(" ".join(in_english(name)))
    keys.add(" ".join(sorted(articleless_words(plain))))
    heavy = [word for word in plain if word not in SMALL_WORDS]
    if acronym := _leading_acronym(name):
        keys.add(f"+{acronym} {' '.join(heavy[1:])}")
    for length in range(2, len(heavy)):
        keys.add(f"+{''.join(word[0] for word in heavy[:length])} {' '.join(heavy[length:])}")
    return keys


def home_keys(name: str, homes: Iterable[str]) -> set[str]:
    """Blocking keys of a name that leaves its country out, by the countries in which articles tell of it."""
    base, land = national(name)
    return set() if land else {f"@{home} {' '.join(base)}" for home in homes}


def _leading_acronym(name: str) -> str | None:
    """The acronym with which a name of several words begins: "uc" of "UC Berkeley"."""
    first, _, rest = name.removeprefix("The ").removeprefix("the ").replace(".", "").partition(" ")
    return first.lower() if rest and not rest.isupper() and 2 <= len(first) <= 4 and is_acronym(first) else None


def body_relation(one: str, other: str) -> Relation | None:
    """In what way two names may be one organisation's."""
    a, b = plain_words(one), plain_words(other)
    if not a or not b:
        return None  # signs only
    if "".join(a) == "".join(b):
        return Relation("one name but for typography", 0.0)
    if articleless_words(a) == articleless_words(b):
        return Relation("the Arabic article left out", 0.5)
    short, short_other = without_legal_form(one), without_legal_form(other)
    known, known_other = body_of(one), body_of(other)
    if known and known_other:
        return Relation("two names of one body", 0.0) if known == known_other else None
    if "".join(short) == "".join(short_other):
        if of_two_laws(one, other):
            return Relation("one name but for the legal form, which is of another country", 2.0)
        return Relation("one name but for the legal form", 0.0 if len(short) > 1 or len(short[0]) > 2 else 0.5)
    rest, forms = _without_club_form(short)
    other_rest, other_forms = _without_club_form(short_other)
    if rest == other_rest and not (forms and other_forms):
        return Relation("one name but for the form of a club", 0.5)
    base, land = national(one)
    other_base, other_land = national(other)
    if base and base == other_base and (len(base) > 1 or base[0] not in generic_words() or base[0] in SOLE):
        if land and land == other_land and len(base) > 1:
            return _TURNED
        if bool(land) != bool(other_land):
            return Relation("the country left out", 0.0, land or other_land)
    heavy, heavy_other = (sorted(w for w in names if w not in SMALL_WORDS) for names in (short, short_other))
    if heavy == heavy_other:
        if [w for w in short if w not in SMALL_WORDS] == [w for w in short_other if w not in SMALL_WORDS]:
            return Relation("one name but for small words", 0.5)
        turned = _turned_round(short, short_other) or _turned_round(short_other, short)
        if turned and "university" not in heavy:
            return Relation("one name in another order of words", 0.5)
        if OFFICES & set(heavy) and abs(len(a) - len(b)) <= 2:
            if "university" in heavy:
                return None if tuple(sorted((fold(one), fold(other)))) in _two_universities() else _TURNED
            return Relation("one name in another order of words", 0.5)
        return None
    english, other_english = in_english(one), in_english(other)
    if english == other_english and len(english) > 1:
        return Relation("one name in two languages", 0.5)
    for words, known_base, where in ((english, other_base, other_land), (other_english, base, land)):
        if where and words == known_base and len(words) > 1:
            return Relation("one name in two languages, the country left out", 0.5, where)
    for longer, shorter in ((short, short_other), (short_other, short)):
        if longer[:-1] == shorter and longer[-1] == "school" and len(shorter) > 1 and shorter[-1] in SCHOOLS:
            return Relation("the word 'school' left out", 1.0)
        if longer[:-1] == shorter and longer[-1] in KIND_WORDS and not (len(shorter) == 1 and land_of(shorter[0])):
            return Relation(f"the word {longer[-1]!r} left out", KIND_WORDS[longer[-1]])
    if _abbreviated(one, short_other) or _abbreviated(other, short):
        return Relation("the first words cut to their initials", 0.5)
    bones, bones_other = [skeleton(word) for word in a], [skeleton(word) for word in b]
    spelt = bones == bones_other and sum(map(len, bones)) > 3 and a[0][0] == b[0][0]
    if spelt and not generic(one) and not generic(other) and sounds_alike("".join(a), "".join(b)):
        return Relation("two spellings of one name", 1.5)
    return None


def _turned_round(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Whether one name begins with the place that the other has at its end: Kerala High Court, High Court of Kerala."""
    if "of" not in other[1:-1]:
        return False
    at = len(other) - 1 - other[::-1].index("of")
    place = other[at + 1 :]
    return at > 1 and one == (*place, *other[:at]) and is_place_word(" ".join(place))


@cache
def _two_universities() -> frozenset[tuple[str, ...]]:
    """Pairs of names, folded and sorted, that are two universities' although they are of the same words."""
    return frozenset(tuple(sorted(map(fold, row))) for row in table("identity_universities"))


def _abbreviated(name: str, plain: tuple[str, ...]) -> bool:
    """Whether a name begins with an acronym of the first words of the other, and has the rest in common with it."""
    acronym = _leading_acronym(name)
    if not acronym:
        return False
    heavy = [word for word in without_legal_form(name) if word not in SMALL_WORDS][1:]
    others = [word for word in plain if word not in SMALL_WORDS]
    first = others[: len(others) - len(heavy)]
    return bool(heavy) and others[len(first) :] == heavy and "".join(word[0] for word in first) == acronym


def translated(one: str, other: str, acronym: str) -> bool:
    """Whether two names that both bear an acronym, which only the one's initials give, have a word in common, as one
    name in two languages: "Movimiento al Socialismo" and "Movement for Socialism", MAS.
    """
    if (acronym_of(one) == acronym) == (acronym_of(other) == acronym):
        return False
    words, others = ([word for word in plain_words(name) if len(word) >= COGNATE] for name in (one, other))
    return any(word[:COGNATE] == other[:COGNATE] for word in words for other in others)
