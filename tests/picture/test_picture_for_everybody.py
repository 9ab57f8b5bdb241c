"""By keyboard, by ear, in the dark, on a phone, in every script, and with hostile names."""

from __future__ import annotations

import newsroom
import pytest

from kg.picture import render

ESCAPE, ENTER, LEFT, UP, RIGHT, DOWN = "\ue00c", "\ue007", "\ue012", "\ue013", "\ue014", "\ue015"


def test_everything_by_keyboard(reader, seed):
    reader.open(seed)
    reader.keys("/")
    assert reader.js("return document.activeElement.id") == "query"
    reader.keys("daren", ENTER)
    assert reader.text("#leaf h2") == "Daren Tang"
    assert reader.js("return document.activeElement.id") == "canvas"
    reader.settle()
    reader.keys(RIGHT)
    said = reader.text("#said")
    assert said and "tie" in said and not said.startswith("Daren Tang")
    reader.keys(ENTER)
    assert said.startswith(reader.text("#leaf h2"))
    reader.keys(ESCAPE)
    assert reader.text("#leaf h2") == "Daren Tang"
    reader.keys("2")
    assert "steps=2" in reader.fragment()
    reader.keys("t")
    assert reader.text("#table caption").startswith("Facts")
    reader.keys("m", ESCAPE)
    assert len(reader.shown()) == 31
    reader.keys("?")
    assert "Move to the neighbour in that direction" in reader.text("#help")
    reader.keys(ESCAPE)
    assert not reader.js("return document.getElementById('help').open")


def test_who_presses_a_control_by_keyboard_stays_at_it(reader, assembly):
    reader.open(assembly)
    reader.click("River Assembly", "#leaf")
    at = "const e = document.activeElement; return e.innerText?.trim() || e.id || e.tagName"
    for within, text in (("#views", "Along time"), ("#leaf .presence", "Spoke"), ("#leaf .steps", "Two steps")):
        buttons = "[...document.querySelectorAll(arguments[0] + ' button')]"
        reader.js(f"{buttons}.find(e => e.innerText.includes(arguments[1])).focus()", within, text)
        reader.keys(ENTER)
        assert text in reader.js(at)
    reader.js("document.querySelector('#filters input[type=checkbox]').focus()")
    reader.keys(" ")
    assert "kinds=" in reader.fragment()
    assert reader.js("return document.activeElement === document.querySelector('#filters input[type=checkbox]')")
    reader.keys(" ")
    reader.js("document.querySelector('#leaf .fact .name').focus()")
    reader.keys(ENTER)
    assert reader.js("return document.activeElement.id") == "reader", "a new leaf is read from its beginning"


def test_arrow_keys_visit_neighbours_in_every_direction(reader, seed):
    reader.open(seed)
    reader.settle()
    reader.js("newskg.drawing.container.focus()")
    visited = []
    for key in (RIGHT, RIGHT, UP, UP, LEFT, LEFT, LEFT, DOWN, DOWN):
        reader.keys(key)
        visited.append(reader.text("#said"))
    assert len(set(visited)) >= 5


def test_every_control_has_a_name_and_every_picture_a_description(reader, seed):
    for fragment in ("", "node=person/daren-tang", "view=table&tab=statements", "tab=articles"):
        reader.open(seed, fragment)
        nameless = reader.js("""
            const named = (e) => e.innerText.trim() || e.getAttribute('aria-label') || e.labels?.length || e.title;
            return [...document.querySelectorAll('button, input, select, summary, a')]
                .filter(e => e.checkVisibility() && !named(e)).map(e => e.outerHTML.slice(0, 120));""")
        assert nameless == []
    reader.open(seed)
    assert "Arrow keys" in reader.js("return document.getElementById('canvas').getAttribute('aria-label')")


def test_dark_and_light_and_the_button_between_them(reader, seed):
    background = "return getComputedStyle(document.body).backgroundColor"
    reader.open(seed)
    assert reader.js(background) == "rgb(253, 252, 249)"
    reader.js("document.querySelector('button.theme').click()")
    assert reader.js(background) == "rgb(21, 23, 27)"
    reader.js("document.querySelector('button.theme').click()")
    features = [{"name": "prefers-color-scheme", "value": "dark"}]
    reader.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": features})
    reader.open(seed)
    assert reader.js(background) == "rgb(21, 23, 27)"
    colour = reader.js("return getComputedStyle(document.documentElement).getPropertyValue('--person').trim()")
    assert colour == "#56b4e9"


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_text_stands_out_from_its_ground(reader, seed, theme):
    reader.open(seed)
    reader.js("document.documentElement.dataset.theme = arguments[0]", theme)
    for name in ("ink", "quiet", "accent"):
        for ground in ("paper", "sheet"):
            assert reader.js(CONTRAST, name, ground) >= 4.5, (name, ground)


CONTRAST = """
    const channel = (c) => { c /= 255; return c <= 0.03928 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4; };
    const light = (name) => {
        const hex = getComputedStyle(document.documentElement).getPropertyValue('--' + name).trim();
        const [r, g, b] = [1, 3, 5].map((i) => channel(parseInt(hex.slice(i, i + 2), 16)));
        return 0.2126 * r + 0.7152 * g + 0.0722 * b + 0.05;
    };
    const [a, b] = [light(arguments[0]), light(arguments[1])];
    return Math.max(a, b) / Math.min(a, b);"""


