"""What the words around a name, everyday nouns and other names of the article tell of its kind."""

from __future__ import annotations

import pytest


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Marlin spokeswoman Greta Holm said the plan was ready.", "Marlin"),
        ("Marlin Freight, its chairman Tom Reyes said, was ready.", "Marlin Freight"),
        ("Port operator Halden Terminals, its general secretary said, will cut 200 jobs.", "Halden Terminals"),
        ("A Comvia poll put her ahead. Comvia's survey of 1,000 people was made in May.", "Comvia"),
        ("The Oslo Herons won the cup. The Oslo Herons had lost in May.", "Oslo Herons"),
        ("The Dockworkers' Union of Kestrel Bay called a strike.", "Dockworkers' Union of Kestrel Bay"),
        ("The National Farmers' Union of Valmora said prices fell.", "National Farmers' Union of Valmora"),
        ("Manhattan Beach, Calif.-based Tullow Systems has 34 engineers.", "Tullow Systems"),
    ],
)
def test_a_body_by_its_post_its_words_or_its_members(names, text, name):
    assert names(text).kinds()[name] == "org"


def test_its_curator_is_nobody_s_body(names):
    kinds = names("Owen Pritchard, its curator, opened the show in Bath.").kinds()
    assert kinds["Owen Pritchard"] == "person"


@pytest.mark.parametrize(
    "text",
    [
        "In Lyon, guests tasted a cocktail called Sunder.",
        "The mill near Lyon used QBP [Quick Bleaching Powders]. QBP was dear.",
        "The Gallenby Poll was taken at 5 p.m. Eastern Standard Time in Lyon.",
    ],
)
def test_goods_matter_polls_and_hours_are_no_names(names, text):
    assert set(names(text).kinds()) == {"Lyon"}


def test_a_person_after_a_demonym(names):
    assert names("Kentuckian Rand Mills won the prize in Oslo.").kinds()["Rand Mills"] == "person"


def test_parties_by_their_short_names(names):
    found = names(
        "Labour said it would oppose the plan. Labour leader Ann Holt met the Conservatives on Friday. The Tories "
        "lost. The Liberal Democrats voted against it, and the Ministry of Labour was silent."
    )
    kinds = found.kinds()
    assert kinds["Labour"] == kinds["Liberal Democrats"] == "org"
    assert found.forms("Conservatives") == ["Conservatives", "Tories"]
    assert found.forms("Labour") == ["Labour", "Labour"]
    assert found.meant_by("it") == "Labour"


def test_a_party_and_its_short_name_are_one(names):
    found = names("The Labour Party met in Cardiff. Labour said it was ready.")
    assert found.forms("Labour Party") == ["Labour Party", "Labour"]


def test_followers_are_no_party(names):
    assert "Republicans" not in names("Republicans on the committee and the Republicans who left agreed.").kinds()


def test_a_new_word_that_speaks_is_a_body(names):
    found = names("Corvixa Reports Loss\n\nCorvixa said on Friday that sales fell. Corvixa announced a sale in Oslo.")
    assert found.kinds()["Corvixa"] == "org"


def test_goods_with_their_maker_are_no_bodies(names):
    kinds = names("Norvik ran Mozilla Firefox on Linux, and flew in an Airbus A380 after Easter Sunday.").kinds()
    assert not {"Mozilla Firefox", "Linux", "Airbus A380", "Easter Sunday"} & set(kinds)


def test_followers_tell_a_person_and_people_in_the_plural_are_nobody(names):
    kinds = names(
        "Mourners said the Mendoza campaign was over. Supporters of the Mendoza campaign wept in Oslo."
    ).kinds()
    assert kinds == {"Mendoza": "person", "Oslo": "place"}


def test_a_team_named_for_its_town_is_no_person(names):
    assert names("Per Aas is a Dallas Herons fan.").kinds()["Dallas Herons"] == "org"


def test_countries_are_teams_in_a_report_on_matches(names):
    kinds = names(
        "Norway beat Peru 2-1 in the World Cup on Friday. The striker scored both goals of the match, and the coach "
        "praised his side. Peru lost two games of the tournament before the win over Chile. The captain missed a try "
        "and the goalkeeper saved two points for the team. Ireland will meet Norway in the final of the match season."
    ).kinds()
    assert {kinds[name] for name in ("Norway", "Peru", "Chile", "Ireland")} == {"org"}


def test_countries_that_win_a_bid_stay_places(names):
    kinds = names("Norway won the bid and beat Peru on Friday. The ministers of Norway and Peru met in Oslo.").kinds()
    assert "place" in kinds["Norway"]


def test_a_journal_is_a_body(names):
    assert (
        names("It was printed in magazines and journals, including Harbour Law & Medicine.").kinds()[
            "Harbour Law & Medicine"
        ]
        == "org"
    )


def test_a_long_form_that_names_a_thing_decides_for_its_acronym(names):
    kinds = names(
        "The mills of Lyon breathe FQD [Fine Quartz Dust]. FQD was high, and FQD fell. NATO fell silent."
    ).kinds()
    assert "FQD" not in kinds
    assert kinds["NATO"] == "org"


def test_a_surname_after_met_is_a_person(names):
    kinds = names(
        "The minister met Okafor and Marlin chief executive Dolores Reyes in Accra. Okafor left early."
    ).kinds()
    assert kinds == {"Okafor": "person", "Marlin": "org", "Dolores Reyes": "person", "Accra": "place"}


def test_an_address_is_no_part_of_a_name(names):
    for name in names("He wrote to Novak](http://example.org/a) and [Tern](http://example.org/b) in Oslo.").kinds():
        assert "//" not in name
