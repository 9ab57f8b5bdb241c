"""A user's own words of saying reach every article, in whichever process it is read."""

import pytest

import kg

TEXT = "May 13, 2025\n\nMayor Amal Haddad of Oslo yodelled that the port would open on Monday.\n"


@pytest.fixture
def article(tmp_path):
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    return tmp_path / "a.txt"


def contents(graph):
    return [str(row["what"]) for row in graph.query("SELECT ?what { ?s nk:content ?what }")]


@pytest.mark.parametrize("workers", [1, 2])
def test_a_word_of_the_users_own_makes_a_statement(article, tmp_path, workers):
    (tmp_path / "cues.tsv").write_text("yodel\tv\tsay\n", encoding="utf-8")
    without = kg.build([article], workers=workers)
    assert contents(without.graph) == []
    report = kg.build([article], workers=workers, cues=tmp_path / "cues.tsv")
    assert contents(report.graph) == ["the port would open on Monday"]


def test_a_bad_list_is_refused_before_anything_is_read(article, tmp_path):
    (tmp_path / "cues.tsv").write_text("yodel\tv\tno-such-class\n", encoding="utf-8")
    with pytest.raises(kg.KgError, match=r"cues\.tsv.*no-such-class"):
        kg.build([article], tmp_path / "g.ttl", cues=tmp_path / "cues.tsv")
    assert not (tmp_path / "g.ttl").exists()
