"""What people have decided about facts: a rejected one leaves the graph, a confirmed one is certain."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from pyoxigraph import Literal, NamedNode, Triple

from kg.identity.decisions import Decision, Decisions
from kg.mapping.provenance import decimal
from kg.vocabulary import NK, RDF

_DATES = {NK.startDate.value, NK.endDate.value}
_OF_DATES = {NK[name].value for name in ("startDate", "endDate", "datePrecision", "dateText", "dateInferred")}


class Revision:
    """Follows the decisions "reject" and "confirm" in the triples of one article after the other."""

    def __init__(self, decisions: Decisions | None) -> None:
        items = decisions.items if decisions else ()
        self._rejected = {item.first: item for item in items if item.kind == "reject"}
        self._confirmed = {item.first: item for item in items if item.kind == "confirm"}
        self._found: set[str] = set()

    def apply(self, triples: list[Triple]) -> list[Triple]:
        """The triples of an article as they are after the decisions.

        With the record of a fact goes its triple; with that a person holds a role, the role; with one date of an
        event, both; with a statement, its quantities and the link from a statement within it.
        """
        if not self._rejected and not self._confirmed:
            return triples
        subjects = {triple.subject.value for triple in triples if isinstance(triple.subject, NamedNode)}
        rejected = subjects & self._rejected.keys()
        confirmed = subjects & self._confirmed.keys()
        self._found |= rejected | confirmed
        if rejected:
            triples = _without(triples, rejected)
        if confirmed:
            triples = [_certain(triple, confirmed) for triple in triples]
            for iri in sorted(confirmed):
                reason = self._confirmed[iri].reason.replace("decided", "confirmed", 1)
                triples.append(Triple(NamedNode(iri), NK.reason, Literal(reason)))
        return triples

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


def _without(triples: list[Triple], rejected: set[str]) -> list[Triple]:
    records: dict[str, dict[str, object]] = defaultdict(dict)
    for subject, predicate, value in triples:
        if isinstance(subject, NamedNode):
            if predicate in (RDF.subject, RDF.predicate, RDF.object):
                records[subject.value][predicate.value.rsplit("#", 1)[-1]] = value
            elif predicate == NK.quantity and subject.value in rejected:
                rejected = rejected | {_value(value)}
    facts = {
        iri: (_value(r["subject"]), _value(r["predicate"]), r["object"]) for iri, r in records.items() if len(r) == 3
    }
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


def _value(term: object) -> str:
    return term.value if isinstance(term, NamedNode) else str(term)
