"""The network of a graph, and the files that other programs open."""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys

import networkx
import pytest
from pyoxigraph import Literal, NamedNode, Triple

import kg
from kg.errors import GraphError
from kg.network import gexf, graphml, node_link, to_networkx, write_network
from kg.vocabulary import NK, RDF, RDFS

ID = "https://w3id.org/newskg/id/"


@pytest.fixture(scope="module")
def network(root):
    return kg.open(root / "tests/gold/seed/graph.ttl").to_networkx()


def contents(network):
    """Everything that two equal networks share."""
    nodes = sorted((node, sorted(data.items())) for node, data in network.nodes(data=True))
    edges = sorted((s, t, str(k), sorted(data.items())) for s, t, k, data in network.edges(keys=True, data=True))
    return nodes, edges


def undated(network):
    """Without the dates that GEXF has beside the attributes, for its timeline."""
    for data in [*(d for _, d in network.nodes(data=True)), *(d for *_, d in network.edges(data=True))]:
        data.pop("start", None)
        data.pop("end", None)
    return network


def test_people_are_linked_to_the_event_they_attended_with_how_often_that_is_written(network):
    edges = network.get_edge_data(
        ID + "person/wang-binying",
        ID + "event/global-forum-on-intellectual-property-protection-and-innovation-2025-03-27",
    )
    assert edges["attended"]["evidence"] == 1
    assert edges["attended"]["articles"] == 1
    assert edges["attended"]["confidence"] == 1.0


def test_a_post_links_the_person_to_the_organisation_with_its_title(network):
    edges = network.get_edge_data(ID + "person/daren-tang", ID + "organisation/wipo").values()
    assert [edge["title"] for edge in edges if edge["kind"] == "holdsRole"] == ["Director General"]


def test_a_statement_links_its_speaker_to_what_it_is_about_with_its_words(network):
    said = [
        data
        for _, target, data in network.out_edges(ID + "person/xi-jinping", data=True)
        if data["kind"] == "said" and target.endswith("topic/new-quality-productive-forces")
    ]
    assert len(said) == 1
    assert said[0]["content"].startswith("new quality productive forces are an advanced form")
    assert said[0]["cue"] == "point out"
    assert said[0]["speechAct"] == "assertion"


def test_nodes_say_what_they_are_and_events_when_they_were(network):
    beijing = network.nodes[ID + "place/beijing"]
    assert (beijing["label"], beijing["kind"], beijing["mentions"]) == ("Beijing", "place", 5)
    forum = network.nodes[ID + "event/global-forum-on-intellectual-property-protection-and-innovation-2025-03-27"]
    assert forum["startDate"] == "2025-03-27"
    kinds = {kind for _, kind in network.nodes(data="kind")}
    assert kinds == {"person", "organisation", "place", "event", "topic"}


def test_every_value_is_plain(network):
    values = [v for _, data in network.nodes(data=True) for v in data.values()]
    values += [v for *_, data in network.edges(data=True) for v in data.values()]
    assert {type(value) for value in values} <= {str, int, float}


def test_the_file_formats_open_again_as_equal_networks(network):
    assert contents(networkx.parse_graphml(graphml(network), force_multigraph=True)) == contents(network)
    assert contents(undated(networkx.read_gexf(io.BytesIO(gexf(network).encode())))) == contents(network)
    assert contents(networkx.node_link_graph(json.loads(node_link(network)), edges="edges")) == contents(network)


def hostile_graph():
    """A graph whose labels hold what breaks XML and spreadsheets."""
    graph = kg.KnowledgeGraph.create()
    person, event = NamedNode(ID + "person/a"), NamedNode(ID + "event/b")
    graph.add(
        [
            Triple(person, RDF.type, NK.Person),
            Triple(person, RDFS.label, Literal('A "quoted" <b>\x0bname\x00</b>\r\nof two lines & ]]> \U0001f600')),
            Triple(event, RDF.type, NK.Event),
            Triple(event, RDFS.label, Literal("=1+1,\u2028'\ufffe")),
            Triple(person, NK.attended, event),
        ]
    )
    return graph


