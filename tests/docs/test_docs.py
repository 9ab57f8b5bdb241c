"""The documentation builds without a warning, and every command and code block of it runs."""

from __future__ import annotations

import itertools
import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGES = sorted(
    path for path in (ROOT / "docs").rglob("*.md") if re.search(r"^```(console|python)$", path.read_text("utf-8"), re.M)
)
BLOCK = re.compile(r"^```(console|python)\n(.*?)^```$", re.M | re.S)


@pytest.fixture(scope="module")
def place(tmp_path_factory, data_graph):
    """A folder as a reader has it: the articles, and the graph that the tutorial builds."""
    folder = tmp_path_factory.mktemp("docs")
    shutil.copytree(ROOT / "data", folder / "data")
    shutil.copytree(ROOT / "tests" / "gold", folder / "tests" / "gold")
    shutil.copy(data_graph, folder / "graph.ttl")
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    return folder, os.environ | {"PATH": path, "COLUMNS": "120", "NO_COLOR": "1", "LC_ALL": "C.UTF-8"}


def blocks():
    for page in PAGES:
        for kind, block in BLOCK.findall(page.read_text(encoding="utf-8")):
            if kind == "python":
                yield pytest.param(kind, block, id=f"{page.stem} python {block.strip().splitlines()[-1][:40]}")
                continue
            lines = block.splitlines()
            starts = [n for n, line in enumerate(lines) if line.startswith("$ ")]
            assert starts and starts[0] == 0, f"{page}: a console block begins with a command"
            for begin, end in zip(starts, [*starts[1:], len(lines)], strict=True):
                yield pytest.param(kind, "\n".join(lines[begin:end]), id=f"{page.stem} {lines[begin][2:60]}")


@pytest.mark.parametrize("kind, block", list(blocks()))
def test_a_block_of_the_documentation_runs(kind, block, place):
    folder, environment = place
    if kind == "python":
        command = [sys.executable, "-c", block]
        done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True)
        assert done.returncode == 0, done.stderr
        return
    command, *shown = block.removeprefix("$ ").splitlines()
    done = subprocess.run(
        command, shell=True, cwd=folder, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
    assert done.returncode == 0, done.stdout
    printed = [line.rstrip() for line in done.stdout.splitlines()]
    assert [line for line in shown if line.strip() and line not in printed] == [], done.stdout


COMMAND = re.compile(r"^(?: {4}|\$ | {4}\$ )?(kg [a-z]+(?: .*)?)$", re.M)
FENCED = re.compile(r"^```\w*\n(.*?)^```$|(?<=\n\n)((?:^ {4}[^\n]*\n)+)", re.M | re.S)


def commands():
    """Every command line in any block of the documentation, those that a test cannot run (servers, addresses) too."""
    for page in (ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))):
        for fenced, indented in FENCED.findall(page.read_text(encoding="utf-8")):
            for line in COMMAND.findall(fenced or indented):
                yield pytest.param(line, id=f"{page.stem} {line[:60]}")


@pytest.mark.parametrize("line", list(commands()))
def test_a_command_line_of_the_documentation_is_one_that_kg_takes(line, place, monkeypatch):
    from kg.cli import cli

    monkeypatch.chdir(place[0])
    (Path("articles")).mkdir(exist_ok=True)
    words = shlex.split(line, comments=True)
    name, *arguments = itertools.takewhile(lambda word: word not in ("|", ">", "&"), words[1:])
    assert name in cli.commands, name
    context = cli.commands[name].make_context(name, arguments)  # raises UsageError for what it does not take
    assert context.params


def test_the_documentation_builds_without_a_warning(tmp_path):
    pytest.importorskip("material")
    pytest.importorskip("mkdocstrings")
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "-d", str(tmp_path / "site")]
    environment = os.environ | {"NO_MKDOCS_2_WARNING": "1"}
    done = subprocess.run(
        command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
    assert done.returncode == 0, done.stdout
    pages = {path.parent.name for path in (tmp_path / "site").rglob("index.html")}
    assert {"tutorial", "commands", "questions", "ontology", "api", "limits"} <= pages
    ontology = (tmp_path / "site/reference/ontology/index.html").read_text(encoding="utf-8")
    assert "nk:Statement" in ontology and "holds role" not in ontology.partition("<h2")[0]
    api = (tmp_path / "site/reference/api/index.html").read_text(encoding="utf-8")
    assert "KnowledgeGraph" in api and "statements" in api


def test_every_command_has_an_example_in_its_help():
    import click

    from kg.cli import cli

    for name, command in cli.commands.items():
        with click.Context(cli, info_name="kg") as parent:
            text = command.get_help(click.Context(command, info_name=name, parent=parent))
        assert re.search(rf"Example:\n\s+kg {name} ", text), name


def test_every_question_and_parameter_is_in_the_reference():
    sys.path.insert(0, str(ROOT / "docs"))
    try:
        import hooks
    finally:
        sys.path.pop(0)
    from kg.queries import questions

    page = hooks.questions()
    for question in questions():
        if not question.name.startswith("CQ"):
            assert f"\n## {question.name}\n" in page
            assert all(f"--{name}" in page for name in question.parameters)
    assert "nk:holdsRole" in hooks.ontology() and "## kg serve" in hooks.commands()
