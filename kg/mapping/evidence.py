"""The last look before anything is written: every citation of an article is read again against its text."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Final

from kg.errors import EvidenceError
from kg.facts import Article
from kg.mapping.terms import NIF, NK, Line, Term, iri_of, literal

CITATIONS: Final = frozenset({NK.evidence, NK.sourceSpan, NK.cueSpan, NK.contentSpan})
"""The properties by which the graph cites an article."""


def check_evidence(article: Article, lines: Iterable[Line]) -> None:
    """Hold the triples of an article against its text.

    Every span must lie in the text, bear the characters that stand there and have the IRI of its offsets; a statement
    with one content span must have exactly those characters as its content; every span that is cited is described.

    Raises:
        EvidenceError: the first citation that does not hold, named.
    """
    begins: dict[Term, Term] = {}
    ends: dict[Term, Term] = {}
    characters: dict[Term, Term] = {}
    contents: dict[Term, Term] = {}
    kept = {NIF.beginIndex: begins, NIF.endIndex: ends, NIF.anchorOf: characters, NK.content: contents}
    content_spans: dict[Term, list[Term]] = defaultdict(list)
    cited: set[Term] = set()
    for line in lines:
        subject, predicate, object_ = line.split(" ", 2)
        if predicate in kept:
            kept[predicate][subject] = object_
        elif predicate in CITATIONS:
            cited.add(object_)
            if predicate == NK.contentSpan:
                content_spans[subject].append(object_)
    text = article.text
    for span in sorted(cited):
        said = characters.get(span)
        if said is None:
            raise EvidenceError(f"{article.source}: a citation of {iri_of(span)} has no characters")
        begin, end = _number(begins[span]), _number(ends[span])
        if not 0 <= begin < end <= len(text) or literal(text[begin:end]) != said:
            raise EvidenceError(f"{article.source}: the characters {begin} to {end} are not {said}")
        if not span.endswith(f"#char={begin},{end}>"):
            raise EvidenceError(f"{article.source}: {iri_of(span)} does not bear its offsets {begin} to {end}")
    for statement, found in content_spans.items():
        if len(found) == 1 and characters[found[0]] != contents.get(statement):
            raise EvidenceError(f"{article.source}: the content of {iri_of(statement)} is not what its span says")


def _number(term: Term) -> int:
    """An offset as it is written; -1 for what is none."""
    digits = term[1 : term.find('"', 1)]
    return int(digits) if digits.isdecimal() else -1
