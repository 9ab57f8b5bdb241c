"""Where each thing stands: computed once here, so that the page opens at rest. Same graph, same places.

Small graphs and the core of large ones are laid out by stress majorisation (Gansner, Koren, North: Graph drawing by
stress majorization, 2004) and then pushed apart until no two labels overlap. Large graphs are laid out community by
community, and the communities as discs around one another. Units are pixels of the first view at its natural size.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Points = NDArray[np.float64]

Ties = Sequence[dict[int, int]]

ASPECT = 1.3
"""Width by height of the first view."""

STRESS_LIMIT = 220
"""Beyond this many nodes a community's less connected members are set around its core."""


def distances(ties: Ties) -> Points:
    """Steps between all pairs of nodes; pairs without a path are a little further apart than the furthest with one."""
    count = len(ties)
    steps = np.full((count, count), np.inf)
    for start in range(count):
        steps[start, start] = 0
        seen, frontier, distance = {start}, [start], 0
        while frontier:
            distance += 1
            following = []
            for node in frontier:
                for neighbour in ties[node]:
                    if neighbour not in seen:
                        seen.add(neighbour)
                        following.append(neighbour)
                        steps[start, neighbour] = distance
            frontier = following
    reached = steps[np.isfinite(steps)]
    steps[~np.isfinite(steps)] = float(reached.max(initial=1)) + 0.5
    return steps


def stress_layout(ties: Ties, rounds: int = 150) -> Points:
    """Points whose distances come close to the steps between the nodes, centred, one unit a step."""
    count = len(ties)
    if count == 1:
        return np.zeros((1, 2))
    target = distances(ties)
    # hubs want longer spokes, or their leaves crowd
    degree = np.array([len(tie) for tie in ties], dtype=float)
    target *= 1 + 0.12 * np.log1p(np.maximum.outer(degree, degree))
    weight = 1 / np.maximum(target, 1e-9) ** 2
    np.fill_diagonal(weight, 0)
    total = weight.sum(axis=1, keepdims=True)
    points = _sunflower(count) * float(target.max())
    for _ in range(rounds):
        offset = points[:, None, :] - points[None, :, :]
        apart = np.maximum(np.sqrt((offset**2).sum(axis=2)), 1e-9)
        pull = weight * target / apart
        moved = (weight @ points + (pull[:, :, None] * offset).sum(axis=1)) / total
        shift = float(np.abs(moved - points).max())
        points = moved
        if shift < 1e-3:
            break
    centred: Points = points - points.mean(axis=0)
    return centred


def _sunflower(count: int) -> Points:
    """Points spread evenly in the unit disc, the first in the middle (Vogel's spiral)."""
    index = np.arange(count)
    radius, angle = np.sqrt((index + 0.5) / count), index * np.pi * (3 - np.sqrt(5))
    return np.stack([radius * np.cos(angle), radius * np.sin(angle)], axis=1)


