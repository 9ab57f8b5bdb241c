"""In what way two names of people may be one person's, and by which keys such names are found.

:func:`relation` gives the way in words with what it needs to be believed, in the points of evidence that
``kg.identity.evidence`` counts: 0 for mere typography, more the more people could share such a pair of names.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

from kg.identity.personal import (
    ARTICLES,
    LONG,
    PARTICLES,
    PATRONYMIC,
    PersonalName,
    articleless,
    both_given,
    common,
    family_names,
    frequent_part,
    genders_of_names,
    is_frequent_family_name,
    is_frequent_given_name,
    neighbours,
    person_of,
    pet_forms,
    pet_rows,
    rare,
)
from kg.identity.relation import Relation
from kg.identity.romanisation import (
    chinese_keys,
    japanese_key,
    korean_keys,
    korean_keys_either_way,
    one_in_chinese,
    pinyin,
)
from kg.identity.spelling import (
    WORD,
    adds_a,
    in_english_spelling,
    romanised,
    skeleton,
    sound_code,
    sounds_alike,
    undoubled,
)
from kg.identity.titles import LIFELONG
from kg.words import classes

NUMERAL = re.compile(r"(?=[ivx])x{0,3}(?:ix|iv|v?i{0,3})")
"""A Roman numeral, as those of popes and kings, folded."""

INITIAL: Final = "the given name cut to its initial"
GIVEN_FORM: Final = "two forms of one given name"
GIVEN_SPELT: Final = "two spellings of the given name"
FOREIGN: Final = "two spellings of one name in other languages"

LEAST: Final = 0.5
"""So much evidence a rare name needs beside it: a country, a walk of life."""

FAME: Final = 1.5
"""So much less evidence at most a name needs that only a well-known person has."""

LITTLE_FAME: Final = 0.5
"""So much less a name that others have as well."""

UNUSUAL: Final = 0.5
"""So much less two forms of a name that is not frequent."""

ROYAL: Final = frozenset(classes("identity_classes")["titles before a given name"])
"""Titles of rulers and notables that stand before a given name."""

SONS: Final = frozenset((word,) for word in classes("identity_classes")["sons and daughters"])
"""Words between the name of a son or daughter and that of the father."""

FEWEST_INITIALS: Final = 3
"""So many words has a name at least that goes by its initials: JFK."""

IN_HONG_KONG: Final = frozenset(classes("identity_classes")["family names of Hong Kong"])

LONGEST_SYLLABLE: Final = 6
"""Letters of a Chinese syllable at most."""

FAMILY_ALONE: Final = "the family name alone"
SINGLE: Final = "a single name"

TELLING: Final = 4
"""Letters of a given name by which alone somebody may be known, at least."""

SAME_INITIAL: Final = re.compile(r"(?:kh|ch|h|g)(?=[aeourly])")
"""How a long name may begin in two ways: Khodorkovsky, Chodorkowski."""


def blocking_keys(name: PersonalName) -> set[str]:
    """Keys of which names that may be one person's share at least one; few names share each."""
    words = name.words
    keys = {"@" + known} if (known := person_of(name)) else set()
    if name.single:
        return keys
    for first, last in ((words[0], words[-1]), (words[-1], words[0])):
        for given in {name for name, _ in pet_forms().get(first, ())} | {first}:
            keys.add(f"{skeleton(last)} {skeleton(given)}")
            if len(last) >= LONG and (initial := SAME_INITIAL.match(last)):
                keys.add(f"h{skeleton(last[initial.end() :])} {skeleton(given)}")
    if len(words) > 2:
        forms = {name for name, _ in pet_forms().get(words[1], ())} | {words[1]}
        keys |= {f"{skeleton(words[-1])} {skeleton(form)}" for form in forms}  # the first given name left out
        keys.add(f"{skeleton(words[-2])} {skeleton(words[0])}")  # a second family name added
        keys.add(f"{skeleton(words[0])} {skeleton(words[1])}")
        keys.add(f"{skeleton(words[1])} {skeleton(words[0])}")
    if len(called := _without_initials(words)) > 1:
        keys.add(f"{skeleton(called[-1])} {skeleton(called[0])}")
    if len(words) > 3:
        keys.add(f"{skeleton(words[-2])} {skeleton(words[1])}")  # the mother's name and the first given one left out
        keys |= {f"{skeleton(family)} {skeleton(words[0])}" for family in name.family[:-1]}
    for spelt in english_spellings(name).values():
        keys.add(f"{skeleton(spelt[-1])} {skeleton(spelt[0])}")
    keys.add("=" + "".join(sorted(letter for letter in undoubled(name.compact) if letter not in "aeiouyh")))
    keys |= {"=zh " + key for key in chinese_keys(words)} | {"=ko " + key for key in korean_keys_either_way(words)}
    if japanese := japanese_key(words):
        keys.add("=ja " + japanese)
    return keys


