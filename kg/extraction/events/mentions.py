"""Where a text tells of events: their names, nouns such as "the collapse", and verbs such as "was arrested"."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from kg.extraction.columns import Columns, columns
from kg.extraction.events.clauses import attributed, coordinated, leads, polarity, reported, subject
from kg.extraction.events.named import EventName, event_names
from kg.extraction.events.senses import noun_tells, verb_tells
from kg.extraction.events.words import event_nouns, event_verbs, resuming_nouns, word_class
from kg.facts import BlockKind, EntityKind

if TYPE_CHECKING:
    from kg.extraction.reading import Reading

HEADLINE, LEAD, BODY = 0, 1, 2
_BEFORE_NOUN = frozenset(
    {"det", "amod", "compound", "nmod", "nummod", "poss", "punct", "predet", "quantmod", "advmod", "npadvmod"}
)
_ORDINAL = re.compile(r"\d+(?:st|nd|rd|th)$|(?:1[5-9]|20)\d\d$")
_DONE_TO = frozenset({"life", "personnel", "justice", "attack"})
_OF_SIDES = frozenset({"meeting", "visit"})
_SINGLE = frozenset({"personnel", "justice"})  # more than one arrest or appointment is no event
_OPENING = frozenset({"the", "'s", "’s"})
_NOMINAL = frozenset({"nsubj", "nsubjpass", "dobj", "pobj"})
_SECOND_WORDS = frozenset({"call", "service", "event", "strike"})  # of "courtesy call", "memorial service"
_TELLING = frozenset({"ROOT", "conj", "relcl", "advcl", "ccomp"})
_CONTENT = frozenset({"ADJ", "NOUN", "PROPN", "NUM", "VERB"})
_SUPERLATIVE = frozenset({"JJS", "RBS"})


@dataclass(frozen=True, slots=True)
class EventMention:
    """One place that tells of an event: its tokens ``[start, end)``, and the head on which its clause hangs.

    ``noun`` is the lemma of the noun (for a verb, of the noun that it amounts to); ``zone`` says whether it stands in
    the headline, the lead or the body; ``new`` that its words tell it from what was spoken of ("the next summit");
    ``who`` the entities to whom it happens ("his wife died", "the arrest of X").
    """

    head: int
    start: int
    end: int
    form: str  # name, noun, verb
    type: str
    noun: str
    zone: int
    strong: bool = False
    definite: bool = False
    resumes: frozenset[str] = frozenset()
    modifiers: frozenset[str] = frozenset()
    new: bool = False
    told: bool = True
    who: frozenset[str] = frozenset()


def find_mentions(reading: Reading) -> list[EventMention]:
    """All mentions of events in text order."""
    c = columns(reading.doc)
    zones = _zones(reading, c)
    said = reported(c)
    added = attributed(c)
    names = event_names(reading.doc)
    found = [_of_name(c, name, zones, said) for name in names]
    named = {i for name in names for i in range(name.start, name.end)}
    known = {c.lower[name.head] for name in names}
    nouns, verbs, resuming = event_nouns(), event_verbs(), resuming_nouns()
    for i, lemma in enumerate(c.lemmas):
        part = c.pos[i]
        if part in {"NOUN", "PROPN"} or (
            c.deps[i] in _NOMINAL and part in {"ADJ", "VERB"} and c.lower[i - 1] in _OPENING
        ):
            if i in named or i in reading.references or c.ents[i] == "DATE":
                continue
            mention = None
            forms: tuple[str, ...] = (c.lower[i], lemma.lower())
            if lemma in _SECOND_WORDS:
                forms = (f"{c.lower[i - 1]} {lemma}", *forms)
            for form in forms:
                if form in nouns or form in resuming:
                    mention = _of_noun(c, i, form, zones[c.sentence_of[i]], said, form in known)
                    break
            if mention:
                found.append(mention)
        elif part == "VERB" and lemma in verbs and verb_tells(reading, c, i):
            zone = zones[c.sentence_of[i]]
            if i in said and not (i in added and zone <= LEAD):
                continue
            if (polarity(c, i) in {None, "planned"} and c.deps[i] in _TELLING) or leads(c, i) is not None:
                kind, noun = verbs[lemma]
                end = _object_end(c, i)
                main = c.deps[i] in {"ROOT", "conj"} or c.deps[i] not in _TELLING or i in added
                found.append(EventMention(i, i, end, "verb", kind, noun, zone, strong=main))
    found = [replace(m, who=_affected(reading, c, m)) if m.type in _DONE_TO else m for m in found]
    found = [replace(m, who=_sides(reading, c, m)) if m.type in _OF_SIDES else m for m in found]
    found = [m for m in found if not _is_quarrel(reading, c, m)]
    return sorted(_without_light_verbs(c, found), key=lambda mention: mention.start)


def _is_quarrel(reading: Reading, c: Columns, mention: EventMention) -> bool:
    """Whether a battle or clash is one of two people, so that no army fights it."""
    if mention.type != "conflict" or mention.form == "name":
        return False
    sides = (j for j in c.children[mention.head] if c.deps[j] == "prep" and c.lower[j] == "between")
    named = (reading.references.get(k) for j in sides for k in c.children[j])
    entities = (reading.entity(reference.key) for reference in named if reference)
    return any(entity is not None and EntityKind.PERSON in entity.kinds for entity in entities)


def _affected(reading: Reading, c: Columns, mention: EventMention) -> frozenset[str]:
    """The entities to whom a death, an arrest, an appointment happens."""
    at: list[int] = []
    for j in c.children[mention.head]:
        if c.deps[j] in {"poss", "nsubjpass", "dobj"} or (
            c.deps[j] == "nsubj" and mention.noun not in {"arrest", "trial"} and mention.type != "attack"
        ):
            at.append(j)
        elif c.deps[j] == "prep" and c.lower[j] == "of":
            at.extend(c.children[j])
    for j in at:  # "his wife, the translator Ana Ruiz, died"
        at.extend(k for k in c.children[j] if c.deps[k] == "appos")
    return frozenset(reading.references[j].key for j in at if j in reading.references)


def _sides(reading: Reading, c: Columns, mention: EventMention) -> frozenset[str]:
    """The people who visit or meet, as a verb or owner tells: "X met Y", "X visited Oslo", "arrived for a visit"."""
    above = c.heads[mention.head]
    going = mention.head
    if mention.form != "verb":
        arrives = c.lower[above] == "for" and c.lemmas[c.heads[above]] in word_class("arriving")
        going = c.heads[above] if arrives else mention.head
    told = subject(c, going) if going != mention.head or mention.form == "verb" else None
    at = coordinated(c, told[0]) if told else []
    for j in c.children[mention.head]:
        if c.deps[j] == "poss" or (c.deps[j] == "dobj" and mention.type == "meeting" and mention.form == "verb"):
            at.extend(coordinated(c, j))
        elif mention.form == "verb" and c.deps[j] == "prep" and c.lower[j] == "with":
            at.extend(k for first in c.children[j] for k in coordinated(c, first))
    return frozenset(reading.references[j].key for j in at if j in reading.references)


def _object_end(c: Columns, verb: int) -> int:
    """The end of a verb with its short object: "signed a work plan"."""
    for j in c.children[verb]:
        if (
            c.deps[j] == "dobj"
            and verb < j <= verb + 5
            and not any(c.pos[k] in {"PUNCT", "VERB"} for k in range(verb, j)[1:])
        ):
            return j + 1
    return verb + 1


def _without_light_verbs(c: Columns, mentions: list[EventMention]) -> list[EventMention]:
    """The mentions without verbs that only carry an event's noun: "the attack was launched", "signed the agreement"."""
    heads = {m.head for m in mentions if m.form != "verb"}
    kept: list[EventMention] = []
    for m in mentions:
        carried = {"dobj", "nsubjpass"}
        if m.form == "verb" and c.lemmas[m.head] in word_class("taking_place"):
            carried = carried | {"nsubj"}  # "the next festival opens in July"
        at_ceremony = m.type == "award" and any(
            c.lower[j] == "at" and k in heads for j in c.children[m.head] for k in c.children[j]
        )
        if m.form != "verb" or not (
            at_ceremony or any(c.deps[j] in carried and j in heads for j in c.children[m.head])
        ):
            kept.append(m)
    return kept


