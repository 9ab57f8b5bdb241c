"""One article while its names are marked off: the columns of its Doc, and which token belongs to which piece."""

from __future__ import annotations

from collections.abc import Iterable

from kg.extraction.columns import Columns
from kg.extraction.names.lexicon import fold, gender_of_given_name, names_a_month, names_a_time, word_class
from kg.extraction.names.mentions import Piece, is_capital
from kg.facts import Article

ARTICLES = frozenset({"the", "a", "an"})
LINKS = frozenset({"of", "for", "on"})
_CONTENT = frozenset({"VERB", "NOUN", "ADJ", "ADV"})
COMPOUNDING = frozenset({"compound", "nmod", "amod", "poss", "flat", "nummod"})


class Page:
    """An article's tokens and the pieces of names found so far.

    ``free`` says for each token that it is not part of another thing (the name of an event), ``breaks`` that a line
    ends there, ``headline`` that capital letters mean nothing in its sentence; ``owner`` is the piece it belongs to.
    """

    def __init__(self, article: Article, c: Columns, taken: Iterable[tuple[int, int]]):
        self.article = article
        self.c = c
        self.free = [True] * len(c.words)
        for start, end in taken:
            self.free[start:end] = [False] * (end - start)
        self.breaks = self._line_breaks()
        self.headline = self._headline_tokens()
        self.owner: list[Piece | None] = [None] * len(c.words)
        self.pieces: list[Piece] = []

    def own(self, piece: Piece) -> None:
        """Adds a piece."""
        self.pieces.append(piece)
        self.owner[piece.start : piece.end] = [piece] * (piece.end - piece.start)

    def disown(self, piece: Piece) -> None:
        """Takes a piece away."""
        self.pieces.remove(piece)
        self.owner[piece.start : piece.end] = [None] * (piece.end - piece.start)

    def take(self, piece: Piece, i: int) -> None:
        """Grows a piece by the token before or after it."""
        if i < piece.start:
            if piece.title in (-1, piece.start):
                piece.title = i
            piece.start = i
        else:
            piece.end = i + 1
        self.owner[i] = piece

    def absorb(self, piece: Piece, other: Piece, label: str) -> bool:
        """Grows a piece over another that follows it."""
        end = other.end
        self.disown(other)
        piece.end = end
        piece.label = label
        self.owner[piece.start : end] = [piece] * (end - piece.start)
        return True

    def attached(self, i: int) -> bool:
        """Whether no white space stands between token ``i`` and the one before it."""
        return 0 < i < len(self.c.words) and self.c.begins[i] == self.c.end(i - 1)

    def open(self, i: int) -> bool:
        """Whether the token is a free capitalised word that can join a neighbouring name."""
        c = self.c
        return (
            0 <= i < len(c.words)
            and self.owner[i] is None
            and self.free[i]
            and not self.headline[i]
            and c.pos[i] == "PROPN"
            and is_capital(c.words[i])
            and c.lower[i] not in word_class("layout words")
            and "//" not in c.words[i]
            and (not c.ents[i] or self.no_date(i))
        )

    def no_date(self, i: int) -> bool:
        """Whether the model took a name for a date: "Marchenko", "Ann May"."""
        c = self.c
        word = c.words[i]
        return (
            c.ents[i] == "DATE"
            and c.pos[i] == "PROPN"
            and word.isalpha()
            and word.istitle()
            and (not names_a_time(word.lower()) or self._after_given_name(i))
        )

    def _after_given_name(self, i: int) -> bool:
        """Whether a month's word is the surname after a given name that depends on it: "Ann May", not "Ann May 3"."""
        c = self.c
        if not i or not names_a_month(c.lower[i]) or c.heads[i - 1] != i or c.deps[i - 1] not in COMPOUNDING:
            return False
        given = c.words[i - 1].istitle() and c.ents[i - 1] == "PERSON" and gender_of_given_name(fold(c.words[i - 1]))
        numbered = any(word[0].isdigit() for word in c.words[i + 1 : i + 2])
        return bool(given) and c.words[i].istitle() and not numbered

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
        c = self.c
        ignored = word_class("small words of titles")
        headline: list[bool] = []
        for start, end in c.sentences:
            capital = sum(len(word) > 3 and word[0].isupper() for word in c.words[start:end])
            small = sum(
                c.words[i].islower() and c.pos[i] in _CONTENT and c.lower[i] not in ignored for i in range(start, end)
            )
            spare = capital >= 8 and not self._is_told(start, end)
            headline += [capital >= 4 and small <= spare] * (end - start)
        return headline

    def _is_told(self, start: int, end: int) -> bool:
        """Whether the tokens are a full sentence of prose: a small verb in the past and a stop at the end."""
        c = self.c
        while end > start and c.words[end - 1].isspace():
            end -= 1
        return c.words[end - 1] == "." and any(
            c.tags[i] in {"VBD", "VBN", "MD"} and c.words[i].islower() for i in range(start, end)
        )
