"""How much of the annotated articles of the demonstration is read right, and whether confidence keeps its word."""

from pathlib import Path

import pytest
from click.testing import CliRunner

import kg
from kg.cli import cli
from kg.evaluation import evaluate, read_annotations

ARTICLES = Path(__file__).parent / "articles"


@pytest.fixture(scope="module")
def evaluation(data_graph):
    return evaluate(kg.open(data_graph), read_annotations(ARTICLES))


@pytest.mark.parametrize(
    "kind, least",
    [
        ("entity", 85),
        ("role", 80),
        ("participation", 70),
        ("event date", 75),
        ("event place", 70),
        ("statement", 80),
        ("statement, speaker", 75),
    ],
)
def test_most_of_what_people_annotated_is_found(evaluation, kind, least):
    assert evaluation.scores[kind].f >= least, [e for e in evaluation.errors if e[1].startswith(kind)]


def test_one_node_hardly_ever_joins_two_things(evaluation):
    assert evaluation.scores["one node"].precision >= 99


@pytest.mark.parametrize("kind", ["role", "participation", "statement"])
def test_who_is_sure_is_right_nine_times_in_ten(evaluation, kind):
    right, number = evaluation.calibration[kind]["0.90 and more"]
    assert number > 20 and right / number >= 0.9, (right, number)


def test_every_judged_fact_lies_in_one_band(evaluation):
    for kind, judged in evaluation.judged.items():
        bands = evaluation.calibration[kind].values()
        assert sum(number for _, number in bands) == len(judged)
        assert sum(right for right, _ in bands) == sum(right for _, right in judged)


def test_kg_evaluate_shows_the_calibration_when_asked(data_graph):
    plain, full = (
        CliRunner().invoke(cli, ["evaluate", str(data_graph), str(ARTICLES), *more]).stdout
        for more in ([], ["--calibration"])
    )
    assert full.startswith(plain) and "0.90 and more" in full.removeprefix(plain)


@pytest.mark.parametrize(
    "content, complaint",
    [
        (b'{"type": "entity", "name": "Harbour Board"}', "line 1: entity without class"),
        (b'\n{"type": "role", "organisation": "Harbour Board"}', "line 2: role without person and title"),
        (b'{"type": "entity", "name": "Caf\xe9", "class": "Place"}', "the annotation cannot be read"),
        (b"[1]", "line 1 is not a JSON object with a type"),
    ],
)
def test_an_annotation_that_lacks_something_is_named_in_one_line(root, tmp_path, content, complaint):
    (tmp_path / "one.txt").write_text("The Harbour Board met.")
    (tmp_path / "one.facts.jsonl").write_bytes(content)
    graph = str(root / "tests/gold/seed/graph.ttl")
    done = CliRunner().invoke(cli, ["evaluate", graph, str(tmp_path)])
    (line,) = done.stderr.splitlines()
    assert done.exit_code == 2 and line.startswith("kg: ") and "one.facts.jsonl" in line and complaint in line
