/* What lies under the pointer, in words, with its sentence. */
'use strict';

newskg.makeTip = (model, evidence) => {
  const { el, byId, fill } = newskg.elements;
  const { words } = newskg;
  const tip = byId('tip');

  function ofThing(thing) {
    const facts = thing.facts.filter((fact) => fact.target || fact.role);
    const texts = [...new Set(facts.map((fact) => words.plain(words.factOn(thing, fact))))];
    const lines = texts.slice(0, 3).map((text) => el('li', {}, words.shorten(text, 130)));
    const cited = facts.find((fact) => fact.spans.length);
    const more = texts.length - lines.length;
    return [
      el('p', { className: `kind ${thing.kind}` }, words.kinds(thing.kind, 1)),
      el('h3', {}, el('bdi', {}, words.shorten(thing.label, 140))),
      words.caption(thing) ? el('p', {}, words.shorten(words.caption(thing), 140)) : null,
      lines.length ? el('ul', {}, lines) : null,
      more > 0 || thing.said.length
        ? el(
            'p',
            { className: 'quiet' },
            [
              more > 0 ? words.count(more, 'more fact', 'more facts') : '',
              thing.said.length ? words.count(thing.said.length, 'statement', 'statements') : '',
            ]
              .filter(Boolean)
              .join(', '),
          )
        : null,
      cited ? evidence.ofFacts([cited])[0] : null,
    ];
  }

  function ofTie({ facts, statements, cites }) {
    const said = [...statements, ...cites];
    return [
      facts.slice(0, 3).map((fact) => el('p', {}, words.shorten(words.plain(words.fact(fact)), 180))),
      facts.length ? evidence.ofFacts([facts[0]])[0] : null,
      facts.length
        ? null
        : said
            .slice(0, 1)
            .map((statement) => [
              el('p', {}, words.plain(words.attribution(statement))),
              evidence.ofStatement(statement)[0],
            ]),
      facts.length && said.length
        ? el('p', { className: 'quiet' }, words.count(said.length, 'statement', 'statements'))
        : null,
    ];
  }

  /** A community: its best connected members, how many of each kind, and what most of it is about. */
  function ofGroup(group) {
    const members = model.order.filter((thing) => thing.community === group);
    const counts = model.data.kinds
      .map((kind) => [kind, members.filter((thing) => thing.kind === kind).length])
      .filter(([, n]) => n);
    return [
      el('p', { className: 'kind' }, 'community'),
      el('h3', {}, counts.map(([kind, n]) => words.count(n, words.kinds(kind, 1), words.kinds(kind))).join(', ')),
      el(
        'ul',
        {},
        members.slice(0, 6).map((thing) => {
          const caption = words.caption(thing);
          return el(
            'li',
            {},
            el('bdi', {}, words.shorten(thing.label, 70)),
            caption ? `, ${words.shorten(caption, 60)}` : '',
          );
        }),
      ),
      el('p', { className: 'quiet' }, 'Click to look inside.'),
    ];
  }

  function place(event) {
    const { width, height } = tip.getBoundingClientRect();
    const x = event.clientX + 18 + width > window.innerWidth ? event.clientX - width - 14 : event.clientX + 18;
    const y = Math.min(event.clientY + 14, window.innerHeight - height - 10);
    tip.style.left = `${Math.max(6, x)}px`;
    tip.style.top = `${Math.max(6, y)}px`;
  }

  function contents({ thing, tie, group }) {
    if (thing) return ofThing(thing);
    if (tie) return ofTie(tie);
    return group === undefined ? null : ofGroup(group);
  }

  function show(what, event) {
    const parts = contents(what || {});
    if (!parts) {
      tip.hidden = true;
      return;
    }
    fill(tip, parts);
    tip.hidden = false;
    place(event);
  }

  return { show };
};
