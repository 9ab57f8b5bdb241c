"""From attributions to statements: whose words they are, in which role, at which event, about what."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from kg.extraction.reading import Reading, Reference
from kg.facts import (
    PROSE,
    Attribution,
    DateInterval,
    EntityKind,
    Event,
    Participation,
    Quantity,
    Role,
    Statement,
    TextSpan,
)
from kg.words import words

if TYPE_CHECKING:
    from spacy.tokens import Span, Token

_RELATIVE = frozenset({"who", "which", "that", "whom"})
_PERSONAL = frozenset({"he", "she"})
_PAST = frozenset({"was", "were", "had", "having"})
_MEANWHILE = frozenset({"while", "when", "whilst"})
_HOLDING = frozenset({"be", "serve", "work", "act"})
_AUXILIARY = frozenset({"aux", "auxpass"})
_INTERVIEWEE = frozenset({"a", "answer"})
_LEADING = 3  # paragraphs, the headline included
_GOES_ON = 2  # paragraphs after the one that tells where somebody spoke


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who speaks: an entity's key with the reason and trust, or only the words that describe the source."""

    key: str | None
    text: str = ""
    reason: str = ""
    confidence: float = 1.0


def resolve_statements(
    reading: Reading,
    attributions: Sequence[Attribution],
    *,
    roles: Sequence[Role] = (),
    events: Sequence[Event] = (),
    participations: Sequence[Participation] = (),
    event_references: Mapping[int, Reference] | None = None,
    topics_in: Callable[[TextSpan], tuple[str, ...]] = lambda span: (),
    quantities: Sequence[Quantity] = (),
    dates: Sequence[DateInterval] = (),
) -> tuple[Statement, ...]:
    """A statement for each attribution and each of its speakers, in the order of the attributions.

    ``topics_in`` gives the keys of the topics mentioned in a span; ``event_references`` maps a token's index to the
    event it stands for. An attribution with several named speakers gives one statement each.
    """
    context = _Context(
        reading, attributions, roles, events, participations, event_references or {}, topics_in, quantities, dates
    )
    first: dict[int, int] = {}
    statements: list[Statement] = []
    for index, attribution in enumerate(attributions):
        first[index] = len(statements)
        for speaker in context.speakers(index):
            statements.append(context.statement(index, attribution, speaker))
    return tuple(_renumbered(s, first) for s in statements)


def _renumbered(statement: Statement, first: Mapping[int, int]) -> Statement:
    if statement.nested_in is None:
        return statement
    return replace(statement, nested_in=first[statement.nested_in])


