"""Web pages: the main text by trafilatura, and what the page says about itself, each with the tag that says it."""

from __future__ import annotations

import json
import logging
import re
from collections.abc import Iterator, Mapping, Sequence, Set
from contextlib import suppress
from copy import copy
from functools import partial
from html import unescape
from html.entities import html5
from itertools import chain
from typing import Any, BinaryIO

from kg.errors import ArticleError
from kg.facts import Article, Metadatum
from kg.readers.addresses import is_of_site
from kg.readers.articles import as_metadatum, make_article
from kg.readers.decoding import UnreadableError, decode
from kg.readers.plain import all_bytes

MOST_ELEMENTS = 50_000
"""Elements a page may have: ten times what long reports have. The time to find the main text grows with the square."""
_MANY_ELEMENTS = 5_000  # above this, trafilatura's second opinions take too long

HtmlElement = Any  # lxml's own, which has no types

_CHARSET = re.compile(
    rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w.:-]+)|<\?xml[^>]{0,100}encoding=[\"']([\w.:-]+)", re.IGNORECASE
)
_ARTICLE_TYPES = re.compile(r"(?:Article|BlogPosting|Report)$")

# Name of a meta tag (its property or name, in small letters) -> what it says; in order of trust.
_META = (
    ("og:title", "title"),
    ("twitter:title", "title"),
    ("dc.title", "title"),
    ("article:published_time", "date"),
    ("og:published_time", "date"),
    ("datepublished", "date"),
    ("parsely-pub-date", "date"),
    ("sailthru.date", "date"),
    ("dc.date", "date"),
    ("dc.date.issued", "date"),
    ("dcterms.issued", "date"),
    ("pubdate", "date"),
    ("publishdate", "date"),
    ("publish-date", "date"),
    ("date", "date"),
    ("og:url", "url"),
    ("og:site_name", "publisher"),
    ("dc.publisher", "publisher"),
    ("publisher", "publisher"),
    ("application-name", "publisher"),
    ("author", "author"),
    ("article:author", "author"),
    ("parsely-author", "author"),
    ("dc.creator", "author"),
    ("og:locale", "language"),
    ("dc.language", "language"),
)
# A tag that parts paragraphs: where a text has one, it is a piece of a page.
_PARTS = r"(?:p|div|h[1-6]|ul|ol|li|blockquote|article|section|figure|body|html)"
_MARKED_UP = re.compile(rf"\A\s*<{_PARTS}\b[^<>]*>|</{_PARTS}\s*>|<br\s*/?>", re.IGNORECASE)
_REFERENCE = re.compile(r"&(?:#\d{1,7}|#[xX][\da-fA-F]{1,6}|(?P<name>[A-Za-z][A-Za-z\d]{1,30}));")
_BLOCKS = ("blockquote", "br", "dd", "div", "dt", "figcaption", "h1", "h2", "h3", "h4", "h5", "h6", "li", "p")
_MARK = "\u204b"  # a pilcrow that no article has; trafilatura takes out what cannot be printed
_SHOWN = "//body//text()[not(ancestor::script or ancestor::style or ancestor::button)]"
_FEWEST_WORDS = 5  # less is the label of a button
_NEARLY_ALL = 0.9  # of the words
_SEVERAL = frozenset({"author"})


class NoMainTextError(ArticleError):
    """A page, or a piece of one, has pictures and buttons at most."""


def read_html(stream: BinaryIO, source: str, fields: Mapping[str, str]) -> Iterator[Article | ArticleError]:
    """The one article of a web page. Nothing is fetched."""
    try:
        yield article_of_page(all_bytes(stream), source)
    except UnreadableError as error:
        yield ArticleError(source, str(error))
    except ArticleError as error:
        yield error


def article_of_page(data: bytes, source: str, charset: str | None = None, came: Sequence[Metadatum] = ()) -> Article:
    """The article of a page. Its text is the main text that was found, paragraphs on lines of their own.

    ``charset`` is the encoding that the server gave with the page, and ``came`` what else is known of it from outside;
    what the page says of itself goes before that.

    Raises:
        ArticleError, UnreadableError: the page cannot be decoded, or has no article.
    """
    declared = _CHARSET.search(data[:4096])
    page = decode(data, charset or ((declared[1] or declared[2]).decode("ascii", "replace") if declared else None))
    tree = _tree(page, source)
    known = list(_metadata(tree))
    known += _seen_by_trafilatura(tree, {metadatum.name for metadatum in known})
    names = {metadatum.name for metadatum in known}
    dated = bool(names & {"date", "created"})
    known += [m for m in came if m.name not in names and not (dated and m.name == "created")]
    return make_article(_main_text(tree, source), source, known)


