"""The names of files as text that can be kept and written: those of old disks need not be UTF-8."""

from __future__ import annotations

import re
from typing import Final

_HALF: Final = re.compile("[\ud800-\udfff]")
"""Half a character, as which Python has each byte of a name that is not UTF-8."""


def in_utf8(name: str) -> str:
    r"""A name, or another text of the command line, with what is not UTF-8 spelled out.

    >>> print(in_utf8("M\udcfcller.txt"))
    M\xfcller.txt
    """
    return _HALF.sub(lambda half: ascii(half[0])[1:-1].replace("\\udc", "\\x"), name)
