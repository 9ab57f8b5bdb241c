"""The last look before anything is written: every citation of an article is read again against its text."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable
from typing import Final

from kg.errors import EvidenceError
from kg.facts import Article
from kg.mapping.provenance import BETWEEN, Triples
from kg.mapping.terms import NIF, NK, RDF, XSD, Term, iri_of, literal

CITATIONS: Final = frozenset({NK.evidence, NK.sourceSpan, NK.cueSpan, NK.contentSpan})
"""The properties by which the graph cites an article."""

_LONGEST: Final = 32
"""Characters that the end of the IRI of a span has at most."""

_SPAN: Final = re.compile(r"#char=([0-9]+),([0-9]+)>\Z")
_OFFSET: Final = re.escape(f"^^{XSD.nonNegativeInteger}")
_DESCRIBED: Final = re.compile(
    re.escape(BETWEEN).join(
        rf"{subject} {re.escape(predicate)} {object_}"
        for subject, predicate, object_ in (
            ("(<[^>]*>)", RDF.type, re.escape(NK.TextSpan)),
            (r"\1", NIF.beginIndex, f'"([0-9]+)"{_OFFSET}'),
            (r"\1", NIF.endIndex, f'"([0-9]+)"{_OFFSET}'),
            (r"\1", NIF.anchorOf, '(".*")'),
            (r"\1", NIF.referenceContext, "<[^>]*>"),
        )
    )
)
_CONTENT: Final = f" {NK.content} "


def check_spans(article: Article, spans: Iterable[str]) -> set[Term]:
    """Hold the descriptions of spans against the text of their article; gives the nodes of the spans.

    Every span must lie in the text, bear the characters that stand there and have the IRI of its offsets.

    Raises:
        EvidenceError: the first that does not hold, named.
    """
    text, nodes = article.text, set()
    for span in spans:
        found = _DESCRIBED.fullmatch(span)
        if found is None:
            raise EvidenceError(f"{article.source}: a span is not described by its offsets: {span.split(BETWEEN)[0]}")
        node, begin, end, said = found.groups()
        if not 0 <= int(begin) < int(end) <= len(text) or literal(text[int(begin) : int(end)]) != said:
            raise EvidenceError(f"{article.source}: the characters {begin} to {end} are not {said}")
        if not node.endswith(f"#char={begin},{end}>"):
            raise EvidenceError(f"{article.source}: {iri_of(node)} does not bear its offsets {begin} to {end}")
        nodes.add(node)
    return nodes


def check_evidence(article: Article, triples: Triples, checked: Collection[Term] = ()) -> None:
    """Hold the triples of an article against its text, of which the spans with these nodes are checked already.

    What :func:`check_spans` says must hold of every span; a statement with one content span must have exactly those
    characters as its content; every span that is cited is described.

    Raises:
        EvidenceError: the first citation that does not hold, named.
    """
    known = check_spans(article, triples.spans)
    known.update(checked)
    contents: dict[Term, Term] = {}
    content_spans: dict[Term, list[Term]] = defaultdict(list)
    for line in [line for line in triples.own if line[-1] == ">" and line.find("#char=", -_LONGEST) > 0]:
        subject, predicate, object_ = line.split(" ", 2)
        if predicate not in CITATIONS:
            continue
        if object_ not in known:
            raise EvidenceError(f"{article.source}: a citation of {iri_of(object_)} has no characters")
        if predicate == NK.contentSpan:
            content_spans[subject].append(object_)
    for line in [line for line in triples.own if _CONTENT in line]:
        subject, predicate, object_ = line.split(" ", 2)
        if predicate == NK.content:
            contents[subject] = object_
    for statement, found in content_spans.items():
        offsets = _SPAN.search(found[0])
        assert offsets
        begin, end = map(int, offsets.groups())
        if len(found) == 1 and literal(article.text[begin:end]) != contents.get(statement):
            raise EvidenceError(f"{article.source}: the content of {iri_of(statement)} is not what its span says")
