""" "According to the report, sales fell"; "in the words of the judge"."""

from __future__ import annotations

from collections.abc import Iterator

from kg.extraction.statements.content import brackets_around, first_of, spans_of
from kg.extraction.statements.draft import Draft
from kg.extraction.statements.sources import extent
from kg.extraction.statements.syntax import CLAUSE_VERBS, Syntax


def according_to(syntax: Syntax) -> Iterator[Draft]:
    """``according to the report, sales fell``; the content is the clause without the phrase."""
    for i, word in enumerate(syntax.word):
        phrase = according_phrase(syntax, i) if word.lower() in ("according", "in") else None
        if phrase is None:
            continue
        last, noun = phrase
        head = syntax.head[i]
        while syntax.head[head] != head and syntax.pos[head] not in CLAUSE_VERBS:
            head = syntax.head[head]
        if _closes_sentence(syntax, i):
            head = _sentence_verb(syntax, head)
        taken = _lost_subject(syntax, i, head)
        source = extent(syntax, noun, set(taken))
        blocked = set(range(i, last + 1)) | set(range(source[0], source[1] + 1))
        begin, after = brackets_around(syntax, i)
        tokens = [t for t in syntax.subtree(head, {i}) if syntax.sentence[t] == syntax.sentence[i] and t not in blocked]
        tokens = [t for t in tokens if begin <= t < after]
        tokens += [t for c in taken for t in syntax.subtree(c)]
        content = spans_of(syntax, tokens, blocked)
        if content:
            yield Draft(
                content,
                (i, last),
                i,
                "according to",
                "that",
                "assertion",
                "utterance",
                "according to",
                source,
                noun,
                head,
            )


def _closes_sentence(syntax: Syntax, phrase: int) -> bool:
    """Whether the phrase ends its sentence after a comma, and so is about all of it ("A fell and B rose")."""
    if phrase == 0 or syntax.word[phrase - 1] != ",":
        return False
    last = syntax.subtree(phrase)[-1]
    return (
        last + 1 >= len(syntax)
        or syntax.word[last + 1] == "."
        or "\n" in syntax.word[last + 1]
        or syntax.sentence[last + 1] != syntax.sentence[last]
    )


def _sentence_verb(syntax: Syntax, verb: int) -> int:
    """The first of coordinated main clauses."""
    while syntax.dep[verb] == "conj" and syntax.pos[syntax.head[verb]] in CLAUSE_VERBS:
        verb = syntax.head[verb]
    return verb


def according_phrase(syntax: Syntax, i: int) -> tuple[int, int] | None:
    """The last word of "according to" or "in the words of" that begins at ``i``, and the noun after it."""
    words = [word.lower() for word in syntax.word[i : i + 4]]
    if words[:2] == ["according", "to"]:
        last = i + 1
    elif words == ["in", "the", "words", "of"]:
        last = i + 3
    else:
        return None
    nouns = [c for c in syntax.children[last] if syntax.dep[c] == "pobj"] or [
        c for c in syntax.children[i] if syntax.dep[c] == "pobj"
    ]
    return (last, nouns[-1]) if nouns else None


def _lost_subject(syntax: Syntax, phrase: int, verb: int) -> list[int]:
    """``According to Smith, the plan fails``: a clause without subject has it in what was parsed as an apposition."""
    if syntax.child(verb, "nsubj", "nsubjpass", "expl", "csubj") is not None:
        return []
    appositions = [
        t for t in syntax.subtree(phrase) if syntax.dep[t] == "appos" and syntax.word[first_of(syntax, t) - 1] == ","
    ]
    return [
        t
        for t in appositions
        if t < verb
        and all(syntax.dep[k] in ("aux", "neg", "advmod", "auxpass") for k in range(syntax.subtree(t)[-1] + 1, verb))
    ]
