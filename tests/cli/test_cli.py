"""The command line: what it prints, how it fails, and that every example of its help works."""

from __future__ import annotations

import csv
import gzip
import io
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import networkx
import pytest
from click.testing import CliRunner
from pyoxigraph import Literal, NamedNode, Triple

import kg
from kg.cli import cli
from kg.vocabulary import NK, RDF, RDFS

KG = str(Path(sys.executable).with_name("kg"))
ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"


@pytest.fixture(scope="module")
def seed(root):
    return str(root / "tests/gold/seed/graph.ttl")


def run(*arguments, status=0, **options):
    """The result of a command, whose exit status must be ``status``."""
    result = CliRunner().invoke(cli, [str(argument) for argument in arguments], **options)
    assert result.exit_code == status, (result.output, result.exception)
    return result


def refusal(*arguments, status=2, **options):
    """The one line in which a command says what went wrong."""
    result = run(*arguments, status=status, **options)
    assert result.stdout == ""
    (line,) = result.stderr.splitlines()
    assert line.startswith("kg: ")
    return line.removeprefix("kg: ")


# query ----------------------------------------------------------------------------------------------------------------


def test_a_question_by_name_prints_a_table(seed):
    lines = run("query", seed, "--name", "CQ5").stdout.splitlines()
    assert lines[0].split() == ["name", "title"]
    assert re.split(r"\s{2,}", lines[2]) == ["Daren Tang", "Director General"]


def test_a_query_in_a_file_prints_csv(seed, tmp_path):
    (tmp_path / "q.rq").write_bytes(b"\xef\xbb\xbfSELECT ?name { ?p a nk:Person ; rdfs:label ?name } ORDER BY ?name")
    rows = list(csv.reader(io.StringIO(run("query", seed, "-f", tmp_path / "q.rq", "--format", "csv").stdout)))
    assert rows[:2] == [["name"], ["Daren Tang"]]
    assert len(rows) == 8


def test_a_query_from_standard_input(seed):
    assert run("query", seed, "-f", "-", input="ASK { ?p a nk:Person }").stdout == "yes\n"


def test_json_and_tsv_are_the_sparql_formats(seed):
    found = json.loads(run("query", seed, "--name", "cq9", "--format", "json").stdout)
    assert found["head"]["vars"] == ["name", "n"]
    assert found["results"]["bindings"][0]["name"] == {"type": "literal", "value": "Shen Changyu"}
    assert run("query", seed, "--name", "cq15", "--format", "tsv").stdout == (
        '?label\t?mentions\n"intellectual property"\t"15"^^<http://www.w3.org/2001/XMLSchema#integer>\n'
    )
    assert json.loads(run("query", seed, "ASK {}", "--format", "json").stdout) == {"head": {}, "boolean": True}
    assert run("query", seed, "ASK { nk:a nk:b nk:c }", "--format", "csv").stdout == "false\n"


@pytest.mark.parametrize("ending", ["ttl", "nt", "nq", "trig", "jsonld", "rdf", "nt.gz"])
def test_triples_come_in_the_format_that_the_ending_names(seed, tmp_path, ending):
    path = tmp_path / f"posts.{ending}"
    run("query", seed, "CONSTRUCT { ?p nk:holdsRole ?r } WHERE { ?p nk:holdsRole ?r }", "-o", path)
    assert len(kg.open(path)) == len(kg.open(seed).query("SELECT ?p ?r { ?p nk:holdsRole ?r }")) > 0


def test_a_file_whose_ending_does_not_fit_is_refused_before_the_query_runs(seed, tmp_path):
    for name in ("x.xlsx", "x.txt", "x"):
        message = refusal("query", seed, ENDLESS, "-o", tmp_path / name)
        assert "names no form of an answer; known are .csv" in message and ".txt" not in message.partition("known")[2]
    assert "the ending .nt needs a CONSTRUCT or DESCRIBE query; this is a SELECT" in refusal(
        "query", seed, ENDLESS, "-o", tmp_path / "x.nt"
    )
    for form in ("turtle", "parquet"):
        assert f"--format {form} needs a " in refusal("query", seed, "ASK {}", "--format", form, "-o", tmp_path / "x")
    assert "is not written to a file" in refusal("query", seed, ENDLESS, "--format", "table", "-o", tmp_path / "x.csv")
    assert "there is no folder" in refusal("query", seed, ENDLESS, "-o", tmp_path / "no" / "x.csv")
    assert list(tmp_path.iterdir()) == []


