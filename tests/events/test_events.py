"""What an article's events are: one for all the words that tell of it, with its day, place, whole, theme and status."""

from __future__ import annotations

import pytest

DAY = "2025-04-23"  # a Wednesday


@pytest.fixture(scope="session")
def events_of(read):
    def found(text, day=DAY):
        return {event.name: event for event in read(text, date=day).events}

    return found


def one(events):
    assert len(events) == 1, list(events)
    return next(iter(events.values()))


def words(text, event):
    return [text[mention.span.begin : mention.span.end] for mention in event.mentions]


def test_day_and_place_of_a_named_event(events_of):
    text = "On April 3, the International Forum on Seed Banks was held in Nairobi. It drew 300 people."
    event = one(events_of(text))
    assert event.name == "International Forum on Seed Banks"
    assert event.named
    assert event.type == "gathering"
    assert event.date.start.isoformat() == "2025-04-03"
    assert event.date.inferred == ("year",)
    assert event.place == "place:nairobi"
    assert (
        text[slice(*event.evidence_of("date"))]
        == "On April 3, the International Forum on Seed Banks was held in Nairobi."
    )


def test_a_whole_takes_neither_day_nor_place_from_its_part(events_of):
    events = events_of("On April 3, the World Forum on Clean Rivers of the Elbe Valley Summit was held in Dresden.")
    part, whole = events["World Forum on Clean Rivers"], events["Elbe Valley Summit"]
    assert part.part_of == whole.key
    assert part.place == "place:dresden"
    assert whole.date is None
    assert whole.place is None


@pytest.mark.parametrize(
    "sentence",
    [
        'The forum was themed "Rivers Without Borders."',
        'The forum was held under the theme "Rivers Without Borders".',
        "The theme of the forum was “Rivers Without Borders.”",
    ],
)
def test_the_theme_is_the_words_in_quotation_marks(events_of, sentence):
    text = f"The Elbe Valley Forum on Clean Rivers was held in Dresden on Monday. {sentence}"
    assert one(events_of(text)).theme == "Rivers Without Borders"


def test_the_accident_is_the_crash_told_before(events_of):
    text = (
        "Two people were killed in a train crash near Lyon on Sunday. The accident, which happened in thick fog, "
        "closed the line. The crash was the third this year."
    )
    event = one(events_of(text))
    assert words(text, event) == ["train crash", "accident", "crash"]
    assert event.type == "accident"
    assert event.date.start.isoformat() == "2025-04-20"
    assert event.place == "place:lyon"


def test_the_noun_and_the_verb_tell_one_arrest(events_of):
    text = "Police arrested Tom Reed in Leeds on Monday. The arrest surprised his lawyer."
    event = one(events_of(text))
    assert event.type == "justice"
    assert event.date.start.isoformat() == "2025-04-21"
    assert event.place == "place:leeds"


def test_next_years_meeting_is_another_one(events_of):
    events = events_of(
        "The 14th Meeting of the Heads of Harbour Offices was held in Bergen on Monday. "
        "The 15th meeting will be held in Cork in 2026."
    )
    now, then = events["14th Meeting of the Heads of Harbour Offices"], events["15th meeting"]
    assert now.place == "place:bergen"
    assert now.status is None
    assert (then.place, then.status, then.date.start.year) == ("place:cork", "planned", 2026)


def test_one_death_is_not_another(read):
    text = "Peter Lang died in Basel on Monday. He was 87. His wife, the translator Ana Ruiz, died in 2009."
    facts = read(text, date=DAY)
    event = facts.events[0]
    assert event.date.start.isoformat() == "2025-04-21"
    assert [part.agent for part in facts.participations if part.event == event.key] == ["person:peter lang"]


def test_what_was_called_off_is_not_told_as_having_happened(events_of):
    event = one(events_of("The talks between Ana Ruiz and Tom Reed in Vienna were cancelled on Monday."))
    assert event.status == "denied"


def test_all_places_of_an_event_are_kept(events_of):
    event = one(
        events_of("The census was carried out in Kenya, Uganda and Tanzania in 2019. Results of the census follow.")
    )
    assert [event.place, *(place for place, _ in event.other_places)] == [
        "place:kenya",
        "place:uganda",
        "place:tanzania",
    ]


def test_the_day_of_what_somebody_said_is_not_that_of_the_event(events_of):
    events = events_of(
        "The Elbe Valley Summit was held in Dresden. Tom Reed said that the summit had begun on Tuesday."
    )
    assert events["Elbe Valley Summit"].date is None


