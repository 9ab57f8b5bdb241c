"""News articles in, a knowledge graph that people can trust out.

    import kg

    report = kg.build(["articles/"], "graph.ttl")
    graph = kg.open("graph.ttl")
    for row in graph.query("SELECT ?name ?title { ?p nk:holdsRole ?r ; rdfs:label ?name . ?r nk:roleTitle ?title }"):
        print(row["name"], row["title"])
    graph.to_networkx(), graph.to_rdflib(), graph.query("...").to_dataframe()
    kg.render(graph, "picture.html")

Everything here is loaded when it is first used, so that ``import kg`` costs nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kg import kernels

if TYPE_CHECKING:
    from kg.construction import BuildReport as BuildReport
    from kg.construction import build as build
    from kg.errors import ArticleError as ArticleError
    from kg.errors import EvidenceError as EvidenceError
    from kg.errors import GraphError as GraphError
    from kg.errors import KgError as KgError
    from kg.errors import ModelError as ModelError
    from kg.errors import QueryError as QueryError
    from kg.errors import SourceError as SourceError
    from kg.facts import Article as Article
    from kg.facts import ArticleFacts as ArticleFacts
    from kg.facts import TextSpan as TextSpan
    from kg.picture import render as render
    from kg.readers import article_from_text as article_from_text
    from kg.store import KnowledgeGraph as KnowledgeGraph
    from kg.store import open_graph as open
    from kg.store.results import ResultTable as ResultTable

kernels.choose()

_HOME = {
    "Article": "kg.facts",
    "ArticleError": "kg.errors",
    "ArticleFacts": "kg.facts",
    "BuildReport": "kg.construction",
    "EvidenceError": "kg.errors",
    "GraphError": "kg.errors",
    "KgError": "kg.errors",
    "KnowledgeGraph": "kg.store",
    "ModelError": "kg.errors",
    "QueryError": "kg.errors",
    "ResultTable": "kg.store.results",
    "SourceError": "kg.errors",
    "TextSpan": "kg.facts",
    "article_from_text": "kg.readers",
    "build": "kg.construction",
    "open": "kg.store:open_graph",
    "render": "kg.picture",
}

__all__ = [
    "Article",
    "ArticleError",
    "ArticleFacts",
    "BuildReport",
    "EvidenceError",
    "GraphError",
    "KgError",
    "KnowledgeGraph",
    "ModelError",
    "QueryError",
    "ResultTable",
    "SourceError",
    "TextSpan",
    "article_from_text",
    "build",
    "open",
    "render",
]


def __getattr__(name: str) -> Any:
    from importlib import import_module, metadata

    if name == "__version__":
        return metadata.version("newskg")
    if name not in _HOME:
        raise AttributeError(f"module 'kg' has no attribute {name!r}")
    module, _, attribute = _HOME[name].partition(":")
    value = getattr(import_module(module), attribute or name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__, "__version__"})
