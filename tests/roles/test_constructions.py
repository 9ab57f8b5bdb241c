"""One construction at a time: how a text says who holds which position."""

import pytest

ANA, ACME = "Ana Ruiz", "Acme Foods"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # titles before names
        ("President [Ana Ruiz]P spoke first.", (ANA, "President", None, None)),
        ("[Acme Foods]O chief executive [Ana Ruiz]P resigned.", (ANA, "chief executive", ACME, "former")),
        ("[Acme Foods]O's chief financial officer [Ana Ruiz]P agreed.", (ANA, "chief financial officer", ACME, None)),
        ("Deputy Prime Minister [Ana Ruiz]P of [Valdoria]L arrived.", (ANA, "Deputy Prime Minister", "Valdoria", None)),
        ("Secretary of State [Ana Ruiz]P arrived.", (ANA, "Secretary of State", None, None)),
        ("Minister for Trade and Industry [Ana Ruiz]P left.", (ANA, "Minister for Trade and Industry", None, None)),
        ("A spokeswoman for [Acme Foods]O, [Ana Ruiz]P, declined.", (ANA, "spokeswoman", ACME, None)),
        ("[Valdoria]L police chief [Ana Ruiz]P was there.", (ANA, "police chief", "Valdoria", None)),
        (
            "Senior researcher [Ana Ruiz]P, of [Hill College]O, agreed.",
            (ANA, "Senior researcher", "Hill College", None),
        ),
        ("According to Dr. [Ana Ruiz]P, director of [Acme Foods]O, it failed.", (ANA, "director", ACME, None)),
        ("They met Col. [Ana Ruiz]P there.", (ANA, "Col.", None, None)),
        ("Then [Valdoria]L Lt. Gov. [Ana Ruiz]P left.", (ANA, "Lt. Gov.", "Valdoria", None)),
        ("Real estate investor [Ana Ruiz]P agreed.", (ANA, "Real estate investor", None, None)),
        ("They met the civil rights leader [Ana Ruiz]P there.", (ANA, "civil rights leader", None, None)),
        ("Tundra Secretary [Ana Ruiz]P agreed.", (ANA, "Tundra Secretary", None, None)),
        ("[Hill Union]O Tundra Minister [Ana Ruiz]P agreed.", (ANA, "Tundra Minister", "Hill Union", None)),
        (
            "He said his running mate presidential nominee [Ana Ruiz]P was glad.",
            (ANA, "presidential nominee", None, None),
        ),
        ("[Ana Ruiz]P, a former civil rights lawyer, agreed.", (ANA, "civil rights lawyer", None, "former")),
        ("[Ana Ruiz]P is a former civil rights lawyer.", (ANA, "civil rights lawyer", None, "former")),
        # appositions
        ("[Ana Ruiz]P, director of [Oslo]L tannery [Acme Foods]O, spoke.", (ANA, "director", ACME, None)),
        ("[Ana Ruiz]P, governor of [Hubei]L province, spoke.", (ANA, "governor", "Hubei", None)),
        ("[Ana Ruiz]P, Commissioner of the [Patent Board]O, spoke.", (ANA, "Commissioner", "Patent Board", None)),
        ("[Ana Ruiz]P, 45, a lawyer with [Acme Foods]O, objected.", (ANA, "lawyer", ACME, None)),
        ("[Ana Ruiz]P (director, [Hill College]O) chaired it.", (ANA, "director", "Hill College", None)),
        (
            "[Ana Ruiz]P, editor at large at the [Valdoria Post]O, said so.",
            (ANA, "editor at large", "Valdoria Post", None),
        ),
        ("[Acme Foods]O's president, [Ana Ruiz]P, said no.", (ANA, "president", ACME, None)),
        ("The head of [Acme Foods]O, [Ana Ruiz]P, said no.", (ANA, "head", ACME, None)),
        (
            "[Ana Ruiz]P, professor of economics at [Hill College]O, spoke.",
            (ANA, "professor of economics", "Hill College", None),
        ),
        (
            "[Ana Ruiz]P, Minister of Foreign Affairs of [Valdoria]L, spoke.",
            (ANA, "Minister of Foreign Affairs", "Valdoria", None),
        ),
        ("[Ana Ruiz]P, who is the director of [Acme Foods]O, spoke.", (ANA, "director", ACME, None)),
        ("[Ana Ruiz]P, as president of [Acme Foods]O, opened it.", (ANA, "president", ACME, None)),
        (
            "[Ana Ruiz]P, the [Patent Board]O's Director General, spoke.",
            (ANA, "Director General", "Patent Board", None),
        ),
        # clauses
        ("[Ana Ruiz]P is the head of [Acme Foods]O.", (ANA, "head", ACME, None)),
        ("[Ana Ruiz]P became vice president of [Acme Foods]O.", (ANA, "vice president", ACME, None)),
        ("[Ana Ruiz]P serves as treasurer of the [Hill Trust]O.", (ANA, "treasurer", "Hill Trust", None)),
        ("[Ana Ruiz]P joined [Acme Foods]O as a director.", (ANA, "director", ACME, None)),
        ("[Ana Ruiz]P, who heads [Acme Foods]O, spoke.", (ANA, "head", ACME, None)),
        ("The panel at [Acme Foods]O, chaired by [Ana Ruiz]P, met.", None),
        ("[Acme Foods]O is headed by [Ana Ruiz]P.", (ANA, "head", ACME, None)),
        # appointments and departures
        ("[Acme Foods]O named [Ana Ruiz]P as its new chair.", (ANA, "chair", ACME, None)),
        ("[Ana Ruiz]P was appointed chief executive of [Acme Foods]O.", (ANA, "chief executive", ACME, None)),
        ("The board elected [Ana Ruiz]P president of [Acme Foods]O.", (ANA, "president", ACME, None)),
        ("[Ana Ruiz]P will become director of [Acme Foods]O in May.", (ANA, "director", ACME, "designate")),
        ("[Ana Ruiz]P resigned as chair of [Acme Foods]O.", (ANA, "chair", ACME, "former")),
        ("[Ana Ruiz]P stepped down as mayor of [Valdoria]L.", (ANA, "mayor", "Valdoria", "former")),
        # statuses
        ("Former [Acme Foods]O chief [Ana Ruiz]P sued.", (ANA, "chief", ACME, "former")),
        ("The acting mayor of [Valdoria]L, [Ana Ruiz]P, waited.", (ANA, "mayor", "Valdoria", "acting")),
        ("Ex-president [Ana Ruiz]P voted.", (ANA, "president", None, "former")),
        ("President-elect [Ana Ruiz]P voted.", (ANA, "President", None, "designate")),
        ("[Ana Ruiz]P, then president of [Acme Foods]O, knew.", (ANA, "president", ACME, "former")),
        ("It is a town where [Ana Ruiz]P is mayor.", (ANA, "mayor", None, None)),
        ("[Ana Ruiz]P went on to become president of [Acme Foods]O.", (ANA, "president", ACME, None)),
        ("Interim director [Ana Ruiz]P knew.", (ANA, "director", None, "acting")),
    ],
)
def test_a_construction_gives_its_role(roles, text, expected):
    assert roles(text) == ([expected] if expected else [])


