"""``kg render``: the picture of a graph."""

from __future__ import annotations

from pathlib import Path

import click


@click.command()
@click.argument("graph", metavar="GRAPH")
@click.option(
    "-o", "--output", required=True, type=click.Path(path_type=Path, readable=False), help="HTML file to write."
)
@click.option("--title", help="The heading of the page.")
@click.option("--limit", type=click.IntRange(1), help="How many things the page holds at the most (default 20,000).")
def render(graph: str, output: Path, title: str | None, limit: int | None) -> None:
    """Draw a graph as an HTML page.

    The page is one file that works without a network, with search, filters, and the sentence behind every link.

    \b
    Example:
      kg render graph.ttl -o picture.html
    """
    from kg.cli.output import printable
    from kg.errors import GraphError
    from kg.store import KnowledgeGraph
    from kg.store.writing import check_writable

    if output.suffix.lower() not in (".html", ".htm"):
        raise GraphError(f"{output}: a picture is an HTML page; choose a name that ends in .html")
    check_writable(output)
    with KnowledgeGraph.open(graph) as opened:
        from kg.picture import PAGE_LIMIT
        from kg.picture import render as render_graph

        render_graph(opened, output, title=title, limit=limit or PAGE_LIMIT)
    click.echo(f"wrote {printable(output)}", err=True)
