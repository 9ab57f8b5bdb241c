"""Cues with a clause: "noted that ...", "prices will rise, he said".

Labels are those of spaCy's English models (CLEAR style).
"""

from __future__ import annotations

from kg.extraction.statements.content import draft_of, is_infinitive, opens_quotation, verb_group
from kg.extraction.statements.cues import Cue
from kg.extraction.statements.draft import Draft
from kg.extraction.statements.parentheticals import goes_ahead, parted_subjects
from kg.extraction.statements.sources import (
    agent,
    any_subject,
    belongs_beside,
    is_passive,
    saying_verbs,
    subject,
)
from kg.extraction.statements.syntax import CLAUSE_VERBS, Syntax, tense
from kg.words import words

_BREAKS = frozenset({";", ":", "—", "–", "-", "--"})
_LOST_AS = frozenset({"dobj", "dative", "npadvmod", "nmod", "dep", "appos"})
_SUBJECTS = ("nsubj", "nsubjpass", "expl", "csubj", "csubjpass")
_COREFERENT = frozenset({"he", "she", "it", "they", "there", "we", "that"})


def clause_object(syntax: Syntax, verb: int, cue: Cue) -> Draft | None:
    """``Tang noted that WIPO has ...``, ``prices will rise, the minister said``, ``it was announced that ...``."""
    if "that" not in cue.frames:
        return None
    clause = _object_clause(syntax, verb, cue)
    if clause is None:
        return _unparsed_clause(syntax, verb, cue)
    if cue.grade("that") == "utterance" and _is_participle(syntax, verb, clause):
        return None
    if "marked" in cue.frames and syntax.child(clause, "mark") is None:
        return None
    tokens = syntax.subtree(clause, _strays(syntax, verb, clause))
    if syntax.word[tokens[0]].lower() == "that" and syntax.dep[clause] == "relcl":
        tokens = tokens[1:]
    if clause > verb:
        tokens += _second_half(syntax, verb, clause) + _rest(syntax, verb, clause) + _lost_subject(syntax, verb, clause)
        tokens += _after_colon(syntax, verb, tokens)
    else:
        tokens += _joined(syntax, verb, clause)
    group, passive = verb_group(syntax, verb), is_passive(syntax, verb)
    who = agent(syntax, verb) if passive else subject(syntax, verb)
    parted = parted_subjects(syntax, verb)
    if parted is not None:
        tokens, who = tokens + syntax.subtree(parted[0]), parted[1]
    lemma = cue.lemma
    if (
        not passive
        and syntax.dep[verb] == "pcomp"
        and syntax.lemma[syntax.head[syntax.head[verb]]] in ("quote", "cite", "report", "record")
    ):
        quoting = syntax.head[syntax.head[verb]]
        group, who = (verb_group(syntax, quoting)[0], group[1]), any_subject(syntax, quoting)
    return draft_of(
        syntax,
        cue,
        verb,
        group,
        "that",
        tokens,
        who,
        clause,
        "clause after a passive cue" if passive else "clause of a cue",
        lemma,
    )


def _is_participle(syntax: Syntax, verb: int, clause: int) -> bool:
    """``the fee agreed in May would rise``: a participle after its noun, which the parser took for a verb in the past.

    The clause after it then has no subject but that noun.
    """
    who = syntax.child(verb, "nsubj")
    if who is None or syntax.pos[who] != "NOUN" or syntax.tag[verb] not in ("VBD", "VBN") or clause < verb:
        return False
    if _has_auxiliary(syntax, verb) or syntax.child(clause, *_SUBJECTS) is not None or is_infinitive(syntax, clause):
        return False
    first = syntax.subtree(clause)[0]
    if syntax.dep[verb] not in ("ROOT", "ccomp") or first == verb + 1:
        return False  # "the fee (that) officials said would rise"
    finite = first == clause or syntax.dep[first] in ("aux", "auxpass")
    apart = any(opens_quotation(syntax, i) or syntax.word[i] in _BREAKS | {","} for i in range(verb, first + 1))
    return finite and tense(syntax, clause) != "unknown" and not apart and not _lost_subject(syntax, verb, clause)


def _object_clause(syntax: Syntax, verb: int, cue: Cue) -> int | None:
    """The clause that is the verb's object: the one with a conjunction, or else the first."""
    clauses = [c for c in syntax.children[verb] if _is_clause(syntax, c, verb, cue)]
    later = [c for c in clauses if c > verb]
    marked = [c for c in later if syntax.child(c, "mark") is not None]
    if clauses and (_is_run_on(syntax, clauses[0], verb) or (later and _is_apart(syntax, clauses[0], verb))):
        clauses = later
    return next(iter(marked or clauses), None) or _hung_clause(syntax, verb, cue)


def _is_run_on(syntax: Syntax, clause: int, verb: int) -> bool:
    """``Morale is low - employees say so``: two sentences in one, the first not what is said."""
    who = syntax.child(verb, "nsubj")
    first = verb if who is None or who > verb else syntax.subtree(who)[0]
    return clause < first and syntax.word[first - 1] in _BREAKS


