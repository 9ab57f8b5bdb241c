"""Who follows whom in a post, and who leaves it: what a text says of roles that it has told in other words.

"She succeeds Y", "Y's successor, X", "handed over to X": the post of the one is that of the other, too. "The minister
resigned on Monday": the role that the same sentence gives ended that day.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from kg.extraction.roles.appointments import departure_told, is_post
from kg.extraction.roles.flat import Flat
from kg.extraction.roles.grammar import WILL, bearer, helpers, is_doubtful, is_passive, subject_of
from kg.extraction.roles.lexicon import POSSESSIVES
from kg.extraction.roles.links import Link
from kg.extraction.roles.tenure import Calendar
from kg.extraction.roles.title import TitlePhrase
from kg.facts import DateInterval, EntityKind
from kg.words import table, words

if TYPE_CHECKING:
    from spacy.tokens import Token

FOLLOWING = "who follows whom"
FURTHEST = 2
"""The most sentences between a post and the words that say who follows in it."""
OWN = frozenset(("his", "her", "their"))
"""Words that make a post one beside that of another: "his deputy takes over"."""
LINKING = frozenset((",", "is", "was", "will", "be"))
"""What may stand between "successor" and a name."""
SUBSTITUTED = frozenset(("replace",))
"""Verbs that also tell of players, so that they need a post told of whom they replace."""
FOR_EVER = frozenset(("founder", "co-founder", "cofounder"))
"""What nobody ceases to be."""


class Leaving(NamedTuple):
    """Who leaves a post, at which verb; ``ahead`` if that is still to come.

    ``kind`` is "post" for verbs that tell of nothing else, "death", or "-" for the others.
    """

    person: Token
    verb: Token
    ahead: bool
    kind: str


class Succession(NamedTuple):
    """Who follows whom, at a verb or noun; positions of the words that name them; ``ahead`` if it is still to come."""

    follower: int
    leaver: int
    at: int
    verb: Token
    ahead: bool
    post: TitlePhrase | None = None


def turnover(flat: Flat, links: Sequence[Link], phrases: Sequence[TitlePhrase], calendar: Calendar) -> Iterator[Link]:
    """The links that successions and departures add to ``links``."""
    told = [*_departures(flat, links, calendar), *_entries(flat, links, calendar)]
    yield from told
    for change in _successions(flat, {phrase.left: phrase for phrase in phrases}):
        yield from _posts(flat, change, [*links, *told], calendar)


def _successions(flat: Flat, posts: Mapping[int, TitlePhrase]) -> Iterator[Succession]:
    forms = {row[0]: row[1] for row in table("roles_succession")}
    for i in flat.positions(frozenset(forms)):
        verb = flat.tokens[i]
        if verb.pos_ == "NOUN" and forms[flat.word(i)] == "successor":
            yield from _by_noun(flat, i, posts.get(i + 2) if flat.word(i + 1) == "as" else None)
        elif verb.pos_ == "VERB":
            yield from _by_verb(flat, i, verb, forms[flat.word(i)])


def _by_verb(flat: Flat, i: int, verb: Token, lemma: str) -> Iterator[Succession]:
    children = list(verb.children)
    if is_doubtful(verb, children):
        return
    subject = subject_of(verb, children)
    if lemma == "take" and any(child.lower_ == "over" for child in children):
        pair = subject, _under(children, "from")
    elif lemma == "hand" and any(child.lower_ == "over" for child in children):
        pair = _under(children, "to"), subject
    elif lemma in {"take", "hand"}:
        return
    elif is_passive(verb, children):
        pair = _under(children, "by"), subject
    else:
        pair = subject, next((child for child in children if child.dep_ == "dobj"), None)
    if verb.dep_ == "advcl" and (pair[0] is None or bearer(flat, pair[0]) is None):  # "elected X leader, replacing Y"
        pair = next((child for child in verb.head.children if child.dep_ == "dobj"), None), pair[1]
    follower, leaver = (bearer(flat, token) if token is not None else None for token in pair)
    if follower is not None and leaver is not None:
        ahead = not helpers(children).isdisjoint(WILL)
        yield Succession(flat.position[follower.i], flat.position[leaver.i], i, verb, ahead)


def _under(children: Sequence[Token], preposition: str) -> Token | None:
    for child in children:
        if child.dep_ in {"prep", "agent", "dative"} and child.lower_ == preposition:
            return next((inner for inner in child.children if inner.dep_ == "pobj"), None)
    return None


def _by_noun(flat: Flat, i: int, post: TitlePhrase | None) -> Iterator[Succession]:
    """ "His successor, X", "Y's designated successor X", "X, Y's successor as mayor", "named X as her successor"."""
    owner = i - 1
    while flat.tag(owner) == "JJ":
        owner -= 1
    if flat.word(owner) in POSSESSIVES:
        named = flat.name_before.get(owner)
        left, start = (named.end - 1, named.start) if named and named.is_person else (None, owner)
    else:
        left, start = owner, owner
    if left is None or EntityKind.PERSON not in flat.kinds_at(left):
        return
    told = post.right if post else i + 1
    while flat.word(told) in LINKING:
        told += 1
    after = flat.name_at.get(told)
    ahead = not WILL.isdisjoint(flat.words[i + 1 : told])
    before = flat.name_before.get(start - 1) if flat.word(start - 1) in {",", "as"} else flat.name_before.get(start)
    follower = next((name for name in (after, before) if name and name.is_person), None)
    if follower:
        yield Succession(follower.end - 1, left, i, flat.tokens[i], ahead, post)


def _posts(flat: Flat, change: Succession, links: Sequence[Link], calendar: Calendar) -> Iterator[Link]:
    """The post that changes hands, for each of the two of whom it is not told."""
    follower, leaver = flat.referent(change.follower), flat.referent(change.leaver)
    if follower is None or leaver is None or follower == leaver:
        return
    near = [link for link in links if _near(flat, link, change.at) and is_post(flat, link.phrase)]
    begun = [link for link in near if link.person == follower and link.event == "start"]
    near = [link for link in near if flat.word(link.phrase.left) not in OWN]
    held = [link for link in near if link.person == leaver and not _has_moved_on(flat, link, change.at)]
    follows = [link for link in near if link.person == follower and link.phrase.status is None]
    if change.ahead or change.verb.lemma_ in SUBSTITUTED:
        follows = []
    told = begun or held or follows
    if change.post:
        told = held = [link for link in held if link.phrase.title.casefold() == change.post.title.casefold()]
        if not held and is_post(flat, change.post):
            yield from _post_named(
                flat, change.post, (follower, change.follower), (leaver, change.leaver), change.ahead
            )
    if not told:
        return
    post = min(told, key=lambda link: (abs(link.phrase.start - change.at), link.phrase.start)).phrase
    same = [link for link in told if link.phrase.start == post.start or link.phrase.right == post.right]
    when = calendar.beside(change.verb)
    today = flat.reading.article.reference_date
    going = any(link.event == "end" and link.phrase.status is None for link in held)
    going = going or any(link.phrase.status == "designate" for link in begun)
    ahead = change.ahead or going or bool(when and today and when.start > today)
    for link in same:
        if told is held:
            status = "designate" if ahead else None
            yield _given(flat, link, follower, change.follower, status, "start", when)
        if told is not held or link.phrase.status is None:
            status = None if ahead else "former"
            yield _given(flat, link, leaver, change.leaver, status, "end", when if told is held else None)
        if told is follows and when:
            yield replace(link, event="start", when=when)


def _post_named(
    flat: Flat, post: TitlePhrase, follower: tuple[str, int], leaver: tuple[str, int], ahead: bool
) -> Iterator[Link]:
    """The post of "his successor as mayor", of the one and the other."""
    entered = post.status or ("designate" if ahead else None)
    left = post.status if ahead else "former"
    for (person, at), status in ((follower, entered), (leaver, left)):
        yield Link(replace(post, status=status), person, flat.extent(at), FOLLOWING, 0.85)


def _has_moved_on(flat: Flat, link: Link, at: int) -> bool:
    """Whether a post told after a succession is the new one of who left: "took over from X, who is now head of"."""
    after = link.phrase.start > at and link.phrase.status is None and link.event is None
    return after and (link.reason == "relative clause" or flat.word(link.phrase.left - 1) in {"now", "currently"})


def _given(flat: Flat, link: Link, person: str, at: int, status: str | None, event: str, when: object) -> Link:
    phrase = replace(link.phrase, status=status)
    reason = FOLLOWING if person != link.person else link.reason
    where = flat.extent(at) if person != link.person else link.at
    return Link(phrase, person, where, reason, 0.75, event, when)  # type: ignore[arg-type]


def _near(flat: Flat, link: Link, at: int) -> bool:
    sentence_of = flat.columns.sentence_of
    here = sentence_of[flat.tokens.at[at]]
    told = sentence_of[flat.tokens.at[link.phrase.start]]
    return here - FURTHEST <= told <= here


def _entries(flat: Flat, links: Sequence[Link], calendar: Calendar) -> Iterator[Link]:
    """ "She will take office on 1 May": the start of the post to which the sentences before appoint her."""
    entering = {row[0]: frozenset(row[1].split()) for row in table("roles_entering")}
    for i in flat.positions(frozenset(entering)):
        verb = flat.tokens[i]
        children = list(verb.children)
        if verb.pos_ != "VERB" or is_doubtful(verb, children):
            continue
        if not any(child.dep_ in {"dobj", "prt"} and child.lower_ in entering[flat.word(i)] for child in children):
            continue
        subject = subject_of(verb, children)
        person = bearer(flat, subject) if subject is not None else None
        key = flat.referent(flat.position[person.i]) if person is not None else None
        when = calendar.beside(verb)
        ahead = not helpers(children).isdisjoint(WILL)
        for link in links:
            begins = link.person == key and link.event == "start" and link.when is None and link.phrase.status is None
            if begins and is_post(flat, link.phrase) and _near(flat, link, i) and (when or ahead):
                yield replace(link, phrase=replace(link.phrase, status="designate" if ahead else None), when=when)


def _departures(flat: Flat, links: Sequence[Link], calendar: Calendar) -> Iterator[Link]:
    """ "Foreign minister X resigned on Monday": the end of the role by which the sentence names X."""
    for link in links:  # "accepted the resignation of foreign minister X"
        noun = link.phrase.left - 2 - (flat.word(link.phrase.left - 1) == "the")
        if flat.word(noun + 1) == "of" and departure_told(flat, noun) and link.phrase.status is None:
            yield replace(link, phrase=replace(link.phrase, status="former"), event="end")
    sentence_of = flat.columns.sentence_of
    for leaving in _leavings(flat):
        key = flat.referent(flat.position[leaving.person.i])
        when = None if leaving.kind == "death" else calendar.beside(leaving.verb)
        if leaving.kind == "-" and not _is_now(leaving.verb, when):
            continue
        held = [
            link
            for link in links
            if link.person == key
            and link.event is None
            and link.phrase.status is None
            and is_post(flat, link.phrase)
            and flat.word(link.phrase.head) not in FOR_EVER
            and sentence_of[flat.tokens.at[link.phrase.start]] == sentence_of[leaving.verb.i]
        ]
        named_by = [link for link in held if link.reason == "title before name"]
        for link in named_by or (held if leaving.kind == "post" else []):
            if when or not leaving.ahead:
                phrase = link.phrase if leaving.ahead else replace(link.phrase, status="former")
                yield replace(link, phrase=phrase, event="end", when=when)


def _leavings(flat: Flat) -> Iterator[Leaving]:
    """Who leaves a post, is sent away from it or dies: "X quit", "X was sacked", "the king sacked X"."""
    ways = {row[0]: row[1:] for row in table("roles_leaving")}
    for i in flat.positions(frozenset(ways)):
        verb, (beside, whose, kind) = flat.tokens[i], ways[flat.word(i)]
        children = list(verb.children)
        auxiliaries = helpers(children)
        bare = verb.tag_ == "VBG" or (verb.tag_ == "VB" and not auxiliaries)  # "will speak and resign"
        if verb.pos_ != "VERB" or bare or is_doubtful(verb, children) or "to" in auxiliaries:
            continue
        passive = is_passive(verb, children)
        if (passive and whose == "subject") or (kind != "post" and not _is_told_plainly(flat, verb)):
            continue
        sent = whose == "object" and not passive
        leaver = (
            next((child for child in children if child.dep_ == "dobj"), None) if sent else subject_of(verb, children)
        )
        person = bearer(flat, leaver) if leaver is not None else None
        if person is not None and _is_from_post(beside, [child for child in children if child != leaver]):
            yield Leaving(person, verb, not auxiliaries.isdisjoint(WILL), kind)


def _is_told_plainly(flat: Flat, verb: Token) -> bool:
    """Whether a verb is what its sentence tells, without "nearly" or "reportedly", and not of who is "dismissed as"."""
    told = verb
    while told.dep_ == "conj":
        told = told.head
    hedged = any(child.lower_ in words("roles_leaving_nearly") for child in verb.children)
    named_as = any(token.lower_ == "as" for token in verb.subtree if token.i > verb.i)
    by = next((agent for child in verb.children if child.dep_ == "agent" for agent in child.children), None)
    return told.dep_ == "ROOT" and not hedged and not named_as and (by is None or bearer(flat, by) is not None)


def _is_now(verb: Token, when: DateInterval | None) -> bool:
    """Whether a verb tells of these days: of a year that is named ("was ousted in 2013") something else is told."""
    if when is not None:
        return when.precision == "day"
    return all(child.lower_ != "in" for child in verb.children)  # "was ousted in the first round"


def _is_from_post(beside: str, others: Sequence[Token]) -> bool:
    """Whether a verb with these words beside it leaves a post, not a trust or smoking: "was removed from office"."""
    if beside == "-" and any(child.dep_ == "prt" for child in others):
        return False  # "fired up"
    if beside != "-" and not any(child.lower_ == beside for child in others):
        return False
    return all(_may_stand_with_leaving(child) for child in others)


def _may_stand_with_leaving(child: Token) -> bool:
    below = list(child.children)
    if child.dep_ == "dobj":
        return _is_bare_post(child)
    if child.dep_ != "prep":
        return child.dep_ != "xcomp"
    if child.lower_ == "from":
        return any(_is_bare_post(inner) for inner in below)
    named = child.lower_ == "at" and any(inner.tag_ == "NNP" for inner in below)  # "quit her job at Acme"
    return bool(below) and child.lower_ != "as" and not named  # "was fired at by"


def _is_bare_post(noun: Token) -> bool:
    """Whether a noun means the post told before: "her post", "office", not "a job" or "the post of treasurer"."""
    other = any(child.dep_ in {"prep", "amod"} or child.lower_ in {"a", "an"} for child in noun.children)
    return noun.lower_ in words("roles_posts") and not other
