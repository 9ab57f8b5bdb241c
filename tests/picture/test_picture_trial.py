"""A new reader asks the page three questions, and answers each with at most three clicks of the mouse."""

from __future__ import annotations

import pytest

MOST = 3


@pytest.fixture(autouse=True)
def within_three_clicks(reader):
    yield
    assert 1 <= reader.clicks <= MOST


def silent(reader):
    """The names under the heading that tells of no speech."""
    return set(
        reader.js("""
            const sections = [...document.querySelectorAll('#leaf section')];
            const section = sections.find(s => s.innerText.startsWith('Attended, no speech reported'));
            return [...section.querySelectorAll('summary .name')].map(e => e.innerText.trim());""")
    )


def test_who_attended_and_did_not_speak(reader, assembly):
    reader.open(assembly)
    reader.press("River Assembly", "#leaf")
    assert silent(reader) == {"Bo Lindh", "Ana Reis"}, "who spoke elsewhere did not speak there"
    reader.press("No speech reported 2", "#leaf .presence")
    assert reader.shown() == {"River Assembly", "Bo Lindh", "Ana Reis"}, "the picture shows them, too"
    assert "presence=silent" in reader.fragment()
    reader.open(reader.path, reader.fragment())
    assert reader.shown() == {"River Assembly", "Bo Lindh", "Ana Reis"}, "and so does its address"
    assert silent(reader) == {"Bo Lindh", "Ana Reis"}


def test_who_spoke(reader, assembly):
    reader.open(assembly)
    reader.press("River Assembly", "#leaf")
    reader.press("Spoke 3", "#leaf .presence")
    assert reader.shown() == {"River Assembly", "Mira Kovel", "Olu Danjuma", "Tess Arden"}
    leaf = " ".join(reader.text("#leaf").split())
    assert "Spoke there 1 Tess Arden" in leaf
    assert "Took part and is quoted 2" in leaf
    assert "Bo Lindh" not in leaf


def test_what_was_said_about_a_topic_by_whom_and_where(reader, assembly):
    reader.open(assembly)
    reader.press("the ferry", "#leaf")
    said = {
        tuple(pair)
        for pair in reader.js("""
            return [...document.querySelectorAll('#leaf .statement')].map(card =>
                [card.querySelector('header .name').innerText.trim(), card.querySelector('blockquote').innerText]);""")
    }
    assert said == {
        ("Mira Kovel", "the ferry loses money every winter"),
        ("Olu Danjuma", "the ferry stay free of charge"),
        ("Ana Reis", "the ferry needs a new engine"),
    }
    reader.press("Where it is said", "#leaf .statement")
    reader.wait(lambda: reader.text("#leaf .evidence"), "the sentence")
    assert reader.text("#leaf .evidence mark.cited") == "the ferry loses money every winter"
    assert reader.text("#leaf .evidence blockquote") == "Kovel said the ferry loses money every winter."
    reader.press("River Assembly quarrels about the ferry", "#leaf .evidence")
    sought = reader.js("return [...document.querySelectorAll('#leaf mark.sought')].map(m => m.textContent).join('')")
    assert sought == "Kovel said the ferry loses money every winter."
    assert "Also present were Bo Lindh and Ana Reis." in reader.text("#leaf .text")


def test_the_same_of_the_forum(reader, seed):
    reader.open(seed)
    reader.press("Global Forum on Intellectual Property Protection and Innovation", "#leaf")
    assert silent(reader) == {"Wang Binying", "Sune Stampe Sørensen", "Jiang Peixue"}


def test_the_same_of_a_topic_of_the_forum(reader, seed):
    reader.open(seed)
    reader.press("new quality productive forces", "#leaf")
    speakers = reader.texts("#leaf .statement header > .name")
    assert speakers.count("Shen Changyu") >= 2 and "Xi Jinping" in speakers
    reader.press("Where it is said", "#leaf .statement")
    reader.wait(lambda: reader.text("#leaf .evidence"), "the sentence")
    assert "new quality productive forces" in reader.text("#leaf .evidence blockquote")
