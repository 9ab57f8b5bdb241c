"""What people have decided about facts: a rejected one leaves the graph, a confirmed one is certain."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from pyoxigraph import Literal, NamedNode, Triple

from kg.identity import IriPolicy
from kg.identity.decisions import Decision, Decisions
from kg.mapping.provenance import decimal
from kg.vocabulary import NK, RDF

_DATES = {NK.startDate.value, NK.endDate.value}
_OF_DATES = {NK[name].value for name in ("startDate", "endDate", "datePrecision", "dateText", "dateInferred")}


class Revision:
    """Follows the decisions "reject" and "confirm" in the triples of one article after the other."""

    def __init__(self, decisions: Decisions | None, policy: IriPolicy) -> None:
        items = decisions.items if decisions else ()
        self._policy = policy
        self._rejected = {item.first: item for item in items if item.kind == "reject"}
        self._confirmed = {item.first: item for item in items if item.kind == "confirm"}
        self._found: set[str] = set()

    def apply(self, triples: list[Triple], sha: str, former: Mapping[str, Iterable[str]]) -> list[Triple]:
        """The triples of the article with that SHA-256 as they are after the decisions.

        ``former`` gives the other IRIs that the nodes of the article have by their names: a fact is also known by the
        IRI that it would have if its things had not been joined with others, so that a decision about it holds when
        they are.

        With the record of a fact goes its triple; with that a person holds a role, the role; with one date of an
        event, both; with a statement, its quantities and the link from a statement within it.
        """
        if not self._rejected and not self._confirmed:
            return triples
        subjects = {triple.subject.value for triple in triples if isinstance(triple.subject, NamedNode)}
        now = {iri: iri for iri in subjects} | self._by_former_names(
            triples, NamedNode(self._policy.article(sha)), former
        )
        rejected = {now[iri]: item for iri, item in self._rejected.items() if iri in now}
        confirmed = {now[iri]: item for iri, item in self._confirmed.items() if iri in now}
        self._found |= {item.first for item in (*rejected.values(), *confirmed.values())}
        if rejected:
            triples = _without(triples, set(rejected))
        if confirmed:
            triples = [_certain(triple, set(confirmed)) for triple in triples]
            for iri in sorted(confirmed):
                reason = confirmed[iri].reason.replace("decided", "confirmed", 1)
                triples.append(Triple(NamedNode(iri), NK.reason, Literal(reason)))
        return triples

    def _by_former_names(
        self, triples: list[Triple], article: NamedNode, former: Mapping[str, Iterable[str]]
    ) -> dict[str, str]:
        """The IRIs that the facts would have by the other names of their things, each with the one that it has."""
        if not former:
            return {}
        known = {}
        for iri, (subject, predicate, value) in _facts(triples).items():
            for one in self._names(subject, former):
                for other in self._names(value, former):
                    known[self._policy.fact(str(article), str(one), str(predicate), str(other))] = iri
        return known

    def _names(self, term: object, former: Mapping[str, Iterable[str]]) -> list[object]:
        """A term, and what else it would be called: its former IRIs; a role, by those of its holder and employer."""
        if not isinstance(term, NamedNode):
            return [term]
        found = {term.value, *former.get(term.value, ())}
        role = f"{self._policy.base}role/"
        if term.value.startswith(role):
            locals_ = {_local(iri): [_local(other) for other in others] for iri, others in former.items()}
            parts = term.value.removeprefix(role).split("--")
            for size in (1, 2):  # a local name with its qualifier has two parts
                for begin in range(len(parts) - size + 1):
                    for other in locals_.get("--".join(parts[begin : begin + size]), ()):
                        found.add(role + "--".join([*parts[:begin], other, *parts[begin + size :]]))
        return [NamedNode(name) for name in sorted(found)]

    @property
    def notes(self) -> tuple[str, ...]:
        """The decisions about facts that no article has (any more), in words."""
        lost: Iterable[Decision] = (*self._rejected.values(), *self._confirmed.values())
        return tuple(
            f"{item.place}: the graph has no {item.first} (any more); nothing to {item.kind}"
            for item in lost
            if item.first not in self._found
        )


def _certain(triple: Triple, confirmed: set[str]) -> Triple:
    subject = triple.subject
    if triple.predicate == NK.confidence and isinstance(subject, NamedNode) and subject.value in confirmed:
        return Triple(subject, NK.confidence, decimal(1))
    return triple


def _facts(triples: list[Triple]) -> dict[str, tuple[object, object, object]]:
    """Subject, predicate and object of every record of a fact, by its IRI."""
    records: dict[str, dict[str, object]] = defaultdict(dict)
    for subject, predicate, value in triples:
        if predicate in (RDF.subject, RDF.predicate, RDF.object):
            records[_value(subject)][predicate.value.rsplit("#", 1)[-1]] = value
    return {iri: (r["subject"], r["predicate"], r["object"]) for iri, r in records.items() if len(r) == 3}


def _without(triples: list[Triple], rejected: set[str]) -> list[Triple]:
    for subject, predicate, value in triples:
        if predicate == NK.quantity and _value(subject) in rejected:
            rejected = rejected | {_value(value)}
    facts = {iri: (_value(a), _value(b), value) for iri, (a, b, value) in _facts(triples).items()}
    gone = set(rejected)
    lost = {facts[iri] for iri in rejected if iri in facts}
    for subject_iri, predicate_iri, value in sorted(lost, key=str):
        if predicate_iri == NK.holdsRole.value:
            gone.add(_value(value))
        elif predicate_iri in _DATES:
            lost |= {(subject_iri, name, None) for name in _OF_DATES}
    for iri, (subject_iri, predicate_iri, value) in facts.items():
        dated = (subject_iri, predicate_iri, None) in lost
        if dated or subject_iri in gone or _value(value) in gone or (subject_iri, predicate_iri, value) in lost:
            gone.add(iri)
    return [
        triple
        for triple in triples
        if _value(triple.subject) not in gone
        and not (isinstance(triple.object, NamedNode) and triple.object.value in gone)
        and (_value(triple.subject), triple.predicate.value, triple.object) not in lost
        and (_value(triple.subject), triple.predicate.value, None) not in lost
    ]


def _local(iri: str) -> str:
    return iri.rsplit("/", 1)[-1]


def _value(term: object) -> str:
    return term.value if isinstance(term, NamedNode) else str(term)
