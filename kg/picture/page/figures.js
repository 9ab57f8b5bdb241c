/* Things and ties as the shapes and lines that vis-network draws, and as the marks that get labels. */
'use strict';

newskg.makeFigures = (model, state, theme, room) => {
  const { words, spacing, lettering } = newskg;
  const { shapes, colours } = model.data;
  /** From so many things on only shapes, plain lines and the labels that find room are drawn. */
  const MANY = 900;
  /** So many of the most important names are set bold. */
  const STRONG = 8;
  let crowding = 1;

  /** By how much shapes are drawn smaller where many stand in a small window. */
  function crowdingOf(count) {
    const { width, height } = room();
    const share = (width * height) / Math.max(1, count) / (count > MANY ? 1500 : 11000);
    return Math.min(spacing.narrower(), Math.max(0.2, Math.sqrt(share)));
  }

  const sizeOf = (thing) => (thing === state.now.node ? Math.max(thing.size, 16) : thing.size) * crowding;

  function markThings(things, slim) {
    return things
      .slice()
      .sort((p, q) => (q === state.now.node) - (p === state.now.node) || q.size - p.size || p.i - q.i)
      .map((thing, n) => ({
        thing,
        label: thing.label,
        size: sizeOf(thing),
        slim,
        strong: thing === state.now.node || (n < STRONG && n < things.length / 4 && thing.size > 12),
        x: 0,
        y: 0,
      }));
  }

  /** The words on ties: around a focus those of its own ties, in a wider picture those of facts. */
  function markTies(ties, points) {
    const { node } = state.now;
    const own = (tie) => tie.edge.a === node || tie.edge.b === node;
    const worded = node ? ties.filter(own) : ties.filter((tie) => tie.facts.length);
    if (worded.length > 400 || (!node && room().width < 530)) return [];
    return worded
      .map((tie) => ({
        tie,
        label: words.tie(node ? tie : { facts: tie.facts, statements: [], cites: [] }),
        from: points.get(tie.edge.a),
        to: points.get(tie.edge.b),
        rank: (tie.facts.length ? 2 : 0) + (tie.facts.some((fact) => fact.role) ? 1 : 0),
      }))
      .sort((p, q) => q.rank - p.rank);
  }

  function nodeOf(thing, point) {
    const colour = theme.kind(colours, thing.kind);
    const picked = state.now.node === thing;
    return {
      id: thing.i,
      x: point.x,
      y: point.y,
      shape: shapes[thing.kind],
      size: sizeOf(thing),
      borderWidth: picked ? 4 : crowding < 0.5 ? 0.5 : 1.5,
      color: {
        background: colour,
        border: picked ? theme.ink : theme.paper,
        hover: { background: colour, border: theme.ink },
        highlight: { background: colour, border: theme.ink },
      },
    };
  }

  /** A tie in a picture of very many: a thin pale line. */
  function paleEdgeOf({ edge, facts }) {
    return {
      id: edge.i,
      from: edge.a.i,
      to: edge.b.i,
      width: 0.4,
      color: {
        color: facts.length ? theme.faint : theme.faintsaid,
        hover: theme.accent,
        highlight: theme.accent,
        inherit: false,
      },
    };
  }

  /** Where a tie starts: the subject of its facts, or who spoke. */
  function originOf({ edge, facts, statements, cites }) {
    if (facts.length) return facts[0].subject;
    if (statements.length) return model.sayerOf(edge, statements[0]);
    return cites.length ? model.citerOf(edge, cites[0]) : edge.a;
  }

  function edgeOf(tie) {
    const { edge, facts, statements, cites } = tie;
    const said = !facts.length;
    const directed = crowding > 0.6 && facts.every((fact) => fact.subject === facts[0].subject);
    const from = originOf(tie);
    const to = from === edge.a ? edge.b : edge.a;
    const picked = state.now.edge === edge;
    const aside = state.now.node && edge.a !== state.now.node && edge.b !== state.now.node;
    return {
      id: edge.i,
      from: from.i,
      to: to.i,
      dashes: said ? [5, 4] : false,
      width: picked
        ? 3
        : aside
          ? 0.5
          : Math.min(3, 1 + Math.log2(facts.length + statements.length + cites.length) * 0.4),
      arrows: directed && !aside ? { to: { enabled: true, scaleFactor: 0.4 } } : undefined,
      color: {
        color: picked ? theme.accent : said ? theme.said : theme.line,
        highlight: theme.accent,
        hover: theme.accent,
        inherit: false,
      },
    };
  }

  /** The communities as marks of their own. */
  function markGroups(groups) {
    const many = groups.length > 30;
    const smaller = crowdingOf(groups.length * (many ? 6 : 2));
    return groups.map(([group, names, count, size, x, y]) => ({
      thing: group,
      label: words.community(names, count, many || lettering.isNarrow() ? 1 : 2),
      size: size * smaller,
      x,
      y,
      strong: size > 30,
    }));
  }

  const groupNode = ({ thing: group, size, x, y }) => ({
    id: `group${group}`,
    x,
    y,
    shape: 'dot',
    size,
    color: { background: theme.group, border: theme.quiet, hover: { background: theme.accent, border: theme.ink } },
  });

  function groupEdges({ groups, ties }, most) {
    const strongest = Math.max(1, ...ties.map(([, , count]) => count));
    const shownTies = ties.filter((tie) => Math.max(tie[0], tie[1]) < most);
    return shownTies.map(([one, other, count], n) => ({
      id: `tie${n}`,
      from: `group${groups[one][0]}`,
      to: `group${groups[other][0]}`,
      width: 0.6 + (7 * count) / strongest,
      color: { color: theme.faint, inherit: false, hover: theme.faint },
    }));
  }

  return {
    MANY,
    /** Sets how small shapes are drawn, for a number of them. */
    crowd(count) {
      crowding = crowdingOf(count);
    },
    sizeOf,
    nodeOf,
    edgeOf: (tie, count) => (count > MANY ? paleEdgeOf(tie) : edgeOf(tie)),
    markThings,
    markTies,
    markGroups,
    groupNode,
    groupEdges,
  };
};
