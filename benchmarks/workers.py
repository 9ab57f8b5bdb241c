"""The whole of `kg build` beside the bare language pipeline: time, processor time, and memory of all its processes.

    python benchmarks/workers.py [SOURCE ...] [--articles 200] [--workers 1 2] [--rounds 1]

The articles (data/ unless named otherwise) are repeated, each copy with its number as a last line. Every figure is that
of a process of its own, its start (imports, loading the model) taken off by a run on a single article. Wall time says
something only where the machine has nothing else to do, and more workers can gain no more than as many bare pipelines
side by side. Processor time says more: what the process of the build itself uses while others read is what more workers
cannot shorten, and "at best" is the rate that this leaves. Memory is the greatest sum over the processes of the build,
shared pages counted once (Pss), looked at ten times a second.
"""

from __future__ import annotations

import argparse
import itertools
import os
import resource
import subprocess
import sys
import tempfile
import time
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from kg.facts import Article
from kg.readers import read_sources

DATA = Path(__file__).parent.parent / "data"
BARE = """
import sys, time
from pathlib import Path
import spacy
from kg.language.pipeline import DEFAULT_MODEL, load_pipeline
nlp = load_pipeline() if len(sys.argv) > 2 else spacy.load(DEFAULT_MODEL)
texts = [path.read_text("utf-8") for path in sorted(Path(sys.argv[1]).iterdir())]
start, work = time.perf_counter(), time.process_time()
for doc in nlp.pipe(texts, batch_size=16):
    pass
print(time.perf_counter() - start, time.process_time() - work)
"""
BUILD = """
import atexit, os, resource, sys
from kg.cli import main

def note():
    own = resource.getrusage(resource.RUSAGE_SELF)
    with open(os.environ["OWN_SECONDS"], "w") as file:
        file.write(str(own.ru_utime + own.ru_stime))

atexit.register(note)
main()
"""


def memory_of(process: int) -> int:
    """Kilobytes of a process and its descendants."""
    total = 0
    with suppress(OSError, ValueError):
        for line in Path(f"/proc/{process}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                total += int(line.split()[1])
        for task in Path(f"/proc/{process}/task").iterdir():
            for child in (task / "children").read_text().split():
                total += memory_of(int(child))
    return total


class Cost(NamedTuple):
    """Seconds on the clock, of processors, of those the process of the build itself, and peak megabytes."""

    wall: float
    processor: float
    own: float
    memory: float


def build(folder: Path, output: Path, workers: int) -> Cost:
    """What a build costs, with all of its processes."""
    command = [sys.executable, "-c", BUILD, "build", str(folder), "-o", str(output), "--quiet"]
    start, before = time.perf_counter(), children()
    peak = 0
    note = output.parent / "own seconds"
    environment = os.environ | {"OWN_SECONDS": str(note)}
    with subprocess.Popen([*command, "--workers", str(workers)], env=environment) as process:
        while process.poll() is None:
            peak = max(peak, memory_of(process.pid))
            time.sleep(0.1)
    if process.returncode:
        sys.exit(f"the build failed with status {process.returncode}")
    return Cost(time.perf_counter() - start, children() - before, float(note.read_text()), peak / 1024)


def bare_at_once(folder: Path, processes: int) -> float:
    """The seconds for each reading of the articles where so many bare pipelines read them at once."""
    command = [sys.executable, "-c", BARE, str(folder)]
    started = [subprocess.Popen(command, stdout=subprocess.PIPE) for _ in range(processes)]
    walls = [float(process.communicate()[0].split()[0]) for process in started]
    return max(walls) / processes


def children() -> float:
    """Processor seconds of the processes that have ended."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sources", nargs="*", default=[str(DATA)])
    parser.add_argument("--articles", type=int, default=200)
    parser.add_argument("--workers", type=int, nargs="+", default=[1, 2])
    parser.add_argument("--rounds", type=int, default=1)
    options = parser.parse_args()
    texts = [a.text for a in read_sources(options.sources) if isinstance(a, Article)]
    with tempfile.TemporaryDirectory() as scratch:
        folder, one = Path(scratch) / "articles", Path(scratch) / "one"
        folder.mkdir()
        one.mkdir()
        for number, text in zip(range(options.articles), itertools.cycle(texts), strict=False):
            copy = f"{text}\n\n{number}.\n"
            (folder / f"{number:05d}.txt").write_text(copy, encoding="utf-8", newline="")
            if not number:
                (one / "0.txt").write_text(copy, encoding="utf-8", newline="")
        for turn in range(options.rounds):
            done = subprocess.run([sys.executable, "-c", BARE, str(folder)], stdout=subprocess.PIPE, check=True)
            bare, work = map(float, done.stdout.split())
            print(f"bare pipeline, as spaCy loads it: {bare:.1f} s, {work:.1f} processor s")
            done = subprocess.run([sys.executable, "-c", BARE, str(folder), "ours"], stdout=subprocess.PIPE, check=True)
            print(f"as kg loads it: {float(done.stdout.split()[1]):.1f} processor s")
            for workers in options.workers:
                if workers > 1:
                    together = bare_at_once(folder, workers)
                    print(f"{workers} bare pipelines at once: {bare / together:.2f} x one alone, all there is to gain")
                for kind, name in (("file", f"{turn}-{workers}.ttl"), ("store", f"{turn}-{workers}")):
                    begin = build(one, Path(scratch) / f"one-{name}", workers)
                    whole = build(folder, Path(scratch) / name, workers)
                    wall = whole.wall - begin.wall
                    processor = whole.processor - begin.processor - (workers - 1) * (begin.processor - begin.own)
                    own = whole.own - begin.own
                    best = processor if workers == 1 else own + (processor - own) / workers
                    print(
                        f"kg build to a {kind:5} with {workers} worker(s): {wall:.1f} s = {bare / wall:.2f} x bare, "
                        f"{processor:.1f} processor s = {work / processor:.2f} x bare, {own:.1f} of them in the build "
                        f"itself, so {work / best:.2f} x bare at best; "
                        f"{begin.wall:.1f} s to start, peak memory {whole.memory:.0f} MB"
                    )


if __name__ == "__main__":
    main()
