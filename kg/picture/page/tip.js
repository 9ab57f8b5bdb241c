/* What lies under the pointer, in words, with its sentence. */
'use strict';

newskg.makeTip = (evidence) => {
  const { el, byId, fill } = newskg.elements;
  const { words } = newskg;
  const tip = byId('tip');

  function ofThing(thing) {
    const facts = thing.facts.filter((fact) => fact.target || fact.role);
    const lines = facts
      .slice(0, 3)
      .map((fact) => el('li', {}, words.shorten(words.plain(words.factOn(thing, fact)), 130)));
    const cited = facts.find((fact) => fact.spans.length);
    const more = facts.length - lines.length;
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
      cited ? evidence.ofFact(cited)[0] : null,
    ];
  }

  function ofTie({ facts, statements, cites }) {
    const said = [...statements, ...cites];
    return [
      facts.slice(0, 3).map((fact) => el('p', {}, words.shorten(words.plain(words.fact(fact)), 180))),
      facts.length ? evidence.ofFact(facts[0])[0] : null,
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

  function place(event) {
    const { width, height } = tip.getBoundingClientRect();
    const x = event.clientX + 18 + width > window.innerWidth ? event.clientX - width - 14 : event.clientX + 18;
    const y = Math.min(event.clientY + 14, window.innerHeight - height - 10);
    tip.style.left = `${Math.max(6, x)}px`;
    tip.style.top = `${Math.max(6, y)}px`;
  }

  function show(what, event) {
    if (!what || (!what.thing && !what.tie)) {
      tip.hidden = true;
      return;
    }
    fill(tip, what.thing ? ofThing(what.thing) : ofTie(what.tie));
    tip.hidden = false;
    place(event);
  }

  return { show };
};
