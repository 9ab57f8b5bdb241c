"""Stores on disk: they appear whole, are read-only, and damage is said, never read as emptiness."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from pathlib import Path
from types import SimpleNamespace

import pytest
from pyoxigraph import Literal, NamedNode, Quad, Store, Triple

import kg
from kg.errors import GraphError
from kg.vocabulary import DEFAULT_BASE, RDFS

A = NamedNode(DEFAULT_BASE + "person/a")


def labelled(text):
    return Triple(A, RDFS.label, Literal(text))


@pytest.fixture(scope="module")
def seed(root):
    return kg.open(root / "tests/gold/seed/graph.ttl")


@pytest.fixture
def store(seed, tmp_path):
    seed.save(tmp_path / "store")
    return tmp_path / "store"


def test_a_store_holds_what_was_saved(seed, store):
    assert set(kg.open(store)) == set(seed)


def test_a_store_is_made_in_batches_and_appears_when_it_is_closed(tmp_path):
    path = tmp_path / "store"
    with kg.KnowledgeGraph.create(path, base="https://news.example/") as graph:
        for text in ("one", "two", "three"):
            graph.add([labelled(text)])
        assert not path.exists()
    assert {triple.object.value for triple in kg.open(path)} == {"one", "two", "three"}
    assert kg.open(path).base == "https://news.example/"
    assert list(tmp_path.iterdir()) == [path]


def test_saving_a_store_under_way_to_its_own_place_publishes_it(tmp_path):
    graph = kg.KnowledgeGraph.create(tmp_path / "store")
    graph.add([labelled("one")])
    graph.save(tmp_path / "store")
    assert set(graph) == set(kg.open(tmp_path / "store")) == {labelled("one")}
    graph.close()


def test_a_build_that_fails_leaves_nothing_behind_and_the_old_store_untouched(seed, store):
    with pytest.raises(ZeroDivisionError), kg.KnowledgeGraph.create(store) as graph:
        graph.add([labelled("half done")])
        raise ZeroDivisionError
    assert set(kg.open(store)) == set(seed)
    assert list(store.parent.iterdir()) == [store]


def test_a_store_that_is_forgotten_is_cleaned_up(tmp_path):
    graph = kg.KnowledgeGraph.create(tmp_path / "store")
    graph.add([labelled("one")])
    del graph
    assert list(tmp_path.iterdir()) == []


def test_a_reader_goes_on_while_the_store_is_replaced(seed, store):
    reader = kg.open(store)
    with kg.KnowledgeGraph.create(store) as graph:
        graph.add([labelled("new")])
        assert len(reader) == len(seed)
    assert set(reader) == set(seed)
    assert set(kg.open(store)) == {labelled("new")}


def test_a_store_that_cannot_take_its_place_leaves_the_old_one_there(seed, store, monkeypatch):
    from kg.store import directory

    monkeypatch.setattr(directory, "_exchange", lambda one, other: False)
    rename = Path.rename

    def refusing(self, target):
        if self.suffix == ".part":
            raise OSError(28, "No space left on device")
        return rename(self, target)

    monkeypatch.setattr(Path, "rename", refusing)
    with pytest.raises(GraphError, match="No space left"), kg.KnowledgeGraph.create(store) as graph:
        graph.add([labelled("new")])
    assert set(kg.open(store)) == set(seed)
    assert list(store.parent.iterdir()) == [store]


def test_the_old_store_is_kept_aside_where_another_has_taken_its_place_meanwhile(seed, store, monkeypatch):
    from kg.store import directory

    monkeypatch.setattr(directory, "_exchange", lambda one, other: False)
    rename = Path.rename

    def overtaken(self, target):
        if self.suffix == ".part":
            (store / "another's").mkdir(parents=True)
            raise OSError(39, "Directory not empty")
        return rename(self, target)

    monkeypatch.setattr(Path, "rename", overtaken)
    with pytest.raises(GraphError, match="not empty"), kg.KnowledgeGraph.create(store) as graph:
        graph.add([labelled("new")])
    (kept,) = store.parent.glob(f".{store.name}.*.old/store")
    assert set(kg.open(kept)) == set(seed)


@pytest.mark.parametrize("in_one_step", [True, False])
def test_a_new_store_takes_the_place_of_the_old_one_in_one_step_or_two(store, monkeypatch, in_one_step):
    from kg.store import directory

    if not in_one_step:
        monkeypatch.setattr(directory, "_exchange", lambda one, other: False)
    with kg.KnowledgeGraph.create(store) as graph:
        graph.add([labelled("new")])
    assert set(kg.open(store)) == {labelled("new")}
    assert list(store.parent.iterdir()) == [store]


def test_an_opened_store_cannot_be_changed(store):
    with pytest.raises(GraphError, match="cannot be changed"):
        kg.open(store).add([labelled("more")])


def test_a_store_that_another_process_writes_is_not_read(tmp_path):
    path = tmp_path / "store"
    script = (
        "import sys, time; from pyoxigraph import *; store = Store(sys.argv[1]);"
        "store.add(Quad(NamedNode('a:a'), NamedNode('a:b'), NamedNode('a:c')));"
        "print('open', flush=True); time.sleep(60)"
    )
    with subprocess.Popen([sys.executable, "-c", script, str(path)], stdout=subprocess.PIPE) as writer:
        try:
            writer.stdout.readline()
            if not Path("/proc/locks").exists():
                pytest.skip("the system does not tell who writes")
            with pytest.raises(GraphError, match=f"process {writer.pid} is writing this store"):
                kg.open(path)
        finally:
            writer.kill()
    assert len(kg.open(path)) == 1


def test_a_store_of_another_program_can_be_asked(tmp_path):
    store = Store(str(tmp_path / "other"))
    for graph in ("a:g", "a:h"):
        store.add(Quad(A, RDFS.label, Literal("shared"), NamedNode(graph)))
    del store
    graph = kg.open(tmp_path / "other")
    assert graph.query('ASK { ?s rdfs:label "shared" }') is True
    assert set(graph) == {labelled("shared")}
    graph.close()


def damaged(store, damage):
    tables = sorted(store.glob("*.sst"))
    if damage == "a table is missing":
        for table in tables:
            table.unlink()
    elif damage == "a table is cut":
        for table in tables:
            table.write_bytes(table.read_bytes()[: table.stat().st_size // 2])
    elif damage == "a table is overwritten":
        for table in tables:
            content = bytearray(table.read_bytes())
            content[: len(content) * 3 // 4] = os.urandom(len(content) * 3 // 4)
            table.write_bytes(content)
    elif damage == "the manifest is cut":
        for manifest in store.glob("MANIFEST-*"):
            manifest.write_bytes(b"")
    elif damage == "the list of tables is gone":
        (store / "CURRENT").unlink()
    elif damage == "everything but the label is gone":
        for path in store.iterdir():
            if path.name != "newskg.json":
                path.unlink()
    elif damage == "the label is nonsense":
        (store / "newskg.json").write_text("{")
    elif damage == "the data are gone":
        label = (store / "newskg.json").read_text()
        shutil.rmtree(store)
        Store(str(store))
        (store / "newskg.json").write_text(label)


@pytest.mark.parametrize(
    "damage",
    [
        "a table is missing",
        "a table is cut",
        "a table is overwritten",
        "the manifest is cut",
        "the list of tables is gone",
        "everything but the label is gone",
        "the label is nonsense",
        "the data are gone",
    ],
)
def test_a_damaged_store_is_reported_and_never_read_as_an_empty_one(store, damage):
    damaged(store, damage)
    with pytest.raises(GraphError, match="the store is damaged") as refused:
        list(kg.open(store))
    assert str(store) in str(refused.value)
    assert "\n" not in str(refused.value)


def test_a_folder_that_is_no_store_is_named(tmp_path):
    (tmp_path / "articles").mkdir()
    (tmp_path / "articles" / "a.txt").write_text("Text.")
    with pytest.raises(GraphError, match="not a graph store"):
        kg.open(tmp_path / "articles")
    with pytest.raises(GraphError, match="holds other things than a graph store"):
        kg.KnowledgeGraph.create(tmp_path / "articles")
    assert (tmp_path / "articles" / "a.txt").exists()


def test_a_store_cannot_take_the_place_of_a_file_or_stand_in_no_folder(tmp_path, seed):
    (tmp_path / "taken").write_text("a file")
    with pytest.raises(GraphError, match="a file is in the way"):
        seed.save(tmp_path / "taken")
    with pytest.raises(GraphError, match="there is no folder"):
        seed.save(tmp_path / "nowhere" / "store")


def test_a_killed_build_leaves_the_old_store_readable(seed, store):
    script = (
        "import sys, kg; from pyoxigraph import *\n"
        "graph = kg.KnowledgeGraph.create(sys.argv[1])\n"
        "number = 0\n"
        "while True:\n"
        "    graph.add([Triple(NamedNode('a:a'), NamedNode('a:b'), Literal(str(number + n))) for n in range(500)])\n"
        "    number += 500\n"
        "    print(number, flush=True)\n"
    )
    with subprocess.Popen([sys.executable, "-c", script, str(store)], stdout=subprocess.PIPE) as builder:
        builder.stdout.readline()
        time.sleep(0.2)
        builder.kill()
    assert set(kg.open(store)) == set(seed)


def test_of_a_file_system_that_is_read_only_it_is_said(tmp_path, monkeypatch):
    monkeypatch.setattr("os.access", lambda path, mode: False)
    monkeypatch.setattr("os.statvfs", lambda path: SimpleNamespace(f_flag=os.ST_RDONLY))
    for name in ("store", "graph.ttl"):
        with pytest.raises(GraphError, match="cannot be written: read-only file system"):
            kg.KnowledgeGraph.create().save(tmp_path / name)
