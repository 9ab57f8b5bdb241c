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
    ("Savers were urged by Ruiz to wait until June.", "Ruiz", "were urged", "to wait until June"),
    ("The gate is expected to close at noon.", "", "is expected", "The gate"),
    ("The union urged drivers to refuse overtime.", "The union", "urged", "drivers to refuse overtime"),
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
    ("The clerk asked the tenants if they had paid.", "The clerk", "asked", "if they had paid"),
    (
        "Ruiz told a crowded hall at a hotel in Lisbon that she was not giving up.",
        "Ruiz",
        "told",
        "she was not giving up",
    ),
    (
        "Okafor said during the debate that he was in favour of a ban.",
        "Okafor",
        "said",
        "he was in favour of a ban",
    ),
    ("She said closing it could cost the town 400 jobs.", "She", "said", "closing it could cost the town 400 jobs"),
    (
        "Ruiz says the tenants are angry, but also tired of court.",
        "Ruiz",
        "says",
        "the tenants are angry, but also tired of court",
    ),
    ("Younger voters are more likely to say that rents are fair.", "Younger voters", "to say", "rents are fair"),
    ("The auditor pointed to gaps in the accounts.", "The auditor", "pointed to", "gaps in the accounts"),
    (
        'The board called the audit "an expensive hobby" in its reply.',
        "The board",
        "called",
        'the audit "an expensive hobby"',
    ),
    (
        "Okafor criticised her for saying that the fund was empty.",
        "her",
        "saying",
        "the fund was empty",
    ),
    (
        "Mr. Reid, who represents the coast, said he was confident.",
        "Mr. Reid, who represents the coast",
        "said",
        "he was confident",
    ),
    (
        "She is promising to repair and in most places widen the road.",
        "She",
        "is promising",
        "to repair and in most places widen the road",
    ),
    (
        "Ruiz was attacked, but she would go on, the aide said.",
        "the aide",
        "said",
        "Ruiz was attacked, but she would go on",
    ),
    (
        "While he admitted that money was short, Okafor said cuts hurt everybody.",
        "Okafor",
        "said",
        "cuts hurt everybody",
    ),
    (
        "Contract silent on whether night guards are paid, experts say.",
        "experts",
        "say",
        "Contract silent on whether night guards are paid",
    ),
    ("Even the landlord said the roof leaked.", "the landlord", "said", "the roof leaked"),
    (
        "Okafor said the simple approach put forward by Ruiz is not enough.",
        "Okafor",
        "said",
        "the simple approach put forward by Ruiz is not enough",
    ),
    (
        "Critics say it falls short for one reason: The help it gives never reaches the smaller harbours.",
        "Critics",
        "say",
        "it falls short for one reason: The help it gives never reaches the smaller harbours",
    ),
    ("The court held that the sale was void.", "The court", "held", "the sale was void"),
    ("The report highlighted that water is clean.", "The report", "highlighted", "water is clean"),
    ("The divers saw that the hull was cracked.", "The divers", "saw", "the hull was cracked"),
    ("Okafor wishes the fund had more savers.", "Okafor", "wishes", "the fund had more savers"),
    (
        "The board gave an assurance that no flat would be sold.",
        "The board",
        "gave an assurance",
        "no flat would be sold",
    ),
]


@pytest.mark.parametrize(("text", "source", "cue", "content"), INDIRECT, ids=[row[0][:45] for row in INDIRECT])
def test_every_construction_gives_source_cue_and_content(said, text, source, cue, content):
    assert (source, cue, content) in [(s.source, s.cue, s.content[0]) for s in said(text)]


def test_a_text_may_end_with_a_cue(said):
    assert {statement.cue for statement in said("He added, who claimed")} == {"added", "claimed"}


def test_a_parenthetical_cue_splits_its_content_in_two(said):
    (statement,) = said("The bridge, the engineers warned, could fail within a decade.")
    assert statement.content == ("The bridge", "could fail within a decade")


@pytest.mark.parametrize(
    ("text", "source", "content"),
    [
        (
            "Coastal ferries, said Okafor, are obliged to carry rafts.",
            "Okafor",
            ["Coastal ferries", "are obliged to carry rafts"],
        ),
        ("This, I think, was wise, but few people agreed at the time.", "I", ["This", "was wise"]),
    ],
)
def test_a_parenthetical_cue_belongs_to_the_clause_around_it(said, text, source, content):
    (statement,) = said(text)
    assert statement.source == source and list(statement.content) == content


@pytest.mark.parametrize(
    "text",
    [
        "The rate fell to 4 percent in May (it has since risen again, according to the bank).",
        "The bank cut its rate in May (it has since risen again, Okafor said).",
    ],
)
def test_a_cue_within_brackets_takes_only_what_stands_in_them(said, text):
    (statement,) = said(text)
    assert statement.content == ("it has since risen again",)


