"""``kg export``: the graph in another format."""

from __future__ import annotations

from pathlib import Path

import click


@click.command()
@click.argument("graph", metavar="GRAPH")
@click.option(
    "-o", "--output", required=True, type=click.Path(path_type=Path), help="File; its ending names the format."
)
def export(graph: str, output: Path) -> None:
    """Write a graph in another format.

    \b
    RDF, everything:    .ttl .trig .nt .nq .jsonld .rdf (also with .gz), or no ending for a store directory
    The network of people, organisations, places, events and topics:
      .graphml  GraphML
      .gexf     GEXF, for Gephi
      .json     node-link JSON
      .csv      two tables: NAME.nodes.csv and NAME.edges.csv

    \b
    Example:
      kg export graph.ttl -o graph.graphml
    """
    from kg.network import NETWORK_ENDINGS, write_network
    from kg.store import KnowledgeGraph, check_output
    from kg.store.writing import check_writable

    is_network = output.suffix.lower() in NETWORK_ENDINGS
    if is_network:
        check_writable(output)
    else:
        check_output(output, also=NETWORK_ENDINGS)
    with KnowledgeGraph.open(graph) as opened:
        written = write_network(opened, output) if is_network else [output]
        if not is_network:
            opened.save(output)
    for path in written:
        click.echo(f"wrote {path}", err=True)
