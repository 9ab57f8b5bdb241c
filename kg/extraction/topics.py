"""The few subjects that an article keeps coming back to."""

from __future__ import annotations

from kg.extraction.reading import Reading
from kg.facts import Topic


def find_topics(reading: Reading, exclude: tuple[tuple[int, int], ...] = ()) -> tuple[Topic, ...]:
    """The topics of an article, in text order. ``exclude`` holds token ranges ``[start, end)`` that name events."""
    return ()
