"""Articles as JSON: one object, a list of objects, or one object a line."""

from __future__ import annotations

import json
import logging
import zlib
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime, timedelta
from difflib import get_close_matches
from typing import Any, BinaryIO

from kg.errors import ArticleError, KgError
from kg.facts import Article, Metadatum
from kg.readers.articles import NAMES, as_metadatum, make_article
from kg.readers.decoding import UnreadableError, decode
from kg.readers.furniture import URL
from kg.readers.html import article_of_short_fragment, characters, is_fragment
from kg.readers.plain import MOST_BYTES, all_bytes

MOST_BYTES_OF_A_LIST = 64_000_000
"""Bytes that a .json file may have, which has to be read as a whole; JSON Lines have no such limit."""

SYNONYMS: Mapping[str, tuple[str, ...]] = {
    name: tuple(words.split())
    for name, words in {
        "text": "text body content article articleBody article_body maintext full_text fulltext article_text story",
        "title": "title headline heading",
        "date": "date published date_publish datePublished date_published published_at publishedAt published_date"
        " publication_date publicationDate pub_date pubDate publish_date publish_time",
        "created": "created date_created dateCreated",
        "url": "url link canonical_url source_url web_url webUrl",
        "publisher": "publisher publication source source_name sitename site_name site outlet newspaper domain"
        " source_domain",
        "author": "author authors byline creator",
        "language": "language lang inLanguage",
        "place": "place dateline",
    }.items()
}
"""The names of fields that are looked for, first found first taken, unless the user names one."""

_CALLED: Mapping[str, str] = {"url": "URL", "created": "date"}

_log = logging.getLogger(__name__)


class Fields(dict[str, str]):
    """The fields that a user names, by what they hold, and which of them were met in any record.

    Raises:
        KgError: one is to hold what no article has.
    """

    def __init__(self, fields: Mapping[str, str]) -> None:
        super().__init__(fields)
        self.met: set[str] = set()
        for name in fields:
            if name not in SYNONYMS:
                near = get_close_matches(name.lower(), SYNONYMS, n=1)
                hint = f"; did you mean {near[0]!r}?" if near else ""
                raise KgError(f"{name!r} is not one of {', '.join(SYNONYMS)}{hint}")

    def notes(self) -> tuple[str, ...]:
        """What to say of those that were not met."""
        return tuple(
            f"no record that was read has the field {field!r}, which was to hold the {name}"
            for name, field in self.items()
            if name not in self.met
        )


def read_lines(stream: BinaryIO, source: str, fields: Mapping[str, str]) -> Iterator[Article | ArticleError]:
    """The articles of a JSON Lines file, one at a time; a broken line is an error that names its number."""
    number = 0
    empty = True
    try:
        for number, line in enumerate(_lines(stream), 1):
            name = f"{source}#{number}"
            if isinstance(line, UnreadableError):
                yield ArticleError(name, f"line {number} {line}")
            elif line.strip():
                yield _article_of_line(line, name, number, fields)
            else:
                continue
            empty = False
    except (OSError, EOFError, zlib.error) as error:
        yield ArticleError(source, f"cannot be read on after line {number}: {error}")
    else:
        if empty:
            yield ArticleError(source, "is empty")


def read_json(stream: BinaryIO, source: str, fields: Mapping[str, str]) -> Iterator[Article | ArticleError]:
    """The articles of a JSON file: an object, a list of objects, or an object that holds one list of objects."""
    try:
        text = decode(all_bytes(stream, MOST_BYTES_OF_A_LIST))
        if not text.strip():
            raise UnreadableError("is empty")
        data = json.loads(text)
    except UnreadableError as error:
        yield ArticleError(source, str(error) + ("; write JSON Lines instead" if "too long" in str(error) else ""))
        return
    except json.JSONDecodeError as error:
        if _is_lines(text):  # JSON Lines under another name
            for number, line in enumerate(text.split("\n"), 1):
                if line.strip():
                    yield _article_of_line(line, f"{source}#{number}", number, fields)
        else:
            yield ArticleError(source, f"is not JSON: line {error.lineno}, column {error.colno}: {error.msg}")
        return
    except RecursionError:
        yield ArticleError(source, "is not JSON that can be read: it is nested too deeply")
        return
    if isinstance(data, dict) and _named(data, "text", fields) is None:
        lists = [value for value in data.values() if isinstance(value, list) and value and isinstance(value[0], dict)]
        data = lists[0] if len(lists) == 1 else data
    if not isinstance(data, list):
        yield from _articles([(source, data)], fields)
    elif data:
        yield from _articles([(f"{source}#{n}", record) for n, record in enumerate(data, 1)], fields)
    else:
        yield ArticleError(source, "has no article: the list is empty")


def _is_lines(text: str) -> bool:
    try:
        return isinstance(json.loads(text.lstrip().partition("\n")[0]), dict)
    except ValueError:
        return False


def _lines(stream: BinaryIO) -> Iterator[str | UnreadableError]:
    """The lines of a stream as text; never more of it in memory than one line, and of that no more than the limit."""
    first = True
    while True:
        raw = stream.readline(MOST_BYTES + 1)
        if not raw:
            return
        if first and raw[:2] in (b"\xff\xfe", b"\xfe\xff"):
            yield UnreadableError("is not UTF-8: save the file as UTF-8")
            return
        first = False
        if len(raw) > MOST_BYTES and not raw.endswith(b"\n"):
            while raw and not raw.endswith(b"\n"):
                raw = stream.readline(MOST_BYTES)
            yield UnreadableError(f"is too long: more than {MOST_BYTES / 1e6:.0f} MB")
            continue
        try:
            yield raw.removeprefix(b"\xef\xbb\xbf").decode("utf-8")
        except UnicodeDecodeError as error:
            yield UnreadableError(f"is not UTF-8: byte {raw[error.start]:02X} at its position {error.start}")