def test_a_form_of_address_after_a_title_is_a_title_of_its_own(roles):
    assert roles("[Hill Board]O Chairman Rep. [Ana Ruiz]P said that the bill was dead.") == [
        (ANA, "Chairman", "Hill Board", None),
        (ANA, "Rep.", None, None),
    ]


def test_a_list_without_verbs_gives_each_person_their_own_titles(roles):
    text = (
        "Guests included [Lars Holm]P, Director General of the [Northern Design Office]O, [Mei Tan]P, Deputy Director "
        "General of [AIPA]O, [Jo Park]P, Vice President of [Hill University]O and a fellow of the [Royal Academy]O."
    )
    assert roles(text) == [
        ("Lars Holm", "Director General", "Northern Design Office", None),
        ("Mei Tan", "Deputy Director General", "AIPA", None),
        ("Jo Park", "Vice President", "Hill University", None),
        ("Jo Park", "fellow", "Royal Academy", None),
    ]


def test_a_list_of_titles_and_bodies_set_off_by_commas_alone(roles):
    text = (
        "Speakers were [Ana Ruiz]P, Director, [Patent Board]O, [Jo Park]P, President, [Hill University]O, and others."
    )
    assert roles(text) == [
        ("Ana Ruiz", "Director", "Patent Board", None),
        ("Jo Park", "President", "Hill University", None),
    ]


def test_a_body_within_a_body_does_not_end_the_list(roles):
    text = (
        "[Ana Ruiz]P, member of the [Standing Committee]O of the [Civic Party]O and Premier of the [State Council]O, "
        "and [Jo Park]P, a researcher with the [Institute of Ice]O under the [Polar Academy]O, spoke."
    )
    assert roles(text) == [
        ("Ana Ruiz", "member", "Standing Committee", None),
        ("Ana Ruiz", "Premier", "State Council", None),
        ("Jo Park", "researcher", "Institute of Ice", None),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "[Ana Ruiz]P served as director of [Acme Foods]O and is now president of [Hill College]O.",
        "[Ana Ruiz]P, who served as director of [Acme Foods]O and is now president of [Hill College]O, came.",
    ],
)
def test_whoever_is_now_something_else_is_no_longer_what_they_were(roles, text):
    assert roles(text)[0] == (ANA, "director", ACME, "former")


def test_his_deputy_is_somebody_else(roles):
    text = "[Ana Ruiz]P, head of the [Patent Board]O, and her deputy, [Jo Park]P, came."
    assert roles(text) == [("Ana Ruiz", "head", "Patent Board", None), ("Jo Park", "deputy", None, None)]


def test_whose_spokesman_it_is_keeps_the_two_apart(roles):
    text = "Chancellor [Olga Stolz]P's spokesman [Jo Park]P declined."
    assert roles(text) == [("Olga Stolz", "Chancellor", None, None), ("Jo Park", "spokesman", None, None)]


