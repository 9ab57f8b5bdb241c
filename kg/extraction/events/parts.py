"""The part of an agent in an event, and what the words beside an event's mention say of it.

The verb or noun beside an event says who has which part (``words/participation_verbs.tsv``, ``..._nouns.tsv``).
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Generic, TypeVar

from kg.extraction.columns import Columns
from kg.extraction.events.agents import Agents
from kg.extraction.events.clauses import coordinated, first_conjunct, polarity, subject
from kg.extraction.events.words import word_class
from kg.facts import EntityKind
from kg.words import table

if TYPE_CHECKING:
    from kg.extraction.reading import Reading

E = TypeVar("E", bound=Hashable)

OCCASIONS = frozenset({"gathering", "festival", "competition", "ceremony"})
"""The types of event at which people are present."""

_ATTENDED = OCCASIONS | {"meeting"}
_HAPPENINGS = frozenset(
    {"accident", "agreement", "attack", "business", "conflict", "disaster", "election", "life", "personnel"}
)
_BETWEEN_LANDS = frozenset({"agreement", "attack", "conflict", "meeting", "visit"})
_NAME_LINKS = frozenset({"of", "on", "for", "the", "and", "/", "-"})
_BETWEEN = frozenset({"between", "with", "by", "among", "against"})
_PEOPLE_TYPES = frozenset(
    {"meeting", "visit", "justice", "life", "agreement", "business", "personnel", "competition", "attack"}
)


@dataclass(frozen=True, slots=True)
class Part(Generic[E]):
    """An agent's part in an event as one place of the text tells it; ``at`` is a token of the sentence."""

    agent: str
    kind: str
    event: E
    at: int
    reason: str


@cache
def _verb_parts() -> dict[tuple[str, str], tuple[str, str]]:
    """(verb, slot of the event) to (slot of the agent, kind)."""
    rows = table("participation_verbs")
    return {
        (verb, slot): (agent, kind)
        for verbs, slots, agent, kind in reversed(rows)
        for verb in verbs.split()
        for slot in slots.split()
    }


@cache
def noun_parts() -> dict[str, str]:
    """Nouns for people by their part in an event, with the kind of part."""
    return {row[0]: row[1] for row in table("participation_nouns")}


