"""Whose words they are: names, surnames, pronouns, documents, several speakers, unnamed sources."""

from __future__ import annotations

import pytest


def speakers(facts):
    names = {entity.key: entity.name for entity in facts.entities}
    return [names.get(s.speaker, s.speaker_text) for s in facts.statements]


def test_surname_and_pronoun_find_the_full_name(read):
    facts = read(
        "Marta Ruiz, director of the Lisbon Water Board, opened the plant. Ruiz said the river was clean. "
        "She added that the tests would go on."
    )
    assert speakers(facts) == ["Marta Ruiz", "Marta Ruiz"]


def test_the_role_is_that_of_the_speaker(read):
    facts = read("Marta Ruiz, director of the Lisbon Water Board, said the river was clean.")
    roles = {role.key: role.title for role in facts.roles}
    assert [roles.get(s.role) for s in facts.statements] == ["director"]


@pytest.mark.parametrize(
    "past",
    [
        "Marta Ruiz was a student at Hill College.",
        "Marta Ruiz was a central broker of the Lisbon accord.",
        "Marta Ruiz worked as an adviser to the Lisbon Water Board.",
        "Marta Ruiz broke a leg while serving as an adviser to the Lisbon Water Board.",
    ],
)
def test_nobody_speaks_in_a_role_of_the_past(read, past):
    facts = read(f"{past} Ruiz said the river was clean.")
    assert [s.role for s in facts.statements] == [None]


def test_whoever_is_acting_as_spokesman_speaks_as_that(read):
    facts = read("Tom Reed, acting as a spokesman for the Lisbon Water Board, came. Reed said the river was clean.")
    assert [s.role for s in facts.statements] == ["role:tom reed|spokesman|lisbon water board"]


def test_two_named_speakers_give_a_statement_each(read):
    facts = read("Marta Ruiz and Pavel Novak said the river was clean.")
    assert sorted(speakers(facts)) == ["Marta Ruiz", "Pavel Novak"]
    assert len({s.attribution for s in facts.statements}) == 1


def test_an_unnamed_source_keeps_its_words(read):
    facts = read("Two officials said the inquiry had ended.")
    (statement,) = facts.statements
    assert statement.speaker is None and statement.speaker_text == "Two officials"


def test_a_passive_without_agent_has_no_speaker(read):
    (statement,) = read("It was announced that the theatre will close.").statements
    assert statement.speaker is None and statement.speaker_text == ""


def test_a_relative_pronoun_speaks_for_its_noun(read):
    facts = read("The plant was opened by Marta Ruiz, who said the river was clean.")
    assert speakers(facts) == ["Marta Ruiz"]


def test_a_document_speaks_for_whoever_published_it(read):
    facts = read("Greenpeace's report said the river was clean.")
    assert speakers(facts) == ["Greenpeace"]
    assert facts.statements[0].confidence < 0.9


def test_a_continued_statement_has_the_speaker_of_the_first(read):
    facts = read("Marta Ruiz said the roof was safe.\n\n“We tested it twice last year.”")
    assert speakers(facts) == ["Marta Ruiz", "Marta Ruiz"]


INTERVIEW = """Marta Ruiz, 51, has been director of the Lisbon Water Board since 2018. She was born in Evora. The \
engineer Pavel Novak is her deputy.

Q: {question}

A: It was a long way. We built two plants and lost one.

Q: And now?

A: My deputy tells me that the third will open in May."""


def test_answers_in_an_interview_are_those_of_whom_the_questions_address(read):
    facts = read(INTERVIEW.format(question="Mr. Novak, how clean is the river?"))
    answers = [s for s in facts.statements if s.attribution.cue_lemma == ":" and s.speaker]
    names = {entity.key: entity.name for entity in facts.entities}
    assert [names[s.speaker] for s in answers] == ["Pavel Novak"] * 2
    assert answers[0].speaker_reason == "interviewee, addressed in a question"


def test_answers_in_an_interview_are_those_of_whom_the_introduction_is_about(read):
    facts = read(INTERVIEW.format(question="How clean is the river?"))
    names = {entity.key: entity.name for entity in facts.entities}
    labelled = [s for s in facts.statements if s.attribution.cue_lemma == ":"]
    assert [names.get(s.speaker, s.speaker_text) for s in labelled] == ["Q", "Marta Ruiz", "Q", "Marta Ruiz"]


@pytest.mark.parametrize("label", ["EXPLAINER", "POLL", "UPDATE", "WATCH", "FACTBOX", "FACT CHECK"])
def test_a_word_in_capitals_that_says_what_a_text_is_speaks_not(read, label):
    assert read(f"Rates rise\n\n{label}: Prices in the harbour town rose for the third year in a row.").statements == ()


def test_the_place_that_a_report_comes_from_does_not_say_its_lead(read):
    facts = read(
        "Harbour closed\n\nNEW DELHI: The government on Monday closed the harbour after the storm had damaged it.\n\n"
        "It is to open again in May, Ines Duarte said."
    )
    assert speakers(facts) == ["Ines Duarte"]
    assert "New Delhi" in [entity.name for entity in facts.entities]


