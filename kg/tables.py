"""A graph as tables for SQL and data frames: SQLite, DuckDB, and a folder of Parquet files.

The tables are ``things``, ``roles``, ``events``, ``participations``, ``statements``, ``statement_topics``, ``articles``
and ``evidence``; their columns are those of ``COLUMNS``. Keys are IRIs; days are ISO dates as text in SQLite and dates
in the other two.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, Final

from kg.errors import GraphError, KgError, how_to_install
from kg.store.formats import one_line
from kg.store.terms import number_of
from kg.store.writing import place_of, written_whole
from kg.vocabulary import DC, DCTERMS, NIF, NK, PARTICIPATIONS, RDF, SCHEMA

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.store import KnowledgeGraph

TABLE_ENDINGS: Final = (".sqlite", ".db", ".duckdb", ".parquet")
COLUMNS: Final = {
    "articles": "iri:TEXT title:TEXT published:DATE url:TEXT publisher:TEXT text:TEXT",
    "things": "iri:TEXT class:TEXT name:TEXT other_names:TEXT mentions:INTEGER articles:INTEGER",
    "roles": "iri:TEXT person:TEXT title:TEXT organisation:TEXT status:TEXT start:DATE end:DATE confidence:REAL",
    "events": "iri:TEXT name:TEXT type:TEXT start:DATE end:DATE precision:TEXT places:TEXT part_of:TEXT status:TEXT",
    "participations": "agent:TEXT event:TEXT part:TEXT",
    "statements": "iri:TEXT speakers:TEXT described:TEXT content:TEXT cue:TEXT day:DATE at_event:TEXT quote_type:TEXT "
    "speech_act:TEXT polarity:TEXT modality:TEXT via:TEXT confidence:REAL sentence:TEXT article:TEXT",
    "statement_topics": "statement:TEXT thing:TEXT",
    "evidence": "subject:TEXT article:TEXT begin:INTEGER end:INTEGER words:TEXT",
}
"""The tables, each with its columns and their types; persons and organisations in roles are IRIs."""

Rows = dict[str, list[tuple[Any, ...]]]


def rows(graph: KnowledgeGraph) -> Rows:
    """The rows of every table of COLUMNS, in a stable order."""
    return {name: sorted(set(make(graph)), key=_order) for name, make in _MAKERS.items()}


def write_tables(graph: KnowledgeGraph, path: Path) -> list[Path]:
    """Write the tables: .sqlite or .db, .duckdb (needs duckdb), or .parquet (a folder NAME.parquet/; needs pyarrow).

    Gives the paths of what was written; what is at ``path`` is replaced when all is done. Raises GraphError where it
    cannot be written, or other things are there, KgError where a package is missing.
    """
    ending = path.suffix.lower()
    in_folder = ending == ".parquet"
    write = {".parquet": _write_parquet, ".duckdb": _write_duckdb}.get(ending, _write_sqlite)
    try:
        place = place_of(path)
        _refuse_other_things(path, in_folder)
        with TemporaryDirectory(dir=place.parent, prefix=f".{place.name[:80]}.") as folder:
            draft, before = Path(folder) / "tables", Path(folder) / "before"
            write(rows(graph), draft)
            if in_folder and place.exists():
                place.rename(before)
            try:
                draft.replace(place)
            except OSError:
                if before.exists():
                    before.rename(place)
                raise
        return [path / f"{name}.parquet" for name in COLUMNS] if in_folder else [path]
    except OSError as error:
        raise GraphError(f"{path}: cannot be written: {error.strerror or error}") from None
    except sqlite3.Error as error:
        raise GraphError(f"{path}: cannot be written: {error}") from None


def _refuse_other_things(path: Path, in_folder: bool) -> None:
    """Raise GraphError where something is in the way that no table would take the place of."""
    if in_folder and path.is_dir():
        ours = {f"{name}.parquet" for name in COLUMNS}
        if others := sorted(file.name for file in path.iterdir() if file.name not in ours):
            raise GraphError(f"{path}: cannot be written: {others[0]} in it is none of the tables")
    elif path.exists() and (in_folder or not path.is_file()):
        raise GraphError(f"{path}: cannot be written: {'a file' if in_folder else 'something else'} is in the way")


def _write_sqlite(found: Rows, path: Path) -> None:
    with closing(sqlite3.connect(path)) as database, database:
        for name, columns in COLUMNS.items():
            database.execute(f"CREATE TABLE {name} ({_declared(columns)})")
            marks = ", ".join("?" * len(columns.split()))
            plain = ([v.isoformat() if isinstance(v, date) else v for v in row] for row in found[name])
            database.executemany(f"INSERT INTO {name} VALUES ({marks})", plain)


def _write_duckdb(found: Rows, path: Path) -> None:
    try:
        import duckdb  # type: ignore[import-not-found,unused-ignore]
    except ImportError:
        raise KgError(f"DuckDB needs duckdb: {how_to_install('tables')}") from None
    try:
        with duckdb.connect(str(path)) as database:
            for name, columns in COLUMNS.items():
                database.execute(f"CREATE TABLE {name} ({_declared(columns)})")
                if found[name]:
                    marks = ", ".join("?" * len(columns.split()))
                    database.executemany(f"INSERT INTO {name} VALUES ({marks})", found[name])
    except duckdb.Error as error:
        raise OSError(one_line(error)) from None


def _write_parquet(found: Rows, path: Path) -> None:
    from kg.queries.answers import write_columns

    path.mkdir()
    for name, columns in COLUMNS.items():
        names = [column.partition(":")[0] for column in columns.split()]
        with written_whole(path / f"{name}.parquet") as file:
            write_columns({c: [row[i] for row in found[name]] for i, c in enumerate(names)}, file)


def _declared(columns: str) -> str:
    return ", ".join(f'"{name}" {kind}' for name, _, kind in (column.partition(":") for column in columns.split()))


def _order(row: tuple[Any, ...]) -> list[str]:
    return [str(value) for value in row]


def _text(term: Any) -> str | None:
    return None if term is None else term.value


def _articles(graph: KnowledgeGraph) -> Iterator[tuple[Any, ...]]:
    from kg.ask import as_date

    for triple in graph.triples(None, RDF.type, NK.Article):
        node = triple.subject
        published = graph.value(node, SCHEMA.datePublished) or graph.value(node, DCTERMS.created)
        publisher = graph.value(node, DCTERMS.publisher) or graph.value(node, DC.publisher)
        yield (
            _text(node),
            graph.label(node),
            as_date(published),
            _text(graph.value(node, DCTERMS.source)),
            None if publisher is None else graph.label(publisher),
            _text(graph.value(node, NIF.isString)),
        )


def _things(graph: KnowledgeGraph) -> Iterator[tuple[Any, ...]]:
    for kind in (graph.people, graph.organisations, graph.places, graph.topics):
        for thing in kind():
            names = " | ".join(thing.other_names)
            yield thing.iri, " ".join(thing.classes), thing.name, names, thing.mentions, thing.articles


def _roles(graph: KnowledgeGraph) -> Iterator[tuple[Any, ...]]:
    holders = {_text(t.object): _text(t.subject) for t in graph.triples(None, NK.holdsRole)}
    bodies = {_text(t.subject): _text(t.object) for t in graph.triples(None, NK.organisation)}
    for post in graph.roles():
        status, start, end = post.status, post.start, post.end
        yield post.iri, holders.get(post.iri), post.title, bodies.get(post.iri), status, start, end, post.confidence


def _events(graph: KnowledgeGraph) -> Iterator[tuple[Any, ...]]:
    for event in graph.events():
        places, whole = " | ".join(event.places), " | ".join(event.part_of)
        yield event.iri, event.name, event.type, event.start, event.end, event.precision, places, whole, event.status


def _participations(graph: KnowledgeGraph) -> Iterator[tuple[Any, ...]]:
    for part in PARTICIPATIONS:
        for triple in graph.triples(None, NK[part]):
            yield _text(triple.subject), _text(triple.object), part


def _statements(graph: KnowledgeGraph) -> Iterator[tuple[Any, ...]]:
    for said in graph.statements():
        yield (
            said.iri,
            " | ".join(said.speakers),
            said.described,
            said.content,
            said.cue,
            said.day,
            said.at_event,
            said.quote_type,
            said.speech_act,
            said.polarity,
            said.modality,
            " | ".join(said.via),
            said.confidence,
            said.citation.sentence if said.citation else None,
            said.citation.article if said.citation else None,
        )


def _statement_topics(graph: KnowledgeGraph) -> Iterator[tuple[Any, ...]]:
    statements = {t.subject for t in graph.triples(None, RDF.type, NK.Statement)}
    for triple in graph.triples(None, NK.about):
        if triple.subject in statements:
            yield _text(triple.subject), _text(triple.object)


def _evidence(graph: KnowledgeGraph) -> Iterator[tuple[Any, ...]]:
    spans: dict[Any, tuple[str | None, int, int, str | None]] = {}
    for triple in graph.triples(None, NIF.referenceContext):
        span = triple.subject
        begin, end = graph.value(span, NIF.beginIndex), graph.value(span, NIF.endIndex)
        if begin is not None and end is not None:
            words = _text(graph.value(span, NIF.anchorOf))
            spans[span] = _text(triple.object), int(number_of(begin) or 0), int(number_of(end) or 0), words
    for triple in graph.triples(None, NK.evidence):
        if triple.object in spans:
            yield _text(triple.subject), *spans[triple.object]


_MAKERS: Final = {
    "articles": _articles,
    "things": _things,
    "roles": _roles,
    "events": _events,
    "participations": _participations,
    "statements": _statements,
    "statement_topics": _statement_topics,
    "evidence": _evidence,
}
