/* A fact or a statement as a card that opens on its sentence, and lists of them. */
'use strict';

newskg.makeCards = (model, evidence) => {
  const { el, button } = newskg.elements;
  const { words } = newskg;
  const FEW = 12;

  /** What the marks of statements mean. */
  const CHIPS = {
    hope: 'The speaker hopes or wishes for it',
    commitment: 'The speaker promises or threatens to do it',
    directive: 'The speaker asks, advises or orders somebody to do it',
    denial: 'The speaker denies it',
    question: 'The speaker asks whether or what it is',
    evaluation: 'The speaker judges it, in praise or blame',
    verbatim: 'In the words of the speaker, between quotation marks',
    'partly verbatim': 'Some of it in the words of the speaker, the rest in those of the article',
    negated: 'The speaker says that something is not so',
    possible: 'The speaker says that it may be so, not that it is',
    probable: 'The speaker says that it is likely, not that it is',
    'from a copy': 'The article repeats another one, in which this stands too: one source, not two',
  };

  /** A list that shows its first entries and the rest on demand. */
  function list(items, make, few = FEW) {
    const box = el(
      'ul',
      { className: 'list' },
      items.slice(0, few).map((item) => el('li', {}, make(item))),
    );
    if (items.length <= few) return box;
    const more = button(
      `Show ${words.number(Math.min(items.length - few, 100))} more`,
      () => {
        const shown = box.children.length;
        box.append(...items.slice(shown, shown + 100).map((item) => el('li', {}, make(item))));
        more.textContent = `Show ${words.number(items.length - box.children.length)} more`;
        if (box.children.length >= items.length) more.remove();
      },
      { className: 'more' },
    );
    return [box, more];
  }

  /** Facts that read alike, such as one post in several articles, as one list each, in the order of the first. */
  function alike(facts, on = null) {
    const groups = new Map();
    for (const fact of facts) {
      const text = words.plain(words.factOn(on, fact)).toLowerCase();
      groups.set(text, [...(groups.get(text) || []), fact]);
    }
    return [...groups.values()];
  }

  function section(title, items, make, few) {
    return items.length
      ? el(
          'section',
          {},
          el('h3', {}, title, ' ', el('span', { className: 'number' }, words.number(items.length))),
          list(items, make, few),
        )
      : null;
  }

  const trust = (value) =>
    value < 0.9
      ? [' ', el('span', { className: 'chip', title: 'How sure the reading is' }, `${Math.round(value * 100)} % sure`)]
      : null;

  /** Facts in the words of one of them; the sentences of all open below. */
  function factCard(facts, on = null, told = facts[0]) {
    return el(
      'details',
      { className: 'fact', ontoggle: (event) => openCard(event.target, () => evidence.ofFacts(facts)) },
      el(
        'summary',
        {},
        evidence.inline(words.factOn(on, told)),
        trust(Math.max(...facts.map((fact) => fact.trust))),
      ),
    );
  }

  /** A section of facts as read on the leaf of a thing. */
  const facts = (title, items, on, few) => section(title, alike(items, on), (each) => factCard(each, on), few);

  function open(details, make) {
    if (details.open && details.children.length === 1) details.append(...make());
  }

  /** Opens a card where its sentence can be read without scrolling after it. */
  function openCard(details, make) {
    open(details, make);
    if (details.open) details.scrollIntoView({ block: 'nearest' });
  }

  /** The word of saying as it stands in the text. */
  function said(statement) {
    const written = statement.cueSpans.map(model.textOf).join(' … ');
    return words.cue({ cue: written }) || words.cue(statement) || (statement.quote === 'continued' ? 'continued' : '');
  }

  /** Whether a statement of an article that is a copy of another one stands in that one, too. */
  function repeats({ article, text, speakers }) {
    const original = article && article.copyOf;
    const isBy = (them) => them.length === speakers.length && them.every((speaker) => speakers.includes(speaker));
    return original && original.statements.some((each) => each.text === text && isBy(each.speakers));
  }

  /** Those who say it, each with the post in which they do; under the name of one of them only the others. */
  function sayers({ speakers, speakerText, roles }, under) {
    if (!speakers.length) return [el('span', { className: 'unnamed' }, speakerText || 'An unnamed source'), ' '];
    const others = speakers.filter((speaker) => speaker !== under);
    const named = others.map((speaker, n) => {
      const held = roles.filter((role) => role.person === speaker).map((role) => `, ${words.post(role)}`);
      const more = held.length && n < others.length - 1 ? ',' : '';
      return [evidence.name(speaker), held.length ? el('span', { className: 'quiet' }, ...held, more) : ''];
    });
    if (!named.length) return [];
    return [others.length < speakers.length ? 'with ' : '', words.listed(named), ' '];
  }

  /** A statement; `under` is the speaker under whose name it stands already. */
  function statementCard(statement, under = null) {
    const direct = statement.quote === 'direct';
    const spaced = (chip) => [' ', chip];
    const head = [
      sayers(statement, under),
      el('span', { className: 'cueword' }, said(statement)),
      statement.outer
        ? el(
            'span',
            { className: 'quiet' },
            ' as reported by ',
            statement.outer.speakers.length
              ? evidence.inline(words.listed(statement.outer.speakers))
              : 'another speaker',
          )
        : null,
    ];
    const chips = [
      ['hope', 'commitment', 'directive', 'denial', 'question', 'evaluation'].includes(statement.act) &&
      statement.act !== statement.cue
        ? statement.act
        : null,
      direct ? 'verbatim' : statement.quote === 'mixed' ? 'partly verbatim' : null,
      statement.polarity === 'negative' ? 'negated' : null,
      statement.modality === 'possible' || statement.modality === 'probable' ? statement.modality : null,
      repeats(statement) ? 'from a copy' : null,
    ]
      .filter(Boolean)
      .map((text) => spaced(el('span', { className: 'chip', title: CHIPS[text] }, text)));
    return el(
      'article',
      { className: 'statement' },
      el('header', {}, head, chips, trust(statement.trust)),
      el('blockquote', { dir: 'auto' }, direct ? `“${statement.text}”` : statement.text),
      statement.quantities.length ? el('p', { className: 'quiet' }, statement.quantities.join('; ')) : null,
      el(
        'footer',
        {},
        statement.about.length
          ? el(
              'p',
              { className: 'about' },
              'About ',
              statement.about.map((thing) => [evidence.name(thing), ' ']),
            )
          : null,
        el(
          'details',
          { ontoggle: (event) => openCard(event.target, () => evidence.ofStatement(statement)) },
          el('summary', {}, 'Where it is said'),
        ),
      ),
    );
  }

  return { list, section, facts, factCard, trust, statementCard, open };
};
