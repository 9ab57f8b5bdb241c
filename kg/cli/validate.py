"""``kg validate``: does a graph keep the rules of the ontology?"""

from __future__ import annotations

import click


@click.command()
@click.argument("graph", metavar="GRAPH")
@click.option("--limit", type=click.IntRange(min=1), default=100, show_default=True, help="Problems to show at most.")
@click.option("--reference", is_flag=True, help="Check with pySHACL, the reference: the same result, more slowly.")
@click.pass_context
def validate(context: click.Context, graph: str, limit: int, reference: bool) -> None:
    """Check a graph against the rules of the ontology.

    Every citation is held against the text of its article, too. Each problem is one line: its severity, the node,
    and what is wrong. Warnings do not fail. The exit status is 1 where the graph does not conform.

    \b
    Example:
      kg validate graph.ttl
    """
    from kg.cli.output import printable
    from kg.store import KnowledgeGraph
    from kg.validation import validate as validate_graph

    with KnowledgeGraph.open(graph) as opened:
        report = validate_graph(opened, "pyshacl" if reference else "queries")
        for problem in report.problems[:limit]:
            click.echo(f"{problem.severity}: {printable(opened.shortened(problem.node))}: {printable(problem.message)}")
    if len(report.problems) > limit:
        click.echo(f"and {len(report.problems) - limit} more (--limit shows more)")
    verdict = "conforms" if report.conforms else "does not conform"
    click.echo(f"{printable(graph)}: {verdict}: {report.violations} violations, {report.warnings} warnings")
    context.exit(0 if report.conforms else 1)
