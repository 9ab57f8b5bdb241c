"""One HTML file that needs nothing else: the template, styles, scripts and data of a picture put together.

The Content-Security-Policy names the hash of each script and style, so that nothing else runs, and allows no request.
"""

from __future__ import annotations

import base64
import hashlib
import json
import re
import zlib
from importlib.resources import files
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

STYLES = ("theme.css", "frame.css", "reading.css", "windows.css")
SCRIPTS = (
    "elements.js",
    "model.js",
    "words.js",
    "lettering.js",
    "spacing.js",
    "calendar.js",
    "alongtime.js",
    "state.js",
    "theme.js",
    "subset.js",
    "places.js",
    "ground.js",
    "labels.js",
    "figures.js",
    "dragging.js",
    "drawing.js",
    "evidence.js",
    "cards.js",
    "attendance.js",
    "reading.js",
    "article.js",
    "tip.js",
    "search.js",
    "filters.js",
    "timeline.js",
    "table.js",
    "export.js",
    "keyboard.js",
    "frame.js",
    "main.js",
)

PACKED_FROM = 600_000
"""Characters of data from which on it is compressed."""

_UNSAFE = {ord(c): f"\\u{ord(c):04x}" for c in "<>&\u2028\u2029"}


def json_for_page(value: Any) -> str:
    """JSON in which no character can end the script element or start markup; lone surrogates are escaped."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":")).translate(_UNSAFE)
    return re.sub("[\ud800-\udfff]", lambda match: f"\\u{ord(match[0]):04x}", text)


def data_block(identifier: str, value: Any) -> dict[str, str]:
    """A script element of data: plain JSON, or zlib in base64 where it is large."""
    text = json_for_page(value)
    if len(text) < PACKED_FROM:
        return {"id": identifier, "type": "application/json", "text": text}
    packed = base64.b64encode(zlib.compress(text.encode("utf-8"), 7)).decode("ascii")
    return {"id": identifier, "type": "application/zlib", "text": packed}


def page_file(name: str) -> str:
    """A file of the page as text."""
    return (files("kg.picture") / "page" / name).read_text(encoding="utf-8")


def page(title: str, graph: Mapping[str, Any], texts: Any, vis: str) -> str:
    """The whole page."""
    from jinja2 import Environment
    from markupsafe import Markup

    style = "\n".join(page_file(name) for name in STYLES)
    scripts = [vis, "\n".join(page_file(name) for name in SCRIPTS)]
    if any("</script" in script.lower() or "<!--" in script for script in scripts):
        raise ValueError("a script of the page holds markup that would end it")
    policy = "; ".join(
        [
            "default-src 'none'",
            "script-src " + " ".join(_hash(script) for script in scripts),
            "style-src " + _hash(style),
            "img-src data: blob:",
            "base-uri 'none'",
            "form-action 'none'",
        ]
    )
    template = Environment(autoescape=True, trim_blocks=True, lstrip_blocks=True).from_string(page_file("page.html"))
    blocks = [data_block("graph-data", graph), data_block("text-data", texts)]
    return template.render(
        title=title,
        policy=policy,
        style=Markup(style),
        scripts=[Markup(script) for script in scripts],
        blocks=[{**block, "text": Markup(block["text"])} for block in blocks],
    )


def _hash(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode('utf-8')).digest()).decode('ascii')}'"
