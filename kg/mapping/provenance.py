"""The triples of one article as they grow: spans of its text, and the records of what it supports."""

from __future__ import annotations

from collections.abc import Iterable

from kg.facts import Article, TextSpan
from kg.identity.iris import IriPolicy, span_iri
from kg.mapping.terms import NIF, NK, PROV, RDF, XSD, Line, Term, decimal, iri, literal


class ArticleTriples:
    """Collects the triples that one article gives rise to. Spans are made once each, on first use."""

    def __init__(self, article: Article, policy: IriPolicy, run: Term) -> None:
        self.article = article
        self.sha = article.sha256
        self.policy = policy
        self.run = run
        self.iri = iri(policy.article(self.sha))
        self.lines: list[Line] = []
        self._name = policy.article(self.sha)
        self._spans: dict[TextSpan, Term] = {}
        self._facts: dict[str, Term] = {}

    def text(self, span: TextSpan) -> str:
        """The characters of ``span``."""
        return self.article.text[span.begin : span.end]

    def add(self, subject: Term, predicate: Term, object_: Term) -> None:
        """One triple."""
        self.lines.append(f"{subject} {predicate} {object_}")

    def span(self, span: TextSpan) -> Term:
        """The node of ``span``, with its offsets and characters."""
        node = self._spans.get(span)
        if node is None:
            begin, end = span
            node = self._spans[span] = f"<{span_iri(self._name, begin, end)}>"
            self.lines += (
                f"{node} {RDF.type} {NK.TextSpan}",
                f'{node} {NIF.beginIndex} "{begin}"^^{XSD.nonNegativeInteger}',
                f'{node} {NIF.endIndex} "{end}"^^{XSD.nonNegativeInteger}',
                f"{node} {NIF.anchorOf} {literal(self.article.text[begin:end])}",
                f"{node} {NIF.referenceContext} {self.iri}",
            )
        return node

    def fact(
        self,
        subject: Term,
        predicate: Term,
        object_: Term,
        evidence: TextSpan,
        confidence: float,
        *,
        roles: Iterable[Term] = (),
        reason: str = "",
    ) -> None:
        """A triple together with the record of where it was read.

        Read more than once in the article, it keeps every evidence and the confidence of the first reading.
        """
        name = self.policy.fact(self.iri, subject, predicate, object_)
        fact = self._facts.get(name)
        if fact is None:
            fact = self._facts[name] = f"<{name}>"
            self.lines += (
                f"{subject} {predicate} {object_}",
                f"{fact} {RDF.type} {NK.Fact}",
                f"{fact} {RDF.subject} {subject}",
                f"{fact} {RDF.predicate} {predicate}",
                f"{fact} {RDF.object} {object_}",
                f"{fact} {NK.confidence} {decimal(confidence)}",
                f"{fact} {PROV.wasGeneratedBy} {self.run}",
            )
            if reason:
                self.add(fact, NK.reason, literal(reason))
        self.add(fact, NK.evidence, self.span(evidence))
        for role in roles:
            self.add(fact, NK.asRole, role)
