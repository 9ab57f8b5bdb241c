"""``kg why``: what the graph says about a thing, each with the sentence it was read from."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from pyoxigraph import NamedNode

    from kg.store import KnowledgeGraph
    from kg.store.evidence import Citation, Explanation

FEW = 3
"""Mentions of a thing that are shown unless all are asked for."""

MOST = 100
"""Facts, and statements, about a thing that are shown unless all are asked for."""


@click.command()
@click.argument("graph", metavar="GRAPH")
@click.argument("term", metavar="TERM")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
@click.option(
    "--all",
    "everything",
    is_flag=True,
    help=f"Everything, not only the first {MOST} facts and statements and {FEW} mentions; JSON has it anyway.",
)
def why(graph: str, term: str, form: str, everything: bool) -> None:
    """Show every fact about a thing, with its sentence.

    With it stand the article, its date and how sure the reading is. TERM is a label (or another name), a part of a
    name that only one thing has, a prefixed name, an IRI or the URL of an article. Of an article it is every fact and
    statement that was read from it. The cited words are marked: in bold on a terminal, between ** elsewhere.

    \b
    Example:
      kg why graph.ttl "Daren Tang"
      kg why graph.ttl organisation:wipo
    """
    from kg.store import KnowledgeGraph

    with KnowledgeGraph.open(graph) as opened:
        if form == "json":
            import json
            from dataclasses import asdict

            found = [asdict(item) for item in explanations(opened, term)]
            click.echo(json.dumps(found, ensure_ascii=False, indent=1))
        else:
            show(opened, term, everything)


def named(graph: KnowledgeGraph, term: str) -> list[NamedNode]:
    """The things that a term names, or what tells of them. Raises QueryError, with the nearest names, for none."""
    from pyoxigraph import NamedNode

    from kg.queries.parameters import things
    from kg.store.evidence import told_by

    return told_by(graph, (thing for thing in things(graph, term) if isinstance(thing, NamedNode)))


def explanations(graph: KnowledgeGraph, term: str) -> list[Explanation]:
    """Every fact, statement and mention of all things that a term names."""
    from kg.errors import QueryError

    found: dict[Explanation, None] = {}
    for thing in named(graph, term):
        with suppress(QueryError):  # one of several things of that name, of which nothing is told
            found.update(dict.fromkeys(graph.why(thing)))
    if not found:
        raise QueryError(f"the graph says nothing about {term}")
    return list(found)


def show(graph: KnowledgeGraph, term: str, everything: bool = False) -> None:
    """Print every fact about a thing, with its sentence."""
    from kg.cli.output import printable

    things = named(graph, term)
    found, left = (explanations(graph, term), {}) if everything else _first(graph, term, things)
    if len(things) > 1:
        names = ", ".join(graph.shortened(thing.value) for thing in things)
        click.echo(printable(f"{len(things)} things are called {term}: {names}") + "\n")
    for number, item in enumerate(found):
        if number:
            click.echo()
        _print(item, left.get(item.triple, 0))
    more = [f"{left[kind]} more {kind}" for kind in ("facts", "statements") if left.get(kind)]
    if more:
        click.echo(f"\nand {' and '.join(more)} (--all shows them)")


def _first(
    graph: KnowledgeGraph, term: str, things: list[NamedNode]
) -> tuple[list[Explanation], dict[str | tuple[str, str, str], int]]:
    """The first facts, statements and mentions of things; how many more there are, of mentions by their triple."""
    from kg.errors import QueryError
    from kg.store.evidence import Reader

    reader = Reader(graph)
    found: dict[Explanation, None] = {}
    left: dict[str | tuple[str, str, str], int] = {"facts": 0, "statements": 0}
    for thing in things:
        facts, number = reader.first_facts(thing, MOST)
        left["facts"] += number - len(facts)
        statements, number = reader.first_statements(thing, MOST)
        left["statements"] += number - len(statements)
        mentions, number = reader.first_mentions(thing, FEW)
        for mention in mentions:
            left[mention.triple] = number - len(mention.citations)
        found.update(dict.fromkeys([*facts, *statements, *mentions]))
    if not found:
        raise QueryError(f"the graph says nothing about {term}")
    return list(found), left


def _print(item: Explanation, left: int) -> None:
    from kg.cli.output import printable

    confidence = "" if item.confidence is None else f"  [confidence {item.confidence:.2f}]"
    click.echo(click.style(printable(_headline(item)), bold=True) + confidence)
    if item.roles:
        click.echo(f"  as {printable('; '.join(item.roles))}")
    if item.reason:
        click.echo(f"  because: {printable(item.reason)}")
    if item.details:
        click.echo("  " + printable("; ".join(f"{name}: {value}" for name, value in item.details)))
    for citation in item.citations:
        click.echo(f"  {_marked(citation)}")
        click.echo(f"    {printable(_place(citation))}")
    if left:
        click.echo(f"  and {left} more (--all shows them)")


def _headline(item: Explanation) -> str:
    if item.kind == "statement":
        return f"{item.subject} ({item.predicate}): {item.value}"
    return f"{item.subject} - {item.predicate} - {item.value}"


def _marked(citation: Citation) -> str:
    import sys

    from kg.cli.output import printable

    begin, end = citation.mark
    before, words, after = (
        printable(s) for s in (citation.sentence[:begin], citation.sentence[begin:end], citation.sentence[end:])
    )
    return before + (click.style(words, bold=True) if sys.stdout.isatty() else f"**{words}**") + after


def _place(citation: Citation) -> str:
    known = [
        citation.title,
        citation.date,
        citation.url,
        f"characters {citation.begin}-{citation.end}",
        citation.reason,
        f"which repeats {citation.repeats!r}" if citation.repeats else None,
    ]
    return ", ".join(part for part in known if part)
