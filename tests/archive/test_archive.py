"""Articles are added, replaced and removed, and the graph is always the one of the articles that are there."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest
from conftest import BASE, MODEL, REVISED, TEXTS, article, at_once, url
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pyoxigraph import Store

import kg
from kg.archive import Archive
from kg.archive.history import read_history
from kg.errors import GraphError
from kg.facts import Mention, TextSpan
from kg.identity.decisions import Decision, Decisions
from kg.identity.index import drop_tables
from kg.readers import article_from_text
from kg.records import decode_facts, encode
from kg.store.directory import LEDGER

NAMES = tuple(TEXTS)
ANEW = {"anew": 0.0, "by difference": 99.0}
SLOWLY = settings(max_examples=7, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.fixture(autouse=True)
def way(request, monkeypatch):
    """The graph is made anew at every change, or (usually) changed where it differs: the outcome must be the same."""
    monkeypatch.setattr("kg.archive.update.MOST_CHANGED", ANEW[getattr(request, "param", "by difference")])


BOTH_WAYS = pytest.mark.parametrize("way", ANEW, indirect=True)


@pytest.fixture(scope="module")
def expected(readings):
    """The triples of some articles built at once, without an archive."""
    return partial(at_once, readings)


def test_an_archive_holds_the_graph_of_its_articles(tmp_path, add, lines, expected):
    changes = add(tmp_path / "a", map(article, NAMES))
    assert (changes.added, changes.articles) == (len(NAMES), len(NAMES))
    assert lines(tmp_path / "a") == expected(map(article, NAMES))
    assert kg.open(tmp_path / "a").query('ASK { ?p rdfs:label "Amal Haddad" }') is True
    assert kg.open(tmp_path / "a").validate().conforms


@BOTH_WAYS
def test_a_build_counts_the_facts_of_the_articles_that_came_with_it_alone(tmp_path, way, add, remove):
    read_alone = {"market": add(tmp_path / "one", [article("market")]).counts}
    read_alone["revised"] = add(tmp_path / "other", [article("market", REVISED)]).counts
    assert read_alone["market"]["entities"] > 0
    add(tmp_path / "a", map(article, ("port", "deputy", "strike")))
    assert add(tmp_path / "a", [article("market")]).counts == read_alone["market"]
    renamed = Decision("rename", f"{BASE}person/amal-haddad", "A. Haddad", "", "d.csv, line 2")
    assert not any(add(tmp_path / "a", [article("market")], decisions=Decisions((renamed,))).counts.values())
    assert add(tmp_path / "a", [article("market", REVISED)]).counts == read_alone["revised"]
    assert not any(remove(tmp_path / "a", url("port")).counts.values())


@BOTH_WAYS
@SLOWLY
@given(st.permutations(NAMES), st.lists(st.integers(1, 3), min_size=len(NAMES), max_size=len(NAMES)))
def test_any_order_and_batching_of_adds_gives_the_same_triples(tmp_path_factory, add, lines, expected, order, sizes):
    path = tmp_path_factory.mktemp("archive") / "a"
    order = list(order)
    for size in sizes:
        batch, order = order[:size], order[size:]
        if batch:
            add(path, map(article, batch))
    assert lines(path) == expected(map(article, NAMES))


@BOTH_WAYS
@SLOWLY
@given(st.sets(st.sampled_from(NAMES), min_size=1), st.sets(st.sampled_from(NAMES), min_size=1), st.booleans())
def test_what_is_removed_was_never_there(tmp_path_factory, add, remove, lines, expected, kept, gone, together):
    path = tmp_path_factory.mktemp("archive") / "a"
    add(path, map(article, sorted(kept | gone)))
    changes = [remove(path, *map(url, sorted(gone)))] if together else [remove(path, url(n)) for n in sorted(gone)]
    assert sum(c.removed for c in changes) == len(gone)
    rest = sorted(kept - gone)
    assert lines(path) == (expected(map(article, rest)) if rest else "")


@BOTH_WAYS
@SLOWLY
@given(st.sets(st.sampled_from(NAMES)), st.sampled_from(sorted(REVISED)))
def test_replacing_is_removing_and_adding(tmp_path_factory, add, remove, lines, expected, others, name):
    folder = tmp_path_factory.mktemp("archive")
    for path in (folder / "replaced", folder / "removed"):
        add(path, map(article, sorted(others | {name})))
    changes = add(folder / "replaced", [article(name, REVISED)])
    assert (changes.added, changes.replaced) == (0, 1)
    remove(folder / "removed", url(name))
    add(folder / "removed", [article(name, REVISED)])
    rest = [article(other) for other in sorted(others - {name})]
    assert lines(folder / "replaced") == lines(folder / "removed") == expected([*rest, article(name, REVISED)])


def test_near_duplicates_are_told_as_long_as_their_original_is_there(tmp_path, add, remove):
    def told():
        query = "SELECT ?copy ?of { ?a nk:nearDuplicateOf ?b . ?a dcterms:source ?copy . ?b dcterms:source ?of }"
        return sorted((copy.rpartition("/")[2], of.rpartition("/")[2]) for copy, of in kg.open(path).query(query).rows)

    path = tmp_path / "a"
    add(path, map(article, ("reprint", "market")))
    assert told() == []
    add(path, [article("echo")])
    assert told() == [("reprint", "echo")]  # one wording, and the echo is of an earlier day
    add(path, [article("ferry")])
    assert told() == [("echo", "ferry"), ("reprint", "ferry")]
    assert kg.open(path).validate().conforms
    remove(path, url("ferry"))
    assert told() == [("reprint", "echo")]
    remove(path, url("echo"))
    assert told() == []


@pytest.mark.parametrize("by_address", [False, True])
def test_two_articles_that_a_person_calls_different_are_no_near_duplicates(tmp_path, add, expected, lines, by_address):
    pair = [article(name) for name in ("ferry", "reprint")]
    one, other = (f"{BASE}article/a{a.sha256[:16]}" for a in pair)
    other = url("reprint") if by_address else other
    decisions = Decisions((Decision("different", other, one, "the union wrote both", "d.csv, line 2"),))
    add(tmp_path / "a", pair)
    query = "ASK { ?a nk:nearDuplicateOf ?b }"
    assert kg.open(tmp_path / "a").query(query) is True
    changes = add(tmp_path / "a", pair, decisions=decisions)
    assert kg.open(tmp_path / "a").query(query) is False
    assert changes.notes == ()
    assert lines(tmp_path / "a") == expected(pair, decisions)
    add(tmp_path / "a", pair, decisions=Decisions())
    assert kg.open(tmp_path / "a").query(query) is True


def test_near_duplicates_are_found_anew_by_a_version_with_other_rules(tmp_path, add, lines, expected, monkeypatch):
    add(tmp_path / "a", map(article, ("ferry", "reprint", "port")))
    assert "nearDuplicateOf" in lines(tmp_path / "a")
    monkeypatch.setattr("kg.archive.update.IDENTITY", "of another day")
    monkeypatch.setattr("kg.identity.duplicates.ENOUGH", 1.5)
    add(tmp_path / "a", [article("strike")])
    assert lines(tmp_path / "a") == expected(map(article, ("ferry", "reprint", "port", "strike")))
    assert "nearDuplicateOf" not in lines(tmp_path / "a")


def test_what_is_unchanged_is_not_read_again(tmp_path, add, read, lines):
    add(tmp_path / "a", map(article, NAMES))
    before, asked = lines(tmp_path / "a"), read.count
    changes = add(tmp_path / "a", map(article, reversed(NAMES)))
    assert (changes.unchanged, changes.added, read.count) == (len(NAMES), 0, asked)
    add(tmp_path / "a", [article("port", REVISED), article("deputy")])
    assert read.count == asked + 1
    add(tmp_path / "a", [article("port")])
    assert lines(tmp_path / "a") == before


def test_another_model_reads_an_article_again(tmp_path, add, read):
    add(tmp_path / "a", [article("port")])
    asked = read.count
    with Archive(tmp_path / "a") as archive:
        changes = archive.add([article("port")], read, "en_core_web_lg 9")
    assert (changes.replaced, changes.articles, read.count) == (1, 1, asked + 1)
    ((label,),) = kg.open(tmp_path / "a").query("SELECT ?l { ?r a prov:Activity ; rdfs:label ?l }").rows
    assert "en_core_web_lg 9" in label


def plain(name, source, text=None):
    return article_from_text(text or TEXTS[name], str(source))


def test_a_file_whose_text_changed_is_replaced_and_other_files_are_not(tmp_path, add, lines, expected, monkeypatch):
    monkeypatch.chdir(tmp_path)
    add(Path("a"), [plain("port", "one.txt"), plain("deputy", "two.txt")])
    changes = add(Path("a"), [plain("strike", tmp_path / "one.txt")])
    assert (changes.replaced, changes.articles) == (1, 2)
    assert lines("a") == expected([plain("strike", ""), plain("deputy", "")])


def test_records_without_a_url_never_replace_one_another(tmp_path, add):
    add(tmp_path / "a", [plain("port", "today.jsonl#1"), plain("deputy", "today.jsonl#2")])
    changes = add(tmp_path / "a", [plain("strike", "today.jsonl#1")])
    assert (changes.added, changes.replaced, changes.articles) == (1, 0, 3)


def test_records_of_the_same_file_with_other_urls_are_other_articles(tmp_path, add):
    add(tmp_path / "a", [article("port")])
    other = article_from_text(TEXTS["deputy"], "port.txt", url=url("deputy"))
    assert add(tmp_path / "a", [other]).added == 1


def test_an_article_that_was_moved_is_the_same_and_can_be_replaced_at_its_new_place(tmp_path, add, lines, expected):
    add(tmp_path / "a", [plain("port", tmp_path / "old.txt")])
    assert add(tmp_path / "a", [plain("port", tmp_path / "new.txt")]).unchanged == 1
    assert add(tmp_path / "a", [plain("deputy", tmp_path / "new.txt")]).replaced == 1
    assert lines(tmp_path / "a") == expected([plain("deputy", "")])


def test_a_file_with_a_name_that_is_not_utf_8_has_not_been_moved_when_another_has_its_text(tmp_path, add, remove):
    first, second = tmp_path / "M\udcfcller.txt", tmp_path / "second.txt"
    first.touch()
    add(tmp_path / "a", [plain("port", first)])
    assert add(tmp_path / "a", [plain("port", second)]).articles == 1
    assert add(tmp_path / "a", [plain("deputy", second)]).articles == 2
    assert remove(tmp_path / "a", str(first)).articles == 1


def test_a_file_whose_name_another_article_has_taken_is_the_one_that_has_it_now(tmp_path, add, remove, lines, expected):
    first, second = tmp_path / "first.txt", tmp_path / "second.txt"
    first.touch()
    add(tmp_path / "a", [plain("port", first)])
    second.touch()
    assert add(tmp_path / "a", [plain("deputy", first), plain("port", second)]).articles == 2
    add(tmp_path / "a", [plain("port", first), plain("deputy", second)])  # swapped
    assert remove(tmp_path / "a", str(second)).articles == 1
    assert lines(tmp_path / "a") == expected([plain("port", "")])


def test_an_article_that_stands_again_as_another_gave_way_does_not_count_as_given(tmp_path, add):
    add(tmp_path / "a", [article("port"), plain("port", "feed.jsonl#2")])
    changes = add(tmp_path / "a", [article("port", REVISED)])
    assert (changes.given, changes.articles) == (1, 2)
    assert changes.added - changes.removed == 1


def test_one_text_in_two_files_counts_once_and_stays_until_both_are_gone(tmp_path, add, remove, lines, expected):
    add(tmp_path / "a", [plain("port", "one.txt"), article("port")])  # the second has a URL, too
    assert lines(tmp_path / "a") == expected([article("port")])
    remove(tmp_path / "a", url("port"))
    assert lines(tmp_path / "a") == expected([plain("port", "")])
    remove(tmp_path / "a", "one.txt")
    assert lines(tmp_path / "a") == ""


@pytest.mark.parametrize("name", ["the IRI", "the prefixed name", "the URL", "the file", "the title"])
def test_an_article_is_removed_by(tmp_path, add, remove, name, monkeypatch):
    monkeypatch.chdir(tmp_path)
    add(Path("a"), [article("port"), article("deputy")])
    iri = f"{BASE}article/a{article('port').sha256[:16]}"
    names = {
        "the IRI": iri,
        "the prefixed name": "article:" + iri.rpartition("/")[2],
        "the URL": url("port"),
        "the file": "port.txt",
        "the title": "Port Office Opens New Dock",
    }
    assert remove(Path("a"), names[name]).articles == 1


def test_a_file_stands_for_its_records_and_a_folder_for_its_articles(tmp_path, add, remove, monkeypatch):
    monkeypatch.chdir(tmp_path)
    sources = ["wire.jsonl#1", "wire.jsonl#12", "day/1.txt", "day/deep/2.txt", "daylight.txt", "wire.jsonl.txt"]
    add(Path("a"), [plain(name, source) for name, source in zip(NAMES, sources, strict=False)])
    assert remove(Path("a"), "wire.jsonl#1").articles == 5
    assert remove(Path("a"), "./day").articles == 3
    assert remove(Path("a"), str(tmp_path / "wire.jsonl")).articles == 2
    for name in ("day", "wire.jsonl", "", "light"):
        with pytest.raises(GraphError, match="there is no article"):
            remove(Path("a"), name)


def test_of_a_file_with_several_articles_the_first_is_offered(tmp_path, add, remove):
    add(tmp_path / "a", [plain("port", tmp_path / "wire.jsonl#1"), plain("deputy", tmp_path / "wire.jsonl#2")])
    with pytest.raises(GraphError, match=r"did you mean .*wire\.jsonl#1\?"):
        remove(tmp_path / "a", "elsewhere/wire.jsonl")


def test_an_archive_may_lie_among_its_articles(tmp_path):
    (tmp_path / "port.txt").write_text(TEXTS["port"])
    kg.build([tmp_path / "port.txt"], workers=1).graph.save(tmp_path / "copy")
    for unchanged in (0, 1, 1):
        report = kg.build([tmp_path], tmp_path / "archive", workers=1)
        assert (report.failures, report.changes.unchanged, report.changes.articles) == ((), unchanged, 1)
    with pytest.raises(kg.KgError, match="archive: holds a graph, not articles"):
        kg.build([tmp_path / "archive"], tmp_path / "other.ttl", workers=1)
    assert (tmp_path / "archive" / "history.jsonl").is_file()


def test_what_is_no_archive_has_no_history(tmp_path):
    from click.testing import CliRunner

    from kg.cli import cli

    (tmp_path / "graph.ttl").write_text("")
    for name, told in (
        ("graph.ttl", "has no history; only stores that kg build made have one"),
        ("no", "does not exist"),
    ):
        done = CliRunner().invoke(cli, ["history", str(tmp_path / name)])
        assert (done.exit_code, done.stderr) == (2, f"kg: {tmp_path / name}: {told}\n")


def test_a_name_of_nothing_removes_nothing(tmp_path, add, remove, lines):
    add(tmp_path / "a", [article("port"), article("deputy")])
    before = lines(tmp_path / "a")
    with pytest.raises(GraphError, match="there is no article 'harbour'"):
        remove(tmp_path / "a", url("port"), "harbour")
    with pytest.raises(GraphError, match=r"there is no article .* \(did you mean Port Office Opens New Dock\?\)"):
        remove(tmp_path / "a", "“Port Office opens new docks”")
    with pytest.raises(GraphError, match=r"\(did you mean .*port\.txt\?\)"):
        remove(tmp_path / "a", "elsewhere/port.txt")
    assert lines(tmp_path / "a") == before


def test_decisions_are_kept_and_commute_with_further_builds(tmp_path, add, lines, expected):
    rejected = next(
        line.split("> ")[0][1:]
        for line in expected([article("port")]).splitlines()
        if "/fact/" in line and "#predicate" in line and "holdsRole" in line
    )
    decisions = Decisions(
        (
            Decision("rename", BASE + "person/amal-haddad", "Amal S. Haddad", "", "d.csv, line 2"),
            Decision("reject", rejected, "", "", "d.csv, line 3"),
        )
    )
    add(tmp_path / "a", map(article, NAMES[:2]), decisions=decisions)
    add(tmp_path / "a", map(article, NAMES[2:]))
    assert lines(tmp_path / "a") == expected(map(article, NAMES), decisions)
    add(tmp_path / "a", [], decisions=Decisions())
    add(tmp_path / "a", [article("port")], decisions=Decisions())
    assert lines(tmp_path / "a") == expected(map(article, NAMES))


@BOTH_WAYS
def test_a_decision_whose_fact_is_gone_is_reported_until_it_is_back(tmp_path, add, remove, expected):
    rejected = next(line.split("> ")[0][1:] for line in expected([article("port")]).splitlines() if "/fact/" in line)
    decisions = Decisions((Decision("reject", rejected, "", "", "d.csv, line 2"),))
    assert add(tmp_path / "a", map(article, NAMES), decisions=decisions).notes == ()
    (note,) = remove(tmp_path / "a", url("port")).notes
    assert note == f"d.csv, line 2: the graph has no {rejected} (any more); nothing to reject"
    assert remove(tmp_path / "a", url("deputy")).notes == (note,)
    assert add(tmp_path / "a", [article("port")]).notes == ()


def test_every_triple_stands_once_and_counts_are_true(tmp_path, add):
    add(tmp_path / "a", map(article, NAMES[:3]))
    add(tmp_path / "a", map(article, NAMES[3:]))
    graph = kg.open(tmp_path / "a")
    assert not list(graph.store.named_graphs())
    ((people, names),) = graph.query(
        "SELECT (COUNT(?p) AS ?n) (COUNT(DISTINCT ?p) AS ?m) { ?p a nk:Person ; rdfs:label ?l }"
    ).rows
    assert people == names


def test_the_base_of_an_archive_does_not_change(tmp_path, add, read):
    add(tmp_path / "a", [article("port")])
    with pytest.raises(GraphError, match=r"start with https://news\.example/id/"):
        Archive(tmp_path / "a", "https://other.example/")
    with Archive(tmp_path / "a") as archive:
        assert archive.base == BASE


def test_articles_cannot_be_added_to_a_store_without_their_records(tmp_path, add):
    kg.KnowledgeGraph.create().save(tmp_path / "exported")
    with pytest.raises(GraphError, match="no records of its articles"):
        add(tmp_path / "exported", [article("port")])


def test_an_archive_is_not_overwritten_by_an_export(tmp_path, add, lines):
    add(tmp_path / "a", [article("port")])
    before = lines(tmp_path / "a")
    with pytest.raises(GraphError, match="holds an archive"):
        kg.open(tmp_path / "a").save(tmp_path / "a")
    assert lines(tmp_path / "a") == before


def test_a_first_build_without_an_article_leaves_no_folder(tmp_path, add):
    assert add(tmp_path / "a", []).articles == 0
    assert list(tmp_path.iterdir()) == []


def test_the_graph_is_made_anew_from_the_records_when_its_folder_is_gone(tmp_path, add, read, lines):
    import shutil

    add(tmp_path / "a", map(article, NAMES))
    before, asked = lines(tmp_path / "a"), read.count
    (generation,) = (tmp_path / "a").glob("graph-*")
    shutil.rmtree(generation)
    with pytest.raises(GraphError, match="the store is damaged"):
        kg.open(tmp_path / "a")
    add(tmp_path / "a", [article("port")])
    assert (lines(tmp_path / "a"), read.count) == (before, asked)


@pytest.mark.parametrize("what", ["nonsense", "a record"])
def test_damaged_records_are_reported(tmp_path, add, remove, what):
    add(tmp_path / "a", [article("port"), article("deputy")])
    ledger = tmp_path / "a" / "articles.sqlite"
    if what == "nonsense":
        ledger.write_bytes(b"nonsense" * 2000)
    else:
        with sqlite3.connect(ledger) as database:
            database.execute("UPDATE articles SET facts = substr(facts, 1, 100)")
        database.close()
    with pytest.raises(GraphError, match="damaged") as refused:
        remove(tmp_path / "a", url("port"))
    assert "\n" not in str(refused.value)


def test_the_graph_can_be_read_by_any_program_that_knows_oxigraph(tmp_path, add, lines):
    add(tmp_path / "a", map(article, NAMES))
    label = json.loads((tmp_path / "a" / "newskg.json").read_text())
    store = Store.read_only(str(tmp_path / "a" / label["graph"]))
    assert "".join(sorted(f"{quad.triple} .\n" for quad in store)) == lines(tmp_path / "a")
    assert label["statements"] == len(store)


def test_the_history_tells_every_build_as_prov_and_in_words(tmp_path, add, remove):
    from click.testing import CliRunner
    from pyoxigraph import RdfFormat

    from kg.cli import cli
    from kg.errors import ArticleError

    add(tmp_path / "a", map(article, NAMES), failures=[ArticleError("broken.txt", "is empty")])
    add(tmp_path / "a", map(article, NAMES))
    remove(tmp_path / "a", url("port"))
    told = CliRunner().invoke(cli, ["history", str(tmp_path / "a")]).stdout.splitlines()
    builds = [line for line in told if not line.startswith("  ")]
    assert [line.split("  ")[1].split(";")[0] for line in builds] == [
        f"{len(NAMES)} added, 1 failed",
        f"{len(NAMES)} unchanged",
        "1 removed",
    ]
    added = [*sorted(f"  {url(name)}" for name in NAMES), "  broken.txt: is empty"]
    assert told == [builds[0], *added, *builds[1:], f"  {url('port')}"]
    store = Store()
    store.load(
        CliRunner().invoke(cli, ["history", str(tmp_path / "a"), "--format", "ttl"]).stdout.encode(), RdfFormat.TURTLE
    )
    assert (tmp_path / "a" / "history.ttl").read_text().startswith("@prefix")
    prov = {"prov": "http://www.w3.org/ns/prov#"}
    assert store.query("ASK { ?b prov:startedAtTime ?t ; prov:wasInformedBy ?r . ?r a prov:Activity }", prefixes=prov)


@pytest.mark.parametrize(
    "harm", [lambda text: text, lambda text: text[:-7], lambda text: b""], ids=["", "torn", "empty"]
)
@pytest.mark.parametrize("name", ["history.jsonl", "history.ttl"])
def test_the_history_that_grew_is_the_one_written_at_once_whatever_became_of_its_files(tmp_path, add, name, harm):
    from kg.archive.history import as_prov, read_history

    for at, one in enumerate(NAMES[:3]):
        if at:
            (tmp_path / "a" / name).write_bytes(harm((tmp_path / "a" / name).read_bytes()))
        add(tmp_path / "a", [article(one)])
    builds = read_history(tmp_path / "a")
    assert [build["articles"] for build in builds] == [1, 2, 3]
    assert (tmp_path / "a" / "history.ttl").read_text("utf-8") == as_prov(builds)


def test_the_history_can_be_read_whatever_the_files_are_called(tmp_path, add):
    add(tmp_path / "a", [article_from_text(TEXTS["port"], "a\u2028b\x85c.txt")])
    (build,) = read_history(tmp_path / "a")
    assert build["named"][0].endswith("a\u2028b\x85c.txt")


def test_the_history_has_the_numbers_and_the_options_of_a_build_and_can_be_asked(tmp_path):
    (tmp_path / "a.json").write_text(json.dumps({"body": TEXTS["port"]}))
    (tmp_path / "d.csv").write_text("decision,first,second,why\n")
    decided = tmp_path / "d.csv"
    report = kg.build([tmp_path], tmp_path / "a", fields={"text": "body"}, decisions=decided, workers=1)
    answer = kg.open(tmp_path / "a" / "history.ttl").query(
        """SELECT ?name ?value { ?build prov:startedAtTime ?time ; schema:additionalProperty ?property .
           ?property schema:name ?name ; schema:value ?value }"""
    )
    told = {str(name): value for name, value in answer.rows}
    assert (told["added"], told["articles"], told["failed"]) == (1, 1, len(report.failures))
    assert told["read entities"] == report.counts["entities"] > 0
    assert told["read statements"] == report.counts["statements"] > 0
    assert {name: str(value) for name, value in told.items() if name.startswith("option ")} == {
        "option fields": "text=body",
        "option decisions": str(decided),
        "option workers": "1",
    }


def test_decisions_may_use_prefixes_where_the_store_has_a_base_of_its_own(tmp_path):
    (tmp_path / "a.txt").write_text(TEXTS["port"])
    (tmp_path / "d.csv").write_text(
        "decision,first,second,why\nrename,person:amal-haddad,Amal S. Haddad,its passport\n"
    )
    kg.build([tmp_path / "a.txt"], tmp_path / "a", base=BASE)
    report = kg.build([tmp_path / "a.txt"], tmp_path / "a", decisions=tmp_path / "d.csv")
    assert not report.notes
    assert report.graph.query('ASK { person:amal-haddad rdfs:label "Amal S. Haddad" }') is True
    kg.build([tmp_path / "a.txt"], tmp_path / "a")
    assert kg.open(tmp_path / "a").query('ASK { person:amal-haddad rdfs:label "Amal S. Haddad" }') is True


def test_only_a_whole_name_of_an_article_removes_it(tmp_path, read):
    path = tmp_path / "archive"
    with Archive(path, BASE) as archive:
        archive.add(map(article, TEXTS), read, MODEL)
        for name in ("article:a*", "article:a", "article:a4", "article:a?"):
            with pytest.raises(GraphError, match="there is no article"):
                archive.remove([name])


def test_an_archive_of_an_earlier_version_is_taken_over(tmp_path, add, lines, expected):
    add(tmp_path, [article("port"), article("deputy"), article("strike")])
    with closing(sqlite3.connect(tmp_path / LEDGER)) as database, database:
        drop_tables(database)
        database.execute("CREATE TABLE identity_parts(iri TEXT, sha BLOB, key TEXT, content BLOB)")
        database.execute("CREATE TABLE identity_links(owner INTEGER, sha BLOB, key TEXT, content BLOB)")
        database.execute("INSERT INTO identity_parts VALUES ('an iri', x'00', 'a key', x'00')")
        database.execute("UPDATE meta SET value = '2' WHERE name = 'form'")
    assert add(tmp_path, [article("visit")]).added == 1
    assert lines(tmp_path) == expected(map(article, ("port", "deputy", "strike", "visit")))


@BOTH_WAYS
@pytest.mark.parametrize("where", ["a mention", "a role"])
def test_an_article_whose_evidence_does_not_hold_leaves_nothing_in_the_graph(tmp_path, add, readings, lines, where):
    def spoilt(articles):
        for one in articles:
            facts = decode_facts(readings[one.text, one.metadata])
            beyond = TextSpan(len(one.text), len(one.text) + 5)
            if one.source == "port.txt" and where == "a mention":
                entity = facts.entities[0]
                facts = replace(
                    facts, entities=(replace(entity, mentions=(*entity.mentions, Mention(beyond))), *facts.entities[1:])
                )
            elif one.source == "port.txt":
                facts = replace(facts, roles=tuple(replace(role, span=beyond) for role in facts.roles))
            yield one, encode(facts)

    with Archive(tmp_path / "a", BASE) as archive:
        changes = archive.add([article("port"), article("visit")], spoilt, MODEL)
    assert [(failure.source, str(failure).count("the characters")) for failure in changes.failures] == [("port.txt", 1)]
    found = lines(tmp_path / "a")
    assert article("port").sha256[:16] not in found
    assert article("visit").sha256[:16] in found
