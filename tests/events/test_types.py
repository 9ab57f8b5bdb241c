"""The documented scheme of event types is the one that the word lists use."""

from __future__ import annotations

import re

from kg.words import table


def test_the_documented_types_are_those_of_the_word_lists(root):
    text = (root / "docs" / "events.md").read_text(encoding="utf-8")
    scheme = text[text.index("## Types") : text.index("## When and where")]
    documented = set(re.findall(r"^\| (\w+) \| ", scheme, re.MULTILINE)) - {"type"}
    used = {row[2] for row in table("events_types")} | {row[1] for row in table("events_named")}
    assert used <= documented | {"conflict"}
    assert documented == {row[2] for row in table("events_types")}
