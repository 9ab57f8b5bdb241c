"""Names of people: their parts, and how frequent they are."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Final

from kg.identity.romanisation import korean_keys
from kg.identity.spelling import fold
from kg.words import classes, table, words

_CLASSES: Final = classes("identity_classes")
SUFFIXES: Final = frozenset(_CLASSES["suffixes"])
PARTICLES: Final = frozenset(_CLASSES["particles"])
ALSO_GIVEN: Final = frozenset(_CLASSES["particles also given"])
ARTICLES: Final = frozenset(_CLASSES["articles"])
ADDRESS: Final = frozenset(_CLASSES["forms of address"])
TITLES_BEFORE: Final = frozenset(_CLASSES["offices before a name"])
BEFORE_GIVEN: Final = frozenset(_CLASSES["titles before a given name"])
CLERICS: Final = frozenset(_CLASSES["honorifics of clerics"])
BEFORE_RANKS: Final = frozenset(_CLASSES["first words of ranks"])
AFTER_NAMES: Final = frozenset(_CLASSES["letters after a name"])
VIETNAMESE_MIDDLE: Final = frozenset(_CLASSES["middle names of Vietnam"])

FEWEST_CAPITALS: Final = 2
"""So many capitals have the letters of an honour at least: QC, PhD."""

LONG: Final = 5
"""Letters of a long name: a family name of so many that no list has is hardly borne by several who are told of."""

FEWEST_OF_DOUBLE: Final = 4
"""Letters of each half of a double family name, at least."""

PATRONYMIC: Final = _CLASSES["endings of patronymics"]

SERVANT = re.compile(r"abd(?:[aeou]|ou)[lr](?=(?!l)[a-z]{3})-?")
"""How names like Abdulrahman and Abderrahman begin, which are also written as two words or three."""

GENDERED: Final = {
    **dict.fromkeys(_CLASSES["honorifics of men"], "m"),
    **dict.fromkeys(_CLASSES["honorifics of women"], "f"),
}
"""Honorifics that only men, or only women, have."""


@dataclass(frozen=True, slots=True)
class PersonalName:
    """The folded parts of a person's name. ``words`` holds all but honorifics and suffix; ``family`` its last ones,
    with particles and hyphened parts; ``given`` the ones before. ``gender`` is that of an honorific, m or f.
    """

    words: tuple[str, ...]
    given: tuple[str, ...]
    family: tuple[str, ...]
    suffix: str = ""
    gender: str = ""

    @property
    def compact(self) -> str:
        """All letters in a row."""
        return "".join(self.words)

    @property
    def single(self) -> bool:
        """Whether the name is a family name, or a given one, alone."""
        return not self.given

    @property
    def double(self) -> str:
        """The letters of a double family name in a row: "ocasiocortez"; "" for others."""
        double = len(self.family) == 2 and min(map(len, self.family)) >= FEWEST_OF_DOUBLE
        return "".join(self.family) if double and PARTICLES.isdisjoint(self.family) else ""


@cache
def _honorifics() -> frozenset[str]:
    titles = {row[0] for row in table("names_titles")}
    positions = {row[0] for row in table("titles")} - {row[0] for row in table("names_given")}
    return frozenset(titles | positions | ADDRESS | TITLES_BEFORE | CLERICS | GENDERED.keys()) - {"king", "sheikh"}


def _without_honorifics(words: list[str]) -> list[str]:
    """The words of a name without titles before them: "Wing Commander Ada Obi" is Ada Obi, "Prime Minister Obi" Obi."""
    while len(words) > 2 and max(map(len, words[:2])) > 1:
        of_two = " ".join(words[:2]) in _honorifics() or _is_rank(words)
        if words[0] in _honorifics():
            words = words[1:]
        elif of_two and (len(words) > 3 or words[1] not in BEFORE_GIVEN):
            words = words[2:]
        else:
            break
    return words[1:] if len(words) == 2 and words[0] in ADDRESS | TITLES_BEFORE else words


def _is_rank(words: list[str]) -> bool:
    """Whether words begin with a rank of two words: Wing Commander."""
    return words[0] in BEFORE_RANKS and words[1] in _honorifics()


@cache
def pet_forms() -> dict[str, frozenset[tuple[str, int]]]:
    """Each form of a given name with the names that it may stand for, and the rows of the lists that say so."""
    forms: dict[str, set[tuple[str, int]]] = {}
    rows = (*table("names_nicknames"), *table("identity_pets"), *table("identity_given"))
    for row, (name, *short) in enumerate(rows):
        for form in (name, *short):
            forms.setdefault(form, set()).add((name, row))
    return {form: frozenset(names) for form, names in forms.items()}


@cache
def pet_rows() -> int:
    """How many of the rows are of a name and its pet forms; the others are of forms of equal rank."""
    return len(table("names_nicknames")) + len(table("identity_pets"))


@cache
def genders_of_names() -> dict[str, str]:
    """Given names that only men have, or only women: m or f."""
    return {row[0]: row[1] for row in table("names_given") if row[1] in ("m", "f")}


@cache
def _given_names() -> frozenset[str]:
    return frozenset(row[0] for row in table("names_given"))


@cache
def family_names() -> frozenset[str]:
    """Family names, folded, that a list has."""
    return words("names_family")


@cache
def neighbours() -> dict[str, frozenset[int]]:
    """Family names, folded, that sound like others of their languages and are no spellings of these, by rows."""
    rows: dict[str, set[int]] = {}
    for row, names in enumerate(table("identity_neighbours")):
        for name in names:
            rows.setdefault(name, set()).add(row)
    return {name: frozenset(found) for name, found in rows.items()}


@cache
def _common() -> frozenset[tuple[str, str]]:
    return frozenset((row[1], row[0]) for row in table("identity_common"))


def _without_letters(name: str) -> str:
    """A name without the letters of honours, degrees and offices after it: "Ada Obi OBE QC"."""
    parts = name.split()
    while len(parts) > 2 and not name.isupper():
        letters = re.sub(r"[.,]", "", parts[-1])
        if letters.lower() not in AFTER_NAMES or sum(map(str.isupper, letters)) < FEWEST_CAPITALS:
            break
        parts.pop()
    return " ".join(parts) if len(parts) < len(name.split()) else name


def _is_double_family_name(words: list[str], name: str) -> bool:
    """Whether two words are a hyphened family name alone, and no double given name: Ocasio-Cortez, not Jean-Claude."""
    long = len(words) == 2 and min(map(len, words)) >= FEWEST_OF_DOUBLE
    given = any(map(is_frequent_given_name, words)) or korean_keys(("kim", *words))
    return long and "-".join(words) in fold(name).split() and not given


@lru_cache(maxsize=1 << 15)
def personal_name(name: str) -> PersonalName:
    """Take a name apart.

    >>> personal_name("Dr. Ursula von der Leyen").family
    ('von', 'der', 'leyen')
    """
    name = re.sub(r"\b([AE]l)(?=[A-Z][a-z])", r"\1 ", _without_letters(name))  # ElBaradei
    words = re.split(r"[\s-]+", fold(re.sub(r'[,"“”„]+', " ", name).replace(".", ". ")))
    hyphened = {w for part in fold(name).split() if "-" in part for w in part.split("-")[1:]}
    words = [part for word in words if word for part in _parts(word)]
    if re.match(r"[A-Z]{2,3}\s", name) and len(words) > 1 and not name.isupper() and words[0] not in _honorifics():
        words = [*words[0], *words[1:]]  # RJ Fielding
    if words[:1] == ["the"] and _honorifics().intersection(words[1:2]):
        words = words[1:]
    gender = GENDERED.get(words[0], "") if len(words) > 1 else ""
    words = _without_honorifics(words)
    suffix = words.pop() if len(words) > 2 and words[-1] in SUFFIXES else ""
    words = [*words[:1], *(_PARTICLES_AS_ONE.get(word, word) for word in words[1:])]
    words = [word for i, word in enumerate(words) if not (word in ARTICLES and 0 < i < len(words) - 1)]
    begin = len(words) - 1
    while begin > 0 and (words[begin] in hyphened or words[begin - 1] in PARTICLES):
        if begin == 1 and words[0] in ALSO_GIVEN and words[1] not in hyphened:
            break
        begin -= 1
    if begin == 0 and len(words) > 1 and words[0] not in PARTICLES and not _is_double_family_name(words, name):
        begin = 1
    suffix = {"junior": "jr", "jnr": "jr", "senior": "sr", "snr": "sr"}.get(suffix, suffix)
    return PersonalName(tuple(words), tuple(words[:begin]), tuple(words[begin:]), suffix, gender)


@cache
def _people() -> dict[str, str]:
    rows = [[personal_name(name) for name in row] for row in table("identity_people")]
    return {name.compact + name.suffix: row[0].compact for row in rows for name in row}


def person_of(name: PersonalName) -> str | None:
    """What stands for all names of a person known by several that have nothing in common; None for others."""
    return _people().get(name.compact + name.suffix)


_PARTICLES_AS_ONE: Final = {"ben": "bin", "el": "al", "wuld": "ould", "wald": "ould"}
"""Particles as French and English spell them, where no name begins with them."""

_PLAIN_PARTICLES: Final = {**dict.fromkeys(("abdul", "abdel", "abdal", "abdoul"), "abd"), "ibn": "bin"}


def _parts(word: str) -> list[str]:
    """The word; of names like Abdulrahman its two."""
    match = SERVANT.match(word)
    if match:
        return ["abd", word[match.end() :]]
    return [_PLAIN_PARTICLES.get(word, word)]


def common(name: PersonalName) -> bool:
    """Whether several people of that name are to be expected: a frequent given and a frequent family name, an initial
    and a family name that is no rare one, or a list has several who are known.
    """
    if name.single or " ".join(name.words) in words("identity_homonyms"):
        return True
    known = _common()
    first, last = name.words[0], name.words[-1]
    if len(name.words) == 2 and len(first) == 1:
        return not rare(name)
    western = ("given", first) in known and ("family", last) in known
    short = len(last) <= 5 and (len(name.words) == 2 or (len(name.words) == 3 and name.words[1] in VIETNAMESE_MIDDLE))
    eastern = ("family", first) in known and (short or ("given", last) in known)
    korean = len(name.words) == 3 and ("family", first) in known and bool(korean_keys(name.words))
    return western or eastern or korean or (("family", first) in known and ("family", last) in known)


def rare(name: PersonalName) -> bool:
    """Whether the family name is a long one that no list has, and neither a given name nor made of a father's name."""
    family = name.words[-1]
    known = family in family_names() or family in words("identity_family") or family in _given_names()
    known = known or family.endswith(PATRONYMIC)
    return len(family) >= LONG and not known


def frequent_part(name: PersonalName) -> bool:
    """Whether the given or the family name is frequent in its country."""
    kinds = ("given", "family")
    return any((kind, word) in _common() for word in (*name.words[:1], *name.words[-1:]) for kind in kinds)


def is_frequent_given_name(word: str) -> bool:
    """Whether a given name is frequent in its country."""
    return ("given", word) in _common()


def is_frequent_family_name(word: str) -> bool:
    """Whether a family name is frequent in its country."""
    return ("family", word) in _common()


def both_given(name: PersonalName) -> bool:
    """Whether first and last word are frequent given names: then the two orders may well be two people's."""
    known = _common()
    return ("given", name.words[0]) in known and ("given", name.words[-1]) in known


def articleless(name: PersonalName) -> tuple[str, ...]:
    """The words of the family name without articles."""
    return tuple(word for word in name.family if word not in ARTICLES)
