"""Adding articles to an archive, replacing and removing them."""

from __future__ import annotations

import json
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from difflib import get_close_matches
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, Final

from kg.addresses import address_of
from kg.archive.generation import clear_others
from kg.archive.history import write_history
from kg.archive.incoming import Incoming
from kg.archive.ledger import Ledger, Place
from kg.archive.places import absolute, outdated, place_of
from kg.archive.update import Update, program
from kg.errors import ArticleError, GraphError
from kg.facts import Article
from kg.identity import Authority, Decisions, IriPolicy
from kg.identity.authority import Entry
from kg.records import decode, decode_facts, encode, fingerprint
from kg.repetition import printed_at
from kg.store.directory import LABEL, LEDGER, VERSION_OF_ARCHIVES, check_place, is_store, read_label, write_label
from kg.store.formats import one_line
from kg.texts import in_utf8

if TYPE_CHECKING:
    from kg.workers import Reading

SECONDS_BETWEEN_COMMITS: Final = 1.0

Read = Callable[[Iterator[Article]], Iterator["Reading"]]
"""Reads articles: gives each, in their order, with its packed facts or the reason why there are none
(``kg.workers.read_facts``)."""


@dataclass(frozen=True, slots=True)
class Changes:
    """What was done to an archive: the numbers of articles, the failures, and the facts of those that came, by kind.

    Those ``added`` and not ``removed`` are so many more than before; ``articles`` are there now. Of those ``given``,
    ``superseded`` are no articles of their own: earlier versions of another that was given, or the same in another
    file. ``added`` are also articles that another one stood for, which has gone.
    """

    given: int = 0
    added: int = 0
    replaced: int = 0
    removed: int = 0
    unchanged: int = 0
    superseded: int = 0
    articles: int = 0
    counts: Mapping[str, int] = field(default_factory=dict)
    failures: tuple[ArticleError, ...] = ()
    notes: tuple[str, ...] = ()
    named: tuple[str, ...] = ()
    """The URLs (or else files) of what was added, replaced or removed, in order: the first :data:`NAMED` of them."""


NAMED: Final = 20
"""Articles that a history names for each change; of more the number has to do."""


