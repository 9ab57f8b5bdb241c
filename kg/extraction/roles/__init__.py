"""Who holds which position where, and the other relations between names that a text says in words.

Title phrases are read first (:mod:`phrase`), on the flat row of words and names (:mod:`flat`); then each is given to a
person by what stands beside it (:mod:`links`) or by the verb of its clause (:mod:`clauses`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import cache

from kg.extraction.reading import Reading
from kg.extraction.roles.clauses import clause_links, founders_posts, founding_links, leading_links
from kg.extraction.roles.flat import Flat, flat_of
from kg.extraction.roles.links import Link, adjacent_links
from kg.extraction.roles.phrase import title_phrases
from kg.extraction.roles.relations import find_ties
from kg.extraction.roles.tenure import Calendar, Tenure
from kg.extraction.roles.turnover import turnover
from kg.facts import Relation, Role, TextSpan
from kg.words import table

__all__ = ["find_relations", "find_roles"]


def find_roles(reading: Reading) -> tuple[Role, ...]:
    """The roles that the article gives its people, in text order; one for each person, title and organisation."""
    flat = flat_of(reading)
    phrases = title_phrases(flat)
    links = list(adjacent_links(flat, phrases))
    taken = {link.phrase.start for link in links}
    links += clause_links(flat, [phrase for phrase in phrases if phrase.start not in taken])
    links = [*founders_posts(flat, links), *leading_links(flat)]
    calendar = Calendar(flat)
    links += list(turnover(flat, links, calendar))
    links += founding_links(flat, calendar)
    roles = [role for link in links if _is_title(flat, link) for role in _roles(flat, link, calendar.tenure(link))]
    return _distinct(sorted(roles, key=lambda role: role.span))


def _is_title(flat: Flat, link: Link) -> bool:
    """Whether the title is not a word of the person's own name ("Baron", "Cook")."""
    person = flat.reading.entity(link.person)
    return person is None or link.phrase.title.casefold() not in person.name.casefold().split()


def _roles(flat: Flat, link: Link, tenure: Tenure) -> list[Role]:
    phrase = link.phrase
    today = flat.reading.article.reference_date
    if phrase.status is None and tenure.is_over(today):
        link = replace(link, phrase=replace(phrase, status="former"))
    elif phrase.status is None and link.event == "start" and tenure.is_ahead(today):
        link = replace(link, phrase=replace(phrase, status="designate"))
    words = (phrase.start, phrase.end)
    if phrase.organisations:
        return [
            _role(link, name.key, flat.span(link.at, words, (name.start, name.end)), tenure)
            for name in phrase.organisations
        ]
    return [_role(link, phrase.employer, flat.span(link.at, words), tenure)]


def _role(link: Link, organisation: str | None, span: TextSpan, tenure: Tenure) -> Role:
    parts = [_bare(link.person), title_key(link.phrase.title), _bare(organisation or "")]
    key = "role:" + "|".join([*parts, link.phrase.status] if link.phrase.status else parts)
    return Role(
        key=key,
        person=link.person,
        title=link.phrase.title,
        organisation=organisation,
        span=span,
        status=link.phrase.status,
        start=tenure.start,
        end=tenure.end,
        reason=link.reason,
        confidence=link.confidence,
    )


def _bare(key: str) -> str:
    return key.split(":", 1)[-1]


def title_key(title: str) -> str:
    """A title for comparing: "Director-General" and "director general" are one, and so are "Sen." and "Senator"."""
    parts = title.casefold().replace("-", " ").replace("–", " ").replace("‑", " ").split()
    return " ".join(_abbreviations().get(part, part) for part in parts)


@cache
def _abbreviations() -> Mapping[str, str]:
    return {row[0]: row[1] for row in table("titles_abbreviations")}


def _distinct(roles: list[Role]) -> tuple[Role, ...]:
    """Each role once, at its first place.

    One without an organisation is the same as one of that title that has one, and one without a status the same as one
    that has one ("President Moreau" where "former President Luc Moreau" stands, too).
    """
    best: dict[tuple[str, str], list[Role]] = {}
    for role in roles:
        best.setdefault((role.person, title_key(role.title)), []).append(role)
    fuller = [(role.person, title_key(role.title)) for role in roles if role.organisation]
    kept: dict[str, Role] = {}
    for (person, title), same in best.items():
        if _repeats(person, title, same, fuller):
            continue
        known = [role for role in same if role.organisation] or same
        for role in known:
            told = [other for other in known if other.organisation == role.organisation and other.status]
            for chosen in told or [role]:
                first = kept.setdefault(chosen.key, chosen)
                start, end = first.start or role.start or chosen.start, first.end or role.end or chosen.end
                kept[chosen.key] = replace(first, start=start, end=end)
    return tuple(sorted(kept.values(), key=lambda role: role.span))


def _repeats(person: str, title: str, same: list[Role], fuller: list[tuple[str, str]]) -> bool:
    """Whether the bare title before a name only repeats a fuller one: "Minister Tan" is the Minister of Industry."""
    bare = all(role.organisation is None and role.reason == "title before name" for role in same)
    return bare and any(who == person and known.startswith(f"{title} of ") for who, known in fuller)


def find_relations(reading: Reading) -> tuple[Relation, ...]:
    """Membership, foundation, parts of organisations and kinship, in text order; each once."""
    flat = flat_of(reading)
    found = sorted(find_ties(flat), key=lambda relation: relation.span)
    return tuple({(r.subject, r.kind, r.object): r for r in reversed(found)}.values())[::-1]
