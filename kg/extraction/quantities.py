"""Numbers that say how much or how many."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.facts import Quantity

if TYPE_CHECKING:
    from spacy.tokens import Doc


def find_quantities(doc: Doc) -> tuple[Quantity, ...]:
    """The quantities of a text, in text order."""
    return ()