def test_a_table_can_be_packed(seed, tmp_path):
    run("query", seed, "--name", "CQ5", "-o", tmp_path / "x.csv.gz")
    assert gzip.decompress((tmp_path / "x.csv.gz").read_bytes()).startswith(b"name,title")


@pytest.mark.parametrize("number", ["inf", "nan", "3e6"])
@pytest.mark.parametrize("options", [("query", "GRAPH", "ASK {}", "--timeout"), ("serve", "GRAPH", "--timeout")])
def test_a_number_that_is_none_or_too_large_is_explained(seed, options, number):
    result = run(*(seed if part == "GRAPH" else part for part in options), number, status=2)
    assert f"Invalid value for '{options[-1]}'" in result.stderr
    assert "Invalid value for '--max-answer'" in run("serve", seed, "--max-answer", number, status=2).stderr


def test_a_table_shows_iris_with_their_prefix(seed):
    output = run("query", seed, "SELECT ?p { ?p rdfs:label 'Sun Shuo' }").stdout
    assert "person:sun-shuo" in output.splitlines()


def test_construct_and_describe_print_turtle_or_json_ld(seed):
    construct = "CONSTRUCT { ?p rdfs:label ?l } { ?p a nk:Person ; rdfs:label ?l }"
    turtle = run("query", seed, construct).stdout
    assert 'person:sun-shuo rdfs:label "Sun Shuo" .' in turtle
    assert "@prefix event:" not in turtle, "only prefixes that are used"
    document = json.loads(run("query", seed, construct, "--format", "json").stdout)
    assert {"@id": "person:sun-shuo", "label": "Sun Shuo"} in document["@graph"]
    assert run("query", seed, construct, "--format", "csv").stdout.startswith("subject,predicate,object")
    assert "nk:holdsRole role:sun-shuo--vice-mayor--beijing" in run("query", seed, "DESCRIBE person:sun-shuo").stdout


def test_the_list_of_questions_needs_no_graph():
    lines = run("query", "--list").stdout.splitlines()
    assert len(lines) >= 30
    assert any(line.startswith("who-attended ") and line.endswith("in what capacity?") for line in lines)


def test_what_is_wrong_with_a_query_is_said_in_one_line(seed, tmp_path):
    assert refusal("query", seed, "SELECT * {\n ?s foo:bar ?o }") == (
        "line 2, column 5: the prefix of foo:bar is not known; declare it with PREFIX"
    )
    assert "SERVICE is not allowed" in refusal("query", seed, "SELECT * { SERVICE <http://a/> { ?s ?p ?o } }")
    assert "LOAD would change the graph" in refusal("query", seed, "LOAD <http://a/>")
    assert "no question named 'who'" in refusal("query", seed, "--name", "who")
    assert "stopped after 0.3 s" in refusal("query", seed, ENDLESS, "--timeout", "0.3")
    assert "needs a CONSTRUCT or DESCRIBE" in refusal("query", seed, "--name", "CQ1", "--format", "turtle")
    assert "nothing.rq: cannot be read: No such file" in refusal("query", seed, "-f", tmp_path / "nothing.rq")
    (tmp_path / "latin.rq").write_bytes(b"SELECT * { ?s rdfs:label 'caf\xe9' }")
    assert "not text in UTF-8" in refusal("query", seed, "-f", tmp_path / "latin.rq")


