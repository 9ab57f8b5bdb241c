"""Markdown files: the text exactly as read; front matter and block markup are laid out as such, prose stays prose."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import BinaryIO

from kg.errors import ArticleError
from kg.facts import Article
from kg.readers.plain import read_plain


def read_markdown(stream: BinaryIO, source: str, fields: Mapping[str, str]) -> Iterator[Article | ArticleError]:
    """The one article of a Markdown file."""
    yield from read_plain(stream, source, fields)
