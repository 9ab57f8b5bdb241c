"""Names of people: their parts, and in what way two of them may be one person's.

:func:`relation` gives the way in words with what it needs to be believed, in the points of evidence that
``kg.identity.evidence`` counts: 0 for mere typography, more the more people could share such a pair of names.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from kg.identity.spelling import fold, skeleton, sounds_alike
from kg.words import table

SUFFIXES = frozenset({"jr", "junior", "sr", "senior", "ii", "iii", "iv"})
PARTICLES = frozenset(
    """abu al ap bar ben bin bint da das de del della den der di do dos du el ibn la le mac mc san st ter van von
    zu""".split()  # noqa: SIM905
)
ALSO_GIVEN = frozenset({"al", "bar", "ben", "mac", "san", "van"})
"""Particles that are given names as well, when they come first: "Ben Okri", "Van Morrison"."""

ARTICLES = frozenset({"al", "el", "ul"})


@dataclass(frozen=True, slots=True)
class PersonalName:
    """The folded parts of a person's name. ``words`` holds all but honorifics and suffix; ``family`` its last ones,
    with particles and hyphened parts; ``given`` the ones before.
    """

    words: tuple[str, ...]
    given: tuple[str, ...]
    family: tuple[str, ...]
    suffix: str = ""

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
    """How two names may be one thing's: ``way`` in words, and the evidence it ``needs`` beyond the names."""

    way: str
    needs: float


@cache
def _honorifics() -> frozenset[str]:
    titles = {row[0] for row in table("names_titles")}
    return frozenset(titles | {"mr", "mrs", "ms", "miss", "dr", "prof", "sir", "dame", "lord", "lady"}) - {
        "king",
        "sheikh",
    }


@cache
def _pet_forms() -> dict[str, frozenset[str]]:
    """Each given name and pet form with the given names that it may stand for."""
    forms: dict[str, set[str]] = {}
    for name, *short in table("names_nicknames"):
        for form in (name, *short):
            forms.setdefault(form, set()).add(name)
    return {form: frozenset(names) for form, names in forms.items()}


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
    words = re.split(r"[\s-]+", fold(name.replace(",", " ").replace(".", ". ")))
    hyphened = {w for part in fold(name).split() if "-" in part for w in part.split("-")[1:]}
    words = [word for word in words if word]
    while len(words) > 2 and words[0] in _honorifics():
        words = words[1:]
    suffix = words.pop() if len(words) > 2 and words[-1] in SUFFIXES else ""
    words = [word for i, word in enumerate(words) if not (word in ARTICLES and 0 < i < len(words) - 1)]
    begin = len(words) - 1
    while begin > 0 and (words[begin] in hyphened or words[begin - 1] in PARTICLES):
        if begin == 1 and words[0] in ALSO_GIVEN and words[1] not in hyphened:
            break
        begin -= 1
    if begin == 0 and len(words) > 1 and words[0] not in PARTICLES:
        begin = 1
    return PersonalName(
        tuple(words), tuple(words[:begin]), tuple(words[begin:]), {"junior": "jr", "senior": "sr"}.get(suffix, suffix)
    )


def common(name: PersonalName) -> bool:
    """Whether several people of that name are to be expected: a frequent given and a frequent family name."""
    if name.single:
        return True
    known = _common()
    first, last = name.words[0], name.words[-1]
    western = ("given", first) in known and ("family", last) in known
    eastern = ("family", first) in known and ((len(name.words) == 2 and len(last) <= 5) or ("given", last) in known)
    return western or eastern or (("family", first) in known and ("family", last) in known)


