"""Indirect statements, read off the dependency tree around each cue: clauses, infinitives, objects, nouns, passives.

Labels are those of spaCy's English models (CLEAR style). Each construction is one function from a cue's token to a draft;
the first that applies wins.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from kg.extraction.statements.cues import Cue, Lexicon
from kg.extraction.statements.draft import Draft
from kg.extraction.statements.sources import agent, any_subject, belongs_beside, extent, is_passive, subject
from kg.extraction.statements.syntax import CLAUSE_VERBS, SUBJECTS, Syntax
from kg.extraction.words import table
from kg.facts import TextSpan

_PRONOUNS = frozenset(
    {
        "it",
        "this",
        "that",
        "so",
        "them",
        "him",
        "her",
        "me",
        "us",
        "you",
        "himself",
        "herself",
        "themselves",
        "what",
        "which",
    }
)
_NOUN_PREPOSITIONS = frozenset({"of", "about", "on", "over", "for", "against", "with", "at", "to"})
_COREFERENT = frozenset({"he", "she", "it", "they", "there", "we", "that"})
_LINKS = frozenset({"be", "feel", "remain", "become", "seem", "sound", "'s"})

Construction = Callable[[Syntax, int, Cue], Draft | None]


def read_constructions(syntax: Syntax, lexicon: Lexicon) -> list[Draft]:
    """One draft for every cue of the text that has content of its own, in text order."""
    found = []
    for i, cue in cues_in(syntax, lexicon):
        for construct in _BY_PART[cue.part]:
            draft = construct(syntax, i, cue)
            if draft is not None and draft.content:
                found.append(draft)
                break
    found.extend(according_to(syntax))
    found.extend(verbs_read_as_nouns(syntax, lexicon))
    found.sort(key=lambda d: d.cue_head)
    return found


def cues_in(syntax: Syntax, lexicon: Lexicon) -> Iterator[tuple[int, Cue]]:
    """The tokens that can be cues, each with its entry (that of the phrasal verb where a particle follows)."""
    forms = dict(table("cue_forms"))
    parts = {"VERB": "verb", "AUX": "verb", "NOUN": "noun", "PROPN": "noun", "ADJ": "adjective"}
    for i, pos in enumerate(syntax.pos):
        part = parts.get(pos)
        if part is None:
            continue
        lemma = forms.get(syntax.word[i].lower(), syntax.lemma[i])
        if part == "verb":
            particle = syntax.child(i, "prt")
            if particle is not None:
                phrasal = lexicon.get((f"{lemma} {syntax.lemma[particle]}", part))
                if phrasal is not None:
                    yield i, phrasal
                    continue
        cue = lexicon.get((lemma, part))
        if cue is not None:
            yield i, cue


# ------------------------------------------------------------------ parts of drafts


def verb_group(syntax: Syntax, verb: int) -> tuple[int, int]:
    """First and last token of a verb with its auxiliaries, negation, adverbs and particle: "has profoundly pointed out"."""
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
    """The characters of the tokens as runs; blank tokens close gaps, the tokens of ``cut`` (the cue, its source) do not."""
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


def _draft(
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
    source = None
    blocked = set(range(group[0], group[1] + 1))
    if source_head is not None:
        source = extent(syntax, source_head, blocked)
        blocked |= set(range(source[0], source[1] + 1))
    content = spans_of(syntax, (i for i in tokens if i not in blocked), blocked)
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


# ------------------------------------------------------------------ verbs


def clause_object(syntax: Syntax, verb: int, cue: Cue) -> Draft | None:
    """``Tang highlighted that WIPO has ...``, ``prices will rise, the minister said``, ``it was announced that ...``."""
    if "that" not in cue.frames:
        return None
    clause = _object_clause(syntax, verb, "obj-to" in cue.frames)
    if clause is None:
        return _unparsed_clause(syntax, verb, cue)
    tokens = syntax.subtree(clause, _strays(syntax, verb, clause))
    if clause > verb:
        tokens += _rest(syntax, verb, clause)
    group, passive = verb_group(syntax, verb), is_passive(syntax, verb)
    who = agent(syntax, verb) if passive else subject(syntax, verb)
    lemma = cue.lemma
    if (
        not passive
        and syntax.dep[verb] == "pcomp"
        and syntax.lemma[syntax.head[syntax.head[verb]]] in ("quote", "cite", "report", "record")
    ):
        quoting = syntax.head[syntax.head[verb]]
        group, who = (verb_group(syntax, quoting)[0], group[1]), any_subject(syntax, quoting)
    return _draft(
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


def _object_clause(syntax: Syntax, verb: int, has_addressee: bool) -> int | None:
    """The clause that is the verb's object: the one with a conjunction, or else the first; also where the parser hangs it
    on the addressee or the occasion ("told the crowd that ...", "said in a statement that ...").
    """
    clauses = [c for c in syntax.children[verb] if syntax.dep[c] == "ccomp" and _is_finite(syntax, c)]
    marked = [c for c in clauses if c > verb and syntax.child(c, "mark") is not None]
    if clauses:
        return (marked or clauses)[0]
    places = [
        c
        for c in syntax.children[verb]
        if c > verb and (syntax.dep[c] == "prep" or (has_addressee and syntax.dep[c] in ("dobj", "dative")))
    ]
    hung = [
        c
        for place in places
        for t in syntax.subtree(place)
        for c in syntax.children[t]
        if syntax.dep[c] in ("acl", "relcl", "ccomp")
    ]
    return next(
        (
            c
            for c in hung
            if any(syntax.dep[k] == "mark" and syntax.word[k].lower() == "that" for k in syntax.children[c])
        ),
        None,
    )


def _unparsed_clause(syntax: Syntax, verb: int, cue: Cue) -> Draft | None:
    """``the report states that few if any ...``: the conjunction right after the cue, the clause lost on the parser.

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
    return _draft(syntax, cue, verb, group, "that", range(that + 1, last + 1), who, None, "clause of a cue, unparsed")


