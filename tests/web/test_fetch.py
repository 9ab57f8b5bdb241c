"""Fetching: polite, checked, and into a folder that is built from; against a real server of this machine."""

import gzip
import itertools
import re
import socket
import threading
import time
import zlib
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from click.testing import CliRunner

from kg.cli import cli
from kg.errors import KgError
from kg.readers import read_sources
from kg.web import fetch
from kg.web.requests import FetchError, check

PAGE = """<html><head><title>News of {0}</title></head><body><article>
<p>The council of {0} approved a new tram on Monday, said its chairwoman Ines Duarte.</p>
<p>The café beside the station of {0} will have to move, the plan says.</p></article></body></html>"""


class Site:
    """A web server whose answers a test says; keeps what it was asked, and when."""

    def __init__(self):
        self.answers = {}
        self.asked = []
        site = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self):
                site.asked.append((self.path, dict(self.headers), time.monotonic()))
                answer = site.answers.get(self.path, (404, {}, b""))
                status, headers, body = answer(self) if callable(answer) else answer
                self.send_response(status)
                for name, value in headers.items():
                    self.send_header(name, value)
                if "Transfer-Encoding" not in headers:
                    self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_):
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def page(self, path, place, **headers):
        self.answers[path] = (200, {"Content-Type": "text/html; charset=utf-8", **headers}, PAGE.format(place).encode())

    def paths(self):
        return [path for path, _, _ in self.asked]


@pytest.fixture
def site():
    site = Site()
    yield site
    site.server.shutdown()
    site.server.server_close()


def get(folder, *urls, **options):
    return fetch(urls, folder, **{"delay": 0, "private": True, "timeout": 30, **options})


def causes(found):
    return [failure.cause for failure in found.failures]


def test_pages_become_articles_with_their_address(site, tmp_path):
    site.page("/lund", "Lund")
    body = gzip.compress(PAGE.format("Porto").encode())
    site.answers["/porto"] = (200, {"Content-Type": "text/html", "Content-Encoding": "gzip"}, body)
    found = get(tmp_path / "pages", f"{site.url}/lund#top", f"{site.url}/porto", f"{site.url}/lund")
    assert (found.new, causes(found)) == (2, [])
    assert site.paths() == ["/robots.txt", "/lund", "/porto"]
    assert site.asked[1][1]["User-Agent"].startswith("newskg/")
    articles = list(read_sources([tmp_path / "pages"]))
    assert {a.first("url").value for a in articles} == {f"{site.url}/lund", f"{site.url}/porto"}
    assert all("café beside" in a.text and a.first("created").origin == "WARC-Date" for a in articles)


def test_what_has_not_changed_is_not_sent_again(site, tmp_path):
    def versioned(request):
        if request.headers.get("If-None-Match") == '"1"':
            return 304, {}, b""
        return 200, {"Content-Type": "text/html", "ETag": '"1"'}, PAGE.format("Lund").encode()

    site.answers["/tagged"] = versioned
    site.page("/plain", "Oslo")
    urls = f"{site.url}/tagged", f"{site.url}/plain"
    get(tmp_path, *urls)
    before = {path: path.read_bytes() for path in tmp_path.rglob("*.gz")}
    again = get(tmp_path, *urls)
    assert (again.new, again.changed, again.unchanged) == (0, 0, 2)
    assert {path: path.read_bytes() for path in tmp_path.rglob("*.gz")} == before
    site.page("/plain", "Oslo and Bergen")
    third = get(tmp_path, *urls)
    assert (third.new, third.changed, third.unchanged) == (0, 1, 1)
    assert any("Oslo and Bergen" in a.text for a in read_sources([tmp_path]))


def test_a_feed_leads_to_its_pages(site, tmp_path):
    items = "".join(f"<item><title>{n}</title><link>{site.url}/{n}</link></item>" for n in ("a", "b"))
    feed = f'<rss version="2.0"><channel><title>Post</title>{items}</channel></rss>'.encode()
    site.answers["/feed"] = lambda request: (
        (304, {}, b"")
        if request.headers.get("If-Modified-Since")
        else (200, {"Content-Type": "application/rss+xml", "Last-Modified": "Tue, 03 Jun 2025 10:00:00 GMT"}, feed)
    )
    site.page("/a", "Lund")
    site.page("/b", "Porto")
    assert get(tmp_path, f"{site.url}/feed").new == 2
    again = get(tmp_path, f"{site.url}/feed")
    assert (again.new, again.unchanged) == (0, 2)
    assert len(list(read_sources([tmp_path]))) == 2


