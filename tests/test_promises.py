"""What the project promises of every graph: what was said is never asserted as true."""


def test_a_post_that_a_speaker_claims_somebody_held_is_no_role(read):
    facts = read('"I was young, and Ann Lee was the director of the Port Office," said Amal Haddad, a clerk.')
    assert [(r.person, r.title) for r in facts.roles] == [("person:amal haddad", "clerk")]
    assert facts.statements


def test_a_post_that_comes_with_a_name_is_a_role_wherever_it_stands(read):
    facts = read('"I once wrote to Ann Lee, director of the Port Office," said Amal Haddad.')
    assert [(r.person, r.title) for r in facts.roles] == [("person:ann lee", "director")]


def test_meetings_that_a_speaker_tells_of_are_not_asserted(read):
    facts = read('"Ann Lee attended the Harbour Summit in Oslo," said Amal Haddad. "She met Jonas Lindqvist there."')
    assert facts.participations == ()


def test_an_appointment_that_is_announced_is_a_role(read):
    facts = read("Ann Lee was appointed director of the Port Office, the Ministry of Transport announced on Monday.")
    assert [(r.person, r.title) for r in facts.roles] == [("person:ann lee", "director")]
