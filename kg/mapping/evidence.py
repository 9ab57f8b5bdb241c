"""The last look before anything is written: every citation of an article is read again against its text."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from pyoxigraph import Literal, NamedNode, Triple

from kg.errors import EvidenceError
from kg.facts import Article
from kg.vocabulary import NIF, NK


def check_evidence(article: Article, triples: Iterable[Triple]) -> None:
    """Hold the triples of an article against its text.

    Every span must lie in the text, bear the characters that stand there and have the IRI of its offsets; a statement
    with one content span must have exactly those characters as its content; every span that is cited is described.

    Raises:
        EvidenceError: the first citation that does not hold, named.
    """
    spans: dict[str, dict[str, str]] = defaultdict(dict)
    contents: dict[str, str] = {}
    content_spans: dict[str, list[str]] = defaultdict(list)
    cited: set[str] = set()
    begin_index, end_index, anchor = NIF.beginIndex.value, NIF.endIndex.value, NIF.anchorOf.value
    citations = {NK[name].value for name in ("evidence", "sourceSpan", "cueSpan", "contentSpan")}
    for subject, predicate, object_ in triples:
        name = predicate.value
        if name in citations and isinstance(object_, NamedNode):
            cited.add(object_.value)
            if name == NK.contentSpan.value:
                content_spans[_value(subject)].append(object_.value)
        elif name in (begin_index, end_index, anchor) and isinstance(object_, Literal):
            spans[_value(subject)][name] = object_.value
        elif name == NK.content.value and isinstance(object_, Literal):
            contents[_value(subject)] = object_.value
    text = article.text
    for iri in sorted(cited):
        span = spans.get(iri, {})
        if anchor not in span:
            raise EvidenceError(f"{article.source}: a citation of {iri} has no characters")
        begin, end = int(span[begin_index]), int(span[end_index])
        if not 0 <= begin < end <= len(text) or text[begin:end] != span[anchor]:
            raise EvidenceError(f"{article.source}: the characters {begin} to {end} are not {span[anchor]!r}")
        if not iri.endswith(f"#char={begin},{end}"):
            raise EvidenceError(f"{article.source}: {iri} does not bear its offsets {begin} to {end}")
    for statement, found in content_spans.items():
        if len(found) == 1 and spans[found[0]][anchor] != contents.get(statement):
            raise EvidenceError(f"{article.source}: the content of {statement} is not what its span says")


def _value(term: object) -> str:
    return term.value if isinstance(term, NamedNode) else str(term)
