"""Names grown over the words that the grammar ties to them, and joined by the laws of institutional names.

"Academy" grows over "of Sciences", "Patent" joins "and Trademark Office", "Lam Tsz" takes "-wai".
"""

from __future__ import annotations

from kg.extraction.names.boundaries import is_lone_acronym, part_of_body, seated
from kg.extraction.names.lexicon import (
    comparable,
    fold,
    gender_of_given_name,
    gender_of_noun,
    is_known_organisation,
    known_place,
    organisation_noun,
    title_length,
    word_class,
)
from kg.extraction.names.mentions import OTHER_LABELS, Piece, is_capital
from kg.extraction.names.page import ARTICLES, COMPOUNDING, LINKS, Page
from kg.extraction.names.runs import continues
from kg.words import words


def _tells_who(p: Page, i: int) -> bool:
    """Whether the token is a title or a noun for people."""
    return title_length(p.c.lower, i, i + 1) > 0 or gender_of_noun(p.c.lower[i]) is not None


def _names_body(p: Page, piece: Piece, i: int) -> bool:
    """Whether the plural ends a body's name: "Association of Patent Attorneys"."""
    plural = p.c.tags[i] == "NNPS" or (p.c.lower[i].endswith("s") and gender_of_noun(p.c.lower[i][:-1]) is not None)
    return piece.label == "ORG" and plural and "of" in p.c.lower[piece.start : piece.end]


def grow(p: Page) -> None:
    """Grows each piece over free capitalised words beside it."""
    c = p.c
    for piece in p.pieces:
        if piece.label in OTHER_LABELS:
            continue
        i = piece.start - 1
        while (
            p.open(i)
            and c.deps[i] in COMPOUNDING
            and i < c.heads[i] < piece.end
            and not title_length(c.lower, i, i + 1)
            and gender_of_noun(c.lower[i]) is None
            and c.words[i] not in words("names_demonyms")
        ):
            p.take(piece, i)
            if known_place(fold(" ".join(c.words[i + 1 : piece.end]))):
                piece.label = "ORG"  # "Corvex UK"
            i -= 1
        if piece.label == "PERSON" and piece.end - piece.start == 1 and _given_name(p, piece.start - 1):
            p.take(piece, piece.start - 1)  # "Per Ahlqvist", which the tagger takes for a preposition
        if piece.label == "ORG" and c.words[piece.start - 1] == "&" and p.open(piece.start - 2):
            p.take(piece, piece.start - 1)  # "Anna & Jon Berg Foundation"
            p.take(piece, piece.start - 1)
        grow_over_members(p, piece)
        _grow_over_field(p, piece)
        _grow_over_article(p, piece)
        i = piece.end
        if piece.label == "GPE" and i < len(c.words) and c.words[i] == "State" and p.open(i):
            p.take(piece, i)  # "Ohio State", the university
            piece.label = "ORG"
            i += 1
        while (
            p.open(i)
            and c.words[i] not in word_class("letters after a name")
            and (_names_body(p, piece, i) or not _tells_who(p, i))
        ):
            tied = c.heads[i - 1] == i or piece.start <= c.heads[i] < piece.end
            if not tied and piece.label != "PERSON":
                break
            p.take(piece, i)
            i += 1
        if piece.label == "PERSON" and (step := continues(p, piece.end)) > 1 and c.words[piece.end] != "&":
            for i in range(piece.end, piece.end + step):
                p.take(piece, i)
        grow_over_hyphens(p, piece)


def _given_name(p: Page, i: int) -> bool:
    """Whether the free token is a given name, and no word that begins sentences."""
    c = p.c
    if i < 0 or p.owner[i] is not None or not p.free[i] or not c.words[i].istitle() or p.headline[i]:
        return False
    if c.lower[i] in word_class("given names that are words") or _tells_who(p, i):
        return False
    return gender_of_given_name(fold(c.words[i])) is not None


def grow_over_members(p: Page, piece: Piece) -> None:
    """Grows "Union" over "National Dockworkers'": whose body it is, in the plural."""
    c = p.c
    mark = piece.start - 1
    if not (mark > 0 and c.words[mark] in {"'", "’", "'s", "’s"} and p.owner[mark] is None and p.free[mark]):
        return
    head = next((i for i in range(piece.start, piece.end) if c.lower[i] in LINKS), piece.end) - 1
    members = p.owner[mark - 1]
    if members is not None and members.end != mark:
        return
    first = members.start if members is not None else mark - 1
    if not organisation_noun(c.lower[head]) or not is_capital(c.words[mark - 1]) or not _members(c.lower[mark - 1]):
        return
    if members is not None:
        p.disown(members)
    for i in range(mark, first - 1, -1):
        p.take(piece, i)
    piece.label = "ORG"
    while p.open(piece.start - 1) and not _tells_who(p, piece.start - 1):
        p.take(piece, piece.start - 1)


