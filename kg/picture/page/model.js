/* The data of the page as things, facts, statements and articles that refer to one another. */
'use strict';

newskg.loadModel = async () => {
  const { byId } = newskg.elements;

  async function block(id) {
    const element = byId(id);
    if (element.type === 'application/json') return JSON.parse(element.textContent);
    const bytes = Uint8Array.from(atob(element.textContent), (character) => character.charCodeAt(0));
    const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('deflate'));
    return JSON.parse(await new Response(stream).text());
  }

  /** [article, begin, length, ...] as spans. */
  function spansFrom(flat) {
    const spans = [];
    for (let i = 0; i < flat.length; i += 3)
      spans.push({ article: flat[i], begin: flat[i + 1], end: flat[i + 1] + flat[i + 2] });
    return spans;
  }

  function spansWithin(article, flat) {
    const spans = [];
    for (let i = 0; i < flat.length; i += 2) spans.push({ article, begin: flat[i], end: flat[i] + flat[i + 1] });
    return spans;
  }

  /** Of most facts and statements nobody asks for the spans: they are made when they are asked for. */
  class Fact {
    constructor(values, flat) {
      Object.assign(this, values);
      this.flat = flat;
    }

    get spans() {
      return spansFrom(this.flat);
    }
  }

  class Statement {
    constructor(values, flat) {
      Object.assign(this, values);
      this.flat = flat;
    }

    within(n) {
      return spansWithin(this.article && this.article.i, this.flat[n]);
    }

    get spans() {
      return this.within(0);
    }

    get content() {
      return this.within(1);
    }

    get cueSpans() {
      return this.within(2);
    }

    get source() {
      return this.within(3);
    }

    get text() {
      return this.givenContent || this.content.map(textOf).join(' … ');
    }
  }

  const data = await block('graph-data');
  const texts = await block('text-data');

  const things = data.labels.map((label, i) => ({
    i,
    label,
    kind: data.kinds[data.kind[i]],
    id: data.ids[i].includes(':') ? data.ids[i] : `${data.kinds[data.kind[i]]}/${data.ids[i]}`,
    iri: (data.ids[i].includes(':') ? '' : data.bases[data.kinds[data.kind[i]]] || '') + data.ids[i],
    aliases: data.aliases[i] || [],
    dates: data.dates[i] || null,
    rank: Infinity,
    x: data.x[i],
    y: data.y[i],
    size: data.size[i],
    community: data.community[i],
    facts: [],
    edges: [],
    roles: [],
    staff: [],
    said: [],
    saidAbout: [],
    saidAt: [],
  }));
  data.first.forEach((i, rank) => {
    things[i].rank = rank;
  });

  const roles = data.roles.map(([person, title, organisation, status, start, end], i) => {
    const role = {
      i,
      person: things[person],
      title,
      organisation: things[organisation] || null,
      status: data.strings[status],
      start,
      end,
    };
    role.person.roles.push(role);
    if (role.organisation) role.organisation.staff.push(role);
    return role;
  });

  const articles = data.articles.map(([iri, title, date, url, publisher, author, copyOf], i) => ({
    i,
    iri,
    id: iri.split('/').pop(),
    title: title || 'Untitled article',
    date,
    url,
    publisher,
    author,
    copyOf,
    facts: [],
    statements: [],
    mentions: [],
  }));
  for (const article of articles) article.copyOf = articles[article.copyOf] || null;

  const HELD = data.predicates.findIndex(([name]) => name === 'holdsRole');
  const facts = data.facts.map(([subject, predicate, target, literal, role, asRoles, trust, spans], i) => {
    const values = {
      i,
      subject: things[subject] || null,
      predicate: data.predicates[predicate][0],
      words: data.predicates[predicate][1],
      role: roles[role] || null,
      target: things[target] || (predicate === HELD && roles[role] ? roles[role].organisation : null),
      literal: literal || '',
      asRoles: (asRoles || []).map((n) => roles[n]),
      trust: trust / 100,
      article: spans.length ? articles[spans[0]] : null,
    };
    const fact = new Fact(values, spans);
    if (fact.article) fact.article.facts.push(fact);
    if (fact.subject) fact.subject.facts.push(fact);
    if (fact.target && fact.target !== fact.subject) fact.target.facts.push(fact);
    return fact;
  });

  const word = (n) => data.strings[n];
  const statements = data.statements.map((row, i) => {
    const [
      speakers,
      speakerText,
      content,
      cue,
      act,
      quote,
      polarity,
      modality,
      trust,
      madeAt,
      asRoles,
      about,
      quantities,
      dates,
      nestedIn,
      article,
      evidence,
      contentSpans,
      cueSpans,
      sourceSpans,
    ] = row;
    const values = {
      i,
      speakers: (speakers || []).map((n) => things[n]),
      speakerText: speakerText || '',
      givenContent: content || '',
      cue: word(cue),
      act: word(act),
      quote: word(quote),
      polarity: word(polarity),
      modality: word(modality),
      trust: trust / 100,
      madeAt: things[madeAt] || null,
      roles: (asRoles || []).map((n) => roles[n]),
      about: (about || []).map((n) => things[n]),
      quantities: quantities || [],
      dates: dates || null,
      nestedIn,
      article: articles[article] || null,
    };
    return new Statement(values, [evidence, contentSpans, cueSpans, sourceSpans]);
  });
  /** The day of a statement: its own, that of the event where it was made, or that of the article. */
  function dayOf({ dates, madeAt, article }) {
    if (dates) return dates[0];
    if (madeAt && madeAt.dates && madeAt.dates[0]) return madeAt.dates[0];
    return article ? article.date : '';
  }

  for (const statement of statements) {
    statement.outer = statements[statement.nestedIn] || null;
    statement.day = dayOf(statement);
    for (const speaker of statement.speakers) speaker.said.push(statement);
    if (statement.madeAt) statement.madeAt.saidAt.push(statement);
    if (statement.article) statement.article.statements.push(statement);
    for (const thing of statement.about) thing.saidAbout.push(statement);
  }
  for (const [i, flat] of Object.entries(data.mentions)) {
    for (const span of spansFrom(flat)) articles[span.article].mentions.push({ ...span, thing: things[i] });
  }

  /** Ties between things, one for each pair, with the facts and statements that make it. */
  const edges = [];
  const edgeOf = new Map();
  function tie(one, other) {
    if (!one || !other || one === other) return null;
    const key = one.i < other.i ? one.i * things.length + other.i : other.i * things.length + one.i;
    let edge = edgeOf.get(key);
    if (!edge) {
      edge = { i: edges.length, a: one, b: other, facts: [], statements: [], cites: [] };
      edges.push(edge);
      edgeOf.set(key, edge);
      one.edges.push(edge);
      other.edges.push(edge);
    }
    return edge;
  }
  for (const fact of facts) tie(fact.subject, fact.target)?.facts.push(fact);
  /** A statement about one of its speakers by both of them makes one tie, once. */
  function once(items, statement) {
    if (items && items[items.length - 1] !== statement) items.push(statement);
  }
  for (const statement of statements) {
    const { speakers, about, madeAt, outer } = statement;
    for (const speaker of speakers) {
      for (const thing of about.length ? about : [madeAt]) once(tie(speaker, thing)?.statements, statement);
      for (const reporter of outer ? outer.speakers : []) once(tie(reporter, speaker)?.cites, statement);
    }
  }

  /** Of the two things of a tie, the one that makes a statement, and the one that cites it. */
  const sayerOf = ({ a, b }, { speakers, about, madeAt }) =>
    speakers.includes(a) && [madeAt, ...about].includes(b) ? a : b;
  const citerOf = ({ a, b }, { outer, speakers }) => (outer.speakers.includes(a) && speakers.includes(b) ? a : b);

  /** The passages of an article that the page holds: [{begin, sentences, text}]; one at 0 is the whole text. */
  function passages(article) {
    const flat = texts[article.i] || [];
    const found = [];
    for (let i = 0; i < flat.length; i += 2)
      found.push({ begin: flat[i], sentences: flat[i + 1], text: flat[i + 1].join('') });
    return found;
  }

  function textOf(span) {
    for (const { begin, text } of passages(articles[span.article])) {
      if (begin <= span.begin && span.end <= begin + text.length)
        return text.slice(span.begin - begin, span.end - begin);
    }
    return '';
  }

  const byThingId = new Map(things.map((thing) => [thing.id, thing]));
  const articleById = new Map(articles.map((article) => [article.id, article]));
  const order = things.slice().sort((one, other) => other.edges.length - one.edges.length || one.i - other.i);

  /** Whether a fact or statement was read from a copy of another article. */
  const isCopied = ({ article }) => Boolean(article && article.copyOf);

  /** How many facts and statements there are, those of copies left out: an article and its copies are one source. */
  const told = (items) => items.filter((item) => !isCopied(item)).length;
  const counts = { facts: told(facts), statements: told(statements) };

  /** Whether the first view holds everything. */
  const whole = things.every((thing) => thing.rank < Infinity);

  return {
    data,
    whole,
    views: data.views,
    things,
    roles,
    facts,
    statements,
    articles,
    counts,
    isCopied,
    edges,
    sayerOf,
    citerOf,
    passages,
    textOf,
    byThingId,
    articleById,
    order,
  };
};