def test_a_graph_that_cannot_be_read_is_named_by_every_command(tmp_path):
    (tmp_path / "broken.ttl").write_text("this is not Turtle")
    for command in (["query", "{}", "ASK {}"], ["why", "{}", "x"], ["validate", "{}"], ["stats", "{}"]):
        assert "no such file" in refusal(*(part.format(tmp_path / "no.ttl") for part in command))
        assert "broken.ttl: not well-formed TURTLE" in refusal(*(p.format(tmp_path / "broken.ttl") for p in command))
    for command, output in (("export", "x.nt"), ("render", "x.html")):
        assert "no such file" in refusal(command, tmp_path / "no.ttl", "-o", tmp_path / output)


def test_wrong_arguments_are_explained_with_status_2(seed):
    for arguments in (
        ["query"],
        ["query", seed],
        ["query", seed, "ASK {}", "--name", "CQ1"],
        ["frobnicate"],
        ["build", "x"],
    ):
        result = run(*arguments, status=2)
        assert "Usage: " in result.stderr
        assert "Error: " in result.stderr


# why, stats, validate -------------------------------------------------------------------------------------------------


def test_why_shows_the_sentence_with_the_words_marked(seed):
    output = run("why", seed, "Wang Binying").stdout
    assert (
        "Wang Binying - attended - Global Forum on Intellectual Property Protection and Innovation  [confidence 1.00]"
        in output
    )
    assert "as Deputy Director General, WIPO (Wang Binying)" in output
    assert "**Wang Binying, Deputy Director General of WIPO**" in output
    assert "2025-04-23, https://english.cnipa.gov.cn/art/2025/4/14/art_1340_198764.html, characters 3343-3388" in output


def test_why_as_json_holds_everything(seed):
    found = json.loads(run("why", seed, "person:xi-jinping", "--format", "json").stdout)
    assert {item["kind"] for item in found} == {"fact", "statement", "mention"}
    assert all(item["citations"] for item in found)


def test_why_shows_three_mentions_unless_told_to_show_all(seed):
    assert "and 12 more (--all shows them)" in run("why", seed, "IP").stdout
    assert "more (--all" not in run("why", seed, "IP", "--all").stdout


def test_why_of_nothing_names_the_nearest(seed):
    assert refusal("why", seed, "Tsinghau University") == (
        "there is nothing called 'Tsinghau University' in the graph; did you mean Tsinghua University?"
    )


@pytest.mark.parametrize("term", ["Tang", "tang", "Daren"])
def test_why_takes_a_part_of_a_name_that_only_one_thing_has(seed, term):
    assert run("why", seed, term).stdout == run("why", seed, "Daren Tang").stdout


def test_why_of_a_part_that_several_names_have_lists_them(seed):
    message = refusal("why", seed, "property")
    assert message.startswith("several are called 'property': ") and "intellectual property" in message


def test_why_says_when_several_things_have_the_name(seed, tmp_path):
    graph = kg.open(seed)
    graph.add([Triple(NamedNode(graph.base + "place/wipo"), RDFS.label, Literal("WIPO"))])
    graph.save(tmp_path / "two.ttl")
    lines = run("why", tmp_path / "two.ttl", "WIPO").stdout.splitlines()
    assert lines[0] == "2 things are called WIPO: organisation:wipo, place:wipo"


def test_stats_count(seed):
    assert re.search(r"^ +7  person$", run("stats", seed).stdout, re.MULTILINE)
    assert json.loads(run("stats", seed, "--format", "json").stdout)["facts"]["attended"] == 6


def test_a_conforming_graph_has_status_0_and_another_status_1(seed, tmp_path):
    for options in ([], ["--reference"]):
        result = run("validate", seed, *options)
        assert result.stdout.endswith("graph.ttl: conforms: 0 violations, 0 warnings\n")
    graph = kg.open(seed)
    graph.add([Triple(NamedNode(graph.base + "person/daren-tang"), RDFS.label, Literal("Tang"))])
    graph.save(tmp_path / "two.ttl")
    lines = run("validate", tmp_path / "two.ttl", status=1).stdout.splitlines()
    assert lines[0].startswith("violation: person:daren-tang: A node needs exactly one non-empty rdfs:label")
    assert lines[-1].endswith("two.ttl: does not conform: 1 violations, 0 warnings")


