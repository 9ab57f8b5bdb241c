/* The sentence behind a fact: the words in their sentence, marked, with the article they stand in. */
'use strict';

newskg.makeEvidence = (model, state) => {
  const { el, button, glyph, webAddress } = newskg.elements;
  const { words } = newskg;

  /** The sentence around spans of one article: its offsets and its text. */
  function sentence(spans) {
    const begin = Math.min(...spans.map((span) => span.begin));
    const end = Math.max(...spans.map((span) => span.end));
    const passage = model
      .passages(model.articles[spans[0].article])
      .find((each) => each.begin <= begin && end <= each.begin + each.text.length);
    if (!passage) return null;
    const { text, begin: offset } = passage;
    let from = 0;
    let to = 0;
    for (const each of passage.sentences) {
      if (to <= begin - offset) from = to;
      to += each.length;
      if (to >= end - offset) break;
    }
    while (from < begin - offset && /\s/.test(text[from])) from += 1;
    return { begin: from + offset, text: text.slice(from, to).trimEnd() };
  }

  /** Text with marks: `layers` is a list of [class, spans]; later layers lie inside or over earlier ones. */
  function marked(begin, text, layers) {
    const edges = new Set([0, text.length]);
    for (const [, spans] of layers) {
      for (const span of spans)
        for (const edge of [span.begin - begin, span.end - begin]) if (edge > 0 && edge < text.length) edges.add(edge);
    }
    const cuts = [...edges].sort((a, b) => a - b);
    return cuts.slice(0, -1).map((from, n) => {
      const to = cuts[n + 1];
      const covering = layers
        .filter(([, spans]) => spans.some((span) => span.begin - begin <= from && to <= span.end - begin))
        .map(([layer]) => layer);
      const piece = text.slice(from, to);
      return covering.length ? el('mark', { className: covering.join(' ') }, piece) : piece;
    });
  }

  /** Opens an article where a span of it stands. */
  const openAt = (article, span) => state.go({ tab: 'articles', article, at: span ? [span.begin, span.end] : null });

  /** Of which other article this one is a copy. */
  const copyOf = (article) =>
    article.copyOf
      ? [
          ', a copy of ',
          button(words.shorten(article.copyOf.title, 80), () => openAt(article.copyOf, null), { className: 'link' }),
        ]
      : '';

  function source(article, span) {
    const link = webAddress(article.url);
    return el(
      'p',
      { className: 'source' },
      button(words.shorten(article.title, 160), () => openAt(article, span), {
        className: 'link',
        title: 'Read it in the article',
      }),
      ` ${words.published(article)}`,
      copyOf(article),
      link ? [' ', el('a', { href: link, target: '_blank', rel: 'noopener noreferrer' }, 'Source')] : '',
    );
  }

  function quotation(layers) {
    const spans = layers.flatMap(([, found]) => found);
    if (!spans.length) return el('p', { className: 'quiet' }, 'The graph holds no sentence for this.');
    const around = sentence(spans);
    return around
      ? el('blockquote', { dir: 'auto' }, marked(around.begin, around.text, layers))
      : el('p', { className: 'quiet' }, 'The sentence is not kept in this page.');
  }

  /** The sentences of facts that read alike, one quotation for each sentence. */
  function ofFacts(facts) {
    const groups = new Map();
    const key = ({ spans }) => {
      const around = spans.length ? sentence(spans) : null;
      return `${spans[0]?.article} ${around ? around.begin : spans[0]?.begin}`;
    };
    for (const fact of facts)
      for (const article of new Set(fact.spans.map((span) => span.article))) {
        const spans = fact.spans.filter((span) => span.article === article);
        groups.set(key({ spans }), [...(groups.get(key({ spans })) || []), ...spans]);
      }
    if (!groups.size) return [quotation([])];
    return [...groups.values()].map((spans) =>
      el(
        'div',
        { className: 'evidence' },
        quotation([['cited', spans]]),
        source(model.articles[spans[0].article], spans[0]),
      ),
    );
  }

  function ofStatement(statement) {
    const layers = [
      ['cited', statement.content.length ? statement.content : statement.spans],
      ['cue', statement.cueSpans],
      ['speaker', statement.source],
    ];
    return [
      el(
        'div',
        { className: 'evidence' },
        quotation(layers),
        statement.article ? source(statement.article, statement.spans[0]) : '',
      ),
    ];
  }

  /** A thing as a link that focuses it. */
  function name(thing, text = thing.label) {
    return button(
      [glyph(model.data.shapes[thing.kind], `var(--${thing.kind})`), el('bdi', {}, words.shorten(text, 200))],
      () =>
        state.go({ node: thing, edge: null, tab: 'read', view: state.now.view === 'table' ? 'map' : state.now.view }),
      { className: `name ${thing.kind}`, title: words.shorten(thing.label, 400) },
    );
  }

  const inline = (parts) => parts.map((part) => (typeof part === 'string' ? part : name(part)));

  return { ofFacts, ofStatement, name, inline, sentence, marked, openAt, copyOf };
};
