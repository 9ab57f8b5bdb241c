"""Every command and code block of the README is run; ``python tests/test_readme.py`` writes its outputs anew."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
README = ROOT / "README.md"
BLOCK = re.compile(r"^```(console|python)\n(.*?)^```$", re.M | re.S)
CLOCK = re.compile(r"\d+(\.\d+)? s\b")
LONGEST_OUTPUT = 24
"""Lines of an output that the README shows; a last line of ``...`` stands for the rest."""


def workplace(folder: Path) -> dict[str, str]:
    """A folder with the articles and the annotations, and an environment in which ``kg`` is the one under test."""
    shutil.copytree(ROOT / "data", folder / "data")
    shutil.copytree(ROOT / "tests" / "gold", folder / "tests" / "gold")
    scripts = str(Path(sys.executable).parent)
    path = f"{scripts}{os.pathsep}{os.environ['PATH']}"
    return os.environ | {"PATH": path, "COLUMNS": "120", "NO_COLOR": "1", "LC_ALL": "C.UTF-8"}


def commands(block: str) -> list[str]:
    return [line[2:] for line in block.splitlines() if line.startswith("$ ")]


def run(command: str, folder: Path, environment: dict[str, str]) -> list[str]:
    done = subprocess.run(
        command, shell=True, cwd=folder, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
    assert done.returncode == 0, f"{command}\n{done.stdout}"
    lines = [CLOCK.sub("… s", line.rstrip()) for line in done.stdout.rstrip().splitlines()]
    return lines if len(lines) <= LONGEST_OUTPUT else [*lines[:LONGEST_OUTPUT], "..."]


def played(block: str, folder: Path, environment: dict[str, str]) -> str:
    """The block with the outputs that its commands have now."""
    lines: list[str] = []
    for command in commands(block):
        lines += [f"$ {command}", *run(command, folder, environment)]
    return "\n".join(lines) + "\n"


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    folder = tmp_path_factory.mktemp("readme")
    return folder, workplace(folder)


BLOCKS = BLOCK.findall(README.read_text(encoding="utf-8"))


@pytest.mark.parametrize("kind, block", BLOCKS, ids=[f"{k} {b.strip().splitlines()[0][:50]}" for k, b in BLOCKS])
def test_block_of_the_readme_does_what_it_shows(kind, block, place):
    folder, environment = place
    if kind == "console":
        assert played(block, folder, environment) == block
    else:
        subprocess.run(
            [sys.executable, "-c", block], cwd=folder, env=environment, check=True, stdout=subprocess.DEVNULL
        )


def test_the_files_that_the_readme_links_exist():
    links = re.findall(r"\]\((?!https?:)([^)#]+)\)", README.read_text(encoding="utf-8"))
    assert links
    assert [link for link in links if not (ROOT / link).exists()] == []


def write() -> None:
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        environment = workplace(folder)

        def anew(match: re.Match[str]) -> str:
            kind, block = match.groups()
            return f"```{kind}\n{played(block, folder, environment) if kind == 'console' else block}```"

        README.write_text(BLOCK.sub(anew, README.read_text(encoding="utf-8")), encoding="utf-8")


if __name__ == "__main__":
    write()
