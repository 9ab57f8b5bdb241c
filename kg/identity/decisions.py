"""Decisions of people about a graph: a small CSV file to be kept beside the articles and read at every build.

The first line names the columns; ``decision``, ``first``, ``second``, ``why``, ``first_article`` and ``second_article``
count, others are for people and are ignored, and so are lines that begin with ``#`` or whose decision is empty or
"undecided". Semicolons or tabs may stand for the commas::

    decision,first,second,why
    same,person:amal-haddad,person:a-haddad,"the ministry's register has one A. Haddad"
    different,person:john-smith,person:j-smith,the second is a footballer
    different,person:john-smith,article:a1b2c3d4e5f60718,in that article it is another one
    different,person:john-smith,https://paper.example/1,in the article of that address it is another one
    different,article:a1b2c3d4e5f60718,article:a0918273645546372,"no near-duplicates: both quote one speech"
    rename,organisation:nea,Northern Energy Agency,its own spelling
    reject,fact:f0123456789abcdef,,the sentence is about her deputy
    confirm,fact:fedcba9876543210f,,checked with the minutes

A thing is named by its IRI, whole or with the prefix of its kind, a fact by the IRI of its record (or of its
statement), an article by its IRI or address. Of several things of one name ``first_article`` and ``second_article``
say which is meant: the one that this article tells of. Deleting a line undoes its decision.
"""

from __future__ import annotations

import unicodedata
from collections import defaultdict, deque
from collections.abc import Iterable, Iterator, Set
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from typing import Final

from kg.addresses import address_of
from kg.errors import KgError
from kg.identity.iris import DEFAULT_BASE, is_iri
from kg.spreadsheet import read_table

KINDS: Final = ("same", "different", "rename", "reject", "confirm")
PAIRS: Final = ("same", "different", "rename")
COLUMNS: Final = ("decision", "first", "second", "why", "first_article", "second_article")

THINGS: Final = ("person", "organisation", "place", "event", "topic")
"""The kinds of thing whose identity people decide about, as they stand in IRIs and prefixed names."""
READINGS: Final = ("fact", "statement")
"""What can be rejected and confirmed."""
ARTICLE: Final = "article"


class DecisionsError(KgError):
    """A file of decisions that cannot be read, with its name and line."""


Side = tuple[str, str]
"""An IRI, and the article in which it is meant, or ""."""


@dataclass(frozen=True, slots=True)
class Decision:
    """One line. ``first`` and ``second`` are whole IRIs (``second`` the new name for "rename", else empty).

    ``first_article`` and ``second_article`` are IRIs or addresses of articles in which they are meant, or empty. Of a
    pair the graph's own thing is the first; the second may be an article, or of elsewhere.
    """

    kind: str
    first: str
    second: str
    why: str
    place: str
    first_article: str = ""
    second_article: str = ""

    @property
    def reason(self) -> str:
        """The decision in words, for the graph."""
        return f"decided by a person: {self.why}" if self.why else "decided by a person"

    @property
    def sides(self) -> tuple[Side, Side]:
        """Both things, each with its article."""
        return (self.first, self.first_article), (self.second, self.second_article)


@dataclass(frozen=True, slots=True)
class Decisions:
    """All decisions of a file, in its order."""

    items: tuple[Decision, ...] = ()

    def of(self, *kinds: str) -> Iterator[Decision]:
        """The decisions of some kinds."""
        return (item for item in self.items if item.kind in kinds)

    @property
    def kept_apart(self) -> frozenset[frozenset[str]]:
        """The pairs that are said to be different, addresses as :func:`address_of` has them."""
        return frozenset(frozenset(map(address_of, (item.first, item.second))) for item in self.of("different"))


def are_apart(kept_apart: Set[frozenset[str]], one: Iterable[str], other: Iterable[str]) -> bool:
    """Whether two things, each given by all that it is called, are one of the pairs that are said to be different."""
    return any(frozenset(pair) in kept_apart for pair in product(map(address_of, one), map(address_of, other)))


def read_decisions(path: str | Path, base: str = DEFAULT_BASE) -> Decisions:
    """Read a file of decisions; prefixed names are taken to be of ``base``.

    Raises:
        DecisionsError: the file cannot be read, or a line is not a decision; file and line are named.
    """
    items: dict[tuple[str, Side, Side], Decision] = {}
    for place, row in read_table(Path(path), COLUMNS[:3], DecisionsError):
        try:
            decision = _decision(row, base, place)
        except ValueError as error:
            raise DecisionsError(f"{place}: {error}") from None
        if decision:
            _check(decision, items)
            items[_key(decision)] = decision
    _check_groups(items.values())
    return Decisions(tuple(items.values()))


def kind_of_iri(iri: str, base: str) -> str:
    """What an IRI stands for, by its form: person, fact, article ...; "" where it is not of this base."""
    return iri.removeprefix(base).partition("/")[0] if iri.startswith(base) else ""


