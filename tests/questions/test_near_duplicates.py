"""One wire story in several papers is one source: questions, statistics, networks and the Python API count it once."""

import json

import pytest
from pyoxigraph import Literal

import kg
from kg.network.entities import entity_network
from kg.network.projections import who_talks_about_whom
from kg.vocabulary import NIF, NK, RDFS

WIRE = (
    "BERGEN, June 12, 2025 - The Northern Port Office ended the strike in Bergen on Thursday after nine days that had "
    "left four thousand passengers and the fish of two hundred boats on the quay.\n\n"
    "Kari Solberg, the minister of trade, visited the Northern Port Office in Bergen. Solberg said that the Northern "
    "Port Office had shown reason, and that the navy would bring flour and fuel to the villages by the weekend.\n\n"
    "Lorries had queued along the fjord for twelve kilometres, and in the villages behind it neither flour nor fuel "
    "was to be had since the second weekend, and the schools were closed.\n"
)
CUT = WIRE.partition("Lorries")[0]
OTHER = (
    "Kari Solberg has enemies in Bergen. The baker Anna Lie sold nothing for nine days and does not forgive the "
    "minister that she came late.\n\nSolberg said that the Northern Port Office had asked for too much.\n"
)


@pytest.fixture(scope="module")
def build(tmp_path_factory):
    def of(papers):
        folder = tmp_path_factory.mktemp("papers")
        (folder / "papers.jsonl").write_text("".join(json.dumps(line) + "\n" for line in papers))
        return kg.build([folder / "papers.jsonl"], workers=1).graph

    return of


@pytest.fixture(scope="module")
def papers():
    texts = [
        ("Strike Over In Bergen", "Northern Wire", WIRE),
        ("Harbour Breathes Again", "Fjord Post", WIRE),
        ("Minister Visits Dockers", "Evening Sun", CUT),
        ("What The Baker Says", "Bergen Daily", OTHER),
    ]
    return [
        {"text": f"{title}\n\n{text}", "date": f"2025-06-{12 + n}", "publisher": paper, "url": f"https://x.example/{n}"}
        for n, (title, paper, text) in enumerate(texts)
    ]


@pytest.fixture(scope="module")
def graph(build, papers):
    return build(papers)


@pytest.fixture(scope="module")
def alone(build, papers):
    """The same without the copies."""
    return build([papers[0], papers[3]])


def ask(graph, name, **given):
    from kg.queries import question

    return graph.query(question(name).bound(graph, given)).to_dicts()


def test_they_are_listed(graph):
    rows = ask(graph, "near-duplicates")
    assert [(row["publisher"], row["of_publisher"], row["same"]) for row in rows] == [
        ("Fjord Post", "Northern Wire", "100%"),
        ("Evening Sun", "Northern Wire", "99%"),
    ]
    assert [row["publisher"] for row in ask(graph, "near-duplicates", since="2025-06-14")] == ["Evening Sun"]


def test_articles_are_counted_once(graph):
    mentioned = {row["name"]: (row["articles"], row["mentions"]) for row in ask(graph, "most-mentioned")}
    assert mentioned["Kari Solberg"][0] == 2 and mentioned["Northern Port Office"][0] == 2
    copies = {triple.subject for triple in graph.triples(None, NK.nearDuplicateOf)}
    (solberg,) = (t.subject for t in graph.triples(None, RDFS.label, Literal("Kari Solberg")))
    spans = graph.values(solberg, NK.evidence)
    told = [span for span in spans if graph.value(span, NIF.referenceContext) not in copies]
    assert mentioned["Kari Solberg"][1] == len(told) < len(spans)
    in_the_news = ask(graph, "in-the-news", thing="Kari Solberg")
    assert [(row["articles"], row["mentions"]) for row in in_the_news] == [(2, len(told))]
    together = {row["name"]: row["articles"] for row in ask(graph, "mentioned-together", thing="Kari Solberg")}
    assert together["Northern Port Office"] == 2
    (is_in,) = (row["value"] for row in ask(graph, "who-is", thing="Kari Solberg") if row["what"] == "articles")
    assert is_in.startswith("2, ")
    assert next(iter(graph.people("Kari Solberg"))).articles == 2


def test_what_a_copy_repeats_is_said_once(graph):
    (said,) = (row for row in ask(graph, "loudest-voices") if row["name"] == "Kari Solberg")
    assert (said["statements"], said["articles"]) == (2, 2)
    (about,) = (row for row in ask(graph, "who-talks-about-whom") if row["name"] == "Kari Solberg")
    assert about["statements"] == 2
    assert len(graph.statements(speaker="Kari Solberg")) == 4  # each still with its own sentence


def test_statistics_tell_how_many_there_are(graph, tmp_path):
    assert graph.statistics().near_duplicates == 2
    from click.testing import CliRunner

    from kg.cli import cli

    graph.save(tmp_path / "g.ttl")
    done = CliRunner().invoke(cli, ["stats", str(tmp_path / "g.ttl")])
    assert "2  articles that repeat others (independent sources: 2)" in done.output


def test_statistics_leave_out_what_copies_say(graph, alone):
    counted, once = graph.statistics(), alone.statistics()
    assert (counted.facts, counted.statements, counted.doubtful) == (once.facts, once.statements, once.doubtful)
    for kind in ("fact", "statement"):
        assert counted.things[kind] == once.things[kind] > 0
    assert counted.triples > once.triples and counted.things["article"] == once.things["article"] + 2


def test_mentions_are_counted_once_wherever_they_are(graph, alone):
    def counts(of):
        said = {row["value"] for row in ask(of, "who-is", thing="Kari Solberg") if row["what"] == "mentions"}
        (thing,) = of.people("Kari Solberg")
        network = entity_network(of)
        nodes = {node: (data["mentions"], data["articles"]) for node, data in network.nodes(data=True)}
        edges = sorted((a, b, data["kind"], data["evidence"]) for a, b, data in network.edges(data=True))
        return said, thing.mentions, thing.articles, ask(of, "other-names"), nodes, edges

    assert counts(graph) == counts(alone)


def test_networks_count_them_once(graph):
    network = entity_network(graph)
    (solberg,) = (data for _, data in network.nodes(data=True) if data["label"] == "Kari Solberg")
    assert solberg["articles"] == 2
    said = [data for _, _, data in network.edges(data=True) if data["kind"] == "said"]
    assert len({data["content"] for data in said}) == len({(data["content"], data["first"]) for data in said})
    weights = [data["weight"] for _, _, data in who_talks_about_whom(graph).edges(data=True)]
    assert weights == [2]


def test_the_sentences_of_copies_are_told_from_those_of_the_original(graph, tmp_path):
    from click.testing import CliRunner

    from kg.cli import cli

    repeats = {citation.title: citation.repeats for item in graph.why("Kari Solberg") for citation in item.citations}
    assert repeats == {
        "Strike Over In Bergen": None,
        "Harbour Breathes Again": "Strike Over In Bergen",
        "Minister Visits Dockers": "Strike Over In Bergen",
        "What The Baker Says": None,
    }
    graph.save(tmp_path / "g.ttl")
    done = CliRunner().invoke(cli, ["why", str(tmp_path / "g.ttl"), "Kari Solberg"])
    assert "which repeats 'Strike Over In Bergen'" in done.output


def test_the_graph_conforms(graph):
    assert graph.validate().conforms
