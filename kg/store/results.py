"""The answer to a SELECT query: a small table."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from pyoxigraph import Literal, NamedNode, QueryResultsFormat, QuerySolutions, parse_query_results

from kg.store.terms import Term, python_value, with_point
from kg.vocabulary import XSD

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pandas  # type: ignore[import-untyped,unused-ignore]


class Row(tuple[Any, ...]):
    """One row of a ResultTable: a tuple of Python values that also knows its columns (``row["name"]``)."""

    columns: tuple[str, ...]

    def __new__(cls, values: tuple[object, ...], columns: tuple[str, ...]) -> Row:
        """Put values and the names of their columns together."""
        row = super().__new__(cls, values)
        row.columns = columns
        return row

    def __getitem__(self, key: Any) -> Any:
        return super().__getitem__(self.columns.index(key) if isinstance(key, str) else key)


@dataclass(frozen=True)
class ResultTable:
    """The rows that a SELECT query found.

    ``columns`` names the variables, ``terms`` holds the RDF terms (None where unbound), ``rows`` the same as Python
    values: str for IRIs and texts, int, Decimal, float, bool, date, datetime.

    >>> import kg
    >>> table = kg.KnowledgeGraph.create().query('SELECT ?x ?y { VALUES (?x ?y) { (1 "one") } }')
    >>> table.columns, table.rows[0]["y"], table.to_dicts()
    (('x', 'y'), 'one', [{'x': 1, 'y': 'one'}])
    """

    columns: tuple[str, ...]
    terms: tuple[tuple[Term | None, ...], ...]

    @cached_property
    def rows(self) -> tuple[Row, ...]:
        """The rows as Python values."""
        return tuple(Row(tuple(map(python_value, row)), self.columns) for row in self.terms)

    def __iter__(self) -> Iterator[Row]:
        return iter(self.rows)

    def __len__(self) -> int:
        return len(self.terms)

    def to_dicts(self) -> list[dict[str, Any]]:
        """One dictionary a row, with plain Python values."""
        return [dict(zip(self.columns, row, strict=True)) for row in self.rows]

    def to_dataframe(self) -> pandas.DataFrame:
        """The table as a pandas data frame (pandas has to be installed)."""
        import pandas  # type: ignore[import-untyped,unused-ignore]

        return pandas.DataFrame(list(map(tuple, self.rows)), columns=list(self.columns))

    @classmethod
    def from_json(cls, content: bytes) -> ResultTable:
        """Read a table from the SPARQL 1.1 JSON results format. Raises SyntaxError or ValueError where it is none."""
        solutions = parse_query_results(content, QueryResultsFormat.JSON)
        if not isinstance(solutions, QuerySolutions):
            raise ValueError("is not a table")
        names = tuple(variable.value for variable in solutions.variables)
        return cls(names, tuple(tuple(map(_term, solution)) for solution in solutions))


def _term(term: Term | None) -> Term | None:
    return None if term is None else with_point(term)


def to_csv(table: ResultTable) -> str:
    """The table in the SPARQL 1.1 CSV results format."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(table.columns)
    for row in table.terms:
        writer.writerow("" if t is None else t.value if isinstance(t, (NamedNode, Literal)) else str(t) for t in row)
    return out.getvalue()


def to_tsv(table: ResultTable) -> str:
    """The table in the SPARQL 1.1 TSV results format: terms as Turtle writes them."""
    lines = ["\t".join(f"?{name}" for name in table.columns)]
    lines += ["\t".join("" if term is None else str(term).replace("\t", "\\t") for term in row) for row in table.terms]
    return "\n".join(lines) + "\n"


def to_json(table: ResultTable) -> str:
    """The table in the SPARQL 1.1 JSON results format."""
    rows = [
        {name: _json_term(term) for name, term in zip(table.columns, row, strict=True) if term is not None}
        for row in table.terms
    ]
    content = {"head": {"vars": list(table.columns)}, "results": {"bindings": rows}}
    return json.dumps(content, ensure_ascii=False, indent=1) + "\n"


def _json_term(term: Term) -> dict[str, str]:
    if isinstance(term, NamedNode):
        return {"type": "uri", "value": term.value}
    if not isinstance(term, Literal):
        return {"type": "bnode", "value": str(term).removeprefix("_:")}
    found = {"type": "literal", "value": term.value}
    if term.language:
        return found | {"xml:lang": term.language}
    return found if term.datatype == XSD.string else found | {"datatype": term.datatype.value}