def family_first(name: PersonalName) -> bool:
    """Whether a name is Chinese or Korean, its family name the first word: Xi Jinping."""
    return bool(korean_keys(name.words) or chinese_keys(name.words))


def initials(name: PersonalName) -> str:
    """The first letters of all words of a name."""
    return "".join(word[0] for word in name.words)


def telling_given_names(name: PersonalName) -> set[str]:
    """The given names by which alone a person may be known: none that is frequent, or a family name as well."""
    known = {word for word in name.given if len(word) >= TELLING and not is_frequent_given_name(word)}
    return known - ROYAL - family_names()


def is_of_ruler(name: PersonalName) -> bool:
    """Whether a name is a title and a given name: King Bhumibol."""
    return len(name.words) == 2 and name.words[0] in ROYAL


def relation(one: PersonalName, other: PersonalName) -> Relation | None:
    """In what way the two may name one person; None where they cannot."""
    found = _by_their_words(one, other)
    if one.compact != other.compact and (known := person_of(one)) and known == person_of(other):
        needs = 1.5 if one.single or other.single else 1.0
        listed = Relation("two names of one person", needs, eased=min(needs, *map(_eased_by_fame, (one, other))))
        if found is None or found.asks > listed.asks:
            return listed
    return found


def _eased_by_fame(name: PersonalName) -> float:
    """How much less evidence a name of a well-known person needs: the more, the fewer others are to be expected."""
    if name.single:
        return LITTLE_FAME if name.compact in family_names() or name.compact in genders_of_names() else FAME
    return LITTLE_FAME if common(name) and name.words[0] not in ROYAL | LIFELONG else FAME


def _by_their_words(one: PersonalName, other: PersonalName) -> Relation | None:
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
    if found and (eased := min(_easing(found, one, other), found.needs - LEAST)) > found.eased:
        found = replace(found, way=f"{found.way}, and a rare one", eased=eased, of_heirs=found.way == FOREIGN)
    if found and one.suffix != other.suffix:
        left_out = one.suffix or other.suffix
        of_ruler = one.words[0] in ROYAL and NUMERAL.fullmatch(left_out)
        found = Relation(f"{found.way}, '{left_out}' left out", max(found.needs, 1.0 if of_ruler else 3.0))
    return found


def _easing(found: Relation, one: PersonalName, other: PersonalName) -> float:
    """How much less two names, the first no shorter, need as hardly several people have their family name.

    An initial stands for any given name, a pet form for several of a family, two given names that are told apart by a
    vowel may be two (Salim, Salem), and a name that is added may be another's.
    """
    if found.way in (INITIAL, GIVEN_SPELT) or found.one_post or found.one_body or other.single:
        return 0.0
    if family_first(one) or family_first(other) or japanese_key(one.words) or not rare(other):
        return 0.0
    if one.words[0] != other.words[0] and _is_pet_form(one.words[0], other.words[0]):
        return 0.0
    if len(one.words) > len(other.words):
        return 0.5 if one.words[-1] != other.words[-1] else 0.0
    if not rare(one):
        return 0.0
    return 2.0 if found.way == FOREIGN else 1.0


def _unusual(*names: PersonalName) -> float:
    """How much less forms of a name need of which none is frequent, or made of a father's."""
    return 0.0 if any(common(name) or name.words[-1].endswith(PATRONYMIC) for name in names) else UNUSUAL


