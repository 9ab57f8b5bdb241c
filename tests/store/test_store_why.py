"""Why the graph says something, how much it holds, and what its words are."""

from __future__ import annotations

import re

import pytest
import rdflib
from hypothesis import given
from hypothesis import strategies as st

import kg
from kg.errors import QueryError
from kg.sentences import surroundings
from kg.vocabulary import NAMESPACES, NK, Namespace, ontology_file, prefixes

FORUM = "Global Forum on Intellectual Property Protection and Innovation"


@pytest.fixture(scope="module")
def seed(root):
    return kg.open(root / "tests/gold/seed/graph.ttl")


def test_every_fact_about_a_person_is_shown_with_its_sentence(seed):
    (fact,) = [item for item in seed.why("Wang Binying") if item.predicate == "attended"]
    (citation,) = fact.citations
    assert (fact.kind, fact.subject, fact.value) == ("fact", "Wang Binying", FORUM)
    assert fact.confidence == 1.0
    assert fact.roles == ("Deputy Director General, WIPO (Wang Binying)",)
    assert citation.sentence.startswith("Attendees of the forum included Sune Stampe Sørensen")
    assert citation.date == "2025-04-23"
    assert citation.url == "https://english.cnipa.gov.cn/art/2025/4/14/art_1340_198764.html"
    assert (citation.begin, citation.end) == (3229, 3496)


def test_the_cited_words_are_marked_in_their_sentence(seed, root):
    text = (root / "tests/gold/seed/article.txt").read_bytes().decode()
    for name in ("Xi Jinping", "WIPO", "new quality productive forces", "nk:attended", "Beijing"):
        for item in seed.why(name):
            assert item.citations
            for citation in item.citations:
                begin, end = citation.mark
                assert citation.sentence[begin:end] == citation.words == text[citation.begin : citation.end]
                assert citation.sentence in text


def test_statements_by_and_about_a_thing_are_shown_with_who_passed_them_on(seed):
    said = [item for item in seed.why("Xi Jinping") if item.kind == "statement"]
    assert (said[0].subject, said[0].predicate) == ("Xi Jinping", "has profoundly pointed out")
    assert ("nested in", "Shen Changyu: President Xi Jinping has profoundly pointed out that new …") in said[0].details
    assert {item.subject for item in said} == {"Xi Jinping", "Shen Changyu", "Sun Shuo"}


def test_the_posts_in_an_organisation_are_among_the_facts_about_it(seed):
    held = {(item.subject, item.value) for item in seed.why("WIPO") if item.predicate == "holds role"}
    assert held == {
        ("Daren Tang", "Director General, WIPO (Daren Tang)"),
        ("Wang Binying", "Deputy Director General, WIPO (Wang Binying)"),
    }


@pytest.mark.parametrize(
    "term",
    [
        "topic:intellectual-property",
        "https://w3id.org/newskg/id/topic/intellectual-property",
        "<https://w3id.org/newskg/id/topic/intellectual-property>",
        "intellectual property",
        "Intellectual Property",
        "IP",
        "  ip ",
    ],
)
def test_a_thing_is_found_by_iri_prefixed_name_label_or_other_name(seed, term):
    assert seed.why(term) == seed.why("topic:intellectual-property")


def test_a_name_that_is_not_there_is_answered_with_the_nearest(seed):
    with pytest.raises(QueryError, match=r"nothing called 'Darren Tang' in the graph; did you mean Daren Tang\?"):
        seed.why("Darren Tang")
    with pytest.raises(QueryError, match=r"nothing called 'qqqqqqqq' in the graph$"):
        seed.why("qqqqqqqq")


@pytest.mark.parametrize(
    "address", ["https://paper.example/100%", "https://paper.example/[1]", "https://\ufffd.example"]
)
def test_what_is_no_address_is_called_nothing_in_the_graph(seed, address):
    with pytest.raises(QueryError, match="there is nothing called"):
        seed.why(address)


def test_a_graph_without_provenance_has_no_reasons(tmp_path):
    (tmp_path / "bare.ttl").write_text("<http://a/b> <http://www.w3.org/2000/01/rdf-schema#label> 'Bare' .")
    with pytest.raises(QueryError, match="says nothing about Bare"):
        kg.open(tmp_path / "bare.ttl").why("Bare")


@given(st.text("aB .!?\n\"'é😀\r"), st.data())
def test_the_surroundings_of_words_contain_them_where_they_are_said_to(text, data):
    begin = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(begin, len(text)))
    sentence, (first, last) = surroundings(text, begin, end)
    assert sentence[first:last] == text[begin:end]
    assert sentence in text


def test_a_sentence_ends_at_its_stop_and_not_at_that_of_a_title():
    text = 'He left. "It is late," said J. K. Roe.\n\nNext day it rained.'
    begin = text.index("late")
    assert surroundings(text, begin, begin + 4)[0] == '"It is late," said J. K. Roe.'


