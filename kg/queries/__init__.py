"""The questions that come with kg: a SPARQL file each, whose first line says what it answers, and the competency
questions of the ontology (CQ1, CQ2, ...).
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path

from kg.errors import QueryError
from kg.vocabulary import ontology_file


@dataclass(frozen=True, slots=True)
class Question:
    """A question with a name: what it asks in words, and in SPARQL."""

    name: str
    text: str
    sparql: str


def questions() -> list[Question]:
    """All questions: the general ones by name, then the competency questions of the ontology in their order."""
    general = [_general(path) for path in sorted(Path(__file__).parent.glob("*.rq"))]
    records = json.loads(ontology_file("competency_questions.json").read_text("utf-8"))
    return general + [Question(record["id"], record["question"], record["sparql"]) for record in records]


def question(name: str) -> Question:
    """The question of that name, in any case of letters.

    Raises QueryError, with the nearest names, where there is none.
    """
    known = {asked.name.lower(): asked for asked in questions()}
    if name.lower() in known:
        return known[name.lower()]
    near = [known[found].name for found in get_close_matches(name.lower(), known, n=3)]
    hint = f"did you mean {' or '.join(near)}?" if near else "kg query --list shows all"
    raise QueryError(f"there is no question named {name!r}; {hint}")


def _general(path: Path) -> Question:
    sparql = path.read_text("utf-8")
    return Question(path.stem, sparql.splitlines()[0].removeprefix("#").strip(), sparql)
