"""Passing a picture on: addresses, files, paper."""

from __future__ import annotations

import csv
import io
import xml.etree.ElementTree as ElementTree

import networkx
import newsroom

from kg.picture import render


def test_an_address_leads_back_to_the_same_sight(reader, harbour):
    reader.open(harbour)
    reader.js("newskg.state.go({node: newskg.model.things.find(t => t.label === 'Pavel Orr'), steps: 2, trust: 0.5})")
    reader.click("Along time", "#views")
    reader.click("Statements", "#tabs")
    fragment, shown = reader.fragment(), reader.shown()
    reader.open(harbour, fragment)
    assert reader.shown() == shown
    assert reader.fragment() == fragment
    assert reader.js("return document.querySelector('#views [aria-pressed=true]').innerText") == "Along time"
    assert reader.js("return document.querySelector('#tabs [aria-selected=true]').innerText").startswith("Statements")


def test_an_address_of_something_unknown_opens_the_overview(reader, harbour):
    reader.open(harbour, "node=person/nobody&view=castle&kinds=&trust=x&at=1-2-3&tie=a~b&article=%3Cscript%3E")
    assert len(reader.shown()) == 7
    assert "What this picture holds" in reader.text("#leaf")


def test_the_visible_part_as_csv(reader, harbour):
    reader.open(harbour)
    reader.click("Share", "#tools")
    reader.click("What is shown (CSV)", "#tools")
    text = reader.downloaded(".csv").decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text)))
    assert len(rows) == 8 + 3
    warned = next(row for row in rows if row["relation"] == "warned")
    assert warned["kind"] == "statement"
    assert warned["subject"] == "Pavel Orr"
    assert warned["words"] == "the quay might sink"
    assert warned["article"] == "Harbour board meets over sinking quay"
    assert warned["confidence"] == "0.7"


def test_the_visible_part_as_graphml_is_read_by_networkx(reader, harbour):
    reader.open(harbour)
    reader.js("newskg.state.go({node: newskg.model.things.find(t => t.label === 'Pavel Orr')})")
    reader.click("Share", "#tools")
    reader.click("What is shown (GraphML)", "#tools")
    graph = networkx.parse_graphml(reader.downloaded(".graphml").decode("utf-8"))
    labels = {values["label"] for _, values in graph.nodes(data=True)}
    assert labels == {"Pavel Orr", "Velden Harbour Board", "Meeting of the harbour board", "the quay"}
    assert {values["relation"] for _, _, values in graph.edges(data=True)} >= {"attended", "engineer", "warned"}


def test_the_picture_as_png_and_svg(reader, seed):
    reader.open(seed)
    reader.settle()
    reader.click("Share", "#tools")
    reader.click("Picture (PNG)", "#tools")
    image = reader.downloaded(".png")
    assert image.startswith(b"\x89PNG") and len(image) > 20_000
    reader.click("Share", "#tools")
    reader.click("Picture (SVG)", "#tools")
    drawing = ElementTree.fromstring(reader.downloaded(".svg"))
    words = " ".join("".join(text.itertext()) for text in drawing.iter("{http://www.w3.org/2000/svg}text"))
    assert "Daren Tang" in words
    shapes = [each for kind in ("circle", "polygon") for each in drawing.iter(f"{{http://www.w3.org/2000/svg}}{kind}")]
    assert len(shapes) == 31


def test_the_communities_as_a_drawing(reader, large):
    reader.open(large)
    reader.settle()
    drawing = ElementTree.fromstring(reader.js("return newskg.exporting.svgText()"))
    kinds = [each.tag.rsplit("}", 1)[-1] for each in drawing.iter()]
    assert kinds.count("circle") == reader.js("return newskg.model.data.communities.groups.length")
    assert kinds.count("line") == reader.js("return newskg.model.data.communities.ties.length")
    assert {len(each.get("stroke")) for each in drawing.iter() if each.tag.endswith("line")} == {7}


def test_a_spreadsheet_does_not_run_a_label(reader, hostile):
    reader.open(hostile)
    text = reader.js("return newskg.exporting.csvText(newskg.shown())")
    assert not any(cell.startswith("=") for row in csv.reader(io.StringIO(text)) for cell in row)


def test_on_paper_stand_title_legend_picture_and_facts_and_no_buttons(reader, seed):
    reader.open(seed, "node=person/daren-tang")
    reader.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "print"})
    seen = "const e = document.querySelector(arguments[0]); return e !== null && e.getClientRects().length > 0"
    for selector in ("h1", "#filters fieldset", "#canvas canvas", "#leaf h2"):
        assert reader.js(seen, selector), selector
    for selector in ("#query", "#views", "#tools", "#zoom", "#timeline", ".steps"):
        assert not reader.js(seen, selector), selector


def test_a_notebook_shows_the_picture_inline(reader, tmp_path):
    cell = tmp_path / "notebook.html"
    cell.write_text(f"<!DOCTYPE html><meta charset=utf-8>{render(newsroom.two_articles())._repr_html_()}", "utf-8")
    reader.driver.get("about:blank")
    reader.noticed()
    reader.driver.get(cell.as_uri())
    reader.driver.switch_to.frame(0)
    reader.wait(lambda: reader.js("return document.documentElement.dataset.ready === 'yes'"), "the inner page")
    reader.click("Ines Brandt", "#leaf")
    assert reader.text("#leaf h2") == "Ines Brandt"
    reader.driver.switch_to.default_content()
