"""Names in datelines, which the parser does not read: "LONDON (Reuters) -", "HOUSTON, Feb. 27 /PRNewswire/ --"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.extraction.names.lexicon import comparable, known_place
from kg.extraction.names.nodes import Node
from kg.facts import Article, BlockKind, EntityKind, TextSpan

_PLACE = re.compile(r"[^\W\d_][\w.'\u2019-]*(?: [^\W\d_][\w.'\u2019-]*){0,3}")
_AGENCY = re.compile(r"[(/]\s*([^\W\d_][\w&.'\u2019-]*(?: [A-Z][\w&.'\u2019-]*){0,3})\s*[)/]")


def add_datelines(nodes: list[Node], article: Article) -> None:
    """Adds the places and agencies of the article's datelines to their nodes, or as nodes of their own."""
    known = {mention.folded: node for node in nodes for mention, _ in node.mentions}
    for block in article.blocks:
        if block.kind is not BlockKind.DATELINE:
            continue
        for span, kind in _named(article.text, block.span):
            written = " ".join(article.text[slice(*span)].split())
            folded = " ".join(map(comparable, written.split()))
            node = known.get(folded)
            if node is None or node.kind is not kind:
                name = written.title() if written.isupper() and kind is EntityKind.PLACE else written
                node = Node(kind, name, tuple(folded.split()))
                nodes.append(node)
                known[folded] = node
            node.unread.append((span, "dateline"))


def _named(text: str, block: TextSpan) -> Iterator[tuple[TextSpan, EntityKind]]:
    begin, end = block
    agency = _AGENCY.search(text, begin, end)
    limit = agency.start() if agency else end
    for found in _PLACE.finditer(text, begin, limit):
        words = found.group().rstrip(".'").split()
        if known_place(" ".join(map(comparable, words))) is not None:
            yield TextSpan(found.start(), found.start() + len(found.group().rstrip(".'"))), EntityKind.PLACE
    if agency:
        yield TextSpan(*agency.span(1)), EntityKind.ORGANISATION
