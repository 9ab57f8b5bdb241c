"""What the words around one place of a name say of its kind: titles, prepositions, verbs, appositions."""

from __future__ import annotations

import re
from collections.abc import Iterable

from kg.extraction.columns import Columns
from kg.extraction.names.boundaries import is_field
from kg.extraction.names.descriptions import among_bodies, called, description, identified, listed_under
from kg.extraction.names.lexicon import (
    gender_of_given_name,
    gender_of_noun,
    is_family_name,
    is_title_word,
    known_place,
    noun_kind,
    organisation_noun,
    word_class,
)
from kg.extraction.names.mentions import Candidate
from kg.words import words

_OPENERS = frozenset({'"', "“", "‘", "'", "«", "(", ":", "-", "–", "—"})
_YEAR = re.compile(r"(?:18[89]|19\d|20[0-4])\d$")
_AGE = re.compile(r"\d{1,2}$")


def observations(candidate: Candidate, c: Columns) -> Iterable[str]:
    """What the words around one place say."""
    yield from _before(candidate, c)
    yield from called(candidate, c)
    yield from _grammar(candidate, c)
    yield from _after(candidate, c)
    if _plays(candidate, c):
        yield "plays as a team"


def _says_who(candidate: Candidate, c: Columns) -> bool:
    """Whether the name tells what the person right after it is: "City Arborist" before "Ana Ruiz"."""
    last, end = candidate.end - 1, candidate.end
    if candidate.label != "ORG" or last == candidate.start or end >= len(c.words) or c.ents[end] != "PERSON":
        return False
    return c.lower[last].endswith(("ist", "er", "or", "ian")) and not organisation_noun(c.lower[last])


def _is_noun(i: int, c: Columns) -> bool:
    return c.words[i].islower() and c.tags[i] in {"NN", "NNS"}


def _word(c: Columns, i: int) -> str:
    """The token in lower case, empty outside the Doc."""
    return c.lower[i] if 0 <= i < len(c.lower) else ""


def _before(candidate: Candidate, c: Columns) -> Iterable[str]:
    start, last = candidate.start, candidate.end - 1
    before = _word(c, start - 1)
    if candidate.title < start:
        yield "title before"
    elif start and gender_of_noun(before) and c.tags[start - 1].startswith("NN"):
        yield (
            "noun for people or bodies before" if before in word_class("nouns for bodies") else "noun for people before"
        )
    elif start and c.heads[start - 1] == last and _is_noun(start - 1, c) and (told := description(before)):
        yield told
    elif start and c.deps[last] == "appos":
        told = description(c.lower[c.heads[last]])
        if told and (c.heads[last] == start - 1 or told == "described as a thing"):
            yield told  # "the group Ansar", "her sister ship, the Cordelia"
        elif told == "described as a body" and (before == "the" or _brought_in(last, c)):
            yield "introduced as a body"
    office = start > 1 and candidate.label == "ORG" and c.lower[start - 2] in word_class("offices with a field")
    if office and (before == "for" or (before == "of" and is_field(c.lower[start : candidate.end]))):
        yield "field of an office"
    if before == "the" and not _modifies(last, c):
        inside = start >= 2 and c.sentence_of[start - 2] == c.sentence_of[start] and c.words[start - 2] not in _OPENERS
        yield "The before" if inside and c.words[start - 1] == "The" else "the before"
    if start < 2:
        return
    if before == ":" and _word(c, candidate.end) == ")":
        yield "in brackets after a colon"  # "(NYSE: XOM)"
    if (
        c.tags[start - 1] == "POS"
        and last > start
        and not organisation_noun(c.lower[last])
        and c.ents[start - 2] == "ORG"
    ):
        yield "owned"
    if before in {"of", "from"} and c.ents[start - 2] == "PERSON":
        yield "person of"
    if before == "," and c.ents[start - 2] == "PERSON" and _is_credential(candidate, c):
        yield "after a person's name"
    if c.ents[start - 1] == "PERSON" and last == start and c.words[start] in word_class("letters after a name"):
        yield "after a person's name"  # "Ann Lee QC"
    if before == "of" and c.lower[start - 2] in word_class("nouns for places"):
        yield "described as a place"


def _brought_in(last: int, c: Columns) -> bool:
    """Whether a noun alone brings in something new: "bought a coal company, X", not "a group, X and Y, came"."""
    noun = c.heads[last]
    if c.lemmas[noun] in word_class("groups of people") or any(c.deps[k] == "conj" for k in c.children[last]):
        return False
    new = any(c.lower[k] in {"a", "an"} for k in c.children[noun])
    return new and c.deps[noun] != "pobj" and not any(c.deps[k] == "prep" for k in c.children[noun])


