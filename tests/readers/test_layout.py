"""The layout of plain text as it comes: prose is never taken for furniture, and furniture not for prose."""

import textwrap
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.facts import PROSE, BlockKind
from kg.language.pipeline import parse, reading_text
from kg.readers import article_from_text
from kg.readers.layout import blocks_of

SENTENCE = "The harbour board approved the new ferry terminal on Monday, its chairwoman Ines Duarte said."
MORE = "Work is to begin in the spring and will cost the port 14 million euros, according to the plan."


def laid_out(text):
    return [(block.kind.value, text[block.span.begin : block.span.end]) for block in blocks_of(text)]


@pytest.mark.parametrize(
    "header",
    [
        "date 2025-04-23",
        "Date: 2025-04-23",
        "Published: 23 April 2025",
        "Posted on April 23, 2025",
        "Last updated: 2025-04-23 10:30 GMT",
        "2025-04-23",
        "[2025-04-23]",
        "2025-04-23 10:30",
        "(date 2025-04-23)",
        "Published 2025-04-22 | Updated 2025-04-23",
        "Wednesday, April 23, 2025",
        "April 23, 2025",
    ],
)
def test_header_glued_to_the_first_sentence(header):
    assert laid_out(f" {header} {SENTENCE}\n\n{MORE}") == [
        ("header", header),
        ("paragraph", SENTENCE),
        ("paragraph", MORE),
    ]


@pytest.mark.parametrize(
    "line",
    [
        "Saturday, September 12, 2015",
        "12 September 2015",
        "Published Friday, Mar. 17, 2017 09:20AM EST",
        "(Agency) 08:32, April 14, 2025",
        "Updated: April 23, 2025 09:12    Source: Harbour Daily",
        "Time: 2025-04-23 | Source: Harbour Daily | Editor: Ana Reis",
        "Published on 12/04/2024 by admin",
        "FOR IMMEDIATE RELEASE",
        "Press release No. 12/2025",
        "News release, 22\u00a0September 2025",
        "PR/2025/935",
        "Source: Harbour Daily",
        "Media contact: Ana Reis, +351 213 555 012, ana.reis@port.example",
    ],
)
def test_header_line(line):
    assert laid_out(f"Ferry terminal approved\n{line}\n\n{SENTENCE}\n\n{MORE}") == [
        ("headline", "Ferry terminal approved"),
        ("header", line),
        ("paragraph", SENTENCE),
        ("paragraph", MORE),
    ]


@pytest.mark.parametrize(
    "dateline",
    [
        "BEIJING, April 2 (Xinhua) --",
        "LONDON (AP) -",
        "LONDON (Reuters) \u2013",
        "New York (AFP) \u2013",
        "GENEVA, 3 March 2025 \u2013",
        "Geneva, Switzerland, 12 April 2024:",
        "WASHINGTON \u2014",
        "HEMPSTEAD, N.Y., Sept. 26 (UPI) \u2014",
        "HOUSTON, Feb. 27, 2014 /PRNewswire/ --",
        "SAN JOSE, Calif.--(BUSINESS WIRE)--",
        "12 April 2024, Rome -",
        "Berlin, 23 April 2025.",
        "Taipei, Taiwan \u2014",
        "S\u00e3o Paulo, 5 June 2023 -",
        "(Reuters) -",
        "ROME/BERLIN (Reuters) -",
        "NEW DELHI:",
        "LAHORE/KARACHI:",
        "KUALA LUMPUR, Malaysia:",
    ],
)
def test_dateline(dateline):
    assert laid_out(f"Ferry terminal approved\n\n{dateline} {SENTENCE}\n{MORE}") == [
        ("headline", "Ferry terminal approved"),
        ("dateline", dateline),
        ("paragraph", SENTENCE),
        ("paragraph", MORE),
    ]


