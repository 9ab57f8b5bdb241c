"""The network of a graph: things as nodes and what the articles say of them as edges."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kg.errors import GraphError
from kg.network.files import NETWORK_ENDINGS, cytoscape, gexf, graphml, neo4j, node_link, tables, write_network

if TYPE_CHECKING:
    import networkx

    from kg.store import KnowledgeGraph

__all__ = [
    "NETWORK_ENDINGS",
    "VIEWS",
    "cytoscape",
    "gexf",
    "graphml",
    "neo4j",
    "node_link",
    "tables",
    "to_networkx",
    "write_network",
]

VIEWS: Final = {
    "entities": "people, organisations, places, events and topics with all that is said of them (a MultiDiGraph)",
    "co-attendance": "people and organisations that took part in the same events (a Graph)",
    "who-talks-about-whom": "from speakers to the people and organisations they speak about (a DiGraph)",
    "person-organisation": "people and the organisations in which they hold or held posts (a bipartite Graph)",
}
"""The networks that there are, and what they show."""


def to_networkx(graph: KnowledgeGraph, view: str = "entities") -> networkx.Graph:
    """A network of a graph; ``view`` is one of VIEWS.

    Nodes are IRIs with ``label`` and ``kind``; edges have ``weight`` (except among entities), ``evidence`` (how often
    it is written), ``articles`` (in how many) and the dates ``first`` and ``last``. See ``kg.network.entities`` and
    ``kg.network.projections`` for each. Raises GraphError, with the nearest name, for another view.
    """
    from kg.network.entities import entity_network
    from kg.network.projections import co_attendance, person_organisation, who_talks_about_whom

    makers = {
        "entities": entity_network,
        "co-attendance": co_attendance,
        "who-talks-about-whom": who_talks_about_whom,
        "person-organisation": person_organisation,
    }
    if view not in makers:
        from difflib import get_close_matches

        near = get_close_matches(view, makers, n=1)
        hint = f"did you mean {near[0]}?" if near else f"there are {', '.join(makers)}"
        raise GraphError(f"there is no network {view!r}; {hint}")
    return makers[view](graph)
