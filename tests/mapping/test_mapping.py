"""Facts to triples: what the graph says of a small article, and what the build refuses."""

from collections import defaultdict
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, RdfFormat, Store, Triple, parse

from kg.errors import EvidenceError
from kg.facts import (
    Article,
    ArticleFacts,
    Attribution,
    DateInterval,
    Entity,
    EntityKind,
    Event,
    Mention,
    Metadatum,
    Participation,
    Quantity,
    Role,
    Statement,
    TextSpan,
    Topic,
)
from kg.identity import IriPolicy, identify
from kg.mapping import Triples, article_triples, certain_spans, check_evidence, run_triples, span_triples
from kg.mapping.terms import literal
from kg.vocabulary import DCTERMS, NIF, NK, PREFIXES, RDF, RDFS, SCHEMA, ontology_file

TEXT = (
    'Amal Haddad, head of the Port Office, opened the Harbour Summit in Oslo on May 12. "Trade grew by more than 40%," '
    "Haddad said, adding that the Port Office hopes to build cranes (CRA). Two officials agreed."
)


def span(words, nth=1):
    begin = -1
    for _ in range(nth):
        begin = TEXT.index(words, begin + 1)
    return TextSpan(begin, begin + len(words))


def attribution(content, source, cue, lemma, **more):
    return Attribution(
        content=tuple(span(c) for c in content),
        source=source and span(*source),
        cue=cue and span(cue),
        cue_lemma=lemma,
        quote_type=more.pop("quote_type", "indirect"),
        speech_act="assertion",
        evidence=span('"Trade grew by more than 40%," Haddad said'),
        **more,
    )


@pytest.fixture
def facts():
    haddad = Entity(
        "person:amal haddad",
        "Amal Haddad",
        frozenset({EntityKind.PERSON}),
        (Mention(span("Amal Haddad")), Mention(span("Haddad", 2), "surname of 'Amal Haddad'")),
    )
    office = Entity(
        "organisation:port office",
        "Port Office",
        frozenset({EntityKind.ORGANISATION}),
        (Mention(span("Port Office")), Mention(span("Port Office", 2))),
    )
    oslo = Entity("place:oslo", "Oslo", frozenset({EntityKind.PLACE}), (Mention(span("Oslo")),))
    day = date(2025, 5, 12)
    summit = Event(
        "event:harbour summit",
        "Harbour Summit",
        True,
        (Mention(span("Harbour Summit")),),
        type="meeting",
        date=DateInterval(day, day, "day", "May 12", span("May 12"), ("year",)),
        place=oslo.key,
        evidence=(("date", TextSpan(0, 82)), ("place", TextSpan(0, 82))),
    )
    role = Role(
        "role:1", haddad.key, "head", office.key, span("Amal Haddad, head of the Port Office"), reason="apposition"
    )
    outer = Statement(
        attribution(["Trade grew by more than 40%"], ("Haddad", 2), "said", "say", quote_type="direct"),
        speaker=haddad.key,
        made_at=summit.key,
        role=role.key,
        quantities=(Quantity(Decimal("40"), "%", "gt", span("more than 40%")),),
        about=("topic:cranes",),
    )
    added = Statement(
        attribution(["the Port Office hopes to build cranes"], ("Haddad", 2), "adding", "add"), speaker=haddad.key
    )
    hope = Statement(
        attribution(["to build cranes"], ("Port Office", 2), "hopes", "hope", modality="unrealised"),
        speaker=office.key,
        nested_in=1,
    )
    unnamed = Statement(
        attribution(["Two officials agreed"], None, "agreed", "agree"), speaker=None, speaker_text="Two officials"
    )
    return ArticleFacts(
        Article(TEXT, "harbour.txt", (Metadatum("date", "2025-05-13", origin="field 'date'"),)),
        entities=(haddad, office, oslo),
        topics=(Topic("topic:cranes", "cranes", (Mention(span("cranes")), Mention(span("CRA"), "acronym")), ("CRA",)),),
        events=(summit,),
        roles=(role,),
        participations=(Participation(haddad.key, "hosted", summit.key, TextSpan(0, 82), (role.key,)),),
        statements=(outer, added, hope, unnamed),
        about=((summit.key, span("Harbour Summit")),),
    )


