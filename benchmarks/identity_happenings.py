"""How well described events ("the fire") of several articles are joined, on identity_happenings*.tsv.

Each pair is built as an archive of its own two articles, and within one archive of all. A wrong merge is a "different"
or "unsure" pair that becomes one node; a missed one is a "same" pair that does not. An "unsure" pair may be a
candidate.
Run with ``-v`` to see every error.

    python benchmarks/identity_happenings.py [-v]
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from datetime import date
from pathlib import Path

from kg.facts import (
    Article,
    ArticleFacts,
    DateInterval,
    Entity,
    EntityKind,
    Event,
    Mention,
    Metadatum,
    Participation,
    Relation,
    TextSpan,
)
from kg.identity import Identities, IriPolicy, identify

PAIRS = Path(__file__).with_name("identity_happenings.tsv")
HELD_OUT = Path(__file__).with_name("identity_happenings_held_out.tsv")
KINDS = {"o": EntityKind.ORGANISATION, "l": EntityKind.PLACE, "p": EntityKind.PERSON}
MARKED = re.compile(r"<([olp]):([^>]*)>|\{([^}]*)\}")


def pairs(path: Path = PAIRS) -> list[list[str]]:
    lines = path.read_text(encoding="utf-8").splitlines()
    return [line.split("\t") for line in lines if line and not line.startswith("#")]


def article(number: str, kind: str, marked: str, says: str) -> ArticleFacts:
    """The facts of an article with one described event, marked {so} in its text, and names, marked <l:so>."""
    text, at = "", 0
    mentions: list[Mention] = []
    named: dict[str, tuple[EntityKind, list[Mention]]] = {}
    for match in MARKED.finditer(marked):
        text += marked[at : match.start()]
        at = match.end()
        word = match[2] or match[3]
        mention = Mention(TextSpan(len(text), len(text) + len(word)))
        text += word
        if match[3]:
            mentions.append(mention)
        else:
            named.setdefault(word, (KINDS[match[1]], []))[1].append(mention)
    text += marked[at:] + f"\n\n{number}"
    keys = {name: f"{what.value}:{name.casefold()}" for name, (what, _) in named.items()}
    things = [Entity(keys[name], name, frozenset({what}), tuple(found)) for name, (what, found) in named.items()]
    facts: dict[str, list[str]] = {}
    for item in filter(None, (part.strip() for part in says.split(";"))):
        sign, _, value = item.partition(":")
        facts.setdefault(sign, []).append(value)
    span = mentions[0].span
    first, _, last = facts.get("on", [""])[0].partition("/")
    days = None
    if first:
        days = DateInterval(date.fromisoformat(first), date.fromisoformat(last or first), "day", first, span)
    whole = tuple(Event(f"event:{n.casefold()}", n, True, (Mention(span),)) for n in facts.get("of", ()))
    name = text[span.begin : span.end]
    places = [keys[place] for place in facts.get("at", ())]
    event = Event(
        "event:told",
        name,
        False,
        tuple(mentions),
        type=kind,
        date=days,
        place=places[0] if places else None,
        other_places=tuple((place, span) for place in places[1:]),
        part_of=whole[0].key if whole else None,
        theme="".join(facts.get("theme", ())) or None,
        status="".join(facts.get("status", ())) or None,
    )
    second = []
    if "also" in facts:  # another event of the type on that day
        second = [Event("event:second", "second " + name, False, (Mention(span),), type=kind, date=days)]
    parts = tuple(Participation(keys[who], "participatedIn", "event:told", span) for who in facts.get("with", ()))
    relations = []
    for inside in facts.get("in", ()):
        place, _, outer = inside.partition(">")
        relations.append(Relation(keys[place], "locatedIn", keys[outer], span))
    about = Article(text, metadata=(Metadatum("date", facts.get("d", ["2025-03-05"])[0]),))
    return ArticleFacts(
        about, tuple(things), events=(event, *second, *whole), participations=parts, relations=tuple(relations)
    )


def outcome(found: Identities, one: ArticleFacts, other: ArticleFacts) -> str:
    """Whether the events of two articles are one node (same), a candidate, or neither."""
    keys = [(facts.article.sha256, "event:told") for facts in (one, other)]
    nodes = [found.nodes[key].iri for key in keys]
    if nodes[0] == nodes[1]:
        return "same"
    linked = any(
        link.kind == "closeMatch" and {link.subject, link.object} == set(nodes)
        for key in keys
        for link in found.links.get(key, ())
    )
    return "candidate" if linked else "apart"


def measure(path: Path) -> bool:
    rows = pairs(path)
    made = [(article(f"{n} a", r[1], r[2], r[3]), article(f"{n} b", r[1], r[4], r[5])) for n, r in enumerate(rows)]
    policy = IriPolicy()
    together = identify([facts for pair in made for facts in pair], policy)
    total = Counter(row[0] for row in rows)
    print(f"{path.name}: {len(rows)} pairs: {dict(sorted(total.items()))}")
    good = True
    for label, archive in (("each pair by itself", None), ("all in one archive", together)):
        count: Counter[tuple[str, str]] = Counter()
        for row, (one, other) in zip(rows, made, strict=True):
            got = outcome(archive or identify([other, one], policy), one, other)
            count[row[0], got] += 1
            expected = {"same": ("same",), "different": ("apart", "candidate"), "unsure": ("apart", "candidate")}
            if "-v" in sys.argv and got not in expected[row[0]]:
                print(f"  {row[0]} -> {got}: {row[6]}: {row[2]} [{row[3]}] / {row[4]} [{row[5]}]")
        wrong = sum(count[kind, "same"] for kind in ("different", "unsure"))
        missed = total["same"] - count["same", "same"]
        apart = total["different"] + total["unsure"]
        print(
            f"{label}: wrong merges {wrong}/{apart} ({wrong / apart:.1%}), missed {missed}/{total['same']} "
            f"({missed / total['same']:.1%}), of these candidates {count['same', 'candidate']}; "
            f"unsure listed {count['unsure', 'candidate']}/{total['unsure']}"
        )
        good = good and wrong <= 0.01 * apart and missed <= 0.15 * total["same"]
    return good


def main() -> int:
    return 0 if all([measure(PAIRS), measure(HELD_OUT)]) else 1


if __name__ == "__main__":
    sys.exit(main())
