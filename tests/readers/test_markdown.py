"""Markdown: the text stays as it is, markup is masked, and sentences run through it."""

import textwrap

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.facts import BlockKind
from kg.language.pipeline import parse, reading_text
from kg.readers import read_sources
from kg.readers.articles import ArticleError
from kg.readers.markdown import article_of_markdown

PAGE = """---
title: "Ferry terminal approved"
date: 2025-04-23
author: Ana Reis
---

# The *new* ferry terminal #

LISBON, April 23 (Harbour News) -- The [harbour board](https://port.example/board) approved the **new ferry
terminal**, said _Ines Duarte_, its chairwoman. See <https://port.example/plan> for the plan.

## What comes next

> "Work begins in the spring," said Duarte.

- It will cost 14 million euros.

![The old terminal. Photo: Ana Reis](old.jpg)

```
code
```
"""


def test_text_is_kept_and_markup_is_blank(tmp_path):
    (tmp_path / "a.md").write_text(PAGE, encoding="utf-8", newline="")
    (article,) = read_sources([tmp_path / "a.md"])
    assert article.text == PAGE
    read = reading_text(article)
    assert len(read) == len(PAGE)
    assert [" ".join(line.split()) for line in read.splitlines() if line.strip()] == [
        "The new ferry terminal",
        "The harbour board approved the new ferry terminal , said Ines Duarte , its chairwoman. See for the plan.",
        "What comes next",
        '"Work begins in the spring," said Duarte.',
        "It will cost 14 million euros.",
        "The old terminal. Photo: Ana Reis",
    ]


@pytest.mark.parametrize(
    ("written", "read"),
    [
        (r"The ferry costs \$5 and the bus \#12 is full\.", "The ferry costs $5 and the bus #12 is full ."),
        (r"She gave it \*three\* stars, not *four*.", "She gave it *three * stars, not four ."),
        (r"\[sic\](not an address) stands there.", "[sic ](not an address) stands there."),
        (r"Ask the_board or harbour\_daily about C:\Boats.", r"Ask the_board or harbour\_daily about C:\Boats."),
    ],
)
def test_a_sign_that_is_escaped_is_the_sign_and_no_markup(written, read):
    article = article_of_markdown(written, "a.md")
    assert article.text == written
    assert " ".join(reading_text(article).split()) == read


def test_front_matter_is_metadata():
    article = article_of_markdown(PAGE, "a.md")
    assert (article.first("title").value, article.first("title").origin) == (
        "Ferry terminal approved",
        "front matter 'title'",
    )
    assert article.first("date").value == "2025-04-23"
    assert article.first("author").value == "Ana Reis"
    assert article.first("place").value == "Lisbon"


@pytest.mark.parametrize(
    ("front", "title"),
    [
        ("title: >-\n  Bridge at Osterby\n  closed\ndate: 2026-03-03", "Bridge at Osterby closed"),
        ("title: |\n  Bridge closed # 2\n\n# late\ndate: 2026-03-03", "Bridge closed # 2"),
        ("title: Bridge at Osterby\n  closed # late", "Bridge at Osterby closed"),
        (r'title: "Ekdahl: \"We need caf\u00e9s\"" # late', 'Ekdahl: "We need caf\u00e9s"'),
        (r'title: "A \ud83d \x00 \U00110000 \\"', r"A \ud83d \x00 \U00110000" + " \\"),
        ("title: 'Dyer''s Gazette'", "Dyer's Gazette"),
        ("title: 'Dyer's Gazette'", "Dyer's Gazette"),
        ("title: Ekdahl: we need a bridge", "Ekdahl: we need a bridge"),
        ("title: [Exclusive] Bridge closed", "[Exclusive] Bridge closed"),
        ("title: Bridge no. 1 in C#", "Bridge no. 1 in C#"),
        ('title: ""\nheadline: Bridge', "Bridge"),
        ("title: &a [*a]\nheadline: *a", "&a [*a]"),
    ],
)
def test_a_title_is_read_as_it_is_written_in_front_matter(front, title):
    for text in (front, front.replace("\n", "\r\n")):
        article = article_of_markdown(f"---\n{text}\n---\nThe bridge was closed.\n", "a.md")
        assert article.first("title").value == title


