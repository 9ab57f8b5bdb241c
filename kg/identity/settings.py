"""What people have said beforehand: their decisions and the authority list, by the figures that these are about.

A decision names a thing by an IRI, and one name may turn out to be of several. So what decisions are about is found
anew from the names that articles bear: a plain IRI stands for the one bearer of its name, and for none where it has
several, unless the decision says which, by what tells that one from the others or by an article in which it is meant.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import replace
from typing import Final

from kg.addresses import address_of
from kg.identity.authority import Authority
from kg.identity.decisions import ARTICLE, PAIRS, THINGS, Decision, Decisions, kind_of_iri, short_iri
from kg.identity.evidence import Evidence
from kg.identity.figures import Figure, best_name, number_of
from kg.identity.homonyms import qualifiers
from kg.identity.index import SPLIT, Index
from kg.identity.iris import slug

MOST_NAMED: Final = 4
"""So many of several things of one name are named in a note."""


class Settings:
    """The decisions of people and the authority list, by what they are about; ``base`` is that of the graph's IRIs.

    What the decisions are about is known once they are :meth:`bound <bind>`; ``notes`` then says in words which could
    not be followed.
    """

    def __init__(self, base: str, decisions: Decisions | None, authority: Authority | None) -> None:
        self.decisions = decisions or Decisions()
        self.authority = authority
        self.notes: list[str] = []
        self.aside: dict[str, set[str]] = defaultdict(set)
        """By the IRI of a plain name, the articles in which it is another one's."""
        self.addresses: set[str] = set()
        """What may be the address of an article that a decision speaks of."""
        self._base = base
        self._decided = tuple(self.decisions.of(*PAIRS))
        self.spoken_of: set[str] = set()
        """The entries of an authority of which decisions speak, whether or not they can be followed."""
        self._spoken: set[str] = set()
        self._located: set[str] = set()
        for decision in self._decided:
            sides = decision.sides if decision.kind != "rename" else decision.sides[:1]
            self._spoken |= {iri for iri, _ in sides}
            self.spoken_of |= {iri for iri, _ in sides if self.elsewhere(iri)}
            self.addresses |= {address_of(article) for _, article in sides if article and self.elsewhere(article)}
            if decision.kind != "rename":
                self.addresses |= {address_of(iri) for iri, _ in sides if self.elsewhere(iri)}
            if decision.kind == "different" and self._is_thing(decision.first) and not self._is_thing(decision.second):
                self.aside[_plain(decision.first)].add(self._as_address(decision.second))
        self._follow(())

    def _follow(self, decisions: Collection[Decision]) -> None:
        """Keep to decisions that are about figures."""
        self._bound = frozenset(decisions)
        self._entries: dict[str, dict[str, str]] = defaultdict(dict)
        self._linked: dict[str, list[Decision]] = defaultdict(list)
        self.same: list[Decision] = []
        for decision in decisions:
            if decision.kind == "same" and self.elsewhere(decision.second):
                self._entries[decision.first].setdefault(decision.second, decision.reason)
                self._linked[decision.second].append(decision)
            elif decision.kind == "same":
                self.same.append(decision)
        for iri, (first, *others) in self._linked.items():
            for other in others:
                if other.first != first.first:
                    self.same.append(replace(other, second=first.first, why=f"both are {iri}"))
        self.linked = tuple(self._entries)
        self.different = [decision for decision in decisions if decision.kind == "different"]
        self.refused = {(d.first, d.second) for d in self.different}
        refused = {frozenset(pair) for pair in self.refused}
        self.said_same = {frozenset((d.first, d.second)) for d in self.same} - refused
        self.renamed = {decision.first: decision for decision in decisions if decision.kind == "rename"}
        self.decided: dict[str, set[str]] = defaultdict(set)
        for decision in (*self.same, *self.different):
            self.decided[decision.first].add(decision.second)
            self.decided[decision.second].add(decision.first)

    def elsewhere(self, iri: str) -> bool:
        """Whether an IRI is none of the graph's own: that of an authority."""
        return not iri.startswith(self._base)

    def _as_address(self, article: str) -> str:
        """The IRI of an article as it is, or its address as articles are known by it."""
        return address_of(article) if self.elsewhere(article) else article

    def _is_thing(self, iri: str) -> bool:
        return kind_of_iri(iri, self._base) in THINGS

    # What figures are said to be

    def entries(self, figure: Figure) -> dict[str, str]:
        """The IRIs of elsewhere that a figure is as far as it is looked at by itself, each with the reason."""
        return self._entries.get(figure.iri) or self._listed(figure)

    def listed(self, figure: Figure) -> list[tuple[str, str, bool]]:
        """The entries of the authority list of a figure's name: their IRIs, the reasons, and whether it is surely it.

        Those that it is said not to be are left out.
        """
        found = self.authority.matches(figure.kind, figure) if self.authority else []
        return [match for match in found if (figure.iri, match[0]) not in self.refused]

    def _listed(self, figure: Figure) -> dict[str, str]:
        """What a figure surely is by the authority list."""
        found = [] if figure.kind == "topic" else self.listed(figure)
        return {iri: reason for iri, reason, sure in found if sure}

    def said_to_be(self, entry: str) -> set[str]:
        """The figures that decisions say are an entry of an authority."""
        return {decision.first for decision in self._linked.get(entry, ())}

    def is_leaf(self, figure: Figure) -> bool:
        """Whether a figure is joined to others by nothing but the name that it is short for."""
        return (figure.surname or (figure.weak and figure.kind != "person")) and self.is_open(figure)

    def is_open(self, figure: Figure) -> bool:
        """Whether nobody has said what a figure is: no decision speaks of it, and no list has it."""
        return not (figure.iri in self._spoken or figure.iri in self._located or self._listed(figure))

    def label(self, members: list[Figure]) -> tuple[str, Figure]:
        """The name of a group for people, and the figure whose IRI it has."""
        label, chosen = best_name(members)
        known = {figure.iri for figure in members} & self.renamed.keys()
        earliest = next((decision for iri, decision in self.renamed.items() if iri in known), None) if known else None
        return (earliest.second if earliest else label), chosen

    # What decisions are about

    def locate(self, index: Index) -> None:
        """Find the articles that decisions speak of. A name kept to one of them explains itself from then on."""
        self._located = {
            f"{_plain(iri)}--a{sha.hex()[:16]}"
            for decision in self._decided
            for iri, article in decision.sides
            if article
            for sha in self._articles(index, article)
        }

    def bind(self, index: Index) -> set[int]:
        """Find the figures that the decisions are about now.

        Gives the numbers of those about which others hold than before.
        """
        if not self._decided:
            return set()
        before, self.notes = self._bound, []
        found = [bound for decision in self._decided if (bound := self._bind(index, decision))]
        named: dict[str, Decision] = {}
        self._follow([bound for bound in found if bound.kind != "rename" or self._is_only_name(bound, named)])
        for decision in self.same:
            self._check_kinds(decision)
        self.notes = list(dict.fromkeys(self.notes))
        return {
            number_of(iri)
            for decision in before ^ self._bound
            for iri in (decision.first, decision.second)
            if self._is_thing(iri)
        }

    def _bind(self, index: Index, decision: Decision) -> Decision | None:
        """The decision about the figures that it means; None, with a note, where it cannot be followed."""
        first, second = decision.first, decision.second
        if decision.kind == "different" and not self._is_thing(second):
            articles = self._articles(index, second)
            if articles or kind_of_iri(second, self._base) == ARTICLE or not self._is_thing(first):
                self._check_article(index, decision, articles)
                return None
        for iri in (first, second) if decision.kind == "same" else ():
            if self._articles(index, iri):
                self._note(decision, f"{iri} is an article, and no thing that articles tell of; ignored")
                return None
        one = [] if self.elsewhere(first) else self._bearers(index, *decision.sides[0], decision)
        named = decision.kind == "rename" or self.elsewhere(second)
        other = [second] if named else self._bearers(index, *decision.sides[1], decision)
        if len(one) == 2 and len(other) == 1:  # of two of a name the plain one is the one that is not named
            one = [iri for iri in one if iri not in other]
        elif len(other) == 2 and len(one) == 1:
            other = [iri for iri in other if iri not in one]
        for (iri, _), bearers in zip(decision.sides, (one, other), strict=True):
            if not bearers:
                self._note(decision, f"the graph has no {iri} (any more); nothing to do")
                return None
            if len(bearers) > 1:
                self._note(decision, self._which(index, iri, bearers))
                return None
            known = index.figure(number_of(bearers[0]))
            if known and known.leaf:
                short = short_iri(iri, self._base)
                self._note(decision, f"{short} is short for another name: name an article that tells of it; ignored")
                return None
        bound = replace(decision, first=one[0], second=other[0], first_article="", second_article="")
        if decision.kind == "different" and bound.first == bound.second:
            self._note(decision, f"articles tell of one {short_iri(bound.first, self._base)} alone; ignored")
            return None
        if decision.kind == "different" and self.elsewhere(bound.second) and not self._is_listed(bound.second):
            self._note(decision, f"{bound.second} is neither an article nor an entry of the authority list")
        if bound.first == bound.second or (decision.kind != "rename" and not self._check_kinds(bound)):
            return None
        return bound

    def _is_only_name(self, decision: Decision, named: dict[str, Decision]) -> bool:
        """Whether no earlier line, of those in ``named``, gives the thing another name."""
        earlier = named.setdefault(decision.first, decision)
        if earlier.second != decision.second:
            self._note(decision, f"contradicts {earlier.place}; ignored")
        return earlier.second == decision.second

    def _note(self, decision: Decision, text: str) -> None:
        self.notes.append(f"{decision.place}: {text}")

    def _check_kinds(self, decision: Decision) -> bool:
        kinds = {kind_of_iri(iri, self._base) for iri in (decision.first, decision.second)} - {""}
        if len(kinds) > 1 and kinds != {"place", "organisation"}:
            self._note(decision, f"{decision.first} and {decision.second} are of two kinds; ignored")
            return False
        return True

    def _is_listed(self, iri: str) -> bool:
        return self.authority is not None and self.authority.has(iri)

    def _check_article(self, index: Index, decision: Decision, articles: list[bytes]) -> None:
        """Note what cannot be followed of a decision that in an article a name is another one's, or is no copy."""
        if not articles:
            self._note(decision, f"the graph has no {decision.second} (any more); nothing to do")
        elif not self._is_thing(decision.first):
            others = self._articles(index, decision.first)
            if not others:
                self._note(decision, f"the graph has no {decision.first} (any more); nothing to do")
            elif others == articles:
                self._note(decision, f"{decision.first} and {decision.second} are one text; ignored")
        elif not any(self._is_told_of(index, decision.first, sha) for sha in articles):
            self._note(decision, f"the graph has no {decision.first} in {decision.second} (any more); nothing to do")

    def _is_told_of(self, index: Index, iri: str, sha: bytes) -> bool:
        return index.figure(number_of(f"{_plain(iri)}--a{sha.hex()[:16]}")) is not None

    def _articles(self, index: Index, article: str) -> list[bytes]:
        """The articles (by SHA-256) that an IRI or address stands for."""
        if self.elsewhere(article):
            query = "SELECT sha FROM identity_addresses WHERE address = ? ORDER BY sha"
            return [row[0] for row in index.rows(query, address_of(article))]
        begin = article.removeprefix(f"{self._base}{ARTICLE}/a").partition("-")[0]  # a reprint has its place behind
        try:
            first, last = bytes.fromhex(begin.ljust(64, "0")), bytes.fromhex(begin.ljust(64, "f"))
        except ValueError:
            return []
        query = "SELECT sha FROM identity_articles WHERE sha BETWEEN ? AND ? ORDER BY sha"
        return [row[0] for row in index.rows(query, first, last)]

    def _bearers(self, index: Index, iri: str, article: str, decision: Decision) -> list[str]:
        """The figures that an IRI may stand for: none, one, or all who bear the name."""
        name = index.name(number_of(iri))
        plain = iri if name else _plain(iri)
        name = name or index.name(number_of(plain))
        if article:
            found = {at for sha in self._articles(index, article) for at in _told_of(index, plain, sha)}
            if found:
                return sorted(found)
        alone = self._singled_out(index, iri, plain)
        if alone is None:
            assert name is not None
            bearers = _figures(index, name.number)
            named = [figure.iri for figure in bearers if not figure.summary.alone]
            alone = named if name.state == SPLIT else [figure.iri for figure in bearers]
        if article and len(alone) == 1:
            known = short_iri(alone[0], self._base)
            self._note(
                decision, f"{article} does not tell of {short_iri(iri, self._base)} (any more): {known} is meant"
            )
        return alone

    def _singled_out(self, index: Index, iri: str, plain: str) -> list[str] | None:
        """The figure of an IRI, if there is one, of a name that one thing bears; None where it has several bearers.

        What else than its IRI articles say of a bearer tells it from others, too: they may come to say more of it.
        """
        name = index.name(number_of(plain))
        if iri == plain and name:
            return [iri] if name.state < SPLIT and index.figure(number_of(iri)) else None
        if index.figure(number_of(iri)):
            return [iri]
        bearers = [figure for figure in _figures(index, name.number) if not figure.summary.alone] if name else []
        told_by = [figure.iri for figure in bearers if _in_full(figure) == iri]
        return told_by or [figure.iri for figure in bearers if _fits(index, figure, iri)]

    def _which(self, index: Index, iri: str, bearers: list[str]) -> str:
        """Asks which of several is meant."""
        figures = [figure for bearer in bearers if (figure := index.figure(number_of(bearer)))]
        named = [short_iri(_in_full(figure), self._base) for figure in figures[:MOST_NAMED]]
        more = f" or {len(figures) - MOST_NAMED} more" if len(figures) > MOST_NAMED else ""
        known = f"{' or '.join(named)}{more}"
        name = short_iri(iri, self._base)
        return f"{name} is the name of {len(figures)}: say {known}, or name an article that tells of it; ignored"


