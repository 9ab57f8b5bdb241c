"""Title phrases ("the former deputy director general of the WIPO"), before it is known whose they are."""

from __future__ import annotations

from dataclasses import replace

from kg.extraction.roles.complement import read_complement
from kg.extraction.roles.employers import meant_by_adjective, meant_by_noun, meant_by_pronoun, meant_within_title
from kg.extraction.roles.flat import BREAK, HYPHENS, MINISTERIAL, Flat, Name
from kg.extraction.roles.lexicon import (
    DETERMINERS,
    POSSESSIVES,
    demonyms,
    head_words,
    heads,
    is_abbreviation,
    kin,
    statuses,
    suffixes,
)
from kg.extraction.roles.title import TitlePhrase
from kg.words import words

FORCES = frozenset(("colonel", "captain", "major", "sergeant", "lieutenant", "brigadier", "commodore", "corporal"))
"""Ranks that another title may stand before."""
PASSIVE = frozenset(("was", "were", "been", "be", "being"))
"""Words after which "appointed" is a verb."""
FREE = frozenset(("late", "likely"))
"""Words that tell a status only where they describe the title: not "late on Monday", "the late-night host"."""
DESIGNATE = frozenset(("elect", "designate", "-elect", "-designate", "nominee"))


def title_phrases(flat: Flat) -> list[TitlePhrase]:
    """The title phrases of an article, in text order and without overlaps."""
    found: list[TitlePhrase] = []
    done = 0
    for i in flat.positions(head_words()):
        if i < done or i in flat.within:
            continue
        phrase = _phrase_at(flat, i, found[-1].right if found else 0)
        if phrase and flat.word(phrase.right) not in POSSESSIVES and not _is_companion(flat, phrase):
            found.append(phrase)
            done = phrase.right
    return found


def _is_companion(flat: Flat, phrase: TitlePhrase) -> bool:
    """Whether a person has, or two share, what only looks like a post: "Roth's longtime partner"."""
    if flat.word(phrase.head) not in words("roles_companions"):
        return False
    for i in range(phrase.left, phrase.start):
        if flat.word(i) in {"his", "her"} or (flat.word(i) in POSSESSIVES and _is_persons(flat.name_before.get(i))):
            return True
    return False


def _is_persons(name: Name | None) -> bool:
    return name is not None and name.is_person


def _phrase_at(flat: Flat, first: int, floor: int) -> TitlePhrase | None:
    end = _run_end(flat, first)
    head = end - 1
    while flat.word(head) not in heads():
        head -= 1
    while first < head and (flat.word(first) in words("titles_fillers") or flat.word(first) in statuses()):
        first += 1
    singular, kind = heads()[flat.word(head)]
    adjective = flat.tag(head)[:2] == "JJ" and not flat.capital(head)
    verb = flat.tokens[head].pos_ == "VERB" or flat.tag(first - 1) in {"MD", "TO"}  # "will shepherd X", "to chair Y"
    if adjective or verb or (end not in flat.name_at and _goes_on(flat, end)):
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
        title = title.replace(written, singular.capitalize() if written[0].isupper() else singular, 1).replace(
            "..", "."
        )
    return replace(phrase, title=title)


def _run_end(flat: Flat, first: int) -> int:
    """The end of a run of head words ("Director General", "Chief Executive Officer"), over hyphens within it."""
    end = first + 1
    while True:
        if (
            flat.word(end) == "."
            and is_abbreviation(flat.word(end - 1))
            and (end + 1 in flat.name_at or flat.word(end + 1) in heads())
        ):
            end += 1  # "Col" "." and "Sens" "." are two words to the tokenizer
        step = 2 if flat.word(end) in HYPHENS and flat.tokens[end].whitespace_ == "" else 1
        i = end + step - 1
        modifies = flat.word(i) in words("titles_modifiers") and flat.word(i + 1) in heads() and flat.word(i) != "under"
        known = flat.word(i) in heads() or modifies
        if step == 1 and flat.word(i) in FORCES and flat.word(i - 1) not in words("titles_modifiers"):
            return end  # "Brigade Commander Colonel X"
        if not known or i in flat.within:
            return end
        if (
            step == 1
            and flat.word(i) in words("titles_lawmakers")
            and heads().get(flat.word(i - 1), ("", "rank"))[1] != "rank"
        ):
            return end
        if step == 1 and flat.capital(i) and not flat.capital(first) and not _sentence_start(flat, first):
            return end  # "director General X": two titles
        end = i + 1


def _goes_on(flat: Flat, end: int) -> bool:
    """Whether a noun follows, so that the title words only describe it ("the general election")."""
    return flat.tag(end) in {"NN", "NNS"} and flat.word(end) not in statuses()


def _sentence_start(flat: Flat, i: int) -> bool:
    return i == 0 or flat.begins[i] or flat.word(i - 1) in {"“", '"', BREAK}


def _belongs(flat: Flat, i: int, next_word: int) -> bool:
    """Whether the word before a title is part of it."""
    word = flat.word(i)
    if i < 0 or i in flat.within or word in demonyms() or word in words("titles_fillers") or word in statuses():
        return False
    if word in words("titles_modifiers"):
        return word != "under" or flat.capital(i)
    if flat.capital(next_word) and not flat.capital(i):
        return False
    if word in heads():
        return True
    if word in words("titles_portfolios"):
        return True
    described = (not flat.capital(i) or _sentence_start(flat, i)) and _describes(flat, i, next_word)
    return word.isalpha() and (described or _is_field_of_minister(flat, i, next_word))


