"""The annotations made by hand keep the rules of GUIDELINES.md: they point at words and agree with themselves."""

import json
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from kg.facts import Article
from kg.readers import read_sources

HERE = Path(__file__).parent
DATA = HERE.parents[1] / "data"
SEED_IN_DATA = "global-forum-beijing"

DEMONSTRATION = sorted([*(HERE / "articles").glob("*.txt"), HERE / "seed" / "article.txt"])
PRESS = sorted((HERE / "press").glob("*.txt"))
TEXTS = [*DEMONSTRATION, *PRESS]
QUOTATION_MARKS = '"“”„«»‘'
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
TITLES_AND_ARTICLES = re.compile(r"(?:the|an?|mr|mrs|ms|dr|professor|president|judge|mayor)\b", re.IGNORECASE)

Line = dict[str, Any]
Span = tuple[int, int]


class Gold:
    """One annotated article: its text and the lines of its facts and negatives."""

    def __init__(self, path: Path) -> None:
        self.name = path.stem
        self.path = path
        self.text = path.read_bytes().decode("utf-8")
        self.lines: list[Line] = _lines(path.with_suffix(".facts.jsonl"))
        negatives = path.with_suffix(".negatives.jsonl")
        self.negatives: list[Line] = _lines(negatives if negatives.exists() else path.parent / "negatives.jsonl")

    def of(self, kind: str) -> list[Line]:
        return [line for line in self.lines if line["type"] == kind]

    def words(self, span: Span) -> str:
        return self.text[span[0] : span[1]]

    @property
    def entities(self) -> dict[str, Line]:
        return {line["name"]: line for line in self.of("entity")}


def _lines(path: Path) -> list[Line]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def _tidy(text: str) -> str:
    return " ".join(text.split())


def _letters(text: str) -> str:
    return " ".join(re.findall(r"\w+", text)).casefold()


def _classes(entity: Line) -> set[str]:
    return {entity["class"]} if isinstance(entity["class"], str) else set(entity["class"])


def _spans(line: Line) -> Iterator[Span]:
    for field in ("span", "speaker_span", "cue_span"):
        if line.get(field):
            yield tuple(line[field])
    for field in ("mentions", "content_span"):
        yield from map(tuple, line.get(field, ()))


@pytest.fixture(params=TEXTS, ids=lambda path: path.stem)
def gold(request: pytest.FixtureRequest) -> Gold:
    return Gold(request.param)


@pytest.fixture(scope="module")
def articles_of_data() -> dict[str, Article]:
    """What the readers make of data/, by the name of the file without its ending."""
    found = list(read_sources([DATA]))
    assert all(isinstance(article, Article) for article in found), found
    return {Path(article.source).stem: article for article in found if isinstance(article, Article)}


def test_every_article_of_the_demonstration_is_annotated_and_nothing_else(articles_of_data):
    annotated = [path.stem for path in DEMONSTRATION if path.stem != "article"]
    assert sorted(articles_of_data) == sorted([*annotated, SEED_IN_DATA])


def test_offsets_index_the_very_text_that_is_read_from_data(gold, articles_of_data):
    if gold.path in PRESS:
        (article,) = read_sources([gold.path])
    else:
        article = articles_of_data[SEED_IN_DATA if gold.name == "article" else gold.name]
    assert article.text == gold.text


def test_spans_lie_in_the_text_and_hold_whole_words(gold):
    for line in gold.lines:
        for begin, end in _spans(line):
            assert 0 <= begin <= end <= len(gold.text), line
            words = gold.words((begin, end))
            assert words == words.strip(), (words, line)
            for edge in (begin, end):
                assert not re.fullmatch(r"\w\w", gold.text[max(edge - 1, 0) : edge + 1]), (words, line)
            if begin == end:
                assert line["type"] == "statement" and not line["speakerText"], line


def test_names_and_aliases_stand_in_the_text(gold):
    text = _tidy(gold.text)
    for name, entity in gold.entities.items():
        shortened = _classes(entity) == {"Event"}
        for form in [*([] if shortened else [name]), *entity["aliases"]]:
            assert form in text, form
        assert entity["mentions"] == sorted(entity["mentions"]) and entity["mentions"], name
        for mention in entity["mentions"]:
            assert _tidy(gold.words(mention)) in {name, *entity["aliases"]} or shortened, (name, gold.words(mention))
            assert not TITLES_AND_ARTICLES.match(gold.words(mention)) or shortened, gold.words(mention)


def test_names_are_unique_and_mean_one_thing(gold):
    assert len(gold.entities) == len(gold.of("entity"))
    mentions = [tuple(mention) for entity in gold.of("entity") for mention in entity["mentions"]]
    assert len(mentions) == len(set(mentions))
    persons = [e for e in gold.of("entity") if _classes(e) == {"Person"}]
    forms = [form for e in persons for form in {e["name"], *e["aliases"]}]
    assert len(forms) == len(set(forms)), "a surname that two people bear is an alias of neither"


