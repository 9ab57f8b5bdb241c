"""Who a cue's words belong to: the subject of a verb, by its own relation, by coordination or by control."""

from __future__ import annotations

from functools import cache

from kg.extraction.events.words import event_nouns, nouns_for_people
from kg.extraction.statements.syntax import Syntax
from kg.words import table, words

_PERSONAL = frozenset({"who", "whose", "whom"})
_SHORTENED = frozenset({"when", "if", "once", "unless", "until", "as", "though", "although"})  # "when asked"
_CONTROLLED = frozenset({"xcomp", "advcl", "ccomp", "pcomp", "prep", "conj", "dep"})


def is_passive(syntax: Syntax, verb: int) -> bool:
    """Whether the verb is passive: a passive auxiliary or subject, or a bare participle after its noun."""
    deps = {syntax.dep[c] for c in syntax.children[verb]}
    if deps & {"auxpass", "nsubjpass", "csubjpass"}:
        return True
    if syntax.dep[verb] == "pcomp" and syntax.tag[verb] in ("VBD", "VBN") and "aux" not in deps:
        return syntax.word[syntax.head[verb]].lower() == "with"  # "with Ruiz expected to win"
    if deps & {"aux", "nsubj"}:
        return False
    if syntax.tag[verb] == "VBD":  # "Asked what he thought, Ruiz ...": a participle that the tagger took for the past
        return syntax.dep[verb] == "advcl" and (
            _opens_sentence(syntax, verb) or syntax.word[verb - 1].lower() in _SHORTENED
        )
    return syntax.tag[verb] == "VBN" and syntax.dep[verb] in ("acl", "advcl", "amod", "relcl")


def _opens_sentence(syntax: Syntax, i: int) -> bool:
    """Whether a token is the first of its sentence."""
    return i == 0 or syntax.sentence[i - 1] != syntax.sentence[i]


def agent(syntax: Syntax, verb: int) -> int | None:
    """The noun after ``by``."""
    for child in syntax.children[verb]:
        if syntax.dep[child] == "agent" or (syntax.dep[child] == "prep" and syntax.word[child].lower() == "by"):
            return syntax.child(child, "pobj")
    return None


def subject(syntax: Syntax, verb: int, depth: int = 0) -> int | None:
    """The head token of whoever does what ``verb`` says; None where the text leaves it out (as in a command)."""
    if is_passive(syntax, verb):
        return agent(syntax, verb)
    own = syntax.child(verb, "nsubj")
    if own is not None:
        return _adjacent(syntax, verb, own) or own
    going = syntax.child(verb, "csubj")
    if going is not None and syntax.tag[going] == "VBG":
        return syntax.child(going, "nsubj")  # "commuters from two towns waiting at the quay say ..."
    if syntax.child(verb, "expl", "csubj") is not None or depth > 4:
        return None
    found = (_stranded(syntax, verb), _inherited(syntax, verb, depth), _first_noun(syntax, verb))
    return next((who for who in found if who is not None), None)


def _fragment_before(syntax: Syntax, verb: int) -> int | None:
    """The name that was cut off as a sentence of its own: "Senator Ruiz (I-Vt.) | on Monday criticised the plan"."""
    if syntax.tag[verb] not in ("VBD", "VBZ", "VBP"):
        return None
    first = verb
    while first > 0 and syntax.sentence[first - 1] == syntax.sentence[verb]:
        first -= 1
    last = first - 1
    if last < 0 or syntax.word[first][0].isupper() or syntax.paragraph[last] != syntax.paragraph[verb]:
        return None
    root = last
    while syntax.head[root] != root:
        root = syntax.head[root]
    return root if syntax.pos[root] in ("PROPN", "NOUN", "PRON") and syntax.word[last] not in (".", "?", "!") else None


def _stranded(syntax: Syntax, verb: int) -> int | None:
    """The name or number directly before a finite verb that was left without a subject: "About 4 in 10 say ..."."""
    i = verb - 1
    while i > 0 and syntax.head[i] == verb and syntax.dep[i] in ("aux", "neg", "advmod"):
        i -= 1
    if syntax.tag[verb] not in ("VBD", "VBZ", "VBP") or i < 0 or syntax.sentence[i] != syntax.sentence[verb]:
        return None
    free = syntax.dep[i] not in ("npadvmod", "pobj", "poss") and syntax.lemma[i] not in words("speech_times")
    return i if free and syntax.pos[i] in ("PROPN", "NUM") else None


