"""What people decide is about those whom they mean, whatever articles come; all names of an entry are one thing's."""

from dataclasses import replace

import pytest
from test_across_articles import BASE, POLICY, decided, iris, links, resolve, told

from kg.facts import Metadatum
from kg.identity import identify
from kg.identity.authority import Authority, Entry, read_authority
from kg.identity.decisions import Decisions, read_decisions

KEEPER = ("person", "Mark Hollis", "goalkeeper@Quillon Rovers; d:2024-05-01")
JUDGE = ("person", "Mark Hollis", "judge@Valmora Court; d:2020-05-01")
WIKI = "http://www.wikidata.org/entity/"


def at(*articles, **options):
    """Articles with addresses (paper.example/0 ...); gives the outcome, and IRI and label of each one's thing."""
    facts = told(*articles)
    for i, one in enumerate(facts):
        url = Metadatum("url", f"https://paper.example/{i}")
        facts[i] = replace(one, article=replace(one.article, metadata=(*one.article.metadata, url)))
    found = identify(facts, POLICY, **options)
    of = iris(found, facts, *articles)
    labels = {node.iri: node.label for node in found.nodes.values()}
    return found, of, [labels[iri] for iri in of]


def decisions(tmp_path, *lines):
    path = tmp_path / "decisions.csv"
    columns = "decision,first,second,why,first_article,second_article"
    path.write_text("\n".join([columns, *lines, ""]), encoding="utf-8")
    return read_decisions(path)


@pytest.mark.parametrize("order", [(KEEPER, JUDGE), (JUDGE, KEEPER)])
def test_a_decision_never_moves_to_another_of_the_name(tmp_path, order):
    lines = ("rename,person:mark-hollis,Mark Hollis (goalkeeper),", f"same,person:mark-hollis,{WIKI}Q77,")
    found, _, labels = at(KEEPER, decisions=decided(tmp_path, *lines))
    assert labels == ["Mark Hollis (goalkeeper)"] and found.notes == ()
    found, of, labels = at(*order, decisions=decided(tmp_path, *lines))
    assert labels == ["Mark Hollis", "Mark Hollis"] and not links(found, "exactMatch")
    assert of[order.index(JUDGE)] == f"{BASE}person/mark-hollis"  # who is told of first
    for line, note in zip((2, 3), found.notes, strict=True):
        assert f"line {line}: person:mark-hollis is the name of 2: say person:mark-hollis--" in note
        assert "person:mark-hollis--quillon-rovers" in note and "person:mark-hollis--valmora-court" in note
        assert "\n" not in note


def test_of_several_of_a_name_each_can_be_named(tmp_path):
    lines = (
        "rename,person:mark-hollis--quillon-rovers,Mark Hollis (goalkeeper),",
        "rename,person:mark-hollis--valmora-court,Judge Hollis,",  # who has the plain IRI in the graph
    )
    found, of, labels = at(KEEPER, JUDGE, decisions=decided(tmp_path, *lines))
    assert of == [f"{BASE}person/mark-hollis--quillon-rovers", f"{BASE}person/mark-hollis"]
    assert labels == ["Mark Hollis (goalkeeper)", "Judge Hollis"] and found.notes == ()


@pytest.mark.parametrize(
    "others", [(), (JUDGE,), (JUDGE, ("person", "Mark Hollis", "coach@Ardle Athletic; o:Quillon Rovers"))]
)
def test_what_tells_one_from_others_does_so_when_articles_say_more_or_less(tmp_path, others):
    line = "rename,person:mark-hollis--quillon-rovers,Mark Hollis (goalkeeper),"
    found, _, labels = at(KEEPER, *others, decisions=decided(tmp_path, line))
    assert labels[0] == "Mark Hollis (goalkeeper)" and labels.count("Mark Hollis") == bool(others)
    assert found.notes == ()


def test_one_has_one_new_name_however_it_is_named(tmp_path):
    lines = ("rename,person:mark-hollis,One,", "rename,person:mark-hollis--quillon-rovers,Other,")
    found, _, labels = at(KEEPER, decisions=decided(tmp_path, *lines))
    assert labels == ["One"] and "line 3: contradicts " in found.notes[0]


@pytest.mark.parametrize("articles", [(KEEPER,), (KEEPER, JUDGE)])
def test_an_article_says_who_is_meant(tmp_path, articles):
    sha = told(KEEPER)[0].article.sha256
    for article in ("https://paper.example/0", f"article:a{sha[:16]}"):
        lines = (
            f"rename,person:mark-hollis,Mark Hollis (goalkeeper),,{article},",
            f"same,{WIKI}Q77,person:mark-hollis,,,{article}",
        )
        found, of, labels = at(*articles, decisions=decisions(tmp_path, *lines))
        assert labels == ["Mark Hollis (goalkeeper)", "Mark Hollis"][: len(articles)] and found.notes == ()
        assert set(links(found, "exactMatch")) == {(of[0], f"{WIKI}Q77")}


