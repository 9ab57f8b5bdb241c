"""Acronyms that one article uses alone and another spells out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from kg.identity.collective import acronym_of, is_acronym
from kg.identity.evidence import Evidence
from kg.identity.figures import Figure, Groups, own_iri
from kg.identity.iris import IriPolicy
from kg.identity.matching import Verdict
from kg.identity.spelling import fold

SHORT = 3
"""An acronym of so few letters stands for many names; then articles that share nothing are not joined by it."""

LEAD = 2.0
CLEAR = 3.0


def _letters(name: str) -> str:
    return fold(name).replace(" ", "").replace("-", "")


def split_ambiguous(kind: str, figures: list[Figure], policy: IriPolicy) -> list[Figure]:
    """Give each article its own figure of an acronym that the archive spells out in several ways."""
    expanded = _expansions(figures)
    found = []
    for figure in figures:
        ways = expanded.get(_letters(figure.name), []) if figure.weak else []
        ways = [way for way in ways if way is not figure]
        if len(ways) > 1 and len(figure.claims) > 1 and not figure.qualifier:
            for claim in figure.claims:
                qualifier = f"a{claim.sha[:16]}"
                iri = own_iri(policy, kind, figure.name, None, qualifier)
                found.append(Figure(kind, iri, [claim], None, qualifier))
        else:
            found.append(figure)
    return found


def _expansions(figures: list[Figure]) -> dict[str, list[Figure]]:
    """For each acronym that some article spells out, the figures that bear it as a further name."""
    expanded: dict[str, list[Figure]] = defaultdict(list)
    for figure in figures:
        if not figure.weak:
            for letters in sorted({_letters(a) for claim in figure.claims for a in claim.aliases if is_acronym(a)}):
                expanded[letters].append(figure)
    return expanded


def spelt_out(figures: list[Figure], groups: Groups, evidence: Evidence) -> Iterator[Verdict]:
    """Verdicts on bare acronyms and the names that other articles spell them out as.

    One name in the whole archive is the same, unless the acronym is short and the articles have nothing in common; of
    several, the one with which the article clearly shares most. An acronym that no article spells out, but that fits
    the words of a name told of in the same company, is a candidate.
    """
    expanded = _expansions(figures)
    implied: dict[str, list[Figure]] = defaultdict(list)
    for figure in figures:
        letters = acronym_of(figure.name)
        if not figure.weak and len(letters) >= SHORT and " " in figure.name:
            implied[letters].append(figure)
    for figure in figures:
        if not figure.weak:
            continue
        letters = _letters(figure.name)
        ways = {groups.root(way): way for way in expanded.get(letters, [])}
        if ways:
            yield from _among(figure, list(ways.values()), evidence)
        else:
            for way in implied.get(letters, [])[:5]:
                weight = evidence.weigh(figure, way)
                if weight.net >= LEAD and figure.articles.isdisjoint(way.articles):
                    reason = f"'{figure.name}' fits the words of '{way.name}'; " + "; ".join(weight.why)
                    yield _verdict(figure, way, "candidate", weight.net - CLEAR - 1, reason)


def _among(figure: Figure, ways: list[Figure], evidence: Evidence) -> Iterator[Verdict]:
    weights = [evidence.weigh(figure, way) for way in ways]
    order = sorted(range(len(ways)), key=lambda i: (-weights[i].net, ways[i].iri))
    best = order[0]
    spelt = f"'{figure.name}' is spelt out as '{ways[best].name}' in another article"
    reason = "; ".join([spelt, *weights[best].why])
    if len(ways) == 1:
        short = len(_letters(figure.name)) <= SHORT
        strangers = weights[best].points == 0 and _has_company(figure, evidence) and _has_company(ways[best], evidence)
        outcome = "candidate" if short and strangers else "same"
        yield _verdict(figure, ways[best], outcome, weights[best].net if outcome == "same" else -1.0, reason)
        return
    lead = weights[best].net - weights[order[1]].net
    if weights[best].net >= CLEAR and lead >= LEAD:
        yield _verdict(figure, ways[best], "same", 0.0, f"{reason}; {len(ways)} names have this acronym")
        return
    for i in order:
        if weights[i].points > 0:
            spelt = f"'{figure.name}' is spelt out as '{ways[i].name}' and otherwise in other articles"
            yield _verdict(figure, ways[i], "candidate", -1.0, "; ".join([spelt, *weights[i].why]))


def _has_company(figure: Figure, evidence: Evidence) -> bool:
    profile = evidence.profile(figure)
    return bool(profile.people or profile.bodies or profile.places or profile.countries)


def _verdict(figure: Figure, way: Figure, outcome: str, margin: float, reason: str) -> Verdict:
    one, other = (figure, way) if figure.iri < way.iri else (way, figure)
    return Verdict(one, other, outcome, margin, 1.0, reason)
