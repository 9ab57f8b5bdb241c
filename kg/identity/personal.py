"""Names of people: their parts, and in what way two of them may be one person's.

:func:`relation` gives the way in words with what it needs to be believed, in the points of evidence that
``kg.identity.evidence`` counts: 0 for mere typography, more the more people could share such a pair of names.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Final

from kg.identity.romanisation import chinese_keys, japanese_key, korean_keys, one_in_chinese, pinyin
from kg.identity.spelling import (
    WORD,
    adds_a,
    fold,
    in_english_spelling,
    romanised,
    skeleton,
    sound_code,
    sounds_alike,
    undoubled,
)
from kg.words import classes, table, words

_CLASSES: Final = classes("identity_classes")
SUFFIXES: Final = frozenset(_CLASSES["suffixes"])
NUMERAL = re.compile(r"(?=[ivx])x{0,3}(?:ix|iv|v?i{0,3})")
"""A Roman numeral, as those of popes and kings, folded."""

PARTICLES: Final = frozenset(_CLASSES["particles"])
ALSO_GIVEN: Final = frozenset(_CLASSES["particles also given"])
ARTICLES: Final = frozenset(_CLASSES["articles"])
ADDRESS: Final = frozenset(_CLASSES["forms of address"])
CLERICS: Final = frozenset(_CLASSES["honorifics of clerics"])
BEFORE_RANKS: Final = frozenset(_CLASSES["first words of ranks"])
VIETNAMESE_MIDDLE: Final = frozenset(_CLASSES["middle names of Vietnam"])

SERVANT = re.compile(r"abd(?:[aeou]|ou)[lr](?=(?!l)[a-z]{3})-?")
"""How names like Abdulrahman and Abderrahman begin, which are also written as two words or three."""

GENDERED: Final = {
    **dict.fromkeys(_CLASSES["honorifics of men"], "m"),
    **dict.fromkeys(_CLASSES["honorifics of women"], "f"),
}
"""Honorifics that only men, or only women, have."""


INITIAL: Final = "the given name cut to its initial"

SAME_INITIAL: Final = re.compile(r"(?:kh|ch|h|g)(?=[aeourly])")
LONG: Final = 6
"""A name of so many letters may be spelt with either of the above: Khodorkovsky, Chodorkowski."""


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


@dataclass(frozen=True, slots=True)
class Relation:
    """How two names may be one thing's: ``way`` in words, and the evidence it ``needs`` beyond the names.

    ``home`` is the country, folded, that the one of the names leaves out: its articles must be at home there.
    """

    way: str
    needs: float
    home: str | None = None


@cache
def _honorifics() -> frozenset[str]:
    titles = {row[0] for row in table("names_titles")} - {"king", "sheikh"}
    titles |= CLERICS
    positions = {row[0] for row in table("titles")} - {row[0] for row in table("names_given")} - {"sheikh"}
    return frozenset(titles | positions | {"mr", "mrs", "ms", "miss", "dr", "prof", "sir", "dame", "lord", "lady"})


def _without_honorifics(words: list[str]) -> list[str]:
    """The words of a name of three or more without titles before them: "Wing Commander Ada Obi" is Ada Obi."""
    if len(words) == 2 and words[0] in ADDRESS:
        return words[1:]
    while len(words) > 2 and max(map(len, words[:2])) > 1:
        if words[0] in _honorifics():
            words = words[1:]
        elif len(words) > 3 and words[0] in BEFORE_RANKS and words[1] in _honorifics():
            words = words[2:]
        else:
            break
    return words


@cache
def _pet_forms() -> dict[str, frozenset[tuple[str, int]]]:
    """Each form of a given name with the names that it may stand for, and the rows of the lists that say so."""
    forms: dict[str, set[tuple[str, int]]] = {}
    rows = (*table("names_nicknames"), *table("identity_pets"), *table("identity_given"))
    for row, (name, *short) in enumerate(rows):
        for form in (name, *short):
            forms.setdefault(form, set()).add((name, row))
    return {form: frozenset(names) for form, names in forms.items()}


@cache
def _pets() -> int:
    """How many of the rows are of a name and its pet forms; the others are of forms of equal rank."""
    return len(table("names_nicknames")) + len(table("identity_pets"))


@cache
def _genders() -> dict[str, str]:
    """Given names that only men have, or only women: m or f."""
    return {row[0]: row[1] for row in table("names_given") if row[1] in ("m", "f")}


@cache
def _family_names() -> frozenset[str]:
    return words("names_family")


@cache
def _common() -> frozenset[tuple[str, str]]:
    return frozenset((row[1], row[0]) for row in table("identity_common"))


@lru_cache(maxsize=1 << 15)
def personal_name(name: str) -> PersonalName:
    """Take a name apart.

    >>> personal_name("Dr. Ursula von der Leyen").family
    ('von', 'der', 'leyen')
    """
    name = re.sub(r"\b([AE]l)(?=[A-Z][a-z])", r"\1 ", name)  # ElBaradei
    words = re.split(r"[\s-]+", fold(re.sub(r'[,"“”„]+', " ", name).replace(".", ". ")))
    hyphened = {w for part in fold(name).split() if "-" in part for w in part.split("-")[1:]}
    words = [part for word in words if word for part in _parts(word)]
    if re.match(r"[A-Z]{2,3}\s", name) and len(words) > 1 and not name.isupper():
        words = [*words[0], *words[1:]]  # RJ Fielding
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
    if begin == 0 and len(words) > 1 and words[0] not in PARTICLES:
        begin = 1
    suffix = {"junior": "jr", "senior": "sr"}.get(suffix, suffix)
    return PersonalName(tuple(words), tuple(words[:begin]), tuple(words[begin:]), suffix, gender)


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
    """Whether several people of that name are to be expected: a frequent given and a frequent family name."""
    if name.single:
        return True
    known = _common()
    first, last = name.words[0], name.words[-1]
    western = ("given", first) in known and ("family", last) in known
    short = len(last) <= 5 and (len(name.words) == 2 or (len(name.words) == 3 and name.words[1] in VIETNAMESE_MIDDLE))
    eastern = ("family", first) in known and (short or ("given", last) in known)
    korean = len(name.words) == 3 and ("family", first) in known and bool(korean_keys(name.words))
    return western or eastern or korean or (("family", first) in known and ("family", last) in known)


def frequent_part(name: PersonalName) -> bool:
    """Whether the given or the family name is frequent in its country."""
    kinds = ("given", "family")
    return any((kind, word) in _common() for word in (*name.words[:1], *name.words[-1:]) for kind in kinds)


def blocking_keys(name: PersonalName) -> set[str]:
    """Keys of which names that may be one person's share at least one; few names share each."""
    words = name.words
    if name.single:
        return set()
    keys = set()
    for first, last in ((words[0], words[-1]), (words[-1], words[0])):
        for given in {name for name, _ in _pet_forms().get(first, ())} | {first}:
            keys.add(f"{skeleton(last)} {skeleton(given)}")
            if len(last) >= LONG and (initial := SAME_INITIAL.match(last)):
                keys.add(f"h{skeleton(last[initial.end() :])} {skeleton(given)}")
    if len(words) > 2:
        forms = {name for name, _ in _pet_forms().get(words[1], ())} | {words[1]}
        keys |= {f"{skeleton(words[-1])} {skeleton(form)}" for form in forms}  # the first given name left out
        keys.add(f"{skeleton(words[-2])} {skeleton(words[0])}")  # a second family name added
        keys.add(f"{skeleton(words[0])} {skeleton(words[1])}")
        keys.add(f"{skeleton(words[1])} {skeleton(words[0])}")
    if len(words) > 3:
        keys.add(f"{skeleton(words[-2])} {skeleton(words[1])}")  # the mother's name and the first given one left out
        keys |= {f"{skeleton(family)} {skeleton(words[0])}" for family in name.family[:-1]}
    for spelt in english_spellings(name).values():
        keys.add(f"{skeleton(spelt[-1])} {skeleton(spelt[0])}")
    keys.add("=" + "".join(sorted(letter for letter in undoubled(name.compact) if letter not in "aeiouyh")))
    keys |= {"=zh " + key for key in chinese_keys(words)} | {"=ko " + key for key in korean_keys(words)}
    if japanese := japanese_key(words):
        keys.add("=ja " + japanese)
    return keys


