"""Which statement stands within the content of which."""

from __future__ import annotations

from kg.facts import TextSpan


def nest(contents: list[tuple[TextSpan, ...]], parts: list[tuple[TextSpan, ...]]) -> list[int | None]:
    """For each statement the index of the smallest other one whose content holds all of it.

    ``contents`` are content spans, ``parts`` all spans of each statement: its content, cue and source.
    """
    outer: list[int | None] = []
    for i, inner in enumerate(parts):
        best: int | None = None
        for j, spans in enumerate(contents):
            if j == i or not all(any(span.covers(part) for span in spans) for part in inner):
                continue
            if best is None or _size(spans) < _size(contents[best]):
                best = j
        outer.append(best)
    return outer


def _size(spans: tuple[TextSpan, ...]) -> int:
    return sum(span.end - span.begin for span in spans)
