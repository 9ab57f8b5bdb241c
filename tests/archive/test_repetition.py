"""Versions of one article and reprints of one text: what counts depends on the articles, not on order or batches."""

from __future__ import annotations

import json
from dataclasses import replace
from functools import partial
from urllib.parse import quote, unquote

import pytest
from click.testing import CliRunner
from conftest import BASE, MODEL, at_once
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import kg
from kg.addresses import address_of, other_forms
from kg.archive import Archive
from kg.archive.history import read_history
from kg.cli import cli
from kg.cli.build import summary
from kg.facts import Metadatum
from kg.identity.decisions import Decision, Decisions
from kg.identity.iris import IriPolicy
from kg.queries import question
from kg.readers import article_from_text
from kg.repetition import newest, printings
from kg.workers import read_batch

DOCK = (
    "Amal Haddad, the director of the Northern Port Office, opened a new dock in Oslo on Saturday. The hotel beside it "
    "has {} rooms, Haddad said, and the union of the dockers was glad of it.\n"
)
STORY, REVISED = DOCK.format(40), DOCK.format(42)
PAPERS = {
    "herald": ("https://herald.example/dock", "First Herald", "2025-05-14", "Dock opens"),
    "post": ("https://post.example/a/7", "Capital Post", "2025-05-28", "New dock in Oslo"),
    "star": ("https://star.example/oslo", "North Star", None, None),
    "print": (None, "Evening Bell", "2025-05-15", None),
    "wall": (None, None, None, "Zeal"),
}
LONGER = STORY + "\nThe navy had sent a boat, and the harbour was full of flags until the evening.\n"
SLOWLY = settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def told(paper, text=STORY):
    url, publisher, day, title = PAPERS[paper]
    named = {"url": url, "publisher": publisher, "date": day, "title": title}
    metadata = [Metadatum(name, value, origin=f"field '{name}'") for name, value in named.items() if value]
    return replace(article_from_text(text, f"{paper}.json"), metadata=tuple(metadata))


@pytest.fixture(scope="module")
def packed(nlp):
    articles = [told(paper, text) for paper in PAPERS for text in (STORY, REVISED, LONGER)]
    return {(a.text, a.metadata): facts for a, facts in zip(articles, read_batch(nlp, articles), strict=True)}


@pytest.fixture(scope="module")
def adding(packed):
    def add(path, articles, **options):
        with Archive(path, BASE) as archive:
            return archive.add(articles, lambda new: ((a, packed[a.text, a.metadata]) for a in new), MODEL, **options)

    return add


@pytest.fixture(scope="module")
def expected(packed):
    """The triples of some articles built at once, without an archive."""
    return partial(at_once, packed)


def ask(graph, name, **parameters):
    return graph.query(question(name).bound(graph, parameters)).to_dicts()


def published(path):
    query = """SELECT ?publisher ?of { ?a a nk:Article OPTIONAL { ?a dc:publisher ?publisher }
               OPTIONAL { ?a nk:nearDuplicateOf/dc:publisher ?of } } ORDER BY ?publisher"""
    return [(row[0], row[1]) for row in kg.open(path).query(query).rows]


def test_the_same_words_in_five_papers_are_articles_and_one_source(tmp_path, adding):
    changes = adding(tmp_path / "a", map(told, PAPERS))
    assert (changes.added, changes.superseded, changes.articles) == (4, 1, 4)
    assert published(tmp_path / "a") == [
        ("Capital Post", "First Herald"),
        ("Evening Bell", "First Herald"),
        ("First Herald", None),
        ("North Star", "First Herald"),
    ]
    graph = kg.open(tmp_path / "a")
    assert graph.validate().conforms
    assert graph.statistics().near_duplicates == 3
    (person,) = graph.people("Amal Haddad")
    assert person.articles == 1
    told_once = graph.query("SELECT ?a { ?a nif:isString ?text }").rows
    assert told_once == graph.query("SELECT DISTINCT ?a { ?span nif:referenceContext ?a }").rows
    adding(tmp_path / "one", [told("herald")])
    alone = kg.open(tmp_path / "one")
    assert sorted(graph.to_networkx().nodes(data=True)) == sorted(alone.to_networkx().nodes(data=True))
    (row,) = ask(graph, "articles", publisher="Capital Post")
    assert (str(row["day"]), row["title"], row["url"]) == ("2025-05-28", "New dock in Oslo", PAPERS["post"][0])
    says = [ask(graph, "what-an-article-says", article=title) for title in ("Dock opens", "New dock in Oslo")]
    assert says[0] == says[1] != []
    assert {row["articles"] for row in ask(graph, "most-mentioned")} == {1}
    assert [row["articles"] for row in ask(graph, "in-the-news", thing="Amal Haddad")] == [1]