def relation(one: PersonalName, other: PersonalName) -> Relation | None:
    """In what way the two may name one person; None where they cannot."""
    if not one.words or not other.words:
        return None  # signs only
    if len(one.words) < len(other.words):
        one, other = other, one  # ``one`` has as many words or more
    if one.suffix and other.suffix and one.suffix != other.suffix:
        return None
    if one.gender and other.gender and one.gender != other.gender:
        return None
    if _is_wife_of(one) or _is_wife_of(other):
        return None
    numerals = [name.suffix or name.words[-1] for name in (one, other)]
    if numerals[0] != numerals[1] and all(map(NUMERAL.fullmatch, numerals)):
        return None
    found = _relation(one, other)
    if found and one.suffix != other.suffix:
        return Relation(f"{found.way}, '{one.suffix or other.suffix}' left out", max(found.needs, 3.0))
    return found


def _is_wife_of(name: PersonalName) -> bool:
    """Whether a name is a woman's by that of her husband: Mrs Robert Alden."""
    return name.gender == "f" and _genders().get(name.words[0]) == "m"


def _relation(one: PersonalName, other: PersonalName) -> Relation | None:
    if one.compact == other.compact:
        return Relation("one name but for typography", 0.0)
    if other.single or one.single:
        return _by_family_name(one, other)
    if _rotated(one, other):
        return Relation("family name first in one of them", 3.0 if _both_given(one) else 1.0)
    a, b = one.words, other.words
    if pinyin(a) and pinyin(b):
        return _by_romanisation(one, other)  # each letter counts
    if _is_half(one, other):
        return Relation("a double family name in one of them", 3.0 if common(other) else 1.5)
    if a[-1] == b[-1] or _family_alike(a[-1], b[-1]) or _articleless(one) == _articleless(other):
        given = _given(one, other)
        if given and (a[-1] == b[-1] or _articleless(one) == _articleless(other)):
            return given
        if given:
            return Relation(f"{given.way}, two spellings of the family name", given.needs + (0.5 if common(one) else 0))
    added = 1.5 if one.family[0] == b[-1] and not common(other) else 3.0
    double = len(one.family) > 1 and len(other.family) == 1 and one.given == other.given
    if double and b[-1] in (one.family[0], one.family[-1]) and b[-1] not in PARTICLES:
        return Relation("a double family name in one of them", added)
    if len(b) >= 2 and len(a) > len(b):
        if a[: len(b)] == b or _alike(a[: len(b)], b):
            return Relation("a second family name left out", 3.0 if common(other) else 1.5)
        if _given_alike(a[-len(b)], b[0]) and all(map(sounds_alike, a[1 - len(b) :], b[1:])):
            return Relation("a first given name left out", 2.5)
        if len(a) >= 4 and b[-1] in a[-2:] and b[-1] not in PARTICLES and _within(b, a):
            return Relation("a given or family name left out", 3.0)
    spelt = 1.5 if common(one) or common(other) else 1.0
    if len(a) == len(b) and _alike(a, b):
        return Relation("two spellings of one name", spelt)
    if _family_alike(a[-1], b[-1]) and _given_alike(a[0], b[0]) and _middle_fits(one.words[1:-1], other.words[1:-1]):
        return Relation("two spellings of one name", spelt + 0.5)
    whole = len(a) != len(b) and min(map(len, a + b)) > 1
    if whole and a[0][0] == b[0][0] and len(skeleton(one.compact)) > 4 and sounds_alike(one.compact, other.compact):
        return Relation("two spellings of one name", 2.0)
    return _by_romanisation(one, other) or _as_elsewhere(one, other) or _by_sound(one, other)


