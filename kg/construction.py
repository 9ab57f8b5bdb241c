"""From sources to a graph: reading, extraction, identity, mapping and storing, one after the other.

(The function is offered as ``kg.build``; the module has another name so that the two do not hide one another.)
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING

from kg.addresses import address_of
from kg.errors import ArticleError, EvidenceError, GraphError, KgError, SourceError
from kg.facts import Article, ArticleFacts, Metadatum
from kg.garbage import without_collection
from kg.identity.iris import DEFAULT_BASE, IriPolicy
from kg.language.english import looks_english
from kg.language.pipeline import DEFAULT_MODEL
from kg.repetition import newest, printings
from kg.texts import in_utf8

if TYPE_CHECKING:
    from kg.archive import Changes
    from kg.archive.archive import Read
    from kg.identity import Authority, Decisions, Identities
    from kg.store import KnowledgeGraph
    from kg.workers import Reading

Progress = Callable[[int, str], None]
"""Called after each article with the number done so far and the article's source."""


@dataclass(frozen=True, slots=True)
class BuildReport:
    """What a build did. ``counts`` maps kinds of fact to how many were read; ``seconds`` is wall-clock time; ``notes``
    says which decisions of people could not be followed and which fields no record has; ``superseded`` is the number of
    articles that are none of their own: earlier versions of another, or the same in another file; ``changes`` says what
    became of the articles of a store directory (then ``counts`` has the facts of what is new in it).
    """

    graph: KnowledgeGraph
    articles: int
    counts: Mapping[str, int] = field(default_factory=dict)
    seconds: float = 0.0
    failures: tuple[ArticleError, ...] = ()
    notes: tuple[str, ...] = ()
    changes: Changes | None = None
    superseded: int = 0


def build(
    sources: Iterable[str | Path],
    output: str | Path | None = None,
    *,
    model: str = DEFAULT_MODEL,
    base: str | None = None,
    workers: int | None = None,
    cluster: str | None = None,
    fields: Mapping[str, str] | None = None,
    decisions: str | Path | None = None,
    authority: str | Path | None = None,
    cues: str | Path | None = None,
    progress: Progress | None = None,
) -> BuildReport:
    """Read articles and make their graph; write it to ``output`` (a file of any RDF format, or a store directory).

    A file is written anew. To a store directory the articles are added (:mod:`kg.archive`): in place of earlier
    versions of them, those that it has already without being read again. An article that cannot be read is listed in
    ``failures``; the others are built.

    Args:
        sources: files, folders, or ``-`` for standard input.
        output: where to write; None keeps the graph in memory.
        model: an installed spaCy English pipeline.
        base: the absolute IRI that the IRIs of data start with; None takes that of the store, or the usual one.
        workers: processes to read in, and then at most to find what identity needs of each article in; None takes as
            many as there are cores. The result is the same.
        cluster: the address of a Dask scheduler whose workers are to read instead; see :mod:`kg.cluster`.
        fields: the names of fields in JSON records, by what they hold: ``{"text": "body"}``.
        decisions: a file of people's decisions; see :mod:`kg.identity.decisions`.
        authority: a list of known things to link to, in CSV or SKOS; see :mod:`kg.identity.authority`.
        cues: a list of further words of saying; see :func:`kg.extraction.statements.load_cues`.
        progress: see :data:`Progress`.

    Raises:
        SourceError: no article could be read at all.
        ModelError: the model is not installed.
        GraphError: the output cannot be written.
        KgError: the base is not an absolute IRI that ends in / or #, or ``fields`` names what no article has.
        DecisionsError, AuthorityError: the file is not one; its line is named.
        ClusterError: the cluster cannot be reached, is lost, or would read in another way.
    """
    from kg.identity import read_decisions
    from kg.readers import read_sources
    from kg.readers.records import Fields
    from kg.store import KnowledgeGraph
    from kg.store.directory import is_archive
    from kg.store.graph import check_output
    from kg.workers import unpacked

    start = perf_counter()
    failures: list[ArticleError] = []
    if base is not None:
        _check_base(base)
    if output is not None and not is_archive(Path(output)):
        check_output(output)
    decided = read_decisions(decisions, base or _base_of(output)) if decisions is not None else None
    known = _known_things(authority) if authority is not None else None
    words = Path(cues) if cues is not None else None
    made_with = _made_with(model, words)
    named = Fields(fields or {})
    articles = _readable(read_sources(sources, named, _holds_a_graph), failures)
    read = _reading(model, workers, cluster, words)
    archive = _directory(output)
    if archive is not None:
        report = _build_archive(
            archive,
            articles,
            read=read,
            made_with=made_with,
            base=base,
            decisions=decided,
            authority=known,
            workers=workers,
            failures=failures,
            options=_told(
                fields=fields, decisions=decisions, authority=authority, cues=cues, workers=workers, cluster=cluster
            ),
            progress=progress,
        )
        return replace(report, notes=report.notes + named.notes())
    base = base or DEFAULT_BASE
    facts = list(unpacked(_reported(read(articles), progress), failures))
    if not facts:
        raise _nothing_read(failures)
    graph = KnowledgeGraph.create(base=base)
    with without_collection():
        counts, notes = store_facts(
            graph,
            facts,
            base=base,
            model=made_with,
            failures=failures,
            decisions=decided,
            authority=known,
        )
        if not counts["articles"]:
            raise _nothing_read(failures)
        if output is not None:
            graph.save(output)
    superseded = counts.pop("superseded")
    given = counts["articles"] + superseded
    notes += named.notes()
    return BuildReport(graph, given, counts, perf_counter() - start, tuple(failures), notes, None, superseded)


