"""Who took part in an event, in which way, and who did not."""

from __future__ import annotations

import pytest

DAY = "2025-04-23"
HELD = "The Elbe Valley Summit was held in Dresden on Monday. "


@pytest.fixture(scope="session")
def parts_of(read):
    def found(text):
        return {(p.agent.split(":", 1)[1], p.kind) for p in read(text, date=DAY).participations}

    return found


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Ana Ruiz attended the summit.", {("ana ruiz", "attended")}),
        (
            "Ana Ruiz, Mayor of Porto, and Tom Reed attended the summit.",
            {("ana ruiz", "attended"), ("tom reed", "attended")},
        ),
        (
            "Ana Ruiz, Director General of the Danube Office, Tom Reed, Commissioner of the Harbour Agency, "
            "and Li Wenbo, Vice Mayor of Porto, attended the summit and delivered speeches.",
            {(name, kind) for name in ("ana ruiz", "tom reed", "li wenbo") for kind in ("attended", "spokeAt")},
        ),
        (
            "Attendees of the summit included Ana Ruiz, Director General of the Danube Office, and Tom Reed.",
            {("ana ruiz", "attended"), ("tom reed", "attended")},
        ),
        (
            "Among the guests were Ana Ruiz, Mayor of Porto; and Tom Reed.",
            {("ana ruiz", "attended"), ("tom reed", "attended")},
        ),
        ("Ana Ruiz was present at the summit.", {("ana ruiz", "attended")}),
        ("It drew celebrity guests like Ana Ruiz and Tom Reed.", {("ana ruiz", "attended"), ("tom reed", "attended")}),
        ("The summit was attended by Ana Ruiz and Tom Reed.", {("ana ruiz", "attended"), ("tom reed", "attended")}),
        ("Ana Ruiz addressed the summit.", {("ana ruiz", "spokeAt")}),
        ("Ana Ruiz delivered a video address to the summit.", {("ana ruiz", "spokeAt")}),
        ("Ana Ruiz gave a keynote at the summit.", {("ana ruiz", "spokeAt")}),
        ("Speaking at the summit, Ana Ruiz praised the host city.", {("ana ruiz", "spokeAt")}),
        ("In her speech, Ana Ruiz stressed that rivers need friends.", {("ana ruiz", "spokeAt")}),
        ("The summit was hosted by the World Health Organization.", {("world health organization", "hosted")}),
        ("Ana Ruiz chaired the summit.", {("ana ruiz", "hosted")}),
        ("The World Health Organization organised the summit.", {("world health organization", "organised")}),
        ("Ana Ruiz took part in it.", {("ana ruiz", "participatedIn")}),
        ("Ana Ruiz participated in the summit.", {("ana ruiz", "participatedIn")}),
    ],
)
def test_the_words_say_who_did_what_at_the_event(parts_of, sentence, expected):
    assert parts_of(HELD + sentence) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Ana Ruiz met with Tom Reed in Oslo on Tuesday.",
            {("ana ruiz", "participatedIn"), ("tom reed", "participatedIn")},
        ),
        ("Ana Ruiz held talks with Tom Reed.", {("ana ruiz", "participatedIn"), ("tom reed", "participatedIn")}),
        ("Police arrested Tom Reed in Leeds on Monday.", {("tom reed", "participatedIn")}),
        ("Tom Reed was killed in a train crash near Lyon on Sunday.", {("tom reed", "participatedIn")}),
        (
            "Three people were killed in a train crash near Lyon on Sunday, including Tom Reed.",
            {("tom reed", "participatedIn")},
        ),
        (
            "The talks between Ana Ruiz and Tom Reed were held in Vienna on Monday.",
            {("ana ruiz", "participatedIn"), ("tom reed", "participatedIn")},
        ),
        ("Ana Ruiz won the Harbour Chess Championship on Sunday.", {("ana ruiz", "participatedIn")}),
    ],
)
def test_the_sides_of_an_event_take_part_in_it(parts_of, text, expected):
    assert parts_of(text) == expected


@pytest.mark.parametrize(
    "sentence",
    [
        "Ana Ruiz did not attend the summit.",
        "Ana Ruiz may attend the summit.",
        "Ana Ruiz will attend the summit.",
        "Tom Reed said that Ana Ruiz had attended the summit.",
        '"Ana Ruiz attended the summit and then she went home," Tom Reed said.',
        "If Ana Ruiz attended the summit, nobody saw her.",
        "Tom Reed quoted Ana Ruiz.",
        "Tom Reed criticised the summit.",
    ],
)
def test_what_is_only_said_denied_possible_or_to_come_is_no_part(parts_of, sentence):
    assert parts_of(HELD + sentence) == set()


