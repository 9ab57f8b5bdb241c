"""The smaller networks, and every file that is written of them read again by the program it is for."""

from __future__ import annotations

import csv
import io
import json
import warnings
from datetime import date
from xml.etree import ElementTree

import gexfpy
import networkx
import pytest
from click.testing import CliRunner
from pyoxigraph import Literal, NamedNode, Triple
from xsdata.exceptions import ConverterWarning, ParserError
from xsdata.formats.dataclass.parsers import XmlParser
from xsdata.formats.dataclass.parsers.config import ParserConfig

import kg
from kg.cli import cli
from kg.errors import GraphError
from kg.network import VIEWS, cytoscape, gexf, graphml, neo4j, node_link, to_networkx
from kg.vocabulary import NK, RDF, RDFS

ID = "https://w3id.org/newskg/id/"
GEXF = "{http://www.gexf.net/1.2draft}"


@pytest.fixture(scope="module")
def graph(data_graph):
    return kg.open(data_graph)


def contents(network):
    nodes = sorted((node, sorted(data.items())) for node, data in network.nodes(data=True))
    edges = ((pair if network.is_directed() else sorted(pair), data) for *pair, data in network.edges(data=True))
    return nodes, sorted((*pair, sorted(data.items())) for pair, data in edges)


def small():
    """Two people at two events, one of whom speaks about the other."""
    graph = kg.KnowledgeGraph.create()
    ada, ben, one, two = (NamedNode(f"https://example.org/{name}") for name in ("ada", "ben", "one", "two"))
    statement = NamedNode("https://example.org/s")
    triples = [Triple(node, RDF.type, NK.Person) for node in (ada, ben)]
    triples += [Triple(node, RDF.type, NK.Event) for node in (one, two)]
    triples += [Triple(node, RDFS.label, Literal(node.value[-3:])) for node in (ada, ben, one, two)]
    triples += [Triple(person, NK.attended, event) for person in (ada, ben) for event in (one, two)]
    triples += [Triple(statement, NK.speaker, ada), Triple(statement, NK.about, ben)]
    triples += [Triple(statement, RDF.type, NK.Statement), Triple(statement, NK.polarity, Literal("negative"))]
    graph.add(triples)
    return graph


def test_two_people_who_attended_two_events_are_linked_with_weight_two():
    network = small().to_networkx("co-attendance")
    ((one, other, data),) = network.edges(data=True)
    assert {one[-3:], other[-3:]} == {"ada", "ben"}
    assert data["weight"] == 2
    assert data["events"] == "one | two"


def test_who_talks_about_whom_goes_from_the_speaker_and_counts_what_is_negated():
    ((speaker, subject, data),) = small().to_networkx("who-talks-about-whom").edges(data=True)
    assert (speaker[-3:], subject[-3:]) == ("ada", "ben")
    assert (data["weight"], data["negative"]) == (1, 1)


def test_people_and_organisations_make_two_sides(graph):
    network = graph.to_networkx("person-organisation")
    assert networkx.is_bipartite(network)
    assert {network.nodes[a]["bipartite"] + network.nodes[b]["bipartite"] for a, b in network.edges} == {1}
    edge = network.edges[ID + "person/daren-tang", ID + "organisation/wipo"]
    assert edge["titles"] == "Director General"
    assert edge["evidence"] >= 1
    assert edge["first"] <= edge["last"]


def test_weights_dates_and_evidence_are_on_every_edge_of_a_view(graph):
    for view in VIEWS:
        network = graph.to_networkx(view)
        assert network.number_of_edges() > 3, view
        for *_, data in network.edges(data=True):
            assert data["evidence"] >= 1 or data["articles"] == 0, view
            assert view == "entities" or data["weight"] >= 1
        assert any("first" in data for *_, data in network.edges(data=True)), view


def test_an_unknown_view_is_answered_with_the_nearest(graph):
    with pytest.raises(GraphError, match="did you mean co-attendance"):
        to_networkx(graph, "coattendance")


@pytest.mark.parametrize("view", VIEWS)
def test_files_of_a_view_open_again(graph, view):
    network = graph.to_networkx(view)
    many = network.is_multigraph()
    assert contents(networkx.parse_graphml(graphml(network), force_multigraph=many)) == contents(network)
    data = json.loads(node_link(network))
    assert contents(networkx.node_link_graph(data, edges="edges")) == contents(network)
    back = networkx.cytoscape_graph(json.loads(cytoscape(network)))
    assert set(back) == set(network)
    assert back.number_of_edges() == network.number_of_edges()
    assert {d["label"] for _, d in back.nodes(data=True)} == {d["label"] for _, d in network.nodes(data=True)}