def test_an_article_that_is_gone_is_reported(tmp_path):
    line = "rename,person:mark-hollis,Mark Hollis (goalkeeper),,https://paper.example/9,"
    found, _, labels = at(KEEPER, decisions=decisions(tmp_path, line))
    assert labels == ["Mark Hollis (goalkeeper)"]
    assert "line 2: https://paper.example/9 does not tell of person:mark-hollis (any more)" in found.notes[0]
    found, _, labels = at(KEEPER, JUDGE, decisions=decisions(tmp_path, line))
    assert labels == ["Mark Hollis"] * 2
    assert "is the name of 2" in found.notes[0]


def test_two_of_a_name_are_joined_by_articles_too(tmp_path):
    line = "same,person:mark-hollis,person:mark-hollis,he changed jobs,https://paper.example/0,https://paper.example/1"
    found, (one, other), _ = at(KEEPER, JUDGE, decisions=decisions(tmp_path, line))
    assert one == other and found.notes == ()


def test_in_the_article_of_an_address_a_name_is_another_ones(tmp_path):
    articles = (("person", "Amal Haddad", "l:Oslo"), ("person", "Amal Haddad", "l:Rome"))
    lines = decided(tmp_path, "different,https://paper.example/1,person:amal-haddad,her cousin")
    for reworded in (articles, (articles[0], ("person", "Amal Haddad", "l:Rome; l:Bari"))):
        found, (one, other), _ = at(*reworded, decisions=lines)
        assert one == f"{BASE}person/amal-haddad" and other.startswith(f"{one}--a") and found.notes == ()
    found, _, _ = at(articles[0], decisions=lines)
    assert "https://paper.example/1 is neither an article nor an entry" in found.notes[0]
    found, _, _ = at(articles[0], ("person", "Ada Lund", ""), decisions=lines)
    assert "line 2: the graph has no " in found.notes[0] and "in https://paper.example/1" in found.notes[0]


def test_an_article_is_none_of_the_things_that_it_tells_of(tmp_path):
    articles = (("person", "Amal Haddad", "l:Oslo"), ("person", "Ada Lund", "l:Rome"))
    line = "same,person:amal-haddad,https://paper.example/1,"
    found, _, _ = at(*articles, decisions=decided(tmp_path, line))
    assert not links(found, "exactMatch") and "https://paper.example/1 is an article" in found.notes[0]
    found, _, _ = at(*articles, decisions=decided(tmp_path, line.replace("/1", "/7")))
    assert links(found, "exactMatch") and found.notes == ()


def test_two_addresses_of_one_text_are_not_told_apart(tmp_path):
    articles = (("person", "Amal Haddad", "l:Oslo"), ("person", "Ada Lund", "l:Rome"))
    text = f"article:a{told(*articles)[1].article.sha256[:16]}"
    found, _, _ = at(*articles, decisions=decided(tmp_path, f"different,{text},https://paper.example/1,"))
    assert "are one text" in found.notes[0]


def test_what_is_not_in_the_graph_cannot_be_renamed(tmp_path):
    found, _, _ = resolve(KEEPER, decisions=decided(tmp_path, "rename,https://other.example/x,Foo,"))
    assert found.notes == (
        f"{tmp_path}/decisions.csv, line 2: the graph has no https://other.example/x (any more); nothing to do",
    )


def test_a_decision_that_the_articles_contradict_names_what_it_contradicts(tmp_path):
    lines = (
        "same,person:ana-ruiz,person:ana-ruis,,https://paper.example/0,",
        "same,person:ana-ruis,person:anna-ruiz,",
        "different,person:ana-ruiz,person:anna-ruiz,,,",
    )
    articles = (("person", "Ana Ruiz", ""), ("person", "Ana Ruis", ""), ("person", "Anna Ruiz", ""))
    found, of, _ = at(*articles, decisions=decisions(tmp_path, *lines))
    assert len(set(of)) == 2
    assert any("line 3: contradicts " in note and "line 4, by which they are two" in note for note in found.notes)


def test_of_two_decisions_that_contradict_one_another_the_ignored_one_changes_nothing(tmp_path):
    joined = "same,person:mark-hollis,person:mark-hollis,,https://paper.example/0,https://paper.example/1"
    apart = "different,person:mark-hollis--quillon-rovers,person:mark-hollis--valmora-court,,,"
    both, of, _ = at(KEEPER, JUDGE, decisions=decisions(tmp_path, joined, apart))
    alone, of_alone, _ = at(KEEPER, JUDGE, decisions=decisions(tmp_path, apart))
    assert "line 2: contradicts " in both.notes[0] and "ignored" in both.notes[0]
    assert (of, links(both, "differentFrom")) == (of_alone, links(alone, "differentFrom"))
    assert links(both, "differentFrom")