class Archive:
    """The archive in a folder, open for changes; no other process can change it until it is closed.

    ``base`` is the IRI that the IRIs of data start with; None takes that of the archive.

    Raises:
        GraphError: the folder holds something else, another process is writing, or the base is another one.
    """

    def __init__(self, path: Path, base: str | None = None) -> None:
        self.path = path
        self._created = _prepare(path)
        self._ledger = Ledger(path)
        try:
            with self._ledger.reporting():
                self._finish_what_was_begun()
                known = self._ledger.get("base")
                if base and known and base != known:
                    raise GraphError(f"{path}: the IRIs of this store start with {known}, not with {base}")
                self.base = known or base or IriPolicy().base
        except BaseException:
            self._ledger.close()
            raise

    def __enter__(self) -> Archive:
        return self

    def __exit__(self, *exception: object) -> None:
        self.close()

    def close(self) -> None:
        """Let others change the archive. Of one that never got an article, nothing stays."""
        try:
            with self._ledger.reporting():
                empty = not self._ledger.keeps_anything()
        finally:
            self._ledger.close()
        if empty and not (self.path / LABEL).exists():
            for name in (LEDGER, LEDGER + "-wal", LEDGER + "-shm"):
                (self.path / name).unlink(missing_ok=True)
            if self._created:
                self.path.rmdir()

    def _finish_what_was_begun(self) -> None:
        """Put in force, and into the history, what is committed but not yet there; clear what else was left."""
        graph, shown = self._ledger.get("graph"), read_label(self.path).get("graph")
        if graph is None and shown is not None:
            raise GraphError(f"{self.path}: the store is damaged: {LEDGER} does not know of its articles any more")
        if graph is not None and (self.path / graph).is_dir() and shown != graph:
            self._write_label()
        clear_others(self.path, graph)
        if graph is not None:
            write_history(self.path, self._ledger.builds())

    def _write_label(self) -> None:
        label = {
            "base": self._ledger.get("base"),
            "graph": self._ledger.get("graph"),
            "statements": int(self._ledger.get("statements") or 0),
            "version": VERSION_OF_ARCHIVES,
        }
        try:
            write_label(self.path, label)
        except OSError as error:
            raise GraphError(f"{self.path}: cannot be written: {error.strerror or one_line(error)}") from None

    # What users do

    def add(
        self,
        articles: Iterable[Article],
        read: Read,
        model: str,
        *,
        decisions: Decisions | None = None,
        authority: Authority | None = None,
        workers: int | None = None,
        failures: Iterable[ArticleError] = (),
        options: Mapping[str, str] | None = None,
        progress: Callable[[int, str], None] | None = None,
    ) -> Changes:
        """Add articles, in place of earlier versions of them; those that are there already are not read again.

        Args:
            articles: as the readers give them; taken one at a time.
            read: what reads those that are new.
            model: the name and version of the language model that ``read`` uses.
            decisions: of people, from now on; None keeps to those of the last time.
            authority: a list of known things, from now on; None keeps to that of the last time.
            workers: the most processes to use after those that ``read``; None stands for the number of cores.
            failures: what could not be read while ``articles`` ran; looked at when they are at their end.
            options: what the user asked for, by name, to be told in the history.
            progress: called with the number of articles done and the source of the last.

        Raises:
            GraphError: the archive cannot be written. It is as before, and the facts read so far are kept for the next
                attempt; where all is written but what readers see of it (a disk that is full just then), the next
                opening finishes that.
        """
        started = datetime.now(UTC)
        incoming = Incoming(self._ledger)
        own_failures = self._read_new(incoming, articles, read, f"{program()}\n{model}", progress)
        with self._ledger.transaction():
            incoming.drop_unread()
            given = incoming.count()
            going = set(outdated(self._ledger, incoming, incoming.whole()))
            waived, summaries = incoming.waive(lambda mark: self._article(mark).is_summary, going)
            superseded = [*summaries, *incoming.supersede(self._article)]
            if incoming.is_empty() and not waived:
                return Changes(failures=(*failures, *own_failures))
            old = outdated(self._ledger, incoming, incoming)
            changes = Changes(failures=(*failures, *own_failures), named=incoming.first_new(NAMED))
            incoming.note_present()
            touched = incoming.texts({self._ledger.sha(place.fingerprint) for place in old})
            self._ledger.take_away(old)
            incoming.put()
            for mark, url in superseded:
                self._ledger.supersede(mark, url)
            self._keep_settings(decisions, authority)
            update = self._bring_up_to_date(touched, workers)
            present, unchanged = incoming.count_present()
            replaced = min(update.came, update.gone)
            changes = replace(
                changes,
                given=given,
                added=update.came - replaced,
                replaced=replaced,
                removed=update.gone - replaced,
                unchanged=unchanged + waived,
                superseded=given - present - waived,
            )
            changes = self._noted(changes, update, started, model, options or {})
        return self._put_in_force(changes)

    def remove(self, names: Iterable[str]) -> Changes:
        """Remove articles, each named by its IRI (or ``article:...``), URL, file, record of a file or title.

        A file stands for all its records, a folder for all articles in it.

        Raises:
            GraphError: a name stands for no article, or a title for several; nothing is removed then.
        """
        started = datetime.now(UTC)
        with self._ledger.transaction():
            found = list(dict.fromkeys(fp for name in names for fp in self._find(name)))
            touched = sorted({self._ledger.sha(article) for article in found})
            gone = [place for article in found for place in self._ledger.places("fingerprint", article)]
            self._ledger.take_away(gone)
            update = self._bring_up_to_date(touched)
            changes = Changes(added=update.came, removed=update.gone, named=_named(gone))
            changes = self._noted(changes, update, started, None, {})
        return self._put_in_force(changes)

    # Reading

    def _read_new(
        self,
        incoming: Incoming,
        articles: Iterable[Article],
        read: Read,
        made_with: str,
        progress: Callable[[int, str], None] | None,
    ) -> list[ArticleError]:
        """Read what is not known yet, keeping the facts as they come.

        Tells ``incoming`` where every article stands; gives what could not be read.
        """
        failures: list[ArticleError] = []
        marks = deque[str]()
        done = 0

        def unknown() -> Iterator[Article]:
            nonlocal done
            for article in articles:
                mark = fingerprint(article, made_with)
                is_new = not incoming.has(mark) and not self._ledger.has(mark)
                incoming.add(place_of(article, mark), article.is_summary)
                if is_new:
                    marks.append(mark)
                    yield article
                else:
                    done += 1
                    if progress:
                        progress(done, article.source)

        with self._ledger.reporting():
            keeper = _Keeper(self._ledger)
            try:
                for article, found in read(unknown()):
                    mark = marks.popleft()
                    if isinstance(found, ArticleError):
                        failures.append(found)
                    else:
                        title = article.first("title")
                        keeper.keep(mark, article.sha256, made_with, title.value if title else "", found)
                    done += 1
                    if progress:
                        progress(done, article.source)
            finally:
                keeper.commit()
        return failures

    def _keep_settings(self, decisions: Decisions | None, authority: Authority | None) -> None:
        if decisions is not None:
            self._ledger.set("decisions", encode(decisions).hex())
        if authority is not None:
            self._ledger.set("authority", encode((authority.name, authority.entries)).hex())

    def _settings(self) -> tuple[Decisions | None, Authority | None]:
        decisions, authority = self._ledger.get("decisions"), self._ledger.get("authority")
        return (
            decode(bytes.fromhex(decisions), Decisions) if decisions else None,
            Authority(*decode(bytes.fromhex(authority), tuple[str, list[Entry]])) if authority else None,
        )

    # Making the next generation

    def _bring_up_to_date(self, touched: Iterable[str], workers: int | None = None) -> Update:
        """Make the generation of the graph that fits the places, inside of the transaction that changed these."""
        update = Update(self.path, self._ledger, self.base, *self._settings(), workers)
        update.run(touched)
        self._ledger.forget_unplaced()
        return update

    def _noted(
        self, changes: Changes, update: Update, started: datetime, model: str | None, options: Mapping[str, str]
    ) -> Changes:
        """The changes as the history has them from now on."""
        changes = replace(
            changes,
            articles=update.articles,
            counts=dict(update.counts),
            failures=(*changes.failures, *update.failures),
            notes=update.notes,
        )
        self._note(changes, started, model, options)
        return changes

    def _article(self, mark: str) -> Article:
        return decode_facts(self._ledger.facts(mark)[1]).article

    def _put_in_force(self, changes: Changes) -> Changes:
        """Name the generation that the ledger has committed to readers, and tell what was done."""
        with self._ledger.reporting():
            self._finish_what_was_begun()
        return changes

    def _note(self, changes: Changes, started: datetime, model: str | None, options: Mapping[str, str]) -> None:
        content = {
            "started": started.isoformat(timespec="seconds"),
            "ended": datetime.now(UTC).isoformat(timespec="seconds"),
            "program": program(),
            "model": model,
            "base": self.base,
            "added": changes.added,
            "replaced": changes.replaced,
            "removed": changes.removed,
            "unchanged": changes.unchanged,
            "superseded": changes.superseded,
            "articles": changes.articles,
            "options": dict(options),
            "counts": {kind: number for kind, number in changes.counts.items() if kind != "articles"},
            "failures": [str(failure) for failure in changes.failures],
            "named": list(changes.named),
        }
        self._ledger.add_build(json.dumps(content, ensure_ascii=False))

    # Finding

    def _nearest(self, name: str) -> str:
        """What a user may have meant by a name of no article."""
        names = list(self._ledger.names())
        for source, _, _ in sorted(names):
            if Path(name).name in (Path(source).name, Path(source).name.rpartition("#")[0]):
                return f"did you mean {source}?"  # of a file with several articles its first, by its number
        known = {kind.strip("\"'“”‘’").casefold(): kind for names_of_one in names for kind in names_of_one if kind}
        near = get_close_matches(name.strip("\"'“”‘’").casefold(), sorted(known), n=1, cutoff=0.7)
        return f"did you mean {known[near[0]]}?" if near else ""

    def _find(self, name: str) -> list[str]:
        """The fingerprints of the articles that a user means."""
        ledger, name = self._ledger, in_utf8(name)
        prefix = IriPolicy(self.base).article("")
        iri = name[1:-1] if name.startswith("<") and name.endswith(">") else name
        iri = prefix + iri.removeprefix("article:a") if iri.startswith("article:a") else iri
        if iri.startswith(prefix):
            sha, of_a_reprint, _ = iri.removeprefix(prefix).partition("-")
            found = ledger.beginning(sha)
            if of_a_reprint:
                found = [mark for mark in found if self._reprint(mark) == iri]
        else:
            found = [place.fingerprint for place in ledger.places("url", address_of(iri))]
            source = absolute(name)
            found = found or [place.fingerprint for place in ledger.places("source", source)]
            found = found or [place.fingerprint for place in (ledger.within(source) if source else ())]
            if not found and len(found := ledger.titled(name)) > 1:
                raise GraphError(f"{self.path}: {len(found)} articles are titled {name!r}; name the URL or the file")
        if not found:
            hint = self._nearest(name) or "name its IRI, URL, file or title"
            raise GraphError(f"{self.path}: there is no article {name!r} ({hint})")
        return list(dict.fromkeys(found))

    def _reprint(self, mark: str) -> str | None:
        """The IRI of an article that is a reprint."""
        sha = self._ledger.sha(mark)
        reprints = self._ledger.standing(sha)[1:]
        return IriPolicy(self.base).reprint(sha, *printed_at(self._article(mark))) if mark in reprints else None


