"""Web addresses in an article: which one is its own, and who publishes at it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from urllib.parse import urlsplit

from kg.facts import PROSE, Block, BlockKind, TextSpan
from kg.readers.furniture import URL

_HOST = re.compile(r"(?:https?://)?(?:[^/\s@]*@)?(?P<host>[A-Za-z0-9.-]+\.[A-Za-z]{2,})(?=[:/?#]|$)", re.IGNORECASE)
_CLOSERS = ".,;:!)>]"
_LIST_BEFORE = re.compile(r"(?<!source)(?<!url)(?<!link)\s*:\s*$", re.IGNORECASE)

# What RFC 3987 has in no address.
_IN_NO_ADDRESS = re.compile(r"[\x00-\x20\x7f<>\"{}|\\^`]")

_SITE_WORD = re.compile(r"-?(?:net|news|online|media|web|tv|press|mag)$")  # "xinhuanet"
# Names below a country's top level under which anybody registers ("gov.cn", "co.uk").
_SECOND_LEVEL = frozenset(
    ("ac", "co", "com", "edu", "go", "gob", "gouv", "gov", "govt", "gv", "int", "mil", "ne", "net", "nom", "or", "org")
)


def article_address(text: str, blocks: Sequence[Block]) -> TextSpan | None:
    """The article's own address: the only one on a line of its own (or in a header) above the text or below the prose.

    It may stand between the headline and the text. An address without a path is a site's, and one that a colon
    announces is a reference: neither is the article's.
    """
    prose = [number for number, block in enumerate(blocks) if block.kind in PROSE]
    text_begins = next((number for number in prose if blocks[number].kind is not BlockKind.HEADLINE), len(blocks))
    found: dict[str, TextSpan] = {}
    for number, block in enumerate(blocks):
        outside = number < text_begins or number > prose[-1]
        if not outside or block.kind not in (BlockKind.URL, BlockKind.HEADER):
            continue
        before = blocks[number - 1].span if number else None
        if before and _LIST_BEFORE.search(text, before.begin, before.end):
            return None
        for match in URL.finditer(text, *block.span):
            address = match.group().rstrip(_CLOSERS)
            found[address] = TextSpan(match.start(), match.start() + len(address))
    if len(found) != 1:
        return None
    ((address, span),) = found.items()
    path = address.split("://")[-1].partition("/")[2]
    return span if len(path) >= 4 else None


def is_address(url: str) -> bool:
    """Whether something is an address in the web, by which a page can be cited.

    >>> is_address("https://paper.example/1"), is_address("paper.example/1"), is_address("https://paper.example/a b")
    (True, False, False)
    """
    try:
        parts = urlsplit(url)
        named = bool(parts.hostname)
    except ValueError:
        return False
    return named and parts.scheme in ("http", "https") and not _IN_NO_ADDRESS.search(url)


def is_of_site(url: str) -> bool:
    """Whether an address is that of a whole site, which all pages of some give as their own.

    >>> is_of_site("https://paper.example/"), is_of_site("https://paper.example/?p=1")
    (True, False)
    """
    return re.fullmatch(r"https?://[^/?#]*/?#?", url.strip(), re.IGNORECASE) is not None


def host_in(text: str, span: TextSpan) -> TextSpan | None:
    """The characters of the host name in an address."""
    match = _HOST.match(text, *span)
    return TextSpan(*match.span("host")) if match else None


def publisher_name(host: str, text: str) -> str:
    """Who publishes at a host, as the text writes the name ("english.cnipa.gov.cn": "CNIPA"), else the host itself.

    The label that its owner registered is looked for in the text: in capitals, or as a name of one or several words.
    """
    labels = host.lower().split(".")[:-1]
    if len(labels) > 1 and labels[-1] in _SECOND_LEVEL:
        labels.pop()
    label = labels[-1] if labels else ""
    if len(label) < 2:
        return host
    for name in dict.fromkeys((label, _SITE_WORD.sub("", label))):
        found = _name_in(text, name) if len(name) > 1 else None
        if found:
            return found
    return host


def _name_in(text: str, label: str) -> str | None:
    acronym = label.upper()
    if re.search(rf"(?<!\w){re.escape(acronym)}(?!\w)", text):
        return acronym
    spaced = r"[\s'\u2019.-]{0,2}".join(map(re.escape, label.replace("-", "")))
    for match in re.finditer(rf"(?<![\w./@-]){spaced}(?![\w@-]|\.\w)", text, re.IGNORECASE):
        if match.group()[0].isupper():
            return match.group()
    return None