def _modifies(last: int, c: Columns) -> bool:
    """Whether the name only modifies a noun after it: "the Ann Lee story"."""
    return c.heads[last] > last and c.deps[last] in {"compound", "nmod", "poss", "amod"}


def _grammar(candidate: Candidate, c: Columns) -> Iterable[str]:
    start, last = candidate.start, candidate.end - 1
    before, dep, verb = _word(c, start - 1), c.deps[last], c.heads[last]
    joined = _joined(last, c)
    way = _is_end_of_way(candidate, c)
    if way:
        yield "end of a way"
    if any(c.words[k][0].isupper() and known_place(c.lower[k]) is not None for k in joined):
        yield "listed with a place"
    if not way and any(c.ents[k] == "PERSON" for k in joined):
        yield "listed with a person"
    if any(c.ents[k] == "ORG" for k in joined):
        yield "listed with a body"
    if told := listed_under(last, c):
        yield told
    if dep == "conj" and among_bodies(last, c):
        yield "described as a body"
    if dep == "pobj":
        holder = c.lemmas[start - 2].lower() if start >= 2 else ""
        if _is_post_in_a_body(start - 2 if before == "the" else start - 1, c):
            yield "employs"
        elif before in {"of", "for", "at"} and _is_governed(verb, c):
            yield "governed"
        if before == "of" and start >= 2 and _is_chief(start - 2, c):
            yield "has a chief"
        if before in words("names_place_prepositions") or (before == "from" and _comes(c.heads[verb], c)):
            yield "in it"
        elif before == "at" or (before == "the" and holder in {"at", "near", "outside", "inside"}):
            yield "at it"
            if before == "at" and candidate.label == "PERSON" and gender_of_noun(holder) is not None:
                yield "has people at it"
            if c.lower[last] in word_class("buildings"):
                yield "in a building"
        elif before == "by":
            yield "by it"
        elif before == "to" and holder == "accord":
            yield "speaks"
        elif before == "to" and c.lemmas[c.heads[verb]] in word_class("motion"):
            yield "in it" if c.pos[c.heads[verb]] == "NOUN" else "at it"
    elif dep in {"nsubj", "nsubjpass"}:
        if told := identified(verb, c):
            yield told
        if c.lemmas[verb] in words("names_person_verbs"):
            yield "does what people do"
        elif c.lemmas[verb] in word_class("speaking"):
            yield "speaks"
        elif c.pos[verb] == "VERB" and dep == "nsubj":
            yield "acts"
    elif dep in {"dobj", "dative"} and c.lemmas[verb] in word_class("addressing"):
        yield "addressed"
    elif dep in {"nmod", "compound"} and start and c.lemmas[start - 1] in word_class("addressing"):
        yield "addressed"  # "met X and Y chief executive Z", read as one
    elif dep == "poss" and verb > last and c.lower[verb] in word_class("relatives"):
        yield "does what people do"


def _verb_before_comma(i: int, c: Columns) -> bool:
    for j in range(i, min(i + 8, len(c.words))):
        if c.words[j] in {",", "."}:
            return False
        if c.pos[j] in {"VERB", "AUX"}:
            return True
    return False


def _is_chief(i: int, c: Columns) -> bool:
    """Whether the post that ends at a token is one that only bodies have: "chief executive", "chairman"."""
    chiefs = word_class("chiefs of bodies")
    return c.lower[i] in chiefs or (i > 0 and f"{c.lower[i - 1]}-{c.lower[i]}" in chiefs)


def _comes(head: int, c: Columns) -> bool:
    """Whether "from" hangs on somebody, a way or a movement: "a driver from Selby", "on its way from Selby"."""
    return gender_of_noun(c.lower[head]) is not None or c.lemmas[head] in word_class("motion") or c.lower[head] == "way"


