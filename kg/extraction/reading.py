"""An article in the middle of being read: its Doc, the entities found so far, and what each token refers to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from kg.facts import Article, Entity

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token


@dataclass(frozen=True, slots=True)
class Reference:
    """What a token refers to, by which rule, how surely (0 to 1).

    ``reason`` is a short phrase for people: "name", "pronoun 'she', nearest woman subject", "the only minister named".
    """

    key: str
    reason: str
    confidence: float = 1.0


@dataclass(frozen=True)
class Reading:
    """What the extractors share. ``references`` maps a token's index to what it refers to: every token of a name, and
    the head token of each pronoun and nominal that was resolved.
    """

    article: Article
    doc: Doc
    entities: tuple[Entity, ...] = ()
    references: Mapping[int, Reference] = field(default_factory=dict)

    def entity(self, key: str) -> Entity | None:
        """The entity with that key."""
        return self._by_key.get(key)

    @property
    def _by_key(self) -> dict[str, Entity]:
        cached: dict[str, Entity] | None = self.__dict__.get("_entities_by_key")
        if cached is None:
            cached = {entity.key: entity for entity in self.entities}
            self.__dict__["_entities_by_key"] = cached
        return cached

    def reference(self, token: Token) -> Reference | None:
        """What the token refers to, if that is known."""
        return self.references.get(token.i)

    def referent(self, token: Token) -> Entity | None:
        """The entity that the token refers to, if that is known."""
        reference = self.references.get(token.i)
        return self.entity(reference.key) if reference else None
