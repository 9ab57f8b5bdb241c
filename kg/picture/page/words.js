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

  const PARTICIPATION = new Set(['attended', 'spokeAt', 'organised', 'hosted', 'participatedIn']);

  const number = (n) => n.toLocaleString('en');

  function count(n, one, many) {
    return `${number(n)} ${n === 1 ? one : many}`;
  }

  /** "2025-03-27" as "27 March 2025". */
  function day(iso) {
    const [year, month, date] = iso.slice(0, 10).split('-').map(Number);
    return month ? `${date ? `${date} ` : ''}${MONTHS[month - 1]} ${year}` : iso;
  }

  function period(dates) {
    if (!dates) return '';
    const [start, end] = dates;
    return !end || start === end ? day(start || end) : `${day(start)} to ${day(end)}`;
  }

  function post(role) {
    const status = { former: 'former ', acting: 'acting ', designate: 'designated ' }[role.status] || '';
    const title = role.status === 'former' && /^(former|ex-)/i.test(role.title) ? role.title : status + role.title;
    return title;
  }

  /** What a thing is, in one line: posts of a person, date and place of an event. */
  function caption(thing) {
    if (thing.kind === 'person') {
      return thing.roles
        .map((role) => post(role) + (role.organisation ? `, ${role.organisation.label}` : ''))
        .join('; ');
    }
    if (thing.kind === 'event') {
      const place = thing.facts.find((fact) => fact.predicate === 'place' && fact.subject === thing);
      return [period(thing.dates), place ? place.target.label : ''].filter(Boolean).join(', ');
    }
    return '';
  }

  /** A fact as text and things: [Thing, " spoke at ", Thing]. */
  function ofFact(item) {
    const subject = item.subject || 'The article';
    if (item.role) {
      const as = [item.role.status === 'former' ? ' is a ' : ' is ', post(item.role)];
      return item.role.organisation ? [subject, ...as, ' of ', item.role.organisation] : [subject, ...as];
    }
    const target = item.target || item.literal;
    const verb = {
      place: ' took place in ',
      partOf: ' is part of ',
      about: item.subject ? ' deals with ' : ' is about ',
      theme: ' has the theme ',
      startDate: ' is dated ',
      endDate: ' ends on ',
      participatedIn: ' took part in ',
    }[item.predicate];
    if (item.predicate === 'startDate' || item.predicate === 'endDate') return [subject, verb, day(item.literal)];
    if (item.predicate === 'theme') return [subject, verb, `“${item.literal}”`];
    if (item.predicate.endsWith('altLabel')) return [subject, ' is also called ', target];
    if (verb) return [subject, verb, target];
    const as = item.asRoles.length ? [` as ${item.asRoles.map(post).join(' and ')}`] : [];
    return [subject, ` ${item.words} `, target, ...as];
  }

  /** A fact as read on the leaf of one of its things, which need not be named again. */
  function factOn(thing, item) {
    const parts = ofFact(item);
    if (!thing || !parts.includes(thing)) return parts;
    if (parts[0] === thing) {
      const [first, ...rest] = parts.slice(item.role ? 2 : 1);
      return [first.trimStart().replace(/^./u, (letter) => letter.toUpperCase()), ...rest];
    }
    if (item.role) return parts.slice(0, 3);
    if (PARTICIPATION.has(item.predicate)) return [parts[0], ...parts.slice(3)];
    return parts.map((part) => (part === thing ? 'it' : part));
  }

  /** Who said it, with which word: [Thing, " hoped"]. */
  function attribution(statement) {
    const speaker = statement.speaker || statement.speakerText || 'An unnamed source';
    return [speaker, statement.cue ? ` (${statement.cue})` : statement.quote === 'continued' ? ' (continued)' : ''];
  }

  const plain = (parts) => parts.map((part) => (typeof part === 'string' ? part : part.label)).join('');

  /** The words on an edge: what ties the two, each once. */
  function tie(edge, facts = edge.facts, statements = edge.statements, cites = edge.cites) {
    const words = [];
    for (const item of facts) {
      const word = item.role ? post(item.role) : item.words;
      if (!words.includes(word)) words.push(word);
    }
    if (statements.length === 1 && statements[0].cue) words.push(statements[0].cue);
    else if (statements.length) words.push(count(statements.length, 'statement', 'statements'));
    if (cites.length) words.push('cites');
    return words.length > 3 ? `${words.slice(0, 2).join(', ')} +${words.length - 2}` : words.join(', ');
  }

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
    number,
    count,
    day,
    period,
    post,
    caption,
    fact: ofFact,
    factOn,
    attribution,
    plain,
    tie,
    kinds,
    shorten,
    direction,
  };
})();
