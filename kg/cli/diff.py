"""``kg diff``: what changed between two graphs."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Final

import click

if TYPE_CHECKING:
    from kg.comparison import Difference

FORMATS: Final = ("text", "json", "ttl", "nt", "update")
HEADINGS: Final = {
    "article": "articles",
    "thing": "people, organisations, places, events, topics",
    "name": "names",
    "identity": "identity",
    "fact": "facts",
    "statement": "statements",
}


@click.command()
@click.argument("old", metavar="OLD")
@click.argument("new", metavar="NEW")
@click.option("--format", "form", type=click.Choice(FORMATS), default="text", show_default=True)
@click.pass_context
def diff(context: click.Context, old: str, new: str, form: str) -> None:
    """Say what changed between two graphs.

    In words: articles, things, names, facts and statements that only one of them has; of an article that changed, what
    it says otherwise; what would read the same with + and with - is only counted. As RDF (ttl, nt): a set of
    changes in the Changeset vocabulary; as a SPARQL update: what makes OLD into NEW. The exit status is 0 for equal
    graphs and 1 for different ones.

    \b
    Example:
      kg diff monday.ttl tuesday.ttl
      kg diff monday.ttl archive --format update
    """
    from kg.comparison import change_set, compare, update
    from kg.store import KnowledgeGraph

    with KnowledgeGraph.open(old) as before, KnowledgeGraph.open(new) as after:
        found = compare(before, after)
        base = after.base
    if form == "text":
        _print(found)
    elif form == "json":
        import json
        from dataclasses import asdict

        content = {
            "added": [str(triple) for triple in found.added],
            "removed": [str(triple) for triple in found.removed],
            "changes": [asdict(change) for change in found.changes],
            "alike": found.alike,
        }
        click.echo(json.dumps(content, ensure_ascii=False, indent=1))
    elif form == "update":
        click.echo(update(found), nl=False)
    else:
        from kg.store.writing import rdf_text

        click.echo(rdf_text(change_set(found), f".{form}", base), nl=False)
    context.exit(1 if found else 0)


def _print(found: Difference) -> None:
    from kg.cli.output import printable

    outer = [change for change in found.changes if not change.within]
    for number, (kind, changes) in enumerate(groupby(outer, key=lambda change: change.kind)):
        click.echo(("\n" if number else "") + HEADINGS[kind])
        for change in changes:
            click.echo(f"  {change.sign} {printable(change.text)}")
            for inner in found.changes:
                if inner.within == change.iri and kind == "article":
                    click.echo(f"      {inner.sign} {printable(inner.text)}")
    if found.alike:
        pairs = "pair of changes that reads" if found.alike == 1 else "pairs of changes that read"
        click.echo(
            f"left out: {found.alike} {pairs} the same (another node, told alike; --format nt has them)", err=True
        )
    if found:
        click.echo(f"{len(found.added)} triples more, {len(found.removed)} less", err=True)
    else:
        click.echo("the graphs are equal", err=True)
