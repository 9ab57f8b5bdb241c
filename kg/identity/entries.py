"""What figures surely are: entries of an authority, by its list or by decisions.

One entry is not two things of different kinds, unless these are a place and an organisation. Where the list alone would
make it so, it is surely none of them, and a candidate of each.
"""

from __future__ import annotations

from kg.identity.authority import KINDS
from kg.identity.claims import token
from kg.identity.figures import Figure, number_of, own_iri
from kg.identity.index import AT_HAND, Index
from kg.identity.iris import IriPolicy
from kg.identity.settings import Settings


class Entries:
    """Finds the entries of figures, and the figures of entries."""

    def __init__(self, index: Index, policy: IriPolicy, settings: Settings) -> None:
        self._index = index
        self._policy = policy
        self._settings = settings
        self._known: dict[str, dict[int, str]] = {}

    def of(self, figure: Figure) -> dict[str, str]:
        """The entries that a figure surely is, each with the reason."""
        found = self._settings.entries(figure)
        return {entry: reason for entry, reason in found.items() if self._is_sure(figure, entry)}

    def candidates(self, figure: Figure) -> dict[str, str]:
        """The entries of the list that a figure may be, each with the reason; none that it is said not to be."""
        found = {}
        for entry, reason, _ in self._settings.listed(figure):
            shared = "" if self._is_sure(figure, entry) else ", which things of several kinds are called"
            found[entry] = f"{reason}{shared}"
        return found

    def bearers(self, entry: str, kind: str) -> set[int]:
        """The figures of a kind that bear a name of an entry, and those that are said to be it."""
        found = {number_of(iri) for iri in self._settings.said_to_be(entry)}
        authority = self._settings.authority
        for name in authority.names_of(kind, entry) if authority else ():
            query = "SELECT number FROM identity_names WHERE kind = ? AND (token = ? OR number = ?)"
            plain = own_iri(self._policy, kind, name, None, None)
            for (number,) in self._index.rows(query, kind, token(kind, name), number_of(plain)):
                query = "SELECT number FROM identity_figures WHERE name = ?"
                found |= {row[0] for row in self._index.rows(query, number)}
        return found

    def reached(self, entry: str) -> set[int]:
        """The figures of any kind for which it matters who else bears a name of an entry."""
        return {number for kind in KINDS for number in self.bearers(entry, kind)}

    def _is_sure(self, figure: Figure, entry: str) -> bool:
        """Whether a figure is said to be an entry, or no figure of another kind is it as well."""
        known = self._claimed(entry)
        kinds = set(known.values())
        if figure.iri in self._settings.said_to_be(entry) or figure.number not in known:
            return True
        return len(kinds) == 1 or kinds == {"place", "organisation"}

    def _claimed(self, entry: str) -> dict[int, str]:
        """The kinds of the figures that are an entry as far as each is looked at by itself."""
        if entry not in self._known:
            if len(self._known) >= AT_HAND:
                self._known.clear()
            figures = (self._index.figure(number) for number in self.reached(entry))
            self._known[entry] = {
                figure.number: figure.kind for figure in figures if figure and entry in self._settings.entries(figure)
            }
        return self._known[entry]
