/* The leaf beside the picture: what a thing or a tie is, in words, and who said what. */
'use strict';

newskg.makeReading = (model, state, subset, evidence) => {
  const { el, button, glyph } = newskg.elements;
  const { words } = newskg;
  const FEW = 12;
  const UNNAMED = 'Sources without a name';

  /** A list that shows its first entries and the rest on demand. */
  function list(items, make, few = FEW) {
    const box = el('ul', { className: 'list' }, items.slice(0, few).map((item) => el('li', {}, make(item))));
    if (items.length <= few) return box;
    const more = button(`Show ${words.number(Math.min(items.length - few, 100))} more`, () => {
      const shown = box.children.length;
      box.append(...items.slice(shown, shown + 100).map((item) => el('li', {}, make(item))));
      more.textContent = `Show ${words.number(items.length - box.children.length)} more`;
      if (box.children.length >= items.length) more.remove();
    }, { className: 'more' });
    return [box, more];
  }

  function section(title, items, make, few) {
    return items.length ? el('section', {}, el('h3', {}, title, ' ', el('span', { className: 'number' }, words.number(items.length))), list(items, make, few)) : null;
  }

  const trust = (value) => (value < 0.9 ? el('span', { className: 'chip', title: 'How sure the reading is' }, `${Math.round(value * 100)} % sure`) : null);

  /** A fact in words; its sentence opens below. */
  function factCard(fact, on = null) {
    return el('details', { className: 'fact', ontoggle: (event) => open(event.target, () => evidence.ofFact(fact)) },
      el('summary', {}, evidence.inline(words.factOn(on, fact)), trust(fact.trust)));
  }

  const cardOn = (thing) => (fact) => factCard(fact, thing);

  function open(details, make) {
    if (details.open && details.children.length === 1) details.append(...make());
  }

  function statementCard(statement, withSpeaker = true) {
    const direct = statement.quote === 'direct';
    const spaced = (chip) => [' ', chip];
    const speaker = statement.speaker ? evidence.name(statement.speaker) : el('span', { className: 'unnamed' }, statement.speakerText || 'An unnamed source');
    const head = [
      withSpeaker ? [speaker, statement.role ? el('span', { className: 'quiet' }, `, ${words.post(statement.role)}`) : null, ' '] : null,
      el('span', { className: 'cueword' }, statement.cueSpans.map(model.textOf).join(' … ') || statement.cue || 'continued'),
      statement.outer ? el('span', { className: 'quiet' }, ' as reported by ', statement.outer.speaker ? evidence.name(statement.outer.speaker) : 'another speaker') : null,
    ];
    const chips = [
      ['hope', 'commitment', 'directive', 'denial', 'question', 'evaluation'].includes(statement.act) && statement.act !== statement.cue ? statement.act : null,
      direct ? 'verbatim' : statement.quote === 'mixed' ? 'partly verbatim' : null,
      statement.polarity === 'negative' ? 'negated' : null,
      statement.modality === 'possible' || statement.modality === 'probable' ? statement.modality : null,
    ].filter(Boolean).map((text) => spaced(el('span', { className: 'chip' }, text)));
    return el('article', { className: 'statement' },
      el('header', {}, head, chips, trust(statement.trust)),
      el('blockquote', { dir: 'auto' }, direct ? `“${statement.text}”` : statement.text),
      statement.quantities.length ? el('p', { className: 'quiet' }, statement.quantities.join('; ')) : null,
      el('footer', {},
        statement.about.length ? el('p', { className: 'about' }, 'About ', statement.about.map((thing) => evidence.name(thing))) : null,
        el('details', { ontoggle: (event) => open(event.target, () => evidence.ofStatement(statement)) }, el('summary', {}, 'Where it is said'))));
  }

  /** For an event: who took part and how; those who spoke are not listed again as present. */
  function participants(event) {
    const facts = event.facts.filter((fact) => fact.target === event && subset.relationOf(fact) === 'participation');
    const of = (predicate) => facts.filter((fact) => fact.predicate === predicate);
    const spoke = of('spokeAt');
    const speakers = new Set([...spoke.map((fact) => fact.subject), ...event.saidAt.map((statement) => statement.speaker)]);
    const silent = of('attended').filter((fact) => !speakers.has(fact.subject));
    const card = cardOn(event);
    return [
      section('Organised it', of('organised'), card),
      section('Hosted it', of('hosted'), card),
      section('Spoke there', spoke, card),
      section(spoke.length ? 'Attended, no speech reported' : 'Attended', silent, card, 40),
      section('Took part', of('participatedIn'), card),
    ];
  }

  function heading(thing) {
    const others = thing.aliases.filter((alias) => alias !== thing.label);
    const label = el('bdi', {}, words.shorten(thing.label, 300));
    return el('header', { className: 'thing' },
      el('p', { className: `kind ${thing.kind}` }, glyph(model.data.shapes[thing.kind], `var(--${thing.kind})`), words.kinds(thing.kind, 1)),
      el('h2', {}, label),
      thing.label.length > 300 ? el('details', {}, el('summary', {}, 'The whole name'), el('p', { className: 'long' }, thing.label)) : null,
      others.length ? el('p', { className: 'quiet' }, 'Also ', others.slice(0, 8).map((alias) => words.shorten(alias, 80)).join(', ')) : null,
      words.caption(thing) ? el('p', { className: 'caption' }, words.caption(thing)) : null,
      thing.dates && thing.dates[3] ? el('p', { className: 'quiet' }, `Written “${thing.dates[2]}”; ${thing.dates[3]} taken from the date of the article.`) : null,
      el('p', { className: 'steps' },
        button('Nearest', () => state.go({ steps: 1 }), { 'aria-pressed': String(state.now.steps === 1), title: 'Show what is tied to it' }),
        button('Two steps', () => state.go({ steps: 2 }), { 'aria-pressed': String(state.now.steps === 2), title: 'Show also what those are tied to' }),
        button('Whole picture', () => state.go({ node: null }), { title: 'Escape' })));
  }

  const ORDER = ['startDate', 'endDate', 'place', 'partOf', 'theme', 'about'];

  /** Facts in the order of reading: when, where, part of what; the last day is left out where it is the first one. */
  function inOrder(facts) {
    const rank = (fact) => (ORDER.indexOf(fact.predicate) + ORDER.length + 1) % (ORDER.length + 1);
    const starts = new Set(facts.filter((fact) => fact.predicate === 'startDate').map((fact) => fact.literal));
    return facts.filter((fact) => fact.predicate !== 'endDate' || !starts.has(fact.literal)).sort((p, q) => rank(p) - rank(q) || p.i - q.i);
  }

  function ofThing(thing) {
    const isEvent = thing.kind === 'event';
    const taken = new Set(thing.facts.filter((fact) => fact.role || (isEvent && fact.target === thing && subset.relationOf(fact) === 'participation')));
    const rest = inOrder(thing.facts.filter((fact) => !taken.has(fact)));
    const posts = thing.facts.filter((fact) => fact.role && fact.subject === thing);
    const staff = thing.facts.filter((fact) => fact.role && fact.subject !== thing);
    return [
      heading(thing),
      section(posts.length === 1 ? 'Post' : 'Posts', posts, cardOn(thing)),
      isEvent ? participants(thing) : null,
      section('Facts', rest, cardOn(thing)),
      section('People with a post here', staff, cardOn(thing)),
      section(`Said by ${words.shorten(thing.label, 40)}`, thing.said, (statement) => statementCard(statement, false), 8),
      section('Said about it', thing.saidAbout, statementCard, 8),
      isEvent ? section('Said there', thing.saidAt.filter((statement) => !thing.saidAbout.includes(statement)), statementCard, 8) : null,
      thing.facts.length + thing.said.length + thing.saidAbout.length === 0 ? el('p', { className: 'quiet' }, 'Named in the articles; no fact or statement about it was read.') : null,
    ];
  }

  function ofTie(edge) {
    return [
      el('header', { className: 'thing' },
        el('p', { className: 'kind' }, 'Tie'),
        el('h2', { className: 'pair' }, evidence.name(edge.a), el('span', { className: 'quiet' }, ' and '), evidence.name(edge.b)),
        el('p', { className: 'steps' }, button('Close', () => state.go({ edge: null }), { title: 'Escape' }))),
      edge.facts.length ? el('section', {}, el('h3', {}, 'Facts'), edge.facts.map((fact) => el('div', { className: 'fact open' }, el('p', {}, evidence.inline(words.fact(fact)), trust(fact.trust)), evidence.ofFact(fact)))) : null,
      section('Statements', edge.statements, statementCard),
      section('Cited', edge.cites, statementCard),
    ];
  }

  function overview() {
    const { things, facts, statements, articles } = model;
    const best = (kind) => model.order.filter((thing) => thing.kind === kind && thing.edges.length);
    return [
      el('header', { className: 'thing' },
        el('h2', {}, 'What this picture holds'),
        el('p', { className: 'lead' },
          `${words.count(facts.length, 'fact', 'facts')} and ${words.count(statements.length, 'statement', 'statements')} from ${words.count(articles.length, 'article', 'articles')}. `,
          'Click a shape for what is known of it, a line for its evidence. Every fact opens on the sentence it was read from.')),
      model.data.leftOut ? el('p', { className: 'note' }, `${words.count(model.data.leftOut, 'thing', 'things')} of the graph with the fewest facts are not in this page. Render with a higher limit to include them.`) : null,
      section('Events', best('event'), thingLine, 8),
      section('People', best('person'), thingLine, 8),
      section('Organisations', best('organisation'), thingLine, 6),
      section('Topics most spoken about', best('topic'), thingLine, 6),
      things.length ? null : el('p', { className: 'quiet' }, 'The graph is empty.'),
    ];
  }

  function thingLine(thing) {
    const caption = words.caption(thing);
    return [evidence.name(thing), caption ? el('span', { className: 'quiet' }, ` ${words.shorten(caption, 90)}`) : null];
  }

  function bySpeaker() {
    const groups = new Map();
    const { statement: passes } = subset.sieve(state.now);
    for (const statement of model.statements.filter(passes)) {
      const key = statement.speaker || UNNAMED;
      if (!groups.has(key)) groups.set(key, []);
      groups.get(key).push(statement);
    }
    const sorted = [...groups].sort((one, other) => (one[0] === UNNAMED) - (other[0] === UNNAMED) || other[1].length - one[1].length);
    if (!sorted.length) return [el('p', { className: 'quiet' }, 'No statement passes the filters.')];
    const focus = state.now.node && groups.has(state.now.node) ? state.now.node : null;
    const speaking = focus ? [[focus, groups.get(focus)], ...sorted.filter(([speaker]) => speaker !== focus)] : sorted;
    return [
      el('header', { className: 'thing' }, el('h2', {}, 'Who said what'),
        el('p', { className: 'lead' }, `${words.count(model.statements.filter(passes).length, 'statement', 'statements')} by ${words.count(sorted.filter(([speaker]) => speaker !== UNNAMED).length, 'named speaker', 'named speakers')}. What was said is reported, not asserted.`)),
      list(speaking, ([speaker, said]) => el('details', { className: 'speaker', open: speaker === focus || sorted.length <= 6, ontoggle: (event) => open(event.target, () => [list(said, (each) => statementCard(each, speaker === UNNAMED), 10)].flat()) },
        el('summary', {}, typeof speaker === 'string' ? el('span', { className: 'unnamed' }, speaker) : [evidence.name(speaker), el('span', { className: 'quiet' }, ` ${words.shorten(words.caption(speaker), 70)}`)],
          el('span', { className: 'number' }, words.number(said.length)))), 30),
    ];
  }

  return { ofThing, ofTie, overview, bySpeaker, factCard, statementCard, section, list };
};
