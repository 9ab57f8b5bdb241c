"""Any common encoding is read, nothing is replaced, and the text stays as it is to the last character."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.readers import read_sources
from kg.readers.decoding import UnreadableError, decode

ENGLISH = (
    "“We’re ready,” said Renée Müller — the café’s owner — of the £3m deal…\r\n"
    "The board\u00a0met in Málaga on Monday, and François Noël told it that work would begin in the spring.\r\n"
)
CHINESE = "The exhibition “丝绸之路” (Silk Road) opened on Monday, the museum’s head Li Xia 李霞 said.\n" * 3
JAPANESE = "The play 「雪国」 (Snow Country) opened in Tokyo 東京 on Monday, its director said テスト.\n" * 3


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-le", "cp1252", "mac_roman"]
)
def test_english_in_every_common_encoding(encoding):
    assert decode(ENGLISH.encode(encoding)) == ENGLISH


@pytest.mark.parametrize(
    ("text", "encoding"), [(CHINESE, "gb18030"), (CHINESE, "gbk"), (JAPANESE, "shift_jis"), (JAPANESE, "euc_jp")]
)
def test_english_with_names_in_an_asian_encoding(text, encoding):
    assert decode(text.encode(encoding)) == text


def test_few_words_in_windows_1252():
    assert decode("The café “Río” opened.".encode("cp1252")) == "The café “Río” opened."


def test_utf_16_with_marks_of_either_order():
    assert decode(b"\xff\xfe" + ENGLISH.encode("utf-16-le")) == ENGLISH
    assert decode(b"\xfe\xff" + ENGLISH.encode("utf-16-be")) == ENGLISH


@given(
    st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"])),
    st.sampled_from(["utf-8-sig", "utf-16", "utf-32"]),
)
def test_any_text_with_a_byte_order_mark_comes_back(text, encoding):
    assert decode(text.encode(encoding)) == text


@given(
    st.text(st.characters(exclude_categories=["Cs", "Cc"])).filter(
        lambda text: not text.startswith(("\ufeff", "%PDF", "PK", "BZh", "GIF8", "{\\rtf"))
    )
)
def test_any_text_in_utf_8_comes_back(text):
    assert decode(text.encode("utf-8")) == text


@given(st.text(st.sampled_from("abcdefgh IJKL.,;\r\n\u00e9\u00fc\u00f1"), min_size=1))
def test_words_with_accents_in_windows_1252_come_back(text):
    text = f"The mayor of the town {text} said on Monday that the caf\u00e9 was closed."
    assert decode(text.encode("cp1252"), "windows-1252") == text


@given(st.binary())
def test_any_bytes_are_read_or_refused(data):
    try:
        text = decode(data)
    except UnreadableError as error:
        assert "\n" not in str(error)
    else:
        assert "\ufffd" not in text or b"\xef\xbf\xbd" in data or b"\xfd" in data or b"\xff" in data


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj", "is not text but a PDF file"),
        (b"PK\x03\x04\x14\x00\x06\x00", "is not text but a ZIP archive or an office document"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "is not text but a PNG picture"),
        (bytes(range(256)) * 8, "is not text: it has a zero byte at position 0"),
        (bytes(range(1, 32)) * 8, "is not text: it is full of control characters"),
        (
            ENGLISH.encode("utf-8").replace(b"M\xc3\xa1laga", b"M\xe1laga"),
            "is UTF-8 with a fault: byte E1 at position 109",
        ),
        (b"\xff\xfe" + b"a\0b", "begins with the mark of UTF-16-LE, which the bytes at position 2 are not"),
    ],
)
def test_what_is_no_text_is_refused_with_the_reason(data, message):
    with pytest.raises(UnreadableError) as refused:
        decode(data)
    assert message in str(refused.value)


def test_declared_encoding_that_does_not_fit_is_not_believed():
    assert decode(ENGLISH.encode("cp1252"), "utf-8") == ENGLISH
    assert decode(ENGLISH.encode("utf-8"), "iso-8859-1") == ENGLISH
    assert decode(ENGLISH.encode("utf-8"), "no-such-encoding") == ENGLISH


def test_line_ends_spaces_and_invisible_characters_stay(tmp_path):
    text = " First line\u00a0here,\r\nsecond\u200b line\u2028third\tline. \ufeff Fourth line of the article.\r\n\r\n"
    (tmp_path / "a.txt").write_bytes(b"\xef\xbb\xbf" + text.encode("utf-8"))
    (article,) = read_sources([tmp_path / "a.txt"])
    assert article.text == text
