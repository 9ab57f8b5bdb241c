"""Names and their figures: who bears each name that a change reaches, and which claim is whose."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import chain

from kg.identity.bearing import (
    WITH_ACRONYMS,
    Assignment,
    Bearing,
    figure_of,
    stands_for_several,
    tell_homonyms,
    whole_of,
)
from kg.identity.blocking import ACRONYM, SPELT_OUT, is_block, keys_of
from kg.identity.change import Change
from kg.identity.claims import Claim
from kg.identity.evidence import FEW, Evidence
from kg.identity.figures import CORE, Figure, magnitude, number_of
from kg.identity.homonyms import Bearers, may_differ
from kg.identity.index import ALONE, HOMONYM, MAY_DIFFER, SPLIT, WHOLE, Index, Name, Place
from kg.identity.iris import IriPolicy
from kg.identity.settings import Settings


class Naming:
    """Finds the figures of names."""

    def __init__(self, index: Index, policy: IriPolicy, settings: Settings, evidence: Evidence) -> None:
        self._index = index
        self._settings = settings
        self._policy = policy
        self._bearing = Bearing(index, policy, evidence)
        self._told: dict[int, list[Place]] = {}
        """Names, with the places of their claims that came, went, or tell more or less than before."""
        self._were_rare: dict[str, bool] = {}
        """Things that are rare now and were not, or the other way about."""

    def settle(self, change: Change) -> None:
        """Find the figures of every name that the change reaches."""
        weak: list[int] = []
        self._told = {number: list(places) for number, places in change.names.items()}
        self._reach_by_rarity(change)
        for number in sorted(change.names):
            name = self._index.name(number)
            assert name is not None
            anew = self._is_anew(name, change)
            if not anew and name.state < SPLIT:
                self._resize_to(number, name.size, change)
                continue
            core = [claim for claim, _ in self._index.core_of_name(number)]
            if name.kind in WITH_ACRONYMS and name.size and whole_of(name, core).weak:
                weak.append(number)
            else:
                self._settle(name, core, anew, change)
        for key in {key for key in (*change.keys, *change.acronyms) if SPELT_OUT in key}:
            alone = stands_for_several(self._index, key)
            for number in {self._name_of(figure) for figure in self._index.block(key.replace(SPELT_OUT, ACRONYM))}:
                known = self._index.name(number)
                if known and known.size > 1 and (known.state == ALONE) != alone:
                    change.whole.add(number)
                    weak.append(number)
        for number in sorted(set(weak)):
            name = self._index.name(number)
            assert name is not None
            core = [claim for claim, _ in self._index.core_of_name(number)]
            self._settle(name, core, self._is_anew(name, change), change)

    def _is_anew(self, name: Name, change: Change) -> bool:
        """Whether the claims that decide about a name are others than before, or say other things."""
        return name.number in change.whole or self._is_of_core(name, change.names.get(name.number, ()))

    def _is_of_core(self, name: Name, places: Iterable[Place]) -> bool:
        """Whether a claim at one of some places is, or was, among those that decide about a name."""
        end = self._index.end_of_core(name.number) if name.size >= CORE else None
        return end is None or any(place <= end for place in places)

    def _are_as_before(self, name: Name, core: list[Claim], bearers: Bearers, change: Change) -> bool:
        """Whether only the company of a name's core is rarer or less rare than before, and its bearers are the same.

        Then no claim beyond the core can be another's but those that are told of in that company.
        """
        if name.state != SPLIT or name.size <= CORE or name.number in change.whole:
            return False
        if self._is_of_core(name, self._told.get(name.number, ())):
            return False
        before = Bearing(self._index, self._policy, Evidence(self._index, self._were_rare))
        meant = (token for circle in bearers.circles for token in circle.profile.called.values())
        return self._were_rare.keys().isdisjoint(meant) and before.of(name, bearers.figure, core) == bearers

    def _name_of(self, figure: int) -> int:
        number: int = self._index.rows("SELECT name FROM identity_figures WHERE number = ?", figure)[0][0]
        return number

    def _reach_by_rarity(self, change: Change) -> None:
        """Names and pairs for which it matters that a thing is now (or is no longer) told of by few articles."""
        index = self._index
        for token, more in sorted(change.tokens.items()):
            now = index.claims_naming(token)
            if (now <= FEW) == (now - more <= FEW):
                continue
            self._were_rare[token] = now - more <= FEW
            beside: dict[int, int] = {}
            query = """SELECT DISTINCT sha FROM identity_claims
                       WHERE name IN (SELECT number FROM identity_names WHERE token = ?)"""
            for (sha,) in index.rows(query, token):
                record = index.record(sha)
                explained = {other for other, meant in index.context(sha.hex()).called.items() if meant == token}
                for key, (number, _) in record.things.items() if record else ():
                    name = index.name(number)
                    if name is None or name.token == token:
                        continue
                    if name.state != WHOLE:
                        change.names.setdefault(number, []).append((sha, key))
                    row = index.rows(
                        "SELECT figure FROM identity_claims WHERE name = ? AND sha = ? AND key = ?", number, sha, key
                    )
                    beside[row[0][0]] = number
                    if explained:
                        change.explained[row[0][0]] |= explained
            change.company |= beside.keys()

    def _settle(self, name: Name, core: list[Claim], anew: bool, change: Change) -> None:
        """Find the figures of a name anew, as far as its claims have changed; all if its core is to be looked at."""
        index = self._index
        before = {row[0] for row in index.rows("SELECT number FROM identity_figures WHERE name = ?", name.number)}
        if not core:
            for number in before:
                self._remove_figure(number, change)
            index.run("DELETE FROM identity_names WHERE number = ?", name.number)
            return
        touched = change.names.get(name.number, [])
        whole = whole_of(name, core)
        bearers = self._bearing.of(name, whole, core)
        if len(bearers.named) == 1 and not bearers.alone:
            if name.state >= SPLIT:
                self._put_together(name, change)
            state = MAY_DIFFER if may_differ(whole, core) else WHOLE
            self._put_figure(name, whole, core, change)
            kept = {name.number}
        else:
            state = SPLIT if bearers.named else ALONE
            again = None if anew and not self._are_as_before(name, core, bearers, change) else touched
            kept = self._split(name, whole, bearers, again, anew, change)
        for number in before - kept:
            self._remove_figure(number, change)
        if anew and (len(kept) > 1 or len(before) > 1):
            for number in kept:
                change.components |= index.remove_edges(number, HOMONYM) | {number}
            tell_homonyms(index, bearers)
        if state != name.state:
            index.run("UPDATE identity_names SET state = ? WHERE number = ?", state, name.number)

    def _put_together(self, name: Name, change: Change) -> None:
        """Give all claims of a name to one figure."""
        where = (name.number, name.number)
        query = "SELECT DISTINCT sha FROM identity_claims WHERE name = ? AND figure <> ?"
        change.articles |= {row[0] for row in self._index.rows(query, *where)}
        self._index.run("UPDATE identity_claims SET figure = ?1 WHERE name = ?2 AND figure <> ?1", *where)

    def _split(
        self, name: Name, whole: Figure, bearers: Bearers, again: list[Place] | None, anew: bool, change: Change
    ) -> set[int]:
        """Give each claim to its bearer; only those to be looked at ``again`` if given. Gives the figures."""
        index = self._index
        touched = change.names.get(name.number, [])
        assignment = Assignment(self._bearing, bearers)
        moved: list[tuple[int, int, bytes, str]] = []
        for sha, key, content, before in self._claims(name, again):
            figure = assignment.figure_of(sha, key, content)
            if figure != before:
                moved.append((figure, name.number, sha, key))
                change.articles.add(sha)
        index.database.executemany(
            "UPDATE identity_claims SET figure = ? WHERE name = ? AND sha = ? AND key = ?", moved
        )
        query = "SELECT figure, COUNT(*) FROM identity_claims WHERE name = ? GROUP BY figure"
        sizes = dict(index.rows(query, name.number))
        for iri, (bearer, claims) in (assignment.known | assignment.beyond).items():
            number = number_of(iri)
            if bearer.alone and self._is_kept(number, touched):
                continue
            if not anew and iri in assignment.known:
                if not bearer.alone:
                    self._resize_to(number, sizes.get(number, 0), change)
                continue
            self._put_figure(name, figure_of(whole, bearer, claims, sizes.get(number, 0)), claims, change)
        return set(sizes)

    def _claims(self, name: Name, places: list[Place] | None) -> Iterable[tuple[bytes, str, bytes, int]]:
        """The claims of a name, or those at some places, packed and with the figures that they are of."""
        query = "SELECT sha, key, content, figure FROM identity_claims WHERE name = ?"
        if places is None:
            return self._index.rows(f"{query} ORDER BY sha, key", name.number)
        found = (self._index.rows(f"{query} AND sha = ? AND key = ?", name.number, *place) for place in places)
        return chain.from_iterable(found)

    def _is_kept(self, number: int, touched: list[Place]) -> bool:
        """Whether a figure that is kept to its article was before, by the claim that it has now."""
        old = self._index.figure(number)
        if old is None or not old.summary.alone:
            return False
        _, sha, key = old.summary.first
        return (bytes.fromhex(sha), key) not in touched

    def _put_figure(self, name: Name, figure: Figure, core: list[Claim], change: Change) -> None:
        index, number = self._index, figure.number
        figure.leaf = self._settings.is_leaf(figure)
        if (old := index.figure(number)) and old.leaf != figure.leaf:
            change.components |= index.remove_edges(number)
            change.articles |= index.remove_links(number)
            change.keys.update({key: change.keys[key] for key in index.keys(number) if not is_block(key)})
        if not old or (old.name, old.summary.aliases) != (figure.name, figure.summary.aliases):
            change.renamed.add(number)
        self._note_entries(old, change)
        index.put_figure(figure, name.number)
        change.figures.add(number)
        wanted, known = keys_of(figure, core), index.keys(number)
        for key in sorted(known - wanted):
            index.run("DELETE FROM identity_keys WHERE key = ? AND figure = ?", key, number)
            change.keys[key].append((number, False))
        index.put_all("keys", [(key, number) for key in sorted(wanted - known)], 2)
        for key in wanted - known:
            change.keys[key].append((number, True))
        for key in wanted & known:
            if not is_block(key):
                change.acronyms[key].add(number)

    def _resize_to(self, number: int, size: int, change: Change) -> None:
        before = self._index.rows("SELECT size FROM identity_figures WHERE number = ?", number)[0][0]
        if before != size:
            self._index.run("UPDATE identity_figures SET size = ? WHERE number = ?", size, number)
            self._index.forget_figure(number)
            if magnitude(before) != magnitude(size):
                change.figures.add(number)
                change.components.add(number)
                for key in self._index.keys(number):
                    if not is_block(key):
                        change.acronyms[key].add(number)

    def _remove_figure(self, number: int, change: Change) -> None:
        index = self._index
        for key in index.keys(number):
            index.run("DELETE FROM identity_keys WHERE key = ? AND figure = ?", key, number)
            change.keys[key].append((number, False))
        change.components |= index.remove_edges(number)
        change.articles |= index.remove_links(number)
        self._note_entries(index.figure(number), change)
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

    def _note_entries(self, former: Figure | None, change: Change) -> None:
        """Note the entries of the authority list that a figure may have been, before it changes or goes."""
        change.entries |= {entry for entry, *_ in self._settings.listed(former)} if former else set()
