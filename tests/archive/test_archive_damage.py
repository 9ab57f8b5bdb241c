"""A damaged block of a table is told in one line, whoever meets it, and goes into no further generation."""

from __future__ import annotations

import os
import shutil

import pytest
from click.testing import CliRunner
from conftest import TEXTS, article, url

import kg
from kg.cli import cli
from kg.errors import GraphError
from kg.store.soundness import TABLES

COUNT = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"


@pytest.fixture(scope="module")
def sound(tmp_path_factory, add):
    path = tmp_path_factory.mktemp("sound") / "archive"
    add(path, [article(name) for name in TEXTS])
    return path


def tables_of(path):
    return sorted(next(path.glob("graph-*")).glob("*.sst"))


def damage(table):
    content = bytearray(table.read_bytes())
    begin = len(content) // 3
    content[begin : begin + 60] = bytes(byte ^ 0xFF for byte in content[begin : begin + 60])
    table.write_bytes(content)


@pytest.fixture
def damaged(sound, tmp_path):
    """A function that gives copies of the archive, each with another table damaged."""

    def copies(listed=True):
        for number in range(len(tables_of(sound))):
            path = shutil.copytree(sound, tmp_path / f"archive-{number}")
            damage(tables_of(path)[number])
            if not listed:
                (tables_of(path)[0].parent / TABLES).unlink()
            yield path

    return copies


def refused(path, *arguments):
    """Whether a command refuses the store; what else it says must not be an error."""
    done = CliRunner().invoke(cli, list(map(str, arguments)))
    if done.exit_code == 0:
        return False
    assert done.exit_code == 2
    told = [line for line in done.output.splitlines() if line]
    assert told[-1].startswith(f"kg: {path}: the store is damaged: ")
    assert "Traceback" not in done.output
    return True


@pytest.mark.parametrize("listed", [True, False])
def test_validate_and_remove_find_the_damage_in_whichever_table_it_is(damaged, listed):
    for path in damaged(listed):
        before = sorted(entry.name for entry in path.iterdir())
        assert refused(path, "validate", path)
        assert refused(path, "remove", path, url("nobody"))
        assert sorted(entry.name for entry in path.iterdir()) == before


def test_who_reads_the_damaged_table_says_so_and_the_others_have_all(sound, damaged, tmp_path):
    met = {"export": 0, "save": 0, "stats": 0, "query": 0, "list": 0}
    statements = len(kg.open(sound))
    for path in damaged():
        met["export"] += refused(path, "export", path, "-o", tmp_path / "graph.nq")
        met["save"] += refused(path, "export", path, "-o", tmp_path / "copy")
        met["stats"] += refused(path, "stats", path)
        met["query"] += refused(path, "query", path, COUNT)
        met["list"] += refused(path, "query", path, "SELECT * { ?s ?p ?o }")
        try:
            assert kg.open(path).query(COUNT).rows == ((statements,),)
        except GraphError as error:
            assert "the store is damaged" in str(error)
    assert all(met.values()), met


def test_a_query_without_a_time_limit_ends_too(damaged):
    said = []
    for path in damaged():
        try:
            kg.open(path).query(COUNT, timeout=None)
        except GraphError as error:
            said.append(str(error))
    assert said
    assert all("is not as it was written" in message or "Corruption" in message for message in said)


def test_an_archive_that_was_copied_can_be_changed(sound, tmp_path, remove, lines):
    path = shutil.copytree(sound, tmp_path / "copy", copy_function=shutil.copyfile)
    for table in tables_of(path):
        os.utime(table, (1, 1))
    before = lines(path)
    remove(path, url("nobody"))
    assert lines(path) != before
    assert CliRunner().invoke(cli, ["validate", str(path)]).exit_code == 0


def test_damage_without_a_trace_in_the_folder_is_found_by_validate_after_a_change(sound, tmp_path, remove):
    path = shutil.copytree(sound, tmp_path / "archive")
    table = tables_of(path)[-1]
    status = table.stat()
    damage(table)
    os.utime(table, ns=(status.st_atime_ns, status.st_mtime_ns))
    try:
        remove(path, url("nobody"))
    except GraphError as error:
        assert "the store is damaged" in str(error)
    assert refused(path, "validate", path)


def test_the_graph_is_made_anew_without_the_damaged_generation(sound, damaged, add, lines):
    path = next(damaged())
    shutil.rmtree(next(path.glob("graph-*")))
    add(path, [article("port")])
    assert lines(path) == lines(sound)
