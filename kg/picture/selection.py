"""What is important in a graph, in which order its things are shown, and what a page of limited size leaves out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from heapq import heappop, heappush
from itertools import chain

from kg.picture.contents import Contents, Fact, Span, Statement, Thing, Ties

SHOWN_WHOLE = 110
"""A graph of so many things has no more than a first view."""

FIRST_VIEW = 60
"""Of a larger one, so many are shown first, if the window has room for their names."""


def importance(contents: Contents) -> list[int]:
    """For each thing, how many facts and statements it takes part in, each once however many articles repeat it."""
    weight = [0] * len(contents.things)
    facts = {(f.subject, f.predicate, f.target, f.literal, f.role): f for f in contents.facts}
    statements = {(*s.speakers, s.speaker_text, s.content): s for s in contents.statements}
    for fact in facts.values():
        organisation = contents.roles[fact.role].organisation if fact.role >= 0 else -1
        for thing in {fact.subject, fact.target, organisation} - {-1}:
            weight[thing] += 1
    for statement in statements.values():
        for thing in {*statement.speakers, statement.made_at, *statement.about} - {-1}:
            weight[thing] += 1
    return weight


def first_view(ties: Ties, weights: Sequence[int]) -> list[int]:
    """The things seen first: all of a small graph, or the part that grows from the best connected things.

    They are in the order of that growth, so that any first few of them hang together as well.
    """
    whole = len(ties) <= SHOWN_WHOLE
    most = len(ties) if whole else FIRST_VIEW
    reach = [len(tie) for tie in ties]
    chosen: dict[int, None] = {}
    for seed in sorted(range(len(ties)), key=lambda node: (-reach[node], -weights[node], node)):
        if len(chosen) >= most or (chosen and reach[seed] == 0 and not whole):
            break
        if seed not in chosen:
            _grow(seed, ties, reach, chosen, most)
    return list(chosen)


def _grow(seed: int, ties: Ties, reach: Sequence[int], chosen: dict[int, None], most: int) -> None:
    frontier = [(-reach[seed], seed)]
    while frontier and len(chosen) < most:
        _, node = heappop(frontier)
        if node in chosen:
            continue
        chosen[node] = None
        for neighbour in ties[node]:
            if neighbour not in chosen:
                heappush(frontier, (-reach[neighbour], neighbour))


def most_important(contents: Contents, limit: int) -> Contents:
    """The contents with at most ``limit`` things, those in most facts and statements, and what is said of them.

    Articles that none of it cites are left out.
    """
    if len(contents.things) <= limit:
        return contents
    weights = importance(contents)
    kept = sorted(sorted(range(len(weights)), key=lambda thing: (-weights[thing], thing))[:limit])
    new = {old: position for position, old in enumerate(kept)}
    new[-1] = -1
    held = [number for number, role in enumerate(contents.roles) if role.person in new]
    new_role = {old: position for position, old in enumerate(held)}
    roles = [
        replace(role, person=new[role.person], organisation=new.get(role.organisation, -1))
        for role in (contents.roles[number] for number in held)
    ]
    facts = [
        replace(
            fact,
            subject=new[fact.subject],
            target=new[fact.target],
            role=new_role.get(fact.role, -1),
            as_roles=[new_role[role] for role in fact.as_roles if role in new_role],
        )
        for fact in contents.facts
        if fact.subject in new and fact.target in new and (fact.role < 0 or fact.role in new_role)
    ]
    chosen = Contents([contents.things[old] for old in kept], roles, facts, _said(contents, new, new_role), [])
    return _with_cited_articles(chosen, contents)


def _said(contents: Contents, new: dict[int, int], new_role: dict[int, int]) -> list[Statement]:
    spoken = [
        number
        for number, each in enumerate(contents.statements)
        if not each.speakers or any(speaker in new for speaker in each.speakers)
    ]
    place = {old: position for position, old in enumerate(spoken)}
    return [
        replace(
            statement,
            speakers=[new[speaker] for speaker in statement.speakers if speaker in new],
            made_at=new.get(statement.made_at, -1),
            roles=[new_role[role] for role in statement.roles if role in new_role],
            about=[new[thing] for thing in statement.about if thing in new],
            nested_in=place.get(statement.nested_in, -1),
        )
        for statement in (contents.statements[number] for number in spoken)
    ]


def _with_cited_articles(chosen: Contents, everything: Contents) -> Contents:
    """The chosen things, facts and statements with the articles that they cite, and those articles numbered anew.

    A fact about an article itself is none of a person or thing: it stays only if the article does.
    """
    cited = {
        span.article
        for spans in chain(
            (fact.spans for fact in chosen.facts if fact.subject >= 0),
            (spans for statement in chosen.statements for spans in statement.spans),
        )
        for span in spans
    }
    kept = sorted(cited)
    new = {old: position for position, old in enumerate(kept)}

    def moved(spans: Iterable[Span]) -> list[Span]:
        return [Span(new[article], begin, end) for article, begin, end in spans if article in new]

    def with_spans(fact: Fact) -> Fact:
        return replace(fact, spans=moved(fact.spans))

    def with_mentions(thing: Thing) -> Thing:
        return replace(thing, mentions=moved(thing.mentions))

    return Contents(
        [with_mentions(thing) for thing in chosen.things],
        chosen.roles,
        [
            with_spans(fact)
            for fact in chosen.facts
            if fact.subject >= 0 or any(span.article in new for span in fact.spans)
        ],
        [
            replace(
                each, spans=(moved(each.spans[0]), moved(each.spans[1]), moved(each.spans[2]), moved(each.spans[3]))
            )
            for each in chosen.statements
        ],
        [everything.articles[old] for old in kept],
    )
