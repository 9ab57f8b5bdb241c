"""Characters that nobody sees - soft hyphens, joiners, marks of direction - part no word and stand in no name."""

import time

import pytest

from kg.language.pipeline import parse, reading_text
from kg.readers import article_from_text


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("Faro\u200e is small.", "Faro  is small."),
        ("\u2066Faro\u2069, a town", " Faro , a town"),
        ("a har\u00adbour in Lis\u2060bon", "a har\u00adbour in Lis\u2060bon"),
        ("It ended.\u200bThen she left.\ufeff", "It ended. Then she left. "),
        ("a\u00ad\u2060b \u00ad\u2060c d\u2060\u00ad", "a\u00ad\u2060b   c d  "),
    ],
)
def test_the_parser_sees_a_blank_for_them_but_inside_a_word(written, read):
    assert reading_text(article_from_text(written)) == read


@pytest.mark.parametrize("unseen", ["\u2060", "\u200b"])
def test_many_of_them_take_no_time(unseen):
    article = article_from_text(f"a{unseen * 100_000}b")
    begun = time.perf_counter()
    reading_text(article)
    assert time.perf_counter() - begun < 2


def test_words_part_at_a_zero_width_space(read):
    facts = read("Ines\u200bDuarte, a harbour master, opened the fair in Tehran on Monday.")
    assert "Ines Duarte" in {entity.name for entity in facts.entities}


def test_offsets_stay_true(nlp):
    text = "\u200fInes Du\u00adarte opened the fair in Faro\u200e on Monday."
    ((_, doc),) = parse(nlp, [article_from_text(text)])
    assert doc.text[text.index("Faro") :].startswith("Faro  on Monday")
    assert [token.text for token in doc if "\u00ad" in token.text] == ["Du\u00adarte"]


def test_names_come_without_them_and_the_evidence_with_them(read):
    facts = read(
        "Ines Du\u00adarte, a harbour master, opened the fair in Tehran\u200e on Monday. "
        "The town thanked Ines Duarte. \u2067Tehran\u2069 is a large city."
    )
    names = {entity.name: [facts.article.text[slice(*m.span)] for m in entity.mentions] for entity in facts.entities}
    assert names["Ines Duarte"] == ["Ines Du\u00adarte", "Ines Duarte"]
    assert names["Tehran"] == ["Tehran", "Tehran"]
    assert len(names) == 2