def test_a_reprint_moves_nothing(tmp_path, adding, lines):
    adding(tmp_path / "a", [told("herald")])
    before = set(lines(tmp_path / "a").splitlines())
    for paper in ("post", "star", "print", "wall"):
        adding(tmp_path / "a", [told(paper)])
        assert before <= set(lines(tmp_path / "a").splitlines())
    assert '"2025-05-10"' in "".join(before)  # the Saturday before the first paper's day


@pytest.mark.parametrize("paper", ["herald", "post", "star"])
@pytest.mark.parametrize("order", [("post", "herald", "star"), ("star", "post", "herald")])
def test_a_decision_may_name_any_of_the_papers(tmp_path, adding, lines, expected, paper, order):
    decisions = Decisions((Decision("different", f"{BASE}person/amal-haddad", PAPERS[paper][0], "", "d.csv, line 2"),))
    for number, other in enumerate(order):
        changes = adding(tmp_path / "a", [told(other)], decisions=decisions)
        read = [told(name) for name in order[: number + 1]]
        assert lines(tmp_path / "a") == expected(read, decisions)
        assert (paper in order[: number + 1]) == (changes.notes == ())
    assert "person/amal-haddad--a" in lines(tmp_path / "a")


def test_articles_called_different_are_so_from_when_one_of_them_is_printed_at_that_address(
    tmp_path, adding, remove, lines, expected, monkeypatch
):
    monkeypatch.setattr("kg.archive.update.MOST_CHANGED", 99.0)  # so that the graph is not made anew
    cut, full = told("post"), told("herald", LONGER)
    star = told("star", LONGER)
    decisions = Decisions(
        (Decision("different", IriPolicy(BASE).article(cut.sha256), PAPERS["star"][0], "", "d.csv, line 2"),)
    )
    adding(tmp_path / "a", [cut, full], decisions=decisions)
    assert "nearDuplicateOf" in lines(tmp_path / "a")
    adding(tmp_path / "a", [star])
    assert lines(tmp_path / "a") == expected([cut, full, star], decisions)
    remove(tmp_path / "a", PAPERS["star"][0])
    assert lines(tmp_path / "a") == expected([cut, full], decisions)


@SLOWLY
@given(st.permutations(sorted(PAPERS)), st.lists(st.integers(1, 3), min_size=len(PAPERS), max_size=len(PAPERS)))
def test_reprints_come_in_any_order_and_batches(tmp_path_factory, adding, lines, expected, order, sizes):
    path = tmp_path_factory.mktemp("archive") / "a"
    rest = list(order)
    for size in sizes:
        batch, rest = rest[:size], rest[size:]
        if batch:
            before = kg.open(path).statistics().things["article"] if path.exists() else 0
            changes = adding(path, map(told, batch))
            assert changes.articles == before + changes.added - changes.removed
            assert changes.articles == kg.open(path).statistics().things["article"]
    assert lines(path) == expected(map(told, PAPERS)) == expected(map(told, order))


