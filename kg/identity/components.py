"""Components: figures that verdicts, decisions or an authority hold to be one, joined to nodes where a change reaches.

Leaves (family names, acronyms) come last: each is joined to what explains it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from heapq import heapify, heappop, heappush

from kg.identity.change import Change
from kg.identity.decisions import Decision
from kg.identity.entries import Entries
from kg.identity.figures import Figure, number_of
from kg.identity.index import HOMONYM, OF_ANOTHER_KIND, PAIR, SPELLING_OUT, Index
from kg.identity.iris import IriPolicy
from kg.identity.joining import Joining
from kg.identity.linking import Linking
from kg.identity.matching import Verdict, ambiguous
from kg.identity.settings import Settings


class Components:
    """Makes nodes of figures; ``notes`` says which decisions were ignored."""

    def __init__(self, index: Index, policy: IriPolicy, settings: Settings) -> None:
        self.notes: list[str] = []
        self._index = index
        self._settings = settings
        self._entries = Entries(index, policy, settings)

    def join(self, change: Change) -> None:
        """Make nodes of the components that the change reaches, then join the leaves to them."""
        index, settings = self._index, self._settings
        leaves: set[int] = set()
        if change.fresh:
            start = {row[0] for row in index.rows("SELECT one FROM identity_edges WHERE outcome = 'same'")}
            start |= {number_of(iri) for iri in (*settings.decided, *settings.renamed, *settings.linked)}
            if settings.authority:
                start |= {row[0] for row in index.rows("SELECT number FROM identity_figures WHERE leaf = 0")}
            leaves = {row[0] for row in index.rows("SELECT leaf FROM identity_hints WHERE outcome = 'same'")}
        else:
            start = change.components | change.figures
            start |= self._beside_in_the_list(start, change)
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
        linking = Linking(index, settings, self._entries, change.fresh)
        if change.fresh:
            of_edges = " UNION ".join(
                f"SELECT {column} FROM identity_edges WHERE outcome <> 'none'" for column in ("one", "other")
            )
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
        linking.flush()
        self._check_names()

    def _beside_in_the_list(self, numbers: Iterable[int], change: Change) -> set[int]:
        """The figures that bear a name of an entry of the authority list, as some figures do or did."""
        settings, figures = self._settings, map(self._index.figure, numbers)
        if settings.authority is None:
            return set()
        entries = settings.spoken_of | change.entries
        entries |= {entry for figure in figures if figure for entry, *_ in settings.listed(figure)}
        return {number for entry in entries for number in self._entries.reached(entry)}

    def _check_names(self) -> None:
        """Note which decisions give another name to what an earlier one has named by another of its names."""
        named: dict[int | None, Decision] = {}
        for iri, decision in self._settings.renamed.items():
            earlier = named.setdefault(self._node_of(number_of(iri)), decision)
            if earlier.second != decision.second:
                self.notes.append(f"{decision.place}: contradicts {earlier.place}; ignored")

    def _is_known_leaf(self, number: int) -> bool:
        figure = self._index.figure(number)
        return figure is not None and figure.leaf

    def _join_leaves(self, leaves: set[int], change: Change) -> None:
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
            new: tuple[object, ...] = (number, self._settings.label([leaf])[0], None, None)
            if verdict:
                other = verdict.other if verdict.one.number == number else verdict.one
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
            if row[2] == OF_ANOTHER_KIND:
                return verdict
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
            for entry in self._entries.of(figure):
                near |= self._entries.bearers(entry, figure.kind)
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

    def _join_component(self, component: set[int], change: Change) -> set[int]:
        """Make nodes of a component; gives the numbers of its old and new nodes."""
        index = self._index
        figures = [figure for number in sorted(component) if (figure := index.figure(number))]
        by_source: dict[int, list[Verdict]] = defaultdict(list)
        for number in sorted(component):
            for row in index.edges(number):
                if row[0] == number and row[1] in component and row[3] != "none" and (verdict := index.verdict(row)):
                    by_source[row[2]].append(verdict)
        joining = Joining(self._settings, self._entries)
        joining.run(figures, by_source[PAIR], by_source[HOMONYM], by_source[SPELLING_OUT])
        self.notes += [note for note in joining.notes if note not in self.notes]
        groups: dict[str, list[Figure]] = defaultdict(list)
        for figure in figures:
            groups[joining.groups.root(figure)].append(figure)
        nodes: set[int] = set()
        for members in groups.values():
            label, chosen = self._settings.label(members)
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
