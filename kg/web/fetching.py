"""Getting pages and feeds as a good guest does: by robots.txt, one request at a time, none twice without a reason."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Final
from urllib.parse import urljoin, urlsplit

from kg.addresses import normalised
from kg.errors import ArticleError, KgError, how_to_install
from kg.readers.decoding import UnreadableError
from kg.readers.feeds import links_of
from kg.readers.warc import PAGES, media_type
from kg.web.pages import Pages
from kg.web.requests import Answer, FetchError, Limits, check, get

if TYPE_CHECKING:
    from protego import Protego

MOST_REDIRECTIONS: Final = 5
LONGEST_WAIT: Final = 60.0
"""Seconds that are waited for a server which asks for it (Retry-After, Crawl-delay).

One that asks for more is left alone until they are over."""

_MOVED: Final = (301, 302, 303, 307, 308)
_BUSY: Final = (429, 503)
_XML: Final = ("application/rss+xml", "application/atom+xml", "application/rdf+xml", "application/xml", "text/xml")

Progress = Callable[[int, str], None]


@dataclass(slots=True)
class Fetched:
    """What became of the addresses: how many pages are new, changed and unchanged, and which could not be had."""

    new: int = 0
    changed: int = 0
    unchanged: int = 0
    failures: list[ArticleError] = field(default_factory=list)


def fetch(
    addresses: Iterable[str],
    folder: str | Path,
    *,
    delay: float = 1.0,
    timeout: float = 30.0,
    private: bool = False,
    agent: str | None = None,
    progress: Progress | None = None,
) -> Fetched:
    """Get pages, and the pages that feeds lead to, into a folder of web archives; what is there is only asked for news.

    Args:
        addresses: of pages and of feeds (RSS, Atom).
        folder: where they are kept; made if it is missing.
        delay: seconds between two requests to one server; more if its robots.txt says so.
        timeout: seconds to wait for a server.
        private: whether addresses of this machine and its network are allowed.
        agent: the User-Agent header; its first word is what robots.txt may name.
        progress: called with the number of addresses done and the last of them.

    Raises:
        KgError: the folder cannot be written, or the extra is not installed.
    """
    try:
        import protego  # noqa: F401
        import urllib3  # noqa: F401
    except ImportError as error:
        raise KgError(f"fetching needs {error.name}: {how_to_install('web')}") from None
    guest = _Guest(Pages(Path(folder)), delay, Limits(timeout, private), agent or f"newskg/{version('newskg')}")
    return guest.visit(addresses, progress)


class _Guest:
    """One visit to a number of servers."""

    def __init__(self, pages: Pages, delay: float, limits: Limits, agent: str) -> None:
        self._pages = pages
        self._delay = delay
        self._limits = limits
        self._agent = agent
        self._queues: dict[str, deque[str]] = {}
        self._due: dict[str, float] = {}
        self._robots: dict[str, Protego | FetchError] = {}
        self._seen: set[str] = set()
        self.found = Fetched()

    def visit(self, addresses: Iterable[str], progress: Progress | None) -> Fetched:
        """Get every address, the servers in turn, so that waiting for one is time for another."""
        for address in addresses:
            self._add(address)
        done = 0
        while self._queues:
            server = min(self._queues, key=lambda server: self._due.get(server, 0.0))
            queue = self._queues[server]
            url = queue.popleft()
            if not queue:
                del self._queues[server]
            try:
                self._get(url)
            except FetchError as error:
                self.found.failures.append(ArticleError(url, str(error)))
            done += 1
            if progress:
                progress(done, url)
        return self.found

    def _add(self, address: str) -> None:
        url = normalised(address.strip()).partition("#")[0]
        if url in self._seen:
            return
        self._seen.add(url)
        try:
            check(url)
        except FetchError as error:
            self.found.failures.append(ArticleError(url, str(error)))
        else:
            self._queues.setdefault(_server(url), deque()).append(url)

    def _get(self, url: str) -> None:
        kept, feed = self._pages.kept(url)
        answer = self._answer(url, kept.conditions if kept else {})
        if answer.status == 304 and kept is not None:
            if feed:
                self._follow(kept.content, url)
            else:
                self.found.unchanged += 1
            return
        if answer.status != 200:
            raise FetchError(f"the server answers {answer.status} {answer.reason}".strip())
        kind = media_type(answer.header("content-type"))[0]
        now = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        if kind in PAGES:
            content = answer.content
            if kept is not None and not feed and kept.content == content:
                self.found.unchanged += 1
                return
            self._pages.keep(url, answer, now)
            self.found.new += kept is None
            self.found.changed += kept is not None
        elif kind in _XML:
            self._follow(answer.content, answer.url)
            self._pages.keep(url, answer, now, feed=True)
        else:
            raise FetchError(f"is {kind or 'of no known type'}, neither a page nor a feed")

    def _follow(self, feed: bytes, address: str) -> None:
        try:
            links = links_of(feed, address)
        except UnreadableError as error:
            raise FetchError(str(error)) from None
        for link in links:
            self._add(link)

    def _answer(self, url: str, conditions: dict[str, str]) -> Answer:
        """What the server answers in the end, redirections followed; each step is checked as the first."""
        for _ in range(MOST_REDIRECTIONS + 1):
            self._ask_leave(url)
            answer = self._request(url, conditions)
            wait = _seconds(answer.header("retry-after")) if answer.status in _BUSY else None
            if wait is not None and wait <= LONGEST_WAIT:
                answer = self._request(url, conditions)
            if answer.status not in _MOVED:
                return answer
            url = _sent_on(answer)
            conditions = {}  # what is known of one address says nothing of another
        raise FetchError(f"is sent on more than {MOST_REDIRECTIONS} times")

    def _request(self, url: str, headers: dict[str, str]) -> Answer:
        """The answer of a server, when its pause is over. Raises FetchError where that lasts longer than is waited."""
        server = _server(url)
        left = self._due.get(server, 0.0) - time.monotonic()
        if left > max(LONGEST_WAIT, self._delay):
            raise FetchError(
                f"its server asks for a pause of {left:.0f} s, more than the {LONGEST_WAIT:g} s it is given"
            )
        time.sleep(max(0.0, left))
        pause = max(self._delay, self._asked_delay(server))
        try:
            answer = get(url, {"User-Agent": self._agent, "Accept": "text/html, */*;q=0.5", **headers}, self._limits)
            if answer.status in _BUSY:
                pause = max(pause, _seconds(answer.header("retry-after")) or 0.0)
            return answer
        finally:
            self._due[server] = time.monotonic() + pause

    def _asked_delay(self, server: str) -> float:
        robots = self._robots.get(server)
        asked = None if robots is None or isinstance(robots, FetchError) else robots.crawl_delay(self._agent)
        return float(asked or 0.0)

    def _ask_leave(self, url: str) -> None:
        """Raise FetchError where robots.txt forbids the address, or cannot be had because the server is ill."""
        server = _server(url)
        if server not in self._robots:
            try:
                self._robots[server] = self._rules(server)
            except FetchError as error:
                self._robots[server] = error
        rules = self._robots[server]
        if isinstance(rules, FetchError):
            raise rules
        if not rules.can_fetch(url, self._agent):
            raise FetchError("robots.txt of the server forbids it")

    def _rules(self, server: str) -> Protego:
        """The rules of a server, by RFC 9309: without a robots.txt all is allowed, with one that fails nothing is."""
        from protego import Protego

        url = f"{server}/robots.txt"
        for _ in range(MOST_REDIRECTIONS + 1):
            answer = self._request(url, {})
            if answer.status not in _MOVED:
                break
            url = _sent_on(answer)
        if answer.status >= 500:
            raise FetchError(f"its server answers {answer.status} for robots.txt; nothing is asked of it")
        text = answer.content.decode("utf-8", "replace") if answer.status == 200 else ""
        return Protego.parse(text)


def _sent_on(answer: Answer) -> str:
    """The address that a server sends on to. Raises FetchError where nothing can be asked of it."""
    location = answer.header("location") or ""
    try:
        url = normalised(urljoin(answer.url, location)).partition("#")[0]
    except ValueError:
        url = location
    try:
        check(url)
    except FetchError as error:
        raise FetchError(f"the server sends on from {answer.url} to {location[:200]!r}, which {error}") from None
    return url


def _server(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"


def _seconds(header: str | None) -> float | None:
    """How long a server asks to wait, in seconds or until a time; None if it does not say."""
    if header is None:
        return None
    if header.strip().isdecimal():
        wait = float(header)
    else:
        try:
            wait = (parsedate_to_datetime(header) - datetime.now(UTC)).total_seconds()
        except (ValueError, TypeError):
            return None
    return max(wait, 0.0)