def _zones(reading: Reading, c: Columns) -> list[int]:
    """For each sentence whether it is of the headline, the lead (the first two full sentences) or the body."""
    headlines = [block.span for block in reading.article.blocks if block.kind is BlockKind.HEADLINE]
    paragraphs = [block.span for block in reading.article.blocks if block.kind is BlockKind.PARAGRAPH]
    zones: list[int] = []
    full = 0
    first_paragraph = -1
    for start, end in c.sentences:
        last = end - 1
        while last > start and (c.pos[last] == "SPACE" or c.lower[last] in {'"', "”", ")", "’"}):
            last -= 1
        begin = c.begins[start]
        if any(span.begin <= begin < span.end for span in headlines):
            zones.append(HEADLINE)
        elif c.words[last] not in {".", "!", "?"} or last - start < 5:
            zones.append(HEADLINE if not full and not headlines else BODY)
        else:
            full += 1
            if full == 1:
                first_paragraph = next((span.end for span in paragraphs if span.begin <= begin < span.end), -1)
            zones.append(LEAD if full <= 2 or (begin < first_paragraph and full <= 4) else BODY)
    return zones


def _of_name(c: Columns, name: EventName, zones: list[int], said: frozenset[int]) -> EventMention:
    words = frozenset(c.lower[name.start : name.end])
    head = name.head
    while name.start <= c.heads[head] < name.end and c.heads[head] != head:
        head = c.heads[head]
    zone = zones[c.sentence_of[head]]
    return EventMention(
        head,
        name.start,
        name.end,
        "name",
        name.type,
        c.lower[name.head],
        zone,
        True,
        True,
        modifiers=words,
        told=head not in said,
    )


