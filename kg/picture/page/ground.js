/* Which parts of the picture are taken by shapes and labels: exact for few, in cells of a few pixels for very many. */
'use strict';

newskg.ground = (() => {
  const CELL = 80;
  /** Pixels of a cell for very many, and the most cells. */
  const FINE = 3;
  const MOST_CELLS = 12e6;
  const MARGIN = 260;

  const hits = (one, other) => one.x0 < other.x1 && other.x0 < one.x1 && one.y0 < other.y1 && other.y0 < one.y1;

  /** Rectangles on a grid, so that a new one is only held against those nearby; one's own does not count. */
  function exact() {
    const cells = new Map();
    const each = (box, visit) => {
      for (let x = Math.floor(box.x0 / CELL); x <= Math.floor(box.x1 / CELL); x += 1) {
        for (let y = Math.floor(box.y0 / CELL); y <= Math.floor(box.y1 / CELL); y += 1)
          if (visit(x * 100003 + y)) return true;
      }
      return false;
    };
    return {
      taken: (box, except) =>
        each(box, (key) => (cells.get(key) || []).some((other) => other.owner !== except && hits(box, other))),
      take: (box) =>
        each(box, (key) => {
          if (!cells.has(key)) cells.set(key, []);
          cells.get(key).push(box);
          return false;
        }),
    };
  }

  /** Cells of a few pixels around boxes; coarser where they are far apart. */
  function coarse(boxes) {
    const around = boxes.reduce(
      (sum, box) => ({
        x0: Math.min(sum.x0, box.x0 - MARGIN),
        x1: Math.max(sum.x1, box.x1 + MARGIN),
        y0: Math.min(sum.y0, box.y0 - MARGIN),
        y1: Math.max(sum.y1, box.y1 + MARGIN),
      }),
      { x0: 0, x1: 1, y0: 0, y1: 1 },
    );
    const cell = Math.max(FINE, Math.sqrt(((around.x1 - around.x0) * (around.y1 - around.y0)) / MOST_CELLS));
    const columns = Math.ceil((around.x1 - around.x0) / cell) + 1;
    const rows = Math.ceil((around.y1 - around.y0) / cell) + 1;
    const cells = new Uint8Array(columns * rows);
    const range = (from, to, start, most) => [
      Math.max(0, Math.floor((from - start) / cell)),
      Math.min(most, Math.floor((to - start) / cell)),
    ];
    const each = (box, visit) => {
      const [left, right] = range(box.x0, box.x1, around.x0, columns - 1);
      const [top, bottom] = range(box.y0, box.y1, around.y0, rows - 1);
      for (let y = top; y <= bottom; y += 1)
        for (let n = y * columns + left; n <= y * columns + right; n += 1) if (visit(n)) return true;
      return false;
    };
    return {
      taken: (box) => each(box, (n) => cells[n] === 1),
      take: (box) =>
        each(box, (n) => {
          cells[n] = 1;
          return false;
        }),
    };
  }

  return { exact, coarse };
})();
