"""The picture beside plain pyvis: page size, seconds to make, seconds until it answers, frames a second under the hand.

    python benchmarks/picture.py [--sizes 100,1000,5000,20000] [--runs 3] [--without-pyvis]

Graphs are generated (benchmarks/picture_graphs.py) and go through KnowledgeGraph. In one headless Chromium each page
is opened (the clock starts with the navigation and stops with the first frame after the page is ready), then dragged
for two seconds with the mouse; ours so many times, of which the best counts. Plain pyvis is ``Network.add_node``,
``add_edge`` and ``generate_html`` in line, with fixed places (those of our layout) and with its default physics; it
is given up after 25 seconds, and then not tried with a larger graph. Takes three to five minutes.
"""

from __future__ import annotations

import argparse
import math
import shutil
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from picture_graphs import generated
from pyvis.network import Network

from kg.picture import render
from kg.picture.communities import communities
from kg.picture.compose import community_layout
from kg.picture.reading import read_contents
from kg.picture.selection import importance
from kg.store import KnowledgeGraph

PATIENCE = 25.0

WATCH_PYVIS = """
    if (!window.network || !window.watched) {
        if (window.network) {
            window.watched = true;
            window.network.once('afterDrawing', () => { window.drawn = performance.now(); });
            window.network.on('stabilizationIterationsDone', () => { window.settled = performance.now(); });
            window.network.redraw();
        }
        return null;
    }
    const physics = window.network.physics.options.enabled;
    const at = physics ? window.settled : window.drawn;
    return at === undefined ? null : at / 1000;"""

WATCH_OURS = """
    const [mark] = performance.getEntriesByName('ready');
    if (!mark) return null;
    if (!window.watched) {
        window.watched = true;
        requestAnimationFrame(() => requestAnimationFrame(() => { window.drawn = performance.now(); }));
    }
    return window.drawn === undefined ? null : window.drawn / 1000;"""

DRAG = """
    const done = arguments[0];
    const canvas = document.querySelector('canvas');
    const box = canvas.getBoundingClientRect();
    const [x, y] = [box.left + 15, box.bottom - 15];
    const send = (type, dx, dy) => canvas.dispatchEvent(new PointerEvent(type, {
        bubbles: true, clientX: x + dx, clientY: y - dy, pointerId: 1, pointerType: 'mouse', button: 0, buttons: 1,
    }));
    send('pointerdown', 0, 0);
    let frames = 0;
    const begun = performance.now();
    function step() {
        frames += 1;
        send('pointermove', (frames * 4) % 600, (frames * 2) % 300);
        if (performance.now() - begun < 2000) requestAnimationFrame(step);
        else {
            send('pointerup', 0, 0);
            done((frames * 1000) / (performance.now() - begun));
        }
    }
    requestAnimationFrame(step);"""


def browser(folder: Path) -> Any:
    """A headless Chromium without a network."""
    from selenium import webdriver

    options = webdriver.ChromeOptions()
    options.binary_location = shutil.which("chromium") or shutil.which("google-chrome") or "chromium"
    for switch in (
        "--headless=new",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-dev-shm-usage",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--hide-scrollbars",
        "--host-resolver-rules=MAP * ~NOTFOUND",
        f"--user-data-dir={folder / 'profile'}",
        "--window-size=1440,900",
    ):
        options.add_argument(switch)
    options.page_load_strategy = "none"
    driver = webdriver.Chrome(options=options, service=webdriver.ChromeService(shutil.which("chromedriver")))
    driver.set_script_timeout(PATIENCE)
    return driver


def best(driver: Any, page: Path, fragment: str, runs: int) -> tuple[float, float]:
    """The shortest time until our page answers, and the most frames a second, of several runs."""
    found = [measured(driver, page, fragment, WATCH_OURS) for _ in range(runs)]
    return min(ready for ready, _ in found), max(frames for _, frames in found)


