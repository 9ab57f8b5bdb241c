"""The picture of a graph: one HTML file, readable without a network, in which every fact shows its sentence."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    import os
    from collections.abc import Iterator

    from kg.store import KnowledgeGraph
    from kg.store.terms import Subject, Term

__all__ = ["PAGE_LIMIT", "Picture", "render"]

PAGE_LIMIT: Final = 20_000
"""People, organisations, events, places and topics in a page, unless told otherwise."""

FRAME_HEIGHT: Final = 720
"""Pixels of the frame in a notebook."""


class Picture(str):
    """The text of a picture's page, which shows itself where it ends the cell of a notebook."""

    __slots__ = ()

    def __repr__(self) -> str:
        return f"<Picture of {len(self):,} characters>"

    def _repr_html_(self) -> str:
        from html import escape

        return (
            f'<iframe srcdoc="{escape(self)}" title="Knowledge graph" '
            'sandbox="allow-scripts allow-downloads allow-popups allow-modals" '
            f'style="width:100%;height:{FRAME_HEIGHT}px;border:1px solid #ccc"></iframe>'
        )


def render(
    graph: KnowledgeGraph,
    path: str | os.PathLike[str] | None = None,
    *,
    title: str | None = None,
    limit: int = PAGE_LIMIT,
) -> Picture:
    """The picture of a graph as the text of one HTML page; also written to ``path``, whole or not at all.

    ``title`` is the heading, otherwise the title of the one article or the number of articles. ``limit`` is the largest
    number of things in the page; of a larger graph those in most facts are taken, and the page says how many are not.
    The same graph gives the same text. Raises GraphError if the file cannot be written.
    """
    from pathlib import Path

    from pyoxigraph import NamedNode

    from kg.picture.compose import compose
    from kg.store.writing import written_whole

    def pairs(predicate: str) -> Iterator[tuple[Subject, Term]]:
        return ((triple.subject, triple.object) for triple in graph.triples(None, NamedNode(predicate)))

    page = Picture(compose(pairs, title, limit))
    if path is not None:
        with written_whole(Path(path)) as file:
            file.write(page.encode("utf-8"))
    return page
