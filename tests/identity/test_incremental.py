"""Identity changed article by article is that of the articles that are there, whatever came and went."""

import sqlite3
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.facts import SURE, Metadatum, TextSpan
from kg.identity import IriPolicy, identify
from kg.identity.authority import Authority, Entry
from kg.identity.briefs import brief
from kg.identity.claims import token
from kg.identity.decisions import Decision, Decisions
from kg.identity.evidence import Evidence
from kg.identity.figures import number_of
from kg.identity.pairing import Pairing
from kg.identity.resolution import Resolution

sys.path.insert(0, str(Path(__file__).parents[2] / "benchmarks"))
from identity import article

POLICY = IriPolicy()
BASE = POLICY.base

PEOPLE = [
    "John Smith",
    "J. Smith",
    "Smith",
    "Jon Smith",
    "John A. Smith",
    "Smith John",
    "Jane Smith",
    "Bill Smith",
    "J. R. Quathorne",
    "James Roy Quathorne",
    "John Rob Quathorne",
    "Oleksandr Quathorne",
    "Alexander Quathorne",
    "Pope Francis",
    "Jorge Bergoglio",
]
PEOPLE += ["John Smith Jr.", "Zhivko Sargsyan", "Jivko Sarkisian", "Judge Smith", "Quathorne", "King Orlan"]
PEOPLE += ["President Orlan", "Zed Orlan", "Mr Smith", "Liam Smith", "John A. Smith Obelar"]
BODIES = [
    "NEA",
    "Northern Energy Agency",
    "National Egg Association",
    "N.E.A.",
    "Ministry of Health",
    "Health Ministry",
    "NEGA",
    "Northern Egg Growers Association",
    "Banco Egg",
    "Bank Egg Inc.",
    "Bank Egg PLC",
    "Everton",
    "The Nation",
    "Royal Infirmary",
    "Royal Infirmary Leeds",
    "St Mary's Hospital",
    "Club Deportivo Everton",
    "Trinity College",
]
CONTEXTS = [
    "",
    "director@Port of Dover",
    "director@Port of Dover; o:NEA",
    "striker@Hull City; d:2021-05-01",
    "l:Kenya",
    "l:Chile; p:Jane Roe",
    "mayor@Leeds; p:Jane Roe; d:2020-01-01",
    "minister@Health Ministry; l:Kenya; p:Amal Haddad",
    "d:1900-01-01",
    "p:Amal Haddad; o:Port of Dover",
    "p:John Smith",
    "p:Jane Smith; l:Hull",
    "Kenyan prime minister; l:Leeds",
    "prime minister@Kenya; l:Thailand",
    "l:Pakistan; l:Leeds; o:Port of Dover",
    "king@Jordan; l:London",
    "king@Norway; l:Hull",
    "congressman; l:Ohio; p:Jane Roe",
    "president@Norway; l:Hull; d:1994-05-01",
    "president@Norway; l:Leeds; d:2012-05-01",
    "former president@Norway; d:2020-05-01",
    "defence minister@Norway; d:2012-05-01",
    "foreign minister@Norway; p:Jane Roe; d:2012-05-01",
    "mayor@Ashby; l:Over Vask",
]
told_of = st.one_of(
    st.tuples(st.just("person"), st.sampled_from(PEOPLE), st.sampled_from(CONTEXTS)),
    st.tuples(st.just("organisation"), st.sampled_from(BODIES), st.sampled_from([*CONTEXTS, "=NEA", "=NEA; l:Kenya"])),
    st.tuples(
        st.just("place"),
        st.sampled_from(["Paris", "Pariss", "Czechia", "Georgia"]),
        st.sampled_from(
            [
                "",
                "in:France",
                "in:Texas",
                "l:France",
                "in:Texas; p:Jane Roe",
                "p:Jane Roe",
                "in:United States",
                "l:Atlanta",
                "l:Tbilisi; p:Jane Roe",
            ]
        ),
    ),
    st.tuples(
        st.just("event"),
        st.sampled_from(
            [
                "Port Fair",
                "Fair of the Port",
                "Port Fair 2025",
                "WPF 2025",
                "World Port Fair 2025",
                "Leeds Fair",
                "Rana Plaza collapse",
                "Rana Plaza disaster",
                "Orlan Mill fire",
                "Orlan Mill blaze",
                "Leeds fire",
            ]
        ),
        st.sampled_from(
            [
                "on:2025-03-01",
                "on:2025-03-01/2025-03-09",
                "d:2025-10-01",
                "on:2025-09-01; at:Leeds",
                "on:2025-03-01/2025-03-09; at:Leeds; p:Jane Roe",
                "on:2025-09-01; at:Leeds; o:NEA",
            ]
        ),
    ),
)
DECISIONS = Decisions(
    (
        Decision("same", f"{BASE}person/jon-smith", f"{BASE}person/john-smith", "a", "d, line 2"),
        Decision("different", f"{BASE}person/j-smith", f"{BASE}person/john-smith", "b", "d, line 3"),
        Decision("rename", f"{BASE}organisation/nea", "The Agency", "c", "d, line 4"),
        Decision("same", f"{BASE}organisation/nea", f"{BASE}place/paris", "e", "d, line 5"),
        Decision("same", f"{BASE}person/jane-smith", "https://example.org/9", "f", "d, line 6"),
    )
)
PAPER = "https://paper.example/"
BY_ARTICLE = Decisions(
    (
        Decision("rename", f"{BASE}person/john-smith", "Sir John", "a", "d, line 2", f"{PAPER}1"),
        Decision("same", f"{BASE}person/john-smith", f"{BASE}person/jane-smith", "b", "d, line 3", f"{PAPER}2"),
        Decision("different", f"{BASE}person/john-smith", f"{PAPER}3", "c", "d, line 4"),
        Decision("same", f"{BASE}person/john-smith--hull-city", "https://example.org/9", "d", "d, line 5"),
        Decision("same", f"{BASE}person/jon-smith", "https://example.org/9", "e", "d, line 6"),
        Decision("same", f"{BASE}organisation/nea", f"{BASE}place/paris", "f", "d, line 7", f"{PAPER}4"),
        Decision("rename", f"{BASE}organisation/nea", "The Agency", "g", "d, line 8", f"{PAPER}0"),
        Decision("different", f"{BASE}person/john-smith", "https://example.org/2", "h", "d, line 9", f"{PAPER}5"),
        Decision("rename", f"{BASE}person/smith", "Smithy", "i", "d, line 10", f"{PAPER}6"),
        Decision("same", f"{BASE}person/smith-john", f"{BASE}person/john-smith", "j", "d, line 11"),
        Decision("rename", f"{BASE}person/john-smith--port-of-dover", "Director Smith", "k", "d, line 12"),
    )
)
AUTHORITY = Authority(
    "list",
    [
        Entry("https://example.org/1", ("John Smith",), "person"),
        Entry("https://example.org/1", ("Bill Smith",), "person"),
        Entry("https://example.org/9", ("Jane Smith",)),
        Entry("https://example.org/2", ("Northern Energy Agency",), "organisation"),
        Entry("https://example.org/3", ("Northern Energy Agency",), "organisation"),
    ],
)


