"""The conversation of ``kg query GRAPH``: what Tab completes, when Enter runs, and how it goes on after an error."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

import kg
from kg.cli.prompt import Conversation, Words, is_whole, make_session

pytest.importorskip("prompt_toolkit")
KG = str(Path(sys.executable).with_name("kg"))


@pytest.fixture(scope="module")
def graph(root):
    return kg.open(root / "tests/gold/seed/graph.ttl")


@pytest.fixture(scope="module")
def words(graph):
    return Words(graph)


@pytest.mark.parametrize(
    "typed, completed",
    [
        ("SELECT * { ?p nk:holds", "nk:holdsRole"),
        ("SELECT * { ?p a nk:Per", "nk:Person"),
        ("SELECT * { ?p hold", "nk:holdsRole"),
        ("SELECT * { ?p sch", "schema:"),
        ("SELECT ?name { ?p a nk:Person ; rdfs:label ?na", "?name"),
        ('SELECT * { ?p rdfs:label "Daren', "Daren Tang"),
        ("SEL", "SELECT"),
        (".as", ".ask"),
        (".ask statements-b", "statements-by"),
        (".ask statements-by --per", "--person"),
        ('.ask statements-by --person "Dar', "Daren Tang"),
        (".why wang b", "Wang Binying"),
    ],
)
def test_tab_completes(words, typed, completed):
    assert completed in words.after(typed)[1]


@pytest.mark.parametrize(
    "text, whole",
    [
        ("SELECT * {", False),
        ("SELECT * { ?s ?p ?o }", True),
        ('SELECT * { ?s ?p "}" ', False),
        ("SELECT * { ?s ?p ?o # }", False),
        ("SELECT *", False),
        (".ask who-spoke", True),
        ("DESCRIBE person:daren-tang", True),
    ],
)
def test_enter_runs_a_query_when_its_braces_are_closed(text, whole):
    assert is_whole(text) is whole


def test_what_is_typed_over_two_lines_is_one_query(words):
    from prompt_toolkit.application import create_app_session
    from prompt_toolkit.input import create_pipe_input
    from prompt_toolkit.output import DummyOutput

    with create_pipe_input() as pipe, create_app_session(input=pipe, output=DummyOutput()):
        pipe.send_text("SELECT ?p {\n?p nk:holdsRole ?r }\n")
        assert make_session(words).prompt() == "SELECT ?p {\n?p nk:holdsRole ?r }"


def test_a_conversation_answers_and_goes_on_after_an_error(graph, capsys):
    talk = Conversation(graph)
    assert talk.answer("SELECT ?x { ?x a nk:Persn }")
    assert "did you mean nk:Person" in capsys.readouterr().err
    assert talk.answer('.ask who-spoke --person "Sun Shuo"')
    assert "Sun Shuo" in capsys.readouterr().out
    assert talk.answer(".ask who-spoke --person")
    assert "parameters are --NAME VALUE" in capsys.readouterr().err
    assert talk.answer(".why \x1b[2JTang") and talk.answer("\x1b[2J 'x")
    assert "\x1b" not in capsys.readouterr().err
    assert talk.answer('.ask who-spoke --person "Sun')
    assert "kg: .ask" in capsys.readouterr().err
    assert talk.answer(".labels") and talk.answer("SELECT ?p { ?p a nk:Person } LIMIT 1")
    assert "person:" not in capsys.readouterr().out
    assert talk.answer(".why Wang Binying")
    assert "attended" in capsys.readouterr().out
    assert talk.answer(".help") and talk.answer("") and talk.answer(".list")
    assert not talk.answer(".quit")


def test_without_a_terminal_and_a_query_there_is_an_error_not_a_wait(root):
    command = [KG, "query", str(root / "tests/gold/seed/graph.ttl")]
    done = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=60)
    assert done.returncode == 2 and "Give one of" in done.stderr


@pytest.mark.skipif(not hasattr(os, "openpty"), reason="needs a terminal")
def test_in_a_terminal_a_conversation_begins_and_ends(root):
    import pty
    import select
    import time

    child, terminal = pty.fork()
    if child == 0:
        os.execv(KG, [KG, "query", str(root / "tests/gold/seed/graph.ttl")])
    seen, end, sent = b"", time.monotonic() + 60, False
    while time.monotonic() < end:
        ready, _, _ = select.select([terminal], [], [], 0.2)
        if ready:
            try:
                seen += os.read(terminal, 65536)
            except OSError:
                break
        if b"kg>" in seen and not sent:
            os.write(terminal, b"ASK { ?p a nk:Person }\r")
            sent = True
        if b"yes" in seen:
            os.write(terminal, b"\x04")
    os.waitpid(child, 0)
    os.close(terminal)
    assert b"yes" in seen
