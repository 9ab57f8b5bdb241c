"""Whom pronouns and nouns mean."""

from __future__ import annotations

import pytest


def test_he_and_she_go_by_gender(names):
    found = names("Paula Rennick met George Hallam on Monday. She praised the plan, and he thanked her.")
    assert found.meant_by("She") == "Paula Rennick"
    assert found.meant_by("he") == "George Hallam"
    assert found.meant_by("her") == "Paula Rennick"


def test_the_subject_is_preferred_and_object_pronouns_do_not_mean_it(names):
    found = names("Mark Oduya sued Peter Lang. He said Lang had lied to him.")
    assert found.meant_by("He") == "Mark Oduya"
    assert found.meant_by("him") == "Mark Oduya"


def test_an_unnamed_person_blocks_a_named_one(names):
    found = names("Colin Farr was arrested. A policeman found the bag. He opened it.")
    assert found.meant_by("He") is None


def test_the_speaker_is_not_whom_his_quotation_calls_he(names):
    found = names('Mayor Jack Dunmore praised Tom Vickery. "He is a good man," Dunmore said.')
    assert found.meant_by("He") == "Tom Vickery"


def test_who_means_what_stands_before_it(names):
    found = names("Lena Hartog, who heads the Port Authority, resigned.")
    assert found.meant_by("who") == "Lena Hartog"


def test_nouns_mean_what_the_article_called_by_them(names):
    found = names(
        "Trade Minister Ana Beltran opened the fair. Norsk Glass AS, a company from Bergen, won a prize. "
        "The minister shook hands. The company will hire 40 people."
    )
    assert found.meant_by("minister") == "Ana Beltran"
    assert found.meant_by("company", 1) == "Norsk Glass AS"


def test_a_noun_with_its_own_description_is_left_open(names):
    found = names("Trade Minister Ana Beltran opened the fair. The minister of health from Chile shook hands.")
    assert found.meant_by("minister") is None


def test_it_means_only_the_subject_above_it(names):
    found = names("Siemens said it would cut costs. The weather was bad, and it rained.")
    assert found.meant_by("it", 0) == "Siemens"
    assert found.meant_by("it", 1) is None


def test_a_described_title_means_who_bears_it(names):
    found = names(
        "Prime Minister Leena Sato met Foreign Minister Yusuf Karim in Dhaka. The prime minister thanked him. "
        "The foreign minister smiled."
    )
    assert found.meant_by("minister", 0) == "Leena Sato"
    assert found.meant_by("minister", 1) == "Yusuf Karim"


def test_chair_and_chairwoman_are_one_office(names):
    found = names("Chairwoman Greta Voss opened the meeting. The chair closed it.")
    assert found.meant_by("chair") == "Greta Voss"


def test_a_senator_is_known_by_the_state_too(names):
    found = names(
        "Oregon Sen. Ruth Callow met Nevada Sen. Piet Maas. The Oregon senator thanked the clerks. "
        "The vice president of the board left."
    )
    assert found.meant_by("senator") == "Ruth Callow"


def test_a_vice_president_is_not_the_president(names):
    found = names("Vice President Nora Stahl arrived in Turku. The crowd waited for the president.")
    assert found.meant_by("president") is None


def test_a_capitalised_title_is_a_noun_for_who_bears_it(names):
    found = names("Deputy Minister Marta Lindqvist opened the fair. The Deputy Minister thanked the guests.")
    assert found.meant_by("Minister", 1) == "Marta Lindqvist"


def test_the_company_is_the_one_that_the_text_is_about_there(names):
    found = names("Orsted Marine raised its forecast. Sales in Bergen fell, the company said. It expects a good year.")
    assert found.meant_by("company") == "Orsted Marine"
    assert found.meant_by("It") == "Orsted Marine"


def test_a_ministry_is_no_company(names):
    found = names("The Ministry of Transport closed the bridge. Lorries of the company were fined.")
    assert found.meant_by("company") is None