def _strays(syntax: Syntax, verb: int, clause: int) -> set[int]:
    """Clauses that the parser hangs on the content though they belong beside the cue; a contrasting "while" clause too."""
    found = {c for c in syntax.children[clause] if belongs_beside(syntax, c) is not None or _contrasts(syntax, c)}
    if syntax.tag[verb] == "VBG" and syntax.tag[clause] != "VBG":
        near = (clause, *syntax.children[clause])
        conjoined = (c for t in near for c in syntax.children[t] if syntax.dep[c] == "conj")
        found |= {c for c in conjoined if syntax.tag[c] == "VBG" and syntax.child(c, "aux", "nsubj") is None}
    return found


def _contrasts(syntax: Syntax, clause: int) -> bool:
    """``..., while others said no``: a clause after a comma that sets something beside the statement."""
    if syntax.dep[clause] != "advcl":
        return False
    mark = syntax.child(clause, "mark")
    return mark is not None and syntax.word[mark].lower() == "while" and mark > 0 and syntax.word[mark - 1] == ","


def _is_finite(syntax: Syntax, clause: int) -> bool:
    """Not a bare "them to resign" or "Smith leave": a clause with its own tense, or a quoted fragment."""
    return not any(syntax.dep[c] == "aux" and syntax.tag[c] == "TO" for c in syntax.children[clause])


def _rest(syntax: Syntax, verb: int, clause: int) -> list[int]:
    """What the parser hangs on the cue after its clause, though it belongs to the clause: "said it fell because ..."."""
    tokens: list[int] = []
    for child in syntax.children[verb]:
        if child < clause:
            continue
        because = syntax.dep[child] == "advcl" and syntax.tag[child] != "VBG"
        if because or (syntax.dep[child] == "conj" and _goes_on(syntax, child)):
            tokens += syntax.subtree(child)
    return tokens


def _goes_on(syntax: Syntax, verb: int) -> bool:
    """Whether a clause coordinated with the cue is rather part of what was said: "said it was unprotected and he had access"."""
    who = syntax.child(verb, "nsubj", "nsubjpass", "expl")
    return who is not None and syntax.word[who].lower() in _COREFERENT and syntax.child(verb, "ccomp") is None