def _is_wife_of(name: PersonalName) -> bool:
    """Whether a name is a woman's by that of her husband: Mrs Robert Alden."""
    return name.gender == "f" and genders_of_names().get(name.words[0]) == "m"


def _relation(one: PersonalName, other: PersonalName) -> Relation | None:
    if one.compact == other.compact and not (one.single and other.single):
        return Relation("one name but for typography", 0.0)
    if other.single or one.single:
        return _by_family_name(one, other)
    if _rotated(one, other):
        sure = family_first(one) or family_first(other)
        several = both_given(one) and (len(one.words) == 2 or not sure)
        needs = 3.0 if several else 0.0 if sure else 1.0 if frequent_part(one) else 0.5
        return Relation("family name first in one of them", needs)
    a, b = one.words, other.words
    if a[-len(b) :] == b and a[-len(b) - 1 : -len(b)] in SONS:
        return None  # Hamdan bin Rashid is a son of Rashid
    if one.words[0] in ROYAL and a[:-1] == b and NUMERAL.fullmatch(a[-1]):
        return Relation("the number of a ruler left out", 1.0)
    if any(is_of_ruler(x) and x.words[1] in telling_given_names(y) for x, y in ((one, other), (other, one))):
        return Relation("the given name of a ruler alone", 2.0, one_body=True)
    if _with_english_name(one, other) or _with_english_name(other, one):
        return Relation("an English given name in place of the Chinese one", 3.0, one_post=True)
    if pinyin(a) and pinyin(b):
        return _by_romanisation(one, other)  # each letter counts
    if _is_half(one, other):
        return Relation("a double family name in one of them", 3.0 if common(other) else 1.0)
    if len(a) > len(b) and _without_initials(a) == b:
        needs = (1.5 if len(a) == len(b) + 1 else 1.0) + common(other)
        return Relation("the initials before the name left out", needs)
    if _begins_with_its_initial(a, b) or _begins_with_its_initial(b, a):
        several = common(other) or "abd" in b  # Abdul Rahman is one given name, which many have
        return Relation("the first given name cut to its initial", 0.5 + several)
    if a[-1] == b[-1] or _family_alike(a[-1], b[-1]) or articleless(one) == articleless(other):
        one_family = a[-1] == b[-1] or articleless(one) == articleless(other)
        given = _given(one, other, one_family and rare(one))
        if given and one_family:
            return given
        if given:
            return Relation(
                f"{given.way}, two spellings of the family name", given.needs + 0.5 * (common(one) or common(other))
            )
    if len(b) >= 2 and len(a) > len(b):
        if _middle_cut_short(a, b):
            return Relation("a second family name left out, and a middle name cut short", 3.0 if common(other) else 1.0)
        if a[: len(b)] == b and _is_chinese_given_name(one.family, b[-1]):
            return Relation("the Chinese given name left out", 1.5)
        if a[: len(b)] == b or _alike(a[: len(b)], b):
            needs = 3.0 if common(other) else 1.0 if len(a) == len(b) + 1 else 1.5
            return Relation("a second family name left out", needs, eased=_unusual(other) if needs == 1.0 else 0.0)
        if _given_alike(a[-len(b)], b[0]) and all(map(sounds_alike, a[1 - len(b) :], b[1:])):
            return Relation("a first given name left out", 2.5)
        if len(a) >= 4 and b[-1] in a[-2:] and b[-1] not in PARTICLES and _within(b, a):
            return Relation("a given or family name left out", 3.0)
    family, other_family = "".join(one.family), "".join(other.family)
    hyphened = len(one.family) != len(other.family) and PARTICLES.isdisjoint((*one.family, *other.family))
    if hyphened and _alike((*one.given, family), (*other.given, other_family)):
        return Relation("two spellings of the family name", 1.5 if common(one) or common(other) else 1.0)
    spelt = 1.5 if common(one) or common(other) else 1.0
    if len(a) == len(b) and _alike(a, b):
        return Relation("two spellings of one name", spelt)
    if _family_alike(a[-1], b[-1]) and _given_alike(a[0], b[0]) and _middle_fits(one.words[1:-1], other.words[1:-1]):
        return Relation("two spellings of one name", spelt + 0.5)
    whole = len(a) != len(b) and min(map(len, a + b)) > 1
    if whole and a[0][0] == b[0][0] and len(skeleton(one.compact)) > 4 and sounds_alike(one.compact, other.compact):
        return Relation("two spellings of one name", 2.0)
    return _by_romanisation(one, other) or _as_elsewhere(one, other) or _by_sound(one, other)


