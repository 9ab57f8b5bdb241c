/* Room for names: how many things a window can show with their names, and places at which no name covers another. */
'use strict';

newskg.spacing = (() => {
  const { lettering } = newskg;
  /** The part of the window that shapes and names may fill, so that lines between them can be followed. */
  const FILLED = 0.54;
  /** Of a window that holds more than that, boxes with names may fill this part. */
  const CROWDED = 0.7;
  const FEWEST = 12;
  const MOST_MOVED = 400;
  const ROUNDS = 200;
  /** Pixels between the places that are tried. */
  const STEP = 9;
  /** By how much shapes are drawn smaller in a narrow window. */
  const NARROWER = 0.7;
  const GAP = { across: 8, along: 6, label: 3 };

  /** The room of a shape of a radius with its name below: breadth, height, and how far its middle lies below the shape's. */
  function boxOf(label, radius, strong = false, slim = false) {
    const { width, height } = lettering.forms(label, strong, slim, 1)[0];
    return {
      width: Math.max(width, 2 * radius) + GAP.across,
      height: 2 * radius + GAP.label + height + GAP.along,
      below: (GAP.label + height) / 2,
    };
  }

  const narrower = () => (lettering.isNarrow() ? NARROWER : 1);

  const bare = (radius) => ({ width: 2 * radius + 2, height: 2 * radius + 2, below: 0 });

  /** How many of the boxes, from the first on, fill that share of the room. */
  function filling(boxes, { width, height }, share) {
    let left = width * height * share;
    const n = boxes.findIndex((box) => (left -= box.width * box.height) < 0);
    return n < 0 ? boxes.length : n;
  }

  /** As many of the things, from the first on, as can be shown in the room with their names. */
  function fitting(things, room, most = Infinity) {
    const few = things.slice(0, Math.min(most, 200));
    const boxes = few.map((thing) => boxOf(thing.label, thing.size * narrower()));
    return things.slice(0, Math.max(FEWEST, filling(boxes, room, FILLED)));
  }

  /**
   * Moves two overlapping boxes apart the shorter way, in pixels or (`relative`) as a part of their size; a `held` box
   * stays. Says whether they overlapped.
   */
  function part(one, other, held, relative) {
    const dx = other.x - one.x;
    const dy = other.y + other.below - one.y - one.below;
    const across = (one.width + other.width) / 2 - Math.abs(dx);
    const along = (one.height + other.height) / 2 - Math.abs(dy);
    if (across <= 0 || along <= 0) return false;
    const aside = relative ? across * (one.height + other.height) < along * (one.width + other.width) : across < along;
    const [axis, lack, way] = aside ? ['x', across, dx < 0 ? -1 : 1] : ['y', along, dy < 0 ? -1 : 1];
    const share = one === held || other === held ? 1 : 0.5;
    if (one !== held) one[axis] -= way * lack * share * 0.7;
    if (other !== held) other[axis] += way * lack * share * 0.7;
    return true;
  }

  const overlap = (one, other) =>
    Math.abs(other.x - one.x) < (one.width + other.width) / 2 - 0.5 &&
    Math.abs(other.y + other.below - one.y - one.below) < (one.height + other.height) / 2 - 0.5;

  /** Boxes that still cover a more important one go to the nearest place that is free. */
  function relocate(boxes, bounds) {
    const settled = [];
    for (const box of boxes) {
      if (settled.some((other) => overlap(box, other))) Object.assign(box, nearestFree(box, settled, bounds));
      settled.push(box);
    }
  }

  function nearestFree(box, settled, bounds) {
    let best = null;
    for (let x = bounds.x0 + box.width / 2; x <= bounds.x1 - box.width / 2; x += STEP) {
      for (let y = bounds.y0 + box.height / 2 - box.below; y <= bounds.y1 - box.height / 2 - box.below; y += STEP) {
        const way = (x - box.x) ** 2 + (y - box.y) ** 2;
        if (best && way >= best.way) continue;
        if (!settled.some((other) => overlap({ ...box, x, y }, other))) best = { x, y, way };
      }
    }
    return best && { x: best.x, y: best.y };
  }

  function keepInside(box, bounds) {
    const across = box.width / 2;
    const along = box.height / 2;
    box.x = Math.min(Math.max(box.x, bounds.x0 + across), bounds.x1 - across);
    box.y = Math.min(Math.max(box.y, bounds.y0 + along - box.below), bounds.y1 - along - box.below);
  }

  /**
   * Points (a Map) moved as little as need be until no shape or name covers another, inside the bounds. `marks` are in
   * the order of importance: of more than there is room for, only the first keep room for their names. `held` stays.
   */
  function apart(points, marks, bounds, held = null) {
    if (marks.length > MOST_MOVED) return points;
    const named = marks.map((mark) => boxOf(mark.label, mark.size, mark.strong));
    const most = filling(named, { width: bounds.x1 - bounds.x0, height: bounds.y1 - bounds.y0 }, CROWDED);
    const boxes = marks.map((mark, n) => ({
      ...(n < most ? named[n] : bare(mark.size)),
      ...points.get(mark.thing),
      thing: mark.thing,
    }));
    const fixed = boxes.find((box) => box.thing === held);
    let overlaps = true;
    for (let round = 0; overlaps && round < ROUNDS; round += 1) {
      overlaps = false;
      for (let n = 1; n < boxes.length; n += 1)
        for (let m = 0; m < n; m += 1) overlaps = part(boxes[m], boxes[n], fixed, round % 80 >= 50) || overlaps;
      for (const box of boxes) keepInside(box, bounds);
    }
    if (overlaps) relocate(boxes, bounds);
    return new Map(boxes.map(({ thing, x, y }) => [thing, { x, y }]));
  }

  return { boxOf, fitting, apart, narrower };
})();