def _is_end_of_way(candidate: Candidate, c: Columns) -> bool:
    """Whether a way or a journey begins or ends there: "the road between X and Y", "trains run between X and Y"."""
    if len(candidate.parts) > 1 and gender_of_given_name(candidate.parts[0]) is not None:
        return False  # "the line between Ann Lee and Tom Hale"
    last = candidate.end - 1
    while c.deps[last] == "conj":
        last = c.heads[last]
    link = c.heads[last]
    if c.deps[last] != "pobj" or c.lower[link] != "between":
        return False
    above = c.heads[link]
    told = [above]
    if c.pos[above] == "VERB":
        told += [k for k in c.children[above] if c.deps[k] in {"nsubj", "nsubjpass", "compound", "dobj"}]
    else:
        told += [k for k in c.children[above] if c.deps[k] == "compound"]  # "the railway line"
    ways = word_class("ways")
    if all(is_family_name(c.lower[k]) for k in (candidate.end - 1, *_joined(candidate.end - 1, c))):
        ways -= word_class("ways between people")  # "a direct line between X and Y", "became a bridge between X and Y"
    return c.lemmas[above] in word_class("motion") or any(c.lemmas[k].lower() in ways for k in told)


def _is_post_in_a_body(preposition: int, c: Columns) -> bool:
    """Whether a post in a body stands before "of", "for" or "at": "director of (the) X"."""
    before = _word(c, preposition) in {"of", "for", "at"} and preposition > 0
    return before and c.lemmas[preposition - 1].lower() in word_class("posts in a body")


def _is_governed(preposition: int, c: Columns) -> bool:
    """Whether the preposition hangs on an office of a place: "minister of X", "minister of labour of X"."""
    noun = c.heads[preposition]
    if c.lower[noun] == "general" and noun and c.lower[noun - 1] in word_class("generals of a place"):
        return True  # "Attorney General of X"
    if c.lemmas[noun].lower() not in word_class("posts of a place") and c.deps[noun] == "pobj":
        noun = c.heads[c.heads[noun]]
    return c.lemmas[noun].lower() in word_class("posts of a place")


def _joined(last: int, c: Columns) -> list[int]:
    """The tokens that "and" or a comma joins to the name: "Norway" to "Kestria" in "Kestria and Norway"."""
    joined = [k for k in c.children[last] if c.deps[k] == "conj"]
    if c.deps[last] == "conj":
        joined.append(c.heads[last])
    return joined


def _after(candidate: Candidate, c: Columns) -> Iterable[str]:
    end, last = candidate.end, candidate.end - 1
    after = _word(c, end)
    if after == "," and end + 1 < len(c.words):
        yield from _after_comma(candidate, c)
    elif after in {"who", "whose"}:
        yield "who after"
    elif _names_its_post(end, c):
        yield "its post and person after"
    elif _is_work_of_a_person(candidate, c):
        yield "works of a person"
    elif after == "(" and _YEAR.match(_word(c, end + 1)) and _word(c, end + 2) == ")":
        yield "year in brackets after"
    elif after == "(" and _AGE.match(_word(c, end + 1)) and _word(c, end + 2) == ")":
        yield "age after"
    elif c.heads[last] > last and c.lower[c.heads[last]] in word_class("words of a source") and c.heads[last] < end + 4:
        yield "its words after"  # "a Corvex poll", "Corvex's last report"
    elif _names_a_law(candidate, c):
        yield "names a law"
    elif after in {"'s", "’s"}:
        if end + 1 < len(c.words) and c.ents[end + 1] == "PERSON":
            yield "its person"
    elif c.deps[last] == "compound" and after in word_class("followers") and is_family_name(candidate.folded):
        yield "its followers after"  # "the Brandt campaign"
    elif end - candidate.start == 1 and c.deps[last] == "compound" and after in word_class("makers"):
        yield "what a maker makes"
    elif _before_title(candidate, c):
        yield "portfolio of a title"
    elif _says_who(candidate, c):
        yield "title of a person"
    elif c.deps[last] == "compound" and c.heads[last] == end and after in word_class("nouns after a body"):
        yield "described as a body"
    elif c.deps[last] == "compound" and c.heads[last] == end:
        yield "noun for people after" if gender_of_noun(after) else "noun after"
        if c.words[end].islower() and (kind := noun_kind(after)):
            yield f"a noun for a {kind} after"


def _names_a_law(candidate: Candidate, c: Columns) -> bool:
    """Whether surnames joined by a hyphen tell whose law it is: "the Marsh-Holm Act"."""
    joined = candidate.name.split("-")
    return (
        len(joined) > 1
        and " " not in candidate.name
        and all(part[:1].isupper() for part in joined)
        and known_place(candidate.folded) is None
        and _word(c, candidate.end) in word_class("laws")
    )


