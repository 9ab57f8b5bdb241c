"""The columns of a Doc: token attributes as plain lists, read out of spaCy once, as attribute access is slow there."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate
from typing import TYPE_CHECKING

from kg.extraction.quotation import Quotation, quotations
from kg.facts import Article, TextSpan
from kg.texts import without_invisible

if TYPE_CHECKING:
    from spacy.tokens import Doc

_ATTRIBUTES = ("ORTH", "LOWER", "LEMMA", "TAG", "POS", "DEP", "ENT_TYPE", "ENT_IOB", "HEAD", "SENT_START", "SPACY")

OPENING_MARKS = frozenset({'"', "“", "‘", "'", "``", "''"})
CLOSING_MARKS = frozenset({'"', "”", "’", "'", "''"})
"""Quotation marks, as tokens."""


@dataclass(frozen=True)
class Columns:
    """Token attributes of one Doc, each a list with one entry a token; ``heads`` are absolute token indices.

    ``sentence_starts`` are the boundaries as the parser has them; ``sentences`` are joined where one of them falls
    after a colon inside quotation marks. ``quotations`` are the outermost ones of the text, in its order. ``lower`` and
    ``lemmas`` have no characters that nobody sees.
    """

    words: list[str]
    lower: list[str]
    lemmas: list[str]
    tags: list[str]
    pos: list[str]
    deps: list[str]
    heads: list[int]
    ents: list[str]
    ent_starts: list[bool]
    begins: list[int]
    spaced: list[bool]
    sentence_starts: list[bool]
    sentences: list[tuple[int, int]]
    quotations: list[Quotation]

    @cached_property
    def all_text(self) -> str:
        """The text of the Doc."""
        return "".join(f"{word} " if space else word for word, space in zip(self.words, self.spaced, strict=True))

    @cached_property
    def parsed_sentences(self) -> list[tuple[int, int]]:
        """The sentences ``[start, end)`` as the parser has them."""
        starts = [i for i, marked in enumerate(self.sentence_starts) if marked]
        return list(zip(starts, [*starts[1:], len(self.words)], strict=False))

    @cached_property
    def children(self) -> list[list[int]]:
        """The children of each token, in text order."""
        children: list[list[int]] = [[] for _ in self.words]
        for i, head in enumerate(self.heads):
            if head != i:
                children[head].append(i)
        return children

    @cached_property
    def sentence_of(self) -> list[int]:
        """The index of each token's sentence."""
        return [n for n, (start, end) in enumerate(self.sentences) for _ in range(start, end)]

    def opens_sentence(self, i: int) -> bool:
        """Whether nothing but marks stands before token ``i`` in its sentence."""
        start, _ = self.sentences[self.sentence_of[i]]
        return not any(self.words[k][0].isalnum() for k in range(start, i))

    def end(self, i: int) -> int:
        """The character offset at which token ``i`` ends."""
        return self.begins[i] + len(self.words[i])

    def span(self, start: int, end: int) -> TextSpan:
        """The characters of the tokens ``[start, end)``."""
        return TextSpan(self.begins[start], self.end(end - 1))

    def tokens(self, span: TextSpan) -> tuple[int, int]:
        """The tokens ``[start, end)`` that begin in a stretch of the text."""
        return bisect_left(self.begins, span.begin), bisect_left(self.begins, span.end)

    def text(self, article: Article, start: int, end: int) -> str:
        """The words of the tokens ``[start, end)`` as the article shows them, white space runs as one blank."""
        begin, stop = self.span(start, end)
        return " ".join(without_invisible(article.text[begin:stop]).split())

    def subtree(self, i: int) -> tuple[int, int]:
        """The tokens ``[start, end)`` from the leftmost to the rightmost descendant of token ``i``."""
        children = self.children
        left, right = i, i
        while children[left] and children[left][0] < left:
            left = children[left][0]
        while children[right] and children[right][-1] > right:
            right = children[right][-1]
        return left, right + 1


def _stands_within(offset: int, quotations: list[Quotation]) -> bool:
    """Whether a quotation is open at a character."""
    return any(q.inner.begin <= offset < q.inner.end for q in quotations)


def columns(doc: Doc) -> Columns:
    """The columns of ``doc``, made once and kept with it."""
    kept: Columns | None = doc.user_data.get("kg.columns")
    if kept is not None:
        return kept
    strings = doc.vocab.strings
    table = doc.to_array(list(_ATTRIBUTES))
    known: dict[int, str] = {0: ""}

    def decoded(column: int) -> list[str]:
        values = table[:, column].tolist()
        for value in set(values):
            if value not in known:
                known[value] = strings[value]
        return [known[value] for value in values]

    heads = table[:, 8].astype("int64").tolist()
    words = decoded(0)
    sentence_starts = [i == 0 or value == 1 for i, value in enumerate(table[:, 9].tolist())]
    spaced = [value == 1 for value in table[:, 10].tolist()]
    begins = list(accumulate((len(w) + space for w, space in zip(words, spaced, strict=True)), initial=0))
    quoted = quotations(doc.text)
    starts = [
        i
        for i, marked in enumerate(sentence_starts)
        if marked and not (i and words[i - 1] == ":" and _stands_within(begins[i], quoted))
    ]
    made = Columns(
        words=words,
        lower=[*map(without_invisible, decoded(1))],
        lemmas=[*map(without_invisible, decoded(2))],
        tags=decoded(3),
        pos=decoded(4),
        deps=decoded(5),
        heads=[i + head for i, head in enumerate(heads)],
        ents=decoded(6),
        ent_starts=[value == 3 for value in table[:, 7].tolist()],
        begins=begins[:-1],
        spaced=spaced,
        sentence_starts=sentence_starts,
        sentences=list(zip(starts, [*starts[1:], len(doc)], strict=True)) if len(doc) else [],
        quotations=quoted,
    )
    doc.user_data["kg.columns"] = made
    return made
