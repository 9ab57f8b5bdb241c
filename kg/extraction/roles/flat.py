"""An article as one flat row of words and names, which is how titles are read.

In lists of people ("A, Commissioner of the B, C, Director of the D, attended") a parser's attachment fails often, while
the order of names, commas and titles does not.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, overload

from kg.extraction.columns import columns
from kg.extraction.reading import Reading
from kg.extraction.roles.lexicon import not_names, singular_heads, title_words
from kg.facts import EntityKind, TextSpan
from kg.texts import without_invisible

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

HYPHENS = frozenset(("-", "–", "‑"))
MINISTERIAL = frozenset(("secretary", "minister", "undersecretary", "secretaries", "ministers"))
BREAK = "\n"
"""The word that stands for the end of a headline or paragraph, which no construction crosses."""


@dataclass(frozen=True, slots=True)
class Name:
    """A name at the words ``[start, end)`` of the row; ``kinds`` are those of the entity ``key``."""

    start: int
    end: int
    key: str
    kinds: frozenset[EntityKind]

    @property
    def is_person(self) -> bool:
        """Whether the name is a person's."""
        return EntityKind.PERSON in self.kinds

    @property
    def is_organisation(self) -> bool:
        """Whether the name is an organisation's, and not a place's that acts like one."""
        return EntityKind.ORGANISATION in self.kinds and EntityKind.PLACE not in self.kinds

    @property
    def is_place(self) -> bool:
        """Whether the name is a place's, which may act like an organisation."""
        return EntityKind.PLACE in self.kinds

    @property
    def employs(self) -> bool:
        """Whether what it names can have people in its service."""
        return EntityKind.ORGANISATION in self.kinds or EntityKind.PLACE in self.kinds


class Row(Sequence["Token"]):
    """Some tokens of a Doc, made when they are asked for; ``at`` holds their indices in it."""

    def __init__(self, doc: Doc, at: list[int]) -> None:
        self.doc = doc
        self.at = at

    def __len__(self) -> int:
        return len(self.at)

    @overload
    def __getitem__(self, i: int) -> Token: ...
    @overload
    def __getitem__(self, i: slice) -> Row: ...
    def __getitem__(self, i: int | slice) -> Token | Row:
        return Row(self.doc, self.at[i]) if isinstance(i, slice) else self.doc[self.at[i]]


