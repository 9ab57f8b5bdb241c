"""What a name stands for: votes of every place where it is written, of its own words, and of what is known of names."""

from __future__ import annotations

from collections import Counter

from kg.extraction.columns import CLOSING_MARKS, OPENING_MARKS, Columns
from kg.extraction.names.groups import NameGroup
from kg.extraction.names.lexicon import gender_of_given_name, is_family_name, known_place, word_class
from kg.extraction.names.mentions import Candidate
from kg.extraction.names.own_words import own_words
from kg.extraction.names.surroundings import observations
from kg.extraction.names.weights import tally

_NAME_TAGS = frozenset({"NNP", "NNPS", "FW", "ADD"})
_TELLING = frozenset(
    {
        "known organisation",
        "title before",
        "speaks",
        "who after",
        "age after",
        "described as a person",
        "described as a body",
        "described as a place",
        "listed with a body",
        "listed with a place",
    }
)
_PEOPLE_OF = ("n", "an", "ian", "ese", "ish")  # "Valmora" has Valmorans


def weigh(groups: dict[str, NameGroup], c: Columns) -> None:
    """Counts the votes of each group."""
    small = {word for word in c.words if word.islower()}
    peoples = {word for i, word in enumerate(c.lower) if c.words[i][0].isupper() and c.tags[i] in {"JJ", "NNPS", "NNP"}}
    for group in groups.values():
        for candidate in group.candidates:
            group.observed.update(observations(candidate, c))
    games = _matches(groups)
    if _tells_of_sport(c):
        _find_national_teams(groups, c)
    for group in groups.values():
        labels = Counter(candidate.label for candidate in group.candidates)
        total = sum(labels.values())
        if total > 2 and labels["ORG"] == total and not is_family_name(group.folded):
            group.observed["always labelled a body"] = 1
        if 2 * group.observed["year in brackets after"] < len(group.candidates):
            group.observed.pop("year in brackets after", None)
        if games and group.observed["plays as a team"] and not is_family_name(group.folded):
            group.observed["team of a match report"] = 1
        group.opening = all(c.opens_sentence(candidate.start) for candidate in group.candidates)
        for observation in own_words(group, small):
            group.observed[observation] = 1
        if _reads_as_common(group, c):
            group.observed["capital for its place only"] = 1
        if all(_enclosed(candidate, c) for candidate in group.candidates):
            group.observed["in quotation marks"] = 1
        if known_place(group.folded) is not None:
            group.observed.pop("listed with a place", None)
        elif any(group.folded + ending in peoples for ending in _PEOPLE_OF):
            group.observed["has a people"] = 1
        elif _of_a_place_named(group, groups):
            group.observed["demonym"] = 1
        counted = [(f"label {label}", n / total) for label, n in labels.items()]
        counted += [(observation, 2 if n > 1 else 1) for observation, n in group.observed.items()]
        group.votes = tally(counted)


def _reads_as_common(group: NameGroup, c: Columns) -> bool:
    """Whether a lone word is never tagged as a name, and nothing tells that it is one: "Halfway", "Footage"."""
    word = group.candidates[0].name
    if len(group.parts) > 1 or not word.istitle() or not _TELLING.isdisjoint(group.observed):
        return False
    if gender_of_given_name(group.folded) is not None or is_family_name(group.folded):
        return False
    return known_place(group.folded) is None and all(c.tags[m.start] not in _NAME_TAGS for m in group.candidates)


def _matches(groups: dict[str, NameGroup]) -> bool:
    """Whether the article tells of matches: several names play against one another, several times."""
    played = [group.observed["plays as a team"] for group in groups.values() if group.observed["plays as a team"]]
    return len(played) >= 2 and sum(played) >= 4


def _tells_of_sport(c: Columns) -> bool:
    """Whether the article is about matches: many words of sport, of several kinds, among its words."""
    counted = Counter(word for word in c.words if word in word_class("words of sport"))
    return len(counted) >= 6 and sum(counted.values()) >= max(12, len(c.words) // 50)


def _find_national_teams(groups: dict[str, NameGroup], c: Columns) -> None:
    """In a report on matches, countries that win, lose and are played are teams; if two are, the others, too."""
    countries = [g for g in groups.values() if (place := known_place(g.folded)) and place.kind == "country"]
    for group in countries:
        deeds = sum(_does_what_teams_do(candidate, c) for candidate in group.candidates)
        if deeds > group.observed["in it"]:
            group.observed["team of a sports report"] = deeds
    if sum("team of a sports report" in group.observed for group in countries) < 2:
        return
    for group in countries:
        if 2 * group.observed["in it"] < len(group.candidates):
            group.observed["team of a sports report"] = max(2, group.observed["team of a sports report"])


def _does_what_teams_do(candidate: Candidate, c: Columns) -> bool:
    """Whether the place wins, loses or is played against, or its players are told of."""
    last = candidate.end - 1
    if c.deps[last] == "pobj":
        return c.lower[c.heads[last]] in {"against", "over"}
    if c.deps[last] in {"nsubj", "dobj", "nsubjpass"}:
        return c.lemmas[c.heads[last]] in word_class("deeds of teams")
    return candidate.end < len(c.words) and c.lower[candidate.end] in word_class("players")


def _of_a_place_named(group: NameGroup, groups: dict[str, NameGroup]) -> bool:
    """Whether the word is the adjective of a place that the article names: "Valmoran" where it has "Valmora"."""
    if any(candidate.label == "PERSON" for candidate in group.candidates):
        return False
    stems = [group.folded[: -len(ending)] for ending in _PEOPLE_OF if group.folded.endswith(ending)]
    if group.folded.endswith("ers") and known_place(group.folded[:-3]) is not None:
        return True  # "Osloers"
    return len(group.folded) > 6 and any(stem in groups for stem in stems)


def _enclosed(candidate: Candidate, c: Columns) -> bool:
    """Whether quotation marks stand right before and after the name, as around titles of works."""
    start, end = candidate.start, candidate.end
    return start > 0 and end < len(c.words) and c.words[start - 1] in OPENING_MARKS and c.words[end] in CLOSING_MARKS
