"""What everything of ours costs on top of the bare language pipeline, and the memory of a build; all in one run.

    python benchmarks/speed.py [SOURCE ...] [--articles 100]

The articles (data/ unless named otherwise) are repeated, each copy with its number as a last line, until there are
as many as asked for. Times are processor seconds of this one process. Printed: the bare spaCy pipeline on their
texts (the same components, no facts, as spaCy loads them), then each of our stages as a share of it, the parse by what
it takes more or less (products by OpenBLAS, names of many sentences at once and remembered attribute rules make it
cheaper), the rate of all together beside that of the bare pipeline, then the peak memory of `kg build` on the same
articles in a process of its own.
"""

from __future__ import annotations

import argparse
import itertools
import subprocess
import sys
import tempfile
from pathlib import Path
from time import process_time

import spacy

from kg.extraction import extract
from kg.facts import Article
from kg.identity import IriPolicy, identify
from kg.language.pipeline import DEFAULT_MODEL, load_pipeline, parse
from kg.mapping import article_triples, run_triples
from kg.readers import read_sources
from kg.records import decode_facts, encode
from kg.store import KnowledgeGraph

DATA = Path(__file__).parent.parent / "data"
PEAK = "import resource,sys;from kg.cli import cli;cli.main(sys.argv[1:],standalone_mode=False)"
PEAK += ";print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss,file=sys.stderr)"


def write_copies(sources: list[str], articles: int, folder: Path) -> None:
    texts = [a.text for a in read_sources(sources) if isinstance(a, Article)]
    for number, text in zip(range(articles), itertools.cycle(texts), strict=False):
        (folder / f"{number:05d}.txt").write_text(f"{text}\n\n{number}.\n", encoding="utf-8", newline="")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sources", nargs="*", default=[str(DATA)])
    parser.add_argument("--articles", type=int, default=100)
    parser.add_argument("--no-memory", action="store_true", help="leave out the build in a process of its own")
    options = parser.parse_args()
    stock, nlp = spacy.load(DEFAULT_MODEL), load_pipeline()
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch) / "articles"
        folder.mkdir()
        write_copies(options.sources, options.articles, folder)
        warm = [a for a in read_sources([folder]) if isinstance(a, Article)][:30]
        list(stock.pipe([a.text for a in warm]))
        for article, doc in parse(nlp, warm[:5]):
            extract(article, doc)  # reads the word lists, as loading reads the model

        start = process_time()
        articles = [a for a in read_sources([folder]) if isinstance(a, Article)]
        reading = process_time() - start
        words = sum(len(a.text.split()) for a in articles)

        start = process_time()
        tokens = sum(len(doc) for doc in stock.pipe([a.text for a in articles], batch_size=16))
        bare = process_time() - start

        start = process_time()
        parsed = list(parse(nlp, articles))
        parsing = process_time() - start

        start = process_time()
        facts = [decode_facts(encode(extract(article, doc))) for article, doc in parsed]
        extraction = process_time() - start

        start = process_time()
        policy = IriPolicy()
        identities = identify(facts, policy)
        run, description = run_triples(policy, "newskg", "model")
        triples = [article_triples(f, identities, policy, run) for f in facts]
        mapping = process_time() - start

        start = process_time()
        graph = KnowledgeGraph.create(None)
        graph.hold(description)
        for of_article in triples:
            graph.hold(of_article)
        graph.save(Path(scratch) / "graph.ttl")
        writing = process_time() - start

        size = sum(len(set(of_article)) for of_article in triples)
        print(f"{len(articles)} articles, {words} words, {tokens} tokens, {size} triples")
        print(f"bare pipeline        {bare:7.2f} s   {words / bare:6.0f} words/s")
        stages = {
            "reading": reading,
            "our parse, less it": parsing - bare,
            "extraction": extraction,
            "mapping": mapping,
        }
        stages["storing and writing"] = writing
        for name, seconds in stages.items():
            print(f"{name:20s} {seconds:7.2f} s   {100 * seconds / bare:6.1f} % of the bare pipeline")
        total = sum(stages.values())
        print(f"{'ours together':20s} {total:7.2f} s   {100 * total / bare:6.1f} % of it (to stay under 25 %)")
        print(f"{'rate, all together':20s} {words / (bare + total):7.0f} words/s, {bare / (bare + total):.2f} x bare")
        if not options.no_memory:
            graph = str(Path(scratch) / "m.ttl")
            build = [sys.executable, "-c", PEAK, "build", str(folder), "-o", graph, "--quiet"]
            done = subprocess.run(build, stderr=subprocess.PIPE, text=True, check=True)
            peak = int(done.stderr.split()[-1]) / 1024
            print(f"peak memory of kg build on these articles: {peak:.0f} MB (to stay under 1200 MB)")


if __name__ == "__main__":
    main()
