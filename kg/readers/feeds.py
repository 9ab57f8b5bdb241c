"""Feeds: RSS (0.9 to 2.0) and Atom, read by feedparser from a file. Nothing is fetched."""

from __future__ import annotations

import io
import logging
import re
from collections.abc import Iterator, Mapping
from typing import Any, BinaryIO, Final
from urllib.parse import urljoin

from kg.addresses import normalised
from kg.errors import ArticleError
from kg.facts import Article, Metadatum
from kg.readers.addresses import is_address
from kg.readers.articles import as_metadatum, make_article
from kg.readers.decoding import UnreadableError
from kg.readers.html import NoMainTextError, article_of_fragment
from kg.readers.plain import all_bytes

MOST_BYTES_OF_A_FEED: Final = 64_000_000
"""Bytes that a feed may have, which has to be read as a whole."""

SUMMARY: Final = "summary"
CONTENT: Final = "content"

_MARKUP: Final = ("text/html", "application/xhtml+xml")

Item = Mapping[str, Any]
"""An entry as feedparser gives it."""

_log = logging.getLogger(__name__)


def read_feed(stream: BinaryIO, source: str, fields: Mapping[str, str]) -> Iterator[Article | ArticleError]:
    """The articles of a feed: its items with their content, or with their summary where they have nothing else.

    Which of the two it is stands in the article's metadata under "text". A warning says how many are summaries.
    """
    try:
        feed = parsed(all_bytes(stream, MOST_BYTES_OF_A_FEED))
    except UnreadableError as error:
        yield ArticleError(source, str(error))
        return
    summaries = 0
    for number, item in enumerate(feed["entries"], 1):
        name = f"{source}#{number}"
        try:
            article = _article(item, name, list(_metadata(item, feed["feed"], name)))
        except ArticleError as error:
            yield error
            continue
        summaries += article.is_summary
        yield article
    if summaries:
        count = len(feed["entries"])
        _log.warning("%s: %d of %d items have only a summary, which is read as the article", source, summaries, count)
    if feed.get("bozo") and not feed["entries"]:
        yield ArticleError(source, f"is broken XML: {_cause(feed)}")
    elif feed.get("bozo") and _is_broken(feed):
        yield ArticleError(source, f"is broken XML after its item {len(feed['entries'])}: {_cause(feed)}")
    elif not feed["entries"]:
        yield ArticleError(source, "is a feed without items")


def parsed(data: bytes) -> Mapping[str, Any]:
    """The feed in feedparser's form.

    Raises:
        UnreadableError: it is no feed.
    """
    import feedparser

    if not data.strip():
        raise UnreadableError("is empty")
    feed: Mapping[str, Any] = feedparser.parse(io.BytesIO(data))  # of bytes it would try whether they name a file
    if not feed.get("version") and not feed["entries"]:
        raise UnreadableError("is neither an RSS nor an Atom feed" + (f": {_cause(feed)}" if feed.get("bozo") else ""))
    return feed


def links_of(data: bytes, address: str = "") -> list[str]:
    """The addresses of the articles in a feed, in its order, each once; relative ones are of the feed's site.

    ``address`` is where the feed was found, for feeds that do not tell their site.

    Raises:
        UnreadableError: it is no feed.
    """
    feed = parsed(data)
    links = (_link(item, feed["feed"], address) for item in feed["entries"])
    return list(dict.fromkeys(link for link in links if link))


def _link(item: Item, feed: Item, address: str = "") -> str:
    """The address that an item links to."""
    link, site = str(item.get("link") or "").strip(), str(feed.get("link") or "").strip()
    try:
        return normalised(urljoin(urljoin(address, site), link)) if link else ""
    except ValueError:
        return link


def _article(item: Item, name: str, known: list[Metadatum]) -> Article:
    """The article that the content of an item is, or its summary where the content is no more than a picture.

    Raises:
        ArticleError: neither is one.
    """
    fault = ArticleError(name, "the item has neither content nor summary")
    for text, media_type, kind in _texts_of(item):
        told = [*known, Metadatum("text", kind, origin=f"the {kind} of an item in a feed")]
        try:
            return article_of_fragment(text, name, told) if media_type in _MARKUP else make_article(text, name, told)
        except NoMainTextError as error:
            fault = error
    raise fault


def _texts_of(item: Item) -> Iterator[tuple[str, str, str]]:
    """The fullest content of an item, then its summary: the text, its media type, and which of the two it is."""
    contents = [content for content in item.get("content", ()) if str(content.get("value") or "").strip()]
    if contents:
        best = max(contents, key=lambda content: (content.get("type") in _MARKUP, len(content["value"])))
        yield best["value"], best.get("type") or "text/html", CONTENT
    summary, detail = str(item.get("summary") or ""), item.get("summary_detail") or {}
    if summary.strip():
        yield summary, detail.get("type") or "text/html", SUMMARY


def _metadata(item: Item, feed: Item, source: str) -> Iterator[Metadatum]:
    authors = [author.get("name") or "" for author in item.get("authors", ())] or [item.get("author") or ""]
    link = _link(item, feed)
    if link and not is_address(link):
        _log.warning("%s: the URL %r is no address and is left out", source, link[:60])
    said = [
        ("title", _plain(item, "title"), "title of the item"),
        ("date", str(item.get("published") or item.get("updated") or ""), "date of the item"),
        ("url", link if link.startswith(("http://", "https://")) else "", "link of the item"),
        ("publisher", _plain(feed, "title"), "title of the feed"),
        ("language", str(feed.get("language") or "").split("-")[0].lower(), "language of the feed"),
        *(("author", author, "author of the item") for author in authors),
    ]
    for name, value, origin in said:
        if not value.strip():
            continue
        metadatum = as_metadatum(name, value, origin)
        if metadatum is None:
            _log.warning("%s: the date %r cannot be read and is left out", source, value[:60])
        else:
            yield metadatum


def _plain(record: Item, name: str) -> str:
    """A title without its markup."""
    value = str(record.get(name) or "")
    if (record.get(f"{name}_detail") or {}).get("type") in _MARKUP and re.search(r"<|&#?\w+;", value):
        from trafilatura.utils import load_html

        tree = load_html(f"<html><body><p>{value}</p></body></html>")
        return value if tree is None else str(tree.text_content())
    return value


def _is_broken(feed: Mapping[str, Any]) -> bool:
    """Whether the XML is; what feedparser remarks on otherwise (an encoding declared wrongly) harms nothing."""
    from xml.sax import SAXException

    return isinstance(feed.get("bozo_exception"), SAXException)


def _cause(feed: Mapping[str, Any]) -> str:
    error = feed.get("bozo_exception")
    message = getattr(error, "getMessage", lambda: str(error))()
    line = getattr(error, "getLineNumber", lambda: None)()
    return " ".join(str(message).split()) + (f" (line {line})" if line else "")