def test_a_portfolio_is_part_of_the_title_and_not_whom_it_serves(roles):
    text = "[Ana Ruiz]P, Under Secretary of Trade for Intellectual Property and Director of the [Patent Board]O, spoke."
    assert roles(text) == [
        ("Ana Ruiz", "Under Secretary of Trade for Intellectual Property", None, None),
        ("Ana Ruiz", "Director", "Patent Board", None),
    ]


def test_two_people_in_one_apposition(roles):
    assert roles("[Ana Ruiz]P and [Jo Park]P, co-founders of [Acme Foods]O, agreed.") == [
        ("Ana Ruiz", "co-founder", ACME, None),
        ("Jo Park", "co-founder", ACME, None),
    ]


def test_titles_before_names_in_a_list_are_not_given_to_the_name_before(roles):
    text = (
        "The Commissioner of the [Patent Board]O, [Ana Ruiz]P, the Director of [AIPA]O, [Mei Tan]P, and the Mayor of "
        "[Valdoria]L, [Jo Park]P, attended."
    )
    assert roles(text) == [
        ("Ana Ruiz", "Commissioner", "Patent Board", None),
        ("Mei Tan", "Director", "AIPA", None),
        ("Jo Park", "Mayor", "Valdoria", None),
    ]


def test_a_title_after_an_unknown_name_is_not_given_to_the_next_person(roles):
    text = "Zorbax Quimby, Commissioner of the [Patent Board]O, [Ana Ruiz]P, Director of [AIPA]O, and others."
    assert roles(text) == [("Ana Ruiz", "Director", "AIPA", None)]


def test_several_people_share_one_plural_title(roles):
    text = (
        "Presidents [Ana Ruiz]P of [Valdoria]L and [Jo Park]P of [Norland]L met ministers [Mei Tan]P and [Lars Holm]P."
    )
    assert roles(text) == [
        ("Ana Ruiz", "President", "Valdoria", None),
        ("Jo Park", "President", "Norland", None),
        ("Mei Tan", "minister", None, None),
        ("Lars Holm", "minister", None, None),
    ]


def test_joined_titles_share_their_organisation(roles):
    assert roles("[Ana Ruiz]P, chairman and chief executive of [Acme Foods]O, left.") == [
        (ANA, "chairman", ACME, None),
        (ANA, "chief executive", ACME, None),
    ]
    assert roles("[Acme Foods]O founder and chairman [Ana Ruiz]P left.") == [
        (ANA, "founder", ACME, None),
        (ANA, "chairman", ACME, None),
    ]


def test_one_title_at_two_organisations_is_two_roles(roles):
    assert roles("[Ana Ruiz]P, a professor at [Hill College]O and [Lake University]O, agreed.") == [
        (ANA, "professor", "Hill College", None),
        (ANA, "professor", "Lake University", None),
    ]


def test_a_title_said_again_is_one_role(roles):
    text = "Sen. [Ana Ruiz]P of [Valdoria]L spoke. Senator [Ruiz|Ana Ruiz]P left. The senator, [Ana Ruiz]P, was tired."
    assert roles(text) == [(ANA, "Sen.", "Valdoria", None)]


def test_an_adjective_of_a_country_names_the_employer_of_an_office_only(roles):
    text = "In [France]L the French president, [Ana Ruiz]P, met French actor [Jo Park]P."
    assert roles(text) == [(ANA, "president", "France", None), ("Jo Park", "actor", None, None)]


def test_an_envoy_is_sent_to_one_country_by_another(roles):
    text = "In [Norland]L, Norland's ambassador to [Valdoria]L [Ana Ruiz]P spoke."
    assert roles(text)[0][:2] == (ANA, "ambassador to Valdoria")


def test_a_word_for_a_place_means_no_body_that_bears_it(roles):
    assert roles("[Northern State]O was in court. The state's campaign chairman, [Jo Park]P, was shocked.") == [
        ("Jo Park", "campaign chairman", None, None)
    ]


def test_pronouns_and_nouns_hold_roles_for_whom_they_mean(roles):
    assert roles("[Ana Ruiz]P spoke. [She|Ana Ruiz]P is the director of [Acme Foods]O.") == [
        (ANA, "director", ACME, None)
    ]
    assert roles("[Selby Harbour Authority]O said no. [Ana Ruiz]P, a spokeswoman for the authority, agreed.") == [
        (ANA, "spokeswoman", "Selby Harbour Authority", None)
    ]