@pytest.mark.parametrize(
    ("text", "source", "content"),
    [
        (
            "Ines Roth, a painter of ships whose brother, Karl, ran the mill, said the fair would open in May.",
            "Ines Roth, a painter of ships whose brother, Karl, ran the mill",
            "the fair would open in May",
        ),
        (
            "Several bakers visited in their shops along the coast on Friday, among them Ms. Haddad, "
            "said flour was dear.",
            "Several bakers",
            "flour was dear",
        ),
        ("Asked what he thought of the plan, Okafor shrugged.", "", "what he thought of the plan"),
    ],
)
def test_a_speaker_with_clauses_of_his_own_is_found_and_who_is_asked_does_not_ask(said, text, source, content):
    (statement,) = said(text)
    assert (statement.source, statement.content) == (source, (content,))


def test_only_a_speaker_means_something_by_his_words(said):
    assert [s.source for s in said("I mean the tide just came in.")] == ["I"]
    assert said("This means the tide came in.") == []


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


def test_the_first_half_of_a_run_on_sentence_is_not_what_was_said(said):
    found = said("The poll has bad news for the mayor — 25 percent of voters say they would not support him.")
    assert [s.content for s in found] == [("they would not support him",)]
    found = said("The sale began on May 3, and the firm says the sale will go on.")
    assert [s.content for s in found] == [("the sale will go on",)]
    found = said("Visitors were pleased, he said the hall was full.")
    assert [s.content for s in found] == [("the hall was full",)]
    found = said("It's hard to know, I think these things are hard to predict.")
    assert [s.content for s in found] == [("these things are hard to predict",)]


def test_a_clause_belongs_to_its_own_verb(said):
    found = said("Members stressed the need for training, with Chile pointing out that inventors are often left out.")
    assert [(s.source, s.content[0]) for s in found] == [
        ("Members", "the need for training"),
        ("Chile", "inventors are often left out"),
    ]


def test_a_second_verb_of_saying_is_no_part_of_the_first_statement(said):
    found = said("Okafor said the fund was safe, but he urged savers to wait.")
    assert [(s.cue, s.content) for s in found] == [("said", ("the fund was safe",)), ("urged", ("savers to wait",))]


def test_talk_of_a_thing_is_no_statement_of_it(said):
    assert said("Her remarks about the judge angered many readers.") == []


def test_naming_and_narrating_are_no_statements(said):
    assert said("They drank a cocktail called Sunrise and walked home along the canal.") == []
    assert said("The storm killed six people and closed the port for two days.") == []
    assert said("That said, the team played well.") == []


@pytest.mark.parametrize(
    "text",
    [
        "The ministers discussed the harbour plan for two hours.",
        "Detectives questioned the caretaker on Monday.",
        "Keita conceded two late goals.",
        "His criticism of the harbour plan is well known.",
        "The theory is that the pipe froze.",
        "Two clerks are accused of fraud.",
        "The brewers gave support to the harbour plan.",
        "Okafor was granted leave for two weeks.",
        "Okafor spoke about the harbour plan until noon.",
        "Petra Vane expressed her doubts.",
        "The owners proposed a sale.",
        "Savers were urged to wait.",
        "The gate is supposed to close at noon.",
        "The farmers saw prices fall.",
        "Trusts hold shares in mines, which together are worth 3 million.",
        "How she answers that question will decide the vote.",
        "No member praised the plan.",
        "The report highlighted the importance of clean water.",
        "She wishes to leave.",
    ],
)
def test_what_names_words_or_a_thing_without_giving_them_is_no_statement(said, text):
    assert said(text) == []


def test_statements_nest_to_any_depth_with_the_right_speaker_at_each(said):
    found = said("Ines Marsh said that the Herald reported that the ministry had admitted that the dam was cracked.")
    assert [s.source for s in found] == ["Ines Marsh", "the Herald", "the ministry"]
    assert [s.nested_in for s in found] == [None, 0, 1]
    for inner, outer in ((found[1], found[0]), (found[2], found[1])):
        assert inner.content[0] in outer.content[0]
    assert found[2].content == ("the dam was cracked",)


def test_what_a_third_party_said_is_kept_within_what_was_said_of_it(said):
    found = said('Two aides said they had a draft, which a spokesman for Novatek called "pure invention."')
    assert [(s.source, s.nested_in) for s in found] == [("Two aides", None), ("a spokesman for Novatek", 0)]
    found = said("Ruiz noted that the tests show the water is clean.")
    assert [(s.source, s.nested_in) for s in found] == [("Ruiz", None), ("the tests", 0)]


def test_hedges_within_a_quotation_are_no_second_voice(said):
    (statement,) = said('"I think we can win, and I hope they know it," said Petra Vane.')
    assert statement.source == "Petra Vane"


OWN_CUES = """\
# Words of our court reporters
rejoice\tv\tsay
opine aloud\tv\tsay     # with its particle
sigh\tv\t-               # never a statement here

grievance\tn\tclaim-word
Mull\tv\tclaim
"""


