"""Whatever happens to a build - it is killed, the disk is full, another comes in between - the store stays whole."""

from __future__ import annotations

import os
import random
import shutil
import sqlite3
import time
from itertools import count
from pathlib import Path

import jobs
import pytest
from conftest import BASE, MODEL, REVISED, TEXTS, article, at_once, url
from pyoxigraph import Store

import kg
from kg.archive import Archive
from kg.archive.history import read_history
from kg.archive.loading import Loading
from kg.errors import GraphError
from kg.store.directory import LEDGER

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="needs the forkserver")

MOMENTS = 24


@pytest.fixture
def before():
    return [article(name) for name in ("port", "deputy", "market")]


@pytest.fixture
def after():
    return [article("strike"), article("visit"), *(article(name, REVISED) for name in REVISED)]


def articles_in(path):
    return kg.open(path).query("SELECT (COUNT(?a) AS ?n) { ?a a nk:Article }").rows[0][0]


def test_a_build_killed_at_any_moment_leaves_the_old_state_or_the_new(tmp_path, readings, add, lines, before, after):
    add(tmp_path / "before", before)
    old = lines(tmp_path / "before")
    shutil.copytree(tmp_path / "before", tmp_path / "after")
    start = time.monotonic()
    add(tmp_path / "after", after)
    lasting = time.monotonic() - start
    new = lines(tmp_path / "after")
    moments = random.Random(20250513)
    seen = {old: 0, new: 0}
    for number in range(MOMENTS):
        path = shutil.copytree(tmp_path / "before", tmp_path / f"{number}")
        process = jobs.start(jobs.add, path, after, readings)
        time.sleep(moments.uniform(0.05, 0.05 + 1.2 * lasting))
        process.kill()
        process.join()
        seen[lines(path)] += 1  # a KeyError if it is neither
        add(path, after)
        assert lines(path) == new
        names = {entry.name for entry in path.iterdir()}
        graphs = {name for name in names if name.startswith("graph-")}
        assert len(graphs) == 1
        assert names - graphs == {"articles.sqlite", "newskg.json", "history.jsonl", "history.ttl"}
    assert seen[old], "no build was killed before its end"


def test_a_removal_killed_before_its_history_was_written_is_in_the_history_afterwards(
    tmp_path, add, remove, monkeypatch
):
    add(tmp_path / "a", [article("port"), article("deputy")])

    calls = count(1)

    def killed(*arguments):
        if next(calls) > 1:  # the first is of the opening
            raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr("kg.archive.archive.write_history", killed)
        with pytest.raises(KeyboardInterrupt):
            remove(tmp_path / "a", url("port"))
    with pytest.raises(GraphError, match="there is no article"):
        remove(tmp_path / "a", url("port"))
    assert [build["removed"] for build in read_history(tmp_path / "a")] == [0, 1]


def test_a_first_build_that_is_killed_goes_on_with_what_it_has_read(tmp_path, read, readings, add, lines):
    path = tmp_path / "a"
    process = jobs.start(jobs.add, path, [article(name) for name in TEXTS], readings, "strike.txt", None, 0.0)
    while process.is_alive() and not (path / LEDGER).exists():
        time.sleep(0.1)
    time.sleep(2.0)
    process.kill()
    process.join()
    with pytest.raises(GraphError, match="the first build of this store is not finished"):
        kg.open(path)
    with pytest.raises(GraphError, match="the first build of this store is not finished"):
        read_history(path)
    asked = read.count
    add(path, map(article, TEXTS))
    assert read.count - asked == len(TEXTS) - 3
    add(tmp_path / "at once", map(article, TEXTS))
    assert lines(path) == lines(tmp_path / "at once")


def test_a_build_that_is_interrupted_keeps_what_it_has_read(tmp_path, read, add, lines):
    path = tmp_path / "a"
    add(path, [article("port")])
    old = lines(path)

    def interrupted(articles):
        for reading in read(articles):
            yield reading
            if reading[0].source == "visit.txt":
                raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt), Archive(path) as archive:
        archive.add(map(article, TEXTS), interrupted, MODEL)
    assert lines(path) == old
    asked = read.count
    add(path, map(article, TEXTS))
    assert read.count - asked == len(TEXTS) - 1 - list(TEXTS).index("visit")


def test_facts_of_articles_that_nobody_asks_for_any_more_are_dropped(tmp_path, read, add):
    path = tmp_path / "a"

    def interrupted(articles):
        yield next(iter(read(articles)))
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt), Archive(path, BASE) as archive:
        archive.add([article("strike")], interrupted, MODEL)
    add(path, [article("port")])
    asked = read.count
    add(path, [article("strike")])
    assert read.count == asked + 1


def test_a_second_build_at_once_is_refused_and_changes_nothing(tmp_path, readings, add):
    path = tmp_path / "a"
    add(path, [article("port")])
    with Archive(path):
        process = jobs.start(jobs.add, path, [article("deputy")], readings)
        process.join()
        assert process.exitcode == jobs.REFUSED
        with pytest.raises(GraphError, match="another process is writing this store; try again when it is done"):
            add(path, [article("deputy")])
    assert articles_in(path) == 1
    add(path, [article("deputy")])
    assert articles_in(path) == 2


def test_the_store_is_read_while_it_grows_and_each_reader_sees_one_state(tmp_path, readings, add, remove, lines):
    path = tmp_path / "a"
    states = []
    add(path, [article("port")])
    states.append(lines(path))
    add(path, [article("strike")])
    states.append(lines(path))
    remove(path, url("strike"))

    held = kg.open(path)
    process = jobs.start(jobs.back_and_forth, path, article("strike"), readings, 6)
    seen = []
    while process.is_alive():
        seen.append(states.index(lines(path)))
    assert process.exitcode == 0
    assert len(seen) > 3
    assert "".join(sorted(f"{triple} .\n" for triple in held)) == states[0]
    assert held.query("SELECT (COUNT(*) AS ?n) { ?a a nk:Article }").rows == ((1,),)
    held.close()


