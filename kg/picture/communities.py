"""Communities: groups of things that are tied more among themselves than to others (Louvain method).

Blondel, Guillaume, Lambiotte, Lefebvre: Fast unfolding of communities in large networks, 2008. Nodes are visited in
order of their number, ties are broken by the smaller number, so that the same graph has the same communities.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from kg.picture.contents import Ties

LARGEST = 400
"""A community with more nodes than this is not joined with another one."""


def communities(ties: Ties, rounds: int = 4) -> list[int]:
    """The community of each node, numbered by size, the largest first."""
    membership = list(range(len(ties)))
    level: list[dict[int, int]] = [dict(tie) for tie in ties]
    sizes = [1] * len(ties)
    for _ in range(rounds):
        moved = _local_moves(level, sizes)
        names = {name: position for position, name in enumerate(sorted(set(moved)))}
        if len(names) == len(level):
            break
        membership = [names[moved[node]] for node in membership]
        level, sizes = _merged(level, [names[name] for name in moved], sizes, len(names))
    return _numbered_by_size(membership)


def _local_moves(ties: Sequence[dict[int, int]], sizes: Sequence[int]) -> list[int]:
    """Each node moves to the neighbouring community that raises modularity most, until none gains."""
    membership = list(range(len(ties)))
    degree = [sum(tie.values()) for tie in ties]
    total, members = list(degree), list(sizes)
    everything = sum(degree) or 1
    for _ in range(10):
        changed = 0
        for node, tie in enumerate(ties):
            if not tie:
                continue
            home = membership[node]
            weight: dict[int, int] = defaultdict(int)
            for neighbour, strength in tie.items():
                if neighbour != node:
                    weight[membership[neighbour]] += strength
            total[home] -= degree[node]
            members[home] -= sizes[node]
            share = degree[node] / everything
            best, gain = home, weight[home] - total[home] * share
            for community, strength in weight.items():
                value = strength - total[community] * share
                better = value > gain + 1e-12 or (value > gain - 1e-12 and community < best)
                if better and members[community] + sizes[node] <= LARGEST:
                    best, gain = community, value
            membership[node] = best
            total[best] += degree[node]
            members[best] += sizes[node]
            changed += best != home
        if changed * 100 <= len(ties):
            break
    return membership


def _merged(
    ties: Sequence[dict[int, int]], membership: Sequence[int], sizes: Sequence[int], count: int
) -> tuple[list[dict[int, int]], list[int]]:
    """The graph of communities; a tie within one becomes a loop, which keeps its weight in the degree."""
    level: list[dict[int, int]] = [defaultdict(int) for _ in range(count)]
    members = [0] * count
    for node, tie in enumerate(ties):
        home = membership[node]
        members[home] += sizes[node]
        for neighbour, weight in tie.items():
            level[home][membership[neighbour]] += weight
    return level, members


def _numbered_by_size(membership: Sequence[int]) -> list[int]:
    groups: dict[int, int] = defaultdict(int)
    first: dict[int, int] = {}
    for node, community in enumerate(membership):
        groups[community] += 1
        first.setdefault(community, node)
    order = sorted(groups, key=lambda community: (-groups[community], first[community]))
    rank = {community: position for position, community in enumerate(order)}
    return [rank[community] for community in membership]
