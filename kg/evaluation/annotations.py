"""Articles annotated by hand: ``NAME.txt`` with its facts in ``NAME.facts.jsonl``, one JSON object a line."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any, Final

from kg.errors import SourceError

Line = Mapping[str, Any]

NEEDED: Final = {
    "entity": ("name", "class"),
    "event": ("event",),
    "role": ("person", "title"),
    "participation": ("agent", "event", "kind"),
    "statement": ("speaker", "content_span"),
}
"""What a line of a type cannot do without."""


@dataclass(frozen=True, slots=True)
class AnnotatedArticle:
    """One article and its annotation; ``lines`` are the JSON objects in file order, offsets index ``text``."""

    name: str
    text: str
    lines: tuple[Line, ...]

    @property
    def sha256(self) -> str:
        """The hash by which the article is found in a graph."""
        return sha256(self.text.encode("utf-8")).hexdigest()

    def of_type(self, kind: str) -> list[Line]:
        """The lines of one type: entity, event, role, participation, statement or relation."""
        return [line for line in self.lines if line["type"] == kind]


def read_annotations(folder: str | Path) -> tuple[AnnotatedArticle, ...]:
    """Every annotated article of a folder, sorted by name.

    Raises:
        SourceError: there is none, a text is missing, or a line is not JSON with a type and what that needs.
    """
    folder = Path(folder)
    paths = sorted(folder.glob("*.facts.jsonl"))
    if not paths:
        raise SourceError(f"{folder}: holds no annotated article (NAME.facts.jsonl beside NAME.txt)")
    return tuple(_read(path) for path in paths)


def _read(path: Path) -> AnnotatedArticle:
    name = path.name.removesuffix(".facts.jsonl")
    text_path = path.with_name(f"{name}.txt")
    text = _text(text_path, "the annotated text")
    lines = []
    for number, line in enumerate(_text(path, "the annotation").splitlines(), start=1):
        if line.strip():
            try:
                record = json.loads(line)
                kind = record["type"]
            except (json.JSONDecodeError, KeyError, TypeError) as error:
                raise SourceError(f"{path}: line {number} is not a JSON object with a type") from error
            missing = [key for key in NEEDED.get(str(kind), ()) if key not in record]
            if missing:
                raise SourceError(f"{path}: line {number}: {kind} without {' and '.join(missing)}")
            lines.append(record)
    return AnnotatedArticle(name, text, tuple(lines))


def _text(path: Path, what: str) -> str:
    try:
        return path.read_bytes().decode("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise SourceError(f"{path}: {what} cannot be read ({error})") from error
