"""How well near-duplicates are told from different reports, on invented stories; and how the search for them scales.

    python benchmarks/near_duplicates.py            # precision and recall by kind of edit
    python benchmarks/near_duplicates.py --speed 20000

Every story of near_duplicates.txt is edited as papers do; each edited text is to be found a near-duplicate of its
story, and none of the other reports, or of those written by one pattern, of any.
"""

from __future__ import annotations

import argparse
import random
import re
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path
from time import process_time

from kg.facts import Article
from kg.identity.duplicates import Duplicates, copies
from kg.readers import article_from_text

FOOT = "All rights reserved. No part of this text may be published, broadcast or rewritten without written permission."
CHANGES = (
    (r"\bsaid\b", "says"),
    (r"\babout\b", "around"),
    (r"\bpercent\b", "per cent"),
    (r"\bwill\b", "is to"),
    (r"\bafter\b", "when"),
    (r"\bkilometres\b", "km"),
    (r"\bexpected\b", "likely"),
    (r"\bmost\b", "the majority"),
)
"""What an editor with a style book does."""


def stories() -> dict[str, dict[str, list[list[str]]]]:
    """By name of the story: its parts by kind, each a list of paragraphs."""
    found: dict[str, dict[str, list[list[str]]]] = {}
    for block in re.split(r"^== ", Path(__file__).with_suffix(".txt").read_text("utf-8"), flags=re.M)[1:]:
        head, *paragraphs = (line for line in block.splitlines() if line.strip())
        kind, name = head.split()
        found.setdefault(name, {}).setdefault(kind, []).append(paragraphs)
    return found


Paragraphs = list[str]
Edit = Callable[[Paragraphs, Paragraphs, Paragraphs], Paragraphs]
EDITS: dict[str, Edit] = {
    "as it is": lambda story, lead, added: story,
    "another first paragraph": lambda story, lead, added: lead + story[1:],
    "cut to two thirds": lambda story, lead, added: story[: -(len(story) // 3)],
    "cut to the first half": lambda story, lead, added: story[: len(story) // 2],
    "every third paragraph out": lambda story, lead, added: [p for n, p in enumerate(story) if n % 3 != 2],
    "paragraphs in another order": lambda story, lead, added: [story[0], *reversed(story[1:])],
    "a paragraph of its own": lambda story, lead, added: [*story[:3], *added, *story[3:]],
    "another first paragraph, cut, one added": lambda story, lead, added: lead + story[1 : -(len(story) // 3)] + added,
    "words by the style book": lambda story, lead, added: [styled(p) for p in story],
    "style book and another first paragraph": lambda story, lead, added: lead + [styled(p) for p in story[1:]],
    "style book, cut to two thirds": lambda story, lead, added: [styled(p) for p in story[: -(len(story) // 3)]],
}


def styled(paragraph: str) -> str:
    for pattern, word in CHANGES:
        paragraph = re.sub(pattern, word, paragraph)
    return paragraph


def article(title: str, paragraphs: Paragraphs) -> Article:
    return article_from_text("\n\n".join([title, *paragraphs, FOOT]))


def quality(verbose: bool) -> None:
    right = wrong = 0
    missed: dict[str, list[str]] = {}
    total: dict[str, int] = {}
    for edit, change in EDITS.items():
        known = dict[str, tuple[str, str]]()  # by hash: name of the story, and whether it is one of its wordings
        texts = []
        for name, parts in stories().items():
            for story in parts.get("story", ()):
                texts.append(article(f"{name} agency headline", story))
                known[texts[-1].sha256] = (name, "story")
                edited = change(story, parts["lead"][0], parts["added"][0])
                texts.append(article(f"How the {name} came about", edited))
                known[texts[-1].sha256] = (name, "edited")
            for kind in ("other", "template"):
                for number, other in enumerate(parts.get(kind, ())):
                    texts.append(article(f"{name} {kind} {number}", other))
                    known[texts[-1].sha256] = (name, kind)
        found = copies(texts)
        pairs = {frozenset((sha, copy.of)) for sha, copy in found.items()}
        for name, parts in stories().items():
            if "story" not in parts:
                continue
            pair = frozenset(sha for sha, told in known.items() if told in ((name, "story"), (name, "edited")))
            total[edit] = total.get(edit, 0) + 1
            if pair in pairs:
                right += 1
                pairs.discard(pair)
            else:
                missed.setdefault(edit, []).append(name)
        wrong += len(pairs)
        for one, other in map(tuple, pairs):
            print(f"wrong, {edit}: {known[one]} / {known[other]}")
    for edit, count in total.items():
        print(f"{edit:42} found {count - len(missed.get(edit, ()))} of {count}  {' '.join(missed.get(edit, ()))}")
    print(f"precision {right / (right + wrong):.3f}, recall {right / sum(total.values()):.3f}")


def speed(count: int) -> None:
    """Of invented articles, a fifth of them edited copies of others, with phrases that many share."""
    chance = random.Random(7)
    words = [f"w{n}" for n in range(20_000)]
    phrases = [" ".join(chance.choices(words, k=8)) for _ in range(300)]

    def text() -> list[str]:
        found = []
        for _ in range(chance.randint(8, 20)):
            sentence = chance.choices(words, weights=None, k=chance.randint(15, 30))
            if chance.random() < 0.4:
                sentence[5:5] = [chance.choice(phrases)]
            found.append(" ".join(sentence).capitalize() + ".")
        return found

    def articles() -> Iterator[Article]:
        kept: list[list[str]] = []
        for _ in range(count):
            if kept and chance.random() < 0.2:
                one = chance.choice(kept)
                yield article("Copy", text()[:1] + one[1 : -len(one) // 4])
            else:
                kept.append(text())
                yield article("First", kept[-1])

    made = [(one.sha256, one) for one in articles()]
    database = sqlite3.connect(":memory:")
    duplicates = Duplicates(database)
    start = process_time()
    duplicates.update((), made[:-200])
    took = process_time() - start
    print(f"{len(made) - 200} articles: {took:.1f} s, {1000 * took / (len(made) - 200):.2f} ms an article")
    pages = database.execute("PRAGMA page_count").fetchone()[0]
    print(f"{len(duplicates.all())} near-duplicates; {pages * 4096 >> 20} MB")
    for words_of, removed, added in (("adding", [], made[-200:]), ("removing", [sha for sha, _ in made[-200:]], [])):
        start = process_time()
        for one in added or removed:
            duplicates.update([] if added else [one], [one] if added else [])
        print(f"{words_of} one: {1000 * (process_time() - start) / 200:.2f} ms")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--speed", type=int)
    parser.add_argument("-v", action="store_true")
    options = parser.parse_args()
    if options.speed:
        speed(options.speed)
    else:
        quality(options.v)