class _Context:
    """What the statements of one article are resolved against."""

    def __init__(
        self,
        reading: Reading,
        attributions: Sequence[Attribution],
        roles: Sequence[Role],
        events: Sequence[Event],
        participations: Sequence[Participation],
        event_references: Mapping[int, Reference],
        topics_in: Callable[[TextSpan], tuple[str, ...]],
        quantities: Sequence[Quantity],
        dates: Sequence[DateInterval],
    ) -> None:
        self.reading, self.attributions, self.topics_in, self.quantities = reading, attributions, topics_in, quantities
        self.dates = dates
        self.roles: dict[str, list[Role]] = {}
        for role in roles:
            self.roles.setdefault(role.person, []).append(role)
        self.spoke_at: dict[str, list[Participation]] = {}
        for part in participations:
            if part.kind in ("spokeAt", "attended"):
                self.spoke_at.setdefault(part.agent, []).append(part)
        self.named = sorted((m.span, e.key) for e in reading.entities for m in e.mentions)
        doc = reading.doc
        self.event_mentions = sorted((doc[i].idx, reference.key) for i, reference in event_references.items())
        self.day_of = {event.key: event.date for event in events}
        self.starts = [b.span.begin for b in reading.article.blocks if b.kind in PROSE]
        self.leading = self._told_first()
        self._speakers: dict[int, list[Speaker]] = {}

    # -------------------------------------------------------------- who

    def speakers(self, index: int) -> list[Speaker]:
        """The speakers of an attribution; a continued one has those of what it continues."""
        if index not in self._speakers:
            attribution = self.attributions[index]
            self._speakers[index] = [Speaker(None)]  # against cycles
            if attribution.continues is not None:
                self._speakers[index] = self.speakers(attribution.continues)
            elif attribution.source is not None:
                self._speakers[index] = self._of_source(index, attribution, attribution.source)
        return self._speakers[index]

    def _of_source(self, index: int, attribution: Attribution, source: TextSpan) -> list[Speaker]:
        text = self.reading.article.text[source.begin : source.end]
        span = self.reading.doc.char_span(source.begin, source.end, alignment_mode="expand")
        if span is None or not len(span):
            return [Speaker(None, text)]
        root = span.root
        if attribution.cue_lemma == ":" and text.isupper() and (labelled := self._labelled(text.rstrip("."))):
            return [labelled]
        if root.lower_ in _RELATIVE:
            root = _antecedent(root)
            text = text if root.i == span.root.i else _noun_phrase(root)
        if root.lower_ in ("i", "me", "my") and attribution.nested_in is not None:
            return self.speakers(attribution.nested_in)
        if root.lower_ in _PERSONAL and (other := self._not_in_own_words(index, attribution, source, root)):
            return [other]
        heads = [root, *(t for t in root.conjuncts if span.start <= t.i < span.end)]
        found = [(head, self._reference(head)) for head in heads]
        named: dict[str, Speaker] = {}
        for _, reference in found:
            if reference is not None:
                named.setdefault(reference.key, Speaker(reference.key, "", reference.reason, reference.confidence))
        if named:
            return list(named.values())
        return [self._titled(span, root) or Speaker(None, text)]

    def _not_in_own_words(
        self, index: int, attribution: Attribution, source: TextSpan, pronoun: Token
    ) -> Speaker | None:
        """``Smith, he recalls, once called``: somebody other than Smith, so whoever spoke last."""
        reference = self._reference(pronoun)
        entity = self.reading.entity(reference.key) if reference else None
        if entity is None:
            return None
        spans = [m.span for m in entity.mentions if attribution.evidence.begin <= m.span.begin < source.begin]
        if not spans or not all(any(c.covers(span) for c in attribution.content) for span in spans):
            return None
        for before in range(index - 1, -1, -1):
            if self.attributions[before].nested_in is None:
                last = self.speakers(before)
                if len(last) == 1 and last[0].key not in (None, entity.key) and self._is_person(last[0].key or ""):
                    return Speaker(last[0].key, "", f"pronoun {pronoun.text!r}, the speaker before", 0.75)
                return None
        return None

    def _labelled(self, label: str) -> Speaker | None:
        """Whom the label of a turn means: the interviewee ("A"), or the only person with these initials ("PN")."""
        if label.lower() in _INTERVIEWEE:
            return self._interviewee()
        people = dict.fromkeys(key for _, key in self.named if self._is_person(key))
        fitting = [k for k in people if (e := self.reading.entity(k)) and _initials(e.name) == label]
        return Speaker(fitting[0], "", f"initials {label}", 0.85) if len(label) > 1 and len(fitting) == 1 else None

    def _interviewee(self) -> Speaker | None:
        """Who answers in an interview of questions and answers: the person whom the questions address by name, or else
        the one whom the text before the first of them names most.
        """
        people = [(span, key) for span, key in self.named if self._is_person(key)]
        text = self.reading.article.text
        turns = [(a.source, a.content[0]) for a in self.attributions if a.cue_lemma == ":" and a.source is not None]
        questions = [words for label, words in turns if text[slice(*label)].lower().rstrip(".") not in _INTERVIEWEE]
        for span, key in people:
            for words_of_question in questions:
                opening = text[words_of_question.begin : span.begin]
                if words_of_question.covers(span) and opening.count(" ") < 3 and text[span.end : span.end + 1] == ",":
                    return Speaker(key, "", "interviewee, addressed in a question", 0.85)
        first = min(label.begin for label, _ in turns)
        before = Counter(key for span, key in people if span.begin < first)
        if not before:
            return None
        key, _ = max(before.items(), key=lambda item: item[1])
        return Speaker(key, "", "interviewee, named most before the questions", 0.8)

    def _is_person(self, key: str) -> bool:
        entity = self.reading.entity(key)
        return entity is not None and EntityKind.PERSON in entity.kinds

    def _titled(self, source: Span, root: Token) -> Speaker | None:
        """The person whose name ends the source after a title: "Consul to France Jane Smith", not "aide to Smith";
        "the head of the mission to Oslo, Jane Smith".
        """
        end = source.start_char + len(source.text.partition(", who")[0])
        for mention, key in self.named:
            if mention.end != end or mention.begin <= root.idx or not self._is_person(key):
                continue
            first = next((t for t in source if t.idx >= mention.begin), None)
            if first is None or first.i == source.start:
                continue
            before = first.nbor(-1)
            if before.pos_ in ("NOUN", "PROPN", "ADJ") or (before.text == "," and root.pos_ == "NOUN"):
                return Speaker(key, "", "name after a title", 0.9)
        return None

    def _reference(self, head: Token) -> Reference | None:
        """What the head of a noun phrase refers to; or the name that stands in apposition or after a title to it."""
        references = self.reading.references
        if head.i in references:
            return references[head.i]
        for child in head.children:
            if child.dep_ == "appos" and child.i in references:
                return references[child.i]
        if head.lemma_.lower() in words("speech_documents"):
            return self._author(head)
        named = _named_by(head)
        return references.get(named.i) if named is not None else None

    def _author(self, document: Token) -> Reference | None:
        """Whose report or statement it is: the possessor, the name before the noun, or that after of, by or from."""
        owners = [
            c for c in document.children if c.dep_ == "poss" or (c.dep_ in ("compound", "nmod") and c.pos_ == "PROPN")
        ]
        owners += [
            p
            for c in document.children
            if c.dep_ == "prep" and c.lower_ in ("of", "by", "from")
            for p in c.children
            if p.dep_ == "pobj"
        ]
        for owner in owners:
            reference = self.reading.references.get(owner.i)
            entity = self.reading.entity(reference.key) if reference else None
            if reference and entity and entity.kinds & {EntityKind.PERSON, EntityKind.ORGANISATION}:
                return Reference(reference.key, f"{document.lower_} of {entity.name}", min(0.85, reference.confidence))
        return None

    # -------------------------------------------------------------- the statement

    def statement(self, index: int, attribution: Attribution, speaker: Speaker) -> Statement:
        """The attribution as said by that speaker."""
        top = attribution.nested_in is None
        return Statement(
            attribution=attribution,
            speaker=speaker.key,
            speaker_text="" if speaker.key else speaker.text,
            nested_in=attribution.nested_in,
            made_at=self._event(attribution, speaker) if top else None,
            role=self._role(attribution, speaker),
            date=self._date(attribution),
            about=self._about(attribution),
            quantities=tuple(q for q in self.quantities if any(s.covers(q.span) for s in attribution.content)),
            confidence=min(attribution.confidence, round(speaker.confidence, 2)),
            speaker_reason=speaker.reason,
        )

    def _role(self, attribution: Attribution, speaker: Speaker) -> str | None:
        """The role named in the source, or else the last one named before it, or else the first; none that is past."""
        roles = self.roles.get(speaker.key or "", [])
        if not roles or attribution.source is None:
            return None
        source = attribution.source
        held = [r for r in roles if self._is_held(r)]
        named = [r for each in (held, roles) for r in each if r.span.overlaps(source)]
        if named:
            return named[0].key
        before = [r for r in held if r.span.begin < source.begin]
        if before:
            return max(before, key=lambda r: r.span.begin).key
        return held[0].key if held else None

    def _is_held(self, role: Role) -> bool:
        """Whether a role is told as held now, not in a clause of the past: "was a student", "while serving as"."""
        if role.status not in {None, "acting"}:
            return False
        told = self.reading.doc.char_span(role.span.begin, role.span.end, alignment_mode="expand")
        verbs = [word for word in told or () if word.tag_[:2] == "VB" and word.dep_ not in _AUXILIARY]
        return not (verbs and verbs[-1].lemma_.lower() in _HOLDING and _is_of_past(verbs[-1]))

    def _told_first(self) -> frozenset[str]:
        """The events that the headline or the first paragraphs name: the article is about what was said there."""
        end = self.starts[_LEADING] if len(self.starts) > _LEADING else len(self.reading.article.text)
        return frozenset(key for at, key in self.event_mentions if at < end)

    def _event(self, attribution: Attribution, speaker: Speaker) -> str | None:
        """The event at which the speaker spoke, where the words tell it or go on from where it is told."""
        parts = self.spoke_at.get(speaker.key or "", [])
        spoken = [p for p in parts if p.kind == "spokeAt"]
        evidence = attribution.evidence
        for part in spoken:
            if part.span.overlaps(evidence):
                return part.event
        named = {key for at, key in self.event_mentions if evidence.begin <= at < evidence.end}
        if not spoken:
            return next((p.event for p in parts if p.event in named), None)
        before = [p for p in spoken if p.span.begin < evidence.begin] or spoken
        last = max((at, key) for at, key in self._last_named(before, evidence.end))[1]
        told = max(p.span.begin for p in before if p.event == last)
        sole = last in self.leading and len({p.event for p in spoken}) == 1
        goes_on = told < evidence.begin and self._paragraph(evidence.begin) - self._paragraph(told) <= _GOES_ON
        return last if (sole or goes_on) and not self._is_elsewhere(attribution, last) else None

    def _last_named(self, parts: Sequence[Participation], end: int) -> Iterator[tuple[int, str]]:
        """Where each event in which somebody spoke is named last before a place of the text."""
        for key in {part.event for part in parts}:
            yield max((at for at, named in self.event_mentions if named == key and at < end), default=-1), key

    def _paragraph(self, at: int) -> int:
        return bisect_right(self.starts, at)

    def _is_elsewhere(self, attribution: Attribution, event: str) -> bool:
        """Whether it was said or written on another occasion: in an interview, in a statement, on another day."""
        said, day = self._date(attribution), self.day_of.get(event)
        if said and day and (said.end < day.start or day.end < said.start):
            return True
        around = self.reading.doc.char_span(*attribution.evidence, alignment_mode="expand") or ()
        outside = [t for t in around if not any(part.begin <= t.idx < part.end for part in attribution.content)]
        return any(t.lemma_.lower() in words("speech_elsewhere") for t in outside)

    def _date(self, attribution: Attribution) -> DateInterval | None:
        """When it was said: the date that depends on the cue ("said on Monday"), not one of the content."""
        cue = attribution.cue
        for date in self.dates if cue is not None else ():
            outside = not any(part.overlaps(date.span) for part in attribution.content)
            if not outside or not attribution.evidence.covers(date.span):
                continue
            phrase = self.reading.doc.char_span(date.span.begin, date.span.end, alignment_mode="expand")
            if phrase is not None and _depends_on(phrase.root, cue):
                return date
        return None

    def _about(self, attribution: Attribution) -> tuple[str, ...]:
        """The named things, events and topics that the content mentions."""
        keys: list[str] = []
        for content in attribution.content:
            keys += [key for span, key in self.named if content.covers(span)]
            keys += [key for at, key in self.event_mentions if content.begin <= at < content.end]
            keys += self.topics_in(content)
        return tuple(dict.fromkeys(keys))


