"""Names of events: where they begin and end, and which capitalised names are no events."""

from __future__ import annotations

import pytest

from kg.extraction.events.named import event_name_spans


@pytest.fixture(scope="session")
def names_in(nlp):
    def found(text):
        doc = nlp(text)
        return [doc[start:end].text for start, end in event_name_spans(doc)]

    return found


@pytest.mark.parametrize(
    ("sentence", "names"),
    [
        ("She spoke at the International Forum on Seed Banks in Nairobi.", ["International Forum on Seed Banks"]),
        ("The 2018 Winter Olympics opened on Friday.", ["2018 Winter Olympics"]),
        ("They won bronze at the 2006 FIFA World Cup in Germany.", ["2006 FIFA World Cup"]),
        ("Thousands came to the Harrow Book Festival on Sunday.", ["Harrow Book Festival"]),
        ("He lost his leg in the Korean War.", ["Korean War"]),
        ("He fought in World War II.", ["World War II"]),
        ("Hurricane Delia hit the coast, and Delia killed two people.", ["Hurricane Delia", "Delia"]),
        ("Millions travel to Mecca for the Hajj.", ["Hajj"]),
        ("Rovers lost the Stanley Cup final on Saturday.", ["Stanley Cup final"]),
    ],
)
def test_the_whole_name_of_an_event_is_found(names_in, sentence, names):
    assert names_in(sentence) == names


def test_a_part_and_its_whole_are_two_events(names_in):
    found = names_in("On May 4, the World Forum on Clean Rivers of the Elbe Valley Summit was held in Dresden.")
    assert found == ["World Forum on Clean Rivers", "Elbe Valley Summit"]


@pytest.mark.parametrize(
    "sentence",
    [
        "The World Cup Organising Committee met on Monday.",
        "The Sons of the American Revolution Memorial Library was full.",
        "The World Trade Forum said that tariffs hurt growth.",
        "The U.S. Congress passed the bill.",
        "They held a forum on seeds and a summit.",
        "Next Year's Election Looms",
    ],
)
def test_bodies_and_plain_words_are_no_events(names_in, sentence):
    assert names_in(sentence) == []


def test_a_forum_used_like_an_event_is_one(names_in):
    assert names_in("She met the president at the Asia Trade Forum in Davos.") == ["Asia Trade Forum"]
