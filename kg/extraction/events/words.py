"""The word classes and event words that the event rules use."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from kg.words import classes, table, words


class NounType(NamedTuple):
    """What a noun tells of: a type of event, strongly (by itself) or only with a date, a place or people."""

    type: str
    strong: bool


@cache
def word_class(name: str) -> frozenset[str]:
    """The words of one class of ``words/events_classes.tsv``."""
    return frozenset(classes("events_classes")[name])


@cache
def nouns_for_people() -> frozenset[str]:
    """Lemmas of nouns for people and for bodies of them."""
    named = frozenset(row[0] for row in table("names_people"))
    return named | word_class("people") | words("names_organisation_heads")


@cache
def event_nouns() -> dict[str, NounType]:
    """Lemmas of nouns that tell of an event."""
    rows = table("events_types")
    return {lemma: NounType(kind, detail == "strong") for lemma, part, kind, detail in rows if part == "noun"}


@cache
def event_verbs() -> dict[str, tuple[str, str]]:
    """Lemmas of verbs that tell of an event, each with its type and the noun that it amounts to."""
    return {lemma: (kind, detail) for lemma, part, kind, detail in table("events_types") if part == "verb"}


@cache
def resuming_nouns() -> dict[str, frozenset[str]]:
    """Lemmas of nouns that take up an event told before ("the accident"), each with the types that it fits."""
    types: dict[str, set[str]] = {}
    for lemma, part, kind, _ in table("events_types"):
        if part == "again":
            types.setdefault(lemma, set()).add(kind)
    types["event"] = {kind for _, _, kind, _ in table("events_types")} - word_class("no_events")
    return {lemma: frozenset(kinds) for lemma, kinds in types.items()}