@SLOWLY
@given(
    st.sets(st.sampled_from(sorted(PAPERS)), min_size=1),
    st.sets(st.sampled_from(sorted(PAPERS)), min_size=1),
    st.booleans(),
)
def test_a_reprint_that_is_removed_was_never_there(
    tmp_path_factory, adding, remove, lines, expected, kept, gone, longer
):
    path = tmp_path_factory.mktemp("archive") / "a"
    others = [told("post", LONGER)] if longer and "post" not in kept | gone else []
    adding(path, [*map(told, sorted(kept | gone)), *others])
    for paper in sorted(gone):
        remove(path, PAPERS[paper][0] or f"{paper}.json")
    rest = [*map(told, sorted(kept - gone)), *others]
    assert lines(path) == (expected(rest) if rest else "")
    assert not rest or kg.open(path).validate().conforms


def test_reprints_of_a_cut_text_are_of_the_fullest(tmp_path, adding, expected, lines):
    articles = [told("herald"), told("star"), told("post", LONGER)]
    adding(tmp_path / "a", articles)
    assert published(tmp_path / "a") == [
        ("Capital Post", None),
        ("First Herald", "Capital Post"),
        ("North Star", "Capital Post"),
    ]
    assert kg.open(tmp_path / "a").validate().conforms
    assert lines(tmp_path / "a") == expected(articles)


def test_a_reprint_is_removed_by_its_iri_and_a_text_with_all_of_them(tmp_path, adding, remove, lines, expected):
    adding(tmp_path / "a", map(told, ("herald", "post", "star")))
    ((iri,),) = kg.open(tmp_path / "a").query('SELECT ?a { ?a dc:publisher "Capital Post" }').rows
    assert remove(tmp_path / "a", str(iri)).removed == 1
    assert lines(tmp_path / "a") == expected(map(told, ("herald", "star")))
    with pytest.raises(kg.KgError, match="there is no article"):
        remove(tmp_path / "a", str(iri))
    assert remove(tmp_path / "a", str(iri).rpartition("-")[0]).removed == 2
    assert lines(tmp_path / "a") == ""


RECORD = {"url": "https://paper.example/dock", "publisher": "First Herald"}
OLD, NEW = {**RECORD, "text": STORY}, {**RECORD, "text": REVISED}


def write(file, *records):
    file.write_text("".join(json.dumps(record) + "\n" for record in records))
    return file


def texts(graph):
    return sorted(row[0] for row in graph.query("SELECT ?t { ?a nif:isString ?t }").rows)


def test_why_of_a_reprint_or_an_address_tells_what_its_text_says(tmp_path, adding):
    adding(tmp_path / "a", map(told, ("herald", "post")))
    graph = kg.open(tmp_path / "a")
    standing = graph.why("Dock opens")
    assert standing == graph.why("New dock in Oslo") == graph.why("https://post.example/a/7")
    assert any(citation.url == "https://herald.example/dock" for item in standing for citation in item.citations)
    for term in ("New dock in Oslo", "http://HERALD.example/dock/", "https://herald.example/dock?utm_source=feed"):
        shown = CliRunner().invoke(cli, ["why", str(tmp_path / "a"), term])
        assert shown.exit_code == 0 and "https://herald.example/dock" in shown.stdout


def test_why_of_an_article_tells_all_that_was_read_from_it(tmp_path, adding):
    adding(tmp_path / "a", [told("herald"), told("post"), told("star", LONGER)])
    graph = kg.open(tmp_path / "a")
    for row in graph.query(question("articles").bound(graph, {})).to_dicts():
        standing = graph.why(row["url"])
        counted = [sum(item.kind == kind for item in standing) for kind in ("fact", "statement")]
        if row["facts"]:
            assert counted == [row["facts"], row["statements"]] and row["statements"]
        assert counted[0] and {citation.words for item in standing for citation in item.citations}
    longer = next(iter(graph.query("SELECT ?a { ?a dcterms:source <https://star.example/oslo> }").rows))[0]
    told_there = {c.url for item in graph.why(graph.shortened(longer)) for c in item.citations}
    assert told_there == {"https://star.example/oslo"}


