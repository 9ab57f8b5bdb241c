"""Printing text from articles safely."""

from __future__ import annotations

import re
import sys
from typing import TYPE_CHECKING, Final

import click

from kg.filenames import in_utf8

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from rich.console import Console

CONTROL: Final = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")
"""Characters that would change what a terminal does or the direction it writes in."""


def printable(text: object) -> str:
    """A text on one line, its control characters made visible."""
    shown = in_utf8(" ".join(re.split(r"[\r\n\t]+", str(text))))
    return CONTROL.sub(lambda match: f"\\u{ord(match[0]):04x}", shown)


def console() -> Console:
    """Where tables go: as wide as the terminal, and never cut or wrapped where the output is not one."""
    from rich.console import Console

    width = None if sys.stdout.isatty() else 100_000
    return Console(file=sys.stdout, width=width, highlight=False, markup=False, emoji=False, soft_wrap=False)


def print_table(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """A table with a line under its heading; numbers to the right."""
    from decimal import Decimal

    from rich import box
    from rich.table import Table
    from rich.text import Text

    rows = list(rows)
    table = Table(box=box.SIMPLE_HEAD, show_edge=False, pad_edge=False)
    for number, name in enumerate(columns):
        values = [row[number] for row in rows if row[number] is not None]
        right = bool(values) and all(isinstance(value, (int, float, Decimal)) for value in values)
        table.add_column(Text(name, style="bold"), justify="right" if right else "left", overflow="fold")
    for row in rows:
        table.add_row(*(Text("" if value is None else printable(value)) for value in row))
    out = console()
    with out.capture() as captured:
        out.print(table)
    for line in captured.get().splitlines():
        click.echo(line.rstrip())