def _middle_cut_short(long: tuple[str, ...], short: tuple[str, ...]) -> bool:
    """Whether a name begins with another one but for a middle name that one of them cuts short: José Antonio Arrieta
    Solano, José A. Arrieta.
    """
    first, *middle, last = long[: len(short)]
    alike = first == short[0] and last == short[-1] and len(first) > 1
    return alike and tuple(middle) != short[1:-1] and _middle_fits(tuple(middle), short[1:-1])


def _without_initials(words: tuple[str, ...]) -> tuple[str, ...]:
    """The words of a name from the first that is none of its initials: A.P.J. Abdul Kalam is called Abdul Kalam."""
    return words[next((i for i, word in enumerate(words) if len(word) > 1), 0) :]


def _begins_with_its_initial(short: tuple[str, ...], full: tuple[str, ...]) -> bool:
    """Whether two names are one but for the first given name, of which one has the initial, with others' or without."""
    called = _without_initials(short)
    return 1 < len(called) < len(short) and full[1:] == called and full[0][0] == short[0] != full[0]


def _with_english_name(one: PersonalName, other: PersonalName) -> bool:
    """Whether one has an English given name before a family name that stands before the other's given name."""
    family = chinese_family_name(one)
    return family is not None and family == other.words[0] and bool(chinese_keys(other.words))


def _is_chinese_given_name(words: tuple[str, ...], family: str) -> bool:
    """Whether hyphened words after a family name may be a Chinese given name: Chi-fung of Joshua Wong Chi-fung."""
    short = len(words) == 2 and max(map(len, words)) <= LONGEST_SYLLABLE
    others = [word for word in words if is_frequent_family_name(word) and not chinese_keys((word, word))]
    return short and family in IN_HONG_KONG and not others


def chinese_family_name(name: PersonalName) -> str | None:
    """What may be a Chinese family name after a given name that is not Chinese: Lai of William Lai."""
    first, last = name.words[0], name.words[-1]
    if len(name.words) != 2 or first not in genders_of_names() or chinese_keys(name.words):
        return None
    return last if chinese_keys((last, last)) else None


def _as_elsewhere(one: PersonalName, other: PersonalName) -> Relation | None:
    """Names of which one is spelt as newspapers of another language would: Chahine for Shahin, Schadan for Zhadan."""
    if len(one.words) != len(other.words) or min(map(len, one.words + other.words)) == 1:
        return None
    for name, spelt in ((one, other), (other, one)):
        for language, english in english_spellings(name).items():
            if _alike(english, spelt.words):
                way = f"one name, in {language} spelling in one of them"
                return Relation(way, 1.5, eased=2 * _unusual(one, other))
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


_INITIAL_SOUNDS: Final = frozenset(("ch", "ph", "sh", "th", "yu", "ya", "ye"))
"""What an initial may be of two letters."""

_BEFORE_E: Final = re.compile(r"^[ijy](?=e)")
"""A letter that some transliterations write before a Russian "e" at the beginning."""

_ASPIRATED: Final = re.compile(r"k?h|ch(?=[rlmn])")
"""How names begin with a breath: Hristo, Khristo, Christo."""


def _is_half(one: PersonalName, other: PersonalName) -> bool:
    """Whether the second is called by the first or the last part of the first's hyphened family name."""
    parts = one.family
    double = len(parts) > 1 and len(other.family) == 1 and PARTICLES.isdisjoint(parts)
    given = len(one.given) == len(other.given) and all(map(_given_alike, one.given, other.given))
    return double and other.family[0] in (parts[0], parts[-1]) and given


