"""Reading a picture: what a journalist does with the page, in a real browser."""

from __future__ import annotations

import re

import newsroom
import pytest
from pyoxigraph import Literal, NamedNode

from kg.picture import packing, render

FORUM = "Global Forum on Intellectual Property Protection and Innovation"


def boxes(reader):
    reader.settle()
    return reader.js("return newskg.drawing.placed()")


def test_the_first_view_has_title_legend_and_every_name_and_none_overlap(reader, seed):
    reader.open(seed)
    assert reader.text("h1").startswith("CNIPA news item on the Global Forum")
    legend = reader.text("#filters")
    for word in ("People", "Organisations", "Events", "Places", "Topics", "Statements", "Posts"):
        assert word in legend
    placed = boxes(reader)
    names = [" ".join(label["text"]) for label in placed if label["colour"] == "ink"]
    assert len(names) == 31, "every one of the 31 things is named"
    overlapping = [
        (one["text"], other["text"])
        for number, one in enumerate(placed)
        for other in placed[:number]
        if one["x0"] < other["x1"] and other["x0"] < one["x1"] and one["y0"] < other["y1"] and other["y0"] < one["y1"]
    ]
    assert overlapping == []
    width, height = reader.js("const c = newskg.drawing.container; return [c.clientWidth, c.clientHeight]")
    cut = [b["text"] for b in placed if b["x0"] < 0 or b["x1"] > width or b["y0"] < 0 or b["y1"] > height]
    assert cut == []


def test_posts_participation_places_and_parts_are_written_on_the_lines(reader, seed):
    reader.open(seed)
    lines = {" ".join(label["text"]) for label in boxes(reader) if label["colour"] == "quiet"}
    assert {"Commissioner", "place", "part of", "Vice President"} <= lines
    assert any("attended" in line for line in lines)


def test_each_kind_has_its_own_shape_and_colour(reader, seed):
    reader.open(seed)
    shapes, colours = reader.js("return [newskg.model.data.shapes, newskg.model.data.colours]")
    assert len(set(shapes.values())) == len(set(colours.values())) == 5


def test_a_click_on_a_shape_shows_what_is_known_and_only_its_neighbourhood(reader, seed):
    reader.open(seed)
    reader.mouse(reader.point_of("Jiang Peixue"))
    reader.wait(lambda: reader.text("#leaf h2") == "Jiang Peixue", "the leaf of Jiang Peixue")
    assert "Vice President of Tsinghua University" in " ".join(reader.text("#leaf").split())
    assert reader.shown() == {"Jiang Peixue", FORUM, "Tsinghua University", "Chinese Academy of Sciences"}
    reader.click("Two steps")
    assert {"Daren Tang", "Beijing", "Sun Shuo"} <= reader.shown()
    assert "PCT applications" not in reader.shown()


def test_a_click_on_a_name_is_a_click_on_its_shape(reader, seed):
    reader.open(seed)
    [place] = [label for label in boxes(reader) if label["text"] == ["Jiang Peixue"]]
    left, top = reader.js("const b = newskg.drawing.container.getBoundingClientRect(); return [b.left, b.top]")
    reader.mouse((left + place["x0"] + 8, top + place["y1"] - 4))
    reader.wait(lambda: reader.text("#leaf h2") == "Jiang Peixue", "the leaf of Jiang Peixue")


def test_the_trail_leads_back(reader, seed):
    reader.open(seed)
    reader.js("newskg.state.go({node: newskg.model.byThingId.get('person/daren-tang')})")
    reader.click("WIPO", "#leaf")
    assert [part.lstrip("› ") for part in reader.texts("#trail li")] == ["Overview", "Daren Tang", "WIPO"]
    reader.click("Daren Tang", "#trail")
    assert reader.text("#leaf h2") == "Daren Tang"
    reader.driver.back()
    reader.wait(lambda: reader.text("#leaf h2") == "WIPO", "the leaf of WIPO")
    reader.click("Overview", "#trail")
    assert len(reader.shown()) == 31


