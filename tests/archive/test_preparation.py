"""Many articles are prepared by several processes, and what comes out is as if one had done it."""

from __future__ import annotations

from dataclasses import replace
from itertools import count

import pytest
from conftest import BASE, TEXTS, article

from kg.archive import preparation
from kg.archive.preparation import Preparation
from kg.errors import GraphError
from kg.facts import Mention, TextSpan
from kg.identity import IriPolicy
from kg.records import decode_facts, encode

PREPARATION = Preparation(IriPolicy(BASE), compared=True)


@pytest.fixture
def packed(readings):
    """The facts of three hundred articles, a third of which is known to have been printed elsewhere, too."""
    told = [article(name) for name in TEXTS]
    known = article("deputy").metadata
    return [
        (readings[told[number % len(told)].text, told[number % len(told)].metadata], [] if number % 3 else [known])
        for number in range(300)
    ]


@pytest.fixture(autouse=True)
def small_batches(monkeypatch):
    monkeypatch.setattr(preparation, "AT_ONCE", 7)


def prepared(packed, folder, processes, how=PREPARATION):
    """What is found in articles, and the triples of their spans, batch by batch."""
    folder.mkdir()
    numbers = count()
    batches = how.of_all(packed, lambda: folder / str(next(numbers)), processes)
    return [(file.name, file.read_bytes(), found) for file, found in batches]


@pytest.mark.parametrize("processes", [2, 3])
def test_the_number_of_processes_changes_nothing(packed, tmp_path, processes):
    alone = prepared(packed, tmp_path / "alone", 1)
    assert prepared(packed, tmp_path / "others", processes) == alone
    assert sum(len(found) for _, _, found in alone) == len(packed)
    assert {article.worded.day for _, _, found in alone for article in found} >= {"2025-06-12", "9999"}


def test_words_are_compared_only_where_that_is_asked_for(packed, tmp_path):
    found = prepared(packed, tmp_path / "a", 2, replace(PREPARATION, compared=False))
    assert {article.worded for _, _, some in found for article in some} == {None}


def test_other_processes_do_a_part(packed, tmp_path, monkeypatch):
    here = []
    own = Preparation.of
    monkeypatch.setattr(Preparation, "of", lambda self, batch: here.append(batch) or own(self, batch))
    batches = prepared(packed, tmp_path / "a", 2)
    assert len(here) < len(batches)


def test_what_a_process_that_was_killed_leaves_undone_is_done_here(packed, tmp_path, monkeypatch):
    alone = prepared(packed, tmp_path / "alone", 1)
    started = []
    start = preparation.start
    monkeypatch.setattr(preparation, "start", lambda *a: started.append(start(*a)) or started[-1])
    folder = tmp_path / "killed"
    folder.mkdir()
    numbers = count()
    found = []
    for file, some in PREPARATION.of_all(packed, lambda: folder / str(next(numbers)), 2):
        found.append((file.name, file.read_bytes(), some))
        started[0].kill()
    assert found == alone
    assert started[0].poll() is not None


def test_when_one_process_was_killed_another_gets_its_work(packed, tmp_path, monkeypatch):
    started, here = [], []
    start, own = preparation.start, Preparation.of
    monkeypatch.setattr(preparation, "start", lambda *a: started.append(start(*a)) or started[-1])
    monkeypatch.setattr(Preparation, "of", lambda self, batch: here.append(batch) or own(self, batch))
    monkeypatch.setattr(preparation, "AHEAD", 1_000)  # so that this process does what others leave undone alone
    monkeypatch.setattr(preparation, "PENDING", 1)
    numbers = count()
    for _ in PREPARATION.of_all(packed, lambda: tmp_path / str(next(numbers)), 3):
        started[0].kill()
    assert len(here) <= 2 < next(numbers)


def test_an_archive_is_built_where_no_process_can_be_started(packed, tmp_path, monkeypatch):
    def refused(*arguments):
        raise BlockingIOError(11, "Resource temporarily unavailable")

    alone = prepared(packed, tmp_path / "alone", 1)
    monkeypatch.setattr(preparation, "start", refused)
    assert prepared(packed, tmp_path / "refused", 3) == alone


def test_no_process_is_left_when_a_build_is_given_up(packed, tmp_path, monkeypatch):
    started = []
    start = preparation.start
    monkeypatch.setattr(preparation, "start", lambda *a: started.append(start(*a)) or started[-1])
    numbers = count()
    batches = PREPARATION.of_all(packed, lambda: tmp_path / str(next(numbers)), 3)
    next(batches)
    batches.close()
    assert [process.poll() is None for process in started] == [False, False]


def test_a_damaged_record_is_reported_whichever_process_meets_with_it(packed, tmp_path):
    for number, place in enumerate((0, 150, 299)):
        damaged = [*packed[:place], (packed[place][0][:-9], []), *packed[place + 1 :]]
        with pytest.raises(GraphError, match="the record of an article is damaged"):
            prepared(damaged, tmp_path / str(number), 2)


def test_a_file_that_cannot_be_written_is_reported(packed, tmp_path):
    with pytest.raises(FileNotFoundError):
        list(PREPARATION.of_all(packed, lambda: tmp_path / "nowhere" / "file", 2))


def test_of_an_article_whose_span_is_not_in_the_text_no_span_is_described(packed, tmp_path):
    facts = decode_facts(packed[0][0])
    beyond = Mention(TextSpan(len(facts.article.text), len(facts.article.text) + 9), "full name")
    first, *others = facts.entities
    wrong = encode(replace(facts, entities=(replace(first, mentions=(beyond,)), *others)))
    ((_, described, (found,)),) = prepared([(wrong, [])], tmp_path / "a", 1)
    assert found.spans is None
    assert described == b""


def test_an_archive_is_the_same_however_many_processes_prepare_it(tmp_path, add, lines, monkeypatch):
    monkeypatch.setattr("kg.archive.update.FEW_PREPARED", 0)
    monkeypatch.setattr(preparation, "AT_ONCE", 1)
    for workers in (1, 3):
        add(tmp_path / str(workers), map(article, TEXTS), workers=workers)
        assert not list((tmp_path / str(workers)).glob("*.part"))
    assert lines(tmp_path / "1") == lines(tmp_path / "3")
