"""The process that runs queries for the server: that of ``kg.store.worker``, with a limit on memory and on the answer.

Arguments: store folder, "union" or "default", the most bytes of an answer, the most bytes of memory to take.
"""

from __future__ import annotations

import contextlib
import json
import signal
import sys
from pathlib import Path

from pyoxigraph import Store

from kg.store.evaluation import FAILED, evaluate


def main(folder: str, union: bool, most: int, memory: int) -> None:
    """Answer until standard input is closed."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the server says when to stop
    store = Store.read_only(folder)
    next(iter(store), None)
    limit_memory(memory)
    for line in sys.stdin.buffer:
        query, prefixes = json.loads(line)
        try:
            content = evaluate(store, query, prefixes, union)
        except MemoryError:
            content = FAILED + b"the query needs too much memory"
        if len(content) > most:
            content = FAILED + f"the answer is larger than {most / 1e6:g} MB; add a LIMIT".encode()
        sys.stdout.buffer.write(len(content).to_bytes(8, "big") + content)
        sys.stdout.buffer.flush()


def limit_memory(further: int) -> None:
    """Let this process take that many bytes beyond what it has (where the system can say)."""
    with contextlib.suppress(ImportError, OSError, ValueError):
        import resource

        pages = int(Path("/proc/self/statm").read_text("ascii").split()[0])
        most = pages * resource.getpagesize() + further
        resource.setrlimit(resource.RLIMIT_AS, (most, most))


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2] == "union", int(sys.argv[3]), int(sys.argv[4]))
