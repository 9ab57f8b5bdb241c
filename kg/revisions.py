"""Which articles of one graph are other versions of articles of another, and what the new version says otherwise.

The IRI of an article is made of its text, so a changed text is another article to the graph. It is another version of
the one that is gone if the two have one address, or else the one title that no other has, or else most of their words.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from pyoxigraph import Literal, NamedNode, Triple

from kg.store.evidence import in_words
from kg.store.terms import Subject, Term
from kg.vocabulary import DC, DCTERMS, NIF, NK, OWL, RDF, RDFS, SCHEMA

if TYPE_CHECKING:
    from kg.store import KnowledgeGraph

METADATA: Final = (
    SCHEMA.headline,
    SCHEMA.datePublished,
    DCTERMS.created,
    DCTERMS.source,
    DCTERMS.publisher,
    DC.publisher,
    SCHEMA.author,
    DCTERMS.language,
    NK.nearDuplicateOf,
)
"""What is known of an article as a whole, as far as it is told in a comparison."""

_STATEMENT: Final = (NK.speaker, NK.speakerText, NK.cue, NK.content, NK.quoteType, NK.polarity, NK.modality)


@dataclass(frozen=True, slots=True)
class Told:
    """One thing that an article says: ``kind`` is fact, statement or metadata; ``record`` is the node that records it.

    ``triple`` is the fact; of a statement its content, of metadata what the article is said to have.
    """

    kind: str
    record: Subject
    triple: Triple


@dataclass(frozen=True, slots=True)
class Revision:
    """An article whose text or metadata changed: the two versions (one node if the text is the same), what only the
    new one says, and what only the old one said.
    """

    old: NamedNode
    new: NamedNode
    added: tuple[Told, ...]
    removed: tuple[Told, ...]


def revisions(
    old: KnowledgeGraph, new: KnowledgeGraph, added: Iterable[Triple], removed: Iterable[Triple]
) -> list[Revision]:
    """The articles that changed, in order. ``added`` and ``removed`` are the triples that one of the graphs lacks."""
    added, removed = tuple(added), tuple(removed)
    gone, came = _articles(removed), _articles(added)
    pairs = list(_pairs(old, new, gone, came))
    before, after = _records(old, removed, {a for a, _ in pairs}), _records(new, added, {b for _, b in pairs})
    changed = {t.subject for t in (*added, *removed) if t.predicate in METADATA} - {*gone, *came}
    kept = (a for a in changed if isinstance(a, NamedNode) and is_article(old, a) and is_article(new, a))
    found = []
    for one, other in [*pairs, *((article, article) for article in kept)]:
        was = [*_metadata(old, one), *before.get(one, ())]
        says = [*_metadata(new, other), *after.get(other, ())]
        fresh, lost = _unmatched(says, new, was, old), _unmatched(was, old, says, new)
        found.append(Revision(one, other, tuple(fresh), tuple(lost)))
    return sorted(found, key=lambda revision: (revision.new.value, revision.old.value))


def _articles(triples: Iterable[Triple]) -> list[NamedNode]:
    found = (t.subject for t in triples if t.predicate == RDF.type and t.object == NK.Article)
    return [article for article in found if isinstance(article, NamedNode)]


def _pairs(
    old: KnowledgeGraph, new: KnowledgeGraph, gone: list[NamedNode], came: list[NamedNode]
) -> Iterator[tuple[NamedNode, NamedNode]]:
    """Each article that is gone with the one that came in its place, if there is one."""
    for name in (DCTERMS.source, RDFS.label):
        known, wanted = _by(old, gone, name), _by(new, came, name)
        for value, articles in known.items():
            others = wanted.get(value, [])
            if len(articles) == len(others) == 1:
                gone = [article for article in gone if article != articles[0]]
                came = [article for article in came if article != others[0]]
                yield articles[0], others[0]
    yield from _by_words(old, new, gone, came)


def _by(graph: KnowledgeGraph, articles: list[NamedNode], name: NamedNode) -> Mapping[Term, list[NamedNode]]:
    found: dict[Term, list[NamedNode]] = defaultdict(list)
    for article in articles:
        value = graph.value(article, name)
        if value is not None:
            found[value].append(article)
    return found


def _by_words(
    old: KnowledgeGraph, new: KnowledgeGraph, gone: list[NamedNode], came: list[NamedNode]
) -> Iterator[tuple[NamedNode, NamedNode]]:
    """The remaining articles of which one repeats at least half of the other's words, and that fit no third."""
    from kg.facts import Article
    from kg.identity.duplicates import copies

    of_text = {}
    for side, graph, articles in (("old", old, gone), ("new", new, came)):
        for article in articles:
            text = graph.value(article, NIF.isString)
            if isinstance(text, Literal):
                told = Article(text.value)
                of_text[told.sha256] = (side, article, told)
    if not (gone and came):
        return
    groups: dict[str, set[str]] = defaultdict(set)
    for sha, copy in copies(told for _, _, told in of_text.values()).items():
        groups[copy.of] |= {sha, copy.of}
    for _, group in sorted(groups.items()):
        sides = sorted((of_text[sha][:2] for sha in group), key=lambda item: (item[0], item[1].value))
        if [side for side, _ in sides] == ["new", "old"]:
            yield sides[1][1], sides[0][1]


