"""The network in the files that other programs open."""

from __future__ import annotations

import csv
import io
import json
import re
from contextlib import ExitStack
from typing import TYPE_CHECKING, Any, Final

from kg.store.writing import written_whole

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    import networkx

    from kg.store import KnowledgeGraph

NETWORK_ENDINGS: Final = (".graphml", ".gexf", ".json", ".cyjs", ".csv")
NEO4J_TYPES: Final = {int: ":int", float: ":float"}
DAY: Final = re.compile(r"\d{4}-\d{2}-\d{2}")


def write_network(graph: KnowledgeGraph, path: Path, view: str = "entities", neo4j_names: bool = False) -> list[Path]:
    """Write a network to a file: .graphml, .gexf, .json (node-link), .cyjs (Cytoscape) or .csv; gives what was written.

    CSV makes two tables beside each other, ``NAME.nodes.csv`` and ``NAME.edges.csv``; with ``neo4j_names`` their
    headings are those of ``neo4j-admin database import``. Raises GraphError where a place cannot be written.
    """
    from kg.network import to_networkx

    network = to_networkx(graph, view)
    match path.suffix.lower():
        case ".graphml":
            files = {path: graphml(network)}
        case ".gexf":
            files = {path: gexf(network)}
        case ".json":
            files = {path: node_link(network)}
        case ".cyjs":
            files = {path: cytoscape(network)}
        case _:
            nodes, edges = neo4j(network) if neo4j_names else tables(network)
            files = {path.with_suffix(".nodes.csv"): nodes, path.with_suffix(".edges.csv"): edges}
    with ExitStack() as drafts:  # which take their places when all are whole
        for place, content in files.items():
            file = drafts.enter_context(written_whole(place))
            file.write(content.encode("utf-8"))
            file.flush()
    return list(files)


def graphml(network: networkx.Graph) -> str:
    """The network in GraphML; ``networkx.parse_graphml(text, force_multigraph=True)`` reads an entity network back."""
    import networkx

    return "\n".join(networkx.generate_graphml(network, named_key_ids=True)) + "\n"


def gexf(network: networkx.Graph) -> str:
    """The network in GEXF 1.2, without the day of writing that networkx puts in.

    It is dynamic where anything has a date: an event lasts from its start to its end, a post too, and anything else
    that is told of begins with the first article that tells it. Gephi shows these on its timeline.
    """
    import networkx

    dated = network.copy()
    for _, data in dated.nodes(data=True):
        data.update(_span(data, data.get("startDate"), data.get("endDate")))
    for *_, data in dated.edges(data=True):
        data.update(_span(data, data.get("startDate") or data.get("first"), data.get("endDate")))
    text = "\n".join(networkx.generate_gexf(dated)) + "\n"
    return re.sub(r' lastmodifieddate="[^"]*"', "", text, count=1)


def _span(data: dict[str, Any], start: str | None, end: str | None) -> dict[str, str]:
    found = {"start": start} if start and DAY.fullmatch(start) else {}
    if end and DAY.fullmatch(end) and end >= found.get("start", ""):
        found["end"] = end
    return found


def node_link(network: networkx.Graph) -> str:
    """The network as node-link JSON, for ``networkx.node_link_graph`` and D3."""
    import networkx

    return json.dumps(networkx.node_link_data(network, edges="edges"), ensure_ascii=False, indent=1) + "\n"


def cytoscape(network: networkx.Graph) -> str:
    """The network as Cytoscape JSON (.cyjs), for Cytoscape, Cytoscape.js and ``networkx.cytoscape_graph``."""
    import networkx

    return json.dumps(networkx.cytoscape_data(network), ensure_ascii=False, indent=1) + "\n"


def rows(network: networkx.Graph) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """The nodes (id, ...) and edges (source, target, ...) as dictionaries; of a multigraph the edges have their key."""
    nodes = [{"id": node, **attributes} for node, attributes in network.nodes(data=True)]
    if network.is_multigraph():
        keyed = network.edges(keys=True, data=True)
        return nodes, [{"source": s, "target": t, "key": key, **data} for s, t, key, data in keyed]
    return nodes, [{"source": s, "target": t, **data} for s, t, data in network.edges(data=True)]


def tables(network: networkx.Graph) -> tuple[str, str]:
    """The network as two CSV tables: nodes (id, ...) and edges (source, target, key, ...)."""
    nodes, edges = rows(network)
    first = ("source", "target", "key", "kind", "label") if network.is_multigraph() else ("source", "target")
    return _table(nodes, ("id", "label", "kind")), _table(edges, first)


def neo4j(network: networkx.Graph) -> tuple[str, str]:
    """Two CSV tables whose headings ``neo4j-admin database import full`` reads: typed, with labels and types.

    A node has its kind as label (Person ...), an edge its kind in capitals as type (SPOKE_AT ...), or RELATED.
    """
    nodes, edges = rows(network)
    for node in nodes:
        node[":LABEL"] = node.pop("kind").capitalize()
    for edge in edges:
        kind = str(edge.pop("kind", "related"))
        edge[":TYPE"] = re.sub(r"(?<=[a-z])(?=[A-Z])", "_", kind).upper()
    return (
        _table(_renamed(nodes, {"id": "id:ID"}), ("id:ID", "label", ":LABEL")),
        _table(
            _renamed(edges, {"source": ":START_ID", "target": ":END_ID"}), (":START_ID", ":END_ID", ":TYPE", "label")
        ),
    )


def _renamed(found: list[dict[str, Any]], names: dict[str, str]) -> list[dict[str, Any]]:
    """The rows with the types of their columns in the headings."""
    kinds: dict[str, set[type]] = {}
    for row in found:
        for name, value in row.items():
            kinds.setdefault(name, set()).add(type(value))
    heading = {
        name: names.get(name)
        or name + (NEO4J_TYPES.get(next(iter(types)), "") if len(types) == 1 and name[0] != ":" else "")
        for name, types in kinds.items()
    }
    return [{heading[name]: value for name, value in row.items()} for row in found]


def _table(found: Iterable[dict[str, Any]], first: tuple[str, ...]) -> str:
    found = list(found)
    columns = list(first) + sorted({name for row in found for name in row} - set(first))
    out = io.StringIO()
    writer = csv.DictWriter(out, columns, restval="", lineterminator="\r\n")
    writer.writeheader()
    writer.writerows(found)
    return out.getvalue()