def outcome(resolution):
    found = resolution.identities()
    return found.nodes, found.links, found.dates


def from_scratch(facts, decisions=None, authority=None):
    found = identify(facts, POLICY, decisions, authority)
    return found.nodes, found.links, found.dates


def test_a_ruler_is_not_compared_with_itself():
    told = (
        ("John Smith Jr.", "=King Orlan"),
        ("King Orlan", "p:Jane Roe; o:Banco Egg; l:Leeds"),
        ("John Smith Jr.", "p:Bill Roe; o:Banco Egg"),
    )
    facts = [article(str(number), "person", name, beside) for number, (name, beside) in enumerate(told)]
    links = {link for links in identify(facts, POLICY).links.values() for link in links}
    assert links
    assert not any("'King Orlan' and 'King Orlan'" in link.reason for link in links)


def test_the_outcome_is_the_same_however_little_is_at_hand(monkeypatch):
    told = ("p:John Smith; o:NEA; o:Trinity College", "p:John Smith; o:Trinity College", "p:John Smith; p:A. Haddad")
    for day in range(24):
        facts = [article(f"{day} {n}", "person", "Minister Haddad", beside) for n, beside in enumerate(told)]
        with monkeypatch.context() as patch:
            patch.setattr("kg.identity.index.AT_HAND", 20_000)
            expected = identify(facts, POLICY).nodes
            patch.setattr("kg.identity.index.AT_HAND", 1)
            assert identify(facts, POLICY).nodes == expected


