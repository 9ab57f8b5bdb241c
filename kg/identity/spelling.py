"""How names are written: folding, and a form in which transliterations and spellings of one name are alike.

The skeleton is in the tradition of Soundex (Russell 1918) and Metaphone (Philips 1990), kept to what spellings of one
foreign name in English newspapers differ in: vowels between consonants, doubled letters, ``kh``/``q``/``k``, ``ph``/
``f``, ``y``/``i``/``j``, a silent ``h``.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache
from typing import Final

from kg.identity.iris import norm, without_diacritics


class Respelling:
    """Patterns, each with what is written for it, applied to a word one after the other.

    >>> Respelling(("ou", "u"), ("ph", "f"))("youseph")
    'yusef'
    """

    def __init__(self, *rules: tuple[str, str | Callable[[re.Match[str]], str]]) -> None:
        self._rules = [(re.compile(pattern), written) for pattern, written in rules]

    def __call__(self, word: str) -> str:
        """The word in the other spelling."""
        for pattern, written in self._rules:
            word = pattern.sub(written, word)
        return word


_with_one_spelling = Respelling(
    (r"^mac(?=[a-z]{4})", "mc"),
    (r"iye?h$", "ia"),
    (r"(?:ou|ow|aw|av)(?=sk)", "ov"),
    (r"ow(?=[^aeiouy])", "u"),
    (r"t[sz](?=[iy])", "t"),
    (r"yi", "i"),
    (r"[cs]?tsch|tch", "ch"),
    (r"sch|sh|sz", "s"),
    (r"ch(?=[rlnm])|kh|gh|ck|q|g", "k"),
    (r"ph", "f"),
    (r"[td]h", lambda m: m[0][0]),
    (r"zh", "z"),
    (r"[td]z|ts", "z"),
    (r"dj", "d"),
    (r"x", "ks"),
    (r"w", "v"),
    (r"c(?=[aoukrlt]|$)", "k"),
    (r"(?<=[^aeiouy])y(?=[aeou])", "i"),
    (r"(?<=[aeiou])y(?=[aeiou])", ""),
    (r"i?[yj]+$|iy", "i"),
    (r"y", "i"),
    (r"(?<=[a-z])h", ""),
    (r"oe|ö", "o"),
    (r"ae|ä", "a"),
    (r"ou|oo|ue|ü", "u"),
    (r"ee|ie|ei(?=$)", "i"),
    (r"(.)\1+", r"\1"),
)
_VOWELS = re.compile(r"[aeiou]")
_BETWEEN = re.compile(r"[^aeiou]")
_ROMAN = re.compile(r"[ivx]+")
_WITHIN_WORDS = re.compile(r"(?<=\w)\.(?=\w)")
_NEAR_VOWELS = frozenset(("ae", "ea", "ei", "ie", "ou", "uo", "eu", "ue", "ao", "oa"))
"""Pairs of vowels by which spellings of one foreign name differ."""

WORD = 5
"""In shorter words the vowels count, too: Omar and Umar are in the list of given names."""

SHORT = 2
"""A skeleton of so few signs tells too little: then the vowels count, too."""


@lru_cache(maxsize=1 << 15)
def fold(name: str) -> str:
    """A name in lower case ASCII letters where it has them: without diacritics, apostrophes and full stops."""
    plain = without_diacritics(norm(name))
    if "." in plain:
        plain = _WITHIN_WORDS.sub(" ", plain).replace(".", "")
    return " ".join(plain.replace("'", "").split())


@lru_cache(maxsize=1 << 15)
def romanised(word: str) -> str:
    """A folded word with the spellings of one sound made equal, vowels kept: "yousef" is "iusef"."""
    return _with_one_spelling(word)


@lru_cache(maxsize=1 << 15)
def skeleton(word: str) -> str:
    """The consonants of a romanised word, "a" for a vowel at its beginning: "zelenskyy" and "zelenskiy" are "zlnsk"."""
    sound = romanised(word)
    bones = _VOWELS.sub("", sound)
    return ("a" + bones) if sound[:1] and _VOWELS.match(sound) else bones


IN_ENGLISH: Final = {
    "French": Respelling(
        (r"tch", "tsh"), (r"ch", "sh"), (r"dj", "j\0"), (r"j(?!\0)", "zh"), (r"\0", ""), (r"gu(?=[ei])", "g"),
        (r"ou", "u"), (r"(?<=[iy])ne$", "n"), (r"tsh", "ch"), (r"(?<=[^aeiou])e$", ""),
    ),
    "German": Respelling(
        (r"tsch", "tsh"), (r"sch", "sh"), (r"ch", "kh"), (r"tsh", "ch"), (r"j", "y"), (r"w", "v"), (r"z", "ts"),
        (r"(?<=[aeiou])s(?=[aeiou])", "z"),
    ),
    "scholarly": Respelling((r"x", "kh"), (r"j", "y")),
}  # fmt: skip
"""How French and German newspapers, and scholars, write foreign sounds, with the English way."""


@lru_cache(maxsize=1 << 14)
def in_english_spelling(word: str) -> dict[str, str]:
    """The folded word as English newspapers would write it, if it is spelt as those of a language would, by these."""
    return {language: spelt for language, respelt in IN_ENGLISH.items() if (spelt := respelt(word)) != word}


_one_sound: Final = Respelling(
    (r"dsch|dzh|d[jz]", "j"),
    (r"t[sc]h|t[sz]", "c"),
    (r"kh|ch(?=[rlmn])", "h"),
    (r"^[jy](?=[aou])", ""),
    (r"(?<=[^aeiouh])w(?=[aeiou])", ""),
)
_SOUNDS: Final = str.maketrans("bfpvwcgjkqsxzdtlmnr", "1111122222222334556", "aeiouyh")


@lru_cache(maxsize=1 << 14)
def sound_code(word: str) -> str:
    """The classes of a folded word's consonants, each once where several follow one another, as Soundex has them
    (Russell 1918): all Latin spellings of one foreign name, also those of other languages than English.

    >>> sound_code("sargsyan") == sound_code("sarkisian"), sound_code("zhelev") == sound_code("jelev")
    (True, True)
    """
    return undoubled(_one_sound(word).translate(_SOUNDS))


def undoubled(word: str) -> str:
    """A word with each letter once where it stands several times in a row."""
    return re.sub(r"(.)\1+", r"\1", word)


def sounds_alike(one: str, other: str) -> bool:
    """Whether two folded words may be spellings of one name.

    >>> sounds_alike("moammar", "muammar"), sounds_alike("jing", "jin"), sounds_alike("erik", "erika")
    (True, False, False)
    """
    if one == other:
        return True
    sound, other_sound = romanised(one), romanised(other)
    if sound == other_sound:
        return True
    bones = skeleton(one)
    if bones != skeleton(other) or len(bones) <= SHORT or min(len(one), len(other)) < WORD:
        return False
    if ((sound[-1] == "a") != (other_sound[-1] == "a") and _VOWELS.match(sound[-1]) is None) or adds_a(
        sound, other_sound
    ):
        return False
    if _ROMAN.fullmatch(one) or _ROMAN.fullmatch(other):
        return False
    from rapidfuzz.distance import Levenshtein

    return Levenshtein.normalized_similarity(sound, other_sound) >= 0.7 and _near_vowels(sound, other_sound)


def _near_vowels(one: str, other: str) -> bool:
    """Whether the vowels between the consonants, each time, are such as spellings of one name differ in."""
    vowels, other_vowels = _BETWEEN.split(one), _BETWEEN.split(other)
    return len(vowels) == len(other_vowels) and all(
        not a or not b or set(a) & set(b) or any(x + y in _NEAR_VOWELS for x in a for y in b)
        for a, b in zip(vowels, other_vowels, strict=True)
    )


def adds_a(one: str, other: str) -> bool:
    """Whether the words differ by a final "a", which tells women's names from men's in many languages."""
    return one + "a" == other or other + "a" == one
