"""Who holds which position where, and the other relations between names that a text says in words.

Title phrases are read first (:mod:`phrase`), on the flat row of words and names (:mod:`flat`); then each is given to a
person by what stands beside it (:mod:`links`) or by the verb of its clause (:mod:`clauses`).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from kg.extraction.names.lexicon import fold, gender_of_given_name, titles_written_out
from kg.extraction.reading import Reading
from kg.extraction.roles.clauses import clause_links, founders_posts, founding_links, leading_links
from kg.extraction.roles.flat import Flat, flat_of
from kg.extraction.roles.lexicon import heads
from kg.extraction.roles.links import Link, adjacent_links
from kg.extraction.roles.phrase import title_phrases
from kg.extraction.roles.relations import find_ties
from kg.extraction.roles.tenure import Calendar, Tenure
from kg.extraction.roles.turnover import FOLLOWING, turnover
from kg.facts import EntityKind, Relation, Role, TextSpan

__all__ = ["find_relations", "find_roles"]


DESCRIBING = frozenset(("apposition", "title, name"))
"""The constructions that describe somebody by the post spoken of before."""
SECONDS = ("deputy ", "vice ")
SUCCESSIONS = frozenset((FOLLOWING, "verb 'succeed'", "verb 'replace'"))
"""The constructions that tell of one post of two people."""

NEUTRAL = frozenset(("chairwoman", "spokeswoman"))
"""Titles of women's posts whose neutral form is in common use; a congressman is seldom called a congressperson."""


def find_roles(reading: Reading) -> tuple[Role, ...]:
    """The roles that the article gives its people, in text order; one for each person, title and organisation."""
    flat = flat_of(reading)
    phrases = title_phrases(flat)
    links = list(adjacent_links(flat, phrases))
    taken = {link.phrase.start for link in links}
    calendar = Calendar(flat)
    links += clause_links(flat, [phrase for phrase in phrases if phrase.start not in taken], calendar)
    links = [*founders_posts(flat, links), *leading_links(flat)]
    links += list(turnover(flat, links, phrases, calendar))
    links += founding_links(flat, calendar)
    links = list(_deputies(flat, list(_as_fits(flat, links))))
    roles = [role for link in links if _is_title(flat, link) for role in _roles(flat, link, calendar.tenure(link))]
    return _distinct(sorted(roles, key=lambda role: role.span))


def _as_fits(flat: Flat, links: list[Link]) -> Iterator[Link]:
    """The links, whoever a woman follows or is followed by in the form of her title for others, if it has one."""
    for link in links:
        title, person = link.phrase.title, flat.reading.entity(link.person)
        gender = gender_of_given_name(fold(person.name.split()[0])) if person else None
        other = gender == "m" or (gender != "f" and link.phrase.status == "former")
        if other and link.reason in SUCCESSIONS and title.casefold().endswith("woman"):
            stem = title[: -len("woman")]
            if title.split()[-1].casefold() in NEUTRAL:
                title = f"{stem}person"
            elif gender == "m" and link.phrase.status != "former" and f"{stem}man".split()[-1].casefold() in heads():
                title = f"{stem}man"
            else:
                continue
            link = replace(link, phrase=replace(link.phrase, title=title))
        yield link


def _deputies(flat: Flat, links: list[Link]) -> Iterator[Link]:
    """The links, with the body of the director for "the deputy director", where the article has one director's body."""
    bodies: dict[str, set[str]] = {}
    for link in links:
        keys = [*(name.key for name in link.phrase.organisations), link.phrase.employer or ""]
        entities = [entity for key in keys if (entity := flat.reading.entity(key))]
        served = {entity.key for entity in entities if EntityKind.PLACE not in entity.kinds}
        bodies.setdefault(title_key(link.phrase.title), set()).update(served)
    for link in links:
        title = title_key(link.phrase.title)
        second = next((word for word in SECONDS if title.startswith(word)), None)
        served = bodies.get(title.removeprefix(second), set()) if second else set()
        if len(served) == 1 and link.phrase.determined and not link.phrase.employed and not bodies[title]:
            link = replace(link, phrase=replace(link.phrase, employer=next(iter(served))))
        yield link


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
    return Role(
        key=_key(link.person, link.phrase.title, organisation, link.phrase.status),
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


def _key(person: str, title: str, organisation: str | None, status: str | None) -> str:
    parts = [_bare(person), title_key(title), _bare(organisation or "")]
    return "role:" + "|".join([*parts, status] if status else parts)


def _bare(key: str) -> str:
    return key.split(":", 1)[-1]


def title_key(title: str) -> str:
    """A title for comparing: "Director-General" and "director general" are one, and so are "Sen." and "Senator"."""
    parts = title.casefold().replace("-", " ").replace("–", " ").replace("‑", " ").split()
    return " ".join(titles_written_out().get(part, part) for part in parts)


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
        known = _told_again(same)
        for role in known:
            told = [other for other in known if other.organisation == role.organisation and other.status]
            for chosen in told or [role]:
                first = kept.setdefault(chosen.key, chosen)
                start, end = first.start or role.start or chosen.start, first.end or role.end or chosen.end
                kept[chosen.key] = replace(first, start=start, end=end)
    return tuple(sorted(kept.values(), key=lambda role: role.span))


def _told_again(same: list[Role]) -> list[Role]:
    """The roles that have an organisation, or else all; with what is said later of the one post without naming it.

    "The deputy director of X ... has been deputy director since 2019", "the former deputy director".
    """
    known = [role for role in same if role.organisation]
    if len({role.organisation for role in known}) != 1:
        return known or same
    for later in same:
        if later.organisation or later.span < known[0].span:
            continue
        if later.status and later.reason in DESCRIBING and all(role.status is None for role in known):
            known = [
                replace(role, status=later.status, key=_key(role.person, role.title, role.organisation, later.status))
                for role in known
            ]
        if later.status in {None, known[0].status}:
            start, end = known[0].start or later.start, known[0].end or later.end
            known[0] = replace(known[0], start=start, end=end)
    return known


def _repeats(person: str, title: str, same: list[Role], fuller: list[tuple[str, str]]) -> bool:
    """Whether the bare title before a name only repeats a fuller one: "Minister Tan" is the Minister of Industry."""
    bare = all(role.organisation is None and role.reason == "title before name" for role in same)
    return bare and any(who == person and known.startswith(f"{title} of ") for who, known in fuller)


def find_relations(reading: Reading) -> tuple[Relation, ...]:
    """Membership, foundation, parts of organisations and kinship, in text order; each once."""
    flat = flat_of(reading)
    found = sorted(find_ties(flat), key=lambda relation: relation.span)
    return tuple({(r.subject, r.kind, r.object): r for r in reversed(found)}.values())[::-1]
