"""Texts from outside (names of files, what servers say), made fit to be kept and shown."""

from __future__ import annotations

import re
from typing import Final

_HALF: Final = re.compile("[\ud800-\udfff]")
"""Half a character, as which Python has each byte of a name that is not UTF-8."""

_SPELLED: Final = re.compile(r"\\x([89a-f][0-9a-f])")

_CONTROL: Final = re.compile("[\x00-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")
"""Characters that would change what a terminal does or the direction it writes in."""


INVISIBLE: Final = "\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff"
"""Characters that nobody sees (soft hyphens, joiners, marks of direction), as a class of a regular expression."""

_INVISIBLE: Final = re.compile(f"[{INVISIBLE}]+")

_WORDS_PART: Final = re.compile(r"(?<=\w)\u200b+(?=\w)")


def without_invisible(text: str) -> str:
    r"""A text without the characters that nobody sees; a zero-width space between two words is a blank.

    >>> without_invisible("Lis\u00adbon\u200e"), without_invisible("Ana\u200bRuiz")
    ('Lisbon', 'Ana Ruiz')
    """
    return text if text.isascii() else _INVISIBLE.sub("", _WORDS_PART.sub(" ", text))


def in_utf8(name: str) -> str:
    r"""A name, or another text of the command line, with what is not UTF-8 spelled out.

    >>> print(in_utf8("M\udcfcller.txt"))
    M\xfcller.txt
    """
    return _HALF.sub(lambda half: ascii(half[0])[1:-1].replace("\\udc", "\\x"), name)


def out_of_utf8(name: str) -> str:
    r"""The name that :func:`in_utf8` spelled out, as the system has it.

    >>> out_of_utf8(r"M\xfcller.txt") == "M\udcfcller.txt"
    True
    """
    return _SPELLED.sub(lambda byte: chr(0xDC00 + int(byte[1], 16)), name)


def visible(text: str) -> str:
    r"""A text whose control characters, which could change what a terminal does, are written out.

    >>> visible("\x1b[31mred")
    '\\u001b[31mred'
    """
    return _CONTROL.sub(lambda match: f"\\u{ord(match[0]):04x}", text)
