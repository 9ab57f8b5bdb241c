"""What changed between two graphs: in words for people, and as RDF for programs."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING, Final

from pyoxigraph import (
    BlankNode,
    CanonicalizationAlgorithm,
    Dataset,
    Literal,
    NamedNode,
    Quad,
    RdfFormat,
    Triple,
    serialize,
)

from kg.revisions import Revision, in_text, is_article, names_in, revisions
from kg.store.evidence import in_words
from kg.store.terms import as_written
from kg.vocabulary import DCTERMS, NK, OWL, PROV, RDF, RDFS

if TYPE_CHECKING:
    from kg.store import KnowledgeGraph
    from kg.store.terms import Subject, Term

CHANGES: Final = "http://purl.org/vocab/changeset/schema#"
"""The Changeset vocabulary (Talis, 2009): a set of changes with reified additions and removals."""

THINGS: Final = ("Person", "Organisation", "Place", "Event", "Topic", "Role")


@dataclass(frozen=True, slots=True)
class Change:
    """One change in words. ``sign`` is "+" (only in the new graph), "-" (only in the old) or "~" (told otherwise).

    ``kind`` is article, thing, name, identity, fact or statement; ``iri`` the node that it is about. ``within`` is the
    IRI of the article, in its new version, that says it otherwise than its old version did; of such a change the kind
    may be metadata, too.
    """

    sign: str
    kind: str
    text: str
    iri: str
    within: str = ""


@dataclass(frozen=True, slots=True)
class Difference:
    """The triples that only one of two graphs has, sorted, and what that means in words.

    ``revisions`` are the articles that have another version in the new graph. ``alike`` counts the pairs of changes,
    one "+" and one "-", that read the same and are no ``changes`` in words, though they are in RDF.
    """

    added: tuple[Triple, ...]
    removed: tuple[Triple, ...]
    changes: tuple[Change, ...]
    revisions: tuple[Revision, ...] = ()
    alike: int = 0

    def __bool__(self) -> bool:
        return bool(self.added or self.removed)


def compare(old: KnowledgeGraph, new: KnowledgeGraph) -> Difference:
    """What must happen to ``old`` to make it ``new``.

    Memory grows with the difference, not with the graphs; but those on servers are copied first.
    """
    old, new = _with_equal_blank_nodes(old.here(), new.here())
    added = tuple(sorted((triple for triple in new if triple not in old), key=_in_order))
    removed = tuple(sorted((triple for triple in old if triple not in new), key=_in_order))
    revised = revisions(old, new, added, removed)
    changes = list(_in_words(old, new, added, removed, revised))
    told = tuple(_without_pairs(changes))
    return Difference(added, removed, told, tuple(revised), (len(changes) - len(told)) // 2)


def _with_equal_blank_nodes(old: KnowledgeGraph, new: KnowledgeGraph) -> tuple[KnowledgeGraph, KnowledgeGraph]:
    """The graphs, or where both have blank nodes, copies in which those of equal graphs are called the same."""
    if not (_has_blank_nodes(old) and _has_blank_nodes(new)):
        return old, new
    return _canonical(old), _canonical(new)


def _has_blank_nodes(graph: KnowledgeGraph) -> bool:
    return any(isinstance(term, BlankNode) for triple in graph for term in (triple.subject, triple.object))


def _canonical(graph: KnowledgeGraph) -> KnowledgeGraph:
    """A copy with the blank nodes named by what is said of them (RDF Dataset Canonicalization, W3C 2024)."""
    triples = Dataset(Quad(*triple) for triple in graph)
    triples.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)
    copy = type(graph).create(base=graph.base)
    copy.add(triples)
    return copy


def _without_pairs(changes: list[Change]) -> Iterator[Change]:
    """Without what is gone and came again in the same words: an event without a name has an IRI made of its text, so
    an edit anywhere in the article makes another node of it."""
    signs: dict[tuple[str, str, str], Counter[str]] = defaultdict(Counter)
    for change in changes:
        signs[change.kind, change.text, change.within][change.sign] += 1
    pairs = {read: min(count["+"], count["-"]) for read, count in signs.items()}
    left_out: Counter[tuple[str, tuple[str, str, str]]] = Counter()
    for change in changes:
        read = change.kind, change.text, change.within
        if change.sign in "+-" and change.kind != "article" and left_out[change.sign, read] < pairs[read]:
            left_out[change.sign, read] += 1
        else:
            yield change


def _in_order(triple: Triple) -> tuple[str, str, str]:
    return str(triple.subject), str(triple.predicate), str(triple.object)


def _in_words(
    old: KnowledgeGraph,
    new: KnowledgeGraph,
    added: tuple[Triple, ...],
    removed: tuple[Triple, ...],
    revised: list[Revision],
) -> Iterator[Change]:
    within = [change for revision in revised for change in _within(old, new, revision)]
    told = {(change.sign, change.kind, change.text) for change in within}
    versions = {iri.value for revision in revised for iri in (revision.old, revision.new)}
    of_versions = tuple(f"{_local(iri)}-" for iri in sorted(versions))
    sides = (("+", new, old, added), ("-", old, new, removed))
    found: list[Change] = []
    for sign, graph, other, triples in sides:
        for triple in triples:
            found += _change(sign, graph, other, triple)
    found = [
        change
        for change in found
        if (change.sign, change.kind, change.text) not in told
        and change.iri not in versions
        and not (change.kind == "statement" and _local(change.iri).startswith(of_versions))
    ]
    found += [_revision(new, revision) for revision in revised]
    order = ("article", "thing", "name", "identity", "fact", "statement", "metadata")

    def place(change: Change) -> tuple[int, str, str, str]:
        return order.index(change.kind), change.text.casefold(), change.sign, change.iri

    for change in dict.fromkeys(sorted(found, key=place)):
        yield change
        if change.kind == "article":
            inner = (one for one in within if one.within == change.iri)
            yield from dict.fromkeys(sorted(inner, key=lambda one: (-order.index(one.kind), *place(one)[1:])))


def _revision(new: KnowledgeGraph, revision: Revision) -> Change:
    text = "another text" if revision.old != revision.new else "the same text"
    return Change("~", "article", f"{_title(new, revision.new)}: {text}", revision.new.value)


def _within(old: KnowledgeGraph, new: KnowledgeGraph, revision: Revision) -> Iterator[Change]:
    """What the new version of an article says otherwise."""
    for sign, graph, everything in (("+", new, revision.added), ("-", old, revision.removed)):
        for told in everything:
            text = _statement(graph, told.record) if told.kind == "statement" else in_text(graph, told)
            yield Change(sign, told.kind, text, _iri(told.triple.subject), revision.new.value)


def _title(graph: KnowledgeGraph, article: Subject) -> str:
    address = graph.value(article, DCTERMS.source)
    return graph.label(article) + (f" ({_iri(address)})" if address is not None else "")


def _local(iri: str) -> str:
    return iri.rpartition("/")[2]


def _change(sign: str, graph: KnowledgeGraph, other: KnowledgeGraph, triple: Triple) -> Iterator[Change]:
    """What a triple that only ``graph`` has means; nothing for most triples, which belong to others."""
    subject, predicate, value = triple
    iri = _iri(subject)
    if predicate == RDF.type and isinstance(value, NamedNode):
        kind = value.value.removeprefix(NK.iri)
        if kind == "Article":
            yield Change(sign, "article", _title(graph, subject), iri)
        elif kind in THINGS and kind != "Role":
            former = next((name for name in names_in(graph, other, subject)[1:] if _is_thing(other, name)), None)
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
        for one in names_in(graph, other, subject)
        for another in names_in(graph, other, value)
    )
    if not known and not is_article(graph, subject):
        text = f"{graph.label(subject)} - {in_words(predicate.value)} - {graph.label(value)}"
        yield Change(sign, "fact", text, subject.value)


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


def _node(subject: Subject) -> Term:
    return subject


def _iri(term: Term) -> str:
    return term.value if isinstance(term, NamedNode | Literal) else str(term)


def change_set(difference: Difference) -> list[Quad]:
    """The difference in RDF: a cs:ChangeSet whose cs:addition and cs:removal are statements about triples.

    An article with another version is the cs:subjectOfChange of a set of its own, with what it says otherwise, and
    prov:wasRevisionOf its old version. Equal differences give equal IRIs.
    """
    quads = _set_of_changes(difference.added, difference.removed)
    for revision in difference.revisions:
        if revision.old != revision.new:
            quads.append(Quad(revision.new, PROV.wasRevisionOf, revision.old))
        added, removed = ([told.triple for told in side] for side in (revision.added, revision.removed))
        quads += _set_of_changes(added, removed, revision.new)
    return quads


def _set_of_changes(added: Iterable[Triple], removed: Iterable[Triple], about: NamedNode | None = None) -> list[Quad]:
    marks = [(sign, _digest(t), t) for sign, ts in zip("+-", (added, removed), strict=True) for t in ts]
    about_whom = f"{about} " if about else ""
    whole = NamedNode("urn:newskg:changes:" + _short(about_whom + "".join(sign + mark for sign, mark, _ in marks)))
    quads = [Quad(whole, RDF.type, NamedNode(CHANGES + "ChangeSet"))]
    if about is not None:
        quads.append(Quad(whole, NamedNode(CHANGES + "subjectOfChange"), about))
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
