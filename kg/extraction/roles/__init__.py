"""Who holds which position where, and the other relations between names that a text says in words."""

from __future__ import annotations

from kg.extraction.reading import Reading
from kg.facts import Relation, Role


def find_roles(reading: Reading) -> tuple[Role, ...]:
    """The roles that the article gives its people, in text order."""
    return ()


def find_relations(reading: Reading) -> tuple[Relation, ...]:
    """Membership, foundation and the like, in text order."""
    return ()
