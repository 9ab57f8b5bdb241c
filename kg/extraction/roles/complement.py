"""What follows a title: "of the Danish Patent Office", "of finance", "at large for the Gazette"."""

from __future__ import annotations

from dataclasses import dataclass, field

from kg.extraction.roles.employers import can_employ, is_seat, meant_by_noun
from kg.extraction.roles.flat import HYPHENS, Flat, Name
from kg.extraction.roles.lexicon import (
    ACCREDITED,
    DETERMINERS,
    PARTS,
    PLACE_NOUNS,
    POSSESSIVES,
    PREPOSITIONS,
    heads,
    statuses,
    title_words,
)
from kg.extraction.roles.title import TitlePhrase
from kg.words import words

EXPERTS = frozenset(("expert", "specialist", "scholar", "authority", "adviser", "advisor", "analyst"))
LONGEST_PORTFOLIO = 7
NOUNS = frozenset(("NN", "NNS", "NNP", "NNPS"))


@dataclass(slots=True)
class Complement:
    """The end of a title, the end of all that belongs to it, and whom it serves, by name or by key."""

    end: int
    right: int
    organisations: list[Name] = field(default_factory=list)
    employer: str | None = None


def read_complement(flat: Flat, title: TitlePhrase, right: int) -> Complement:
    """Reads on from the end of a title, over a portfolio ("of finance") to whom it serves ("of France")."""
    found = Complement(title.end, right)
    named = flat.capital(title.head) and not flat.word(title.head).startswith("spokes")
    if flat.word(right) == "(" and named:  # "Deputy Governor (Markets)"
        field_end = portfolio_end(flat, right + 1, True)
        if field_end is not None and flat.word(field_end) == ")":
            found.end = found.right = field_end + 1
    for _ in range(4):
        preposition = flat.word(found.right)
        if preposition not in PREPOSITIONS:
            break
        i, determined = found.right + 1, False
        while flat.word(i) in DETERMINERS or (flat.word(i) in words("titles_fillers") and i not in flat.within):
            determined, i = True, i + 1
        portfolio = _past_owners(flat, portfolio_end(flat, i, named and preposition == "for"))
        name = flat.name_at.get(i)
        if name and not _is_portfolio(flat, name):
            if not _take_name(flat, found, name, preposition, title):
                break
        elif portfolio is None or not _take_portfolio(flat, found, i, portfolio, preposition, determined):
            break
    if not found.organisations and not found.employer:
        _take_after_comma(flat, found, title)
    return found


def _past_owners(flat: Flat, end: int | None) -> int | None:
    """The end of a noun phrase that owners open: "for the pilots" "' association"."""
    while end is not None and flat.word(end) in POSSESSIVES:
        owned = portfolio_end(flat, end + 1)
        if owned is None:
            return end
        end = owned
    return end


def _is_portfolio(flat: Flat, name: Name) -> bool:
    """Whether what was taken for a name is only a field ("Foreign Affairs", not "Patent Board")."""
    fields = flat.words[name.start : name.end]
    return fields[-1] not in words("titles_bodies") and words("titles_portfolios").issuperset(fields)


def _take_name(flat: Flat, found: Complement, name: Name, preposition: str, title: TitlePhrase) -> bool:
    """Takes a name in; False where it ends the phrase."""
    if name.is_person:
        found.right = name.end
        return False
    sent = flat.word(title.head) in ACCREDITED and found.right == found.end and preposition in {"to", "for"}
    if sent and (preposition == "to" or not name.is_organisation):
        found.end = found.right = flat.past(name)
        return True
    past = flat.past(name)
    if preposition == "on" and flat.word(title.head) in EXPERTS:
        found.end = found.right = past  # "expert on Asia"
        return True
    indefinite = flat.word(name.start - 1) in {"a", "an"}  # "founder of a Facebook group"
    indefinite = indefinite and flat.word(name.end) not in PARTS
    if (name.is_place or indefinite) and _modifies_noun(flat, name):
        return _take_described(flat, found, past)
    if title.before and title.organisations and preposition == "for" and name.is_place and not name.is_person:
        found.end = found.right = past  # "WHO Regional Director for Africa"
        return True
    if not can_employ(name, preposition, title.office) or is_seat(flat, past) or _begins_title(flat, past):
        return False
    found.organisations.append(name)
    found.right = _past_nouns(flat, past)
    if preposition != "in":
        _take_more(flat, found)
    found.right = _past_wholes(flat, found.right)
    if flat.word(title.head) in ACCREDITED:
        found.right = _past_posting(flat, found.right)
    return False


def _modifies_noun(flat: Flat, name: Name) -> bool:
    """Whether a name only tells where or of what kind the next, common noun is: "Oslo tannery Marsden Hides"."""
    place = flat.tokens[name.end - 1]
    noun = flat.tag(name.end) in {"NN", "NNS"} and not flat.capital(name.end) and flat.word(name.end) not in heads()
    if flat.word(name.end) in PLACE_NOUNS and flat.tag(name.end + 1) not in {"NN", "NNS"}:  # "of Hubei province"
        return False
    return noun and place.dep_ in {"compound", "nmod", "amod"} and place.head.i > place.i