@pytest.mark.parametrize(
    "text",
    [
        "[Ana Ruiz]P is not the director of [Acme Foods]O.",
        "[Ana Ruiz]P could become president of [Acme Foods]O.",
        "If [Ana Ruiz]P is president of [Acme Foods]O, prices fall.",
        "Voters fear a President [Ana Ruiz]P.",
        "He imagined a world where [Ana Ruiz]P is president of [Acme Foods]O.",
        "Prices fall if [Sam Holt]P wins and [Ana Ruiz]P becomes president of [Acme Foods]O.",
        "[Sam Holt]P has emerged as the favourite to fill the seat if they win in May and [Ana Ruiz]P becomes mayor.",
        "She hopes that [Ana Ruiz]P is president of [Acme Foods]O.",
        "I would say that [Ana Ruiz]P is president of [Acme Foods]O.",
        "I would say that [Sam Holt]P left and [Ana Ruiz]P is president of [Acme Foods]O and chairs it.",
        "Do they believe that [Ana Ruiz]P is the president of [Acme Foods]O?",
        "The idea that [Ana Ruiz]P is president of [Acme Foods]O is wrong.",
        "[Ana Ruiz]P, the minister's sister, came.",
        "The general election was won by [Ana Ruiz]P.",
        "With the president, [Ana Ruiz]P met the press.",
        "[Sam Baron|Sam Baron]P spoke. Baron [Baron|Sam Baron]P left.",
        "[Ana Ruiz]P is the best president they ever had.",
        "[Ana Ruiz]P is a role model.",
        "[Ana Ruiz]P is a team player.",
        "[Ana Ruiz]P coached her son.",
        "[Ana Ruiz]P met the director of [Acme Foods]O.",
    ],
)
def test_what_gives_no_role(roles, text):
    assert roles(text) == []


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("[Ana Ruiz]P has been director of [Acme Foods]O since 2019.", "2019-01-01", None),
        ("[Ana Ruiz]P was president of [Acme Foods]O from 2010 to 2014.", "2010-01-01", "2014-12-31"),
        ("[Ana Ruiz]P was president of [Acme Foods]O from 2010-2014.", "2010-01-01", "2014-12-31"),
        ("[Ana Ruiz]P was president of [Acme Foods]O from 2010 to March 2025.", "2010-01-01", "2025-03-31"),
        ("[Ana Ruiz]P was president of [Acme Foods]O from 3 May 2010 until 2014.", "2010-05-03", "2014-12-31"),
        ("[Ana Ruiz]P was president of [Acme Foods]O from November to January.", "2024-11-01", "2025-01-31"),
        ("[Ana Ruiz]P has been president of [Acme Foods]O from March 2020.", "2020-03-01", None),
        ("[Ana Ruiz]P was president of [Acme Foods]O until February.", None, "2025-02-28"),
        ("[Ana Ruiz]P was president of [Acme Foods]O until April.", None, "2025-04-30"),
        ("[Ana Ruiz]P was president of [Acme Foods]O until 2025.", None, "2025-12-31"),
        ("[Ana Ruiz]P served as president of [Acme Foods]O until this year.", None, "2025-12-31"),
        ("[Ana Ruiz]P was president of [Acme Foods]O from 2010 until this month.", "2010-01-01", "2025-04-30"),
        ("[Ana Ruiz]P, president of [Acme Foods]O until the end of February, sells maps.", None, "2025-02-28"),
        ("[Ana Ruiz]P, chair of [Acme Foods]O, who stepped down in May 2021, agreed.", None, "2021-05-31"),
        ("[Ana Ruiz]P was appointed director of [Acme Foods]O in March 2020.", "2020-03-01", None),
    ],
)
def test_dates_say_when_a_role_was_held(reading, text, start, end):
    from kg.extraction.roles import find_roles

    (role,) = find_roles(reading(text, "2025-04-23"))
    assert (str(role.start.start) if role.start else None, str(role.end.end) if role.end else None) == (start, end)
    assert role.status == ("former" if end else None)