def _plain(iri: str) -> str:
    """The IRI that a thing would have by its name alone."""
    start, slash, local = iri.rpartition("/")
    return f"{start}{slash}{local.partition('--')[0]}"


def _in_full(figure: Figure) -> str:
    """The IRI of a figure with what tells it from others of its name, whether or not it bears the plain one."""
    told_by = figure.summary.told_by
    return f"{figure.iri}--{slug(told_by)}" if told_by else figure.iri


def _fits(index: Index, figure: Figure, iri: str) -> bool:
    """Whether what articles say of a figure is what an IRI tells it by."""
    profile = Evidence(index).profile(figure)
    return iri.rpartition("--")[2] in qualifiers(figure.kind, profile)


def _told_of(index: Index, plain: str, sha: bytes) -> list[str]:
    """The figures of a name, or kept to the article, that an article tells of."""
    query = """SELECT DISTINCT f.iri FROM identity_claims c JOIN identity_figures f ON f.number = c.figure
               WHERE c.name = ? AND c.sha = ?"""
    kept = f"{plain}--a{sha.hex()[:16]}"
    found = [row[0] for row in index.rows(query, number_of(plain), sha)]
    return found or ([kept] if index.figure(number_of(kept)) else [])


def _figures(index: Index, name: int) -> list[Figure]:
    rows = index.rows("SELECT number FROM identity_figures WHERE name = ? ORDER BY iri", name)
    return [figure for row in rows if (figure := index.figure(row[0]))]