@pytest.mark.parametrize("together", [True, False], ids=["in one build", "in two builds"])
def test_the_version_that_is_read_last_counts(tmp_path, together):
    one, two = write(tmp_path / "1.jsonl", OLD), write(tmp_path / "2.jsonl", NEW)
    for batch in [[one, two]] if together else [[one], [two]]:
        changes = kg.build(batch, tmp_path / "a", workers=1).changes
    assert (changes.replaced, changes.superseded, changes.articles) == ((0, 1, 1) if together else (1, 0, 1))
    assert texts(kg.open(tmp_path / "a")) == texts(kg.build([one, two], workers=1).graph) == [REVISED]


def test_the_version_of_the_latest_day_counts_wherever_it_stands(tmp_path):
    records = [{**NEW, "date": "2025-05-20"}, {**OLD, "date": "2025-05-14"}, OLD]
    for number, order in enumerate((records, records[::-1])):
        report = kg.build([write(tmp_path / f"{number}.jsonl", *order)], tmp_path / str(number), workers=1)
        assert (report.changes.added, report.changes.superseded, report.changes.articles) == (1, 2, 1)
        assert texts(report.graph) == [REVISED]


def test_versions_in_a_store_add_up_and_are_not_read_again(tmp_path, monkeypatch):
    both, old = write(tmp_path / "both.jsonl", OLD, NEW), write(tmp_path / "old.jsonl", OLD)
    other = write(tmp_path / "other.jsonl", {**OLD, "url": "https://paper.example/other", "text": LONGER})
    archive = tmp_path / "a"
    report = kg.build([both, other], archive, workers=1)
    assert "2 added, 1 superseded; 2 in the store" in summary(report, archive)
    before = "".join(sorted(map(str, kg.open(archive))))
    with monkeypatch.context() as patch:
        patch.setattr("kg.archive.archive._Keeper.keep", lambda *_: pytest.fail("read again"))
        changes = kg.build([both, other], archive, workers=1).changes
    assert (changes.unchanged, changes.superseded, changes.articles) == (2, 1, 2)
    assert kg.build([old], archive, workers=1).changes.replaced == 1
    changes = kg.build([both], archive, workers=1).changes
    assert (changes.replaced, changes.superseded, changes.articles) == (1, 1, 2)
    assert "".join(sorted(map(str, kg.open(archive)))) == before
    assert [build["superseded"] for build in read_history(archive)] == [1, 1, 0, 1]


def test_a_version_that_gave_way_leaves_the_store_with_the_other(tmp_path):
    kg.build([write(tmp_path / "both.jsonl", OLD, NEW)], tmp_path / "a", workers=1)
    with Archive(tmp_path / "a") as archive:
        archive.remove([RECORD["url"]])
        assert archive._ledger.database.execute("SELECT COUNT(*) FROM articles").fetchone() == (0,)


def test_a_store_that_has_both_versions_says_what_goes(tmp_path, adding, packed):
    adding(tmp_path / "a", [told("herald"), told("star", REVISED)])
    with Archive(tmp_path / "a", BASE) as archive:  # as they were left by an earlier version
        archive._ledger.database.execute("UPDATE places SET url = 'https://herald.example/dock'")
    changes = adding(tmp_path / "a", [told("herald")])
    assert (changes.unchanged, changes.removed, changes.articles) == (1, 1, 1)


PARTS = st.text("abZé0-_%", max_size=5)
QUERIES = st.lists(
    st.sampled_from(["id=3", "utm_source=feed", "p=2&fbclid=x", "cid=7", "UTM_Medium=rss", "q"]), max_size=3
)


@given(
    st.sampled_from(["http", "https"]), st.sampled_from(["", ":80", ":443", ":8443"]), st.lists(PARTS), QUERIES, PARTS
)
def test_an_address_stands_for_itself_and_says_which_page_it_is(scheme, port, path, query, mark):
    url = f"{scheme}://Paper.example{port}/{'/'.join(path)}?{'&'.join(query)}#{mark}"
    address = address_of(url)
    assert address_of(address) == address
    telling = [item for item in "&".join(query).split("&") if item and not item.lower().startswith(("utm_", "fbclid"))]
    assert address.partition("#")[0].partition("?")[2] == "&".join(telling)
    assert unquote(address.partition("#")[2]) == unquote(mark)
    assert address_of(url.replace("Paper", "paper")) == address != address_of(url.replace("Paper", "other"))


