"""One sentence of a newsroom for each way in which English reports speech."""

from __future__ import annotations

import pytest

INDIRECT = [
    # text, source, cue, content
    (
        "The harbour master said that the new pier would open in May.",
        "The harbour master",
        "said",
        "the new pier would open in May",
    ),
    (
        "Fares will rise by four percent next year, the operator announced on Monday.",
        "the operator",
        "announced",
        "Fares will rise by four percent next year",
    ),
    (
        "The bridge, the engineers warned, could fail within a decade.",
        "the engineers",
        "warned",
        "The bridge",
    ),
    (
        "Prices will fall next year, said Maria Oduya, an economist at the bank.",
        "Maria Oduya, an economist at the bank",
        "said",
        "Prices will fall next year",
    ),
    (
        "Lindqvist has repeatedly pointed out that the river floods every spring.",
        "Lindqvist",
        "has repeatedly pointed out",
        "the river floods every spring",
    ),
    ("The minister asked whether the tests had failed.", "The minister", "asked", "whether the tests had failed"),
    ("The company hopes to open forty shops in Poland.", "The company", "hopes", "to open forty shops in Poland"),
    ("The union urged drivers to refuse overtime.", "The union", "urged", "to refuse overtime"),
    ("Okafor promised to publish the accounts.", "Okafor", "promised", "to publish the accounts"),
    ("Okafor denied taking money from the fund.", "Okafor", "denied", "taking money from the fund"),
    ("The mayor called the plan a costly mistake.", "The mayor", "called", "the plan a costly mistake"),
    (
        "Reviewers described the book as a quiet triumph.",
        "Reviewers",
        "described",
        "the book as a quiet triumph",
    ),
    (
        "The auditor criticised the ministry for its late reports.",
        "The auditor",
        "criticised",
        "the ministry for its late reports",
    ),
    (
        "Neighbours accused the landlord of neglect.",
        "Neighbours",
        "accused",
        "the landlord of neglect",
    ),
    ("Campaigners called for a ban on night flights.", "Campaigners", "called for", "a ban on night flights"),
    ("Residents complained about the noise.", "Residents", "complained about", "the noise"),
    (
        "Lindqvist expressed hope that talks would resume.",
        "Lindqvist",
        "expressed hope",
        "talks would resume",
    ),
    ("The agency voiced concern over the delay.", "The agency", "voiced concern", "the delay"),
    (
        "Her claim that the vote was rigged has no basis.",
        "Her",
        "claim",
        "the vote was rigged",
    ),
    (
        "According to the survey, rents have doubled since 2015.",
        "the survey",
        "According to",
        "rents have doubled since 2015",
    ),
    (
        "The coach was quoted as saying that the season was over.",
        "The coach",
        "was quoted as saying",
        "the season was over",
    ),
    ("It was announced that the theatre will close.", "", "was announced", "the theatre will close"),
    (
        "The plan was criticised by teachers for its cost.",
        "teachers",
        "was criticised",
        "The plan",
    ),
    (
        "The report states that wages fell in every region.",
        "The report",
        "states",
        "wages fell in every region",
    ),
    (
        "Novatek said in a statement that the mine would reopen.",
        "Novatek",
        "said",
        "the mine would reopen",
    ),
    (
        "The treasurer is confident that the budget will pass.",
        "The treasurer",
        "is confident",
        "the budget will pass",
    ),
    ("Two officials said the inquiry had ended.", "Two officials", "said", "the inquiry had ended"),
    (
        "The pilot, who said he saw no lights, landed safely.",
        "who",
        "said",
        "he saw no lights",
    ),
]


@pytest.mark.parametrize(("text", "source", "cue", "content"), INDIRECT, ids=[row[0][:45] for row in INDIRECT])
def test_every_construction_gives_source_cue_and_content(said, text, source, cue, content):
    assert (source, cue, content) in [(s.source, s.cue, s.content[0]) for s in said(text)]


def test_a_parenthetical_cue_splits_its_content_in_two(said):
    (statement,) = said("The bridge, the engineers warned, could fail within a decade.")
    assert statement.content == ("The bridge", "could fail within a decade")


def test_phrasal_cues_and_voiced_nouns_have_the_lemma_of_the_phrase(said):
    assert [s.lemma for s in said("Lindqvist pointed out that the river floods.")] == ["point out"]
    assert [s.lemma for s in said("Lindqvist expressed hope that talks would resume.")] == ["express hope"]


def test_a_participle_of_saying_belongs_to_the_first_speaker(said):
    found = said("Okafor insisted that the board had acted early, adding that no client lost money.")
    assert [(s.source, s.cue) for s in found] == [("Okafor", "insisted"), ("Okafor", "adding")]
    assert found[0].content == ("the board had acted early",)


def test_a_coordinated_cue_shares_the_speaker(said):
    found = said("Okafor said the fund was safe and warned that rates could rise.")
    assert [(s.source, s.content[0]) for s in found] == [
        ("Okafor", "the fund was safe"),
        ("Okafor", "rates could rise"),
    ]


def test_naming_and_narrating_are_no_statements(said):
    assert said("They drank a cocktail called Sunrise and walked home along the canal.") == []
    assert said("The storm killed six people and closed the port for two days.") == []
    assert said("That said, the team played well.") == []


def test_statements_nest_to_any_depth_with_the_right_speaker_at_each(said):
    found = said("Ines Marsh said that the Herald reported that the ministry had admitted that the dam was cracked.")
    assert [s.source for s in found] == ["Ines Marsh", "the Herald", "the ministry"]
    assert [s.nested_in for s in found] == [None, 0, 1]
    for inner, outer in ((found[1], found[0]), (found[2], found[1])):
        assert inner.content[0] in outer.content[0]
    assert found[2].content == ("the dam was cracked",)


def test_hedges_within_a_quotation_are_no_second_voice(said):
    (statement,) = said('"I think we can win, and I hope they know it," said Petra Vane.')
    assert statement.source == "Petra Vane"


def test_a_list_of_the_users_own_adds_a_cue(said, tmp_path):
    text = "Okafor rejoiced that the fund had recovered."
    assert said(text) == []
    cues = tmp_path / "cues.tsv"
    cues.write_text("# mine\nrejoice\tv\tsay\n", encoding="utf-8")
    (statement,) = said(text, cues)
    assert statement.content == ("the fund had recovered",)


def test_a_wrong_line_in_the_users_list_is_named(said, tmp_path):
    from kg.errors import KgError

    cues = tmp_path / "cues.tsv"
    cues.write_text("say\tv\tsay\nsay\tverb\tnonsense\n", encoding="utf-8")
    with pytest.raises(KgError, match="entry 2"):
        said("Nobody spoke.", cues)


def test_every_cue_names_a_class_and_every_class_known_frames_and_acts():
    from kg.extraction.statements.cues import GRADES
    from kg.extraction.words import table

    acts = {"assertion", "denial", "hope", "commitment", "directive", "question", "evaluation", "other"}
    classes = {row[0]: row for row in table("cue_classes")}
    for name, frames, act, grade, example in classes.values():
        assert frames and example and act in acts and grade in GRADES, name
    for lemma, part, cue_class in table("cues"):
        assert part in "vna" and cue_class in classes, lemma