@pytest.mark.parametrize(
    "sentence",
    [
        "Last year Ana Ruiz attended the summit.",
        "Last year Ana Ruiz attended the Elbe Valley Summit.",
        "Ana Ruiz, who spoke at the summit last year, stayed at home.",
        "In 2019 Ana Ruiz chaired the summit.",
        "Ana Ruiz took part in the summit two years ago.",
    ],
)
@pytest.mark.parametrize("held", [HELD, "The Elbe Valley Summit opens in Dresden. "])
def test_a_part_in_another_edition_is_none_in_this_one(parts_of, sentence, held):
    assert parts_of(held + sentence) == set()


def test_what_a_speaker_goes_on_to_say_is_not_told_as_fact(nlp):
    from kg.extraction.events import find_events
    from kg.extraction.events.participation import find_participations
    from kg.extraction.names import find_entities
    from kg.extraction.reading import Reading
    from kg.facts import Article, TextSpan

    text = HELD + "Tom Reed noted that rivers need friends. Ana Ruiz attended the summit."
    article, doc = Article(text), nlp(text)
    reading = Reading(article, doc, *find_entities(article, doc))
    goes_on = (TextSpan(text.index("Ana"), len(text)),)
    events, references = find_events(reading, goes_on)
    assert find_participations(reading, events, references, (), goes_on) == ()
    assert [part.kind for part in find_participations(reading, events, references, ())] == ["attended"]


def test_roles_are_those_named_with_the_person_in_the_sentence(read):
    text = HELD + "Ana Ruiz, Mayor of Porto, attended the summit. Ana Ruiz, a member of the Rivers Council, then left."
    (part,) = read(text, date=DAY).participations
    assert [role.split("|")[1] for role in part.roles] == ["mayor"]
    assert text[slice(*part.span)] == "Ana Ruiz, Mayor of Porto, attended the summit."


@pytest.mark.parametrize(
    ("appointed", "titles"),
    [
        ("In January the Danube Office appointed Ana Ruiz as its director. ", {"director"}),
        ("In June the Danube Office appointed Ana Ruiz as its director. ", set()),
    ],
)
def test_a_post_given_after_the_event_is_no_capacity_in_it(read, appointed, titles):
    text = appointed + "Ruiz attended the Elbe Valley Summit in May."
    facts = read(text, date="2025-06-20")
    (part,) = [p for p in facts.participations if p.kind == "attended"]
    assert {role.title for role in facts.roles if role.key in part.roles} == titles


@pytest.mark.parametrize(
    ("text", "agents"),
    [
        (
            '"I hope Ada Stroud will be kind to us," Tom Reed said during a rally in Bergen on Monday, "because the '
            'whole town looks on." The rally was loud.',
            {"tom reed"},
        ),
        (
            "Ana Ruiz was led out of the hall on Monday, minutes before the opening of a debate between Tom Reed "
            "and Eva Dahl. The debate was in Bergen.",
            {"tom reed", "eva dahl"},
        ),
        (
            "The ceremony was held in Bergen on Monday. Many guests came, including Tom Reed, who built the "
            "harbour, and Eva Dahl, who praised the work of the museum's director, Ana Ruiz.",
            {"tom reed", "eva dahl"},
        ),
        ("Eva Dahl speaks at the summit in Bergen tomorrow. The summit was planned for years.", set()),
    ],
)
def test_who_is_only_told_of_beside_an_event_has_no_part_in_it(read, text, agents):
    found = {part.agent.removeprefix("person:") for part in read(text, date=DAY).participations}
    assert found == agents


@pytest.mark.parametrize(
    ("text", "agents"),
    [
        ("Ruiz campaign volunteer Tom Reed died in Bergen on Monday. Ana Ruiz was sad.", {"person:tom reed"}),
        ("Ana Ruiz addressed the bomb attack in Bergen on Monday. Two people died in the attack.", set()),
        ("Ana Ruiz visited UNESCO in Paris on Monday.", {"person:ana ruiz"}),
        ("The nomination of Ana Ruiz against Tom Reed came on Monday in Bergen.", {"person:ana ruiz"}),
    ],
)
def test_nobody_takes_part_only_because_the_name_stands_there(read, text, agents):
    assert {part.agent for part in read(text, date=DAY).participations} == agents
