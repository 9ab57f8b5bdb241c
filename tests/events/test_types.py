"""The documented scheme of event types is the one that the word lists use."""

from __future__ import annotations

import re

import pytest

from kg.words import table


def test_the_documented_types_are_those_of_the_word_lists(root):
    text = (root / "docs" / "events.md").read_text(encoding="utf-8")
    scheme = text[text.index("## Types") : text.index("## When and where")]
    documented = set(re.findall(r"^\| (\w+) \| ", scheme, re.MULTILINE)) - {"type"}
    used = {row[2] for row in table("events_types")} | {row[1] for row in table("events_named")}
    assert used <= documented | {"conflict"}
    assert documented == {row[2] for row in table("events_types")}


@pytest.mark.parametrize(
    "text",
    [
        "Ruiz fired back in March, in Oslo.",
        "The singer demonstrated his skill in Oslo on Monday.",
        "The two armies exchanged artillery fire in Oslo on Monday.",
        "Ruiz made a scathing attack on the council in Oslo on Monday.",
        "Rivals see opening in Oslo.",
        "The party built a mail operation in Oslo on Monday. The operation is large.",
        "A share rally in Oslo on Monday made investors rich.",
    ],
)
def test_words_in_another_sense_tell_of_no_event(read, text):
    assert read(text, date="2025-06-20").events == ()


def test_a_campaign_rally_is_no_protest(read):
    (event,) = read("Ana Ruiz spoke at a campaign rally in Oslo on Monday.", date="2025-06-20").events
    assert event.type == "gathering"


def test_what_somebody_failed_to_mention_has_happened_all_the_same(read):
    (event,) = read("Ruiz failed to mention the March 3, 2012 bomb attack in Oslo.", date="2025-06-20").events
    assert event.status is None


def test_visits_and_meetings_of_others_are_other_events(read):
    text = "Ana Ruiz visited Oslo in March 2010. Tom Reed visited Oslo on Thursday. "
    text += "Eva Dahl and Jan Berg met in Riga on Monday. Ida Lund and Per Holm met in Bern on Sunday."
    assert len(read(text, date="2025-06-20").events) == 4


def test_the_event_is_not_one_told_of_long_before(read):
    text = "The debate was held in Oslo on Thursday. " + "The town is small and it rains there. " * 8
    facts = read(text + "The event, in a hangar, was loud.", date="2025-06-20")
    assert [len(event.mentions) for event in facts.events if event.name == "debate"] == [1]
