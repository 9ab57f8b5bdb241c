"""``kg history``: what was done to a store."""

from __future__ import annotations

from pathlib import Path

import click


@click.command()
@click.argument("graph", type=click.Path(path_type=Path, readable=False), metavar="GRAPH")
@click.option("--format", "form", type=click.Choice(["text", "json", "ttl"]), default="text", show_default=True)
def history(graph: Path, form: str) -> None:
    """Say what was done to a store: every build and removal, with program, model, numbers and failures.

    As Turtle it is provenance in the terms of the W3C (PROV-O).

    \b
    Example:
      kg history archive
    """
    from kg.archive.history import as_prov, in_words, read_history
    from kg.cli.output import printable
    from kg.store.http import refuse_server

    refuse_server(graph, "only a store directory that kg build made has a history")
    builds = read_history(graph)
    if form == "ttl":
        click.echo(as_prov(builds), nl=False)
    elif form == "json":
        import json

        click.echo(json.dumps(builds, ensure_ascii=False, indent=1))
    else:
        for build in builds:
            click.echo(printable(in_words(build)))
            named, changed = build.get("named", ()), build["added"] + build["replaced"] + build["removed"]
            for source in named:
                click.echo(f"  {printable(source)}")
            if named and changed > len(named):
                click.echo(f"  and {changed - len(named)} more")
            for failure in build["failures"]:
                click.echo(f"  {printable(failure)}")
