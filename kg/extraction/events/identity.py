"""Which mentions of events in one article are one event.

In this order: names that share their words; a noun that repeats the head word of an event told before, or takes up its
type ("the accident" for a collapse); a verb that amounts to the same noun. What a mention says to tell itself apart
("next year's competition", "the worst flood", another year) keeps it apart.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from kg.extraction.columns import Columns
from kg.extraction.events.mentions import HEADLINE, LEAD, EventMention
from kg.extraction.events.words import event_nouns, word_class

_YEAR = re.compile(r"(?:1[5-9]|20)\d\d$")
_ORDINAL = re.compile(r"\d+(?:st|nd|rd|th)$")
_COUNTED = re.compile(r"\d+(?:st|nd|rd|th)$|(?:1[5-9]|20)\d\d$|the$|annual$")
_AT_HAND = 5  # sentences
# Within these types any two nouns may stand for one event ("crash", "collision").
_ONE_THING = frozenset({"accident", "attack", "disaster", "protest", "visit", "meeting"})


@dataclass(slots=True)
class Thread:
    """An event in the making: its mentions with the reason why each belongs, in text order."""

    mentions: list[EventMention] = field(default_factory=list)
    reasons: list[str] = field(default_factory=list)

    @property
    def named(self) -> bool:
        """Whether the text gives the event a name."""
        return any(m.form == "name" for m in self.mentions)

    @property
    def type(self) -> str:
        """The type of its first mention that is not a mere resumption; an opening with a ceremony is a ceremony."""
        if any(m.noun == "ceremony" for m in self.mentions):
            return "ceremony"
        return next((m.type for m in self.mentions if not m.resumes or m.noun in event_nouns()), self.mentions[0].type)

    @property
    def zone(self) -> int:
        """The foremost part of the article that tells of it."""
        return min(m.zone for m in self.mentions)

    def words(self) -> frozenset[str]:
        """All words of its mentions, in lower case."""
        return frozenset().union(*(m.modifiers | {m.noun} for m in self.mentions))

    def other(self, mention: EventMention) -> bool:
        """Whether the mention tells of somebody else than the mentions so far: another's death, another's arrest."""
        who = frozenset().union(*(m.who for m in self.mentions))
        return bool(who and mention.who and who.isdisjoint(mention.who))

    def add(self, mention: EventMention, reason: str) -> None:
        """One more mention."""
        self.mentions.append(mention)
        self.reasons.append(reason)


def threads(c: Columns, mentions: list[EventMention], article_year: int | None) -> list[Thread]:
    """The events that the mentions tell of, in the order of their first mention."""
    found: list[Thread] = []
    for mention in mentions:
        if mention.form == "name":
            _add_name(c, found, mention, article_year)
    later = []
    for mention in mentions:
        if mention.form == "noun" and mention.zone == HEADLINE and not _headline_name(c, found, mention):
            later.append(mention)
    for mention in mentions:
        if mention.form == "noun" and (mention.zone != HEADLINE or mention in later):
            _add_noun(c, found, mention)
        elif mention.form == "verb":
            _add_verb(found, mention)
    for thread in found:
        order = sorted(range(len(thread.mentions)), key=lambda n: thread.mentions[n].start)
        thread.mentions, thread.reasons = [thread.mentions[n] for n in order], [thread.reasons[n] for n in order]
    return sorted(found, key=lambda thread: thread.mentions[0].start)


def _core(words: list[str]) -> frozenset[str]:
    return frozenset(word for word in words if not _COUNTED.match(word))


def _add_name(c: Columns, found: list[Thread], mention: EventMention, article_year: int | None) -> None:
    words = c.lower[mention.start : mention.end]
    core, years = _core(words), {int(w) for w in words if _YEAR.match(w)}
    for thread in found:
        for other in thread.mentions:
            theirs = c.lower[other.start : other.end]
            their_core, their_years = _core(theirs), {int(w) for w in theirs if _YEAR.match(w)}
            same_head = mention.noun.rstrip("s") == other.noun.rstrip("s") or mention.type == other.type == "disaster"
            if not same_head or not (core <= their_core or their_core <= core):
                continue
            if years != their_years and ((years and their_years) or not (years | their_years) <= {article_year}):
                continue
            thread.add(mention, "same name" if core == their_core else f"short form of {' '.join(theirs)!r}")
            return
    found.append(Thread([mention], ["name"]))


def _headline_name(c: Columns, found: list[Thread], mention: EventMention) -> bool:
    """Whether a headline's "robotics competition" is the named competition of the lead; then it is added there."""
    placed = mention.start < mention.head and all(c.pos[i] == "PROPN" for i in range(mention.start, mention.head))
    placed = placed and sum(mention.noun in thread.words() for thread in found) == 1  # "at Dresden summit"
    for thread in found:
        alike = mention.modifiers & thread.words() or ((mention.definite or placed) and mention.noun in thread.words())
        if _same_number(thread, mention):
            thread.add(mention, "the same number")
            return True
        fits = thread.type in mention.resumes or (thread.type == mention.type and alike)
        if thread.named and thread.zone <= LEAD and fits:
            thread.add(mention, "headline for the event of the lead")
            return True
    return False


def _same_number(thread: Thread, mention: EventMention) -> bool:
    """Whether both are, say, the 24th meeting."""
    numbers = {word for word in mention.modifiers if _ORDINAL.match(word)}
    return bool(numbers) and numbers <= thread.words() and mention.noun in {m.noun for m in thread.mentions}


