"""The boundaries of names: titles, articles, quotation marks, possessives and line breaks lie outside."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.extraction.names.lexicon import (
    comparable,
    fold,
    gender_of_given_name,
    gender_of_noun,
    is_family_name,
    is_known_organisation,
    is_title_word,
    known_place,
    names_a_day,
    organisation_noun,
    place_noun,
    title_length,
    word_class,
)
from kg.extraction.names.mentions import Piece, is_capital
from kg.extraction.names.page import ARTICLES, LINKS, Page
from kg.words import words

_CUTS = frozenset(
    ["/", ":", ";", "(", ")", "[", "]", "—", "–", "|", "•", "·", "…", "...", "*", "_", "@", "<", ">", "="]
)
_MARKUP = frozenset("<>=")
_CLAUSES = frozenset({"ROOT", "acl", "ccomp", "conj", "advcl"})
_ORDINAL = re.compile(r"\d+(?:st|nd|rd|th)$")


def cut(p: Page, start: int, end: int, label: str) -> Iterator[Piece]:
    """The entity's pieces between line breaks, marks that no name holds, and possessives of places and people."""
    begin = start
    if "v." in p.c.words[start + 1 : end - 1]:
        yield Piece(start, end, "LAW")  # "Roe v. Wade"
        return
    for i in range(start, end):
        if label == "ORG" and p.c.lower[i] == "of" and begin < i and _named_person(p, i + 1, end):
            yield from _trimmed(p, begin, i, label)
            yield from _trimmed(p, i + 1, end, "PERSON")  # "Liberal Alliance of Ann Lee"
            return
        if _cuts(p, i, begin, start, end, label):
            yield from _trimmed(p, begin, i, label)
            begin = i + 1
    yield from _trimmed(p, begin, end, label)


def _cuts(p: Page, i: int, begin: int, start: int, end: int, label: str) -> bool:
    c = p.c
    word = c.words[i]
    if not p.free[i] or p.breaks[i] or word in _CUTS or "//" in word or not _MARKUP.isdisjoint(word):
        return True
    if word in {"-", "v", "v."} and begin < i and not (p.attached(i) or p.attached(i + 1)):
        # "Harrow Bay - News", "Roe v Wade", but "Council on Norse - Baltic Relations"
        return c.words[i - 1] not in words("names_demonyms")
    if p.headline[i] and c.tags[i] == "VBZ" and begin < i and label != "PERSON":
        return True  # "Selby University Visits Port Mirren"
    if p.headline[i] and begin < i and word.istitle() and c.pos[i] in {"VERB", "AUX"} and c.deps[i] in _CLAUSES:
        return True  # "Harbour Arson Suspect Named by Police"
    if word in {"“", "``"} and not {"”", "''"} & set(c.words[i:end]):
        return True
    if word == ",":
        return not (i + 1 < end and c.lower[i + 1] in word_class("endings after a comma")) and label != "ORG"
    if word == "-" and label == "ORG" and begin < i < end - 1 and _are_two_known(p, begin, i, end):
        return True  # "Norvik Post-Tern News"
    if c.tags[i] == "POS" and begin < i < end - 1:
        owner = " ".join(c.words[begin:i])
        if _are_two_known(p, begin, i, end):
            return True
        return label == "PERSON" or known_place(fold(owner)) is not None or owner.lower() in words("names_demonyms")
    if begin == i:
        return False
    if c.words[i].islower() and c.tags[i] in {"NN", "NNS"} and _plain_noun_inside(p, i, end):
        return True
    if label == "PERSON":
        joins = c.lower[i] in {"and", "&", "or"} and (p.headline[i] or not word.istitle())  # not "Wilson Or"
        return joins or (c.lower[i] == "of" and c.lower[i - 1] not in word_class("noble titles"))
    if label == "GPE" and c.lower[i] in {"and", "or"}:
        return known_place(fold(" ".join(c.words[begin:end]))) is None
    if label == "ORG" and c.lower[i] == "and" and c.lower[begin:i].count("of") + c.lower[begin:i].count("for") == 0:
        return _two_bodies(p, begin, i, end)
    if label == "ORG" and c.lower[i] == "of" and known_place(fold(c.words[begin])) is not None:
        country = i + 1 + (c.lower[i + 1] == "the") if i + 1 < end else end
        if known_place(fold(" ".join(c.words[country:end]))) is not None:
            return True  # "Ohio University of the US"
    if label == "ORG" and c.lower[i] == "of" and (_holds_office(p, begin, i, end) or _part_of_body(p, begin, i, end)):
        return True
    if label == "ORG" and p.headline[i] and c.lower[i] == "with":
        return True  # "Talks with Foundation"
    if label == "FAC" and c.lower[i] == "for" and place_noun(c.lower[i - 1]):
        return True  # "Selby Palace for World Health Day"
    if label in {"ORG", "FAC"} and c.lower[i] in {"at", "in"}:
        if seated(p, begin, i) and i + 1 < end and known_place(fold(" ".join(c.words[i + 1 : end]))) is not None:
            return False
        return organisation_noun(c.lower[i - 1]) or place_noun(c.lower[i - 1]) or c.lower[i - 1] in {"art", "arts"}
    return False


