"""``kg serve``: a graph on the web."""

from __future__ import annotations

import click

from kg.cli.output import Number, printable


@click.command()
@click.argument("graph", metavar="GRAPH", type=click.Path())
@click.option("--host", default="127.0.0.1", show_default=True, help="Where to listen; 0.0.0.0 is every network.")
@click.option("--port", type=click.IntRange(0, 65535), default=7878, show_default=True, help="0 takes any free port.")
@click.option("--cors", "origins", multiple=True, metavar="ORIGIN", help="A site that may read answers (* is any).")
@click.option("--timeout", type=Number(min=0.1), default=20.0, show_default=True, help="Seconds a query may run.")
@click.option("--max-answer", type=Number(min=0.001), default=20.0, show_default=True, help="Megabytes of one.")
@click.option(
    "--workers", type=click.IntRange(1, 64), default=None, help="Queries that run at once (default: by cores)."
)
def serve(
    graph: str, host: str, port: int, origins: tuple[str, ...], timeout: float, max_answer: float, workers: int | None
) -> None:
    """Serve a graph: SPARQL endpoint with an editor, pages for everything, search, the picture.

    It can only read. It listens on this machine alone unless --host says otherwise. Stop it with Ctrl-C.
    Needs pip install '.[server]'.

    \b
    Example:
      kg serve graph.ttl
      curl -H 'Accept: text/csv' --data-urlencode 'query=SELECT ?p { ?p a nk:Person }' http://127.0.0.1:7878/sparql
    """
    from dataclasses import replace

    from kg.server import Settings
    from kg.server import serve as run

    settings = Settings(seconds=timeout, answer_bytes=int(max_answer * 1e6), origins=origins)
    if workers is not None:
        settings = replace(settings, workers=workers)

    def started(address: str) -> None:
        click.echo(f"{printable(graph)} is at {address} (Ctrl-C stops it)", err=True)

    run(graph, host, port, settings, started)
