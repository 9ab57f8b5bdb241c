"""Who and what an article names: mentions found, typed by evidence from the whole document, and resolved to entities."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from kg.extraction.reading import Reference
from kg.facts import Article, Entity, EntityKind, Mention, TextSpan

if TYPE_CHECKING:
    from spacy.tokens import Doc

_KINDS = {
    "PERSON": EntityKind.PERSON,
    "ORG": EntityKind.ORGANISATION,
    "GPE": EntityKind.PLACE,
    "LOC": EntityKind.PLACE,
    "FAC": EntityKind.PLACE,
}


def find_entities(article: Article, doc: Doc) -> tuple[tuple[Entity, ...], dict[int, Reference]]:
    """The named people, organisations and places of an article, and what each token refers to."""
    mentions: dict[tuple[str, EntityKind], list[tuple[int, int, int, int]]] = defaultdict(list)
    for ent in doc.ents:
        kind = _KINDS.get(ent.label_)
        if kind:
            start = ent.start + (ent[0].lower_ in {"the", "a", "an"})
            end = ent.end - (doc[ent.end - 1].tag_ == "POS")
            if start < end:
                last = doc[end - 1]
                mentions[doc[start:end].text, kind].append((start, end, doc[start].idx, last.idx + len(last)))
    entities, references = [], {}
    for (name, kind), found in mentions.items():
        key = f"{kind}:{name.casefold()}"
        entities.append(Entity(key, name, frozenset({kind}), tuple(Mention(TextSpan(b, e)) for _, _, b, e in found)))
        for start, end, _, _ in found:
            references |= {i: Reference(key, "name") for i in range(start, end)}
    return tuple(entities), references
