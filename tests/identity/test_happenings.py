"""Events that articles describe and do not name: retellings of one are one node, two of a kind are two."""

import sqlite3
import sys
from itertools import permutations
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.identity import IriPolicy, identify
from kg.identity.briefs import brief
from kg.identity.decisions import Decision, Decisions
from kg.identity.resolution import Resolution

sys.path.insert(0, str(Path(__file__).parents[2] / "benchmarks"))
from identity_happenings import HELD_OUT, PAIRS, article, outcome, pairs

POLICY = IriPolicy()
MILL = "A {fire} at a mill in <l:Brackwater> hurt two, said <p:Nora Tindall> of the <o:Brackwater Fire Brigade>."
BLAZE = "Two were hurt when a {blaze} broke out at the mill, the <o:Brackwater Fire Brigade> of <l:Brackwater> said."
SCHOOL = "A {fire} at a school in <l:Brackwater> was put out, said <p:Nora Tindall>, <o:Brackwater Fire Brigade>."
FOURTH, SEVENTH = "on:2025-03-04; at:Brackwater", "on:2025-03-07; at:Brackwater"


def found_of(*told, decisions=None):
    facts = [article(str(n), "accident", *parts) for n, parts in enumerate(told)]
    found = identify(facts, POLICY, decisions)
    return found, [found.node(one.article.sha256, "event:told").iri for one in facts]


def links(found, kind):
    return [link for items in found.links.values() for link in items if link.kind == kind and "/event/" in link.object]


def test_no_two_events_are_joined_wrongly_and_few_retellings_are_missed():
    wrong, missed = [], []
    rows = [*pairs(PAIRS), *pairs(HELD_OUT)]
    for number, (wanted, kind, text, says, other_text, other_says, why) in enumerate(rows):
        one, other = article(f"{number} a", kind, text, says), article(f"{number} b", kind, other_text, other_says)
        got = outcome(identify([one, other], POLICY), one, other)
        assert got == outcome(identify([other, one], POLICY), one, other)
        if wanted == "same" and got != "same":
            missed.append(why)
        if wanted != "same" and got == "same":
            wrong.append(why)
    assert not wrong
    assert len(missed) <= 0.15 * sum(row[0] == "same" for row in rows), missed


def test_the_iris_of_the_others_stay_and_the_reason_is_in_words():
    found, iris = found_of((MILL, FOURTH), (BLAZE, "on:2025-03-04"), (SCHOOL, SEVENTH))
    assert iris[0] == iris[1] != iris[2]
    (link,) = links(found, "sameAs")
    assert link.subject == iris[0] and link.object != iris[0]
    assert "one kind of event on 2025-03-04" in link.reason and "'Brackwater Fire Brigade'" in link.reason
    assert 0.5 < link.confidence < 1


def test_the_order_of_articles_does_not_matter():
    told = [(MILL, FOURTH), (BLAZE, "on:2025-03-04"), (SCHOOL, SEVENTH), (MILL + " It rained.", FOURTH)]
    facts = [article(str(n), "accident", *parts) for n, parts in enumerate(told)]
    outcomes = [identify(order, POLICY) for order in permutations(facts)]
    assert all((one.nodes, one.links) == (outcomes[0].nodes, outcomes[0].links) for one in outcomes)


def test_one_that_fits_two_events_of_an_article_is_joined_to_neither():
    two = article("0", "accident", MILL, FOURTH + "; also:")
    other = article("1", "accident", BLAZE, "on:2025-03-04")
    assert outcome(identify([two, other], POLICY), two, other) != "same"


def test_two_days_in_one_group_are_never_joined_by_a_third():
    words = MILL + " Smoke drifted over the river and both of the bridges were closed until the late evening."
    _, iris = found_of((words, FOURTH), (words, "d:2025-03-05"), (words, SEVENTH))
    assert iris[0] != iris[2]


def test_a_decision_keeps_retellings_apart_and_joins_what_is_not_sure():
    _, (one, other) = found_of((MILL, FOURTH), ("The {fire} in <l:Brackwater> is out.", FOURTH))
    assert one != other
    same = Decisions((Decision("same", one, other, "the same street", "d, line 2"),))
    assert len(set(found_of((MILL, FOURTH), ("The {fire} in <l:Brackwater> is out.", FOURTH), decisions=same)[1])) == 1
    found, _ = found_of((MILL, FOURTH), (BLAZE, "on:2025-03-04"))
    (link,) = links(found, "sameAs")
    apart = Decisions((Decision("different", link.subject, link.object, "two mills", "d, line 2"),))
    assert len(set(found_of((MILL, FOURTH), (BLAZE, "on:2025-03-04"), decisions=apart)[1])) == 2


