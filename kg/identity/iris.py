"""The policy of IRIs: each is a pure function of the kind of thing and its normalised key.

Nothing depends on order, time, counters or chance, and there are no blank nodes. Local names are safe to write as
``prefix:local`` in Turtle: ``[a-z_][a-z0-9-]*``. Two names share a node exactly if their :func:`norm` is equal.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from urllib.parse import urlsplit

DEFAULT_BASE = "https://w3id.org/newskg/id/"

# Letters that NFKD leaves alone.
FOLD = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ß": "ss", "æ": "ae", "œ": "oe", "ı": "i", "ə": "a", "ŋ": "n"}
)
_DASHES = dict.fromkeys("‐‑‒–—―−", "-")
_APOSTROPHES = dict.fromkeys("‘’ʼ`´", "'")
_PLAIN = str.maketrans(_DASHES | _APOSTROPHES)
_ARTICLE = re.compile(r"^(the|a|an) ")
_ARTICLE_AS_WRITTEN = re.compile(r"^\s*(the|a|an)\s+", re.IGNORECASE)
_SPECIAL = re.compile(r"[+#&@]")
_BETWEEN = re.compile(r"[^a-z0-9]+")

SLUG_LIMIT = 64
_SEPARATOR = "\x1f"  # so that ("1", "23") and ("12", "3") differ


@lru_cache(maxsize=1 << 15)
def norm(name: str, *, strip_article: bool = False) -> str:
    """The identity key of a name: compatibility forms, dashes, apostrophes, case and white space made equal."""
    plain = name.replace("`", "'") if name.isascii() else unicodedata.normalize("NFKC", name).translate(_PLAIN)
    key = " ".join(plain.casefold().split())
    return _ARTICLE.sub("", key) if strip_article else key


def without_article(name: str) -> str:
    """A name without the article that :func:`norm` leaves out.

    >>> without_article("The Hague")
    'Hague'
    """
    return _ARTICLE_AS_WRITTEN.sub("", name)


def is_iri(text: str) -> bool:
    """Whether a text is an absolute IRI (RFC 3987); of an address in the web, whether it names a host.

    >>> is_iri("https://example.org/1"), is_iri("https://"), is_iri("http://a b")
    (True, False, False)
    """
    from pyoxigraph import NamedNode

    scheme, colon, rest = text.partition(":")
    try:
        NamedNode(text)
        return bool(colon and rest) and (scheme.lower() not in ("http", "https") or bool(urlsplit(text).hostname))
    except ValueError:
        return False


def digest(*parts: str, length: int = 16) -> str:
    """The first hexadecimal digits of the SHA-256 of the parts."""
    return sha256(_SEPARATOR.join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:length]


@lru_cache(maxsize=1 << 15)
def slug(name: str, limit: int = SLUG_LIMIT, *, strip_article: bool = False) -> str:
    """A readable ASCII local name. Names that ASCII cannot carry, or too long ones, end in a digest of their norm."""
    key = norm(name, strip_article=strip_article)
    ascii_like = without_diacritics(key)
    lossy = any(c.isalnum() and ord(c) > 127 for c in ascii_like) if not ascii_like.isascii() else False
    local = _BETWEEN.sub("-", ascii_like.replace("'", "")).strip("-")
    hashed = ""
    if lossy or _SPECIAL.search(ascii_like) or len(local) > limit or not local:
        hashed = digest(key, length=8)
        local = (local[: limit - 9].rstrip("-") + "-" if local else "") + hashed
    return local if local[0].isalpha() and local != hashed else "_" + local


def without_diacritics(key: str) -> str:
    """A normalised name in ASCII letters where it has them."""
    if key.isascii():
        return key
    plain = unicodedata.normalize("NFKD", key.translate(FOLD))
    return "".join(c for c in plain if not unicodedata.combining(c))


@dataclass(frozen=True, slots=True)
class IriPolicy:
    """Makes the IRIs of one graph; ``base`` is an absolute IRI that ends in ``/`` or ``#``."""

    base: str = DEFAULT_BASE

    def entity(self, kind: str, name: str, qualifier: str | None = None) -> str:
        """A person, organisation, place or topic; the qualifier keeps homonyms apart."""
        local = slug(name, strip_article=kind != "person")
        return f"{self.base}{kind}/{local}" + (f"--{slug(qualifier)}" if qualifier else "")

    def event(self, name: str, when: str | None = None, qualifier: str | None = None) -> str:
        """An event, told from its namesakes by its date or year, or by the article that describes it."""
        local = slug(name, strip_article=True) + (f"-{when}" if when else "")
        return f"{self.base}event/{local}" + (f"--{slug(qualifier)}" if qualifier else "")

    def article(self, sha: str) -> str:
        """One version of a text, by the SHA-256 (64 hexadecimal digits) of its UTF-8 bytes."""
        return f"{self.base}article/a{sha[:16]}"

    def reprint(self, sha: str, *place: str) -> str:
        """A text as it stands in a further place, told by its URL or publisher (:func:`kg.repetition.printed_at`)."""
        return f"{self.article(sha)}-{digest(*place)}"

    def role(self, person: str, title: str, organisation: str | None = None, status: str | None = None) -> str:
        """A person's holding of a title in an organisation, by their names or local names."""
        parts = (slug(part) for part in (person, title, organisation, status) if part)
        return f"{self.base}role/" + "--".join(parts)

    def statement(self, sha: str, *place: int) -> str:
        """A statement, by the first and last character of its content in its article, and its cue where that tells."""
        return f"{self.base}statement/a{sha[:16]}-{'-'.join(map(str, place))}"

    def quantity(self, sha: str, begin: int, end: int) -> str:
        """A quantity, by the characters that state it."""
        return f"{self.base}quantity/a{sha[:16]}-{begin}-{end}"

    def fact(self, article: str, subject: str, predicate: str, object_: str) -> str:
        """The record that an article supports a triple; the terms in N-Triples syntax."""
        return f"{self.base}fact/f{digest(article, subject, predicate, object_)}"

    def run(self, *versions: str) -> str:
        """The way a graph was made: program, model and options, without time or place."""
        return f"{self.base}run/r{digest(*versions)}"


def span_iri(article: str, begin: int, end: int) -> str:
    """The characters ``[begin, end)`` of an article, as a fragment of its IRI (RFC 5147)."""
    return f"{article}#char={begin},{end}"
