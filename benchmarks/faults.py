"""What becomes of a store when builds are killed, the disk is full, two builds or readers meet, or a file is damaged.

    python benchmarks/faults.py [PART ...] [--moments 50] [--seed 1]

Everything is done from the command line, as a user would. PART is one or more of

killed     builds into a store are killed (kill -9) at random moments. The store must be readable and hold exactly the
           old or the new triples; the same command must then end with exactly the new ones and leave nothing behind.
           In every second one an earlier build has read the articles, so that the moments fall into the writing.
full       builds into a store on a file system with too little room (a tmpfs; needs root). A build must say so in one
           line and leave the old triples, or succeed; with room, the same command must succeed.
contended  two builds at once into one store. One may be refused with one line; run again, it must succeed, and nothing
           of either be lost.
watched    a store is read over and over while builds go on. Every reader must see the old or the new triples, and none
           the old after another saw the new.
damaged    a file of a store is damaged: bytes changed, cut off, emptied or deleted. Reading everything and removing an
           article must each give the right triples, or one line that says what is wrong.

Any other outcome is told in capitals and ends the run with status 1.
"""

from __future__ import annotations

import argparse
import os
import random
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections import Counter
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import kg

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pyoxigraph import Triple

COMMAND = [sys.executable, "-c", "from kg.cli import main; main()"]
EXPECTED = {"articles.sqlite", "newskg.json", "history.jsonl", "history.ttl"}


def state(path: Path) -> frozenset[Triple]:
    with kg.open(path) as graph:
        return frozenset(graph)


def readable(path: Path) -> frozenset[Triple] | None:
    try:
        return state(path)
    except kg.KgError:
        return None


