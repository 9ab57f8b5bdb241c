"""From groups of figures to nodes, and the links between IRIs that the graph keeps of their identity."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field

from kg.identity.authority import Authority, Entry
from kg.identity.claims import Brief
from kg.identity.decisions import Decision, Decisions
from kg.identity.figures import Figure, Groups, best_name
from kg.identity.iris import norm
from kg.identity.matching import Verdict
from kg.identity.nodes import Link, Node

CANDIDATES = 5
"""So many candidates of one thing are kept, the likeliest."""

Place = tuple[str, str]
"""Where a claim stands: SHA-256 of the article, and key."""


@dataclass(slots=True)
class Findings:
    """What the resolution found: groups; by the IRI of a figure, the verdict that joined it and its authority entry;
    and the verdicts on pairs that were not joined.
    """

    groups: Groups = field(default_factory=Groups)
    reasons: dict[str, Verdict] = field(default_factory=dict)
    entries: dict[str, tuple[Entry, str]] = field(default_factory=dict)
    candidates: list[Verdict] = field(default_factory=list)


class Linking:
    """Makes nodes and links of the findings."""

    def __init__(
        self, findings: Findings, briefs: Mapping[str, Brief], decisions: Decisions, authority: Authority | None
    ) -> None:
        self._findings = findings
        self._briefs = briefs
        self._decisions = decisions
        self._authority = authority

    def nodes_of(self, everything: list[Figure]) -> tuple[dict[Place, Node], dict[Place, tuple[Link, ...]]]:
        """The node of every claim, and the links that it is evidence for, by where it stands."""
        nodes: dict[Place, Node] = {}
        links: dict[Place, list[Link]] = defaultdict(list)
        heads = self._make_nodes(everything, nodes, links)
        self._list_candidates(heads, links)
        return nodes, {place: tuple(sorted(set(found), key=_order)) for place, found in links.items()}

    def _make_nodes(
        self, everything: list[Figure], nodes: dict[Place, Node], links: dict[Place, list[Link]]
    ) -> dict[str, Node]:
        """The node of every group; gives it by the IRI of each figure."""
        renamed = {decision.first: decision for decision in self._decisions.of("rename")}
        groups: dict[str, list[Figure]] = defaultdict(list)
        for figure in everything:
            groups[self._findings.groups.root(figure)].append(figure)
        heads: dict[str, Node] = {}
        for members in groups.values():
            node = self._node(members, renamed)
            for figure in members:
                heads[figure.iri] = node
                keys = [claim.place for claim in figure.claims]
                nodes.update(dict.fromkeys(keys, node))
                if figure.iri != node.iri:
                    link = self._same_as(node, figure)
                    for key in keys:
                        links[key].append(link)
            self._link_authority(node, members, links)
        return heads

    def _node(self, members: list[Figure], renamed: Mapping[str, Decision]) -> Node:
        label, chosen = best_name(members)
        decisions = [renamed[figure.iri] for figure in members if figure.iri in renamed]
        others = {claim.name for figure in members if not _surname(figure) for claim in figure.claims}
        others |= {alias for figure in members for claim in figure.claims for alias in claim.aliases}
        if decisions:
            others.add(label)
            label = decisions[-1].second
        strip = chosen.kind != "person"
        same = norm(label, strip_article=strip)
        aliases = tuple(sorted(name for name in others if norm(name, strip_article=strip) != same))
        return Node(chosen.iri, label, aliases)

    def _same_as(self, node: Node, figure: Figure) -> Link:
        verdict = self._findings.reasons.get(figure.iri)
        reason = verdict.reason if verdict else "one name"
        return Link(node.iri, "sameAs", figure.iri, reason, verdict.score if verdict else 1.0)

    def _link_authority(self, node: Node, members: list[Figure], links: dict[Place, list[Link]]) -> None:
        refused = {(d.first, d.second) for d in self._decisions.of("different")}
        certain = any(member.iri in self._findings.entries for member in members)
        for figure in members:
            keys = [claim.place for claim in figure.claims]
            known = self._findings.entries.get(figure.iri)
            if known:
                link = Link(node.iri, "exactMatch", known[0].iri, known[1], 0.95)
                for key in keys:
                    links[key].append(link)
            elif self._authority and not certain:
                for entry, reason, _ in self._authority.matches(figure.kind, figure)[:CANDIDATES]:
                    if (figure.iri, entry.iri) not in refused and (node.iri, entry.iri) not in refused:
                        links[keys[0]].append(Link(node.iri, "closeMatch", entry.iri, reason, 0.5))

    def _list_candidates(self, heads: Mapping[str, Node], links: dict[Place, list[Link]]) -> None:
        """Candidates and known homonyms, each cited from the first claim of either side."""
        best: dict[tuple[str, str], Verdict] = {}
        for verdict in self._findings.candidates:
            a, b = sorted((heads[verdict.one.iri].iri, heads[verdict.other.iri].iri))
            forbidden = verdict.outcome != "different" and self._findings.groups.separated(verdict.one, verdict.other)
            if a == b or forbidden:
                continue
            known = best.get((a, b))
            if known is None or (known.outcome != "different", known.order) > (
                verdict.outcome != "different",
                verdict.order,
            ):
                best[a, b] = verdict
        count: Counter[str] = Counter()
        for (a, b), verdict in sorted(best.items(), key=lambda item: (-item[1].score, item[0])):
            if verdict.outcome != "different" and max(count[a], count[b]) >= CANDIDATES:
                continue
            count.update((a, b))
            kind = "differentFrom" if verdict.outcome == "different" else "closeMatch"
            score = 0.9 if verdict.outcome == "different" else min(verdict.score, 0.85)
            link = Link(a, kind, b, verdict.reason, score)
            for figure in (verdict.one, verdict.other):
                claim = min(figure.claims, key=lambda c: (self._briefs[c.sha].day or "9999", c.place))
                links[claim.place].append(link)


def _order(link: Link) -> tuple[str, str, str]:
    return link.kind, link.subject, link.object


def _surname(figure: Figure) -> bool:
    return figure.kind == "person" and figure.personal.single