class _Keeper:
    """Writes facts as they come, in a transaction a second."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger
        self._waiting: list[tuple[str, str, str, str, bytes]] = []
        self._last = monotonic()

    def keep(self, mark: str, sha: str, made_with: str, title: str, facts: bytes) -> None:
        self._waiting.append((mark, sha, made_with, title, facts))
        if monotonic() - self._last > SECONDS_BETWEEN_COMMITS:
            self.commit()

    def commit(self) -> None:
        with self._ledger.transaction():
            for row in self._waiting:
                self._ledger.keep(*row)
        self._waiting = []
        self._last = monotonic()


def _prepare(path: Path) -> bool:
    """See to it that there is a folder for an archive; gives whether it was made."""
    if (path / LEDGER).is_file():
        return False
    check_place(path)
    if is_store(path):
        raise GraphError(
            f"{path}: the store has no records of its articles to add to (kg export made it?); choose another folder"
        )
    created = not path.exists()
    try:
        path.mkdir(exist_ok=True)
    except OSError as error:
        raise GraphError(f"{path}: cannot be written: {error.strerror or error}") from None
    return created


def _named(places: Iterable[Place]) -> tuple[str, ...]:
    """What stands for articles in the history: their URLs, or else their files, the first in order."""
    return tuple(sorted({place.url or place.source for place in places})[:NAMED])