@pytest.mark.parametrize(
    "front",
    [
        '---\nauthor: ["Nell Aston", "Jonas Reuter"] # both\n---',
        "---\nauthors: [Nell Aston,\n  Jonas Reuter]\n---",
        "---\nauthor:\n  - Nell Aston\n  - 'Jonas Reuter'\n---",
        "---\nauthor: # both\n- name: Nell Aston\n  url: https://dyer.example/aston\n# and\n- Jonas Reuter\n---",
        "---\nauthor:\n  name: Nell Aston\nbyline: '[[Jonas Reuter]]'\n---",
        '+++\nauthors = [\n  "Nell Aston",\n  "Jonas Reuter",\n]\n+++',
    ],
)
def test_several_authors_in_front_matter_are_several(front):
    article = article_of_markdown(f"{front}\nThe bridge was closed.\n", "a.md")
    assert [m.value for m in article.metadata if m.name == "author"] == ["Nell Aston", "Jonas Reuter"]


@given(st.text(st.sampled_from("a: -[]{}'\"\\#>|\n\t,u0*&~="), max_size=60))
def test_any_front_matter_is_read(front):
    article = article_of_markdown(f"---\ntitle: {front}\n---\nThe bridge was closed.\n", "a.md")
    assert all(metadatum.value.strip() for metadatum in article.metadata)


def test_what_is_no_address_is_not_the_one_of_a_text():
    article = article_of_markdown("---\ntitle: Ferry\nurl: n/a\n---\n\nThe ferry was approved.\n", "a.md")
    assert article.first("url") is None and article.first("title").value == "Ferry"


def test_title_is_the_first_heading():
    article = article_of_markdown("# Ferry *approved*.\n\nThe board approved the ferry terminal on Monday.\n", "a.md")
    assert article.first("title").value.split() == ["Ferry", "approved", "."]


def test_markup_starts_no_sentence(nlp):
    text = "The **harbour board** approved the [ferry terminal](https://port.example) on Monday.\n\n- It was late.\n"
    ((_, doc),) = parse(nlp, [article_of_markdown(text, "a.md")])
    sentences = [" ".join(sentence.text.split()) for sentence in doc.sents if sentence.text.strip()]
    assert sentences == ["The harbour board approved the ferry terminal on Monday.", "It was late."]


@pytest.mark.parametrize("width", [26, 38, 45, 60])
def test_a_paragraph_wrapped_at_any_width_is_one(width):
    paragraph = (
        "The council of Ormsby agreed on Monday to build a library beside the harbour. Ana Reis, who chairs the Ormsby "
        "Library Board, said that it would open in two years and cost less than the old Ormsby Exchange."
    )
    text = f"# A library for Ormsby\n\n{textwrap.fill(paragraph, width)}\n\n{textwrap.fill(paragraph, width)}\n"
    article = article_of_markdown(text, "a.md")
    told = [" ".join(text[slice(*block.span)].split()) for block in article.blocks if block.kind is BlockKind.PARAGRAPH]
    assert told == [paragraph, paragraph]


@given(st.text(st.sampled_from("ab #*_[]()>-`~!<a.\n\r\u00e9:=+1"), max_size=120))
def test_any_markdown_is_covered_in_order(text):
    try:
        article = article_of_markdown(text, "a.md")
    except ArticleError:
        return
    end = 0
    inside = set()
    for block in article.blocks:
        assert end <= block.span.begin < block.span.end <= len(text)
        end = block.span.end
        inside.update(range(*block.span))
    assert all(character.isspace() or at in inside for at, character in enumerate(text))
    assert len(reading_text(article)) == len(text)


def test_heading_kind():
    kinds = [block.kind for block in article_of_markdown(PAGE, "a.md").blocks]
    assert kinds[0] is BlockKind.HEADER
    assert kinds.count(BlockKind.DATELINE) == 1
    assert BlockKind.HEADLINE in kinds
    assert BlockKind.CAPTION in kinds


def test_the_front_matter_of_a_text_file_is_no_prose_and_its_title_is_the_headline(tmp_path):
    from kg.facts import BlockKind
    from kg.readers.sources import read_sources

    page = '---\ntitle: "Ferry terminal approved"\ndate: "2025-04-23"\n---\n\n'
    page += "Ferry terminal approved.\n\nWork * begins * soon.\n"
    path = tmp_path / "a.txt"
    path.write_text(page, encoding="utf-8")
    (article,) = read_sources([path])
    assert article.text == page
    assert (article.first("title").value, article.first("date").value) == ("Ferry terminal approved", "2025-04-23")
    prose = [(block.kind, page[slice(*block.span)]) for block in article.blocks if block.kind is not BlockKind.HEADER]
    assert prose == [
        (BlockKind.HEADLINE, "Ferry terminal approved."),
        (BlockKind.PARAGRAPH, "Work * begins * soon."),
    ]
