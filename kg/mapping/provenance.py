"""The triples of one article as they grow: spans of its text, and the records of what it supports."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import TYPE_CHECKING

from pyoxigraph import Literal, NamedNode, Triple

from kg.facts import Article, TextSpan
from kg.identity.iris import IriPolicy, span_iri
from kg.vocabulary import NIF, NK, PROV, RDF, XSD

if TYPE_CHECKING:
    Object = NamedNode | Literal

DECIMAL = XSD.decimal
DATE = XSD.date
OFFSET = XSD.nonNegativeInteger


def decimal(value: float | Decimal) -> Literal:
    """A number in the canonical form of xsd:decimal (no exponent, no trailing zeros)."""
    number = Decimal(str(value)).normalize()
    return Literal(format(number, "f"), datatype=DECIMAL)


class ArticleTriples:
    """Collects the triples that one article gives rise to. Spans are made once each, on first use."""

    def __init__(self, article: Article, policy: IriPolicy, run: NamedNode) -> None:
        self.article = article
        self.sha = article.sha256
        self.policy = policy
        self.run = run
        self.iri = NamedNode(policy.article(self.sha))
        self.triples: list[Triple] = []
        self._spans: dict[TextSpan, NamedNode] = {}
        self._facts: dict[str, NamedNode] = {}

    def text(self, span: TextSpan) -> str:
        """The characters of ``span``."""
        return self.article.text[span.begin : span.end]

    def add(self, subject: NamedNode, predicate: NamedNode, object_: Object) -> None:
        """One triple."""
        self.triples.append(Triple(subject, predicate, object_))

    def span(self, span: TextSpan) -> NamedNode:
        """The node of ``span``, with its offsets and characters."""
        node = self._spans.get(span)
        if node is None:
            begin, end = span
            node = self._spans[span] = NamedNode(span_iri(self.iri.value, begin, end))
            self.triples += (
                Triple(node, RDF.type, NK.TextSpan),
                Triple(node, NIF.beginIndex, Literal(str(begin), datatype=OFFSET)),
                Triple(node, NIF.endIndex, Literal(str(end), datatype=OFFSET)),
                Triple(node, NIF.anchorOf, Literal(self.article.text[begin:end])),
                Triple(node, NIF.referenceContext, self.iri),
            )
        return node

    def fact(
        self,
        subject: NamedNode,
        predicate: NamedNode,
        object_: Object,
        evidence: TextSpan,
        confidence: float,
        *,
        roles: Iterable[NamedNode] = (),
        reason: str = "",
    ) -> None:
        """A triple together with the record of where it was read.

        Read more than once in the article, it keeps every evidence and the confidence of the first reading.
        """
        name = self.policy.fact(str(self.iri), str(subject), str(predicate), str(object_))
        fact = self._facts.get(name)
        if fact is None:
            fact = self._facts[name] = NamedNode(name)
            self.triples += (
                Triple(subject, predicate, object_),
                Triple(fact, RDF.type, NK.Fact),
                Triple(fact, RDF.subject, subject),
                Triple(fact, RDF.predicate, predicate),
                Triple(fact, RDF.object, object_),
                Triple(fact, NK.confidence, decimal(confidence)),
                Triple(fact, PROV.wasGeneratedBy, self.run),
            )
            if reason:
                self.add(fact, NK.reason, Literal(reason))
        self.add(fact, NK.evidence, self.span(evidence))
        for role in roles:
            self.add(fact, NK.asRole, role)