@pytest.mark.parametrize(
    "line",
    [
        "Lindqvist \u2014 The man who built the bridge never saw it finished, his daughter said on Tuesday.",
        "EXCLUSIVE \u2013 The minister told the committee on Monday that he would not stay in office.",
        "London - The mayor of the city said on Monday that the bridge would be closed for a year.",
        "DUARTE: And that is why the board cannot wait for another year, whatever the council says.",
        "On April 23, 2025, the forum was held in Beijing, and the minister spoke at it for an hour.",
        "April 23, 2025, was the day on which the harbour board approved the terminal after all.",
        "By Friday, the board had received 300 letters about the terminal, and most were against it.",
        "Read Duarte's letter and you see at once that the board had made up its mind a year ago.",
        "The source: an official who spoke to the board on condition that his name be kept secret.",
        "Share prices fell by 3 percent on Tuesday after the chief executive announced that he would go.",
        "Watch how the board votes: that is what Duarte told her staff on the evening before the meeting.",
        "Follow the money, the prosecutor told the jury on Tuesday, and the trail leads to the board.",
        "Time magazine named Duarte as one of a hundred people who would shape the coming decade.",
        "Source: the official who told the board on Monday that the plan was dead was its own chairwoman.",
        "date: 2025-04-23 source: Harbour On Monday, the board approved the terminal after all, it said.",
        "PORT BRAZEN: And that is why the board cannot wait for another year, whatever the council says.",
        "NASA \u2014 The agency is to stay in Houston, the director of NASA told the committee on Monday.",
        "On Monday, 23 April 2025. The date stood on the door, and the board knew what it was to do.",
        "By Ana Reis and her board, it was called a success that nobody could have hoped for.",
        "In a statement on Monday, the board said that it would publish the contract within a week.",
    ],
)
def test_prose_stays_prose(line):
    assert laid_out(f"{line}\n\n{MORE}") == [("paragraph", line), ("paragraph", MORE)]


def test_a_place_before_a_colon_is_a_speaker_where_others_take_turns():
    turns = [f"OSLO: {SENTENCE}", f"HOLM: {MORE}", f"OSLO: {MORE}"]
    assert laid_out("\n\n".join(turns)) == [("paragraph", turn) for turn in turns]


def test_a_place_before_the_colon_of_a_headline_is_part_of_it():
    assert laid_out(f"OSLO: Ferry terminal approved\n\n{SENTENCE}\n\n{MORE}")[0] == (
        "headline",
        "OSLO: Ferry terminal approved",
    )


@pytest.mark.parametrize(
    "byline",
    [
        "By Reuters",
        "By AFP",
        "By The Associated Press",
        "By Ana Reis",
        "By ANA REIS and Tom\u00e1s Vale",
        "By Ana Reis, Harbour News Agency",
        "By Ana Reis for the Harbour Daily",
    ],
)
def test_byline(byline):
    assert ("byline", byline) in laid_out(f"Ferry terminal approved\n\n{byline}\n\n{SENTENCE}\n\n{MORE}")


@pytest.mark.parametrize(
    "credit",
    [
        "Reporting by Ana Reis; editing by Tom Reed",
        "(Reporting by Ana Reis in Faro and Tom Reed in Porto; Additional reporting by Jo Li; Editing by Kim Vale)",
        "Additional reporting by Ana Reis, Tom Reed and Jo Li.",
        "Compiled by staff writers",
        "Graphics by Jo Li",
        "Reporting by Mohammed al-Rashed; Editing by Tom Reed",
        "Reporting by \u0141ukasz Dudek, \u0160\u00e1rka Mal\u00e1, \u0130brahim Kaya and Jean d'Orme",
        "Reporting by Ana Reis aboard the Vale and Jo Li near Faro, both in Portugal, and our foreign staff",
        "Reporting by Ana Reis, video by Jo Li, with files from Tom Reed",
        "Reporting by Ana Reis; Editing by Tom Reed. For more news visit the page that is kept for it",
        "Reporting by Ana Reis and A. K. Reed, who were there; Edited by Jo Li",
    ],
)
def test_a_line_of_credits_is_a_byline(credit):
    assert laid_out(f"Ferry terminal approved\n\n{SENTENCE}\n\n{MORE}\n\n{credit}")[-1] == ("byline", credit)