def test_no_mention_of_a_full_name_is_forgotten(gold):
    mentions = [tuple(mention) for entity in gold.of("entity") for mention in entity["mentions"]]
    for name, entity in gold.entities.items():
        if "Event" in _classes(entity):
            continue
        for found in re.finditer(rf"(?<!\w){re.escape(name)}(?!\w)", gold.text):
            assert any(b <= found.start() and found.end() <= e for b, e in mentions), (name, found.span())


def test_every_name_used_has_an_entity_of_the_right_class(gold):
    agents = {"Person", "Organisation"}
    allowed = {
        ("event", "event"): {"Event"},
        ("event", "place"): {"Place", "Organisation"},
        ("event", "partOf"): {"Event"},
        ("role", "person"): {"Person"},
        ("role", "organisation"): {"Organisation", "Event"},
        ("participation", "agent"): agents,
        ("participation", "event"): {"Event"},
        ("statement", "speaker"): agents,
        ("relation", "subject"): {*agents, "Place"},
        ("relation", "object"): {*agents, "Place"},
    }
    for line in gold.lines:
        for (kind, field), classes in allowed.items():
            if line["type"] == kind and line.get(field):
                assert line[field] in gold.entities, line
                assert _classes(gold.entities[line[field]]) & classes, line


def test_every_event_line_says_something_that_its_words_say(gold):
    for line in gold.of("event"):
        words = gold.words(line["span"])
        assert line.get("date") or line.get("dateEnd") or line["place"] or line["partOf"] or line["theme"], line
        if line["theme"]:
            assert line["theme"] in words, line
        if line["place"] and not line.get("optional"):
            forms = {line["place"], *gold.entities[line["place"]]["aliases"]}
            assert any(form in words for form in forms), line
        if line.get("dateText"):
            assert line["dateText"] in _tidy(words), line


def test_dates_agree_with_the_words_that_give_them(gold):
    for line in gold.of("event"):
        bounds = [date.fromisoformat(line[field]) for field in ("date", "dateEnd") if line.get(field)]
        assert bounds == sorted(bounds), line
        if not bounds or line["precision"] != "day":
            continue
        for weekday in re.findall("|".join(WEEKDAYS), line["dateText"]):
            assert WEEKDAYS[bounds[0].weekday()] == weekday, line
        for month in re.findall(rf"\b(?:{'|'.join(MONTHS)})", line["dateText"]):
            assert MONTHS[bounds[0].month - 1] == month, line
        for day in re.findall(r"\b\d{1,2}\b", line["dateText"])[:1]:
            assert bounds[0].day == int(day), line


def test_titles_are_written_as_in_the_words_of_the_role(gold):
    for line in gold.of("role"):
        words = _tidy(gold.words(line["span"]))
        derived = line.get("optional") and line["title"] in {"leader", "founder", "co-founder"}  # "led", "founded"
        assert derived or line["title"].casefold() in words.casefold(), line
        assert line["status"] in (None, "former", "acting", "designate"), line
        assert not re.match(r"(?:the|an?|former|acting|then)\b", line["title"], re.IGNORECASE), line
        if line["status"] == "acting":
            assert "acting" in words.casefold(), line


def test_no_fact_stands_twice_or_both_needed_and_optional(gold):
    keys = {
        "role": ("person", "title", "organisation"),
        "participation": ("agent", "kind", "event"),
        "relation": ("subject", "predicate", "object"),
    }
    for kind, fields in keys.items():
        found = [tuple(line[field] for field in fields) for line in gold.of(kind)]
        assert len(found) == len(set(found)), sorted({key for key in found if found.count(key) > 1})


def test_participations_are_of_the_known_kinds(gold):
    kinds = {"attended", "spokeAt", "organised", "hosted", "participatedIn"}
    assert all(line["kind"] in kinds for line in gold.of("participation"))


def test_speakers_and_cues_are_the_words_at_their_spans(gold):
    for line in gold.of("statement"):
        assert gold.words(line["speaker_span"]) == line["speakerText"], line
        assert (line["cue"] is None) == (line["cue_span"] is None), line
        if line["cue"]:
            assert gold.words(line["cue_span"]) == line["cue"], line
            begin, end = line["cue_span"]
            assert all(e <= begin or end <= b for b, e in line["content_span"]), line


def test_content_has_no_outer_quotation_marks_and_no_final_stop(gold):
    for line in gold.of("statement"):
        assert line["content_span"] == sorted(line["content_span"]) and line["content_span"], line
        for begin, end in line["content_span"]:
            words = gold.words((begin, end))
            assert words[0] not in QUOTATION_MARKS and words[-1] not in QUOTATION_MARKS, words
            assert words[-1] not in ".,;:" and not words.startswith("that "), words
        ends = [end for _, end in line["content_span"]]
        assert all(end <= begin for end, (begin, _) in zip(ends, line["content_span"][1:], strict=False)), line


