"""From sources to a graph: reading, extraction, identity, mapping and storing, one after the other.

(The function is offered as ``kg.build``; the module has another name so that the two do not hide one another.)
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from importlib.metadata import version
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING

from kg.errors import ArticleError, EvidenceError, SourceError
from kg.facts import Article, ArticleFacts
from kg.identity.iris import DEFAULT_BASE, IriPolicy
from kg.language.pipeline import DEFAULT_MODEL

if TYPE_CHECKING:
    from spacy.language import Language

    from kg.identity import Authority, Decisions
    from kg.store import KnowledgeGraph

Progress = Callable[[int, str], None]
"""Called after each article with the number done so far and the article's source."""


@dataclass(frozen=True, slots=True)
class BuildReport:
    """What a build did. ``counts`` maps kinds of fact to how many were read; ``seconds`` is wall-clock time; ``notes``
    says which decisions of people could not be followed.
    """

    graph: KnowledgeGraph
    articles: int
    counts: Mapping[str, int] = field(default_factory=dict)
    seconds: float = 0.0
    failures: tuple[ArticleError, ...] = ()
    notes: tuple[str, ...] = ()


def build(
    sources: Iterable[str | Path],
    output: str | Path | None = None,
    *,
    model: str = DEFAULT_MODEL,
    base: str = DEFAULT_BASE,
    fields: Mapping[str, str] | None = None,
    decisions: str | Path | None = None,
    authority: str | Path | None = None,
    progress: Progress | None = None,
) -> BuildReport:
    """Read articles and make their graph; write it to ``output`` (a file of any RDF format, or a store directory).

    An article that cannot be read is listed in ``failures``; the others are built.

    Args:
        sources: files, folders, or ``-`` for standard input.
        output: where to write; None keeps the graph in memory.
        model: an installed spaCy English pipeline.
        base: the absolute IRI that the IRIs of data start with.
        fields: the names of fields in JSON records, by what they hold: ``{"text": "body"}``.
        decisions: a file of people's decisions; see :mod:`kg.identity.decisions`.
        authority: a list of known things to link to, in CSV or SKOS; see :mod:`kg.identity.authority`.
        progress: see :data:`Progress`.

    Raises:
        SourceError: no article could be read at all.
        ModelError: the model is not installed.
        GraphError: the output cannot be written.
        DecisionsError, AuthorityError: the file is not one; its line is named.
    """
    from kg.identity import read_authority, read_decisions
    from kg.language.pipeline import load_pipeline
    from kg.readers import read_sources
    from kg.store import KnowledgeGraph
    from kg.store.graph import check_output

    start = perf_counter()
    failures: list[ArticleError] = []
    if output is not None:
        check_output(output)
    decided = read_decisions(decisions, base) if decisions is not None else None
    known = read_authority(authority) if authority is not None else None
    nlp = load_pipeline(model)
    articles = _readable(read_sources(sources, fields), failures)
    facts = list(extract_all(nlp, articles, failures, progress))
    if not facts:
        raise SourceError(_nothing_read(failures))
    with KnowledgeGraph.create(_directory(output), base=base) as graph:
        counts, notes = store_facts(
            graph, facts, base=base, model=model_version(nlp), failures=failures, decisions=decided, authority=known
        )
        if output is not None:
            graph.save(output)
    return BuildReport(graph, counts["articles"], counts, perf_counter() - start, tuple(failures), notes)


def model_version(nlp: Language) -> str:
    """The name and version of a pipeline: "en_core_web_md 3.7.1"."""
    return f"{nlp.meta['lang']}_{nlp.meta['name']} {nlp.meta['version']}"


def extract_all(
    nlp: Language, articles: Iterable[Article], failures: list[ArticleError], progress: Progress | None = None
) -> Iterator[ArticleFacts]:
    """The facts of each article; of articles with equal texts, the one with most metadata. Failures are appended."""
    from kg.extraction import extract
    from kg.language.pipeline import parse

    for done, (article, doc) in enumerate(parse(nlp, articles), start=1):
        try:
            yield extract(article, doc)
        except Exception as error:  # one strange article must not end a long build
            failures.append(ArticleError(article.source, f"internal error: {type(error).__name__}: {error}"))
        if progress:
            progress(done, article.source)


def store_facts(
    graph: KnowledgeGraph,
    all_facts: Iterable[ArticleFacts],
    *,
    base: str,
    model: str,
    failures: list[ArticleError],
    decisions: Decisions | None = None,
    authority: Authority | None = None,
) -> tuple[Counter[str], tuple[str, ...]]:
    """Identify, map and store the facts of all articles.

    Returns how many facts of each kind were stored, and which decisions could not be followed.
    """
    from kg.identity import identify
    from kg.mapping import article_triples, run_triples
    from kg.mapping.revision import Revision

    policy = IriPolicy(base)
    run, description = run_triples(policy, f"newskg {version('newskg')}", model)
    chosen = _one_each(all_facts)
    identities = identify(chosen, policy, decisions, authority)
    revision = Revision(decisions)
    counts: Counter[str] = Counter(articles=0)
    graph.add(description)
    for facts in chosen:
        try:
            triples = article_triples(facts, identities, policy, run)
        except EvidenceError as error:
            failures.append(ArticleError(facts.article.source, str(error)))
            continue
        graph.add(revision.apply(triples))
        counts["articles"] += 1
        for kind in ("entities", "topics", "events", "roles", "participations", "relations", "statements"):
            counts[kind] += len(getattr(facts, kind))
    return counts, identities.notes + revision.notes


def _readable(found: Iterable[Article | ArticleError], failures: list[ArticleError]) -> Iterator[Article]:
    for item in found:
        if isinstance(item, ArticleError):
            failures.append(item)
            continue
        language = item.first("language")
        if language and not language.value.lower().startswith("en"):
            failures.append(ArticleError(item.source, f"is marked as {language.value!r}; only English is read"))
        else:
            yield item


def _one_each(all_facts: Iterable[ArticleFacts]) -> list[ArticleFacts]:
    """One record for each text, sorted by its hash: which copy is kept does not depend on the order of reading."""
    best: dict[str, ArticleFacts] = {}
    for facts in all_facts:
        sha = facts.article.sha256
        kept = best.get(sha)
        if kept is None or _precedence(facts.article) > _precedence(kept.article):
            best[sha] = facts
    return [best[sha] for sha in sorted(best)]


def _precedence(article: Article) -> tuple[int, str]:
    return len(article.metadata), repr(article.metadata)


def _directory(output: str | Path | None) -> Path | None:
    """The output if it is to be a store directory: an existing directory, or a path without a file ending."""
    if output is None:
        return None
    path = Path(output)
    return path if path.is_dir() or not path.suffix else None


def _nothing_read(failures: list[ArticleError]) -> str:
    if len(failures) == 1:
        return str(failures[0])
    if failures:
        return f"none of the {len(failures)} articles could be read; the first: {failures[0]}"
    return "there is no article to read"
