"""What is uncertain is listed with its sentences, decided in a small file, and the decision holds at every build."""

import csv
import io
import re
from dataclasses import replace

import pytest
from click.testing import CliRunner
from pyoxigraph import NamedNode

import kg
from kg.archive import Archive
from kg.cli import cli
from kg.construction import store_facts
from kg.facts import (
    Article,
    ArticleFacts,
    Attribution,
    DateInterval,
    Entity,
    EntityKind,
    Event,
    Mention,
    Metadatum,
    Quantity,
    Role,
    Statement,
    TextSpan,
)
from kg.identity.decisions import DecisionsError, read_decisions
from kg.identity.iris import DEFAULT_BASE
from kg.queries import question
from kg.review import DOUBTFUL, as_csv, candidates, doubtful
from kg.store import KnowledgeGraph
from kg.vocabulary import NK

ONE = "Amal Haddad, director of the Port Office, said on 12 May that trade grew by 40 percent."
TWO = "The Port Office has a plan, said A. Haddad. The opening was on 12 May in Oslo."


def span(text, words):
    begin = text.index(words)
    return TextSpan(begin, begin + len(words))


def entity(text, kind, name):
    return Entity(f"{kind}:{name}", name, frozenset({EntityKind(kind)}), (Mention(span(text, name)),))


def facts():
    """Two articles with a candidate, a role, a dated event, and a doubtful statement with a quantity."""
    from datetime import date
    from decimal import Decimal

    day = date(2025, 5, 12)
    said = Attribution(
        (span(ONE, "trade grew by 40 percent"),),
        span(ONE, "Amal Haddad"),
        span(ONE, "said"),
        "say",
        "indirect",
        "assertion",
        TextSpan(0, len(ONE)),
    )
    growth = Quantity(Decimal(40), "%", "eq", span(ONE, "40 percent"))
    first = ArticleFacts(
        Article(ONE, "one.txt", (Metadatum("date", "2025-05-13"),)),
        (entity(ONE, "person", "Amal Haddad"), entity(ONE, "organisation", "Port Office")),
        roles=(Role("role:1", "person:Amal Haddad", "director", "organisation:Port Office", span(ONE, ONE[:40])),),
        statements=(Statement(said, "person:Amal Haddad", role="role:1", quantities=(growth,), confidence=0.7),),
    )
    opening = Event(
        "event:opening",
        "The opening",
        False,
        (Mention(span(TWO, "The opening")),),
        date=DateInterval(day, day, "day", "12 May", span(TWO, "12 May")),
        place="place:Oslo",
        evidence=(("date", span(TWO, "12 May")), ("place", span(TWO, "in Oslo"))),
        confidence=0.8,
    )
    second = ArticleFacts(
        Article(TWO, "two.txt", (Metadatum("date", "2025-05-20"),)),
        (entity(TWO, "person", "A. Haddad"), entity(TWO, "organisation", "Port Office"), entity(TWO, "place", "Oslo")),
        events=(opening,),
    )
    return [first, second]


def build(path, decisions=None, articles=None):
    failures = []
    with KnowledgeGraph.create() as graph:
        decided = read_decisions(decisions) if decisions else None
        _, notes = store_facts(
            graph, articles or facts(), base=DEFAULT_BASE, model="model", failures=failures, decisions=decided
        )
        graph.save(path)
    assert failures == []
    return kg.open(path), notes


def decide(tmp_path, *lines):
    path = tmp_path / "decisions.csv"
    path.write_text("decision,first,second,why\n" + "".join(f"{line}\n" for line in lines), encoding="utf-8")
    return path


def fact_of(graph, predicate):
    ((fact,),) = graph.query(f"SELECT ?f {{ ?f a nk:Fact ; rdf:predicate {predicate} }}").rows
    return str(fact)


def test_a_candidate_is_shown_with_both_sentences(tmp_path):
    graph, _ = build(tmp_path / "g.ttl")
    (question,) = candidates(graph)
    assert {question.first.sentence, question.second.sentence} == {
        ONE.replace("Amal Haddad", "**Amal Haddad**"),
        "The Port Office has a plan, said **A. Haddad**.",
    }
    assert "initial" in question.because and 0 < question.score < 1
    assert graph.validate().conforms


