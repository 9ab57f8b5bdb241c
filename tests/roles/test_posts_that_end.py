"""Posts that are no longer held, not held yet, or only threatened: how a text says so."""

import pytest

from kg.extraction.roles import find_roles

ANA, ACME = "Ana Ruiz", "Acme Foods"


@pytest.mark.parametrize(
    "text",
    [
        "[Ana Ruiz]P is no longer chairman of [Acme Foods]O.",
        "[Ana Ruiz]P was no longer the chairman of [Acme Foods]O.",
        "[Ana Ruiz]P is not the chairman of [Acme Foods]O any more.",
        "[Ana Ruiz]P no longer serves as chairman of [Acme Foods]O.",
        "[Ana Ruiz]P, no longer the chairman of [Acme Foods]O, came.",
        "[Ana Ruiz]P, who is no longer the chairman of [Acme Foods]O, came.",
    ],
)
def test_whoever_is_no_longer_chairman_was_chairman(roles, text):
    assert roles(text) == [(ANA, "chairman", ACME, "former")]


@pytest.mark.parametrize(
    "text",
    [
        "[Ana Ruiz]P never was the director of [Acme Foods]O.",
        "[Ana Ruiz]P is hardly the director of [Acme Foods]O.",
        "If [Ana Ruiz]P is no longer the director of [Acme Foods]O, prices fall.",
        "[Ana Ruiz]P will no longer be the director of [Acme Foods]O from May.",
        "[Ana Ruiz]P no longer heads [Acme Foods]O.",
        "[Ana Ruiz]P must become director of [Acme Foods]O.",
        "[Ana Ruiz]P is neither the director of [Acme Foods]O nor its chair.",
        "[Ana Ruiz]P is no longer the youngest mayor of [Utica]L.",
        "[Ana Ruiz]P is no longer acting director of [Acme Foods]O.",
        "[Ana Ruiz]P is no longer just director of [Acme Foods]O.",
        "[Ana Ruiz]P is no longer simply the director of [Acme Foods]O.",
        "[Ana Ruiz]P is no longer a popular mayor of [Utica]L.",
    ],
)
def test_what_is_denied_or_only_called_for_gives_no_post(roles, text):
    assert roles(text, "2026-03-18") == []


@pytest.mark.parametrize(
    "text",
    [
        "[Ana Ruiz]P not only became director of [Acme Foods]O, but moved it.",
        "[Ana Ruiz]P is not merely the director of [Acme Foods]O.",
        "Not only did [Ana Ruiz]P become director of [Acme Foods]O, she won a prize.",
    ],
)
def test_not_only_denies_nothing(roles, text):
    assert roles(text) == [(ANA, "director", ACME, None)]


@pytest.mark.parametrize(
    "text",
    [
        "Staff demanded to know why [Ana Ruiz]P was named director of [Acme Foods]O.",
        "Staff wanted to know why [Ana Ruiz]P was named director of [Acme Foods]O.",
        "As director of [Acme Foods]O, [Ana Ruiz]P must serve on the board.",
    ],
)
def test_what_is_asked_about_or_called_for_of_a_director_leaves_her_one(roles, text):
    assert roles(text) == [(ANA, "director", ACME, None)]


def test_of_which_country_somebody_is_no_longer_president_is_part_of_the_post(roles):
    assert roles("[Ana Ruiz]P is no longer the Norwegian president.") == [(ANA, "president", None, "former")]


def test_whoever_no_longer_works_somewhere_is_no_member(relations):
    assert relations("[Ana Ruiz]P no longer works for [Acme Foods]O.") == []


@pytest.mark.parametrize(
    ("departure", "end"),
    [
        ("quit on Monday", "2026-03-16"),
        ("quit", None),
        ("quit her job on Monday", "2026-03-16"),
        ("was sacked on Monday", "2026-03-16"),
        ("was ousted", None),
        ("was removed from office on Monday", "2026-03-16"),
        ("was fired from her post", None),
        ("died on Monday", None),
    ],
)
def test_a_post_told_before_the_name_ends_with_the_departure(reading, departure, end):
    (role,) = find_roles(reading(f"Foreign Minister [Ana Ruiz]P {departure}.", "2026-03-18"))
    assert (role.title, role.status) == ("Foreign Minister", "former")
    assert str(role.end.end if role.end else None) == str(end)