def push_apart(points: Points, boxes: Points, rounds: int = 300) -> Points:
    """The points moved as little as need be so that the boxes (width, height) centred on them do not overlap."""
    points = points.copy()
    count = len(points)
    half = (boxes[:, None, :] + boxes[None, :, :]) / 2
    others = ~np.eye(count, dtype=bool)
    later = np.triu(np.ones((count, count), dtype=bool), 1)
    for step in range(rounds):
        offset = points[:, None, :] - points[None, :, :]
        overlap = half - np.abs(offset)
        both = (overlap[:, :, 0] > 0) & (overlap[:, :, 1] > 0) & others
        if not both.any():
            break
        # the shorter way out, sideways or up and down; of two at one point the later one goes forward
        sideways = overlap[:, :, 0] < overlap[:, :, 1]
        pushed = np.maximum(both.sum(axis=1), 1) ** 0.5
        for axis, chosen in ((0, both & sideways), (1, both & ~sideways)):
            sign = np.where((offset[:, :, axis] > 0) | ((offset[:, :, axis] == 0) & later.T), 1.0, -1.0)
            push = np.where(chosen, overlap[:, :, axis] * sign / 2, 0.0)
            points[:, axis] += push.sum(axis=1) * (0.6 if step < rounds // 2 else 0.9) / pushed
    return points


def label_box(label: str, size: float) -> tuple[float, float]:
    """About how much room a node of a given radius needs with its label (at most 22 characters a line, three lines)."""
    length = min(len(label), 66)
    lines = max(1, -(-length // 20))
    return max(min(length, 22) * 7.2 + 14, 2 * size + 8), 2 * size + lines * 15.5 + 16


def first_layout(ties: Ties, labels: Sequence[str], sizes: Sequence[float]) -> Points:
    """The layout of what is seen first: wide, with room for every label."""
    if not labels:
        return np.zeros((0, 2))
    boxes = np.array([label_box(label, size) for label, size in zip(labels, sizes, strict=True)])
    points = _spread(stress_layout(ties), boxes)
    points = push_apart(points, boxes)
    points -= (points.max(axis=0) + points.min(axis=0)) / 2
    return points


def _spread(points: Points, boxes: Points) -> Points:
    """The points turned so that their longest axis lies flat, and scaled to a rectangle with room for the boxes."""
    if len(points) > 2:
        _, _, axes = np.linalg.svd(points - points.mean(axis=0), full_matrices=False)
        axes = axes * np.where(axes[np.arange(2), np.abs(axes).argmax(axis=1)] < 0, -1, 1)[:, None]
        points = points @ axes.T
    area = float(boxes.prod(axis=1).sum()) * 2.1
    height = np.sqrt(area / ASPECT)
    extent = np.maximum(np.ptp(points, axis=0), 1e-9)
    wanted = np.array([height * ASPECT, height])
    scale = wanted / extent
    if extent.min() < 1e-6:
        scale = np.minimum(scale, wanted.max())
    spread: Points = (points - points.mean(axis=0)) * scale
    return spread


def community_layout(ties: Ties, community: Sequence[int], weights: Sequence[float], spacing: float = 64) -> Points:
    """The layout of everything: each community a disc with its best connected members inside, the discs packed."""
    points = np.zeros((len(ties), 2))
    groups: list[list[int]] = [[] for _ in range(max(community, default=-1) + 1)]
    for node, group in enumerate(community):
        groups[group].append(node)
    radii = np.zeros(len(groups))
    for position, members in enumerate(groups):
        members.sort(key=lambda node: (-weights[node], node))
        local = _disc(ties, members)
        radius = spacing * np.sqrt(len(members)) * 0.62
        reach = float(np.sqrt((local**2).sum(axis=1)).max()) or 1.0
        points[members] = local / reach * radius
        radii[position] = radius + spacing * 0.6
    centres = _packed(_community_ties(ties, community, len(groups)), radii)
    return points + centres[np.array(community, dtype=int)] if len(points) else points


def _disc(ties: Ties, members: Sequence[int]) -> Points:
    """Members in a disc: the first ones by stress, evened out, the others around them near their neighbours."""
    if len(members) <= 2:
        return np.array([[float(position), 0.0] for position in range(len(members))])
    core = members[:STRESS_LIMIT]
    local = {node: position for position, node in enumerate(core)}
    points = stress_layout([{local[n]: w for n, w in ties[node].items() if n in local} for node in core], rounds=40)
    points = _evened(points)
    if len(core) == len(members):
        return points
    around = members[len(core) :]
    wanted = []
    for node in around:
        near = [points[local[n]] for n in ties[node] if n in local]
        mean = np.mean(near, axis=0) if near else np.zeros(2)
        wanted.append(float(np.arctan2(mean[1], mean[0])))
    slots = _sunflower(len(members))[len(core) :] * np.sqrt(len(members) / len(core))
    angles = np.arctan2(slots[:, 1], slots[:, 0])
    ring = np.zeros((len(around), 2))
    ring[np.argsort(np.array(wanted), kind="stable")] = slots[np.argsort(angles, kind="stable")]
    return np.concatenate([points, ring])


def _evened(points: Points) -> Points:
    """The points with their order of distance and angle kept, spread so that they fill the unit disc evenly."""
    count = len(points)
    radius = np.sqrt((points**2).sum(axis=1))
    rank = np.empty(count)
    rank[np.argsort(radius, kind="stable")] = np.arange(count)
    even = np.sqrt((rank + 0.5) / count)
    angle = np.arctan2(points[:, 1], points[:, 0])
    spread = np.stack([even * np.cos(angle), even * np.sin(angle)], axis=1)
    gap = 1.5 / np.sqrt(count)
    spread = push_apart(spread, np.full((count, 2), gap), rounds=40)
    return spread / max(float(np.sqrt((spread**2).sum(axis=1)).max()), 1e-9)


def _community_ties(ties: Ties, community: Sequence[int], count: int) -> list[dict[int, int]]:
    between: list[dict[int, int]] = [{} for _ in range(count)]
    for node, tie in enumerate(ties):
        home = between[community[node]]
        for neighbour, weight in tie.items():
            if community[neighbour] != community[node]:
                home[community[neighbour]] = home.get(community[neighbour], 0) + weight
    return between


def _packed(between: Sequence[dict[int, int]], radii: Points) -> Points:
    """Centres of discs that do not overlap: the large ones by their ties, the small ones in a spiral around them."""
    count = len(radii)
    core = min(count, 120)
    inner = [{n: w for n, w in tie.items() if n < core} for tie in between[:core]]
    centres = np.zeros((count, 2))
    if not core:
        return centres
    area = float((radii[:core] ** 2).sum()) * np.pi
    spread = stress_layout(inner, rounds=80)
    extent = max(float(np.sqrt((spread**2).sum(axis=1)).max()), 1e-9)
    spread = spread / extent * np.sqrt(area / np.pi) * 1.1 * np.array([ASPECT**0.5, ASPECT**-0.5])
    boxes = np.stack([radii[:core] * 1.85] * 2, axis=1)
    centres[:core] = push_apart(spread, boxes, rounds=200)
    reach = float(np.sqrt((centres[:core] ** 2).sum(axis=1)).max()) + float(radii[0])
    _spiral(centres, radii, core, reach)
    return centres


def _spiral(centres: Points, radii: Points, start: int, reach: float) -> None:
    """Sets the discs from ``start`` on in rings around a disc of radius ``reach``."""
    ring, angle, widest = reach, 0.0, 0.0
    for position in range(start, len(radii)):
        radius = float(radii[position])
        if angle == 0.0:
            ring += widest + radius
            widest = radius
        centres[position] = ring * np.cos(angle) * ASPECT**0.5, ring * np.sin(angle) * ASPECT**-0.5
        angle += 2.4 * radius / ring
        if angle > 2 * np.pi - 2.4 * radius / ring:
            angle = 0.0
