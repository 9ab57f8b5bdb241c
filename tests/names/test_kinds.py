"""What names stand for, and where they begin and end."""

from __future__ import annotations

import pytest


def test_titles_articles_and_possessives_lie_outside_the_name(names):
    found = names(
        "Finance Minister Aurelio Brandt met the Baltic Grain Board's director, Mrs. Ilse Kallas, in Riga. "
        "Brandt's office praised Prof. Tomasz Wierzba."
    )
    assert set(found.forms("Aurelio Brandt")) == {"Aurelio Brandt", "Brandt"}
    assert found.forms("Ilse Kallas") == ["Ilse Kallas"]
    assert found.forms("Tomasz Wierzba") == ["Tomasz Wierzba"]
    assert found.forms("Baltic Grain Board") == ["Baltic Grain Board"]


def test_a_title_that_is_also_a_given_name_stays_with_a_surname(names):
    found = names(
        "Don Marwick, chairman of the Hill Trust, praised Donna Sampson Hollis. Don Pedro Alvarez met Donna Kelly. "
        "Marwick agreed."
    )
    assert found.forms("Don Marwick") == ["Don Marwick", "Marwick"]
    assert {"Donna Sampson Hollis", "Pedro Alvarez", "Donna Kelly"} <= set(found.kinds())


def test_institutional_names_are_whole(names):
    found = names(
        "The Norwegian Patent and Trademark Office signed an agreement with the Estonian Academy of Sciences. "
        "The Helga Brandt Foundation for the Performing Arts paid for it. The Civil Defence Authority watched."
    ).kinds()
    assert found["Norwegian Patent and Trademark Office"] == "org"
    assert found["Estonian Academy of Sciences"] == "org"
    assert found["Helga Brandt Foundation for the Performing Arts"] == "org"
    assert found["Civil Defence Authority"] == "org"


def test_two_bodies_joined_by_and_are_two(names):
    found = names("Samsung and Nokia will share patents, Samsung said on Friday.").kinds()
    assert found["Samsung"] == "org"
    assert found["Nokia"] == "org"


def test_events_concepts_peoples_and_days_are_no_nodes(names):
    found = names(
        "On Monday Chinese and French delegates opened the Global Forum on Clean Water in Lyon. "
        "Artificial Intelligence (AI) and intellectual property (IP) were discussed. Digital technology helps. "
        "Published PCT applications rose. The forum closed on Friday."
    ).kinds()
    assert found == {"Lyon": "place"}


def test_a_kind_is_decided_by_the_whole_article(names):
    found = names(
        "Halden said the plan was ready. Erika Halden, the mayor of Moss, wrote it. "
        "Moss lies near Oslo. Halden Bruk AS, a builder, won the contract."
    ).kinds()
    assert found["Erika Halden"] == "person"
    assert found["Moss"] in {"place", "org+place"}
    assert found["Halden Bruk AS"] == "org"


def test_a_place_that_employs_or_decides_is_an_organisation_too(names):
    found = names(
        "Rita Leal, Vice Mayor of Porto, spoke in Coimbra. Canada announced new tariffs. "
        "The economy of Chile grew, and Peru's exports rose."
    ).kinds()
    assert found["Porto"] == "org+place"
    assert found["Canada"] == "org+place"
    assert found["Coimbra"] == "place"
    assert found["Chile"] == "place"
    assert found["Peru"] == "place"


def test_names_in_a_dateline_and_a_headline_are_found(names):
    found = names(
        "Minister Karvonen Resigns Over Fuel Tax\n\n"
        "HELSINKI (Reuters) - Transport Minister Outi Karvonen resigned on Tuesday, Finland's government said. "
        "Karvonen had pushed for a higher fuel tax.\n"
    )
    assert found.kinds()["Helsinki"] == "place"
    assert found.kinds()["Reuters"] == "org"
    assert found.forms("Outi Karvonen") == ["Karvonen", "Outi Karvonen", "Karvonen"]


def test_letters_after_a_name_are_no_organisation(names):
    found = names("Her counsel, Rupert Ashworth, QC, told the court that Ashworth Mills had closed.").kinds()
    assert found["Rupert Ashworth"] == "person"
    assert "QC" not in found


