"""From the articles that came and went to the next generation of the graph: identity, then the triples that differ.

Everything happens inside of the ledger's transaction that changed the places of articles.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping, Sequence, Set
from contextlib import closing
from dataclasses import dataclass, field, replace
from functools import cache
from hashlib import sha256
from importlib.metadata import version
from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING, Final

from kg.archive.generation import Generation
from kg.archive.identities import packed, unpacked
from kg.archive.ledger import Ledger, Shown
from kg.archive.preparation import MEMORY, Preparation
from kg.errors import ArticleError, EvidenceError
from kg.facts import Article, ArticleFacts, Metadatum
from kg.garbage import without_collection
from kg.identity import VERSION as IDENTITY
from kg.identity import Authority, Decisions, Identities, IriPolicy
from kg.identity.briefs import brief
from kg.identity.claims import Brief
from kg.identity.duplicates import Copy, Duplicates, Worded
from kg.identity.resolution import Resolution
from kg.processes import usable_cores
from kg.records import VERSION, decode_facts, encode
from kg.repetition import printings

if TYPE_CHECKING:
    from kg.mapping import Triples
    from kg.mapping.terms import Line

UNHEEDED: Final = "unheeded_decisions"
"""Where the ledger keeps what decisions about facts cannot be followed."""

KINDS: Final = ("entities", "topics", "events", "roles", "participations", "relations", "statements")

MOST_CHANGED: Final = 0.25
"""When more than this part of the articles changes, the graph is made anew: that is faster, and takes less memory."""

MOST_FOLLOWED: Final = 0.02
"""When more than this part of the articles comes and goes, identity is decided anew: that is faster."""

FEW: Final = 50
"""So many articles are always followed one by one."""

FEW_PREPARED: Final = 2_000
"""Up to so many articles are prepared in this process: others would hardly have started by then."""


@cache
def program() -> str:
    """The name and version of this program, as the graph cites it."""
    return f"newskg {version('newskg')}"


@dataclass(slots=True)
class Update:
    """Brings identities and graph up to date with the places of the ledger.

    Afterwards ``articles`` is the number of articles in the archive, ``came`` and ``gone`` how many there are that
    were not there before and the other way round, ``counts`` the facts of those that came by kind, ``failures`` the
    articles whose evidence does not hold, and ``notes`` says which decisions could not be followed. Of many articles
    what identity needs is found by up to ``workers`` processes; None stands for the number of cores.
    """

    path: Path
    ledger: Ledger
    base: str
    decisions: Decisions | None
    authority: Authority | None
    workers: int | None = None
    articles: int = 0
    came: int = 0
    gone: int = 0
    counts: Counter[str] = field(default_factory=Counter)
    failures: list[ArticleError] = field(default_factory=list)
    notes: tuple[str, ...] = ()
    _resolution: Resolution = field(init=False)
    _duplicates: Duplicates = field(init=False)
    _mapping: _Mapping = field(init=False)
    _generation: Generation | None = field(init=False, default=None)
    _texts: int = field(init=False, default=0)
    """How many texts the archive has; of each, one article stands for it, and the others are reprints."""
    _described: bool = field(init=False, default=False)
    """Whether the generation has the certain spans of all articles, but those in ``_refused``, where any."""
    _refused: set[str] = field(init=False, default_factory=set)
    _left: dict[str, str] = field(init=False, default_factory=dict)
    """The facts and statements that decisions name and articles had that are now shown otherwise."""
    _new: set[str] = field(init=False, default_factory=set)
    """The texts of the articles that came."""

    def __post_init__(self) -> None:
        self._resolution = Resolution(self.ledger.database, IriPolicy(self.base), self.decisions, self.authority)
        self._duplicates = self.ledger.duplicates()
        self._mapping = _Mapping(IriPolicy(self.base), self.decisions, self._text)

    def run(self, touched: Iterable[str]) -> None:
        """Follow a change of the articles with these texts (by SHA-256, each once, sorted)."""
        with without_collection():
            try:
                self._follow(touched)
            except BaseException:
                if self._generation is not None:
                    self._generation.discard()
                raise

    def _follow(self, touched: Iterable[str]) -> None:
        from kg.mapping import VERSION as MAPPING

        ledger = self.ledger
        mapping = self._mapping
        mapped_with = f"{program()} {VERSION} {MAPPING} {mapping.revisions}"
        present = ledger.get("graph")
        old = self.path / present if present else None
        if not (old and old.is_dir()) or ledger.get("mapped_with") != mapped_with:
            old = None
        changed = self._identify(touched)
        if changed is None or len(changed) > MOST_CHANGED * self._texts:
            old = None
        if old is None:
            generation = self._generation = self._generation or self._next(None)
            ledger.forget_graph()
            for sha in ledger.all_standing():
                self._show_first(generation, sha)
        else:
            assert changed is not None
            differing = self._differing(sorted(changed))
            if (first := next(differing, None)) is None:
                self.notes += mapping.notes(self._unheeded())
                return
            generation = self._generation = self._next(old)
            for sha, shown, wanted in chain((first,), differing):
                self._show_otherwise(generation, sha, shown, wanted)
        generation.finish()
        unheeded = mapping.unheeded
        if old is not None:
            known = {**self._unheeded(), **dict.fromkeys(self._left, ""), **mapping.found}
            unheeded = {name: said for name, said in known.items() if said or name not in mapping.found}
        self.notes += mapping.notes(unheeded)
        statements = generation.statements + (0 if old is None else int(ledger.get("statements") or 0))
        for name, value in (
            ("base", self.base),
            ("graph", generation.folder.name),
            ("statements", str(statements)),
            ("mapped_with", mapped_with),
            (UNHEEDED, json.dumps(unheeded, sort_keys=True)),
        ):
            ledger.set(name, value)

    def _unheeded(self) -> dict[str, str]:
        """What decisions about facts could not be followed in the present graph."""
        found: dict[str, str] = json.loads(self.ledger.get(UNHEEDED) or "{}")
        return found

    def _next(self, old: Path | None) -> Generation:
        present = self.ledger.get("graph")
        number = int(present.rpartition("-")[2]) + 1 if present else 1
        return Generation(self.path, self.ledger, self.base, number, old)

    # Identity

    def _identify(self, touched: Iterable[str]) -> set[str] | None:
        """Follow the articles that came and went; gives those for which anything may be other than before.

        Gives None where everything has been decided anew.
        """
        ledger = self.ledger
        self._resolution = Resolution(ledger.database, IriPolicy(self.base), self.decisions, self.authority)
        self._duplicates = ledger.duplicates()
        decided = (
            [item for item in self.decisions.items if item.kind not in ("reject", "confirm")] if self.decisions else []
        )
        known = encode((decided, self.authority.entries if self.authority else []))
        rules = f"{program()} {VERSION} {IDENTITY}"
        identified_with = f"{rules} {sha256(known).hexdigest()}"
        before = ledger.get("identified_with") or ""
        self._texts, reprints = int(ledger.get("articles") or 0), int(ledger.get("reprints") or 0)
        gone, came = list[str](), list[str]()
        differing = dict[str, list[str]]()
        for sha in touched:
            stood, stands = ledger.standing(sha), self._standing(ledger.marks(sha))
            if stood != stands:
                self.gone += len(set(stood).difference(stands))
                if new := set(stands).difference(stood):
                    self.came += len(new)
                    self._new.add(sha)
                differing[sha] = stands
            if stood[:1] != stands[:1] or (stood != stands and self._resolution.names_addresses):
                gone += [sha] if stood else []
                came += [sha] if stands else []
            reprints += len(stands[1:]) - len(stood[1:])
        moved = {*gone, *came}
        changed: set[str] | None = None
        if before != identified_with or len(moved) > max(FEW, MOST_FOLLOWED * self._texts):
            reprints = self._identify_anew(moved, are_likened=before.startswith(f"{rules} "))
        else:
            for sha, standing in differing.items():
                ledger.set_standing(sha, standing)
            self._texts += len(came) - len(gone)
            changed = self._resolution.update(self._briefs(came), gone)
            changed |= self._duplicates.update(gone, self._articles(came))
            changed |= differing.keys()
            if self._resolution.names_addresses:  # what a person calls different may have another address now
                changed.update(copy for sha in came for copy in self._duplicates.copies_of(sha))
        self.notes += tuple(self._resolution.notes)
        self.articles = self._texts + reprints
        ledger.set("articles", str(self._texts))
        ledger.set("reprints", str(reprints))
        ledger.set("identified_with", identified_with)
        return changed

    def _identify_anew(self, moved: Set[str], are_likened: bool) -> int:
        """Decide about all articles at once. Meanwhile a new graph takes those of their triples that are certain.

        Near-duplicates are found anew as well unless all texts but those that ``moved`` ``are_likened`` by these
        rules. Gives the number of reprints.
        """
        ledger = self.ledger
        self._generation, self._described = self._next(None), True
        ledger.set_all_standing((sha, self._standing(marks)) for sha, marks in ledger.shas())
        self._texts, reprints = ledger.count_standing()
        self._resolution.clear()
        worded = set(self._duplicates.known()) if are_likened else set[str]()
        most = int(MOST_CHANGED * self._texts)
        new = list(islice((sha for sha in ledger.all_standing() if sha in moved or sha not in worded), most + 1))
        if len(new) > most:
            with self._duplicates.filling() as add, closing(self._briefs_of_all(add)) as briefs:
                self._resolution.fill(briefs)
        else:
            with closing(self._briefs_of_all()) as briefs:
                self._resolution.fill(briefs)
            self._duplicates.update(sorted(worded.difference(ledger.all_standing())), self._articles(new))
        return reprints

    def _briefs_of_all(self, compare: Callable[[str, Worded], None] | None = None) -> Generator[Brief, None, None]:
        """The briefs of all articles; ``compare`` gets how they are worded, and the new graph their certain spans.

        Other processes find them, which end with the generator: close it.
        """
        generation = self._generation
        assert generation is not None
        preparation = Preparation(IriPolicy(self.base), compared=compare is not None)
        packed = ((content, self._known_of_reprints(sha)) for sha, content in self.ledger.all_facts())
        processes = (self.workers or usable_cores(MEMORY)) if self._texts > FEW_PREPARED else 1
        with generation.reporting(OSError), closing(preparation.of_all(packed, generation.room, processes)) as batches:
            for file, found in batches:
                generation.describe(file, sum(article.spans or 0 for article in found))
                for prepared in found:
                    sha = prepared.brief.sha
                    if compare and prepared.worded:
                        compare(sha, prepared.worded)
                    if prepared.spans is None:
                        self._refused.add(sha)
                    yield prepared.brief

    def _briefs(self, shas: Iterable[str]) -> Iterator[Brief]:
        for sha in shas:
            yield brief(self._facts(self._mark(sha))[1], self._known_of_reprints(sha))

    def _known_of_reprints(self, sha: str) -> list[tuple[Metadatum, ...]]:
        """What is known of the reprints of a text, where decisions may name them."""
        reprints = self.ledger.standing(sha)[1:] if self._resolution.names_addresses else ()
        return [self._facts(mark)[1].article.metadata for mark in reprints]

    def _articles(self, shas: Iterable[str]) -> Iterator[tuple[str, Article]]:
        for sha in sorted(shas):
            yield sha, self._facts(self._mark(sha))[1].article

    def _mark(self, sha: str) -> str:
        """The article that stands for a text."""
        return self.ledger.standing(sha)[0]

    def _standing(self, marks: list[str]) -> list[str]:
        """Of the articles of one text the one that stands for it, and its reprints in order."""
        if len(marks) < 2:
            return marks
        found = {mark: self._facts(mark)[1].article for mark in marks}
        return printings(marks, found.__getitem__)

    def _facts(self, mark: str) -> tuple[str, ArticleFacts]:
        made_with, content = self.ledger.facts(mark)
        return made_with, decode_facts(content)

    def _text(self, sha: str) -> str:
        """A text of the archive, or one that it has just lost."""
        return decode_facts(self.ledger.facts_of_text(sha)).article.text

    # The graph

    def _differing(self, shas: Iterable[str]) -> Iterator[_Difference]:
        """The articles that the graph must show otherwise than it does."""
        for sha in shas:
            shown, wanted = self.ledger.shown(sha), self._wanted(sha)
            if (shown[:2] if shown else None) != wanted:
                yield sha, shown, wanted

    def _wanted(self, sha: str) -> tuple[str, bytes] | None:
        marks = self.ledger.standing(sha)
        return (marks[0], packed(self._share(sha, marks[1:]))) if marks else None

    def _share(self, sha: str, reprints: Sequence[str]) -> Identities:
        """What an article's triples depend on beside its facts."""
        identities, copy = self._resolution.of_article(sha), self._copy_of(sha)
        if not copy and not reprints:
            return identities
        known = tuple(self._facts(mark)[1].article.metadata for mark in reprints)
        return replace(identities, copies={sha: copy} if copy else {}, reprints={sha: known} if known else {})

    def _copy_of(self, sha: str) -> Copy | None:
        """Of which article this one is a near-duplicate, unless a person calls the two different."""
        copy = self._duplicates.copy_of(sha)
        return None if copy and self._resolution.are_apart(sha, copy.of) else copy

    def _show_first(self, generation: Generation, sha: str) -> None:
        """Let a new graph show an article."""
        mark, *reprints = self.ledger.standing(sha)
        share = self._share(sha, reprints)
        made_with, facts = self._facts(mark)
        described = self._described and sha not in self._refused
        triples, failure = self._mapped(sha, made_with, facts, share, described)
        if triples is not None:
            generation.say_first(triples)
        elif described:
            generation.take_back(self._mapping.spans(facts))
        self.ledger.set_shown(sha, Shown(mark, packed(share), failure))

    def _show_otherwise(
        self, generation: Generation, sha: str, shown: Shown | None, wanted: tuple[str, bytes] | None
    ) -> None:
        """Let the graph show an article as it is wanted, instead of as it is shown."""
        old: Mapping[Line, None] = {}
        if shown and shown.failure is None:
            share = unpacked(sha, shown.identities)
            old = dict.fromkeys(self._mapping.triples(sha, *self._facts(shown.fingerprint), share, found=self._left))
        if wanted is None:
            generation.unsay(old)
            self.ledger.unset_shown(sha)
            return
        triples, failure = self._mapped(sha, *self._facts(wanted[0]), unpacked(sha, wanted[1]))
        new = dict.fromkeys(triples or ())
        generation.say(line for line in new if line not in old)
        generation.unsay(line for line in old if line not in new)
        self.ledger.set_shown(sha, Shown(*wanted, failure))

    def _mapped(
        self, sha: str, made_with: str, facts: ArticleFacts, share: Identities, described: bool = False
    ) -> tuple[Triples | None, str | None]:
        """The triples of an article, or why there are none."""
        try:
            triples = self._mapping.triples(sha, made_with, facts, share, described)
        except EvidenceError as error:
            failure = str(error)
            self.failures.append(ArticleError(facts.article.source, failure))
            return None, failure
        if sha in self._new:
            self.counts.update({kind: len(getattr(facts, kind)) for kind in KINDS})
        return triples, None


