"""How well identity across articles does on identity_pairs.tsv: wrong merges and missed ones.

Each pair is built twice: as an archive of its own two articles, and within one archive of the articles of all pairs. A
wrong merge is a "different" pair that becomes one node; a missed one is a "same" pair that does not, whether or not it
is listed as a candidate. Run with ``-v`` to see every error; ``--speed`` measures ``identify`` on a generated archive.

    python benchmarks/identity.py [-v] [--speed [ARTICLES]]
"""

from __future__ import annotations

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
    Relation,
    Role,
    TextSpan,
)
from kg.identity import IriPolicy, identify

PAIRS = Path(__file__).with_name("identity_pairs.tsv")
HELD_OUT = Path(__file__).with_name("identity_pairs_held_out.tsv")
UNSEEN = sorted((Path(__file__).parents[1] / "tests" / "identity").glob("name_pairs*.tsv"))
SPAN = TextSpan(0, 1)
CONTEXT = {"o": "organisation", "l": "place", "p": "person"}


def pairs(path: Path) -> list[list[str]]:
    lines = path.read_text(encoding="utf-8").splitlines()
    return [line.split("\t") for line in lines if line and not line.startswith("#")]


def article(number: str, kind: str, name: str, context: str) -> ArticleFacts:
    """The facts of an article that tells of ``name`` what ``context`` says."""
    things: dict[str, Entity] = {}
    aliases: list[str] = []
    roles: list[Role] = []
    relations: list[Relation] = []
    day, days, place = "2024-03-01", "", None

    def thing(what: str, called: str) -> str:
        key = f"{what}:{called.casefold()}"
        things.setdefault(key, Entity(key, called, frozenset({EntityKind(what)}), (Mention(SPAN),)))
        return key

    own = f"{kind}:{name.casefold()}"
    for item in filter(None, (part.strip() for part in context.split(";"))):
        sign, colon, value = item.partition(":")
        if item.startswith("="):
            aliases.append(item[1:])
        elif colon and sign in CONTEXT:
            thing(CONTEXT[sign], value)
        elif colon and sign == "in":
            relations.append(Relation(own, "locatedIn", thing("place", value), SPAN))
        elif colon and sign == "d":
            day = value
        elif colon and sign == "on":
            days = value
        elif colon and sign == "at":
            place = thing("place", value)
        else:
            title, _, body = item.partition("@")
            status = "former" if title.startswith("former ") else None
            kept = f"place:{body.casefold()}"
            employer = (kept if kept in things else thing("organisation", body)) if body else None
            roles.append(Role(f"role:{len(roles)}", own, title.removeprefix("former "), employer, SPAN, status))
    events: tuple[Event, ...] = ()
    if kind == "event":
        interval = None
        if days:
            first, _, last = days.partition("/")
            interval = DateInterval(date.fromisoformat(first), date.fromisoformat(last or first), "day", days, SPAN)
        events = (Event(own, name, True, (Mention(SPAN),), tuple(aliases), date=interval, place=place),)
    else:
        things[own] = Entity(own, name, frozenset({EntityKind(kind)}), (Mention(SPAN),), tuple(aliases))
    text = Article(f"article {number}", metadata=(Metadatum("date", day),))
    return ArticleFacts(text, tuple(things.values()), (), events, tuple(roles), relations=tuple(relations))


def key_of(facts: ArticleFacts, kind: str, name: str) -> tuple[str, str]:
    return facts.article.sha256, f"{kind}:{name.casefold()}"


def measure(path: Path, verbose: bool) -> bool:
    policy = IriPolicy()
    rows = pairs(path)
    print(f"{path.name}: {len(rows)} pairs")
    made = [
        (article(f"{i} a", row[1], row[2], row[3]), article(f"{i} b", row[1], row[4], row[5]))
        for i, row in enumerate(rows)
    ]
    together = identify([facts for pair in made for facts in pair], policy)
    good = True
    for label, archive in (("each pair by itself", None), ("all in one archive", together)):
        wrong: list[list[str]] = []
        missed: list[list[str]] = []
        listed = 0
        total = Counter(row[0] for row in rows)
        for row, (one, other) in zip(rows, made, strict=True):
            found = archive or identify([other, one], policy)
            keys = key_of(one, row[1], row[2]), key_of(other, row[1], row[4])
            nodes = [found.nodes[key].iri for key in keys]
            if row[0] == "different" and nodes[0] == nodes[1]:
                wrong.append(row)
            elif row[0] == "same" and nodes[0] != nodes[1]:
                missed.append(row)
                links = {link.kind for key in keys for link in found.links.get(key, ()) if link.object in nodes}
                listed += "closeMatch" in links
        rates = len(wrong) / total["different"], len(missed) / total["same"]
        good = good and rates[0] <= 0.01 and rates[1] <= 0.15
        print(
            f"{label}: wrong merges {len(wrong)}/{total['different']} ({rates[0]:.1%}), "
            f"missed {len(missed)}/{total['same']} ({rates[1]:.1%}), of these candidates {listed}"
        )
        if verbose:
            for kind, errors in (("WRONG", wrong), ("MISSED", missed)):
                for row in errors:
                    print(f"  {kind} {row[1]}: {row[2]} [{row[3]}] / {row[4]} [{row[5]}] ({row[6]})")
    return good


def main() -> int:
    if "--speed" in sys.argv:
        from identity_speed import speed

        numbers = [int(word) for word in sys.argv if word.isdigit()]
        speed(numbers[0] if numbers else 20_000)
        return 0
    good = [measure(path, "-v" in sys.argv) for path in (PAIRS, HELD_OUT, *UNSEEN)]
    return 0 if all(good[:2]) else 1


if __name__ == "__main__":
    sys.exit(main())