def test_foreign_names_with_particles_hyphens_and_diacritics(names):
    found = names(
        "Captain Suleiman al-Harbi met Erik van der Meulen and Søren Kjærgård-Olsen in Muscat. "
        "Al-Harbi thanked van der Meulen. Kim Jae-won, a spokesman, said Kjærgård-Olsen would return."
    )
    assert found.forms("Suleiman al-Harbi") == ["Suleiman al-Harbi", "Al-Harbi"]
    assert found.forms("Erik van der Meulen") == ["Erik van der Meulen", "van der Meulen"]
    assert found.forms("Søren Kjærgård-Olsen") == ["Søren Kjærgård-Olsen", "Kjærgård-Olsen"]
    assert "Kim Jae-won" in found.kinds()


def test_offices_tickers_and_products_are_no_names(names):
    found = names(
        "Chief Financial Officer Karin Sandvik said Nordwind Energy AG (XETRA: NWE) sold its Firefox shirts. "
        "Q3 revenue rose, the Prime Minister noted."
    ).kinds()
    assert found == {"Karin Sandvik": "person", "Nordwind Energy AG": "org"}


def test_a_team_that_plays_is_an_organisation(names):
    found = names(
        "Tonga beat Samoa 24-10 in the final. Tonga 24 - 10 Samoa was the score. Tonga coach Vea Fifita wept."
    )
    assert found.kinds()["Tonga"] == "org"


def test_the_sides_of_a_match_are_teams(names):
    kinds = names(
        "Norway beat Chile 2 - 0 on Friday. Norway defeated Peru in May. Chile beat Peru in June. Sweden, Norway and "
        "Denmark wait for the draw."
    ).kinds()
    assert kinds["Norway"] == kinds["Chile"] == "org"


def test_a_law_case_is_nobody(names):
    assert "person" not in names("The judges upheld Rowe v. Wilde in June.").kinds().values()


def test_a_family_in_the_plural_is_no_body(names):
    kinds = names("Ann Hartog and Lars Hartog own a farm. The Hartogs sold cheese to IBM.").kinds()
    assert "Hartogs" not in kinds


def test_a_title_in_quotation_marks_is_nobody(names):
    assert "Morning Coast" not in names('She was a guest of the show "Morning Coast" on Sunday.').kinds()


def test_a_name_beside_a_persons_is_a_persons(names):
    kinds = names("The old farmer, who had voted for JFK and Bill Harmon, went home.").kinds()
    assert kinds["JFK"] == "person"


def test_the_adjective_of_an_unknown_land_is_no_place(names):
    kinds = names("Kestria will recognise Valmoran licences, the premier of Valmora said in Oslo.").kinds()
    assert "Valmoran" not in kinds


def test_what_a_maker_makes_and_what_a_ferry_is_called(names):
    kinds = names("Battery maker Varta raised its forecast. A fire broke out on the ferry Aurelia near Kiel.").kinds()
    assert "Battery" not in kinds
    assert "Aurelia" not in kinds


def test_where_somebody_comes_from_is_a_place(names):
    assert names("Tadeusz Wrona, a truck driver from Lindmark, called the police.").kinds()["Lindmark"] == "place"


def test_a_party_named_with_a_small_p_and_a_branch_abroad(names):
    kinds = names(
        "Polls showed that the Labour party had increased its lead. Halden Ferries Norway boss Peter Hollis resigned."
    ).kinds()
    assert kinds["Labour party"] == "org"
    assert kinds["Halden Ferries Norway"] == "org"


def test_what_a_thing_is_called_tells_its_kind(names):
    kinds = names(
        "She played for the national basketball team, known as the Gliders. A ferry named Aurelia sank."
    ).kinds()
    assert kinds["Gliders"] == "org"
    assert "Aurelia" not in kinds


def test_one_body_with_and_takes_a_verb_in_the_singular(names):
    kinds = names("East Fife Fire and Rescue Service was sent to the harbour.").kinds()
    assert kinds == {"East Fife Fire and Rescue Service": "org"}


