"""Names and their figures where none are known yet: all at once, the claims of each name read in one go."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import chain, groupby, islice
from operator import itemgetter

from kg.identity.bearing import WITH_ACRONYMS, Assignment, Bearing, figure_of, tell_homonyms, whole_of
from kg.identity.blocking import keys_of
from kg.identity.claims import Claim
from kg.identity.evidence import Evidence
from kg.identity.figures import CORE, Figure, number_of
from kg.identity.homonyms import may_differ
from kg.identity.index import ALONE, MAY_DIFFER, SPLIT, WHOLE, Index, Name, claim_of
from kg.identity.iris import IriPolicy
from kg.identity.joining import Settings
from kg.identity.staging import Rows, Staging

CLAIMS = ("name", "sha", "key", "figure", "content")
Row = tuple[int, bytes, str, int, bytes]
"""A claim, as it stands in its table."""


class Filling:
    """Finds the figures of all names of an index that has none."""

    def __init__(self, index: Index, policy: IriPolicy, settings: Settings, evidence: Evidence) -> None:
        self._index = index
        self._settings = settings
        self._bearing = Bearing(index, policy, evidence)
        self._claims = Rows(index.database, "identity_claims", len(CLAIMS))

    def fill(self, claims: Staging) -> None:
        """Find the figures of names with these claims: of acronyms when all names that spell them out are there."""
        acronyms = Staging(self._index.database, "acronyms", CLAIMS)
        names = self._index.every("SELECT number, iri, kind, token, size, state FROM identity_names ORDER BY number")
        later = self._fill(map(Name._make, names), claims, acronyms)
        self._fill(iter(later), acronyms, None)
        acronyms.close()

    def _fill(self, names: Iterator[Name], claims: Staging, acronyms: Staging | None) -> list[Name]:
        """Find the figures of some names; gives the acronyms, if their claims are to be put off."""
        keys = Staging(self._index.database, "keys", ("key", "figure"))
        states: list[tuple[int, int]] = []
        later: list[Name] = []
        by_name = groupby(claims.rows("name, sha, key"), key=itemgetter(0))
        for name, (_, found) in zip(names, by_name, strict=True):
            first: list[Row] = list(islice(found, CORE))
            core = [claim_of(sha, key, content) for _, sha, key, _, content in first]
            whole, rows = whole_of(name, core), chain(first, found)
            if acronyms is not None and whole.weak and name.kind in WITH_ACRONYMS:
                acronyms.add_all(rows)
                later.append(name)
            elif state := self._fill_name(name, whole, core, rows, keys):
                states.append((state, name.number))
        self._claims.flush()
        keys.put_into("identity_keys", "key, figure")
        keys.close()
        self._index.database.executemany("UPDATE identity_names SET state = ? WHERE number = ?", states)
        return later

    def _fill_name(self, name: Name, whole: Figure, core: list[Claim], rows: Iterable[Row], keys: Staging) -> int:
        """Find the figures of a name, and write its claims; gives the name's state."""
        bearers = self._bearing.of(name, whole, core)
        if len(bearers.named) == 1 and not bearers.alone:
            self._add(name, whole, core, keys)
            self._claims.add_all(rows)
            return MAY_DIFFER if may_differ(whole, core) else WHOLE
        assignment = Assignment(self._bearing, bearers)
        sizes: Counter[int] = Counter()
        for number, sha, key, _, content in rows:
            figure = assignment.figure_of(sha, key, content)
            sizes[figure] += 1
            self._claims.add((number, sha, key, figure, content))
        for iri, (bearer, claims) in (assignment.known | assignment.beyond).items():
            self._add(name, figure_of(whole, bearer, claims, sizes[number_of(iri)]), claims, keys)
        if len(sizes) > 1:
            tell_homonyms(self._index, bearers)
        return SPLIT if bearers.named else ALONE

    def _add(self, name: Name, figure: Figure, core: list[Claim], keys: Staging) -> None:
        figure.leaf = self._settings.is_leaf(figure)
        self._index.add_figure(figure, name.number, self._settings.label([figure])[0])
        keys.add_all((key, figure.number) for key in keys_of(figure, core))