def _decision(row: dict[str, str], base: str, place: str) -> Decision | None:
    """The decision of a line, if it is one. Raises ValueError."""
    kind = row.get("decision", "").lower()
    if kind in ("", "undecided", "?"):
        return None
    if kind not in KINDS:
        raise ValueError(f"{kind!r} is no decision; known are {', '.join(KINDS)}")
    first, second, why = (" ".join(row.get(name, "").split()) for name in COLUMNS[1:4])
    if not first or (kind in PAIRS and not second):
        raise ValueError(f"{kind!r} needs {_needs(kind)}")
    for text in (first, second, why):
        if control := next((c for c in text if unicodedata.category(c) == "Cc"), None):
            raise ValueError(f"{text!r} has a control character (U+{ord(control):04X})")
    if kind not in PAIRS:
        return Decision(kind, _reading(kind, first, base), "", why, place)
    first_article, second_article = (_article(row.get(name, ""), base) for name in COLUMNS[4:])
    first = _iri(first, base)
    if kind == "rename":
        if kind_of_iri(first, base) in (*READINGS, ARTICLE):
            raise ValueError(f"{kind!r} needs {_needs(kind)}, not {short_iri(first, base)}")
        return Decision(kind, first, second, why, place, first_article)
    second = _iri(second, base)
    if (first, first_article) == (second, second_article):
        raise ValueError(f"{short_iri(first, base)} is named twice")
    of = kind_of_iri(first, base), kind_of_iri(second, base)
    if unfit := next((iri for iri, what in zip((first, second), of, strict=True) if what in READINGS), None):
        raise ValueError(f"{short_iri(unfit, base)} can only be rejected or confirmed")
    if kind == "same" and ARTICLE in of:
        raise ValueError("articles are never the same; 'same' needs two things")
    sides = (first, first_article), (second, second_article)
    (first, first_article), (second, second_article) = sorted(sides, key=lambda side: _rank(side[0], base))
    return Decision(kind, first, second, why, place, first_article, second_article)


def _needs(kind: str) -> str:
    if kind == "rename":
        return "a thing and its new name"
    return "two things" if kind in PAIRS else "a fact or a statement"


def _rank(iri: str, base: str) -> int:
    """Things of the graph come before articles, and these before what is of elsewhere."""
    kind = kind_of_iri(iri, base)
    return 1 if kind == ARTICLE else 0 if kind else 2


def _reading(kind: str, name: str, base: str) -> str:
    """The IRI of a fact or statement, of whatever base."""
    iri = _iri(name, base)
    parts = iri.rsplit("/", 2)
    if len(parts) < 3 or parts[1] not in READINGS:
        raise ValueError(f"{kind!r} needs {_needs(kind)}, and {short_iri(iri, base)} is none")
    return iri


def _article(name: str, base: str) -> str:
    """The IRI or address of an article, or nothing."""
    iri = _iri(name, base) if name else ""
    kind = kind_of_iri(iri, base)
    if kind not in (ARTICLE, ""):
        raise ValueError(f"{short_iri(iri, base)} is no article")
    return iri if kind else address_of(iri)


def _iri(name: str, base: str) -> str:
    """The IRI that a cell names: whole, also in angle brackets, or by the prefix of its kind."""
    bare = name.strip("<>")
    kind, colon, local = bare.partition(":")
    known = (*THINGS, ARTICLE, *READINGS)
    if kind not in known and (bare != name or "://" in name or kind == "urn"):
        if not is_iri(bare):
            raise ValueError(f"{bare!r} is not an IRI")
        return bare
    iri = f"{base}{kind}/{local}"
    if kind not in known and colon and local and kind.isalpha() and " " not in local:
        raise ValueError(f"{name!r} has no known prefix; known are {', '.join(known)}")
    if not (colon and local and is_iri(iri)):
        raise ValueError(f"{name!r} is no IRI and no prefixed name such as person:amal-haddad")
    return iri


def short_iri(iri: str, base: str) -> str:
    """An IRI as a line of a file of decisions may have it: with a prefix, where that is of the graph itself."""
    kind, slash, local = iri.removeprefix(base).partition("/")
    if slash and iri.startswith(base) and kind in (*THINGS, ARTICLE, *READINGS):
        return f"{kind}:{local}"
    return iri if "://" in iri or iri.startswith("urn:") else f"<{iri}>"


def _key(decision: Decision) -> tuple[str, Side, Side]:
    """What only one decision can be about: a thing has one name."""
    first, second = decision.sides
    return decision.kind, first, ("", "") if decision.kind == "rename" else second


def _check(decision: Decision, items: dict[tuple[str, Side, Side], Decision]) -> None:
    """Refuse what contradicts an earlier line."""
    renamed = items.get(_key(decision)) if decision.kind == "rename" else None
    if renamed and renamed.second != decision.second:
        raise DecisionsError(f"{decision.place}: contradicts {renamed.place}")
    contrary = {"same": "different", "different": "same", "reject": "confirm", "confirm": "reject"}.get(decision.kind)
    if contrary is None:
        return
    first, second = decision.sides
    for pair in ((first, second), (second, first)):
        earlier = items.get((contrary, *pair))
        if earlier:
            raise DecisionsError(f"{decision.place}: contradicts {earlier.place}")


def _check_groups(items: Iterable[Decision]) -> None:
    """Refuse lines "different" on what other lines together make one."""
    items = list(items)
    order = {item.place: number for number, item in enumerate(items)}
    said: dict[Side, list[tuple[Side, Decision]]] = defaultdict(list)
    for item in items:
        if item.kind == "same":
            one, other = item.sides
            said[one].append((other, item))
            said[other].append((one, item))
    for item in items:
        if item.kind == "different" and (path := _path(said, *item.sides)):
            *others, last = sorted([*path, item], key=lambda one: order[one.place])
            known = " and ".join(one.place for one in others)
            apart = "it" if item is last else item.place
            raise DecisionsError(f"{last.place}: contradicts {known}: what {apart} keeps apart, the others make one")


def _path(said: dict[Side, list[tuple[Side, Decision]]], one: Side, other: Side) -> list[Decision]:
    """The fewest decisions "same" that make two things one; none where they do not."""
    came: dict[Side, tuple[Side, Decision] | None] = {one: None}
    waiting = deque([one])
    while waiting and other not in came:
        at = waiting.popleft()
        for near, decision in said.get(at, ()):
            if near not in came:
                came[near] = at, decision
                waiting.append(near)
    found: list[Decision] = []
    step = came.get(other)
    while step:
        found.append(step[1])
        step = came[step[0]]
    return found
