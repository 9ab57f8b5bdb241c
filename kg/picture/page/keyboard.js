/* Everything by keyboard: search, move between neighbours, open, close, change the view. */
'use strict';

newskg.makeKeyboard = (model, state, search, drawing, say, cursor) => {
  const { el, byId, fill, button } = newskg.elements;
  const { words } = newskg;
  const KEYS = [
    ['/', 'Search'],
    ['Arrow keys', 'Move to the neighbour in that direction'],
    ['Enter', 'Open what is marked'],
    ['Escape', 'Go back, close'],
    ['2', 'One or two steps around'],
    ['M', 'Map'],
    ['L', 'Along time'],
    ['T', 'Table'],
    ['+ −', 'Zoom'],
    ['0', 'Fit'],
    ['?', 'These keys'],
  ];
  const DIRECTIONS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
  const help = byId('help');

  /** The shown thing that lies best in a direction: neighbours first, else anything shown. */
  function next(direction) {
    const { points, ties, things } = drawing.shown;
    if (!things.length) return null;
    const from = cursor.get() && points.has(cursor.get()) ? cursor.get() : null;
    if (!from)
      return state.now.node || things.reduce((best, thing) => (thing.size > best.size ? thing : best), things[0]);
    const near = ties.flatMap(({ edge }) => (edge.a === from ? [edge.b] : edge.b === from ? [edge.a] : []));
    return inDirection(from, near, direction, points) || inDirection(from, things, direction, points);
  }

  function inDirection(from, candidates, [dx, dy], points) {
    const here = points.get(from);
    let best = null;
    for (const thing of candidates) {
      const there = points.get(thing);
      if (!there || thing === from) continue;
      const along = (there.x - here.x) * dx + (there.y - here.y) * dy;
      const aside = Math.abs((there.x - here.x) * dy) + Math.abs((there.y - here.y) * dx);
      if (along <= 0 || aside > along * 1.8) continue;
      const cost = along + 2 * aside;
      if (!best || cost < best.cost) best = { thing, cost };
    }
    return best && best.thing;
  }

  function describe(thing) {
    const caption = words.caption(thing);
    return `${words.shorten(thing.label, 120)}, ${words.kinds(thing.kind, 1)}${caption ? `, ${caption}` : ''}, ${words.count(thing.edges.length, 'tie', 'ties')}`;
  }

  function back() {
    if (state.now.edge) state.go({ edge: null });
    else if (state.trail.length > 1) state.go({ node: state.trail[state.trail.length - 2] });
    else if (state.now.node) state.go({ node: null });
    else if (state.now.scope !== state.START.scope) state.go({ scope: state.START.scope });
  }

  function onCanvas(event) {
    const direction = DIRECTIONS[event.key];
    if (direction) {
      const thing = next(direction);
      if (thing) {
        cursor.set(thing);
        say(describe(thing));
      }
      event.preventDefault();
    } else if (event.key === 'Enter' && cursor.get()) {
      state.go({ node: cursor.get(), edge: null, tab: 'read' });
      event.preventDefault();
    }
  }

  const COMMANDS = {
    '/': search.focus,
    2: () => state.go({ steps: state.now.steps === 2 ? 1 : 2 }),
    m: () => state.go({ view: 'map' }),
    l: () => state.go({ view: 'time' }),
    t: () => state.go({ view: state.now.view === 'table' ? 'map' : 'table' }),
    '+': () => drawing.zoom(1.3),
    '=': () => drawing.zoom(1.3),
    '-': () => drawing.zoom(1 / 1.3),
    0: () => drawing.fit(),
    '?': () => showHelp(),
    Escape: back,
  };

  function showHelp() {
    fill(
      help,
      el('h2', {}, 'Keys'),
      el(
        'dl',
        {},
        KEYS.map(([key, what]) => [el('dt', {}, el('kbd', {}, key)), el('dd', {}, what)]),
      ),
      button('Close', () => help.close()),
    );
    help.showModal();
  }

  drawing.container.addEventListener('keydown', onCanvas);
  document.addEventListener('keydown', (event) => {
    const typing = event.target.closest('input:not([type=checkbox]):not([type=range]), select, textarea, dialog');
    if (typing || event.ctrlKey || event.metaKey || event.altKey) return;
    const command = COMMANDS[event.key.length === 1 ? event.key.toLowerCase() : event.key];
    if (!command) return;
    command();
    event.preventDefault();
  });

  return { showHelp, describe, back };
};
