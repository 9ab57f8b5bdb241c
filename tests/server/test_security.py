"""What the server must not do, whatever it is sent; and that it is still there afterwards."""

from __future__ import annotations

import contextlib
import http.client
import re
import signal
import socket
import subprocess
import threading
import time
from html.parser import HTMLParser
from urllib.parse import urlsplit

import pytest
from running import KG, Server

SLOW = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?n1 ?o . ?p ?q ?r . ?s ?t ?u }"
LARGE = "SELECT * { ?a ?b ?c . ?d ?e ?f } LIMIT 100000"

ALLOWED = """html head meta title link script body header nav a form input button main h1 h2 p small b br table thead
    tbody tr th td ul ol li span div time mark blockquote footer code select option textarea"""


class Tags(HTMLParser):
    """The tags of a page as a browser sees them."""

    def __init__(self):
        super().__init__()
        self.found = []

    def handle_starttag(self, tag, attributes):
        self.found.append((tag, dict(attributes)))


def raw(server, request):
    """The first bytes of the answer to a request that no client library would send."""
    place = urlsplit(server.address)
    with socket.create_connection((place.hostname, place.port), timeout=20) as connection:
        content = b""
        with contextlib.suppress(ConnectionResetError):  # it may hang up on a request that is too long
            connection.sendall(request)
            while chunk := connection.recv(65536):
                content += chunk
    return content


@pytest.fixture(autouse=True)
def still_there(hostile):
    yield
    assert hostile.ask("ASK { ?p a nk:Person }").json()["boolean"] is True


