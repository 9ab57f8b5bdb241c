"""The few subjects an article keeps coming back to."""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.extraction.reading import Reading, Reference
from kg.extraction.topics import MOST, find_topics
from kg.facts import Article, Entity, EntityKind, Mention, TextSpan


@pytest.fixture(scope="module")
def topics(nlp):
    """A function from a text (and the names and events in it) to its topics as {name: (aliases, mentioned words)}."""

    def found(text, organisations=(), events=()):
        doc = nlp(text)
        entities, references, exclude = [], {}, []
        for name in organisations:
            begin = text.index(name)
            key = f"organisation:{name}"
            mention = Mention(TextSpan(begin, begin + len(name)))
            entities.append(Entity(key, name, frozenset({EntityKind.ORGANISATION}), (mention,)))
            references |= {t.i: Reference(key, "full name") for t in doc.char_span(begin, begin + len(name))}
        for name in events:
            span = doc.char_span(text.index(name), text.index(name) + len(name))
            exclude.append((span.start, span.end))
        reading = Reading(Article(text), doc, tuple(entities), references)
        return {
            t.name: (t.aliases, [text[slice(*m.span)] for m in t.mentions])
            for t in find_topics(reading, tuple(exclude))
        }

    return found


def test_an_acronym_and_its_expansion_are_one_topic(topics):
    text = (
        "Rules on electronic waste (EW) are new. EW is burnt. Electronic waste grows. The EW lobby objects, and so "
        "do the makers of machine learning (ML) software."
    )
    assert topics(text) == {
        "electronic waste": (("EW",), ["electronic waste (EW)", "EW", "Electronic waste", "EW"]),
        "machine learning": (("ML",), ["machine learning (ML)"]),
    }


def test_the_acronym_of_an_organisation_is_no_topic(topics):
    text = "The World Craft Union (WCU) met. The WCU elected a chair. The WCU left."
    assert topics(text, organisations=["World Craft Union"]) == {}


def test_a_phrase_that_recurs_is_a_topic_in_its_longest_form(topics):
    text = (
        "The new storage battery lasts longer. Storage batteries are dear. Without a storage battery, solar power "
        "is lost. Solar power is cheap, and solar power is clean."
    )
    assert topics(text) == {
        "storage battery": ((), ["storage battery", "Storage batteries", "storage battery"]),
        "solar power": ((), ["solar power", "Solar power", "solar power"]),
    }


def test_general_words_people_and_times_are_no_topics(topics):
    text = "Many people came last year. Many people left last year. The prime minister met the prime minister. " * 3
    assert topics(text) == {}


def test_a_programme_or_law_with_a_name_is_a_topic_at_once(topics):
    text = "Farmers ask for help under the Green Valleys Programme, and the Seed Safety Act forbids it."
    assert set(topics(text)) == {"Green Valleys Programme", "Seed Safety Act"}


def test_what_the_text_itself_lists_as_topics(topics):
    text = "They talked on topics such as deepening land reform, water to feed big cities and farm finance in Asia."
    assert list(topics(text)) == ["deepening land reform", "water to feed big cities", "farm finance in Asia"]


def test_event_names_and_quoted_titles_hold_no_topics(topics):
    text = (
        'The Forum on Solar Power Storage opened. Its theme was "Solar Power Lighting Our Homes." Solar power (SP) is '
        "cheap. SP is clean."
    )
    assert topics(text, events=["Forum on Solar Power Storage"]) == {
        "solar power": (("SP",), ["Solar power (SP)", "SP"]),
    }


def test_topics_are_few(topics):
    pairs = [
        "iron ore",
        "salt mine",
        "grain price",
        "steel mill",
        "milk powder",
        "wind farm",
        "ocean current",
        "coral reef",
    ]
    pairs += ["peat bog", "river delta", "rain forest", "ice sheet", "snow line", "sand storm", "moon rock"]
    text = " ".join(f"The {pair} is here. We like the {pair}." for pair in pairs)
    assert len(topics(text)) == MOST


def test_the_seed_articles_topics(read, root):
    facts = read((root / "tests" / "gold" / "seed" / "article.txt").read_text(encoding="utf-8"))
    found = {topic.name: topic for topic in facts.topics}
    assert found["intellectual property"].aliases == ("IP",)
    assert len(found["intellectual property"].mentions) == 15
    assert len(found["new quality productive forces"].mentions) == 5
    assert found["Artificial Intelligence"].aliases == ("AI",)
    assert "IP Powerhouse Country Project" in found


WORDS = ["solar", "power", "(SP)", "SP", "the", "Solar", "topics", "such as", ",", "and", ".", '"', "Act", "\n\n", "of"]


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(WORDS), max_size=40))
def test_any_text_gives_spans_within_it_without_overlap(nlp, words):
    text = " ".join(words)
    mentions = sorted(m.span for topic in find_topics(Reading(Article(text), nlp(text))) for m in topic.mentions)
    assert all(0 <= span.begin < span.end <= len(text) for span in mentions)
    assert all(first.end <= second.begin for first, second in pairwise(mentions))


def test_an_event_is_about_the_topics_of_its_name_and_of_what_follows_it(read):
    text = (
        "The Nordic Forum on Tidal Energy (TE) was held in Oslo on 3 March 2025. Speakers said that tidal energy (TE) "
        "is cheap and that sea bed leases are dear. Ministers held talks on sea bed leases in Oslo on Tuesday. Marta "
        "Olsen attended the talks. Critics of sea bed leases marched."
    )
    facts = read(text, date="2025-03-05")
    names = {topic.key: topic.name for topic in facts.topics}
    about = {event.name: [names[key] for key, _ in event.about] for event in facts.events}
    assert about["Nordic Forum on Tidal Energy"] == ["tidal energy"]
    assert ["sea bed leases"] in about.values()
    for event in facts.events:
        for _, span in event.about:
            assert facts.article.text[slice(*span)]


def test_events_and_amounts_alone_are_no_topics(read):
    text = "The festival cost euros. " * 5
    assert not read(text).topics


def test_an_event_of_a_headline_is_not_about_what_begins_the_text(read):
    text = (
        "Leaders hold talks about the\nFerry fares fell in Oslo on Monday. Ferry fares matter to Oslo. "
        "Ferry fares rose, said Ida Brandt."
    )
    facts = read(text, date="2025-03-05")
    assert [topic.name for topic in facts.topics] == ["ferry fares"]
    assert not any(event.about for event in facts.events)
