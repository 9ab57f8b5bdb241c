/* The picture itself: vis-network draws the shapes and ties and moves the sight; labels are laid over it. */
'use strict';

newskg.makeDrawing = (model, state, theme, on) => {
  const { byId } = newskg.elements;
  const { words } = newskg;
  const { shapes, colours } = model.data;
  const labels = newskg.makeLabels(theme);
  /** Pixels kept free around the picture for what lies over it. */
  const MARGIN = { side: 14, top: 46, bottom: 12 };
  const LARGEST_SCALE = 1.6;
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

  const calm = window.matchMedia('(prefers-reduced-motion: reduce)').matches;

  function nodeOf(thing, point) {
    const colour = theme.kind(colours, thing.kind);
    const picked = state.now.node === thing;
    return {
      id: thing.i, x: point.x, y: point.y, shape: shapes[thing.kind], size: picked ? Math.max(thing.size, 15) : thing.size,
      borderWidth: picked ? 4 : 1.5,
      color: { background: colour, border: picked ? theme.ink : theme.paper, hover: { background: colour, border: theme.ink }, highlight: { background: colour, border: theme.ink } },
    };
  }

  function edgeOf(tie, many) {
    const { edge, facts, statements, cites } = tie;
    const said = !facts.length;
    const directed = !many && (facts.length ? facts.every((fact) => fact.subject === facts[0].subject) : true);
    const from = facts.length ? facts[0].subject : statements.length ? statements[0].speaker : cites.length ? cites[0].outer.speaker : edge.a;
    const to = from === edge.a ? edge.b : edge.a;
    const picked = state.now.edge === edge;
    return {
      id: edge.i, from: from.i, to: to.i,
      dashes: said && !many ? [5, 4] : false,
      width: picked ? 3 : Math.min(3, 1 + Math.log2(facts.length + statements.length + cites.length) * 0.4),
      arrows: directed ? { to: { enabled: true, scaleFactor: 0.4 } } : undefined,
      color: { color: picked ? theme.accent : said ? theme.said : theme.line, highlight: theme.accent, hover: theme.accent, inherit: false },
    };
  }

  /** The points drawn out along one axis, so that they fill the shape of the window; nothing comes closer together. */
  function stretched(points) {
    const all = [...points.values()];
    const extent = (axis) => Math.max(...all.map((p) => p[axis])) - Math.min(...all.map((p) => p[axis]));
    const [width, height] = all.length > 2 ? [extent('x'), extent('y')] : [1, 1];
    const wanted = (container.clientWidth - 150) / (container.clientHeight - 110);
    const factor = (wanted * height) / Math.max(1, width);
    const [fx, fy] = factor > 1 ? [Math.min(factor, 1.7), 1] : [1, Math.min(1 / Math.max(factor, 0.1), 1.7)];
    return new Map([...points].map(([thing, p]) => [thing, { x: p.x * fx, y: p.y * fy }]));
  }

  /** Shows things at points (a Map) with ties between them. */
  function show({ things, ties, points: given, lanes = [], scale = null }) {
    const points = scale || things.length > 900 ? given : stretched(given);
    const many = things.length > 900;
    ringed = null;
    shown = { things, ties, points, lanes, scale };
    network.setOptions({ interaction: { hideEdgesOnDrag: things.length > 2500, hideEdgesOnZoom: things.length > 2500 } });
    const drawnEdges = ties.map((tie) => edgeOf(tie, many));
    nodes.clear();
    edges.clear();
    nodes.add(things.map((thing) => nodeOf(thing, points.get(thing))));
    edges.add(drawnEdges);
    mark(many);
  }

  function mark(many) {
    const { things, ties, points } = shown;
    const big = things.reduce((most, thing) => Math.max(most, thing.size), 0);
    marks = things.slice()
      .sort((p, q) => (q === state.now.node) - (p === state.now.node) || q.size - p.size || p.i - q.i)
      .map((thing) => ({ thing, label: thing.label, size: thing === state.now.node ? Math.max(thing.size, 15) : thing.size, strong: thing === state.now.node || (thing.size > big * 0.6 && thing.size > 12), ...points.get(thing) }));
    const worded = state.now.node ? ties : ties.filter((tie) => tie.facts.length);
    tieMarks = many || worded.length > 400 ? [] : worded.map((tie) => ({
      tie, label: state.now.node ? words.tie(tie.edge, tie.facts, tie.statements, tie.cites) : words.tie(tie.edge, tie.facts, [], []), from: points.get(tie.edge.a), to: points.get(tie.edge.b),
      rank: (tie.edge.a === state.now.node || tie.edge.b === state.now.node ? 4 : 0) + (tie.facts.length ? 2 : 0) + (tie.facts.some((fact) => fact.role) ? 1 : 0),
    })).sort((p, q) => q.rank - p.rank);
    chosenAt = 0;
  }

  /** Shows the communities as nodes; a click goes into one. */
  function showSummary(summary) {
    shown = { things: [], ties: [], points: new Map(), lanes: [], scale: null };
    nodes.clear();
    edges.clear();
    nodes.add(summary.groups.map(([group, , , size, x, y]) => ({
      id: `group${group}`, x, y, shape: 'dot', size, color: { background: theme.group, border: theme.quiet, hover: { background: theme.accent, border: theme.ink } },
    })));
    edges.add(summary.ties.map(([one, other, count], n) => ({
      id: `tie${n}`, from: `group${summary.groups[one][0]}`, to: `group${summary.groups[other][0]}`,
      width: Math.min(6, 0.8 + Math.log2(count)), color: { color: theme.line, inherit: false, hover: theme.line },
    })));
    marks = summary.groups.map(([, names, count, size, x, y]) => ({ label: `${names.join('; ').slice(0, 58)} (${words.number(count)})`, size, x, y, strong: size > 30 }));
    tieMarks = [];
    chosenAt = 0;
  }

  /** The rectangle around all shapes and their labels, in pixels at a scale. */
  function extent(scale) {
    const boxes = labels.choose(marks, [], scale).map(({ box }) => box);
    const all = marks.map(({ x, y, size }) => ({ x0: (x - size) * scale, x1: (x + size) * scale, y0: (y - size) * scale, y1: (y + size) * scale }));
    return [...boxes, ...all].reduce((sum, box) => ({
      x0: Math.min(sum.x0, box.x0), x1: Math.max(sum.x1, box.x1), y0: Math.min(sum.y0, box.y0), y1: Math.max(sum.y1, box.y1),
    }), { x0: Infinity, x1: -Infinity, y0: Infinity, y1: -Infinity });
  }

  /** Moves the sight so that every shape with its label is inside. */
  function fit(animated = true) {
    if (!marks.length) return;
    const [width, height] = [container.clientWidth - 2 * MARGIN.side, container.clientHeight - MARGIN.top - MARGIN.bottom];
    let scale = 1;
    let box = extent(scale);
    for (let n = 0; n < 4; n += 1) {
      const factor = Math.min(width / (box.x1 - box.x0), height / (box.y1 - box.y0));
      const next = Math.min(LARGEST_SCALE, Math.max(0.02, scale * factor * (n && factor > 1 ? 0.985 : 1)));
      if (n > 1 && Math.abs(next - scale) < 0.01 * scale) break;
      scale = next;
      box = extent(scale);
    }
    network.moveTo({
      position: { x: (box.x0 + box.x1) / 2 / scale, y: ((box.y0 + box.y1) / 2 - (MARGIN.top - MARGIN.bottom) / 2) / scale }, scale,
      animation: animated && !calm && marks.length < 900 ? { duration: 260, easingFunction: 'easeInOutQuad' } : false,
    });
  }

  function sight(scale) {
    const centre = network.getViewPosition();
    const w = container.clientWidth / 2;
    const h = container.clientHeight / 2;
    return { x0: centre.x * scale - w, x1: centre.x * scale + w, y0: centre.y * scale - h, y1: centre.y * scale + h };
  }

  function drawLanes(context) {
    if (!shown.scale) return;
    const { first, span, width } = shown.scale;
    const zoom = network.getScale();
    context.save();
    context.fillStyle = theme.quiet;
    context.strokeStyle = theme.line;
    context.globalAlpha = 0.6;
    context.lineWidth = 1 / zoom;
    context.font = `${12 / zoom}px ${labels.FONT}`;
    context.textAlign = 'center';
    const top = shown.lanes.length ? shown.lanes[0].top : 0;
    const bottom = shown.lanes.length ? shown.lanes[shown.lanes.length - 1].bottom : 0;
    const steps = Math.max(1, Math.min(8, Math.floor((width * zoom) / 150)));
    for (let n = 0; n <= steps; n += 1) {
      const x = (n / steps) * width;
      context.beginPath();
      context.moveTo(x, top);
      context.lineTo(x, bottom);
      context.stroke();
      context.fillText(words.day(new Date((first + (n / steps) * span) * 86400000).toISOString()), x, top - 12 / zoom);
    }
    context.textAlign = 'right';
    for (const lane of shown.lanes) context.fillText(words.kinds(lane.kind), -100 - 8 / zoom, (lane.top + lane.bottom) / 2);
    context.restore();
  }

  network.on('beforeDrawing', drawLanes);
  network.on('afterDrawing', (context) => {
    const scale = network.getScale();
    if (Math.abs(scale - chosenAt) > 1e-9) {
      chosen = labels.choose(marks, tieMarks, scale);
      chosenAt = scale;
    }
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
    mark(shown.things.length > 900);
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
  network.on('resize', () => window.setTimeout(() => fit(false), 0));

  /** A ring around the thing that the keyboard is at. */
  function ring(thing) {
    ringed = thing;
    network.redraw();
  }

  function drawRing(context, scale) {
    const point = ringed && shown.points.get(ringed);
    if (!point) return;
    context.beginPath();
    context.arc(point.x, point.y, ringed.size + 7 / scale, 0, 2 * Math.PI);
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
    redraw: () => network.redraw(),
    get shown() {
      return shown;
    },
    /** Labels as drawn: text and box in pixels of the screen, for exports and tests. */
    placed() {
      const scale = network.getScale();
      chosen = labels.choose(marks, tieMarks, scale);
      chosenAt = scale;
      const { x0, y0 } = sight(scale);
      return chosen.map(({ text, box, font, colour }) => ({ text, font, colour, x0: box.x0 - x0, x1: box.x1 - x0, y0: box.y0 - y0, y1: box.y1 - y0 }));
    },
    screen: (point) => network.canvasToDOM(point),
    scale: () => network.getScale(),
    canvas: () => container.querySelector('canvas'),
    container,
  };
};
