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
        "The mayor spoke for more than an hour.\n\nNobody left the hall before the end.\n\nIt was cold in the town.\n\n"
        "The source of Tom Reed's attack is unclear.",
        "A share rally in Oslo on Monday made investors rich.",
        "Voters would be scared if Ruiz won the party nomination in Oslo on Monday.",
        "At the heart of the battle between Ana Ruiz and Tom Reed is the harbour in Oslo.",
        "The campaign said on Monday in Oslo that it would go on. A statement by the campaign was read.",
    ],
)
def test_words_in_another_sense_tell_of_no_event(read, text):
    assert read(text, date="2025-06-20").events == ()


def test_a_campaign_rally_is_no_protest(read):
    for text in (
        "Ana Ruiz spoke at a campaign rally in Oslo on Monday.",
        "Ana Ruiz said at a rally in Oslo on Monday that boats were safe.",
        "Ana Ruiz criticized Tom Reed during a rally Monday in Oslo.",
    ):
        assert [event.type for event in read(text, date="2025-06-20").events] == ["gathering"]
    (event,) = read("Ana Ruiz spoke at a rally against the tax in Oslo on Monday.", date="2025-06-20").events
    assert event.type == "protest"


def test_a_race_for_an_office_is_an_election(read):
    (event,) = read("Tom Reed won the governor's race in Ohio in 2014.", date="2025-06-20").events
    assert event.type == "election"


def test_what_somebody_failed_to_mention_has_happened_all_the_same(read):
    (event,) = read("Ruiz failed to mention the March 3, 2012 bomb attack in Oslo.", date="2025-06-20").events
    assert event.status is None


def test_visits_and_meetings_of_others_are_other_events(read):
    text = "Ana Ruiz visited Oslo in March 2010. Tom Reed visited Oslo on Thursday. "
    text += "Eva Dahl and Jan Berg met in Riga on Monday. Ida Lund and Per Holm met in Bern on Sunday."
    assert len(read(text, date="2025-06-20").events) == 4
    text = "Prime Minister Ana Ruiz arrived in Oslo for a hastily arranged visit. Jan Berg visited Bern in March 2010."
    (visit,) = [event for event in read(text, date="2025-06-20").events if "arranged" in event.name]
    assert visit.date is None


def test_death_of_which_one_may_die_is_nobodys(read):
    text = "Such work leads to organ failure or death. Then Tom Reed died in Oslo in January."
    (event,) = read(text, date="2025-06-20").events
    assert len(event.mentions) == 1


def test_races_of_different_years_are_different(read):
    text = "Ana Ruiz won the governor's race in Utah in 2010, and Tom Reed won the governor's race in Ohio in 2014."
    days = [event.date.start.year for event in read(text, date="2025-06-20").events]
    assert days == [2010, 2014]


def test_the_event_is_not_one_told_of_long_before(read):
    text = "The debate was held in Oslo on Thursday. " + "The town is small and it rains there. " * 8
    facts = read(text + "The event, in a hangar, was loud.", date="2025-06-20")
    assert [len(event.mentions) for event in facts.events if event.name == "debate"] == [1]