@pytest.mark.parametrize(
    "text",
    [
        "Smith's campaign raised more money than the Miller campaign.",
        "A new poll shows that voters like free speech.",
        "In March they march on, and any meeting is a risk.",
    ],
)
def test_plain_talk_holds_no_events(events_of, text):
    assert events_of(text) == {}


def test_references_name_every_token_of_the_event(nlp):
    from kg.extraction.events import find_events
    from kg.extraction.reading import Reading
    from kg.facts import Article

    text = "The Elbe Valley Summit was held in Dresden. The summit ended early."
    doc = nlp(text)
    events, references = find_events(Reading(Article(text), doc))
    assert [doc[i].text for i in sorted(references)] == ["Elbe", "Valley", "Summit", "summit"]
    assert {reference.key for reference in references.values()} == {events[0].key}
    assert references[max(references)].reason == "repeats 'summit'"


OPENED = "The Elbe Valley Summit opened in Dresden on Friday"


@pytest.mark.parametrize(
    ("text", "end"),
    [
        (OPENED + ". The summit ends on Sunday with a vote.", "2025-06-22"),
        (OPENED + ". The summit will close on Sunday.", "2025-06-22"),
        (OPENED + " and runs until Sunday.", "2025-06-22"),
        (OPENED + ". It runs until Sunday.", "2025-06-22"),
        ("The Elbe Valley Summit, which runs until Sunday, opened in Dresden on Friday.", "2025-06-22"),
        ("Ministers opened the Elbe Valley Summit in Dresden on Friday. It ends on Sunday.", "2025-06-22"),
        (OPENED + ". The summit may end on Sunday.", "2025-06-20"),
        (OPENED + ". The shop will close on Sunday.", "2025-06-20"),
        (OPENED + ". The summit ended on Thursday.", "2025-06-20"),
    ],
)
def test_the_last_day_may_be_told_apart_from_the_first(read, text, end):
    event = next(e for e in read(text, date="2025-06-20").events if e.named)
    assert (event.date.start.isoformat(), event.date.end.isoformat()) == ("2025-06-20", end)
    if end != "2025-06-20":
        said = dict(event.evidence)["end"]
        assert "Sunday" in text[said.begin : said.end]


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("The Elbe Valley Summit was not a failure.", None),
        ("The Elbe Valley Summit was not cheap.", None),
        ("The Elbe Valley Summit was not held.", "denied"),
        ("The Elbe Valley Summit will no longer be held.", "denied"),
        ("The Elbe Valley Summit lasted no longer than a day.", None),
        ("The Elbe Valley Summit had hardly been opened when it rained.", None),
    ],
)
def test_what_an_event_was_not_like_does_not_deny_it(read, text, status):
    (event,) = read(text).events
    assert event.status == status


@pytest.mark.parametrize(
    ("text", "part_of"),
    [
        ("Tom Reed rejected the fee.\n\nAna Ruiz met Reed in Dresden.", None),
        (OPENED + ".\n\nTom Reed left.\n\nOn the sidelines, Ana Ruiz met Reed for two hours.", "elbe valley summit"),
        (OPENED + ".\n\nTom Reed left.\n\nOn the margins of the summit, Ana Ruiz met Reed.", "elbe valley summit"),
    ],
)
def test_two_who_met_somewhere_had_a_meeting(read, text, part_of):
    quoted = '"The fee is too high for every one of us," said Li Wei. "We pay enough for the river," he said.\n\n'
    facts = read(quoted + text, date="2025-06-20")
    (meeting,) = [e for e in facts.events if e.type == "meeting"]
    assert meeting.part_of == (f"event:{part_of}" if part_of else None)
    there = {part.agent for part in facts.participations if part.event == meeting.key}
    assert there == {"person:ana ruiz", "person:tom reed"}


def test_whoever_chairs_a_session_of_the_summit_hosts_it(read):
    text = (
        f"New fee asked for at Dresden summit\n\n{OPENED} with a call for calm. Barges should pay a fee, it said.\n\n"
        "The fee is new. Nobody likes the fee.\n\nAna Ruiz, director of the Danube Office, chaired the opening session."
    )
    facts = read(text, date="2025-06-20")
    (session,) = [event for event in facts.events if event.part_of == "event:elbe valley summit"]
    assert ("person:ana ruiz", "hosted", session.key) in {(p.agent, p.kind, p.event) for p in facts.participations}
    assert [event.name for event in facts.events if "summit" in event.name.casefold()] == ["Elbe Valley Summit"]


