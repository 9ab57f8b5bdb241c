"""Which of several media types a client wants most."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence


def preferred(accept: str | None, offered: Sequence[str]) -> str | None:
    """The offered type that an Accept header likes best, the first of equals; None where it accepts none of them.

    >>> preferred("text/turtle;q=0.5, application/*", ["text/html", "text/turtle", "application/ld+json"])
    'application/ld+json'
    """
    if accept is None or not accept.strip():
        return offered[0]
    ranges = [_range(part) for part in accept.split(",") if part.strip()]
    best, quality = None, 0.0
    for kind in offered:
        matching = [(specific, q) for pattern, specific, q in ranges if _fits(kind, pattern)]
        q = max(matching, default=(0, 0.0))[1]
        if q > quality:
            best, quality = kind, q
    return best


def _range(part: str) -> tuple[str, int, float]:
    """A media range, how specific it is, and its quality."""
    pattern, *parameters = (piece.strip().lower() for piece in part.split(";"))
    quality = 1.0
    for parameter in parameters:
        name, _, value = parameter.partition("=")
        if name.strip() == "q":
            try:
                quality = min(1.0, max(0.0, float(value)))
            except ValueError:
                quality = 0.0
    return pattern, 0 if pattern in ("*/*", "*") else 1 if pattern.endswith("/*") else 2, quality


def _fits(kind: str, pattern: str) -> bool:
    return pattern in ("*/*", "*", kind) or (pattern.endswith("/*") and kind.startswith(pattern[:-1]))