def _describes(flat: Flat, i: int, next_word: int) -> bool:
    """Whether a common word before a title tells of what it is: "rights lawyer", "real estate investor"."""
    if flat.tag(i) == "NN":
        return flat.word(i) not in words("roles_companions") and flat.word(i) not in kin()
    if flat.tag(i) == "NNS":
        return flat.tokens[i].dep_ == "compound"
    field = flat.tag(next_word) in {"NN", "NNS"} and flat.word(next_word) not in heads()
    return flat.tag(i) == "JJ" and field and flat.tokens[i].head.i == flat.tokens.at[next_word]


def _is_field_of_minister(flat: Flat, i: int, next_word: int) -> bool:
    """Whether a capitalised word of which nothing is known is what a minister is responsible for: "Tundra Minister"."""
    unknown = (
        flat.tag(i) in {"NNP", "NNPS"}
        and not flat.written(i).isupper()
        and flat.word(i) not in words("titles_honorifics")
    )
    return unknown and flat.word(next_word) in MINISTERIAL and flat.tokens[i].dep_ == "compound"


def _title_start(flat: Flat, first: int, floor: int) -> int:
    start = first
    while start > floor:
        before = flat.word(start - 1)
        if before in HYPHENS and flat.tokens[start - 1].whitespace_ == "" and start - 2 >= floor:
            if flat.word(start - 2) in statuses() or start - 2 in flat.within:
                break
            start -= 2
        elif before in {"and", "&"} and start - 2 >= floor and start < first:
            fields = words("titles_portfolios")  # "Trade and Industry Secretary"
            if flat.word(start - 2) not in fields or flat.word(start) not in fields or start - 2 in flat.within:
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
    if flat.word(end) in DESIGNATE:
        return end, "designate"
    for parts in suffixes().get(flat.word(end), ()):
        stop = end + len(parts)
        if tuple(flat.words[end:stop]) == parts:
            name = flat.within.get(stop - 1)
            if name is None or (parts[-1] == "state" and flat.word(end - 1) in {"minister", "secretary"}):
                return stop, None
    return end, None


def _past_status(flat: Flat, end: int) -> int:
    if flat.word(end) in HYPHENS and flat.word(end + 1) in {"elect", "designate"}:
        return end + 2
    return end + (flat.word(end) in DESIGNATE)


def _with_left(flat: Flat, phrase: TitlePhrase, floor: int) -> TitlePhrase:
    """Reads status, nationality, employer and article to the left of a title."""
    left, status, determined = phrase.start, phrase.status, False
    serves: str | None = None
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
            left, determined = owner.start - (flat.word(owner.start - 1) in DETERMINERS), True
            break
        elif word in POSSESSIVES and flat.tag(left - 2) in {"NN", "NNS", "NNP"} and left - 2 >= floor:
            serves = meant_by_noun(flat, left - 2)
            left, determined = _noun_phrase_start(flat, left - 2, floor), True
            break
        elif word in statuses() and _tells_status(flat, left - 1):
            status = statuses()[word]
            left -= 1
        elif word in HYPHENS and flat.word(left - 2) in statuses() and flat.word(left - 2) not in FREE:
            status = statuses()[flat.word(left - 2)]
            left -= 2
        elif word in words("titles_fillers") and flat.word(left - 2) not in PASSIVE:
            left -= 1
        elif word in demonyms() and flat.word(left - 2) not in HYPHENS:
            if phrase.office and serves is None:
                serves = meant_by_adjective(flat, left - 1)
            left -= 1
        elif word in DETERMINERS:
            if word in {"its", "their", "whose"}:
                serves = serves or meant_by_pronoun(flat, left - 1)
            left, determined = left - 1, True
            break
        else:
            break
    if not organisations and not determined:
        left = _past_unknown(flat, left, floor)
    if organisations:
        serves = None
    elif serves is None and phrase.start < phrase.head:
        serves = meant_within_title(flat, phrase.start)
    return replace(
        phrase,
        left=left,
        status=status,
        determined=determined,
        organisations=organisations,
        employer=serves,
        before=bool(organisations) or serves is not None,
    )


def _tells_status(flat: Flat, i: int) -> bool:
    """Whether a word of status describes a title: not "Then President X left", "it is likely President X goes"."""
    if flat.word(i) == "then":
        return not flat.capital(i)
    return flat.word(i) not in FREE or flat.tokens[i].dep_ == "amod"


def _past_unknown(flat: Flat, left: int, floor: int) -> int:
    """Passes over capitalised words of which nothing is known, after a comma: ", ACME spokesman"."""
    i = left
    while i > floor and flat.tag(i - 1) in {"NNP", "NNPS"} and i - 1 not in flat.within and left - i < 5:
        i -= 1
    return i if flat.word(i - 1) == "," and i < left else left


def _noun_phrase_start(flat: Flat, i: int, floor: int) -> int:
    while i > floor and flat.tag(i - 1) in {"NN", "NNP", "NNS", "JJ", "HYPH"} and i - 1 not in flat.within:
        i -= 1
    return i - 1 if i > floor and flat.word(i - 1) in DETERMINERS else i


def _with_complement(flat: Flat, phrase: TitlePhrase) -> TitlePhrase:
    right = _past_status(flat, phrase.end)
    found = read_complement(flat, phrase, right)
    if phrase.before:
        return replace(phrase, end=found.end, right=found.right)
    return replace(
        phrase,
        end=found.end,
        right=found.right,
        organisations=tuple(found.organisations),
        employer=None if found.organisations else found.employer or phrase.employer,
    )