def _members(word: str) -> bool:
    """Whether the noun names people in the plural: "teachers", "dockworkers", "women"."""
    if word.endswith(("workers", "men", "women", "children")):
        return True
    return word.endswith("s") and gender_of_noun(word[:-1]) is not None


def _grow_over_field(p: Page, piece: Piece) -> None:
    """Grows "Patents Registration Agency" after "the Companies and"."""
    c = p.c
    first = piece.start - 2
    field = first > 0 and c.lower[first - 1] == "the" and c.lower[first + 1] == "and" and c.tags[first] == "NNPS"
    if field and piece.label == "ORG" and p.open(first) and organisation_noun(c.lower[piece.end - 1]):
        p.take(piece, first + 1)
        p.take(piece, first)


def _grow_over_article(p: Page, piece: Piece) -> None:
    """ "Sissi" after "el-" becomes "el-Sissi"."""
    c = p.c
    first = piece.start - 2
    if (
        first >= 0
        and c.words[first + 1] == "-"
        and c.lower[first] in word_class("particles")
        and p.attached(piece.start)
        and p.attached(first + 1)
        and p.owner[first] is None
    ):
        p.take(piece, first + 1)
        p.take(piece, first)


def grow_over_hyphens(p: Page, piece: Piece) -> None:
    """ "Lam Tsz" before "-wai" becomes "Lam Tsz-wai"; "Calif" before "-based" stays."""
    c = p.c
    while (
        piece.end + 1 < len(c.words)
        and c.words[piece.end] in {"-", "‐", "‑"}
        and p.attached(piece.end)
        and p.attached(piece.end + 1)
        and c.words[piece.end + 1][0].isalpha()
        and p.owner[piece.end + 1] is None
    ):
        suffix = c.words[piece.end + 1]
        if suffix.islower() and (
            piece.label != "PERSON"
            or piece.end - piece.start < 2
            or suffix in word_class("adjective endings")
            or suffix.endswith("ed")
        ):
            return
        p.take(piece, piece.end)
        p.take(piece, piece.end)


def join(p: Page) -> None:
    """Joins neighbours into institutional names, and given names to the surnames that the model split off."""
    c = p.c
    for piece in sorted(p.pieces, key=lambda p: p.start):
        if p.owner[piece.start] is not piece:
            continue
        while _join_right(p, piece):
            pass
        linked = 0
        while linked < 2 and piece.label not in {"PERSON", "NORP"} and link_right(p, piece):
            linked += 1
        _take_seat(p, piece)
        if c.lower[piece.end - 1] in {"of", "for", "and"}:
            piece.end -= 1


def _join_right(p: Page, piece: Piece) -> bool:
    """Joins the piece that follows without a gap, or after "and", where the grammar says it is one name."""
    c = p.c
    end = piece.end
    other = p.owner[end] if end < len(c.words) else None
    son_of = end < len(c.words) and c.lower[end] in {"bin", "binti", "bint", "ibn"}
    if other is None and (piece.label == "PERSON" or son_of):
        other = _over_particles(p, end)
        return other is not None and p.absorb(piece, other, "PERSON")
    if other is not None and piece.label in {"ORG", ""} and is_company_ending(c.words[end : other.end]):
        return p.absorb(piece, other, "ORG")
    if other is not None and not p.headline[end]:
        tied = any(other.start <= c.heads[i] < other.end and c.deps[i] in COMPOUNDING for i in range(piece.start, end))
        first = fold(c.words[piece.start])
        given = end - piece.start == 1 and gender_of_given_name(first) is not None and known_place(first) is None
        if tied and given and piece.label in {"PERSON", "GPE", "NORP"} and other.label in {"GPE", "PERSON", "ORG"}:
            return p.absorb(piece, other, "PERSON")
        land = tied and known_place(fold(" ".join(c.words[other.start : other.end]))) is not None
        if tied and piece.label == "ORG" and (land or other.label in {"GPE", "ORG", "NORP"}):
            return p.absorb(piece, other, "ORG")
    joinable = piece.label != "PERSON" and not is_lone_acronym(c.words[piece.start : end])
    if end + 1 < len(c.words) and c.lower[end] in {"and", "&"} and joinable:
        other = p.owner[end + 1]
        if other is not None and other.label in {"ORG", "FAC"} and c.lower[other.end - 1] != "of":
            head_inside = any(
                c.deps[i] in {"nmod", "compound"} and other.start <= c.heads[i] < other.end
                for i in range(piece.start, end)
            )
            one = head_inside or _is_one_subject(p, end - 1, other.end - 1) or _is_plural_field(p, piece, other)
            if one and organisation_noun(c.lower[other.end - 1]):
                return p.absorb(piece, other, "ORG")
    return False


