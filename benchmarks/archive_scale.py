"""A large archive: how fast it is loaded, changed and asked, and how much memory that takes.

    python benchmarks/archive_scale.py [--articles 20000] [--stories 1] [--folder DIRECTORY]

Articles are invented (no text is read): people, bodies, places and events recur as in newspapers (Zipf's law); a part
of the names is written in other ways (initial, family name alone, acronym), and frequent names are borne by several
people. An article tells as much as kg reads in an average one of 474 public news articles, in the same proportions
(names, mentions, posts, statements and what these are about), in three stories; with --stories 1 it is a short one, of
which identity and the records of articles are the larger part. Their facts go the real way: near-duplicates,
identity, mapping, store. Beside it, in the same run, pyoxigraph bulk-loads a file of the same quads. Then single
articles are added and removed, and every shipped question that starts from a name is asked about the most frequent
things. Times are of the processor (all threads and processes) and of the clock; making the articles, and packing their
facts, which reading processes do, is left out of them.
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
from contextlib import contextmanager, suppress
from datetime import date, timedelta
from decimal import Decimal
from functools import lru_cache
from itertools import accumulate
from pathlib import Path
from statistics import mean, median

from pyoxigraph import RdfFormat, Store, parse

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
    Quantity,
    Role,
    Statement,
    TextSpan,
    Topic,
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
    """People with posts, bodies, places and events, of which articles tell; as many as ``size`` articles have.

    Each article tells so many ``stories``.
    """

    def __init__(self, size: int, stories: int = 3, seed: int = 1) -> None:
        self.stories = stories
        size *= stories
        chance = random.Random(seed)
        given = sorted(row[0].title() for row in table("names_given") if row[0].isalpha())[::7]
        family = sorted(name.title() for name in words("names_family") if name.isalpha())[::5]
        people = max(1_000, size // 3)
        self.nouns = sorted(row[0] for row in table("names_nouns") if row[0].isalpha())[::5]
        chance.shuffle(self.nouns)
        self.places = sorted(row[0] for row in table("names_places") if row[0].isascii())[:: max(1, 60_000 // people)]
        self.bodies = [
            f"{chance.choice(family)} {chance.choice(family)} {chance.choice(HEADS)}" for _ in range(people // 4)
        ]
        self.people = [
            (f"{chance.choice(given)} {chance.choice(family)}", chance.choice(TITLES), chance.randrange(people // 4))
            for _ in range(people)
        ]
        self.topics = [f"{chance.choice(self.nouns)} {word}" for word in WORDS for _ in range(people // 200)]
        self.events = [
            (f"{chance.choice(family)} {word.title()} Summit", self.draw(chance, self.places), chance.randrange(9000))
            for word in WORDS
            for _ in range(people // 200)
        ]
        self._seed = seed

    def draw(self, chance: random.Random, items: list) -> int:
        """The place of an item: the first are drawn most often."""
        weights = _weights(len(items))
        return bisect(weights, chance.random() * weights[-1])

    def article(self, number: int) -> ArticleFacts:
        """The facts of an article; they depend on its number and the world alone."""
        return _Writer(self, random.Random(f"{self._seed} {number}"), number).facts()


@lru_cache
def _weights(count: int) -> list[float]:
    return list(accumulate(1 / (place + 3) for place in range(count)))


class _Writer:
    """Writes one article, noting where everything stands."""

    def __init__(self, world: World, chance: random.Random, number: int) -> None:
        self.world = world
        self.chance = chance
        self.number = number
        self.text = ""
        self.mentions: dict[str, list[Mention]] = {}
        self.names: dict[str, tuple[str, frozenset[EntityKind], tuple[str, ...]]] = {}
        self.topics: dict[str, tuple[str, list[Mention]]] = {}
        self.roles: list[Role] = []
        self.statements: list[Statement] = []
        self.participations: list[Participation] = []
        self.events: list[Event] = []

    def write(self, words: str) -> TextSpan:
        begin = len(self.text)
        self.text += words
        return TextSpan(begin, len(self.text))

    def words(self, count: int) -> str:
        return " ".join(self.world.nouns[self.world.draw(self.chance, self.world.nouns)] for _ in range(count))

    # Things

    def name(self, kind: EntityKind, name: str, *aliases: str) -> str:
        key = f"{kind.value}:{name.casefold()}"
        self.names.setdefault(key, (name, frozenset({kind}), aliases))
        self.mention(key, name, "full name")
        return key

    def mention(self, key: str, words: str, reason: str) -> TextSpan:
        span = self.write(words)
        self.mentions.setdefault(key, []).append(Mention(span, reason))
        return span

    def again(self, key: str) -> TextSpan:
        """Names a thing once more: a person by the family name."""
        name, kinds, _ = self.names[key]
        if EntityKind.PERSON not in kinds:
            return self.mention(key, name, "full name")
        return self.mention(key, name.rpartition(" ")[2], f"surname of '{name}'")

    def person(self) -> tuple[str, str, int]:
        """Names a person: the key, the title and the body that employs the person."""
        name, title, body = self.world.people[self.world.draw(self.chance, self.world.people)]
        first, last = name.split(" ", 1)
        way = self.chance.random()
        written = name if way < 0.85 else f"{first[0]}. {last}" if way < 0.92 else last
        return self.name(EntityKind.PERSON, written), title, body

    def official(self) -> tuple[str, str]:
        """Names a person with the post, half of the time with the employer: the keys of person and role."""
        begin = len(self.text)
        key, title, body = self.person()
        self.write(f", {title}")
        employer = None
        if self.chance.random() < 0.5:
            self.write(" of ")
            employer = self.name(EntityKind.ORGANISATION, self.world.bodies[body])
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

    def place(self) -> str:
        return self.name(EntityKind.PLACE, self.world.places[self.world.draw(self.chance, self.world.places)])

    def topic(self) -> str:
        name = self.world.topics[self.world.draw(self.chance, self.world.topics)]
        key = f"topic:{name}"
        self.topics.setdefault(key, (name, []))[1].append(Mention(self.write(name)))
        return key

    # Statements

    def said(self, speaker: str | None, source: TextSpan, role: str | None, *told: str) -> None:
        """What the source says, of things that are named again in it."""
        self.write(" ")
        cue = self.write("said")
        self.write(" that ")
        begin = len(self.text)
        self.write(f"the {self.words(3)} of ")
        quantities = []
        about = list(told)
        for key in told:
            self.again(key)
            self.write(" and ")
        if self.chance.random() < 0.2:
            about.append(self.topic())
            self.write(" with ")
        if self.chance.random() < 0.1:
            count = self.chance.randrange(2, 900)
            quantities.append(Quantity(Decimal(count), "ships", "eq", self.write(f"{count} ships")))
            self.write(" and ")
        self.write(f"{self.words(4)} was no {self.number}")
        content = TextSpan(begin, len(self.text))
        sentence = TextSpan(source.begin, content.end)
        self.write(". ")
        attribution = Attribution(
            (content,), source, cue, "say", "indirect", "assertion", sentence, reason="the cue has a clause"
        )
        how = "the subject of the cue names the speaker" if speaker else ""
        self.statements.append(
            Statement(
                attribution,
                speaker,
                "" if speaker else self.text[source.begin : source.end],
                role=role,
                about=tuple(dict.fromkeys(about)),
                quantities=tuple(quantities),
                speaker_reason=how,
            )
        )

    def gathering(self) -> None:
        """A person attends an event, on its day and in its place, with two bodies."""
        world = self.world
        at = world.draw(self.chance, world.events)
        event, where, day = world.events[at]
        opened = date(2000, 1, 1) + timedelta(days=day)
        begin = len(self.text)
        guest, *_ = self.person()
        self.write(" attended the ")
        span = self.write(event)
        self.write(" in ")
        place = self.name(EntityKind.PLACE, world.places[where])
        self.write(" on ")
        told = self.write(f"{opened.day} {opened:%B %Y}")
        key = f"event:{event.casefold()}"
        held = DateInterval(opened, opened, "day", self.text[told.begin : told.end], told)
        if all(known.key != key for known in self.events):
            self.events.append(Event(key, event, True, (Mention(span),), type="gathering", date=held, place=place))
        self.participations.append(Participation(guest, "attended", key, TextSpan(begin, len(self.text))))
        self.write(" with ")
        self.body()
        self.write(". ")

    def paragraph(self) -> int:
        """Begins a paragraph; gives where."""
        return self.write("\n\n").end

    def story(self) -> list[int]:
        """Writes three paragraphs; gives where they begin."""
        chance = self.chance
        starts = [self.paragraph()]
        speaker, role = self.official()
        self.write(", spoke at ")
        body = self.body()
        self.write(". ")
        self.said(speaker, self.again(speaker), role, body)
        self.said(speaker, self.again(speaker), role)
        starts.append(self.paragraph())
        if chance.random() < 0.5:
            self.gathering()
        else:
            self.place()
            self.write(f" has a {self.words(6)}. ")
        self.said(None, self.write("Officials"), None, body, speaker)
        starts.append(self.paragraph())
        if chance.random() < 0.6:
            other, post = self.official()
        else:
            (other, *_), post = self.person(), None
        self.write(" was in ")
        place = self.place()
        self.write(". ")
        self.said(other, self.again(other), post, place, speaker)
        self.said(other, self.again(other), post, body)
        self.write(f"The {self.words(20)} stood near ")
        self.again(place)
        self.write(".")
        return starts

    def facts(self) -> ArticleFacts:
        day = date(2000, 1, 1) + timedelta(days=self.number % 9000)
        headline = self.write(f"The {self.words(5)} of {self.number}".title())
        starts = [start for _ in range(self.world.stories) for start in self.story()]
        ends = [*(start - 2 for start in starts[1:]), len(self.text)]
        metadata = (
            Metadatum("title", self.text[headline.begin : headline.end], headline),
            Metadatum("date", day.isoformat(), origin="field 'date'"),
            Metadatum("url", f"https://paper.example/{self.number}", origin="field 'url'"),
        )
        blocks = (
            Block(headline, BlockKind.HEADLINE),
            *(Block(TextSpan(*ends), BlockKind.PARAGRAPH) for ends in zip(starts, ends, strict=True)),
        )
        entities = tuple(
            Entity(key, name, kinds, tuple(self.mentions[key]), aliases)
            for key, (name, kinds, aliases) in self.names.items()
        )
        return ArticleFacts(
            Article(self.text, f"articles.jsonl#{self.number}", metadata, blocks),
            entities,
            topics=tuple(Topic(key, name, tuple(mentions)) for key, (name, mentions) in self.topics.items()),
            events=tuple(self.events),
            roles=tuple(self.roles),
            participations=tuple(self.participations),
            statements=tuple(self.statements),
        )


class Clock:
    """Seconds of the processor (all threads of this process, and its children that have ended) and of the clock."""

    def __init__(self) -> None:
        self.start()

    def start(self) -> None:
        self._wall, self._cpu = time.perf_counter(), self._processor()

    def seconds(self) -> tuple[float, float]:
        return self._processor() - self._cpu, time.perf_counter() - self._wall

    @staticmethod
    def _processor() -> float:
        children = resource.getrusage(resource.RUSAGE_CHILDREN)
        return time.process_time() + children.ru_utime + children.ru_stime


class Stages:
    """Adds up the processor time that the calling thread spends inside of some functions, not of others in them."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}
        self._thread = threading.local()

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
            outer, self._thread.inside = getattr(self._thread, "inside", 0.0), 0.0
            start = time.thread_time()
            try:
                return function(*arguments, **options)
            finally:
                took = time.thread_time() - start
                self.seconds[stage] = self.seconds.get(stage, 0.0) + took - self._thread.inside
                self._thread.inside = outer + took

        return timed