def _first_noun(syntax: Syntax, verb: int) -> int | None:
    """The noun phrase that opens the sentence of a finite main verb whose subject the parser lost among its clauses:
    "Bram Ruiz, who is 28, said he would stay".
    """
    if syntax.tag[verb] not in ("VBD", "VBZ", "VBP") or syntax.head[verb] != verb:
        return None
    first = verb
    while not _opens_sentence(syntax, first):
        first -= 1
    within = ("DET", "ADJ", "NUM", "ADV", "CCONJ", "PUNCT", "NOUN", "PROPN", "PRON")
    for i in range(first, verb):
        if syntax.pos[i] not in within:
            return None
        if syntax.pos[i] in ("NOUN", "PROPN", "PRON") and syntax.pos[i + 1] not in ("NOUN", "PROPN", "PART"):
            return i if i < verb - 1 else None
    return None


def _adjacent(syntax: Syntax, verb: int, own: int) -> int | None:
    """The name or pronoun directly before the verb where the parser took another noun for the subject:
    "On Tuesday at the college, Gov. Ana Ruiz (R-OH) said ...".
    """
    i = verb - 1
    while i > own and (syntax.head[i] == verb and syntax.dep[i] in ("aux", "neg", "advmod", "auxpass")):
        i -= 1
    if i > own and syntax.word[i] == ")":
        while i > own and syntax.word[i] != "(":
            i -= 1
        i -= 1
    if (
        i <= own
        or syntax.pos[i] not in ("PROPN", "PRON")
        or syntax.dep[i] in ("npadvmod", "pobj", "poss", "compound", "appos", "conj")
    ):
        return None
    chain, k = set(), i
    while syntax.head[k] != k and k not in chain:
        chain.add(k)
        k = syntax.head[k]
    return i if own not in chain else None


def _inherited(syntax: Syntax, verb: int, depth: int) -> int | None:
    dep, head = syntax.dep[verb], syntax.head[verb]
    if head == verb:
        return _fragment_before(syntax, verb)
    if dep == "xcomp" and syntax.lemma[head] == "likely":
        head = syntax.head[head]  # "voters are more likely to say"
    if dep in ("acl", "relcl"):
        if dep == "acl" and syntax.tag[verb] == "VBG" and _after_comma(syntax, verb):
            return _subject_around(syntax, head, depth) or head
        if dep == "acl" and syntax.tag[verb] == "VBG" and _is_scene(syntax, head):
            return _subject_around(syntax, head, depth) or head
        if dep == "acl" and syntax.dep[head] == "dobj" and syntax.lemma[head] in words("speech_documents"):
            return any_subject(syntax, syntax.head[head], depth + 1) or head  # "Ruiz released a statement saying ..."
        noun = syntax.pos[head] in ("NOUN", "PROPN", "PRON")
        return head if noun and syntax.tag[verb] in ("VBG", "VBZ", "VBD", "VBP") else None
    if dep == "ccomp" and syntax.tag[verb] != "VBG" and syntax.child(verb, "aux") is None:
        return None
    if dep not in _CONTROLLED:
        return None
    above = _finite_above(syntax, verb)
    if above is not None:
        return any_subject(syntax, above, depth + 1)
    if syntax.pos[head] in ("ADP", "SCONJ"):
        judged = _judged(syntax, head) if dep == "pcomp" else None
        if judged is not None:
            return judged
        head = syntax.head[head]
    if syntax.pos[head] in ("NOUN", "PROPN"):
        return syntax.child(head, "poss") if dep != "conj" else None
    beside = belongs_beside(syntax, verb)
    if beside is not None:
        return any_subject(syntax, beside, depth + 1)
    thing = _thing_described(syntax, verb)
    if thing is not None:
        return _subject_around(syntax, thing, depth)
    return any_subject(syntax, head, depth + 1)