def _known_things(path: str | Path) -> Authority:
    """The list in a file, by a name that can be cited in the graph."""
    from kg.identity import Authority, read_authority

    found = read_authority(path)
    return Authority(in_utf8(found.name), found.entries)


def _reading(model: str, workers: int | None, cluster: str | None, cues: Path | None) -> Read:
    """What reads articles: processes of this machine, or a cluster."""
    if cluster is None:
        from kg.workers import read_facts

        return lambda articles: read_facts(articles, model, workers, cues)
    if workers is not None:
        raise KgError("a cluster has the workers that it has: give --cluster or --workers, not both")
    from kg.cluster import read_facts_on_cluster

    return lambda articles: read_facts_on_cluster(articles, model, cluster, cues)


def _build_archive(
    path: Path,
    articles: Iterator[Article],
    *,
    read: Read,
    made_with: str,
    base: str | None,
    decisions: Decisions | None,
    authority: Authority | None,
    workers: int | None,
    failures: list[ArticleError],
    options: Mapping[str, str],
    progress: Progress | None,
) -> BuildReport:
    """Add the articles to the archive in a folder."""
    from kg.archive import Archive
    from kg.store import KnowledgeGraph

    start = perf_counter()
    with Archive(path, base) as archive:
        changes = archive.add(
            articles,
            read,
            made_with,
            decisions=decisions,
            authority=authority,
            workers=workers,
            failures=failures,
            options=options,
            progress=progress,
        )
    if not changes.given:
        raise _nothing_read(changes.failures)
    counts = {"articles": changes.given, **changes.counts}
    graph = KnowledgeGraph.open(path)
    seconds = perf_counter() - start
    superseded = changes.superseded
    return BuildReport(graph, changes.given, counts, seconds, changes.failures, changes.notes, changes, superseded)


def _told(fields: Mapping[str, str] | None, **options: object) -> dict[str, str]:
    """The options that a user gave, as text for the history."""
    named = ", ".join(f"{name}={field}" for name, field in sorted((fields or {}).items()))
    given = {"fields": named or None, **options}
    return {name: in_utf8(str(value)) for name, value in given.items() if value is not None}


def _made_with(model: str, cues: Path | None) -> str:
    """The model with its version, and the user's cues by the hash of their file.

    Raises KgError for a list of cues that cannot be read.
    """
    from kg.extraction.statements import load_cues
    from kg.language.pipeline import model_version

    if cues is None:
        return model_version(model)
    load_cues(cues)
    return f"{model_version(model)} and cues {sha256(cues.read_bytes()).hexdigest()[:16]}"


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
    """Identify, map and store the facts of all articles, which are in the order in which they were read.

    Returns how many facts of each kind were stored (and under "superseded" how many articles are none of their own),
    and which decisions could not be followed.
    """
    from kg.identity import identify
    from kg.identity.briefs import addresses_of
    from kg.identity.decisions import are_apart
    from kg.identity.duplicates import copies
    from kg.mapping import article_triples, run_triples
    from kg.mapping.revision import Revision

    policy = IriPolicy(base)
    run, description = run_triples(policy, f"newskg {version('newskg')}", model)
    chosen, reprints, superseded = _one_each(all_facts)
    identities = identify(chosen, policy, decisions, authority, reprints)
    repeated = copies(facts.article for facts in chosen)
    if decisions and (kept_apart := decisions.kept_apart):
        known = {one.article.sha256: one.article.metadata for one in chosen}
        called = {s: {policy.article(s), *addresses_of(own, *reprints.get(s, ()))} for s, own in known.items()}
        repeated = {s: copy for s, copy in repeated.items() if not are_apart(kept_apart, called[s], called[copy.of])}
    identities = replace(identities, copies=repeated, reprints=reprints)
    texts = {facts.article.sha256: facts.article.text for facts in chosen}
    revision = Revision(decisions, policy, texts.__getitem__)
    former = _former(identities)
    counts: Counter[str] = Counter(articles=0, superseded=superseded)
    graph.hold(description)
    for facts in chosen:
        try:
            lines = article_triples(facts, identities, policy, run)
        except EvidenceError as error:
            failures.append(ArticleError(facts.article.source, str(error)))
            continue
        sha = facts.article.sha256
        graph.hold(revision.apply(lines, sha, former.get(sha, {}), repeated.get(sha)))
        counts["articles"] += 1 + len(reprints.get(sha, ()))
        for kind in ("entities", "topics", "events", "roles", "participations", "relations", "statements"):
            counts[kind] += len(getattr(facts, kind))
    return counts, identities.notes + revision.notes(revision.unheeded)


