"""Whatever the words and names, roles and relations stay within the text and name only what it names."""

import time

from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.tokens import Doc

from kg.extraction.roles import find_relations, find_roles
from kg.extraction.roles.grammar import is_doubtful

TEXT = """President director of the a former ex - , . and [Ana Ruiz]P [Acme Foods]O [Valdoria]L who is heads 's its
deputy ministers Sens . ( ) [AIPA]O elect in chief for foreign affairs Jane son [She|Ana Ruiz]P became named as
since 2019 Vice General team member French resigned to works founded by from 2010 to 2014 until Prime Minister , who"""
WORDS = [
    *TEXT.replace("\n", " ").replace("Ana Ruiz", "Ana_Ruiz").replace("Acme Foods", "Acme_Foods").split(" "),
    "\n\n",
]


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from(WORDS), min_size=1, max_size=25))
def test_any_text(reading, words):
    read = reading(" ".join(words).replace("_", " "), "2025-04-23")
    text, known = read.article.text, {entity.key for entity in read.entities}
    roles, relations = find_roles(read), find_relations(read)
    for role in roles:
        assert 0 <= role.span.begin < role.span.end <= len(text)
        assert role.person in known
        assert role.organisation is None or role.organisation in known
        assert role.title.strip()
    assert len({role.key for role in roles}) == len(roles)
    for relation in relations:
        assert {relation.subject, relation.object} <= known
        assert 0 <= relation.span.begin < relation.span.end <= len(text)


def test_a_sentence_without_an_end_is_read_in_time(nlp):
    size = 400  # clauses "he resigned and", each joined to the one before it
    heads = [head for n in range(size) for head in (3 * n + 1, max(3 * n - 2, 1), 3 * n + 1)]
    deps = ["nsubj", "ROOT", "cc", *["nsubj", "conj", "cc"] * (size - 1)]
    kinds = {"tags": ["PRP", "VBD", "CC"] * size, "pos": ["PRON", "VERB", "CCONJ"] * size}
    clauses = Doc(nlp.vocab, words=["he", "resigned", "and"] * size, heads=heads, deps=deps, **kinds)
    began = time.process_time()
    assert not any(is_doubtful(verb, list(verb.children)) for verb in clauses if verb.pos_ == "VERB")
    assert time.process_time() - began < 2
