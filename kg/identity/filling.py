"""Names and their figures where none are known yet: one after the other, in the order of their claims."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from kg.identity.bearing import WITH_ACRONYMS, Assignment, Bearing, figure_of, tell_homonyms, whole_of
from kg.identity.blocking import keys_of
from kg.identity.claims import Claim
from kg.identity.evidence import Evidence
from kg.identity.figures import Figure, number_of
from kg.identity.homonyms import may_differ
from kg.identity.index import ALONE, MAY_DIFFER, SPLIT, WHOLE, Index, Name, new_figure
from kg.identity.iris import IriPolicy
from kg.identity.kinds import OPEN
from kg.identity.settings import Settings
from kg.identity.staging import Rows, Staging

CLAIMS = ("name", "sha", "key", "figure", "content")


class Filling:
    """Finds the figures of all names of an index that has none, but has their claims, each as of the plain name."""

    def __init__(self, index: Index, policy: IriPolicy, settings: Settings, evidence: Evidence) -> None:
        self._index = index
        self._settings = settings
        self._bearing = Bearing(index, policy, evidence)
        self._figures = Rows(index.database, "identity_figures", 11)
        self.of_open_kind: list[int] = []
        """The figures of which no article shows the kind."""

    def fill(self) -> None:
        """Find the figures of the names: of acronyms when all names that spell them out are there."""
        names = self._index.every("SELECT number, iri, kind, token, size, state FROM identity_names ORDER BY number")
        later: list[Name] = []
        self._fill(map(Name._make, names), later)
        self._fill(later, None)

    def _fill(self, names: Iterable[Name], later: list[Name] | None) -> None:
        """Find the figures of some names; acronyms are noted, if they are to be put off."""
        index = self._index
        keys = Staging(index.database, "keys", ("key", "figure"))
        moved = Staging(index.database, "moved", ("name", "sha", "key", "figure"))
        states: list[tuple[int, int]] = []
        for name in names:
            core = [claim for claim, _ in index.core_of_name(name.number)]
            whole = whole_of(name, core)
            if later is not None and whole.weak and name.kind in WITH_ACRONYMS:
                later.append(name)
            elif state := self._fill_name(name, whole, core, keys, moved):
                states.append((state, name.number))
        self._figures.flush()
        keys.put_into("identity_keys", "key, figure")
        keys.close()
        moved.flush()
        index.run(
            """UPDATE identity_claims SET figure = m.figure FROM temp.staging_moved m
               WHERE identity_claims.name = m.name AND identity_claims.sha = m.sha AND identity_claims.key = m.key"""
        )
        moved.close()
        index.database.executemany("UPDATE identity_names SET state = ? WHERE number = ?", states)

    def _fill_name(self, name: Name, whole: Figure, core: list[Claim], keys: Staging, moved: Staging) -> int:
        """Find the figures of a name, and the claims that are of another than the name's own; gives its state."""
        bearers = self._bearing.of(name, whole, core)
        if len(bearers.named) == 1 and not bearers.alone:
            self._add(name, whole, core, keys)
            return MAY_DIFFER if may_differ(whole, core) else WHOLE
        assignment = Assignment(self._bearing, bearers)
        sizes: Counter[int] = Counter()
        query = "SELECT sha, key, content FROM identity_claims WHERE name = ? ORDER BY sha, key"
        for sha, key, content in self._index.every(query, name.number):
            figure = assignment.figure_of(sha, key, content)
            sizes[figure] += 1
            if figure != name.number:
                moved.add((name.number, sha, key, figure))
        for iri, (bearer, claims) in (assignment.known | assignment.beyond).items():
            self._add(name, figure_of(whole, bearer, claims, sizes[number_of(iri)]), claims, keys)
        if len(sizes) > 1:
            self._figures.flush()
            tell_homonyms(self._index, bearers)
        return SPLIT if bearers.named else ALONE

    def _add(self, name: Name, figure: Figure, core: list[Claim], keys: Staging) -> None:
        figure.leaf = self._settings.is_leaf(figure)
        self._figures.add(new_figure(figure, name.number, self._settings.label([figure])[0]))
        keys.add_all((key, figure.number) for key in keys_of(figure, core))
        if figure.summary.lead <= OPEN:
            self.of_open_kind.append(figure.number)