def parenthetical(syntax: Syntax, verb: int, cue: Cue) -> Draft | None:
    """``the plan, he said, would fail``; ``as Heald told reporters, ozone has dropped``."""
    if "that" not in cue.frames or syntax.head[verb] == verb:
        return None
    head, dep = syntax.head[verb], syntax.dep[verb]
    as_clause = dep == "advcl" and any(
        syntax.dep[c] == "mark" and syntax.word[c].lower() == "as" for c in syntax.children[verb]
    )
    beside = dep in ("parataxis", "ccomp", "dep") and syntax.child(verb, "mark", "ccomp", "dobj", "xcomp") is None
    if dep == "ccomp" and beside:
        beside = syntax.lemma[head] not in ("say", "tell") and _comma_between(syntax, verb, head)
    if not (as_clause or beside) or syntax.pos[head] not in CLAUSE_VERBS:
        return None
    who = subject(syntax, verb)
    if who is None or (beside and syntax.child(verb, "nsubj") is None):
        return None
    tokens = syntax.subtree(head, {verb})
    return _draft(syntax, cue, verb, verb_group(syntax, verb), "that", tokens, who, head, "parenthetical cue")


def _comma_between(syntax: Syntax, a: int, b: int) -> bool:
    low, high = min(a, b), max(a, b)
    return any(syntax.word[i] in (",", "—", "–", "-") for i in range(low, high))


def infinitive(syntax: Syntax, verb: int, cue: Cue) -> Draft | None:
    """``WIPO hopes to promote ...``, ``urged them to resign``, ``wants them to resign``, ``is expected to resign``."""
    clause = next(
        (
            c
            for c in syntax.children[verb]
            if syntax.dep[c] in ("xcomp", "ccomp", "advcl") and c > verb and _to(syntax, c)
        ),
        None,
    )
    if clause is None:
        return None
    between = [c for c in syntax.children[verb] if syntax.dep[c] in ("dobj", "dative", "prep") and verb < c < clause]
    own_subject = syntax.child(clause, "nsubj", "nsubjpass")
    addressee = bool(between)
    passive = is_passive(syntax, verb)
    tokens = syntax.subtree(clause)
    who = agent(syntax, verb) if passive else subject(syntax, verb)
    group = verb_group(syntax, verb)
    if syntax.dep[clause] == "advcl" and not any(syntax.word[c].lower() == "for" for c in syntax.children[clause]):
        if not (addressee and "obj-to" in cue.frames):
            return None
    if passive:
        frame = next((f for f in ("obj-to", "acc-to", "that", "to") if f in cue.frames), None)
        if frame is None:
            return None
        patient = syntax.child(verb, "nsubjpass")
        if frame != "obj-to" and patient is not None:
            tokens += syntax.subtree(patient)
        return _draft(syntax, cue, verb, group, frame, tokens, who, clause, "infinitive of a passive cue")
    if own_subject is not None:
        if (
            own_subject < clause
            and "obj-to" in cue.frames
            and "acc-to" not in cue.frames
            and syntax.dep[clause] != "advcl"
        ):
            kept = [t for t in tokens if t > syntax.subtree(own_subject)[-1]]
            return _draft(syntax, cue, verb, group, "obj-to", kept, who, clause, "addressee and infinitive")
        frame = next((f for f in ("acc-to", "pp-for", "that") if f in cue.frames), None)
        if frame is None:
            return None
        tokens = [
            t
            for t in tokens
            if not (syntax.dep[t] == "mark" and syntax.word[t].lower() == "for" and syntax.head[t] == clause)
        ]
        return _draft(syntax, cue, verb, group, frame, tokens, who, clause, "subject and infinitive")
    if addressee and "obj-to" in cue.frames:
        if syntax.dep[between[0]] == "prep" and "pp-" + syntax.word[between[0]].lower() in cue.frames:
            noun = syntax.child(between[0], "pobj")
            tokens += syntax.subtree(noun) if noun is not None else []
        return _draft(syntax, cue, verb, group, "obj-to", tokens, who, clause, "addressee and infinitive")
    if addressee and "acc-to" in cue.frames and syntax.dep[between[0]] == "dobj":
        return _draft(
            syntax,
            cue,
            verb,
            group,
            "acc-to",
            tokens + syntax.subtree(between[0]),
            who,
            clause,
            "subject and infinitive",
        )
    if "to" in cue.frames:
        return _draft(syntax, cue, verb, group, "to", tokens, who, clause, "infinitive")
    return None


