"""``kg query``: ask a graph in SPARQL, or one of the questions that come with kg."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from kg.cli.output import Number
from kg.errors import KgError, QueryError
from kg.queries.parameters import PARAMETERS

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from pyoxigraph import Triple

    from kg.store import KnowledgeGraph, ResultTable
    from kg.store.terms import Term

FORMATS: Final = ("table", "csv", "tsv", "json", "html", "parquet", "turtle")
FEW: Final = 5
"""Names listed in a note."""

ENDINGS: Final = {".csv": "csv", ".tsv": "tsv", ".json": "json", ".html": "html", ".parquet": "parquet"}
"""The forms that the ending of a file may name, beside the formats of RDF."""

FOR_GRAPHS: Final = ("CONSTRUCT", "DESCRIBE")
"""The queries whose answer is triples."""


class QueryCommand(click.Command):
    """The command whose help shows the parameters of questions apart from its own options."""

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write both lists of options."""
        records = {parameter.name: parameter.get_help_record(ctx) for parameter in self.get_params(ctx)}
        own = [record for name, record in records.items() if record and name not in PARAMETERS]
        with formatter.section("Options"):
            formatter.write_dl(own)
        with formatter.section("Parameters of questions (kg query --list says which takes which)"):
            formatter.write_dl([record for name, record in records.items() if record and name in PARAMETERS])


def _with_parameters(command: Callable[..., None]) -> Callable[..., None]:
    for name, parameter in reversed(PARAMETERS.items()):
        command = click.option(f"--{name}", name, metavar=parameter.metavar, help=parameter.text)(command)
    return command


@click.command(cls=QueryCommand)
@click.argument("graph", required=False, metavar="GRAPH")
@click.argument("sparql", required=False, metavar="[SPARQL]")
@click.option(
    "-f",
    "--file",
    type=click.Path(path_type=Path, readable=False, allow_dash=True),
    help="Read the query from a file (- for standard input).",
)
@click.option("--name", "asked", metavar="QUESTION", help="Ask one of the questions that come with kg.")
@click.option("--list", "listed", is_flag=True, help="List the questions that come with kg, with their parameters.")
@click.option(
    "--format",
    "form",
    type=click.Choice(FORMATS),
    help="table (for SELECT and ASK) or turtle (for CONSTRUCT and DESCRIBE) unless given.",
)
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, readable=False),
    help="Write to a file; its ending names the format as well (of CONSTRUCT any of RDF).",
)
@click.option("--labels", is_flag=True, help="Show the labels of things in place of their IRIs.")
@click.option("--show", is_flag=True, help="Show the SPARQL of the question, with its parameters bound; do not run it.")
@click.option("--explain", is_flag=True, help="Count the matches of each part of the query instead of running it.")
@click.option("--timeout", type=Number(), default=30.0, show_default=True, help="Seconds that the query may take.")
@_with_parameters
def query(
    graph: str | None,
    sparql: str | None,
    file: Path | None,
    asked: str | None,
    listed: bool,
    form: str | None,
    output: Path | None,
    labels: bool,
    show: bool,
    explain: bool,
    timeout: float,
    **parameters: str | None,
) -> None:
    """Ask a graph in SPARQL 1.1, or one of the questions that come with kg.

    The prefixes of the ontology (nk:) and of the data (person:, event: ...) need no declaration. A query can only
    read: updates, SERVICE and FROM are refused. Without a query and with a terminal, questions are asked one by one.

    \b
    Example:
      kg query graph.ttl 'SELECT ?name { ?p a nk:Person ; rdfs:label ?name } ORDER BY ?name'
      kg query graph.ttl --name who-holds-which-post --format csv
      kg query graph.ttl --name statements-by --person "Daren Tang" --since 2025-01
    """
    if listed:
        list_questions()
        return
    if graph is None:
        raise click.UsageError("Missing argument 'GRAPH'.")
    given = {name: value for name, value in parameters.items() if value is not None}
    if output is not None:
        from kg.store.writing import check_writable

        form = form or _form_of_file(output)
        check_writable(output)
    if form == "parquet" and output is None:
        raise click.UsageError("--format parquet needs -o FILE.")
    if sparql is None and file is None and asked is None and not given and sys.stdin.isatty() and sys.stdout.isatty():
        from kg.cli.prompt import converse

        converse(graph, labels, timeout)
        return
    from kg.store import KnowledgeGraph

    text = _query_text(sparql, file, asked, given)
    opened = KnowledgeGraph.open(graph, timeout)
    try:
        if asked is not None:
            from kg.queries import question

            text = question(asked).bound(opened, given)
        if show:
            click.echo(text, nl=not text.endswith("\n"))
        elif explain:
            _explain(opened, text, timeout)
        else:
            run_query(opened, text, timeout, Shown(form, output, labels))
            _tell_what_is_left_out(opened, given)
    finally:
        opened.close()


