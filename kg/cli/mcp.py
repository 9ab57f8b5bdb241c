"""``kg mcp``: a graph for assistants."""

from __future__ import annotations

import click


@click.command()
@click.argument("graph", metavar="GRAPH", type=click.Path())
def mcp(graph: str) -> None:
    """Serve a graph to an assistant over standard input and output (Model Context Protocol).

    Its tools search entities, list statements, roles and events, ask the shipped questions, run a read-only query and
    show evidence; every answer carries the source sentence. Needs pip install 'newskg[mcp]'. In the configuration of
    the assistant:

    \b
      {"mcpServers": {"news": {"command": "kg", "args": ["mcp", "/path/to/graph.ttl"]}}}

    \b
    Example:
      kg mcp graph.ttl
    """
    from kg.mcp import serve

    serve(graph)
