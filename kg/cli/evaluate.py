"""``kg evaluate``: how much of what people annotated a graph has right."""

from __future__ import annotations

import click


@click.command()
@click.argument("graph", metavar="GRAPH")
@click.argument("folder", metavar="FOLDER", type=click.Path(exists=True, file_okay=False))
@click.option("--errors", is_flag=True, help="List every wrong and missed fact as well.")
@click.option("--calibration", is_flag=True, help="Show as well how often each degree of confidence is right.")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
def evaluate(graph: str, folder: str, errors: bool, calibration: bool, form: str) -> None:
    """Score a graph against articles annotated by hand: NAME.txt beside NAME.facts.jsonl in FOLDER.

    Precision is the share of what was found that is right, recall the share of what was annotated that was found, F
    their harmonic mean, all in per cent; n is how many facts the annotation asks for.

    \b
    Example:
      kg evaluate graph.ttl tests/gold/articles
    """
    import json
    from dataclasses import asdict

    from kg.cli.output import printable
    from kg.evaluation import evaluate as score
    from kg.evaluation import read_annotations
    from kg.store import KnowledgeGraph

    with KnowledgeGraph.open(graph) as opened:
        evaluation = score(opened, read_annotations(folder))
    scores = evaluation.scores
    if form == "json":
        told = {name: asdict(s) for name, s in scores.items()}
        click.echo(json.dumps({**told, "calibration": evaluation.calibration} if calibration else told, indent=1))
    else:
        click.echo(f"{'':24}{'precision':>10}{'recall':>8}{'F':>8}{'n':>6}")
        for name, s in scores.items():
            click.echo(f"{name:24}{s.precision:10.1f}{s.recall:8.1f}{s.f:8.1f}{s.n:6}")
        if calibration:
            click.echo(f"\n{'confidence':24}{'':16}{'right':>6}{'of':>6}{'%':>6}")
            for name, bands in evaluation.calibration.items():
                for band, (right, number) in bands.items():
                    click.echo(f"{name:24}{band:16}{right:6}{number:6}{100 * right / number:6.0f}")
    if errors:
        for row in evaluation.errors:
            click.echo("\t".join(printable(cell) for cell in row))