def _finite_above(syntax: Syntax, verb: int) -> int | None:
    """The clause that a finite verb goes on from where the parser joined it to an infinitive or a gerund:
    "went after him for refusing to come and called for ...".
    """
    above = syntax.head[verb]
    if syntax.dep[verb] != "conj" or syntax.tag[verb] not in ("VBD", "VBZ") or syntax.child(verb, "aux", "auxpass"):
        return None
    if syntax.tag[above] not in ("VB", "VBG"):
        return None
    while syntax.head[above] != above and syntax.tag[above] != syntax.tag[verb]:
        above = syntax.head[above]
    return above if syntax.tag[above] == syntax.tag[verb] and syntax.child(above, "nsubj") is not None else None


def _is_scene(syntax: Syntax, noun: int) -> bool:
    """Whether a noun is where somebody speaks, not who: "opened a rally blasting the plan", "was heard on a microphone
    telling him".
    """
    if syntax.pos[noun] != "NOUN":
        return False
    if syntax.lemma[noun] in event_nouns():
        return True
    verb = syntax.head[syntax.head[noun]]
    return syntax.dep[noun] == "pobj" and syntax.lemma[verb] in ("hear", "see") and is_passive(syntax, verb)


def _thing_described(syntax: Syntax, verb: int) -> int | None:
    """The thing that a relative clause tells of, with a participle after a comma that does not: "praised a bill that
    would have built homes, telling them that ...": the bill told nobody anything.
    """
    clause = syntax.head[verb]
    if syntax.tag[verb] != "VBG" or syntax.dep[clause] != "relcl" or not _after_comma(syntax, verb):
        return None
    noun = syntax.head[clause]
    told = syntax.child(clause, "nsubj", "nsubjpass")
    of_thing = told is not None and syntax.word[told].lower() in ("that", "which")
    return noun if of_thing and syntax.pos[noun] == "NOUN" and not _can_speak(syntax, noun) else None


def _can_speak(syntax: Syntax, noun: int) -> bool:
    """Whether a noun is one for people, for a body of them, or for what they write."""
    return syntax.pos[noun] != "NOUN" or syntax.lemma[noun] in _nouns_that_speak()


@cache
def _nouns_that_speak() -> frozenset[str]:
    return nouns_for_people() | words("speech_documents")


def _judged(syntax: Syntax, preposition: int) -> int | None:
    """``criticised him for saying``, ``accused them of denying``: the object of the judgement, who said it."""
    verb = syntax.head[preposition]
    if (syntax.lemma[verb], f"np-{syntax.word[preposition].lower()}") not in _judgements():
        return None
    return syntax.child(verb, "nsubjpass" if is_passive(syntax, verb) else "dobj")


@cache
def _judgements() -> frozenset[tuple[str, str]]:
    """(verb, frame) of the cues with a person and what is held for or against them."""
    frames = {name: {f for f in takes.split() if f in ("np-for", "np-of")} for name, takes, *_ in table("cue_classes")}
    return frozenset((lemma, f) for lemma, part, name, *_ in table("cues") if part == "v" for f in frames[name])


def _subject_around(syntax: Syntax, noun: int, depth: int) -> int | None:
    """The subject of the clause in which a noun stands: "Smith called it a haven, saying ..." is Smith saying."""
    clause = noun
    while syntax.head[clause] != clause and syntax.pos[clause] not in ("VERB", "AUX"):
        clause = syntax.head[clause]
    return any_subject(syntax, clause, depth + 1) if syntax.pos[clause] in ("VERB", "AUX") else None


def belongs_beside(syntax: Syntax, verb: int) -> int | None:
    """The cue beside which a verb of saying stands although the parser hangs it on that cue's content.

    ``insisted that he won, claiming that ...``: a participle after a comma goes on with the speaker's words.
    ``said he was ill and called on them to wait``: a verb without subject in the form of the cue shares its subject.
    """
    head = syntax.head[verb]
    cue = syntax.head[head]
    if (
        syntax.dep[head] != "ccomp"
        or cue == head
        or syntax.lemma[verb] not in saying_verbs()
        or syntax.child(verb, "nsubj", "nsubjpass") is not None
    ):
        return None
    if syntax.dep[verb] == "advcl" and syntax.tag[verb] == "VBG":
        return cue if _after_comma(syntax, verb) else None
    if syntax.dep[verb] == "conj" and syntax.tag[verb] == syntax.tag[cue] and syntax.child(verb, "aux") is None:
        return cue if head > cue else None
    return None