def test_a_side_that_the_link_does_not_cite_is_shown_by_a_sentence_of_its_own(tmp_path):
    whole, _ = build(tmp_path / "g.ttl")
    ((link, name),) = whole.query(
        """SELECT ?link ?name { ?link rdf:predicate skos:closeMatch ; nk:evidence ?name .
           ?name nif:anchorOf "Amal Haddad" }"""
    ).rows
    with KnowledgeGraph.create() as graph:
        left_out = (NamedNode(str(link)), NK.evidence, NamedNode(str(name)))
        graph.add(t for t in whole.triples() if (t.subject, t.predicate, t.object) != left_out)
        (question,) = candidates(graph)
        assert {question.first.sentence, question.second.sentence} == {
            ONE.replace("Amal Haddad", "**Amal Haddad**"),
            "The Port Office has a plan, said **A. Haddad**.",
        }


def test_the_day_of_an_event_is_asked_about_once(tmp_path):
    graph, _ = build(tmp_path / "g.ttl")
    names = [question.first.name for question in doubtful(graph)]
    assert [name for name in names if "2025-05-12" in name] == ["The opening - start date - 2025-05-12"]


def test_doubtful_facts_come_with_the_least_sure_first(tmp_path):
    graph, _ = build(tmp_path / "g.ttl")
    found = doubtful(graph)
    assert [q.score for q in found] == sorted(q.score for q in found)
    assert found[0].kind == "statement" and "**trade grew by 40 percent**" in found[0].first.sentence
    assert len(doubtful(graph, limit=2)) == 2


def test_what_review_prints_is_a_decisions_file(tmp_path):
    graph, _ = build(tmp_path / "g.ttl")
    path = tmp_path / "decisions.csv"
    path.write_text(as_csv(graph, [*candidates(graph), *doubtful(graph)]), encoding="utf-8")
    assert read_decisions(path).items == ()
    path.write_text(path.read_text(encoding="utf-8").replace("undecided,person", "same,person", 1), encoding="utf-8")
    graph, notes = build(tmp_path / "h.ttl", path)
    assert notes == ()
    assert candidates(graph) == []
    assert graph.why("Amal Haddad")
    ((reason,),) = graph.query("SELECT ?r { ?f rdf:predicate owl:sameAs ; nk:reason ?r }").rows
    assert reason == "decided by a person"


def test_review_says_in_which_articles_it_found_the_two(tmp_path):
    one, two = facts()
    url = Metadatum("url", "https://paper.example/one")
    one = replace(one, article=replace(one.article, metadata=(*one.article.metadata, url)))
    graph, _ = build(tmp_path / "g.ttl", articles=[one, two])
    (row,) = csv.DictReader(io.StringIO(as_csv(graph, candidates(graph))))
    assert (row["first"], row["first_article"]) == ("person:a-haddad", f"article:a{two.article.sha256[:16]}")
    assert (row["second"], row["second_article"]) == ("person:amal-haddad", "https://paper.example/one")


def test_decisions_give_the_same_bytes_at_every_build_and_none_when_deleted(tmp_path):
    path = decide(tmp_path, "same,person:a-haddad,person:amal-haddad,the register")
    build(tmp_path / "plain.nt")
    build(tmp_path / "one.nt", path)
    build(tmp_path / "two.nt", path)
    build(tmp_path / "none.nt", decide(tmp_path))
    assert (tmp_path / "one.nt").read_bytes() == (tmp_path / "two.nt").read_bytes()
    assert (tmp_path / "one.nt").read_bytes() != (tmp_path / "plain.nt").read_bytes()
    assert (tmp_path / "none.nt").read_bytes() == (tmp_path / "plain.nt").read_bytes()


@pytest.mark.parametrize("predicate", ["nk:holdsRole", "nk:startDate", "nk:endDate", "nk:place"])
def test_a_rejected_fact_is_gone_and_the_graph_stays_whole(tmp_path, predicate):
    graph, _ = build(tmp_path / "g.ttl")
    fact = fact_of(graph, predicate)
    graph, notes = build(tmp_path / "h.ttl", decide(tmp_path, f"reject,{fact},,misread"))
    assert notes == ()
    assert not graph.query(f"ASK {{ ?s {predicate} ?o }}")
    assert not graph.query(f"ASK {{ ?f rdf:predicate {predicate} }}")
    assert graph.validate().conforms, graph.validate()