def test_a_click_on_a_line_shows_its_sentence_with_the_words_marked(reader, seed):
    reader.open(seed)
    reader.mouse(reader.middle_of("Jiang Peixue", "Chinese Academy of Sciences"))
    reader.wait(lambda: "Jiang Peixue is academician of" in " ".join(reader.text("#leaf").split()), "the tie")
    assert reader.text("#leaf mark.cited").startswith("Jiang Peixue, Vice President of Tsinghua University and an")
    assert "Attendees of the forum included" in reader.text("#leaf blockquote"), "the whole sentence is there"
    assert "CNIPA, 23 April 2025" in reader.text("#leaf .source")
    link = reader.js("return document.querySelector('#leaf .source a').href")
    assert link == "https://english.cnipa.gov.cn/art/2025/4/14/art_1340_198764.html"


def test_under_the_pointer_facts_stand_in_words_with_their_sentence(reader, seed):
    reader.open(seed)
    reader.mouse(reader.point_of("Wang Binying"), press=False)
    reader.wait(lambda: reader.text("#tip"), "the tip")
    tip = reader.text("#tip")
    assert "Wang Binying" in tip
    assert "Deputy Director General, WIPO" in tip
    assert reader.js("return document.querySelector('#tip mark.cited') !== null")
    reader.mouse(reader.middle_of("Shen Changyu", "CNIPA"), press=False)
    reader.wait(lambda: "Shen Changyu is Commissioner of CNIPA" in reader.text("#tip"), "the tip of the line")


def test_search_suggests_names_whatever_their_accents(reader, seed):
    reader.open(seed)
    reader.keys("/")
    reader.keys("sorensen")
    assert "Sune Stampe Sørensen" in reader.texts("#suggestions li")[0]
    reader.keys("\ue007")
    assert reader.text("#leaf h2") == "Sune Stampe Sørensen"


def test_search_finds_other_names_and_articles(reader, harbour):
    reader.open(harbour)
    reader.click("Fit")
    reader.js("document.getElementById('query').focus()")
    reader.keys("vhb")
    assert "Velden Harbour Board (VHB)" in reader.texts("#suggestions li")[0].replace("\n", " ")
    reader.keys(*["\ue003"] * 3, "sinking")
    assert "Harbour board meets over sinking quay" in reader.texts("#suggestions li")[0]
    reader.keys("\ue007")
    assert "Orr warned that the quay might sink." in reader.text("#leaf .text")
    reader.js("document.getElementById('query').focus()")
    reader.keys("zzz")
    assert reader.texts("#suggestions li") == ["Nothing by that name"]


def test_a_fact_that_is_opened_shows_its_sentence_without_scrolling(reader, seed):
    reader.open(seed)
    reader.click(FORUM, "#leaf")
    reader.js("[...document.querySelectorAll('#leaf details.fact')].at(-1).open = true")
    reader.wait(
        lambda: reader.js("""
            const panel = document.getElementById('reader').getBoundingClientRect();
            const card = [...document.querySelectorAll('#leaf details.fact')].at(-1);
            const sentence = card.querySelector('.evidence')?.getBoundingClientRect();
            return sentence && sentence.height > 0 && sentence.bottom <= panel.bottom + 1;"""),
        "the sentence above the edge of the panel",
    )


def test_statements_by_speaker_hold_unnamed_sources_apart(reader, harbour):
    reader.open(harbour)
    reader.click("Statements", "#tabs")
    speakers = [text.split("\n")[0].strip() for text in reader.texts("#leaf .speaker > summary")]
    assert {speaker.split(" ")[0] for speaker in speakers[:2]} == {"Ines", "Pavel"}
    assert speakers[2].startswith("Sources without a name")
    assert "Two officials" in reader.text("#leaf")


