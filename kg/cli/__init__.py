"""The command ``kg``: it parses options, calls the package, and prints.

Every error that a user can mend is one line on standard error that begins with ``kg:``, with exit status 2. Nothing
heavy is imported before a command needs it.
"""

from __future__ import annotations

import errno
import os
import sys
from typing import IO, Any

import click

from kg.cli.build import build
from kg.cli.diff import diff
from kg.cli.evaluate import evaluate
from kg.cli.export import export
from kg.cli.fetch import fetch
from kg.cli.history import history
from kg.cli.mcp import mcp
from kg.cli.publish import publish
from kg.cli.query import query
from kg.cli.reconcile import reconcile
from kg.cli.remove import remove
from kg.cli.render import render
from kg.cli.review import review
from kg.cli.serve import serve
from kg.cli.stats import stats
from kg.cli.validate import validate
from kg.cli.why import why
from kg.errors import KgError

INTERRUPTED = 130
BROKEN_PIPE = 141
UNWRITABLE = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO, errno.EBADF})
"""Errors of a stream that cannot be written (any more)."""


class Program(click.Group):
    """The group of all commands, which says what went wrong in one line."""

    def main(self, *args: Any, standalone_mode: bool = True, **kwargs: Any) -> Any:
        """Run a command and exit with its status."""
        status = self._status(*args, **kwargs)
        if not standalone_mode:
            return status
        sys.exit(status)

    def _status(self, *args: Any, **kwargs: Any) -> int:
        try:
            status = super().main(*args, standalone_mode=False, **kwargs)  # type: ignore[call-overload]
            sys.stdout.flush()
            return status if isinstance(status, int) else 0
        except KgError as error:
            _complain(str(error))
            return 2
        except click.ClickException as error:
            error.show()
            return 2
        except MemoryError:
            _complain("this needs more memory than there is")
            return 2
        except (click.Abort, KeyboardInterrupt):
            _complain("interrupted")
            return INTERRUPTED
        except BrokenPipeError:
            _silence(sys.stdout)
            return BROKEN_PIPE
        except OSError as error:
            if error.strerror is None or (error.filename is None and error.errno not in UNWRITABLE):
                raise
            if error.filename is not None:
                _complain(f"{os.fsdecode(error.filename)}: {error.strerror}")
                return 2
            _silence(sys.stdout)  # what opens files names them, so this was written to a stream
            _complain(f"standard output cannot be written: {error.strerror.lower()}")
            return 2


def _complain(message: str) -> None:
    """Say on standard error in one line what went wrong; where that cannot be written, the exit status has to do."""
    from kg.cli.output import say

    try:
        say(message)
    except OSError:
        _silence(sys.stderr)


def _silence(stream: IO[str]) -> None:
    """Let a stream that cannot be written write nowhere, so that closing it does not complain."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def _version(context: click.Context, _: click.Parameter, wanted: bool) -> None:
    if wanted:
        from importlib.metadata import version

        click.echo(f"kg {version('newskg')}")
        context.exit()


@click.group(cls=Program, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.option("--version", is_flag=True, is_eager=True, expose_value=False, callback=_version, help="Show the version.")
def cli() -> None:
    """Turn news articles into a knowledge graph, and ask it.

    \b
    Example:
      kg build articles/ -o graph.ttl
      kg query graph.ttl --name who-attended
      kg why graph.ttl "Daren Tang"
      kg render graph.ttl -o picture.html

    GRAPH is a file in an RDF format (.ttl .trig .nt .nq .jsonld .rdf, also with .gz), a store directory made by
    kg build -o DIRECTORY, or, where it is only read, the address of a SPARQL endpoint (https://...).
    """


for _command in (
    build,
    fetch,
    remove,
    diff,
    history,
    query,
    why,
    validate,
    stats,
    export,
    publish,
    render,
    serve,
    mcp,
    evaluate,
    review,
    reconcile,
):
    cli.add_command(_command)


def main() -> None:
    """The entry point of the installed program."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    cli.main(prog_name="kg")
