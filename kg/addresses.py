"""The addresses of pages, however they are written."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import SplitResult, quote, unquote, unquote_to_bytes, urlsplit, urlunsplit

from kg.words import words

_SCHEME_AND_HOST = re.compile(r"(https?://)([^/?#]*@)?([^/?#]*)", re.IGNORECASE)
_TO_ENCODE = re.compile(r"%[\dA-Fa-f]{2}|%|[^\x00-\x7f\ud800-\udfff]+")
_ENCODED = re.compile(r"%[\dA-F]{2}")
_ENCODED_LETTERS = re.compile(r"(?:%[89A-F][\dA-F])+")

# What RFC 3987 lets stand in an address as it is, beside ASCII.
_LETTERS = re.compile(
    "[\u00a0-\ud7ff\uf900-\ufdcf\ufdf0-\uffef\U00010000-\U0001fffd\U00020000-\U0002fffd\U00030000-\U0003fffd]+"
)


def normalised(url: str) -> str:
    """A web address with its scheme and host in small letters: capitals make no difference there (RFC 3986).

    An empty mark at its end is left off.

    >>> normalised("HTTPS://Paper.Example/News?A=1#")
    'https://paper.example/News?A=1'
    """
    found = _SCHEME_AND_HOST.match(url)
    if found is None:
        return url
    scheme, user, host = found.groups(default="")
    page, at, mark = url[found.end() :].partition("#")
    return scheme.lower() + user + host.lower() + page + (at + mark if mark else "")


def address_of(url: str) -> str:
    """What stands for all ways to write the address of one page: https for http, the host in lower case, no standard
    port, no slash at the end, no parameters that say how a reader came there, letters encoded in one way. A mark within
    the page stays: on some pages each is an article.

    >>> address_of("http://Paper.example/café/?utm_source=feed&id=%33#")
    'https://paper.example/caf%C3%A9?id=3'
    """
    try:
        parts = urlsplit(url)
    except ValueError:
        return url
    if parts.scheme not in ("http", "https") or not parts.netloc:
        return url
    user, at, host = parts.netloc.rpartition("@")
    host = re.sub(r":(?:80|443)?$", "", host.lower())
    tracking = words("addresses_tracking")
    path, query, mark = map(_encoded, (parts.path, parts.query, parts.fragment))
    query = "&".join(item for item in query.split("&") if item.partition("=")[0].lower() not in tracking)
    return urlunsplit(("https", user + at + host, path.rstrip("/"), query, mark))


def other_forms(url: str) -> list[str]:
    """Other ways to write the address of one page: with http or https, a slash at the end of its path or none, without
    what says how a reader came there, its letters encoded or not.

    >>> other_forms("http://Paper.example/a?id=3")[:3]
    ['http://paper.example/a?id=3', 'http://paper.example/a/?id=3', 'https://paper.example/a?id=3']
    """
    forms: dict[str, None] = {}
    for form in (normalised(url), address_of(url)):
        try:
            parts = urlsplit(form)
        except ValueError:
            return []
        if parts.scheme not in ("http", "https"):
            return []
        for spelled in (parts, *_spellings(parts)):
            for scheme in dict.fromkeys((parts.scheme, "https", "http")):
                path = spelled.path.rstrip("/")
                for end in ("", "/"):
                    forms[urlunsplit(spelled._replace(scheme=scheme, path=path + end))] = None
    return [form for form in forms if form != url]


def _spellings(parts: SplitResult) -> Iterator[SplitResult]:
    """An address with its letters encoded, with capitals or small letters for digits, and as they are."""
    for spell in (_encoded, _encoded_in_small_letters, _in_letters):
        yield parts._replace(path=spell(parts.path), query=spell(parts.query), fragment=spell(parts.fragment))


def _encoded(part: str) -> str:
    """A part of an address with that encoded which has to be, and nothing else (RFC 3986).

    >>> _encoded("café/%7eada/%c3%a9/100%")
    'caf%C3%A9/~ada/%C3%A9/100%25'
    """
    return _TO_ENCODE.sub(lambda found: quote(unquote_to_bytes(found[0]), safe=""), part)


def _encoded_in_small_letters(part: str) -> str:
    return _ENCODED.sub(lambda found: found[0].lower(), _encoded(part))


def _in_letters(part: str) -> str:
    """A part of an address with the letters beyond ASCII as they are (RFC 3987)."""

    def decoded(found: re.Match[str]) -> str:
        letters = unquote(found[0])
        return letters if _LETTERS.fullmatch(letters) else found[0]

    return _ENCODED_LETTERS.sub(decoded, _encoded(part))
