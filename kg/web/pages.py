"""The folder that fetched pages are kept in: one web archive (WARC) for each address, with what the server sent.

It is what ``kg build`` reads, and the cache: what a server says of the version of a page is asked back the next time.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from kg.errors import KgError
from kg.readers.warc import content_of, records
from kg.store.writing import written_whole
from kg.web.requests import Answer

FEEDS: Final = ".feeds"
"""The folder of the feeds themselves, which is no source of articles: those are fetched as pages."""

_LEFT_OUT: Final = ("transfer-encoding", "set-cookie", "connection", "keep-alive")


@dataclass(frozen=True, slots=True)
class Kept:
    """What is kept of an address: its headers (names in small letters) and content."""

    headers: Mapping[str, str]
    content: bytes

    @property
    def conditions(self) -> dict[str, str]:
        """The headers of a request for what has changed since."""
        known = (("If-None-Match", "etag"), ("If-Modified-Since", "last-modified"))
        return {asked: self.headers[name] for asked, name in known if name in self.headers}


class Pages:
    """The pages kept in a folder, which is made when the first is kept."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        if folder.exists() and not folder.is_dir():
            raise KgError(f"{folder}: is a file, where pages are to be kept in a folder")

    def path(self, url: str, feed: bool = False) -> Path:
        """The file of an address."""
        host = re.sub(r"[^a-z0-9.-]", "_", (urlsplit(url).hostname or "").lower()).strip(".") or "_"
        name = sha256(url.encode("utf-8", "surrogatepass")).hexdigest()[:16] + ".warc.gz"
        return self.folder / (FEEDS if feed else host[:80]) / name

    def kept(self, url: str) -> tuple[Kept | None, bool]:
        """What is kept of an address, and whether it is a feed. What is damaged counts as not kept."""
        for feed in (False, True):
            try:
                with self.path(url, feed).open("rb") as file:
                    for kept in _kept(file):
                        return kept, feed
            except (OSError, KgError):
                continue
        return None, False

    def keep(self, url: str, answer: Answer, day: str, feed: bool = False) -> None:
        """Keep an answer in the place of what there is of its address; ``day`` is the time (ISO, UTC).

        Raises:
            KgError: it cannot be written.
        """
        path = self.path(url, feed)
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            with written_whole(path, packed=False) as file:  # each record is packed for itself
                file.write(_written(answer, day))
            self.path(url, not feed).unlink(missing_ok=True)
        except OSError as error:
            raise KgError(f"{path}: cannot be written: {error.strerror or error}") from None


def _kept(file: io.BufferedReader) -> Iterator[Kept]:
    for record in records(file):
        if isinstance(record, KgError):
            raise record
        if record.rec_type == "response" and record.http_headers is not None:
            headers = {name.lower(): value for name, value in record.http_headers.headers}
            yield Kept(headers, content_of(record))


def _written(answer: Answer, day: str) -> bytes:
    from warcio.statusandheaders import StatusAndHeaders
    from warcio.warcwriter import WARCWriter

    out = io.BytesIO()
    headers = [(name, value) for name, value in answer.headers if name not in _LEFT_OUT]
    writer = WARCWriter(out, gzip=True)
    record = writer.create_warc_record(
        answer.url,
        "response",
        payload=io.BytesIO(answer.body),
        http_headers=StatusAndHeaders(f"{answer.status} {answer.reason}".strip(), headers, protocol="HTTP/1.1"),
        warc_headers_dict={"WARC-Date": day},
    )
    writer.write_record(record)
    return out.getvalue()
