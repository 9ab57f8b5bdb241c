"""Graph files: what is saved opens again as the same graph, with the same bytes, or is refused in one line."""

from __future__ import annotations

import gzip
import os
import stat
import string
import subprocess
import sys
import threading
from collections import defaultdict

import pytest
import rdflib
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Quad, Triple

import kg
from kg.errors import GraphError
from kg.store.writing import check_writable, rdf_text
from kg.vocabulary import DEFAULT_BASE, NIF, NK, RDF, RDFS, XSD

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning:rdflib")

ENDINGS = [".ttl", ".trig", ".nt", ".nq", ".jsonld", ".rdf"]
RDFLIB = {".ttl": "turtle", ".nt": "nt", ".jsonld": "json-ld", ".rdf": "xml", ".nq": "nquads", ".trig": "trig"}
A = NamedNode(DEFAULT_BASE + "person/a")
B = NamedNode("https://example.org/with?query=1&x=2#frag,ment")


@pytest.fixture(scope="module")
def seed(root):
    return kg.open(root / "tests/gold/seed/graph.ttl")


def graph_of(*statements):
    graph = kg.KnowledgeGraph.create()
    graph.add(statements)
    return graph


@pytest.mark.parametrize("ending", [*ENDINGS, ".ttl.gz", ".nq.gz", ".xml"])
def test_a_saved_graph_opens_as_the_same_graph(seed, tmp_path, ending):
    seed.save(tmp_path / f"graph{ending}")
    assert set(kg.open(tmp_path / f"graph{ending}")) == set(seed)


@pytest.mark.parametrize("ending", ENDINGS)
def test_rdflib_reads_the_same_graph_from_what_is_saved(seed, tmp_path, ending):
    path = tmp_path / f"graph{ending}"
    seed.save(path)
    read = rdflib.Dataset(default_union=True).parse(path, format=RDFLIB[ending])
    assert {(s, p, o) for s, p, o in read.triples((None, None, None))} == set(seed.to_rdflib())


@pytest.mark.parametrize("ending", ENDINGS)
def test_equal_graphs_give_equal_bytes_in_whatever_order_they_were_made(seed, tmp_path, ending):
    triples = sorted(seed, key=str)
    for name, order in (("a", triples), ("b", reversed(triples))):
        graph = kg.KnowledgeGraph.create()
        for triple in order:
            graph.add([triple])
        graph.save(tmp_path / f"{name}{ending}")
    assert (tmp_path / f"a{ending}").read_bytes() == (tmp_path / f"b{ending}").read_bytes()


def test_the_bytes_do_not_depend_on_the_hash_seed(root, tmp_path):
    script = "import sys, kg\nfor e in sys.argv[3:]: kg.open(sys.argv[1]).save(sys.argv[2] + e)"
    written = defaultdict(set)
    for number in ("1", "2", "3"):
        command = [sys.executable, "-c", script, str(root / "tests/gold/seed/graph.ttl"), str(tmp_path / number)]
        endings = [*ENDINGS, ".ttl.gz"]
        subprocess.run([*command, *endings], check=True, env={**os.environ, "PYTHONHASHSEED": number})
        for ending in endings:
            written[ending].add((tmp_path / f"{number}{ending}").read_bytes())
    assert {ending: len(contents) for ending, contents in written.items()} == dict.fromkeys(endings, 1)


def test_turtle_reads_like_the_hand_made_graph(seed):
    text = rdf_text(seed.quads(), ".ttl", seed.base)
    assert (
        "\nperson:sun-shuo a nk:Person ;\n"
        '    rdfs:label "Sun Shuo" ;\n'
        "    nk:attended event:global-forum-on-intellectual-property-protection-and-innovation-2025-03-27 ;\n"
    ) in text
    assert '"17"^^xsd:nonNegativeInteger' in text
    assert "nk:confidence 1.0 ;" in text
    assert "\nShen noted that President Xi Jinping" in text, "the text of an article stays readable"


TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)
XML_TEXTS = st.text(
    st.characters(exclude_categories=["Cs", "Cc"], include_characters="\t\n\r", exclude_characters="\ufffe\uffff"),
    max_size=30,
)
LANGUAGES = st.sampled_from(["en", "de-ch", "zh-hant-tw", "x-klingon"])
LOCAL_NAMES = st.text(string.ascii_letters + string.digits + "-_.~:éø华'()*,;=&", max_size=12)
NODES = st.builds(
    lambda base, local: NamedNode(base + local),
    st.sampled_from([DEFAULT_BASE + "person/", NK.iri, "urn:x:", "http://example.org/a#", "https://schema.org/"]),
    LOCAL_NAMES,
)
NUMBERS = st.one_of(
    st.integers().map(lambda n: Literal(str(n), datatype=XSD.integer)),
    st.decimals(allow_nan=False, allow_infinity=False, places=4, min_value=-(10**9), max_value=10**9).map(
        lambda d: Literal(format(d, "f"), datatype=XSD.decimal)
    ),
    st.dates().map(lambda d: Literal(d.isoformat(), datatype=XSD.date)),
    st.booleans().map(Literal),
)


def literals(texts):
    plain = st.builds(Literal, texts)
    tagged = st.builds(lambda text, tag: Literal(text, language=tag), texts, LANGUAGES)
    typed = st.builds(lambda text: Literal(text, datatype=NamedNode("https://example.org/type")), texts)
    return st.one_of(plain, tagged, typed, NUMBERS)


def graphs(texts):
    return st.lists(
        st.builds(
            Triple, NODES, NODES.filter(lambda n: "#" in n.value or "/" in n.value), st.one_of(NODES, literals(texts))
        ),
        min_size=1,
        max_size=8,
    )


MANY = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
QUOTES = [
    Triple(A, RDFS.label, Literal(text))
    for text in (
        '"',
        '"""',
        "'''",
        '\\"',
        "\\",
        'a\nb"',
        "\r\n",
        "\r",
        "\t ",
        "",
        "@type",
        "^^",
        "\u2028",
        "😀",
        "\x00\x0b\x7f",
        '"\n"',
    )
]


@pytest.mark.parametrize("ending", [".ttl", ".trig", ".nt", ".nq", ".jsonld"])
@MANY
@given(triples=graphs(TEXTS))
@example(triples=QUOTES)
@example(triples=[Triple(A, RDF.type, RDF.type), Triple(RDF.type, RDF.type, Literal("a"))])
def test_any_text_survives_saving_and_opening(tmp_path, ending, triples):
    graph = graph_of(*triples)
    graph.save(tmp_path / f"any{ending}")
    assert set(kg.open(tmp_path / f"any{ending}")) == set(graph)


@MANY
@given(triples=graphs(XML_TEXTS))
def test_any_text_that_xml_can_carry_survives_rdf_xml_and_rdflib(tmp_path, triples):
    usable = [t for t in triples if t.predicate.value[-1].isalpha() and t.predicate.value[-1].isascii()]
    graph = graph_of(Triple(A, RDFS.label, Literal("a")), *usable)
    graph.save(tmp_path / "any.rdf")
    assert set(kg.open(tmp_path / "any.rdf")) == set(graph)
    assert set(rdflib.Graph().parse(tmp_path / "any.rdf", format="xml")) == set(graph.to_rdflib())


def test_rdf_xml_refuses_what_xml_cannot_carry_and_leaves_no_file(tmp_path):
    graph = graph_of(Triple(A, RDFS.label, Literal("form\x0cfeed")))
    with pytest.raises(GraphError, match="RDF/XML cannot carry a control character"):
        graph.save(tmp_path / "graph.rdf")
    assert list(tmp_path.iterdir()) == []


def test_offsets_keep_their_type_and_decimals_their_point_in_files(tmp_path):
    graph = graph_of(
        Triple(B, NIF.beginIndex, Literal("3", datatype=XSD.nonNegativeInteger)),
        Triple(B, NK.confidence, Literal("1.0", datatype=XSD.decimal)),
    )
    assert rdf_text(graph.quads(), ".nt", graph.base) == (
        f'{B} {NIF.beginIndex} "3"^^{XSD.nonNegativeInteger} .\n{B} {NK.confidence} "1.0"^^{XSD.decimal} .\n'
    )
    assert all(literal.datatype != rdflib.XSD.integer for literal in graph.to_rdflib().objects())


