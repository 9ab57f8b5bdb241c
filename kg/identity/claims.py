"""What one article says of each thing that it names, as far as identity depends on it.

Everything that is compared across articles is here in a form that depends on the one article alone: what else it names
stands as *tokens*, which are equal for names that differ in typography or legal form only. So a new article changes
what is known of the things that it names, and of no others.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from kg.facts import ArticleFacts, DateInterval, Entity, EntityKind, Event, Metadatum
from kg.identity.bodies import body_of, lands_of_namesakes
from kg.identity.collective import (
    adjectives,
    country,
    holders_of_namesakes,
    is_acronym,
    land_of,
    land_token,
    lands_of,
    lands_of_token,
    plain_words,
    standing_for,
    wider_regions,
    with_wholes,
    without_legal_form,
)
from kg.identity.happenings import Happening, happenings
from kg.identity.iris import without_article
from kg.identity.personal import personal_name
from kg.identity.spelling import fold

_BEFORE: Final = re.compile(r"\s+(?:s['’])?(\w+)")
"""The word before a name, read backwards: so it is found without looking at all that is before it."""


_BRACKETED: Final = re.compile(r"(.*\w) ?\(([A-Z]{2,8})\)")
"""A name with its acronym beside it."""


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
    is what the article says of an event that it describes and does not name.
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

    Names that give one IRI have one token but for initials with and without full stops ("U.S. West", "U S West").
    """
    if kind == "person":
        found = personal_name(name)
        return None if found.single else f"person:{found.compact}"
    name = without_article(name)
    if kind == "organisation":
        plain = body_of(name) or "".join(without_legal_form(name))
    elif kind == "place":
        plain = standing_for(name) or "".join(plain_words(name))
    else:
        plain = ""
    return f"{kind}:{plain}" if plain else None


def addresses_of(*articles: Iterable[Metadatum]) -> tuple[str, ...]:
    """The URLs of an article and its reprints, by what is known of each."""
    return tuple(dict.fromkeys(known.value for article in articles for known in article if known.name == "url"))


def brief(facts: ArticleFacts, reprints: Iterable[Iterable[Metadatum]] = ()) -> Brief:
    """Reduce the facts of an article to what identity depends on. ``reprints`` says what is known of its reprints."""
    sha = facts.article.sha256
    reference = facts.article.reference_date
    day = reference.isoformat() if reference else None
    kinds = {entity.key: kind_of(entity) for entity in facts.entities}
    called = {entity.key: names_of(entity, kinds[entity.key]) for entity in facts.entities}
    token_of = {key: token(kind, called[key][0]) for key, kind in kinds.items()}

    def tokens(keys: Iterable[str]) -> tuple[str, ...]:
        return tuple([known for key in keys if (known := token_of.get(key))])

    posts: dict[str, list[Post]] = defaultdict(list)
    for role in facts.roles:
        employer = token_of.get(role.organisation) if role.organisation else None
        posts[role.person].append(Post(role.title, employer, role.status))
    within: dict[str, list[str]] = defaultdict(list)
    for relation in facts.relations:
        if relation.kind in ("locatedIn", "subOrganisationOf", "memberOf", "bornIn"):
            within[relation.subject].append(relation.object)
    parties: dict[str, list[str]] = defaultdict(list)
    for part in facts.participations:
        parties[part.event].append(part.agent)
    claims: dict[str, Claim] = {}
    for entity in facts.entities:
        key, kind = entity.key, kinds[entity.key]
        claims[key] = Claim(
            sha,
            key,
            kind,
            *called[key],
            len(entity.mentions),
            tuple(posts.get(key, ())),
            tuple([holder for holder in tokens(within.get(key, ())) if holder not in wider_regions()]),
            home=_adjective_before(entity, facts.article.text) if kind == "organisation" else None,
            day=day,
        )
    described: dict[str, Happening] = {}
    if not all(event.named for event in facts.events):
        described = happenings(facts, token_of)
    for event in facts.events:
        year = f"{reference.year:04d}" if reference else None
        at = [key for key in (event.place, *(place for place, _ in event.other_places)) if key]
        happening = described.get(event.key)
        claims[event.key] = _event_claim(sha, event, tokens(at), tokens(parties[event.key]), year, day, happening)
    for topic in facts.topics:
        claims[topic.key] = Claim(sha, topic.key, "topic", topic.name, topic.aliases, len(topic.mentions), day=day)
    namesakes = _tell_namesakes(claims)
    context = _context(claims, token_of, day)
    if context.home:
        claims = {
            key: claim if claim.home or key in namesakes else replace(claim, home=context.home)
            for key, claim in claims.items()
        }
    return Brief(
        sha,
        context,
        tuple(claims.values()),
        tuple(Holding(r.key, r.person, r.title, r.organisation, r.status) for r in facts.roles),
        tuple((event.key, event.date) for event in facts.events if event.date),
        addresses_of(facts.article.metadata, *reprints),
    )


def names_of(entity: Entity, kind: str) -> tuple[str, tuple[str, ...]]:
    """The name of an entity, and its further ones. An acronym that the article spells out is a further one."""
    bracketed = _BRACKETED.fullmatch(entity.name) if kind == "organisation" else None
    if bracketed:
        return bracketed[1], (bracketed[2], *entity.aliases)
    if not entity.aliases or kind != "organisation" or not is_acronym(entity.name):
        return entity.name, entity.aliases
    spelt = [alias for alias in entity.aliases if " " in alias and not is_acronym(alias)]
    if not spelt:
        return entity.name, entity.aliases
    name = max(spelt, key=lambda alias: (len(alias), alias))
    return name, (entity.name, *(alias for alias in entity.aliases if alias != name))


