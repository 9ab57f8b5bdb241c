"""A real Chromium, headless, that opens pictures and tells what a reader would see."""

from __future__ import annotations

import importlib.util
import json
import shutil
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import newsroom
import pytest

from kg.picture import render
from kg.store import KnowledgeGraph

CHROMIUM = ("chromium", "chromium-browser", "google-chrome", "chrome")
LOCAL = ("file:", "data:", "blob:", "about:", "chrome:", "devtools:")


class Reader:
    """Somebody who looks at a picture in a browser."""

    def __init__(self, driver: Any, downloads: Path) -> None:
        self.driver = driver
        self.downloads = downloads
        self.path, self.page = Path(), ""
        self.clicks = 0

    def open(self, page: Path, fragment: str = "") -> None:
        self.driver.get("about:blank")
        self.noticed()
        self.path, self.page = page, page.as_uri()
        self.driver.get(f"{self.page}#{fragment}" if fragment else self.page)
        self.wait(lambda: self.js("return document.documentElement.dataset.ready === 'yes'"), "the picture to open")

    def js(self, script: str, *arguments: Any) -> Any:
        return self.driver.execute_script(script, *arguments)

    def wait(self, condition: Callable[[], Any], what: str = "the page", seconds: float = 8) -> Any:
        end = time.monotonic() + seconds
        while not (found := condition()):
            if time.monotonic() > end:
                pytest.fail(f"waited {seconds} seconds in vain for {what}")
            time.sleep(0.02)
        return found

    def text(self, selector: str = "body") -> str:
        return str(self.js("return document.querySelector(arguments[0])?.innerText ?? ''", selector))

    def texts(self, selector: str) -> list[str]:
        found = self.js("return [...document.querySelectorAll(arguments[0])].map(e => e.innerText.trim())", selector)
        return [str(each) for each in found]

    def click(self, text: str, within: str = "body") -> None:
        """Click the button, link, tab or disclosure with that text, as shown."""
        script = """
            const [text, within] = arguments;
            const all = document.querySelector(within).querySelectorAll('button, a, summary, label, li[role=option]');
            const shown = [...all].filter(e => e.checkVisibility());
            const found = shown.find(e => e.innerText.trim() === text) || shown.find(e => e.innerText.includes(text));
            if (!found) return false;
            found.dispatchEvent(new MouseEvent('mousedown', {bubbles: true}));
            found.click();
            return true;"""
        assert self.js(script, text, within), f"nothing to click says {text!r}"

    def press(self, text: str, within: str = "body") -> None:
        """Click with the mouse what says that text, as a person would: scroll to it, and hit what is seen. Counted."""
        script = """
            const [text, within] = arguments;
            const all = [...document.querySelector(within).querySelectorAll('button, a, summary, label')];
            const says = (e) => e.innerText.replace(/\\s+/g, ' ').trim();
            const shown = all.filter(e => e.checkVisibility());
            const found = shown.find(e => says(e) === text) || shown.find(e => says(e).includes(text));
            if (!found) return null;
            found.scrollIntoView({block: 'center'});
            const box = (found.querySelector('bdi') || found).getClientRects()[0];
            const at = [box.left + Math.min(box.width / 2, 40), box.top + box.height / 2];
            const hit = document.elementFromPoint(...at);
            return found === hit || found.contains(hit) ? at : null;"""
        point = self.js(script, text, within)
        assert point, f"nothing to click is seen that says {text!r}"
        self.mouse((point[0], point[1]))
        self.clicks += 1

    def keys(self, *keys: str) -> None:
        from selenium.webdriver.common.action_chains import ActionChains

        ActionChains(self.driver, duration=10).send_keys(*keys).perform()

    def settle(self) -> None:
        """Until no animation moves the picture."""
        place = "const p = newskg.drawing.screen({x: 0, y: 0}); return [p.x, p.y, newskg.drawing.scale()]"
        last = None
        while (now := self.js(place)) != last:
            last = now
            time.sleep(0.08)

    def point_of(self, label: str) -> tuple[float, float]:
        """Where in the window a shown thing stands."""
        self.settle()
        script = """
            const thing = newskg.drawing.shown.things.find(t => t.label === arguments[0]);
            if (!thing) return null;
            const at = newskg.drawing.screen(newskg.drawing.shown.points.get(thing));
            const box = newskg.drawing.container.getBoundingClientRect();
            return [box.left + at.x, box.top + at.y];"""
        found = self.js(script, label)
        assert found, f"{label!r} is not in the picture"
        return float(found[0]), float(found[1])

    def middle_of(self, one: str, other: str) -> tuple[float, float]:
        """A third along the line between two things, where no label lies in the way."""
        (x0, y0), (x1, y1) = self.point_of(one), self.point_of(other)
        return x0 + (x1 - x0) * 0.4, y0 + (y1 - y0) * 0.4

    def mouse(self, point: tuple[float, float], press: bool = True) -> None:
        """Move the mouse there, and click."""
        kinds = ["mouseMoved", "mousePressed", "mouseReleased"] if press else ["mouseMoved"]
        for nudge in (2, 0):
            for kind in kinds if nudge == 0 else ["mouseMoved"]:
                self.driver.execute_cdp_cmd(
                    "Input.dispatchMouseEvent",
                    {
                        "type": kind,
                        "x": point[0] + nudge,
                        "y": point[1],
                        "button": "none" if kind == "mouseMoved" else "left",
                        "clickCount": 1,
                    },
                )

    def shown(self) -> set[str]:
        """The labels of the things in the picture."""
        return set(self.js("return newskg.drawing.shown.things.map(t => t.label)"))

    def fragment(self) -> str:
        return str(self.js("return location.hash.slice(1)"))

    def downloaded(self, ending: str) -> bytes:
        def whole() -> Path | None:
            files = [file for file in self.downloads.iterdir() if file.suffix == ending]
            return next((file for file in files if file.stat().st_size), None)

        file = self.wait(whole, f"a download ending in {ending}")
        content = bytes(file.read_bytes())
        file.unlink()
        return content

    def noticed(self) -> tuple[list[str], list[str]]:
        """Errors of the console, and addresses asked for outside the page, since last asked."""
        errors = [e["message"] for e in self.driver.get_log("browser") if e["level"] in ("SEVERE", "WARNING")]
        requests = []
        for entry in self.driver.get_log("performance"):
            message = json.loads(entry["message"])["message"]
            if message["method"] == "Network.requestWillBeSent":
                requests.append(message["params"]["request"]["url"])
        return errors, [url for url in requests if not url.startswith(LOCAL)]


