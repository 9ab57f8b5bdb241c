"""The quotations of an article in tokens, and the words beside them."""

from __future__ import annotations

from bisect import bisect_left

from kg.abbreviations import abbreviates, abbreviations
from kg.extraction.quotation import Quotation
from kg.extraction.statements.syntax import Syntax

STOPS = frozenset({".", "?", "!", ";"})
_CLOSING = frozenset({"”", '"', "''", "’"})
GAP = 45  # tokens that a cue's words may take beside a quotation


class Quotes:
    """The quotations of an article in tokens: ``first[q]`` and ``last[q]`` are the outermost tokens, marks included."""

    def __init__(self, syntax: Syntax, quotations: list[Quotation]) -> None:
        self.syntax, self.list = syntax, quotations
        self.first = [bisect_left(syntax.end, q.span.begin + 1) for q in quotations]
        self.last = [
            max(f, bisect_left(syntax.begin, q.span.end) - 1) for f, q in zip(self.first, quotations, strict=True)
        ]
        self.ends = [q.span.end for q in quotations]
        self.inside = [-1] * len(syntax)
        for q, (first, last) in enumerate(zip(self.first, self.last, strict=True)):
            self.inside[first : last + 1] = [q] * (last + 1 - first)

    def starts_sentence(self, q: int) -> bool:
        """Whether the quotation opens a sentence of its own: at the beginning of a paragraph, or after a full stop."""
        i = self.previous(self.first[q])
        if i is None or self.syntax.paragraph[i] != self.syntax.paragraph[self.first[q]]:
            return True
        if any("\n" in word for word in self.syntax.word[i + 1 : self.first[q]]):
            return True
        word, before = self.syntax.word[i], self.inside[i]
        if before >= 0 and word in _CLOSING:
            inner = self.list[before].inner
            return self.syntax.text[inner.end - 1] in ".?!" if inner.end > inner.begin else False
        return word[-1] in ".?!" and word.lower() not in abbreviations()

    def stands_alone(self, q: int) -> bool:
        """Whether the quotation is a paragraph by itself."""
        text, span = self.syntax.text, self.list[q].span
        paragraph = self.syntax.paragraphs[self.syntax.paragraph[self.first[q]]]
        outside = text[paragraph.begin : span.begin] + text[span.end : paragraph.end]
        return not any(c.isalnum() for c in outside)

    def is_speech(self, i: int) -> bool:
        """Whether the token stands in a quotation of more than a few words."""
        q = self.inside[i]
        return q >= 0 and self.last[q] - self.first[q] > 6

    def _is_name(self, q: int) -> bool:
        """Whether a few quoted words stand within a phrase: "wearing \"Vote Ruiz\" badges"."""
        before = self.first[q] - 1
        return self.last[q] - self.first[q] <= 5 and before >= 0 and self.syntax.pos[before] not in ("PUNCT", "SPACE")

    def ends_sentence(self, q: int) -> bool:
        """Whether a sentence ends with the quotation: with a stop within the marks, and no small letter after them."""
        inner = self.list[q].inner
        after = self.last[q] + 1
        goes_on = after < len(self.syntax) and self.syntax.word[after][0].islower()
        return self.syntax.text[inner.end - 1] in ".?!" and not goes_on

    def is_stop(self, i: int) -> bool:
        """Whether the token ends a sentence; the stop after a title ("Capt. Ruiz") does not."""
        word = self.syntax.word
        if word[i] not in STOPS or word[i] != "." or i == 0 or i + 1 >= len(word):
            return word[i] in STOPS
        if word[i + 1] == ")":
            return False  # "(I-Vt.)"
        return len(word[i - 1]) == 1 or not abbreviates(f"{word[i - 1]}.", word[i + 1])

    def is_dash(self, i: int) -> bool:
        """Whether the token is a dash between words, not a hyphen within one."""
        word, begin, end = self.syntax.word, self.syntax.begin, self.syntax.end
        return word[i] in ("—", "–", "--") or (word[i] == "-" and i > 0 and begin[i] > end[i - 1])

    def previous(self, i: int) -> int | None:
        """The last token before ``i`` that is not space."""
        i -= 1
        while i >= 0 and self.syntax.word[i].isspace():
            i -= 1
        return i if i >= 0 else None

    def after(self, q: int) -> list[int]:
        """The tokens outside quotations that follow in the same sentence, up to the next quotation."""
        tokens: list[int] = []
        for i in range(self.last[q] + 1, min(len(self.syntax), self.last[q] + 1 + GAP)):
            if self.inside[i] >= 0 and self._is_name(self.inside[i]):
                continue
            if self.inside[i] >= 0 or self.syntax.paragraph[i] != self.syntax.paragraph[self.first[q]]:
                break
            tokens.append(i)
            if self.is_stop(i):
                break
        return tokens

    def before(self, q: int) -> list[int]:
        """The tokens outside quotations that precede in the same sentence, or end the paragraph above with a colon."""
        tokens: list[int] = []
        start = self.previous(self.first[q])
        if start is None or (
            self.syntax.paragraph[start] != self.syntax.paragraph[self.first[q]] and self.syntax.word[start] != ":"
        ):
            return []
        for i in range(start, max(-1, start - GAP), -1):
            if self.inside[i] >= 0 and self._is_name(self.inside[i]):
                continue
            if self.inside[i] >= 0 or self.syntax.paragraph[i] != self.syntax.paragraph[start] or self.is_stop(i):
                break
            tokens.append(i)
        return tokens[::-1]