def test_a_name_among_firms_is_a_firm(names):
    assert names("The media firms Condor, HuffPost and Gannett have hired 300 editors.").kinds()["Gannett"] == "org"


def test_a_year_in_brackets_tells_a_film(names):
    assert "Rebecca" not in names("The archive restored Rebecca (1940) and Vertigo (1958) in London.").kinds()


@pytest.mark.parametrize(
    "text",
    [
        "Peter Tindall, director of the QHB, said so.",
        "The head of the QHB, Nora Tan, agreed.",
        "A spokesman for the QHB declined to comment.",
        "Nora Tan, chair of QHB, agreed.",
    ],
)
def test_letters_that_have_a_director_are_a_body(names, text):
    assert names(text).kinds().get("QHB") == "org"


@pytest.mark.parametrize(
    "sentence",
    [
        "The road between Ormsby and Vester was closed on Monday.",
        "The council will rebuild the railway line between Ormsby and Vester.",
        "Police guarded the border between Ormsby and Vester.",
        "The ferry between Ormsby and Vester will be replaced.",
        "A train runs between Ormsby and Vester every hour.",
        "She travelled between Ormsby and Vester for years.",
    ],
)
def test_the_ends_of_a_way_are_places(names, sentence):
    assert names(sentence).kinds() == {"Ormsby": "place", "Vester": "place"}


def test_a_talk_or_a_line_between_people_is_no_way(names):
    found = names("The talks between Ada Stroud and Tom Hale ended. The line between Ada Stroud and Tom Hale was bad.")
    assert found.kinds() == {"Ada Stroud": "person", "Tom Hale": "person"}


@pytest.mark.parametrize("way", ["There is a direct line", "He became a bridge"])
def test_a_line_or_a_bridge_between_two_surnames_is_no_way(names, way):
    assert names(f"{way} between Trump and Rouhani.").kinds().get("Rouhani") == "person"


@pytest.mark.parametrize(
    "sentence",
    [
        "The museum bought the Collected Works of Tom Hale.",
        "The Collected Works of Tom Hale appeared in May.",
        "The museum bought the Collected Works by Tom Hale.",
        "Works by Tom Hale and the works of Ivy Marsh are on show.",
    ],
)
def test_the_works_of_somebody_are_no_factory(names, sentence):
    found = names(sentence + " The Ormsby Works closed in May.")
    assert [name for name, kind in found.kinds().items() if kind == "org"] == ["Ormsby Works"]


def test_a_text_may_end_before_it_says_whose_works(names):
    assert "Collected Works" in names("The museum bought the Collected Works of").text


def test_a_firm_that_the_text_calls_one_is_nobody(names):
    found = names(
        "The fund bought a toy maker, Holly Marwick, last year. Karl Berg, a lawyer at Hogan & Dorn, agreed. A team of "
        "doctors, Jo Holm and others, came."
    )
    expected = {"Holly Marwick": "org", "Karl Berg": "person", "Hogan & Dorn": "org", "Jo Holm": "person"}
    assert found.kinds() == expected


@pytest.mark.parametrize(
    ("text", "people"),
    [
        ("A group, John Smith and Jane Doe, came.", {"John Smith", "Jane Doe"}),
        ("A company, John Smith and Jane Doe, came.", {"John Smith", "Jane Doe"}),
        ("A band, Holly Marwick, played.", {"Holly Marwick"}),
    ],
)
def test_the_people_of_a_group_are_people(names, text, people):
    assert names(text).kinds() == dict.fromkeys(people, "person")


@pytest.mark.parametrize(
    "sentence",
    [
        "Among Marsh supporters, however, it is less.",
        "Another Marsh miracle happened.",
    ],
)
def test_a_word_that_opens_a_sentence_is_no_given_name(names, sentence):
    found = names(f"Paul Marsh is the mayor of Oslo. {sentence}")
    assert found.forms("Paul Marsh") == ["Paul Marsh", "Marsh"]


def test_what_people_are_called_together_is_no_part_of_a_name(names):
    assert "Julia Moore" in names("Celebrities Julia Moore and Kerry Stone came to Oslo.").kinds()


