"""What is important in a graph, what is seen first of it, and what a page of limited size leaves out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from heapq import heapify, heappop, heappush

from kg.picture.contents import Contents, Fact, Role, Statement

Ties = Sequence[dict[int, int]]

SHOWN_WHOLE = 110
"""A graph of so many things is shown whole."""

FIRST_VIEW = 60
"""Of a larger one, so many are shown first."""


def importance(contents: Contents) -> list[int]:
    """For each thing, how many facts and statements it takes part in, each once however many articles repeat it."""
    weight = [0] * len(contents.things)
    facts = {(f.subject, f.predicate, f.target, f.literal, f.role): f for f in contents.facts}
    statements = {(s.speaker, s.speaker_text, s.content): s for s in contents.statements}
    for fact in facts.values():
        organisation = contents.roles[fact.role].organisation if fact.role >= 0 else -1
        for thing in {fact.subject, fact.target, organisation} - {-1}:
            weight[thing] += 1
    for statement in statements.values():
        for thing in {statement.speaker, statement.made_at, *statement.about} - {-1}:
            weight[thing] += 1
    return weight


def first_view(ties: Ties, weights: Sequence[int]) -> list[int]:
    """The things seen first: all of a small graph, or the part that grows from the best connected things.

    They are in the order of that growth, so that any first few of them hang together as well.
    """
    if len(ties) <= SHOWN_WHOLE:
        return list(range(len(ties)))
    reach = [len(tie) for tie in ties]
    seeds = sorted(range(len(ties)), key=lambda node: (-reach[node], -weights[node], node))
    chosen: dict[int, None] = {}
    for seed in seeds:
        if len(chosen) >= FIRST_VIEW or (chosen and reach[seed] == 0):
            break
        if seed not in chosen:
            _grow(seed, ties, reach, chosen)
    return list(chosen)


def _grow(seed: int, ties: Ties, reach: Sequence[int], chosen: dict[int, None]) -> None:
    frontier = [(-reach[seed], seed)]
    heapify(frontier)
    while frontier and len(chosen) < FIRST_VIEW:
        _, node = heappop(frontier)
        if node in chosen:
            continue
        chosen[node] = None
        for neighbour in ties[node]:
            if neighbour not in chosen:
                heappush(frontier, (-reach[neighbour], neighbour))


def most_important(contents: Contents, limit: int) -> Contents:
    """The contents with at most ``limit`` things, those in most facts and statements, and what is said of them."""
    if len(contents.things) <= limit:
        return contents
    weights = importance(contents)
    kept = sorted(sorted(range(len(weights)), key=lambda thing: (-weights[thing], thing))[:limit])
    new = {old: position for position, old in enumerate(kept)}
    new[-1] = -1
    held = [number for number, role in enumerate(contents.roles) if role.person in new]
    new_role = {old: position for position, old in enumerate(held)}
    roles = [
        Role(new[role.person], role.title, new.get(role.organisation, -1), role.status)
        for role in (contents.roles[number] for number in held)
    ]
    facts = [
        Fact(
            new[fact.subject],
            fact.predicate,
            new[fact.target],
            fact.literal,
            new_role.get(fact.role, -1),
            [new_role[role] for role in fact.as_roles if role in new_role],
            fact.confidence,
            fact.spans,
        )
        for fact in contents.facts
        if fact.subject in new and fact.target in new and (fact.role < 0 or fact.role in new_role)
    ]
    return Contents(
        [contents.things[old] for old in kept], roles, facts, _said(contents, new, new_role), contents.articles
    )


def _said(contents: Contents, new: dict[int, int], new_role: dict[int, int]) -> list[Statement]:
    spoken = [number for number, each in enumerate(contents.statements) if each.speaker in new]
    place = {old: position for position, old in enumerate(spoken)}
    return [
        replace(
            statement,
            speaker=new[statement.speaker],
            made_at=new.get(statement.made_at, -1),
            role=new_role.get(statement.role, -1),
            about=[new[thing] for thing in statement.about if thing in new],
            nested_in=place.get(statement.nested_in, -1),
        )
        for statement in (contents.statements[number] for number in spoken)
    ]