class Flat:
    """The row: its tokens, their words in lower case, and the names on it.

    White space within a headline or paragraph is left out; the end of one is the word :data:`BREAK`. Positions are
    indices into ``tokens``, ``words`` and ``begins`` (whether a sentence begins there), not of the Doc.
    """

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.columns = c = columns(reading.doc)
        self.words: list[str] = []
        self.begins: list[bool] = []
        at: list[int] = []
        begins = False
        for i, (word, marked) in enumerate(zip(c.lower, c.sentence_starts, strict=True)):
            begins = begins or marked
            if word[0].isspace():
                if "\n" not in word:
                    continue
                word = BREAK
            at.append(i)
            self.words.append(word)
            self.begins.append(begins)
            begins = begins and word == BREAK
        self.tokens = Row(reading.doc, at)

    @cached_property
    def names(self) -> tuple[Name, ...]:
        """The names in text order; of overlapping ones the longest."""
        c, at = self.columns, self.tokens.at
        position = {c.begins[token]: i for i, token in enumerate(at)}
        found = []
        for entity in self.reading.entities:
            for mention in entity.mentions:
                start = position.get(mention.span.begin)
                if start is None:
                    continue
                end = start + 1
                while end < len(at) and c.begins[at[end]] < mention.span.end:
                    end += 1
                start, end = self._past_title(start, end), self._before_title(start, end)
                if start < end and not (end == start + 1 and self.words[start] in not_names()):
                    found.append(Name(start, end, entity.key, entity.kinds))
        names: list[Name] = []
        for name in sorted(found, key=lambda n: (n.start, -n.end)):
            if not names or name.start >= names[-1].end:
                names.append(name)
        return tuple(names)

    def _past_title(self, start: int, end: int) -> int:
        """Where a name begins that took in title words ("Permanent Observer of the Alliance", "-General Tedros")."""
        i = start
        while i < end and self.words[i] in title_words():
            i += 1
        if i == end:
            return end if end > start + 1 and self.words[end - 1] in singular_heads() else start
        if i > start and self.words[i] == "of" and self.tag(i - 1) != "NNPS":  # not "Joint Chiefs of Staff"
            return i + 1 + (self.word(i + 1) == "the")
        if (
            self.word(start - 1) in {"of", "for"}
            and self.word(start - 2) in MINISTERIAL
            and self.words[start] in not_names()
        ):
            return end  # "Under Secretary of" "Commerce for Intellectual Property"
        if self.word(start - 1) == "for" and self.words[start] in not_names() and self.word(start + 1) == "of":
            return start + 2 + (self.word(start + 2) == "the")  # "Vice President for" "Research of the University"
        return start + 1 if i > start and self.word(start - 1) in HYPHENS else start

    def _before_title(self, start: int, end: int) -> int:
        """Where a name ends that took in the beginning of the title after it ("EUIPO Executive" Director)."""
        i = end
        while i > start + 1 and self.words[i - 1] in title_words() and self.word(end) in singular_heads():
            i -= 1
        return i

    @cached_property
    def name_at(self) -> dict[int, Name]:
        """The name that begins at a position."""
        return {name.start: name for name in self.names}

    @cached_property
    def name_before(self) -> dict[int, Name]:
        """The name that ends before a position; an acronym in brackets after it belongs to it."""
        ending = {}
        for name in self.names:
            ending[name.end] = name
            ending.setdefault(self.past(name), name)
        return ending

    @cached_property
    def within(self) -> dict[int, Name]:
        """The name that a word belongs to."""
        return {i: name for name in self.names for i in range(name.start, name.end)}

    @cached_property
    def position(self) -> dict[int, int]:
        """The position of each token, by its index in the Doc."""
        return {token: i for i, token in enumerate(self.tokens.at)}

    def past(self, name: Name) -> int:
        """The position after a name and its acronym in brackets: "World Intellectual Property Organization (WIPO)"."""
        i = name.end
        if self.word(i) == "(" and self.word(i + 2) == ")" and self.written(i + 1)[:2].isupper():
            return i + 3
        return i

    def word(self, i: int) -> str:
        """The word at a position in lower case; :data:`BREAK` outside the row."""
        return self.words[i] if 0 <= i < len(self.words) else BREAK

    def written(self, i: int) -> str:
        """The word at a position of the row, as written."""
        return self.columns.words[self.tokens.at[i]]

    def tag(self, i: int) -> str:
        """The part-of-speech tag at a position; empty outside the row."""
        return self.columns.tags[self.tokens.at[i]] if 0 <= i < len(self.words) else ""

    def capital(self, i: int) -> bool:
        """Whether the word at a position begins with a capital letter."""
        return self.written(i)[0].isupper()

    def text(self, start: int, end: int) -> str:
        """The words ``[start, end)`` as the article shows them, with single spaces."""
        begin, stop = self.span((start, end))
        return " ".join(without_invisible(self.reading.article.text[begin:stop]).split())

    def span(self, *ranges: tuple[int, int]) -> TextSpan:
        """The characters from the first to the last word of all the ranges ``[start, end)``."""
        first = self.tokens.at[min(start for start, _ in ranges)]
        last = self.tokens.at[max(end for _, end in ranges) - 1]
        return self.columns.span(first, last + 1)

    def referent(self, i: int) -> str | None:
        """The key of what the word refers to, if that is known."""
        reference = self.reading.references.get(self.tokens.at[i])
        return reference.key if reference else None

    def kinds_at(self, i: int) -> frozenset[EntityKind]:
        """The kinds of the entity that the word refers to; none where that is not known."""
        key = self.referent(i)
        entity = self.reading.entity(key) if key else None
        return entity.kinds if entity else frozenset()

    def extent(self, i: int) -> tuple[int, int]:
        """The positions of the name that a word belongs to, or of the word alone."""
        name = self.within.get(i)
        return (name.start, name.end) if name else (i, i + 1)

    def gap(self, start: int, end: int) -> str:
        """The words between two positions, joined by spaces."""
        return " ".join(self.words[start:end])

    def positions(self, wanted: frozenset[str]) -> Iterator[int]:
        """The positions of the words that are in ``wanted``."""
        return (i for i, word in enumerate(self.words) if word in wanted)


def flat_of(reading: Reading) -> Flat:
    """The row of an article, made once."""
    flat: Flat | None = reading.__dict__.get("_flat")
    if flat is None:
        flat = reading.__dict__["_flat"] = Flat(reading)
    return flat