def _tell_namesakes(claims: dict[str, Claim]) -> set[str]:
    """Let what has namesakes elsewhere be in the country or region of them that alone the article names; their keys."""
    borne = {key: holders for key, claim in claims.items() if (holders := _holders_of_namesakes(claim))}
    if not borne:
        return set()
    places = {key: claim for key, claim in claims.items() if claim.kind == "place"}
    named: set[str] = set()
    for claim in places.values():
        if claim.key not in borne and (known := claim.token):
            named |= {known, *map(land_token, with_wholes(lands_of(claim.name)))}
    meant_by = {
        key: borne[key] & named or borne[key] & _lands_beside(key, places) for key in borne.keys() & places.keys()
    }
    for key, meant in meant_by.items():
        if len(meant) == 1 and not places[key].within:
            claims[key] = places[key] = replace(places[key], within=tuple(meant))
    for claim in places.values():
        lands = {land for holder in claim.within for land in lands_of_token(holder)}
        named |= {land_token(land) for land in lands if len(lands) == 1}
    named |= {known for key, claim in places.items() if not claim.within for known in _usual_land(claim)}
    for key in borne.keys() - places.keys():
        meant = borne[key] & named
        if len(meant) == 1 and not claims[key].home:
            (holder,) = meant
            claims[key] = replace(claims[key], home=holder.partition(":")[2])
    return set(borne)


def _lands_beside(key: str, places: Mapping[str, Claim]) -> set[str]:
    """The tokens of the countries that the other places of an article are usually in."""
    return {land for other, claim in places.items() if other != key for land in _usual_land(claim)}


def _usual_land(claim: Claim) -> list[str]:
    """The token of the country that the name of a place means where nothing is said of it, if it is known."""
    return [land_token(land)] if (land := land_of(claim.name)) else []


def _holders_of_namesakes(claim: Claim) -> frozenset[str]:
    """The tokens of the countries and regions that have a thing of that name and kind, where several have."""
    if claim.kind == "place":
        return _tokens_of_holders(claim.name)
    if claim.kind == "organisation":
        return frozenset(map(land_token, lands_of_namesakes(claim.name)))
    return frozenset()


@lru_cache(maxsize=1 << 12)
def _tokens_of_holders(name: str) -> frozenset[str]:
    lands = {holder: country(holder) for holder in holders_of_namesakes(name)}
    tokens = (land_token(land) if land else token("place", holder) for holder, land in lands.items())
    return frozenset(known for known in tokens if known)


def _context(claims: Mapping[str, Claim], token_of: Mapping[str, str | None], day: str | None) -> Context:
    lands: Counter[str] = Counter()
    found = Context(day, None, {}, {}, {}, {}, {})
    for key, claim in claims.items():
        kind = claim.kind
        if kind not in ("person", "organisation", "place"):
            continue  # what has no token
        land = country(claim.name) if kind == "place" else None
        if land and not holders_of_namesakes(claim.name):
            lands[land] += claim.mentions
        known = token_of[key]
        if known is None:
            continue
        if kind == "person":
            found.people[known] = claim.name
        elif kind == "organisation":
            found.bodies[known] = claim.name
        else:
            (found.countries if land else found.places)[known] = claim.name
        for alias in claim.aliases:
            other = token(claim.kind, alias)
            if other and other != known:
                found.called[other] = known
    home = _home(lands or _lands_told(claims.values(), False) or _lands_told(claims.values(), True))
    return Context(day, home, found.people, found.bodies, found.places, found.countries, found.called)


def _lands_told(claims: Iterable[Claim], with_namesakes: bool) -> Counter[str]:
    """The countries of the places that an article names, and how often; of those with namesakes only where wanted."""
    lands: Counter[str] = Counter()
    for claim in claims:
        land = land_of(claim.name) if claim.kind == "place" else None
        if land and (with_namesakes or not holders_of_namesakes(claim.name)):
            lands[land] += claim.mentions
    return lands


def _home(lands: Counter[str]) -> str | None:
    """The one country that an article names at least twice as often as any other."""
    (first, most), (_, next_most) = (*lands.most_common(2), ("", 0), ("", 0))[:2]
    return first if most >= 2 * next_most and first else None


def kind_of(entity: Entity) -> str:
    """The kind under which an entity gets its IRI: a place that acts is a place; a country's team is not."""
    kinds = entity.kinds
    if EntityKind.PLACE in kinds:
        return "place"
    if EntityKind.PERSON in kinds:
        return "person"
    if EntityKind.ORGANISATION in kinds:
        return "organisation"
    return "event"


def _event_claim(
    sha: str,
    event: Event,
    within: tuple[str, ...],
    parties: tuple[str, ...],
    year: str | None,
    day: str | None,
    told: Happening | None,
) -> Claim:
    date = event.date
    days = (date.start.isoformat(), date.end.isoformat()) if date else None
    return Claim(
        sha,
        event.key,
        "event",
        event.name,
        event.aliases,
        len(event.mentions),
        within=within,
        parties=parties,
        days=days,
        when=days[0] if days else year,
        named=event.named,
        day=day,
        told=told,
    )


def _adjective_before(entity: Entity, text: str) -> str | None:
    for mention in entity.mentions[:3]:
        before = text[max(0, mention.span.begin - 24) : mention.span.begin]
        word = _BEFORE.match(before[::-1])
        if word and (land := _told_by(word[1][::-1])):
            return land
    return None


@lru_cache(maxsize=1 << 14)
def _told_by(word: str) -> str | None:
    """The country, folded, that a word before a name tells of."""
    return adjectives().get(fold(word)) or country(word)
