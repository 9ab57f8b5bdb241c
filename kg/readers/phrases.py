"""Word lists of the readers, as regular expressions."""

from __future__ import annotations

import re
from importlib.resources import files


def alternatives(name: str) -> str:
    """The expressions of ``kg/readers/words/NAME.txt`` as one group; ``{..N}`` is up to N characters of any kind."""
    text = files("kg.readers").joinpath("words", f"{name}.txt").read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if line and not line.startswith("#")]
    return "(?:" + "|".join(re.sub(r"\{\.\.(\d+)\}", r".{0,\1}", line) for line in lines) + ")"
