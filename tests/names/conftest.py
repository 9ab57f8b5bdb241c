"""What the tests of names share: the names and references of a text."""

from __future__ import annotations

import pytest


@pytest.fixture(scope="session")
def names(nlp):
    """A function from a text to its names: what they stand for, their forms, and what each word refers to."""
    from kg.extraction.names import find_entities
    from kg.facts import Article
    from kg.language.pipeline import parse
    from kg.readers.layout import blocks_of

    class Names:
        def __init__(self, text):
            ((article, doc),) = parse(nlp, [Article(text, "test.txt", (), blocks_of(text))])
            self.text, self.doc = article.text, doc
            self.entities, self.references = find_entities(article, doc)
            self.by_key = {entity.key: entity for entity in self.entities}

        def kinds(self):
            """Each name with its kinds: "org+place" for a place that acts."""
            short = {"person": "person", "organisation": "org", "place": "place"}
            return {entity.name: "+".join(sorted(short[kind] for kind in entity.kinds)) for entity in self.entities}

        def forms(self, name):
            """The forms, in order, in which the article writes the thing of that name."""
            (entity,) = [entity for entity in self.entities if entity.name == name]
            return [" ".join(self.text[slice(*mention.span)].split()) for mention in entity.mentions]

        def aliases(self, name):
            (entity,) = [entity for entity in self.entities if entity.name == name]
            return entity.aliases

        def meant_by(self, word, nth=0):
            """The name of what the nth place of the word refers to, None where that is open."""
            places = [token.i for token in self.doc if token.text == word]
            reference = self.references.get(places[nth])
            return self.by_key[reference.key].name if reference else None

    return Names
