"""When and where an event is, of what it is a part, its theme: what the clauses around its mentions say.

A date or place belongs to an event that it stands with in one noun phrase ("the summit in Oslo on Friday"), that is the
subject of its verb ("the forum was held in Beijing"), or that is the object of a verb of doing ("hosted a reception on
Monday"). A whole does not take them from its part.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from kg.extraction.columns import Columns
from kg.extraction.dates.calendar import PRECISIONS
from kg.extraction.dates.direction import moving_verb
from kg.extraction.events.clauses import first_conjunct, polarity, subject, verb_over
from kg.extraction.events.editions import Clause, Editions
from kg.extraction.events.mentions import EventMention
from kg.extraction.events.words import word_class
from kg.facts import DateInterval, EntityKind, TextSpan

if TYPE_CHECKING:
    from kg.extraction.reading import Reading

_INSIDE = frozenset(
    {
        "pobj",
        "npadvmod",
        "nmod",
        "compound",
        "nummod",
        "appos",
        "amod",
        "advmod",
        "prep",
        "poss",
        "dobj",
        "punct",
        "conj",
        "attr",
    }
)
_DATING = frozenset({"on", "in", "at", "during", "of", "over", "throughout", "from", "between", "through"})
_WHOLES = frozenset({"gathering", "festival", "competition", "ceremony", "conflict", "visit", "meeting", "election"})
_LASTING = frozenset({"gathering", "festival", "competition", "meeting", "visit"})
_VICTIMS = frozenset({"accident", "attack", "disaster", "conflict", "protest"})


@dataclass(slots=True)
class Circumstances:
    """What is known of one event; each with the sentence that says it."""

    dates: list[tuple[DateInterval, TextSpan]] = field(default_factory=list)
    ends: list[tuple[DateInterval, TextSpan]] = field(default_factory=list)
    attended_on: list[tuple[DateInterval, TextSpan]] = field(default_factory=list)
    places: list[tuple[str, TextSpan]] = field(default_factory=list)
    part_of: tuple[int, TextSpan] | None = None
    theme: tuple[str, TextSpan] | None = None
    told_as: list[str | None] = field(default_factory=list)

    def date(self) -> tuple[DateInterval, TextSpan] | None:
        """The most precise date, the first among equals; where there is none, the day on which somebody was there."""
        return min(self.dates or self.attended_on, key=lambda d: PRECISIONS.index(d[0].precision), default=None)

    def forget(self, dates: list[DateInterval]) -> None:
        """Leave out dates that are not the event's."""
        spans = {date.span for date in dates}
        self.dates = [told for told in self.dates if told[0].span not in spans]
        self.attended_on = [told for told in self.attended_on if told[0].span not in spans]

    def last_day(self) -> tuple[DateInterval, TextSpan] | None:
        """The first day told on which it ends, if its date is a single day before that."""
        first = self.date()
        if first is None or first[0].start != first[0].end or not self.dates:
            return None
        return next((told for told in self.ends if told[0].start == told[0].end > first[0].end), None)