def start(*arguments: object) -> subprocess.Popen[str]:
    return subprocess.Popen([*COMMAND, *map(str, arguments)], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def build(articles: list[Path], store: Path) -> subprocess.Popen[str]:
    return start("build", *articles, "-o", store, "--quiet")


class Outcome(NamedTuple):
    """How a command ended: its status, and what it printed."""

    status: int
    output: str
    errors: str

    @property
    def refused(self) -> bool:
        """Whether it ended as it should when something is wrong: with one clear line."""
        return self.status == 2 and self.errors.startswith("kg: ") and self.errors.count("\n") == 1


def ended(process: subprocess.Popen[str]) -> Outcome:
    output, errors = process.communicate()
    return Outcome(process.returncode, output, errors)


class Stores:
    """A store of some articles, what it is to become, and copies of it to try things on."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.first, self.more = [], []
        for number in range(12):
            path = folder / f"{number}.txt"
            path.write_text(
                f"OSLO, May {number + 1}, 2025 - Amal Haddad, director of the Port Office, opened dock {number}. "
                f'"Trade grew by {number} percent," said Haddad\'s deputy Jonas Lindqvist.\n'
            )
            (self.first if number < 6 else self.more).append(path)
        self.before, after = folder / "before", folder / "after"
        ended(build(self.first, self.before))
        shutil.copytree(self.before, after)
        begun = time.perf_counter()
        ended(build(self.more, after))
        self.lasting = time.perf_counter() - begun
        self.growth = sum(file.stat().st_size for file in after.rglob("*") if file.is_file())
        self.old, self.new = state(self.before), state(after)
        shutil.copytree(self.before, folder / "less")
        ended(start("remove", folder / "less", self.first[0]))
        self.less = state(folder / "less")
        self.words = {name: ended(start(name, self.before)).output for name in ("stats", "validate")}

    @contextmanager
    def copy(self, place: Path | None = None, of: Path | None = None) -> Iterator[Path]:
        store = Path(shutil.copytree(of or self.before, (place or self.folder) / "store"))
        yield store
        shutil.rmtree(store)

    def broken_off(self) -> Path:
        """A store like ``before`` whose build was killed after it had read the articles."""
        store = self.folder / "broken off"
        for share in (0.9, 0.95, 0.85, 0.97, 0.8, 0.75, 0.7) * 3:
            shutil.rmtree(store, ignore_errors=True)
            shutil.copytree(self.before, store)
            process = build(self.more, store)
            time.sleep(share * self.lasting)
            process.kill()
            process.communicate()
            with closing(sqlite3.connect(store / "articles.sqlite")) as ledger:
                read = ledger.execute("SELECT COUNT(*) FROM articles").fetchone()[0]
            if read == len(self.first + self.more) and state(store) == self.old:
                return store
        sys.exit("no build could be killed between its reading and its writing")

    def named(self, found: frozenset[Triple]) -> str:
        return "old" if found == self.old else "new" if found == self.new else "NEITHER"


def killed(stores: Stores, moments: int, chance: random.Random) -> Counter[str]:
    seen: Counter[str] = Counter()
    read = stores.broken_off()
    with stores.copy(of=read) as store:
        begun = time.perf_counter()
        ended(build(stores.more, store))
        writing = time.perf_counter() - begun
    for number in range(moments):
        with stores.copy(of=read if number % 2 else None) as store:
            process = build(stores.more, store)
            time.sleep(chance.uniform(0, 1.02) * (writing if number % 2 else stores.lasting))
            process.kill()
            process.communicate()
            seen[stores.named(state(store))] += 1
            if ended(build(stores.more, store)).status or state(store) != stores.new:
                seen["NOT FINISHED BY THE NEXT BUILD"] += 1
            if len({entry.name for entry in store.iterdir()} - EXPECTED) != 1:
                seen["LEFTOVERS"] += 1
    return seen


def full(stores: Stores, moments: int, chance: random.Random) -> Counter[str]:
    seen: Counter[str] = Counter()
    if os.name != "posix" or os.geteuid():
        return Counter({"left out, because only root can mount a small disk": 1})
    disk = stores.folder / "disk"
    disk.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", f"size={8 * stores.growth}", "tmpfs", str(disk)]
    if subprocess.run(mount, check=False).returncode:
        return Counter({"left out, because no small disk can be mounted": 1})
    try:
        for _ in range(moments):
            with stores.copy(disk) as store:
                filler = disk / "filler"
                room = int(chance.uniform(0, 2) * stores.growth)
                filler.write_bytes(bytes(max(0, shutil.disk_usage(disk).free - room)))
                done = ended(build(stores.more, store))
                found = stores.named(state(store))
                if done.status == 0:
                    seen["had room" if found == "new" else "LOST"] += 1
                elif done.refused and found in ("old", "new"):
                    seen["told in one line"] += 1
                else:
                    seen[f"BADLY TOLD: {done.status} {found} {done.errors[-200:]}"] += 1
                filler.unlink()
                if ended(build(stores.more, store)).status or state(store) != stores.new:
                    seen["NOT FINISHED BY THE NEXT BUILD"] += 1
    finally:
        subprocess.run(["umount", str(disk)], check=False)
    return seen


def contended(stores: Stores, moments: int, chance: random.Random) -> Counter[str]:
    seen: Counter[str] = Counter()
    for _ in range(moments):
        with stores.copy() as store:
            halves = [stores.more[:3], stores.more[3:]]
            one = build(halves[0], store)
            time.sleep(chance.uniform(0, 1.1) * stores.lasting)
            two = build(halves[1], store)
            outcomes = [ended(one), ended(two)]
            refused = [done for done in outcomes if done.status]
            if any(not done.refused or "another process is writing" not in done.errors for done in refused):
                seen[f"BADLY TOLD: {[done.errors[-200:] for done in refused]}"] += 1
            elif len(refused) == 2:
                seen["BOTH REFUSED"] += 1
            else:
                seen["one refused" if refused else "one after the other"] += 1
            again = [ended(build(half, store)) for half, done in zip(halves, outcomes, strict=True) if done.status]
            if any(done.status for done in again) or state(store) != stores.new:
                seen["LOST"] += 1
    return seen


def watched(stores: Stores, moments: int, chance: random.Random) -> Counter[str]:
    seen: Counter[str] = Counter()
    for _ in range(moments):
        with stores.copy() as store:
            process = build(stores.more, store)
            before = ""
            while process.poll() is None:
                found = stores.named(state(store))
                seen[found] += 1
                if (before, found) == ("new", "old"):
                    seen["BACK TO THE OLD"] += 1
                before = found
                time.sleep(chance.uniform(0, 0.1))
            if ended(process).status or state(store) != stores.new:
                seen["LOST"] += 1
    return seen


def damaged(stores: Stores, moments: int, chance: random.Random) -> Counter[str]:
    seen: Counter[str] = Counter()
    for number in range(moments):
        with stores.copy() as store:
            files = sorted(file for file in store.rglob("*") if file.is_file() and file.stat().st_size)
            file = files[number % len(files)]
            how = harm(file, chance)
            for reading in (("export", store, "-o", stores.folder / "all.nq"), ("stats", store), ("validate", store)):
                done = ended(start(*reading))
                if reading[0] == "export":
                    right = done.status == 0 and state(stores.folder / "all.nq") == stores.old
                else:
                    right = (
                        done.status == 0
                        and done.output.replace(str(store), str(stores.before)) == stores.words[reading[0]]
                    )
                if right or done.refused:
                    seen[f"{reading[0]}: {'right' if right else 'told in one line'}"] += 1
                else:
                    seen[f"{reading[0].upper()} WRONG, {file.name} {how}: {done.status} {done.errors[-200:]}"] += 1
            done = ended(start("remove", store, stores.first[0], "--quiet"))
            if done.refused:
                seen["remove: told in one line"] += 1
            elif done.status == 0 and readable(store) == stores.less:
                seen["remove: right"] += 1
            else:
                seen[f"REMOVE WRONG, {file.name} {how}: {done.status} {done.errors[-200:]}"] += 1
    return seen


def harm(file: Path, chance: random.Random) -> str:
    """Damage a file; gives how."""
    content = bytearray(file.read_bytes())
    how = chance.choice(["changed", "changed", "cut off", "emptied", "deleted"])
    if how == "deleted":
        file.unlink()
    elif how == "changed":
        for _ in range(max(1, len(content) // 500)):
            content[chance.randrange(len(content))] ^= chance.randrange(1, 256)
        file.write_bytes(content)
    else:
        file.write_bytes(content[: chance.randrange(len(content))] if how == "cut off" else b"")
    return how


PARTS = {"killed": killed, "full": full, "contended": contended, "watched": watched, "damaged": damaged}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("parts", nargs="*", metavar="PART", help=f"one or more of {', '.join(PARTS)}; all unless given")
    parser.add_argument("--moments", type=int, default=50)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    if unknown := set(options.parts) - set(PARTS):
        parser.error(f"there is no part {unknown.pop()}; known are {', '.join(PARTS)}")
    wrong = False
    with tempfile.TemporaryDirectory() as scratch:
        stores = Stores(Path(scratch))
        print(f"a build takes {stores.lasting:.1f} s; the store has {stores.growth:,} bytes after it", flush=True)
        for name in options.parts or PARTS:
            seen = PARTS[name](stores, options.moments, random.Random(options.seed))
            print(f"{name}, {options.moments} times: {dict(sorted(seen.items()))}", flush=True)
            wrong |= any(any(word.isupper() and len(word) > 3 for word in outcome.split()) for outcome in seen)
    sys.exit(wrong)


if __name__ == "__main__":
    main()
