"""Things of one name in several countries or regions: which of them an article means, by the places that it names."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache, lru_cache

from msgspec.structs import replace

from kg.identity.bodies import lands_of_namesakes
from kg.identity.claims import Claim, token
from kg.identity.collective import (
    country,
    holders_of_namesakes,
    land_of,
    land_token,
    lands_of,
    lands_of_token,
    with_wholes,
)
from kg.identity.iris import norm
from kg.words import table


def tell_namesakes(claims: dict[str, Claim]) -> set[str]:
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
    named |= {land_token(land) for claim in claims.values() if (land := _leagues().get(norm(claim.name)))}
    for key in borne.keys() - places.keys():
        meant = borne[key] & named
        if len(meant) == 1 and not claims[key].home:
            (holder,) = meant
            claims[key] = replace(claims[key], home=holder.partition(":")[2])
    return set(borne)


@cache
def _leagues() -> dict[str, str]:
    """The countries, folded, in which leagues and cups are played, by their names."""
    return {norm(league): land for league, name in table("identity_leagues") if (land := country(name))}


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
