"""Speakers named by typography alone: ``SMITH: ...``, ``Smith: ...`` in a headline, ``"..." - Jane Smith``."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right

from kg.extraction.statements.draft import Draft
from kg.extraction.statements.quotes import Quotes
from kg.extraction.statements.syntax import CLAUSE_VERBS, Syntax
from kg.facts import Article, BlockKind, TextSpan
from kg.words import words

_LABEL = re.compile(
    r"[\"“*_]*(?P<name>[QA](?=[.:])|[A-Z][\w.’'&-]*(?:[ \u00a0][\w.’'&()-]+){0,5})"
    r"(?P<mark>:|(?<=\b[QA])\.)[*_]*[ \u00a0]+(?=[\"“‘'A-Z0-9])"
)
_DASH = re.compile(r"[ \u00a0]?(―|—|–|--?)[ \u00a0]?")
_DASH_BELOW = re.compile(r"\s*\n[ \u00a0]*(―|—|–|--?)[ \u00a0]?(?=[A-Z])")
_NAME_LENGTH = 8
_TYPOGRAPHY_ALONE = 0.03  # off the confidence: no verb of saying


def read_labels(article: Article, syntax: Syntax) -> list[Draft]:
    """A draft for each paragraph or headline that begins with a speaker's name and a colon, in text order.

    Outside headlines a label counts if it is in capitals or stands before several paragraphs, as in an interview.
    """
    headlines = {b.span.begin for b in article.blocks if b.kind is BlockKind.HEADLINE}
    found = [(p, m) for p in syntax.paragraphs if (m := _LABEL.match(syntax.text, *p)) and _is_name(m["name"])]
    names = [m["name"] for _, m in found]
    drafts = []
    for paragraph, match in found:
        name = match["name"]
        if not (paragraph.begin in headlines or name.isupper() or names.count(name) > 1):
            continue
        if match["mark"] == "." and not {"Q", "A"} <= set(names):
            continue  # the first entry of a list, not an answer
        label = range(*syntax.columns.tokens(TextSpan(*match.span("name"))))
        if not label:
            continue  # a run of characters so long that the parser does not read it
        first, last = label[0], label[-1]
        colon = bisect_right(syntax.begin, match.start("mark")) - 1
        content = TextSpan(match.end(), paragraph.end)
        inside = [i for i in range(colon + 1, len(syntax)) if content.begin <= syntax.begin[i] < content.end]
        if paragraph.begin in headlines and not (_has_clause(syntax, inside) and _is_named(syntax, label)):
            continue
        if not any(syntax.word[i].isalpha() for i in inside):
            continue  # a table of figures
        clause = next((i for i in inside if syntax.dep[i] == "ROOT"), None)
        drafts.append(
            Draft(
                [_unquoted(syntax.text, content)],
                (colon, colon),
                colon,
                ":",
                "quote",
                "assertion",
                "utterance",
                "speaker's label",
                (first, last),
                last,
                clause,
                "indirect" if paragraph.begin in headlines else "direct",
                doubts=_TYPOGRAPHY_ALONE,
            )
        )
    return drafts


def _is_name(label: str) -> bool:
    """Not "Note:", "Image:" or "Feb 9:"; every word of the label but small ones is capitalised."""
    parts = label.split()
    if any(c.isdigit() for c in label):
        return False
    big = [p for p in parts if p[0].isupper()]
    return parts[0].lower() not in words("speech_not_labels") and len(big) >= len(parts) - 1


def _has_clause(syntax: Syntax, words_after: list[int]) -> bool:
    """Whether a headline goes on with a clause or a command, not with a description: "Ruiz: A Life In Boats"."""
    verbs = [i for i in words_after if syntax.pos[i] in CLAUSE_VERBS]
    finite = any(syntax.tag[i] in ("VBZ", "VBP", "VBD", "MD") for i in verbs)
    return finite or (bool(verbs) and verbs[0] == words_after[0] and syntax.tag[verbs[0]] == "VB")


def _is_named(syntax: Syntax, label: range) -> bool:
    """Whether the label is a name, not the first half of a headline ("Revealed: ...", "A Win For Ruiz: ...")."""
    return syntax.pos[label[-1]] == "PROPN" and all(syntax.pos[i] not in ("ADP", "VERB", "AUX", "DET") for i in label)


def _unquoted(text: str, span: TextSpan) -> TextSpan:
    begin, end = span
    while begin < end and text[begin] in "\"“‘'*_ ":
        begin += 1
    while end > begin and text[end - 1] in "\"”’'*_ \n":
        end -= 1
    return TextSpan(begin, end)


def named_after_dash(syntax: Syntax, quotes: Quotes, q: int) -> Draft | None:
    """``"..." - Jane Smith``: a dash and a name between the quotation and the end of its line, or in the next one."""
    match = _DASH.match(syntax.text, quotes.list[q].span.end)
    below = match is None and quotes.stands_alone(q)
    if below:
        match = _DASH_BELOW.match(syntax.text, quotes.list[q].span.end)
    if match is None or quotes.list[q].single:
        return None
    dash = bisect_right(syntax.begin, match.start(1)) - 1
    line: list[int] = []
    for i in range(bisect_left(syntax.begin, match.end()), len(syntax)):
        line_ends = "\n" in syntax.word[i] or syntax.paragraph[i] != syntax.paragraph[dash] or quotes.inside[i] >= 0
        if line_ends or (syntax.word[i] == "." and line):
            break
        if not syntax.word[i].isspace():
            line.append(i)
    name = line[: next((k for k, i in enumerate(line) if syntax.word[i] == ","), len(line))]
    capitalised = [syntax.word[i][0].isupper() or len(syntax.word[i]) < 4 for i in name]
    if not name or len(name) > _NAME_LENGTH or not all(capitalised) or not syntax.word[name[0]][0].isupper():
        return None
    post = not any(syntax.pos[i] in CLAUSE_VERBS for i in line)  # "- Jane Smith, mayor of Porto"
    if not post and not below:
        return None
    last = line[-1] if post and len(line) <= 2 * _NAME_LENGTH else name[-1]
    draft = Draft(
        [quotes.list[q].inner],
        (dash, dash),
        dash,
        "—",
        "quote",
        "assertion",
        "utterance",
        "name after a dash",
        (name[0], last),
        name[-1],
        doubts=_TYPOGRAPHY_ALONE,
    )
    draft.quote_type, draft.quoted = "direct", [q]
    return draft