def test_direct_and_mixed_quotations_are_quoted_in_the_text(gold):
    answer = re.compile(r"\n\W*[QA]: $")
    for line in gold.of("statement"):
        opened = [gold.text[begin - 1] in "\"“'‘" for begin, _ in line["content_span"]]
        if line["quoteType"] == "direct":
            before = gold.text[: line["content_span"][0][0]]
            in_interview = bool(re.search(r"\n[QA]: [^\n]*$", before)) or bool(answer.search(before))
            assert opened[0] or in_interview, line
        if line["quoteType"] == "mixed":
            assert any(opened), line
        if line["quoteType"] == "indirect":
            assert not opened[0], line


def test_continued_statements_carry_on_a_speaker_of_the_same_paragraph(gold):
    statements = gold.of("statement")
    for line in statements:
        if line["quoteType"] != "continued":
            continue
        assert line["cue"] is None, line
        begun = [other for other in statements if other["quoteType"] != "continued"]
        assert any(other["speaker_span"] == line["speaker_span"] for other in begun), line
        between = sorted([line["speaker_span"], line["content_span"][0]])
        assert gold.text[between[0][1] : between[1][0]].count("\n\n") <= 1, line


def test_nested_statements_lie_inside_the_statement_they_point_to(gold):
    for index, line in enumerate(gold.lines):
        if line["type"] != "statement" or line["nested_in"] is None:
            continue
        outer = gold.lines[line["nested_in"]]
        assert outer["type"] == "statement" and line["nested_in"] != index, line
        for begin, end in line["content_span"]:
            assert any(b <= begin and end <= e for b, e in outer["content_span"]), line


def test_what_must_not_come_out_is_about_the_text_and_not_annotated(gold):
    assert gold.negatives
    text = _letters(gold.text)
    source = SEED_IN_DATA if gold.name == "article" else gold.name
    path = gold.path if gold.path in PRESS else next(DATA.glob(f"{source}.*"))
    clutter = _letters(path.read_text(encoding="utf-8"))
    for line in gold.negatives:
        subject, predicate, wrong = line["subject"], line["predicate"].removeprefix("nk:"), line["object"]
        assert subject in gold.entities or _letters(subject) in clutter, line
        assert line["why"], line
        if predicate == "startDate":
            assert not any(e["event"] == subject and e.get("date") == wrong for e in gold.of("event")), line
        elif predicate == "place":
            assert not any(e["event"] == subject and e["place"] == wrong for e in gold.of("event")), line
        elif predicate == "holdsRole":
            held = [(r["title"], r["organisation"], r["status"]) for r in gold.of("role") if r["person"] == subject]
            status = wrong.get("status", "any")
            assert not any(
                (title, organisation) == (wrong["title"], wrong["organisation"]) and status in ("any", held_as)
                for title, organisation, held_as in held
            ), line
        elif predicate == "states":
            spoken = [(s["speaker"], _content(gold, s)) for s in gold.of("statement")]
            assert _letters(wrong) in text, line
            assert not any(who == subject and _letters(wrong) == content for who, content in spoken), line
        elif predicate == "rdf:type":
            assert subject not in gold.entities or wrong not in _classes(gold.entities[subject]), line
        elif predicate in ("attended", "spokeAt", "organised", "hosted", "participatedIn"):
            annotated = {(p["agent"], p["kind"], p["event"]) for p in gold.of("participation")}
            assert (subject, predicate, wrong) not in annotated, line
        else:
            relations = {(r["subject"], r["predicate"], r["object"]) for r in gold.of("relation")}
            assert predicate in ("spouse", "sibling", "child", "parent", "bornIn", "livesIn"), line
            assert (subject, predicate, wrong) not in relations, line


def _content(gold: Gold, statement: Line) -> str:
    return _letters(" ".join(gold.words(tuple(span)) for span in statement["content_span"]))


def test_people_and_organisations_connect_the_articles():
    names: dict[str, set[str]] = {}
    for path in DEMONSTRATION:
        gold = Gold(path)
        for name, entity in gold.entities.items():
            if gold.name != "article" and "Event" not in _classes(entity) and not entity.get("optional"):
                names.setdefault(name, set()).add(gold.name)
    linked = {name for name, articles in names.items() if len(articles) > 1}
    reached, frontier = set(), {"danube-forum"}
    while frontier:
        reached |= frontier
        frontier = {a for name in linked for a in names[name] if names[name] & reached} - reached
    assert reached == {path.stem for path in DEMONSTRATION} - {"article"}
    assert len(linked) >= 20