def _is_clause(syntax: Syntax, child: int, verb: int, cue: Cue) -> bool:
    """A finite clause; one parsed as a condition (``asked if he knew``) or a gerund (``said waiting makes sense``)."""
    dep = syntax.dep[child]
    if dep == "ccomp":
        watched = (
            cue.grade("that") == "stance" and syntax.tag[child] in ("VB", "VBG") and not _has_auxiliary(syntax, child)
        )
        return not watched and not is_infinitive(syntax, child)
    if child < verb:
        return False
    if dep == "advcl" and cue.act("that") == "question":
        mark = syntax.child(child, "mark")
        return mark is not None and syntax.word[mark].lower() in ("if", "whether")
    gerund_subject = dep == "xcomp" and syntax.tag[child] == "VBG" and not cue.frames.keys() & {"ing", "to"}
    return gerund_subject and syntax.child(child, "ccomp") is not None


def _has_auxiliary(syntax: Syntax, clause: int) -> bool:
    """Whether a clause has an auxiliary; ``saw numbers fall``, ``heard it ringing`` have none and report no words."""
    return syntax.child(clause, "aux", "auxpass") is not None


def _is_apart(syntax: Syntax, clause: int, verb: int) -> bool:
    """Whether a clause before the cue is not its object where another one follows.

    ``While it was early, ... said ...`` sets the scene; ``Work began in May, and the firm says ...`` has "and" before
    the one who speaks; ``All were pleased, he said the hall was full`` goes on without a comma.
    """
    first = syntax.subtree(clause)[0]
    if syntax.dep[first] == "mark" and syntax.word[first][0].isupper():
        return True
    who = syntax.child(verb, "nsubj")
    if who is None:
        return not is_passive(syntax, verb)  # the clause before is the lost subject: "Ruiz, who is 28, said ..."
    before = syntax.subtree(who)[0] - 1
    return clause < before and (syntax.dep[before] == "cc" or goes_ahead(syntax, verb, who))


def _hung_clause(syntax: Syntax, verb: int, cue: Cue) -> int | None:
    """The that-clause which the parser hangs on the addressee or the occasion, even as a relative clause.

    ``told the crowd at the mill that he won``, ``said in a statement that he won``; "that" is no conjunction only
    where it is the subject of its clause.
    """
    has_addressee = "whom" in cue.frames
    said = cue.grade("that") == "utterance" and (has_addressee or syntax.child(verb, "dobj") is None)
    for place in syntax.children[verb]:
        addressed = has_addressee and syntax.dep[place] in ("dobj", "dative")
        if place < verb or not (addressed or syntax.dep[place] == "prep"):
            continue
        for token in syntax.subtree(place):
            if syntax.pos[token] in CLAUSE_VERBS:
                continue  # the clause of another verb: "stressed the need, with Chile adding that ..."
            for clause in syntax.children[token]:
                if syntax.dep[clause] not in ("acl", "relcl", "ccomp"):
                    continue
                that = next((c for c in syntax.children[clause] if syntax.word[c].lower() == "that"), None)
                if that is None or that > clause:
                    continue
                object_that = said and syntax.dep[that] in ("dobj", "pobj")
                if syntax.dep[that] == "mark" or (object_that and syntax.child(clause, "nsubj", "nsubjpass") != that):
                    return clause
    return None


def _second_half(syntax: Syntax, verb: int, clause: int) -> list[int]:
    """``said cuts in the yards alone could cost jobs``: what follows without a break, parsed as a second clause."""
    last = syntax.subtree(clause)[-1]
    clauses = (c for c in syntax.children[verb] if c > clause and syntax.dep[c] == "ccomp")
    return next((words for words in map(syntax.subtree, clauses) if words[0] == last + 1), [])


def _joined(syntax: Syntax, verb: int, clause: int) -> list[int]:
    """``Ruiz was attacked, but she will go on, the aide said``: the second clause with its conjunction."""
    found: list[int] = []
    for child in syntax.children[verb]:
        if clause < child < verb and syntax.dep[child] == "ccomp" and not is_infinitive(syntax, child):
            words = syntax.subtree(child)
            found += [c for c in syntax.children[verb] if syntax.dep[c] == "cc" and c == words[0] - 1] + words
    return found


def _lost_subject(syntax: Syntax, verb: int, clause: int) -> list[int]:
    """The words before a clause without subject that were parsed as the cue's object: ``told reporters the mayor
    "has gone"``, ``said closing it would cost jobs``.
    """
    has_subject = syntax.child(clause, *_SUBJECTS) is not None
    if tense(syntax, clause) == "unknown":
        return []
    first = syntax.subtree(clause)[0]
    while first - 1 > verb and syntax.is_blank(first - 1):
        first -= 1
    for child in syntax.children[verb]:
        gerund = syntax.dep[child] == "xcomp" and syntax.tag[child] == "VBG"
        noun = not has_subject and syntax.dep[child] in _LOST_AS
        if verb < child < first and (gerund or noun):
            words = syntax.subtree(child)
            if words[-1] == first - 1:
                return words
    return []