def _of_noun(
    c: Columns, i: int, noun: str, zone: int, said: frozenset[int], named: bool = False
) -> EventMention | None:
    """The noun phrase headed by ``i``, unless it speaks of no event in particular.

    ``named`` says that the noun is the event word of a name in the article: "the Dialogue" means that one.
    """
    if (c.deps[i] == "compound" and c.heads[i] == i + 1) or c.words[i + 1 : i + 2] == ["-"]:
        return None
    known = event_nouns().get(noun)
    if c.words[i][0].isupper() and zone != HEADLINE and not c.words[i].isupper():
        starts = i == c.sentences[c.sentence_of[i]][0]
        following = c.words[i + 1] if i + 1 < len(c.words) else ""
        if named and i and c.lower[i - 1] == "the" and not following[:1].isupper():
            pass
        elif not starts and (known is None or known.type != "research"):
            return None  # a name that is none of an event: "Vanity Fair"
    if i > 1 and c.words[i - 1] == "-" and c.lower[i - 2] in {"near", "pre", "post", "anti", "non", "mid", "re"}:
        return None
    if not noun_tells(c, i):
        return None
    before = [j for j in c.children[i] if j < i and c.deps[j] in _BEFORE_NOUN]
    if c.lower[i] in word_class("inner") and any(
        c.lower[j] == "of" and c.heads[j] == i for j in (i + 1,) if j < len(c.words)
    ):
        return None  # "the opening of the forum"
    determiners = {c.lower[j] for j in before if c.deps[j] in {"det", "predet"} or j == before[0]}
    if determiners & word_class("indefinite"):
        return None
    resumes = resuming_nouns().get(noun, frozenset())
    owned = any(c.deps[j] == "poss" for j in before)
    of_whom = any(c.lower[j] == "of" and c.deps[j] == "prep" for j in c.children[i])
    if known and known.type == "life" and zone != HEADLINE and not (before or of_whom):
        return None  # "organ failure or death"
    if known and known.type == "campaign" and (owned or any(c.pos[j] == "PROPN" for j in before)):
        return None  # "Smith's campaign" is a staff, not an event
    start = _phrase_start(c, i, before)
    numbered = start > 0 and bool(_ORDINAL.match(c.words[start - 1]))
    start -= numbered  # "24th" of "24th design cooperation meeting", which the parser hangs on the wrong noun
    modifiers = frozenset(c.lower[j] for j in before if j >= start and c.deps[j] != "poss" and c.pos[j] in _CONTENT)
    if numbered:
        modifiers |= {c.lower[start]}
    plural = c.tags[i] in {"NNS", "NNPS"} and noun != c.lower[i]
    definite = bool(determiners & {"the", "this", "that"})
    if plural and not (known and known.strong and known.type not in _SINGLE and (definite or modifiers)):
        return None
    particular = bool(determiners) or owned or start < i or zone < BODY
    return EventMention(
        i,
        start,
        i + 1,
        "noun",
        _kind(c, i, known.type, noun, modifiers) if known else min(resumes),
        noun,
        zone,
        strong=bool(known and known.strong and not plural and particular and not (owned and known.type == "attack")),
        definite=definite or owned,
        resumes=resumes,
        modifiers=modifiers,
        new=numbered or _is_new(c, before),
        told=i not in said,
    )