def test_the_article_shows_its_facts_and_a_name_leads_to_its_leaf(reader, seed):
    reader.open(seed)
    reader.click("Articles", "#tabs")
    reader.click("CNIPA news item", "#leaf")
    assert reader.js("return document.querySelectorAll('#leaf .text mark.in-fact').length") > 10
    assert reader.js("return document.querySelectorAll('#leaf .text mark.in-statement').length") > 10
    text = reader.js("return document.querySelector('#leaf .text').textContent")
    assert text == (seed_text := reader.js("return newskg.model.passages(newskg.model.articles[0])[0].text"))
    assert seed_text.startswith(" date 2025-04-23 On March 27")
    reader.js("""
        const names = [...document.querySelectorAll('#leaf mark.in-name.person')];
        names.find(m => m.innerText === 'Daren Tang').click();""")
    assert "Daren Tang spoke at" in reader.text("#leaf .answer").replace("\n", " ")
    reader.click("Daren Tang", "#leaf .answer")
    assert reader.text("#leaf h2") == "Daren Tang"


def test_a_former_mayor_is_not_said_to_be_mayor(reader, harbour):
    reader.open(harbour)
    reader.click("Ines Brandt", "#leaf")
    posts = [" ".join(text.split()) for text in reader.texts("#leaf .fact summary")][:2]
    assert sorted(posts) == ["Former mayor", "Mayor of Velden"]


def test_a_statement_never_stands_as_a_fact(reader, harbour):
    reader.open(harbour, "view=table")
    reader.click("Facts", "#table")
    assert "might sink" not in reader.text("#table tbody")
    reader.click("Statements", "#table")
    assert "the quay might sink" in reader.text("#table tbody")


@pytest.mark.parametrize(
    ("name", "gone", "kept"),
    [
        ("people", {"Ines Brandt", "Pavel Orr"}, {"Velden", "Opening of the harbour"}),
        ("statement", {"the quay"}, {"Ines Brandt", "Velden"}),
    ],
)
def test_the_legend_is_a_filter(reader, harbour, name, gone, kept):
    reader.open(harbour)
    reader.click({"people": "People", "statement": "Statements"}[name], "#filters")
    if name == "statement":
        tied = set(reader.js("return newskg.shown().ties.flatMap(t => [t.edge.a.label, t.edge.b.label])"))
    else:
        tied = reader.shown()
    assert not tied & gone
    assert kept <= tied
    reader.click("Clear all filters")
    assert gone <= reader.shown()


def test_filters_by_post_organisation_article_and_confidence(reader, harbour):
    reader.open(harbour)

    def choose(name, option):
        reader.js(
            """const s = document.getElementById('filter-' + arguments[0]);
            s.value = [...s.options].find(o => o.text.includes(arguments[1])).value;
            s.dispatchEvent(new Event('change'));""",
            name,
            option,
        )

    choose("role", "engineer")
    assert reader.shown() == {"Pavel Orr", "Velden Harbour Board", "Meeting of the harbour board", "the quay"}
    reader.click("Clear all filters")
    choose("organisation", "Velden (1)")
    assert "Ines Brandt" in reader.shown() and "Pavel Orr" not in reader.shown()
    reader.click("Clear all filters")
    choose("inArticle", "opens its harbour")
    assert reader.shown() == {"Ines Brandt", "Velden", "Opening of the harbour", "the quay"}
    reader.click("Clear all filters")
    reader.js("const r = document.getElementById('filter-trust'); r.value = 0.8; r.dispatchEvent(new Event('change'));")
    labels = reader.js("return newskg.shown().ties.map(t => [t.edge.a.label, t.edge.b.label].sort().join(' / '))")
    assert "Meeting of the harbour board / Pavel Orr" not in labels
    assert "Ines Brandt / Meeting of the harbour board" in labels


def test_the_timeline_narrows_events_and_statements(reader, harbour):
    reader.open(harbour)
    assert "4 May 2024 to 10 September 2024" in reader.text("#timeline")
    reader.js("""
        const handle = document.querySelector('#timeline input.from');
        handle.value = Number(handle.min) + 30; handle.dispatchEvent(new Event('input'));""")
    assert "Opening of the harbour" not in reader.shown()
    assert {"Meeting of the harbour board", "Pavel Orr", "the quay"} <= reader.shown()
    said = reader.js("return newskg.shown().ties.flatMap(t => t.statements.map(s => s.text))")
    assert said == ["the quay might sink"]
    assert "from=2024-06-03" in reader.fragment()
    reader.js("document.activeElement.blur()")
    reader.click("Clear all filters")
    assert "Opening of the harbour" in reader.shown()


