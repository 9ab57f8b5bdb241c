"""The rows of the questions: none wrong, none twice, none missing, in a small graph of a lake and its towns."""

from __future__ import annotations

import pytest

import kg
from kg.queries import question

GRAPH = """
@prefix : <https://example.org/id/> .
@prefix nk: <https://w3id.org/newskg/ontology#> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix schema: <https://schema.org/> .
@prefix prov: <http://www.w3.org/ns/prov#> .
@prefix nif: <http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#> .

:monday a nk:Article ; rdfs:label "Lake Post" .
:tuesday a nk:Article ; rdfs:label "Lake Echo" .

:kovel a nk:Person ; rdfs:label "Mira Kovel" ; nk:holdsRole :kovel-left, :kovel-now .
:lindh a nk:Person ; rdfs:label "Bo Lindh" ; nk:holdsRole :lindh-then, :lindh-left, :lindh-now .
:arden a nk:Person ; rdfs:label "Tess Arden" ; nk:holdsRole :arden-one, :arden-two .
:ferry a nk:Organisation ; rdfs:label "Lake Ferry" .
:museum a nk:Organisation ; rdfs:label "Lake Museum" .
:council a nk:Organisation ; rdfs:label "Lake Council" .
:kovel-left a nk:Role ; nk:roleTitle "chair" ; nk:organisation :ferry ; nk:roleStatus "former" .
:kovel-now a nk:Role ; nk:roleTitle "head" ; nk:organisation :museum .
:lindh-then a nk:Role ; nk:roleTitle "director" ; nk:organisation :ferry .
:lindh-left a nk:Role ; nk:roleTitle "Director" ; nk:organisation :ferry ; nk:roleStatus "former" .
:lindh-now a nk:Role ; nk:roleTitle "warden" ; nk:organisation :museum .
:arden-one a nk:Role ; nk:roleTitle "clerk" ; nk:organisation :ferry .
:arden-two a nk:Role ; nk:roleTitle "treasurer" ; nk:organisation :museum .

:lakeland a nk:Place ; rdfs:label "Lakeland" .
:orlo a nk:Place ; rdfs:label "Orlo" ; schema:containedInPlace :lakeland .
:velden a nk:Place ; rdfs:label "Velden" ; schema:containedInPlace :lakeland .
:regatta a nk:Event ; rdfs:label "Lake Regatta" ; nk:place :orlo, :velden .
:race a nk:Event ; rdfs:label "night race" ; nk:place :orlo, :velden ; nk:eventStatus "planned" .
:kovel nk:attended :regatta .
:lindh nk:attended :regatta .
:council nk:hosted :regatta .
:f1 a nk:Fact ; rdf:subject :kovel ; rdf:predicate nk:attended ; rdf:object :regatta ; nk:asRole :kovel-now .
:f2 a nk:Fact ; rdf:subject :kovel ; rdf:predicate nk:attended ; rdf:object :regatta .
:f3 a nk:Fact ; rdf:subject :lindh ; rdf:predicate nk:attended ; rdf:object :regatta ; nk:asRole :lindh-left .
:f4 a nk:Fact ; rdf:subject :council ; rdf:predicate nk:hosted ; rdf:object :regatta .

:smith a nk:Person ; rdfs:label "John Smith" .
:smith-too a nk:Person ; rdfs:label "John Smith" .
:toll a nk:Topic ; rdfs:label "the toll" .
:s1 a nk:Statement ; nk:speaker :smith ; nk:about :toll ; nk:content "the toll is low" ; prov:wasQuotedFrom :monday .
:s2 a nk:Statement ; nk:speaker :smith-too ; nk:about :toll ; nk:content "it is high" ; prov:wasQuotedFrom :monday .

:s3 a nk:Statement ; nk:speaker :arden, :lindh ; nk:content "12 boats sank" ; nk:quantity :q3 ;
    prov:wasQuotedFrom :monday .
:s4 a nk:Statement ; nk:speaker :arden, :lindh ; nk:content "12 boats sank" ; nk:quantity :q4 ;
    prov:wasQuotedFrom :tuesday .
:q3 nk:comparator "=" ; schema:value 12 ; schema:unitText "boats" ; nk:evidence [ nif:anchorOf "12 boats" ] .
:q4 nk:comparator "=" ; schema:value 12 ; schema:unitText "boats" ; nk:evidence [ nif:anchorOf "12 boats" ] .

:s5 a nk:Statement ; nk:speakerText "two officials" ; nk:content "Kovel had warned of ice" ;
    prov:wasQuotedFrom :monday .
:s6 a nk:Statement ; nk:speaker :kovel ; nk:content "of ice" ; nk:nestedIn :s5 ; prov:wasQuotedFrom :monday .
:s7 a nk:Statement ; nk:speaker :arden ; nk:content "a witness saw smoke" ; prov:wasQuotedFrom :monday .
:s8 a nk:Statement ; nk:content "smoke" ; nk:nestedIn :s7 ; prov:wasQuotedFrom :monday .
:s9 a nk:Statement ; nk:speakerText "the town hall" ; nk:content "the quay would be mended" ; nk:modality "unrealised" ;
    nk:speechAct "commitment" ; prov:wasQuotedFrom :monday .
"""


