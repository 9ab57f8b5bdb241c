"""``kg query``: ask a graph in SPARQL, or one of the questions that come with kg."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from kg.errors import QueryError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from pyoxigraph import Triple

    from kg.store import KnowledgeGraph, ResultTable
    from kg.store.terms import Term

FORMATS: Final = ("table", "csv", "tsv", "json", "turtle")


@click.command()
@click.argument("graph", required=False, metavar="GRAPH")
@click.argument("sparql", required=False, metavar="[SPARQL]")
@click.option(
    "-f",
    "--file",
    type=click.Path(path_type=Path, allow_dash=True),
    help="Read the query from a file (- for standard input).",
)
@click.option("--name", help="Ask one of the questions that come with kg.")
@click.option("--list", "listed", is_flag=True, help="List the questions that come with kg.")
@click.option(
    "--format",
    "form",
    type=click.Choice(FORMATS),
    help="table (for SELECT and ASK) or turtle (for CONSTRUCT and DESCRIBE) unless given.",
)
@click.option("--timeout", type=float, default=30.0, show_default=True, help="Seconds that the query may take.")
def query(
    graph: str | None,
    sparql: str | None,
    file: Path | None,
    name: str | None,
    listed: bool,
    form: str | None,
    timeout: float,
) -> None:
    """Ask a graph in SPARQL 1.1.

    The prefixes of the ontology (nk:) and of the data (person:, event: ...) need no declaration. A query can only
    read: updates, SERVICE and FROM are refused.

    \b
    Example:
      kg query graph.ttl 'SELECT ?name { ?p a nk:Person ; rdfs:label ?name } ORDER BY ?name'
      kg query graph.ttl --name who-holds-which-post --format csv
    """
    if listed:
        _list_questions()
        return
    if graph is None:
        raise click.UsageError("Missing argument 'GRAPH'.")
    text = _query_text(sparql, file, name)
    from kg.store import KnowledgeGraph

    opened = KnowledgeGraph.open(graph)
    try:
        answer = opened.query(text, timeout=timeout)
    finally:
        opened.close()
    if isinstance(answer, bool):
        _print_boolean(answer, form)
    elif isinstance(answer, list):
        _print_triples(opened, answer, form or "turtle")
    else:
        _print_table(opened, answer, form or "table")


def _query_text(sparql: str | None, file: Path | None, name: str | None) -> str:
    if sum(given is not None for given in (sparql, file, name)) != 1:
        raise click.UsageError("Give one of: a query, -f FILE, --name QUESTION (kg query --list shows the questions).")
    if name is not None:
        from kg.queries import question

        return question(name).sparql
    if file is None:
        return sparql or ""
    try:
        content = sys.stdin.buffer.read() if str(file) == "-" else file.read_bytes()
        return content.decode("utf-8-sig")
    except OSError as error:
        raise QueryError(f"{file}: cannot be read: {error.strerror or error}") from None
    except UnicodeDecodeError:
        raise QueryError(f"{file}: is not text in UTF-8, so not a query") from None


def _list_questions() -> None:
    from kg.queries import questions

    known = questions()
    width = max(len(question.name) for question in known)
    for question in known:
        click.echo(f"{question.name:<{width}}  {question.text}")


def _print_boolean(answer: bool, form: str | None) -> None:
    if form == "turtle":
        raise QueryError("--format turtle needs a CONSTRUCT or DESCRIBE query; this is an ASK query")
    if form == "json":
        click.echo(f'{{"head": {{}}, "boolean": {str(answer).lower()}}}')
    else:
        click.echo(str(answer).lower() if form in ("csv", "tsv") else "yes" if answer else "no")


def _print_table(graph: KnowledgeGraph, table: ResultTable, form: str) -> None:
    from kg.cli.output import print_table
    from kg.store.results import to_csv, to_json, to_tsv

    if form == "turtle":
        raise QueryError("--format turtle needs a CONSTRUCT or DESCRIBE query; this is a SELECT query")
    if form == "table":
        print_table(table.columns, [_shown_row(graph, *row) for row in zip(table.terms, table.rows, strict=True)])
        click.echo(f"{len(table)} row{'' if len(table) == 1 else 's'}", err=True)
        return
    write: Callable[[ResultTable], str] = {"csv": to_csv, "tsv": to_tsv, "json": to_json}[form]
    click.echo(write(table), nl=False)


def _shown_row(graph: KnowledgeGraph, terms: Sequence[Term | None], values: Sequence[object]) -> list[object]:
    """The values of a row as a table shows them: IRIs with their prefixes."""
    from pyoxigraph import NamedNode

    pairs = zip(terms, values, strict=True)
    return [graph.shortened(term.value) if isinstance(term, NamedNode) else value for term, value in pairs]


def _print_triples(graph: KnowledgeGraph, triples: list[Triple], form: str) -> None:
    from pyoxigraph import Quad

    from kg.store import ResultTable
    from kg.store.terms import as_written
    from kg.store.writing import rdf_text

    if form in ("turtle", "json"):
        quads = [Quad(triple.subject, triple.predicate, triple.object) for triple in triples]
        click.echo(rdf_text(quads, ".ttl" if form == "turtle" else ".jsonld", graph.base), nl=False)
        return
    rows: list[tuple[Term, ...]] = [(t.subject, t.predicate, as_written(t.predicate, t.object)) for t in triples]
    _print_table(graph, ResultTable(("subject", "predicate", "object"), tuple(sorted(rows, key=str))), form)