@pytest.fixture(autouse=True, params=["as they are", "small"])
def limits(request, monkeypatch):
    """The limits as they are, and so small that a few articles go beyond them."""
    if request.param == "small":
        monkeypatch.setattr("kg.identity.index.CORE", 3)
        monkeypatch.setattr("kg.identity.figures.CORE", 3)
        monkeypatch.setattr("kg.identity.naming.CORE", 3)
        monkeypatch.setattr("kg.identity.parts.CORE", 3)
        monkeypatch.setattr("kg.identity.evidence.FEW", 2)
        monkeypatch.setattr("kg.identity.naming.FEW", 2)
        monkeypatch.setattr("kg.identity.blocking.HUBS", 3)
        for module in ("index", "linking", "resolution", "entries"):
            monkeypatch.setattr(f"kg.identity.{module}.AT_HAND", 1)
        monkeypatch.setattr("kg.identity.blocking.FULL_HUBS", 1)
        monkeypatch.setattr("kg.identity.pairing.FULL_HUBS", 1)
        monkeypatch.setattr("kg.identity.linking.CANDIDATES", 1)
        monkeypatch.setattr("kg.identity.pairing.STANDS_OUT", 1)
        monkeypatch.setattr("kg.identity.pairing.MOST_IMPLIED", 1)
        monkeypatch.setattr("kg.identity.resolution.AT_HAND", 2)
    return request.param


steps = st.lists(
    st.tuples(st.sets(st.integers(0, 15), max_size=5), st.sets(st.integers(0, 15), max_size=4)), max_size=6
)


@settings(max_examples=250, deadline=None)
@given(
    st.lists(told_of, min_size=2, max_size=16),
    steps,
    st.sampled_from([None, DECISIONS, BY_ARTICLE]),
    st.sampled_from([None, AUTHORITY]),
)
def test_what_came_and_went_in_steps_is_as_if_at_once(articles, changes, decisions, authority):
    follow(articles, changes, decisions, authority)


told_beside_acronyms = st.one_of(
    st.tuples(
        st.just("person"),
        st.sampled_from(["J. Tveitan", "Jorun Tveitan"]),
        st.sampled_from(["", "o:NEA; l:Oslo", "o:PTA"]),
    ),
    st.tuples(
        st.just("organisation"),
        st.sampled_from(["Northern Energy Agency", "National Egg Association", "Port Traffic Authority"]),
        st.sampled_from(["", "=NEA; p:Jorun Tveitan; l:Oslo", "=NEA; o:PTA", "=PTA; o:NEA", "p:Jorun Tveitan"]),
    ),
    st.tuples(
        st.just("organisation"),
        st.sampled_from(["NEA", "PTA"]),
        st.sampled_from(["", "o:NEA", "o:PTA", "p:J. Tveitan"]),
    ),
)


@settings(max_examples=150, deadline=None)
@given(st.lists(told_beside_acronyms, min_size=4, max_size=16), steps)
def test_so_it_is_where_acronyms_are_told_of_beside_what_is_compared(articles, changes):
    follow(articles, changes)


