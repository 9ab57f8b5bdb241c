"""Who took part in which event, and how."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.facts import Event, Participation, Role

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kg.extraction.reading import Reading, Reference


def find_participations(
    reading: Reading, events: tuple[Event, ...], event_references: Mapping[int, Reference], roles: tuple[Role, ...]
) -> tuple[Participation, ...]:
    """The parts that named agents took in the events, in text order."""
    return ()
