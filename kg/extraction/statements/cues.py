"""The cues that introduce statements: what each takes as its content and which speech act it performs."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from kg.errors import KgError
from kg.extraction.statements.syntax import Syntax
from kg.extraction.words import table

GRADES = ("utterance", "report", "stance", "evidence", "weak")
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
        phrasal = lexicon.get((f"{lemma} {syntax.lemma[particle]}", part)) if particle is not None else None
        if phrasal is not None:
            return phrasal
    return lexicon.get((lemma, part))


@cache
def cue_forms() -> dict[str, str]:
    """Word forms whose lemma or part of speech the tagger often gets wrong, with their lemma."""
    return {form: lemma for form, lemma, *_ in table("cue_forms")}


@cache
def _classes() -> dict[str, tuple[frozenset[str], str, str]]:
    return {name: (frozenset(frames.split()), act, grade) for name, frames, act, grade, *_ in table("cue_classes")}


def _add(lexicon: Lexicon, rows: Iterable[tuple[str, ...]], origin: str) -> None:
    classes = _classes()
    for number, row in enumerate(rows, start=1):
        if len(row) < 3 or row[1] not in _PARTS or row[2] not in classes:
            raise KgError(
                f"{origin}, entry {number}: expected a lemma, v, n or a, and a class of cue_classes.tsv, not {row!r}"
            )
        lemma, part, (frames, act, grade) = row[0], _PARTS[row[1]], classes[row[2]]
        known = lexicon.get((lemma, part)) or Cue(lemma, part, {})
        added = {frame: (act, grade) for frame in sorted(frames) if frame not in known.frames}
        lexicon[lemma, part] = replace(known, frames={**known.frames, **added})


@cache
def load_cues(extra: Path | None = None) -> Lexicon:
    """The shipped cues, and those of a list of the user's own in the same format (lemma, v/n/a, class).

    Where a lemma stands in several classes, the first line decides the act of a frame; a user's lines come first.

    Raises:
        KgError: the user's list cannot be read, or a line of it names no known class.
    """
    lexicon: Lexicon = {}
    if extra is not None:
        try:
            lines = extra.read_text(encoding="utf-8").splitlines()
        except (OSError, UnicodeDecodeError) as error:
            raise KgError(f"cannot read the list of cues {extra}: {error}") from error
        rows = [tuple(cell.strip() for cell in line.split("\t")) for line in lines if line.strip() and line[0] != "#"]
        _add(lexicon, rows, str(extra))
    _add(lexicon, table("cues"), "words/cues.tsv")
    return lexicon
