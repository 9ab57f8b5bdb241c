"""``kg fetch``: pages from the web into a folder that ``kg build`` reads."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import click

from kg.cli.output import Number
from kg.errors import SourceError


@click.command()
@click.argument("addresses", nargs=-1, required=True, metavar="ADDRESS...")
@click.option(
    "-o",
    "--output",
    required=True,
    type=click.Path(path_type=Path, readable=False),
    help="The folder that the pages are kept in.",
)
@click.option(
    "--delay",
    type=Number(min=0),
    default=1.0,
    show_default=True,
    help="Seconds between two requests to one server; more if its robots.txt asks for more.",
)
@click.option("--timeout", type=Number(min=0.1), default=30.0, show_default=True, help="Seconds to wait for a server.")
@click.option("--user-agent", metavar="TEXT", help="Who asks, for the servers: a name, and how to reach you.")
@click.option("--allow-private", is_flag=True, help="Allow addresses of this machine and its network.")
@click.option("-q", "--quiet", is_flag=True, help="Only what failed is said.")
@click.pass_context
def fetch(
    context: click.Context,
    addresses: tuple[str, ...],
    output: Path,
    delay: float,
    timeout: float,
    user_agent: str | None,
    allow_private: bool,
    quiet: bool,
) -> None:
    """Get pages from the web, politely, to build from.

    ADDRESS is the http(s) address of a page or of a feed (RSS, Atom; the pages that its items link to are fetched), or
    a file with one address a line (- for standard input). robots.txt is obeyed; each server gets one request at a
    time; a page that is in the folder already is fetched again only if its server says that it has changed. Every page
    is kept as it was sent, with its address and time, in a web archive (WARC). What cannot be had is reported, and the
    exit status is 2. No other command fetches pages.

    \b
    Example:
      kg fetch https://paper.example/feed.xml addresses.txt -o pages
      kg build pages -o archive
    """
    from kg.cli.build import ProgressBar
    from kg.cli.output import printable, say
    from kg.web import fetch as fetch_pages

    with ProgressBar(not quiet and sys.stderr.isatty(), "addresses", "asking") as progress:
        found = fetch_pages(
            _listed(addresses),
            output,
            delay=delay,
            timeout=timeout,
            private=allow_private,
            agent=user_agent,
            progress=progress.advance,
        )
    for failure in found.failures:
        say(failure)
    if not quiet:
        click.echo(
            f"{found.new} new, {found.changed} changed, {found.unchanged} unchanged -> {printable(output)}", err=True
        )
        if found.failures:
            click.echo(f"  {len(found.failures)} could not be had (see above)", err=True)
    context.exit(2 if found.failures else 0)


def _listed(names: tuple[str, ...]) -> Iterator[str]:
    """Addresses, those in files among them. Empty lines and those that begin with # say nothing."""
    for name in names:
        if "://" in name:
            yield name
            continue
        try:
            text = sys.stdin.read() if name == "-" else Path(name).read_text(encoding="utf-8-sig")
        except FileNotFoundError:
            raise SourceError(f"{name}: is neither an address (https://...) nor a file that exists") from None
        except (OSError, UnicodeDecodeError) as error:
            raise SourceError(f"{name}: cannot be read: {error}") from None
        lines = (line.strip() for line in text.splitlines())
        yield from (line for line in lines if line and not line.startswith("#"))
