"""Who a quotation's words belong to: the source of the cue beside it, where the parser is unreliable."""

from __future__ import annotations

from collections.abc import Container, Sequence

from kg.extraction.statements.quotes import GAP, Quotes
from kg.extraction.statements.sources import agent, any_subject, extent, is_passive, saying_verbs, subject
from kg.extraction.statements.syntax import Syntax

_NOT_WHO = frozenset({"npadvmod", "poss"})
_WEEKDAYS = frozenset(
    ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "today", "yesterday", "tomorrow"]
)


def describes(syntax: Syntax, verb: int, gap: Container[int], restrictively: bool = False) -> bool:
    """Whether a verb stands in a relative clause about a noun before it: ``"...," Ruiz, who runs the port, said``.

    ``restrictively``: only in one that no comma parts from the noun.
    """
    top = verb
    while syntax.head[top] != top and syntax.dep[top] != "relcl" and syntax.head[top] in gap:
        top = syntax.head[top]
    if syntax.dep[top] != "relcl" or syntax.head[top] not in gap or syntax.head[top] > verb:
        return False
    return not restrictively or all(syntax.word[i] != "," for i in range(syntax.head[top], top))


def source_of(
    syntax: Syntax, quotes: Quotes, q: int, verb: int, gap: Sequence[int], group: tuple[int, int]
) -> tuple[tuple[int, int] | None, int | None]:
    """The (first, last) tokens of the source of a cue beside a quotation, and its head; None where there is none."""
    who = agent(syntax, verb) if is_passive(syntax, verb) else subject(syntax, verb)
    if who is None or quotes.inside[who] >= 0 or syntax.lemma[who] in _WEEKDAYS:
        own = [c for c in syntax.children[verb] if syntax.dep[c] == "nsubj" and quotes.inside[c] < 0]
        who = own[-1] if own else _above(syntax, quotes, verb)
    elif (beside := _same_form_above(syntax, quotes, verb, who)) is not None:
        who = beside
    elif syntax.tag[verb] == "VBG" and who < verb and syntax.head[who] == verb and syntax.word[verb - 1] == ",":
        who = _above(syntax, quotes, verb) or who  # "The paper confirmed that report, adding: ..."
    if who is None:
        who = _beside(syntax, verb, gap, gap[0] > quotes.last[q])
    if who is not None and who not in gap and syntax.paragraph[who] != syntax.paragraph[verb]:
        who = None
    if who is None:
        return None, None
    who = _named(syntax, quotes, who, gap)
    near = range(max(0, who - GAP), min(len(syntax), who + GAP))
    elsewhere = {i for i in near if quotes.inside[i] >= 0 and quotes.inside[i] != quotes.inside[who]}
    first, last = extent(syntax, who, elsewhere.union(range(group[0], group[1] + 1)))
    return (min(first, _first_of_title(syntax, quotes, who)), last), who


def _same_form_above(syntax: Syntax, quotes: Quotes, verb: int, who: int) -> int | None:
    """The subject of the cue above that a coordinated cue goes on from, though it hangs on a verb of its content.

    ``Ruiz said she thinks the clip should be shown but said "..."``: said and said, not shown and said.
    """
    if syntax.dep[verb] != "conj" or syntax.head[who] == verb or syntax.tag[verb] not in ("VBD", "VBZ"):
        return None
    above = syntax.head[verb]
    if syntax.tag[above] == syntax.tag[verb]:
        return None
    for _ in range(5):
        alike = syntax.tag[above] == syntax.tag[verb] and quotes.inside[above] < 0
        if alike and syntax.lemma[above] in saying_verbs():
            found = any_subject(syntax, above)
            return found if found is not None and quotes.inside[found] < 0 and found < verb else None
        above = syntax.head[above]
    return None


def _above(syntax: Syntax, quotes: Quotes, verb: int) -> int | None:
    """The subject of the clause on which a participle hangs, where the parser ties that clause to the quoted words."""
    above = syntax.head[verb]
    if syntax.tag[verb] != "VBG" or above == verb or quotes.inside[above] >= 0:
        return None
    for _ in range(3):
        who = syntax.child(above, "nsubj", "nsubjpass")
        if who is not None:
            return who if quotes.inside[who] < 0 and who < verb else None
        above = syntax.head[above]
    return None


def _named(syntax: Syntax, quotes: Quotes, who: int, gap: Sequence[int]) -> int:
    """The name after a title whose stop the parser took for the end of a sentence: "said Capt. | Jan Ruiz"."""
    if who + 2 not in gap or syntax.word[who + 1] != "." or quotes.is_stop(who + 1):
        return who
    last = who + 2
    while last + 1 in gap and syntax.pos[last + 1] == "PROPN":
        last += 1
    return last


def _first_of_title(syntax: Syntax, quotes: Quotes, who: int) -> int:
    """The first token of a title that stands before a name, parsed apart from it."""
    first = who
    while first > 0 and syntax.pos[first - 1] == "PROPN":
        first -= 1
    if first > 1 and syntax.word[first - 1] == "." and not quotes.is_stop(first - 1):
        first -= 2
        while first > 0 and syntax.pos[first - 1] == "PROPN":
            first -= 1
        return first
    return who


def _beside(syntax: Syntax, verb: int, gap: Sequence[int], after_quotation: bool) -> int | None:
    """The noun beside a cue whose subject the parser missed.

    After a quotation the source comes first (``"...," Smith, the chairman, said``); before one it is the nearest
    noun before the cue (``On Monday Smith (D) said "..."``), or else the first one after it.
    """
    open_brackets, nouns = 0, []
    for i in gap:
        open_brackets += syntax.word[i] in ("(", "[")
        noun = syntax.pos[i] in ("NOUN", "PROPN", "PRON") and syntax.dep[i] not in _NOT_WHO and syntax.tag[i][0] != "W"
        if not open_brackets and noun and i != verb:
            nouns.append(i)
        open_brackets -= syntax.word[i] in (")", "]")
    before, after = [i for i in nouns if i < verb], [i for i in nouns if i > verb]
    if before and not after_quotation:
        own = [i for i in before if syntax.dep[i] == "nsubj" and _is_below(syntax, i, verb)]
        if own:
            return own[-1]
        last = before[-1]
        return syntax.head[last] if syntax.dep[last] == "appos" and syntax.head[last] in before else last
    run = before or after or [i for i in gap if i != verb and syntax.pos[i] in ("DET", "NUM", "ADJ")]
    if not run:
        return None
    last = run[0]
    while last + 1 in run:
        last += 1
    return last


def _is_below(syntax: Syntax, i: int, verb: int) -> bool:
    """Whether a token hangs on the verb, and not through a relative clause: "Ruiz (I-Vt.), noting the size, said"."""
    for _ in range(5):
        i = syntax.head[i]
        if i == verb or syntax.dep[i] == "relcl":
            return i == verb
    return False
