"""Who took part in which event, and how: attended, spoke at, organised, hosted, or took another part.

Nothing is read from what somebody is reported to have said, nor from what is denied, only possible, or still to come.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING

from kg.extraction.columns import Columns, columns
from kg.extraction.events.clauses import reported
from kg.extraction.events.occasions import OccasionParts
from kg.extraction.events.parts import E, Part
from kg.facts import Event, Participation, Role, TextSpan

if TYPE_CHECKING:
    from kg.extraction.reading import Reading, Reference


def all_parts(
    reading: Reading, c: Columns, event_at: Mapping[int, E], types: Mapping[E, str], said: frozenset[int]
) -> list[Part[E]]:
    """The parts in all events, in text order, each once. ``said`` are the tokens that are somebody's words."""
    reader = OccasionParts(reading, c, event_at, types, said)
    found = [part for head in sorted(event_at) for part in reader.beside(head)]
    found += reader.listed()
    once: dict[tuple[str, str, E], Part[E]] = {}
    for part in sorted(found, key=lambda p: p.at):
        once.setdefault((part.agent, part.kind, part.event), part)
    return list(once.values())


def find_participations(
    reading: Reading,
    events: tuple[Event, ...],
    event_references: Mapping[int, Reference],
    roles: tuple[Role, ...],
    continued: Sequence[TextSpan] = (),
) -> tuple[Participation, ...]:
    """The parts that named agents took in the events, in text order; none from ``continued`` statements.

    ``roles`` of each are those named with the person in the same sentence, else all that the person has in the article,
    without those that began only after the event.
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
    told = {event.key: event for event in events}
    began = {role.key: day for role in roles if (day := _beginning(role, events))}
    found = []
    for part in all_parts(reading, c, event_at, types, reported(c, continued)):
        event = told[part.event]
        if event.status is not None:
            continue
        sentence = _sentence(c, part.at)
        held = [role for role in roles if role.person == part.agent and _had_begun(role, began.get(role.key), event)]
        here = [role.key for role in held if role.span.overlaps(sentence)] or [role.key for role in held]
        found.append(Participation(part.agent, part.kind, part.event, sentence, tuple(here), part.reason))
    return tuple(found)


def _beginning(role: Role, events: tuple[Event, ...]) -> date | None:
    """The day from which a role can be somebody's capacity: its start, or the day on which it was given."""
    if role.start:
        return role.start.start
    if role.status == "former" or not (role.reason == "appointment" or role.reason.startswith("verb ")):
        return None
    given = [e.date.start for e in events if e.type == "personnel" and e.date and _tells(e, role)]
    return min(given, default=None)


def _had_begun(role: Role, began: date | None, event: Event) -> bool:
    """Whether a role can be the capacity in an event; in the appointment to it, it is what the appointment is about."""
    return began is None or event.date is None or began <= event.date.end or _tells(event, role)


def _tells(event: Event, role: Role) -> bool:
    return any(mention.span.overlaps(role.span) for mention in event.mentions)


def _sentence(c: Columns, i: int) -> TextSpan:
    start, end = c.sentences[c.sentence_of[i]]
    while start < end - 1 and c.pos[start] == "SPACE":
        start += 1
    while end > start + 1 and c.pos[end - 1] == "SPACE":
        end -= 1
    return c.span(start, end)