def _are_two_known(p: Page, begin: int, i: int, end: int) -> bool:
    """Whether the token at ``i`` stands between two bodies that newspapers name: "Alphabet's Google"."""
    start = begin + (p.c.lower[begin] in ARTICLES)
    return all(_is_known([comparable(word) for word in p.c.words[a:b]]) for a, b in ((start, i), (i + 1, end)))


def _is_known(parts: list[str]) -> bool:
    """Whether newspapers name the body without explaining it, also with "News" after it: "ABC News"."""
    news = len(parts) > 1 and parts[-1] in word_class("newspapers")
    return is_known_organisation(" ".join(parts)) or (news and is_known_organisation(" ".join(parts[:-1])))


def _named_person(p: Page, start: int, end: int) -> bool:
    """Whether the tokens are a person's full name by their words alone."""
    c = p.c
    if end - start < 2 or known_place(fold(" ".join(c.words[start:end]))) is not None:
        return False
    given, last = fold(c.words[start]), c.lower[end - 1]
    if gender_of_given_name(given) is None or known_place(given) is not None or organisation_noun(last):
        return False
    small = [word for word in c.words[start + 1 : end] if not is_capital(word)]
    return known_place(fold(last)) is None and all(word == "-" or word in word_class("particles") for word in small)


def _holds_office(p: Page, begin: int, i: int, end: int) -> bool:
    """Whether what stands before "of" is an office, or its portfolio, in the body: "Observer of the Trade Alliance"."""
    c = p.c
    singular_office = gender_of_noun(c.lower[i - 1]) is not None and c.tags[i - 1] != "NNPS"
    before = c.lower[begin - 1] if begin else ""
    if (
        before in {"of", "for"}
        and is_field(c.lower[begin:i])
        and c.lower[begin - 2] in word_class("offices with a field")
    ):
        return True  # "Minister of" "Tourism, Arts and Culture of Malaysia"
    if not any(map(organisation_noun, c.lower[i + 1 : end])):
        return singular_office and _is_short_name(c.words[end - 1])
    if organisation_noun(c.lower[i - 1]) and not singular_office:
        return False
    return singular_office or is_field(c.lower[begin:i])


def is_field(lower: list[str]) -> bool:
    """Whether words in lower case are only what an office is for: "tourism, arts and culture"."""
    return all(word in words("titles_portfolios") or word in {"and", ",", "&"} for word in lower)


def _is_short_name(word: str) -> bool:
    """Whether the word is an acronym, or a body that newspapers name without explaining it."""
    return (word.isupper() and len(word) > 1) or is_known_organisation(comparable(word))