def test_relative_links_of_a_feed_are_of_its_server(site, tmp_path):
    items = "".join(f"<item><title>{link}</title><link>{link}</link></item>" for link in ("/a", "b?x=1&amp;y=2"))
    feed = f'<rss version="2.0"><channel><title>Post</title>{items}</channel></rss>'.encode()
    site.answers["/news/feed"] = (200, {"Content-Type": "text/xml"}, feed)
    site.page("/a", "Lund")
    site.page("/news/b?x=1&y=2", "Porto")
    found = get(tmp_path, f"{site.url}/news/feed")
    assert (found.new, causes(found)) == (2, [])


def test_robots_txt_is_obeyed(site, tmp_path):
    rules = (
        b"User-agent: newskg\nDisallow: /private/\nDisallow: /*.html$\nCrawl-delay: 0.3\n\nUser-agent: *\nDisallow: /\n"
    )
    site.answers["/robots.txt"] = (200, {"Content-Type": "text/plain"}, rules)
    for path in ("/open", "/also", "/private/x", "/a.html"):
        site.page(path, "Lund")
    found = get(tmp_path, *(site.url + path for path in ("/private/x", "/a.html", "/open", "/also")))
    assert (found.new, causes(found)) == (2, ["robots.txt of the server forbids it"] * 2)
    assert site.paths() == ["/robots.txt", "/open", "/also"]
    times = [when for _, _, when in site.asked]
    assert times[2] - times[1] >= 0.29
    assert causes(get(tmp_path / "x", f"{site.url}/open", agent="Other/1")) == ["robots.txt of the server forbids it"]


def test_a_server_whose_robots_txt_fails_is_left_alone(site, tmp_path):
    site.answers["/robots.txt"] = (500, {}, b"")
    site.page("/a", "Lund")
    (cause,) = causes(get(tmp_path, f"{site.url}/a"))
    assert "answers 500 for robots.txt" in cause and site.paths() == ["/robots.txt"]


def test_one_request_at_a_time_to_a_server_with_a_pause(site, tmp_path):
    for path in ("/a", "/b"):
        site.page(path, path)
    get(tmp_path, f"{site.url}/a", f"{site.url}/b", delay=0.25)
    times = [when for _, _, when in site.asked]
    assert all(later - earlier >= 0.24 for earlier, later in itertools.pairwise(times))


def test_waiting_for_one_server_is_time_for_another(site, tmp_path):
    other = Site()
    for path in ("/a", "/b"):
        site.page(path, path)
        other.page(path, path)
    found = get(tmp_path, f"{site.url}/a", f"{site.url}/b", f"{other.url}/a", f"{other.url}/b", delay=0.4)
    assert found.new == 4
    assert other.asked[1][2] < site.asked[2][2] and site.asked[1][2] < other.asked[2][2]
    other.server.shutdown()


def test_a_busy_server_is_waited_for_once(site, tmp_path):
    answers = [(429, {"Retry-After": "1"}, b""), (200, {"Content-Type": "text/html"}, PAGE.format("Lund").encode())]
    site.answers["/a"] = lambda request: answers.pop(0)
    assert get(tmp_path, f"{site.url}/a").new == 1
    assert site.asked[2][2] - site.asked[1][2] >= 0.99
    later = format_datetime(datetime.now(UTC) + timedelta(seconds=2), usegmt=True)
    answers = [(503, {"Retry-After": later}, b""), (200, {"Content-Type": "text/html"}, PAGE.format("Oslo").encode())]
    site.answers["/c"] = lambda request: answers.pop(0)
    assert get(tmp_path, f"{site.url}/c").new == 1
    site.answers["/b"] = (503, {"Retry-After": "86400"}, b"")
    assert "answers 503" in causes(get(tmp_path, f"{site.url}/b"))[0]


def test_a_server_that_asks_for_a_long_pause_is_left_alone(site, tmp_path):
    site.answers["/a"] = (429, {"Retry-After": "120"}, b"")
    other = Site()
    try:
        for path in ("/b", "/c"):
            site.page(path, "Lund")
            other.page(path, "Oslo")
        found = get(tmp_path, *(f"{site.url}{path}" for path in ("/a", "/b", "/c")), f"{other.url}/b")
    finally:
        other.server.shutdown()
        other.server.server_close()
    assert site.paths() == ["/robots.txt", "/a"] and found.new == 1
    assert causes(found)[0].startswith("the server answers 429")
    assert all(re.match(r"its server asks for a pause of 1\d\d s, more than the 60 s", c) for c in causes(found)[1:])
    assert len(causes(found)) == 3


def test_a_long_crawl_delay_is_kept_and_not_cut(site, tmp_path):
    site.answers["/robots.txt"] = (200, {}, b"User-agent: *\nCrawl-delay: 300\n")
    for path in ("/a", "/b"):
        site.page(path, "Lund")
    found = get(tmp_path, f"{site.url}/a", f"{site.url}/b")
    assert (found.new, site.paths()) == (1, ["/robots.txt", "/a"])
    assert "asks for a pause of 300 s" in causes(found)[0]


