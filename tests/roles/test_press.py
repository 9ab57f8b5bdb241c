"""Paragraphs in the styles of newsrooms and press offices, with all the roles that each gives."""

import pytest

PARAGRAPHS = [
    (
        "regions and postings",
        "[WHO]O Regional Director for [Africa]L [Chikwe Mann]P met the Ambassador of the [European Union]O to "
        "[Indonesia]L and [Brunei]L, H.E. [Denis Laurent]P.",
        [
            ("Chikwe Mann", "Regional Director for Africa", "WHO", None),
            ("Denis Laurent", "Ambassador", "European Union", None),
        ],
    ),
    (
        "a second title after the country",
        "Ambassador [Tariq Al-Hashimi]P of [Iraq]L, Chair of the [World Design Assembly]O, and [Sok Vannak]P, Minister "
        "of Industry of [Cambodia]L, signed it. Minister [Sok Vannak]P thanked the hosts.",
        [
            ("Tariq Al-Hashimi", "Ambassador", "Iraq", None),
            ("Tariq Al-Hashimi", "Chair", "World Design Assembly", None),
            ("Sok Vannak", "Minister of Industry", "Cambodia", None),
        ],
    ),
    (
        "fields in capitals",
        "[Birgit Moser]P, Vice President for Battery Systems at [Kyushu Heavy Motors]O, Deputy Governor (Markets) "
        "Dr [Imran Siddiqui]P and [Lindiwe Dube]P, a patent examiner at the [European "
        "Patent Office]O, were present.",
        [
            ("Birgit Moser", "Vice President for Battery Systems", "Kyushu Heavy Motors", None),
            ("Imran Siddiqui", "Deputy Governor (Markets)", None, None),
            ("Lindiwe Dube", "patent examiner", "European Patent Office", None),
        ],
    ),
    (
        "institutional list",
        "The opening ceremony was attended by [Maria Fernandes]P, Minister of Economy of [Portugal]L, [Hans Gruber]P, "
        "Director-General of the [European Design Institute]O, and [Liu Meiling]P, Deputy Mayor of [Shenzhen]L.",
        [
            ("Maria Fernandes", "Minister of Economy", "Portugal", None),
            ("Hans Gruber", "Director-General", "European Design Institute", None),
            ("Liu Meiling", "Deputy Mayor", "Shenzhen", None),
        ],
    ),
    (
        "party and office",
        "[Zhang Wei]P, Secretary of the [Party Leadership Group]O and Director of the [Shandong Design Office]O, "
        "[Li Na]P, Deputy Director of the [Qingdao Market Administration]O, and [Wang Fang]P, Head of the [China "
        "Office]O of the [World Craft Union]O, delivered speeches respectively.",
        [
            ("Zhang Wei", "Secretary", "Party Leadership Group", None),
            ("Zhang Wei", "Director", "Shandong Design Office", None),
            ("Li Na", "Deputy Director", "Qingdao Market Administration", None),
            ("Wang Fang", "Head", "China Office", None),
        ],
    ),
    (
        "semicolons",
        "The panel brought together [Park Ji-won]P, President and CEO of [Hanseong Systems]O; [Ingrid Larsen]P, "
        "Secretary General of the [Northern Council]O; and [Ahmed Al-Sayed]P, Minister of State for Foreign Trade "
        "of [Qatar]L.",
        [
            ("Park Ji-won", "President", "Hanseong Systems", None),
            ("Park Ji-won", "CEO", "Hanseong Systems", None),
            ("Ingrid Larsen", "Secretary General", "Northern Council", None),
            ("Ahmed Al-Sayed", "Minister of State for Foreign Trade", "Qatar", None),
        ],
    ),
    (
        "company results",
        "We sold more, [Tomas Byrne]P, chief financial officer of [Norvik Cells]O, said. Chief executive "
        "[Sigrid Haugen]P told analysts that the former head of [Arden Motors]O, [Piet Vos]P, would join the board.",
        [
            ("Tomas Byrne", "chief financial officer", "Norvik Cells", None),
            ("Sigrid Haugen", "Chief executive", None, None),
            ("Piet Vos", "head", "Arden Motors", "former"),
        ],
    ),
    (
        "appointment",
        "The board of [Nordsee Bank]O named [Katrin Holm]P as its new chair on Tuesday. [Holm|Katrin Holm]P, currently "
        "deputy governor of the [Bank of Frisia]O, succeeds [Jan Claas]P, who resigned as chair in May.",
        [
            ("Katrin Holm", "chair", "Nordsee Bank", None),
            ("Katrin Holm", "deputy governor", "Bank of Frisia", None),
            ("Jan Claas", "chair", "Nordsee Bank", "former"),
        ],
    ),
    (
        "wire report",
        "[Valdoria]L's prime minister, [Ada Obi]P, met [Norland]L foreign minister [Lars Holm]P on Monday. A "
        "spokesman for the [Foreign Ministry]O, [Karim Aziz]P, said the talks went well.",
        [
            ("Ada Obi", "prime minister", "Valdoria", None),
            ("Lars Holm", "foreign minister", "Norland", None),
            ("Karim Aziz", "spokesman", "Foreign Ministry", None),
        ],
    ),
    (
        "court",
        "Judge [Amara Diallo]P adjourned the case. Defence lawyer [Tom Hill]P asked for time; prosecutor [Rita "
        "Gomez]P did not object. [Hill|Tom Hill]P is a partner at [Baker Partners]O.",
        [
            ("Amara Diallo", "Judge", None, None),
            ("Tom Hill", "Defence lawyer", None, None),
            ("Rita Gomez", "prosecutor", None, None),
            ("Tom Hill", "partner", "Baker Partners", None),
        ],
    ),
    (
        "election",
        "President-elect [Bola Ade]P will meet outgoing Vice President [Yemi Osho]P. Opposition leader [Ngozi "
        "Eze]P, a former governor of [Lagos]L, conceded.",
        [
            ("Bola Ade", "President", None, "designate"),
            ("Yemi Osho", "Vice President", None, None),
            ("Ngozi Eze", "Opposition leader", None, None),
            ("Ngozi Eze", "governor", "Lagos", "former"),
        ],
    ),
    (
        "science",
        "The work was led by [Chen Lu]P, an associate professor of physics at [Hill University]O, with postdoctoral "
        "researcher [Omar Haddad]P. Co-author [Eva Lind]P heads the [Institute for Ice]O.",
        [
            ("Chen Lu", "associate professor of physics", "Hill University", None),
            ("Omar Haddad", "researcher", None, None),
            ("Eva Lind", "Co-author", None, None),
            ("Eva Lind", "head", "Institute for Ice", None),
        ],
    ),
    (
        "sport",
        "[Rovers]O captain [Luka Horvat]P scored twice. [City]O coach [Hernan Gomez]P blamed goalkeeper [Mo Hassen]P.",
        [
            ("Luka Horvat", "captain", "Rovers", None),
            ("Hernan Gomez", "coach", "City", None),
            ("Mo Hassen", "goalkeeper", None, None),
        ],
    ),
    (
        "obituary",
        "[Pal Sandor]P, the engineer who founded [Duna Optics]O, has died at 87. He was the father of [Julia "
        "Sandor]P, now rector of [Pest University]O.",
        [
            ("Pal Sandor", "engineer", None, None),
            ("Julia Sandor", "rector", "Pest University", None),
        ],
    ),
    (
        "interview",
        "[Reporter]O: You are an adviser to the [World Fund]O? [Nina Roy]P, who was the fund's chief economist "
        "until 2020, laughs. [She|Nina Roy]P is now a trustee of the [Open Data Trust]O.",
        [
            ("Nina Roy", "chief economist", "World Fund", None),
            ("Nina Roy", "trustee", "Open Data Trust", None),
        ],
    ),
    (
        "American politics",
        "Former [New York]L Gov. [George Platt]P, Sens. [Mark Wade]P of [Virginia]L and [Ann Cole]P of [Florida]L, "
        "and [FBI]O Director [Chris Ray]P testified.",
        [
            ("George Platt", "Gov.", "New York", "former"),
            ("Mark Wade", "Sen.", "Virginia", None),
            ("Ann Cole", "Sen.", "Florida", None),
            ("Chris Ray", "Director", "FBI", None),
        ],
    ),
    (
        "culture",
        "Actor [Dev Rao]P and singer-songwriter [Carla Sim]P came with the festival's artistic director, [Otto Fair]P. "
        "Novelist [Meg Wood]P, a trustee of the [City Library]O, read.",
        [
            ("Dev Rao", "Actor", None, None),
            ("Carla Sim", "singer-songwriter", None, None),
            ("Otto Fair", "artistic director", None, None),
            ("Meg Wood", "Novelist", None, None),
            ("Meg Wood", "trustee", "City Library", None),
        ],
    ),
    (
        "international body",
        "[UN Refugee Council]O High Commissioner [Filip Grand]P and [WHA]O Director-General [Teo Adan]P received "
        "[Norland]L's Permanent Representative to the [WHA]O, Ambassador [Ida Berg]P.",
        [
            ("Filip Grand", "High Commissioner", "UN Refugee Council", None),
            ("Teo Adan", "Director-General", "WHA", None),
            ("Ida Berg", "Permanent Representative to the WHA", "Norland", None),
            ("Ida Berg", "Ambassador", None, None),
        ],
    ),
]


@pytest.mark.parametrize(("text", "expected"), [p[1:] for p in PARAGRAPHS], ids=[p[0] for p in PARAGRAPHS])
def test_all_roles_of_a_paragraph(roles, text, expected):
    assert sorted(roles(text), key=str) == sorted(expected, key=str)


def test_the_seed_articles_roles_are_all_found_from_the_text_alone(read, root):
    facts = read((root / "tests" / "gold" / "seed" / "article.txt").read_text(encoding="utf-8"))
    names = {entity.key: entity.name for entity in facts.entities} | {None: None}
    assert [(names[r.person], r.title, names[r.organisation]) for r in facts.roles] == [
        ("Shen Changyu", "Commissioner", "CNIPA"),
        ("Daren Tang", "Director General", "WIPO"),
        ("Sun Shuo", "Vice Mayor", "Beijing"),
        ("Xi Jinping", "President", None),
        ("Xi Jinping", "General Secretary", None),
        ("Sune Stampe Sørensen", "Director General", "Danish Patent and Trademark Office"),
        ("Wang Binying", "Deputy Director General", "WIPO"),
        ("Jiang Peixue", "Vice President", "Tsinghua University"),
        ("Jiang Peixue", "academician", "Chinese Academy of Sciences"),
    ]
