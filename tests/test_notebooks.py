"""The notebooks run from top to bottom, and their outputs are there to be read."""

from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient

NOTEBOOKS = sorted((Path(__file__).parent.parent / "notebooks").glob("*.ipynb"))


@pytest.mark.parametrize("path", NOTEBOOKS, ids=[p.name for p in NOTEBOOKS])
def test_notebook_runs_and_shows_what_it_says(path):
    notebook = nbformat.read(path, as_version=4)
    committed = [len(cell.get("outputs", [])) for cell in notebook.cells]
    NotebookClient(notebook, timeout=300, resources={"metadata": {"path": str(path.parent)}}).execute()
    executed = [len(cell.get("outputs", [])) for cell in notebook.cells]
    assert executed == committed, "run the notebook again and commit it with its outputs"
    assert sum(executed) > 3