def _add_noun(c: Columns, found: list[Thread], mention: EventMention) -> None:
    for thread in found:  # "the Carnival, the yearly parade through Basel"
        if c.deps[mention.head] == "appos" and any(m.start <= c.heads[mention.head] < m.end for m in thread.mentions):
            thread.add(mention, "in apposition")
            return
        if any(m.form == "verb" and m.type == "meeting" and _met_for(c, m.head, mention.head) for m in thread.mentions):
            thread.add(mention, "what they met for")
            return
    known, reason = _taken_up(c, found, mention)
    if known:
        known.add(mention, reason)
    elif mention.noun in event_nouns():
        found.append(Thread([mention], ["described"]))


def _met_for(c: Columns, verb: int, noun: int) -> bool:
    """ "met for talks"."""
    above = c.heads[noun]
    return c.deps[noun] == "pobj" and c.lower[above] == "for" and c.heads[above] == verb


def _taken_up(c: Columns, found: list[Thread], mention: EventMention) -> tuple[Thread | None, str]:
    for thread in found:
        if _same_number(thread, mention):
            return thread, "the same number"
    if mention.new:
        return None, ""
    before = [t for t in found if any(m.start < mention.start for m in t.mentions) and not t.other(mention)]
    years = _years(c, mention)
    before = [t for t in before if not years or not (told := _years(c, *t.mentions)) or years & told]
    before.sort(key=lambda t: (t.zone, -max(m.start for m in t.mentions if m.start < mention.start)))
    for thread in before:
        last_words = {m.noun.rsplit(" ", 1)[-1] for m in thread.mentions}
        if mention.noun in last_words and _fits(thread, mention):
            return thread, f"repeats {mention.noun!r}"
    for thread in before:
        if mention.definite and _one_verdict(thread, mention):
            return thread, f"{mention.noun!r} is the verdict told of"
    for thread in before:
        if mention.definite and any(m.form == "verb" and m.noun in mention.modifiers for m in thread.mentions):
            return thread, f"{mention.noun!r} of the {thread.mentions[0].noun}"
    for thread in before:
        if mention.definite and not mention.modifiers and thread.named and mention.noun in thread.words():
            return thread, f"{mention.noun!r} is a word of its name"
    if not mention.definite:
        return None, ""
    fitting = [t for t in before if t.type in mention.resumes and _fits(t, mention) and _is_at_hand(c, t, mention)]
    if fitting:
        foremost = min(fitting, key=lambda t: (not t.named, t.zone, -len(t.mentions)))
        return foremost, f"{mention.noun!r} takes up the {foremost.type}"
    alike = [t for t in before if t.type == mention.type and (t.type in _ONE_THING or t.named)]
    if len(alike) == 1 and _fits(alike[0], mention) and (alike[0].type in _ONE_THING or mention.type == "gathering"):
        return alike[0], f"the only {alike[0].type} told of before"
    return None, ""


def _years(c: Columns, *mentions: EventMention) -> set[str]:
    """The years that stand with mentions or their verbs: "won the race in 2010"."""
    heads = {m.head for m in mentions} | {c.heads[m.head] for m in mentions if c.deps[m.head] == "dobj"}
    times = (j for head in heads for j in c.children[head] if c.deps[j] == "prep" and c.lower[j] in {"in", "of"})
    return {c.lower[k] for j in times for k in c.children[j] if _YEAR.match(c.lower[k])}


def _is_at_hand(c: Columns, thread: Thread, mention: EventMention) -> bool:
    """Whether the bare word "event" can still mean an event: one with a name, or one of the sentences before."""
    if mention.noun != "event" or thread.named:
        return True
    last = max(m.head for m in thread.mentions if m.start < mention.start)
    return c.sentence_of[mention.head] - c.sentence_of[last] <= _AT_HAND


def _fits(thread: Thread, mention: EventMention) -> bool:
    """Whether the mention's own words agree with what is known of the event."""
    if not mention.modifiers:
        return mention.definite or (thread.zone == HEADLINE and mention.zone == LEAD)
    words = thread.words()
    if mention.zone == LEAD and all(m.zone == HEADLINE and m.form == "verb" for m in thread.mentions):
        return True  # "visits Riga" in the headline, "paid a working visit" in the lead
    if mention.modifiers <= words:
        return True
    return bool(mention.modifiers & words) and thread.named


def _one_verdict(thread: Thread, mention: EventMention) -> bool:
    """Whether both tell of what a court decided, which is one verdict, whoever is convicted, sentenced or acquitted."""
    rulings = word_class("verdict")
    return mention.noun in rulings and not mention.new and any(m.noun in rulings and not m.new for m in thread.mentions)


def _add_verb(found: list[Thread], mention: EventMention) -> None:
    for thread in found:
        if _one_verdict(thread, mention):
            thread.add(mention, f"the {mention.noun} is part of the verdict")
            return
    elections = [t for t in found if t.type == "election" and not any(m.new for m in t.mentions)]
    if mention.type == "election" and len(elections) == 1 and not elections[0].other(mention):
        elections[0].add(mention, "the only election told of")
        return
    for thread in found:
        if thread.other(mention):
            continue
        if mention.noun in {m.noun for m in thread.mentions} and not (
            thread.named or any(m.new for m in thread.mentions)
        ):
            thread.add(mention, f"the verb tells the {mention.noun}")
            return
    alike = [t for t in found if t.type == mention.type == "protest" and not any(m.new for m in t.mentions)]
    if len(alike) == 1 and mention.zone <= LEAD:
        alike[0].add(mention, "the only protest told of")
    elif mention.zone <= LEAD or mention.strong:
        found.append(Thread([mention], ["told by the verb"]))
