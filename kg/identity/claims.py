"""What one article says of each thing that it names, as far as identity depends on it.

A :class:`Brief` is small (some hundred bytes a thing), picklable and holds no text: identity across an archive is
decided on the briefs of its articles alone.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from kg.facts import ArticleFacts, Entity, EntityKind, Event
from kg.identity.collective import country
from kg.identity.spelling import fold
from kg.words import table


@dataclass(frozen=True, slots=True)
class Post:
    """A title that a person holds; ``organisation`` is a key of the same article, or None."""

    title: str
    organisation: str | None
    status: str | None


@dataclass(frozen=True, slots=True)
class Claim:
    """One thing as one article tells of it.

    ``kind`` is person, organisation, place, event or topic. ``posts`` are a person's; ``within`` holds the keys of
    what a place or body is in and an event is at; ``parties`` those who took part in an event. ``days`` are the first
    and last day of an event (ISO), ``when`` its day, or the year of the article; ``land`` the country (folded) whose
    adjective stands before the name ("the Kenyan Ministry of Health"). ``place`` is where the claim stands: SHA-256 of
    the article and key.
    """

    place: tuple[str, str]
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
    land: str | None = None

    @property
    def sha(self) -> str:
        """The SHA-256 of the article."""
        return self.place[0]


@dataclass(frozen=True, slots=True)
class Brief:
    """What identity needs to know of one article. ``day`` is its date (ISO) where known; ``claims`` are by key."""

    sha: str
    day: str | None
    claims: Mapping[str, Claim]


def brief(facts: ArticleFacts) -> Brief:
    """Reduce the facts of an article to what identity depends on."""
    sha = facts.article.sha256
    reference = facts.article.reference_date
    posts: dict[str, list[Post]] = defaultdict(list)
    for role in facts.roles:
        posts[role.person].append(Post(role.title, role.organisation, role.status))
    within: dict[str, list[str]] = defaultdict(list)
    for relation in facts.relations:
        if relation.kind in ("locatedIn", "subOrganisationOf", "memberOf", "bornIn"):
            within[relation.subject].append(relation.object)
    parties: dict[str, list[str]] = defaultdict(list)
    for part in facts.participations:
        parties[part.event].append(part.agent)
    claims = {}
    for entity in facts.entities:
        key, kind = entity.key, kind_of(entity)
        land = _adjective_before(entity, facts.article.text) if kind == "organisation" else None
        claims[key] = Claim(
            (sha, key),
            kind,
            entity.name,
            entity.aliases,
            len(entity.mentions),
            tuple(posts[key]),
            tuple(within[key]),
            land=land,
        )
    for event in facts.events:
        year = f"{reference.year:04d}" if reference else None
        claims[event.key] = _event_claim(sha, event, tuple(parties[event.key]), year)
    for topic in facts.topics:
        claims[topic.key] = Claim((sha, topic.key), "topic", topic.name, topic.aliases, len(topic.mentions))
    return Brief(sha, reference.isoformat() if reference else None, claims)


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


def _event_claim(sha: str, event: Event, parties: tuple[str, ...], year: str | None) -> Claim:
    date = event.date
    days = (date.start.isoformat(), date.end.isoformat()) if date else None
    at = tuple(key for key in (event.place, *(place for place, _ in event.other_places)) if key)
    return Claim(
        (sha, event.key),
        "event",
        event.name,
        event.aliases,
        len(event.mentions),
        within=at,
        parties=parties,
        days=days,
        when=days[0] if days else year,
        named=event.named,
    )


@cache
def _adjectives() -> dict[str, str]:
    """Adjectives of countries with the country, folded."""
    known = {}
    for adjective, *names in table("titles_demonyms"):
        land = country(names[0].split("|")[0]) if names and names[0] else None
        if land:
            known[adjective] = land
    return known


def _adjective_before(entity: Entity, text: str) -> str | None:
    for mention in entity.mentions[:3]:
        before = text[max(0, mention.span.begin - 24) : mention.span.begin]
        word = re.search(r"(\w+)(?:['’]s)?\s+$", before)
        if word and (land := _adjectives().get(fold(word[1])) or country(word[1])):
            return land
    return None
