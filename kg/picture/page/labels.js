/* Labels as on a map: the same size at every zoom, the important ones first, and never two over one another. */
'use strict';

newskg.makeLabels = (theme) => {
  const { words, lettering, ground: places } = newskg;
  const MOST = 420;
  const FOREMOST = 3;
  /** Up to so many labels are also tried in narrower lines and further places, and none may cover a shape. */
  const FEW = 250;
  /** By how much of its width a label above or below a shape may be shifted aside where there is no room in the middle. */
  const SHIFTS = [0.07, -0.07, 0.2, -0.2, 0.4, -0.4];
  /** By how many pixels a label beside a shape may be lifted or lowered. */
  const LIFTS = [5, -5, 10, -10];
  /** Where along a tie its label may stand, and how many pixels above or below. */
  const SPOTS = [0.5, 0.43, 0.57, 0.36, 0.64, 0.29, 0.71].flatMap((share) => [
    [share, 0],
    [share, -8],
    [share, 8],
  ]);

  /** The places in which a form of a label may stand, the best first; in a crowd only the four best. */
  function spots({ width, height }, mark, scale, crowded) {
    const r = mark.size * scale;
    const x = mark.x * scale;
    const y = mark.y * scale;
    const below = { x0: x - width / 2, x1: x + width / 2, y0: y + r + 3, y1: y + r + 3 + height };
    const above = { ...below, y0: y - r - 3 - height, y1: y - r - 3 };
    const right = { x0: x + r + 4, x1: x + r + 4 + width, y0: y - height / 2, y1: y + height / 2 };
    const left = { ...right, x0: x - r - 4 - width, x1: x - r - 4 };
    if (crowded) return [below, above, right, left];
    const aside = [below, above].flatMap((box) =>
      SHIFTS.map((share) => ({ ...box, x0: box.x0 + share * width, x1: box.x1 + share * width })),
    );
    const beside = [right, left].flatMap((box) =>
      LIFTS.map((lift) => ({ ...box, y0: box.y0 + lift, y1: box.y1 + lift })),
    );
    return [below, above, right, left, ...aside, ...beside];
  }

  const inside = (box, bounds) =>
    !bounds || (box.x0 >= bounds.x0 && box.x1 <= bounds.x1 && box.y0 >= bounds.y0 && box.y1 <= bounds.y1);

  /** The first form and place that is free. */
  function firstFree(forms, mark, scale, crowded, free) {
    for (const form of forms) {
      const box = spots(form, mark, scale, crowded).find(free);
      if (box) return { font: form.font, text: form.text, box };
    }
    return null;
  }

  /**
   * Chooses labels for marks (most important first) and then for ties, in pixels at this scale, within bounds if given.
   * In a crowd the foremost marks may cover the shape of a lesser one where there is no other room.
   */
  function choose(marks, ties, scale, bounds = null) {
    const crowded = marks.length > FEW;
    const shapes = marks.map((mark) => {
      const [x, y, r] = [mark.x, mark.y, mark.size * 0.8].map((n) => n * scale);
      return { x0: x - r, x1: x + r, y0: y - r, y1: y + r, owner: mark };
    });
    const ground = crowded ? places.coarse(shapes) : places.exact();
    const written = places.exact();
    shapes.forEach(ground.take);
    const chosen = [];
    for (const mark of marks) {
      if (chosen.length >= MOST) break;
      if (!mark.label) continue;
      const forms = lettering.forms(mark.label, mark.strong, mark.slim, crowded ? 1 : 2);
      const label =
        firstFree(forms, mark, scale, crowded, (spot) => inside(spot, bounds) && !ground.taken(spot, mark)) ||
        (crowded &&
          chosen.length < FOREMOST &&
          firstFree(forms, mark, scale, crowded, (spot) => inside(spot, bounds) && !written.taken(spot, mark)));
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
    const font = `italic 400 11px ${lettering.FONT}`;
    const text = words.shorten(tie.label, 34);
    const width = lettering.widthOf(text, font) + 8;
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
    for (const { text, box, colour, font: wanted } of chosen) {
      if (box.x1 < sight.x0 || box.x0 > sight.x1 || box.y1 < sight.y0 || box.y0 > sight.y1) continue;
      if (font !== wanted) context.font = font = wanted;
      context.direction = words.direction(text[0]);
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

  return { choose, draw };
};
