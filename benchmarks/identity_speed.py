"""A generated archive to measure the speed and memory of identity on: facts made directly, no text is read.

People, bodies and places recur as in newspapers (Zipf's law); a part of the names is written in other ways (initial,
family name alone, acronym), and frequent names are borne by several people.
"""

from __future__ import annotations

import random
import resource
from bisect import bisect
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import accumulate
from time import process_time

from kg.facts import Article, ArticleFacts, Entity, EntityKind, Mention, Metadatum, Role, TextSpan
from kg.identity import IriPolicy, identify
from kg.words import table, words

SPAN = TextSpan(0, 1)
TITLES = ["director", "minister", "spokeswoman", "professor", "mayor", "chief executive", "striker", "judge", "singer"]


class World:
    """People with posts, bodies and places, of which articles tell."""

    def __init__(self, size: int, seed: int = 1) -> None:
        self.random = random.Random(seed)
        pick = self.random.choice
        given = sorted(row[0].title() for row in table("names_given") if row[0].isalpha())[::7]
        family = sorted(name.title() for name in words("names_family") if name.isalpha())[::5]
        heads = ["Agency", "Institute", "Bank", "University", "Corporation", "Office", "Party", "Council"]
        self.places = sorted(row[0] for row in table("names_places"))[:: max(1, 15_000 * 4 // size)]
        self.bodies = [f"{pick(family)} {pick(family)} {pick(heads)}" for _ in range(size // 4)]
        self.people = [
            (f"{pick(given)} {pick(family)}", pick(TITLES), self.random.randrange(len(self.bodies)))
            for _ in range(size)
        ]
        self._weights = {n: list(accumulate(1 / (i + 3) for i in range(n))) for n in map(len, self.lists)}

    @property
    def lists(self) -> tuple[list, list, list]:
        return self.people, self.bodies, self.places

    def draw(self, items: list) -> int:
        weights = self._weights[len(items)]
        return bisect(weights, self.random.random() * weights[-1])

    def articles(self, count: int) -> Iterator[ArticleFacts]:
        for number in range(count):
            yield self._article(number)

    def _article(self, number: int) -> ArticleFacts:
        things: dict[str, Entity] = {}

        def thing(kind: EntityKind, name: str, *aliases: str) -> str:
            key = f"{kind.value}:{name.casefold()}"
            things.setdefault(key, Entity(key, name, frozenset({kind}), (Mention(SPAN),), aliases))
            return key

        roles = []
        for _ in range(4):
            name, title, body = self.people[self.draw(self.people)]
            chance = self.random.random()
            first, last = name.split(" ", 1)
            written = name if chance < 0.8 else f"{first[0]}. {last}" if chance < 0.9 else last
            person = thing(EntityKind.PERSON, written)
            if chance < 0.95:
                employer = thing(EntityKind.ORGANISATION, self.bodies[body])
                roles.append(Role(f"role:{len(roles)}", person, title, employer, SPAN))
        for _ in range(3):
            name = self.bodies[self.draw(self.bodies)]
            initials = "".join(word[0] for word in name.split())
            if self.random.random() < 0.1:
                thing(EntityKind.ORGANISATION, initials)
            else:
                thing(EntityKind.ORGANISATION, name, *([initials] if self.random.random() < 0.2 else []))
        for _ in range(3):
            thing(EntityKind.PLACE, self.places[self.draw(self.places)])
        day = (date(2000, 1, 1) + timedelta(days=number % 9000)).isoformat()
        article = Article(f"article {number}", metadata=(Metadatum("date", day),))
        return ArticleFacts(article, tuple(things.values()), roles=tuple(roles))


def speed(count: int) -> None:
    made = list(World(max(2000, count // 2)).articles(count))
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    start = process_time()
    found = identify(made, IriPolicy())
    seconds = process_time() - start
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    entities = sum(len(facts.entities) for facts in made)
    nodes = len({node.iri for node in found.nodes.values()})
    kinds: dict[str, int] = {}
    for links in found.links.values():
        for link in links:
            kinds[link.kind] = kinds.get(link.kind, 0) + 1
    print(f"{count} articles, {entities} entities -> {nodes} nodes, links {dict(sorted(kinds.items()))}")
    each, size = seconds / count * 1e6, memory / count
    print(f"  {seconds:.1f} s of one core ({each:.0f} us an article), {memory / 1024:.0f} MB more ({size:.1f} kB each)")