@pytest.mark.parametrize(
    "line",
    [
        "Research by the University of Oslo found that short sleep makes people ill.",
        "Production by OPEC members fell in May for the third month in a row.",
        "Reporting by the Herald revealed that the board had known of the leak for a year.",
        "Written by Ines Duarte in 1998, the report was never published.",
        "Research by Dr. Ines Duarte and her team suggests that ferries are safer at night.",
        "Production by Harbour Mills could halve in June.",
    ],
)
def test_a_sentence_about_who_made_something_is_news(line):
    assert laid_out(f"Ferry terminal approved\n\n{line}\n\n{SENTENCE}\n\n{MORE}")[1] == ("paragraph", line)
    assert laid_out(f"{SENTENCE}\n\n{MORE}\n\n{line}")[-1] == ("paragraph", line)


@pytest.mark.parametrize("names", ["S. P. Ruiz, " * 23, "a@b.co, " * 34, "Ana Reis, " * 200])
def test_credits_of_many_take_no_time(names):
    begun = time.perf_counter()
    laid_out(f"Ferry terminal approved\n\n{SENTENCE}\n\n{MORE}\n\nReporting by {names}who all saw it")
    assert time.perf_counter() - begun < 2


@pytest.mark.parametrize("line", ["By design", "By Sunday", "By Ferry"])
def test_who_is_no_agency_is_no_byline_by_one_name(line):
    assert ("byline", line) not in laid_out(f"Ferry terminal approved\n\n{line}\n\n{SENTENCE}\n\n{MORE}")


@pytest.mark.parametrize(
    "line",
    [
        "***",
        "###",
        "- 30 -",
        "ENDS",
        "* * *",
        "Read more: Board split over ferry terminal",
        "READ MORE",
        "Share this article",
        "265 shares",
        "Advertisement",
        "Follow Ana Reis on Twitter @anareis",
        "\u00a9 2025 Harbour Daily",
        "Copyright 2025 Harbour Daily. All rights reserved.",
    ],
)
def test_boilerplate(line):
    assert laid_out(f"{SENTENCE}\n\n{line}\n\n{MORE}")[1] == ("boilerplate", line)


@pytest.mark.parametrize(
    "notice",
    [
        "Correction: An earlier version of this article said that the terminal would cost 41 million euros. It is 14.",
        "CORRECTION (3 May 2025): The chairwoman is called Ines Duarte.",
        "Clarification: The board met on Monday, not on Tuesday.",
        "Editor's note: This article has been updated to say that work is to begin in the spring.",
        "(Editor\u2019s note: An earlier version of this story misstated the cost.)",
        "*This article was amended on 3 May 2025. An earlier version said that Ines Duarte had left.*",
        "This story has been corrected to show that the terminal will cost 14 million euros.",
        "A previous version of this report incorrectly said that Ines Duarte had resigned.",
        "Update: This story has been updated with comment from the board.",
        "Corrections and clarifications",
    ],
)
def test_a_notice_about_the_article_itself_is_not_read_as_news(notice):
    assert laid_out(f"{notice}\n\n{SENTENCE}")[0] == ("boilerplate", notice)
    assert laid_out(f"{SENTENCE}\n\n{MORE}\n\n{notice}")[-1] == ("boilerplate", notice)


@pytest.mark.parametrize(
    "line",
    [
        "Corrections officer Jo Park said that the jail was full.",
        "Correction of the market was overdue, Ines Duarte said on Monday.",
        "An earlier version of the bill said that fees would rise.",
        "This report was updated by the ministry on Monday, Ines Duarte said.",
        "Editor's note: Ines Duarte chairs the harbour board and writes for us on Fridays.",
    ],
)
def test_what_others_correct_or_update_is_news(line):
    assert laid_out(f"{SENTENCE}\n\n{line}\n\n{MORE}")[1] == ("paragraph", line)