FAIR = "The Alder Valley Fair opened in Bergen on 6 May 2025. "


@pytest.mark.parametrize(
    "sentence",
    [
        "The fair was first held in Tampere in 1999.",
        "The fair was founded in Tampere in 1988.",
        "The fair was previously held in Tampere.",
        "The fair used to be held in Tampere.",
        "Last year the fair took place in Tampere.",
        "Two years ago, the fair took place in Tampere.",
        "In 2023, the fair was held in Tampere.",
        "Next year the fair will be held in Tampere.",
        "The fair, first held in Tampere in 1999, drew 3,000 people.",
    ],
)
def test_day_and_place_of_another_edition_are_not_those_of_this_one(events_of, sentence):
    event = events_of(FAIR + sentence, "2025-05-10")["Alder Valley Fair"]
    assert event.date.start.isoformat() == "2025-05-06"
    assert (event.place, event.other_places, event.status) == ("place:bergen", (), None)


def test_the_year_in_which_an_occasion_was_founded_is_not_its_date(events_of):
    event = one(events_of("The Alder Valley Fair opened in Bergen. The fair was founded in 1988.", "2025-05-10"))
    assert event.date is None


def test_last_years_edition_does_not_make_the_coming_one_a_fact(events_of):
    text = "The Alder Valley Fair will be held in Bergen in December. The fair was held in Tampere last year."
    event = one(events_of(text, "2025-05-10"))
    assert (event.status, event.place, event.other_places) == ("planned", "place:bergen", ())


@pytest.mark.parametrize(
    ("sentence", "day"),
    [
        ("The Alder Valley Fair was postponed from 5 May to 12 October.", "2025-10-12"),
        ("The Alder Valley Fair was moved from 5 May to 12 October.", "2025-10-12"),
        ("The Alder Valley Fair was moved from Friday to Sunday.", "2025-03-09"),
        ("The Alder Valley Fair has been pushed back from 5 May to 12 October.", "2025-10-12"),
        ("The Alder Valley Fair was postponed until 12 October.", "2025-10-12"),
        ("Organisers postponed the Alder Valley Fair from 5 May to 12 June.", "2025-06-12"),
    ],
)
def test_what_is_moved_takes_place_on_its_new_day(events_of, sentence, day):
    event = one(events_of(sentence + " Eva Dahl will attend the Alder Valley Fair.", "2025-03-10"))
    assert (event.date.start.isoformat(), event.date.end.isoformat()) == (day, day)


@pytest.mark.parametrize(
    "text",
    [
        "The Alder Valley Fair, which last year took place in Tampere, opens in Bergen on Friday.",
        "The Alder Valley Fair, which last month took place in Tampere, opens in Bergen on Friday.",
        "The Alder Valley Fair, which last year took place in Tampere, opens in Bergen.",
        "The Alder Valley Fair, which last year took place in Tampere, has opened in Bergen.",
        "The Alder Valley Fair, which was held in Tampere last year, will open in Bergen.",
        "The Alder Valley Fair, which last year took place in Tampere, was opened in Bergen.",
        "The Alder Valley Fair opened in Bergen. Last year the fair took place in Tampere.",
        "The Alder Valley Fair opened in Bergen. The fair took place in Tampere last year.",
        "The Alder Valley Fair opened in Bergen. Two years ago, the fair was held in Tampere.",
        "Ana Ruiz spoke at the Alder Valley Fair in Bergen on Friday. In 2019 she hosted the fair in Tampere.",
    ],
)
def test_a_time_that_is_over_is_not_that_of_the_edition_that_takes_place_now(events_of, text):
    event = one(events_of(text, "2025-05-14"))
    assert (event.place, event.other_places) == ("place:bergen", ())
    assert event.date is None or event.date.start.isoformat() in {"2025-05-09", "2025-05-16"}


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("The Alder Valley Fair took place in Bergen last year.", "2024-01-01"),
        ("The Alder Valley Fair was held in Bergen last month. The fair drew 3,000 people.", "2025-04-01"),
        ("The Alder Valley Fair opened in Bergen last week. The fair continues until Sunday.", "2025-05-05"),
        (
            "The Alder Valley Fair was held in Bergen last week. Next year the fair will be held in Tampere.",
            "2025-05-05",
        ),
        ("The Alder Valley Fair was held in Bergen last month. In May 2026 the fair will be in Tampere.", "2025-04-01"),
        ("The Alder Valley Fair, held in Bergen last month, opened the way for more trade.", "2025-04-01"),
    ],
)
def test_a_time_that_is_over_dates_the_only_edition_told_of(events_of, text, day):
    event = one(events_of(text, "2025-05-14"))
    assert (event.date.start.isoformat(), event.place, event.status) == (day, "place:bergen", None)


