"""``kg mcp``: a graph for assistants."""

from __future__ import annotations

import click


@click.command()
@click.argument("graph", metavar="GRAPH", type=click.Path())
def mcp(graph: str) -> None:
    """Serve a graph to an assistant over standard input and output (Model Context Protocol).

    Its tools search entities, list statements, roles and events and show evidence, each with its source sentence; they
    also ask the shipped questions and run read-only queries, whose rows carry the sentences of the facts, statements
    and things that they name by IRI. Needs pip install '.[mcp]'. In the configuration of the assistant:

    \b
      {"mcpServers": {"news": {"command": "kg", "args": ["mcp", "/path/to/graph.ttl"]}}}

    \b
    Example:
      kg mcp graph.ttl
    """
    from kg.mcp import serve

    serve(graph)
