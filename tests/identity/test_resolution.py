"""One thing, one node: what joins names of several articles, and what does not."""

from dataclasses import replace
from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from kg.facts import Article, ArticleFacts, DateInterval, Entity, EntityKind, Event, Mention, Metadatum, Role, TextSpan
from kg.identity import IriPolicy, identify

POLICY = IriPolicy()
SPAN = TextSpan(0, 1)


def entity(kind, name, *aliases):
    return Entity(f"{kind}:{name.casefold()}", name, frozenset({EntityKind(kind)}), (Mention(SPAN),), aliases)


def event(name, *, day=None, named=True):
    interval = DateInterval(day, day, "day", day.isoformat(), SPAN) if day else None
    return Event(f"event:{name.casefold()}", name, named, (Mention(SPAN),), date=interval)


def told(text, *entities, events=(), roles=(), published=None):
    metadata = (Metadatum("date", published),) if published else ()
    return ArticleFacts(Article(text, metadata=metadata), entities=entities, events=events, roles=roles)


def iri(identities, facts, key):
    return identities.node(facts.article.sha256, key).iri


def test_one_full_name_in_two_articles_is_one_person():
    one, two = told("a", entity("person", "Amal Haddad")), told("b", entity("person", "Amal  Haddad"))
    found = identify([one, two], POLICY)
    assert iri(found, one, "person:amal haddad") == iri(found, two, "person:amal  haddad")


def test_a_surname_alone_is_never_joined_across_articles():
    one, two = told("a", entity("person", "Haddad")), told("b", entity("person", "Haddad"))
    found = identify([one, two], POLICY)
    assert iri(found, one, "person:haddad") != iri(found, two, "person:haddad")


def test_a_person_and_a_place_of_one_name_stay_two():
    facts = told("a", entity("person", "Paris Jackson"), entity("place", "Paris Jackson"))
    found = identify([facts], POLICY)
    assert iri(found, facts, "person:paris jackson") != iri(found, facts, "place:paris jackson")


def test_a_body_that_an_article_may_take_for_a_person_is_what_other_articles_show_it_to_be():
    known = told("a", entity("organisation", "Selby Water"))
    mistaken = told("b", replace(entity("person", "Selby Water"), lead=1.0))
    placed = told("c", replace(entity("place", "Selby Water"), lead=1.0))
    found = identify([mistaken, known, placed], POLICY)
    node = found.node(known.article.sha256, "organisation:selby water")
    assert node.kind is None
    for facts in (mistaken, placed):
        taken = found.node(facts.article.sha256, facts.entities[0].key)
        assert (taken.iri, taken.label, taken.kind) == (node.iri, node.label, "organisation")
    (link,) = found.links[mistaken.article.sha256, "person:selby water"]
    assert (link.kind, link.object) == ("sameAs", f"{POLICY.base}person/selby-water")
    assert link.reason == "'Selby Water': articles show it to be an organisation, and none shows it to be a person"


def test_things_of_two_kinds_that_articles_show_stay_two_and_a_third_is_neither():
    person, place = told("a", entity("person", "Paris Jackson")), told("b", entity("place", "Paris Jackson"))
    unsure = told("c", replace(entity("organisation", "Paris Jackson"), lead=1.0))
    found = identify([person, place, unsure], POLICY)
    assert len({iri(found, facts, facts.entities[0].key) for facts in (person, place, unsure)}) == 3


def test_who_holds_a_post_is_a_person_however_little_else_the_article_says():
    body = told("a", entity("organisation", "Selby Waters"))
    judge = replace(entity("person", "Selby Waters"), lead=1.0)
    post = Role("role:0", judge.key, "judge", None, SPAN)
    facts = told("b", judge, roles=(post,))
    found = identify([body, facts], POLICY)
    assert iri(found, body, "organisation:selby waters") != iri(found, facts, "person:selby waters")


def test_an_acronym_joins_the_name_that_spells_it_out_and_says_why():
    spelt = told("a", entity("organisation", "Northern Energy Agency", "NEA"))
    bare = told("b", entity("organisation", "NEA"))
    found = identify([bare, spelt], POLICY)
    assert iri(found, bare, "organisation:nea") == iri(found, spelt, "organisation:northern energy agency")
    assert found.node(bare.article.sha256, "organisation:nea").label == "Northern Energy Agency"
    (link,) = found.links[bare.article.sha256, "organisation:nea"]
    assert (link.kind, link.object) == ("sameAs", f"{POLICY.base}organisation/nea")
    assert "spelt out as 'Northern Energy Agency'" in link.reason


def test_an_acronym_that_stands_for_two_names_joins_neither():
    one = told("a", entity("organisation", "Northern Energy Agency", "NEA"))
    two = told("b", entity("organisation", "National Egg Association", "NEA"))
    bare = told("c", entity("organisation", "NEA"))
    found = identify([one, two, bare], POLICY)
    assert len({iri(found, f, f.entities[0].key) for f in (one, two, bare)}) == 3


def test_described_events_of_two_articles_stay_two():
    day = date(2025, 5, 12)
    one, two = (
        told("a", events=(event("the arrest", day=day, named=False),)),
        told("b", events=(event("the arrest", day=day, named=False),)),
    )
    found = identify([one, two], POLICY)
    assert iri(found, one, "event:the arrest") != iri(found, two, "event:the arrest")


def test_a_named_event_without_a_date_joins_the_only_dated_one_of_that_year():
    dated = told("a", events=(event("Harbour Summit", day=date(2025, 5, 12)),), published="2025-05-13")
    undated = told("b", events=(event("Harbour Summit"),), published="2025-06-01")
    other_year = told("c", events=(event("Harbour Summit"),), published="2026-06-01")
    found = identify([undated, other_year, dated], POLICY)
    key = "event:harbour summit"
    assert iri(found, dated, key) == iri(found, undated, key) == f"{POLICY.base}event/harbour-summit-2025-05-12"
    assert iri(found, other_year, key) == f"{POLICY.base}event/harbour-summit-2026"


def test_one_role_written_in_two_ways_is_one_node_with_one_title():
    def article(text, title):
        person, employer = entity("person", "Amal Haddad"), entity("organisation", "Port Office")
        return told(text, person, employer, roles=(Role("role:1", person.key, title, employer.key, SPAN),))

    one, two, three = (
        article("a", "Director-General"),
        article("b", "director general"),
        article("c", "director general"),
    )
    found = identify([one, two, three], POLICY)
    nodes = {found.node(f.article.sha256, "role:1") for f in (one, two, three)}
    assert {(n.iri, n.label) for n in nodes} == {
        (f"{POLICY.base}role/amal-haddad--director-general--port-office", "director general")
    }


names = st.sampled_from(["Amal Haddad", "amal haddad", "NEA", "Northern Energy Agency", "Haddad", "Port Office"])
entities = st.builds(
    lambda kind, name, alias: entity(kind, name, *alias),
    st.sampled_from(["person", "organisation"]),
    names,
    st.sampled_from([(), ("NEA",)]),
)
articles = st.lists(st.lists(entities, max_size=4, unique_by=lambda e: e.key), min_size=1, max_size=5).map(
    lambda lists: [told(f"text {i}", *found) for i, found in enumerate(lists)]
)


@settings(max_examples=60, deadline=None)
@given(articles, st.randoms(use_true_random=False))
def test_the_order_of_the_articles_changes_nothing(all_facts, random):
    shuffled = list(all_facts)
    random.shuffle(shuffled)
    one, other = identify(all_facts, POLICY), identify(shuffled, POLICY)
    assert one.nodes == other.nodes
    assert one.links == other.links