# export and render ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("ending", [".ttl", ".trig", ".nt", ".nq", ".jsonld", ".rdf", ".ttl.gz", ""])
def test_every_rdf_format_and_a_store_can_be_exported_and_asked(seed, tmp_path, ending):
    path = tmp_path / f"graph{ending}"
    run("export", seed, "-o", path)
    assert json.loads(run("stats", path, "--format", "json").stdout) == json.loads(
        run("stats", seed, "--format", "json").stdout
    )
    assert run("query", path, "ASK { person:daren-tang a nk:Person }").stdout == "yes\n"


def test_networks_can_be_exported(seed, tmp_path):
    for ending in ("graphml", "gexf", "json", "csv"):
        run("export", seed, "-o", tmp_path / f"n.{ending}")
    assert len(networkx.read_graphml(tmp_path / "n.graphml")) == len(networkx.read_gexf(tmp_path / "n.gexf")) == 31
    assert {path.name for path in tmp_path.iterdir()} == {"n.graphml", "n.gexf", "n.json", "n.nodes.csv", "n.edges.csv"}


def test_an_unknown_ending_is_answered_with_the_known_ones(seed, tmp_path):
    message = refusal("export", seed, "-o", tmp_path / "graph.xlsx")
    assert ".xlsx names no format" in message
    assert ".ttl" in message
    assert ".graphml" in message
    assert "ends in .html" in refusal("render", seed, "-o", tmp_path / "picture.png")


def test_the_picture_is_written(seed, tmp_path):
    run("render", seed, "-o", tmp_path / "picture.html", "--title", "A title & more")
    page = (tmp_path / "picture.html").read_text("utf-8")
    assert "Daren Tang" in page
    assert "A title &amp; more" in page


def test_an_unwritable_output_is_found_before_the_work(seed, tmp_path):
    for command, name in (("export", "graph.nt"), ("export", "graph.gexf"), ("render", "picture.html")):
        assert "there is no folder" in refusal(command, tmp_path / "not-even-a-graph.ttl", "-o", tmp_path / "no" / name)


def test_text_from_articles_cannot_drive_the_terminal(tmp_path):
    graph = kg.KnowledgeGraph.create()
    person, fact = NamedNode(graph.base + "person/a"), NamedNode(graph.base + "fact/f")
    evil = "\x1b]0;owned\x07\x1b[2J[bold]x[/bold]\u202egnp.exe"
    graph.add(
        [
            Triple(person, RDFS.label, Literal(evil)),
            Triple(person, RDF.type, NK.Person),
            Triple(fact, RDF.subject, person),
            Triple(fact, RDF.predicate, NK.attended),
            Triple(fact, RDF.object, Literal(evil)),
        ]
    )
    graph.save(tmp_path / "evil.ttl")
    select = "SELECT ?l { ?p rdfs:label ?l }"
    for arguments in (["query", "GRAPH", select], ["why", "GRAPH", "person:a"], ["validate", "GRAPH"]):
        result = CliRunner().invoke(cli, [a.replace("GRAPH", str(tmp_path / "evil.ttl")) for a in arguments])
        assert not re.search("[\x1b\x07\u202e]", result.output)
        assert "[bold]" in result.output or arguments[0] == "validate"
    near = f'SELECT ?p {{ ?p rdfs:label "{evil[4:-1]}" }}'.replace("\x1b", "").replace("\x07", "")
    told = run("query", tmp_path / "evil.ttl", near).stderr
    assert "did you mean" in told and "owned" in told and not re.search("[\x1b\x07\u202e]", told)


