"""An article reduced to its brief: the claims on which identity depends."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Final

from msgspec.structs import replace

from kg.addresses import address_of
from kg.facts import SURE, ArticleFacts, Entity, EntityKind, Event, Metadatum
from kg.identity.claims import Brief, Claim, Context, Holding, Post, token
from kg.identity.collective import (
    adjectives,
    country,
    holders_of_namesakes,
    is_acronym,
    land_of,
    wider_regions,
)
from kg.identity.happenings import Happening, happenings
from kg.identity.namesakes import tell_namesakes
from kg.identity.spelling import fold

_BEFORE: Final = re.compile(r"\s+(?:s['’])?(\w+)")
"""The word before a name, read backwards: so it is found without looking at all that is before it."""


_KINDS_RELATED: Final = {
    **dict.fromkeys(("spouse", "child", "parent", "sibling"), ("person", "person")),
    **dict.fromkeys(("bornIn", "livesIn"), ("person", "place")),
    "locatedIn": ("", "place"),
    "subOrganisationOf": ("organisation", "organisation"),
    "memberOf": ("", "organisation"),
    "founded": ("", "organisation"),
}
"""The kinds of thing between which relations are, where a relation tells them."""

_OF_PEOPLE: Final = frozenset({"justice", "life"})
"""The types of events that happen to people."""

_BRACKETED: Final = re.compile(r"(.*\w) ?\(([A-Z]{2,8})\)")
"""A name with its acronym beside it."""


def addresses_of(*articles: Iterable[Metadatum]) -> tuple[str, ...]:
    """The addresses of an article and its reprints, by what is known of each."""
    urls = (known.value for article in articles for known in article if known.name == "url")
    return tuple(dict.fromkeys(map(address_of, urls)))


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
    shown = _shown(facts)
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
            lead=SURE if (key, kind) in shown else entity.lead,
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
        claims[topic.key] = Claim(
            sha, topic.key, "topic", topic.name, topic.aliases, len(topic.mentions), day=day, lead=0.0
        )
    namesakes = tell_namesakes(claims)
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


def _shown(facts: ArticleFacts) -> set[tuple[str, str]]:
    """The keys of things that what the article says of them shows to be of a kind, with that kind."""
    found = {(role.person, "person") for role in facts.roles}
    lives = {event.key for event in facts.events if event.type in _OF_PEOPLE}
    found |= {(part.agent, "person") for part in facts.participations if part.event in lives}
    for event in facts.events:
        found |= {(place, "place") for place in (event.place, *(at for at, _ in event.other_places)) if place}
    for relation in facts.relations:
        subject, object_ = _KINDS_RELATED.get(relation.kind, ("", ""))
        found |= {(relation.subject, subject), (relation.object, object_)}
    return found


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


def _context(claims: Mapping[str, Claim], token_of: Mapping[str, str | None], day: str | None) -> Context:
    lands: Counter[str] = Counter()
    found = Context(day, None, {}, {}, {}, {}, {})
    for key, claim in claims.items():
        kind = claim.kind
        if kind not in ("person", "organisation", "place"):
            continue  # what has no token
        land = country(claim.name) if kind != "person" else None
        if land and not holders_of_namesakes(claim.name):
            lands[land] += claim.mentions
        known = token_of[key]
        if known is None:
            continue
        if kind == "person":
            found.people[known] = claim.name
        elif kind == "organisation" and not land:
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
