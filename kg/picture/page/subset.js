/* Which things and ties are shown: the filters, then the focus or the extent. */
'use strict';

newskg.makeSubset = (model, state, room) => {
  const { words, spacing } = newskg;
  const FOCUS_LIMIT = 42;

  function relationOf(fact) {
    if (fact.role) return 'role';
    if (words.PARTICIPATION.includes(fact.predicate)) return 'participation';
    return fact.predicate === 'place' || fact.predicate === 'partOf' ? fact.predicate : 'other';
  }

  const within = (start, end, now) => (!now.from || !end || end >= now.from) && (!now.to || !start || start <= now.to);

  function eventsFit(fact, now) {
    return [fact.subject, fact.target].every(
      (thing) =>
        !thing ||
        thing.kind !== 'event' ||
        !thing.dates ||
        within(thing.dates[0], thing.dates[1] || thing.dates[0], now),
    );
  }

  /** A function that tells whether a fact or statement passes the filters. */
  function sieve(now) {
    const article = model.articleById.get(now.inArticle);
    const people = chosenPeople(now);
    const relations = new Set(now.relations);
    const touches = (things) => !people || things.some((thing) => thing && people.has(thing));
    return {
      fact: (fact) =>
        relations.has(relationOf(fact)) &&
        fact.trust >= now.trust &&
        (!article || fact.article === article) &&
        eventsFit(fact, now) &&
        touches([fact.subject, fact.target]),
      statement: (statement) =>
        relations.has('statement') &&
        statement.trust >= now.trust &&
        (!article || statement.article === article) &&
        within(statement.day, statement.day, now) &&
        touches([...statement.speakers, ...statement.about]),
    };
  }

  /** The people with the chosen post or organisation, and the organisation itself; null where neither is chosen. */
  function chosenPeople(now) {
    if (!now.role && !now.organisation) return null;
    const wanted = now.role.toLowerCase();
    const chosen = new Set();
    for (const role of model.roles) {
      const fits =
        (!wanted || role.title.toLowerCase() === wanted) &&
        (!now.organisation || (role.organisation && role.organisation.label === now.organisation));
      if (fits) chosen.add(role.person);
    }
    if (!now.role) for (const thing of model.things) if (thing.label === now.organisation) chosen.add(thing);
    return chosen;
  }

  /** Ties that pass, each with the facts and statements that pass. */
  function passing(edges, now) {
    const { fact, statement } = sieve(now);
    const kinds = new Set(now.kinds);
    const found = [];
    for (const edge of edges) {
      if (!kinds.has(edge.a.kind) || !kinds.has(edge.b.kind)) continue;
      const facts = edge.facts.filter(fact);
      const statements = edge.statements.filter(statement);
      const cites = edge.cites.filter(statement);
      if (facts.length || statements.length || cites.length) found.push({ edge, facts, statements, cites });
    }
    return found;
  }

  /** Those who spoke at an event or at a part of it, by what the graph says of speeches and statements. */
  function speakersAt(event) {
    const parts = event.facts.filter((fact) => fact.predicate === 'partOf' && fact.target === event);
    const speakers = new Set();
    for (const each of [event, ...parts.map((fact) => fact.subject)]) {
      for (const said of each.saidAt) for (const speaker of said.speakers) speakers.add(speaker);
      for (const { predicate, subject, target } of each.facts)
        if (predicate === 'spokeAt' && target === each) speakers.add(subject);
    }
    return speakers;
  }

  /** Of those who took part in an event, the ones who spoke there, or the ones of whom no speech is reported. */
  function present(event, presence) {
    const speakers = speakersAt(event);
    if (presence === 'spoke') return speakers;
    const was = ({ predicate, target }) => target === event && ['attended', 'participatedIn'].includes(predicate);
    const there = event.facts.filter(was).map((fact) => fact.subject);
    return new Set(there.filter((thing) => !speakers.has(thing)));
  }

  function around(node, now, ties) {
    const near = new Map();
    for (const tie of ties) {
      for (const [one, other] of [
        [tie.edge.a, tie.edge.b],
        [tie.edge.b, tie.edge.a],
      ]) {
        if (!near.has(one)) near.set(one, []);
        near.get(one).push(other);
      }
    }
    const weight = (thing) => thing.edges.length;
    const closest = (thing) => (near.get(thing) || []).slice().sort((p, q) => weight(q) - weight(p) || p.i - q.i);
    const chosen = now.presence && node.kind === 'event' ? present(node, now.presence) : null;
    const first = closest(node).filter((thing) => !chosen || chosen.has(thing));
    const rings = [now.view === 'table' ? first : spacing.fitting(first, room(), FOCUS_LIMIT)];
    const parent = new Map();
    let beyond = 0;
    if (now.steps === 2) {
      const known = new Set([node, ...rings[0]]);
      for (const thing of rings[0]) {
        for (const other of closest(thing)) if (!known.has(other) && !parent.has(other)) parent.set(other, thing);
      }
      const second = inTurn([...parent.keys()], (thing) => parent.get(thing));
      const drawn = spacing.fitting([node, ...rings[0], ...second], room()).slice(1 + rings[0].length);
      rings.push(now.view === 'table' ? second : drawn);
      beyond = second.length - rings[1].length;
    }
    return { rings, parent, hidden: first.length - rings[0].length, beyond };
  }

  /** Things in an order that takes one of each group in turn. */
  function inTurn(things, groupOf) {
    const taken = new Map();
    const turn = new Map();
    for (const thing of things) {
      const group = groupOf(thing);
      turn.set(thing, taken.get(group) || 0);
      taken.set(group, turn.get(thing) + 1);
    }
    return things.sort((p, q) => turn.get(p) - turn.get(q));
  }

  function focused(now) {
    const edges = new Set(now.node.edges);
    if (now.steps === 2)
      for (const edge of now.node.edges)
        for (const other of [edge.a, edge.b]) for (const each of other.edges) edges.add(each);
    let ties = passing(edges, now);
    const { rings, parent, hidden, beyond } = around(now.node, now, ties);
    const shown = new Set([now.node, ...rings.flat()]);
    const among = new Set();
    for (const thing of shown)
      for (const edge of thing.edges) if (shown.has(edge.a) && shown.has(edge.b)) among.add(edge);
    ties = passing(among, now);
    return { things: [...shown], ties, rings, parent, hidden, beyond, kind: 'focus' };
  }

  /** The best connected of the things, as many as there is room for with their names. */
  const best = (things) =>
    spacing.fitting(
      things.sort((p, q) => q.edges.length - p.edges.length || p.i - q.i),
      room(),
    );

  /** The communities, as many as there is room for with their names, the largest first. */
  function communities() {
    const { groups } = model.data.communities;
    const named = groups.map(([, names, count, size]) => ({ label: words.community(names, count, 1), size }));
    return groups.slice(0, spacing.fitting(named, room()).length);
  }

  function extent(now) {
    const ties = passing(model.edges, now);
    const kinds = new Set(now.kinds);
    const narrowed = state.narrowed(now);
    const tied = new Set(ties.flatMap(({ edge }) => [edge.a, edge.b]));
    let things = narrowed ? [...tied] : model.things.filter((thing) => kinds.has(thing.kind));
    const all = things.length;
    const unlimited = now.view === 'table';
    if (now.scope.startsWith('group') && !narrowed) {
      const group = parseInt(now.scope.slice(5), 10);
      things = things.filter((thing) => thing.community === group);
      if (!now.scope.endsWith('all') && !unlimited) things = best(things);
    } else if (unlimited) {
      /* a table holds everything that passes the filters */
    } else if (narrowed && now.scope !== 'all') {
      things = best(things);
    } else if (now.scope === 'first') {
      const ranked = things.filter((thing) => thing.rank < Infinity).sort((p, q) => p.rank - q.rank);
      things = spacing.fitting(ranked, room());
    } else if (!model.whole) {
      things = things.filter((thing) => thing.facts.length || thing.said.length || thing.saidAbout.length);
    }
    const shown = new Set(things);
    return {
      things,
      ties: ties.filter(({ edge }) => shown.has(edge.a) && shown.has(edge.b)),
      hidden: all - things.length,
      kind: narrowed ? 'narrowed' : now.scope.startsWith('group') ? 'group' : now.scope === 'all' ? 'all' : 'first',
    };
  }

  /** What the map, the time view, the table and the exports show. */
  function compute(now = state.now) {
    if (now.node) return focused(now);
    if (now.scope !== 'summary' || state.narrowed(now)) return extent(now);
    if (now.view !== 'map') return extent({ ...now, scope: 'first' });
    return { things: [], ties: [], hidden: 0, kind: 'summary', groups: communities() };
  }

  /** The facts and statements of what is shown, those without a second thing and those about articles too. */
  function contentsOf({ things, ties }, now = state.now) {
    const { fact, statement } = sieve(now);
    const shown = new Set(things);
    const tied = new Set(ties.flatMap((tie) => tie.facts));
    const every = shown.size === model.things.length;
    const alone = ({ subject, target }) =>
      subject && target ? false : subject || target ? shown.has(subject || target) : every;
    const facts = model.facts.filter((each) => tied.has(each) || (alone(each) && fact(each)));
    const heard = ({ speakers, about, madeAt }) =>
      (speakers.length ? speakers : [...about, madeAt]).some((thing) => shown.has(thing));
    const focus = now.node;
    const concerns = (each) => !focus || [...each.speakers, each.madeAt, ...each.about].includes(focus);
    return {
      facts: facts.filter((each) => !focus || tied.has(each) || each.subject === focus),
      statements: model.statements.filter((each) => heard(each) && concerns(each) && statement(each)),
    };
  }

  return { compute, contentsOf, relationOf, present, sieve };
};
