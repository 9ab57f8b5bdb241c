"""``kg export``: the graph in another format."""

from __future__ import annotations

from pathlib import Path

import click

VIEWS = ("entities", "co-attendance", "who-talks-about-whom", "person-organisation")


@click.command()
@click.argument("graph", metavar="GRAPH")
@click.option(
    "-o",
    "--output",
    required=True,
    type=click.Path(path_type=Path, readable=False),
    help="File; its ending names the format.",
)
@click.option("--view", type=click.Choice(VIEWS), default="entities", show_default=True, help="Which network to write.")
@click.option("--neo4j", is_flag=True, help="Head the two .csv tables as neo4j-admin database import wants them.")
def export(graph: str, output: Path, view: str, neo4j: bool) -> None:
    """Write a graph in another format.

    \b
    RDF, everything:    .ttl .trig .nt .nq .jsonld, RDF/XML as .rdf .xml .owl (each also with .gz), or no ending for a
                        store directory
    The network of people, organisations, places, events and topics, or the one that --view names:
      .graphml  GraphML
      .gexf     GEXF, for Gephi, with dates for its timeline
      .json     node-link JSON
      .cyjs     Cytoscape JSON
      .csv      two tables: NAME.nodes.csv and NAME.edges.csv
    Tables of articles, things, roles, events, participations, statements and evidence:
      .sqlite   SQLite, also as .db
      .duckdb   DuckDB (pip install '.[tables]')
      .parquet  a folder of Parquet files (pip install '.[tables]')

    \b
    Example:
      kg export graph.ttl -o graph.graphml
      kg export graph.ttl --view who-talks-about-whom -o voices.gexf
    """
    from kg.cli.output import printable
    from kg.network import NETWORK_ENDINGS, write_network
    from kg.store import KnowledgeGraph, check_output
    from kg.store.writing import check_writable
    from kg.tables import TABLE_ENDINGS, write_tables

    ending = output.suffix.lower()
    if ending not in NETWORK_ENDINGS and (view != "entities" or neo4j):
        option = "--neo4j" if neo4j else "--view"
        raise click.UsageError(f"{option} is for networks: {' '.join(NETWORK_ENDINGS)}")
    if neo4j and ending != ".csv":
        raise click.UsageError("--neo4j is for tables: .csv")
    if ending in (*NETWORK_ENDINGS, *TABLE_ENDINGS) and not (ending == ".parquet" and output.is_dir()):
        check_writable(output)
    elif ending not in TABLE_ENDINGS:
        check_output(output, also=(*NETWORK_ENDINGS, *TABLE_ENDINGS))
    with KnowledgeGraph.open(graph) as opened:
        if ending in NETWORK_ENDINGS:
            written = write_network(opened, output, view, neo4j)
        elif ending in TABLE_ENDINGS:
            written = write_tables(opened, output)
        else:
            opened.save(output)
            written = [output]
    for path in written:
        click.echo(f"wrote {printable(path)}", err=True)
