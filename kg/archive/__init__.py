"""A graph that grows: articles are added, replaced and removed one by one, and the graph is as if built at once.

An archive is a folder with ``articles.sqlite`` (what was read out of each article, see :mod:`kg.archive.ledger`), one
``graph-N`` with the graph of the present generation, ``newskg.json`` that names it, and ``history.ttl`` (what was done,
as PROV). A change is prepared beside the present generation and takes effect in one step.
"""

from kg.archive.archive import Archive, Changes

__all__ = ["Archive", "Changes"]
