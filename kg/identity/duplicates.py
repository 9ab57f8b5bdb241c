"""Near-duplicates: which articles repeat another one's words, such as one wire story in five papers.

An article is near-duplicate of a fuller one (or of one as full) if at least half of its runs of five words stand in
that one, too: however the copy was shortened, given another headline or another first paragraph. Its running text alone
is looked at. Each article is compared with the fullest of a group, not with a copy, so that groups do not drift.

The runs are sampled (FracMinHash; Irber et al., "Lightweight compositional analysis of metagenomes with FracMinHash and
minimum metagenome covers", 2022): one in four is kept, and which ones depends on their words alone, so that the part
that two texts share can be told from their samples whatever their lengths. One in twelve is a mark, by which what is to
be compared is found: two common marks are needed, and marks of more than 200 wordings, such as those of the notes
below a paper's articles, find nothing.

What is found depends on the set of articles, not on the order in which they come or go.
"""

from __future__ import annotations

import re
import sqlite3
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import closing, contextmanager
from hashlib import blake2b
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from kg.facts import Article, BlockKind
from kg.identity.staging import Staging

if TYPE_CHECKING:
    import numpy

RUN: Final = 5
"""Words of a run."""
ENOUGH: Final = 0.5
"""The part of an article's runs that stands in the fuller one."""
MOST: Final = 0.99
"""Of texts that are not equal word by word no more is told, as a sample may have all runs of one in the other."""
FEWEST: Final = 8
"""Sampled runs of a text that can be compared; shorter ones (about 35 words) have to be equal word by word."""
COMMON: Final = 200
"""A mark that more wordings have than this finds nothing."""

_SAMPLED: Final = 4
_MARKED: Final = 12
_FEWEST_MARKS: Final = 2
_WORD: Final = re.compile(r"\w+")
_BETWEEN_WORDS: Final = {code: " " for code in range(128) if not _WORD.match(chr(code))}
_DIGESTS_AT_HAND: Final = 1 << 16
_MULTIPLIERS: Final = (
    0xA0761D6478BD642F,
    0xD6E8FEB86659FD93,
    0x165667B19E3779F9,
    0xC2B2AE3D27D4EB4F,
    0x9E3779B97F4A7C15,
)
"""Of the words of a run, the last one first."""

SCHEMA: Final = """
CREATE TABLE IF NOT EXISTS wordings(
    id INTEGER PRIMARY KEY, digest BLOB NOT NULL UNIQUE, words INTEGER NOT NULL, sample BLOB NOT NULL);
CREATE TABLE IF NOT EXISTS worded(sha TEXT PRIMARY KEY, day TEXT NOT NULL, wording INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS marks(mark INTEGER, wording INTEGER, PRIMARY KEY (mark, wording)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS likenesses(
    wording INTEGER, fuller INTEGER, share REAL NOT NULL, PRIMARY KEY (wording, fuller)) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS likenesses_by_fuller ON likenesses(fuller);
CREATE TABLE IF NOT EXISTS leaders(wording INTEGER PRIMARY KEY, leader INTEGER NOT NULL, share REAL NOT NULL);
CREATE INDEX IF NOT EXISTS leaders_by_leader ON leaders(leader);
"""
_BY_WORDING: Final = "CREATE INDEX IF NOT EXISTS worded_by_wording ON worded(wording, day, sha)"


class Copy(NamedTuple):
    """Of which article (SHA-256 of its text) one is a near-duplicate, and the part of its runs of words it shares.

    The part is 1 where the two are equal word by word, and less wherever they are not.
    """

    of: str
    share: float


class Wording(NamedTuple):
    """The running text of an article as far as it is compared: a digest of its words, their number, sampled runs.

    ``sample`` holds the sampled runs as sorted numbers of 32 bits (little-endian bytes); empty where they are too few.
    """

    digest: bytes
    words: int
    sample: bytes


class Worded(NamedTuple):
    """The wording of an article, and its day (ISO; of one without a day, what is after all days)."""

    day: str
    wording: Wording