def _to(syntax: Syntax, clause: int) -> bool:
    return any(syntax.dep[c] == "aux" and syntax.tag[c] == "TO" for c in syntax.children[clause])


def object_and_predicate(syntax: Syntax, verb: int, cue: Cue) -> Draft | None:
    """``called the plan a mistake``, ``identified deep science as an engine``, ``accused them of fraud``."""
    names = [f for f in cue.frames if f == "oprd" or f.startswith("np-")]
    if not names:
        return None
    passive = is_passive(syntax, verb)
    patient = syntax.child(verb, "nsubjpass") if passive else syntax.child(verb, "dobj")
    who = agent(syntax, verb) if passive else subject(syntax, verb)
    group = verb_group(syntax, verb)
    if passive and patient is None and syntax.dep[verb] in ("acl", "relcl"):
        patient = syntax.head[verb] if who is not None else None  # "a drink called ..." only names
    for child in syntax.children[verb]:
        if child < verb and not passive:
            continue
        if syntax.dep[child] in ("prep", "agent"):
            frame = f"np-{syntax.word[child].lower()}"
            if frame in cue.frames and patient is not None and syntax.children[child]:
                tokens = syntax.subtree(patient, {verb}) + syntax.subtree(child)
                return _draft(syntax, cue, verb, group, frame, tokens, who, child, "object and what is said of it")
        if "oprd" in cue.frames:
            if syntax.dep[child] in ("oprd", "acomp", "attr") and (patient is not None):
                tokens = syntax.subtree(patient, {verb}) + syntax.subtree(child)
                return _draft(syntax, cue, verb, group, "oprd", tokens, who, child, "object and what it is called")
            if (
                syntax.dep[child] in ("ccomp", "xcomp")
                and syntax.pos[child] not in CLAUSE_VERBS
                and (syntax.child(child, "nsubj") is not None or patient is not None)
            ):
                tokens = syntax.subtree(child) + (syntax.subtree(patient) if patient is not None else [])
                return _draft(syntax, cue, verb, group, "oprd", tokens, who, child, "object and what it is called")
    return None


def gerund(syntax: Syntax, verb: int, cue: Cue) -> Draft | None:
    """``denied taking money``."""
    clause = next(
        (
            c
            for c in syntax.children[verb]
            if syntax.dep[c] in ("xcomp", "ccomp") and c > verb and syntax.tag[c] == "VBG"
        ),
        None,
    )
    if clause is None or "ing" not in cue.frames:
        return None
    return _draft(
        syntax,
        cue,
        verb,
        verb_group(syntax, verb),
        "ing",
        syntax.subtree(clause),
        subject(syntax, verb),
        clause,
        "gerund",
    )


def noun_object(syntax: Syntax, verb: int, cue: Cue) -> Draft | None:
    """``announced a deal``, ``dismissed the claim``; passive: ``the deal was announced by the firm``."""
    if "np" not in cue.frames:
        return None
    passive = is_passive(syntax, verb)
    noun = (
        syntax.child(verb, "nsubjpass")
        if passive
        else next((c for c in syntax.children[verb] if c > verb and syntax.dep[c] == "dobj"), None)
    )
    who = agent(syntax, verb) if passive else subject(syntax, verb)
    if noun is None or who is None:
        return None
    tokens = syntax.subtree(
        noun,
        {c for c in syntax.children[noun] if syntax.dep[c] == "relcl" and syntax.word[_first(syntax, c) - 1] == ","},
    )
    draft = _draft(syntax, cue, verb, verb_group(syntax, verb), "np", tokens, who, noun, "noun object")
    if len(tokens) == 1 and syntax.word[noun].lower() in _PRONOUNS:
        return None
    return draft


def _first(syntax: Syntax, i: int) -> int:
    return syntax.subtree(i)[0]


def prepositional_object(syntax: Syntax, verb: int, cue: Cue) -> Draft | None:
    """``complained about the delay``, ``called for calm``."""
    for child in syntax.children[verb]:
        frame = f"pp-{syntax.word[child].lower()}"
        if child > verb and syntax.dep[child] == "prep" and frame in cue.frames:
            inner = syntax.child(child, "pobj", "pcomp")
            who = subject(syntax, verb)
            if inner is None or who is None:
                continue
            first, last = verb_group(syntax, verb)
            group = (first, child) if child - last == 1 else (first, last)
            return _draft(
                syntax,
                cue,
                verb,
                group,
                frame,
                syntax.subtree(inner),
                who,
                inner,
                "object of a preposition",
                f"{cue.lemma} {syntax.word[child].lower()}",
            )
    return None


