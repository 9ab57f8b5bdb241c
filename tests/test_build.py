"""A folder of articles to a graph: the same bytes every time, and nothing lost by a bad file."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import kg
from kg.errors import KgError

ARTICLES = {
    "one.txt": "Port Office Opens New Dock\n\nOSLO, May 13, 2025 - Amal Haddad, director of the Port Office, opened a "
    'new dock in Oslo on Monday. "Trade grew by more than 40 percent," Haddad said.\n',
    "two.txt": "May 20, 2025\n\nThe Port Office appointed Jonas Lindqvist as deputy director. Lindqvist thanked Amal "
    "Haddad and said the dock would create 200 jobs.\n",
    "three.md": "# Strike at the dock\n\n*2 June 2025*\n\nWorkers at the Port Office went on strike, according to the "
    "Dockers' Union. Director Amal Haddad called the strike “a mistake”.\n",
}


@pytest.fixture
def folder(tmp_path):
    articles = tmp_path / "articles"
    articles.mkdir()
    for name, text in ARTICLES.items():
        (articles / name).write_text(text, encoding="utf-8", newline="")
    return articles


def test_a_person_told_of_by_three_articles_is_one_node(folder, tmp_path):
    kg.build([folder], tmp_path / "g.ttl")
    graph = kg.open(tmp_path / "g.ttl")
    ((count,),) = graph.query(
        'SELECT (COUNT(DISTINCT ?a) AS ?n) { ?p rdfs:label "Amal Haddad" ; nk:evidence/nif:referenceContext ?a }'
    ).rows
    assert int(count) == 3


@pytest.mark.parametrize("ending", ["ttl", "trig", "nt", "nq", "jsonld", "rdf"])
def test_the_order_of_the_articles_does_not_change_a_byte(folder, tmp_path, ending):
    one, other = tmp_path / f"one.{ending}", tmp_path / f"other.{ending}"
    kg.build([folder / name for name in ARTICLES], one)
    kg.build([folder / name for name in reversed(ARTICLES)], other)
    assert one.read_bytes() == other.read_bytes()


def test_hash_seed_and_locale_do_not_change_a_byte(folder, tmp_path):
    written = []
    for seed, locale in (("0", "C"), ("4242", "C.UTF-8")):
        path = tmp_path / f"{seed}.ttl"
        environment = os.environ | {"PYTHONHASHSEED": seed, "LC_ALL": locale, "TZ": "Pacific/Auckland"}
        code = f"import kg; kg.build([{str(folder)!r}], {str(path)!r})"
        subprocess.run([sys.executable, "-c", code], env=environment, check=True)
        written.append(path.read_bytes())
    assert written[0] == written[1]


def test_reading_the_same_article_twice_adds_nothing(folder, tmp_path):
    kg.build([folder], tmp_path / "once.ttl")
    kg.build([folder, folder / "one.txt"], tmp_path / "twice.ttl")
    assert (tmp_path / "once.ttl").read_bytes() == (tmp_path / "twice.ttl").read_bytes()


def test_a_bad_file_is_reported_and_the_others_are_built(folder, tmp_path):
    (folder / "empty.txt").write_bytes(b"")
    (folder / "picture.txt").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20)
    report = kg.build([folder, tmp_path / "missing.txt"], tmp_path / "g.ttl")
    assert report.articles == len(ARTICLES)
    assert sorted(Path(f.source).name for f in report.failures) == ["empty.txt", "missing.txt", "picture.txt"]
    assert all("\n" not in str(f) and f.cause for f in report.failures)


def test_nothing_is_written_when_nothing_can_be_read(tmp_path):
    (tmp_path / "empty.txt").write_bytes(b"")
    with pytest.raises(kg.SourceError):
        kg.build([tmp_path / "empty.txt"], tmp_path / "g.ttl")
    assert not (tmp_path / "g.ttl").exists()


def test_nothing_is_written_when_no_evidence_holds(folder, tmp_path, monkeypatch):
    from kg.errors import EvidenceError

    def refuse(*arguments):
        raise EvidenceError("a citation does not hold")

    monkeypatch.setattr("kg.mapping.check_evidence", refuse)
    with pytest.raises(kg.SourceError, match="none of the 3 articles could be read") as error:
        kg.build([folder], tmp_path / "graph.ttl", workers=1)
    assert all("a citation does not hold" in str(failure) for failure in error.value.failures)
    assert len(error.value.failures) == 3
    assert not (tmp_path / "graph.ttl").exists()


@pytest.mark.parametrize("output", ["g.ttl", "store"])
def test_a_field_that_no_record_has_is_said(tmp_path, output):
    said = "Mayor Ines Duarte opened the fair in Lisbon on Monday."
    records = [{"body": said, "day": "2025-06-03", "place": {"name": "Lisbon"}}, {"body": said}]
    (tmp_path / "wire.jsonl").write_text("\n".join(map(json.dumps, records)))
    fields = {"text": "body", "date": "day", "title": "head", "publisher": "place.nam"}
    assert kg.build([tmp_path / "wire.jsonl"], tmp_path / output, fields=fields).notes == (
        "no record that was read has the field 'head', which was to hold the title",
        "no record that was read has the field 'place.nam', which was to hold the publisher",
    )


def test_a_field_for_what_no_article_has_is_refused(folder):
    with pytest.raises(KgError, match=r"'titel' is not one of text, title, .*; did you mean 'title'\?"):
        kg.build([folder], fields={"titel": "head"})


@pytest.mark.parametrize("output", ["g.ttl", "store"])
def test_files_of_the_same_bytes_are_superseded_and_a_file_named_twice_is_one(folder, tmp_path, output):
    (folder / "copy.txt").write_bytes((folder / "one.txt").read_bytes())
    number = len(list(folder.iterdir()))
    report = kg.build([folder, folder / "one.txt"], tmp_path / output)
    assert (report.articles, report.superseded) == (number, 1)


def test_a_build_of_nothing_but_what_is_superseded_says_so(tmp_path):
    record = {"text": "Mayor Ines Duarte opened the fair in Lisbon on Monday."}
    for name, known in (
        ("a", {"url": "https://p.example/1", "date": "2025-06-03"}),
        ("b", {}),
        ("c", {"title": "Fair"}),
    ):
        (tmp_path / f"{name}.jsonl").write_text(json.dumps({**record, **known}))
        report = kg.build([tmp_path / f"{name}.jsonl"], tmp_path / "store")
        assert report.articles == 1
        assert (report.changes.added, report.superseded) == ((1, 0) if name == "a" else (0, 1))


def test_an_article_in_another_language_is_refused_by_name(tmp_path):
    (tmp_path / "a.json").write_text(
        '{"text": "Das Wetter ist gut. Es bleibt so.", "language": "de"}', encoding="utf-8"
    )
    with pytest.raises(kg.SourceError, match=r"a\.json.*'de'"):
        kg.build([tmp_path / "a.json"])


def test_the_base_of_the_iris_is_the_users(folder, tmp_path):
    kg.build([folder], tmp_path / "g.nt", base="https://example.org/kg/")
    text = (tmp_path / "g.nt").read_text(encoding="utf-8")
    assert "<https://example.org/kg/person/amal-haddad>" in text
    assert "w3id.org/newskg/id/" not in text


@pytest.mark.parametrize("base", ["ours", "https://example.org/kg", "https://example.org/our kg/", "http://[bad/"])
def test_a_base_that_no_iri_can_start_with_is_refused_before_anything_is_read(folder, base):
    with pytest.raises(kg.KgError, match="is not an absolute IRI that ends in / or #"):
        kg.build([folder / "missing.txt"], base=base)


pieces = st.sampled_from(
    [
        *" ".join(ARTICLES.values()).split(),
        *[
            '"',
            "“",
            "”",
            "''",
            "``",
            "'",
            ",",
            ".",
            ":",
            "-",
            "—",
            "(",
            ")",
            "[...]",
            "\n",
            "\n\n",
            "\r\n",
            "\u00a0",
            "$5m",
            "%",
        ],
        *[
            "said",
            "that",
            "who",
            "according",
            "to",
            "of",
            "the",
            "IP",
            "(IP)",
            "Mr",
            "yesterday",
            "2019",
            "😀",
            "شركة",
            "北京",
        ],
    ]
)
scrambled = st.lists(pieces, min_size=1, max_size=60).map(" ".join)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.one_of(scrambled, st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), min_size=1)))
def test_no_text_however_strange_breaks_the_reading(read, text):
    from kg.identity import IriPolicy, identify
    from kg.mapping import article_triples, run_triples

    try:
        facts = read(text, date="2025-05-13")
    except kg.ArticleError:
        return  # no words at all
    policy = IriPolicy()
    run, _ = run_triples(policy, "newskg", "model")
    article_triples(facts, identify([facts], policy), policy, run)
