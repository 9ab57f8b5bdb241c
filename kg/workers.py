"""Articles read by several processes at once, each with a language pipeline of its own.

The processes get small batches of articles through a pipe and give back packed records (:mod:`kg.records`), so the
one that reads the sources needs no pipeline, and never holds more than a few batches. A process that is killed (for
want of memory, as a rule) loses nothing: its articles are tried again one by one, and only an article that kills its
process again is given up.
"""

from __future__ import annotations

import gc
import queue
import subprocess
import sys
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING, Final, Protocol

from kg.errors import ArticleError, KgError, ModelError
from kg.facts import Article, ArticleFacts
from kg.language.pipeline import batches, load_pipeline, parse
from kg.processes import own_pipes, receive, send, start, usable_cores
from kg.records import decode, decode_facts, encode

if TYPE_CHECKING:
    from spacy.language import Language

FEW: Final = 32
"""Up to so many articles are read in this process: more processes would take longer to start than to read them."""

MEMORY_OF_A_WORKER: Final = 600_000_000
"""Bytes that a reading process should find free; unless told otherwise, no more are started than fit."""

TRIES_ALONE: Final = 2

Answer = bytes | ArticleError
"""The packed facts of an article, or the reason why there are none."""

Reading = tuple[Article, Answer]
"""An article with what was found in it."""


class Promise(Protocol):
    """A batch of articles that is being read somewhere."""

    def result(self) -> list[Answer]:
        """Wait for what is found in each of the articles."""


class WorkerDiedError(Exception):
    """A reading process ended without an answer."""


def read_facts(
    articles: Iterable[Article], model: str, workers: int | None = None, cues: Path | None = None
) -> Iterator[Reading]:
    """The facts of each article, packed (``decode_facts`` unpacks them), in the order of the articles.

    The outcome does not depend on the number of workers. Articles are taken a few batches ahead of what is given.

    Args:
        articles: what to read; consumed lazily.
        model: the name of an installed pipeline.
        workers: processes to read in; 1 reads in this one; None takes as many as there are cores (and memory for),
            and this one for a few dozen articles.
        cues: a user's list of further words of saying.

    Raises:
        ModelError: the model cannot be loaded.
    """
    articles = iter(articles)
    if workers is None:
        workers = usable_cores(MEMORY_OF_A_WORKER)
        if workers > 1:
            first = list(islice(articles, FEW + 1))
            workers = workers if len(first) > FEW else 1
            articles = chain(first, articles)
    if workers == 1:
        return _read_here(articles, model, cues)
    return _read_in_processes(articles, model, workers, cues)


def in_order(
    articles: Iterable[Article], submit: Callable[[list[Article]], Promise], ahead: Callable[[], int]
) -> Iterator[Reading]:
    """What is found in each article, in the order of the articles, where batches of them are read out of order.

    Args:
        articles: what to read; consumed lazily.
        submit: gives a batch away to be read.
        ahead: how many batches may be given away before the first of them is waited for.
    """
    pending: deque[tuple[list[Article], Promise]] = deque()
    for batch in batches(articles):
        pending.append((batch, submit(batch)))
        while len(pending) > ahead():
            yield from _next(pending)
    while pending:
        yield from _next(pending)


def _next(pending: deque[tuple[list[Article], Promise]]) -> Iterator[Reading]:
    batch, promise = pending.popleft()
    return zip(batch, promise.result(), strict=True)


def unpacked(readings: Iterable[Reading], failures: list[ArticleError]) -> Iterator[ArticleFacts]:
    """The facts of the articles that could be read; the reasons of the others are appended to ``failures``."""
    for _, found in readings:
        if isinstance(found, ArticleError):
            failures.append(found)
        else:
            yield decode_facts(found)


def read_batch(nlp: Language, articles: Sequence[Article], cues: Path | None = None) -> list[Answer]:
    """The packed facts of some articles. A strange article spoils its own reading and no other."""
    from kg.extraction import extract

    found: list[Answer] = []
    try:
        for article, doc in parse(nlp, articles):
            try:
                found.append(encode(extract(article, doc, cues)))
            except Exception as error:
                found.append(_internal(article, error))
    except Exception as error:
        if len(articles) == 1:
            return [_internal(articles[0], error)]
        found += [reading for article in articles[len(found) :] for reading in read_batch(nlp, [article], cues)]
    return found


def _internal(article: Article, error: Exception) -> ArticleError:
    return ArticleError(article.source, f"internal error: {type(error).__name__}: {error}")


def _read_here(articles: Iterator[Article], model: str, cues: Path | None) -> Iterator[Reading]:
    nlp: Language | None = None
    for batch in batches(articles):
        if nlp is None:
            nlp = load_pipeline(model)
        yield from zip(batch, read_batch(nlp, batch, cues), strict=True)


def _read_in_processes(articles: Iterator[Article], model: str, workers: int, cues: Path | None) -> Iterator[Reading]:
    pool = WorkerPool(model, workers, cues)
    threads = ThreadPoolExecutor(workers, thread_name_prefix="kg-reading")
    try:
        yield from in_order(articles, lambda batch: threads.submit(pool.read, batch), lambda: 2 * workers + 1)
    finally:
        pool.stop()
        threads.shutdown(wait=True, cancel_futures=True)
        pool.end()


