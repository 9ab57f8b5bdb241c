"""What all tests share: the language pipeline and the demonstration graph, made once."""

from __future__ import annotations

import signal
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent


def pytest_sessionstart():
    """Heed interrupts, which what a shell starts in the background ignores, and so would the programs under test."""
    if signal.getsignal(signal.SIGINT) == signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture(scope="session")
def root():
    """The top folder of the project."""
    return ROOT


@pytest.fixture(scope="session")
def nlp():
    """The default language pipeline."""
    from kg.language.pipeline import load_pipeline

    return load_pipeline()


@pytest.fixture(scope="session")
def read(nlp):
    """A function from the text of an article (and metadata, such as date="2025-04-23") to its facts."""
    from kg.extraction import extract
    from kg.language.pipeline import parse
    from kg.readers import article_from_text

    def facts_of(text, **metadata):
        ((article, doc),) = parse(nlp, [article_from_text(text, "test.txt", **metadata)])
        return extract(article, doc)

    return facts_of


@pytest.fixture(scope="session")
def seed_graph(tmp_path_factory):
    """The path of the graph that the program makes of the seed article."""
    import kg

    path = tmp_path_factory.mktemp("seed") / "seed.ttl"
    report = kg.build([ROOT / "tests" / "gold" / "seed" / "article.txt"], path)
    assert not report.failures
    return path


@pytest.fixture(scope="session")
def data_graph(tmp_path_factory):
    """The path of the graph that the program makes of data/."""
    import kg

    path = tmp_path_factory.mktemp("data") / "data.ttl"
    report = kg.build([ROOT / "data"], path)
    assert not report.failures
    return path
