/* Where the shown things stand: as laid out beforehand, around a focus, or along time. Closed forms only, nothing moves. */
'use strict';

newskg.places = (() => {
  const MOST_STRETCHED = 1.8;
  const MOST_ENLARGED = 2;
  const ROW = 52;
  const COLUMN = 150;
  const LANES = ['place', 'organisation', 'event', 'person', 'topic'];

  function asLaidOut(subset, whole) {
    const first = subset.kind === 'first' || (whole && subset.things.every((thing) => thing.first));
    const points = new Map(
      subset.things.map((thing) => [thing, first && thing.first ? thing.first : { x: thing.x, y: thing.y }]),
    );
    return subset.kind === 'narrowed' && !first ? closedUp(points) : points;
  }

  /** The points closed up: each axis keeps its order and loses its gaps. */
  function closedUp(points) {
    const things = [...points.keys()];
    const side = Math.sqrt(things.length) * 120;
    const placed = new Map(things.map((thing) => [thing, { x: 0, y: 0 }]));
    for (const [axis, length] of [
      ['x', side * 1.4],
      ['y', side],
    ]) {
      const order = things.slice().sort((p, q) => points.get(p)[axis] - points.get(q)[axis] || p.i - q.i);
      order.forEach((thing, rank) => {
        placed.get(thing)[axis] = (rank / Math.max(1, order.length - 1) - 0.5) * length;
      });
    }
    return placed;
  }

  /** The focus in the middle, its neighbours on ellipses around it by kind, theirs outside beside them. */
  function around(centre, subset) {
    const points = new Map([[centre, { x: 0, y: 0 }]]);
    const [inner, outer = []] = subset.rings;
    const ordered = inner
      .slice()
      .sort((p, q) => LANES.indexOf(p.kind) - LANES.indexOf(q.kind) || q.edges.length - p.edges.length || p.i - q.i);
    const rings = inner.length <= 16 ? 1 : inner.length <= 30 ? 2 : 3;
    const radius = 150 + Math.max(0, inner.length / rings - 6) * 12;
    const angles = new Map();
    ordered.forEach((thing, rank) => {
      const angle = -Math.PI / 2 + ((rank + 0.5) / ordered.length) * 2 * Math.PI;
      const r = radius + (rank % rings) * 105;
      angles.set(thing, angle);
      points.set(thing, { x: 1.55 * r * Math.cos(angle), y: r * Math.sin(angle) });
    });
    const edge = radius + (rings - 1) * 105 + 120;
    const outside = apart(outer, (thing) => angles.get(subset.parent.get(thing)));
    outside.forEach(({ thing, angle }, rank) => {
      const r = edge + (outside.length > 12 ? (rank % 3) * 75 : 0);
      points.set(thing, { x: 1.55 * r * Math.cos(angle), y: r * Math.sin(angle) });
    });
    return points;
  }

  /** Things on a circle close to their wanted angles, and not closer together than there is room. */
  function apart(things, wanted) {
    const placed = things
      .map((thing) => ({ thing, angle: wanted(thing) }))
      .sort((p, q) => p.angle - q.angle || p.thing.i - q.thing.i);
    const gap = Math.min(0.34, (2 * Math.PI) / Math.max(1, placed.length));
    for (let pass = 0; pass < 60; pass += 1) {
      for (let n = 0; n < placed.length; n += 1) {
        const [one, other] = [placed[n], placed[(n + 1) % placed.length]];
        const turn = n + 1 === placed.length ? 2 * Math.PI : 0;
        const lacking = gap - (other.angle + turn - one.angle);
        if (one !== other && lacking > 0) {
          one.angle -= lacking / 2;
          other.angle += lacking / 2;
        }
      }
    }
    return placed;
  }

  const dayNumber = (iso) => Date.parse(`${iso.slice(0, 10)}T00:00:00Z`) / 86400000;

  /** Days of the things: an event's own, and for others the mean of what they are tied to. */
  function daysOf(subset) {
    const days = new Map();
    for (const thing of subset.things) if (thing.dates && thing.dates[0]) days.set(thing, dayNumber(thing.dates[0]));
    const near = new Map();
    for (const { edge, facts, statements } of subset.ties) {
      for (const [one, other] of [
        [edge.a, edge.b],
        [edge.b, edge.a],
      ]) {
        if (!near.has(one)) near.set(one, []);
        if (days.has(other)) near.get(one).push(days.get(other));
        for (const said of statements) if (said.day) near.get(one).push(dayNumber(said.day));
        for (const fact of facts)
          if (fact.article && fact.article.date && !days.has(other)) near.get(one).push(dayNumber(fact.article.date));
      }
    }
    for (const thing of subset.things) {
      const found = near.get(thing) || [];
      if (!days.has(thing) && found.length) days.set(thing, found.reduce((sum, day) => sum + day, 0) / found.length);
    }
    return days;
  }

  /** Days to pixels: half by the calendar and half by their order, so that a lone early day does not press the rest together. */
  function timeScale(sorted, width) {
    const [first, last] = [sorted[0] || 0, sorted[sorted.length - 1] || 1];
    const order = new Map(sorted.map((day, n) => [day, n / Math.max(1, sorted.length - 1)]));
    return (day) => width * (0.4 * ((day - first) / Math.max(1, last - first)) + 0.6 * order.get(day));
  }

  /** Days to name along the top, far enough apart to be read. */
  function ticks(sorted, across) {
    const found = [];
    for (const day of sorted.filter(Number.isInteger)) {
      const x = across(day);
      if (!found.length || x - found[found.length - 1].x >= 135) found.push({ day, x });
    }
    return found;
  }

  /** Time from left to right over a width in pixels, one lane for each kind; in a lane, rows so that labels have room. */
  function alongTime(subset, room) {
    const days = daysOf(subset);
    const dated = subset.things.filter((thing) => days.has(thing));
    const sorted = [...new Set(dated.map((thing) => days.get(thing)))].sort((a, b) => a - b);
    const width = Math.max(320, room - 230, Math.min(6000, dated.length * 12));
    const across = timeScale(sorted, width);
    const points = new Map();
    let top = 0;
    const lanes = [];
    for (const kind of LANES) {
      const things = subset.things
        .filter((thing) => thing.kind === kind)
        .sort((p, q) => (days.get(p) ?? 1e9) - (days.get(q) ?? 1e9) || q.edges.length - p.edges.length || p.i - q.i);
      if (!things.length) continue;
      const ends = [];
      const rowsWanted = Math.max(kind === 'event' ? 6 : 1, Math.ceil((things.length * COLUMN) / width));
      for (const thing of things) {
        const x = days.has(thing) ? across(days.get(thing)) : width + COLUMN;
        let row = ends.findIndex((end) => end <= x - COLUMN);
        if (row < 0) row = ends.length < rowsWanted ? ends.length : ends.indexOf(Math.min(...ends));
        const at = Math.max(x, (ends[row] ?? -Infinity) + COLUMN);
        ends[row] = at;
        points.set(thing, { x: at, y: top + row * ROW });
      }
      lanes.push({ kind, left: -170, top: top - ROW / 2, bottom: top + ends.length * ROW - ROW / 2 });
      top += ends.length * ROW + 22;
    }
    return { points, lanes, scale: ticks(sorted, across), fixed: true };
  }

  /**
   * The points drawn out or in along each axis until shapes and labels fill the window at their natural size, around
   * (0, 0); a lying picture is turned for a standing window. No axis is stretched much more than the other.
   */
  function arranged(points, room) {
    const range = (map, axis) =>
      [...map.values()].reduce(
        ([low, high], p) => [Math.min(low, p[axis]), Math.max(high, p[axis])],
        [Infinity, -Infinity],
      );
    const length = (map, axis) => Math.max(1, range(map, axis)[1] - range(map, axis)[0]);
    const turn = room.width < room.height * 0.8 && length(points, 'x') > length(points, 'y');
    const given = new Map([...points].map(([thing, p]) => [thing, turn ? { x: p.y, y: p.x } : p]));
    const wanted = {
      x: (room.width - Math.min(140, room.width * 0.2)) / length(given, 'x'),
      y: (room.height - 84) / length(given, 'y'),
    };
    const factor = {
      x: Math.min(wanted.x, wanted.y * MOST_STRETCHED, MOST_ENLARGED),
      y: Math.min(wanted.y, wanted.x * MOST_STRETCHED, MOST_ENLARGED),
    };
    const middle = {
      x: (range(given, 'x')[0] + range(given, 'x')[1]) / 2,
      y: (range(given, 'y')[0] + range(given, 'y')[1]) / 2,
    };
    return new Map(
      [...given].map(([thing, p]) => [thing, { x: (p.x - middle.x) * factor.x, y: (p.y - middle.y) * factor.y }]),
    );
  }

  /** The rectangle around marks and their labels, in pixels at a scale. */
  function extentOf(chosen, all, lanes, scale) {
    const shapesOf = all.map(({ x, y, size }) => ({
      x0: (x - size) * scale,
      x1: (x + size) * scale,
      y0: (y - size) * scale,
      y1: (y + size) * scale,
    }));
    const lanesOf = lanes.map((lane) => ({
      x0: lane.left * scale,
      x1: 0,
      y0: lane.top * scale - 44,
      y1: lane.bottom * scale,
    }));
    return [...chosen.map(({ box }) => box), ...shapesOf, ...lanesOf].reduce(
      (sum, box) => ({
        x0: Math.min(sum.x0, box.x0),
        x1: Math.max(sum.x1, box.x1),
        y0: Math.min(sum.y0, box.y0),
        y1: Math.max(sum.y1, box.y1),
      }),
      { x0: Infinity, x1: -Infinity, y0: Infinity, y1: -Infinity },
    );
  }

  return { asLaidOut, around, alongTime, dayNumber, arranged, extentOf };
})();
