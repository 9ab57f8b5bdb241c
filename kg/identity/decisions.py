"""Decisions of people about a graph: a small CSV file to be kept beside the articles and read at every build.

The first line names the columns; ``decision``, ``first``, ``second`` and ``why`` count, others are for people and are
ignored, and so are lines that begin with ``#`` or whose decision is empty or "undecided". Semicolons or tabs may stand
for the commas::

    decision,first,second,why
    same,person:amal-haddad,person:a-haddad,"the ministry's register has one A. Haddad"
    different,person:john-smith,person:j-smith,the second is a footballer
    different,person:john-smith,article:a1b2c3d4e5f60718,in that article it is another one
    different,article:a1b2c3d4e5f60718,article:a0918273645546372,"no near-duplicates: both quote one speech"
    rename,organisation:nea,Northern Energy Agency,its own spelling
    reject,fact:f0123456789abcdef,,the sentence is about her deputy
    confirm,fact:fedcba9876543210f,,checked with the minutes

A thing is named by its IRI, whole or with the prefix of its kind, a fact by the IRI of its record (or of its
statement). Deleting a line undoes its decision.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from kg.errors import KgError
from kg.identity.iris import DEFAULT_BASE

KINDS = ("same", "different", "rename", "reject", "confirm")
PAIRS = ("same", "different", "rename")
COLUMNS = ("decision", "first", "second", "why")


class DecisionsError(KgError):
    """A file of decisions that cannot be read, with its name and line."""


@dataclass(frozen=True, slots=True)
class Decision:
    """One line. ``first`` and ``second`` are whole IRIs (``second`` the new name for "rename", else empty)."""

    kind: str
    first: str
    second: str
    why: str
    place: str

    @property
    def reason(self) -> str:
        """The decision in words, for the graph."""
        return f"decided by a person: {self.why}" if self.why else "decided by a person"


@dataclass(frozen=True, slots=True)
class Decisions:
    """All decisions of a file, in its order."""

    items: tuple[Decision, ...] = ()

    def of(self, kind: str) -> Iterator[Decision]:
        """The decisions of one kind."""
        return (item for item in self.items if item.kind == kind)


def read_decisions(path: str | Path, base: str = DEFAULT_BASE) -> Decisions:
    """Read a file of decisions; prefixed names are taken to be of ``base``.

    Raises:
        DecisionsError: the file cannot be read, or a line is not a decision; file and line are named.
    """
    path = Path(path)
    try:
        text = path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise DecisionsError(f"{path}: cannot be read: {error.strerror or error}") from None
    except UnicodeDecodeError as error:
        raise DecisionsError(f"{path}: cannot be read: {error}") from None
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=_separator(text))
    columns: list[str] | None = None
    items: dict[tuple[str, str, str], Decision] = {}
    try:
        for row in rows:
            if not any(cell.strip() for cell in row) or row[0].lstrip().startswith("#"):
                continue
            place = f"{path}, line {rows.line_num}"
            if columns is None:
                columns = _columns(row, place)
                continue
            decision = _decision(dict(zip(columns, (cell.strip() for cell in row), strict=False)), base, place)
            if decision:
                _check(decision, items)
                items[_key(decision)] = decision
    except csv.Error as error:
        raise DecisionsError(f"{path}, line {rows.line_num}: not a line of CSV: {error}") from None
    return Decisions(tuple(items.values()))


def _separator(text: str) -> str:
    """What stands between the cells: a comma, or as some spreadsheets have it a semicolon or a tab."""
    head = next((line for line in text.splitlines() if line.strip() and not line.lstrip().startswith("#")), "")
    return max(",;\t", key=head.count)


def _columns(row: list[str], place: str) -> list[str]:
    names = [cell.strip().lower() for cell in row]
    missing = [name for name in COLUMNS[:3] if name not in names]
    if missing:
        raise DecisionsError(
            f"{place}: the first line must name the columns {', '.join(COLUMNS)}; {missing[0]} is missing"
        )
    return names


def _decision(row: dict[str, str], base: str, place: str) -> Decision | None:
    kind = row.get("decision", "").lower()
    if kind in ("", "undecided", "?"):
        return None
    if kind not in KINDS:
        raise DecisionsError(f"{place}: {kind!r} is no decision; known are {', '.join(KINDS)}")
    first, second = row.get("first", ""), row.get("second", "")
    if not first or (kind in PAIRS and not second):
        raise DecisionsError(f"{place}: {kind!r} needs {'two things' if kind in PAIRS else 'a fact'}")
    if kind == "rename":
        return Decision(kind, _iri(first, base, place), " ".join(second.split()), row.get("why", ""), place)
    second = _iri(second, base, place) if kind in PAIRS else ""
    if first == second or _iri(first, base, place) == second:
        raise DecisionsError(f"{place}: {first} is named twice")
    return Decision(kind, _iri(first, base, place), second, row.get("why", ""), place)


def _iri(name: str, base: str, place: str) -> str:
    name = name.strip("<>")
    if "://" in name or name.startswith("urn:"):
        return name
    kind, colon, local = name.partition(":")
    if not (kind.isalpha() and colon and local) or " " in local:
        raise DecisionsError(f"{place}: {name!r} is no IRI and no prefixed name such as person:amal-haddad")
    return f"{base}{kind}/{local}"


def _key(decision: Decision) -> tuple[str, str, str]:
    """What only one decision can be about: a thing has one name."""
    return decision.kind, decision.first, "" if decision.kind == "rename" else decision.second


def _check(decision: Decision, items: dict[tuple[str, str, str], Decision]) -> None:
    """Refuse what contradicts an earlier line."""
    renamed = items.get(_key(decision)) if decision.kind == "rename" else None
    if renamed and renamed.second != decision.second:
        raise DecisionsError(f"{decision.place}: contradicts {renamed.place}")
    contrary = {"same": "different", "different": "same", "reject": "confirm", "confirm": "reject"}.get(decision.kind)
    if contrary is None:
        return
    for pair in ((decision.first, decision.second), (decision.second, decision.first)):
        earlier = items.get((contrary, *pair))
        if earlier:
            raise DecisionsError(f"{decision.place}: contradicts {earlier.place}")