class Surroundings:
    """Finds the circumstances of the events of one article. ``event_at`` maps a mention's head token to its event."""

    def __init__(
        self,
        reading: Reading,
        c: Columns,
        event_at: Mapping[int, int],
        mentions: Mapping[int, EventMention],
        said: frozenset[int],
    ):
        self.reading, self.c, self.event_at, self.mentions, self.said = reading, c, event_at, mentions, said
        self.inside = {i: head for head, m in mentions.items() for i in range(m.start, m.end)}
        self.found: dict[int, Circumstances] = {event: Circumstances() for event in event_at.values()}
        self.editions = Editions(c, event_at, mentions, said, reading.article.reference_date)
        self.of_other_editions: frozenset[Clause] = frozenset()

    def sentence(self, i: int) -> TextSpan:
        """The characters of the sentence of token ``i``, without white space around it."""
        start, end = self.c.sentences[self.c.sentence_of[i]]
        while start < end - 1 and self.c.pos[start] == "SPACE":
            start += 1
        while end > start + 1 and self.c.pos[end - 1] == "SPACE":
            end -= 1
        return self.c.span(start, end)

    def date_events(self, dates: tuple[DateInterval, ...]) -> None:
        """Give each date to the events that it dates."""
        c = self.c
        for date in dates:
            start = bisect_right(c.begins, date.span.begin) - 1
            end = bisect_left(c.begins, date.span.end)
            held_by = {self.inside[i] for i in range(start, end) if i in self.inside}
            if held_by:  # "2012 Regatta": a year in the name
                for head in sorted(held_by):
                    self.found[self.event_at[head]].dates.append((date, self.sentence(start)))
                continue
            head = self._head(start, end)
            evidence = self.sentence(start)
            self.editions.add_date(head, date)
            moving = moving_verb(c, start - 1)
            if moving is not None:
                if c.lower[start - 1] != "from":
                    for event in self._moved(moving):
                        self.found[event].dates.insert(0, (date, evidence))
                continue
            ending = self._ending_on(head)
            if ending is not None:
                self.found[ending].ends.append((date, evidence))
            if self._begins_or_ends(date, start):
                continue
            governing = self._governing(head, "date") + self._in_conjuncts(head, dates)
            for event in governing:
                self.found[event].dates.append((date, evidence))
                self.editions.days.setdefault((event, verb_over(c, head)), []).append(date)
            if not governing:
                self._attended(head, date, evidence)

    def _moved(self, verb: int) -> Iterator[int]:
        """The events that a verb gives another date: "the fair was postponed", "moved the fair"."""
        c = self.c
        if verb in self.said or polarity(c, verb) in {"denied", "hypothetical"}:
            return
        for j in c.children[verb]:
            head = self.inside.get(j, j)
            if c.deps[j] in {"nsubjpass", "dobj"} and head in self.event_at:
                yield self.event_at[head]

    def _ending_on(self, head: int) -> int | None:
        """The occasion that ends on a date: "the summit ends on Sunday", "opened on Friday and runs until Sunday"."""
        c = self.c
        preposition = c.heads[head]
        verb = verb_over(c, preposition)
        if c.deps[preposition] != "prep" or verb is None or c.heads[preposition] != verb or verb in self.said:
            return None
        until = c.lower[preposition] in {"until", "till", "through"} and c.lemmas[verb] in word_class("lasting")
        closes = c.lower[preposition] == "on" and c.lemmas[verb] in word_class("closing")
        told = subject(c, verb)
        if not (until or closes) or told is None or polarity(c, verb) in {"denied", "hypothetical"}:
            return None
        ended = self._relative(told[0], verb)
        ended = self.inside.get(ended, ended)
        if ended not in self.event_at and c.lower[told[0]] in {"it", "which"}:
            ended = self._named_before(told[0])
        lasts = ended in self.event_at and self.mentions[ended].type in _LASTING
        return self.event_at[ended] if lasts else None

    def _named_before(self, pronoun: int) -> int:
        """The head of the event named last in the sentence of a pronoun or the one before; else the pronoun."""
        number = self.c.sentence_of[pronoun]
        near = (h for h, m in self.mentions.items() if h < pronoun and m.form == "name")
        return max((h for h in near if self.c.sentence_of[h] >= number - 1), default=pronoun)

    def _in_conjuncts(self, head: int, dates: tuple[DateInterval, ...]) -> list[int]:
        """The events of the verbs joined to one with a date in front: "On Friday she met X and opened the fair"."""
        c = self.c
        verb = verb_over(c, head)
        if verb is None or head > verb:
            return []
        joined = [j for j in c.children[verb] if c.deps[j] == "conj" and c.pos[j] == "VERB" and j > verb]
        found: list[int] = []
        for j in joined:
            begin, end = c.span(*c.subtree(j))
            if not any(begin <= date.span.begin < end for date in dates):
                found.extend(self._of_verb(j, "date"))
        return found

    def _begins_or_ends(self, date: DateInterval, start: int) -> bool:
        """Whether the words before a single date make it the day on which something ends or takes effect."""
        before = self.c.lower[start - 1] if start else ""
        return before in word_class("not_dating") and date.start == date.end

    def place_events(self) -> None:
        """Give each named place to the events that are there, and leave out what is told of their other editions."""
        placed = list(self._places())
        for clause, place, _ in placed:
            self.editions.places.setdefault(clause, set()).add(place)
        self.of_other_editions = self.editions.others(self.found)
        for clause in self.of_other_editions:
            self.found[clause[0]].forget(self.editions.days[clause])
        for clause, place, evidence in placed:
            places = self.found[clause[0]].places
            if clause not in self.of_other_editions and place not in [known for known, _ in places]:
                places.append((place, evidence))

    def _places(self) -> Iterator[tuple[Clause, str, TextSpan]]:
        """Each event at a named place with the verb of the clause that tells it, the place and the sentence."""
        c = self.c
        begins = c.begins
        for entity in sorted(self.reading.entities, key=lambda e: e.mentions[0].span.begin):
            if EntityKind.PLACE not in entity.kinds:
                continue
            for mention in entity.mentions:
                start, end = bisect_left(begins, mention.span.begin), bisect_left(begins, mention.span.end)
                if start >= end or (start in self.inside and not self._modifies(start)):
                    continue
                head = self._head(start, end)
                evidence = self.sentence(head)
                for event in self._placed(head):
                    yield (event, verb_over(c, head)), entity.key, evidence

    def _attended(self, head: int, date: DateInterval, evidence: TextSpan) -> None:
        """Note the day on which somebody did something at an occasion."""
        c = self.c
        verb = verb_over(c, head)
        if verb is None or verb in self.said or polarity(c, verb) in {"denied", "hypothetical"}:
            return
        for i in c.children[verb]:
            for j in [i, *c.children[i]]:  # "was a guest at the fair"
                if c.deps[j] == "prep" and c.lower[j] in {"at", "during"}:
                    for k in c.children[j]:
                        if k in self.event_at and self.mentions[k].type in _WHOLES:
                            event = self.event_at[k]
                            self.found[event].attended_on.append((date, evidence))
                            self.editions.days.setdefault((event, verb), []).append(date)
                            return

    def _modifies(self, i: int) -> bool:
        """Whether the token is a modifier inside a described event ("Bergen bridge collapse"), not part of a name."""
        return self.mentions[self.inside[i]].form != "name"

    def _head(self, start: int, end: int) -> int:
        for i in range(start, end):
            if not start <= self.c.heads[i] < end or self.c.heads[i] == i:
                return i
        return end - 1

    def _placed(self, head: int) -> list[int]:
        """The events at the place whose name is headed by ``head``."""
        c = self.c
        anchor = first_conjunct(c, head)
        dep, above = c.deps[anchor], c.heads[anchor]
        if dep in {"compound", "nmod", "poss"} and above in self.event_at and self.mentions[above].form == "noun":
            return [self.event_at[above]] if dep != "poss" or self.mentions[above].type in _VICTIMS else []
        if dep == "dobj" and above in self.event_at and self.mentions[above].noun == "visit":
            return list(self._of_verb(above, "place"))  # "visited Norway"
        if dep == "dobj" and c.lemmas[above] in {"hit", "strike", "batter", "devastate"}:
            told = subject(c, above)
            storm = told is not None and told[0] in self.event_at and self.mentions[told[0]].type == "disaster"
            return list(self._of_verb(above, "place")) if storm else []
        if dep != "pobj":
            return []
        preposition = above
        governor = self.inside.get(c.heads[preposition], c.heads[preposition])
        word = c.lower[preposition]
        if word in {"to", "into"} or (
            word == "of" and governor in self.event_at and self.mentions[governor].noun == "tour"
        ):
            going = governor in self.event_at and self.mentions[governor].noun in word_class("going")
            return [self.event_at[governor]] if going else []
        if word not in word_class("placing"):
            return []
        if governor in self.event_at and c.pos[governor] != "VERB":
            return [self.event_at[governor]]
        if c.lower[governor] in word_class("bench") and c.deps[governor] in {"nsubj", "agent", "pobj"}:
            ruling = self._ruling(governor)
            if ruling is not None:
                return [ruling]
        if c.pos[governor] in {"PROPN", "NOUN"} and governor not in self.event_at:
            if governor in self.reading.references:
                return self._beside_name(governor)
            return self._placed(governor) if c.deps[governor] == "pobj" else []  # "at a hotel in Bern"
        return list(self._of_verb(governor, "place")) if c.pos[governor] in {"VERB", "AUX"} else []

    def _ruling(self, court: int) -> int | None:
        """The event that a court's verb tells: "a court in Oslo convicted him"."""
        verb = verb_over(self.c, court)
        told = self.event_at.get(verb) if verb is not None and verb not in self.said else None
        return told if told is not None and verb is not None and self.mentions[verb].type == "justice" else None

    def _beside_name(self, name: int) -> list[int]:
        """The events at a place that the parser hung on a name: "in the hall in Bern", "met with A in Oslo"."""
        c = self.c
        anchor = first_conjunct(c, name)
        above = c.heads[anchor]
        if c.deps[anchor] == "pobj" and c.lower[above] in {"by", "with"}:
            governor = c.heads[above]
            if governor in self.event_at:
                return [self.event_at[governor]]
            if c.pos[governor] == "VERB":
                return list(self._of_verb(governor, "place"))
        return self._placed(name)

    def _governing(self, i: int, what: str) -> list[int]:
        """The events to which the circumstance headed by ``i`` belongs."""
        c = self.c
        for _ in range(8):
            i = self.inside.get(i, i)
            if i in self.event_at and c.pos[i] not in {"VERB", "AUX"}:
                return [self.event_at[i]]
            if c.pos[i] in {"VERB", "AUX"}:
                return list(self._of_verb(i, what))
            if c.heads[i] == i or c.deps[i] not in _INSIDE:
                return []
            if c.deps[i] == "prep" and what == "date" and c.lower[i] not in _DATING:
                return []
            i = c.heads[i]
        return []

    def _of_verb(self, verb: int, what: str) -> Iterator[int]:
        """The events that the verb tells of so that its date or place is theirs."""
        c = self.c
        lemma = c.lemmas[verb]
        if verb in self.said or polarity(c, verb) in {"denied", "hypothetical"}:
            return
        if what == "date" and lemma in word_class("ending"):
            yield from self._ended(verb)
            return
        if what == "date" and lemma in word_class("taking_place"):
            yield from self._with(verb)
        if lemma in word_class("arriving"):
            yield from self._with(verb, "for")
        if verb in self.event_at:
            yield self.event_at[verb]
            yield from self._befell(verb)
            return
        of_others = self._tells_of_other_editions(verb)
        if what == "date" and of_others:
            return  # "who last won the cup in 1988": not the cup spoken of
        told = subject(c, verb)
        if told:
            head = self._relative(told[0], verb)
            if head in self.event_at:
                if of_others and self.event_at[head] in self.editions.recurring:
                    return
                happening = self.mentions[head].type in _VICTIMS or self.mentions[head].form == "name"
                passive = told[1] == "nsubjpass"
                if lemma in word_class("taking_place") or passive or (happening and what == "date"):
                    yield self.event_at[head]
                return
        elif c.deps[verb] in {"acl", "relcl"} and c.heads[verb] in self.event_at and c.tags[verb] == "VBN":
            if not (of_others and self.event_at[c.heads[verb]] in self.editions.recurring):
                yield self.event_at[c.heads[verb]]  # "a summit held in Oslo"
            return
        for j in c.children[verb]:
            if c.deps[j] == "dobj" and j in self.event_at and lemma in word_class("doing"):
                yield self.event_at[j]
                break
        yield from self._befell(verb)

    def _tells_of_other_editions(self, verb: int) -> bool:
        """Whether a clause tells when and where an occasion was at other times: "first held", "used to be held"."""
        c = self.c
        if c.lemmas[verb] in word_class("founding") or (c.deps[verb] == "xcomp" and c.lower[c.heads[verb]] == "used"):
            return True
        return any(c.lower[j] in word_class("other_editions") and c.deps[j] != "mark" for j in c.children[verb])

    def _ended(self, verb: int) -> Iterator[int]:
        """The events on whose day another ends: "ended on Friday with the signing"; a deal happens when it closes."""
        c = self.c
        told = subject(c, verb)
        head = self._relative(told[0], verb) if told else verb
        if head in self.event_at and self.mentions[head].type in {"business", "agreement"}:
            yield self.event_at[head]
        yield from self._with(verb)

    def _with(self, verb: int, preposition: str = "with") -> Iterator[int]:
        """ "opened on Friday with a concert"; "arrived in Oslo on Friday for a visit"."""
        for j in self.c.children[verb]:
            if self.c.deps[j] == "prep" and self.c.lower[j] == preposition:
                yield from (self.event_at[k] for k in self.c.children[j] if k in self.event_at)

    def _befell(self, verb: int) -> Iterator[int]:
        """The event in which something happened to people: "two died in the crash near X", "lost in the final in Y"."""
        c = self.c
        lemma = c.lemmas[verb]
        if lemma not in word_class("befalling") | word_class("taking_place") | word_class("competing"):
            return
        for child in c.children[verb]:  # "won the cup on Sunday, beating X in the final"
            if c.deps[child] == "advcl" and c.tags[child] == "VBG" and c.lemmas[child] in word_class("competing"):
                yield from self._befell(child)
        for j in self._prepositions(verb):
            for k in c.children[j]:
                if k in self.event_at and self.mentions[k].type in _VICTIMS | {"competition"}:
                    yield self.event_at[k]
                    return

    def _prepositions(self, verb: int) -> Iterator[int]:
        """The "in" and "during" of a verb, also behind "after extra time"."""
        c = self.c
        for j in c.children[verb]:
            if c.deps[j] == "prep" and c.lower[j] in {"in", "during"}:
                yield j
            elif c.deps[j] == "prep" and c.lower[j] in {"after", "on", "by"}:
                yield from (m for k in c.children[j] for m in c.children[k] if c.lower[m] in {"in", "during"})

    def _relative(self, i: int, verb: int) -> int:
        """What a relative pronoun stands for: "the accident, which occurred yesterday"."""
        while self.c.deps[verb] == "xcomp":
            verb = self.c.heads[verb]  # "which is expected to close"
        if self.c.lower[i] in {"which", "that", "who"} and self.c.deps[verb] == "relcl":
            return self.c.heads[verb]
        return i

    def relate_parts(self) -> None:
        """Find which event is part of which."""
        c = self.c
        for head in sorted(self.event_at):
            whole = self.event_at[head]
            mention = self.mentions[head]
            if mention.type not in _WHOLES or mention.form == "verb":
                continue
            dep, above = c.deps[head], c.heads[head]
            parts: list[int] = []
            if dep in {"compound", "poss", "nmod"} and above in self.event_at:
                parts = [self.event_at[above]]
            elif dep == "pobj":
                word, governor = c.lower[above], self.inside.get(c.heads[above], c.heads[above])
                if word == "of" and c.lower[governor] == "part":
                    parts = (
                        self._governing(c.heads[governor], "part")
                        if c.lower[c.heads[governor]] == "as"
                        else self._parts_of_copula(governor)
                    )
                elif word in {"of", "during", "at", "in", "within"} and governor in self.event_at:
                    if word != "of" or mention.form == "name":
                        parts = [self.event_at[governor]]
                elif word in {"during", "at"} and c.pos[governor] in {"VERB", "AUX"}:
                    told = subject(c, governor)
                    if (
                        told
                        and told[0] in self.event_at
                        and governor not in self.said
                        and c.lemmas[governor] in word_class("taking_place")
                    ):
                        parts = [self.event_at[told[0]]]
                    elif governor in self.event_at:
                        parts = [self.event_at[governor]]
            for part in parts:
                if part != whole and self.found[part].part_of is None and not self._contains(part, whole):
                    self.found[part].part_of = whole, self.sentence(head)
                    self._year_of_name(part, head)
        self._relate_to_the_one()

    def _relate_to_the_one(self) -> None:
        """ "Chaired the opening session", "on the sidelines, X met Y": parts of the occasion, if it is the only one."""
        occasions = {e: h for h, e in sorted(self.event_at.items(), reverse=True) if self.mentions[h].form == "name"}
        occasions = {e: h for e, h in occasions.items() if self.mentions[h].type in {"gathering", "festival"}}
        if len(occasions) != 1:
            return
        ((whole, first),) = occasions.items()
        for head in sorted(self.event_at):
            part, mention = self.event_at[head], self.mentions[head]
            session = mention.noun == "session" and bool(mention.modifiers & word_class("sessions"))
            beside = mention.form == "verb" and mention.type == "meeting" and self._on_the_sidelines(head)
            if head < first or part == whole or not (session or beside) or head in self.said:
                continue
            if self.found[part].part_of is None and not self._contains(part, whole):
                self.found[part].part_of = whole, self.sentence(head)

    def _on_the_sidelines(self, verb: int) -> bool:
        c = self.c
        nouns = (k for j in c.children[verb] if c.lower[j] in {"on", "at"} for k in c.children[j])
        return any(c.lower[k] in {"sidelines", "margins", "fringes"} for k in nouns)

    def _year_of_name(self, part: int, head: int) -> None:
        """Give a part the year in the name of its whole: "the crush during the 1998 Hajj"."""
        mention = self.mentions[head]
        begin, end = self.c.span(mention.start, mention.end)
        if not self.found[part].dates:
            named = [d for d in self.found[self.event_at[head]].dates if begin <= d[0].span.begin < end]
            self.found[part].dates.extend((date, self.sentence(head)) for date, _ in named if date.precision == "year")

    def _parts_of_copula(self, noun: int) -> list[int]:
        verb = self.c.heads[noun]
        told = subject(self.c, verb) if self.c.pos[verb] in {"AUX", "VERB"} else None
        return [self.event_at[told[0]]] if told and told[0] in self.event_at else []

    def _contains(self, whole: int, part: int) -> bool:
        for _ in range(10):
            above = self.found[part].part_of
            if above is None:
                return False
            if above[0] == whole:
                return True
            part = above[0]
        return True

    def _is_described(self, verb: int) -> bool:
        """Whether a clause denies what its subject was like, not that it was: "the summit was not a failure"."""
        c = self.c
        return c.lemmas[verb] == "be" and any(c.deps[j] in {"attr", "acomp"} for j in c.children[verb])

    def tell(self) -> None:
        """Note for each event how its clauses tell of it: as fact (None), planned, denied or hypothetical."""
        c = self.c
        for head, event in self.event_at.items():
            mention = self.mentions[head]
            if head in self.said:
                continue
            if {c.lower[j] for j in c.children[head]} & word_class("ahead_of_us"):
                self.found[event].told_as.append("planned")
                continue
            verb = head if mention.form == "verb" else verb_over(c, c.heads[head])
            if verb is None or verb in self.said or (event, verb) in self.of_other_editions:
                continue
            how = polarity(c, verb)
            if how == "denied" and c.deps[head].startswith("nsubj") and self._is_described(verb):
                how = None
            if how is not None and mention.form != "verb" and c.lemmas[verb] in word_class("mentioning"):
                continue  # "failed to mention the raid"
            if how == "denied" and not (
                c.deps[head].startswith("nsubj")
                or mention.form == "verb"
                or c.lemmas[verb] in word_class("calling_off") | word_class("doing")
            ):
                continue
            self.found[event].told_as.append(how)