class EventParts(Generic[E]):
    """Reads the parts that stand beside an event. ``event_at`` maps the head token of each mention to its event."""

    def __init__(
        self, reading: Reading, c: Columns, event_at: Mapping[int, E], types: Mapping[E, str], said: frozenset[int]
    ):
        self.reading, self.c, self.event_at, self.types, self.said = reading, c, event_at, types, said
        self.who = Agents(reading, c)

    def stated(self, verb: int, agents: list[str], kind: str, event: E, reason: str) -> Iterator[Part[E]]:
        """The parts of the agents, unless the verb only says what was said, denied, possible or is still to come."""
        if verb not in self.said and polarity(self.c, verb) is None:
            for agent in agents:
                yield Part(agent, kind, event, verb, reason)

    def beside(self, head: int) -> Iterator[Part[E]]:
        """The parts that the words beside the mention headed by ``head`` tell."""
        c, event = self.c, self.event_at[head]
        if head in self.said:
            return
        if c.pos[head] == "VERB":
            yield from self._of_event_verb(head, event)
            return
        yield from self._inside(head, event)
        yield from self._by_whom(head, event)
        yield from self._in_relative(head, event)
        top = first_conjunct(c, head)
        dep, above = c.deps[top], c.heads[top]
        if dep == "dobj":
            yield from self._of_verb(above, "object", event)
        elif dep in {"nsubj", "nsubjpass"}:
            if dep == "nsubjpass":
                for verb in coordinated(c, above):  # "was hosted by A and attended by B"
                    yield from self._of_verb(verb, "object", event, passive=True)
            else:
                yield from self._of_verb(above, "subject", event)
        elif dep == "pobj":
            yield from self._of_preposition(above, event)

    def _of_preposition(self, preposition: int, event: E) -> Iterator[Part[E]]:
        c = self.c
        word, governor = c.lower[preposition], c.heads[preposition]
        if word in word_class("apart") and c.lemmas[governor] not in word_class("competing"):
            return
        if c.pos[governor] == "ADP":
            governor = c.heads[governor]
        if word == "of" and c.lower[governor] in word_class("inner"):
            if c.deps[governor] == "dobj":  # "attended every day of the trial"
                yield from self._of_verb(c.heads[governor], "object", event)
                return
            if c.deps[governor] == "pobj":
                if c.lower[c.heads[governor]] in word_class("apart"):
                    return  # "was led away before the start of the debate"
                word, governor = "at", c.heads[c.heads[governor]]
        if c.deps[governor] == "pobj" and c.lower[c.heads[governor]] in {"after", "on", "by"}:
            above = c.heads[c.heads[governor]]
            if c.lemmas[above] in word_class("competing"):  # "beat X after extra time in the final"
                yield from self._of_verb(above, word, event)
                return
        if c.pos[governor] in {"VERB", "AUX"}:
            yield from self._of_verb(governor, word, event)
            return
        kind = noun_parts().get(c.lemmas[governor].lower())
        if kind and word in {"of", "at", "in", "to", "for"}:
            yield from self._of_group(governor, kind, event)
            return
        verb = c.heads[governor]
        if c.deps[governor] in {"dobj", "oprd"} and c.pos[verb] == "VERB":
            noun = c.lemmas[governor].lower()
            if noun in word_class("speeches") and c.lemmas[verb] in word_class("delivering"):
                yield from self.stated(
                    verb, self.who.subject_agents(verb), "spokeAt", event, f"{c.lemmas[verb]} {noun}"
                )
            elif noun == "part" or c.lemmas[verb] in {"win", "lose", "play", "claim", "take"}:
                yield from self._of_verb(verb, word, event)

    def _of_verb(self, verb: int, slot: str, event: E, passive: bool = False) -> Iterator[Part[E]]:
        """The parts that the verb gives, the event standing in ``slot``."""
        c = self.c
        found = _verb_parts().get((c.lemmas[verb].lower(), slot))
        if slot == "of":
            return
        is_passive = any(c.deps[j] in {"auxpass", "nsubjpass"} for j in c.children[verb]) or (
            c.tags[verb] == "VBN" and c.deps[verb] == "acl"
        )
        if slot in {"at", "in", "during", "to"} and self._speaks(verb):
            found = "subject", "spokeAt"
        if found:
            where, kind = found
            if kind == "spokeAt" and self.types[event] in _HAPPENINGS:
                return  # "addressed the attacks": spoke of them
            if kind == "organised" and self.types[event] == "meeting":  # "held talks with A"
                kind = "participatedIn"
            if slot == "object" and (passive or is_passive):
                yield from self.stated(verb, self._by(verb), kind, event, f"{c.lemmas[verb]} by")
            elif where in {"subject", "both"} and not is_passive:
                agents = self.who.subject_agents(verb)
                if where == "both":
                    agents += [key for j in c.children[verb] if c.deps[j] == "dobj" for key in self.who.agents(j)]
                yield from self.stated(verb, agents, kind, event, c.lemmas[verb])
            elif where == "object" and is_passive:
                agents = self.who.subject_agents(verb)
                start, end = self.who.object_region(verb)
                listed = next((j for j in range(start, end) if c.lower[j] == "including"), None)
                if listed is not None:
                    agents += self.who.in_region(listed + 1, end)
                yield from self.stated(verb, agents, kind, event, f"passive {c.lemmas[verb]}")
            elif where == "object" and c.lemmas[verb] not in {"be"}:
                objects = [j for j in c.children[verb] if c.deps[j] in {"dobj", "attr"}]
                keys = [key for j in objects for key in self.who.agents(j)] or (
                    self.who.in_region(*self.who.object_region(verb)) if slot == "subject" else []
                )
                yield from self.stated(verb, keys, kind, event, c.lemmas[verb])
        elif slot == "at" and self.types[event] in _ATTENDED and c.lemmas[verb] not in word_class("taking_place"):
            people = {key for _, _, key in self.who.people}
            there = [key for key in self.who.subject_agents(verb) if key in people]
            yield from self.stated(verb, there, "participatedIn", event, f"{c.lemmas[verb]} at")
        if found and self.types[event] in {"competition", "election"}:
            yield from self._beaten(verb, event)
        if slot == "object" and c.lemmas[verb] in {"hold", "conduct", "have"}:
            yield from self.stated(verb, self._with(verb), "participatedIn", event, "with")
        if slot in {"object", "at", "during", "in"} and (found or slot != "object"):
            for other in coordinated(c, first_conjunct(c, verb)):
                if other != verb and c.pos[other] == "VERB" and self._speaks(other):
                    yield from self.stated(other, self.who.subject_agents(other), "spokeAt", event, c.lemmas[other])

    def _beaten(self, verb: int, event: E) -> Iterator[Part[E]]:
        """ "won the election, defeating X": X took part, too."""
        c = self.c
        for j in c.children[verb]:
            if c.deps[j] == "advcl" and c.tags[j] == "VBG" and c.lemmas[j] in word_class("competing"):
                beaten = [key for k in c.children[j] if c.deps[k] == "dobj" for key in self.who.agents(k)]
                yield from self.stated(j, beaten, "participatedIn", event, c.lemmas[j])

    def _speaks(self, verb: int) -> bool:
        c = self.c
        if c.lemmas[verb] in word_class("speaking"):
            return True
        objects = (j for j in c.children[verb] if c.deps[j] == "dobj")
        return c.lemmas[verb] in word_class("delivering") and any(c.lower[j] in word_class("speeches") for j in objects)

    def _by(self, verb: int) -> list[str]:
        c = self.c
        keys: list[str] = []
        for j in c.children[verb]:
            if c.deps[j] == "agent" or (c.deps[j] == "prep" and c.lower[j] == "by"):
                stop = next((k for k in range(j, len(c.pos)) if c.pos[k] == "VERB" and c.deps[k] == "conj"), len(c.pos))
                for k in c.children[j]:
                    keys.extend(self.who.agents(k, stop))
                    if c.deps[k] == "pobj" and len(c.children[k]) > 1:
                        keys.extend(self.who.in_region(j + 1, min(stop, self.who.object_region(j)[1])))
        return list(dict.fromkeys(keys))

    def _with(self, verb: int) -> list[str]:
        c = self.c
        return [
            key for j in c.children[verb] if c.lower[j] == "with" for k in c.children[j] for key in self.who.agents(k)
        ]

    def _of_event_verb(self, verb: int, event: E) -> Iterator[Part[E]]:
        """The parts in an event that the verb itself tells ("was arrested", "met with")."""
        c = self.c
        keys = [*self.who.subject_agents(verb), *self._by(verb), *self._with(verb)]
        if self.types[event] in (_PEOPLE_TYPES - {"agreement"}) | {"election"}:
            keys += [key for j in c.children[verb] if c.deps[j] == "dobj" for key in self._done_to(j, event)]
        yield from self.stated(verb, list(dict.fromkeys(keys)), "participatedIn", event, c.lemmas[verb])
        if self.types[event] == "election":
            yield from self._beaten(verb, event)

    def _done_to(self, i: int, event: E) -> list[str]:
        """The agents that an event's verb has as its object; of what is visited, only people take part."""
        people = {key for _, _, key in self.who.people}
        return [key for key in self.who.agents(i) if self.types[event] != "visit" or key in people]

    def _is_land(self, agent: str) -> bool:
        entity = self.reading.entity(agent)
        return entity is not None and EntityKind.PLACE in entity.kinds

    def _inside(self, head: int, event: E) -> Iterator[Part[E]]:
        """The parts that the noun phrase of an event tells: "talks between A and B", "the death of A", "A's visit"."""
        c = self.c
        for j in c.children[head]:
            agents: list[str] = []
            word, kind = c.lower[j], self.types[event]
            sides = (
                (word in _BETWEEN and (kind, word) != ("personnel", "against"))
                or (kind == "visit" and (word == "from" or (word == "on" and self.c.lower[head] == "call")))
                or (word == "of" and kind in _PEOPLE_TYPES)
                or (word == "before" and kind == "justice")
            )
            if c.deps[j] == "prep" and sides:
                agents = [key for k in c.children[j] if c.deps[k] == "pobj" for key in self._with_apposition(k)]
            elif c.deps[j] == "poss" and j < head:
                agents = [agent for agent in self.who.agents(j) if kind in _BETWEEN_LANDS or not self._is_land(agent)]
            if kind == "life":  # one dies, not those whose child or brother it is
                inside = range(*c.subtree(j))
                named = {key for first, _, key in self.who.people if first in inside}
                agents = [agent for agent in agents if agent in named]
            for agent in agents:
                yield Part(agent, "participatedIn", event, head, f"{c.lower[j]} in the event's phrase")
        verb = c.heads[head]
        if (
            self.types[event] in OCCASIONS
            and c.pos[verb] == "VERB"
            and any(p for p in c.children[head] if c.lower[p] == "with")
        ):
            yield from self.stated(verb, self._owners(verb), "participatedIn", event, "own part")

    def _by_whom(self, head: int, event: E) -> Iterator[Part[E]]:
        """ "The meeting was co-hosted by A and B", read off the words: hyphens lead the parser astray."""
        c = self.c
        end = c.sentences[c.sentence_of[head]][1]
        after = head + 1
        while after < end and (c.words[after][0].isupper() or c.lower[after] in _NAME_LINKS):
            after += 1  # the rest of its name
        i = after
        while i < min(end, after + 8) and c.lower[i] != "by":
            i += 1
        if i >= min(end, after + 8) or c.tags[i - 1] not in {"VBN", "VBD"} or i - 1 in self.said:
            return
        found = _verb_parts().get((c.lemmas[i - 1], "object"))
        comma = next((j for j in range(after, i) if c.words[j] == ","), i)
        between = [j for j in range(after, i - 1) if not (j < comma < i and c.pos[j] in {"NOUN", "ADJ"})]
        loose = all(
            c.pos[j] in {"AUX", "ADV", "PUNCT", "ADP"}
            or c.lower[j] in {"co", "-", "which", "that"}
            or j in self.event_at
            or j in self.reading.references
            for j in between
        )
        if not found or not loose or any(c.deps[j] == "neg" or c.tags[j] == "MD" for j in between):
            return
        last = i + 1
        while last < end and (
            c.pos[last] in {"DET", "PROPN", "NOUN", "ADJ", "PUNCT", "CCONJ", "PART"}
            or c.lower[last] in {"of", "for"}
            or last in self.reading.references
        ):
            last += 1
        for agent in self.who.in_region(i + 1, last):
            yield Part(agent, found[1], event, i, f"{c.lemmas[i - 1]} by")
        for other in coordinated(c, i - 1)[1:]:  # "chaired by A and organised by B"
            if c.tags[other] == "VBN" and other > i:
                yield from self._of_verb(other, "object", event, passive=True)

    def _in_relative(self, head: int, event: E) -> Iterator[Part[E]]:
        """ "The forum, which was chaired by A and attended by B"; "the summit that A attended"."""
        c = self.c
        for first in c.children[head]:
            if c.deps[first] != "relcl":
                continue
            pronoun = next((j for j in c.children[first] if c.lower[j] in {"which", "that"}), None)
            role = c.deps[pronoun] if pronoun is not None else ""
            for verb in coordinated(c, first):
                if role in {"dobj", "nsubjpass"}:
                    yield from self._of_verb(verb, "object", event, passive=role == "nsubjpass")

    def _owners(self, verb: int) -> list[str]:
        """The owner of the subject: "Hamill's schedule included a panel"."""
        c = self.c
        told = subject(c, verb)
        return [key for j in c.children[told[0]] if c.deps[j] == "poss" for key in self.who.agents(j)] if told else []

    def _with_apposition(self, i: int) -> list[str]:
        """The agents of a noun phrase, its own or those in apposition: "the death of their child, Gloria"."""
        own = self.who.agents(i)
        return own or [key for j in self.c.children[i] if self.c.deps[j] == "appos" for key in self.who.agents(j)]

    def _of_group(self, noun: int, kind: str, event: E) -> Iterator[Part[E]]:
        """ "Attendees of the forum included A and B"; "A was a speaker at the forum"; "A, host of the gala"."""
        c = self.c
        dep, above = c.deps[noun], c.heads[noun]
        reason = f"named as {c.lower[noun]}"
        if dep == "nsubj" and c.lemmas[above] in word_class("listing"):
            yield from self.stated(above, self.who.in_region(*self.who.object_region(above)), kind, event, reason)
        elif dep == "attr":
            yield from self.stated(above, self.who.subject_agents(above), kind, event, reason)
        elif dep == "appos":
            yield from (
                Part(agent, kind, event, noun, reason) for agent in self.who.agents(above) if above not in self.said
            )