def test_what_rdf_xml_cannot_carry_is_said_in_one_line(tmp_path):
    graph = kg.KnowledgeGraph.create()
    graph.add([Triple(NamedNode(graph.base + "person/a"), RDFS.label, Literal("two\fpages"))])
    graph.save(tmp_path / "g.ttl")
    assert "cannot carry a control character" in refusal("export", tmp_path / "g.ttl", "-o", tmp_path / "x.rdf")
    construct = "CONSTRUCT { ?s ?p ?o } { ?s ?p ?o }"
    assert "cannot carry" in refusal("query", tmp_path / "g.ttl", construct, "-o", tmp_path / "x.rdf")
    assert [path.name for path in tmp_path.iterdir()] == ["g.ttl"]


def test_a_graph_of_others_whose_confidence_is_no_number_is_read(tmp_path):
    text = """@prefix nk: <https://w3id.org/newskg/ontology#> . @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
        @prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
        @prefix nif: <http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#> .
        @prefix p: <https://w3id.org/newskg/id/person/> . @prefix e: <https://w3id.org/newskg/id/event/> .
        @prefix f: <https://w3id.org/newskg/id/fact/> . @prefix s: <https://w3id.org/newskg/id/statement/> .
        p:ana a nk:Person ; rdfs:label "Ana" ; nk:attended e:fair . e:fair a nk:Event ; rdfs:label "the fair" .
        f:1 a nk:Fact ; rdf:subject p:ana ; rdf:predicate nk:attended ; rdf:object e:fair ; nk:confidence "high" .
        s:1 a nk:Statement ; nk:speaker p:ana ; nk:content "it rained" ; nk:confidence "NaN" ;
          nk:contentSpan <https://w3id.org/newskg/id/article/a#char=0,9> .
        <https://w3id.org/newskg/id/article/a#char=0,9> a nk:TextSpan ; nif:beginIndex 0 ; nif:endIndex 9 ;
          nif:referenceContext <https://w3id.org/newskg/id/article/a> .
        <https://w3id.org/newskg/id/article/a> a nk:Article ; rdfs:label "Rain" ; nif:isString "It rained." ."""
    (tmp_path / "g.ttl").write_text(text)
    shown = run("why", tmp_path / "g.ttl", "Ana").stdout
    assert "Ana - attended - the fair\n" in shown and "it rained\n" in shown
    assert run("review", tmp_path / "g.ttl").exit_code == 0
    for name in ("n.graphml", "n.sqlite"):
        run("export", tmp_path / "g.ttl", "-o", tmp_path / name)
    run("render", tmp_path / "g.ttl", "-o", tmp_path / "p.html")
    assert kg.open(tmp_path / "g.ttl").statements()[0].confidence is None


# build ----------------------------------------------------------------------------------------------------------------


ARTICLE = (
    "Maria Lindqvist, director of the Harbour Museum in Oslo, said on Monday that the museum would reopen in May. "
    '"We are ready," Lindqvist said.\n'
)


@pytest.fixture(scope="module")
def articles(tmp_path_factory):
    folder = tmp_path_factory.mktemp("articles")
    (folder / "museum.txt").write_text(ARTICLE)
    (folder / "empty.txt").write_text("")
    (folder / "broken.jsonl").write_text(json.dumps({"text": ARTICLE.replace("Oslo", "Bergen")}) + "\n{broken\n")
    return folder


def test_what_can_be_read_is_built_and_what_cannot_is_named_with_status_2(articles, tmp_path):
    result = run("build", articles, "-o", tmp_path / "graph.ttl", status=2)
    failed = [line for line in result.stderr.splitlines() if line.startswith("kg: ")]
    assert len(failed) == 2
    assert any("empty.txt" in line for line in failed)
    assert any("broken.jsonl" in line and "2" in line for line in failed)
    assert re.search(r"^2 articles in [\d.]+ s -> .*graph\.ttl$", result.stderr, re.MULTILINE)
    assert kg.open(tmp_path / "graph.ttl").query('ASK { ?p rdfs:label "Maria Lindqvist" }')


def test_quiet_builds_say_nothing_but_what_failed(articles, tmp_path):
    result = run("build", articles / "museum.txt", "-o", tmp_path / "graph.nq.gz", "--quiet")
    assert result.output == ""
    assert kg.open(tmp_path / "graph.nq.gz").statistics().things["article"] == 1