def _part_of_body(p: Page, begin: int, i: int, end: int) -> bool:
    """Whether what stands before "of" is a part of the body after it: "Executive Board of the Bank of Norway"."""
    c = p.c
    return part_of_body(c.lower[begin:i], c.words[i + 1 : end])


def part_of_body(before: list[str], after: list[str]) -> bool:
    """Whether words in lower case name a part of the body that the words after "of" name.

    "[Advisory Council] of the [Trade Alliance]" is two bodies; "Council of the Trade Alliance", "Ministry of Health"
    and "Patent Office of Norway" are one each.
    """
    if len(before) < 2 or (before[-1] not in word_class("dependent bodies") and "of" not in before):
        return False
    if not any(word in word_class("dependent bodies") for word in before):
        return False
    whole = [word for word in after if word.lower() not in ARTICLES]
    if not whole or known_place(fold(" ".join(whole))) is not None:
        return False
    head = next((n for n, word in enumerate(whole) if word.lower() in LINKS), len(whole)) - 1
    lone = len(whole) == 1
    return _is_short_name(whole[-1]) if lone else organisation_noun(whole[head].lower()) and len(whole) > 1


def _is_campus(p: Page, begin: int, i: int) -> bool:
    """Whether "at" after a university is followed by where it teaches: "University of Valmora at Selby"."""
    return p.c.lower[i] == "at" and "university" in p.c.lower[begin:i] and "of" in p.c.lower[begin:i]


def seated(p: Page, begin: int, i: int) -> bool:
    """Whether "at" or "in" after the office of a body is followed by its seat: "UN Office at Geneva"."""
    c = p.c
    if _is_campus(p, begin, i):
        return True
    if i - begin < 2 or c.lower[i - 1] not in word_class("seats of bodies"):
        return False
    owner = c.words[begin : i - 1]
    if c.lower[i - 1] == "mission" and is_known_organisation(" ".join(map(comparable, owner))):
        return True
    return (c.lower[i] == "at" and len(owner) > 0) or (len(owner) == 1 and _is_short_name(owner[0]))


def _two_bodies(p: Page, begin: int, i: int, end: int) -> bool:
    """Whether "and" at ``i`` parts two names ("Norvik and Baltor"), not words of one ("Works and Pensions")."""
    c = p.c
    left, right = (" ".join(map(comparable, c.words[a:b])) for a, b in ((begin, i), (i + 1, end)))
    if is_known_organisation(left) or is_known_organisation(right) or is_lone_acronym(c.words[begin:i]):
        return True
    return i - begin > 1 and organisation_noun(c.lower[i - 1])


def is_lone_acronym(spelled: list[str]) -> bool:
    """Whether the words are an acronym alone: "FVA" before "and Valley Army"."""
    return len(spelled) == 1 and spelled[0].isupper() and len(spelled[0]) > 2


def _plain_noun_inside(p: Page, i: int, end: int) -> bool:
    """Whether the lower-case noun parts two names ("disco club Room 12") and is not tied by a hyphen."""
    c = p.c
    return (
        i + 1 < end
        and is_capital(c.words[i + 1])
        and c.words[i - 1] != "-"
        and c.lower[i] not in word_class("particles")
    )


