"""Names as the pages of offices, ministries and universities write them."""

import pytest


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Hu Lan, Director of the Legal Affairs Department of the Rhine Patent Agency, spoke first.",
            {"Hu Lan": "person", "Legal Affairs Department": "org", "Rhine Patent Agency": "org"},
        ),
        (
            "The Executive Board of the Northern Savings Bank met on Monday.",
            {"Executive Board": "org", "Northern Savings Bank": "org"},
        ),
        (
            "The Ministry of Innovation of the Republic of Serbia published the figures.",
            {"Ministry of Innovation of the Republic of Serbia": "org"},
        ),
        (
            "Ana Ruiz works for the United Nations Office at Geneva.",
            {"Ana Ruiz": "person", "United Nations Office at Geneva": "org"},
        ),
        (
            "Tom Reed, chief executive of Marsden Cargo, met the chief executive officer of Kendal Barges.",
            {"Tom Reed": "person", "Marsden Cargo": "org", "Kendal Barges": "org"},
        ),
        (
            "Superintendent Marcus Yee spoke for the Cedar Falls Unified School District.",
            {"Marcus Yee": "person", "Cedar Falls Unified School District": "org"},
        ),
        (
            "H.E. Ms. Wanja Kamau, Ambassador of Kenya, and Tan Wei, Chief Executive of IPOS, signed it.",
            {"Wanja Kamau": "person", "Kenya": "org+place", "Tan Wei": "person", "IPOS": "org"},
        ),
        (
            "Ana Ruiz, Minister of Tourism, Arts and Culture of Malaysia, and Principal Teresa Okafor spoke.",
            {"Ana Ruiz": "person", "Malaysia": "org+place", "Teresa Okafor": "person"},
        ),
        (
            "The Port of Selby Authority and Larkspur Robotics N.V. agreed. Larkspur pays for it.",
            {"Port of Selby Authority": "org", "Larkspur Robotics N.V.": "org"},
        ),
        (
            "Senator Ana Whitaker (R-Dune County) spoke to Representative Tom Pruitt (D-Fairmont).",
            {"Ana Whitaker": "person", "Tom Pruitt": "person"},
        ),
        (
            "Ana Weber and WIPO Assistant Director General Marco Ruiz delivered speeches. "
            "Hjh Salwana binti Osman attended the meeting.",
            {
                "Ana Weber": "person",
                "WIPO": "org",
                "Marco Ruiz": "person",
                "Salwana binti Osman": "person",
            },
        ),
        (
            "The Directorate General of Intellectual Property (DGIP) and Anadolu Optik A.S. met Pieter Roos SC.",
            {
                "Directorate General of Intellectual Property": "org",
                "Anadolu Optik A.S.": "org",
                "Pieter Roos": "person",
            },
        ),
        (
            "Tom Reed, Registrar General of the Companies and Patents Registration Agency, and Ana Weber, Deputy Head "
            "of Unit of the European Commission, met Maja Krivec, Attorney General of Valmora.",
            {
                "Tom Reed": "person",
                "Companies and Patents Registration Agency": "org",
                "Ana Weber": "person",
                "European Commission": "org",
                "Maja Krivec": "person",
                "Valmora": "place",
            },
        ),
    ],
)
def test_parts_seats_and_titles(names, text, expected):
    assert names(text).kinds() == expected


def test_a_commission_of_a_union_is_not_the_union(names):
    found = names(
        "The meeting was hosted by the African Union Commission. Josefa Mendes, Commissioner for Agriculture of the "
        "African Union, opened it."
    )
    assert found.kinds()["African Union"] == "org"
    assert found.forms("African Union Commission") == ["African Union Commission"]


def test_the_office_is_the_one_the_page_is_about(names):
    found = names(
        "Dr. Salma Idrissi heads the Moroccan Office of Design (MOD). The MOD opened in 1998. She worked at the "
        "European Patent Office before. The Office will move to Agadir."
    )
    assert found.forms("Moroccan Office of Design")[-1] == "Office"


def test_a_country_under_its_official_name_is_one_place(names):
    found = names("Viet Nam will host it. The Ambassador of the Socialist Republic of Viet Nam agreed.")
    assert found.forms("Socialist Republic of Viet Nam") == ["Viet Nam", "Socialist Republic of Viet Nam"]


def test_a_sentence_full_of_titles_is_no_headline(names):
    found = names(
        "On April 8, KIPO Commissioner Liang Weimin met with Kenichiro Okabe, Deputy Director General of the World "
        "Design Organization, in Beijing. Liang praised Okabe."
    )
    assert found.forms("Liang Weimin") == ["Liang Weimin", "Liang"]
    assert found.forms("Kenichiro Okabe") == ["Kenichiro Okabe", "Okabe"]


def test_first_words_as_an_acronym(names):
    found = names(
        "The Intellectual Property High Court dismissed the appeal. The IP High Court ordered the company to pay."
    )
    assert found.forms("Intellectual Property High Court") == ["Intellectual Property High Court", "IP High Court"]


def test_a_surname_that_looks_like_a_month(names):
    found = names(
        "Olena Marchenko, Acting Director of the National Office, paid a visit to Riga. Ms Marchenko thanked Estonia "
        "for its help. According to Ms Marchenko, inventors in Ukraine work by candlelight."
    )
    assert found.forms("Olena Marchenko") == ["Olena Marchenko", "Marchenko", "Marchenko"]


def test_a_month_after_a_given_name_is_a_surname(names):
    found = names(
        "Prime Minister Olive May said this week that the deal was near. Mrs. May thanked Karl June. Talks with Ana "
        "Ruiz in May failed."
    )
    assert found.forms("Olive May") == ["Olive May", "May"]
    assert {"Karl June", "Ana Ruiz"} <= set(found.kinds())


def test_a_party_and_a_state_in_brackets_are_no_body(names):
    found = names(
        "Rep. Gregory Lowe (D-N.Y.) met Sen. Anna Holt, R-S.C., in Raleigh, N.C., on Friday. He won N.C. twice."
    )
    assert found.kinds() == {"Gregory Lowe": "person", "Anna Holt": "person", "Raleigh": "place", "N.C.": "place"}
