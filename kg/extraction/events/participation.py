"""Who took part in which event, and how: attended, spoke at, organised, hosted, or took another part.

The verb or noun beside an event says who has which part (``words/participation_verbs.tsv``, ``..._nouns.tsv``).
Nothing is read from what somebody is reported to have said, nor from what is denied, only possible, or still to come.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Hashable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Generic, TypeVar

from kg.extraction.events.clauses import FINITE, coordinated, first_conjunct, polarity, reported, subject
from kg.extraction.events.columns import Columns, columns
from kg.extraction.events.words import word_class
from kg.extraction.words import table
from kg.facts import EntityKind, Event, Participation, Role, TextSpan

if TYPE_CHECKING:
    from kg.extraction.reading import Reading, Reference

E = TypeVar("E", bound=Hashable)

_AGENTS = {EntityKind.PERSON, EntityKind.ORGANISATION}
_OCCASIONS = frozenset({"gathering", "festival", "competition", "ceremony"})
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
def _noun_parts() -> dict[str, str]:
    return {row[0]: row[1] for row in table("participation_nouns")}


class Participants(Generic[E]):
    """Reads the parts in the events of one article. ``event_at`` maps the head token of each mention to its event."""

    def __init__(
        self, reading: Reading, c: Columns, event_at: Mapping[int, E], types: Mapping[E, str], said: frozenset[int]
    ):
        self.reading, self.c, self.event_at, self.types, self.said = reading, c, event_at, types, said
        self.people: list[tuple[int, int, str]] = []  # first and last token of each person's and body's name
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

    def parts(self) -> list[Part[E]]:
        """All parts, in text order, each once."""
        found: list[Part[E]] = []
        for head in sorted(self.event_at):
            found.extend(self._beside(head))
        found.extend(self._listed())
        seen: set[tuple[str, str, E]] = set()
        kept: list[Part[E]] = []
        for part in sorted(found, key=lambda p: p.at):
            if (part.agent, part.kind, part.event) not in seen:
                seen.add((part.agent, part.kind, part.event))
                kept.append(part)
        return kept

    # --- agents ---------------------------------------------------------------------------------------------------

    def _agent(self, i: int) -> str | None:
        """The person or body to which the token refers."""
        reference = self.reading.references.get(i)
        entity = self.reading.entity(reference.key) if reference else None
        return entity.key if entity and entity.kinds & _AGENTS else None

    def _agents(self, i: int) -> list[str]:
        """The agents that the noun phrase headed by ``i`` names, with those joined to it."""
        keys = [key for j in coordinated(self.c, i) if (key := self._agent(j))]
        return list(dict.fromkeys(keys))

    def _in_region(self, start: int, end: int) -> list[str]:
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
                    if key in keys and start <= first < end and not self._modifies(stop)
                ]
            if keys:
                return list(dict.fromkeys(keys))
        return []

    def _listed_name(self, first: int, end: int) -> bool:
        c = self.c
        head = next((i for i in range(first, end) if not first <= c.heads[i] < end), end - 1)
        if end < len(c.words) and c.tags[end] == "POS":
            return False
        before = first - 1
        while before > 0 and before not in self.reading.references and c.deps[before] in {"det", "compound", "amod"}:
            before -= 1
        return not (
            c.deps[head] in {"pobj", "poss"}
            and before >= 0
            and c.pos[before] == "ADP"
            and c.lower[before] not in {"like", "as", "with"}
        )

    def _modifies(self, end: int) -> bool:
        """Whether a body's name that ends before ``end`` only modifies the noun after it: "US team"."""
        c = self.c
        return (
            end < len(c.words) and c.deps[end - 1] in {"compound", "nmod", "amod"} and c.pos[end] in {"NOUN", "PROPN"}
        )

    def _subject_agents(self, verb: int) -> list[str]:
        """The agents that do what the verb says."""
        c = self.c
        told = subject(c, verb)
        if told is None:
            if c.deps[verb] == "acl" or c.deps[verb] == "relcl":
                return self._agents(c.heads[verb])
            return []
        head = told[0]
        if c.lower[head] in {"who", "which", "that"} and c.deps[verb] == "relcl":
            return self._agents(c.heads[verb])
        start = self._clause_start(head, verb)
        if c.pos[head] == "PRON" or verb < head:
            return self._agents(head)
        people = [key for first, end, key in self.people if start <= first < verb and self._listed_name(first, end)]
        return list(dict.fromkeys([*self._agents(head), *people]))

    def _clause_start(self, head: int, verb: int) -> int:
        c = self.c
        start = c.sentences[c.sentence_of[verb]][0]
        for i in range(head, start - 1, -1):
            if (c.tags[i] in FINITE and c.deps[i] not in {"relcl", "aux"}) or c.words[i] == ";":
                return i + 1
        return start

    def _object_region(self, verb: int) -> tuple[int, int]:
        """The tokens after a verb up to the next main clause; in a list, semicolons set off its members."""
        c = self.c
        end = c.sentences[c.sentence_of[verb]][1]
        for i in range(verb + 1, end):
            if c.tags[i] in FINITE and c.deps[i] in {"conj", "ROOT", "ccomp", "parataxis"}:
                return verb + 1, i
        return verb + 1, end

    # --- events and what stands beside them -----------------------------------------------------------------------

    def _told(self, verb: int, kind: str) -> bool:
        """Whether a part that the verb tells of may be stated: it is no content of a statement, and it has happened."""
        if verb in self.said:
            return False
        return polarity(self.c, verb) is None

    def _beside(self, head: int) -> Iterator[Part[E]]:
        c, event = self.c, self.event_at[head]
        if head in self.said:
            return
        if c.pos[head] == "VERB":
            yield from self._of_event_verb(head, event)
            return
        yield from self._inside(head, event)
        yield from self._by_whom(head, event)
        top = first_conjunct(c, head)
        dep, above = c.deps[top], c.heads[top]
        if dep == "dobj":
            yield from self._of_verb(above, "object", event)
        elif dep in {"nsubj", "nsubjpass"}:
            if dep == "nsubjpass":
                yield from self._of_verb(above, "object", event, passive=True)
            else:
                yield from self._of_verb(above, "subject", event)
        elif dep == "pobj":
            yield from self._of_preposition(above, event)

    def _of_preposition(self, preposition: int, event: E) -> Iterator[Part[E]]:
        c = self.c
        word, governor = c.lower[preposition], c.heads[preposition]
        if c.pos[governor] == "ADP":
            governor = c.heads[governor]
        if word == "of" and c.lower[governor] in word_class("inner") and c.deps[governor] == "pobj":
            word, governor = "at", c.heads[c.heads[governor]]
        if c.pos[governor] in {"VERB", "AUX"}:
            yield from self._of_verb(governor, word, event)
            return
        kind = _noun_parts().get(c.lemmas[governor].lower())
        if kind and word in {"of", "at", "in", "to", "for"}:
            yield from self._of_group(governor, kind, event)
            return
        verb = c.heads[governor]
        if c.deps[governor] in {"dobj", "oprd"} and c.pos[verb] == "VERB":
            noun = c.lemmas[governor].lower()
            if noun in word_class("speeches") and c.lemmas[verb] in word_class("delivering"):
                yield from self._stated(verb, self._subject_agents(verb), "spokeAt", event, f"{c.lemmas[verb]} {noun}")
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
        if found:
            where, kind = found
            if slot == "object" and (passive or is_passive):
                yield from self._stated(verb, self._by(verb), kind, event, f"{c.lemmas[verb]} by")
            elif where in {"subject", "both"} and not is_passive:
                agents = self._subject_agents(verb)
                if where == "both":
                    agents += [key for j in c.children[verb] if c.deps[j] == "dobj" for key in self._agents(j)]
                yield from self._stated(verb, agents, kind, event, c.lemmas[verb])
            elif where == "object" and is_passive:
                yield from self._stated(verb, self._subject_agents(verb), kind, event, f"passive {c.lemmas[verb]}")
            elif where == "object" and c.lemmas[verb] not in {"be"}:
                objects = [j for j in c.children[verb] if c.deps[j] in {"dobj", "attr"}]
                keys = [key for j in objects for key in self._agents(j)] or (
                    self._in_region(*self._object_region(verb)) if slot == "subject" else []
                )
                yield from self._stated(verb, keys, kind, event, c.lemmas[verb])
        elif slot == "at" and self.types[event] in _OCCASIONS and c.lemmas[verb] not in word_class("taking_place"):
            people = {key for _, _, key in self.people}
            there = [key for key in self._subject_agents(verb) if key in people]
            yield from self._stated(verb, there, "participatedIn", event, f"{c.lemmas[verb]} at")
        if slot == "object" and c.lemmas[verb] in {"hold", "conduct", "have"}:
            yield from self._stated(verb, self._with(verb), "participatedIn", event, "with")
        if slot in {"object", "at", "during", "in"} and (found or slot != "object"):
            for other in coordinated(c, first_conjunct(c, verb)):
                if other != verb and c.pos[other] == "VERB" and self._speaks(other):
                    yield from self._stated(other, self._subject_agents(other), "spokeAt", event, c.lemmas[other])

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
                for k in c.children[j]:
                    keys.extend(self._agents(k))
                    if c.deps[k] == "pobj" and len(c.children[k]) > 1:
                        keys.extend(self._in_region(j + 1, self._object_region(j)[1]))
        return list(dict.fromkeys(keys))

    def _with(self, verb: int) -> list[str]:
        c = self.c
        return [key for j in c.children[verb] if c.lower[j] == "with" for k in c.children[j] for key in self._agents(k)]

    def _stated(self, verb: int, agents: list[str], kind: str, event: E, reason: str) -> Iterator[Part[E]]:
        if self._told(verb, kind):
            for agent in agents:
                yield Part(agent, kind, event, verb, reason)

    def _of_event_verb(self, verb: int, event: E) -> Iterator[Part[E]]:
        """The parts in an event that the verb itself tells ("was arrested", "met with")."""
        c = self.c
        keys = [*self._subject_agents(verb), *self._by(verb), *self._with(verb)]
        keys += [key for j in c.children[verb] if c.deps[j] == "dobj" for key in self._agents(j)]
        yield from self._stated(verb, list(dict.fromkeys(keys)), "participatedIn", event, c.lemmas[verb])

    def _inside(self, head: int, event: E) -> Iterator[Part[E]]:
        """The parts that the noun phrase of an event tells: "talks between A and B", "the death of A", "A's visit"."""
        c = self.c
        for j in c.children[head]:
            agents: list[str] = []
            word, kind = c.lower[j], self.types[event]
            sides = (
                word in _BETWEEN or (word == "of" and kind in _PEOPLE_TYPES) or (word == "before" and kind == "justice")
            )
            if c.deps[j] == "prep" and sides:
                agents = [key for k in c.children[j] if c.deps[k] == "pobj" for key in self._with_apposition(k)]
            elif c.deps[j] == "poss" and j < head:
                agents = self._agents(j)
            if kind == "life":  # one dies, not those whose child or brother it is
                inside = range(*c.subtree(j))
                named = {key for first, _, key in self.people if first in inside}
                agents = [agent for agent in agents if agent in named]
            for agent in agents:
                yield Part(agent, "participatedIn", event, head, f"{c.lower[j]} in the event's phrase")
        verb = c.heads[head]
        if (
            self.types[event] in _OCCASIONS
            and c.pos[verb] == "VERB"
            and any(p for p in c.children[head] if c.lower[p] == "with")
        ):
            yield from self._stated(verb, self._owners(verb), "participatedIn", event, "own part")

    def _by_whom(self, head: int, event: E) -> Iterator[Part[E]]:
        """ "The meeting was co-hosted by A and B", read off the words: hyphens lead the parser astray."""
        c = self.c
        end = c.sentences[c.sentence_of[head]][1]
        i = head + 1
        while i < min(end, head + 9) and c.lower[i] != "by":
            i += 1
        if i >= min(end, head + 9) or c.tags[i - 1] not in {"VBN", "VBD"} or i - 1 in self.said:
            return
        found = _verb_parts().get((c.lemmas[i - 1], "object"))
        between = range(head + 1, i - 1)
        loose = all(
            c.pos[j] in {"AUX", "ADV", "PUNCT", "ADP"} or c.lower[j] in {"co", "which", "that"} or j in self.event_at
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
        for agent in self._in_region(i + 1, last):
            yield Part(agent, found[1], event, i, f"{c.lemmas[i - 1]} by")

    def _owners(self, verb: int) -> list[str]:
        """The owner of the subject: "Hamill's schedule included a panel"."""
        c = self.c
        told = subject(c, verb)
        return [key for j in c.children[told[0]] if c.deps[j] == "poss" for key in self._agents(j)] if told else []

    def _with_apposition(self, i: int) -> list[str]:
        """The agents of a noun phrase, its own or those in apposition: "the death of their child, Gloria"."""
        own = self._agents(i)
        return own or [key for j in self.c.children[i] if self.c.deps[j] == "appos" for key in self._agents(j)]

    # --- groups of people -----------------------------------------------------------------------------------------

    def _of_group(self, noun: int, kind: str, event: E) -> Iterator[Part[E]]:
        """ "Attendees of the forum included A and B"; "A was a speaker at the forum"; "A, host of the gala"."""
        c = self.c
        dep, above = c.deps[noun], c.heads[noun]
        reason = f"named as {c.lower[noun]}"
        if dep == "nsubj" and c.lemmas[above] in word_class("listing"):
            yield from self._stated(above, self._in_region(*self._object_region(above)), kind, event, reason)
        elif dep == "attr":
            yield from self._stated(above, self._subject_agents(above), kind, event, reason)
        elif dep == "appos":
            yield from (
                Part(agent, kind, event, noun, reason) for agent in self._agents(above) if above not in self.said
            )

    def _listed(self) -> Iterator[Part[E]]:
        """Lists of people at an occasion that the sentence need not name.

        "guests like A and B"; "among the guests were A and B"; "participants included A"; "A and B were present";
        "A took part in it"; "in her speech, A said".
        """
        c = self.c
        nouns = _noun_parts()
        for i, word in enumerate(c.lower):
            if i in self.said:
                continue
            if c.lemmas[i] in nouns and c.pos[i] == "NOUN":
                yield from self._group_without_event(i, nouns[c.lemmas[i]])
            elif word == "present" and c.deps[i] in {"acomp", "ROOT", "advcl", "attr"}:
                yield from self._present(i)
            elif word == "it" and c.deps[i] == "pobj" and c.lower[c.heads[i]] == "in":
                part = c.heads[c.heads[i]]
                verb = c.heads[part] if c.lower[part] == "part" else part
                if c.lemmas[verb] in {"take", "participate"}:
                    yield from self._at_occasion(
                        verb, self._subject_agents(verb), "participatedIn", i, "took part in it"
                    )
            elif word in word_class("bench") and c.deps[i] == "dobj" and c.lemmas[c.heads[i]] == "tell":
                trials = {self.event_at[h] for h in self.event_at if self.types[self.event_at[h]] == "justice"}
                if len(trials) == 1:
                    verb = c.heads[i]
                    yield from self._stated(
                        verb, self._subject_agents(verb), "spokeAt", trials.pop(), f"told the {word}"
                    )
            elif word in word_class("speeches") and any(c.tags[j] == "PRP$" for j in c.children[i]):
                yield from self._own_speech(i)

    def _at_occasion(self, verb: int, agents: list[str], kind: str, i: int, reason: str) -> Iterator[Part[E]]:
        event = self._occasion(i)
        if event is not None:
            yield from self._stated(verb, agents, kind, event, reason)

    def _group_without_event(self, i: int, kind: str) -> Iterator[Part[E]]:
        c = self.c
        sentence_end = c.sentences[c.sentence_of[i]][1]
        mark = next((j for j in range(i + 1, min(i + 4, sentence_end)) if self._introduces(j)), None)
        above = c.heads[i]
        if c.deps[i] == "pobj" and c.lower[above] == "among" and c.lemmas[c.heads[above]] == "be":
            mark = c.heads[above] if c.heads[above] > i else None
        elif c.deps[i] == "nsubj" and c.lemmas[above] in word_class("listing") and not self._names_event(i):
            mark = above if c.lemmas[above] != "be" else None
        event = self._occasion(i) if mark is not None else None
        if mark is not None and event is not None:
            for agent in self._in_region(mark + 1, self._object_region(mark)[1]):
                yield Part(agent, kind, event, i, f"named among the {c.lower[i]}")

    def _introduces(self, j: int) -> bool:
        return self.c.lower[j] in {"like", "including"} or (self.c.lower[j] == "as" and self.c.lower[j - 1] == "such")

    def _names_event(self, i: int) -> bool:
        c = self.c
        return any(k in self.event_at for j in c.children[i] if c.deps[j] == "prep" for k in c.children[j])

    def _present(self, i: int) -> Iterator[Part[E]]:
        """ "A and B were present at the signing"; "also present were A and B"."""
        c = self.c
        being = [j for j in (c.heads[i], *c.children[i]) if c.lemmas[j] == "be"]
        if not being:
            return
        verb = being[0]
        start, end = c.sentences[c.sentence_of[i]]
        named = [k for j in c.children[i] if c.deps[j] == "prep" for k in c.children[j] if k in self.event_at]
        event = self.event_at[named[0]] if named else self._occasion(i)
        if event is None:
            return
        told = subject(c, verb)
        if i < verb:
            agents = self._in_region(verb + 1, end)
        else:
            agents = self._subject_agents(verb) if told else self._in_region(start, verb)
        yield from self._stated(verb, agents, "attended", event, "present")

    def _own_speech(self, i: int) -> Iterator[Part[E]]:
        """ "In her speech she stressed ...": she spoke at the occasion of the article."""
        c = self.c
        if c.deps[i] != "pobj" or c.lower[c.heads[i]] not in {"in", "during"}:
            return
        verb = c.heads[c.heads[i]]
        if c.pos[verb] == "VERB":
            yield from self._at_occasion(verb, self._subject_agents(verb), "spokeAt", i, f"own {c.lower[i]}")

    def _occasion(self, i: int) -> E | None:
        """The occasion last spoken of before token ``i``; further back than three sentences only the sole one."""
        heads = [
            h for h in self.event_at if h < i and self.types[self.event_at[h]] in _OCCASIONS and h not in self.said
        ]
        if not heads:
            return None
        last = max(heads)
        near = self.c.sentence_of[i] - self.c.sentence_of[last] <= 3
        return self.event_at[last] if near or len({self.event_at[h] for h in heads}) == 1 else None


def find_participations(
    reading: Reading, events: tuple[Event, ...], event_references: Mapping[int, Reference], roles: tuple[Role, ...]
) -> tuple[Participation, ...]:
    """The parts that named agents took in the events, in text order.

    ``roles`` of each are those named with the person in the same sentence, else all that the person has in the article.
    """
    if not events:
        return ()
    c = columns(reading.doc)
    types = {event.key: event.type or "" for event in events}
    event_at = {
        i: reference.key
        for i, reference in event_references.items()
        if reference.key in types and (c.heads[i] == i or event_references.get(c.heads[i]) is not reference)
    }
    status = {event.key: event.status for event in events}
    found = []
    for part in Participants(reading, c, event_at, types, reported(c)).parts():
        if status[part.event] is not None:
            continue
        sentence = _sentence(c, part.at)
        held = [role for role in roles if role.person == part.agent]
        here = [role.key for role in held if role.span.overlaps(sentence)] or [role.key for role in held]
        found.append(Participation(part.agent, part.kind, part.event, sentence, tuple(here), part.reason))
    return tuple(found)


def _sentence(c: Columns, i: int) -> TextSpan:
    start, end = c.sentences[c.sentence_of[i]]
    while start < end - 1 and c.pos[start] == "SPACE":
        start += 1
    while end > start + 1 and c.pos[end - 1] == "SPACE":
        end -= 1
    return c.span(start, end)
