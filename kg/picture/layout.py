"""Where each thing stands: computed once here, so that the page opens at rest. Same graph, same places.

Small graphs and the core of large ones are laid out by stress majorisation (Gansner, Koren, North: Graph drawing by
stress majorization, 2004) and then pushed apart until no two labels overlap. Large graphs are laid out community by
community, and the communities as discs around one another. Units are pixels of the first view at its natural size.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, TypeAlias

import numpy as np

from kg.picture.contents import Ties

if TYPE_CHECKING:
    from numpy.typing import NDArray

Points: TypeAlias = "NDArray[np.float64]"
"""Rows of x and y."""

ASPECT = 1.3
"""Width by height of the first view."""

PACKED_BY_TIES = 150
"""So many communities are placed by their ties, the smaller ones around them."""

STRESS_LIMIT = 220
"""Beyond this many nodes a community's less connected members are set around its core."""


def distances(ties: Ties) -> Points:
    """Steps between all pairs of nodes; pairs without a path are a little further apart than the furthest with one.

    The nodes within k steps of a node are the bits of a whole number: those within k - 1 of it and of its neighbours.
    """
    count = len(ties)
    steps = np.full((count, count), np.inf)
    reach = [1 << node for node in range(count)]
    new, distance = list(reach), 0
    while any(new):
        for node, bits in enumerate(new):
            if bits:
                steps[node, _positions(bits, count)] = distance
        distance += 1
        wider = list(reach)
        for node, tie in enumerate(ties):
            for neighbour in tie:
                wider[node] |= reach[neighbour]
        new = [after & ~before for after, before in zip(wider, reach, strict=True)]
        reach = wider
    reached = np.isfinite(steps)
    steps[~reached] = float(steps[reached].max(initial=1)) + 0.5
    return steps


