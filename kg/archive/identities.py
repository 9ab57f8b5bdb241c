"""What identity has decided about the things of one article: all of it that the article's triples depend on."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from kg.facts import DateInterval
from kg.identity import Identities, Link, Node
from kg.identity.duplicates import Copy
from kg.records import decode, encode


@dataclass(frozen=True, slots=True)
class _Share:
    nodes: list[tuple[str, Node]]
    dates: list[tuple[str, DateInterval]]
    links: list[tuple[str, tuple[Link, ...]]]
    copy: Copy | None = None


def shares(identities: Identities) -> Iterator[tuple[str, bytes]]:
    """The hash of each article's text with its packed share; equal shares give equal bytes."""
    nodes: dict[str, list[tuple[str, Node]]] = defaultdict(list)
    links: dict[str, list[tuple[str, tuple[Link, ...]]]] = defaultdict(list)
    for (sha, key), node in identities.nodes.items():
        nodes[sha].append((key, node))
    for (sha, key), found in identities.links.items():
        links[sha].append((key, found))
    for sha in sorted(nodes.keys() | identities.copies.keys()):
        known = sorted(nodes[sha], key=lambda item: item[0])
        copy = identities.copies.get(sha)
        iris = sorted({node.iri for _, node in known} & identities.dates.keys())
        dates = [(iri, identities.dates[iri]) for iri in iris]
        yield sha, encode(_Share(known, dates, sorted(links[sha], key=lambda item: item[0]), copy))


NOTHING = encode(_Share([], [], []))
"""The share of an article that names nothing."""


def unpacked(sha: str, share: bytes) -> Identities:
    """The identities of one article. Raises GraphError when its share is damaged."""
    found = decode(share, _Share)
    nodes = {(sha, key): node for key, node in found.nodes}
    links = {(sha, key): links for key, links in found.links}
    return Identities(nodes, dict(found.dates), links, copies={sha: found.copy} if found.copy else {})
