"""Press articles that were annotated before the program had read them: what it finds in them stays at least as good."""

from pathlib import Path

import pytest

import kg
from kg.evaluation import evaluate, read_annotations

PRESS = Path(__file__).parent / "press"
LEAST = {
    "role": 80.0,
    "role, lenient": 90.0,
    "participation, lenient": 75.0,
    "event date": 85.0,
    "event place": 80.0,
    "entity": 82.0,
    "statement": 80.0,
}
"""F in per cent, some points below what was measured: a smoke test, not a record."""


@pytest.fixture(scope="module")
def graph(tmp_path_factory):
    path = tmp_path_factory.mktemp("press") / "press.ttl"
    assert not kg.build(sorted(PRESS.glob("*.txt")), path).failures
    with kg.KnowledgeGraph.open(path) as opened:
        yield opened


def test_press_articles_are_read_as_well_as_before(graph):
    scores = evaluate(graph, read_annotations(PRESS)).scores
    assert {name: scores[name].f for name, least in LEAST.items() if scores[name].f < least} == {}
