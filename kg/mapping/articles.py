"""The article itself and its metadata."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from kg import vocabulary
from kg.facts import ArticleFacts, Metadatum
from kg.identity import Identities
from kg.identity.duplicates import RUN, Copy
from kg.identity.iris import is_iri, norm
from kg.mapping.provenance import ArticleTriples
from kg.mapping.terms import DC, DCTERMS, NIF, NK, RDF, RDFS, SCHEMA, XSD, Term, iri, iri_of, literal, number
from kg.repetition import printed_at

LABEL_WORDS = 12


def opening(text: str, words: int) -> str:
    """The first words of a text, with an ellipsis where there are more."""
    found = text.split(maxsplit=words)
    return " ".join(found[:words]) + (" …" if len(found) > words else "")


def add_article(graph: ArticleTriples, facts: ArticleFacts, identities: Identities) -> None:
    """The article node: its text, hash, label and metadata."""
    article = facts.article
    _add_known(graph, graph.iri, facts, identities)
    graph.add(graph.iri, NIF.isString, literal(article.text))
    graph.add(graph.iri, NIF.beginIndex, literal("0", XSD.nonNegativeInteger))
    graph.add(graph.iri, NIF.endIndex, literal(str(len(article.text)), XSD.nonNegativeInteger))
    came = article.first("text")
    if came:
        graph.add(graph.iri, NK.metadataOrigin, literal(f"nif:isString: {came.origin}"))
    copy = identities.copies.get(graph.sha)
    if copy:
        _add_copy(graph, graph.iri, copy)
    for key, evidence in facts.about:
        node = identities.node(graph.sha, key)
        if node:
            graph.fact(graph.iri, NK.about, iri(node.iri), evidence, 0.9)


def add_reprints(graph: ArticleTriples, facts: ArticleFacts, identities: Identities) -> None:
    """The further articles with that text: what is known of each, and that it repeats what stands for the text.

    Where that one is itself a near-duplicate, they are of the same fuller one. They have no spans and facts: the text
    is one source, read once.
    """
    copy = identities.copies.get(graph.sha, Copy(graph.sha, 1.0))
    for metadata in identities.reprints.get(graph.sha, ()):
        reprint = replace(facts, article=replace(facts.article, metadata=metadata))
        node = iri(graph.policy.reprint(graph.sha, *printed_at(reprint.article)))
        _add_known(graph, node, reprint, identities)
        _add_copy(graph, node, copy)


def add_counts(graph: ArticleTriples, statements: int) -> None:
    """How many statements and facts the article holds, said when all of them are."""
    graph.add(graph.iri, NK.statementCount, number(statements))
    graph.add(graph.iri, NK.factCount, number(graph.fact_count))


def _first_prose(facts: ArticleFacts) -> str:
    spans = [block.span for block in facts.article.blocks if block.kind.value in ("headline", "paragraph")]
    begin, end = spans[0] if spans else (0, len(facts.article.text))
    return facts.article.text[begin:end]


def _add_known(graph: ArticleTriples, node: Term, facts: ArticleFacts, identities: Identities) -> None:
    """What an article is, its hash, label and metadata."""
    article = facts.article
    title = article.first("title")
    label = title.value if title else opening(_first_prose(facts), LABEL_WORDS)
    graph.add(node, RDF.type, NK.Article)
    graph.add(node, RDFS.label, literal(" ".join(label.split()) or graph.sha[:16]))
    graph.add(node, SCHEMA.sha256, literal(graph.sha))
    for name in ("title", "url", "publisher", "date", "created", "language"):
        known = article.first(name)
        if known:
            _add_metadatum(graph, node, known, facts, identities)
    for known in article.metadata:
        if known.name == "author":
            _add_metadatum(graph, node, known, facts, identities)


def _add_copy(graph: ArticleTriples, node: Term, copy: Copy) -> None:
    """Of which fuller article one is a near-duplicate, and by how much."""
    graph.add(node, NK.nearDuplicateOf, iri(graph.policy.article(copy.of)))
    alike = f"nk:nearDuplicateOf: {copy.share:.0%} of its runs of {RUN} words stand there"
    graph.add(node, NK.metadataOrigin, literal(alike))


def _add_metadatum(
    graph: ArticleTriples, node: Term, known: Metadatum, facts: ArticleFacts, identities: Identities
) -> None:
    triple = _triple(known, facts, identities, graph.sha)
    if triple is None:
        return
    predicate, object_ = triple
    if known.span and node == graph.iri:
        graph.fact(node, predicate, object_, known.span, known.confidence)
    else:  # a reprint cites no characters of its own
        graph.add(node, predicate, object_)
        prefix, local = _name(predicate)
        graph.add(node, NK.metadataOrigin, literal(f"{prefix}:{local}: {known.origin}"))


def _name(predicate: Term) -> tuple[str, str]:
    for namespace in (vocabulary.DC, vocabulary.DCTERMS, vocabulary.SCHEMA):
        if iri_of(predicate).startswith(namespace.iri):
            return namespace.prefix, iri_of(predicate)[len(namespace.iri) :]
    raise ValueError(f"{predicate} is not a property of article metadata")


def _triple(known: Metadatum, facts: ArticleFacts, identities: Identities, sha: str) -> tuple[Term, Term] | None:
    match known.name:
        case "title":
            return SCHEMA.headline, literal(known.value)
        case "url":
            return (DCTERMS.source, iri(known.value)) if _is_address(known.value) else None
        case "publisher":
            node = _named(known.value, facts, identities, sha)
            return (DCTERMS.publisher, node) if node else (DC.publisher, literal(known.value))
        case "author":
            return SCHEMA.author, literal(known.value)
        case "date" | "created":
            predicate = SCHEMA.datePublished if known.name == "date" else DCTERMS.created
            return predicate, literal(date.fromisoformat(known.value).isoformat(), XSD.date)
        case "language":
            return DCTERMS.language, literal(known.value)
    return None


def _named(name: str, facts: ArticleFacts, identities: Identities, sha: str) -> Term | None:
    """The organisation of that name among those that the article itself mentions."""
    wanted = norm(name, strip_article=True)
    for entity in facts.entities:
        if "organisation" in entity.kinds and wanted in {
            norm(n, strip_article=True) for n in (entity.name, *entity.aliases)
        }:
            node = identities.node(sha, entity.key)
            return iri(node.iri) if node else None
    return None


def _is_address(url: str) -> bool:
    return url.startswith(("http://", "https://")) and is_iri(url)