def test_whom_somebody_dismisses_has_left(roles):
    text = "The president fired Defence Minister [Ana Ruiz]P."
    assert roles(text) == [(ANA, "Defence Minister", None, "former")]
    text = "Police chief [Jo Park]P fired detective [Ana Ruiz]P."
    assert ("Jo Park", "Police chief", None, None) in roles(text)


@pytest.mark.parametrize(
    "text",
    [
        "Foreign Minister [Ana Ruiz]P threatened to quit.",
        "Foreign Minister [Ana Ruiz]P refused to resign.",
        "Foreign Minister [Ana Ruiz]P could be fired.",
        "Foreign Minister [Ana Ruiz]P must resign.",
        "Foreign Minister [Ana Ruiz]P was not sacked.",
        "Foreign Minister [Ana Ruiz]P quit smoking.",
        "Foreign Minister [Ana Ruiz]P quit the race.",
        "Foreign Minister [Ana Ruiz]P was fired at.",
        "Foreign Minister [Ana Ruiz]P was fired up.",
        "Foreign Minister [Ana Ruiz]P was removed from the hall.",
        "Foreign Minister [Ana Ruiz]P will speak and resign.",
        "Gunmen fired at Foreign Minister [Ana Ruiz]P.",
        "Protesters urged Foreign Minister [Ana Ruiz]P to resign.",
        "Protesters demanded that Foreign Minister [Ana Ruiz]P be sacked.",
        "The palace denied that Foreign Minister [Ana Ruiz]P was sacked.",
        "The king dismissed Foreign Minister [Ana Ruiz]P's claims.",
        "The father of Foreign Minister [Ana Ruiz]P died.",
        "Foreign Minister [Ana Ruiz]P nearly died in May.",
        "Foreign Minister [Ana Ruiz]P was all but ousted in May.",
        "Foreign Minister [Ana Ruiz]P was reportedly killed on Monday.",
        "Foreign Minister [Ana Ruiz]P, sacked by [Acme Foods]O in 2009, said so.",
        "Foreign Minister [Ana Ruiz]P, who was sacked by the [Hill Herald]O in 2009, won.",
        "Foreign Minister [Ana Ruiz]P was dismissed by critics as a populist.",
        "Foreign Minister [Ana Ruiz]P denied reports that she had quit.",
        "Rumours that Foreign Minister [Ana Ruiz]P was fired were false.",
        "Before Foreign Minister [Ana Ruiz]P quits, she wants a deal.",
        "Foreign Minister [Ana Ruiz]P was ousted in the first round.",
        "Foreign Minister [Ana Ruiz]P was ousted in 2013 and returned in 2020.",
        "Foreign Minister [Ana Ruiz]P quit her job at [Acme Foods]O in 2010.",
        "Foreign Minister [Ana Ruiz]P quit a job in banking.",
        "The umpire dismissed Foreign Minister [Ana Ruiz]P in the third over.",
    ],
)
def test_a_post_goes_on_that_nobody_has_left(roles, text):
    assert [role for role in roles(text) if role[0] == ANA] == [(ANA, "Foreign Minister", None, None)]


def test_whoever_is_mayor_now_was_not_sacked_from_that_by_another_body(roles):
    text = "[Ana Ruiz]P, now mayor of [Utica]L, was sacked by [Acme Foods]O."
    assert roles(text) == [(ANA, "mayor", "Utica", None)]


def test_of_two_posts_the_one_by_which_somebody_is_named_ends(roles):
    text = "Foreign Minister [Ana Ruiz]P, chair of the [Civic Party]O, quit."
    assert roles(text) == [(ANA, "Foreign Minister", None, "former"), (ANA, "chair", "Civic Party", None)]