told_of_namesakes = st.one_of(
    st.tuples(
        st.just("person"),
        st.just("John Smith"),
        st.sampled_from(
            [
                "",
                "striker@Hull City",
                "striker@Hull City; p:Jane Roe",
                "striker@Hull City; o:NEA",
                "judge@Leeds; d:2020-01-01",
                "judge@Leeds; p:Amal Haddad",
                "director@Port of Dover; p:Amal Haddad",
                "director@Port of Dover; striker@Hull City",
                "p:Jane Roe",
                "p:Amal Haddad",
                "p:Amal Haddad; o:NEA",
            ]
        ),
    ),
    st.tuples(st.just("organisation"), st.just("NEA"), st.sampled_from(["", "l:Kenya", "p:Jane Roe", "p:John Smith"])),
    st.tuples(
        st.just("organisation"),
        st.sampled_from(["Northern Energy Agency", "National Egg Association"]),
        st.sampled_from(["=NEA", "=NEA; l:Kenya", "=NEA; p:Jane Roe", "p:John Smith"]),
    ),
)


@settings(max_examples=200, deadline=None)
@given(
    st.lists(told_of_namesakes, min_size=8, max_size=16),
    steps,
    st.sampled_from([None, BY_ARTICLE]),
    st.sampled_from([None, AUTHORITY]),
)
def test_so_it_is_where_many_articles_tell_of_several_of_one_name(articles, changes, decisions, authority):
    follow(articles, [(set(range(len(articles) - 3)), set()), *changes], decisions, authority)


ANY_KIND = Authority(
    "list", [Entry("https://example.org/9", ("Jane Smith", "John Smith", "Port Fair")), Entry("e:1", ("NEA", "Paris"))]
)
told_of_several_kinds = st.tuples(
    st.sampled_from(["person", "organisation", "place", "event"]),
    st.sampled_from(["Jane Smith", "John Smith", "The John Smith", "John Smith Ltd", "Port Fair", "NEA", "Paris"]),
    st.sampled_from(["", "striker@Hull City; o:NEA", "judge@Leeds; d:2020-01-01", "on:2025-03-01", "l:Kenya"]),
)


@settings(max_examples=200, deadline=None)
@given(st.lists(told_of_several_kinds, min_size=2, max_size=16), steps, st.sampled_from([None, DECISIONS, BY_ARTICLE]))
def test_so_it_is_where_things_of_several_kinds_bear_the_name_of_an_entry(articles, changes, decisions):
    follow(articles, changes, decisions, ANY_KIND)


told_of_unsure_kinds = st.tuples(
    st.sampled_from(["person", "organisation", "place"]),
    st.sampled_from(["Selby Water", "Selby  Water", "The Selby Water", "SELBY WATER", "Selby Water Ltd", "NEA"]),
    st.sampled_from(
        ["", "", "p:Jane Roe", "striker@Hull City; d:2021-05-01", "judge@Leeds; l:Leeds", "in:Hull", "=NEA"]
    ),
    st.sampled_from([1.0, 3.0, SURE]),
)
ABOUT_KINDS = Decisions(
    (
        Decision("rename", f"{BASE}organisation/selby-water", "Selby Waterworks", "a", "d, line 2"),
        Decision("different", f"{BASE}person/selby-water", f"{PAPER}3", "b", "d, line 3"),
        Decision("same", f"{BASE}place/selby-water", f"{BASE}organisation/nea", "c", "d, line 4"),
    )
)


@settings(max_examples=300, deadline=None)
@given(
    st.lists(told_of_unsure_kinds, min_size=2, max_size=16),
    steps,
    st.sampled_from([None, None, ABOUT_KINDS]),
    st.sampled_from(
        [None, None, Authority("list", [Entry("e:1", ("Selby Water",), "person"), Entry("e:2", ("NEA",))])]
    ),
)
def test_so_it_is_where_articles_leave_open_of_what_kind_a_name_is(articles, changes, decisions, authority):
    follow(articles, changes, decisions, authority)


