"""The README of the ontology: every class has an example, and the examples are a graph that keeps the rules."""

from __future__ import annotations

import re

import pytest
from pyoxigraph import RdfFormat

import kg
from kg.validation import validate
from kg.vocabulary import NK, prefixes


@pytest.fixture
def readme(root):
    return (root / "ontology/README.md").read_text("utf-8")


def test_the_examples_are_one_graph_that_conforms(readme):
    blocks = re.findall(r"```turtle\n(.*?)```", readme, re.DOTALL)
    declared = "".join(f"@prefix {name}: <{iri}> .\n" for name, iri in prefixes().items())
    graph = kg.KnowledgeGraph.create()
    graph.store.bulk_load((declared + "".join(blocks)).encode(), RdfFormat.TURTLE)
    for engine in ("queries", "pyshacl"):
        assert validate(graph, engine).problems == ()
    assert graph.why("Maria Lindqvist")


def test_every_class_has_a_section_with_an_example(readme):
    sections = dict(re.findall(r"^## (\w+)\n(.*?)(?=^## |\Z)", readme, re.DOTALL | re.MULTILINE))
    for name in sorted(term for term in NK.terms if term[0].isupper()):
        assert f" a nk:{name} ;" in sections[name]


def test_every_property_is_mentioned(readme):
    missing = [term for term in NK if f"nk:{term}" not in readme]
    assert missing == []
