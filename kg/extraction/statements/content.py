"""The parts of a draft in tokens and characters: the verb group of a cue, and content without cue and source."""

from __future__ import annotations

from collections.abc import Iterable

from kg.extraction.statements.cues import Cue
from kg.extraction.statements.draft import Draft
from kg.extraction.statements.sources import extent
from kg.extraction.statements.syntax import Syntax
from kg.facts import TextSpan


def verb_group(syntax: Syntax, verb: int) -> tuple[int, int]:
    """First and last token of a verb with auxiliaries, negation, adverbs and particle: "has profoundly pointed out"."""
    first = last = verb
    while first > 0 and syntax.head[first - 1] == verb and syntax.dep[first - 1] in ("aux", "auxpass", "neg", "advmod"):
        first -= 1
    while (
        first < verb
        and syntax.dep[first] == "advmod"
        and syntax.tag[first] in ("WRB", "RB")
        and syntax.word[first].lower() in ("when", "where", "how", "why", "also", "then", "but")
    ):
        first += 1
    particle = syntax.child(verb, "prt")
    if particle is not None and particle - verb <= 2:
        last = particle
    return first, last


def spans_of(syntax: Syntax, tokens: Iterable[int], cut: set[int]) -> list[TextSpan]:
    """The characters of the tokens as runs; blank tokens close gaps, those of ``cut`` (the cue, its source) do not."""
    runs: list[list[int]] = []
    for i in sorted(tokens):
        if runs and all(syntax.is_blank(k) and k not in cut for k in range(runs[-1][-1] + 1, i)):
            runs[-1].append(i)
        else:
            runs.append([i])
    spans = []
    for run in runs:
        kept = _trim(syntax, run)
        if kept:
            spans.append(TextSpan(syntax.begin[kept[0]], syntax.end[kept[-1]]))
    return spans


def _trim(syntax: Syntax, run: list[int]) -> list[int]:
    while (
        run
        and (syntax.is_blank(run[0]) or (syntax.word[run[0]].lower() == "that" and syntax.dep[run[0]] == "mark"))
        and syntax.word[run[0]] not in "([$"
    ):
        run = run[1:]
    while run and syntax.is_blank(run[-1]) and syntax.word[run[-1]] not in ")]":
        run = run[:-1]
    if run and syntax.dep[run[-1]] == "cc":
        return _trim(syntax, run[:-1])
    if run and syntax.dep[run[0]] == "cc":
        return _trim(syntax, run[1:])
    return run


def draft_of(
    syntax: Syntax,
    cue: Cue,
    head: int,
    group: tuple[int, int],
    frame: str,
    tokens: Iterable[int],
    source_head: int | None,
    clause: int | None,
    reason: str,
    lemma: str | None = None,
) -> Draft:
    """A draft with the content in ``tokens`` that is neither cue nor source; ``lemma`` if not the cue's own."""
    source = None
    blocked = set(range(group[0], group[1] + 1))
    if source_head is not None:
        source = extent(syntax, source_head, blocked)
        blocked |= set(range(source[0], source[1] + 1))
    first, after = brackets_around(syntax, head)
    content = spans_of(syntax, (i for i in tokens if i not in blocked and first <= i < after), blocked)
    return Draft(
        content,
        group,
        head,
        lemma or cue.lemma,
        frame,
        cue.act(frame),
        cue.grade(frame),
        reason,
        source,
        source_head,
        clause,
    )


def brackets_around(syntax: Syntax, i: int) -> tuple[int, int]:
    """The first token within the brackets of its sentence in which a token stands, and the one after them.

    Without brackets they are those of the whole text: ``He left (in May, she said)`` says only when.
    """
    opened: list[int] = []
    sentence, first = syntax.sentence[i], i
    while first > 0 and syntax.sentence[first - 1] == sentence:
        first -= 1
    for k in range(first, i):
        if syntax.word[k] == "(":
            opened.append(k)
        elif syntax.word[k] == ")" and opened:
            opened.pop()
    if not opened:
        return 0, len(syntax)
    close = i
    while close < len(syntax) and syntax.sentence[close] == sentence and syntax.word[close] != ")":
        close += 1
    return opened[-1] + 1, close


def first_of(syntax: Syntax, i: int) -> int:
    """The first token of the phrase around a head."""
    return syntax.subtree(i)[0]


def is_infinitive(syntax: Syntax, clause: int) -> bool:
    """Whether the clause has "to"."""
    return any(syntax.dep[c] == "aux" and syntax.tag[c] == "TO" for c in syntax.children[clause])


def opens_quotation(syntax: Syntax, i: int) -> bool:
    """Whether the token is an opening quotation mark."""
    return 0 <= i < len(syntax) and (syntax.tag[i] == "``" or syntax.word[i] in ("“", "‘"))