@pytest.mark.parametrize("view", VIEWS)
def test_gexf_is_dynamic_and_as_its_schema_wants_it(graph, view):
    text = gexf(graph.to_networkx(view))
    root = ElementTree.fromstring(text)
    (inside,) = root.findall(GEXF + "graph")
    assert inside.get("mode") == "dynamic" and inside.get("timeformat") == "date"
    declared = {
        (group.get("class"), attribute.get("id")): attribute.get("type")
        for group in inside.findall(GEXF + "attributes")
        for attribute in group
    }
    assert set(declared.values()) <= {"string", "integer", "long", "double", "float", "boolean"}
    nodes = {node.get("id") for node in inside.iter(GEXF + "node")}
    edges = list(inside.iter(GEXF + "edge"))
    assert len({edge.get("id") for edge in edges}) == len(edges)
    assert all({edge.get("source"), edge.get("target")} <= nodes for edge in edges)
    for kind in ("node", "edge"):
        for element in inside.iter(GEXF + kind):
            days = [date.fromisoformat(element.get(end)) for end in ("start", "end") if element.get(end)]
            assert days == sorted(days)
            for value in element.iter(GEXF + "attvalue"):
                assert (kind, value.get("for")) in declared
    assert any(edge.get("start") for edge in edges)
    again = networkx.read_gexf(io.BytesIO(text.encode()))
    assert again.number_of_edges() == len(edges)


@pytest.mark.parametrize("view", VIEWS)
def test_gexf_is_read_by_classes_made_from_its_schema(graph, view):
    network = graph.to_networkx(view)
    text = gexf(network)
    parser = XmlParser(config=ParserConfig(fail_on_unknown_properties=True))
    with warnings.catch_warnings():
        warnings.simplefilter("error")  # a value that its type does not allow is only warned of
        document = parser.from_string(text, gexfpy.Gexf)
        assert len(document.graph.nodes[0].node) == network.number_of_nodes()
        assert len(document.graph.edges[0].edge) == network.number_of_edges()
        for spoilt in (text.replace('mode="dynamic"', 'mode="moving"'), text.replace("<edges>", "<lines/><edges>")):
            assert spoilt != text
            with pytest.raises((ParserError, ConverterWarning)):
                parser.from_string(spoilt, gexfpy.Gexf)


def test_neo4j_tables_have_typed_headings_and_ends_that_exist(graph):
    nodes, edges = (list(csv.DictReader(io.StringIO(text))) for text in neo4j(graph.to_networkx()))
    assert {"id:ID", "label", ":LABEL", "mentions:int"} <= set(nodes[0])
    assert {":START_ID", ":END_ID", ":TYPE", "evidence:int", "confidence:float"} <= set(edges[0])
    assert {node[":LABEL"] for node in nodes} == {"Person", "Organisation", "Place", "Event", "Topic"}
    assert "SPOKE_AT" in {edge[":TYPE"] for edge in edges}
    known = {node["id:ID"] for node in nodes}
    assert all({edge[":START_ID"], edge[":END_ID"]} <= known for edge in edges)


def test_the_command_writes_views_and_refuses_them_for_other_formats(data_graph, tmp_path):
    def run(*arguments, status=0):
        result = CliRunner().invoke(cli, ["export", str(data_graph), *map(str, arguments)])
        assert result.exit_code == status, result.output
        return result

    run("--view", "who-talks-about-whom", "-o", tmp_path / "v.gexf")
    assert networkx.read_gexf(tmp_path / "v.gexf").is_directed()
    run("--neo4j", "-o", tmp_path / "n.csv")
    assert (tmp_path / "n.nodes.csv").read_text().startswith("id:ID,")
    run("-o", tmp_path / "n.cyjs")
    assert json.loads((tmp_path / "n.cyjs").read_text())["elements"]["nodes"]
    assert "is for networks" in run("--view", "co-attendance", "-o", tmp_path / "v.ttl", status=2).stderr
    assert not (tmp_path / "v.ttl").exists()
