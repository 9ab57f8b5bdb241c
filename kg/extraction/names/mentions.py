"""A stretch of text that may be a name, and the pieces it is made from."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

NAMING_LABELS = frozenset({"PERSON", "ORG", "GPE", "LOC", "FAC"})
OTHER_LABELS = frozenset({"NORP", "PRODUCT", "WORK_OF_ART", "LAW", "EVENT", "LANGUAGE"})


@dataclass(slots=True)
class Candidate:
    """A stretch of tokens ``[start, end)`` that may be a name.

    ``label`` is the model's, or empty; ``title`` the first token of a title that stands right before the name (equal to
    ``start`` where none does); ``headline`` says that capital letters mean nothing in its sentence.
    """

    start: int
    end: int
    label: str
    title: int
    headline: bool
    name: str
    parts: tuple[str, ...]

    @property
    def folded(self) -> str:
        """The name as names are compared."""
        return " ".join(self.parts)


@lru_cache(maxsize=65536)
def is_capital(word: str) -> bool:
    """Whether the word is written like a name: "Beijing", "iPhone", "3M"."""
    return word[0].isupper() or (len(word) > 1 and word[0].isalnum() and any(c.isupper() for c in word))


@dataclass(slots=True)
class Piece:
    """Tokens ``[start, end)`` of a name in the making, with the model's label and its title's first token or -1."""

    start: int
    end: int
    label: str
    title: int = -1
