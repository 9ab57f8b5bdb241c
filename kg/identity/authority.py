"""An authority list of the user's own, matched without a network: a CSV file or a SKOS file in Turtle.

The columns of the CSV (see :mod:`kg.spreadsheet`) are ``id`` (an IRI), ``name``, ``aliases`` (separated by ``|``) and
``kind`` (person, organisation, place, event, topic; empty for any); the lines of one id are one entry. A further
column ``match`` may say that a line is a candidate for these names only ("no"), or says nothing ("none"), as ``kg
reconcile`` writes them. In SKOS every thing with a skos:prefLabel is an entry, skos:altLabel gives its other names, and
its rdf:type or skos:inScheme are not looked at.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

from kg.errors import KgError
from kg.identity.collective import plain_words
from kg.identity.figures import Figure
from kg.identity.iris import is_iri, norm
from kg.identity.personal import personal_name
from kg.spreadsheet import read_table

KINDS = ("person", "organisation", "place", "event", "topic")
MATCHES = ("yes", "no", "none")
TABLES = (".csv", ".tsv")


class AuthorityError(KgError):
    """An authority list that cannot be read, with file and line."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry: its IRI, its names (the preferred one first) and its kind (empty for any).

    ``certain`` is False for what is no more than a candidate for its names.
    """

    iri: str
    names: tuple[str, ...]
    kind: str = ""
    certain: bool = True


class Authority:
    """The entries of a list, found by name. Those of one IRI are one: it bears all their names."""

    def __init__(self, name: str, entries: list[Entry]) -> None:
        self.name = name
        self.entries = entries
        self._iris = {entry.iri for entry in entries}
        self._by_name: dict[tuple[str, str], dict[str, bool]] = defaultdict(dict)
        self._names: dict[tuple[str, str], dict[str, None]] = defaultdict(dict)
        for entry in entries:
            for kind in (entry.kind,) if entry.kind else KINDS:
                for label in entry.names:
                    found = self._by_name[kind, _key(kind, label)]
                    found[entry.iri] = found.get(entry.iri, False) or entry.certain
                if entry.certain:
                    self._names[kind, entry.iri].update(dict.fromkeys(entry.names))

    def matches(self, kind: str, figure: Figure) -> list[tuple[str, str, bool]]:
        """The IRIs of what bears a name of the figure, each with the reason, and whether it is surely the one.

        It is if nothing else of the list bears the name, the name is the figure's own and no family name alone, and the
        figure is not one of several of its name.
        """
        found = self._by_name.get((kind, _key(kind, figure.name)), {})
        lone = figure.qualifier is None and figure.summary.told_by is None
        sure = len(found) == 1 and lone and all(found.values())
        alone = "the only" if len(found) == 1 else f"one of {len(found)}"
        return [(iri, f"{alone} {figure.name!r} of {self.name}", sure) for iri in sorted(found)]

    def has(self, iri: str) -> bool:
        """Whether the list has an entry of that IRI."""
        return iri in self._iris

    def names_of(self, kind: str, iri: str) -> tuple[str, ...]:
        """The names that things of a kind bear if they are surely that of the list."""
        return tuple(self._names.get((kind, iri), ()))


def _key(kind: str, name: str) -> str:
    return personal_name(name).compact if kind == "person" else " ".join(plain_words(name)) or norm(name)


def read_authority(path: str | Path) -> Authority:
    """Read a list: ``.csv`` or ``.tsv``, or SKOS in ``.ttl`` (or another RDF format).

    Raises:
        AuthorityError: it cannot be read; file and line are named.
    """
    path = Path(path)
    if path.suffix.lower() in TABLES:
        return Authority(path.name, _read_csv(path))
    entries = _read_skos(path)
    if not entries:
        raise AuthorityError(f"{path}: has no entries")
    return Authority(path.name, entries)


def _read_csv(path: Path) -> list[Entry]:
    entries = []
    for place, row in read_table(path, ("id", "name"), AuthorityError):
        iri, name, kind, match = (row.get(column, "") for column in ("id", "name", "kind", "match"))
        if match and match not in MATCHES:
            raise AuthorityError(f"{place}: {match!r} is no match; known are {', '.join(MATCHES)}")
        if match == "none":
            continue
        if not is_iri(iri):
            raise AuthorityError(f"{place}: {iri!r} is not an IRI")
        if not name:
            raise AuthorityError(f"{place}: there is no name")
        if kind and kind not in KINDS:
            raise AuthorityError(f"{place}: {kind!r} is no kind; known are {', '.join(KINDS)}")
        aliases = (alias.strip() for alias in row.get("aliases", "").split("|"))
        entries.append(Entry(iri, (name, *(alias for alias in aliases if alias)), kind, match != "no"))
    return entries


def _read_skos(path: Path) -> list[Entry]:
    from pyoxigraph import Literal, NamedNode, Store

    from kg.store.formats import ENDINGS, rdf_ending, read_file
    from kg.vocabulary import SKOS

    if path.exists() and rdf_ending(path) is None:
        raise AuthorityError(f"{path}: is no list by its ending; known are {', '.join((*TABLES, *ENDINGS))}")
    store = Store()
    read_file(path, store)
    names: dict[str, tuple[set[str], set[str]]] = defaultdict(lambda: (set(), set()))
    for place, predicate in enumerate((SKOS.prefLabel, SKOS.altLabel)):
        for quad in store.quads_for_pattern(None, predicate, None):
            if isinstance(quad.subject, NamedNode) and isinstance(quad.object, Literal):
                names[quad.subject.value][place].add(quad.object.value)
    return [
        Entry(iri, (*sorted(preferred), *sorted(others - preferred)))
        for iri, (preferred, others) in sorted(names.items())
        if preferred
    ]