def _by_sound(one: PersonalName, other: PersonalName) -> Relation | None:
    """Names of equal consonants but for voice and hissing, as other languages spell a foreign name: Jelev for Zhelev.

    Their bearers are compared only where they have posts in one body.
    """
    if sound_code_of(one) != sound_code_of(other) or min(len(one.compact), len(other.compact)) < LONG:
        return None
    if min(map(len, one.words + other.words)) == 1 or bool(_ASPIRATED.match(one.words[0])) != bool(
        _ASPIRATED.match(other.words[0])
    ):
        return None  # an initial tells people apart
    first, second = ("".join(word for word in name.given if word not in ARTICLES) for name in (one, other))
    genders = genders_of_names().get(one.words[0]), genders_of_names().get(other.words[0])
    if None not in genders and genders[0] != genders[1]:
        return None
    family, other_family = one.words[-1], other.words[-1]
    if family != other_family and {family, other_family} <= family_names():
        return None
    for word, spelt in ((first, second), (family, other_family)):
        if adds_a(word, spelt) or (min(len(word), len(spelt)) < WORD and not _given_alike(word, spelt)):
            return None
    if len(_systems(one) | _systems(other)) > 1:
        return None  # each letter counts
    if _given_alike(first, second) and skeleton(family) == skeleton(other_family):
        return Relation("two spellings of the family name", 2.0)
    return Relation(FOREIGN, 3.0)


def sound_code_of(name: PersonalName) -> str:
    """The sound code of a whole name without articles."""
    return sound_code("".join(word for word in (*name.given, *articleless(name)) if word not in ARTICLES))


def _systems(name: PersonalName) -> frozenset[str]:
    """The name as languages have it that are romanised by systems."""
    japanese = japanese_key(name.words)
    return korean_keys(name.words) | ({japanese} if japanese else frozenset())


def _by_romanisation(one: PersonalName, other: PersonalName) -> Relation | None:
    a, b = one.words, other.words
    if korean_keys_either_way(a) & korean_keys_either_way(b):
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
    genders = genders_of_names().get(one), genders_of_names().get(other)
    mute = one.removesuffix("e") == other.removesuffix("e") and min(len(one), len(other)) > 2
    return (None in genders or genders[0] == genders[1]) and (mute or sounds_alike(one, other))


def _family_alike(one: str, other: str) -> bool:
    """Whether two family names may be spellings of one. Two that a list of family names has are two if their vowels
    differ (Hansen and Hanson), others as a list of neighbours says (Davies and Davis).
    """
    if one == other:
        return True
    if neighbours().get(one, frozenset()) & neighbours().get(other, frozenset()):
        return False
    if romanised(one) == romanised(other):
        return True
    if {one, other} <= family_names():
        return False
    if sounds_alike(one, other):
        return True
    cut = tuple(SAME_INITIAL.sub("h", name) for name in (one, other) if len(name) >= LONG)
    return len(cut) == 2 and cut != (one, other) and sounds_alike(*cut)


def _one_of_row(one: str, other: str) -> bool:
    """Whether a list has two given names as forms of one. Of two pet forms (Sally and Sadie) neither stands for the
    other.
    """
    forms, others = pet_forms().get(one, frozenset()), pet_forms().get(other, frozenset())
    if any(row >= pet_rows() or name in (one, other) for name, row in forms & others):
        return True
    return any(
        row < pet_rows() and name != pet and len(name) >= WORD and sounds_alike(name, full)
        for pet, full, known in ((one, other, forms), (other, one, others))
        for name, row in known
    )


def _is_pet_form(one: str, other: str) -> bool:
    """Whether a list of pet forms has two given names in one row."""
    rows = [{row for _, row in pet_forms().get(name, ()) if row < pet_rows()} for name in (one, other)]
    return not rows[0].isdisjoint(rows[1])


def _within(short: tuple[str, ...], long: tuple[str, ...]) -> bool:
    """Whether the words of the shorter name are among those of the longer, in their order."""
    rest = iter(long[1:])
    begins = _given_alike(short[0], long[0]) or any(word == short[0] for word in rest)
    return (
        begins and min(map(len, short + long)) > 1 and all(any(word == other for other in rest) for word in short[1:])
    )


