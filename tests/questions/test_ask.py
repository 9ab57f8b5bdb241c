"""The questions in the words of Python: what comes back, with the sentence that says it."""

from __future__ import annotations

import dataclasses
from datetime import date

import pytest
from pyoxigraph import Literal, NamedNode, Triple

import kg
from kg.errors import QueryError
from kg.queries import question
from kg.vocabulary import NK, RDF, RDFS, XSD


@pytest.fixture(scope="module")
def graph(root):
    return kg.open(root / "tests/gold/seed/graph.ttl")


def test_statements_of_a_speaker_come_with_their_sentence(graph):
    found = graph.statements(speaker="Daren Tang")
    assert len(found) == 7
    for said in found:
        assert said.speakers == ("Daren Tang",)
        begin, end = said.citation.mark
        assert said.citation.sentence[begin:end] == said.citation.words
        assert said.content.split()[0] in said.citation.sentence


def test_a_second_hand_statement_names_the_one_who_passes_it_on(graph):
    assert {said.via for said in graph.statements(speaker="Xi Jinping")} == {("Shen Changyu",)}


def test_statements_can_be_narrowed_by_topic_act_event_and_time(graph):
    everything = graph.statements()
    about = graph.statements(about="new quality productive forces")
    assert 0 < len(about) < len(everything)
    assert all("new quality productive forces" in said.about for said in about)
    hopes = graph.statements(speech_act="hope")
    assert {said.speech_act for said in hopes} == {"hope"}
    day = {said.day for said in everything}
    assert len(day) == 1
    (when,) = day
    assert graph.statements(since=when, until=when) == everything
    assert graph.statements(since=f"{when.year + 1}") == ()
    assert graph.statements(event="Global Forum on Intellectual Property Protection and Innovation")


def test_roles_of_an_organisation_at_a_day(graph):
    posts = graph.roles(organisation="WIPO", at="2025-12")
    assert [(post.person, post.title) for post in posts] == [
        ("Daren Tang", "Director General"),
        ("Wang Binying", "Deputy Director General"),
    ]
    assert graph.roles(organisation="WIPO", at="1999") == ()
    assert [post.title for post in graph.roles(title="vice mayor")] == ["Vice Mayor"]


def role(status=None, start=None, end=None):
    graph = kg.KnowledgeGraph.create()
    ada, post = NamedNode("https://example.org/ada"), NamedNode("https://example.org/post")
    triples = [
        Triple(ada, RDF.type, NK.Person),
        Triple(ada, RDFS.label, Literal("Ada")),
        Triple(ada, NK.holdsRole, post),
    ]
    for predicate, value in ((NK.startDate, start), (NK.endDate, end)):
        if value:
            triples.append(Triple(post, predicate, Literal(value, datatype=XSD.date)))
    if status:
        triples.append(Triple(post, NK.roleStatus, Literal(status)))
    graph.add(triples)
    return graph


@pytest.mark.parametrize(
    "status, start, end, at, held",
    [
        (None, "2020-01-01", None, "2021", True),
        (None, "2020-01-01", "2020-12-31", "2021-06-01", False),
        (None, "2020-01-01", "2020-12-31", "2020-06-01", True),
        ("former", "2010-01-01", None, "2021", False),
        ("former", "2010-01-01", "2012-01-01", "2011", True),
        ("designate", "2026-01-01", None, "2026-02-01", True),
        ("designate", None, None, "2026-02-01", False),
        (None, None, None, "2021", False),
    ],
)
def test_a_role_is_held_between_its_days(status, start, end, at, held):
    assert bool(role(status, start, end).roles(at=at)) is held


def test_who_is_told_to_have_left_a_post_does_not_hold_it_for_python_either(tmp_path):
    told = {
        "2024-01-01": "Amara Osei, director of the Port Office of Selby, opened a dock. Minister Lena Brandt came.",
        "2025-01-01": "Amara Osei, former director of the Port Office of Selby, opened a museum. Lena Brandt, the "
        "former minister, came, as did Jo Park, former director of the Mill Trust of Orlo.",
        "2023-01-01": "Jo Park, director of the Port Office of Orlo, opened a lock.",
    }
    for day, text in told.items():
        (tmp_path / f"{day}.md").write_text(f"---\ntitle: News\ndate: {day}\n---\n{text}\n", "utf-8")
    graph = kg.build([tmp_path]).graph

    def held(day):
        asked = graph.query(question("posts-at").bound(graph, {"at": day}))
        posts = [(post.person, post.title) for post in graph.roles(at=day)]
        assert posts == [(row["name"], row["title"]) for row in asked]
        return posts

    assert held("2024-06") == [("Amara Osei", "director"), ("Jo Park", "director"), ("Lena Brandt", "Minister")]
    assert held("2025-06") == [("Jo Park", "director")]  # he left another post


def test_events_in_a_place_and_a_period(graph):
    (event,) = [e for e in graph.events(place="Beijing", between=("2025-03", "2025-03")) if e.name.startswith("Global")]
    assert event.start == event.end == date(2025, 3, 27)
    assert ("Daren Tang", "spokeAt") in event.participants
    assert event.part_of == ("Zhongguancun Forum Annual Conference",)
    assert event.citation
    assert graph.events(between=("1990", "1991")) == ()
    assert event in graph.events(participant="Sun Shuo")


def test_people_have_names_and_mentions(graph):
    (tang,) = graph.people("Tang")
    assert (tang.name, tang.classes, tang.articles) == ("Daren Tang", ("Person",), 1)
    assert tang.mentions >= 1
    assert [person.name for person in graph.people()] == sorted(person.name for person in graph.people())
    assert "WIPO" in [body.name for body in graph.organisations()]
    assert graph.places("Beijing") and graph.topics()


def test_an_unknown_name_is_answered_with_the_nearest(graph):
    with pytest.raises(QueryError, match="did you mean Daren Tang"):
        graph.statements(speaker="Darren Tang")
    with pytest.raises(QueryError, match="is not a date"):
        graph.roles(at="yesterday")


def test_records_cannot_be_changed_and_become_a_data_frame(graph):
    found = graph.statements(speaker="Daren Tang")
    with pytest.raises(dataclasses.FrozenInstanceError):
        found[0].content = "other"
    frame = found.to_dataframe()
    assert list(frame["speakers"].unique()) == ["Daren Tang"]
    assert {"sentence", "article", "cited_begin", "cited_end"} <= set(frame.columns)
    assert "spokeAt Daren Tang" in graph.events(place="Beijing").to_dataframe()["participants"].iloc[0]
    assert graph.statements(since="2099").to_dataframe().empty
