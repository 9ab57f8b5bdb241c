"""Relations between names that are no titled position: who leads, founded or belongs to what, and who is whose kin."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from kg.extraction.events.words import event_nouns
from kg.extraction.names.lexicon import comparable, known_place
from kg.extraction.roles.flat import BREAK, HYPHENS, Flat, Name
from kg.extraction.roles.grammar import SUBJECTS, is_doubtful, subject_of
from kg.extraction.roles.lexicon import PARTS, POSSESSIVES, kin
from kg.facts import EntityKind, Relation
from kg.words import table, words

if TYPE_CHECKING:
    from spacy.tokens import Token

LONGEST_CLIMB = 4
MEMBER_OF = frozenset(("of", "from", "at", "with"))
BESIDE = frozenset(("against", "as", "by"))
"""Prepositions whose person is not what is taken or met: "signed a letter by X from Y"."""
NAMING_NOBODY = frozenset(("VB", "MD", "RB", "IN", "TO", "CD", ","))
"""Starts of the tags of words that name nobody: of verbs, adverbs, prepositions and numbers."""
JOINING = frozenset(("and", "or", "&", "'s", "’s", "'", "’"))
"""Words after a name that tell that it is one of several, or that another phrase begins with it."""
CLOSING = frozenset((",", ".", ";", ":", ")", "-", "–", "—", "--", BREAK))


class Tie(NamedTuple):
    """A verb with the two names that it relates, as positions of their head words."""

    subject: int
    object: int
    verb: Token


@cache
def leading_verbs() -> Mapping[str, str]:
    """Forms of the verbs of leading with the title each amounts to."""
    return dict(table("roles_leading"))  # type: ignore[arg-type]


@cache
def _relating_verbs() -> Mapping[str, str]:
    return dict(table("roles_relations"))  # type: ignore[arg-type]


def ties(flat: Flat, forms: frozenset[str]) -> Iterator[Tie]:
    """Who does what to whom, for verbs of these forms: actives ("who heads X") and passives ("X, headed by ...")."""
    for i in flat.positions(forms):
        verb = flat.tokens[i]
        if verb.pos_ != "VERB":
            continue
        children = list(verb.children)
        if is_doubtful(verb, children):
            continue
        agent = next((child for child in children if child.dep_ == "agent"), None)
        if agent is not None:
            doer = next((child for child in agent.children if child.dep_ == "pobj"), None)
            done = subject_of(verb, children)
        else:
            doer = subject_of(verb, children)
            done = next((child for child in children if child.dep_ == "dobj"), None)
        if doer is None or done is None or doer.i not in flat.position or done.i not in flat.position:
            continue
        yield Tie(flat.position[doer.i], flat.position[done.i], verb)


def find_ties(flat: Flat) -> Iterator[Relation]:
    """All relations of an article."""
    yield from _founding(flat)
    yield from _membership(flat)
    yield from _parts(flat)
    yield from _containment(flat)
    yield from _kinship(flat)


def foundings(flat: Flat) -> Iterator[Tie]:
    """Who founded which organisation: "X founded Y", "Y was founded by X and Z", "X, who co-founded Y"."""
    for tie in [*ties(flat, frozenset(_relating_verbs())), *_cofoundings(flat)]:
        for founder in _joined(flat, tie.subject):
            kinds, founded = flat.kinds_at(founder), flat.kinds_at(tie.object)
            if kinds and EntityKind.ORGANISATION in founded and EntityKind.PLACE not in kinds:
                yield tie._replace(subject=founder)


def _cofoundings(flat: Flat) -> Iterator[Tie]:
    """ "who co-founded Y", "Y was co-founded by X", read off the words: the hyphen leads the parser astray."""
    for i in flat.positions(frozenset(("founded",))):
        if flat.word(i - 1) not in HYPHENS or flat.word(i - 2) != "co":
            continue
        after = flat.name_at.get(i + 1 + (flat.word(i + 1) in {"the", "by"}))
        passive = flat.word(i - 3) in {"was", "were"}
        start = i - 2 - passive
        start -= flat.word(start - 1) in {"who", "which"}
        start -= flat.word(start - 1) == ","
        before = flat.name_before.get(start)
        if before and after and passive == (flat.word(i + 1) == "by"):
            pair = (after, before) if passive else (before, after)
            yield Tie(pair[0].end - 1, pair[1].end - 1, flat.tokens[i])


def _joined(flat: Flat, i: int) -> Iterator[int]:
    """The position of a name and of those that "and" joins to it."""
    yield i
    for token in flat.tokens[i].children:
        if token.dep_ == "conj" and token.i in flat.position:
            yield from _joined(flat, flat.position[token.i])


def _founding(flat: Flat) -> Iterator[Relation]:
    for tie in foundings(flat):
        at = flat.position[tie.verb.i]
        yield from _relation(
            flat, tie.subject, _relating_verbs()[flat.word(at)], tie.object, f"verb '{tie.verb.lemma_}'"
        )


def _relation(flat: Flat, subject: int, kind: str, object_: int, reason: str) -> Iterator[Relation]:
    first, second = flat.referent(subject), flat.referent(object_)
    if first and second and first != second:
        span = flat.span(flat.extent(subject), flat.extent(object_))
        yield Relation(first, kind, second, span, reason)


def _membership(flat: Flat) -> Iterator[Relation]:
    """ "Ines Roth from Acme", "Ines Roth of the Hill Trust", "the Trust's Ines Roth", "who works for X"."""
    for name in flat.names:
        if not name.is_person:
            continue
        owner = flat.name_before.get(name.start - 1) if flat.word(name.start - 1) in POSSESSIVES else None
        if owner and owner.is_organisation:
            yield Relation(name.key, "memberOf", owner.key, flat.span((owner.start, name.end)), "possessive", 0.8)
            continue
        i = name.end + (flat.word(name.end) == ",")
        link = flat.word(i)
        if link not in MEMBER_OF or (link == "with" and i == name.end) or tells_where(flat, name, i):
            continue
        body = flat.name_at.get(i + 1 + (flat.word(i + 1) == "the"))
        if body and body.is_organisation:
            yield Relation(name.key, "memberOf", body.key, flat.span((name.start, body.end)), f"'{link}'", 0.8)
    for i in flat.positions(frozenset(("works", "worked", "working"))):
        verb = flat.tokens[i]
        children = list(verb.children)
        worker = subject_of(verb, children)
        if verb.pos_ != "VERB" or worker is None or worker.i not in flat.position or is_doubtful(verb, children):
            continue
        body = flat.name_at.get(i + 2 + (flat.word(i + 2) == "the"))
        kinds = flat.kinds_at(flat.position[worker.i])
        if flat.word(i + 1) in {"for", "at"} and body and body.is_organisation and EntityKind.PERSON in kinds:
            yield from _relation(flat, flat.position[worker.i], "memberOf", body.start, "verb 'work'")


def tells_where(flat: Flat, name: Name, i: int) -> bool:
    """Whether "at" or "from" after a name tells where or whence something is done: "take a film of X from Y"."""
    if flat.word(i) not in {"at", "from"}:
        return False
    person, link = flat.tokens[name.end - 1], flat.tokens[i]
    if flat.capital(i):
        return True  # "X At Rally" in a headline
    if flat.word(i) == "at" and person.dep_ in {"dobj", "dative"} and link.head == person.head:
        return True  # "joined X at Y"
    above = person
    for _ in range(LONGEST_CLIMB):
        if above.dep_ not in {"pobj", "prep", "dobj", "acl"} or above.lower_ in BESIDE:
            return False
        above = above.head
        if flat.word(i) == "from" and above.lemma_.lower() in words("roles_taking"):
            return True
        if flat.word(i) == "at" and above.lemma_.lower() in event_nouns():
            return True  # "a rally for X at Y"
    return False


def _parts(flat: Flat) -> Iterator[Relation]:
    """ "X, a subsidiary of Y"."""
    for i in flat.positions(PARTS):
        start = i
        while start > 0 and flat.tag(start - 1) in {"NN", "JJ", "DT"} and start - 1 not in flat.within:
            start -= 1
        if flat.word(i + 1) != "of" or flat.word(start - 1) != ",":
            continue
        part = flat.name_before.get(start - 1)
        whole = flat.name_at.get(i + 2 + (flat.word(i + 2) == "the"))
        if part and whole and part.is_organisation and whole.is_organisation and part.key != whole.key:
            span = flat.span((part.start, whole.end))
            yield Relation(part.key, "subOrganisationOf", whole.key, span, "apposition")


def _containment(flat: Flat) -> Iterator[Relation]:
    """ "Springfield, Illinois, ...": a place, and the region or country that it is in; not a list of places."""
    for name in flat.names:
        whole = flat.name_at.get(name.end + 1) if flat.word(name.end) == "," else None
        if whole is None or not (name.is_place and whole.is_place) or name.key == whole.key:
            continue
        inner, outer = _extent(flat, name), _extent(flat, whole)
        if outer < 1 or inner >= outer:
            continue
        after = flat.word(whole.end)
        following = flat.name_at.get(whole.end + 1)
        listed = after in JOINING or (after == "," and following is not None and following.is_place)
        opening = flat.begins[name.start - 1] if name.start else False  # "In Moscow, Russia said": two phrases
        if not listed and (after in CLOSING or not opening):
            span = flat.span((name.start, whole.end))
            yield Relation(name.key, "locatedIn", whole.key, span, "place and what it is in")


def _extent(flat: Flat, name: Name) -> int:
    """2 for a country, 1 for a region, 0 for a town or what no gazetteer knows."""
    known = known_place(" ".join(map(comparable, flat.text(name.start, name.end).split())))
    return ("city", "region", "country").index(known.kind) if known else 0


def _kinship(flat: Flat) -> Iterator[Relation]:
    """ "X's wife, Y", "X and his son Y"; both ways between spouses and between siblings."""
    for i in flat.positions(frozenset(kin())):
        second = flat.name_at.get(i + 1) or (flat.name_at.get(i + 2) if flat.word(i + 1) == "," else None)
        if second is None or not second.is_person:
            continue
        first = _kinsman(flat, i)
        if first is None or first.key == second.key:
            continue
        kind = kin()[flat.word(i)]
        span = flat.span((first.start, second.end))
        yield Relation(first.key, kind, second.key, span, f"'{flat.word(i)}'", 0.85)
        inverse = {"spouse": "spouse", "sibling": "sibling", "child": "parent", "parent": "child"}[kind]
        yield Relation(second.key, inverse, first.key, span, f"'{flat.word(i)}'", 0.85)


def _kinsman(flat: Flat, i: int) -> Name | None:
    """The name of the person whose kin the word at a position is: "X's wife", "X and his wife", "X said his wife"."""
    before = i - 1
    while flat.tag(before) in {"JJ", "NN", "CD"} or flat.word(before) == "-":
        if flat.word(before) in words("roles_kin_not"):
            return None
        before -= 1
    if flat.word(before) in POSSESSIVES:
        name = flat.name_before.get(before)
    elif flat.word(before) in {"his", "her"}:
        joined = flat.word(before - 1) in {"and", "with"}
        name = flat.name_before.get(before - 1) if joined else _only_subject(flat, before)
    else:
        return None
    return name if name and name.is_person else None


def _only_subject(flat: Flat, pronoun: int) -> Name | None:
    """The name that a pronoun means, if it is a subject and of the only person named before it in the sentence."""
    sentence_of, at = flat.columns.sentence_of, flat.tokens.at
    sentence = sentence_of[at[pronoun]]
    before = [name for name in flat.names if name.end <= pronoun and sentence_of[at[name.start]] == sentence]
    people = [name for name in before if name.is_person]
    if {name.key for name in people} != {flat.referent(pronoun)}:
        return None
    name = next((name for name in reversed(people) if flat.tokens[name.end - 1].dep_ in SUBJECTS), None)
    if name is None or not all(_names_nobody(flat, i, name) for i in range(name.end, pronoun)):
        return None  # "the lawyer X said her client shot her husband"
    return name


def _names_nobody(flat: Flat, i: int, name: Name) -> bool:
    """Whether the word at a position can mean nobody but the person named."""
    return flat.tag(i)[:2] in NAMING_NOBODY or flat.referent(i) == name.key