@pytest.mark.parametrize(
    ("text", "words", "sentence"),
    [
        (
            "It rained. PORT, Dec. 3, 2024 (Wire) -- A boat sank. All swam.",
            "2024",
            "PORT, Dec. 3, 2024 (Wire) -- A boat sank.",
        ),
        ("It rained. Mr. Oduya sold No. 7. He left.", "Oduya", "Mr. Oduya sold No. 7."),
        ("It rained. The judge, E. M. Varga, left. All rose.", "judge", "The judge, E. M. Varga, left."),
        ("She said no. It rained.", "rained", "It rained."),
        ("It closed in Dec. Then it rained.", "rained", "Then it rained."),
        ("By Prof.\n\nAna Ruiz left.", "left", "Ana Ruiz left."),
        ("Rain.\n\n## Boat sinks off port\n\nAll swam.", "sinks", "Boat sinks off port"),
        ("**Port.** **Ana Ruiz** left.", "left", "**Ana Ruiz** left."),
        ("Boat Sinks Off Port\nAna Ruiz left. All swam.", "Ana", "Ana Ruiz left."),
        ("Boat Sinks Off Port\r\nAna Ruiz left. All swam.", "Sinks", "Boat Sinks Off Port"),
        (
            "It rained. The crew of the boat\nswam to the port. All rose.",
            "swam",
            "The crew of the boat\nswam to the port.",
        ),
        (
            "It rained. Ines Duarte of the\nHarbour Party swam to the port. All rose.",
            "Duarte",
            "Ines Duarte of the\nHarbour Party swam to the port.",
        ),
        ("#hashtag sinks", "sinks", "#hashtag sinks"),
        ("# Boat sinks", "#", "# Boat sinks"),
    ],
)
def test_sentences_are_shown_whole_and_without_the_marks_of_headings(text, words, sentence):
    begin = text.index(words)
    shown, (first, last) = surroundings(text, begin, begin + len(words))
    assert (shown, shown[first:last]) == (sentence, words)


def test_statistics_count_what_is_there(seed):
    counted = seed.statistics()
    assert counted.triples == len(seed) == 1466
    assert (counted.things["person"], counted.things["role"], counted.things["article"]) == (7, 9, 1)
    assert (counted.facts["attended"], counted.facts["spoke at"]) == (6, 3)
    assert counted.statements == {"continued": 10, "indirect": 7}
    assert (counted.first, counted.last) == ("2025-04-14", "2025-04-23")


def test_statistics_of_an_empty_graph_are_zero():
    counted = kg.KnowledgeGraph.create().statistics()
    assert (counted.triples, counted.doubtful, counted.first) == (0, 0, None)
    assert set(counted.things.values()) == {0}


# vocabulary ----------------------------------------------------------------------------------------------------------


def terms_of_the_ontology():
    ontology = rdflib.Graph().parse(ontology_file("ontology.ttl"))
    return {str(s)[len(NK.iri) :] for s in ontology.subjects() if str(s).startswith(NK.iri)}


def test_the_terms_of_the_code_are_those_of_the_ontology():
    assert set(NK.terms) == terms_of_the_ontology()


def test_every_term_used_in_code_queries_and_shapes_is_in_the_ontology(root):
    used = {}
    for path in [*(root / "kg").rglob("*.py"), *(root / "kg").rglob("*.rq"), root / "ontology/shapes.ttl"]:
        text = path.read_text("utf-8")
        for name in re.findall(r"\bNK\.([A-Za-z]+)\b|\bnk:([A-Za-z]+)\b", text):
            used.setdefault(name[0] or name[1], path)
    unknown = {name: str(path) for name, path in used.items() if name not in terms_of_the_ontology() | {"iri", "terms"}}
    assert unknown == {}


def test_the_json_ld_context_names_every_term_of_the_ontology():
    import json

    context = json.loads(ontology_file("context.jsonld").read_text())["@context"]
    named = {d["@id"] if isinstance(d, dict) else d for d in context.values()}
    assert {f"nk:{name}" for name in NK.terms} <= named


def test_a_misspelt_term_is_an_error():
    with pytest.raises(AttributeError, match="nk:atended is not a term"):
        NK.atended  # noqa: B018
    with pytest.raises(KeyError):
        NK["atended"]
    assert NK["attended"] == NK.attended
    assert "attended" in NK


def test_prefixes_follow_the_base():
    assert prefixes("https://news.example/")["person"] == "https://news.example/person/"
    assert len({namespace.prefix for namespace in NAMESPACES}) == len(NAMESPACES)
    assert all(isinstance(namespace, Namespace) for namespace in NAMESPACES)


def test_a_missing_ontology_file_is_named():
    with pytest.raises(kg.KgError, match=r"ontology file nothing\.ttl is missing"):
        ontology_file("nothing.ttl")


def test_importing_the_package_loads_nothing_heavy():
    import subprocess
    import sys

    script = (
        "import sys, kg, kg.cli, kg.vocabulary\n"
        "heavy = {'spacy', 'rdflib', 'pyoxigraph', 'networkx', 'trafilatura', 'pandas', 'rich', 'pyvis', 'numpy'}\n"
        "assert not heavy & set(sys.modules), heavy & set(sys.modules)\n"
        "assert kg.__version__ and set(kg.__all__) <= set(dir(kg))"
    )
    subprocess.run([sys.executable, "-c", script], check=True)


def test_everything_in_the_public_face_is_there():
    for name in kg.__all__:
        assert getattr(kg, name) is not None
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        kg.nothing  # noqa: B018