def _article_of_line(line: str, source: str, number: int, fields: Mapping[str, str]) -> Article | ArticleError:
    try:
        record = json.loads(line.rstrip("\r\n"))
    except json.JSONDecodeError as error:
        return ArticleError(source, f"line {number} is not JSON: column {error.colno}: {error.msg}")
    except (RecursionError, ValueError) as error:
        return ArticleError(source, f"line {number} is not JSON that can be read: {error}")
    return next(_articles([(source, record)], fields))


def _articles(records: Iterable[tuple[str, Any]], fields: Mapping[str, str]) -> Iterator[Article | ArticleError]:
    for source, record in records:
        try:
            yield article_of(record, source, fields)
        except ArticleError as error:
            yield error


def article_of(record: Any, source: str, fields: Mapping[str, str]) -> Article:
    """The article that a JSON object describes. A text in HTML is read as such: its tags and references are no text.

    ``fields`` says which field holds what ({"text": "body", "publisher": "source.name"}); others are found by SYNONYMS.

    Raises:
        ArticleError: it is no object, or has no usable text.
    """
    if not isinstance(record, dict):
        raise ArticleError(source, f"is no JSON object but {_kind(record)}")
    named = _named(record, "text", fields)
    names = (fields["text"],) if "text" in fields else SYNONYMS["text"]
    if named is None and (empty := next((name for name in names if name in record), None)):
        raise ArticleError(source, f"has no text: the field {empty!r} is empty")
    if named is None:
        wanted = f"the field {fields['text']!r}" if "text" in fields else "a field 'text' (or name yours)"
        has = ", ".join(map(repr, list(record)[:8])) or "nothing"
        raise ArticleError(
            source, f"has no text: there is no {wanted.removeprefix('the ').removeprefix('a ')}; it has {has}"
        )
    field, text = named
    if not isinstance(text, str):
        raise ArticleError(source, f"the field {field!r} is no text but {_kind(text)}")
    if not text.strip():
        raise ArticleError(source, f"has no text: the field {field!r} is empty")
    known = list(_metadata(record, source, fields))
    if not is_fragment(text):
        text = characters(text)  # which may be tags
    read = article_of_short_fragment if is_fragment(text) else make_article
    return read(text, source, known)


def _metadata(record: Mapping[str, Any], source: str, fields: Mapping[str, str]) -> Iterator[Metadatum]:
    for name in NAMES:
        named = _named(record, name, fields)
        if named is None:
            continue
        field, value = named
        for item in value if isinstance(value, list) else [value]:
            said = _said(item)
            if said in (None, {}, []):
                continue
            if not isinstance(said, str):
                called = _CALLED.get(name, name)
                _log.warning("%s: the %s of field %r is %s and is left out", source, called, field, _kind(said))
                continue
            if not said.strip() or (name == "publisher" and URL.match(said)):
                continue
            metadatum = as_metadatum(name, characters(said), f"field '{field}'")
            if metadatum:
                yield metadatum
                continue
            unfit = "is no address" if name == "url" else "cannot be read"
            called = _CALLED.get(name, name)
            _log.warning("%s: the %s %r of field %r %s and is left out", source, called, said[:60], field, unfit)


def _said(value: Any) -> Any:
    """What a value says: of an object its name or title, of a date of MongoDB its time; a whole number as a text."""
    match value:
        case {"$date": {"$numberLong": time}} | {"$date": int(time)}:
            return _time(time) or value
        case {"$date": time}:
            return time
        case {"name": name, "title": title}:
            return _said(name or title)
        case {"name": name} | {"title": name}:
            return _said(name)
        case int() if not isinstance(value, bool):
            return str(value)
    return value


def _time(milliseconds: Any) -> str | None:
    """The time that is so long after the beginning of 1970 (in UTC); None where there is none such."""
    try:
        return (datetime(1970, 1, 1, tzinfo=UTC) + timedelta(milliseconds=int(milliseconds))).isoformat()
    except (TypeError, ValueError, OverflowError):
        return None


def _named(record: Mapping[str, Any], name: str, fields: Mapping[str, str]) -> tuple[str, Any] | None:
    """The field that holds ``name``, and its value; ``a.b`` is the field b of the object in field a."""
    if name in fields:
        value: Any = record
        if fields[name] in record:
            value = record[fields[name]]
        else:
            for step in fields[name].split("."):
                value = value.get(step) if isinstance(value, dict) else None
        if value is not None and isinstance(fields, Fields):
            fields.met.add(name)
        return None if value is None else (fields[name], value)
    found = [(field, record[field]) for field in SYNONYMS[name] if record.get(field) is not None]
    usable = (pair for pair in found if (isinstance(pair[1], str) or name != "text") and pair[1] not in ("", []))
    return next(usable, found[0] if found else None)


def _kind(value: Any) -> str:
    kinds = {dict: "an object", list: "a list", str: "a string", bool: "true or false", type(None): "null"}
    return kinds.get(type(value), "a number")
