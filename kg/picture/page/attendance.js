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
    const quiet = (predicate) => of(predicate).filter(({ subject }) => silent.has(subject));
    return [
      spoke.size && silent.size ? presenceButtons(spoke.size, silent.size) : null,
      cards.facts('Organised it', of('organised'), event),
      cards.facts('Hosted it', of('hosted'), event),
      cards.facts('Spoke there', of('spokeAt'), event),
      cards.facts('Took part and is quoted', quoted, event),
      section('Is quoted there', heard, (speaker) => evidence.name(speaker)),
      cards.facts(spoke.size ? 'Attended, no speech reported' : 'Attended', quiet('attended'), event, 40),
      cards.facts(spoke.size ? 'Took part, no speech reported' : 'Took part', quiet('participatedIn'), event, 40),
    ];
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