def parsed(lines):
    """Lines without the full stop at the end, as triples."""
    return [quad.triple for quad in parse("".join(f"{line} .\n" for line in lines), format=RdfFormat.N_TRIPLES)]


@pytest.fixture
def triples(facts):
    policy = IriPolicy()
    run, description = run_triples(policy, "newskg 0", "test 1")
    return parsed([*description, *article_triples(facts, identify([facts], policy), policy, run)])


@pytest.fixture
def ask(triples):
    store = Store()
    from pyoxigraph import Quad

    store.extend(Quad(*t) for t in triples)

    def select(query):
        return sorted(tuple(v.value for v in row) for row in store.query(query, prefixes=PREFIXES))

    return select


def test_who_did_what_as_what(ask):
    assert ask(
        """SELECT ?who ?title ?org ?event { ?f rdf:subject ?p ; rdf:predicate nk:hosted ; rdf:object ?e ; nk:asRole ?r .
        ?p rdfs:label ?who . ?r nk:roleTitle ?title ; nk:organisation/rdfs:label ?org . ?e rdfs:label ?event }"""
    ) == [("Amal Haddad", "head", "Port Office", "Harbour Summit")]


def test_when_and_where_and_how_sure(ask):
    assert ask(
        """SELECT ?d ?words ?inferred ?place { ?e nk:startDate ?d ; nk:dateText ?words ; nk:dateInferred ?inferred ;
        nk:place/rdfs:label ?place }"""
    ) == [("2025-05-12", "May 12", "year", "Oslo")]


def test_who_said_what_through_whom(ask):
    assert ask(
        """SELECT ?who ?content ?outer { ?s nk:speaker/rdfs:label ?who ; nk:content ?content ;
        nk:nestedIn/nk:speaker/rdfs:label ?outer }"""
    ) == [("Port Office", "to build cranes", "Amal Haddad")]


def test_an_unnamed_source_keeps_its_words(ask):
    assert ask("SELECT ?t { ?s nk:speakerText ?t FILTER NOT EXISTS { ?s nk:speaker ?p } }") == [("Two officials",)]


def test_an_article_mentions_each_thing_that_has_a_mention_in_it(ask):
    assert ask("SELECT ?t { ?a a nk:Article ; schema:mentions/rdfs:label ?t }") == [
        ("Amal Haddad",),
        ("Harbour Summit",),
        ("Oslo",),
        ("Port Office",),
        ("cranes",),
    ]


def test_statements_are_quoted_from_their_article_and_counted_there_like_the_facts(ask):
    assert len(ask("SELECT ?s { ?s a nk:Statement ; prov:wasQuotedFrom/a nk:Article }")) == 4
    facts = len(ask("SELECT ?f { ?f a nk:Fact }"))
    assert facts > 5
    assert ask("SELECT ?s ?f { ?a nk:statementCount ?s ; nk:factCount ?f }") == [("4", str(facts))]


def test_things_that_are_one_are_mentioned_once(facts):
    policy = IriPolicy()
    run, _ = run_triples(policy, "newskg 0", "test 1")
    again = replace(facts.entities[2], key="place:oslo again")
    triples = article_triples(
        replace(facts, entities=(*facts.entities, again)),
        identify([replace(facts, entities=(*facts.entities, again))], policy),
        policy,
        run,
    )
    mentions = {line for line in triples.own if SCHEMA.mentions.value in line and "/place/" in line}
    assert len(mentions) == 1