def article_of_fragment(fragment: str, source: str, known: Sequence[Metadatum]) -> Article:
    """The article in a piece of HTML that is known to be one, as feeds carry them.

    Raises:
        ArticleError: it cannot be read; NoMainTextError: it has no text.
    """
    tree = _tree(f"<html><body><article>{fragment}</article></body></html>", source)
    return make_article(_main_text(tree, source), source, known)


def article_of_short_fragment(fragment: str, source: str, known: Sequence[Metadatum]) -> Article:
    """As ``article_of_fragment``, but where it has too few words for a main text, all its text is the article's."""
    try:
        return article_of_fragment(fragment, source, known)
    except NoMainTextError:
        tree = _marked(_tree(f"<html><body><article>{fragment}</article></body></html>", source))
        if not (text := _lines(" ".join("".join(tree.xpath(_SHOWN)).split()))):
            raise
        return make_article(text, source, known)


def is_fragment(text: str) -> bool:
    """Whether a text is a piece of HTML: a tag begins or parts its paragraphs."""
    return _MARKED_UP.search(text) is not None


def characters(text: str) -> str:
    """A text with what its character references stand for.

    >>> characters("R&amp;D &#8211; &quot;all of it&quot;; AT&T;")
    'R&D \u2013 "all of it"; AT&T;'
    """
    return _REFERENCE.sub(lambda found: unescape(found[0]) if _is_known(found["name"]) else found[0], text)


def _is_known(name: str | None) -> bool:
    return name is None or f"{name};" in html5


def _tree(page: str, source: str) -> HtmlElement:
    """The elements of a page. Raises ArticleError where there are none, or too many."""
    from trafilatura.utils import load_html

    for library in ("trafilatura", "htmldate"):  # their remarks are for those who ask for them
        logging.getLogger(library).addHandler(logging.NullHandler())
    if not page.strip():
        raise ArticleError(source, "is empty")
    tree = load_html(page)
    if tree is None:
        raise ArticleError(source, "is not HTML that can be read")
    elements = sum(1 for _ in tree.iter())
    if elements > MOST_ELEMENTS:
        raise ArticleError(source, f"is too long: {elements:,} elements, a page may have {MOST_ELEMENTS:,}")
    return tree


def _main_text(tree: HtmlElement, source: str) -> str:
    from trafilatura import extract

    fast = sum(1 for _ in tree.iter()) > _MANY_ELEMENTS
    read = partial(extract, fast=fast, include_comments=False, include_tables=False)
    text: str | None = read(tree)
    if not text or len(text.split()) < _FEWEST_WORDS:
        raise NoMainTextError(source, "has no article: no main text was found in the page")
    if "\n" in text and not _is_of_whole_articles(text, tree):
        return text
    lines = _lines(read(_marked(tree)) or "")
    words = len(text.split())
    return lines if _NEARLY_ALL * words <= len(lines.split()) <= words else text


def _is_of_whole_articles(text: str, tree: HtmlElement) -> bool:
    """Whether each line is all of an <article>, as the last resort of trafilatura writes pages with several."""
    from trafilatura import baseline

    may_be = text.count("\n") < len(tree.xpath(".//article[not(ancestor::article)]"))
    return may_be and text.split() == baseline(tree)[1].split()


def _marked(tree: HtmlElement) -> HtmlElement:
    """A copy of the elements with a mark in the text wherever a block begins or ends.

    The last resort of trafilatura, which it takes for short articles, writes all their paragraphs on one line.
    """
    marked = copy(tree)
    for block in marked.iter(*_BLOCKS):
        block.text = _MARK + (block.text or "")
        block.tail = _MARK + (block.tail or "")
    return marked


def _lines(text: str) -> str:
    """A text of marked elements with its blocks on lines of their own."""
    return "\n".join(line for part in text.replace(_MARK, "\n").split("\n") if (line := part.strip()))


def _metadata(tree: HtmlElement) -> Iterator[Metadatum]:
    """What the page says about itself, the most trusted first; one of each name, but all authors."""
    seen: dict[str, str] = {}
    for name, value, origin, confidence in _claims(tree):
        if seen.get(name, origin) != origin or (name in seen and name not in _SEVERAL):
            continue
        if name == "language":
            value = value.replace("_", "-").split("-")[0].lower()
        if name in ("author", "publisher") and re.match(r"\s*(?:https?:|[@#])", value, re.IGNORECASE):
            continue
        if name == "url" and is_of_site(value):
            continue
        metadatum = as_metadatum(name, value, origin, confidence) if value.strip() else None
        if metadatum:
            seen[name] = origin
            yield metadatum


