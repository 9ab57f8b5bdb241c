"""``kg review``: what a person should look at, ready to be decided."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from kg.review import Question

KINDS = ("candidates", "different", "facts")


@click.command()
@click.argument("graph", metavar="GRAPH")
@click.option(
    "--decisions",
    type=click.Path(path_type=Path, readable=False),
    metavar="FILE",
    help="Leave out what this file already decides.",
)
@click.option("--only", type=click.Choice(KINDS), help="One kind of question instead of candidates and facts.")
@click.option(
    "--limit", type=click.IntRange(min=1), default=20, show_default=True, help="At most so many of each kind."
)
@click.option(
    "--format", "form", type=click.Choice(["table", "csv", "json"]), help="table unless given; -o always writes csv."
)
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, readable=False),
    metavar="FILE",
    help="The decisions file to make or go on with; what it already decides stays and is left out.",
)
def review(
    graph: str, decisions: Path | None, only: str | None, limit: int, form: str | None, output: Path | None
) -> None:
    """List what is uncertain in a graph, the most uncertain first, with the sentences.

    Candidates are pairs that may be one thing; facts are those whose reading is doubtful. With -o they are written into
    a decisions file: put same or different, reject or confirm in the place of "undecided", say why, keep the file, and
    hand it to every build. The next time, the lines that you have written into stay, and what is new is put behind
    them. "--only different" lists pairs of one name that were kept apart.

    \b
    Example:
      kg review graph.ttl
      kg review graph.ttl -o decisions.csv
      kg build articles/ -o graph.ttl --decisions decisions.csv
    """
    from kg.cli.output import printable, say
    from kg.identity.decisions import Decisions, read_decisions
    from kg.review import as_csv, candidates, doubtful, write_decisions
    from kg.store import KnowledgeGraph
    from kg.store.writing import check_writable

    if output is not None:
        if form not in (None, "csv"):
            raise click.UsageError(f"-o writes a decisions file, which is csv, not {form}.")
        check_writable(output)
    with KnowledgeGraph.open(graph) as opened:
        files = [decisions] if decisions else []
        if output is not None and output.is_file() and output.stat().st_size:
            files.append(output)
        decided = Decisions(tuple(item for file in files for item in read_decisions(file, opened.base).items))
        questions: list[Question] = []
        if only in (None, "candidates"):
            questions += candidates(opened, decided)[: limit + 1]
        if only == "different":
            questions += candidates(opened, decided, different=True)[: limit + 1]
        if only in (None, "facts"):
            questions += doubtful(opened, limit + 1, decided)
        more = [kind for kind in ("candidate", "different", "fact") if sum(_of(q, kind) for q in questions) > limit]
        questions = [
            q for kind in ("candidate", "different", "fact") for q in [q for q in questions if _of(q, kind)][:limit]
        ]
        if more:
            say(f"these are the first {limit} of each kind; there are more, which --limit shows")
        if output is not None:
            stay = write_decisions(opened, questions, output)
            click.echo(f"{len(questions)} to decide, {stay} lines as they were -> {printable(output)}", err=True)
            return
        if form == "csv":
            click.echo(as_csv(opened, questions), nl=False)
            return
    if form == "json":
        import json
        from dataclasses import asdict

        click.echo(json.dumps([asdict(question) for question in questions], ensure_ascii=False, indent=1))
        return
    if not questions:
        click.echo("there is nothing to review")
    for number, question in enumerate(questions):
        if number:
            click.echo()
        _print(question)


def _of(question: Question, kind: str) -> bool:
    return ("fact" if question.kind == "statement" else question.kind) == kind


def _print(question: Question) -> None:
    from kg.cli.output import print_table, printable

    sides = [side for side in (question.first, question.second) if side]
    label = {
        "candidate": "one thing?",
        "different": "two things",
        "fact": "read rightly?",
        "statement": "read rightly?",
    }
    names = " / ".join(side.name for side in sides)
    click.echo(click.style(printable(names), bold=True) + f"  [{label[question.kind]} {question.score:.2f}]")
    if question.because:
        click.echo(f"  because: {printable(question.because)}")
    print_table([side.iri for side in sides], [[side.sentence for side in sides], [side.article for side in sides]])
