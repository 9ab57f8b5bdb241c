"""Characters without a blank that no reader takes for words: the parser does not see them, and no offset moves."""

import pytest

from kg.language.pipeline import LONGEST_UNBROKEN, parse, reading_text
from kg.readers import article_from_text

SAID = "Mayor Ines Duarte opened the fair in Lisbon on Monday."
AFTER = "Otto Varga visited Dover on Tuesday."


@pytest.mark.parametrize("junk", ["(" * 20_000 + "x" + ")" * 20_000, "'\"" * 20_000, "[a](" * 10_000])
@pytest.mark.parametrize("between", [" ", "\n\n"])
def test_a_long_run_of_signs_is_passed_over(nlp, junk, between):
    article = article_from_text(between.join((SAID, junk, AFTER)))
    ((_, doc),) = parse(nlp, [article])
    assert len(doc) < 40
    assert len(doc.text) == len(article.text)
    (place,) = [token for token in doc if token.text == "Dover"]
    assert article.text[place.idx :].startswith("Dover on Tuesday")


@pytest.mark.parametrize(("length", "is_read"), [(LONGEST_UNBROKEN, True), (LONGEST_UNBROKEN + 1, False)])
def test_a_long_word_or_address_is_read(length, is_read):
    word = "https://post.example/".ljust(length, "a")
    text = reading_text(article_from_text(f"{SAID} See {word} for more. {AFTER}"))
    assert (word in text) == is_read
    assert AFTER in text


def test_a_label_that_is_too_long_to_be_read_names_no_speaker(read):
    facts = read(f"Ferry terminal approved\n\n{'A' * 600}: Hello there, the mayor opened the fair.")
    assert facts.statements == ()
