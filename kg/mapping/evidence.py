"""The last look before anything is written: every citation of an article is read again against its text."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from typing import Final

from kg.errors import EvidenceError
from kg.facts import Article
from kg.mapping.terms import NIF, NK, Line, Term, iri_of, literal

_DIGITS: Final = re.compile(r'"(\d+)"')


def check_evidence(article: Article, lines: Iterable[Line]) -> None:
    """Hold the triples of an article against its text.

    Every span must lie in the text, bear the characters that stand there and have the IRI of its offsets; a statement
    with one content span must have exactly those characters as its content; every span that is cited is described.

    Raises:
        EvidenceError: the first citation that does not hold, named.
    """
    spans: dict[Term, dict[Term, Term]] = defaultdict(dict)
    contents: dict[Term, Term] = {}
    content_spans: dict[Term, list[Term]] = defaultdict(list)
    cited: set[Term] = set()
    begin_index, end_index, anchor = NIF.beginIndex, NIF.endIndex, NIF.anchorOf
    described = {begin_index, end_index, anchor}
    citations = {NK.evidence, NK.sourceSpan, NK.cueSpan, NK.contentSpan}
    for line in lines:
        subject, predicate, object_ = line.split(" ", 2)
        if predicate in described:
            spans[subject][predicate] = object_
        elif predicate in citations:
            cited.add(object_)
            if predicate == NK.contentSpan:
                content_spans[subject].append(object_)
        elif predicate == NK.content:
            contents[subject] = object_
    text = article.text
    for term in sorted(cited):
        span = spans.get(term, {})
        if anchor not in span:
            raise EvidenceError(f"{article.source}: a citation of {iri_of(term)} has no characters")
        begin, end = _number(span[begin_index]), _number(span[end_index])
        if not 0 <= begin < end <= len(text) or literal(text[begin:end]) != span[anchor]:
            raise EvidenceError(f"{article.source}: the characters {begin} to {end} are not {span[anchor]}")
        if not term.endswith(f"#char={begin},{end}>"):
            raise EvidenceError(f"{article.source}: {iri_of(term)} does not bear its offsets {begin} to {end}")
    for statement, found in content_spans.items():
        if len(found) == 1 and spans[found[0]][anchor] != contents.get(statement):
            raise EvidenceError(f"{article.source}: the content of {iri_of(statement)} is not what its span says")


def _number(term: Term) -> int:
    digits = _DIGITS.match(term)
    return int(digits.group(1)) if digits else -1
