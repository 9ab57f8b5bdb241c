"""``kg publish``: a graph to a SPARQL server."""

from __future__ import annotations

import sys

import click


@click.command()
@click.argument("graph", metavar="GRAPH")
@click.argument("url", metavar="URL")
@click.option("--graph-name", "name", metavar="IRI", help="The graph on the server; its default graph unless given.")
@click.option(
    "--by",
    type=click.Choice(["store", "update"]),
    help="Graph Store Protocol or SPARQL updates; told by the URL unless given.",
)
@click.option("--replace", is_flag=True, help="Empty the graph on the server first.")
@click.option("--user", help="Name for a server that asks for one; the password is KG_PASSWORD, or asked for.")
@click.option("-q", "--quiet", is_flag=True, help="No progress and no summary.")
def publish(
    graph: str, url: str, name: str | None, by: str | None, replace: bool, user: str | None, quiet: bool
) -> None:
    """Send a graph to a SPARQL 1.1 server.

    URL is the address of its graph store (Graph Store Protocol) or of its update endpoint (/update, /sparql). The
    triples go in batches; when it is broken off, the same command goes on where it stopped. KG_USER and KG_PASSWORD
    answer a server that asks for a password (basic or digest); KG_TOKEN is sent as a bearer token.

    \b
    Example:
      kg publish graph.ttl http://localhost:7878/store
      kg publish archive https://sparql.example/update --graph-name https://news.example/graph --replace
    """
    import os
    import re

    from kg.cli.output import printable
    from kg.publishing import publish as send
    from kg.store import KnowledgeGraph
    from kg.store.http import Server

    if name is not None and not re.fullmatch(r"[A-Za-z][A-Za-z0-9+.-]*:[^\s<>\"{}|\\^`]+", name):
        raise click.BadParameter(f"{name!r} is not an absolute IRI", param_hint="--graph-name")
    password = None
    if user and "KG_PASSWORD" not in os.environ:
        password = click.prompt(f"Password of {user}", hide_input=True, err=True)
    shown = not quiet and sys.stderr.isatty()
    with KnowledgeGraph.open(graph) as opened:
        done = send(
            opened,
            Server(url, user, password),
            name=name,
            by_update=None if by is None else by == "update",
            replace=replace,
            progress=(lambda sent: click.echo(f"\r{sent} triples", nl=False, err=True)) if shown else None,
        )
    if not quiet and not done.triples and not replace:
        click.echo(f"{printable(graph)}: has no triples, so there was nothing to publish", err=True)
    elif not quiet:
        rest = f" ({done.before} of them earlier)" if done.before else ""
        if done.lost:
            rest = f" (begun anew: the server does not show the {done.lost} that had arrived earlier)"
        click.echo(f"{chr(13) if shown else ''}{done.triples} triples -> {printable(url)}{rest}", err=True)