def test_on_a_phone_nothing_is_cut_off(reader, seed):
    size = {"width": 390, "height": 844, "deviceScaleFactor": 2, "mobile": True}
    reader.driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
    for fragment in ("", "node=person/daren-tang", "tab=statements"):
        reader.open(seed, fragment)
        assert reader.js("return document.documentElement.scrollWidth") <= 390
        beyond = reader.js("""
            return [...document.querySelectorAll('h1, h2, button, select, p, blockquote')]
                .filter(e => e.getClientRects().length && !e.closest('.unseen, #table, .menu ul'))
                .filter(e => e.getBoundingClientRect().right > 391).map(e => e.outerHTML.slice(0, 100));""")
        assert beyond == []
        placed = reader.js("return newskg.drawing.placed()")
        assert len(placed) >= 6
        assert all(box["x0"] >= 0 and box["x1"] <= 390 for box in placed)


@pytest.mark.parametrize("width", [1440, 390])
@pytest.mark.parametrize("fragment", ["scope=first", "scope=group0", "node={busiest}", "view=time&scope=first"])
def test_every_shape_has_a_name_that_covers_no_other_shape(reader, large, width, fragment):
    size = {"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": width < 600}
    reader.driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
    if "{" in fragment:
        reader.open(large)
        fragment = fragment.format(busiest=reader.js("return newskg.model.order[0].id"))
    reader.open(large, fragment)
    reader.settle()
    names, shapes = reader.js("""
        const { drawing, shown } = newskg;
        const shapes = drawing.shown.things.map((thing) => {
            const at = drawing.screen(drawing.shown.points.get(thing));
            return {label: thing.label, x: at.x, y: at.y, r: drawing.sizeOf(thing) * drawing.scale() * 0.7};
        });
        return [drawing.placed().filter((label) => label.colour === 'ink'), shapes];""")
    assert 8 <= len(shapes) <= 60
    named = len(names) / len(shapes)
    assert named == 1, f"{named:.0%} of the shapes have their names"
    covered = [
        (" ".join(name["text"]), shape["label"])
        for name in names
        for shape in shapes
        if name["x0"] < shape["x"] + shape["r"]
        and name["x1"] > shape["x"] - shape["r"]
        and name["y0"] < shape["y"] + shape["r"]
        and name["y1"] > shape["y"] - shape["r"]
    ]
    assert covered == []


def test_on_a_phone_a_table_is_read_without_scrolling_aside(reader, harbour):
    size = {"width": 390, "height": 844, "deviceScaleFactor": 2, "mobile": True}
    reader.driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
    reader.open(harbour, "view=table")
    wide = "const t = document.getElementById('table'); return [t.scrollWidth, t.clientWidth]"
    for name in ("Facts", "Statements", "People and things"):
        reader.click(name, "#table .tables")
        needed, there = reader.js(wide)
        assert needed <= there
    column = "return getComputedStyle(document.querySelector('#table td'), '::before').content"
    assert reader.js(column) == '"Name"', "each cell says what it is"


def test_a_picture_keeps_sharp_when_enlarged(reader, seed):
    reader.open(seed)
    reader.settle()
    before = reader.js("return newskg.drawing.scale()")
    reader.js("document.querySelector('#zoom button').click()")
    reader.settle()
    assert reader.js("return newskg.drawing.scale()") > before
    heights = {round(b["y1"] - b["y0"]) for b in reader.js("return newskg.drawing.placed()") if len(b["text"]) == 1}
    assert max(heights) <= 16, "letters keep their size"


def test_hostile_names_are_text_and_nothing_else(reader, hostile):
    reader.open(hostile)
    for fragment in ("", "view=table", "tab=statements", "tab=articles&article=a1", "view=time"):
        reader.open(hostile, fragment)
        reader.settle()
        assert reader.js("return window.hacked ?? null") is None
        assert (
            reader.js("return document.querySelectorAll('#leaf script, #leaf img, #table script, #table img').length")
            == 0
        )
    labels = reader.shown()
    for label in newsroom.HOSTILE.values():
        assert label in labels
    for name in newsroom.HOSTILE:
        script = """
            const thing = newskg.model.things.find(t => t.aliases.includes('alias of ' + arguments[0]));
            newskg.state.go({tab: 'read', view: 'map', node: thing});"""
        reader.js(script, name)
        reader.settle()
        heading = reader.text("#leaf h2")
        expected = " ".join(newsroom.HOSTILE[name].split())
        assert " ".join(heading.split()).rstrip("…").rstrip()[:200] == expected[:200].rstrip()
        assert reader.js("return window.hacked ?? null") is None


def test_hostile_labels_come_out_whole(reader, hostile):
    reader.open(hostile)
    reader.js("newskg.state.go({node: newskg.model.things.find(t => t.label.startsWith('Interminable'))})")
    reader.click("The whole name", "#leaf")
    assert reader.js("return document.querySelector('#leaf .long').textContent.length") == len(newsroom.HOSTILE["long"])
    assert reader.js("return document.documentElement.scrollWidth <= window.innerWidth")


