"""Real SPARQL servers (Oxigraph, Virtuoso), and one before Oxigraph that asks for credentials."""

from __future__ import annotations

import base64
import hashlib
import shutil
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.parse
import urllib.request
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import count
from pathlib import Path
from typing import NamedTuple

import pytest

NUMBERS = count(1)
USER, PASSWORD, TOKEN = "editor", "pass: wörd", "s3cret"


def free_port():
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


@pytest.fixture(autouse=True)
def no_credentials(monkeypatch):
    for name in ("KG_USER", "KG_PASSWORD", "KG_TOKEN"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def server():
    """The address of an empty Oxigraph server."""
    beside = Path(sys.executable).with_name("oxigraph")
    program = str(beside) if beside.exists() else shutil.which("oxigraph")
    if program is None:
        pytest.skip("needs the oxigraph server (pip install oxigraph)")
    address = f"127.0.0.1:{free_port()}"
    with subprocess.Popen([program, "serve", "--bind", address], stderr=subprocess.DEVNULL) as process:
        for _ in range(200):
            try:
                urllib.request.urlopen(f"http://{address}/", timeout=1).close()
                break
            except OSError:
                time.sleep(0.05)
        yield f"http://{address}"
        process.kill()


VIRTUOSO = """
[Database]
DatabaseFile = virtuoso.db
ErrorLogFile = virtuoso.log
LockFile = virtuoso.lck
TransactionFile = virtuoso.trx
xa_persistent_file = virtuoso.pxa
[TempDatabase]
DatabaseFile = temporary.db
TransactionFile = temporary.trx
[Parameters]
ServerPort = 127.0.0.1:{port}
DisableUnixSocket = 1
NumberOfBuffers = 10000
[HTTPServer]
ServerPort = 127.0.0.1:{web}
ServerRoot = .
ServerThreads = 4
"""


@pytest.fixture(scope="session")
def virtuoso_server(tmp_path_factory):
    """The address of a Virtuoso server, in which each test has a graph of its own."""
    program = shutil.which("virtuoso-t")
    if program is None:
        pytest.skip("needs Virtuoso 7 (apt-get install virtuoso-opensource-7-bin)")
    folder = tmp_path_factory.mktemp("virtuoso")
    web = free_port()
    (folder / "virtuoso.ini").write_text(VIRTUOSO.format(port=free_port(), web=web))
    command = [program, "+foreground", "+configfile", "virtuoso.ini"]
    with (folder / "log").open("wb") as log, subprocess.Popen(command, cwd=folder, stdout=log, stderr=log) as process:
        end = time.monotonic() + 120
        while True:
            try:
                urllib.request.urlopen(f"http://127.0.0.1:{web}/sparql", timeout=5).close()
                break
            except OSError:
                assert process.poll() is None and time.monotonic() < end, (folder / "log").read_text()
                time.sleep(0.2)
        yield f"http://127.0.0.1:{web}"
        process.kill()


class Place(NamedTuple):
    """Where a graph can be published on a server: by the Graph Store Protocol, by updates, and where it is read."""

    store: str
    update: str
    query: str
    name: str | None


@pytest.fixture(params=["oxigraph", "virtuoso"])
def place(request, monkeypatch):
    """An empty place on each of the servers, with the credentials that it wants."""
    if request.param == "oxigraph":
        url = request.getfixturevalue("server")
        return Place(f"{url}/store", f"{url}/update", f"{url}/query", None)
    url = request.getfixturevalue("virtuoso_server")
    monkeypatch.setenv("KG_USER", "dba")
    monkeypatch.setenv("KG_PASSWORD", "dba")  # as it comes; it listens to this machine only
    name = f"https://news.example/graph/{next(NUMBERS)}"
    query = f"{url}/sparql?default-graph-uri={urllib.parse.quote(name, safe='')}"
    return Place(f"{url}/sparql-graph-crud-auth", f"{url}/sparql-auth", query, name)


class Guarded(BaseHTTPRequestHandler):
    """Passes on to ``behind`` what comes with the right credentials, and fails the requests that ``fail`` names."""

    protocol_version = "HTTP/1.1"
    scheme, behind, fail, seen = "basic", "", (), 0
    asked: list[str]
    most = 10_000_000

    def log_message(self, *arguments):
        pass

    def allowed(self):
        given = self.headers.get("Authorization", "")
        if self.scheme == "none":
            return True
        if self.scheme == "bearer":
            return given == f"Bearer {TOKEN}"
        if self.scheme == "basic":
            return given == "Basic " + base64.b64encode(f"{USER}:{PASSWORD}".encode()).decode()
        if not given.startswith("Digest "):
            return False
        fields = urllib.request.parse_keqv_list(urllib.request.parse_http_list(given[7:]))
        one = hashlib.md5(f"{USER}:news:{PASSWORD}".encode()).hexdigest()
        two = hashlib.md5(f"{self.command}:{self.path}".encode()).hexdigest()
        proof = ":".join([one, fields["nonce"], fields["nc"], fields["cnonce"], fields["qop"], two])
        return fields["response"] == hashlib.md5(proof.encode()).hexdigest()

    def answer(self, status, content=b"", headers=()):
        self.send_response(status)
        for name, value in headers:
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def handle_any(self):
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        cls = type(self)
        if not self.allowed():
            challenges = {
                "basic": 'Basic realm="news"',
                "digest": 'Digest realm="news", nonce="abc", qop="auth", algorithm=MD5',
                "bearer": "Bearer",
            }
            self.answer(401, b"no", [("WWW-Authenticate", challenges[self.scheme])])
            return
        cls.seen += 1
        cls.asked.append(self.path)
        if cls.seen in cls.fail:
            self.answer(cls.fail[cls.seen], b"not now")
            return
        if len(body) > cls.most:
            self.answer(413, b"too large")
            return
        headers = {name: self.headers[name] for name in ("Content-Type", "Accept") if name in self.headers}
        request = urllib.request.Request(
            self.behind + self.path, data=body or None, headers=headers, method=self.command
        )
        try:
            with urllib.request.urlopen(request) as found:
                self.answer(found.status, found.read(), [("Content-Type", found.headers.get("Content-Type") or "")])
        except urllib.error.HTTPError as error:
            self.answer(error.code, error.read())

    do_GET = do_POST = do_PUT = do_DELETE = handle_any  # noqa: N815


@pytest.fixture
def guarded(server):
    """A function that puts a guard before the server; gives the guard's address and its class."""
    running = []

    def guard(scheme, fail=()):
        handler = type(
            "Guard", (Guarded,), {"scheme": scheme, "behind": server, "fail": dict(fail), "seen": 0, "asked": []}
        )
        httpd = ThreadingHTTPServer(("127.0.0.1", 0), handler)
        threading.Thread(target=httpd.serve_forever, daemon=True).start()
        running.append(httpd)
        return f"http://127.0.0.1:{httpd.server_address[1]}", handler

    yield guard
    for httpd in running:
        httpd.shutdown()
        httpd.server_close()
