"""Events: their names, what the text says of them, and who took part."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.extraction.reading import Reference
from kg.facts import Event

if TYPE_CHECKING:
    from kg.extraction.reading import Reading

__all__ = ["find_events"]


def find_events(reading: Reading) -> tuple[tuple[Event, ...], dict[int, Reference]]:
    """The events of an article, and which tokens refer to them."""
    return (), {}
