"""The questions that come with kg: a SPARQL file each, whose first line says what it answers, and the competency
questions of the ontology (CQ1, CQ2, ...).

A question takes parameters. Its file marks where: a comment ``#about ?thing: ?s nk:about ?thing .`` says that the
parameter ``about`` binds the variable ``?thing``, and that the pattern behind the colon holds as well when it is given;
``#about! ?thing:`` says that it has to be given. Without parameters the file is a plain SPARQL query. The values are
bound as terms (see ``kg.queries.parameters``), never pasted as text.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING, Final

from kg.errors import QueryError
from kg.queries.parameters import PARAMETERS, terms, values_clause
from kg.vocabulary import ontology_file

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kg.store import KnowledgeGraph

PLACE: Final = re.compile(
    r"^(?P<indent> *)#(?P<name>[a-z]+)(?P<required>!?) \?(?P<variable>\w+):[ \t]*(?P<pattern>.*)$", re.MULTILINE
)
"""The comment that marks where a parameter enters."""


@dataclass(frozen=True, slots=True)
class Question:
    """A question with a name: what it asks in words, and in SPARQL.

    ``parameters`` are the names of those it takes, ``required`` of those it cannot do without.
    """

    name: str
    text: str
    sparql: str

    @property
    def parameters(self) -> tuple[str, ...]:
        """The parameters that the question takes, in the order in which it names them."""
        return tuple(dict.fromkeys(match["name"] for match in PLACE.finditer(self.sparql)))

    @property
    def required(self) -> tuple[str, ...]:
        """The parameters that have to be given."""
        return tuple(dict.fromkeys(match["name"] for match in PLACE.finditer(self.sparql) if match["required"]))

    def bound(self, graph: KnowledgeGraph, given: Mapping[str, str]) -> str:
        """The query for these parameters, each value looked up in the graph or read as what it has to be.

        Raises QueryError for a parameter that the question does not take, that is missing, or whose value is nothing
        in this graph, with the nearest that is right.
        """
        self._check(given)
        found = {name: terms(graph, name, value) for name, value in given.items()}

        def entered(match: re.Match[str]) -> str:
            if match["name"] not in found:
                return match[0]
            clause = values_clause(match["variable"], found[match["name"]])
            return f"{match['indent']}{clause} {match['pattern']}".rstrip()

        return PLACE.sub(entered, self.sparql)

    def _check(self, given: Mapping[str, str]) -> None:
        taken = ", ".join(f"--{name}" for name in self.parameters) or "no parameters"
        for name in given:
            if name not in self.parameters:
                near = get_close_matches(name, self.parameters, n=1)
                hint = f"did you mean --{near[0]}? it" if near else "it"
                raise QueryError(f"the question {self.name} has no --{name}; {hint} takes {taken}")
        missing = [name for name in self.required if name not in given]
        if missing:
            needed = " and ".join(f"--{name} {PARAMETERS[name].metavar}" for name in missing)
            raise QueryError(f"the question {self.name} needs {needed} ({PARAMETERS[missing[0]].text})")


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