def _is_plural_field(p: Page, piece: Piece, other: Piece) -> bool:
    """Whether a lone plural before "and" is a field of the body after it: "Works and Pensions Agency"."""
    c = p.c
    lone = piece.end - piece.start == 1 and piece.label == "ORG" and c.tags[piece.start] in {"NNPS", "NNS"}
    return lone and other.start == piece.end + 1 and other.end - other.start > 1


def _is_one_subject(p: Page, first: int, last: int) -> bool:
    """Whether two words joined by "and" are the subject of a verb in the singular: "Fire and Rescue Service was"."""
    c = p.c
    if c.deps[first] not in {"nsubj", "nsubjpass"} or c.deps[last] != "conj" or c.heads[last] != first:
        return False
    verb = c.heads[first]
    return any(c.tags[k] == "VBZ" or c.lower[k] == "was" for k in (verb, *c.children[verb]))


def _take_seat(p: Page, piece: Piece) -> None:
    """Grows "UN Office" over "at Geneva"."""
    c = p.c
    end = piece.end
    if piece.label != "ORG" or end + 1 >= len(c.words) or c.lower[end] not in {"at", "in"}:
        return
    seat = p.owner[end + 1]
    if seat is not None and seat.start == end + 1 and seat.label in {"GPE", "LOC"} and seated(p, piece.start, end):
        p.take(piece, end)
        p.absorb(piece, seat, "ORG")


def _over_particles(p: Page, end: int) -> Piece | None:
    """The rest of a person's name after particles: "Leyen" in "Ursula von der Leyen"."""
    c = p.c
    i = end
    while i < len(c.words) and p.owner[i] is None and c.words[i].islower() and c.lower[i] in word_class("particles"):
        i += 1
    if i == end or i >= len(c.words) or c.lower[end] in {"e", "y", "san", "la"}:
        return None
    other = p.owner[i]
    return other if other is not None and other.start == i and other.label == "PERSON" else None


def is_company_ending(parts: list[str]) -> bool:
    """Whether the words are nothing but the legal form of a company."""
    return len(parts) == 1 and comparable(parts[0]) in words("names_company_endings")


def link_right(p: Page, piece: Piece) -> bool:
    """Grows "Academy" over "of Sciences", "Court of Appeals" over "for the Selby Circuit"."""
    c = p.c
    end = piece.end
    if not (end + 1 < len(c.words) and c.lower[end] in LINKS):
        return False
    place = c.lower[end] == "of" and end - piece.start == 1 and c.lower[end - 1] in word_class("places of")
    directorate = end - piece.start > 1 and c.lower[end - 1] == "general" and c.lower[end - 2] == "directorate"
    court = c.lower[end] == "for" and c.lower[end + 1] == "the" and "court" in c.lower[piece.start : end]
    if (
        not place
        and not directorate
        and not court
        and (not organisation_noun(c.lower[end - 1]) or gender_of_noun(c.lower[end - 1]) is not None)
    ):
        return False
    if c.lower[end] == "on" and c.lower[end - 1] in word_class("newspapers"):
        return False  # "Selby Daily on Sunday"
    if p.headline[end] or (not court and any(word in {"of", "for"} for word in c.lower[piece.start : end])):
        return False
    i = end + 1
    if c.lower[i] in ARTICLES and i + 1 < len(c.words):
        i += 1
    stop = i
    while stop < len(c.words):
        owner = p.owner[stop]
        if owner is not None and owner is not piece and (place or owner.label not in {"PERSON", "NORP"}):
            stop = owner.end
        elif (p.owner[stop] is None and p.free[stop] and is_capital(c.words[stop]) and c.ents[stop] in {"", "ORG"}) or (
            c.lower[stop] in {"and", "&", ","}
            and i < stop
            and stop + 1 < len(c.words)
            and is_capital(c.words[stop + 1])
            and c.deps[stop + 1] in {"conj", "compound", "nmod"}
            and p.owner[stop + 1] is None
        ):
            stop += 1
        else:
            break
    if stop == i or c.lower[stop - 1] in {"and", "&", ","}:
        return False
    if known_place(fold(c.words[piece.start])) and known_place(fold(" ".join(c.words[i:stop]))):
        return False  # "Nevada State University of the US"
    if c.lower[end] == "for" and is_known_organisation(" ".join(map(comparable, c.words[i:stop]))):
        return False  # "Corvex Research for the Associated Press"
    if c.lower[end] == "of" and part_of_body(c.lower[piece.start : end], c.words[i:stop]):
        return False
    for other in {id(p): p for p in p.owner[i:stop] if p is not None}.values():
        p.disown(other)
    piece.end = stop
    piece.label = "LOC" if place else "ORG"
    p.owner[piece.start : stop] = [piece] * (stop - piece.start)
    return True
