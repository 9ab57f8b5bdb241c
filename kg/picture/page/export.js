/* What is shown, taken elsewhere: PNG, SVG, CSV, GraphML, or an address that leads back to the same sight. */
'use strict';

newskg.makeExport = (model, state, subset, drawing, theme) => {
  const { svg, shapeSvg } = newskg.elements;
  const { words } = newskg;

  function save(content, type, ending) {
    const url = URL.createObjectURL(content instanceof Blob ? content : new Blob([content], { type }));
    const name =
      (state.now.node ? state.now.node.label : model.data.title)
        .replace(/[^\p{L}\p{N}]+/gu, '-')
        .replace(/^-|-$/g, '')
        .slice(0, 60) || 'graph';
    const link = document.createElement('a');
    link.href = url;
    link.download = `${name}.${ending}`;
    link.click();
    window.setTimeout(() => URL.revokeObjectURL(url), 10000);
  }

  function png() {
    const drawn = drawing.canvas();
    const copy = document.createElement('canvas');
    copy.width = drawn.width;
    copy.height = drawn.height;
    const context = copy.getContext('2d');
    context.fillStyle = theme.paper;
    context.fillRect(0, 0, copy.width, copy.height);
    context.drawImage(drawn, 0, 0);
    copy.toBlob((blob) => save(blob, 'image/png', 'png'), 'image/png');
  }

  function svgText() {
    const { clientWidth: width, clientHeight: height } = drawing.container;
    const root = svg('svg', {
      xmlns: 'http://www.w3.org/2000/svg',
      width,
      height,
      viewBox: `0 0 ${width} ${height}`,
      'font-family': 'system-ui, sans-serif',
    });
    root.append(svg('title', {}, clean(model.data.title)), svg('rect', { width, height, fill: theme.paper }));
    const { shapes, lines } = drawing.drawn();
    for (const { from, to, width: thickness, dashed, colour } of lines) {
      root.append(
        svg('line', {
          x1: from.x.toFixed(1),
          y1: from.y.toFixed(1),
          x2: to.x.toFixed(1),
          y2: to.y.toFixed(1),
          ...opaque(colour),
          'stroke-width': thickness.toFixed(1),
          ...(dashed ? { 'stroke-dasharray': '5 4' } : {}),
        }),
      );
    }
    for (const { shape, colour, x, y, size } of shapes) root.append(shapeSvg(shape, colour, x, y, size));
    for (const { text, x0, x1, y0, y1, font, colour } of drawing.placed()) {
      text.forEach((line, n) => {
        const y = y0 + (n + 0.5) * ((y1 - y0) / text.length);
        root.append(
          svg(
            'text',
            {
              x: ((x0 + x1) / 2).toFixed(1),
              y: y.toFixed(1),
              'text-anchor': 'middle',
              'dominant-baseline': 'central',
              'font-size': font.match(/([\d.]+)px/)[1],
              'font-weight': font.includes('600') ? 600 : 400,
              'font-style': font.includes('italic') ? 'italic' : 'normal',
              fill: theme[colour],
              stroke: theme.paper,
              'stroke-width': 3,
              'paint-order': 'stroke',
              direction: words.direction(line),
            },
            clean(line),
          ),
        );
      });
    }
    return new XMLSerializer().serializeToString(root);
  }

  /** A colour with its opacity apart, as drawing programs read it. */
  function opaque(colour) {
    const parts = /^(#[0-9a-f]{6})([0-9a-f]{2})$/i.exec(colour);
    return parts
      ? { stroke: parts[1], 'stroke-opacity': (parseInt(parts[2], 16) / 255).toFixed(2) }
      : { stroke: colour };
  }

  /** Without the characters that XML cannot hold. */
  const clean = (text) => text.replace(/[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, '');

  /** A cell that a spreadsheet takes as text and not as a formula. */
  function cell(value) {
    let text = String(value ?? '');
    if (typeof value !== 'number' && /^[=+\-@\t\r]/.test(text)) text = `'${text}`;
    return /[",\n\r]/.test(text) ? `"${text.replace(/"/g, '""')}"` : text;
  }

  function csvText(shown) {
    const { facts, statements } = subset.contentsOf(shown);
    const lines = [['kind', 'subject', 'relation', 'object', 'words', 'article', 'date', 'url', 'confidence']];
    for (const fact of facts) {
      const spans = fact.spans.map(model.textOf).join(' … ');
      lines.push([
        'fact',
        words.plain([fact.subject || 'article']),
        words.relation(fact),
        fact.target ? fact.target.label : fact.literal,
        spans,
        fact.article?.title,
        fact.article?.date,
        fact.article?.url,
        fact.trust,
      ]);
    }
    for (const each of statements) {
      lines.push([
        'statement',
        each.speakers.map((speaker) => speaker.label).join('; ') || each.speakerText,
        each.cue,
        each.about.map((thing) => thing.label).join('; '),
        each.text,
        each.article?.title,
        each.day,
        each.article?.url,
        each.trust,
      ]);
    }
    return `\uFEFF${lines.map((line) => line.map(cell).join(',')).join('\r\n')}\r\n`;
  }

  function graphmlText(shown) {
    const xml = (text) => clean(String(text ?? '')).replace(/[<>&"']/g, (c) => `&#${c.charCodeAt(0)};`);
    const data = (key, value) => (value === '' || value === undefined ? '' : `<data key="${key}">${xml(value)}</data>`);
    const keys = ['label', 'kind', 'caption', 'iri', 'start', 'end']
      .map((name) => `<key id="${name}" for="node" attr.name="${name}" attr.type="string"/>`)
      .concat(
        ['relation', 'words'].map((name) => `<key id="${name}" for="edge" attr.name="${name}" attr.type="string"/>`),
      )
      .concat(['<key id="confidence" for="edge" attr.name="confidence" attr.type="double"/>']);
    const nodes = shown.things.map(
      (thing) =>
        `<node id="n${thing.i}">${data('label', thing.label)}${data('kind', thing.kind)}${data('caption', words.caption(thing))}${data('iri', thing.iri)}${data('start', thing.dates?.[0] || '')}${data('end', thing.dates?.[1] || '')}</node>`,
    );
    const edge = (from, to, relation, text, trust) =>
      `<edge source="n${from.i}" target="n${to.i}">${data('relation', relation)}${data('words', text)}${data('confidence', trust)}</edge>`;
    const edges = [];
    for (const { edge: tie, facts, statements, cites } of shown.ties) {
      for (const fact of facts)
        edges.push(
          edge(fact.subject, fact.target, words.relation(fact), fact.spans.map(model.textOf).join(' … '), fact.trust),
        );
      const said = (one, relation, each) => edge(one, one === tie.a ? tie.b : tie.a, relation, each.text, each.trust);
      for (const each of statements) edges.push(said(model.sayerOf(tie, each), each.cue || 'said', each));
      for (const each of cites) edges.push(said(model.citerOf(tie, each), 'cites', each));
    }
    return `<?xml version="1.0" encoding="UTF-8"?>\n<graphml xmlns="http://graphml.graphdrawing.org/xmlns">\n${keys.join('\n')}\n<graph id="G" edgedefault="directed">\n${nodes.join('\n')}\n${edges.join('\n')}\n</graph>\n</graphml>\n`;
  }

  return {
    svgText,
    csvText,
    graphmlText,
    png,
    svg: () => save(svgText(), 'image/svg+xml', 'svg'),
    csv: (shown) => save(csvText(shown), 'text/csv', 'csv'),
    graphml: (shown) => save(graphmlText(shown), 'application/xml', 'graphml'),
  };
};
