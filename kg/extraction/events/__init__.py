"""Events: their names, what the text says of them, and who took part.

An article's events are its named ones, and those told by a noun or verb that the article is about or in which named
people and bodies take part, at most eight. One event is one record, however many sentences and words tell of it.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from kg.extraction.columns import Columns, columns
from kg.extraction.dates import find_dates
from kg.extraction.events.circumstances import Circumstances, Surroundings, theme_in
from kg.extraction.events.clauses import attributed, reported
from kg.extraction.events.identity import Thread, threads
from kg.extraction.events.mentions import HEADLINE, LEAD, EventMention, find_mentions
from kg.extraction.events.participation import all_parts
from kg.extraction.events.parts import Part
from kg.extraction.events.senses import is_particular
from kg.extraction.events.words import event_nouns, word_class
from kg.extraction.reading import Reference
from kg.facts import Event, Mention, TextSpan

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg.extraction.reading import Reading

__all__ = ["find_events"]

NOUN_WORTH = 3
_NEEDS_PEOPLE = frozenset({"life", "personnel", "speech"})
_NEEDS_OCCASION = frozenset({"competition", "gathering", "festival"})
_NEAR = 4  # tokens between a description and the words that place it
MOST = 8
"""The most events that an article is taken to tell of besides those with a name."""


def find_events(reading: Reading, continued: Sequence[TextSpan] = ()) -> tuple[tuple[Event, ...], dict[int, Reference]]:
    """The events of an article in text order, and which tokens refer to them (all tokens of each mention).

    Mentions of other editions ("last year she attended the fair") refer to none.

    ``continued`` are the contents of statements that carry on without a cue: what they tell is not asserted.
    """
    c = columns(reading.doc)
    mentions = find_mentions(reading)
    if not mentions:
        return (), {}
    reference_date = reading.article.reference_date
    told = threads(c, mentions, reference_date.year if reference_date else None)
    event_at = {m.head: n for n, thread in enumerate(told) for m in thread.mentions}
    said = reported(c, continued)
    lead = {m.head: c.sentence_of[m.head] for t in told for m in t.mentions if m.zone <= LEAD}
    leading = frozenset(i for n in set(lead.values()) for i in range(*c.sentences[n]))
    asserted = said - (attributed(c) & leading)
    around = Surroundings(reading, c, event_at, {m.head: m for t in told for m in t.mentions}, asserted)
    around.date_events(find_dates(reading.doc, reference_date))
    around.place_events()
    around.relate_parts()
    around.tell()
    _themes(reading, c, told, around)
    types = {n: thread.type for n, thread in enumerate(told)}
    of_others = frozenset(around.editions.other_mentions(around.found))
    this_edition = {head: event for head, event in event_at.items() if head not in of_others}
    parts = all_parts(reading, c, this_edition, types, said)
    kept = _chosen(c, told, around.found, parts)
    names = _names(reading, c, told, around.found, kept)
    keys = _keys(names)
    events = tuple(_event(reading, c, told[n], around.found[n], names[n], keys, n) for n in kept)
    references: dict[int, Reference] = {}
    for n in kept:
        for mention, reason in zip(told[n].mentions, told[n].reasons, strict=True):
            if mention.head in of_others:
                continue
            reference = Reference(keys[n], reason, 1.0 if mention.form == "name" else 0.8)
            references.update(dict.fromkeys(range(mention.start, mention.end), reference))
    return events, references


def _themes(reading: Reading, c: Columns, told: list[Thread], around: Surroundings) -> None:
    """Give each declared theme to the event of its sentence, or else to the occasion spoken of before."""
    text = c.all_text
    occasions = {"gathering", "festival", "competition", "ceremony"}
    for number, (start, end) in enumerate(c.sentences):
        if not any(word in {"theme", "themed", "motto", "slogan"} for word in c.lower[start:end]):
            continue
        span = around.sentence(start)
        found = theme_in(text[span.begin : span.end])
        if not found:
            continue
        heads = [h for h in around.event_at if told[around.event_at[h]].type in occasions]
        here = [h for h in heads if c.sentence_of[h] == number and h not in around.said]
        before = [h for h in heads if c.sentence_of[h] < number]
        head = min(here) if here else max(before, default=None)
        if head is not None and around.found[around.event_at[head]].theme is None:
            around.found[around.event_at[head]].theme = found[0], span


def _worth(thread: Thread, known: Circumstances, parts: list[Part[int]]) -> int:
    """How much speaks for an unnamed event being one that the article reports."""
    asserted = [m for m in thread.mentions if m.told]
    if thread.type in _NEEDS_PEOPLE and not parts:
        return 0
    weak = not any(m.strong for m in thread.mentions)
    if thread.type in _NEEDS_OCCASION and weak and not (known.dates or known.places or known.part_of or parts):
        return 0
    worth = {HEADLINE: 3, LEAD: 2}.get(min(m.zone for m in thread.mentions), 0) - (not asserted)
    worth += min(2, len(thread.mentions) - 1)
    worth += bool(known.dates or known.attended_on) + bool(known.places) + (known.part_of is not None)
    worth += any(m.new for m in thread.mentions) and bool(known.dates or known.places)
    worth += 2 * (bool(known.dates) and bool(known.places))
    worth += known.part_of is not None and any(part.kind == "hosted" for part in parts)
    worth += min(4, len({part.agent for part in parts}) + bool(parts))
    worth += -1 if weak else 1
    ahead = bool(known.dates) and known.told_as == ["planned"]
    worth += bool(known.told_as and None in known.told_as) or ahead
    return worth


def _verb_counts(thread: Thread, known: Circumstances, worth: int, parts: list[Part[int]]) -> bool:
    """Whether an event told by verbs alone is one that the article reports: in the lead, or between two named sides."""
    sides = len({part.agent for part in parts})
    if not any(m.strong for m in thread.mentions):
        return False
    if thread.zone <= LEAD:
        return worth >= 5 and (sides > 0 or bool(known.dates and known.places))
    dated = bool(known.dates)
    if thread.type == "meeting" and sides >= 2 and (known.places or known.part_of):
        return True
    if thread.type == "visit":
        return dated and sides > 0
    if thread.type in {"personnel", "justice"} and any(m.who for m in thread.mentions):
        return sides > 0 and (dated or bool(known.places))
    return (
        sides >= 2 and thread.type not in {"launch", "justice"} and (dated or thread.type in {"agreement", "election"})
    )


def _is_known(c: Columns, thread: Thread, known: Circumstances, parts: list[Part[int]]) -> bool:
    """Whether an event without a name has a day, a place or a part, or is at least told of as one happening."""
    if known.dates or known.attended_on or known.places or known.part_of or parts:
        return True
    telling = [m for m in thread.mentions if m.told and (not m.resumes or m.noun in event_nouns())]
    return any(is_particular(c, m.head, m.zone == HEADLINE) for m in telling)


def _chosen(c: Columns, told: list[Thread], found: dict[int, Circumstances], parts: list[Part[int]]) -> list[int]:
    """The numbers of the events to keep, in text order."""
    worths = {}
    for n, thread in enumerate(told):
        if thread.named:
            continue
        mine = [part for part in parts if part.event == n]
        worth = _worth(thread, found[n], mine)
        if _is_known(c, thread, found[n], mine) and (
            worth >= NOUN_WORTH
            if any(m.form == "noun" for m in thread.mentions)
            else _verb_counts(thread, found[n], worth, mine)
        ):
            worths[n] = worth
    best = sorted(worths, key=lambda n: (-worths[n], n))[:MOST]
    return sorted([n for n, thread in enumerate(told) if thread.named] + best)


def _name(reading: Reading, c: Columns, thread: Thread) -> tuple[int, int]:
    """The tokens of the event's name: its fullest proper name, or else its most telling description."""
    if thread.named:
        names = [m for m in thread.mentions if m.form == "name"]
        best = max(names, key=lambda m: (m.end - m.start, -m.start))
        return best.start, best.end
    nouns = [m for m in thread.mentions if m.form == "noun"]
    if not nouns:
        mention = thread.mentions[0]
        return mention.start, mention.end
    best = max(nouns, key=lambda m: (m.zone <= LEAD, bool(m.modifiers), not m.resumes, -m.start))
    return best.start, _complement(c, best)


