"""Whose a title is: the constructions that join a title phrase to a person's name."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache

from kg.extraction.columns import OPENING_MARKS
from kg.extraction.roles.appointments import represented
from kg.extraction.roles.flat import BREAK, Flat, Name
from kg.extraction.roles.grammar import SUBJECTS, clause_of
from kg.extraction.roles.lexicon import (
    DETERMINERS,
    GIVEN_NAMES,
    PREPOSITIONS,
    head_words,
    title_words,
)
from kg.extraction.roles.relations import tells_where
from kg.extraction.roles.title import TitlePhrase
from kg.facts import DateInterval
from kg.words import table, words

CHAINS = frozenset(("and", ", and", ",", "&", "/", "as well as", ", as well as", "and also", ", and also", ";"))
ENDINGS = frozenset((",", ".", ")", ";", ":", "!", "?", '"', "”", "\n", "-", "–", "—", "and", "'", "’"))
WAS = re.compile(r"\b(?:was|served|worked)\b")
NOW = re.compile(r"(?:, )?(?:and|but) (?:who )?(?:is )?(?:now|currently)\b")
"""What follows a post of the past: "who served as director" "and is now mayor"."""
THEN = ", then"
"""What may also stand between one person and the next: "X, then the mayor, Y"."""
LONGEST_GAP = 9
DASHES = frozenset(("-", "–", "—"))
FINITE = frozenset(("VBD", "VBZ", "VBP", "MD"))
OBJECTS = frozenset(("pobj", "dobj", "dative"))


@dataclass(frozen=True, slots=True)
class Link:
    """A title phrase and the key of the person it belongs to; ``at`` are the positions of the words that name it.

    ``event`` is "start" or "end" where a verb says that the role begins or ends, ``when`` the date that it gives.
    """

    phrase: TitlePhrase
    person: str
    at: tuple[int, int]
    reason: str
    confidence: float = 0.95
    event: str | None = None
    when: DateInterval | None = None


@cache
def _gaps() -> tuple[tuple[re.Pattern[str], str | None, str, str | None], ...]:
    return tuple(
        (re.compile(pattern), None if status == "-" else status, reason, event[0] if event else None)
        for pattern, status, reason, *event in table("roles_gaps")
    )


def runs(flat: Flat, phrases: list[TitlePhrase]) -> Iterator[list[TitlePhrase]]:
    """Title phrases that are joined to one another: "chairman and chief executive of X, and director of Y"."""
    run: list[TitlePhrase] = []
    for phrase in phrases:
        if run:
            joined = run[-1].right == phrase.left or flat.gap(run[-1].right, phrase.left) in CHAINS
            others = flat.word(phrase.left) in {"his", "her", "their"} or _is_person(flat.name_at.get(phrase.left))
            others = others or (flat.word(run[-1].right) == "," and opens_clause(flat, phrase))
            if not joined or others or run[-1].plural != phrase.plural:
                yield run
                run = []
        run.append(phrase)
    if run:
        yield run


def opens_clause(flat: Flat, phrase: TitlePhrase) -> bool:
    """Whether "the mayor" is the subject of the verb right after it, and describes nobody named before."""
    i = phrase.right
    while flat.word(i) in OPENING_MARKS:
        i += 1  # 'the minister "looked ashen"'
    verb = flat.tokens[i] if i < len(flat.tokens) else None
    if verb is None or verb.tag_ not in FINITE or not phrase.determined:
        return False
    head = flat.tokens[phrase.head]
    subject = next((child for child in clause_of(verb).children if child.dep_ in SUBJECTS), None)
    return subject is None or subject == head


def _is_person(name: Name | None) -> bool:
    return name is not None and name.is_person


def adjacent_links(flat: Flat, phrases: list[TitlePhrase]) -> Iterator[Link]:
    """Titles before names, appositions on either side and relative clauses, from left to right."""
    titled_before: set[int] = set()
    for run in runs(flat, phrases):
        yield from _run_links(flat, run, titled_before)


def _run_links(flat: Flat, run: list[TitlePhrase], titled_before: set[int]) -> Iterator[Link]:
    direct = _name_directly_after(flat, run[-1])
    previous = _name_before(flat, run[0])
    if direct and flat.word(run[-1].left) in {"a", "an"} and run[-1].office:
        return  # "a President X": one that may come to be
    following = None
    if direct:
        cut = _first_before_name(flat, run, previous is not None)
        yield from _before_name(flat, run[cut:], direct)
        if cut and previous is None and flat.gap(run[cut - 1].right, run[cut].left) == ",":
            following = direct  # "the head of X, Professor Y"
        run = run[:cut]
        if not run:
            return
    elif not _follows_a_name(flat, run[0]):
        following = _name_after_comma(flat, run[-1])
    if previous and not (following and previous[0].start in titled_before):
        name, status, reason, event = previous
        names = _names_listed_before(flat, name) if run[0].plural else [name]
        around = {flat.word(run[-1].right), flat.word(run[0].left - 1)}
        if len(names) == 1 and len(run) > 1 and "respectively" in around:
            names = _names_listed_before(flat, name)
        if run[0].plural and len(names) < 2:
            return
        pairs = _pairs(flat, run, names)
        for phrase, person in pairs:
            yield Link(_with_status(phrase, status), person.key, (person.start, person.end), reason, event=event)
    elif following and (run[0].determined or any(phrase.employed for phrase in run) or run[0].left in titled_before):
        titled_before.add(following.start)
        run = _last_joined(flat, run)
        names = _names_listed_after(flat, following) if run[0].plural else [following]
        if run[0].plural and len(names) < 2 and flat.word(following.start - 1) in DASHES:
            return  # "said by several observers — X has ..."
        for phrase in _sharing_employer(flat, run):
            for person in names:
                yield Link(phrase, person.key, (person.start, person.end), "title, name")


def _last_joined(flat: Flat, run: list[TitlePhrase]) -> list[TitlePhrase]:
    """The end of a run that "and" joins; over bare commas ("the president, the vice president, X") people change."""
    first = len(run) - 1
    while first and flat.gap(run[first - 1].right, run[first].left) != ",":
        first -= 1
    return run[first:]


def _pairs(flat: Flat, run: list[TitlePhrase], names: list[Name]) -> list[tuple[TitlePhrase, Name]]:
    run = _sharing_employer(flat, run)
    if len(run) == len(names) > 1 and not run[0].plural:
        return list(zip(run, names, strict=True))
    return [(phrase, name) for phrase in run for name in names]


def _with_status(phrase: TitlePhrase, status: str | None) -> TitlePhrase:
    return replace(phrase, status=phrase.status or status)


def _first_before_name(flat: Flat, run: list[TitlePhrase], taken: bool) -> int:
    """The index of the first phrase of a run that belongs to the name directly after it."""
    cut = len(run) - 1
    while cut > 0:
        gap = flat.gap(run[cut - 1].right, run[cut].left)
        alone = run[cut - 1].right == run[cut - 1].end or not gap
        if gap not in {"", "and", "&", "/"} or not alone or (taken and gap):
            break
        cut -= 1
    return cut


def _before_name(flat: Flat, run: list[TitlePhrase], name: Name) -> Iterator[Link]:
    names = _names_listed_after(flat, name) if run[-1].plural else [name]
    for phrase in _sharing_employer(flat, run):
        for person in names:
            owner = None if phrase.organisations else _employer_after(flat, person, phrase)
            said = replace(phrase, organisations=(owner,), employer=None) if owner else represented(flat, phrase)
            yield Link(said, person.key, (person.start, person.end), "title before name")


def _sharing_employer(flat: Flat, run: list[TitlePhrase]) -> list[TitlePhrase]:
    """Gives "chairman and chief executive of X" and "X chairman and chief executive" one employer."""
    shared = list(run)
    for i in range(1, len(shared)):
        joined = shared[i - 1].right != shared[i].left  # not "Board Chairman" "Rep. X"
        if joined and shared[i - 1].before and not shared[i].employed and not (shared[i].determined or shared[i].rank):
            first = shared[i - 1]
            shared[i] = replace(shared[i], organisations=first.organisations, employer=first.employer, before=True)
    for i in range(len(shared) - 2, -1, -1):
        bare = not shared[i].employed and shared[i].right == shared[i].end == shared[i].head + 1
        if bare and shared[i + 1].employed and not shared[i + 1].before and flat.word(shared[i].right) != ",":
            shared[i] = replace(shared[i], organisations=shared[i + 1].organisations, employer=shared[i + 1].employer)
    return shared


def _name_directly_after(flat: Flat, phrase: TitlePhrase) -> Name | None:
    i = phrase.right
    if i > phrase.end and flat.word(i - 1).endswith("."):
        return None  # "chair of Acme Ltd." ends a sentence
    while flat.word(i) in words("titles_honorifics") or flat.word(i) in {"“", "‘"}:
        i += 1
    name = flat.name_at.get(i)
    if name is None or not name.is_person:
        return None
    first_name = phrase.end == phrase.start + 1 and flat.word(phrase.start) in GIVEN_NAMES and not phrase.determined
    return None if first_name and name.end == name.start + 1 and not phrase.employed else name


def _name_after_comma(flat: Flat, phrase: TitlePhrase) -> Name | None:
    i = _past_whom(flat, phrase.right)
    if flat.word(i) not in {",", "-", "–", "—", ":"}:
        return None
    i += 1
    while flat.word(i) in words("titles_honorifics"):
        i += 1
    name = flat.name_at.get(i)
    if name is None or not name.is_person:
        return None
    opens = flat.begins[phrase.left] or flat.word(phrase.left - 1) == BREAK
    return name if flat.word(name.end) in ENDINGS or phrase.plural or opens else None


def _past_whom(flat: Flat, i: int) -> int:
    """The position after the person whom a title serves: "adviser" "to President X"."""
    if flat.word(i) not in PREPOSITIONS:
        return i
    whom = i + 1
    while (
        flat.word(whom) in DETERMINERS
        or flat.word(whom) in title_words()
        or flat.word(whom) in words("titles_honorifics")
    ):
        whom += 1
    name = flat.name_at.get(whom)
    return name.end if name and name.is_person else i


def _follows_a_name(flat: Flat, phrase: TitlePhrase) -> bool:
    """Whether a bare title stands after a comma and what is not known to be a person's name, but looks like one."""
    if phrase.determined or flat.word(phrase.left - 1) != ",":
        return False
    name = flat.name_before.get(phrase.left - 1)
    return flat.tag(phrase.left - 2) in {"NNP", "NNPS"} and not (name and name.is_person)