def test_quantities_topics_and_reasons(ask):
    assert ask("SELECT ?v ?u ?c { ?s nk:quantity [ schema:value ?v ; schema:unitText ?u ; nk:comparator ?c ] }") == [
        ("40", "%", "gt")
    ]
    assert ask("SELECT ?t { ?t a nk:Topic ; skos:altLabel 'CRA' . ?s nk:about ?t }") != []
    assert ("surname of 'Amal Haddad'",) in ask("SELECT ?r { ?span nk:reason ?r ; nif:anchorOf 'Haddad' }")


def test_metadata_that_the_text_does_not_show_names_its_origin(ask):
    assert ask("SELECT ?o { ?a schema:datePublished '2025-05-13'^^xsd:date ; nk:metadataOrigin ?o }") == [
        ("schema:datePublished: field 'date'",)
    ]


def test_the_graph_conforms_to_its_shapes_and_has_no_blank_node(triples):
    import pyshacl
    import rdflib

    data = "\n".join(f"{t.subject} {t.predicate} {t.object} ." for t in triples)
    assert "_:" not in data.replace(TEXT, "")
    conforms, _, report = pyshacl.validate(
        rdflib.Graph().parse(data=data, format="nt"),
        shacl_graph=rdflib.Graph().parse(ontology_file("shapes.ttl")),
        ont_graph=rdflib.Graph().parse(ontology_file("ontology.ttl")),
        allow_warnings=True,
    )
    assert conforms, report


def changed(triples, predicate, old, new):
    found = [t for t in triples if t.predicate == predicate and t.object.value == old]
    assert found
    return [Triple(t.subject, t.predicate, new) if t in found else t for t in triples]


def as_mapped(triples):
    """The triples of an article as the mapping hands them on, in lines."""
    spans = defaultdict(list)
    for t in triples:
        if t.predicate != NK.reason:
            spans[t.subject].append(str(t))
    spans = {s: " .\n".join(lines) for s, lines in spans.items() if "#char=" in s.value}
    return Triples(list(spans.values()), [str(t) for t in triples if t.subject not in spans])


@pytest.mark.parametrize(
    ("predicate", "old", "new"),
    [
        (NIF.anchorOf, "Oslo", "Bergen"),
        (NIF.endIndex, str(len("Amal Haddad")), "5000"),
        (NK.content, "to build cranes", "to build ships"),
    ],
)
def test_a_citation_that_does_not_hold_is_refused(facts, triples, predicate, old, new):
    check_evidence(facts.article, as_mapped(triples))
    datatype = {"datatype": NamedNode(PREFIXES["xsd"] + "nonNegativeInteger")} if predicate == NIF.endIndex else {}
    with pytest.raises(EvidenceError, match=r"harbour\.txt"):
        check_evidence(facts.article, as_mapped(changed(triples, predicate, old, Literal(new, **datatype))))


def test_a_citation_of_a_span_that_nothing_describes_is_refused(facts, triples):
    mapped = as_mapped(triples)
    with pytest.raises(EvidenceError, match=r"harbour\.txt: a citation of .* has no characters"):
        check_evidence(facts.article, replace(mapped, spans=mapped.spans[1:]))


def graph_of(*all_facts):
    policy = IriPolicy()
    run, _ = run_triples(policy, "newskg 0", "test 1")
    identities = identify(all_facts, policy)
    return set(parsed(line for facts in all_facts for line in article_triples(facts, identities, policy, run)))


def objects(triples, predicate):
    return sorted(t.object.value for t in triples if t.predicate == predicate)


def test_a_place_that_speaks_is_an_organisation_too(facts):
    oslo = facts.entities[2]
    hope = replace(facts.statements[2], speaker=oslo.key, nested_in=None)
    triples = graph_of(replace(facts, statements=(hope,)))
    (place,) = {t.subject for t in triples if t.predicate == RDFS.label and t.object.value == "Oslo"}
    assert {t.object for t in triples if t.subject == place and t.predicate == RDF.type} == {NK.Place, NK.Organisation}


