"""The article the project was created from: everything that a careful person reads in it, and nothing else."""

import json
from decimal import Decimal, InvalidOperation
from pathlib import Path

import pytest

import kg
from kg.evaluation import evaluate, read_annotations

SEED = Path(__file__).parent / "seed"
NEGATIVES = [json.loads(line) for line in (SEED / "negatives.jsonl").read_text(encoding="utf-8").splitlines()]
QUESTIONS = json.loads(
    (Path(__file__).parents[2] / "ontology" / "competency_questions.json").read_text(encoding="utf-8")
)


@pytest.fixture(scope="module")
def graph(seed_graph):
    return kg.open(seed_graph)


@pytest.fixture(scope="module")
def evaluation(graph):
    return evaluate(graph, read_annotations(SEED))


@pytest.mark.parametrize(
    "kind",
    [
        "entity",
        "alias",
        "one node",
        "role",
        "participation",
        "event date",
        "event place",
        "statement",
        "statement, speaker",
    ],
)
def test_every_kind_of_fact_is_found(evaluation, kind):
    score = evaluation.scores[kind]
    errors = [error for error in evaluation.errors if error[1].startswith(kind)]
    assert score.n or score.precision
    assert (score.recall if kind == "alias" else score.f) >= 95, errors


def triples_of(negative):
    """SELECT patterns that the graph must not match."""
    subject = f"?s rdfs:label {json.dumps(negative['subject'], ensure_ascii=False)} ."
    object_ = negative["object"]
    if negative["predicate"] == "nk:holdsRole":
        return f"""{subject} ?s nk:holdsRole ?r . ?r nk:roleTitle ?t ; nk:organisation/rdfs:label ?o
            FILTER(LCASE(?t) = {json.dumps(object_["title"].lower())} && ?o = {json.dumps(object_["organisation"])})"""
    if negative["predicate"] == "nk:states":
        content = json.dumps(object_)
        return f"{subject} ?x nk:speaker ?s ; nk:content {content} FILTER NOT EXISTS {{ ?x nk:nestedIn ?y }}"
    if negative["predicate"] == "rdf:type":
        return f"{subject} ?s a nk:{object_}"
    return f"""{subject} ?s {negative["predicate"]} ?o . OPTIONAL {{ ?o rdfs:label ?l }}
        FILTER(STR(?o) = {json.dumps(object_)} || STR(?l) = {json.dumps(object_)})"""


@pytest.mark.parametrize("negative", NEGATIVES, ids=[f"{n['subject']} {n['predicate']}"[:60] for n in NEGATIVES])
def test_what_the_article_does_not_say_is_not_in_the_graph(graph, negative):
    assert list(graph.query(f"SELECT ?s {{ {triples_of(negative)} }}")) == [], negative["why"]


def plain(value):
    """Numbers compare as numbers, all else as written."""
    text = "" if value is None else str(value)
    try:
        return Decimal(text).normalize()
    except InvalidOperation:
        return text


@pytest.mark.parametrize("question", QUESTIONS, ids=[q["id"] for q in QUESTIONS])
def test_competency_question_gives_exactly_the_expected_rows(graph, question):
    rows = [[plain(value) for value in row] for row in graph.query(question["sparql"]).rows]
    expected = [[plain(value) for value in row] for row in question["expected"]]
    assert sorted(rows, key=str) == sorted(expected, key=str), question["question"]


def test_the_graph_conforms_to_the_shapes(graph):
    report = graph.validate()
    assert report.conforms, report


def test_no_node_is_blank(graph):
    from pyoxigraph import BlankNode

    assert not [t for t in graph.triples() if isinstance(t.subject, BlankNode) or isinstance(t.object, BlankNode)]


def test_the_text_and_its_offsets_are_those_of_the_file(graph):
    text = (SEED / "article.txt").read_bytes().decode("utf-8")
    ((stored,),) = graph.query("SELECT ?t { ?a nif:isString ?t }").rows
    assert str(stored) == text
    for begin, end, words in graph.query(
        "SELECT ?b ?e ?w { ?s nif:beginIndex ?b ; nif:endIndex ?e ; nif:anchorOf ?w }"
    ).rows:
        assert text[int(begin) : int(end)] == str(words)