def test_triples_of_named_graphs_are_seen_by_queries_once_and_keep_their_graph(tmp_path):
    first, second = NamedNode("https://example.org/one"), NamedNode("https://example.org/two")
    triple = Triple(A, RDFS.label, Literal("a"))
    (tmp_path / "named.nq").write_text(f"{triple} {first} .\n{triple} {second} .\n")
    graph = kg.open(tmp_path / "named.nq")
    assert [row["n"] for row in graph.query("SELECT (COUNT(*) AS ?n) { ?s rdfs:label ?o }")] == [1]
    assert len(graph) == 1
    graph.save(tmp_path / "again.trig")
    again = kg.open(tmp_path / "again.trig")
    assert {q.graph_name for q in again.quads()} == {first, second}
    graph.save(tmp_path / "merged.ttl")
    assert set(kg.open(tmp_path / "merged.ttl")) == {triple}


def test_blank_nodes_of_other_peoples_graphs_are_kept(tmp_path):
    (tmp_path / "blank.ttl").write_text("[] <http://www.w3.org/2000/01/rdf-schema#label> 'nameless' .")
    graph = kg.open(tmp_path / "blank.ttl")
    (triple,) = graph
    assert isinstance(triple.subject, BlankNode)
    for ending in ENDINGS:
        graph.save(tmp_path / f"out{ending}")
        assert len(kg.open(tmp_path / f"out{ending}")) == 1


def test_the_base_of_the_data_is_known_from_the_graph_itself(tmp_path):
    graph = kg.KnowledgeGraph.create(base="https://news.example/kg/")
    graph.add([Triple(NamedNode("https://news.example/kg/article/a1"), RDF.type, NK.Article)])
    graph.save(tmp_path / "graph.ttl")
    assert "\narticle:a1 a nk:Article" in (tmp_path / "graph.ttl").read_text()
    assert kg.open(tmp_path / "graph.ttl").query("ASK { article:a1 a nk:Article }") is True


def test_adding_is_all_or_nothing():
    graph = graph_of()

    def failing():
        yield Triple(A, RDFS.label, Literal("a"))
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        graph.add(failing())
    assert len(graph) == 0


def test_a_quad_is_added_to_its_graph_and_to_the_merged_layer():
    graph = graph_of(Quad(A, RDFS.label, Literal("a"), NamedNode("https://example.org/one")))
    assert Triple(A, RDFS.label, Literal("a")) in graph
    assert [q.graph_name for q in graph.quads()] == [NamedNode("https://example.org/one")]
    assert {q.graph_name for q in graph.quads(with_names=False)} == {DefaultGraph()}


BAD = {
    "missing.ttl": (None, "no such file"),
    "empty.ttl": (b"", "empty"),
    "blank.nt": (b"\xef\xbb\xbf \n\n", "empty"),
    "binary.ttl": (bytes(range(256)) * 20, "not well-formed"),
    "half.ttl": (b'@prefix nk: <https://w3id.org/newskg/ontology#> .\nnk:a nk:b "never closed', "not well-formed"),
    "page.rdf": (b"<html><body>not RDF<br></body>", "not well-formed"),
    "list.jsonld": (b'{"@context": ', "not well-formed"),
    "remote.jsonld": (b'{"@context": "https://example.org/c.jsonld", "@id": "x:y", "name": "n"}', "not well-formed"),
    "article.txt": (b"On Monday, nothing happened.", "names no RDF format"),
    "cut.ttl.gz": (gzip.compress(b"<a:a> <a:b> <a:c> ." * 500)[:-20], "damaged"),
    "not.ttl.gz": (b"<a:a> <a:b> <a:c> .", "damaged"),
}


