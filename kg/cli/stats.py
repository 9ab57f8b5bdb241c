"""``kg stats``: how much of what a graph holds."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from kg.store.statistics import Statistics


@click.command()
@click.argument("graph", metavar="GRAPH")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
def stats(graph: str, form: str) -> None:
    """Count what a graph holds.

    Articles, people, organisations and so on; facts by property; statements by kind; how many readings are doubtful.

    \b
    Example:
      kg stats graph.ttl
    """
    from kg.store import KnowledgeGraph

    with KnowledgeGraph.open(graph) as opened:
        counted = opened.statistics()
    if form == "json":
        import json
        from dataclasses import asdict

        click.echo(json.dumps(asdict(counted), ensure_ascii=False, indent=1))
    else:
        _print(counted)


def _print(counted: Statistics) -> None:
    from kg.cli.output import printable

    click.echo(f"{counted.triples:>9}  triples")
    for heading, counts in (("things", counted.things), ("facts", counted.facts), ("statements", counted.statements)):
        click.echo(f"\n{heading}")
        for name, number in counts.items():
            click.echo(f"{number:>9}  {printable(name)}")
    click.echo(f"\n{counted.doubtful:>9}  facts and statements with a confidence under 0.9")
    if counted.acting_places:
        click.echo(f"{counted.acting_places:>9}  organisations are places, too (the picture counts them as places)")
    if counted.near_duplicates:
        articles = counted.things.get("article", 0)
        independent = articles - counted.near_duplicates
        click.echo(f"{counted.near_duplicates:>9}  articles that repeat others (independent sources: {independent})")
    if counted.first:
        click.echo(f"articles from {printable(counted.first)} to {printable(counted.last)}")
