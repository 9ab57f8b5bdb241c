"""Who and what an article names: mentions found, typed by evidence from the whole document, and resolved to entities.

The stages are modules of their own, in this order: :mod:`segmentation` (where names stand), :mod:`evidence` (what they
stand for), :mod:`acronyms` and :mod:`coreference` (which are one thing), :mod:`acting` (places that act),
:mod:`anaphora` and :mod:`nominals` (pronouns and nouns that mean them).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.extraction.columns import Columns, columns
from kg.extraction.events.named import event_name_spans
from kg.extraction.names.acronyms import expansions
from kg.extraction.names.acting import acts
from kg.extraction.names.anaphora import resolve_anaphora
from kg.extraction.names.coreference import resolve
from kg.extraction.names.datelines import add_datelines
from kg.extraction.names.discourse import Resolved
from kg.extraction.names.echo import add_echoes
from kg.extraction.names.evidence import weigh
from kg.extraction.names.groups import grouped
from kg.extraction.names.nodes import Node
from kg.extraction.names.page import Page
from kg.extraction.names.segmentation import find_candidates
from kg.extraction.names.shrink import shrunk
from kg.extraction.reading import Reference
from kg.facts import Article, Entity, EntityKind, Mention

if TYPE_CHECKING:
    from spacy.tokens import Doc


def find_entities(article: Article, doc: Doc) -> tuple[tuple[Entity, ...], dict[int, Reference]]:
    """The named people, organisations and places of an article, and what each token refers to."""
    c = columns(doc)
    ents = [(ent.start, ent.end, ent.label_) for ent in doc.ents]
    page = Page(article, c, event_name_spans(doc))
    candidates = shrunk(find_candidates(page, ents), page)
    groups = grouped(candidates)
    weigh(groups, c)
    nodes = resolve(groups, list(expansions(candidates, c)), c)
    add_echoes(nodes, page)
    add_datelines(nodes, article)
    return _records(nodes, resolve_anaphora(nodes, c), c)


def _records(
    nodes: list[Node], anaphora: list[Resolved], c: Columns
) -> tuple[tuple[Entity, ...], dict[int, Reference]]:
    entities: list[Entity] = []
    references: dict[int, Reference] = {}
    keys: set[str] = set()
    key_of: dict[int, str] = {}
    for node in nodes:
        key = stem = f"{node.kind}:{node.name.casefold()}"
        number = 2
        while key in keys:
            key = f"{stem} #{number}"
            number += 1
        keys.add(key)
        key_of[id(node)] = key
        spans = [(c.span(m.start, m.end), reason) for m, reason in node.mentions] + node.unread
        mentions = tuple(Mention(span, reason) for span, reason in sorted(spans))
        kinds = frozenset({node.kind, EntityKind.ORGANISATION} if acts(node, c) else {node.kind})
        entities.append(Entity(key, node.name, kinds, mentions, tuple(node.aliases), node.lead))
        for mention, reason in node.mentions:
            for i in range(mention.start, mention.end):
                references[i] = Reference(key, reason)
    for found in anaphora:
        references.setdefault(found.token, Reference(key_of[id(found.node)], found.reason, found.confidence))
    return tuple(entities), references
