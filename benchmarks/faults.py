"""Builds into a store that are killed at random moments: how often the store was left in its old or new state.

    python benchmarks/faults.py [--moments 50] [--seed 1]

A store of some articles is made; then, over and over, `kg build` of more articles into a copy of it is killed (kill -9)
at a random moment between its start and its end, from the command line as a user would run it. After every kill the
store must be readable and hold exactly the old or the new triples; then the same command is run to its end, must give
exactly the new triples, and must leave nothing else behind. Any other outcome ends the run with status 1.
"""

from __future__ import annotations

import argparse
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

import kg

COMMAND = [sys.executable, "-c", "from kg.cli import main; main()"]
EXPECTED = {"articles.sqlite", "newskg.json", "history.jsonl", "history.ttl"}


def state(path: Path) -> frozenset[object]:
    with kg.open(path) as graph:
        return frozenset(graph)


def build(articles: list[Path], store: Path) -> subprocess.Popen[bytes]:
    return subprocess.Popen([*COMMAND, "build", *map(str, articles), "-o", str(store), "--quiet"])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--moments", type=int, default=50)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    moments = random.Random(options.seed)
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        before, after = [], []
        for number in range(12):
            path = folder / f"{number}.txt"
            path.write_text(
                f"OSLO, May {number + 1}, 2025 - Amal Haddad, director of the Port Office, opened dock {number}. "
                f'"Trade grew by {number} percent," said Haddad\'s deputy Jonas Lindqvist.\n'
            )
            (before if number < 6 else after).append(path)
        build(before, folder / "before").wait()
        shutil.copytree(folder / "before", folder / "after")
        start = time.perf_counter()
        build(after, folder / "after").wait()
        lasting = time.perf_counter() - start
        old, new = state(folder / "before"), state(folder / "after")
        seen: Counter[str] = Counter()
        for number in range(options.moments):
            store = Path(shutil.copytree(folder / "before", folder / f"store{number}"))
            # half of the moments fall into the last fifth, where the store is written
            share = moments.uniform(0.8, 1.02) if number % 2 else moments.uniform(0, 1)
            process = build(after, store)
            time.sleep(share * lasting)
            process.kill()
            process.wait()
            found = state(store)
            seen["old" if found == old else "new" if found == new else "NEITHER"] += 1
            if build(after, store).wait() or state(store) != new:
                seen["NOT FINISHED BY THE NEXT BUILD"] += 1
            left = {entry.name for entry in store.iterdir()} - EXPECTED
            if len(left) != 1:
                seen["LEFTOVERS"] += 1
            shutil.rmtree(store)
        print(f"{options.moments} builds of {lasting:.1f} s killed; the store was in its state: {dict(seen)}")
    sys.exit(set(seen) - {"old", "new"} != set())


if __name__ == "__main__":
    main()
