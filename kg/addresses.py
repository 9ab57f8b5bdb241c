"""The addresses of pages, however they are written."""

from __future__ import annotations

import re
from urllib.parse import urlsplit, urlunsplit

from kg.words import words

_SCHEME_AND_HOST = re.compile(r"(https?://)([^/?#]*@)?([^/?#]*)", re.IGNORECASE)


def normalised(url: str) -> str:
    """A web address with its scheme and host in small letters: capitals make no difference there (RFC 3986).

    >>> normalised("HTTPS://Paper.Example/News?A=1")
    'https://paper.example/News?A=1'
    """
    found = _SCHEME_AND_HOST.match(url)
    if found is None:
        return url
    scheme, user, host = found.groups(default="")
    return scheme.lower() + user + host.lower() + url[found.end() :]


def address_of(url: str) -> str:
    """What stands for all ways to write the address of one page: https for http, the host in lower case, no standard
    port, no slash at the end, no parameters that say how a reader came there. A mark within the page stays: on some
    pages each is an article.

    >>> address_of("http://Paper.example/a/?utm_source=feed&id=3")
    'https://paper.example/a?id=3'
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
    query = "&".join(item for item in parts.query.split("&") if item.partition("=")[0].lower() not in tracking)
    return urlunsplit(("https", user + at + host, parts.path.rstrip("/"), query, parts.fragment))


def other_forms(url: str) -> list[str]:
    """Other ways to write the address of one page: with http or https, a slash at the end of its path or none, without
    what says how a reader came there.

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
        for scheme in dict.fromkeys((parts.scheme, "https", "http")):
            path = parts.path.rstrip("/")
            for end in ("", "/"):
                forms[urlunsplit(parts._replace(scheme=scheme, path=path + end))] = None
    return [form for form in forms if form != url]