def test_along_time_earlier_events_stand_to_the_left(reader, harbour):
    reader.open(harbour)
    reader.click("Along time", "#views")
    assert reader.point_of("Opening of the harbour")[0] < reader.point_of("Meeting of the harbour board")[0]


def test_long_empty_years_are_drawn_short_and_early_days_stay_in_reach(reader, tmp_path):
    room = newsroom.Newsroom()
    article = room.article("The lock of Orlo was built, mended, opened, closed and praised.", "The lock", "2025-06-01")
    days = ["1931-05-01", *(f"2025-0{month}-1{day}" for month in (3, 4, 5) for day in (0, 4, 7))]
    lock = room.thing("place", "Orlo lock")
    for number, day in enumerate(days):
        event = room.thing("event", f"Work {number}", date=day)
        room.fact(event, "place", lock, article, "The lock of Orlo")
    render(room.graph(), tmp_path / "lock.html")
    reader.open(tmp_path / "lock.html")
    assert "1 May 1931 to 17 May 2025" in reader.text("#timeline")
    assert reader.text("#timeline .break").split() == ["1931", "//", "2025"]
    across = reader.js("""
        const bars = [...document.querySelectorAll('#timeline rect.event')].map(r => Number(r.getAttribute('x')));
        return [Math.min(...bars), Math.max(...bars) - bars.sort((a, b) => a - b)[1]];""")
    assert across[0] < 20 and across[1] > 360, "nine days of 2025 take half of the line and more"
    reader.js("""
        const handle = document.querySelector('#timeline input.to');
        handle.value = 1; handle.dispatchEvent(new Event('input'));""")
    assert "Work 0" in reader.shown() and "Work 5" not in reader.shown()


def test_along_time_nobody_stands_on_a_day_of_its_own(reader, assembly):
    """One event, one column: people stand under it, and not spread as if they had come on different days."""
    reader.open(assembly, "view=time")
    assert reader.js("return newskg.drawing.shown.bands.map(band => band.text)")[0] == "3 June 2024"
    event = reader.point_of("River Assembly")
    bands = reader.js("return newskg.drawing.shown.bands")
    scale = reader.js("return newskg.drawing.scale()")
    half = (bands[0]["x1"] - bands[0]["x0"]) * scale / 2
    for name in ("Mira Kovel", "Olu Danjuma", "Tess Arden", "Bo Lindh", "Ana Reis", "Orlo", "the ferry"):
        assert abs(reader.point_of(name)[0] - event[0]) < half + 1, name


def test_along_time_a_crowd_of_days_is_told_in_months_and_years(reader, large):
    reader.open(large, "view=time&scope=first")
    texts = reader.js("return newskg.drawing.shown.bands.map(band => band.text)")
    assert 3 <= len(texts) <= 7
    years = r"\d{4}(–\d{4})?"
    assert all(
        re.fullmatch(rf"{years}|([A-Z][a-z]+( to [A-Z][a-z]+)? |\d+ [A-Z][a-z]+ ){years}", text) for text in texts
    )
    assert texts == sorted(texts, key=lambda text: text[-9:].split("–")[0][-4:]), "in their order"


def test_a_date_is_told_no_finer_than_it_was_given(reader, tmp_path):
    room = newsroom.Newsroom()
    article = room.article("The mill of Orlo burned in 1931.", "The mill", "2025-06-01")
    fire, town = room.thing("event", "Fire of the mill"), room.thing("place", "Orlo")
    for bound, day in (("startDate", "1931-01-01"), ("endDate", "1931-12-31")):
        room.fact(fire, bound, Literal(day, datatype=NamedNode(newsroom.XSD + "date")), article, "in 1931")
    room.add(fire, newsroom.NK + "datePrecision", Literal("year"))
    room.fact(fire, "place", town, article, "The mill of Orlo burned")
    render(room.graph(), tmp_path / "mill.html")
    reader.open(tmp_path / "mill.html", "node=event/" + fire.rsplit("/", 1)[-1])
    assert reader.text("#leaf .caption") == "1931, Orlo"
    assert [" ".join(text.split()) for text in reader.texts("#leaf .fact summary")] == [
        "Is dated 1931",
        "Took place in Orlo",
    ]


