"""Events as the pages of offices and ministries tell them."""

import pytest

DAY = "2025-06-20"


@pytest.mark.parametrize(
    ("text", "name", "start", "place"),
    [
        (
            "The 12th Heads of Office Meeting was convened in Oslo from June 3 to 5. It adopted a declaration.",
            "12th Heads of Office Meeting",
            "2025-06-03",
            "oslo",
        ),
        (
            "An agreement was signed on the sidelines of the Africa-Asia Design Dialogue. The Dialogue was held in "
            "Lyon on June 4.",
            "Africa-Asia Design Dialogue",
            "2025-06-04",
            "lyon",
        ),
    ],
)
def test_the_occasion_is_found_with_day_and_place(read, text, name, start, place):
    (event,) = [e for e in read(text, date=DAY).events if e.named]
    assert event.name == name
    assert event.date.start.isoformat() == start
    assert event.place == f"place:{place}"


def test_a_delegation_led_on_a_visit(read):
    facts = read("Minister Ana Ruiz led a delegation to visit the Danube Design Office from June 3 to 5.", date=DAY)
    (visit,) = facts.events
    assert visit.type == "visit"
    assert ("person:ana ruiz", "participatedIn") in {(p.agent, p.kind) for p in facts.participations}


def test_what_goes_on_tomorrow_did_not_begin_tomorrow(read):
    facts = read("The Elbe Valley Summit opened in Dresden. The summit continues on Saturday.", date=DAY)
    assert [e.date for e in facts.events] == [None]


def test_it_takes_up_the_occasion_just_spoken_of(read):
    facts = read(
        "The Elbe Valley Summit, co-organised by WIPO and the European Commission, was held in Dresden. "
        "It was opened by Ana Ruiz, Director of the Danube Design Office, and Tom Reed.",
        date=DAY,
    )
    assert {(p.agent, p.kind) for p in facts.participations} == {
        ("organisation:wipo", "organised"),
        ("organisation:european commission", "organised"),
        ("person:ana ruiz", "participatedIn"),
        ("person:tom reed", "participatedIn"),
    }


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        (
            "Also attending were Ana Ruiz, Mayor of Porto, and Tom Reed.",
            {("ana ruiz", "attended"), ("tom reed", "attended")},
        ),
        ("Also in attendance was Ana Ruiz.", {("ana ruiz", "attended")}),
        ("Also present were Ana Ruiz and Tom Reed.", {("ana ruiz", "attended"), ("tom reed", "attended")}),
        ("Mayor Ana Ruiz led a delegation to attend the summit.", {("ana ruiz", "attended")}),
        ("The keynote lecture of the summit was given by Ana Ruiz.", {("ana ruiz", "spokeAt")}),
        (
            "Also joining the summit were Ana Ruiz and Tom Reed.",
            {("ana ruiz", "participatedIn"), ("tom reed", "participatedIn")},
        ),
    ],
)
def test_those_who_were_there_too(read, sentence, expected):
    facts = read(f"The Elbe Valley Summit was held in Dresden on Monday. {sentence}", date=DAY)
    assert {(p.agent.split(":", 1)[1], p.kind) for p in facts.participations} == expected


def test_jointly_hosted_behind_a_long_name(read):
    facts = read(
        "The Seminar on Geographical Indications for the Elbe Valley, jointly hosted by the Danube Design Office and "
        "Selby University, was held in Dresden.",
        date=DAY,
    )
    assert {(p.agent, p.kind) for p in facts.participations} == {
        ("organisation:danube design office", "hosted"),
        ("organisation:selby university", "hosted"),
    }


def test_the_same_number_is_the_same_meeting(read):
    facts = read(
        "Oslo hosts 24th design cooperation meeting\n\nThe 24th Meeting of the Nordic Design Group was held in Oslo on "
        "June 4. The meeting was chaired by Ana Ruiz.",
        date=DAY,
    )
    assert len(facts.events) == 1


@pytest.mark.parametrize("noun", ["roundtable", "fair", "forum", "workshop", "dialogue"])
def test_whatever_the_occasion_is_called(read, noun):
    facts = read(
        f"The 5th Nordic-Baltic Design {noun.title()} was held in Riga on June 3. Ana Ruiz, Mayor of Porto, and "
        f"Tom Reed attended the {noun} and delivered speeches.",
        date=DAY,
    )
    assert {(p.agent, p.kind) for p in facts.participations} == {
        (f"person:{who}", kind) for who in ("ana ruiz", "tom reed") for kind in ("attended", "spokeAt")
    }


def test_a_courtesy_call(read):
    facts = read("Minister Ana Ruiz received a courtesy call from Ambassador Tom Reed in Hanoi on June 3.", date=DAY)
    (event,) = facts.events
    assert (event.date.start.isoformat(), event.place) == ("2025-06-03", "place:hanoi")
    assert {p.agent for p in facts.participations} == {"person:ana ruiz", "person:tom reed"}
