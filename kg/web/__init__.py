"""Pages from the web, only when they are asked for: politely, and into a folder of web archives that kg build reads.

Nothing else in kg fetches articles. What is here needs the extra ``web``.
"""

from kg.web.fetching import Fetched, fetch

__all__ = ["Fetched", "fetch"]
