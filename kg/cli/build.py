"""``kg build``: articles in, a graph out."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kg.errors import KgError, SourceError

if TYPE_CHECKING:
    from collections.abc import Iterable
    from types import TracebackType

    from kg.archive import Changes
    from kg.construction import BuildReport


@click.command()
@click.argument("sources", nargs=-1, required=True, metavar="SOURCE...")
@click.option(
    "-o",
    "--output",
    required=True,
    type=click.Path(path_type=Path, readable=False),
    help="Graph file, or store directory.",
)
@click.option(
    "--model", default=None, help="An installed spaCy pipeline for English instead of the one that comes with kg."
)
@click.option("--base", default=None, help="The IRI that the IRIs of people, events and so on start with.")
@click.option(
    "--field",
    "fields",
    multiple=True,
    metavar="NAME=FIELD",
    help="The field of JSON records that holds text, title, date, created, url, publisher, author, language or place.",
)
@click.option(
    "--decisions",
    type=click.Path(path_type=Path, readable=False),
    metavar="FILE",
    help="What people have decided (see kg review): same, different, rename, reject, confirm.",
)
@click.option(
    "--authority",
    type=click.Path(path_type=Path, readable=False),
    metavar="FILE",
    help="A list of known things to link to: CSV (id, name, aliases, kind) or SKOS.",
)
@click.option(
    "--cues",
    type=click.Path(path_type=Path, readable=False),
    metavar="FILE",
    help="Further words of saying, in the form of kg's own list (docs/statements.md).",
)
@click.option(
    "--workers",
    type=click.IntRange(min=1),
    help="Processes that work at once; as many as there are cores unless given. The result is the same.",
)
@click.option(
    "--cluster",
    metavar="ADDRESS",
    help="A Dask scheduler (tcp://host:8786) whose workers are to read. The result is the same.",
)
@click.option("-q", "--quiet", is_flag=True, help="No progress bar and no summary; only what failed is said.")
@click.pass_context
def build(
    context: click.Context,
    sources: tuple[str, ...],
    output: Path,
    model: str | None,
    base: str | None,
    fields: tuple[str, ...],
    decisions: Path | None,
    authority: Path | None,
    cues: Path | None,
    workers: int | None,
    cluster: str | None,
    quiet: bool,
) -> None:
    """Read articles and write their knowledge graph.

    SOURCE is a file (.txt .md .html .json .jsonl, feeds: .rss .atom .xml, web archives: .warc, each also with .gz), a
    folder, or - for standard input. The ending of the output names its format: .ttl .trig .nt .nq .jsonld .rdf, also
    with .gz. Without an ending it is a store directory: the articles are added to those that are there, in place of
    earlier versions (same URL, or same file), and unchanged ones are not read again; a build that was broken off goes
    on where it stopped. An article that cannot be read is reported, the others are built, and the exit status is 2.

    \b
    Example:
      kg build articles/ -o graph.ttl
      kg build archive.jsonl.gz --field text=body --field date=published -o archive
    """
    chosen = _fields(fields)
    from kg.construction import build as build_graph

    files = {"decisions": decisions, "authority": authority, "cues": cues}
    given = {"model": model, "base": base, **files}
    options: dict[str, Any] = {name: value for name, value in given.items() if value is not None}
    options |= {"workers": workers, "cluster": cluster}
    try:
        with ProgressBar(shown=not quiet and sys.stderr.isatty()) as progress:
            report = build_graph(sources, output, fields=chosen, progress=progress.advance, **options)
    except SourceError as error:
        _say(error.failures)
        raise
    _say(report.failures)
    _say(f"note: {note}" for note in report.notes)
    if not quiet:
        click.echo(summary(report, output), err=True)
    context.exit(2 if report.failures else 0)


def _say(messages: Iterable[object]) -> None:
    """Say on standard error what went wrong or is to be known, a line each."""
    from kg.cli.output import say

    for message in messages:
        say(message)


def summary(report: BuildReport, output: Path) -> str:
    """What a build did, in two or three lines."""
    from kg.cli.output import printable

    kinds = ", ".join(f"{number} {kind}" for kind, number in report.counts.items() if kind != "articles")
    articles = f"{report.articles} article{'' if report.articles == 1 else 's'}"
    lines = [f"{articles} in {report.seconds:.1f} s -> {printable(output)}"]
    if report.changes:
        lines.append(f"  {changes_in_words(report.changes)}")
    elif report.superseded:
        lines.append(f"  {report.superseded} superseded")
    if kinds and not (report.changes and not report.changes.added + report.changes.replaced):
        lines.append(f"  read, article by article: {kinds}")
    if report.failures:
        lines.append(f"  {len(report.failures)} could not be read (see above)")
    return "\n".join(lines)


def changes_in_words(changes: Changes) -> str:
    """What became of the articles of a store: "3 added, 1 replaced, 12 unchanged; 40 in the store"."""
    from kg.archive.history import KINDS

    numbers = ", ".join(f"{getattr(changes, kind)} {kind}" for kind in KINDS if getattr(changes, kind))
    return f"{numbers or 'nothing to do'}; {changes.articles} in the store"


def _fields(pairs: tuple[str, ...]) -> dict[str, str]:
    from kg.readers.records import Fields

    fields = {}
    for pair in pairs:
        name, equals, field = pair.partition("=")
        if not (name and equals and field):
            raise click.BadParameter(f"{pair!r} is not NAME=FIELD, as in text=body", param_hint="--field")
        fields[name] = field
    try:
        return Fields(fields)
    except KgError as error:
        raise click.BadParameter(str(error), param_hint="--field") from None


class ProgressBar:
    """A line on standard error that moves while articles are read (or pages fetched)."""

    def __init__(self, shown: bool, what: str = "articles", first: str = "loading the language model") -> None:
        self._shown = shown
        self._what = what
        self._first = first

    def __enter__(self) -> ProgressBar:
        if self._shown:
            from rich.console import Console
            from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

            self._bar = Progress(
                TextColumn(f"{{task.completed:.0f}} {self._what}"),
                BarColumn(),
                TimeElapsedColumn(),
                TextColumn("{task.description}", markup=False),
                console=Console(stderr=True),
                transient=True,
            )
            self._bar.start()
            self._task = self._bar.add_task(self._first, total=None)
        return self

    def advance(self, done: int, source: str) -> None:
        """Show that ``done`` articles are read, the last of them from ``source``."""
        if self._shown:
            from kg.cli.output import printable

            self._bar.update(self._task, completed=done, description=printable(source)[-60:])

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._shown:
            self._bar.stop()
