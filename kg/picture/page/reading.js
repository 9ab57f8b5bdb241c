/* The leaf beside the picture: what a thing or a tie is, in words, and who said what. */
'use strict';

newskg.makeReading = (model, state, subset, evidence, cards) => {
  const attendance = newskg.makeAttendance(state, subset, evidence, cards);
  const { el, button, glyph } = newskg.elements;
  const { words } = newskg;
  const { list, section, trust, statementCard, open } = cards;
  const UNNAMED = 'Sources without a name';

  function heading(thing) {
    const others = thing.aliases.filter((alias) => alias !== thing.label);
    const label = el('bdi', {}, words.shorten(thing.label, 300));
    return el(
      'header',
      { className: 'thing' },
      el(
        'p',
        { className: `kind ${thing.kind}` },
        glyph(model.data.shapes[thing.kind], `var(--${thing.kind})`),
        words.kinds(thing.kind, 1),
      ),
      el('h2', {}, label),
      thing.label.length > 300
        ? el('details', {}, el('summary', {}, 'The whole name'), el('p', { className: 'long' }, thing.label))
        : null,
      others.length
        ? el(
            'p',
            { className: 'quiet' },
            'Also ',
            others
              .slice(0, 8)
              .map((alias) => words.shorten(alias, 80))
              .join(', '),
          )
        : null,
      words.caption(thing) ? el('p', { className: 'caption' }, words.caption(thing)) : null,
      thing.dates && thing.dates[3]
        ? el(
            'p',
            { className: 'quiet' },
            `Written “${thing.dates[2]}”; ${thing.dates[3]} taken from the date of the article.`,
          )
        : null,
      el(
        'p',
        { className: 'steps' },
        button('Nearest', () => state.go({ steps: 1 }), {
          'aria-pressed': String(state.now.steps === 1),
          title: 'Show what is tied to it',
        }),
        button('Two steps', () => state.go({ steps: 2 }), {
          'aria-pressed': String(state.now.steps === 2),
          title: 'Show also what those are tied to',
        }),
        button('Whole picture', () => state.go({ node: null }), { title: 'Escape' }),
      ),
    );
  }

  const ORDER = ['startDate', 'endDate', 'place', 'partOf', 'theme', 'about'];

  /** Facts in the order of reading: when, where, part of what; the last day is told with the first one. */
  function inOrder(facts) {
    const rank = (fact) => (ORDER.indexOf(fact.predicate) + ORDER.length + 1) % (ORDER.length + 1);
    const starts = facts.some((fact) => fact.predicate === 'startDate');
    return facts
      .filter((fact) => fact.predicate !== 'endDate' || !starts)
      .sort((p, q) => rank(p) - rank(q) || p.i - q.i);
  }

  function ofThing(thing) {
    const isEvent = thing.kind === 'event';
    const taken = new Set(
      thing.facts.filter(
        (fact) => fact.role || (isEvent && fact.target === thing && subset.relationOf(fact) === 'participation'),
      ),
    );
    const rest = inOrder(thing.facts.filter((fact) => !taken.has(fact)));
    const posts = thing.facts.filter((fact) => fact.role && fact.subject === thing);
    const staff = thing.facts.filter((fact) => fact.role && fact.subject !== thing);
    return [
      heading(thing),
      cards.facts('Posts', posts, thing),
      isEvent ? attendance(thing) : null,
      cards.facts('Facts', rest, thing),
      cards.facts('People with a post here', staff, thing),
      section(
        `Said by ${words.shorten(thing.label, 40)}`,
        thing.said,
        (statement) => statementCard(statement, thing),
        8,
      ),
      section('Said about it', thing.saidAbout, statementCard, 8),
      isEvent
        ? section(
            'Said there',
            thing.saidAt.filter((statement) => !thing.saidAbout.includes(statement)),
            statementCard,
            8,
          )
        : null,
      thing.facts.length + thing.said.length + thing.saidAbout.length === 0
        ? el('p', { className: 'quiet' }, 'Named in the articles; no fact or statement about it was read.')
        : null,
    ];
  }

  function ofTie(edge) {
    return [
      el(
        'header',
        { className: 'thing' },
        el('p', { className: 'kind' }, 'Tie'),
        el(
          'h2',
          { className: 'pair' },
          evidence.name(edge.a),
          el('span', { className: 'quiet' }, ' and '),
          evidence.name(edge.b),
        ),
        el(
          'p',
          { className: 'steps' },
          button('Close', () => state.go({ edge: null }), { title: 'Escape' }),
        ),
      ),
      edge.facts.length
        ? el(
            'section',
            {},
            el('h3', {}, 'Facts'),
            edge.facts.map((fact) =>
              el(
                'div',
                { className: 'fact open' },
                el('p', {}, evidence.inline(words.fact(fact)), trust(fact.trust)),
                evidence.ofFacts([fact]),
              ),
            ),
          )
        : null,
      section('Statements', edge.statements, statementCard),
      section('Cited', edge.cites, statementCard),
    ];
  }

  function overview() {
    const { things, counts, articles } = model;
    const communities = model.whole ? null : section('Communities', model.data.communities.groups, groupLine, 6);
    const opensSummary = state.START.scope === 'summary';
    const best = (kind) => model.order.filter((thing) => thing.kind === kind);
    return [
      el(
        'header',
        { className: 'thing' },
        el('h2', {}, 'What this picture holds'),
        el(
          'p',
          { className: 'lead' },
          `${words.count(counts.facts, 'fact', 'facts')} and ${words.count(counts.statements, 'statement', 'statements')} from ${words.count(articles.length, 'article', 'articles')}. `,
          'Click a shape for what is known of it, a line for its evidence. Every fact opens on the sentence it was read from.',
        ),
      ),
      leftOut(),
      opensSummary ? communities : null,
      section('Events', best('event'), thingLine, 8),
      section('People', best('person'), thingLine, 8),
      section('Organisations', best('organisation'), thingLine, 6),
      section('Places', best('place'), thingLine, 6),
      section('Topics', best('topic'), thingLine, 6),
      opensSummary ? null : communities,
      things.length ? null : el('p', { className: 'quiet' }, 'The graph is empty.'),
    ];
  }

  /** What of the graph is not in this page. */
  function leftOut() {
    const [number, reports] = model.data.leftOut;
    if (!number) return null;
    const among = reports ? `, and ${words.count(reports, 'article', 'articles')} that tell only of them,` : '';
    return el(
      'p',
      { className: 'note' },
      `${words.count(number, 'thing', 'things')} of the graph with the fewest facts${among} are not in this page. Render with a higher limit to include them.`,
    );
  }

  /** A community as a link that looks inside. */
  function groupLine([group, names, count]) {
    return [
      button(
        names.map((name) => words.shorten(name, 50)).join('; '),
        () => state.go({ scope: `group${group}`, node: null }),
        {
          className: 'link',
        },
      ),
      el('span', { className: 'number' }, words.number(count)),
    ];
  }

  function thingLine(thing) {
    const caption = words.caption(thing);
    return [
      evidence.name(thing),
      caption ? el('span', { className: 'quiet' }, ` ${words.shorten(caption, 90)}`) : null,
    ];
  }

  function bySpeaker() {
    const groups = new Map();
    const { statement: passes } = subset.sieve(state.now);
    const statements = model.statements.filter(passes);
    const copied = statements.filter(model.isCopied).length;
    const among = copied ? `, ${words.number(copied)} of them in articles that repeat others` : '';
    for (const statement of statements) {
      for (const key of statement.speakers.length ? statement.speakers : [UNNAMED]) {
        if (!groups.has(key)) groups.set(key, []);
        groups.get(key).push(statement);
      }
    }
    const sorted = [...groups].sort(
      (one, other) => (one[0] === UNNAMED) - (other[0] === UNNAMED) || other[1].length - one[1].length,
    );
    if (!sorted.length) return [el('p', { className: 'quiet' }, 'No statement passes the filters.')];
    const focus = state.now.node && groups.has(state.now.node) ? state.now.node : null;
    const speaking = focus ? [[focus, groups.get(focus)], ...sorted.filter(([speaker]) => speaker !== focus)] : sorted;
    return [
      el(
        'header',
        { className: 'thing' },
        el('h2', {}, 'Who said what'),
        el(
          'p',
          { className: 'lead' },
          `${words.count(statements.length, 'statement', 'statements')} by ${words.count(sorted.filter(([speaker]) => speaker !== UNNAMED).length, 'named speaker', 'named speakers')}${among}. What was said is reported, not asserted.`,
        ),
      ),
      list(
        speaking,
        ([speaker, said]) =>
          el(
            'details',
            {
              className: 'speaker',
              open: speaker === focus || sorted.length <= 6,
              ontoggle: (event) =>
                open(event.target, () => [list(said, (each) => statementCard(each, speaker), 10)].flat()),
            },
            el(
              'summary',
              {},
              typeof speaker === 'string'
                ? el('span', { className: 'unnamed' }, speaker)
                : [
                    evidence.name(speaker),
                    el('span', { className: 'quiet' }, ` ${words.shorten(words.caption(speaker), 70)}`),
                  ],
              el('span', { className: 'number' }, words.number(said.length)),
            ),
          ),
        30,
      ),
    ];
  }

  return { ofThing, ofTie, overview, bySpeaker };
};