def _as_elsewhere(one: PersonalName, other: PersonalName) -> Relation | None:
    """Names of which one is spelt as newspapers of another language would: Chahine for Shahin, Schadan for Zhadan."""
    if len(one.words) != len(other.words) or min(map(len, one.words + other.words)) == 1:
        return None
    for name, spelt in ((one, other), (other, one)):
        for language, english in english_spellings(name).items():
            if _alike(english, spelt.words):
                return Relation(f"one name, in {language} spelling in one of them", 1.5)
    return None


def english_spellings(name: PersonalName) -> dict[str, tuple[str, ...]]:
    """The words of a name as English newspapers would write it, by each language whose spelling it may be in."""
    found = [in_english_spelling(word) for word in name.words]
    languages = sorted({language for spelt in found for language in spelt})
    given, last = list(zip(name.words[:-1], found[:-1], strict=True)), found[-1]
    return {
        language: (
            *(_with_its_end(word, spelt.get(language, word)) for word, spelt in given),
            last.get(language, name.words[-1]),
        )
        for language in languages
    }


def _with_its_end(given: str, spelt: str) -> str:
    """A given name in another spelling, with the mute "e" that tells a woman's: Martine."""
    return f"{spelt}e" if given[-1] == "e" != spelt[-1] else spelt