@pytest.fixture(scope="module")
def graph(tmp_path_factory):
    path = tmp_path_factory.mktemp("lake") / "lake.ttl"
    path.write_text(GRAPH, "utf-8")
    return kg.open(path)


def ask(graph, name, *columns, **given):
    return [tuple(row[column] for column in columns) for row in graph.query(question(name).bound(graph, given))]


def test_what_two_of_one_name_say_is_not_added_up(graph):
    assert ask(graph, "who-talks-about-what", "topic", "name", "statements") == [("the toll", "John Smith", 1)] * 2


def test_who_has_left_a_post_does_not_hold_several(graph):
    assert ask(graph, "who-holds-several-posts", "name", "orgs") == [("Tess Arden", "Lake Ferry | Lake Museum")]


def test_an_organisation_meets_others_through_those_who_come_for_it_or_by_itself(graph):
    met = [("Lake Regatta", "Lake Museum", 1), ("Lake Regatta", "Lake Council", 0)]
    assert ask(graph, "which-organisations-met", "event", "org", "people") == met
    assert ask(graph, "which-organisations-met", "event", "org", "people", event="Lake Regatta") == met
    assert ask(graph, "which-organisations-met", "org", organisation="Lake Council") == [("Lake Council",)]
    assert ask(graph, "which-organisations-met", "org", organisation="Lake Ferry") == []


@pytest.mark.parametrize("name, event", [("what-happened", "Lake Regatta"), ("not-happened", "night race")])
@pytest.mark.parametrize("place", ["Lakeland", "Orlo"])
def test_an_event_in_two_towns_of_a_country_is_told_once_for_each(graph, name, event, place):
    rows = ask(graph, name, "event", "place", place=place)
    assert [row for row in rows if row[0] == event] == [(event, "Orlo"), (event, "Velden")]


def test_who_attended_in_a_post_does_not_stand_there_a_second_time_without_it(graph):
    rows = ask(graph, "who-attended", "name", "title", "org")
    assert rows == [
        ("Bo Lindh", "Director", "Lake Ferry"),
        ("Lake Council", None, None),
        ("Mira Kovel", "head", "Lake Museum"),
    ]


@pytest.mark.parametrize("name", ["what-was-said", "which-figures"])
def test_what_two_articles_repeat_is_one_row_a_speaker_and_who_is_asked_for_stands_alone(graph, name):
    boats = {"what-was-said": {"words": "boats"}, "which-figures": {"unit": "boats"}}[name]
    assert ask(graph, name, "name", **boats) == [("Bo Lindh",), ("Tess Arden",)]
    assert ask(graph, name, "name", person="Bo Lindh") == [("Bo Lindh",)]


def test_what_is_second_hand_is_told_whoever_is_not_named(graph):
    assert ask(graph, "second-hand", "said", "via", "content", "depth") == [
        ("Mira Kovel", "two officials", "of ice", 1),
        ("unnamed source", "Tess Arden", "smoke", 1),
    ]
    assert ask(graph, "second-hand", "said", person="Mira Kovel") == [("Mira Kovel",)]


def test_hopes_and_promises_of_unnamed_sources_are_told_too(graph):
    promised = [("the town hall", "commitment", "the quay would be mended")]
    assert ask(graph, "hopes-and-commitments", "name", "act", "content") == promised
    assert ask(graph, "hopes-and-commitments", "name", person="Mira Kovel") == []