def _kind(c: Columns, i: int, kind: str, noun: str, modifiers: frozenset[str]) -> str:
    """The type of an event: a "campaign rally", or one at which somebody says something, is no protest."""
    if noun == "race":  # "the governor's race", no "presidential yacht race"
        owned = c.lower[i - 1] in {"'s", "’s"}
        return "election" if i and c.lower[i - 1 - owned] in word_class("electoral") else kind
    if noun != "rally":
        return kind
    protests = word_class("protesting") & set(c.lower[slice(*c.sentences[c.sentence_of[i]])])
    return "gathering" if modifiers & word_class("electioneering") or (_is_addressed(c, i) and not protests) else kind


def _is_addressed(c: Columns, i: int) -> bool:
    """Whether somebody says something at it: "told a rally", "said during a rally"."""
    above = c.heads[i]
    if c.deps[i] == "dobj":
        return c.lemmas[above] in {"tell", "address"}
    verb = c.heads[above]
    if c.deps[i] != "pobj" or c.lower[above] not in {"at", "during", "to"} or c.pos[verb] != "VERB":
        return False
    told = subject(c, verb)
    by_name = told is not None and told[1] == "nsubj" and c.ents[told[0]] == "PERSON"
    joins = c.lemmas[verb] in {"attend", "join", "participate", "take"} | event_verbs().keys()
    return c.lemmas[verb] in word_class("of_staff") | word_class("speaking") or (by_name and not joins)


def _phrase_start(c: Columns, i: int, before: list[int]) -> int:
    """The first token of the noun phrase of ``i`` without article and pronoun: "Bergen bridge collapse"."""
    start = i
    for j in reversed(before):
        between = range(j + 1, start)
        if c.deps[j] != "poss" and any(c.pos[k] not in _CONTENT | {"PUNCT", "PART"} for k in between):
            break
        if c.pos[j] in {"PRON", "DET", "PUNCT"}:
            continue
        left = c.subtree(j)[0] if c.deps[j] in {"poss", "compound", "nmod", "amod"} else j
        if i - left <= 7:
            start = min(start, left)
    while start < i and c.pos[start] in {"PRON", "DET"}:
        start += 1
    return start


def _is_new(c: Columns, before: list[int]) -> bool:
    """Whether the words before a noun tell its event from the one spoken of: "next year's", "the deadliest", "15th"."""
    for j in before:
        if c.tags[j] in _SUPERLATIVE or c.lower[j] in word_class("distinguishing") or _ORDINAL.match(c.words[j]):
            return True
        if c.deps[j] == "poss" and c.lower[j] in {"year", "month", "week"} and c.lower[j - 1] in {"next", "last"}:
            return True
    return False
