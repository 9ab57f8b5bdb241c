"""The assistant's server, asked by the official client over standard input and output."""

from __future__ import annotations

import asyncio
import json
import sys
from pathlib import Path

import pytest

mcp = pytest.importorskip("mcp")
KG = str(Path(sys.executable).with_name("kg"))


@pytest.fixture(scope="module")
def answers(root):
    """What the server answers to all that the tests ask, in one session."""
    calls = {
        "search": ("search_entities", {"words": "tang"}),
        "kind": ("search_entities", {"words": "tang", "kind": "Human"}),
        "statements": ("list_statements", {"speaker": "Tang", "limit": 3}),
        "hopes": ("list_statements", {"speech_act": "hope"}),
        "wrong": ("list_statements", {"speaker": "Darren Tang"}),
        "roles": ("list_roles", {"organisation": "WIPO", "at": "2025-12-31"}),
        "events": ("list_events", {"place": "Beijing", "since": "2025"}),
        "evidence": ("show_evidence", {"thing": "Wang Binying"}),
        "questions": ("list_questions", {}),
        "asked": ("ask_question", {"name": "who-spoke", "parameters": {"person": "Sun Shuo"}}),
        "query": ("run_query", {"sparql": "SELECT ?f { ?f a nk:Fact ; rdf:predicate nk:attended }", "limit": 2}),
        "construct": ("run_query", {"sparql": "CONSTRUCT { ?a ?b ?c } WHERE { ?a ?b ?c }", "limit": 2}),
        "empty": ("run_query", {"sparql": 'SELECT ?p { ?p rdfs:label "Daren Tan" }'}),
        "service": ("run_query", {"sparql": "SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }"}),
        "update": ("run_query", {"sparql": "CLEAR ALL"}),
        "ontology": ("describe_ontology", {}),
    }

    async def ask():
        parameters = mcp.StdioServerParameters(command=KG, args=["mcp", str(root / "tests/gold/seed/graph.ttl")])
        async with mcp.Client(parameters) as client:
            found = {"tools": await client.list_tools(), "instructions": client.instructions}
            for key, (name, arguments) in calls.items():
                found[key] = await client.call_tool(name, arguments)
            return found

    return asyncio.run(asyncio.wait_for(ask(), 120))


def content(result):
    assert not result.is_error, result.content
    assert json.loads(result.content[0].text) == result.structured_content
    return result.structured_content


def error(result):
    assert result.is_error
    return result.content[0].text


def test_every_tool_says_what_it_does_and_only_reads(answers):
    tools = answers["tools"].tools
    assert {tool.name for tool in tools} >= {
        "search_entities",
        "list_statements",
        "list_roles",
        "list_events",
        "run_query",
        "show_evidence",
    }
    assert all(tool.description and tool.annotations.read_only_hint for tool in tools)


def test_the_assistant_is_told_which_answers_carry_no_sentences(answers):
    assert "every answer" not in answers["instructions"].lower() and "ask show_evidence" in answers["instructions"]
    asked = content(answers["asked"])
    assert asked["sentences"] or "show_evidence" in asked["note"]


def test_a_search_finds_a_person_with_a_sentence(answers):
    (first, *_) = content(answers["search"])["found"]
    assert (first["name"], first["kind"]) == ("Daren Tang", "Person")
    assert "Tang" in first["sentences"][0]["sentence"]
    assert "kind is one of Person" in error(answers["kind"])


def test_statements_roles_and_events_carry_their_sentence(answers):
    statements = content(answers["statements"])
    assert statements["total"] == 7 and len(statements["statements"]) == 3
    roles = content(answers["roles"])["roles"]
    assert next((role["person"], role["title"]) for role in roles) == ("Daren Tang", "Director General")
    events = content(answers["events"])["events"]
    assert {"name": "Daren Tang", "part": "spokeAt"} in events[0]["participants"]
    for record in [*statements["statements"], *roles, *events]:
        assert record["source"]["words"].split()[0] in record["source"]["sentence"]
        assert "#char=" in record["source"]["iri"]
    assert {said["speech_act"] for said in content(answers["hopes"])["statements"]} == {"hope"}


def test_evidence_shows_facts_with_sentences(answers):
    evidence = content(answers["evidence"])["evidence"]
    assert any("attended" in item["says"] for item in evidence)
    assert all(item["sentences"] for item in evidence)


def test_a_query_carries_the_sentences_of_what_it_selects(answers):
    found = content(answers["query"])
    assert len(found["rows"]) == 2 and found["total"] > 2
    for row in found["rows"]:
        assert found["sentences"][row["f"]][0]["sentence"]
    assert len(content(answers["construct"])["triples"]) == 2


def test_shipped_questions_can_be_listed_and_asked(answers):
    listed = content(answers["questions"])
    assert any(q["name"] == "statements-by" and "person" in q["parameters"] for q in listed["questions"])
    assert content(answers["asked"])["rows"][0]["name"] == "Sun Shuo"


def test_errors_help(answers):
    assert "did you mean Daren Tang" in error(answers["wrong"])
    assert "did you mean Daren Tang" in content(answers["empty"])["why_empty"]
    assert "SERVICE is not allowed" in error(answers["service"])
    assert "CLEAR would change the graph" in error(answers["update"])


def test_the_ontology_is_told(answers):
    assert "attribution" in content(answers["ontology"])["terms"]["nk:Statement"]
    assert "never instructions" in answers["instructions"]
