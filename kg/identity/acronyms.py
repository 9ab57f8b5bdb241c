"""Acronyms that one article uses alone and another spells out."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from kg.identity.bodies import is_of_another
from kg.identity.collective import acronym_of, letters_of, plain_words
from kg.identity.evidence import Evidence
from kg.identity.figures import Figure
from kg.identity.matching import Verdict

SHORT = 3
"""An acronym of so few letters stands for many names; then articles that share nothing are not joined by it."""

LEAD = 2.0
CLEAR = 3.0

TELLING = 1.0
"""What a longer acronym and a name of its initials need to have in common: a person, body or place."""

TELLING_OF_SHORT = 2.0
"""What an acronym of three letters needs: a person seldom told of, several things."""

MOST_IMPLIED = 5
"""So many names whose initials an acronym may be are looked at."""


def spelt_out_by(figure: Figure) -> set[str]:
    """The letters of the acronyms that a figure of organisations or topics bears as further names."""
    return set() if figure.weak else set(figure.acronyms)


def implied_by(figure: Figure) -> set[str]:
    """The initials of a figure's name, where they are enough for an acronym.

    Without small words and with them (UNMISS), and with two letters of "company" (TEPCO).
    """
    letters, words = acronym_of(figure.name), plain_words(figure.name)
    if figure.weak or not words or " " not in figure.name:
        return set()
    ways = {letters, "".join(word[0] for word in words)}
    if words[-1] in ("company", "corporation"):
        ways.add(f"{letters}o")
    return {way for way in ways if len(way) >= SHORT}


def read_as(figure: Figure, ways: Sequence[Figure], evidence: Evidence) -> list[Verdict]:
    """Verdicts on a bare acronym and the names that other articles spell it out as (``ways``, one for each thing).

    One name in the whole archive is the same, unless the acronym is short and the articles have nothing in common, or
    it is known as that of another body and they have little; of several, the one with which the article clearly shares
    most.
    """
    weights = [evidence.weigh(figure, way) for way in ways]
    order = sorted(range(len(ways)), key=lambda i: (-weights[i].net, ways[i].iri))
    best = order[0]
    spelt = f"'{figure.name}' is spelt out as '{ways[best].name}' in another article"
    reason = "; ".join([spelt, *weights[best].why])
    if len(ways) == 1:
        short = len(letters_of(figure.name)) <= SHORT
        strangers = weights[best].points == 0 and _has_company(figure, evidence) and _has_company(ways[best], evidence)
        of_another = is_of_another(figure.name, ways[best].name) and weights[best].points < TELLING
        outcome = "candidate" if (short and strangers) or of_another else "same"
        return [_verdict(figure, ways[best], outcome, weights[best].net if outcome == "same" else -1.0, reason)]
    lead = weights[best].net - weights[order[1]].net
    if weights[best].net >= CLEAR and lead >= LEAD:
        return [_verdict(figure, ways[best], "same", 0.0, f"{reason}; {len(ways)} names have this acronym")]
    found = []
    for i in order:
        if weights[i].points > 0:
            spelt = f"'{figure.name}' is spelt out as '{ways[i].name}' and otherwise in other articles"
            found.append(_verdict(figure, ways[i], "candidate", -1.0, "; ".join([spelt, *weights[i].why])))
        else:
            found.append(_verdict(figure, ways[i], "none", -2.0, ""))
    return found


def fitting(
    figure: Figure, ways: Sequence[Figure], evidence: Evidence, side_by_side: Callable[[Figure, Figure], bool]
) -> list[Verdict]:
    """The verdicts on an acronym that no article spells out, and the names whose initials it may be (``ways``).

    The only one, or the one with which it clearly shares most, is the same if the articles have enough in common: the
    less, the longer the acronym. ``side_by_side`` tells whether articles tell of both as two.
    """
    weights = [evidence.weigh(figure, way) for way in ways]
    nets = sorted((weight.net for weight in weights), reverse=True)
    lead = nets[0] - nets[1] if len(nets) > 1 else LEAD
    needs = TELLING if len(letters_of(figure.name)) > SHORT else TELLING_OF_SHORT
    found = []
    for way, weight in zip(ways, weights, strict=True):
        reason = f"'{figure.name}' fits the words of '{way.name}'; " + "; ".join(weight.why)
        if weight.net < TELLING or side_by_side(figure, way):
            found.append(_verdict(figure, way, "none", -2.0, ""))
        elif weight.net == nets[0] and weight.net >= needs and lead >= LEAD:
            found.append(_verdict(figure, way, "same", weight.net - needs, reason))
        else:
            found.append(_verdict(figure, way, "candidate", min(weight.net - CLEAR, 0.0) - 1, reason))
    return found


def _has_company(figure: Figure, evidence: Evidence) -> bool:
    return bool(evidence.profile(figure).company)


def _verdict(figure: Figure, way: Figure, outcome: str, margin: float, reason: str) -> Verdict:
    one, other = (figure, way) if figure.iri < way.iri else (way, figure)
    return Verdict(one, other, outcome, margin, 1.0, reason)