def test_a_rejected_statement_takes_its_quantity_along(tmp_path):
    graph, _ = build(tmp_path / "g.ttl")
    ((statement,),) = graph.query("SELECT ?s { ?s a nk:Statement }").rows
    graph, _ = build(tmp_path / "h.ttl", decide(tmp_path, f"reject,{statement},,not her words"))
    assert not graph.query("ASK { ?s a nk:Statement }")
    assert not graph.query("ASK { ?s a nk:Quantity }")
    assert graph.validate().conforms


def test_a_confirmed_fact_is_certain_and_no_longer_doubtful(tmp_path):
    graph, _ = build(tmp_path / "g.ttl")
    fact = fact_of(graph, "nk:place")
    graph, _ = build(tmp_path / "h.ttl", decide(tmp_path, f"confirm,{fact},,the minutes say so"))
    ((confidence, reason),) = graph.query(f"SELECT ?c ?r {{ <{fact}> nk:confidence ?c ; nk:reason ?r }}").rows
    assert float(confidence) == 1.0
    assert reason == "confirmed by a person: the minutes say so"
    assert fact not in {q.first.iri for q in doubtful(graph)}
    assert graph.validate().conforms


def test_with_the_start_of_an_event_its_end_on_the_same_day_is_confirmed(tmp_path):
    graph, _ = build(tmp_path / "g.ttl")
    start = fact_of(graph, "nk:startDate")
    graph, _ = build(tmp_path / "h.ttl", decide(tmp_path, f"confirm,{start},,the minutes say so"))
    confidences = "SELECT ?c {{ ?f rdf:predicate {} ; nk:confidence ?c }}"
    for predicate, sure in (("nk:startDate", 1.0), ("nk:endDate", 1.0), ("nk:place", 0.8)):
        ((confidence,),) = graph.query(confidences.format(predicate)).rows
        assert float(confidence) == sure
    assert graph.validate().conforms


def test_when_all_that_review_lists_is_confirmed_nothing_is_left_to_check(tmp_path):
    graph, _ = build(tmp_path / "g.ttl")
    decided = tmp_path / "decisions.csv"
    decided.write_text(as_csv(graph, doubtful(graph)).replace("undecided", "confirm"), encoding="utf-8")
    graph, notes = build(tmp_path / "h.ttl", decided)
    assert notes == () and doubtful(graph) == []
    checked = graph.query(question("what-to-check").bound(graph, {})).to_dicts()
    assert {row["says"] for row in checked} <= {"closeMatch"}


def test_a_rejection_holds_when_its_person_is_joined_with_another(tmp_path):
    role = Role("role:9", "person:A. Haddad", "treasurer", "organisation:Port Office", span(TWO, TWO[:43]))
    first, second = facts()
    articles = [first, replace(second, roles=(role,))]
    graph, _ = build(tmp_path / "g.ttl", articles=articles)
    ((fact,),) = graph.query('SELECT ?f { ?f rdf:object/nk:roleTitle "treasurer" }').rows
    rejected = f"reject,{fact},,misread"
    joined = "same,person:a-haddad,person:amal-haddad,the register"
    graph, notes = build(tmp_path / "h.ttl", decide(tmp_path, rejected, joined), articles)
    assert notes == ()
    assert graph.query('ASK { ?p rdfs:label "Amal Haddad" ; owl:sameAs person:a-haddad }')
    assert not graph.query('ASK { ?r nk:roleTitle "treasurer" }')
    assert graph.validate().conforms


def told_of_hollis(post, employer, day):
    text = f"Mark Hollis, {post} of the {employer}, spoke."
    things = (entity(text, "person", "Mark Hollis"), entity(text, "organisation", employer))
    role = Role("role:1", things[0].key, post, things[1].key, span(text, text[:-8]))
    return ArticleFacts(Article(text, metadata=(Metadatum("date", day),)), things, roles=(role,))


def test_a_rejection_holds_when_its_person_turns_out_to_be_one_of_two_of_the_name(tmp_path):
    keeper = told_of_hollis("goalkeeper", "Quillon Rovers", "2024-05-01")
    judge = told_of_hollis("judge", "Valmora Court", "2020-05-01")
    graph, _ = build(tmp_path / "g.ttl", articles=[keeper])
    path = decide(tmp_path, f"reject,{fact_of(graph, 'nk:holdsRole')},,misread")
    graph, notes = build(tmp_path / "h.ttl", path, [keeper, judge])
    assert graph.query('ASK { person:mark-hollis--quillon-rovers rdfs:label "Mark Hollis" }')
    assert graph.query("SELECT ?t { ?p nk:holdsRole/nk:roleTitle ?t }").rows == (("judge",),)
    assert notes == ()


