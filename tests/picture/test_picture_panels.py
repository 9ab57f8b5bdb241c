"""What the panels count and say: persons once, copies as copies, papers by name, and words with their meaning."""

from __future__ import annotations

import newsroom

PHONE = {"width": 390, "height": 844, "deviceScaleFactor": 2, "mobile": True}
SECTIONS = """
    return Object.fromEntries([...document.querySelectorAll('#leaf section')].map((section) => [
        section.querySelector('h3').innerText.trim(),
        [...section.querySelectorAll('li')].map((line) => line.innerText.trim())]));"""


def focus(reader, label):
    reader.js("newskg.state.go({node: newskg.model.things.find((t) => t.label === arguments[0])})", label)


def test_who_came_and_took_part_is_one_person(reader, regatta):
    reader.open(regatta)
    focus(reader, "Havna Regatta")
    sections = reader.js(SECTIONS)
    assert sections["Attended, no speech reported 2"] == ["Lise Holt as umpire", "Per Moen"]
    assert not any(title.startswith("Took part") for title in sections)
    assert reader.texts("#leaf .presence button") == ["Everybody there 3", "Spoke 1", "No speech reported 2"]


def test_the_sentences_of_one_person_are_all_there(reader, regatta):
    reader.open(regatta)
    focus(reader, "Havna Regatta")
    reader.js("""
        const shown = [...document.querySelectorAll('#leaf details.fact')];
        shown.find((card) => card.innerText.includes('Lise Holt')).open = true;""")
    reader.wait(lambda: reader.texts("#leaf details[open] .evidence"), "the sentences")
    cited = reader.texts("#leaf details[open] .evidence blockquote")
    assert {"Holt took part as umpire.", "Umpire Holt came early."} <= set(cited)


def test_another_address_of_a_thing_is_said_in_words(reader, regatta):
    reader.open(regatta)
    focus(reader, "Havna Regatta")
    leaf = reader.text("#leaf")
    assert "Was also known under another address" in leaf
    assert "havna 2024" not in leaf


def test_the_statement_of_a_copy_is_called_one(reader, regatta):
    reader.open(regatta)
    focus(reader, "the lock")
    chips = reader.js("""
        return [...document.querySelectorAll('#leaf .statement')].map((card) =>
            [...card.querySelectorAll('.chip')].map((chip) => [chip.innerText, chip.title !== '']));""")
    assert chips == [[], [["from a copy", True]]]
    reader.js("[...document.querySelectorAll('#leaf .statement details')].at(-1).open = true")
    reader.wait(lambda: reader.text("#leaf .statement .source"), "the source")
    assert "a copy of Regatta opens at Havna" in " ".join(reader.text("#leaf .statement .source").split())


def test_what_a_copy_repeats_is_counted_once_as_in_the_statistics(reader, regatta):
    counted = newsroom.regatta().statistics().things
    reader.open(regatta)
    lead = reader.text("#leaf .lead")
    assert lead.startswith(f"{counted['fact']} facts and {counted['statement']} statement from 2 articles.")
    reader.click(f"Statements {counted['statement']}", "#tabs")
    told = reader.text("#leaf .lead")
    assert told.startswith("2 statements by 1 named speaker, 1 of them in articles that repeat others.")


def test_what_two_say_together_is_said_by_both_and_the_post_is_its_holders(reader, quay):
    reader.open(quay)
    focus(reader, "the quay")
    (card,) = reader.texts("#leaf .statement > header")
    assert card == "Anna Adler and Bob Aske, mayor said"
    for name, other in (("Anna Adler", "Bob Aske, mayor"), ("Bob Aske", "Anna Adler")):
        focus(reader, name)
        assert reader.texts("#leaf .statement > header") == [f"with {other} said"]
    focus(reader, "Kim Dahl")
    assert reader.texts("#leaf .statement > header") == ["with Ole Brun wrote as reported by Anna Adler and Bob Aske"]


def test_what_two_say_together_ties_both_and_stands_once_in_a_table(reader, quay):
    reader.open(quay)
    ties = """
        return newskg.model.edges.map(({a, b, statements, cites}) =>
            [a.label, b.label, statements.length, cites.length].join(', ')).sort();"""
    assert reader.js(ties) == [
        "Anna Adler, Kim Dahl, 0, 1",
        "Anna Adler, Ole Brun, 0, 1",
        "Anna Adler, the quay, 1, 0",
        "Bob Aske, Kim Dahl, 0, 1",
        "Bob Aske, Ole Brun, 0, 1",
        "Bob Aske, the quay, 1, 0",
    ]
    reader.click("Statements 2", "#tabs")
    assert reader.text("#leaf .lead").startswith("2 statements by 4 named speakers.")
    reader.js("newskg.state.go({view: 'table'})")
    reader.click("Statements", "#table .tables")
    assert reader.texts("#table tbody td:first-child") == ["Anna Adler and Bob Aske", "Kim Dahl and Ole Brun"]


def test_the_articles_name_their_paper_and_what_they_repeat(reader, regatta):
    reader.open(regatta, "tab=articles")
    copy, first = reader.texts("#leaf .list li")
    assert "Fjord Press, 7 July 2024" in first and "copy" not in first
    assert copy.startswith("Sails over Havna") and "a copy of Regatta opens at Havna" in copy


def test_the_legend_counts_posts_and_shows_two_lines(reader, regatta):
    reader.open(regatta)
    legend = " ".join(reader.text("#filters").split())
    assert "Posts 2 Taking part 5 Statements 1" in legend  # not the sentences, which are eleven
    assert reader.js("return document.querySelectorAll('#filters .stroke').length") == 2


def test_along_time_events_without_a_date_stand_apart_and_people_under_their_article(reader, regatta):
    reader.open(regatta, "view=time&scope=all")
    reader.settle()
    column = """
        const { points, bands } = newskg.shown();
        const thing = newskg.model.things.find((t) => t.label === arguments[0]);
        return bands.find(({x0, x1}) => x0 <= points.get(thing).x && points.get(thing).x <= x1).text;"""
    assert reader.js(column, "quarrel") == "without a date"
    assert reader.js(column, "Ole Dahl") != "without a date"
    assert reader.js(column, "Havna Regatta") != "without a date"
    assert "Events by their date" in reader.text("#notice")


def test_on_a_phone_shapes_are_explained_beside_the_picture(reader, regatta):
    reader.open(regatta)
    assert reader.js("return document.getElementById('key').checkVisibility()") is False, "the legend stands beside"
    reader.driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", PHONE)
    reader.open(regatta)
    assert reader.texts("#key li") == ["people", "events", "topics"]
    bottom, top = reader.js("""
        const box = (id) => document.getElementById(id).getBoundingClientRect();
        return [box('key').bottom, box('canvas').bottom];""")
    assert top <= bottom <= 844


def test_on_a_phone_the_way_to_the_facts_lies_free_above_the_cards(reader, regatta):
    reader.driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", PHONE)
    reader.open(regatta, "view=table")
    focus(reader, "Havna Regatta")
    reader.press("Read about Havna Regatta", "#notice")
    assert reader.js("return document.querySelector('#table thead').checkVisibility()") is False
    overlap = reader.js("""
        const [trail, notice] = ['trail', 'notice'].map((id) => document.getElementById(id).getBoundingClientRect());
        return trail.bottom - notice.top;""")
    assert overlap <= 0