def _is_of_past(verb: Token) -> bool:
    """Whether a verb tells of the past: "was", "having been", "while serving", not "acting as", "said she was"."""
    if verb.tag_ == "VBD":
        return not (verb.dep_ == "ccomp" and verb.head.tag_ == "VBD")
    if any(child.dep_ in _AUXILIARY and child.lower_ in _PAST for child in verb.children):
        return True
    return verb.tag_ == "VBG" and any(child.lower_ in _MEANWHILE for child in verb.children)


def _named_by(noun: Token) -> Token | None:
    """The name to which a noun is an apposition or a predicate: "Jan Ruiz, a banker who ...", "Ruiz is a liar and a
    bully who ...".
    """
    while noun.dep_ == "conj" and noun.head.pos_ == "NOUN":
        noun = noun.head
    if noun.dep_ == "appos" and noun.head.pos_ == "PROPN":
        named: Token = noun.head
        return named
    if noun.dep_ != "attr" or noun.head.lemma_ != "be":
        return None
    verb = noun.head
    while verb.dep_ == "conj" and not any(c.dep_ == "nsubj" for c in verb.children):
        verb = verb.head
    return next((c for c in verb.children if c.dep_ == "nsubj" and c.pos_ == "PROPN"), None)


def _initials(name: str) -> str:
    return "".join(part[0] for part in name.split() if part[0].isupper())


def _depends_on(word: Token, cue: TextSpan | None) -> bool:
    """Whether a phrase of time hangs on the cue, itself or through its preposition."""
    head = word.head
    if head.pos_ == "ADP" or head.dep_ == "prep":
        head = head.head
    return cue is not None and cue.begin <= head.idx < cue.end


def _antecedent(token: Token) -> Token:
    """The noun that a relative pronoun stands for."""
    verb = token.head
    for _ in range(3):
        if verb.dep_ == "relcl":
            head: Token = verb.head
            return head
        verb = verb.head
    return token


def _noun_phrase(head: Token) -> str:
    kept = [t for t in head.subtree if t.i <= head.i]
    text: str = head.doc[kept[0].i : head.i + 1].text
    return text
