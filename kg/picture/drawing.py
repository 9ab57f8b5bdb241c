"""The graph as a pyvis network: shapes, sizes and places of its nodes, its ties, and the options of vis-network."""

from __future__ import annotations

import json
from collections.abc import Sequence
from math import sqrt
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pyvis.network import Network

if TYPE_CHECKING:
    from kg.picture.contents import Contents, Ties

SHAPES = {"person": "dot", "organisation": "square", "event": "diamond", "place": "triangleDown", "topic": "hexagon"}

COLOURS = {
    "person": "#0072B2",
    "organisation": "#E69F00",
    "event": "#D55E00",
    "place": "#009E73",
    "topic": "#CC79A7",
}
"""Okabe and Ito, Color Universal Design, 2008: told apart with every common kind of colour vision."""

OPTIONS: dict[str, Any] = {
    "physics": {"enabled": False},
    "layout": {"improvedLayout": False},
    "nodes": {"borderWidth": 1.5, "borderWidthSelected": 3, "chosen": True},
    "edges": {"smooth": False, "width": 1, "selectionWidth": 1, "hoverWidth": 0.6},
    "interaction": {
        "hover": True,
        "keyboard": False,
        "navigationButtons": False,
        "selectConnectedEdges": False,
        "tooltipDelay": 100000,
    },
}


class PictureNetwork(Network):  # type: ignore[misc]
    """A pyvis network that takes any number of nodes without searching its lists, and keeps parallel edges."""

    def __init__(self, heading: str = "") -> None:
        super().__init__(directed=True, cdn_resources="in_line", height="100%")
        self.heading = heading
        self.set_options(json.dumps(OPTIONS))

    def add_node(
        self, n_id: int, label: str | None = None, shape: str = "dot", color: str = "", **options: Any
    ) -> None:
        """Adds a node whose number is not in the network yet."""
        self.nodes.append({"id": n_id, "label": label or str(n_id), "shape": shape, "color": color, **options})
        self.node_ids.append(n_id)
        self.node_map[n_id] = self.nodes[-1]

    def add_edge(self, source: int, to: int, **options: Any) -> None:
        """Adds an edge between two nodes of the network."""
        self.edges.append({"from": source, "to": to, **options})


def network(contents: Contents, weights: Sequence[int], ties: Ties, places: Any, title: str) -> PictureNetwork:
    """The network of a picture; ``places`` are the x and y of each thing."""
    drawn = PictureNetwork(title)
    largest = max(weights, default=0) or 1
    for number, thing in enumerate(contents.things):
        drawn.add_node(
            number,
            thing.label,
            SHAPES[thing.kind],
            COLOURS[thing.kind],
            size=round(node_size(weights[number], largest), 1),
            x=round(float(places[number][0])),
            y=round(float(places[number][1])),
        )
    for number, tie in enumerate(ties):
        for other, count in tie.items():
            if number < other:
                drawn.add_edge(number, other, value=count)
    return drawn


def node_size(weight: int, largest: int) -> float:
    """The radius of a node in pixels: its area grows with its importance, between 7 and 22."""
    return 7 + 15 * sqrt(weight / largest)


def vis_script() -> str:
    """The vis-network build that pyvis ships, with its licence at the top."""
    import pyvis

    return (Path(pyvis.__file__).parent / "templates/lib/vis-9.1.2/vis-network.min.js").read_text(encoding="utf-8")