def test_the_span_covers_name_title_and_organisation(reading):
    from kg.extraction.roles import find_roles

    read = reading("On Monday [Ana Ruiz]P, Commissioner of the [Patent Board]O and head of [AIPA]O, spoke.")
    words = [read.article.text[slice(*role.span)] for role in find_roles(read)]
    assert words == [
        "Ana Ruiz, Commissioner of the Patent Board",
        "Ana Ruiz, Commissioner of the Patent Board and head of AIPA",
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[Ana Ruiz]P founded [Acme Foods]O in 1998.", [(ANA, "founded", ACME)]),
        ("[Acme Foods]O was founded by [Ana Ruiz]P.", [(ANA, "founded", ACME)]),
        ("[Acme Foods]O was co-founded by [Ana Ruiz]P.", [(ANA, "founded", ACME)]),
        ("[Ana Ruiz]P, who co-founded [Acme Foods]O, left.", [(ANA, "founded", ACME)]),
        ("[Ana Ruiz]P, who works for [Acme Foods]O, agreed.", [(ANA, "memberOf", ACME)]),
        ("[Ana Ruiz]P of [Acme Foods]O agreed.", [(ANA, "memberOf", ACME)]),
        ("[Acme Foods]O's [Ana Ruiz]P agreed.", [(ANA, "memberOf", ACME)]),
        ("[Dairy Plus]O, a subsidiary of [Acme Foods]O, agreed.", [("Dairy Plus", "subOrganisationOf", ACME)]),
        ("[Ana Ruiz]P and her son [Jo Ruiz]P came.", [(ANA, "child", "Jo Ruiz"), ("Jo Ruiz", "parent", ANA)]),
        ("[Ana Ruiz]P's husband, [Jo Park]P, came.", [(ANA, "spouse", "Jo Park"), ("Jo Park", "spouse", ANA)]),
        ("[Ana Ruiz]P did not found [Acme Foods]O.", []),
        ("[Ana Ruiz]P of [Valdoria]L agreed.", []),
        ("Rain hit [Paris]L, [Texas]L, on Monday.", [("Paris", "locatedIn", "Texas")]),
        ("She flew to [Selby]L, [Canada]L.", [("Selby", "locatedIn", "Canada")]),
        ("The mayor of [Springfield]L, [Illinois]L said no.", [("Springfield", "locatedIn", "Illinois")]),
        ("[Kenya]L, [France]L, and [Ghana]L agreed.", []),
        ("She saw [Selby]L, [Texas]L and [Ohio]L.", []),
        ("Offices in [Berlin]L, [London]L, and [Lima]L closed.", []),
        ("In [Moscow]L, [Russia]L said nothing.", []),
        ("In [Moscow]L, [Russia]L's minister spoke.", []),
    ],
)
def test_relations(relations, text, expected):
    assert relations(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # past posts without "former"
        ("[Ana Ruiz]P used to be mayor of [Valdoria]L.", [(ANA, "mayor", "Valdoria", "former")]),
        ("[Ana Ruiz]P spent ten years as an engineer at [Acme Foods]O.", [(ANA, "engineer", ACME, "former")]),
        ("Before that [Ana Ruiz]P was a lecturer at [Hill College]O.", [(ANA, "lecturer", "Hill College", "former")]),
        (
            "[Ana Ruiz]P left [Acme Foods]O, where [she|Ana Ruiz]P was head of sales.",
            [(ANA, "head of sales", ACME, "former")],
        ),
        ("Formerly head of sales at [Acme Foods]O, [Ana Ruiz]P now teaches.", [(ANA, "head of sales", ACME, "former")]),
        (
            "[Ana Ruiz]P, a former nurse who was chair of [Acme Foods]O from 2010 to 2014, won.",
            [
                (ANA, "nurse", None, "former"),
                (ANA, "chair", ACME, "former"),
            ],
        ),
        # posts, employers
        ("[Ana Ruiz]P holds the position of treasurer at the [Hill Trust]O.", [(ANA, "treasurer", "Hill Trust", None)]),
        (
            "[Ana Ruiz]P joined the newly founded [Hill Patent Office]O as an examiner.",
            [(ANA, "examiner", "Hill Patent Office", None)],
        ),
        ("[Ana Ruiz]P left her job as head of [Acme Foods]O.", [(ANA, "head", ACME, "former")]),
        ("[Ana Ruiz]P is employed by [Acme Foods]O as an engineer.", [(ANA, "engineer", ACME, None)]),
        ("The [Hill Trust]O, whose treasurer, [Ana Ruiz]P, objected, lost.", [(ANA, "treasurer", "Hill Trust", None)]),
        ("[Ana Ruiz]P, a spokeswoman for the pilots' association, agreed.", [(ANA, "spokeswoman", None, None)]),
        ("[Acme Foods]O appointed [Ana Ruiz]P as finance director.", [(ANA, "finance director", ACME, None)]),
        ("The [Hill Senate]O appointed [Ana Ruiz]P as judge.", [(ANA, "judge", None, None)]),
        ("[Acme Foods]O names [Ana Ruiz]P chief executive", [(ANA, "chief executive", ACME, None)]),
        (
            "[Acme Foods]O announced the appointment of [Ana Ruiz]P as chief executive.",
            [
                (ANA, "chief executive", ACME, None),
            ],
        ),
        ("[Acme Foods]O confirmed that [Ana Ruiz]P had resigned as chair.", [(ANA, "chair", ACME, "former")]),
        # departures
        ("Interior minister [Ana Ruiz]P resigned on Monday.", [(ANA, "Interior minister", None, "former")]),
        (
            "The king accepted the resignation of interior minister [Ana Ruiz]P.",
            [
                (ANA, "interior minister", None, "former"),
            ],
        ),
        ("Crowds demanded the resignation of interior minister [Ana Ruiz]P.", [(ANA, "interior minister", None, None)]),
        ("Interior minister [Ana Ruiz]P will not resign.", [(ANA, "interior minister".capitalize(), None, None)]),
        ("Interior minister [Ana Ruiz]P resigned from the [Hill Trust]O.", [(ANA, "Interior minister", None, None)]),
        # successions
        (
            "[Jo Park]P succeeds [Ana Ruiz]P, who stepped down as chair of [Acme Foods]O.",
            [
                (ANA, "chair", ACME, "former"),
                ("Jo Park", "chair", ACME, None),
            ],
        ),
        (
            "[Acme Foods]O chair [Ana Ruiz]P will be succeeded by [Jo Park]P.",
            [
                (ANA, "chair", ACME, None),
                ("Jo Park", "chair", ACME, "designate"),
            ],
        ),
        (
            "[Acme Foods]O chair [Jo Park]P, who took over from [Ana Ruiz]P, agreed.",
            [
                (ANA, "chair", ACME, "former"),
                ("Jo Park", "chair", ACME, None),
            ],
        ),
        (
            "[Ana Ruiz]P handed over the post of mayor of [Valdoria]L to [Jo Park]P.",
            [
                (ANA, "mayor", "Valdoria", "former"),
                ("Jo Park", "mayor", "Valdoria", None),
            ],
        ),
        (
            "[Ana Ruiz]P was chair of [Acme Foods]O until 2023. [Ruiz|Ana Ruiz]P's successor, [Jo Park]P, agreed.",
            [
                (ANA, "chair", ACME, "former"),
                ("Jo Park", "chair", ACME, None),
            ],
        ),
        (
            "[Ana Ruiz]P, chair of [Acme Foods]O, spoke. [Jo Park]P, [her|Ana Ruiz]P successor as mayor, agreed.",
            [
                (ANA, "chair", ACME, None),
                (ANA, "mayor", None, "former"),
                ("Jo Park", "mayor", None, None),
            ],
        ),
        (
            "[Ana Ruiz]P was chair of [Acme Foods]O. [Ruiz|Ana Ruiz]P's successor as chair, [Jo Park]P, agreed.",
            [
                (ANA, "chair", ACME, "former"),
                ("Jo Park", "chair", ACME, None),
            ],
        ),
        (
            "[Ana Ruiz]P, who succeeded [Hugo Park]P as chairwoman of [Acme Foods]O, agreed.",
            [
                (ANA, "chairwoman", ACME, None),
                ("Hugo Park", "chairperson", ACME, "former"),
            ],
        ),
        ("[Ana Ruiz]P is the harbourmaster of [Valdoria]L.", [(ANA, "harbourmaster", "Valdoria", None)]),
        ("[Ana Ruiz]P succeeded [Hugo Park]P as councilwoman.", [(ANA, "councilwoman", None, None)]),
        (
            "[Hugo Park]P succeeded [Ana Ruiz]P as congresswoman.",
            [(ANA, "congresswoman", None, "former"), ("Hugo Park", "congressman", None, None)],
        ),
        ("[Hugo Park]P came. [Park|Hugo Park]P's successor as striker, [Ana Ruiz]P, agreed.", []),
        (
            "[Hugo Park]P came. [Park|Hugo Park]P's successor as acting mayor, [Ana Ruiz]P, agreed.",
            [(ANA, "mayor", None, "acting"), ("Hugo Park", "mayor", None, "former")],
        ),
        (
            "[Ana Ruiz]P, chairwoman of [Acme Foods]O, was succeeded by [Hugo Park]P.",
            [
                (ANA, "chairwoman", ACME, "former"),
                ("Hugo Park", "chairperson", ACME, None),
            ],
        ),
        (
            "Defender [Ana Ruiz]P was replaced by striker [Jo Park]P.",
            [
                (ANA, "Defender", None, None),
                ("Jo Park", "striker", None, None),
            ],
        ),
        ("[Jo Park]P may succeed [Ana Ruiz]P, chair of [Acme Foods]O.", [(ANA, "chair", ACME, None)]),
        (
            "[Ana Ruiz]P, director general of [Acme Foods]O, will retire in June; her deputy, [Jo Park]P, takes over "
            "from [her|Ana Ruiz]P.",
            [
                (ANA, "director general", ACME, None),
                ("Jo Park", "deputy", None, None),
                ("Jo Park", "director general", ACME, "designate"),
            ],
        ),
        (
            "[Ana Ruiz]P was managing director of [Acme Foods]O until 2022.",
            [(ANA, "managing director", ACME, "former")],
        ),
        ("[Jo Park]P's longtime partner, [Ana Ruiz]P, agreed.", []),
        (
            "[Acme Foods]O chair [Jo Park]P took over from [Ana Ruiz]P, who is now head of [Hill College]O.",
            [(ANA, "chair", ACME, "former"), (ANA, "head", "Hill College", None), ("Jo Park", "chair", ACME, None)],
        ),
        (
            "[Jo Park]P is a guard at the [Museum of Glass]O. The museum's director, [Ana Ruiz]P, agreed.",
            [(ANA, "director", "Museum of Glass", None), ("Jo Park", "guard", "Museum of Glass", None)],
        ),
        # whom a bare title serves
        ("[Ana Ruiz]P joined [Acme Foods]O in 2010 and became chair in 2015.", [(ANA, "chair", ACME, None)]),
        (
            "[Acme Foods]O was founded in 2014 by [Ana Ruiz]P, who served as chair until 2020.",
            [(ANA, "chair", ACME, "former"), (ANA, "founder", ACME, None)],
        ),
        (
            "[Acme Foods]O, represented by vice presidents [Ana Ruiz]P and [Jo Park]P, agreed.",
            [(ANA, "vice president", ACME, None), ("Jo Park", "vice president", ACME, None)],
        ),
        (
            "[Acme Foods]O grew. [Acme Foods]O bought [Hill Trust]O. The company's chair, [Ana Ruiz]P, agreed.",
            [(ANA, "chair", ACME, None)],
        ),
    ],
)
def test_past_posts_departures_and_successions(roles, text, expected):
    assert sorted(roles(text, "2026-03-18"), key=str) == sorted(expected, key=str)


