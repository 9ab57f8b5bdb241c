"""The triples of one article as they grow: spans of its text, and the records of what it supports."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Final

from kg.facts import Article, TextSpan
from kg.identity.iris import IriPolicy, span_iri
from kg.mapping.terms import NIF, NK, PROV, RDF, XSD, Line, Term, decimal, iri, literal

BETWEEN = " .\n"
"""Stands between two triples of one text."""


@dataclass(frozen=True, slots=True)
class Triples:
    """The triples of an article, some more than once.

    ``spans`` describe spans of its text, several lines each; ``own`` holds the other triples that no other article can
    say: their subject belongs to the article, or they cite it; ``shared`` those that others may say as well.
    """

    spans: list[str] = field(default_factory=list)
    own: list[Line] = field(default_factory=list)
    shared: list[Line] = field(default_factory=list)

    def __iter__(self) -> Iterator[Line]:
        for span in self.spans:
            yield from span.split(BETWEEN)
        yield from self.own
        yield from self.shared


class ArticleTriples:
    """Collects the triples that one article gives rise to.

    Spans are described once each, on first use; those in ``told`` are described already.
    """

    def __init__(self, article: Article, policy: IriPolicy, run: Term, told: Collection[TextSpan] = ()) -> None:
        self.article = article
        self.sha = article.sha256
        self.policy = policy
        self.run = run
        self.iri = iri(policy.article(self.sha))
        self.triples = Triples()
        self.cited_told: set[Term] = set()
        """The nodes of spans in ``told`` that were used."""
        self._name = policy.article(self.sha)
        self._told = frozenset(told)
        self._spans: dict[TextSpan, Term] = {}
        self._facts: dict[str, Term] = {}

    def text(self, span: TextSpan) -> str:
        """The characters of ``span``."""
        return self.article.text[span.begin : span.end]

    def add(self, subject: Term, predicate: Term, object_: Term) -> None:
        """A triple of the article's own: about what belongs to it alone, or citing it."""
        self.triples.own.append(f"{subject} {predicate} {object_}")

    def share(self, subject: Term, predicate: Term, object_: Term) -> None:
        """A triple that other articles may say as well."""
        self.triples.shared.append(f"{subject} {predicate} {object_}")

    @property
    def fact_count(self) -> int:
        """How many facts the article supports so far."""
        return len(self._facts)

    def span(self, span: TextSpan) -> Term:
        """The node of ``span``, with its offsets and characters."""
        node = self._spans.get(span)
        if node is None:
            node = self._spans[span] = span_term(self._name, span)
            if span in self._told:
                self.cited_told.add(node)
            else:
                self.triples.spans.append(described(node, span, self.article.text, self.iri))
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
            (self.add if subject == self.iri else self.share)(subject, predicate, object_)
            own = self.triples.own
            own += (
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


def span_term(article: str, span: TextSpan) -> Term:
    """The node of a span of the article with that IRI."""
    return f"<{span_iri(article, *span)}>"


DESCRIPTION: Final = 5
"""Triples that describe a span."""

_DESCRIBED: Final = (
    f" {RDF.type} {NK.TextSpan}{BETWEEN}",
    f' {NIF.beginIndex} "',
    f'"^^{XSD.nonNegativeInteger}{BETWEEN}',
    f' {NIF.endIndex} "',
    f" {NIF.anchorOf} ",
    f" {NIF.referenceContext} ",
)


def described(node: Term, span: TextSpan, text: str, article: Term) -> str:
    """What is said of the node of a span of a text: its offsets and characters."""
    is_span, begins, offset, ends, characters, context = _DESCRIBED
    begin, end = span
    return (
        f"{node}{is_span}{node}{begins}{begin}{offset}{node}{ends}{end}{offset}"
        f"{node}{characters}{literal(text[begin:end])}{BETWEEN}{node}{context}{article}"
    )
