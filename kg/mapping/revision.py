"""What people have decided about facts: a rejected one leaves the graph, a confirmed one is certain."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import pairwise
from typing import Final

from kg.identity import IriPolicy
from kg.identity.decisions import Decision, Decisions
from kg.identity.duplicates import Copy
from kg.identity.iris import slug
from kg.mapping.provenance import Triples
from kg.mapping.terms import NK, OWL, RDF, SKOS, Line, Term, decimal, iri, iri_of, literal, number
from kg.sentences import between, sentence_ends

_DATES = {NK.startDate, NK.endDate}
_IDENTITY = {OWL.sameAs, OWL.differentFrom, SKOS.exactMatch, SKOS.closeMatch}
"""What the decisions "same" and "different" are about: without the record of such a fact two things would stay one."""
_STATEMENT = (RDF.type, NK.Statement)
_PLACE_OF_STATEMENT: Final = re.compile(r"-(\d{1,9})-(\d{1,9})(?:-(\d{1,9}))?>$")
"""How the IRI of a statement ends: where its content begins and ends, and where its cue does if that tells it."""
_OF_DATES = {NK[name] for name in ("startDate", "endDate", "datePrecision", "dateText", "dateInferred")}


Row = tuple[Term, Term, Term]
"""Subject, predicate and object of a triple."""


class Revision:
    """Follows the decisions "reject" and "confirm" in the triples of one article after the other.

    ``text_of`` gives the text of an article, by its SHA-256.
    """

    def __init__(self, decisions: Decisions | None, policy: IriPolicy, text_of: Callable[[str], str]) -> None:
        items = decisions.items if decisions else ()
        self._policy = policy
        self._text_of = text_of
        self._rejected = {f"<{item.first}>": item for item in items if item.kind == "reject"}
        self._confirmed = {f"<{item.first}>": item for item in items if item.kind == "confirm"}
        self.found: dict[str, str] = {}
        """The facts and statements that decisions name and articles have; with what those say that say what is one."""

    def apply(
        self,
        triples: Triples,
        sha: str,
        former: Mapping[str, Iterable[str]],
        copy: Copy | None = None,
        found: dict[str, str] | None = None,
    ) -> Triples:
        """The triples of the article with that SHA-256 as they are after the decisions.

        ``former`` gives the other IRIs that the nodes of the article have by their names: a fact is also known by the
        IRI that it would have if its things had not been joined with others, so that a decision about it holds when
        they are. If the article is a ``copy`` of a fuller one, a decision about a fact or statement of that holds for
        the same here, where there is none of its own. What the article has of what decisions name is noted in
        ``found``.

        With the record of a fact goes its triple; with that a person holds a role, the role; with one date of an
        event, both; with a statement, its quantities and the link from a statement within it. With one date of a thing
        the other is confirmed that is the same day or stands in the same words.
        """
        if not self._rejected and not self._confirmed:
            return triples
        shared = {_row(line) for line in triples.shared}
        rows = [*map(_row, triples.own), *map(_row, triples.shared)]
        own = {subject: subject for subject, _, _ in rows}
        if former:
            own |= self._otherwise(rows, sha, former)
        of_fuller = self._of_fuller(rows, sha, copy.of, former) if copy else {}
        decided = self._about(of_fuller) | self._about(own)
        facts = _facts(rows) if decided else {}
        found = self.found if found is None else found
        found |= {
            iri_of(term): _identity(facts.get(own[term])) for term in (*self._confirmed, *self._rejected) if term in own
        }
        decided = {term: item for term, item in decided.items() if not _identity(facts.get(term))}
        rejected = {term for term, item in decided.items() if item.kind == "reject"}
        if rejected:
            rows = _counted(_without(rows, rejected))
        left = {subject for subject, _, _ in rows}
        confirmed = {term: item for term, item in decided.items() if item.kind == "confirm" and term in left}
        if confirmed:
            confirmed = _with_other_dates(confirmed, rows, {fact: row for fact, row in facts.items() if fact in left})
            rows = [_certain(row, set(confirmed)) for row in rows]
            for term in sorted(confirmed):
                reason = confirmed[term].reason.replace("decided", "confirmed", 1)
                rows.append((term, NK.reason, literal(reason)))
        return Triples(
            triples.spans,
            [" ".join(row) for row in rows if row not in shared],
            [" ".join(row) for row in rows if row in shared],
        )

    def _about(self, known: Mapping[Term, Term]) -> dict[Term, Decision]:
        """The decisions about facts and statements, by all IRIs that these are known by; a rejection comes first."""
        items = (*self._confirmed.items(), *self._rejected.items())
        return {known[term]: item for term, item in items if term in known}

    def _of_fuller(
        self, rows: list[Row], sha: str, fuller: str, former: Mapping[str, Iterable[str]]
    ) -> dict[Term, Term]:
        """The IRIs that the facts, and statements decided about, have in a fuller article, each with the one here."""
        itself = {self._policy.article(sha): (self._policy.article(fuller),)}
        known = self._otherwise(rows, fuller, {**former, **itself})
        begins = f"<{self._policy.statement(fuller)}"
        decided = [term for term in (*self._confirmed, *self._rejected) if term.startswith(begins)]
        if decided:
            here, there = self._text_of(sha), self._text_of(fuller)
            ends, ends_there = sentence_ends(here), sentence_ends(there)
            said = {_said(here, ends, row[0]): row[0] for row in rows if row[1:] == _STATEMENT}
            known |= {term: said[words] for term in decided if (words := _said(there, ends_there, term)) in said}
        return known

    def _otherwise(self, rows: list[Row], sha: str, former: Mapping[str, Iterable[str]]) -> dict[Term, Term]:
        """The IRIs that the facts would have in an article, by all names of their things, each with the one it has."""
        article = iri(self._policy.article(sha))
        known: dict[Term, Term] = {}
        for fact, (subject, predicate, value) in _facts(rows).items():
            for one in self._names(subject, former):
                for other in self._names(value, former):
                    known[f"<{self._policy.fact(article, one, predicate, other)}>"] = fact
        return known

    def _names(self, term: Term, former: Mapping[str, Iterable[str]]) -> list[Term]:
        """A term, and what else it would be called: its former IRIs; a role, by those of its holder and employer."""
        if term[0] != "<":
            return [term]
        name = iri_of(term)
        found = {name, *former.get(name, ())}
        role = f"{self._policy.base}role/"
        if name.startswith(role):
            others_of = {_local(iri): [*map(_local, others)] for iri, others in former.items()}
            parts = name.removeprefix(role).split("--")
            for i, part in enumerate(parts):
                for other in others_of.get(part, ()):
                    found.add(role + "--".join([*parts[:i], other, *parts[i + 1 :]]))
        return [iri(name) for name in sorted(found)]

    @property
    def unheeded(self) -> dict[str, str]:
        """The facts and statements of decisions that cannot be followed: those that no article has, and those that say
        what is one thing, with what they say.
        """
        items = (*self._rejected.values(), *self._confirmed.values())
        return {
            item.first: said
            for item in items
            if (said := self.found.get(item.first, "")) or item.first not in self.found
        }

    def notes(self, unheeded: Mapping[str, str]) -> tuple[str, ...]:
        """What cannot be followed, in words."""
        items = (*self._rejected.values(), *self._confirmed.values())
        return tuple(_note(item, unheeded[item.first]) for item in items if item.first in unheeded)


def _note(item: Decision, said: str) -> str:
    if said:
        return f"{item.place}: {item.first} is about what is one thing ({said}): use same or different; ignored"
    return f"{item.place}: the graph has no {item.first} (any more); nothing to {item.kind}"


def _identity(fact: Row | None) -> str:
    """What a fact says that says what is one thing (sameAs ...); "" for others."""
    return iri_of(fact[1]).partition("#")[2] if fact and fact[1] in _IDENTITY else ""


def _said(text: str, ends: Sequence[int], statement: Term) -> tuple[str, ...]:
    """The sentence of a statement, cut where its content, and its cue if that tells it, begin and end.

    Sentences of the text end at ``ends``.
    """
    found = _PLACE_OF_STATEMENT.search(statement)
    if found is None:
        return ()
    begin, end, *cue = (int(place) for place in found.groups() if place)
    sentence, (before, _) = between(text, ends, begin, end)
    first = begin - before
    cuts = (first, *sorted((begin, end, *cue)), first + len(sentence))
    return tuple(" ".join(text[one:other].split()) for one, other in pairwise(cuts))


def _row(line: Line) -> Row:
    subject, predicate, value = line.split(" ", 2)
    return subject, predicate, value


def _certain(row: Row, confirmed: set[Term]) -> Row:
    subject, predicate, _ = row
    return (subject, predicate, decimal(1)) if predicate == NK.confidence and subject in confirmed else row


def _with_other_dates(
    confirmed: dict[Term, Decision], rows: list[Row], facts: Mapping[Term, Row]
) -> dict[Term, Decision]:
    """The confirmed facts, with the other date of what begins and ends on one day, or as the same words say."""
    dates = {fact: row for fact, row in facts.items() if row[1] in _DATES}
    words: dict[Term, set[Term]] = defaultdict(set)
    for subject, predicate, value in rows:
        if predicate == NK.evidence and subject in dates:
            words[subject].add(value)
    found = dict(confirmed)
    for fact in sorted(confirmed.keys() & dates.keys()):
        thing, _, day = dates[fact]
        for other, (dated, _, other_day) in dates.items():
            if dated == thing and (other_day == day or words[other] & words[fact]):
                found.setdefault(other, confirmed[fact])
    return found


def _facts(rows: list[Row]) -> dict[Term, Row]:
    """Subject, predicate and object of every record of a fact, by its IRI."""
    records: dict[Term, dict[Term, Term]] = defaultdict(dict)
    for subject, predicate, value in rows:
        if predicate in (RDF.subject, RDF.predicate, RDF.object):
            records[subject][predicate] = value
    return {fact: (r[RDF.subject], r[RDF.predicate], r[RDF.object]) for fact, r in records.items() if len(r) == 3}


def _without(rows: list[Row], rejected: set[Term]) -> list[Row]:
    for subject, predicate, value in rows:
        if predicate == NK.quantity and subject in rejected:
            rejected = rejected | {value}
    facts = _facts(rows)
    gone = set(rejected)
    lost = {facts[fact] for fact in rejected if fact in facts}
    dated: set[tuple[Term, Term]] = set()
    for subject, predicate, value in sorted(lost):
        if predicate == NK.holdsRole:
            gone.add(value)
        elif predicate in _DATES:
            dated |= {(subject, of_date) for of_date in _OF_DATES}
    for fact, row in facts.items():
        subject, predicate, value = row
        if (subject, predicate) in dated or subject in gone or value in gone or row in lost:
            gone.add(fact)
    return [
        row for row in rows if row[0] not in gone and row[2] not in gone and row not in lost and row[:2] not in dated
    ]


def _counted(rows: list[Row]) -> list[Row]:
    """The rows with the article's counts of its statements and facts as they are now."""
    kinds = Counter(value for _, predicate, value in rows if predicate == RDF.type)
    counts = {NK.statementCount: number(kinds[NK.Statement]), NK.factCount: number(kinds[NK.Fact])}
    return [(subject, predicate, counts.get(predicate, value)) for subject, predicate, value in rows]


def _local(iri: str) -> str:
    """The name of a thing within the IRI of a role."""
    return slug(iri.rsplit("/", 1)[-1])
