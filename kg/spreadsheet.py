"""Small tables that people keep beside their articles: CSV as they write it, and as spreadsheets of any land do.

The first line names the columns. Commas, semicolons or tabs stand between the cells; lines without text and those that
begin with ``#`` are passed over.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final

from kg.errors import KgError
from kg.texts import in_utf8

SEPARATORS: Final = ",;\t"
_FORMULA: Final = ("=", "+", "-", "@")


def read_table(path: Path, needed: Sequence[str], error: type[KgError]) -> Iterator[tuple[str, dict[str, str]]]:
    """The lines of a table, each with its place ("file, line n") and its cells, stripped, by the names of the columns.

    The apostrophe of :func:`harmless` is no part of a cell. ``needed`` are columns that must be there. Raises ``error``
    for a file that cannot be read or has them not, also for one that is empty: it may have been cut off.
    """
    text, wanted = _text(path, error), ", ".join(needed)
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=separator_of(text), strict=True)
    columns: list[str] | None = None
    try:
        for row in rows:
            if not _is_row(row):
                continue
            place = f"{in_utf8(str(path))}, line {rows.line_num}"
            if columns is None:
                columns = [cell.strip().lower() for cell in row]
                if missing := [name for name in needed if name not in columns]:
                    raise error(f"{place}: the first line must name the columns {wanted}; {missing[0]} is missing")
            else:
                yield place, dict(zip(columns, (_meant(cell.strip()) for cell in row), strict=False))
    except csv.Error as cause:
        raise error(f"{path}, line {rows.line_num}: not a line of CSV: {cause}") from None
    if columns is None:
        raise error(f"{path}: has no line that names the columns {wanted}, as its first must")


def with_rows(
    path: Path,
    columns: Sequence[str],
    rows: Iterable[Mapping[str, str]],
    error: type[KgError],
    stays: Callable[[Mapping[str, str]], bool] = lambda row: True,
) -> str:
    """The text of a table at a place with further rows: what people wrote into it stays as they wrote it.

    That is its columns (those of ``columns`` that it lacks are added behind them), its separator, its comments, which
    come first, and the rows that ``stays`` holds of; given are their cells by the names of the columns in small
    letters. Nothing is there yet where the file is missing or empty. Raises ``error`` where it cannot be read.
    """
    before = _text(path, error) if path.exists() else ""
    separator = separator_of(before) if before.strip() else SEPARATORS[0]
    lines = csv.reader(io.StringIO(before, newline=""), delimiter=separator, strict=True)
    head, *known = [row for row in lines if _is_row(row)] or [list(columns)]
    head += [""] * (max(map(len, known), default=0) - len(head))
    names = [name.strip().lower() for name in head]
    missing = [column for column in columns if column not in names]
    text = io.StringIO()
    text.writelines(f"{line}\n" for line in before.splitlines() if line.lstrip().startswith("#"))
    table = csv.writer(text, lineterminator="\n", delimiter=separator)
    table.writerow(head + missing)
    for row in known:
        cells = row + [""] * (len(head) - len(row))
        if stays(dict(zip(names, map(str.strip, cells), strict=True))):
            table.writerow(cells + [""] * len(missing))
    table.writerows([harmless(row.get(name, "")) for name in names + missing] for row in rows)
    return text.getvalue()


def _is_row(row: Sequence[str]) -> bool:
    """Whether a line has text and is no comment."""
    return any(cell.strip() for cell in row) and not row[0].lstrip().startswith("#")


def harmless(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula: an apostrophe stands before what begins as one.

    >>> harmless("=1+1"), harmless("Oslo")
    ("'=1+1", 'Oslo')
    """
    return "'" + cell if cell.startswith(_FORMULA) else cell


def _meant(cell: str) -> str:
    return cell[1:] if cell[:1] == "'" and cell[1:].startswith(_FORMULA) else cell


def separator_of(text: str) -> str:
    """What stands between the cells of a table: of commas, semicolons and tabs what its first line has most of."""
    head = next((line for line in text.splitlines() if line.strip() and not line.lstrip().startswith("#")), "")
    return max(SEPARATORS, key=head.count)


def _text(path: Path, error: type[KgError]) -> str:
    try:
        data = path.read_bytes()
        return data.decode("utf-8-sig")
    except OSError as cause:
        raise error(f"{path}: cannot be read: {cause.strerror or cause}") from None
    except UnicodeDecodeError as cause:
        line = len(data[: cause.start].splitlines()) or 1
        raise error(f"{path}, line {line}: not in UTF-8 (which a table must be saved in)") from None