@pytest.mark.parametrize(("label", "speaker"), [("SMITH", "SMITH"), ("PRESIDENT HOLM", "HOLM")])
def test_a_name_in_capitals_before_a_colon_speaks(read, label, speaker):
    facts = read(f"On the harbour\n\n{label}: I think that the harbour should stay open, whatever the storms do to it.")
    assert speakers(facts) == [speaker]


def test_initials_before_an_answer_are_those_of_the_only_person_they_fit(read):
    facts = read("Pavel Novak met us on Monday.\n\nPN: The city is calm.\n\nPN: It will stay so.\n\nHOLT: Thank you.")
    assert speakers(facts) == ["Pavel Novak", "Pavel Novak", "HOLT"]


def test_questions_and_answers_may_be_marked_with_stops_and_bold(read):
    facts = read("We met Pavel Novak.\n\n**Q. Is the river clean?**\n\nA. It is cleaner than ten years ago.")
    assert speakers(facts) == ["Q.", "Pavel Novak"]
    assert facts.statements[0].attribution.speech_act == "question"
    assert read("There are two ways.\n\nA. The town builds a dam.\n\nB. The town waits.").statements == ()


def test_he_who_speaks_of_somebody_is_somebody_else(read):
    facts = read("Pavel Novak said the dam was old. Karel Dusek, he recalled, had once warned of it.")
    assert speakers(facts)[1] == "Pavel Novak"


def test_a_name_after_a_long_title_is_the_speaker(read):
    facts = read("The head of the observer mission of the council, Zsofia Baranyai, said the vote was fair.")
    assert speakers(facts) == ["Zsofia Baranyai"]


def test_what_is_counted_in_the_content_belongs_to_the_statement(read):
    facts = read("Marta Ruiz said the plant cost more than 40 million euros.")
    (statement,) = facts.statements
    assert [(q.value, q.unit, q.comparator) for q in statement.quantities] == [(40_000_000, "EUR", "gt")]


def test_the_day_it_was_said_is_that_of_the_cue_not_of_the_content(nlp):
    from kg.extraction.dates import find_dates
    from kg.extraction.reading import Reading
    from kg.extraction.statements import find_attributions, resolve_statements
    from kg.language.pipeline import parse
    from kg.readers import article_from_text

    text = "Marta Ruiz said on 5 May 2024 that the plant would open on 1 June 2025."
    ((article, doc),) = parse(nlp, [article_from_text(text, "test.txt")])
    (statement,) = resolve_statements(
        Reading(article, doc), find_attributions(article, doc), dates=find_dates(doc, None)
    )
    assert statement.date is not None and statement.date.text == "5 May 2024"


@pytest.mark.parametrize(
    "notice",
    [
        "Correction: An earlier version of this article said that Mayor Ann Reid sold land to her brother.",
        "Editor's note: This article has been updated to say that the bridge cost 5 million euros.",
        "This article was amended on 3 May 2025. An earlier version said that Ann Reid sold land to her brother.",
    ],
)
def test_a_notice_of_correction_is_nobodys_statement(said, notice):
    news = "Ann Reid, mayor of Selby, said on Thursday that the land was sold to a cousin."
    for text in (f"{notice}\n\n{news}\n\n{news}", f"{news}\n\n{notice}", f"{news} {notice}"):
        assert {statement.content for statement in said(text)} == {("the land was sold to a cousin",)}


def test_whoever_the_quotation_calls_she_did_not_say_it(read):
    facts = read(
        '"We made the film because of Ana Ruiz\'s work," Eva Dahl told the paper. '
        '"We never expected this. Many did not know her life as a lawyer and how she worked," she wrote on Monday.'
    )
    assert speakers(facts) == ["Eva Dahl", "Eva Dahl"]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        (
            "Tuesday, Ana Ruiz opened a Bergen rally blasting Tom Reed for promoting drilling in other countries.",
            "Ana Ruiz",
        ),
        ("Ana Ruiz entered the debate accusing Tom Reed of fraud.", "Ana Ruiz"),
        ("Ana Ruiz is a liar, a racist and a bully who has pledged to close the harbour.", "Ana Ruiz"),
        ("Ana Ruiz often rows and is a liar, a bully and a cheat who has pledged to close the harbour.", "Ana Ruiz"),
        (
            "Ana Ruiz went after Tom Reed for following the mayor's refusal to use the name and called for her to go.",
            "Ana Ruiz",
        ),
        ("Eva Dahl met Tom Reed, a sailor who has called for a new bridge.", "Tom Reed"),
    ],
)
def test_somebody_speaks_at_the_scene_or_as_what_is_said_of_him(read, text, name):
    assert speakers(read(text)) == [name]


def test_what_is_said_at_an_occasion_is_said_where_the_text_goes_on_from_it(read):
    facts = read(
        "The harbour is old. Boats come late.\n\nMany people wait there.\n\nThe town pays for it.\n\n"
        "Ana Ruiz spoke at a summit in Oslo on Friday. Ruiz said the harbour would be closed.\n\n"
        "Ruiz said in an interview that the bridge was safe.\n\nThe town is small.\n\nIt rains there.\n\n"
        "Ruiz said the mayor was tired.",
        date="2025-06-20",
    )
    at = [(s.attribution.cue_lemma, s.made_at is not None) for s in facts.statements]
    assert at == [("say", True), ("say", False), ("say", False)]
