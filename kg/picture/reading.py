"""Reads the contents of a picture out of a graph, in a few scans; their order depends only on the graph."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable
from typing import Any

from kg.picture.contents import Article, Contents, Fact, Role, Span, Statement, Thing
from kg.store.terms import number_of

NK = "https://w3id.org/newskg/ontology#"
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RDFS = "http://www.w3.org/2000/01/rdf-schema#"
SKOS = "http://www.w3.org/2004/02/skos/core#"
DC = "http://purl.org/dc/elements/1.1/"
DCTERMS = "http://purl.org/dc/terms/"
SCHEMA = "https://schema.org/"
NIF = "http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#"

PLAIN_RELATIONS = ("attended", "spokeAt", "organised", "hosted", "participatedIn", "place", "partOf")

_CLASSES = {"Event": "event", "Person": "person", "Place": "place", "Organisation": "organisation", "Topic": "topic"}
_DATES = (("start", "startDate"), ("end", "endDate"), ("precision", "datePrecision"), ("date_text", "dateText"))
_CHAR_SPAN = re.compile(r"^(.*)#char=(\d+),(\d+)$", re.DOTALL)

Pairs = Callable[[str], Iterable[tuple[Any, Any]]]
"""Gives the (subject, object) terms of all triples with a predicate; the terms have ``.value``."""


def read_contents(pairs: Pairs) -> Contents:
    """The contents of a graph, in an order that depends only on the graph."""
    labels = _texts(pairs, RDFS + "label")
    things, number = _things(pairs, labels)
    articles, article_number = _articles(pairs, labels)
    spans_of = _spans(pairs, "evidence", article_number)
    for thing in things:
        thing.mentions = spans_of.pop(thing.iri, [])
    roles, role_number = _roles(pairs, labels, number)
    as_roles = _many(pairs, NK + "asRole")
    confidence = _texts(pairs, NK + "confidence")
    facts = _facts(pairs, number, role_number, article_number, roles, as_roles, confidence, spans_of)
    statements = _statements(pairs, labels, number, role_number, article_number, as_roles, confidence, spans_of)
    return Contents(things, roles, facts, statements, articles)


def _texts(pairs: Pairs, predicate: str) -> dict[str, str]:
    """The smallest value of a predicate for each subject (one where the ontology allows one)."""
    found: dict[str, str] = {}
    for subject, value in pairs(predicate):
        text = value.value
        known = found.get(subject.value)
        if known is None or text < known:
            found[subject.value] = text
    return found


def _many(pairs: Pairs, predicate: str) -> dict[str, list[str]]:
    """All values of a predicate for each subject, sorted."""
    found: dict[str, list[str]] = defaultdict(list)
    for subject, value in pairs(predicate):
        found[subject.value].append(value.value)
    for values in found.values():
        values.sort()
    return found


def _spans(pairs: Pairs, name: str, article_number: dict[str, int]) -> dict[str, list[Span]]:
    found: dict[str, list[Span]] = defaultdict(list)
    for subject, value in pairs(NK + name):
        match = _CHAR_SPAN.match(value.value)
        article = article_number.get(match[1]) if match else None
        if match and article is not None:
            found[subject.value].append(Span(article, int(match[2]), int(match[3])))
    for spans in found.values():
        spans.sort()
    return found


def _name(iri: str, labels: dict[str, str]) -> str:
    return labels.get(iri) or iri.rstrip("/").rsplit("/", 1)[-1].replace("-", " ")


def _things(pairs: Pairs, labels: dict[str, str]) -> tuple[list[Thing], dict[str, int]]:
    kinds: dict[str, str] = {}
    order = {kind: rank for rank, kind in enumerate(_CLASSES.values())}
    for subject, value in pairs(RDF + "type"):
        kind = _CLASSES.get(value.value[len(NK) :]) if value.value.startswith(NK) else None
        if kind and (subject.value not in kinds or order[kind] < order[kinds[subject.value]]):
            kinds[subject.value] = kind
    iris = sorted(kinds)
    number = {iri: position for position, iri in enumerate(iris)}
    things = [Thing(iri, _name(iri, labels), kinds[iri]) for iri in iris]
    for subject, value in pairs(SKOS + "altLabel"):
        if subject.value in number:
            things[number[subject.value]].aliases.append(value.value)
    for thing in things:
        thing.aliases.sort()
    for attribute, predicate in _DATES:
        for iri, text in _texts(pairs, NK + predicate).items():
            if iri in number:
                setattr(things[number[iri]], attribute, text)
    for iri, inferred in _many(pairs, NK + "dateInferred").items():
        if iri in number:
            things[number[iri]].inferred = ", ".join(inferred)
    return things, number


def _articles(pairs: Pairs, labels: dict[str, str]) -> tuple[list[Article], dict[str, int]]:
    texts = _texts(pairs, NIF + "isString")
    iris = sorted(texts)
    articles = [Article(iri, labels.get(iri, ""), texts[iri]) for iri in iris]
    number = {iri: position for position, iri in enumerate(iris)}
    sources = (
        ("date", DCTERMS + "created", False),
        ("date", SCHEMA + "datePublished", False),
        ("title", DCTERMS + "title", False),
        ("title", SCHEMA + "headline", False),
        ("url", SCHEMA + "url", False),
        ("url", DCTERMS + "source", False),
        ("publisher", DC + "publisher", False),
        ("publisher", DCTERMS + "publisher", True),
        ("author", DCTERMS + "creator", True),
        ("author", SCHEMA + "author", True),
        ("copy_of", NK + "nearDuplicateOf", False),
    )
    for attribute, predicate, named in sources:
        for iri, value in _texts(pairs, predicate).items():
            if iri in number:
                setattr(articles[number[iri]], attribute, labels.get(value, value) if named else value)
    return articles, number


def _roles(pairs: Pairs, labels: dict[str, str], number: dict[str, int]) -> tuple[list[Role], dict[str, int]]:
    titles, statuses = _texts(pairs, NK + "roleTitle"), _texts(pairs, NK + "roleStatus")
    organisations = _texts(pairs, NK + "organisation")
    start, end = _texts(pairs, NK + "startDate"), _texts(pairs, NK + "endDate")
    holders = {role: holder for holder, found in _many(pairs, NK + "holdsRole").items() for role in found}
    iris = sorted(iri for iri, holder in holders.items() if holder in number)
    roles = [
        Role(
            number[holders[iri]],
            titles.get(iri) or _name(iri, labels),
            number.get(organisations.get(iri, ""), -1),
            statuses.get(iri, ""),
            start.get(iri, ""),
            end.get(iri, ""),
        )
        for iri in iris
    ]
    return roles, {iri: position for position, iri in enumerate(iris)}


def _facts(
    pairs: Pairs,
    number: dict[str, int],
    role_number: dict[str, int],
    article_number: dict[str, int],
    roles: list[Role],
    as_roles: dict[str, list[str]],
    confidence: dict[str, str],
    spans_of: dict[str, list[Span]],
) -> list[Fact]:
    subjects, predicates = _texts(pairs, RDF + "subject"), _texts(pairs, RDF + "predicate")
    objects = {subject.value: value.value for subject, value in pairs(RDF + "object")}
    facts: list[Fact] = []
    known: set[tuple[int, str, int]] = set()
    for iri in sorted(subjects):
        about = role_number.get(subjects[iri], -1)
        subject = roles[about].person if about >= 0 else number.get(subjects[iri], -1)
        if subject < 0 and subjects[iri] not in article_number:
            continue
        value = objects.get(iri, "")
        predicate = predicates.get(iri, "")
        target, role = number.get(value, -1), role_number.get(value, about)
        literal = "" if target >= 0 or value in role_number else value
        held = [role_number[each] for each in as_roles.get(iri, ()) if each in role_number]
        trust = _confidence(confidence.get(iri))
        name = predicate[len(NK) :] if predicate.startswith(NK) else predicate
        facts.append(Fact(subject, name, target, literal, role, held, trust, spans_of.get(iri, [])))
        known.add((subject, name, role if role >= 0 else target))
    facts.extend(_bare(pairs, number, roles, known))
    return facts


def _confidence(text: str | None) -> float:
    number = number_of(text)
    return 1.0 if number is None else number


def _bare(pairs: Pairs, number: dict[str, int], roles: list[Role], known: set[tuple[int, str, int]]) -> Iterable[Fact]:
    """Facts that stand in the graph as plain triples only, without evidence (graphs from elsewhere)."""
    for name in PLAIN_RELATIONS:
        for subject, targets in sorted(_many(pairs, NK + name).items()):
            for target in targets:
                ends = number.get(subject, -1), number.get(target, -1)
                if min(ends) >= 0 and (ends[0], name, ends[1]) not in known:
                    yield Fact(ends[0], name, ends[1], "", -1, [], 1.0, [])
    for position, role in enumerate(roles):
        if (role.person, "holdsRole", position) not in known:
            yield Fact(role.person, "holdsRole", -1, "", position, [], 1.0, [])


def _statements(
    pairs: Pairs,
    labels: dict[str, str],
    number: dict[str, int],
    role_number: dict[str, int],
    article_number: dict[str, int],
    as_roles: dict[str, list[str]],
    confidence: dict[str, str],
    spans_of: dict[str, list[Span]],
) -> list[Statement]:
    contents = _texts(pairs, NK + "content")
    text = {
        name: _texts(pairs, NK + name)
        for name in ("cue", "speechAct", "quoteType", "polarity", "modality", "madeAt", "nestedIn")
    }
    text["speakerText"] = _texts(pairs, NK + "speakerText")
    start, end = _texts(pairs, NK + "startDate"), _texts(pairs, NK + "endDate")
    speakers = _many(pairs, NK + "speaker")
    about, quantities = _many(pairs, NK + "about"), _many(pairs, NK + "quantity")
    spans = {name: _spans(pairs, name, article_number) for name in ("contentSpan", "cueSpan", "sourceSpan")}

    def place_in_text(iri: str) -> tuple[Any, ...]:
        return (*spans["contentSpan"].get(iri, [Span(len(article_number), 0, 0)])[0], iri)

    iris = sorted(contents, key=place_in_text)
    position = {iri: rank for rank, iri in enumerate(iris)}
    return [
        Statement(
            iri=iri,
            speakers=[number[each] for each in speakers.get(iri, ()) if each in number],
            speaker_text=text["speakerText"].get(iri, ""),
            content=contents[iri],
            cue=text["cue"].get(iri, ""),
            act=text["speechAct"].get(iri, ""),
            quote=text["quoteType"].get(iri, ""),
            polarity=text["polarity"].get(iri, ""),
            modality=text["modality"].get(iri, ""),
            confidence=_confidence(confidence.get(iri)),
            made_at=number.get(text["madeAt"].get(iri, ""), -1),
            roles=[role_number[role] for role in as_roles.get(iri, ()) if role in role_number],
            about=[number[thing] for thing in about.get(iri, ()) if thing in number],
            quantities=[labels.get(each, "") for each in quantities.get(iri, ())],
            start=start.get(iri, ""),
            end=end.get(iri, ""),
            nested_in=position.get(text["nestedIn"].get(iri, ""), -1),
            spans=(
                spans_of.get(iri, []),
                spans["contentSpan"].get(iri, []),
                spans["cueSpan"].get(iri, []),
                spans["sourceSpan"].get(iri, []),
            ),
        )
        for iri in iris
    ]
