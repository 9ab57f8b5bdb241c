/* The picture itself: vis-network draws the shapes and ties and moves the sight; labels are laid over it. */
'use strict';

newskg.makeDrawing = (model, state, theme, on) => {
  const { byId } = newskg.elements;
  const { words } = newskg;
  const { shapes, colours } = model.data;
  const labels = newskg.makeLabels(theme, () => byId('canvas').clientWidth < 560);
  /** Pixels kept free around the picture for what lies over it. */
  const MARGIN = { side: 14, top: 46, bottom: 12, label: 16 };
  const MOST_STRETCHED = 1.8;
  const MOST_ENLARGED = 3;
  /** From so many things on only shapes, plain lines and the labels that find room are drawn. */
  const MANY = 900;
  const MOVED_AS_IMAGE = 250;
  const container = byId('canvas');
  const nodes = new vis.DataSet();
  const edges = new vis.DataSet();
  const options = { ...model.data.options, autoResize: true };
  const network = new vis.Network(container, { nodes, edges }, options);
  container.querySelectorAll('canvas').forEach((canvas) => canvas.setAttribute('aria-hidden', 'true'));

  let shown = { things: [], ties: [], lanes: [], points: new Map() };
  let marks = [];
  let tieMarks = [];
  let chosen = [];
  let chosenAt = 0;
  let ringed = null;
  let moving = null;
  let shownIn = { width: 0, height: 0 };
  let crowding = 1;

  const calm = window.matchMedia('(prefers-reduced-motion: reduce)').matches;

  function nodeOf(thing, point) {
    const colour = theme.kind(colours, thing.kind);
    const picked = state.now.node === thing;
    return {
      id: thing.i, x: point.x, y: point.y, shape: shapes[thing.kind], size: sizeOf(thing),
      borderWidth: picked ? 4 : crowding < 0.5 ? 0.5 : 1.5,
      color: { background: colour, border: picked ? theme.ink : theme.paper, hover: { background: colour, border: theme.ink }, highlight: { background: colour, border: theme.ink } },
    };
  }

  /** A tie in a picture of very many: a thin pale line. */
  function paleEdgeOf({ edge, facts }) {
    return { id: edge.i, from: edge.a.i, to: edge.b.i, width: 0.4, color: { color: facts.length ? theme.faint : theme.faintsaid, hover: theme.accent, highlight: theme.accent, inherit: false } };
  }

  function edgeOf(tie) {
    const { edge, facts, statements, cites } = tie;
    const said = !facts.length;
    const directed = crowding > 0.6 && facts.every((fact) => fact.subject === facts[0].subject);
    const from = facts.length ? facts[0].subject : statements.length ? statements[0].speaker : cites.length ? cites[0].outer.speaker : edge.a;
    const to = from === edge.a ? edge.b : edge.a;
    const picked = state.now.edge === edge;
    const aside = state.now.node && edge.a !== state.now.node && edge.b !== state.now.node;
    return {
      id: edge.i, from: from.i, to: to.i,
      dashes: said ? [5, 4] : false,
      width: picked ? 3 : aside ? 0.5 : Math.min(3, 1 + Math.log2(facts.length + statements.length + cites.length) * 0.4),
      arrows: directed && !aside ? { to: { enabled: true, scaleFactor: 0.4 } } : undefined,
      color: { color: picked ? theme.accent : said ? theme.said : theme.line, highlight: theme.accent, hover: theme.accent, inherit: false },
    };
  }

  /**
   * The points drawn out or in along each axis until shapes and labels fill the window at their natural size, around
   * (0, 0); a lying picture is turned for a standing window. No axis is stretched much more than the other.
   */
  function arranged(points) {
    const room = free();
    const range = (map, axis) => [...map.values()].reduce(([low, high], p) => [Math.min(low, p[axis]), Math.max(high, p[axis])], [Infinity, -Infinity]);
    const length = (map, axis) => Math.max(1, range(map, axis)[1] - range(map, axis)[0]);
    const turn = room.width < room.height * 0.8 && length(points, 'x') > length(points, 'y');
    const given = new Map([...points].map(([thing, p]) => [thing, turn ? { x: p.y, y: p.x } : p]));
    const wanted = { x: (room.width - Math.min(130, room.width * 0.2)) / length(given, 'x'), y: (room.height - 84) / length(given, 'y') };
    const factor = { x: Math.min(wanted.x, wanted.y * MOST_STRETCHED, MOST_ENLARGED), y: Math.min(wanted.y, wanted.x * MOST_STRETCHED, MOST_ENLARGED) };
    const middle = { x: (range(given, 'x')[0] + range(given, 'x')[1]) / 2, y: (range(given, 'y')[0] + range(given, 'y')[1]) / 2 };
    return new Map([...given].map(([thing, p]) => [thing, { x: (p.x - middle.x) * factor.x, y: (p.y - middle.y) * factor.y }]));
  }

  const free = () => ({ width: container.clientWidth - 2 * MARGIN.side, height: container.clientHeight - MARGIN.top - MARGIN.bottom });

  /** Shows things at points (a Map) with ties between them; `fixed` points keep their distances. */
  function show({ things, ties, points: given, lanes = [], scale = null, fixed = false }) {
    const many = things.length > MANY;
    shownIn = { width: container.clientWidth, height: container.clientHeight };
    ringed = null;
    crowding = crowdingOf(things.length);
    const unplaced = markThings(things);
    const natural = !fixed;
    const points = natural ? arranged(given) : given;
    shown = { things, ties, points, lanes, scale, natural };
    network.setOptions({ interaction: { hideEdgesOnZoom: things.length > 2500, dragNodes: !many } });
    nodes.clear();
    edges.clear();
    nodes.add(things.map((thing) => nodeOf(thing, points.get(thing))));
    edges.add(ties.map(many ? paleEdgeOf : edgeOf));
    marks = unplaced;
    placeMarks();
    tieMarks = many ? [] : markTies(ties);
    chosenAt = 0;
  }

  const sizeOf = (thing) => (thing === state.now.node ? Math.max(thing.size, 16) : thing.size) * crowding;

  /** By how much shapes are drawn smaller where many stand in a small window. */
  function crowdingOf(count) {
    const { width, height } = free();
    return Math.min(1, Math.max(0.2, Math.sqrt((width * height) / Math.max(1, count) / (count > MANY ? 1500 : 11000))));
  }

  function markThings(things) {
    const big = things.reduce((most, thing) => Math.max(most, thing.size), 0);
    return things.slice()
      .sort((p, q) => (q === state.now.node) - (p === state.now.node) || q.size - p.size || p.i - q.i)
      .map((thing) => ({ thing, label: thing.label, size: sizeOf(thing), strong: thing === state.now.node || (thing.size > big * 0.6 && thing.size > 12), x: 0, y: 0 }));
  }

  function placeMarks() {
    for (const mark of marks) Object.assign(mark, shown.points.get(mark.thing));
    for (const mark of tieMarks) Object.assign(mark, { from: shown.points.get(mark.tie.edge.a), to: shown.points.get(mark.tie.edge.b) });
  }

  /** The words on ties: around a focus those of its own ties, in a wider picture those of facts. */
  function markTies(ties) {
    const { node } = state.now;
    const own = (tie) => tie.edge.a === node || tie.edge.b === node;
    const worded = node ? ties.filter(own) : ties.filter((tie) => tie.facts.length);
    if (worded.length > 400 || (!node && container.clientWidth < 560)) return [];
    return worded.map((tie) => ({
      tie, label: node ? words.tie(tie.edge, tie.facts, tie.statements, tie.cites) : words.tie(tie.edge, tie.facts, [], []),
      from: shown.points.get(tie.edge.a), to: shown.points.get(tie.edge.b),
      rank: (tie.facts.length ? 2 : 0) + (tie.facts.some((fact) => fact.role) ? 1 : 0),
    })).sort((p, q) => q.rank - p.rank);
  }

  /** Shows the communities as nodes; a click goes into one. */
  function showSummary(summary) {
    shown = { things: [], ties: [], points: new Map(), lanes: [], scale: null, natural: true };
    shownIn = { width: container.clientWidth, height: container.clientHeight };
    nodes.clear();
    edges.clear();
    const smaller = crowdingOf(summary.groups.length * 2);
    marks = summary.groups.map(([group, names, count, size, x, y]) => ({ thing: group, label: [...names.slice(0, 2).map((name) => words.shorten(name, 24)), `${words.number(count)} things`].join('\n'), size, x, y, strong: size > 30 }));
    for (const mark of marks) mark.size *= smaller;
    const points = arranged(new Map(marks.map((mark) => [mark.thing, { x: mark.x, y: mark.y }])));
    for (const mark of marks) Object.assign(mark, points.get(mark.thing));
    nodes.add(marks.map(({ thing: group, size, x, y }) => ({
      id: `group${group}`, x, y, shape: 'dot', size, color: { background: theme.group, border: theme.quiet, hover: { background: theme.accent, border: theme.ink } },
    })));
    const strongest = Math.max(1, ...summary.ties.map(([, , count]) => count));
    edges.add(summary.ties.map(([one, other, count], n) => ({
      id: `tie${n}`, from: `group${summary.groups[one][0]}`, to: `group${summary.groups[other][0]}`,
      width: 0.6 + (7 * count) / strongest, color: { color: theme.faint, inherit: false, hover: theme.faint },
    })));
    tieMarks = [];
    chosenAt = 0;
  }

  /** The rectangle around marks and their labels, in pixels at a scale. */
  function extent(all, scale) {
    const shapesOf = all.map(({ x, y, size }) => ({ x0: (x - size) * scale, x1: (x + size) * scale, y0: (y - size) * scale, y1: (y + size) * scale }));
    const lanes = shown.lanes.map((lane) => ({ x0: lane.left * scale, x1: 0, y0: lane.top * scale - 44, y1: lane.bottom * scale }));
    return [...labels.choose(all, [], scale).map(({ box }) => box), ...shapesOf, ...lanes].reduce((sum, box) => ({
      x0: Math.min(sum.x0, box.x0), x1: Math.max(sum.x1, box.x1), y0: Math.min(sum.y0, box.y0), y1: Math.max(sum.y1, box.y1),
    }), { x0: Infinity, x1: -Infinity, y0: Infinity, y1: -Infinity });
  }

  /** Moves the sight so that every shape with its label is inside. */
  function fit(animated = true) {
    if (!marks.length) return;
    const { width, height } = free();
    if (shown.natural) {
      move({ x: 0, y: (MARGIN.bottom - MARGIN.top) / 2 + MARGIN.label }, 1, animated);
      return;
    }
    let scale = 1;
    let box = extent(marks, scale);
    for (let n = 0; n < 4; n += 1) {
      const factor = Math.min(width / (box.x1 - box.x0), height / (box.y1 - box.y0));
      if (factor >= 1 && (n > 0 || scale >= 1)) break;
      scale = Math.max(0.02, scale * factor);
      box = extent(marks, scale);
    }
    move({ x: (box.x0 + box.x1) / 2 / scale, y: ((box.y0 + box.y1) / 2 - (MARGIN.top - MARGIN.bottom) / 2) / scale }, scale, animated);
  }

  function move(position, scale, animated) {
    const slowly = animated && !calm && marks.length < MANY;
    network.moveTo({ position, scale, animation: slowly ? { duration: 260, easingFunction: 'easeInOutQuad' } : false });
  }

  /** The labels for a scale; at the natural size none reaches over the edge of the window. */
  function chooseFor(scale) {
    const { width, height } = free();
    const middle = (MARGIN.bottom - MARGIN.top) / 2 + MARGIN.label;
    const top = middle - container.clientHeight / 2 + MARGIN.top;
    const bounds = shown.natural && Math.abs(scale - 1) < 1e-6 ? { x0: -width / 2, x1: width / 2, y0: top - 6, y1: top + height + 8 } : null;
    chosen = labels.choose(marks, tieMarks, scale, bounds);
    chosenAt = scale;
  }

  function sight(scale) {
    const centre = network.getViewPosition();
    const w = container.clientWidth / 2;
    const h = container.clientHeight / 2;
    return { x0: centre.x * scale - w, x1: centre.x * scale + w, y0: centre.y * scale - h, y1: centre.y * scale + h };
  }

  function drawLanes(context) {
    if (!shown.scale) return;
    const zoom = network.getScale();
    context.save();
    context.fillStyle = theme.quiet;
    context.strokeStyle = theme.line;
    context.globalAlpha = 0.7;
    context.lineWidth = 1 / zoom;
    context.font = `${12 / zoom}px ${labels.FONT}`;
    context.textAlign = 'center';
    const top = shown.lanes.length ? shown.lanes[0].top : 0;
    const bottom = shown.lanes.length ? shown.lanes[shown.lanes.length - 1].bottom : 0;
    let last = -Infinity;
    for (const { day, x } of shown.scale) {
      if ((x - last) * zoom < 110) continue;
      last = x;
      context.beginPath();
      context.moveTo(x, top);
      context.lineTo(x, bottom);
      context.stroke();
      context.fillText(words.day(new Date(day * 86400000).toISOString()), x, top - 30 / zoom);
    }
    context.textAlign = 'left';
    for (const lane of shown.lanes) context.fillText(words.kinds(lane.kind), lane.left, (lane.top + lane.bottom) / 2);
    context.restore();
  }

  /**
   * While a picture of many things is dragged, it is moved as an image; shapes are drawn again when it rests. So the
   * hand feels no delay at any size.
   */
  function takeImage() {
    const canvas = container.querySelector('canvas');
    const copy = document.createElement('canvas');
    copy.width = canvas.width;
    copy.height = canvas.height;
    copy.getContext('2d').drawImage(canvas, 0, 0);
    moving = { copy, from: network.canvasToDOM({ x: 0, y: 0 }), ratio: canvas.width / canvas.clientWidth };
  }

  function drawImage(context) {
    const now = network.canvasToDOM({ x: 0, y: 0 });
    context.save();
    context.setTransform(1, 0, 0, 1, 0, 0);
    context.drawImage(moving.copy, (now.x - moving.from.x) * moving.ratio, (now.y - moving.from.y) * moving.ratio);
    context.restore();
  }

  network.on('dragStart', ({ nodes: held }) => {
    const image = !held.length && shown.things.length > MOVED_AS_IMAGE;
    network.setOptions({ interaction: { hideNodesOnDrag: image, hideEdgesOnDrag: image } });
    if (image) takeImage();
  });
  network.on('dragEnd', () => {
    moving = null;
    network.redraw();
  });
  network.on('beforeDrawing', (context) => (moving ? drawImage(context) : drawLanes(context)));
  network.on('afterDrawing', (context) => {
    if (moving) return;
    const scale = network.getScale();
    if (Math.abs(scale - chosenAt) > 1e-9) chooseFor(scale);
    labels.draw(context, chosen, scale, sight(scale));
    drawRing(context, scale);
  });

  network.on('dragging', ({ nodes: moved }) => {
    if (!moved.length) return;
    const thing = model.things[moved[0]];
    const point = thing && shown.points.get(thing);
    if (!point) return;
    const at = network.getPosition(moved[0]);
    shown.points.set(thing, { x: at.x, y: at.y });
    placeMarks();
    chosenAt = 0;
  });

  const thingOf = (id) => (typeof id === 'number' ? model.things[id] : null);

  network.on('click', ({ nodes: [node], edges: [edge] }) => {
    network.unselectAll();
    if (typeof node === 'string') on.group(Number(node.slice(5)));
    else if (node !== undefined) on.node(thingOf(node));
    else if (typeof edge === 'number') on.edge(model.edges[edge]);
    else on.nothing();
  });
  network.on('hoverNode', ({ node, event }) => thingOf(node) && on.hover({ thing: thingOf(node) }, event));
  network.on('hoverEdge', ({ edge, event }) => typeof edge === 'number' && on.hover({ tie: shown.ties.find((tie) => tie.edge.i === edge) }, event));
  for (const name of ['blurNode', 'blurEdge', 'dragStart', 'zoom']) network.on(name, () => on.hover(null));
  network.on('resize', () => window.setTimeout(() => {
    if (container.clientWidth !== shownIn.width || container.clientHeight !== shownIn.height) on.resize();
  }, 0));

  /** A ring around the thing that the keyboard is at. */
  function ring(thing) {
    ringed = thing;
    network.redraw();
  }

  function drawRing(context, scale) {
    const point = ringed && shown.points.get(ringed);
    if (!point) return;
    context.beginPath();
    context.arc(point.x, point.y, sizeOf(ringed) + 7 / scale, 0, 2 * Math.PI);
    context.lineWidth = 2.5 / scale;
    context.strokeStyle = theme.accent;
    context.stroke();
  }

  function zoom(factor) {
    network.moveTo({ scale: network.getScale() * factor, animation: calm ? false : { duration: 160, easingFunction: 'easeInOutQuad' } });
  }

  return {
    show,
    showSummary,
    fit,
    zoom,
    ring,
    sizeOf,
    get shown() {
      return shown;
    },
    /** Labels as drawn: text and box in pixels of the screen, for exports and tests. */
    placed() {
      const scale = network.getScale();
      chooseFor(scale);
      const { x0, y0 } = sight(scale);
      return chosen.map(({ text, box, font, colour }) => ({ text, font, colour, x0: box.x0 - x0, x1: box.x1 - x0, y0: box.y0 - y0, y1: box.y1 - y0 }));
    },
    screen: (point) => network.canvasToDOM(point),
    scale: () => network.getScale(),
    canvas: () => container.querySelector('canvas'),
    container,
  };
};
