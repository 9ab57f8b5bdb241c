"""What a change of articles reaches, as far as it has been followed."""

from __future__ import annotations

from collections import defaultdict

from kg.identity.index import Place


class Change:
    """What a change of articles reaches, as far as it has been followed."""

    def __init__(self, fresh: bool) -> None:
        self.fresh = fresh
        self.articles: set[bytes] = set()
        """Articles whose share may be another."""
        self.names: dict[int, list[Place]] = {}
        """Names, with the places of their claims that came, went, or tell more or less than before."""
        self.sizes: dict[int, int] = defaultdict(int)
        """Names, with the number of claims that came, less those that went."""
        self.whole: set[int] = set()
        """Names that are to be told apart anew although their core is the same."""
        self.tokens: dict[str, int] = defaultdict(int)
        """Tokens, with the number of claims that came, less those that went."""
        self.figures: set[int] = set()
        """Figures that are new or other than before."""
        self.renamed: set[int] = set()
        """Those of them with another name, or other further ones."""
        self.gone: set[int] = set()
        self.keys: dict[str, list[tuple[int, bool]]] = defaultdict(list)
        """Keys, with the figures that got (true) or lost them."""
        self.acronyms: dict[str, set[int]] = defaultdict(set)
        """Keys of acronyms that figures have kept, with these figures."""
        self.company: set[int] = set()
        """Figures told of with something that has become rare, or is no longer."""
        self.explained: dict[int, set[str]] = defaultdict(set)
        """Some of these, with the tokens of further names that their articles explain to be that thing's."""
        self.components: set[int] = set()
        """Figures whose component is to be joined anew."""
        self.entries: set[str] = set()
        """Entries of an authority list, of whose names figures came, went, or changed."""
        self.nodes: set[int] = set()
        """Nodes of figures that are gone."""
        self.regrouped: set[object] = set()
        """Nodes that figures have come to or left."""
        self.moved: set[int] = set()
        """Figures that have another node, or another name."""
        self.leaves: set[int] = set()
        """Leaves that have been looked at."""

    def touch(self, name: int, place: Place, more: int) -> None:
        """Note that a claim came (1) or went (-1)."""
        self.sizes[name] += more
        self.names.setdefault(name, []).append(place)

    def count(self, token: str | None, more: int) -> None:
        """Note that so many claims came under a token, or (less than 0) went."""
        if token and more:
            self.tokens[token] += more
