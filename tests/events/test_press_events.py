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


def told(facts):
    """name of each event -> its first day and its place."""
    return {
        e.name: (e.date.start.isoformat() if e.date else None, (e.place or "").removeprefix("place:"))
        for e in facts.events
    }


@pytest.mark.parametrize(
    ("text", "name", "start", "place"),
    [
        ("A fire broke out at a hotel in Bergen late on Monday, killing two people.", "fire", "2025-06-16", "bergen"),
        (
            "Ulsan Tigers won the Asian Cup on Saturday, beating Osaka Rovers after extra time in the final in Doha.",
            "final",
            "2025-06-14",
            "doha",
        ),
        ("The talks ended on Tuesday with the signing of an accord.", "signing of an accord", "2025-06-17", ""),
        (
            "The merger of Corvane Ltd and Belford Bank is expected to close in the third quarter of 2025.",
            "merger",
            "2025-07-01",
            "",
        ),
        (
            "Two bombs exploded in a market in Kano on Sunday. Nobody has claimed the attack.",
            "attack",
            "2025-06-15",
            "kano",
        ),
        (
            "Residents were shocked. In a similar accident in June 2019, two people died near Bergen.",
            "similar accident",
            "2019-06-01",
            "bergen",
        ),
        (
            "Rain is expected. Police searched a farm. The crew of the boat was quiet. The former minister Peter Hald "
            "was arrested on Monday in Bergen.",
            "arrested",
            "2025-06-16",
            "bergen",
        ),
        ("The Supreme Court ruled on Friday that the law was void. The ruling was long.", "ruling", "2025-06-20", ""),
        ("A ferry sank off Bergen on Monday, officials said.", "sank", "2025-06-16", "bergen"),
        ("The fair opened on Thursday with a concert in Bergen.", "concert", "2025-06-19", "bergen"),
        ("On Wednesday she met the mayor and opened an exhibition of lamps.", "exhibition", "2025-06-18", ""),
        ("Peter Hald arrived in Bergen on Monday for a two-day visit.", "two-day visit", "2025-06-16", "bergen"),
        ("On Monday Peter Hald visited Norway.", "visited Norway", "2025-06-16", "norway"),
        ("A memorial service will be held in Bergen on Sunday.", "memorial service", "2025-06-22", "bergen"),
        ("Peter Hald won the Bergen Book Prize on Friday.", "won the Bergen Book Prize", "2025-06-20", ""),
    ],
)
def test_when_and_where_an_event_was(read, text, name, start, place):
    events = {known: said for known, said in told(read(text, date=DAY)).items() if known.startswith(name)}
    assert list(events.values()) == [(start, place)]


def test_the_day_on_which_it_ends_or_takes_effect_is_not_its_day(read):
    text = (
        "The Bergen Lamp Festival is open until 29 June. Corvane Ltd announced the appointment of Peter Hald, "
        "effective 1 July."
    )
    assert not [e for e in read(text, date="2025-06-20").events if e.date and e.date.start.isoformat() > "2025-06-20"]


def test_a_part_lies_in_the_year_that_names_its_whole(read):
    text = "The worst crush during the 1998 Hajj killed dozens. This year's Hajj was calm."
    assert ("1998-01-01", "") in told(read(text, date=DAY)).values()


def test_convicted_and_sentenced_is_one_verdict(read):
    text = (
        "A court in Oslo on Friday convicted Peter Hald of fraud and sentenced him to two years in prison. The verdict "
        "was expected."
    )
    (event,) = read(text, date=DAY).events
    assert (event.type, event.place, event.date.start.isoformat()) == ("justice", "place:oslo", "2025-06-20")


def test_those_who_met_for_talks_met_once(read):
    (event,) = read("Marta Olsen met Peter Hald in Oslo for talks last week.", date=DAY).events
    assert (event.type, event.place) == ("meeting", "place:oslo")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Marta Olsen was elected mayor of Bergen on Sunday, defeating Peter Hald.",
            {("marta olsen", "participatedIn"), ("peter hald", "participatedIn")},
        ),
        (
            "The Nordic Ferry Summit, which was chaired by Marta Olsen and organised by the Baltic Council, ended.",
            {("marta olsen", "hosted"), ("baltic council", "organised")},
        ),
        (
            "The Nordic Ferry Summit was held in Oslo. In a keynote address, Marta Olsen praised the crews.",
            {("marta olsen", "spokeAt")},
        ),
        (
            "The Nordic Ferry Summit was held in Oslo. Peter Hald took part by video link.",
            {("peter hald", "participatedIn")},
        ),
        ("Marta Olsen attended every day of the trial in Oslo.", {("marta olsen", "attended")}),
        (
            "Thousands marched through Bergen on Saturday. The march ended at the port, where Marta Olsen addressed "
            "the crowd.",
            {("marta olsen", "spokeAt")},
        ),
        (
            "A ferry sank off Bergen on Monday. The dead were identified as Marta Olsen and Peter Hald.",
            {("marta olsen", "participatedIn"), ("peter hald", "participatedIn")},
        ),
        (
            "The Bergen Lamp Festival opened on Friday. Marta Olsen performed with the Nordic Radio Orchestra.",
            {("marta olsen", "participatedIn"), ("nordic radio orchestra", "participatedIn")},
        ),
        (
            "The Nordic Ferry Summit, which was chaired by acting director Marta Olsen of the Hill Trust, was long.",
            {("marta olsen", "hosted")},
        ),
        ("The Nordic Ferry Summit, which Marta Olsen attended, was long.", {("marta olsen", "attended")}),
        ("A painting by Marta Olsen was stolen from a bank in Bergen on Monday.", set()),
        (
            "Peter Hald, who founded the firm with Marta Olsen, signed the Oslo Treaty on Friday.",
            {("peter hald", "participatedIn")},
        ),
    ],
)
def test_more_parts(read, text, expected):
    found = {(p.agent.split(":")[1], p.kind) for p in read(text, date=DAY).participations}
    assert found == expected