_QUOTED_THEME = r"[\"“‘'](?P<theme>[^\"”\n]{3,200}?)[,.]?[\"”’']"
_PLAIN_THEME = r"(?P<theme>[^\"“”.\n]{3,200})"
_THEMES = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"\bthemed\s+(?:around\s+)?" + _QUOTED_THEME,
        r"\b(?:under|with|on|has|had|carried|bore|featured|adopted)\s+(?:the|a)\s+(?:theme|motto|slogan)(?:\s+of)?,?:?\s+"
        + _QUOTED_THEME,
        r"\btheme(?:\s+[^.\"“]{0,60})?\s+(?:is|was|will be)\s+" + _QUOTED_THEME,
        r"\bunder\s+the\s+(?:theme|motto)\s+(?:of\s+)?" + _PLAIN_THEME,
        r"\btheme(?:\s+(?:of|for)\s+[^.\"“]{0,60}?)?\s+(?:is|was|revolve[sd]\s+around)\s+" + _PLAIN_THEME,
        r"\bthemed\s+(?:around\s+)?" + _PLAIN_THEME,
    )
)


def theme_in(sentence: str) -> tuple[str, int] | None:
    """The theme that a sentence declares, without quotation marks and final stop, and the offset where it does."""
    if "theme" not in sentence and "motto" not in sentence and "slogan" not in sentence:
        return None
    for pattern in _THEMES:
        found = pattern.search(sentence)
        if found:
            return " ".join(found["theme"].split()).rstrip(" .,;"), found.start()
    return None