def test_a_store_is_built_and_asked(articles, tmp_path):
    run("build", articles / "museum.txt", "-o", tmp_path / "store", "--base", "https://news.example/id/")
    assert run("query", tmp_path / "store", "ASK { person:maria-lindqvist a nk:Person }").stdout == "yes\n"
    assert run("validate", tmp_path / "store").exit_code == 0


def test_articles_from_standard_input(tmp_path):
    run("build", "-", "-o", tmp_path / "graph.ttl", input=ARTICLE)
    assert "Maria Lindqvist" in run("why", tmp_path / "graph.ttl", "Maria Lindqvist").stdout


@pytest.fixture
def odd(tmp_path):
    """A folder in which names are in Latin-1."""
    names = [os.fsdecode(name) for name in (b"caf\xe9.txt", b"caf\xe9.csv", b"th\xe9.csv", b"store\xe9")]
    try:
        (tmp_path / names[0]).write_text(ARTICLE)
    except OSError:
        pytest.skip("the file system takes only names in UTF-8")
    (tmp_path / names[1]).write_text("decision,first,second,why\nrename,person:maria-lindqvist,M. Lindqvist,hers\n")
    (tmp_path / names[2]).write_text("id,name\nhttps://things.example/1,Maria Lindqvist\n")
    return [tmp_path / name for name in names]


def test_files_with_names_that_are_not_utf_8_are_built_decide_and_are_removed(odd, tmp_path):
    article, decisions, authority, _ = odd
    store = tmp_path / "store"
    run("build", article, "-o", store, "--decisions", decisions, "--authority", authority)
    assert "the only 'Maria Lindqvist' of th\\xe9.csv" in run("why", store, "person:maria-lindqvist").stdout
    assert "caf\\xe9.csv" in run("history", store).stdout
    assert "there is no article" in refusal("remove", store, "n" + article.name)
    run("remove", store, article)
    assert kg.open(store).statistics().things.get("article", 0) == 0


def test_names_that_are_not_utf_8_are_names_of_nothing_in_a_graph(seed, odd):
    article, *_, store = odd
    assert "there is nothing called" in refusal("why", seed, article.name)
    assert "there is nothing called" in refusal("query", seed, "--name", "who-is", "--thing", article.name)
    run("query", seed, "--name", "what-was-said", "--words", article.name)
    assert "takes only names in UTF-8" in refusal("export", seed, "-o", store)
    run("export", seed, "-o", store.with_name("store"))
    store.with_name("store").rename(store)
    for command in ("stats", "validate", "review"):
        assert "the engine takes only names in UTF-8; rename the store" in refusal(command, store)


def test_where_no_article_can_be_read_each_is_named(articles, tmp_path):
    result = run("build", articles / "empty.txt", articles / "nothing.txt", "-o", tmp_path / "graph.ttl", status=2)
    empty, nothing, verdict = result.stderr.splitlines()
    assert empty.startswith("kg: ") and empty.endswith("empty.txt: is empty")
    assert nothing.startswith("kg: ") and nothing.endswith("nothing.txt: does not exist")
    assert verdict == "kg: none of the 2 articles could be read"


def test_a_line_break_in_the_name_of_a_file_breaks_no_line(seed, tmp_path):
    (tmp_path / "a\nb").write_text("")
    (tmp_path / "empty\nof words.txt").write_text("")
    assert "a b: " in refusal("stats", tmp_path / "a\nb")
    assert "a b: " in refusal("build", tmp_path, "-o", tmp_path / "g.ttl", "--decisions", tmp_path / "a\nb")
    assert "empty of words.txt: is empty" in refusal(
        "build", tmp_path / "empty\nof words.txt", "-o", tmp_path / "g.ttl"
    )
    assert run("export", seed, "-o", tmp_path / "a\nb.nt").stderr.endswith("a b.nt\n")