def test_a_given_name_that_is_a_word_stays(names):
    found = names("Rock Hudson came to Oslo. Hudson said no. Thandiwe Newton and Helmut Newton spoke.")
    assert {"Rock Hudson", "Thandiwe Newton", "Helmut Newton"} <= set(found.kinds())


def test_the_day_after_a_name_is_no_part_of_it(names):
    assert "Ola Berg" in names("Speaking to Ola Berg Monday, Marsh said no.").kinds()


def test_people_of_a_faith_and_a_country_are_nobody(names):
    found = names("There are Muslim Americans in the army.")
    assert found.kinds() == {}


def test_a_campus_and_a_circuit_are_parts_of_the_name(names):
    found = names(
        "The University of Texas at Dallas and the museum at the University of Texas at "
        "Austin agreed. The United States Court of Appeals for the Seventh Circuit and the United States Court of "
        "Appeals for the Ninth Circuit disagreed."
    )
    assert set(found.kinds()) == {
        "University of Texas at Dallas",
        "University of Texas at Austin",
        "United States Court of Appeals for the Seventh Circuit",
        "United States Court of Appeals for the Ninth Circuit",
    }


def test_a_body_ends_where_the_title_or_the_party_of_its_people_begins(names):
    found = names(
        "Norvik News Executive Chairman Sven Roth spoke. Republican Senate majority leader Trent Lowe agreed. The "
        "Republican Congress did nothing."
    )
    assert found.kinds() == {
        "Norvik News": "org",
        "Sven Roth": "person",
        "Senate": "org",
        "Trent Lowe": "person",
        "Congress": "org",
    }


def test_the_speaker_of_the_house_serves_a_body(names):
    assert names("House Speaker Ann Lee and House members met in Oslo.").kinds()["House"] == "org"


def test_common_words_that_open_a_sentence_are_nobody(names):
    found = names(
        "Naming a third judge would be good. Courted by many, Paul Marsh spent the weekend in Oslo. Realistically, "
        "this is a chance. Footage from the game shows students. Halfway into the season, they left. They told the "
        "Biblical story."
    )
    assert found.kinds() == {"Paul Marsh": "person", "Oslo": "place"}


def test_a_law_that_bears_two_surnames_is_nobody(names):
    found = names("Marsh-Holm was an answer to the crisis. Much of the Marsh-Holm Act was repealed.")
    assert found.kinds() == {}


def test_a_newspaper_set_after_its_noun_is_a_body(names):
    assert names("A student wrote to the local newspaper, The Harlan Chief, about it.").kinds() == {
        "Harlan Chief": "org"
    }


def test_two_known_bodies_beside_each_other_are_two(names):
    found = names("A Washington Post-ABC News poll said so. Amazon's Google agreed. Coca-Cola and Rolls-Royce came.")
    assert {"Washington Post", "ABC News", "Amazon", "Google", "Coca-Cola", "Rolls-Royce"} == set(found.kinds())


def test_the_people_of_a_known_city_are_no_body(names):
    assert names("Clevelanders get nervous. The Clevelanders agreed.").kinds() == {}


def test_a_given_name_that_reads_like_a_verb_is_part_of_the_name(names):
    text = "They met two former data strategists, Ann Lee and Witold Bralczek, and left. Bralczek agreed."
    assert "Witold Bralczek" in names(text).kinds()


def test_words_that_a_page_left_glued_together_are_nobody(names):
    found = names("The article was written by Tom ReedShareLikeReply and PricewaterhouseCoopers in Oslo.")
    assert set(found.kinds()) == {"PricewaterhouseCoopers", "Oslo"}


def test_a_kind_leads_by_what_the_words_around_the_name_tell_of_it(names):
    """What the label of the model alone gives leaves the kind open; see kg.identity.kinds."""
    led = names("Corvale Buses has run late. Renata Holt, the chief executive of Corvale Water, apologised.")
    leads = {entity.name: entity.lead for entity in led.entities}
    assert leads["Corvale Buses"] <= 3.0 < 4.0 <= min(leads["Corvale Water"], leads["Renata Holt"])