def _tell_what_is_left_out(graph: KnowledgeGraph, given: dict[str, str]) -> None:
    """Say on standard error which further things bear a name that was given, among other words."""
    from kg.cli.output import say
    from kg.queries.parameters import left_out

    for name, value in given.items():
        others = left_out(graph, name, value)
        if others:
            more = f" and {len(others) - FEW} more" if len(others) > FEW else ""
            listed = ", ".join(others[:FEW]) + more
            say(f"note: --{name} is {value} alone, not {listed}")


class Shown:
    """How an answer is to be shown: in which format, where, and whether with labels."""

    def __init__(self, form: str | None = None, output: Path | None = None, labels: bool = False) -> None:
        self.form = form
        self.output = output
        self.labels = labels

    def write(self, text: str) -> None:
        """Put the text of an answer where it belongs."""
        if self.output is None:
            click.echo(text, nl=False)
            return
        from kg.store.writing import written_whole

        with written_whole(self.output) as file:
            file.write(text.encode("utf-8"))


def run_query(graph: KnowledgeGraph, text: str, timeout: float, shown: Shown) -> None:
    """Run a query and show its answer; of an empty one, which part of the query matched nothing."""
    from kg.cli.output import say
    from kg.queries.advice import ask, why_empty

    _check_form(text, shown)
    try:
        answer = ask(graph, text, timeout)
    except QueryError as error:
        slow = "; --explain counts what each part of it matches" if "was stopped after" in str(error) else ""
        raise QueryError(f"{error}{slow}") from None
    if isinstance(answer, bool):
        _print_boolean(answer, shown)
    elif isinstance(answer, list):
        _print_triples(graph, answer, shown)
    else:
        _print_table(graph, answer, shown)
        if not len(answer) and (reason := why_empty(graph, text)):
            say(f"no rows: {reason}")


def _explain(graph: KnowledgeGraph, text: str, timeout: float) -> None:
    from kg.cli.output import print_table
    from kg.queries.advice import explain

    def count(number: int | None) -> object:
        return "too many to count" if number is None else number

    steps = explain(graph, text, min(timeout, 10.0))
    rows = [(step.pattern, count(step.alone), count(step.joined), f"{step.seconds:.2f}") for step in steps]
    print_table(("pattern", "matches alone", "after joining", "seconds"), rows)
    click.echo("Parts in OPTIONAL, UNION, MINUS and sub-queries are not counted.", err=True)


def _form_of_file(path: Path) -> str:
    """The form that the ending of a file names: one of FORMATS, or the ending of a format of RDF."""
    from kg.store.formats import FORMATS as RDF
    from kg.store.formats import is_compressed, rdf_ending

    ending = (path.with_suffix("") if is_compressed(path) else path).suffix.lower()
    form = ENDINGS.get(ending) or rdf_ending(path)
    if form is None:
        known = f"{' '.join(ENDINGS)} for rows, {' '.join(RDF)} for triples"
        raise KgError(f"{path}: the ending names no form of an answer; known are {known}")
    return form


def _check_form(text: str, shown: Shown) -> None:
    """Raise QueryError, before it runs, for a query whose answer cannot be shown as it is to be."""
    from kg.store.guard import form_of

    kind, form = form_of(text), shown.form
    if kind is None or form is None:
        return
    if form == "table" and shown.output is not None:
        raise KgError(f"{shown.output}: a table for the screen is not written to a file; name .csv, .html ...")
    named = f"--format {form}" if form in FORMATS else f"the ending {form}"
    article = "an" if kind == "ASK" else "a"
    if kind not in FOR_GRAPHS and (form == "turtle" or form not in FORMATS):
        raise QueryError(f"{named} needs a CONSTRUCT or DESCRIBE query; this is {article} {kind} query")
    if kind == "ASK" and form in ("parquet", "html"):
        raise QueryError(f"{named} needs a SELECT query; this is {article} {kind} query")


