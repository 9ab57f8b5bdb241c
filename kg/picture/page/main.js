/* Puts the parts together: the state changes, and everything that depends on it is drawn again. */
'use strict';

newskg.makeTheme = () => {
  const root = document.documentElement;
  const dark = window.matchMedia('(prefers-color-scheme: dark)');
  const theme = {
    /** Reads the colours of the style sheet for the canvas. */
    read() {
      const style = getComputedStyle(root);
      for (const name of ['paper', 'ink', 'quiet', 'line', 'said', 'faint', 'faintsaid', 'accent', 'group']) theme[name] = style.getPropertyValue(`--${name}`).trim();
      theme.style = style;
      theme.kinds = {};
    },
    kind(colours, kind) {
      theme.kinds[kind] ||= theme.style.getPropertyValue(`--${kind}`).trim() || colours[kind];
      return theme.kinds[kind];
    },
    toggle() {
      root.dataset.theme = theme.isDark() ? 'light' : 'dark';
      theme.read();
    },
    isDark: () => (root.dataset.theme ? root.dataset.theme === 'dark' : dark.matches),
    listen: (listener) => dark.addEventListener('change', listener),
  };
  theme.read();
  return theme;
};

newskg.start = async () => {
  const { el, byId, fill, button } = newskg.elements;
  const { words, places } = newskg;
  const model = await newskg.loadModel();
  const state = newskg.makeState(model);
  const subset = newskg.makeSubset(model, state);
  const theme = newskg.makeTheme();
  const evidence = newskg.makeEvidence(model, state);
  const reading = newskg.makeReading(model, state, subset, evidence);
  const articles = newskg.makeArticleView(model, state, evidence, reading);
  const tip = newskg.makeTip(evidence, reading);
  const { whole } = model;
  let shown = null;
  let marked = null;

  const drawing = newskg.makeDrawing(model, state, theme, {
    node: (thing) => state.go({ node: thing, edge: null, tab: 'read' }),
    edge: (edge) => state.go({ edge, tab: 'read' }),
    group: (group) => state.go({ scope: `group${group}` }),
    nothing: () => state.now.edge && state.go({ edge: null }),
    hover: tip.show,
    resize: () => shown && state.now.view !== 'table' && drawPicture('still'),
  });
  const cursor = {
    get: () => marked || state.now.node,
    set: (thing) => {
      marked = thing;
      drawing.ring(thing);
    },
  };
  const say = (text) => fill(byId('said'), text);
  const search = newskg.makeSearch(model, state, evidence);
  const filters = newskg.makeFilters(model, state, subset);
  const timeline = newskg.makeTimeline(model, state);
  const table = newskg.makeTable(model, state, subset, evidence);
  const exporting = newskg.makeExport(model, state, subset, drawing, theme);
  const keyboard = newskg.makeKeyboard(model, state, search, drawing, say, cursor);

  function drawPicture(refit) {
    shown = subset.compute();
    const { view, node } = state.now;
    byId('table').hidden = view !== 'table';
    drawing.container.hidden = view === 'table';
    byId('zoom').hidden = view === 'table';
    if (view === 'table') {
      table.draw(shown.kind === 'summary' ? subset.compute({ ...state.now, scope: 'all' }) : shown);
      return;
    }
    if (shown.kind === 'summary' && view === 'map') drawing.showSummary(model.data.communities);
    else if (view === 'time') drawing.show({ ...timed(), ...places.alongTime(timed(), drawing.container.clientWidth) });
    else drawing.show({ ...shown, points: node ? places.around(node, shown) : places.asLaidOut(shown, whole) });
    if (refit) drawing.fit(refit !== 'still');
  }

  /** Time needs things, not communities. */
  const timed = () => (shown.kind === 'summary' ? subset.compute({ ...state.now, scope: 'first' }) : shown);

  function drawTabs() {
    const tabs = { read: 'Read', statements: `Statements ${words.number(model.statements.length)}`, articles: `Articles ${words.number(model.articles.length)}` };
    fill(byId('tabs'), Object.entries(tabs).map(([tab, text]) => button(text, () => state.go({ tab, ...(tab === 'articles' ? { article: state.now.tab === 'articles' ? null : state.now.article } : {}) }), { role: 'tab', id: `tab-${tab}`, 'aria-selected': String(state.now.tab === tab) })));
    byId('leaf').setAttribute('aria-labelledby', `tab-${state.now.tab}`);
  }

  function drawLeaf() {
    const { tab, node, edge } = state.now;
    const leaf = byId('leaf');
    if (tab === 'statements') fill(leaf, reading.bySpeaker());
    else if (tab === 'articles') fill(leaf, articles.view());
    else if (edge) fill(leaf, reading.ofTie(edge));
    else if (node) fill(leaf, reading.ofThing(node));
    else fill(leaf, reading.overview());
    byId('reader').scrollTop = 0;
    leaf.querySelector('.sought')?.scrollIntoView({ block: 'center' });
  }

  function drawViews() {
    const views = { map: 'Map', time: 'Along time', table: 'Table' };
    fill(byId('views'), Object.entries(views).map(([view, text]) => button(text, () => state.go({ view }), { 'aria-pressed': String(state.now.view === view) })));
  }

  function drawTrail() {
    const step = (text, change, current) => el('li', {}, current ? el('span', { 'aria-current': 'location' }, words.shorten(text, 40)) : button(words.shorten(text, 32), () => state.go(change), { className: 'link' }));
    const { scope } = state.now;
    const group = scope.startsWith('group') ? model.data.communities.groups.find(([each]) => each === parseInt(scope.slice(5), 10)) : null;
    const steps = [step('Overview', { node: null, edge: null, scope: state.START.scope }, !state.trail.length && scope === state.START.scope && !state.now.edge)];
    if (group) steps.push(step(group[1].slice(0, 2).join('; '), { node: null, edge: null }, !state.trail.length));
    else if (scope !== state.START.scope) steps.push(step(scope === 'all' ? 'Everything' : scope === 'summary' ? 'Communities' : 'Best connected', { node: null, edge: null }, !state.trail.length));
    state.trail.forEach((thing, n) => steps.push(step(thing.label, { node: thing, edge: null, tab: 'read' }, n === state.trail.length - 1 && !state.now.edge)));
    if (state.now.edge) steps.push(step('Tie', {}, true));
    fill(byId('trail'), el('ol', {}, steps));
  }

  /** How much is shown, and the way to the rest. */
  function drawNotice() {
    const notice = byId('notice');
    const total = words.number(model.things.length);
    const things = words.number(shown.things.length);
    const all = button('Show all', () => state.go({ scope: 'all' }));
    const groups = model.data.communities.groups.length > 2 && !whole ? button('Communities', () => state.go({ scope: 'summary', node: null })) : null;
    const best = button('Best connected', () => state.go({ scope: 'first', node: null }));
    const group = parseInt(state.now.scope.slice(5), 10);
    const inGroup = shown.kind === 'group' ? model.things.filter((thing) => thing.community === group).length : 0;
    const messages = {
      first: shown.hidden ? [`The ${things} best connected of ${total}. ${words.number(shown.hidden)} not shown. `, all, groups] : null,
      all: whole ? null : [`All ${things}${shown.hidden ? `; ${words.number(shown.hidden)} more are only named, without a fact` : ''}. `, best, groups],
      group: [`${things} of a community of ${words.number(inGroup)}. `, inGroup > shown.things.length ? button('Show all of it', () => state.go({ scope: `${state.now.scope}.all` })) : null, groups, best],
      narrowed: [`${things} of ${total} pass the filters${shown.hidden ? `; ${words.number(shown.hidden)} more not shown. ` : '. '}`, shown.hidden ? all : null],
      focus: shown.hidden ? [`${things} shown; ${words.count(shown.hidden, 'neighbour', 'neighbours')} with fewer ties not drawn, but listed beside.`] : null,
      summary: [`${words.number(model.data.communities.groups.length)} communities of ${total}${model.data.communities.others ? `; ${words.number(model.data.communities.others)} in smaller groups not shown` : ''}. Click one to look inside. `, best, all],
    };
    fill(notice, state.now.view === 'table' ? null : messages[shown.kind]);
  }

  function draw(now, before) {
    const same = (...names) => before && names.every((name) => now[name] === before[name]);
    const picture = !same('view', 'scope', 'node', 'steps', 'kinds', 'relations', 'role', 'organisation', 'inArticle', 'trust', 'from', 'to', 'edge');
    if (picture) {
      marked = null;
      const refit = !same('view', 'scope', 'node', 'steps', 'role', 'organisation', 'inArticle', 'trust');
      drawPicture(before ? refit : 'still');
      filters.draw();
      timeline.draw();
      drawNotice();
      drawTrail();
      drawViews();
    }
    if (!same('tab', 'node', 'edge', 'article', 'at', 'steps', 'kinds', 'relations', 'role', 'organisation', 'inArticle', 'trust', 'from', 'to')) {
      drawTabs();
      drawLeaf();
    }
    if (before && now.node && now.node !== before.node) say(keyboard.describe(now.node));
    tip.show(null);
  }

  function recolour() {
    theme.read();
    drawPicture(false);
  }

  function copyAddress(event) {
    const place = event.currentTarget;
    const done = () => {
      place.textContent = 'Copied';
      window.setTimeout(() => { place.textContent = 'Copy link to this view'; }, 1500);
    };
    const field = el('textarea', { value: state.address(), className: 'unseen' });
    document.body.append(field);
    field.select();
    document.execCommand('copy');
    field.remove();
    done();
  }

  function drawTools() {
    const now = () => (shown.kind === 'summary' ? subset.compute({ ...state.now, scope: 'all' }) : shown);
    const item = (text, act) => el('li', {}, button(text, act));
    fill(byId('tools'),
      el('details', { className: 'menu' }, el('summary', {}, 'Share'), el('ul', {},
        item('Copy link to this view', copyAddress), item('Picture (PNG)', exporting.png), item('Picture (SVG)', exporting.svg),
        item('What is shown (CSV)', () => exporting.csv(now())), item('What is shown (GraphML)', () => exporting.graphml(now())), item('Print', () => window.print()))),
      button('', () => { theme.toggle(); recolour(); }, { className: 'icon theme', 'aria-label': 'Dark or light', title: 'Dark or light' }),
      button('?', keyboard.showHelp, { className: 'icon', 'aria-label': 'Keys', title: 'Keys' }));
    fill(byId('zoom'), button('+', () => drawing.zoom(1.3), { 'aria-label': 'Zoom in', title: 'Zoom in' }), button('−', () => drawing.zoom(1 / 1.3), { 'aria-label': 'Zoom out', title: 'Zoom out' }), button('Fit', () => drawing.fit(), { 'aria-label': 'Show everything', title: 'Fit' }));
  }

  const counts = model.data.kinds.map((kind) => [kind, model.things.filter((thing) => thing.kind === kind).length]).filter(([, n]) => n);
  fill(byId('counts'), counts.map(([kind, n]) => words.count(n, words.kinds(kind, 1), words.kinds(kind))).join(', '));
  drawTools();
  theme.listen(recolour);
  state.listen(draw);
  state.begin();
  document.addEventListener('click', (event) => {
    for (const menu of document.querySelectorAll('details.menu[open]')) if (!menu.contains(event.target) || event.target.closest('ul')) menu.open = false;
  });
  Object.assign(newskg, { model, state, drawing, exporting, shown: () => shown });
  performance.mark('ready');
  document.documentElement.dataset.ready = 'yes';
};

newskg.start().catch((error) => {
  document.getElementById('notice').textContent = `The picture could not be drawn: ${error.message}`;
  throw error;
});
