/* Labels as on a map: the same size at every zoom, the important ones first, and never two over one another. */
'use strict';

newskg.makeLabels = (theme, isNarrow) => {
  const { words } = newskg;
  const FONT = 'system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", "Noto Sans", Arial, sans-serif';
  const LINE = 15;
  const MOST = 420;
  const CELL = 80;
  const FOREMOST = 3;
  /** Up to so many labels are also tried in narrower lines. */
  const FEW = 250;
  /** By how much of its width a label above or below a shape may be shifted aside where there is no room in the middle. */
  const SHIFTS = [0.07, -0.07, 0.2, -0.2, 0.4, -0.4];
  /** Where along a tie its label may stand, and how many pixels above or below. */
  const SPOTS = [0.5, 0.43, 0.57, 0.36, 0.64, 0.29, 0.71].flatMap((share) => [
    [share, 0],
    [share, -8],
    [share, 8],
  ]);
  const measures = new Map();
  const measuring = document.createElement('canvas').getContext('2d');

  function widthOf(text, font) {
    const key = font + text;
    let width = measures.get(key);
    if (width === undefined) {
      measuring.font = font;
      width = measuring.measureText(text).width;
      measures.set(key, width);
    }
    return width;
  }

  /** A label in at most three lines of about twenty characters. */
  function lines(text, longest = 21, most = 3) {
    if (text.includes('\n')) return text.split('\n').slice(0, most);
    const found = [];
    let line = '';
    for (const word of words.shorten(text.replace(/\s+/g, ' ').trim(), longest * most - 2).split(' ')) {
      const piece = words.shorten(word, longest + 3);
      if (line && line.length + piece.length + 1 > longest) {
        found.push(line);
        line = piece;
      } else line = line ? `${line} ${piece}` : piece;
    }
    if (line) found.push(line);
    return found.length > most
      ? [...found.slice(0, most - 1), words.shorten(found.slice(most - 1).join(' '), longest)]
      : found;
  }

  /** Rectangles on a grid, so that a new one is only held against those nearby. */
  function makeGround() {
    const cells = new Map();
    const each = (box, visit) => {
      for (let x = Math.floor(box.x0 / CELL); x <= Math.floor(box.x1 / CELL); x += 1) {
        for (let y = Math.floor(box.y0 / CELL); y <= Math.floor(box.y1 / CELL); y += 1)
          if (visit(x * 100003 + y)) return true;
      }
      return false;
    };
    const hits = (one, other) => one.x0 < other.x1 && other.x0 < one.x1 && one.y0 < other.y1 && other.y0 < one.y1;
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

  /** A label in one of its breadths, with the places it may stand in, the best first. */
  function nodeLabel(mark, scale, letters, narrow) {
    const font = `${mark.strong ? 600 : 400} ${(mark.strong ? 13.5 : 12.5) - (narrow ? 1.5 : 0)}px ${FONT}`;
    const text = lines(mark.label, letters);
    const width = Math.max(...text.map((line) => widthOf(line, font))) + 6;
    const height = text.length * LINE;
    const r = mark.size * scale;
    const x = mark.x * scale;
    const y = mark.y * scale;
    const below = { x0: x - width / 2, x1: x + width / 2, y0: y + r + 3, y1: y + r + 3 + height };
    const above = { ...below, y0: y - r - 3 - height, y1: y - r - 3 };
    const right = { x0: x + r + 4, x1: x + r + 4 + width, y0: y - height / 2, y1: y + height / 2 };
    const left = { ...right, x0: x - r - 4 - width, x1: x - r - 4 };
    const aside = [below, above].flatMap((box) =>
      SHIFTS.map((share) => ({ ...box, x0: box.x0 + share * width, x1: box.x1 + share * width })),
    );
    return { font, text, spots: [below, above, right, left, ...aside] };
  }

  const inside = (box, bounds) =>
    !bounds || (box.x0 >= bounds.x0 && box.x1 <= bounds.x1 && box.y0 >= bounds.y0 && box.y1 <= bounds.y1);

  /** The first form and place that is free. */
  function firstFree(forms, free) {
    for (const { font, text, spots } of forms) {
      const box = spots.find(free);
      if (box) return { font, text, box };
    }
    return null;
  }

  /**
   * Chooses labels for marks (most important first) and then for ties, in pixels at this scale, within bounds if given.
   * The foremost marks may cover the shape of a lesser one where there is no other room.
   */
  function choose(marks, ties, scale, bounds = null) {
    const ground = makeGround();
    const written = makeGround();
    for (const mark of marks.slice(0, 2500)) {
      const r = mark.size * scale * 0.8;
      ground.take({
        x0: mark.x * scale - r,
        x1: mark.x * scale + r,
        y0: mark.y * scale - r,
        y1: mark.y * scale + r,
        owner: mark,
      });
    }
    const narrow = isNarrow();
    const breadths = (narrow ? [16, 11] : [21, 13]).slice(0, marks.length > FEW ? 1 : 2);
    const chosen = [];
    for (const mark of marks) {
      if (chosen.length >= MOST) break;
      if (!mark.label) continue;
      const forms = breadths.map((letters) => nodeLabel(mark, scale, letters, narrow));
      const label =
        firstFree(forms, (spot) => inside(spot, bounds) && !ground.taken(spot, mark)) ||
        (chosen.length < FOREMOST &&
          !mark.plain &&
          firstFree(forms, (spot) => inside(spot, bounds) && !written.taken(spot, mark)));
      if (!label) continue;
      ground.take({ ...label.box, owner: mark });
      written.take({ ...label.box, owner: mark });
      chosen.push({ ...label, mark, colour: 'ink' });
    }
    const placed = chosen.length;
    for (const tie of ties) {
      if (chosen.length - placed >= 120) break;
      const label = tieLabel(tie, scale, ground);
      if (label) chosen.push(label);
    }
    return chosen;
  }

  function tieLabel(tie, scale, ground) {
    const font = `italic 400 11px ${FONT}`;
    const text = words.shorten(tie.label, 34);
    const width = widthOf(text, font) + 8;
    const { from, to } = tie;
    const length = Math.hypot(to.x - from.x, to.y - from.y) * scale;
    if (length < width * 0.75) return null;
    for (const [share, aside] of SPOTS) {
      const x = (from.x + (to.x - from.x) * share) * scale;
      const y = (from.y + (to.y - from.y) * share) * scale + aside;
      const box = { x0: x - width / 2, x1: x + width / 2, y0: y - 8, y1: y + 8 };
      if (ground.taken(box, null)) continue;
      ground.take({ ...box, owner: tie });
      return { tie, font, text: [text], box, colour: 'quiet' };
    }
    return null;
  }

  function draw(context, chosen, scale, sight) {
    context.save();
    context.scale(1 / scale, 1 / scale);
    context.textAlign = 'center';
    context.textBaseline = 'middle';
    context.lineJoin = 'round';
    context.lineWidth = 3.5;
    context.strokeStyle = theme.paper;
    let font = '';
    for (const { text, box, colour, font: wanted, faint } of chosen) {
      if (box.x1 < sight.x0 || box.x0 > sight.x1 || box.y1 < sight.y0 || box.y0 > sight.y1) continue;
      if (font !== wanted) context.font = font = wanted;
      context.direction = words.direction(text[0]);
      context.globalAlpha = faint ? 0.35 : 1;
      context.fillStyle = theme[colour];
      const x = (box.x0 + box.x1) / 2;
      text.forEach((line, n) => {
        const y = box.y0 + (n + 0.5) * ((box.y1 - box.y0) / text.length);
        context.strokeText(line, x, y);
        context.fillText(line, x, y);
      });
    }
    context.restore();
  }

  /** The days along the top and the kinds beside the lanes of a view along time. */
  function drawLanes(context, { scale: days, lanes }, zoom) {
    if (!days) return;
    context.save();
    context.fillStyle = theme.quiet;
    context.strokeStyle = theme.line;
    context.globalAlpha = 0.7;
    context.lineWidth = 1 / zoom;
    context.font = `${12 / zoom}px ${FONT}`;
    context.textAlign = 'center';
    const top = lanes.length ? lanes[0].top : 0;
    const bottom = lanes.length ? lanes[lanes.length - 1].bottom : 0;
    let last = -Infinity;
    for (const { day, x } of days) {
      if ((x - last) * zoom < 110) continue;
      last = x;
      context.beginPath();
      context.moveTo(x, top);
      context.lineTo(x, bottom);
      context.stroke();
      context.fillText(words.day(new Date(day * 86400000).toISOString()), x, top - 30 / zoom);
    }
    context.textAlign = 'left';
    for (const lane of lanes) context.fillText(words.kinds(lane.kind), lane.left, (lane.top + lane.bottom) / 2);
    context.restore();
  }

  return { choose, draw, drawLanes };
};
