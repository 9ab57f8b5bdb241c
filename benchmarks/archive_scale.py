"""A large archive: how fast it is loaded, changed and asked, and how much memory that takes.

    python benchmarks/archive_scale.py [--articles 20000] [--folder DIRECTORY]

Articles are invented (no text is read): people, bodies, places and events recur as in newspapers (Zipf's law); a part
of the names is written in other ways (initial, family name alone, acronym), and frequent names are borne by several
people. Their facts go the real way: near-duplicates, identity, mapping, store. Beside it, in the same run, pyoxigraph
bulk-loads a file of the same quads. Then single articles are added and removed, and every shipped question that starts
from a name is asked about the most frequent things. Times are of the processor (all threads) and of the clock.
"""

from __future__ import annotations

import argparse
import random
import resource
import shutil
import sys
import tempfile
import threading
import time
from bisect import bisect
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from itertools import accumulate
from pathlib import Path
from statistics import mean, median

from pyoxigraph import RdfFormat, Store

import kg
from kg.archive import Archive
from kg.errors import QueryError
from kg.facts import (
    Article,
    ArticleFacts,
    Attribution,
    Block,
    BlockKind,
    DateInterval,
    Entity,
    EntityKind,
    Event,
    Mention,
    Metadatum,
    Participation,
    Role,
    Statement,
    TextSpan,
)
from kg.queries import questions
from kg.records import encode
from kg.words import table, words

MODEL = "generated 1"
TITLES = ["director", "minister", "spokeswoman", "professor", "mayor", "chief executive", "striker", "judge", "singer"]
HEADS = ["Agency", "Institute", "Bank", "University", "Corporation", "Office", "Party", "Council", "Foundation"]
WORDS = """harbour bridge school budget plan trade road winter market water tax vote rail court dock health energy land
price union port storm coast river""".split()  # noqa: SIM905