@pytest.mark.parametrize(
    ("text", "status", "start", "end"),
    [
        ("[Ana Ruiz]P was named chair of [Acme Foods]O, effective 1 May.", "designate", "2026-05-01", None),
        ("[Ana Ruiz]P was named chair of [Acme Foods]O with effect from 1 July 2026.", "designate", "2026-07-01", None),
        ("[Ana Ruiz]P, who was appointed chair of [Acme Foods]O last month, left.", None, "2026-02-01", None),
        ("[Ana Ruiz]P will step down as chair of [Acme Foods]O at the end of June.", None, None, "2026-06-30"),
        ("[Acme Foods]O chair [Ana Ruiz]P resigned on Monday.", "former", None, "2026-03-16"),
        ("[Ana Ruiz]P founded [Acme Foods]O in 2009.", None, "2009-01-01", None),
        ("[Ana Ruiz]P, who co-founded [Acme Foods]O in 2009, agreed.", None, "2009-01-01", None),
    ],
)
def test_appointments_and_departures_date_a_role(reading, text, status, start, end):
    from kg.extraction.roles import find_roles

    (role,) = find_roles(reading(text, "2026-03-18"))
    assert role.status == status
    assert str(role.start.start if role.start else None) == str(start)
    assert str(role.end.end if role.end else None) == str(end)


