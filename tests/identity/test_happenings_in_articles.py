"""From texts to nodes: three papers tell of one fire, one of another that week; an agency's story is in two."""

import pytest
from click.testing import CliRunner

import kg
from kg.cli import cli

HEAD = "---\ntitle: {}\ndate: {}\n---\n"
TEXTS = {
    "post": HEAD.format("Fire guts spinning mill", "2025-03-05")
    + "A fire destroyed the old spinning mill in Brackwater on Tuesday, and two firefighters were hurt.\n\n"
    "The blaze broke out shortly after noon, said Nora Tindall, chief of the Brackwater Fire Brigade.\n",
    "lamp": HEAD.format("Two hurt as blaze destroys mill", "2025-03-04")
    + "Two firefighters were injured on Tuesday in a fire at a disused mill in Brackwater, the Brackwater Fire Brigade "
    "said.\n\nNora Tindall, who leads the brigade, said the fire on Tuesday had started on the ground floor.\n",
    "gazette": HEAD.format("A town in shock", "2025-03-06")
    + "The fire on March 4 in Brackwater injured two firefighters, the Brackwater Fire Brigade said. Mayor Owen Pellar "
    "thanked Nora Tindall and her crews.\n",
    "later": HEAD.format("Fire at school", "2025-03-07")
    + "A fire broke out in a school in Brackwater on Friday.\n\nThe fire on Friday was put out within an hour, said "
    "Nora Tindall, chief of the Brackwater Fire Brigade. Nobody was hurt.\n",
}
WIRE = (
    "Police arrested a man of forty in Hollin on Tuesday after two shops in the high street had been robbed by a "
    "masked gang within the same hour, Hollin Police said. The arrest came after a chase over the roofs of the town.\n"
)
COPIES = {
    "herald": HEAD.format("Chase over roofs", "2025-03-05") + WIRE,
    "echo": HEAD.format("Man held after robberies", "2025-03-06") + WIRE + "\nThe shops opened again a day later.\n",
}
FIRES = "SELECT DISTINCT ?e ?day { ?e a nk:Event ; rdfs:label ?l ; nk:startDate ?day FILTER REGEX(?l, 'fire', 'i') }"


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "articles").mkdir()
    for name, text in (TEXTS | COPIES).items():
        (tmp_path / "articles" / f"{name}.md").write_text(text)
    return tmp_path / "articles"


def run(*arguments):
    """What a command prints."""
    done = CliRunner().invoke(cli, [*map(str, arguments)])
    assert done.exit_code == 0, done.output
    return done.output


def build(*arguments):
    run("build", *arguments, "--workers", "1", "--quiet")


def test_three_reports_of_one_fire_are_one_event_and_another_fire_is_another(folder, tmp_path):
    build(folder, "-o", tmp_path / "graph.ttl")
    graph = kg.open(tmp_path / "graph.ttl")
    fires = sorted(graph.query(FIRES).rows, key=lambda row: row[1])
    assert [str(day) for _, day in fires] == ["2025-03-04", "2025-03-07"]
    same = graph.query(f"SELECT ?o {{ <{fires[0][0]}> owl:sameAs ?o }}").rows
    assert len(same) == 2
    assert all(not graph.query(f"ASK {{ <{iri}> a nk:Event }}") for (iri,) in same)
    arrests = graph.query("SELECT DISTINCT ?e { ?e nk:eventType 'justice' }").rows
    assert len(arrests) == 1
    told = run("why", tmp_path / "graph.ttl", fires[0][0])
    assert "one kind of event on 2025-03-04" in told and "'Brackwater Fire Brigade'" in told


def test_a_store_is_that_of_its_articles_whatever_came_and_went(folder, tmp_path):
    for batch in (("later", "lamp", "herald"), ("gazette", "post")):
        build(*(folder / f"{name}.md" for name in batch), "-o", tmp_path / "store")
    run("remove", tmp_path / "store", folder / "herald.md")
    build(*(folder / f"{name}.md" for name in TEXTS), "-o", tmp_path / "fresh")
    assert sorted(map(str, kg.open(tmp_path / "store"))) == sorted(map(str, kg.open(tmp_path / "fresh")))


def test_an_article_that_corrects_the_day_leaves_the_event(folder, tmp_path):
    store = tmp_path / "store"
    build(folder, "-o", store)
    (folder / "gazette.md").write_text(TEXTS["gazette"].replace("March 4", "March 3"))
    build(folder, "-o", store)
    days = sorted(str(day) for _, day in kg.open(store).query(FIRES).rows)
    assert days == ["2025-03-03", "2025-03-04", "2025-03-07"]


def test_who_tells_only_of_the_opening_denies_no_last_day(tmp_path):
    for name, end in (("post", ""), ("lamp", " The summit ends on Sunday.")):
        text = HEAD.format("Talks begin", "2025-06-20") + f"The Elbe Valley Summit opened in Dresden on Friday.{end}\n"
        (tmp_path / f"{name}.txt").write_text(text)
    kg.build([tmp_path], tmp_path / "graph.ttl")
    days = "SELECT ?first ?last WHERE { ?event a nk:Event ; nk:startDate ?first ; nk:endDate ?last }"
    result = CliRunner().invoke(cli, ["query", str(tmp_path / "graph.ttl"), days, "--format", "csv"])
    assert result.output.split() == ["first,last", "2025-06-20,2025-06-22"]
