"""Words of saying that offices, banks and courts use."""

import pytest


@pytest.mark.parametrize("cue", ["introduced", "conveyed", "assessed", "held", "mentioned", "recalled"])
def test_what_a_press_page_reports(read, cue):
    facts = read(f"Minister Ana Ruiz {cue} that the office grants patents within a year.")
    assert [(s.speaker, s.attribution.quote_type) for s in facts.statements] == [("person:ana ruiz", "indirect")]