def blocking_keys(name: PersonalName) -> set[str]:
    """Keys of which names that may be one person's share at least one; few names share each."""
    words = name.words
    if name.single:
        return set()
    keys = set()
    for first, last in ((words[0], words[-1]), (words[-1], words[0])):
        for given in _pet_forms().get(first, frozenset({first})) | {first}:
            keys.add(f"{skeleton(last)} {skeleton(given)}")
    if len(words) > 2:
        keys.add(f"{skeleton(words[-1])} {skeleton(words[1])}")  # the first given name left out
        keys.add(f"{skeleton(words[-2])} {skeleton(words[0])}")  # a second family name added
        keys.add(f"{skeleton(words[0])} {skeleton(words[1])}")
        keys.add(f"{skeleton(words[1])} {skeleton(words[0])}")
    keys.add("=" + "".join(sorted(letter for letter in name.compact if letter not in "aeiouyh")))
    return keys


def relation(one: PersonalName, other: PersonalName) -> Relation | None:
    """In what way the two may name one person; None where they cannot."""
    if not one.words or not other.words:
        return None  # signs only
    if len(one.words) < len(other.words):
        one, other = other, one  # ``one`` has as many words or more
    if one.suffix and other.suffix and one.suffix != other.suffix:
        return None
    found = _relation(one, other)
    if found and one.suffix != other.suffix:
        return Relation(f"{found.way}, '{one.suffix or other.suffix}' left out", max(found.needs, 3.0))
    return found


def _relation(one: PersonalName, other: PersonalName) -> Relation | None:
    if one.compact == other.compact:
        return Relation("one name but for typography", 0.0)
    if other.single or one.single:
        return _by_family_name(one, other)
    if _rotated(one, other):
        return Relation("family name first in one of them", 1.0 if not _both_family(one) else 2.0)
    a, b = one.words, other.words
    if a[-1] == b[-1] or sounds_alike(a[-1], b[-1]) or _articleless(one) == _articleless(other):
        given = _given(one, other)
        if given and (a[-1] == b[-1] or _articleless(one) == _articleless(other)):
            return given
        if given:
            return Relation(f"{given.way}, two spellings of the family name", given.needs + 1.0)
    double = len(one.family) > 1 and len(other.family) == 1 and one.given == other.given
    if double and b[-1] in (one.family[0], one.family[-1]) and b[-1] not in PARTICLES:
        return Relation("a double family name in one of them", 3.0)
    if len(b) >= 2 and len(a) > len(b):
        if a[: len(b)] == b or all(map(sounds_alike, a[: len(b)], b)):
            return Relation("a second family name left out", 3.0)
        if all(map(sounds_alike, a[-len(b) :], b)):
            return Relation("a first given name left out", 2.0)
    if len(a) == len(b) and all(map(sounds_alike, a, b)):
        return Relation("two spellings of one name", 1.5)
    if sounds_alike(a[-1], b[-1]) and sounds_alike(a[0], b[0]) and _middle_fits(one.words[1:-1], other.words[1:-1]):
        return Relation("two spellings of one name", 2.0)
    whole = len(a) != len(b) and min(map(len, a + b)) > 1
    if whole and a[0][0] == b[0][0] and len(skeleton(one.compact)) > 4 and sounds_alike(one.compact, other.compact):
        return Relation("two spellings of one name", 2.0)
    return None


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
    turned = {"".join(words[i:] + words[:i]) for i in range(1, len(words))}
    return other.compact in turned


def _both_family(name: PersonalName) -> bool:
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
        return Relation("a middle name left out or cut short", 1.5 if common(other) else 0.0)
    if len(first) == 1 or len(second) == 1:
        fits = first[0] == second[0] and _middle_fits(a[1:], b[1:])
        return Relation("the given name cut to its initial", 2.5) if fits else None
    shared = _pet_forms().get(first, frozenset({first})) & _pet_forms().get(second, frozenset({second}))
    if shared and _middle_fits(a[1:], b[1:]):
        return Relation("the pet form of one given name", 1.5)
    return None


def _middle_fits(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Whether two rows of middle names agree, word by word, an initial standing for a name; one may be left out."""
    if not one or not other:
        return True
    if len(one) != len(other):
        return False
    return all(
        a == b or (1 in (len(a), len(b)) and a[0] == b[0]) or sounds_alike(a, b)
        for a, b in zip(one, other, strict=True)
    )