LETTERS = st.text("abZé~-_.", max_size=5)
CAFE = st.sampled_from(["café", "caf%C3%A9", "caf%c3%a9"])


@given(st.lists(LETTERS), st.data())
def test_however_its_letters_are_encoded_an_address_is_one(parts, data):
    def written(letter):
        code = quote(letter, safe="") if letter == "é" else f"%{ord(letter):02X}"
        return letter if letter == "/" else data.draw(st.sampled_from([letter, code, code.lower()]))

    path = "/".join(["", *parts, "a"])
    for _ in range(2):
        assert (
            address_of(f"https://paper.example{''.join(map(written, path))}") == f"https://paper.example{quote(path)}"
        )


@given(CAFE, CAFE)
def test_an_address_is_found_however_its_letters_are_encoded(stored, asked):
    one, other = (f"https://paper.example/{word}?q={word}#{word}" for word in (stored, asked))
    assert one in [other, *other_forms(other)]


@given(st.text("a%CcFf389/?#&= é\ufffd\ud800", max_size=12))
def test_other_forms_of_an_address_are_of_the_same_page(rest):
    url = f"https://paper.example/{rest}"
    assert {address_of(form) for form in other_forms(url)} <= {address_of(url)}


@pytest.mark.parametrize(
    ("url", "address"),
    [
        ("https://paper.example/%7Eada/caf%c3%a9", "https://paper.example/~ada/caf%C3%A9"),
        ("https://paper.example/a%2Fb?q=a%26b%3d", "https://paper.example/a%2Fb?q=a%26b%3D"),
        ("https://paper.example/%4%31%", "https://paper.example/%2541%25"),
        ("https://paper.example/a/1#", "https://paper.example/a/1"),
        ("https://paper.example/a?utm%5Fsource=feed", "https://paper.example/a"),
        ("http://paper.example:80/a/", "https://paper.example/a"),
        ("https://paper.example:8443/a", "https://paper.example:8443/a"),
        ("https://paper.example/day#block-1", "https://paper.example/day#block-1"),
        ("https://paper.example/a?cid=1&pk_article=7", "https://paper.example/a?cid=1&pk_article=7"),
        ("https://Ada:Obi@Paper.example/a", "https://Ada:Obi@paper.example/a"),
        ("https://[2001:DB8::1]/a", "https://[2001:db8::1]/a"),
        ("urn:uuid:12", "urn:uuid:12"),
        ("http:////a", "http:////a"),
        ("https://[bad", "https://[bad"),
    ],
)
def test_addresses_are_one_only_where_the_page_is(url, address):
    assert address_of(url) == address


@pytest.mark.parametrize("together", [True, False], ids=["in one build", "in two builds"])
def test_a_page_that_a_feed_leads_to_is_the_one_at_its_address(tmp_path, together):
    url = RECORD["url"]
    one = write(tmp_path / "1.jsonl", {**OLD, "url": f"{url.replace('https', 'http')}/?utm_source=feed"})
    two = write(tmp_path / "2.jsonl", NEW)
    for batch in [[one, two]] if together else [[one], [two]]:
        changes = kg.build(batch, tmp_path / "a", workers=1).changes
    assert (changes.replaced, changes.superseded, changes.articles) == ((0, 1, 1) if together else (1, 0, 1))
    assert texts(kg.open(tmp_path / "a")) == texts(kg.build([one, two], workers=1).graph) == [REVISED]
    with Archive(tmp_path / "a") as archive:
        assert archive.remove([f"{url}?fbclid=77"]).removed == 1


def test_a_page_whose_address_is_encoded_in_several_ways_is_one(tmp_path):
    words = ("caf\u00e9", "caf%C3%A9", "caf%c3%a9", "caf%c3%A9", "caf\u00e9#")
    written = [f"https://paper.example/{word}" for word in words]
    for number, url in enumerate(written):
        batch = [write(tmp_path / "new.jsonl", {**OLD, "url": url, "text": DOCK.format(number)})]
        assert kg.build(batch, tmp_path / "a", workers=1).changes.articles == 1
        graph = kg.open(tmp_path / "a")
        assert len({graph.why(asked)[0].citations for asked in written}) == 1
    with Archive(tmp_path / "a") as archive:
        assert archive.remove([written[1]]).removed == 1