def test_a_founder_who_leaves_has_founded_it_all_the_same(roles):
    assert roles("[Acme Foods]O founder [Ana Ruiz]P resigned.") == [(ANA, "founder", ACME, None)]


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("The late president [Ana Ruiz]P opened it.", "former"),
        ("[Ana Ruiz]P, the late president of [Acme Foods]O, opened it.", "former"),
        ("[Ana Ruiz]P is the presumptive president of [Acme Foods]O.", "designate"),
        ("The likely president, [Ana Ruiz]P, came.", "designate"),
        ("It is likely President [Ana Ruiz]P will go.", None),
        ("[Acme Radio]O late-night host [Ana Ruiz]P came.", None),
        ("Late on Monday President [Ana Ruiz]P came.", None),
        ("President [Ana Ruiz]P said late Monday that it was open.", None),
    ],
)
def test_late_presidents_were_and_likely_ones_may_be(roles, text, status):
    assert [status for _, _, _, status in roles(text)] == [status]


@pytest.mark.parametrize(
    ("text", "status", "start"),
    [
        ("[Ana Ruiz]P won election as mayor of [Utica]L in 2020.", None, "2020-01-01"),
        ("[Ana Ruiz]P won re-election as mayor of [Utica]L in 2020.", None, None),
        ("[Ana Ruiz]P, who secured a second term as mayor of [Utica]L, spoke.", None, None),
        ("[Ana Ruiz]P, then the mayor of [Utica]L, opened it.", "former", None),
        ("[Ana Ruiz]P, who was then the mayor of [Utica]L, opened it.", "former", None),
    ],
)
def test_whoever_wins_election_or_then_was_mayor_has_the_post(reading, text, status, start):
    (role,) = find_roles(reading(text, "2026-03-18"))
    assert (role.title, role.organisation, role.status) == ("mayor", "L:utica", status)
    assert str(role.start.start if role.start else None) == str(start)


@pytest.mark.parametrize(
    "text",
    [
        "[Ana Ruiz]P hopes to win election as mayor of [Utica]L.",
        "[Ana Ruiz]P did not win re-election as mayor of [Utica]L.",
        "[Ana Ruiz]P won praise as mayor of [Utica]L.",
        "[Ana Ruiz]P won the election as leader of the [Civic Party]O.",
        "[Ana Ruiz]P will win election as mayor of [Utica]L.",
        "They met [Ana Ruiz]P, then the mayor spoke.",
        "They met [Ana Ruiz]P, then the director of [Acme Foods]O and others.",
    ],
)
def test_what_is_hoped_for_or_won_otherwise_is_no_post(roles, text):
    assert roles(text) == []


def test_who_comes_next_is_somebody_else(roles):
    text = "First came [Ana Ruiz]P, then the mayor of [Utica]L, [Tom Reed]P."
    assert roles(text) == [("Tom Reed", "mayor", "Utica", None)]


def test_whence_an_engineer_is_hired_is_no_body_that_employs_her_now(roles):
    assert roles("[Hill College]O hired engineer [Ana Ruiz]P from [Acme Foods]O.") == [(ANA, "engineer", None, None)]


@pytest.mark.parametrize(
    "text",
    [
        "The tax will hurt, according to engineer [Ana Ruiz]P at [Acme Foods]O.",
        "[Hill College]O spoke with engineer [Ana Ruiz]P at [Acme Foods]O.",
        "[Hill College]O released a report by engineer [Ana Ruiz]P from [Acme Foods]O.",
    ],
)
def test_a_title_keeps_the_body_told_behind_the_name(roles, text):
    assert roles(text) == [(ANA, "engineer", ACME, None)]


def test_whoever_is_to_be_replaced_or_to_resign_has_not_gone(roles):
    assert roles("[Ana Ruiz]P is to replace [Jo Park]P as chair of [Acme Foods]O.") == [
        (ANA, "chair", ACME, "designate"),
        ("Jo Park", "chair", ACME, None),
    ]
    assert roles("[Ana Ruiz]P is to resign as chair of [Acme Foods]O.") == [(ANA, "chair", ACME, None)]
