"""Speech act, polarity, modality and confidence: the examples of docs/statements.md."""

from __future__ import annotations

import pytest

ACTS = [
    ("Ruiz noted that the river is clean.", "assertion", "positive", "certain"),
    ("Ruiz said the river is not clean.", "assertion", "negative", "certain"),
    ("Ruiz said the river is no longer clean.", "assertion", "negative", "certain"),
    ("Ruiz said the river is not clean any more.", "assertion", "negative", "certain"),
    ("Ruiz said the river was never clean.", "assertion", "negative", "certain"),
    ("Ruiz said she hardly knew the river.", "assertion", "negative", "certain"),
    ("Ruiz said the river not only is clean but also feeds the town.", "assertion", "positive", "certain"),
    ("Ruiz said the river is longer than the road.", "assertion", "positive", "certain"),
    ("Ruiz no longer says that the plant will close.", "other", "positive", "certain"),
    ("Ruiz denied that the river is polluted.", "denial", "negative", "certain"),
    ("Ruiz hopes to swim in it by June.", "hope", "positive", "unrealised"),
    ("Ruiz pledged to clean the river.", "commitment", "positive", "unrealised"),
    ("Ruiz said the city will build two plants.", "assertion", "positive", "certain"),
    ("Ruiz said Porto Novo will build two plants.", "commitment", "positive", "unrealised"),
    ("Ruiz urged the council to act.", "directive", "positive", "unrealised"),
    ("Ruiz asked whether the council had acted.", "question", "positive", "certain"),
    ("Ruiz praised the volunteers for their patience.", "evaluation", "positive", "certain"),
    ("Ruiz said the river may flood.", "assertion", "positive", "possible"),
    ("Ruiz said the river will probably flood.", "assertion", "positive", "probable"),
    ("Ruiz said the council should act.", "assertion", "positive", "unrealised"),
    ("Ruiz has not said why the plant closed.", "other", "positive", "certain"),
    ("Ruiz declined to comment.", "other", "positive", "certain"),
    ("Ruiz refused to answer questions about the plant.", "other", "positive", "certain"),
    ("Ruiz refused to endorse the plan.", "denial", "negative", "certain"),
    ("Ruiz refused to sell the plant.", "denial", "negative", "certain"),
    ("If Ruiz says that the plant will close, the council will act.", "other", "positive", "certain"),
    ("Does anyone believe that the plant will close?", "other", "positive", "certain"),
    ("Neither Ruiz nor Novak said that the plant would close.", "other", "positive", "certain"),
]


@pytest.mark.parametrize(("text", "act", "polarity", "modality"), ACTS, ids=[row[0] for row in ACTS])
def test_acts_polarity_and_modality_follow_the_scheme(said, text, act, polarity, modality):
    statement = said(text)[0]
    assert (statement.act, statement.polarity, statement.modality) == (act, polarity, modality)


def test_confidence_falls_from_saying_to_criticising_to_believing_to_what_was_never_said(said):
    texts = [
        "Ruiz said that the river is clean.",
        "Ruiz criticised the council.",
        "Ruiz believes that the river is clean.",
        "Ruiz has not said why the plant closed.",
    ]
    found = [said(text)[0].confidence for text in texts]
    assert found == sorted(found, reverse=True) and len(set(found)) == len(found)


def test_what_somebody_only_hopes_is_said_has_not_been_said(said):
    assert [s.act for s in said("Ruiz hopes Novak says that the plant will close.")] == ["hope", "other"]


def test_reported_speech_carries_on_through_the_paragraph_of_an_institution(said):
    found = said(
        "Ruiz noted that the basin has improved in recent years. Fish have returned to four rivers. "
        "In the future, Porto Novo will continue to restore its wetlands."
    )
    assert [s.quote_type for s in found] == ["indirect", "continued", "continued"]
    assert {s.source for s in found} == {"Ruiz"}
    assert [s.confidence for s in found[1:]] == [0.8, 0.8]
    assert (found[2].act, found[2].modality) == ("commitment", "unrealised")


def test_newspaper_narrative_after_a_statement_is_not_swallowed(said):
    found = said(
        "Ruiz said the basin had improved in recent years. The council spent four million euros on it. "
        "Work began in 2014."
    )
    assert [s.quote_type for s in found] == ["indirect"]


@pytest.mark.parametrize(
    "text",
    [
        "It is unclear if Ruiz is sure that the plant will close.",
        "Few believe that the plant will close.",
        "No one believes that the plant will close.",
        "None of the workers think that the plant will close.",
    ],
)
def test_what_hardly_anybody_is_told_to_think_is_nobodys_view(said, text):
    assert [s.act for s in said(text)] == ["other"]


def test_nobody_figures_to_fall(said):
    assert said("The runners figure to fall back after the hill.") == []


def test_where_it_was_said_is_no_part_of_what_was_said(said):
    (statement,) = said('Reed left, saying the club does not want "that noise," in an interview with a local paper.')
    assert statement.content == ('the club does not want "that noise,"',)


def test_a_headline_that_describes_says_nothing(said):
    text = "\n\nAna Ruiz walked for days. Her boat was lost. She slept in the harbour."
    assert said("Ana Ruiz: The difficulty of leaving Porto" + text) == []
    assert [s.content for s in said("Ana Ruiz: Boats are safe" + text)] == [("Boats are safe",)]