_H: Final = re.compile(r"k?h|ch(?=[rlmn])")


def _is_half(one: PersonalName, other: PersonalName) -> bool:
    """Whether the second is called by one half of the first's hyphened family name."""
    halves = one.family
    double = len(halves) == 2 and len(other.family) == 1 and PARTICLES.isdisjoint(halves)
    given = len(one.given) == len(other.given) and all(map(_given_alike, one.given, other.given))
    return double and other.family[0] in halves and given


def _by_sound(one: PersonalName, other: PersonalName) -> Relation | None:
    """Names of equal consonants but for voice and hissing, as other languages spell a foreign name: Jelev for Zhelev.

    Their bearers are compared only where they have posts in one body.
    """
    if sound_code_of(one) != sound_code_of(other) or min(len(one.compact), len(other.compact)) < LONG:
        return None
    if min(map(len, one.words + other.words)) == 1 or bool(_H.match(one.words[0])) != bool(_H.match(other.words[0])):
        return None  # an initial tells people apart
    first, second = ("".join(word for word in name.given if word not in ARTICLES) for name in (one, other))
    genders = _genders().get(one.words[0]), _genders().get(other.words[0])
    if None not in genders and genders[0] != genders[1]:
        return None
    family, other_family = one.words[-1], other.words[-1]
    if family != other_family and {family, other_family} <= _family_names():
        return None
    for word, spelt in ((first, second), (family, other_family)):
        if adds_a(word, spelt) or (min(len(word), len(spelt)) < WORD and not _given_alike(word, spelt)):
            return None
    if len(_systems(one) | _systems(other)) > 1:
        return None  # each letter counts
    if _given_alike(first, second) and skeleton(family) == skeleton(other_family):
        return Relation("two spellings of the family name", 2.0)
    return Relation("two spellings of one name in other languages", 3.0)


def sound_code_of(name: PersonalName) -> str:
    """The sound code of a whole name without articles."""
    return sound_code("".join(word for word in (*name.given, *_articleless(name)) if word not in ARTICLES))


def _systems(name: PersonalName) -> frozenset[str]:
    """The name as languages have it that are romanised by systems."""
    japanese = japanese_key(name.words)
    return korean_keys(name.words) | ({japanese} if japanese else frozenset())


def _by_romanisation(one: PersonalName, other: PersonalName) -> Relation | None:
    a, b = one.words, other.words
    if korean_keys(a) & korean_keys(b):
        return Relation("one Korean name in two romanisations", 1.5)
    if one_in_chinese(a, b):
        return Relation("one Chinese name in two romanisations", 1.0)
    if (japanese := japanese_key(a)) and japanese == japanese_key(b):
        return Relation("one Japanese name in two romanisations", 1.5)
    return None


