"""Which statement stands within the content of which."""

from __future__ import annotations

from kg.facts import TextSpan


def nest(contents: list[tuple[TextSpan, ...]], whole: list[TextSpan]) -> list[int | None]:
    """For each statement the index of the smallest other one whose content holds all of it.

    ``contents`` are content spans, ``whole`` the extent of each statement: its content, cue and source together.
    """
    outer: list[int | None] = []
    for i, inner in enumerate(whole):
        best: int | None = None
        for j, spans in enumerate(contents):
            if j == i or not any(span.covers(inner) for span in spans):
                continue
            if best is None or _size(spans) < _size(contents[best]):
                best = j
        outer.append(best)
    return outer


def _size(spans: tuple[TextSpan, ...]) -> int:
    return sum(span.end - span.begin for span in spans)
