"""A parsed article as plain lists, one entry a token: cheap to ask, with the few tree walks that statements need."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from kg.extraction.columns import CLOSING_MARKS, Columns, columns
from kg.facts import PROSE, Article, TextSpan

if TYPE_CHECKING:
    from spacy.tokens import Doc

CLAUSE_VERBS = frozenset({"VERB", "AUX"})
_PRESENT_MODALS = frozenset({"will", "can", "must", "shall", "may", "should", "'ll", "’ll"})


@dataclass(frozen=True)
class Syntax:
    """Parallel lists over the tokens of a Doc. ``head[i]`` is the index of the head (``i`` itself for a root);
    ``children[i]`` the dependents in text order; ``sentence[i]`` and ``paragraph[i]`` running numbers; ``columns`` what
    they are taken from.
    """

    columns: Columns
    text: str
    begin: list[int]
    end: list[int]
    word: list[str]
    lemma: list[str]
    pos: list[str]
    tag: list[str]
    dep: list[str]
    head: list[int]
    children: list[list[int]]
    sentence: list[int]
    sentences: list[TextSpan]
    paragraph: list[int]
    paragraphs: list[TextSpan]

    def __len__(self) -> int:
        return len(self.word)

    def subtree(self, root: int, without: frozenset[int] | set[int] = frozenset()) -> list[int]:
        """The tokens below ``root`` and itself, in text order, not descending into ``without``."""
        found, stack = [], [root]
        while stack:
            i = stack.pop()
            found.append(i)
            stack.extend(c for c in self.children[i] if c not in without)
        return sorted(found)

    def child(self, i: int, *deps: str) -> int | None:
        """The first dependent of ``i`` with one of these relations."""
        return next((c for c in self.children[i] if self.dep[c] in deps), None)

    def characters(self, first: int, last: int) -> TextSpan:
        """The characters from token ``first`` to token ``last``, both included."""
        return TextSpan(self.begin[first], self.end[last])

    def before_marks(self, i: int) -> int:
        """The token before ``i``, closing quotation marks aside; -1 where there is none."""
        before = i - 1
        while before >= 0 and self.word[before] in CLOSING_MARKS:
            before -= 1
        return before

    def is_blank(self, i: int) -> bool:
        """Whether the token is only punctuation or space."""
        return self.pos[i] in ("PUNCT", "SPACE") or self.word[i].isspace()

    def evidence(self, spans: list[TextSpan]) -> TextSpan:
        """The whole sentences that the spans touch."""
        begin, end = min(s.begin for s in spans), max(s.end for s in spans)
        touched = [s for s in self.sentences if s.begin < end and begin < s.end]
        return TextSpan(min([begin, *(s.begin for s in touched)]), max([end, *(s.end for s in touched)]))

    @cached_property
    def token_at(self) -> dict[int, int]:
        """The token that begins at a character."""
        return {b: i for i, b in enumerate(self.begin)}


def paragraphs_of(article: Article) -> list[TextSpan]:
    """The article's prose blocks, or its lines where it has none."""
    if article.blocks:
        return [b.span for b in article.blocks if b.kind in PROSE]
    spans, position = [], 0
    for line in article.text.split("\n"):
        if line.strip():
            spans.append(TextSpan(position, position + len(line)))
        position += len(line) + 1
    return spans


def read_syntax(article: Article, doc: Doc) -> Syntax:
    """The lists of a parsed article; attributes are read once here, because asking spaCy again is slow."""
    c = columns(doc)
    begin, word = c.begins, c.words
    end = [b + len(w) for b, w in zip(begin, word, strict=True)]
    sentence, sentences = [0] * len(word), []
    for number, (first, after) in enumerate(c.parsed_sentences):
        for i in range(first, after):
            sentence[i] = number
        inner = [i for i in range(first, after) if not word[i].isspace()] or [first]
        sentences.append(TextSpan(begin[inner[0]], end[inner[-1]]))
    paragraphs = paragraphs_of(article)
    paragraph, current = [0] * len(word), 0
    for i, b in enumerate(begin):
        while current + 1 < len(paragraphs) and b >= paragraphs[current + 1].begin:
            current += 1
        paragraph[i] = current
    return Syntax(
        columns=c,
        text=article.text,
        begin=begin,
        end=end,
        word=word,
        lemma=[lemma.lower() for lemma in c.lemmas],
        pos=c.pos,
        tag=c.tags,
        dep=c.deps,
        head=c.heads,
        children=c.children,
        sentence=sentence,
        sentences=sentences,
        paragraph=paragraph,
        paragraphs=paragraphs,
    )


def tense(syntax: Syntax, verb: int) -> str:
    """present (with the perfect and "will"), past, or unknown: the tense of the finite verb of a clause."""
    finite = [c for c in syntax.children[verb] if syntax.dep[c] in ("aux", "auxpass")] + [verb]
    for i in finite:
        if syntax.tag[i] in ("VBZ", "VBP"):
            return "present"
        if syntax.tag[i] == "VBD":
            return "past"
        if syntax.tag[i] == "MD":
            return "present" if syntax.word[i].lower() in _PRESENT_MODALS else "past"
    return "unknown"
