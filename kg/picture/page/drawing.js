/* The picture itself: vis-network draws the shapes and ties and moves the sight; labels are laid over it. */
'use strict';

newskg.makeDrawing = (model, state, theme, on) => {
  const { byId } = newskg.elements;
  const { arranged, extentOf } = newskg.places;
  const { spacing, alongTime } = newskg;
  const labels = newskg.makeLabels(theme);
  /** Pixels kept free around the picture for what lies over it. */
  const MARGIN = { side: 14, top: 46, bottom: 12, label: 16 };
  const container = byId('canvas');
  const figures = newskg.makeFigures(model, state, theme, free);
  const { MANY, sizeOf } = figures;
  const nodes = new vis.DataSet();
  const edges = new vis.DataSet();
  const options = { ...model.data.options, autoResize: true };
  const network = new vis.Network(container, { nodes, edges }, options);
  container.querySelectorAll('canvas').forEach((canvas) => canvas.setAttribute('aria-hidden', 'true'));

  let shown = { things: [], ties: [], points: new Map() };
  let marks = [];
  let tieMarks = [];
  let chosen = [];
  let chosenAt = 0;
  let ringed = null;
  let shownIn = { width: 0, height: 0 };

  const calm = window.matchMedia('(prefers-reduced-motion: reduce)').matches;

  /** The room for the picture, in pixels. */
  function free() {
    return {
      width: container.clientWidth - 2 * MARGIN.side,
      height: container.clientHeight - MARGIN.top - MARGIN.bottom,
    };
  }

  /** Where shapes and their names may stand at the natural size, around (0, 0). */
  function bounds() {
    const { width, height } = free();
    const top = middle() - container.clientHeight / 2 + MARGIN.top;
    return { x0: -width / 2, x1: width / 2, y0: top - 6, y1: top + height + 8 };
  }

  /** What stands in the middle of the window at the natural size. */
  const middle = () => (MARGIN.bottom - MARGIN.top) / 2 + MARGIN.label;

  /** Takes the size of the window, before anything is placed in it: otherwise vis-network would move the sight later. */
  function measure() {
    shownIn = { width: container.clientWidth, height: container.clientHeight };
    network.redraw();
  }

  /** Shows things at points (a Map) with ties between them; `fixed` points keep their distances. */
  function show({ things, ties, points: given, lanes, bands, fixed = false }) {
    measure();
    ringed = null;
    figures.crowd(things.length);
    marks = figures.markThings(things, Boolean(bands));
    tieMarks = [];
    const natural = !fixed;
    const points = natural ? spacing.apart(arranged(given, free()), marks, bounds(), state.now.node) : given;
    shown = { things, ties, points, lanes, bands, natural };
    network.setOptions({ interaction: { hideEdgesOnZoom: things.length > 2500, dragNodes: things.length <= MANY } });
    nodes.clear();
    edges.clear();
    nodes.add(things.map((thing) => figures.nodeOf(thing, points.get(thing))));
    edges.add(ties.map((tie) => figures.edgeOf(tie, things.length)));
    placeMarks();
    if (things.length <= MANY && (!bands || state.now.node)) tieMarks = figures.markTies(ties, points);
    chosenAt = 0;
  }

  function placeMarks() {
    for (const mark of marks) Object.assign(mark, shown.points.get(mark.thing));
    for (const mark of tieMarks)
      Object.assign(mark, { from: shown.points.get(mark.tie.edge.a), to: shown.points.get(mark.tie.edge.b) });
  }

  /** Shows the communities as nodes; a click goes into one. */
  function showSummary(summary) {
    measure();
    nodes.clear();
    edges.clear();
    marks = figures.markGroups(summary.groups);
    const laidOut = arranged(new Map(marks.map((mark) => [mark.thing, { x: mark.x, y: mark.y }])), free());
    const points = spacing.apart(laidOut, marks, bounds());
    for (const mark of marks) Object.assign(mark, points.get(mark.thing));
    shown = { things: [], ties: [], points, natural: true };
    nodes.add(marks.map(figures.groupNode));
    edges.add(figures.groupEdges(summary, summary.groups.length));
    tieMarks = [];
    chosenAt = 0;
  }

  /** The rectangle around all marks, their labels and the bands of time, in pixels at a scale. */
  const extent = (scale) => extentOf(labels.choose(marks, [], scale), marks, alongTime.extent(shown, scale), scale);

  /** Moves the sight so that every shape with its label is inside. */
  function fit(animated = true) {
    if (!marks.length) return;
    const { width, height } = free();
    if (shown.natural) {
      move({ x: 0, y: middle() }, 1, animated);
      return;
    }
    let scale = 1;
    let box = extent(scale);
    for (let n = 0; n < 4; n += 1) {
      const factor = Math.min(width / (box.x1 - box.x0), height / (box.y1 - box.y0));
      if (factor >= 1 && (n > 0 || scale >= 1)) break;
      scale = Math.max(0.02, scale * factor);
      box = extent(scale);
    }
    move(
      { x: (box.x0 + box.x1) / 2 / scale, y: ((box.y0 + box.y1) / 2 - (MARGIN.top - MARGIN.bottom) / 2) / scale },
      scale,
      animated,
    );
  }

  function move(position, scale, animated) {
    const slowly = animated && !calm && marks.length < MANY;
    network.moveTo({ position, scale, animation: slowly ? { duration: 260, easingFunction: 'easeInOutQuad' } : false });
  }

  /** The labels for a scale; at the natural size none reaches over the edge of the window. */
  function chooseFor(scale) {
    const within = shown.lanes
      ? { x0: -Infinity, x1: Infinity, y0: shown.lanes[0].top * scale - 4, y1: Infinity }
      : shown.natural && Math.abs(scale - 1) < 1e-6
        ? bounds()
        : null;
    chosen = labels.choose(marks, tieMarks, scale, within);
    chosenAt = scale;
  }

  function sight(scale) {
    const centre = network.getViewPosition();
    const w = container.clientWidth / 2;
    const h = container.clientHeight / 2;
    return { x0: centre.x * scale - w, x1: centre.x * scale + w, y0: centre.y * scale - h, y1: centre.y * scale + h };
  }

  const dragging = newskg.makeDragging(network, container, () => shown.things.length);
  network.on('beforeDrawing', (context) => {
    if (!dragging.drawn(context)) alongTime.draw(context, shown, network.getScale(), theme);
  });
  network.on('afterDrawing', (context) => {
    if (dragging.active()) return;
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

  const groupOf = (id) => Number(id.slice(5));
  const thingOf = (id) => (typeof id === 'number' ? model.things[id] : null);

  /** The shape whose name stands at a point of the window. */
  function namedAt({ x, y }) {
    const { x0, y0 } = sight(network.getScale());
    const label = chosen.find(
      ({ mark, box }) => mark && box.x0 <= x + x0 && x + x0 <= box.x1 && box.y0 <= y + y0 && y + y0 <= box.y1,
    );
    return label && label.mark.thing;
  }

  network.on('click', ({ nodes: [node], edges: [edge], pointer }) => {
    network.unselectAll();
    const named = node === undefined ? namedAt(pointer.DOM) : undefined;
    if (typeof named === 'number') on.group(named);
    else if (named) on.node(named);
    else if (typeof node === 'string') on.group(groupOf(node));
    else if (node !== undefined) on.node(thingOf(node));
    else if (typeof edge === 'number') on.edge(model.edges[edge]);
    else on.nothing();
  });
  network.on('hoverNode', ({ node, event }) =>
    on.hover(typeof node === 'string' ? { group: groupOf(node) } : { thing: thingOf(node) }, event),
  );
  network.on(
    'hoverEdge',
    ({ edge, event }) =>
      typeof edge === 'number' && on.hover({ tie: shown.ties.find((tie) => tie.edge.i === edge) }, event),
  );
  for (const name of ['blurNode', 'blurEdge', 'dragStart', 'zoom']) network.on(name, () => on.hover(null));
  let over = false;
  for (const name of ['hoverNode', 'hoverEdge', 'blurNode', 'blurEdge'])
    network.on(name, () => {
      over = name.startsWith('hover');
    });
  container.addEventListener('mousemove', ({ offsetX: x, offsetY: y, buttons }) => {
    if (!buttons) container.classList.toggle('pointing', over || namedAt({ x, y }) !== undefined);
  });
  network.on('resize', () =>
    window.setTimeout(() => {
      if (container.clientWidth !== shownIn.width || container.clientHeight !== shownIn.height) on.resize();
      else fit(false);
    }, 0),
  );

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

  function zoomBy(factor) {
    network.moveTo({
      scale: network.getScale() * factor,
      animation: calm ? false : { duration: 160, easingFunction: 'easeInOutQuad' },
    });
  }

  return {
    show,
    showSummary,
    fit,
    zoom: zoomBy,
    ring,
    sizeOf,
    free,
    /** Shapes and lines as drawn, for exports: points are in pixels of the screen. */
    drawn() {
      const scale = network.getScale();
      const at = (id) => network.canvasToDOM(network.getPosition(id));
      return {
        shapes: nodes.map(({ id, shape, size, color }) => ({
          ...at(id),
          shape,
          size: size * scale,
          colour: color.background,
        })),
        lines: edges.map(({ from, to, dashes, width, color }) => ({
          from: at(from),
          to: at(to),
          width,
          dashed: Boolean(dashes),
          colour: color.color,
        })),
      };
    },
    get shown() {
      return shown;
    },
    /** Labels as drawn: text and box in pixels of the screen, for exports and tests. */
    placed() {
      const scale = network.getScale();
      chooseFor(scale);
      const { x0, y0 } = sight(scale);
      return chosen.map(({ text, box, font, colour }) => ({
        text,
        font,
        colour,
        x0: box.x0 - x0,
        x1: box.x1 - x0,
        y0: box.y0 - y0,
        y1: box.y1 - y0,
      }));
    },
    screen: (point) => network.canvasToDOM(point),
    scale: () => network.getScale(),
    canvas: () => container.querySelector('canvas'),
    container,
  };
};
