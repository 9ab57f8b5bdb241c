"""What the constructions hand over: an attribution in tokens, before nesting, polarity and confidence are known."""

from __future__ import annotations

from dataclasses import dataclass, field

from kg.facts import TextSpan


@dataclass(slots=True)
class Draft:
    """A cue with its content and source. ``cue`` and ``source`` are (first, last) tokens, both included.

    ``source_head`` is the token that says who, ``clause`` the head of the content (a verb, or a noun object)
    where there is one; ``frame`` the frame of ``cue_classes.tsv`` that the content fills; ``quoted`` the numbers of the
    quotations it holds; ``origin`` the draft that a continued one carries on; ``doubts`` come off its confidence.
    """

    content: list[TextSpan]
    cue: tuple[int, int] | None
    cue_head: int
    lemma: str
    frame: str
    act: str
    grade: str
    reason: str
    source: tuple[int, int] | None = None
    source_head: int | None = None
    clause: int | None = None
    quote_type: str = "indirect"
    doubts: float = 0.0
    quoted: list[int] = field(default_factory=list)
    origin: Draft | None = None
