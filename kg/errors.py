"""What can go wrong, in words for people. Each error prints as one line; the command exits with status 2 on it."""

from __future__ import annotations

from collections.abc import Sequence


def how_to_install(extra: str) -> str:
    """How to get what an extra brings, for messages. No release has been made, so it comes from a checkout."""
    return f"pip install '.[{extra}]' in a checkout of the repository"


class KgError(Exception):
    """Any error that a user can mend. ``str(error)`` is one line that names the thing and the cause."""


class ArticleError(KgError):
    """One article could not be read; the others of the batch can. ``source`` names the file, ``cause`` says why."""

    def __init__(self, source: str, cause: str) -> None:
        super().__init__(f"{source}: {cause}")
        self.source = source
        self.cause = cause

    def __reduce__(self) -> tuple[type[ArticleError], tuple[str, str]]:
        return type(self), (self.source, self.cause)


class SourceError(KgError):
    """Nothing can be read at all: a path that does not exist, a folder without articles.

    ``failures`` says of each of several articles why it cannot be read.
    """

    def __init__(self, message: str, failures: Sequence[ArticleError] = ()) -> None:
        super().__init__(message)
        self.failures = tuple(failures)


class ModelError(KgError):
    """The language model is not installed or does not have the parts that are needed."""


class GraphError(KgError):
    """A graph file or store cannot be read or written."""


class QueryError(KgError):
    """A query is malformed, forbidden or ran out of time."""


class EvidenceError(KgError):
    """A fact cites characters that its article does not have: the graph is refused."""