@pytest.mark.parametrize(
    "text",
    [
        "On Tuesday in Oslo, Eva Dahl flawlessly executed the plan. Eva Dahl was proud.",
        "Eva Dahl dismissed Estonia as a suburb on Tuesday in Oslo. Tom Reed agreed.",
        "On Tuesday in Oslo, the charges were dismissed, Eva Dahl wrote.",
        "Four towns met the target on Tuesday in Oslo. Eva Dahl was glad.",
        "As part of our mission to heal, Eva Dahl has helped the ill. Our mission is to end the illness.",
        "Eva Dahl is under fire in Oslo. Eva Dahl, under fire, has said nothing since Tuesday.",
        "The clinical trial began in Oslo on Tuesday. Eva Dahl joined the clinical trial.",
        "A close election could be decided by a few voters. In a close election, voters are courted.",
    ],
)
def test_other_senses_of_event_words_tell_of_no_event(events_of, text):
    assert events_of(text) == {}


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Guards executed the spy Tom Reed on Tuesday in Oslo. Tom Reed was 40.", "justice"),
        ("On Tuesday in Oslo, Tom Reed was dismissed as coach. Tom Reed was 40.", "personnel"),
        ("Eva Dahl met her counterpart Tom Reed on Tuesday in Oslo.", "meeting"),
        ("Eva Dahl lost last Thursday's vote on the harbour. The vote was close.", "election"),
        ("A fire destroyed a bus at a beauty spot. The fire service was called.", "accident"),
    ],
)
def test_what_is_done_to_somebody_or_told_as_past_is_an_event(events_of, text, kind):
    assert [event.type for event in events_of(text).values()] == [kind]


def test_one_murder_is_not_another(read):
    text = (
        "The murder of Karl Berg shocked Oslo on Friday. The murder of Ana Ruiz in Bergen was solved on Monday. "
        "The murder of Ana Ruiz was in March."
    )
    assert [len(event.mentions) for event in read(text, date=DAY).events] == [1, 2]


def test_two_rallies_of_one_day_at_two_places_are_two(read):
    text = (
        "Tom Reed asked his supporters at a rally Friday in Michigan to vote.\n\nEva Dahl spoke, too. "
        "At a rally Friday in Utica, New York, Dahl asked why the ferries no longer run at night."
    )
    assert [event.name for event in read(text, date=DAY).events] == [
        "rally Friday in Michigan",
        "rally Friday in Utica",
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Police arrested dozens of protesters on Tuesday in Oslo.",
        "A demonstration of 5,000 farmers took place in Oslo on Tuesday.",
        "The Crew Nine mission began on Tuesday in Oslo.",
    ],
)
def test_a_number_of_people_and_a_mission_of_somebody_tell_of_events(events_of, text):
    assert len(events_of(text, "2025-05-14")) == 1


def test_an_occasion_of_last_week_keeps_its_place_when_a_later_day_is_told(events_of):
    text = "The Elbe Valley Summit was held in Oslo last week. Eva Dahl spoke at the summit on Monday."
    assert one(events_of(text, "2025-05-14")).place == "place:oslo"


def test_what_is_called_off_is_not_planned(events_of):
    text = "The Elbe Valley Summit on 20 May 2025 was cancelled on Monday. The summit drew criticism from Eva Dahl."
    assert one(events_of(text, "2025-05-14")).status != "planned"


@pytest.mark.parametrize(("opening", "closing"), [("‘", "’"), ("'", "'"), ("“", "”")])
def test_what_is_said_in_quotation_marks_is_no_event(events_of, opening, closing):
    assert len(events_of("A ferry sank off Selby on Monday. Per Dahl drowned.")) >= 1
    said = f"{opening}A ferry sank off Selby on Monday. Per Dahl drowned,{closing} a man said."
    assert events_of(said) == {}


def test_an_event_taken_up_by_the_last_word_of_a_text(events_of):
    assert list(events_of("The Selby Fish Forum opened in Oslo on Monday. Hundreds came to the Forum")) == [
        "Selby Fish Forum"
    ]
