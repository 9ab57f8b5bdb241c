"""Quotation marks of every newsroom, split and continued quotations, and marks that are no speech."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.extraction.quotation import quotations

MARKS = [("“", "”"), ('"', '"'), ("``", "''"), ("«", "»")]


@pytest.mark.parametrize(("opening", "closing"), MARKS)
def test_all_kinds_of_marks_hold_direct_speech(said, opening, closing):
    text = f"{opening}The water is clean again,{closing} Marta Ruiz said."
    (statement,) = said(text)
    assert (statement.source, statement.cue) == ("Marta Ruiz", "said")
    assert statement.content == ("The water is clean again",)
    assert statement.quote_type == "direct"


@pytest.mark.parametrize(
    "text",
    [
        "“We start on Monday,” said Marta Ruiz.",
        "“We start on Monday,” Marta Ruiz, the foreman, said.",
        "Marta Ruiz said: “We start on Monday.”",
        "Marta Ruiz said, “We start on Monday.”",
        "Marta Ruiz: “We start on Monday.”",
        "“We start on Monday.” — Marta Ruiz",
        "“We start on Monday,” according to Marta Ruiz.",
        "“We start on Monday!” beamed Marta Ruiz.",
        "Then it was her turn. Marta Ruiz continued:\n\n“We start on Monday.”",
    ],
)
def test_the_cue_may_stand_on_either_side(said, text):
    (statement,) = said(text)
    assert statement.source.startswith("Marta Ruiz")
    assert statement.content[0].rstrip("!") == "We start on Monday"


def test_a_quotation_split_by_its_cue_has_two_spans(said):
    (statement,) = said("“The roof,” Marta Ruiz said, “was never inspected.”")
    assert statement.content == ("The roof", "was never inspected")


def test_sentences_of_a_quotation_stay_together(said):
    (statement,) = said("“The roof leaked. Nobody came,” Marta Ruiz said. “We waited all winter.”")
    assert statement.content == ("The roof leaked. Nobody came", "We waited all winter")


def test_a_quotation_left_open_runs_on_in_the_next_paragraph(said):
    (statement,) = said("“The roof leaked for years,” Marta Ruiz said. “Nobody came.\n\n“We waited all winter.”")
    assert len(statement.content) == 3


def test_a_quotation_that_stands_alone_continues_the_statement_before(said):
    found = said("Marta Ruiz said the roof was safe.\n\n“We tested it twice last year.”")
    assert [s.quote_type for s in found] == ["indirect", "continued"]
    assert found[1].source == "Marta Ruiz" and found[1].cue == "" and found[1].continues == 0
    assert found[1].content == ("We tested it twice last year",)


def test_the_speaker_may_stand_behind_a_capitalised_cue(said):
    (statement,) = said("The hall was full. Said Dora Quint, who grew up next door, “We were all so proud.”")
    assert statement.source.startswith("Dora Quint") and statement.content == ("We were all so proud",)


def test_the_days_of_a_timeline_do_not_speak(said):
    assert said("Feb 9: A man calls the father.\n\nFeb 9: The police find the car.\n\nFEB 10: It rains.") == []


def test_a_name_before_a_colon_speaks(said):
    (statement,) = said("The defeat did not surprise the pollster Daron Quint: “Nobody wins twice in this town.”")
    assert statement.source.endswith("Daron Quint")


def test_quoted_words_in_the_description_of_the_speaker_do_not_hide_the_cue(said):
    (statement,) = said("“It is over,” the delegate Bill Oduya, wearing two “Vote Ruiz” badges, said.")
    assert statement.source.startswith("the delegate Bill Oduya") and statement.content == ("It is over",)


def test_a_quotation_belongs_to_one_cue_only(said):
    found = said('They discussed fishing quotas, an issue on which, a diplomat conceded, "the fish are flexible."')
    assert [s.source for s in found if "the fish are flexible" in s.content[0]] == ["a diplomat"]


def test_a_clause_with_quoted_words_is_mixed(said):
    (statement,) = said("The auditor said the accounts were “a work of fiction” and unusable.")
    assert statement.quote_type == "mixed"
    assert statement.content == ("the accounts were “a work of fiction” and unusable",)


def test_scare_quotes_and_titles_are_no_speech(said):
    assert said("Visitors queued for the “sky garden” and bought the “Blue Album” by the band.") == []
    assert said("The film “Winter Harbour” opens in March at forty cinemas.") == []


def test_transcripts_name_their_speakers(said):
    found = said("HOLT: The line reopens in June.\n\nVEGA: Who pays for it?\n\nHOLT: The region pays half of it.")
    assert [s.source for s in found] == ["HOLT", "VEGA", "HOLT"]
    assert found[1].act == "question" and found[1].quote_type == "direct"


def test_a_quotation_within_a_quotation_stays_inside():
    text = "“He told us ‘never again’ and left,” she said."
    assert [text[slice(*q.inner)] for q in quotations(text)] == ["He told us ‘never again’ and left,"]


def test_apostrophes_open_nothing():
    text = "The workers' union and the '90s bands don't play at O'Neill's."
    assert quotations(text) == []


@pytest.mark.parametrize(
    ("text", "quoted"),
    [
        ("‘The workers’ rights are gone,’ he said.", ["The workers’ rights are gone,"]),
        ("'The workers' rights are gone,' he said.", ["The workers' rights are gone,"]),
        ("‘Three Sisters’ shows the workers’ rights and the farmers’ lives.", ["Three Sisters"]),
        ("‘Sisters’ ran in May, and ‘The Gulls’ in June.", ["Sisters", "The Gulls"]),
        ("'Sisters' ran in May, and it's back.", ["Sisters"]),
        ("‘She said “no” to us and left,’ he said.", ["She said “no” to us and left,"]),
        ("Go get 'em, he told the players' wives at Selby's rock 'n' roll fair.", []),
    ],
)
def test_the_apostrophe_of_a_plural_ends_no_quotation(text, quoted):
    assert [text[slice(*q.inner)] for q in quotations(text)] == quoted


@settings(max_examples=300)
@given(st.text(alphabet="ab '\"“”‘’«».,`\n", max_size=60))
def test_quotations_lie_in_order_within_their_text(text):
    found = quotations(text)
    end = 0
    for quotation in found:
        assert end <= quotation.span.begin < quotation.span.end <= len(text)
        assert quotation.span.covers(quotation.inner)
        end = quotation.span.end


def test_curly_and_straight_marks_may_be_mixed(said):
    (statement,) = said('“The pier is old," Marta Ruiz said. "Nobody has painted it for years.”')
    assert statement.content == ("The pier is old", "Nobody has painted it for years")


def test_a_quotation_within_one_of_other_marks_does_not_end_it(said):
    found = said('“The man called it "the old pier" and left us there,” Marta Ruiz said.')
    assert found[0].content == ('The man called it "the old pier" and left us there',)


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("“We lost it all,” a clerk, who was not allowed to speak to the press, told the paper.", "a clerk"),
        ("“We lost it all,” Marta Ruiz, who has not won a race, told the paper.", "Marta Ruiz"),
        ("Marta Ruiz told the Porto Herald in a written statement, “We lost it all.”", "Marta Ruiz"),
        ("At noon Marta Ruiz released a statement saying, “We lost it all.”", "Marta Ruiz"),
        ("Nobody knew — and Lisbon still denies it — “We lost it all,” said Marta Ruiz.", "Marta Ruiz"),
        ("“We lost it all,” said Army Capt. Marta Ruiz, who leads the guard.", "Army Capt. Marta Ruiz"),
        ("The samples were far too small - Porto Institute: “We lost it all.”", "Porto Institute"),
        ("“We lost it all,” the editorial read.", "the editorial"),
        ("As coach Marta Ruiz put it, “we lost it all.”", "coach Marta Ruiz"),
        ("“We lost it all.”\n\n– Marta Ruiz, writing after the race.", "Marta Ruiz"),
    ],
)
def test_the_source_is_the_one_of_the_cue(said, text, source):
    found = [s for s in said(text) if "lost it all" in s.content[0]]
    assert len(found) == 1 and found[0].source.startswith(source)


def test_a_quotation_joins_a_sentence_that_is_quoted_in_part(said):
    (statement,) = said("The season was “a bad one for us,” Marta Ruiz said. “We lost nine races.”")
    assert statement.content == ("The season was “a bad one for us,”", "We lost nine races")
    assert statement.quote_type == "mixed"


def test_a_quotation_of_several_sentences_that_begins_in_the_middle_of_one_is_kept_whole(said):
    (statement,) = said(
        "In 2009 the schools “were short of money. They took it,” Marta Ruiz said. “And they liked it.”"
    )
    assert statement.content[0].startswith("In 2009 the schools") and statement.content[1] == "And they liked it"


def test_a_quotation_without_a_comma_before_its_cue_goes_on(said):
    (statement,) = said('"For months we stood by while they lied" said Marta Ruiz, a clerk. "We had to."')
    assert statement.content == ("For months we stood by while they lied", "We had to")


def test_the_words_between_the_parts_may_tell_of_the_speaker(said):
    (statement,) = said('"The risk," said Marta Ruiz, a teacher who is the head of the school, "is that we lose."')
    assert statement.content == ("The risk", "is that we lose")


def test_a_sentence_after_a_quotation_keeps_its_own_cue(said):
    found = said("“I disagree,” she said. “The plan leaves the ferries out.” She noted a long delay in Porto.")
    assert found[0].content == ("I disagree", "The plan leaves the ferries out")


def test_a_short_quotation_is_not_reported_twice(said):
    found = said("Marta Ruiz, a clerk in Porto, said the mayor will not win. “He lies!”")
    assert [s.content for s in found].count(("He lies!",)) == 1


def test_a_mark_that_looks_the_wrong_way_closes(said):
    (statement,) = said("“Do you want to go home?“ Marta Ruiz asked.")
    assert statement.content == ("Do you want to go home?",) and statement.source == "Marta Ruiz"


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("“We lost it all,” Will wrote.", "Will"),
        ("“We lost it all!” an angry Ruiz retorted.", "an angry Ruiz"),
        ("After the vote, Marta Ruiz issued a statement, “We lost it all.”", "Marta Ruiz"),
        ("Marta Ruiz has since apologised for what happened: “We lost it all.”", "Marta Ruiz"),
        (
            "In May, the head of the club, Marta Ruiz, turned to Porto, writing in a letter: “We lost it all.”",
            "the head",
        ),
        ("The Porto Times confirmed that report, adding: “We lost it all.”", "The Porto Times"),
        ("“We lost it all,” wrote a Porto supporter who runs a shop.", "a Porto supporter"),
        ("But Sen. Marta Ruiz (I-Vt.), noting the size of the following, said, “We lost it all.”", "Sen. Marta Ruiz"),
        ("He named Marta Ruiz, who told the press when asked about the race: “We lost it all.”", "who"),
        ("Some chanted “We lost it all!”", "Some"),
        (
            "With voters worried about the club, coach Marta Ruiz has a new message: “We lost it all.”",
            "coach Marta Ruiz",
        ),
    ],
)
def test_the_source_is_the_nearest_subject_of_the_cue(said, text, source):
    found = [s for s in said(text) if "lost it all" in s.content[0]]
    assert len(found) == 1 and found[0].source.startswith(source)


def test_an_open_quotation_belongs_to_the_cue_that_ends_it(said):
    first, second = said(
        "“We need steady hands,” Marta Ruiz told the crowd. “Not a man who is fair on Monday.\n\n"
        "“And who knows what on Tuesday!” she said."
    )
    assert first.content == ("We need steady hands",)
    assert second.content == ("Not a man who is fair on Monday", "And who knows what on Tuesday!")


def test_a_sentence_about_the_speaker_does_not_end_the_quotation(said):
    (statement,) = said("“We have had problems,” Marta Ruiz said. She paused. “We will solve them in March.”")
    assert statement.content == ("We have had problems", "We will solve them in March")


def test_the_title_of_a_work_is_no_speech(said):
    assert said("The coach spoke at length on her radio programme, “Marta Ruiz Tonight,” in Porto.") == []


def test_a_remark_on_a_quotation_is_not_its_cue(said):
    found = said("“They were very hard on us,” Marta Ruiz said. “They still are,” which Dora Quint thinks is a pity.")
    assert found[0].content == ("They were very hard on us", "They still are")


def test_a_quotation_that_goes_on_with_an_interrupted_clause_is_no_statement_of_its_own(said):
    (statement,) = said("Ruiz, Dunn wrote, “has shown her deep faith in the town.”")
    assert statement.content == ("Ruiz", "has shown her deep faith in the town") and statement.source == "Dunn"


def test_who_reports_a_quotation_reports_all_of_it(said):
    inner, outer = said('“It is so. It was so,” Dunn said, according to the Porto Times. "I do not know."')
    assert inner.source == "Dunn" and inner.content == ("It is so. It was so", "I do not know")
    assert outer.source == "the Porto Times" and outer.content == ("It is so. It was so,” Dunn said", "I do not know")
    assert inner.nested_in == 1 and outer.nested_in is None


def test_the_first_half_of_a_headline_is_no_speaker(said):
    assert said("A Win For Ruiz: Porto Holds Its Vote\n\nThe town voted on Monday.") == []


def test_a_table_of_figures_is_no_speech(said):
    assert said("THE COUNT\n\nRUIZ: 547.\n\nDUNN: 46.\n\nRUIZ: 2,316.\n\nDUNN: 1,547.") == []


def test_the_author_of_a_document_before_a_colon_speaks(said):
    (statement,) = said("People cheered at Ruiz's message: “You see what we can do.”")
    assert (statement.source, statement.cue) == ("Ruiz", "message")


def test_voices_one_below_the_other_with_a_dash_and_a_name(said):
    found = said(
        "“He is no good for the town.” ― Dora Quint\n“Then Ruiz said we live in pain. He is dull.”― Jan Dunn \n"
        "“I am so sad.” ― Marta Ash"
    )
    assert [s.source for s in found if s.nested_in is None] == ["Dora Quint", "Jan Dunn", "Marta Ash"]


@pytest.mark.parametrize(
    ("text", "quote_type"),
    [
        ("'The harbour is clean and the fish are back,' Eva Dahl said.", "direct"),
        ("‘The harbour is clean,’ Eva Dahl said. ‘We are glad of it.’", "direct"),
        ("Eva Dahl said that 'The Long Way Home' is a good film.", "indirect"),
    ],
)
def test_what_is_quoted_in_single_marks_is_direct_speech(read, text, quote_type):
    (statement,) = read(text).statements
    assert statement.attribution.quote_type == quote_type


@pytest.mark.parametrize(
    ("text", "titles"),
    [
        ("Harbour Trust said Eva Dahl had resigned as director of Harbour Trust to end “a long fight”.", ["director"]),
        ("Norvik Bank said Ana Ruiz, whom it called “safe”, had been appointed chairman of the bank.", ["chairman"]),
        ("The union said the bank had “appointed Ana Ruiz chairman of Norvik Bank in May”.", []),
        ("The union said the bank had made Ana Ruiz “chairman of nothing”.", []),
        ("It was “a bad day,” said Eva Dahl. “Ana Ruiz was appointed chairman of Norvik Bank.”", []),
    ],
)
def test_a_few_quoted_words_do_not_make_a_report_the_speakers_own(read, text, titles):
    assert [role.title for role in read(text).roles] == titles