def test_two_names_for_one_thing_by_two_of_its_own_are_reported(tmp_path):
    articles = (("person", "John Tarn", "director@Port of Dover"), ("person", "J. Tarn", "director@Port of Dover"))
    lines = ("rename,person:j-tarn,Jack Tarn,", "rename,person:john-tarn,Jim Tarn,")
    for one, other in (lines, lines[::-1]):
        found, _, labels = at(*articles, decisions=decided(tmp_path, one, other))
        assert labels == [one.split(",")[2]] * 2
        (note,) = found.notes
        assert "line 3: contradicts " in note and note.endswith("line 2; ignored")


@pytest.mark.parametrize("by_list", [False, True])
def test_what_is_said_to_be_one_keeps_the_other_names_of_both(tmp_path, by_list):
    articles = (
        ("person", "Elena Farrent", "novelist@Harbour Press"),
        ("person", "E. Farrent", "novelist@Harbour Press"),
        ("person", "Anita Roskova", "translator@Fischer House"),
        ("person", "A. Roskova", "translator@Fischer House"),
    )
    found, of, _ = at(*articles)
    assert of[0] == of[1] != of[2] == of[3]
    if by_list:
        entry = Entry(f"{WIKI}Q5", ("Elena Farrent", "Anita Roskova"), "person")
        found, of, _ = at(*articles, authority=Authority("authors.csv", [entry]))
    else:
        line = "same,person:elena-farrent,person:anita-roskova,a pen name"
        found, of, _ = at(*articles, decisions=decided(tmp_path, line))
    assert len(set(of)) == 1 and found.notes == ()


@pytest.mark.parametrize("address", ["http://paper.example/1/?utm_source=rss", "https://PAPER.example/1#"])
def test_an_article_is_named_by_its_address_in_whatever_way_that_is_written(tmp_path, address):
    articles = (("person", "Amal Haddad", "l:Oslo"), ("person", "Amal Haddad", "l:Rome"))
    found, of, labels = at(*articles, decisions=decided(tmp_path, f"different,{address},person:amal-haddad,"))
    assert of[0] != of[1] and found.notes == ()
    line = f"rename,person:mark-hollis,Judge Hollis,,{address},"
    read = decisions(tmp_path, line)
    kept_as_written = Decisions(tuple(replace(item, first_article=address) for item in read.items))
    for of_judge in (read, kept_as_written):
        found, _, labels = at(KEEPER, JUDGE, decisions=of_judge)
        assert labels == ["Mark Hollis", "Judge Hollis"] and found.notes == ()


# Entries of elsewhere

NAMES = (("person", "Oleksandr Hrytsenko-Bilyk", "l:Oslo"), ("person", "Alexander Gritsenko-Bilyk", "l:Rome"))


def test_lines_of_one_id_are_one_entry(tmp_path):
    (tmp_path / "list.csv").write_text(
        "id,name,aliases,kind\n" + "".join(f"https://a.example/1,{name},,person\n" for _, name, _ in NAMES)
    )
    found, _, (one, other) = resolve(*NAMES, authority=read_authority(tmp_path / "list.csv"))
    assert one == other
    assert {(subject, entry) for subject, entry in links(found, "exactMatch")} == {(one, "https://a.example/1")}


def test_what_is_said_to_be_one_entry_is_one(tmp_path):
    lines = (f"same,person:oleksandr-hrytsenko-bilyk,{WIKI}Q1,", f"same,person:alexander-gritsenko-bilyk,{WIKI}Q1,")
    found, _, (one, other) = resolve(*NAMES, decisions=decided(tmp_path, *lines))
    assert one == other and found.notes == ()
    assert set(links(found, "exactMatch")) == {(one, f"{WIKI}Q1")}
    listed = Authority("list.csv", [Entry(f"{WIKI}Q1", ("Alexander Gritsenko-Bilyk",), "person")])
    found, _, (one, other) = resolve(*NAMES, decisions=decided(tmp_path, lines[0]), authority=listed)
    assert one == other


def test_a_thing_may_be_in_several_lists(tmp_path):
    lines = (f"same,person:mark-hollis,{WIKI}Q1,", "same,person:mark-hollis,https://viaf.org/viaf/5,")
    found, _, (iri,) = resolve(KEEPER, decisions=decided(tmp_path, *lines))
    assert set(links(found, "exactMatch")) == {(iri, f"{WIKI}Q1"), (iri, "https://viaf.org/viaf/5")}


def test_an_entry_is_a_candidate_for_each_of_several_of_its_name():
    listed = Authority("list.csv", [Entry("https://a.example/2", ("Mark Hollis",), "person")])
    found, _, of = resolve(KEEPER, JUDGE, authority=listed)
    assert len(set(of)) == 2 and not links(found, "exactMatch")
    assert set(links(found, "closeMatch")) == {(iri, "https://a.example/2") for iri in of}
    found, _, (iri,) = resolve(KEEPER, authority=listed)
    assert set(links(found, "exactMatch")) == {(iri, "https://a.example/2")}
