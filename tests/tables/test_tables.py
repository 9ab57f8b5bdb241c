"""The graph as SQL tables, read again by SQLite, DuckDB and pandas."""

from __future__ import annotations

import resource
import sqlite3

import pandas
import pytest
from click.testing import CliRunner

import kg
from kg.cli import cli
from kg.tables import COLUMNS, rows


@pytest.fixture(scope="module")
def graph(root):
    return kg.open(root / "tests/gold/seed/graph.ttl")


def export(root, path):
    result = CliRunner().invoke(cli, ["export", str(root / "tests/gold/seed/graph.ttl"), "-o", str(path)])
    assert result.exit_code == 0, result.output
    return path


POSTS = """SELECT t.name, r.title, o.name FROM roles r JOIN things t ON t.iri = r.person
           JOIN things o ON o.iri = r.organisation WHERE o.name = 'WIPO' ORDER BY t.name"""
EXPECTED = [("Daren Tang", "Director General", "WIPO"), ("Wang Binying", "Deputy Director General", "WIPO")]


def test_every_table_has_its_rows(graph):
    found = rows(graph)
    assert {name: len(columns.split()) for name, columns in COLUMNS.items()} == {
        name: len(some[0]) for name, some in found.items()
    }
    assert len(found["statements"]) == len(graph.statements())
    statistics = graph.statistics().things
    assert len(found["roles"]) == statistics["role"]
    assert len(found["events"]) == statistics["event"]


def test_evidence_cites_the_words_of_the_article(graph):
    found = rows(graph)
    ((_, _, _, _, _, text),) = found["articles"]
    for _, _, begin, end, words in found["evidence"]:
        assert text[begin:end] == words


def test_sqlite_answers_a_join(root, tmp_path):
    database = sqlite3.connect(export(root, tmp_path / "g.sqlite"))
    assert database.execute(POSTS).fetchall() == EXPECTED
    assert database.execute("SELECT start FROM events WHERE start IS NOT NULL").fetchone() == ("2025-03-27",)
    database.close()


def test_duckdb_answers_the_same_join_and_reads_the_parquet(root, tmp_path):
    duckdb = pytest.importorskip("duckdb")
    export(root, tmp_path / "g.duckdb")
    assert duckdb.connect(str(tmp_path / "g.duckdb")).execute(POSTS).fetchall() == EXPECTED
    folder = export(root, tmp_path / "g.parquet")
    count = f"SELECT count(*) FROM '{folder}/statements.parquet' WHERE speakers = 'Daren Tang'"
    assert duckdb.connect().execute(count).fetchall() == [(7,)]


def test_parquet_keeps_types(root, tmp_path):
    folder = export(root, tmp_path / "g.parquet")
    evidence = pandas.read_parquet(folder / "evidence.parquet")
    assert str(evidence["begin"].dtype) == "int64"
    assert pandas.read_parquet(folder / "statements.parquet")["confidence"].dtype == "float64"


def test_a_file_that_was_there_is_replaced_whole(root, tmp_path):
    (tmp_path / "g.sqlite").write_text("old")
    export(root, tmp_path / "g.sqlite")
    assert sqlite3.connect(tmp_path / "g.sqlite").execute("SELECT count(*) FROM articles").fetchone() == (1,)
    assert [path.name for path in tmp_path.iterdir()] == ["g.sqlite"]


@pytest.fixture
def no_space():
    """No file can grow past a few kilobytes."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (8192, before[1]))
    yield
    resource.setrlimit(resource.RLIMIT_FSIZE, before)


@pytest.mark.parametrize("name", ["g.sqlite", "g.duckdb"])
def test_tables_that_find_no_space_are_one_line(root, tmp_path, no_space, name):
    if name == "g.duckdb":
        pytest.importorskip("duckdb")
    result = CliRunner().invoke(cli, ["export", str(root / "tests/gold/seed/graph.ttl"), "-o", str(tmp_path / name)])
    (line,) = result.stderr.splitlines()
    assert result.exit_code == 2
    assert line.startswith(f"kg: {tmp_path / name}: cannot be written: ")
    assert not list(tmp_path.iterdir())


def test_a_folder_of_tables_is_replaced_whole_and_nothing_else_is(root, tmp_path, monkeypatch):
    pytest.importorskip("pyarrow")
    folder = export(root, tmp_path / "g.parquet")
    (folder / "things.parquet").write_bytes(b"old")
    (tmp_path / "link.parquet").symlink_to(folder)
    export(root, tmp_path / "link.parquet")
    assert (tmp_path / "link.parquet").is_symlink()
    assert sorted(path.stem for path in folder.iterdir()) == sorted(COLUMNS)
    assert len(pandas.read_parquet(folder / "things.parquet"))
    assert sorted(path.name for path in tmp_path.iterdir()) == ["g.parquet", "link.parquet"]

    arguments = ["export", str(root / "tests/gold/seed/graph.ttl"), "-o", str(folder)]
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    with monkeypatch.context() as broken:
        broken.setattr("os.fsync", lambda _: (_ for _ in ()).throw(OSError(28, "No space left on device")))
        assert "No space left" in CliRunner().invoke(cli, arguments).stderr
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before
    (folder / "notes.txt").write_text("mine")
    assert "notes.txt in it is none of the tables" in CliRunner().invoke(cli, arguments).stderr
    assert (folder / "notes.txt").read_text() == "mine"


def test_a_link_to_a_database_is_followed(root, tmp_path):
    (tmp_path / "of").mkdir()
    (tmp_path / "g.db").symlink_to(tmp_path / "of" / "real.db")
    export(root, tmp_path / "g.db")
    assert (tmp_path / "g.db").is_symlink()
    assert sqlite3.connect(tmp_path / "of" / "real.db").execute(POSTS).fetchall() == EXPECTED