def test_control_characters_in_labels_do_not_make_the_files_unreadable():
    network = to_networkx(hostile_graph())
    label = network.nodes[ID + "person/a"]["label"]
    assert label == 'A "quoted" <b> name\ufffd</b> of two lines & ]]> \U0001f600'
    assert contents(networkx.parse_graphml(graphml(network), force_multigraph=True)) == contents(network)
    read = networkx.MultiDiGraph(networkx.read_gexf(io.BytesIO(gexf(network).encode())))
    assert dict(read.nodes(data=True)) == dict(network.nodes(data=True))


def test_csv_makes_a_table_of_nodes_and_one_of_edges(root, tmp_path, network):
    graph = kg.open(root / "tests/gold/seed/graph.ttl")
    written = write_network(graph, tmp_path / "graph.csv")
    assert [path.name for path in written] == ["graph.nodes.csv", "graph.edges.csv"]
    nodes = list(csv.DictReader(io.StringIO(written[0].read_bytes().decode())))
    edges = list(csv.DictReader(io.StringIO(written[1].read_bytes().decode())))
    assert {row["id"]: row["label"] for row in nodes} == dict(network.nodes(data="label"))
    assert [(row["source"], row["target"], row["kind"]) for row in edges] == [
        (source, target, kind) for source, target, kind in network.edges(data="kind")
    ]


def test_a_statement_about_nothing_is_linked_to_the_event_it_was_made_at():
    graph = hostile_graph()
    statement = NamedNode(ID + "statement/x-1-2")
    graph.add(
        [
            Triple(statement, RDF.type, NK.Statement),
            Triple(statement, NK.speaker, NamedNode(ID + "person/a")),
            Triple(statement, NK.madeAt, NamedNode(ID + "event/b")),
            Triple(statement, NK.content, Literal("all is well")),
        ]
    )
    edges = to_networkx(graph).get_edge_data(ID + "person/a", ID + "event/b")
    assert edges["x-1-2"]["content"] == "all is well"
    assert edges["attended"]["kind"] == "attended"


def test_an_unwritable_place_is_named(root, tmp_path):
    graph = kg.open(root / "tests/gold/seed/graph.ttl")
    with pytest.raises(GraphError, match="nowhere"):
        write_network(graph, tmp_path / "nowhere" / "graph.gexf")


def test_two_tables_are_written_both_or_not_at_all(root, tmp_path):
    graph = kg.open(root / "tests/gold/seed/graph.ttl")
    (tmp_path / "graph.nodes.csv").write_text("old")
    (tmp_path / "graph.edges.csv").mkdir()
    with pytest.raises(GraphError, match=r"graph\.edges\.csv"):
        write_network(graph, tmp_path / "graph.csv")
    assert (tmp_path / "graph.nodes.csv").read_text() == "old"
    assert len(list(tmp_path.iterdir())) == 2


@pytest.mark.parametrize("ending", ["graphml", "gexf", "json", "csv"])
def test_the_files_have_the_same_bytes_whatever_the_hash_seed(root, tmp_path, ending):
    script = (
        "import sys, kg; from pathlib import Path; from kg.network import write_network;"
        "write_network(kg.open(sys.argv[1]), Path(sys.argv[2]))"
    )
    seen = set()
    for seed in ("1", "2"):
        folder = tmp_path / seed
        folder.mkdir()
        source = str(root / "tests/gold/seed/graph.ttl")
        command = [sys.executable, "-c", script, source, str(folder / f"graph.{ending}")]
        subprocess.run(command, check=True, env={**os.environ, "PYTHONHASHSEED": seed})
        seen.add(b"".join(path.read_bytes() for path in sorted(folder.iterdir())))
    assert len(seen) == 1
