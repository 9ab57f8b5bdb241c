"""Answers in further forms: with labels in place of IRIs, as an HTML page, as Parquet."""

from __future__ import annotations

from collections import Counter
from datetime import date, datetime
from decimal import Decimal
from html import escape
from typing import TYPE_CHECKING, Any

from kg.errors import KgError, how_to_install

if TYPE_CHECKING:
    from pathlib import Path

    from kg.store import KnowledgeGraph, ResultTable

STYLE = (
    "body{font:15px/1.5 system-ui,sans-serif;margin:2rem}table{border-collapse:collapse}"
    "th,td{padding:.3rem .7rem;border-bottom:1px solid #ccc;text-align:left;vertical-align:top}"
)


def labelled(graph: KnowledgeGraph, table: ResultTable) -> ResultTable:
    """The table with the label of each thing in place of its IRI; what has no label keeps its prefixed name or IRI.

    Several things of one label have their prefixed names behind it.
    """
    from pyoxigraph import Literal, NamedNode

    from kg.store import ResultTable

    label_of = {term: graph.label(term) for row in table.terms for term in row if isinstance(term, NamedNode)}
    bearers = Counter(label_of.values())

    def named(term: NamedNode) -> str:
        label = label_of[term]
        return label if bearers[label] == 1 else f"{label} ({graph.shortened(term.value)})"

    rows = (tuple(Literal(named(term)) if isinstance(term, NamedNode) else term for term in row) for row in table.terms)
    return ResultTable(table.columns, tuple(rows))


def to_html(table: ResultTable, title: str = "Answer") -> str:
    """The table as an HTML page of its own, in which web addresses are links."""
    head = "".join(f"<th>{escape(name)}</th>" for name in table.columns)
    rows = "".join(f"<tr>{''.join(f'<td>{_cell(value)}</td>' for value in row)}</tr>\n" for row in table.rows)
    return (
        f'<!doctype html>\n<html lang="en"><head><meta charset="utf-8"><title>{escape(title)}</title>'
        f"<style>{STYLE}</style></head>\n<body><h1>{escape(title)}</h1>\n"
        f"<table><thead><tr>{head}</tr></thead><tbody>\n{rows}</tbody></table></body></html>\n"
    )


def _cell(value: object) -> str:
    text = "" if value is None else escape(str(value))
    return f'<a href="{text}">{text}</a>' if text.startswith(("https://", "http://")) and " " not in text else text


def write_parquet(table: ResultTable, path: Path) -> None:
    """Write the table as a Parquet file: columns of one type keep it, others are text. Needs pyarrow.

    Raises KgError where pyarrow is not installed.
    """
    from kg.store.writing import written_whole

    columns = {name: [row[number] for row in table.rows] for number, name in enumerate(table.columns)}
    with written_whole(path) as file:
        write_columns(columns, file)


def write_columns(columns: dict[str, list[Any]], file: Any) -> None:
    """Write named columns of Python values as Parquet to an open file."""
    try:
        import pyarrow  # type: ignore[import-untyped,unused-ignore]
        from pyarrow import parquet
    except ImportError:
        raise KgError(f"Parquet needs pyarrow: {how_to_install('tables')}") from None
    arrays = {name: pyarrow.array(*_typed(pyarrow, values)) for name, values in columns.items()}
    parquet.write_table(pyarrow.table(arrays), file)


def _typed(pyarrow: Any, values: list[Any]) -> tuple[list[Any], Any]:
    kinds = {type(value) for value in values if value is not None}
    if kinds <= {int, float, Decimal} and kinds - {int}:
        return [None if value is None else float(value) for value in values], pyarrow.float64()
    types = {
        int: pyarrow.int64(),
        bool: pyarrow.bool_(),
        date: pyarrow.date32(),
        datetime: pyarrow.timestamp("us", "UTC"),
    }
    if len(kinds) == 1 and (kind := next(iter(kinds))) in types:
        return values, types[kind]
    return [None if value is None else str(value) for value in values], pyarrow.string()
