"""Where names stand: stretches of capitalised words with their boundaries set right, before it is known what they name.

The language model's entities are the start. They are cut at line breaks, titles, articles and possessives, grown over
the words that the grammar ties to them, and joined into institutional names; capitalised runs that the model passed
over become candidates, too.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kg.extraction.names.boundaries import cut
from kg.extraction.names.growing import grow, grow_over_hyphens, grow_over_members, join, link_right
from kg.extraction.names.lexicon import (
    comparable,
    gender_of_noun,
    is_family_name,
    is_title_word,
    known_parties,
    organisation_noun,
    title_length,
    word_class,
)
from kg.extraction.names.mentions import NAMING_LABELS, OTHER_LABELS, Candidate, Piece, is_capital
from kg.extraction.names.page import ARTICLES, COMPOUNDING, Page
from kg.extraction.names.parties import parties
from kg.extraction.names.runs import continues, in_run
from kg.texts import without_invisible
from kg.words import words


def find_candidates(p: Page, ents: Iterable[tuple[int, int, str]]) -> list[Candidate]:
    """The candidates of a Doc in text order, disjoint; ``ents`` are the model's entities (first token, end, label)."""
    for piece in _letterheads(p):
        p.own(piece)
    for piece in (*_fixed_forms(p), *_national_teams(p), *parties(p)):
        if p.owner[piece.start] is None and p.owner[piece.end - 1] is None:
            p.own(piece)
    for start, end, label in ents:
        if p.owner[start] is None and p.owner[end - 1] is None and label in NAMING_LABELS | OTHER_LABELS:
            for piece in cut(p, start, end, label):
                p.own(piece)
    grow(p)
    join(p)
    _add_runs(p)
    p.pieces.sort(key=lambda piece: piece.start)
    return [found for piece in p.pieces if (found := _candidate(p, piece))]


def candidate_at(p: Page, start: int, end: int, label: str = "") -> Candidate | None:
    """The tokens ``[start, end)`` as a candidate, None where they are part of a word ("anti-American")."""
    return _candidate(p, Piece(start, end, label))


def _fixed_forms(p: Page) -> Iterator[Piece]:
    """ "Duchess of Selby", "Labour party" and "Washington, D.C.": names by their form alone."""
    c = p.c
    for i, word in enumerate(c.lower[:-1]):
        if word == "of" and i and c.lower[i - 1] in word_class("noble titles"):
            if c.words[i - 1][0].isupper() and c.words[i + 1][0].isupper():
                yield Piece(i - 1, i + 2, "PERSON")
        elif c.words[i + 1] == "party":
            if word in known_parties() or _names_party(p, i):
                yield Piece(i, i + 2, "ORG")
        elif word == "washington":
            district = i + 2 if c.words[i + 1] == "," else i + 1
            if district < len(c.words) and c.lower[district] in {"d.c.", "dc", "d.c"} and p.free[i]:
                yield Piece(i, district + 1, "GPE")


def _national_teams(p: Page) -> Iterator[Piece]:
    """ "The Norwegian team" of an article that names an office in it ("the Norwegian team's coach")."""
    c = p.c
    teams = [
        i
        for i, word in enumerate(c.lower)
        if i and word == "team" and c.words[i - 1] in words("names_demonyms") and p.free[i] and c.deps[i] != "compound"
    ]
    run = {c.lower[i - 1] for i in teams if _has_office(p, i)}
    for i in teams:
        if c.lower[i - 1] in run:
            yield Piece(i - 1, i + 1, "ORG")


def _has_office(p: Page, team: int) -> bool:
    c = p.c
    if c.deps[team] == "poss":
        return c.lower[c.heads[team]] in word_class("players")
    of = c.heads[team]
    return c.deps[team] == "pobj" and c.lower[of] == "of" and c.lower[c.heads[of]] in word_class("players")


def _letterheads(p: Page) -> Iterator[Piece]:
    """Lines that are nothing but a body's name: "Ministry of Innovation of the Republic of Valmora"."""
    c = p.c
    for first, stop in c.sentences:
        inked = [i for i in range(first, stop) if not c.words[i].isspace()]
        if len(inked) < 3 or not organisation_noun(c.lower[inked[0]]) or c.lower[inked[1]] not in {"of", "for"}:
            continue
        named = all(is_capital(c.words[i]) or c.lower[i] in {"of", "for", "the", "and", ","} for i in inked)
        if named and all(p.free[i] and c.pos[i] not in {"VERB", "AUX"} for i in inked):
            yield Piece(inked[0], inked[-1] + 1, "ORG")


def _names_party(p: Page, i: int) -> bool:
    """Whether the capitalised word before "party" is what the party is called: "Labour party"."""
    c = p.c
    word = c.lower[i]
    if not c.words[i][0].isupper() or not p.free[i] or c.words[i] in words("names_demonyms"):
        return False
    labelled = c.ents[i] and c.ents[i] == c.ents[i + 1] and not c.ent_starts[i]
    first = i - 1 if c.lower[i - 1] in ARTICLES and c.ents[i - 1] == "ORG" else i
    if c.ents[i] == "ORG" and c.ent_starts[first] and word in words("names_not"):
        return True
    return not labelled and c.deps[i] in COMPOUNDING and (word in words("names_not") or c.pos[i] == "PROPN")


def _add_runs(p: Page) -> None:
    c = p.c
    i = 0
    starts = {start for start, _ in c.sentences}
    while i < len(c.words):
        if not in_run(p, i, i in starts):
            i += 1
            continue
        end = i + 1
        while (step := continues(p, end)) > 0:
            end += step
        for piece in list(cut(p, i, end, "")):
            p.own(piece)
            grow_over_hyphens(p, piece)
            grow_over_members(p, piece)
            link_right(p, piece)
        i = end


def _candidate(p: Page, piece: Piece) -> Candidate | None:
    c = p.c
    start, end = piece.start, piece.end
    title = _title_before(p, piece.title if 0 <= piece.title < start else start)
    attached_before = start >= 2 and c.words[start - 1] == "-" and p.attached(start) and p.attached(start - 1)
    if attached_before and c.words[start - 2].islower() and c.lower[start - 2] not in word_class("particles"):
        return None  # "anti-American", "pro-Beijing"
    office = is_title_word(c.lower[start]) or gender_of_noun(c.lower[start]) is not None
    if end - start == 1 and office and (attached_before or (title < start and not is_family_name(c.lower[start]))):
        return None  # "Secretary-General", "Director General"
    if end - start == 1 and office and title < start and c.lower[end : end + 1] == ["of"]:
        return None  # "Deputy Head of Unit"
    follows = p.owner[end] if end < len(c.words) else None
    if end - start == 1 and office and follows is not None and follows.label == "PERSON":
        return None  # "Justice" before "Meera Raghunathan"
    read = zip(
        map(without_invisible, c.words[start:end]), c.spaced[start:end], strict=True
    )  # without the markup that the article may have inside
    name = " ".join("".join(word + " " * space for word, space in read).split())
    parts = tuple(comparable(part) for part in name.split())
    return Candidate(start, end, piece.label, title, p.headline[start], name, parts)


def _title_before(p: Page, start: int) -> int:
    """The first token of the titles that stand right before ``start``: "Prime Minister Sheikh"."""
    c = p.c
    first = start
    while True:
        length = next((n for n in (3, 2, 1) if first >= n and title_length(c.lower, first - n, first) == n), 0)
        if not length:
            break
        first -= length
    written_small = first < start and not is_capital(c.words[first]) and c.lower[first] in words("names_not")
    return start if written_small else first
