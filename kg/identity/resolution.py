"""Identity across articles: which things that several articles tell of are one node, and why.

A wrong merge is worse than a split. Things of one kind become one node only for a reason in words: one name (unless
what the articles say contradicts), two forms of a name with enough evidence beside it, an acronym spelt out elsewhere,
one entry of an authority list, or a person's decision. What remains likely is a candidate, kept apart and listed for
review. Kinds are resolved one after the other (places, organisations, topics, people, events), so that the evidence
for each is what is already known of the ones before.

The outcome depends on the set of articles alone, not on their order.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from itertools import product

from kg.facts import ArticleFacts, DateInterval, Role
from kg.identity.acronyms import spelt_out, split_ambiguous
from kg.identity.authority import Authority, Entry
from kg.identity.claims import Brief, Claim, brief
from kg.identity.decisions import Decision, Decisions
from kg.identity.evidence import Evidence
from kg.identity.figures import Figure, best_name, figures
from kg.identity.homonyms import tell_apart
from kg.identity.iris import IriPolicy
from kg.identity.linking import Findings, Linking
from kg.identity.matching import SIDE_BY_SIDE, Verdict, ambiguous, by_looser, is_loose, name_relation, verdicts
from kg.identity.nodes import Identities, Link, Node, narrowest, role_nodes

STAGES = ("place", "organisation", "topic", "person", "event")
DECIDED = 3.0
"""The margin of what a person has decided."""

NEAR_NAMES = 1.5
"""Two figures are recorded as different only if their names are so near that they could be taken for one."""

MOST_NAMES = 8
"""So many names of a group are compared with those of another before the two are joined."""


def identify(
    all_facts: Iterable[ArticleFacts],
    policy: IriPolicy,
    decisions: Decisions | None = None,
    authority: Authority | None = None,
) -> Identities:
    """The node of every entity, event, topic and role of the articles.

    Decisions about facts (reject, confirm) are not followed here but when the facts are mapped.
    """
    briefs: list[Brief] = []
    roles: list[tuple[str, Role]] = []
    dated: list[tuple[str, str, DateInterval]] = []
    for facts in all_facts:  # what identity does not depend on is let go, article by article
        known = brief(facts)
        briefs.append(known)
        roles += [(known.sha, role) for role in facts.roles]
        dated += [(known.sha, event.key, event.date) for event in facts.events if event.date]
    resolution = Resolution(briefs, policy, decisions, authority)
    resolution.run()
    nodes = resolution.nodes
    dates: dict[str, list[DateInterval]] = defaultdict(list)
    for sha, key, date in dated:
        dates[nodes[sha, key].iri].append(date)
    nodes.update(role_nodes(roles, nodes, policy))
    return Identities(
        nodes, {iri: narrowest(found) for iri, found in dates.items()}, resolution.links, tuple(resolution.notes)
    )


class Resolution:
    """The resolution of the entities, topics and events of some articles; see :meth:`run`."""

    def __init__(
        self, briefs: Iterable[Brief], policy: IriPolicy, decisions: Decisions | None, authority: Authority | None
    ) -> None:
        self.nodes: dict[tuple[str, str], Node] = {}
        self.links: dict[tuple[str, str], tuple[Link, ...]] = {}
        self.notes: list[str] = []
        self._policy = policy
        self._briefs = {found.sha: found for found in briefs}
        self._decisions = decisions or Decisions()
        self._authority = authority
        self._findings = Findings()
        self._groups = self._findings.groups
        self._identity: dict[tuple[str, str], str] = {}
        self._names: dict[str, str] = {}
        self._candidates = self._findings.candidates
        self._known: dict[str, Figure] = {}
        self._said_same = {frozenset((d.first, d.second)) for d in self._decisions.of("same")}
        self._apart = self._kept_apart()

    def run(self) -> None:
        """Fill ``nodes``, ``links`` and ``notes``."""
        by_kind: dict[str, list[Claim]] = {kind: [] for kind in STAGES}
        for sha in sorted(self._briefs):
            for claim in self._briefs[sha].claims.values():
                by_kind[claim.kind].append(claim)
        found = {kind: figures(claims, self._policy, self._apart) for kind, claims in by_kind.items()}
        for kind in STAGES:
            self._know(found[kind])
        for kind in STAGES:
            found[kind] = self._resolve(kind, found[kind])
        everything = [figure for kind in STAGES for figure in found[kind]]
        self._note_what_is_gone(everything)
        linking = Linking(self._findings, self._briefs, self._decisions, self._authority)
        self.nodes, self.links = linking.nodes_of(everything)

    def _know(self, some: Iterable[Figure]) -> None:
        """Let the claims of figures stand for their groups."""
        for figure in some:
            root = self._groups.root(figure)
            self._names.setdefault(root, figure.name)
            for claim in figure.claims:
                self._identity[claim.place] = root

    def _resolve(self, kind: str, some: list[Figure]) -> list[Figure]:
        evidence = Evidence(self._briefs, self._identity, self._names)
        found: list[Figure] = []
        for figure in some:
            bearers = tell_apart(figure, evidence, self._policy)
            found += bearers.figures
            for one, other, reason in bearers.different:
                if frozenset((one.iri, other.iri)) not in self._said_same:
                    self._differ(one, other, reason)
            for one, other, reason in bearers.open:
                a, b = sorted((one, other), key=lambda f: f.iri)
                self._candidates.append(Verdict(a, b, "candidate", -2.0, 0.0, reason))
        if kind in ("organisation", "topic"):
            found = split_ambiguous(kind, found, self._policy)
        found.sort(key=lambda figure: figure.iri)
        if len(found) > len(some):
            self._know(found)
        self._decide(kind, found)
        if kind != "topic":
            self._match_authority(kind, found)
        if len(found) > len(some):
            evidence = Evidence(self._briefs, self._identity, self._names)
        self._join(kind, found, evidence)
        for members in self._groups.joined(kind):
            root = self._groups.root(members[0])
            self._names[root] = best_name(members)[0]
            for figure in members:
                for claim in figure.claims:
                    self._identity[claim.place] = root
        return found

    def _join(self, kind: str, found: list[Figure], evidence: Evidence) -> None:
        judged = verdicts(kind, found, evidence)
        refused = ambiguous(judged)
        for verdict in judged:
            said_same = frozenset((verdict.one.iri, verdict.other.iri)) in self._said_same
            if verdict.outcome == "different" and not said_same:
                self._groups.separate(verdict.one, verdict.other)
                if verdict.needs <= NEAR_NAMES and verdict.reason != SIDE_BY_SIDE:
                    self._candidates.append(verdict)
        late = []
        for verdict in judged:
            if verdict.outcome == "different":
                continue
            if kind == "event" and is_loose(verdict):
                late.append(verdict)
                continue
            if verdict.outcome == "same" and (verdict.one.iri, verdict.other.iri) not in refused:
                self._unite(verdict, strict=kind == "person")
            else:
                self._candidates.append(verdict)
        for figure, fits in by_looser(late):
            roots = {self._groups.root(finer) for _, finer in fits} - {self._groups.root(figure)}
            for verdict, _ in fits:
                if len(roots) == 1:
                    self._unite(verdict)
                else:
                    self._candidates.append(verdict)
        if kind in ("organisation", "topic"):
            for verdict in spelt_out(found, self._groups, evidence):
                if verdict.outcome == "same":
                    self._unite(verdict)
                else:
                    self._candidates.append(verdict)

    def _unite(self, verdict: Verdict, strict: bool = False) -> None:
        """Join the two groups. ``strict``: only if every name of the one may be one with every name of the other."""
        one, other = verdict.one, verdict.other
        if strict and not self._all_fit(one, other):
            self._candidates.append(verdict)
            return
        if self._groups.join(one, other):
            for figure in (one, other):
                known = self._findings.reasons.get(figure.iri)
                if known is None or verdict.order < known.order:
                    self._findings.reasons[figure.iri] = verdict

    def _all_fit(self, one: Figure, other: Figure) -> bool:
        if self._groups.root(one) == self._groups.root(other):
            return True
        names = ({member.personal: member for member in self._groups.members(figure)} for figure in (one, other))
        pairs = product(*(list(members.values())[:MOST_NAMES] for members in names))
        return all(name_relation(a, b) is not None for a, b in pairs)

    def _differ(self, one: Figure, other: Figure, reason: str) -> None:
        a, b = sorted((one, other), key=lambda f: f.iri)
        self._groups.separate(a, b)
        self._candidates.append(Verdict(a, b, "different", -9.0, 0.0, reason))

    # Decisions of people

    def _kept_apart(self) -> frozenset[tuple[str, str]]:
        """(IRI, SHA-256) for each decision that in an article a name is another one's."""
        shas = {self._policy.article(sha): sha for sha in self._briefs}
        return frozenset((d.first, shas[d.second]) for d in self._decisions.of("different") if d.second in shas)

    def _decide(self, kind: str, found: list[Figure]) -> None:
        """Follow the decisions on figures of this kind (and of earlier ones, for a place and an organisation)."""
        fresh = {figure.iri: figure for figure in found}
        self._known |= fresh
        for decision in self._decisions.of("different"):
            pair = self._pair(decision, fresh)
            if pair:
                self._differ(*pair, decision.reason)
        for decision in self._decisions.of("same"):
            if decision.first in fresh and self._elsewhere(decision.second):
                self._findings.entries[decision.first] = (Entry(decision.second, ()), decision.reason)
                continue
            pair = self._pair(decision, fresh)
            if pair and self._groups.separated(*pair):
                self.notes.append(f"{decision.place}: contradicts another decision, or what the articles say; ignored")
            elif pair:
                self._unite(Verdict(*pair, "same", DECIDED, 0.0, decision.reason))

    def _pair(self, decision: Decision, fresh: Mapping[str, Figure]) -> tuple[Figure, Figure] | None:
        """The figures that a decision is about, if this stage is the first to know both and their kinds can be one."""
        one, other = self._known.get(decision.first), self._known.get(decision.second)
        if one is None or other is None or not (one.iri in fresh or other.iri in fresh):
            return None
        if one.kind != other.kind and {one.kind, other.kind} != {"place", "organisation"}:
            return None
        return (one, other) if one.iri < other.iri else (other, one)

    def _elsewhere(self, iri: str) -> bool:
        """Whether an IRI is none of the graph's own: that of an authority."""
        return not iri.startswith(self._policy.base)

    def _note_what_is_gone(self, everything: list[Figure]) -> None:
        known = {figure.iri for figure in everything} | {iri for iri, _ in self._apart}
        known |= {self._policy.article(sha) for sha in self._briefs}
        for decision in self._decisions.items:
            if decision.kind not in ("same", "different", "rename"):
                continue
            wanted = (decision.first,) if decision.kind == "rename" else (decision.first, decision.second)
            gone = [iri for iri in wanted if iri not in known and not self._elsewhere(iri)]
            kinds = {iri.removeprefix(self._policy.base).split("/")[0] for iri in wanted if not self._elsewhere(iri)}
            kinds.discard("article")
            if gone:
                self.notes.append(f"{decision.place}: the graph has no {gone[0]} (any more); nothing to do")
            elif len(kinds) > 1 and kinds != {"place", "organisation"}:
                self.notes.append(f"{decision.place}: {decision.first} and {decision.second} are of two kinds; ignored")

    def _match_authority(self, kind: str, found: list[Figure]) -> None:
        if self._authority is None:
            return
        refused = {(d.first, d.second) for d in self._decisions.of("different")}
        by_entry: dict[str, list[Figure]] = defaultdict(list)
        for figure in found:
            for entry, reason, sure in self._authority.matches(kind, figure):
                if sure and (figure.iri, entry.iri) not in refused and figure.iri not in self._findings.entries:
                    self._findings.entries[figure.iri] = (entry, reason)
                    by_entry[entry.iri].append(figure)
        for iri, named in sorted(by_entry.items()):
            for figure in named[1:]:
                reason = f"'{named[0].name}' and '{figure.name}' are both names of {iri} in {self._authority.name}"
                self._unite(Verdict(named[0], figure, "same", 1.0, 0.0, reason))
