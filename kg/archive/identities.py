"""What identity has decided about the things of one article: all of it that the article's triples depend on."""

from __future__ import annotations

from dataclasses import dataclass, field

from kg.facts import DateInterval, Metadatum
from kg.identity import Identities, Link, Node
from kg.identity.duplicates import Copy
from kg.records import decode, encode


@dataclass(frozen=True, slots=True)
class _Share:
    nodes: list[tuple[str, Node]]
    dates: list[tuple[str, DateInterval]]
    links: list[tuple[str, tuple[Link, ...]]]
    copy: Copy | None = None
    former: list[tuple[str, tuple[str, ...]]] = field(default_factory=list)
    reprints: tuple[tuple[Metadatum, ...], ...] = ()


def packed(identities: Identities) -> bytes:
    """The share of an article, of the identities of that article alone; equal shares give equal bytes."""
    return encode(
        _Share(
            sorted(((key, node) for (_, key), node in identities.nodes.items()), key=lambda item: item[0]),
            sorted(identities.dates.items(), key=lambda item: item[0]),
            sorted(((key, links) for (_, key), links in identities.links.items()), key=lambda item: item[0]),
            next(iter(identities.copies.values()), None),
            sorted(identities.former.items()),
            next(iter(identities.reprints.values()), ()),
        )
    )


def unpacked(sha: str, share: bytes) -> Identities:
    """The identities of one article. Raises GraphError when its share is damaged."""
    found = decode(share, _Share)
    return Identities(
        {(sha, key): node for key, node in found.nodes},
        dict(found.dates),
        {(sha, key): links for key, links in found.links},
        copies={sha: found.copy} if found.copy else {},
        former=dict(found.former),
        reprints={sha: found.reprints} if found.reprints else {},
    )
