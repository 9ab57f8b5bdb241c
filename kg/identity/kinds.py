"""Kinds: one name that articles take for things of several kinds, of which they show one alone.

An article says who leads Selby Water; another has the bare name, and takes it for a person. What the one shows decides
for the other: the figure of a kind that nothing shows is a leaf of the one of the kind that is shown.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from kg.identity.change import Change
from kg.identity.figures import Figure, number_of
from kg.identity.index import OF_ANOTHER_KIND, SPLIT, Index, edge_of
from kg.identity.matching import Verdict
from kg.identity.settings import Settings

KINDS: Final = ("organisation", "person", "place", "topic")
"""What one name may be taken for."""

SHOWN: Final = ("organisation", "place")
"""What articles may show it to be. No person: companies, schools and places are called after people."""

OPEN: Final = 3.0
"""By no more than this a kind leads where it is open: so much the label of the language model alone gives it."""

CLEAR: Final = 4.0
"""By so much a kind leads where it is clear."""


class Kinds:
    """Finds what names stand for that articles take for things of several kinds."""

    def __init__(self, index: Index, settings: Settings) -> None:
        self._index = index
        self._settings = settings
        self._reached: set[int] = set()

    def fill(self, figures: Iterable[int]) -> None:
        """Find it for figures whose kind is open, where it is known of none yet."""
        for number in sorted(figures):
            figure = self._index.figure(number)
            if figure and (verdict := self._verdict(figure)):
                self._set_leaf(figure, True)
                self._index.put_edge(verdict, OF_ANOTHER_KIND)

    def reach(self, names: Iterable[int]) -> None:
        """Note names that a change touches, and the same names of other kinds."""
        for name in filter(None, map(self._index.name, names)):
            self._reached |= {name.number, *map(number_of, _of_other_kinds(name.kind, name.iri))}

    def settle(self, change: Change) -> None:
        """Find it anew for the names that have been reached, once their figures are known."""
        index = self._index
        self.reach(change.names)
        for number in sorted(self._reached):
            figure = index.figure(number)
            if figure is None:
                continue
            verdict = self._verdict(figure)
            known = [row for row in index.hints(number) if row[2] == OF_ANOTHER_KIND]
            if verdict and figure.leaf and known == [edge_of(verdict, OF_ANOTHER_KIND)[1]]:
                continue
            if verdict or known:
                change.components |= index.remove_edges(number) | {number}
                change.articles |= index.remove_links(number)
                change.figures.add(number)
                self._set_leaf(figure, verdict is not None or self._settings.is_leaf(figure))
            if verdict:
                index.put_edge(verdict, OF_ANOTHER_KIND)

    def _verdict(self, figure: Figure) -> Verdict | None:
        """The verdict on a figure whose kind is open and the one of its name whose kind is clear."""
        if figure.summary.lead > OPEN or not self._is_whole(figure) or not self._settings.is_open(figure):
            return None
        if figure.kind == "topic" and (" " not in figure.name or figure.name.islower()):
            return None
        others = (self._index.figure(number_of(iri)) for iri in _of_other_kinds(figure.kind, figure.iri))
        shown = [other for other in others if other and other.summary.lead >= CLEAR and self._is_whole(other)]
        if len(shown) != 1 or shown[0].kind not in SHOWN:
            return None
        a, b = (f"{'an' if kind == 'organisation' else 'a'} {kind}" for kind in (shown[0].kind, figure.kind))
        reason = f"{shown[0].name!r}: articles show it to be {a}, and none shows it to be {b}"
        one, other = sorted((figure, shown[0]), key=lambda known: known.iri)
        return Verdict(one, other, "same", 0.0, 0.0, reason)

    def _is_whole(self, figure: Figure) -> bool:
        """Whether a figure is all that its name stands for where one kind is looked at, and the name no short form."""
        name = self._index.name(figure.number)
        return name is not None and name.state < SPLIT and figure.kind in KINDS and not figure.weak

    def _set_leaf(self, figure: Figure, leaf: bool) -> None:
        figure.leaf = leaf
        self._index.run("UPDATE identity_figures SET leaf = ? WHERE number = ?", leaf, figure.number)


def _of_other_kinds(kind: str, iri: str) -> list[str]:
    """The IRIs of things of other kinds that are called like one of a kind."""
    start, _, local = iri.rpartition(f"{kind}/")
    return [f"{start}{other}/{local}" for other in KINDS if other != kind]
