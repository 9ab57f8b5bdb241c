"""Identity across articles: which things that several articles tell of are one node, and why.

A wrong merge is worse than a split. Things of one kind become one node only for a reason in words: one name (unless
what the articles say contradicts), two forms of a name with enough evidence beside it, an acronym spelt out elsewhere,
one entry of an authority list, or a person's decision. What remains likely is a candidate, kept apart and listed for
review.

The outcome depends on the set of articles alone, not on their order. Every step depends on a part of them that is
found by a key, so that a change of some articles is followed from step to step, and what it does not reach is not
looked at:

1. the claims of each *name*; its core decides whether it has several bearers (*figures*);
2. verdicts on pairs of figures that share a key;
3. the *components* of figures that verdicts, decisions or an authority hold to be one: these are joined to nodes;
4. links of the nodes; and what several articles say of one role or one event's date.
"""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from heapq import heapify, heappop, heappush
from itertools import groupby, islice
from typing import Final

from kg.facts import ArticleFacts, DateInterval
from kg.identity.acronyms import MOST_IMPLIED, letters_of, may_be_short_for, read_as
from kg.identity.authority import Authority
from kg.identity.blocking import (
    ACRONYM,
    FULL,
    FULL_HUBS,
    IMPLIED,
    SPELT_OUT,
    WEAK,
    hubs_of,
    is_block,
    keys_of,
    pairs_of,
)
from kg.identity.claims import Brief, Claim, brief
from kg.identity.decisions import Decisions
from kg.identity.evidence import FEW, Evidence
from kg.identity.figures import CORE, Figure, best_name, number_of, own_iri, qualifier_of, summary
from kg.identity.homonyms import Bearer, Bearers, each_alone, may_differ, tell_apart
from kg.identity.index import (
    ALONE,
    HOMONYM,
    MAY_DIFFER,
    PAIR,
    SPELLING_OUT,
    SPLIT,
    WHOLE,
    Index,
    Name,
    Place,
    Record,
    content_of,
    packed,
)
from kg.identity.iris import IriPolicy, norm
from kg.identity.joining import Joining, Settings
from kg.identity.linking import Linking, link_of
from kg.identity.matching import Verdict, ambiguous, judge
from kg.identity.nodes import Identities, Link, Node
from kg.identity.parts import Parts
from kg.identity.personal import personal_name
from kg.identity.retelling import is_retelling, judge_retelling

AT_ONCE: Final = 5_000
"""So many articles are put into the tables at once."""

STANDS_OUT: Final = 8
"""So many times the articles of all other words of an acronym together must tell of those that it is read as."""

SIDE_BY_SIDE_PART: Final = 0.2
"""Articles that tell of two names as two things must be more than this part of those of the rarer: readers slip."""


def identify(
    all_facts: Iterable[ArticleFacts],
    policy: IriPolicy,
    decisions: Decisions | None = None,
    authority: Authority | None = None,
) -> Identities:
    """The node of every entity, event, topic and role of the articles.

    Decisions about facts (reject, confirm) are not followed here but when the facts are mapped.
    """
    database = sqlite3.connect(":memory:", isolation_level=None)
    try:
        resolution = Resolution(database, policy, decisions, authority)
        resolution.update(brief(facts) for facts in all_facts)
        return resolution.identities()
    finally:
        database.close()