_Difference = tuple[str, Shown | None, tuple[str, bytes] | None]
"""An article, what the graph shows of it, and what it is to show (fingerprint and share), where anything."""


class _Mapping:
    """The mapping of one article after the other to its triples, by its share of the identities."""

    def __init__(self, policy: IriPolicy, decisions: Decisions | None, text_of: Callable[[str], str]) -> None:
        from kg.mapping.revision import Revision

        self._policy = policy
        self._revision = Revision(decisions, policy, text_of)
        kept = [item for item in decisions.items if item.kind in ("reject", "confirm")] if decisions else []
        self.revisions = sorted((item.kind, item.first, item.why) for item in kept)

    @property
    def found(self) -> Mapping[str, str]:
        """The facts and statements that decisions name and the articles mapped have (see ``Revision``)."""
        return self._revision.found

    @property
    def unheeded(self) -> dict[str, str]:
        """What decisions about facts cannot be followed, if all articles are mapped."""
        return self._revision.unheeded

    def notes(self, unheeded: Mapping[str, str]) -> tuple[str, ...]:
        """What cannot be followed, in words."""
        return self._revision.notes(unheeded)

    def spans(self, facts: ArticleFacts) -> list[str]:
        """The descriptions of the certain spans of an article. Raises EvidenceError."""
        from kg.mapping import span_triples

        return span_triples(facts, self._policy)

    def triples(
        self,
        sha: str,
        made_with: str,
        facts: ArticleFacts,
        share: Identities,
        described: bool = False,
        found: dict[str, str] | None = None,
    ) -> Triples:
        """The triples of an article, those of its certain spans left out if they are ``described`` already.

        Raises EvidenceError.
        """
        from kg.mapping import article_triples, certain_spans, run_triples

        run, description = run_triples(self._policy, *made_with.split("\n"))
        told = certain_spans(facts) if described else ()
        triples = article_triples(facts, share, self._policy, run, told)
        triples.shared.extend(description)
        return self._revision.apply(triples, sha, share.former, share.copies.get(sha), found)
