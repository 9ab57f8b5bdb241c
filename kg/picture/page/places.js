/* Where the shown things stand: as laid out beforehand, or around a focus. */
'use strict';

newskg.places = (() => {
  const MOST_STRETCHED = 1.8;
  const MOST_ENLARGED = 2;
  const LANES = ['place', 'organisation', 'event', 'person', 'topic'];

  /** The layout of the first few things that holds what is shown, or that of everything. */
  function asLaidOut({ things, kind }, { views }) {
    const needed = 1 + things.reduce((most, thing) => Math.max(most, thing.rank), 0);
    const view = kind === 'first' && views.find((each) => each.length >= needed);
    const points = new Map(
      things.map((thing) => [thing, view ? { x: view[thing.rank][0], y: view[thing.rank][1] } : thing]),
    );
    return kind === 'narrowed' ? closedUp(points) : points;
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

  /** The rectangle around marks, their labels and further boxes, in pixels at a scale. */
  function extentOf(chosen, all, further, scale) {
    const shapesOf = all.map(({ x, y, size }) => ({
      x0: (x - size) * scale,
      x1: (x + size) * scale,
      y0: (y - size) * scale,
      y1: (y + size) * scale,
    }));
    return [...chosen.map(({ box }) => box), ...shapesOf, ...further].reduce(
      (sum, box) => ({
        x0: Math.min(sum.x0, box.x0),
        x1: Math.max(sum.x1, box.x1),
        y0: Math.min(sum.y0, box.y0),
        y1: Math.max(sum.y1, box.y1),
      }),
      { x0: Infinity, x1: -Infinity, y0: Infinity, y1: -Infinity },
    );
  }

  return { asLaidOut, around, arranged, extentOf };
})();
