"""Files, folders and standard input, and everything that can be wrong with them: the other articles are always read."""

import gzip
import io
import json
import os
import sys
from types import SimpleNamespace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg.construction import _holds_a_graph
from kg.errors import ArticleError
from kg.facts import Article
from kg.readers import LONGEST_TEXT, Reader, article_from_text, read_sources, sources

SENTENCE = "The harbour board approved the new ferry terminal on Monday, its chairwoman Ines Duarte said."
PAGE = f"<!DOCTYPE html><html><head><title>Ferry</title></head><body><article><p>{SENTENCE}</p></article></body></html>"


def outcome(found):
    """The text of an article, or the message of an error."""
    return found.text if isinstance(found, Article) else str(found)


def read(*paths, **options):
    return [outcome(found) for found in read_sources(paths, **options)]


@pytest.fixture
def good(tmp_path):
    path = tmp_path / "good.txt"
    path.write_text(SENTENCE, encoding="utf-8")
    return path


def standard_input(monkeypatch, data):
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(data)))


def test_missing_file_among_others(good, tmp_path):
    assert read(tmp_path / "nope.txt", good) == [f"{tmp_path}/nope.txt: does not exist", SENTENCE]


def bad_file(path, data, expected, good):
    path.write_bytes(data)
    message, text = read(path, good)
    assert text == SENTENCE, "the other article must be read"
    assert message.startswith(f"{path}")
    assert expected in message
    assert "\n" not in message


@pytest.mark.parametrize(
    ("name", "data", "expected"),
    [
        ("empty.txt", b"", "is empty"),
        ("empty.md", b"", "is empty"),
        ("empty.html", b"", "is empty"),
        ("empty.json", b"", "is empty"),
        ("empty.jsonl", b"\n \n", "is empty"),
        ("white.txt", b" \r\n\t\xc2\xa0\n", "has nothing but white space"),
        ("dashes.txt", b"***\n---\n", "has no words"),
        ("binary.txt", bytes(range(256)) * 16, "is not text"),
        ("paper.txt", b"%PDF-1.7\n%\xe2\xe3", "is not text but a PDF file"),
        ("picture.html", b"\x89PNG\r\n\x1a\n\0\0", "is not text but a PNG picture"),
        (
            "fault.txt",
            "The caf\u00e9 \u2013 and the h\u00f4tel ".encode() + b"\xe9t\xe9 opened.",
            "is UTF-8 with a fault: byte E9",
        ),
        ("nul.txt", b"The board met on Monday.\0 Then it left.", "is not text: it has a zero byte at position 24"),
        ("broken.html", b"<html><bo <p <<<>>> &&& <div", "has no article: no main text was found in the page"),
        ("bare.html", b"<html><body><nav><a href='/'>Home</a></nav></body></html>", "has no article"),
        ("broken.json", b'{"text": "The board', "is not JSON: line 1, column 10"),
        ("list.json", b"[]", "has no article: the list is empty"),
        ("number.json", b"42", "is no JSON object but a number"),
        ("deep.json", b"[" * 100_000, "is not JSON"),
        ("deep.jsonl", b"[" * 100_000, "line 1 is not JSON"),
        (
            "textless.json",
            b'{"title": "Ferry"}',
            "has no text: there is no field 'text' (or name yours); it has 'title'",
        ),
        ("blank.json", b'{"text": "  "}', "has no text: the field 'text' is empty"),
        (
            "surrogate.json",
            b'{"text": "The board \\ud800 met."}',
            "has half a character (the lone surrogate U+D800) at position 10",
        ),
        ("nul.json", b'{"text": "The board \\u0000 met."}', "has a NUL character at position 10"),
        ("packed.txt.gz", b"no gzip at all", "is not a gzip file, though its name says so"),
        ("cut.txt.gz", gzip.compress(SENTENCE.encode() * 99)[:-9], "gzip data"),
        ("report.pdf", b"%PDF-1.7", "is no kind of article file that is known (files ending in .txt"),
    ],
)
def test_bad_file_is_one_clear_line_and_the_others_are_read(name, data, expected, good, tmp_path):
    bad_file(tmp_path / name, data, expected, good)


def test_text_of_50_megabytes_is_refused_without_reading_it_all(good, tmp_path):
    bad_file(
        tmp_path / "huge.txt",
        SENTENCE.encode() * 550_000,
        "is too long: more than 800,004 bytes, where an article may have 200,000 characters",
        good,
    )


