"""Verdicts on pairs of figures that a change reaches: names that share a key, and acronyms with their words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import Final

from kg.identity.acronyms import MOST_IMPLIED, fitting, read_as
from kg.identity.blocking import ACRONYM, FULL, FULL_HUBS, IMPLIED, SPELT_OUT, WEAK, hubs_of, is_block, pairs_of
from kg.identity.change import Change
from kg.identity.evidence import Evidence
from kg.identity.figures import Figure, magnitude
from kg.identity.index import PAIR, SPELLING_OUT, Edge, Index, edge_of
from kg.identity.matching import Verdict, judge
from kg.identity.retelling import is_retelling, judge_retelling
from kg.identity.staging import Staging

STANDS_OUT: Final = 8
"""So many times the articles of all other words of an acronym together must tell of those that it is read as."""

SIDE_BY_SIDE_PART: Final = 0.2
"""Articles that tell of two names as two things must be more than this part of those of the rarer: readers slip."""


def prominent(index: Index, ways: Sequence[int]) -> Figure | None:
    """The way to spell an acronym out that stands out among several, by the powers of two of their articles."""
    figures = [figure for number in ways if (figure := index.figure(number))]
    most = max(figures, key=lambda figure: (figure.size.bit_length(), figure.iri))
    others = sum(1 << figure.size.bit_length() for figure in figures if figure is not most)
    return most if 1 << most.size.bit_length() >= STANDS_OUT * others else None


class Pairing:
    """Judges pairs of figures, and notes the verdicts."""

    def __init__(self, index: Index, evidence: Evidence) -> None:
        self._index = index
        self._evidence = evidence

    def fill(self) -> None:
        """Judge all pairs of figures that share a key, where there are no verdicts yet."""
        database = self._index.database
        pairs = Staging(database, "pairs", ("one", "other"))
        for one, other in self._all_pairs():
            pairs.add((one, other) if one < other else (other, one))
        edges = ("one", "other", "source", "outcome", "margin", "needs", "reason")
        into = {table: Staging(database, table, edges) for table in ("identity_edges", "identity_hints")}
        # Block by block, so that what is known of its figures is still at hand.
        for pair in pairs.rows("MIN(rowid)", "SELECT one, other", group="one, other"):
            if verdict := self._verdict(*pair):
                table, row = edge_of(verdict, PAIR)
                into[table].add(row)
        for table, rows in into.items():
            rows.put_into(table, "one, other, source")
            rows.close()
        pairs.close()

    def compare(self, change: Change) -> None:
        """Judge the pairs of figures that share a key, where a figure or the block has changed."""
        again = set(change.figures)
        for key, moved in change.keys.items():
            if is_block(key):
                again |= self._displaced(key, moved)
        again = {number for number in again if number not in change.gone and self._index.figure(number)}
        self._note_acronyms(again, change)
        before: dict[tuple[int, int], Edge] = {}
        for number in again:
            before.update((_pair_of(row), row) for row in self._index.verdicts_on(number) if row[2] == PAIR)
        done: set[tuple[int, int]] = set()
        for number in sorted(again):
            for other in sorted(self._partners(number)):
                pair = (min(number, other), max(number, other))
                if pair not in done:
                    done.add(pair)
                    if verdict := self._verdict(*pair):
                        self._note(verdict, before.pop(pair, None), change)
        for row in before.values():
            self._index.remove_edge(row)
            change.components.update(row[:2])
        change.components |= again
        for number in sorted(change.company - again - change.gone):
            self._judge_again(number, change, done)

    def _note(self, verdict: Verdict, before: Edge | None, change: Change) -> None:
        """Note the verdict on a pair, in place of the one ``before``, and whose component it may change."""
        figures = verdict.one, verdict.other
        if edge_of(verdict, PAIR)[1] == before:
            renamed = change.renamed.intersection(figure.number for figure in figures)
            change.components.update(figure.number for figure in figures if renamed and figure.leaf)
            return
        self._index.put_edge(verdict, PAIR)
        change.components.update(figure.number for figure in figures if before or figure.leaf)

    def _judge_again(self, number: int, change: Change, done: set[tuple[int, int]]) -> None:
        """Judge a figure and others again of which something in common has become rare, or is no longer."""
        index = self._index
        known = index.verdicts_on(number) if number in change.explained else index.edges(number) + index.hints(number)
        for row in known:
            pair = _pair_of(row)
            other = pair[1] if pair[0] == number else pair[0]
            if row[2] != PAIR or pair in done or not self._may_weigh_otherwise(number, other, change):
                continue
            done.add(pair)
            if verdict := self._verdict(*pair):
                self._note(verdict, row, change)
                if verdict.outcome != row[3]:
                    self._note_acronyms(pair, change)  # what was one thing may be two now, or the other way about

    def _may_weigh_otherwise(self, number: int, other: int, change: Change) -> bool:
        """Whether what has become rare (or is no longer) may be common to a figure told of with it and another one.

        It is where both are told of with it, or the other one with a further name that articles of the first explain.
        """
        if other in change.company:
            return True
        explained, figure = change.explained.get(number), self._index.figure(other)
        return bool(explained and figure and explained & self._evidence.profile(figure).company)

    def _all_pairs(self) -> Iterator[tuple[int, int]]:
        rows = self._index.every("SELECT key, figure FROM identity_keys ORDER BY key, figure")
        for stem, found in groupby(rows, key=lambda row: row[0].removesuffix(FULL).removesuffix(WEAK)):
            members = list(found)
            if len(members) < 2 or not is_block(stem):
                continue
            plain = [number for key, number in members if key == stem]
            yield from pairs_of(stem, plain)
            full = [number for key, number in members if key.endswith(FULL)][:FULL_HUBS]
            weak = [number for key, number in members if key.endswith(WEAK)]
            yield from ((one, other) for one in full for other in weak if one != other)  # rulers are both

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

    def _verdict(self, one: int, other: int) -> Verdict | None:
        a, b = self._index.figure(one), self._index.figure(other)
        if a is None or b is None:
            return None
        pair = (a, b) if a.iri < b.iri else (b, a)
        if is_retelling(*pair):
            return judge_retelling(*pair, self._evidence)
        return judge(*pair, self._evidence, self._side_by_side)

    def _side_by_side(self, one: Figure, other: Figure) -> bool:
        """Whether articles tell of both as two: more than a slip of reading in a few of many."""
        fewer, more = sorted((one, other), key=lambda figure: (magnitude(figure.size), figure.iri))
        articles = {claim.sha for claim in self._index.core(fewer)}
        both = sum(self._index.tells_of(more, sha) for sha in articles)
        return both > SIDE_BY_SIDE_PART * len(articles)

    # Acronyms

    def spell_out(self, change: Change) -> None:
        """Judge what bare acronyms stand for, where something of their letters has changed."""
        index = self._index
        if change.fresh:
            found = index.rows("SELECT DISTINCT key FROM identity_keys WHERE key LIKE '% ' || ? || '%'", ACRONYM)
            for (key,) in found:
                self._spell_out_letters(key, index.block(key), change)
            return
        for key, moved in change.keys.items():
            if not is_block(key):
                change.acronyms[key].update(number for number, _ in moved)
        self._reach_acronyms_by_rarity(change)
        touched: dict[str, set[int] | None] = {}
        for key, numbers in change.acronyms.items():
            if ACRONYM in key:
                if (reached := touched.setdefault(key, set())) is not None:
                    reached |= numbers
            elif SPELT_OUT in key or self._is_implied(key, numbers):
                touched[_acronym_of(key)] = None  # what the letters stand for is another: all figures are reached
        for key, reached in sorted(touched.items(), key=lambda item: item[0]):
            block = index.block(key)
            self._spell_out_letters(key, [n for n in block if reached is None or n in reached], change)

    def _reach_acronyms_by_rarity(self, change: Change) -> None:
        """Reach the bare acronyms that may share with their words what has become rare, or is no longer."""
        for number in change.company:
            for key in self._index.keys(number):
                if ACRONYM in key:
                    change.acronyms[key].add(number)
                elif number in change.explained and not is_block(key):
                    block = self._index.block(_acronym_of(key))
                    reached = {bare for bare in block if self._may_weigh_otherwise(number, bare, change)}
                    change.acronyms[_acronym_of(key)] |= reached

    def _is_implied(self, key: str, numbers: Iterable[int]) -> bool:
        """Whether names, which have or had the key of their initials, are or were looked at for a bare acronym."""
        if self._index.block(key.replace(IMPLIED, SPELT_OUT), 1):
            return False
        first = self._index.block(key, MOST_IMPLIED)
        return len(first) < MOST_IMPLIED or any(number <= first[-1] for number in numbers)

    def _note_acronyms(self, numbers: Iterable[int], change: Change) -> None:
        for number in numbers:
            for key in self._index.keys(number):
                if not is_block(key):
                    change.acronyms[key].add(number)

    def _spell_out_letters(self, key: str, numbers: Iterable[int], change: Change) -> None:
        """Judge what some figures that bear an acronym stand for."""
        index = self._index
        weak = [figure for number in numbers if (figure := index.figure(number))]
        if not weak:
            return
        found = [figure for number in index.block(key.replace(ACRONYM, SPELT_OUT)) if (figure := index.figure(number))]
        most = prominent(index, [way.number for way in found]) if len(found) > 1 else None
        ways = [most] if most else self._one_each(found)
        implied = [] if ways else index.block(key.replace(ACRONYM, IMPLIED), MOST_IMPLIED)
        for figure in weak:
            if ways:
                verdicts = read_as(figure, ways, self._evidence)
            else:
                possible = [way for number in implied if (way := index.figure(number))]
                verdicts = fitting(figure, possible, self._evidence, self._ever_together) if possible else []
            rows = {edge_of(verdict, SPELLING_OUT) for verdict in verdicts}
            if not change.fresh:
                known = index.verdicts_on(figure.number)
                if {row for _, row in rows} == {row for row in known if row[2] == SPELLING_OUT}:
                    continue
                change.components |= index.remove_edges(figure.number, SPELLING_OUT) | {figure.number}
            for verdict in verdicts:
                index.put_edge(verdict, SPELLING_OUT)

    def _ever_together(self, one: Figure, other: Figure) -> bool:
        fewer, more = sorted((one, other), key=lambda figure: (magnitude(figure.size), figure.iri))
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


def _pair_of(row: Edge) -> tuple[int, int]:
    return min(row[:2]), max(row[:2])


def _acronym_of(key: str) -> str:
    """The key of the bare acronym whose words another key is of."""
    return key.replace(SPELT_OUT, ACRONYM).replace(IMPLIED, ACRONYM)