class Resolution:
    """The identities of an archive, kept in an SQLite database and changed article by article.

    The database must have been filled with the same decisions and authority, or be :meth:`cleared <clear>`.
    """

    def __init__(
        self,
        database: sqlite3.Connection,
        policy: IriPolicy,
        decisions: Decisions | None = None,
        authority: Authority | None = None,
    ) -> None:
        self.notes: list[str] = []
        self._policy = policy
        self._settings = Settings(policy.base, decisions, authority)
        self._index = Index(database)
        self._parts = Parts(self._index, policy, self._label_of)
        self._evidence = Evidence(self._index)
        self._keeps_former = any(item.kind in ("reject", "confirm") for item in self._settings.decisions.items)
        self._apart: set[tuple[str, str]] = {(d.first, d.second) for d in self._settings.different}

    def clear(self) -> None:
        """Forget all articles."""
        self._index.clear()

    def update(self, added: Iterable[Brief], removed: Iterable[str] = ()) -> set[str]:
        """Add and remove articles (removed ones by their SHA-256, before).

        Gives the SHA-256 of every article whose :meth:`share <of_article>` may now be another, the added ones included.
        """
        change = _Change(fresh=self._index.is_empty())
        self._index.forget()
        self._evidence = Evidence(self._index)
        for sha in removed:
            self._take_away(bytes.fromhex(sha), change)
        articles = iter(added)
        while batch := list(islice(articles, AT_ONCE)):
            self._put(batch, change)
        self._settle_names(change)
        self._pair_figures(change)
        self._spell_out(change)
        self._join(change)
        if self._keeps_former and not change.fresh:
            for node in change.regrouped:
                for (number,) in self._index.rows("SELECT number FROM identity_figures WHERE node = ?", node):
                    change.articles |= set(self._index.articles_of(number))
        changed = self._parts.refresh(change.articles, self._node_iris)
        self._note_what_is_gone()
        return {sha.hex() for sha in changed | change.articles if self._index.record(sha)}

    # Claims

    def _put(self, briefs: list[Brief], change: _Change) -> None:
        names: dict[int, Name] = {}
        claims: list[tuple[int, bytes, str, int, bytes]] = []
        articles: list[tuple[bytes, bytes, bytes]] = []
        for found in briefs:
            sha = bytes.fromhex(found.sha)
            numbers: dict[str, int] = {}
            for claim in found.claims:
                iri = self._own_iri(claim)
                number = numbers[claim.key] = number_of(iri)
                known = names.get(number) or Name(number, iri, claim.kind, claim.token, 0, WHOLE)
                names[number] = known._replace(size=known.size + 1)
                claims.append((number, sha, claim.key, number, content_of(claim)))
                change.touch(number, (sha, claim.key), claim.token, 1)
            articles.append((sha, *packed(found.context, Record(numbers, found.holdings, found.dated))))
            change.articles.add(sha)
        self._index.put_all("claims", sorted(claims, key=lambda row: (row[0], row[1], row[2])), 5)
        self._index.put_all("articles", sorted(articles), 3)
        self._index.database.executemany(
            """INSERT INTO identity_names VALUES (?, ?, ?, ?, ?, ?)
               ON CONFLICT(number) DO UPDATE SET size = size + excluded.size""",
            [names[number] for number in sorted(names)],
        )

    def _own_iri(self, claim: Claim) -> str:
        qualifier = qualifier_of(claim)
        iri = own_iri(self._policy, claim.kind, claim.name, claim.when, qualifier)
        if (iri, self._policy.article(claim.sha)) in self._apart:
            iri = own_iri(self._policy, claim.kind, claim.name, claim.when, f"a{claim.sha[:16]}")
        return iri

    def _take_away(self, sha: bytes, change: _Change) -> None:
        index = self._index
        record = index.record(sha)
        if record is None:
            return
        for key, number in record.names.items():
            name = index.name(number)
            assert name is not None
            change.touch(number, (sha, key), name.token, -1)
            index.run("DELETE FROM identity_claims WHERE name = ? AND sha = ? AND key = ?", number, sha, key)
            index.run("UPDATE identity_names SET size = size - 1 WHERE number = ?", number)
        index.run("DELETE FROM identity_articles WHERE sha = ?", sha)
        change.articles |= {sha} | self._parts.remove(sha)

    # Names

    def _settle_names(self, change: _Change) -> None:
        """Find the figures of every name that the change reaches."""
        weak: list[int] = []
        if change.fresh:
            numbers: Iterable[int] = [
                row[0] for row in self._index.every("SELECT number FROM identity_names ORDER BY 1")
            ]
        else:
            self._reach_by_rarity(change)
            numbers = sorted(change.names)
        for number in numbers:
            name = self._index.name(number)
            assert name is not None
            if name.kind in ("organisation", "topic") and name.size and self._is_weak(name):
                weak.append(number)
            else:
                self._settle(name, change)
        if not change.fresh:
            for key in {key for key in (*change.keys, *change.acronyms) if SPELT_OUT in key}:
                alone = self._stands_for_several(key)
                for number in {self._name_of(figure) for figure in self._index.block(key.replace(SPELT_OUT, ACRONYM))}:
                    known = self._index.name(number)
                    if known and known.size > 1 and (known.state == ALONE) != alone:
                        change.whole.add(number)
                        weak.append(number)
        for number in sorted(set(weak)):
            name = self._index.name(number)
            assert name is not None
            self._settle(name, change)

    def _is_weak(self, name: Name) -> bool:
        return self._whole(name, [claim for claim, _ in self._index.core_of_name(name.number)]).weak

    def _name_of(self, figure: int) -> int:
        number: int = self._index.rows("SELECT name FROM identity_figures WHERE number = ?", figure)[0][0]
        return number

    def _reach_by_rarity(self, change: _Change) -> None:
        """Names and pairs for which it matters that a thing is now (or is no longer) told of by few articles."""
        index = self._index
        for token, more in sorted(change.tokens.items()):
            now = index.articles_naming(token)
            if (now <= FEW) == (now - more <= FEW):
                continue
            beside: dict[int, int] = {}
            query = """SELECT DISTINCT sha FROM identity_claims
                       WHERE name IN (SELECT number FROM identity_names WHERE token = ?)"""
            for (sha,) in index.rows(query, token):
                record = index.record(sha)
                for key, number in record.names.items() if record else ():
                    name = index.name(number)
                    if name is None or name.token == token:
                        continue
                    if name.state != WHOLE:
                        change.names.setdefault(number, []).append((sha, key))
                    row = index.rows(
                        "SELECT figure FROM identity_claims WHERE name = ? AND sha = ? AND key = ?", number, sha, key
                    )
                    beside[row[0][0]] = number
            change.company |= beside.keys()

    def _settle(self, name: Name, change: _Change) -> None:
        """Find the figures of a name anew, as far as its claims have changed."""
        index = self._index
        core = [claim for claim, _ in index.core_of_name(name.number)]
        before = {row[0] for row in index.rows("SELECT number FROM identity_figures WHERE name = ?", name.number)}
        if not core:
            for number in before:
                self._remove_figure(number, change)
            index.run("DELETE FROM identity_names WHERE number = ?", name.number)
            return
        touched = change.names.get(name.number, [])
        end = index.end_of_core(name.number)
        anew = change.fresh or end is None or name.number in change.whole or any(place <= end for place in touched)
        whole = self._whole(name, core)
        if not anew and name.state < SPLIT:
            self._resize(whole, change)
            return
        bearers = self._bearers(name, whole, core)
        if len(bearers.named) == 1 and not bearers.alone:
            if name.state >= SPLIT:
                self._assign(name, dict.fromkeys(self._places(name), name.number), change)
            state = MAY_DIFFER if may_differ(whole, core) else WHOLE
            self._put_figure(name, whole, core, change)
            kept = {name.number}
        else:
            state = SPLIT if bearers.named else ALONE
            kept = self._split(name, whole, bearers, None if anew else touched, change)
        for number in before - kept:
            self._remove_figure(number, change)
        if anew and (len(kept) > 1 or len(before) > 1):
            self._tell_homonyms(kept, bearers)
        if state != name.state:
            index.run("UPDATE identity_names SET state = ? WHERE number = ?", state, name.number)

    def _whole(self, name: Name, core: list[Claim]) -> Figure:
        claim = core[0]
        qualifier = qualifier_of(claim)
        if "--" in name.iri and qualifier is None:
            qualifier = f"a{claim.sha[:16]}"
        return Figure(name.kind, name.iri, name.size, summary(core, claim.when, qualifier))

    def _bearers(self, name: Name, whole: Figure, core: list[Claim]) -> Bearers:
        if whole.qualifier is None and name.size > 1:
            acronym = whole.weak and name.kind in ("organisation", "topic")
            if acronym and self._stands_for_several(f"{name.kind} {SPELT_OUT}{letters_of(whole.name)}"):
                return each_alone(whole, core, self._policy)
            return tell_apart(whole, core, self._evidence, self._policy)
        return Bearers(whole, (Bearer(name.iri, whole.qualifier, tuple(core)),))

    def _stands_for_several(self, key: str) -> bool:
        """Whether an acronym is spelt out in several ways, none of which nearly all articles mean."""
        ways = self._index.block(key)
        return len(ways) > 1 and self._prominent(ways) is None

    def _prominent(self, ways: list[int]) -> Figure | None:
        """The way to spell an acronym out that stands out among several, by the powers of two of their articles."""
        figures = [figure for number in ways if (figure := self._index.figure(number))]
        most = max(figures, key=lambda figure: (figure.size.bit_length(), figure.iri))
        others = sum(1 << figure.size.bit_length() for figure in figures if figure is not most)
        return most if 1 << most.size.bit_length() >= STANDS_OUT * others else None

    def _places(self, name: Name) -> list[Place]:
        query = "SELECT sha, key FROM identity_claims WHERE name = ? ORDER BY sha, key"
        return [(row[0], row[1]) for row in self._index.rows(query, name.number)]

    def _split(
        self, name: Name, whole: Figure, bearers: Bearers, touched: list[Place] | None, change: _Change
    ) -> set[int]:
        """Give each claim to its bearer; only those ``touched`` where the bearers are the same. Gives the figures."""
        index = self._index
        known: dict[str, tuple[Bearer, list[Claim]]] = {}
        of_place: dict[Place, int] = {}
        for bearer in (*bearers.named, *bearers.alone):
            claims = known.setdefault(bearer.iri, (bearer, []))[1]
            for claim in bearer.claims:
                claims.append(claim)
                of_place[bytes.fromhex(claim.sha), claim.key] = number_of(bearer.iri)
        wanted = of_place if touched is None else {}
        fresh: dict[str, tuple[Bearer, list[Claim]]] = {}
        for place in self._places(name) if touched is None else touched:
            told = None if place in of_place else index.claim(name.number, *place)
            if told is None:
                continue
            bearer = bearers.bearer_of(told, self._evidence, self._policy)
            if bearer.iri not in known:
                fresh.setdefault(bearer.iri, (bearer, []))[1].append(told)
            wanted[place] = number_of(bearer.iri)
        self._assign(name, wanted, change)
        query = "SELECT figure, COUNT(*) FROM identity_claims WHERE name = ? GROUP BY figure"
        sizes = dict(index.rows(query, name.number))
        for iri, (bearer, claims) in (known | fresh).items():
            if touched is not None and iri in known:
                if not bearer.alone:
                    self._resize_to(number_of(iri), sizes.get(number_of(iri), 0), change)
                continue
            about = summary(claims, whole.summary.when, bearer.qualifier, bearer.alone)
            figure = Figure(name.kind, iri, sizes.get(number_of(iri), 0), about)
            self._put_figure(name, figure, claims, change)
        return set(sizes)

    def _assign(self, name: Name, wanted: Mapping[Place, int], change: _Change) -> None:
        query = "SELECT figure FROM identity_claims WHERE name = ? AND sha = ? AND key = ?"
        for (sha, key), figure in wanted.items():
            if self._index.rows(query, name.number, sha, key)[0][0] != figure:
                self._index.run(
                    "UPDATE identity_claims SET figure = ? WHERE name = ? AND sha = ? AND key = ?",
                    figure,
                    name.number,
                    sha,
                    key,
                )
                change.articles.add(sha)

    def _put_figure(self, name: Name, figure: Figure, core: list[Claim], change: _Change) -> None:
        index, number = self._index, figure.number
        figure.leaf = self._is_leaf(figure)
        if not change.fresh and (old := index.figure(number)) and old.leaf != figure.leaf:
            change.components |= index.remove_edges(number)
            self._remove_links(number, change)
            change.keys.update({key: change.keys[key] for key in index.keys(number) if not is_block(key)})
        index.put_figure(figure, name.number)
        if not change.fresh:
            change.figures.add(number)
        wanted = keys_of(figure, core)
        known = set() if change.fresh else index.keys(number)
        for key in sorted(known - wanted):
            index.run("DELETE FROM identity_keys WHERE key = ? AND figure = ?", key, number)
            change.keys[key].append((number, False))
        index.put_all("keys", [(key, number) for key in sorted(wanted - known)], 2)
        if not change.fresh:
            for key in wanted - known:
                change.keys[key].append((number, True))
            change.acronyms |= {key for key in wanted & known if not is_block(key)}

    def _is_leaf(self, figure: Figure) -> bool:
        """Whether a figure is joined to others by nothing but the name that it is short for."""
        settings = self._settings
        if not (figure.surname or (figure.weak and figure.kind != "person")):
            return False
        decided = figure.iri in settings.decided or figure.iri in settings.renamed or figure.iri in settings.linked
        return not decided and settings.entry(figure) is None

    def _resize(self, figure: Figure, change: _Change) -> None:
        self._resize_to(figure.number, figure.size, change)

    def _resize_to(self, number: int, size: int, change: _Change) -> None:
        before = self._index.rows("SELECT size FROM identity_figures WHERE number = ?", number)[0][0]
        if before != size:
            self._index.run("UPDATE identity_figures SET size = ? WHERE number = ?", size, number)
            self._index.forget_figure(number)
            if before.bit_length() != size.bit_length() or min(before, size) <= CORE:
                change.components.add(number)
                change.acronyms |= {key for key in self._index.keys(number) if not is_block(key)}

    def _remove_figure(self, number: int, change: _Change) -> None:
        index = self._index
        for key in index.keys(number):
            index.run("DELETE FROM identity_keys WHERE key = ? AND figure = ?", key, number)
            change.keys[key].append((number, False))
        change.components |= index.remove_edges(number)
        self._remove_links(number, change)
        query = "SELECT iri, node FROM identity_figures WHERE number = ?"
        for iri, node in index.rows(query, number):
            change.components |= {number_of(other) for other in self._settings.decided.get(iri, ())}
            if node is not None:
                change.nodes.add(node)
                change.regrouped.add(node)
                query = "SELECT number FROM identity_figures WHERE node = ? AND leaf = 0"
                change.components |= {row[0] for row in index.rows(query, node)}
        index.run("DELETE FROM identity_figures WHERE number = ?", number)
        index.forget_figure(number)
        change.figures.discard(number)
        change.gone.add(number)

    def _remove_links(self, owner: int, change: _Change) -> None:
        change.articles |= {row[0] for row in self._index.rows("SELECT sha FROM identity_links WHERE owner = ?", owner)}
        self._index.run("DELETE FROM identity_links WHERE owner = ?", owner)

    def _tell_homonyms(self, kept: set[int], bearers: Bearers) -> None:
        for number in kept:
            self._index.remove_edges(number, HOMONYM)
        for outcome, margin, pairs in (("different", -9.0, bearers.different), ("candidate", -2.0, bearers.open)):
            for one, other, reason in pairs:
                a, b = self._index.figure(number_of(one.iri)), self._index.figure(number_of(other.iri))
                if a and b and a is not b:
                    pair = (a, b) if a.iri < b.iri else (b, a)
                    self._index.put_edge(Verdict(*pair, outcome, margin, 0.0, reason), HOMONYM)

    # Pairs

    def _pair_figures(self, change: _Change) -> None:
        """Judge the pairs of figures that share a key, where a figure or the block has changed."""
        if change.fresh:
            for one, other in self._all_pairs():
                if not self._index.has_edge(one, other):
                    self._judge(one, other)
            return
        self._evidence = Evidence(self._index)
        again = set(change.figures)
        for key, moved in change.keys.items():
            if is_block(key):
                again |= self._displaced(key, moved)
        again = {number for number in again if number not in change.gone and self._index.figure(number)}
        change.acronyms |= {key for number in again for key in self._index.keys(number) if not is_block(key)}
        done: set[tuple[int, int]] = set()
        for number in sorted(again):
            change.components.add(number)
            change.components |= self._index.remove_edges(number, PAIR)
        for number in sorted(again):
            for other in sorted(self._partners(number)):
                pair = (min(number, other), max(number, other))
                if pair not in done:
                    done.add(pair)
                    self._judge(*pair)
        for number in sorted(change.company - again - change.gone):
            for one, other, source, *_ in self._index.edges(number) + self._index.hints(number):
                if source == PAIR and {one, other} <= change.company and (one, other) not in done:
                    done.add((one, other))
                    self._judge(one, other)
                    change.components |= {one, other}

    def _all_pairs(self) -> Iterator[tuple[int, int]]:
        rows = self._index.rows("SELECT key, figure FROM identity_keys ORDER BY key, figure")
        for stem, found in groupby(rows, key=lambda row: row[0].removesuffix(FULL).removesuffix(WEAK)):
            members = list(found)
            if len(members) < 2 or not is_block(stem):
                continue
            plain = [number for key, number in members if key == stem]
            yield from pairs_of(stem, plain)
            full = [number for key, number in members if key.endswith(FULL)][:FULL_HUBS]
            weak = [number for key, number in members if key.endswith(WEAK)]
            yield from ((one, other) for one in full for other in weak)

    def _partners(self, number: int) -> set[int]:
        """The figures that a figure is to be compared with."""
        index = self._index
        found: set[int] = set()
        for key in index.keys(number):
            if not is_block(key):
                continue
            if key.endswith(WEAK):
                found.update(index.block(key.removesuffix(WEAK) + FULL, FULL_HUBS))
            elif number in (hubs := index.block(key, hubs_of(key))):
                found.update(index.block(key.removesuffix(FULL) + WEAK if key.endswith(FULL) else key))
            elif not key.endswith(FULL):
                found.update(hubs)
        found.discard(number)
        return found

    def _displaced(self, key: str, moved: list[tuple[int, bool]]) -> set[int]:
        """The figures of a block that have become hubs, or are no more, because others came or went."""
        most = hubs_of(key)
        if not most:
            return set()
        came = {number for number, added in moved if added}
        went = {number for number, added in moved if not added}
        now = self._index.block(key, most + len(moved))
        before = sorted((set(now) - came) | went)[:most]
        return set(before) ^ set(now[:most])

    def _judge(self, one: int, other: int) -> None:
        a, b = self._index.figure(one), self._index.figure(other)
        if a is None or b is None:
            return
        pair = (a, b) if a.iri < b.iri else (b, a)
        verdict: Verdict | None
        if is_retelling(*pair):
            verdict = judge_retelling(*pair, self._evidence)
        else:
            verdict = judge(*pair, self._evidence, self._side_by_side)
        if verdict:
            self._index.put_edge(verdict, PAIR)

    def _side_by_side(self, one: Figure, other: Figure) -> bool:
        """Whether articles tell of both as two: more than a slip of reading in a few of many."""
        fewer, more = sorted((one, other), key=lambda figure: (min(figure.size, CORE + 1), figure.iri))
        articles = {claim.sha for claim in self._index.core(fewer)}
        both = sum(self._index.tells_of(more, sha) for sha in articles)
        return both > SIDE_BY_SIDE_PART * len(articles)

    # Acronyms

    def _spell_out(self, change: _Change) -> None:
        """Judge what bare acronyms stand for, where something of their letters has changed."""
        if change.fresh:
            found = self._index.rows("SELECT DISTINCT key FROM identity_keys WHERE key LIKE '% ' || ? || '%'", ACRONYM)
            keys = {row[0] for row in found}
        else:
            touched = {key for key in change.keys if not is_block(key)} | change.acronyms
            touched |= {key for number in change.company for key in self._index.keys(number) if not is_block(key)}
            keys = {key.replace(SPELT_OUT, ACRONYM).replace(IMPLIED, ACRONYM) for key in touched}
        for key in sorted(keys):
            self._spell_out_letters(key, change)

    def _spell_out_letters(self, key: str, change: _Change) -> None:
        index = self._index
        weak = [figure for number in index.block(key) if (figure := index.figure(number))]
        if not weak:
            return
        found = [figure for number in index.block(key.replace(ACRONYM, SPELT_OUT)) if (figure := index.figure(number))]
        prominent = self._prominent([way.number for way in found]) if len(found) > 1 else None
        ways = [prominent] if prominent else self._one_each(found)
        implied = [] if ways else index.block(key.replace(ACRONYM, IMPLIED), MOST_IMPLIED)
        for figure in weak:
            if not change.fresh:
                change.components |= index.remove_edges(figure.number, SPELLING_OUT) | {figure.number}
            if ways:
                verdicts = read_as(figure, ways, self._evidence)
            else:
                possible = [way for number in implied if (way := index.figure(number))]
                verdicts = [
                    may_be_short_for(figure, way, self._evidence, self._ever_together(figure, way)) for way in possible
                ]
            for verdict in verdicts:
                index.put_edge(verdict, SPELLING_OUT)

    def _ever_together(self, one: Figure, other: Figure) -> bool:
        fewer, more = sorted((one, other), key=lambda figure: (min(figure.size, CORE + 1), figure.iri))
        return any(self._index.tells_of(more, claim.sha) for claim in self._index.core(fewer))

    def _one_each(self, ways: list[Figure]) -> list[Figure]:
        """One figure for each thing: those that were found to be one with an earlier one are left out."""
        root = {way.number: way.number for way in ways}

        def find(number: int) -> int:
            while root[number] != number:
                number = root[number]
            return number

        for way in ways if len(ways) > 1 else ():
            for one, other, source, outcome, *_ in self._index.edges(way.number):
                if source == PAIR and outcome == "same" and one in root and other in root:
                    a, b = sorted((find(one), find(other)))
                    root[b] = a
        return [way for way in sorted(ways, key=lambda way: way.iri) if find(way.number) == way.number]

    # Components

    def _join(self, change: _Change) -> None:
        """Make nodes of the components that the change reaches, then join the leaves to them."""
        index, settings = self._index, self._settings
        leaves: set[int] = set()
        if change.fresh:
            start = {row[0] for row in index.rows("SELECT one FROM identity_edges WHERE outcome = 'same'")}
            start |= {number_of(iri) for iri in (*settings.decided, *settings.renamed, *settings.linked)}
            if settings.authority:
                start |= {row[0] for row in index.rows("SELECT number FROM identity_figures WHERE leaf = 0")}
            self._let_stand_alone()
            leaves = {row[0] for row in index.rows("SELECT leaf FROM identity_hints WHERE outcome = 'same'")}
        else:
            start = change.components | change.figures
        seen: set[int] = set()
        nodes: set[int] = set(change.nodes)
        for number in sorted(start - change.gone):
            figure = index.figure(number)
            if figure is None:
                continue
            if figure.leaf:
                leaves.add(number)
            elif number not in seen:
                component = self._component(number)
                seen |= component
                nodes |= self._join_component(component, change)
        leaves |= {leaf for number in change.moved for leaf in index.leaves_of(number)}
        self._join_leaves(leaves, change)
        linking = Linking(index, settings)
        if change.fresh:
            of_edges = "SELECT one FROM identity_edges UNION SELECT other FROM identity_edges"
            query = f"SELECT DISTINCT node FROM identity_figures WHERE number IN ({of_edges}) AND leaf = 0"
            nodes |= {row[0] for row in index.rows(query)}
            change.leaves |= {row[0] for row in index.rows("SELECT DISTINCT leaf FROM identity_hints")}
        else:
            nodes |= {node for node in (self._node_of(number) for number in start) if node is not None}
            nodes |= {other for node in tuple(nodes) for other in linking.neighbours(node)}
        change.articles |= linking.refresh({node for node in nodes if not self._is_known_leaf(node)})
        query = "SELECT node, reason, score FROM identity_figures WHERE number = ?"
        for number in sorted(change.leaves - change.gone):
            leaf = index.figure(number)
            if leaf and leaf.leaf:
                change.articles |= linking.refresh_leaf(leaf, *index.rows(query, number)[0])

    def _is_known_leaf(self, number: int) -> bool:
        figure = self._index.figure(number)
        return figure is not None and figure.leaf

    def _let_stand_alone(self) -> None:
        """Let every figure be a node of its own, for a start."""
        for (number,) in self._index.rows("SELECT number FROM identity_figures"):
            figure = self._index.figure(number)
            assert figure is not None
            label, _ = self._label([figure])
            query = "UPDATE identity_figures SET node = ?, label = ? WHERE number = ?"
            self._index.run(query, number, label, number)

    def _join_leaves(self, leaves: set[int], change: _Change) -> None:
        """Join leaves to what they are short for: one after the other, because some are joined to others."""
        index = self._index
        waiting = sorted(leaves - change.gone)
        heapify(waiting)
        done = -1
        while waiting:
            number = heappop(waiting)
            leaf = index.figure(number) if number != done else None
            done = number
            if leaf is None or not leaf.leaf:
                continue
            change.leaves.add(number)
            verdict = self._explained(leaf)
            new: tuple[object, ...] = (number, self._label([leaf])[0], None, None)
            if verdict:
                other = verdict.other if verdict.one is leaf else verdict.one
                target = index.rows("SELECT node, label FROM identity_figures WHERE number = ?", other.number)[0]
                new = (*target, verdict.reason, verdict.score)
            old = index.rows("SELECT node, label, reason, score FROM identity_figures WHERE number = ?", number)[0]
            if new == old:
                continue
            query = "UPDATE identity_figures SET node = ?, label = ?, reason = ?, score = ? WHERE number = ?"
            index.run(query, *new, number)
            if new[:2] != old[:2]:
                change.regrouped |= {old[0], new[0]}
                if not change.fresh:
                    change.articles |= set(index.articles_of(number))
                for other_leaf in index.leaves_of(number):
                    heappush(waiting, other_leaf)

    def _explained(self, leaf: Figure) -> Verdict | None:
        """The verdict that says what a leaf is short for: a full name, else the words of an acronym, else a leaf."""
        found: dict[bool, list[Verdict]] = {False: [], True: []}
        spelt: list[Verdict] = []
        for row in self._index.hints(leaf.number):
            verdict = self._index.verdict(row)
            if verdict is None or verdict.outcome != "same":
                continue
            if row[2] == SPELLING_OUT:
                spelt.append(verdict)
            else:
                found[verdict.one.leaf and verdict.other.leaf].append(verdict)
        full = sorted(found[False], key=lambda verdict: verdict.order)
        refused = ambiguous(full)
        for verdict in (*full, *sorted((*spelt,), key=lambda v: v.order), *sorted(found[True], key=lambda v: v.order)):
            if (verdict.one.iri, verdict.other.iri) not in refused:
                return verdict
        return None

    def _node_of(self, figure: int) -> int | None:
        rows = self._index.rows("SELECT node FROM identity_figures WHERE number = ?", figure)
        return rows[0][0] if rows else None

    def _component(self, number: int) -> set[int]:
        """The figures that something holds to be one with a figure, directly or not; and those that were."""
        index, found, waiting = self._index, {number}, [number]
        while waiting:
            figure = index.figure(waiting.pop())
            assert figure is not None
            near = {
                other if one == figure.number else one
                for one, other, _, outcome, *_ in index.edges(figure.number)
                if outcome == "same"
            }
            near |= {number_of(iri) for iri in self._settings.decided.get(figure.iri, ())}
            if entry := self._settings.matched(figure):
                near |= self._of_entry(entry.names, figure.kind)
            node = self._node_of(figure.number)
            if node is not None:
                near |= {
                    row[0]
                    for row in index.rows("SELECT number FROM identity_figures WHERE node = ? AND leaf = 0", node)
                }
            for other in near - found:
                if index.figure(other):
                    found.add(other)
                    waiting.append(other)
        return found

    def _of_entry(self, names: Iterable[str], kind: str) -> set[int]:
        """The figures that bear a name of an authority's entry."""
        found: set[int] = set()
        for name in names:
            token = Claim("", "", kind, name).token
            query = "SELECT number FROM identity_names WHERE kind = ? AND (token = ? OR number = ?)"
            plain = own_iri(self._policy, kind, name, None, None)
            for (number,) in self._index.rows(query, kind, token, number_of(plain)):
                query = "SELECT number FROM identity_figures WHERE name = ?"
                found |= {row[0] for row in self._index.rows(query, number)}
        return found

    def _join_component(self, component: set[int], change: _Change) -> set[int]:
        """Make nodes of a component; gives the numbers of its old and new nodes."""
        index = self._index
        figures = [figure for number in sorted(component) if (figure := index.figure(number))]
        by_source: dict[int, list[Verdict]] = defaultdict(list)
        for number in sorted(component):
            for row in index.edges(number):
                if row[0] == number and row[1] in component and row[3] != "none" and (verdict := index.verdict(row)):
                    by_source[row[2]].append(verdict)
        joining = Joining(self._settings)
        joining.run(figures, by_source[PAIR], by_source[HOMONYM], by_source[SPELLING_OUT])
        self.notes += [note for note in joining.notes if note not in self.notes]
        groups: dict[str, list[Figure]] = defaultdict(list)
        for figure in figures:
            groups[joining.groups.root(figure)].append(figure)
        nodes: set[int] = set()
        for members in groups.values():
            label, chosen = self._label(members)
            for figure in members:
                reason = joining.reasons.get(figure.iri)
                new = (chosen.number, label, reason.reason if reason else None, reason.score if reason else None)
                query = "SELECT node, label, reason, score FROM identity_figures WHERE number = ?"
                old = index.rows(query, figure.number)[0]
                nodes |= {chosen.number} | ({old[0]} if old[0] is not None else set())
                if new == old:
                    continue
                index.run(
                    "UPDATE identity_figures SET node = ?, label = ?, reason = ?, score = ? WHERE number = ?",
                    *new,
                    figure.number,
                )
                if new[:2] == old[:2]:
                    continue
                change.regrouped |= {old[0], new[0]}
                change.moved.add(figure.number)
                if not change.fresh:
                    change.articles |= set(index.articles_of(figure.number))
        return nodes

    def _label(self, members: list[Figure]) -> tuple[str, Figure]:
        """The name of a group for people, and the figure whose IRI it has."""
        label, chosen = best_name(members)
        decisions = [self._settings.renamed[f.iri] for f in members if f.iri in self._settings.renamed]
        return (decisions[-1].second if decisions else label), chosen

    def _note_what_is_gone(self) -> None:
        for decision in self._settings.decisions.items:
            if decision.kind not in ("same", "different", "rename"):
                continue
            wanted = (decision.first,) if decision.kind == "rename" else (decision.first, decision.second)
            own = [iri for iri in wanted if not self._settings.elsewhere(iri)]
            gone = [iri for iri in own if not self._is_known(iri)]
            kinds = {iri.removeprefix(self._policy.base).split("/")[0] for iri in own} - {"article"}
            if gone:
                self.notes.append(f"{decision.place}: the graph has no {gone[0]} (any more); nothing to do")
            elif len(kinds) > 1 and kinds != {"place", "organisation"}:
                self.notes.append(f"{decision.place}: {decision.first} and {decision.second} are of two kinds; ignored")

    def _is_known(self, iri: str) -> bool:
        prefix = self._policy.article("")
        if iri.startswith(prefix):
            begin = iri.removeprefix(prefix)
            try:
                first, last = bytes.fromhex(begin.ljust(64, "0")), bytes.fromhex(begin.ljust(64, "f"))
            except ValueError:
                return False
            return bool(self._index.rows("SELECT 1 FROM identity_articles WHERE sha BETWEEN ? AND ?", first, last))
        if any(iri == first for first, second in self._apart if second.startswith(prefix)):
            return True
        return self._index.figure(number_of(iri)) is not None

    # The outcome

    def of_article(self, sha: str) -> Identities:
        """What has been decided about the things of one article. Raises KeyError where there is none."""
        place = bytes.fromhex(sha)
        record = self._index.record(place)
        if record is None:
            raise KeyError(sha)
        nodes = {(sha, key): node for key, node in self._nodes(place, record).items()}
        links: dict[tuple[str, str], list[Link]] = defaultdict(list)
        for key, content in self._index.rows("SELECT key, content FROM identity_links WHERE sha = ?", place):
            links[sha, key].append(link_of(content))
        roles, dates = self._parts.of_article(place)
        nodes.update({(sha, key): node for key, node in roles.items()})
        ordered = {
            at: tuple(sorted(set(found), key=lambda link: (link.kind, link.subject, link.object)))
            for at, found in links.items()
        }
        former = {node.iri: self._former(node.iri) for node in nodes.values()} if self._keeps_former else {}
        return Identities(nodes, dates, ordered, former={iri: others for iri, others in former.items() if others})

    def identities(self) -> Identities:
        """What has been decided about all articles."""
        nodes: dict[tuple[str, str], Node] = {}
        dates: dict[str, DateInterval] = {}
        former: dict[str, tuple[str, ...]] = {}
        links: dict[tuple[str, str], tuple[Link, ...]] = {}
        for (sha,) in self._index.rows("SELECT sha FROM identity_articles ORDER BY sha"):
            found = self.of_article(sha.hex())
            nodes.update(found.nodes)
            dates.update(found.dates)
            links.update(found.links)
            former.update(found.former)
        return Identities(nodes, dates, links, tuple(self.notes), former=former)

    def _former(self, iri: str) -> tuple[str, ...]:
        """The other IRIs that a node has by its names."""
        query = "SELECT iri FROM identity_figures WHERE node = ? AND number <> node ORDER BY iri"
        return tuple(row[0] for row in self._index.rows(query, number_of(iri)))

    def _nodes(self, sha: bytes, record: Record) -> dict[str, Node]:
        found: dict[str, Node] = {}
        query = """SELECT c.content, f.label, n.iri, f.kind FROM identity_claims c
                   JOIN identity_figures f ON f.number = c.figure JOIN identity_figures n ON n.number = f.node
                   WHERE c.name = ? AND c.sha = ? AND c.key = ?"""
        for key, number in record.names.items():
            ((content, label, iri, kind),) = self._index.rows(query, number, sha, key)
            found[key] = self._node(content, label, iri, kind)
        return found

    def _node(self, content: bytes, label: str, iri: str, kind: str) -> Node:
        from kg.identity.index import claim_of

        claim = claim_of(b"", "", content)
        names = list(claim.aliases)
        if not (kind == "person" and personal_name(claim.name).single):
            names.append(claim.name)
        strip = kind != "person"
        same = norm(label, strip_article=strip)
        return Node(iri, label, tuple(sorted({name for name in names if norm(name, strip_article=strip) != same})))

    def _node_iris(self, sha: bytes) -> tuple[Record, dict[str, str]] | None:
        """What is kept of an article, and the IRI of each of its things."""
        record = self._index.record(sha)
        if record is None:
            return None
        query = """SELECT n.iri FROM identity_claims c
                   JOIN identity_figures f ON f.number = c.figure JOIN identity_figures n ON n.number = f.node
                   WHERE c.name = ? AND c.sha = ? AND c.key = ?"""
        return record, {key: self._index.rows(query, number, sha, key)[0][0] for key, number in record.names.items()}

    def _label_of(self, iri: str) -> str:
        rows = self._index.rows("SELECT label FROM identity_figures WHERE number = ?", number_of(iri))
        return rows[0][0] if rows else iri