# ------------------------------------------------------------------ nouns and adjectives


def voiced_noun(syntax: Syntax, noun: int, cue: Cue, lexicon: Lexicon | None = None) -> Draft | None:
    """``expressed hope that ...``, ``made the claim that ...``, ``voiced concern over ...``."""
    verb = syntax.head[noun]
    if syntax.dep[noun] != "dobj" or syntax.pos[verb] not in CLAUSE_VERBS or syntax.lemma[verb] not in _voice_verbs():
        return None
    found = _noun_content(syntax, noun, cue, loose=True, beside=verb)
    if found is None:
        return None
    frame, tokens, clause = found
    first, _ = verb_group(syntax, verb)
    return _draft(
        syntax,
        cue,
        noun,
        (first, noun),
        frame,
        tokens,
        subject(syntax, verb),
        clause,
        "noun with a verb of voicing",
        f"{syntax.lemma[verb]} {syntax.lemma[noun]}",
    )


def _voice_verbs() -> frozenset[str]:
    return frozenset(row[0] for row in table("cues") if row[2] == "voice")


def possessed_noun(syntax: Syntax, noun: int, cue: Cue) -> Draft | None:
    """``his claim that the vote was rigged``, ``criticism of the plan by Smith``; without a source it is only a noun."""
    who = syntax.child(noun, "poss")
    if who is None:
        who = next(
            (
                syntax.child(c, "pobj")
                for c in syntax.children[noun]
                if syntax.dep[c] == "prep" and syntax.word[c].lower() in ("by", "from")
            ),
            None,
        )
    if who is None and syntax.child(noun, "compound") is not None:
        compound = syntax.child(noun, "compound")
        assert compound is not None
        who = compound if syntax.pos[compound] == "PROPN" and compound == noun - 1 else None
    found = _noun_content(syntax, noun, cue, loose=True) if who is not None else None
    if found is None:
        return None
    frame, tokens, clause = found
    return _draft(syntax, cue, noun, (noun, noun), frame, tokens, who, clause, "noun and its clause")


def _noun_content(
    syntax: Syntax, noun: int, cue: Cue, loose: bool, beside: int | None = None
) -> tuple[str, list[int], int] | None:
    siblings = [
        c
        for c in (syntax.children[beside] if beside is not None else [])
        if c > noun and syntax.dep[c] in ("ccomp", "prep", "advcl")
    ]
    for child in [*syntax.children[noun], *siblings]:
        if child < noun:
            continue
        that = any(syntax.dep[c] == "mark" and syntax.word[c].lower() == "that" for c in syntax.children[child])
        if "that" in cue.frames and syntax.dep[child] in ("acl", "ccomp", "relcl") and that:
            return "that", syntax.subtree(child), child
        if loose and "to" in cue.frames and syntax.dep[child] in ("acl", "xcomp") and _to(syntax, child):
            return "to", syntax.subtree(child), child
        if (
            loose
            and "of-noun" in cue.frames
            and syntax.dep[child] == "prep"
            and syntax.word[child].lower() in _NOUN_PREPOSITIONS
        ):
            inner = syntax.child(child, "pobj", "pcomp")
            if inner is not None:
                return "of-noun", syntax.subtree(inner), inner
    return None


def noun_is_clause(syntax: Syntax, noun: int, cue: Cue) -> Draft | None:
    """``their message is that ...``."""
    verb = syntax.head[noun]
    if syntax.dep[noun] != "nsubj" or syntax.lemma[verb] != "be" or "that" not in cue.frames:
        return None
    clause = syntax.child(verb, "ccomp")
    if clause is None:
        return None
    return _draft(
        syntax,
        cue,
        noun,
        (noun, verb),
        "that",
        syntax.subtree(clause),
        syntax.child(noun, "poss"),
        clause,
        "noun that is a clause",
    )


