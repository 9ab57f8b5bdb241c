"""What the tests do to an archive in processes of their own."""

from __future__ import annotations

import resource
import sys
import time
from multiprocessing import get_context

import kg.archive.archive
import kg.mapping.revision
from kg.archive import Archive
from kg.errors import GraphError

MODEL = "en_core_web_md 3.7.1"
BASE = "https://news.example/id/"

PROCESSES = get_context("forkserver")
PROCESSES.set_forkserver_preload(["jobs"])
REFUSED = 3


def start(job, *arguments):
    """Do a job in another process; it ends with status 0, or with REFUSED for a GraphError."""
    process = PROCESSES.Process(target=run, args=(job, *arguments), daemon=True)
    process.start()
    return process


def run(job, *arguments):
    try:
        job(*arguments)
    except GraphError:
        sys.exit(REFUSED)


def add(path, articles, readings, stop_at=None, room=None, seconds_between_commits=1.0):
    """Add articles; sleep after the one named ``stop_at``; write no more than ``room`` bytes into a file."""
    kg.archive.archive.SECONDS_BETWEEN_COMMITS = seconds_between_commits
    if room is not None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (room, room))

    def read(new):
        for article in new:
            yield article, readings[article.text, article.metadata]
            if article.source == stop_at:
                time.sleep(60)

    with Archive(path, BASE) as archive:
        archive.add(articles, read, MODEL)


def back_and_forth(path, article, readings, times):
    """Add and remove an article."""
    for _ in range(times):
        add(path, [article], readings)
        with Archive(path) as archive:
            archive.remove([article.first("url").value])