def test_an_age_tells_who_is_meant(names):
    found = names("Lena Hartog, 45, met Paula Rennick, 52, in Delft. The 45-year-old said the talks went well.")
    assert found.meant_by("old") == "Lena Hartog"


def test_who_after_an_apposition_means_the_person(names):
    found = names("Profits will last, said Lena Hartog, an analyst at Meridian Securities, who follows the shares.")
    assert found.meant_by("who") == "Lena Hartog"


def test_the_team_of_another_nation_is_another_team(names):
    found = names("The Afghan team's coach, Ali Mehran, was happy. The European team won. The team went home to Kabul.")
    assert found.meant_by("team", 1) is None


def test_it_of_the_weather_is_nobody(names):
    assert names("The Clinton Foundation refused. It is unclear why.").meant_by("It") is None


@pytest.mark.parametrize(
    ("text", "word", "nth", "meant"),
    [
        ("Norvik Airways cut flights. The carrier said fuel was dear.", "carrier", 0, "Norvik Airways"),
        ("Senator Lee Marks spoke first. The lawmaker said taxes would rise.", "lawmaker", 0, "Lee Marks"),
        ("Prime Minister Karl Voss disagreed. The premier called a vote.", "premier", 0, "Karl Voss"),
        ("Police arrested Omar Haddad on Monday. The suspect, 34, denied it.", "suspect", 0, "Omar Haddad"),
        ("Tara Okafor was killed in Selby on Monday. The victim was a teacher.", "victim", 0, "Tara Okafor"),
        ("Lena Holt left Oslo on Monday. The retired surgeon said she was tired.", "surgeon", 0, "Lena Holt"),
    ],
)
def test_other_nouns_for_the_same_thing(names, text, word, nth, meant):
    assert names(text).meant_by(word, nth) == meant


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("United Kestria lost the case. The team went home.", "team"),
        ("Lena Holt and Per Aas left Oslo on Monday. The retired surgeon said little.", "surgeon"),
        ("Lena Holt left Oslo on Monday. The foreign minister said little.", "minister"),
    ],
)
def test_a_noun_for_nobody_named_stays_open(names, text, word):
    assert names(text).meant_by(word) is None


def test_markup_inside_a_name_is_no_part_of_it(nlp, tmp_path):
    from kg.extraction.names import find_entities
    from kg.language.pipeline import parse
    from kg.readers import read_sources

    source = tmp_path / "a.md"
    source.write_text(
        "# Court rules\n\nOn Friday the [Harbour](http://example.org/z) Board of Selby met *Ada* Novak in Oslo.\n",
        encoding="utf-8",
    )
    ((article, doc),) = parse(nlp, list(read_sources([source])))
    entities, _ = find_entities(article, doc)
    assert {entity.name for entity in entities} == {"Harbour Board of Selby", "Ada Novak", "Oslo"}


@pytest.mark.parametrize(
    ("text", "word", "meant"),
    [
        ("When she was a student, Anna Holm ran a club in Oslo.", "she", "Anna Holm"),
        ("Before he left Oslo, Tom Reed sold the boat.", "he", "Tom Reed"),
        ("In her book, Anna Holm praised the town.", "her", None),
        ("When she was a student, Jan Holt taught at Selby University.", "she", None),
        ("Ruth Dahl is a chemist. When she was a student, Anna Holm taught in Oslo.", "she", "Ruth Dahl"),
        ("Because of her, Anna Holm's son left.", "her", None),
    ],
)
def test_a_pronoun_may_stand_before_the_subject_that_it_means(names, text, word, meant):
    assert names(text).meant_by(word) == meant


def test_who_is_told_of_in_single_marks_is_not_whom_the_text_goes_on_with(names):
    found = names("Eva Dahl left at noon. ‘Ruth Holm never called us again,’ said a porter. She was in Oslo by night.")
    assert found.meant_by("She") != "Ruth Holm"