@pytest.mark.parametrize(
    ("form", "address"),
    [("4", "http://herald.example/dock/?utm_source=feed"), ("5", "https://herald.example/d%6fck")],
)
def test_a_store_of_an_earlier_version_knows_pages_by_their_addresses_at_the_next_change(
    tmp_path, adding, form, address
):
    adding(tmp_path / "a", [told("herald"), told("star", LONGER)])
    with Archive(tmp_path / "a", BASE) as archive:
        database = archive._ledger.database
        database.execute("UPDATE places SET url = ? WHERE url LIKE '%herald%'", (address,))
        database.execute("UPDATE meta SET value = ? WHERE name = 'form'", (form,))
    changes = adding(tmp_path / "a", [told("herald", REVISED)])
    assert (changes.added, changes.replaced, changes.articles) == (0, 1, 2)


def test_a_summary_that_comes_with_its_article_is_counted(tmp_path):
    (tmp_path / "feed.xml").write_text(
        '<rss version="2.0"><channel><title>Post</title><item><title>The dock</title><link>https://paper.example/dock'
        "</link><description>Amal Haddad opened the dock in Oslo on Saturday.</description></item></channel></rss>"
    )
    changes = kg.build([tmp_path / "feed.xml", write(tmp_path / "page.jsonl", OLD)], tmp_path / "a", workers=1).changes
    assert (changes.added, changes.superseded, changes.articles) == (1, 1, 1)
    changes = kg.build([tmp_path / "feed.xml"], tmp_path / "a", workers=1).changes
    assert (changes.unchanged, changes.superseded, changes.articles) == (1, 0, 1)


def of(**values):
    return article_from_text("x", "").__class__("x", "", tuple(Metadatum(*item) for item in values.items()))


def same(article):
    return article


def test_what_says_nothing_of_where_it_stands_is_no_reprint():
    plain, dated = of(title="Dock"), of(title="Dock", date="2025-05-01")
    first = of(url="https://a.example/1", date="2025-05-14", publisher="The Herald")
    in_print = of(publisher="Herald", date="2025-06-01", author="N", title="T")
    assert printings([plain, first], same) == printings([first, plain], same) == [first]
    assert printings([in_print, first], same) == [first]  # the Herald again
    assert printings([first, dated], same) == [dated, first]  # but the earliest stands for the text
    assert printings([plain], same) == [plain]


def test_of_one_address_and_text_the_fullest_of_the_latest_day_counts():
    bare, full = of(url="u", date="2025-05-14"), of(url="u", date="2025-05-14", title="Dock")
    later = of(url="u", date="2025-05-15")
    assert newest([full, bare], same) == newest([bare, full], same) == full
    assert newest([later, full], same) == newest([full, later], same) == later


def test_a_store_of_an_earlier_version_gets_its_reprints_at_the_next_change(tmp_path, adding, lines, expected):
    adding(tmp_path / "a", map(told, ("herald", "post", "star")))
    with Archive(tmp_path / "a", BASE) as archive:
        database = archive._ledger.database
        database.execute("CREATE TABLE known(sha TEXT PRIMARY KEY, fingerprint TEXT NOT NULL) WITHOUT ROWID")
        database.execute("INSERT INTO known SELECT sha, fingerprint FROM standing WHERE number = 2")
        database.execute("DROP TABLE standing")
        database.execute("UPDATE meta SET value = '3' WHERE name = 'form'")
        database.execute("DELETE FROM meta WHERE name = 'reprints'")
    changes = adding(tmp_path / "a", [told("post", LONGER), told("herald")])
    articles = [told("herald"), told("star"), told("post", LONGER)]
    assert lines(tmp_path / "a") == expected(articles)
    assert changes.articles == len(published(tmp_path / "a")) == 3