def _trimmed(p: Page, start: int, end: int, label: str) -> Iterator[Piece]:
    start, end = _inked(p, start, end, label)
    if (
        start + 2 < end
        and p.c.lower[start + 1] == "of"
        and gender_of_noun(p.c.lower[start])
        and _sentence_begins(p, start)
    ):
        start, end = _inked(p, start + 2, end, label)  # "Critics of Valmora"
    if start >= end or (label == "ORG" and _is_office(p, start, end)):
        return
    if label in {"PERSON", "ORG", ""} and end - start > 1 and p.c.words[end - 1] in word_class("letters after a name"):
        end -= 1
        label = "PERSON"
    if label == "ORG" and _titled_person(p, start, end):
        label = "PERSON"
    if label in {"ORG", ""}:
        end = _before_title(p, start, end)
    if start == end:
        return
    title = start
    named_in_full = end - start > 1 and " ".join(p.c.lower[start:end]) in words("names_not")
    if label in {"PERSON", ""} and not named_in_full and not _institutional(p, start, end):
        start = _after_title(p, start, end)
        title = min(title, start)
        start, end = _inked(p, start, end, label)
    if label in {"GPE", "LOC"} and p.c.tags[end - 1] == "NNPS" and not place_noun(p.c.lower[end - 1]):
        whole, rest = (known_place(fold(" ".join(p.c.words[start:stop]))) for stop in (end, end - 1))
        if rest is not None and whole is None:
            end -= 1  # "Valmora Refugees"
    if start < end:
        yield Piece(start, end, label, title)


def _before_title(p: Page, start: int, end: int) -> int:
    """The end without the title of the person named right after: "WIPO" of "WIPO Assistant Director General"."""
    c = p.c
    if end < len(c.words) and is_capital(c.words[end]) and is_title_word(c.lower[end]):
        while end - 1 > start and c.lower[end - 1] in word_class("first words of titles"):
            end -= 1  # "Norvik News Executive" before "Chairman"
    if end >= len(c.words) or c.ents[end] != "PERSON":
        return end
    stop = end
    while stop - 1 > start and is_title_word(c.lower[stop - 1]):
        stop -= 1
    while stop < end and stop - 1 > start and c.lower[stop - 1] in word_class("ranks within titles"):
        stop -= 1
    if all(is_title_word(word) or word in words("titles_modifiers") for word in c.lower[start:stop]):
        return start if stop < end else end  # "Chief Financial Officer"
    return stop


def _titled_person(p: Page, start: int, end: int) -> bool:
    """Whether the tokens are a title and a person's name, and no body: "Principal Teresa Okafor"."""
    c = p.c
    name = start + title_length(c.lower, start, end)
    if name == start and (c.words[start] in words("names_demonyms") or gender_of_noun(c.lower[start]) is not None):
        name += 1  # "Norwegian Per Aas"
    if name == start or not 2 <= end - name <= 4 or gender_of_given_name(fold(c.words[name])) is None:
        return False
    if end < len(c.words) and is_capital(c.words[end]) and c.pos[end] == "PROPN":
        return False  # "King Solomon" before "Baptist Church"
    return not any(
        organisation_noun(word) or place_noun(word) or word in LINKS or word in words("names_company_endings")
        for word in c.lower[name:end]
    )


def _is_office(p: Page, start: int, end: int) -> bool:
    """Whether the tokens are an office with its field, and no body: "Registrar of Patents"."""
    c = p.c
    link = next((i for i in range(start, end) if c.lower[i] in {"of", "for"}), end)
    if link in {start, end}:
        return False
    if c.tags[link - 1] == "NNPS":
        return False  # "Joint Chiefs of Staff"
    if gender_of_noun(c.lower[link - 1]) is None and not title_length(c.lower, link - 1, link):
        return False
    if organisation_noun(c.lower[link - 1]) or any(map(organisation_noun, c.lower[start:link])):
        return False
    field = c.words[link + 1 : end]
    return not any(organisation_noun(word.lower()) or _is_short_name(word) for word in field) and (
        known_place(fold(" ".join(word for word in field if word.lower() not in ARTICLES))) is None
    )