def _by_family_name(one: PersonalName, other: PersonalName) -> Relation | None:
    if one.single and other.single:
        if one.compact == other.compact:
            family = bool(one.gender or other.gender) or one.words[-1] in family_names()
            given = one.compact in genders_of_names()
            return Relation(SINGLE, 2.5 if family else 1.0 if given else 0.5)
        alike = all(map(sounds_alike, one.words, other.words))
        return Relation(SINGLE, 2.5) if alike and len(one.words) == len(other.words) else None
    full, single = (other, one) if one.single else (one, other)
    if len(full.words) >= FEWEST_INITIALS and single.compact == initials(full):
        return Relation("the initials alone", 3.0, one_post=True)
    if (
        full.family == single.words
        or full.words[-1:] == single.words
        or full.words[-len(single.words) :] == single.words
        or (full.words[:1] == single.words and family_first(full))
    ):
        if single.double:
            return Relation("the family name alone, a double one", 2.0)
        needs = 3.0 if single.words[-1] in family_names() else 2.0 if rare(full) else 2.5
        return Relation(FAMILY_ALONE, needs)
    if single.words[0] in telling_given_names(full) and len(single.words) == 1:
        return Relation("a given name alone", 3.0, one_post=True)
    return None


def _rotated(one: PersonalName, other: PersonalName) -> bool:
    """Whether a name is the other with its first or last word moved to the other end."""
    if sorted(one.compact) != sorted(other.compact):
        return False
    words = one.words
    turned = {"".join(words[i:] + words[:i]) for i in range(1, len(words))} | {"".join(reversed(words))}
    return other.compact in turned


def _given(one: PersonalName, other: PersonalName, rare: bool) -> Relation | None:
    """How the given names of two people of one family name, which may be ``rare``, may be one person's."""
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
        if a[1:] and b[1:]:
            return Relation("the given names cut to their initials", 1.0, eased=_unusual(one, other))
        return Relation(INITIAL, 2.0 if rare else 2.5)
    needs = 1.5 if common(one) or common(other) else 1.0
    if _one_of_row(first, second) and _middle_fits(a[1:], b[1:]):
        sure = rare and needs == 1.0 and not _letters(first).isdisjoint(_letters(second))
        if sure:
            return Relation(GIVEN_FORM, 0.0)
        needs = 2.0 if common(one) and common(other) else needs
        return Relation(GIVEN_FORM, needs, eased=_unusual(one, other), of_heirs=True)
    if not _middle_fits(a[1:], b[1:]):
        return None
    mute = len(min(first, second, key=len)) >= WORD and first.removeprefix("h") == second.removeprefix("h")
    if _given_alike(first, second) or (rare and mute):
        two = all(name in genders_of_names() or is_frequent_given_name(name) for name in (first, second))
        return Relation(GIVEN_SPELT, needs, eased=0.0 if two else _unusual(one, other))  # Salim, Salem
    return None


def _letters(given: str) -> set[str]:
    """A given name without what transliterations differ in (Yevgeny and Evgenii), also as English papers spell it
    where it may be spelt as French or German ones do (Hicham).
    """
    return {romanised(_BEFORE_E.sub("", spelt)) for spelt in (given, *in_english_spelling(given).values())}


def _middle_fits(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Whether two rows of middle names agree, word by word, an initial standing for a name; one may be left out."""
    if not one or not other:
        return True
    if len(one) != len(other):
        shorter, longer = sorted((one, other), key=len)
        rest = iter(longer)
        return min(map(len, longer)) > 1 and all(any(word == name for name in rest) for word in shorter)
    return all(
        a == b or _cut_short(a, b) or _cut_short(b, a) or sounds_alike(a, b) for a, b in zip(one, other, strict=True)
    )


def _cut_short(one: str, other: str) -> bool:
    """Whether a middle name is cut to its initial, or to two letters that stand for one sound: Th. for Thorlacius."""
    return other.startswith(one) and (len(one) == 1 or (one in _INITIAL_SOUNDS and len(other) > 2))
