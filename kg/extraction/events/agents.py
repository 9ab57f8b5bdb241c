"""The people and bodies that a clause names as its subject, its object, or in a list.

The parser loses its way in long lists of appositions ("A, Commissioner of B, C, Director General of D, and E
attended"), so that beside its own subject the names that stand in the list are taken as they come.
"""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING

from kg.extraction.columns import Columns
from kg.extraction.events.clauses import FINITE, coordinated, leads, reported, subject
from kg.facts import EntityKind

if TYPE_CHECKING:
    from kg.extraction.reading import Reading

_AGENTS = {EntityKind.PERSON, EntityKind.ORGANISATION}
_WITHIN_CLAUSE = frozenset({"appos", "dobj", "pobj", "prep"})


class Agents:
    """Finds the agents around a verb. ``people`` and ``bodies`` hold (first token, end, key) of every name."""

    def __init__(self, reading: Reading, c: Columns):
        self.reading, self.c = reading, c
        self.people: list[tuple[int, int, str]] = []
        self.bodies: list[tuple[int, int, str]] = []
        for entity in reading.entities:
            if not entity.kinds & _AGENTS:
                continue
            kept = self.people if EntityKind.PERSON in entity.kinds else self.bodies
            for mention in entity.mentions:
                start = bisect_left(c.begins, mention.span.begin)
                end = bisect_left(c.begins, mention.span.end)
                if start < end:
                    kept.append((start, end, entity.key))
        self.people.sort()
        self.bodies.sort()

    def agent(self, i: int, places: bool = False) -> str | None:
        """The person or body (or, where ``places`` compete, the place) to which the token refers."""
        reference = self.reading.references.get(i)
        entity = self.reading.entity(reference.key) if reference else None
        return entity.key if entity and (places or entity.kinds & _AGENTS) else None

    def agents(self, i: int, stop: int | None = None, places: bool = False) -> list[str]:
        """The agents that the noun phrase headed by ``i`` names, with those joined to it before the token ``stop``."""
        keys = [key for j in coordinated(self.c, i) if (stop is None or j < stop) and (key := self.agent(j, places))]
        return list(dict.fromkeys(keys))

    def in_region(self, start: int, end: int) -> list[str]:
        """The people named in a list between two tokens; the bodies where there are no people.

        The parser loses its way in long lists of appositions, so that names are taken as they come; those inside an
        office or a possession ("Vice Mayor of Beijing", "Tang's deputy") do not count.
        """
        for names in (self.people, self.bodies):
            keys = [key for first, stop, key in names if start <= first < end and self._listed_name(first, stop)]
            if names is self.bodies:
                keys = [
                    key
                    for first, stop, key in names
                    if key in keys and start <= first < end and not self.modifies(stop)
                ]
            if keys:
                return list(dict.fromkeys(keys))
        return []

    def _listed_name(self, first: int, end: int) -> bool:
        c = self.c
        head = next((i for i in range(first, end) if not first <= c.heads[i] < end), end - 1)
        if end < len(c.words) and c.tags[end] == "POS":
            return False
        preposition = c.heads[head]
        if c.lower[preposition] == "with" and c.deps[c.heads[preposition]] == "relcl":
            return False  # "A, who founded it with B, signed"
        if c.lower[preposition] == "by" and c.pos[c.heads[preposition]] == "NOUN":
            return False  # "a painting by A was stolen"
        if self._in_relative_clause(head):
            return False  # "A, who spoke with the director, B"
        before = first - 1
        while before > 0 and before not in self.reading.references and c.deps[before] in {"det", "compound", "amod"}:
            before -= 1
        return not (
            c.deps[head] in {"pobj", "poss"}
            and before >= 0
            and c.pos[before] == "ADP"
            and c.lower[before] not in {"like", "as", "with", "by"}
        )

    def _in_relative_clause(self, i: int) -> bool:
        """Whether a name stands in a relative clause; the parser also hangs the rest of a list on it, as conjuncts."""
        c = self.c
        while c.heads[i] != i and c.deps[i] in _WITHIN_CLAUSE:
            above = c.heads[i]
            if c.deps[above] == "relcl":
                return above < i
            i = above
        return False

    def modifies(self, end: int) -> bool:
        """Whether a body's name that ends before ``end`` only modifies the noun after it: "US team"."""
        c = self.c
        return (
            end < len(c.words) and c.deps[end - 1] in {"compound", "nmod", "amod"} and c.pos[end] in {"NOUN", "PROPN"}
        )

    def subject_agents(self, verb: int) -> list[str]:
        """The agents that do what the verb says."""
        c = self.c
        leading = leads(c, verb)
        if leading is not None:  # "led a delegation to attend"
            return self.subject_agents(leading)
        told = subject(c, verb)
        if told is None:
            if c.deps[verb] == "acl" or c.deps[verb] == "relcl":
                return self.agents(c.heads[verb])
            if c.deps[verb] == "advcl" and c.tags[verb] == "VBG":  # "Speaking at the forum, A praised ..."
                return self.subject_agents(c.heads[verb])
            return []
        head = told[0]
        if c.lower[head] in {"who", "which", "that"} and c.deps[verb] == "relcl":
            return self.agents(c.heads[verb])
        start = self._clause_start(head, verb)
        if c.pos[head] == "PRON" or verb < head:
            return self.agents(head)
        told_of = reported(c)
        said = frozenset() if verb in told_of else told_of  # "I think A is fair," B said
        people = [
            key
            for first, end, key in self.people
            if start <= first < verb and first not in said and self._listed_name(first, end)
            if not (self.modifies(end) and c.pos[end] == "NOUN")  # "Ruiz campaign volunteer Jan Holt"
        ]
        beside = [j for j in c.children[verb] if c.deps[j] == told[1] and j < head]  # "A (AB) and B launched"
        return list(dict.fromkeys([key for j in [*beside, head] for key in self.agents(j)] + people))

    def _clause_start(self, head: int, verb: int) -> int:
        c = self.c
        start = c.sentences[c.sentence_of[verb]][0]
        for i in range(head, start - 1, -1):
            if (c.tags[i] in FINITE and c.deps[i] not in {"relcl", "aux"}) or c.words[i] == ";":
                return i + 1
        return start

    def object_region(self, verb: int) -> tuple[int, int]:
        """The tokens after a verb up to the next main clause; in a list, semicolons set off its members."""
        c = self.c
        end = c.sentences[c.sentence_of[verb]][1]
        for i in range(verb + 1, end):
            if c.tags[i] in FINITE and c.deps[i] in {"conj", "ROOT", "ccomp", "parataxis"}:
                return verb + 1, i
        return verb + 1, end