def _name_before(flat: Flat, phrase: TitlePhrase) -> tuple[Name, str | None, str, str | None] | None:
    if flat.word(phrase.left) == "whose":
        return None
    opens = opens_clause(flat, phrase)
    for i in range(phrase.left, max(phrase.left - LONGEST_GAP, -1), -1):
        name = flat.name_before.get(i)
        if name:
            if i < phrase.left and not name.is_person and flat.word(phrase.left - 1) == ",":
                name = _served_before(flat, name) or name  # "Ambassador X of Iraq, chair of Y"
            if i == phrase.left or not name.is_person:
                return None
            gap = flat.gap(i, phrase.left)
            if opens and gap == "," and flat.tokens[name.end - 1].dep_ in OBJECTS:
                return None  # "Against X, the governor won", "In a letter to X, the president said"
            if gap == THEN and (flat.word(phrase.right) != "," or _name_after_comma(flat, phrase)):
                return None  # "First came X, then the mayor, Y"
            for pattern, status, reason, event in _gaps():
                if pattern.fullmatch(gap):
                    over = WAS.search(gap) and NOW.match(" ".join(flat.words[phrase.right : phrase.right + 5]))
                    return name, "former" if over else status, reason, event
            return None
    return None


def _served_before(flat: Flat, employer: Name) -> Name | None:
    """The X of "X of Y", where a title stands before X."""
    of = employer.start - 1 - (flat.word(employer.start - 1) == "the")
    person = flat.name_before.get(of) if flat.word(of) in {"of", "from"} else None
    if (
        person is None
        or not person.is_person
        or flat.word(person.start - 1) not in head_words() | words("titles_honorifics")
    ):
        return None
    return person


