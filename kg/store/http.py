"""Requests to SPARQL servers: with credentials from the environment, and every fault one line.

``KG_USER`` and ``KG_PASSWORD`` answer a server that asks for a password (basic or digest), ``KG_TOKEN`` is sent as a
bearer token. They go to the server that is named, and not on to another that it redirects to.
"""

from __future__ import annotations

import hashlib
import os
import re
from http.client import HTTPException, IncompleteRead
from time import monotonic
from typing import TYPE_CHECKING, Final
from urllib.error import HTTPError, URLError
from urllib.parse import SplitResult, quote, urlsplit
from urllib.request import (
    HTTPBasicAuthHandler,
    HTTPDigestAuthHandler,
    HTTPPasswordMgrWithDefaultRealm,
    HTTPRedirectHandler,
    OpenerDirector,
    Request,
    build_opener,
)

from kg.errors import GraphError, KgError
from kg.store.formats import one_line
from kg.texts import visible

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from http.client import HTTPMessage, HTTPResponse
    from typing import IO

SECONDS: Final = 60.0
"""Seconds for each time that a server is waited for."""

SECONDS_IN_ALL: Final = 600.0
"""Seconds for the whole of an answer."""

MOST_BYTES: Final = 1_000_000_000
"""Bytes that an answer may have which is kept in memory."""

_PIECE: Final = 65_536


class ServerError(GraphError):
    """A server could not be reached, or refused. ``status`` is that of HTTP; None where there was no answer."""

    def __init__(self, message: str, status: int | None = None) -> None:
        super().__init__(message)
        self.status = status

    @property
    def passing(self) -> bool:
        """Whether it may help to try again."""
        return self.status is None or self.status in (408, 425, 429) or self.status >= 500


def is_url(name: object) -> bool:
    """Whether a graph is named by the address of a server."""
    return str(name).lower().startswith(("http://", "https://"))


def address(url: str) -> SplitResult:
    """The parts of the address of a server. Raises KgError where it cannot be asked."""
    try:
        parts = urlsplit(url)
        host, _ = (parts.hostname or "").encode("idna"), parts.port
    except ValueError as error:
        raise KgError(f"{url}: is not the address of a server: {one_line(error)}") from None
    if not host:
        raise KgError(f"{url}: is not the address of a server")
    if not parts.netloc.isascii():
        raise KgError(f"{url}: is not the address of a server: its name has to be written as {host.decode('ascii')}")
    odd = re.search(r"[^!-~]", url.replace(parts.netloc, "", 1))
    if odd:
        raise KgError(f"{url}: is not the address of a server: {odd[0]!r} has to be written as {quote(odd[0])}")
    return parts


def refuse_server(name: object, instead: str) -> None:
    """Raise GraphError where a server is named and only a file or folder will do; ``instead`` says what to do."""
    found = re.fullmatch(r"(https?):/+(.*)", str(name), re.IGNORECASE | re.DOTALL)  # a Path has lost a slash
    if found:
        raise GraphError(f"{found[1]}://{found[2]}: is a server; {instead}")


class NoAnswerError(ServerError):
    """A server has not given the whole of its answer in time."""


class Answer:
    """The answer of a server, open for reading. Raises ServerError where it breaks off, or takes longer than allowed.

    ``end`` is when it has to be there, by the clock of ``time.monotonic``.
    """

    def __init__(self, response: HTTPResponse, url: str, end: float) -> None:
        self.headers = response.headers
        self._response = response
        self._url = url
        self._end = end

    def __enter__(self) -> Answer:
        return self

    def __exit__(self, *_: object) -> None:
        self._response.close()

    def read(self, size: int | None = None) -> bytes:
        """What comes next, ``size`` bytes at most; None reads all of it, up to MOST_BYTES."""
        if size is not None:
            return self._piece(size)
        content = bytearray()
        try:
            while piece := self._piece(_PIECE):
                content += piece
                if len(content) > MOST_BYTES:
                    raise ServerError(f"{self._url}: the answer is too long: more than {MOST_BYTES:,} bytes")
            return bytes(content)
        except MemoryError:
            raise ServerError(f"{self._url}: the answer does not fit into memory") from None

    def _piece(self, size: int) -> bytes:
        try:
            piece = self._response.read1(size)
            if not piece and size and self._response.length:  # bytes that are still to come
                raise IncompleteRead(piece, self._response.length)
        except TimeoutError:
            raise NoAnswerError(f"{self._url}: the answer stops half-way") from None
        except (OSError, HTTPException) as error:
            raise _broken(self._url, error) from None
        if monotonic() > self._end:
            raise NoAnswerError(f"{self._url}: the answer takes too long")
        return piece


def _broken(url: str, error: Exception) -> ServerError:
    return ServerError(f"{url}: the connection broke: {one_line(error) or type(error).__name__}")