IN_SELBY = "on:2026-03-03; at:Selby"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("on 3 March 2026, when a stove fell over", "on 3 March 2026, when lightning struck"),
        ("on 3 March 2026 after a stove fell over", "on 3 March 2026 after lightning struck"),
        ("on March 3 firefighters from Ormsby said", "on March 3 firefighters put it out"),
        ("at 7 p.m. as bread was baked", "at 7 p.m. as lightning struck"),
        ("near Carl Berg, 34, neighbours said", "near Ida Moe, 34, neighbours heard"),
        ("and cost 40 euros", "and cost the farmer 40 euros"),
        ("and $20 notes burned", "though $20 notes were saved"),
        ("on Route 9 drivers said", "along Route 9 drivers slowed down"),
        ("as a baker was on his way to work", "as a farmer had just finished work"),
        ("near <p:Carl Berg>, who works as a baker", "near a cow of <p:Ida Moe>; <p:Ida Moe> works late"),
    ],
)
def test_a_year_a_time_an_age_money_and_work_say_nothing_of_which_fire_it_is(one, other):
    told = [(f"A {{fire}} broke out in <l:Selby> {words}.", IN_SELBY) for words in (one, other)]
    assert len(set(found_of(*told)[1])) == 2


@pytest.mark.parametrize(
    ("one", "other", "reason"),
    [
        ("and hurt two firefighters", "in which 2 firefighters were hurt", "'2 firefighter'"),
        ("from which 1,200 people fled", "before 1,200 people could flee", "'1200 people'"),
        ("at the chemical works", "that destroyed a factory", "one kind of site (factory)"),
    ],
)
def test_what_is_counted_and_the_kind_of_site_say_which_fire_it_is(one, other, reason):
    found, iris = found_of(*((f"A {{fire}} broke out in <l:Selby> {words}.", IN_SELBY) for words in (one, other)))
    assert iris[0] == iris[1]
    assert reason in links(found, "sameAs")[0].reason


TEXTS = [
    MILL,
    BLAZE,
    SCHOOL,
    "The {accident} in <l:Brackwater> worried <p:Owen Pellar>.",
    "A {crash} near <l:Brackwater> hurt six, the <o:Brackwater Fire Brigade> said, <p:Nora Tindall> too.",
    "A {fire} at the mill in <l:Tolven> hurt two, said <p:Nora Tindall> of the <o:Brackwater Fire Brigade>.",
]
SAYS = ["on:2025-03-04", "on:2025-03-07", "on:2025-03-04; also:", "", "d:2025-04-01", "on:2025-03-04; status:planned"]
told_of = st.tuples(st.sampled_from(TEXTS), st.sampled_from(SAYS))
steps = st.lists(
    st.tuples(st.sets(st.integers(0, 11), max_size=5), st.sets(st.integers(0, 11), max_size=4)), max_size=6
)


@pytest.fixture(params=["as they are", "small"])
def limits(request, monkeypatch):
    """The limits as they are, and so small that a few articles go beyond them."""
    if request.param == "small":
        monkeypatch.setattr("kg.identity.evidence.FEW", 2)
        monkeypatch.setattr("kg.identity.naming.FEW", 2)
        monkeypatch.setattr("kg.identity.blocking.HUBS", 2)
        monkeypatch.setattr("kg.identity.linking.CANDIDATES", 1)


def follow(articles, changes):
    """Let articles come and go, and hold what is known then against what is known of all at once."""
    facts = [article(str(n), "accident", *parts) for n, parts in enumerate(articles)]
    resolution = Resolution(sqlite3.connect(":memory:", isolation_level=None), POLICY)
    present = set()
    for adding, removing in [*changes, (set(range(len(facts))), set())]:
        gone = present & removing
        new = {n for n in adding if n < len(facts)} - (present - gone)
        present = (present - gone) | new
        resolution.update([brief(facts[n]) for n in sorted(new)], [facts[n].article.sha256 for n in sorted(gone)])
        found, wanted = resolution.identities(), identify([facts[n] for n in sorted(present)], POLICY)
        assert (found.nodes, found.links, found.dates) == (wanted.nodes, wanted.links, wanted.dates)


@pytest.mark.usefixtures("limits")
def test_what_came_and_went_in_steps_is_as_if_at_once():
    @settings(max_examples=60, deadline=None)
    @given(st.lists(told_of, min_size=2, max_size=12), steps)
    def check(articles, changes):
        follow(articles, changes)

    check()


@pytest.mark.usefixtures("limits")
def test_a_likelier_candidate_pushes_the_earlier_one_out_on_both_sides():
    follow(
        [
            (MILL, "on:2025-03-04"),
            (MILL, "on:2025-03-04"),
            (MILL, ""),
            (MILL, "on:2025-03-07"),
            ("The {accident} in <l:Brackwater> worried <p:Owen Pellar>.", "on:2025-03-07"),
            *[(MILL, "on:2025-03-04")] * 3,
            (BLAZE, "on:2025-03-04"),
            (MILL, "on:2025-03-07"),
        ],
        [({0, 8, 2, 1}, set()), ({0, 5, 6}, {2}), ({7}, set())],
    )
