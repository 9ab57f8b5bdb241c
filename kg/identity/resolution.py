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
from functools import lru_cache

from kg.facts import ArticleFacts, DateInterval, Metadatum
from kg.identity.authority import Authority
from kg.identity.briefs import brief
from kg.identity.change import Change
from kg.identity.claims import Brief, Claim
from kg.identity.components import Components
from kg.identity.decisions import Decisions, are_apart
from kg.identity.evidence import Evidence
from kg.identity.figures import number_of, own_iri, qualifier_of
from kg.identity.filling import CLAIMS, Filling
from kg.identity.index import AT_HAND, WHOLE, Index, Meant, Name, Record, content_of, packed
from kg.identity.iris import IriPolicy, norm
from kg.identity.kinds import Kinds
from kg.identity.linking import link_of
from kg.identity.naming import Naming
from kg.identity.nodes import Identities, Link, Node
from kg.identity.pairing import Pairing
from kg.identity.parts import Parts
from kg.identity.personal import personal_name
from kg.identity.settings import Settings
from kg.identity.staging import Rows, Staging


def identify(
    all_facts: Iterable[ArticleFacts],
    policy: IriPolicy,
    decisions: Decisions | None = None,
    authority: Authority | None = None,
    reprints: Mapping[str, Iterable[Iterable[Metadatum]]] | None = None,
) -> Identities:
    """The node of every entity, event, topic and role of the articles.

    ``reprints`` gives what is known of the reprints of an article, by its SHA-256. Decisions about facts (reject,
    confirm) are not followed here but when the facts are mapped.
    """
    database = sqlite3.connect(":memory:", isolation_level=None)
    try:
        resolution = Resolution(database, policy, decisions, authority)
        known = reprints or {}
        resolution.fill(brief(facts, known.get(facts.article.sha256, ())) for facts in all_facts)
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
        self._kept_apart = self._settings.decisions.kept_apart
        self._keeps_former = any(item.kind in ("reject", "confirm") for item in self._settings.decisions.items)

    def clear(self) -> None:
        """Forget all articles."""
        self._index.clear()

    def fill(self, added: Iterable[Brief]) -> None:
        """Decide about all articles of an archive at once, where none is known yet."""
        index, change = self._index, Change(fresh=True)
        index.forget()
        index.let_go_of_order()
        claims = Staging(index.database, "claims", CLAIMS)
        names = Staging(index.database, "names", Name._fields)
        self._put(added, claims, names, change)
        claims.put_into("identity_claims", "name, sha, key")
        claims.close()
        names.put_into("identity_names", "number", "SELECT number, iri, kind, MIN(token), size, state", "number")
        self._count_as_first(names.disagreeing("number", "token"))
        names.close()
        index.run("UPDATE identity_names SET size = (SELECT COUNT(*) FROM identity_claims WHERE name = number)")
        index.order("names")
        self._settings.locate(index)
        filling = Filling(index, self._policy, self._settings, Evidence(index))
        filling.fill()
        Kinds(index, self._settings).fill(filling.of_open_kind)
        index.order("figures", "keys")
        self._settings.bind(index)
        pairing = Pairing(index, Evidence(index))
        pairing.fill()
        index.order("edges", "hints")
        pairing.spell_out(change)
        index.forget()
        self._join(change)
        index.order("links")
        self._parts.fill(self._index.every("SELECT sha, content FROM identity_articles"), self._node_iri)
        index.order()
        index.forget()

    def update(self, added: Iterable[Brief], removed: Iterable[str] = ()) -> set[str]:
        """Add and remove articles (removed ones by their SHA-256, before).

        Gives the SHA-256 of every article whose :meth:`share <of_article>` may now be another, the added ones included.
        """
        if self._index.is_empty():
            shas: set[str] = set()
            self.fill(_noting(added, shas))
            return shas
        change = Change(fresh=False)
        self._index.forget()
        self._settings.bind(self._index)
        for sha in removed:
            self._take_away(bytes.fromhex(sha), change)
        database = self._index.database
        claims, names = Rows(database, "identity_claims", 5), Rows(database, "identity_names", 6, "OR IGNORE")
        self._put(added, claims, names, change)
        claims.flush()
        names.flush()
        self._count(change)
        self._settings.locate(self._index)
        kinds = Kinds(self._index, self._settings)
        kinds.reach(change.names)
        Naming(self._index, self._policy, self._settings, Evidence(self._index)).settle(change)
        kinds.settle(change)
        change.components |= self._settings.bind(self._index)
        pairing = Pairing(self._index, Evidence(self._index))
        pairing.compare(change)
        pairing.spell_out(change)
        self._join(change)
        if self._keeps_former:
            for node in change.regrouped:
                for (number,) in self._index.rows("SELECT number FROM identity_figures WHERE node = ?", node):
                    change.articles |= set(self._index.articles_of(number))
        changed = self._parts.refresh(change.articles, self._index.record, self._node_iri)
        return {sha.hex() for sha in changed | change.articles if self._index.has_article(sha)}

    def _join(self, change: Change) -> None:
        components = Components(self._index, self._policy, self._settings)
        components.join(change)
        self.notes += self._settings.notes + components.notes

    # Claims

    def _put(self, briefs: Iterable[Brief], claims: Rows, names: Rows, change: Change) -> None:
        """Write articles, their claims, and the names of these, which are not counted yet."""
        articles = Rows(self._index.database, "identity_articles", 3)
        seen: dict[int, str | None] = {}
        for found in briefs:
            sha = bytes.fromhex(found.sha)
            for address in self._settings.addresses.intersection(found.addresses):
                self._index.run("INSERT OR IGNORE INTO identity_addresses VALUES (?, ?)", address, sha)
            things: dict[str, tuple[int, tuple[str, ...]]] = {}
            rows: list[tuple[int, bytes, str, int, bytes]] = []
            for claim in found.claims:
                iri, number = self._own_iri(claim, found.addresses)
                things[claim.key] = number, _names(claim)
                token = claim.token
                if seen.get(number, "") != token:
                    if len(seen) >= AT_HAND:
                        seen.clear()
                    seen[number] = token
                    names.add((number, iri, claim.kind, token, 0, WHOLE))
                rows.append((number, sha, claim.key, number, content_of(claim)))
                if not change.fresh:
                    change.touch(number, (sha, claim.key), 1)
            claims.add_all(rows)
            articles.add((sha, *packed(found.context, Record(things, found.holdings, found.dated))))
            if not change.fresh:
                change.articles.add(sha)
        articles.flush()

    def _count(self, change: Change) -> None:
        """Count the claims of the names that a change reaches, each under the token of the name's first claim."""
        for number, more in change.sizes.items():
            name = self._index.name(number)
            assert name is not None
            first = self._index.first_claim(number)
            token, size = first.token if first else None, name.size + more
            change.count(name.token, -name.size)
            change.count(token, size)
            self._index.run("UPDATE identity_names SET size = ?, token = ? WHERE number = ?", size, token, number)

    def _count_as_first(self, numbers: Iterable[int]) -> None:
        """Let names that articles write with several tokens ("U.S. West", "U S West") have that of the first claim."""
        for number in numbers:
            first = self._index.first_claim(number)
            assert first is not None
            self._index.run("UPDATE identity_names SET token = ? WHERE number = ?", first.token, number)

    def _own_iri(self, claim: Claim, addresses: Iterable[str]) -> tuple[str, int]:
        """The IRI that a claim's thing has by its name, and its number."""
        kind = claim.kind
        qualifier = qualifier_of(claim) if kind in ("person", "event") else None
        known = _own_iri(self._policy, kind, claim.name, claim.when if kind == "event" else None, qualifier)
        articles = self._settings.aside.get(known[0])
        if articles and not articles.isdisjoint((self._policy.article(claim.sha), *addresses)):
            return _own_iri(self._policy, claim.kind, claim.name, claim.when, f"a{claim.sha[:16]}")
        return known

    def _take_away(self, sha: bytes, change: Change) -> None:
        index = self._index
        record = index.record(sha)
        if record is None:
            return
        for key, (number, _) in record.things.items():
            change.touch(number, (sha, key), -1)
            index.run("DELETE FROM identity_claims WHERE name = ? AND sha = ? AND key = ?", number, sha, key)
        for table in ("articles", "addresses"):
            index.run(f"DELETE FROM identity_{table} WHERE sha = ?", sha)
        change.articles |= {sha} | self._parts.remove(sha)

    @property
    def names_addresses(self) -> bool:
        """Whether decisions speak of what may be the address of an article."""
        return bool(self._settings.addresses)

    def are_apart(self, one: str, other: str) -> bool:
        """Whether a person has said that two articles (by SHA-256) are different, and no near-duplicates."""
        kept_apart = self._kept_apart
        return bool(kept_apart) and are_apart(kept_apart, self._called(one), self._called(other))

    def _called(self, sha: str) -> set[str]:
        query = "SELECT address FROM identity_addresses WHERE sha = ?"
        return {self._policy.article(sha)} | {row[0] for row in self._index.rows(query, bytes.fromhex(sha))}

    # The outcome

    def of_article(self, sha: str) -> Identities:
        """What has been decided about the things of one article. Raises KeyError where there is none."""
        place = bytes.fromhex(sha)
        record = self._index.record(place)
        if record is None:
            raise KeyError(sha)
        nodes = {(sha, key): self._node(place, key, *thing) for key, thing in record.things.items()}
        links: dict[tuple[str, str], set[Link]] = defaultdict(set)
        for key, content in self._index.rows("SELECT key, content FROM identity_links WHERE sha = ?", place):
            links[sha, key].add(link_of(content))
        dates: dict[str, DateInterval] = {}
        if record.holdings or record.dated:
            roles, dates = self._parts.of_article(place)
            nodes.update({(sha, key): node for key, node in roles.items()})
        ordered = {
            at: tuple(sorted(found, key=lambda link: (link.kind, link.subject, link.object)))
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
        """The other IRIs that a node has by its names, or would have if nobody else bore them."""
        query = """SELECT iri FROM identity_figures WHERE node = ?1 AND number <> node UNION
                   SELECT n.iri FROM identity_figures f JOIN identity_names n ON n.number = f.name
                   WHERE f.node = ?1 AND n.number <> ?1 ORDER BY 1"""
        return tuple(row[0] for row in self._index.rows(query, number_of(iri)))

    def _node(self, sha: bytes, key: str, number: int, names: tuple[str, ...]) -> Node:
        """The node of a thing, by the number of its name; ``names`` are those that its article gives it."""
        return _node_of(self._index.meant_by(number, sha, key), names)

    def _node_iri(self, sha: bytes, key: str, record: Record) -> str | None:
        """The IRI of a thing of an article."""
        thing = record.things.get(key)
        return self._index.meant_by(thing[0], sha, key).iri if thing else None

    def _label_of(self, iri: str) -> str:
        rows = self._index.rows("SELECT label FROM identity_figures WHERE number = ?", number_of(iri))
        return rows[0][0] if rows else iri


def _names(claim: Claim) -> tuple[str, ...]:
    """The names that an article gives a thing, in order; a person's family name alone is evidence, no name."""
    if claim.kind == "person" and personal_name(claim.name).single:
        return tuple(sorted(set(claim.aliases)))
    return tuple(sorted({*claim.aliases, claim.name})) if claim.aliases else (claim.name,)


def _noting(briefs: Iterable[Brief], shas: set[str]) -> Iterator[Brief]:
    for found in briefs:
        shas.add(found.sha)
        yield found


@lru_cache(maxsize=1 << 14)
def _own_iri(policy: IriPolicy, kind: str, name: str, when: str | None, qualifier: str | None) -> tuple[str, int]:
    iri = own_iri(policy, kind, name, when, qualifier)
    return iri, number_of(iri)


@lru_cache(maxsize=1 << 14)
def _node_of(meant: Meant, names: tuple[str, ...]) -> Node:
    strip = meant.kind != "person"
    same = norm(meant.label, strip_article=strip)
    others = tuple(name for name in names if norm(name, strip_article=strip) != same)
    return Node(meant.iri, meant.label, others, kind=meant.known_as)