def test_what_other_articles_show_to_be_a_body_is_of_no_other_class(facts):
    person = replace(facts.entities[1], key="person:port office", kinds=frozenset({EntityKind.PERSON}), lead=1.0)
    other = replace(facts, article=Article(TEXT + " ", "other.txt"), entities=(person,), roles=(), participations=())
    other = replace(other, topics=(), events=(), statements=(), relations=(), about=())
    triples = graph_of(facts, other)
    (office,) = {t.subject for t in triples if t.predicate == RDFS.label and t.object.value == "Port Office"}
    assert {t.object for t in triples if t.subject == office and t.predicate == RDF.type} == {NK.Organisation}


def test_a_range_is_two_quantities_of_one_span(facts):
    (quantity,) = facts.statements[0].quantities
    both = (replace(quantity, comparator="ge"), replace(quantity, comparator="le", value=Decimal(60)))
    triples = graph_of(replace(facts, statements=(replace(facts.statements[0], quantities=both),)))
    assert objects(triples, NK.comparator) == ["ge", "le"]
    assert objects(triples, SCHEMA.value) == ["40", "60"]
    assert len({t.object for t in triples if t.predicate == NK.quantity}) == 2


def test_a_role_has_one_employer_though_articles_take_its_name_for_two_things(facts):
    office = replace(facts.entities[1], key="place:port office", kinds=frozenset({EntityKind.PLACE}))
    other = replace(
        facts,
        article=Article(TEXT + " ", "other.txt"),
        entities=(facts.entities[0], office, facts.entities[2]),
        roles=(replace(facts.roles[0], organisation=office.key),),
        statements=(),
    )
    triples = graph_of(facts, other)
    assert len({t.object for t in triples if t.predicate == NK.organisation}) == 1


@pytest.mark.parametrize("url", ["http://a:port/", "ftp://paper.example/1", "paper.example/1", "http://paper example/"])
def test_an_address_that_is_none_is_left_out(facts, url):
    article = replace(facts.article, metadata=(Metadatum("url", url, origin="field 'url'"),))
    assert objects(graph_of(replace(facts, article=article)), DCTERMS.source) == []


def test_an_address_that_looks_like_a_citation_is_an_address(facts):
    url = "https://paper.example/1#char=0,5"
    article = replace(facts.article, metadata=(Metadatum("url", url, origin="field 'url'"),))
    assert objects(graph_of(replace(facts, article=article)), DCTERMS.source) == [url]


@given(st.text())
@example('\u2028"\\\x85\xa0\x7f\ufeff\ufffe\t\r\n')
def test_a_text_is_written_as_the_engine_writes_it(text):
    assert literal(text) == str(Literal(text))


def test_the_spans_described_first_and_the_rest_are_the_whole(facts):
    policy = IriPolicy()
    run, _ = run_triples(policy, "newskg 0", "test 1")
    identities = identify([facts], policy)
    whole = article_triples(facts, identities, policy, run)
    rest = article_triples(facts, identities, policy, run, certain_spans(facts))
    first = [line for span in span_triples(facts, policy) for line in span.split(" .\n")]
    assert len(first) > 50
    assert not set(first) & set(rest)
    assert {*first, *rest} == set(whole)


def test_what_is_shared_may_be_said_by_other_articles(facts):
    policy = IriPolicy()
    run, _ = run_triples(policy, "newskg 0", "test 1")
    triples = article_triples(facts, identify([facts], policy), policy, run)
    owned = tuple(f"<{policy.base}{kind}/" for kind in ("article", "fact", "statement", "quantity"))

    def is_own(line):
        subject, _, value = line.split(" ", 2)
        return subject.startswith(owned) or value.startswith(owned[0])

    assert all(map(is_own, triples.own))
    assert triples.shared
    assert not any(map(is_own, triples.shared))