@pytest.fixture
def listener():
    """A local address, and a list of those who came there."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        listening.settimeout(0.3)
        yield f"http://127.0.0.1:{listening.getsockname()[1]}/", listening


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * {{ SERVICE <{}> {{ ?s ?p ?o }} }}",
        "SELECT * {{ SERVICE SILENT <{}> {{ ?s ?p ?o }} }}",
        "SELECT * {{ SER\\u0056ICE <{}> {{ ?s ?p ?o }} }}",
        "LOAD <{}>",
        "SELECT * FROM <{}> {{ ?s ?p ?o }}",
        "SELECT * FROM NAMED <{}> {{ GRAPH ?g {{ ?s ?p ?o }} }}",
        "INSERT DATA {{ <{0}> <{0}> <{0}> }}",
        "DELETE WHERE {{ ?s ?p ?o }} #{}",
        "PREFIX x: <{}> CLEAR ALL",
    ],
)
def test_nothing_is_fetched_and_nothing_is_changed(hostile, listener, query):
    address, listening = listener
    response = hostile.ask(query.format(address))
    assert response.status_code in (400, 403), response.text
    with pytest.raises(TimeoutError):
        listening.accept()


def test_a_slow_query_is_stopped_while_others_are_answered(hostile):
    begin = time.monotonic()
    response = hostile.ask(SLOW)
    assert response.status_code == 503
    assert "stopped after 1 s" in response.text
    assert time.monotonic() - begin < 5


def test_many_slow_queries_do_not_lock_others_out(hostile):
    threads = [threading.Thread(target=hostile.ask, args=(SLOW,)) for _ in range(4)]
    for thread in threads:
        thread.start()
    time.sleep(0.2)
    assert hostile.get("/").status_code == 200
    assert hostile.ask("ASK { ?p a nk:Person }").json()["boolean"] is True
    for thread in threads:
        thread.join()


def test_who_waits_too_long_is_told_to_come_again(root, tmp_path):
    import kg
    from kg.server.pool import BusyError, Pool, TooSlowError
    from kg.server.settings import Settings

    graph = kg.open(root / "tests/gold/seed/graph.ttl")
    graph.save(tmp_path / "store")
    pool = Pool(tmp_path / "store", False, graph.prefixes, Settings(seconds=1.5, waiting=0.2, workers=1))
    found = []

    def ask():
        try:
            pool.run(SLOW)
        except TooSlowError:
            found.append("slow")
        except BusyError:
            found.append("busy")

    threads = [threading.Thread(target=ask) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(found) == ["busy", "busy", "slow"]
    assert pool.run("ASK {}") == b"A1"
    pool.stop()


def test_a_query_that_needs_too_much_memory_ends_alone(root, tmp_path):
    import kg
    from kg.errors import QueryError
    from kg.server.pool import Pool
    from kg.server.settings import Settings

    graph = kg.open(root / "tests/gold/seed/graph.ttl")
    graph.save(tmp_path / "store")
    pool = Pool(tmp_path / "store", False, graph.prefixes, Settings(memory=60_000_000, workers=1, seconds=30))
    query = "SELECT * { ?a ?b ?c . ?d ?e ?f } ORDER BY ?f ?a"
    try:
        content = pool.run(query)
    except QueryError as error:
        assert "stopped" not in str(error)
    else:
        assert content[:1] in (b"", b"F")
    assert pool.run("ASK {}") == b"A1"
    pool.stop()


def test_a_client_that_goes_away_does_not_take_the_worker_with_it(hostile):
    place = urlsplit(hostile.address)
    for _ in range(3):
        connection = http.client.HTTPConnection(place.hostname, place.port)
        connection.request("GET", "/sparql?query=" + SLOW.replace(" ", "%20"))
        connection.close()


def test_a_large_answer_is_refused_not_sent(hostile):
    response = hostile.ask(LARGE)
    assert response.status_code == 400
    assert "larger than 0.05 MB; add a LIMIT" in response.text


@pytest.mark.parametrize("size", [200_000, 5_000_000])
def test_an_oversized_query_is_refused(hostile, size):
    query = "ASK { ?s ?p '" + "x" * size + "' }"
    assert hostile.client.post("/sparql", data={"query": query}).status_code == 413
    direct = {"content-type": "application/sparql-query"}
    assert hostile.client.post("/sparql", content=query, headers=direct).status_code == 413
    answer = raw(hostile, b"GET /sparql?query=" + b"x" * size + b" HTTP/1.1\r\nHost: x\r\n\r\n")
    assert answer == b"" or answer.startswith(b"HTTP/1.1 4")


@pytest.mark.parametrize(
    "path",
    [
        "/static/../app.py",
        "/static/%2e%2e/app.py",
        "/static/..%2fapp.py",
        "/static/%2e%2e%2f%2e%2e%2f%2e%2e%2fetc/passwd",
        "/static//etc/passwd",
        "/id/../../etc/passwd",
        "/static/yasqe/../../run.py",
        "/static/..\\app.py",
    ],
)
def test_no_path_leads_out_of_the_static_files(hostile, path):
    answer = raw(hostile, f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n".encode())
    assert re.match(rb"HTTP/1.1 4\d\d ", answer), answer[:100]
    assert b"root:" not in answer and b"import" not in answer


@pytest.mark.parametrize(
    "path", ["/resource?iri=", "/id/person/", "/search?kind=x&q=", "/query?query=", "/sparql?query="]
)
def test_no_header_comes_from_a_request(hostile, path):
    answer = raw(
        hostile,
        f"GET {path}a%0d%0aSet-Cookie:%20evil=1%0d%0a%0d%0a<script> HTTP/1.1\r\nHost: 127.0.0.1\r\n"
        "Accept: text/html\r\nConnection: close\r\n\r\n".encode(),
    )
    head, _, body = answer.partition(b"\r\n\r\n")
    assert b"set-cookie" not in head.lower()
    assert b"<script>" not in body


def test_another_site_cannot_reach_a_local_server_by_its_own_name(hostile):
    assert hostile.get("/", headers={"host": "evil.example"}).status_code == 400


@pytest.mark.parametrize(
    "host, shown", [("127.0.0.2", "127.0.0.2"), ("Localhost", "Localhost"), ("[::1]", "[::1]"), ("::1", "[::1]")]
)
def test_however_this_machine_is_called_it_answers_only_to_names_of_its_own(root, host, shown):
    if ":" in host and not socket.has_ipv6:
        pytest.skip("this machine has no IPv6")
    server = Server(root / "tests/gold/seed/graph.ttl", "--workers", "1", "--host", host)
    try:
        assert re.fullmatch(rf"http://{re.escape(shown)}:\d+/", server.address)
        for name in (shown, "localhost", "127.0.0.1"):
            assert server.get("/ontology", headers={"host": name}).status_code == 200
        assert server.get("/ontology", headers={"host": "evil.example"}).status_code == 400
    finally:
        server.stop()


@pytest.mark.parametrize("piece", ["a-", '"\\', "x=1&"])
def test_no_request_takes_the_server_from_the_others(hostile, piece):
    content = piece * (99_000 // len(piece))
    form = {"content-type": "application/x-www-form-urlencoded"}
    kind = form if "&" in piece else {"content-type": "application/sparql-query"}
    begin = time.monotonic()
    assert hostile.client.post("/sparql", content=content, headers=kind).status_code == 400
    assert time.monotonic() - begin < 5


def test_only_the_named_site_may_read_answers(hostile, server):
    friend = hostile.get("/sparql", params={"query": "ASK {}"}, headers={"origin": "https://friend.example"})
    assert friend.headers["access-control-allow-origin"] == "https://friend.example"
    other = hostile.get("/sparql", params={"query": "ASK {}"}, headers={"origin": "https://evil.example"})
    assert "access-control-allow-origin" not in other.headers
    without = server.get("/sparql", params={"query": "ASK {}"}, headers={"origin": "https://friend.example"})
    assert "access-control-allow-origin" not in without.headers


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/id/person/x",
        "/id/article/a",
        "/id/fact/f",
        "/search?q=script",
        "/search?q=<script>alert(1)</script>",
        "/query?query=</textarea><script>x</script>",
        "/resource?iri=javascript:window.hacked=1",
        "/id/<script>",
    ],
)
def test_labels_and_requests_are_escaped_in_pages(hostile, path):
    response = hostile.get(path, "text/html")
    assert "default-src 'none'" in response.headers["content-security-policy"]
    assert "unsafe-inline" not in response.headers["content-security-policy"]
    assert response.headers["x-content-type-options"] == "nosniff"
    reader = Tags()
    reader.feed(response.text)
    for tag, attributes in reader.found:
        assert tag in ALLOWED.split(), tag
        assert tag != "script" or set(attributes) == {"src", "defer"}
        for name, value in attributes.items():
            assert not name.startswith("on"), (tag, attributes)
            assert name not in ("href", "src") or re.match(r"/|#|https?://|data:,$", value), (tag, attributes)


def test_the_picture_runs_as_a_site_of_its_own(hostile):
    policy = hostile.get("/picture").headers["content-security-policy"]
    assert "sandbox" in policy and "allow-same-origin" not in policy and "default-src 'none'" in policy


def test_the_server_says_nothing_of_itself(hostile):
    response = hostile.get("/nowhere", "text/html")
    assert response.status_code == 404
    assert "server" not in response.headers and "Traceback" not in response.text


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGINT])
def test_it_stops_when_it_is_told_to_and_leaves_nothing_behind(root, how, tmp_path, monkeypatch):
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    server = Server(root / "tests/gold/seed/graph.ttl", "--timeout", "30")
    assert server.ask("ASK {}").json()["boolean"] is True
    waiting = threading.Thread(target=lambda: server.client.get("/sparql", params={"query": SLOW}))
    server.process.send_signal(how)
    begin = time.monotonic()
    assert server.process.wait(timeout=20) in (0, -how, 128 + how, 130)
    assert time.monotonic() - begin < 10
    assert list(tmp_path.iterdir()) == []
    assert not waiting.is_alive()
    server.stop()


def test_a_port_that_is_taken_and_a_graph_that_is_none_are_said_in_one_line(root, server, tmp_path):
    port = urlsplit(server.address).port
    for arguments, message in (
        ([str(root / "tests/gold/seed/graph.ttl"), "--port", str(port)], "cannot listen"),
        ([str(tmp_path / "none.ttl")], "none.ttl"),
    ):
        done = subprocess.run([KG, "serve", *arguments], capture_output=True, text=True, timeout=60)
        assert done.returncode == 2
        (line,) = done.stderr.splitlines()
        assert line.startswith("kg: ") and message in line
