"""Other Python processes of ours, started so that they run this package and nothing that lies about."""

from __future__ import annotations

import os
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from typing import IO, Final

from kg import kernels

PIPE: Final = 2**20
"""Bytes that a wide pipe holds: as many as Linux lets everybody ask for."""


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


def usable_cores(memory: int) -> int:
    """The cores that this process may use, but no more than find so many free bytes of memory each; at least 1."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    free = free_memory()
    return cores if free is None else max(1, min(cores, free // memory))


def start(module: str, *arguments: str, kind: str | None = None) -> subprocess.Popen[bytes]:
    """Start a process that runs a module of the package, with pipes for its messages (:func:`send`, :func:`receive`).

    ``kind`` is the kind of :mod:`kg.kernels` to use; None stands for those that this process uses.
    """
    return subprocess.Popen(
        command(module, *arguments),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env=environment(kind),
        start_new_session=True,  # Ctrl-C is for this process; it ends the others
    )


def own_pipes() -> tuple[IO[bytes], IO[bytes]]:
    """The ends, in a process that was started so, of the pipes of questions and answers."""
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())  # what a library prints must not get between the answers
    return sys.stdin.buffer, answers


def send(pipe: IO[bytes], content: bytes) -> None:
    """Send a message. Raises OSError where nobody reads."""
    pipe.write(len(content).to_bytes(8, "big") + content)
    pipe.flush()


def widen(pipe: IO[bytes] | None) -> None:
    """Let a pipe hold a large message, where the system can, so that its reader need not wait for each piece of it."""
    if pipe is not None and sys.platform == "linux":
        import fcntl

        with suppress(OSError):
            fcntl.fcntl(pipe, fcntl.F_SETPIPE_SZ, PIPE)


def receive(pipe: IO[bytes]) -> bytes | None:
    """A message, or None at the end of the pipe."""
    head = pipe.read(8)
    if len(head) < 8:
        return None
    size = int.from_bytes(head, "big")
    content = pipe.read(size)
    return content if len(content) == size else None


def environment(kind: str | None = None) -> dict[str, str]:
    """The environment of this process, with its module path, and one thread for each process of ours.

    ``kind`` is the kind of :mod:`kg.kernels` to use; None stands for those that this process uses.
    """
    package = str(Path(__file__).resolve().parent.parent)
    path = os.pathsep.join([*(folder for folder in sys.path if folder), package])
    return {"OMP_NUM_THREADS": "1", **os.environ, **kernels.environment(kind), "PYTHONPATH": path}