def _complement(c: Columns, mention: EventMention) -> int:
    """The end of a description with its short "of ...", "with ...", "for ..." complement."""
    for j in c.children[mention.head]:
        if (
            j >= mention.end
            and j - mention.head <= 1
            and c.deps[j] == "prep"
            and c.lower[j] in {"of", "for", "with", "between", "to"}
        ):
            end = c.subtree(j)[1]
            words = c.words[j:end]
            if any(c.pos[k] == "SPACE" for k in range(j, end)):
                continue
            if end - j <= 6 and "," not in words and all(c.deps[k] != "relcl" for k in range(j, end)):
                return end
    return mention.end


def _names(
    reading: Reading, c: Columns, told: list[Thread], found: dict[int, Circumstances], kept: list[int]
) -> dict[int, str]:
    """The events' names; of two that are described alike, at different places, with the place: "rally in Oslo"."""
    spans = {n: _name(reading, c, told[n]) for n in kept}
    names = {n: c.text(reading.article, *span) for n, span in spans.items()}
    where = {n: found[n].places[0][0] for n in kept if found[n].places and not told[n].named}
    fuller = dict(names)
    for n, place in where.items():
        if any(names[m].casefold() == names[n].casefold() and where[m] != place for m in where):
            start, end = spans[n]
            fuller[n] = c.text(reading.article, start, _place_end(c, end))
    return fuller