def _alike(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Whether two rows of words are, word by word, spellings of one another."""
    return (
        _given_alike(one[0], other[0])
        and _family_alike(one[-1], other[-1])
        and all(map(sounds_alike, one[1:-1], other[1:-1]))
    )


def _given_alike(one: str, other: str) -> bool:
    """Whether two given names may be spellings of one, and not those of a man and a woman."""
    if one == other:
        return True
    if _one_of_row(one, other):
        return True
    genders = _genders().get(one), _genders().get(other)
    mute = one.removesuffix("e") == other.removesuffix("e") and min(len(one), len(other)) > 2
    return (None in genders or genders[0] == genders[1]) and (mute or sounds_alike(one, other))


def _family_alike(one: str, other: str) -> bool:
    """Whether two family names may be spellings of one. Two that a list of family names has are two if their vowels
    differ: Hansen and Hanson.
    """
    if one == other or romanised(one) == romanised(other):
        return True
    if {one, other} <= _family_names():
        return False
    if sounds_alike(one, other):
        return True
    cut = tuple(SAME_INITIAL.sub("h", name) for name in (one, other) if len(name) >= LONG)
    return len(cut) == 2 and cut != (one, other) and sounds_alike(*cut)


def _one_of_row(one: str, other: str) -> bool:
    """Whether a list has two given names as forms of one. Of two pet forms (Sally and Sadie) neither stands for the
    other.
    """
    shared = _pet_forms().get(one, frozenset()) & _pet_forms().get(other, frozenset())
    return any(row >= _pets() or name in (one, other) for name, row in shared)


def _within(short: tuple[str, ...], long: tuple[str, ...]) -> bool:
    """Whether the words of the shorter name are among those of the longer, in their order."""
    rest = iter(long[1:])
    begins = _given_alike(short[0], long[0]) or any(word == short[0] for word in rest)
    return (
        begins and min(map(len, short + long)) > 1 and all(any(word == other for other in rest) for word in short[1:])
    )


def _by_family_name(one: PersonalName, other: PersonalName) -> Relation | None:
    if one.single and other.single:
        alike = one.words == other.words or all(map(sounds_alike, one.words, other.words))
        return Relation("a single name", 2.5) if alike and len(one.words) == len(other.words) else None
    full, single = (other, one) if one.single else (one, other)
    if (
        full.family == single.words
        or full.words[-1:] == single.words
        or full.words[-len(single.words) :] == single.words
    ):
        return Relation("the family name alone", 3.0)
    return None


def _rotated(one: PersonalName, other: PersonalName) -> bool:
    """Whether a name is the other with its first or last word moved to the other end."""
    if sorted(one.compact) != sorted(other.compact):
        return False
    words = one.words
    turned = {"".join(words[i:] + words[:i]) for i in range(1, len(words))} | {"".join(reversed(words))}
    return other.compact in turned


def _both_given(name: PersonalName) -> bool:
    """Whether first and last word are frequent given names: then the two orders may well be two people's."""
    known = _common()
    return ("given", name.words[0]) in known and ("given", name.words[-1]) in known


def _articleless(name: PersonalName) -> tuple[str, ...]:
    return tuple(word for word in name.family if word not in ARTICLES)


def _given(one: PersonalName, other: PersonalName) -> Relation | None:
    """How the given names of two people of one family name may be one person's."""
    a, b = one.words[:-1], other.words[:-1]
    first, second = a[0], b[0]
    if first == second:
        if a[1:] == b[1:]:
            return Relation("one name but for an article or particle", 0.5)
        if not _middle_fits(a[1:], b[1:]):
            return None
        if a[1:] and b[1:]:
            return Relation("a middle name cut short", 0.5 if common(other) else 0.0)
        return Relation("a middle name left out", 1.5 if common(other) else 0.0)
    if len(first) == 1 or len(second) == 1:
        if first[0] != second[0] or not _middle_fits(a[1:], b[1:]):
            return None
        several = a[1:] and b[1:]
        return Relation("the given names cut to their initials" if several else INITIAL, 1.0 if several else 2.5)
    if _one_of_row(first, second) and _middle_fits(a[1:], b[1:]):
        return Relation("two forms of one given name", 1.5 if common(one) or common(other) else 1.0)
    if _given_alike(first, second) and _middle_fits(a[1:], b[1:]):
        return Relation("two spellings of the given name", 1.5 if common(one) or common(other) else 1.0)
    return None


def _middle_fits(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Whether two rows of middle names agree, word by word, an initial standing for a name; one may be left out."""
    if not one or not other:
        return True
    if len(one) != len(other):
        shorter, longer = sorted((one, other), key=len)
        rest = iter(longer)
        return min(map(len, longer)) > 1 and all(any(word == name for name in rest) for word in shorter)
    return all(
        a == b or (1 in (len(a), len(b)) and a[0] == b[0]) or sounds_alike(a, b)
        for a, b in zip(one, other, strict=True)
    )