def worded(article: Article) -> Worded:
    """How an article is worded, and when."""
    day = article.reference_date
    return Worded(day.isoformat() if day else "9999", wording(article))


def wording(article: Article) -> Wording:
    """The wording of an article: of its paragraphs, or of all of its text where it has none."""
    import numpy

    spans = [block.span for block in article.blocks if block.kind is BlockKind.PARAGRAPH]
    text = "\n".join(article.text[begin:end] for begin, end in spans) or article.text
    words = _words(text.casefold())
    digest = blake2b(" ".join(words).encode("utf-8", "surrogatepass"), digest_size=16).digest()
    runs = _runs(words)
    sample = runs[runs % _SAMPLED == 0]
    sample.sort()
    first = numpy.ones(len(sample), bool)
    numpy.not_equal(sample[1:], sample[:-1], out=first[1:])
    sample = sample[first]
    return Wording(digest, len(words), sample.tobytes() if len(sample) >= FEWEST else b"")


def _words(text: str) -> list[str]:
    """The words of a text; of one in ASCII without a regular expression, which is faster."""
    return text.translate(_BETWEEN_WORDS).split() if text.isascii() else _WORD.findall(text)


def _runs(words: list[str]) -> numpy.ndarray:
    """A number of 32 bits for every run of words, whatever process computes it."""
    import numpy

    if len(words) < RUN:
        return numpy.zeros(0, "<u4")
    numbers = numpy.frombuffer(b"".join(map(_digests.__getitem__, words)), "<u8")
    runs = numpy.convolve(numbers, numpy.array(_MULTIPLIERS, "u8"), "valid")
    for shift, multiplier in ((30, 0xBF58476D1CE4E5B9), (27, 0x94D049BB133111EB)):  # the finaliser of SplitMix64
        runs ^= runs >> numpy.uint64(shift)
        runs *= numpy.uint64(multiplier)
    return (runs >> numpy.uint64(32)).astype("<u4")


class _Digests(dict[str, bytes]):
    """Digests of words, eight bytes each, made on first use; a dictionary because each word of a text asks for one."""

    def __missing__(self, word: str) -> bytes:
        if len(self) >= _DIGESTS_AT_HAND:
            self.clear()
        found = self[word] = blake2b(word.encode("utf-8", "surrogatepass"), digest_size=8).digest()
        return found


_digests: Final = _Digests()


def copies(articles: Iterable[Article]) -> dict[str, Copy]:
    """The near-duplicates among articles, by the SHA-256 of their text."""
    with closing(sqlite3.connect(":memory:")) as database:
        found = Duplicates(database)
        with found.filling() as add:
            for sha, article in {article.sha256: article for article in articles}.items():
                add(sha, worded(article))
        return found.all()