def _query_text(sparql: str | None, file: Path | None, asked: str | None, given: dict[str, str]) -> str:
    if given and asked is None:
        raise click.UsageError(f"--{next(iter(given))} belongs to a question: give --name QUESTION as well.")
    if sum(one is not None for one in (sparql, file, asked)) != 1:
        raise click.UsageError("Give one of: a query, -f FILE, --name QUESTION (kg query --list shows the questions).")
    if file is None:
        return sparql or ""
    try:
        content = sys.stdin.buffer.read() if str(file) == "-" else file.read_bytes()
        return content.decode("utf-8-sig")
    except OSError as error:
        raise QueryError(f"{file}: cannot be read: {error.strerror or error}") from None
    except UnicodeDecodeError:
        raise QueryError(f"{file}: is not text in UTF-8, so not a query") from None


def list_questions() -> None:
    """Print the questions that come with kg, with the parameters that they take."""
    from kg.queries import questions

    known = questions()
    width = max(len(question.name) for question in known)
    for question in known:
        click.echo(f"{question.name:<{width}}  {question.text}")
        if question.parameters:
            taken = (
                f"--{name} {PARAMETERS[name].metavar}" if name in question.required else f"[--{name}]"
                for name in question.parameters
            )
            click.echo(f"{'':<{width}}    {' '.join(taken)}")


def _print_boolean(answer: bool, shown: Shown) -> None:
    if shown.form == "json":
        shown.write(f'{{"head": {{}}, "boolean": {str(answer).lower()}}}\n')
    else:
        shown.write((str(answer).lower() if shown.form in ("csv", "tsv") else "yes" if answer else "no") + "\n")


def _print_table(graph: KnowledgeGraph, table: ResultTable, shown: Shown) -> None:
    from kg.cli.output import print_table
    from kg.queries.answers import labelled, to_html, write_parquet
    from kg.store.results import to_csv, to_json, to_tsv

    form = shown.form or "table"
    if shown.labels:
        table = labelled(graph, table)
    if form == "table":
        print_table(table.columns, [_shown_row(graph, *row) for row in zip(table.terms, table.rows, strict=True)])
        click.echo(f"{len(table)} row{'' if len(table) == 1 else 's'}", err=True)
    elif form == "parquet":
        assert shown.output is not None
        write_parquet(table, shown.output)
    else:
        write: dict[str, Callable[[ResultTable], str]] = {
            "csv": to_csv,
            "tsv": to_tsv,
            "json": to_json,
            "html": to_html,
        }
        shown.write(write[form](table))


def _shown_row(graph: KnowledgeGraph, terms: Sequence[Term | None], values: Sequence[object]) -> list[object]:
    """The values of a row as a table shows them: IRIs with their prefixes."""
    from pyoxigraph import NamedNode

    pairs = zip(terms, values, strict=True)
    return [graph.shortened(term.value) if isinstance(term, NamedNode) else value for term, value in pairs]


def _print_triples(graph: KnowledgeGraph, triples: list[Triple], shown: Shown) -> None:
    from pyoxigraph import Quad

    from kg.store import ResultTable
    from kg.store.terms import as_written
    from kg.store.writing import rdf_text

    form = shown.form or "turtle"
    ending = {"turtle": ".ttl", "json": ".jsonld"}.get(form, form)
    if ending not in FORMATS:
        quads = [Quad(triple.subject, triple.predicate, triple.object) for triple in triples]
        shown.write(rdf_text(quads, ending, graph.base))
        return
    rows: list[tuple[Term, ...]] = [(t.subject, t.predicate, as_written(t.predicate, t.object)) for t in triples]
    table = ResultTable(("subject", "predicate", "object"), tuple(sorted(rows, key=str)))
    _print_table(graph, table, shown)
