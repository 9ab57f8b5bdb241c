"""``kg reconcile``: the things of a graph, looked up in a reconciliation service."""

from __future__ import annotations

import sys
from pathlib import Path

import click

KINDS = ("person", "organisation", "place")


@click.command()
@click.argument("graph", metavar="GRAPH")
@click.argument("service", metavar="URL")
@click.option(
    "-o",
    "--output",
    required=True,
    type=click.Path(path_type=Path, readable=False),
    help="The authority list (CSV) to make or go on with.",
)
@click.option("--kind", "kinds", multiple=True, type=click.Choice(KINDS), help="Ask for one kind of thing only.")
@click.option("--type", "types", multiple=True, metavar="KIND=ID", help="The service's type of a kind: person=Q5.")
@click.option(
    "--threshold", type=float, metavar="SCORE", help="Take the best answer as a match if it alone has this score."
)
@click.option(
    "--candidates", type=click.IntRange(min=1), default=3, show_default=True, help="Answers kept where none is a match."
)
@click.option("-q", "--quiet", is_flag=True, help="Only what failed is said.")
def reconcile(
    graph: str,
    service: str,
    output: Path,
    kinds: tuple[str, ...],
    types: tuple[str, ...],
    threshold: float | None,
    candidates: int,
    quiet: bool,
) -> None:
    """Look the people, organisations and places of a graph up in a reconciliation service, into an authority list.

    URL is a service of the W3C Reconciliation API (Wikidata, GND, VIAF and others have one). Its matches and candidates
    are kept in a CSV file with scores, which builds read without a network; what it holds is not asked for again. Put
    yes, no or none into its column "match" to decide otherwise.

    \b
    Example:
      kg reconcile graph.ttl https://wikidata.example/en/api --type person=Q5 -o wikidata.csv
      kg build articles/ -o graph.ttl --authority wikidata.csv
      kg review graph.ttl
    """
    from kg.cli.build import ProgressBar
    from kg.cli.output import printable
    from kg.reconciliation import reconcile as reconcile_graph
    from kg.store import KnowledgeGraph

    wanted = _types(types)
    with (
        KnowledgeGraph.open(graph) as opened,
        ProgressBar(not quiet and sys.stderr.isatty(), "names", "asking") as progress,
    ):
        found = reconcile_graph(
            opened,
            service,
            output,
            kinds=kinds or KINDS,
            types=wanted,
            threshold=threshold,
            most=candidates,
            progress=progress.advance,
        )
    if not quiet:
        click.echo(
            f"{found.asked} names asked for: {found.matched} matched, {found.candidates} with candidates, "
            f"{found.nothing} without -> {printable(output)}",
            err=True,
        )


def _types(pairs: tuple[str, ...]) -> dict[str, str]:
    types = {}
    for pair in pairs:
        kind, equals, type_ = pair.partition("=")
        if kind not in KINDS or not equals or not type_:
            raise click.BadParameter(f"{pair!r} is not KIND=ID, as in person=Q5", param_hint="--type")
        types[kind] = type_
    return types