def test_what_keeps_a_build_from_starting_is_one_line(articles, tmp_path):
    museum, output = articles / "museum.txt", tmp_path / "graph.ttl"
    assert "nothing.txt" in refusal("build", articles / "nothing.txt", "-o", output)
    assert "no-such-model" in refusal("build", museum, "-o", output, "--model", "no-such-model")
    assert "there is no folder" in refusal("build", museum, "-o", tmp_path / "nowhere" / "graph.ttl")
    assert ".pdf names no format" in refusal("build", museum, "-o", tmp_path / "graph.pdf")
    (tmp_path / "bare").mkdir()
    assert "bare" in refusal("build", tmp_path / "bare", "-o", output)
    assert "empty.txt" in refusal("build", articles / "empty.txt", "-o", output)
    assert not output.exists()
    for base in ("no iri", "https://news.example"):
        assert f"the base '{base}' is not an absolute IRI" in refusal("build", museum, "-o", output, "--base", base)
    wrong = run("build", museum, "-o", output, "--field", "text", status=2).stderr
    assert "Invalid value for --field" in wrong and not output.exists()
    wrong = run("build", museum, "-o", output, "--field", "dat=day", status=2).stderr
    assert "'dat' is not one of text, title, date" in wrong and "did you mean 'date'?" in wrong and not output.exists()


# the installed program ------------------------------------------------------------------------------------------------


@pytest.fixture
def ordinary():
    """What a command of the installed program begins with to run as one who may not read everything."""
    if os.geteuid():
        return []
    if not shutil.which("setpriv"):
        pytest.skip("the administrator may read everything")
    less = "-dac_override,-dac_read_search"
    return ["setpriv", "--bounding-set", less, "--inh-caps", less]


def program(*arguments, **options):
    return subprocess.run([KG, *arguments], capture_output=True, text=True, encoding="utf-8", **options)