def test_a_notice_behind_or_before_the_news_in_one_paragraph_leaves_the_news():
    notice = "This article was amended on 3 May. An earlier version said that Ines Duarte had left."
    assert laid_out(f"{SENTENCE} {notice}") == [("paragraph", SENTENCE), ("boilerplate", notice)]
    notice = "Correction: An earlier version of this article said that Mr. Park chaired the board."
    assert laid_out(f"{notice} {SENTENCE}") == [("boilerplate", notice), ("paragraph", SENTENCE)]
    assert laid_out(f"{notice} {notice} " + f"{SENTENCE} {MORE} " * 9)[2][0] == "paragraph"


def test_url_as_the_last_line():
    assert laid_out(f"{SENTENCE}\r\n\r\nhttps://port.example/2025/4/14/ferry.html\r\n")[-1] == (
        "url",
        "https://port.example/2025/4/14/ferry.html",
    )


def test_url_inside_a_sentence_is_prose():
    line = "The plan is published at https://port.example/plan and can be read by everybody, the board said."
    assert laid_out(line) == [("paragraph", line)]


@pytest.mark.parametrize(
    "line",
    [
        "Register to vote by Friday, officials in Porto say",
        "Click the vote button, officials say",
        "Click the vote button, US officials say",
        "Register to attend the hearing by Friday, officials say",
        "Sign up for the ferry by Monday, the board tells owners",
        "Register for the lottery by May 3, Duarte warned.",
    ],
)
def test_what_somebody_asks_of_people_is_news(line):
    assert laid_out(f"{SENTENCE}\n\n{line}\n\n{MORE}")[1][0] != "boilerplate"


@pytest.mark.parametrize(
    "line",
    [
        "Sign up for our newsletter, The Morning Ferry",
        "Register to read on",
        "Register to join our talk about ferries",
        "Follow us on Facebook for more, our readers say",
        "Click here for more",
        "Register now",
    ],
)
def test_what_the_site_asks_of_its_readers_is_none(line):
    assert laid_out(f"{SENTENCE}\n\n{line}\n\n{MORE}")[1] == ("boilerplate", line)


def test_caption_and_its_credit_are_read():
    line = "The old terminal in 2019. Photo: Ana Reis/Harbour News"
    assert ("caption", line) in laid_out(f"{SENTENCE}\n\n{line}\n\n{MORE}")


def test_subheadings_are_headlines():
    text = f"Ferry Terminal Approved.\n\n{SENTENCE}\n\nWhat comes next\n\n{MORE}"
    assert [kind for kind, _ in laid_out(text)] == ["headline", "paragraph", "headline", "paragraph"]


def test_date_behind_the_headline():
    text = f"Board approves terminal Tuesday, September 1, 2015\n\n{SENTENCE}\n\n{MORE}"
    assert laid_out(text)[:2] == [("headline", "Board approves terminal"), ("header", "Tuesday, September 1, 2015")]


@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("width", [22, 28, 40, 60, 72, 78])
def test_hard_wrapped_paragraphs_are_one_block_each(width, end):
    paragraphs = [" ".join([SENTENCE, MORE]), " ".join([MORE, SENTENCE, MORE]), SENTENCE]
    text = (end * 2).join(textwrap.fill(paragraph, width).replace("\n", end) for paragraph in paragraphs)
    assert [" ".join(words.split()) for _, words in laid_out(text)] == paragraphs


def test_two_lines_are_one_paragraph_where_the_first_ends_inside_a_sentence():
    line = "Only one member, Ines Duarte of the\nHarbour Party, voted against it."
    assert laid_out(line) == [("paragraph", line)]


def test_a_list_of_short_lines_is_no_wrapped_paragraph():
    lines = ["Ines Duarte, Lisbon", "Tom Reed, Old Porto", "Ana Reis, Old Setubal", "Li Wenbo, Old Faro"]
    assert [words for _, words in laid_out("\n".join(lines))] == lines