def test_redirections_are_followed_and_checked(site, tmp_path):
    site.page("/new", "Lund")
    site.answers["/old"] = (301, {"Location": "/new"}, b"")
    site.answers["/loop"] = (302, {"Location": "/loop"}, b"")
    site.answers["/file"] = (302, {"Location": "file:///etc/passwd"}, b"")
    site.answers["/robots.txt"] = (200, {}, b"User-agent: *\nDisallow: /kept\n")
    site.answers["/sly"] = (302, {"Location": "/kept"}, b"")
    assert get(tmp_path, f"{site.url}/old").new == 1
    (article,) = read_sources([tmp_path])
    assert article.first("url").value == f"{site.url}/new"
    for path, cause in (("/loop", "more than 5 times"), ("/file", "http:// or https://"), ("/sly", "robots.txt")):
        assert cause in causes(get(tmp_path / "x", site.url + path))[0]


def test_capitals_in_the_scheme_and_host_make_no_other_address(site, tmp_path):
    site.page("/New", "Lund")
    port = site.server.server_port
    site.answers["/old"] = (301, {"Location": f"HTTP://LocalHost:{port}/New"}, b"")
    addresses = f"HTTP://LOCALHOST:{port}/New", f"http://localhost:{port}/New", f"http://localhost:{port}/old"
    found = get(tmp_path, *addresses)
    assert (found.new, causes(found)) == (2, [])
    assert site.paths() == ["/robots.txt", "/New", "/old", "/New"]
    assert [a.first("url").value for a in read_sources([tmp_path])] == [f"http://localhost:{port}/New"] * 2


def test_one_that_sends_on_to_no_address_is_named_and_the_rest_is_fetched(site, tmp_path):
    site.answers["/page"] = (302, {"Location": "http://[bad"}, b"")
    site.page("/good", "Lund")
    other = Site()
    other.answers["/robots.txt"] = (302, {"Location": "https://[bad"}, b"")
    found = get(tmp_path, f"{site.url}/page", f"{other.url}/a", "http://[bad#x", f"{site.url}/good")
    assert found.new == 1
    assert {failure.source: failure.cause for failure in found.failures} == {
        f"{site.url}/page": f"the server sends on from {site.url}/page to 'http://[bad', "
        "which is not an address: Invalid IPv6 URL",
        f"{other.url}/a": f"the server sends on from {other.url}/robots.txt to 'https://[bad', "
        "which is not an address: Invalid IPv6 URL",
        "http://[bad": "is not an address: Invalid IPv6 URL",
    }
    other.server.shutdown()


def test_addresses_of_this_machine_have_to_be_allowed(site, tmp_path):
    site.page("/a", "Lund")
    port = site.server.server_port
    for host in ("127.0.0.1", "localhost", "[::1]", "[::ffff:127.0.0.1]", "0.0.0.0", "10.0.0.1", "169.254.169.254"):
        (cause,) = causes(get(tmp_path, f"http://{host}:{port}/a", private=False, timeout=1))
        assert "of this machine or its network" in cause or "no server called" in cause
    assert site.asked == []


@pytest.mark.parametrize(
    "url", ["file:///etc/passwd", "ftp://post.example/a", "http://", "https://me:secret@post.example/", "http://a:x/"]
)
def test_what_is_no_web_address_is_refused(url, tmp_path):
    with pytest.raises(FetchError):
        check(url)
    assert len(get(tmp_path, url).failures) == 1


def test_limits_of_size_and_time(site, tmp_path, monkeypatch):
    monkeypatch.setattr("kg.web.requests.MOST_BYTES", 100_000)
    site.answers["/long"] = (200, {"Content-Type": "text/html"}, b"x" * 200_000)
    bomb = gzip.compress(b"x" * 50_000_000)
    site.answers["/bomb"] = (200, {"Content-Type": "text/xml", "Content-Encoding": "gzip"}, bomb)

    def slow(request):
        request.send_response(200)
        request.send_header("Content-Type", "text/html")
        request.end_headers()
        for _ in range(100):
            request.wfile.write(b"x")
            request.wfile.flush()
            time.sleep(0.1)
        return 200, {}, b""

    site.answers["/slow"] = slow
    site.answers["/silent"] = lambda request: time.sleep(3) or (200, {}, b"")
    for path, timeout, cause in (
        ("/long", 30, "is too long"),
        ("/bomb", 30, "is too long"),
        ("/slow", 1, "takes longer than 4 s"),
        ("/silent", 1, "no answer in 1 s"),
    ):
        assert cause in causes(get(tmp_path, site.url + path, timeout=timeout))[0]


