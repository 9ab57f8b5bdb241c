"""Where names stand: stretches of capitalised words with their boundaries set right, before it is known what they name.

The language model's entities are the start. They are cut at line breaks, titles, articles and possessives, grown over the
words that the grammar ties to them, and joined by the laws of institutional names ("Academy of Sciences", "Patent and
Trademark Office"); capitalised runs that the model passed over become candidates, too.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from kg.extraction.events.columns import Columns
from kg.extraction.names.lexicon import (
    comparable,
    fold,
    gender_of_given_name,
    gender_of_noun,
    is_known_organisation,
    is_title_word,
    known_place,
    title_length,
)
from kg.extraction.words import words
from kg.facts import Article

NAMING_LABELS = frozenset({"PERSON", "ORG", "GPE", "LOC", "FAC"})
OTHER_LABELS = frozenset({"NORP", "PRODUCT", "WORK_OF_ART", "LAW", "EVENT", "LANGUAGE"})

_ARTICLES = frozenset({"the", "a", "an"})
_PARTICLES = frozenset(
    "al el bin bint ibn abu ben van von der den de del della di da dos das du la le les los ter ten zu af av mac san y e st".split()
)
_LINKS = frozenset({"of", "for", "on"})
_LAYOUT = frozenset(
    "image images photo photos picture pictures video audio file map graphic credit caption source sources".split()
)
_REGNAL = frozenset({"king", "queen", "prince", "princess", "pope", "emperor", "empress", "saint", "lord", "lady"})
NOBLE = frozenset(
    {"duke", "duchess", "earl", "prince", "princess", "countess", "marquess", "baroness", "sultan", "emir"}
)
_CUTS = frozenset(
    {"/", ":", ";", "(", ")", "[", "]", "—", "–", "|", "•", "·", "…", "...", "*", "_", "@", "<", ">", "="}
)
_SMALL_IN_TITLES = frozenset("with from over into after that than when amid upon about before under onto".split())
_QUOTES = frozenset({'"', "“", "”", "''", "``", "‘", "’", "'", "«", "»", "„", "‟", "‹", "›"})
_FUNCTION_POS = frozenset(
    {"DET", "PRON", "ADP", "CCONJ", "SCONJ", "AUX", "PART", "INTJ", "PUNCT", "SPACE", "SYM", "NUM"}
)
_ORDINAL = re.compile(r"\d+(?:st|nd|rd|th)$")
_PLACES_OF = frozenset(
    "bay gulf strait straits plain plains plateau isle cape sea valley mount port horn kingdom republic".split()
)
_GIVEN_TITLES = frozenset({"dean", "earl", "duke", "baron", "marshal", "major", "judge"})
_COMPOUNDING = frozenset({"compound", "nmod", "amod", "poss", "flat", "nummod"})
_SUFFIXES_OF_PROSE = frozenset(
    "based led backed born style era like owned run wide old related controlled held linked".split()
)
_SHIPPED_AFTER_COMMA = frozenset({"inc", "inc.", "ltd", "ltd.", "llc", "llp", "jr", "jr.", "sr", "sr.", "co.", "corp."})


@dataclass(slots=True)
class Candidate:
    """A stretch of tokens ``[start, end)`` that may be a name.

    ``label`` is the model's, or empty; ``title`` the first token of a title that stands right before the name (equal to
    ``start`` where none does); ``headline`` says that capital letters mean nothing in its sentence.
    """

    start: int
    end: int
    label: str
    title: int
    headline: bool
    name: str
    parts: tuple[str, ...]

    @property
    def folded(self) -> str:
        """The name as names are compared."""
        return " ".join(self.parts)


@lru_cache(maxsize=65536)
def is_capital(word: str) -> bool:
    """Whether the word is written like a name: "Beijing", "iPhone", "3M"."""
    return word[0].isupper() or (len(word) > 1 and word[0].isalnum() and any(c.isupper() for c in word))


def organisation_noun(word: str) -> bool:
    """Whether the lower-case noun makes what it heads an organisation's name."""
    return word in words("names_organisation_heads")


def place_noun(word: str) -> bool:
    """Whether the lower-case noun makes what it heads a place's name."""
    return word in words("names_place_heads")


@dataclass(slots=True)
class _Piece:
    start: int
    end: int
    label: str
    title: int = -1


