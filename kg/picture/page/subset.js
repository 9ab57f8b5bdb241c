/* Which things and ties are shown: the filters, then the focus or the extent. */
'use strict';

newskg.makeSubset = (model, state) => {
  const PARTICIPATION = ['attended', 'spokeAt', 'organised', 'hosted', 'participatedIn'];
  const FOCUS_LIMIT = 42;
  const NARROWED_LIMIT = 160;
  const GROUP_LIMIT = 90;
  /** On a phone. */
  const NARROW_LIMIT = 34;

  function relationOf(fact) {
    if (fact.role) return 'role';
    if (PARTICIPATION.includes(fact.predicate)) return 'participation';
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
    const article = now.inArticle ? model.articles.find((each) => each.iri.split('/').pop() === now.inArticle) : null;
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
        touches([statement.speaker, ...statement.about]),
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

  function around(node, steps, ties) {
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
    const first = closest(node);
    const rings = [first.slice(0, FOCUS_LIMIT)];
    const parent = new Map();
    if (steps === 2) {
      const known = new Set([node, ...rings[0]]);
      const second = [];
      const share = Math.max(2, Math.floor(60 / Math.max(1, rings[0].length)));
      for (const thing of rings[0]) {
        for (const other of closest(thing)
          .filter((each) => !known.has(each))
          .slice(0, share)) {
          known.add(other);
          parent.set(other, thing);
          second.push(other);
        }
      }
      rings.push(second);
    }
    return { rings, parent, hidden: first.length - rings[0].length };
  }

  function focused(now) {
    const edges = new Set(now.node.edges);
    if (now.steps === 2)
      for (const edge of now.node.edges)
        for (const other of [edge.a, edge.b]) for (const each of other.edges) edges.add(each);
    let ties = passing(edges, now);
    const { rings, parent, hidden } = around(now.node, now.steps, ties);
    const shown = new Set([now.node, ...rings.flat()]);
    const among = new Set();
    for (const thing of shown)
      for (const edge of thing.edges) if (shown.has(edge.a) && shown.has(edge.b)) among.add(edge);
    ties = passing(among, now);
    return { things: [...shown], ties, rings, parent, hidden, kind: 'focus' };
  }

  const best = (things, limit) =>
    things.length <= limit
      ? things
      : things.sort((p, q) => q.edges.length - p.edges.length || p.i - q.i).slice(0, limit);

  function extent(now) {
    const ties = passing(model.edges, now);
    const kinds = new Set(now.kinds);
    const narrowed = state.narrowed(now);
    const tied = new Set(ties.flatMap(({ edge }) => [edge.a, edge.b]));
    let things = narrowed ? [...tied] : model.things.filter((thing) => kinds.has(thing.kind));
    const all = things.length;
    if (narrowed && now.scope !== 'all') {
      things = best(things, NARROWED_LIMIT);
    } else if (now.scope === 'first') {
      things = things.filter((thing) => thing.first);
      if (window.innerWidth < 560 && !model.whole) things = things.filter((thing) => thing.first.rank < NARROW_LIMIT);
    } else if (now.scope.startsWith('group')) {
      const group = parseInt(now.scope.slice(5), 10);
      things = best(
        things.filter((thing) => thing.community === group),
        now.scope.endsWith('all') ? Infinity : GROUP_LIMIT,
      );
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
    if (now.scope === 'summary' && !state.narrowed(now)) return { things: [], ties: [], hidden: 0, kind: 'summary' };
    return extent(now);
  }

  /** The facts and statements of what is shown, those without a second thing too. */
  function contentsOf({ things, ties }, now = state.now) {
    const { fact, statement } = sieve(now);
    const shown = new Set(things);
    const tied = new Set(ties.flatMap((tie) => tie.facts));
    const facts = model.facts.filter(
      (each) => tied.has(each) || (!each.target && shown.has(each.subject) && fact(each)),
    );
    const heard = ({ speaker, about, madeAt }) =>
      shown.has(speaker) || (!speaker && [...about, madeAt].some((thing) => shown.has(thing)));
    const focus = now.node;
    const concerns = (each) => !focus || [each.speaker, each.madeAt, ...each.about].includes(focus);
    return {
      facts: facts.filter((each) => !focus || tied.has(each) || each.subject === focus),
      statements: model.statements.filter((each) => heard(each) && concerns(each) && statement(each)),
    };
  }

  return { compute, contentsOf, relationOf, sieve };
};
