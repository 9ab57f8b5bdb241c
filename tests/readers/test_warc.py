"""Web archives: the pages in WARC files, with their address and day; what is broken is told."""

import gzip
import io
import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from kg.errors import ArticleError
from kg.readers import read_sources


def page(place, head=""):
    return f"""<html><head><title>News of {place}</title>{head}</head><body><article>
    <p>The council of {place} approved a new tram on Monday, said its chairwoman Ines Duarte.</p>
    <p>The café beside the station of {place} will have to move, the plan says.</p></article></body></html>"""


def answer(writer, url, body, kind="text/html; charset=utf-8", status="200 OK", encoding="utf-8", **headers):
    http = [("Content-Type", kind), *((name.replace("_", "-"), value) for name, value in headers.items())]
    record = writer.create_warc_record(
        url,
        "response",
        payload=io.BytesIO(body if isinstance(body, bytes) else body.encode(encoding)),
        http_headers=StatusAndHeaders(status, http, protocol="HTTP/1.1"),
        warc_headers_dict={"WARC-Date": "2025-06-03T10:00:00Z"},
    )
    writer.write_record(record)


def archive(packed, count=4):
    """A WARC of some pages, and where each begins."""
    out, places = io.BytesIO(), []
    writer = WARCWriter(out, gzip=packed)
    for number in range(count):
        places.append(out.tell())
        answer(writer, f"https://post.example/{number}", page(f"Fernau {number}"))
    return bytearray(out.getvalue()), places


def read(tmp_path, content, name):
    (tmp_path / name).write_bytes(content)
    return list(read_sources([tmp_path / name]))


def split(found):
    return [a for a in found if not isinstance(a, ArticleError)], [str(a) for a in found if isinstance(a, ArticleError)]


@pytest.mark.parametrize("name", ["crawl.warc", "crawl.warc.gz"])
def test_pages_with_address_and_day(tmp_path, name):
    articles, errors = split(read(tmp_path, archive(name.endswith("gz"))[0], name))
    assert errors == []
    assert [a.first("url").value for a in articles] == [f"https://post.example/{n}" for n in range(4)]
    assert (
        articles[0].text.splitlines()[1] == "The café beside the station of Fernau 0 will have to move, the plan says."
    )
    day = articles[0].first("created")
    assert (day.value, day.origin) == ("2025-06-03", "WARC-Date")


def test_pages_kept_without_the_servers_answer(tmp_path):
    out = io.BytesIO()
    writer = WARCWriter(out, gzip=True)
    for place, kind in (("Fernau", "text/html; charset=windows-1252"), ("Lund", "text/css")):
        record = writer.create_warc_record(
            f"HTTPS://Post.example/{place}",
            "resource",
            payload=io.BytesIO(page(place).encode("cp1252")),
            warc_content_type=kind,
            warc_headers_dict={"WARC-Date": "2025-06-03T10:00:00Z"},
        )
        writer.write_record(record)
    articles, errors = split(read(tmp_path, out.getvalue(), "kept.warc.gz"))
    assert errors == []
    assert [a.first("url").value for a in articles] == ["https://post.example/Fernau"]
    assert "The café beside the station" in articles[0].text


def test_what_is_no_page_is_passed_over(tmp_path):
    out = io.BytesIO()
    writer = WARCWriter(out, gzip=True)
    writer.write_record(writer.create_warcinfo_record("crawl.warc.gz", {"software": "test"}))
    answer(writer, "https://post.example/style.css", "p {}", "text/css")
    answer(writer, "https://post.example/gone", page("Oslo"), status="404 Not Found")
    answer(writer, "https://post.example/moved", "", status="301 Moved", Location="/x")
    dated = '<meta property="article:published_time" content="2025-05-01">'
    answer(writer, "https://post.example/a", page("Lund", dated).encode("cp1252"), "text/html; charset=windows-1252")
    answer(writer, "https://post.example/b", gzip.compress(page("Porto").encode()), Content_Encoding="gzip")
    articles, errors = split(read(tmp_path, out.getvalue(), "crawl.warc.gz"))
    assert errors == []
    assert [a.first("title").value for a in articles] == ["News of Lund", "News of Porto"]
    assert "café" in articles[0].text
    assert (articles[0].first("date").value, articles[0].first("created")) == ("2025-05-01", None)


