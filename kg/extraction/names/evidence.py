"""What a name stands for: votes of every place where it is written, of its own words, and of what is known of names."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from kg.extraction.events.columns import Columns
from kg.extraction.names.lexicon import (
    gender_of_given_name,
    gender_of_noun,
    is_family_name,
    is_known_organisation,
    is_title_word,
    known_place,
    organisation_noun,
    place_noun,
    word_class,
)
from kg.extraction.names.mentions import Candidate
from kg.extraction.names.surroundings import observations
from kg.extraction.names.weights import NO_VOTES, WEIGHTS, Votes
from kg.extraction.words import words
from kg.facts import EntityKind

_INITIAL = re.compile(r"(?:[A-Z]\.)+$")


@dataclass(slots=True)
class NameGroup:
    """All candidates of one Doc that are written alike, and what speaks for each kind."""

    folded: str
    parts: tuple[str, ...]
    candidates: list[Candidate] = field(default_factory=list)
    votes: Votes = NO_VOTES
    observed: Counter[str] = field(default_factory=Counter)
    opening: bool = False

    @property
    def name(self) -> str:
        """The most frequent spelling, not one in capitals only where there is another; the first among equals."""
        spelled = Counter(candidate.name for candidate in self.candidates)
        mixed = {name: n for name, n in spelled.items() if not (name.isupper() and len(name) > 5)} or spelled
        return max(mixed, key=lambda name: mixed[name])

    def kind(self, threshold: float = 1.0) -> EntityKind | None:
        """The kind with most votes, None where "nothing" has more or no kind reaches the threshold."""
        person, organisation, place, nothing = self.votes
        best = max(person, organisation, place)
        if best < threshold or best <= nothing:
            return None
        if best == place:
            return EntityKind.PLACE
        return EntityKind.PERSON if best == person else EntityKind.ORGANISATION


def grouped(candidates: Iterable[Candidate]) -> dict[str, NameGroup]:
    """The candidates by folded name, in the order of their first places."""
    groups: dict[str, NameGroup] = {}
    for candidate in candidates:
        folded = candidate.folded
        group = groups.get(folded)
        if group is None:
            group = groups[folded] = NameGroup(folded, candidate.parts)
        group.candidates.append(candidate)
    return groups


def weigh(groups: dict[str, NameGroup], c: Columns) -> None:
    """Counts the votes of each group."""
    small = {word for word in c.words if word.islower()}
    for group in groups.values():
        labels = Counter(candidate.label for candidate in group.candidates)
        total = sum(labels.values())
        votes = NO_VOTES
        for label, n in labels.items():
            votes += WEIGHTS[f"label {label}"].scaled(n / total)
        for candidate in group.candidates:
            group.observed.update(observations(candidate, c))
        group.opening = all(_opens(candidate, c) for candidate in group.candidates)
        for observation in _own_words(group, small):
            group.observed[observation] = 1
        for observation, n in group.observed.items():
            votes += WEIGHTS[observation].scaled(min(n, 2) if n > 1 else 1)
        group.votes = votes


def _opens(candidate: Candidate, c: Columns) -> bool:
    """Whether the candidate begins its sentence, after nothing but quotation marks."""
    start = candidate.start
    while start and c.sentence_of[start - 1] == c.sentence_of[start]:
        start -= 1
        if c.words[start][0].isalnum():
            return False
    return True


def _own_words(group: NameGroup, small: set[str]) -> Iterable[str]:
    """What the words of the name itself say."""
    parts = group.parts
    first = group.candidates[0]
    spelled = first.name.split()
    last = parts[-1]
    if all(candidate.headline for candidate in group.candidates):
        yield "in headlines only"
        if len(group.folded) > 6 and all(word.isupper() for word in spelled):
            yield "in shouted headlines only"
    known = set()
    articled = group.observed["the before"] or group.observed["The before"]
    if is_known_organisation(group.folded) or (articled and is_known_organisation("the " + group.folded)):
        known.add("known organisation")
        yield "known organisation"
    place = known_place(group.folded)
    if place is not None:
        if place.kind == "country":
            yield "country"
        elif place.kind == "region":
            yield "region"
        else:
            yield "large city" if place.size >= 6 else "city"
    if len(parts) > 1 and (group.folded in words("names_not") or all(is_title_word(part) for part in parts)):
        yield "not a name"
    if len(parts) == 3 and parts[0] in word_class("noble titles") and parts[1] == "of":
        yield "noble title of a place"
    if parts[-1] == "state" and len(parts) > 1 and known_place(" ".join(parts[:-1])):
        yield "university of a state"
    if "&" in parts:
        yield "ampersand"
    if (
        group.folded in {"north", "south", "east", "west"}
        and group.observed["the before"]
        and not group.observed["noun after"]
    ):
        yield "a point of the compass"
    if len(parts) == 1:
        yield from _single_word(group, spelled[0], small, known)
        return
    if parts[-1] in words("names_company_endings"):
        yield "company ending"
    head = next((i for i, part in enumerate(parts) if part in {"of", "for", "on", "at", "in"}), len(parts)) - 1
    if head >= 0 and parts[-1] not in words("names_company_endings"):
        if parts[head] in words("names_event_heads"):
            yield "event noun"
        elif parts[head] in words("names_thing_heads"):
            yield "noun for a thing"
        elif parts[head] in word_class("buildings or bodies"):
            yield "noun for a building or its body"
        elif organisation_noun(parts[head]):
            yield "organisation noun"
        elif parts[head] == "state":
            pass
        elif place_noun(parts[head]) or parts[0] in {"mount", "lake", "cape", "port", "fort", "gulf", "bay", "isle"}:
            yield "place noun"
    if gender_of_given_name(parts[0]) is not None:
        yield "given name first"
    if is_family_name(last) or (is_family_name(parts[0]) and len(parts) == 2):
        yield "family name last"
    if any(_INITIAL.match(word) for word in spelled[:-1]) and len(spelled) > 1:
        yield "initials"
    if last in {"jr", "sr", "iii", "ii", "iv"}:
        yield "junior"


def _single_word(group: NameGroup, word: str, small: set[str], known: set[str]) -> Iterable[str]:
    folded = group.folded
    if word in words("names_demonyms") or word.title() in words("names_demonyms"):
        yield "demonym or given name" if gender_of_given_name(folded) else "demonym"
    elif (folded in words("names_not") and not (word.isupper() and "known organisation" in known)) or (
        gender_of_noun(folded) is not None and (folded in small or (group.opening and group.observed["noun after"]))
    ):
        yield "not a name"
    if folded in small:
        yield "written small elsewhere"
        if group.opening:
            yield "capital for its place only"
    if gender_of_given_name(folded) is not None:
        yield "given name alone"
    if is_family_name(folded):
        yield "family name alone"
    if "." in word.strip(".") and len(word) > 5 and word.rsplit(".", 1)[-1].islower():
        yield "web address"
    if any(ch.isdigit() for ch in word[1:]):
        yield "letters and digits"
    if (
        word.isupper()
        and 1 < len(word) <= 6
        and known_place(folded) is None
        and not any(candidate.headline for candidate in group.candidates)
    ):
        yield "capitals only"
    elif (
        any(ch.isupper() for ch in word[1:])
        and "-" not in word
        and "'" not in word
        and not word.startswith(("Mc", "Mac", "De", "Di"))
    ):
        yield "capitals inside"
    if organisation_noun(folded) or place_noun(folded):
        yield "written small elsewhere"
