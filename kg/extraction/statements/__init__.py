"""Who said what: attributions read off grammar and quotation marks, statements with their speakers resolved.

See docs/statements.md for the scheme of speech acts, polarity, modality, kinds of quotation and confidence.
"""

from kg.extraction.statements.attribution import find_attributions
from kg.extraction.statements.cues import load_cues
from kg.extraction.statements.speakers import resolve_statements

__all__ = ["find_attributions", "load_cues", "resolve_statements"]