def test_the_address_is_that_of_the_page_where_it_is_on_the_same_server(tmp_path):
    out = io.BytesIO()
    writer = WARCWriter(out, gzip=False)
    for number, canonical in enumerate(
        ("HTTPS://WWW.post.example/x", "https://post.example/", "https://other.example/x")
    ):
        answer(
            writer, f"https://post.example/x?ref={number}", page("Lund", f'<link rel="canonical" href="{canonical}">')
        )
    articles, _ = split(read(tmp_path, out.getvalue(), "crawl.warc"))
    assert [a.first("url").value for a in articles] == [
        "https://www.post.example/x",
        "https://post.example/x?ref=1",
        "https://post.example/x?ref=2",
    ]


@pytest.mark.parametrize("name", ["crawl.warc", "crawl.warc.gz"])
@pytest.mark.parametrize("where", ["head", "middle"])
def test_a_broken_record_is_told_and_the_rest_is_read(tmp_path, name, where):
    content, places = archive(name.endswith("gz"))
    begin = places[1] if where == "head" else (places[1] + places[2]) // 2
    content[begin : begin + 12] = b"YYYYYYYYYYYY"
    articles, errors = split(read(tmp_path, content, name))
    assert [a.first("url").value[-1] for a in articles] == ["0", "2", "3"]
    assert len(errors) == 1 and name in errors[0] and "broken" in errors[0]


@pytest.mark.parametrize("name", ["crawl.warc", "crawl.warc.gz"])
def test_an_archive_that_is_cut_off(tmp_path, name):
    articles, errors = split(read(tmp_path, archive(name.endswith("gz"))[0][:-90], name))
    assert len(articles) == 3
    assert len(errors) == 1 and f"{name}#4 (https://post.example/3): is cut off" in errors[0]


@pytest.mark.parametrize("lacking", [5, 120, 250])
@pytest.mark.parametrize("name", ["crawl.warc", "whole.warc.gz"])
@pytest.mark.parametrize("kind", ["text/html", "image/png"])
def test_a_record_that_is_cut_short_takes_nothing_from_the_next(tmp_path, lacking, name, kind):
    out, ends = io.BytesIO(), []
    for number in range(4):
        body = page(f"Fernau {number}").encode()
        head = f"HTTP/1.1 200 OK\r\nContent-Type: {kind if number == 1 else 'text/html'}\r\n\r\n".encode()
        out.write(
            f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://post.example/{number}\r\n"
            f"Content-Type: application/http\r\nWARC-Date: 2025-06-03T10:00:00Z\r\n"
            f"Content-Length: {len(head + body)}\r\n\r\n".encode()
        )
        out.write(head + body)
        ends.append(out.tell())
        out.write(b"\r\n\r\n")
    whole = out.getvalue()
    cut = whole[: ends[1] - lacking] + whole[ends[1] + 4 :]
    articles, errors = split(read(tmp_path, gzip.compress(cut) if name.endswith("gz") else cut, name))
    assert [a.first("url").value[-1] for a in articles] == ["0", "2", "3"]
    assert not any("WARC" in a.text for a in articles)
    assert len(errors) == 1 and name in errors[0] and "https://post.example/1" in errors[0]


def test_one_line_end_after_a_record_is_enough(tmp_path):
    content = bytes(archive(False)[0]).replace(b"\r\n\r\nWARC/", b"\nWARC/")
    articles, errors = split(read(tmp_path, content, "crawl.warc"))
    assert (len(articles), errors) == (4, [])


def test_another_server_is_neither_the_address_nor_the_publisher_of_a_page(tmp_path):
    out = io.BytesIO()
    writer = WARCWriter(out, gzip=False)
    named = '<meta property="og:site_name" content="Lund Post">'
    links = [f'<link rel="canonical" href="https://{host}">' for host in ("other.example/x", "[bad", "post.example/")]
    for number, head in enumerate((links[0], links[0] + named, links[1], links[2])):
        answer(writer, f"https://post.example/{number}", page("Lund", head))
    articles, errors = split(read(tmp_path, out.getvalue(), "crawl.warc"))
    assert errors == []
    assert [a.first("url").value for a in articles] == [f"https://post.example/{number}" for number in range(4)]
    assert [m.value for a in articles for m in a.metadata if m.name == "publisher"] == ["Lund Post", "post.example"]


