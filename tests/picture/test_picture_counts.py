"""What counts in a picture: sizes, what a limit keeps, and how far apart the same numbers may be (not at all)."""

from __future__ import annotations

from collections import Counter

import newsroom

from kg.picture.contents import Contents
from kg.picture.reading import read_contents
from kg.picture.selection import first_view, importance, most_important


def contents_of(graph) -> Contents:
    return read_contents(newsroom.pairs(graph))


def test_what_two_articles_repeat_makes_nobody_larger():
    room = newsroom.Newsroom()
    person, town = room.thing("person", "Ada Holm"), room.thing("place", "Orlo")
    event = room.thing("event", "Orlo fair")
    for title in ("First report", "Second report"):
        article = room.article("Ada Holm attended the Orlo fair.", title)
        room.fact(person, "attended", event, article, "Ada Holm attended the Orlo fair")
        room.said(person, article, "Ada Holm attended the Orlo fair.", "the Orlo fair", "attended", [event])
    room.fact(event, "place", town, article, "the Orlo fair")
    found = contents_of(room.graph())
    weight = dict(zip([thing.label for thing in found.things], importance(found), strict=True))
    assert weight == {"Ada Holm": 2, "Orlo fair": 3, "Orlo": 1}


def test_facts_about_a_post_are_its_holders():
    found = contents_of(newsroom.assembly())
    [start] = [fact for fact in found.facts if fact.predicate == "startDate" and fact.role >= 0]
    assert found.things[start.subject].label == "Ana Reis"
    assert found.roles[start.role].start == start.literal == "2019-01-01"
    ties = found.neighbours()
    pilot = next(number for number, thing in enumerate(found.things) if thing.label == "Ana Reis")
    line = next(number for number, thing in enumerate(found.things) if thing.label == "Orlo Ferry Line")
    assert ties[pilot][line] == 2, "held in two articles, and the day is no tie"


def test_what_two_say_together_is_said_by_both_and_the_post_stays_with_its_holder():
    found = contents_of(newsroom.quay())
    together, _ = found.statements
    assert [found.things[speaker].label for speaker in together.speakers] == ["Anna Adler", "Bob Aske"]
    assert [found.things[found.roles[role].person].label for role in together.roles] == ["Bob Aske"]
    weight = dict(zip([thing.label for thing in found.things], importance(found), strict=True))
    assert weight["Anna Adler"] == weight["Kim Dahl"] == 1 and weight["Bob Aske"] == 2
    ties = found.neighbours()
    one, quay = (next(n for n, t in enumerate(found.things) if t.label == name) for name in ("Bob Aske", "the quay"))
    assert ties[one][quay] == 1
    kept = most_important(found, 1)
    assert [kept.things[speaker].label for each in kept.statements for speaker in each.speakers] == ["Bob Aske"]


def test_a_limit_leaves_out_articles_that_nothing_kept_cites_and_the_rest_still_cites_its_words():
    whole = contents_of(newsroom.two_articles())
    kept = most_important(whole, 2)
    assert len(kept.articles) <= len(whole.articles)
    titles = {article.title for article in kept.articles}
    assert titles and titles <= {article.title for article in whole.articles}
    cited = {span.article for fact in kept.facts for span in fact.spans}
    cited |= {span.article for statement in kept.statements for spans in statement.spans for span in spans}
    assert cited == set(range(len(kept.articles))), "each article is cited, and no other"
    words = {whole.articles[s.article].text[s.begin : s.end] for fact in whole.facts for s in fact.spans}
    assert {kept.articles[s.article].text[s.begin : s.end] for fact in kept.facts for s in fact.spans} <= words


def test_the_article_of_what_is_left_out_is_left_out():
    room = newsroom.Newsroom()
    busy = room.article("Ada Holm opened the Orlo fair and praised it.", "The fair")
    lonely = room.article("Bo Lindh sailed home.", "A sailor")
    person, event, sailor = (
        room.thing("person", "Ada Holm"),
        room.thing("event", "Fair"),
        room.thing("person", "Bo Lindh"),
    )
    for name in ("attended", "hosted", "spokeAt"):
        room.fact(person, name, event, busy, "Ada Holm opened the Orlo fair")
    room.role(sailor, "sailor", None, lonely, "Bo Lindh")
    kept = most_important(contents_of(room.graph()), 2)
    assert [article.title for article in kept.articles] == ["The fair"]
    assert [thing.label for thing in kept.things] == ["Fair", "Ada Holm"]


def test_the_first_things_of_a_small_graph_hang_together():
    found = contents_of(newsroom.assembly())
    ties = found.neighbours()
    order = first_view(ties, importance(found))
    assert sorted(order) == list(range(len(found.things)))
    for place, node in enumerate(order[1:], 1):
        assert any(other in ties[node] for other in order[:place]), found.things[node].label


def test_kg_stats_and_the_page_count_the_same():
    room = newsroom.Newsroom()
    article = room.article("Orlo bought a ferry from the Orlo Ferry Line, Mayor Ada Holm said.", "A ferry")
    town = room.thing("place", "Orlo")
    room.thing("organisation", "Orlo Ferry Line")
    room.add(town, newsroom.RDF + "type", newsroom.NK + "Organisation")
    room.role(room.thing("person", "Ada Holm"), "Mayor", town, article, "Mayor Ada Holm")
    room.fact(town, "participatedIn", room.thing("event", "bought a ferry"), article, "Orlo bought a ferry")
    graph = room.graph()
    counted, found = graph.statistics(), contents_of(graph)
    drawn = Counter(thing.kind for thing in found.things)
    assert counted.acting_places == 1
    assert drawn["organisation"] == counted.things["organisation"] - counted.acting_places == 1
    for kind in ("person", "place", "event", "topic"):
        assert drawn[kind] == counted.things[kind]
    assert len(found.facts) == counted.things["fact"]
    assert len(found.statements) == counted.things["statement"]