@pytest.fixture(scope="session")
def _browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Any, Path]]:
    from selenium import webdriver

    chromium = next((found for name in CHROMIUM if (found := shutil.which(name))), None)
    driver = shutil.which("chromedriver")
    if chromium is None or driver is None:
        pytest.fail("the picture is tested in a real browser: apt-get install chromium chromium-driver")
    options = webdriver.ChromeOptions()
    options.binary_location = chromium
    for switch in (
        "--headless=new",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-dev-shm-usage",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        f"--user-data-dir={tmp_path_factory.mktemp('profile')}",
    ):
        options.add_argument(switch)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    browser = webdriver.Chrome(options=options, service=webdriver.ChromeService(driver))
    browser.set_script_timeout(20)
    downloads = tmp_path_factory.mktemp("downloads")
    browser.execute_cdp_cmd("Browser.setDownloadBehavior", {"behavior": "allow", "downloadPath": str(downloads)})
    yield browser, downloads
    browser.quit()


@pytest.fixture
def reader(_browser: tuple[Any, Path]) -> Iterator[Reader]:
    """A reader at a desk; at the end nothing may have gone wrong or been asked of the network."""
    driver, downloads = _browser
    size = {"width": 1440, "height": 900, "deviceScaleFactor": 1, "mobile": False}
    driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
    driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "", "features": []})
    someone = Reader(driver, downloads)
    yield someone
    errors, requests = someone.noticed()
    assert errors == []
    assert requests == []


def _page(graph: KnowledgeGraph, folder: Path, name: str) -> Path:
    path = folder / f"{name}.html"
    render(graph, path)
    return path


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("pictures")


@pytest.fixture(scope="session")
def seed(folder: Path) -> Path:
    """The page of the gold graph of the forum."""
    return _page(KnowledgeGraph.open(newsroom.SEED), folder, "seed")


@pytest.fixture(scope="session")
def harbour(folder: Path) -> Path:
    """The page of two articles, months apart."""
    return _page(newsroom.two_articles(), folder, "harbour")


@pytest.fixture(scope="session")
def assembly(folder: Path) -> Path:
    """The page of an assembly of which some spoke and some did not."""
    return _page(newsroom.assembly(), folder, "assembly")


@pytest.fixture(scope="session")
def regatta(folder: Path) -> Path:
    """The page of a regatta of which two papers print the same report."""
    return _page(newsroom.regatta(), folder, "regatta")


@pytest.fixture(scope="session")
def quay(folder: Path) -> Path:
    """The page of two who say one thing together."""
    return _page(newsroom.quay(), folder, "quay")


@pytest.fixture(scope="session")
def large(folder: Path) -> Path:
    """The page of a generated graph of 5,200 things."""
    place = Path(__file__).parents[2] / "benchmarks" / "picture_graphs.py"
    spec = importlib.util.spec_from_file_location("picture_graphs", place)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return _page(module.generated(5_200), folder, "large")


@pytest.fixture(scope="session")
def hostile(folder: Path) -> Path:
    return _page(newsroom.hostile(), folder, "hostile")