@pytest.mark.parametrize(
    ("text", "status", "start", "end"),
    [
        ("[Ana Ruiz]P resigned on Monday as chair of [Acme Foods]O.", "former", None, "2025-06-16"),
        ("[Ana Ruiz]P stepped down on 3 March as chair of [Acme Foods]O.", "former", None, "2025-03-03"),
        ("On 3 March [Ana Ruiz]P resigned as chair of [Acme Foods]O.", "former", None, "2025-03-03"),
        (
            "[Acme Foods]O named [Ana Ruiz]P as its chair. [She|Ana Ruiz]P will take office on 1 July.",
            "designate",
            "2025-07-01",
            None,
        ),
        (
            "[Acme Foods]O named [Ana Ruiz]P as its chair. [She|Ana Ruiz]P took office on 2 June.",
            None,
            "2025-06-02",
            None,
        ),
        (
            "[Acme Foods]O named [Ana Ruiz]P as its chair. [She|Ana Ruiz]P did not take office on 2 June.",
            None,
            None,
            None,
        ),
        ("[Acme Foods]O named [Ana Ruiz]P as its chair. [She|Ana Ruiz]P took notice on 2 June.", None, None, None),
        (
            "[Ana Ruiz]P, the chair of [Acme Foods]O, left. [Ruiz|Ana Ruiz]P has been chair since 2018.",
            None,
            "2018-01-01",
            None,
        ),
        ("[Ana Ruiz]P, the chair of [Acme Foods]O, left. The former chair, [Ana Ruiz]P, is ill.", "former", None, None),
        ("Former chair [Ana Ruiz]P left. [Ana Ruiz]P is the chair of [Acme Foods]O.", None, None, None),
    ],
)
def test_a_post_is_entered_and_left_in_other_words(reading, text, status, start, end):
    from kg.extraction.roles import find_roles

    (role,) = find_roles(reading(text, date="2025-06-20"))
    assert role.organisation == "O:acme foods"
    assert role.status == status
    assert str(role.start.start if role.start else None) == str(start)
    assert str(role.end.end if role.end else None) == str(end)


def test_whoever_follows_later_leaves_the_other_in_office(roles):
    text = (
        "[Acme Foods]O on Monday named [Ana Ruiz]P as its chair. [Ruiz|Ana Ruiz]P will take office on 1 July and "
        "succeeds [Tom Reed]P."
    )
    assert roles(text, "2025-06-20") == [
        (ANA, "chair", ACME, "designate"),
        ("Tom Reed", "chair", ACME, None),
    ]


@pytest.mark.parametrize(
    ("text", "organisation"),
    [
        ("[Ana Ruiz]P is the director of [Acme Foods]O. The former deputy director, [Tom Reed]P, is ill.", ACME),
        ("[Ana Ruiz]P is the director of [Acme Foods]O. A deputy editor, [Tom Reed]P, is ill.", None),
        (
            "[Ana Ruiz]P is the director of [Acme Foods]O. [Li Wei]P is the director of [Hill College]O. "
            "The deputy director, [Tom Reed]P, is ill.",
            None,
        ),
    ],
)
def test_the_deputy_serves_the_body_of_the_director(roles, text, organisation):
    assert [where for person, _, where, _ in roles(text) if person == "Tom Reed"] == [organisation]


