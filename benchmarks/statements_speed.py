"""What finding statements costs on top of the bare language pipeline, beside textacy's direct quotations; in one run.

    pip install textacy
    python benchmarks/statements_speed.py [SOURCE ...] [--articles 100]

The articles (data/ unless named otherwise) are repeated, each copy with its number as a last line. Times are processor
seconds of this one process, garbage collection off, on the same parsed articles. textacy is left out where missing.
"""

from __future__ import annotations

import argparse
import gc
import itertools
from pathlib import Path
from time import process_time

import spacy

from kg.extraction import extract
from kg.extraction.statements import find_attributions
from kg.facts import Article
from kg.language.pipeline import DEFAULT_MODEL, load_pipeline, parse
from kg.readers import article_from_text, read_sources

DATA = Path(__file__).parent.parent / "data"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sources", nargs="*", default=[str(DATA)])
    parser.add_argument("--articles", type=int, default=100)
    options = parser.parse_args()
    texts = [article.text for article in read_sources(options.sources) if isinstance(article, Article)]
    copies = zip(range(options.articles), itertools.cycle(texts), strict=False)
    articles = [article_from_text(f"{text}\n\n{number}.\n", f"{number}.txt") for number, text in copies]
    stock, nlp = spacy.load(DEFAULT_MODEL), load_pipeline()
    parsed = list(parse(nlp, articles))
    for article, doc in parsed[: len(texts)]:
        extract(article, doc)  # reads the word lists, as loading reads the model
    list(stock.pipe([article.text for article in articles[:20]]))
    gc.collect()
    gc.disable()

    start = process_time()
    docs = list(stock.pipe([article.text for article in articles], batch_size=16))
    bare = process_time() - start
    print(f"{len(articles)} articles; bare pipeline {bare:.2f} s")

    parsed = list(parse(nlp, articles))
    start = process_time()
    found = sum(len(find_attributions(article, doc)) for article, doc in parsed)
    show("kg: statements of all kinds, with source, cue and content", process_time() - start, bare, found)

    try:
        from textacy.extract import direct_quotations
    except ImportError:
        print("textacy is not installed")
        return
    found = given_up = 0
    start = process_time()
    for doc in docs:
        try:
            found += len(list(direct_quotations(doc)))
        except ValueError:  # an odd number of quotation marks
            given_up += 1
    show(f"textacy: direct quotations ({given_up} articles given up)", process_time() - start, bare, found)


def show(what: str, seconds: float, bare: float, found: int) -> None:
    print(f"{what}: {seconds:.2f} s, {100 * seconds / bare:.1f} % of the bare pipeline, {found} found")


if __name__ == "__main__":
    main()
