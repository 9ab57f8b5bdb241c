"""Names of languages that have several systems of writing them in Latin letters: Chinese, Japanese and Korean.

A Chinese name is one in Hanyu Pinyin and in Wade-Giles if each syllable is; a Japanese one in Hepburn, Kunrei and with
or without long vowels; a Korean one if each syllable can be one in the Revised and the McCune-Reischauer system and in
the habits of newspapers, which write "Park", "Lee" and "hyun".
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from itertools import product

from kg.identity.spelling import Respelling
from kg.words import table

_MORAS = re.compile(
    r"(?:(?:[kgsztdnhbpmrwyfj]|[kgnhbpmrszt]y|sh|ch|ts|tch|kk|ss|tt|pp)?[aeiou]|[nm](?![aeiou])|h(?![aeiou]))+"
)
_in_hepburn = Respelling(
    (r"o[ouh]+(?![aeiou])|oo", "o"),
    (r"uu", "u"),
    (r"m(?=[bp])", "n"),
    (r"sy|si(?=.)|si$", "shi"),
    (r"ty|ti", "chi"),
    (r"z[yi]", "ji"),
    (r"tu", "tsu"),
    (r"hu", "fu"),
    (r"(?<=sh|ch)i(?=[auo])|(?<=j)i(?=[auo])", ""),
)
_KOREAN = re.compile(r"(kk|tt|pp|ss|jj|ch|sh|[kgtdpbjsrlnmh]?)([yw]?[aeiou]+h?)(ng|[kgtdpblrnms]?)")
_INITIALS = str.maketrans("gdbjl", "ktpcr")
_VOWELS = {
    "ah": "a",
    "u": "u eo eu",
    "oo": "u",
    "woo": "u",
    "ou": "u eo",
    "uh": "eo",
    "o": "o eo",
    "oh": "o",
    "i": "i",
    "ee": "i ui",
    "ai": "ae",
    "ay": "ae",
    "yu": "yu yeo",
    "yoo": "yu",
    "you": "yeo yu",
    "yo": "yo yeo",
    "yuh": "yeo",
    "eui": "ui",
    "oi": "oe",
    "weo": "wo",
}
"""What a vowel may stand for in the Revised Romanization; others stand for themselves."""


_IN_TAIWAN = {
    "lee": "li",
    "soong": "sung",
    "ing": "ying",
    "yi": "i",
    "wun": "wen",
    "jhih": "chih",
    "jheng": "cheng",
    "jhong": "chung",
    "syu": "hsu",
}
"""Syllables as names of Taiwan have them beside those of Wade-Giles, with these."""


@cache
def _wade_giles() -> dict[str, str]:
    return {row[0]: row[1] for row in table("identity_syllables")}


@cache
def _themselves() -> dict[str, str]:
    return {syllable: syllable for syllable in _wade_giles().values()} | _IN_TAIWAN


@cache
def _families() -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for row in table("identity_korean"):
        for name in row:
            found.setdefault(name, set()).add(row[0])
    return {name: frozenset(rows) for name, rows in found.items()}


@lru_cache(maxsize=1 << 15)
def _syllables(word: str, pinyin: bool) -> tuple[str, ...] | None:
    """The word cut into syllables of Pinyin, given in Wade-Giles, or of Wade-Giles; the longest first."""
    known = _wade_giles() if pinyin else _themselves()
    if not word:
        return ()
    for length in range(min(6, len(word)), 0, -1):
        if word[:length] in known:
            rest = _syllables(word[length:], pinyin)
            if rest is not None:
                return (known[word[:length]], *rest)
    return None


def _read(words: tuple[str, ...], pinyin: bool) -> tuple[str, ...] | None:
    found: list[str] = []
    for word in words:
        syllables = _syllables(word, pinyin)
        if syllables is None or (not pinyin and len(syllables) > 1):
            return None
        found += syllables
    return tuple(found)


@lru_cache(maxsize=1 << 15)
def chinese_keys(words: tuple[str, ...]) -> frozenset[str]:
    """The name in Wade-Giles: as it is written, if it is, and from Pinyin, if it can be that."""
    if not 2 <= len(words) <= 3 or max(map(len, words)) > 13:
        return frozenset()
    return frozenset(
        " ".join(found) for pinyin in (True, False) if (found := _read(words, pinyin)) and 2 <= len(found) <= 4
    )


def pinyin(words: tuple[str, ...]) -> bool:
    """Whether a name can be a Chinese one in Pinyin."""
    return 2 <= len(words) <= 3 and max(map(len, words)) <= 13 and _read(words, True) is not None


def one_in_chinese(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Whether one name is written in Wade-Giles, visibly, and the other is the same in Pinyin."""
    for a, b in ((one, other), (other, one)):
        written, read = _read(a, False), _read(b, True)
        if written and written == read and (_read(a, True) is None or len(a) > len(b)):
            return True
    return False


@lru_cache(maxsize=1 << 15)
def japanese_key(words: tuple[str, ...]) -> str | None:
    """The names in Hepburn without long vowels, sorted; None where they are not of Japanese syllables."""
    if not all(_MORAS.fullmatch(word) for word in words):
        return None
    return " ".join(sorted(map(_in_hepburn, words)))


@lru_cache(maxsize=1 << 15)
def _korean(syllable: str) -> frozenset[str]:
    match = _KOREAN.fullmatch(syllable)
    if not match:
        return frozenset()
    initial, vowel, coda = match.groups()
    initial = {"ch": "c", "sh": "s", "kk": "k", "tt": "t", "pp": "p", "ss": "s", "jj": "c"}.get(
        initial, initial.translate(_INITIALS)
    )
    coda = coda if coda == "ng" else coda.translate(_INITIALS)
    vowels = _VOWELS.get(vowel, vowel).split()
    if not coda and vowel in ("o", "u"):
        vowels = [vowel]  # "jo" and "ju" are two
    return frozenset(f"{initial}{sound}{coda}" for sound in vowels)


@lru_cache(maxsize=1 << 15)
def korean_keys_either_way(words: tuple[str, ...]) -> frozenset[str]:
    """The ways to read a Korean name whose family name comes first, or last as in English: Park Se-ri, Se Ri Pak."""
    return korean_keys(words) or korean_keys((*words[-1:], *words[:-1]))


@lru_cache(maxsize=1 << 15)
def korean_keys(words: tuple[str, ...]) -> frozenset[str]:
    """The ways to read a Korean family name and a given one of two syllables; none where it is no such name."""
    if len(words) != 3 or words[0] not in _families():
        return frozenset()
    first, second = _korean(words[1]), _korean(words[2])
    return frozenset(" ".join(way) for way in product(_families()[words[0]], first, second))