class Segmentation:
    """Cuts one Doc into candidates; ``taken`` are token ranges that belong to other things (names of events)."""

    def __init__(
        self, article: Article, c: Columns, ents: Iterable[tuple[int, int, str]], taken: Iterable[tuple[int, int]]
    ):
        self.article = article
        self.c = c
        self.free = [True] * len(c.words)
        for start, end in taken:
            self.free[start:end] = [False] * (end - start)
        self.breaks = self._line_breaks()
        self.headline = self._headline_tokens()
        self.owner: list[_Piece | None] = [None] * len(c.words)
        self.pieces: list[_Piece] = []
        for start, end in self._fixed_forms():
            self._own(_Piece(start, end, "PERSON" if self.c.lower[start] in NOBLE else "ORG"))
        for start, end, label in ents:
            if self.owner[start] or self.owner[end - 1]:
                continue
            if label in NAMING_LABELS or label in OTHER_LABELS:
                for piece in self._cut(start, end, label):
                    self._own(piece)

    def candidates(self) -> list[Candidate]:
        """The candidates of the Doc in text order, disjoint."""
        self._grow()
        self._join()
        self._add_runs()
        self.pieces.sort(key=lambda piece: piece.start)
        return [found for piece in self.pieces if (found := self._candidate(piece))]

    def candidate(self, start: int, end: int, label: str = "") -> Candidate | None:
        """The tokens ``[start, end)`` as a candidate."""
        return self._candidate(_Piece(start, end, label))

    def _fixed_forms(self) -> Iterator[tuple[int, int]]:
        """ "Duchess of Cambridge" and "Labour party": names by their form alone."""
        c = self.c
        for i, word in enumerate(c.lower[:-1]):
            if (
                word == "of"
                and i
                and c.lower[i - 1] in NOBLE
                and c.words[i - 1][0].isupper()
                and c.words[i + 1][0].isupper()
            ):
                yield i - 1, i + 2
            elif (
                c.lower[i + 1] == "party"
                and c.words[i][0].isupper()
                and self.free[i]
                and not (c.ents[i] and c.ents[i] == c.ents[i + 1] and not c.ent_starts[i])
                and (word in words("names_not") or c.pos[i] == "PROPN")
                and word not in words("names_demonyms")
                and c.words[i + 1] == "party"
                and c.deps[i] in _COMPOUNDING
            ):
                yield i, i + 2

    # -- the page ------------------------------------------------------------------------------------------------------

    def _line_breaks(self) -> list[bool]:
        """For each token, whether it is white space that ends a block (line breaks inside a block do not)."""
        blocks = iter(self.article.blocks)
        block = next(blocks, None)
        breaks = []
        for word, begin in zip(self.c.words, self.c.begins, strict=True):
            if not word.isspace():
                breaks.append(False)
                continue
            while block is not None and block.span.end <= begin:
                block = next(blocks, None)
            inside = block is not None and block.span.begin <= begin and begin + len(word) <= block.span.end
            breaks.append("\n" in word and not inside)
        return breaks

    def _headline_tokens(self) -> list[bool]:
        headline: list[bool] = []
        for start, end in self.c.sentences:
            content = [
                w for w in self.c.words[start:end] if len(w) > 3 and w[0].isalpha() and w not in _SMALL_IN_TITLES
            ]
            capital = sum(w[0].isupper() for w in content)
            headline += [capital >= 4 and len(content) - capital <= (capital >= 8)] * (end - start)
        return headline

    # -- pieces of the model's entities ----------------------------------------------------------------------------------

    def _own(self, piece: _Piece) -> None:
        self.pieces.append(piece)
        self.owner[piece.start : piece.end] = [piece] * (piece.end - piece.start)

    def _disown(self, piece: _Piece) -> None:
        self.pieces.remove(piece)
        self.owner[piece.start : piece.end] = [None] * (piece.end - piece.start)

    def _cut(self, start: int, end: int, label: str) -> Iterator[_Piece]:
        """The entity's pieces between line breaks, marks that no name holds, and possessives of places and people."""
        begin = start
        for i in range(start, end):
            if self._cuts(i, begin, start, end, label):
                yield from self._trimmed(begin, i, label)
                begin = i + 1
        yield from self._trimmed(begin, end, label)

    def _cuts(self, i: int, begin: int, start: int, end: int, label: str) -> bool:
        c = self.c
        word = c.words[i]
        if not self.free[i] or self.breaks[i] or word in _CUTS or "//" in word:
            return True
        if word == ",":
            return not (i + 1 < end and c.lower[i + 1] in _SHIPPED_AFTER_COMMA) and label != "ORG"
        if c.tags[i] == "POS" and begin < i < end - 1:
            owner = " ".join(c.words[begin:i])
            return label == "PERSON" or known_place(fold(owner)) is not None or owner.lower() in words("names_demonyms")
        if begin == i:
            return False
        if c.words[i].islower() and c.tags[i] in {"NN", "NNS"} and self._plain_noun_inside(i, end):
            return True
        if label == "PERSON":
            return c.lower[i] in {"and", "&", "or"} or (c.lower[i] == "of" and c.lower[i - 1] not in NOBLE)
        if label == "GPE" and c.lower[i] in {"and", "or"}:
            return known_place(fold(" ".join(c.words[begin:end]))) is None
        if label == "ORG" and c.lower[i] == "and" and c.lower[begin:i].count("of") + c.lower[begin:i].count("for") == 0:
            return self._two_bodies(begin, i, end)
        if label in {"ORG", "FAC"} and c.lower[i] in {"at", "in"}:
            return organisation_noun(c.lower[i - 1]) or place_noun(c.lower[i - 1]) or c.lower[i - 1] in {"art", "arts"}
        return False

    def _two_bodies(self, begin: int, i: int, end: int) -> bool:
        """Whether "and" at ``i`` parts two names ("Huawei and Tencent"), not words of one ("Patent and Trademark Office")."""
        c = self.c
        left, right = (" ".join(map(comparable, c.words[a:b])) for a, b in ((begin, i), (i + 1, end)))
        if is_known_organisation(left) or is_known_organisation(right):
            return True
        return i - begin > 1 and organisation_noun(c.lower[i - 1])

    def _plain_noun_inside(self, i: int, end: int) -> bool:
        """Whether the lower-case noun parts two names ("disco club Studio 54") and is not tied by a hyphen."""
        c = self.c
        return i + 1 < end and is_capital(c.words[i + 1]) and c.words[i - 1] != "-" and c.lower[i] not in _PARTICLES

    def _trimmed(self, start: int, end: int, label: str) -> Iterator[_Piece]:
        start, end = self._inked(start, end, label)
        if (
            start + 2 < end
            and self.c.lower[start + 1] == "of"
            and gender_of_noun(self.c.lower[start])
            and self._sentence_begins(start)
        ):
            start, end = self._inked(start + 2, end, label)  # "Critics of Scientology"
        if start >= end:
            return
        title = start
        if label in {"PERSON", ""} and not self._institutional(start, end):
            start = self._after_title(start, end)
            title = min(title, start)
            start, end = self._inked(start, end, label)
        if label in {"GPE", "LOC"} and self.c.tags[end - 1] == "NNPS" and not place_noun(self.c.lower[end - 1]):
            whole, rest = (known_place(fold(" ".join(self.c.words[start:stop]))) for stop in (end, end - 1))
            if rest is not None and whole is None:
                end -= 1  # "Palestine Refugees"
        if start < end:
            yield _Piece(start, end, label, title)

    def _inked(self, start: int, end: int, label: str) -> tuple[int, int]:
        """The span without articles, quotation marks, lower-case words and punctuation at its edges."""
        c = self.c
        while start < end:
            word = c.words[start]
            if label == "ORG" and _ORDINAL.match(word):
                break
            named = is_capital(word) and c.lower[start] not in _ARTICLES and not self._function_word(start)
            if named or (c.lower[start] in _PARTICLES and self._particle_ahead(start, end)):
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
                and c.lower[last] not in _LAYOUT
                and not self._function_word(last)
                and not (c.lower[last] in _ARTICLES and len(word) > 1)
            ):
                break
            if last - start >= 2 and c.words[last - 1] == "-" and word[0].isalpha():
                break
            end -= 1
        return start, end

    def _function_word(self, i: int) -> bool:
        """Whether a headline's capitalised word is a pronoun, preposition or auxiliary."""
        return (
            self.headline[i]
            and self.c.pos[i] in {"DET", "PRON", "AUX", "ADP", "CCONJ", "SCONJ"}
            and not self.c.words[i].isupper()
        )

    def _sentence_begins(self, i: int) -> bool:
        return i == 0 or self.c.sentence_of[i - 1] != self.c.sentence_of[i]

    def _particle_ahead(self, i: int, end: int) -> bool:
        c = self.c
        return i + 1 < end and (is_capital(c.words[i + 1]) or (i + 2 < end and c.words[i + 1] == "-"))

    def _institutional(self, start: int, end: int) -> bool:
        head = next((i for i in range(start, end) if self.c.lower[i] in _LINKS), end) - 1
        return head > start and (organisation_noun(self.c.lower[head]) or place_noun(self.c.lower[head]))

    def _after_title(self, start: int, end: int) -> int:
        """The first token of the name after the titles it begins with; regnal titles stay with a lone given name."""
        c = self.c
        while start < end - 1:
            length = title_length(c.lower, start, end - 1)
            if not length:
                noun = gender_of_noun(c.lower[start])
                demonym = c.words[start] in words("names_demonyms")
                if (noun is None and not demonym) or gender_of_given_name(c.lower[start]) or end - start < 3:
                    break
                length = 1
            if (
                c.lower[start] in _GIVEN_TITLES
                and end - start == 2
                and length == 1
                and gender_of_given_name(c.lower[start])
            ):
                break
            if c.lower[start] in _REGNAL and end - start - length <= 2 and not self._surname_like(start + length, end):
                break
            start += length
        return start

    def _surname_like(self, start: int, end: int) -> bool:
        return end - start == 2 and not self.c.words[end - 1].isupper()

    # -- growing and joining ---------------------------------------------------------------------------------------------

    def _open(self, i: int) -> bool:
        """Whether the token is a free capitalised word that can join a neighbouring name."""
        c = self.c
        return (
            0 <= i < len(c.words)
            and self.owner[i] is None
            and self.free[i]
            and not self.headline[i]
            and c.pos[i] == "PROPN"
            and is_capital(c.words[i])
            and c.lower[i] not in _LAYOUT
            and not c.ents[i]
        )

    def _grow(self) -> None:
        c = self.c
        for piece in self.pieces:
            if piece.label in OTHER_LABELS:
                continue
            i = piece.start - 1
            while (
                self._open(i)
                and c.deps[i] in _COMPOUNDING
                and i < c.heads[i] < piece.end
                and not title_length(c.lower, i, i + 1)
                and gender_of_noun(c.lower[i]) is None
                and c.words[i] not in words("names_demonyms")
            ):
                self._take(piece, i)
                if known_place(fold(" ".join(c.words[i + 1 : piece.end]))):
                    piece.label = "ORG"  # "Hitwise UK"
                i -= 1
            self._grow_over_article(piece)
            i = piece.end
            if piece.label == "GPE" and i < len(c.words) and c.words[i] == "State" and self._open(i):
                self._take(piece, i)  # "Ohio State", the university
                piece.label = "ORG"
                i += 1
            while self._open(i) and not title_length(c.lower, i, i + 1) and gender_of_noun(c.lower[i]) is None:
                tied = c.heads[i - 1] == i or piece.start <= c.heads[i] < piece.end
                if not tied and piece.label != "PERSON":
                    break
                self._take(piece, i)
                i += 1
            if piece.label == "PERSON" and (step := self._continues(piece.end)) > 1 and c.words[piece.end] != "&":
                for i in range(piece.end, piece.end + step):
                    self._take(piece, i)
            self._grow_over_hyphens(piece)

    def _grow_over_article(self, piece: _Piece) -> None:
        """ "Sissi" after "el-" becomes "el-Sissi"."""
        c = self.c
        first = piece.start - 2
        if (
            first >= 0
            and c.words[first + 1] == "-"
            and c.lower[first] in _PARTICLES
            and self._attached(piece.start)
            and self._attached(first + 1)
            and self.owner[first] is None
        ):
            self._take(piece, first + 1)
            self._take(piece, first)

    def _take(self, piece: _Piece, i: int) -> None:
        if i < piece.start:
            if piece.title in (-1, piece.start):
                piece.title = i
            piece.start = i
        else:
            piece.end = i + 1
        self.owner[i] = piece

    def _attached(self, i: int) -> bool:
        """Whether no white space stands between token ``i`` and the one before it."""
        return 0 < i < len(self.c.words) and self.c.begins[i] == self.c.end(i - 1)

    def _grow_over_hyphens(self, piece: _Piece) -> None:
        """ "Wong Kwok" before "-hing" becomes "Wong Kwok-hing"; "Calif" before "-based" stays."""
        c = self.c
        while (
            piece.end + 1 < len(c.words)
            and c.words[piece.end] in {"-", "‐", "‑"}
            and self._attached(piece.end)
            and self._attached(piece.end + 1)
            and c.words[piece.end + 1][0].isalpha()
            and self.owner[piece.end + 1] is None
        ):
            suffix = c.words[piece.end + 1]
            if suffix.islower() and (
                piece.label != "PERSON"
                or piece.end - piece.start < 2
                or suffix in _SUFFIXES_OF_PROSE
                or suffix.endswith("ed")
            ):
                return
            self._take(piece, piece.end)
            self._take(piece, piece.end)

    def _join(self) -> None:
        """Joins neighbours into institutional names, and given names to the surnames that the model split off."""
        c = self.c
        for piece in sorted(self.pieces, key=lambda p: p.start):
            if self.owner[piece.start] is not piece:
                continue
            while self._join_right(piece):
                pass
            linked = 0
            while linked < 2 and piece.label not in {"PERSON", "NORP"} and self._link_right(piece):
                linked += 1
            if c.lower[piece.end - 1] in {"of", "for", "and"}:
                piece.end -= 1

    def _join_right(self, piece: _Piece) -> bool:
        """Joins the piece that follows without a gap, or after "and", where the grammar says it is one name."""
        c = self.c
        end = piece.end
        other = self.owner[end] if end < len(c.words) else None
        if other is not None and not self.headline[end]:
            tied = any(
                other.start <= c.heads[i] < other.end and c.deps[i] in _COMPOUNDING for i in range(piece.start, end)
            )
            given = end - piece.start == 1 and gender_of_given_name(fold(c.words[piece.start])) is not None
            if tied and given and piece.label in {"PERSON", "GPE"} and other.label in {"GPE", "PERSON", "ORG"}:
                if known_place(fold(c.words[piece.start])) is None:
                    return self._absorb(piece, other, "PERSON")
            if tied and piece.label == "ORG" and other.label in {"GPE", "ORG", "NORP"}:
                return self._absorb(piece, other, "ORG")
        if end + 1 < len(c.words) and c.lower[end] in {"and", "&"} and piece.label != "PERSON":
            other = self.owner[end + 1]
            if other is not None and other.label in {"ORG", "FAC"} and c.lower[other.end - 1] != "of":
                head_inside = any(
                    c.deps[i] in {"nmod", "compound"} and other.start <= c.heads[i] < other.end
                    for i in range(piece.start, end)
                )
                if head_inside and organisation_noun(c.lower[other.end - 1]):
                    return self._absorb(piece, other, "ORG")
        return False

    def _absorb(self, piece: _Piece, other: _Piece, label: str) -> bool:
        end = other.end
        self._disown(other)
        piece.end = end
        piece.label = label
        self.owner[piece.start : end] = [piece] * (end - piece.start)
        return True

    def _link_right(self, piece: _Piece) -> bool:
        """Grows "Academy" over "of Sciences", "Foundation" over "for the Visual Arts"."""
        c = self.c
        end = piece.end
        if not (end + 1 < len(c.words) and c.lower[end] in _LINKS):
            return False
        place = c.lower[end] == "of" and end - piece.start == 1 and c.lower[end - 1] in _PLACES_OF
        if not place and not organisation_noun(c.lower[end - 1]):
            return False
        if self.headline[end] or any(word in {"of", "for"} for word in c.lower[piece.start : end]):
            return False
        i = end + 1
        if c.lower[i] in _ARTICLES and i + 1 < len(c.words):
            i += 1
        stop = i
        while stop < len(c.words):
            owner = self.owner[stop]
            if owner is not None and owner is not piece and (place or owner.label not in {"PERSON", "NORP"}):
                stop = owner.end
            elif (
                self.owner[stop] is None
                and self.free[stop]
                and is_capital(c.words[stop])
                and c.ents[stop] in {"", "ORG"}
            ):
                stop += 1
            elif (
                c.lower[stop] in {"and", "&", ","}
                and i < stop
                and stop + 1 < len(c.words)
                and is_capital(c.words[stop + 1])
                and c.deps[stop + 1] in {"conj", "compound", "nmod"}
                and self.owner[stop + 1] is None
            ):
                stop += 1
            else:
                break
        if stop == i or c.lower[stop - 1] in {"and", "&", ","}:
            return False
        if known_place(fold(c.words[piece.start])) and known_place(fold(" ".join(c.words[i:stop]))):
            return False  # "Colorado State University of the US"
        for other in {id(p): p for p in self.owner[i:stop] if p is not None}.values():
            self._disown(other)
        piece.end = stop
        piece.label = "LOC" if place else "ORG"
        self.owner[piece.start : stop] = [piece] * (stop - piece.start)
        return True

    # -- what the model passed over --------------------------------------------------------------------------------------

    def _add_runs(self) -> None:
        c = self.c
        i = 0
        starts = {start for start, _ in c.sentences}
        while i < len(c.words):
            if not self._runs(i, i in starts):
                i += 1
                continue
            end = i + 1
            while (step := self._continues(end)) > 0:
                end += step
            for piece in list(self._cut(i, end, "")):
                self._own(piece)
                self._grow_over_hyphens(piece)
                self._link_right(piece)
            i = end

    def _continues(self, i: int) -> int:
        """How many tokens from ``i`` carry a run of name words on: a word, a hyphen or particle with its word; 0 for none."""
        c = self.c
        if i >= len(c.words):
            return 0
        if self._runs(i, False):
            return 1
        ahead = i + 1
        if c.words[i] in {"-", "&"} and ahead < len(c.words) and (self._attached(i) or c.words[i] == "&"):
            return 2 if self._runs(ahead, False) else 0
        if c.lower[i] in _PARTICLES and self.owner[i] is None and self.free[i] and ahead < len(c.words):
            hyphen = c.words[ahead] == "-" and self._attached(ahead)
            word = ahead + hyphen
            if word < len(c.words) and self._runs(word, False) and (hyphen or c.pos[i] in {"PROPN", "X"}):
                return 2 + hyphen
        return 0

    def _runs(self, i: int, first: bool) -> bool:
        c = self.c
        if (
            self.owner[i] is not None
            or not self.free[i]
            or self.headline[i]
            or c.ents[i] in {"DATE", "TIME", "MONEY", "CARDINAL"}
        ):
            return False
        word = c.words[i]
        if not word[0].isalpha() or not is_capital(word) or c.lower[i] in _LAYOUT:
            return False
        if c.pos[i] in _FUNCTION_POS:
            return len(word) > 2 and word.isupper() and is_known_organisation(word.lower())
        inner_capital = any(ch.isupper() for ch in word[1:])
        return c.pos[i] == "PROPN" or inner_capital or (not first and c.tags[i] in {"NNP", "NNPS", "NN", "NNS", "JJ"})

    # -- the result ------------------------------------------------------------------------------------------------------

    def _candidate(self, piece: _Piece) -> Candidate | None:
        c = self.c
        start, end = piece.start, piece.end
        title = piece.title if 0 <= piece.title < start else self._title_before(start)
        attached_before = (
            start >= 2 and c.words[start - 1] == "-" and self._attached(start) and self._attached(start - 1)
        )
        if attached_before and c.words[start - 2].islower() and c.lower[start - 2] not in _PARTICLES:
            return None  # "anti-American", "pro-Beijing"
        if attached_before and end - start == 1 and is_title_word(c.lower[start]):
            return None  # "Secretary-General"
        name = " ".join(self.article.text[c.begins[start] : c.end(end - 1)].split())
        parts = tuple(comparable(part) for part in name.split())
        return Candidate(start, end, piece.label, title, self.headline[start], name, parts)

    def _title_before(self, start: int) -> int:
        c = self.c
        first = start
        for length in (3, 2, 1):
            if start - length >= 0 and title_length(c.lower, start - length, start) == length:
                first = start - length
                break
        return (
            first if first == start or is_capital(c.words[first]) or c.lower[first] not in words("names_not") else start
        )