class World:
    """People with posts, bodies, places and events, of which articles tell; as many as an archive of ``size`` has."""

    def __init__(self, size: int, seed: int = 1) -> None:
        chance = random.Random(seed)
        given = sorted(row[0].title() for row in table("names_given") if row[0].isalpha())[::7]
        family = sorted(name.title() for name in words("names_family") if name.isalpha())[::5]
        people = max(1_000, size // 3)
        self.places = sorted(row[0] for row in table("names_places") if row[0].isascii())[:: max(1, 60_000 // people)]
        self.bodies = [
            f"{chance.choice(family)} {chance.choice(family)} {chance.choice(HEADS)}" for _ in range(people // 4)
        ]
        self.people = [
            (f"{chance.choice(given)} {chance.choice(family)}", chance.choice(TITLES), chance.randrange(people // 4))
            for _ in range(people)
        ]
        self.events = [f"{chance.choice(family)} {word.title()} Summit" for word in WORDS for _ in range(people // 200)]
        self._seed = seed
        self._weights = {n: list(accumulate(1 / (i + 3) for i in range(n))) for n in range(0)}

    def draw(self, chance: random.Random, items: list) -> int:
        """The place of an item: the first are drawn most often."""
        weights = self._weights.get(len(items))
        if weights is None:
            weights = self._weights[len(items)] = list(accumulate(1 / (i + 3) for i in range(len(items))))
        return bisect(weights, chance.random() * weights[-1])

    def article(self, number: int) -> ArticleFacts:
        """The facts of an article; they depend on its number and the world alone."""
        return _Writer(self, random.Random(f"{self._seed} {number}"), number).facts()


class _Writer:
    """Writes one article, noting where everything stands."""

    def __init__(self, world: World, chance: random.Random, number: int) -> None:
        self.world = world
        self.chance = chance
        self.number = number
        self.text = ""
        self.mentions: dict[str, list[Mention]] = {}
        self.names: dict[str, tuple[str, frozenset[EntityKind], tuple[str, ...]]] = {}
        self.roles: list[Role] = []
        self.statements: list[Statement] = []
        self.participations: list[Participation] = []
        self.events: list[Event] = []

    def write(self, words: str) -> TextSpan:
        begin = len(self.text)
        self.text += words
        return TextSpan(begin, len(self.text))

    def name(self, kind: EntityKind, name: str, *aliases: str) -> str:
        key = f"{kind.value}:{name.casefold()}"
        self.names.setdefault(key, (name, frozenset({kind}), aliases))
        self.mentions.setdefault(key, []).append(Mention(self.write(name), "full name"))
        return key

    def person(self, with_post: bool) -> tuple[str, str | None]:
        chance, world = self.chance, self.world
        name, title, body = world.people[world.draw(chance, world.people)]
        first, last = name.split(" ", 1)
        way = chance.random()
        written = name if way < 0.85 else f"{first[0]}. {last}" if way < 0.92 else last
        begin = len(self.text)
        key = self.name(EntityKind.PERSON, written)
        if not with_post:
            return key, None
        self.write(f", {title} of ")
        employer = self.name(EntityKind.ORGANISATION, world.bodies[body])
        role = f"role:{len(self.roles)}"
        span = TextSpan(begin, len(self.text))
        self.roles.append(Role(role, key, title, employer, span, reason="apposition"))
        return key, role

    def body(self) -> str:
        name = self.world.bodies[self.world.draw(self.chance, self.world.bodies)]
        initials = "".join(word[0] for word in name.split())
        way = self.chance.random()
        if way < 0.04:
            return self.name(EntityKind.ORGANISATION, initials)
        return self.name(EntityKind.ORGANISATION, name, *([initials] if way < 0.1 else []))

    def phrase(self, count: int) -> str:
        return " ".join(self.chance.choice(WORDS) for _ in range(count))

    def statement(self, speaker: str, role: str | None) -> None:
        self.write(" ")
        cue = self.write("said")
        self.write(" that ")
        content = self.write(f"the {self.phrase(3)} was no {self.number}")
        sentence = TextSpan(cue.begin, content.end)
        self.write(".\n\n")
        attribution = Attribution((content,), None, cue, "say", "indirect", "assertion", sentence)
        self.statements.append(Statement(attribution, speaker, role=role))

    def facts(self) -> ArticleFacts:
        chance, world = self.chance, self.world
        day = date(2000, 1, 1) + timedelta(days=self.number % 9000)
        headline = self.write(f"The {self.phrase(4)} of {self.number}".title())
        self.write("\n\n")
        speaker, role = self.person(with_post=True)
        self.statement(speaker, role)
        guest, _ = self.person(with_post=chance.random() < 0.5)
        self.write(" attended the ")
        place_of_event = world.draw(chance, world.events)
        event = world.events[place_of_event]
        opened = date(2000, 1, 1) + timedelta(days=place_of_event * 37 % 9000)
        begin = len(self.text)
        span = self.write(event)
        self.write(" in ")
        place = self.name(EntityKind.PLACE, world.places[world.draw(chance, world.places)])
        key = f"event:{event.casefold()}"
        held = DateInterval(opened, opened, "day", event, span)
        self.events.append(Event(key, event, True, (Mention(span),), type="gathering", date=held, place=place))
        self.participations.append(Participation(guest, "attended", key, TextSpan(begin, len(self.text))))
        self.write(" with ")
        self.body()
        self.write(" and ")
        self.body()
        self.write(".\n\n")
        self.name(EntityKind.PLACE, world.places[world.draw(chance, world.places)])
        self.write(f" has a {self.phrase(6)}.\n")
        metadata = (
            Metadatum("title", self.text[headline.begin : headline.end], headline),
            Metadatum("date", day.isoformat(), origin="field 'date'"),
            Metadatum("url", f"https://paper.example/{self.number}", origin="field 'url'"),
        )
        blocks = (
            Block(headline, BlockKind.HEADLINE),
            Block(TextSpan(headline.end + 2, len(self.text)), BlockKind.PARAGRAPH),
        )
        entities = tuple(
            Entity(key, name, kinds, tuple(self.mentions[key]), aliases)
            for key, (name, kinds, aliases) in self.names.items()
        )
        return ArticleFacts(
            Article(self.text, f"articles.jsonl#{self.number}", metadata, blocks),
            entities,
            events=tuple(self.events),
            roles=tuple(self.roles),
            participations=tuple(self.participations),
            statements=tuple(self.statements),
        )


class Clock:
    """Seconds of the processor (all threads of this process) and of the clock."""

    def __init__(self) -> None:
        self.start()

    def start(self) -> None:
        self._wall, self._cpu = time.perf_counter(), time.process_time()

    def seconds(self) -> tuple[float, float]:
        return time.process_time() - self._cpu, time.perf_counter() - self._wall


class Stages:
    """Adds up the processor time that the calling thread spends inside of some functions."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}

    @contextmanager
    def of(self, functions: list[tuple[object, str, str]]) -> Iterator[None]:
        kept = [(owner, name, getattr(owner, name)) for owner, name, _ in functions]
        for owner, name, stage in functions:
            setattr(owner, name, self._timed(getattr(owner, name), stage))
        try:
            yield
        finally:
            for owner, name, function in kept:
                setattr(owner, name, function)

    def _timed(self, function: Callable, stage: str) -> Callable:
        def timed(*arguments: object, **options: object) -> object:
            start = time.thread_time()
            try:
                return function(*arguments, **options)
            finally:
                self.seconds[stage] = self.seconds.get(stage, 0.0) + time.thread_time() - start

        return timed


class Memory:
    """Looks at the memory of this process every now and then."""

    def __init__(self) -> None:
        self.seen: list[tuple[float, float]] = []
        self._done = threading.Event()
        self._thread = threading.Thread(target=self._look, daemon=True)

    def __enter__(self) -> Memory:
        self._start = time.perf_counter()
        self._thread.start()
        return self

    def __exit__(self, *rest: object) -> None:
        self._done.set()
        self._thread.join()

    def _look(self) -> None:
        while not self._done.wait(0.5):
            pages = int(Path("/proc/self/statm").read_text().split()[1])
            self.seen.append((time.perf_counter() - self._start, pages * resource.getpagesize() / 2**20))

    def curve(self, points: int = 10) -> str:
        """Megabytes at equal distances of time."""
        if not self.seen:
            return ""
        last = self.seen[-1][0]
        at = [min(self.seen, key=lambda item: abs(item[0] - last * i / points))[1] for i in range(1, points + 1)]
        return " ".join(f"{megabytes:.0f}" for megabytes in at)

    def peak(self) -> float:
        return max((megabytes for _, megabytes in self.seen), default=0.0)


def given(world: World, numbers: range) -> tuple[Iterator[Article], Callable]:
    """Articles, and what reads them: the facts are made once for each, and let go."""
    made: dict[str, ArticleFacts] = {}

    def articles() -> Iterator[Article]:
        for number in numbers:
            facts = world.article(number)
            made[facts.article.source] = facts
            yield facts.article

    def read(some: Iterator[Article]) -> Iterator[tuple[Article, bytes]]:
        for article in some:
            yield article, encode(made.pop(article.source))

    return articles(), read


def load(folder: Path, world: World, count: int) -> tuple[float, float]:
    """Build the archive; gives processor and clock seconds, those of making the articles left out."""
    from kg.archive import update
    from kg.archive.generation import Generation, Loading
    from kg.identity.resolution import Resolution

    making = Stages()
    stages = Stages()
    clock = Clock()
    with (
        Memory() as memory,
        making.of([(World, "article", "making")]),
        stages.of(
            [
                (Resolution, "fill", "identity"),
                (update.Update, "_wanted", "shares"),
                (update._Mapping, "lines", "mapping"),
                (Generation, "say", "counting support"),
                (Generation, "finish", "finishing"),
                (Loading, "_load", "loading (in a thread)"),
            ]
        ),
        Archive(folder) as archive,
    ):
        articles, read = given(world, range(count))
        changes = archive.add(articles, read, MODEL)
    cpu, wall = clock.seconds()
    made = making.seconds["making"]
    assert changes.added == count and not changes.failures, changes
    parts = ", ".join(f"{stage} {seconds:.1f}" for stage, seconds in stages.seconds.items())
    print(
        f"{count} articles loaded in {cpu - made:.1f} s of the processor,"
        f" {wall - made:.1f} s of the clock; of it {parts}"
    )
    print(f"  memory over time: {memory.curve()} MB, at most {memory.peak():.0f} MB")
    return cpu - made, wall - made


def load_raw(folder: Path, archive: Path) -> tuple[int, float, float]:
    """Let pyoxigraph load a file of the same quads; gives their number, processor and clock seconds."""
    file = folder / "quads.nq"
    with kg.open(archive) as graph:
        graph.store.dump(str(file), RdfFormat.N_QUADS)
    store = Store(str(folder / "raw"))
    clock = Clock()
    store.bulk_load(path=str(file), format=RdfFormat.N_QUADS)
    store.flush()
    cpu, wall = clock.seconds()
    quads = len(store)
    del store
    shutil.rmtree(folder / "raw")
    file.unlink()
    return quads, cpu, wall


def change(folder: Path, world: World, numbers: range) -> None:
    """Add single articles and remove them again, each in a build of its own."""
    for word, job in (("add", _add), ("remove", _remove)):
        times = []
        for number in numbers:
            clock = Clock()
            job(folder, world, number)
            times.append(clock.seconds())
        cpu, wall = zip(*times, strict=True)
        print(
            f"  {word} one article: {median(cpu):.3f} s of the processor"
            f" (mean {mean(cpu):.3f}, at most {max(cpu):.3f}),"
            f" {median(wall):.3f} s of the clock (mean {mean(wall):.3f})"
        )


def _add(folder: Path, world: World, number: int) -> None:
    with Archive(folder) as archive:
        articles, read = given(world, range(number, number + 1))
        assert archive.add(articles, read, MODEL).added == 1


def _remove(folder: Path, world: World, number: int) -> None:
    with Archive(folder) as archive:
        assert archive.remove([f"https://paper.example/{number}"]).removed == 1


def ask(folder: Path, world: World) -> None:
    """Ask every shipped question that starts from a name: about the things told of most often, and of the middle."""
    with kg.open(folder) as graph:
        for which, place in (("told of most", 0), ("of the middle", len(world.people) // 50)):
            person, _, body = world.people[place]
            values = {
                "person": person,
                "organisation": world.bodies[body],
                "event": world.events[min(place, len(world.events) - 1)],
                "place": world.places[min(place, len(world.places) - 1)],
                "thing": person,
                "about": person,
            }
            times = sorted(_asked(graph, values), reverse=True)
            slowest = ", ".join(f"{name} {seconds:.2f} s ({rows} rows)" for seconds, name, rows in times[:6])
            print(
                f"  {len(times)} questions from a name {which}, of the processor: median"
                f" {median(t[0] for t in times):.3f} s; {sum(t[0] > 1 for t in times)} over 1 s; slowest {slowest}"
            )
            start = time.process_time()
            explained = len(graph.why(person))
            print(f"  kg why of a person {which}: {time.process_time() - start:.2f} s ({explained} facts)")


def _asked(graph: kg.KnowledgeGraph, values: dict[str, str]) -> Iterator[tuple[float, str, int]]:
    """Processor seconds (those of looking the name up with them), question and rows, for each name it can start from.

    Of pairs from one event there are as many as of its people, squared: who-met-whom is asked of a person alone.
    """
    for question in questions():
        for name in question.required or question.parameters:
            if name not in values or set(question.required) - values.keys():
                continue
            if (question.name, name) == ("who-met-whom", "event"):
                continue
            given = {needed: values[needed] for needed in (*question.required, name)}
            start = time.process_time()
            try:
                rows = len(graph.query(question.bound(graph, given), timeout=None))
            except QueryError as error:
                print(f"  {question.name} --{name}: {error}")
                continue
            yield time.process_time() - start, f"{question.name} --{name}", rows


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=5_000)
    parser.add_argument("--folder", type=Path, help="where to make the archive (a temporary folder)")
    options = parser.parse_args()
    world = World(options.articles)
    with tempfile.TemporaryDirectory(dir=options.folder) as scratch:
        folder = Path(scratch)
        cpu, wall = load(folder / "archive", world, options.articles)
        quads, raw_cpu, raw_wall = load_raw(folder, folder / "archive")
        size = sum(file.stat().st_size for file in (folder / "archive").rglob("*") if file.is_file()) / 2**20
        print(
            f"  {quads} quads ({quads / options.articles:.0f} an article), {size:.0f} MB;"
            f" raw bulk loading: {raw_cpu:.1f} s of the processor, {raw_wall:.1f} s of the clock;"
            f" rate of loading to raw: {raw_cpu / cpu:.2f} by the"
            f" processor, {raw_wall / wall:.2f} by the clock"
        )
        change(folder / "archive", world, range(options.articles, options.articles + 30))
        ask(folder / "archive", world)
    return 0


if __name__ == "__main__":
    sys.exit(main())