@pytest.mark.parametrize("kind", ["reject", "confirm"])
def test_what_is_one_thing_is_decided_by_same_and_different_alone(tmp_path, kind):
    joined = "same,person:a-haddad,person:amal-haddad,the register"
    for predicate, lines in (("skos:closeMatch", []), ("owl:sameAs", [joined])):
        graph, _ = build(tmp_path / "g.nt", decide(tmp_path, *lines))
        fact = graph.query(f"SELECT ?f {{ ?f rdf:predicate {predicate} }}").rows[0][0]
        _, notes = build(tmp_path / "h.nt", decide(tmp_path, *lines, f"{kind},{fact},,no"))
        (note,) = notes
        assert f"line {2 + len(lines)}: " in note and "use same or different" in note
        assert (tmp_path / "h.nt").read_bytes() == (tmp_path / "g.nt").read_bytes()


def test_any_other_fact_can_be_rejected_and_the_graph_stays_whole(tmp_path):
    graph, _ = build(tmp_path / "g.ttl")
    query = """SELECT ?f { { ?f a nk:Fact ; rdf:predicate ?p } UNION { ?f a nk:Statement }
               FILTER(!BOUND(?p) || ?p NOT IN (skos:closeMatch, owl:differentFrom)) }"""
    facts = [fact for (fact,) in graph.query(query).rows]
    assert len(facts) == 5
    for fact in facts:
        graph, notes = build(tmp_path / "h.ttl", decide(tmp_path, f"reject,{fact},,misread"))
        assert notes == () and not graph.query(f"ASK {{ <{fact}> ?p ?o }}")
        assert graph.validate().conforms, (fact, graph.validate())


def test_a_decision_about_a_fact_that_is_gone_is_reported(tmp_path):
    _, notes = build(tmp_path / "g.ttl", decide(tmp_path, "reject,fact:f0000000000000000,,"))
    assert len(notes) == 1 and re.search(r"line 2: the graph has no .*fact/f0000000000000000", notes[0])


def test_the_command_prints_tables_csv_and_json(tmp_path):
    build(tmp_path / "g.ttl")
    run = CliRunner().invoke
    shown = run(cli, ["review", str(tmp_path / "g.ttl")], standalone_mode=False)
    assert "one thing?" in shown.output and "**A. Haddad**" in shown.output
    printed = run(
        cli, ["review", str(tmp_path / "g.ttl"), "--format", "csv", "--only", "candidates"], standalone_mode=False
    )
    (row,) = csv.DictReader(io.StringIO(printed.output))
    assert (row["decision"], row["first"], row["second"]) == ("undecided", "person:a-haddad", "person:amal-haddad")
    path = decide(tmp_path, "different,person:a-haddad,person:amal-haddad,two people")
    rest = run(
        cli,
        ["review", str(tmp_path / "g.ttl"), "--only", "candidates", "--decisions", str(path)],
        standalone_mode=False,
    )
    assert "nothing to review" in rest.output
    short = run(cli, ["review", str(tmp_path / "g.ttl"), "--limit", "1"], standalone_mode=False)
    assert "there are more, which --limit shows" in short.stderr
    assert "there are more" not in run(cli, ["review", str(tmp_path / "g.ttl")], standalone_mode=False).stderr


def test_text_of_articles_is_no_formula_in_a_spreadsheet(tmp_path):
    graph, _ = build(tmp_path / "g.ttl")
    from kg.review import Question, Side

    text = as_csv(graph, [Question("fact", 0.5, "", Side("https://example.org/f", "=cmd()", "@SUM(1)\nx"))])
    (row,) = csv.DictReader(io.StringIO(text))
    assert (row["first_name"], row["first_sentence"]) == ("'=cmd()", "'@SUM(1) x")