def _former(identities: Identities) -> dict[str, dict[str, tuple[str, ...]]]:
    """By the SHA-256 of an article, the other IRIs of its nodes."""
    found: dict[str, dict[str, tuple[str, ...]]] = {}
    for (sha, _), node in identities.nodes.items() if identities.former else ():
        if node.iri in identities.former:
            found.setdefault(sha, {})[node.iri] = identities.former[node.iri]
    return found


def _reported(readings: Iterable[Reading], progress: Progress | None) -> Iterator[Reading]:
    for done, reading in enumerate(readings, start=1):
        yield reading
        if progress:
            progress(done, reading[0].source)


def _readable(found: Iterable[Article | ArticleError], failures: list[ArticleError]) -> Iterator[Article]:
    for item in found:
        if isinstance(item, ArticleError):
            failures.append(item)
            continue
        language = item.first("language")
        if language and not language.value.lower().startswith("en"):
            failures.append(ArticleError(item.source, f"is marked as {language.value!r}; only English is read"))
        elif not looks_english(item.text):
            failures.append(ArticleError(item.source, "does not look like English; only English is read"))
        else:
            yield item


def _one_each(
    all_facts: Iterable[ArticleFacts],
) -> tuple[list[ArticleFacts], dict[str, tuple[tuple[Metadatum, ...], ...]], int]:
    """One record for each text, sorted by its hash, what is known of its reprints, and how many articles are neither.

    A summary gives way to the article itself under the same URL, a version of an article to the newest.
    """
    from kg.archive.places import absolute

    versions: dict[str | int, list[ArticleFacts]] = defaultdict(list)
    given = set()
    for number, facts in enumerate(all_facts):
        article = facts.article
        url = article.first("url")
        versions[address_of(url.value) if url else number].append(facts)
        given.add((absolute(article.source), article.text, article.metadata, article.blocks))
    texts: dict[str, list[ArticleFacts]] = defaultdict(list)
    for same in versions.values():
        whole = [facts for facts in same if not facts.article.is_summary]
        kept = newest(whole or same, _article)
        texts[kept.article.sha256].append(kept)
    first, reprints = [], {}
    for sha in sorted(texts):
        standing, *others = printings(texts[sha], _article)
        first.append(standing)
        if others:
            reprints[sha] = tuple(facts.article.metadata for facts in others)
    return first, reprints, len(given) - len(first) - sum(map(len, reprints.values()))


def _article(facts: ArticleFacts) -> Article:
    return facts.article


def _holds_a_graph(folder: Path) -> bool:
    """Whether a folder is a store, which may lie among the articles."""
    from kg.store.directory import is_archive, is_store

    try:
        return is_archive(folder) or is_store(folder)
    except GraphError:  # of a folder that cannot be looked into its reader tells
        return False


def _base_of(output: str | Path | None) -> str:
    """The base of the IRIs in the store that is added to, or else the usual one."""
    from kg.store.directory import read_label

    known = read_label(Path(output)).get("base") if output is not None and Path(output).is_dir() else None
    return str(known or DEFAULT_BASE)


def _check_base(base: str) -> None:
    """Raise KgError if the IRIs of data cannot start with ``base``."""
    from pyoxigraph import NamedNode

    try:
        NamedNode(base)
    except ValueError:
        ends = False
    else:
        ends = base.endswith(("/", "#"))
    if not ends:
        raise KgError(f"the base {base!r} is not an absolute IRI that ends in / or #")


def _directory(output: str | Path | None) -> Path | None:
    """The output if it is to be a store directory: an existing directory, or a path without a file ending."""
    if output is None:
        return None
    path = Path(output)
    return path if path.is_dir() or not path.suffix else None


def _nothing_read(failures: Sequence[ArticleError]) -> SourceError:
    if len(failures) == 1:
        return SourceError(str(failures[0]))
    if failures:
        return SourceError(f"none of the {len(failures)} articles could be read", failures)
    return SourceError("there is no article to read")