def test_a_full_disk_is_reported_and_leaves_the_old_state(tmp_path, readings, add, lines, before):
    path = tmp_path / "a"
    add(path, before)
    old = lines(path)
    more = [article("strike"), article("visit")]
    refused = 0
    for room in (0, 1_000, 20_000, 60_000, 120_000):
        process = jobs.start(jobs.add, path, more, readings, None, room)
        process.join()
        assert process.exitcode in (0, jobs.REFUSED), f"with room for {room} bytes in a file"
        if process.exitcode == jobs.REFUSED:
            refused += 1
            assert lines(path) == old
    assert refused > 2
    add(path, more)
    assert lines(path) != old


def test_a_disk_that_is_full_before_the_end_is_called_full_and_not_a_damaged_store(tmp_path, readings, add, lines):
    path = tmp_path / "a"
    add(path, [article("port")])
    old = lines(path)
    with Archive(path, BASE) as archive:
        ledger = archive._ledger
        with pytest.raises(GraphError, match=r"cannot be written: .*full"), ledger.transaction():
            ledger.set("note", "x")
            ledger.database.execute("ROLLBACK")  # as SQLite does by itself where it has no room
            raise sqlite3.OperationalError("database or disk is full")
        assert ledger.get("note") is None
    assert lines(path) == old


@pytest.fixture
def small_loads(monkeypatch):
    for name, value in (("FILLED", 2_000), ("WAITING", 2), ("MOST_LOADED", 8_000), ("LEAST_LOADED", 8_000)):
        monkeypatch.setattr(f"kg.archive.loading.{name}", value)


def test_a_graph_that_is_loaded_in_many_pieces_is_the_same_and_leaves_no_file_behind(
    tmp_path, readings, add, lines, small_loads
):
    loads = []
    load = Loading._load

    def counted(self, pipe):
        loads.append(pipe)
        load(self, pipe)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Loading, "_load", counted)
        add(tmp_path / "a", map(article, TEXTS))
    assert len(loads) > 3
    assert lines(tmp_path / "a") == at_once(readings, map(article, TEXTS))
    assert not list((tmp_path / "a").glob("*.part"))


def test_a_graph_is_loaded_as_well_where_pipes_have_no_path(tmp_path, readings, add, lines, monkeypatch):
    exists = Path.exists
    monkeypatch.setattr(Path, "exists", lambda self: not self.is_relative_to("/dev/fd") and exists(self))
    add(tmp_path / "a", map(article, TEXTS))
    assert lines(tmp_path / "a") == at_once(readings, map(article, TEXTS))


@pytest.mark.parametrize("failing", ["before it reads", "while it reads", "when it has read"])
def test_a_piece_that_cannot_be_loaded_is_reported_and_nothing_is_left_of_the_others(
    tmp_path, add, lines, before, small_loads, monkeypatch, failing
):
    path = tmp_path / "a"
    add(path, before[:1])
    old = lines(path)
    loads, load = iter(range(3)), Loading._load

    def fail_later(self, pipe):
        if next(loads, None) is not None:
            load(self, pipe)
            return
        with os.fdopen(pipe, "rb") as document:
            document.read({"before it reads": 0, "while it reads": 10, "when it has read": -1}[failing])
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Loading, "_load", fail_later)
    monkeypatch.setattr("kg.archive.update.MOST_CHANGED", 0.0)
    with pytest.raises(GraphError, match="No space left"):
        add(path, map(article, TEXTS))
    assert lines(path) == old
    assert not list(path.glob("*.part"))


def test_a_build_that_is_given_up_does_not_wait_for_the_engine_to_load_what_it_has(tmp_path):
    store = Store(str(tmp_path / "graph"))
    loading = Loading(store, tmp_path / "graph")
    loading.add(b"<urn:a> <urn:b> <urn:c> .\n" * 400_000)
    loading.stop()
    assert len(store) == 0
    assert not list(tmp_path.glob("*.part"))


@pytest.mark.parametrize("place", ["the folder", "the ledger"])
def test_a_store_that_may_not_be_written_is_said_to_be_so(tmp_path, add, remove, lines, before, monkeypatch, place):
    path = tmp_path / "a"
    add(path, before)
    old = lines(path)
    refused, access = path if place == "the folder" else path / "articles.sqlite", os.access
    monkeypatch.setattr("os.access", lambda file, mode: file != refused and access(file, mode))
    with pytest.raises(GraphError, match="a: cannot be written: permission denied"):
        add(path, [article("strike")])
    with pytest.raises(GraphError, match="a: cannot be written: permission denied"):
        remove(path, url("port"))
    monkeypatch.undo()
    assert lines(path) == old


@pytest.mark.parametrize("change", ["add", "remove"])
def test_a_ledger_that_was_emptied_is_reported_and_takes_nothing_with_it(tmp_path, add, remove, lines, before, change):
    add(tmp_path / "a", before)
    old = lines(tmp_path / "a")
    (tmp_path / "a" / "articles.sqlite").write_bytes(b"")
    with pytest.raises(GraphError, match=r"damaged.*articles\.sqlite"):
        add(tmp_path / "a", [article("strike")]) if change == "add" else remove(tmp_path / "a", url("port"))
    assert lines(tmp_path / "a") == old