@pytest.mark.parametrize(
    ("before", "organisation"),
    [
        ("[Acme Foods]O denied it.", ACME),
        ("[Acme Foods]O sued [Hill College]O.", None),
        ("[Li Wei]P sued [Acme Foods]O.", None),
    ],
)
def test_its_at_the_start_is_the_one_body_of_the_sentence_before(roles, before, organisation):
    assert roles(f"{before} Its chair, [Ana Ruiz]P, said no.") == [(ANA, "chair", organisation, None)]


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r", "\n\n"])
def test_a_headline_right_above_a_paragraph_gives_its_president_no_employer(read, line_end):
    facts = read(f"New Hope for Varna Clinic{line_end}President Ida Brandt visited Oslo. She liked the fish there.")
    assert [(role.title, role.organisation) for role in facts.roles] == [("President", None)]


def test_a_post_goes_on_where_a_line_was_wrapped(read):
    text = (
        "The new wing of the hospital was opened on Monday by Ida Brandt, president of the\n"
        "Varna Clinic, who thanked all the people of the town that had given money for it\n"
        "in the last five years. She said that another wing would follow in the spring of\n"
        "next year.\n"
    )
    facts = read(text)
    names = {entity.key: entity.name for entity in facts.entities}
    assert [(role.title, names[role.organisation]) for role in facts.roles] == [("president", "Varna Clinic")]


@pytest.mark.parametrize(
    "text",
    [
        "Against [Ruiz|Ana Ruiz]P, the governor won 51 percent of the votes.",
        "Coming from two hours with Mr. [Ruiz|Ana Ruiz]P, the prime minister looked ashen.",
        "In a letter to [Ana Ruiz]P, the president of [Valdoria]L said that he agreed.",
    ],
)
def test_who_acts_after_a_comma_is_not_whom_the_opening_names(roles, text):
    assert roles(text) == []


def test_who_acts_after_an_apposition_is_somebody_else(roles):
    text = "In a meeting with [Ana Ruiz]P, the president of [Valdoria]L, the minister looked ashen."
    assert roles(text) == [(ANA, "president", "Valdoria", None)]


def test_a_body_that_only_tells_of_what_kind_a_group_is_employs_nobody(roles):
    text = "[Ana Ruiz]P, the founder of a [Chirper]O group for gardeners, agreed."
    assert roles(text) == [(ANA, "founder", None, None)]


def test_whom_a_chairman_serves_is_not_the_chairman(roles):
    text = "[Tom Reed]P served as finance chairman for former governor [Ana Ruiz]P."
    assert roles(text) == [
        ("Tom Reed", "finance chairman", None, None),
        (ANA, "governor", None, "former"),
    ]


def test_a_founder_who_governs_islands_does_not_govern_what_is_founded(roles):
    text = "[Acme Foods]O was founded by [Ana Ruiz]P, who was appointed governor of the islands."
    assert roles(text) == [(ANA, "governor", None, None)]


@pytest.mark.parametrize(
    "text",
    [
        "They want [Ana Ruiz]P to be mayor of [Selby]L.",
        "All turns around the fitness of the nominee, Mr. [Ruiz|Ana Ruiz]P, to be mayor of [Selby]L.",
        "[Ana Ruiz]P had been named the most patient student in her school.",
    ],
)
def test_what_is_wanted_or_only_a_judgement_is_no_post(roles, text):
    assert (ANA, "mayor", "Selby", None) not in roles(text)
    assert "student" not in [title for _, title, _, _ in roles(text)]


@pytest.mark.parametrize(
    ("verb", "status"),
    [("rose to become", None), ("left [Hill College]O to become", None), ("is to become", "designate")],
)
def test_what_somebody_reaches_is_a_post(roles, verb, status):
    assert roles(f"[Ana Ruiz]P {verb} president of [Acme Foods]O.") == [(ANA, "president", ACME, status)]


@pytest.mark.parametrize(
    "text",
    [
        "They will remove a video featuring [Ana Ruiz]P from [Chirper]O.",
        "He spoke at a rally for [Ana Ruiz]P at the [Selby Fair Grounds]O.",
        "Police arrested [Ana Ruiz]P at [Hill College]O.",
        "A Man Was Spotted Behind [Ana Ruiz]P At [Hill College]O",
    ],
)
def test_where_something_is_done_with_somebody_is_no_body_of_theirs(relations, text):
    assert relations(text) == []


@pytest.mark.parametrize("link", ["from", "at"])
def test_the_body_that_somebody_comes_from_is_theirs(relations, link):
    assert relations(f"[Ana Ruiz]P {link} [Hill College]O agreed.") == [(ANA, "memberOf", "Hill College")]


def test_what_an_expert_knows_is_part_of_the_title(roles):
    text = "It is a risk, said [Ana Ruiz]P, an expert on [Valdoria]L at [Hill College]O."
    assert roles(text) == [(ANA, "expert on Valdoria", "Hill College", None)]


def test_a_body_of_chiefs_is_no_title(roles):
    text = "[Ana Ruiz]P, the chairman of the [Joint Chiefs of Staff]O, came."
    assert roles(text) == [(ANA, "chairman", "Joint Chiefs of Staff", None)]


def test_a_verb_and_others_before_a_dash_give_no_post(roles):
    assert roles("They fear that he will shepherd [Ana Ruiz]P through.") == []
    assert roles("It is a word used by several observers — [Ana Ruiz]P spoke of it.") == []
