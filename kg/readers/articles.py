"""One article from its text and what is known about it: the one place where readers of all kinds of file meet."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from kg.addresses import normalised
from kg.errors import ArticleError
from kg.facts import Article, Metadatum
from kg.readers.addresses import is_address
from kg.readers.dates import day_of
from kg.readers.layout import blocks_of
from kg.readers.metadata import metadata_of
from kg.texts import without_invisible

LONGEST_TEXT = 200_000
"""Characters an article may have: 35,000 words, as no newspaper prints. The parser takes 4 kB of memory for each."""

NAMES = ("title", "date", "created", "url", "publisher", "author", "language", "place")
"""The names of what can be known about an article."""

_SINGLE = frozenset({"title", "url", "publisher", "language"})
_SURROGATE = re.compile("[\ud800-\udfff]")
_INK = re.compile(r"[^\W_]")


def article_from_text(text: str, source: str = "", **metadata: str) -> Article:
    """The article that a text is: the text untouched, its layout, and the metadata found in it or given.

    ``source`` names it in messages. ``metadata`` takes the names of ``NAMES``; a date in any unambiguous form.

    >>> article = article_from_text("Rates rise\\n\\nOSLO, May 3 - The bank acted.", date="2024-05-03")
    >>> article.first("title").value, article.reference_date.isoformat()
    ('Rates rise', '2024-05-03')

    Raises:
        ArticleError: the text is empty, too long, or has characters that no text has; or a given date cannot be read.
    """
    unknown = [name for name in metadata if name not in NAMES]
    if unknown:
        raise ArticleError(source or "article", f"{unknown[0]!r} is not one of {', '.join(NAMES)}")
    known = []
    for name, value in metadata.items():
        metadatum = as_metadatum(name, value, f"field '{name}'")
        if metadatum is None:
            raise ArticleError(
                source or "article", f"the {name} {value!r} is not a date that can be read; write 2025-04-23"
            )
        known.append(metadatum)
    return make_article(text, source, known)


def make_article(text: str, source: str, known: Iterable[Metadatum] = ()) -> Article:
    """An article with its layout; what is ``known`` from outside the text stands before what the text says itself.

    Raises:
        ArticleError: as ``article_from_text``.
    """
    check(text, source)
    known = tuple(known)
    for metadatum in known:
        _check_characters(metadatum.value, source, f" of its {metadatum.name}")
    blocks = blocks_of(text)
    return Article(text, source, merged(known, metadata_of(text, blocks, source)), blocks)


def merged(known: Iterable[Metadatum], found: Sequence[Metadatum]) -> tuple[Metadatum, ...]:
    """What is known from outside the text, then what the text says; its own words are the better evidence for the same.

    What the text says otherwise of a thing that an article has but one of is left out, and a date in the name of the
    file if there is any other.
    """
    in_text = {(metadatum.name, metadatum.value): metadatum for metadatum in found}
    result = [in_text.get((metadatum.name, metadatum.value), metadatum) for metadatum in known]
    told = {metadatum.name for metadatum in result} & _SINGLE
    dated = any(metadatum.name in ("date", "created") for metadatum in result)
    result += [m for m in found if m not in result and m.name not in told and not (dated and m.origin == "file name")]
    return tuple(result)


def as_metadatum(name: str, value: str, origin: str, confidence: float = 1.0) -> Metadatum | None:
    """The metadatum as a reader sees it, its white space tidied, its date as YYYY-MM-DD, its address normalised.

    None for a date that cannot be read, and for an address by which no page can be cited.
    """
    value = " ".join(without_invisible(value).split())
    if name in ("date", "created"):
        day = day_of(value)
        return Metadatum(name, day.isoformat(), None, origin, confidence) if day else None
    if name == "url" and not is_address(value := normalised(value)):
        return None
    return Metadatum(name, value, None, origin, confidence)


def check(text: str, source: str) -> None:
    """Refuse what no article is.

    Raises:
        ArticleError: with the reason.
    """
    if len(text) > LONGEST_TEXT:
        raise ArticleError(
            source, f"is too long: {len(text):,} characters, the limit is {LONGEST_TEXT:,}; split it into articles"
        )
    if not text:
        raise ArticleError(source, "is empty")
    if text.isspace():
        raise ArticleError(source, "has nothing but white space")
    if not _INK.search(text):
        raise ArticleError(source, "has no words")
    if "\0" in text:
        raise ArticleError(source, f"has a NUL character at position {text.index(chr(0))}, which no text has")
    _check_characters(text, source)


def _check_characters(text: str, source: str, where: str = "") -> None:
    surrogate = _SURROGATE.search(text)
    if surrogate:
        code, position = ord(surrogate.group()), surrogate.start()
        raise ArticleError(
            source, f"has half a character (the lone surrogate U+{code:04X}) at position {position}{where}"
        )
