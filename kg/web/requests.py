"""One request to a web server, to a checked address and up to limits of time and size."""

from __future__ import annotations

import io
import ipaddress
import socket
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from http.client import HTTPResponse
from time import monotonic
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlsplit

from kg.errors import KgError

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer
    from urllib3 import HTTPConnectionPool

MOST_BYTES: Final = 16_000_000
"""Bytes that an answer may have."""

WAITS: Final = 4
"""How many times as long as one wait for a server its whole answer may take."""

_PIECE: Final = 65_536
_NAT64: Final = ipaddress.ip_network("64:ff9b::/96")


class FetchError(KgError):
    """An address could not be fetched; ``str(error)`` says why, without naming it."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a server answered: the body as it was sent (packed, if ``content-encoding`` says so), all names of headers
    in small letters.
    """

    url: str
    status: int
    reason: str
    headers: tuple[tuple[str, str], ...]
    body: bytes

    def header(self, name: str) -> str | None:
        """The first header of that name."""
        return next((value for known, value in self.headers if known == name), None)

    @property
    def content(self) -> bytes:
        """The body, unpacked.

        Raises:
            FetchError: it is not what its header says, or too long.
        """
        packing = (self.header("content-encoding") or "identity").strip().lower()
        if packing in ("identity", "") or not self.body:
            return self.body
        if packing not in ("gzip", "x-gzip", "deflate"):
            raise FetchError(f"is packed as {packing!r}, which was not asked for")
        try:
            reader = zlib.decompressobj(zlib.MAX_WBITS | 32)
            found = reader.decompress(self.body, MOST_BYTES)
        except zlib.error as error:
            raise FetchError(f"is packed badly ({error})") from None
        if reader.unconsumed_tail:
            raise FetchError(f"is too long: more than {MOST_BYTES:,} bytes")
        if not reader.eof:
            raise FetchError("is cut off: the server sent only part of its packed content")
        return found


@dataclass(frozen=True, slots=True)
class Limits:
    """``seconds`` for connecting, for every wait, and (``WAITS`` times as many) for a whole answer; ``private`` allows
    addresses of the own machine and network.
    """

    seconds: float = 30.0
    private: bool = False


def get(url: str, headers: Mapping[str, str], limits: Limits) -> Answer:
    """The answer to a GET request; redirections are not followed. Proxies are not used: the address is that checked.

    Raises:
        FetchError: the address is refused, the server does not answer, or answers too much or too slowly.
    """
    import urllib3

    parts = urlsplit(url)
    host = parts.hostname or ""
    address, port = _checked(url, limits.private)
    pool = _pool(parts.scheme, host, address, port, limits.seconds)
    target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    try:
        response = pool.urlopen(
            "GET",
            target,
            headers={"Host": parts.netloc.rpartition("@")[2], "Accept-Encoding": "gzip", **headers},
            redirect=False,
            retries=False,
            preload_content=False,
            decode_content=False,
            assert_same_host=False,
        )
        body = bytearray()
        while piece := response.read1(_PIECE):
            body += piece
            if len(body) > MOST_BYTES:
                raise FetchError(f"is too long: more than {MOST_BYTES:,} bytes")
        known = tuple((name.lower(), str(value)) for name, value in response.headers.items())
        return Answer(url, response.status, response.reason or "", known, bytes(body))
    except urllib3.exceptions.TimeoutError:
        raise FetchError(f"no answer in {limits.seconds:g} s") from None
    except urllib3.exceptions.SSLError as error:
        raise FetchError(f"the server cannot prove who it is: {_one_line(error)}") from None
    except (urllib3.exceptions.HTTPError, OSError, ValueError) as error:
        raise FetchError(f"the server cannot be reached, or breaks off: {_one_line(error)}") from None
    finally:
        pool.close()


def _pool(scheme: str, host: str, address: str, port: int, seconds: float) -> HTTPConnectionPool:
    """A connection to the checked address that asks for, and wants the certificate of, the host."""
    from urllib3 import HTTPConnectionPool, HTTPSConnectionPool

    where = f"[{address}]" if ":" in address else address
    pool = (
        HTTPSConnectionPool(where, port, timeout=seconds, server_hostname=host, assert_hostname=host)
        if scheme == "https"
        else HTTPConnectionPool(where, port, timeout=seconds)
    )
    pool.ConnectionCls = type("Connection", (pool.ConnectionCls,), {"response_class": _TimedResponse})
    return pool


class _TimedResponse(HTTPResponse):
    """An answer whose head and body may take no longer than WAITS times as long as one wait for the server."""

    def __init__(self, sock: socket.socket, *arguments: Any, **options: Any) -> None:
        super().__init__(sock, *arguments, **options)
        self.fp = io.BufferedReader(_Timed(self.fp.detach(), WAITS * (sock.gettimeout() or 0.0)))


class _Timed(io.RawIOBase):
    """What a server sends, for so many seconds."""

    def __init__(self, sent: io.RawIOBase, seconds: float) -> None:
        self._sent = sent
        self._seconds = seconds
        self._end = monotonic() + seconds

    def readable(self) -> bool:
        """It is."""
        return True

    def readinto(self, buffer: WriteableBuffer) -> int | None:
        """The next bytes. Raises FetchError when the time is over."""
        if monotonic() > self._end:
            raise FetchError(f"takes longer than {self._seconds:g} s")
        return self._sent.readinto(buffer)

    def close(self) -> None:
        """Close the connection."""
        self._sent.close()
        super().close()


def _checked(url: str, private: bool) -> tuple[str, int]:
    """The network address and port that a URL stands for.

    It is looked up once and used as it is: a name that leads elsewhere the next time cannot pass the check.
    """
    check(url)
    parts = urlsplit(url)
    port = parts.port or {"http": 80, "https": 443}[parts.scheme]
    try:
        found = socket.getaddrinfo(parts.hostname, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        raise FetchError(f"there is no server called {parts.hostname}") from None
    addresses = [str(entry[4][0]) for entry in found]
    for address in addresses:
        if not private and not _is_public(address):
            raise FetchError(f"{parts.hostname} is an address of this machine or its network ({address})")
    return addresses[0], port


def check(url: str) -> None:
    """Refuse what is not the address of something on the web.

    Raises:
        FetchError: with the reason.
    """
    try:
        parts = urlsplit(url)
        parts.port  # noqa: B018 - raises where it is no number
    except ValueError as error:
        raise FetchError(f"is not an address: {error}") from None
    if parts.scheme not in ("http", "https"):
        raise FetchError("is not an address that begins with http:// or https://")
    if not parts.hostname:
        raise FetchError("is an address without a server")
    if parts.username is not None or parts.password is not None:
        raise FetchError("has a name or password in it, which nothing is asked with")
    if any(c.isspace() or not c.isprintable() for c in url):
        raise FetchError("has white space in it")


def _is_public(address: str) -> bool:
    ip = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(ip, ipaddress.IPv6Address):
        inner = ip.ipv4_mapped or ip.sixtofour
        if inner is None and ip in _NAT64:
            inner = ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)
        if ip.teredo or (inner is not None and not (inner.is_global and not inner.is_multicast)):
            return False
        if inner is not None:
            return True
    return ip.is_global and not ip.is_multicast


def _one_line(error: Exception) -> str:
    return " ".join(str(error).split())[:200] or type(error).__name__