@pytest.mark.parametrize("packing, body", [("br", b"\x0b\x02\x80Tram\x03"), ("zstd", b"\x28\xb5\x2f\xfd\x20\x04Tram")])
def test_a_page_that_cannot_be_unpacked_is_told_with_its_packing(tmp_path, packing, body):
    out = io.BytesIO()
    writer = WARCWriter(out, gzip=True)
    answer(writer, "https://post.example/packed", body, Content_Encoding=packing)
    answer(writer, "https://post.example/unpacked", page("Lund"), Content_Encoding=packing)
    articles, errors = split(read(tmp_path, out.getvalue(), "crawl.warc.gz"))
    assert [a.first("title").value for a in articles] == ["News of Lund"]
    (error,) = errors
    assert error.endswith(f"#1 (https://post.example/packed): is packed as '{packing}', which cannot be unpacked")


@pytest.mark.parametrize("content", [b"", b"hello\nthere", b"\x1f\x8b\x08abc", b"WARC/1.0\r\n\r\n"])
@pytest.mark.parametrize("name", ["crawl.warc", "crawl.warc.gz"])
def test_what_is_no_web_archive_is_said_in_one_line(tmp_path, content, name, capfd):
    articles, errors = split(read(tmp_path, content, name))
    assert articles == [] and errors and all(name in error and "\n" not in error for error in errors)
    assert capfd.readouterr().err == ""


def test_an_archive_that_was_packed_as_a_whole(tmp_path):
    articles, errors = split(read(tmp_path, gzip.compress(bytes(archive(False)[0])), "crawl.warc.gz"))
    assert (len(articles), errors) == (4, [])


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(["crawl.warc", "crawl.warc.gz", "whole.warc.gz"]), st.floats(0.02, 0.98), st.booleans())
def test_wherever_an_archive_is_cut_off_what_is_lost_is_told(tmp_path_factory, name, where, pictures):
    out = io.BytesIO()
    writer, ends = WARCWriter(out, gzip=name == "crawl.warc.gz"), []
    for number in range(4):
        if pictures:
            answer(writer, f"https://post.example/{number}.png", b"PNG" * 99, kind="image/png")
            ends.append(out.tell())
        answer(writer, f"https://post.example/{number}", page(f"Fernau {number}"))
        ends.append(out.tell())
    content = gzip.compress(out.getvalue()) if name == "whole.warc.gz" else out.getvalue()
    cut = int(where * len(content))
    articles, errors = split(read(tmp_path_factory.mktemp("w"), content[:cut], name))
    assert len(articles) < 4
    # At the end of a record nothing tells that there were more, but for the packing of what is packed as a whole.
    if name == "whole.warc.gz" or all(abs(cut - end) > 20 for end in ends):
        assert len(errors) == 1 and name in errors[0]


@settings(max_examples=60, deadline=None)
@given(st.booleans(), st.lists(st.tuples(st.floats(0, 0.999), st.binary(min_size=1, max_size=9)), max_size=4))
def test_whatever_is_broken_the_reading_ends_with_lines_that_tell_of_it(tmp_path_factory, packed, damages):
    content, _ = archive(packed)
    for where, bytes_ in damages:
        begin = int(where * len(content))
        content[begin : begin + len(bytes_)] = bytes_
    name = "crawl.warc.gz" if packed else "crawl.warc"
    articles, errors = split(read(tmp_path_factory.mktemp("w"), content, name))
    assert all(name in error and "\n" not in error for error in errors)
    assert len(articles) + len(errors) >= 1 and len(articles) <= 4
    if not damages:
        assert (len(articles), errors) == (4, [])


def test_a_folder_of_packed_json_lines(tmp_path):
    for day in ("1", "2"):
        record = {"text": "Mayor Ines Duarte opened the fair in Lisbon on Monday.", "title": f"Day {day}"}
        (tmp_path / f"{day}.jsonl.gz").write_bytes(gzip.compress(json.dumps(record).encode()))
    assert [a.first("title").value for a in read_sources([tmp_path])] == ["Day 1", "Day 2"]