@pytest.mark.parametrize("output", ["g.ttl", "store"])
@pytest.mark.parametrize(
    ("line", "complaint"),
    [
        ("perhaps,person:a,person:b,", "'perhaps' is no decision"),
        ("same,person:john-smith,<http://x y>,", "'http://x y' is not an IRI"),
        ("reject,person:amal-haddad,,", "'reject' needs a fact or a statement"),
        ("same,person:a,mailto:x,", "'mailto:x' has no known prefix"),
    ],
)
def test_a_bad_decisions_file_stops_a_build_in_one_line_before_anything_is_read(tmp_path, output, line, complaint):
    (tmp_path / "a.txt").write_text(ONE, encoding="utf-8")
    bad = decide(tmp_path, line)
    command = ["build", str(tmp_path / "a.txt"), "-o", str(tmp_path / output), "--decisions", str(bad)]
    result = CliRunner().invoke(cli, command)
    assert result.exit_code == 2
    assert result.stderr.startswith(f"kg: {bad}, line 2: {complaint}") and result.stderr.count("\n") == 1
    assert not (tmp_path / output).exists()


def test_a_decisions_file_in_another_encoding_is_told_with_its_line(tmp_path):
    (tmp_path / "a.txt").write_text(ONE, encoding="utf-8")
    bad = tmp_path / "decisions.csv"
    bad.write_bytes("decision,first,second,why\nsame,person:a,person:b,from the café\n".encode("latin-1"))
    result = CliRunner().invoke(
        cli, ["build", str(tmp_path / "a.txt"), "-o", str(tmp_path / "g.ttl"), "--decisions", str(bad)]
    )
    assert result.exit_code == 2
    assert result.stderr == f"kg: {bad}, line 2: not in UTF-8 (which a table must be saved in)\n"


def _read(question):
    return question.kind, question.first.name, question.first.sentence, question.first.article


def wire_story(tmp_path):
    """A story in three papers, the last of which has the most of it."""
    story = (
        "The strike is expected to end at a meeting in Bergen on Monday, where four thousand people may come. The "
        "ferries lay at the quay, and the lorries queued along the fjord for the ninth day in a row. Amal Haddad has "
        "thanked the union of the dockers and went home to the islands.\n"
    )
    lines = ("", "The navy had sent a boat with flour.\n", "It rained in the hills.\n" * 3)
    papers = [tmp_path / f"{number}.txt" for number in range(len(lines))]
    for paper, more in zip(papers, lines, strict=True):
        paper.write_text(f"May 1{paper.stem}, 2025\n\n{story}{more}")
    return papers


def test_what_a_wire_story_says_in_several_papers_is_asked_once_of_the_fullest(tmp_path):
    papers = wire_story(tmp_path)
    alone = doubtful(kg.build(papers[2:], workers=1).graph)
    graph = kg.build(papers, workers=1).graph
    asked = doubtful(graph)
    assert graph.statistics().near_duplicates == 2
    assert sorted(map(_read, asked)) == sorted(map(_read, alone)) != []
    assert len(doubtful(graph, 2)) == 2
    statements = [question for question in asked if question.kind == "statement"]
    assert 3 * len(statements) == sum(1 for _ in graph.triples(None, NK.content)) > 0
    facts = [question.first.iri for question in asked if question.kind == "fact"]
    rejected = decide(tmp_path, *(f"reject,{fact},,misread" for fact in facts))
    for output in (None, tmp_path / "store"):
        built = kg.build(papers, output, workers=1, decisions=rejected)
        assert built.notes == () and facts
        assert {question.kind for question in doubtful(built.graph)} == {"statement"}
    says = "rdf:subject ?s ; rdf:predicate ?p ; rdf:object ?o"
    alike = graph.query(f"SELECT ?f {{ <{facts[0]}> {says} . ?f {says} }}").rows
    copy = next(str(fact) for (fact,) in alike if str(fact) != facts[0])
    of_its_own = decide(tmp_path, f"reject,{facts[0]},,misread", f"confirm,{copy},,right there")
    decided = kg.build(papers, workers=1, decisions=of_its_own).graph
    assert decided.query(f"ASK {{ <{copy}> a nk:Fact ; nk:confidence 1.0 }}")
    assert not decided.query(f"ASK {{ <{facts[0]}> ?p ?o }}")
    confirmed = decide(tmp_path, f"confirm,{facts[0]},,seen")
    assert kg.build(papers, tmp_path / "store", workers=1, decisions=confirmed).notes == ()
    with Archive(tmp_path / "store") as archive:
        assert archive.remove([str(papers[0])]).notes == ()


