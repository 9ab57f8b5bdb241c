/* Puts the parts together: the state changes, and everything that depends on it is drawn again. */
'use strict';

newskg.start = async () => {
  const { byId, fill } = newskg.elements;
  const { words, places, alongTime } = newskg;
  const model = await newskg.loadModel();
  const state = newskg.makeState(model);
  const subset = newskg.makeSubset(model, state, () => drawing.free());
  const theme = newskg.makeTheme();
  const evidence = newskg.makeEvidence(model, state);
  const cards = newskg.makeCards(model, evidence);
  const reading = newskg.makeReading(model, state, subset, evidence, cards);
  const articles = newskg.makeArticleView(model, state, evidence, cards);
  const tip = newskg.makeTip(model, evidence);
  const frame = newskg.makeFrame(model, state);
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
  const search = newskg.makeSearch(model, state);
  const filters = newskg.makeFilters(model, state, subset);
  const timeline = newskg.makeTimeline(model, state);
  const table = newskg.makeTable(model, state, subset, evidence);
  const exporting = newskg.makeExport(model, state, subset, drawing, theme);
  const keyboard = newskg.makeKeyboard(model, state, search, drawing, say, cursor);

  function drawPicture(refit) {
    const { view, node } = state.now;
    byId('table').hidden = view !== 'table';
    drawing.container.hidden = view === 'table';
    byId('zoom').hidden = view === 'table';
    compute();
    if (view === 'table') {
      table.draw(shown);
      return;
    }
    if (shown.kind === 'summary') drawing.showSummary({ ...model.data.communities, groups: shown.groups });
    else if (view === 'time') drawing.show(shown);
    else drawing.show({ ...shown, points: node ? places.around(node, shown) : places.asLaidOut(shown, model) });
    if (refit) drawing.fit(refit !== 'still');
  }

  /** What is shown depends on the room for it, and that on the lines of the notice. */
  function compute() {
    for (let room = null; room === null || room !== drawing.container.clientHeight;) {
      room = drawing.container.clientHeight;
      shown = subset.compute();
      if (state.now.view === 'time') shown = alongTime.places(shown, drawing.free());
      frame.drawNotice(shown);
    }
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

  const FILTERS = ['kinds', 'relations', 'role', 'organisation', 'inArticle', 'trust', 'from', 'to'];
  const SIGHT = ['view', 'scope', 'node', 'steps', 'presence'];

  function draw(now, before) {
    const changed = (...names) => !before || names.some((name) => now[name] !== before[name]);
    if (changed('edge', ...SIGHT, ...FILTERS)) {
      marked = null;
      const refit = changed(...SIGHT, 'role', 'organisation', 'inArticle', 'trust');
      filters.draw();
      timeline.draw();
      frame.drawTrail();
      frame.drawViews();
      drawPicture(before ? refit : 'still');
    }
    if (changed('tab', 'node', 'edge', 'article', 'at', 'steps', 'presence', ...FILTERS)) {
      frame.drawTabs();
      drawLeaf();
    }
    if (before && now.node && now.node !== before.node) say(keyboard.describe(now.node));
    tip.show(null);
  }

  function recolour() {
    theme.read();
    drawPicture(false);
  }

  const counts = model.data.kinds
    .map((kind) => [kind, model.things.filter((thing) => thing.kind === kind).length])
    .filter(([, n]) => n);
  fill(byId('counts'), counts.map(([kind, n]) => words.count(n, words.kinds(kind, 1), words.kinds(kind))).join(', '));
  frame.drawTools({
    exporting,
    drawing,
    showHelp: keyboard.showHelp,
    recolour: () => {
      theme.toggle();
      recolour();
    },
    shown: () => (shown.kind === 'summary' ? subset.compute({ ...state.now, scope: 'all' }) : shown),
  });
  theme.listen(recolour);
  state.listen(draw);
  state.begin();
  document.addEventListener('click', (event) => {
    for (const menu of document.querySelectorAll('details.menu[open]'))
      if (!menu.contains(event.target) || event.target.closest('ul')) menu.open = false;
  });
  Object.assign(newskg, { model, state, drawing, exporting, shown: () => shown });
  performance.mark('ready');
  document.documentElement.dataset.ready = 'yes';
};

newskg.start().catch((error) => {
  document.getElementById('notice').textContent = `The picture could not be drawn: ${error.message}`;
  throw error;
});
