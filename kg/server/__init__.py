"""A graph on the web, for one's own machine or network: SPARQL endpoint, pages, search and the picture. Read-only."""

from kg.server.run import serve
from kg.server.settings import Settings

__all__ = ["Settings", "serve"]
