"""Near-duplicates: the same story in several papers, and different stories on one event."""

import random
import sqlite3

from hypothesis import given, settings
from hypothesis import strategies as st

from kg.identity import duplicates
from kg.identity.duplicates import Duplicates, copies
from kg.readers import article_from_text

STORY = [
    "Engineers in the river town of Fernau closed the Salt Bridge on Tuesday when an inspection found two cracks.",
    "The bridge, which carries about 14,000 vehicles a day, will be shut for at least six weeks, the road office said.",
    '"We would rather explain a detour than an accident," the head of the office, Pia Roth, said at the ramp.',
    "Divers found on Monday evening that the current had washed out gravel below the third and fourth pier, Roth said.",
    "The office will sink stone baskets around the piers before it fills the cracks, at a cost of 2.3 million francs.",
    "Buses will be led over the motorway bridge at Lindental, which adds twenty minutes to the way to the station.",
]
OTHER = [
    "For the baker Lena Kuhn the day began with silence: the bridge beside her shop in Fernau had been closed.",
    '"We would rather explain a detour than an accident," says Pia Roth, who has spent two days answering questions.',
    "Kuhn has halved her order of flour, while on the western bank of the river her brother bakes more than ever.",
    "Mayor Till Aster promises help from a fund that was set up after the flood, he told shopkeepers at a meeting.",
]


def story(*paragraphs, title="A title", **metadata):
    return article_from_text("\n\n".join([title, *paragraphs]), **metadata)


def test_a_story_that_was_cut_and_has_another_headline_and_first_paragraph_is_one_source():
    whole = story(*STORY, date="2025-06-03")
    cut = story(
        "Commuters in Fernau face weeks of detours: the oldest crossing of the town is shut, as its piers are cracked.",
        *STORY[1:4],
        title="Bridge shut",
        date="2025-06-02",
    )
    other = story(*OTHER, date="2025-06-04")
    found = copies([whole, cut, other])
    assert set(found) == {cut.sha256}  # the shorter is near-duplicate of the fuller, whichever came first
    assert found[cut.sha256].of == whole.sha256 and 0.7 < found[cut.sha256].share < 1


def test_equal_words_under_another_headline_count_for_the_first_of_them():
    papers = [story(*STORY, title=f"Paper {n}", date=f"2025-06-0{n}") for n in (3, 2, 5)]
    found = copies(papers)
    assert {sha: copy.of for sha, copy in found.items()} == {papers[n].sha256: papers[1].sha256 for n in (0, 2)}
    short = [story("The mayor of Fernau resigned on Monday.", title=title) for title in ("One", "Two")]
    assert len(copies(short)) == 1 and {copy.share for copy in copies(short).values()} == {1.0}


def test_a_copy_with_another_figure_or_without_a_paragraph_is_not_told_to_be_wholly_the_same():
    edited = story(*STORY[:4], STORY[4].replace("2.3 million", "2.4 million"), STORY[5], date="2025-06-04")
    found = copies([story(*STORY, date="2025-06-03"), edited, story(*STORY[1:], date="2025-06-05")])
    assert len(found) == 2
    assert all(0.9 < copy.share < 0.995 for copy in found.values())  # no 100% where it is told in whole percent


def test_a_long_report_that_has_a_short_one_in_it_is_not_its_duplicate():
    short, long = story(*STORY[:3]), story(*STORY[:3], *OTHER)
    assert {sha: copy.of for sha, copy in copies([short, long]).items()} == {short.sha256: long.sha256}


def test_articles_without_running_text_are_compared_as_they_are():
    assert copies([story(), story(title="Another title")]) == {}
    assert copies([]) == {}


def test_a_text_whose_date_is_corrected_may_come_first_from_then_on():
    one, other = story(*STORY, title="One", date="2025-06-03"), story(*STORY, title="Two", date="2025-06-04")
    found = Duplicates(sqlite3.connect(":memory:"))
    found.update((), [(a.sha256, a) for a in (one, other)])
    assert found.all() == {other.sha256: (one.sha256, 1.0)}
    earlier = story(*STORY, title="Two", date="2025-06-01")
    assert earlier.sha256 == other.sha256
    assert found.update((), [(earlier.sha256, earlier)]) == {one.sha256, other.sha256}
    assert found.all() == copies([one, earlier]) == {one.sha256: (other.sha256, 1.0)}


def pool():
    """Edited texts of a few stories, many of them like one another, some sharing a note that is in nearly all."""
    chance = random.Random(3)
    bases = [[f"{name} {' '.join(chance.choices(WORDS, k=40))}." for name in "abcdef"] for _ in range(4)]
    note = (
        "All rights reserved and no part of this text may be used without the permission of the publisher in writing."
    )
    texts = []
    for number in range(28):
        base = chance.choice(bases)
        kept = [paragraph for paragraph in base if chance.random() < 0.7] or base
        if chance.random() < 0.3:
            kept = [" ".join(chance.choices(WORDS, k=40)), *kept]
        texts.append(story(*kept, note, title=f"Title {chance.randint(1, 3)}", date=f"2025-06-{1 + number % 9:02}"))
    return list({text.sha256: text for text in texts}.values())


WORDS = [f"{a}{b}{c}" for a in "bdfglm" for b in "aeiou" for c in "nrst"]
POOL = pool()


def incremental(steps):
    """The outcome of adding and removing in steps, each checked for telling exactly what has changed."""
    database = sqlite3.connect(":memory:")
    found = Duplicates(database)
    present = set()
    for added, removed in steps:
        before = {sha: found.copy_of(sha) for sha in present}
        told = found.update([POOL[n].sha256 for n in removed], [(POOL[n].sha256, POOL[n]) for n in added])
        present = (present - {POOL[n].sha256 for n in removed}) | {POOL[n].sha256 for n in added}
        assert told == {sha for sha in present if found.copy_of(sha) != before.get(sha)}
    assert set(found.known()) == present
    return found.all(), present


@settings(deadline=None, max_examples=60)
@given(st.lists(st.tuples(*[st.sets(st.integers(0, len(POOL) - 1), max_size=9)] * 2), min_size=1, max_size=6))
def test_any_order_of_adding_and_removing_gives_what_the_rest_gives_at_once(steps):
    common = duplicates.COMMON
    duplicates.COMMON = 6  # so that marks become too common, and are not any more
    try:
        found, present = incremental(steps)
        assert found == copies(article for article in reversed(POOL) if article.sha256 in present)
    finally:
        duplicates.COMMON = common


def test_the_invented_stories_of_the_benchmark(root):
    from runpy import run_path

    benchmark = run_path(str(root / "benchmarks" / "near_duplicates.py"))
    parts = benchmark["stories"]()["verdict"]
    whole = benchmark["article"]("Agency", parts["story"][0])
    others = [benchmark["article"]("Report", paragraphs) for paragraphs in parts["other"]]
    for edit, change in benchmark["EDITS"].items():
        edited = benchmark["article"]("Headline", change(parts["story"][0], parts["lead"][0], parts["added"][0]))
        assert len(copies([whole, edited, *others])) == 1, edit
