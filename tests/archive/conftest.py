"""A small archive of made-up articles that tell of the same things under several names, read once for all tests."""

from __future__ import annotations

import pytest
from jobs import BASE, MODEL

import kg
from kg.archive import Archive
from kg.construction import store_facts
from kg.readers import article_from_text
from kg.records import decode_facts
from kg.workers import read_batch

TEXTS = {
    "port": "Port Office Opens New Dock\n\nOSLO, May 13, 2025 - Amal Haddad, director of the Northern Port Office "
    '(NPO), opened a new dock in Oslo on Monday. "Trade grew by more than 40 percent," Haddad said.\n',
    "deputy": "May 20, 2025\n\nThe Northern Port Office appointed Jonas Lindqvist as deputy director. Lindqvist "
    "thanked Amal Haddad and said the dock would create 200 jobs.\n",
    "strike": "Strike at the dock\n\nJune 2, 2025\n\nWorkers at the NPO went on strike, according to the Dockers' "
    "Union. Director Amal Haddad called the strike a mistake.\n",
    "visit": "BERGEN, June 9, 2025 - Minister Kari Solberg visited the Dockers' Union on Friday. Solberg met A. Haddad "
    "of the Northern Port Office and said that the strike was over.\n",
    "market": "Fish Market Reopens\n\nJune 11, 2025\n\nThe Bergen fish market reopened, the Dockers' Union said. Kari "
    "Solberg, the minister of trade, attended the opening in Bergen.\n",
    "ferry": "Ferry To Bergen Sails Again\n\nJune 12, 2025\n\nThe ferry between Oslo and Bergen sailed again on "
    "Thursday after a strike of nine days that had left four thousand passengers and the fish of two hundred boats on "
    "the quay, the Dockers' Union said. Lorries had queued along the fjord for twelve kilometres, and in the villages "
    "behind it neither flour nor fuel was to be had since the second weekend, until the navy brought some.\n\nKari "
    "Solberg, the minister of trade, was on board and thanked the captain, the crew and all those who had kept the "
    "talks alive through the nights.\n",
    "reprint": "Four Thousand Wait No More\n\nJune 13, 2025\n\nThe ferry between Oslo and Bergen sailed again on "
    "Thursday after a strike of nine days that had left four thousand passengers and the fish of two hundred boats on "
    "the quay, the Dockers' Union said. Lorries had queued along the fjord for twelve kilometres, and in the villages "
    "behind it neither flour nor fuel was to be had since the second weekend, until the navy brought some.\n",
    "echo": "The Union Said It\n\nJune 11, 2025\n\nThe ferry between Oslo and Bergen sailed again on Thursday after a "
    "strike of nine days that had left four thousand passengers and the fish of two hundred boats on the quay, the "
    "Dockers' Union said. Lorries had queued along the fjord for twelve kilometres, and in the villages behind it "
    "neither flour nor fuel was to be had since the second weekend, until the navy brought some.\n",
    "nobody": "It rained all day, and nothing else was heard of.\n",
}
REVISED = {
    "port": TEXTS["port"].replace("Oslo on Monday", "Drammen on Monday").replace("40", "45"),
    "market": TEXTS["market"].replace("Kari Solberg", "Ola Solberg"),
    "ferry": TEXTS["ferry"].replace("captain, the crew", "captain and the crew"),
}


def url(name):
    return f"https://paper.example/{name}"


def article(name, texts=TEXTS):
    return article_from_text(texts[name], f"{name}.txt", url=url(name))


def at_once(readings, articles, decisions=None):
    """The sorted triples of some articles, whose packed facts are among ``readings``, built without an archive."""
    graph = kg.KnowledgeGraph.create(base=BASE)
    facts = [decode_facts(readings[a.text, a.metadata]) for a in articles]
    store_facts(graph, facts, base=BASE, model=MODEL, failures=[], decisions=decisions)
    return "".join(sorted(f"{triple} .\n" for triple in graph))


@pytest.fixture(scope="session")
def readings(nlp):
    """The packed facts of all the articles, by text and metadata."""
    articles = [article(name) for name in TEXTS] + [article(name, REVISED) for name in REVISED]
    articles += [article_from_text(text, name) for name, text in TEXTS.items()]
    packed = read_batch(nlp, articles)
    return {(a.text, a.metadata): facts for a, facts in zip(articles, packed, strict=True)}


@pytest.fixture(scope="session")
def read(readings):
    """Reads the articles from what was read once. ``read.count`` is the number of articles it was asked for."""

    def reading(articles):
        for one in articles:
            reading.count += 1
            yield one, readings[one.text, one.metadata]

    reading.count = 0
    return reading


@pytest.fixture(scope="session")
def add(read):
    """Adds articles to an archive in a folder."""

    def adding(path, articles, **options):
        with Archive(path, BASE) as archive:
            return archive.add(articles, read, MODEL, **options)

    return adding


@pytest.fixture(scope="session")
def remove():
    def removing(path, *names):
        with Archive(path) as archive:
            return archive.remove(names)

    return removing


@pytest.fixture(scope="session")
def lines():
    """The sorted N-Quads of a store."""

    def listed(path):
        graph = kg.open(path)
        found = sorted(f"{triple} .\n" for triple in graph)
        assert len(found) == len(set(found)) == len(graph)
        return "".join(found)

    return listed