@pytest.mark.skipif(not Path(KG).exists(), reason="the program is not installed beside this Python")
class TestInstalledProgram:
    def test_help_lists_the_commands_without_loading_what_they_need(self):
        result = program("--help")
        for command in ("build", "query", "why", "validate", "stats", "export", "render"):
            assert f"\n  {command}" in result.stdout
        heavy = "{'spacy', 'rdflib', 'pyoxigraph', 'networkx', 'trafilatura', 'pandas', 'numpy'}"
        code = (
            "import sys; sys.argv = ['kg', '--help']; from kg.cli import main\n"
            f"try: main()\nfinally: print({heavy} & {{*sys.modules}})"
        )
        loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
        assert loaded.splitlines()[-1] == "set()"

    def test_python_runs_the_package_as_the_program(self):
        done = subprocess.run([sys.executable, "-m", "kg", "--version"], capture_output=True, text=True)
        assert done.stdout == f"kg {kg.__version__}\n"

    def test_version(self):
        assert program("--version").stdout == f"kg {kg.__version__}\n"

    def test_output_is_utf_8_in_any_locale(self, seed):
        result = program(
            "query",
            seed,
            "--name",
            "CQ3",
            env={**os.environ, "LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
        )
        assert "Sune Stampe Sørensen" in result.stdout

    def test_an_error_has_no_traceback(self, seed):
        result = program("query", seed, "SELECT")
        assert (result.returncode, result.stdout) == (2, "")
        assert result.stderr.startswith("kg: line 1, column ")
        assert len(result.stderr.splitlines()) == 1

    def test_files_that_may_not_be_read_or_written_are_one_line(self, seed, articles, tmp_path, ordinary):
        for name in ("d.csv", "g.ttl"):
            (tmp_path / name).touch()
            (tmp_path / name).chmod(0)
        museum = str(articles / "museum.txt")
        for command, named in (
            (["build", museum, "-o", "new.ttl", "--decisions", "d.csv"], "d.csv: cannot be read: Permission denied"),
            (["build", museum, "-o", "g.ttl"], "g.ttl: cannot be written: permission denied"),
            (["review", seed, "--decisions", "d.csv"], "d.csv: cannot be read: Permission denied"),
            (["query", seed, "-f", "d.csv"], "d.csv: cannot be read: Permission denied"),
        ):
            result = subprocess.run([*ordinary, KG, *command], capture_output=True, text=True, cwd=tmp_path)
            assert (result.returncode, result.stderr) == (2, f"kg: {named}\n")

    @pytest.mark.parametrize("closed", ["", "newskg.json", "graph-000001"])
    def test_a_store_that_may_not_be_read_is_not_called_damaged(self, tmp_path, ordinary, closed):
        towns = ("Oslo", "Drammen", "Hamar", "Moss", "Larvik")
        (tmp_path / "towns.jsonl").write_text(
            "".join(json.dumps({"text": ARTICLE.replace("Oslo", t)}) + "\n" for t in towns)
        )
        run("build", tmp_path / "towns.jsonl", "-o", tmp_path / "store")
        (tmp_path / "more.txt").write_text(ARTICLE.replace("Oslo", "Bergen"))
        (tmp_path / "store" / closed).chmod(0)
        commands = ["stats", "store"], ["build", "more.txt", "-o", "store", "--workers", "1"]
        starts = [[*ordinary, KG, *command] for command in commands]
        results = [subprocess.run(start, capture_output=True, text=True, cwd=tmp_path) for start in starts]
        (tmp_path / "store" / closed).chmod(0o700)
        for result in results:
            assert result.returncode == 2
            assert len(result.stderr.splitlines()) == 1
            assert "kg: store: cannot be read: " in result.stderr and "Permission denied" in result.stderr

    def test_a_reader_that_goes_away_is_no_error(self, seed):
        command = f"{KG} query {seed} 'SELECT * {{ ?s ?p ?o . ?a nk:holdsRole ?c }}' --format csv | head -1"
        result = subprocess.run(["bash", "-c", command], capture_output=True, text=True)
        assert result.stdout.strip()
        assert result.stderr == ""

    @pytest.mark.skipif(not Path("/dev/full").exists(), reason="the system has no full device")
    @pytest.mark.parametrize(
        "arguments", [["stats", "{}"], ["query", "{}", "--name", "CQ5"], ["diff", "{}", "{}", "--format=json"]]
    )
    def test_output_to_a_full_disk_is_one_line_with_status_2(self, seed, arguments):
        command = [KG, *(part.format(seed) for part in arguments)]
        with Path("/dev/full").open("w") as full:
            result = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, text=True)
            assert result.returncode == 2
            assert result.stderr == "kg: standard output cannot be written: no space left on device\n"
            assert subprocess.run(command, stdout=full, stderr=full).returncode == 2

    def test_an_interrupt_ends_it_with_status_130(self, seed):
        endless = [KG, "query", seed, ENDLESS]
        with subprocess.Popen(endless, stderr=subprocess.PIPE, text=True) as process:
            time.sleep(1.5)
            process.send_signal(signal.SIGINT)
            _, complaint = process.communicate(timeout=60)
        assert process.returncode == 130
        assert complaint.strip() == "kg: interrupted"

    @pytest.mark.parametrize("command", ["build", "query", "why", "validate", "stats", "export", "render"])
    def test_the_example_of_every_command_works(self, command, seed, tmp_path):
        (tmp_path / "graph.ttl").write_bytes(Path(seed).read_bytes())
        (tmp_path / "articles").mkdir()
        (tmp_path / "articles" / "museum.txt").write_text(ARTICLE)
        (tmp_path / "archive.jsonl").write_text(json.dumps({"body": ARTICLE, "published": "2025-04-01"}))
        subprocess.run(["gzip", "archive.jsonl"], cwd=tmp_path, check=True)
        text = program(command, "--help").stdout
        examples = re.findall(r"^ +(kg .*)$", text.split("Example:")[1].split("Options:")[0], re.MULTILINE)
        assert examples
        for example in examples:
            line = example.replace("kg ", f"{KG} ", 1)
            result = subprocess.run(["bash", "-c", line], cwd=tmp_path, capture_output=True, text=True)
            assert result.returncode == 0, (example, result.stderr)
