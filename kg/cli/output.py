"""Printing text from articles safely."""

from __future__ import annotations

import re
import sys
from math import isnan
from typing import TYPE_CHECKING, Any

import click

from kg.texts import in_utf8, visible

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from rich.console import Console


def printable(text: object) -> str:
    """A text on one line, its control characters made visible."""
    return visible(in_utf8(" ".join(re.split(r"[\r\n\t]+", str(text)))))


class Number(click.FloatRange):
    """A number in a range that ends somewhere (at a million, unless given); what is no number (nan) is in none."""

    def __init__(self, min: float | None = None, max: float = 1e6) -> None:
        super().__init__(min=min, max=max)

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> float:
        """The number that was given."""
        number: float = super().convert(value, param, ctx)
        if isnan(number):
            self.fail(f"{value!r} is not a number.", param, ctx)
        return number


def say(message: object) -> None:
    """One line on standard error for the user, which begins with ``kg:``."""
    click.echo(f"kg: {printable(message)}", err=True)


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