def _inked(p: Page, start: int, end: int, label: str) -> tuple[int, int]:
    """The span without articles, quotation marks, lower-case words and punctuation at its edges."""
    c = p.c
    if label == "PERSON" and end - start > 2 and names_a_day(c.lower[end - 1]):
        end -= 1  # "told Ann Lee Monday"
    while start < end:
        word = c.words[start]
        if label == "ORG" and _is_partys_share(p, start, end):
            start += 1
            continue
        if label == "ORG" and _ORDINAL.match(word):
            break
        if "-" in word and start + 1 < end and word.rsplit("-", 1)[1] in word_class("adjective endings"):
            start += 1  # "Oslo-based Tern Logistics"
            continue
        named = is_capital(word) and c.lower[start] not in ARTICLES and not _function_word(p, start)
        if named or (c.lower[start] in word_class("particles") and _particle_ahead(p, start, end)):
            break
        start += 1
    while start < end:
        last = end - 1
        word = c.words[last]
        if (
            word.isdigit()
            and c.words[last - 1] not in {"-", "–"}
            and label in {"ORG", "FAC", "LOC", "PRODUCT"}
            and last > start
        ):
            break
        if (
            is_capital(word)
            and c.lower[last] not in word_class("layout words")
            and not _function_word(p, last)
            and not (c.lower[last] in ARTICLES and len(word) > 1)
        ):
            break
        if last - start >= 2 and c.words[last - 1] == "-" and word[0].isalpha():
            break
        end -= 1
    return start, end


def _is_partys_share(p: Page, start: int, end: int) -> bool:
    """Whether a party's adjective stands before the one body that parties share: "Democratic Senate"."""
    c = p.c
    party = c.lower[start] in word_class("adjectives of parties")
    return party and end - start == 2 and c.lower[start + 1] in word_class("names of one body")


def _function_word(p: Page, i: int) -> bool:
    """Whether a headline's capitalised word is a pronoun, preposition or auxiliary."""
    return (
        p.headline[i] and p.c.pos[i] in {"DET", "PRON", "AUX", "ADP", "CCONJ", "SCONJ"} and not p.c.words[i].isupper()
    )


def _sentence_begins(p: Page, i: int) -> bool:
    return i == 0 or p.c.sentence_of[i - 1] != p.c.sentence_of[i]


def _particle_ahead(p: Page, i: int, end: int) -> bool:
    c = p.c
    while i + 1 < end and c.lower[i + 1] in word_class("particles"):
        i += 1
    return i + 1 < end and (is_capital(c.words[i + 1]) or (i + 2 < end and c.words[i + 1] == "-"))


def _institutional(p: Page, start: int, end: int) -> bool:
    head = next((i for i in range(start, end) if p.c.lower[i] in LINKS), end) - 1
    return head > start and (organisation_noun(p.c.lower[head]) or place_noun(p.c.lower[head]))


def _after_title(p: Page, start: int, end: int) -> int:
    """The first token of the name after the titles it begins with; regnal titles stay with a lone given name."""
    c = p.c
    while start < end - 1:
        length = title_length(c.lower, start, end - 1)
        if not length:
            noun = gender_of_noun(c.lower[start])
            demonym = c.words[start] in words("names_demonyms")
            if (noun is None and not demonym) or gender_of_given_name(c.lower[start]) or end - start < 3:
                break
            length = 1
        if length == 1 and _given_name_like_a_title(p, start, end):
            break
        if (
            c.lower[start] in word_class("regnal titles")
            and end - start - length <= 2
            and not _surname_like(p, start + length, end)
        ):
            break
        start += length
    return start


def _given_name_like_a_title(p: Page, start: int, end: int) -> bool:
    """Whether a title is somebody's given name: "Dean Marwick", "Donna Marwick", but "Don Pedro Alvarez"."""
    word, following = p.c.lower[start], fold(p.c.words[start + 1])
    given = gender_of_given_name(word)
    if word in word_class("titles before a given name"):
        surname = end - start == 2 and is_family_name(following)
        return surname or gender_of_given_name(following) not in {given, "u"}
    return word in word_class("titles that are given names") and given is not None and end - start == 2


def _surname_like(p: Page, start: int, end: int) -> bool:
    return end - start == 2 and not p.c.words[end - 1].isupper()
