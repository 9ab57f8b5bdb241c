"""Title phrases ("the former deputy director general of the WIPO"), before it is known whose they are."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache

from kg.extraction.roles.flat import BREAK, HYPHENS, Flat, Name
from kg.extraction.words import table, words

DETERMINERS = frozenset(
    (
        "the",
        "a",
        "an",
        "its",
        "his",
        "her",
        "their",
        "our",
        "my",
        "this",
        "that",
        "one",
        "some",
        "several",
        "two",
        "three",
    )
)
POSSESSIVES = frozenset(("'s", "’s", "'", "’"))
PREPOSITIONS = frozenset(("of", "for", "at", "to", "with", "from", "in", "on", "within"))
HONORIFICS = frozenset(
    ("dr", "dr.", "mr", "mr.", "mrs", "mrs.", "ms", "ms.", "sir", "dame", "hon", "hon.", "h.e.", "the", "his", "her")
)
ACCREDITED = frozenset(("ambassador", "envoy", "representative", "consul", "delegate", "observer", "attaché"))
PLACE_NOUNS = frozenset(("city", "town", "state", "village", "county", "province", "country", "region", "island"))
"""Heads whose "to" or "for" names where they are sent, which is part of the title, not whom they serve."""


@dataclass(frozen=True, slots=True)
class TitlePhrase:
    """A title at the positions ``[start, end)``, with what stands around it, all together ``[left, right)``.

    ``organisations`` are the names that employ; ``employer`` is the key of one that is only meant ("the company's
    chief executive"). ``determined`` tells "the president" from a bare title.
    """

    left: int
    start: int
    end: int
    right: int
    head: int
    organisations: tuple[Name, ...] = ()
    employer: str | None = None
    status: str | None = None
    determined: bool = False
    plural: bool = False
    office: bool = False
    before: bool = False
    rank: bool = False
    title: str = ""

    @property
    def employed(self) -> bool:
        """Whether the phrase says for whom."""
        return bool(self.organisations) or self.employer is not None


@cache
def heads() -> Mapping[str, tuple[str, str]]:
    """Each head word of a title, singular and plural, with its singular and its class."""
    found: dict[str, tuple[str, str]] = {}
    for word, kind in table("titles"):
        found[_plural(word)] = (word, kind)
    for word, kind in table("titles"):
        found[word] = (word, kind)
    return found


@cache
def not_names() -> frozenset[str]:
    """Words that alone are a title or what it is about, even where something took them for a name."""
    return head_words() | (words("titles_portfolios") - words("titles_bodies"))


def _plural(word: str) -> str:
    if word.endswith("man"):
        return word[:-3] + "men"
    if word.endswith("y") and word[-2] not in "aeiou":
        return word[:-1] + "ies"
    if word.endswith(("s", "x", "ch", "sh")):
        return word + "es"
    return word + "s"


@cache
def head_words() -> frozenset[str]:
    """The head words of titles, singular and plural."""
    return frozenset(heads())


@cache
def _statuses() -> Mapping[str, str]:
    return {row[0]: row[1] for row in table("titles_status")}


@cache
def demonyms() -> Mapping[str, tuple[str, ...]]:
    """Each adjective of a country, region or party with the names of what it means, in lower case."""
    return {row[0]: tuple(row[1].casefold().split("|")) if len(row) > 1 else () for row in table("titles_demonyms")}


@cache
def _suffixes() -> Mapping[str, tuple[tuple[str, ...], ...]]:
    found: dict[str, list[tuple[str, ...]]] = {}
    for entry in words("titles_suffixes"):
        parts = tuple(entry.split())
        found.setdefault(parts[0], []).append(parts)
    return {first: tuple(sorted(entries, key=len, reverse=True)) for first, entries in found.items()}


def title_phrases(flat: Flat) -> list[TitlePhrase]:
    """The title phrases of an article, in text order and without overlaps."""
    found: list[TitlePhrase] = []
    done = 0
    for i in flat.positions(head_words()):
        if i < done or i in flat.within:
            continue
        phrase = _phrase_at(flat, i, found[-1].right if found else 0)
        if phrase:
            found.append(phrase)
            done = phrase.right
    return found


def _phrase_at(flat: Flat, first: int, floor: int) -> TitlePhrase | None:
    end = _run_end(flat, first)
    head = end - 1
    while flat.word(head) not in heads():
        head -= 1
    while first < head and (flat.word(first) in words("titles_fillers") or flat.word(first) in _statuses()):
        first += 1
    singular, kind = heads()[flat.word(head)]
    adjective = flat.tag(head)[:2] == "JJ" and not flat.capital(head)
    if adjective or flat.tokens[head].pos_ == "VERB" or (end not in flat.name_at and _goes_on(flat, end)):
        return None
    start = _title_start(flat, first, floor)
    end, suffix_status = _suffix_end(flat, end)
    phrase = TitlePhrase(
        start,
        start,
        end,
        end,
        head,
        status=suffix_status,
        office=kind == "office",
        rank=kind == "rank",
        plural=flat.word(head) != singular,
    )
    phrase = _with_left(flat, phrase, floor)
    phrase = _with_complement(flat, phrase)
    title = flat.text(phrase.start, phrase.end)
    if phrase.plural:
        written = flat.tokens[head].text
        title = title.replace(written, singular.capitalize() if written[0].isupper() else singular, 1)
    return replace(phrase, title=title)


def _run_end(flat: Flat, first: int) -> int:
    """The end of a run of head words ("Director General", "Chief Executive Officer"), over hyphens within it."""
    end = first + 1
    while True:
        step = 2 if flat.word(end) in HYPHENS and flat.tokens[end].whitespace_ == "" else 1
        i = end + step - 1
        modifies = flat.word(i) in words("titles_modifiers") and flat.word(i + 1) in heads() and flat.word(i) != "under"
        known = flat.word(i) in heads() or modifies
        if not known or i in flat.within:
            return end
        if step == 1 and flat.capital(i) and not flat.capital(first) and not _sentence_start(flat, first):
            return end  # "director General X": two titles
        end = i + 1


def _goes_on(flat: Flat, end: int) -> bool:
    """Whether a noun follows, so that the title words only describe it ("the general election")."""
    return flat.tag(end) in {"NN", "NNS"} and flat.word(end) not in _statuses()


def _sentence_start(flat: Flat, i: int) -> bool:
    return i == 0 or bool(flat.tokens[i].is_sent_start) or flat.word(i - 1) in {"“", '"', BREAK}


def _belongs(flat: Flat, i: int, next_word: int) -> bool:
    """Whether the word before a title is part of it."""
    word = flat.word(i)
    if i < 0 or i in flat.within or word in demonyms() or word in words("titles_fillers") or word in _statuses():
        return False
    if word in words("titles_modifiers"):
        return word != "under" or flat.capital(i)
    if flat.capital(next_word) and not flat.capital(i):
        return False
    if word in heads():
        return True
    if word in words("titles_portfolios"):
        return True
    return flat.tag(i) == "NN" and (not flat.capital(i) or _sentence_start(flat, i)) and word.isalpha()


def _title_start(flat: Flat, first: int, floor: int) -> int:
    start = first
    while start > floor:
        before = flat.word(start - 1)
        if before in HYPHENS and flat.tokens[start - 1].whitespace_ == "" and start - 2 >= floor:
            if flat.word(start - 2) in _statuses() or start - 2 in flat.within:
                break
            start -= 2
        elif before in {"and", "&"} and start - 2 >= floor and start < first:
            # "Trade and Industry Secretary"
            joined = flat.word(start - 2) in words("titles_portfolios") and flat.word(start) in words(
                "titles_portfolios"
            )
            if not joined or start - 2 in flat.within:
                break
            start -= 2
        elif _belongs(flat, start - 1, start):
            start -= 1
        else:
            break
    return start


def _suffix_end(flat: Flat, end: int) -> tuple[int, str | None]:
    if flat.word(end) in HYPHENS and flat.word(end + 1) in {"elect", "designate"}:
        return end, "designate"
    if flat.word(end) in {"elect", "designate", "-elect", "-designate", "nominee"}:
        return end, "designate"
    for parts in _suffixes().get(flat.word(end), ()):
        stop = end + len(parts)
        if tuple(flat.words[end:stop]) == parts:
            name = flat.within.get(stop - 1)
            if name is None or (parts[-1] == "state" and flat.word(end - 1) in {"minister", "secretary"}):
                return stop, None
    return end, None


def _past_status(flat: Flat, end: int) -> int:
    if flat.word(end) in HYPHENS and flat.word(end + 1) in {"elect", "designate"}:
        return end + 2
    return end + (flat.word(end) in {"elect", "designate", "-elect", "-designate", "nominee"})


def _with_left(flat: Flat, phrase: TitlePhrase, floor: int) -> TitlePhrase:
    """Reads status, nationality, employer and article to the left of a title."""
    left, status, determined = phrase.start, phrase.status, False
    employer: str | None = None
    organisations: tuple[Name, ...] = ()
    while left > floor:
        word = flat.word(left - 1)
        name = flat.name_before.get(left)
        if name and name.start >= floor:
            adjective = flat.word(name.start) in demonyms() and name.end == name.start + 1
            if name.is_person or organisations or (name.is_place and not phrase.office and not adjective):
                break
            if not adjective or phrase.office:
                organisations = (name,)
            left = name.start
        elif word in POSSESSIVES and (owner := flat.name_before.get(left - 1)):
            if owner.employs and not (owner.is_place and not phrase.office):
                organisations = (owner,)
            left, determined = owner.start, True
            break
        elif word in POSSESSIVES and flat.tag(left - 2) in {"NN", "NNS", "NNP"} and left - 2 >= floor:
            employer = _employer(flat, left - 2) or _local_employer(flat, left - 2)
            left, determined = _noun_phrase_start(flat, left - 2, floor), True
            break
        elif word in _statuses():
            status = _statuses()[word]
            left -= 1
        elif word in HYPHENS and flat.word(left - 2) in _statuses():
            status = _statuses()[flat.word(left - 2)]
            left -= 2
        elif word in words("titles_fillers"):
            left -= 1
        elif word in demonyms() and flat.word(left - 2) not in HYPHENS:
            if phrase.office and employer is None:
                employer = _by_demonym(flat, left - 1)
            left -= 1
        elif word in DETERMINERS:
            if word == "its" or word == "their":
                employer = employer or _employer(flat, left - 1)
            left, determined = left - 1, True
            break
        else:
            break
    if organisations:
        employer = None
    elif employer is None and phrase.start < phrase.head:
        employer = _local_employer(flat, phrase.start)
    return replace(
        phrase,
        left=left,
        status=status,
        determined=determined,
        organisations=organisations,
        employer=employer,
        before=bool(organisations) or employer is not None,
    )


def _employer(flat: Flat, i: int) -> str | None:
    """The key of the organisation or place that a noun or pronoun stands for."""
    key = flat.referent(i)
    entity = flat.reading.entity(key) if key else None
    return key if entity and any(kind.value in {"organisation", "place"} for kind in entity.kinds) else None


def _by_demonym(flat: Flat, i: int) -> str | None:
    """The country or party that an adjective names, where the article names it, too."""
    known = _employer(flat, i)
    if known:
        return known
    names = demonyms()[flat.word(i)]
    for entity in flat.reading.entities:
        if any(kind.value in {"organisation", "place"} for kind in entity.kinds):
            spoken = {entity.name.casefold(), *(alias.casefold() for alias in entity.aliases)}
            if not spoken.isdisjoint(names):
                return entity.key
    return None


def _local_employer(flat: Flat, start: int) -> str | None:
    """The employer that a noun within the title means: "city mayor" of the city just named, "team member"."""
    if flat.word(start) in words("titles_modifiers") and flat.word(start) not in PLACE_NOUNS:
        return None
    known = None if flat.capital(start) else _employer(flat, start)
    if known or flat.word(start) not in PLACE_NOUNS:
        return known
    first = flat.tokens[start].sent.start
    for name in reversed(flat.names):
        if name.end <= start:
            if flat.tokens[name.start].i < first:
                return None
            if name.is_place or (name.employs and not name.is_person):
                return name.key
    return None


def _noun_phrase_start(flat: Flat, i: int, floor: int) -> int:
    while i > floor and flat.tag(i - 1) in {"NN", "NNP", "NNS", "JJ", "HYPH"} and i - 1 not in flat.within:
        i -= 1
    return i - 1 if i > floor and flat.word(i - 1) in DETERMINERS else i


def _with_complement(flat: Flat, phrase: TitlePhrase) -> TitlePhrase:
    """Reads "of the Danish Patent Office", "of finance", "at large for the Gazette" to the right of a title."""
    end, right = phrase.end, _past_status(flat, phrase.end)
    organisations, employer = list(phrase.organisations), phrase.employer
    for _ in range(4):
        preposition = flat.word(right)
        if preposition not in PREPOSITIONS:
            break
        i = right + 1
        determined = False
        while flat.word(i) in DETERMINERS or (flat.word(i) in words("titles_fillers") and i not in flat.within):
            determined, i = True, i + 1
        portfolio = _portfolio_end(flat, i)
        name = flat.name_at.get(i)
        if name and not (portfolio and flat.word(i) in words("titles_portfolios") and portfolio >= name.end):
            if name.is_person:
                right = name.end
                break
            sent = preposition in {"to", "for"} and flat.word(phrase.head) in ACCREDITED and right == end
            if sent and (preposition == "to" or not name.is_organisation):
                end = right = flat.past(name)
                continue
            if not _employs_here(name, preposition, phrase) or _is_seat(flat, flat.past(name)):
                break
            if not phrase.before:
                organisations.append(name)
            right = _past_nouns(flat, flat.past(name))
            if not phrase.before and preposition != "in":
                right = _more_names(flat, right, organisations)
            break
        if portfolio is None:
            break
        if determined:
            employer = employer or _employer(flat, portfolio - 1)
        elif right == end and (
            preposition == "of" or (preposition in {"for", "on"} and _names_portfolio(flat, i, portfolio))
        ):
            end = portfolio
        right = portfolio
        if employer and not phrase.before:
            break
    if organisations:
        employer = None
    return replace(phrase, end=end, right=right, organisations=tuple(organisations), employer=employer)


def _is_seat(flat: Flat, i: int) -> bool:
    """Whether "- based" follows: "head of London-based X", "head of Little Rock, Arkansas-based X"."""
    return "based" in flat.words[i : i + 4] and flat.words[flat.words.index("based", i) - 1] in HYPHENS


def _employs_here(name: Name, preposition: str, phrase: TitlePhrase) -> bool:
    if not name.employs:
        return False
    if name.is_place:
        return preposition == "of" or (preposition in {"for", "from"} and phrase.office) or preposition == "at"
    return True


def _past_nouns(flat: Flat, i: int) -> int:
    """Passes over nouns that a name's end leaves out ("the National Nutrition Study group")."""
    while flat.tag(i) in {"NN", "NNP", "NNS"} and i not in flat.within and flat.word(i) not in heads():
        i += 1
    return i


def _more_names(flat: Flat, right: int, organisations: list[Name]) -> int:
    """Takes in "and the CIA" after "director of the FBI"."""
    if flat.word(right) == "and":
        i = right + 1 + (flat.word(right + 1) in {"the", "of", "at"})
        i += flat.word(i) == "the"
        name = flat.name_at.get(i)
        if name and name.is_organisation and flat.tag(flat.past(name))[:2] not in {"VB", "MD"}:
            organisations.append(name)
            return flat.past(name)
    return right


def _names_portfolio(flat: Flat, start: int, end: int) -> bool:
    return any(word in words("titles_portfolios") for word in flat.words[start:end])


def _portfolio_end(flat: Flat, i: int) -> int | None:
    """The end of a common noun phrase at ``i`` ("foreign affairs", "trade and industry"); None where there is none."""
    end = i
    while end - i < 7:
        word, tag = flat.word(end), flat.tag(end)
        known = word in words("titles_portfolios")
        if end in flat.within and not known:
            break
        noun = tag in {"NN", "NNS", "JJ", "NNP", "NNPS"} and word not in heads() and word.isalpha()
        if known or noun or (word in HYPHENS and end > i):
            end += 1
        elif (
            word in {"and", ",", "&"}
            and end > i
            and flat.word(end + 1) in words("titles_portfolios")
            and flat.word(end + 2) not in heads()
            and (word != "," or flat.capital(end + 1) == flat.capital(i))
        ):
            end += 2
        else:
            break
    if end == i or (flat.capital(i) and flat.word(i) not in words("titles_portfolios") and i not in flat.within):
        return end if end > i and not flat.capital(i) else None
    return end
