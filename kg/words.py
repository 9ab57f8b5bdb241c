"""Word lists of the language, one readable file each under ``words/``: one entry a line, ``#`` begins a comment.

Lists with columns (``key<TAB>value``) are read by :func:`table`. Every file says in its first lines what it is and
where its entries come from.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files


@cache
def _lines(name: str) -> tuple[str, ...]:
    text = (files("kg") / "words" / name).read_text(encoding="utf-8")
    lines = (line.split(" #", 1)[0].rstrip() for line in text.splitlines() if not line.startswith("#"))
    return tuple(line for line in lines if line.strip())


@cache
def words(name: str) -> frozenset[str]:
    """The entries of the list ``words/NAME.txt``."""
    return frozenset(line.strip() for line in _lines(f"{name}.txt"))


@cache
def table(name: str) -> tuple[tuple[str, ...], ...]:
    """The rows of ``words/NAME.tsv``, each a tuple of its columns."""
    return tuple(tuple(cell.strip() for cell in line.split("\t")) for line in _lines(f"{name}.tsv"))


@cache
def classes(name: str) -> dict[str, tuple[str, ...]]:
    """The word classes of ``words/NAME.tsv``, whose rows are a class and words, divided by blanks; each in order."""
    found: dict[str, tuple[str, ...]] = {}
    for kind, members in table(name):
        found[kind] = (*found.get(kind, ()), *members.split())
    return found
