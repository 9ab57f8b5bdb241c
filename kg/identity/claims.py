"""What one article says of each thing that it names, as far as identity depends on it.

Everything that is compared across articles is here in a form that depends on the one article alone: what else it names
stands as *tokens*, which are equal for names that differ in typography or legal form only. So a new article changes
what is known of the things that it names, and of no others.
"""

from __future__ import annotations

from functools import lru_cache

from msgspec import Struct

from kg.facts import SURE, DateInterval
from kg.identity.bodies import body_of
from kg.identity.collective import (
    country,
    plain_words,
    standing_for,
    without_legal_form,
)
from kg.identity.happenings import Happening
from kg.identity.iris import without_article
from kg.identity.personal import personal_name


class Post(Struct, frozen=True, array_like=True, gc=False):
    """A title that a person holds; ``employer`` is a token, or None."""

    title: str
    employer: str | None
    status: str | None


class Claim(Struct, frozen=True, array_like=True):
    """One thing as one article tells of it.

    ``sha`` (SHA-256 of the article) and ``key`` say where the claim stands. ``kind`` is person, organisation, place,
    event or topic. ``posts`` are a person's; ``within`` holds tokens of what a place or body is in and an event is at;
    ``parties`` of those who took part in an event. ``days`` are the first and last day of an event (ISO), ``when`` its
    day, or the year of the article; ``home`` the country (folded) whose adjective stands before the name ("the Kenyan
    Ministry of Health"), or else the home of the article; ``day`` the date of the article (ISO) where known. ``told``
    is what the article says of an event that it describes and does not name; ``lead`` by how much
    more speaks for the kind than for any other.
    """

    sha: str
    key: str
    kind: str
    name: str
    aliases: tuple[str, ...] = ()
    mentions: int = 1
    posts: tuple[Post, ...] = ()
    within: tuple[str, ...] = ()
    parties: tuple[str, ...] = ()
    days: tuple[str, str] | None = None
    when: str | None = None
    named: bool = True
    home: str | None = None
    day: str | None = None
    told: Happening | None = None
    lead: float = SURE

    @property
    def place(self) -> tuple[str, str]:
        """Where the claim stands."""
        return self.sha, self.key

    @property
    def token(self) -> str | None:
        """What stands for the name where other things are told of beside it."""
        return token(self.kind, self.name)


class Context(Struct, frozen=True, array_like=True):
    """What an article names: ``day`` is its date (ISO) where known, ``home`` the one country that it names at least
    twice as often as any other. ``people``, ``bodies``, ``places`` and ``countries`` map tokens to names, ``called``
    the tokens of further names to those of the names.
    """

    day: str | None
    home: str | None
    people: dict[str, str]
    bodies: dict[str, str]
    places: dict[str, str]
    countries: dict[str, str]
    called: dict[str, str]


class Holding(Struct, frozen=True, array_like=True, gc=False):
    """A role of an article, by the keys of its person and organisation."""

    key: str
    person: str
    title: str
    organisation: str | None
    status: str | None


class Brief(Struct, frozen=True, array_like=True):
    """What identity needs to know of one article. ``dated`` holds the dates of events by their keys; ``addresses`` are
    the URLs of it and its reprints, by which decisions may name it.
    """

    sha: str
    context: Context
    claims: tuple[Claim, ...]
    holdings: tuple[Holding, ...] = ()
    dated: tuple[tuple[str, DateInterval], ...] = ()
    addresses: tuple[str, ...] = ()


@lru_cache(maxsize=1 << 15)
def token(kind: str, name: str) -> str | None:
    """What is equal for names that are one but for typography or legal form; None where a name tells too little.

    Names that give one IRI have one token but for initials with and without full stops ("U.S. West", "U S West"). A
    country has one as a place, and as a body that acts: "president of Greece".
    """
    if kind == "person":
        found = personal_name(name)
        return None if found.single else f"person:{found.compact}"
    name = without_article(name)
    if kind == "organisation" and country(name):
        kind = "place"
    if kind == "organisation":
        plain = body_of(name) or "".join(without_legal_form(name))
    elif kind == "place":
        plain = standing_for(name) or "".join(plain_words(name))
    else:
        plain = ""
    return f"{kind}:{plain}" if plain else None