@pytest.mark.parametrize(
    "begin", [b"", b"HTTP/1.1 200 OK\r\n", b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"]
)
def test_a_server_that_sends_bit_by_bit_is_left_whatever_it_sends(site, tmp_path, begin):
    def dripping(request):
        request.wfile.write(begin)
        for _ in range(40):
            request.wfile.write(b"HTTP/1.1 100 Continue\r\n\r\n" if not begin else b"0")
            time.sleep(0.05)
        return 200, {}, b""

    site.answers["/drip"] = dripping
    started = time.monotonic()
    assert causes(get(tmp_path, f"{site.url}/drip", timeout=0.2)) == ["takes longer than 0.8 s"]
    assert time.monotonic() - started < 1.5


def test_a_server_that_is_not_there_or_breaks_off(site, tmp_path):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    site.answers["/half"] = lambda request: (200, {"Content-Type": "text/html", "Content-Length": "999"}, b"<p>half")
    site.answers["/pdf"] = (200, {"Content-Type": "application/pdf"}, b"%PDF")
    site.page("/good", "Lund")
    found = get(
        tmp_path, f"http://127.0.0.1:{port}/", *(site.url + path for path in ("/half", "/pdf", "/none", "/good"))
    )
    assert found.new == 1  # the rest goes on
    text = "\n".join(map(str, found.failures))
    for cause in ("cannot be reached", "breaks off", "is application/pdf", "answers 404 Not Found"):
        assert cause in text


@pytest.mark.parametrize("pack", [gzip.compress, zlib.compress])
def test_packed_content_that_is_cut_off(site, tmp_path, pack):
    packed = pack(PAGE.format("Lund").encode())
    kind = {
        "Content-Type": "text/html; charset=utf-8",
        "Content-Encoding": "gzip" if pack is gzip.compress else "deflate",
    }
    for path, body in (("/half", packed[: len(packed) // 2]), ("/nearly", packed[:-1]), ("/whole", packed)):
        site.answers[path] = (200, kind, body)
    found = get(tmp_path, *(site.url + path for path in site.answers))
    assert found.new == 1
    assert [cause[:10] for cause in causes(found)] == ["is cut off"] * 2
    assert len(list(read_sources([tmp_path]))) == 1


def test_a_damaged_file_of_the_folder_is_fetched_anew(site, tmp_path):
    site.page("/a", "Lund", ETag='"1"')
    get(tmp_path, f"{site.url}/a")
    (path,) = tmp_path.rglob("*.gz")
    path.write_bytes(path.read_bytes()[:100])
    assert get(tmp_path, f"{site.url}/a").new == 1
    assert len(list(read_sources([tmp_path]))) == 1


def test_the_command(site, tmp_path):
    site.page("/a", "Lund")
    (tmp_path / "list.txt").write_text(f"# my papers\n\n{site.url}/a\n{site.url}/none\n")
    arguments = ["fetch", str(tmp_path / "list.txt"), "-o", str(tmp_path / "pages"), "--delay", "0", "--allow-private"]
    done = CliRunner().invoke(cli, arguments)
    assert done.exit_code == 2
    assert f"kg: {site.url}/none: the server answers 404 Not Found" in done.output
    assert "1 new, 0 changed, 0 unchanged" in done.output
    assert CliRunner().invoke(cli, ["fetch", "nowhere.txt", "-o", str(tmp_path / "x")]).exit_code != 0
    (error,) = read_sources([f"{site.url}/a"])
    assert "kg fetch" in str(error)


def test_what_a_server_says_does_nothing_to_the_terminal(site, tmp_path):
    def coloured(request):
        request.wfile.write(b"HTTP/1.1 404 \x1b]0;title\x07\x1b[31mRED\r\nContent-Length: 0\r\n\r\n")
        return 200, {}, b""

    site.answers["/status"] = coloured
    site.answers["/type"] = (200, {"Content-Type": "x/\x1b[31m\x9b31m"}, b"")
    addresses = (site.url + path for path in ("/status", "/type", "/\x1b[31m"))
    arguments = ["fetch", *addresses, "-o", str(tmp_path), "--delay", "0", "--allow-private"]
    done = CliRunner().invoke(cli, arguments, color=True)
    assert done.exit_code == 2 and done.output.count("kg: ") == 3
    assert not {"\x1b", "\x07", "\x9b"} & set(done.output)
    assert r"404 \u001b]0;title\u0007\u001b[31mRED" in done.output


def test_a_folder_that_is_a_file(tmp_path):
    (tmp_path / "x").write_text("")
    with pytest.raises(KgError, match="is a file"):
        fetch([], tmp_path / "x")
