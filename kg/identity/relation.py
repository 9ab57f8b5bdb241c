"""In what way two names may be one thing's, and what that needs to be believed."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Relation:
    """How two names may be one thing's: ``way`` in words, and the evidence it ``needs`` beyond the names.

    ``home`` is the country, folded, that the one of the names leaves out: its articles must be at home there. Where
    it needs ``one_post`` or ``one_body``, both must have that post, or a post in that body. So much of what it needs is
    ``eased``, where hardly anybody else bears such a name, as long as nobody else of whom is told fits it; of names
    ``of_heirs``, which a father or grandfather and a child may have as well, not where they are told of far apart.
    """

    way: str
    needs: float
    home: str | None = None
    one_post: bool = False
    one_body: bool = False
    eased: float = 0.0
    of_heirs: bool = False

    @property
    def asks(self) -> float:
        """The evidence that it needs after all."""
        return self.needs - self.eased
