"""What was done to an archive, as PROV: beside the graph, because it tells of clocks, and equal archives are equal.

``history.jsonl`` has one object for each build or removal, the oldest first; ``history.ttl`` says the same in the terms
of the W3C's provenance ontology. Both are made of the ledger, which has the truth; what they tell of earlier builds
stays as it is, so that a build costs the same after a thousand others.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, Final

from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, Triple, parse

from kg.errors import GraphError
from kg.identity.iris import IriPolicy, digest
from kg.mapping import run_triples
from kg.store.directory import is_archive, is_store, unfinished
from kg.store.lines import document
from kg.store.turtle import turtle
from kg.store.writing import written_whole
from kg.vocabulary import PROV, RDF, RDFS, SCHEMA, XSD

LINES: Final = "history.jsonl"
AS_PROV: Final = "history.ttl"

Build = Mapping[str, Any]
"""``started`` and ``ended`` (ISO 8601, UTC), ``program``, ``model`` (null for a removal), ``base``, the numbers of
articles ``added``, ``replaced``, ``removed``, ``unchanged``, ``superseded`` and in all (``articles``), ``failures``
(list), ``options`` (what the user asked for) and ``counts`` (what was read, by kind of fact); the last two and
``superseded`` are newer than the others."""

KINDS: Final = ("added", "replaced", "removed", "unchanged", "superseded")
"""What becomes of articles, in the order in which it is told."""

NUMBERS: Final = (*KINDS, "articles")


def write_history(path: Path, builds: Iterable[str]) -> None:
    """Write both files of an archive, if they are not as they should be. Raises GraphError where that cannot be."""
    lines = [f"{line}\n" for line in builds]
    text = "".join(lines).encode("utf-8")
    told, prov = _content(path / LINES), _content(path / AS_PROV)
    known = told.count(b"\n") if text.startswith(told) else 0
    if not prov.endswith(_prov_of(lines, max(0, known - 1), known)):
        known = 0
    if told == text and known == len(lines):
        return
    prov = (prov if known else b"") + _prov_of(lines, known, len(lines))
    for name, content in ((AS_PROV, prov), (LINES, text)):  # in this order: of what the lines tell, the other does too
        with written_whole(path / name) as file:
            file.write(content)


def _prov_of(lines: list[str], first: int, end: int) -> bytes:
    before = json.loads(lines[first - 1]) if first else None
    return as_prov(map(json.loads, lines[first:end]), before).encode("utf-8")


def _content(file: Path) -> bytes:
    """What is in a file; nothing where it cannot be read."""
    try:
        return file.read_bytes()
    except OSError:
        return b""


def read_history(path: Path) -> list[Build]:
    """What was done to an archive, the oldest first. Raises GraphError for a folder without a history."""
    if not path.exists():
        raise GraphError(f"{path}: does not exist")
    try:
        return [json.loads(line) for line in (path / LINES).read_text("utf-8").split("\n") if line]
    except (FileNotFoundError, NotADirectoryError):
        if is_archive(path) and not is_store(path):
            raise unfinished(path) from None
        raise GraphError(f"{path}: has no history; only stores that kg build made have one") from None
    except (OSError, ValueError) as error:
        raise GraphError(f"{path}: the history cannot be read: {getattr(error, 'strerror', None) or error}") from None


def in_words(build: Build) -> str:
    """What a build did, on one line."""
    numbers = ", ".join(f"{build[kind]} {kind}" for kind in KINDS if build.get(kind))
    failed = f", {len(build['failures'])} failed" if build["failures"] else ""
    reader = build["program"] + (f" with {build['model']}" if build["model"] else "")
    asked = "".join(f" --{name} {value}" for name, value in build.get("options", {}).items())
    done = f"{numbers or 'nothing to do'}{failed}; {build['articles']} in the store"
    return f"{build['started']}  {done}  ({reader}{asked})"


def as_prov(builds: Iterable[Build], before: Build | None = None) -> str:
    """The builds in Turtle, each a prov:Activity that used a model and was informed by the one before."""
    parts: list[str] = []
    for build in builds:
        parts += ["\n" if before else "", *turtle(_quads(build, before), build["base"])]
        before = build
    return "".join(parts)


def _quads(build: Build, before: Build | None) -> Iterator[Quad]:
    activity = _activity(build)
    agent = NamedNode(f"{build['base']}run/{'-'.join(build['program'].split())}")
    triples = [
        Triple(activity, RDF.type, PROV.Activity),
        Triple(activity, RDFS.label, Literal(in_words(build))),
        Triple(activity, _prov("startedAtTime"), Literal(build["started"], datatype=XSD.dateTime)),
        Triple(activity, _prov("endedAtTime"), Literal(build["ended"], datatype=XSD.dateTime)),
        Triple(activity, PROV.wasAssociatedWith, agent),
        Triple(agent, RDF.type, PROV.SoftwareAgent),
        Triple(agent, RDFS.label, Literal(build["program"])),
    ]
    if build["model"]:
        _, description = run_triples(IriPolicy(build["base"]), build["program"], build["model"])
        described = [quad.triple for quad in parse(document(description), format=RdfFormat.N_TRIPLES)]
        triples += [*described, Triple(activity, _prov("wasInformedBy"), described[0].subject)]
    if before is not None:
        triples.append(Triple(activity, _prov("wasInformedBy"), _activity(before)))
    triples += [Triple(activity, RDFS.comment, Literal(f"failed: {failure}")) for failure in build["failures"]]
    triples += _properties(activity, build)
    return (Quad(*triple) for triple in triples)


def _activity(build: Build) -> NamedNode:
    return NamedNode(f"{build['base']}run/b{digest(json.dumps(build, sort_keys=True))}")


def _properties(activity: NamedNode, build: Build) -> Iterator[Triple]:
    """The numbers and the options of a build, each a schema:PropertyValue: PROV has no terms for them."""
    known = {name: Literal(build[name]) for name in NUMBERS if name in build} | {
        "failed": Literal(len(build["failures"]))
    }
    known |= {f"read-{kind}": Literal(number) for kind, number in build.get("counts", {}).items()}
    known |= {f"option-{name}": Literal(value) for name, value in build.get("options", {}).items()}
    for name, value in known.items():
        node = NamedNode(f"{activity.value}-{name}")
        yield Triple(activity, _schema("additionalProperty"), node)
        yield Triple(node, RDF.type, _schema("PropertyValue"))
        yield Triple(node, _schema("name"), Literal(name.replace("-", " ")))
        yield Triple(node, _schema("value"), value)


def _schema(name: str) -> NamedNode:
    return NamedNode(SCHEMA.iri + name)


def _prov(name: str) -> NamedNode:
    return NamedNode(PROV.iri + name)
