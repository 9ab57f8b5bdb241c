"""Smaller networks, each for one kind of question: made from the entity network, with weights, dates and evidence."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from kg.network.entities import entity_network
from kg.vocabulary import PARTICIPATIONS

if TYPE_CHECKING:
    from collections.abc import Iterable

    import networkx

    from kg.store import KnowledgeGraph

_Edges = dict[tuple[str, str], list[dict[str, Any]]]
AGENTS = ("person", "organisation")


def co_attendance(graph: KnowledgeGraph) -> networkx.Graph:
    """People and organisations, linked where they took part in the same events.

    ``weight`` is the number of these events, ``events`` their names joined by " | ", ``first`` and ``last`` the days of
    the first and last event where known, ``evidence`` how often the participations are written.
    """
    import networkx

    whole = entity_network(graph)
    taking_part: dict[str, dict[str, list[dict[str, Any]]]] = defaultdict(lambda: defaultdict(list))
    for source, target, data in whole.edges(data=True):
        if data["kind"] in PARTICIPATIONS:
            taking_part[target][source].append(data)
    shared: _Edges = defaultdict(list)
    for event, agents in sorted(taking_part.items()):
        about = whole.nodes[event]
        for one in sorted(agents):
            for other in sorted(agents):
                if one < other:
                    parts = agents[one] + agents[other]
                    shared[one, other].append(
                        {
                            "event": about["label"],
                            "first": about.get("startDate", ""),
                            "last": about.get("endDate", about.get("startDate", "")),
                            "evidence": sum(part["evidence"] for part in parts),
                            "articles": max(part["articles"] for part in parts),
                        }
                    )
    network = networkx.Graph(name="co-attendance")
    for (one, other), events in shared.items():
        _link(network, whole, one, other, events, events=_joined(event["event"] for event in events))
    return network


def who_talks_about_whom(graph: KnowledgeGraph) -> networkx.DiGraph:
    """From each speaker to the people and organisations that its statements are about.

    ``weight`` is the number of statements, ``negative`` how many of them negate, ``acts`` their speech acts, ``first``
    and ``last`` the days of the articles.
    """
    import networkx

    whole = entity_network(graph)
    said: _Edges = defaultdict(list)
    for source, target, data in whole.edges(data=True):
        if data["kind"] == "said" and whole.nodes[target]["kind"] in AGENTS and source != target:
            said[source, target].append(data)
    network = networkx.DiGraph(name="who-talks-about-whom")
    for (speaker, subject), statements in sorted(said.items()):
        negative = sum(statement.get("polarity") == "negative" for statement in statements)
        acts = _joined(sorted({statement.get("speechAct", "") for statement in statements}))
        _link(network, whole, speaker, subject, statements, negative=negative, acts=acts)
    return network


def person_organisation(graph: KnowledgeGraph) -> networkx.Graph:
    """People (``bipartite`` 0) and organisations (1) in which they hold or held posts.

    ``weight`` is the number of posts, ``titles`` their titles with the status where it is former, acting or designate,
    ``first`` and ``last`` the days of the articles, ``startDate`` and ``endDate`` those of the posts where known.
    """
    import networkx

    whole = entity_network(graph)
    posts: _Edges = defaultdict(list)
    for source, target, data in whole.edges(data=True):
        if data["kind"] == "holdsRole":
            posts[source, target].append(data)
    network = networkx.Graph(name="person-organisation")
    for (person, body), held in sorted(posts.items()):
        titles = _joined(f"{post.get('status', '')} {post['title']}".strip() for post in held)
        dates = {name: post[name] for post in held for name in ("startDate", "endDate") if name in post}
        _link(network, whole, person, body, held, titles=titles, **dates)
        network.nodes[person]["bipartite"], network.nodes[body]["bipartite"] = 0, 1
    return network


def _link(
    network: networkx.Graph,
    whole: networkx.MultiDiGraph,
    one: str,
    other: str,
    support: list[dict[str, Any]],
    **attributes: str | int,
) -> None:
    """Add an edge with its weight and support, and its ends as they are in the whole network."""
    for node in (one, other):
        network.add_node(node, **whole.nodes[node])
    first = sorted(s["first"] for s in support if s.get("first"))
    last = sorted(s["last"] for s in support if s.get("last"))
    days = {"first": first[0], "last": last[-1]} if first and last else {}
    network.add_edge(
        one,
        other,
        weight=len(support),
        evidence=sum(s["evidence"] for s in support),
        articles=max(s["articles"] for s in support),
        **days,
        **attributes,
    )


def _joined(texts: Iterable[str]) -> str:
    return " | ".join(dict.fromkeys(text for text in texts if text))
