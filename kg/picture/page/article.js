/* An article with its facts in the text: names, facts and statements marked, each mark answering what it says. */
'use strict';

newskg.makeArticleView = (model, state, evidence, cards) => {
  const { el, button, webAddress } = newskg.elements;
  const { words } = newskg;

  function all() {
    const sorted = model.articles.slice().sort((p, q) => (q.date || '').localeCompare(p.date || '') || p.i - q.i);
    return [
      el(
        'header',
        { className: 'thing' },
        el('h2', {}, 'Articles'),
        el('p', { className: 'lead' }, 'Open one to read it with its facts marked.'),
      ),
      cards.list(
        sorted,
        (article) => [
          button(words.shorten(article.title, 160), () => state.go({ article, at: null }), { className: 'link' }),
          el('span', { className: 'quiet' }, ` ${words.published(article)}`, evidence.copyOf(article)),
          el('span', { className: 'number' }, words.number(article.facts.length + article.statements.length)),
        ],
        60,
      ),
    ];
  }

  function layersOf(article) {
    const spans = (items, pick) =>
      items.flatMap((item) =>
        pick(item)
          .filter((span) => span.article === article.i)
          .map((span) => ({ ...span, item })),
      );
    return {
      fact: spans(article.facts, (fact) => fact.spans),
      statement: spans(article.statements, (statement) => statement.content),
      cue: spans(article.statements, (statement) => statement.cueSpans),
      name: article.mentions.map((mention) => ({ ...mention, item: mention.thing })),
    };
  }

  /** A passage cut at every edge of a span; each piece knows what covers it. Sweeps once over sorted spans. */
  function pieces({ begin, text }, layers) {
    const edges = new Set([begin, begin + text.length]);
    const sought = state.now.at ? [{ begin: state.now.at[0], end: state.now.at[1] }] : [];
    const spans = Object.entries(layers).flatMap(([layer, found]) => found.map((span) => ({ ...span, layer })));
    for (const span of [...spans, ...sought])
      for (const edge of [span.begin, span.end]) if (edge > begin && edge < begin + text.length) edges.add(edge);
    const cuts = [...edges].sort((a, b) => a - b);
    spans.sort((p, q) => p.begin - q.begin);
    const result = [];
    let next = 0;
    let open = [];
    for (let n = 0; n + 1 < cuts.length; n += 1) {
      while (next < spans.length && spans[next].begin <= cuts[n]) open.push(spans[next++]);
      open = open.filter((span) => span.end > cuts[n]);
      result.push({
        begin: cuts[n],
        end: cuts[n + 1],
        text: text.slice(cuts[n] - begin, cuts[n + 1] - begin),
        over: open.slice(),
      });
    }
    return result;
  }

  function piece({ begin, end, text, over }, show) {
    const at = state.now.at;
    const sought = at && begin >= at[0] && end <= at[1];
    if (!over.length && !sought) return text;
    const name = over.find((span) => span.layer === 'name');
    const classes = [...new Set(over.map((span) => `in-${span.layer}`))];
    if (sought) classes.push('sought');
    if (name) classes.push(name.item.kind);
    const props = { className: classes.join(' '), onclick: () => show(over) };
    if (name) Object.assign(props, { title: `${name.item.label} (${words.kinds(name.item.kind, 1)})` });
    return el('mark', props, text);
  }

  function body(article, show) {
    const layers = layersOf(article);
    const passages = model.passages(article);
    const whole = passages.length === 1 && passages[0].begin === 0;
    return [
      whole ? null : el('p', { className: 'note' }, 'Only the cited sentences of this article are kept in this page.'),
      passages.map((passage, n) => [
        !whole && n ? el('p', { className: 'quiet' }, '…') : null,
        el(
          'div',
          { className: 'text', dir: 'auto' },
          pieces(passage, layers).map((each) => piece(each, show)),
        ),
      ]),
    ];
  }

  function one(article) {
    const answer = el('div', { className: 'answer', 'aria-live': 'polite' });
    const show = (over) => {
      const items = [...new Set(over.map((span) => span.item))];
      answer.replaceChildren(
        button('Close', () => answer.replaceChildren(), { className: 'close', 'aria-label': 'Close' }),
        ...items.filter((item) => 'kind' in item).map((thing) => el('p', {}, evidence.name(thing))),
        ...items.filter((item) => 'predicate' in item).map((fact) => el('p', {}, evidence.inline(words.fact(fact)))),
        ...items.filter((item) => 'quote' in item).map((statement) => cards.statementCard(statement)),
      );
    };
    const link = webAddress(article.url);
    return [
      el(
        'header',
        { className: 'thing' },
        el(
          'p',
          { className: 'steps' },
          button('All articles', () => state.go({ article: null, at: null })),
          button('Only this article in the picture', () => state.go({ inArticle: article.id, node: null, edge: null })),
        ),
        el('h2', {}, article.title),
        el(
          'p',
          { className: 'caption' },
          [article.author, words.published(article)].filter(Boolean).join(', '),
          evidence.copyOf(article),
          link ? [' ', el('a', { href: link, target: '_blank', rel: 'noopener noreferrer' }, 'Source')] : '',
        ),
        el(
          'p',
          { className: 'key' },
          el('mark', { className: 'in-fact' }, 'fact'),
          ' ',
          el('mark', { className: 'in-statement' }, 'said by somebody'),
          ' ',
          el('mark', { className: 'in-cue' }, 'word of saying'),
          ' ',
          el('mark', { className: 'in-name person' }, 'name'),
        ),
      ),
      body(article, show),
      answer,
      cards.facts('Facts in this article', article.facts, null, 15),
      cards.section('Statements in this article', article.statements, (statement) => cards.statementCard(statement), 8),
    ];
  }

  return { view: () => (state.now.article ? one(state.now.article) : all()) };
};