def _is_work_of_a_person(candidate: Candidate, c: Columns) -> bool:
    """Whether somebody's works are named: "the Collected Works of Ann Lee"."""
    end = candidate.end
    if end + 1 >= len(c.words) or c.lower[end] not in {"of", "by"}:
        return False
    return c.lower[end - 1] in word_class("works of one author") and c.ents[end + 1] == "PERSON"


def _names_its_post(i: int, c: Columns) -> bool:
    """Whether a small-letter post in a body and a capitalised name follow: "X spokeswoman Ann Lee"."""
    stop = i
    while stop < min(i + 4, len(c.words)) and c.words[stop].islower() and c.pos[stop] in {"NOUN", "ADJ"}:
        stop += 1
    posted = i < stop < len(c.words) and c.lower[stop - 1] in word_class("posts in a body")
    return posted and c.words[stop][0].isupper() and c.ents[stop] in {"PERSON", ""} and c.pos[stop] == "PROPN"


def _before_title(candidate: Candidate, c: Columns) -> bool:
    """Whether a lone word is the portfolio of the title after it: "Defense" in "Defense Secretary"."""
    end = candidate.end
    if c.words[candidate.start].istitle() and candidate.folded in word_class("names of one body"):
        return False  # "House Speaker"
    return is_field(c.lower[candidate.start : end]) and is_title_word(_word(c, end))


def _is_credential(candidate: Candidate, c: Columns) -> bool:
    """Whether the candidate is written like the letters after a name: "QC", "MP"."""
    word = c.words[candidate.start]
    lone = candidate.end - candidate.start == 1 and _word(c, candidate.end) in {",", ""}
    return lone and word.isupper() and len(word) <= 4


def _plays(candidate: Candidate, c: Columns) -> bool:
    """Whether the name is used for a team: "Norway beat Peru", "Chile 1 - 0 Norway", "Selby versus Harrow"."""
    last, end = candidate.end - 1, candidate.end
    after = c.lower[end] if end < len(c.words) else ""
    before = c.lower[candidate.start - 1] if candidate.start else ""
    if after in word_class("rivalry") or before in word_class("rivalry") or after in word_class("players"):
        return True
    if after.isdigit() and end + 2 < len(c.words) and c.words[end + 1] in {"–", "-"} and c.words[end + 2].isdigit():
        return True
    if before.isdigit() and candidate.start >= 3 and c.words[candidate.start - 2] in {"–", "-"}:
        return c.words[candidate.start - 3].isdigit()
    verb = c.heads[last]
    if c.lemmas[verb] not in word_class("games") or c.deps[last] not in {"nsubj", "dobj", "nsubjpass"}:
        return False
    return any(c.deps[k] in {"nsubj", "dobj"} and k != last and c.words[k][0].isupper() for k in c.children[verb])


def _after_comma(candidate: Candidate, c: Columns) -> Iterable[str]:
    """ "X, 35," and "X, the director of Y": what an apposition says."""
    i = candidate.end + 1
    limit = min(i + 7, len(c.words))
    if _AGE.match(c.words[i]) and i + 1 < len(c.words) and c.words[i + 1] in {",", "."}:
        yield "age after"
        return
    if c.lower[i] in {"who", "whose"}:
        yield "who after"
        return
    if c.lower[i] == "its" and _verb_before_comma(i, c):
        yield "its own after"  # "X, its chairman said, ..."
        return
    if c.lower[i] == "based":
        yield "described as a body"
        return
    place = known_place(c.lower[i]) or (known_place(f"{c.lower[i]} {c.lower[i + 1]}") if i + 1 < len(c.words) else None)
    itself = known_place(candidate.folded)
    if itself is not None and itself.kind == "country":
        place = None  # "Sweden, Belgium and England"
    placed = candidate.label != "PERSON" or _word(c, candidate.start - 1) in {"from", "in", "near", "outside"}
    if place is not None and place.kind != "city" and c.words[i][0].isupper() and placed:
        yield "region after"
        return
    head_of_apposition = candidate.end - 1
    for j in range(i, limit):
        if c.words[j] in {",", "."} or c.pos[j] in {"VERB", "AUX"}:
            return
        if (c.deps[j] == "appos" and c.heads[j] == head_of_apposition) or (j > i and c.lower[j] in {"of", "for", "at"}):
            noun = c.lower[j] if c.deps[j] == "appos" else c.lower[j - 1]
            told = "described as a person" if noun == "general" else description(noun)
            if told and (told.startswith("described") or c.deps[j] == "appos"):
                yield told
            return
