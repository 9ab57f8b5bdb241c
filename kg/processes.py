"""Other Python processes of ours, started so that they run this package and nothing that lies about."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from kg import kernels


def command(module: str, *arguments: str) -> list[str]:
    """The command that runs a module of the package; files in the working folder cannot take a library's place."""
    return [sys.executable, "-P", "-m", module, *arguments]


def free_memory() -> int | None:
    """The bytes of memory that are free, or can be made so; None where the system does not tell."""
    try:
        lines = Path("/proc/meminfo").read_text("ascii").splitlines()
        return next(int(line.split()[1]) * 1024 for line in lines if line.startswith("MemAvailable:"))
    except (OSError, StopIteration, ValueError):
        return None


def environment(kind: str | None = None) -> dict[str, str]:
    """The environment of this process, with its module path, and one thread for each process of ours.

    ``kind`` is the kind of :mod:`kg.kernels` to use; None stands for those that this process uses.
    """
    package = str(Path(__file__).resolve().parent.parent)
    path = os.pathsep.join([*(folder for folder in sys.path if folder), package])
    return {"OMP_NUM_THREADS": "1", **os.environ, **kernels.environment(kind), "PYTHONPATH": path}
