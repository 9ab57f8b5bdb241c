"""The fields of the front matter of a text file, in as much of YAML (or TOML) as is written there.

Where it is neither, as with a colon in a title without quotation marks, the other fields are read all the same.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from inspect import cleandoc

_FIELD = re.compile(
    r"^(?P<name>\w+)[ \t]*[:=](?P<value>[^\n]*(?:\n(?:[ \t]+|-[ \t]|\](?!\S)|#|(?=\n))[^\n]*)*)", re.MULTILINE
)
_IN_DOUBLE = r'"(?:[^"\\]|\\.)*"'
_IN_SINGLE = r"'(?:[^']|'')*'"
_END = r"\s*(?:(?<=\s)#[^\n]*\s*)?"
_DOUBLE = re.compile(rf"(?P<words>{_IN_DOUBLE}){_END}", re.DOTALL)
_SINGLE = re.compile(rf"(?P<words>{_IN_SINGLE}){_END}")
_ITEM = re.compile(rf"{_IN_DOUBLE}|{_IN_SINGLE}|(?P<end>\]+)|[^\s,\[\]][^,\[\]]*", re.DOTALL)
_BLOCK = re.compile(r"[ \t]*[|>][-+\d]{0,2}[ \t]*(?:(?<=[ \t])#[^\n]*)?(?:\n|$)")
_COMMENT = re.compile(r"(?<!\S)#[^\n]*")
_MARGIN_COMMENT = re.compile(r"(?<=\n)#[^\n]*")
_BULLET = re.compile(r"^-[ \t]+", re.MULTILINE)
_MAPPING = re.compile(r"\w+[ \t]*:(?:\s|$)")
_IN_BRACKETS = re.compile(r"\[+([^\[\]]*)\]+")
_ESCAPE = re.compile(
    r"\\(?:x(?P<two>[\dA-Fa-f]{2})|u(?P<four>[\dA-Fa-f]{4})|U(?P<eight>[\dA-Fa-f]{8})|\n\s*|(?P<sign>.))"
)
_SPACES = {"n": "\n", "t": "\t", "r": "\r"}


def fields_of(front: str) -> Iterator[tuple[str, str]]:
    """The name and the value of each field, in order; of a list each item.

    >>> list(fields_of("title: >-\\n  Bridge\\n  closed\\ndate: 2026-03-03 # late\\nauthors: [Ana, 'Tom O''Hara']"))
    [('title', '  Bridge\\n  closed'), ('date', '2026-03-03'), ('authors', 'Ana'), ('authors', "Tom O'Hara")]
    """
    for field in _FIELD.finditer(re.sub(r"\r\n?", "\n", front)):
        for value in _values(field["value"]):
            yield field["name"], value


def _values(written: str) -> Iterator[str]:
    written = _MARGIN_COMMENT.sub("", written)
    if block := _BLOCK.match(written):
        yield written[block.end() :]
        return
    below = not _COMMENT.sub("", written.partition("\n")[0]).strip()
    lines = cleandoc(written.partition("\n")[2] if below else written)
    if below and lines.startswith("-"):
        items = [_name_in(item) for item in _BULLET.split(lines)[1:]]
    else:
        items = _in_brackets(lines) or [_name_in(lines) if below else lines]
    yield from (value for value in map(_scalar, items) if value)


def _name_in(written: str) -> str:
    """The name of one that has several fields; what is no mapping as it is."""
    if not _MAPPING.match(written):
        return written
    return next((field["value"] for field in _FIELD.finditer(cleandoc(written)) if field["name"] == "name"), "")


def _in_brackets(written: str) -> list[str]:
    """The items of a list in brackets after which nothing comes."""
    items: list[str] = []
    for item in _ITEM.finditer(written, 1) if written.startswith("[") else ():
        if item["end"]:
            return [] if _COMMENT.sub("", written[item.end() :]).strip() else items
        items.append(item[0])
    return []


def _scalar(written: str) -> str:
    written = written.strip()
    if quoted := _DOUBLE.fullmatch(written):
        value = _ESCAPE.sub(_unescaped, quoted["words"][1:-1])
    elif quoted := _SINGLE.fullmatch(written):
        value = quoted["words"][1:-1].replace("''", "'")
    else:
        value = _COMMENT.sub("", written).strip()
        if value.lower() in ("~", "null") or value.startswith("{"):
            return ""
        if len(value) > 1 and value[0] in "\"'" and value[-1] == value[0]:
            value = value[1:-1]
    linked = _IN_BRACKETS.fullmatch(value)  # "[[Ana Reis]]", as note-takers link
    return linked[1] if linked else value


def _unescaped(escape: re.Match[str]) -> str:
    code = escape["two"] or escape["four"] or escape["eight"]
    if not code:
        return _SPACES.get(escape["sign"], escape["sign"]) if escape["sign"] else ""
    number = int(code, 16)
    is_character = 0x20 <= number <= 0x10FFFF and not 0xD800 <= number <= 0xDFFF
    return chr(number) if is_character else escape[0]
