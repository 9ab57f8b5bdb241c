"""The process that answers queries on a store for ``kg.store.timelimit.Worker``.

Each line of standard input is a JSON list of a query and its prefixes; each answer is eight bytes that give its length,
then what ``evaluate`` packed. It ends when standard input is closed.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from pyoxigraph import Store

from kg.store.evaluation import evaluate
from kg.store.formats import read_file


def main(path: Path, union: bool) -> None:
    """Answer until there are no more questions."""
    if path.is_dir():
        store = Store.read_only(str(path))
    else:
        store = Store()
        read_file(path, store)
    for line in sys.stdin.buffer:
        query, prefixes = json.loads(line)
        content = evaluate(store, query, prefixes, union)
        sys.stdout.buffer.write(len(content).to_bytes(8, "big") + content)
        sys.stdout.buffer.flush()


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2] == "union")
