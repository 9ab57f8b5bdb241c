/* The view along time: one column for each day, month or year that has something, one lane for each kind. */
'use strict';

newskg.alongTime = (() => {
  const { words, calendar, lettering, spacing } = newskg;
  /** Pixels of a thing with its name, between bands and lanes, and for the names beside and above them. */
  const WIDTHS = { wide: 138, narrow: 108 };
  const GAP = { band: 24, lane: 22 };
  const SIDES = { wide: 92, narrow: 78 };
  const TOP = 40;
  const KINDS = ['event', 'person', 'organisation', 'place', 'topic'];
  const MOST_ROWS = 14;
  /** A first view along time is not drawn smaller than this, as long as it holds more than the fewest things. */
  const READABLE = 0.8;
  const FEWEST = 8;
  /** So many bands are worth leaving things out. */
  const ENOUGH_BANDS = 3;
  /** By how much rows are taller than their names, which keep their size where the picture is drawn smaller. */
  const SPARE = 1.1;

  const breadth = () => (lettering.isNarrow() ? 'narrow' : 'wide');
  const width = () => WIDTHS[breadth()];
  const side = () => SIDES[breadth()];

  /** The first of several days that are known. */
  const earliest = (days) => days.reduce((first, day) => (day < first ? day : first), Infinity);

  /**
   * The day under which each thing stands: an event's own, or that of an event to which it is tied; for others the
   * first event or statement that they are tied to, or else the first article with a fact or statement of them.
   */
  function daysOf({ things, ties }) {
    const own = (thing) => (thing.dates && thing.dates[0] ? calendar.dayNumber(thing.dates[0]) : Infinity);
    const found = new Map(things.map((thing) => [thing, own(thing)]));
    const offers = (thing, tie) => [
      own(tie.edge.a === thing ? tie.edge.b : tie.edge.a),
      ...(thing.kind === 'event' ? [] : tie.statements)
        .filter(({ day }) => day)
        .map(({ day }) => calendar.dayNumber(day)),
    ];
    const reported = (thing) =>
      [...thing.facts, ...thing.said, ...thing.saidAbout]
        .filter(({ article }) => article && article.date)
        .map(({ article }) => calendar.dayNumber(article.date));
    const undated = new Map(things.filter((thing) => found.get(thing) === Infinity).map((thing) => [thing, []]));
    for (const tie of ties)
      for (const thing of [tie.edge.a, tie.edge.b]) undated.get(thing)?.push(...offers(thing, tie));
    for (const [thing, days] of undated) {
      const told = days.some(Number.isFinite) || thing.kind === 'event' ? days : reported(thing);
      found.set(thing, earliest(told));
    }
    return found;
  }

  /** The things of each band by kinds, in the order of their days. */
  function sorted(bands, kinds, days) {
    const order = (p, q) => days.get(p) - days.get(q) || q.edges.length - p.edges.length || p.i - q.i;
    return bands.map(({ things }) => kinds.map((kind) => things.filter((thing) => thing.kind === kind).sort(order)));
  }

  function bandsOf(things, days, most) {
    const dated = things.map((thing) => days.get(thing)).filter(Number.isFinite);
    const bands = dated.length ? calendar.bands(dated, most) : [];
    const isIn = (band) => (thing) => days.get(thing) >= band.from && days.get(thing) <= band.to;
    const held = bands.map((band) => ({ text: band.text, things: things.filter(isIn(band)) }));
    const undated = things.filter((thing) => !Number.isFinite(days.get(thing)));
    return undated.length ? [...held, { text: 'without a date', things: undated }] : held;
  }

  /** The height that a thing needs for its name, also where the picture is drawn smaller. */
  const heightOf = ({ label, size }) => spacing.boxOf(label, size * spacing.narrower(), false, true).height * SPARE;

  /**
   * The grid of some bands and at most so many rows a lane: the columns of each band, the heights of the rows of each
   * lane, as tall as the tallest in them, and the whole in pixels.
   */
  function grid(bands, cells, rows) {
    const columns = cells.map((lanes) => Math.max(1, ...lanes.map((things) => Math.ceil(things.length / rows))));
    const heights = cells[0].map((_, k) => {
      const tall = [];
      cells.forEach((lanes, b) =>
        lanes[k].forEach((thing, n) => {
          const row = Math.floor(n / columns[b]);
          tall[row] = Math.max(tall[row] || 0, heightOf(thing));
        }),
      );
      return tall;
    });
    const sum = (numbers) => numbers.reduce((total, n) => total + n, 0);
    return {
      bands,
      cells,
      columns,
      heights,
      width: side() + sum(columns) * width() + (bands.length - 1) * GAP.band,
      height: TOP + sum(heights.map(sum)) + (heights.length - 1) * GAP.lane,
    };
  }

  /** The grid that tells most in the room: drawn large, and with many bands. */
  function bestGrid(things, days, room) {
    const kinds = KINDS.filter((kind) => things.some((thing) => thing.kind === kind));
    const most = Math.max(2, Math.floor((room.width - side()) / (width() + GAP.band)));
    const wanted = Math.min(ENOUGH_BANDS, bandsOf(things, days, most).length);
    let best = null;
    for (let n = 1; n <= most + 1; n += 1) {
      const bands = bandsOf(things, days, n);
      const cells = sorted(bands, kinds, days);
      for (let rows = 1; rows <= MOST_ROWS; rows += 1) {
        const made = grid(bands, cells, rows);
        made.scale = Math.min(1, room.width / made.width, room.height / made.height);
        made.worth = made.scale * (1 + 0.15 * Math.log2(bands.length)) + (bands.length >= wanted ? 1 : 0);
        if (!best || made.worth > best.worth) best = made;
      }
    }
    return { ...best, kinds };
  }

  /** Places for what is shown, and its bands and lanes; of a first view as many things as the room can hold. */
  function places(shown, room) {
    const days = daysOf(shown);
    let { things } = shown;
    if (!things.length) return shown;
    let best = bestGrid(things, days, room);
    while (shown.kind === 'first' && best.scale < READABLE && things.length > FEWEST) {
      things = things.slice(0, Math.floor(things.length * 0.9));
      best = bestGrid(things, days, room);
    }
    const { bands, kinds, cells, columns, heights } = best;
    const points = new Map();
    let top = 0;
    const lanes = kinds.map((kind, k) => {
      const tops = heights[k].map((_, row) => top + heights[k].slice(0, row).reduce((sum, n) => sum + n, 0));
      const lane = { kind, tops, top, bottom: top + heights[k].reduce((sum, n) => sum + n, 0) };
      top = lane.bottom + GAP.lane;
      return lane;
    });
    let left = 0;
    const drawn = bands.map(({ text }, b) => {
      const [x0, x1] = [left, left + columns[b] * width()];
      cells[b].forEach((held, k) =>
        held.forEach((thing, n) => {
          const [row, column] = [Math.floor(n / columns[b]), n % columns[b]];
          const inRow = Math.min(columns[b], held.length - row * columns[b]);
          const x = (x0 + x1) / 2 + (column - (inRow - 1) / 2) * width();
          points.set(thing, { x, y: lanes[k].tops[row] + thing.size + 6 });
        }),
      );
      left = x1 + GAP.band;
      return { text, x0, x1 };
    });
    const kept = new Set(things);
    return {
      ...shown,
      things,
      ties: shown.ties.filter(({ edge }) => kept.has(edge.a) && kept.has(edge.b)),
      hidden: shown.hidden + shown.things.length - things.length,
      points,
      bands: drawn,
      lanes,
      fixed: true,
    };
  }

  /** The rectangle of the bands and lanes with their names, in pixels at a zoom. */
  function extent({ bands, lanes }, zoom) {
    if (!bands) return [];
    return [
      {
        x0: -side(),
        x1: bands[bands.length - 1].x1 * zoom,
        y0: lanes[0].top * zoom - TOP,
        y1: lanes[lanes.length - 1].bottom * zoom,
      },
    ];
  }

  /** Draws the names of the bands along the top, those of the lanes beside them, and lines between. */
  function draw(context, { bands, lanes }, zoom, theme) {
    if (!bands) return;
    const [top, bottom] = [lanes[0].top, lanes[lanes.length - 1].bottom];
    context.save();
    context.strokeStyle = theme.rule;
    context.lineWidth = 1 / zoom;
    const stroke = (x0, y0, x1, y1) => {
      context.beginPath();
      context.moveTo(x0, y0);
      context.lineTo(x1, y1);
      context.stroke();
    };
    bands.slice(1).forEach(({ x0 }) => stroke(x0 - GAP.band / 2, top - 30 / zoom, x0 - GAP.band / 2, bottom));
    lanes
      .slice(1)
      .forEach((lane) =>
        stroke(-side() / zoom, lane.top - GAP.lane / 2, bands[bands.length - 1].x1, lane.top - GAP.lane / 2),
      );
    context.fillStyle = theme.quiet;
    context.textAlign = 'center';
    context.font = `600 ${12.5 / zoom}px ${lettering.FONT}`;
    for (const { text, x0, x1 } of bands) context.fillText(text, (x0 + x1) / 2, top - 18 / zoom, x1 - x0 + GAP.band);
    context.textAlign = 'left';
    context.font = `${12 / zoom}px ${lettering.FONT}`;
    for (const { kind, top: from, bottom: to } of lanes)
      context.fillText(words.kinds(kind), -side() / zoom, (from + to) / 2);
    context.restore();
  }

  return { places, extent, draw };
})();
