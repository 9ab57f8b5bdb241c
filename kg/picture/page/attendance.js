/* Who took part in an event, and which of them spoke there. */
'use strict';

newskg.makeAttendance = (state, subset, evidence, cards) => {
  const { el, button } = newskg.elements;
  const { words } = newskg;
  const { section } = cards;

  /** For an event: who took part and how; those who spoke are not listed again as present. */
  function participants(event) {
    const facts = event.facts.filter((fact) => fact.target === event && subset.relationOf(fact) === 'participation');
    const spoke = subset.present(event, 'spoke');
    const silent = subset.present(event, 'silent');
    const { presence } = state.now;
    const chosen = facts.filter(({ subject }) => !presence || (presence === 'spoke' ? spoke : silent).has(subject));
    const of = (...predicates) => chosen.filter((fact) => predicates.includes(fact.predicate));
    const announced = new Set(facts.filter(({ predicate }) => predicate === 'spokeAt').map(({ subject }) => subject));
    const quoted = of('attended', 'participatedIn').filter(
      ({ subject }) => spoke.has(subject) && !announced.has(subject),
    );
    const listed = new Set(facts.map(({ subject }) => subject));
    const heard = presence === 'silent' ? [] : [...spoke].filter((speaker) => !listed.has(speaker));
    const quiet = of('attended', 'participatedIn').filter(({ subject }) => silent.has(subject));
    const came = new Set(quiet.filter(({ predicate }) => predicate === 'attended').map(({ subject }) => subject));
    const unheard = spoke.size ? ', no speech reported' : '';
    const people = (title, chosenFacts, few) => section(title, byPerson(chosenFacts), (each) => card(each, event), few);
    return [
      spoke.size && silent.size ? presenceButtons(spoke.size, silent.size) : null,
      people('Organised it', of('organised')),
      people('Hosted it', of('hosted')),
      people('Spoke there', of('spokeAt')),
      people('Took part and is quoted', quoted),
      section('Is quoted there', heard, (speaker) => evidence.name(speaker)),
      people(
        `Attended${unheard}`,
        quiet.filter(({ subject }) => came.has(subject)),
        40,
      ),
      people(
        `Took part${unheard}`,
        quiet.filter(({ subject }) => !came.has(subject)),
        40,
      ),
    ];
  }

  /** The facts of each person as one list, in the order of the first. */
  function byPerson(facts) {
    const groups = new Map();
    for (const fact of facts) groups.set(fact.subject, [...(groups.get(fact.subject) || []), fact]);
    return [...groups.values()];
  }

  /** A person once, with the posts in which the articles say that they were there. */
  function card(facts, event) {
    const asRoles = facts.flatMap((fact) => fact.asRoles);
    const first = facts.find((fact) => fact.predicate === 'attended') || facts[0];
    return cards.factCard(facts, event, { ...first, asRoles });
  }

  /** Narrows the list and the picture to those who spoke at the event, or to those who did not. */
  function presenceButtons(spoke, silent) {
    const options = [
      ['', 'Everybody there', spoke + silent],
      ['spoke', 'Spoke', spoke],
      ['silent', 'No speech reported', silent],
    ];
    return el(
      'div',
      { className: 'steps presence', role: 'group', 'aria-label': 'Who took part' },
      options.map(([presence, text, count]) =>
        button(`${text} ${words.number(count)}`, () => state.go({ presence }), {
          'aria-pressed': String(state.now.presence === presence),
        }),
      ),
    );
  }

  return participants;
};
