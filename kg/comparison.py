"""What changed between two graphs: in words for people, and as RDF for programs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING, Any, Final

from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, Triple, serialize

from kg.store.evidence import in_words
from kg.store.terms import as_written
from kg.vocabulary import DCTERMS, NK, OWL, RDF, RDFS

if TYPE_CHECKING:
    from kg.store import KnowledgeGraph
    from kg.store.terms import Subject, Term

CHANGES: Final = "http://purl.org/vocab/changeset/schema#"
"""The Changeset vocabulary (Talis, 2009): a set of changes with reified additions and removals."""

THINGS: Final = ("Person", "Organisation", "Place", "Event", "Topic", "Role")


@dataclass(frozen=True, slots=True)
class Change:
    """One change in words. ``sign`` is "+" (only in the new graph), "-" (only in the old) or "~" (told otherwise).

    ``kind`` is article, thing, name, identity, fact or statement; ``iri`` the node that it is about.
    """

    sign: str
    kind: str
    text: str
    iri: str


@dataclass(frozen=True, slots=True)
class Difference:
    """The triples that only one of two graphs has, sorted, and what that means in words."""

    added: tuple[Triple, ...]
    removed: tuple[Triple, ...]
    changes: tuple[Change, ...]

    def __bool__(self) -> bool:
        return bool(self.added or self.removed)


def compare(old: KnowledgeGraph, new: KnowledgeGraph) -> Difference:
    """What must happen to ``old`` to make it ``new``. Memory grows with the difference, not with the graphs."""
    added = tuple(sorted((triple for triple in new if triple not in old), key=_in_order))
    removed = tuple(sorted((triple for triple in old if triple not in new), key=_in_order))
    return Difference(added, removed, tuple(_in_words(old, new, added, removed)))


def _in_order(triple: Triple) -> tuple[str, str, str]:
    return str(triple.subject), str(triple.predicate), str(triple.object)


def _in_words(
    old: KnowledgeGraph, new: KnowledgeGraph, added: tuple[Triple, ...], removed: tuple[Triple, ...]
) -> Iterator[Change]:
    sides = (("+", new, old, added), ("-", old, new, removed))
    found: list[Change] = []
    for sign, graph, other, triples in sides:
        for triple in triples:
            found += _change(sign, graph, other, triple)
    order = ("article", "thing", "name", "identity", "fact", "statement")
    seen = dict.fromkeys(sorted(found, key=lambda c: (order.index(c.kind), c.text.casefold(), c.sign, c.iri)))
    yield from seen


def _change(sign: str, graph: KnowledgeGraph, other: KnowledgeGraph, triple: Triple) -> Iterator[Change]:
    """What a triple that only ``graph`` has means; nothing for most triples, which belong to others."""
    subject, predicate, value = triple
    iri = _iri(subject)
    if predicate == RDF.type and isinstance(value, NamedNode):
        kind = value.value.removeprefix(NK.iri)
        if kind == "Article":
            address = graph.value(subject, DCTERMS.source)
            where = f" ({_iri(address)})" if address is not None else ""
            yield Change(sign, "article", graph.label(subject) + where, iri)
        elif kind in THINGS and kind != "Role":
            former = next((name for name in _names(graph, other, subject)[1:] if _is_thing(other, name)), None)
            if former is not None:
                if sign == "+":
                    yield Change("~", "name", f"{other.label(former)} is now {graph.label(subject)}", iri)
                return
            yield Change(sign, "thing", f"{in_words(value.value)} {graph.label(subject)}", iri)
        elif kind == "Statement":
            yield Change(sign, "statement", _statement(graph, subject), iri)
        elif kind == "Fact":
            yield from _fact(sign, graph, other, subject)
    elif predicate == RDFS.label and sign == "+" and _is_thing(other, subject):
        before = other.label(_node(subject))
        if isinstance(value, Literal) and before != value.value and not _is_role(graph, subject):
            yield Change("~", "name", f"{before} is now called {value.value}", iri)
    elif predicate in (OWL.sameAs, OWL.differentFrom):
        word = "is the same as" if predicate == OWL.sameAs else "is another than"
        yield Change(sign, "identity", f"{graph.label(_node(subject))} {word} {graph.shortened(_iri(value))}", iri)


def _fact(sign: str, graph: KnowledgeGraph, other: KnowledgeGraph, fact: Subject) -> Iterator[Change]:
    """The record of a fact: news only where the other graph does not know the fact from any article."""
    subject, predicate, value = (graph.value(fact, name) for name in (RDF.subject, RDF.predicate, RDF.object))
    if not isinstance(subject, NamedNode) or not isinstance(predicate, NamedNode) or value is None:
        return
    known = any(
        Triple(one, predicate, another) in other
        for one in _names(graph, other, subject)
        for another in _names(graph, other, value)
    )
    if not known and not _is_article(graph, subject):
        text = f"{graph.label(subject)} - {in_words(predicate.value)} - {graph.label(value)}"
        yield Change(sign, "fact", text, subject.value)


def _names(graph: KnowledgeGraph, other: KnowledgeGraph, term: Term) -> list[Any]:
    """A node, and under which other IRIs the other graph may have it: what one of the two says is the same."""
    if not isinstance(term, NamedNode):
        return [term]
    same: list[Term] = [triple.subject for triple in other.triples(None, OWL.sameAs, term)]
    same += [triple.object for triple in graph.triples(term, OWL.sameAs)]
    return [term, *sorted((name for name in same if name != term), key=str)]


def _statement(graph: KnowledgeGraph, node: Subject) -> str:
    speakers = graph.values(node, NK.speaker) or graph.values(node, NK.speakerText)
    who = " and ".join(map(graph.label, speakers)) or "unnamed source"
    cue, content = graph.value(node, NK.cue), graph.value(node, NK.content)
    said = " ".join(graph.label(content).split()) if content else ""
    return f"{who} ({graph.label(cue) if cue else 'continued'}): {said}"


def _is_thing(graph: KnowledgeGraph, node: Subject) -> bool:
    return any(kind in graph.values(node, RDF.type) for kind in (NK[name] for name in THINGS))


def _is_role(graph: KnowledgeGraph, node: Subject) -> bool:
    return NK.Role in graph.values(node, RDF.type)


def _is_article(graph: KnowledgeGraph, node: Subject) -> bool:
    return NK.Article in graph.values(node, RDF.type)


def _node(subject: Subject) -> Term:
    return subject


def _iri(term: Term) -> str:
    return term.value if isinstance(term, NamedNode | Literal) else str(term)


def change_set(difference: Difference) -> list[Quad]:
    """The difference in RDF: a cs:ChangeSet whose cs:addition and cs:removal are statements about triples.

    Equal differences give equal IRIs.
    """
    marks = [
        (sign, _digest(t), t) for sign, ts in zip("+-", (difference.added, difference.removed), strict=True) for t in ts
    ]
    whole = NamedNode("urn:newskg:changes:" + _short("".join(sign + mark for sign, mark, _ in marks)))
    quads = [Quad(whole, RDF.type, NamedNode(CHANGES + "ChangeSet"))]
    for sign, mark, (subject, predicate, value) in marks:
        node = NamedNode(f"urn:newskg:triple:{mark}")
        link = NamedNode(CHANGES + ("addition" if sign == "+" else "removal"))
        quads += [
            Quad(whole, link, node),
            Quad(node, RDF.type, NamedNode(RDF.iri + "Statement")),
            Quad(node, RDF.subject, subject),
            Quad(node, RDF.predicate, predicate),
            Quad(node, RDF.object, value),
        ]
    return quads


def update(difference: Difference) -> str:
    """The difference as a SPARQL update that makes the new graph of the old one."""
    parts = []
    for words, triples in (("DELETE DATA", difference.removed), ("INSERT DATA", difference.added)):
        if triples:
            written = [Triple(t.subject, t.predicate, as_written(t.predicate, t.object)) for t in triples]
            lines = (serialize(written, format=RdfFormat.N_TRIPLES) or b"").decode("utf-8")
            parts.append(f"{words} {{\n{lines}}}")
    return " ;\n".join(parts) + ("\n" if parts else "")


def _digest(triple: Triple) -> str:
    return _short(str(triple))


def _short(text: str) -> str:
    return sha256(text.encode("utf-8")).hexdigest()[:32]