def _after_comma(syntax: Syntax, i: int) -> bool:
    """Whether a comma or dash stands before a token, quotation marks aside."""
    before = syntax.before_marks(i)
    return before >= 0 and syntax.word[before] in (",", "–", "—", "-")


@cache
def saying_verbs() -> frozenset[str]:
    """The verbs of the cue classes that are utterances or reports: acts of speech."""
    spoken = {name for name, _, _, grade, *_ in table("cue_classes") if grade in ("utterance", "report")}
    return frozenset(lemma for lemma, part, cue_class, *_ in table("cues") if part == "v" and cue_class in spoken)


def any_subject(syntax: Syntax, verb: int, depth: int = 0) -> int | None:
    """The grammatical subject of a verb, active or passive, with coordination and control followed upwards."""
    own = syntax.child(verb, "nsubj", "nsubjpass")
    if own is not None:
        return own
    if depth > 4 or syntax.child(verb, "expl", "csubj") is not None:
        return None
    return _inherited(syntax, verb, depth)


def extent(syntax: Syntax, head: int, blocked: frozenset[int] | set[int] = frozenset()) -> tuple[int, int]:
    """First and last token of the noun phrase around ``head``, with "who ..." but no other clauses after it."""
    cut = {c for c in syntax.children[head] if syntax.dep[c] in ("relcl", "advcl", "parataxis", "ccomp")}
    cut = {c for c in cut if not (syntax.dep[c] == "relcl" and syntax.word[syntax.subtree(c)[0]].lower() in _PERSONAL)}
    cut |= {c for c in syntax.children[head] if c > head and _is_aside(syntax, c)}
    tokens = [i for i in syntax.subtree(head, cut | set(blocked)) if syntax.sentence[i] == syntax.sentence[head]]
    first = last = tokens.index(head)
    while first > 0 and tokens[first] - tokens[first - 1] == 1:
        first -= 1
    while last + 1 < len(tokens) and tokens[last + 1] - tokens[last] == 1:
        last += 1
    kept = [t for t in _title_before(syntax, tokens[first]) if t not in blocked] + tokens[first : last + 1]
    while len(kept) > 1 and kept[0] != head and (_is_even(syntax, kept[0]) or syntax.word[kept[0]] not in "(["):
        if not syntax.is_blank(kept[0]) and not _is_even(syntax, kept[0]):
            break
        kept.pop(0)
    while len(kept) > 1 and kept[-1] != head and _hangs_over(syntax, kept[-1]):
        kept.pop()
    if len(kept) > 1 and syntax.tag[kept[-1]] == "POS":
        kept.pop()
    return kept[0], kept[-1]


def _title_before(syntax: Syntax, first: int) -> list[int]:
    """The capitalised adjective or name that opens the sentence and was parsed apart: "Presumptive nominee Ruiz"."""
    i = first - 1
    opens = i >= 0 and (i == 0 or syntax.sentence[i - 1] != syntax.sentence[i])
    part = opens and syntax.pos[i] in ("ADJ", "PROPN", "NOUN") and syntax.sentence[i] == syntax.sentence[first]
    return [i] if part and syntax.head[i] >= first and syntax.lemma[i] not in words("speech_times") else []


def _hangs_over(syntax: Syntax, i: int) -> bool:
    """Whether a last token belongs to what was cut: a comma, "and"."""
    return syntax.dep[i] == "cc" or (syntax.is_blank(i) and syntax.word[i] not in ")]")


def _is_even(syntax: Syntax, i: int) -> bool:
    return syntax.dep[i] == "advmod" and syntax.word[i].lower() == "even"


def _is_aside(syntax: Syntax, child: int) -> bool:
    """A participle after a comma: "John Archer, wearing a badge"."""
    return syntax.dep[child] == "acl" and syntax.word[syntax.subtree(child)[0] - 1] == ","