def _take_described(flat: Flat, found: Complement, i: int) -> bool:
    """Takes in the organisation that nouns from ``i`` on describe; False where there is one, which ends the phrase."""
    found.right = _past_nouns(flat, i)
    name = flat.name_at.get(found.right)
    if name and name.is_organisation:
        found.organisations.append(name)
        found.right = flat.past(name)
        return False
    return True


def _begins_title(flat: Flat, i: int) -> bool:
    """Whether a title stands at ``i``, to which the name before it belongs: "critics of" "US President X"."""
    return flat.word(i) in heads() or (flat.word(i) in title_words() and flat.word(i + 1) in title_words())


def _past_wholes(flat: Flat, right: int) -> int:
    """Passes over what a body is part of: "Bureau of the Central Committee", "Institute under the Academy"."""
    while flat.word(right) in {"of", "under", "at", "in", "within"}:
        whole = flat.name_at.get(right + 1 + (flat.word(right + 1) == "the"))
        if whole is None or not whole.employs:
            break
        right = flat.past(whole)
    return right


def _past_posting(flat: Flat, right: int) -> int:
    """Passes over where an envoy is sent: "Ambassador of the EU" "to Indonesia and Brunei"."""
    i = right
    while flat.word(i) in {"to", "and", ","}:
        i += 1 + (flat.word(i + 1) == "the")
        place = flat.name_at.get(i)
        if place is None or not place.is_place:
            return right
        i = right = flat.past(place)
    return right


def _take_portfolio(flat: Flat, found: Complement, start: int, end: int, preposition: str, determined: bool) -> bool:
    """Takes a common noun phrase in: a portfolio, or what stands for whom the title serves."""
    if not determined:
        names_field = flat.capital(start) or any(word in words("titles_portfolios") for word in flat.words[start:end])
        if found.right == found.end and (preposition == "of" or (preposition in {"for", "on"} and names_field)):
            found.end = end
        found.right = end
        return True
    name = flat.name_at.get(end)
    if name and name.is_organisation and flat.word(start) != flat.word(end):  # "of the battery maker Norvik Cells"
        found.organisations.append(name)
        found.right = flat.past(name)
        return False
    if flat.word(end) == "of" and found.right == found.end:
        i = end + 1 + (flat.word(end + 1) in DETERMINERS)
        owner = flat.name_at.get(i)
        if owner and owner.is_organisation:  # "head of the observer mission of the Council"
            found.end = found.right = end
            return True
    found.employer = meant_by_noun(flat, end - 1)
    found.right = end
    return found.employer is None


def _take_more(flat: Flat, found: Complement) -> None:
    """Takes in "and the CIA" after "director of the FBI"."""
    if flat.word(found.right) != "and":
        return
    i = found.right + 1 + (flat.word(found.right + 1) in {"the", "of", "at"})
    i += flat.word(i) == "the"
    name = flat.name_at.get(i)
    if name is None or not name.is_organisation:
        return
    past = flat.past(name)
    if flat.tag(past)[:2] not in {"VB", "MD"} and not _begins_title(flat, past):
        found.organisations.append(name)
        found.right = past


def _take_after_comma(flat: Flat, found: Complement, title: TitlePhrase) -> None:
    """Takes in "Director, Kyoto University" of lists and captions."""
    before = flat.word(title.start - 1)
    if flat.word(found.right) != "," or found.right != found.end or before not in {",", "("}:
        return
    closing = {")", ";", ",", ".", "and"} if flat.capital(title.start) else {")", ";"}
    name = flat.name_at.get(found.right + 1 + (flat.word(found.right + 1) == "the"))
    if name and name.is_organisation and flat.word(flat.past(name)) in closing:
        found.organisations.append(name)
        found.right = flat.past(name)


def _past_nouns(flat: Flat, i: int) -> int:
    """Passes over nouns that a name's end leaves out ("the National Nutrition Study group")."""
    while flat.tag(i) in NOUNS and i not in flat.within and flat.word(i) not in heads():
        i += 1
    return i


def portfolio_end(flat: Flat, i: int, capital: bool = False) -> int | None:
    """The end of a common noun phrase at ``i`` ("foreign affairs", "trade and industry"); None where there is none.

    ``capital`` says that the field may be written in capitals though nothing is known of it ("for Battery Systems").
    """
    fields = words("titles_portfolios")
    end = i
    while end - i < LONGEST_PORTFOLIO:
        word, tag = flat.word(end), flat.tag(end)
        known = word in fields
        if (end in flat.within and not known) or word in statuses():
            break
        compound = word not in heads() or (flat.tag(end + 1) in NOUNS and end + 1 not in flat.within)
        noun = (tag in NOUNS or tag == "JJ") and compound and word.isalpha()
        joined = end > i and (word in HYPHENS or (flat.word(end - 1) in HYPHENS and word.isalpha()))
        if known or noun or joined:
            end += 1
        elif (
            word in {"and", ",", "&"} and end > i and flat.word(end + 1) in fields and flat.word(end + 2) not in heads()
        ):
            if word == "," and flat.capital(end + 1) != flat.capital(i):
                break
            end += 2
        else:
            break
    if end == i or (flat.capital(i) and flat.word(i) not in fields and not capital):
        return None
    return end
