"""Layouts compared on what makes a picture readable: lines that cross, labels that overlap, uneven ties, time.

    python benchmarks/picture_layouts.py [GRAPH]

Every layout is scaled to the same window (1000 x 760) before it is judged. Crossings are pairs of ties that cross;
overlaps are pairs of label boxes at their natural size; evenness is the mean length of the ties over their deviation.
Kamada-Kawai is among them where SciPy is installed.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from importlib.util import find_spec
from typing import Any

import networkx as nx
import numpy as np
from picture_graphs import generated
from pyoxigraph import NamedNode

from kg.picture.contents import Contents
from kg.picture.drawing import node_size
from kg.picture.layout import first_layout, label_box
from kg.picture.reading import read_contents
from kg.picture.selection import first_view, importance
from kg.store import KnowledgeGraph

WINDOW = np.array([1000.0, 760.0])


def view(graph: KnowledgeGraph) -> tuple[list[dict[int, int]], list[str], list[float]]:
    """The ties, labels and sizes of what is seen first of a graph."""
    contents: Contents = read_contents(
        lambda name: ((triple.subject, triple.object) for triple in graph.triples(None, NamedNode(name)))
    )
    ties, weights = contents.neighbours(), importance(contents)
    chosen = first_view(ties, weights)
    inner = {node: place for place, node in enumerate(chosen)}
    within = [{inner[other]: count for other, count in ties[node].items() if other in inner} for node in chosen]
    largest = max(weights)
    return within, [contents.things[n].label for n in chosen], [node_size(weights[n], largest) for n in chosen]


def crossings(points: Any, edges: list[tuple[int, int]]) -> int:
    """Pairs of ties without a common end whose lines cross."""

    def side(one: Any, other: Any, third: Any) -> float:
        return float((other[0] - one[0]) * (third[1] - one[1]) - (other[1] - one[1]) * (third[0] - one[0]))

    found = 0
    for number, (a, b) in enumerate(edges):
        for c, d in edges[:number]:
            if len({a, b, c, d}) == 4:
                apart = side(points[a], points[b], points[c]) * side(points[a], points[b], points[d]) < 0
                found += apart and side(points[c], points[d], points[a]) * side(points[c], points[d], points[b]) < 0
    return found


def overlaps(points: Any, boxes: Any) -> int:
    """Pairs of label boxes that overlap."""
    apart = np.abs(points[:, None, :] - points[None, :, :])
    room = (boxes[:, None, :] + boxes[None, :, :]) / 2
    return int(np.triu((apart < room * 0.9).all(axis=2), 1).sum())


def judged(name: str, make: Callable[[], Any], ties: list[dict[int, int]], boxes: Any) -> None:
    begun = time.perf_counter()
    points = np.asarray(make(), dtype=float)
    seconds = time.perf_counter() - begun
    points = (points - points.min(axis=0)) / np.maximum(np.ptp(points, axis=0), 1e-9) * (WINDOW - [130, 84])
    edges = [(one, other) for one, tie in enumerate(ties) for other in tie if one < other]
    lengths = np.array([np.hypot(*(points[one] - points[other])) for one, other in edges])
    evenness = lengths.mean() / lengths.std()
    print(f"  {name:28} {crossings(points, edges):9} {overlaps(points, boxes):9} {evenness:9.2f} {seconds:9.3f}")


def compare(title: str, graph: KnowledgeGraph) -> None:
    ties, labels, sizes = view(graph)
    boxes = np.array([label_box(label, size) for label, size in zip(labels, sizes, strict=True)])
    net = nx.Graph()
    net.add_nodes_from(range(len(ties)))
    net.add_edges_from((one, other) for one, tie in enumerate(ties) for other in tie)

    def points_of(layout: dict[int, Any]) -> Any:
        return [layout[node] for node in range(len(ties))]

    print(f"{title}: {len(ties)} things, {net.number_of_edges()} ties")
    print(f"  {'layout':28} {'crossings':>9} {'overlaps':>9} {'evenness':>9} {'seconds':>9}")
    judged("stress, labels pushed apart", lambda: first_layout(ties, labels, sizes), ties, boxes)
    judged("networkx spring", lambda: points_of(nx.spring_layout(net, seed=1)), ties, boxes)
    if find_spec("scipy"):
        judged("networkx Kamada-Kawai", lambda: points_of(nx.kamada_kawai_layout(net)), ties, boxes)
    if hasattr(nx, "forceatlas2_layout"):
        judged("networkx ForceAtlas2", lambda: points_of(nx.forceatlas2_layout(net, seed=1)), ties, boxes)
    judged("hierarchy (breadth first)", lambda: points_of(_layers(net)), ties, boxes)


def _layers(net: nx.Graph) -> dict[int, Any]:
    """Layers by steps from the best connected thing."""
    root = max(net, key=lambda node: (net.degree(node), -node))
    steps = nx.single_source_shortest_path_length(net, root)
    for node in net:
        net.nodes[node]["layer"] = steps.get(node, max(steps.values()) + 1)
    return dict(nx.multipartite_layout(net, subset_key="layer", align="horizontal"))


def main() -> None:
    if len(sys.argv) > 1:
        compare(sys.argv[1], KnowledgeGraph.open(sys.argv[1]))
        return
    for things in (50, 100, 1000):
        compare(f"generated, {things} things", generated(things))


if __name__ == "__main__":
    main()