def _names_listed_before(flat: Flat, last: Name) -> list[Name]:
    """ "A, B and C" read backwards from C."""
    names = [last]
    while True:
        i = names[0].start
        joint = flat.word(i - 1)
        if joint not in {"and", ",", "&"}:
            return names
        i -= 1
        if joint == "and" and flat.word(i - 1) == ",":
            i -= 1
        name = flat.name_before.get(i)
        if name is None or not name.is_person:
            return names
        names.insert(0, name)


def _names_listed_after(flat: Flat, first: Name) -> list[Name]:
    """ "A of X, B of Y and C" read forwards from A."""
    names = [first]
    while True:
        i = names[-1].end
        if flat.word(i) in {"of", "from"}:
            place = flat.name_at.get(i + 1 + (flat.word(i + 1) == "the"))
            i = place.end if place and place.employs else i
        if flat.word(i) == ",":
            i += 1
        if flat.word(i) in {"and", "&"}:
            i += 1
        name = flat.name_at.get(i)
        if i == names[-1].end or name is None or not name.is_person:
            return names
        names.append(name)


def _employer_after(flat: Flat, name: Name, phrase: TitlePhrase) -> Name | None:
    """The Y of "President X of Y" and "researcher X, of the University of Y"."""
    i = flat.past(name)
    i += flat.word(i) == ","
    if flat.word(i) not in {"of", "from", "at", "with"}:
        return None
    preposition = flat.word(i)
    if preposition == "from" and tells_where(flat, name, i):
        return None  # "hired engineer X from Y"
    i += 1
    i += flat.word(i) == "the"
    owner = flat.name_at.get(i)
    if owner is None or not owner.employs:
        return None
    if owner.is_place and not (phrase.office and preposition == "of"):
        return None
    return owner