class _Change:
    """What a change of articles reaches, as far as it has been followed."""

    def __init__(self, fresh: bool) -> None:
        self.fresh = fresh
        self.articles: set[bytes] = set()
        """Articles whose share may be another."""
        self.names: dict[int, list[Place]] = {}
        """Names, with the places of their claims that came, went, or tell more or less than before."""
        self.whole: set[int] = set()
        """Names that are to be told apart anew although their core is the same."""
        self.tokens: dict[str, int] = defaultdict(int)
        """Tokens, with the number of claims that came, less those that went."""
        self.figures: set[int] = set()
        """Figures that are new or other than before."""
        self.gone: set[int] = set()
        self.keys: dict[str, list[tuple[int, bool]]] = defaultdict(list)
        """Keys, with the figures that got (true) or lost them."""
        self.acronyms: set[str] = set()
        """Keys of acronyms that figures have kept."""
        self.company: set[int] = set()
        """Figures told of with something that has become rare, or is no longer."""
        self.components: set[int] = set()
        """Figures whose component is to be joined anew."""
        self.nodes: set[int] = set()
        """Nodes of figures that are gone."""
        self.regrouped: set[object] = set()
        """Nodes that figures have come to or left."""
        self.moved: set[int] = set()
        """Figures that have another node, or another name."""
        self.leaves: set[int] = set()
        """Leaves that have been looked at."""

    def touch(self, name: int, place: Place, token: str | None, more: int) -> None:
        """Note that a claim came (1) or went (-1)."""
        if self.fresh:
            return
        self.names.setdefault(name, []).append(place)
        if token:
            self.tokens[token] += more