def _place_end(c: Columns, end: int) -> int:
    """The end of a description with its place: "rally Friday in Oslo"."""
    for j in range(end, min(end + _NEAR, len(c.words))):
        if c.pos[j] in {"VERB", "AUX", "PUNCT"}:
            break
        if c.lower[j] in word_class("placing"):
            place = next((k for k in c.children[j] if c.deps[k] == "pobj"), None)
            return place + 1 if place is not None and place - end <= 2 * _NEAR else end
    return end


def _keys(names: dict[int, str]) -> dict[int, str]:
    keys: dict[int, str] = {}
    for n, text in names.items():
        name = text.casefold()
        same = sum(key == f"event:{name}" or key.startswith(f"event:{name} (") for key in keys.values())
        keys[n] = f"event:{name}" + (f" ({same + 1})" if same else "")
    return keys


def _event(
    reading: Reading, c: Columns, thread: Thread, known: Circumstances, name: str, keys: dict[int, str], n: int
) -> Event:
    evidence: list[tuple[str, TextSpan]] = []
    date = known.date()
    if date:
        evidence.append(("date", date[1]))
    last = known.last_day()
    if date and last:
        evidence.append(("end", last[1]))
        first = date[0]
        date = replace(first, end=last[0].end, text=f"{first.text} – {last[0].text}"), date[1]
    places = known.places
    if places:
        evidence.append(("place", places[0][1]))
    part_of = keys.get(known.part_of[0]) if known.part_of else None
    if part_of and known.part_of:
        evidence.append(("part_of", known.part_of[1]))
    if known.theme:
        evidence.append(("theme", known.theme[1]))
    aliases = [c.text(reading.article, m.start, m.end) for m in thread.mentions if m.form == "name"]
    mentions = tuple(
        Mention(c.span(m.start, m.end), reason)
        for m, reason in zip(thread.mentions, thread.reasons, strict=True)
        if m.form == "name" or not thread.named  # "the event" is no name of the forum
    )
    return Event(
        key=keys[n],
        name=name,
        named=thread.named,
        mentions=mentions,
        aliases=tuple(dict.fromkeys(alias for alias in aliases if alias != name)),
        type=thread.type,
        date=date[0] if date else None,
        place=places[0][0] if places else None,
        part_of=part_of,
        theme=known.theme[0] if known.theme else None,
        status=_status(reading, known, date[0].start if date else None),
        evidence=tuple(evidence),
        confidence=0.9 if thread.named else 0.75,
        other_places=tuple(places[1:]),
    )


def _is_over(reading: Reading, known: Circumstances) -> bool:
    """Whether an event's day was before the article."""
    reference, date = reading.article.reference_date, known.date()
    return reference is not None and date is not None and date[0].end < reference


def _status(reading: Reading, known: Circumstances, start: object) -> str | None:
    reference = reading.article.reference_date
    ahead = bool(reference and start is not None and start > reference)  # type: ignore[operator]
    if known.told_as and None not in known.told_as:
        return None if known.told_as[0] == "planned" and _is_over(reading, known) else known.told_as[0]
    called_off = any(told not in {None, "planned"} for told in known.told_as)
    return "planned" if ahead and not called_off else None  # also "she speaks there tomorrow"