class _SameServer(HTTPRedirectHandler):
    """Follows a redirection of a reading request, on the same server only."""

    def redirect_request(
        self, req: Request, fp: IO[bytes], code: int, msg: str, headers: HTTPMessage, newurl: str
    ) -> Request | None:
        """The request to make instead."""
        old, new = urlsplit(req.full_url), urlsplit(newurl)
        if (old.scheme, old.netloc) != (new.scheme, new.netloc) or req.get_method() not in ("GET", "HEAD"):
            raise ServerError(f"{req.full_url}: the server sends on to {visible(newurl)}; name that address", code)
        return super().redirect_request(req, fp, code, msg, headers, newurl)


class _Digest(HTTPDigestAuthHandler):
    """Digest authentication of RFC 7616: the hashes that servers use, of names and passwords in UTF-8."""

    def get_algorithm_impls(self, algorithm: str) -> tuple[Callable[[str], str], Callable[[str, str], str]]:
        """The hash of a text, and that of a secret with data. Raises ValueError for an unknown algorithm."""
        names = {"MD5": "md5", "SHA": "sha1", "SHA-256": "sha256"}
        if algorithm.upper() not in names:
            raise ValueError(algorithm)

        def hashed(text: str) -> str:
            return hashlib.new(names[algorithm.upper()], text.encode("utf-8"), usedforsecurity=False).hexdigest()

        return hashed, lambda secret, data: hashed(f"{secret}:{data}")

    def http_error_401(
        self, req: Request, fp: IO[bytes], code: int, msg: str, headers: HTTPMessage
    ) -> HTTPResponse | None:
        """The answer to the request with credentials."""
        try:
            return super().http_error_401(req, fp, code, msg, headers)
        finally:
            self.reset_retry_count()  # else urllib counts refusals for other reasons as those of the password


class Server:
    """A SPARQL server at an address, and who asks it."""

    def __init__(
        self, url: str, user: str | None = None, password: str | None = None, token: str | None = None
    ) -> None:
        parts = address(url)
        if not is_url(url):
            raise KgError(f"{url}: is not the address of a server that is known: it starts with http:// or https://")
        if parts.username or parts.password:
            raise KgError(f"{parts.hostname}: give name and password as KG_USER and KG_PASSWORD, not in the address")
        self.url = url
        user = user or os.environ.get("KG_USER")
        password = password or os.environ.get("KG_PASSWORD") or ""
        self._token = token or os.environ.get("KG_TOKEN")
        for name, value in (("KG_USER", user), ("KG_TOKEN", self._token)):
            if value and not value.isprintable():
                raise KgError(f"{name}: has a line break or another character in it that cannot be sent")
        if self._token and not self._token.isascii():
            raise KgError("KG_TOKEN: has other than ASCII characters in it")
        self._has_credentials = bool(user or self._token)
        self._opener = _opener(url, user, password)

    def ask(
        self,
        body: bytes | None,
        headers: Mapping[str, str],
        method: str = "POST",
        url: str = "",
        seconds: float = SECONDS,
        in_all: float = SECONDS_IN_ALL,
    ) -> Answer:
        """The answer to a request, open for reading.

        A server may take ``seconds`` each time that it is waited for, and ``in_all`` until the end of its answer.

        Raises:
            ServerError: there is none, or the server refuses.
        """
        end = monotonic() + in_all
        url = url or self.url
        request = Request(url, data=body, headers={"User-Agent": "newskg", **headers}, method=method)
        if self._token:
            request.add_unredirected_header("Authorization", f"Bearer {self._token}")
        try:
            return Answer(self._opener.open(request, timeout=seconds), url, end)
        except HTTPError as error:
            said = one_line(ValueError(_beginning(error).decode("utf-8", "replace")))
            if error.code == 401 or (error.code == 403 and not self._has_credentials):
                said = "; ".join(filter(None, ("set KG_USER and KG_PASSWORD, or KG_TOKEN", said)))
            reason = visible(str(error.reason))
            raise ServerError(f"{url}: {error.code} {reason}{': ' + said if said else ''}", error.code) from None
        except ValueError as error:  # of the digest handler: an unknown scheme or algorithm
            raise ServerError(
                f"{url}: the server asks for a password in an unknown way: {one_line(error)}", 401
            ) from None
        except TimeoutError:
            raise NoAnswerError(f"{url}: no answer in {seconds:g} s") from None
        except URLError as error:
            if isinstance(error.reason, TimeoutError):
                raise NoAnswerError(f"{url}: no answer in {seconds:g} s") from None
            raise ServerError(f"{url}: the server cannot be reached: {one_line(OSError(error.reason))}") from None
        except (OSError, HTTPException) as error:
            raise _broken(url, error) from None


def _beginning(error: HTTPError) -> bytes:
    """What a server says of its refusal, as far as it comes."""
    try:
        with error:
            return error.read(2000)
    except (OSError, HTTPException):
        return b""


def _opener(url: str, user: str | None, password: str) -> OpenerDirector:
    opener = build_opener(_SameServer())
    if user:
        parts = urlsplit(url)
        known = HTTPPasswordMgrWithDefaultRealm()
        known.add_password(None, f"{parts.scheme}://{parts.netloc}/", user, password)
        opener.add_handler(_Digest(known))
        opener.add_handler(HTTPBasicAuthHandler(known))
    return opener
