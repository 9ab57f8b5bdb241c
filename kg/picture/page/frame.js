/* What stands around the picture and the leaf: views, tools, tabs, the trail, and how much is shown. */
'use strict';

newskg.makeFrame = (model, state) => {
  const { el, byId, fill, button } = newskg.elements;
  const { words } = newskg;
  const { groups } = model.data.communities;

  function drawTabs() {
    const tabs = {
      read: 'Read',
      statements: `Statements ${words.number(model.counts.statements)}`,
      articles: `Articles ${words.number(model.articles.length)}`,
    };
    /** A second click on Articles leads from one article to all. */
    const article = state.now.tab === 'articles' ? null : state.now.article;
    const open = (tab) => state.go(tab === 'articles' ? { tab, article } : { tab });
    fill(
      byId('tabs'),
      Object.entries(tabs).map(([tab, text]) =>
        button(text, () => open(tab), {
          role: 'tab',
          id: `tab-${tab}`,
          'aria-selected': String(state.now.tab === tab),
        }),
      ),
    );
    byId('leaf').setAttribute('aria-labelledby', `tab-${state.now.tab}`);
  }

  function drawViews() {
    const views = { map: 'Map', time: 'Along time', table: 'Table' };
    fill(
      byId('views'),
      Object.entries(views).map(([view, text]) =>
        button(text, () => state.go({ view }), { 'aria-pressed': String(state.now.view === view) }),
      ),
    );
  }

  const SCOPES = { all: 'Everything', summary: 'Communities', first: 'Best connected' };

  /** The steps from the overview to what is looked at: [text, the change that leads there]. */
  function steps() {
    const { scope, edge } = state.now;
    const found = [['Overview', { node: null, edge: null, scope: state.START.scope }]];
    const inside = groups.find(([each]) => scope.startsWith('group') && each === parseInt(scope.slice(5), 10));
    if (inside) found.push([inside[1].slice(0, 2).join('; '), { node: null, edge: null }]);
    else if (scope !== state.START.scope) found.push([SCOPES[scope] || 'Community', { node: null, edge: null }]);
    for (const thing of state.trail) found.push([thing.label, { node: thing, edge: null, tab: 'read' }]);
    if (edge) found.push(['Tie', {}]);
    return found;
  }

  function drawTrail() {
    const items = steps().map(([text, change], n, { length }) =>
      n === length - 1
        ? el('span', { 'aria-current': 'location' }, words.shorten(text, 40))
        : button(words.shorten(text, 32), () => state.go(change), { className: 'link' }),
    );
    fill(
      byId('trail'),
      el(
        'ol',
        {},
        items.map((item) => el('li', {}, item)),
      ),
    );
  }

  /** How much is shown, and the way to the rest. */
  function drawNotice(shown) {
    const { node, view, scope } = state.now;
    const make = { first, all, group, narrowed, focus, summary }[shown.kind];
    const below =
      node && window.innerWidth <= 760
        ? button(`Read about ${words.shorten(node.label, 30)}`, () => byId('reader').scrollIntoView())
        : null;
    const columns =
      view === 'time'
        ? el('span', {}, 'Events by their date, others by their first event or mention. ')
        : null;
    fill(byId('notice'), below, view === 'table' ? null : [columns, make(shown, scope)]);
  }

  const total = words.number(model.things.length);
  const toAll = () => button('Show all', () => state.go({ scope: 'all' }));
  const toBest = () => button('Best connected', () => state.go({ scope: 'first', node: null }));
  const toGroups = () =>
    groups.length > 2 && !model.whole ? button('Communities', () => state.go({ scope: 'summary', node: null })) : null;

  function first({ things, hidden }) {
    if (!hidden) return null;
    const count = words.number(things.length);
    return [`The ${count} best connected of ${total}. ${words.number(hidden)} not shown. `, toAll(), toGroups()];
  }

  function all({ things, hidden }) {
    const rest = hidden ? `; ${words.number(hidden)} more are only named, without a fact` : '';
    return [`All ${words.number(things.length)}${rest}. `, toBest(), toGroups()];
  }

  function group({ things }, scope) {
    const community = parseInt(scope.slice(5), 10);
    const members = model.things.filter((thing) => thing.community === community).length;
    return [
      `${words.number(things.length)} of a community of ${words.number(members)}. `,
      members > things.length ? button('Show all of it', () => state.go({ scope: `${scope}.all` })) : null,
      toGroups(),
      toBest(),
    ];
  }

  function narrowed({ things, hidden }) {
    const rest = hidden ? `; ${words.number(hidden)} more not shown. ` : '. ';
    return [`${words.number(things.length)} of ${total} pass the filters${rest}`, hidden ? toAll() : null];
  }

  function focus({ things, hidden, beyond }) {
    const left = [
      hidden ? `${words.count(hidden, 'neighbour', 'neighbours')} with fewer ties, listed beside` : '',
      beyond ? `${words.number(beyond)} more in two steps` : '',
    ].filter(Boolean);
    return left.length ? `${words.number(things.length)} shown; not drawn: ${left.join(', ')}.` : null;
  }

  function summary({ groups: drawn }) {
    const held = drawn.reduce((sum, [, , count]) => sum + count, 0);
    const rest = model.things.length - held;
    const others = rest ? `; ${words.number(rest)} in smaller groups not shown` : '';
    return [
      `${words.number(drawn.length)} communities of ${total}${others}. Click one to look inside. `,
      toBest(),
      toAll(),
    ];
  }

  function copyAddress(event) {
    const place = event.currentTarget;
    const field = el('textarea', { value: state.address(), className: 'unseen' });
    document.body.append(field);
    field.select();
    place.textContent = document.execCommand('copy') ? 'Copied' : 'Copy it from the address bar';
    field.remove();
    window.setTimeout(() => {
      place.textContent = 'Copy link to this view';
    }, 1800);
  }

  function drawTools({ exporting, drawing, recolour, showHelp, shown }) {
    const item = (text, act) => el('li', {}, button(text, act));
    fill(
      byId('tools'),
      el(
        'details',
        { className: 'menu' },
        el('summary', {}, 'Share'),
        el(
          'ul',
          {},
          item('Copy link to this view', copyAddress),
          item('Picture (PNG)', exporting.png),
          item('Picture (SVG)', exporting.svg),
          item('What is shown (CSV)', () => exporting.csv(shown())),
          item('What is shown (GraphML)', () => exporting.graphml(shown())),
          item('Print', () => window.print()),
        ),
      ),
      button('', recolour, { className: 'icon theme', 'aria-label': 'Dark or light', title: 'Dark or light' }),
      button('?', showHelp, { className: 'icon', 'aria-label': 'Keys', title: 'Keys' }),
    );
    fill(
      byId('zoom'),
      button('+', () => drawing.zoom(1.3), { 'aria-label': 'Zoom in', title: 'Zoom in' }),
      button('−', () => drawing.zoom(1 / 1.3), { 'aria-label': 'Zoom out', title: 'Zoom out' }),
      button('Fit', () => drawing.fit(), { 'aria-label': 'Show everything', title: 'Fit' }),
    );
  }

  return { drawTabs, drawViews, drawTrail, drawNotice, drawTools };
};