def test_text_just_over_and_just_at_the_limit():
    text = ("word " * (LONGEST_TEXT // 5))[:LONGEST_TEXT]
    assert len(article_from_text(text).text) == LONGEST_TEXT
    with pytest.raises(ArticleError, match="is too long: 200,001 characters, the limit is 200,000"):
        article_from_text(text + "x", "a.txt")


def test_small_gzip_file_that_unpacks_to_gigabytes(good, tmp_path):
    bomb = gzip.compress(gzip.compress(b"a" * 40_000_000), 1)
    (tmp_path / "bomb.jsonl.gz").write_bytes(gzip.decompress(bomb))
    bad_file(tmp_path / "bomb.txt.gz", gzip.decompress(bomb), "is too long", good)
    assert "line 1 is too long: more than 16 MB" in read(tmp_path / "bomb.jsonl.gz")[0]


def test_folder_without_articles(good, tmp_path):
    (tmp_path / "folder" / "deeper").mkdir(parents=True)
    (tmp_path / "folder" / "notes.docx").write_bytes(b"PK")
    message, text = read(tmp_path / "folder", good)
    assert message.startswith(f"{tmp_path}/folder: is a folder without articles (files ending in .txt")
    assert text == SENTENCE


def test_folders_are_read_recursively_sorted_without_hidden_and_other_files(tmp_path):
    for name in ["b.txt", "a/z.txt", "a/y.html", ".hidden/x.txt", ".x.txt", "c.png", "Makefile", "d.TXT", "e.txt.gz"]:
        (tmp_path / name).parent.mkdir(exist_ok=True)
        data = PAGE if name.endswith("html") else SENTENCE
        (tmp_path / name).write_bytes(gzip.compress(data.encode()) if name.endswith("gz") else data.encode())
    names = [article.source for article in read_sources([tmp_path])]
    assert names == [f"{tmp_path}/{name}" for name in ["a/y.html", "a/z.txt", "b.txt", "d.TXT", "e.txt.gz"]]


def test_links_in_a_circle(tmp_path, good):
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder" / "up").symlink_to(tmp_path)
    (tmp_path / "folder" / "a.txt").write_text(SENTENCE, encoding="utf-8")
    assert len(list(read_sources([tmp_path]))) == 2


def test_dangling_link(tmp_path, good):
    (tmp_path / "a.txt").symlink_to(tmp_path / "gone.txt")
    assert read(tmp_path) == [f"{tmp_path}/a.txt: does not exist", SENTENCE]


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="the administrator may read everything")
def test_file_without_permission(good, tmp_path):
    good.chmod(0)
    assert read(good) == [f"{good}: cannot be read: Permission denied"]


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="the administrator may read everything")
@pytest.mark.parametrize("rights", [0o000, 0o400])
def test_folder_without_permission(good, tmp_path, rights):
    closed = tmp_path / "closed"
    closed.mkdir()
    (closed / "a.txt").write_text(SENTENCE, encoding="utf-8")
    closed.chmod(rights)
    try:
        refused = f"{closed}: cannot be read: Permission denied"
        assert read(tmp_path, passed_over=_holds_a_graph) == [refused, SENTENCE]
        assert read(closed, good, passed_over=_holds_a_graph) == [refused, SENTENCE]
        assert read(closed / "a.txt", good) == [f"{closed}/a.txt: cannot be read: Permission denied", SENTENCE]
    finally:
        closed.chmod(0o700)


def test_strange_names(tmp_path):
    (tmp_path / "caf\u00e9 #1 (draft).txt").write_text(SENTENCE, encoding="utf-8")
    (tmp_path / "article").write_text(SENTENCE, encoding="utf-8")
    assert read(tmp_path / "article", tmp_path / "caf\u00e9 #1 (draft).txt") == [SENTENCE, SENTENCE]


def test_one_path_alone_is_one_source(good):
    assert [article.source for article in read_sources(str(good))] == [str(good)]


@pytest.mark.parametrize(
    ("data", "texts"),
    [
        (SENTENCE.encode(), [SENTENCE]),
        (gzip.compress(SENTENCE.encode()), [SENTENCE]),
        (b"\xef\xbb\xbf" + SENTENCE.encode(), [SENTENCE]),
        (SENTENCE.encode("utf-16"), [SENTENCE]),
        (PAGE.encode(), [SENTENCE]),
        (json.dumps({"text": SENTENCE}).encode(), [SENTENCE]),
        (json.dumps({"text": SENTENCE}, indent=1).encode(), [SENTENCE]),
        (json.dumps([{"text": SENTENCE}] * 2).encode(), [SENTENCE, SENTENCE]),
        ((json.dumps({"text": SENTENCE}) + "\n").encode() * 2, [SENTENCE, SENTENCE]),
        (f"[Lisbon] {SENTENCE}".encode(), [f"[Lisbon] {SENTENCE}"]),
        (b"", ["standard input: is empty"]),
        (
            gzip.compress(b"a" * 99)[:-9],
            [
                "standard input: has broken gzip data (Compressed file ended"
                " before the end-of-stream marker was reached)"
            ],
        ),
    ],
    ids=[
        "text",
        "gzipped text",
        "text with a byte order mark",
        "UTF-16",
        "web page",
        "JSON",
        "JSON over several lines",
        "JSON list",
        "JSON lines",
        "text in brackets",
        "nothing",
        "broken gzip",
    ],
)
def test_standard_input_of_every_kind(monkeypatch, data, texts):
    standard_input(monkeypatch, data)
    assert read("-") == texts


def test_reading_is_lazy(good, tmp_path):
    def paths():
        yield good
        raise AssertionError("read too far")

    assert next(iter(read_sources(paths()))).text == SENTENCE


def test_readers_of_other_packages(monkeypatch, tmp_path):
    def read_rtf(stream, source, fields):
        yield article_from_text(stream.read().decode("ascii").strip("{}"), source)
        yield ArticleError(source, "second half is missing")
        raise ValueError("a fault\nin the reader")

    reader: Reader = read_rtf
    point = SimpleNamespace(name=".RTF", load=lambda: reader)
    monkeypatch.setattr(sources, "entry_points", lambda group: [point] if group == "kg.readers" else [])
    sources.readers.cache_clear()
    try:
        (tmp_path / "a.rtf").write_text("{" + SENTENCE + "}", encoding="ascii")
        assert read(tmp_path) == [
            SENTENCE,
            f"{tmp_path}/a.rtf: second half is missing",
            f"{tmp_path}/a.rtf: cannot be read: ValueError a fault in the reader",
        ]
    finally:
        sources.readers.cache_clear()


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.binary(max_size=300), st.sampled_from(["txt", "md", "html", "json", "jsonl", "rss", "warc", "warc.gz", "txt.gz"])
)
def test_any_bytes_give_articles_or_one_line_errors(tmp_path, data, ending):
    path = tmp_path / f"any.{ending}"
    path.write_bytes(data)
    for found in read_sources([path]):
        assert isinstance(found, Article) or "\n" not in str(found)