@pytest.mark.parametrize("name", BAD)
def test_a_file_that_is_no_graph_is_refused_in_one_line_that_names_it(tmp_path, name):
    content, cause = BAD[name]
    if content is not None:
        (tmp_path / name).write_bytes(content)
    with pytest.raises(GraphError) as refused:
        kg.open(tmp_path / name)
    assert name in str(refused.value)
    assert cause in str(refused.value)
    assert "\n" not in str(refused.value)


def test_a_syntax_error_in_a_graph_file_is_located(tmp_path):
    (tmp_path / "graph.ttl").write_text("<a:a> <a:b> <a:c> .\n<a:a> a: <a:c> .\n")
    with pytest.raises(GraphError, match="line 2"):
        kg.open(tmp_path / "graph.ttl")


def test_what_stood_at_a_place_is_kept_until_the_new_graph_is_whole(seed, tmp_path, monkeypatch):
    path = tmp_path / "graph.ttl"
    path.write_text("precious")
    monkeypatch.setattr("os.fsync", lambda _: (_ for _ in ()).throw(OSError(28, "No space left on device")))
    with pytest.raises(GraphError, match=r"graph\.ttl.*No space left"):
        seed.save(path)
    assert path.read_text() == "precious"
    assert list(tmp_path.iterdir()) == [path]


def test_a_link_is_followed_and_stays(seed, tmp_path):
    (tmp_path / "of").mkdir()
    for name in ("there.nt", "not-yet.nt"):
        (tmp_path / name).symlink_to(tmp_path / "of" / name)
    (tmp_path / "of" / "there.nt").write_text("old")
    for name in ("there.nt", "not-yet.nt"):
        seed.save(tmp_path / name)
        assert (tmp_path / name).is_symlink() and len(kg.open(tmp_path / "of" / name)) == len(seed)
    assert sorted(path.name for path in (tmp_path / "of").iterdir()) == ["not-yet.nt", "there.nt"]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs a named pipe")
def test_what_is_no_file_is_written_to_and_never_replaced(seed, tmp_path):
    os.mkfifo(tmp_path / "pipe.nt")
    (tmp_path / "link.nt").symlink_to(tmp_path / "pipe.nt")
    check_writable(tmp_path / "pipe.nt")
    for name in ("pipe.nt", "link.nt"):
        writing = threading.Thread(target=seed.save, args=(tmp_path / name,))
        writing.start()
        assert (tmp_path / "pipe.nt").read_bytes().count(b"\n") == len(seed)
        writing.join()
        assert stat.S_ISFIFO((tmp_path / "pipe.nt").stat().st_mode)


def test_a_place_that_cannot_be_written_is_named(seed, tmp_path):
    for path in (tmp_path / "nowhere" / "graph.ttl", tmp_path / "graph.doc"):
        with pytest.raises(GraphError, match=str(path)):
            seed.save(path)
    (tmp_path / "folder.ttl").mkdir()
    with pytest.raises(GraphError, match="folder"):
        seed.save(tmp_path / "folder.ttl")


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_without_permission_is_named(seed, tmp_path):
    tmp_path.chmod(0o500)
    with pytest.raises(GraphError, match="permission denied"):
        seed.save(tmp_path / "graph.ttl")


def test_saved_files_have_the_usual_permissions(seed, tmp_path):
    old = os.umask(0o022)
    try:
        seed.save(tmp_path / "graph.ttl")
    finally:
        os.umask(old)
    assert stat.S_IMODE((tmp_path / "graph.ttl").stat().st_mode) == 0o644


@pytest.mark.parametrize("ending", ["ttl", "trig", "nt", "nq", "jsonld", "rdf"])
def test_triples_written_before_the_engine_saw_them_give_the_same_bytes(seed, tmp_path, ending):
    triples = list(seed.triples())
    held, added = kg.KnowledgeGraph.create(), kg.KnowledgeGraph.create()
    held.hold(map(str, [*triples, *triples[:5]]))
    added.add(triples)
    held.save(tmp_path / f"held.{ending}")
    added.save(tmp_path / f"added.{ending}")
    assert (tmp_path / f"held.{ending}").read_bytes() == (tmp_path / f"added.{ending}").read_bytes()
    assert len(held) == len(added) == len(triples)
