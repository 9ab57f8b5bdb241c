/* Elements of the page, always made from text and never from markup. `newskg` is the page's only global name. */
'use strict';

const newskg = {};

newskg.elements = (() => {
  /** An element with properties, attributes (names with a dash, role), listeners (onclick) and children. */
  function el(tag, properties = {}, ...children) {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(properties)) {
      if (value === undefined || value === null || value === false) continue;
      if (name.startsWith('on')) element.addEventListener(name.slice(2), value);
      else if (name in element && !name.includes('-') && name !== 'list') element[name] = value;
      else element.setAttribute(name, value === true ? '' : value);
    }
    element.append(
      ...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false),
    );
    return element;
  }

  const byId = (id) => document.getElementById(id);

  const CONTROLS = 'button, a, input, select, summary';
  /** What a control says, without the numbers that change. */
  const saying = (control) => control.id || control.textContent.replace(/[\d,.]+/g, '').trim();

  /** Puts new children in the place of all old ones; who was at a control by keyboard is at the same one again. */
  function fill(element, ...children) {
    const held = element.contains(document.activeElement) ? document.activeElement : null;
    const place = held ? [...element.querySelectorAll(CONTROLS)].indexOf(held) : -1;
    element.replaceChildren(
      ...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false),
    );
    if (!held) return;
    const controls = [...element.querySelectorAll(CONTROLS)];
    const alike = controls.filter((control) => control.tagName === held.tagName && saying(control) === saying(held));
    const next = alike.includes(controls[place]) ? controls[place] : alike[0] || element.closest('[tabindex]');
    next?.focus({ preventScroll: true });
  }

  /** Only web addresses become links; anything else stays text. */
  function webAddress(text) {
    try {
      const url = new URL(text);
      return url.protocol === 'http:' || url.protocol === 'https:' ? url.href : '';
    } catch {
      return '';
    }
  }

  function button(text, onclick, properties = {}) {
    return el('button', { type: 'button', onclick, ...properties }, text);
  }

  const SVG = 'http://www.w3.org/2000/svg';

  function svg(tag, attributes = {}, ...children) {
    const element = document.createElementNS(SVG, tag);
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
    element.append(...children);
    return element;
  }

  /** The points of a kind's shape around (x, y); null for a circle. */
  function outline(shape, x, y, r) {
    const corners = {
      square: [
        [-1, -1],
        [1, -1],
        [1, 1],
        [-1, 1],
      ],
      diamond: [
        [0, -1.2],
        [1.2, 0],
        [0, 1.2],
        [-1.2, 0],
      ],
      triangleDown: [
        [-1.1, -0.8],
        [1.1, -0.8],
        [0, 1.1],
      ],
      hexagon: [0, 1, 2, 3, 4, 5].map((n) => [Math.cos((n * Math.PI) / 3), Math.sin((n * Math.PI) / 3)]),
    }[shape];
    return corners ? corners.map(([a, b]) => [x + a * r, y + b * r]) : null;
  }

  function shapeSvg(shape, colour, x, y, r) {
    const points = outline(shape, x, y, r);
    return points
      ? svg('polygon', { points: points.map((p) => p.map((n) => n.toFixed(1)).join(',')).join(' '), fill: colour })
      : svg('circle', { cx: x, cy: y, r, fill: colour });
  }

  /** A kind's shape in its colour, for the legend and beside names. */
  function glyph(shape, colour) {
    const drawing = svg('svg', { viewBox: '0 0 16 16', class: 'glyph', 'aria-hidden': 'true' });
    drawing.append(shapeSvg(shape, colour, 8, 8, 6));
    return drawing;
  }

  /** A written page, beside the titles of articles. */
  function sheet() {
    const drawing = svg('svg', { viewBox: '0 0 16 16', class: 'glyph sheet', 'aria-hidden': 'true' });
    drawing.append(
      svg('path', { d: 'M3 1.5h7l3 3v10H3z M10 1.5v3h3', class: 'edge' }),
      svg('path', { d: 'M5 7h6 M5 9.5h6 M5 12h4', class: 'edge' }),
    );
    return drawing;
  }

  return { el, byId, fill, webAddress, button, svg, shapeSvg, glyph, sheet };
})();
