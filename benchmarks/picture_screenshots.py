"""Screenshots of a picture as a reader meets it: light, dark, on a phone, along time, a table, one thing in focus.

    python benchmarks/picture_screenshots.py GRAPH FOLDER [--only light]

GRAPH is anything ``kg render`` takes. The screenshot of the README is the one named light.png.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from pathlib import Path
from typing import Any

from picture import PATIENCE, WATCH_OURS, browser

from kg.picture import render
from kg.store import KnowledgeGraph

DESK = (1440, 900, 1)
PHONE = (390, 844, 2)

BEST_CONNECTED = "return newskg.model.order.find((thing) => thing.kind === 'event' || thing.kind === 'person').id"

SIGHTS: dict[str, tuple[tuple[int, int, int], str, str]] = {
    "light": (DESK, "light", ""),
    "dark": (DESK, "dark", ""),
    "phone": (PHONE, "light", ""),
    "time": (DESK, "light", "view=time"),
    "table": (DESK, "light", "view=table&tab=articles"),
    "focus": (DESK, "light", "node={best}"),
}


def shoot(driver: Any, page: Path, size: tuple[int, int, int], scheme: str, fragment: str) -> bytes:
    """A PNG of the page at a size, in a colour scheme, at a place given by its address."""
    width, height, ratio = size
    metrics = {"width": width, "height": height, "deviceScaleFactor": ratio, "mobile": width < 600}
    driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)
    features = [
        {"name": "prefers-color-scheme", "value": scheme},
        {"name": "prefers-reduced-motion", "value": "reduce"},
    ]
    driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": features})
    _open(driver, page, "")
    if fragment:
        _open(driver, page, fragment.format(best=driver.execute_script(BEST_CONNECTED)))
    time.sleep(0.5)
    return bytes(driver.get_screenshot_as_png())


def _open(driver: Any, page: Path, fragment: str) -> None:
    driver.get("about:blank")
    driver.get(f"{page.as_uri()}#{fragment}" if fragment else page.as_uri())
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end and driver.execute_script(WATCH_OURS) is None:
        time.sleep(0.05)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("graph")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--title", help="the heading of the page")
    parser.add_argument("--only", choices=sorted(SIGHTS), help="one of the screenshots")
    chosen = parser.parse_args()
    chosen.folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as name, KnowledgeGraph.open(chosen.graph) as graph:
        page = Path(name) / "picture.html"
        render(graph, page, title=chosen.title)
        driver = browser(Path(name))
        try:
            for sight, (size, scheme, fragment) in SIGHTS.items():
                if chosen.only in (None, sight):
                    path = chosen.folder / f"{sight}.png"
                    path.write_bytes(shoot(driver, page, size, scheme, fragment))
                    print(path)
        finally:
            driver.quit()


if __name__ == "__main__":
    main()
