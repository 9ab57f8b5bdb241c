"""Clauses around a token: its verb and subject, whether the clause is asserted, negated or ahead in time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kg.extraction.columns import Columns
from kg.extraction.dates.direction import word_class as date_words
from kg.extraction.events.words import word_class
from kg.extraction.negation import is_denied
from kg.facts import TextSpan

_MARKED = {"acl": {"that", "whether"}, "advcl": {"if", "unless"}}
_SUBJECTS = frozenset({"nsubj", "nsubjpass"})
FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
_SPEECH = 5  # tokens: fewer in quotation marks are names and words held at a distance


def reported(c: Columns, continued: Sequence[TextSpan] = ()) -> frozenset[int]:
    """The tokens that are somebody's words or thoughts: in quotation marks, or a clause that a verb has as its content.

    ``continued`` are sentences that carry on what somebody said without saying so again. All these tokens say what was
    said, not what was the case. "According to ..." leaves its clause asserted.
    """
    found = set(_contents(c))
    for span in continued:
        found.update(range(*c.tokens(span)))
    return frozenset(found)


def _contents(c: Columns) -> frozenset[int]:
    """The tokens in quotation marks and in clauses that a verb has as its content; found once and kept with them."""
    kept: frozenset[int] | None = c.__dict__.get("_contents")
    if kept is not None:
        return kept
    found: set[int] = set(_quoted(c))
    asserting = word_class("asserting")
    for i, dep in enumerate(c.deps):
        if dep == "ccomp":
            content = c.lemmas[c.heads[i]] not in asserting and _has_subject(c, i)
        else:
            content = dep in _MARKED and any(c.deps[j] == "mark" and c.lower[j] in _MARKED[dep] for j in c.children[i])
        if content:
            found.update(_clause(c, i))
    c.__dict__["_contents"] = kept = frozenset(found)
    return kept


def attributed(c: Columns) -> frozenset[int]:
    """The tokens of clauses to which their source is only added behind ("A fire broke out, the authority said")."""
    found: set[int] = set()
    for i, dep in enumerate(c.deps):
        if dep == "ccomp" and c.heads[i] > i and _has_subject(c, i):
            clause = _clause(c, i)
            if max(clause) < c.heads[i] or c.heads[i] - i > 3:
                found.update(clause)
    return frozenset(found.difference(_quoted(c)))


def _has_subject(c: Columns, verb: int) -> bool:
    return any(c.deps[j] in _SUBJECTS or c.deps[j] == "expl" for j in c.children[verb])


def _clause(c: Columns, verb: int) -> list[int]:
    """All descendants of a clause's verb, without the governing clause where that is wedged in ("X, he said, is Y")."""
    stack, inside = [verb], []
    while stack:
        i = stack.pop()
        inside.append(i)
        stack.extend(c.children[i])
    return inside


def _quoted(c: Columns) -> Iterator[int]:
    """The tokens of quotations that are long enough for speech."""
    for quotation in c.quotations:
        start, end = c.tokens(quotation.inner)
        if end - start >= _SPEECH:
            yield from range(start, end)


def verb_over(c: Columns, i: int) -> int | None:
    """The verb of the clause in which token ``i`` stands."""
    for _ in range(20):
        if c.pos[i] in {"VERB", "AUX"}:
            return i
        if c.heads[i] == i:
            return None
        i = c.heads[i]
    return None


def subject(c: Columns, verb: int) -> tuple[int, str] | None:
    """The subject of a verb, its own or that of the verb above it ("is scheduled to open", "came and saw")."""
    for _ in range(6):
        own = [j for j in c.children[verb] if c.deps[j] in _SUBJECTS]
        if own:  # of two, the one that stands next to the verb
            nearest = max((j for j in own if j < verb), default=own[0])
            return nearest, c.deps[nearest]
        if c.deps[verb] not in {"conj", "xcomp", "auxpass", "aux"} or c.heads[verb] == verb:
            return None
        if c.deps[verb] == "conj" and c.pos[c.heads[verb]] not in {"VERB", "AUX"}:
            return None
        verb = c.heads[verb]
    return None


def leads(c: Columns, verb: int) -> int | None:
    """The verb over an infinitive that it asserts: "led" of "led a delegation to visit Singapore"."""
    if c.tags[verb] != "VB" or c.deps[verb] not in {"acl", "xcomp", "advcl", "relcl"}:
        return None
    above = c.heads[verb]
    if c.pos[above] == "NOUN":
        above = c.heads[above]
    return above if c.tags[above] == "VBD" and c.lemmas[above] in {"lead", "head", "travel", "come", "return"} else None


def coordinated(c: Columns, i: int) -> list[int]:
    """Token ``i`` and what is joined to it by commas and "and"."""
    found = [i]
    for known in found:
        found.extend(j for j in c.children[known] if c.deps[j] == "conj" and j not in found)
    return found


def first_conjunct(c: Columns, i: int) -> int:
    """The first member of the coordination in which token ``i`` stands."""
    for _ in range(20):
        if c.deps[i] != "conj":
            break
        i = c.heads[i]
    return i


def helpers(c: Columns, verb: int) -> list[int]:
    """The auxiliaries of a verb, and those of the verb that it is coordinated or complement to."""
    return [j for told in _sharing(c, verb) for j in c.children[told] if c.deps[j] in {"aux", "auxpass"}]


def _sharing(c: Columns, verb: int) -> list[int]:
    """A verb, and the verb that it is coordinated or complement to, whose auxiliaries and negations count for it."""
    shared = c.deps[verb] in {"conj", "xcomp"} and not any(c.deps[j] in _SUBJECTS for j in c.children[verb])
    return [verb, c.heads[verb]] if shared else [verb]


def polarity(c: Columns, verb: int) -> str | None:
    """How far a clause is from being told as fact: denied, hypothetical, planned, or None where it is told as fact."""
    words = {c.lower[j] for j in helpers(c, verb)}
    if any(is_denied(c, told) for told in _sharing(c, verb)) or c.lemmas[verb] in word_class("calling_off"):
        return "denied"
    if words & word_class("modal"):
        return "hypothetical"
    if words & date_words("future") or c.lemmas[verb] in date_words("planning"):
        return "planned"
    above = c.lemmas[c.heads[verb]] if c.deps[verb] == "xcomp" else ""
    if above in date_words("planning") or above in word_class("wanting"):
        return "planned"
    return None