def _records(
    graph: KnowledgeGraph, triples: Iterable[Triple], articles: set[NamedNode]
) -> Mapping[NamedNode, list[Told]]:
    """The facts and statements of articles all of whose triples are among the ones given."""
    found: dict[NamedNode, list[Told]] = defaultdict(list)
    for triple in triples:
        node = triple.subject
        if triple.predicate != RDF.type or triple.object not in (NK.Fact, NK.Statement):
            continue
        spans = graph.values(node, NK.evidence)
        article = graph.value(spans[0], NIF.referenceContext) if spans and isinstance(spans[0], NamedNode) else None
        if not isinstance(article, NamedNode) or article not in articles:
            continue
        told = _statement(graph, node) if triple.object == NK.Statement else _fact(graph, node)
        if told and told.triple.subject != article:
            found[article].append(told)
    return found


def _fact(graph: KnowledgeGraph, node: Subject) -> Told | None:
    subject, predicate, value = (graph.value(node, name) for name in (RDF.subject, RDF.predicate, RDF.object))
    if not isinstance(subject, NamedNode) or not isinstance(predicate, NamedNode) or value is None:
        return None
    return Told("fact", node, Triple(subject, predicate, value))


def _statement(graph: KnowledgeGraph, node: Subject) -> Told | None:
    content = graph.value(node, NK.content)
    return Told("statement", node, Triple(node, NK.content, content)) if content is not None else None


def _metadata(graph: KnowledgeGraph, article: NamedNode) -> Iterator[Told]:
    for name in METADATA:
        for value in graph.values(article, name):
            yield Told("metadata", article, Triple(article, name, value))


_Content = tuple[frozenset[Term], ...]


def _unmatched(
    told: Iterable[Told], graph: KnowledgeGraph, others: Iterable[Told], other: KnowledgeGraph
) -> list[Told]:
    """What an article says that another version does not, under whatever IRIs its things have there."""
    known = [(one.kind, _content(one, other, graph)) for one in others]
    found = []
    for one in told:
        mine = _content(one, graph, other)
        if not any(kind == one.kind and _meet(mine, content) for kind, content in known):
            found.append(one)
    return found


def _content(told: Told, graph: KnowledgeGraph, other: KnowledgeGraph) -> _Content:
    """What tells one thing said from another: each part with all the names that it has in either graph."""

    def names(terms: Iterable[Term]) -> frozenset[Term]:
        return frozenset(
            name for term in terms for pair in ((graph, other), (other, graph)) for name in names_in(*pair, term)
        )

    if told.kind == "statement":
        return tuple(names(graph.values(told.record, name)) for name in _STATEMENT)
    subject, predicate, value = told.triple
    return (names([] if told.kind == "metadata" else [subject]), frozenset({predicate}), names([value]))


def _meet(one: _Content, other: _Content) -> bool:
    return all(a & b or a == b for a, b in zip(one, other, strict=True))


def names_in(graph: KnowledgeGraph, other: KnowledgeGraph, term: Term) -> list[Any]:
    """A node, and under which other IRIs the other graph may have it: what one of the two says is the same."""
    if not isinstance(term, NamedNode):
        return [term]
    same: list[Term] = [triple.subject for triple in other.triples(None, OWL.sameAs, term)]
    same += [triple.object for triple in graph.triples(term, OWL.sameAs)]
    return [term, *sorted((name for name in same if name != term), key=str)]


def is_article(graph: KnowledgeGraph, node: Subject) -> bool:
    """Whether the graph has the node as an article."""
    return NK.Article in graph.values(node, RDF.type)


def in_text(graph: KnowledgeGraph, told: Told) -> str:
    """A fact or metadatum in words."""
    subject, predicate, value = told.triple
    says = f"{in_words(predicate.value)}: {graph.label(value)}"
    return says if told.kind == "metadata" else f"{graph.label(subject)} - {says.replace(': ', ' - ', 1)}"