def test_an_address_that_is_not_of_the_web_is_no_link(reader, hostile):
    reader.open(hostile, "tab=articles&article=a1")
    assert reader.js("return [...document.querySelectorAll('#leaf a')].map(a => a.href)") == []


def test_hostile_labels_in_a_drawing_and_a_graph_file(reader, hostile):
    import xml.etree.ElementTree as ElementTree

    reader.open(hostile)
    reader.settle()
    ElementTree.fromstring(reader.js("return newskg.exporting.svgText()"))
    graph = ElementTree.fromstring(reader.js("return newskg.exporting.graphmlText(newskg.shown())"))
    assert newsroom.HOSTILE["closing"] in [
        "".join(data.itertext()) for data in graph.iter() if data.tag.endswith("data")
    ]


def test_words_from_right_to_left_are_set_so(reader, hostile):
    reader.open(hostile)
    assert reader.js("return newskg.words.direction(arguments[0])", newsroom.HOSTILE["hebrew"]) == "rtl"
    assert reader.js("return newskg.words.direction('Forum 2025 בנימין')") == "ltr"
    reader.js(
        "newskg.state.go({node: newskg.model.things.find(t => t.label === arguments[0])})", newsroom.HOSTILE["arabic"]
    )
    assert reader.js("return document.querySelector('#leaf h2 bdi') !== null")


def test_evidence_after_characters_outside_the_basic_plane(reader, hostile):
    reader.open(hostile)
    quoted = reader.js("""
        const attended = newskg.model.facts.filter(f => f.predicate === 'attended');
        return attended.map(f => [f.subject.label, newskg.model.textOf(f.spans[0])]);""")
    assert len(quoted) == len(newsroom.HOSTILE)
    assert all(label == words for label, words in quoted)


def test_a_large_graph_opens_with_its_communities_and_leads_into_them(reader, large):
    assert large.stat().st_size < 3_000_000
    reader.open(large)
    notice = reader.text("#notice")
    assert "communities of 5,200" in notice
    reader.settle()
    point = reader.js("""
        const [group, , count] = newskg.model.data.communities.groups[0];
        const label = newskg.drawing.placed().length;
        return [group, count, label];""")
    assert point[2] >= 8
    reader.js("newskg.state.go({scope: 'group' + arguments[0]})", point[0])
    assert 20 <= len(reader.shown()) <= 90
    assert f"of a community of {point[1]}" in reader.text("#notice")
    reader.click("Show all of it", "#notice")
    assert len(reader.shown()) == point[1]
    reader.click("Best connected", "#notice")
    best = len(reader.shown())
    assert 30 <= best <= 60
    assert f"The {best} best connected of 5,200. {5200 - best:,} not shown" in reader.text("#notice")
    reader.click("Show all", "#notice")
    assert len(reader.shown()) > 4_000


def test_a_large_picture_is_dragged_as_an_image_and_drawn_anew_at_rest(reader, large):
    reader.open(large, "scope=all")
    before = reader.js("return newskg.drawing.canvas().toDataURL().length")
    x, y = reader.js("const b = newskg.drawing.container.getBoundingClientRect(); return [b.left + 20, b.bottom - 20]")
    for kind, dx in (("mousePressed", 0), ("mouseMoved", 30), ("mouseMoved", 60), ("mouseReleased", 60)):
        event = {"type": kind, "x": x + dx, "y": y - dx, "button": "left", "buttons": 1, "clickCount": 1}
        reader.driver.execute_cdp_cmd("Input.dispatchMouseEvent", event)
    reader.settle()
    assert reader.js("return newskg.drawing.screen({x: 0, y: 0}).x") != pytest.approx(
        reader.js("return newskg.drawing.container.clientWidth / 2"), abs=5
    ), "the picture has moved"
    assert reader.js("return newskg.drawing.canvas().toDataURL().length") > before / 3, "and is drawn"


def test_an_empty_graph_opens_and_says_so(reader, tmp_path):
    from kg.store import KnowledgeGraph

    render(KnowledgeGraph.create(), tmp_path / "empty.html")
    reader.open(tmp_path / "empty.html")
    assert "The graph is empty." in reader.text("#leaf")
    reader.click("Table", "#views")
    assert reader.text("#table caption") == "Facts: 0"


def test_a_large_graph_is_searched_and_read_like_a_small_one(reader, large):
    reader.open(large)
    reader.keys("/")
    reader.keys("energy policy 0")
    reader.wait(lambda: reader.texts("#suggestions li"), "suggestions")
    name = reader.js("return newskg.model.order[5].label")
    reader.js("document.getElementById('query').value = ''")
    reader.keys(name, ENTER)
    assert reader.text("#leaf h2") == name
    assert len(reader.shown()) <= 43
    reader.js("document.querySelector('#leaf details.fact summary').click()")
    reader.wait(lambda: reader.text("#leaf mark.cited"), "the sentence")
