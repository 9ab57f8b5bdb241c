"""The cues that introduce statements: what each takes as its content and which speech act it performs."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from kg.errors import KgError
from kg.extraction.roles.grammar import cue_forms
from kg.extraction.statements.syntax import Syntax
from kg.words import table

GRADES = ("utterance", "report", "stance", "evidence", "weak")
REMOVED = "-"
"""The class in a user's list that takes a cue out."""

_PARTS = {"v": "verb", "n": "noun", "a": "adjective"}


@dataclass(frozen=True, slots=True)
class Cue:
    """A word or phrase that introduces content. ``frames`` maps a frame of ``cue_classes.tsv`` to its (act, grade)."""

    lemma: str
    part: str  # verb, noun, adjective
    frames: dict[str, tuple[str, str]]

    def act(self, frame: str) -> str:
        """The speech act performed with the complement ``frame``."""
        return self.frames[frame][0]

    def grade(self, frame: str) -> str:
        """How sure it is that the complement ``frame`` is something said: one of ``GRADES``."""
        return self.frames[frame][1]


Lexicon = dict[tuple[str, str], Cue]
"""(lemma, part of speech) -> cue."""


def cue_at(syntax: Syntax, lexicon: Lexicon, i: int, part: str) -> Cue | None:
    """The entry of a token as that part of speech; of the phrasal verb where its particle follows ("point out")."""
    lemma = cue_forms().get(syntax.word[i].lower(), syntax.lemma[i])
    if part == "verb":
        particle = syntax.child(i, "prt")
        if particle is None and i + 1 < len(syntax) and syntax.pos[i + 1] == "ADV":
            particle = i + 1  # "she shot back"
        if particle is None and (it := syntax.child(i, "dobj")) == i + 1 and _closes_clause(syntax, it):
            particle = it  # "as she put it"
        phrasal = lexicon.get((f"{lemma} {syntax.lemma[particle]}", part)) if particle is not None else None
        if phrasal is not None:
            return phrasal
    return lexicon.get((lemma, part))


def _closes_clause(syntax: Syntax, it: int) -> bool:
    """Whether "it" ends its clause, adverbs aside, or the clause begins with "as": "as she put it in a letter, ..."."""
    if any(syntax.dep[c] == "mark" and syntax.word[c].lower() == "as" for c in syntax.children[it - 1]):
        return syntax.word[it].lower() == "it"
    after = it + 1
    while after < len(syntax) and syntax.pos[after] == "ADV":
        after += 1
    return syntax.word[it].lower() == "it" and (after == len(syntax) or syntax.is_blank(after))


@cache
def _classes() -> dict[str, tuple[frozenset[str], str, str]]:
    return {name: (frozenset(frames.split()), act, grade) for name, frames, act, grade, *_ in table("cue_classes")}


def _add(lexicon: Lexicon, rows: Iterable[tuple[str, ...]]) -> None:
    classes = _classes()
    for lemma, letter, name, *_ in rows:
        part, (frames, act, grade) = _PARTS[letter], classes[name]
        known = lexicon.get((lemma, part)) or Cue(lemma, part, {})
        added = {frame: (act, grade) for frame in sorted(frames) if frame not in known.frames}
        lexicon[lemma, part] = replace(known, frames={**known.frames, **added})


@cache
def load_cues(extra: Path | None = None) -> Lexicon:
    """The shipped cues, and those of a list of the user's own: lemma, v/n/a and class, separated by tabs.

    Where a lemma stands in several classes, the first line decides the act of a frame; a user's lines come first, and
    the class ``-`` takes the shipped cue out. docs/statements.md has an example.

    Raises:
        KgError: the user's list cannot be read, or a line of it names no known class.
    """
    lexicon: Lexicon = {}
    own = _own_rows(extra) if extra is not None else []
    removed = {row[:2] for row in own if row[2] == REMOVED}
    _add(lexicon, (row for row in own if row[2] != REMOVED))
    _add(lexicon, (row for row in table("cues") if row[:2] not in removed))
    return lexicon


def _own_rows(path: Path) -> list[tuple[str, ...]]:
    """The entries of a user's list, checked."""
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise KgError(f"cannot read the list of cues {path}: {error}") from error
    rows = []
    for number, line in enumerate(lines, start=1):
        if not line.strip() or line.startswith("#"):
            continue
        row = tuple(cell.strip() for cell in line.split(" #", 1)[0].split("\t"))
        if len(row) < 3 or row[1] not in _PARTS or row[2] not in {*_classes(), REMOVED}:
            raise KgError(
                f"{path}, line {number}: expected a lemma, v, n or a, and a class of cue_classes.tsv, "
                f"separated by tabs, not {line!r}"
            )
        rows.append((row[0].lower(), *row[1:]))
    return rows