class Duplicates:
    """The near-duplicates of a changing set of articles, kept in tables of a SQLite database (in its transaction).

    Adding or removing an article looks at those that have words in common with it, and at no others.
    """

    def __init__(self, database: sqlite3.Connection) -> None:
        self._database = database
        for statement in (*SCHEMA.split(";"), _BY_WORDING):
            database.execute(statement)

    def copy_of(self, sha: str) -> Copy | None:
        """Of which article this one is a near-duplicate."""
        query = f"""SELECT (
                     SELECT sha FROM worded WHERE wording = COALESCE(leader, one.wording) ORDER BY day, sha LIMIT 1
                   ), COALESCE(MIN(share, {MOST}), 1.0)
                   FROM worded AS one LEFT JOIN leaders USING (wording) WHERE one.sha = ?"""
        row = self._row(query, sha)
        return Copy(*row) if row and row[0] != sha else None

    def copies_of(self, sha: str) -> set[str]:
        """The articles that are near-duplicates of this one."""
        query = """SELECT other.sha FROM worded AS one JOIN leaders ON leaders.leader = one.wording
                     JOIN worded AS other ON other.wording = leaders.wording WHERE one.sha = ?1
                   UNION SELECT other.sha FROM worded AS one JOIN worded AS other USING (wording) WHERE one.sha = ?1"""
        found = {row[0] for row in self._database.execute(query, (sha,))}
        return {other for other in found if (copy := self.copy_of(other)) and copy.of == sha}

    def all(self) -> dict[str, Copy]:
        """All near-duplicates, by the SHA-256 of their text."""
        query = f"""SELECT one.sha, COALESCE(MIN(leaders.share, {MOST}), 1.0), (
                     SELECT sha FROM worded WHERE wording = COALESCE(leaders.leader, one.wording)
                     ORDER BY day, sha LIMIT 1
                   ) AS first FROM worded AS one LEFT JOIN leaders ON leaders.wording = one.wording
                   WHERE first != one.sha ORDER BY one.sha"""
        return {sha: Copy(first, share) for sha, share, first in self._database.execute(query)}

    def known(self) -> Iterator[str]:
        """The SHA-256 of every article in the set, sorted."""
        for (sha,) in self._database.execute("SELECT sha FROM worded ORDER BY sha"):
            yield sha

    @contextmanager
    def filling(self) -> Iterator[Callable[[str, Worded], None]]:
        """Make the set anew: gives what puts an article (by its SHA-256) into it, as it is worded, each once.

        They are compared at the end; no query of the database may be left open then.
        """
        for table in ("wordings", "worded", "marks", "likenesses", "leaders"):
            self._database.execute(f"DELETE FROM {table}")
        database = self._database
        articles = Staging(database, "articles", ("sha", "day", *Wording._fields))

        def add(sha: str, worded: Worded) -> None:
            articles.add((sha, worded.day, *worded.wording))

        yield add
        articles.put_into("wordings(digest, words, sample)", "digest", "SELECT DISTINCT digest, words, sample")
        database.execute("DROP INDEX worded_by_wording")  # it is faster to make it of rows that are there
        of_digest = "SELECT id FROM wordings WHERE wordings.digest = staging_articles.digest"
        articles.put_into("worded", "sha", f"SELECT sha, day, ({of_digest})")
        database.execute(_BY_WORDING)
        articles.close()
        marks = Staging(database, "marks", ("mark", "wording"))
        for own, sample in database.execute("SELECT id, sample FROM wordings WHERE length(sample)"):
            marks.add_all((mark, own) for mark in _marks(sample))
        marks.put_into("marks", "mark, wording")
        marks.close()
        self._compare_all()

    def update(self, removed: Iterable[str], added: Iterable[tuple[str, Article]]) -> set[str]:
        """Take articles out of the set and put others in; an article in both is put in anew.

        Returns the articles of the set (by SHA-256) of which another thing is true now than before.
        """
        before: dict[str, Copy | None] = {}
        weights: Counter[int] = Counter()
        near: set[int] = set()
        fresh: set[int] = set()
        for sha in removed:
            self._remove(sha, before, weights, near)
        for sha, article in added:
            if self._row("SELECT 1 FROM worded WHERE sha = ?", sha):
                self._remove(sha, before, weights, near)
            self._add(sha, article, before, weights, fresh)
        fresh = {own for own in fresh if self._exists(own)}
        fresh |= self._met_or_lost(weights, fresh)
        for own in sorted(fresh):
            near |= self._neighbours(own)
            self._forget_likenesses(own)
        for own in sorted(fresh):
            self._compare(own, self._near(own))
        near |= fresh
        group = self._group({own for own in near if self._exists(own)})
        for own in group:
            self._remember_group(own, before)
        self._lead(group)
        return {sha for sha, copy in before.items() if self._placed(sha) and self.copy_of(sha) != copy}

    # Articles and wordings

    def _add(
        self, sha: str, article: Article, before: dict[str, Copy | None], weights: Counter[int], fresh: set[int]
    ) -> None:
        before.setdefault(sha, None)
        day, known = worded(article)
        row = self._row("SELECT id FROM wordings WHERE digest = ?", known.digest)
        if row:
            own = row[0]
            self._remember_group(own, before)
        else:
            query = "INSERT INTO wordings(digest, words, sample) VALUES (?, ?, ?) RETURNING id"
            own = self._database.execute(query, (known.digest, known.words, known.sample)).fetchone()[0]
            marks = _marks(known.sample)
            self._database.executemany("INSERT INTO marks VALUES (?, ?)", ((mark, own) for mark in marks))
            weights.update(marks)
            fresh.add(own)
        self._database.execute("INSERT INTO worded VALUES (?, ?, ?)", (sha, day, own))

    def _remove(self, sha: str, before: dict[str, Copy | None], weights: Counter[int], near: set[int]) -> None:
        row = self._row("SELECT wording FROM worded WHERE sha = ?", sha)
        if not row:
            return
        own = row[0]
        self._remember_group(own, before)
        self._database.execute("DELETE FROM worded WHERE sha = ?", (sha,))
        if self._row("SELECT 1 FROM worded WHERE wording = ?", own):
            return
        near |= self._neighbours(own)
        self._forget_likenesses(own)
        marks = _marks(self._described(own).sample)
        weights.subtract(marks)
        self._database.executemany("DELETE FROM marks WHERE mark = ? AND wording = ?", ((mark, own) for mark in marks))
        self._database.execute("DELETE FROM leaders WHERE wording = ?", (own,))
        self._database.execute("DELETE FROM wordings WHERE id = ?", (own,))

    # Likeness

    def _met_or_lost(self, weights: Counter[int], fresh: set[int]) -> set[int]:
        """The wordings with a mark that has become too common to find anything, or is so no more."""
        found: set[int] = set()
        if self._row("SELECT COUNT(*) FROM wordings")[0] == len(fresh):
            return found  # all of them are new
        for mark, change in weights.items():
            now = self._frequency(mark, COMMON + abs(change) + 1)
            if (now > COMMON) != (now - change > COMMON):
                found |= {row[0] for row in self._database.execute("SELECT wording FROM marks WHERE mark = ?", (mark,))}
        return found

    def _frequency(self, mark: int, most: int) -> int:
        """How many wordings have a mark, counted up to ``most``."""
        return int(self._row("SELECT COUNT(*) FROM (SELECT 1 FROM marks WHERE mark = ? LIMIT ?)", mark, most)[0])

    def _compare_all(self) -> None:
        """Find all likenesses and leaders, where there are none. A mark that one wording alone has is passed over."""
        shared = Staging(self._database, "shared", ("wording", "mark"))
        self._database.execute(
            f"""INSERT INTO temp.staging_shared SELECT wording, mark FROM marks JOIN (
                  SELECT mark FROM marks GROUP BY mark HAVING COUNT(*) BETWEEN 2 AND {COMMON}) USING (mark)"""
        )
        self._database.execute("CREATE INDEX temp.staging_shared_by_wording ON staging_shared(wording)")
        query = f"SELECT wording FROM temp.staging_shared GROUP BY wording HAVING COUNT(*) >= {_FEWEST_MARKS}"
        near = f"""SELECT other.wording FROM temp.staging_shared AS own CROSS JOIN marks AS other USING (mark)
                   WHERE own.wording = ?1 AND other.wording < ?1
                   GROUP BY other.wording HAVING COUNT(*) >= {_FEWEST_MARKS}"""
        for (own,) in self._database.execute(query):
            self._compare(own, [row[0] for row in self._database.execute(near, (own,))])
        shared.close()
        done: set[int] = set()
        for (own,) in self._database.execute("SELECT DISTINCT wording FROM likenesses ORDER BY 1").fetchall():
            if own not in done:
                group = self._group({own})
                done |= group
                self._lead(group)

    def _near(self, own: int) -> list[int]:
        """The wordings that have enough marks in common with one."""
        counts: Counter[int] = Counter()
        for mark in _marks(self._described(own).sample):
            query = "SELECT wording FROM marks WHERE mark = ? LIMIT ?"
            bearers = [row[0] for row in self._database.execute(query, (mark, COMMON + 1))]
            if len(bearers) <= COMMON:
                counts.update(bearers)
        del counts[own]
        return [other for other, count in counts.items() if count >= _FEWEST_MARKS]

    def _compare(self, own: int, near: Collection[int]) -> None:
        """Note in which of some wordings this one stands, and which stand in it."""
        mine = self._described(own) if near else None
        for other in near:
            assert mine
            yours = self._described(other)
            small, large = (mine, yours) if _order(mine) > _order(yours) else (yours, mine)
            share = _share(small.sample, large.sample)
            if share >= ENOUGH:
                row = (small.id, large.id, share)
                self._database.execute("INSERT OR REPLACE INTO likenesses VALUES (?, ?, ?)", row)

    def _described(self, own: int) -> _Described:
        return _Described(*self._row("SELECT id, digest, words, sample FROM wordings WHERE id = ?", own))

    def _neighbours(self, own: int) -> set[int]:
        query = "SELECT fuller FROM likenesses WHERE wording = ? UNION SELECT wording FROM likenesses WHERE fuller = ?"
        return {row[0] for row in self._database.execute(query, (own, own))}

    def _forget_likenesses(self, own: int) -> None:
        self._database.execute("DELETE FROM likenesses WHERE wording = ? OR fuller = ?", (own, own))

    # Groups

    def _group(self, wordings: set[int]) -> set[int]:
        """Wordings with all those that are like them, directly or not."""
        group, waiting = set(wordings), list(wordings)
        while waiting:
            new = self._neighbours(waiting.pop()) - group
            group |= new
            waiting += new
        return group

    def _lead(self, group: set[int]) -> None:
        """Choose the leaders of a whole group anew, the fullest wording first."""
        self._database.executemany("DELETE FROM leaders WHERE wording = ?", ((own,) for own in group))
        leading: set[int] = set()
        for own in (described.id for described in sorted(map(self._described, group), key=_order)):
            query = "SELECT fuller, share FROM likenesses WHERE wording = ?"
            known = [(fuller, share) for fuller, share in self._database.execute(query, (own,)) if fuller in leading]
            if not known:
                leading.add(own)
                continue
            leader, share = min(known, key=lambda item: (-item[1], _order(self._described(item[0]))))
            self._database.execute("INSERT INTO leaders VALUES (?, ?, ?)", (own, leader, share))

    def _remember_group(self, own: int, before: dict[str, Copy | None]) -> None:
        """Keep what is true of the articles of a wording and of those it leads, before that changes."""
        query = "SELECT sha FROM worded WHERE wording = ? OR wording IN (SELECT wording FROM leaders WHERE leader = ?)"
        for (sha,) in self._database.execute(query, (own, own)).fetchall():
            if sha not in before:
                before[sha] = self.copy_of(sha)

    def _exists(self, own: int) -> bool:
        return bool(self._row("SELECT 1 FROM wordings WHERE id = ?", own))

    def _placed(self, sha: str) -> bool:
        return bool(self._row("SELECT 1 FROM worded WHERE sha = ?", sha))

    def _row(self, query: str, *values: object) -> tuple[Any, ...]:
        """The first row of an answer; empty where there is none."""
        row: tuple[Any, ...] | None = self._database.execute(query, values).fetchone()
        return row or ()


class _Described(NamedTuple):
    id: int
    digest: bytes
    words: int
    sample: bytes


def _order(described: _Described) -> tuple[int, bytes]:
    """The fullest first; of equally full ones by their digest."""
    return -described.words, described.digest


def _numbers(sample: bytes) -> numpy.ndarray:
    import numpy

    return numpy.frombuffer(sample, "<u4")


def _marks(sample: bytes) -> list[int]:
    """The marks among sampled runs."""
    numbers = _numbers(sample)
    found: list[int] = numbers[numbers % _MARKED == 0].tolist()
    return found


def _share(small: bytes, large: bytes) -> float:
    """The part of the one sample that stands in the other."""
    import numpy

    both = numpy.concatenate((_numbers(small), _numbers(large)))
    both.sort()
    return round(int(numpy.count_nonzero(both[1:] == both[:-1])) / (len(small) // 4), 3)
