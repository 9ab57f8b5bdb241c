"""The process that prepares articles for :class:`kg.archive.preparation.Preparation`.

Batches come on standard input, and what they come to goes to standard output. It ends when standard input is closed.
"""

from __future__ import annotations

import sys
from contextlib import suppress

from kg.archive.preparation import Preparation, pack, unpack_batch
from kg.garbage import without_collection
from kg.identity import IriPolicy
from kg.processes import own_pipes, receive, send


def serve(preparation: Preparation) -> None:
    """Prepare until there are no more batches."""
    questions, answers = own_pipes()
    with without_collection(), suppress(BrokenPipeError):
        while (question := receive(questions)) is not None:
            try:
                content = pack(preparation.of(unpack_batch(question)))
            except Exception:
                content = b""  # the process that asked meets with it, too, and reports it
            send(answers, content)


if __name__ == "__main__":
    serve(Preparation(IriPolicy(sys.argv[1]), "compared" in sys.argv[2:]))
