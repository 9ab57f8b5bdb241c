"""What is said when a package of an extra is not installed."""

from __future__ import annotations

import subprocess
import sys

import pytest

WITHOUT = """
import sys
class Missing:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] == {package!r}:
            raise ModuleNotFoundError(f"No module named {{name!r}}", name=name)
sys.meta_path.insert(0, Missing())
sys.argv[0] = "kg"
from kg.cli import main
main()
"""


@pytest.mark.parametrize(
    "package, arguments, extra",
    [
        ("starlette", ["serve", "GRAPH", "--port", "0"], "server"),
        ("uvicorn", ["serve", "GRAPH", "--port", "0"], "server"),
        ("mcp", ["mcp", "GRAPH"], "mcp"),
        ("pyarrow", ["query", "GRAPH", "SELECT * { ?s a nk:Person }", "-o", "OUT.parquet"], "tables"),
        ("pyarrow", ["export", "GRAPH", "-o", "OUT.parquet"], "tables"),
        ("protego", ["fetch", "https://paper.example/", "-o", "OUT"], "web"),
        ("duckdb", ["export", "GRAPH", "-o", "OUT.duckdb"], "tables"),
    ],
)
def test_a_missing_package_is_named_with_the_extra_that_brings_it(root, tmp_path, package, arguments, extra):
    places = {"GRAPH": str(root / "tests/gold/seed/graph.ttl"), "OUT": str(tmp_path / "out")}
    for name, place in places.items():
        arguments = [argument.replace(name, place) for argument in arguments]
    command = [sys.executable, "-c", WITHOUT.format(package=package), *arguments]
    done = subprocess.run(command, capture_output=True, text=True, stdin=subprocess.DEVNULL, timeout=60)
    assert done.returncode == 2, done.stderr
    (line,) = done.stderr.splitlines()
    assert line.startswith("kg: ") and f"pip install '.[{extra}]'" in line
    assert not any(tmp_path.iterdir())
