"""What a server allows."""

from __future__ import annotations

import os
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Settings:
    """The limits of a server.

    ``seconds`` a query may run, ``waiting`` seconds it may wait for its turn, ``workers`` processes that run queries,
    ``answer_bytes`` of a whole answer, ``query_bytes`` of a request, ``memory`` bytes that a worker may take beyond
    what it has when it begins. ``origins`` may read answers from other sites (CORS; "*" is every site). ``hosts`` are
    the names under which the server answers (empty: any), so that no other site can reach a local one by its own name.
    """

    seconds: float = 20.0
    waiting: float = 10.0
    workers: int = field(default_factory=lambda: max(2, min(8, os.cpu_count() or 2)))
    answer_bytes: int = 20_000_000
    query_bytes: int = 100_000
    memory: int = 2_000_000_000
    origins: tuple[str, ...] = ()
    hosts: tuple[str, ...] = ()