class WorkerPool:
    """Some processes that read; they start when they are first needed. Threads may share it.

    Args:
        model: the name of an installed pipeline.
        workers: how many processes there are at most.
        cues: a user's list of further words of saying.
        kind: the kind of :mod:`kg.kernels` to read with; None takes those of this process.
    """

    def __init__(self, model: str, workers: int, cues: Path | None, kind: str | None = None) -> None:
        self._processes = [_Process(model, cues, kind) for _ in range(workers)]
        self._idle: queue.LifoQueue[_Process] = queue.LifoQueue()
        for process in self._processes:
            self._idle.put(process)

    def read(self, batch: Sequence[Article]) -> list[Answer]:
        """What is found in each of some articles; waits for an idle process.

        Raises:
            ModelError: the model cannot be loaded.
            KgError: the pool was stopped, or there is no memory for the model.
        """
        process = self._idle.get()
        try:
            return process.read(batch)
        except WorkerDiedError:
            return [self._read_alone(process, article) for article in batch]
        finally:
            self._idle.put(process)

    @staticmethod
    def _read_alone(process: _Process, article: Article) -> Answer:
        for _ in range(TRIES_ALONE):
            with suppress(WorkerDiedError):
                return process.read([article])[0]
        return ArticleError(article.source, "the process that read it was ended, perhaps for want of memory; left out")

    def stop(self) -> None:
        """End the processes, also those that are reading, at once and for good."""
        for process in self._processes:
            process.stop()

    def end(self) -> None:
        """End the processes, and wait until they are gone; one that is needed again starts anew."""
        for process in self._processes:
            process.end()

    def rest(self) -> None:
        """End the processes that are idle."""
        resting = []
        with suppress(queue.Empty):
            while True:
                resting.append(self._idle.get_nowait())
        for process in resting:
            process.end()
            self._idle.put(process)


class _Process:
    """A process that reads articles; it starts when it is first needed, and again after it has died."""

    def __init__(self, model: str, cues: Path | None, kind: str | None) -> None:
        self._arguments = [model, str(cues)] if cues else [model]
        self._kind = kind
        self._lock = threading.Lock()
        self._stopped = False
        self._process: subprocess.Popen[bytes] | None = None

    def read(self, batch: Sequence[Article]) -> list[Answer]:
        """The facts of some articles. Raises WorkerDiedError."""
        process = self._running()
        assert process.stdin is not None and process.stdout is not None
        try:
            send(process.stdin, encode(batch))
            answer = receive(process.stdout)
        except OSError:
            answer = None
        if answer is None:
            self.end()
            raise WorkerDiedError
        return unpacked_answers(answer)

    def stop(self) -> None:
        """End the process, at once and for good."""
        with self._lock:
            self._stopped = True
            if self._process is not None:
                self._process.kill()

    def _running(self) -> subprocess.Popen[bytes]:
        with self._lock:
            if self._stopped:
                raise KgError("the reading was stopped")
            if self._process is not None:
                return self._process
            process = self._process = start("kg.workers", *self._arguments, kind=self._kind)
        assert process.stdout is not None
        greeting = receive(process.stdout)
        if greeting is None:
            self.end()
            raise KgError("a reading process ended while it loaded the language model; try fewer workers")
        if greeting:
            self.end()
            raise ModelError(greeting.decode("utf-8"))
        return process

    def end(self) -> None:
        """End the process, and wait until it is gone."""
        with self._lock:
            if self._process is not None:
                self._process.kill()
                for pipe in (self._process.stdin, self._process.stdout):
                    with suppress(OSError):
                        if pipe is not None:
                            pipe.close()
                self._process.wait()
                self._process = None


def packed_answers(answers: Iterable[Answer]) -> bytes:
    """What was found in some articles, to be sent."""
    return encode([(item.source, item.cause) if isinstance(item, ArticleError) else item for item in answers])


def unpacked_answers(content: bytes) -> list[Answer]:
    """What ``packed_answers`` packed. Raises GraphError when it is damaged."""
    found = decode(content, list[bytes | tuple[str, str]])
    return [ArticleError(*item) if isinstance(item, tuple) else item for item in found]


def serve(model: str, cues: Path | None = None) -> None:
    """The life of a reading process: batches on standard input, records on standard output, until the input ends."""
    questions, answers = own_pipes()
    try:
        nlp = load_pipeline(model)
    except ModelError as error:
        send(answers, str(error).encode("utf-8"))
        return
    gc.freeze()  # the model stays: no search for garbage need look at it
    with suppress(BrokenPipeError):
        send(answers, b"")
        while (question := receive(questions)) is not None:
            found = read_batch(nlp, decode(question, list[Article]), cues)
            send(answers, packed_answers(found))


if __name__ == "__main__":
    serve(sys.argv[1], *map(Path, sys.argv[2:]))
