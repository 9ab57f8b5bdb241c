"""Files, folders and standard input to articles: text exactly as read, its layout, and what is known about it."""

from kg.readers.articles import LONGEST_TEXT, article_from_text
from kg.readers.sources import Reader, read_sources, readers

__all__ = ["LONGEST_TEXT", "Reader", "article_from_text", "read_sources", "readers"]
