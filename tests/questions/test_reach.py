"""A question that starts from a name looks at what is told of that name, however large the archive around it is."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode, Triple

import kg
from kg.queries import questions
from kg.vocabulary import DCTERMS, NIF, NK, PROV, RDF, RDFS, SCHEMA, XSD

CROWD = 600
"""Tellings of others."""

BEARERS = 9
"""Things that bear each of the names asked about: more than there are ways to take part."""

NAMES = {
    "person": "Ada Moss",
    "organisation": "Reed Trust",
    "event": "Reed Fair",
    "place": "Reedham",
    "about": "Reed Fair",
    "thing": "Ada Moss",
}

WHOLE = {"posts-at"}
"""Questions that are about a day of the whole archive first."""

_beside = Path(sys.executable).with_name("oxigraph")
oxigraph = str(_beside) if _beside.exists() else shutil.which("oxigraph")


def telling(base: str, number: int, names: dict[str, str]):
    """The triples of one article about one person, body, event and place of their own."""

    def node(kind: str) -> NamedNode:
        return NamedNode(f"{base}{kind}/{number}")

    article, span, fact, role, said = map(node, ("article", "span", "fact", "role", "statement"))
    person, body, event, place = map(node, ("person", "organisation", "event", "place"))
    for thing, kind in ((person, "person"), (body, "organisation"), (event, "event"), (place, "place")):
        yield from (
            Triple(thing, RDF.type, NK[kind.title()]),
            Triple(thing, RDFS.label, Literal(names[kind])),
            Triple(thing, NK.evidence, span),
            Triple(article, SCHEMA.mentions, thing),
        )
    day = Literal("2024-05-01", datatype=XSD.date)
    yield from (
        Triple(article, RDF.type, NK.Article),
        Triple(article, RDFS.label, Literal(f"Article {number}")),
        Triple(article, SCHEMA.datePublished, day),
        Triple(article, DCTERMS.publisher, body),
        Triple(article, NK.statementCount, Literal(1)),
        Triple(article, NK.factCount, Literal(1)),
        Triple(span, NIF.referenceContext, article),
        Triple(span, NIF.anchorOf, Literal("words")),
        Triple(span, NIF.beginIndex, Literal(0)),
        Triple(span, NIF.endIndex, Literal(5)),
        Triple(event, NK.place, place),
        Triple(event, NK.startDate, day),
        Triple(event, NK.dateInferred, Literal("year")),
        Triple(event, NK.eventStatus, Literal("planned")),
        Triple(person, NK.attended, event),
        Triple(person, NK.spokeAt, event),
        Triple(person, NK.organised, event),
        Triple(person, NK.holdsRole, role),
        Triple(role, RDF.type, NK.Role),
        Triple(role, NK.roleTitle, Literal("warden")),
        Triple(role, NK.roleStatus, Literal("former")),
        Triple(role, NK.organisation, body),
        Triple(place, SCHEMA.containedInPlace, place),
        Triple(fact, RDF.type, NK.Fact),
        Triple(fact, RDF.subject, person),
        Triple(fact, RDF.predicate, NK.attended),
        Triple(fact, RDF.object, event),
        Triple(fact, NK.evidence, span),
        Triple(fact, NK.asRole, role),
        Triple(said, RDF.type, NK.Statement),
        Triple(said, PROV.wasQuotedFrom, article),
        Triple(said, NK.speaker, person),
        Triple(said, NK.about, event),
        Triple(said, NK.madeAt, event),
        Triple(said, NK.content, Literal(f"Rain number {number}.")),
        Triple(said, NK.contentSpan, span),
        Triple(said, NK.evidence, span),
        Triple(said, NK.speechAct, Literal("directive")),
        Triple(said, NK.quoteType, Literal("direct")),
        Triple(said, NK.polarity, Literal("negative")),
        Triple(said, NK.modality, Literal("unrealised")),
        Triple(said, NK.cue, Literal("say")),
    )


@pytest.fixture(scope="module")
def archive(tmp_path_factory):
    """A store in which each of the names is told of a few times, and others many times."""
    path = tmp_path_factory.mktemp("reach") / "graph"
    with kg.KnowledgeGraph.create(path) as graph:
        for number in range(CROWD):
            others = {kind: f"Other {kind} {number}" for kind in NAMES}
            graph.add(telling(graph.base, number, NAMES if number < BEARERS else others))
    with kg.open(path) as graph:
        yield graph


def most_looked_at(folder, sparql: str, prefixes: dict[str, str], tmp_path) -> int:
    """The most matches that any one pattern of the query had on the way to its answer."""
    declared = "".join(f"PREFIX {prefix}: <{iri}>\n" for prefix, iri in prefixes.items())
    command = [oxigraph, "query", "--location", folder, "--query", declared + sparql, "--results-format", "csv"]
    plan = tmp_path / "plan.json"
    subprocess.run([*command, "--explain-file", plan, "--stats"], check=True, capture_output=True, timeout=60)
    waiting, most = [json.loads(plan.read_text("utf-8"))], 0
    while waiting:
        found = waiting.pop()
        if isinstance(found, dict):
            if str(found.get("name", "")).startswith(("QuadPattern", "Path")):
                most = max(most, found["number of results"])
            waiting += found.values()
        elif isinstance(found, list):
            waiting += found
    return most


ASKED = [
    (question.name, name)
    for question in questions()
    for name in question.parameters
    if name in NAMES and question.name not in WHOLE and not set(question.required) - NAMES.keys()
]


@pytest.mark.skipif(oxigraph is None, reason="needs the oxigraph server's program (pip install oxigraph)")
@pytest.mark.parametrize("name, parameter", ASKED)
def test_a_question_from_a_name_looks_at_that_name_alone(archive, tmp_path, name, parameter):
    question = next(asked for asked in questions() if asked.name == name)
    given = {needed: NAMES[needed] for needed in (*question.required, parameter)}
    folder = next(archive.path.rglob("CURRENT")).parent
    looked_at = most_looked_at(folder, question.bound(archive, given), archive.prefixes, tmp_path)
    assert looked_at < CROWD, f"it looked at {looked_at} of the {CROWD} tellings of others"
