"""Whether a clause is denied: "is not", "never was", "hardly knew", "no longer heads", "is not the mayor any more"."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from kg.extraction.columns import Columns
from kg.words import table


def is_denied(c: Columns, verb: int) -> bool:
    """Whether the clause of token ``verb`` is denied, altogether or from some time on."""
    found = _ways(c, verb)
    return not found.isdisjoint({"denied", "ended"}) or ("nearly" in found and "had" not in _words(c, verb))


def has_ended(c: Columns, verb: int) -> bool:
    """Whether what the clause of token ``verb`` tells was so before: "is no longer mayor", "is not mayor any more"."""
    found = _ways(c, verb)
    return "ended" in found or {"denied", "ended if denied"} <= found


def _ways(c: Columns, verb: int) -> set[str]:
    """How the words beside a verb deny its clause, in the words of ``negation.tsv``."""
    told = {_negation()[words] for words in _words(c, verb) if words in _negation()}
    return told | {"denied" for j in c.children[verb] if c.deps[j] == "neg" and not _is_not_only(c, j)}


def _is_not_only(c: Columns, j: int) -> bool:
    """Whether "not" denies nothing: "she not only won, but doubled her lead"."""
    return c.lower[j] == "not" and j + 1 < len(c.lower) and c.lower[j + 1] == "only"


def _words(c: Columns, verb: int) -> Iterator[str]:
    """The words beside a verb, alone and with the word before: the parser hangs "no" of "no longer" on "longer"."""
    for j in c.children[verb]:
        yield c.lower[j]
        yield f"{c.lower[max(0, j - 1)]} {c.lower[j]}"


@cache
def _negation() -> dict[str, str]:
    return dict(table("negation"))  # type: ignore[arg-type]
