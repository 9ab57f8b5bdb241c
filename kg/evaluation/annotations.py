"""Articles annotated by hand: ``NAME.txt`` with its facts in ``NAME.facts.jsonl``, one JSON object a line."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from kg.errors import SourceError

Line = Mapping[str, Any]


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
        SourceError: there is none, a text is missing, or a line is not JSON with a type.
    """
    folder = Path(folder)
    paths = sorted(folder.glob("*.facts.jsonl"))
    if not paths:
        raise SourceError(f"{folder}: holds no annotated article (NAME.facts.jsonl beside NAME.txt)")
    return tuple(_read(path) for path in paths)


def _read(path: Path) -> AnnotatedArticle:
    name = path.name.removesuffix(".facts.jsonl")
    text_path = path.with_name(f"{name}.txt")
    try:
        text = text_path.read_bytes().decode("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise SourceError(f"{text_path}: the annotated text cannot be read ({error})") from error
    lines = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        if line.strip():
            try:
                record = json.loads(line)
                record["type"]
            except (json.JSONDecodeError, KeyError, TypeError) as error:
                raise SourceError(f"{path}: line {number} is not a JSON object with a type") from error
            lines.append(record)
    return AnnotatedArticle(name, text, tuple(lines))