def test_one_paragraph_a_line_is_one_block_a_line():
    text = "\n".join([SENTENCE, MORE, SENTENCE, MORE])
    assert [words for _, words in laid_out(text)] == [SENTENCE, MORE, SENTENCE, MORE]


def test_press_release():
    text = (
        "FOR IMMEDIATE RELEASE\nMarch 3, 2021\n\nVale Shipyards Names New Chief Executive\n\n"
        "SETUBAL, Portugal, March 3, 2021 /PRNewswire/ -- Vale Shipyards today named Ana Reis chief executive.\n\n"
        "About Vale Shipyards\nVale Shipyards builds ferries and tugs in 3 countries.\n\nSOURCE Vale Shipyards\n\n###\n"
    )
    assert [kind for kind, _ in laid_out(text)] == [
        "header",
        "header",
        "headline",
        "dateline",
        "paragraph",
        "paragraph",
        "paragraph",
        "header",
        "boilerplate",
    ]


# Texts with the characters that layout turns on.
texts = st.text(
    st.one_of(
        st.characters(exclude_categories=["Cs"]), st.sampled_from("\n\r\t .:-\u2014\u2028\u00a0()#*AaBb19\ufeff")
    ),
    max_size=300,
) | st.lists(
    st.sampled_from(
        [
            "date 2025-04-23",
            "BEIJING, April 2 (Xinhua) -- ",
            SENTENCE,
            "By Ana Reis",
            "https://a.example/2025/4/14/x",
            "\n",
            "\r\n\r\n",
            " ",
            "***",
            "Read more: x",
            "Title: ",
        ]
    )
).map("".join)


@given(texts)
def test_any_text_is_covered_in_order_and_kept(text):
    blocks = blocks_of(text)
    end = 0
    inside = set()
    for block in blocks:
        assert end <= block.span.begin < block.span.end <= len(text)
        end = block.span.end
        inside.update(range(*block.span))
    assert all(character.isspace() or at in inside for at, character in enumerate(text))


@given(texts.filter(lambda text: any(c.isalnum() for c in text) and "\0" not in text))
def test_what_the_parser_reads_has_the_same_length_and_the_same_prose(text):
    article = article_from_text(text)
    read = reading_text(article)
    assert article.text == text
    assert len(read) == len(text)
    for block in article.blocks:
        kept = read[slice(*block.span)].split()
        words = text[slice(*block.span)].split()
        if block.kind not in PROSE:
            assert not kept
        elif all(word.isprintable() for word in words):
            assert kept == words


def test_every_kind_of_block_is_told_apart():
    text = (
        "Ferry terminal approved\nBy Ana Reis\n23 April 2025\n\nLISBON (Harbour News) - The board has decided.\n"
        f"{MORE}\nThe old terminal. Photo: Ana Reis\nShare this article\nhttps://port.example/2025/4/14/ferry.html"
    )
    assert {block.kind for block in blocks_of(text)} == set(BlockKind)


def test_hard_wrapped_text_has_the_sentences_of_the_flowing_text(nlp):
    flowing = " ".join([SENTENCE, MORE, SENTENCE])
    sentences = []
    for text in (flowing, textwrap.fill(flowing, 60)):
        ((_, doc),) = parse(nlp, [article_from_text(text)])
        sentences.append([" ".join(sentence.text.split()) for sentence in doc.sents])
    assert sentences[0] == sentences[1] == [SENTENCE, MORE, SENTENCE]


@pytest.mark.parametrize(
    "line",
    [
        "Ministry of Culture and Sports | 22 September 2025",
        "Media summary, 19 August 2025",
        "Town of Selby - News - Posted on November 13, 2025",
        "Published 7 November 2025 | Institute for Materials",
    ],
)
def test_the_line_that_says_whose_page_it_is_and_when(line):
    text = f"Council plants trees\n{line}\n\n{SENTENCE}\n\n{MORE}"
    assert laid_out(text)[:2] == [("headline", "Council plants trees"), ("header", line)]