@pytest.fixture
def own_cues(tmp_path):
    path = tmp_path / "cues.tsv"
    path.write_bytes(b"\xef\xbb\xbf" + OWN_CUES.replace("\n", "\r\n").encode())  # as a spreadsheet saves it
    return path


def test_a_list_of_the_users_own_adds_cues(said, own_cues):
    text = "Okafor rejoiced that the fund had recovered."
    assert said(text) == []
    (statement,) = said(text, own_cues)
    assert statement.content == ("the fund had recovered",)
    (noun,) = said("Ruiz repeated her grievance that nobody had asked her.", own_cues)
    assert (noun.cue, noun.content) == ("repeated her grievance", ("nobody had asked her",))


@pytest.mark.parametrize(
    ("text", "content"),
    [
        (
            'Petra Vane told us that the yard was never "a place for ships." It shut.',
            'the yard was never "a place for ships."',
        ),
        ("Petra Vane called the repair “too late”. It shut.", "the repair “too late”"),
        ("Petra Vane called the repair 'a patch'.", "the repair 'a patch'"),
        ('Petra Vane said the "old" yard was shut.', 'the "old" yard was shut'),
        ('"The yard is shut," Petra Vane said.', "The yard is shut"),
        ('Petra Vane said: "It was never ours."', "It was never ours"),
    ],
)
def test_a_quotation_that_opens_within_the_content_closes_within_it(said, text, content):
    assert [s.content for s in said(text)] == [(content,)]


@pytest.mark.parametrize(
    "text",
    [
        "Vane said the old quota agreed at the harbour meeting in May would not be lifted by the strike.",
        "Vane said the levy agreed after the talks would be paid by the yards.",
    ],
)
def test_what_was_agreed_says_nothing(said, text):
    assert [(s.source, s.cue) for s in said(text)] == [("Vane", "said")]


def test_a_verb_in_the_past_before_a_clause_keeps_its_noun_as_source(said):
    found = said("The council agreed at the meeting that the yard would be shut. A clerk said the yard would be sold.")
    assert [(s.source, s.cue) for s in found] == [("The council", "agreed"), ("A clerk", "said")]
    (nested,) = said("The yard that officials said would be sold is open.")
    assert nested.source == "officials"


@pytest.mark.parametrize(
    "text",
    [
        "Vane met Holt on the pier. Neither would tell us why they had come.",
        "None of the pilots could explain how the boat sank.",
        "No one would say who had paid.",
        "Neither woman said where she had been.",
        "Nobody told them that the yard was shut.",
    ],
)
def test_what_nobody_says_is_no_statement(said, text):
    assert said(text) == []


def test_a_list_of_the_users_own_takes_a_cue_out(said, own_cues):
    text = '"It never ends," sighed Petra Vane.'
    assert [s.lemma for s in said(text)] == ["sigh"]
    assert all(s.confidence < 0.9 for s in said(text, own_cues))


def test_a_wrong_line_in_the_users_list_is_named(said, tmp_path):
    from kg.errors import KgError

    cues = tmp_path / "cues.tsv"
    cues.write_text("# ours\n\nsay\tv\tsay\nsay v say\n", encoding="utf-8")
    with pytest.raises(KgError, match=r"line 4: .* separated by tabs"):
        said("Nobody spoke.", cues)


def test_every_cue_names_a_class_and_every_class_known_frames_and_acts():
    from kg.extraction.statements.cues import GRADES
    from kg.words import table

    acts = {"assertion", "denial", "hope", "commitment", "directive", "question", "evaluation", "other"}
    classes = {row[0]: row for row in table("cue_classes")}
    for name, frames, act, grade, example in classes.values():
        assert frames and example and act in acts and grade in GRADES, name
    entries = table("cues")
    assert len(entries) == len(set(entries))
    for lemma, part, cue_class in entries:
        assert part in "vna" and cue_class in classes, lemma


@pytest.mark.parametrize(
    ("text", "content"),
    [
        ('Ruiz referred to Reed as "a bright leader" on Monday.', 'Reed as "a bright leader"'),
        (
            'Ruiz refers to the mayor, her friend, as "Mr. Reed," while the mayor never refers to anybody.',
            'the mayor, her friend, as "Mr. Reed,"',
        ),
    ],
)
def test_what_somebody_is_referred_to_as_is_said(said, text, content):
    assert (said(text)[0].source, said(text)[0].content) == ("Ruiz", (content,))


def test_whoever_spoke_when_asked_did_not_ask(said):
    statements = said('"You bet I would," Ruiz said when asked whether she would close the port.')
    assert [(s.source, s.act) for s in statements] == [("Ruiz", "assertion"), ("", "question")]


def test_whoever_is_expected_to_win_does_not_expect_it(said):
    text = "The votes are set for May, with Ruiz and Reed expected to win."
    assert "Ruiz" not in [s.source for s in said(text)]


def test_a_participle_before_its_noun_says_nothing(said):
    assert said("Strangely, deeply reported features and long pieces about the war can draw many readers.") == []
