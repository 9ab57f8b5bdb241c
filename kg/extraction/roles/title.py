"""A title as it stands in the text, with what stands around it."""

from __future__ import annotations

from dataclasses import dataclass

from kg.extraction.roles.flat import Name


@dataclass(frozen=True, slots=True)
class TitlePhrase:
    """A title at the positions ``[start, end)``, with what stands around it, all together ``[left, right)``.

    ``organisations`` are the names that employ; ``employer`` is the key of one that is only meant ("the company's
    chief executive"). ``determined`` tells "the president" from a bare title.
    """

    left: int
    start: int
    end: int
    right: int
    head: int
    organisations: tuple[Name, ...] = ()
    employer: str | None = None
    status: str | None = None
    determined: bool = False
    plural: bool = False
    office: bool = False
    before: bool = False
    rank: bool = False
    title: str = ""

    @property
    def employed(self) -> bool:
        """Whether the phrase says for whom."""
        return bool(self.organisations) or self.employer is not None