def _positions(bits: int, count: int) -> NDArray[np.bool_]:
    """Which of the lowest ``count`` bits are set."""
    raw = np.frombuffer(bits.to_bytes((count + 7) // 8, "little"), dtype=np.uint8)
    return np.unpackbits(raw, count=count, bitorder="little").astype(bool)


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
    pull = weight * target
    points = _sunflower(count) * float(target.max())
    # sums by axis and no matrix products: those start threads, which is slow on a busy machine
    for _ in range(rounds):
        across, along = (points[:, None, axis] - points[None, :, axis] for axis in (0, 1))
        strength = pull / np.maximum(np.sqrt(across**2 + along**2), 1e-9)
        moved = np.stack(
            [
                (weight * points[:, axis]).sum(axis=1) + (strength * offset).sum(axis=1)
                for axis, offset in ((0, across), (1, along))
            ],
            axis=1,
        )
        moved /= total
        shift = float(np.abs(moved - points).max())
        points = moved
        if shift < 2e-3:
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
    wide, high = ((boxes[:, None, axis] + boxes[None, :, axis]) / 2 for axis in (0, 1))
    later = np.triu(np.ones(wide.shape, dtype=bool), 1)
    for step in range(rounds):
        across = points[:, None, 0] - points[None, :, 0]
        along = points[:, None, 1] - points[None, :, 1]
        one, other = np.nonzero((np.abs(across) < wide) & (np.abs(along) < high) & later)
        if not len(one):
            break
        lack = np.stack([wide[one, other] - np.abs(across[one, other]), high[one, other] - np.abs(along[one, other])])
        sideways = lack[0] < lack[1]  # the shorter way out
        crowd = np.bincount(one, minlength=len(points)) + np.bincount(other, minlength=len(points))
        ease = (0.6 if step < rounds // 2 else 0.9) / np.sqrt(np.maximum(crowd, 1))
        for axis, chosen, offset in ((0, sideways, across), (1, ~sideways, along)):
            push = np.where(chosen, lack[axis] * np.where(offset[one, other] > 0, 0.5, -0.5), 0.0)
            move = np.bincount(one, push, len(points)) - np.bincount(other, push, len(points))
            points[:, axis] += move * ease
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
    points = push_apart(_evenly(_spread(stress_layout(ties), boxes)), boxes)
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


def _evenly(points: Points, share: float = 0.5) -> Points:
    """The points moved part of the way to where each axis would be filled evenly; their order on it stays."""
    even = np.empty_like(points)
    for axis in (0, 1):
        order = np.argsort(points[:, axis], kind="stable")
        even[order, axis] = np.linspace(-0.5, 0.5, len(points)) * np.ptp(points[:, axis])
    mixed: Points = (1 - share) * points + share * even
    return mixed


def community_layout(ties: Ties, community: Sequence[int], weights: Sequence[float], spacing: float = 64) -> Points:
    """The layout of all that has a weight: each community a disc, its best members inside, the discs packed."""
    points = np.zeros((len(ties), 2))
    groups: dict[int, list[int]] = {}
    for node, group in enumerate(community):
        if weights[node]:
            groups.setdefault(group, []).append(node)
    position = {
        group: place for place, group in enumerate(sorted(groups, key=lambda group: (-len(groups[group]), group)))
    }
    radii = np.zeros(len(groups))
    for group, members in groups.items():
        members.sort(key=lambda node: (-weights[node], node))
        local = _disc(ties, members)
        radius = spacing * np.sqrt(len(members)) * 0.5
        reach = float(np.sqrt((local**2).sum(axis=1)).max()) or 1.0
        points[members] = local / reach * radius
        radii[position[group]] = radius + spacing * 0.5
    centres = _packed(_community_ties(ties, community, position), radii)
    for group, members in groups.items():
        points[members] += centres[position[group]]
    return points


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


def _community_ties(ties: Ties, community: Sequence[int], position: dict[int, int]) -> list[dict[int, int]]:
    between: list[dict[int, int]] = [{} for _ in position]
    for node, tie in enumerate(ties):
        for neighbour, weight in tie.items():
            if community[neighbour] != community[node]:
                home, other = between[position[community[node]]], position[community[neighbour]]
                home[other] = home.get(other, 0) + weight
    return between


def _packed(between: Sequence[dict[int, int]], radii: Points) -> Points:
    """Centres of discs that do not overlap: those tied to the largest by their ties, the others in rings around."""
    centres = np.zeros((len(radii), 2))
    core = _tied_to_first(between)[:PACKED_BY_TIES]
    if not core:
        return centres
    local = {group: place for place, group in enumerate(core)}
    inner = [{local[n]: w for n, w in between[group].items() if n in local} for group in core]
    spread = stress_layout(inner, rounds=80)
    extent = max(float(np.sqrt((spread**2).sum(axis=1)).max()), 1e-9)
    area = float((radii[core] ** 2).sum()) * np.pi
    spread = spread / extent * np.sqrt(area / np.pi) * 1.1 * np.array([ASPECT**0.5, ASPECT**-0.5])
    centres[core] = push_apart(spread, np.stack([radii[core] * 1.85] * 2, axis=1), rounds=200)
    around = [group for group in range(len(radii)) if group not in local]
    _ring(centres, radii, around, float((np.sqrt((centres[core] ** 2).sum(axis=1)) + radii[core]).max()))
    return centres


def _tied_to_first(between: Sequence[dict[int, int]]) -> list[int]:
    """The numbers that can be reached from the first one, smaller numbers (larger communities) first."""
    found, frontier = {0} if between else set(), [0] if between else []
    while frontier:
        for neighbour in between[frontier.pop()]:
            if neighbour not in found:
                found.add(neighbour)
                frontier.append(neighbour)
    return sorted(found)


def _ring(centres: Points, radii: Points, groups: Sequence[int], reach: float) -> None:
    """Sets the discs of ``groups`` in rings around a disc of radius ``reach``."""
    ring, angle, widest = reach, 0.0, 0.0
    for group in groups:
        radius = float(radii[group])
        if angle == 0.0:
            ring += widest + radius
            widest = radius
        centres[group] = ring * np.cos(angle) * ASPECT**0.5, ring * np.sin(angle) * ASPECT**-0.5
        angle += 2.2 * radius / ring
        if angle > 2 * np.pi - 2.2 * radius / ring:
            angle = 0.0