def feeling(syntax: Syntax, adjective: int, cue: Cue) -> Draft | None:
    """``she is confident that ...``, ``he was worried about ...``."""
    verb = syntax.head[adjective]
    if syntax.dep[adjective] not in ("acomp", "ROOT") or syntax.lemma[verb] not in _LINKS:
        return None
    who = any_subject(syntax, verb)
    if who is None or syntax.word[who].lower() in ("it", "that", "this", "there", "what", "which"):
        return None
    for child in syntax.children[adjective]:
        if child < adjective:
            continue
        inner: int | None = None
        frame = ""
        if syntax.dep[child] == "ccomp" and _is_finite(syntax, child):
            frame, inner = "that", child
        elif syntax.dep[child] == "prep" and f"pp-{syntax.word[child].lower()}" in cue.frames:
            frame, inner = f"pp-{syntax.word[child].lower()}", syntax.child(child, "pobj", "pcomp")
        if inner is not None and frame in cue.frames:
            return _draft(
                syntax,
                cue,
                adjective,
                (verb, adjective),
                frame,
                syntax.subtree(inner),
                who,
                inner,
                "adjective and its clause",
                f"be {cue.lemma}",
            )
    return None


# ------------------------------------------------------------------ prepositions


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
        taken = _lost_subject(syntax, i, head)
        source = extent(syntax, noun, set(taken))
        blocked = set(range(i, last + 1)) | set(range(source[0], source[1] + 1))
        tokens = [t for t in syntax.subtree(head, {i}) if syntax.sentence[t] == syntax.sentence[i] and t not in blocked]
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
    """``According to Smith, the plan fails``: a clause without a subject has it in what the parser took for an apposition."""
    if syntax.child(verb, "nsubj", "nsubjpass", "expl", "csubj") is not None:
        return []
    appositions = [
        t for t in syntax.subtree(phrase) if syntax.dep[t] == "appos" and syntax.word[_first(syntax, t) - 1] == ","
    ]
    return [
        t
        for t in appositions
        if t < verb
        and all(syntax.dep[k] in ("aux", "neg", "advmod", "auxpass") for k in range(syntax.subtree(t)[-1] + 1, verb))
    ]


def verbs_read_as_nouns(syntax: Syntax, lexicon: Lexicon) -> Iterator[Draft]:
    """``WIPO hopes to promote ...``: a cue in -s that the tagger took for a plural noun.

    Only where the sentence begins with the name before it, has no finite verb at all, and goes on with "to" and a verb, or
    with "that".
    """
    for i, tag in enumerate(syntax.tag):
        if tag != "NNS" or i == 0 or i + 2 >= len(syntax) or (syntax.lemma[i], "verb") not in lexicon:
            continue
        cue, sentence = lexicon[syntax.lemma[i], "verb"], syntax.sentence[i]
        frame = (
            "to"
            if syntax.tag[i + 1] == "TO" and syntax.tag[i + 2] == "VB"
            else "that"
            if syntax.word[i + 1] == "that"
            else ""
        )
        if frame not in cue.frames:
            continue
        first = i
        while first > 0 and syntax.sentence[first - 1] == sentence:
            first -= 1
        last = i
        while last + 1 < len(syntax) and syntax.sentence[last + 1] == sentence:
            last += 1
        subject_only = all(syntax.pos[k] in ("PROPN", "X", "NOUN", "DET", "ADJ") for k in range(first, i)) and first < i
        finite = any(
            syntax.tag[k] in ("VBZ", "VBP", "VBD", "MD") and syntax.dep[k] not in ("relcl",)
            for k in range(first, last + 1)
            if frame == "to"
        )
        if subject_only and not finite:
            content = spans_of(syntax, range(i + 1, last + 1), set())
            yield Draft(
                content,
                (i, i),
                i,
                cue.lemma,
                frame,
                cue.act(frame),
                cue.grade(frame),
                "verb that looks like a noun",
                (first, i - 1),
                i - 1,
                i + 2,
            )


_BY_PART: dict[str, tuple[Construction, ...]] = {
    "verb": (clause_object, infinitive, object_and_predicate, parenthetical, gerund, prepositional_object, noun_object),
    "noun": (voiced_noun, possessed_noun, noun_is_clause),
    "adjective": (feeling,),
}
_ = SUBJECTS
