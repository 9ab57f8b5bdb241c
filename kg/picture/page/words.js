/* Facts and statements in words: lists of text and things, which become text or links. */
'use strict';

newskg.words = (() => {
  const MONTHS = [
    'January',
    'February',
    'March',
    'April',
    'May',
    'June',
    'July',
    'August',
    'September',
    'October',
    'November',
    'December',
  ];
  const KIND_WORDS = {
    person: ['person', 'people'],
    organisation: ['organisation', 'organisations'],
    event: ['event', 'events'],
    place: ['place', 'places'],
    topic: ['topic', 'topics'],
  };

  const PARTICIPATION = ['attended', 'spokeAt', 'organised', 'hosted', 'participatedIn'];

  /** Verbs of facts by the last part of their predicate; others have the words that come with the data. */
  const VERBS = {
    place: 'took place in',
    partOf: 'is part of',
    about: 'deals with',
    theme: 'has the theme',
    startDate: 'is dated',
    endDate: 'ends on',
    participatedIn: 'took part in',
    altLabel: 'is also called',
    sameAs: 'is the same as',
    memberOf: 'is a member of',
    eventStatus: 'is',
    headline: 'is headed',
    publisher: 'was published by',
    author: 'was written by',
    creator: 'was written by',
    datePublished: 'was published on',
    created: 'was written on',
    source: 'stands at',
  };

  /** How the literals of some predicates are written. */
  const LITERALS = {
    theme: (text) => `“${text}”`,
    headline: (text) => `“${text}”`,
    startDate: (date, { dates }) => (dates && dates[0] === date ? period(dates) : day(date)),
    endDate: (date, { dates }) => (dates && dates[1] === date ? dated(date, dates[4]) : day(date)),
    datePublished: (date) => day(date),
    created: (date) => day(date),
    sameAs: (iri) => `“${iri.replace(/\/+$/, '').split('/').pop().replace(/-/g, ' ')}”`,
  };

  const number = (n) => n.toLocaleString('en');

  function count(n, one, many) {
    return `${number(n)} ${n === 1 ? one : many}`;
  }

  /** "2025-03-27" as "27 March 2025". */
  function day(iso) {
    const [year, at, date] = iso.slice(0, 10).split('-').map(Number);
    return at ? `${date ? `${date} ` : ''}${MONTHS[at - 1]} ${year}` : iso;
  }

  /** The name of a month, counted from 0. */
  const month = (n, short = false) => (short ? MONTHS[n].slice(0, 3) : MONTHS[n]);

  /** A date no finer than it was given: "2025-01-01" and "year" as "2025". */
  function dated(iso, precision) {
    const [year, at] = iso.split('-').map(Number);
    const quarter = MONTHS.slice(Math.floor((at - 1) / 3) * 3);
    switch (precision) {
      case 'decade':
        return `${Math.floor(year / 10)}0s`;
      case 'year':
        return String(year);
      case 'quarter':
        return `${quarter[0]} to ${quarter[2]} ${year}`;
      case 'month':
        return `${month(at - 1)} ${year}`;
      default:
        return day(iso);
    }
  }

  /** The dates of a thing: [start, end, as written, what was inferred, precision]. */
  function period(dates) {
    if (!dates) return '';
    const [start, end, , , precision] = dates;
    const [first, last] = [start || end, end || start].map((each) => dated(each, precision));
    if (first === last) return first;
    const sameMonth = start.slice(0, 7) === end.slice(0, 7) && /^\d+ /.test(first);
    return `${sameMonth ? first.split(' ')[0] : first} to ${last}`;
  }

  /** Where and when an article appeared. */
  const published = ({ publisher, date }) => [publisher, date ? day(date) : ''].filter(Boolean).join(', ');

  function post(role) {
    const status = { former: 'former ', acting: 'acting ', designate: 'designated ' }[role.status] || '';
    const title = role.status === 'former' && /^(former|ex-)/i.test(role.title) ? role.title : status + role.title;
    return title;
  }

  /** From when until when a post was held, in years: the graph does not say how exact its days are. */
  function tenure({ start, end }) {
    const [from, to] = [start, end].map((date) => date.slice(0, 4));
    if (from && to) return from === to ? ` in ${from}` : ` from ${from} to ${to}`;
    return from ? ` since ${from}` : to ? ` until ${to}` : '';
  }

  /** Posts in one line, each once. */
  function posts(roles) {
    const texts = roles.map((role) => post(role) + (role.organisation ? `, ${role.organisation.label}` : ''));
    return [...new Set(texts)].join('; ');
  }

  /** What a thing is, in one line: posts of a person, date and place of an event. */
  function caption(thing) {
    if (thing.kind === 'person') return posts(thing.roles);
    if (thing.kind === 'event') {
      const place = thing.facts.find((fact) => fact.predicate === 'place' && fact.subject === thing);
      return [period(thing.dates), place ? place.target.label : ''].filter(Boolean).join(', ');
    }
    return '';
  }

  /** Whether a fact names another IRI of the same graph: one that the thing has, or had, by another name. */
  function isFormerAddress({ subject, predicate, literal }) {
    const base = subject ? subject.iri.slice(0, subject.iri.lastIndexOf('/') + 1) : '';
    return base !== '' && predicate.endsWith('sameAs') && literal.startsWith(base);
  }

  /** A fact as text and things: [Thing, " spoke at ", Thing]. */
  function ofFact(item) {
    const subject = item.subject || 'The article';
    if (item.role) return ofPost(item);
    const predicate = item.predicate.split(/[#/]/).pop();
    const target = object(item);
    if (isFormerAddress(item)) return [subject, ' was also known under another address'];
    const verb = predicate === 'about' && !item.subject ? 'is about' : VERBS[predicate];
    if (verb) return [subject, ` ${verb} `, target];
    const as = item.asRoles.length ? [` as ${[...new Set(item.asRoles.map(post))].join(' and ')}`] : [];
    return [subject, ` ${item.words} `, target, ...as];
  }

  /** The relation of a fact in a word or two: a post, what is said of a post, or the words that come with the data. */
  function relation({ role, predicate, words }) {
    if (!role) return words;
    return predicate === 'holdsRole' ? post(role) : `${post(role)}, ${words}`;
  }

  /** What a fact says of its subject: a thing, or a literal in words. */
  function object({ role, predicate, target, literal, subject }) {
    if (target) return target;
    if (role) return /^\d{4}-/.test(literal) ? literal.slice(0, 4) : literal;
    return LITERALS[predicate.split(/[#/]/).pop()]?.(literal, subject) || literal;
  }

  /** A fact of which a post is part: that it is held, since when, or that it is a former one. */
  function ofPost({ subject, role }) {
    const as = [role.status === 'former' ? ' is a ' : ' is ', post(role)];
    const of = role.organisation ? [' of ', role.organisation] : [];
    return [subject, ...as, ...of, tenure(role)].filter(Boolean);
  }

  /** A fact as read on the leaf of one of its things, which need not be named again. */
  function factOn(thing, item) {
    const parts = ofFact(item);
    if (!thing || !parts.includes(thing)) return parts;
    if (parts[0] === thing) {
      const [first, ...rest] = parts.slice(item.role ? 2 : 1);
      return [first.trimStart().replace(/^./u, (letter) => letter.toUpperCase()), ...rest];
    }
    if (item.role) return parts.filter((part, n) => n < 3 || (part !== thing && part !== ' of '));
    if (PARTICIPATION.includes(item.predicate)) return [parts[0], ...parts.slice(3)];
    return parts.map((part) => (part === thing ? 'it' : part));
  }

  /** Who said it, with which word: [Thing, " hoped"]. */
  function attribution(statement) {
    const { speakers, speakerText } = statement;
    const who = speakers.length ? listed(speakers) : [speakerText || 'An unnamed source'];
    return [...who, cue(statement) ? ` (${cue(statement)})` : statement.quote === 'continued' ? ' (continued)' : ''];
  }

  /** Several in a row, as text, things or elements: "A", "A and B", "A, B and C". */
  const listed = (items) => items.flatMap((item, n) => [n ? (n < items.length - 1 ? ', ' : ' and ') : '', item]);

  const plain = (parts) => parts.map((part) => (typeof part === 'string' ? part : part.label)).join('');

  /** The word with which something was said, where there is one: a colon or a dash is none. */
  const cue = (statement) => (/\p{L}/u.test(statement.cue) ? statement.cue : '');

  /** The words on an edge: what ties the two, each once. */
  function tie({ facts, statements, cites }) {
    const words = [...new Set(facts.map((item) => (item.role ? post(item.role) : item.words)))];
    if (statements.length === 1 && cue(statements[0])) words.push(cue(statements[0]));
    else if (statements.length) words.push(count(statements.length, 'statement', 'statements'));
    if (cites.length) words.push('cites');
    return words.length > 3 ? `${words.slice(0, 2).join(', ')} +${words.length - 2}` : words.join(', ');
  }

  /** The label of a community: its first names, shortened, and how many things it holds. */
  const community = (names, size, few) =>
    [...names.slice(0, few).map((name) => shorten(name, 24)), `${number(size)} things`].join('\n');

  const kinds = (kind, n = 2) => KIND_WORDS[kind][n === 1 ? 0 : 1];

  function shorten(text, length) {
    return text.length <= length
      ? text
      : `${Array.from(text)
          .slice(0, length - 1)
          .join('')
          .trimEnd()}…`;
  }

  const RTL = /^[^\p{L}]*[\u0590-\u08FF\uFB1D-\uFDFF\uFE70-\uFEFF]/u;
  const direction = (text) => (RTL.test(text) ? 'rtl' : 'ltr');

  return {
    PARTICIPATION,
    number,
    count,
    day,
    month,
    dated,
    period,
    published,
    post,
    cue,
    caption,
    fact: ofFact,
    relation,
    object,
    factOn,
    attribution,
    listed,
    plain,
    tie,
    kinds,
    community,
    shorten,
    direction,
  };
})();
