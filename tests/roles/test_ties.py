"""Kinship and membership: whose kin and of which body somebody is, and what only looks like it."""

import pytest

ANA, TOM = "Ana Ruiz", "Tom Ray"


@pytest.mark.parametrize("word", ["former husband", "ex-husband", "then-husband", "future husband"])
def test_a_tie_that_is_over_or_to_come_is_none(relations, word):
    assert relations(f"[Ana Ruiz]P's {word}, [Tom Ray]P, came.") == []


@pytest.mark.parametrize("word", ["late husband", "second husband", "husband"])
def test_a_late_husband_was_a_husband_to_the_end(relations, word):
    assert relations(f"[Ana Ruiz]P's {word}, [Tom Ray]P, came.") == [(ANA, "spouse", TOM), (TOM, "spouse", ANA)]


def test_his_wife_is_the_wife_of_the_one_man_named(relations):
    assert relations("[Tom Ray]P said [his|Tom Ray]P wife, [Ana Ruiz]P, was ill.") == [
        (TOM, "spouse", ANA),
        (ANA, "spouse", TOM),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "[Tom Ray]P told [Jo Holt]P that [his|Tom Ray]P wife, [Ana Ruiz]P, was ill.",
        "[Tom Ray]P spoke. [His|Tom Ray]P wife, [Ana Ruiz]P, was ill.",
        "[Tom Ray]P said [his|Tom Ray]P ex-wife, [Ana Ruiz]P, was ill.",
        "He came with his wife, [Tom Ray]P said.",
        "[Tom Ray]P said the suspect hurt [his|Tom Ray]P wife, [Ana Ruiz]P.",
        "[Tom Ray]P said her client shot [his|Tom Ray]P wife, [Ana Ruiz]P.",
        "[Tom Ray]P arrested a man after [his|Tom Ray]P wife, [Ana Ruiz]P, called police.",
        "[Tom Ray]P plays a king who murders [his|Tom Ray]P brother, [Jo Holt]P.",
    ],
)
def test_whose_wife_it_is_must_be_plain(relations, text):
    assert relations(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "[Acme Foods]O hired [Ana Ruiz]P from [Hill College]O.",
        "[Acme Foods]O has bought striker [Ana Ruiz]P from [Hill College]O.",
        "[Tom Ray]P joined [Ana Ruiz]P at [Hill College]O.",
        "[Tom Ray]P interviewed [Ana Ruiz]P at [Hill College]O.",
        "[Tom Ray]P told [Ana Ruiz]P at [Hill College]O that it rained.",
    ],
)
def test_whence_or_where_somebody_is_met_is_no_body_of_theirs(relations, text):
    assert relations(text) == []


def test_whoever_is_met_may_be_told_by_their_body(relations):
    assert relations("[Tom Ray]P met [Ana Ruiz]P from [Hill College]O.") == [(ANA, "memberOf", "Hill College")]