def addressed(number, parts):
    """The facts of an article that has an address; it may leave open of what kind the thing is that it tells of."""
    facts = article(str(number), *parts[:3])
    if parts[3:]:
        open_ = (replace(one, lead=one.lead if one.name != parts[1] else parts[3]) for one in facts.entities)
        facts = replace(facts, entities=tuple(open_))
    url = Metadatum("url", f"{PAPER}{number}")
    return replace(facts, article=replace(facts.article, metadata=(*facts.article.metadata, url)))


def follow(articles, changes, decisions=None, authority=None):
    """Add and remove articles in steps, each compared with what all that are there give at once."""
    facts = [addressed(i, parts) for i, parts in enumerate(articles)]
    resolution = Resolution(sqlite3.connect(":memory:", isolation_level=None), POLICY, decisions, authority)
    present: set[int] = set()
    known: dict[str, object] = {}
    for adding, removing in [*changes, (set(range(len(facts))), set())]:
        gone = {i for i in removing if i in present}
        present -= gone
        new = {i for i in adding if i < len(facts) and i not in present}
        present |= new
        changed = resolution.update(
            [brief(facts[i]) for i in sorted(new)], [facts[i].article.sha256 for i in sorted(gone)]
        )
        wanted = [facts[i] for i in sorted(present)]
        assert outcome(resolution) == from_scratch(wanted, decisions, authority)
        shares = {one.article.sha256: resolution.of_article(one.article.sha256) for one in wanted}
        assert {sha for sha in shares if known.get(sha) != shares[sha]} <= changed
        known = shares


def test_an_article_that_says_who_is_meant_may_come_when_all_else_is_decided():
    order = sorted(range(20), key=lambda i: article(str(i), "person", "John Smith", "").article.sha256)
    told = {i: ("person", "John Smith", ("striker@Hull City", "judge@Leeds")[n % 2]) for n, i in enumerate(order)}
    last = order[-1]
    named = Decision("rename", f"{BASE}person/john-smith", "Judge Smith", "a", "d, line 2", f"{PAPER}{last}")
    follow(
        [told[i] for i in range(20)], [(set(order[:-1]), set()), ({last}, set()), (set(), {last})], Decisions((named,))
    )


def test_what_an_article_has_shown_a_name_to_be_goes_with_it():
    told = [("person", "Selby Water", "", 1.0), ("organisation", "Selby Water", ""), ("place", "Selby Water", "")]
    follow(told, [({0}, set()), ({1}, set()), (set(), {1}), ({1}, set()), ({2}, set()), (set(), {2}), (set(), {0})])


def test_a_family_name_is_joined_when_a_later_article_gives_the_full_name_its_post():
    told = [
        ("person", "John Smith", ""),
        ("person", "Smith", "striker@Hull City"),
        ("person", "John Smith", "striker@Hull City"),
    ]
    facts = [article(str(i), *parts) for i, parts in enumerate(told)]
    resolution = Resolution(sqlite3.connect(":memory:", isolation_level=None), POLICY)
    for one in facts:
        resolution.update([brief(one)])
    assert outcome(resolution) == from_scratch(facts)
    assert resolution.of_article(facts[1].article.sha256).links


def test_what_becomes_frequent_counts_for_those_who_are_told_of_with_its_acronym(monkeypatch):
    monkeypatch.setattr("kg.identity.evidence.FEW", 2)
    monkeypatch.setattr("kg.identity.naming.FEW", 2)
    told = [
        ("person", "J. Tveitan", "o:NEA; l:Oslo"),
        ("organisation", "Northern Energy Agency", "=NEA; p:Jorun Tveitan; l:Oslo"),
        *[("organisation", "Northern Energy Agency", "")] * 2,
    ]
    follow(told, [({0, 1}, set()), ({2}, set()), ({3}, set()), (set(), {2})])


