"""Titles that a verb gives: "She became director of X", "the board named Y chair", "Z stepped down as mayor"."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING

from kg.extraction.negation import ONLY
from kg.extraction.roles.appointments import Verb, announced_by, appointment, serving, verbs
from kg.extraction.roles.employers import employer
from kg.extraction.roles.flat import Flat
from kg.extraction.roles.grammar import (
    EARLIER,
    WILL,
    bearer,
    helpers,
    is_doubtful,
    is_over,
    is_passive,
    is_unreal,
    subject_of,
)
from kg.extraction.roles.links import Link, runs
from kg.extraction.roles.relations import foundings, leading_verbs, ties
from kg.extraction.roles.tenure import Calendar
from kg.extraction.roles.title import TitlePhrase
from kg.facts import EntityKind
from kg.words import table, words

if TYPE_CHECKING:
    from spacy.tokens import Token

LASTING = frozenset(("be", "remain", "stay", "serve", "work", "act", "continue", "hold", "occupy", "spend", "use"))
ONGOING = frozenset(("remain", "stay", "continue"))
BEFORE_AS = frozenset(("prt", "prep", "dobj", "advmod", "npadvmod"))
TODAY = frozenset(("now", "currently", "today"))
LEAVING = frozenset(("leave", "quit", "depart", "exit"))
ENTERING = frozenset(("join", "found", "establish", "lead", "run"))
"""Verbs whose body a post told with them is at."""
EMPLOYED_BY = frozenset(("for", "at", "with", "by"))


@dataclass(frozen=True, slots=True)
class Clause:
    """A verb that gives a title, its lemma and what it gives, and who bears the title, with the status of each."""

    verb: Token
    lemma: str
    gives: Verb
    bearers: tuple[tuple[Token, str | None], ...] = ()

    @property
    def is_over(self) -> bool:
        """Whether it tells that somebody holds a post no longer, not that this is to come."""
        return self.lemma in LASTING and is_over(self.verb) and helpers(list(self.verb.children)).isdisjoint(WILL)

    @property
    def event(self) -> str | None:
        """ "start" or "end" where the role begins or ends with it."""
        if self.lemma in LASTING:
            return "end" if self.is_over else None
        return _event(self.gives.status)

    @property
    def reason(self) -> str:
        """The construction, in words for people."""
        return "is" if self.lemma == "be" else f"verb '{self.lemma}'"


def clause_links(flat: Flat, phrases: list[TitlePhrase], calendar: Calendar) -> Iterator[Link]:
    """The titles that clauses give, of phrases that no name stands beside."""
    for run in runs(flat, phrases):
        appointed = appointment(flat, run[0])
        if appointed:
            event = None if appointed.again else _event(appointed.status)
            for phrase in run:
                said = replace(serving(flat, phrase, appointed.body), status=phrase.status or appointed.status)
                yield Link(said, appointed.person, appointed.at, "appointment", 0.9, event)
            continue
        clause = _clause(flat, run[0], any(phrase.employed for phrase in run))
        if clause:
            yield from _clause_links(flat, run, clause, calendar)


def _clause_links(flat: Flat, run: list[TitlePhrase], clause: Clause, calendar: Calendar) -> Iterator[Link]:
    when = None
    if clause.event == "end":  # "has no longer been director since 2019", "resigned on Thursday as director"
        when = calendar.beside(clause.verb) if clause.is_over else calendar.between(clause.verb, run[0].left)
    for person, status in clause.bearers:
        at = flat.position[person.i]
        named = flat.within.get(at)
        where = (named.start, named.end) if named else (at, at + 1)
        key = flat.referent(at)
        for i, phrase in enumerate(run):
            if key and (i == 0 or not phrase.before):
                said = replace(phrase, status=phrase.status or status)
                said = _with_object(flat, said, clause.verb, clause.event)
                yield Link(said, key, where, clause.reason, 0.9 if named else 0.8, clause.event, when)


def _is_reached(verb: Token) -> bool:
    """Whether an infinitive is so: "rose to become mayor", "the first to be mayor", not "wants to be mayor"."""
    above = verb.head
    if above.pos_ in {"VERB", "AUX"}:
        return above.lemma_.lower() not in words("roles_wishing")
    return above.ent_type_ == "ORDINAL" or any(
        child.ent_type_ == "ORDINAL" or child.tag_ == "JJS" or child.lower_ == "only" for child in above.children
    )


def _event(status: str | None) -> str:
    return "end" if status == "former" else "start"


def _with_object(flat: Flat, phrase: TitlePhrase, verb: Token, event: str | None) -> TitlePhrase:
    """ "joined X as director", "X, where she is director", "works for X as director": X is what the title serves."""
    if phrase.employed:
        return phrase
    children = list(verb.children)
    bodies = [child for child in children if child.dep_ == "dobj"] if verb.lemma_ == "join" else []
    if verb.dep_ == "conj" and verb.head.lemma_.lower() in ENTERING:  # "joined X in 2010 and became director in 2015"
        bodies.extend(child for child in verb.head.children if child.dep_ == "dobj")
    if verb.lemma_ in {"work", "serve", "employ"}:
        for child in children:
            if child.dep_ in {"prep", "agent"} and child.lower_ in EMPLOYED_BY:
                bodies.extend(inner for inner in child.children if inner.dep_ == "pobj")
    if verb.dep_ == "relcl" and any(child.lower_ == "where" for child in children):
        bodies.append(verb.head)
    for body in bodies:
        name = flat.within.get(flat.position.get(body.i, -1))
        if name and name.is_organisation:
            return replace(phrase, organisations=(name,))
    return serving(flat, phrase, announced_by(verb)) if event else phrase


def _clause(flat: Flat, phrase: TitlePhrase, employed: bool) -> Clause | None:
    """The clause that gives a title, if it tells it as a fact."""
    head = flat.tokens[phrase.head]
    held = _post_held(head)
    verb = held or _governor(head)
    if verb is None:
        return None
    children = list(verb.children)
    lemma = "be" if _is_title_word(flat, phrase, verb, children) else verb.lemma_.lower()
    gives = (_holding() if held else verbs()).get(lemma)
    if gives is None:
        return None
    clause = Clause(verb, lemma, gives)
    beside = helpers(children)
    over = clause.is_over
    told = children
    if head.i < verb.i and head.dep_ == "pobj":  # "As mayor, she must serve on the board"
        told = [child for child in children if child.lower_ != "must"]
    if (
        (is_unreal if over else is_doubtful)(verb, told)
        or flat.word(phrase.left - 1) in {"neither", "nor"}
        or _only_comparable(flat, phrase, verb, employed)
        or ((over or flat.word(phrase.left - 1) == "longer") and (phrase.status or _is_special(flat, phrase, verb)))
        or (verb.tag_ == "VBG" and not beside)
        or ("to" in beside and not _is_reached(verb))
    ):
        return None
    return replace(clause, bearers=tuple(_bearers(flat, clause, head, children)))


def _bearers(flat: Flat, clause: Clause, head: Token, children: list[Token]) -> Iterator[tuple[Token, str | None]]:
    """Who bears the title of a clause, with the status of each."""
    verb, (whose, given, *_) = clause.verb, clause.gives
    inner = [below for child in children if child.lemma_ == "be" for below in child.children]
    subject = subject_of(verb, [*children, *inner])
    raised = subject is None and verb.dep_ == "xcomp" and verb.head.lemma_.lower() in words("roles_reaching")
    if raised:
        subject = subject_of(verb.head, list(verb.head.children))  # "She rose to become president"
    passive = is_passive(verb, children)
    done = next((child for child in children if child.dep_ == "dobj" and child.i != head.i), None)
    if whose == "both":
        told = [(subject, "former")] if passive else [(subject, given), (done, "former")]
    elif whose == "object" and not passive:
        told = [(done or _small_subject(head), given)]
    else:
        told = [(subject, given)]
    for person, status in told:
        named = bearer(flat, person) if person is not None else None
        if named is not None:
            yield named, _status(clause, children, status, raised)


def _status(clause: Clause, children: list[Token], given: str | None, raised: bool) -> str | None:
    """The status that a clause gives somebody, of what its verb gives whatever its tense."""
    verb, lasting = clause.verb, clause.lemma in LASTING
    if not helpers(children).isdisjoint(WILL) or (raised and verb.head.lemma_ == "be"):  # "She is to become president"
        return None if given == "former" or clause.lemma in ONGOING else "designate"
    return "former" if clause.is_over or (given is None and lasting and _was(verb, children)) else given


def _is_title_word(flat: Flat, phrase: TitlePhrase, verb: Token, children: list[Token]) -> bool:
    """Whether what the parser takes for the verb is a word of the title: "was managing director"."""
    within = phrase.start <= flat.position.get(verb.i, -1) < phrase.end
    return within and any(child.lemma_ == "be" and child.dep_ in {"aux", "auxpass"} for child in children)


def _was(verb: Token, children: list[Token]) -> bool:
    """Whether a lasting verb tells of what was over: "before that she was", "left X, where he was", "he had been"."""
    past = verb.tag_ == "VBD" or any(child.lower_ in {"had", "was"} and child.dep_ == "aux" for child in children)
    if not past:
        return False
    if any(child.lower_ in EARLIER for child in children):
        return True
    if verb.dep_ == "relcl" and any(child.lower_ == "where" for child in children):
        above = verb.head.head
        return above.lower_ == "from" or above.lemma_.lower() in LEAVING
    if any(child.dep_ == "conj" and _is_of_today(child) for child in children):
        return True  # "served as X and is now Y"
    return verb.tag_ == "VBN" and verb.dep_ != "ccomp"  # "had been"


def _is_of_today(verb: Token) -> bool:
    """Whether a verb tells what is so now: "is now", "currently heads"."""
    return verb.tag_ in {"VBZ", "VBP"} and any(child.lower_ in TODAY for child in verb.children)


def _only_comparable(flat: Flat, phrase: TitlePhrase, verb: Token, employed: bool) -> bool:
    """Whether the title is said as a judgement: "the best president", "a businessman", not "a rights lawyer"."""
    head = flat.tokens[phrase.head]
    judged = any(child.lower_ in words("roles_judgements") for child in head.children)
    judged = judged or (not employed and any(_is_superlative(child) for child in head.children))
    judged = judged or " ".join(flat.words[phrase.head - 1 : phrase.head + 1]) in words("roles_figures")
    judged = judged or (not employed and any(child.lower_ == "first" for child in head.children))
    indefinite = flat.word(phrase.left) in {"a", "an"} and verb.lemma_ in {"be", "become", "remain"}
    special = phrase.office or employed or phrase.status is not None or phrase.start < phrase.head
    return judged or (indefinite and not special)


def _is_special(flat: Flat, phrase: TitlePhrase, verb: Token) -> bool:
    """Whether a title tells more than the post, which may be kept without it: "youngest mayor", "just the mayor"."""
    head = flat.tokens[phrase.head]
    return any(child.lower_ in ONLY for child in verb.children) or any(
        child.lower_ in ONLY
        or child.lower_ == "first"
        or child.tag_ in {"JJS", "RBS"}
        or (child.tag_ == "JJ" and child.text.islower() and child.i < flat.tokens.at[phrase.start])  # "popular mayor"
        for child in head.children
    )


def _is_superlative(adjective: Token) -> bool:
    """Whether an adjective is one with "most": "the most patient student"."""
    return any(child.tag_ == "RBS" for child in adjective.children)


def _governor(head: Token) -> Token | None:
    """The verb that gives the title: directly, over "as", or over "to be"."""
    verb = head.head
    if verb is head:
        return None
    if verb.lower_ == "as" and head.dep_ in {"pobj", "pcomp"}:
        verb = verb.head
        while verb.pos_ not in {"VERB", "AUX"} and (
            verb.dep_ in BEFORE_AS or (verb.dep_ == "pobj" and verb.ent_type_ == "DATE")
        ):
            verb = verb.head
        return verb if not _never(verb, "never as") else None
    if head.dep_ not in {"attr", "oprd", "xcomp", "dobj", "ccomp", "nsubj", "appos"}:
        return None
    if head.dep_ == "nsubj" and head.i < verb.i:
        return None  # "the king dismissed X"
    if head.dep_ in {"dobj", "appos"} and _never(verb, "never object"):
        return None
    if verb.lemma_ == "be" and verb.dep_ == "xcomp" and verb.head.lemma_.lower() in verbs():
        return verb.head
    return verb


def _never(verb: Token, way: str) -> bool:
    """Whether a verb gives no title in a way: "took the chairman" ("never object"), "was tired as" ("never as")."""
    gives = verbs().get(verb.lemma_.lower())
    return gives is not None and way in gives.never


@cache
def _holding() -> Mapping[str, Verb]:
    return {verb: Verb("subject", None if status == "-" else status) for verb, status in table("roles_holding")}


def _post_held(head: Token) -> Token | None:
    """The verb of "holds the post of director", "left her job as head of"."""
    noun = head.head.head
    if head.head.lower_ == "as" and noun.pos_ == "VERB":
        kept = any(child.dep_ == "dobj" and child.text in words("roles_posts") for child in noun.children)
        return noun if kept else None
    if head.dep_ != "pobj" or head.head.lower_ not in {"of", "as"} or noun.text not in words("roles_posts"):
        return None
    verb = noun.head.head if noun.dep_ == "pobj" and noun.head.lower_ == "in" else noun.head
    return verb if noun.dep_ in {"dobj", "pobj"} and verb.pos_ == "VERB" else None


def _small_subject(head: Token) -> Token | None:
    """The Y of "named Y chief executive", which the parser may make the subject of a small clause or a compound."""
    return next((child for child in head.children if child.dep_ in {"nsubj", "compound"} and child.i < head.i), None)


def founders_posts(flat: Flat, links: list[Link]) -> Iterator[Link]:
    """The links, those of a founder in a relative clause at what is founded: "founded by X, who was its head"."""
    founded = {
        (flat.referent(tie.subject), flat.columns.sentence_of[tie.verb.i]): tie
        for tie in foundings(flat)
        if any(link.reason == "relative clause" and not link.phrase.employed for link in links)
    }
    for link in links:
        tie = founded.get((link.person, flat.columns.sentence_of[flat.tokens.at[link.phrase.start]]))
        bare = link.phrase.right == link.phrase.end  # not "who was governor of the islands"
        if tie and bare and link.reason == "relative clause":
            link = replace(link, phrase=serving(flat, link.phrase, flat.tokens[tie.object]))
        yield link


def founding_links(flat: Flat, calendar: Calendar) -> Iterator[Link]:
    """ "X founded Y in 2009": X has been its founder since then; without a date the relation says it all."""
    for tie in foundings(flat):
        at, body, person = flat.position[tie.verb.i], flat.within.get(tie.object), flat.referent(tie.subject)
        when = calendar.beside(tie.verb) or (calendar.after(flat.past(body)) if body else None)
        if body and body.is_organisation and person and when and EntityKind.PERSON in flat.kinds_at(tie.subject):
            title = "co-founder" if flat.word(at - 2) == "co" else "founder"
            phrase = TitlePhrase(at, at, at + 1, flat.past(body), at, (body,), title=title)
            reason = f"verb '{tie.verb.lemma_}'"
            yield Link(phrase, person, flat.extent(tie.subject), reason, 0.85, "start", when)


def leading_links(flat: Flat) -> Iterator[Link]:
    """Who leads what: "who heads X", "X, chaired by Y"; "led" not of games and polls, but only in descriptions."""
    for tie in ties(flat, frozenset(leading_verbs())):
        at = flat.position[tie.verb.i]
        body = flat.within.get(tie.object)
        children = list(tie.verb.children)
        lasting = (
            tie.verb.dep_ in {"relcl", "acl"} or tie.verb.tag_ == "VBZ" or any(c.lower_ == "since" for c in children)
        )
        if tie.verb.lemma_ == "lead" and not lasting:
            continue
        key = None if body else employer(flat, tie.object)
        if (body is None or not body.is_organisation) and (
            key is None or flat.kinds_at(tie.object) & {EntityKind.PLACE}
        ):
            continue
        beside = flat.name_before.get(at) or (flat.name_before.get(at - 1) if flat.word(at - 1) == "," else None)
        doer = beside.end - 1 if beside and beside.is_person and tie.verb.tag_ in {"VBZ", "VBD"} else tie.subject
        person = flat.referent(doer)
        if person and EntityKind.PERSON in flat.kinds_at(doer):
            title = leading_verbs()[flat.word(at)]
            right = flat.past(body) if body else tie.object + 1
            status = "former" if any(c.lower_ in EARLIER for c in children) else None
            organisations = (body,) if body else ()
            phrase = TitlePhrase(
                at, at, at + 1, max(right, at + 1), at, organisations, employer=key, status=status, title=title
            )
            yield Link(phrase, person, flat.extent(doer), f"verb '{tie.verb.lemma_}'", 0.85)