def test_a_statement_that_was_rejected_is_not_asked_about_again_in_papers_that_repeat_it(tmp_path):
    papers = wire_story(tmp_path)
    asked = [question.first.iri for question in doubtful(kg.build(papers, workers=1).graph)]
    rejected = decide(tmp_path, *(f"reject,{iri},,misread" for iri in asked))
    for output in (None, tmp_path / "store"):
        built = kg.build(papers, output, workers=1, decisions=rejected)
        assert built.notes == () and doubtful(built.graph) == []
        assert not built.graph.query(f"ASK {{ ?s a nk:Statement ; nk:confidence ?c FILTER (?c < {DOUBTFUL}) }}")
    with Archive(tmp_path / "store") as archive:
        archive.remove([str(papers[2])])
    left = kg.build(papers[:2], workers=1, decisions=rejected).graph
    assert set(kg.open(tmp_path / "store")) == set(left) and len(doubtful(left)) == len(asked)
    confirmed = decide(tmp_path, *(f"confirm,{iri},,seen" for iri in asked))
    built = kg.build(papers, workers=1, decisions=confirmed).graph
    assert built.query("SELECT ?s { ?s a nk:Statement ; nk:confidence 1.0 }").rows
    assert not built.query(f"ASK {{ ?s a nk:Statement ; nk:confidence ?c FILTER (?c < {DOUBTFUL}) }}")


@pytest.mark.parametrize("content", ["", "\n \n", "# decision,first,second\n"])
def test_an_empty_file_of_decisions_is_refused_and_one_without_decisions_is_not(tmp_path, content):
    path = tmp_path / "d.csv"
    path.write_text(content)
    with pytest.raises(DecisionsError, match=r"d\.csv: has no line that names the columns decision, first, second"):
        read_decisions(path)
    path.write_text(f"{content}decision,first,second\n")
    assert read_decisions(path).items == ()


def test_a_decisions_file_is_gone_on_with_and_keeps_what_people_wrote(tmp_path):
    build(tmp_path / "g.ttl")
    path = tmp_path / "decisions.csv"
    command = ["review", str(tmp_path / "g.ttl"), "-o", str(path)]
    first = CliRunner().invoke(cli, command, catch_exceptions=False)
    assert (first.exit_code, first.stdout) == (0, "") and "-> " in first.stderr
    asked = list(csv.DictReader(path.open(encoding="utf-8")))
    assert asked[0]["first"] == "person:a-haddad" and len(asked) > 2
    written = path.read_text(encoding="utf-8")
    assert CliRunner().invoke(cli, command).exit_code == 0
    assert path.read_text(encoding="utf-8") == written, "nobody has decided anything"

    head, pair, fact, *rest = written.splitlines()
    pair = pair.replace(
        "undecided,person:a-haddad,person:amal-haddad,,", "different,person:a-haddad,person:amal-haddad,,"
    )
    mine = ["# read in May", f"{head},Seen", f"{pair},yes", f"{fact},ask Lena", *(f"{line}," for line in rest)]
    path.write_text("\n".join(mine) + "\n", encoding="utf-8")
    again = CliRunner().invoke(cli, command)
    assert "2 lines as they were" in again.stderr
    assert path.read_text(encoding="utf-8").splitlines() == mine
    only = CliRunner().invoke(cli, [*command, "--only", "candidates"])
    assert only.exit_code == 0 and path.read_text(encoding="utf-8").splitlines() == mine[:4]
    assert [decision.kind for decision in read_decisions(path).items] == ["different"]


def test_a_decisions_file_that_cannot_be_read_or_written_is_left_as_it_is(tmp_path):
    build(tmp_path / "g.ttl")
    path = tmp_path / "decisions.csv"
    path.write_text("decision,first,second,why\nperhaps,person:a,person:b,\n")
    command = ["review", str(tmp_path / "g.ttl"), "-o"]
    for place, complaint in ((path, "'perhaps' is no decision"), (tmp_path / "no" / "d.csv", "there is no folder")):
        done = CliRunner().invoke(cli, [*command, str(place)])
        assert done.exit_code == 2 and complaint in done.stderr
    assert path.read_text().startswith("decision,first,second,why\nperhaps")
    assert "which is csv, not json" in CliRunner().invoke(cli, [*command, str(path), "--format", "json"]).stderr
