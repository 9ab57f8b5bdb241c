"""Whether a clause is denied: "is not", "never was", "hardly knew", "no longer heads", "is not the mayor any more"."""

from __future__ import annotations

from functools import cache

from kg.extraction.columns import Columns
from kg.words import table

ONLY = frozenset(("only", "just", "merely", "simply"))
"""Words that tell that there is more: "not only", "no longer just"."""
_NOT = frozenset(("not", "n't", "n’t"))


def is_denied(c: Columns, verb: int) -> bool:
    """Whether the clause of token ``verb`` is denied, altogether or from some time on."""
    found = _ways(c, verb)
    if found.isdisjoint({"denied", "ended"}):
        return "nearly" in found and not any(c.lower[j] == "had" for j in c.children[verb])
    return True


def has_ended(c: Columns, verb: int) -> bool:
    """Whether what the clause of token ``verb`` tells was so before: "is no longer mayor", "is not mayor any more"."""
    found = _ways(c, verb)
    return "ended" in found or {"denied", "ended if denied"} <= found


def _ways(c: Columns, verb: int) -> set[str]:
    """How the words beside a verb deny its clause, in the words of ``negation.tsv``."""
    found: set[str] = set()
    for j in c.children[verb]:
        if c.deps[j] == "neg" and not _is_not_only(c, j):
            found.add("denied")
        befores = _negation().get(c.lower[j])
        if befores and _following(c, j) != "than":  # "lasted no longer than a day"
            # the parser hangs "no" of "no longer" on "longer"
            found.update(way for before, way in befores.items() if not before or (j and c.lower[j - 1] == before))
    return found


def _is_not_only(c: Columns, j: int) -> bool:
    """Whether "not" denies nothing: "she not only won, but doubled her lead"."""
    return c.lower[j] in _NOT and _following(c, j) in ONLY


def _following(c: Columns, j: int) -> str:
    return c.lower[j + 1] if j + 1 < len(c.lower) else ""


@cache
def _negation() -> dict[str, dict[str, str]]:
    """The ways by the last word of what denies, then by the word before it, which may be none."""
    found: dict[str, dict[str, str]] = {}
    for told, way in table("negation"):
        before, _, last = told.rpartition(" ")
        found.setdefault(last, {})[before] = way
    return found
