"""Readings of short texts with the names given, so that these tests are about roles alone."""

from __future__ import annotations

import re

import pytest

from kg.extraction.reading import Reading, Reference
from kg.extraction.roles import find_relations, find_roles
from kg.facts import Article, Entity, EntityKind, Mention, Metadatum, TextSpan

MARKED = re.compile(r"\[(?P<name>[^\]|]+)(?:\|(?P<whole>[^\]]+))?\](?P<kind>[POLB])")
KINDS = {
    "P": frozenset({EntityKind.PERSON}),
    "O": frozenset({EntityKind.ORGANISATION}),
    "L": frozenset({EntityKind.PLACE}),
    "B": frozenset({EntityKind.PLACE, EntityKind.ORGANISATION}),
}


@pytest.fixture(scope="session")
def reading(nlp):
    """A function from a text with its names marked ("[Ana Ruiz]P", "[Acme]O", "[She|Ana Ruiz]P") to a reading."""

    def make(marked, date=None):
        text, mentions, end = "", [], 0
        for match in MARKED.finditer(marked):
            text += marked[end : match.start()]
            begin = len(text)
            text += match["name"]
            mentions.append((TextSpan(begin, len(text)), match["whole"] or match["name"], match["kind"]))
            end = match.end()
        text += marked[end:]
        metadata = (Metadatum("date", date),) if date else ()
        doc = nlp(text)
        entities, references = {}, {}
        for span, name, kind in mentions:
            nominal = text[slice(*span)].islower() or text[slice(*span)] in {"She", "He", "It"}
            key = f"{kind}:{name.casefold()}"
            entity = entities.get(key) or Entity(key, name, KINDS[kind], ())
            if not nominal:
                entity = Entity(key, name, KINDS[kind], (*entity.mentions, Mention(span)))
            entities[key] = entity
            for token in doc:
                if span.begin <= token.idx < span.end:
                    references[token.i] = Reference(key, "pronoun" if nominal else "full name")
        return Reading(Article(text, metadata=metadata), doc, tuple(entities.values()), references)

    return make


@pytest.fixture(scope="session")
def roles(reading):
    """A function from a marked text to its roles as (person, title, organisation, status), in text order."""

    def found(marked, date=None):
        read = reading(marked, date)
        names = {entity.key: entity.name for entity in read.entities} | {None: None}
        return [(names[r.person], r.title, names[r.organisation], r.status) for r in find_roles(read)]

    return found


@pytest.fixture(scope="session")
def relations(reading):
    """A function from a marked text to its relations as (subject, kind, object), in text order."""

    def found(marked):
        read = reading(marked)
        names = {entity.key: entity.name for entity in read.entities}
        return [(names[r.subject], r.kind, names[r.object]) for r in find_relations(read)]

    return found