class Memory:
    """Looks at the memory of this process and its children every now and then."""

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
            pages = sum(map(_pages, ("self", *_children())))
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


def _pages(process: str) -> int:
    with suppress(OSError):  # it has ended
        return int(Path(f"/proc/{process}/statm").read_text().split()[1])
    return 0


def _children() -> list[str]:
    found = list[str]()
    for thread in Path("/proc/self/task").glob("*/children"):
        with suppress(OSError):  # it has ended
            found += thread.read_text().split()
    return found


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
    from kg.archive.generation import Generation
    from kg.archive.loading import Loading
    from kg.identity.resolution import Resolution

    making = Stages()
    stages = Stages()
    clock = Clock()
    with (
        Memory() as memory,
        making.of([(World, "article", "making"), (sys.modules[__name__], "encode", "making")]),
        stages.of(
            [
                (Resolution, "fill", "identity"),
                (update.Update, "_share", "shares"),
                (update._Mapping, "triples", "mapping"),
                (Generation, "say_first", "counting support"),
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


def load_raw(folder: Path, archive: Path, ours: tuple[float, float]) -> None:
    """Let pyoxigraph load a file of the same quads, with no identity or mapping, beside our ``ours``.

    Its tables then wait to be put in order, which ``optimize`` does and our loading has done; and a Python program
    that has no such file hands it quads.
    """
    file = folder / "quads.nq"
    with kg.open(archive) as graph:
        count = len(graph.store)
        graph.store.dump(str(file), RdfFormat.N_QUADS)
    size = sum(part.stat().st_size for part in archive.rglob("*") if part.is_file()) / 2**20
    print(f"  {count} quads, {size:.0f} MB; rate of loading to raw bulk loading of the same quads")
    store = Store(str(folder / "raw"))
    clock = Clock()
    store.bulk_load(path=str(file), format=RdfFormat.N_QUADS)
    store.flush()
    _compare("from a file", clock.seconds(), ours)
    store.optimize()
    _compare("and put in order", clock.seconds(), ours)
    del store
    shutil.rmtree(folder / "raw")
    store = Store(str(folder / "raw"))
    clock = Clock()
    store.bulk_extend(parse(path=str(file), format=RdfFormat.N_QUADS))
    store.optimize()
    _compare("from quads in Python, put in order", clock.seconds(), ours)
    del store
    shutil.rmtree(folder / "raw")
    file.unlink()


def _compare(how: str, raw: tuple[float, float], ours: tuple[float, float]) -> None:
    cpu, wall = raw
    print(
        f"    {how}: {cpu:.1f} s of the processor, {wall:.1f} s of the clock;"
        f" {cpu / ours[0]:.2f} by the processor, {wall / ours[1]:.2f} by the clock"
    )


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
                "event": world.events[min(place, len(world.events) - 1)][0],
                "place": world.places[min(place, len(world.places) - 1)],
                "thing": person,
                "about": person,
            }
            times = sorted(_asked(graph, values), reverse=True)
            slowest = ", ".join(f"{name} {seconds:.2f} s ({rows} rows)" for seconds, name, rows in times[:6])
            print(
                f"  {len(times)} questions from a name {which}, of the clock: median"
                f" {median(t[0] for t in times):.3f} s; {sum(t[0] > 1 for t in times)} over 1 s; slowest {slowest}"
            )
            start = time.perf_counter()
            explained = len(graph.why(person))
            print(f"  kg why of a person {which}: {time.perf_counter() - start:.2f} s ({explained} facts)")


def _asked(graph: kg.KnowledgeGraph, values: dict[str, str]) -> Iterator[tuple[float, str, int]]:
    """Seconds of the clock (with those of looking the name up), question and rows, for each name it can start from.

    Of pairs from one event there are as many as of its people, squared: who-met-whom is asked of a person alone.
    """
    for question in questions():
        for name in question.required or question.parameters:
            if name not in values or set(question.required) - values.keys():
                continue
            if (question.name, name) == ("who-met-whom", "event"):
                continue
            given = {needed: values[needed] for needed in (*question.required, name)}
            start = time.perf_counter()
            try:
                rows = len(graph.query(question.bound(graph, given), timeout=None))
            except QueryError as error:
                print(f"  {question.name} --{name}: {error}")
                continue
            yield time.perf_counter() - start, f"{question.name} --{name}", rows


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=2_000)
    parser.add_argument("--stories", type=int, default=3, help="that an article tells: three make an average one")
    parser.add_argument("--folder", type=Path, help="where to make the archive (a temporary folder)")
    options = parser.parse_args()
    world = World(options.articles, options.stories)
    with tempfile.TemporaryDirectory(dir=options.folder) as scratch:
        folder = Path(scratch)
        ours = load(folder / "archive", world, options.articles)
        load_raw(folder, folder / "archive", ours)
        change(folder / "archive", world, range(options.articles, options.articles + 30))
        ask(folder / "archive", world)
    return 0


if __name__ == "__main__":
    sys.exit(main())
