"""``kg remove``: take articles out of a store."""

from __future__ import annotations

from pathlib import Path

import click


@click.command()
@click.argument("graph", type=click.Path(path_type=Path, readable=False), metavar="GRAPH")
@click.argument("articles", nargs=-1, required=True, metavar="ARTICLE...")
@click.option("-q", "--quiet", is_flag=True, help="No summary.")
def remove(graph: Path, articles: tuple[str, ...], quiet: bool) -> None:
    """Take articles out of a store, with everything that only they say.

    GRAPH is a store directory that kg build made. ARTICLE is an IRI (or article:...), a URL, a file (for
    all its records, or one of them as in day.jsonl#7), a folder or a title. The store is afterwards as if it never had
    the article.

    \b
    Example:
      kg remove archive https://news.example/2025/port
      kg remove archive articles/port.txt "Port Office Opens New Dock"
    """
    from kg.archive import Archive
    from kg.cli.build import changes_in_words
    from kg.cli.output import say
    from kg.errors import GraphError
    from kg.store.directory import is_archive
    from kg.store.http import refuse_server

    refuse_server(graph, "articles can be removed from a store directory that kg build made")
    if not is_archive(graph):
        raise GraphError(f"{graph}: is not a store made by kg build, so it has no articles that can be removed")
    with Archive(graph) as archive:
        changes = archive.remove(articles)
    for note in changes.notes:
        say(f"note: {note}")
    if not quiet:
        click.echo(f"{changes_in_words(changes)}", err=True)