def _unparsed_clause(syntax: Syntax, verb: int, cue: Cue) -> Draft | None:
    """``the study notes that hardly any ...``: the conjunction right after the cue, the clause lost on the parser.

    The content is then the rest of the sentence.
    """
    group, sentence = verb_group(syntax, verb), syntax.sentence[verb]
    that = group[1] + 1
    if (
        cue.grade("that") != "utterance"
        or that + 3 >= len(syntax)
        or syntax.word[that] != "that"
        or syntax.pos[that] == "DET"
    ):
        return None
    if syntax.child(verb, "dobj", "ccomp") is not None or is_passive(syntax, verb):
        return None
    last = that
    while last + 1 < len(syntax) and syntax.sentence[last + 1] == sentence:
        last += 1
    who = subject(syntax, verb)
    if who is None or not any(syntax.pos[i] in CLAUSE_VERBS for i in range(that, last)):
        return None
    return draft_of(syntax, cue, verb, group, "that", range(that + 1, last + 1), who, None, "clause of a cue, unparsed")


def _strays(syntax: Syntax, verb: int, clause: int) -> set[int]:
    """Clauses hung on the content though they belong beside the cue; a contrasting "while" clause too."""
    found = {c for c in syntax.children[clause] if belongs_beside(syntax, c) is not None or _contrasts(syntax, c)}
    found |= {c for c in syntax.subtree(clause) if clause > verb and _tells_where_said(syntax, c, clause)}
    if syntax.tag[verb] == "VBG" and syntax.tag[clause] != "VBG":
        near = (clause, *syntax.children[clause])
        conjoined = (c for t in near for c in syntax.children[t] if syntax.dep[c] == "conj")
        found |= {c for c in conjoined if syntax.tag[c] == "VBG" and syntax.child(c, "aux", "nsubj") is None}
    return found


def _tells_where_said(syntax: Syntax, preposition: int, clause: int) -> bool:
    """``said it was "a shame," in an interview with the paper``: where it was said, set off at the end."""
    noun = syntax.child(preposition, "pobj")
    if noun is None or syntax.word[preposition].lower() not in ("in", "during"):
        return False
    if (
        syntax.lemma[noun] not in words("speech_elsewhere")
        or syntax.subtree(preposition)[-1] < syntax.subtree(clause)[-1]
    ):
        return False
    before = syntax.before_marks(preposition)
    return (
        syntax.word[before] == ","
        and before > clause
        and any(syntax.word[c].lower() in ("a", "an") for c in syntax.children[noun])
    )


def _contrasts(syntax: Syntax, clause: int) -> bool:
    """``..., while others said no``: a clause after a comma that sets something beside the statement."""
    if syntax.dep[clause] != "advcl":
        return False
    mark = syntax.child(clause, "mark")
    return mark is not None and syntax.word[mark].lower() == "while" and mark > 0 and syntax.word[mark - 1] == ","


def _rest(syntax: Syntax, verb: int, clause: int) -> list[int]:
    """What is hung on the cue after its clause though it belongs to the clause: "said it fell because ..."."""
    tokens: list[int] = []
    for child in syntax.children[verb]:
        if child < clause:
            continue
        because = syntax.dep[child] == "advcl" and syntax.tag[child] != "VBG"
        if because or (syntax.dep[child] == "conj" and _goes_on(syntax, child)):
            added = syntax.subtree(child)
            tokens += [c for c in syntax.children[verb] if syntax.dep[c] == "cc" and c == added[0] - 1] + added
    return tokens


def _after_colon(syntax: Syntax, verb: int, tokens: list[int]) -> list[int]:
    """``said it had one reason: nobody came``: what explains the clause after a colon, without quotation marks."""
    colon = max(t for t in tokens if not syntax.is_blank(t)) + 1
    if colon + 1 >= len(syntax) or syntax.word[colon] != ":" or opens_quotation(syntax, colon + 1):
        return []
    last = colon
    while last + 1 < len(syntax) and syntax.sentence[last + 1] == syntax.sentence[verb]:
        last += 1
    return list(range(colon, last + 1))


def _goes_on(syntax: Syntax, conjunct: int) -> bool:
    """Whether what is coordinated with the cue is part of what was said: "said it was open and he had access".

    So is what has no verb ("angry, but also hungry") and no subject, unless it is a second cue ("and called for calm").
    """
    if syntax.pos[conjunct] not in CLAUSE_VERBS:
        return True
    if syntax.lemma[conjunct] in saying_verbs() or syntax.child(conjunct, "ccomp") is not None:
        return False
    who = syntax.child(conjunct, "nsubj", "nsubjpass", "expl")
    return tense(syntax, conjunct) != "unknown" if who is None else syntax.word[who].lower() in _COREFERENT
