"""From the triples of a graph to the text of its page."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

import numpy as np

from kg.picture.communities import communities
from kg.picture.contents import Contents, Ties
from kg.picture.drawing import COLOURS, SHAPES, PictureNetwork, network, node_size, vis_script
from kg.picture.layout import community_layout, first_layout
from kg.picture.packing import pack
from kg.picture.page import page
from kg.picture.reading import Pairs, read_contents
from kg.picture.selection import first_view, importance, most_important

if TYPE_CHECKING:
    from kg.picture.layout import Points

LAID_OUT_WHOLE = 350
"""So many things of which something is known are laid out together, more community by community."""

SUMMARY_FROM = 5_000
"""From so many things on the page opens with its communities."""

FIRST_FEW = (16, 32)
"""The first view is laid out for so few things, too, for windows without room for more."""


def compose(pairs: Pairs, title: str | None, limit: int) -> str:
    """The page of the graph whose triples ``pairs`` gives."""
    everything = read_contents(pairs)
    total, articles = len(everything.things), len(everything.articles)
    contents = most_important(everything, limit)
    title = title or _title(contents)
    weights, ties = importance(contents), contents.neighbours()
    first = first_view(ties, weights)
    community = communities(ties)
    drawn, views = _network(contents, weights, ties, community, first, title)
    graph, texts = pack(contents)
    graph |= _places(drawn, community)
    graph |= {
        "first": first,
        "views": [[[round(float(x)), round(float(y))] for x, y in view] for view in views],
        "title": title,
        "options": drawn.options,
        "shapes": SHAPES,
        "colours": COLOURS,
        "communities": _summary(contents, weights, ties, community),
        "opens": "summary" if len(contents.things) >= SUMMARY_FROM else "first",
        "leftOut": [total - len(contents.things), articles - len(contents.articles)],
    }
    return page(title, graph, texts, vis_script())


def _title(contents: Contents) -> str:
    """What a reader would call the picture: the one article's title, or how many articles there are."""
    titled = [article.title for article in contents.articles if article.title]
    if len(contents.articles) == 1 and titled:
        return titled[0]
    count = len(contents.articles)
    return {0: "No articles", 1: "One article"}.get(count, f"{count:,} articles")


def _network(
    contents: Contents, weights: list[int], ties: Ties, community: list[int], first: list[int], title: str
) -> tuple[PictureNetwork, list[Points]]:
    """The network with the places of everything, and the layouts of the first few things for smaller windows up."""
    labels = [thing.label for thing in contents.things]
    largest = max(weights, default=0) or 1
    sizes = [node_size(weight, largest) for weight in weights]
    views = [
        _laid_out_alone(first[:few], ties, labels, sizes) for few in (*(n for n in FIRST_FEW if n < len(first)), None)
    ]
    known = [node for node, weight in enumerate(weights) if weight]
    everywhere = np.zeros((len(labels), 2))
    if len(first) == len(labels):
        everywhere[first] = views[-1]
    elif len(known) <= LAID_OUT_WHOLE:
        everywhere[known] = _laid_out_alone(known, ties, labels, sizes)
    else:
        everywhere = community_layout(ties, community, weights)
    return network(contents, weights, ties, everywhere, title), views


def _laid_out_alone(chosen: list[int], ties: Ties, labels: list[str], sizes: list[float]) -> Points:
    """The layout of some of the things, as if there were no others."""
    inner = {node: position for position, node in enumerate(chosen)}
    tied = [{inner[other]: count for other, count in ties[node].items() if other in inner} for node in chosen]
    return first_layout(tied, [labels[node] for node in chosen], [sizes[node] for node in chosen])


def _places(drawn: PictureNetwork, community: list[int]) -> dict[str, Any]:
    return {
        "x": [node["x"] for node in drawn.nodes],
        "y": [node["y"] for node in drawn.nodes],
        "size": [node["size"] for node in drawn.nodes],
        "community": community,
    }


def _summary(contents: Contents, weights: list[int], ties: Ties, community: list[int]) -> dict[str, Any]:
    """The communities with the names of their three most important members, their places and the ties between them."""
    members: dict[int, list[int]] = {}
    for node, group in enumerate(community):
        members.setdefault(group, []).append(node)
    shown = [group for group in sorted(members) if len(members[group]) > 2][:60]
    inner = {group: position for position, group in enumerate(shown)}
    between: Counter[tuple[int, int]] = Counter()
    for node, tie in enumerate(ties):
        for other, count in tie.items():
            pair = inner.get(community[node], -1), inner.get(community[other], -1)
            if node < other and min(pair) >= 0 and pair[0] != pair[1]:
                between[min(pair), max(pair)] += count
    strongest = sorted(between, key=lambda pair: (-between[pair], pair))[: 3 * len(shown)]
    tied: list[dict[int, int]] = [{} for _ in shown]
    for one, other in strongest:
        tied[one][other] = tied[other][one] = between[one, other]
    names = []
    for group in shown:
        best = sorted(members[group], key=lambda node: (-weights[node], node))[:3]
        names.append([contents.things[node].label for node in best])
    labels = ["; ".join(three)[:60] for three in names]
    largest = max((len(members[group]) for group in shown), default=1)
    sizes = [10 + 30 * (len(members[group]) / largest) ** 0.5 for group in shown]
    places = first_layout(tied, labels, sizes)
    return {
        "groups": [
            [
                group,
                names[n],
                len(members[group]),
                round(sizes[n]),
                round(float(places[n][0])),
                round(float(places[n][1])),
            ]
            for n, group in enumerate(shown)
        ],
        "ties": [[one, other, between[one, other]] for one, other in strongest],
    }