def measured(driver: Any, page: Path, fragment: str, watch: str) -> tuple[float, float]:
    """Seconds until the page answers (infinite if never), and frames a second while it is dragged (0 if blocked)."""
    from selenium.common.exceptions import WebDriverException

    driver.get("about:blank")
    driver.get(page.as_uri() + fragment)
    begun = time.monotonic()
    ready = None
    while ready is None and time.monotonic() - begun < PATIENCE:
        time.sleep(0.05)
        try:
            ready = driver.execute_script(watch)
        except WebDriverException:
            continue
    if ready is None:
        return math.inf, 0.0
    time.sleep(0.5)
    try:
        return float(ready), float(driver.execute_async_script(DRAG))
    except WebDriverException:
        return float(ready), 0.0


def plain_pyvis(graph: KnowledgeGraph, fixed: bool) -> str:
    """The page of plain pyvis for the same things and ties."""
    contents = read_contents(lambda name: _pairs(graph, name))
    ties, weights = contents.neighbours(), importance(contents)
    places = community_layout(ties, communities(ties), weights)
    network = Network(height="800px", width="100%", cdn_resources="in_line")
    for number, thing in enumerate(contents.things):
        place = {"x": float(places[number][0]), "y": float(places[number][1])} if fixed else {}
        network.add_node(number, label=thing.label, size=8, **place)
    for number, tie in enumerate(ties):
        for other in tie:
            if number < other:
                network.add_edge(number, other)
    if fixed:
        network.toggle_physics(False)
    return str(network.generate_html())


def _pairs(graph: KnowledgeGraph, predicate: str) -> Any:
    from pyoxigraph import NamedNode

    return ((triple.subject, triple.object) for triple in graph.triples(None, NamedNode(predicate)))


def made(make: Callable[[], str], path: Path) -> tuple[float, float]:
    """Seconds to make a page, and its size in MB."""
    begun = time.perf_counter()
    page = make()
    seconds = time.perf_counter() - begun
    path.write_text(page, encoding="utf-8")
    return seconds, path.stat().st_size / 1e6


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", default="100,1000,5000,20000", help="numbers of things, with commas")
    parser.add_argument("--runs", type=int, default=3, help="how often our own pages are opened; the best counts")
    parser.add_argument("--without-pyvis", action="store_true", help="measure only our own pages")
    chosen = parser.parse_args()
    print(f"{'things':>7}  {'page':34} {'made s':>7} {'MB':>6} {'answers s':>10} {'frames/s':>9}")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        driver = browser(folder)
        render(generated(20))  # the imports
        given_up = set()
        try:
            for size in map(int, chosen.sizes.split(",")):
                graph = generated(size)
                ours = folder / "ours.html"
                seconds, megabytes = made(lambda graph=graph: render(graph), ours)
                views = [("the picture, first view", ""), ("the picture, everything shown", "#scope=all")]
                for title, fragment in views:
                    _row(size, title, seconds, megabytes, *best(driver, ours, fragment, chosen.runs))
                for fixed, title in ((True, "plain pyvis, fixed places"), (False, "plain pyvis, its own physics")):
                    if chosen.without_pyvis or title in given_up:
                        continue
                    page = folder / "pyvis.html"
                    seconds, megabytes = made(lambda graph=graph, fixed=fixed: plain_pyvis(graph, fixed), page)
                    ready, frames = measured(driver, page, "", WATCH_PYVIS)
                    if math.isinf(ready):
                        given_up.add(title)
                    _row(size, title, seconds, megabytes, ready, frames)
        finally:
            driver.quit()


def _row(size: int, title: str, seconds: float, megabytes: float, ready: float, frames: float) -> None:
    answers = f"> {PATIENCE:.0f}" if math.isinf(ready) else f"{ready:.2f}"
    under_hand = "-" if math.isinf(ready) else f"{frames:.0f}" if frames else "blocked"
    print(f"{size:7,}  {title:34} {seconds:7.2f} {megabytes:6.2f} {answers:>10} {under_hand:>9}", flush=True)


if __name__ == "__main__":
    main()