def test_a_post_told_by_two_articles_stands_once_with_both_sentences(reader, assembly):
    reader.open(assembly)
    reader.press("Ana Reis", "#leaf")
    posts = [" ".join(text.split()) for text in reader.texts("#leaf .fact summary")]
    assert posts[0] == "Pilot of Orlo Ferry Line since 2019"
    assert len([post for post in posts if "Pilot" in post]) == 1
    reader.js("document.querySelector('#leaf details.fact summary').click()")
    reader.wait(lambda: len(reader.texts("#leaf .evidence")) == 2, "two sentences")
    assert {text.split("\n")[-1].split(" 20")[0][:10] for text in reader.texts("#leaf .evidence .source")} == {
        "River Asse",
        "The pilot ",
    }


def test_the_numbers_of_the_page_agree(reader, assembly):
    """The heading, the legend, the lists, the table and the tabs count the same things."""
    reader.open(assembly)
    counts = {"people": 5, "organisation": 1, "event": 1, "place": 1, "topic": 1}
    for word, number in counts.items():
        assert f"{number} {word}" in reader.text("#counts")
    legend = " ".join(reader.text("#filters").split())
    assert "People 5" in legend and "Posts 1" in legend and "Statements 3" in legend
    assert "from 2 articles" in reader.text("#leaf .lead")
    said = re.search(r"(\d+) facts and (\d+) statements", reader.text("#leaf .lead"))
    assert "People 5" in " ".join(reader.text("#leaf").split())
    reader.click("Table", "#views")
    assert reader.text("#table caption") == f"Facts: {said[1]}"
    reader.click("Statements", "#table .tables")
    assert reader.text("#table caption") == f"Statements: {said[2]}"


def test_under_the_pointer_a_community_names_its_members(reader, large):
    reader.open(large)
    reader.settle()
    x, y, best = reader.js("""
        const [group] = newskg.model.data.communities.groups[0];
        const at = newskg.drawing.canvas().getBoundingClientRect();
        const point = newskg.drawing.screen(newskg.drawing.shown.points.get(group));
        return [at.left + point.x, at.top + point.y, newskg.model.order.find(t => t.community === group).label];""")
    reader.mouse((x, y), press=False)
    reader.wait(lambda: reader.text("#tip"), "the tip")
    tip = reader.text("#tip")
    assert "community" in tip and best in tip and re.search(r"\d+ people", tip)


def test_the_table_holds_the_same_facts(reader, harbour):
    reader.open(harbour)
    reader.click("Table", "#views")
    rows = [text.split("\t") for text in reader.texts("#table tbody tr")]
    assert len(rows) == 8
    assert ["Ines Brandt", "hosted", "Opening of the harbour"] in [[cell.strip() for cell in row[:3]] for row in rows]
    sentence = next(row[3] for row in rows if "hosted" in row[1])
    assert "Mayor Ines Brandt cut the ribbon." in sentence
    reader.click("Relation", "#table")
    relations = [text.split("\t")[1].strip() for text in reader.texts("#table tbody tr")]
    assert relations == sorted(relations, key=str.lower)
    reader.click("People and things", "#table")
    assert reader.text("#table caption") == "People and things: 7"


def test_an_article_kept_in_part_says_so_and_still_shows_its_evidence(reader, tmp_path, monkeypatch):
    monkeypatch.setattr(packing, "TEXT_BUDGET", 300)
    render(newsroom.two_articles(), tmp_path / "part.html")
    reader.open(tmp_path / "part.html", "tab=articles&article=a2")
    assert "Only the cited sentences of this article are kept" in reader.text("#leaf")
    assert "Orr warned that the quay might sink." in reader.text("#leaf .text:last-of-type") + reader.text("#leaf")
    reader.click("Read", "#tabs")
    reader.click("the quay", "#leaf")
    assert "the quay might sink" in reader.text("#leaf")