@pytest.mark.parametrize(("rare", "frequent"), [("Jon Smith", "John Smith"), ("John Smith", "Jon Smith")])
def test_two_names_that_all_articles_of_the_rarer_tell_of_are_side_by_side_whichever_is_first(rare, frequent, limits):
    few = 6 if limits == "small" else 70
    told = [("person", rare, f"p:{frequent}")] * few + [("person", frequent, "")] * 5 * few
    resolution = Resolution(sqlite3.connect(":memory:", isolation_level=None), POLICY)
    resolution.fill(brief(article(str(number), *parts)) for number, parts in enumerate(told))
    index = resolution._index
    one, other = (index.figure(number_of(POLICY.entity("person", name))) for name in (rare, frequent))
    pairing = Pairing(index, Evidence(index))
    assert pairing._side_by_side(one, other)
    assert pairing._side_by_side(other, one)


@settings(max_examples=150, deadline=None)
@given(st.lists(st.one_of(told_of, told_of_namesakes), min_size=12, max_size=24), steps)
def test_so_it_is_where_names_are_told_of_by_more_articles_than_decide_about_them(articles, changes):
    follow(articles, changes)


ONE_IRI = [
    ("place", "Najaf", "An Najaf"),
    ("place", "Timor-Leste", "Timor Leste"),
    ("place", "The Hague", "Hague"),
    ("place", "The-Hague", "The The Hague"),
    ("organisation", "The New York Times", "New York Times"),
    ("organisation", "O'Hare Bank", "OHare Bank"),
    ("person", "Anne-Marie Duff", "Anne Marie Duff"),
]


@pytest.mark.parametrize(("kind", "one", "other"), ONE_IRI)
def test_names_of_one_iri_are_counted_as_one(kind, one, other):
    assert POLICY.entity(kind, one) == POLICY.entity(kind, other)
    assert token(kind, one) == token(kind, other)


@pytest.mark.parametrize("at_hand", [1, 100])
@settings(max_examples=100, deadline=None)
@given(
    st.lists(st.sampled_from(["U.S. West", "U S West", "The Hague", "Hague"]), min_size=2, max_size=9),
    st.randoms(use_true_random=False),
)
def test_how_a_name_is_counted_depends_on_no_order(at_hand, told, chance):
    """The first two have one IRI and are counted apart."""
    facts = [article(str(i), "organisation", name, "") for i, name in enumerate(told)]
    chance.shuffle(facts)
    kept = facts[: len(facts) // 2 + 1]
    grown, whole = (Resolution(sqlite3.connect(":memory:", isolation_level=None), POLICY) for _ in range(2))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("kg.identity.resolution.AT_HAND", at_hand)  # with 1, what was seen is forgotten at once
        whole.fill(map(brief, sorted(kept, key=lambda one: one.article.sha256)))
        for one in facts:
            grown.update([brief(one)])
        grown.update([], [one.article.sha256 for one in facts[len(kept) :]])
    names = "SELECT * FROM identity_names ORDER BY number"
    assert grown._index.rows(names) == whole._index.rows(names)


@pytest.mark.parametrize("name", ["Timor-Leste", "Timor Leste", "East Timor"])
def test_names_of_a_country_with_and_without_hyphen_stand_for_one(name):
    assert token("place", name) == "place:east timor"


def test_an_article_that_gives_an_event_the_day_it_has_changes_nothing_for_the_others():
    facts = [article(str(i), "event", "Port Fair", "on:2025-03-01") for i in range(8)]
    for i, one in enumerate(facts):
        date = replace(one.events[0].date, span=TextSpan(i, i + 10))  # each has it elsewhere
        facts[i] = replace(one, events=(replace(one.events[0], date=date),))
    facts.sort(key=lambda one: one.article.sha256, reverse=True)  # each comes before those that are there
    resolution = Resolution(sqlite3.connect(":memory:", isolation_level=None), POLICY)
    resolution.update([brief(one) for one in facts[:4]])
    for one in facts[4:]:
        assert resolution.update([brief(one)]) == {one.article.sha256}
