"""Examples in docstrings as code: without this, ``[x]["y"]`` in a doctest is taken for a link."""

from __future__ import annotations

import re
from typing import Any

import griffe

DOCTEST = re.compile(r"^(?:>>>.*\n?)(?:.+\n?)*", re.MULTILINE)


class Doctests(griffe.Extension):
    """Puts a fence around each doctest."""

    def on_instance(self, *, obj: Any, **_: Any) -> None:
        """Change the docstring of an object; griffe calls this."""
        if obj.docstring is not None:
            obj.docstring.value = DOCTEST.sub(
                lambda match: f"```python\n{match[0].rstrip()}\n```\n", obj.docstring.value
            )