def _seen_by_trafilatura(tree: HtmlElement, known: Set[str]) -> Iterator[Metadatum]:
    """What only the visible page says. The latest date allowed is fixed: otherwise it would be the day of the run."""
    from trafilatura.metadata import extract_metadata

    dates = {"original_date": True, "extensive_search": False, "max_date": "2100-12-31", "outputformat": "%Y-%m-%d"}
    page = extract_metadata(tree, date_config=dates, extensive=False)
    for name, value in (
        ("title", page.title),
        ("date", page.date),
        ("author", page.author),
        ("publisher", page.sitename),
    ):
        if value and name not in known:
            metadatum = as_metadatum(name, value.split(";")[0], "the page", 0.8)
            if metadatum:
                yield metadatum


def _claims(tree: HtmlElement) -> Iterator[tuple[str, str, str, float]]:
    yield from _json_ld(tree)
    canonical = tree.xpath("//link[@rel='canonical']/@href")
    if canonical:
        yield "url", str(canonical[0]), "link rel=canonical", 1.0
    tags: dict[str, list[str]] = {}
    for tag in tree.iter("meta"):
        key = tag.get("property") or tag.get("name") or tag.get("itemprop") or ""
        content = tag.get("content")
        if key and content:
            tags.setdefault(key.strip().lower(), []).append(content)
    for key, name in _META:
        for content in tags.get(key, ())[: None if name in _SEVERAL else 1]:
            yield name, content, key if key.startswith(("og:", "article:")) else f"meta {key}", 0.95
    for stamp in tree.xpath("//time[@datetime][@pubdate or @itemprop='datePublished'] | //article//time[@datetime]")[
        :1
    ]:
        yield "date", stamp.get("datetime"), "time datetime", 0.9
    for heading in tree.xpath("//h1")[:1]:
        yield "title", heading.text_content(), "h1", 0.9
    for title in tree.xpath("//head/title")[:1]:
        yield "title", title.text_content(), "title tag", 0.8
    language = tree.get("lang") or next(iter(tree.xpath("//html/@lang")), "")
    if language:
        yield "language", language, "html lang", 0.9


def _json_ld(tree: HtmlElement) -> Iterator[tuple[str, str, str, float]]:
    scripts = list(_json_in(tree))
    nodes = _by_id(scripts)
    for item in chain.from_iterable(map(_items, scripts)):
        types = item.get("@type")
        if not any(_ARTICLE_TYPES.search(str(kind)) for kind in (types if isinstance(types, list) else [types])):
            continue
        for field, name in (
            ("headline", "title"),
            ("name", "title"),
            ("datePublished", "date"),
            ("dateCreated", "created"),
            ("url", "url"),
            ("mainEntityOfPage", "url"),
            ("publisher", "publisher"),
            ("author", "author"),
            ("inLanguage", "language"),
        ):
            for value in (_addresses if name == "url" else _names)(item.get(field), nodes):
                yield name, value, f"JSON-LD {field}", 1.0
        return


def _json_in(tree: HtmlElement) -> Iterator[Any]:
    for script in tree.xpath("//script[@type='application/ld+json']"):
        with suppress(ValueError, RecursionError):
            yield json.loads(script.text or "", strict=False)


def _by_id(scripts: Sequence[Any]) -> dict[str, dict[str, str]]:
    """The name and the address of each node that has an @id: other nodes may refer to it by that alone."""
    nodes: dict[str, dict[str, str]] = {}
    waiting = list(scripts)
    for value in waiting:  # grows: data as deep as JSON may be is too deep for a function that calls itself
        if isinstance(value, list):
            waiting += value
        elif isinstance(value, dict):
            waiting += value.values()
            for field in ("name", "url") if isinstance(value.get("@id"), str) else ():
                if isinstance(said := value.get(field), str) and said.strip():
                    nodes.setdefault(value["@id"], {}).setdefault(field, said)
    return nodes


def _items(data: Any, depth: int = 0) -> Iterator[dict[str, Any]]:
    if isinstance(data, list) and depth < 5:
        for item in data:
            yield from _items(item, depth + 1)
    elif isinstance(data, dict):
        yield data
        if depth < 4:
            yield from _items(data.get("@graph"), depth + 1)
            yield from _items(data.get("mainEntity"), depth + 1)


def _names(value: Any, nodes: Mapping[str, Mapping[str, str]]) -> Iterator[str]:
    for item in value if isinstance(value, list) else [value]:
        if isinstance(item, dict):
            item = item.get("name") or nodes.get(str(item.get("@id")), {}).get("name")
        if isinstance(item, str):
            yield item


def _addresses(value: Any, nodes: Mapping[str, Mapping[str, str]]) -> Iterator[str]:
    """What may be the address of a page: what it says is its URL, else its @id, which may be one of its parts."""
    for item in value if isinstance(value, list) else [value]:
        if isinstance(item, dict):
            told = nodes.get(str(item.get("@id")), {}).get("url")
            yield from (said for said in (told, item.get("url"), item.get("@id")) if isinstance(said, str))
        elif isinstance(item, str):
            yield item
